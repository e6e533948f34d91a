//! Quotations of one paragraph: marks paired, nested and left open, and what they are put to.

mod kind;
mod pairs;

use crate::segment::{Span, Token};
use kind::kind;

/// What a paragraph is entered with: whether a quotation of the paragraph before was left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct EntryState {
    /// The opening mark of the quotation that the paragraph before left open, if it did.
    pub open: Option<char>,
}

/// What quotation marks are put to.
///
/// Told apart by form alone: how it begins and ends, whether it holds a clause, whether a speech verb, comma or colon stands
/// beside it. A guess: what depends on it should look for more evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Somebody's words as sentences of their own: “We are done,” she said.
    Speech,
    /// Somebody's words within a sentence of the writer's: called it “a gross provocation”.
    Partial,
    /// A word or two held at arm's length, or named as words: the “deal”, a so-called “bridge”.
    Term,
    /// A work, a programme, a ship: the musical “Hamilton”.
    Title,
}

/// A quotation within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub range: Span,
    /// Without its marks.
    pub content: Span,
    /// Whether it closes in this paragraph.
    pub closed: bool,
    /// Whether it goes on from a quotation that the paragraph before left open.
    pub continues: bool,
    /// 0 for an outermost quotation, 1 inside one, and so on.
    pub depth: u8,
    /// Number of the outermost quotation that holds it; its own where it is that one.
    pub outermost: u32,
    /// What the marks are put to.
    pub kind: QuotationKind,
}

/// The quotations of a paragraph by where they open, and what the next one is entered with.
pub fn quotations(tokens: &[Token], entry: EntryState) -> (Vec<Quotation>, EntryState) {
    let (pairs, exit) = pairs::pairs(tokens, entry);
    let mut out: Vec<Quotation> = Vec::with_capacity(pairs.len());
    // The quotations that hold the next one, outermost first.
    let mut around: Vec<u32> = Vec::new();
    for pair in pairs {
        let range = Span::new(pair.open.unwrap_or(0), pair.close.map_or(pair.end, |at| at + 1));
        let content = Span::new(pair.open.map_or(0, |at| at + 1), pair.close.unwrap_or(pair.end));
        while around.last().is_some_and(|&at| out[at as usize].range.end <= range.start) {
            around.pop();
        }
        let number = out.len() as u32;
        out.push(Quotation {
            range,
            content,
            closed: pair.close.is_some(),
            continues: pair.continues,
            depth: around.len() as u8,
            outermost: around.first().copied().unwrap_or(number),
            kind: kind(tokens, range, content, pair.continues),
        });
        around.push(number);
    }
    (out, exit)
}

/// The outermost quotations are apart and in order, so that a place can be looked up: the first of them whose `end` lies
/// beyond the place, if any.
pub(super) fn outermost_beyond(
    list: &[Quotation],
    ends_before: impl Fn(&Quotation) -> bool,
) -> Option<&Quotation> {
    let outermost = |q: &Quotation| list.get(q.outermost as usize);
    let at = list.partition_point(|q| outermost(q).is_some_and(&ends_before));
    list.get(at).and_then(outermost)
}
