//! `copydesk sources`.

use crate::support::{Desk, code, compare, text};
use serde_json::Value;

const STORY: &str = "\
---
title: Harbour plan stalls
---
The city's plan for the docks will not be ready before 2027, Mayor Ana Ruiz said on Monday. “We asked for a year,” she
said.

Two officials said the owners of the ferry & tram line want $4 million. It was reported that talks broke down.

The pier was built in 1911.

Prosecutors allege that:

- the contracts were never signed
- the money went abroad
";

#[test]
fn for_people() {
    let desk = Desk::new()
        .file("a.md", STORY)
        .file("b.txt", "The owners secretly planned to sell the line before the vote, and the mayor was furious about it.\n")
        .file("empty.txt", "");
    compare(
        "sources",
        &desk.transcript(&["sources a.md b.txt", "sources empty.txt", "sources none.md"]),
    );
}

#[test]
fn as_json() {
    let desk = Desk::new().file("a.md", STORY);
    let output = desk.run(&["sources", "--format", "json", "a.md"]);
    assert_eq!(code(&output), 0);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let article = &json["articles"][0];
    let sources = article["sources"].as_array().expect("a list");
    let named: Vec<_> = sources
        .iter()
        .map(|source| (source["name"].as_str(), source["standing"].as_str()))
        .collect();
    assert_eq!(named[0], (Some("Ana Ruiz"), Some("person")));
    let statement = &sources[0]["statements"][0];
    let range = |value: &Value| {
        let at = |at: usize| value[at].as_u64().expect("a byte") as usize;
        &STORY[at(0)..at(1)]
    };
    assert_eq!(range(&statement["cue"][0]), "said");
    assert_eq!(range(&statement["source"][0]), "Mayor Ana Ruiz");
    assert_eq!(statement["line"], 4);
    let n = &article["sentences"];
    let count = |key: &str| n[key].as_u64().expect(key);
    assert_eq!(count("all"), ["named", "unnamed", "nobody", "bare"].map(count).iter().sum::<u64>());

    let line = serde_json::json!({ "id": 7, "text": "Ana Ruiz said the bridge is safe." });
    let output = desk.run_with(
        &["sources", "--input-format", "jsonl", "--format", "json", "-"],
        line.to_string(),
    );
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&json["articles"][0]["id"], &json["articles"][0]["path"]),
        (&7.into(), &Value::Null)
    );
}

#[test]
fn as_a_page() {
    let desk = Desk::new().file("a&b.md", STORY).file("c.md", "TK");
    let output = desk.run(&["sources", "--format", "html", "a&b.md", "c.md", "none.md"]);
    assert_eq!(code(&output), 2, "one is not there, the others are shown");
    let page = text(&output.stdout);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</body></html>\n"), "{page}");
    assert!(page.contains("a&amp;b.md") && !page.contains("a&b"), "names are escaped: {page}");
    assert!(page.contains(" &amp; tram line"), "the copy is escaped: {page}");
    assert!(page.contains("title=\"Ana Ruiz\">Mayor Ana Ruiz</span>"), "{page}");
    for elsewhere in ["http:", "https:", "<script", "<link", "url("] {
        assert!(!page.contains(elsewhere), "the page needs nothing else: {elsewhere}");
    }
}

#[test]
fn claims_stand_under_the_settings() {
    let claim = "The owners secretly planned to sell the line before the vote, and the mayor was furious about it.\n";
    let found = |desk: &Desk| {
        text(&desk.run(&["sources", "a.txt"]).stdout).contains("Nobody is on record for")
    };
    assert!(found(&Desk::new().file("a.txt", claim)));
    let stet = "[[stet]]\nfile = \"a.txt\"\nrule = \"unattributed-claim\"\nwhy = \"Seen by the reporter\"\n";
    assert!(!found(&Desk::new().file("a.txt", claim).file("copydesk.toml", stet)));
}
