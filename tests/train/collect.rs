//! From marked articles to training problems, through the library's own feature code.

use crate::corpus::{Block, Story};
use crate::crf::{Group, Problem, Sequence, Step};
use copydesk::annotate::attribution::features::{self as f, CueView, Sink};
use copydesk::annotate::attribution::scan::{self, AFFIXES, CLASSES, ENDINGS, Scan, Vocabulary};
use copydesk::annotate::attribution::{Candidate, label, window};
use copydesk::lang::en::{Lex, fingerprint};
use copydesk::segment::{TokenFlags, TokenKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// A word must stand so often in the corpus to be known.
const WORD_COUNT: usize = 3;
/// A feature must fire so often to be trained.
const FEATURE_COUNT: u32 = 3;

/// One thing that a row of weights is folded from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Atom {
    pub key: u64,
    pub affix: bool,
}

/// The known words.
#[derive(Default)]
pub struct Words {
    rows: HashMap<u64, u32>,
    /// Keys by row; row 0 is empty.
    pub keys: Vec<u64>,
    /// What each row is folded from.
    pub atoms: Vec<Vec<Atom>>,
    /// Words that the corpus does not have: the number of the group whose row stands for each.
    pub alike: BTreeMap<u64, u16>,
    /// What each such group is to its neighbours, and the row of the first; the others follow it.
    pub group_keys: Vec<u64>,
    pub first_group: u32,
}

impl Vocabulary for Words {
    fn row(&self, fingerprint: u64) -> Option<u32> {
        self.rows.get(&fingerprint).copied()
    }

    fn alike(&self, fingerprint: u64) -> Option<(u64, u32)> {
        let group = *self.alike.get(&fingerprint)?;
        Some((self.group_keys[usize::from(group)], self.first_group + u32::from(group)))
    }
}

/// Words that are used alike, in groups of three sizes. Each line: numbers of the large, middle and small group, words.
const ALIKE: &str = include_str!("words.txt");

/// The groups of a word, the large one first.
fn groups() -> HashMap<&'static str, [u64; 3]> {
    let mut groups = HashMap::new();
    for line in ALIKE.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let mut number =
            |size: u64| group(size, parts.next().and_then(|n| n.parse().ok()).unwrap_or(0));
        let of = [number(0), number(1), number(2)];
        groups.extend(parts.map(|word| (word, of)));
    }
    groups
}

impl Words {
    /// The words of the corpus that are seen often enough, the endings that stand for the others, and the classes.
    pub fn of(stories: &[&Story]) -> Self {
        let mut seen: BTreeMap<String, (u64, usize, BTreeSet<usize>)> = BTreeMap::new();
        for (number, story) in stories.iter().enumerate() {
            for block in &story.blocks {
                for (at, token) in block.notes.tokens.list.iter().enumerate() {
                    let small = !token.flags.contains(TokenFlags::CAPITAL)
                        || token.lex.contains(Lex::PRONOUN);
                    if small && matches!(token.kind, TokenKind::Word | TokenKind::Punct) {
                        let word = block.notes.tokens.text(&block.text, at).to_lowercase();
                        let entry =
                            seen.entry(word).or_insert_with(|| (token.hash, 0, BTreeSet::new()));
                        entry.1 += 1;
                        entry.2.insert(number);
                    }
                }
            }
        }
        let mut words = Self { keys: vec![0], atoms: vec![Vec::new()], ..Self::default() };
        for class in 0..CLASSES as u8 {
            words.push(scan::class_key(class), Vec::new());
        }
        let mut endings: BTreeMap<(u64, String), usize> = BTreeMap::new();
        let groups = groups();
        for (word, (key, count, stories)) in &seen {
            if *count >= WORD_COUNT && stories.len() > 1 {
                let mut atoms = affixes(word);
                let of = groups.get(word.as_str()).into_iter().flatten();
                atoms.extend(of.map(|key| Atom { key: *key, affix: true }));
                words.push(*key, atoms);
            } else {
                for (shape, key) in ENDINGS.iter().zip(scan::affix_keys(word, &ENDINGS)) {
                    let Some(ending) = word.get(word.len() - shape.1..).map(str::to_owned) else {
                        continue;
                    };
                    *endings.entry((key, ending)).or_default() += count;
                }
            }
        }
        for ((key, ending), _) in endings.iter().filter(|(_, count)| **count >= 6) {
            let shorter = scan::affix_keys(ending, &ENDINGS).filter(|k| k != key);
            let atoms = [*key].into_iter().chain(shorter).map(|key| Atom { key, affix: true });
            words.push(*key, atoms.collect());
        }
        words.stand_in(&groups);
        words
    }

    /// Gives the words that the corpus does not have the row of their group and ending.
    fn stand_in(&mut self, groups: &HashMap<&str, [u64; 3]>) {
        self.first_group = self.keys.len() as u32;
        let mut numbers: HashMap<u64, u16> = HashMap::new();
        let sorted: BTreeMap<&&str, &[u64; 3]> = groups.iter().collect();
        for (word, of) in sorted {
            let key = fingerprint(word);
            if self.rows.contains_key(&key) {
                continue;
            }
            let ending = scan::ending_key(word);
            let row_key = of[2] ^ ending.rotate_left(7);
            let group = *numbers.entry(row_key).or_insert_with(|| {
                let atoms = of.iter().chain([&ending]).map(|key| Atom { key: *key, affix: true });
                let row = self.keys.len();
                self.push(row_key, atoms.collect());
                assert_eq!(row + 1, self.keys.len(), "a group's key is some word's: {word}");
                self.group_keys.push(of[1]);
                self.group_keys.len() as u16 - 1
            });
            self.alike.insert(key, group);
        }
    }

    fn push(&mut self, key: u64, mut atoms: Vec<Atom>) {
        if self.rows.contains_key(&key) {
            return;
        }
        self.rows.insert(key, self.keys.len() as u32);
        self.keys.push(key);
        atoms.insert(0, Atom { key, affix: false });
        self.atoms.push(atoms);
    }
}

/// The key of a group of words.
fn group(size: u64, number: u64) -> u64 {
    // 32 bits, as the file of weights has them.
    u64::from(0x9e37_79b1_u32.wrapping_mul((number * 4 + size + 1) as u32))
}

fn affixes(word: &str) -> Vec<Atom> {
    scan::affix_keys(word, &AFFIXES).map(|key| Atom { key, affix: true }).collect()
}

/// Numbers for features: dense ones keep theirs, the others get the next.
pub struct Numbers {
    dense: u32,
    map: HashMap<(Kind, u64, u8), u32>,
    counts: Vec<u32>,
}

/// The kinds of features that are numbered as they come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    Word,
    Affix,
    Pair,
    Head,
}

impl Numbers {
    fn new(dense: usize) -> Self {
        Self { dense: dense as u32, map: HashMap::new(), counts: vec![u32::MAX / 2; dense] }
    }

    fn intern(&mut self, kind: Kind, key: u64, slot: usize) -> u32 {
        let next = self.dense + self.map.len() as u32;
        let number = *self.map.entry((kind, key, slot as u8)).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }

    /// The number of a feature, if it was kept.
    pub fn get(&self, kind: Kind, key: u64, slot: usize) -> Option<usize> {
        self.map.get(&(kind, key, slot as u8)).map(|n| *n as usize)
    }

    /// The keys of a kind, sorted.
    pub fn keys(&self, kind: Kind) -> BTreeSet<u64> {
        self.map.keys().filter(|k| k.0 == kind).map(|k| k.1).collect()
    }

    /// Drops seldom features and numbers the others anew; rewrites the problem.
    fn settle(&mut self, problem: &mut Problem) {
        let mut renumbered = vec![u32::MAX; self.counts.len()];
        let mut next = 0;
        for (old, count) in self.counts.iter().enumerate() {
            if *count >= FEATURE_COUNT {
                renumbered[old] = next;
                next += 1;
            }
        }
        self.map.retain(|_, number| {
            *number = renumbered[*number as usize];
            *number != u32::MAX
        });
        let old = std::mem::take(&mut problem.pool);
        let mut rewrite = |range: &mut Range<u32>| {
            let start = problem.pool.len() as u32;
            let kept = old[range.start as usize..range.end as usize]
                .iter()
                .map(|n| renumbered[*n as usize]);
            problem.pool.extend(kept.filter(|n| *n != u32::MAX));
            *range = start..problem.pool.len() as u32;
        };
        for group in &mut problem.groups {
            group.local.iter_mut().for_each(&mut rewrite);
            group
                .sequences
                .iter_mut()
                .flat_map(|s| &mut s.tokens)
                .for_each(|t| rewrite(&mut t.more));
        }
        problem.features = next as usize;
    }
}

struct Collector<'a> {
    numbers: &'a mut Numbers,
    words: &'a Words,
    scan: &'a Scan,
    affix_slots: &'a [usize],
    head: u64,
    out: &'a mut Vec<u32>,
}

impl Sink for Collector<'_> {
    fn dense(&mut self, feature: usize) {
        self.out.push(feature as u32);
    }

    fn word(&mut self, slot: usize, at: usize) {
        let Some(cell) = self.scan.get(at) else { return };
        for atom in &self.words.atoms[cell.row as usize] {
            let kind = if atom.affix { Kind::Affix } else { Kind::Word };
            if !atom.affix || self.affix_slots.contains(&slot) {
                self.out.push(self.numbers.intern(kind, atom.key, slot));
            }
        }
    }

    fn pair(&mut self, slot: usize, at: usize) {
        let Some(next) = at.checked_add(1) else { return };
        if let (Some(left), Some(right)) = (self.scan.get(at), self.scan.get(next)) {
            let key = copydesk::annotate::attribution::model::pair_tag(left.word, right.word);
            self.out.push(self.numbers.intern(Kind::Pair, u64::from(key), slot));
        }
    }

    fn head(&mut self, slot: usize) {
        self.out.push(self.numbers.intern(Kind::Head, self.head, slot));
    }
}

fn scan_of(block: &Block, words: &Words) -> Scan {
    let notes = &block.notes;
    Scan::new(&block.text, &notes.tokens, &notes.sentences, &notes.quotations, words)
}

/// What the features of one block are collected with.
#[derive(Clone, Copy)]
struct Collect<'a> {
    words: &'a Words,
    scan: &'a Scan,
    affix_slots: &'a [usize],
    /// The key of the cue's head; 0 where no cue is looked at.
    head: u64,
}

impl Collect<'_> {
    /// Appends the features that `fill` names to the pool and returns where they are.
    fn into_pool(
        self,
        pool: &mut Vec<u32>,
        numbers: &mut Numbers,
        fill: impl FnOnce(&mut Collector<'_>),
    ) -> Range<u32> {
        let start = pool.len() as u32;
        let Self { words, scan, affix_slots, head } = self;
        fill(&mut Collector { numbers, words, scan, affix_slots, head, out: pool });
        start..pool.len() as u32
    }
}

/// The problem of the cue model.
pub fn cues(stories: &[&Story], words: &Words) -> (Problem, Numbers) {
    let mut numbers = Numbers::new(f::CUE_DENSE);
    let mut allowed = vec![true; 9];
    allowed[2] = false;
    let mut problem = Problem {
        labels: f::CUE_LABELS,
        edges: 1,
        features: 0,
        pool: Vec::new(),
        groups: Vec::new(),
        allowed,
        only_nothing: vec![false],
    };
    for story in stories {
        for block in &story.blocks {
            let scan = scan_of(block, words);
            let mut gold = vec![0u8; scan.cells.len()];
            for cue in story.marks.iter().flat_map(|m| &m.cue) {
                for (number, at) in block.tokens(*cue).iter().enumerate() {
                    gold[at] = if number == 0 { 1 } else { 2 };
                }
            }
            for at in 0..gold.len() {
                if gold[at] == 2 && (at == 0 || gold[at - 1] == 0) {
                    gold[at] = 1;
                }
            }
            let collect = Collect { words, scan: &scan, affix_slots: &f::CUE_AFFIX_SLOTS, head: 0 };
            let local = (0..scan.cells.len())
                .map(|at| {
                    collect.into_pool(&mut problem.pool, &mut numbers, |sink| {
                        f::cue_first(&scan, at, sink);
                        f::cue_rest(&scan, at, sink);
                        f::cue_around(at, sink);
                    })
                })
                .collect();
            let tokens =
                gold.iter().map(|gold| Step { more: 0..0, edge: 0, gold: *gold }).collect();
            problem.groups.push(Group { local, sequences: vec![Sequence { from: 0, tokens }] });
        }
    }
    numbers.settle(&mut problem);
    (problem, numbers)
}

/// For each block the candidates for a cue that a model sees which has not learnt from the story.
pub type Guess = Vec<Vec<Candidate>>;

/// The problem of the role model, on the marked cues among the guessed ones.
pub fn roles(stories: &[(&Story, &Guess)], words: &Words) -> (Problem, Numbers) {
    let mut numbers = Numbers::new(f::ROLE_DENSE);
    let l = f::ROLE_LABELS;
    let mut allowed = vec![true; l * l];
    for from in 0..l {
        allowed[from * l + 2] = matches!(from, 1 | 2);
        allowed[from * l + 4] = matches!(from, 3 | 4);
    }
    let mut problem = Problem {
        labels: l,
        edges: f::ROLE_EDGES,
        features: 0,
        pool: Vec::new(),
        groups: Vec::new(),
        allowed,
        only_nothing: (0..f::ROLE_EDGES).map(|edge| edge / 9 == 1).collect(),
    };
    for (story, guess) in stories {
        for (block, guessed) in story.blocks.iter().zip(*guess) {
            let mut scan = scan_of(block, words);
            let mut wanted = vec![false; scan.cells.len()];
            let mut sequences = Vec::new();
            for mark in &story.marks {
                let Some(cue) =
                    mark.cue.first().map(|c| block.tokens(*c)).filter(|c| !c.is_empty())
                else {
                    continue;
                };
                let (start, end) = (cue.start as usize, cue.end as usize);
                let (low, high) = window(&scan, start, end);
                let mut gold = vec![0u8; scan.cells.len()];
                for (pieces, opens) in
                    [(&mark.content, label::CONTENT_OPENS), (&mark.source, label::SOURCE_OPENS)]
                {
                    for piece in pieces {
                        for (number, at) in block.tokens(*piece).iter().enumerate() {
                            gold[at] = if number == 0 { opens } else { opens + 1 };
                        }
                    }
                }
                gold[start..end].fill(0);
                let mut before = 0;
                for label in &mut gold[low..high] {
                    if matches!(label, 2 | 4) && before != *label && before != *label - 1 {
                        *label -= 1;
                    }
                    before = *label;
                }
                let others = guessed.iter().filter(|c| c.end <= start || end <= c.start);
                scan.mark_cues(others.map(|c| (c.start..c.end, c.probability)));
                let view = CueView::new(&scan, start, end);
                let head = scan.get(view.head).map_or(0, |cell| words.keys[cell.row as usize]);
                let collect =
                    Collect { words, scan: &scan, affix_slots: &f::ROLE_AFFIX_SLOTS, head };
                let tokens = (low..high)
                    .map(|at| {
                        wanted[at] = true;
                        let more = collect.into_pool(&mut problem.pool, &mut numbers, |sink| {
                            f::role_relational(&scan, &view, at, sink);
                        });
                        Step { more, edge: f::role_edge(&scan, &view, at) as u8, gold: gold[at] }
                    })
                    .collect();
                sequences.push(Sequence { from: low, tokens });
            }
            if sequences.is_empty() {
                continue;
            }
            let collect =
                Collect { words, scan: &scan, affix_slots: &f::ROLE_AFFIX_SLOTS, head: 0 };
            let local = (0..scan.cells.len())
                .map(|at| {
                    collect.into_pool(&mut problem.pool, &mut numbers, |sink| {
                        if wanted[at] {
                            f::role_local(&scan, at, sink);
                        }
                    })
                })
                .collect();
            problem.groups.push(Group { local, sequences });
        }
    }
    numbers.settle(&mut problem);
    (problem, numbers)
}
