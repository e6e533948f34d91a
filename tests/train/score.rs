//! Who said what: attributions of a text against marked ones. A pair counts where one attribution overlaps the marked one
//! in content and in source; both without a source also agree.

use super::corpus::Marked;

/// Source and content of an attribution, in bytes.
#[derive(Clone, Debug, Default)]
pub struct Pair {
    pub source: Vec<(usize, usize)>,
    pub cue: Vec<(usize, usize)>,
    pub content: Vec<(usize, usize)>,
}

/// Counts over articles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub hits: usize,
    pub found: usize,
    pub marked: usize,
}

impl From<&Marked> for Pair {
    fn from(mark: &Marked) -> Self {
        let Marked { source, cue, content } = mark.clone();
        Self { source, cue, content }
    }
}

impl Tally {
    /// F1 in percent.
    pub fn f1(self) -> f64 {
        200.0 * self.hits as f64 / (self.found + self.marked).max(1) as f64
    }

    /// Precision and recall in percent.
    pub fn precision_recall(self) -> (f64, f64) {
        (
            100.0 * self.hits as f64 / self.found.max(1) as f64,
            100.0 * self.hits as f64 / self.marked.max(1) as f64,
        )
    }
}

fn overlap(a: &[(usize, usize)], b: &[(usize, usize)]) -> usize {
    a.iter().flat_map(|x| b.iter().map(|y| x.1.min(y.1).saturating_sub(x.0.max(y.0)))).sum()
}

fn length(a: &[(usize, usize)]) -> usize {
    a.iter().map(|x| x.1 - x.0).sum()
}

fn is_quoted(pair: &Pair, text: &str) -> bool {
    pair.content.iter().any(|&(s, e)| {
        let part = text.get(s..e).unwrap_or("");
        part.contains(['"', '\u{201C}', '\u{201D}', '\u{201E}', '\u{AB}', '\u{BB}'])
            || part.contains("''")
            || part.contains("``")
    })
}

/// Whether two attributions have a source in common, or neither has one.
fn same_source(a: &Pair, b: &Pair) -> bool {
    a.source.is_empty() && b.source.is_empty() || overlap(&a.source, &b.source) > 0
}

/// Whether two attributions agree in source and cue.
pub fn same_source_and_cue(a: &Pair, b: &Pair) -> bool {
    overlap(&a.cue, &b.cue) > 0 && same_source(a, b)
}

/// Marked and found pairs that agree in content and source, one to one, those that share most of their content first.
pub fn matches(inside: &[&Pair], found: &[&Pair]) -> Vec<(usize, usize)> {
    let mut matches = Vec::new();
    for (g, m) in inside.iter().enumerate() {
        for (p, f) in found.iter().enumerate() {
            let shared = overlap(&m.content, &f.content);
            if shared > 0 && same_source(m, f) {
                let all = length(&m.content) + length(&f.content) - shared;
                matches.push((shared as f64 / all as f64, g, p));
            }
        }
    }
    matches.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_m, mut used_f) = (vec![false; inside.len()], vec![false; found.len()]);
    let mut out = Vec::new();
    for (_, g, p) in matches {
        if !used_m[g] && !used_f[p] {
            used_m[g] = true;
            used_f[p] = true;
            out.push((g, p));
        }
    }
    out
}

/// Adds one article: all pairs, or only those whose content holds a quotation mark.
pub fn add(tally: &mut Tally, text: &str, marked: &[Pair], found: &[Pair], quoted: bool) {
    let (inside, outside): (Vec<&Pair>, Vec<&Pair>) =
        marked.iter().partition(|m| !quoted || is_quoted(m, text));
    let touches = |pair: &Pair, others: &[&Pair]| {
        others.iter().any(|m| {
            let all = |p: &Pair| [p.content.clone(), p.cue.clone()].concat();
            overlap(&all(pair), &all(m)) > 0
        })
    };
    let found: Vec<&Pair> = found
        .iter()
        .filter(|p| !quoted || touches(p, &inside) || is_quoted(p, text) && !touches(p, &outside))
        .collect();
    tally.hits += matches(&inside, &found).len();
    tally.found += found.len();
    tally.marked += inside.len();
}
