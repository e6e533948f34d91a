//! What is wrong with a settings file.

use crate::text::{TextRange, nearest};

/// A mistake in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the file; empty where the place is not known.
    pub range: TextRange,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// A mistake at `range`.
    pub fn new(range: TextRange, message: impl Into<String>, help: Option<String>) -> Self {
        Self { range, message: message.into(), help }
    }

    /// A name that is not one of `known`.
    pub(super) fn unknown<'a>(
        range: TextRange,
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) -> Self {
        // The singular of a list is further from it than its letters tell; a word of two letters is near everything.
        let plural = match name {
            "person" => "people",
            "office" => "offices",
            _ => "",
        };
        let near = match known.clone().into_iter().find(|known| *known == plural) {
            Some(plural) => Some(plural),
            None if kind == "value" && name.len() < 3 => None,
            None => nearest(name, known.clone()),
        };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => match kind {
                "rule or group" => "`copydesk rules` lists the rules and their groups".to_owned(),
                _ => format!("known here: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
            },
        };
        Self::new(range, format!("unknown {kind} `{name}`"), Some(help))
    }
}

impl From<toml::de::Error> for Problem {
    /// Puts the parser's message into the words of the settings, with the nearest name where a name is unknown.
    fn from(error: toml::de::Error) -> Self {
        let range = error.span().map_or_else(TextRange::default, TextRange::from);
        let message = error.message();
        // serde words these two itself, always as: unknown field `x`, expected one of `a`, `b`.
        let mut names = message.split('`').skip(1).step_by(2);
        let kind = match message {
            _ if message.starts_with("unknown field") => "key",
            _ if message.starts_with("unknown variant") => "value",
            _ => {
                let message = message.trim().replacen("missing field", "missing key", 1);
                return Self::new(range, message, None);
            }
        };
        let name = names.next().unwrap_or_default();
        let known: Vec<&str> = names.collect();
        Self::unknown(range, kind, name, known)
    }
}
