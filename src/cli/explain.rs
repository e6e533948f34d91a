//! `copydesk explain`: what a rule wants, and why.

use super::args::Explain;
use super::rules::table;
use super::terminal::{Paint, wrap};
use super::{Outcome, Stop};
use crate::rules::{self, Rule, Selector};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Runs the command.
pub(super) fn run(args: &Explain) -> Outcome {
    let paint = Paint::stdout();
    let selector = Selector::parse(&args.rule).map_err(Stop::Trouble)?;
    let text = match selector {
        Selector::Rule(rule) => explain(rule, paint),
        wide => {
            let list: Vec<&Rule> = rules::ALL.iter().copied().filter(|r| wide.matches(r)).collect();
            let hint = "`copydesk explain RULE` explains one of them.";
            format!("{}\n{hint}\n", table(&list, paint))
        }
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(0)
}

fn explain(rule: &Rule, paint: Paint) -> String {
    let mut out = String::new();
    let state = if rule.enabled { "on" } else { "off" };
    let _ = writeln!(out, "{}: {}", paint.bold(rule.id), rule.summary);
    let _ = writeln!(
        out,
        "{}, {} by default, in the group {}\n",
        rule.severity.as_str(),
        state,
        rule.group.as_str()
    );
    section(&mut out, paint, "What it flags", rule.what);
    section(&mut out, paint, "Why it matters", rule.why);
    examples(&mut out, paint, "Flagged", rule.bad);
    examples(&mut out, paint, "Left alone", rule.good);
    section(&mut out, paint, "What the fixes do", rule.fix);
    let silence = format!(
        "To let one finding stand, put this into copydesk.toml. To turn the rule off, put {} = \"off\" under [rules].",
        rule.id
    );
    section(&mut out, paint, "When it is wrong", &silence);
    out + &entry(rule)
}

/// A `[[stet]]` entry to copy.
fn entry(rule: &Rule) -> String {
    format!(
        "  [[stet]]\n  file = \"drafts/story.md\"\n  rule = \"{}\"\n  text = \"the words that were flagged\"\n  \
         why = \"why they stand\"\n",
        rule.id
    )
}

fn section(out: &mut String, paint: Paint, title: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "{}\n{}\n", paint.bold(title), wrap(text, "  "));
    }
}

fn examples(out: &mut String, paint: Paint, title: &str, examples: &[&str]) {
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}", paint.bold(title));
    for example in examples {
        for (number, line) in example.lines().enumerate() {
            let start = if number == 0 { "  - " } else { "    " };
            let text = wrap(line, "    ");
            let _ = writeln!(out, "{start}{}", text.trim_start());
        }
    }
    out.push('\n');
}
