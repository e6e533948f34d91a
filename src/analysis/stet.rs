//! "Stet": findings that the newsroom lets stand, and the stets that silence nothing.
//!
//! Three things silence a finding: a mark in the copy (for one block), the front matter (for the article), and an entry
//! of the settings (for the words it quotes). A stet is called unused only where its rule ran: silence of a rule that
//! did not run proves nothing.

mod listed;
mod words;

use super::Analyzer;
use crate::diagnostic::{Diagnostic, Edit, Field, Fix};
use crate::document::{Located, StetMark, stray_stets};
use crate::resolve::Story;
use crate::rules::{ActiveRule, Group, Selector};
use crate::text::{TextRange, nearest, whole_line};
use rustc_hash::FxHashMap;
use std::collections::HashSet;
pub use words::occurrences;

const UNUSED: &str = "unused-stet";

/// An entry of the settings that lets findings in this article stand.
#[derive(Clone, Copy, Debug)]
pub struct Stands<'a> {
    /// The rules that it covers.
    pub selector: Selector,
    /// Covers findings that touch these words, whatever the shape of their spaces, quotation marks and dashes; unset: the
    /// whole article.
    pub text: Option<&'a str>,
}

/// What an entry of the settings comes to in an article, or at best in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Its words do not stand there.
    #[default]
    Absent,
    /// It would cover something, but no finding is there.
    Idle,
    /// It silenced a finding.
    Used,
}

/// The findings of an article, and what the entries of the settings came to.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The findings that are left, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// For each entry that was handed in, what it came to.
    pub effects: Vec<Effect>,
}

impl Stands<'_> {
    /// Whether the entry lets a finding in `source` stand.
    pub fn covers(&self, source: &str, finding: &Diagnostic) -> bool {
        let touches = |words| touched(&occurrences(source, words), finding.range);
        matches(self.selector, finding) && self.text.is_none_or(touches)
    }
}

impl Analyzer {
    /// The finding that the entry of the settings at `range`, which names `file`, silences nothing; `None` where it does or
    /// where that is not known, or where `unused-stet` does not run.
    pub fn unused_entry(
        &self,
        entry: &Stands<'_>,
        file: &str,
        effect: Effect,
        range: TextRange,
    ) -> Option<Diagnostic> {
        let words = entry.text.map(shown);
        let idle = nothing_flagged(entry.selector);
        match (effect, words) {
            (Effect::Used, _) => None,
            (Effect::Absent, Some(words)) => {
                let message =
                    format!("this stet silences nothing: `{words}` is not found in {file}");
                let help = "The words were changed or cut, or they stand in another file. Quote them as they stand now, \
                            or delete the stet.";
                self.report(range, message, help)
            }
            (_, Some(words)) => self.unused_stet(
                entry.selector,
                range,
                format!("this stet silences nothing: {idle} at `{words}` in {file}"),
            ),
            (_, None) => self.unused_stet(
                entry.selector,
                range,
                format!("this stet silences nothing: {idle} in {file}"),
            ),
        }
    }

    /// The finding that an entry of the settings covers no article at all; its `file`, at `range`, is a path (`named`) or a
    /// glob. `None` where `unused-stet` does not run.
    pub fn entry_without_article(
        &self,
        file: &str,
        named: bool,
        range: TextRange,
    ) -> Option<Diagnostic> {
        let (what, help) = match named {
            true => (
                "there is no file",
                "The draft was renamed, moved or deleted. Name it as it is called now, or delete the stet.",
            ),
            false => (
                "no draft matches",
                "The drafts were renamed, moved or deleted. Write where they are now, or delete the stet.",
            ),
        };
        self.report(range, format!("this stet silences nothing: {what} `{file}`"), help)
    }

    /// The finding that a mark or a name at `range` silences nothing.
    fn unused_mark(&self, selector: Selector, range: TextRange) -> Option<Diagnostic> {
        let message = format!("this stet silences nothing: {} here", nothing_flagged(selector));
        self.unused_stet(selector, range, message)
    }

    /// The finding that a stet for `selector` at `range` silences nothing; `None` where that is not known, or where
    /// `unused-stet` does not run.
    fn unused_stet(
        &self,
        selector: Selector,
        range: TextRange,
        message: String,
    ) -> Option<Diagnostic> {
        let ran = |active: &ActiveRule| active.min_confidence <= active.rule.threshold;
        let known = match selector {
            // Whether wire copy is at hand differs from one place that checks the draft to the next.
            Selector::Rule(rule) if rule.group == Group::Against => false,
            Selector::Group(Group::Against) => false,
            Selector::Rule(rule) => {
                rule.id != UNUSED && self.rules.iter().any(|a| a.rule.id == rule.id && ran(a))
            }
            wide => !self.narrowed && self.rules.iter().any(|a| wide.matches(a.rule) && ran(a)),
        };
        let help = "What it let stand is gone. Delete it, or it may hide the next mistake here.";
        known.then(|| self.report(range, message, help))?
    }

    /// Marks in running text: nothing reads them, which nobody would notice.
    fn stray_marks(&self, story: &Story<'_>, source: &str) -> Vec<Diagnostic> {
        if !self.rules.iter().any(|active| active.rule.id == UNUSED) {
            return Vec::new();
        }
        let message = "nothing reads this stet: it is not the mark of this format, or not on a line of its own";
        let help = "In plain text, put `[stet RULE]` on a line of its own above or below the paragraph; in Markdown and \
                    HTML, write `<!-- stet RULE -->`. A [[stet]] entry in copydesk.toml leaves no mark in the copy.";
        let strays = stray_stets(&story.document, source).into_iter();
        strays.filter_map(|range| self.report(range, message.to_owned(), help)).collect()
    }

    fn unknown_rule(&self, name: &Located<String>) -> Option<Diagnostic> {
        let near = nearest(&name.value, Selector::names());
        let help = near.map_or_else(
            || "`copydesk rules` lists the rules.".to_owned(),
            |near| format!("Did you mean `{near}`?"),
        );
        let message = format!("no rule is called `{}`", shown(&name.value));
        let found = self.report(name.range, message, help)?;
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
        let effects = stands.iter().map(|entry| drop_standing(entry, story, &mut found)).collect();
        let mut unused = self.stray_marks(story, source);
        let marked = !document.stets.is_empty() || !document.metadata.stet.is_empty();
        if !marked && unused.is_empty() {
            return Checked { diagnostics: found, effects };
        }
        let mut marks = Marks::new(&document.stets);
        found.retain(|finding| finding.field != Field::Text || !marks.silence(finding));
        unused.extend(self.unused_marks(source, &marks));
        let mut all = false;
        let mut seen = HashSet::new();
        let names = &document.metadata.stet;
        for (at, name) in names.iter().enumerate().filter(|(_, name)| seen.insert(&name.value)) {
            let Some(selector) = selector(&name.value) else {
                unused.extend(self.unknown_rule(name));
                continue;
            };
            let before = found.len();
            found.retain(|finding| !matches(selector, finding));
            all |= matches!(selector, Selector::All) || is_unused_rule(selector);
            if found.len() == before {
                let key = document.metadata.stet_key;
                let removal = listed::in_front_matter(source, key, names, at);
                let title =
                    if names.len() == 1 { "Delete the stet" } else { "Delete the rule's name" };
                let fix = removal.and_then(|range| Fix::safe(title, [Edit::delete(range)]));
                unused.extend(self.unused_mark(selector, name.range).map(|one| one.fix(fix)));
            }
        }
        if !all {
            found.append(&mut unused);
            found.sort_by_key(|finding| (finding.field, finding.range.start, finding.range.end));
        }
        Checked { diagnostics: found, effects }
    }

    fn unused_marks(&self, source: &str, marks: &Marks<'_>) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (mark, names) in marks.list.iter().zip(&marks.names) {
            let idle = |name: &Name| !name.used && name.selector.is_some();
            if names.iter().all(idle) {
                // One report for a mark that does nothing at all, provided that each of its rules ran.
                let reports: Option<Vec<Diagnostic>> =
                    names.iter().map(|name| self.unused_mark(name.selector?, mark.range)).collect();
                let fix = Fix::safe("Delete the stet", [Edit::delete(removal(source, mark.range))]);
                out.extend(reports.and_then(|all| all.into_iter().next()).map(|one| one.fix(fix)));
                continue;
            }
            for (at, name) in names.iter().enumerate() {
                let Some(written) = mark.rules.get(at) else { continue };
                match name.selector {
                    None => out.extend(self.unknown_rule(written)),
                    Some(selector) if !name.used => {
                        let removal = listed::with_comma(source, &mark.rules, at);
                        let edit = Edit::delete(removal.unwrap_or(written.range));
                        let fix = Fix::safe("Delete the rule's name", [edit]);
                        let report = self.unused_mark(selector, written.range);
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

/// What did not happen where a stet for `selector` silences nothing.
fn nothing_flagged(selector: Selector) -> String {
    match selector {
        Selector::All => "no rule flags anything".to_owned(),
        Selector::Group(group) => format!("no rule of `{}` flags anything", group.as_str()),
        Selector::Rule(rule) => format!("`{}` flags nothing", rule.id),
    }
}

/// The first words of a text, on one line.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Drops the findings that the entry lets stand.
fn drop_standing(entry: &Stands<'_>, story: &Story<'_>, found: &mut Vec<Diagnostic>) -> Effect {
    let before = found.len();
    let mut effect = Effect::Idle;
    let Some(words) = entry.text else {
        found.retain(|finding| !matches(entry.selector, finding));
        return if found.len() < before { Effect::Used } else { effect };
    };
    effect = Effect::Absent;
    for field in [Field::Title, Field::Text] {
        let places = occurrences(source(story, field), words);
        if !places.is_empty() {
            effect = Effect::Idle;
        }
        found.retain(|finding| {
            !(finding.field == field
                && touched(&places, finding.range)
                && matches(entry.selector, finding))
        });
    }
    if found.len() < before { Effect::Used } else { effect }
}

/// Whether one of the places, which are in order, shares a byte with the range.
fn touched(places: &[TextRange], range: TextRange) -> bool {
    let next = places.partition_point(|place| place.end <= range.start);
    places.get(next).is_some_and(|place| place.overlaps(range))
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

/// What goes when a mark goes: its line where it stands alone on it, else the mark with the space before it.
fn removal(source: &str, mark: TextRange) -> TextRange {
    if let Some(line) = whole_line(source, mark) {
        return line;
    }
    let before = source.get(..mark.start as usize).unwrap_or_default();
    let after = source.get(mark.end as usize..).unwrap_or_default();
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let padding = after.len() - after.trim_start_matches([' ', '\t']).len();
    let line_break = ['\n', '\r'];
    let bare = &before[..before.len() - indent];
    if bare.is_empty() || bare.ends_with(line_break) {
        return TextRange::new(mark.start, mark.end + padding as u32);
    }
    // The space before a mark may be all that parts two words.
    let ends_line = after[padding..].is_empty() || after[padding..].starts_with(line_break);
    let leading = if padding > 0 || ends_line { indent } else { 0 };
    TextRange::new(mark.start - leading as u32, mark.end)
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
}
