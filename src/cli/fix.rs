//! Drafts with their fixes: written so that a crash or a full disk loses nothing.

use super::output::clean_lines;
use crate::files::read;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Replaces what the file at `path` holds, provided that it still is `before`.
///
/// The new text is written to a file beside it and synced before it takes the old one's place, so that at every moment
/// one of the two is there in full. Links are followed; permissions stay.
pub(super) fn write(path: &Path, before: &str, after: &str) -> Result<(), String> {
    let path = fs::canonicalize(path).map_err(read::reason)?;
    let metadata = fs::metadata(&path).map_err(read::reason)?;
    if metadata.permissions().readonly() {
        return Err("the file is read-only; nothing was changed".to_owned());
    }
    if fs::read(&path).map_err(read::reason)? != before.as_bytes() {
        return Err(
            "the file changed while it was checked; nothing was changed, run again".to_owned()
        );
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    replace(folder, &path, &metadata, after)
        .map_err(|error| format!("cannot write the fixed draft: {error}; the file is as it was"))
}

fn replace(folder: &Path, path: &Path, metadata: &fs::Metadata, text: &str) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    keep_owner(file.path(), metadata);
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The folder's entry is on disk only after this; systems that cannot do it do it by themselves.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Gives the new file the old one's owner and group, where that is allowed.
#[cfg(unix)]
fn keep_owner(path: &Path, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(path, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

/// What `--fix` would change, as a unified diff: to the byte where a program takes it, which may apply it, and without what
/// could command the terminal where a person reads it.
pub(super) fn diff(name: &str, before: &str, after: &str, is_watched: bool) -> String {
    let mut config = similar::TextDiff::configure();
    let diff = config.timeout(std::time::Duration::from_secs(2)).diff_lines(before, after);
    let text = diff.unified_diff().context_radius(2).header(name, name).to_string();
    if is_watched { clean_lines(&text) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_cannot_command_a_terminal_and_is_exact_for_programs() {
        let (before, after) = ("\u{1B}[2J a  b\r\n", "\u{1B}[2J a b\r\n");
        let exact = diff("a.txt", before, after, false);
        assert!(exact.contains(&format!("-{before}+{after}")), "{exact:?}");
        let shown = diff("a\u{1B}.txt", before, after, true);
        assert!(!shown.contains(['\u{1B}', '\r']), "{shown:?}");
        assert_eq!(shown.lines().count(), exact.lines().count());
    }
}
