//! The trained weights, as flat tables.
//!
//! Weights are stored as one signed byte each with square-root companding: the byte `q` stands for `q * |q| * scale`, so
//! that small weights keep their precision and scores are exact sums of integers. Words are keyed by fingerprint.

use super::features::{self as f, CUE_LABELS, ROLE_EDGES, ROLE_LABELS, Sink};
use super::scan::{CLASSES, Cell, Scan, Vocabulary, class_key};
use std::cell::Cell as Memo;
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
pub const MAGIC: u32 = 0x3150_4443;

/// The embedded model.
pub static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("attribution.bin")).unwrap_or_default());

/// From fingerprints to rows: open addressing, at most half full. Row 0 is never handed out.
#[derive(Clone, Debug, Default)]
struct Index {
    slots: Vec<(u32, u32)>,
}

impl Index {
    fn new(tags: &[u32]) -> Self {
        let mut slots = vec![(0, 0); (tags.len() * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (row, &tag) in tags.iter().enumerate() {
            let mut at = spread(tag) & mask;
            while slots[at].1 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (tag, row as u32 + 1);
        }
        Self { slots }
    }

    #[inline]
    fn get(&self, tag: u32) -> u32 {
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

/// The weights of both models.
#[derive(Clone, Debug, Default)]
pub struct Model {
    words: Index,
    pairs: Index,
    cue_rows: Vec<[i16; CUE_W]>,
    role_rows: Vec<[i16; ROLE_W]>,
    cue_pairs: Vec<[i16; CUE_W]>,
    role_pairs: Vec<[i16; ROLE_W]>,
    /// Row of `head_rows` for each word row.
    heads: Vec<u16>,
    head_rows: Vec<[i16; ROLE_W]>,
    cue_dense: Vec<[i16; CUE_W]>,
    role_dense: Vec<[i16; ROLE_W]>,
    /// Row of what stands for each class.
    class_rows: Vec<u32>,
    /// The most that the first features of the cue model can come to: the part of the word, by word row.
    word_ceilings: Vec<[i32; CUE_W]>,
    /// The part of the word's class and of those beside it, by class.
    class_ceilings: Vec<[i32; CUE_W]>,
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
        let mut r = Reader(bytes);
        if r.word()? != MAGIC {
            return None;
        }
        let (words, pairs, heads) = (r.word()? as usize, r.word()? as usize, r.word()? as usize);
        let mut model = Self { cue_scale: r.float()?, role_scale: r.float()?, ..Self::default() };
        model.words = Index::new(&r.words(words)?.collect::<Vec<_>>());
        model.cue_rows = r.weights(CUE_ROW, words * CUE_ROW)?;
        model.role_rows = r.weights(ROLE_ROW, words * ROLE_ROW)?;
        model.pairs = Index::new(&r.words(pairs)?.collect::<Vec<_>>());
        model.cue_pairs = r.weights(CUE_PAIR, pairs * CUE_PAIR)?;
        model.role_pairs = r.weights(ROLE_PAIR, pairs * ROLE_PAIR)?;
        model.heads = vec![0; words + 1];
        for (number, row) in r.words(heads)?.enumerate() {
            *model.heads.get_mut(row as usize)? = u16::try_from(number + 1).ok()?;
        }
        model.head_rows = r.weights(HEAD_ROW, heads * HEAD_ROW)?;
        model.cue_dense = r.weights(0, f::CUE_DENSE)?;
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
        model.class_rows =
            (0..CLASSES).map(|class| model.words.get(tag(class_key(class as u8)))).collect();
        model.ceilings();
        r.0.is_empty().then_some(model)
    }

    /// Fills in the tables of [`Model::may_be_cue`].
    fn ceilings(&mut self) {
        let word = |slots: &[[i16; CUE_W]]| {
            let mut ceiling = [i32::MIN; CUE_W];
            slots[f::HERE_QUOTED..].iter().for_each(|slot| raise(&mut ceiling, *slot));
            add(&mut ceiling, slots, f::HERE);
            ceiling
        };
        self.word_ceilings = self.cue_rows.chunks_exact(CUE_ROW).map(word).collect();
        let class = |class: usize| {
            let (always, beside) = f::cue_first_dense(class);
            let (mut left, mut right) = ([i32::MIN; CUE_W], [i32::MIN; CUE_W]);
            for [on_left, on_right] in beside {
                raise(&mut left, self.cue_dense[on_left]);
                raise(&mut right, self.cue_dense[on_right]);
            }
            let mut ceiling = [left[0] + right[0], left[1] + right[1]];
            always.iter().for_each(|feature| add(&mut ceiling, &self.cue_dense, *feature));
            ceiling
        };
        self.class_ceilings = (0..CLASSES).map(class).collect();
    }

    /// Whether the first features of the cue model can reach `least` for the token, whatever stands beside it. Most words
    /// never do, so that two look-ups decide them.
    #[inline]
    pub(super) fn may_be_cue(&self, cell: &Cell, least: i32) -> bool {
        match (
            self.word_ceilings.get(cell.row as usize),
            self.class_ceilings.get(usize::from(cell.class)),
        ) {
            (Some(word), Some(class)) => word.iter().zip(class).any(|(w, c)| w + c >= least),
            _ => true,
        }
    }

    /// The transitions at tokens of the kind `edge`.
    #[inline]
    pub(super) fn role_edges(&self, edge: usize) -> &RoleEdges {
        self.role_edges.get(edge).unwrap_or(&[[0; ROLE_LABELS]; ROLE_LABELS])
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
    fn class_row(&self, class: u8) -> u32 {
        self.class_rows.get(usize::from(class)).copied().unwrap_or(0)
    }
}

/// The rows of the pairs of neighbours of a paragraph: looked up when first asked for, since most never are.
#[derive(Debug)]
pub struct Pairs<'a> {
    model: &'a Model,
    scan: &'a Scan,
    /// Entry `n` is for tokens `n` and `n + 1`.
    rows: Vec<Memo<u32>>,
}

/// A pair that has not been looked up.
const UNKNOWN: u32 = u32::MAX;

impl<'a> Pairs<'a> {
    /// Nothing is looked up yet.
    pub(super) fn new(model: &'a Model, scan: &'a Scan) -> Self {
        let rows = vec![Memo::new(UNKNOWN); scan.cells.len().saturating_sub(1)];
        Self { model, scan, rows }
    }

    /// The row of tokens `at` and `at + 1`; 0, the empty row, where there is none.
    #[inline]
    fn row(&self, at: usize) -> usize {
        let Some(memo) = self.rows.get(at) else { return 0 };
        if memo.get() == UNKNOWN {
            let [left, right] = [at, at + 1].map(|at| self.scan.get(at).map_or(0, |c| c.word));
            memo.set(self.model.pairs.get(pair_tag(left, right)));
        }
        memo.get() as usize
    }
}

/// Raises each weight of `ceiling` to that of `other`.
fn raise<const W: usize>(ceiling: &mut [i32; W], other: [i16; W]) {
    for (most, weight) in ceiling.iter_mut().zip(other) {
        *most = i32::from(weight).max(*most);
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

/// Adds up the cue model's weights for one token.
pub(super) struct CueScore<'a> {
    pub model: &'a Model,
    pub scan: &'a Scan,
    pub pairs: &'a Pairs<'a>,
    pub sum: [i32; CUE_W],
}

impl Sink for CueScore<'_> {
    #[inline]
    fn dense(&mut self, feature: usize) {
        add(&mut self.sum, &self.model.cue_dense, feature);
    }

    #[inline]
    fn word(&mut self, slot: usize, at: usize) {
        if let Some(cell) = self.scan.get(at) {
            add(&mut self.sum, &self.model.cue_rows, cell.row as usize * f::CUE_WORD_SLOTS + slot);
        }
    }

    #[inline]
    fn pair(&mut self, slot: usize, at: usize) {
        let row = self.pairs.row(at);
        if row != 0 {
            add(&mut self.sum, &self.model.cue_pairs, row * f::CUE_PAIR_SLOTS + slot);
        }
    }

    #[inline]
    fn head(&mut self, _: usize) {}
}

/// Adds up the role model's weights for one token.
pub(super) struct RoleScore<'a> {
    pub model: &'a Model,
    pub scan: &'a Scan,
    pub pairs: &'a Pairs<'a>,
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
            add(
                &mut self.sum,
                &self.model.role_rows,
                cell.row as usize * f::ROLE_WORD_SLOTS + slot,
            );
        }
    }

    #[inline]
    fn pair(&mut self, slot: usize, at: usize) {
        let row = self.pairs.row(at);
        if row != 0 {
            add(&mut self.sum, &self.model.role_pairs, row * f::ROLE_PAIR_SLOTS + slot);
        }
    }

    #[inline]
    fn head(&mut self, slot: usize) {
        if self.head != 0 {
            add(&mut self.sum, &self.model.head_rows, self.head * f::HEAD_SLOTS + slot);
        }
    }
}
