//! Whether a surname alone stands for the person, or for something that is named after the person.

use crate::annotate::{Mention, Paragraph};
use crate::lang::en::Lex;
use crate::segment::{TokenFlags, TokenKind};

/// Whether the surname of the mention is the first part of a noun: "a Ruiz sign", "little-known Ruiz enterprises", "the
/// behemoth Ruiz operation". Only what follows can tell: a word in small letters that is no verb and no small word.
pub(super) fn opens_noun(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let Some(next) = paragraph.token(end) else { return false };
    let word = next.kind == TokenKind::Word
        && !next.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC);
    let small = Lex::DETERMINER
        | Lex::PREPOSITION
        | Lex::CONJUNCTION
        | Lex::PRONOUN
        | Lex::AUXILIARY
        | Lex::SPEECH
        | Lex::THOUGHT
        | Lex::OPENER
        | Lex::HEDGE;
    word && !next.lex.intersects(small) && opens_phrase(paragraph, mention)
}

/// Whether an article, an adjective or a preposition before the name leaves it no verb of its own.
fn opens_phrase(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.span.start as usize).checked_sub(1) else { return false };
    paragraph.token(before).is_some_and(|token| {
        let hyphened = token.flags.contains(TokenFlags::HYPHEN);
        let adjective = token.kind == TokenKind::Word
            && !token.flags.contains(TokenFlags::CAPITAL)
            && token.lex.is_empty();
        token.lex.intersects(Lex::DETERMINER | Lex::PREPOSITION | Lex::QUANTIFIER)
            || hyphened
            || adjective
    })
}
