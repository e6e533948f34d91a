//! The sources of drafts as one page that needs nothing else: the copy with its sources, cues and statements in colour, and
//! how much of it each source bears.

use super::Sourced;
use super::text::{second_hand, share};
use crate::annotate::{AttributionKind, Paragraph};
use crate::cli::page::{self, Page};
use crate::cli::terminal;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Source, Standing};
use crate::segment::{Span, TokenFlags};
use maud::{Markup, html};

/// The page around the drafts.
pub(super) const PAGE: Page = Page { title: "Who is on record", style: include_str!("page.css") };

/// A draft.
pub(super) fn render(sourced: &Sourced<'_>) -> String {
    let paints = paints(sourced);
    let blocks = sourced.story.paragraphs.iter().zip(&paints);
    let blocks = blocks.filter(|(p, _)| p.block.kind.is_copy());
    let markup = html! {
        section.draft {
            header {
                h1 { (sourced.name) }
                p { (share(sourced)) }
                @if sourced.record.sentences.all() > 0 { (chart(sourced)) }
            }
            div.columns {
                article { @for (p, paints) in blocks { (page::block(p.block.kind, &runs(sourced, p, paints))) } }
                aside { (sources(sourced)) (claims(sourced)) }
            }
        }
    };
    markup.into_string() + "\n"
}

/// What a token is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Paint {
    /// Number of the source, and whether the token is its name, its cue or its words.
    part: Option<(usize, Part)>,
    /// Whether nobody is on record for it.
    claim: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Source,
    Cue,
    Content,
}

impl Part {
    fn class(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Content => "content",
        }
    }
}

/// The paint of every token, by paragraph.
fn paints(sourced: &Sourced<'_>) -> Vec<Vec<Paint>> {
    let story = sourced.story;
    let blank = |p: &Paragraph<'_>| vec![Paint::default(); p.tokens().len()];
    let mut all: Vec<Vec<Paint>> = story.paragraphs.iter().map(blank).collect();
    let mut paint = |paragraph: usize, span: Span, part: (usize, Part)| {
        let tokens = all.get_mut(paragraph).and_then(|list| list.get_mut(span.iter()));
        tokens.unwrap_or_default().iter_mut().for_each(|token| token.part = Some(part));
    };
    let statements = || {
        let sources = sourced.record.sources.iter().enumerate();
        sources.flat_map(|(number, source)| source.statements.iter().map(move |s| (number, s)))
    };
    // What was said may hold other attributions, whose sources and cues show on top of it; the words are the outer one's.
    for second_hand in [true, false] {
        for (number, statement) in statements().filter(|(_, s)| s.second_hand == second_hand) {
            for &(paragraph, span) in &statement.content {
                paint(paragraph, span, (number, Part::Content));
            }
        }
    }
    for (number, statement) in statements() {
        let Some(attribution) = statement.of(story) else { continue };
        for (spans, part) in [(&attribution.source, Part::Source), (&attribution.cue, Part::Cue)] {
            spans.iter().for_each(|span| paint(statement.paragraph, *span, (number, part)));
        }
    }
    for claim in sourced.claims {
        mark(sourced, claim, &mut all);
    }
    all
}

/// Marks the tokens of a claim.
fn mark(sourced: &Sourced<'_>, claim: &Diagnostic, all: &mut [Vec<Paint>]) {
    let Some((p, span)) = sourced.story.tokens_in(claim.range) else { return };
    let tokens = all.get_mut(p.index).and_then(|list| list.get_mut(span.iter()));
    tokens.unwrap_or_default().iter_mut().for_each(|token| token.claim = true);
}

/// The tokens of a paragraph, those of the same paint together.
fn runs(sourced: &Sourced<'_>, p: &Paragraph<'_>, paints: &[Paint]) -> Markup {
    let mut runs: Vec<(Paint, String)> = Vec::new();
    for (at, &paint) in paints.iter().enumerate() {
        let spaced = p.token(at).is_some_and(|token| token.flags.contains(TokenFlags::SPACE));
        let text = p.text(at);
        match runs.last_mut() {
            Some((last, run)) if *last == paint => {
                run.push_str(if spaced { " " } else { "" });
                run.push_str(text);
            }
            last => {
                if last.is_some() && spaced {
                    runs.push((Paint::default(), " ".to_owned()));
                }
                runs.push((paint, text.to_owned()));
            }
        }
    }
    html! { @for (paint, text) in &runs { (run(sourced, *paint, text)) } }
}

fn run(sourced: &Sourced<'_>, paint: Paint, text: &str) -> Markup {
    let Some((number, part)) = paint.part else {
        return html! { @if paint.claim { mark { (text) } } @else { (text) } };
    };
    let source = sourced.record.sources.get(number);
    let class = part.class();
    html! {
        span class=(class) style=(hue(number)) title=[source.map(name)] {
            @if paint.claim { mark { (text) } } @else { (text) }
        }
    }
}

/// The colour of a source: neighbours in the list are far apart on the wheel (the golden angle, 137.5 degrees).
fn hue(number: usize) -> String {
    format!("--hue:{}", number * 275 % 720 / 2)
}

/// What a standing is called on the page.
fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::Person(_) | Standing::Named => "person",
        Standing::Body => "body, office or document",
        Standing::Unnamed => "not named",
        Standing::Nobody => "nobody",
    }
}

/// A claim between quotation marks, unless it has its own.
fn claimed(text: &str) -> Markup {
    html! { @if text.starts_with(['“', '"', '‘', '«', '„']) { (text) } @else { q { (text) } } }
}

fn name(source: &Source) -> &str {
    if source.standing == Standing::Nobody { "no source given" } else { &source.name }
}

/// A bar of the sentences by what they stand on.
fn chart(sourced: &Sourced<'_>) -> Markup {
    let n = sourced.record.sentences;
    let parts = [
        ("named", n.named, "attributed to named sources"),
        ("unnamed", n.unnamed, "attributed to sources without a name"),
        ("nobody", n.nobody, "attributed to nobody"),
        ("bare", n.bare, "not attributed"),
    ];
    let shown = || parts.iter().filter(|(_, number, _)| *number > 0);
    html! {
        div.bar role="img" aria-label=(share(sourced)) {
            @for (class, number, what) in shown() {
                span class=(class) style=(format!("flex-grow:{number}")) title=(format!("{number} {what}")) {}
            }
        }
        ul.legend {
            @for (class, number, what) in shown() { li { span.key.(class) {} (number) " " (what) } }
        }
    }
}

/// The sources by how much they bear, with a bar each.
fn sources(sourced: &Sourced<'_>) -> Markup {
    let mut list: Vec<(usize, &Source)> = sourced.record.sources.iter().enumerate().collect();
    list.sort_by_key(|(_, source)| std::cmp::Reverse(source.statements.len()));
    let most = list.first().map_or(1, |(_, source)| source.statements.len());
    let quoted = |source: &Source| {
        let attributions = source.statements.iter().filter_map(|s| s.of(sourced.story));
        attributions.filter(|a| a.kind != AttributionKind::Indirect).count()
    };
    let width = |count: usize| format!("width:{:.1}%", 100.0 * count as f32 / most as f32);
    html! {
        h2 { "Sources" }
        @if list.is_empty() { p { "Nobody is on record for anything." } }
        ol.sources {
            @for (number, source) in list {
                @let (count, quotes) = (source.statements.len(), quoted(source));
                li style=(hue(number)) {
                    span.name { (name(source)) } " "
                    span.standing { (label(source.standing)) (second_hand(source)) @for who in sourced.who(source) { "; " (who) } }
                    div.load title=(format!("{}, {quotes} with a quotation", terminal::count(count, "statement"))) {
                        span.quoted style=(width(quotes)) {}
                        span.told style=(width(count - quotes)) {}
                        span.count { (count) }
                    }
                }
            }
        }
        @if !sourced.record.sources.is_empty() { p.small { "Dark: with a quotation. Light: in the reporter's words." } }
    }
}

fn claims(sourced: &Sourced<'_>) -> Markup {
    html! {
        h2 { "Nobody is on record for" }
        @if sourced.claims.is_empty() {
            p { "No such claim was found." }
        } @else {
            ol.claims {
                @for claim in sourced.claims {
                    li { (claimed(&sourced.claimed(claim))) " " span.small { (claim.message) } }
                }
            }
        }
    }
}
