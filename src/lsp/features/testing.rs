//! Snapshots for tests, and answers as text.

use super::super::document::OpenDocument;
use super::super::position::Encoding;
use super::super::publish::Publisher;
use super::super::settings::{EditorSettings, Newsrooms};
use super::super::snapshot::{Draft, Snapshot};
use super::{Others, Shows};
use crate::document::Format;
use ropey::Rope;
use std::path::Path;
use std::sync::Arc;
use tower_lsp::lsp_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, Position, Range, ResourceOp, TextEdit, Url,
    WorkspaceEdit,
};

/// A client that can do everything.
pub(super) const ABLE: Shows = Shows {
    versions: true,
    creates_files: true,
    saves: true,
    actions: true,
    markdown: true,
    tree: true,
    prepares_rename: true,
};

/// No other document is open.
pub(super) const ALONE: Others<'static> = &|_| None;

/// An untitled document.
pub(super) fn untitled(text: &str, format: Format) -> Snapshot {
    make(Url::parse("untitled:1").unwrap(), text, Some(format), Newsrooms::default())
}

/// A document in a folder, which is the workspace.
pub(super) fn in_folder(folder: &Path, name: &str, text: &str) -> Snapshot {
    let path = folder.join(name);
    let extension = path.extension().unwrap().to_str().unwrap();
    let format = Format::from_extension(extension);
    let folders = vec![(folder.to_owned(), EditorSettings::default())];
    let newsrooms =
        Newsrooms::default().changed(folders, EditorSettings::default(), Default::default());
    make(Url::from_file_path(&path).unwrap(), text, format, newsrooms)
}

/// A Markdown document by its name in the protocol.
pub(super) fn named(uri: Url, text: &str) -> Snapshot {
    make(uri, text, Some(Format::Markdown), Newsrooms::default())
}

fn make(uri: Url, text: &str, format: Option<Format>, newsrooms: Newsrooms) -> Snapshot {
    let draft = Draft {
        document: OpenDocument { format, ..OpenDocument::new(uri, "", 7, text) },
        before: None,
        number: 0,
        cache: Default::default(),
        newsrooms: Arc::new(newsrooms),
        newsroom: None,
        library: Default::default(),
        against: None,
    };
    Snapshot::new(draft, Encoding::Utf16, &Publisher::default())
}

/// The text without its mark `|`, and the byte at which it stood.
pub(super) fn marked(text: &str) -> (String, u32) {
    let at = text.find('|').expect("a mark");
    (text.replacen('|', "", 1), at as u32)
}

/// The position of a byte of the document.
pub(super) fn position(snapshot: &Snapshot, byte: u32) -> Position {
    snapshot.range(crate::text::TextRange::at(byte)).start
}

/// The range of the first place of `words`.
pub(super) fn range_of(snapshot: &Snapshot, words: &str) -> Range {
    let start = snapshot.text.find(words).unwrap_or_else(|| panic!("no {words}"));
    snapshot.range(crate::text::TextRange::from(start..start + words.len()))
}

/// The text after edits in the encoding of [`untitled`] and [`in_folder`].
pub(super) fn apply(text: &str, edits: &[TextEdit]) -> String {
    let rope = Rope::from_str(text);
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| {
            let (bytes, fits) = Encoding::Utf16.bytes(&rope, edit.range);
            assert!(fits, "{edit:?}");
            (bytes, &edit.new_text)
        })
        .collect();
    edits.sort_by_key(|(bytes, _)| bytes.start);
    assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{edits:?}");
    let mut out = text.to_owned();
    for (bytes, new) in edits.into_iter().rev() {
        out.replace_range(bytes, new);
    }
    out
}

/// The text edits of a workspace edit by file, with the version that they name and whether the file is created first.
pub(super) fn edits(edit: &WorkspaceEdit) -> Vec<(Url, Option<i32>, Vec<TextEdit>)> {
    let mut out = Vec::new();
    for (uri, edits) in edit.changes.iter().flatten() {
        out.push((uri.clone(), None, edits.clone()));
    }
    let operations = match &edit.document_changes {
        None => Vec::new(),
        Some(DocumentChanges::Edits(edits)) => {
            edits.iter().cloned().map(DocumentChangeOperation::Edit).collect()
        }
        Some(DocumentChanges::Operations(operations)) => operations.clone(),
    };
    for operation in operations {
        match operation {
            DocumentChangeOperation::Op(ResourceOp::Create(_)) => {}
            DocumentChangeOperation::Op(other) => panic!("{other:?}"),
            DocumentChangeOperation::Edit(edit) => {
                let plain = edit.edits.into_iter().map(|edit| match edit {
                    OneOf::Left(edit) => edit,
                    OneOf::Right(edit) => edit.text_edit,
                });
                let document = edit.text_document;
                out.push((document.uri, document.version, plain.collect()));
            }
        }
    }
    out
}

/// The document after an edit that concerns it alone.
pub(super) fn edited(snapshot: &Snapshot, edit: &WorkspaceEdit) -> String {
    let edits = edits(edit);
    let [(uri, version, edits)] = &edits[..] else { panic!("{edits:?}") };
    assert_eq!((uri, *version), (&snapshot.document().uri, Some(snapshot.document().version)));
    apply(&snapshot.text, edits)
}
