//! Page furniture that was copied along with the copy: which lines are none of the article's.

use super::{Block, BlockKind};

/// Whether the words of a whole line or block are page furniture.
pub(super) fn is_furniture(_text: &str) -> bool {
    false
}

/// Marks the blocks that are page furniture.
pub(super) fn settle(source: &str, blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.kind != BlockKind::Chrome) {
        if is_furniture(block.range.slice(source)) {
            block.kind = BlockKind::Furniture;
        }
    }
}
