//! The way to the client: frames on standard output, in the order in which they are sent.

use serde::Serialize;
use std::io::Write;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tower_lsp::lsp_types::{Diagnostic, Url};

/// How long a client has to take what is left when the server ends.
const PATIENCE: Duration = Duration::from_secs(1);

/// Writes frames on a thread of its own: a client that reads slowly holds up nothing. Clones write to the same output.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    frames: mpsc::Sender<Frame>,
    finished: Arc<Mutex<mpsc::Receiver<()>>>,
}

/// What the thread is given.
#[derive(Debug)]
enum Frame {
    Bytes(Vec<u8>),
    /// Nothing comes after it.
    Last,
}

/// `textDocument/publishDiagnostics` with findings that are borrowed.
#[derive(Serialize)]
struct Publication<'a> {
    uri: &'a Url,
    diagnostics: &'a [&'a Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

#[derive(Serialize)]
struct Notification<P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: P,
}

impl Wire {
    /// The wire that `output` is.
    pub(super) fn new(mut output: impl Write + Send + 'static) -> Self {
        let (frames, queue) = mpsc::channel();
        let (done, finished) = mpsc::channel();
        std::thread::spawn(move || {
            // Once the client is gone there is nobody to write to; the end of the input ends the server.
            while let Ok(Frame::Bytes(frame)) = queue.recv() {
                if output.write_all(&frame).and_then(|()| output.flush()).is_err() {
                    break;
                }
            }
            let _ = done.send(());
        });
        Self { frames, finished: Arc::new(Mutex::new(finished)) }
    }

    /// Sends a message.
    pub(super) fn send(&self, message: &impl Serialize) {
        let Ok(body) = serde_json::to_vec(message) else { return };
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend(body);
        let _ = self.frames.send(Frame::Bytes(frame));
    }

    /// Publishes the findings of a document.
    pub(super) fn publish(&self, uri: &Url, version: Option<i32>, diagnostics: &[&Diagnostic]) {
        self.send(&Notification {
            jsonrpc: "2.0",
            method: "textDocument/publishDiagnostics",
            params: Publication { uri, diagnostics, version },
        });
    }

    /// Waits until all is written, or until the client has shown that it does not read.
    pub(super) fn finish(&self) {
        let _ = self.frames.send(Frame::Last);
        let finished = super::settings::lock(&self.finished);
        let _ = finished.recv_timeout(PATIENCE);
    }
}
