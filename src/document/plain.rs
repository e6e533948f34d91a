//! Plain text: paragraphs separated by blank lines, or one a line.

use super::{Block, BlockKind, Document};
use crate::text::TextRange;

/// Every line that is not blank is a block.
pub(super) fn parse(source: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let range = TextRange::from(start..start + trimmed.len());
            blocks.push(Block { kind: BlockKind::Paragraph, range, masks: Vec::new() });
        }
        at += line.len();
    }
    Document { blocks, ..Document::default() }
}
