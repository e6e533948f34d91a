//! Which of the candidates are attributions: what a second look sees when source and content of all of them are known.

use super::Candidate;
use super::features::head;
use super::roles::Roles;
use super::scan::{Scan, class, quote, tally};
use crate::segment::Span;

/// Number of features.
pub const FEATURES: usize = 47;

/// What is known of one candidate.
pub type Features = [f32; FEATURES];

/// So many candidates to either side are compared with one.
const NEAR: usize = 8;

/// A candidate with its source and content.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The cue.
    pub cue: Candidate,
    /// Its source and content.
    pub roles: Roles,
}

/// The features of candidate `number` among the `drafts` of a paragraph; `marginals` are those of the cue model.
pub fn features(scan: &Scan, marginals: &[[f32; 2]], drafts: &[Draft], number: usize) -> Features {
    let mut out = Row { values: [0.0; FEATURES], next: 0 };
    let draft = &drafts[number];
    cue(scan, marginals, draft, &mut out);
    source(scan, draft, &mut out);
    content(scan, draft, &mut out);
    others(scan, drafts, number, &mut out);
    debug_assert_eq!(out.next, FEATURES);
    out.values
}

/// Features as they come.
struct Row {
    values: Features,
    next: usize,
}

impl Row {
    fn push(&mut self, value: f32) {
        if let Some(slot) = self.values.get_mut(self.next) {
            *slot = value;
        }
        self.next += 1;
    }

    fn count(&mut self, value: usize) {
        self.push(value.min(200) as f32);
    }

    fn yes(&mut self, value: bool) {
        self.push(f32::from(u8::from(value)));
    }
}

fn cue(scan: &Scan, marginals: &[[f32; 2]], draft: &Draft, out: &mut Row) {
    let Candidate { start, end, probability } = draft.cue;
    let cell = scan.get(start).copied().unwrap_or_default();
    let places = marginals.get(start..end).unwrap_or_default();
    let sum: f32 = places.iter().map(|m| m[0] + m[1]).sum();
    let head = head(scan, start, end);
    let kind = scan.class(head, 0);
    out.push(probability);
    out.push(places.first().map_or(0.0, |m| m[0]));
    out.push(sum / places.len().max(1) as f32);
    out.count(end - start);
    out.push(f32::from(kind));
    out.yes(kind == class::SPEECH);
    out.yes(matches!(kind, class::LOWER | class::PLURAL | class::UNNAMED));
    out.push(f32::from(scan.class(start, -1)));
    out.push(f32::from(scan.class(end, 0)));
    out.push(f32::from(cell.quote));
    out.count(start - (cell.first as usize).min(start));
    out.count((cell.last as usize).saturating_sub(end));
    out.push(f32::from(cell.auxiliary_before));
    out.push(f32::from(cell.comma_before));
    out.push(f32::from(cell.that_after));
}

fn source(scan: &Scan, draft: &Draft, out: &mut Row) {
    let Candidate { start, end, .. } = draft.cue;
    out.push(draft.roles.source_margin.clamp(-20.0, 20.0));
    let Some(span) = draft.roles.source.first() else {
        for _ in 0..7 {
            out.push(-1.0);
        }
        return;
    };
    let (from, to) = (span.start as usize, span.end as usize);
    let (gap, low, high) =
        if from >= end { (from - end, end, from) } else { (start.saturating_sub(to), to, start) };
    out.count(to - from);
    out.yes(from >= end);
    out.count(gap);
    out.push(f32::from(scan.class(from, 0)));
    out.push(f32::from(scan.class(to, -1)));
    out.push(between(scan, low, high, tally::VERB) as f32);
    out.push(f32::from(scan.quote(from, 0)));
}

fn between(scan: &Scan, low: usize, high: usize, which: usize) -> usize {
    match (scan.get(low), scan.get(high)) {
        (Some(from), Some(to)) if low < high => from.between(to, which).min(9),
        _ => 0,
    }
}

fn content(scan: &Scan, draft: &Draft, out: &mut Row) {
    let Candidate { start, end, .. } = draft.cue;
    let cell = scan.get(start).copied().unwrap_or_default();
    out.push(draft.roles.content_margin.clamp(-40.0, 40.0));
    let content = &draft.roles.content;
    let (Some(first), Some(last)) = (content.first(), content.last()) else {
        for _ in 0..9 {
            out.push(-1.0);
        }
        return;
    };
    let length: usize = content.iter().map(|span| span.len()).sum();
    let quoted =
        content.iter().flat_map(|s| s.iter()).filter(|at| scan.quote(*at, 0) != quote::OUTSIDE);
    let nearest = content.iter().map(|span| distance(*span, draft.cue)).min().unwrap_or(0);
    out.count(content.len());
    out.count(length);
    out.count(nearest);
    out.push(quoted.count() as f32 / length.max(1) as f32);
    out.yes((first.start as usize) < start);
    out.yes((last.end as usize) > end);
    out.push(f32::from(scan.class(first.start as usize, 0)));
    out.count((cell.last).saturating_sub(last.end) as usize);
    out.push(f32::from(scan.class(last.end as usize, 0)));
}

/// Tokens between a span and a cue.
fn distance(span: Span, cue: Candidate) -> usize {
    let (from, to) = (span.start as usize, span.end as usize);
    if from >= cue.end { from - cue.end } else { cue.start.saturating_sub(to) }
}

fn others(scan: &Scan, drafts: &[Draft], number: usize, out: &mut Row) {
    let draft = &drafts[number];
    let sentence = |d: &Draft| scan.get(d.cue.start).map_or(0, |cell| cell.sentence);
    let here = sentence(draft);
    let span = Span::new(draft.cue.start, draft.cue.end);
    let near = drafts.iter().take(number + NEAR + 1).enumerate().skip(number.saturating_sub(NEAR));
    let (mut best, mut stronger, mut over, mut under) = (0.0f32, 0usize, 0.0f32, 0.0f32);
    let (mut shared, mut same_source, mut last, mut next) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    let mut covered = 0usize;
    for (_, other) in near.filter(|(at, _)| *at != number) {
        let p = other.cue.probability;
        let there = sentence(other);
        if there == here {
            best = best.max(p);
            stronger += usize::from(p > draft.cue.probability);
        } else if there < here {
            last = last.max(p);
        } else {
            next = next.max(p);
        }
        if other.roles.content.iter().any(|c| c.overlaps(span)) {
            over = over.max(p);
        }
        let cue = Span::new(other.cue.start, other.cue.end);
        if draft.roles.content.iter().any(|c| c.overlaps(cue)) {
            under = under.max(p);
        }
        let both = common(&draft.roles.content, &other.roles.content);
        if both > 0 {
            shared = shared.max(p);
            if p > draft.cue.probability {
                covered = covered.max(both);
            }
        }
        if common(&draft.roles.source, &other.roles.source) > 0 {
            same_source = same_source.max(p);
        }
    }
    let length: usize = draft.roles.content.iter().map(|span| span.len()).sum();
    out.push(best);
    out.count(stronger);
    out.push(over);
    out.push(under);
    out.push(shared);
    out.push(covered as f32 / length.max(1) as f32);
    out.push(same_source);
    out.push(last);
    out.push(next);
    out.count(drafts.len());
    out.count(here as usize);
    let cell = scan.get(draft.cue.start).copied().unwrap_or_default();
    let quoted =
        between(scan, cell.first as usize, (cell.last as usize).saturating_sub(1), tally::MARK);
    out.count(quoted);
    out.yes(scan.cells.len() == cell.last as usize);
    out.count((cell.last - cell.first) as usize);
}

/// Tokens that two lists of spans share.
fn common(a: &[Span], b: &[Span]) -> usize {
    let shared =
        |x: &Span, y: &Span| x.end.min(y.end).saturating_sub(x.start.max(y.start)) as usize;
    a.iter().map(|x| b.iter().map(|y| shared(x, y)).sum::<usize>()).sum()
}
