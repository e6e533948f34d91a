//! The sentence that the writer is in the middle of, and the findings that only its missing end causes.

use crate::annotate::Paragraph;
use crate::diagnostic::Diagnostic;
use crate::resolve::Story;
use crate::rules;
use crate::text::TextRange;

/// A sentence that is being written.
#[derive(Debug)]
pub(super) struct Unfinished {
    /// From its start to the cursor, if nothing follows.
    sentence: TextRange,
    /// From the last thing written to the cursor.
    gap: TextRange,
    /// Whether the cursor stands at the end of a word that may go on.
    word: bool,
}

impl Unfinished {
    /// What is unfinished at the byte `cursor`, if anything is: not behind the end of a sentence, and not at the start of a
    /// paragraph.
    pub(super) fn at(story: &Story<'_>, cursor: u32) -> Option<Self> {
        let after = story.paragraphs.partition_point(|p| p.block.range.start <= cursor);
        let paragraph = story.paragraphs.get(after.checked_sub(1)?)?;
        let source = paragraph.source;
        let before = source.get(..cursor as usize)?;
        let written = before.trim_end_matches([' ', '\t', '\u{a0}']);
        let gap = TextRange::new(written.len() as u32, cursor);
        // A cursor in a later line, or behind what is no copy, is in another paragraph.
        if gap.start > paragraph.block.range.end.max(cursor.min(paragraph.block.range.end)) {
            return None;
        }
        if ends_sentence(written) {
            return None;
        }
        let word = gap.is_empty() && written.ends_with(char::is_alphanumeric);
        Some(Self { sentence: sentence(paragraph, gap.start), gap, word })
    }

    /// Whether the end of the sentence, once it is written, may make a finding go.
    pub(super) fn causes(&self, found: &Diagnostic) -> bool {
        let at_cursor = found.range.end >= self.gap.start && found.range.start <= self.gap.end;
        if self.word && at_cursor {
            return true;
        }
        let waits = rules::find(found.rule).is_some_and(|rule| rule.waits);
        waits && (at_cursor || self.sentence.overlaps(found.range))
    }
}

/// The sentence up to `end`, if nothing but closing marks follows; else the empty place there.
fn sentence(paragraph: &Paragraph<'_>, end: u32) -> TextRange {
    let rest = paragraph.source.get(end as usize..paragraph.block.range.end as usize);
    let closes = |c: char| c.is_whitespace() || "\"'”’»)]".contains(c);
    if !rest.unwrap_or_default().chars().all(closes) {
        return TextRange::at(end);
    }
    let base = paragraph.block.range.start;
    let before = paragraph.tokens().partition_point(|token| base + token.start < end);
    let sentence = paragraph.bytes(paragraph.sentence_at(before.saturating_sub(1)));
    TextRange::new(sentence.start, end)
}

/// Whether text ends as a sentence does, closing marks aside.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    text.is_empty() || text.ends_with(['.', '!', '?', '…', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::{Analyzer, Article};

    fn unfinished(marked: &str) -> Option<String> {
        let cursor = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let article = Article { text: &text, format: Format::Plain, ..Article::default() };
        let story = Analyzer::default().annotate(&article);
        let found = Unfinished::at(&story, cursor as u32)?;
        Some(found.sentence.slice(&text).to_owned())
    }

    #[test]
    fn the_sentence_at_the_cursor_is_unfinished_until_it_ends() {
        let text = "Sen. Ann Roe spoke. The U.S. plan fails, according to";
        assert_eq!(
            unfinished(&format!("{text} |")).as_deref(),
            Some("The U.S. plan fails, according to")
        );
        assert_eq!(unfinished(&format!("{text}.|")), None);
        assert_eq!(unfinished(&format!("{text}\n\n|")), None);
        assert_eq!(unfinished("The plan fails.” |"), None);
        assert_eq!(unfinished("“The plan |”").as_deref(), Some("“The plan"));
        assert_eq!(unfinished("The plan, according to | Others differ.").as_deref(), Some(""));
    }
}
