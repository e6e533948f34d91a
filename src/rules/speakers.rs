//! Who speaks in the draft and in the wire copy, and whether that is the same person.

use crate::against::{Comparison, Place, Voice, Voices, folded};
use crate::annotate::{MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::resolve::{Person, Source, Standing, Story};
use crate::rules::phrases;
use crate::segment::Span;

/// Somebody who is on record at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker<'s> {
    /// What the voice is.
    pub source: &'s Source,
    /// The person, where it is one with a name.
    pub person: Option<&'s Person>,
    /// Whether the attribution itself has the name, and not a pronoun or a title.
    pub named: bool,
    /// Where the attribution has the source, in its paragraph.
    pub at: (usize, Span),
    /// The cue of the attribution.
    pub cue: Span,
    /// How sure the attribution is, 0 to 1.
    pub confidence: f32,
}

/// Who is on record in the draft for most of `span`.
pub(super) fn ours<'s>(
    story: &'s Story<'_>,
    voices: &'s Voices,
    paragraph: usize,
    span: Span,
) -> Option<Speaker<'s>> {
    let (voice, share) = voices.over(paragraph, span)?;
    let p = story.paragraphs.get(voices.said(voice)?.1.paragraph)?;
    let found = speaker(voices, voice, p, &story.people)?;
    is_most(&found, share, paragraph, span).then_some(found)
}

/// Who is on record in the wire copy for most of a place.
pub(super) fn theirs<'s>(against: &'s Comparison<'_>, place: Place) -> Option<Speaker<'s>> {
    let wire = against.wires.get(place.wire)?;
    let (voice, share) = wire.voices().over(place.paragraph, place.span)?;
    let p = wire.paragraph(wire.voices().said(voice)?.1.paragraph)?;
    let found = speaker(wire.voices(), voice, &p, wire.people())?;
    is_most(&found, share, place.paragraph, place.span).then_some(found)
}

/// The share of a place that must be somebody's words.
const LEAST: f32 = 0.4;

/// Whether a share of a place is enough: the words that say who speaks ("Ruiz, who has run the port since the war, said") are
/// not counted.
fn is_most(speaker: &Speaker<'_>, share: f32, paragraph: usize, span: Span) -> bool {
    let telling = [speaker.at.1, speaker.cue].into_iter().filter(|_| speaker.at.0 == paragraph);
    let telling: usize = telling.map(|part| part.shared(span)).sum();
    share * span.len() as f32 >= LEAST * span.len().saturating_sub(telling) as f32
}

fn speaker<'s>(
    voices: &'s Voices,
    voice: Voice,
    p: &Paragraph<'_>,
    people: &'s [Person],
) -> Option<Speaker<'s>> {
    let (source, said) = voices.said(voice)?;
    let attribution = p.notes.attributions.get(said.attribution)?;
    let span = attribution.source.first().copied().unwrap_or_default();
    let named = attribution.source.iter().any(|span| {
        let list = &p.notes.mentions;
        let first = list.partition_point(|m| m.span.end <= span.start);
        let inside = list[first..].iter().take_while(|m| m.span.start < span.end);
        inside.into_iter().any(|m| m.kind == MentionKind::Name)
    });
    let person = match source.standing {
        Standing::Person(number) => people.get(number),
        _ => None,
    };
    let cue = attribution.cue.first().copied().unwrap_or_default();
    let confidence = attribution.confidence;
    Some(Speaker { source, person, named, at: (p.index, span), cue, confidence })
}

/// Whether two people may be one, by their names.
pub(super) fn same(a: &Person, b: &Person) -> bool {
    let words = |person: &Person| -> Vec<String> {
        person.name.split([' ', '-']).map(folded).filter(|word| word.len() > 1).collect()
    };
    let (ours, theirs) = (words(a), words(b));
    let family = ours.contains(&folded(&b.family)) || theirs.contains(&folded(&a.family));
    let near = strsim::osa_distance(&folded(&a.family), &folded(&b.family)) <= 2;
    family || near
}

/// What a draft calls a person of the wire copy after their first mention, courtesy included ("Ms. Ruiz"); `None` where they are
/// not named before `place`: paragraph and token.
pub(super) fn called(story: &Story<'_>, place: (usize, u32), other: &Person) -> Option<String> {
    let known = story.people.iter().find(|person| same(person, other))?;
    let before =
        known.mentions.iter().filter_map(|at| at.of(&story.paragraphs)).filter(|(p, m)| {
            (p.index, m.span.start) < place && m.kind == MentionKind::Name && p.block.kind.is_copy()
        });
    let (p, m) = before.last()?;
    // An office stands at the first name.
    let courtesy = !m.title.is_empty()
        && m.title.len() <= 2
        && m.title.iter().all(|at| !phrases::is_word(p, at) || phrases::has(p, at, Lex::HONORIFIC));
    let family = &known.family;
    Some(if courtesy { format!("{} {family}", p.clean(m.title)) } else { family.clone() })
}

impl Speaker<'_> {
    /// Whether the source is who was told, ordered or asked: "Ruiz was also ordered to pay". `p` is the paragraph of
    /// [`Speaker::at`].
    pub(super) fn is_passive(&self, p: &Paragraph<'_>) -> bool {
        let start = self.cue.start as usize;
        let first = start.saturating_sub(3).max(p.sentence_at(start).start as usize);
        let before = (first..=start).rev().find(|at| *at < start && !phrases::is_adverb(p, *at));
        let forms = ["is", "are", "was", "were", "be", "been", "being", "gets", "got"];
        let own = self.cue.iter().any(|at| p.is_any(at, &forms));
        own || before.is_some_and(|at| p.is_any(at, &forms))
    }

    /// What the source is called, for messages.
    pub(super) fn name(&self) -> &str {
        self.person.map_or(&self.source.name, |person| &person.name)
    }
}
