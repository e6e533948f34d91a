//! A block's text as [`Token`]s, and its tokens as sentences.
//!
//! Everything after this module speaks of *tokens*: sentences, quotations, attributions and mentions are [`Span`]s of
//! token numbers. Bytes come back only through the one place that knows where the block stands
//! ([`Paragraph::bytes`](crate::annotate::Paragraph::bytes)), so that annotations can be cached with their block.

mod bytes;
mod marks;
mod scan;
mod sentences;
mod tokens;
mod visible;
mod word;

pub use sentences::sentences;
pub use tokens::{Token, TokenFlags, TokenKind, Tokens, tokenize};

/// A half-open range of token numbers within one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an `end` before `start` gives an empty span.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The token numbers.
    #[inline]
    pub fn iter(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no token.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether token `index` lies inside.
    #[inline]
    pub fn contains(self, index: usize) -> bool {
        (self.start as usize) <= index && index < self.end as usize
    }

    /// Whether `other` lies wholly inside.
    #[inline]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a token.
    #[inline]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many tokens both have.
    #[inline]
    pub fn shared(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start)) as usize
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
