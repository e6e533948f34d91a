//! Wire copy on disk: what the command line, the front matter and the settings name, each file read and understood once.

use super::args::InputFormat;
use super::settings_files::absolute;
use super::{Stop, desk, read};
use crate::against::{Missing, Wire, Wires};
use crate::document::{Document, Format, FrontMatter};
use crate::settings::WireGlob;
use globset::{GlobBuilder, GlobMatcher};
use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Wire copy longer than this many bytes is refused: it is no copy, and would be kept in memory.
const LONGEST: usize = 16 << 20;

/// The most files that a glob of the settings gives for one draft.
const MOST: usize = 200;

/// What is said of `against` in the front matter where it names nothing.
pub(crate) const NAMELESS: &str = "`against` names no file; write it as [wire.txt, transcript.md]";

/// How many entries of folders are looked at for a glob of the settings: one that covers a whole disk finds no copy.
const LOOKED_AT: usize = 20_000;

type Read = Result<Arc<Wire>, String>;

/// What is made once for each key: who asks for one waits for nobody who makes another.
type Once<K, V> = Mutex<HashMap<K, Arc<OnceLock<V>>>>;

/// The wire copy of a run.
#[derive(Debug, Default)]
pub(crate) struct Files {
    working_folder: PathBuf,
    /// What every draft is compared with.
    given: Vec<Arc<Wire>>,
    /// By their paths seen from the root, however they are named.
    read: Once<PathBuf, Read>,
    /// By the files that they are made of: drafts in a folder often share theirs.
    made: Once<Vec<PathBuf>, Arc<Wires>>,
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
        let working_folder = std::env::current_dir().unwrap_or_default();
        let mut this = Self { working_folder, ..Self::default() };
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
            let name = desk::name(path.strip_prefix(&self.working_folder).unwrap_or(&path));
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
        let key = list.iter().map(|wire| wire.name().into()).collect();
        once(&self.made, key, || Arc::new(Wires::new(list, missing)))
    }

    fn wire(&self, file: &Named) -> Read {
        let key = absolute(&self.working_folder, &file.path);
        once(&self.read, key, || load(&file.name, &file.path).map(Arc::new))
    }
}

/// What is known under the key, made now if nobody asked for it before.
fn once<K: Eq + Hash, V: Clone>(known: &Once<K, V>, key: K, make: impl FnOnce() -> V) -> V {
    let mut all = known.lock().unwrap_or_else(PoisonError::into_inner);
    let one = Arc::clone(all.entry(key).or_default());
    drop(all);
    one.get_or_init(make).clone()
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

/// The files that a glob of the settings names, sorted: from the folder that it names outright, as deep as it can reach.
pub(crate) fn found(wire: &WireGlob) -> Vec<PathBuf> {
    let parts = wire.glob.trim().split('/').filter(|part| !matches!(*part, "" | "."));
    let is_wild = |part: &&str| part.contains(['*', '?', '[', '{', '\\']);
    let wild = parts.clone().position(|part| is_wild(&part)).unwrap_or(usize::MAX);
    let outright: PathBuf = parts.clone().take(wild).collect();
    let start = absolute(&wire.folder, &outright);
    let rest: Vec<&str> = parts.skip(wild).collect();
    if rest.is_empty() {
        return if start.is_file() { vec![start] } else { Vec::new() };
    }
    // Alternatives may have folders of their own ("{a,b/c}/*.txt"): never deeper than all their slashes together.
    let deep = rest.iter().any(|part| part.contains("**"));
    let deepest = if deep { usize::MAX } else { rest.len() };
    let glob = GlobBuilder::new(&rest.join("/")).literal_separator(true).build();
    let Ok(matcher) = glob.map(|glob| glob.compile_matcher()) else { return Vec::new() };
    let (left, found) = (LOOKED_AT, Vec::new());
    let mut search = Search { start: &start, matcher, follows: !deep, left, found };
    search.folder(&start, deepest);
    search.found
}

/// A look through folders.
struct Search<'a> {
    start: &'a Path,
    matcher: GlobMatcher,
    /// Whether folders are followed through links: not where they may lead in a circle.
    follows: bool,
    /// Entries that may still be looked at.
    left: usize,
    found: Vec<PathBuf>,
}

impl Search<'_> {
    /// Looks through a folder and `deepest - 1` levels below it.
    fn folder(&mut self, folder: &Path, deepest: usize) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).take(self.left).collect();
        paths.sort();
        self.left -= paths.len();
        for path in paths {
            if self.found.len() >= MOST {
                return;
            }
            let inside = path.strip_prefix(self.start).unwrap_or(&path);
            if self.matcher.is_match(inside) && path.is_file() {
                self.found.push(path);
            } else if deepest > 1 && path.is_dir() && (self.follows || !path.is_symlink()) {
                self.folder(&path, deepest.saturating_sub(1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What globs find among some files.
    #[test]
    fn globs_for_wire_copy_are_those_of_the_settings() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().to_owned();
        for file in [
            "a.txt",
            "wires/a.txt",
            "wires/x/b.txt",
            "wires/x/y/c.txt",
            "wires/x/y/c.md",
            "z/[1].txt",
        ] {
            std::fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            std::fs::write(folder.join(file), "It rained.\n").unwrap();
        }
        for (glob, files) in [
            ("wires/**/*.txt", &["wires/a.txt", "wires/x/b.txt", "wires/x/y/c.txt"][..]),
            ("**/c.*", &["wires/x/y/c.md", "wires/x/y/c.txt"]),
            ("{wires/a,wires/x/b}.txt", &["wires/a.txt", "wires/x/b.txt"]),
            ("wires/*.txt", &["wires/a.txt"]),
            ("wires/*/*.txt", &["wires/x/b.txt"]),
            ("wires/x/../*.txt", &["wires/a.txt"]),
            ("./wires//a.txt", &["wires/a.txt"]),
            ("/*.txt", &["a.txt"]),
            ("a.txt", &["a.txt"]),
            ("b.txt", &[]),
            ("wires/*", &["wires/a.txt"]),
            ("wires", &[]),
            ("gone/*.txt", &[]),
            ("z/[[]1[]].txt", &["z/[1].txt"]),
        ] {
            let found = found(&WireGlob { folder: folder.clone(), glob: glob.to_owned() });
            let want: Vec<PathBuf> = files.iter().map(|file| folder.join(file)).collect();
            assert_eq!(found, want, "{glob}");
        }
    }

    #[test]
    fn a_file_is_one_wire_however_it_is_named() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("a.txt");
        std::fs::write(&path, "It rained.\n").unwrap();
        let files = Files { working_folder: desk.path().to_owned(), ..Files::default() };
        let wire = |path: PathBuf| files.wire(&Named { name: desk::name(&path), path }).unwrap();
        let first = wire(path);
        for other in ["./a.txt", "x/../a.txt"] {
            let path = desk.path().join(other);
            assert!(Arc::ptr_eq(&first, &wire(path)), "{other}");
        }
    }

    /// A file that takes long (a pipe that nobody writes to) holds up nobody who reads another.
    #[cfg(unix)]
    #[test]
    fn files_are_read_beside_each_other() {
        use std::time::Duration;
        let desk = tempfile::tempdir().unwrap();
        let named = |name: &str| Named { path: desk.path().join(name), name: name.to_owned() };
        let (slow, quick) = (named("slow.txt"), named("quick.txt"));
        std::fs::write(&quick.path, "It rained.\n").unwrap();
        let made = std::process::Command::new("mkfifo").arg(&slow.path).status().unwrap();
        assert!(made.success());
        let files = &Files::default();
        std::thread::scope(|threads| {
            threads.spawn(|| files.wire(&slow));
            std::thread::sleep(Duration::from_millis(100));
            let (send, receive) = std::sync::mpsc::channel();
            threads.spawn(move || send.send(files.wire(&quick).is_ok()));
            let read = receive.recv_timeout(Duration::from_secs(20));
            std::fs::write(&slow.path, "It snowed.\n").unwrap();
            assert_eq!(read, Ok(true));
        });
    }
}
