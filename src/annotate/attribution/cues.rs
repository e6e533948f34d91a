//! The first model: which words attribute something. A linear-chain model over the paragraph gives each token the
//! probability that it opens or continues a cue; candidates are the stretches where that is not small.

use super::features::{self, CUE_LABELS};
use super::model::Model;
use super::scan::Scan;
use super::tables::NO_CUE;

/// A stretch of tokens that may be a cue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The highest probability of its tokens, 0 to 1.
    pub probability: f32,
}

/// Where a token's first features score below this, the others do not make a cue of it.
const HOPELESS: f32 = -3.0;

/// The labels of a place, with one more lane so that they fill a register.
type Lanes = [f32; 4];

/// For each token the probabilities that it opens a cue and that it continues one.
///
/// Tokens whose first features speak clearly against a cue count as certain to be none. What stands before one then tells
/// nothing about what stands after it, so that only the islands between them need the passes forward and back.
pub fn marginals(model: &Model, scan: &Scan, pairs: &[u32]) -> Vec<[f32; 2]> {
    let least = (HOPELESS / model.cue_scale) as i32;
    let scores = model.cue.scores(scan, pairs, least);
    let mut out = factors(&scores[features::HERE..][..scan.cells.len()], model.cue_scale);
    let mut chain = Chain::new(&model.cue_edges);
    let mut rest = out.as_mut_slice();
    while let Some(first) = rest.iter().position(|place| place[0] > 0.0) {
        rest = &mut rest[first..];
        let length = rest.iter().position(|place| place[0] == 0.0);
        let (island, after) = rest.split_at_mut(length.unwrap_or(rest.len()));
        let beta = if length.is_some() { chain.before_none } else { [1.0, 1.0, 1.0, 0.0] };
        chain.posteriors(island, beta);
        rest = after;
    }
    out
}

/// What the features say of each token, as factors of the labels 1 and 2; 0 where it is certain to be no cue.
fn factors(scores: &[[i32; 2]], scale: f32) -> Vec<[f32; 2]> {
    let mut out = vec![[0.0; 2]; scores.len()];
    // One plain loop over plain numbers, so that the compiler works out several at once.
    for (factor, score) in out.as_flattened_mut().iter_mut().zip(scores.as_flattened()) {
        let value = exp(*score as f32 * scale);
        *factor = if *score == NO_CUE[0] { 0.0 } else { value };
    }
    out
}

/// Between these the sum of a place's probabilities is left as it is: to scale them at each token takes long, and never
/// to scale them overflows.
const SCALED: std::ops::RangeInclusive<f32> = 1e-6..=1e6;

/// The passes forward and back.
struct Chain {
    /// For each label the factors of the transitions from it.
    from: [Lanes; CUE_LABELS],
    /// For each label the factors of the transitions to it.
    to: [Lanes; CUE_LABELS],
    /// What stands before a token that is certain to be no cue.
    before_none: Lanes,
    /// The forward probabilities of an island; kept for its memory alone.
    alpha: Vec<Lanes>,
}

impl Chain {
    fn new(edges: &[f32; 9]) -> Self {
        let from =
            |label: usize| [edges[label * 3], edges[label * 3 + 1], edges[label * 3 + 2], 0.0];
        let to = |label: usize| [edges[label], edges[3 + label], edges[6 + label], 0.0];
        Self {
            from: [from(0), from(1), from(2)],
            to: [to(0), to(1), to(2)],
            before_none: to(0),
            alpha: Vec::new(),
        }
    }

    /// From factors to posterior probabilities of the labels 1 and 2, on an island that no cue runs into; `beta` is what
    /// follows it.
    fn posteriors(&mut self, island: &mut [[f32; 2]], mut beta: Lanes) {
        let mut alpha = [1.0, 0.0, 0.0, 0.0];
        self.alpha.clear();
        self.alpha.reserve(island.len());
        for [opens, goes_on] in island.iter() {
            let next = weigh(&self.from, &alpha);
            alpha = scaled([next[0], next[1] * opens, next[2] * goes_on, 0.0]);
            self.alpha.push(alpha);
        }
        for (place, alpha) in island.iter_mut().zip(&self.alpha).rev() {
            let [opens, goes_on] = *place;
            let both = [alpha[0] * beta[0], alpha[1] * beta[1], alpha[2] * beta[2]];
            let sum = both[0] + both[1] + both[2];
            *place = if sum > 0.0 { [both[1] / sum, both[2] / sum] } else { [0.0; 2] };
            beta = scaled(weigh(&self.to, &[beta[0], beta[1] * opens, beta[2] * goes_on, 0.0]));
        }
    }
}

/// The sum of the rows, each weighed by its label's lane.
#[inline]
fn weigh(rows: &[Lanes; CUE_LABELS], by: &Lanes) -> Lanes {
    let mut out = [0.0; 4];
    for (lane, out) in out.iter_mut().enumerate() {
        *out = rows[0][lane] * by[0] + rows[1][lane] * by[1] + rows[2][lane] * by[2];
    }
    out
}

/// The same proportions, with a sum that the next step can work with.
#[inline]
fn scaled(v: Lanes) -> Lanes {
    let sum = v[0] + v[1] + v[2];
    if SCALED.contains(&sum) {
        v
    } else if sum > 0.0 {
        v.map(|value| value / sum)
    } else {
        [1.0, 0.0, 0.0, 0.0]
    }
}

/// e to the `x`, within 2e-4 and the same on every machine; `x` is clamped to what a probability can use.
#[inline]
pub fn exp(x: f32) -> f32 {
    /// Numbers near this one are whole, and their lowest bits are the distance to it: the quickest way to round.
    const WHOLE: f32 = 12_582_912.0;
    let y = x.clamp(-60.0, 60.0) * std::f32::consts::LOG2_E;
    let shifted = (y - 0.5) + WHOLE;
    let part = y - (shifted - WHOLE);
    let curve = 1.0
        + part
            * (std::f32::consts::LN_2
                + part * (0.240_227 + part * (0.055_504 + part * (0.009_618 + part * 0.001_333))));
    curve * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()))
}

/// The stretches whose probability reaches `least`, split where a new cue opens and trimmed around their peak.
pub fn candidates(scan: &Scan, marginals: &[[f32; 2]], least: f32) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < marginals.len() {
        if marginals[at][0] + marginals[at][1] < least {
            at += 1;
            continue;
        }
        let start = at;
        let sentence = scan.cells[at].sentence;
        at += 1;
        while at < marginals.len()
            && marginals[at][0] + marginals[at][1] >= least
            && marginals[at][0] <= 0.8
            && scan.cells[at].sentence == sentence
        {
            at += 1;
        }
        out.push(trim(marginals, start, at));
    }
    out
}

/// Cuts tokens below a quarter of the peak from both ends.
fn trim(marginals: &[[f32; 2]], mut start: usize, mut end: usize) -> Candidate {
    let sum = |at: usize| marginals[at][0] + marginals[at][1];
    let peak = (start..end).map(sum).fold(0.0, f32::max);
    while start + 1 < end && sum(start) < peak / 4.0 {
        start += 1;
    }
    while end > start + 1 && sum(end - 1) < peak / 4.0 {
        end -= 1;
    }
    Candidate { start, end, probability: peak.min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths one by one: the probability that each place opens a cue or continues one.
    fn by_hand(edges: &[f32; 9], island: &[[f32; 2]], beta: [f64; 3]) -> Vec<[f64; 2]> {
        let mut sums = vec![[0.0; 3]; island.len()];
        for number in 0..3_usize.pow(island.len() as u32) {
            let label = |at: usize| number / 3_usize.pow(at as u32) % 3;
            let mut weight = beta[label(island.len() - 1)];
            for (at, place) in island.iter().enumerate() {
                let before = if at == 0 { 0 } else { label(at - 1) };
                weight *= f64::from(edges[before * 3 + label(at)]);
                weight *= [1.0, f64::from(place[0]), f64::from(place[1])][label(at)];
            }
            (0..island.len()).for_each(|at| sums[at][label(at)] += weight);
        }
        let part = |s: &[f64; 3]| [s[1] / s.iter().sum::<f64>(), s[2] / s.iter().sum::<f64>()];
        sums.iter().map(part).collect()
    }

    #[test]
    fn both_passes_count_all_paths() {
        let edges = [0.9, 0.3, 0.0, 0.6, 0.1, 0.7, 0.8, 0.2, 0.5];
        for strength in [1.0, 1e-7, 1e7, 1e-14, 1e14] {
            let one = |at: usize| [strength * (at as f32 + 0.5), 0.4 / (at as f32 + 1.0)];
            let mut island: Vec<_> = (0..7).map(one).collect();
            let wanted = by_hand(&edges, &island, [0.9, 0.6, 0.8]);
            Chain::new(&edges).posteriors(&mut island, [0.9, 0.6, 0.8, 0.0]);
            for (found, wanted) in island.as_flattened().iter().zip(wanted.as_flattened()) {
                assert!((f64::from(*found) - wanted).abs() < 1e-5, "{strength}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn exp_is_e_to_the_x() {
        for step in -5900..=5900 {
            let x = step as f32 / 100.0;
            let ratio = f64::from(exp(x)) / f64::from(x).exp();
            assert!((ratio - 1.0).abs() < 2e-4, "{x}: {ratio}");
        }
        assert!(exp(f32::MAX).is_finite() && exp(f32::MIN) > 0.0);
    }
}
