//! Byte offsets to the lines and columns that the command line prints.

/// A place as people read it: both 1-based, the column in Unicode scalars.
///
/// The language server's UTF-16 positions are a type of their own, so that the two cannot be mixed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    /// 1-based line. Lines end at LF, CRLF or a lone CR.
    pub line: u32,
    /// 1-based column in Unicode scalars.
    pub column: u32,
}

/// Where the lines of one text start. Built once, only when there is something to report.
///
/// A line may be as long as the text, so columns are not counted from its start: `scalars` holds the count of Unicode
/// scalars before every `STRIDE` bytes.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    scalars: Vec<u32>,
}

/// Bytes between two counts of scalars.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Finds the line starts of `source`.
    pub fn new(source: &str) -> Self {
        let bytes = source.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|at| at as u32 + 1)).collect();
        let mut count = 0;
        let mut scalars = Vec::with_capacity(bytes.len() / STRIDE + 1);
        for chunk in bytes.chunks(STRIDE) {
            scalars.push(count);
            count += scalars_in(chunk);
        }
        Self { starts, scalars }
    }

    /// The 0-based line that holds the byte `offset`.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Byte offset at which the 0-based `line` starts, if there is such a line.
    pub fn line_start(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    /// Line and column of the byte `offset` of `source`, which must be the text the index was made from.
    pub fn line_col(&self, source: &str, offset: u32) -> LineCol {
        let line = self.line(offset);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let column = self.scalars_before(source, offset) - self.scalars_before(source, start);
        LineCol { line: line as u32 + 1, column: column + 1 }
    }

    /// Number of scalars before the byte `offset`.
    fn scalars_before(&self, source: &str, offset: u32) -> u32 {
        let end = (offset as usize).min(source.len());
        let stride = (end / STRIDE).min(self.scalars.len().saturating_sub(1));
        let rest = source.as_bytes().get(stride * STRIDE..end).unwrap_or(b"");
        self.scalars.get(stride).copied().unwrap_or(0) + scalars_in(rest)
    }
}

/// Counts the bytes that do not continue a character.
fn scalars_in(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| (byte as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<u32> = "abcd"
            .chars()
            .map(|c| index.line_col(text, text.find(c).unwrap() as u32).line)
            .collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn columns_count_scalars() {
        let text = "é😀x";
        let index = LineIndex::new(text);
        assert_eq!(index.line_col(text, 6), LineCol { line: 1, column: 3 });
    }

    #[test]
    fn long_lines_are_counted_from_the_nearest_stride() {
        let text = format!("a\n{}x", "é😀".repeat(1000));
        let index = LineIndex::new(&text);
        let offset = text.len() as u32 - 1;
        assert_eq!(index.line_col(&text, offset), LineCol { line: 2, column: 2001 });
        assert_eq!(index.line_col(&text, offset + 1), LineCol { line: 2, column: 2002 });
    }

    #[test]
    fn an_empty_text_has_one_place() {
        assert_eq!(LineIndex::new("").line_col("", 0), LineCol { line: 1, column: 1 });
    }
}
