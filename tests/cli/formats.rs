//! The machine formats: contracts.

use crate::metadata::packages;
use crate::support::{BAD, Desk, code, compare, text};
use serde_json::Value;
use std::path::PathBuf;

#[test]
fn json() {
    let desk =
        Desk::new().file("a.md", "Él dijo: 😀 TK.\r\nIt is\r\nTK.\r\n").file("b.md", "Fine.\n");
    let output = desk.run(&["check", "--select", "placeholder", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["summary"]["articles"], 2);
    assert_eq!(json["summary"]["errors"], 2);
    let keys = "path rule severity confidence message help start end line column end_line end_column fixes related";
    let found = json["diagnostics"].as_array().expect("findings");
    for finding in found {
        let mut names: Vec<&str> =
            finding.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut wanted: Vec<&str> = keys.split(' ').collect();
        names.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(names, wanted);
    }
    let place = |at: usize| {
        ["start", "end", "line", "column", "end_line", "end_column"]
            .map(|key| found[at][key].clone())
    };
    assert_eq!(place(0), [15, 17, 1, 12, 1, 14].map(Value::from));
    assert_eq!(place(1), [27, 29, 3, 1, 3, 3].map(Value::from));
    assert_eq!(found[0]["severity"], "error");
    assert_eq!(found[0]["path"], "a.md");
}

#[test]
fn fixes_in_json() {
    let desk = Desk::new().file("a.md", "<!-- stet placeholder -->\n\nThe bridge reopened.\n");
    let output = desk.run(&["check", "--format", "json", "a.md"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let fix = serde_json::json!([{
        "title": "Delete the stet",
        "applicability": "safe",
        "edits": [{ "start": 0, "end": 27, "replacement": "" }],
    }]);
    assert_eq!(json["diagnostics"][0]["fixes"], fix);
}

#[test]
fn lines_for_people_and_for_github() {
    let desk = Desk::new().file("a, b: 50%.md", BAD);
    compare(
        "formats",
        &desk.transcript(&[
            "check --format concise",
            "check --format github",
            "check --format json",
            "check --format jsonl",
        ]),
    );
}

/// The schema that serde-sarif was generated from: the one that OASIS published, as the package carries it.
fn sarif_schema() -> Value {
    let packages = packages();
    let package =
        packages.iter().find(|package| package["name"] == "serde-sarif").expect("serde-sarif");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let schema = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json"))
        .expect("the schema");
    // One of its patterns ends with a bracket that belongs to nothing, which not every engine overlooks.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    serde_json::from_str(&schema).expect("JSON")
}

#[test]
fn sarif_is_valid() {
    let validator = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    let desk = Desk::new()
        .file("a b.md", BAD)
        .file("b.md", "<!-- stet placeholder -->\n\nThe bridge reopened.\n")
        .file("clean.md", "The bridge reopened.\n")
        .file("broken.txt", b"\xff")
        .file("a.jsonl", "{\"id\": \"x:1\", \"title\": \"TK\", \"text\": \"TK\"}\n?\n");
    for (args, results) in [
        (&["check", "--format", "sarif"][..], 3),
        (&["check", "--format", "sarif", "clean.md"], 0),
        (&["check", "--format", "sarif", "--input-format", "jsonl", "a.jsonl"], 2),
    ] {
        let output = desk.run(args);
        let sarif: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&sarif)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}\n{}", text(&output.stdout));
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(results), "{args:?}");
    }
    let output = desk.run(&["check", "--format", "sarif", "a b.md"]);
    let sarif: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let place = &sarif["runs"][0]["results"][1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.md");
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["region"]["startColumn"], 8);
    assert_eq!(code(&output), 1);
}
