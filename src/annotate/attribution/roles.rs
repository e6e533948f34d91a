//! The second model: given one cue, who is its source and what is its content. The best labelling of the sentences in
//! reach of the cue, found by the Viterbi algorithm.

use super::features::{self, CueView};
use super::model::{Model, ROLE_W, RoleEdges, RoleScore};
use super::scan::Scan;
use crate::segment::Span;

/// The labels, in the order of the weights.
#[allow(missing_docs)]
pub mod label {
    pub const NONE: u8 = 0;
    pub const SOURCE_OPENS: u8 = 1;
    pub const SOURCE: u8 = 2;
    pub const CONTENT_OPENS: u8 = 3;
    pub const CONTENT: u8 = 4;
}

/// Tokens to the left and right of the cue that are looked at, at most.
const REACH: (usize, usize) = (160, 320);

/// The tokens in which source and content of a cue may stand: its sentence, and neighbours that quotation marks tie to it.
pub fn window(scan: &Scan, start: usize, end: usize) -> (usize, usize) {
    let Some(cell) = scan.get(start) else { return (start, end) };
    let (mut low, mut high) = (cell.first as usize, cell.last as usize);
    let (least, most) = (start.saturating_sub(REACH.0), (end + REACH.1).min(scan.cells.len()));
    while low > least {
        let (Some(first), Some(before)) = (scan.get(low), scan.get(low - 1)) else { break };
        let tied = before.quotation != 0
            && (first.quotation == before.quotation || low == cell.first as usize);
        if !tied {
            break;
        }
        low = before.first as usize;
    }
    while high < most {
        let (Some(last), Some(after)) = (scan.get(high - 1), scan.get(high)) else { break };
        if after.quotation == 0 && !(last.quotation != 0 && high == cell.last as usize) {
            break;
        }
        high = after.last as usize;
    }
    (low.max(least), high.min(most).max(end))
}

/// Scores of a paragraph's tokens that do not depend on the cue: computed on first use, then shared by its cues.
#[derive(Debug)]
pub struct Local<'a> {
    model: &'a Model,
    scan: &'a Scan,
    pairs: &'a [u32],
    scores: Vec<Option<[i32; ROLE_W]>>,
    /// For each token of a cue's window and each state the state before it; kept for its memory alone.
    back: Vec<[u8; state::LEN]>,
}

impl<'a> Local<'a> {
    /// Nothing is computed yet.
    pub fn new(model: &'a Model, scan: &'a Scan, pairs: &'a [u32]) -> Self {
        Self { model, scan, pairs, scores: vec![None; scan.cells.len()], back: Vec::new() }
    }

    /// Computes the scores of these tokens, where they are not known. One after the other: the words' weights are far away,
    /// and a processor waits for many of them at once where little stands between.
    fn compute(&mut self, range: std::ops::Range<usize>) {
        let (model, scan, pairs) = (self.model, self.scan, self.pairs);
        let slots = self.scores.get_mut(range.clone()).into_iter().flatten();
        for (at, slot) in range.zip(slots).filter(|(_, slot)| slot.is_none()) {
            let sum = model.role_tables.local(scan, at);
            let mut score = RoleScore { model, scan, pairs, head: 0, sum };
            features::role_words(at, &mut score);
            *slot = Some(score.sum);
        }
    }

    fn score(&self, at: usize) -> [i32; ROLE_W] {
        self.scores.get(at).copied().flatten().unwrap_or_default()
    }
}

/// Source and content of one cue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// The source's pieces.
    pub source: Vec<Span>,
    /// The content's pieces.
    pub content: Vec<Span>,
    /// By how much score the best reading with a source beats the best one without; natural logarithm.
    pub source_margin: f32,
    /// By how much score the best reading beats the one with neither source nor content.
    pub content_margin: f32,
}

/// A path's score where it must not go.
const NEVER: i32 = i32::MIN / 4;

/// The states of the search: a label, and whether the path has met its source yet. Of a source there is one piece.
mod state {
    pub const NONE: usize = 0;
    pub const OPENS: usize = 1;
    pub const CONTENT: usize = 2;
    pub const SOURCE_OPENS: usize = 3;
    pub const SOURCE: usize = 4;
    pub const NONE_MET: usize = 5;
    pub const OPENS_MET: usize = 6;
    pub const CONTENT_MET: usize = 7;
    pub const LEN: usize = 8;
}

/// The label of each state.
const LABELS: [u8; state::LEN] = [
    label::NONE,
    label::CONTENT_OPENS,
    label::CONTENT,
    label::SOURCE_OPENS,
    label::SOURCE,
    label::NONE,
    label::CONTENT_OPENS,
    label::CONTENT,
];

/// The states that may come before one that is no source, while no source has been met.
const UNMET: [usize; 3] = [state::NONE, state::OPENS, state::CONTENT];
/// The same once a source has been met.
const MET: [usize; 5] =
    [state::NONE_MET, state::SOURCE_OPENS, state::SOURCE, state::OPENS_MET, state::CONTENT_MET];

/// The best score of a path into each state.
type Column = [i32; state::LEN];

/// Labels source and content of the cue. `forced` is how much score a source may cost before "no source" is believed.
pub fn roles(local: &mut Local<'_>, start: usize, end: usize, forced: f32) -> Roles {
    let (model, scan, pairs) = (local.model, local.scan, local.pairs);
    let cue = CueView::new(scan, start, end);
    let (low, high) = window(scan, start, end);
    let head = scan.get(cue.head).map_or(0, |cell| model.head_row(cell.row));
    local.compute(low..high);
    local.back.clear();
    local.back.reserve(high - low);
    let mut column: Column = [NEVER; state::LEN];
    column[state::NONE] = 0;
    let mut nothing = 0i32;
    for at in low..high {
        let mut score = RoleScore { model, scan, pairs, head, sum: local.score(at) };
        features::role_relational(scan, &cue, at, &mut score);
        let edges = model.role_edges(features::role_edge(scan, &cue, at));
        let in_cue = at >= start && at < end;
        let (next, from) = step(&column, &score.sum, edges, in_cue);
        column = next;
        nothing = nothing.saturating_add(edges[0][0]);
        local.back.push(from);
    }
    let best = |states: std::ops::Range<usize>| states.max_by_key(|s| column[*s]).unwrap_or(0);
    let (without, with) = (best(0..state::SOURCE_OPENS), best(state::SOURCE_OPENS..state::LEN));
    let margin = |a: i32, b: i32| (a as f32 - b as f32) * model.role_scale;
    let source_margin = margin(column[with], column[without]);
    let best = if -source_margin <= forced { with } else { without };
    let content_margin = margin(column[best], nothing);
    Roles { source_margin, content_margin, ..trace(&local.back, best, low) }
}

/// One token further: the best score of a path into each state, and the state that it comes from.
#[inline]
fn step(
    column: &Column,
    sums: &[i32; ROLE_W],
    edges: &RoleEdges,
    in_cue: bool,
) -> (Column, [u8; state::LEN]) {
    let mut next: Column = [NEVER; state::LEN];
    let mut from = [0u8; state::LEN];
    let mut enter = |to: usize, (best, by): (i32, u8)| {
        let label = usize::from(LABELS[to]);
        let emission = if label == 0 { 0 } else { sums[label - 1] };
        next[to] = (best + emission).max(NEVER);
        from[to] = by;
    };
    enter(state::NONE, best(column, edges, state::NONE, UNMET));
    enter(state::NONE_MET, best(column, edges, state::NONE_MET, MET));
    if !in_cue {
        enter(state::OPENS, best(column, edges, state::OPENS, UNMET));
        enter(state::CONTENT, best(column, edges, state::CONTENT, [state::OPENS, state::CONTENT]));
        enter(state::SOURCE_OPENS, best(column, edges, state::SOURCE_OPENS, UNMET));
        enter(
            state::SOURCE,
            best(column, edges, state::SOURCE, [state::SOURCE_OPENS, state::SOURCE]),
        );
        enter(state::OPENS_MET, best(column, edges, state::OPENS_MET, MET));
        enter(
            state::CONTENT_MET,
            best(column, edges, state::CONTENT_MET, [state::OPENS_MET, state::CONTENT_MET]),
        );
    }
    (next, from)
}

/// The best way into state `to` from one of `before`, the first of equals. All but the scores is known when it is compiled,
/// so that the loop unrolls to a few comparisons.
#[inline(always)]
fn best<const N: usize>(
    column: &Column,
    edges: &RoleEdges,
    to: usize,
    before: [usize; N],
) -> (i32, u8) {
    let row = &edges[usize::from(LABELS[to])];
    let (mut best, mut by) = (i32::MIN, 0);
    for state in before {
        let score = column[state] + row[usize::from(LABELS[state])];
        if score > best {
            (best, by) = (score, state as u8);
        }
    }
    (best, by)
}

/// Follows the best path back and gathers its pieces.
fn trace(back: &[[u8; state::LEN]], mut state: usize, low: usize) -> Roles {
    let mut out = Roles::default();
    let mut end = low + back.len();
    for (number, from) in back.iter().enumerate().rev() {
        let label = LABELS[state];
        let at = low + number;
        match label {
            label::SOURCE_OPENS => out.source.push(Span::new(at, end)),
            label::CONTENT_OPENS => out.content.push(Span::new(at, end)),
            _ => {}
        }
        if matches!(label, label::NONE | label::SOURCE_OPENS | label::CONTENT_OPENS) {
            end = at;
        }
        state = usize::from(from[state]);
    }
    out.source.reverse();
    out.content.reverse();
    out
}
