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
    "lost",
    "conceded",
    "defeated",
    "died",
    "dies",
    "killed",
    "succeeded",
    "succeeds",
    "replaced",
    "replaces",
    "won",
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
    if is_one(paragraph, end, &["had"]) {
        return true;
    }
    let Some(before) = start.checked_sub(1).filter(|_| is_past_verb(paragraph, mention)) else {
        return false;
    };
    let before = if paragraph.is(before, "the") { before.saturating_sub(1) } else { before };
    if is_one(
        paragraph,
        before,
        &["when", "after", "since", "while", "as", "before", "once", "until", "because"],
    ) {
        return true;
    }
    let reports = |at: usize| lex(paragraph, at).intersects(Lex::SPEECH | Lex::THOUGHT);
    if is_one(paragraph, before, &["that", "which", "whom"]) {
        return before > 0 && !reports(before - 1);
    }
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
    let small = FUNCTION | Lex::SPEECH | Lex::THOUGHT | Lex::OPENER | Lex::STANDING | Lex::HEDGE;
    is_small(paragraph, before)
        && !lex(paragraph, before).intersects(small)
        && !is_one(paragraph, before, &spans)
        && !paragraph.text(before).ends_with("ed")
        && !paragraph.text(before).ends_with("ly")
        && !paragraph
            .token(before)
            .is_some_and(|t| usage(t.hash).intersects(Usage::VERB | Usage::PERSONAL))
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
    let thing = is_thing(paragraph.text(end.min(paragraph.tokens().len().saturating_sub(1))))
        || (end > 0 && is_thing(paragraph.text(end - 1)));
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
            return since.is_none_or(|since| on.year() - since.year() < 8);
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
                || paragraph.is(at, head) && !owned(paragraph, at)
        })
    })
}

/// Whether the mention is what its sentence tells of on the day that it names: its subject, the object of its verb, or who
/// did what "was signed by" tells. "a judge named by President Ruiz ruled on Friday" tells of the judge.
pub(super) fn is_told_of(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let Some(before) = start.checked_sub(1) else { return true };
    let sentence = paragraph.sentence_at(start).start as usize;
    if start == sentence {
        return true;
    }
    if paragraph.is(before, "by") {
        return is_passive(paragraph, before);
    }
    let relative = ["who", "that", "which", "had", "when", "while", "after", "before", "if"];
    let nested =
        (sentence.max(start.saturating_sub(20))..start).any(|at| is_one(paragraph, at, &relative));
    !nested
        && !is_one(paragraph, before, &["than", "like", "as"])
        && !lex(paragraph, before).contains(Lex::PREPOSITION)
}
