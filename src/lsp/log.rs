//! The log: to the editor through `window/logMessage`, and to a file where one is asked for. Never to standard output,
//! which belongs to the protocol.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tower_lsp::lsp_types::MessageType;

/// How grave an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Error,
    Warning,
    Info,
}

impl Level {
    /// The protocol's word for it.
    pub(super) fn kind(self) -> MessageType {
        match self {
            Self::Error => MessageType::ERROR,
            Self::Warning => MessageType::WARNING,
            Self::Info => MessageType::INFO,
        }
    }
}

/// What is said to the editor beside answers.
#[derive(Debug)]
pub(super) struct Entry {
    pub level: Level,
    pub message: String,
    /// Whether it is shown to the writer, and not only kept.
    pub shown: bool,
}

/// Writes log entries; clones write to the same log.
#[derive(Clone, Debug)]
pub(super) struct Log {
    editor: mpsc::UnboundedSender<Entry>,
    file: Option<Arc<Mutex<File>>>,
}

impl Log {
    /// A log that goes to the receiver, and to the file at `path`, which is made anew.
    ///
    /// # Errors
    /// In plain words, if the file cannot be written.
    pub(super) fn new(
        path: Option<&Path>,
    ) -> Result<(Self, mpsc::UnboundedReceiver<Entry>), String> {
        let file = path.map(File::create).transpose().map_err(|error| {
            let path = path.unwrap_or(Path::new("")).display();
            format!("{path}: cannot write the log: {error}")
        })?;
        let (editor, entries) = mpsc::unbounded_channel();
        Ok((Self { editor, file: file.map(|file| Arc::new(Mutex::new(file))) }, entries))
    }

    /// Keeps an entry in the log.
    pub(super) fn say(&self, level: Level, message: &str) {
        self.add(level, message, false);
    }

    /// Keeps an entry in the log and shows it to the writer.
    pub(super) fn show(&self, level: Level, message: &str) {
        self.add(level, message, true);
    }

    fn add(&self, level: Level, message: &str, shown: bool) {
        if let Some(file) = &self.file {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            let now = jiff::Timestamp::now();
            let _ = writeln!(file, "{now:.3} {level:?}: {message}");
        }
        let _ = self.editor.send(Entry { level, message: message.to_owned(), shown });
    }
}
