//! Every rule against its documentation and its fixture `tests/rules/<rule>.md`.
//!
//! A fixture is prose with fenced blocks:
//!
//! ````text
//! ```copy format=markdown date=2025-10-19 title="A headline"
//! The mines will close, said.
//!                     ^^^^^^
//! ```
//! ```fixed
//! The mines will close.
//! ```
//! ````
//!
//! Carets mark, under the line they belong to, exactly what the rule flags (a caret stands for one character; a finding
//! that goes on to the next line is marked on its first line only). A `copy` block without carets must stay silent.
//! `flagged="words"` says what of the `title` is flagged; without it nothing of it may be.
//! `fixed` is the copy after the first fix of every finding was applied; `fixed 2` takes the second one, and so on.
//! A `wire` block is the wire copy that the `copy` blocks after it were written from, up to the next one; `wire and` adds
//! another file to it.
//! A fixture holds at least as many silent blocks as flagged ones.

use copydesk::ActiveRule;
use copydesk::against::{Wire, Wires};
use copydesk::analysis::{Analyzer, Article};
use copydesk::diagnostic::{Diagnostic, Edit, Field};
use copydesk::document::Format;
use copydesk::rules::{self, Check, Rule};
use copydesk::settings::Style;
use std::path::Path;
use std::sync::Arc;

#[derive(Default)]
struct Case {
    line: usize,
    copy: String,
    /// (start, end) in bytes of `copy`.
    expected: Vec<(usize, usize)>,
    format: Format,
    date: Option<jiff::civil::Date>,
    title: Option<String>,
    /// What of the title is flagged.
    title_flagged: Option<String>,
    wires: Vec<Arc<Wire>>,
    fixed: Vec<(usize, String)>,
}

fn attribute<'a>(info: &'a str, key: &str) -> Option<&'a str> {
    let rest = info.split_once(&format!("{key}="))?.1;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    }
}

fn cases(fixture: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut wires: Vec<Arc<Wire>> = Vec::new();
    let mut lines = fixture.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        if let Some(which) = info.strip_prefix("fixed") {
            let which = which.trim().parse().unwrap_or(1);
            let case = out
                .last_mut()
                .unwrap_or_else(|| panic!("line {}: `fixed` before any `copy`", number + 1));
            case.fixed.push((which, body.join("\n")));
        } else if let Some(info) = info.strip_prefix("wire") {
            if !info.trim().starts_with("and") {
                wires.clear();
            }
            wires.push(Arc::new(Wire::new("wire.txt", body.join("\n"), format(info))));
        } else if let Some(info) = info.strip_prefix("copy") {
            out.push(Case { wires: wires.clone(), ..case(number + 1, info, &body) });
        }
    }
    out
}

fn format(info: &str) -> Format {
    match attribute(info, "format") {
        Some("markdown") => Format::Markdown,
        Some("html") => Format::Html,
        _ => Format::Plain,
    }
}

fn case(line: usize, info: &str, body: &[&str]) -> Case {
    let mut case = Case { line, ..Case::default() };
    case.format = format(info);
    case.date = attribute(info, "date").map(|date| date.parse().expect("a date"));
    case.title = attribute(info, "title").map(str::to_owned);
    case.title_flagged = attribute(info, "flagged").map(str::to_owned);
    let mut last_start = 0;
    for text in body {
        if text.contains('^') && text.chars().all(|c| c == ' ' || c == '^') {
            let above: Vec<(usize, char)> =
                case.copy[last_start..].trim_end_matches('\n').char_indices().collect();
            let offset = |column: usize| {
                last_start
                    + above
                        .get(column)
                        .map_or(case.copy.trim_end_matches('\n').len() - last_start, |c| c.0)
            };
            let marks: Vec<char> = text.chars().chain([' ']).collect();
            let mut from = None;
            for (column, mark) in marks.iter().enumerate() {
                match (mark, from) {
                    ('^', None) => from = Some(column),
                    (' ', Some(start)) => {
                        case.expected.push((offset(start), offset(column)));
                        from = None;
                    }
                    _ => {}
                }
            }
        } else {
            last_start = case.copy.len();
            case.copy.push_str(text);
            case.copy.push('\n');
        }
    }
    case.copy.truncate(case.copy.trim_end_matches('\n').len());
    case
}

fn analyzer(rule: &'static Rule, min_confidence: f32) -> Analyzer {
    let active = ActiveRule { rule, severity: rule.severity, min_confidence };
    Analyzer::new(vec![active], Style::default(), None)
}

fn apply(copy: &str, findings: &[Diagnostic], which: usize) -> String {
    let mut edits: Vec<Edit> = findings
        .iter()
        .filter(|finding| finding.field == Field::Text)
        .flat_map(|finding| {
            finding.fixes.get(which - 1).map(|fix| fix.edits().to_vec()).unwrap_or_default()
        })
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.range.start, edit.range.end)));
    edits.dedup();
    let mut out = copy.to_owned();
    for edit in edits {
        out.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
    }
    out
}

fn mark(copy: &str, (start, end): (usize, usize)) -> String {
    format!("{:?} at {start}..{end}", copy.get(start..end).unwrap_or("?"))
}

fn run(rule: &'static Rule, case: &Case, problems: &mut Vec<String>) {
    let wires = Wires::new(case.wires.clone(), Vec::new());
    let article = Article {
        text: &case.copy,
        format: case.format,
        title: case.title.as_deref(),
        date: case.date,
        against: Some(&wires),
        ..Article::default()
    };
    let findings = analyzer(rule, rule.threshold).check(&article);
    let mut place =
        |problem: String| problems.push(format!("{}.md:{}: {problem}", rule.id, case.line));
    let ends_on_line = |range: (usize, usize)| {
        let line_end = case.copy[range.0..].find('\n').map_or(case.copy.len(), |at| range.0 + at);
        (range.0, range.1.min(line_end))
    };
    let found: Vec<(usize, usize)> = findings
        .iter()
        .filter(|finding| finding.field == Field::Text)
        .map(|finding| ends_on_line((finding.range.start as usize, finding.range.end as usize)))
        .collect();
    let in_title = findings.iter().filter(|finding| finding.field == Field::Title);
    let title = case.title.as_deref().unwrap_or_default();
    let in_title: Vec<&str> = in_title.map(|finding| finding.range.slice(title)).collect();
    if in_title != Vec::from_iter(case.title_flagged.as_deref()) {
        place(format!("flagged in the title: {in_title:?}, expected: {:?}", case.title_flagged));
    }
    for want in case.expected.iter().filter(|want| !found.contains(want)) {
        place(format!("not flagged: {}", mark(&case.copy, *want)));
    }
    for got in found.iter().filter(|got| !case.expected.contains(got)) {
        place(format!("flagged: {}", mark(&case.copy, *got)));
    }
    for (which, want) in &case.fixed {
        let got = apply(&case.copy, &findings, *which);
        if got.trim_end() != want.trim_end() {
            place(format!("fix {which} gives\n{got}\nnot\n{want}"));
        }
    }
}

#[test]
fn fixtures() {
    let mut problems = Vec::new();
    for rule in rules::ALL.iter().filter(|rule| !matches!(rule.check, Check::Engine)) {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/{}.md", rule.id));
        let Ok(fixture) = std::fs::read_to_string(&path) else {
            problems.push(format!("{} has no fixture", rule.id));
            continue;
        };
        let cases = cases(&fixture);
        let flagged = cases.iter().filter(|case| !case.expected.is_empty()).count();
        if flagged == 0 || cases.len() < 2 * flagged {
            problems.push(format!(
                "{}.md: {flagged} flagged, {} silent",
                rule.id,
                cases.len() - flagged
            ));
        }
        cases.iter().for_each(|case| run(rule, case, &mut problems));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn documentation_examples() {
    let mut problems = Vec::new();
    for rule in rules::ALL.iter().filter(|rule| !matches!(rule.check, Check::Engine)) {
        let check = |text: &str| {
            let (wire, text) = rules::example(text);
            let wires = wire.map(|wire| Wires::of(Wire::new("wire.txt", wire, Format::Plain)));
            let article = Article { text, against: wires.as_ref(), ..Article::default() };
            analyzer(rule, rule.threshold).check(&article)
        };
        for bad in rule.bad.iter().filter(|bad| check(bad).is_empty()) {
            problems.push(format!("{}: should flag: {bad}", rule.id));
        }
        for good in rule.good.iter().filter(|good| !check(good).is_empty()) {
            problems.push(format!("{}: should not flag: {good}", rule.id));
        }
        if rule.bad.is_empty() || rule.good.is_empty() || rule.summary.ends_with('.') {
            problems.push(format!("{}: incomplete documentation", rule.id));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn ids_are_unique_and_yields_are_known() {
    for (at, rule) in rules::ALL.iter().enumerate() {
        assert!(rules::ALL[..at].iter().all(|other| other.id != rule.id), "{} twice", rule.id);
        for other in rule.yields_to {
            assert!(rules::find(other).is_some(), "{} yields to unknown {other}", rule.id);
        }
    }
}
