//! The first model: which words attribute something. A linear-chain model over the paragraph gives each token the
//! probability that it opens or continues a cue; candidates are the stretches where that is not small.

use super::features::{self, CUE_LABELS};
use super::model::{CueScore, Model};
use super::scan::Scan;

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

/// For each token the probabilities that it opens a cue and that it continues one.
pub fn marginals(model: &Model, scan: &Scan, pairs: &[u32]) -> Vec<[f32; 2]> {
    let hopeless = (HOPELESS / model.cue_scale) as i32;
    let emissions: Vec<[f32; CUE_LABELS]> = (0..scan.cells.len())
        .map(|at| {
            let mut score = CueScore { model, scan, pairs, sum: [0; 2] };
            features::cue_first(scan, at, &mut score);
            if score.sum[0].max(score.sum[1]) >= hopeless {
                features::cue_rest(scan, at, &mut score);
            } else {
                return [1.0, 0.0, 0.0];
            }
            let factor = |sum: i32| exp(sum as f32 * model.cue_scale);
            [1.0, factor(score.sum[0]), factor(score.sum[1])]
        })
        .collect();
    forward_backward(&emissions, &model.cue_edges)
}

/// Posterior probabilities of the labels 1 and 2. Both passes are scaled to sum 1 at each token, so nothing overflows.
fn forward_backward(emissions: &[[f32; 3]], edges: &[f32; 9]) -> Vec<[f32; 2]> {
    let mut alphas = Vec::with_capacity(emissions.len());
    let mut alpha = [1.0, 0.0, 0.0];
    for emission in emissions {
        let mut next = [0.0; 3];
        for (to, value) in next.iter_mut().enumerate() {
            let sum = alpha[0] * edges[to] + alpha[1] * edges[3 + to] + alpha[2] * edges[6 + to];
            *value = sum * emission[to];
        }
        alpha = normal(next);
        alphas.push(alpha);
    }
    let mut beta = [1.0f32; 3];
    let mut out = vec![[0.0; 2]; emissions.len()];
    for (at, emission) in emissions.iter().enumerate().rev() {
        let a = alphas[at];
        let posterior = normal([a[0] * beta[0], a[1] * beta[1], a[2] * beta[2]]);
        out[at] = [posterior[1], posterior[2]];
        let ahead = [emission[0] * beta[0], emission[1] * beta[1], emission[2] * beta[2]];
        let mut next = [0.0; 3];
        for (from, value) in next.iter_mut().enumerate() {
            let row = &edges[from * 3..from * 3 + 3];
            *value = row[0] * ahead[0] + row[1] * ahead[1] + row[2] * ahead[2];
        }
        beta = normal(next);
    }
    out
}

#[inline]
fn normal(v: [f32; 3]) -> [f32; 3] {
    let sum = v[0] + v[1] + v[2];
    if sum > 0.0 { [v[0] / sum, v[1] / sum, v[2] / sum] } else { [1.0, 0.0, 0.0] }
}

/// e to the `x`, within 1e-4 and the same on every machine; `x` is clamped to what a probability can use.
#[inline]
pub fn exp(x: f32) -> f32 {
    let y = x.clamp(-60.0, 60.0) * std::f32::consts::LOG2_E;
    let whole = (y + 128.0) as i32 - 128;
    let part = y - whole as f32;
    let curve = 1.0
        + part
            * (std::f32::consts::LN_2
                + part * (0.240_227 + part * (0.055_504 + part * (0.009_618 + part * 0.001_333))));
    curve * f32::from_bits(((whole + 127) as u32) << 23)
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
