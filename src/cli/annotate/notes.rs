//! Annotations as JSON. The format is a contract: see the README.

use crate::annotate::{AttributionKind, MentionKind, Paragraph};
use crate::diagnostic::Field;
use crate::resolve::{Person, Story};
use crate::segment::Span;
use crate::text::TextRange;
use serde::Serialize;
use serde_json::Value;

/// The annotations of one article.
#[derive(Serialize)]
pub(super) struct Notes<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    sentences: Vec<TextRange>,
    quotations: Vec<QuotationJson>,
    attributions: Vec<AttributionJson>,
    carried: Vec<CarriedJson>,
    people: Vec<PersonJson<'a>>,
}

#[derive(Serialize)]
struct QuotationJson {
    range: TextRange,
    content: TextRange,
    closed: bool,
}

#[derive(Serialize)]
struct AttributionJson {
    source: Vec<TextRange>,
    cue: Vec<TextRange>,
    content: Vec<TextRange>,
    kind: &'static str,
    speech: bool,
    confidence: f32,
}

#[derive(Serialize)]
struct CarriedJson {
    sentence: TextRange,
    attribution: usize,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    mentions: Vec<MentionJson>,
    /// Descriptions of the person and one other: "the two leaders".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<TextRange>,
}

#[derive(Serialize)]
struct MentionJson {
    range: TextRange,
    kind: &'static str,
}

pub(super) fn kind(kind: AttributionKind) -> &'static str {
    match kind {
        AttributionKind::Direct => "direct",
        AttributionKind::Indirect => "indirect",
        AttributionKind::Mixed => "mixed",
    }
}

pub(super) fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Title => "title",
        MentionKind::Pronoun => "pronoun",
    }
}

/// Collects what the story says of its text. A headline that came beside the text has no place in it and is left out.
pub(super) fn notes<'a>(
    story: &'a Story<'_>,
    path: Option<&'a str>,
    id: Option<&'a Value>,
) -> Notes<'a> {
    let mut notes = Notes {
        path,
        id,
        sentences: Vec::new(),
        quotations: Vec::new(),
        attributions: Vec::new(),
        carried: Vec::new(),
        people: Vec::new(),
    };
    // Number of the first attribution of each paragraph among those of the whole text.
    let mut first = Vec::with_capacity(story.paragraphs.len());
    for paragraph in &story.paragraphs {
        first.push(notes.attributions.len());
        if paragraph.field == Field::Text {
            add(&mut notes, paragraph);
        }
    }
    for resolved in &story.resolved {
        let at = first.get(resolved.paragraph).map(|first| first + resolved.attribution);
        let Some(json) = at.and_then(|at| notes.attributions.get_mut(at)) else { continue };
        let more = resolved.continued.iter();
        json.content
            .extend(more.filter_map(|&(p, span)| Some(story.paragraphs.get(p)?.bytes(span))));
    }
    for carried in &story.carried {
        let paragraph = story.paragraphs.get(carried.paragraph).filter(|p| p.field == Field::Text);
        let (Some(paragraph), Some(first)) = (paragraph, first.get(carried.from)) else { continue };
        let sentence = paragraph.bytes(carried.sentence);
        notes.carried.push(CarriedJson { sentence, attribution: first + carried.attribution });
    }
    notes.people = people(story);
    notes
}

fn add(notes: &mut Notes<'_>, paragraph: &Paragraph<'_>) {
    let of = &paragraph.notes;
    let bytes = |spans: &[Span]| spans.iter().map(|&span| paragraph.bytes(span)).collect();
    notes.sentences.extend(of.sentences.iter().map(|&span| paragraph.bytes(span)));
    notes.quotations.extend(of.quotations.iter().map(|quotation| QuotationJson {
        range: paragraph.bytes(quotation.range),
        content: paragraph.bytes(quotation.content),
        closed: quotation.closed,
    }));
    notes.attributions.extend(of.attributions.iter().map(|attribution| AttributionJson {
        source: bytes(&attribution.source),
        cue: bytes(&attribution.cue),
        content: bytes(&attribution.content),
        kind: kind(attribution.kind),
        speech: attribution.speech,
        confidence: attribution.confidence,
    }));
}

fn people<'a>(story: &'a Story<'_>) -> Vec<PersonJson<'a>> {
    let person = |person: &'a Person| {
        let mentions = person.mentions.iter().filter_map(|at| {
            let paragraph = story.paragraphs.get(at.paragraph)?;
            let mention = paragraph.notes.mentions.get(at.mention)?;
            (paragraph.field == Field::Text).then(|| MentionJson {
                range: paragraph.bytes(mention.span),
                kind: mention_kind(mention.kind),
            })
        });
        let together = person.together.iter().filter_map(|pair| {
            let paragraph = story.paragraphs.get(pair.paragraph)?;
            (paragraph.field == Field::Text).then(|| paragraph.bytes(pair.span))
        });
        PersonJson {
            name: &person.name,
            mentions: mentions.collect(),
            together: together.collect(),
        }
    };
    story.people.iter().map(person).collect()
}
