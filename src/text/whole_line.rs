//! What goes when something goes that has a line of its own.

use super::TextRange;

/// Padding that belongs to a line whose only words go.
const PADDING: [char; 3] = [' ', '\t', '\u{A0}'];

/// The lines of `range` with their line break, and with the blank line after them where another stands before, so that
/// one of the two is left; `None` where other words share the first line or the last.
pub fn whole_line(source: &str, range: TextRange) -> Option<TextRange> {
    let before = source.get(..range.start as usize)?.trim_end_matches(PADDING);
    let rest = source.get(range.end as usize..)?;
    let after = rest.trim_start_matches(PADDING);
    let is_start = before.is_empty() || before == "\u{FEFF}";
    let opens = is_start || before.ends_with(['\n', '\r']);
    if !opens || !(after.is_empty() || after.starts_with(['\n', '\r'])) {
        return None;
    }
    let mut end = source.len() - after.len() + line_break(after);
    if is_start || ["\n\n", "\n\r\n", "\r\r"].iter().any(|gap| before.ends_with(gap)) {
        end += line_break(&source[end..]);
    }
    Some(TextRange::from(before.len()..end))
}

/// Bytes of the line break that `text` starts with.
fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(source: &str) -> Option<String> {
        let start = source.find('x').expect("an x") as u32;
        let line = whole_line(source, TextRange::new(start, start + 1))?;
        Some(format!("{}{}", &source[..line.start as usize], &source[line.end as usize..]))
    }

    #[test]
    fn one_of_two_blank_lines_is_left() {
        assert_eq!(without("A\n\n \tx\u{A0}\n\nB").as_deref(), Some("A\n\nB"));
        assert_eq!(without("A\r\n\r\nx\r\n\r\nB").as_deref(), Some("A\r\n\r\nB"));
        assert_eq!(without("A\r\rx\r\rB").as_deref(), Some("A\r\rB"));
        assert_eq!(without("A\nx\n\nB").as_deref(), Some("A\n\nB"));
        assert_eq!(without("A\n\nx\nB").as_deref(), Some("A\n\nB"));
        assert_eq!(without("\u{FEFF}x\n\nB").as_deref(), Some("\u{FEFF}B"));
        assert_eq!(without("A\n\nx").as_deref(), Some("A\n\n"));
        assert_eq!(without("A x\n"), None);
        assert_eq!(without("x B"), None);
    }
}
