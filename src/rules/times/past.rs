//! Sentences about earlier years, past acts and other worlds.

use super::token::{aside, is_beside, is_one, is_participle, is_passive, is_small, lex};
use super::words::{EARLIER_PHRASES, is_thing};
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::lang::en::names::{Usage, usage};
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::FUNCTION;
use crate::segment::{Span, TokenKind};
use jiff::civil::Date;
use std::ops::Range;

/// So many tokens to either side are looked at.
const REACH: usize = 60;

/// The tokens of the mention's sentence that are near enough.
fn near(paragraph: &Paragraph<'_>, mention: &Mention) -> Range<usize> {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let sentence = paragraph.sentence_at(start);
    start.saturating_sub(REACH).max(sentence.start as usize)
        ..(end + REACH).min(sentence.end as usize)
}

/// The year that a number, a decade or a date names.
fn year(paragraph: &Paragraph<'_>, at: usize) -> Option<i16> {
    let token = paragraph.token(at)?;
    let text = paragraph.text(at);
    let decade = text.len() == 5 && text.ends_with("0s");
    let year = (token.kind == TokenKind::Number || decade).then(|| text.trim_end_matches('s'))?;
    year.parse().ok().filter(|year| (1700..2100).contains(year))
}

/// Whether the sentence is about an earlier time or another world: a past year, "ago", "after President Ruiz left", a novel.
pub(in crate::rules) fn is_historical(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    on: Option<Date>,
) -> bool {
    let beside = aside(paragraph, mention);
    let said = reported(paragraph, mention, beside);
    let quoted = paragraph.quotation_at(mention.span.start as usize).is_some();
    let mut told = said
        .unwrap_or_else(|| near(paragraph, mention))
        .filter(|at| !beside.contains(*at) && (quoted || paragraph.quotation_at(*at).is_none()));
    let told = told.any(|at| match year(paragraph, at) {
        Some(year) => on.is_none_or(|on| year < on.year()),
        None => {
            paragraph.is_in(at, &lists::EARLIER) && !is_up_to_now(paragraph, at)
                || EARLIER_PHRASES.iter().any(|phrase| paragraph.is_phrase(at, phrase))
                || is_during(paragraph, at)
                || paragraph.is(at, "that") && lex(paragraph, at + 1).contains(Lex::MONTH)
        }
    });
    told || is_in_the_days_of(paragraph, mention)
        || is_shown(paragraph, mention)
        || is_subordinate(paragraph, mention)
        || is_maker(paragraph, mention)
        || is_imagined(paragraph, mention)
}

/// "the first strike in 25 years", "three weeks ago": a time that lasts, or is hardly over.
fn is_up_to_now(paragraph: &Paragraph<'_>, years: usize) -> bool {
    let short = ["hour", "hours", "day", "days", "week", "weeks", "month", "months"];
    if paragraph.is(years, "ago") {
        return years > 0 && is_one(paragraph, years - 1, &short);
    }
    is_one(paragraph, years, &["years", "decades"]) && years > 1 && paragraph.is(years - 2, "in")
}

/// Where a report may say when it was made: around the speaker and the verb, and not in what was said. "The bank will close in
/// two years, President Ruiz said on Monday" is of Monday. `None` where the mention does not speak.
fn reported(paragraph: &Paragraph<'_>, mention: &Mention, beside: Span) -> Option<Range<usize>> {
    let verb = beside.end as usize;
    let speaks = lex(paragraph, verb).contains(Lex::SPEECH) && is_small(paragraph, verb);
    let has = is_one(paragraph, verb, &["has", "will", "wants", "plans", "hopes"]);
    let range = near(paragraph, mention);
    // "President Ruiz was in town on Tuesday, ten years after the flood"
    let start = mention.span.start as usize;
    if !speaks && start == paragraph.sentence_at(start).start as usize && is_dated(paragraph, verb)
    {
        let comma = |at: &usize| paragraph.token(*at).is_some_and(|token| token.mark == ',');
        return Some(start..(verb..range.end).find(comma).unwrap_or(range.end));
    }
    if !speaks && !has {
        return None;
    }
    let start = mention.span.start as usize;
    let first = paragraph.sentence_at(start).start as usize;
    let opens = start - first <= OPENING
        || lex(paragraph, first).intersects(Lex::PREPOSITION | Lex::CONJUNCTION);
    let content = |at: usize| {
        paragraph.is(at, "that")
            || paragraph
                .token(at)
                .is_some_and(|token| token.kind == TokenKind::Quote || token.mark == ',')
    };
    // "President Ruiz has lent it a toaster from 1926": the verb tells when.
    // "said the lines should have been buried years ago"
    let bare = is_one(paragraph, verb, &["said", "says", "added", "noted", "argued", "insisted"])
        && lex(paragraph, verb + 1).intersects(Lex::DETERMINER | Lex::PRONOUN);
    let end = (verb..range.end).find(|&at| has || bare || content(at)).unwrap_or(range.end);
    Some(if opens { range.start } else { start }..end)
}

/// So many tokens before a speaker are an adverbial rather than what was said.
const OPENING: usize = 6;

/// "during his second term", "during the war", but not "during the argument".
fn is_during(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.is(at, "during") && (at + 1..at + 6).any(|at| paragraph.is_in(at, &lists::SPANS))
}

/// "under President Ruiz", "since the days of President Ruiz": what follows is a time.
fn is_in_the_days_of(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let before = |back: usize, words: &[&str]| {
        start.checked_sub(back).is_some_and(|at| is_one(paragraph, at, words))
    };
    before(1, &["under"])
        || before(1, &["of"]) && start > 1 && paragraph.is_in(start - 2, &lists::SPANS)
}

/// Whether a thing shows the person or bears the name, or a paper speaks of the person as of then: "a photo of President Ruiz",
/// "a bridge named for President Ruiz", "The lawsuit names President Ruiz".
fn is_shown(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let Some(before) = start.checked_sub(2) else { return false };
    let names = ["names", "named", "calls", "called", "describes", "described", "mentions"];
    paragraph.is(before + 1, "of") && paragraph.is_in(before, &lists::PICTURES)
        || is_one(paragraph, before + 1, &["for", "after"])
            && is_one(paragraph, before, &["named", "renamed", "called"])
        || is_one(paragraph, before + 1, &names) && paragraph.is_in(before, &lists::OF_THE_PAST)
}

/// Whether the verb behind the mention tells of what was: "left", "had thrown", but not "will leave" and "says".
fn is_past_verb(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let now = ["will", "is", "has", "does", "would", "can", "may", "might", "could", "should"];
    is_small(paragraph, end)
        && !is_one(paragraph, end, &now)
        && !lex(paragraph, end).intersects(Lex::PREPOSITION | Lex::CONJUNCTION | Lex::DETERMINER)
        && (paragraph.is(end, "was") || !paragraph.text(end).ends_with('s'))
}

/// "when President Ruiz took office", "papers President Ruiz took home", "which Mayor Ruiz opened", "Mayor Ruiz had said".
fn is_subordinate(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let Some(before) = start.checked_sub(1).filter(|_| is_past_verb(paragraph, mention)) else {
        return paragraph.is(end, "had") && mention.is(MentionFlags::SINGLE);
    };
    if paragraph.is(end, "had")
        && (mention.is(MentionFlags::SINGLE)
            || paragraph.is(before, "that")
                && !(before > 0
                    && lex(paragraph, before - 1).intersects(Lex::SPEECH | Lex::THOUGHT)))
    {
        return true;
    }
    // "asked whether President Ruiz misled it", "minutes show President Ruiz warned of it"
    let paper = before > 0 && paragraph.is_in(before - 1, &lists::OF_THE_PAST);
    if is_one(paragraph, before, &["whether", "how", "why"]) || paper {
        return true;
    }
    let before = if paragraph.is(before, "the") { before.saturating_sub(1) } else { before };
    let first = paragraph.sentence_at(start).start as usize;
    let comma = |at: usize| paragraph.token(at).is_some_and(|token| token.mark == ',');
    if paragraph.is(before, "since") {
        // "the mill closed, since President Ruiz was ill": a reason.
        return before == first || !comma(before - 1);
    }
    if is_one(paragraph, before, &["when", "after", "before", "once", "until"]) {
        // "swam off on Tuesday, an hour after President Ruiz had spoken"
        let near = ["minutes", "hour", "hours", "day", "days"];
        let soon = before > first && is_one(paragraph, before - 1, &near);
        return !soon && !is_dated(paragraph, end);
    }
    let dated = lex(paragraph, end).contains(Lex::SPEECH)
        || near(paragraph, mention).any(|at| lex(paragraph, at).contains(Lex::WEEKDAY));
    if is_one(paragraph, before, &["while", "as", "because"]) {
        return !dated;
    }
    let reports = |at: usize| lex(paragraph, at).intersects(Lex::SPEECH | Lex::THOUGHT);
    if is_one(paragraph, before, &["that", "which", "whom"]) {
        return before > first && !reports(before - 1);
    }
    // "In the corridor President Ruiz sneezed" tells of no corridor of his.
    let clause = (first..before).rev().find(|&at| comma(at)).map_or(first, |at| at + 1);
    let opened = lex(paragraph, clause).contains(Lex::PREPOSITION) && before - clause < 5;
    // "asked to seat President Ruiz well away": a verb.
    let verb = before > first
        && is_one(paragraph, before - 1, &["to", "not", "will", "would", "can", "could"]);
    !opened && !verb && !reports(end) && is_plain_noun(paragraph, before)
}

/// Whether a weekday stands behind the verb at a token, before a comma: "rolled up his sleeve on Sunday".
pub(super) fn is_dated(paragraph: &Paragraph<'_>, verb: usize) -> bool {
    (verb..verb + DATED)
        .take_while(|&at| paragraph.token(at).is_some_and(|token| !matches!(token.mark, ',' | '.')))
        .any(|at| lex(paragraph, at).contains(Lex::WEEKDAY))
}

/// Tokens behind a verb among which a weekday dates it.
const DATED: usize = 12;

/// A word in small letters that is neither a verb nor a small word nor a time.
fn is_plain_noun(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let spans = [
        "week",
        "month",
        "year",
        "today",
        "tonight",
        "yesterday",
        "night",
        "morning",
        "afternoon",
        "evening",
        "day",
        "noon",
        "midnight",
        "now",
    ];
    let other = FUNCTION | Lex::SPEECH | Lex::THOUGHT | Lex::OPENER | Lex::STANDING | Lex::HEDGE;
    is_small(paragraph, at)
        && !lex(paragraph, at).intersects(other)
        && !is_one(paragraph, at, &spans)
        && !["ed", "ly"].iter().any(|end| paragraph.text(at).ends_with(end))
        && !is_verb(paragraph, at)
}

fn is_verb(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let verb = Usage::VERB | Usage::PERSONAL;
    paragraph.token(at).is_some_and(|token| usage(token.hash).intersects(verb))
}

/// "President Ruiz was tried", "Mayor Ruiz opened the bridge": an act of the past, whose day the sentence does not tell.
pub(in crate::rules) fn is_past_act(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let verb = is_one(paragraph, end, &["was", "did", "had"])
        || paragraph.text(end.min(paragraph.tokens().len().saturating_sub(1))).ends_with("ed")
        || is_verb(paragraph, end);
    verb && is_past_verb(paragraph, mention) && !lex(paragraph, end).contains(Lex::SPEECH)
}

/// "the order signed by President Ruiz": what somebody made or did is told of a thing that is there now. In "The order was
/// signed by President Ruiz on Friday" the sentence itself tells it.
fn is_maker(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(by) = (mention.span.start as usize).checked_sub(1) else { return false };
    paragraph.is(by, "by")
        && by > 0
        && !is_passive(paragraph, by)
        && !is_beside(paragraph, by)
        && is_participle(paragraph, by - 1)
}

/// "In the novel, President Ruiz", "Had she won, President Ruiz would have", "a book called President Ruiz".
fn is_imagined(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let called = start.checked_sub(1).is_some_and(|at| {
        is_one(paragraph, at, &["called", "titled", "entitled", "dubbed", "if", "fictional"])
    });
    let behind = paragraph.token(end).is_some() && is_thing(paragraph.text(end));
    let thing = behind || mention.name.len() > 2 && is_thing(paragraph.text(end - 1));
    called
        || thing
        || is_supposed(paragraph, mention)
        || near(paragraph, mention).any(|at| {
            is_one(paragraph, at, &["fictional", "imaginary", "hypothetical"])
                || paragraph.is_in(at, &lists::FICTIONS)
                    && (1..4).any(|back| {
                        at.checked_sub(back).is_some_and(|at| is_one(paragraph, at, &["in", "of"]))
                    })
                || paragraph.is_phrase(at, &["would", "have"])
                    && at <= end + 2
                    && !clause_before(paragraph, start, at)
        })
}

/// "If elected, Gov. Ruiz would be", "As Gov. Ruiz, she would sign": what is not yet.
fn is_supposed(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let first = paragraph.sentence_at(mention.span.start as usize).start as usize;
    is_one(paragraph, first, &["if", "as"])
        && near(paragraph, mention).any(|at| paragraph.is(at, "would"))
}

/// Whether a comma lies between a word and the mention behind it: "Asked whether he would have signed it, President Ruiz".
fn clause_before(paragraph: &Paragraph<'_>, start: usize, at: usize) -> bool {
    (at..start).any(|at| paragraph.token(at).is_some_and(|token| token.mark == ','))
        && !is_one(paragraph, paragraph.sentence_at(start).start as usize, &["had", "if"])
}

/// Whether "former" is right because the sentence tells of a time between two terms: "In 2023, former President Ruiz was
/// tried". `since` is the first day in office, where the table knows it; a time after that excuses nothing.
pub(in crate::rules) fn is_told_of_earlier(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    on: Option<Date>,
    since: Option<Date>,
) -> bool {
    let earlier = |year: i16| {
        on.is_none_or(|on| year < on.year()) && since.is_none_or(|since| year <= since.year())
    };
    near(paragraph, mention).any(|at| {
        if let Some(year) = year(paragraph, at) {
            return earlier(year);
        }
        let Some(on) = on else {
            return paragraph.is(at, "ago")
                || paragraph.is_phrase(at, &["last", "year"])
                || paragraph.is_phrase(at, &["at", "the", "time"]);
        };
        if paragraph.is_phrase(at, &["at", "the", "time"]) {
            return since.is_none_or(|since| on.year() - since.year() < 5);
        }
        if paragraph.is_phrase(at, &["last", "year"]) {
            return earlier(on.year() - 1);
        }
        paragraph.is(at, "ago") && at > 1 && earlier(on.year() - years(paragraph, at))
    })
}

/// How many years "two years ago" are; months and less are none.
fn years(paragraph: &Paragraph<'_>, ago: usize) -> i16 {
    let words = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let text = paragraph.text(ago - 2);
    let number =
        words.iter().position(|word| text.eq_ignore_ascii_case(word)).map(|at| at as i16 + 1);
    let number = number.or_else(|| text.parse().ok()).filter(|n| *n < 300).unwrap_or(2);
    match paragraph.text(ago - 1).to_ascii_lowercase().as_str() {
        "year" | "years" => number,
        "decade" | "decades" => number * 10,
        _ => 0,
    }
}

/// Whether the sentence opens with another world or a year to come, where whoever is in office may be out of it: "In the
/// novel", "Had he lost", "In 2040", "Next year".
pub(in crate::rules) fn opens_elsewhere(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    on: Option<Date>,
) -> bool {
    let start = mention.span.start as usize;
    let first = paragraph.sentence_at(start).start as usize;
    let opening = first..start.min(first + 4);
    paragraph.is(first, "had")
        || opening.into_iter().any(|at| {
            year(paragraph, at).is_some_and(|year| on.is_some_and(|on| year > on.year()))
                || paragraph.is_phrase(at, &["next", "year"])
                || paragraph.is_in(at, &lists::FICTIONS) && paragraph.is(first, "in")
        })
}

/// Whether the sentence before, in this paragraph or at the end of the one before, names an earlier year, which a sentence in
/// the past goes on to tell of: "In 1992 she ran. After former Gov. Ruiz criticized her, she left".
pub(in crate::rules) fn follows_earlier(
    paragraphs: &[Paragraph<'_>],
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    on: Option<Date>,
) -> bool {
    let first = paragraph.sentence_at(mention.span.start as usize).start as usize;
    let (before, end) = match first {
        0 => {
            let before = paragraph.index.checked_sub(1).and_then(|index| paragraphs.get(index));
            let Some(before) = before else { return false };
            (before, before.tokens().len())
        }
        end => (paragraph, end),
    };
    let Some(last) = end.checked_sub(1) else { return false };
    let start = before.sentence_at(last).start as usize;
    (start.max(end.saturating_sub(REACH))..end)
        .any(|at| year(before, at).is_some_and(|year| on.is_some_and(|on| year < on.year())))
}
