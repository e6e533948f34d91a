//! A block of marked-up text under way: what the reader sees is told piece by piece, and what lies between is masked.

use super::{BlockKind, Mask, MaskKind};
use crate::text::TextRange;
use std::ops::Range;

/// A block of text under way.
pub(super) struct Leaf {
    pub(super) kind: BlockKind,
    /// First byte; known once something was seen.
    pub(super) start: Option<usize>,
    /// One past the last byte.
    pub(super) end: usize,
    /// Up to where it is settled what the reader sees.
    at: usize,
    pub(super) masks: Vec<Mask>,
}

impl Leaf {
    /// A leaf that starts at the marker of its list item, if it has one.
    pub(super) fn new(kind: BlockKind, start: Option<usize>) -> Self {
        let at = start.unwrap_or(0);
        Self { kind, start, end: at, at, masks: Vec::new() }
    }

    /// Grows the leaf to hold `range`.
    pub(super) fn grow(&mut self, range: &Range<usize>) {
        if self.start.is_none() {
            self.start = Some(range.start);
            self.at = range.start;
        }
        self.end = self.end.max(range.end);
    }

    /// Text that the reader sees as it stands.
    pub(super) fn see(&mut self, source: &str, range: Range<usize>) {
        self.grow(&range);
        self.gap(source, range.start);
        self.at = self.at.max(range.end);
    }

    /// Something that the reader sees otherwise than it stands.
    pub(super) fn mask(&mut self, source: &str, range: Range<usize>, kind: MaskKind) {
        self.grow(&range);
        self.gap(source, range.start);
        if range.start >= self.at {
            self.at = range.end;
            self.masks.push(Mask { range: TextRange::from(range), kind });
        }
    }

    /// An entity or escape that the reader sees as `ch`.
    pub(super) fn character(&mut self, source: &str, range: Range<usize>, ch: char) {
        // Soft hyphens and the like part no word.
        let unseen = matches!(ch, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
        let kind = if unseen { MaskKind::Markup } else { MaskKind::Char(ch) };
        self.mask(source, range, kind);
    }

    /// Masks what lies between the settled part and `until` as markup, unless it is white space.
    pub(super) fn gap(&mut self, source: &str, until: usize) {
        let gap = source.get(self.at..until).unwrap_or("");
        if !gap.bytes().all(|b| b.is_ascii_whitespace()) {
            let range = TextRange::from(self.at..until);
            self.masks.push(Mask { range, kind: MaskKind::Markup });
            self.at = until;
        }
    }

    /// Whether nothing but white space was seen since the byte `from`, which is settled.
    pub(super) fn is_blank_since(&self, source: &str, from: usize) -> bool {
        let rest = source.get(from..self.at.max(from)).unwrap_or("");
        rest.chars().all(super::builder::is_blank)
    }
}
