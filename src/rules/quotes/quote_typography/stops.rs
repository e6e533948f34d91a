//! Full stops and commas on the wrong side of a closing mark.

use super::census::{Census, is_phrase, placement};
use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::rules::Findings;
use crate::segment::Span;
use crate::style::QuotePunctuation;

pub(super) fn check(paragraph: &Paragraph<'_>, census: &Census, findings: &mut Findings) {
    let Some((want, confidence)) = wanted(census) else { return };
    let quotations = &paragraph.notes.quotations;
    // Where the article does both as often, only a paragraph that does both itself is sure to be a slip.
    if confidence < 0.6
        && !quotations
            .iter()
            .any(|q| placement(paragraph, q) == Some(want) && is_phrase(paragraph, q))
    {
        return;
    }
    for quotation in quotations {
        let Some(found) = placement(paragraph, quotation).filter(|found| *found != want) else {
            continue;
        };
        // What stands inside may belong to the words quoted.
        if found == QuotePunctuation::Outside || is_phrase(paragraph, quotation) {
            report(paragraph, quotation, want, confidence, census.want_stops.is_some(), findings);
        }
    }
}

/// On which side full stops and commas belong, and how sure that is. A habit that the article breaks often is none. Only
/// the American order shows as a habit: in the British one a stop inside may belong to the words quoted.
fn wanted(census: &Census) -> Option<(QuotePunctuation, f32)> {
    if let Some(style) = census.want_stops {
        return Some((style, 0.9));
    }
    let (inside, outside) = (census.inside, census.outside);
    let confidence = match outside {
        0 => return None,
        _ if inside >= 4 * outside => 0.85,
        _ if inside >= 2 * outside => 0.7,
        _ if inside >= outside => 0.55,
        _ => return None,
    };
    Some((QuotePunctuation::Inside, confidence))
}

fn report(
    paragraph: &Paragraph<'_>,
    quotation: &Quotation,
    want: QuotePunctuation,
    confidence: f32,
    house: bool,
    findings: &mut Findings,
) {
    let close = quotation.content.end as usize;
    // The closing mark and the stop, in the order in which they stand.
    let pair = match want {
        QuotePunctuation::Inside => Span::new(close, close + 2),
        QuotePunctuation::Outside => Span::new(close.saturating_sub(1), close + 1),
    };
    let range = paragraph.bytes(pair);
    let stop = match want {
        QuotePunctuation::Inside => close + 1,
        QuotePunctuation::Outside => close.saturating_sub(1),
    };
    let name = if paragraph.text(stop) == "," { "comma" } else { "full stop" };
    let (is, should) = match want {
        QuotePunctuation::Inside => ("outside", "inside"),
        QuotePunctuation::Outside => ("inside", "outside"),
    };
    let whose = if house { "house style" } else { "the rest of the article" };
    let (first, second) = (pair.start as usize, pair.start as usize + 1);
    let swapped = format!(
        "{}{}",
        paragraph.byte(second).slice(paragraph.source),
        paragraph.byte(first).slice(paragraph.source)
    );
    let title = format!("Move the {name} {should} the mark");
    let edit = [Edit::replace(range, swapped)];
    let fix = if house { Fix::safe(title, edit) } else { Fix::suggestion(title, edit) };
    findings.push(
        paragraph,
        Diagnostic::new(
            range,
            format!("the {name} stands {is} the closing mark, {whose} sets it {should}"),
            "American copy sets full stops and commas inside the closing mark, British copy outside unless they are quoted. \
             Either will do, one an article; the settings can name the house's.",
        )
        .confidence(confidence)
        .fix(fix),
    );
}
