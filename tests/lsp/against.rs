//! Drafts beside the wire copy that they were written from.

use crate::lsp::{Client, Setup, able};
use crate::support::{Story, next_findings};
use serde_json::{Value, json};

/// Before the quotation stands an emoji, which is two units of UTF-16.
const WIRE: &str = "The harbor 🚢 news.\n\n🚢 “We will close the old bridge in May, and we will not wait,” Ruiz said.\n";

const DRAFT: &str = "---\nagainst: wire.txt\n---\n\n“We will close the old bridge in June, and we will not wait,” Ruiz said.\n";

/// The findings of one rule.
fn of<'a>(findings: &'a [Value], rule: &str) -> Vec<&'a Value> {
    findings.iter().filter(|found| found["code"] == rule).collect()
}

/// How many findings each of the two rules has.
fn counts(findings: &[Value]) -> [usize; 2] {
    ["quote-drift", "against-missing"].map(|rule| of(findings, rule).len())
}

/// A draft that is open, in a workspace with these files.
fn open(setup: Setup, files: &[(&str, &str)], text: &str) -> Story {
    let mut client = Client::with(setup);
    files.iter().for_each(|(name, text)| client.write(name, text));
    let uri = client.uri("story.md");
    client.open(&uri, "markdown", 1, text);
    Story { client, uri, version: 1 }
}

/// A client that does not say when files change.
fn blind() -> Setup {
    let mut capabilities = able();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": false });
    Setup { capabilities, ..Setup::default() }
}

#[test]
fn a_finding_points_into_the_wire_copy_and_restores_its_words() {
    let mut story = open(Setup::default(), &[("wire.txt", WIRE)], DRAFT);
    let findings = story.findings();
    let found = of(&findings, "quote-drift");
    assert_eq!(found.len(), 1, "{findings:#?}");
    let related = &found[0]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], story.uri("wire.txt"));
    // Behind the emoji, a space and the quotation mark.
    assert_eq!(related["range"]["start"], json!({ "line": 2, "character": 4 }));

    let params = json!({
        "textDocument": { "uri": story.uri },
        "range": found[0]["range"],
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = story.ask("textDocument/codeAction", params);
    let first = &actions[0];
    assert_eq!(first["title"], "Put back “May”", "{actions:#?}");
    let edit = &first["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(edit["newText"], "May");
    let line = DRAFT.lines().nth(4).unwrap_or_default();
    let at = line[..line.find("June").expect("June")].encode_utf16().count();
    let range = json!({
        "start": { "line": 4, "character": at },
        "end": { "line": 4, "character": at + 4 },
    });
    assert_eq!(edit["range"], range);
    story.version += 1;
    let (uri, version) = (story.uri.clone(), story.version);
    story.client.change(&uri, version, &[(range, "May")]);
    assert_eq!(counts(&story.findings()), [0, 0], "the words are back");
    story.end();
}

#[test]
fn a_change_of_the_wire_copy_is_heard_of() {
    let mut story = open(Setup::default(), &[("wire.txt", WIRE)], DRAFT);
    let uri = story.uri.clone();
    assert_eq!(counts(&story.findings()), [1, 0]);
    story.set("wire.txt", &WIRE.replace("May", "June"));
    assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 0], "the wire copy was corrected");
    story.set("wire.txt", WIRE);
    assert_eq!(counts(&next_findings(&mut story, &uri)), [1, 0]);
    std::fs::remove_file(story.path("wire.txt")).expect("it is there");
    story.files_changed(&["wire.txt"]);
    assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 1], "it is gone");
    story.end();
}

#[test]
fn a_missing_file_is_said_on_its_line_until_it_appears() {
    for setup in [Setup::default(), blind()] {
        let watches = setup.capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"]
            == json!(true);
        let mut story = open(setup, &[], DRAFT);
        let uri = story.uri.clone();
        let findings = story.findings();
        let found = of(&findings, "against-missing");
        assert_eq!(found.len(), 1, "{findings:#?}");
        assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 9 }));
        story.write("wire.txt", WIRE);
        if watches {
            story.files_changed(&["wire.txt"]);
        }
        assert_eq!(counts(&next_findings(&mut story, &uri)), [1, 0], "watches: {watches}");
        story.write("wire.txt", &WIRE.replace("in May", "in June"));
        if watches {
            story.files_changed(&["wire.txt"]);
        }
        assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 0], "watches: {watches}");
        story.end();
    }
}

#[test]
fn what_is_open_wins_over_the_disk() {
    let mut story = open(Setup::default(), &[("wire.txt", WIRE)], DRAFT);
    let (uri, wire) = (story.uri.clone(), story.uri("wire.txt"));
    assert_eq!(counts(&story.findings()), [1, 0]);
    story.client.open(&wire, "plaintext", 1, &WIRE.replace("May", "June"));
    assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 0], "open");
    story.client.change(&wire, 2, &[(Value::Null, &WIRE.replace("May", "July"))]);
    assert_eq!(counts(&next_findings(&mut story, &uri)), [1, 0], "edited");
    // What happens on disk meanwhile does not count.
    story.set("wire.txt", &WIRE.replace("May", "June"));
    story.replace(DRAFT);
    assert_eq!(counts(&story.findings()), [1, 0], "changed on disk");
    story.notify("textDocument/didClose", json!({ "textDocument": { "uri": wire } }));
    assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 0], "closed");
    story.end();
}

#[test]
fn the_front_matter_counts_as_it_is_typed() {
    let text = DRAFT.replace("against: wire.txt\n", "");
    let mut story = open(Setup::default(), &[("wire.txt", WIRE), ("b.txt", "Nothing.\n")], &text);
    assert_eq!(counts(&story.findings()), [0, 0]);
    story.insert(1, 0, "against: wir\n");
    assert_eq!(counts(&story.findings()), [0, 1], "half a name");
    story.insert(1, 12, "e.txt");
    assert_eq!(counts(&story.findings()), [1, 0]);
    story.insert(1, 9, "./");
    assert_eq!(counts(&story.findings()), [1, 0], "the same file");
    story.replace(&DRAFT.replace("wire.txt", "[b.txt, c.txt, wire.txt]"));
    assert_eq!(counts(&story.findings()), [1, 1]);
    story.end();
}

#[test]
fn settings_name_wire_copy_by_folder() {
    let toml = "[[against]]\nfiles = [\"*.md\"]\nwire = [\"{stem}.wire/*\"]\n";
    let text = DRAFT.replace("against: wire.txt\n", "");
    let mut story = open(Setup::default(), &[("copydesk.toml", toml)], &text);
    let uri = story.uri.clone();
    assert_eq!(counts(&story.findings()), [0, 0]);
    story.set("story.wire/ap.txt", WIRE);
    assert_eq!(counts(&next_findings(&mut story, &uri)), [1, 0], "it came");
    story.set("copydesk.toml", "");
    assert_eq!(counts(&next_findings(&mut story, &uri)), [0, 0], "it is not meant any more");
    let entry = json!([{ "files": ["*.md"], "wire": ["{stem}.wire/*"] }]);
    story.configure(json!({ "against": entry }));
    assert_eq!(counts(&next_findings(&mut story, &uri)), [1, 0], "the editor says so");
    story.end();
}

/// Typing goes on while wire copy comes and goes: every version is answered, in order, and the last as it stands.
#[test]
fn versions_stay_in_order() {
    let mut story = open(Setup::default(), &[("wire.txt", WIRE)], DRAFT);
    story.findings();
    for round in 0..20 {
        story.insert(4, 0, "x");
        let month = if round % 2 == 0 { "June" } else { "May" };
        story.set("wire.txt", &WIRE.replace("May", month));
    }
    story.replace(DRAFT);
    assert_eq!(counts(&story.findings()), [1, 0]);
    let uri = story.uri.clone();
    let own = story.published.iter().filter(|(of, _)| *of == uri);
    let versions: Vec<i64> = own.map(|(_, version)| *version).collect();
    assert!(versions.windows(2).all(|pair| pair[0] <= pair[1]), "{versions:?}");
    story.end();
}

#[test]
fn a_client_that_pulls_is_told_to_pull_again() {
    let mut capabilities = crate::support::pulling();
    capabilities["workspace"]["diagnostic"] = json!({ "refreshSupport": true });
    let setup = Setup { capabilities, ..Setup::default() };
    let mut story = open(setup, &[("wire.txt", WIRE)], DRAFT);
    let pull = |story: &mut Story| {
        let params = story.document();
        let report = story.ask("textDocument/diagnostic", params);
        counts(report["items"].as_array().expect("findings"))
    };
    assert_eq!(pull(&mut story), [1, 0]);
    let before =
        story.asked.iter().filter(|m| m["method"] == "workspace/diagnostic/refresh").count();
    story.set("wire.txt", &WIRE.replace("May", "June"));
    assert_eq!(pull(&mut story), [0, 0]);
    let end = std::time::Instant::now() + crate::lsp::PATIENCE;
    let refreshes = |story: &Story| {
        story.asked.iter().filter(|m| m["method"] == "workspace/diagnostic/refresh").count()
    };
    while refreshes(&story) <= before {
        assert!(std::time::Instant::now() < end, "no refresh");
        story.drain(std::time::Duration::from_millis(50));
    }
    story.end();
}
