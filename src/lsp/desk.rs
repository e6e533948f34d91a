//! The one place that owns the open documents.
//!
//! Handlers put events into a channel before their first await, so events come in the order of the messages. The loop takes
//! all that is there, then has the documents that changed analysed on other threads: one version of a document at a time,
//! the newest when its turn comes. What comes back is published with its version, so published versions never go back. A
//! version that is gone by then is left out, since its lines are no longer those on the screen; but who types on and on
//! sees findings from time to time nevertheless.
//! A request waits for the snapshot of the version that it was asked about.

mod disk;
mod queue;
mod told;

use super::copy::{Against, Changed, Library};
use super::document::OpenDocument;
use super::log::{Level, Log};
use super::position::Encoding;
use super::publish::Publisher;
use super::settings::{EditorSettings, Newsroom, Newsrooms};
use super::snapshot::{Draft, Snapshot};
use super::wire::Wire;
use crate::analysis::Cache;
use crate::files::settings::Broken;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

/// How long a writer pauses before an unfinished sentence counts as it stands.
const REST: Duration = Duration::from_secs(1);

/// How long a writer who does not pause goes without findings, which are of a version that is gone then.
const SILENCE: Duration = Duration::from_millis(500);

/// How often wire copy is looked at that the client does not watch.
const LOOK: Duration = Duration::from_secs(2);

/// The longest document, in bytes, that is analysed between two messages: with most of it known that takes less than a
/// thread takes to wake up.
const QUICK: usize = 16 * 1024;

/// Something that happened.
#[derive(Debug)]
pub(super) enum Event {
    /// What the client can do, before anything else.
    Begin {
        encoding: Encoding,
        publisher: Publisher,
        pulls: bool,
        refreshes: bool,
        watches: bool,
    },
    Open(TextDocumentItem),
    Change {
        uri: Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    Save(Url),
    Close(Url),
    /// Asks for the document as it is now.
    Ask {
        uri: Url,
        answer: Answer,
    },
    /// Settings of the editor: for each folder of the workspace, and for what lies in none.
    Configured {
        folders: Vec<(PathBuf, EditorSettings)>,
        elsewhere: EditorSettings,
    },
    /// Files changed on disk.
    Files(Vec<PathBuf>),
    /// It is time to look at wire copy that the client does not watch.
    Look,
    /// An analysis came to its end.
    Analysed {
        session: u64,
        revision: u64,
        outcome: Outcome,
    },
    /// The writer paused.
    Rested {
        uri: Url,
        session: u64,
        revision: u64,
    },
}

/// Where a snapshot is waited for.
pub(super) type Answer = oneshot::Sender<Result<Arc<Snapshot>>>;

/// A snapshot, or the document whose analysis failed, and its version.
type Outcome = std::result::Result<Arc<Snapshot>, (Url, i32)>;

/// An open document with what is known of it.
struct Open {
    document: OpenDocument,
    /// Which opening this is: a document that is closed and opened again is another one.
    session: u64,
    cache: Arc<Mutex<Cache>>,
    snapshot: Option<Arc<Snapshot>>,
    /// The settings it stands under, if it was analysed since they changed.
    newsroom: Option<Arc<Newsroom>>,
    /// What it is compared with, if it was analysed since that changed.
    against: Option<Arc<Against>>,
    /// Files that changed while an analysis was under way.
    missed: Vec<Changed>,
    /// Whether an analysis is under way.
    running: bool,
    /// Whether the newest version was neither analysed nor handed over for it.
    stale: bool,
    waiting: Vec<(u64, Answer)>,
    /// When findings were last published, or else the document was opened.
    published: Instant,
    /// Whether the writer was told that the check failed. It may fail again at every keystroke.
    failed: bool,
    /// Whether the log says that there are more findings than are published.
    crowded: bool,
}

impl Open {
    /// The newest version, to be analysed.
    fn draft(&self, number: u64, newsrooms: &Arc<Newsrooms>, library: &Arc<Library>) -> Draft {
        Draft {
            library: library.clone(),
            against: self.against.clone().filter(|against| against.is_of(&self.document.text)),
            document: self.document.clone(),
            before: self.snapshot.clone(),
            number,
            cache: self.cache.clone(),
            newsrooms: newsrooms.clone(),
            newsroom: self.newsroom.clone(),
        }
    }

    /// The settings that it stood under when it was last analysed, also where that failed.
    fn stands_under(&self) -> Option<&Newsroom> {
        let analysed = self.snapshot.as_ref().map(|snapshot| &snapshot.newsroom);
        analysed.or(self.newsroom.as_ref()).map(Arc::as_ref)
    }

    /// Whether an analysis takes no longer than handing it over: the document is short, and neither it nor its settings
    /// nor what it is compared with are new.
    fn is_quick(&self) -> bool {
        self.snapshot.is_some()
            && self.newsroom.is_some()
            && self.against.as_ref().is_some_and(|against| against.is_of(&self.document.text))
            && self.document.text.len_bytes() <= QUICK
    }

    /// Has it analysed again if it is compared with a file that changed.
    fn file_changed(&mut self, changed: &Changed) -> bool {
        if self.running {
            self.missed.push(changed.clone());
        }
        let concerned = self.against.as_ref().is_some_and(|against| against.concerns(changed));
        if concerned {
            (self.against, self.stale) = (None, true);
        }
        concerned
    }
}

/// The loop.
pub(super) struct Desk {
    events: mpsc::UnboundedSender<Event>,
    client: Client,
    wire: Wire,
    log: Log,
    encoding: Encoding,
    publisher: Arc<Publisher>,
    /// Whether findings are pulled, and not published.
    pulls: bool,
    /// Whether the client can be told to pull again.
    refreshes: bool,
    documents: HashMap<Url, Open>,
    newsrooms: Arc<Newsrooms>,
    library: Arc<Library>,
    /// Whether the client says when files of the workspace change.
    watches: bool,
    /// Whether wire copy is looked at from time to time.
    looks: bool,
    /// Whether the editor's settings are known. Before, nothing is analysed.
    configured: bool,
    sessions: u64,
    analyses: u64,
    /// Settings files that findings were published for.
    broken: BTreeMap<PathBuf, Broken>,
}

impl Desk {
    /// A desk that hears its own events through `events`, asks `client`, and publishes on `wire`.
    pub(super) fn new(
        events: mpsc::UnboundedSender<Event>,
        client: Client,
        wire: Wire,
        log: Log,
    ) -> Self {
        Self {
            events,
            client,
            wire,
            log,
            encoding: Encoding::default(),
            publisher: Arc::default(),
            pulls: false,
            refreshes: false,
            documents: HashMap::new(),
            newsrooms: Arc::default(),
            library: Arc::default(),
            watches: false,
            looks: false,
            configured: false,
            sessions: 0,
            analyses: 0,
            broken: BTreeMap::new(),
        }
    }

    /// Runs until nobody can send events any more.
    pub(super) async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Event>) {
        while let Some(event) = inbox.recv().await {
            self.handle(event);
            while let Ok(event) = inbox.try_recv() {
                self.handle(event);
            }
            self.dispatch();
            self.publish_broken_settings();
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Begin { encoding, publisher, pulls, refreshes, watches } => {
                self.watches = watches;
                (self.encoding, self.publisher) = (encoding, Arc::new(publisher));
                (self.pulls, self.refreshes) = (pulls, refreshes);
                let way = if pulls { "pulled" } else { "published" };
                let columns = encoding.kind();
                self.log.say(Level::Info, &format!("columns: {columns:?}; findings are {way}"));
            }
            Event::Open(item) => self.open(item),
            Event::Change { uri, version, changes } => self.change(&uri, version, changes),
            Event::Save(uri) => self.save(&uri),
            Event::Close(uri) => self.close(&uri),
            Event::Ask { uri, answer } => self.ask(&uri, answer),
            Event::Configured { folders, elsewhere } => {
                self.configured = true;
                let broken = self.broken_in_use();
                self.newsrooms = Arc::new(self.newsrooms.changed(folders, elsewhere, broken));
                self.log.say(Level::Info, "the editor's settings are read");
                self.check_again();
            }
            Event::Files(paths) => {
                if let Some(path) = paths.iter().find(|path| self.newsrooms.concerns(path)) {
                    self.newsrooms = Arc::new(self.newsrooms.refreshed(self.broken_in_use()));
                    let message = format!("settings files are read again: {}", path.display());
                    self.log.say(Level::Info, &message);
                    self.check_again();
                }
                // What an editor has open counts as the editor has it.
                let closed = paths.into_iter().filter(|path| !self.library.is_open(path));
                let changed = closed.map(|path| Changed { path, on_disk: true });
                self.files_changed(&changed.collect::<Vec<_>>());
            }
            Event::Look => self.look(),
            Event::Analysed { session, revision, outcome } => {
                self.analysed(session, revision, outcome);
            }
            Event::Rested { uri, session, revision } => self.rested(&uri, session, revision),
        }
    }

    fn open(&mut self, item: TextDocumentItem) {
        self.sessions += 1;
        let TextDocumentItem { uri, language_id, version, text } = item;
        if self.documents.contains_key(&uri) {
            self.log.say(Level::Warning, &format!("{uri} was opened twice"));
            self.close(&uri);
        }
        let document = OpenDocument::new(uri.clone(), &language_id, version, &text);
        if document.format.is_none() {
            let kind =
                format!("{uri} ({language_id}) is no draft: it is not of a kind that is read");
            self.log.say(Level::Info, &kind);
        }
        let open = Open {
            document,
            session: self.sessions,
            cache: Arc::default(),
            snapshot: None,
            newsroom: None,
            against: None,
            missed: Vec::new(),
            running: false,
            stale: true,
            waiting: Vec::new(),
            published: Instant::now(),
            failed: false,
            crowded: false,
        };
        // Editors forget what was said of a file when they close it.
        if let Some(broken) = open.document.path.as_ref().and_then(|path| self.broken.get(path)) {
            self.publish_settings(broken);
        }
        if let Some(path) = open.document.path.clone() {
            self.edited(&path, Some(open.document.text.clone()));
        }
        self.documents.insert(uri, open);
    }

    fn change(&mut self, uri: &Url, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(open) = self.documents.get_mut(uri) else {
            self.log.say(Level::Warning, &format!("an edit of {uri}, which is not open"));
            return;
        };
        for complaint in open.document.change(version, changes, self.encoding) {
            self.log.say(Level::Warning, &complaint);
        }
        open.stale = true;
        let text = open.document.text.clone();
        if let Some(path) = open.document.path.clone() {
            self.edited(&path, Some(text));
        }
    }

    fn save(&mut self, uri: &Url) {
        let Some(open) = self.documents.get_mut(uri) else { return };
        // Whoever saves has finished for now.
        open.document.cursor = None;
        if !open.running && !open.stale {
            self.finish(uri);
        }
    }

    fn rested(&mut self, uri: &Url, session: u64, revision: u64) {
        let Some(open) = self.documents.get_mut(uri) else { return };
        if open.session == session && open.document.revision == revision {
            open.document.cursor = None;
            self.finish(uri);
        }
    }

    /// Publishes what was held back, under the same version.
    fn finish(&self, uri: &Url) {
        let Some(snapshot) = self.documents.get(uri).and_then(|open| open.snapshot.as_ref()) else {
            return;
        };
        let held_back = snapshot.is_typing() && snapshot.waits();
        snapshot.rest();
        if held_back {
            self.publish(snapshot);
        }
    }

    fn close(&mut self, uri: &Url) {
        let forgotten = self.forget(uri);
        if let Some(path) = forgotten.as_ref().and_then(|document| document.path.as_deref()) {
            self.edited(path, None);
        }
        let draft = forgotten.is_some_and(|document| document.format.is_some());
        if draft && !self.pulls {
            self.wire.publish(uri, None, &[]);
        }
    }

    /// Drops a document; who waits for it is told so.
    fn forget(&mut self, uri: &Url) -> Option<OpenDocument> {
        let open = self.documents.remove(uri)?;
        for (_, answer) in open.waiting {
            let _ = answer.send(Err(queue::modified()));
        }
        Some(open.document)
    }
}
