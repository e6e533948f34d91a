//! The queue of analyses: one at a time and document, the one that is looked at first.

use super::super::log::{Level, Log};
use super::super::position::Encoding;
use super::super::publish::Publisher;
use super::super::snapshot::{Draft, Snapshot};
use super::{Answer, Desk, Event, Outcome, REST, SILENCE};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::lsp_types::Url;

impl Desk {
    pub(super) fn ask(&mut self, uri: &Url, answer: Answer) {
        let Some(open) = self.documents.get_mut(uri) else {
            let message = format!("{uri} is not open");
            let _ = answer.send(Err(Error::invalid_params(message)));
            return;
        };
        match &open.snapshot {
            Some(snapshot) if !open.stale && !open.running => {
                let _ = answer.send(Ok(snapshot.clone()));
            }
            None if !open.stale && !open.running => {
                let _ = answer.send(Err(Error::internal_error()));
            }
            _ => open.waiting.push((open.document.revision, answer)),
        }
    }

    pub(super) fn check_again(&mut self) {
        for open in self.documents.values_mut() {
            (open.stale, open.newsroom, open.against) = (true, None, None);
        }
        if self.pulls {
            self.refresh();
        }
    }

    /// Has every document analysed that needs it and is not under way.
    pub(super) fn dispatch(&mut self) {
        if !self.configured {
            return;
        }
        let mut done = Vec::new();
        for open in self.documents.values_mut().filter(|open| open.stale && !open.running) {
            (open.stale, open.running) = (false, true);
            self.analyses += 1;
            let mut draft = open.draft(self.analyses, &self.newsrooms, &self.library);
            if self.pulls && !self.refreshes {
                // Nothing can be held back for a client that cannot be told when the waiting is over.
                draft.document.cursor = None;
            }
            let (session, revision) = (open.session, draft.document.revision);
            let quick = open.is_quick();
            let (publisher, log) = (self.publisher.clone(), self.log.clone());
            let encoding = self.encoding;
            let analyse = move || analyse(draft, encoding, &publisher, &log);
            if quick {
                done.push((session, revision, analyse()));
                continue;
            }
            let events = self.events.clone();
            tokio::task::spawn_blocking(move || {
                let outcome = analyse();
                let _ = events.send(Event::Analysed { session, revision, outcome });
            });
        }
        for (session, revision, outcome) in done {
            self.analysed(session, revision, outcome);
        }
    }

    pub(super) fn analysed(&mut self, session: u64, revision: u64, outcome: Outcome) {
        let uri = match &outcome {
            Ok(snapshot) => snapshot.document().uri.clone(),
            Err((uri, _)) => uri.clone(),
        };
        let Some(open) = self.documents.get_mut(&uri).filter(|open| open.session == session) else {
            return;
        };
        open.running = false;
        open.document.edits.retain(|edit| edit.revision > revision);
        let typing = open.document.cursor.is_some();
        match &outcome {
            Ok(snapshot) => {
                let current = Arc::ptr_eq(&snapshot.draft.newsrooms, &self.newsrooms);
                open.newsroom = current.then(|| snapshot.newsroom.clone());
                open.against = current.then(|| snapshot.against.clone());
                open.snapshot = Some(snapshot.clone());
            }
            // The findings before are of another text.
            Err(_) => open.snapshot = None,
        }
        // Files may have changed before it was known that they matter.
        let missed = std::mem::take(&mut open.missed);
        let outdated = missed.iter().any(|changed| open.file_changed(changed));
        for (asked, answer) in std::mem::take(&mut open.waiting) {
            match &outcome {
                _ if asked > revision => open.waiting.push((asked, answer)),
                Ok(snapshot) if asked == revision => {
                    let _ = answer.send(Ok(snapshot.clone()));
                }
                Ok(_) => {
                    let _ = answer.send(Err(modified()));
                }
                Err(_) => {
                    let _ = answer.send(Err(Error::internal_error()));
                }
            }
        }
        match outcome {
            Ok(snapshot) => {
                if !typing {
                    snapshot.rest();
                }
                if snapshot.left_out() > 0 && !std::mem::replace(&mut open.crowded, true) {
                    self.log.say(Level::Info, &left_out(&snapshot));
                }
                let due = !open.stale || open.published.elapsed() >= SILENCE;
                if due && !self.pulls {
                    open.published = Instant::now();
                    self.publish(&snapshot);
                }
                if outdated && self.pulls {
                    self.refresh();
                }
                if snapshot.is_typing() && snapshot.waits() {
                    self.wake_at_rest(uri, session, revision);
                }
                let unwatched = |(path, _): (&Path, _)| !self.is_watched(path);
                if !self.looks && snapshot.against.looked_at().any(unwatched) {
                    self.looks = true;
                    self.look_later();
                }
            }
            Err((uri, version)) => {
                let told = std::mem::replace(&mut open.failed, true);
                self.failed(uri, version, told);
            }
        }
    }

    /// Says that the check of a version failed, to the writer once. What was found in other versions stands no more; who
    /// pulls is answered with an error.
    pub(super) fn failed(&self, uri: Url, version: i32, told: bool) {
        let message = format!("the check of {uri}, version {version}, failed; please report this");
        match told {
            false => self.log.show(Level::Error, &message),
            true => self.log.say(Level::Error, &message),
        }
        if !self.pulls {
            self.wire.publish(&uri, Some(version), &[]);
        }
    }

    pub(super) fn wake_at_rest(&self, uri: Url, session: u64, revision: u64) {
        let events = self.events.clone();
        tokio::spawn(async move {
            tokio::time::sleep(REST).await;
            let _ = events.send(Event::Rested { uri, session, revision });
        });
    }
}

/// Analyses a draft. A panic costs this version of the document and nothing else.
fn analyse(draft: Draft, encoding: Encoding, publisher: &Publisher, log: &Log) -> Outcome {
    let failed = (draft.document.uri.clone(), draft.document.version);
    let settles = draft.newsroom.is_none();
    let work = || Arc::new(Snapshot::new(draft, encoding, publisher));
    let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(|_| failed);
    if settles && let Ok(snapshot) = &outcome {
        log.say(Level::Info, &standing(snapshot));
    }
    outcome
}

/// Which settings a document stands under, for the log.
fn standing(snapshot: &Snapshot) -> String {
    let uri = &snapshot.document().uri;
    match &snapshot.newsroom.file {
        Some(file) => format!("{uri} stands under {}", file.display()),
        None => format!("{uri} stands under no copydesk.toml"),
    }
}

/// That a document has more findings than are published, for the log.
fn left_out(snapshot: &Snapshot) -> String {
    let (uri, all) = (&snapshot.document().uri, snapshot.diagnostics.len());
    let out = snapshot.left_out();
    format!(
        "{uri} has {all} findings: more than editors show, so the {out} least grave are left out"
    )
}

/// The answer to a request about a version that is gone.
pub(super) fn modified() -> Error {
    Error {
        code: ErrorCode::ContentModified,
        message: "the document has changed since".into(),
        data: None,
    }
}
