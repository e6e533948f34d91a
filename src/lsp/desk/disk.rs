//! What changes on disk: wire copy, by the client's watch or by looking.

use super::super::copy::{self, Changed};
use super::{Desk, Event, LOOK};
use crate::document::Format;
use ropey::Rope;
use std::path::{Path, PathBuf};

impl Desk {
    /// Says that the editor has another text open under `path`, or has it open no more.
    pub(super) fn edited(&mut self, path: &Path, text: Option<Rope>) {
        self.library.buffer(path, text);
        self.files_changed(&[Changed { path: path.to_owned(), on_disk: false }]);
    }

    /// Has the drafts analysed again that are compared with files which are other ones now.
    pub(super) fn files_changed(&mut self, files: &[Changed]) {
        let mut concerned = false;
        for changed in files {
            self.library.changed(&changed.path);
            for open in self.documents.values_mut() {
                concerned |= open.file_changed(changed);
            }
        }
        if concerned && self.pulls {
            self.refresh();
        }
    }

    /// Finds out which wire copy changed that the client does not watch, on another thread, and looks again later.
    pub(super) fn look(&mut self) {
        let against = self.documents.values().filter_map(|open| open.against.as_ref());
        let files = against.flat_map(|against| against.looked_at());
        let unwatched = files.filter(|(path, _)| !self.is_watched(path));
        let closed = unwatched.filter(|(path, _)| !self.library.is_open(path));
        let seen: Vec<_> = closed.map(|(path, stamp)| (path.to_owned(), stamp)).collect();
        self.looks = !seen.is_empty();
        if seen.is_empty() {
            return;
        }
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let changed = seen.into_iter().filter(|(path, stamp)| copy::stamp(path) != *stamp);
            let changed: Vec<PathBuf> = changed.map(|(path, _)| path).collect();
            if !changed.is_empty() {
                let _ = events.send(Event::Files(changed));
            }
        });
        self.look_later();
    }

    pub(super) fn look_later(&self) {
        let events = self.events.clone();
        tokio::spawn(async move {
            tokio::time::sleep(LOOK).await;
            let _ = events.send(Event::Look);
        });
    }

    /// Whether the client says when the file at `path` changes.
    pub(super) fn is_watched(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str());
        self.watches
            && ending.and_then(Format::from_extension).is_some()
            && self.newsrooms.root(Some(path)).is_some()
    }
}
