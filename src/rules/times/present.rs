//! Whether a sentence is about these days and about the person.

use super::token::{is_one, is_passive, lex, whole};
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::segment::TokenKind;

/// Whether the mention is what its sentence tells of on the day that it names: its subject, the object of its verb, or who
/// did what "was signed by" tells. "a judge named by President Ruiz ruled on Friday" tells of the judge.
pub(in crate::rules) fn is_told_of(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let relative = ["who", "that", "which", "had", "when", "while", "after", "before", "if"];
    let first = (paragraph.sentence_at(start).start as usize).max(start.saturating_sub(20));
    let mut clause =
        (first..start).rev().take_while(|&at| paragraph.token(at).is_some_and(|t| t.mark != ','));
    !is_governed(paragraph, mention) && !clause.any(|at| is_one(paragraph, at, &relative))
}

/// "the wife of President Ruiz", "named by President Ruiz", "more than President Ruiz did": the sentence tells of another.
pub(in crate::rules) fn is_governed(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = whole(paragraph, mention).start as usize;
    let Some(before) = start.checked_sub(1) else { return false };
    if paragraph.is(before, "by") {
        return !is_passive(paragraph, before);
    }
    is_one(paragraph, before, &["than", "like", "as"])
        || lex(paragraph, before).contains(Lex::PREPOSITION)
}

/// Whether the sentence shows that it is about these days: the person speaks or acts, or a day is named. `days` says that a
/// day suffices.
pub(in crate::rules) fn is_present(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    days: bool,
) -> bool {
    let span = whole(paragraph, mention);
    let (start, end) = (span.start as usize, span.end as usize);
    if is_governed(paragraph, mention) {
        return false;
    }
    let speaks = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::SPEECH))
            && !paragraph.text(at).ends_with("ing")
    };
    let acts = ["will", "is", "has", "wants", "plans"].iter().any(|word| paragraph.is(end, word));
    if mention.is(MentionFlags::SPEAKS) || acts || speaks(end) || start > 0 && speaks(start - 1) {
        return true;
    }
    let sentence = paragraph.sentence_at(start);
    let near = (start.saturating_sub(60).max(sentence.start as usize))
        ..(end + 60).min(sentence.end as usize);
    days && is_told_of(paragraph, mention)
        && near.into_iter().any(|at| {
            let now = ["today", "tonight", "tomorrow", "yesterday", "currently", "upcoming"];
            paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::WEEKDAY))
                || paragraph.is(at, "will")
                || now.iter().any(|word| paragraph.is(at, word))
                || paragraph.is_phrase(at, &["this", "week"])
                || paragraph.is_phrase(at, &["next", "week"])
        })
}

/// Whether the person does something in the sentence: a finite verb follows, and no preposition stands before.
pub(in crate::rules) fn is_subject(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let span = whole(paragraph, mention);
    let (start, end) = (span.start as usize, span.end as usize);
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    let verb = lex(end).intersects(Lex::AUXILIARY | Lex::SPEECH)
        || paragraph.token(end).is_some_and(|token| {
            usage(token.hash).intersects(Usage::VERB | Usage::PERSONAL)
                || token.kind == TokenKind::Word && paragraph.text(end).ends_with("ed")
        });
    let governed = start
        .checked_sub(1)
        .is_some_and(|at| lex(at).contains(Lex::PREPOSITION) || paragraph.is(at, "than"));
    verb && !governed
}
