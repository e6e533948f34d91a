//! The last lines of a run: how many findings, what can be fixed, where to read on.

use super::args::Check;
use super::desk::Summary;
use super::output::Format;
use super::terminal::count;
use crate::diagnostic::Severity;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Prints the counts that were asked for, and for people the sum; where `out` carries a document for a machine, to
/// standard error.
pub(super) fn print(args: &Check, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::new();
    if args.statistics {
        text += &statistics(summary);
    }
    if args.format == Format::Text && !args.input.quiet {
        text += &if args.diff { would_fix(summary) } else { sum(args, summary) };
    }
    match args.format {
        Format::Text | Format::Concise if !args.diff => out.write_all(text.as_bytes()),
        _ => io::stderr().lock().write_all(text.as_bytes()),
    }
}

fn would_fix(summary: &Summary) -> String {
    match summary.fixable {
        0 => "Nothing that --fix would change.\n".to_owned(),
        number => format!("--fix would mend {}.\n", count(number, "finding")),
    }
}

fn sum(args: &Check, summary: &Summary) -> String {
    let mut out = String::new();
    if args.fix {
        out += &match summary.fixed {
            0 => "Fixed nothing.\n".to_owned(),
            number => {
                let drafts = count(summary.mended, "draft");
                format!("Fixed {} in {drafts}.\n", count(number, "finding"))
            }
        };
    }
    let severities =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];
    let found: Vec<String> = severities
        .into_iter()
        .map(|(severity, word)| (summary.count(severity), word))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    let drafts = count(summary.articles, "draft");
    if !summary.failed.is_empty() {
        let _ = writeln!(out, "{} could not be checked.", count(summary.failed.len(), "draft"));
    }
    if summary.articles == 0 {
        return out;
    }
    if found.is_empty() {
        let _ = writeln!(out, "No findings in {drafts}.");
        return out;
    }
    let _ = match summary.flagged {
        0 => writeln!(out, "Found {} in the settings, and nothing in {drafts}.", found.join(", ")),
        flagged => writeln!(out, "Found {} in {flagged} of {drafts}.", found.join(", ")),
    };
    if summary.fixable > 0 && !args.fix {
        let _ = writeln!(
            out,
            "`copydesk check --fix` mends {} of them; --diff shows how.",
            summary.fixable
        );
    }
    let rule = summary.worst().unwrap_or("RULE");
    let _ = writeln!(
        out,
        "`copydesk explain {rule}` says why, and shows the [[stet]] entry that lets a finding stand."
    );
    out
}

/// How often each rule fired, the most frequent first.
fn statistics(summary: &Summary) -> String {
    let mut rules: Vec<(&str, usize)> = summary.rules().into_iter().collect();
    rules.sort_by_key(|(rule, number)| (std::cmp::Reverse(*number), *rule));
    let mut out = String::new();
    for (rule, number) in rules {
        let _ = writeln!(out, "{number:>7}  {rule}");
    }
    out
}
