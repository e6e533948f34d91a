//! What the writer is in the middle of, a sentence or a mark that lets findings stand, and the findings that only its
//! missing end causes.

use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, Format, StetMark};
use crate::resolve::Story;
use crate::rules;
use crate::text::TextRange;

/// What is being written.
#[derive(Debug)]
pub(super) struct Unfinished {
    sentence: Option<Sentence>,
    /// The marks that let findings stand where the writer has not come to the end of what they cover.
    marks: Vec<TextRange>,
}

/// A sentence that is being written.
#[derive(Debug)]
struct Sentence {
    /// From its start to the cursor, if the text does not go on in the middle of it.
    written: TextRange,
    /// From the last thing written to the cursor.
    gap: TextRange,
    /// Whether the cursor stands at the end of a word that may go on.
    word: bool,
}

impl Unfinished {
    /// What is unfinished at the byte `cursor` of a story's text.
    pub(super) fn at(story: &Story<'_>, text: &str, format: Format, cursor: u32) -> Self {
        let sentence = Sentence::at(story, format, cursor);
        Self { sentence, marks: marks(story, text, cursor) }
    }

    /// Whether the end of what is being written may make a finding go.
    pub(super) fn causes(&self, found: &Diagnostic) -> bool {
        if found.rule == UNUSED_STET {
            return self.marks.iter().any(|mark| mark.covers(found.range));
        }
        self.sentence.as_ref().is_some_and(|sentence| sentence.causes(found))
    }
}

/// The rule that says that a mark lets nothing stand.
const UNUSED_STET: &str = "unused-stet";

/// The marks that the cursor stands in, or in what they cover, or behind with nothing there yet that they could cover.
fn marks(story: &Story<'_>, text: &str, cursor: u32) -> Vec<TextRange> {
    let is_written = |mark: &StetMark| {
        // Behind what it covers, the next paragraph begins; before there is anything, any number of lines further on.
        let (end, most) =
            mark.covers.map_or((mark.range.end, usize::MAX), |covers| (covers.end, 1));
        let behind = || text.get(end as usize..cursor as usize);
        let nothing =
            |behind: &str| behind.trim_start().is_empty() && behind.matches('\n').count() <= most;
        mark.range.start <= cursor && (cursor <= end || behind().is_some_and(nothing))
    };
    let marks = story.document.stets.iter().filter(|mark| is_written(mark)).map(|mark| mark.range);
    // In front matter the cursor stands behind the last name, or behind the bracket that closes the list.
    let names = story.document.metadata.stet.iter().map(|name| name.range);
    marks.chain(names.filter(|name| name.start <= cursor && cursor <= name.end + 1)).collect()
}

impl Sentence {
    /// The sentence that is unfinished at the byte `cursor`, if one is: not behind the end of a sentence, and not at the
    /// start of a paragraph, unless a quotation is still open.
    fn at(story: &Story<'_>, format: Format, cursor: u32) -> Option<Self> {
        let after = story.paragraphs.partition_point(|p| p.block.range.start <= cursor);
        let paragraph = story.paragraphs.get(after.checked_sub(1)?)?;
        let block = paragraph.block.range;
        let behind = paragraph.source.get(block.end.min(cursor) as usize..cursor as usize)?;
        // Behind what is no copy there is another paragraph.
        let breaks = line_breaks(behind)?;
        let written = paragraph.source.get(block.start as usize..cursor as usize)?;
        let written = written.get(..written.len() - behind.len())?.trim_end();
        if written.is_empty() {
            return None;
        }
        let gap = TextRange::new(block.start + written.len() as u32, cursor);
        let last = token_before(paragraph, gap.start)?;
        // Its closing mark may be some sentences away.
        let open = quotation_around(paragraph, last).is_some_and(|quotation| !quotation.closed);
        if !open && (ends_sentence(written) || ends_paragraph(paragraph, format, breaks)) {
            return None;
        }
        let goes_on = !open && goes_on(paragraph, cursor);
        let start = if goes_on { gap.start } else { start(paragraph, last) };
        let word = gap.is_empty() && written.ends_with(char::is_alphanumeric);
        Some(Self { written: TextRange::new(start, gap.start), gap, word })
    }

    fn causes(&self, found: &Diagnostic) -> bool {
        let at_cursor = found.range.end >= self.gap.start && found.range.start <= self.gap.end;
        if self.word && at_cursor {
            return true;
        }
        let waits = rules::find(found.rule).is_some_and(|rule| rule.waits);
        waits && (at_cursor || self.written.overlaps(found.range))
    }
}

/// Tags that stand within a sentence (the phrasing content of HTML that writers use).
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "small", "span",
    "strong", "sub", "sup", "u",
];

/// The number of line breaks in what stands between a paragraph and the cursor: white space, tags that stand within a
/// sentence, and a tag that is still being written. `None` if there is anything else.
fn line_breaks(mut behind: &str) -> Option<usize> {
    let mut breaks = 0;
    loop {
        let rest = behind.trim_start();
        breaks += behind[..behind.len() - rest.len()].matches('\n').count();
        if rest.is_empty() {
            return Some(breaks);
        }
        let tag = rest.strip_prefix('<')?;
        let Some((inside, after)) = tag.split_once('>') else {
            let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
            return is_tag.then_some(breaks);
        };
        let name = inside.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
            return None;
        }
        behind = after;
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

/// Whether a paragraph is over, with so many line breaks between its end and the cursor. What is written after a single
/// line break goes on with the paragraph, except in plain text that has a paragraph a line.
fn ends_paragraph(paragraph: &Paragraph<'_>, format: Format, breaks: usize) -> bool {
    let wraps = matches!(
        paragraph.block.kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote
    );
    let text = || paragraph.block.range.slice(paragraph.source);
    let wrapped = wraps && (format != Format::Plain || text().contains('\n'));
    breaks > usize::from(wrapped)
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
        let found = Sentence::at(&story, format, cursor as u32)?;
        Some(found.written.slice(&text).to_owned())
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
    fn tags_stand_within_a_sentence() {
        let html = |marked: &str| unfinished_in(Format::Html, marked);
        let text = "The plan fails, according to";
        for tag in ["<a", "<a href=\"x", "<a href=\"x\">", "<b>", " <b><i>", "<!-- a note"] {
            let found = html(&format!("<p>{text} {tag}|"));
            assert_eq!(found.as_deref(), Some(text), "{tag}");
        }
        assert_eq!(html(&format!("<p>{text}</p>|")), None);
    }

    fn marks_at(marked: &str) -> usize {
        let cursor = marked.find('|').unwrap() as u32;
        let text = marked.replace('|', "");
        let article = Article { text: &text, format: Format::Markdown, ..Article::default() };
        marks(&Analyzer::default().annotate(&article), &text, cursor).len()
    }

    #[test]
    fn a_mark_is_written_until_what_it_covers_is() {
        let mark = "It rained.\n\n<!-- stet vague-attribution -->";
        assert_eq!(marks_at(&format!("{mark}|")), 1);
        assert_eq!(marks_at(&format!("{mark}\n\n|")), 1);
        assert_eq!(marks_at(&format!("{mark}\n\nCritics| say so.\n\nIt rained.")), 1);
        assert_eq!(marks_at(&format!("{mark}\n\nCritics say so.\n\nIt| rained.")), 0);
        assert_eq!(marks_at(&format!("Snow| fell.\n\n{mark}")), 0);
        assert_eq!(marks_at("---\nstet: [titles|]\n---\nIt rained.\n"), 1);
        assert_eq!(marks_at("---\nstet: [titles]|\n---\nIt rained.\n"), 1);
        assert_eq!(marks_at("---\nstet: [titles]\n---\nIt rained.|\n"), 0);
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
