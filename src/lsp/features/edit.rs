//! Edits in the protocol's words, with the version they were made for where the client can tell.

use super::{Shows, Snapshot};
use crate::diagnostic::Edit;
use crate::text::TextRange;
use ropey::Rope;
use std::collections::HashMap;
use std::time::Duration;
use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit,
    TextEdit, Url, WorkspaceEdit,
};

/// How long the least set of edits between two texts is looked for; after that a coarser one does.
const PATIENCE: Duration = Duration::from_millis(200);

/// Edits of the document.
pub(super) fn of_document(snapshot: &Snapshot, shows: &Shows, edits: &[Edit]) -> WorkspaceEdit {
    let edit = |edit: &Edit| TextEdit::new(snapshot.range(edit.range), edit.replacement.clone());
    let (uri, version) = (snapshot.document().uri.clone(), snapshot.document().version);
    of_file(shows, uri, Some(version), edits.iter().map(edit).collect())
}

/// An edit of another file, by its name and its version in the editor, which holds `text`.
pub(super) fn of_other(
    snapshot: &Snapshot,
    shows: &Shows,
    (uri, version): (Url, Option<i32>),
    text: &str,
    edit: &Edit,
) -> WorkspaceEdit {
    let range = snapshot.encoding.range(&Rope::from_str(text), edit.range);
    of_file(shows, uri, version, vec![TextEdit::new(range, edit.replacement.clone())])
}

/// A new file, for clients that can create one.
pub(super) fn new_file(shows: &Shows, uri: Url, text: String) -> Option<WorkspaceEdit> {
    let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let start = Range::new(Position::default(), Position::default());
    let fill = versioned(uri, None, vec![TextEdit::new(start, text)]);
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(fill),
    ];
    let changes = Some(DocumentChanges::Operations(operations));
    shows
        .creates_files
        .then(|| WorkspaceEdit { document_changes: changes, ..WorkspaceEdit::default() })
}

fn of_file(shows: &Shows, uri: Url, version: Option<i32>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if shows.versions {
        let changes = DocumentChanges::Edits(vec![versioned(uri, version, edits)]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit::new(HashMap::from([(uri, edits)]))
    }
}

fn versioned(uri: Url, version: Option<i32>, edits: Vec<TextEdit>) -> TextDocumentEdit {
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

/// What differs between two texts as one edit; `None` where nothing does.
pub(super) fn minimal(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let shared = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = whole(before, shared).min(whole(after, shared));
    let rest = before.len().min(after.len()) - start;
    let ends = before.bytes().rev().zip(after.bytes().rev());
    let mut tail = ends.take(rest).take_while(|(a, b)| a == b).count();
    while tail > 0
        && !(is_place(before, before.len() - tail) && is_place(after, after.len() - tail))
    {
        tail -= 1;
    }
    let range = TextRange::from(start..before.len() - tail);
    Some(Edit::replace(range, after.get(start..after.len() - tail).unwrap_or_default()))
}

/// What adds lines at the end of a text, said as an insertion before its last line break. It comes to the same, but Neovim
/// makes an empty line of what is inserted behind that break.
pub(super) fn before_last_break(text: &str, edit: Edit) -> Edit {
    let last = line_break(text);
    let added =
        edit.replacement.strip_suffix(last).filter(|_| edit.range.start as usize == text.len());
    match added.filter(|_| text.ends_with(last)) {
        Some(added) => Edit::insert((text.len() - last.len()) as u32, format!("{last}{added}")),
        None => edit,
    }
}

/// What differs between two texts, word by word.
pub(super) fn by_words(before: &str, after: &str) -> Vec<Edit> {
    let Some(Edit { range, replacement }) = minimal(before, after) else { return Vec::new() };
    let old = range.slice(before);
    let diff =
        similar::TextDiff::configure().timeout(PATIENCE).diff_words(old, replacement.as_str());
    let (mut old_words, mut new_words) = (diff.old_slices().iter(), diff.new_slices().iter());
    let mut out: Vec<Edit> = Vec::new();
    let mut at = range.start;
    // Places are counted and not read from the operations, whose insertions do not always say where they belong.
    for op in diff.ops() {
        let old: usize = old_words.by_ref().take(op.old_range().len()).map(|word| word.len()).sum();
        let new: String = new_words.by_ref().take(op.new_range().len()).copied().collect();
        let end = at + old as u32;
        if op.tag() != similar::DiffTag::Equal {
            match out.last_mut().filter(|last| last.range.end == at) {
                Some(last) => {
                    last.range.end = end;
                    last.replacement.push_str(&new);
                }
                None => out.push(Edit::replace(TextRange::new(at, end), new)),
            }
        }
        at = end;
    }
    out
}

/// The text after the edit.
pub(super) fn applied(text: &str, edit: &Edit) -> String {
    let (start, end) = (edit.range.start as usize, edit.range.end as usize);
    let (before, after) = (text.get(..start), text.get(end..));
    [before.unwrap_or_default(), &edit.replacement, after.unwrap_or_default()].concat()
}

/// The line break that the text uses.
pub(super) fn line_break(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// The last place at or before the byte `at`.
fn whole(text: &str, mut at: usize) -> usize {
    while !is_place(text, at) {
        at -= 1;
    }
    at
}

/// Whether a position of the protocol can stand at the byte: not inside a character, not between CR and LF.
fn is_place(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && !(text.get(..at).is_some_and(|text| text.ends_with('\r'))
            && text.get(at..).is_some_and(|text| text.starts_with('\n')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_edit_parts_a_line_break_or_a_character() {
        let edit = minimal("a\r\nb", "a\rb").unwrap();
        assert_eq!((edit.range.slice("a\r\nb"), &*edit.replacement), ("\r\n", "\r"));
        let edit = minimal("é", "è").unwrap();
        assert_eq!((edit.range, &*edit.replacement), (TextRange::new(0, 2), "è"));
        assert_eq!(minimal("same", "same"), None);
    }

    #[test]
    fn words_that_stay_are_not_touched() {
        let edits = by_words("The “plan 'fails, he said.", "The “plan” fails, she said.");
        let old: Vec<&str> =
            edits.iter().map(|e| e.range.slice("The “plan 'fails, he said.")).collect();
        assert!(!old.concat().contains("said") && edits.len() > 1, "{edits:?}");
    }

    #[test]
    fn lines_are_added_before_the_last_break() {
        for (before, after, wanted) in [
            ("a\n", "a\nb\n", Some((1, "\nb"))),
            ("a\r\n", "a\r\nb\r\n", Some((1, "\r\nb"))),
            ("a", "a\nb\n", Some((1, "\nb\n"))),
            ("a\nc\n", "a\nb\nc\n", Some((2, "b\n"))),
            ("", "a\n", Some((0, "a\n"))),
        ] {
            let edit = before_last_break(before, minimal(before, after).unwrap());
            assert_eq!(applied(before, &edit), after);
            assert_eq!(Some((edit.range.start, &*edit.replacement)), wanted, "{after:?}");
        }
    }

    proptest! {
        #[test]
        fn edits_lead_to_the_other_text(a in "[ab\r\n é😀]{0,12}", b in "[ab\r\n é😀]{0,12}") {
            let one = minimal(&a, &b).map_or(a.clone(), |edit| applied(&a, &edit));
            prop_assert_eq!(&one, &b);
            let mut text = a.clone();
            for edit in by_words(&a, &b).iter().rev() {
                prop_assert!(is_place(&a, edit.range.start as usize));
                prop_assert!(is_place(&a, edit.range.end as usize));
                text = applied(&text, edit);
            }
            prop_assert_eq!(&text, &b);
        }
    }
}
