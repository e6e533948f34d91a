//! `path:line:column: severity[rule] message`, one line a finding.

use super::{Output, Printed, clean};
use crate::cli::desk::Checked;
use crate::diagnostic::Field;
use crate::text::LineIndex;
use std::fmt::Write as _;

pub(super) struct Concise;

impl Output for Concise {
    fn article(&self, checked: &Checked<'_>) -> Printed {
        let mut out = String::new();
        let mut index = None;
        for found in checked.diagnostics {
            let (name, at) = match found.field {
                Field::Text => {
                    let index = index.get_or_insert_with(|| LineIndex::new(checked.text));
                    ("", index.line_col(checked.text, found.range.start))
                }
                Field::Title => {
                    let index = LineIndex::new(checked.title);
                    (" (title)", index.line_col(checked.title, found.range.start))
                }
            };
            let _ = writeln!(
                out,
                "{}{name}:{}:{}: {}[{}] {}",
                clean(checked.name),
                at.line,
                at.column,
                found.severity.as_str(),
                found.rule,
                clean(&found.message)
            );
        }
        out.into()
    }
}
