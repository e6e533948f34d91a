//! `path:line:column: severity[rule] message`, one line a finding.

use super::texts::Texts;
use super::{Output, Printed, clean};
use crate::cli::desk::Checked;
use std::fmt::Write as _;

pub(super) struct Concise;

impl Output for Concise {
    fn article(&self, checked: &Checked<'_>) -> Printed {
        let mut out = String::new();
        let texts = Texts::new(checked);
        for found in checked.diagnostics {
            let at = texts.line_col(found.field, found.range.start);
            let _ = writeln!(
                out,
                "{}:{}:{}: {}[{}] {}",
                clean(&texts.name(found.field)),
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
