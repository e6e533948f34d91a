//! Wire copy on disk: what front matter and settings name, and a file as wire copy.

use super::{absolute, read};
use crate::against::Wire;
use crate::document::{Document, Format, FrontMatter};
use crate::settings::WireGlob;
use globset::{GlobBuilder, GlobMatcher};
use std::path::{Path, PathBuf};

/// Wire copy longer than this many bytes is refused: it is no copy, and would be kept in memory.
const LONGEST: usize = 16 << 20;

/// The most files that a glob of the settings gives for one draft.
const MOST: usize = 200;

/// What is said of `against` in the front matter where it names nothing.
pub(crate) const NAMELESS: &str = "`against` names no file; write it as [wire.txt, transcript.md]";

/// How many entries of folders are looked at for a glob of the settings: one that covers a whole disk finds no copy.
const LOOKED_AT: usize = 20_000;

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
}
