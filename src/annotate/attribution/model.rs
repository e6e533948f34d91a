//! The trained weights, as flat tables.
//!
//! Weights are stored as one signed byte each with square-root companding: the byte `q` stands for `q * |q| * scale`, so
//! that small weights keep their precision and scores are exact sums of integers. Words are keyed by fingerprint.

use super::features::{self as f, CUE_LABELS, ROLE_EDGES, ROLE_LABELS, Sink};
use super::scan::{CLASSES, Scan, Vocabulary, class_key};
use super::tables::{CueTables, CueWeights, RoleTables};
use super::trees::{Flat, Forest};
use std::sync::LazyLock;

/// Weights a label: the label "nothing" always scores 0.
pub const CUE_W: usize = CUE_LABELS - 1;
/// The same for roles.
pub const ROLE_W: usize = ROLE_LABELS - 1;

const CUE_ROW: usize = f::CUE_WORD_SLOTS;
const ROLE_ROW: usize = f::ROLE_WORD_SLOTS;
const CUE_PAIR: usize = f::CUE_PAIR_SLOTS;
const ROLE_PAIR: usize = f::ROLE_PAIR_SLOTS;
const HEAD_ROW: usize = f::HEAD_SLOTS;

/// First bytes of the file.
pub const MAGIC: u32 = 0x3250_4443;

/// The embedded model's file.
pub(super) const BYTES: &[u8] = include_bytes!("attribution.bin");

/// The embedded model.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(BYTES).unwrap_or_default());

/// From fingerprints to rows: open addressing, at most half full. Row 0 is never handed out.
#[derive(Clone, Debug, Default)]
struct Index {
    slots: Vec<(u32, u32)>,
    /// One bit for each of [`FILTER`] groups of fingerprints, set where the group has a row. It is small enough to stay near
    /// the processor, and spares most fingerprints without a row the long way to the slots.
    filter: Vec<u64>,
}

/// Bits of [`Index::filter`], as a power of two: 32 KiB.
const FILTER: u32 = 18;

impl Index {
    fn new(tags: &[u32]) -> Self {
        let mut slots = vec![(0, 0); (tags.len() * 2).next_power_of_two().max(2)];
        let mut filter = vec![0; 1 << (FILTER - 6)];
        let mask = slots.len() - 1;
        for (row, &tag) in tags.iter().enumerate() {
            let (word, bit) = group(tag);
            filter[word] |= bit;
            let mut at = spread(tag) & mask;
            while slots[at].1 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (tag, row as u32 + 1);
        }
        Self { slots, filter }
    }

    #[inline]
    fn get(&self, tag: u32) -> u32 {
        let (word, bit) = group(tag);
        if self.filter.get(word).is_none_or(|bits| bits & bit == 0) {
            return 0;
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread(tag) & mask;
        while let Some(&(found, row)) = self.slots.get(at) {
            if found == tag || row == 0 {
                return row;
            }
            at = (at + 1) & mask;
        }
        0
    }
}

#[inline]
fn spread(tag: u32) -> usize {
    (tag.wrapping_mul(0x9e37_79b1) >> 7) as usize
}

/// Word and bit of the filter for a fingerprint.
#[inline]
fn group(tag: u32) -> (usize, u64) {
    let number = tag.wrapping_mul(0x85eb_ca6b) >> (32 - FILTER);
    ((number / 64) as usize, 1 << (number % 64))
}

/// 32 bits of a fingerprint.
#[inline]
pub fn tag(fingerprint: u64) -> u32 {
    (fingerprint ^ (fingerprint >> 32)) as u32
}

/// The fingerprint of two neighbouring words.
#[inline]
pub fn pair_tag(left: u64, right: u64) -> u32 {
    tag(left.rotate_left(25).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ right)
}

/// Transitions of the role model at one kind of token: to, from.
pub(super) type RoleEdges = [[i32; ROLE_LABELS]; ROLE_LABELS];

/// A word as the role model sees it: its slots, in what a processor fetches at once.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
struct RoleWord([[i16; ROLE_W]; ROLE_ROW]);

impl RoleWord {
    fn new(slots: &[[i16; ROLE_W]]) -> Self {
        let mut word = Self::default();
        word.0.copy_from_slice(slots);
        word
    }
}

/// The weights of both models.
#[derive(Clone, Debug, Default)]
pub struct Model {
    words: Index,
    pairs: Index,
    role_rows: Vec<RoleWord>,
    role_pairs: Vec<[i16; ROLE_W]>,
    /// Row of `head_rows` for each word row.
    heads: Vec<u16>,
    head_rows: Vec<[i16; ROLE_W]>,
    /// The cue model's weights.
    pub(super) cue: CueTables,
    /// The dense weights of the role model that do not depend on the cue.
    pub(super) role_tables: RoleTables,
    role_dense: Vec<[i16; ROLE_W]>,
    /// Words that the corpus does not have, and for each the number of the words that are used like it.
    alike: Index,
    alike_groups: Vec<u16>,
    /// The key of each such group, and the row of the first.
    groups: Vec<u32>,
    first_group: u32,
    /// Which candidates are attributions.
    pub(super) verifier: Flat,
    /// Row of what stands for each class.
    class_rows: Vec<u32>,
    /// What an integer of the cue scores is worth.
    pub(super) cue_scale: f32,
    /// What an integer of the role scores is worth.
    pub(super) role_scale: f32,
    /// Transitions of the cue model, from times to, as factors.
    pub(super) cue_edges: [f32; CUE_LABELS * CUE_LABELS],
    /// Transitions of the role model, in integers of the role scores.
    role_edges: Vec<RoleEdges>,
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn words(&mut self, n: usize) -> Option<impl Iterator<Item = u32> + use<'a>> {
        let bytes = self.take(n.checked_mul(4)?)?;
        Some(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])))
    }

    fn word(&mut self) -> Option<u32> {
        self.words(1)?.next()
    }

    fn float(&mut self) -> Option<f32> {
        self.word().map(f32::from_bits)
    }

    /// `n` groups of weights after `before` groups of zeros: the empty row.
    fn weights<const W: usize>(&mut self, before: usize, n: usize) -> Option<Vec<[i16; W]>> {
        let bytes = self.take(n.checked_mul(W)?)?;
        let mut out = vec![[0; W]; before];
        out.reserve(n);
        out.extend(bytes.chunks_exact(W).map(|group| {
            let mut weights = [0; W];
            for (weight, byte) in weights.iter_mut().zip(group) {
                let q = i16::from(byte.cast_signed());
                *weight = q * q.abs();
            }
            weights
        }));
        Some(out)
    }
}

impl Model {
    /// Reads the weights; `None` where the bytes are not those of a model of this version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (mut model, weights) = Self::parts(bytes)?;
        model.cue = CueTables::new(&weights);
        model.role_tables = RoleTables::new(&model.role_dense);
        Some(model)
    }

    /// The model without what is merged from other weights, and the weights of the cue model.
    pub(super) fn parts(bytes: &[u8]) -> Option<(Self, CueWeights)> {
        let mut r = Reader(bytes);
        if r.word()? != MAGIC {
            return None;
        }
        let (words, pairs, heads) = (r.word()? as usize, r.word()? as usize, r.word()? as usize);
        let mut weights = CueWeights::default();
        let mut model = Self { cue_scale: r.float()?, role_scale: r.float()?, ..Self::default() };
        model.words = Index::new(&r.words(words)?.collect::<Vec<_>>());
        weights.words = r.weights(CUE_ROW, words * CUE_ROW)?;
        let rows = r.weights::<ROLE_W>(ROLE_ROW, words * ROLE_ROW)?;
        model.role_rows = rows.chunks_exact(ROLE_ROW).map(RoleWord::new).collect();
        model.pairs = Index::new(&r.words(pairs)?.collect::<Vec<_>>());
        weights.pairs = r.weights(CUE_PAIR, pairs * CUE_PAIR)?;
        model.role_pairs = r.weights(ROLE_PAIR, pairs * ROLE_PAIR)?;
        model.heads = vec![0; words + 1];
        for (number, row) in r.words(heads)?.enumerate() {
            *model.heads.get_mut(row as usize)? = u16::try_from(number + 1).ok()?;
        }
        model.head_rows = r.weights(HEAD_ROW, heads * HEAD_ROW)?;
        weights.dense = r.weights(0, f::CUE_DENSE)?;
        model.role_dense = r.weights(0, f::ROLE_DENSE)?;
        for edge in &mut model.cue_edges {
            *edge = r.float()?;
        }
        model.role_edges = vec![RoleEdges::default(); ROLE_EDGES];
        let edges = r.words(ROLE_EDGES * ROLE_LABELS * ROLE_LABELS)?;
        for (edge, value) in
            model.role_edges.as_flattened_mut().as_flattened_mut().iter_mut().zip(edges)
        {
            *edge = value.cast_signed();
        }
        model.verifier = Flat::new(&Forest::read(&mut r.0)?);
        model.first_group = r.word()?;
        let (groups, alike) = (r.word()? as usize, r.word()? as usize);
        model.groups = r.words(groups)?.collect();
        model.alike = Index::new(&r.words(alike)?.collect::<Vec<_>>());
        let numbers = r.take(2 * alike)?.chunks_exact(2);
        model.alike_groups = numbers.map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let known = model.first_group as usize + groups <= words + 1;
        if !known || model.alike_groups.iter().any(|group| usize::from(*group) >= groups) {
            return None;
        }
        model.class_rows =
            (0..CLASSES).map(|class| model.words.get(tag(class_key(class as u8)))).collect();
        r.0.is_empty().then_some((model, weights))
    }

    /// The rows of the pairs of neighbours of a paragraph: entry `n` is for tokens `n` and `n + 1`.
    pub(super) fn pair_rows(&self, scan: &Scan) -> Vec<u32> {
        let pairs = scan.cells.windows(2);
        pairs.map(|pair| self.pairs.get(pair_tag(pair[0].word, pair[1].word))).collect()
    }

    /// The transitions at tokens of the kind `edge`.
    #[inline]
    pub(super) fn role_edges(&self, edge: usize) -> &RoleEdges {
        self.role_edges.get(edge).unwrap_or(&[[0; ROLE_LABELS]; ROLE_LABELS])
    }

    /// The dense weights of the role model, as the file has them.
    #[cfg(test)]
    pub(super) fn role_dense(&self) -> &[[i16; ROLE_W]] {
        &self.role_dense
    }

    /// The row of the weights of a cue's head.
    pub(super) fn head_row(&self, word_row: u32) -> usize {
        self.heads.get(word_row as usize).map_or(0, |row| usize::from(*row))
    }
}

impl Vocabulary for Model {
    fn row(&self, fingerprint: u64) -> Option<u32> {
        Some(self.words.get(tag(fingerprint))).filter(|row| *row != 0)
    }

    #[inline]
    fn alike(&self, fingerprint: u64) -> Option<(u64, u32)> {
        let number = self.alike.get(tag(fingerprint)).checked_sub(1)?;
        let group = *self.alike_groups.get(number as usize)?;
        let key = *self.groups.get(usize::from(group))?;
        Some((u64::from(key), self.first_group + u32::from(group)))
    }

    #[inline]
    fn class_row(&self, class: u8) -> u32 {
        self.class_rows.get(usize::from(class)).copied().unwrap_or(0)
    }
}

#[inline]
fn add<const W: usize>(sum: &mut [i32; W], table: &[[i16; W]], row: usize) {
    if let Some(weights) = table.get(row) {
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += i32::from(*weight);
        }
    }
}

/// Adds up the role model's weights for one token.
pub(super) struct RoleScore<'a> {
    pub model: &'a Model,
    pub scan: &'a Scan,
    pub pairs: &'a [u32],
    pub head: usize,
    pub sum: [i32; ROLE_W],
}

impl Sink for RoleScore<'_> {
    #[inline]
    fn dense(&mut self, feature: usize) {
        add(&mut self.sum, &self.model.role_dense, feature);
    }

    #[inline]
    fn word(&mut self, slot: usize, at: usize) {
        if let Some(cell) = self.scan.get(at) {
            let word = self.model.role_rows.get(cell.row as usize);
            word.into_iter().for_each(|word| add(&mut self.sum, &word.0, slot));
        }
    }

    #[inline]
    fn pair(&mut self, slot: usize, at: usize) {
        if let Some(&row) = self.pairs.get(at).filter(|row| **row != 0) {
            add(&mut self.sum, &self.model.role_pairs, row as usize * f::ROLE_PAIR_SLOTS + slot);
        }
    }

    #[inline]
    fn head(&mut self, slot: usize) {
        if self.head != 0 {
            add(&mut self.sum, &self.model.head_rows, self.head * f::HEAD_SLOTS + slot);
        }
    }
}
