//! Texts, edits, versions and positions.

use crate::lsp::{Setup, able};
use crate::support::{DANGLING, Story, insertion, is_about, places};
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn findings_have_exact_positions_in_every_encoding() {
    let text = "# Vote\n\n😀 é The council approved the plan, according to.\r\n";
    for (encoding, start) in [("utf-8", 39), ("utf-16", 36), ("utf-32", 35)] {
        let mut capabilities = able();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut story = Story::with(Setup { capabilities, ..Setup::default() }, text);
        let agreed = &story.initialized["capabilities"]["positionEncoding"];
        assert_eq!(agreed, encoding);
        let want = ("dangling-attribution".to_owned(), [2, start, 2, start + 13]);
        assert_eq!(story.places(), [want], "{encoding}");
        story.end();
    }
}

#[test]
fn edits_that_do_not_fit_are_no_end() {
    let mut story = Story::checked(DANGLING);
    let other = story.uri("other.md");
    story.send(&insertion(&other, 1, 0, 0, "never opened"));
    story.notify("textDocument/didClose", json!({ "textDocument": { "uri": other } }));
    story.version = 5;
    story.insert(900, 7, "\nFar away, according to.\n");
    story.insert(0, u32::MAX, "");
    assert_eq!(story.places().len(), 2, "put at the end, as editors do");
    let late = insertion(&story.uri, 3, 0, 0, "\n");
    story.send(&late);
    let found = story.wait("a message", |m| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["diagnostics"][0]["range"]["start"]["line"] == 1
    });
    assert_eq!(found["params"]["version"], 7, "versions never go back");
    story.end();
}

#[test]
fn a_document_that_is_opened_twice_is_the_second_one() {
    let mut story = Story::checked(DANGLING);
    let uri = story.uri.clone();
    story.client.open(&uri, "markdown", 2, "The council approved the plan.\n");
    assert_eq!(story.diagnostics(&uri, 2).len(), 0);
    story.end();
}

#[test]
fn two_hundred_documents_are_kept_apart() {
    let mut first = Story::checked(DANGLING);
    let stories: Vec<String> = (0..200).map(|number| first.uri(&format!("{number}.md"))).collect();
    for (number, story) in stories.iter().enumerate() {
        first.client.open(story, "markdown", 1, &format!("{}{DANGLING}", "\n".repeat(number)));
    }
    for (number, story) in stories.iter().enumerate() {
        first.send(&insertion(story, 2, 0, 0, "\n"));
        let found = places(&first.diagnostics(story, 2));
        assert_eq!(found[0].1[0], number as u64 + 1, "{story}");
    }
    first.end();
}

/// Findings of a version that is gone are left out, but not for long.
#[test]
fn versions_that_are_gone_are_seldom_published() {
    let copy = "The council approved the plan, the mayor said on Monday.\n\n".repeat(6000);
    let mut story = Story::checked(&copy);
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1500) {
        story.insert(0, 0, "a");
        std::thread::sleep(Duration::from_millis(5));
    }
    let (mut versions, uri) = (Vec::new(), story.uri.clone());
    while versions.last() != Some(&story.version) {
        let message = story.wait("findings", |message| is_about(message, &uri));
        let version = message["params"]["version"].as_i64().expect("a version");
        versions.push(version as i32);
    }
    // One each half second, the newest, and a few that were the newest when they came.
    let most = 4 + start.elapsed().as_millis() / 500;
    assert!(versions.len() as u128 <= most, "{versions:?} in {:?}", start.elapsed());
    story.end();
}
