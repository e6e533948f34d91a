//! Panics that a test asks for, which only a debug build has. Each costs one answer or the findings of one version.

use crate::lsp::{Client, Setup};
use crate::support::{DANGLING, Story, at, insertion, is_about, pulling};
use std::time::Duration;

/// An editor whose server panics at `places`, in a debug build.
fn fragile(places: &str) -> Setup {
    Setup { env: vec![("COPYDESK_TEST_PANIC", places.to_owned())], ..Setup::default() }
}

/// How often the server told the writer of a failure, and how often it told the log.
fn told(client: &mut Client) -> (usize, usize) {
    let messages = client.drain(Duration::from_millis(100));
    let count = |method: &str| {
        let failures = messages.iter().filter(|message| {
            let text = message["params"]["message"].as_str();
            message["method"] == method && text.is_some_and(|text| text.contains("failed"))
        });
        failures.count()
    };
    (count("window/showMessage"), count("window/logMessage"))
}

#[test]
fn a_rule_that_panics_costs_the_findings_of_one_version() {
    let mut story = Story::with(fragile("analysis=kaboom"), DANGLING);
    let other = story.uri("other.md");
    story.client.open(&other, "markdown", 1, DANGLING);
    assert_eq!(story.diagnostics(&other, 1).len(), 1);
    assert_eq!(story.findings().len(), 1);
    for (number, letter) in ["kaboom ", "a", "b"].into_iter().enumerate() {
        story.insert(0, 0, letter);
        assert_eq!(story.findings().len(), 0, "nothing stands of the version before");
        let failed = told(&mut story);
        assert_eq!(failed, (usize::from(number == 0), 1), "the writer is told once");
    }
    let place = at(&story.uri, 0, 40);
    let error = story.try_ask("textDocument/hover", place.clone()).expect_err("it failed");
    assert_eq!(error["code"], -32603);
    // The next version is fine again, and so are other documents.
    story.replace(DANGLING);
    assert_eq!(story.findings().len(), 1);
    assert!(story.ask("textDocument/hover", place).is_object());
    story.send(&insertion(&other, 2, 0, 0, "\n"));
    assert_eq!(story.diagnostics(&other, 2).len(), 1);
    story.end();
}

#[test]
fn who_pulls_while_a_rule_panics_hears_of_it() {
    let setup = Setup { capabilities: pulling(), ..fragile("analysis=kaboom") };
    let mut story = Story::with(setup, "kaboom, according to.\n");
    let pull = story.document();
    let error = story.try_ask("textDocument/diagnostic", pull.clone()).expect_err("it failed");
    assert_eq!(error["code"], -32603);
    story.replace(DANGLING);
    let report = story.ask("textDocument/diagnostic", pull);
    assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
    let pushed = story.drain(Duration::from_millis(100));
    assert!(!pushed.iter().any(|message| is_about(message, &story.uri)));
    story.end();
}

#[test]
fn a_question_that_panics_costs_its_own_answer() {
    // `story.md` is the name of the file, which is what a handler sees before it waits for anything.
    for (places, still) in [("read=kaboom", true), ("handler=story.md", false)] {
        let mut story =
            Story::with(fragile(places), &format!("Mayor Ana Ruiz left.\n\n{DANGLING}kaboom"));
        assert_eq!(story.findings().len(), 1, "{places}");
        let place = at(&story.uri, 0, 8);
        for method in ["hover", "documentHighlight", "definition"] {
            let method = format!("textDocument/{method}");
            let error = story.try_ask(&method, place.clone()).expect_err("it failed");
            assert_eq!(error["code"], -32603, "{places}: {method}");
        }
        // The check goes on with what the panic left behind, and so do questions.
        story.insert(0, 20, " Ruiz stayed.");
        assert_eq!(story.findings().len(), 1, "{places}");
        let cured = story.uri("cured.md");
        let text = format!("Mayor Ana Ruiz left.\n\n{DANGLING}");
        story.client.open(&cured, "markdown", 1, &text);
        assert!(story.ask("textDocument/hover", at(&cured, 0, 8)).is_object(), "{places}");
        if still {
            story.replace(&text);
            assert!(story.ask("textDocument/hover", place).is_object(), "{places}");
        }
        story.end();
    }
}
