//! How findings are printed: one file a format.
//!
//! A format turns one article into one piece of text (in parallel), and says what stands before, between and after the
//! pieces. Nothing is kept until the end but the sum of the run.

mod concise;
mod github;
mod json;
mod jsonl;
mod sarif;
mod text;
mod texts;

use super::desk::{Checked, Summary};
use clap::ValueEnum;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

pub(super) use json::{Finding, findings, rounded, to_string};
pub(super) use jsonl::failure;
pub(super) use texts::Texts;

/// The output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Reports with the words in question, for people
    Text,
    /// One line a finding: path:line:column: severity[rule] message
    Concise,
    /// One JSON document
    Json,
    /// One JSON line an article
    Jsonl,
    /// Workflow commands, shown beside the lines of a pull request
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Format {
    /// The writer of the format.
    pub(super) fn output(self, colour: bool) -> Box<dyn Output> {
        match self {
            Self::Text => Box::new(text::Text::new(colour)),
            Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json),
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Github => Box::new(github::Github),
            Self::Sarif => Box::new(sarif::Sarif),
        }
    }
}

/// `text` without what could command a terminal or break the line: drafts and their names come from anywhere.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    // The last two ranges turn the direction of the text that follows them.
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(odd) {
        return text.into();
    }
    let plain = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if odd(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(plain).collect()
}

/// [`clean`] for text of several lines, which stay apart.
pub(super) fn clean_lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// One article, printed.
#[derive(Default)]
pub(super) struct Printed {
    text: String,
    /// What is left out where the run said it before, in order.
    repeats: Vec<Repeat>,
}

/// A stretch of the text that explains a finding: for the first finding of a run that needs the explanation.
struct Repeat {
    range: Range<usize>,
    /// What it says: the key under which it is known.
    help: String,
    /// What stands there otherwise.
    short: String,
}

impl From<String> for Printed {
    fn from(text: String) -> Self {
        Self { text, repeats: Vec::new() }
    }
}

impl Printed {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text without the help that was `known` before; what it helps with is known from then on.
    pub(super) fn without(self, known: &mut HashSet<String>) -> String {
        if self.repeats.is_empty() {
            return self.text;
        }
        let mut out = String::with_capacity(self.text.len());
        let mut end = 0;
        for repeat in self.repeats {
            if !known.insert(repeat.help) {
                out.push_str(self.text.get(end..repeat.range.start).unwrap_or_default());
                out.push_str(&repeat.short);
                end = repeat.range.end;
            }
        }
        out.push_str(self.text.get(end..).unwrap_or_default());
        out
    }
}

/// Prints findings in one format.
pub(super) trait Output: Sync {
    /// What stands before everything.
    fn begin(&self) -> String {
        String::new()
    }

    /// One article; empty where there is nothing to print.
    fn article(&self, checked: &Checked<'_>) -> Printed;

    /// An article that cannot be read; empty in formats that say so at the end or not at all.
    fn failed(&self, _id: &serde_json::Value, _error: &str) -> String {
        String::new()
    }

    /// What stands between two pieces.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands after everything.
    fn end(&self, _summary: &Summary) -> String {
        String::new()
    }
}
