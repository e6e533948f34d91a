//! The sources of a draft for people.

use super::Sourced;
use super::account::Lines;
use crate::annotate::AttributionKind;
use crate::cli::output::clean;
use crate::cli::terminal::{self, Paint, count};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::{Source, Standing, Statement};
use crate::segment::Span;
use std::fmt::Write as _;

/// Characters of a statement that are shown.
const SHOWN: usize = 64;

/// The account of a draft.
pub(super) fn render(sourced: &Sourced<'_>, paint: Paint) -> String {
    let lines = Lines::of(sourced.story);
    let mut out = format!("{}\n  {}\n", paint.bold(&clean(sourced.name)), share(sourced));
    let group = |standing: Standing| match standing {
        Standing::Person(_) | Standing::Named | Standing::Body => "Named",
        Standing::Unnamed => "Not named",
        Standing::Nobody => "Nobody",
    };
    for title in ["Named", "Not named", "Nobody"] {
        let sources =
            sourced.record.sources.iter().filter(|source| group(source.standing) == title);
        let mut sources: Vec<&Source> = sources.collect();
        if sources.is_empty() {
            continue;
        }
        sources.sort_by_key(|source| std::cmp::Reverse(source.statements.len()));
        let _ = writeln!(out, "\n  {}", paint.bold(title));
        for source in sources {
            add(&mut out, sourced, source, &lines, paint);
        }
    }
    claims(&mut out, sourced, &lines, paint);
    out
}

/// "12 of 30 sentences are attributed (40 %): 10 to named sources, 2 to unnamed ones".
pub(super) fn share(sourced: &Sourced<'_>) -> String {
    let n = sourced.record.sentences;
    if n.all() == 0 {
        let beside = !sourced.record.sources.is_empty();
        let none = "There are no sentences";
        let beside = if beside { " outside captions and tables" } else { "" };
        return format!("{none}{beside}.");
    }
    let percent = (100 * n.attributed() + n.all() / 2) / n.all();
    let mut parts = Vec::new();
    for (number, to) in
        [(n.named, "named sources"), (n.unnamed, "sources without a name"), (n.nobody, "nobody")]
    {
        if number > 0 {
            parts.push(format!("{number} to {to}"));
        }
    }
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{} of {} attributed ({percent}%){parts}.", n.attributed(), count(n.all(), "sentence"))
}

fn add(out: &mut String, sourced: &Sourced<'_>, source: &Source, lines: &Lines<'_>, paint: Paint) {
    let name = if source.name.is_empty() { "no source given" } else { &source.name };
    let quoted = source.statements.iter().filter(|statement| is_quoted(sourced, statement)).count();
    let quoted = match quoted {
        0 => String::new(),
        quoted => format!(", {}", count(quoted, "quotation")),
    };
    let hearsay = second_hand(source);
    let number = count(source.statements.len(), "statement");
    let who = sourced.who(source).join("; ");
    let who = if who.is_empty() { who } else { format!(" ({})", clean(&who)) };
    let _ = writeln!(out, "    {}{who}: {number}{quoted}{hearsay}", clean(name));
    for statement in &source.statements {
        let Some(paragraph) = sourced.story.paragraphs.get(statement.paragraph) else { continue };
        let cue = statement.of(sourced.story).and_then(|a| a.cue.first());
        let line = cue.map_or(0, |cue| lines.of_byte(paragraph.bytes(*cue).start));
        let place = paint.dim(&format!("{:>10}", format!("line {line}")));
        let cue = telling(sourced, statement).map_or_else(String::new, |cue| cue + " ");
        let words = words(sourced, statement, cue.is_empty());
        let _ = writeln!(out, "    {place}  {}", clean(&shown(&(cue + &words))));
    }
}

/// How many of a source's statements another source tells of.
pub(super) fn second_hand(source: &Source) -> String {
    match source.statements.iter().filter(|statement| statement.second_hand).count() {
        0 => String::new(),
        all if all == source.statements.len() => ", at second hand".to_owned(),
        some => format!(", {some} at second hand"),
    }
}

fn is_quoted(sourced: &Sourced<'_>, statement: &Statement) -> bool {
    statement.of(sourced.story).is_some_and(|a| a.kind != AttributionKind::Indirect)
}

/// The cue before what was said, where it tells more than that it was said: "denied".
fn telling(sourced: &Sourced<'_>, statement: &Statement) -> Option<String> {
    const PLAIN: [&str; 11] = [
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "tell",
        "added",
        "adds",
        "according to",
        "wrote",
    ];
    let paragraph = sourced.story.paragraphs.get(statement.paragraph)?;
    let cue = *statement.of(sourced.story)?.cue.first()?;
    let first = statement.content.first()?;
    let text = paragraph.clean(cue).trim_end_matches(':').to_owned();
    let phrase =
        paragraph.token(cue.start as usize).is_some_and(|t| t.lex.contains(Lex::PREPOSITION));
    let plain = phrase || PLAIN.iter().any(|plain| text.eq_ignore_ascii_case(plain));
    (!plain && (statement.paragraph, cue.end) <= (first.0, first.1.start)).then_some(text)
}

/// What was said, as the reader sees it; `bare` without the "that" it hangs on.
fn words(sourced: &Sourced<'_>, statement: &Statement, bare: bool) -> String {
    let mut out = String::new();
    let mut last: Option<(usize, Span)> = None;
    for &(number, span) in &statement.content {
        let Some(paragraph) = sourced.story.paragraphs.get(number) else { continue };
        let text = paragraph.clean(span);
        let text = text.trim();
        let text = text.strip_prefix("that ").filter(|_| bare).unwrap_or(text);
        if text == "that:" {
            continue;
        }
        if let Some(last) = last.filter(|_| !out.is_empty()) {
            out.push_str(between(sourced, last, (number, span)));
        }
        out.push_str(text);
        last = Some((number, span));
    }
    out
}

/// What stands for the words between two pieces, if there are any.
fn between(sourced: &Sourced<'_>, last: (usize, Span), next: (usize, Span)) -> &'static str {
    let paragraph = |number: usize| sourced.story.paragraphs.get(number);
    if paragraph(next.0).is_some_and(|p| p.block.kind == BlockKind::ListItem) {
        return "; ";
    }
    let ends = paragraph(last.0).is_some_and(|p| p.span().end == last.1.end);
    let follows = last.0 == next.0 && last.1.end == next.1.start
        || last.0 + 1 == next.0 && ends && next.1.start == 0;
    if follows { " " } else { " … " }
}

fn shown(words: &str) -> String {
    if words.is_empty() {
        return "(what was said stands elsewhere)".to_owned();
    }
    terminal::shorten(words, SHOWN)
}

fn claims(out: &mut String, sourced: &Sourced<'_>, lines: &Lines<'_>, paint: Paint) {
    if sourced.claims.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", paint.bold("Nobody is on record for"));
    for claim in sourced.claims {
        let place =
            paint.dim(&format!("{:>10}", format!("line {}", lines.of_byte(claim.range.start))));
        let text = shown(&sourced.claimed(claim));
        let _ = writeln!(out, "    {place}  {}", clean(&text));
        let _ = writeln!(out, "{:16}{}", "", paint.dim(&claim.message));
    }
}
