//! `certainty-raised`: the headline states what the wire copy leaves open.

use super::hedge_dropped::{self, Lost};
use crate::against::{Comparison, Place};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::BlockKind;
use crate::resolve::Story;
use crate::rules::hedges::Kind;
use crate::rules::phrases::{is_any, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, wire};
use crate::segment::TokenKind;

pub(crate) static RULE: Rule = Rule {
    id: "certainty-raised",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["headline-body-certainty"],
    summary: "The headline is surer than the wire copy",
    what: "A headline that states what the sentence of the wire copy it was made from says only may happen, is planned, alleged \
           or doubted. A question, and a headline that looks ahead (\"set to\", \"weighs\") or names a source (\"police say\", \
           \"CNN:\"), are left alone; where the source itself said \"may\", naming it is not enough.",
    why: "Most readers see only the headline. It may not promise more than anybody said.",
    bad: &[
        "Wire: The council may close the old bridge for the whole summer, two officials said on Monday.\nDraft: # Council closes old \
         bridge for whole summer\n\nThe bridge is older than the town.",
    ],
    good: &[
        "Wire: The council may close the old bridge for the whole summer, two officials said on Monday.\nDraft: # Council may close \
         old bridge for whole summer\n\nThe bridge is older than the town.",
    ],
    fix: "The hedge is put back before the headline's verb where that is the wire copy's, as a suggestion.",
    check: Check::Story(check),
};

/// From this score on a pair is believed: headlines are short.
const SURE: f32 = 0.5;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    for aligned in &against.sentences {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        if p.block.kind != BlockKind::Headline || is_open(p) {
            continue;
        }
        let lost = hedge_dropped::lost(against, aligned, p, SURE, true);
        let lost = lost.filter(|lost| lost.hedge.kind != Kind::Amount);
        let lost = lost.filter(|lost| !is_to_come(p) || is_modal(against, lost));
        if let Some(lost) = lost.filter(|lost| !says(p) || is_said_so(against, lost)) {
            findings.push(p, report(against, p, &lost));
        }
    }
}

/// Whether a headline has a source.
fn says(p: &Paragraph<'_>) -> bool {
    p.span().iter().any(|at| is_any(p, at, &["say", "says", "said"]))
}

/// Whether the source itself was not sure: "may", which a headline that names the source has lost all the same.
fn is_said_so(against: &Comparison<'_>, lost: &Lost<'_>) -> bool {
    is_modal(against, lost)
}

fn is_modal(against: &Comparison<'_>, lost: &Lost<'_>) -> bool {
    let wire = against.paragraph(lost.pair);
    wire.is_some_and(|p| is_any(&p, lost.hedge.span.start as usize, &["may", "might", "could"]))
}

/// Whether a headline tells what will be: "Council to close bridge", which a plan bears out and "may" does not.
fn is_to_come(p: &Paragraph<'_>) -> bool {
    p.span().iter().any(|at| is_any(p, at, &["to", "will"]))
}

/// Whether a headline asks or looks ahead.
fn is_open(p: &Paragraph<'_>) -> bool {
    const OPEN: [&str; 20] = [
        "set",
        "report",
        "reports",
        "vows",
        "threatens",
        "urges",
        "calls",
        "wants",
        "near",
        "nears",
        "looms",
        "possible",
        "potential",
        "eyed",
        "eyes",
        "bid",
        "push",
        "pushes",
        "according",
        "discusses",
    ];
    let tokens = p.tokens().iter().enumerate();
    tokens.into_iter().any(|(at, token)| {
        is_any(p, at, &OPEN) || matches!(mark(p, at), '?' | ':') || token.kind == TokenKind::Quote
    })
}

fn report(against: &Comparison<'_>, p: &Paragraph<'_>, lost: &Lost<'_>) -> Diagnostic {
    let wire = against.paragraph(lost.pair);
    let words = wire.as_ref().map(|wire| wire.clean(lost.hedge.span)).unwrap_or_default();
    let message = format!("the headline is certain; the wire copy has `{words}`");
    let help = "Most readers see only the headline. Put the hedge into it, or the source.";
    let fix = wire.as_ref().and_then(|wire| hedge_dropped::restored(p, wire, lost));
    let found =
        Diagnostic::new(p.bytes(lost.ours), message, help).confidence(lost.confidence).fix(fix);
    let place = Place { span: lost.hedge.span, ..lost.pair.place };
    wire::pointing(found, against, place, "the wire copy is not that sure")
}
