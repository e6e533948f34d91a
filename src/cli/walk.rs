//! Paths to drafts: files named outright, and what folders hold.

use super::desk::Draft;
use super::newsroom::Newsrooms;
use crate::document::Format;
use crate::files::is_beside_drafts;
use crate::files::read::reason;
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Folders that hold other people's files.
const VENDORED: &[&str] = &[
    "node_modules",
    "bower_components",
    "vendor",
    "vendored",
    "third_party",
    "third-party",
    "venv",
    "site-packages",
    "__pycache__",
];

/// The drafts that `paths` name (only what would be found in a folder, if `force_exclude`), in the order of `paths`, those
/// of a folder sorted; and what could not be read. A file that is named twice, in whatever way, is one draft.
pub(super) fn drafts(
    paths: &[PathBuf],
    newsrooms: &Newsrooms,
    force_exclude: bool,
) -> (Vec<Draft>, Vec<(PathBuf, String)>) {
    let (mut drafts, mut failed) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    // One path alone names no file twice, since links are not followed below it: nothing to look up.
    let mut is_new = |path: &Path| paths.len() == 1 || seen.insert(identity(path, newsrooms));
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let (found, errors) = folder(path, newsrooms);
                failed.extend(errors.into_iter().filter(|(path, _)| is_new(path)));
                drafts.extend(found.into_iter().filter(|path| is_new(path)).map(Draft::File));
            }
            Ok(_) if force_exclude && !is_draft(path, newsrooms) => {}
            Ok(_) if is_new(path) => drafts.push(Draft::File(path.clone())),
            Ok(_) => {}
            Err(error) if is_new(path) => failed.push((path.clone(), reason(error))),
            Err(_) => {}
        }
    }
    (drafts, failed)
}

/// The file itself, whatever links and dots its path goes through.
fn identity(path: &Path, newsrooms: &Newsrooms) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| newsrooms.absolute(path))
}

/// The drafts below a folder, sorted; hidden files and what .gitignore and .copydeskignore name are left out.
fn folder(root: &Path, newsrooms: &Newsrooms) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    let found = Mutex::new((Vec::new(), Vec::new()));
    let walker = WalkBuilder::new(root)
        .require_git(false)
        .add_custom_ignore_filename(".copydeskignore")
        .filter_entry(|entry| entry.depth() == 0 || !is_vendored(entry))
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    found.0.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => found.1.push(unreadable(root, &error)),
            }
            WalkState::Continue
        })
    });
    let (mut paths, mut failed) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    paths.retain(|path| is_draft(path, newsrooms));
    let errors = failed.iter_mut().map(|(path, _)| path);
    for path in paths.iter_mut().chain(errors) {
        if let Ok(short) = path.strip_prefix(".") {
            *path = short.to_owned();
        }
    }
    paths.sort();
    failed.sort();
    (paths, failed)
}

fn is_vendored(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
        && entry.file_name().to_str().is_some_and(|name| VENDORED.contains(&name))
}

fn unreadable(root: &Path, error: &ignore::Error) -> (PathBuf, String) {
    let mut inner = error;
    let mut path = root.to_owned();
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                inner = err;
            }
            ignore::Error::Io(error) => return (path, reason(io_error(error))),
            other => return (path, other.to_string()),
        }
    }
}

fn io_error(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), error.to_string())
}

/// Whether a file found in a folder is a draft: what the settings say, or else its ending and its name.
fn is_draft(path: &Path, newsrooms: &Newsrooms) -> bool {
    let settings = newsrooms.above(path).ok();
    match settings.and_then(|newsroom| newsroom.settings.is_draft(&newsrooms.absolute(path))) {
        Some(answer) => answer,
        None => {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| Format::from_extension(extension).is_some())
                && !is_beside_drafts(path)
        }
    }
}
