//! Attribution: the triple of source, cue and content (the terms of the PARC and PolNeAR corpora).

pub(super) mod cues;
pub mod features;
pub mod model;
pub(super) mod roles;
pub mod scan;

pub use cues::Candidate;
pub use roles::{label, window};

use super::Annotations;
use crate::segment::{Span, TokenKind};
use model::{MODEL, Model};
use scan::{Scan, class};

/// How the content is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributionKind {
    /// All of the content stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// Somebody is on record for something. Each role may stand in several pieces ("X," she said, "Y").
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who: may be empty ("it was reported that ...").
    pub source: Vec<Span>,
    /// The words that attribute ("said", "according to", "the claim").
    pub cue: Vec<Span>,
    /// What they are on record for: may be empty where it stands in the next paragraph.
    pub content: Vec<Span>,
    /// How the content is given.
    pub kind: AttributionKind,
    /// Whether the cue reports speech or writing; false for thoughts, wishes and feelings.
    pub speech: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// The least probability at which a stretch of words is taken for a cue.
const CUE_AT: f32 = 0.4;
/// How much score a source may cost before "no source" is believed.
const SOURCE_COST: f32 = 2.0;

/// The attributions of a paragraph, by cue.
pub(super) fn attributions(text: &str, notes: &Annotations) -> Vec<Attribution> {
    with_model(&MODEL, text, notes)
}

/// The attributions that `model` sees in a paragraph, by cue.
pub fn with_model(model: &Model, text: &str, notes: &Annotations) -> Vec<Attribution> {
    let scan = Scan::new(text, &notes.tokens, &notes.sentences, &notes.quotations, model);
    let pairs = model.pair_rows(&scan);
    let marginals = cues::marginals(model, &scan, &pairs);
    let mut local = roles::Local::new(model, &scan, &pairs);
    let mut out = Vec::new();
    for candidate in cues::candidates(&scan, &marginals, CUE_AT) {
        let found = roles::roles(&mut local, candidate.start, candidate.end, SOURCE_COST);
        if found.content.is_empty() && !ends_in_colon(&scan) {
            continue;
        }
        let kind = kind(notes, &scan, &found.content);
        let cells = &scan.cells[candidate.start..candidate.end];
        out.push(Attribution {
            source: found.source,
            cue: vec![Span::new(candidate.start, candidate.end)],
            content: found.content,
            kind,
            speech: !cells.iter().any(|cell| cell.class == class::THOUGHT),
            confidence: candidate.probability,
        });
    }
    out
}

fn ends_in_colon(scan: &Scan) -> bool {
    scan.cells.last().is_some_and(|cell| cell.class == class::COLON)
}

/// How the content is given, by the quotation marks in it.
fn kind(notes: &Annotations, scan: &Scan, content: &[Span]) -> AttributionKind {
    let (mut quoted, mut bare) = (false, false);
    for at in content.iter().flat_map(|span| span.iter()) {
        if notes
            .tokens
            .list
            .get(at)
            .is_some_and(|t| !matches!(t.kind, TokenKind::Punct | TokenKind::Quote))
        {
            let inside = scan.quote(at, 0) != scan::quote::OUTSIDE;
            quoted |= inside;
            bare |= !inside;
        }
    }
    match (quoted, bare) {
        (true, false) => AttributionKind::Direct,
        (true, true) => AttributionKind::Mixed,
        _ => AttributionKind::Indirect,
    }
}
