//! What a keystroke did not touch is not analysed again.
//!
//! A block's annotations are a function of its [`Key`], and so are the findings of the rules that read one paragraph, as
//! long as the [`Grounds`] are the same. The cache keeps both for the blocks of one article: the one analysed last. A new
//! version of the article finds its blocks by walking along the old ones, which costs a comparison of bytes a block;
//! blocks that moved further are looked up by hash. Equal hashes prove nothing: a block is known only where all of its
//! key is equal, so that the result is always that of an analysis from scratch.

use super::Analyzer;
use crate::annotate::{Annotations, EntryState, Paragraph};
use crate::diagnostic::{Diagnostic, Field, Severity};
use crate::document::{Block, BlockKind, MaskKind};
use crate::resolve::Dated;
use crate::rules::ActiveRule;
use crate::style::Style;
use crate::text::TextRange;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What an earlier analysis of the same article found, block by block.
///
/// Holds a copy of each block's text with its annotations and findings: what a story of the article takes, once.
#[derive(Debug, Default)]
pub struct Cache {
    blocks: Vec<Known>,
    /// What the findings rest on beside their blocks.
    grounds: Option<Grounds>,
}

/// A block of the article that was analysed last.
#[derive(Clone, Debug)]
struct Known {
    key: Arc<Key>,
    notes: Arc<Annotations>,
    /// The findings of the rules that read one paragraph, if they were looked for and can be moved with it.
    found: Option<Arc<Found>>,
}

/// All that the annotations of a block depend on, wherever it stands.
#[derive(Debug)]
struct Key {
    hash: u64,
    field: Field,
    kind: BlockKind,
    entry: EntryState,
    text: Box<str>,
    /// Places relative to the block's start.
    masks: Vec<(TextRange, MaskKind)>,
}

/// A block that the article has now.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    pub field: Field,
    pub source: &'s str,
    pub block: &'s Block,
    pub entry: EntryState,
}

impl Asked<'_> {
    fn text(&self) -> &str {
        self.block.range.slice(self.source)
    }

    /// The masks relative to the block's start.
    fn masks(&self) -> impl ExactSizeIterator<Item = (TextRange, MaskKind)> {
        let start = self.block.range.start;
        self.block.masks.iter().map(move |mask| (relative(mask.range, start), mask.kind))
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (self.field, self.block.kind, self.entry, self.block.masks.len()).hash(&mut hasher);
        hasher.write(self.text().as_bytes());
        hasher.finish()
    }

    fn key(&self, hash: u64) -> Key {
        let Self { field, entry, .. } = *self;
        let masks = self.masks().collect();
        Key { hash, field, kind: self.block.kind, entry, text: self.text().into(), masks }
    }

    fn is(&self, key: &Key) -> bool {
        self.text() == &*key.text
            && (self.field, self.block.kind, self.entry) == (key.field, key.kind, key.entry)
            && self.block.masks.len() == key.masks.len()
            && self.masks().eq(key.masks.iter().copied())
    }
}

fn relative(range: TextRange, start: u32) -> TextRange {
    TextRange::new(range.start.wrapping_sub(start), range.end.wrapping_sub(start))
}

/// Goes through the blocks of an article and through those of the version before at the same time.
pub(super) struct Walk<'c> {
    cache: &'c mut Cache,
    before: Vec<Known>,
    /// The first block of the version before that none of this version's was found to be or to follow.
    next: usize,
    /// Blocks of the version before by hash: built for the first block that moved.
    by_hash: Option<FxHashMap<u64, usize>>,
}

impl<'c> Walk<'c> {
    /// How far ahead a block is looked for before it is looked up: an edit parts one block in two or joins two.
    const AHEAD: usize = 4;

    /// `blocks` is the number of blocks to come.
    pub(super) fn new(cache: &'c mut Cache, blocks: usize) -> Self {
        let before = std::mem::replace(&mut cache.blocks, Vec::with_capacity(blocks));
        Self { cache, before, next: 0, by_hash: None }
    }

    /// The annotations of the next block, if need be made by `annotate`.
    pub(super) fn notes(
        &mut self,
        asked: Asked<'_>,
        annotate: impl FnOnce() -> Annotations,
    ) -> Arc<Annotations> {
        let known = self.find(asked).unwrap_or_else(|hash| Known {
            key: Arc::new(asked.key(hash)),
            notes: Arc::new(annotate()),
            found: None,
        });
        let notes = Arc::clone(&known.notes);
        self.cache.blocks.push(known);
        notes
    }

    /// The block as it is known, or the hash to know it by.
    fn find(&mut self, asked: Asked<'_>) -> Result<Known, u64> {
        let ahead = self.before.iter().enumerate().skip(self.next).take(Self::AHEAD);
        let near = ahead.into_iter().find(|(_, known)| asked.is(&known.key)).map(|(at, _)| at);
        let at = match near {
            Some(at) => at,
            None => self.look_up(asked)?,
        };
        self.next = at + 1;
        Ok(self.before[at].clone())
    }

    fn look_up(&mut self, asked: Asked<'_>) -> Result<usize, u64> {
        let hash = asked.hash();
        let before = &self.before;
        let index = self.by_hash.get_or_insert_with(|| {
            before.iter().enumerate().map(|(at, known)| (known.key.hash, at)).collect()
        });
        let at = index.get(&hash).copied();
        at.filter(|&at| asked.is(&before[at].key)).ok_or(hash)
    }
}

/// All that the findings of a paragraph's rules depend on beside the paragraph.
#[derive(Debug, PartialEq)]
struct Grounds {
    rules: Vec<(&'static str, Severity, f32)>,
    style: Style,
    date: Option<Date>,
    dated: Option<Dated>,
    today: Option<Date>,
}

impl Grounds {
    fn is(&self, analyzer: &Analyzer, date: Option<Date>, dated: Option<Dated>) -> bool {
        (self.date, self.dated, self.today) == (date, dated, analyzer.today)
            && self.style == analyzer.style
            && self.rules.iter().copied().eq(analyzer.rules.iter().map(ground))
    }
}

fn ground(active: &ActiveRule) -> (&'static str, Severity, f32) {
    (active.rule.id, active.severity, active.min_confidence)
}

/// The findings of the rules that read one paragraph.
#[derive(Debug)]
struct Found {
    /// The byte before the block, which says whether a fix would break an escape or the value that the block is.
    before: Option<u8>,
    /// In bytes from the block's start.
    list: Vec<Diagnostic>,
}

impl Cache {
    /// Drops the findings unless they were made with the same settings for an article of the same date.
    pub(super) fn rest_on(
        &mut self,
        analyzer: &Analyzer,
        date: Option<Date>,
        dated: Option<Dated>,
    ) {
        if self.grounds.as_ref().is_some_and(|grounds| grounds.is(analyzer, date, dated)) {
            return;
        }
        for known in &mut self.blocks {
            known.found = None;
        }
        let rules = analyzer.rules.iter().map(ground).collect();
        let (style, today) = (analyzer.style.clone(), analyzer.today);
        self.grounds = Some(Grounds { rules, style, date, dated, today });
    }

    /// Adds to `out` the findings in `paragraph`, which are those of `check` if they are not known.
    pub(super) fn findings(
        &mut self,
        paragraph: &Paragraph<'_>,
        out: &mut Vec<Diagnostic>,
        check: impl FnOnce(&mut Vec<Diagnostic>),
    ) {
        let known = self.blocks.get_mut(paragraph.index);
        // A fix in a headline depends on the line that it stands in, and there are few headlines.
        let known = known.filter(|known| {
            Arc::ptr_eq(&known.notes, &paragraph.notes)
                && paragraph.block.kind != BlockKind::Headline
        });
        let Some(known) = known else { return check(out) };
        let start = paragraph.block.range.start;
        let before = before(paragraph);
        if let Some(found) = known.found.as_deref().filter(|found| found.before == before) {
            out.extend(
                found.list.iter().map(|finding| moved(finding, |at| at.wrapping_add(start))),
            );
            return;
        }
        let first = out.len();
        check(out);
        let new = &out[first..];
        let list = || new.iter().map(|finding| moved(finding, |at| at.wrapping_sub(start)));
        let inside = new.iter().all(|finding| lies_in(finding, paragraph));
        known.found = inside.then(|| Arc::new(Found { before, list: list().collect() }));
    }
}

fn before(paragraph: &Paragraph<'_>) -> Option<u8> {
    let at = (paragraph.block.range.start as usize).checked_sub(1)?;
    paragraph.source.as_bytes().get(at).copied()
}

/// Whether all places of the finding lie in the paragraph, so that they move with it.
fn lies_in(finding: &Diagnostic, paragraph: &Paragraph<'_>) -> bool {
    let block = paragraph.block.range;
    let mut edits = finding.fixes.iter().flat_map(|fix| fix.edits());
    let mut related = finding.related.iter();
    finding.field == paragraph.field
        && block.covers(finding.range)
        && edits.all(|edit| block.covers(edit.range))
        && related.all(|r| r.field == paragraph.field && block.covers(r.range))
}

/// The finding with every place moved.
fn moved(finding: &Diagnostic, to: impl Fn(u32) -> u32) -> Diagnostic {
    let place = |range: &mut TextRange| *range = TextRange::new(to(range.start), to(range.end));
    let mut finding = finding.clone();
    place(&mut finding.range);
    finding.related.iter_mut().for_each(|related| place(&mut related.range));
    finding.fixes.iter_mut().for_each(|fix| fix.places_mut().for_each(place));
    finding
}
