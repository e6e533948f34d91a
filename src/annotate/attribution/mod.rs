//! Attribution: the triple of source, cue and content (the terms of the PARC and PolNeAR corpora).

pub(super) mod cues;
pub mod features;
pub mod model;
pub(super) mod roles;
pub mod scan;
mod tables;

pub use cues::{Candidate, exp};
pub use roles::{label, window};

use super::Annotations;
use crate::lang::en::{Lex, fingerprint};
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
/// From this probability on a cue is believed even where the role model finds no content for it.
const SURE_CUE: f32 = 0.8;
/// How much score a source may cost before "no source" is believed.
const SOURCE_COST: f32 = 2.0;

/// What the models see in a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The attributions, by cue.
    pub attributions: Vec<Attribution>,
    /// For each sentence the probability of its likeliest cue, believed or not; 0 to 1.
    pub cue_strength: Vec<f32>,
}

/// The attributions of a paragraph.
pub(super) fn attributions(text: &str, notes: &Annotations) -> Found {
    with_model(&MODEL, text, notes)
}

/// The attributions that `model` sees in a paragraph.
pub fn with_model(model: &Model, text: &str, notes: &Annotations) -> Found {
    let scan = Scan::new(text, &notes.tokens, &notes.sentences, &notes.quotations, model);
    let pairs = model.pair_rows(&scan);
    let marginals = cues::marginals(model, &scan, &pairs);
    let mut local = roles::Local::new(model, &scan, &pairs);
    let mut attributions = Vec::new();
    for candidate in cues::candidates(&scan, &marginals, CUE_AT) {
        let mut found = roles::roles(&mut local, candidate.start, candidate.end, SOURCE_COST);
        if found.content.is_empty() && candidate.probability >= SURE_CUE {
            found.content.extend(clause_before(&scan, &candidate, &found.source));
        }
        if found.content.is_empty() && !ends_in_colon(&scan) {
            continue;
        }
        let kind = kind(notes, &scan, &found.content);
        let cue = Span::new(candidate.start, candidate.end);
        let speech = kind != AttributionKind::Indirect || is_speech(notes, cue);
        let (source, content) = (found.source, found.content);
        let confidence = candidate.probability;
        attributions.push(Attribution {
            source,
            cue: vec![cue],
            content,
            kind,
            speech,
            confidence,
        });
    }
    let strongest = |sentence: &Span| {
        let places = marginals.get(sentence.iter()).unwrap_or_default();
        places.iter().map(|m| m[0] + m[1]).fold(0.0, f32::max).min(1.0)
    };
    Found { attributions, cue_strength: notes.sentences.iter().map(strongest).collect() }
}

/// Whether the cue reports speech or writing: by a verb of speech, or by no word for a state of mind.
fn is_speech(notes: &Annotations, cue: Span) -> bool {
    let lex = notes
        .tokens
        .list
        .get(cue.iter())
        .into_iter()
        .flatten()
        .fold(Lex::empty(), |lex, t| lex | t.lex);
    lex.contains(Lex::SPEECH)
        || !lex.intersects(Lex::THOUGHT | Lex::MIND) && !is_expression(notes, cue)
}

/// "Expressed his willingness": the showing of a state of mind, not a statement.
fn is_expression(notes: &Annotations, cue: Span) -> bool {
    static SHOWING: [u64; 4] = [
        fingerprint("express"),
        fingerprint("expressed"),
        fingerprint("expresses"),
        fingerprint("expressing"),
    ];
    notes.tokens.list.get(cue.iter()).into_iter().flatten().any(|t| SHOWING.contains(&t.hash))
}

/// The clause before ", SOURCE said": what a cue near the end of its sentence attributes where the model saw no content.
fn clause_before(scan: &Scan, cue: &Candidate, source: &[Span]) -> Option<Span> {
    let opens = source.first().map_or(cue.start, |s| cue.start.min(s.start as usize));
    let comma = opens.checked_sub(1).filter(|at| scan.class(*at, 0) == class::COMMA)?;
    let first = scan.get(cue.start)?.first as usize;
    (comma > first + 2).then(|| Span::new(first, comma))
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
