//! The weights that every token asks for, in the form in which they are added up fastest: tables that are read together are
//! added up once, when the model is loaded. Scores are sums of integers, so that the order makes no difference.
//!
//! What is added up here is what [`features`](super::features) says, written a second time; the tests hold the two together.

use super::features as f;
use super::model::{CUE_W, ROLE_W};
use super::scan::{CLASSES, Cell, Scan, class};

/// The weights of the labels for one entry of a table.
type Row<const W: usize> = [i32; W];

/// What a token that certainly belongs to no cue scores.
pub(super) const NO_CUE: Row<CUE_W> = [i32::MIN; CUE_W];

/// A word as the cue model sees it; as large as what a processor fetches at once.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct CueWord {
    /// What it adds to the tokens from three before it to three after it; to itself nothing.
    around: [[i16; CUE_W]; f::CUE_PLACES],
    /// What it adds to itself, by its quote state.
    here: [[i16; CUE_W]; 4],
}

/// The cue model's weights as the file has them.
#[derive(Clone, Debug, Default)]
pub(super) struct CueWeights {
    /// [`f::CUE_WORD_SLOTS`] for each word row.
    pub words: Vec<[i16; CUE_W]>,
    /// [`f::CUE_PAIR_SLOTS`] for each pair row.
    pub pairs: Vec<[i16; CUE_W]>,
    /// One for each dense feature.
    pub dense: Vec<[i16; CUE_W]>,
}

/// The cue model's weights, merged.
#[derive(Clone, Debug, Default)]
pub(super) struct CueTables {
    words: Vec<CueWord>,
    /// For each pair row what the pair adds to the tokens from the one before it to the one after it.
    pairs: Vec<[[i16; CUE_W]; f::CUE_PAIR_SLOTS]>,
    /// The class before and the class; the constant is in here.
    left: Vec<Row<CUE_W>>,
    /// The class and the class after.
    right: Vec<Row<CUE_W>>,
    /// The classes before and after.
    around: Vec<Row<CUE_W>>,
    /// The classes two before and two after.
    outer: Vec<Row<CUE_W>>,
    /// Quote states.
    quotes: Vec<Row<CUE_W>>,
    /// The quote state and how far the marks are.
    marks: Vec<Row<CUE_W>>,
    /// How far the sentence's start and end are.
    ends: Vec<Row<CUE_W>>,
    /// All dense features, for the rest.
    dense: Vec<Row<CUE_W>>,
}

impl CueTables {
    /// Merges the weights.
    pub(super) fn new(weights: &CueWeights) -> Self {
        let sum = |features: &[usize]| sum(&weights.dense, features);
        let near = |slot: usize, class: usize| f::C_CLASS + slot * CLASSES + class;
        let classes = |base: usize, a: usize, b: usize| base + a * CLASSES + b;
        Self {
            words: weights.words.chunks_exact(f::CUE_WORD_SLOTS).map(CueWord::new).collect(),
            pairs: weights.pairs.chunks_exact(f::CUE_PAIR_SLOTS).map(turned).collect(),
            left: table(CLASSES, CLASSES, |a, b| {
                sum(&[f::BIAS, near(2, b), classes(f::C_LEFT, a, b)])
            }),
            right: table(CLASSES, CLASSES, |a, b| sum(&[classes(f::C_RIGHT, a, b)])),
            around: table(CLASSES, CLASSES, |a, b| {
                sum(&[near(1, a), near(3, b), classes(f::C_AROUND, a, b)])
            }),
            outer: table(CLASSES, CLASSES, |a, b| sum(&[near(0, a), near(4, b)])),
            quotes: table(1, 64, |_, quotes| sum(&[f::C_QUOTES + quotes])),
            marks: table(16 * 4, 16, |before, after| {
                sum(&[f::C_MARK_BEFORE + before, f::C_MARK_AFTER + after * 4 + before % 4])
            }),
            ends: table(12, 12, |start, end| sum(&[f::C_START + start, f::C_END + end])),
            dense: weights.dense.iter().map(|row| row.map(i32::from)).collect(),
        }
    }

    /// The scores of all tokens: the sums of [`f::cue_first`], [`f::cue_rest`] and [`f::cue_around`], or [`NO_CUE`] where
    /// those of [`f::cue_first`] all stay below `least`. That of token `n` is entry `n + HERE`.
    pub(super) fn scores(&self, scan: &Scan, pairs: &[u32], least: i32) -> Vec<Row<CUE_W>> {
        let mut sums = self.around(scan, pairs);
        for ((at, cell), total) in scan.cells.iter().enumerate().zip(&mut sums[f::HERE..]) {
            let classes = Classes::new(scan, at);
            let mut sum = self.first(cell, &classes);
            if sum[0].max(sum[1]) < least {
                *total = NO_CUE;
                continue;
            }
            self.rest(scan, at, cell, &classes, &mut sum);
            *total = [total[0] + sum[0], total[1] + sum[1]];
        }
        sums
    }

    /// The sums of [`f::cue_around`] for all tokens; that of token `n` is entry `n + HERE`. Each word and each pair adds
    /// its row to its neighbours at one stroke.
    fn around(&self, scan: &Scan, pairs: &[u32]) -> Vec<Row<CUE_W>> {
        let mut sums = vec![[0; CUE_W]; scan.cells.len() + 2 * f::HERE];
        for (at, cell) in scan.cells.iter().enumerate() {
            spread(&mut sums, at, self.words.get(cell.row as usize).map(|word| &word.around));
        }
        for (at, row) in pairs.iter().enumerate().filter(|(_, row)| **row != 0) {
            // Slot 3 is the pair that starts one after the token, so the first to see it is the token before.
            spread(&mut sums, at + f::HERE - 1, self.pairs.get(*row as usize));
        }
        sums
    }

    #[inline]
    fn first(&self, cell: &Cell, classes: &Classes) -> Row<CUE_W> {
        let mut sum = [0; CUE_W];
        if let Some(word) = self.words.get(cell.row as usize) {
            sum = word.here[usize::from(cell.quote & 3)].map(i32::from);
        }
        add(&mut sum, &self.left, classes.before * CLASSES + classes.here);
        add(&mut sum, &self.right, classes.here * CLASSES + classes.after);
        sum
    }

    #[inline]
    fn rest(&self, scan: &Scan, at: usize, cell: &Cell, classes: &Classes, sum: &mut Row<CUE_W>) {
        let number = |small: u8| usize::from(small);
        add(sum, &self.around, classes.before * CLASSES + classes.after);
        add(sum, &self.outer, classes.second_before * CLASSES + classes.second_after);
        add(sum, &self.quotes, f::quotes(scan, at, cell));
        let marks = number(cell.mark_before) * 4 + number(cell.quote);
        add(sum, &self.marks, marks * 16 + number(cell.mark_after));
        add(sum, &self.ends, f::start(at, cell) * 12 + f::end(at, cell));
        let commas = number(cell.comma_before) * 8 + number(cell.comma_after);
        add(sum, &self.dense, f::C_COMMAS + commas);
        let names = number(cell.name_before) * 8 + number(cell.name_after);
        add(sum, &self.dense, f::C_NAMES + names);
        add(sum, &self.dense, f::C_THAT + number(cell.that_after) * CLASSES + classes.here);
        if let Some((verbs, auxiliaries)) = f::verbs(scan, at, cell) {
            add(sum, &self.dense, f::C_VERBS + verbs);
            add(sum, &self.dense, f::C_AUX + auxiliaries);
        }
    }
}

impl CueWord {
    /// `slots` are those of the file: the places, then the word by its own quote state.
    fn new(slots: &[[i16; CUE_W]]) -> Self {
        let mut around: [_; f::CUE_PLACES] = turned(&slots[..f::CUE_PLACES]);
        around[f::CUE_PLACES - 1 - f::HERE] = [0; CUE_W];
        let here = slots[f::HERE];
        // Weights end at 128 squared, so that the sum of two fits.
        let both = |state: usize| {
            let quoted = slots[f::CUE_PLACES + state];
            [here[0].saturating_add(quoted[0]), here[1].saturating_add(quoted[1])]
        };
        Self { around, here: [both(0), both(1), both(2), both(3)] }
    }
}

/// Slots in the order of the tokens that see the word.
fn turned<const N: usize>(slots: &[[i16; CUE_W]]) -> [[i16; CUE_W]; N] {
    let mut turned = [[0; CUE_W]; N];
    turned.copy_from_slice(slots);
    turned.reverse();
    turned
}

/// The dense weights of [`f::role_local`], merged.
#[derive(Clone, Debug, Default)]
pub(super) struct RoleTables {
    /// The class before and the class; the constant is in here.
    left: Vec<Row<ROLE_W>>,
    /// The class and the class after.
    right: Vec<Row<ROLE_W>>,
    /// The classes two before and two after.
    outer: Vec<Row<ROLE_W>>,
    /// Quote states.
    quotes: Vec<Row<ROLE_W>>,
    /// How far the sentence's start and end are.
    ends: Vec<Row<ROLE_W>>,
}

impl RoleTables {
    /// Merges the weights of the dense features.
    pub(super) fn new(dense: &[[i16; ROLE_W]]) -> Self {
        let sum = |features: &[usize]| sum(dense, features);
        let near = |slot: usize, class: usize| f::R_CLASS + slot * CLASSES + class;
        let classes = |base: usize, a: usize, b: usize| base + a * CLASSES + b;
        Self {
            left: table(CLASSES, CLASSES, |a, b| {
                sum(&[f::R_BIAS, near(1, a), near(2, b), classes(f::R_LEFT, a, b)])
            }),
            right: table(CLASSES, CLASSES, |a, b| sum(&[near(3, b), classes(f::R_RIGHT, a, b)])),
            outer: table(CLASSES, CLASSES, |a, b| sum(&[near(0, a), near(4, b)])),
            quotes: table(1, 64, |_, quotes| sum(&[f::R_QUOTES + quotes])),
            ends: table(12, 12, |start, end| sum(&[f::R_START + start, f::R_END + end])),
        }
    }

    /// The sum of the dense features of [`f::role_local`] for token `at`.
    #[inline]
    pub(super) fn local(&self, scan: &Scan, at: usize) -> Row<ROLE_W> {
        let mut sum = [0; ROLE_W];
        let Some(cell) = scan.get(at) else { return sum };
        let classes = Classes::new(scan, at);
        add(&mut sum, &self.left, classes.before * CLASSES + classes.here);
        add(&mut sum, &self.right, classes.here * CLASSES + classes.after);
        add(&mut sum, &self.outer, classes.second_before * CLASSES + classes.second_after);
        add(&mut sum, &self.quotes, f::quotes(scan, at, cell));
        add(&mut sum, &self.ends, f::start(at, cell) * 12 + f::end(at, cell));
        sum
    }
}

/// The classes of a token and of its neighbours.
struct Classes {
    second_before: usize,
    before: usize,
    here: usize,
    after: usize,
    second_after: usize,
}

impl Classes {
    #[inline]
    fn new(scan: &Scan, at: usize) -> Self {
        let class =
            |at: usize| usize::from(scan.cells.get(at).map_or(class::OUTSIDE, |cell| cell.class));
        Self {
            second_before: class(at.wrapping_sub(2)),
            before: class(at.wrapping_sub(1)),
            here: class(at),
            after: class(at + 1),
            second_after: class(at + 2),
        }
    }
}

/// A table of `rows` times `columns` entries.
fn table<const W: usize>(
    rows: usize,
    columns: usize,
    entry: impl Fn(usize, usize) -> Row<W>,
) -> Vec<Row<W>> {
    let mut out = Vec::with_capacity(rows * columns);
    for row in 0..rows {
        out.extend((0..columns).map(|column| entry(row, column)));
    }
    out
}

fn sum<const W: usize>(dense: &[[i16; W]], features: &[usize]) -> Row<W> {
    let mut sum = [0; W];
    for weights in features.iter().filter_map(|feature| dense.get(*feature)) {
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
    sum
}

#[inline]
fn add<const W: usize>(sum: &mut Row<W>, table: &[Row<W>], entry: usize) {
    if let Some(weights) = table.get(entry) {
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += weight;
        }
    }
}

/// Adds `row` to the sums from `start` on.
#[inline]
fn spread<const N: usize>(sums: &mut [Row<CUE_W>], start: usize, row: Option<&[[i16; CUE_W]; N]>) {
    let sums = sums.get_mut(start..).and_then(<[_]>::first_chunk_mut::<N>);
    if let (Some(sums), Some(row)) = (sums, row) {
        let weights = row.as_flattened();
        for (sum, weight) in sums.as_flattened_mut().iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Model;
    use super::*;
    use crate::document::{Document, Format};

    /// Adds up weights as the file has them, feature by feature.
    struct Plain<'a, const W: usize> {
        scan: &'a Scan,
        pairs: &'a [u32],
        words: (&'a [[i16; W]], usize),
        pair_rows: (&'a [[i16; W]], usize),
        dense: &'a [[i16; W]],
        sum: Row<W>,
    }

    impl<const W: usize> Plain<'_, W> {
        fn add(&mut self, weights: [i16; W]) {
            for (sum, weight) in self.sum.iter_mut().zip(weights) {
                *sum += i32::from(weight);
            }
        }
    }

    impl<const W: usize> f::Sink for Plain<'_, W> {
        fn dense(&mut self, feature: usize) {
            self.add(self.dense[feature]);
        }

        fn word(&mut self, slot: usize, at: usize) {
            if let Some(cell) = self.scan.get(at) {
                self.add(self.words.0[cell.row as usize * self.words.1 + slot]);
            }
        }

        fn pair(&mut self, slot: usize, at: usize) {
            if let Some(row) = self.pairs.get(at) {
                self.add(self.pair_rows.0[*row as usize * self.pair_rows.1 + slot]);
            }
        }

        fn head(&mut self, _: usize) {}
    }

    const TEXT: &str = "\u{201C}We have not sold a boat since May,\u{201D} Harbor Master Ines Coll said, and \
        she thought that it would get worse; \u{2018}ask the fleet\u{2019}, she added. According to two officials, who \
        were not named, 40 boats (most of them old) left.\n\n\
        Did he? No.\n\n\"It is over: we lost,\" the skipper, Tom Birch, told her - so she claimed on Tuesday...";

    fn scans(model: &Model) -> Vec<(Scan, Vec<u32>)> {
        let document = Document::parse(TEXT, Format::Plain);
        let scan = |block| {
            let notes = crate::annotate::annotate(TEXT, block, Default::default());
            let text = block.range.slice(TEXT);
            let scan = Scan::new(text, &notes.tokens, &notes.sentences, &notes.quotations, model);
            let pairs = model.pair_rows(&scan);
            (scan, pairs)
        };
        document.blocks.iter().map(scan).collect()
    }

    #[test]
    fn the_cue_tables_say_what_the_features_say() {
        let (model, weights) = Model::parts(super::super::model::BYTES).unwrap();
        let tables = CueTables::new(&weights);
        let mut hopeless = 0;
        for (scan, pairs) in scans(&model) {
            let least = -4000;
            let scores = tables.scores(&scan, &pairs, least);
            for at in 0..scan.cells.len() {
                let mut plain = Plain {
                    scan: &scan,
                    pairs: &pairs,
                    words: (&weights.words, f::CUE_WORD_SLOTS),
                    pair_rows: (&weights.pairs, f::CUE_PAIR_SLOTS),
                    dense: &weights.dense,
                    sum: [0; CUE_W],
                };
                f::cue_first(&scan, at, &mut plain);
                if plain.sum[0].max(plain.sum[1]) < least {
                    plain.sum = NO_CUE;
                    hopeless += 1;
                } else {
                    f::cue_rest(&scan, at, &mut plain);
                    f::cue_around(at, &mut plain);
                }
                assert_eq!(scores[at + f::HERE], plain.sum, "token {at}");
            }
        }
        assert!(hopeless > 0);
    }

    #[test]
    fn the_role_tables_say_what_the_features_say() {
        let (model, _) = Model::parts(super::super::model::BYTES).unwrap();
        let tables = RoleTables::new(model.role_dense());
        let no_words = vec![[0; ROLE_W]; 1 << 20];
        for (scan, pairs) in scans(&model) {
            for at in 0..scan.cells.len() {
                let mut plain = Plain {
                    scan: &scan,
                    pairs: &pairs,
                    words: (&no_words, 1),
                    pair_rows: (&no_words, 1),
                    dense: model.role_dense(),
                    sum: [0; ROLE_W],
                };
                f::role_local(&scan, at, &mut plain);
                assert_eq!(tables.local(&scan, at), plain.sum, "token {at}");
            }
        }
    }
}
