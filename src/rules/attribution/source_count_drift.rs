//! `source-count-drift`: one unnamed source that becomes several, several that become one, a label that shifts.
//!
//! Only a definite phrase on record ("the sources said") refers back for sure, and only where the story has put one unnamed
//! source, or one kind of them, before it. Whatever else the phrase could mean keeps the rule silent.

use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, has, is_any};
use crate::rules::unnamed::{self, Label, Opening, Unnamed};
use crate::rules::{Check, Context, Findings, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "source-count-drift",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "One unnamed source becomes several, or is called something else",
    what: "\"The sources said\" where the story has had one unnamed source, \"the source said\" where it has had several, and \
           \"the source\" for somebody who was an official before, or the other way round. Silent where another source \
           came up (\"a second official\", \"one of the sources\", \"the official in charge of bridges\"), where somebody \
           named may be meant, and where the phrase does not refer back (\"sources said\").",
    why: "Two sources are stronger than one, and an official knows what a source may not. A plural that slips in tells \
          readers that the claim was confirmed; Reuters forbids turning one source into several.",
    bad: &[
        "The merger is off, a person close to the bank said. No date was set. The sources said talks would not resume.",
        "Two sources said the vote was lost. The source said it would be held again in May.",
        "An official said the dam would be closed for a year. The source said nobody had been told.",
    ],
    good: &[
        "Two sources said the vote was lost. One of the sources said it would be held again.",
        "A source said the vote was lost. A second source said it was not. The sources said no more.",
        "A person close to the bank said the merger was off. The person said talks would not resume.",
    ],
    fix: "Offers the number or the label of the first mention where the words around it read on. A person must know how \
          many sources there were.",
    check: Check::Story(check),
};

const HELP: &str = "Readers count sources. Keep to the number and the label of the first mention, or bring in the other \
                    source where it first speaks (\"a second official said\").";

/// An unnamed source with its place.
struct Seen {
    paragraph: usize,
    phrase: Unnamed,
    /// What tells it from others of the kind, if anything does.
    modifier: Option<Modifier>,
    /// Whether it is on record there, or the copy says how it knows.
    speaks: bool,
}

/// The word behind a noun that tells whom it means, and the first word of weight after it ("in charge", "at the bank").
type Modifier = [u64; 2];

fn modifier(p: &Paragraph<'_>, phrase: &Unnamed) -> Option<Modifier> {
    let next = phrase.head() + 1;
    let day = Lex::WEEKDAY | Lex::MONTH;
    let date = has(p, next, day) || has(p, next + 1, day);
    // "The official named in the report", "the sources the Herald spoke to".
    let participle = p.text(next).ends_with("ed")
        && has(p, next + 1, Lex::PREPOSITION)
        && (!has(p, next, Lex::SPEECH) || p.is(next + 1, "by"));
    let clause = has(p, next, Lex::DETERMINER) || is_any(p, next, &["he", "she", "they", "it"]);
    let weight = (next + 1..next + LEAD).find(|at| !has(p, *at, phrases::FUNCTION));
    let hash = |at: usize| p.token(at).map_or(0, |token| token.hash);
    let more = p.is_in(next, &lists::LEADS) || participle || clause;
    (more && !date).then(|| [hash(next), weight.map_or(0, hash)])
}

/// What the story has put so far.
#[derive(Default)]
struct Before {
    seen: Vec<Seen>,
    /// Whether people came up who are no source.
    people: bool,
    /// Where people are on record by name, in order.
    named: Vec<(usize, usize)>,
    /// Where somebody else without a name was last on record ("a witness", "one of two clerks").
    stranger: Option<(usize, usize)>,
}

/// A story with more unnamed sources than these is not read on: nothing refers back to one of them.
const MOST: usize = 40;

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut before = Before::default();
    // A headline says in short what the story says again: nothing is introduced there.
    let other = [BlockKind::Chrome, BlockKind::Byline, BlockKind::Headline];
    let read = |p: &&Paragraph<'_>| !other.contains(&p.block.kind);
    for paragraph in story.paragraphs.iter().filter(read) {
        for phrase in unnamed::all(paragraph) {
            let head = phrase.head();
            let speaks = says(paragraph, &phrase);
            if before.seen.len() < MOST
                && phrase.opening == Opening::Known
                && phrase.plain
                && speaks
                && phrases::is_running(paragraph)
            {
                before.take_others(paragraph, head);
                if let Some(found) = finding(story, paragraph, &phrase, &before) {
                    // One mend settles how many there are; the rest of the story follows from it.
                    return findings.push(paragraph, found);
                }
            }
            let described = unnamed::knows(paragraph, head);
            let source = phrase.label != Label::Person || described || speaks;
            before.people |= !source && phrase.plural;
            if source && before.seen.len() < MOST {
                let speaks = speaks || described;
                let modifier = modifier(paragraph, &phrase);
                before.seen.push(Seen { paragraph: paragraph.index, phrase, modifier, speaks });
            }
        }
        if !before.seen.is_empty() {
            before.take_others(paragraph, paragraph.tokens().len());
        }
    }
}

/// Whether the source is on record: by the words beside it, or by the attributions of the paragraph.
fn says(p: &Paragraph<'_>, phrase: &Unnamed) -> bool {
    let (start, end) = (phrase.span.start as usize, phrase.span.end as usize);
    !phrases::is_quoted(p, start)
        && (unnamed::on_record(p, start, end) || unnamed::is_source(p, phrase.head()))
}

impl Before {
    /// Notes who else is on record before token `end` of the paragraph.
    fn take_others(&mut self, p: &Paragraph<'_>, end: usize) {
        let names = p.notes.mentions.iter().filter(|m| (m.span.start as usize) < end);
        // "Of Riverton" is nobody.
        let town = |at: usize| at > 0 && is_any(p, at - 1, &["of", "from", "in"]);
        let named = names.filter(|m| !town(m.span.start as usize)).filter(|m| {
            m.kind == MentionKind::Name
                && !m.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED)
                && (m.is(MentionFlags::SPEAKS) || unnamed::is_source(p, m.span.start as usize))
        });
        for place in named.map(|m| (p.index, m.span.start as usize)) {
            if self.named.last().is_none_or(|last| *last < place) && self.named.len() < MOST {
                self.named.push(place);
            }
        }
        let sources =
            p.notes.attributions.iter().filter(|a| a.speech).filter_map(|a| a.source.first());
        let strangers = sources.map(|source| source.start as usize).filter(|start| *start < end);
        let stranger = strangers.filter(|start| is_stranger(p, *start)).max();
        self.stranger = stranger.map(|start| (p.index, start)).or(self.stranger);
    }

    /// The one phrase that came first, where every phrase before that could be meant is it or refers back to it.
    fn only(&self, phrase: &Unnamed) -> Option<&Seen> {
        // Officials who are spoken of and say nothing are no sources.
        let mut meant = self.seen.iter().filter(|s| s.speaks || s.phrase.label == phrase.label);
        let first = meant.next()?;
        let again = |s: &Seen| {
            let same = s.phrase.label == first.phrase.label;
            // "The official in charge of bridges" is somebody new, who may be meant from there on.
            let known = s.modifier.is_none() || s.modifier == first.modifier;
            s.phrase.opening == Opening::Known && same && s.phrase.plain && known
        };
        let introduced = matches!(first.phrase.opening, Opening::New | Opening::Bare);
        (first.speaks && introduced && meant.all(again)).then_some(first)
    }
}

/// Words of a source in which its noun stands.
const LEAD: usize = 7;

/// Whether a source that starts at token `start` is somebody without a name who is called by none of the labels.
fn is_stranger(p: &Paragraph<'_>, start: usize) -> bool {
    // "One of them" is somebody who came up before.
    let again = p.is(start + 1, "of") && is_any(p, start + 2, &["them", "those", "these"]);
    !again
        && is_any(p, start, &["a", "an", "one", "another", "two", "some", "several"])
        && (start..start + LEAD).all(|at| unnamed::at(p, at).is_none())
}

/// What drifted, if the phrase means what the first one meant.
fn drift<'b>(before: &'b Before, phrase: &Unnamed) -> Option<(&'b Seen, f32)> {
    let first = before.only(phrase)?;
    let was = &first.phrase;
    let since =
        |place: (usize, usize)| place >= (first.paragraph, first.phrase.span.start as usize);
    let named_since = before.named.iter().filter(|place| since(**place)).count();
    let stranger_since = before.stranger.is_some_and(since);
    // Officials, aides and people may be those who were named, but not more than there are; sources are nobody's title.
    let more = was.number.unwrap_or(1) + named_since;
    let counted = !was.plural && phrase.number.is_some_and(|number| number > more);
    let ambiguous = phrase.label != Label::Source && named_since > 0 && !counted
        || phrase.label == Label::Person && before.people;
    let generic = |label| matches!(label, Label::Source | Label::Person);
    let shifts = generic(was.label) != generic(phrase.label)
        || !generic(phrase.label) && was.label != phrase.label;
    let numbers = was.number.zip(phrase.number).is_some_and(|(was, now)| was != now);
    if ambiguous || stranger_since || was.plural == phrase.plural && !shifts && !numbers {
        return None;
    }
    if numbers {
        return Some((first, 0.75));
    }
    match (was.plural, phrase.plural) {
        (false, false) => Some((first, 0.7)),
        (false, true) => Some((first, if shifts { 0.7 } else { 0.85 })),
        // "Sources" and "officials" at large may hold one who speaks on.
        (true, false) if phrase.label == Label::Person => None,
        (true, false) => Some((first, if was.counted { 0.75 } else { 0.6 })),
        (true, true) if was.counted => Some((first, 0.6)),
        (true, true) => None,
    }
}

/// What is wrong with a phrase that refers back.
fn finding(
    story: &Story<'_>,
    p: &Paragraph<'_>,
    phrase: &Unnamed,
    before: &Before,
) -> Option<Diagnostic> {
    let (first, confidence) = drift(before, phrase)?;
    let modifier = modifier(p, phrase);
    if modifier.is_some() && modifier != first.modifier {
        return None;
    }
    let place = story.paragraphs.get(first.paragraph)?;
    let (was, now) = (place.clean(first.phrase.span), p.clean(phrase.span));
    let numbers = first.phrase.number.is_some() && phrase.number.is_some();
    let count = first.phrase.plural != phrase.plural || numbers;
    let message = match (count, phrase.plural) {
        _ if numbers => format!("`{now}`: the story has had `{was}`"),
        (true, true) => format!("`{now}`: the story has had only one, `{was}`"),
        (true, false) => format!("`{now}`: the story has had several, `{was}`"),
        (false, _) => format!("`{now}`: called `{was}` before"),
    };
    let note = if count { "the source as first put" } else { "the label as first put" };
    Some(
        Diagnostic::new(p.bytes(phrase.span), message, HELP)
            .confidence(confidence)
            .related(place.field, place.bytes(first.phrase.span), note)
            .fix(restore(p, phrase, &first.phrase, place)),
    )
}

/// The noun of the first mention, where the verb beside it goes with either number.
fn restore(
    p: &Paragraph<'_>,
    phrase: &Unnamed,
    was: &Unnamed,
    place: &Paragraph<'_>,
) -> Option<Fix> {
    let next = phrase.span.end as usize;
    let agrees = ["says", "say", "has", "have", "is", "are", "was", "were", "do", "does"];
    let noun = place.text(was.head()).to_lowercase();
    if phrase.counted
        || was.plural != phrase.plural && is_any(p, next, &agrees)
        || !p.is(phrase.span.start as usize, "the")
    {
        return None;
    }
    Fix::suggestion(format!("Say “the {noun}”"), [Edit::replace(p.byte(phrase.head()), noun)])
}
