//! One version of a document with everything that is known of it: what requests read.

use super::copy::{Against, Library};
use super::document::OpenDocument;
use super::position::Encoding;
use super::publish::Publisher;
use super::settings::{Newsroom, Newsrooms};
use super::shown::Shown;
use super::unfinished::Unfinished;
use crate::analysis::{Analyzer, Article, Cache};
use crate::diagnostic::Diagnostic;
use crate::resolve::Story;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use tower_lsp::lsp_types as lsp;

/// The most findings that are published for a document. VS Code shows no more of a file (microsoft/vscode#49687), and
/// nobody reads them; they would be sent again at every keystroke.
const MOST: usize = 1_000;

/// A version of a document that is to be analysed.
#[derive(Debug)]
pub(super) struct Draft {
    /// The version, with the edits since the one that was analysed last.
    pub document: OpenDocument,
    /// The version that was analysed last. Gone once the draft is analysed, so that no version keeps the one before.
    pub before: Option<Arc<Snapshot>>,
    /// Counts analyses, so that two of the same version can be told apart.
    pub number: u64,
    /// What earlier versions of the document left.
    pub cache: Arc<Mutex<Cache>>,
    /// The settings of the workspace.
    pub newsrooms: Arc<Newsrooms>,
    /// The settings that the document stands under, where they are known already.
    pub newsroom: Option<Arc<Newsroom>>,
    /// The wire copy of the workspace.
    pub library: Arc<Library>,
    /// What the document is compared with, where that is known already.
    pub against: Option<Arc<Against>>,
}

/// An analysed version of a document.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// What was analysed.
    pub draft: Draft,
    /// The text in one piece.
    pub text: String,
    /// What a column counts.
    pub encoding: Encoding,
    /// The settings it stands under.
    pub newsroom: Arc<Newsroom>,
    /// What it is compared with.
    pub against: Arc<Against>,
    /// The folder of the workspace that it belongs to.
    pub root: Option<PathBuf>,
    /// What ran.
    pub analyzer: Arc<Analyzer>,
    /// The findings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings in the words of the protocol, one for one.
    pub published: Vec<lsp::Diagnostic>,
    /// For each finding whether it may be no more than a sentence that is still being written, and was not shown before.
    pub unfinished: Vec<bool>,
    /// Whether the writer has paused or saved since.
    rested: AtomicBool,
}

impl Snapshot {
    /// Analyses a draft. Slow, and reads files: not for the protocol's task.
    pub(super) fn new(mut draft: Draft, encoding: Encoding, publisher: &Publisher) -> Self {
        let before = draft.before.take();
        let path = draft.document.path.as_deref();
        let newsroom = draft.newsroom.clone().unwrap_or_else(|| draft.newsrooms.of(path));
        let analyzer = newsroom.analyzer(path.unwrap_or(Path::new("")));
        let text = draft.document.text.to_string();
        let root = draft.newsrooms.root(path);
        let against = draft.against.clone().unwrap_or_else(|| {
            let format = draft.document.format;
            let of = |format| draft.library.of(path, root, &text, format, &newsroom);
            Arc::new(format.map(of).unwrap_or_default())
        });
        let mut this = Self {
            root: root.map(Path::to_owned),
            text,
            against,
            encoding,
            newsroom,
            analyzer,
            diagnostics: Vec::new(),
            published: Vec::new(),
            unfinished: Vec::new(),
            rested: AtomicBool::new(false),
            draft,
        };
        if before.as_ref().is_some_and(|before| !this.against.is_like(&before.against)) {
            // What paragraphs keep of their wire copy is of the copy before.
            *this.cache() = Cache::default();
        }
        if this.is_wanted() {
            (this.diagnostics, this.unfinished) = this.check(before.as_deref());
            this.published = publisher.diagnostics(&this);
        }
        this
    }

    /// What was analysed.
    pub(super) fn document(&self) -> &OpenDocument {
        &self.draft.document
    }

    /// Whether the document is a draft that is to be checked.
    fn is_wanted(&self) -> bool {
        self.document().format.is_some() && self.newsroom.wants(self.document().path.as_deref())
    }

    fn check(&self, before: Option<&Self>) -> (Vec<Diagnostic>, Vec<bool>) {
        let mut cache = self.cache();
        super::fail_on_purpose("analysis", &self.text);
        let story = self.analyzer.annotate_cached(&self.article(), &mut cache);
        let stands = self.newsroom.stands(self.path());
        let found = self
            .analyzer
            .check_cached(&story, &stands, self.article().against, &mut cache)
            .diagnostics;
        let format = self.document().format.unwrap_or_default();
        let at = |cursor| Unfinished::at(&story, &self.text, format, cursor);
        let typing = self.document().cursor.map(at);
        let Some(unfinished) = typing else {
            let waiting = vec![false; found.len()];
            return (found, waiting);
        };
        let shown = Shown::after(before, &self.document().edits);
        let waits = |found: &Diagnostic| unfinished.causes(found) && !shown.holds(found);
        let waiting = found.iter().map(waits).collect();
        (found, waiting)
    }

    /// The document as it is analysed.
    pub(super) fn article(&self) -> Article<'_> {
        let format = self.document().format.unwrap_or_default();
        // Seen from the workspace, as the command line sees it: a date in a folder above is no date of the article.
        let path = self.document().path.as_deref();
        let inside = path.and_then(|path| match &self.root {
            Some(root) => path.strip_prefix(root).ok(),
            None => path.file_name().map(Path::new),
        });
        let path = inside.and_then(Path::to_str);
        let against = self.against.wires();
        Article { text: &self.text, format, path, against, ..Article::default() }
    }

    /// The path that globs of the settings are matched with.
    pub(super) fn path(&self) -> &Path {
        self.document().path.as_deref().unwrap_or(Path::new(""))
    }

    /// Reads the story: `None` where the document is no draft.
    pub(super) fn read<T>(&self, read: impl FnOnce(&Story<'_>) -> T) -> Option<T> {
        self.is_wanted().then(|| {
            let mut cache = self.cache();
            super::fail_on_purpose("read", &self.text);
            let story = self.analyzer.annotate_cached(&self.article(), &mut cache);
            drop(cache);
            read(&story)
        })
    }

    /// What is kept of the document. What a thread left behind that panicked may be half done, and is thrown away.
    fn cache(&self) -> MutexGuard<'_, Cache> {
        let cache = &self.draft.cache;
        cache.lock().unwrap_or_else(|poisoned| {
            cache.clear_poison();
            let mut cache = poisoned.into_inner();
            *cache = Cache::default();
            cache
        })
    }

    /// The byte at a position.
    pub(super) fn byte(&self, position: lsp::Position) -> u32 {
        self.encoding.byte(&self.document().text, position).0 as u32
    }

    /// The position of some bytes.
    pub(super) fn range(&self, range: crate::text::TextRange) -> lsp::Range {
        self.encoding.range(&self.document().text, range)
    }

    /// The findings to publish, by place: while the writer is typing, without those that a sentence's unfinished end may
    /// cause. Of more than can be shown, the gravest, and of those the first.
    pub(super) fn findings(&self) -> Vec<&lsp::Diagnostic> {
        let mut all: Vec<_> = self.shown().map(|(_, published)| published).enumerate().collect();
        if all.len() > MOST {
            // The gravest severity has the lowest number.
            all.select_nth_unstable_by_key(MOST, |(place, finding)| (finding.severity, *place));
            all.truncate(MOST);
            all.sort_unstable_by_key(|(place, _)| *place);
        }
        all.into_iter().map(|(_, published)| published).collect()
    }

    /// How many findings are too many to be published.
    pub(super) fn left_out(&self) -> usize {
        self.diagnostics.len().saturating_sub(MOST)
    }

    /// The findings that are not held back, as they are and in the words of the protocol.
    pub(super) fn shown(&self) -> impl Iterator<Item = (&Diagnostic, &lsp::Diagnostic)> {
        let typing = self.is_typing();
        let all = self.diagnostics.iter().zip(&self.published).zip(&self.unfinished);
        all.filter(move |(_, unfinished)| !(typing && **unfinished)).map(|(found, _)| found)
    }

    /// Says that the writer has paused or saved.
    pub(super) fn rest(&self) {
        self.rested.store(true, Ordering::Relaxed);
    }

    /// Whether the writer may be in the middle of a sentence.
    pub(super) fn is_typing(&self) -> bool {
        self.document().cursor.is_some() && !self.rested.load(Ordering::Relaxed)
    }

    /// Whether some findings wait for the end of a sentence.
    pub(super) fn waits(&self) -> bool {
        self.unfinished.contains(&true)
    }
}
