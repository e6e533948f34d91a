//! Articles as JSON, one a line.

use crate::support::{Desk, code, said, text};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

const CHECK: [&str; 6] = ["check", "--input-format", "jsonl", "--format", "jsonl", "-"];
const ANNOTATE: [&str; 6] = ["annotate", "--input-format", "jsonl", "--format", "jsonl", "-"];

fn lines(output: &std::process::Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn every_line_is_answered_in_order() {
    let input = [
        &br#"{"id": "a", "text": "It is TK.", "title": "TK", "date": null, "wire": 3, "against": [{"id": "w", "text": "x"}]}"#[..],
        b"{broken",
        b"",
        br#"{"id": "b"}"#,
        br#"{"id": 7, "text": ["no"]}"#,
        b"{\"id\": \"c\", \"text\": \"\xff\"}",
        br#"{"id": "d", "text": "x", "format": "word"}"#,
        br#"{"id": "e", "text": "x", "date": "soon"}"#,
        br#"{"id": {"no": 1}, "text": "x"}"#,
        br#"[1, 2]"#,
        br#"{"id": "f", "text": "<p>TK &amp; co</p>", "format": "html", "date": "2025-01-01T10:00:00Z"}"#,
        b"\xef\xbb\xbf",
        br#"["g", "a list in the order of the keys"]"#,
        br#"{"id": "h", "text": "x", "title": 5}"#,
        br#"{"text": "no id", "id": null}"#,
        br#"{"id": "last", "text": "no line end"}"#,
    ]
    .join(&b'\n');
    for command in [CHECK, ANNOTATE] {
        let output = Desk::new().run_with(&command, input.clone());
        let answers = lines(&output);
        let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
        let wanted = json!([
            "a", null, null, "b", 7, "c", "d", "e", null, null, "f", null, null, "h", null, "last"
        ]);
        assert_eq!(json!(ids), wanted);
        let failed: Vec<bool> = answers.iter().map(|answer| answer["error"].is_string()).collect();
        let wanted = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0].map(|failed| failed == 1);
        assert_eq!(failed, wanted, "{answers:#?}");
        assert_eq!(code(&output), 2);
    }
}

/// Whoever made the lines learns which one is wrong and how.
#[test]
fn errors_are_said_in_words() {
    let lines = [
        r#"{"id": "x", "text": 3}"#,
        r#"{"id": "y", "headline": "No text"}"#,
        r#"{"id": "z", "text": "It fell.", "format": "docx"}"#,
        r#"{"id": "v", "text": "It fell.", "date": "last Friday"}"#,
        r#"["w", "It fell."]"#,
        r#"{"id": "u", "text": "It fe"#,
        "It fell.",
        "",
    ];
    let desk = Desk::new().file("a.jsonl", lines.join("\n") + "\n").file("empty.jsonl", "");
    crate::support::compare(
        "jsonl-errors",
        &desk.transcript(&[
            "check --input-format jsonl --format jsonl a.jsonl",
            "annotate --input-format jsonl --format jsonl a.jsonl",
            "check --input-format jsonl a.jsonl",
            "check --input-format jsonl --format jsonl empty.jsonl",
        ]),
    );
}

#[test]
fn findings_have_no_path_and_those_of_the_title_say_so() {
    let input = "{\"id\": \"a\", \"text\": \"It is TK.\", \"title\": \"¿TK?\"}\n";
    let select = [&CHECK[..], &["--select", "placeholder"]].concat();
    let output = Desk::new().run_with(&select, input);
    let answer = &lines(&output)[0];
    let found = answer["diagnostics"].as_array().expect("findings");
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&found[0]["field"], &found[0]["start"], &found[0]["column"]),
        (&json!("title"), &json!(2), &json!(2))
    );
    assert_eq!((found[1].get("field"), &found[1]["start"]), (None, &json!(6)));
    assert!(found.iter().all(|finding| finding.get("path").is_none()));
    assert_eq!(code(&output), 1);
}

#[test]
fn annotations_have_the_promised_shape() {
    let input = json!({ "id": "a", "text": "“It fell,” Ana Ruiz said. She left.", "title": "A title, she said" });
    let output = Desk::new().run_with(&ANNOTATE, format!("{input}\n"));
    let answer = &lines(&output)[0];
    assert_eq!(answer["sentences"], json!([[0, 29], [30, 39]]));
    assert_eq!(
        answer["quotations"],
        json!([{ "range": [0, 14], "content": [3, 11], "closed": true }])
    );
    for key in ["attributions", "carried", "people"] {
        assert!(answer[key].is_array(), "{key}");
    }
    for attribution in answer["attributions"].as_array().expect("attributions") {
        for key in ["source", "cue", "content"] {
            assert!(attribution[key].is_array(), "{attribution}");
        }
        assert!(["direct", "indirect", "mixed"].map(Value::from).contains(&attribution["kind"]));
    }
}

#[test]
fn other_formats_name_the_article() {
    let desk = Desk::new().file(
        "a.jsonl",
        "{\"id\": \"x\", \"title\": \"TK\", \"text\": \"\"}\n{\"text\": \"It is TK.\"}\n",
    );
    let line = "check --input-format jsonl --format concise --select placeholder a.jsonl";
    let args: Vec<&str> = line.split(' ').collect();
    let transcript = said(line, &desk.run(&args));
    crate::support::compare("jsonl-concise", &transcript);
}

/// A program that writes one article and waits gets its answer.
#[test]
fn answers_do_not_wait_for_the_end_of_the_input() {
    let mut child = Desk::new()
        .command(&CHECK)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("copydesk runs");
    let mut stdin = child.stdin.take().expect("stdin");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    for id in 1..=3 {
        writeln!(stdin, "{{\"id\": {id}, \"text\": \"x\"}}").expect("written");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("an answer");
        assert_eq!(answer, format!("{{\"id\":{id},\"diagnostics\":[]}}\n"));
    }
    drop(stdin);
    assert!(child.wait().expect("an end").success());
}

#[test]
fn many_lines_come_back_in_order() {
    let input: String =
        (0..5000).map(|id| format!("{{\"id\": {id}, \"text\": \"It is TK.\"}}\n")).collect();
    let output = Desk::new().run_with(&CHECK, input);
    let ids: Vec<Value> = lines(&output).into_iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, (0..5000).map(Value::from).collect::<Vec<_>>());
}
