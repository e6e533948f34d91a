//! `attribution-weakened`: a source that the draft makes less of than the wire copy does.

use crate::against::{Aligned, Comparison, Pair, Place};
use crate::annotate::{Attribution, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::Lex;
use crate::resolve::{Standing, Story};
use crate::rules::speakers::{self, Speaker};
use crate::rules::unnamed::{self, Label, Opening};
use crate::rules::{Check, Context, Findings, Group, Rule, hedges, phrases, wire};
use crate::segment::Span;
use crate::text::capitalized;

pub(crate) static RULE: Rule = Rule {
    id: "attribution-weakened",
    group: Group::Against,
    severity: Severity::Info,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["vague-attribution", "anonymous-source", "hedge-without-source"],
    summary: "The draft makes less of a source than the wire copy",
    what: "A statement that the wire copy has from somebody by name, from a body or from a number of sources (\"two sources told \
           CNN\"), and the draft from \"sources\", from \"reportedly\" or from nobody in particular. A source that the draft has \
           put in full before is left alone.",
    why: "Readers weigh a claim by who made it. The wire copy had more to tell them.",
    bad: &[
        "Wire: The old bridge is unsafe for heavy lorries, county engineer Omar Tull told the council.\nDraft: The old bridge is \
         unsafe for heavy lorries, sources said.",
    ],
    good: &[
        "Wire: The old bridge is unsafe for heavy lorries, county engineer Omar Tull told the council.\nDraft: The old bridge is \
         unsafe for heavy lorries, Tull said.",
    ],
    fix: "The wire copy's source is put in place of the weaker one where that stands alone, as a suggestion.",
    check: Check::Story(check),
};

/// From this score on a pair is believed.
const SURE: f32 = 0.58;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    let mut spoken = false;
    for aligned in &against.sentences {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        let before = spoken;
        spoken |= introduces(p, aligned.span);
        let sure = |pair: &&Pair| {
            pair.score >= SURE && (pair.shared >= 4 || pair.shared >= 3 && pair.ours >= 0.7)
        };
        let Some(pair) = aligned.pairs.first().filter(sure) else {
            if let Some(found) = counted(story, against, p, aligned).filter(|_| !before) {
                findings.push(p, found);
            }
            continue;
        };
        let Some(theirs) = speakers::theirs(against, pair.place) else { continue };
        let Some(wire) = against.wires.get(pair.place.wire).and_then(|w| w.paragraph(theirs.at.0))
        else {
            continue;
        };
        let was = strength(&wire, &theirs);
        let Some((span, now)) = weak(story, against, p, aligned) else { continue };
        // "He reportedly refused, which led the organizers to say": the wire copy has both.
        let word = p.token(span.start as usize).map(|token| token.hash);
        let has = |at: usize| against.paragraph(pair)?.token(at).map(|token| token.hash);
        if now == Strength::Nobody && pair.place.span.iter().any(|at| has(at) == word) {
            continue;
        }
        // "Sources" takes up those who were put in full before.
        let taken_up = before && now == Strength::Bare;
        if was < Strength::Counted
            || now >= Strength::Counted
            || taken_up
            || speaks_for(against, aligned, pair)
        {
            continue;
        }
        findings.push(p, report(against, p, span, pair, &theirs, &wire));
    }
}

/// The finding for bare "sources" in a sentence that is too short to be sure of, where what they say shares its words with what
/// sources say of whom the wire copy tells more.
fn counted(
    story: &Story<'_>,
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    aligned: &Aligned,
) -> Option<Diagnostic> {
    let (span, _) = weak(story, against, p, aligned)?;
    let found = span.iter().find_map(|at| unnamed::at(p, at))?;
    if found.opening != Opening::Bare || found.label != Label::Source || !found.plain {
        return None;
    }
    let content = against.voices.touching(p.index, aligned.span).next()?.span;
    aligned.near.iter().find_map(|pair| {
        let theirs = speakers::theirs(against, pair.place)?;
        let wire = against.wires.get(pair.place.wire)?;
        let (voice, _) = wire.voices().over(pair.place.paragraph, pair.place.span)?;
        let place = Place { span: voice.span, ..pair.place };
        let (ours, ..) = against.likeness(p, content, place);
        let own = wire.paragraph(theirs.at.0)?;
        let counted = theirs.source.standing == Standing::Unnamed
            && theirs.at.1.iter().any(|at| unnamed::at(&own, at).is_some())
            && described(&own, theirs.at.1) == Strength::Counted;
        (counted && ours >= LIKE)
            .then(|| report(against, p, span, pair, &theirs, &own).confidence(0.55))
    })
}

/// The share of what bare sources say that the wire copy's must have.
const LIKE: f32 = 0.4;

/// How much a source tells, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// "Reportedly", "it was reported".
    Nobody,
    /// "Sources", "officials".
    Bare,
    /// "Two officials", "a person close to the talks".
    Counted,
    /// A body or a document.
    Body,
    /// A person with a name.
    Named,
}

fn strength(p: &Paragraph<'_>, speaker: &Speaker<'_>) -> Strength {
    match speaker.source.standing {
        Standing::Person(_) | Standing::Named => Strength::Named,
        Standing::Body => Strength::Body,
        Standing::Nobody => Strength::Nobody,
        Standing::Unnamed => described(p, speaker.at.1),
    }
}

/// Whether a source without a name is counted or said how it knows.
fn described(p: &Paragraph<'_>, source: Span) -> Strength {
    let found = source.iter().find_map(|at| unnamed::at(p, at));
    let vague = |at: usize| phrases::has(p, at, phrases::NAMELESS);
    match found {
        // "Critics", "some experts", "reports".
        None if source.len() <= 2 && source.iter().all(vague) => Strength::Bare,
        Some(found) if found.counted || !found.plain || unnamed::knows(p, found.head()) => {
            Strength::Counted
        }
        Some(found) if !found.plural => Strength::Counted,
        Some(_) => Strength::Bare,
        None => Strength::Counted,
    }
}

/// Whether a sentence of the draft puts unnamed sources in full.
fn introduces(p: &Paragraph<'_>, sentence: Span) -> bool {
    let mut heads = sentence.iter().filter_map(|at| unnamed::at(p, at));
    heads.any(|found| found.counted || unnamed::knows(p, found.head()))
}

/// What a sentence of the draft has for a source, where that is weak: its place and how weak.
fn weak(
    story: &Story<'_>,
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    aligned: &Aligned,
) -> Option<(Span, Strength)> {
    if let Some(adverb) = hidden(p, aligned.span) {
        return Some((adverb, Strength::Nobody));
    }
    let voice = speakers::ours(story, &against.voices, p.index, aligned.span);
    if let Some(voice) = &voice {
        let place = (voice.at.0 == p.index && !voice.at.1.is_empty()).then_some(voice.at.1);
        let pronoun =
            place.is_some_and(|s| s.len() == 1 && phrases::has(p, s.start as usize, Lex::PRONOUN));
        let strength = strength(p, voice);
        let definite = place.is_some_and(|s| {
            phrases::is_any(
                p,
                s.start as usize,
                &["the", "these", "those", "his", "her", "its", "their"],
            )
        });
        return place.filter(|_| !pronoun && !definite).map(|place| (place, strength));
    }
    None
}

/// Adverbs that stand for a source that is not told.
const ADVERBS: [&str; 2] = ["reportedly", "allegedly"];

/// The adverb that all a sentence has for a source, where nobody is on record in it.
fn hidden(p: &Paragraph<'_>, sentence: Span) -> Option<Span> {
    let hedges = hedges::all(p, sentence).into_iter().map(|hedge| hedge.span);
    let mut adverbs = hedges.filter(|span| p.is_any(span.start as usize, &ADVERBS));
    let adverb = adverbs.next()?;
    let own = |a: &Attribution| {
        a.speech && a.cue.iter().any(|cue| cue.overlaps(sentence) && !cue.overlaps(adverb))
    };
    (!wire::attributions(p, sentence).iter().any(own)).then_some(adverb)
}

/// Whether the wire copy says the same of the weak source somewhere.
fn speaks_for(against: &Comparison<'_>, aligned: &Aligned, pair: &Pair) -> bool {
    let alike = |other: &&Pair| other.place != pair.place && other.score >= 0.8 * pair.score;
    aligned.near.iter().filter(alike).any(|other| {
        let Some(speaker) = speakers::theirs(against, other.place) else { return true };
        let wire = against.wires.get(other.place.wire).and_then(|w| w.paragraph(speaker.at.0));
        wire.is_none_or(|wire| strength(&wire, &speaker) < Strength::Counted)
    })
}

fn report(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    span: Span,
    pair: &Pair,
    theirs: &Speaker<'_>,
    wire: &Paragraph<'_>,
) -> Diagnostic {
    let name = theirs.name();
    let now = p.clean(span);
    let message = format!("`{now}`, where the wire copy has {name}");
    let help = "Keep as much of the source as the wire copy gives.";
    let fix = if name.is_empty() { None } else { named(p, span, theirs) };
    let found = Diagnostic::new(p.bytes(span), message, help).confidence(0.3 + 0.5 * pair.score);
    let place = Place { wire: pair.place.wire, paragraph: wire.index, span: theirs.at.1 };
    let place = if place.span.is_empty() { pair.place } else { place };
    wire::pointing(found.fix(fix), against, place, "the source in the wire copy")
}

/// Whether the verb beside a source is the same for one and for many: "critics said", "according to critics", and not "critics
/// say" or "critics have said".
fn fits_any(p: &Paragraph<'_>, source: Span) -> bool {
    let past = |at: usize| !phrases::has(p, at, Lex::AUXILIARY) && phrases::is_finite(p, at);
    let start = source.start as usize;
    let according = start >= 2 && p.is_phrase(start - 2, &["according", "to"]);
    // "Critics later said", and "said critics" where no verb follows.
    let verb = (source.end as usize..).find(|at| !phrases::is_adverb(p, *at));
    let before = start.checked_sub(1).is_some_and(past);
    let behind = verb.is_some_and(|at| past(at) || before && !phrases::is_word(p, at));
    according || behind
}

/// The wire copy's source in place of the weak one; of an adverb behind the sentence.
fn named(p: &Paragraph<'_>, span: Span, theirs: &Speaker<'_>) -> Option<Fix> {
    let name = theirs.name();
    let sentence = p.sentence_at(span.start as usize);
    if p.is_any(span.start as usize, &ADVERBS) {
        let stop = (sentence.end as usize).checked_sub(1)?;
        if phrases::mark(p, stop) != '.' || sentence.start == span.start {
            return None;
        }
        let name = phrases::before_stop(name, true);
        let behind = Edit::insert(p.byte(stop).start, format!(", according to {name}"));
        let title = format!("Say “according to {name}”");
        return Fix::suggestion(title, [wire::put(p, span, ""), behind]);
    }
    if !fits_any(p, span) {
        return None;
    }
    let opens = sentence.start == span.start;
    let name = if opens { capitalized(name) } else { name.to_owned() };
    Fix::suggestion(format!("Say “{name}”"), [Edit::replace(p.bytes(span), name)])
}
