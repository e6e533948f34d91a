//! Gradient boosting: trees grown leaf by leaf on a second-order approximation of the logistic loss (Friedman, 2001;
//! Chen and Guestrin, 2016), with features sorted into bins.

use copydesk::annotate::attribution::trees::{Forest, LEAF, Split, Tree};

/// One row.
pub struct Example {
    pub features: Vec<f32>,
    pub yes: bool,
    /// What it counts, where most count 1.
    pub counts: f64,
    /// Log odds that the trees start from.
    pub start: f64,
}

/// How the trees are grown.
pub struct Growth {
    pub trees: usize,
    pub leaves: usize,
    /// The share of each tree's answer that is taken.
    pub rate: f64,
    /// Rows that a leaf must hold.
    pub least: usize,
    /// The penalty on the squares of the answers.
    pub ridge: f64,
}

/// Bins that a feature is sorted into.
const BINS: usize = 64;

/// The rows of a leaf that is not yet split, and the best way to.
struct Open {
    rows: Vec<u32>,
    /// Gain, feature, bin.
    best: Option<(f64, usize, usize)>,
    /// Where its number is written once it is known what it becomes: split and branch.
    parent: Option<(usize, bool)>,
}

struct Grower<'a> {
    growth: &'a Growth,
    /// For each feature the upper ends of its bins.
    ends: Vec<Vec<f32>>,
    /// For each feature the bin of each row.
    bins: Vec<Vec<u8>>,
    slopes: Vec<(f64, f64)>,
}

/// Grows the trees.
pub fn grow(examples: &[Example], growth: &Growth) -> Forest {
    let width = examples.first().map_or(0, |e| e.features.len());
    let ends: Vec<Vec<f32>> = (0..width).map(|f| ends(examples, f)).collect();
    let bin = |f: usize, e: &Example| ends[f].partition_point(|end| *end < e.features[f]) as u8;
    let bins = (0..width).map(|f| examples.iter().map(|e| bin(f, e)).collect()).collect();
    let mut grower = Grower { growth, ends, bins, slopes: Vec::new() };
    let mut odds: Vec<f64> = examples.iter().map(|e| e.start).collect();
    let mut forest = Forest::default();
    for _ in 0..growth.trees {
        let slope = |(o, e): (&f64, &Example)| {
            let p = 1.0 / (1.0 + (-o).exp());
            let slope = p - f64::from(u8::from(e.yes));
            (e.counts * slope, e.counts * (p * (1.0 - p)).max(1e-9))
        };
        grower.slopes = odds.iter().zip(examples).map(slope).collect();
        let tree = grower.tree();
        for (odds, example) in odds.iter_mut().zip(examples) {
            *odds += f64::from(tree.answer(&example.features));
        }
        forest.trees.push(tree);
    }
    forest
}

/// The upper ends of a feature's bins: places between values, so that each bin holds about as many rows.
fn ends(examples: &[Example], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = examples.iter().map(|e| e.features[feature]).collect();
    values.sort_by(f32::total_cmp);
    let mut ends = Vec::new();
    for bin in 1..BINS {
        let at = bin * values.len() / BINS;
        if let Some(next) = values[at..].iter().find(|v| **v > values[at]) {
            ends.push((values[at] + next) / 2.0);
        }
    }
    ends.dedup();
    ends
}

impl Grower<'_> {
    fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        let rows: Vec<u32> = (0..self.slopes.len() as u32).collect();
        let mut open = vec![self.open(rows, None)];
        let mut done: Vec<Open> = Vec::new();
        while open.len() + done.len() < self.growth.leaves {
            let gain = |o: &Open| o.best.map_or(0.0, |b| b.0);
            let Some(at) =
                (0..open.len()).max_by(|a, b| gain(&open[*a]).total_cmp(&gain(&open[*b])))
            else {
                break;
            };
            let leaf = open.swap_remove(at);
            let Some((_, feature, bin)) = leaf.best else {
                done.push(leaf);
                continue;
            };
            let number = tree.splits.len();
            let most = self.ends[feature][bin];
            tree.splits.push(Split { feature: feature as u8, yes: 0, no: 0, most });
            hang(&mut tree, leaf.parent, number as u8);
            let (yes, no): (Vec<u32>, Vec<u32>) = leaf
                .rows
                .iter()
                .partition(|row| usize::from(self.bins[feature][**row as usize]) <= bin);
            open.push(self.open(yes, Some((number, true))));
            open.push(self.open(no, Some((number, false))));
        }
        done.extend(open);
        for leaf in done {
            let (g, h) = self.sum(&leaf.rows);
            let number = LEAF + tree.leaves.len() as u8;
            hang(&mut tree, leaf.parent, number);
            tree.leaves.push((-self.growth.rate * g / (h + self.growth.ridge)) as f32);
        }
        tree
    }

    fn sum(&self, rows: &[u32]) -> (f64, f64) {
        rows.iter().fold((0.0, 0.0), |(g, h), row| {
            let slope = self.slopes[*row as usize];
            (g + slope.0, h + slope.1)
        })
    }

    fn open(&self, rows: Vec<u32>, parent: Option<(usize, bool)>) -> Open {
        let all = self.sum(&rows);
        let score = |(g, h): (f64, f64)| g * g / (h + self.growth.ridge);
        let mut best: Option<(f64, usize, usize)> = None;
        for (feature, bins) in self.bins.iter().enumerate() {
            let mut sums = [(0.0, 0.0, 0usize); BINS];
            for row in &rows {
                let sum = &mut sums[usize::from(bins[*row as usize])];
                let slope = self.slopes[*row as usize];
                *sum = (sum.0 + slope.0, sum.1 + slope.1, sum.2 + 1);
            }
            let mut left = (0.0, 0.0, 0);
            for (bin, sum) in sums.iter().enumerate().take(self.ends[feature].len()) {
                left = (left.0 + sum.0, left.1 + sum.1, left.2 + sum.2);
                if left.2 < self.growth.least || rows.len() - left.2 < self.growth.least {
                    continue;
                }
                let right = (all.0 - left.0, all.1 - left.1);
                let gain = score((left.0, left.1)) + score(right) - score(all);
                if gain > best.map_or(1e-6, |b| b.0) {
                    best = Some((gain, feature, bin));
                }
            }
        }
        Open { rows, best, parent }
    }
}

/// Writes the number of a split or leaf where its parent looks for it.
fn hang(tree: &mut Tree, parent: Option<(usize, bool)>, number: u8) {
    if let Some((split, yes)) = parent {
        let split = &mut tree.splits[split];
        *(if yes { &mut split.yes } else { &mut split.no }) = number;
    }
}
