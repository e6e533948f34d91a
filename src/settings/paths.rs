//! Globs of the settings: relative to the folder of the file that they stand in, like those of .gitignore.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};

/// Which paths a list of globs covers.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    set: GlobSet,
}

impl Paths {
    /// Compiles the globs; the error is the number of the first bad one and what is wrong with it.
    pub(super) fn new(globs: &[impl AsRef<str>]) -> Result<Self, (usize, String)> {
        let mut builder = GlobSetBuilder::new();
        for (number, glob) in globs.iter().enumerate() {
            for glob in compile(glob.as_ref()).map_err(|error| (number, error))? {
                builder.add(glob);
            }
        }
        let set = builder.build().map_err(|error| (0, error.to_string()))?;
        Ok(Self { set })
    }

    /// Whether `path` is covered, seen from `folder`.
    pub(super) fn covers(&self, folder: &Path, path: &Path) -> bool {
        !self.set.is_empty() && self.set.is_match(path.strip_prefix(folder).unwrap_or(path))
    }
}

/// The path that a glob names, as far as it has no wild cards, and whether it has none at all. `None` where the glob is
/// looked for at any depth.
pub(super) fn literal(glob: &str) -> (Option<PathBuf>, bool) {
    let trimmed = glob.trim().trim_end_matches('/');
    let rooted = trimmed.strip_prefix("./").or_else(|| trimmed.strip_prefix('/'));
    let is_wild = |part: &str| part.contains(['*', '?', '[', '{', '\\']);
    if rooted.is_none() && !trimmed.contains('/') {
        return (None, !is_wild(trimmed));
    }
    let parts = rooted.unwrap_or(trimmed).split('/');
    let path = parts.take_while(|part| !is_wild(part)).collect();
    (Some(path), !is_wild(trimmed))
}

/// A glob without a slash is looked for at any depth; one that names a folder covers all that lies in it.
fn compile(glob: &str) -> Result<[Glob; 2], String> {
    let trimmed = glob.trim().trim_end_matches('/');
    let rooted = trimmed.strip_prefix("./").or_else(|| trimmed.strip_prefix('/'));
    let pattern = match rooted {
        Some(rooted) => rooted.to_owned(),
        None if trimmed.contains('/') => trimmed.to_owned(),
        None => format!("**/{trimmed}"),
    };
    if trimmed.is_empty() {
        return Err("the glob is empty".to_owned());
    }
    let build = |pattern: &str| {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        glob.map_err(|error| error.kind().to_string())
    };
    Ok([build(&pattern)?, build(&format!("{pattern}/**"))?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(glob: &str, path: &str) -> bool {
        Paths::new(&[glob]).expect("a glob").covers(Path::new("/desk"), Path::new(path))
    }

    #[test]
    fn globs_read_like_gitignore() {
        assert!(covers("*.md", "/desk/a/b.md"));
        assert!(covers("archive", "/desk/x/archive/2019/b.md"));
        assert!(covers("archive/", "/desk/archive/b.md"));
        assert!(covers("opinion/*.md", "/desk/opinion/b.md"));
        assert!(!covers("opinion/*.md", "/desk/x/opinion/b.md"));
        assert!(!covers("/b.md", "/desk/a/b.md"));
        assert!(Paths::new(&["a[".to_owned()]).is_err());
    }

    #[test]
    fn what_a_glob_names_outright() {
        let path = |path: &str| Some(PathBuf::from(path));
        assert_eq!(literal("drafts/a.md"), (path("drafts/a.md"), true));
        assert_eq!(literal("./a.md"), (path("a.md"), true));
        assert_eq!(literal("drafts/2025/*.md"), (path("drafts/2025"), false));
        assert_eq!(literal("**/a.md"), (path(""), false));
        assert_eq!(literal("a.md"), (None, true));
        assert_eq!(literal("*.md"), (None, false));
    }
}
