//! Attribution: the triple of source, cue and content (the terms of the PARC and PolNeAR corpora).

use super::Annotations;
use crate::lang::en::Lex;
use crate::segment::Span;

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

/// The attributions of a paragraph, by cue.
pub(super) fn attributions(_text: &str, notes: &Annotations) -> Vec<Attribution> {
    let mut out = Vec::new();
    for &sentence in &notes.sentences {
        for at in sentence.iter() {
            if notes.tokens.list[at].lex.contains(Lex::SPEECH) {
                out.push(Attribution {
                    source: Vec::new(),
                    cue: vec![Span::new(at, at + 1)],
                    content: vec![Span::new(sentence.start as usize, at)],
                    kind: AttributionKind::Indirect,
                    speech: true,
                    confidence: 0.5,
                });
            }
        }
    }
    out
}
