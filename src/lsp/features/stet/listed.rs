//! Edits of the settings file: an entry that lets a finding stand, a rule that is turned off.

use super::words;
use super::{Others, Shows, Snapshot, edit};
use crate::analysis::Stands;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::files::{self, read};
use crate::settings::{self, FILE_NAME, Layer, Selection, Settings};
use crate::text::TextRange;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};
use tower_lsp::lsp_types::{Url, WorkspaceEdit};

/// A settings file.
struct File {
    path: PathBuf,
    /// Its name in the protocol.
    uri: Url,
    /// What it says; `None` where there is no such file.
    text: Option<String>,
    /// The version of the text where the editor has it open.
    version: Option<i32>,
}

/// A settings file before and after.
pub(super) struct SettingsEdit {
    file: File,
    after: String,
}

impl SettingsEdit {
    /// The least edit that does it, and the file's name; `None` where the file would have to be made and the client makes
    /// none.
    pub(super) fn in_protocol(
        self,
        snapshot: &Snapshot,
        shows: &Shows,
    ) -> Option<(WorkspaceEdit, Url)> {
        let File { uri, text, version, .. } = self.file;
        let edit = match text {
            None => edit::new_file(shows, uri.clone(), self.after)?,
            Some(before) => {
                let edit = edit::before_last_break(&before, edit::minimal(&before, &self.after)?);
                edit::of_other(snapshot, shows, (uri.clone(), version), &before, &edit)
            }
        };
        Some((edit, uri))
    }
}

/// The settings file that a document stands under, or the one that is to be made for it. Where the editor has it open, it
/// says what the editor has, saved or not: an edit of what is on disk would not fit that.
fn file(snapshot: &Snapshot, others: Others<'_>) -> Option<File> {
    let (path, on_disk) = place(snapshot)?;
    let uri = name(snapshot, &path)?;
    if let Some(open) = others(&uri) {
        let version = Some(open.document().version);
        return Some(File { path, uri, text: Some(open.text.clone()), version });
    }
    let text = if on_disk { Some(read::file(&path).ok()?) } else { None };
    Some(File { path, uri, text, version: None })
}

/// The name of a settings file in the protocol, written as that of the draft below it: clients escape in different ways,
/// and know a document only by the way they chose.
fn name(snapshot: &Snapshot, path: &Path) -> Option<Url> {
    let draft = snapshot.document();
    let folder = draft.path.as_deref().and_then(Path::parent);
    let below = folder.and_then(|folder| folder.strip_prefix(path.parent()?).ok());
    match below {
        Some(below) => draft.uri.join(&("../".repeat(below.components().count()) + FILE_NAME)).ok(),
        None => Url::from_file_path(path).ok(),
    }
}

/// Where the settings file of a document lies or is to lie, and whether it is there.
fn place(snapshot: &Snapshot) -> Option<(PathBuf, bool)> {
    let root = snapshot.root.as_deref();
    let draft = snapshot.document().path.as_deref();
    // What is on disk now counts, whatever was read before: the file may be new, or gone.
    if let Some(file) = draft.and_then(Path::parent).or(root).and_then(files::settings::nearest) {
        return Some((file, true));
    }
    let folder = match draft {
        Some(path) => root.filter(|root| path.starts_with(root)).or(path.parent()),
        None => root,
    };
    Some((folder?.join(FILE_NAME), false))
}

/// Lets the finding stand by an entry that quotes its words.
pub(super) fn entry(
    snapshot: &Snapshot,
    others: Others<'_>,
    found: &Diagnostic,
) -> Option<SettingsEdit> {
    let draft = snapshot.document().path.as_deref()?;
    let file = file(snapshot, others)?;
    let folder = file.path.parent()?;
    let values = [
        ("file", glob(draft.strip_prefix(folder).ok()?)?),
        ("rule", found.rule.to_owned()),
        ("text", words::quoting(&snapshot.text, surroundings(snapshot, found), found)?),
        ("why", String::new()),
    ];
    let text = file.text.as_deref().unwrap_or_default();
    let stands = |after: &String| stands(after, folder, snapshot, found);
    let after = Some(appended(text, "[[stet]]", &values)).filter(stands);
    let after = after.or_else(|| pushed(text, &values).filter(stands))?;
    Some(SettingsEdit { file, after })
}

/// Whether settings let the finding stand, and no other: it may be one of many that look alike.
fn stands(text: &str, folder: &Path, snapshot: &Snapshot, found: &Diagnostic) -> bool {
    let Ok(file) = settings::parse(text) else { return false };
    let layer = Layer::new(folder, file);
    let entries: Vec<Stands<'_>> = layer
        .stets_for(snapshot.path())
        .filter_map(|at| layer.stets().get(at))
        .map(|entry| Stands { selector: entry.selector, text: entry.text.as_deref() })
        .collect();
    let stands = |found: &Diagnostic| entries.iter().any(|e| e.covers(&snapshot.text, found));
    let mut others = snapshot.diagnostics.iter().filter(|other| *other != found);
    stands(found) && !others.any(stands)
}

/// The block that a finding stands in, from which its words are taken.
fn surroundings(snapshot: &Snapshot, found: &Diagnostic) -> TextRange {
    let document = Document::parse(&snapshot.text, snapshot.document().format.unwrap_or_default());
    let after = document.blocks.partition_point(|block| block.range.start <= found.range.start);
    let block = after.checked_sub(1).and_then(|at| document.blocks.get(at));
    block.map_or(found.range, |block| block.range.cover(found.range))
}

/// A path as a glob that means it alone.
fn glob(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    let mut out = String::new();
    for c in parts?.join("/").chars() {
        match c {
            '*' | '?' | '[' | '{' | '}' => out.extend(['[', c, ']']),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Settings with a table added at the end.
fn appended(text: &str, heading: &str, values: &[(&str, String)]) -> String {
    let line_break = edit::line_break(text);
    let mut out = text.to_owned();
    if !out.is_empty() {
        if !out.ends_with(['\n', '\r']) {
            out.push_str(line_break);
        }
        if !out.trim_end_matches([' ', '\t']).ends_with(&line_break.repeat(2)) {
            out.push_str(line_break);
        }
    }
    let lines =
        values.iter().map(|(key, value)| format!("{key} = {}", Value::from(value.as_str())));
    for line in std::iter::once(heading.to_owned()).chain(lines) {
        out.push_str(&line);
        out.push_str(line_break);
    }
    out
}

/// Settings with an entry added to a list that is written in brackets.
fn pushed(text: &str, values: &[(&str, String)]) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let mut entry = InlineTable::new();
    for (key, value) in values {
        entry.insert(*key, Value::from(value.as_str()));
    }
    document.get_mut("stet")?.as_array_mut()?.push(entry);
    Some(document.to_string())
}

/// Turns a rule off.
pub(super) fn off(snapshot: &Snapshot, others: Others<'_>, rule: &str) -> Option<SettingsEdit> {
    let file = file(snapshot, others)?;
    let text = file.text.as_deref().unwrap_or_default();
    let is_off = |after: &String| is_off(after, &file.path, snapshot, rule);
    let after = Some(appended(text, "[rules]", &[(rule, "off".to_owned())])).filter(is_off);
    let after = after.or_else(|| switched(text, rule).filter(is_off))?;
    Some(SettingsEdit { file, after })
}

fn switched(text: &str, rule: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let rules: &mut dyn TableLike = document.get_mut("rules")?.as_table_like_mut()?;
    let off = Value::from("off");
    match rules.get_mut(rule).and_then(Item::as_value_mut) {
        Some(value) => {
            // A comment behind the old value stays.
            let decor = value.decor().clone();
            *value = off;
            *value.decor_mut() = decor;
        }
        None => {
            rules.insert(rule, Item::Value(off));
        }
    }
    Some(document.to_string())
}

/// Whether settings turn the rule off for the document, with what they build on and whatever they override.
fn is_off(text: &str, path: &Path, snapshot: &Snapshot, rule: &str) -> bool {
    let Ok(file) = settings::parse(text) else { return false };
    let below = snapshot.newsroom.sources.iter().filter(|source| source.path != path);
    let mut layers = files::settings::again(below.cloned().collect()).layers;
    layers.push(Layer::new(path.parent().unwrap_or(path), file));
    let settings = Settings::new(layers);
    let rules = settings.rules(&settings.scope(snapshot.path()), &Selection::default());
    rules.iter().all(|active| active.rule.id != rule)
}
