//! What the reader sees of a block that holds markup, with the way back to the source.

use crate::document::{Block, MaskKind};

/// A stretch of the visible text and where it comes from, both in bytes; `source` is relative to the block.
#[derive(Clone, Copy, Debug)]
struct Piece {
    seen: u32,
    source: u32,
    /// Bytes of the source that stand for one character, or 0 where the text is the source itself.
    replaces: u32,
}

/// The visible text of a block.
#[derive(Debug, Default)]
pub(super) struct Visible {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

impl Visible {
    /// Reads a block with masks; `text` is the source of the block.
    pub(super) fn new(text: &str, block: &Block) -> Self {
        let mut out = Self { text: String::with_capacity(text.len()), pieces: Vec::new() };
        let mut at = 0;
        for mask in &block.masks {
            let start = (mask.range.start.saturating_sub(block.range.start)) as usize;
            let end = (mask.range.end.saturating_sub(block.range.start)) as usize;
            let (start, end) = (start.max(at), end.min(text.len()));
            if start > end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                continue;
            }
            out.copy(text, at, start);
            match mask.kind {
                MaskKind::Markup => {}
                MaskKind::Object => out.replace('\u{FFFC}', start, end),
                MaskKind::Char(ch) => out.replace(ch, start, end),
                MaskKind::Break => out.replace('\n', start, end),
            }
            at = end;
        }
        out.copy(text, at, text.len());
        out
    }

    fn copy(&mut self, text: &str, start: usize, end: usize) {
        if let Some(part) = text.get(start..end).filter(|part| !part.is_empty()) {
            let seen = self.text.len() as u32;
            self.pieces.push(Piece { seen, source: start as u32, replaces: 0 });
            self.text.push_str(part);
        }
    }

    fn replace(&mut self, ch: char, start: usize, end: usize) {
        let (seen, replaces) = (self.text.len() as u32, (end - start) as u32);
        if replaces > 0 {
            self.pieces.push(Piece { seen, source: start as u32, replaces });
            self.text.push(ch);
        }
    }

    /// A reader that translates ranges of the visible text, in ascending order, to ranges of the block.
    pub(super) fn translator(&self) -> Translator<'_> {
        Translator { pieces: &self.pieces, at: 0 }
    }
}

/// Translates ascending ranges; see [`Visible::translator`].
pub(super) struct Translator<'v> {
    pieces: &'v [Piece],
    at: usize,
}

impl Translator<'_> {
    /// The bytes of the block that `start..end` of the visible text comes from, and whether they read differently there.
    pub(super) fn translate(&mut self, start: u32, end: u32) -> (u32, u32, bool) {
        self.seek(start);
        let Some(&first) = self.pieces.get(self.at) else { return (start, end, false) };
        let from =
            if first.replaces > 0 { first.source } else { first.source + (start - first.seen) };
        let begun = self.at;
        self.seek(end.saturating_sub(1).max(start));
        let Some(&last) = self.pieces.get(self.at) else { return (from, from, true) };
        let to = if last.replaces > 0 {
            last.source + last.replaces
        } else {
            last.source + (end - last.seen)
        };
        (from, to.max(from), begun != self.at || first.replaces > 0)
    }

    /// Moves on to the piece that holds the byte `offset` of the visible text.
    fn seek(&mut self, offset: u32) {
        while self.pieces.get(self.at + 1).is_some_and(|next| next.seen <= offset) {
            self.at += 1;
        }
    }
}
