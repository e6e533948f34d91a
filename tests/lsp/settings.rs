//! Settings of the editor and of `copydesk.toml`, as they come and go.

use crate::lsp::{Client, PATIENCE, Setup, able};
use crate::support::{DANGLING, OFF, Story, is_about, next_findings};
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

const FILE: &str = "copydesk.toml";

/// A settings file that gives the finding of `DANGLING` another severity.
fn severity(name: &str) -> String {
    format!("[rules]\ndangling-attribution = \"{name}\"\n")
}

#[test]
fn settings_apply_without_a_restart_and_broken_ones_are_shown() {
    let mut story = Story::open(DANGLING);
    let toml = story.uri(FILE);
    assert_eq!(story.severity(), 1);

    story.set(FILE, &severity("info"));
    assert_eq!(story.severity(), 3);

    story.set(FILE, "[rules]\n\n\"dangling\" = \"info\"\n");
    let wrong = next_findings(&mut story, &toml);
    assert_eq!(wrong[0]["range"]["start"], json!({ "line": 2, "character": 0 }));
    assert_eq!(story.severity(), 3, "the last good ones hold");

    story.set(FILE, OFF);
    assert_eq!(next_findings(&mut story, &toml).len(), 0, "mended");
    assert_eq!(story.findings().len(), 0);

    fs::remove_file(story.path(FILE)).expect("it is there");
    story.files_changed(&[FILE]);
    assert_eq!(story.severity(), 1);

    story.configure(json!({ "rules": { "dangling-attribution": "warning" }, "path": null }));
    assert_eq!(story.severity(), 2, "what the editor says");

    story.configure(json!({ "enable": "configured" }));
    assert_eq!(story.findings().len(), 0, "no copydesk.toml above it");
    story.end();
}

#[test]
fn what_the_editor_says_reaches_drafts_while_the_file_is_broken() {
    let mut story = Story::open(DANGLING);
    let toml = story.uri(FILE);
    story.findings();
    story.set(FILE, "[rules]\nplaceholder = \"off\"\n");
    assert_eq!(story.severity(), 1);
    story.set(FILE, "nonsense = 1\n");
    assert_eq!(next_findings(&mut story, &toml).len(), 1);
    assert_eq!(story.severity(), 1);

    let said = json!({ "dangling-attribution": "info", "placeholder": "error" });
    story.configure(json!({ "rules": said }));
    assert_eq!(story.severity(), 3, "new settings of the editor");
    story.replace(&format!("{DANGLING}\nIt will cost $XX million.\n"));
    assert_eq!(story.findings().len(), 1, "the last good ones of the file are over them");
    story.end();
}

#[test]
fn folders_of_a_workspace_have_settings_of_their_own() {
    let mut client = Client::start();
    client.write("one/copydesk.toml", &severity("info"));
    let folder = |name: &str| json!({ "uri": client.uri(name), "name": name });
    let event = json!({ "event": { "added": [folder("one"), folder("two")], "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    for (name, severity) in [("one/story.md", 3), ("two/story.md", 1)] {
        let story = client.uri(name);
        client.open(&story, "markdown", 1, DANGLING);
        assert_eq!(client.diagnostics(&story, 1)[0]["severity"], severity, "{name}");
    }
    client.open("untitled:Untitled-1", "markdown", 1, DANGLING);
    assert_eq!(client.diagnostics("untitled:Untitled-1", 1).len(), 1);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn what_lies_in_no_folder_stands_under_the_settings_of_no_folder() {
    let mut client = Client::start();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let story = format!("file://{}/story.md", elsewhere.path().display());
    client.write("copydesk.toml", &severity("info"));
    let rules = |severity: &str| json!({ "rules": { "dangling-attribution": severity } });
    // The workspace's folder is asked for first, then what lies in none.
    client.configure_each(vec![rules("off"), rules("warning")]);
    client.open(&story, "markdown", 1, DANGLING);
    assert_eq!(client.diagnostics(&story, 1)[0]["severity"], 2);
    let inside = client.uri("story.md");
    client.open(&inside, "markdown", 1, DANGLING);
    assert_eq!(client.diagnostics(&inside, 1)[0]["severity"], 3);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_key_of_the_editor_that_nothing_reads_is_said_and_the_others_hold() {
    let mut story = Story::checked(DANGLING);
    let rules = json!({ "dangling-attribution": "warning" });
    story.configure(json!({ "rulez": {}, "extend": "desk.toml", "rules": rules }));
    assert_eq!(story.severity(), 2);
    for key in ["rulez", "extend"] {
        story.wait(key, |message| {
            let said = message["params"]["message"].as_str().unwrap_or_default();
            message["method"] == "window/showMessage" && said.contains(&format!("`{key}`"))
        });
    }
    story.end();
}

#[test]
fn the_last_good_settings_stay_with_their_folder_when_another_goes() {
    let mut client = Client::start();
    let names = ["one", "two", "three"];
    let severities = [("one", "info", 3), ("two", "warning", 2), ("three", "none of its own", 1)];
    for (name, word, _) in &severities[..2] {
        client.write(&format!("{name}/copydesk.toml"), &severity(word));
    }
    let all = names.map(|name| json!({ "uri": client.uri(name), "name": name }));
    let event = json!({ "event": { "added": all, "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    let stories = names.map(|name| client.uri(&format!("{name}/story.md")));
    let check = |client: &mut Client, why: &str| {
        for (story, (_, _, severity)) in stories.iter().zip(severities) {
            assert_eq!(client.diagnostics(story, 1)[0]["severity"], severity, "{story}: {why}");
        }
    };
    for story in &stories {
        client.open(story, "markdown", 1, DANGLING);
    }
    check(&mut client, "good");
    for name in &names[..2] {
        let file = format!("{name}/copydesk.toml");
        client.write(&file, "nonsense = 1\n");
    }
    client.files_changed(&["one/copydesk.toml", "two/copydesk.toml"]);
    check(&mut client, "broken");
    let event = json!({ "event": { "added": [], "removed": [all[0]] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    check(&mut client, "a folder has gone");
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_client_that_never_tells_its_settings_is_served() {
    let mut story = Story::with(Setup { answers: false, ..Setup::default() }, DANGLING);
    assert_eq!(story.findings().len(), 1);
    story.end();
}

#[test]
fn a_file_that_settings_build_on_may_come_later() {
    let mut client = Client::start();
    client.write(FILE, "extend = \"shared/desk.toml\"\n");
    let (uri, toml) = (client.uri("story.md"), client.uri(FILE));
    client.open(&uri, "markdown", 1, DANGLING);
    let mut story = Story { client, uri, version: 1 };
    assert_eq!(story.findings().len(), 1);
    assert_eq!(next_findings(&mut story, &toml).len(), 1);

    story.set("shared/desk.toml", OFF);
    assert_eq!(next_findings(&mut story, &toml).len(), 0);
    assert_eq!(story.findings().len(), 0);
    story.end();
}

#[test]
fn what_is_wrong_with_settings_goes_with_the_last_draft_under_them() {
    let mut story = Story::checked("");
    let (uri, toml) = (story.uri.clone(), story.uri(FILE));
    story.set(FILE, "nonsense = 1\n");
    assert_eq!(next_findings(&mut story, &toml).len(), 1);
    let closed = story.document();
    story.notify("textDocument/didClose", closed);
    assert_eq!(next_findings(&mut story, &toml).len(), 0, "closed");

    story.client.open(&uri, "markdown", 2, DANGLING);
    assert_eq!(next_findings(&mut story, &toml).len(), 1, "open again, and still wrong");
    fs::remove_file(story.path(FILE)).expect("it is there");
    story.files_changed(&[FILE]);
    assert_eq!(next_findings(&mut story, &toml).len(), 0, "gone");
    story.end();
}

#[test]
fn what_is_wrong_with_settings_stays_while_their_file_is_open() {
    let mut story = Story::open(DANGLING);
    story.findings();
    let toml = story.uri(FILE);
    story.set(FILE, "nonsense = 1\n");
    assert_eq!(next_findings(&mut story, &toml).len(), 1);
    story.findings();

    story.client.open(&toml, "toml", 1, "nonsense = 1\n");
    story.client.change(&toml, 2, &[(Value::Null, OFF)]);
    assert!(
        story.ask_at("textDocument/hover", &toml, &json!({ "line": 0, "character": 3 })).is_null()
    );
    let published = |story: &mut Story| -> Vec<usize> {
        let messages = story.drain(Duration::from_millis(200));
        let about = messages.iter().filter(|message| is_about(message, &toml));
        about.filter_map(|m| m["params"]["diagnostics"].as_array().map(Vec::len)).collect()
    };
    assert_eq!(published(&mut story), [1], "said again of what is open now, and never taken back");

    story.set(FILE, OFF);
    assert_eq!(story.findings().len(), 0);
    assert_eq!(published(&mut story), [0], "mended on disk");
    story.notify("textDocument/didClose", json!({ "textDocument": { "uri": toml } }));
    assert_eq!(published(&mut story), [0; 0]);
    story.end();
}

#[test]
fn what_is_wrong_in_one_folder_stays_while_another_is_mended() {
    let mut client = Client::start();
    let names = ["one", "two"];
    let stories = names.map(|name| client.uri(&format!("{name}/story.md")));
    let files = names.map(|name| client.uri(&format!("{name}/copydesk.toml")));
    for number in 0..2 {
        client.write(&format!("{}/copydesk.toml", names[number]), "nonsense = 1\n");
        client.open(&stories[number], "markdown", 1, DANGLING);
        assert_eq!(next_findings(&mut client, &files[number]).len(), 1);
        client.diagnostics(&stories[number], 1);
    }
    client.write("one/copydesk.toml", OFF);
    client.files_changed(&["one/copydesk.toml"]);
    assert_eq!(next_findings(&mut client, &files[0]).len(), 0, "mended");
    assert_eq!(client.diagnostics(&stories[1], 1).len(), 1);
    let later = client.drain(Duration::from_millis(500));
    assert!(!later.iter().any(|m| is_about(m, &files[1])), "it was wrong all the time");
    client.write("two/copydesk.toml", OFF);
    client.files_changed(&["two/copydesk.toml"]);
    assert_eq!(next_findings(&mut client, &files[1]).len(), 0);
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_slip_in_the_settings_of_the_editor_undoes_nothing() {
    let mut story = Story::checked(DANGLING);
    story.configure(json!({ "rules": { "dangling-attribution": "info" } }));
    assert_eq!(story.severity(), 3);

    let slip = json!({ "rules": { "danglin-attribution": "off" }, "enable": "configured" });
    story.configure(slip.clone());
    assert_eq!(story.findings().len(), 0, "`enable` works beside the slip");
    story.configure(slip);
    story.findings();
    story.set(FILE, "");
    assert_eq!(story.severity(), 3, "the last good rules hold");

    story.configure(json!({ "rules": { "dangling-attribution": "warning" }, "enable": 3 }));
    assert_eq!(story.severity(), 2, "rules work beside the slip");
    let messages = story.drain(Duration::from_millis(100));
    let shown: Vec<&str> = messages
        .iter()
        .filter(|message| message["method"] == "window/showMessage")
        .filter_map(|message| message["params"]["message"].as_str())
        .collect();
    assert_eq!(shown.len(), 2, "each slip is told once: {shown:?}");
    assert!(shown[0].contains("did you mean `dangling-attribution`?"), "{shown:?}");
    assert!(shown[1].contains("`enable`"), "{shown:?}");
    story.end();
}

#[test]
fn settings_given_at_the_start_hold_until_there_are_others() {
    let options = json!({ "copydesk": { "rules": { "dangling-attribution": "info" } } });
    let mut mute = able();
    mute["workspace"]["configuration"] = json!(false);
    for capabilities in [able(), mute] {
        let setup = Setup { options: options.clone(), capabilities, ..Setup::default() };
        let mut story = Story::with(setup, DANGLING);
        assert_eq!(story.severity(), 3);
        for empty in [json!(null), json!({}), json!({ "copydesk": null })] {
            let push = json!({ "settings": empty });
            story.notify("workspace/didChangeConfiguration", push);
            assert_eq!(story.severity(), 3, "{empty}");
        }
        let other = json!({ "copydesk": { "rules": { "dangling-attribution": "warning" } } });
        story.notify("workspace/didChangeConfiguration", json!({ "settings": other }));
        assert_eq!(story.severity(), 2);
        story.end();
    }
}

#[test]
fn a_folder_that_goes_is_known_by_its_place() {
    let mut client = Client::start();
    let folder = |name: &str| json!({ "uri": client.uri("one"), "name": name });
    let (added, removed) = (json!([folder("one")]), json!([folder("renamed")]));
    for (event, scopes) in [
        (json!({ "added": added, "removed": [] }), 3),
        (json!({ "added": [], "removed": removed }), 2),
    ] {
        client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        let items = |asked: &Value| asked["params"]["items"].as_array().map(Vec::len);
        let asks = |client: &Client| {
            let mut asked = client.asked.iter().rev();
            asked.find(|asked| asked["method"] == "workspace/configuration").and_then(items)
        };
        let end = Instant::now() + PATIENCE;
        while asks(&client) != Some(scopes) {
            assert!(Instant::now() < end, "settings of {scopes} scopes: {event}");
            client.drain(Duration::from_millis(50));
        }
    }
    assert_eq!(client.finish(), Some(0));
}
