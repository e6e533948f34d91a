//! Where something stands in wire copy.

use crate::segment::Span;

/// A place in wire copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which wire, by its number in [`Wires::list`](super::Wires::list).
    pub wire: usize,
    /// Which paragraph of it.
    pub paragraph: usize,
    /// Its tokens.
    pub span: Span,
}
