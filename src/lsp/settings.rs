//! The settings that a document stands under: the editor's, and over them the nearest `copydesk.toml`.
//!
//! The file wins over the editor, so that a desk's choices hold for all of its writers and in CI. Where a file is
//! broken, the last good settings stay in force, and what is wrong with it is kept to be published.

use crate::analysis::{Analyzer, Stands};
use crate::files::settings::{Broken, Source, Stack};
use crate::files::{self, is_beside_drafts, today};
use crate::settings::{self, Layer, Problem, Scope, Selection, Settings, SettingsFile};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keys of the editor's section that are keys of `copydesk.toml`.
const SHARED: [&str; 8] =
    ["files", "rules", "style", "overrides", "stet", "against", "offices", "people"];

/// Keys of the editor's section that `copydesk.toml` does not have: `enable`, and those that clients read themselves.
const OWN: [&str; 3] = ["enable", "path", "trace"];

/// What the editor's section says.
#[derive(Clone, Debug, Default)]
pub(super) struct EditorSettings {
    file: Option<SettingsFile>,
    only_configured: bool,
}

impl EditorSettings {
    /// Reads the section `copydesk` as an editor sends it, and says what is wrong with it. What is unset, or is the
    /// client's own, is left out. Where the keys of `copydesk.toml` are wrong, those of `before` stay in force, and so
    /// with `enable`: a slip in one does not undo the other.
    pub(super) fn read(section: &Value, before: &Self) -> (Self, Vec<Problem>) {
        let Value::Object(section) = section else { return Default::default() };
        let mut problems = Vec::new();
        problems.extend(section.keys().filter_map(|key| unknown(key)));
        let only_configured = only_configured(section).unwrap_or_else(|problem| {
            problems.push(problem);
            before.only_configured
        });
        let file = shared(section).map(Some).unwrap_or_else(|wrong| {
            problems.extend(wrong);
            before.file.clone()
        });
        (Self { file, only_configured }, problems)
    }
}

/// What is wrong with a key of the editor's section that nothing reads. The other keys hold nevertheless.
fn unknown(key: &str) -> Option<Problem> {
    if SHARED.iter().chain(&OWN).any(|known| *known == key) {
        return None;
    }
    let help = match key {
        "extend" => "a settings file can be built on another in copydesk.toml only".to_owned(),
        _ => format!(
            "there are {}",
            SHARED.iter().chain(&OWN).copied().collect::<Vec<_>>().join(", ")
        ),
    };
    Some(Problem::new(Default::default(), format!("unknown key `{key}`"), Some(help)))
}

/// What `enable` says: whether only drafts below a `copydesk.toml` are checked.
fn only_configured(section: &Map<String, Value>) -> Result<bool, Problem> {
    match section.get("enable") {
        None | Some(Value::Null) => Ok(false),
        Some(Value::String(word)) if word == "always" => Ok(false),
        Some(Value::String(word)) if word == "configured" => Ok(true),
        Some(other) => {
            let message = format!("`enable` is \"always\" or \"configured\", not {other}");
            Err(Problem::new(Default::default(), message, None))
        }
    }
}

/// The keys of the editor's section that are keys of `copydesk.toml`.
fn shared(section: &Map<String, Value>) -> Result<SettingsFile, Vec<Problem>> {
    let shared: Map<String, Value> =
        section.clone().into_iter().filter(|(key, _)| SHARED.contains(&&**key)).collect();
    let text = toml::to_string(&without_nulls(Value::Object(shared)))
        .map_err(|error| vec![Problem::new(Default::default(), error.to_string(), None)])?;
    settings::parse(&text)
}

/// Editors send null for what is unset, which TOML has no word for.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let entries = map.into_iter().filter(|(_, value)| !value.is_null());
            entries.map(|(key, value)| (key, without_nulls(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// Settings that a document can stand under.
#[derive(Debug)]
pub(super) struct Newsroom {
    /// All layers: the editor's first.
    pub settings: Settings,
    /// What the files among the layers were read from, the nearest last.
    pub sources: Vec<Source>,
    /// The nearest settings file, also where it is broken.
    pub file: Option<PathBuf>,
    only_configured: bool,
    analyzers: Mutex<HashMap<(Scope, Date), Arc<Analyzer>>>,
}

impl Newsroom {
    /// The analyzer for a document; an untitled one has no path.
    pub(super) fn analyzer(&self, path: &Path) -> Arc<Analyzer> {
        let (scope, today) = (self.settings.scope(path), today());
        let mut analyzers = lock(&self.analyzers);
        let make = |key: &(Scope, Date)| {
            let rules = self.settings.rules(&key.0, &Selection::default());
            let offices = self.settings.offices().map(Arc::new);
            let analyzer = Analyzer::new(rules, self.settings.style(&key.0), Some(key.1));
            let people = self.settings.people().map(Arc::new);
            Arc::new(analyzer.offices(offices).people(people))
        };
        analyzers.entry((scope, today)).or_insert_with_key(make).clone()
    }

    /// The `[[stet]]` entries that stand for a document.
    pub(super) fn stands(&self, path: &Path) -> Vec<Stands<'_>> {
        let layers = self.settings.layers().iter();
        let entries = layers
            .flat_map(|layer| layer.stets_for(path).filter_map(|number| layer.stets().get(number)));
        entries.map(|stet| Stands { selector: stet.selector, text: stet.text.as_deref() }).collect()
    }

    /// Whether a document is a draft by these settings: what they say, or else that it is not one of the files that lie
    /// beside drafts. An untitled document is one.
    pub(super) fn wants(&self, path: Option<&Path>) -> bool {
        if self.only_configured && self.file.is_none() {
            return false;
        }
        path.is_none_or(|path| {
            self.settings.is_draft(path).unwrap_or_else(|| !is_beside_drafts(path))
        })
    }
}

/// Where settings come from: the nearest settings file, and the folder of the workspace, if there are such.
type Place = (Option<PathBuf>, Option<PathBuf>);

/// What is wrong, by the nearest settings file of the documents that it is wrong for: the mistake itself may be in a file
/// that this one builds on.
pub(super) type BrokenByFile = BTreeMap<PathBuf, Broken>;

/// The settings of a workspace as they are now; a change of any of them makes a new one.
#[derive(Debug, Default)]
pub(super) struct Newsrooms {
    /// The folders of the workspace, each with what the editor says for it; the first also serves what has no path yet.
    folders: Vec<(PathBuf, EditorSettings)>,
    /// What the editor says for what lies in no folder.
    elsewhere: EditorSettings,
    known: Mutex<HashMap<Place, Arc<Newsroom>>>,
    broken: Mutex<BrokenByFile>,
    /// What was read when it was last good, by the nearest settings file: the editor's settings may change meanwhile.
    before: HashMap<PathBuf, Vec<Source>>,
}

impl Newsrooms {
    /// The settings after a change; `self` says which were the last good ones. What is `broken` counts as broken until
    /// its file is read again, so that what is wrong in one folder is not thought mended once another was looked at.
    pub(super) fn changed(
        &self,
        folders: Vec<(PathBuf, EditorSettings)>,
        elsewhere: EditorSettings,
        broken: BrokenByFile,
    ) -> Self {
        let mut before = self.before.clone();
        let known = lock(&self.known);
        before.extend(known.values().filter_map(|n| Some((n.file.clone()?, n.sources.clone()))));
        drop(known);
        Self { folders, elsewhere, before, broken: Mutex::new(broken), ..Self::default() }
    }

    /// The settings read again from disk.
    pub(super) fn refreshed(&self, broken: BrokenByFile) -> Self {
        self.changed(self.folders.clone(), self.elsewhere.clone(), broken)
    }

    /// What is wrong with the settings files `in_use`.
    pub(super) fn broken(&self, in_use: &BTreeSet<&Path>) -> BrokenByFile {
        let all = lock(&self.broken);
        let used = all.iter().filter(|(file, _)| in_use.contains(file.as_path()));
        used.map(|(file, broken)| (file.clone(), broken.clone())).collect()
    }

    /// Whether the file at `path` is one of the settings files in use, or could be one.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        let used = |newsroom: &Arc<Newsroom>| newsroom.sources.iter().any(|s| s.path == path);
        path.file_name().is_some_and(|name| name == settings::FILE_NAME)
            || lock(&self.known).values().any(used)
            || self.may_mend(path)
    }

    /// Whether a change of the file at `path` may mend what is broken: the file itself, or one that it builds on and that
    /// was never read, because it was not there.
    fn may_mend(&self, path: &Path) -> bool {
        let broken = lock(&self.broken);
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        (is_toml && !broken.is_empty()) || broken.values().any(|broken| broken.path == path)
    }

    /// The folder of the workspace that a document belongs to.
    pub(super) fn root(&self, path: Option<&Path>) -> Option<&Path> {
        self.folder(path).map(|(root, _)| root.as_path())
    }

    /// The innermost folder that holds `path`. A document without a path is likely to be saved in the first one.
    fn folder(&self, path: Option<&Path>) -> Option<&(PathBuf, EditorSettings)> {
        let Some(path) = path else { return self.folders.first() };
        let inner = self.folders.iter().filter(|(root, _)| path.starts_with(root));
        inner.max_by_key(|(root, _)| root.components().count())
    }

    /// The settings of a document. Reads files, so it is not for the protocol's task.
    pub(super) fn of(&self, path: Option<&Path>) -> Arc<Newsroom> {
        let root = self.root(path);
        let file = path.and_then(Path::parent).or(root).and_then(files::settings::nearest);
        let place = (file, root.map(Path::to_owned));
        if let Some(known) = lock(&self.known).get(&place) {
            return known.clone();
        }
        let editor = self.folder(path).map_or(&self.elsewhere, |(_, editor)| editor);
        let newsroom = self.load(place.0.clone(), editor, root.unwrap_or(Path::new("")));
        lock(&self.known).entry(place).or_insert(newsroom).clone()
    }

    fn load(&self, file: Option<PathBuf>, editor: &EditorSettings, root: &Path) -> Arc<Newsroom> {
        let stack = file.as_deref().map(|file| self.stack(file, root)).unwrap_or_default();
        let mut layers: Vec<Layer> =
            editor.file.iter().map(|file| Layer::new(root, file.clone())).collect();
        layers.extend(stack.layers);
        Arc::new(Newsroom {
            settings: Settings::new(layers),
            sources: stack.sources,
            file,
            only_configured: editor.only_configured,
            analyzers: Mutex::default(),
        })
    }

    /// What a settings file says, or said when it was last good.
    fn stack(&self, file: &Path, root: &Path) -> Stack {
        match files::settings::load(file, root) {
            Ok(stack) => {
                lock(&self.broken).remove(file);
                stack
            }
            Err(broken) => {
                lock(&self.broken).insert(file.to_owned(), broken);
                files::settings::again(self.before.get(file).cloned().unwrap_or_default())
            }
        }
    }
}

/// A thread that panicked while it held the lock left a whole value behind: no lock is held while one is half done.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// An editor's section may have every key of a settings file but the one that leads to another file.
    #[test]
    fn the_editor_s_section_has_the_keys_of_a_settings_file() {
        let section = json!({
            "offices": [{ "office": "mayor", "family": "Koch", "from": "2024-11-12" }],
            "people": [{ "name": "Ida Koch", "title": "mayor", "from": "2024-11-12" }],
        });
        let (read, problems) = EditorSettings::read(&section, &EditorSettings::default());
        assert_eq!(problems, []);
        let file = read.file.unwrap();
        assert_eq!((file.offices.len(), file.people.len()), (1, 1));

        let schema = serde_json::to_value(schemars::schema_for!(SettingsFile)).unwrap();
        let keys = schema["properties"].as_object().unwrap().keys();
        let missing: Vec<_> = keys.filter(|key| unknown(key).is_some()).collect();
        assert_eq!(missing, ["extend"]);
    }
}
