//! What stands at a token.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::resolve::titled_in_apposition;
use crate::segment::{Span, TokenFlags, TokenKind};

pub(super) fn lex(paragraph: &Paragraph<'_>, at: usize) -> Lex {
    paragraph.token(at).map_or(Lex::empty(), |token| token.lex)
}

pub(super) fn is_one(paragraph: &Paragraph<'_>, at: usize, words: &[&str]) -> bool {
    paragraph.token(at).is_some() && words.iter().any(|word| paragraph.is(at, word))
}

/// A word in small letters.
pub(super) fn is_small(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_some_and(|token| {
        token.kind == TokenKind::Word
            && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
    })
}

pub(super) fn is_participle(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let irregular = [
        "written", "drawn", "made", "built", "given", "taken", "chosen", "begun", "led", "sent",
        "set", "put", "brought", "bought", "struck", "left", "laid", "picked", "won", "sworn",
        "sold", "spent", "held", "lent", "met", "read", "shot", "hit", "kept", "told", "shown",
        "seen", "known", "flown", "driven", "thrown", "found", "fed", "paid", "cut",
    ];
    is_small(paragraph, at)
        && (paragraph.text(at).ends_with("ed") || is_one(paragraph, at, &irregular))
}

/// Whether a form of "be" stands before the participle before "by", a few words back: "was signed on Friday by".
pub(super) fn is_passive(paragraph: &Paragraph<'_>, by: usize) -> bool {
    let be = ["was", "were", "is", "are", "been", "being", "be", "got"];
    let first = by.saturating_sub(6);
    let Some(participle) = (first..by).rev().find(|&at| is_participle(paragraph, at)) else {
        return false;
    };
    (participle.saturating_sub(3)..participle).any(|at| is_one(paragraph, at, &be))
}

/// The mention with the name or the title in apposition and its commas: "The president, Ana Ruiz," and "Ana Ruiz, the
/// president of Novara,".
pub(super) fn whole(paragraph: &Paragraph<'_>, mention: &Mention) -> Span {
    let comma = |at: usize| usize::from(paragraph.token(at).is_some_and(|token| token.mark == ','));
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    if mention.kind == MentionKind::Title && mention.is(MentionFlags::APPOSITION) {
        let mentions = &paragraph.notes.mentions;
        let number = mentions.partition_point(|other| other.span.start < mention.span.start);
        let named = number.checked_sub(1).and_then(|number| mentions.get(number));
        let start = named.map_or(start, |named| named.span.start as usize);
        return Span::new(start, end + comma(end));
    }
    match titled_in_apposition(paragraph, mention).map(|named| named.span.end as usize) {
        Some(end) => Span::new(start, end + comma(end)),
        None => mention.span,
    }
}

/// Whether a word in small letters may be a finite verb: "said", "will", "left", "opened".
pub(super) fn is_finite(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let verb = Lex::SPEECH | Lex::AUXILIARY | Lex::PAST;
    is_small(paragraph, at)
        && !paragraph.text(at).ends_with("ing")
        && (lex(paragraph, at).intersects(verb)
            || paragraph.text(at).ends_with("ed")
            || paragraph
                .token(at)
                .is_some_and(|token| usage(token.hash).intersects(Usage::VERB | Usage::PERSONAL)))
}

/// What stands between commas behind the mention, commas included, with the verb of the sentence behind it: ", who is running
/// again," in "President Ruiz, who is running again, said". Empty at the end of the mention where the verb follows at once.
pub(super) fn aside(paragraph: &Paragraph<'_>, mention: &Mention) -> Span {
    let end = whole(paragraph, mention).end as usize;
    let comma = |at: usize| paragraph.token(at).is_some_and(|token| token.mark == ',');
    let last = (end + ASIDE).min(paragraph.sentence_at(mention.span.start as usize).end as usize);
    let closed = (end + 2..last).find(|&at| comma(at) && is_finite(paragraph, at + 1));
    match closed.filter(|_| comma(end)) {
        Some(close) => Span::new(end, close + 1),
        None => Span::new(end, end),
    }
}

/// Tokens of what stands between commas behind a name.
const ASIDE: usize = 30;

/// "flanked by President Ruiz": who is there with somebody, rather than who made something.
pub(super) fn is_beside(paragraph: &Paragraph<'_>, by: usize) -> bool {
    let with = [
        "flanked",
        "joined",
        "accompanied",
        "greeted",
        "welcomed",
        "hosted",
        "met",
        "watched",
        "attended",
        "sought",
        "led",
        "headed",
        "chaired",
    ];
    by > 0 && is_one(paragraph, by - 1, &with)
}
