//! The language server: the protocol's side of copydesk, and the only part that knows it.
//!
//! | module | what it does |
//! |---|---|
//! | `frames`, `transport`, `wire` | messages in and out, whatever arrives; calls tower-lsp's service |
//! | `backend` | the protocol's methods: notifications become events, requests read snapshots |
//! | `capabilities` | what the client can do, what the server offers |
//! | `desk` | the loop that owns the open documents, has them analysed, publishes |
//! | `document` | one open document: its text, the edits, the cursor |
//! | `snapshot` | an analysed version of a document, what requests read |
//! | `copy` | the wire copy that open drafts are compared with |
//! | `unfinished`, `shown` | what is being written, whose findings wait unless they are shown already |
//! | `settings` | the editor's settings and `copydesk.toml` |
//! | `features` | what a writer can ask: actions, hovers, people, the outline, sources |
//! | `position` | bytes to lines and columns in UTF-8, UTF-16 or UTF-32 |
//! | `publish`, `docs` | findings and documentation in the protocol's words |
//! | `log` | what is told beside answers |
//!
//! # A keystroke
//!
//! The reading thread parses the message; the protocol's task polls the handler, which puts an event into a channel; the
//! loop edits the rope and hands a clone of it to another thread, which analyses what the edit touched (of a short document
//! that is known already, the loop does so itself: waking a thread takes longer); the loop publishes the result with its
//! version. Nothing that takes long runs on the protocol's task, so `$/cancelRequest`, `shutdown` and
//! other documents are served at any time.

mod backend;
mod capabilities;
mod copy;
mod desk;
mod docs;
mod document;
mod features;
mod frames;
mod log;
mod position;
mod publish;
mod settings;
mod shown;
mod snapshot;
mod transport;
mod unfinished;
mod wire;

use backend::Backend;
use desk::Desk;
use log::{Entry, Log};
use std::path::Path;
use tokio::sync::mpsc;
use tower_lsp::{Client, LspService};
use wire::Wire;

/// Bytes of stack for threads that analyse: what the main thread of a process has.
const STACK: usize = 8 * 1024 * 1024;

/// Serves the client on standard input and output until it ends the server; returns the status of the process.
///
/// # Errors
/// In plain words, if the log file cannot be written or the server cannot start.
pub fn run(log_file: Option<&Path>) -> Result<u8, String> {
    let (log, entries) = Log::new(log_file)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .thread_stack_size(STACK)
        .build()
        .map_err(|error| format!("the server cannot start: {error}"))?;
    let status = runtime.block_on(serve(&log, entries));
    // An analysis that is under way is of no use to anybody.
    runtime.shutdown_background();
    Ok(status)
}

async fn serve(log: &Log, entries: mpsc::UnboundedReceiver<Entry>) -> u8 {
    let (events, inbox) = mpsc::unbounded_channel();
    let wire = Wire::new(std::io::stdout());
    let mut client = None;
    let (service, socket) = LspService::new(|given| {
        client = Some(given.clone());
        Backend::new(given, events.clone(), log.clone())
    });
    if let Some(client) = client {
        tokio::spawn(tell(client.clone(), entries));
        tokio::spawn(Desk::new(events, client, wire.clone(), log.clone()).run(inbox));
    }
    transport::serve(service, socket, &wire, log).await
}

/// Panics where a test asks for it: `COPYDESK_TEST_PANIC` is a list of places, each with a word of the text (`analysis=x`,
/// `read=y`, `handler=z`). Not in a release build.
fn fail_on_purpose(place: &str, text: &str) {
    if !cfg!(debug_assertions) {
        return;
    }
    let Ok(asked) = std::env::var("COPYDESK_TEST_PANIC") else { return };
    let mut asked = asked.split(',').filter_map(|asked| asked.split_once('='));
    assert!(
        !asked.any(|(named, word)| named == place && text.contains(word)),
        "asked for by a test"
    );
}

async fn tell(client: Client, mut entries: mpsc::UnboundedReceiver<Entry>) {
    while let Some(Entry { level, message, shown }) = entries.recv().await {
        if shown {
            client.show_message(level.kind(), message.clone()).await;
        }
        client.log_message(level.kind(), message).await;
    }
}
