//! The documentation of the rules as Markdown: for hovers, and as files that a diagnostic's code links to.
//!
//! The files lie in the user's cache folder, so that the links work without a network and say what this version does.

use crate::rules::{self, Rule};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tower_lsp::lsp_types::Url;

/// Where the documentation of the rules lies, if it could be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs {
    folder: Option<PathBuf>,
}

impl Docs {
    /// Writes the documentation where it is not yet. Without a place for it there are no links.
    pub(super) fn write() -> Self {
        let folder = cache().map(|cache| cache.join(env!("CARGO_PKG_VERSION")));
        let written = folder.filter(|folder| {
            fs::create_dir_all(folder).is_ok()
                && rules::ALL.iter().all(|rule| keep(folder, rule).is_ok())
        });
        Self { folder: written }
    }

    /// The link to a rule's documentation.
    pub(super) fn link(&self, rule: &str) -> Option<Url> {
        Url::from_file_path(file(self.folder.as_deref()?, rule)).ok()
    }
}

fn file(folder: &Path, rule: &str) -> PathBuf {
    folder.join(rule).with_extension("md")
}

fn keep(folder: &Path, rule: &Rule) -> io::Result<()> {
    let (file, text) = (file(folder, rule.id), page(rule));
    if fs::read_to_string(&file).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(file, text)
}

/// The user's folder for what can be made again.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")))
    };
    base.filter(|base| base.is_absolute()).map(|base| base.join("copydesk"))
}

/// A rule's documentation as a page.
fn page(rule: &Rule) -> String {
    format!("# {}: {}\n\n{}", rule.id, rule.summary, text(rule))
}

/// A rule's documentation, without a title.
pub(super) fn text(rule: &Rule) -> String {
    let mut out = String::new();
    section(&mut out, "What it flags", rule.what);
    section(&mut out, "Why it matters", rule.why);
    examples(&mut out, "Flagged", rule.bad);
    examples(&mut out, "Left alone", rule.good);
    section(&mut out, "What the fixes do", rule.fix);
    out
}

fn section(out: &mut String, title: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "**{title}.** {text}\n");
    }
}

fn examples(out: &mut String, title: &str, examples: &[&str]) {
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(out, "**{title}:**\n");
    for example in examples {
        let _ = writeln!(out, "```text\n{example}\n```");
    }
    out.push('\n');
}
