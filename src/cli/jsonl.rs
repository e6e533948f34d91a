//! Articles as JSON, one a line.
//!
//! Every line is answered, in order, also one that cannot be read; an empty line is one that cannot be read. Lines are
//! read in batches that are worked on in parallel; a batch ends when the input has no whole line ready, so that a
//! program which writes one article and waits for the answer gets it. Memory is bounded by the batch and by
//! [`LONGEST`], not by the number of lines.

mod mistakes;

pub(super) use mistakes::Unreadable;

use super::progress::Progress;
use super::{Stop, pipeline};
use crate::against::{Wire, Wires};
use crate::analysis::Article;
use crate::document::Format;
use crate::files::read;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes after which a batch is full.
const BATCH: usize = 4 << 20;

/// Bytes that are read at once.
const BUFFER: usize = 1 << 20;

/// Lines longer than this many bytes are answered with an error.
const LONGEST: usize = 1 << 30;

/// One line of input.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'a> {
    /// Given back as it came.
    #[serde(default)]
    pub id: Value,
    /// The article.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Its headline.
    #[serde(borrow, default)]
    pub title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    date: Option<Cow<'a, str>>,
    #[serde(default)]
    format: Option<Format>,
    /// Wire copy to compare with, as it came.
    #[serde(default)]
    against: Value,
    /// The same, read.
    #[serde(skip)]
    wires: Option<Wires>,
}

impl Line<'_> {
    fn date(&self) -> Option<Date> {
        self.date.as_deref().and_then(|text| date(text).ok().flatten())
    }

    /// The article to analyse.
    pub(super) fn article(&self) -> Article<'_> {
        Article {
            text: &self.text,
            format: self.format.unwrap_or_default(),
            title: self.title.as_deref(),
            date: self.date(),
            path: None,
            against: self.wires.as_ref(),
        }
    }

    /// The id as a name for reports: `FILE:LINE` where there is none.
    pub(super) fn name(&self, place: &str) -> String {
        match &self.id {
            Value::String(id) => id.clone(),
            Value::Null => place.to_owned(),
            id => id.to_string(),
        }
    }
}

/// `2026-03-09`, with or without a time after it; empty is no date.
fn date(text: &str) -> Result<Option<Date>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = text
        .split_at_checked(10)
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with(['T', 't', ' ']));
    let day = day.map_or(text, |(day, _)| day);
    day.parse().map(Some).map_err(|_| format!("`date` is `{text}`, not a date like 2026-03-09"))
}

/// Reads a line; `number` is which one it is.
pub(super) fn parse(line: &[u8], number: usize) -> Result<Line<'_>, Unreadable> {
    article(line).map_err(|(id, error)| Unreadable { id, line: number, error })
}

/// Reads a line, or says what id it has and why it cannot be read.
fn article(line: &[u8]) -> Result<Line<'_>, (Value, String)> {
    // Some programs begin their files with a mark of the encoding.
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    if line.trim_ascii().is_empty() {
        return Err((Value::Null, "the line is empty".to_owned()));
    }
    let text = std::str::from_utf8(line).map_err(|error| {
        let what = format!("byte {} of the line is not UTF-8", error.valid_up_to());
        (mistakes::id(&String::from_utf8_lossy(line)), what)
    })?;
    // A list would be taken for the values of an article without their keys.
    let parsed = match text.trim_start().starts_with('{') {
        true => serde_json::from_str(text),
        false => Err(serde::de::Error::custom("no object")),
    };
    let mut parsed: Line<'_> = parsed.map_err(|error| mistakes::explain(text, &error))?;
    if let Some(wrong) = mistakes::wrong_id(&parsed.id) {
        return Err((Value::Null, wrong));
    }
    let day = date(parsed.date.as_deref().unwrap_or_default());
    match day.and_then(|_| wires(std::mem::take(&mut parsed.against))) {
        Ok(wires) => Ok(Line { wires, ..parsed }),
        Err(error) => Err((parsed.id, error)),
    }
}

/// The wire copy of a line: a text, an object with a text, or a list of them.
fn wires(value: Value) -> Result<Option<Wires>, String> {
    let list = match value {
        Value::Null => return Ok(None),
        Value::Array(list) => list,
        one => vec![one],
    };
    let wires =
        list.into_iter().enumerate().map(|(number, value)| wire(number, value).map(Arc::new));
    let wires: Vec<_> = wires.collect::<Result<_, String>>()?;
    Ok((!wires.is_empty()).then(|| Wires::new(wires, Vec::new())))
}

fn wire(number: usize, value: Value) -> Result<Wire, String> {
    const SHAPE: &str = "it has to be text, an object with `text`, or a list of them";
    let name = format!("against {}", number + 1);
    let mut object = match value {
        Value::String(text) => return Ok(Wire::new(name, text, Format::Plain)),
        Value::Object(object) => object,
        other => return Err(format!("`against` holds {}; {SHAPE}", mistakes::kind(&other))),
    };
    let Some(Value::String(text)) = object.remove("text") else {
        return Err(format!("`against` holds an object without `text`; {SHAPE}"));
    };
    let given = ["path", "name", "id"].iter().find_map(|key| object.get(*key)?.as_str());
    let format = match object.get("format") {
        None | Some(Value::Null) => None,
        Some(format) => Some(Format::deserialize(format).map_err(|_| {
            "`format` of wire copy has to be \"plain\", \"markdown\" or \"html\"".to_owned()
        })?),
    };
    let ending = given.and_then(|name| Path::new(name).extension()?.to_str());
    let format = format.or_else(|| Format::from_extension(ending?)).unwrap_or_default();
    Ok(Wire::new(given.unwrap_or(&name), text, format))
}

/// One line of input with its number.
struct Numbered {
    number: usize,
    bytes: Result<Vec<u8>, String>,
}

/// Answers every line of every path: `work` turns a line (and its place, for reports) into what is written.
pub(super) fn answer<R: Send>(
    paths: &[PathBuf],
    progress: &Progress,
    work: impl Fn(Result<Line<'_>, Unreadable>, &str) -> R + Send + Sync,
    out: &mut dyn Write,
    mut sink: impl FnMut(&mut dyn Write, R) -> io::Result<()>,
) -> Result<(), Stop> {
    if paths == [PathBuf::from(".")] {
        let message = "name the file of articles, or `-` for standard input";
        return Err(Stop::Trouble(message.to_owned()));
    }
    for path in paths {
        let mut reader = open(path)?;
        let shown = path.display().to_string();
        let mut number = 0;
        loop {
            let batch = batch(&mut reader, &mut number)
                .map_err(|error| Stop::Trouble(format!("{shown}: {}", read::reason(error))))?;
            if batch.is_empty() {
                break;
            }
            let bytes: usize =
                batch.iter().map(|line| line.bytes.as_ref().map_or(0, Vec::len) + 1).sum();
            let answers = pipeline::all(batch, |line| {
                let place = format!("{shown}:{}", line.number);
                match &line.bytes {
                    Ok(bytes) => work(parse(bytes, line.number), &place),
                    Err(error) => {
                        let (id, line, error) = (Value::Null, line.number, error.clone());
                        work(Err(Unreadable { id, line, error }), &place)
                    }
                }
            });
            progress.step(bytes as u64);
            progress.print(|| {
                answers.into_iter().try_for_each(|answer| sink(out, answer))?;
                out.flush()
            })?;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<BufReader<Box<dyn Read>>, Stop> {
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
            true => Err(io::Error::other("it is a folder; --input-format jsonl reads files")),
            false => Ok(file),
        });
        let trouble = |error| Stop::Trouble(format!("{}: {}", path.display(), read::reason(error)));
        Box::new(file.map_err(trouble)?)
    };
    Ok(BufReader::with_capacity(BUFFER, reader))
}

/// The next lines: as many as are ready, [`BATCH`] bytes at most (but always one line).
fn batch(reader: &mut BufReader<Box<dyn Read>>, number: &mut usize) -> io::Result<Vec<Numbered>> {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH {
        let ready = memchr::memchr(b'\n', reader.buffer()).is_some();
        if !lines.is_empty() && !ready {
            break;
        }
        let Some(line) = line(reader)? else { break };
        *number += 1;
        bytes += line.as_ref().map_or(0, Vec::len);
        lines.push(Numbered { number: *number, bytes: line });
    }
    Ok(lines)
}

/// The next line without its end, or why it cannot be held; `None` at the end of the input.
fn line(reader: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, String>>> {
    let mut line = Vec::new();
    let read = reader.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    } else if read == LONGEST {
        drop(line);
        reader.skip_until(b'\n')?;
        return Ok(Some(Err("the line is longer than 1 GiB".to_owned())));
    }
    Ok(Some(Ok(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_and_without_a_time() {
        let day = jiff::civil::date(2025, 10, 3);
        assert_eq!(date("2025-10-03"), Ok(Some(day)));
        assert_eq!(date("2025-10-03T12:00:00Z"), Ok(Some(day)));
        assert_eq!(date(" "), Ok(None));
        assert!(date("Friday").is_err());
        assert!(date("2025-10-03é").is_err());
    }

    /// The id of a line and what is said of it.
    fn refused(line: &[u8]) -> (Value, String) {
        let refused = parse(line, 1).expect_err("no article");
        (refused.id, refused.error)
    }

    #[test]
    fn the_id_survives_what_is_broken() {
        for (line, id) in [
            (&br#"{"id": 7, "text": 5}"#[..], Value::from(7)),
            (br#"{"id": "a", "text": "x", "title": {}}"#, Value::from("a")),
            (br#"{"text": 3, "against": [[[1]]], "id": "a"}"#, Value::from("a")),
            (b"{\"id\": \"a\", \"text\": \"\xff\"}", Value::from("a")),
            (br#"{"id": "a", "text": "breaks o"#, Value::from("a")),
            (br#"{"id": true, "text": 5}"#, Value::Null),
            (b"{", Value::Null),
            (br#"["a", "text"]"#, Value::Null),
        ] {
            assert_eq!(refused(line).0, id, "{}", String::from_utf8_lossy(line));
        }
        let all = br#"{"id": "a", "text": "x", "title": null, "date": null, "against": null}"#;
        assert!(parse(all, 1).is_ok());
    }

    #[test]
    fn wire_copy_is_text_or_an_object_or_a_list_of_them() {
        let names = |against: &str| -> Result<Vec<String>, String> {
            let line = format!(r#"{{"text": "x", "against": {against}}}"#);
            let line = parse(line.as_bytes(), 1).map_err(|refused| refused.error)?;
            let list = line.wires.as_ref().map_or(&[][..], |wires| wires.list());
            Ok(list.iter().map(|wire| wire.name().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(names(r#""The mine.""#), Ok(vec!["against 1".to_owned()]));
        let both = r#"["The mine.", {"id": "wire.html", "text": "<p>The mine.</p>"}]"#;
        assert_eq!(names(both), Ok(vec!["against 1".to_owned(), "wire.html".to_owned()]));
        assert_eq!(names("[]"), Ok(Vec::new()));
        for wrong in ["1", "[[]]", r#"{"id": "wire.txt"}"#, r#"{"text": "x", "format": "word"}"#] {
            assert!(names(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let shape = r#"{"id": …, "text": "…"}"#;
        let list = format!("the line is a list; an article looks like {shape}");
        let prose = format!("the line is not JSON; an article looks like {shape}");
        let missing = format!("`text` is missing; an article looks like {shape}");
        for (line, words) in [
            (r#"{"text": 3}"#, "`text` is a number; it has to be text in quotation marks"),
            (r#"{"text": null}"#, "`text` is null; it has to be text in quotation marks"),
            (r#"{"id": "a"}"#, &missing),
            (
                r#"{"text": "x", "date": 5}"#,
                "`date` is a number; it has to be text in quotation marks",
            ),
            (
                r#"{"text": "x", "format": "word"}"#,
                r#"`format` is "word"; it has to be "plain", "markdown" or "html""#,
            ),
            (r#"{"text": "x", "text": "y"}"#, "`text` stands twice in the line"),
            (
                r#"{"text": "x", "id": false}"#,
                "`id` is true or false; it has to be text or a number",
            ),
            (r#"["a", "x"]"#, &list),
            ("Some prose.", &prose),
            (r#"{"text": "x",}"#, "the line is not JSON: trailing comma, at column 14"),
            (r#"{"text": "x"} {}"#, "the line is not JSON: trailing characters, at column 15"),
            (r#"{"text": "x"#, "the line breaks off before its JSON is complete"),
        ] {
            assert_eq!(refused(line.as_bytes()).1, words, "{line}");
        }
    }
}
