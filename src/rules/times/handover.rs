//! Handovers: how somebody comes into an office or leaves it, and who else held it.

use super::token::{is_one, is_small, lex};
use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::resolve::{Person, Story};

/// Whether the article tells how the person came into an office or left it: then a title before and another one after are
/// both right.
pub(in crate::rules) fn changes_hands(story: &Story<'_>, person: &Person) -> bool {
    tells(story, person, |_, _| true)
}

/// Whether the article tells that a handover is over: what will be on some day leaves things as they are.
pub(in crate::rules) fn has_changed_hands(story: &Story<'_>, person: &Person) -> bool {
    let planned = ["will", "'ll", "’ll", "due", "set", "scheduled", "expected"];
    tells(story, person, |paragraph, at| {
        let first = paragraph.sentence_at(at).start as usize;
        !(at.saturating_sub(4).max(first)..at).any(|word| is_one(paragraph, word, &planned))
    })
}

/// Whether a verb near the person's name tells of a handover that counts.
fn tells(
    story: &Story<'_>,
    person: &Person,
    counts: impl Fn(&Paragraph<'_>, usize) -> bool,
) -> bool {
    person.mentions.iter().filter_map(|place| place.of(&story.paragraphs)).any(
        |(paragraph, mention)| {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            let sentence = paragraph.sentence_at(start);
            let first = start.saturating_sub(3).max(sentence.start as usize);
            let last = (end + 7).min(sentence.end as usize);
            (first..start)
                .chain(end..last)
                .any(|at| is_handover(paragraph, at) && counts(paragraph, at))
                && !(mention.kind == MentionKind::Title && mention.is(MentionFlags::QUOTED))
        },
    )
}

/// "was sworn in", "took office", "stepped down", "conceded", but not "conceded on Monday that the harbor was late".
fn is_handover(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let moves = ["took", "takes", "take", "taking", "left", "leaves", "stepped", "steps"];
    let admits =
        paragraph.is(at, "conceded") && (at + 1..at + 5).any(|behind| paragraph.is(behind, "that"));
    paragraph.is_in(at, &lists::HANDOVERS) && !admits
        || is_election(paragraph, at)
        || is_appointment(paragraph, at)
        || is_one(paragraph, at, &moves)
            && is_one(paragraph, at + 1, &["office", "over", "down", "aside"])
}

/// "was named superintendent", "elected as the county's sheriff".
fn is_appointment(paragraph: &Paragraph<'_>, verb: usize) -> bool {
    let office = |at: usize| lex(paragraph, at).intersects(Lex::OFFICE | Lex::RANK);
    is_one(paragraph, verb, &["named", "appointed", "elected", "promoted", "hired"])
        && (verb + 1..verb + 5).any(|at| is_small(paragraph, at) && office(at))
}

/// "lost on Tuesday", "won her old job back", but not "lost a vote on the salt tax".
fn is_election(paragraph: &Paragraph<'_>, verb: usize) -> bool {
    let what = [
        "race",
        "election",
        "reelection",
        "re-election",
        "seat",
        "job",
        "post",
        "office",
        "primary",
        "runoff",
        "contest",
    ];
    is_one(paragraph, verb, &["won", "wins", "lost", "loses"])
        && (verb + 1..verb + 6)
            .any(|at| is_one(paragraph, at, &what) || lex(paragraph, at).contains(Lex::WEEKDAY))
}

/// Whether the article speaks of another holder of the office without a name, so that "the former mayor" may be that one:
/// "a former mayor", "her predecessor", "took over", "the French president".
pub(in crate::rules) fn has_another_holder(
    story: &Story<'_>,
    person: &Person,
    office: &str,
) -> bool {
    let head = office.rsplit(' ').next().unwrap_or(office);
    let owned = |paragraph: &Paragraph<'_>, at: usize| {
        person
            .mentions
            .iter()
            .filter_map(|place| place.of(&story.paragraphs))
            .any(|(p, mention)| p.index == paragraph.index && mention.span.contains(at))
    };
    story.paragraphs.iter().any(|paragraph| {
        (0..paragraph.tokens().len()).any(|at| {
            is_one(paragraph, at, &["predecessor", "predecessors", "successor", "succeeded", "succeeds", "replaced", "replaces", "unseated", "ousted", "defeated", "beat"])
                || paragraph.is_phrase(at, &["took", "over"])
                || paragraph.is_phrase(at, &["took", "office"])
                // Another one of that title, whoever it is.
                || paragraph.is(at, head)
                    && (!owned(paragraph, at)
                        || is_small(paragraph, at)
                            && at > 0
                            && lex(paragraph, at - 1).contains(Lex::DEMONYM))
        })
    })
}
