//! Reports for people, in the manner of rustc: what is wrong, the words in question, why it matters, what to do.

use super::texts::Texts;
use super::{Output, Printed, Repeat, clean};
use crate::cli::desk::Checked;
use crate::cli::terminal::wrap_at;
use crate::diagnostic::{Applicability, Diagnostic, Field, Severity};
use crate::text::{LineIndex, TextRange};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet};
use std::collections::HashSet;
use std::ops::Range;

/// Characters of a line that are shown; news copy puts a whole paragraph on one.
const WIDTH: usize = 100;

/// Characters of a finding that are shown.
const LONGEST: usize = 80;

pub(super) struct Text {
    renderer: Renderer,
}

impl Text {
    /// Reports in colour or without.
    pub(super) fn new(colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        // The excerpts are cut to size here; the renderer's own cutting would count columns from the cut.
        Self { renderer: renderer.term_width(4 * WIDTH) }
    }
}

impl Output for Text {
    fn article(&self, checked: &Checked<'_>) -> Printed {
        let mut out = Printed::default();
        if checked.diagnostics.is_empty() {
            return out;
        }
        let mut explained = HashSet::new();
        let indexes = Indexes(Texts::new(checked));
        for found in checked.diagnostics {
            let short = self.render(found, &indexes, false);
            if found.help.is_empty() || !explained.insert(&found.help) {
                out.text += &short;
                continue;
            }
            let start = out.text.len();
            out.text += &self.render(found, &indexes, true);
            let help = found.help.clone().into_owned();
            out.repeats.push(Repeat { range: start..out.text.len(), help, short });
        }
        out
    }
}

impl Text {
    /// The report of a finding with an empty line behind it.
    fn render(&self, found: &Diagnostic, indexes: &Indexes<'_>, help: bool) -> String {
        let groups = report(found, indexes, help);
        let mut out = String::new();
        for line in self.renderer.render(&groups).lines().filter(|line| !is_gap(line)) {
            out.push_str(line);
            out.push('\n');
        }
        out.push('\n');
        out
    }
}

/// The renderer announces an excerpt without a path as one of another file. The path, line and column stand above it
/// already, and they are those of the whole line, which the renderer cannot know.
fn is_gap(line: &str) -> bool {
    line.contains(":::") && anstream::adapter::strip_str(line).to_string().trim() == ":::"
}

/// The texts that findings point into, as the renderer wants them.
struct Indexes<'a>(Texts<'a>);

impl Indexes<'_> {
    fn origin(&self, field: Field, offset: u32) -> Origin<'static> {
        let at = self.0.line_col(field, offset);
        let name = clean(&self.0.name(field)).into_owned();
        Origin::path(name).line(at.line as usize).char_column(at.column as usize)
    }

    fn snippet<'s>(
        &self,
        field: Field,
        range: TextRange,
        kind: AnnotationKind,
    ) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let cut = excerpt(self.0.text(field), self.0.index(field), range);
        Snippet::source(cut.text).line_start(cut.line).annotation(kind.span(cut.span))
    }
}

fn report<'a>(found: &'a Diagnostic, indexes: &Indexes<'_>, help: bool) -> Vec<Group<'a>> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut main = level
        .primary_title(clean(&found.message))
        .id(found.rule)
        .element(indexes.origin(found.field, found.range.start))
        .element(indexes.snippet(found.field, found.range, AnnotationKind::Primary));
    let help = help && !found.help.is_empty();
    if help || !found.fixes.is_empty() {
        main = main.element(Padding);
    }
    if help {
        main = main.element(Level::HELP.message(wrap_at(WIDTH - 10, &clean(&found.help), "")));
    }
    for fix in &found.fixes {
        let name = match fix.applicability() {
            Applicability::Safe => "fix",
            Applicability::Suggestion => "suggestion",
        };
        main = main.element(Level::HELP.with_name(name).message(clean(fix.title())));
    }
    let related = found.related.iter().map(|place| {
        Level::NOTE
            .secondary_title(clean(&place.message))
            .element(indexes.origin(place.field, place.range.start))
            .element(indexes.snippet(place.field, place.range, AnnotationKind::Context))
    });
    std::iter::once(main).chain(related).collect()
}

/// A piece of one line, around a range of it.
struct Excerpt {
    text: String,
    line: usize,
    span: Range<usize>,
}

/// Cuts the line down to [`WIDTH`] characters around the range, at spaces where there are any near; what goes on over
/// the end of the line, or is very long, is underlined as far as it is shown.
fn excerpt(text: &str, index: &LineIndex, range: TextRange) -> Excerpt {
    let line = index.line(range.start);
    let from = index.line_start(line).unwrap_or(0) as usize;
    let to = index.line_start(line + 1).map_or(text.len(), |end| end as usize);
    let start = (range.start as usize).min(text.len());
    let shown = |range: Range<usize>| text.get(range).unwrap_or_default();
    let rest = shown(start..to).trim_end_matches(['\n', '\r']);
    let length = (range.len() as usize).min(rest.len());
    let found = first_chars(shown(start..start + length), LONGEST);
    let budget = WIDTH - found.chars().count().min(WIDTH);
    let (left, right) = (shown(from..start), shown(start + found.len()..start + rest.len()));
    let right_room = right.chars().take(budget).count();
    let left_room = left.chars().rev().take(budget).count();
    let left_width = left_room.min((budget - right_room).max(budget / 2));
    let before = last_chars(left, left_width);
    let after = first_chars(right, budget - before.chars().count().min(budget));
    let mut out = String::new();
    if before.len() < left.len() {
        out.push('…');
    }
    out.push_str(before);
    let span = out.len()..out.len() + found.len();
    out.push_str(found);
    out.push_str(after);
    if after.len() < right.len() || found.len() < length {
        out.push('…');
    }
    // An empty range still needs a place to point at.
    let span = if span.is_empty() { span.start..(span.end + 1).min(out.len()) } else { span };
    Excerpt { text: out, line: line + 1, span }
}

/// The first `count` characters; where that cuts a word in its second half of the room, the words before it.
fn first_chars(text: &str, count: usize) -> &str {
    match text.char_indices().nth(count) {
        None => text,
        Some((end, _)) => {
            let cut = &text[..end];
            cut.rfind(' ').filter(|&space| space > end / 2).map_or(cut, |space| &cut[..space])
        }
    }
}

/// The last `count` characters, from a word's start if there is one in the first half of them.
fn last_chars(text: &str, count: usize) -> &str {
    let mut starts = text.char_indices().rev();
    match count.checked_sub(1).and_then(|last| starts.nth(last)) {
        None if count == 0 => "",
        None => text,
        Some((0, _)) => text,
        Some((start, _)) => {
            let cut = &text[start..];
            cut.find(' ').filter(|&space| space < cut.len() / 2).map_or(cut, |at| &cut[at + 1..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, range: Range<usize>) -> (String, String) {
        let cut = excerpt(text, &LineIndex::new(text), TextRange::from(range));
        (cut.text[cut.span.clone()].to_owned(), cut.text)
    }

    #[test]
    fn long_lines_are_cut_around_the_finding() {
        let text = format!("{}TK {}", "word ".repeat(1000), "word ".repeat(1000));
        let (found, shown) = cut(&text, 5000..5002);
        assert_eq!(found, "TK");
        assert!(shown.starts_with("…word ") && shown.ends_with(" word…"), "{shown}");
        assert!(shown.chars().count() <= WIDTH + 2);
    }

    #[test]
    fn short_lines_stay_whole_and_other_lines_out() {
        assert_eq!(cut("a\r\nb TK c\r\nd", 5..7), ("TK".into(), "b TK c".into()));
        assert_eq!(cut("a TK\nb", 2..6), ("TK".into(), "a TK".into()));
        assert_eq!(cut("é", 2..2), ("".into(), "é".into()));
        assert_eq!(cut("", 0..0), ("".into(), "".into()));
    }
}
