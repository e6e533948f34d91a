//! Wire copy on disk: what the command line, the front matter and the settings name, each file read and understood once.

use super::args::InputFormat;
use super::{Stop, desk, read};
use crate::against::{Missing, Wire, Wires};
use crate::document::{Document, Format, FrontMatter};
use crate::settings::WireGlob;
use globset::GlobBuilder;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Wire copy longer than this many bytes is refused: it is no copy, and would be kept in memory.
const LONGEST: usize = 16 << 20;

/// The most files that a glob of the settings gives for one draft.
const MOST: usize = 200;

/// What is said of `against` in the front matter where it names nothing.
pub(crate) const NAMELESS: &str = "`against` names no file; write it as [wire.txt, transcript.md]";

type Read = Result<Arc<Wire>, String>;

/// The wire copy of a run.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// What every draft is compared with.
    given: Vec<Arc<Wire>>,
    read: Mutex<HashMap<PathBuf, Read>>,
    /// By the files that they are made of: drafts in a folder often share theirs.
    made: Mutex<HashMap<Vec<PathBuf>, Arc<Wires>>>,
}

/// A file by the path that is opened, and by the name that messages have for it.
struct Named {
    path: PathBuf,
    name: String,
}

impl Files {
    /// Reads the files that the command line names; one that cannot be read ends the run.
    pub(super) fn given(paths: &[PathBuf], format: InputFormat) -> Result<Self, Stop> {
        if format == InputFormat::Jsonl && !paths.is_empty() {
            let message =
                "--against compares drafts; in JSON lines every article has its own `against`";
            return Err(Stop::Trouble(message.to_owned()));
        }
        let mut this = Self::default();
        for path in paths {
            let name = desk::name(path);
            let wire = this.wire(&Named { path: path.clone(), name: name.clone() });
            this.given.push(wire.map_err(|why| Stop::Trouble(format!("--against {name}: {why}")))?);
        }
        Ok(this)
    }

    /// What the draft at `path` is compared with: what the command line names, its own front matter (seen from its folder),
    /// and the settings. `None` where nothing names any.
    pub(crate) fn of(
        &self,
        path: &Path,
        text: &str,
        format: Format,
        globs: &[WireGlob],
    ) -> Option<Arc<Wires>> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let named: Vec<String> = own(text, format);
        if named.is_empty() && globs.is_empty() {
            return (!self.given.is_empty()).then(|| self.wires(self.given.clone(), Vec::new()));
        }
        let (mut list, mut missing) = (self.given.clone(), Vec::new());
        for name in named {
            let path = folder.join(&name);
            if name.is_empty() {
                missing.push(Missing { name, why: NAMELESS.to_owned() });
                continue;
            }
            match self.wire(&Named { name: desk::name(&path), path }) {
                Ok(wire) => list.push(wire),
                Err(why) => missing.push(Missing { name, why }),
            }
        }
        for path in globs.iter().flat_map(found) {
            // What the settings find by a glob and is no text is no wire copy: nobody named it.
            let name = desk::name(
                path.strip_prefix(std::env::current_dir().unwrap_or_default()).unwrap_or(&path),
            );
            list.extend(self.wire(&Named { name, path }));
        }
        let mut seen = Vec::new();
        list.retain(|wire| {
            let new = !seen.iter().any(|known| Arc::ptr_eq(known, wire));
            seen.push(Arc::clone(wire));
            new
        });
        (!list.is_empty() || !missing.is_empty()).then(|| self.wires(list, missing))
    }

    /// The files made ready together, if need be.
    fn wires(&self, list: Vec<Arc<Wire>>, missing: Vec<Missing>) -> Arc<Wires> {
        if !missing.is_empty() {
            return Arc::new(Wires::new(list, missing));
        }
        let key: Vec<PathBuf> = list.iter().map(|wire| wire.name().into()).collect();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(made.entry(key).or_insert_with(|| Arc::new(Wires::new(list, missing))))
    }

    fn wire(&self, file: &Named) -> Read {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(&file.path) {
            return known.clone();
        }
        let wire = load(&file.name, &file.path).map(Arc::new);
        read.insert(file.path.clone(), wire.clone());
        wire
    }
}

/// Reads and understands the file at `path`, which messages call `name`.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub(crate) fn load(name: &str, path: &Path) -> Result<Wire, String> {
    understood(name, path, read::file(path)?)
}

/// Understands a text as the file at `path`.
///
/// # Errors
/// If it is too long to be copy.
pub(crate) fn understood(name: &str, path: &Path, text: String) -> Result<Wire, String> {
    if text.len() > LONGEST {
        return Err(format!(
            "it is longer than {} MB; keep the part that the draft was written from",
            LONGEST >> 20
        ));
    }
    let ending = path.extension().and_then(|ending| ending.to_str());
    let format = ending.and_then(Format::from_extension).unwrap_or_default();
    Ok(Wire::new(name, text, format))
}

/// What the draft's front matter names.
pub(crate) fn own(text: &str, format: Format) -> Vec<String> {
    let Some(front) = FrontMatter::find(text) else { return Vec::new() };
    let front = text.get(..front.end as usize).unwrap_or_default();
    let against = Document::parse(front, format).metadata.against;
    against.into_iter().map(|entry| entry.value).collect()
}

/// The files that a glob of the settings names, sorted. Folders are looked through a part of the glob at a time.
pub(crate) fn found(wire: &WireGlob) -> Vec<PathBuf> {
    let glob = wire.glob.trim().trim_start_matches("./");
    let mut paths = vec![wire.folder.clone()];
    for part in glob.split('/').filter(|part| !part.is_empty()) {
        let matcher = GlobBuilder::new(part).build().map(|glob| glob.compile_matcher());
        let Ok(matcher) = matcher else { return Vec::new() };
        let is_plain = !part.contains(['*', '?', '[', '{', '\\']);
        let within = |folder: &PathBuf| match is_plain {
            true => vec![folder.join(part)],
            false => {
                let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
                let fits = entries.filter(|entry| matcher.is_match(entry.file_name()));
                let mut found: Vec<PathBuf> = fits.map(|entry| entry.path()).collect();
                found.sort();
                found.truncate(MOST);
                found
            }
        };
        paths = paths.iter().flat_map(within).take(MOST).collect();
    }
    paths.retain(|path| path.is_file());
    paths
}
