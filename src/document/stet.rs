//! Marks that let findings stand: "stet rule-id, rule-id: why", inside a comment or square brackets.

use super::{Document, Located, StetMark};
use crate::text::TextRange;
use std::ops::Range;

/// Parses the inside of a comment or of brackets as a mark. `whole` is the mark with its delimiters.
pub(super) fn parse(source: &str, whole: Range<usize>, inside: Range<usize>) -> Option<StetMark> {
    let text = source.get(inside.clone())?;
    let start = inside.start + (text.len() - text.trim_start().len());
    let rest = after_stet(text.trim())?;
    if !(rest.is_empty() || rest.starts_with(':') || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    let names = &rest[..rest.find(':').unwrap_or(rest.len())];
    let rules = names_in(names, start + "stet".len());
    Some(StetMark { range: TextRange::from(whole), rules, covers: None })
}

/// The names in `text`, which starts at byte `base` of the source: separated by commas or white space.
pub(super) fn names_in(text: &str, base: usize) -> Vec<Located<String>> {
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
    let inside = source.get(line.clone())?.strip_prefix('[')?.strip_suffix(']')?;
    after_stet(inside)?;
    let start = line.start + 1;
    parse(source, line, start..start + inside.len())
}

/// What follows the word "stet", in capitals or not.
fn after_stet(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked("stet".len())?;
    word.eq_ignore_ascii_case("stet").then_some(rest)
}

/// The longest mark that is looked for in running text, in bytes.
const LONGEST: usize = 300;

/// Marks that stand in the middle of prose, where they let nothing stand: brackets that are not a line of their own, or a
/// comment in plain text.
pub(crate) fn strays(document: &Document, source: &str) -> Vec<TextRange> {
    let opens = memchr::memchr2_iter(b'[', b'<', source.as_bytes());
    let marks = opens.filter_map(|start| {
        let range = stray(source, start)?;
        is_prose(document, range.start).then_some(range)
    });
    marks.collect()
}

fn stray(source: &str, start: usize) -> Option<TextRange> {
    let rest = source.get(start..)?;
    let (open, close) = if rest.starts_with('[') { ("[", "]") } else { ("<!--", "-->") };
    let inside = rest.strip_prefix(open)?;
    after_stet(inside.trim_start())?;
    let near = inside.as_bytes().get(..inside.len().min(LONGEST))?;
    let length = memchr::memmem::find(near, close.as_bytes())?;
    let from = start + open.len();
    let whole = start..from + length + close.len();
    let is_link = close == "]"
        && (source.get(..start)?.ends_with(']')
            || source.get(whole.end..)?.starts_with(['(', '[', ':']));
    if is_link {
        return None;
    }
    parse(source, whole, from..from + length).map(|mark| mark.range)
}

/// Whether the byte `at` is copy that readers see, and no markup.
fn is_prose(document: &Document, at: u32) -> bool {
    let after = document.blocks.partition_point(|block| block.range.start <= at);
    let block = after.checked_sub(1).and_then(|last| document.blocks.get(last));
    block.is_some_and(|block| {
        let mask = block.masks.partition_point(|mask| mask.range.end <= at);
        let masked = block.masks.get(mask).is_some_and(|mask| mask.range.contains(at));
        block.range.contains(at) && block.kind.is_copy() && !masked
    })
}
