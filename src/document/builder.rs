//! Collects blocks as a parser finds them and keeps what every [`Document`] promises: blocks in order and apart, trimmed,
//! on character boundaries, masks sorted, apart and inside their block.

use super::{
    Block, BlockKind, Document, Mask, MaskKind, StetMark, dateline, furniture, lines, urls,
};
use crate::text::TextRange;
use std::ops::Range;

/// How many blocks from the top may open with the article's dateline: headline, deck, byline, date, a picture's
/// caption and what was pasted with them come before it.
const DATELINE_WITHIN: usize = 12;
/// How many paragraphs of this many bytes may come before it: an editor's note.
const NOTES_BEFORE_DATELINE: (usize, u32) = (1, 80);

/// Builds a [`Document`] block by block.
pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    pub(super) document: Document,
    /// Numbers of the blocks that the format itself marks as headings, in order.
    headings: Vec<usize>,
    urls: urls::Urls<'a>,
}

/// White space, or a character that no reader sees and that says nothing (a byte order mark, a zero-width space).
pub(super) fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{FEFF}' | '\u{200B}' | '\u{2060}')
}

/// `range` of `source` without blank characters at either end.
pub(super) fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or("");
    let start = range.start + (text.len() - text.trim_start_matches(is_blank).len());
    start..start + text.trim_matches(is_blank).len()
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            document: Document::default(),
            headings: Vec::new(),
            urls: urls::Urls::new(source),
        }
    }

    /// Adds a block over `range`, trimmed, unless the reader would see nothing there. `masks` may come in any order;
    /// what overlaps an earlier one or leaves the block is dropped or cut.
    pub(super) fn push(&mut self, kind: BlockKind, range: Range<usize>, masks: Vec<Mask>) {
        let floor = self.document.blocks.last().map_or(0, |last| last.range.end as usize);
        let range = trim(self.source, range.start.max(floor)..range.end.max(floor));
        if range.is_empty() {
            return;
        }
        let (range, mut masks) = without_outer_breaks(self.source, range, masks);
        self.urls.mask(range, &mut masks);
        if !shows_something(self.source, range, &masks) {
            return;
        }
        if kind == BlockKind::Byline && self.document.metadata.date.is_none() {
            self.document.metadata.date = lines::date_in(self.source, range);
        }
        let mut block = Block { kind, range, masks };
        if self.may_open_with_dateline(kind) {
            self.document.dateline = dateline::mask(self.source, &mut block);
        }
        self.document.blocks.push(block);
    }

    /// Adds a heading that the format itself marks as such, which is never taken for pasted furniture.
    pub(super) fn push_heading(&mut self, kind: BlockKind, range: Range<usize>, masks: Vec<Mask>) {
        let number = self.document.blocks.len();
        self.push(kind, range, masks);
        if self.document.blocks.len() > number {
            self.headings.push(number);
        }
    }

    fn may_open_with_dateline(&self, kind: BlockKind) -> bool {
        let blocks = &self.document.blocks;
        let (most, bytes) = NOTES_BEFORE_DATELINE;
        let prose =
            |block: &&Block| block.kind == BlockKind::Paragraph && block.range.len() > bytes;
        self.document.dateline.is_none()
            && kind == BlockKind::Paragraph
            && blocks.len() < DATELINE_WITHIN
            && blocks.iter().filter(prose).count() <= most
    }

    /// Adds a mark; what it covers is settled by [`Self::finish`] unless it is known.
    pub(super) fn push_stet(&mut self, mark: StetMark) {
        self.document.stets.push(mark);
    }

    /// Settles what depends on the neighbours: which lines are page furniture, what the marks cover.
    pub(super) fn finish(mut self) -> Document {
        furniture::settle(self.source, &mut self.document.blocks, &self.headings);
        let blocks = &self.document.blocks;
        for mark in self.document.stets.iter_mut().filter(|mark| mark.covers.is_none()) {
            let next = blocks.partition_point(|block| block.range.end <= mark.range.start);
            mark.covers = blocks.get(next).map(|block| block.range);
        }
        self.document
    }
}

/// Settles the masks of a block and takes line breaks off its ends.
fn without_outer_breaks(
    source: &str,
    mut range: Range<usize>,
    mut masks: Vec<Mask>,
) -> (TextRange, Vec<Mask>) {
    let is_break = |mask: &Mask| mask.kind == MaskKind::Break;
    loop {
        let block = TextRange::from(range.clone());
        masks = tidy(masks, block);
        let first = masks.first().filter(|mask| is_break(mask) && mask.range.start == block.start);
        let last = masks.last().filter(|mask| is_break(mask) && mask.range.end == block.end);
        let start = first.map_or(block.start, |mask| mask.range.end) as usize;
        let end = last.map_or(block.end, |mask| mask.range.start) as usize;
        if start == block.start as usize && end == block.end as usize || start >= end {
            return (block, masks);
        }
        range = trim(source, start..end);
    }
}

/// Sorted, inside `within`, apart from each other.
fn tidy(mut masks: Vec<Mask>, within: TextRange) -> Vec<Mask> {
    masks.sort_by_key(|mask| (mask.range.start, std::cmp::Reverse(mask.range.end)));
    let mut end = within.start;
    masks.retain_mut(|mask| {
        mask.range.start = mask.range.start.max(end);
        mask.range.end = mask.range.end.min(within.end);
        let keep = mask.range.start < mask.range.end;
        if keep {
            end = mask.range.end;
        }
        keep
    });
    masks
}

/// Whether the reader sees a letter, a digit or anything else than a rule ("* * *", "___", "•").
fn shows_something(source: &str, range: TextRange, masks: &[Mask]) -> bool {
    let telling = |text: &str| {
        text.chars().any(|c| {
            !is_blank(c) && !matches!(c, '-' | '_' | '*' | '=' | '~' | '#' | '•' | '·' | '—' | '–')
        })
    };
    let mut at = range.start;
    for mask in masks {
        if telling(TextRange::new(at, mask.range.start).slice(source)) {
            return true;
        }
        if matches!(mask.kind, MaskKind::Char(c) if !is_blank(c)) {
            return true;
        }
        at = mask.range.end;
    }
    telling(TextRange::new(at, range.end).slice(source))
}
