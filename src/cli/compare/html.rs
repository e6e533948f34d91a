//! Drafts beside their wire copy as one page that needs nothing else, scripts included: two columns whose sentences link to each
//! other. The numbers at the sentences say on paper what the links say on a screen.

use super::{Compared, Run, runs};
use crate::against::Place;
use crate::annotate::Paragraph;
use crate::cli::page::{self, Page};
use crate::cli::terminal::{self, count};
use crate::diagnostic::{Diagnostic, Field, Related};
use crate::lang::en::fingerprint;
use crate::segment::Span;
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The page around the drafts.
pub(super) const PAGE: Page =
    Page { title: "Beside the wire copy", style: include_str!("page.css") };

/// Characters of the wire copy's words that a note repeats.
const SHOWN: usize = 160;

/// A draft.
pub(super) fn render(compared: &Compared<'_>) -> String {
    let links = Links::new(compared);
    let blocks = compared.story.paragraphs.iter().filter(|p| p.block.kind.is_copy());
    let markup = html! {
        section.draft {
            style { (PreEscaped(links.style())) }
            header {
                h1 { (compared.checked.name) }
                (summary(compared))
            }
            div.columns {
                article aria-label="The draft" {
                    p.column { "Draft" }
                    @for found in compared.elsewhere() { ul.notes { (note(compared, &links, found)) } }
                    @for p in blocks { (ours(compared, &links, p)) }
                }
                article aria-label="The wire copy" {
                    @for (number, wire) in compared.wires.list().iter().enumerate() {
                        p.column { "Wire copy: " (wire.name()) }
                        @for p in wire.paragraphs().filter(|p| p.block.kind.is_copy()) {
                            (theirs(compared, &links, number, &p))
                        }
                    }
                }
            }
        }
    };
    markup.into_string() + "\n"
}

/// What links the sentences of both sides.
struct Links<'a> {
    /// Sets this draft apart from others on the page.
    prefix: String,
    /// For each sentence of the draft, by paragraph and first token, its number and what it was written from.
    ours: BTreeMap<(usize, u32), (usize, Vec<Place>)>,
    /// For each sentence of the wire copy that was used, its number on the page and the draft's sentences.
    theirs: BTreeMap<Place, (usize, Vec<usize>)>,
    compared: &'a Compared<'a>,
}

impl<'a> Links<'a> {
    fn new(compared: &'a Compared<'a>) -> Self {
        let prefix = format!("s{:x}", fingerprint(compared.checked.name));
        let mut this = Self { prefix, ours: BTreeMap::new(), theirs: BTreeMap::new(), compared };
        for (number, aligned) in compared.against.sentences.iter().enumerate() {
            let places: Vec<Place> = aligned.pairs.iter().map(|pair| pair.place).collect();
            for place in &places {
                let next = this.theirs.len() + 1;
                this.theirs.entry(*place).or_insert((next, Vec::new())).1.push(number);
            }
            this.ours.insert((aligned.paragraph, aligned.span.start), (number, places));
        }
        this
    }

    /// The name on the page of a sentence of the draft.
    fn our_id(&self, number: usize) -> String {
        format!("{}d{number}", self.prefix)
    }

    /// The name on the page of a sentence of the wire copy.
    fn their_id(&self, place: Place) -> String {
        let Place { wire, paragraph, span } = place;
        format!("{}w{wire}-{paragraph}-{}", self.prefix, span.start)
    }

    /// The rules that show a sentence's partners while it is pointed at or has the focus.
    fn style(&self) -> String {
        let ours = self.ours.values().filter(|(_, places)| !places.is_empty());
        let ours = ours.map(|(number, _)| self.our_id(*number));
        let ids = ours.chain(self.theirs.keys().map(|place| self.their_id(*place)));
        let mut out = String::new();
        for id in ids {
            let comma = if out.is_empty() { "" } else { "," };
            let _ = write!(out, "{comma}.draft:has(#{id}:is(:hover,:focus,:target)) .of-{id}");
        }
        if out.is_empty() { out } else { out + "{background:var(--lit)}" }
    }

    /// The sentence of the wire copy that a finding points to.
    fn place(&self, related: &Related) -> Option<Place> {
        let Field::Against(wire) = related.field else { return None };
        let wire = wire as usize;
        let mut paragraphs = self.compared.wires.get(wire)?.paragraphs();
        let p = paragraphs.find(|p| p.block.range.covers(related.range))?;
        let span = p.notes.sentences.iter();
        let span = span.copied().find(|span| p.bytes(*span).end > related.range.start)?;
        Some(Place { wire, paragraph: p.index, span })
    }
}

/// What stands above the columns.
fn summary(compared: &Compared<'_>) -> Markup {
    let share = compared.share();
    let alone = share.words - share.aligned_words;
    let left: usize = (0..compared.wires.list().len()).map(|at| compared.left_out(at).len()).sum();
    let found = compared.checked.diagnostics.len();
    let said = format!(
        "{} of {} written from the wire copy, with {}% of the words. {} left out.",
        share.aligned,
        match share.sentences {
            1 => "1 sentence is".to_owned(),
            all => format!("{all} sentences are"),
        },
        share.percent(),
        match left {
            1 => "1 of its sentences was".to_owned(),
            left => format!("{left} of its sentences were"),
        }
    );
    html! {
        p { (said) " " (count(found, "finding")) "." }
        div.bar role="img" aria-label=(said) {
            span.kept style=(format!("flex-grow:{}", share.aligned_words)) {}
            span.own style=(format!("flex-grow:{alone}")) {}
        }
        ul.legend {
            li { span.key.kept {} "written from the wire copy: point at a sentence, or move there with the Tab key, to see what it comes from" }
            li { span.key.own {} "only in the draft" }
            li { span.key.left {} "left out of the draft" }
        }
    }
}

/// A block of the draft, and what was found in it.
fn ours(compared: &Compared<'_>, links: &Links<'_>, p: &Paragraph<'_>) -> Markup {
    let number = |span: &Span| links.ours.get(&(p.index, span.start));
    let sentences = || p.notes.sentences.iter().filter_map(|span| Some((*span, number(span)?)));
    let inside = html! {
        @for (span, (number, places)) in sentences() {
            (our_sentence(compared, links, p, span, (*number, places))) " "
        }
    };
    let found: Vec<&Diagnostic> = sentences()
        .flat_map(|(_, (number, _))| compared.findings(*number).map(|(_, found)| found))
        .collect();
    html! {
        (page::block(p.block.kind, &inside))
        @if !found.is_empty() { ul.notes { @for found in found { (note(compared, links, found)) } } }
    }
}

fn our_sentence(
    compared: &Compared<'_>,
    links: &Links<'_>,
    p: &Paragraph<'_>,
    span: Span,
    (number, places): (usize, &Vec<Place>),
) -> Markup {
    let found: Vec<&Diagnostic> = compared.findings(number).map(|(_, found)| found).collect();
    let runs = runs(p, span, &compared.our_marks(number));
    let last = |at: usize, mark: usize| runs[at + 1..].iter().all(|run| run.0 != Some(mark));
    let words = html! {
        @for (at, (mark, text)) in runs.iter().enumerate() {
            @if let Some((mark, found)) = mark.and_then(|mark| Some((mark, found.get(mark)?))) {
                mark class=(found.severity.as_str()) {
                    (text) @if last(at, mark) { span.tag { (found.rule) } }
                }
            } @else { (text) }
        }
    };
    let Some(first) = places.first() else {
        return html! { span.own title="nothing like it stands in the wire copy" { (words) } };
    };
    let of: Vec<String> =
        places.iter().map(|place| format!("of-{}", links.their_id(*place))).collect();
    let known = |place: &Place| links.theirs.get(place).map_or(0, |(number, _)| *number);
    html! {
        a.s id=(links.our_id(number)) class=(of.join(" ")) href=(format!("#{}", links.their_id(*first))) {
            (words) sup { (known(first)) }
        }
        @for place in &places[1..] {
            sup { " " a href=(format!("#{}", links.their_id(*place))) { (known(place)) } }
        }
    }
}

/// A block of wire copy.
fn theirs(compared: &Compared<'_>, links: &Links<'_>, wire: usize, p: &Paragraph<'_>) -> Markup {
    let inside = html! {
        @for span in &p.notes.sentences {
            (their_sentence(compared, links, p, Place { wire, paragraph: p.index, span: *span })) " "
        }
    };
    page::block(p.block.kind, &inside)
}

fn their_sentence(
    compared: &Compared<'_>,
    links: &Links<'_>,
    p: &Paragraph<'_>,
    place: Place,
) -> Markup {
    let words = was(&runs(
        p,
        place.span,
        &compared.their_marks(place, compared.checked.diagnostics.iter()),
    ));
    let id = links.their_id(place);
    let Some((number, ours)) = links.theirs.get(&place) else {
        return html! { span.left id=(id) title="left out of the draft" { (words) } };
    };
    let of: Vec<String> = ours.iter().map(|at| format!("of-{}", links.our_id(*at))).collect();
    let first = ours.first().map_or_else(String::new, |at| format!("#{}", links.our_id(*at)));
    html! { a.s id=(id) class=(of.join(" ")) href=(first) { sup { (number) } (words) } }
}

/// Words of the wire copy, with those that the draft has otherwise marked.
fn was(runs: &[Run]) -> Markup {
    html! {
        @for (mark, text) in runs {
            @if mark.is_some() { mark.was title="the draft has this otherwise" { (text) } }
            @else { (text) }
        }
    }
}

/// A message with what stands between its backticks set as what was written.
fn message(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    // A single one is the text's own.
    let paired = parts.len() % 2 == 1;
    html! {
        @for (number, part) in parts.iter().enumerate() {
            @if !paired && number > 0 { "`" }
            @if paired && number % 2 == 1 { q { (part) } } @else { (part) }
        }
    }
}

/// A finding under the block that it stands in.
fn note(compared: &Compared<'_>, links: &Links<'_>, found: &Diagnostic) -> Markup {
    let wires = found.related.iter().filter(|related| matches!(related.field, Field::Against(_)));
    let words = |related: &Related| {
        let words = compared.texts.words(related.field, related.range);
        let words: Vec<&str> = words.split_whitespace().collect();
        terminal::shorten(&words.join(" "), SHOWN)
    };
    html! {
        li class=(found.severity.as_str()) {
            strong { (found.severity.as_str()) " " (found.rule) } ": " (message(&found.message)) ". " (found.help)
            @for related in wires {
                @if let Some(place) = links.place(related) {
                    " " a href=(format!("#{}", links.their_id(place))) { (related.message) } ": " q { (words(related)) }
                }
            }
        }
    }
}
