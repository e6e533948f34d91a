//! Wire copy: how it is named, and how findings point into it.

use crate::support::{Desk, code, compare, text};
use serde_json::Value;

const WIRE: &str = "\
The council will vote on Monday.

“We will close the old bridge in May,” Mayor Ana Ruiz said.
";

const DRAFT: &str =
    "The council meets.\n\n“We will close the new bridge in May,” Mayor Ana Ruiz said.\n";

fn desk() -> Desk {
    Desk::new()
        .file("draft.md", DRAFT)
        .file("wire.txt", WIRE)
        .file("own.md", format!("---\nagainst: [wire.txt, gone.txt]\n---\n\n{DRAFT}"))
        .file("drafts/a.md", DRAFT)
        .file("drafts/a.wire/first.txt", WIRE)
        .file(
            "drafts/copydesk.toml",
            "[[against]]\nfiles = [\"*.md\"]\nwire = [\"{folder}/{stem}.wire/*\"]\n",
        )
}

#[test]
fn named_in_three_ways() {
    let lines = [
        "check --quiet --against wire.txt draft.md",
        "check --quiet own.md",
        "check --quiet --format concise drafts/a.md",
        "check --quiet --format concise draft.md",
        "check --against gone.txt draft.md",
        "check --against drafts draft.md",
        "check --against wire.txt --input-format jsonl articles.jsonl",
    ];
    compare("against", &desk().transcript(&lines));
}

/// One file that the command line, the front matter and the settings name is one wire.
#[test]
fn one_file_named_three_times() {
    let draft = format!("---\nagainst: [./wires/wire.txt]\n---\n\n{DRAFT}");
    let desk = Desk::new()
        .file("wires/wire.txt", WIRE)
        .file("draft.md", draft)
        .file("copydesk.toml", "[[against]]\nfiles = [\"*.md\"]\nwire = [\"wires/**/*.txt\"]\n");
    let output = desk.run(&["compare", "draft.md", "--against", "wires/wire.txt"]);
    let printed = text(&output.stdout);
    assert!(printed.contains("Beside wires/wire.txt.\n"), "{printed}");
}

#[test]
fn every_format_shows_the_words() {
    let desk = desk();
    let check = |format: &str| {
        desk.run(&["check", "--quiet", "--format", format, "--against", "wire.txt", "draft.md"])
    };
    let json: Value = serde_json::from_slice(&check("json").stdout).expect("JSON");
    let related = &json["diagnostics"][0]["related"][0];
    assert_eq!(related["path"], "wire.txt");
    assert_eq!(related["field"], "against");
    assert_eq!((related["line"].as_u64(), related["column"].as_u64()), (Some(3), Some(2)));
    assert_eq!(related["text"], "We will close the old bridge in May");
    let sarif: Value = serde_json::from_slice(&check("sarif").stdout).expect("SARIF");
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["artifactLocation"]["uri"], "wire.txt");
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 3);
    let note = related["message"]["text"].as_str().unwrap_or_default();
    assert!(note.contains("close the old bridge"), "{note}");
    let github = text(&check("github").stdout);
    assert!(github.contains("wire.txt:3:2: "), "{github}");
    assert!(github.contains("close the old bridge"), "{github}");
}

#[test]
fn in_json_lines() {
    let desk = Desk::new();
    let line = |against: &str| {
        let draft = serde_json::to_string(DRAFT).expect("JSON");
        format!("{{\"id\": 1, \"text\": {draft}, \"against\": {against}}}\n")
    };
    let wire = serde_json::to_string(WIRE).expect("JSON");
    for against in
        [wire.clone(), format!("[{wire}]"), format!("[{{\"id\": \"w\", \"text\": {wire}}}]")]
    {
        let args = ["check", "--input-format", "jsonl", "--format", "jsonl", "-"];
        let output = desk.run_with(&args, line(&against));
        assert_eq!(code(&output), 1, "{against}");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answer["diagnostics"][0]["rule"], "quote-drift", "{answer}");
    }
}
