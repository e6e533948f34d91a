//! One JSON line an article: `{"id", "diagnostics"}`, or `{"id", "error"}` where it cannot be read.

use super::json::{Finding, findings, to_string};
use super::{Output, Printed};
use crate::cli::desk::Checked;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Answer<'a> {
    id: Value,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    id: &'a Value,
    error: &'a str,
}

/// The answer to a line that cannot be read.
pub(in crate::cli) fn failure(id: &Value, error: &str) -> String {
    to_string(&Failure { id, error }) + "\n"
}

pub(super) struct Jsonl;

impl Output for Jsonl {
    fn article(&self, checked: &Checked<'_>) -> Printed {
        let id = checked.id.cloned().unwrap_or_else(|| checked.name.into());
        (to_string(&Answer { id, diagnostics: findings(checked, false) }) + "\n").into()
    }

    fn failed(&self, id: &Value, error: &str) -> String {
        failure(id, error)
    }
}
