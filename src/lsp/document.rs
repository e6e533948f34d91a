//! An open document: its text as the editor has it, and where the writer is typing.

use super::position::Encoding;
use super::shown::Edit;
use crate::document::Format;
use crate::text::TextRange;
use ropey::Rope;
use std::iter;
use std::ops::Range;
use std::path::PathBuf;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

/// The text of an open document. A clone is cheap: it shares the text.
#[derive(Clone, Debug)]
pub(super) struct OpenDocument {
    /// Its name in the protocol.
    pub uri: Url,
    /// Where it lies, if it is a file.
    pub path: Option<PathBuf>,
    /// How to read it; `None` if it is no draft by its kind.
    pub format: Option<Format>,
    /// The text.
    pub text: Rope,
    /// The newest version that the editor announced.
    pub version: i32,
    /// Counts the changes of the text, whatever the editor's numbers are.
    pub revision: u64,
    /// The end of the last edit, in bytes, while the writer may still be typing there.
    pub cursor: Option<u32>,
    /// The edits since the version that was analysed last, in order.
    pub edits: Vec<Edit>,
}

/// What an edit did that it should not.
pub(super) type Complaint = String;

impl OpenDocument {
    /// A document as it was opened.
    pub(super) fn new(uri: Url, language: &str, version: i32, text: &str) -> Self {
        let path = path_of(&uri);
        let extension = path.as_deref().and_then(std::path::Path::extension);
        let extension = extension.and_then(|extension| extension.to_str()).unwrap_or_default();
        let format = format(language)
            .filter(|format| *format != Format::Plain || !is_data(extension))
            .or_else(|| Format::from_extension(extension))
            .filter(|_| is_written(&uri));
        let text = Rope::from_str(text);
        Self { uri, path, format, text, version, revision: 0, cursor: None, edits: Vec::new() }
    }

    /// Applies changes in order. An edit that does not fit is applied as well as can be, as editors do, and complained of.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        if version <= self.version {
            let (uri, old) = (&self.uri, self.version);
            complaints.push(format!("{uri}: version {version} came after version {old}"));
        }
        self.version = self.version.max(version);
        self.revision += 1;
        for change in changes {
            let Some(range) = change.range else {
                self.note(0..self.text.len_bytes(), change.text.len());
                self.text = Rope::from_str(&change.text);
                self.cursor = None;
                continue;
            };
            let (bytes, fits) = encoding.bytes(&self.text, range);
            if !fits {
                let (uri, end) = (&self.uri, self.text.len_lines());
                complaints
                    .push(format!("{uri}: edit {range:?} does not fit a text of {end} lines"));
            }
            self.note(bytes.clone(), change.text.len());
            self.cursor = Some((bytes.start + change.text.len()) as u32);
            let start = self.text.byte_to_char(bytes.start);
            self.text.remove(start..self.text.byte_to_char(bytes.end));
            self.text.insert(start, &change.text);
        }
        complaints
    }

    /// Remembers an edit that is about to be made: `len` bytes for those of `old`.
    fn note(&mut self, old: Range<usize>, len: usize) {
        /// Spaces before the edit that are looked at: more of them do not stand between two words.
        const SPACES: usize = 8;
        let mut before = self.text.chars_at(self.text.byte_to_char(old.start));
        let before = iter::from_fn(|| before.prev()).take(SPACES);
        let spaces: usize =
            before.take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}')).map(char::len_utf8).sum();
        self.edits.push(Edit {
            revision: self.revision,
            word: (old.start - spaces) as u32,
            old: TextRange::from(old),
            len: len as u32,
        });
    }
}

/// The path of a file. Other schemes have paths too, of files as they were or as they are elsewhere.
pub(super) fn path_of(uri: &Url) -> Option<PathBuf> {
    uri.to_file_path().ok().filter(|_| uri.scheme() == "file")
}

/// Whether somebody writes in a document of this scheme: files, and what was never saved, which Sublime Text calls a
/// buffer. What editors show beside them (an old version in a comparison, a page from the net) is nobody's draft.
fn is_written(uri: &Url) -> bool {
    ["file", "untitled", "buffer"].contains(&uri.scheme())
}

/// Whether files that end so hold data: editors that know no better call them plain text.
fn is_data(extension: &str) -> bool {
    const DATA: [&str; 14] = [
        "csv", "tsv", "log", "toml", "ini", "cfg", "conf", "json", "jsonl", "yaml", "yml", "xml",
        "lock", "sql",
    ];
    DATA.iter().any(|data| extension.eq_ignore_ascii_case(data))
}

/// How to read a document by the name that editors have for its kind.
fn format(language: &str) -> Option<Format> {
    match language {
        "markdown" | "quarto" | "rmd" | "liquid" => Some(Format::Markdown),
        "plaintext" | "text" | "plain" => Some(Format::Plain),
        "html" | "xhtml" | "mhtml" | "htmldjango" | "jinja-html" => Some(Format::Html),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tower_lsp::lsp_types::Range;

    proptest! {
        /// Edits by position come to the same text as edits of a plain string.
        #[test]
        fn edits_equal_those_of_a_string(
            seed in "[a😀é\r\n ]{0,30}",
            edits in prop::collection::vec((0usize..40, 0usize..40, "[b😀\r\n]{0,4}"), 0..12),
            utf16 in any::<bool>(),
        ) {
            let encoding = if utf16 { Encoding::Utf16 } else { Encoding::Utf32 };
            let uri = Url::parse("untitled:1").unwrap();
            let mut document = OpenDocument::new(uri, "plaintext", 1, &seed);
            let mut plain = seed;
            for (version, (from, to, text)) in edits.into_iter().enumerate() {
                let place = |wanted: usize| {
                    let mut at = wanted.min(plain.len());
                    // No position lies between CR and LF.
                    while !plain.is_char_boundary(at) || plain[..at].ends_with('\r') && plain[at..].starts_with('\n') {
                        at -= 1;
                    }
                    at
                };
                let (start, end) = (place(from.min(to)), place(from.max(to)));
                let range = Range::new(
                    encoding.position(&document.text, start as u32),
                    encoding.position(&document.text, end as u32),
                );
                let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.clone() };
                let complaints = document.change(version as i32 + 2, vec![change], encoding);
                prop_assert!(complaints.is_empty(), "{complaints:?}");
                plain.replace_range(start..end, &text);
                prop_assert_eq!(document.text.to_string(), plain.as_str());
                prop_assert_eq!(document.cursor, Some((start + text.len()) as u32));
            }
        }
    }
}
