//! Sentences that stand under the attribution of an earlier sentence.

use crate::annotate::Paragraph;
use crate::segment::Span;

/// A sentence that an earlier attribution covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Paragraph of the sentence.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Span,
    /// Paragraph of the attribution.
    pub from: usize,
    /// Number of the attribution in that paragraph's annotations.
    pub attribution: usize,
}

/// The carried sentences of a story.
pub(super) fn carried(_paragraphs: &[Paragraph<'_>]) -> Vec<Carried> {
    Vec::new()
}
