//! The wire copy that open drafts were written from: what their front matter and the settings name, each file understood
//! once, whatever the number of drafts and keystrokes.
//!
//! Reading files is for the threads that analyse. The loop only says what changed, and asks whether what a draft has been
//! compared with still stands; while it does, a keystroke reads nothing. What an editor has open wins over the disk.

use super::position::Encoding;
use super::settings::{Newsroom, lock};
use crate::against::{Missing, Wire, Wires};
use crate::document::{Format, FrontMatter};
use crate::files::{absolute, name, wire};
use crate::settings::WireGlob;
use crate::text::TextRange;
use ropey::Rope;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::SystemTime;
use tower_lsp::lsp_types::{Location, Url};

/// What a file looked like on disk: when it was written, and its bytes. `None` where there was none.
type Stamp = Option<(SystemTime, u64)>;

/// A file of wire copy as it was read.
#[derive(Debug)]
struct File {
    path: PathBuf,
    wire: Arc<Wire>,
    stamp: Stamp,
    /// Its lines, for those who ask for places in it.
    text: OnceLock<Rope>,
}

impl File {
    /// Some of its bytes as a place in the protocol's words.
    fn location(&self, encoding: Encoding, range: TextRange) -> Option<Location> {
        let text = self.text.get_or_init(|| Rope::from_str(self.wire.text()));
        let uri = Url::from_file_path(&self.path).ok()?;
        Some(Location::new(uri, encoding.range(text, range)))
    }
}

/// What a draft is compared with.
#[derive(Debug, Default)]
pub(super) struct Against {
    /// The front matter that names some of it, as it is written.
    front: String,
    globs: Vec<WireGlob>,
    /// In the order of [`Wires::list`].
    files: Vec<Arc<File>>,
    /// What is named and could not be read, as it was on disk.
    missing: Vec<(PathBuf, Stamp)>,
    wires: Option<Arc<Wires>>,
}

impl Against {
    /// The wire copy, if there is any or should be.
    pub(super) fn wires(&self) -> Option<&Wires> {
        self.wires.as_deref()
    }

    /// Whether a draft is compared with the same wire copy by both.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (&self.wires, &other.wires) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// Whether a text names the same wire copy as the one that this was made for.
    pub(super) fn is_of(&self, text: &Rope) -> bool {
        if self.front.is_empty() {
            // What begins like front matter may have been closed since.
            let first = text.get_line(0).map_or(String::new(), |line| line.to_string());
            return !matches!(
                first.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']),
                "---" | "+++"
            );
        }
        let len = self.front.len();
        len <= text.len_bytes() && text.byte_slice(..len) == self.front.as_str()
    }

    /// Whether a change of this file changes what the draft is compared with.
    pub(super) fn concerns(&self, changed: &Changed) -> bool {
        let path = &*changed.path;
        self.files.iter().any(|file| file.path == path)
            || self.missing.iter().any(|(missing, _)| missing == path)
            || changed.on_disk && self.globs.iter().any(|glob| path.starts_with(&glob.folder))
    }

    /// A place in the wire with this number.
    pub(super) fn location(
        &self,
        number: u32,
        encoding: Encoding,
        range: TextRange,
    ) -> Option<Location> {
        self.files.get(number as usize)?.location(encoding, range)
    }

    /// The files, with what each looked like on disk when it was read.
    pub(super) fn looked_at(&self) -> impl Iterator<Item = (&Path, Stamp)> {
        let read = self.files.iter().map(|file| (&*file.path, file.stamp));
        read.chain(self.missing.iter().map(|(path, stamp)| (&**path, *stamp)))
    }
}

/// A file that is another one now.
#[derive(Clone, Debug)]
pub(super) struct Changed {
    /// Where it lies.
    pub path: PathBuf,
    /// Whether it changed on disk, where it may be new, and not in an editor.
    pub on_disk: bool,
}

/// What a file looks like on disk now.
pub(super) fn stamp(path: &Path) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// All wire copy of the open drafts.
#[derive(Debug, Default)]
pub(super) struct Library {
    shelf: Mutex<Shelf>,
    /// Files made ready together: drafts beside each other often share theirs.
    made: Mutex<Vec<Weak<Wires>>>,
}

#[derive(Debug, Default)]
struct Shelf {
    /// What open drafts hold.
    files: HashMap<PathBuf, Weak<File>>,
    /// What editors have open.
    buffers: HashMap<PathBuf, Rope>,
    /// How often a file changed: what was read before that is not kept.
    changes: HashMap<PathBuf, u64>,
}

impl Library {
    /// Says that the editor has this text open under `path`, or has it open no more.
    pub(super) fn buffer(&self, path: &Path, text: Option<Rope>) {
        let mut shelf = lock(&self.shelf);
        match text {
            Some(text) => shelf.buffers.insert(path.to_owned(), text),
            None => shelf.buffers.remove(path),
        };
    }

    /// Whether the editor has the file at `path` open.
    pub(super) fn is_open(&self, path: &Path) -> bool {
        lock(&self.shelf).buffers.contains_key(path)
    }

    /// Says that the file at `path` is another one now.
    pub(super) fn changed(&self, path: &Path) {
        let mut shelf = lock(&self.shelf);
        shelf.files.remove(path);
        *shelf.changes.entry(path.to_owned()).or_default() += 1;
    }

    /// What the draft at `path` is compared with; names in its front matter are relative to its folder, or to `root` if it
    /// has none. Reads files.
    pub(super) fn of(
        &self,
        path: Option<&Path>,
        root: Option<&Path>,
        text: &str,
        format: Format,
        newsroom: &Newsroom,
    ) -> Against {
        let front = FrontMatter::find(text).map_or(0, |front| front.end as usize);
        let front = text.get(..front).unwrap_or_default().to_owned();
        let globs = newsroom.settings.against(path.unwrap_or(Path::new("")));
        let mut this = Against { front, globs, ..Against::default() };
        let mut missing = Vec::new();
        let folder = path.and_then(Path::parent).or(root);
        for name in wire::own(text, format) {
            let Some(folder) = folder else {
                let why = "the draft is not saved, so that nobody knows what folder is meant";
                missing.push(Missing { name, why: why.to_owned() });
                continue;
            };
            if name.is_empty() {
                missing.push(Missing { name, why: wire::NAMELESS.to_owned() });
                continue;
            }
            let path = absolute(folder, Path::new(&name));
            let seen = stamp(&path);
            match self.file(&path, &name) {
                Ok(file) => this.files.push(file),
                Err(why) => {
                    this.missing.push((path, seen));
                    missing.push(Missing { name, why });
                }
            }
        }
        for path in this.globs.iter().flat_map(wire::found) {
            let name = name(path.strip_prefix(root.unwrap_or(&path)).unwrap_or(&path));
            // What the settings find by a glob and is no text is no wire copy: nobody named it.
            this.files.extend(self.file(&path, &name));
        }
        let mut seen: Vec<PathBuf> = Vec::new();
        this.files.retain(|file| {
            let new = !seen.contains(&file.path);
            seen.push(file.path.clone());
            new
        });
        if !this.files.is_empty() || !missing.is_empty() {
            let list = this.files.iter().map(|file| Arc::clone(&file.wire)).collect();
            this.wires = Some(self.wires(list, missing));
        }
        this
    }

    /// A file, read if nobody holds it.
    fn file(&self, path: &Path, name: &str) -> Result<Arc<File>, String> {
        let (buffer, change) = {
            let shelf = lock(&self.shelf);
            if let Some(known) = shelf.files.get(path).and_then(Weak::upgrade) {
                return Ok(known);
            }
            (shelf.buffers.get(path).cloned(), shelf.changes.get(path).copied())
        };
        let seen = stamp(path);
        let wire = match buffer {
            Some(text) => wire::understood(name, path, text.to_string()),
            None => wire::load(name, path),
        }?;
        let (path, wire, text) = (path.to_owned(), Arc::new(wire), OnceLock::new());
        let file = Arc::new(File { path: path.clone(), wire, stamp: seen, text });
        let mut shelf = lock(&self.shelf);
        if shelf.changes.get(&path).copied() == change {
            shelf.files.insert(path, Arc::downgrade(&file));
        }
        Ok(file)
    }

    /// The files made ready together.
    fn wires(&self, list: Vec<Arc<Wire>>, missing: Vec<Missing>) -> Arc<Wires> {
        let same = |wires: &Wires| {
            wires.missing() == missing
                && wires.list().len() == list.len()
                && wires.list().iter().zip(&list).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let known = || {
            let mut made = lock(&self.made);
            made.retain(|wires| wires.strong_count() > 0);
            made.iter().filter_map(Weak::upgrade).find(|wires| same(wires))
        };
        known().unwrap_or_else(|| {
            let wires = Arc::new(Wires::new(list, missing));
            lock(&self.made).push(Arc::downgrade(&wires));
            wires
        })
    }
}
