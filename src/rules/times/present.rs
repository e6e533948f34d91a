//! Whether a sentence is about these days and about the person.

use super::past::is_dated;
use super::token::{aside, is_beside, is_finite, is_one, is_passive, lex, whole};
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::lang::en::names::{Usage, usage};
use crate::lang::en::{Lex, lists};
use crate::segment::{TokenFlags, TokenKind};

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
        return !is_passive(paragraph, before) && !is_beside(paragraph, before);
    }
    // "closed on Friday as President Ruiz arrived" tells what he did.
    let end = mention.span.end as usize;
    is_one(paragraph, before, &["than", "like"])
        || paragraph.is(before, "as") && !is_finite(paragraph, end)
        || lex(paragraph, before).contains(Lex::PREPOSITION)
            && !paragraph.is(before, "as")
            && !is_object(paragraph, before)
}

/// Whether a preposition brings somebody into what the sentence tells: "met on Monday with President Ruiz", "was told to wait
/// for President Ruiz", but not "a letter to President Ruiz" and "the wife of President Ruiz".
fn is_object(paragraph: &Paragraph<'_>, preposition: usize) -> bool {
    let with = ["with", "to", "from", "for", "against", "beside", "alongside", "around", "behind"];
    let Some(verb) = preposition.checked_sub(1) else { return false };
    is_one(paragraph, preposition, &with)
        && (is_finite(paragraph, verb) || lex(paragraph, verb).contains(Lex::WEEKDAY))
        && !lex(paragraph, verb).contains(Lex::AUXILIARY)
        && !is_one(paragraph, verb, &["compared", "addressed", "dedicated", "related", "linked"])
}

/// "A spokeswoman for President Ruiz declined", "President Ruiz's lawyers said", "a lawsuit against Gov. Ruiz was filed":
/// those who act for the person, and what is moved against somebody, tell of these days.
fn acts_through(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let clitic = paragraph.token(end).is_some_and(|token| token.flags.contains(TokenFlags::CLITIC));
    if clitic {
        let legal = usize::from(is_one(paragraph, end + 1, &["legal", "defense", "chief"]));
        let who = end + 1 + legal;
        return (paragraph.is_in(who, &lists::AGENTS)
            || is_one(paragraph, who, &["team", "attorney"]))
            && speaks(paragraph, who + 1);
    }
    let before = |back: usize| start.checked_sub(back);
    let joined = before(1).is_some_and(|at| is_one(paragraph, at, &["for", "of", "to"]));
    let against = before(1).is_some_and(|at| paragraph.is(at, "against"));
    let verb = aside(paragraph, mention).end as usize;
    before(2).is_some_and(|at| {
        joined
            && paragraph.is_in(at, &lists::AGENTS)
            && (speaks(paragraph, verb) || paragraph.is(verb, "declined"))
            || against
                && paragraph.is_in(at, &lists::MOVES)
                && is_one(paragraph, verb, &["was", "is", "will", "has", "seeks"])
    })
}

/// Whether a finite verb of speech stands there.
fn speaks(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::SPEECH))
        && !paragraph.text(at).ends_with("ing")
}

/// "President Ruiz, now head of a bank": whatever the sentence tells, the person is something else these days.
pub(in crate::rules) fn is_now_other(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let comma = paragraph.token(end).is_some_and(|token| token.mark == ',');
    comma
        && (paragraph.is(end + 1, "now")
            || paragraph.is(end + 1, "who") && paragraph.is(end + 2, "now"))
}

/// "who is running again", "who flew home on Saturday": a clause behind the name in the present, or of a weekday.
fn is_told_in_the_present(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let comma = mention.span.end as usize;
    let verb = comma + 2;
    let now = [
        "is", "has", "will", "plans", "wants", "hopes", "leads", "lives", "heads", "runs",
        "teaches", "now", "chairs", "sits", "serves",
    ];
    paragraph.token(comma).is_some_and(|token| token.mark == ',')
        && paragraph.is(verb - 1, "who")
        && (is_one(paragraph, verb, &now)
            || paragraph.is_phrase(verb, &["these", "days"])
            || is_dated(paragraph, verb))
}

/// "Asked if he would run again, President Ruiz laughed", "Stewards have been asked to seat President Ruiz".
fn is_of_the_day(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let first = paragraph.sentence_at(start).start as usize;
    let comma = start > first && paragraph.token(start - 1).is_some_and(|token| token.mark == ',');
    let asked = ["asked", "pressed", "speaking", "addressing", "answering"];
    if comma && is_one(paragraph, first, &asked) {
        return true;
    }
    let to = start.checked_sub(2).filter(|&to| paragraph.is(to, "to"));
    let have = |at: usize| is_one(paragraph, at, &["have", "has", "will", "is", "are"]);
    to.is_some_and(|to| {
        (first.max(to.saturating_sub(4))..to).any(have)
            && !is_one(paragraph, start - 1, &["compare", "kill"])
    })
}

/// "The eulogy will be given by President Ruiz".
fn is_to_come(paragraph: &Paragraph<'_>, start: usize) -> bool {
    let by = start.checked_sub(1).filter(|&by| paragraph.is(by, "by"));
    by.is_some_and(|by| {
        let first = by.saturating_sub(6);
        (first..by).any(|at| paragraph.is_phrase(at, &["will", "be"]))
    })
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
    let told = is_told_in_the_present(paragraph, mention);
    if acts_through(paragraph, mention) || days && told || is_to_come(paragraph, start) {
        return true;
    }
    if is_governed(paragraph, mention) {
        return false;
    }
    // Behind a preposition the verb is another's: "a cook who worked for President Ruiz will speak".
    let subject = start == 0
        || !lex(paragraph, start - 1).contains(Lex::PREPOSITION)
        || paragraph.is(start - 1, "as");
    let verb = aside(paragraph, mention).end as usize;
    let acts = |at| is_one(paragraph, at, &["will", "is", "has", "wants", "plans", "hopes"]);
    let still = |at| usize::from(is_one(paragraph, at, &["still", "also", "now", "again"]));
    let thinks =
        |at: usize| lex(paragraph, at).contains(Lex::THOUGHT) && paragraph.text(at).ends_with('s');
    let does = |at: usize| {
        let at = at + still(at);
        acts(at) || speaks(paragraph, at) || thinks(at)
    };
    let speaks_here = mention.is(MentionFlags::SPEAKS)
        || does(end)
        || does(verb)
        || start > 0 && speaks(paragraph, start - 1);
    if subject && (speaks_here || days && is_of_the_day(paragraph, mention)) {
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

/// Whether the person is brought into the story here, in full and as somebody who takes part in it: "The rise was announced by
/// President Ana Ruiz", and not "the policy of President Ana Ruiz", "more than President Ana Ruiz did" and "after President
/// Ana Ruiz left".
pub(in crate::rules) fn is_introduced(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let span = whole(paragraph, mention);
    let (start, end) = (span.start as usize, span.end as usize);
    let owns = paragraph.token(end).is_some_and(|token| token.flags.contains(TokenFlags::CLITIC));
    let first = paragraph.sentence_at(start).start as usize;
    let another = ["even", "than", "whom", "which", "who", "whose", "had"];
    let earlier = ["when", "after", "before", "while", "since", "until", "once"];
    let comma = |at: usize| paragraph.token(at).is_some_and(|token| token.mark == ',');
    let clause = (first..start).rev().take(CLAUSE).take_while(|&at| !comma(at));
    let mut others = clause.clone().filter(|&at| is_one(paragraph, at, &another));
    let mut times = clause.filter(|&at| is_one(paragraph, at, &earlier));
    let dated = is_dated(paragraph, end);
    let before = |back: usize, words: &[&str]| {
        start.checked_sub(back).is_some_and(|at| is_one(paragraph, at, words))
    };
    let together = before(1, &["with", "from"]) && !before(2, &["compared", "contrast"])
        || before(1, &["as"]) && before(2, &["well"]);
    let last = (end + CLAUSE).min(paragraph.sentence_at(start).end as usize);
    let deed = (start.saturating_sub(CLAUSE).max(first)..last)
        .any(|at| paragraph.is_in(at, &lists::DEEDS_OF_OFFICE));
    !mention.is(MentionFlags::SINGLE)
        && !owns
        && !deed
        && is_news(paragraph)
        && (together || dated && before(1, &earlier) || !is_governed(paragraph, mention))
        && others.next().is_none()
        && (dated || times.next().is_none())
}

/// Whether a paragraph names a day of these days or has somebody speak, as the paragraphs of a report do.
fn is_news(paragraph: &Paragraph<'_>) -> bool {
    let now = ["today", "tonight", "yesterday", "tomorrow"];
    let spoken = paragraph.notes.attributions.iter().any(|attribution| attribution.speech);
    spoken
        || (0..paragraph.tokens().len().min(NEWS))
            .any(|at| lex(paragraph, at).contains(Lex::WEEKDAY) || is_one(paragraph, at, &now))
}

/// Tokens of a paragraph that are looked through for a day.
const NEWS: usize = 200;

/// Tokens before a name in which the clause opens that it stands in.
const CLAUSE: usize = 12;

/// Whether the person does something in the sentence: a finite verb follows, and no preposition stands before.
pub(in crate::rules) fn is_subject(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = whole(paragraph, mention).start as usize;
    let end = aside(paragraph, mention).end as usize;
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
