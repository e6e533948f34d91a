//! A story that is open in an editor.

use crate::lsp::{Client, Setup, change, frame};
use serde_json::{Value, json};
use std::ops::{Deref, DerefMut};

/// A sentence with one finding, an error.
pub const DANGLING: &str = "The council approved the plan, according to.\n";

/// Rules of a settings file that turn the finding of `DANGLING` off.
pub const OFF: &str = "[rules]\ndangling-attribution = \"off\"\n";

/// A finding: its rule and its range (line, column, line, column).
pub type Place = (String, [u64; 4]);

/// A client with one open story, and its newest version.
pub struct Story {
    pub client: Client,
    pub uri: String,
    pub version: i32,
}

impl Deref for Story {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Story {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl Story {
    /// A story in Markdown, in an editor that can do everything.
    pub fn open(text: &str) -> Self {
        Self::with(Setup::default(), text)
    }

    /// A story in Markdown, in another editor.
    pub fn with(setup: Setup, text: &str) -> Self {
        let mut client = Client::with(setup);
        let uri = client.uri("story.md");
        client.open(&uri, "markdown", 1, text);
        Self { client, uri, version: 1 }
    }

    /// A story that was checked.
    pub fn checked(text: &str) -> Self {
        let mut story = Self::open(text);
        story.findings();
        story
    }

    /// The findings of the newest version, once they are published.
    pub fn findings(&mut self) -> Vec<Value> {
        self.client.diagnostics(&self.uri, self.version)
    }

    /// The rules and places of the findings.
    pub fn places(&mut self) -> Vec<Place> {
        places(&self.findings())
    }

    /// The severity of the first finding.
    pub fn severity(&mut self) -> Value {
        self.findings()[0]["severity"].take()
    }

    /// Inserts text, as the next version.
    pub fn insert(&mut self, line: u32, character: u32, text: &str) {
        self.version += 1;
        let edit = insertion(&self.uri, self.version, line, character, text);
        self.client.send(&edit);
    }

    /// Types text into the first line, one character a version.
    pub fn type_in(&mut self, column: u32, text: &str) {
        for (offset, letter) in text.chars().enumerate() {
            self.insert(0, column + offset as u32, letter.encode_utf8(&mut [0; 4]));
        }
    }

    /// Replaces the whole text, as the next version.
    pub fn replace(&mut self, text: &str) {
        self.version += 1;
        self.client.change(&self.uri, self.version, &[(Value::Null, text)]);
    }

    /// Says that the story was saved.
    pub fn save(&mut self) {
        self.client.notify("textDocument/didSave", self.document());
    }

    /// The parameters of what concerns the whole story.
    pub fn document(&self) -> Value {
        json!({ "textDocument": { "uri": self.uri } })
    }

    /// Writes a settings file of the workspace and says so.
    pub fn set(&mut self, name: &str, text: &str) {
        self.client.write(name, text);
        self.client.files_changed(&[name]);
    }

    /// Ends the server, which must end well.
    pub fn end(self) {
        assert_eq!(self.client.finish(), Some(0));
    }
}

/// The notification of an insertion.
pub fn insertion(uri: &str, version: i32, line: u32, character: u32, text: &str) -> Value {
    let at = json!({ "line": line, "character": character });
    change(uri, version, &[(json!({ "start": at, "end": at }), text)])
}

/// A request in its frame.
pub fn request(id: i64, method: &str, params: Value) -> Vec<u8> {
    frame(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

/// The parameters of a question about a position.
pub fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({
        "textDocument": { "uri": uri },
        "position": { "line": line, "character": character },
    })
}

/// The next findings of a document, whatever their version.
pub fn next_findings(client: &mut Client, uri: &str) -> Vec<Value> {
    let message = client.wait(uri, |message| is_about(message, uri));
    message["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
}

/// Whether a message publishes the findings of a document.
pub fn is_about(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

/// The rule and the range of each finding.
pub fn places(findings: &[Value]) -> Vec<Place> {
    let number = |value: &Value| value.as_u64().expect("a number");
    let place = |finding: &Value| {
        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let range = [&start["line"], &start["character"], &end["line"], &end["character"]];
        (finding["code"].as_str().unwrap_or_default().to_owned(), range.map(number))
    };
    findings.iter().map(place).collect()
}

/// Whether the server still answers: any answer will do, silence and death will not.
pub fn assert_alive(client: &mut Client, after: &str) {
    let answer = client.try_ask("copydesk/nonsense", json!({}));
    assert_eq!(answer.expect_err(after)["code"], -32601, "after {after}");
}

/// What an editor says of itself that pulls findings.
pub fn pulling() -> Value {
    let mut able = crate::lsp::able();
    able["textDocument"]["diagnostic"] = json!({});
    able
}
