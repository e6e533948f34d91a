//! Descriptions of two people at once: "the two leaders", "both presidents".
//!
//! They mean somebody only where exactly two people of the article fit, and both were named before.

use super::types::{Person, Together};
use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::lang::en::fingerprint;
use crate::resolve::offices;
use crate::segment::Span;
use std::sync::LazyLock;

static TWO: LazyLock<u64> = LazyLock::new(|| fingerprint("two"));
static BOTH: LazyLock<u64> = LazyLock::new(|| fingerprint("both"));

/// Offices whose holders are leaders.
const LEADERS: [&str; 6] =
    ["president", "prime minister", "premier", "chancellor", "king", "leader"];

/// An office that a person is called by, and where that is first done.
struct Called {
    person: usize,
    office: String,
    paragraph: usize,
    end: u32,
}

/// Notes the descriptions with the people whom they mean.
pub(super) fn describe(paragraphs: &[Paragraph<'_>], people: &mut [Person]) {
    let called = called(paragraphs, people);
    if called.windows(2).all(|pair| pair[0].person == pair[1].person) {
        return;
    }
    for paragraph in paragraphs {
        for (at, token) in paragraph.tokens().iter().enumerate() {
            let two = token.hash == *TWO && at > 0 && paragraph.is(at - 1, "the");
            if !two && token.hash != *BOTH {
                continue;
            }
            let Some((end, office)) = plural(paragraph, at + 1) else { continue };
            let Some([one, other]) = both(&called, &office, paragraph.index, at) else { continue };
            let span = Span::new(at - usize::from(two), end);
            let place = |with| Together { paragraph: paragraph.index, span, with };
            people[one].together.push(place(other));
            people[other].together.push(place(one));
        }
    }
}

/// The offices that people hold, by person.
fn called(paragraphs: &[Paragraph<'_>], people: &[Person]) -> Vec<Called> {
    let other = MentionFlags::FORMER
        | MentionFlags::THEN
        | MentionFlags::ELECT
        | MentionFlags::LATE
        | MentionFlags::QUOTED;
    let mut out: Vec<Called> = Vec::new();
    for (person, known) in people.iter().enumerate() {
        let first = out.len();
        for (paragraph, mention) in known.mentions.iter().filter_map(|place| place.of(paragraphs)) {
            let titled = mention.kind == MentionKind::Name && !mention.title.is_empty();
            if !titled || mention.flags.intersects(other) {
                continue;
            }
            let office = offices::office(paragraph, mention.title);
            if !out[first..].iter().any(|called| called.office == office) {
                let (paragraph, end) = (paragraph.index, mention.span.end);
                out.push(Called { person, office, paragraph, end });
            }
        }
    }
    out
}

/// The office that a plural from token `first` names, and where it ends: "leaders", "prime ministers".
fn plural(paragraph: &Paragraph<'_>, first: usize) -> Option<(usize, String)> {
    let word = |at: usize| paragraph.token(at).map(|_| paragraph.text(at));
    let last = (first..first + 3).find(|&at| word(at).is_some_and(|word| word.ends_with('s')))?;
    let single = word(last)?.strip_suffix('s')?;
    let words = (first..last).filter_map(word).chain(std::iter::once(single));
    (!paragraph.is(last + 1, "of")).then(|| (last + 1, offices::of_words(words)))
}

/// The only two people who fit, if they were called so before.
fn both(called: &[Called], office: &str, paragraph: usize, at: usize) -> Option<[usize; 2]> {
    let fits = |called: &&Called| {
        called.office == office || office == "leader" && LEADERS.contains(&&*called.office)
    };
    let mut fitting: Vec<&Called> = called.iter().filter(fits).collect();
    fitting.dedup_by_key(|called| called.person);
    let before = |called: &&Called| (called.paragraph, called.end as usize) <= (paragraph, at);
    match fitting[..] {
        [one, other] if before(&one) && before(&other) => Some([one.person, other.person]),
        _ => None,
    }
}
