//! The framing of the base protocol: `Content-Length: N`, an empty line, N bytes of JSON.
//!
//! Whatever arrives is either a message, something that can be answered with an error, or a reason to end; a bad frame
//! never costs the frames behind it. (tower-lsp's own decoder ends the connection at the first bad frame.)

use serde_json::Value;
use std::io::{self, BufRead, Read};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// The longest message that is read, in bytes. The longest draft is far shorter, and a client that announces more has
/// lost its way in the stream.
const LONGEST: u64 = 1 << 30;

/// The longest line of a header, in bytes.
const LONGEST_HEADER: u64 = 8 * 1024;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of the server.
    Response(Response),
    /// Something that is no message, with the answer to it.
    Wrong(Response),
    /// A frame without a usable length: said in the log, and left out.
    Dropped(String),
    /// Nothing more can be read, and why, unless the input simply ended.
    End(Option<String>),
}

/// Reads what comes next.
pub(super) fn read(input: &mut impl BufRead) -> Incoming {
    match length(input) {
        Ok(Header::Length(length)) if length > LONGEST => Incoming::End(Some(format!(
            "a message of {length} bytes was announced; the longest that is read has {LONGEST}"
        ))),
        Ok(Header::Length(length)) => body(input, length),
        Ok(Header::Without(lines)) => Incoming::Dropped(format!(
            "left out a message whose header has no usable Content-Length: {lines}"
        )),
        Ok(Header::End) => Incoming::End(None),
        Err(error) => Incoming::End(Some(format!("standard input cannot be read: {error}"))),
    }
}

enum Header {
    Length(u64),
    /// A header that says no length, shortened for the log.
    Without(String),
    End,
}

/// Reads a header to its empty line.
///
/// Where a length is missing, the body that follows is read as header lines as well: it holds no empty line, as a rule,
/// and no line of JSON starts with `Content-Length`. So the next good header is found, also when it starts in the middle
/// of a line.
fn length(input: &mut impl BufRead) -> io::Result<Header> {
    let (mut length, mut seen) = (None, String::new());
    loop {
        let mut line = Vec::new();
        let count = input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(Header::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match (line.is_empty(), length) {
            (true, Some(length)) => return Ok(Header::Length(length)),
            (true, None) if seen.is_empty() => {}
            (true, None) => return Ok(Header::Without(seen)),
            (false, _) => {
                length = said(line).or(length);
                if seen.len() < 80 {
                    seen.extend(line.chars().take(80));
                    seen.push(' ');
                }
            }
        }
    }
}

/// The length that a header line says.
fn said(line: &str) -> Option<u64> {
    const NAME: &str = "content-length";
    let at = line.to_ascii_lowercase().rfind(NAME)?;
    let value = line.get(at + NAME.len()..)?.trim_start().strip_prefix(':')?;
    value.trim().parse().ok()
}

fn body(input: &mut impl BufRead, length: u64) -> Incoming {
    let mut bytes = Vec::new();
    // Memory is taken as bytes arrive, so an announced length costs nothing.
    match input.by_ref().take(length).read_to_end(&mut bytes) {
        Ok(count) if (count as u64) < length => {
            Incoming::End(Some("standard input ended in the middle of a message".to_owned()))
        }
        Ok(_) => message(&bytes),
        Err(error) => Incoming::End(Some(format!("standard input cannot be read: {error}"))),
    }
}

fn message(bytes: &[u8]) -> Incoming {
    let mut value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return wrong(Id::Null, ErrorCode::ParseError, &error.to_string()),
    };
    // `null` stands for no parameters in many clients, and tower-lsp refuses it.
    if let Some(message) = value.as_object_mut()
        && message.get("params").is_some_and(Value::is_null)
    {
        message.remove("params");
    }
    // The protocol's `workspace.diagnostics` is `workspace.diagnostic` in lsp-types 0.94, which would take every client for
    // one that cannot be told to pull findings again.
    if let Some(workspace) = value.pointer_mut("/params/capabilities/workspace")
        && let Some(workspace) = workspace.as_object_mut()
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    let parsed = if value.get("method").is_some_and(Value::is_string) {
        serde_json::from_value(value).map(Incoming::Request)
    } else if value.get("result").is_some() || value.get("error").is_some() {
        // The answer to a request that the server never made concerns nobody.
        Ok(serde_json::from_value(value).map_or_else(
            |error| Incoming::Dropped(format!("left out an answer that is none: {error}")),
            Incoming::Response,
        ))
    } else {
        return wrong(id.unwrap_or(Id::Null), ErrorCode::InvalidRequest, "it has no method");
    };
    parsed.unwrap_or_else(|error| {
        wrong(id.unwrap_or(Id::Null), ErrorCode::InvalidRequest, &error.to_string())
    })
}

fn wrong(id: Id, code: ErrorCode, why: &str) -> Incoming {
    let message = format!("not a message of the protocol: {why}");
    Incoming::Wrong(Response::from_error(id, Error { code, message: message.into(), data: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        loop {
            out.push(match read(&mut input) {
                Incoming::Request(request) => request.method().to_owned(),
                Incoming::Response(response) => format!("answer {}", response.id()),
                Incoming::Wrong(response) => {
                    format!("{}", response.error().map_or(0, |error| error.code.code()))
                }
                Incoming::Dropped(_) => "dropped".to_owned(),
                Incoming::End(why) => {
                    out.push(if why.is_some() { "broken" } else { "end" }.to_owned());
                    return out;
                }
            });
        }
    }

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"m"}"#;

    #[test]
    fn clients_that_can_be_told_to_pull_again_are_understood() {
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"workspace":{"diagnostics":{"refreshSupport":true}}}}}"#;
        let Incoming::Request(request) = read(&mut frame(body).as_bytes()) else { panic!() };
        let params = request.params().cloned().expect("parameters");
        let params: tower_lsp::lsp_types::InitializeParams =
            serde_json::from_value(params).expect("parameters of initialize");
        let diagnostic = params.capabilities.workspace.and_then(|workspace| workspace.diagnostic);
        assert_eq!(diagnostic.and_then(|diagnostic| diagnostic.refresh_support), Some(true));
    }

    #[test]
    fn a_bad_frame_never_costs_the_next_one() {
        let bad = [
            (frame("{nonsense"), "-32700"),
            (frame("[]"), "-32600"),
            (frame(r#"{"jsonrpc":"1.0","method":"m","id":1}"#), "-32600"),
            (frame(r#"{"jsonrpc":"2.0","id":1}"#), "-32600"),
            (frame(""), "-32700"),
            (frame(&"[".repeat(100_000)), "-32700"),
            ("Content-Type: x\r\n\r\n".to_owned(), "dropped"),
            ("Content-Length: many\r\n\r\n{}\n\n".to_owned(), "dropped"),
            (format!("Content-Type: x\r\n\r\n{GOOD}"), "dropped"),
        ];
        for (bad, said) in bad {
            let input = format!("{}{bad}{}", frame(GOOD), frame(GOOD));
            let found = all(input.as_bytes());
            assert_eq!(found.first().map(String::as_str), Some("m"), "{bad}");
            assert_eq!(found[1], said, "{bad}");
            assert_eq!(found[found.len() - 2..], ["m", "end"], "{bad}");
        }
    }

    #[test]
    fn bad_utf8_is_answered() {
        let mut input = b"Content-Length: 3\r\n\r\n\"\xff\"".to_vec();
        input.extend(frame(GOOD).into_bytes());
        assert_eq!(all(&input), ["-32700", "m", "end"]);
    }

    #[test]
    fn a_length_beyond_reason_ends_it() {
        assert_eq!(all(b"Content-Length: 1000000000000\r\n\r\n{}"), ["broken"]);
        assert_eq!(all(b"Content-Length: 10\r\n\r\n{}"), ["broken"]);
    }
}
