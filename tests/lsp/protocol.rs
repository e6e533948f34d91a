//! Frames, requests that are wrong, cancelling, and the end.

use crate::lsp::{Client, Setup, read};
use crate::support::{DANGLING, Story, assert_alive, at, places};
use serde_json::{Value, json};

#[test]
fn the_client_hears_every_byte_that_is_no_message() {
    let good = "Content-Length: 2\r\n\r\n{}";
    let all = |text: &str| {
        let mut input = text.as_bytes();
        std::iter::from_fn(|| read(&mut input))
            .take(3)
            .map(|heard| heard.is_ok())
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&good.repeat(2)), [true, true]);
    for noise in [
        "debug: here\n",
        "\n",
        "x",
        "Content-Length: 9\r\n\r\n{}",
        "Content-Length: 2\r\n",
        "Content-Length: x\r\n\r\n",
    ] {
        assert_eq!(all(&format!("{good}{noise}")), [true, false], "{noise:?}");
    }
    assert!(!all(&format!("noise{good}"))[0]);
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
    let mut client = Client::start();
    for (name, bytes, code) in bad {
        client.raw(&bytes);
        if let Some(code) = code {
            let answer = client.wait("a message", |message| message.get("error").is_some());
            assert_eq!(answer["error"]["code"], code, "{name}");
        }
        assert_alive(&mut client, name);
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn a_length_beyond_reason_ends_the_server() {
    let mut client = Client::start();
    client.raw(b"Content-Length: 1000000000000\r\n\r\n{}");
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn wrong_requests_are_answered_with_errors() {
    let mut client = Client::start();
    let never_opened = at(&client.uri("story.md"), 0, 0);
    let cases = [
        ("textDocument/hover", json!([1]), -32602),
        ("textDocument/hover", json!({ "textDocument": 3 }), -32602),
        ("textDocument/hover", never_opened, -32602),
        ("initialize", json!({ "capabilities": {} }), -32600),
        ("workspace/nonsense", json!({}), -32601),
    ];
    for (method, params, code) in cases {
        let error = client.try_ask(method, params.clone()).expect_err("it is wrong");
        assert_eq!(error["code"], code, "{method} {params}");
    }
    for (method, params) in [
        ("textDocument/didChange", json!({ "nonsense": true })),
        ("textDocument/didOpen", json!(null)),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "not a uri" } })),
        ("$/nonsense", json!({})),
        ("nonsense", json!({})),
    ] {
        client.notify(method, params);
        assert_alive(&mut client, method);
    }
    assert_eq!(client.finish(), Some(0));
}

#[test]
fn before_the_start_and_after_the_end_requests_are_refused() {
    let mut client = Client::spawn(Setup::default());
    let early = client.try_ask("textDocument/hover", json!({})).expect_err("too early");
    assert_eq!(early["code"], -32002);

    let mut client = Client::start();
    assert_eq!(client.try_ask("shutdown", json!(null)), Ok(Value::Null));
    let late = client.try_ask("textDocument/hover", json!({})).expect_err("too late");
    assert_eq!(late["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn it_ends_when_it_should_and_says_how() {
    // Under load, as at rest.
    for load in [0, 40_000] {
        let start = || match load {
            0 => Client::start(),
            _ => Story::open(&DANGLING.repeat(load)).client,
        };
        let mut client = start();
        client.notify("exit", Value::Null);
        assert_eq!(client.exit_code(), Some(1), "exit without shutdown, load {load}");

        let mut client = start();
        client.close_input();
        assert_eq!(client.exit_code(), Some(1), "end of input, load {load}");

        let mut client = start();
        client.raw(b"Content-Length: 100\r\n\r\n{\"half\":");
        client.close_input();
        assert_eq!(client.exit_code(), Some(1), "end in the middle of a message, load {load}");

        let mut client = start();
        assert_eq!(client.try_ask("shutdown", Value::Null), Ok(Value::Null));
        client.close_input();
        assert_eq!(client.exit_code(), Some(0), "end of input after shutdown, load {load}");
    }
    let mut client = Client::spawn(Setup::default());
    client.close_input();
    assert_eq!(client.exit_code(), Some(1), "nothing was ever said");
}

#[test]
fn a_request_is_cancelled_while_others_are_served() {
    let mut story = Story::open(&DANGLING.repeat(60_000));
    let place = at(&story.uri, 0, 0);
    // More than the four that tower-lsp serves at a time.
    let waiting: Vec<i64> =
        (0..12).map(|_| story.request("textDocument/hover", place.clone())).collect();
    for id in &waiting {
        story.notify("$/cancelRequest", json!({ "id": id }));
    }
    let answers: Vec<_> = waiting.iter().map(|id| story.answer(*id)).collect();
    // Some may have been answered before; the rest was not waited for.
    let cancelled =
        answers.iter().filter(|answer| matches!(answer, Err(error) if error["code"] == -32800));
    assert!(cancelled.count() > 0, "{answers:?}");
    let small = story.uri("small.md");
    story.client.open(&small, "markdown", 1, DANGLING);
    assert_eq!(places(&story.diagnostics(&small, 1)).len(), 1);
    story.end();
}
