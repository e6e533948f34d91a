//! Which sentences of the wire copy a sentence of the draft was written from.
//!
//! Words are weighed by how rare they are in the wire copy. Sentences that share the rarest words of the draft's sentence
//! are its candidates, [`MOST`] of them at most; of each it is asked how much of the draft's sentence it holds, and how much
//! of it the draft's sentence holds. A sentence cut out of a longer one is held by it, one that was joined from two holds
//! both: either share may be small where the other is large. Where the sentences around are neighbours too, less is
//! asked. What is sure of none of its candidates stays alone.

use super::place::Place;
use super::wire::{Sentence, Wires};
use super::words::{Word, distinct};
use crate::annotate::Paragraph;
use crate::document::BlockKind;
use crate::segment::{Span, TokenFlags};
use rustc_hash::FxHashMap;

/// Candidates that are weighed for a sentence.
const MOST: usize = 12;
/// Words of a sentence that candidates are looked up by.
const LOOKED_UP: usize = 20;
/// Places of a word that are followed.
const PLACES: usize = 64;
/// Sentences that one sentence of the draft may be written from.
const PIECES: usize = 4;

/// A sentence of the draft beside one of the wire copy.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The wire's sentence.
    pub place: Place,
    /// What block the wire's sentence stands in.
    pub kind: BlockKind,
    /// How much of the draft's sentence stands in the wire's, 0 to 1.
    pub ours: f32,
    /// How much of the wire's stands in the draft's, 0 to 1.
    pub theirs: f32,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// Words of weight that both have.
    pub shared: usize,
    /// Whether both have a number that the other has not: what may be one figure that differs.
    pub masked: bool,
    /// Number of the wire's sentence.
    pub(super) number: usize,
}

/// A sentence of the draft with what it was written from.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// Paragraph of the draft.
    pub paragraph: usize,
    /// The sentence.
    pub span: Span,
    /// Its words of weight.
    pub(crate) words: Vec<Word>,
    /// What it was written from, the surest first; empty where nothing is sure.
    pub pairs: Vec<Pair>,
    /// Whether it stands in the wire copy word for word.
    pub copied: bool,
    /// All that is at all like it, the likest first: what may speak for the draft where a pair speaks against it.
    pub near: Vec<Pair>,
}

/// Settles what each sentence of the draft was written from, all of them in order.
pub(super) fn settle(all: &mut [Aligned]) {
    let best: Vec<Option<usize>> =
        all.iter().map(|a| a.near.first().filter(|p| p.score >= SURE).map(|p| p.number)).collect();
    for (at, aligned) in all.iter_mut().enumerate() {
        let around = [at.checked_sub(1), Some(at + 1)];
        let around = around.map(|at| at.and_then(|at| best.get(at).copied().flatten()));
        choose(aligned, around);
    }
}

/// From this score on a pair is believed.
const SURE: f32 = 0.5;
/// What neighbours that are neighbours in the wire copy too are worth.
const NEIGHBOUR: f32 = 0.1;

/// The sentences that are most like a sentence of the draft.
pub(super) fn candidates(p: &Paragraph<'_>, span: Span, wires: &Wires) -> Aligned {
    let mut words = Vec::new();
    super::words::stems(p, span, &mut words);
    let stems = distinct(&words);
    let weighed: Vec<(u32, f32)> = stems.iter().map(|stem| (*stem, wires.weight(*stem))).collect();
    // A name that the wire copy has nowhere makes it another story.
    let strange = words.iter().any(|word| {
        let at = word.token as usize;
        let name = p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
        name && at > span.start as usize && wires.with_stem(word.stem).is_empty()
    });
    let numbers = if strange { Vec::new() } else { numbers(&words) };
    let mut rare: Vec<(f32, u32)> = weighed.iter().map(|(stem, weight)| (*weight, *stem)).collect();
    let all: f32 = rare.iter().map(|(weight, _)| weight).sum();
    rare.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut scores: FxHashMap<u32, (f32, u32)> = FxHashMap::default();
    let places = rare.iter().map(|(weight, stem)| (weight, wires.with_stem(*stem)));
    for (weight, places) in places.filter(|(_, places)| !places.is_empty()).take(LOOKED_UP) {
        for (_, sentence) in places.iter().take(PLACES) {
            let score = scores.entry(*sentence).or_default();
            score.0 += weight;
            score.1 += 1;
        }
    }
    let few = if stems.len() < 4 { 1 } else { 2 };
    let mut list: Vec<(f32, u32)> = scores
        .into_iter()
        .filter(|(_, (_, count))| *count >= few)
        .map(|(sentence, (score, _))| {
            // Of two that share the same words, the shorter one holds more of them.
            let weight = wires.sentences.get(sentence as usize).map_or(0.0, |s| s.weight);
            (score / (4.0 + weight.sqrt()), sentence)
        })
        .collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    list.truncate(MOST);
    let pair = |(_, number): (f32, u32)| weigh(&weighed, &numbers, all, number as usize, wires);
    let mut near: Vec<Pair> = list.into_iter().filter_map(pair).collect();
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
    let copied = is_copied(p, span, &near, wires);
    Aligned { paragraph: p.index, span, words, pairs: Vec::new(), copied, near }
}

/// Whether one of the pairs has the sentence word for word.
fn is_copied(p: &Paragraph<'_>, span: Span, near: &[Pair], wires: &Wires) -> bool {
    let mut full = near.iter().take_while(|pair| pair.ours > 0.99 && pair.theirs > 0.99).peekable();
    if full.peek().is_none() {
        return false;
    }
    let mut words = Vec::with_capacity(span.len());
    span.iter().for_each(|at| super::words::folded(p, at, |word| words.push(word)));
    let theirs = |pair: &Pair| wires.sentences.get(pair.number).map(|s| wires.running_of(s));
    full.any(|pair| theirs(pair) == Some(&words[..]))
}

/// How much two sentences hold of each other.
fn weigh(
    stems: &[(u32, f32)],
    numbers: &[u32],
    all: f32,
    number: usize,
    wires: &Wires,
) -> Option<Pair> {
    let sentence = wires.sentences.get(number)?;
    let theirs = wires.stems_of(sentence);
    let common = stems.iter().filter(|(stem, _)| theirs.binary_search(stem).is_ok());
    let (shared, weight) = common.fold((0, 0.0), |(count, sum), (_, w)| (count + 1, sum + w));
    let (own, other) = masked(stems, numbers, sentence, wires);
    // Where the rest is not the wire's, another figure makes it no likelier.
    let held = |whole: f32, number: f32| weight >= HELD * (whole - number);
    let masked = own > 0.0 && (held(all, own) || held(sentence.weight, other));
    let (own, other) = if masked { (own, other) } else { (0.0, 0.0) };
    let ours = (weight + MASKED * own) / all.max(0.1);
    let theirs = (weight + MASKED * other) / sentence.weight.max(0.1);
    // Little that is shared by chance: a name and a word.
    let enough = ((shared as f32 + f32::from(u8::from(masked))) / 4.0).min(1.0);
    let score = (0.5 * ours.max(theirs) + 0.5 * (ours * theirs).sqrt()) * (0.4 + 0.6 * enough);
    // "Bail was set at $400": all but the figure is the wire's.
    let bare = masked && shared >= 2 && weight >= 0.95 * (all - own);
    let score = if bare { score.max(SURE + 0.05) } else { score };
    let (place, kind) = (sentence.place, sentence.kind);
    Some(Pair { place, kind, ours, theirs, score, shared, masked, number })
}

/// What a number is worth that stands where the other sentence has another one.
const MASKED: f32 = 0.4;
/// How much of all else the sentences have to share then.
const HELD: f32 = 0.5;

/// The stems of numbers among words, ascending.
fn numbers(words: &[Word]) -> Vec<u32> {
    let numbers: Vec<Word> = words.iter().filter(|word| word.number).copied().collect();
    distinct(&numbers)
}

/// What the numbers weigh that only the draft's sentence has, and those that only the wire's has; nothing where either has none.
fn masked(stems: &[(u32, f32)], numbers: &[u32], sentence: &Sentence, wires: &Wires) -> (f32, f32) {
    let theirs = wires.stems_of(sentence);
    let alone = |stem: &&(u32, f32)| {
        numbers.binary_search(&stem.0).is_ok() && theirs.binary_search(&stem.0).is_err()
    };
    let own: f32 = stems.iter().filter(alone).map(|(_, weight)| weight).sum();
    if own == 0.0 {
        return (0.0, 0.0);
    }
    let known = |stem: &u32| stems.binary_search_by_key(stem, |(stem, _)| *stem).is_ok();
    let others = self::numbers(wires.words_of(sentence));
    let other: f32 = others.iter().filter(|stem| !known(stem)).map(|s| wires.weight(*s)).sum();
    if other == 0.0 { (0.0, 0.0) } else { (own, other) }
}

/// Settles what a sentence was written from; `around` are the best of the sentences before and after it.
fn choose(aligned: &mut Aligned, around: [Option<usize>; 2]) {
    let mut near = aligned.near.clone();
    for pair in &mut near {
        let beside = |other: &usize| other.abs_diff(pair.number) <= 2;
        let count = around.iter().flatten().filter(|other| beside(other)).count();
        pair.score = (pair.score + NEIGHBOUR * count as f32).min(1.0);
    }
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.number.cmp(&b.number)));
    let best = near.first().map_or(0.0, |pair| pair.score);
    aligned.pairs = near
        .iter()
        .filter(|pair| pair.score >= SURE && pair.score >= 0.6 * best && pair.shared >= 2)
        .take(PIECES)
        .copied()
        .collect();
    aligned.near = near;
}
