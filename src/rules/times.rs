//! Of which time, and of which world, a sentence with a title speaks: earlier years, the day of a handover, fiction.
//!
//! The rules on titles say nothing where a sentence does not speak of the article's day. What is looked at is a bounded
//! number of tokens around the mention, or the person's own sentences.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::resolve::{Person, Story};
use crate::rules::phrases::FUNCTION;
use crate::segment::{TokenFlags, TokenKind};
use jiff::civil::Date;
use std::ops::Range;

/// So many tokens to either side are looked at.
const REACH: usize = 60;

/// Words that tell of an earlier time wherever they stand in the sentence.
const EARLIER: &[&str] = &[
    "ago",
    "years",
    "9/11",
    "presidency",
    "appointed",
    "nominated",
    "during",
    "previous",
    "formerly",
    "decades",
    "era",
    "history",
    "historic",
    "predecessor",
    "predecessors",
    "succeeded",
    "served",
    "tenure",
];

const EARLIER_PHRASES: &[&[&str]] = &[
    &["at", "the", "time"],
    &["last", "year"],
    &["under", "president"],
    &["when", "he"],
    &["when", "she"],
    &["that", "day"],
    &["that", "night"],
    &["that", "morning"],
    &["that", "week"],
    &["that", "month"],
    &["that", "year"],
    &["his", "first"],
    &["her", "first"],
    &["his", "last"],
    &["her", "last"],
    &["his", "final"],
    &["her", "final"],
];

/// Words for works that have characters of their own.
const WORKS: &[&str] = &[
    "novel",
    "film",
    "movie",
    "play",
    "series",
    "musical",
    "sitcom",
    "comedy",
    "comic",
    "cartoon",
    "opera",
    "satire",
    "thriller",
    "sketch",
    "game",
    "trilogy",
    "screenplay",
    "parody",
];

/// What happens to somebody who comes into an office or leaves it.
const HANDOVERS: &[&str] = &[
    "sworn",
    "oath",
    "inaugurated",
    "became",
    "resigned",
    "resigns",
    "resignation",
    "quit",
    "removed",
    "ousted",
    "unseated",
    "deposed",
    "toppled",
    "fired",
    "dismissed",
    "conceded",
    "defeated",
    "died",
    "dies",
    "killed",
    "succeeded",
    "succeeds",
    "replaced",
    "replaces",
    "reinstated",
    "reelected",
    "re-elected",
];

/// What stands behind a name that a thing bears ("President Ida Koch Highway", "President Koch signs hung").
const THINGS: &[&str] = &[
    "highway",
    "street",
    "avenue",
    "boulevard",
    "road",
    "bridge",
    "school",
    "library",
    "center",
    "centre",
    "airport",
    "park",
    "plaza",
    "hospital",
    "stadium",
    "drive",
    "lane",
    "square",
    "tower",
    "dam",
    "expressway",
    "freeway",
    "parkway",
    "tunnel",
    "hall",
    "house",
    "building",
    "museum",
    "memorial",
    "monument",
    "prize",
    "award",
    "foundation",
    "institute",
    "college",
    "university",
    "signs",
    "flags",
    "banners",
    "posters",
    "stickers",
    "shirts",
    "hats",
    "masks",
    "dolls",
    "portraits",
    "statue",
    "statues",
    "impersonator",
    "impersonators",
];

/// Whether a word behind a name makes it a thing's.
pub(super) fn is_thing(word: &str) -> bool {
    THINGS.iter().any(|thing| word.eq_ignore_ascii_case(thing))
}

/// The tokens of the mention's sentence that are near enough.
fn near(paragraph: &Paragraph<'_>, mention: &Mention) -> Range<usize> {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let sentence = paragraph.sentence_at(start);
    start.saturating_sub(REACH).max(sentence.start as usize)
        ..(end + REACH).min(sentence.end as usize)
}

fn lex(paragraph: &Paragraph<'_>, at: usize) -> Lex {
    paragraph.token(at).map_or(Lex::empty(), |token| token.lex)
}

fn is_one(paragraph: &Paragraph<'_>, at: usize, words: &[&str]) -> bool {
    paragraph.token(at).is_some() && words.iter().any(|word| paragraph.is(at, word))
}

/// A word in small letters.
fn is_small(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_some_and(|token| {
        token.kind == TokenKind::Word
            && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
    })
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
pub(super) fn is_historical(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    on: Option<Date>,
) -> bool {
    let told = near(paragraph, mention).any(|at| match year(paragraph, at) {
        Some(year) => on.is_none_or(|on| year != on.year()),
        None => {
            is_one(paragraph, at, EARLIER)
                || EARLIER_PHRASES.iter().any(|phrase| paragraph.is_phrase(at, phrase))
        }
    });
    told || is_subordinate(paragraph, mention)
        || is_maker(paragraph, mention)
        || is_imagined(paragraph, mention)
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
        && (mention.is(MentionFlags::SINGLE) || paragraph.is(before, "that"))
    {
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
        return true;
    }
    let dated = near(paragraph, mention).any(|at| lex(paragraph, at).contains(Lex::WEEKDAY));
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
    !opened && !reports(end) && is_plain_noun(paragraph, before)
}

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
pub(super) fn is_past_act(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
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
        && is_participle(paragraph, by - 1)
}

fn is_participle(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let irregular = [
        "written", "drawn", "made", "built", "given", "taken", "chosen", "begun", "led", "sent",
        "set", "put", "brought", "bought", "struck", "left", "laid", "picked", "won", "sworn",
        "sold", "spent", "held",
    ];
    is_small(paragraph, at)
        && (paragraph.text(at).ends_with("ed") || is_one(paragraph, at, &irregular))
}

/// Whether a form of "be" stands before the participle before "by", a few words back: "was signed on Friday by".
fn is_passive(paragraph: &Paragraph<'_>, by: usize) -> bool {
    let be = ["was", "were", "is", "are", "been", "being", "be", "got"];
    let first = by.saturating_sub(6);
    let Some(participle) = (first..by).rev().find(|&at| is_participle(paragraph, at)) else {
        return false;
    };
    (participle.saturating_sub(3)..participle).any(|at| is_one(paragraph, at, &be))
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
        || near(paragraph, mention).any(|at| {
            is_one(paragraph, at, &["fictional", "imaginary", "hypothetical"])
                || is_one(paragraph, at, WORKS)
                    && (1..4).any(|back| {
                        at.checked_sub(back).is_some_and(|at| is_one(paragraph, at, &["in", "of"]))
                    })
                || paragraph.is_phrase(at, &["would", "have"])
        })
}

/// Whether "former" is right because the sentence tells of a time between two terms: "In 2023, former President Ruiz was
/// tried". `since` is the first day in office, where the table knows it; a time after that excuses nothing.
pub(super) fn is_told_of_earlier(
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

/// Whether the article tells how the person came into an office or left it: then a title before and another one after are
/// both right.
pub(super) fn changes_hands(story: &Story<'_>, person: &Person) -> bool {
    person.mentions.iter().filter_map(|place| place.of(&story.paragraphs)).any(
        |(paragraph, mention)| {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            let sentence = paragraph.sentence_at(start);
            let first = start.saturating_sub(3).max(sentence.start as usize);
            let last = (end + 7).min(sentence.end as usize);
            (first..start).chain(end..last).any(|at| {
                is_one(paragraph, at, HANDOVERS)
                    || is_election(paragraph, at)
                    || ["took", "takes", "take", "taking", "left", "leaves", "stepped", "steps"]
                        .iter()
                        .any(|verb| {
                            paragraph.is(at, verb)
                                && is_one(paragraph, at + 1, &["office", "over", "down", "aside"])
                        })
            }) && !(mention.kind == MentionKind::Title && mention.is(MentionFlags::QUOTED))
        },
    )
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
pub(super) fn has_another_holder(story: &Story<'_>, person: &Person, office: &str) -> bool {
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

/// Whether the mention is what its sentence tells of on the day that it names: its subject, the object of its verb, or who
/// did what "was signed by" tells. "a judge named by President Ruiz ruled on Friday" tells of the judge.
pub(super) fn is_told_of(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let relative = ["who", "that", "which", "had", "when", "while", "after", "before", "if"];
    let first = (paragraph.sentence_at(start).start as usize).max(start.saturating_sub(20));
    let mut clause =
        (first..start).rev().take_while(|&at| paragraph.token(at).is_some_and(|t| t.mark != ','));
    !is_governed(paragraph, mention) && !clause.any(|at| is_one(paragraph, at, &relative))
}

/// "the wife of President Ruiz", "named by President Ruiz", "more than President Ruiz did": the sentence tells of another.
pub(super) fn is_governed(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.span.start as usize).checked_sub(1) else { return false };
    if paragraph.is(before, "by") {
        return !is_passive(paragraph, before);
    }
    is_one(paragraph, before, &["than", "like", "as"])
        || lex(paragraph, before).contains(Lex::PREPOSITION)
}
