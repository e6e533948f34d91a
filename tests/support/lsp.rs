//! A client of the language server, over real pipes.
//!
//! It answers what the server asks, keeps what it was told until somebody waits for it, and fails with everything that was
//! said and heard where something does not come in time.
#![allow(dead_code)]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

/// How long anything may take: generous, since other tests run beside these.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// How the server is started, and by what kind of client.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What the client says that it can do.
    pub capabilities: Value,
    /// `initializationOptions`.
    pub options: Value,
    /// What it answers to `workspace/configuration`, for every item.
    pub configuration: Value,
    /// Variables of the environment.
    pub env: Vec<(&'static str, String)>,
    /// Whether it answers what the server asks.
    pub answers: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            capabilities: able(),
            options: Value::Null,
            configuration: Value::Null,
            env: Vec::new(),
            answers: true,
        }
    }
}

/// What a client says of itself that can do everything, and counts columns in UTF-16.
pub fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "codeAction": {
                "codeActionLiteralSupport": {
                    "codeActionKind": { "valueSet": ["quickfix", "source", "source.fixAll"] },
                },
                "isPreferredSupport": true,
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "rename": { "prepareSupport": true },
        },
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    })
}

/// A running server, with a folder that is its workspace and that goes when the test ends.
pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Heard>,
    /// What came and nobody waited for yet.
    backlog: VecDeque<Value>,
    /// The document and the version of every publication, in order.
    pub published: Vec<(String, i64)>,
    /// What the server asked, answered already.
    pub asked: Vec<Value>,
    log: String,
    errors: Arc<Mutex<String>>,
    setup: Setup,
    folder: TempDir,
    last_id: i64,
    /// The answer to `initialize`.
    pub initialized: Value,
}

impl Client {
    /// A server that is ready, with a client that can do everything.
    pub fn start() -> Self {
        Self::with(Setup::default())
    }

    /// A server that is ready.
    pub fn with(setup: Setup) -> Self {
        let mut client = Self::spawn(setup);
        client.initialize();
        client
    }

    /// A server that was told nothing yet.
    pub fn spawn(setup: Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(["server", "--stdio"])
            .env("XDG_CACHE_HOME", folder.path().join(".cache"))
            .envs(setup.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut stderr = child.stderr.take().expect("a pipe");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut stdout = stdout;
            while let Some(heard) = read(&mut stdout) {
                let sense = heard.is_ok();
                if sender.send(heard).is_err() || !sense {
                    return;
                }
            }
        });
        let errors: Arc<Mutex<String>> = Arc::default();
        let heard = errors.clone();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut chunk) {
                let text = String::from_utf8_lossy(&chunk[..count]).into_owned();
                heard.lock().expect("a lock").push_str(&text);
            }
        });
        Self {
            stdin: child.stdin.take(),
            child,
            messages,
            backlog: VecDeque::new(),
            published: Vec::new(),
            asked: Vec::new(),
            log: String::new(),
            errors,
            setup,
            folder,
            last_id: 0,
            initialized: Value::Null,
        }
    }

    /// The parameters of `initialize`, for the folder as the one workspace folder.
    pub fn initialize_params(&self) -> Value {
        let root = Url::from_file_path(self.folder.path()).expect("a path");
        json!({
            "processId": null,
            "rootUri": root,
            "capabilities": self.setup.capabilities,
            "initializationOptions": self.setup.options,
            "workspaceFolders": [{ "uri": root, "name": "desk" }],
        })
    }

    /// Says `initialize` and `initialized`.
    pub fn initialize(&mut self) {
        let params = self.initialize_params();
        self.initialized = self.ask("initialize", params);
        self.notify("initialized", json!({}));
    }

    /// Where a file of the workspace lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The name of a file of the workspace in the protocol.
    pub fn uri(&self, name: &str) -> String {
        Url::from_file_path(self.path(name)).expect("a path").into()
    }

    /// Writes a file of the workspace at one stroke: a server that looks at that moment sees no half of it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        let whole = path.with_extension("whole");
        std::fs::write(&whole, text).expect("a file");
        std::fs::rename(whole, path).expect("the file in its place");
    }

    /// Sends bytes as they are. A server that is gone is no failure here: the next wait says so.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.note("->", &String::from_utf8_lossy(bytes));
        if let Some(stdin) = &mut self.stdin {
            let _ = stdin.write_all(bytes).and_then(|()| stdin.flush());
        }
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        self.raw(&frame(message));
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&notification(method, params));
    }

    /// Sends a request and returns its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a request: its result, or its error.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let mut answer = self
            .wait(&format!("the answer to {id}"), |m| m["id"] == id && m.get("method").is_none());
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    /// Sends a request and waits for its answer.
    pub fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.request(method, params);
        self.answer(id)
    }

    /// Sends a request and waits for its result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.try_ask(method, params);
        answer.unwrap_or_else(|error| self.fail(&format!("{method} was refused: {error}")))
    }

    /// Asks about a position in a document.
    pub fn ask_at(&mut self, method: &str, uri: &str, position: &Value) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        let document =
            json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document; each change is a range (or null for the whole text) and the new text.
    pub fn change(&mut self, uri: &str, version: i32, changes: &[(Value, &str)]) {
        let message = change(uri, version, changes);
        self.send(&message);
    }

    /// The findings of a version of a document, once they are published.
    pub fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let what = format!("the findings of {uri}, version {version}");
        let mut published = self.wait(&what, |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version
        });
        match published["params"]["diagnostics"].take() {
            Value::Array(list) => list,
            other => self.fail(&format!("no findings: {other}")),
        }
    }

    /// Waits for a message and takes it; what came before it stays for others.
    pub fn wait(&mut self, what: &str, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        let mut at = 0;
        loop {
            while let Some(message) = self.backlog.get(at) {
                if wanted(message) {
                    return self.backlog.remove(at).unwrap_or_default();
                }
                at += 1;
            }
            if let Err(why) = self.hear(end.saturating_duration_since(Instant::now())) {
                self.fail(&format!("waited for {what}: {why}"));
            }
        }
    }

    /// Takes all messages that came so far and that come within a time.
    pub fn drain(&mut self, within: Duration) -> Vec<Value> {
        let end = Instant::now() + within;
        while self.hear(end.saturating_duration_since(Instant::now())).is_ok() {}
        self.backlog.drain(..).collect()
    }

    /// Hears one message, and answers it if it is a request.
    fn hear(&mut self, within: Duration) -> Result<(), &'static str> {
        let message = self.messages.recv_timeout(within).map_err(|error| match error {
            RecvTimeoutError::Timeout => "nothing came in time",
            RecvTimeoutError::Disconnected => "the server closed its output",
        })?;
        let message = message.unwrap_or_else(|why| self.fail(&why));
        self.note("<-", &message.to_string());
        let findings = &message["params"];
        if let (Some(uri), Some(version)) = (findings["uri"].as_str(), findings["version"].as_i64())
        {
            self.published.push((uri.to_owned(), version));
        }
        if message.get("method").is_none() || message.get("id").is_none() {
            self.backlog.push_back(message);
            return Ok(());
        }
        if !self.setup.answers {
            return Ok(());
        }
        let result = match message["method"].as_str() {
            Some("workspace/configuration") => {
                let items = message["params"]["items"].as_array().map_or(0, Vec::len);
                let each = &self.setup.configuration;
                match each.as_array() {
                    Some(each) => each.clone().into(),
                    None => vec![each.clone(); items].into(),
                }
            }
            _ => Value::Null,
        };
        self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        self.asked.push(message);
        Ok(())
    }

    /// Changes the settings of the client, one value for each scope that the server asks for, and says so.
    pub fn configure_each(&mut self, configurations: Vec<Value>) {
        self.configure(configurations.into());
    }

    /// Changes the settings of the client and says so.
    pub fn configure(&mut self, configuration: Value) {
        self.setup.configuration = configuration;
        self.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    }

    /// Says that files of the workspace changed on disk.
    pub fn files_changed(&mut self, names: &[&str]) {
        let change = |name: &&str| json!({ "uri": self.uri(name), "type": 2 });
        let changes: Vec<Value> = names.iter().map(change).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// Closes the server's standard input.
    pub fn close_input(&mut self) {
        self.stdin = None;
    }

    /// Says `shutdown` and `exit`; returns the status of the process.
    pub fn finish(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.exit_code()
    }

    /// Waits for the end of the process; returns its status, if it was not killed.
    pub fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("a process") {
                // Nothing but messages came, to the last byte.
                self.drain(PATIENCE);
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.fail("the server did not end")
    }

    /// The id of the server's process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the server wrote to its standard error.
    pub fn errors(&self) -> String {
        self.errors.lock().expect("a lock").clone()
    }

    fn note(&mut self, direction: &str, text: &str) {
        const LONGEST: usize = 2000;
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let _ =
            writeln!(self.log, "{direction} {}", text[..end].trim_end().replace("\r\n\r\n", " "));
    }

    /// Fails the test with all that was said and heard.
    pub fn fail(&self, why: &str) -> ! {
        let start = self.log.len().saturating_sub(20_000);
        let start = (start..).find(|at| self.log.is_char_boundary(*at)).unwrap_or_default();
        panic!("{why}\n{}\nstandard error: {}", &self.log[start..], self.errors());
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A message in its frame.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A notification.
pub fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// The notification that a document changed.
pub fn change(uri: &str, version: i32, changes: &[(Value, &str)]) -> Value {
    let change = |(range, text): &(Value, &str)| match range {
        Value::Null => json!({ "text": text }),
        range => json!({ "range": range, "text": text }),
    };
    let changes: Vec<Value> = changes.iter().map(change).collect();
    let document = json!({ "uri": uri, "version": version });
    notification(
        "textDocument/didChange",
        json!({ "textDocument": document, "contentChanges": changes }),
    )
}

/// A message, or what else came that must not.
pub type Heard = Result<Value, String>;

/// Reads a message; `None` at the end. A byte that belongs to no message is as wrong as half a message.
pub fn read(input: &mut impl BufRead) -> Option<Heard> {
    let mut header = Vec::new();
    while !header.ends_with(b"\r\n\r\n") {
        match input.read_until(b'\n', &mut header) {
            Ok(1..) if b"Content-Length: ".starts_with(&header[..header.len().min(16)]) => {}
            _ if header.is_empty() => return None,
            end => {
                let header = String::from_utf8_lossy(&header);
                return Some(Err(format!("no message on standard output: {header:?}, {end:?}")));
            }
        }
    }
    Some(body(&header, input).map_err(|why| {
        format!("no message on standard output: {why}; {:?}", String::from_utf8_lossy(&header))
    }))
}

fn body(header: &[u8], input: &mut impl BufRead) -> Result<Value, Box<dyn std::error::Error>> {
    let length = std::str::from_utf8(header)?.trim_start_matches("Content-Length: ").trim_end();
    let mut body = vec![0; length.parse()?];
    input.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body)?)
}

/// The position of a byte, its column in UTF-16.
pub fn position(text: &str, byte: usize) -> Value {
    let before = &text[..byte];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[line..].encode_utf16().count();
    json!({ "line": before.matches('\n').count(), "character": column })
}

/// The range of the first place of some words.
pub fn range(text: &str, words: &str) -> Value {
    let start = text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text:?}"));
    json!({ "start": position(text, start), "end": position(text, start + words.len()) })
}

/// The byte at a position, its column in UTF-16.
pub fn byte(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().expect("a number") as usize;
    let lines = text.split_inclusive('\n');
    let start: usize = lines.take(number("line")).map(str::len).sum();
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        if units >= number("character") {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// The text after edits.
pub fn edited(text: &str, edits: &Value) -> String {
    let place = |edit: &Value| {
        let range = &edit["range"];
        byte(text, &range["start"])..byte(text, &range["end"])
    };
    let mut edits: Vec<_> =
        edits.as_array().expect("edits").iter().map(|edit| (place(edit), edit)).collect();
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = text.to_owned();
    for (range, edit) in edits.into_iter().rev() {
        out.replace_range(range, edit["newText"].as_str().expect("a text"));
    }
    out
}

/// The edits that a workspace edit makes to a document, and the version that they name.
pub fn edits_of<'e>(edit: &'e Value, uri: &str) -> (&'e Value, Option<i64>) {
    if let Some(edits) = edit["changes"].get(uri) {
        return (edits, None);
    }
    let changes = edit["documentChanges"].as_array().expect("changes");
    let own = changes.iter().find(|change| change["textDocument"]["uri"] == uri);
    let own = own.unwrap_or_else(|| panic!("no change of {uri} in {edit}"));
    (&own["edits"], own["textDocument"]["version"].as_i64())
}
