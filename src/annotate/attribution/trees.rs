//! Boosted decision trees: how they are stored and asked. They are grown in `tests/train/trees.rs`.

use super::cues::exp;

/// One question: whether a feature is at most a threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Number of the feature.
    pub feature: u8,
    /// Where to go on if it is: a split of the same tree, or a leaf from [`LEAF`] on.
    pub yes: u8,
    /// Where to go on if it is not, in the same way.
    pub no: u8,
    /// The threshold.
    pub most: f32,
}

/// From this number on a branch of a [`Split`] ends in a leaf.
pub const LEAF: u8 = 128;

/// One tree: its first split is its root. A tree without splits is its first leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// The questions; each leads to later ones alone.
    pub splits: Vec<Split>,
    /// What the tree says, as log odds.
    pub leaves: Vec<f32>,
}

/// Trees whose answers are added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Tree {
    /// What the tree says of these features; 0 where it is malformed.
    pub fn answer(&self, features: &[f32]) -> f32 {
        let mut at = if self.splits.is_empty() { LEAF } else { 0 };
        while at < LEAF {
            let Some(split) = self.splits.get(usize::from(at)) else { return 0.0 };
            let value = features.get(usize::from(split.feature)).copied().unwrap_or_default();
            let next = if value <= split.most { split.yes } else { split.no };
            // Branches lead onwards, so that no file can make this run for ever.
            if next <= at {
                return 0.0;
            }
            at = next;
        }
        self.leaves.get(usize::from(at - LEAF)).copied().unwrap_or(0.0)
    }
}

impl Forest {
    /// Reads trees off the front of `bytes`; `None` where they are cut short.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut forest = Self::default();
        for _ in 0..word(bytes)? {
            let mut tree = Tree::default();
            for _ in 0..word(bytes)? {
                let (head, rest) = bytes.split_first_chunk::<3>()?;
                *bytes = rest;
                let [feature, yes, no] = *head;
                tree.splits.push(Split { feature, yes, no, most: f32::from_bits(word(bytes)?) });
            }
            for _ in 0..word(bytes)? {
                tree.leaves.push(f32::from_bits(word(bytes)?));
            }
            forest.trees.push(tree);
        }
        Some(forest)
    }

    /// Appends the trees to `out`, in the form that [`read`](Self::read) takes.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.trees.len() as u32).to_le_bytes());
        for tree in &self.trees {
            out.extend((tree.splits.len() as u32).to_le_bytes());
            for split in &tree.splits {
                out.extend([split.feature, split.yes, split.no]);
                out.extend(split.most.to_bits().to_le_bytes());
            }
            out.extend((tree.leaves.len() as u32).to_le_bytes());
            tree.leaves.iter().for_each(|leaf| out.extend(leaf.to_bits().to_le_bytes()));
        }
    }

    /// The log odds that the trees together give.
    pub fn odds(&self, features: &[f32]) -> f32 {
        self.trees.iter().map(|tree| tree.answer(features)).sum()
    }
}

/// A forest as it is asked fastest: all questions in one table, and four trees walked side by side. A leaf leads to itself, so
/// that nothing has to be told where a walk ends, and no walk waits for another.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    nodes: Vec<Node>,
    /// The trees, four by four; trees that are nothing fill up the last.
    roots: Vec<[Root; 4]>,
}

/// A question, or a leaf.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The threshold, or what the leaf says.
    value: f32,
    /// Number of the feature.
    feature: u8,
    /// Where to go on if the feature is more, and if it is not: numbers in the same tree.
    next: [u8; 2],
}

/// Where a tree stands.
#[derive(Clone, Copy, Debug, Default)]
struct Root {
    /// Number of its first node.
    first: u32,
    /// Questions from its root to its furthest leaf.
    depth: u8,
}

impl Flat {
    /// The same forest; what is malformed in it says 0.
    pub fn new(forest: &Forest) -> Self {
        // The first node is a tree that is nothing.
        let mut flat = Self { nodes: vec![Node::default()], roots: Vec::new() };
        let roots: Vec<Root> = forest.trees.iter().map(|tree| flat.add(tree)).collect();
        let fours = roots.chunks(4).map(|some| {
            let mut four = [Root::default(); 4];
            four[..some.len()].copy_from_slice(some);
            four
        });
        flat.roots = fours.collect();
        flat
    }

    fn add(&mut self, tree: &Tree) -> Root {
        let splits = &tree.splits[..tree.splits.len().min(usize::from(LEAF) - 1)];
        let leaves = &tree.leaves[..tree.leaves.len().min(usize::from(LEAF))];
        // Behind the leaves stands one for what is malformed.
        let nothing = splits.len() + leaves.len();
        let place = |at: usize, branch: u8| match branch.checked_sub(LEAF).map(usize::from) {
            Some(leaf) if leaf < leaves.len() => splits.len() + leaf,
            None if usize::from(branch) > at && usize::from(branch) < splits.len() => {
                usize::from(branch)
            }
            _ => nothing,
        };
        let mut depths = vec![0u8; nothing + 1];
        for (at, split) in splits.iter().enumerate().rev() {
            let branches = [split.no, split.yes].map(|branch| depths[place(at, branch)]);
            depths[at] = 1 + branches[0].max(branches[1]);
        }
        let first = self.nodes.len() as u32;
        self.nodes.extend(splits.iter().enumerate().map(|(at, split)| {
            let next = [split.no, split.yes].map(|branch| place(at, branch) as u8);
            Node { value: split.most, feature: split.feature, next }
        }));
        let ends = leaves.iter().copied().chain([0.0]).zip(splits.len()..);
        self.nodes.extend(ends.map(|(value, at)| Node { value, feature: 0, next: [at as u8; 2] }));
        Root { first, depth: depths[0] }
    }

    fn node(&self, root: Root, at: u8) -> Node {
        self.nodes.get(root.first as usize + usize::from(at)).copied().unwrap_or_default()
    }

    /// The probability that the trees together give, 0 to 1.
    pub fn probability(&self, features: &[f32]) -> f32 {
        1.0 / (1.0 + exp(-self.odds(features)))
    }

    /// The log odds that the trees together give.
    fn odds(&self, features: &[f32]) -> f32 {
        let mut sum = 0.0;
        for four in &self.roots {
            let mut at = [0u8; 4];
            let depth = four.iter().map(|root| root.depth).max().unwrap_or(0);
            for _ in 0..depth {
                for (at, root) in at.iter_mut().zip(four) {
                    let node = self.node(*root, *at);
                    let value = features.get(usize::from(node.feature)).copied();
                    *at = node.next[usize::from(value.unwrap_or_default() <= node.value)];
                }
            }
            for (at, root) in at.iter().zip(four) {
                sum += self.node(*root, *at).value;
            }
        }
        sum
    }
}

/// The next four bytes, little end first.
fn word(bytes: &mut &[u8]) -> Option<u32> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(feature: u8, most: f32, yes: u8, no: u8) -> Split {
        Split { feature, yes, no, most }
    }

    #[test]
    fn a_tree_is_walked_from_its_root() {
        let splits = vec![split(0, 0.5, LEAF, 1), split(1, 2.0, LEAF + 1, LEAF + 2)];
        let tree = Tree { splits, leaves: vec![-1.0, 0.5, 2.0] };
        assert_eq!(tree.answer(&[0.5, 9.0]), -1.0);
        assert_eq!(tree.answer(&[0.6, 2.0]), 0.5);
        assert_eq!(tree.answer(&[0.6, 2.1]), 2.0);
        let forest = Forest { trees: vec![tree.clone(), tree] };
        let flat = Flat::new(&forest);
        for features in [[0.5, 9.0], [0.6, 2.0], [0.6, 2.1], [f32::NAN, 0.0]] {
            assert_eq!(flat.odds(&features), forest.odds(&features));
        }
        assert!((flat.probability(&[0.6, 2.1]) - 0.982).abs() < 1e-3);
        assert!((Flat::default().probability(&[]) - 0.5).abs() < 1e-3);
    }

    #[test]
    fn a_malformed_tree_ends() {
        let mut tree = Tree { splits: vec![split(3, 0.0, 0, 0)], leaves: Vec::new() };
        assert_eq!(tree.answer(&[]), 0.0);
        assert_eq!(Flat::new(&Forest { trees: vec![tree.clone()] }).odds(&[]), 0.0);
        tree.splits = vec![split(0, 0.0, LEAF + 7, 9)];
        assert_eq!(Flat::new(&Forest { trees: vec![tree] }).odds(&[1.0]), 0.0);
        assert_eq!(Flat::default().odds(&[]), 0.0);
        assert_eq!(Tree::default().answer(&[]), 0.0);
    }
}
