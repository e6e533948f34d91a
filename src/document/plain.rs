//! Plain text: paragraphs separated by blank lines, or one a line.

use super::builder::{Builder, trim};
use super::{Block, BlockKind, Document, Mask, MaskKind, front_matter, lines, stet, wrap};
use crate::text::TextRange;
use std::ops::Range;

/// One paragraph before it is known what it is.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    /// A blank line (or the start of the text) stands before it.
    pub(super) gap: bool,
}

impl Piece {
    pub(super) fn text(self, source: &str) -> &str {
        TextRange::new(self.start, self.end).slice(source)
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Parses plain text.
pub(super) fn parse(source: &str) -> Document {
    let mut builder = Builder::new(source);
    let body = front_matter::read(source, &mut builder);
    blocks(&mut builder, body..source.len());
    builder.finish()
}

/// Adds the blocks of `range` to the builder.
pub(super) fn blocks(builder: &mut Builder<'_>, range: Range<usize>) {
    let source = builder.source;
    let mut pieces = Vec::new();
    let mut gap = true;
    for line in lines::Lines::new(source, range) {
        let line = trim(source, line);
        if line.is_empty() {
            gap = true;
            continue;
        }
        let range = TextRange::from(line);
        pieces.push(Piece { start: range.start, end: range.end, gap });
        gap = false;
    }
    wrap::join(source, &mut pieces);
    let mut head = Head::default();
    let first = builder.document.blocks.len();
    for at in 0..pieces.len() {
        let piece = pieces[at];
        if let Some(mut mark) = stet::on_line(source, piece.range()) {
            // Attached to the paragraph above, with nothing below: that one stands.
            let below = pieces.get(at + 1).is_some_and(|next| !next.gap);
            if !piece.gap && !below {
                mark.covers = builder.document.blocks.last().map(|block| block.range);
            }
            builder.push_stet(mark);
            continue;
        }
        let (kind, marker) = head.classify(source, &pieces, at);
        let masks = if marker == 0 {
            Vec::new()
        } else {
            let range = TextRange::new(piece.start, piece.start + marker as u32);
            vec![Mask { range, kind: MaskKind::Markup }]
        };
        builder.push(kind, piece.range(), masks);
    }
    unmarked_lists(source, &mut builder.document.blocks[first..]);
}

/// The fewest short lines in a row that make a list without marks: the captions of a gallery, the legend of a map.
const UNMARKED: usize = 3;

/// Takes rows of short lines that are no sentences for lists.
fn unmarked_lists(source: &str, blocks: &mut [Block]) {
    let is_item = |block: &Block| {
        let text = block.range.slice(source);
        block.kind == BlockKind::Paragraph
            && text.len() <= SUBHEADING.0
            && !lines::ends_sentence(text)
            && !text.ends_with([':', ',', ';'])
            && !text.starts_with(['"', '“', '‘', '\''])
    };
    for row in blocks.chunk_by_mut(|a, b| is_item(a) && is_item(b)) {
        if row.len() >= UNMARKED {
            row.iter_mut().for_each(|block| block.kind = BlockKind::ListItem);
        }
    }
}

/// What has been seen of the article's head.
#[derive(Default)]
struct Head {
    headline: bool,
    /// A paragraph of prose was seen: no headline or byline comes any more.
    prose: bool,
}

/// The longest headline in bytes; the longest of real ones in the wire and on the web stay under 150 characters.
const HEADLINE: usize = 200;
/// The longest subheading in bytes and in words.
const SUBHEADING: (usize, usize) = (72, 10);

impl Head {
    /// What the piece is, and how many bytes at its start are a list marker.
    fn classify(&mut self, source: &str, pieces: &[Piece], at: usize) -> (BlockKind, usize) {
        let text = pieces[at].text(source);
        let marker = list_marker(text);
        if marker > 0 {
            self.prose = true;
            return (BlockKind::ListItem, marker);
        }
        if text.len() > HEADLINE {
            if lines::is_caption(text) {
                return (BlockKind::Caption, 0);
            }
            self.prose = true;
            return (BlockKind::Paragraph, 0);
        }
        if super::furniture::is_furniture(text) {
            return (BlockKind::Furniture, 0);
        }
        if lines::is_byline(text, self.prose) || !self.prose && lines::is_date_line(text) {
            return (BlockKind::Byline, 0);
        }
        if lines::is_caption(text) {
            return (BlockKind::Caption, 0);
        }
        let next = pieces.get(at + 1).map(|piece| piece.text(source));
        if !self.headline && !self.prose {
            self.headline = next.is_some() && lines::is_headline(text);
            if self.headline {
                return (BlockKind::Headline, 0);
            }
        }
        let (bytes, words) = SUBHEADING;
        let heads = self.prose
            && text.len() <= bytes
            && next.is_some_and(is_prose)
            && lines::is_subheading(text, words);
        if heads {
            return (BlockKind::Subheading, 0);
        }
        self.prose |= is_prose(text);
        (BlockKind::Paragraph, 0)
    }
}

/// Whether the line reads as running text: long, or ending as a sentence does, or an item of a list.
fn is_prose(text: &str) -> bool {
    text.len() > HEADLINE
        || list_marker(text) > 0
        || (lines::ends_sentence(text) || text.ends_with(':')) && text.contains(' ')
}

/// Bytes of a list marker and the space after it: "- ", "* ", "• ", "1. ", "2) "; 0 if there is none.
pub(super) fn list_marker(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let mark = match bytes.get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if digits > 0 => digits + 1,
        _ => match text.chars().next() {
            Some(c @ ('•' | '‣' | '▪' | '●' | '◦' | '·')) => c.len_utf8(),
            _ => return 0,
        },
    };
    let rest = &text[mark..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t', '\u{A0}']).len();
    let blank = rest.len() == space;
    if space == 0 || blank { 0 } else { mark + space }
}
