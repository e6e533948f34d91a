//! Places as the protocol counts them: lines from 0, columns from 0 in code units of the encoding that was agreed on.
//!
//! This is the only place that knows UTF-16. Inside, a place is a byte of the text.

use crate::text::TextRange;
use ropey::Rope;
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalars.
    Utf32,
}

impl Encoding {
    /// The best of those that the client offers: bytes need no counting.
    pub(super) fn choose(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offered = offered.unwrap_or_default();
        let order = [Self::Utf8, Self::Utf32, Self::Utf16];
        order.into_iter().find(|encoding| offered.contains(&encoding.kind())).unwrap_or_default()
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The position of a byte of the text. A byte inside a character counts as its start.
    pub(super) fn position(self, text: &Rope, byte: u32) -> Position {
        let byte = (byte as usize).min(text.len_bytes());
        let line = text.byte_to_line(byte);
        let character = match self {
            Self::Utf8 => byte - text.line_to_byte(line),
            Self::Utf32 => text.byte_to_char(byte) - text.line_to_char(line),
            Self::Utf16 => {
                let units = |char| text.char_to_utf16_cu(char);
                units(text.byte_to_char(byte)) - units(text.line_to_char(line))
            }
        };
        Position::new(line as u32, character as u32)
    }

    /// The range of some bytes of the text.
    pub(super) fn range(self, text: &Rope, range: TextRange) -> Range {
        Range::new(self.position(text, range.start), self.position(text, range.end))
    }

    /// The byte at a position, and whether the position exists. A column behind the end of its line is the line's end, as
    /// the protocol says; a line behind the last one is the end of the text; the middle of a character is its start.
    pub(super) fn byte(self, text: &Rope, position: Position) -> (usize, bool) {
        let line = position.line as usize;
        if line >= text.len_lines() {
            return (text.len_bytes(), false);
        }
        let (start, end) = (text.line_to_char(line), line_end(text, line));
        let column = position.character as usize;
        let wanted = match self {
            Self::Utf8 => {
                let byte = text.char_to_byte(start) + column;
                text.byte_to_char(byte.min(text.len_bytes()))
            }
            Self::Utf16 => {
                let unit = text.char_to_utf16_cu(start) + column;
                text.utf16_cu_to_char(unit.min(text.len_utf16_cu()))
            }
            Self::Utf32 => start + column,
        };
        (text.char_to_byte(wanted.min(end)), wanted <= end)
    }

    /// The bytes of a range of positions, and whether it is one: both ends exist and stand in order.
    pub(super) fn bytes(self, text: &Rope, range: Range) -> (std::ops::Range<usize>, bool) {
        let (start, start_exists) = self.byte(text, range.start);
        let (end, end_exists) = self.byte(text, range.end);
        (start.min(end)..start.max(end), start_exists && end_exists && start <= end)
    }
}

/// The char behind the last one of a line, its line break left out.
fn line_end(text: &Rope, line: usize) -> usize {
    let start = text.line_to_char(line);
    let line = text.line(line);
    let count = line.len_chars();
    let breaks = line.chars_at(count).reversed().take(2).take_while(|c| matches!(c, '\r' | '\n'));
    start + count - breaks.count().min(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn an_emoji_is_four_two_or_one() {
        let text = Rope::from_str("a\r\n😀x\u{2028}y\rz");
        let x = "a\r\n😀".len() as u32;
        let columns = ALL.map(|encoding| encoding.position(&text, x));
        assert_eq!(columns, [4, 2, 1].map(|column| Position::new(1, column)));
        // U+2028 ends no line in the protocol; a lone CR does.
        assert_eq!(Encoding::Utf32.position(&text, text.len_bytes() as u32), Position::new(2, 1));
    }

    #[test]
    fn what_does_not_exist_is_clamped_and_said() {
        let text = Rope::from_str("ab\r\n😀");
        let utf16 = |line, column| Encoding::Utf16.byte(&text, Position::new(line, column));
        assert_eq!(utf16(0, 2), (2, true));
        assert_eq!(utf16(0, 3), (2, false));
        assert_eq!(utf16(0, u32::MAX), (2, false));
        assert_eq!(utf16(1, 1), (4, true), "inside a surrogate pair");
        assert_eq!(utf16(1, 2), (8, true));
        assert_eq!(utf16(9, 0), (8, false));
        let backwards = Range::new(Position::new(1, 2), Position::new(0, 1));
        assert_eq!(Encoding::Utf16.bytes(&text, backwards), (1..8, false));
    }

    proptest! {
        #[test]
        fn positions_come_back(text in "(?s).{0,60}") {
            let rope = Rope::from_str(&text);
            for encoding in ALL {
                for (byte, _) in text.char_indices() {
                    let position = encoding.position(&rope, byte as u32);
                    let inside_break = text.as_bytes()[byte] == b'\n' && byte > 0 && text.as_bytes()[byte - 1] == b'\r';
                    if !inside_break {
                        prop_assert_eq!(encoding.byte(&rope, position), (byte, true));
                    }
                }
            }
        }
    }
}
