//! What has to hold whatever comes in and wherever it goes.

use crate::support::{Desk, code, text};
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn output_that_nobody_reads_ends_quietly() {
    let desk = Desk::new().file("a.md", "It is TK.\n\n".repeat(20_000));
    for format in ["text", "concise", "json", "sarif", "github"] {
        let mut child = desk
            .command(&["check", "--format", format, "a.md"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("copydesk runs");
        let mut stdout = child.stdout.take().expect("stdout");
        stdout.read_exact(&mut [0; 10]).expect("a first line");
        drop(stdout);
        let output = child.wait_with_output().expect("an end");
        assert_eq!((text(&output.stderr).as_str(), code(&output)), ("", 0), "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let desk = Desk::new().file("a.md", "It is TK.\n");
    let output = desk.shell("\"$COPYDESK\" check a.md > /dev/full");
    assert!(text(&output.stderr).starts_with("error: cannot write to standard output: "));
    assert_eq!(code(&output), 2);
}

/// Ten times the text takes about ten times as long, also on one line and with a finding in every sentence.
#[test]
fn a_long_line_of_findings_takes_linear_time() {
    let time = |megabytes: usize, format: &str| {
        let sentence = "The mayor’s office is TK, and so is the budget of the island. ";
        let desk =
            Desk::new().file("a.txt", sentence.repeat(megabytes * (1 << 20) / sentence.len() / 4));
        let start = Instant::now();
        let output = desk.run(&["check", "--select", "placeholder", "--format", format, "a.txt"]);
        assert_eq!(code(&output), 1);
        start.elapsed().max(Duration::from_millis(20))
    };
    for format in ["text", "concise", "json", "sarif", "github"] {
        let (small, large) = (time(1, format), time(10, format));
        assert!(large < 30 * small, "{format}: {small:?}, {large:?}");
    }
}

/// Neither the copy nor what a file is called, nor what cannot be read, on standard output or standard error.
#[cfg(unix)]
#[test]
fn drafts_cannot_command_the_terminal() {
    let copy = "It is \u{1B}]0;owned\u{7}TK\u{1B}[2J-\u{202E}year, Ana \u{1B}[1mRuiz said. “We \u{1B}[2Jknew,” she said.\n";
    let name = "a\u{1B}]0;owned\u{7}.txt";
    let date = r#"{"id": "\u001b[2J", "text": "It is TK.", "date": "\u001b]0;owned\u0007"}"#;
    let desk = Desk::new()
        .file(name, copy)
        .file("b.txt", copy)
        .file("binary\u{1B}[2J.txt", [0xFF, 0xFE])
        .file("odd\u{1B}[2J/a.txt", "It rained.\n")
        .file("odd\u{1B}[2J/copydesk.toml", "[\u{1B}[2J]\n")
        .file("a.jsonl", format!("{date}\n"));
    let check = ["check", "--select", "placeholder", "--format"];
    let mut runs = vec![
        vec!["check", "--fix", "binary\u{1B}[2J.txt"],
        vec!["check", "odd\u{1B}[2J"],
        vec!["check", "--config", "gone\u{1B}[2J.toml", "b.txt"],
        vec!["check", "--against", "gone\u{1B}[2J.txt", "b.txt"],
        vec!["explain", "gone\u{1B}[2J"],
        vec!["compare", name, "--against", "b.txt"],
        vec!["check", "--input-format", "jsonl", "a.jsonl"],
        vec!["sources", "--input-format", "jsonl", "a.jsonl"],
    ];
    for format in ["text", "concise", "json", "jsonl", "sarif", "github"] {
        runs.push([&check[..], &[format, name, "gone\u{1B}[2J.txt"]].concat());
    }
    for command in ["annotate", "sources", "people"] {
        runs.push(vec![command, name, "gone\u{1B}[2J.txt", "binary\u{1B}[2J.txt"]);
    }
    for args in runs {
        let output = desk.run(&args);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.is_empty(), "{args:?}");
        assert!(!said.contains(['\u{1B}', '\u{7}']), "{args:?}: {said:?}");
    }
}

#[test]
fn threads_change_nothing() {
    let desk = (0..300).fold(Desk::new(), |desk, number| {
        desk.file(&format!("{number:03}.md"), format!("Draft {number} is TK.\n"))
    });
    let run = |threads: &str| {
        let output =
            desk.command(&["check", "--format", "json"]).env("RAYON_NUM_THREADS", threads).output();
        text(&output.expect("copydesk runs").stdout)
    };
    assert_eq!(run("1"), run("7"));
}
