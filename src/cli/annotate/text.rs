//! Annotations for people: the sentences by number, and under each what is understood of it.

use super::notes::{kind, mention_kind};
use crate::annotate::{Attribution, Paragraph, Quotation};
use crate::cli::output::clean;
use crate::cli::terminal::{Paint, wrap};
use crate::diagnostic::Field;
use crate::resolve::Story;
use crate::segment::Span;
use crate::text::LineIndex;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// Everything that is understood of a story.
pub(super) fn render(story: &Story<'_>, name: &str, paint: Paint) -> String {
    let mut out = format!("{}\n", paint.bold(&clean(name)));
    let source = story.text();
    let index = LineIndex::new(source);
    let carried: FxHashMap<(usize, Span), (usize, usize)> = story
        .carried
        .iter()
        .map(|c| ((c.paragraph, c.sentence), (c.from, c.attribution)))
        .collect();
    let mut number = 0;
    for paragraph in &story.paragraphs {
        let place = match paragraph.field {
            Field::Title => "beside the text".to_owned(),
            _ => {
                format!("line {}", index.line_col(source, paragraph.block.range.start).line)
            }
        };
        let _ = writeln!(out, "\n{}", paint.dim(&format!("{:?}, {place}", paragraph.block.kind)));
        let of = &paragraph.notes;
        // Sentences, attributions and quotations all go by place, so that one pass over each is enough.
        let mut attributions = of.attributions.iter().enumerate().peekable();
        let mut quotations = of.quotations.iter().peekable();
        for &sentence in &of.sentences {
            number += 1;
            let text = wrap(&clean(&paragraph.clean(sentence)), "       ");
            let _ = writeln!(out, "{number:>5}  {}", text.trim_start());
            while let Some(next) = quotations.next_if(|q| q.range.start < sentence.end) {
                quotation(&mut out, paragraph, next);
            }
            while let Some((at, next)) = attributions.next_if(|(_, a)| start(a) < sentence.end) {
                attribution(&mut out, paragraph, paragraph.index, at, next);
            }
            if let Some((from, at)) = carried.get(&(paragraph.index, sentence)) {
                let _ = writeln!(out, "       carried by {}", label(*from, *at));
            }
        }
    }
    people(&mut out, story, &index, source, paint);
    out + "\n"
}

/// Where the attribution's cue stands.
fn start(attribution: &Attribution) -> u32 {
    attribution.cue.first().map_or(0, |cue| cue.start)
}

/// How an attribution is called: by paragraph and number.
fn label(paragraph: usize, at: usize) -> String {
    format!("#{}.{}", paragraph + 1, at + 1)
}

fn quotation(out: &mut String, paragraph: &Paragraph<'_>, quotation: &Quotation) {
    let state = match (quotation.continues, quotation.closed) {
        (true, true) => " (goes on from before)",
        (true, false) => " (goes on from before, stays open)",
        (false, true) => "",
        (false, false) => " (stays open)",
    };
    let words = wrap(&clean(&paragraph.clean(quotation.content)), "                 ");
    let _ = writeln!(out, "       quotation {}{state}", words.trim_start());
}

fn attribution(
    out: &mut String,
    paragraph: &Paragraph<'_>,
    number: usize,
    at: usize,
    attribution: &Attribution,
) {
    let thought = if attribution.speech { "" } else { ", not speech" };
    let _ = writeln!(
        out,
        "       {} {}{thought}, confidence {:.2}",
        label(number, at),
        kind(attribution.kind),
        attribution.confidence
    );
    let roles = [
        ("source", &attribution.source),
        ("cue", &attribution.cue),
        ("content", &attribution.content),
    ];
    for (role, spans) in roles {
        let pieces: Vec<String> = spans.iter().map(|&span| paragraph.clean(span)).collect();
        let text = if pieces.is_empty() { "-".to_owned() } else { pieces.join(" / ") };
        let text = wrap(&clean(&text), "                  ");
        let _ = writeln!(out, "         {role:8} {}", text.trim_start());
    }
}

fn people(out: &mut String, story: &Story<'_>, index: &LineIndex, source: &str, paint: Paint) {
    if story.people.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint.bold("People"));
    for person in &story.people {
        let _ = writeln!(out, "  {}", clean(&person.name));
        for at in &person.mentions {
            let Some(paragraph) = story.paragraphs.get(at.paragraph) else { continue };
            let Some(mention) = paragraph.notes.mentions.get(at.mention) else { continue };
            let place = match paragraph.field {
                Field::Title => "title".to_owned(),
                _ => {
                    format!(
                        "line {}",
                        index.line_col(source, paragraph.bytes(mention.span).start).line
                    )
                }
            };
            let words = paragraph.clean(mention.span);
            let _ =
                writeln!(out, "    {place}: {} ({})", clean(&words), mention_kind(mention.kind));
        }
        for pair in &person.together {
            let Some(paragraph) = story.paragraphs.get(pair.paragraph) else { continue };
            let line = index.line_col(source, paragraph.bytes(pair.span).start).line;
            let _ =
                writeln!(out, "    line {line}: {} (together)", clean(&paragraph.clean(pair.span)));
        }
    }
}
