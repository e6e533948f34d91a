//! Training of linear-chain conditional random fields: likelihood and gradient over groups of sequences that share the
//! features of their tokens, and the OWL-QN method (Andrew and Gao, 2007) for weights of which most should be zero.

use std::collections::VecDeque;
use std::ops::Range;

/// Sequences over one paragraph. Token features are lists of feature numbers in a pool.
#[derive(Default)]
pub struct Group {
    /// For each token of the paragraph, its features in the pool.
    pub local: Vec<Range<u32>>,
    pub sequences: Vec<Sequence>,
}

/// One sequence over the paragraph's tokens from `from` on.
pub struct Sequence {
    pub from: usize,
    pub tokens: Vec<Step>,
}

/// One token of a sequence.
pub struct Step {
    /// More features, in the pool.
    pub more: Range<u32>,
    pub edge: u8,
    pub gold: u8,
}

/// A model to be trained: label 0 scores nothing by itself.
pub struct Problem {
    pub labels: usize,
    pub edges: usize,
    pub features: usize,
    pub pool: Vec<u32>,
    pub groups: Vec<Group>,
    /// Whether a label may follow another: from * labels + to.
    pub allowed: Vec<bool>,
    /// Labels that a token may not take, by edge kind: used where a token is known to be "nothing".
    pub only_nothing: Vec<bool>,
}

impl Problem {
    /// Number of weights: emissions, then transitions as edge, from, to.
    pub fn size(&self) -> usize {
        self.features * (self.labels - 1) + self.edges * self.labels * self.labels
    }

    /// Negative log-likelihood, its gradient added to `gradient`.
    fn evaluate(&self, groups: &[Group], weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (l, w) = (self.labels, self.labels - 1);
        let base = self.features * w;
        let factors: Vec<f64> = (0..self.edges * l * l)
            .map(|at| if self.allowed[at % (l * l)] { weights[base + at].exp() } else { 0.0 })
            .collect();
        let mut loss = 0.0;
        for group in groups {
            let emit = |range: &Range<u32>, out: &mut [f64]| {
                for &feature in &self.pool[range.start as usize..range.end as usize] {
                    let at = feature as usize * w;
                    for (sum, weight) in out.iter_mut().zip(&weights[at..at + w]) {
                        *sum += weight;
                    }
                }
            };
            let mut local = vec![0.0; group.local.len() * w];
            for (at, range) in group.local.iter().enumerate() {
                emit(range, &mut local[at * w..at * w + w]);
            }
            let mut local_gradient = vec![0.0; local.len()];
            for sequence in &group.sequences {
                let n = sequence.tokens.len();
                let mut emission = vec![1.0; n * l];
                let mut gold_score = 0.0;
                let mut last = 0;
                for (at, step) in sequence.tokens.iter().enumerate() {
                    let place = (sequence.from + at) * w;
                    let mut sum = local[place..place + w].to_vec();
                    emit(&step.more, &mut sum);
                    let gold = usize::from(step.gold);
                    if gold > 0 {
                        gold_score += sum[gold - 1];
                    }
                    gold_score += weights[base + usize::from(step.edge) * l * l + last * l + gold];
                    last = gold;
                    for label in 1..l {
                        emission[at * l + label] = if self.only_nothing[usize::from(step.edge)] {
                            0.0
                        } else {
                            sum[label - 1].clamp(-60.0, 60.0).exp()
                        };
                    }
                }
                let (posteriors, log_z) =
                    self.posteriors(sequence, &emission, &factors, base, gradient);
                loss += log_z - gold_score;
                for (at, step) in sequence.tokens.iter().enumerate() {
                    let place = (sequence.from + at) * w;
                    let mut delta = [0.0; 8];
                    for label in 1..l {
                        let gold = f64::from(usize::from(step.gold) == label);
                        delta[label - 1] = posteriors[at * l + label] - gold;
                        local_gradient[place + label - 1] += delta[label - 1];
                    }
                    for &feature in &self.pool[step.more.start as usize..step.more.end as usize] {
                        let at = feature as usize * w;
                        for (sum, delta) in gradient[at..at + w].iter_mut().zip(&delta) {
                            *sum += delta;
                        }
                    }
                }
            }
            for (at, range) in group.local.iter().enumerate() {
                let delta = &local_gradient[at * w..at * w + w];
                for &feature in &self.pool[range.start as usize..range.end as usize] {
                    let at = feature as usize * w;
                    for (sum, delta) in gradient[at..at + w].iter_mut().zip(delta) {
                        *sum += delta;
                    }
                }
            }
        }
        loss
    }

    /// Label probabilities of each token and the log of the partition function; adds the transitions' gradient.
    fn posteriors(
        &self,
        sequence: &Sequence,
        emission: &[f64],
        factors: &[f64],
        base: usize,
        gradient: &mut [f64],
    ) -> (Vec<f64>, f64) {
        let l = self.labels;
        let n = sequence.tokens.len();
        let mut alpha = vec![0.0; (n + 1) * l];
        alpha[0] = 1.0;
        let mut log_z = 0.0;
        let mut scales = vec![1.0; n];
        for at in 0..n {
            let edge = usize::from(sequence.tokens[at].edge) * l * l;
            let mut total = 0.0;
            for to in 0..l {
                let sum: f64 =
                    (0..l).map(|from| alpha[at * l + from] * factors[edge + from * l + to]).sum();
                alpha[(at + 1) * l + to] = sum * emission[at * l + to];
                total += alpha[(at + 1) * l + to];
            }
            scales[at] = total;
            log_z += total.ln();
            for to in 0..l {
                alpha[(at + 1) * l + to] /= total;
            }
        }
        let mut posteriors = vec![0.0; n * l];
        let mut beta = vec![1.0; l];
        let mut last_gold = sequence.tokens.last().map_or(0, |step| usize::from(step.gold));
        for at in (0..n).rev() {
            let edge = usize::from(sequence.tokens[at].edge) * l * l;
            for label in 0..l {
                posteriors[at * l + label] = alpha[(at + 1) * l + label] * beta[label];
            }
            let before = if at == 0 { 0 } else { usize::from(sequence.tokens[at - 1].gold) };
            let mut next = vec![0.0; l];
            for from in 0..l {
                for to in 0..l {
                    let ahead = factors[edge + from * l + to] * emission[at * l + to] * beta[to]
                        / scales[at];
                    next[from] += ahead;
                    gradient[base + edge + from * l + to] += alpha[at * l + from] * ahead;
                }
            }
            gradient[base + edge + before * l + last_gold] -= 1.0;
            last_gold = before;
            beta = next;
        }
        (posteriors, log_z)
    }

    /// The same on two threads, always split and added up in the same way.
    fn both(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (first, second) = self.groups.split_at(self.groups.len() / 2);
        let mut other = vec![0.0; gradient.len()];
        gradient.fill(0.0);
        let loss = std::thread::scope(|scope| {
            let handle = scope.spawn(|| self.evaluate(second, weights, &mut other));
            self.evaluate(first, weights, gradient) + handle.join().expect("the second half")
        });
        for (sum, more) in gradient.iter_mut().zip(&other) {
            *sum += more;
        }
        loss
    }

    /// Trains the weights with penalties `c1` on their sizes and `c2` on their squares.
    pub fn train(&self, c1: f64, c2: f64, rounds: usize) -> Vec<f64> {
        minimise(self.size(), c1, rounds, |weights, gradient| {
            let mut loss = self.both(weights, gradient);
            for (weight, slope) in weights.iter().zip(gradient.iter_mut()) {
                loss += c2 * weight * weight;
                *slope += 2.0 * c2 * weight;
            }
            loss
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// OWL-QN: minimises `f` plus `c1` times the sum of the sizes of the weights.
pub fn minimise(
    size: usize,
    c1: f64,
    rounds: usize,
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Vec<f64> {
    const MEMORY: usize = 7;
    let mut x = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let norm = |x: &[f64]| c1 * x.iter().map(|v| v.abs()).sum::<f64>();
    let mut loss = f(&x, &mut gradient);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for round in 0..rounds {
        let pseudo: Vec<f64> = x.iter().zip(&gradient).map(|(x, g)| pseudo(*x, *g, c1)).collect();
        let mut direction: Vec<f64> = pseudo.iter().map(|v| -v).collect();
        let mut shares = Vec::new();
        for (s, y, rho) in memory.iter().rev() {
            let share = rho * dot(s, &direction);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= share * y);
            shares.push(share);
        }
        if let Some((s, y, _)) = memory.back() {
            let scale = dot(s, y) / dot(y, y);
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((s, y, rho), share) in memory.iter().zip(shares.iter().rev()) {
            let other = rho * dot(y, &direction);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += (share - other) * s);
        }
        direction.iter_mut().zip(&pseudo).for_each(|(d, p)| {
            if *d * *p >= 0.0 {
                *d = 0.0;
            }
        });
        let slope = dot(&direction, &pseudo);
        let mut step = if memory.is_empty() {
            1.0 / dot(&direction, &direction).sqrt().max(1e-9)
        } else {
            1.0
        };
        let before = loss + norm(&x);
        let mut next = vec![0.0; size];
        let mut next_gradient = vec![0.0; size];
        let mut reached = f64::INFINITY;
        for _ in 0..12 {
            for at in 0..size {
                let orthant = if x[at] == 0.0 { -pseudo[at] } else { x[at] };
                let value = x[at] + step * direction[at];
                next[at] = if value * orthant > 0.0 { value } else { 0.0 };
            }
            reached = f(&next, &mut next_gradient);
            if reached + norm(&next) <= before + 1e-4 * step * slope {
                break;
            }
            step *= 0.5;
        }
        let s: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        if curvature > 1e-10 {
            memory.push_back((s, y, 1.0 / curvature));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        (x, gradient, loss) = (next, next_gradient, reached);
        let after = loss + norm(&x);
        if round % 10 == 9 {
            eprintln!(
                "  round {:3}: {after:.1}, {} weights",
                round + 1,
                x.iter().filter(|v| **v != 0.0).count()
            );
        }
        if (before - after) / after.abs().max(1.0) < 1e-5 {
            break;
        }
    }
    x
}

fn pseudo(x: f64, g: f64, c1: f64) -> f64 {
    if x > 0.0 || x == 0.0 && g + c1 < 0.0 {
        g + c1
    } else if x < 0.0 || g - c1 > 0.0 {
        g - c1
    } else {
        0.0
    }
}
