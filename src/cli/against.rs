//! The wire copy of a run: what the command line, the front matter and the settings name, each file read and understood
//! once.

use super::Stop;
use super::args::InputFormat;
use crate::against::{Missing, Wire, Wires};
use crate::document::Format;
use crate::files::wire::{NAMELESS, found, load, own};
use crate::files::{self, absolute};
use crate::settings::WireGlob;
use std::collections::HashMap;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

type Read = Result<Arc<Wire>, String>;

/// What is made once for each key: who asks for one waits for nobody who makes another.
type Once<K, V> = Mutex<HashMap<K, Arc<OnceLock<V>>>>;

/// The wire copy of a run.
#[derive(Debug, Default)]
pub(super) struct Files {
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
            let name = files::name(path);
            let wire = this.wire(&Named { path: path.clone(), name: name.clone() });
            this.given.push(wire.map_err(|why| Stop::Trouble(format!("--against {name}: {why}")))?);
        }
        Ok(this)
    }

    /// What the draft at `path` is compared with: what the command line names, its own front matter (seen from its folder),
    /// and the settings. `None` where nothing names any.
    pub(super) fn of(
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
            match self.wire(&Named { name: files::name(&path), path }) {
                Ok(wire) => list.push(wire),
                Err(why) => missing.push(Missing { name, why }),
            }
        }
        for path in globs.iter().flat_map(found) {
            // What the settings find by a glob and is no text is no wire copy: nobody named it.
            let name = files::name(path.strip_prefix(&self.working_folder).unwrap_or(&path));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_one_wire_however_it_is_named() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("a.txt");
        std::fs::write(&path, "It rained.\n").unwrap();
        let files = Files { working_folder: desk.path().to_owned(), ..Files::default() };
        let wire = |path: PathBuf| files.wire(&Named { name: files::name(&path), path }).unwrap();
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
