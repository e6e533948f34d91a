//! Two runs of words laid side by side: which are the same, and which were changed, dropped or put in.
//!
//! A band around the diagonal keeps the cost linear in the words, whatever they are.

/// How far from the diagonal is looked, in words, at most.
const BAND: usize = 40;

/// A difference: words `ours` of the one stand for words `theirs` of the other. One of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Word numbers of the draft.
    pub ours: std::ops::Range<usize>,
    /// Word numbers of the wire.
    pub theirs: std::ops::Range<usize>,
}

/// How a run of words differs from a stretch of another.
#[derive(Clone, Debug)]
pub(super) struct Diff {
    /// Words that are the same.
    pub same: usize,
    /// Where the stretch starts and ends in the other.
    pub theirs: std::ops::Range<usize>,
    /// What differs, in order.
    pub hunks: Vec<Hunk>,
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Stop,
    Both,
    Ours,
    Theirs,
}

/// Lays all of `ours` beside the stretch of `theirs` around `start` that is most like it.
pub(super) fn beside(ours: &[u32], theirs: &[u32], start: isize) -> Diff {
    let pad = (8 + ours.len() / 8).min(BAND);
    let low = (start - pad as isize).clamp(0, theirs.len() as isize) as usize;
    let high = (start + (ours.len() + pad) as isize).clamp(low as isize, theirs.len() as isize);
    let window = &theirs[low..high as usize];
    let origin = start - low as isize;
    let width = 2 * pad + 1;
    // Column k of row i is word i + origin - pad + k of the window.
    let column = |i: usize, k: usize| i as isize + origin - pad as isize + k as isize;
    const FAR: u32 = u32::MAX / 2;
    let mut steps = vec![Step::Stop; (ours.len() + 1) * width];
    let mut last = vec![FAR; width];
    for (k, cost) in last.iter_mut().enumerate() {
        if (0..=window.len() as isize).contains(&column(0, k)) {
            *cost = 0;
        }
    }
    for i in 1..=ours.len() {
        let mut row = vec![FAR; width];
        for k in 0..width {
            let j = column(i, k);
            if j < 0 || j > window.len() as isize {
                continue;
            }
            let j = j as usize;
            // Twice what a changed word costs for one put in, so that "a b" for "c d" is no shift.
            let both = if j > 0 && last[k] < FAR {
                last[k] + if ours[i - 1] == window[j - 1] { 0 } else { 3 }
            } else {
                FAR
            };
            let ours_only = if k + 1 < width { last[k + 1].saturating_add(2) } else { FAR };
            let theirs_only = if k > 0 && j > 0 { row[k - 1].saturating_add(2) } else { FAR };
            let best = both.min(ours_only).min(theirs_only);
            if best >= FAR {
                continue;
            }
            row[k] = best;
            steps[i * width + k] = match best {
                best if best == both => Step::Both,
                best if best == ours_only => Step::Ours,
                _ => Step::Theirs,
            };
        }
        last = row;
    }
    let end = (0..width).min_by_key(|k| (last[*k], k.abs_diff(pad))).unwrap_or(pad);
    trace(ours, window, &steps, width, end, low, column)
}

/// Follows the steps back.
fn trace(
    ours: &[u32],
    window: &[u32],
    steps: &[Step],
    width: usize,
    mut k: usize,
    low: usize,
    column: impl Fn(usize, usize) -> isize,
) -> Diff {
    let mut i = ours.len();
    let to = column(i, k).clamp(0, window.len() as isize) as usize;
    let mut diff = Diff { same: 0, theirs: 0..low + to, hunks: Vec::new() };
    let mut open: Option<Hunk> = None;
    while i > 0 {
        let j = column(i, k).max(0) as usize;
        let step = steps[i * width + k];
        let (ours_at, theirs_at) = match step {
            Step::Both => (i - 1, j.saturating_sub(1)),
            Step::Ours => (i - 1, j),
            Step::Theirs => (i, j.saturating_sub(1)),
            Step::Stop => break,
        };
        if step == Step::Both && ours[ours_at] == window[theirs_at] {
            diff.same += 1;
            diff.hunks.extend(open.take());
        } else {
            let hunk = open.get_or_insert(Hunk { ours: i..i, theirs: low + j..low + j });
            hunk.ours.start = ours_at;
            hunk.theirs.start = low + theirs_at;
        }
        match step {
            Step::Both => i -= 1,
            Step::Ours => {
                i -= 1;
                k += 1;
            }
            _ => k -= 1,
        }
    }
    diff.hunks.extend(open);
    diff.hunks.reverse();
    diff.theirs.start = low + column(i, k).max(0) as usize;
    diff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ours: &str, theirs: &str, start: isize) -> (usize, Vec<(String, String)>) {
        let hash = |word: &str| word.bytes().fold(7u32, |h, b| h.wrapping_mul(31) + u32::from(b));
        let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (a, b) = (split(ours), split(theirs));
        let keys = |list: &[String]| list.iter().map(|word| hash(word)).collect::<Vec<_>>();
        let diff = beside(&keys(&a), &keys(&b), start);
        let hunks = diff.hunks.iter();
        let hunks = hunks.map(|h| (a[h.ours.clone()].join(" "), b[h.theirs.clone()].join(" ")));
        (diff.same, hunks.collect())
    }

    #[test]
    fn words_changed_dropped_and_put_in() {
        let wire = "she said that we will close the old bridge on friday and go home";
        let hunks = |ours: &str| of(ours, wire, 3);
        let (same, none) = hunks("we will close the old bridge");
        assert!(same == 6 && none.is_empty());
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(hunks("we will open the old bridge").1, [pair("open", "close")]);
        assert_eq!(hunks("we will close the bridge on friday").1, [pair("", "old")]);
        assert_eq!(hunks("we will close the very old bridge").1, [pair("very", "")]);
        assert_eq!(of("a b", "", 0).0, 0);
    }
}
