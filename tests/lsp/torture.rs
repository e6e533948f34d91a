//! More than any writer does. Documents are smaller in a debug build, so that the suite stays quick. With 50 megabytes:
//! `cargo test --release --test lsp torture` (the test takes about ten seconds, the build minutes); `COPYDESK_TORTURE=50`
//! sets the megabytes in any build.

use crate::lsp::{Client, frame};
use crate::support::{DANGLING, Place, Story, at, insertion, next_findings, places, request};
use serde_json::json;
use std::time::Duration;

/// What a check from scratch says of `text`, in another server.
fn from_scratch(text: &str) -> Vec<Place> {
    Story::open(text).places()
}

#[test]
fn five_thousand_edits_at_once_end_where_a_check_from_scratch_does() {
    const EDITS: i32 = 5_000;
    let mut text = format!("# Vote\n\n😀 {DANGLING}\nThe mayor said so.\n");
    let mut story = Story::open(&text);
    let mut bytes = Vec::new();
    let typed = ["a", " ", "É", "😀", "\"", ".", "to "];
    for edit in 0..EDITS {
        let new = typed[edit as usize % typed.len()];
        story.version += 1;
        bytes.extend(frame(&insertion(&story.uri, story.version, 2, 3, new)));
        text.insert_str("# Vote\n\n😀 ".len(), new);
        if edit % 50 == 0 {
            bytes.extend(request(i64::from(edit), "textDocument/hover", at(&story.uri, 2, 4)));
        }
    }
    story.raw(&bytes);
    let found = story.places();
    // The writer may seem to be in the middle of a sentence: what was held back comes after a rest.
    story.save();
    let later = story.drain(Duration::from_millis(1500));
    let full = later
        .iter()
        .rfind(|message| message["params"]["version"] == story.version)
        .map(|message| places(message["params"]["diagnostics"].as_array().expect("findings")));
    assert_eq!(full.unwrap_or(found), from_scratch(&text));
    let answers = later.iter().filter(|message| message["id"].is_i64()).count();
    assert_eq!(answers as i32, EDITS / 50, "every request is answered");
    let versions = &story.published;
    assert_eq!(versions.last().map(|last| last.1), Some(i64::from(story.version)));
    assert!(versions.is_sorted(), "published versions never go back: {versions:?}");
    story.end();
}

/// The size of a large document: less in a debug build, so that the suite stays quick.
fn megabytes() -> usize {
    let set = std::env::var("COPYDESK_TORTURE").ok().and_then(|size| size.parse().ok());
    set.unwrap_or(if cfg!(debug_assertions) { 10 } else { 50 })
}

#[test]
fn a_document_of_fifty_megabytes_holds_up_nobody() {
    let mut client = Client::start();
    let (large, small) = (client.uri("large.txt"), client.uri("small.md"));
    let text =
        "The council approved the plan on Monday, the mayor said. ".repeat(megabytes() * 20_000);
    client.open(&large, "plaintext", 1, &text);
    client.open(&small, "markdown", 1, DANGLING);
    let found = client.diagnostics(&small, 1);
    assert_eq!(places(&found).len(), 1);
    client.send(&insertion(&large, 2, 0, 0, "x"));
    client.diagnostics(&large, 2);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": large } }));
    assert_eq!(next_findings(&mut client, &large).len(), 0, "closed: nothing is found any more");
    assert_eq!(client.finish(), Some(0));
}
