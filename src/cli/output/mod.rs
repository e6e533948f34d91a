//! How findings are printed: one file a format.
//!
//! A format turns one article into one piece of text (in parallel), and says what stands before, between and after the
//! pieces. Nothing is kept until the end but the sum of the run.

mod concise;
mod json;
mod jsonl;

use super::desk::{Checked, Summary};
use clap::ValueEnum;

pub(super) use jsonl::failure;

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
}

impl Format {
    /// Whether people read it, so that a summary and hints may stand among the findings.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Concise)
    }

    /// The writer of the format.
    pub(super) fn output(self) -> Box<dyn Output> {
        match self {
            Self::Text | Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json),
            Self::Jsonl => Box::new(jsonl::Jsonl),
        }
    }
}

/// Prints findings in one format.
pub(super) trait Output: Sync {
    /// What stands before everything.
    fn begin(&self) -> String {
        String::new()
    }

    /// One article; empty where there is nothing to print.
    fn article(&self, checked: &Checked<'_>) -> String;

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
