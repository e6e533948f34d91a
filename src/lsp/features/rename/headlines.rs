//! Names in headlines and headings where nearly every word has a capital, so that nothing shows where a name ends:
//! "BRIDGE BACKERS DEFY RUIZ". Only the full name and the surname are looked for, in words that no mention claims.

use super::Renaming;
use crate::annotate::Paragraph;
use crate::diagnostic::Edit;
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::{Person, Story, fold};
use crate::segment::{TokenFlags, TokenKind};
use crate::text::Field;

/// The edits in such headlines, beside those of the mentions.
pub(super) fn edits(story: &Story<'_>, person: &Person, renaming: &Renaming) -> Vec<Edit> {
    let shared = story.people.iter().filter(|other| other.family == person.family).count() > 1;
    if shared || person.family.is_empty() {
        return Vec::new();
    }
    let headline = |p: &&Paragraph<'_>| {
        p.field == Field::Text
            && matches!(p.block.kind, BlockKind::Headline | BlockKind::Subheading)
            && is_capitals(p)
    };
    let family = fold(&person.family);
    let given = fold(&person.given);
    let of = |p: &Paragraph<'_>| {
        let claimed = |at: usize| {
            let mut mentions = p.notes.mentions.iter().enumerate();
            mentions.any(|(number, mention)| {
                mention.span.contains(at) && story.person_of(p.index, number).is_some()
            })
        };
        let surnames = (0..p.tokens().len()).filter(|&at| *fold(p.text(at)) == *family);
        let names = surnames.filter(|&at| !claimed(at) && p.quotation_at(at).is_none());
        let edits = names.flat_map(|at| match before(p, at) {
            Some(first) if *fold(p.text(first)) == *given => renaming.edits_of(p, &[first, at]),
            // "TOM RUIZ" is somebody else.
            Some(first) if is_given(p, first) => Vec::new(),
            _ => renaming.edits_of(p, &[at]),
        });
        edits.collect::<Vec<Edit>>()
    };
    story.paragraphs.iter().filter(headline).flat_map(of).collect()
}

/// The word right before token `at`.
fn before(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let first = at.checked_sub(1)?;
    p.token(first).is_some_and(|token| token.kind == TokenKind::Word).then_some(first)
}

fn is_given(p: &Paragraph<'_>, at: usize) -> bool {
    p.token(at).is_some_and(|token| token.lex.intersects(Lex::WOMAN | Lex::MAN))
}

/// Whether nearly every word has a capital.
fn is_capitals(p: &Paragraph<'_>) -> bool {
    let small = Lex::PREPOSITION | Lex::DETERMINER | Lex::CONJUNCTION | Lex::AUXILIARY;
    let words = p.tokens().iter().filter(|token| {
        token.kind == TokenKind::Word
            && !token.lex.intersects(small)
            && !token.flags.contains(TokenFlags::CLITIC)
    });
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(word.flags.contains(TokenFlags::CAPITAL));
    }
    all > 1 && capitals * 10 >= all * 9
}
