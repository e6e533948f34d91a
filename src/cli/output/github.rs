//! Workflow commands: GitHub shows them beside the lines of a pull request.

use super::texts::Texts;
use super::{Output, Printed, clean};
use crate::cli::desk::Checked;
use crate::diagnostic::{Field, Severity};
use std::fmt::Write as _;

pub(super) struct Github;

impl Output for Github {
    fn article(&self, checked: &Checked<'_>) -> Printed {
        let mut out = String::new();
        let texts = Texts::new(checked);
        for found in checked.diagnostics {
            let command = match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let _ = write!(out, "::{command} file={}", property(checked.name));
            if found.field == Field::Text {
                let from = texts.line_col(found.field, found.range.start);
                let to = texts.line_col(found.field, found.range.end);
                let _ = write!(out, ",line={},endLine={},col={}", from.line, to.line, from.column);
                // GitHub refuses an end column where the lines differ.
                if from.line == to.line {
                    let _ = write!(out, ",endColumn={}", to.column);
                }
            }
            let title = property(&format!("copydesk: {}", found.rule));
            let mut text = format!("{}\n{}", found.message, found.help);
            // A pull request shows no other file, so that its words are said.
            let wires = found.related.iter().filter(|r| matches!(r.field, Field::Against(_)));
            for place in wires {
                let at = texts.line_col(place.field, place.range.start);
                let (name, words) =
                    (texts.name(place.field), texts.words(place.field, place.range));
                let (line, column, note) = (at.line, at.column, &place.message);
                let _ = write!(text, "\n{name}:{line}:{column}: {note}: {words}");
            }
            let text = data(&text);
            let _ = writeln!(out, ",title={title}::{text}");
        }
        out.into()
    }
}

/// Escapes what stands after the second `::`; logs are read on terminals.
fn data(text: &str) -> String {
    clean(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(data("50%: a,\r\nb"), "50%25: a,%0D%0Ab");
        assert_eq!(data("\u{1B}[2J"), "\u{FFFD}[2J");
        assert_eq!(property("a,b: c%.md"), "a%2Cb%3A c%25.md");
    }
}
