//! The features of both models, emitted to a [`Sink`]: the trainer's sink collects their numbers, the model's sink adds
//! up their weights. This is the only code that knows them, so training and use cannot drift apart.
//!
//! There are three kinds. *Dense* ones have a small range and index a table directly. *Word* features depend on one word
//! and its place, so that all of them (the word itself, its affixes) fold into one row of weights a word, a slot a place.
//! *Pair* features do the same for two neighbouring words.

use super::scan::{CLASSES, Cell, Scan, class, quote, tally};

/// Takes the features of one token.
pub trait Sink {
    /// A feature of small range.
    fn dense(&mut self, feature: usize);
    /// The word at token `at`, seen from place `slot`.
    fn word(&mut self, slot: usize, at: usize);
    /// The words at tokens `at` and `at + 1`, seen from place `slot`.
    fn pair(&mut self, slot: usize, at: usize);
    /// The first word of the cue, seen from place `slot`.
    fn head(&mut self, slot: usize);
}

/// Numbers the templates of dense features one after another.
macro_rules! templates {
    ($total:ident: $($name:ident = $size:expr;)*) => {
        templates!(@ 0; $($name = $size;)* $total);
    };
    (@ $base:expr; $name:ident = $size:expr; $($rest:tt)*) => {
        pub(super) const $name: usize = $base;
        templates!(@ $name + ($size); $($rest)*);
    };
    (@ $base:expr; $total:ident) => {
        /// Number of dense features.
        pub const $total: usize = $base;
    };
}

/// Places around a token whose words the cue model sees: -3 to 3.
pub const CUE_PLACES: usize = 7;
/// Word slots of the cue model: the places, then the word by its own quote state.
pub const CUE_WORD_SLOTS: usize = CUE_PLACES + 4;
/// The first slot at which affixes count, and one past the last (places -1 to 1 and the quote states).
pub const CUE_AFFIX_SLOTS: [usize; 7] = [2, 3, 4, 7, 8, 9, 10];
/// Pair slots of the cue model: the pair ends two before, starts at -1, starts here, starts one after.
pub const CUE_PAIR_SLOTS: usize = 4;
/// Word slots of the role model: places -2 to 2, then the word left and right of the cue.
pub const ROLE_WORD_SLOTS: usize = 5 + 2;
/// The slots of the role model at which affixes count.
pub const ROLE_AFFIX_SLOTS: [usize; 3] = [2, 5, 6];
/// Pair slots of the role model: the pair ends here, starts here.
pub const ROLE_PAIR_SLOTS: usize = 2;
/// Slots of the cue's head in the role model: distances, then coarse classes by side.
pub const HEAD_SLOTS: usize = DISTANCES + 2 * COARSE;

/// The word slot of the token itself.
pub(super) const HERE: usize = 3;
/// The first of the word slots by the token's own quote state.
const HERE_QUOTED: usize = CUE_PLACES;

const DISTANCES: usize = 26;
const COARSE: usize = 8;

templates! { CUE_DENSE:
    BIAS = 1;
    C_QUOTES = 64;
    C_CLASS = 5 * CLASSES;
    C_LEFT = CLASSES * CLASSES;
    C_RIGHT = CLASSES * CLASSES;
    C_AROUND = CLASSES * CLASSES;
    C_MARK_BEFORE = 16 * 4;
    C_MARK_AFTER = 16 * 4;
    C_COMMAS = 64;
    C_NAMES = 64;
    C_THAT = 8 * CLASSES;
    C_START = 12;
    C_END = 12;
    C_VERBS = 3 * 3 * 3;
    C_AUX = 2 * 5 * CLASSES;
}

/// The features of token `at` for the cue model that say most: the word itself and the classes beside it. Where they
/// speak clearly against a cue, the rest need not be looked at.
#[inline]
pub fn cue_first(scan: &Scan, at: usize, sink: &mut impl Sink) {
    let Some(cell) = scan.get(at) else { return };
    let here = usize::from(cell.class);
    let class = |offset: isize| usize::from(scan.class(at, offset));
    sink.dense(BIAS);
    sink.word(HERE, at);
    sink.word(HERE_QUOTED + usize::from(cell.quote), at);
    sink.dense(C_CLASS + 2 * CLASSES + here);
    sink.dense(C_LEFT + class(-1) * CLASSES + here);
    sink.dense(C_RIGHT + here * CLASSES + class(1));
}

/// The other dense features of token `at` for the cue model.
#[inline]
pub fn cue_rest(scan: &Scan, at: usize, sink: &mut impl Sink) {
    let Some(cell) = scan.get(at) else { return };
    let here = usize::from(cell.class);
    let class = |offset: isize| usize::from(scan.class(at, offset));
    let state = usize::from(cell.quote);
    sink.dense(C_QUOTES + quotes(scan, at, cell));
    for (slot, offset) in [(0, -2isize), (1, -1), (3, 1), (4, 2)] {
        sink.dense(C_CLASS + slot * CLASSES + class(offset));
    }
    sink.dense(C_AROUND + class(-1) * CLASSES + class(1));
    sink.dense(C_MARK_BEFORE + usize::from(cell.mark_before) * 4 + state);
    sink.dense(C_MARK_AFTER + usize::from(cell.mark_after) * 4 + state);
    sink.dense(C_COMMAS + usize::from(cell.comma_before) * 8 + usize::from(cell.comma_after));
    sink.dense(C_NAMES + usize::from(cell.name_before) * 8 + usize::from(cell.name_after));
    sink.dense(C_THAT + usize::from(cell.that_after) * CLASSES + here);
    sink.dense(C_START + start(at, cell));
    sink.dense(C_END + end(at, cell));
    if let Some((verbs, auxiliaries)) = verbs(scan, at, cell) {
        sink.dense(C_VERBS + verbs);
        sink.dense(C_AUX + auxiliaries);
    }
}

/// The words and pairs of words around token `at` for the cue model. The model adds them up the other way round, from each
/// word to the tokens that see it: see `CueTables::around`.
pub fn cue_around(at: usize, sink: &mut impl Sink) {
    for slot in (0..CUE_PLACES).filter(|slot| *slot != HERE) {
        sink.word(slot, (at + slot).wrapping_sub(HERE));
    }
    for slot in 0..CUE_PAIR_SLOTS {
        sink.pair(slot, (at + slot).wrapping_sub(2));
    }
}

/// Verbs and auxiliaries of the sentence to the left and right, as numbers of [`C_VERBS`] and [`C_AUX`].
#[inline]
pub(super) fn verbs(scan: &Scan, at: usize, cell: &Cell) -> Option<(usize, usize)> {
    let first = scan.get(cell.first as usize)?;
    let last = scan.get((cell.last as usize).wrapping_sub(1))?;
    let next = scan.get(at + 1).unwrap_or(last);
    let left = first.between(cell, tally::VERB).min(2);
    let right =
        if at + 1 < cell.last as usize { next.between(last, tally::VERB).min(2) } else { 0 };
    let joins = first.between(cell, tally::JOIN).min(2);
    let aux = first.between(cell, tally::AUXILIARY).min(1);
    let near = usize::from(cell.auxiliary_before);
    let auxiliaries = (aux * 5 + near) * CLASSES + usize::from(cell.class);
    Some((left * 9 + right * 3 + joins, auxiliaries))
}

/// The quote states of token `at` and its neighbours, as a number below 64.
#[inline]
pub(super) fn quotes(scan: &Scan, at: usize, cell: &Cell) -> usize {
    let (before, after) = (scan.quote(at, -1), scan.quote(at, 1));
    usize::from(before) * 16 + usize::from(cell.quote) * 4 + usize::from(after)
}

/// How far the start of its sentence is from token `at`, in [`steps`].
#[inline]
pub(super) fn start(at: usize, cell: &Cell) -> usize {
    steps(at - cell.first as usize)
}

/// How far the end of its sentence is from token `at`, in [`steps`].
#[inline]
pub(super) fn end(at: usize, cell: &Cell) -> usize {
    steps((cell.last as usize).saturating_sub(at + 1))
}

/// The step of each distance. A table, since distances follow no order that a processor could guess.
const STEPS: [u8; 41] = {
    let mut steps = [11; 41];
    let mut distance = 0;
    while distance < 40 {
        steps[distance] = match distance {
            0..=5 => distance as u8,
            6..=7 => 6,
            8..=10 => 7,
            11..=15 => 8,
            16..=24 => 9,
            _ => 10,
        };
        distance += 1;
    }
    steps
};

/// A distance in twelve steps that widen.
#[inline]
fn steps(distance: usize) -> usize {
    usize::from(STEPS[distance.min(STEPS.len() - 1)])
}

/// A cue, as the role model asks for it.
#[derive(Clone, Copy, Debug)]
pub struct CueView {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token that names the act.
    pub head: usize,
    head_class: usize,
    sentence: u32,
    quotation: u32,
    before: usize,
    after: usize,
    place: usize,
    commas: usize,
}

impl CueView {
    /// The cue that covers the tokens from `start` up to `end`.
    pub fn new(scan: &Scan, start: usize, end: usize) -> Self {
        let cell = scan.get(start).copied().unwrap_or_default();
        let head = head(scan, start, end);
        let opens = start.saturating_sub(cell.first as usize).min(2);
        let rest = (cell.last as usize).saturating_sub(end);
        Self {
            start,
            end,
            head,
            head_class: usize::from(scan.class(head, 0)),
            sentence: cell.sentence,
            quotation: cell.quotation,
            before: usize::from(scan.class(start, -1)),
            after: usize::from(scan.class(end, 0)),
            place: opens * 3
                + if rest <= 1 {
                    0
                } else if rest <= 4 {
                    1
                } else {
                    2
                },
            commas: usize::from(cell.comma_before < 7) * 2
                + usize::from(scan.get(end.saturating_sub(1)).is_some_and(|c| c.comma_after < 7)),
        }
    }
}

/// The token of a cue that names the act: the first verb of speech or thought, else the first word of substance.
pub(super) fn head(scan: &Scan, start: usize, end: usize) -> usize {
    let find = |wanted: fn(u8) -> bool| (start..end).find(|at| wanted(scan.class(*at, 0)));
    find(|c| matches!(c, class::SPEECH | class::THOUGHT))
        .or_else(|| find(|c| matches!(c, class::ED | class::ING | class::LOWER | class::PLURAL)))
        .unwrap_or(start)
}

templates! { ROLE_DENSE:
    R_BIAS = 1;
    R_CLASS = 5 * CLASSES;
    R_LEFT = CLASSES * CLASSES;
    R_RIGHT = CLASSES * CLASSES;
    R_QUOTES = 64;
    R_START = 12;
    R_END = 12;
    // Those from here on look at the cue.
    R_DISTANCE = DISTANCES;
    R_QUOTATION = 5 * 4 * 4;
    R_NEAR = 2 * 3 * CLASSES;
    R_COMMAS = 2 * 4 * 3 * 4;
    R_BETWEEN = 2 * 3 * 3 * 3 * 3;
    R_AFTER = 2 * 6 * CLASSES;
    R_BEFORE = 2 * 6 * CLASSES;
    R_PLACE = 9 * 4 * 5 * 2;
    R_NAMES = 2 * 3 * 6 * 3;
    R_LEFT_SIDE = 2 * CLASSES * CLASSES;
    R_HEAD = CLASSES * HEAD_SLOTS;
    R_OTHERS = 2 * 3 * 3 * 6;
    R_IN_CUE = 1;
}

/// The features of token `at` for the role model that do not depend on the cue.
#[inline]
pub fn role_local(scan: &Scan, at: usize, sink: &mut impl Sink) {
    let Some(cell) = scan.get(at) else { return };
    let class = |offset: isize| usize::from(scan.class(at, offset));
    sink.dense(R_BIAS);
    for (slot, offset) in [-2isize, -1, 0, 1, 2].into_iter().enumerate() {
        sink.dense(R_CLASS + slot * CLASSES + class(offset));
    }
    sink.dense(R_LEFT + class(-1) * CLASSES + class(0));
    sink.dense(R_RIGHT + class(0) * CLASSES + class(1));
    sink.dense(R_QUOTES + quotes(scan, at, cell));
    sink.dense(R_START + start(at, cell));
    sink.dense(R_END + end(at, cell));
    role_words(at, sink);
}

/// The words and pairs of words around token `at` for the role model.
#[inline]
pub(super) fn role_words(at: usize, sink: &mut impl Sink) {
    for (slot, offset) in [-2isize, -1, 0, 1, 2].into_iter().enumerate() {
        sink.word(slot, at.wrapping_add_signed(offset));
    }
    sink.pair(0, at.wrapping_sub(1));
    sink.pair(1, at);
}

/// The features of token `at` for the role model that look at the cue.
#[inline]
pub fn role_relational(scan: &Scan, cue: &CueView, at: usize, sink: &mut impl Sink) {
    let Some(cell) = scan.get(at) else { return };
    if at >= cue.start && at < cue.end {
        sink.dense(R_IN_CUE);
        return;
    }
    let right = at >= cue.end;
    let side = usize::from(right);
    let distance = if right { at - cue.end } else { cue.start - 1 - at };
    let step = steps(distance);
    let near = [0, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5][step];
    let class = usize::from(cell.class);
    let (from, to) = if right { (cue.end, at) } else { (at + 1, cue.start) };
    let (Some(from), Some(to)) =
        (scan.get(from.min(scan.cells.len() - 1)), scan.get(to.min(scan.cells.len() - 1)))
    else {
        return;
    };
    let marks = from.between(to, tally::MARK);
    let sentence = (2 + i64::from(cell.sentence) - i64::from(cue.sentence)).clamp(0, 4) as usize;
    let relation = if cell.quotation == 0 {
        usize::from(cue.quotation != 0)
    } else if cell.quotation == cue.quotation {
        2
    } else {
        3
    };
    sink.dense(R_DISTANCE + side * 13 + step);
    sink.dense(R_QUOTATION + (sentence * 4 + usize::from(cell.quote)) * 4 + relation);
    sink.dense(R_NEAR + (side * 3 + distance.min(2)) * CLASSES + class);
    sink.dense(
        R_COMMAS
            + ((side * 4 + from.between(to, tally::COMMA).min(3)) * 3 + marks.min(2)) * 4
            + cue.commas,
    );
    let verbs = from.between(to, tally::VERB).min(2);
    let aux = from.between(to, tally::AUXILIARY).min(2);
    let joins = from.between(to, tally::JOIN).min(2);
    sink.dense(R_BETWEEN + (((side * 3 + verbs) * 3 + aux) * 3 + joins) * 3 + marks.min(2));
    sink.dense(R_AFTER + (side * 6 + near) * CLASSES + cue.after);
    sink.dense(R_BEFORE + (side * 6 + near) * CLASSES + cue.before);
    sink.dense(R_PLACE + ((cue.place * 4 + cue.commas) * 5 + sentence) * 2 + side);
    let names = from.between(to, tally::NAME).min(2);
    let kind =
        usize::from(super::scan::is_name(cell.class)) + usize::from(cell.class == class::PRONOUN);
    sink.dense(R_NAMES + ((side * 3 + names) * 6 + near) * 3 + kind);
    sink.dense(R_LEFT_SIDE + (side * CLASSES + usize::from(scan.class(at, -1))) * CLASSES + class);
    let others = from.between(to, tally::CUE).min(2);
    sink.dense(R_OTHERS + ((side * 3 + others) * 3 + usize::from(cell.cue.min(2))) * 6 + near);
    sink.word(5 + side, at);
    for slot in [side * 13 + step, DISTANCES + side * COARSE + coarse(cell)] {
        sink.head(slot);
        sink.dense(R_HEAD + cue.head_class * HEAD_SLOTS + slot);
    }
}

/// A few classes that matter for a cue's own grammar ("told" takes a person on its right, "claim" does not).
#[inline]
fn coarse(cell: &Cell) -> usize {
    if cell.quote != quote::OUTSIDE {
        return 1;
    }
    match cell.class {
        class::PRONOUN => 2,
        class::CAP | class::CAP_INITIAL | class::UPPER | class::TITLE => 3,
        class::DETERMINER => 4,
        class::UNNAMED | class::PLURAL => 5,
        class::THAT | class::TO => 6,
        class::COMMA | class::STOP | class::COLON => 7,
        _ => 0,
    }
}

/// The labels of the cue model.
pub const CUE_LABELS: usize = 3;
/// The labels of the role model.
pub const ROLE_LABELS: usize = 5;

/// The kinds of token by which the role model's transitions differ, by side of the cue.
pub const ROLE_EDGES: usize = 3 * 9;

/// What token `at` is to a transition into it.
#[inline]
pub fn role_edge(scan: &Scan, cue: &CueView, at: usize) -> usize {
    let Some(cell) = scan.get(at) else { return 0 };
    let side = if at < cue.start {
        0
    } else if at < cue.end {
        1
    } else {
        2
    };
    let kind = if at == cell.first as usize {
        0
    } else {
        match (scan.class(at, -1), cell.class) {
            (class::COMMA, _) => 1,
            (_, class::OPEN) => 2,
            (class::CLOSE, _) => 3,
            (_, class::COMMA) => 4,
            (_, class::CLOSE | class::STOP) => 5,
            (
                _,
                class::THAT | class::CONJUNCTION | class::DASH | class::COLON | class::SEMICOLON,
            ) => 6,
            (class::THAT | class::CONJUNCTION | class::DASH | class::COLON, _) => 7,
            _ => 8,
        }
    };
    side * 9 + kind
}
