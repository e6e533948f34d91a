//! The sentence that the writer is in the middle of, and the findings that only its missing end causes.

use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, Format};
use crate::resolve::Story;
use crate::rules;
use crate::text::TextRange;

/// A sentence that is being written.
#[derive(Debug)]
pub(super) struct Unfinished {
    /// From its start to the cursor, if the text does not go on in the middle of it.
    sentence: TextRange,
    /// From the last thing written to the cursor.
    gap: TextRange,
    /// Whether the cursor stands at the end of a word that may go on.
    word: bool,
}

impl Unfinished {
    /// What is unfinished at the byte `cursor`, if anything is: not behind the end of a sentence, and not at the start of a
    /// paragraph, unless a quotation is still open.
    pub(super) fn at(story: &Story<'_>, format: Format, cursor: u32) -> Option<Self> {
        let after = story.paragraphs.partition_point(|p| p.block.range.start <= cursor);
        let paragraph = story.paragraphs.get(after.checked_sub(1)?)?;
        let block = paragraph.block.range;
        let behind = paragraph.source.get(block.end.min(cursor) as usize..cursor as usize)?;
        let written = paragraph.source.get(block.start as usize..cursor as usize)?.trim_end();
        // Behind what is no copy there is another paragraph.
        if written.is_empty() || !behind.trim().is_empty() {
            return None;
        }
        let gap = TextRange::new(block.start + written.len() as u32, cursor);
        let last = token_before(paragraph, gap.start)?;
        // Its closing mark may be some sentences away.
        let open = quotation_around(paragraph, last).is_some_and(|quotation| !quotation.closed);
        if !open && (ends_sentence(written) || ends_paragraph(paragraph, format, behind)) {
            return None;
        }
        let goes_on = !open && goes_on(paragraph, cursor);
        let start = if goes_on { gap.start } else { start(paragraph, last) };
        let word = gap.is_empty() && written.ends_with(char::is_alphanumeric);
        Some(Self { sentence: TextRange::new(start, gap.start), gap, word })
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

/// The last token that starts before a byte of the source.
fn token_before(paragraph: &Paragraph<'_>, byte: u32) -> Option<usize> {
    let base = paragraph.block.range.start;
    paragraph.tokens().partition_point(|token| base + token.start < byte).checked_sub(1)
}

/// The outermost quotation with an opening mark at token `last` or before it that holds this token.
fn quotation_around<'p>(paragraph: &'p Paragraph<'_>, last: usize) -> Option<&'p Quotation> {
    let mut before = paragraph.notes.quotations.iter().rev();
    let outermost = before.find(|q| q.depth == 0 && q.range.start as usize <= last);
    outermost.filter(|q| q.range.contains(last))
}

/// Where the sentence of token `last` starts, in bytes of the source. One that starts within a quotation belongs to the
/// sentence that the quotation is a part of: who spoke is said at its end.
fn start(paragraph: &Paragraph<'_>, last: usize) -> u32 {
    let mut sentence = paragraph.sentence_at(last);
    if let Some(quotation) = quotation_around(paragraph, sentence.start as usize) {
        sentence = paragraph.sentence_at(quotation.range.start as usize);
    }
    paragraph.bytes(sentence).start
}

/// Whether the text behind the cursor goes on in the middle of a sentence, so that something was put into one that has an
/// end.
fn goes_on(paragraph: &Paragraph<'_>, cursor: u32) -> bool {
    let rest = paragraph.source.get(cursor as usize..paragraph.block.range.end as usize);
    rest.unwrap_or_default().trim_start().starts_with(char::is_lowercase)
}

/// Whether a paragraph is over, where `behind` is the white space from its end to the cursor. What is written after a single
/// line break goes on with the paragraph, except in plain text that has a paragraph a line.
fn ends_paragraph(paragraph: &Paragraph<'_>, format: Format, behind: &str) -> bool {
    let wraps = matches!(
        paragraph.block.kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote
    );
    let text = || paragraph.block.range.slice(paragraph.source);
    let wrapped = wraps && (format != Format::Plain || text().contains('\n'));
    behind.matches('\n').count() > usize::from(wrapped)
}

/// Whether text ends as a sentence does, closing marks aside.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    text.ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    fn unfinished_in(format: Format, marked: &str) -> Option<String> {
        let cursor = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let article = Article { text: &text, format, ..Article::default() };
        let story = Analyzer::default().annotate(&article);
        let found = Unfinished::at(&story, format, cursor as u32)?;
        Some(found.sentence.slice(&text).to_owned())
    }

    fn unfinished(marked: &str) -> Option<String> {
        unfinished_in(Format::Plain, marked)
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
        assert_eq!(unfinished(&format!("{text}\n\n|The mayor left.")), None);
        assert_eq!(unfinished("The plan fails.” |"), None);
        assert_eq!(unfinished("“The plan |”").as_deref(), Some("“The plan"));
    }

    #[test]
    fn text_behind_the_cursor_may_be_the_next_sentence() {
        let next = unfinished("It rained. The plan, according to | Others differ.");
        assert_eq!(next.as_deref(), Some("The plan, according to"));
        let same = unfinished("The plan, according to | others, has failed.");
        assert_eq!(same.as_deref(), Some(""), "the sentence has an end");
    }

    #[test]
    fn an_open_quotation_is_unfinished_from_its_sentence_on() {
        for (open, close) in [('“', '”'), ('"', '"')] {
            let speech = format!("{open}The road is safe. It needs lamps.");
            for rest in ["", " Others differ.", " others differ."] {
                let found = unfinished(&format!("It rained. {speech}|{rest}"));
                assert_eq!(found.as_ref(), Some(&speech), "{rest:?}");
            }
            let told = format!("{},{close} Roe", speech.trim_end_matches('.'));
            assert_eq!(unfinished(&format!("It rained. {told}|")), Some(told.clone()));
            assert_eq!(unfinished(&format!("It rained. {told} said.|")), None);
            assert_eq!(unfinished(&format!("{speech}{close}|")), None);
            let next = unfinished(&format!("{speech}\n\n|"));
            assert_eq!(next, Some(speech), "the next paragraph may go on with it");
        }
    }

    #[test]
    fn a_mark_that_opens_a_paragraph_ends_no_sentence() {
        assert_eq!(unfinished("It rained.\n\n\"|").as_deref(), Some("\""));
        assert_eq!(unfinished("\"|").as_deref(), Some("\""));
        assert_eq!(unfinished("It rained. (|").as_deref(), Some("("));
    }

    #[test]
    fn a_line_break_ends_a_sentence_only_where_it_ends_the_paragraph() {
        let text = "The plan fails, according to";
        for format in [Format::Markdown, Format::Html] {
            let found = unfinished_in(format, &format!("{text}\n|"));
            assert_eq!(found.as_deref(), Some(text), "{format:?}");
            assert_eq!(unfinished_in(format, &format!("{text}\n\n|")), None, "{format:?}");
        }
        assert_eq!(unfinished_in(Format::Markdown, "# The plan\n|"), None);
        assert_eq!(unfinished_in(Format::Html, &format!("<p>{text}</p>\n|")), None);
        assert_eq!(unfinished(&format!("{text}\n|")), None, "a paragraph a line");
        let wrapped =
            "The council heard on Tuesday that the plan to widen the harbour road fails, \n";
        let wrapped = wrapped.trim_end();
        let inside = unfinished_in(Format::Markdown, &format!("{wrapped}\n|the mayor said."));
        assert_eq!(inside.as_deref(), Some(""));
    }
}
