//! Running words of all wire copy, to find a stretch of words in.

use super::index::Postings;
use super::place::Place;
use super::words;
use crate::annotate::Paragraph;
use crate::segment::Span;

/// Places of a pair of words that are looked at.
const MOST: usize = 64;

/// A stretch of the stream that stands together in one paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Its first word in the stream.
    pub first: u32,
    /// Which wire.
    pub wire: u32,
    /// Which paragraph of it.
    pub paragraph: u32,
    /// Whether more than who said it stands between this piece and the one before.
    pub apart: bool,
}

/// Words in order, with their places.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Folded words.
    pub words: Vec<u32>,
    /// The token of each word.
    tokens: Vec<u32>,
    pieces: Vec<Piece>,
    pairs: Postings,
}

/// The key of two words that follow each other.
pub(super) fn pair(a: u32, b: u32) -> u32 {
    a.rotate_left(9).wrapping_mul(0x9E37_79B1) ^ b
}

impl Stream {
    /// Adds the words of `span` as a piece of its own.
    pub(super) fn push(&mut self, wire: u32, p: &Paragraph<'_>, span: Span, apart: bool) {
        let first = self.words.len() as u32;
        self.pieces.push(Piece { first, wire, paragraph: p.index as u32, apart });
        for index in span.iter() {
            words::folded(p, index, |word| {
                self.words.push(word);
                self.tokens.push(index as u32);
            });
        }
    }

    /// Which words of the piece that was added last stand in `span`.
    pub(super) fn last(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.pieces.last().map_or(0, |piece| piece.first as usize);
        let tokens = &self.tokens[first..];
        let before = |end: u32| first + tokens.partition_point(|token| *token < end);
        before(span.start)..before(span.end)
    }

    /// Makes the stream ready to be searched.
    pub(super) fn finish(&mut self) {
        let pairs = self.words.windows(2).enumerate();
        self.pairs =
            Postings::new(pairs.map(|(at, two)| (pair(two[0], two[1]), at as u32)).collect());
    }

    /// The number of the piece that holds word `at`.
    pub(super) fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.first as usize <= at).saturating_sub(1)
    }

    /// The words of the piece that holds word `at`.
    pub(super) fn around(&self, at: usize) -> std::ops::Range<usize> {
        let number = self.piece_at(at);
        let first = |number: usize| self.pieces.get(number).map(|piece| piece.first as usize);
        first(number).unwrap_or(0)..first(number + 1).unwrap_or(self.words.len())
    }

    /// The pieces that the words `from..to` stand in.
    pub(super) fn pieces(&self, from: usize, to: usize) -> &[Piece] {
        let first = self.piece_at(from);
        let last = self.piece_at(to.max(from + 1) - 1);
        self.pieces.get(first..=last).unwrap_or_default()
    }

    /// The token of word `at`.
    pub(super) fn token(&self, at: usize) -> usize {
        self.tokens.get(at).copied().unwrap_or(0) as usize
    }

    /// The place of the words `from..to`, as far as they stand in one paragraph.
    pub(super) fn place(&self, from: usize, to: usize) -> Place {
        let pieces = self.pieces(from, to);
        let Some(first) = pieces.first() else {
            return Place { wire: 0, paragraph: 0, span: Span::default() };
        };
        let same = |piece: &&Piece| (piece.wire, piece.paragraph) == (first.wire, first.paragraph);
        let beyond =
            pieces.iter().find(|piece| !same(piece)).map_or(to, |piece| piece.first as usize);
        let start = self.token(from);
        let end = if beyond > from { self.token(beyond - 1) + 1 } else { start };
        let (wire, paragraph) = (first.wire as usize, first.paragraph as usize);
        Place { wire, paragraph, span: Span::new(start, end) }
    }

    /// Where exactly these words stand, as far as they are looked for.
    pub(super) fn exact(&self, wanted: &[u32]) -> Vec<usize> {
        let rarest = wanted
            .windows(2)
            .enumerate()
            .take(MOST)
            .map(|(at, two)| (at, self.pairs.of(pair(two[0], two[1]))))
            .min_by_key(|(_, places)| places.len());
        let Some((offset, places)) = rarest else { return Vec::new() };
        let starts = places.iter().take(4 * MOST);
        let starts = starts.filter_map(|(_, at)| (*at as usize).checked_sub(offset));
        starts.filter(|at| self.words.get(*at..*at + wanted.len()) == Some(wanted)).collect()
    }

    /// The longest run of words that these words open with and that stands together: where, and how long; of equals the
    /// nearest to word `around`.
    pub(super) fn longest(&self, wanted: &[u32], around: usize) -> Option<(usize, usize)> {
        let [first, second, ..] = wanted else { return None };
        let run = |at: usize| {
            let theirs = self.words.get(at..).unwrap_or_default();
            let count = wanted.iter().zip(theirs).take_while(|(a, b)| a == b).count();
            let pieces = self.pieces(at, at + count);
            let apart = pieces.iter().skip(1).find(|piece| piece.apart);
            (at, apart.map_or(count, |piece| piece.first as usize - at))
        };
        let places = self.pairs.of(pair(*first, *second)).iter().take(MOST);
        let runs = places.map(|(_, at)| run(*at as usize)).filter(|(_, count)| *count >= 2);
        runs.max_by_key(|(at, count)| (*count, std::cmp::Reverse(at.abs_diff(around))))
    }

    /// Where in the stream something much like these words may start, the likeliest first: by how many pairs of words
    /// stand where they would.
    pub(super) fn near(&self, wanted: &[u32]) -> Vec<isize> {
        // Words that were put in or dropped move what follows: places that differ by little are one.
        const WIDTH: isize = 8;
        let mut votes: Vec<(isize, isize)> = Vec::new();
        let step = (wanted.len() / 512).max(1);
        for (at, two) in wanted.windows(2).enumerate().step_by(step) {
            let places = self.pairs.of(pair(two[0], two[1]));
            // A pair that stands everywhere tells nothing.
            for (_, place) in places.iter().take(MOST) {
                let start = *place as isize - at as isize;
                votes.push((start.div_euclid(WIDTH), start));
            }
        }
        votes.sort_unstable();
        let mut groups: Vec<(usize, isize, isize)> = Vec::new();
        for group in votes.chunk_by(|a, b| a.0 == b.0) {
            groups.push((group.len(), group[0].0, group[0].1));
        }
        // Two neighbours hold what lies across their border.
        let sums = groups.iter().enumerate().map(|(at, group)| {
            let next = groups.get(at + 1).filter(|next| next.1 == group.1 + 1);
            (group.0 + next.map_or(0, |next| next.0), group.2)
        });
        let mut sums: Vec<(usize, isize)> = sums.collect();
        sums.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        sums.truncate(3);
        sums.into_iter().map(|(_, start)| start).collect()
    }
}
