//! What copydesk understands of a story, against tables that people can read: `tests/annotations/*.md`.
//!
//! A fixture is prose with fenced blocks. A `copy` block holds a story (`format=markdown`, `format=html` where it is not plain
//! text); the blocks behind it hold what is expected of it, each named by what it lists and compared line by line:
//!
//! ````text
//! ```copy
//! “We are done. We are leaving,” Mayor Ana Ruiz said.
//! ```
//! ```sentences
//! 1 “We are done.
//! 1 We are leaving,” Mayor Ana Ruiz said.
//! ```
//! ```quotations
//! 1 speech “We are done. We are leaving,”
//! ```
//! ```attributions
//! 1 direct: Mayor Ana Ruiz | said | “We are done. We are leaving,”
//! ```
//! ```people
//! Ana Ruiz: 1 name Mayor Ana Ruiz
//! ```
//! ````
//!
//! The number in front is the block's, counted from 1. A quotation within another is indented by two spaces; `open` and
//! `continues` say that it stays open and that it goes on from the paragraph before. Pieces of one role are joined by " … ".

use copydesk::annotate::{AttributionKind, MentionKind, Paragraph, QuotationKind};
use copydesk::document::Format;
use copydesk::resolve::Story;
use copydesk::segment::Span;
use copydesk::{Analyzer, Article};
use std::fmt::Write;

fn sentences(story: &Story<'_>) -> String {
    let mut out = String::new();
    for paragraph in &story.paragraphs {
        for &sentence in &paragraph.notes.sentences {
            let _ = writeln!(out, "{} {}", paragraph.index + 1, paragraph.clean(sentence));
        }
    }
    out
}

fn quotations(story: &Story<'_>) -> String {
    let mut out = String::new();
    for paragraph in &story.paragraphs {
        for quotation in &paragraph.notes.quotations {
            let kind = match quotation.kind {
                QuotationKind::Speech => "speech",
                QuotationKind::Partial => "partial",
                QuotationKind::Term => "term",
                QuotationKind::Title => "title",
            };
            let indent = "  ".repeat(quotation.depth.into());
            let open = if quotation.closed { "" } else { " open" };
            let continues = if quotation.continues { " continues" } else { "" };
            let text = paragraph.clean(quotation.range);
            let _ = writeln!(out, "{indent}{} {kind}{continues}{open} {text}", paragraph.index + 1);
        }
    }
    out
}

fn pieces(paragraph: &Paragraph<'_>, spans: &[Span]) -> String {
    let texts: Vec<String> = spans.iter().map(|&span| paragraph.clean(span)).collect();
    texts.join(" … ")
}

fn attributions(story: &Story<'_>) -> String {
    let mut out = String::new();
    for paragraph in &story.paragraphs {
        for attribution in &paragraph.notes.attributions {
            let kind = match attribution.kind {
                AttributionKind::Direct => "direct",
                AttributionKind::Indirect => "indirect",
                AttributionKind::Mixed => "mixed",
            };
            let roles = [&attribution.source, &attribution.cue, &attribution.content];
            let roles = roles.map(|spans| pieces(paragraph, spans)).join(" | ");
            let _ = writeln!(out, "{} {kind}: {roles}", paragraph.index + 1);
        }
    }
    out
}

fn people(story: &Story<'_>) -> String {
    let mut out = String::new();
    for person in &story.people {
        let mentions = person.mentions.iter().filter_map(|at| {
            let paragraph = story.paragraphs.get(at.paragraph)?;
            let mention = paragraph.notes.mentions.get(at.mention)?;
            let kind = match mention.kind {
                MentionKind::Name => "name",
                MentionKind::Title => "title",
                MentionKind::Pronoun => "pronoun",
            };
            Some(format!("{} {kind} {}", at.paragraph + 1, paragraph.clean(mention.span)))
        });
        let _ = writeln!(out, "{}: {}", person.name, mentions.collect::<Vec<_>>().join(", "));
    }
    out
}

/// One fenced block: its line, its info string and its lines.
struct Fence<'a> {
    line: usize,
    info: &'a str,
    body: String,
}

fn fences(fixture: &str) -> Vec<Fence<'_>> {
    let mut out = Vec::new();
    let mut lines = fixture.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        out.push(Fence { line: number + 1, info, body: body.join("\n") });
    }
    out
}

fn check(name: &str, fixture: &str, problems: &mut Vec<String>) {
    let mut copy: Option<(&str, Format)> = None;
    let fences = fences(fixture);
    for fence in &fences {
        if let Some(info) = fence.info.strip_prefix("copy") {
            let format = match info.trim().strip_prefix("format=") {
                Some("markdown") => Format::Markdown,
                Some("html") => Format::Html,
                _ => Format::Plain,
            };
            copy = Some((&fence.body, format));
            continue;
        }
        let Some((text, format)) = copy else {
            problems.push(format!("{name}:{}: no copy before it", fence.line));
            continue;
        };
        let story = Analyzer::default().annotate(&Article { text, format, ..Article::default() });
        let got = match fence.info.trim() {
            "sentences" => sentences(&story),
            "quotations" => quotations(&story),
            "attributions" => attributions(&story),
            "people" => people(&story),
            other => format!("no such table: {other}"),
        };
        if got.trim_end() != fence.body.trim_end() {
            problems.push(format!("{name}:{}: {} are\n{got}", fence.line, fence.info));
        }
    }
}

#[test]
fn stories() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/annotations");
    let mut problems = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        check(&name, &std::fs::read_to_string(&file).unwrap(), &mut problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
