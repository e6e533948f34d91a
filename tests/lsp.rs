//! The language server over its own standard input and output: order, versions, positions, settings, and everything that
//! may go wrong between a client and a server. After each mishap the server answers the next request.

#[path = "support/lsp.rs"]
mod lsp;

use lsp::{Client, Setup, able, frame, notification};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

const DANGLING: &str = "The council approved the plan, according to.\n";

/// The parameters of an insertion.
fn insertion(uri: &str, version: i32, line: u32, character: u32, text: &str) -> Value {
    let at = json!({ "line": line, "character": character });
    json!({
        "textDocument": { "uri": uri, "version": version },
        "contentChanges": [{ "range": { "start": at, "end": at }, "text": text }],
    })
}

/// A request in its frame.
fn request(id: i64, method: &str, params: Value) -> Vec<u8> {
    frame(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
}

/// The next findings of a document, whatever their version.
fn next_findings(server: &mut Client, uri: &str) -> Vec<Value> {
    let message = server.wait(uri, |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    });
    message["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
}

/// The rule and the range (line, column, line, column) of each finding.
fn places(findings: &[Value]) -> Vec<(String, [u64; 4])> {
    let number = |value: &Value| value.as_u64().expect("a number");
    let place = |finding: &Value| {
        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let range = [&start["line"], &start["character"], &end["line"], &end["character"]];
        (finding["code"].as_str().unwrap_or_default().to_owned(), range.map(number))
    };
    findings.iter().map(place).collect()
}

/// Whether the server still answers: any answer will do, silence and death will not.
fn assert_alive(server: &mut Client, after: &str) {
    let answer = server.try_ask("copydesk/nonsense", json!({}));
    assert_eq!(answer.expect_err(after)["code"], -32601, "after {after}");
}

#[test]
fn findings_have_exact_positions_in_every_encoding() {
    let text = "# Vote\n\n😀 é The council approved the plan, according to.\r\n";
    for (encoding, start) in [("utf-8", 39), ("utf-16", 36), ("utf-32", 35)] {
        let mut offered = able();
        offered["general"]["positionEncodings"] = json!([encoding]);
        let mut server = Client::with(Setup { capabilities: offered, ..Setup::default() });
        let agreed = &server.initialized["capabilities"]["positionEncoding"];
        assert_eq!(agreed, encoding);
        let story = server.uri("story.md");
        server.open(&story, "markdown", 1, text);
        let found = places(&server.diagnostics(&story, 1));
        let want = ("dangling-attribution".to_owned(), [2, start, 2, start + 13]);
        assert_eq!(found, [want], "{encoding}");
        assert_eq!(server.finish(), Some(0));
    }
}

#[test]
fn a_finding_says_all_that_the_client_can_show() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, DANGLING);
    let found = server.diagnostics(&story, 1);
    let finding = &found[0];
    assert_eq!(finding["source"], "copydesk");
    assert_eq!(finding["severity"], 1);
    let link = finding["codeDescription"]["href"].as_str().expect("a link to the documentation");
    let page = link.strip_prefix("file://").expect("a file: it works offline");
    assert!(fs::read_to_string(page).expect("the page is there").contains("according to"));
    assert_eq!(server.finish(), Some(0));

    let mut server = Client::with(Setup { capabilities: json!({}), ..Setup::default() });
    server.open(&story, "markdown", 1, DANGLING);
    let found = server.diagnostics(&story, 1);
    assert_eq!(found[0].get("codeDescription"), None, "the client cannot show it");
    assert_eq!(server.finish(), Some(0));
}

/// What a check from scratch says of `text`, in another server.
fn from_scratch(text: &str) -> Vec<(String, [u64; 4])> {
    let mut server = Client::start();
    let story = server.uri("other.md");
    server.open(&story, "markdown", 1, text);
    places(&server.diagnostics(&story, 1))
}

#[test]
fn five_thousand_edits_at_once_end_where_a_check_from_scratch_does() {
    const EDITS: i32 = 5_000;
    let mut server = Client::start();
    let story = server.uri("story.md");
    let mut text = format!("# Vote\n\n😀 {DANGLING}\nThe mayor said so.\n");
    server.open(&story, "markdown", 1, &text);
    let mut bytes = Vec::new();
    let typed = ["a", " ", "É", "😀", "\"", ".", "to "];
    for edit in 0..EDITS {
        let new = typed[edit as usize % typed.len()];
        let params = insertion(&story, edit + 2, 2, 3, new);
        bytes.extend(frame(&notification("textDocument/didChange", params)));
        text.insert_str("# Vote\n\n😀 ".len(), new);
        if edit % 50 == 0 {
            let place = json!({ "textDocument": { "uri": story }, "position": { "line": 2, "character": 4 } });
            bytes.extend(request(i64::from(edit), "textDocument/hover", place));
        }
    }
    server.raw(&bytes);
    let last = EDITS + 1;
    let found = places(&server.diagnostics(&story, last));
    // The writer may seem to be in the middle of a sentence: what was held back comes after a rest.
    server.notify("textDocument/didSave", json!({ "textDocument": { "uri": story } }));
    let later = server.drain(Duration::from_millis(1500));
    let full = later
        .iter()
        .rfind(|message| message["params"]["version"] == last)
        .map(|message| places(message["params"]["diagnostics"].as_array().expect("findings")));
    assert_eq!(full.unwrap_or(found), from_scratch(&text));
    let answers = later.iter().filter(|message| message["id"].is_i64()).count();
    assert_eq!(answers as i32, EDITS / 50, "every request is answered");
    let versions: Vec<i64> =
        later.iter().filter_map(|message| message["params"]["version"].as_i64()).collect();
    assert!(versions.is_sorted(), "published versions never go back: {versions:?}");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_bad_frame_costs_nothing_but_itself() {
    let framed = |body: &[u8]| {
        let mut out = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        out.extend(body);
        out
    };
    let nested = "[".repeat(100_000);
    let bad: [(&str, Vec<u8>, Option<i64>); 13] = [
        ("bad JSON", framed(b"{nonsense"), Some(-32700)),
        ("an empty body", framed(b""), Some(-32700)),
        ("bad UTF-8", framed(b"\"\xff\""), Some(-32700)),
        ("deep nesting", framed(nested.as_bytes()), Some(-32700)),
        ("a batch", framed(b"[]"), Some(-32600)),
        ("no method", framed(br#"{"jsonrpc":"2.0","id":1}"#), Some(-32600)),
        ("another version", framed(br#"{"jsonrpc":"1.0","id":1,"method":"m"}"#), Some(-32600)),
        ("no length", b"Content-Type: x\r\n\r\n{}".to_vec(), None),
        ("a word for a length", b"Content-Length: many\r\n\r\n".to_vec(), None),
        ("a negative length", b"Content-Length: -5\r\n\r\n".to_vec(), None),
        ("noise", b"\x00\xff\xfe noise\n\n".to_vec(), None),
        (
            "a length that is too short",
            b"Content-Length: 5\r\n\r\n{\"jsonrpc\":\"2.0\"}".to_vec(),
            Some(-32700),
        ),
        ("an answer to nothing", framed(br#"{"jsonrpc":"2.0","id":99,"result":{}}"#), None),
    ];
    let mut server = Client::start();
    for (name, bytes, code) in bad {
        server.raw(&bytes);
        if let Some(code) = code {
            let answer = server.wait("a message", |message| message.get("error").is_some());
            assert_eq!(answer["error"]["code"], code, "{name}");
        }
        assert_alive(&mut server, name);
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_length_beyond_reason_ends_the_server() {
    let mut server = Client::start();
    server.raw(b"Content-Length: 1000000000000\r\n\r\n{}");
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn wrong_requests_are_answered_with_errors() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    let place =
        json!({ "textDocument": { "uri": story }, "position": { "line": 0, "character": 0 } });
    let cases = [
        ("textDocument/hover", json!([1]), -32602),
        ("textDocument/hover", json!({ "textDocument": 3 }), -32602),
        ("textDocument/hover", place, -32602),
        ("initialize", json!({ "capabilities": {} }), -32600),
        ("workspace/nonsense", json!({}), -32601),
    ];
    for (method, params, code) in cases {
        let error = server.try_ask(method, params.clone()).expect_err("it is wrong");
        assert_eq!(error["code"], code, "{method} {params}");
    }
    for (method, params) in [
        ("textDocument/didChange", json!({ "nonsense": true })),
        ("textDocument/didOpen", json!(null)),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "not a uri" } })),
        ("$/nonsense", json!({})),
        ("nonsense", json!({})),
    ] {
        server.notify(method, params);
        assert_alive(&mut server, method);
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn before_the_start_and_after_the_end_requests_are_refused() {
    let mut server = Client::spawn(Setup::default());
    let early = server.try_ask("textDocument/hover", json!({})).expect_err("too early");
    assert_eq!(early["code"], -32002);

    let mut server = Client::start();
    assert_eq!(server.try_ask("shutdown", json!(null)), Ok(Value::Null));
    let late = server.try_ask("textDocument/hover", json!({})).expect_err("too late");
    assert_eq!(late["code"], -32600);
    server.notify("exit", Value::Null);
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn it_ends_when_it_should_and_says_how() {
    // Under load, as at rest.
    for load in [0, 400] {
        let busy = |server: &mut Client| {
            if load > 0 {
                let story = server.uri("story.md");
                server.open(&story, "markdown", 1, &DANGLING.repeat(load * 100));
            }
        };
        let mut server = Client::start();
        busy(&mut server);
        server.notify("exit", Value::Null);
        assert_eq!(server.exit_code(), Some(1), "exit without shutdown, load {load}");

        let mut server = Client::start();
        busy(&mut server);
        server.close_input();
        assert_eq!(server.exit_code(), Some(1), "end of input, load {load}");

        let mut server = Client::start();
        busy(&mut server);
        server.raw(b"Content-Length: 100\r\n\r\n{\"half\":");
        server.close_input();
        assert_eq!(server.exit_code(), Some(1), "end in the middle of a message, load {load}");

        let mut server = Client::start();
        busy(&mut server);
        assert_eq!(server.try_ask("shutdown", Value::Null), Ok(Value::Null));
        server.close_input();
        assert_eq!(server.exit_code(), Some(0), "end of input after shutdown, load {load}");
    }
    let mut server = Client::spawn(Setup::default());
    server.close_input();
    assert_eq!(server.exit_code(), Some(1), "nothing was ever said");
}

#[test]
fn a_request_is_cancelled_while_others_are_served() {
    let mut server = Client::start();
    let (large, small) = (server.uri("large.md"), server.uri("small.md"));
    server.open(&large, "markdown", 1, &DANGLING.repeat(60_000));
    let place = |story: &str| json!({ "textDocument": { "uri": story }, "position": { "line": 0, "character": 0 } });
    // More than the four that tower-lsp serves at a time.
    let waiting: Vec<i64> = (1..=12).collect();
    for id in &waiting {
        server.raw(&request(*id, "textDocument/hover", place(&large)));
    }
    for id in &waiting {
        server.notify("$/cancelRequest", json!({ "id": id }));
    }
    let answers: Vec<_> = waiting.iter().map(|id| server.answer(*id)).collect();
    // Some may have been answered before; the rest was not waited for.
    let cancelled =
        answers.iter().filter(|answer| matches!(answer, Err(error) if error["code"] == -32800));
    assert!(cancelled.count() > 0, "{answers:?}");
    server.open(&small, "markdown", 1, DANGLING);
    assert_eq!(places(&server.diagnostics(&small, 1)).len(), 1);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_document_of_fifty_megabytes_holds_up_nobody() {
    let megabytes = if cfg!(debug_assertions) { 10 } else { 50 };
    let mut server = Client::start();
    let (large, small) = (server.uri("large.txt"), server.uri("small.md"));
    let text = "The council approved the plan on Monday, she said. ".repeat(megabytes * 20_000);
    server.open(&large, "plaintext", 1, &text);
    server.open(&small, "markdown", 1, DANGLING);
    let found = server.diagnostics(&small, 1);
    assert_eq!(places(&found).len(), 1);
    server.notify("textDocument/didChange", insertion(&large, 2, 0, 0, "x"));
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": large } }));
    assert_eq!(next_findings(&mut server, &large).len(), 0, "closed: nothing is found any more");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn two_hundred_documents_are_kept_apart() {
    let mut server = Client::start();
    let stories: Vec<String> = (0..200).map(|number| server.uri(&format!("{number}.md"))).collect();
    for (number, story) in stories.iter().enumerate() {
        server.open(story, "markdown", 1, &format!("{}{DANGLING}", "\n".repeat(number)));
    }
    for (number, story) in stories.iter().enumerate() {
        server.notify("textDocument/didChange", insertion(story, 2, 0, 0, "\n"));
        let found = places(&server.diagnostics(story, 2));
        assert_eq!(found[0].1[0], number as u64 + 1, "{story}");
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_rule_that_panics_costs_one_answer() {
    let env = vec![("COPYDESK_TEST_PANIC", "kaboom".to_owned())];
    let mut server = Client::with(Setup { env, ..Setup::default() });
    let (bad, good) = (server.uri("bad.md"), server.uri("good.md"));
    server.open(&good, "markdown", 1, DANGLING);
    assert_eq!(server.diagnostics(&good, 1).len(), 1);
    server.open(&bad, "markdown", 1, "kaboom, according to.\n");
    let place =
        json!({ "textDocument": { "uri": bad }, "position": { "line": 0, "character": 0 } });
    if cfg!(debug_assertions) {
        let error = server.try_ask("textDocument/hover", place.clone()).expect_err("it failed");
        assert_eq!(error["code"], -32603);
    }
    // The next version is fine again, and so are other documents.
    let cut = json!({
        "textDocument": { "uri": bad, "version": 2 },
        "contentChanges": [{ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 6 } }, "text": "It is so" }],
    });
    server.notify("textDocument/didChange", cut);
    server.notify("textDocument/didSave", json!({ "textDocument": { "uri": bad } }));
    assert_eq!(server.diagnostics(&bad, 2).len(), 1);
    server.notify("textDocument/didChange", insertion(&good, 2, 0, 0, "\n"));
    assert_eq!(server.diagnostics(&good, 2).len(), 1);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn edits_that_do_not_fit_are_no_end() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    server.notify("textDocument/didChange", insertion(&story, 1, 0, 0, "never opened"));
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": story } }));
    server.open(&story, "markdown", 5, DANGLING);
    server.diagnostics(&story, 5);
    server.notify(
        "textDocument/didChange",
        insertion(&story, 6, 900, 7, "\nFar away, according to.\n"),
    );
    server.notify("textDocument/didChange", insertion(&story, 7, 0, u32::MAX, ""));
    assert_eq!(places(&server.diagnostics(&story, 7)).len(), 2, "put at the end, as editors do");
    server.notify("textDocument/didChange", insertion(&story, 3, 0, 0, "\n"));
    let found = server.wait("a message", |m| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["diagnostics"][0]["range"]["start"]["line"] == 1
    });
    assert_eq!(found["params"]["version"], 7, "versions never go back");
    assert_eq!(server.finish(), Some(0));
}

/// Types `text` at the end of line 0, which is `column` long, one character a version.
fn type_in(server: &mut Client, story: &str, version: i32, column: u32, text: &str) -> i32 {
    for (offset, letter) in text.chars().enumerate() {
        let (version, column) = (version + 1 + offset as i32, column + offset as u32);
        let edit = insertion(story, version, 0, column, &letter.to_string());
        server.notify("textDocument/didChange", edit);
    }
    version + text.chars().count() as i32
}

#[test]
fn what_only_an_unfinished_sentence_causes_waits() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    let start = "The council approved the plan";
    server.open(&story, "markdown", 1, start);
    server.diagnostics(&story, 1);
    let column = start.len() as u32;
    let typed = ", according to ";
    let version = type_in(&mut server, &story, 1, column, typed);
    assert_eq!(places(&server.diagnostics(&story, version)), [], "the writer is typing");
    // One second of rest, and all of it is published under the same version.
    assert_eq!(places(&server.diagnostics(&story, version)).len(), 1);

    // It stays as long as it holds, and goes when the source arrives.
    let column = column + typed.len() as u32;
    let edit = insertion(&story, version + 1, 0, column, "the ");
    server.notify("textDocument/didChange", edit);
    assert_eq!(places(&server.diagnostics(&story, version + 1)).len(), 1);
    let edit = insertion(&story, version + 2, 0, column + 4, "mayor");
    server.notify("textDocument/didChange", edit);
    assert_eq!(places(&server.diagnostics(&story, version + 2)), []);
    assert_eq!(server.finish(), Some(0));

    // A source arrives in time: nothing was ever wrong.
    let mut server = Client::start();
    server.open(&story, "markdown", 1, start);
    server.diagnostics(&story, 1);
    let column = start.len() as u32;
    let version = type_in(&mut server, &story, 1, column, ", according to the ");
    assert_eq!(places(&server.diagnostics(&story, version)), []);
    assert_eq!(server.finish(), Some(0));

    // A full stop ends the waiting, and so does a save.
    let mut server = Client::start();
    server.open(&story, "markdown", 1, start);
    server.diagnostics(&story, 1);
    let column = start.len() as u32;
    let version = type_in(&mut server, &story, 1, column, ", according to.");
    assert_eq!(places(&server.diagnostics(&story, version)).len(), 1);
    assert_eq!(server.finish(), Some(0));

    let mut server = Client::start();
    server.open(&story, "markdown", 1, start);
    server.diagnostics(&story, 1);
    let version = type_in(&mut server, &story, 1, column, ", according to ");
    server.diagnostics(&story, version);
    server.notify("textDocument/didSave", json!({ "textDocument": { "uri": story } }));
    assert_eq!(places(&server.diagnostics(&story, version)).len(), 1);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_quotation_of_some_sentences_is_typed_without_a_finding() {
    for (open, close) in [('“', '”'), ('"', '"')] {
        let speech = format!(
            "{open}The plan is good for the city. It will bring jobs. We are proud of it,{close} Ruiz said"
        );
        for rest in ["", " The council meets on Friday."] {
            let mut server = Client::start();
            let story = server.uri("story.md");
            server.open(&story, "markdown", 1, rest);
            server.diagnostics(&story, 1);
            let mut version = 1;
            for (offset, letter) in speech.chars().enumerate() {
                let letter = letter.to_string();
                version = type_in(&mut server, &story, version, offset as u32, &letter);
                let found = places(&server.diagnostics(&story, version));
                let flash = found.iter().find(|(rule, _)| rule == "quote-typography");
                assert_eq!(flash, None, "after {letter:?}, letter {offset} of {speech}{rest}");
            }
            assert_eq!(server.finish(), Some(0));
        }
    }
}

#[test]
fn what_was_shown_stays_while_the_writer_goes_on() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    let start = "“We are late. The road";
    let unclosed = |found: &[Value]| {
        places(found).iter().filter(|(rule, _)| rule == "quote-typography").count()
    };
    server.open(&story, "markdown", 1, "");
    server.diagnostics(&story, 1);
    let mut version = type_in(&mut server, &story, 1, 0, start);
    assert_eq!(unclosed(&server.diagnostics(&story, version)), 0, "the writer is typing");
    assert_eq!(unclosed(&server.diagnostics(&story, version)), 1, "the writer rests");
    let mut column = start.chars().count() as u32;
    for letter in " is closed. It was".chars() {
        version = type_in(&mut server, &story, version, column, &letter.to_string());
        column += 1;
        assert_eq!(unclosed(&server.diagnostics(&story, version)), 1, "it is shown already");
    }
    // Edits before it move it; the closing mark ends it.
    server.notify("textDocument/didChange", insertion(&story, version + 1, 0, 0, "Ah! "));
    assert_eq!(unclosed(&server.diagnostics(&story, version + 1)), 1);
    version = type_in(&mut server, &story, version + 1, column + 4, ",”");
    assert_eq!(unclosed(&server.diagnostics(&story, version)), 0);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn what_was_there_on_opening_stays_while_its_sentence_grows() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    let start = "“We are late. The road";
    server.open(&story, "markdown", 1, start);
    assert_eq!(server.diagnostics(&story, 1).len(), 1);
    let mut version = 1;
    for (offset, letter) in " is".chars().enumerate() {
        let column = (start.chars().count() + offset) as u32;
        version = type_in(&mut server, &story, version, column, &letter.to_string());
        let found = places(&server.diagnostics(&story, version));
        assert!(found.iter().any(|(rule, _)| rule == "quote-typography"), "{found:?}");
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn what_was_wrong_before_does_not_wait() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, &format!("The mayor left\n\n{DANGLING}"));
    server.diagnostics(&story, 1);
    let version = type_in(&mut server, &story, 1, 14, ", according to ");
    let found = places(&server.diagnostics(&story, version));
    assert_eq!(found.len(), 1, "the finding elsewhere stays: {found:?}");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn clients_that_pull_are_never_pushed_to() {
    let mut pulls = able();
    pulls["textDocument"]["diagnostic"] = json!({});
    let mut server = Client::with(Setup { capabilities: pulls, ..Setup::default() });
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, DANGLING);
    let document = json!({ "uri": story });
    let report = server
        .try_ask("textDocument/diagnostic", json!({ "textDocument": document }))
        .expect("a report");
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "dangling-attribution");
    let again = json!({ "textDocument": document, "previousResultId": report["resultId"] });
    let report = server.try_ask("textDocument/diagnostic", again).expect("a report");
    assert_eq!(report["kind"], "unchanged");
    let pushed = server.drain(Duration::from_millis(300));
    assert!(!pushed.iter().any(|message| message["method"] == "textDocument/publishDiagnostics"));
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_pull_that_an_edit_overtakes_is_answered_with_what_is_found_now() {
    let mut pulls = able();
    pulls["textDocument"]["diagnostic"] = json!({});
    let mut server = Client::with(Setup { capabilities: pulls, ..Setup::default() });
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, &DANGLING.repeat(2_000));
    let pull = json!({ "textDocument": { "uri": story } });
    let ids: Vec<i64> = (2..12)
        .map(|version| {
            let id = server.request("textDocument/diagnostic", pull.clone());
            server.notify("textDocument/didChange", insertion(&story, version, 0, 0, "\n"));
            id
        })
        .collect();
    for id in ids {
        let report = server.answer(id).expect("it is never refused");
        assert_eq!(report["items"].as_array().map(Vec::len), Some(2_000));
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn clients_that_pull_are_told_when_the_waiting_is_over() {
    let typed = "The council approved the plan, according to ";
    for refreshes in [true, false] {
        let mut pulls = able();
        pulls["textDocument"]["diagnostic"] = json!({});
        // The key is that of the protocol, not that of the library, which differs.
        pulls["workspace"]["diagnostics"] = json!({ "refreshSupport": refreshes });
        let mut server = Client::with(Setup { capabilities: pulls, ..Setup::default() });
        let story = server.uri("story.md");
        server.open(&story, "markdown", 1, "");
        let version = type_in(&mut server, &story, 1, 0, typed);
        let pull = json!({ "textDocument": { "uri": story } });
        let report = server.ask("textDocument/diagnostic", pull.clone());
        let found = report["items"].as_array().map(Vec::len);
        if !refreshes {
            assert_eq!(found, Some(1), "it could not be told later");
            continue;
        }
        assert_eq!(found, Some(0), "version {version}: the writer is typing");
        // The settings came before, and they too are a reason to pull again.
        server.asked.clear();
        while !server.asked.iter().any(|m| m["method"] == "workspace/diagnostic/refresh") {
            server.drain(Duration::from_millis(100));
        }
        let report = server.ask("textDocument/diagnostic", pull);
        assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn settings_apply_without_a_restart_and_broken_ones_are_shown() {
    let mut server = Client::start();
    let (story, toml) = (server.uri("story.md"), server.uri("copydesk.toml"));
    server.open(&story, "markdown", 1, DANGLING);
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 1);

    server.write("copydesk.toml", "[rules]\ndangling-attribution = \"info\"\n");
    server.files_changed(&["copydesk.toml"]);
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3);

    server.write("copydesk.toml", "[rules]\n\n\"dangling\" = \"info\"\n");
    server.files_changed(&["copydesk.toml"]);
    let wrong = next_findings(&mut server, &toml);
    assert_eq!(wrong[0]["range"]["start"], json!({ "line": 2, "character": 0 }));
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3, "the last good ones hold");

    server.write("copydesk.toml", "[rules]\ndangling-attribution = \"off\"\n");
    server.files_changed(&["copydesk.toml"]);
    assert_eq!(next_findings(&mut server, &toml).len(), 0, "mended");
    assert_eq!(server.diagnostics(&story, 1).len(), 0);

    fs::remove_file(server.path("copydesk.toml")).expect("it is there");
    server.files_changed(&["copydesk.toml"]);
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 1);

    server.configure(json!({ "rules": { "dangling-attribution": "warning" }, "path": null }));
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 2, "what the editor says");

    server.configure(json!({ "enable": "configured" }));
    assert_eq!(server.diagnostics(&story, 1).len(), 0, "no copydesk.toml above it");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn folders_of_a_workspace_have_settings_of_their_own() {
    let mut server = Client::start();
    server.write("one/copydesk.toml", "[rules]\ndangling-attribution = \"info\"\n");
    let folder = |name: &str| json!({ "uri": server.uri(name), "name": name });
    let event = json!({ "event": { "added": [folder("one"), folder("two")], "removed": [] } });
    server.notify("workspace/didChangeWorkspaceFolders", event);
    for (name, severity) in [("one/story.md", 3), ("two/story.md", 1)] {
        let story = server.uri(name);
        server.open(&story, "markdown", 1, DANGLING);
        assert_eq!(server.diagnostics(&story, 1)[0]["severity"], severity, "{name}");
    }
    server.open("untitled:Untitled-1", "markdown", 1, DANGLING);
    assert_eq!(server.diagnostics("untitled:Untitled-1", 1).len(), 1);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn what_is_no_draft_is_left_alone() {
    let mut server = Client::start();
    for (name, language) in [
        ("README.md", "markdown"),
        ("code.rs", "rust"),
        ("page.xyz", "asciidoc"),
        ("votes.csv", "plaintext"),
    ] {
        let file = server.uri(name);
        server.open(&file, language, 1, DANGLING);
        assert_eq!(server.diagnostics(&file, 1).len(), 0, "{name}");
    }
    // An old version beside the new one, and a page from the net.
    for page in ["git:/desk/story.md", "http://example.org/story.md", "fugitive:///desk/story.md"] {
        server.open(page, "markdown", 1, DANGLING);
        assert_eq!(server.diagnostics(page, 1).len(), 0, "{page}");
    }
    for (name, language) in [("a.txt", "plaintext"), ("b.html", "html"), ("c.md", "unheard-of")] {
        let file = server.uri(name);
        server.open(&file, language, 1, "<p>The plan passed, according to.</p>\n");
        assert_eq!(server.diagnostics(&file, 1).len(), 1, "{name}");
    }
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_client_that_never_tells_its_settings_is_served() {
    let mut server = Client::with(Setup { answers: false, ..Setup::default() });
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, DANGLING);
    assert_eq!(server.diagnostics(&story, 1).len(), 1);
    assert_eq!(server.finish(), Some(0));
}

/// Rules of a settings file that turn the finding of `DANGLING` off.
const OFF: &str = "[rules]\ndangling-attribution = \"off\"\n";

#[test]
fn a_file_that_settings_build_on_may_come_later() {
    let mut server = Client::start();
    let (story, toml) = (server.uri("story.md"), server.uri("copydesk.toml"));
    server.write("copydesk.toml", "extend = \"shared/desk.toml\"\n");
    server.open(&story, "markdown", 1, DANGLING);
    assert_eq!(server.diagnostics(&story, 1).len(), 1);
    assert_eq!(next_findings(&mut server, &toml).len(), 1);

    server.write("shared/desk.toml", OFF);
    server.files_changed(&["shared/desk.toml"]);
    assert_eq!(next_findings(&mut server, &toml).len(), 0);
    assert_eq!(server.diagnostics(&story, 1).len(), 0);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn what_is_wrong_with_settings_goes_with_the_last_draft_under_them() {
    let mut server = Client::start();
    let (story, toml) = (server.uri("story.md"), server.uri("copydesk.toml"));
    server.write("copydesk.toml", "nonsense = 1\n");
    server.open(&story, "markdown", 1, DANGLING);
    assert_eq!(next_findings(&mut server, &toml).len(), 1);
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": story } }));
    assert_eq!(next_findings(&mut server, &toml).len(), 0, "closed");

    server.open(&story, "markdown", 2, DANGLING);
    assert_eq!(next_findings(&mut server, &toml).len(), 1, "open again, and still wrong");
    // The file itself is opened and closed: that it is wrong stays.
    server.open(&toml, "toml", 1, "nonsense = 1\n");
    server.diagnostics(&toml, 1);
    server.notify("textDocument/didClose", json!({ "textDocument": { "uri": toml } }));
    assert_eq!(next_findings(&mut server, &toml).len(), 0, "what was said of the open file");
    assert_eq!(next_findings(&mut server, &toml).len(), 1, "what is said of the settings");

    fs::remove_file(server.path("copydesk.toml")).expect("it is there");
    server.files_changed(&["copydesk.toml"]);
    assert_eq!(next_findings(&mut server, &toml).len(), 0, "gone");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn what_is_wrong_in_one_folder_stays_while_another_is_mended() {
    let mut server = Client::start();
    let names = ["one", "two"];
    let stories = names.map(|name| server.uri(&format!("{name}/story.md")));
    let files = names.map(|name| server.uri(&format!("{name}/copydesk.toml")));
    for number in 0..2 {
        server.write(&format!("{}/copydesk.toml", names[number]), "nonsense = 1\n");
        server.open(&stories[number], "markdown", 1, DANGLING);
        assert_eq!(next_findings(&mut server, &files[number]).len(), 1);
        server.diagnostics(&stories[number], 1);
    }
    server.write("one/copydesk.toml", OFF);
    server.files_changed(&["one/copydesk.toml"]);
    assert_eq!(next_findings(&mut server, &files[0]).len(), 0, "mended");
    assert_eq!(server.diagnostics(&stories[1], 1).len(), 1);
    let about = |messages: Vec<Value>| {
        messages.iter().filter(|message| message["params"]["uri"] == files[1]).count()
    };
    assert_eq!(about(server.drain(Duration::from_millis(500))), 0, "it was wrong all the time");
    server.write("two/copydesk.toml", OFF);
    server.files_changed(&["two/copydesk.toml"]);
    assert_eq!(next_findings(&mut server, &files[1]).len(), 0);
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn a_slip_in_the_settings_of_the_editor_undoes_nothing() {
    let mut server = Client::start();
    let story = server.uri("story.md");
    server.open(&story, "markdown", 1, DANGLING);
    server.diagnostics(&story, 1);
    server.configure(json!({ "rules": { "dangling-attribution": "info" } }));
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3);

    let slip = json!({ "rules": { "danglin-attribution": "off" }, "enable": "configured" });
    server.configure(slip.clone());
    assert_eq!(server.diagnostics(&story, 1).len(), 0, "`enable` works beside the slip");
    server.configure(slip);
    server.diagnostics(&story, 1);
    server.write("copydesk.toml", "");
    server.files_changed(&["copydesk.toml"]);
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3, "the last good rules hold");

    server.configure(json!({ "rules": { "dangling-attribution": "warning" }, "enable": 3 }));
    assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 2, "rules work beside the slip");
    let messages = server.drain(Duration::from_millis(100));
    let shown: Vec<&str> = messages
        .iter()
        .filter(|message| message["method"] == "window/showMessage")
        .filter_map(|message| message["params"]["message"].as_str())
        .collect();
    assert_eq!(shown.len(), 2, "each slip is told once: {shown:?}");
    assert!(shown[0].contains("did you mean `dangling-attribution`?"), "{shown:?}");
    assert!(shown[1].contains("`enable`"), "{shown:?}");
    assert_eq!(server.finish(), Some(0));
}

#[test]
fn settings_given_at_the_start_hold_until_there_are_others() {
    let options = json!({ "copydesk": { "rules": { "dangling-attribution": "info" } } });
    let mut mute = able();
    mute["workspace"]["configuration"] = json!(false);
    for capabilities in [able(), mute] {
        let setup = Setup { options: options.clone(), capabilities, ..Setup::default() };
        let mut server = Client::with(setup);
        let story = server.uri("story.md");
        server.open(&story, "markdown", 1, DANGLING);
        assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3);
        for empty in [json!(null), json!({}), json!({ "copydesk": null })] {
            let push = json!({ "settings": empty });
            server.notify("workspace/didChangeConfiguration", push);
            assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 3, "{empty}");
        }
        let other = json!({ "copydesk": { "rules": { "dangling-attribution": "warning" } } });
        server.notify("workspace/didChangeConfiguration", json!({ "settings": other }));
        assert_eq!(server.diagnostics(&story, 1)[0]["severity"], 2);
        assert_eq!(server.finish(), Some(0));
    }
}

#[test]
fn a_folder_that_goes_is_known_by_its_place() {
    let mut server = Client::start();
    let folder = |name: &str| json!({ "uri": server.uri("one"), "name": name });
    let (added, removed) = (json!([folder("one")]), json!([folder("renamed")]));
    for (event, scopes) in [
        (json!({ "added": added, "removed": [] }), 3),
        (json!({ "added": [], "removed": removed }), 2),
    ] {
        server.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        let items = |asked: &Value| asked["params"]["items"].as_array().map(Vec::len);
        let asks = |server: &Client| {
            let mut asked = server.asked.iter().rev();
            asked.find(|asked| asked["method"] == "workspace/configuration").and_then(items)
        };
        let end = std::time::Instant::now() + lsp::PATIENCE;
        while asks(&server) != Some(scopes) {
            assert!(std::time::Instant::now() < end, "settings of {scopes} scopes: {event}");
            server.drain(Duration::from_millis(50));
        }
    }
    assert_eq!(server.finish(), Some(0));
}
