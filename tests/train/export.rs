//! Writes trained weights in the form that the library reads: see `src/annotate/attribution/model.rs`.

use crate::collect::{Kind, Numbers, Words};
use crate::crf::Problem;
use copydesk::annotate::attribution::features as f;
use copydesk::annotate::attribution::model::{CUE_W, MAGIC, ROLE_W, tag};
use copydesk::annotate::attribution::trees::Forest;

/// A trained model with the meaning of its numbers.
pub struct Trained {
    pub problem: Problem,
    pub numbers: Numbers,
    pub weights: Vec<f64>,
}

impl Trained {
    /// A role model that knows nothing.
    pub fn blank_roles() -> Self {
        let (problem, numbers) = crate::collect::roles(&[], &Words::default());
        let weights = vec![0.0; problem.size()];
        Self { problem, numbers, weights }
    }

    fn weight(&self, feature: usize, label: usize) -> f64 {
        self.weights[feature * (self.problem.labels - 1) + label]
    }

    fn of(&self, kind: Kind, key: u64, slot: usize, label: usize) -> f64 {
        self.numbers.get(kind, key, slot).map_or(0.0, |feature| self.weight(feature, label))
    }

    /// The folded weights of a word's row.
    fn row(&self, words: &Words, row: usize, slots: usize) -> Vec<f64> {
        let labels = self.problem.labels - 1;
        let mut out = Vec::new();
        for slot in 0..slots {
            for label in 0..labels {
                let atoms = words.atoms[row].iter();
                let kind = |affix| if affix { Kind::Affix } else { Kind::Word };
                out.push(atoms.map(|atom| self.of(kind(atom.affix), atom.key, slot, label)).sum());
            }
        }
        out
    }

    fn keyed(&self, kind: Kind, key: u64, slots: usize) -> Vec<f64> {
        let labels = self.problem.labels - 1;
        (0..slots * labels).map(|at| self.of(kind, key, at / labels, at % labels)).collect()
    }

    fn dense(&self, count: usize) -> Vec<f64> {
        self.weights[..count * (self.problem.labels - 1)].to_vec()
    }
}

/// What an integer is worth when the largest weight gets the largest byte.
fn scale(parts: &[&Vec<f64>]) -> f64 {
    let most = parts.iter().flat_map(|part| part.iter()).fold(0.0f64, |most, w| most.max(w.abs()));
    most.max(1e-6) / f64::from(127 * 127)
}

fn bytes(out: &mut Vec<u8>, weights: &[f64], scale: f64) {
    out.extend(weights.iter().map(|w| {
        let q = (w.abs() / scale).sqrt().round().min(127.0) * w.signum();
        (q as i8).cast_unsigned()
    }));
}

/// The file.
pub fn export(words: &Words, cue: &Trained, role: &Trained, verifier: &Forest) -> Vec<u8> {
    let rows = 1..words.keys.len();
    let cue_rows: Vec<f64> =
        rows.clone().flat_map(|row| cue.row(words, row, f::CUE_WORD_SLOTS)).collect();
    let role_rows: Vec<f64> =
        rows.clone().flat_map(|row| role.row(words, row, f::ROLE_WORD_SLOTS)).collect();
    let mut pairs: Vec<u64> =
        cue.numbers.keys(Kind::Pair).union(&role.numbers.keys(Kind::Pair)).copied().collect();
    let pair_rows = |pairs: &[u64]| -> (Vec<f64>, Vec<f64>) {
        (
            pairs.iter().flat_map(|key| cue.keyed(Kind::Pair, *key, f::CUE_PAIR_SLOTS)).collect(),
            pairs.iter().flat_map(|key| role.keyed(Kind::Pair, *key, f::ROLE_PAIR_SLOTS)).collect(),
        )
    };
    pairs.retain(|key| {
        let (a, b) = pair_rows(&[*key]);
        a.iter().chain(&b).any(|w| w.abs() > 0.02)
    });
    let (cue_pairs, role_pairs) = pair_rows(&pairs);
    let heads: Vec<usize> = rows
        .clone()
        .filter(|row| {
            role.keyed(Kind::Head, words.keys[*row], f::HEAD_SLOTS).iter().any(|w| *w != 0.0)
        })
        .collect();
    let head_rows: Vec<f64> = heads
        .iter()
        .flat_map(|row| role.keyed(Kind::Head, words.keys[*row], f::HEAD_SLOTS))
        .collect();
    let (cue_dense, role_dense) = (cue.dense(f::CUE_DENSE), role.dense(f::ROLE_DENSE));
    let cue_scale = scale(&[&cue_rows, &cue_pairs, &cue_dense]);
    let role_scale = scale(&[&role_rows, &role_pairs, &head_rows, &role_dense]);
    let mut out = Vec::new();
    let word = |out: &mut Vec<u8>, word: u32| out.extend(word.to_le_bytes());
    word(&mut out, MAGIC);
    for count in [rows.len(), pairs.len(), heads.len()] {
        word(&mut out, count as u32);
    }
    word(&mut out, (cue_scale as f32).to_bits());
    word(&mut out, (role_scale as f32).to_bits());
    rows.for_each(|row| word(&mut out, tag(words.keys[row])));
    bytes(&mut out, &cue_rows, cue_scale);
    bytes(&mut out, &role_rows, role_scale);
    pairs.iter().for_each(|key| word(&mut out, *key as u32));
    bytes(&mut out, &cue_pairs, cue_scale);
    bytes(&mut out, &role_pairs, role_scale);
    heads.iter().for_each(|row| word(&mut out, *row as u32));
    bytes(&mut out, &head_rows, role_scale);
    bytes(&mut out, &cue_dense, cue_scale);
    bytes(&mut out, &role_dense, role_scale);
    let l = f::CUE_LABELS;
    let base = cue.problem.features * CUE_W;
    for at in 0..l * l {
        let factor = if cue.problem.allowed[at] { cue.weights[base + at].exp() } else { 0.0 };
        word(&mut out, (factor as f32).to_bits());
    }
    let l = f::ROLE_LABELS;
    let base = role.problem.features * ROLE_W;
    for edge in 0..f::ROLE_EDGES {
        for (to, from) in (0..l).flat_map(|to| (0..l).map(move |from| (to, from))) {
            let weight = role.weights[base + edge * l * l + from * l + to] / role_scale;
            word(&mut out, (weight.round() as i32).cast_unsigned());
        }
    }
    verifier.write(&mut out);
    word(&mut out, words.first_group);
    word(&mut out, words.group_keys.len() as u32);
    word(&mut out, words.alike.len() as u32);
    words.group_keys.iter().for_each(|key| word(&mut out, *key as u32));
    words.alike.keys().for_each(|key| word(&mut out, tag(*key)));
    words.alike.values().for_each(|group| out.extend(group.to_le_bytes()));
    eprintln!(
        "{} words, {} pairs, {} heads, {} bytes",
        words.keys.len() - 1,
        pairs.len(),
        heads.len(),
        out.len()
    );
    out
}
