//! The sources that the article has named already, where a source comes next: after "according to ", after ", said " and
//! the like, and nowhere else. After "she said " comes what she said, and after "told " who was told, so nothing is offered
//! there.

use super::{Snapshot, people};
use crate::annotate::Paragraph;
use crate::lang::en::{self, Lex};
use crate::resolve::{NamedSource, OnRecord, Story};
use crate::text::{Field, TextRange};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Position, TextEdit,
};

/// Sources that are offered.
const MOST: usize = 12;
/// Words of a source that may be written already.
const WRITTEN: usize = 4;
/// Bytes before the cursor that are looked at.
const REACH: usize = 120;

/// The sources that may come at a position.
pub(in crate::lsp) fn completion(snapshot: &Snapshot, position: Position) -> Vec<CompletionItem> {
    let cursor = snapshot.byte(position);
    // This is asked after every space, so what costs something comes last.
    let Some(start) = source_start(&snapshot.text, cursor as usize) else { return Vec::new() };
    let written = TextRange::new(start as u32, cursor);
    snapshot.read(|story| offered(snapshot, story, written)).unwrap_or_default()
}

/// Where the source starts that is being written at the cursor, if one is.
fn source_start(text: &str, cursor: usize) -> Option<usize> {
    let mut from = cursor.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..cursor)?;
    let mut at = near.len();
    for _ in 0..=WRITTEN {
        let before = near.get(..at)?;
        if before.ends_with([' ', '\u{A0}']) && expects_source(before.trim_end()) {
            return Some(from + at);
        }
        let word = before.trim_end_matches([' ', '\u{A0}']);
        at = word.rfind([' ', '\u{A0}', '\n', '\r'])? + 1;
        // "according to Ruiz, ", "according to Ruiz and ": that source is complete.
        let last = word.get(at..)?;
        let ends = |c: char| matches!(c, ',' | ';' | ':' | '—' | '–' | '“' | '”' | '"');
        if last.contains(ends) || ["and", "or", "but"].contains(&last) {
            return None;
        }
    }
    None
}

/// Whether a source comes after these words: "according to", "confirmed by", or a verb of speech behind a comma or a
/// quotation (“It is safe,” said).
fn expects_source(text: &str) -> bool {
    let (before, last) = last_word(text);
    let last = last.to_lowercase();
    if last == "to" {
        return last_word(before).1.eq_ignore_ascii_case("according");
    }
    let speech = |word: &str| en::lexicon(word).contains(Lex::SPEECH) && word != "told";
    if last == "by" {
        let verb = last_word(before).1.to_lowercase();
        return verb.ends_with("ed") && speech(&verb);
    }
    let closes = |c: char| matches!(c, ',' | '”' | '"' | '’' | '»' | '?' | '!');
    let quoted = before.trim_end().ends_with(closes);
    let finite = last.ends_with("ed") || ["said", "says", "wrote"].contains(&&*last);
    quoted && finite && speech(&last)
}

/// A text without its last word, and that word.
fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let start = text.rfind(|c: char| !c.is_alphabetic()).map_or(0, |at| {
        at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    text.split_at_checked(start).unwrap_or_default()
}

/// The sources to offer in place of what is written of one.
fn offered(snapshot: &Snapshot, story: &Story<'_>, written: TextRange) -> Vec<CompletionItem> {
    let Some((paragraph, token)) = place(story, written.start) else { return Vec::new() };
    let on_record = story.sources();
    let sources = story.nearest_sources(paragraph, token, MOST);
    let typed = |source: &NamedSource| is_typed(story, &on_record, source, written);
    let mut ranked: Vec<(usize, NamedSource, usize)> = sources
        .into_iter()
        .filter(|source| !typed(source))
        .enumerate()
        .map(|(nearness, source)| {
            let count = count(&on_record, &source);
            // A source that is quoted throughout stands before one that happens to be near.
            ((2 * nearness).saturating_sub(count.min(8)), source, count)
        })
        .collect();
    ranked.sort_by_key(|(rank, ..)| *rank);
    let mut out: Vec<CompletionItem> = Vec::new();
    for (_, source, count) in ranked {
        let text = reference(story, &source, written.start);
        if !out.iter().any(|known| known.label.eq_ignore_ascii_case(&text)) {
            out.push(item(snapshot, text, &source, count, written, out.len()));
        }
    }
    out
}

/// Whether a source is no other than the words that are being written.
fn is_typed(
    story: &Story<'_>,
    on_record: &[OnRecord],
    source: &NamedSource,
    written: TextRange,
) -> bool {
    let overlaps = |range: TextRange| range.start < written.end && written.start < range.end;
    let Some(p) = story.paragraphs.get(source.paragraph) else { return true };
    if p.field != Field::Text || !overlaps(p.bytes(source.span)) {
        return false;
    }
    match source.person.and_then(|number| story.people.get(number)) {
        Some(person) => people::mentions(story, person)
            .all(|(p, mention)| overlaps(p.bytes(mention.span)) || mention.name.is_empty()),
        None => count(on_record, source) < 2,
    }
}

/// The paragraph and the token at which a byte stands; `None` where nothing is prose, and inside quotations.
fn place(story: &Story<'_>, byte: u32) -> Option<(usize, usize)> {
    let after = story.paragraphs.partition_point(|p| p.block.range.start < byte);
    let p = story.paragraphs.get(after.checked_sub(1)?)?;
    let gap = TextRange::new(p.block.range.end.min(byte), byte).slice(p.source);
    if p.field != Field::Text
        || !p.block.kind.is_copy()
        || !gap.trim_matches([' ', '\u{A0}']).is_empty()
    {
        return None;
    }
    let token = p.tokens().partition_point(|token| p.block.range.start + token.start < byte);
    let last = token.checked_sub(1)?;
    let masked = masked(p, p.byte(last));
    (!masked && p.quotation_at(last).is_none()).then_some((p.index, token))
}

/// Whether a mask lies over some of the range: code, a link's target, a template.
fn masked(p: &Paragraph<'_>, range: TextRange) -> bool {
    let next = p.block.masks.partition_point(|mask| mask.range.end <= range.start);
    p.block.masks.get(next).is_some_and(|mask| mask.range.overlaps(range))
}

fn count(on_record: &[OnRecord], source: &NamedSource) -> usize {
    let same = |known: &&OnRecord| match source.person {
        Some(person) => known.source.person == Some(person),
        None => known.source.text.eq_ignore_ascii_case(&source.text),
    };
    on_record.iter().find(same).map_or(0, |known| known.count)
}

/// How the source is called at a place: a person who was named before by the surname, unless somebody shares it.
fn reference(story: &Story<'_>, source: &NamedSource, byte: u32) -> String {
    let Some(person) = source.person.and_then(|number| story.people.get(number)) else {
        return source.text.clone();
    };
    let first = people::mentions(story, person).next();
    let introduced = first.is_some_and(|(p, mention)| p.bytes(mention.span).start < byte);
    let shared = story.people.iter().filter(|other| other.family == person.family).count() > 1;
    match (introduced, shared) {
        (false, _) => source.text.clone(),
        (true, true) => person.name.clone(),
        (true, false) => person.family.clone(),
    }
}

fn item(
    snapshot: &Snapshot,
    text: String,
    source: &NamedSource,
    count: usize,
    written: TextRange,
    number: usize,
) -> CompletionItem {
    let detail = match count {
        0 => "named in this article".to_owned(),
        1 => "on record once in this article".to_owned(),
        count => format!("on record {count} times in this article"),
    };
    let edit = TextEdit::new(snapshot.range(written), text.clone());
    CompletionItem {
        label: text,
        detail: Some(detail),
        kind: Some(match source.person {
            Some(_) => CompletionItemKind::VALUE,
            None => CompletionItemKind::REFERENCE,
        }),
        sort_text: Some(format!("{number:02}")),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;

    const LEDE: &str = "The bridge is unsafe, county engineer Ana Ruiz said. “It must close,” Ruiz said. It was \
                        built in 1962, according to the ministry.\n\n";

    fn labels(marked_text: &str) -> Vec<String> {
        let (text, byte) = marked(marked_text);
        let snapshot = untitled(&text, Format::Markdown);
        completion(&snapshot, position(&snapshot, byte))
            .into_iter()
            .map(|item| item.label)
            .collect()
    }

    #[test]
    fn sources_come_where_a_source_comes_next() {
        for cue in [
            "It will close, according to |",
            "According to |",
            "“It will close,” said |",
            "It will close, said |",
            "That was confirmed by |",
        ] {
            assert_eq!(labels(&format!("{LEDE}{cue}")), ["Ruiz", "the ministry"], "{cue}");
        }
        assert_eq!(labels(&format!("{LEDE}It will close, according to |\n\nMore.\n")).len(), 2);
    }

    #[test]
    fn and_nowhere_else() {
        for cue in [
            "Officials said |",
            "She told |",
            "They went to |",
            "It is in accord to |",
            "It stood by |",
            "according to|",
            "`according to |`",
            "“We act according to |”",
            "    according to |",
            "<!-- according to | -->",
        ] {
            assert_eq!(labels(&format!("{LEDE}{cue}")), [""; 0], "{cue}");
        }
    }

    #[test]
    fn what_is_written_of_a_name_is_replaced() {
        let (text, byte) = marked(&format!("{LEDE}It will close, according to Ru|"));
        let snapshot = untitled(&text, Format::Markdown);
        let items = completion(&snapshot, position(&snapshot, byte));
        let Some(CompletionTextEdit::Edit(edit)) = items[0].text_edit.clone() else { panic!() };
        assert_eq!(apply(&text, &[edit]), format!("{LEDE}It will close, according to Ruiz"));
    }

    #[test]
    fn what_is_being_written_is_no_source() {
        for cue in [
            "It will close, according to R|",
            "It will close, according to Ru|",
            "It will close, according to Ruiz|",
            "It will close, according to the min|",
            "It will close, according to the ministry|",
        ] {
            let mut labels = labels(&format!("{LEDE}{cue}"));
            labels.sort();
            assert_eq!(labels, ["Ruiz", "the ministry"], "{cue}");
        }
        for cue in ["Ruiz, |", "Ruiz and |", "Ruiz, the eng|", "Ruiz and L|"] {
            let cue = format!("It will close, according to {cue}");
            assert_eq!(labels(&format!("{LEDE}{cue}")), [""; 0], "{cue}");
        }
    }

    #[test]
    fn a_person_who_comes_later_is_named_in_full() {
        let text = format!("It will close, according to |\n\n{LEDE}");
        let labels = labels(&text);
        assert!(labels.iter().any(|label| label.contains("Ana Ruiz")), "{labels:?}");
    }
}
