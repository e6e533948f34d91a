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

/// A token that may belong to a cue.
struct Place {
    /// What the features say, as factors of the labels.
    emission: [f32; CUE_LABELS],
    /// The forward probabilities.
    alpha: [f32; CUE_LABELS],
}

/// For each token the probabilities that it opens a cue and that it continues one.
///
/// Tokens whose first features speak clearly against a cue count as certain to be none. What stands before one then tells
/// nothing about what stands after it, so that only the islands between them need the passes forward and back.
pub fn marginals(model: &Model, scan: &Scan, pairs: &[u32]) -> Vec<[f32; 2]> {
    let mut out = vec![[0.0; 2]; scan.cells.len()];
    let hopeless = (HOPELESS / model.cue_scale) as i32;
    let edges = &model.cue_edges;
    let before_none = normal([edges[0], edges[3], edges[6]]);
    let mut island: Vec<Place> = Vec::new();
    let around = model.around(scan, pairs);
    for (at, around) in around[features::HERE..].iter().take(out.len()).enumerate() {
        let score = CueScore { model, scan, pairs, sum: [0; 2] };
        if let Some(emission) = emission(score, at, *around, hopeless) {
            island.push(Place { emission, alpha: [1.0, 0.0, 0.0] });
        } else if !island.is_empty() {
            let start = at - island.len();
            posteriors(&mut island, edges, before_none, &mut out[start..at]);
            island.clear();
        }
    }
    let rest = out.len() - island.len();
    posteriors(&mut island, edges, [1.0; 3], &mut out[rest..]);
    out
}

/// What the features say of token `at`, as factors, `around` being the part of the words around it; nothing where it is certain to be no cue.
#[inline]
fn emission(
    mut score: CueScore<'_>,
    at: usize,
    around: [i32; 2],
    hopeless: i32,
) -> Option<[f32; CUE_LABELS]> {
    let (scan, scale) = (score.scan, score.model.cue_scale);
    features::cue_first(scan, at, &mut score);
    if score.sum[0].max(score.sum[1]) < hopeless {
        return None;
    }
    features::cue_rest(scan, at, &mut score);
    let factor = |sum: i32| exp(sum as f32 * scale);
    Some([1.0, factor(score.sum[0] + around[0]), factor(score.sum[1] + around[1])])
}

/// Posterior probabilities of the labels 1 and 2 on an island that no cue runs into; `beta` is what follows it. Both passes
/// are scaled to sum 1 at each token, so nothing overflows.
fn posteriors(
    island: &mut [Place],
    edges: &[f32; 9],
    mut beta: [f32; CUE_LABELS],
    out: &mut [[f32; 2]],
) {
    let mut alpha = [1.0, 0.0, 0.0];
    for place in island.iter_mut() {
        let mut next = [0.0; 3];
        for (to, value) in next.iter_mut().enumerate() {
            let sum = alpha[0] * edges[to] + alpha[1] * edges[3 + to] + alpha[2] * edges[6 + to];
            *value = sum * place.emission[to];
        }
        alpha = normal(next);
        place.alpha = alpha;
    }
    for (Place { emission, alpha: a }, out) in island.iter().zip(out).rev() {
        let posterior = normal([a[0] * beta[0], a[1] * beta[1], a[2] * beta[2]]);
        *out = [posterior[1], posterior[2]];
        let ahead = [emission[0] * beta[0], emission[1] * beta[1], emission[2] * beta[2]];
        let mut next = [0.0; 3];
        for (from, value) in next.iter_mut().enumerate() {
            let row = &edges[from * 3..from * 3 + 3];
            *value = row[0] * ahead[0] + row[1] * ahead[1] + row[2] * ahead[2];
        }
        beta = normal(next);
    }
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
