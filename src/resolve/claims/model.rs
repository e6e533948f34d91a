//! The weights of the claims: three logistic regressions and a list of trees, as `tests/train` writes them.

use super::context::FEATURES;
use super::words::{BUCKETS, FLAGS};
use crate::annotate::attribution::exp;
use crate::annotate::attribution::trees::Forest;
use std::sync::LazyLock;

/// Features of a sentence besides its words, for the question whether anybody is on record in it.
pub const SIGNS: usize = 30;

static BYTES: &[u8] = include_bytes!("claims.bin");

/// The embedded model.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(BYTES).unwrap_or_default());

/// Weights of the hashed words: one byte each, its sign times the square of its size.
#[derive(Clone, Debug, Default)]
pub struct Hashed {
    /// What a weight of one is worth.
    pub scale: f32,
    /// One for each bucket.
    pub weights: Vec<i8>,
}

impl Hashed {
    /// The weight of a bucket.
    #[inline]
    pub fn weight(&self, bucket: usize) -> i32 {
        let weight = self.weights.get(bucket).map_or(0, |w| i32::from(*w));
        weight * weight.abs()
    }
}

/// The weights. In each regression the first is the bias.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Whether anybody is on record in a sentence: bias, [`SIGNS`], [`FLAGS`].
    pub attributed: Vec<f32>,
    /// The same, by its words.
    pub attributed_words: Hashed,
    /// Whether a sentence that nobody is on record for reads like what others are quoted for: bias, [`FLAGS`].
    pub told: Vec<f32>,
    /// The same, by its words.
    pub told_words: Hashed,
    /// Whether a source went missing, from all of that and from what stands around: bias, [`FEATURES`].
    pub claim: Vec<f32>,
    /// What the last regression is corrected by, in log odds.
    pub trees: Forest,
}

/// The share of 1 that a score in log odds is worth.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + exp(-score))
}

/// Bias and weights of the flags that are set.
fn flags(weights: &[f32], mut flags: u64) -> f32 {
    let mut sum = 0.0;
    while flags != 0 {
        sum += weights.get(flags.trailing_zeros() as usize).copied().unwrap_or_default();
        flags &= flags - 1;
    }
    sum
}

impl Model {
    /// Log odds that somebody is on record in a sentence, by what attributes in it.
    pub fn attributed(&self, signs: &[f32; SIGNS]) -> f32 {
        let Some((bias, rest)) = self.attributed.split_first() else { return 0.0 };
        bias + rest.iter().zip(signs).map(|(w, x)| w * x).sum::<f32>()
    }

    /// What the flags of its words add to that.
    pub fn attributed_flags(&self, words: u64) -> f32 {
        flags(self.attributed.get(1 + SIGNS..).unwrap_or_default(), words)
    }

    /// Log odds that a sentence is what others are quoted for, without the weights of its words.
    pub fn told(&self, words: u64) -> f32 {
        let Some((bias, rest)) = self.told.split_first() else { return 0.0 };
        bias + flags(rest, words)
    }

    /// Log odds that a source went missing.
    pub fn claim(&self, features: &[f32; FEATURES]) -> f32 {
        self.linear(features) + self.trees.odds(features)
    }

    /// The same by the last regression alone.
    pub fn linear(&self, features: &[f32]) -> f32 {
        let Some((bias, rest)) = self.claim.split_first() else { return 0.0 };
        bias + rest.iter().zip(features).map(|(w, x)| w * x).sum::<f32>()
    }

    /// Reads what [`write`](Self::write) wrote; `None` where it is damaged.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut floats = |count: usize| -> Option<Vec<f32>> {
            let (head, tail) = rest.split_at_checked(count * 4)?;
            rest = tail;
            let float = |chunk: &[u8]| Some(f32::from_le_bytes(chunk.try_into().ok()?));
            head.chunks_exact(4).map(float).collect()
        };
        let attributed = floats(1 + SIGNS + FLAGS)?;
        let told = floats(1 + FLAGS)?;
        let claim = floats(1 + FEATURES)?;
        let scales = floats(2)?;
        let trees = Forest::read(&mut rest)?;
        let (first, second) = rest.split_at_checked(BUCKETS)?;
        let hashed = |scale: f32, bytes: &[u8]| {
            (bytes.len() == BUCKETS).then(|| Hashed {
                scale,
                weights: bytes.iter().map(|byte| byte.cast_signed()).collect(),
            })
        };
        Some(Self {
            attributed,
            attributed_words: hashed(scales[0], first)?,
            told,
            told_words: hashed(scales[1], second)?,
            claim,
            trees,
        })
    }

    /// The model as bytes.
    pub fn write(&self) -> Vec<u8> {
        let scales = [self.attributed_words.scale, self.told_words.scale];
        let floats = self.attributed.iter().chain(&self.told).chain(&self.claim);
        let mut out: Vec<u8> = floats.chain(&scales).flat_map(|f| f.to_le_bytes()).collect();
        self.trees.write(&mut out);
        let words = self.attributed_words.weights.iter().chain(&self.told_words.weights);
        out.extend(words.map(|w| w.cast_unsigned()));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_read_and_written_back() {
        let model = Model::read(BYTES).expect("a whole model");
        assert_eq!(model.write(), BYTES);
        let splits = model.trees.trees.iter().flat_map(|tree| &tree.splits);
        assert!(splits.clone().count() > 0);
        assert!(splits.clone().all(|split| usize::from(split.feature) < FEATURES));
        assert!(BYTES.len() <= 128 * 1024, "{} bytes", BYTES.len());
    }

    #[test]
    fn a_damaged_model_is_none() {
        for length in [0, 3, 4, 1000, BYTES.len() - 1] {
            assert!(Model::read(&BYTES[..length]).is_none(), "{length}");
        }
    }
}
