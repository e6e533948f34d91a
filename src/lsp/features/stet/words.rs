//! The words that an entry of the settings quotes for a finding: few, but enough to mean this finding and no other.

use crate::analysis::{Stands, occurrences};
use crate::diagnostic::Diagnostic;
use crate::rules::Selector;
use crate::text::TextRange;

/// Words that are quoted at first, of a finding that has more.
const FEW: usize = 8;
/// Words that are quoted at most to tell a place from others.
const MOST: usize = 12;
/// Bytes either side of a finding that are looked at.
const REACH: usize = 400;

/// Words of the source that cover the finding; `within` is what they are taken from.
pub(super) fn quoting(source: &str, within: TextRange, found: &Diagnostic) -> Option<String> {
    let words = words(source, within, found.range);
    let touched = |word: &TextRange| {
        word.start <= found.range.end.max(found.range.start + 1) && found.range.start <= word.end
    };
    let overlaps = |word: &TextRange| word.overlaps(found.range);
    let first = words.iter().position(overlaps).or_else(|| words.iter().position(touched))?;
    let last = words.iter().rposition(overlaps).or_else(|| words.iter().rposition(touched))?;
    let (mut first, mut last) = (first, last.min(first + FEW - 1));
    let quoted = |first: usize, last: usize| -> Option<String> {
        let words = words.get(first..=last)?.iter().map(|word| word.slice(source));
        Some(words.collect::<Vec<_>>().join(" "))
    };
    let mut text = quoted(first, last)?;
    while occurrences(source, &text).len() > 1 && last - first + 1 < MOST {
        let wider = match (last + 1 < words.len(), first > 0) {
            (true, _) => (first, last + 1),
            (false, true) => (first - 1, last),
            (false, false) => break,
        };
        (first, last) = wider;
        text = quoted(first, last)?;
    }
    let bare = text.trim_matches(|c: char| ",.;:()[]*_\"“”".contains(c));
    let covers = |text: &str| {
        let selector = Selector::parse(found.rule).unwrap_or(Selector::All);
        Stands { selector, text: Some(text) }.covers(source, found)
    };
    let same = || occurrences(source, bare).len() == occurrences(source, &text).len();
    match covers(bare) && same() {
        true => Some(bare.to_owned()),
        false => covers(&text).then_some(text),
    }
}

/// The words near a range.
fn words(source: &str, within: TextRange, range: TextRange) -> Vec<TextRange> {
    let near = |byte: u32| byte.clamp(within.start, within.end) as usize;
    let mut start = near(range.start.saturating_sub(REACH as u32));
    let mut end = near(range.end.min(range.start + REACH as u32).saturating_add(REACH as u32));
    let inside = |at: usize| !source.is_char_boundary(at);
    while start > 0 && inside(start) {
        start -= 1;
    }
    while end < source.len() && inside(end) {
        end += 1;
    }
    let mut out = Vec::new();
    let mut at = start;
    for piece in source.get(start..end).unwrap_or_default().split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            out.push(TextRange::from(at..at + word.len()));
        }
        at += piece.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str, flagged: &str) -> Option<String> {
        let start = text.rfind(flagged).unwrap();
        let mut found = Diagnostic::new(TextRange::from(start..start + flagged.len()), "", "");
        found.rule = "placeholder";
        quoting(text, TextRange::from(0..text.len()), &found)
    }

    #[test]
    fn as_few_words_as_tell_the_place() {
        assert_eq!(quoted("The TK Tavern, he said.", "TK").as_deref(), Some("TK"));
        assert_eq!(quoted("It is TK. She is TK\nnow.", "TK").as_deref(), Some("TK now"));
        assert_eq!(quoted("It is TK. So is TK.", "TK").as_deref(), Some("So is TK"));
        assert_eq!(quoted("“TK”, he said", "TK").as_deref(), Some("TK"));
        let long = "one two three four five six seven eight nine ten eleven";
        assert_eq!(quoted(long, long).as_deref(), Some("one two three four five six seven eight"));
    }

    #[test]
    fn an_insertion_is_quoted_with_its_neighbours() {
        assert_eq!(quoted("It is so", "").as_deref(), None);
        let mut found = Diagnostic::new(TextRange::at(5), "", "");
        found.rule = "placeholder";
        let text = "It is so";
        let words = quoting(text, TextRange::new(0, 8), &found);
        assert_eq!(words.as_deref(), Some("is so"));
    }
}
