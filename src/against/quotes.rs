//! Quotations of the draft, found again in the wire copy.
//!
//! Word for word first, in what the wire copy has between quotation marks and then in all of it; what stands nowhere is laid
//! beside the stretch that shares most pairs of words with it. An ellipsis or brackets of the draft cut the quotation into
//! pieces that are looked for one by one: they say that something was left out or put in.

use super::diff::{self, Diff, Hunk};
use super::place::Place;
use super::stream::Stream;
use super::wire::Wires;
use super::words;
use crate::annotate::{Paragraph, Quotation, QuotationKind};
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};

/// A quotation of the draft with what the wire copy has of it.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// Paragraph of the draft.
    pub paragraph: usize,
    /// Number of the quotation in the paragraph's annotations.
    pub quotation: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a quotation.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The wire copy has it word for word, at these places.
    Same(Vec<Place>),
    /// The wire copy has the words in stretches that stand apart, or in another order.
    Joined {
        /// The first of the stretches.
        first: Place,
        /// The one that follows it here.
        second: Place,
        /// Whether the second stands before the first there, in the same quotation.
        moved: bool,
    },
    /// The wire copy has the words, but in its own voice or as paraphrase: just these, or nearly.
    Unquoted {
        /// Where.
        place: Place,
        /// Whether it has them word for word.
        exact: bool,
    },
    /// The wire copy has it otherwise.
    Drifted(Drift),
    /// Nothing like it stands in the wire copy.
    Absent,
    /// Too short to tell.
    Unjudged,
}

/// A quotation that the wire copy has otherwise.
#[derive(Clone, Debug)]
pub struct Drift {
    /// Where the wire copy has it.
    pub place: Place,
    /// What differs, in order.
    pub changes: Vec<Change>,
    /// How much of it is the same, 0 to 1.
    pub likeness: f32,
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Change {
    /// Tokens of the draft's paragraph; empty where words were dropped, and then the words belong before it.
    pub ours: Span,
    /// The place in the wire copy; empty where words were put in.
    pub theirs: Place,
    /// The words of the wire copy there.
    pub words: String,
}

/// Fewer words than these are no quotation that could drift.
const FEWEST: usize = 4;
/// Words that the wire's own voice must have said in a row for marks around them to be wrong.
const UNQUOTED: usize = 4;
/// Pieces of a quotation that are looked for.
const PIECES: usize = 64;

/// The outermost quotations of a paragraph, in order.
pub(super) fn all(p: &Paragraph<'_>, wires: &Wires) -> Vec<Quoted> {
    let outer = p.notes.quotations.iter().enumerate().filter(|(_, q)| q.depth == 0);
    let found = outer.map(|(quotation, q)| Quoted {
        paragraph: p.index,
        quotation,
        outcome: outcome(p, q, wires),
    });
    found.collect()
}

/// Words of a paragraph with the tokens that they stand in.
#[derive(Default)]
struct Words {
    keys: Vec<u32>,
    tokens: Vec<usize>,
}

/// The words of a quotation, cut where it says that something was left out or put in.
fn pieces(p: &Paragraph<'_>, content: Span) -> Vec<Words> {
    let (mut out, mut brackets) = (vec![Words::default()], 0usize);
    for index in content.iter() {
        match p.token(index).map_or('\0', |token| token.mark) {
            '…' => out.push(Words::default()),
            '[' | '(' => {
                brackets += 1;
                out.push(Words::default());
            }
            ']' | ')' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => {}
            _ => {
                let Some(piece) = out.last_mut() else { break };
                words::folded(p, index, |key| {
                    piece.keys.push(key);
                    piece.tokens.push(index);
                });
            }
        }
    }
    out.retain(|piece| !piece.keys.is_empty());
    out
}

/// What became of a quotation: of its pieces the worst.
fn outcome(p: &Paragraph<'_>, q: &Quotation, wires: &Wires) -> Outcome {
    let pieces = pieces(p, q.content);
    // What opens with a comma stands between two quotations: a mark was lost before it.
    let between = p.token(q.content.start as usize).is_some_and(|token| token.mark == ',');
    if pieces.len() > PIECES || between {
        return Outcome::Unjudged;
    }
    let speech = matches!(q.kind, QuotationKind::Speech | QuotationKind::Partial);
    let rank = |outcome: &Outcome| match outcome {
        Outcome::Unjudged => 0,
        Outcome::Same(_) => 1,
        Outcome::Joined { .. } => 2,
        Outcome::Absent => 3,
        Outcome::Unquoted { .. } => 4,
        Outcome::Drifted(_) => 5,
    };
    let found: Vec<Outcome> = pieces.iter().map(|piece| find(p, piece, speech, wires)).collect();
    if let Some(drift) =
        dropped_at_end(p, q, &found, wires).or_else(|| dropped_between(&pieces, &found, wires))
    {
        return Outcome::Drifted(drift);
    }
    let worst = found.into_iter().max_by_key(rank).unwrap_or(Outcome::Unjudged);
    match worst {
        Outcome::Unquoted { .. } | Outcome::Absent if !speech => Outcome::Unjudged,
        Outcome::Drifted(_) if q.kind == QuotationKind::Title => Outcome::Unjudged,
        other => other,
    }
}

/// A quotation that breaks off where the wire copy goes on, and is closed as if it did not: "to another ." A space before the
/// stop is what a word leaves behind that was deleted, and no sentence ends with "the".
fn dropped_at_end(
    p: &Paragraph<'_>,
    q: &Quotation,
    found: &[Outcome],
    wires: &Wires,
) -> Option<Drift> {
    let Some(Outcome::Same(places)) = found.last() else { return None };
    let stop = (q.content.end as usize).checked_sub(1)?;
    let mark = p.token(stop).filter(|t| matches!(t.mark, '.' | ',' | '?' | '!'))?;
    let last = p.token(stop.checked_sub(1)?)?;
    let open = Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION;
    let shows = mark.flags.contains(TokenFlags::SPACE) || last.lex.intersects(open);
    if !shows || last.kind != TokenKind::Word {
        return None;
    }
    let next = |place: &Place| {
        let wire = wires.paragraph(*place)?;
        let at = place.span.end as usize;
        let goes_on =
            wire.token(at).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number));
        let span = Span::new(at, at + 1);
        goes_on.then(|| (Place { span, ..*place }, wire.clean(span)))
    };
    let all: Vec<_> = places.iter().map(next).collect();
    let (theirs, words) = all.into_iter().collect::<Option<Vec<_>>>()?.into_iter().next()?;
    let changes = vec![Change { ours: Span::new(stop, stop), theirs, words }];
    Some(Drift { place: *places.first()?, changes, likeness: 1.0 })
}

/// Words that were dropped beside an ellipsis that the wire copy has too, and which stands for something else.
fn dropped_between(pieces: &[Words], found: &[Outcome], wires: &Wires) -> Option<Drift> {
    let pairs = found.windows(2).zip(pieces.windows(2));
    pairs.into_iter().find_map(|(found, pieces)| {
        let [Outcome::Same(first), Outcome::Same(second)] = found else { return None };
        let (first, second) = (first.first()?, second.first()?);
        let gap = first.span.end as usize..second.span.start as usize;
        let beside = (first.wire, first.paragraph) == (second.wire, second.paragraph);
        if !beside || gap.is_empty() || gap.len() > 5 {
            return None;
        }
        let wire = wires.paragraph(*first)?;
        let marked = gap.clone().any(|at| wire.token(at).is_some_and(|t| t.mark == '…'));
        let is_word = |at: &usize| {
            wire.token(*at).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
                && !is_bracketed(&wire, *at, first.span.end as usize)
        };
        let (from, to) = (gap.clone().find(is_word)?, gap.clone().rfind(is_word)? + 1);
        let span = Span::new(from, to);
        let before = wire.token(from.checked_sub(1)?).is_some_and(|t| t.mark == '…');
        let place = *pieces[0].tokens.last()? + 1;
        let ours = if before { *pieces[1].tokens.first()? } else { place };
        let theirs = Place { span, ..*first };
        let change = Change { ours: Span::new(ours, ours), theirs, words: wire.clean(span) };
        let drift = Drift { place: *first, changes: vec![change], likeness: 1.0 };
        marked.then_some(drift)
    })
}

/// Whether a token stands in brackets that open at or behind token `from`: those are the writer's words.
fn is_bracketed(p: &Paragraph<'_>, at: usize, from: usize) -> bool {
    let mark = |at: &usize| p.token(*at).map_or('\0', |token| token.mark);
    (from..at).rev().find(|at| matches!(mark(at), '[' | ']')).is_some_and(|at| mark(&at) == '[')
}

/// What became of a piece of a quotation.
fn find(p: &Paragraph<'_>, piece: &Words, speech: bool, wires: &Wires) -> Outcome {
    let (keys, quoted, running) = (&piece.keys[..], &wires.quoted, &wires.running);
    if keys.len() < 2 {
        return Outcome::Unjudged;
    }
    let exact = quoted.exact(keys);
    if !exact.is_empty() {
        return word_for_word(piece, &exact, wires);
    }
    if let Some(&at) = running.exact(keys).first() {
        let place = running.place(at, at + keys.len());
        return match keys.len() >= UNQUOTED && speech {
            true => Outcome::Unquoted { place, exact: true },
            false => Outcome::Unjudged,
        };
    }
    if keys.len() < FEWEST {
        return Outcome::Unjudged;
    }
    if let Some(joined) = joined(p, piece, quoted) {
        return joined;
    }
    if let Some(diff) = best(quoted, keys, 0.6) {
        let diff = anchored_at_end(anchored_at_start(diff, keys, quoted), keys, quoted);
        return drifted(p, piece, &widened(diff, keys.len(), quoted), wires);
    }
    match best(running, keys, 0.75) {
        Some(diff) if keys.len() >= 6 && speech => {
            let place = running.place(diff.theirs.start, diff.theirs.end);
            Outcome::Unquoted { place, exact: false }
        }
        _ => Outcome::Absent,
    }
}

/// The stretch that is most like the words, if it shares `least` of them.
fn best(stream: &Stream, keys: &[u32], least: f32) -> Option<Diff> {
    let starts = stream.near(keys).into_iter();
    let diffs = starts.map(|start| diff::beside(keys, &stream.words, start));
    let ratio = |d: &Diff| 2.0 * d.same as f32 / (keys.len() + d.theirs.len()).max(1) as f32;
    let best = diffs.max_by(|a, b| ratio(a).total_cmp(&ratio(b)))?;
    let short = keys.len() > 5 || best.same + 1 >= keys.len();
    (short && ratio(&best) >= least).then_some(best)
}

/// At its ends a quotation may be part of a longer one, so that a changed word finds no other beside it there: it stands for as many
/// words of the wire copy as it is itself, as far as their quotation goes on.
fn widened(mut diff: Diff, count: usize, stream: &Stream) -> Diff {
    let lone = |hunk: &&mut Hunk| hunk.theirs.is_empty() && !hunk.ours.is_empty();
    if let Some(first) = diff.hunks.first_mut().filter(lone).filter(|h| h.ours.start == 0) {
        let start = stream.around(first.theirs.end).start;
        first.theirs.start = first.theirs.end.saturating_sub(first.ours.len()).max(start);
        diff.theirs.start = diff.theirs.start.min(first.theirs.start);
    }
    if let Some(last) = diff.hunks.last_mut().filter(lone).filter(|h| h.ours.end == count) {
        let end = stream.around(last.theirs.start.saturating_sub(1)).end;
        last.theirs.end = (last.theirs.start + last.ours.len()).min(end).max(last.theirs.start);
        diff.theirs.end = diff.theirs.end.max(last.theirs.end);
    }
    diff
}

/// Words beside a stretch in which the first or the last words of a quotation are looked for.
const REACH: usize = 24;

/// Whether so many words, so far from the stretch, are the end of the quotation and no chance.
fn is_end(count: usize, away: usize) -> bool {
    count >= 2 || count == 1 && away <= 1
}

/// Where the quotation's first words stand a little before the stretch, in the same quotation, the stretch starts with them: what
/// stands between was dropped or changed.
fn anchored_at_start(mut diff: Diff, keys: &[u32], stream: &Stream) -> Diff {
    let Some(first) = diff.hunks.first_mut().filter(|h| h.ours.start == 0 && !h.ours.is_empty())
    else {
        return diff;
    };
    let end = first.theirs.end;
    let low = stream.around(end).start.max(first.theirs.start.saturating_sub(REACH));
    let ours = &keys[first.ours.clone()];
    let same = |at: usize| {
        let theirs = stream.words.get(at..end).unwrap_or_default();
        ours.iter().zip(theirs).take_while(|(a, b)| a == b).count()
    };
    let best = (low..end).map(|at| (same(at), at)).max().unwrap_or_default();
    let (count, at) = best;
    if is_end(count, first.theirs.start.saturating_sub(at + count)) {
        *first = Hunk { ours: count..first.ours.end, theirs: at + count..end };
        diff.theirs.start = at;
        diff.same += count;
    }
    diff
}

/// The same for its last words.
fn anchored_at_end(mut diff: Diff, keys: &[u32], stream: &Stream) -> Diff {
    let whole = |h: &&mut Hunk| h.ours.end == keys.len() && !h.ours.is_empty();
    let Some(last) = diff.hunks.last_mut().filter(whole) else { return diff };
    let start = last.theirs.start;
    let high = stream.around(start.saturating_sub(1)).end.min(last.theirs.end + REACH);
    let ours = &keys[last.ours.clone()];
    let same = |end: usize| {
        let theirs = stream.words.get(start..end).unwrap_or_default();
        ours.iter().rev().zip(theirs.iter().rev()).take_while(|(a, b)| a == b).count()
    };
    let ends = (start..=high).map(|end| (same(end), std::cmp::Reverse(end)));
    let (count, std::cmp::Reverse(end)) = ends.max().unwrap_or_default();
    if is_end(count, (end - count.min(end)).saturating_sub(last.theirs.end)) {
        *last = Hunk { ours: last.ours.start..last.ours.end - count, theirs: start..end - count };
        diff.theirs.end = end;
        diff.same += count;
    }
    diff
}

/// A run of a quotation's words that stands in the wire copy.
struct Found {
    /// Its first word of the quotation.
    ours: usize,
    /// Its first word in the stream.
    theirs: usize,
    count: usize,
}

/// The runs that all words of a quotation stand in, one that joins two of them aside; `None` where there are others.
fn runs(keys: &[u32], stream: &Stream) -> Option<Vec<Found>> {
    const RUNS: usize = 5;
    // Few words stand together by chance, elsewhere.
    const BESIDE: usize = 60;
    let (mut out, mut at, mut lone): (Vec<Found>, usize, usize) = (Vec::new(), 0, 0);
    while at < keys.len() {
        let end = out.last().map_or(0, |run| run.theirs + run.count);
        let found = stream.longest(&keys[at..], end);
        let beside = |theirs: &usize| out.is_empty() || theirs.abs_diff(end) <= BESIDE;
        match found.filter(|(theirs, count)| *count >= FEWEST || beside(theirs)) {
            Some((theirs, count)) => {
                out.push(Found { ours: at, theirs, count });
                at += count;
            }
            None if lone == 0 && at > 0 => {
                lone += 1;
                at += 1;
            }
            None => return None,
        }
        if out.len() > RUNS {
            return None;
        }
    }
    Some(out)
}

/// Words that may be dropped inside a sentence of a quotation for it to be one still that lacks them.
const DROPPED: usize = 12;

/// What stands in several stretches of the wire copy, each of them word for word, that stand apart there or in another order.
fn joined(p: &Paragraph<'_>, piece: &Words, stream: &Stream) -> Option<Outcome> {
    let mut found = runs(&piece.keys, stream)?;
    // Two words may stand anywhere.
    found.retain(|run| run.count >= 3);
    found.windows(2).find_map(|pair| {
        let (a, b) = (&pair[0], &pair[1]);
        let between = *piece.tokens.get(b.ours - 1)?..*piece.tokens.get(b.ours)?;
        let mut between = between.filter_map(|at| p.token(at));
        let stop = between.any(|token| matches!(token.mark, '.' | '?' | '!'));
        let moved = b.theirs < a.theirs;
        let (low, high) = (a.theirs.min(b.theirs), a.theirs.max(b.theirs));
        let apart = !is_one(stream, low, high - low + 1);
        let gap = b.theirs.saturating_sub(a.theirs + a.count);
        let place = |run: &Found| stream.place(run.theirs, run.theirs + run.count);
        let (first, second) = (place(a), place(b));
        (moved || apart || gap > DROPPED || stop && gap >= 3).then_some(Outcome::Joined {
            first,
            second,
            moved: moved && !apart,
        })
    })
}

/// A quotation that is the same word for word, if its pieces stand together and no ellipsis was lost.
fn word_for_word(piece: &Words, exact: &[usize], wires: &Wires) -> Outcome {
    let (stream, count) = (&wires.quoted, piece.keys.len());
    let together: Vec<usize> =
        exact.iter().copied().filter(|at| is_one(stream, *at, count)).collect();
    let Some(&first) = together.first() else {
        let (start, end) = (exact[0], exact[0] + count);
        let next = stream.pieces(start, end).iter().skip(1).find(|piece| piece.apart);
        let next = next.map_or(end, |piece| piece.first as usize);
        let (first, second) = (stream.place(start, next), stream.place(next, end));
        let joined = Outcome::Joined { first, second, moved: false };
        return if count >= 6 { joined } else { Outcome::Unjudged };
    };
    let gaps = together.iter().map(|at| ellipsis(stream, *at, count, wires));
    if gaps.clone().any(|gap| gap.is_none()) {
        let places = together.iter().map(|at| stream.place(*at, at + count));
        return Outcome::Same(places.collect());
    }
    let Some((after, theirs)) = gaps.flatten().next() else { return Outcome::Unjudged };
    let before = piece.tokens.get(after).copied().unwrap_or(0);
    let ours = Span::new(before, before);
    let changes = vec![Change { ours, theirs, words: "…".to_owned() }];
    Outcome::Drifted(Drift { place: stream.place(first, first + count), changes, likeness: 1.0 })
}

/// Whether the words stand in one quotation, or in pieces that only say who speaks in between.
fn is_one(stream: &Stream, at: usize, count: usize) -> bool {
    stream.pieces(at, at + count).iter().skip(1).all(|piece| !piece.apart)
}

/// The ellipsis between the words of the wire copy: the word that it stands before, and its place.
fn ellipsis(stream: &Stream, at: usize, count: usize, wires: &Wires) -> Option<(usize, Place)> {
    let mut known: Option<(Place, Paragraph<'_>)> = None;
    for word in 1..count {
        let (before, after) = (stream.token(at + word - 1), stream.token(at + word));
        if after <= before + 1 {
            continue;
        }
        let place = stream.place(at + word, at + word + 1);
        let of = |(at, _): &(Place, Paragraph<'_>)| (at.wire, at.paragraph);
        if known.as_ref().map(of) != Some((place.wire, place.paragraph)) {
            known = wires.paragraph(place).map(|p| (place, p));
        }
        let Some((_, p)) = &known else { continue };
        let found = (before + 1..after).find(|at| p.token(*at).is_some_and(|t| t.mark == '…'));
        if let Some(found) = found {
            return Some((word, Place { span: Span::new(found, found + 1), ..place }));
        }
    }
    None
}

/// What differs, in tokens of the draft and in words of the wire copy; what a house may choose does not.
fn drifted(p: &Paragraph<'_>, piece: &Words, diff: &Diff, wires: &Wires) -> Outcome {
    let stream = &wires.quoted;
    let differs = |hunk: &&Hunk| {
        let ours = piece.keys.get(hunk.ours.clone()).unwrap_or_default();
        !words::is_house(ours, stream.words.get(hunk.theirs.clone()).unwrap_or_default())
    };
    let changes: Vec<Change> =
        diff.hunks.iter().filter(differs).map(|hunk| change(p, piece, hunk, wires)).collect();
    let place = stream.place(diff.theirs.start, diff.theirs.end);
    if changes.is_empty() {
        return Outcome::Same(vec![place]);
    }
    let likeness = diff.same as f32 / piece.keys.len().max(1) as f32;
    Outcome::Drifted(Drift { place, changes, likeness })
}

/// One difference in whole words: a number with all that belongs to it, "can't" with its negation.
fn change(p: &Paragraph<'_>, piece: &Words, hunk: &Hunk, wires: &Wires) -> Change {
    let stream = &wires.quoted;
    let past = piece.tokens.last().map_or(0, |last| words::whole(p, *last).end as usize);
    let token = |word: usize| piece.tokens.get(word).copied().unwrap_or(past);
    let start = token(hunk.ours.start);
    let mut ours = match hunk.ours.is_empty() {
        true => Span::new(start, start),
        false => words::whole(p, start).cover(words::whole(p, token(hunk.ours.end - 1))),
    };
    let mut theirs = stream.place(hunk.theirs.start, hunk.theirs.end);
    let Some(wire) = wires.paragraph(theirs) else {
        return Change { ours, theirs, words: String::new() };
    };
    let first = theirs.span.start as usize;
    theirs.span = match hunk.theirs.is_empty() {
        true => Span::new(first, first),
        false => {
            let last = (theirs.span.end as usize).saturating_sub(1).max(first);
            words::whole(&wire, first).cover(words::whole(&wire, last))
        }
    };
    let clitic = |p: &Paragraph<'_>, span: Span| {
        !span.is_empty()
            && p.token(span.start as usize).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC))
    };
    // The words before are the same on both sides.
    let before = hunk.ours.start > 0 && hunk.theirs.start > 0 && first > 0;
    if before && (clitic(p, ours) || clitic(&wire, theirs.span)) {
        ours.start = ours.start.min(token(hunk.ours.start - 1) as u32);
        ours.end = ours.end.max(ours.start + 1);
        theirs.span.start = first as u32 - 1;
        theirs.span.end = theirs.span.end.max(first as u32);
    }
    Change { ours, theirs, words: wire.clean(theirs.span) }
}
