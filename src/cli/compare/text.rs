//! A draft beside its wire copy for people: two columns, with what was found under each pair.

use super::{Compared, Run, runs};
use crate::against::{Aligned, Place};
use crate::cli::output::clean;
use crate::cli::terminal::{self, Paint, count};
use crate::diagnostic::{Diagnostic, Field};
use std::fmt::Write as _;

/// Columns of text of each side.
const SIDE: usize = 37;

/// Characters of a sentence that was left out which are shown.
const SHOWN: usize = 64;

/// The comparison of a draft.
pub(super) fn render(compared: &Compared<'_>, paint: Paint) -> String {
    let mut out = format!("{}\n", paint.bold(&clean(compared.checked.name)));
    for line in summary(compared) {
        let _ = writeln!(out, "{}", terminal::wrap(&clean(&line), "  "));
    }
    for found in compared.elsewhere() {
        let _ = writeln!(out, "\n{}", finding(found, paint));
    }
    for (number, aligned) in compared.against.sentences.iter().enumerate() {
        out.push('\n');
        pair(&mut out, compared, number, aligned, paint);
    }
    for wire in 0..compared.wires.list().len() {
        left_out(&mut out, compared, wire, paint);
    }
    out
}

/// What stands above everything, in sentences.
pub(super) fn summary(compared: &Compared<'_>) -> Vec<String> {
    let names: Vec<&str> = compared.wires.list().iter().map(|wire| wire.name()).collect();
    let names = match &names[..] {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let share = compared.share();
    let said = match share.sentences {
        0 => "There are no sentences.".to_owned(),
        all => format!(
            "{} of {} written from there, with {}% of the words.",
            share.aligned,
            if all == 1 { "1 sentence is".to_owned() } else { format!("{all} sentences are") },
            share.percent()
        ),
    };
    let found = match compared.checked.diagnostics.len() {
        0 => "Nothing drifted that a rule looks for.".to_owned(),
        found => format!("{}; {{braces}} mark what they are about.", count(found, "finding")),
    };
    vec![format!("Beside {names}."), said, found]
}

/// A sentence and what it was written from.
fn pair(out: &mut String, compared: &Compared<'_>, number: usize, aligned: &Aligned, paint: Paint) {
    let Some(p) = compared.story.paragraphs.get(aligned.paragraph) else { return };
    let (field, range) = compared.place(aligned);
    let head = match field {
        Field::Title => "headline".to_owned(),
        _ => format!("line {}", compared.texts.line_col(field, range.start).line),
    };
    let mut marks = compared.our_marks(number);
    // Braces around all of it say no more than the finding below.
    marks.retain(|(mark, _)| !mark.covers(range));
    let ours = side(&head, &runs(p, aligned.span, &marks));
    let mut theirs = Vec::new();
    for pair in &aligned.pairs {
        let Some(p) = compared.wires.paragraph(pair.place) else { continue };
        let found = compared.findings(number).map(|(_, found)| found);
        let marks = compared.their_marks(pair.place, found);
        theirs.extend(side(&source(compared, pair.place), &runs(&p, pair.place.span, &marks)));
    }
    if theirs.is_empty() {
        theirs.push("(nothing like it)".to_owned());
    }
    for row in 0..ours.len().max(theirs.len()) {
        let cell = |side: &[String]| side.get(row).cloned().unwrap_or_default();
        let (left, right) = (cell(&ours), cell(&theirs));
        let gap = SIDE.saturating_sub(left.chars().count()) + 2;
        let line = format!("  {}{}{}", left, " ".repeat(gap), right);
        let line = if row == 0 { paint.dim(line.trim_end()) } else { line };
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for (_, found) in compared.findings(number) {
        let _ = writeln!(out, "{}", finding(found, paint));
    }
}

/// "wire.txt, line 12".
fn source(compared: &Compared<'_>, place: Place) -> String {
    let name = compared.wires.get(place.wire).map_or("", |wire| wire.name());
    format!("{name}, line {}", compared.line(place))
}

/// One side of a pair: where it stands, and its words with braces around what is marked.
fn side(head: &str, runs: &[Run]) -> Vec<String> {
    let mut text = String::new();
    for (mark, run) in runs {
        let (open, close) = if mark.is_some() { ("{", "}") } else { ("", "") };
        let _ = write!(text, "{open}{run}{close}");
    }
    let mut lines = vec![clean(head).into_owned()];
    lines.extend(terminal::wrap_at(SIDE, &clean(&text), "").lines().map(str::to_owned));
    lines
}

fn finding(found: &Diagnostic, paint: Paint) -> String {
    let head = format!("{}[{}]", found.severity.as_str(), found.rule);
    let text = terminal::wrap(&format!("{head} {}", clean(&found.message)), "    ");
    text.replacen(&head, &paint.bold(&head), 1)
}

/// The sentences of a wire that the draft has nothing of.
fn left_out(out: &mut String, compared: &Compared<'_>, wire: usize, paint: Paint) {
    let places = compared.left_out(wire);
    let name = compared.wires.get(wire).map_or("", |wire| wire.name());
    if places.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", paint.bold(&clean(&format!("Left out of {name}"))));
    for place in places {
        let Some(p) = compared.wires.paragraph(place) else { continue };
        let line = paint.dim(&format!("{:>10}", format!("line {}", compared.line(place))));
        let words = p.clean(place.span);
        let _ = writeln!(out, "  {line}  {}", clean(&terminal::shorten(&words, SHOWN)));
    }
}
