//! Marks that let findings stand: "stet rule-id, rule-id: why", inside a comment or square brackets.

use super::{Located, StetMark};
use crate::text::TextRange;
use std::ops::Range;

/// Parses the inside of a comment or of brackets as a mark. `whole` is the mark with its delimiters.
pub(super) fn parse(source: &str, whole: Range<usize>, inside: Range<usize>) -> Option<StetMark> {
    let text = source.get(inside.clone())?;
    let start = inside.start + (text.len() - text.trim_start().len());
    let rest = text.trim().strip_prefix("stet")?;
    if !(rest.is_empty() || rest.starts_with(':') || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    let names = &rest[..rest.find(':').unwrap_or(rest.len())];
    let rules = names_in(names, start + "stet".len());
    Some(StetMark { range: TextRange::from(whole), rules, covers: None })
}

/// The names in `text`, which starts at byte `base` of the source: separated by commas or white space.
fn names_in(text: &str, base: usize) -> Vec<Located<String>> {
    let mut rules = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| c == ',' || c.is_whitespace()) {
        if !piece.is_empty() {
            let range = TextRange::from(base + at..base + at + piece.len());
            rules.push(Located { range, value: piece.to_owned() });
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    rules
}

/// A mark that is the whole line: "[stet rule-id]".
pub(super) fn on_line(source: &str, line: Range<usize>) -> Option<StetMark> {
    let inside = source.get(line.clone())?.strip_prefix("[stet")?.strip_suffix(']')?;
    let start = line.start + 1;
    parse(source, line, start..start + "stet".len() + inside.len())
}
