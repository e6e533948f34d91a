//! `speaker-swap`: words that the wire copy gives to somebody else.

use crate::against::{Aligned, Comparison, Outcome, Pair, Place, Wire, folded};
use crate::annotate::{Mention, MentionKind, Paragraph};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::{Person, Story};
use crate::rules::speakers::{self, Speaker};
use crate::rules::wire;
use crate::rules::{Check, Context, Findings, Group, Rule, phrases};
use crate::segment::Span;

pub(crate) static RULE: Rule = Rule {
    id: "speaker-swap",
    group: Group::Against,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &[],
    summary: "The wire copy gives these words to somebody else",
    what: "A quotation, or a statement that was surely written from one of the wire copy, on record for one person in the draft \
           and for another in the wire copy. Both must be told by name or beyond doubt. Somebody who speaks for a body, and a \
           body, are left alone.",
    why: "A quotation in the wrong mouth is a correction and an apology, to two people.",
    bad: &[
        "Wire: “We will close the bridge in May,” Ana Ruiz said. “You never asked us,” Omar Tull said.\n\
         Draft: “We will close the bridge in May,” Omar Tull said.",
    ],
    good: &[
        "Wire: “We will close the bridge in May,” Mayor Ana Ruiz said.\nDraft: Ruiz said: “We will close the bridge in May.”",
    ],
    fix: "The name that the wire copy has is put in place of the other one, as a suggestion.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    let mut flagged: Vec<(usize, Span)> = Vec::new();
    for quoted in &against.quotes {
        let places = match &quoted.outcome {
            Outcome::Same(places) => &places[..],
            Outcome::Drifted(drift) if drift.likeness >= 0.7 => &[drift.place][..],
            _ => continue,
        };
        let Some(p) = story.paragraphs.get(quoted.paragraph) else { continue };
        let Some(q) = p.notes.quotations.get(quoted.quotation) else { continue };
        let found = match turned(story, against, p, q.content, places) {
            Turns::Ours => continue,
            Turns::Other(speaker, found) => Some((speaker, found)),
            Turns::None => swapped(story, against, p, q.content, places, 0.95)
                .map(|(speaker, found, _)| (speaker, found)),
        };
        if let Some((speaker, found)) = found.filter(|(s, _)| !flagged.contains(&s.at)) {
            flagged.push(speaker.at);
            findings.push(p, found);
        }
    }
    for aligned in against.sentences.iter().filter(|aligned| !aligned.copied) {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        let quotes = wire::quotes(p, aligned.span, 0);
        let Some(content) = said_in(against, aligned).filter(|_| !quotes) else { continue };
        let near = aligned.near.iter().filter(|pair| says_same(against, p, content, pair));
        let places: Vec<Place> = near.map(|pair| pair.place).collect();
        let found = swapped(story, against, p, content, &places, 0.75);
        // Who is named in the sentence may be the one who says it.
        let named = |other: &Person| {
            aligned.span.iter().any(|at| folded(p.text(at)) == folded(&other.family))
        };
        let passive =
            |s: &Speaker<'_>| story.paragraphs.get(s.at.0).is_none_or(|p| s.is_passive(p));
        let found =
            found.filter(|(s, _, other)| !flagged.contains(&s.at) && !named(other) && !passive(s));
        if let Some((speaker, found, _)) = found {
            flagged.push(speaker.at);
            findings.push(p, found);
        }
    }
}

/// Whose turn of a transcript the words stand in.
enum Turns<'s> {
    /// No transcript, or nobody's turn for sure.
    None,
    /// The draft's speaker's, or maybe theirs.
    Ours,
    /// Another's, where the draft's speaker has turns of their own.
    Other(Speaker<'s>, Diagnostic),
}

fn turned<'s>(
    story: &'s Story<'_>,
    against: &'s Comparison<'_>,
    p: &Paragraph<'_>,
    content: Span,
    places: &[Place],
) -> Turns<'s> {
    let mut labels = Vec::new();
    for place in places {
        let Some(wire) = against.wires.get(place.wire) else { return Turns::None };
        let Some(turn) = wire.turn(place.paragraph) else { return Turns::None };
        if !turn.sure {
            return Turns::Ours;
        }
        labels.push((place, wire, turn.at, turn.label));
    }
    let Some(ours) = speakers::ours(story, &against.voices, p.index, content) else {
        return Turns::Ours;
    };
    let Some(person) = ours.person.filter(|_| ours.named) else { return Turns::Ours };
    let quoted = |place: &Place| {
        let wire = against.wires.paragraph(*place);
        wire.is_none_or(|wire| place.span.iter().any(|at| wire.quotation_at(at).is_some()))
    };
    let other = |(place, wire, at, label): &(&Place, &Wire, usize, Span)| {
        wire.has_turn_of(&person.family)
            && !wire.is_label_of(*at, *label, &person.family)
            && !quoted(place)
    };
    let Some(&(place, _, at, label)) = labels.first().filter(|_| labels.iter().all(other)) else {
        return Turns::Ours;
    };
    let Some(o) = story.paragraphs.get(ours.at.0) else { return Turns::Ours };
    let label = Place { wire: place.wire, paragraph: at, span: label };
    let who = against.wires.paragraph(label).map(|wire| wire.clean(label.span));
    let message =
        format!("said by {} here, by {} in the transcript", person.name, who.unwrap_or_default());
    let found = Diagnostic::new(o.bytes(ours.at.1), message, HELP).confidence(0.9);
    let found = wire::pointing(found, against, label, "who says it in the wire copy");
    Turns::Other(ours, wire::pointing(found, against, *place, "the words in the wire copy"))
}

const HELP: &str = "Check whose words they are.";

/// Whether what is said is surely the same, whoever says it.
fn says_same(against: &Comparison<'_>, p: &Paragraph<'_>, content: Span, pair: &Pair) -> bool {
    let Some(wire) = against.wires.get(pair.place.wire) else { return false };
    let voice = wire.voices().over(pair.place.paragraph, pair.place.span);
    let Some((voice, _)) = voice else { return false };
    let span = Span::new(
        voice.span.start.max(pair.place.span.start) as usize,
        voice.span.end.min(pair.place.span.end) as usize,
    );
    let place = Place { span, ..pair.place };
    let (ours, theirs, shared) = against.likeness(p, content, place);
    shared >= 3 && ours >= 0.7 && theirs >= 0.6 || shared >= 2 && ours >= 0.95 && theirs >= 0.95
}

/// What somebody is on record for in a sentence of the draft.
fn said_in(against: &Comparison<'_>, aligned: &Aligned) -> Option<Span> {
    let (voice, _) = against.voices.over(aligned.paragraph, aligned.span)?;
    let start = voice.span.start.max(aligned.span.start) as usize;
    Some(Span::new(start, voice.span.end.min(aligned.span.end) as usize))
}

/// The finding where the draft has one speaker and all of `places` have another.
fn swapped<'s>(
    story: &'s Story<'_>,
    against: &'s Comparison<'_>,
    p: &Paragraph<'_>,
    content: Span,
    places: &[Place],
    confidence: f32,
) -> Option<(Speaker<'s>, Diagnostic, &'s Person)> {
    let ours = speakers::ours(story, &against.voices, p.index, content)?;
    let person = ours.person?;
    let mut wrong: Option<(Speaker<'_>, Place)> = None;
    for &place in places {
        let Some(theirs) = speakers::theirs(against, place) else { continue };
        let other = theirs.person?;
        if speakers::same(person, other) {
            return None;
        }
        wrong = wrong.or(Some((theirs, place)));
    }
    let (theirs, place) = wrong?;
    let other = theirs.person?;
    // Where one of them is a pronoun or a title, the other's name may not stand near it.
    let doubt = match (ours.named, theirs.named) {
        (true, true) => 1.0,
        (true, false) if !is_near(against, place, person) => 0.75,
        (false, true) if !is_in(story, p.index, other) => 0.7,
        _ => return None,
    };
    let (name, right) = (&person.name, &other.name);
    let message = format!("said by {name} here, by {right} in the wire copy");
    let place_of =
        story.paragraphs.get(ours.at.0).filter(|o| o.index == p.index && !ours.at.1.is_empty());
    let range = place_of.map_or_else(|| p.bytes(content), |o| o.bytes(ours.at.1));
    let fix = place_of.and_then(|o| renamed(story, o, ours.at.1, other));
    let found = Diagnostic::new(range, message, HELP).confidence(confidence * doubt).fix(fix);
    let found = wire::pointing(found, against, place, "the words in the wire copy");
    Some((ours, found, other))
}

/// The wire copy's speaker for all that the draft says of its own, who that is included.
fn renamed(story: &Story<'_>, p: &Paragraph<'_>, source: Span, other: &Person) -> Option<Fix> {
    let list = p.notes.mentions.iter();
    let named = |m: &&Mention| m.kind == MentionKind::Name && source.overlaps(m.name);
    let mut mentions = list.filter(named);
    let mention = mentions.next().filter(|_| mentions.next().is_none())?;
    let mut span = source.cover(mention.span).cover(mention.name);
    let end = span.end as usize;
    // The comma behind "Ruiz, the mayor," goes with it.
    let apposed = span.iter().any(|at| phrases::mark(p, at) == ',');
    let goes = apposed && phrases::mark(p, end) == ',';
    span = Span::new(span.start as usize, end + usize::from(goes));
    let name = speakers::called(story, (p.index, span.start), other);
    let name = name.unwrap_or_else(|| other.name.clone());
    Fix::suggestion(format!("Say “{name}”"), [Edit::replace(p.bytes(span), name.clone())])
}

/// Whether a person is named in the wire's paragraph or in one beside it.
fn is_near(against: &Comparison<'_>, place: Place, person: &Person) -> bool {
    let Some(wire) = against.wires.get(place.wire) else { return true };
    let family = folded(&person.family);
    let from = place.paragraph.saturating_sub(1);
    (from..=place.paragraph + 1).filter_map(|at| wire.paragraph(at)).any(|p| names(&p, &family))
}

/// Whether a person is named in the draft's paragraph or in the one before.
fn is_in(story: &Story<'_>, paragraph: usize, person: &Person) -> bool {
    let family = folded(&person.family);
    let near = story.paragraphs.get(paragraph.saturating_sub(1)..=paragraph);
    near.unwrap_or_default().iter().any(|p| names(p, &family))
}

fn names(p: &Paragraph<'_>, family: &str) -> bool {
    p.span().iter().take(LONG).any(|at| folded(p.text(at)) == family)
}

/// Tokens of a paragraph that are looked at for a name.
const LONG: usize = 400;
