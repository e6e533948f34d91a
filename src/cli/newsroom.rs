//! Finds the settings for each draft and keeps an analyzer for each scope of them.

use super::args::{Input, InputFormat};
use crate::analysis::{Analyzer, Effect, Stands};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::files;
use crate::files::settings::{Source, Stack};
use crate::resolve::Roster;
use crate::resolve::offices::Table;
use crate::settings::{FILE_NAME, Layer, Problem, Scope, Selection, Settings, Standing, WireGlob};
use crate::text::{LineIndex, whole_line};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The settings of one folder of drafts.
#[derive(Debug, Default)]
pub(super) struct Newsroom {
    /// What is set.
    pub settings: Settings,
    /// The files that the settings were read from, the nearest last.
    pub sources: Vec<Source>,
    analyzers: Mutex<HashMap<Scope, Arc<Analyzer>>>,
    offices: OnceLock<Option<Arc<Table>>>,
    people: OnceLock<Option<Arc<Roster>>>,
}

/// Settings that could not be used: the whole report, for standard error.
pub(super) type Broken = Arc<str>;

/// An entry of the settings that stands for an article, and where it is written.
pub(super) struct Entry<'a> {
    /// Number of the layer, and of the entry in it.
    at: (usize, usize),
    standing: &'a Standing,
    /// Whether everything that it may cover is read in this run.
    seen: bool,
    /// What the analysis needs to know.
    pub stands: Stands<'a>,
}

/// What is known of a `[[stet]]` entry: by settings file and number.
#[derive(Debug, Default)]
struct StetUse {
    /// The best that it came to in any article.
    effect: Effect,
    /// The finding to report if no article uses it.
    finding: Option<Diagnostic>,
}

/// Findings in a settings file.
pub(super) struct Unused {
    /// The name of the file.
    pub name: String,
    /// What it says.
    pub text: Arc<str>,
    /// The entries that silence nothing.
    pub findings: Vec<Diagnostic>,
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
    /// Whether somebody said what today is.
    given: bool,
    /// Whether many articles are read.
    batch: bool,
    /// The folders that are checked whole, seen from the root.
    folders: Vec<PathBuf>,
}

impl Newsroom {
    /// The house's list of people, where there is one.
    fn people(&self) -> Option<Arc<Roster>> {
        self.people.get_or_init(|| self.settings.people().map(Arc::new)).clone()
    }

    /// The table of office-holders, where the settings add to it.
    fn offices(&self) -> Option<Arc<Table>> {
        self.offices.get_or_init(|| self.settings.offices().map(Arc::new)).clone()
    }
}

impl Newsrooms {
    /// Newsrooms for the drafts that the command line names.
    pub(super) fn new(input: &Input, selection: Selection, today: Option<Date>) -> Self {
        let mut this = Self {
            working_folder: std::env::current_dir().unwrap_or_default(),
            fixed: None,
            by_folder: Mutex::default(),
            by_file: Mutex::default(),
            stets: Mutex::default(),
            complaints: Mutex::default(),
            selection,
            today,
            given: input.date.is_some(),
            batch: input.paths.len() > 1 || input.input_format == InputFormat::Jsonl,
            folders: Vec::new(),
        };
        let folders = input.paths.iter().filter(|path| path.is_dir());
        this.folders = folders.map(|path| this.absolute(path)).collect();
        this.batch |= !this.folders.is_empty();
        this.fixed = input.config.as_deref().map(|path| this.read(path));
        this
    }

    /// The problem with `--config`, if there is one.
    pub(super) fn broken(&self) -> Option<Broken> {
        self.fixed.as_ref()?.as_ref().err().cloned()
    }

    /// `path` seen from the root, without `.` and `..`; links stay as they are.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        files::absolute(&self.working_folder, path)
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
        let found = files::settings::load(&path, &self.working_folder)
            .map(|Stack { layers, sources }| {
                let settings = Settings::new(layers);
                Arc::new(Newsroom {
                    settings,
                    sources,
                    analyzers: Mutex::default(),
                    offices: OnceLock::new(),
                    people: OnceLock::new(),
                })
            })
            .map_err(|wrong| report(&self.shown(&wrong.path), &wrong.text, &wrong.problems).into());
        lock(&self.by_file).insert(path, found.clone());
        found
    }

    /// A path as people want to read it: from the working folder if it lies below.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        files::shown(path, &self.working_folder)
    }

    /// The analyzer for the article at `path`, which need not exist.
    pub(super) fn analyzer(&self, newsroom: &Newsroom, path: &Path) -> Arc<Analyzer> {
        let scope = newsroom.settings.scope(&self.absolute(path));
        let mut analyzers = lock(&newsroom.analyzers);
        let analyzer = analyzers.entry(scope).or_insert_with_key(|scope| {
            let rules = newsroom.settings.rules(scope, &self.selection);
            let analyzer = Analyzer::new(rules, newsroom.settings.style(scope), self.today);
            let analyzer = analyzer.given(self.given).batch(self.batch).people(newsroom.people());
            Arc::new(analyzer.offices(newsroom.offices()).narrowed(self.selection.narrows()))
        });
        analyzer.clone()
    }
}

impl Newsrooms {
    /// Where the settings say that the wire copy of the draft at `path` lies.
    pub(super) fn against(&self, newsroom: &Newsroom, path: &Path) -> Vec<WireGlob> {
        newsroom.settings.against(&self.absolute(path))
    }

    /// The `[[stet]]` entries for the article at `path`, which from now on are known to cover one.
    pub(super) fn stands<'a>(&self, newsroom: &'a Newsroom, path: &Path) -> Vec<Entry<'a>> {
        let path = self.absolute(path);
        let mut entries = Vec::new();
        for (number, layer) in newsroom.settings.layers().iter().enumerate() {
            for at in layer.stets_for(&path) {
                let Some(standing) = layer.stets().get(at) else { continue };
                let Some(source) = newsroom.sources.get(number) else { continue };
                lock(&self.stets).entry((source.path.clone(), at)).or_default();
                let named = layer.named_file(standing).is_some_and(|named| named == path);
                let stands = Stands { selector: standing.selector, text: standing.text.as_deref() };
                let seen = named || self.is_read_whole(&layer.reach(standing));
                entries.push(Entry { at: (number, at), standing, seen, stands });
            }
        }
        entries
    }

    /// Whether all drafts in `path` are read in this run.
    fn is_read_whole(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Keeps in mind what the entries came to in an article. That says nothing of an entry which may cover other files that
    /// are not read.
    pub(super) fn note(
        &self,
        newsroom: &Newsroom,
        entries: &[Entry<'_>],
        effects: &[Effect],
        analyzer: &Analyzer,
    ) {
        for (entry, &effect) in entries.iter().zip(effects).filter(|(entry, _)| entry.seen) {
            let Some(source) = newsroom.sources.get(entry.at.0) else { continue };
            let mut stets = lock(&self.stets);
            let known = stets.entry((source.path.clone(), entry.at.1)).or_default();
            if effect > known.effect || effect == known.effect && known.finding.is_none() {
                known.effect = effect;
                let range = match (effect, entry.standing.place.text) {
                    (Effect::Absent, Some(text)) => text,
                    _ => entry.standing.place.head,
                };
                let file = &entry.standing.file;
                known.finding = analyzer.unused_entry(&entry.stands, file, effect, range);
            }
        }
    }

    /// The entries that silenced nothing in any article they cover, or that cover none, by settings file.
    pub(super) fn unused_stets(&self) -> Vec<Unused> {
        // By path, since settings that several others build on are judged under the first of them.
        let newsrooms: BTreeMap<PathBuf, Found> =
            lock(&self.by_file).iter().map(|(path, found)| (path.clone(), found.clone())).collect();
        let mut out: BTreeMap<&Path, Unused> = BTreeMap::new();
        let mut done = HashSet::new();
        for newsroom in newsrooms.values().filter_map(|found| found.as_ref().ok()) {
            for (layer, source) in newsroom.settings.layers().iter().zip(&newsroom.sources) {
                if !done.insert(&source.path) {
                    continue;
                }
                let finding = |(at, standing)| {
                    let found = match lock(&self.stets).get(&(source.path.clone(), at)) {
                        Some(known) => known.finding.clone(),
                        None => self.covers_nothing(newsroom, source, layer, standing),
                    };
                    found.map(|found| self.placed(found, source, standing))
                };
                let findings: Vec<Diagnostic> =
                    layer.stets().iter().enumerate().filter_map(finding).collect();
                if !findings.is_empty() {
                    let name = files::name(&self.shown(&source.path));
                    out.insert(&source.path, Unused { name, text: source.text.clone(), findings });
                }
            }
        }
        out.into_values().collect()
    }

    /// The finding that an entry covers no article, if all that it may cover was read. A file that is there and was not
    /// read is no draft in this run, but may be one in the next.
    fn covers_nothing(
        &self,
        newsroom: &Newsroom,
        source: &Source,
        layer: &Layer,
        standing: &Standing,
    ) -> Option<Diagnostic> {
        let named = layer.named_file(standing);
        let is_there = named.as_deref().is_some_and(Path::exists);
        if is_there || !self.is_read_whole(&layer.reach(standing)) {
            return None;
        }
        let analyzer = self.analyzer(newsroom, &source.path);
        analyzer.entry_without_article(&standing.file, named.is_some(), standing.place.file)
    }

    /// The finding with the lines of its entry in the help, and the deletion of the entry as a fix.
    fn placed(&self, mut found: Diagnostic, source: &Source, standing: &Standing) -> Diagnostic {
        let whole = standing.place.whole;
        let index = LineIndex::new(&source.text);
        let line = |offset: u32| index.line_col(&source.text, offset).line;
        let lines = match (line(whole.start), line(whole.end)) {
            (first, last) if first == last => format!("line {first}"),
            (first, last) => format!("lines {first} to {last}"),
        };
        let name = files::name(&self.shown(&source.path));
        found.help = format!("{} The entry is in {lines} of {name}.", found.help).into();
        let is_table = standing.place.head.slice(&source.text).starts_with("[[");
        let line = is_table.then(|| whole_line(&source.text, whole)).flatten();
        found.fix(line.and_then(|line| Fix::suggestion("Delete the entry", [Edit::delete(line)])))
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
        if text.is_empty() {
            let _ = write!(out, "{}: {}", path.display(), problem.message);
            continue;
        }
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
