//! `copydesk annotate`: what copydesk understands of a draft. How rule writers debug and how accuracy is measured.

use super::args::{Annotate, InputFormat, NotesFormat};
use super::desk::{self, Draft};
use super::jsonl::{self, Line, Unreadable};
use super::output::failure;
use super::{Outcome, complain, pipeline};
use crate::analysis::{Analyzer, Article};
use crate::annotate::{AttributionKind, MentionKind, Paragraph};
use crate::diagnostic::Field;
use crate::resolve::Story;
use crate::segment::Span;
use crate::settings::Selection;
use crate::text::TextRange;
use serde::Serialize;
use serde_json::Value;
use std::io::{self, BufWriter, Write};

/// The annotations of one article, as JSON. The format is a contract: see the README.
#[derive(Serialize)]
struct Notes<'a> {
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
}

#[derive(Serialize)]
struct MentionJson {
    range: TextRange,
    kind: &'static str,
}

fn kind(kind: AttributionKind) -> &'static str {
    match kind {
        AttributionKind::Direct => "direct",
        AttributionKind::Indirect => "indirect",
        AttributionKind::Mixed => "mixed",
    }
}

fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Title => "title",
        MentionKind::Pronoun => "pronoun",
    }
}

/// Collects what the story says of its text. A headline that came beside the text has no place in it and is left out.
fn notes<'a>(story: &'a Story<'_>, path: Option<&'a str>, id: Option<&'a Value>) -> Notes<'a> {
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
    let person = |person: &'a crate::resolve::Person| {
        let mentions = person.mentions.iter().filter_map(|at| {
            let paragraph = story.paragraphs.get(at.paragraph)?;
            let mention = paragraph.notes.mentions.get(at.mention)?;
            (paragraph.field == Field::Text).then(|| MentionJson {
                range: paragraph.bytes(mention.span),
                kind: mention_kind(mention.kind),
            })
        });
        PersonJson { name: &person.name, mentions: mentions.collect() }
    };
    story.people.iter().map(person).collect()
}

/// Runs the command.
pub(super) fn run(args: &Annotate) -> Outcome {
    let newsrooms = desk::newsrooms(&args.input, Selection::default());
    let analyzer = Analyzer::new(Vec::new(), Default::default(), args.input.date);
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut failed = false;
    match args.input.input_format {
        InputFormat::Jsonl => jsonl::answer(
            &args.input.paths,
            |line, place| answer(line, place, &analyzer),
            &mut out,
            |out, (text, bad)| {
                failed |= bad;
                out.write_all(text.as_bytes())
            },
        )?,
        InputFormat::Files => {
            let (drafts, bad) = Draft::all(&args.input, &newsrooms);
            failed |= !bad.is_empty();
            bad.iter().for_each(|bad| complain(&format!("{}: {}", bad.name, bad.error)));
            pipeline::run(
                drafts,
                |draft| file(&draft, &analyzer, args.format),
                |(text, bad)| {
                    failed |= bad;
                    out.write_all(text.as_bytes())
                },
            )?;
        }
    }
    out.flush()?;
    Ok(if failed { 2 } else { 0 })
}

fn file(draft: &Draft, analyzer: &Analyzer, _format: NotesFormat) -> (String, bool) {
    let name = desk::name(draft.path());
    match draft.read() {
        Ok(text) => {
            let article = Article { text: &text, format: draft.format(), ..Article::default() };
            let story = analyzer.annotate(&article);
            (line(&notes(&story, Some(&name), None)), false)
        }
        Err(error) => {
            complain(&format!("{name}: {error}"));
            (failure(&name.as_str().into(), &error), true)
        }
    }
}

fn answer(line_: Result<Line<'_>, Unreadable>, place: &str, analyzer: &Analyzer) -> (String, bool) {
    match line_ {
        Ok(article) => {
            let story = analyzer.annotate(&Article {
                text: &article.text,
                format: article.format(),
                title: article.title.as_deref(),
                date: article.date(),
            });
            (line(&notes(&story, None, Some(&article.id))), false)
        }
        Err(Unreadable { id, error }) => {
            complain(&format!("{place}: {error}"));
            (failure(&id, &error), true)
        }
    }
}

fn line(notes: &Notes<'_>) -> String {
    serde_json::to_string(notes).unwrap_or_default() + "\n"
}
