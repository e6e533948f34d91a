//! `copydesk rules`: every rule, as a table or as JSON.

use super::Outcome;
use super::args::{Rules, RulesFormat};
use super::output::to_string;
use super::terminal::Paint;
use crate::against::{Wire, Wires};
use crate::analysis::{Analyzer, Article};
use crate::diagnostic::Severity;
use crate::rules::{self, ActiveRule, Group, Rule};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

#[derive(Serialize)]
struct RuleJson {
    id: &'static str,
    group: Group,
    severity: Severity,
    enabled: bool,
    summary: &'static str,
    fixable: bool,
}

/// Runs the command.
pub(super) fn run(args: &Rules) -> Outcome {
    let text = match args.format {
        RulesFormat::Text => table(rules::ALL, Paint::stdout()),
        RulesFormat::Json => {
            let rules: Vec<String> = rules::ALL.iter().map(|rule| to_string(&json(rule))).collect();
            format!("[\n{}\n]\n", rules.join(",\n"))
        }
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(0)
}

fn json(rule: &'static Rule) -> RuleJson {
    RuleJson {
        id: rule.id,
        group: rule.group,
        severity: rule.severity,
        enabled: rule.enabled,
        summary: rule.summary,
        fixable: is_fixable(rule),
    }
}

/// Whether the rule offers a fix for one of the examples in its documentation.
fn is_fixable(rule: &'static Rule) -> bool {
    let active = ActiveRule { rule, severity: rule.severity, min_confidence: 0.0 };
    let format = crate::document::Format::Markdown;
    let analyzer = Analyzer::new(vec![active], Default::default(), None);
    rule.bad.iter().any(|text| {
        let (wire, text) = rules::example(text);
        let wires = wire.map(|wire| Wires::of(Wire::new("", wire, format)));
        let against = wires.as_ref();
        let found = analyzer.check(&Article { text, format, against, ..Article::default() });
        found.iter().any(|found| !found.fixes.is_empty())
    })
}

/// The rules by group, in columns.
pub(super) fn table(rules: &[&Rule], paint: Paint) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut out = String::new();
    for group in Group::ALL {
        let mut members = rules.iter().filter(|rule| rule.group == group).peekable();
        if members.peek().is_none() {
            continue;
        }
        let start = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{start}{}", paint.bold(group.as_str()));
        for rule in members {
            let state = if rule.enabled { "" } else { " (off by default)" };
            let severity = rule.severity.as_str();
            let line = format!("  {:width$}  {severity:7}  {}{state}", rule.id, rule.summary);
            let _ = writeln!(out, "{}", if rule.enabled { line } else { paint.dim(&line) });
        }
    }
    out
}
