//! Paths as settings and reports have them, and what a name tells.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

/// Names of files that lie beside drafts but are none, ASCII case ignored.
const NO_DRAFTS: &[&str] = &[
    "readme*",
    "changelog*",
    "license*",
    "licence*",
    "copying*",
    "contributing*",
    "code_of_conduct*",
    "security*.md",
    "requirements*.txt",
    "cmakelists.txt",
    "robots.txt",
    "humans.txt",
];

static NO_DRAFT: LazyLock<GlobSet> = LazyLock::new(|| {
    let mut set = GlobSetBuilder::new();
    let globs = NO_DRAFTS.iter().map(|glob| GlobBuilder::new(glob).case_insensitive(true).build());
    globs.flatten().for_each(|glob| {
        set.add(glob);
    });
    set.build().unwrap_or_default()
});

/// `path` seen from the root, without `.` and `..`; links stay as they are.
pub(crate) fn absolute(folder: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in folder.join(path).components() {
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

/// A path as people want to read it: from the folder `from` if it lies below.
pub(crate) fn shown(path: &Path, from: &Path) -> PathBuf {
    path.strip_prefix(from).unwrap_or(path).to_owned()
}

/// A path with `/` between its parts, so that reports read the same everywhere.
pub(crate) fn name(path: &Path) -> String {
    let name = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
}

/// Whether a file is by its name one of those that lie beside drafts and are none, such as a README.
pub(crate) fn is_beside_drafts(path: &Path) -> bool {
    path.file_name().is_some_and(|name| NO_DRAFT.is_match(name))
}
