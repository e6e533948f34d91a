//! What is wrong with a line that is no article, in words for whoever wrote it, and as much of its id as can be made out.

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::{Deserializer, Error, Value};
use std::fmt;

/// What an article looks like.
const SHAPE: &str = r#"{"id": …, "text": "…"}"#;

/// A line that cannot be read.
#[derive(Debug)]
pub(in crate::cli) struct Unreadable {
    /// Its id, if that much can be made out.
    pub id: Value,
    /// Its number in the input, from 1.
    pub line: usize,
    /// Why.
    pub error: String,
}

impl Unreadable {
    /// The error as it stands in an answer, where nothing else names the line.
    pub(in crate::cli) fn with_line(&self) -> String {
        format!("line {}: {}", self.line, self.error)
    }
}

/// The id of the line, as far as it can be made out, and what is wrong; `error` is why it was refused.
pub(super) fn explain(line: &str, error: &Error) -> (Value, String) {
    if let Some(kind) = kind_of_line(line) {
        let kind = serde_json::from_str::<IgnoredAny>(line).map_or("not JSON", |_| kind);
        return (Value::Null, format!("the line is {kind}; an article looks like {SHAPE}"));
    }
    let (known, read) = Known::read(line);
    let message = match read {
        Err(error) => broken(&error),
        Ok(()) => known.mistake().unwrap_or_else(|| broken(error)),
    };
    (known.id(), message)
}

/// The id of a line that is refused for another reason than its JSON.
pub(super) fn id(line: &str) -> Value {
    Known::read(line).0.id()
}

/// What is wrong with a value that may be an id, if anything.
pub(super) fn wrong_id(id: &Value) -> Option<String> {
    let fits = matches!(id, Value::String(_) | Value::Number(_) | Value::Null);
    (!fits).then(|| format!("`id` is {}; it has to be text or a number", kind(id)))
}

/// The keys of an article with their values, as far as the line can be read.
#[derive(Default)]
struct Known(Vec<(&'static str, Value)>);

impl Known {
    const KEYS: [&str; 5] = ["id", "text", "title", "date", "format"];

    fn read(line: &str) -> (Self, Result<(), Error>) {
        let mut known = Self::default();
        let mut reader = Deserializer::from_str(line);
        let read = known.deserialize(&mut reader).and_then(|()| reader.end());
        (known, read)
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    fn id(&self) -> Value {
        let id = self.get("id").filter(|id| wrong_id(id).is_none());
        id.cloned().unwrap_or_default()
    }

    fn mistake(&self) -> Option<String> {
        if let Some(wrong) = self.get("id").and_then(wrong_id) {
            return Some(wrong);
        }
        match self.get("text") {
            Some(Value::String(_)) => {}
            Some(other) => return Some(no_text("text", other)),
            None => return Some(format!("`text` is missing; an article looks like {SHAPE}")),
        }
        for (number, (key, value)) in self.0.iter().enumerate() {
            if self.0[..number].iter().any(|(before, _)| before == key) {
                return Some(format!("`{key}` stands twice in the line"));
            }
            match (*key, value) {
                ("title" | "date", Value::String(_) | Value::Null) => {}
                ("title" | "date", other) => return Some(no_text(key, other)),
                ("format", Value::Null) => {}
                ("format", format) => {
                    let known = |name: &str| matches!(name, "plain" | "markdown" | "html");
                    if !format.as_str().is_some_and(known) {
                        return Some(format!(
                            "`format` is {}; it has to be \"plain\", \"markdown\" or \"html\"",
                            shown(format)
                        ));
                    }
                }
                _ => {}
            }
        }
        None
    }
}

impl<'de> DeserializeSeed<'de> for &mut Known {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Known {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match Known::KEYS.into_iter().find(|known| *known == key) {
                Some(known) => self.0.push((known, map.next_value()?)),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

fn no_text(key: &str, value: &Value) -> String {
    format!("`{key}` is {}; it has to be text in quotation marks", kind(value))
}

/// The kind of a JSON value, for people.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The value itself where it is short, else its kind.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() <= 30 => format!("{text:?}"),
        other => kind(other).to_owned(),
    }
}

/// The kind of a line that holds no object, by its first character.
fn kind_of_line(line: &str) -> Option<&'static str> {
    match line.trim_start().bytes().next()? {
        b'{' => None,
        b'[' => Some("a list"),
        b'"' => Some("a text"),
        b'-' | b'0'..=b'9' => Some("a number"),
        _ => Some("a single word"),
    }
}

/// JSON that its parser refuses. It counts lines, of which there is one here.
fn broken(error: &Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    match error.is_eof() {
        true => "the line breaks off before its JSON is complete".to_owned(),
        false => format!("the line is not JSON: {what}, at column {}", error.column()),
    }
}
