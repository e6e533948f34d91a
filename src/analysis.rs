//! From an article to its findings: parse, annotate, resolve, run the rules, settle what overlaps.

mod cache;
mod mend;
mod missing;
mod stet;

pub use cache::Cache;
pub use mend::Mended;
pub use stet::{Checked, Effect, Stands, occurrences};

use crate::against::{Comparison, Wires};
use crate::annotate::{self, Annotations, EntryState, Paragraph};
use crate::diagnostic::{Diagnostic, Field};
use crate::document::{self, Block, BlockKind, Document, Format};
use crate::resolve::offices::Table;
use crate::resolve::{Dated, Origin, Roster, Story};
use crate::rules::{ActiveRule, Check, Context, Findings, Group};
use crate::style::Style;
use crate::text::TextRange;
use cache::Asked;
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

/// An article to analyse.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article<'a> {
    /// The text.
    pub text: &'a str,
    /// How to read it.
    pub format: Format,
    /// A headline that came beside the text.
    pub title: Option<&'a str>,
    /// The article's date, if it came beside the text; a date in the text's front matter wins.
    pub date: Option<Date>,
    /// Where the article lies: a date in its path stands in for one that the article does not give.
    pub path: Option<&'a str>,
    /// The wire copy that it was written from.
    pub against: Option<&'a Wires>,
}

/// Analyses articles: no I/O, no clock, no failure; any text gives a result.
#[derive(Clone, Debug, Default)]
pub struct Analyzer {
    rules: Vec<ActiveRule>,
    style: Style,
    today: Option<Date>,
    /// Whether somebody said what today is.
    given: bool,
    batch: bool,
    offices: Option<Arc<Table>>,
    people: Option<Arc<Roster>>,
    narrowed: bool,
}

impl Analyzer {
    /// An analyzer that runs `rules` under a house style; `today` is used where an article has no date.
    pub fn new(rules: Vec<ActiveRule>, style: Style, today: Option<Date>) -> Self {
        Self { rules, style, today, ..Self::default() }
    }

    /// Says that `today` was given by hand rather than read off the clock, so that it is the date of articles that have none.
    pub fn given(mut self, given: bool) -> Self {
        self.given = given;
        self
    }

    /// Says that many articles are looked at, which may be of any day.
    pub fn batch(mut self, batch: bool) -> Self {
        self.batch = batch;
        self
    }

    /// The table of office-holders to use instead of the built-in one.
    pub fn offices(mut self, offices: Option<Arc<Table>>) -> Self {
        self.offices = offices;
        self
    }

    /// The house's list of people.
    pub fn people(mut self, people: Option<Arc<Roster>>) -> Self {
        self.people = people;
        self
    }

    /// Says that fewer rules run than the newsroom wants, so that a stet for any rule may look unused and is not.
    pub fn narrowed(mut self, narrowed: bool) -> Self {
        self.narrowed = narrowed;
        self
    }

    /// Everything that copydesk understands of the article.
    pub fn annotate<'a>(&self, article: &Article<'a>) -> Story<'a> {
        let document = Document::parse(article.text, article.format);
        let count = document.blocks.len() + 1;
        story(article, document, count, self.roster(), |asked| {
            Arc::new(annotate::annotate(asked.source, asked.block, asked.entry))
        })
    }

    /// The same as [`annotate`](Self::annotate), faster: blocks that the article had when it was analysed with this cache
    /// before are not annotated again. Leaves the cache describing this article and no other.
    pub fn annotate_cached<'a>(&self, article: &Article<'a>, cache: &mut Cache) -> Story<'a> {
        let document = Document::parse(article.text, article.format);
        let count = document.blocks.len() + 1;
        let mut walk = cache::Walk::new(cache, count);
        story(article, document, count, self.roster(), |asked| {
            walk.notes(asked, || annotate::annotate(asked.source, asked.block, asked.entry))
        })
    }

    /// The findings in the article, by place.
    pub fn check(&self, article: &Article<'_>) -> Vec<Diagnostic> {
        self.check_with(&self.annotate(article), &[], article.against).diagnostics
    }

    /// The findings in a story that was annotated before, by place.
    pub fn check_story(&self, story: &Story<'_>) -> Vec<Diagnostic> {
        self.check_with(story, &[], None).diagnostics
    }

    /// The findings in a story, by place, where entries of the settings let some stand; `against` is the wire copy that the
    /// article was written from.
    pub fn check_with(
        &self,
        story: &Story<'_>,
        stands: &[Stands<'_>],
        against: Option<&Wires>,
    ) -> Checked {
        let comparison = self.compare(story, against);
        let context = self.context(story, comparison.as_ref());
        let mut found = Vec::new();
        for active in &self.rules {
            let mut findings = findings(active);
            match active.rule.check {
                Check::Paragraph(check) => {
                    for paragraph in story.paragraphs.iter().filter(|p| p.block.kind.is_copy()) {
                        check(paragraph, &context, &mut findings);
                    }
                }
                Check::Story(check) => check(story, &context, &mut findings),
                Check::Engine => {}
            }
            found.append(&mut findings.into_list());
        }
        found.extend(self.missing(story, against));
        self.silence(story, stands, settle(&self.rules, found))
    }

    /// The same as [`check_with`](Self::check_with), faster: rules that read one paragraph do not read again what they read
    /// with this cache before. `story` should be the one that [`annotate_cached`](Self::annotate_cached) made last with it.
    pub fn check_cached(
        &self,
        story: &Story<'_>,
        stands: &[Stands<'_>],
        against: Option<&Wires>,
        cache: &mut Cache,
    ) -> Checked {
        let comparison = self.compare(story, against);
        let context = self.context(story, comparison.as_ref());
        cache.rest_on(self, story.date, self.dated(story));
        let mut found = Vec::new();
        for paragraph in story.paragraphs.iter().filter(|p| p.block.kind.is_copy()) {
            cache.findings(paragraph, &mut found, |found| {
                for active in &self.rules {
                    let Check::Paragraph(check) = active.rule.check else { continue };
                    let mut findings = findings(active);
                    check(paragraph, &context, &mut findings);
                    found.append(&mut findings.into_list());
                }
            });
        }
        for active in &self.rules {
            let Check::Story(check) = active.rule.check else { continue };
            let mut findings = findings(active);
            check(story, &context, &mut findings);
            found.append(&mut findings.into_list());
        }
        found.extend(self.missing(story, against));
        self.silence(story, stands, settle(&self.rules, found))
    }

    /// The story beside its wire copy, if there is any and a rule asks.
    fn compare<'w>(&self, story: &Story<'_>, against: Option<&'w Wires>) -> Option<Comparison<'w>> {
        let wires = against.filter(|wires| !wires.list().is_empty())?;
        let asked = self.rules.iter().any(|active| active.rule.group == Group::Against);
        asked.then(|| Comparison::new(story, wires))
    }

    fn context<'a>(
        &'a self,
        story: &Story<'_>,
        against: Option<&'a Comparison<'a>>,
    ) -> Context<'a> {
        Context {
            style: &self.style,
            date: story.date,
            today: self.today,
            dated: self.dated(story),
            batch: self.batch,
            offices: self.table(),
            against,
            people: self.roster(),
        }
    }

    /// The house's list of people; empty where the house has none.
    pub fn roster(&self) -> &Roster {
        self.people.as_deref().unwrap_or(&NOBODY)
    }

    /// The table of office-holders.
    pub fn table(&self) -> &Table {
        self.offices.as_deref().unwrap_or_else(|| Table::built_in())
    }

    /// The day that the article is of, and where that was taken from: what the article says, what was given, what dateline
    /// or path suggest, else today.
    pub fn dated(&self, story: &Story<'_>) -> Option<Dated> {
        let today = self.today.map(|date| Dated { date, origin: Origin::Today });
        let given = today.filter(|_| self.given).map(|day| Dated { origin: Origin::Given, ..day });
        story.dated.filter(|day| day.origin < Origin::Given).or(given).or(story.dated).or(today)
    }
}

static NOBODY: LazyLock<Roster> = LazyLock::new(Roster::default);

fn findings(active: &ActiveRule) -> Findings {
    Findings::new(active.rule, active.severity, active.min_confidence)
}

fn trimmed(text: &str) -> TextRange {
    let start = text.len() - text.trim_start().len();
    TextRange::from(start..start + text.trim().len())
}

/// The story of a parsed article; `annotate` is asked for the annotations of every block in turn.
fn story<'a>(
    article: &Article<'a>,
    document: Document,
    count: usize,
    roster: &Roster,
    mut annotate: impl FnMut(Asked<'_>) -> Arc<Annotations>,
) -> Story<'a> {
    let mut paragraphs: Vec<Paragraph<'a>> = Vec::with_capacity(count);
    let mut add = |field, source: &'a str, block: Block, entry| {
        let notes = annotate(Asked { field, source, block: &block, entry });
        let exit = notes.exit;
        paragraphs.push(Paragraph { field, source, block, index: paragraphs.len(), notes });
        exit
    };
    if let Some(title) = article.title.filter(|title| !title.trim().is_empty()) {
        let range = trimmed(title);
        let block = Block { kind: BlockKind::Headline, range, masks: Vec::new() };
        add(Field::Title, title, block, EntryState::default());
    }
    let mut entry = EntryState::default();
    for block in &document.blocks {
        entry = add(Field::Text, article.text, block.clone(), entry);
    }
    let own = document.metadata.date.as_ref().map(|date| (date.value, Origin::FrontMatter));
    let own = own.or(article.date.map(|date| (date, Origin::Record)));
    let hint = || {
        let dateline = document.dateline_date(article.text).map(|date| (date, Origin::Dateline));
        dateline.or_else(|| Some((document::date_in_path(article.path?)?, Origin::Path)))
    };
    let dated = own.or_else(hint).map(|(date, origin)| Dated { date, origin });
    let mut story = Story::new(document, paragraphs, own.map(|(date, _)| date), roster);
    story.dated = dated;
    story
}

/// Sorts by place, drops doubles, and drops findings that yield to another rule's at the same place.
fn settle(rules: &[ActiveRule], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.field, d.range.start, d.range.end);
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(b.rule))
    });
    found.dedup_by(|a, b| a.rule == b.rule && a.field == b.field && a.range == b.range);
    for active in rules.iter().filter(|active| !active.rule.yields_to.is_empty()) {
        let stronger =
            Places::new(found.iter().filter(|d| active.rule.yields_to.contains(&d.rule)));
        found.retain(|d| d.rule != active.rule.id || !stronger.overlap(d));
    }
    found
}

/// Places of findings, asked in logarithmic time whether one of them overlaps another finding.
struct Places {
    /// Field and start of each, sorted, with the furthest end in that field so far.
    starts: Vec<(Field, u32, u32)>,
}

impl Places {
    /// `sorted` by field and start.
    fn new<'d>(sorted: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut starts: Vec<(Field, u32, u32)> = Vec::new();
        for d in sorted {
            let before = starts.last().filter(|last| last.0 == d.field).map_or(0, |last| last.2);
            starts.push((d.field, d.range.start, before.max(d.range.end)));
        }
        Self { starts }
    }

    fn overlap(&self, d: &Diagnostic) -> bool {
        let after = self
            .starts
            .partition_point(|&(field, start, _)| (field, start) < (d.field, d.range.end));
        after
            .checked_sub(1)
            .is_some_and(|at| self.starts[at].0 == d.field && self.starts[at].2 > d.range.start)
    }
}
