//! "Stet": findings that the newsroom lets stand, and the stets that silence nothing.
//!
//! Three things silence a finding: a mark in the copy (for one block), the front matter (for the article), and an entry
//! of the settings (for the words it quotes). A stet is called unused only where its rule ran: silence of a rule that
//! did not run proves nothing.

use super::{ActiveRule, Analyzer};
use crate::diagnostic::{Diagnostic, Edit, Field, Fix};
use crate::document::{Located, StetMark};
use crate::resolve::Story;
use crate::rules::Selector;
use crate::text::{TextRange, nearest};
use rustc_hash::FxHashMap;

const UNUSED: &str = "unused-stet";

/// An entry of the settings that lets findings in this article stand.
#[derive(Clone, Copy, Debug)]
pub struct Stands<'a> {
    /// The rules that it covers.
    pub selector: Selector,
    /// Covers findings that touch these words (any white space may stand between them); unset: the whole article.
    pub text: Option<&'a str>,
}

/// The findings of an article, and which entries of the settings silenced one.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The findings that are left, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// For each entry that was handed in, whether it silenced a finding.
    pub used: Vec<bool>,
}

impl Analyzer {
    /// The finding that a stet for `selector` at `range` silences nothing; `None` where that is not known, or where
    /// `unused-stet` does not run.
    pub fn unused_stet(&self, selector: Selector, range: TextRange) -> Option<Diagnostic> {
        let ran = |active: &ActiveRule| active.min_confidence <= active.rule.threshold;
        let known = match selector {
            Selector::Rule(rule) => {
                rule.id != UNUSED && self.rules.iter().any(|a| a.rule.id == rule.id && ran(a))
            }
            wide => !self.narrowed && self.rules.iter().any(|a| wide.matches(a.rule) && ran(a)),
        };
        let help = "What it let stand is gone; delete it, or it may hide the next mistake here.";
        known.then(|| self.report(range, "this stet silences nothing".to_owned(), help))?
    }

    fn unknown_rule(&self, name: &Located<String>) -> Option<Diagnostic> {
        let near = nearest(&name.value, Selector::names());
        let help = near.map_or_else(
            || "`copydesk rules` lists the rules.".to_owned(),
            |near| format!("Did you mean `{near}`?"),
        );
        let shown: String = name.value.chars().take(40).collect();
        let found = self.report(name.range, format!("no rule is called `{shown}`"), help)?;
        Some(found.fix(near.and_then(|near| {
            Fix::suggestion(format!("Change to `{near}`"), [Edit::replace(name.range, near)])
        })))
    }

    fn report(
        &self,
        range: TextRange,
        message: String,
        help: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Option<Diagnostic> {
        let active = self.rules.iter().find(|active| active.rule.id == UNUSED)?;
        let mut found = Diagnostic::new(range, message, help);
        found.rule = active.rule.id;
        found.severity = active.severity;
        Some(found)
    }

    /// Drops the findings that stand and adds the stets that silence nothing.
    pub(super) fn silence(
        &self,
        story: &Story<'_>,
        stands: &[Stands<'_>],
        mut found: Vec<Diagnostic>,
    ) -> Checked {
        let document = &story.document;
        let source = source(story, Field::Text);
        let mut used = Vec::with_capacity(stands.len());
        for entry in stands {
            let before = found.len();
            drop_standing(entry, story, &mut found);
            used.push(found.len() < before);
        }
        if document.stets.is_empty() && document.metadata.stet.is_empty() {
            return Checked { diagnostics: found, used };
        }
        let mut marks = Marks::new(&document.stets);
        found.retain(|finding| finding.field != Field::Text || !marks.silence(finding));
        let mut unused = self.unused_marks(source, &marks);
        let mut all = false;
        for name in &document.metadata.stet {
            let Some(selector) = selector(&name.value) else {
                unused.extend(self.unknown_rule(name));
                continue;
            };
            let before = found.len();
            found.retain(|finding| !matches(selector, finding));
            all |= matches!(selector, Selector::All) || is_unused_rule(selector);
            if found.len() == before {
                unused.extend(self.unused_stet(selector, name.range));
            }
        }
        if !all {
            found.append(&mut unused);
            found.sort_by_key(|finding| (finding.field, finding.range.start, finding.range.end));
        }
        Checked { diagnostics: found, used }
    }

    fn unused_marks(&self, source: &str, marks: &Marks<'_>) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (mark, names) in marks.list.iter().zip(&marks.names) {
            let idle = |name: &Name| !name.used && name.selector.is_some();
            if names.iter().all(idle) {
                // One report for a mark that does nothing at all, provided that each of its rules ran.
                let reports: Option<Vec<Diagnostic>> =
                    names.iter().map(|name| self.unused_stet(name.selector?, mark.range)).collect();
                let fix = Fix::safe("Delete the stet", [Edit::delete(removal(source, mark.range))]);
                out.extend(reports.and_then(|all| all.into_iter().next()).map(|one| one.fix(fix)));
                continue;
            }
            for (at, name) in names.iter().enumerate() {
                let Some(written) = mark.rules.get(at) else { continue };
                match name.selector {
                    None => out.extend(self.unknown_rule(written)),
                    Some(selector) if !name.used => {
                        let fix = Fix::safe("Delete the rule's name", [list_item(mark, at)]);
                        let report = self.unused_stet(selector, written.range);
                        out.extend(report.map(|report| report.fix(fix)));
                    }
                    Some(_) => {}
                }
            }
        }
        out
    }
}

fn source<'a>(story: &Story<'a>, field: Field) -> &'a str {
    story.paragraphs.iter().find(|p| p.field == field).map_or("", |p| p.source)
}

/// "" and `all` stand for every rule.
fn selector(name: &str) -> Option<Selector> {
    if name.trim().is_empty() { Some(Selector::All) } else { Selector::parse(name).ok() }
}

fn matches(selector: Selector, finding: &Diagnostic) -> bool {
    crate::rules::find(finding.rule).is_some_and(|rule| selector.matches(rule))
}

fn is_unused_rule(selector: Selector) -> bool {
    matches!(selector, Selector::Rule(rule) if rule.id == UNUSED)
}

fn drop_standing(entry: &Stands<'_>, story: &Story<'_>, found: &mut Vec<Diagnostic>) {
    let Some(words) = entry.text else {
        found.retain(|finding| !matches(entry.selector, finding));
        return;
    };
    for field in [Field::Title, Field::Text] {
        let places = occurrences(source(story, field), words);
        found.retain(|finding| {
            let next = places.partition_point(|place| place.end <= finding.range.start);
            let touches = places.get(next).is_some_and(|place| place.overlaps(finding.range));
            !(touches && finding.field == field && matches(entry.selector, finding))
        });
    }
}

/// Where `words` stand in `text`, with any white space between them; in order, apart from each other.
fn occurrences(text: &str, words: &str) -> Vec<TextRange> {
    let mut parts = words.split_whitespace();
    let Some(first) = parts.next() else { return Vec::new() };
    let rest: Vec<&str> = parts.collect();
    let mut out: Vec<TextRange> = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), first) {
        let mut end = start + first.len();
        let whole = rest.iter().all(|part| {
            let after = text.get(end..).unwrap_or_default();
            let next = after.trim_start();
            end += after.len() - next.len() + part.len();
            next.len() < after.len() && next.starts_with(part)
        });
        let apart = out.last().is_none_or(|last| last.end as usize <= start);
        if whole && apart {
            out.push(TextRange::from(start..end));
        }
    }
    out
}

/// The marks of an article with what they silenced so far.
struct Marks<'d> {
    list: &'d [StetMark],
    names: Vec<Vec<Name>>,
    /// The numbers of the marks that cover something, by what they cover.
    by_place: Vec<usize>,
    /// What was found out before: a block with a thousand marks and a thousand findings is read once a rule.
    known: FxHashMap<(TextRange, &'static str), bool>,
}

/// A rule that a mark names; a bare mark has one that stands for every rule.
struct Name {
    /// `None` where there is no such rule.
    selector: Option<Selector>,
    used: bool,
}

impl<'d> Marks<'d> {
    fn new(list: &'d [StetMark]) -> Self {
        let name = |value: &str| Name { selector: selector(value), used: false };
        let names = list.iter().map(|mark| {
            let named: Vec<Name> = mark.rules.iter().map(|rule| name(&rule.value)).collect();
            if named.is_empty() { vec![name("")] } else { named }
        });
        let mut by_place: Vec<usize> =
            (0..list.len()).filter(|&at| list[at].covers.is_some()).collect();
        by_place.sort_by_key(|&at| list[at].covers);
        Self { list, names: names.collect(), by_place, known: FxHashMap::default() }
    }

    fn covers(&self, at: usize) -> TextRange {
        self.by_place.get(at).and_then(|&mark| self.list[mark].covers).unwrap_or_default()
    }

    /// Whether a mark silences the finding.
    fn silence(&mut self, finding: &Diagnostic) -> bool {
        let start = finding.range.start;
        let after = self.by_place.partition_point(|&mark| {
            self.list[mark].covers.is_some_and(|covers| covers.start <= start)
        });
        let Some(last) = after.checked_sub(1) else { return false };
        let covers = self.covers(last);
        if !covers.contains(start) {
            return false;
        }
        if let Some(&known) = self.known.get(&(covers, finding.rule)) {
            return known;
        }
        let first = self.by_place.partition_point(|&mark| self.list[mark].covers < Some(covers));
        let mut silenced = false;
        for &mark in &self.by_place[first..after] {
            for name in &mut self.names[mark] {
                if name.selector.is_some_and(|selector| matches(selector, finding)) {
                    name.used = true;
                    silenced = true;
                }
            }
        }
        self.known.insert((covers, finding.rule), silenced);
        silenced
    }
}

/// What goes when a mark goes: its line where it stands alone on it (with one of two blank lines around it), else the
/// mark with the space before it.
fn removal(source: &str, mark: TextRange) -> TextRange {
    let (start, end) = (mark.start as usize, mark.end as usize);
    let (Some(before), Some(after)) = (source.get(..start), source.get(end..)) else { return mark };
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let padding = after.len() - after.trim_start_matches([' ', '\t']).len();
    let line_end = |text: &str| match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    };
    let newline = line_end(&after[padding..]);
    let starts_line = start == indent || before[..start - indent].ends_with(['\n', '\r']);
    let ends_line = newline > 0 || padding == after.len();
    if !(starts_line && ends_line) {
        let trailing = if starts_line { padding } else { 0 };
        // The space before a mark may be all that parts two words.
        let leading = if !starts_line && (padding > 0 || ends_line) { indent } else { 0 };
        return TextRange::from(start - leading..end + trailing);
    }
    let from = start - indent;
    let to = end + padding + newline;
    let blank_before =
        from == 0 || ["\n\n", "\r\n\r\n", "\r\r"].iter().any(|gap| before[..from].ends_with(gap));
    let blank_after = line_end(&source[to..]);
    TextRange::from(from..to + if blank_before { blank_after } else { 0 })
}

/// Deletes one of the names that a mark lists, with its comma.
fn list_item(mark: &StetMark, at: usize) -> Edit {
    let name = mark.rules[at].range;
    let range = match (mark.rules.get(at + 1), at.checked_sub(1).and_then(|at| mark.rules.get(at)))
    {
        (Some(next), _) => TextRange::new(name.start, next.range.start),
        (None, Some(last)) => TextRange::new(last.range.end, name.end),
        (None, None) => name,
    };
    Edit::delete(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(source: &str) -> String {
        let start = source.find("<!--").expect("a mark");
        let end = source.find("-->").expect("its end") + 3;
        let range = removal(source, TextRange::from(start..end));
        format!("{}{}", &source[..range.start as usize], &source[range.end as usize..])
    }

    #[test]
    fn a_mark_goes_with_its_line_or_its_space() {
        assert_eq!(removed("A.\n\n<!-- stet -->\n\nB.\n"), "A.\n\nB.\n");
        assert_eq!(removed("A.\n\n<!-- stet -->\nB.\n"), "A.\n\nB.\n");
        assert_eq!(removed("<!-- stet -->\n\nB.\n"), "B.\n");
        assert_eq!(removed("A.\r\n\r\n<!-- stet -->\r\n\r\nB."), "A.\r\n\r\nB.");
        assert_eq!(removed("A. <!-- stet -->"), "A.");
        assert_eq!(removed("A <!-- stet --> b."), "A b.");
        assert_eq!(removed("<!-- stet --> A b."), "A b.");
        assert_eq!(removed("<!-- stet -->"), "");
    }

    #[test]
    fn words_are_found_over_line_breaks() {
        let text = "Officials  say it.\nOfficials\nsay it. Officials said.";
        let places = occurrences(text, " Officials say ");
        assert_eq!(places, [TextRange::new(0, 14), TextRange::new(19, 32)]);
        assert!(occurrences(text, "").is_empty());
    }
}
