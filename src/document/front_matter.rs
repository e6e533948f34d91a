//! Front matter.

use super::builder::Builder;

/// Reads the front matter into the builder and returns where the text after it starts.
pub(super) fn read(source: &str, _builder: &mut Builder<'_>) -> usize {
    if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}
