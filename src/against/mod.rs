//! A draft beside the wire copy that it was written from. (The word "source" stays with attribution: who said it.)
//!
//! # The interface
//!
//! A front end reads the files and makes a [`Wire`] of each, once: its text with its annotations, people and who is on
//! record for what. [`Wires`] are all of a draft, with the tables they are searched by; both are kept over keystrokes and
//! made anew where a file changes. They come to the analysis as [`Article::against`](crate::Article::against) or, where the
//! story was annotated before, as an argument of [`Analyzer::check_with`](crate::Analyzer::check_with). There a
//! [`Comparison`] is made of them and the story, which all rules of `rules::against` read
//! ([`Context::against`](crate::rules::Context::against)), and which a front end can make itself:
//!
//! - [`Comparison::sentences`]: each sentence of the draft with the sentences of the wire copy that it was written from
//!   ([`Aligned`], [`Pair`]),
//! - [`Comparison::quotes`]: each quotation with what the wire copy has of it ([`Quoted`], [`Outcome`]),
//! - [`Comparison::voices`] and [`Wire::voices`]: whose words stand where.
//!
//! A [`Place`] in wire copy is the number of the wire, of its paragraph and tokens; [`Wires::paragraph`] gives the
//! paragraph, which turns tokens to bytes like any other. A finding points there by
//! [`Field::Against`](crate::text::Field::Against) with the number of the wire.
//!
//! # Decisions
//!
//! - *Nothing is said of what is not aligned.* A rule speaks only where a pair is sure, and is silent where any sentence
//!   like it speaks for the draft.
//! - *Tables are sorted lists* of key and place, since they are built once a file and have to be built fast for a batch.
//! - *No thesaurus and no vectors*: words that copy is rewritten with are few, and what carries a sentence over a rewrite
//!   are its names, numbers and nouns. `lang/en/kin.txt` holds the verbs that a rewrite changes first.
//! - *Bounded whatever the input*: a sentence looks at a fixed number of places of a word and weighs a fixed number of
//!   candidates; a quotation is laid beside a band of fixed width.

mod align;
mod diff;
pub(crate) mod figures;
mod index;
mod numerals;
mod place;
mod quotes;
mod spoken;
mod stream;
mod voices;
mod wire;
pub(crate) mod words;

pub use align::{Aligned, Pair};
pub use place::Place;
pub use quotes::{Change, Drift, Outcome, Quoted};
pub use voices::{Voice, Voices};
pub(crate) use wire::folded;
pub use wire::{Missing, Wire, Wires};

use crate::annotate::{Paragraph, Slot};
use crate::resolve::Story;
use crate::segment::Span;
use rustc_hash::FxHashMap;

/// The first slot of a paragraph that is free for rules ([`Paragraph::memo`]); the one before keeps what was looked up in the
/// wire copy.
pub(crate) const FIRST_FREE_SLOT: usize = crate::resolve::FIRST_FREE_SLOT + 1;

static LOOKED_UP: Slot<LookedUp> = Slot::new(crate::resolve::FIRST_FREE_SLOT);

/// What a paragraph of the draft has in the wire copy, whatever stands around it: kept over keystrokes.
#[derive(Clone, Debug)]
struct LookedUp {
    /// Which wire copy.
    wires: u64,
    sentences: Vec<Aligned>,
    quotes: Vec<Quoted>,
}

impl LookedUp {
    fn new(p: &Paragraph<'_>, wires: &Wires) -> Self {
        let sentences = p.notes.sentences.iter().map(|span| align::candidates(p, *span, wires));
        Self { wires: wires.id(), sentences: sentences.collect(), quotes: quotes::all(p, wires) }
    }

    /// The same where the paragraph stands now.
    fn of(p: &Paragraph<'_>, wires: &Wires) -> Self {
        let known = p.memo(&LOOKED_UP, |p| Some(Self::new(p, wires)));
        // What was looked up in other wire copy stays in the paragraph's memory until the paragraph is edited.
        let mut this = match known.filter(|known| known.wires == wires.id()) {
            Some(known) => known.clone(),
            None => Self::new(p, wires),
        };
        this.sentences.iter_mut().for_each(|aligned| aligned.paragraph = p.index);
        this.quotes.iter_mut().for_each(|quoted| quoted.paragraph = p.index);
        this
    }
}

/// A draft beside its wire copy.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The wire copy.
    pub wires: &'a Wires,
    /// The sentences of the draft, in order, with what they were written from.
    pub sentences: Vec<Aligned>,
    /// The quotations of the draft, in order, with what the wire copy has of them.
    pub quotes: Vec<Quoted>,
    /// Who is on record in the draft for what.
    pub voices: Voices,
}

impl<'a> Comparison<'a> {
    /// Whether the sentences of a span of the draft stand in the wire copy word for word.
    pub fn is_copied(&self, p: &Paragraph<'_>, span: Span) -> bool {
        let start = p.sentence_at(span.start as usize).start;
        let first =
            self.sentences.partition_point(|a| (a.paragraph, a.span.start) < (p.index, start));
        let rest = self.sentences.get(first..).unwrap_or_default();
        let mut within = rest
            .iter()
            .take_while(|a| a.paragraph == p.index && a.span.start < span.end)
            .peekable();
        within.peek().is_some() && within.all(|aligned| aligned.copied)
    }

    /// Lays a story beside its wire copy.
    pub fn new(story: &Story<'_>, wires: &'a Wires) -> Self {
        if wires.list().is_empty() {
            let voices = Voices::default();
            return Self { wires, sentences: Vec::new(), quotes: Vec::new(), voices };
        }
        let (mut sentences, mut quotes) = (Vec::new(), Vec::new());
        for p in story.paragraphs.iter().filter(|p| p.block.kind.is_copy()) {
            let found = LookedUp::of(p, wires);
            sentences.extend(found.sentences);
            quotes.extend(found.quotes);
        }
        align::settle(&mut sentences);
        Self { wires, sentences, quotes, voices: Voices::of(story) }
    }

    /// The words of weight that a sentence of the draft shares with one of the wire copy: tokens of the one and of the other,
    /// in the order of the draft.
    pub fn shared(&self, ours: &Aligned, pair: &Pair) -> Vec<(usize, usize)> {
        let Some(sentence) = self.wires.sentences.get(pair.number) else { return Vec::new() };
        // The first place of a stem is taken first.
        let mut theirs: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for word in self.wires.words_of(sentence).iter().rev() {
            theirs.entry(word.stem).or_default().push(word.token);
        }
        let taken = ours.words.iter().filter_map(|word| {
            let place = theirs.get_mut(&word.stem)?.pop()?;
            Some((word.token as usize, place as usize))
        });
        taken.collect()
    }

    /// How much a stretch of the draft and a place of the wire copy hold of each other, 0 to 1 each, and how many words of weight
    /// they share.
    pub fn likeness(&self, p: &Paragraph<'_>, ours: Span, theirs: Place) -> (f32, f32, usize) {
        let of = |p: &Paragraph<'_>, span: Span| {
            let mut list = Vec::new();
            words::stems(p, span, &mut list);
            words::distinct(&list)
        };
        let Some(wire) = self.wires.paragraph(theirs) else { return (0.0, 0.0, 0) };
        let (ours, theirs) = (of(p, ours), of(&wire, theirs.span));
        let weight = |stems: &mut dyn Iterator<Item = &u32>| -> f32 {
            stems.map(|stem| self.wires.weight(*stem)).sum()
        };
        let shared: Vec<u32> =
            ours.iter().filter(|stem| theirs.binary_search(stem).is_ok()).copied().collect();
        let both = weight(&mut shared.iter());
        let share = |stems: &[u32]| both / weight(&mut stems.iter()).max(0.1);
        (share(&ours), share(&theirs), shared.len())
    }

    /// The paragraph of the wire's sentence.
    pub fn paragraph(&self, pair: &Pair) -> Option<Paragraph<'_>> {
        self.wires.paragraph(pair.place)
    }
}
