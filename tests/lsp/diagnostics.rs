//! What is published, and to whom.

use crate::lsp::{Client, Setup};
use crate::support::{DANGLING, Story, at, is_about, pulling};
use serde_json::json;
use std::fs;
use std::time::Duration;

/// The same day as on the command line: the one in the path, seen from the workspace.
#[test]
fn a_date_in_the_path_is_the_day_of_the_draft() {
    let text = "President Barack Obama will open the new road on Friday.\n";
    let mut client = Client::start();
    for (name, count) in
        [("2016-05-20-road.md", 0), ("2018/05/20/road.md", 1), ("2018-05-20-road.md", 1)]
    {
        let uri = client.uri(name);
        client.open(&uri, "markdown", 1, text);
        let found = client.diagnostics(&uri, 1);
        let titles = found.iter().filter(|finding| finding["code"] == "inconsistent-title");
        assert_eq!(titles.count(), count, "{name}: {found:?}");
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_finding_says_all_that_the_client_can_show() {
    let mut story = Story::open(DANGLING);
    let found = story.findings();
    let finding = &found[0];
    assert_eq!(finding["source"], "copydesk");
    assert_eq!(finding["severity"], 1);
    let link = finding["codeDescription"]["href"].as_str().expect("a link to the documentation");
    let page = link.strip_prefix("file://").expect("a file: it works offline");
    assert!(fs::read_to_string(page).expect("the page is there").contains("according to"));
    story.end();

    let mut story = Story::with(Setup { capabilities: json!({}), ..Setup::default() }, DANGLING);
    let found = story.findings();
    assert_eq!(found[0].get("codeDescription"), None, "the client cannot show it");
    story.end();
}

#[test]
fn of_more_findings_than_editors_show_the_gravest_are_published() {
    const MANY: usize = 3_000;
    let grave = "It will cost $XX million.\n\n";
    // The settings make the many less grave than the few at the end.
    let mut client = Client::start();
    client.write(
        "copydesk.toml",
        "[rules]\ndangling-attribution = \"info\"\nplaceholder = \"error\"\n",
    );
    let uri = client.uri("story.md");
    let text = format!("{}{}", format!("{DANGLING}\n").repeat(MANY), grave.repeat(2));
    client.open(&uri, "markdown", 1, &text);
    let mut story = Story { client, uri, version: 1 };
    let found = story.findings();
    assert_eq!(found.len(), 1_000);
    let lines: Vec<u64> =
        found.iter().filter_map(|f| f["range"]["start"]["line"].as_u64()).collect();
    assert!(lines.is_sorted(), "by place");
    let last = |n: usize| &found[found.len() - n]["severity"];
    assert_eq!((last(1), last(2), last(3)), (&json!(1), &json!(1), &json!(3)));
    assert_eq!(lines[997], 997 * 2, "of the others the first");
    story.insert(0, 0, "A");
    assert_eq!(story.findings().len(), 1_000);
    // What is not published is mended as well.
    let actions = json!({
        "textDocument": { "uri": story.uri },
        "range": { "start": { "line": 4_000, "character": 0 }, "end": { "line": 4_000, "character": 90 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    assert_ne!(story.ask("textDocument/codeAction", actions), json!([]));
    let told = story
        .drain(Duration::from_millis(100))
        .iter()
        .filter(|m| {
            m["params"]["message"].as_str().is_some_and(|message| message.contains("left out"))
        })
        .count();
    assert_eq!(told, 1, "it is said once, and not at every keystroke");
    story.end();
}

#[test]
fn clients_that_pull_are_never_pushed_to() {
    let setup = Setup { capabilities: pulling(), ..Setup::default() };
    let mut story = Story::with(setup, DANGLING);
    let mut pull = story.document();
    let report = story.ask("textDocument/diagnostic", pull.clone());
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "dangling-attribution");
    pull["previousResultId"] = report["resultId"].clone();
    let report = story.ask("textDocument/diagnostic", pull);
    assert_eq!(report["kind"], "unchanged");
    let pushed = story.drain(Duration::from_millis(300));
    assert!(!pushed.iter().any(|message| message["method"] == "textDocument/publishDiagnostics"));
    story.end();
}

#[test]
fn a_pull_that_an_edit_overtakes_is_answered_with_what_is_found_now() {
    let setup = Setup { capabilities: pulling(), ..Setup::default() };
    let mut story = Story::with(setup, &DANGLING.repeat(1_000));
    let ids: Vec<i64> = (0..10)
        .map(|_| {
            let pull = story.document();
            let id = story.request("textDocument/diagnostic", pull);
            story.insert(0, 0, "\n");
            id
        })
        .collect();
    for id in ids {
        let report = story.answer(id).expect("it is never refused");
        assert_eq!(report["items"].as_array().map(Vec::len), Some(1_000));
    }
    story.end();
}

#[test]
fn clients_that_pull_are_told_when_the_waiting_is_over() {
    for refreshes in [true, false] {
        let mut capabilities = pulling();
        // The key is that of the protocol, not that of the library, which differs.
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": refreshes });
        let mut story = Story::with(Setup { capabilities, ..Setup::default() }, "");
        story.type_in(0, "The council approved the plan, according to ");
        let pull = story.document();
        let report = story.ask("textDocument/diagnostic", pull.clone());
        let found = report["items"].as_array().map(Vec::len);
        if !refreshes {
            assert_eq!(found, Some(1), "it could not be told later");
            continue;
        }
        assert_eq!(found, Some(0), "the writer is typing");
        // The settings came before, and they too are a reason to pull again.
        story.asked.clear();
        while !story.asked.iter().any(|m| m["method"] == "workspace/diagnostic/refresh") {
            story.drain(Duration::from_millis(100));
        }
        let report = story.ask("textDocument/diagnostic", pull);
        assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn what_is_no_draft_is_left_alone() {
    let mut client = Client::start();
    let readme = client.uri("README.md");
    client.open(&readme, "markdown", 1, DANGLING);
    assert_eq!(client.diagnostics(&readme, 1).len(), 0);
    let named = [("code.rs", "rust"), ("page.xyz", "asciidoc"), ("votes.csv", "plaintext")];
    let named = named.map(|(name, language)| (client.uri(name), language));
    // An old version beside the new one, and a page from the net.
    let pages = ["git:/desk/story.md", "http://example.org/story.md", "fugitive:///desk/story.md"];
    let pages = pages.map(|page| (page.to_owned(), "markdown"));
    for (uri, language) in named.iter().chain(&pages) {
        client.open(uri, language, 1, DANGLING);
        assert!(client.ask("textDocument/hover", at(uri, 0, 32)).is_null(), "{uri}");
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    for (name, language) in [("a.txt", "plaintext"), ("b.html", "html"), ("c.md", "unheard-of")] {
        let file = client.uri(name);
        client.open(&file, language, 1, "<p>The plan passed, according to.</p>\n");
        assert_eq!(client.diagnostics(&file, 1).len(), 1, "{name}");
    }
    let published = client.drain(Duration::from_millis(100));
    for (uri, _) in named.iter().chain(&pages) {
        assert!(!published.iter().any(|message| is_about(message, uri)), "{uri}");
    }
    assert_eq!(client.finish(), Some(0));
}
