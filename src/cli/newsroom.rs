//! Finds the settings for each draft and keeps an analyzer for each scope of them.

use super::args::Input;
use super::read;
use crate::analysis::{Analyzer, Effect, Stands};
use crate::diagnostic::Diagnostic;
use crate::settings::{self, FILE_NAME, Layer, Problem, Scope, Selection, Settings};
use crate::text::{LineIndex, TextRange};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many files may build on each other; more is surely a mistake.
const DEEPEST: usize = 32;

/// The settings of one folder of drafts.
#[derive(Debug, Default)]
pub(super) struct Newsroom {
    /// What is set.
    pub settings: Settings,
    /// The files that the settings were read from, the nearest last.
    pub sources: Vec<Source>,
    analyzers: Mutex<HashMap<Scope, Arc<Analyzer>>>,
}

/// A settings file.
#[derive(Debug)]
pub(super) struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: Arc<str>,
}

/// Settings that could not be used: the whole report, for standard error.
pub(super) type Broken = Arc<str>;

/// An entry of the settings that stands for an article, and where it is written.
pub(super) struct Entry<'a> {
    /// Number of the layer, and of the entry in it.
    at: (usize, usize),
    range: TextRange,
    /// The file or glob that it names.
    file: &'a str,
    /// What the analysis needs to know.
    pub stands: Stands<'a>,
}

/// What is known of a `[[stet]]` entry: by settings file and number.
#[derive(Debug, Default)]
struct StetUse {
    text: Arc<str>,
    /// The best that it came to in any article.
    effect: Effect,
    /// The finding to report if no article uses it.
    finding: Option<Diagnostic>,
}

type Found = Result<Arc<Newsroom>, Broken>;

/// All newsrooms of a run.
#[derive(Debug)]
pub(super) struct Newsrooms {
    working_folder: PathBuf,
    /// `--config`, read once.
    fixed: Option<Found>,
    by_folder: Mutex<HashMap<PathBuf, Found>>,
    by_file: Mutex<HashMap<PathBuf, Found>>,
    stets: Mutex<BTreeMap<(PathBuf, usize), StetUse>>,
    complaints: Mutex<HashSet<String>>,
    selection: Selection,
    today: Option<Date>,
    /// Whether a folder is checked, and not single files alone.
    whole_folders: bool,
}

impl Newsrooms {
    /// Newsrooms for the drafts that the command line names.
    pub(super) fn new(input: &Input, selection: Selection, today: Option<Date>) -> Self {
        let whole_folders = input.paths.iter().any(|path| path.is_dir());
        let mut this = Self {
            working_folder: std::env::current_dir().unwrap_or_default(),
            fixed: None,
            by_folder: Mutex::default(),
            by_file: Mutex::default(),
            stets: Mutex::default(),
            complaints: Mutex::default(),
            selection,
            today,
            whole_folders,
        };
        this.fixed = input.config.as_deref().map(|path| this.read(path));
        this
    }

    /// The problem with `--config`, if there is one.
    pub(super) fn broken(&self) -> Option<Broken> {
        self.fixed.as_ref()?.as_ref().err().cloned()
    }

    /// `path` seen from the root, without `.` and `..`; links stay as they are.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        let mut out = PathBuf::new();
        for part in self.working_folder.join(path).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    out.pop();
                }
                part => out.push(part),
            }
        }
        out
    }

    /// The newsroom of the nearest settings file above the file at `path`.
    pub(super) fn above(&self, path: &Path) -> Found {
        let path = self.absolute(path);
        self.of_folder(path.parent().unwrap_or(&path))
    }

    /// The newsroom of the working folder.
    pub(super) fn here(&self) -> Found {
        self.of_folder(&self.working_folder)
    }

    fn of_folder(&self, folder: &Path) -> Found {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        if let Some(found) = lock(&self.by_folder).get(folder) {
            return found.clone();
        }
        let file = folder.join(FILE_NAME);
        let found = match folder.parent() {
            _ if file.is_file() => self.read(&file),
            Some(parent) => self.of_folder(parent),
            None => Ok(self.plain()),
        };
        lock(&self.by_folder).insert(folder.to_owned(), found.clone());
        found
    }

    /// The newsroom without settings: one for the whole run.
    fn plain(&self) -> Arc<Newsroom> {
        let mut by_file = lock(&self.by_file);
        let plain = by_file.entry(PathBuf::new()).or_insert_with(|| Ok(Arc::default()));
        plain.clone().unwrap_or_default()
    }

    fn read(&self, path: &Path) -> Found {
        let path = self.absolute(path);
        if let Some(found) = lock(&self.by_file).get(&path) {
            return found.clone();
        }
        let (mut layers, mut sources) = (Vec::new(), Vec::new());
        let found = self
            .layer(&path, &mut layers, &mut sources)
            .map(|()| {
                layers.reverse();
                sources.reverse();
                let settings = Settings::new(layers);
                Arc::new(Newsroom { settings, sources, analyzers: Mutex::default() })
            })
            .map_err(Broken::from);
        lock(&self.by_file).insert(path, found.clone());
        found
    }

    /// Reads a settings file and what it builds on, the nearest first.
    fn layer(
        &self,
        path: &Path,
        layers: &mut Vec<Layer>,
        sources: &mut Vec<Source>,
    ) -> Result<(), String> {
        let shown = self.shown(path);
        let text = read::file(path)
            .map_err(|error| format!("{}: cannot read the settings: {error}", shown.display()))?;
        let file = settings::parse(&text).map_err(|problems| report(&shown, &text, &problems))?;
        let extend = file.extend.clone();
        let folder = path.parent().unwrap_or(path).to_owned();
        sources.push(Source { path: path.to_owned(), text: text.into() });
        layers.push(Layer::new(&folder, file));
        let Some(extend) = extend else { return Ok(()) };
        let base = self.absolute(&folder.join(extend.get_ref()));
        let wrong = |message: &str| {
            let text = sources.last().map_or("", |source| &source.text);
            let problem = Problem::new(extend.span().into(), message, None);
            report(&shown, text, &[problem])
        };
        if sources.iter().any(|source| source.path == base) {
            return Err(wrong("`extend` leads back to a file that builds on this one"));
        }
        if sources.len() >= DEEPEST {
            return Err(wrong("more than 32 settings files build on each other"));
        }
        if !base.is_file() {
            return Err(wrong(&format!("there is no file {}", self.shown(&base).display())));
        }
        self.layer(&base, layers, sources)
    }

    /// A path as people want to read it: from the working folder if it lies below.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.working_folder).unwrap_or(path).to_owned()
    }

    /// The analyzer for the article at `path`, which need not exist.
    pub(super) fn analyzer(&self, newsroom: &Newsroom, path: &Path) -> Arc<Analyzer> {
        let scope = newsroom.settings.scope(&self.absolute(path));
        let mut analyzers = lock(&newsroom.analyzers);
        let analyzer = analyzers.entry(scope).or_insert_with_key(|scope| {
            let rules = newsroom.settings.rules(scope, &self.selection);
            let analyzer = Analyzer::new(rules, newsroom.settings.style(scope), self.today);
            Arc::new(analyzer.narrowed(self.selection.narrows()))
        });
        analyzer.clone()
    }
}

impl Newsrooms {
    /// The `[[stet]]` entries for the article at `path`.
    pub(super) fn stands<'a>(&self, newsroom: &'a Newsroom, path: &Path) -> Vec<Entry<'a>> {
        let path = self.absolute(path);
        let mut entries = Vec::new();
        for (number, layer) in newsroom.settings.layers().iter().enumerate() {
            for at in layer.stets_for(&path) {
                let Some(stet) = layer.stets().get(at) else { continue };
                let stands = Stands { selector: stet.selector, text: stet.text.as_deref() };
                entries.push(Entry {
                    at: (number, at),
                    range: stet.range,
                    file: &stet.file,
                    stands,
                });
            }
        }
        entries
    }

    /// Keeps in mind what the entries came to in an article. Where only single files are checked, that says nothing of a
    /// glob, whose other files are not read.
    pub(super) fn note(
        &self,
        newsroom: &Newsroom,
        entries: &[Entry<'_>],
        effects: &[Effect],
        analyzer: &Analyzer,
    ) {
        for (entry, &effect) in entries.iter().zip(effects) {
            let Some(source) = newsroom.sources.get(entry.at.0) else { continue };
            if !self.whole_folders && entry.file.contains(['*', '?', '[', '{']) {
                continue;
            }
            let mut stets = lock(&self.stets);
            let known = stets.entry((source.path.clone(), entry.at.1)).or_default();
            if effect > known.effect || effect == known.effect && known.finding.is_none() {
                known.effect = effect;
                known.text = source.text.clone();
                known.finding =
                    analyzer.unused_entry(&entry.stands, entry.file, effect, entry.range);
            }
        }
    }

    /// The entries that silenced nothing in any article they cover, by settings file: name, text, findings.
    pub(super) fn unused_stets(&self) -> Vec<(String, Arc<str>, Vec<Diagnostic>)> {
        let mut out: Vec<(String, Arc<str>, Vec<Diagnostic>)> = Vec::new();
        for ((path, _), stet) in &*lock(&self.stets) {
            let Some(finding) = stet.finding.clone() else { continue };
            let name = super::desk::name(&self.shown(path));
            match out.last_mut().filter(|last| last.0 == name) {
                Some((_, _, findings)) => findings.push(finding),
                None => out.push((name, stet.text.clone(), vec![finding])),
            }
        }
        out
    }

    /// Whether nobody complained of this before.
    pub(super) fn is_news(&self, complaint: &str) -> bool {
        lock(&self.complaints).insert(complaint.to_owned())
    }
}

/// Mistakes in a settings file as they are printed: place, what is wrong, what to do.
fn report(path: &Path, text: &str, problems: &[Problem]) -> String {
    let index = LineIndex::new(text);
    let mut out = String::new();
    for problem in problems {
        let at = index.line_col(text, problem.range.start);
        let start = if out.is_empty() { "" } else { "\nerror: " };
        let _ =
            write!(out, "{start}{}:{}:{}: {}", path.display(), at.line, at.column, problem.message);
        if let Some(help) = &problem.help {
            let _ = write!(out, "\n  help: {help}");
        }
    }
    out
}

/// A thread that panicked while it held the lock left a cache, which is whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
