//! Where a sentence stands: who is on record around it.

use super::Table;
use super::words::FLAGS;
use crate::segment::TokenFlags;

/// Features from what stands around a sentence, besides the flags of its words.
const AROUND: usize = 90;

/// Number of features of a claim.
pub const FEATURES: usize = FLAGS + AROUND;

fn flag(on: bool) -> f32 {
    f32::from(u8::from(on))
}

/// A list that is filled from the front.
struct Filling {
    list: [f32; FEATURES],
    next: usize,
}

impl Filling {
    fn push(&mut self, value: f32) {
        if let Some(place) = self.list.get_mut(self.next) {
            *place = value;
        }
        self.next += 1;
    }

    fn extend<const N: usize>(&mut self, values: [f32; N]) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl Table<'_> {
    /// The features of the sentence in row `at`.
    pub(super) fn features(&self, at: usize) -> [f32; FEATURES] {
        let mut out = Filling { list: [0.0; FEATURES], next: 0 };
        let words = self.words(at).copied().unwrap_or_default();
        for number in 0..FLAGS {
            out.push(flag(words.flags & 1 << number != 0));
        }
        let scores = self.scores(at);
        self.own(at, scores.attributed, &mut out);
        self.on_record(at, words.is_named(), &mut out);
        self.chances(at, scores.told, &mut out);
        debug_assert_eq!(out.next, FEATURES);
        out.list
    }

    /// What attributes in the sentence itself, believed or not.
    fn own(&self, at: usize, score: f32, out: &mut Filling) {
        let row = &self.rows[at];
        let signs = &self.facts[at].signs;
        out.extend([
            flag(row.minded),
            flag(self.facts[at].speech),
            flag(row.minded || self.facts[at].speech),
            signs.confidence,
            signs.speech_confidence,
            signs.strength,
            signs.strength.sqrt(),
            signs.likely,
            signs.likely.sqrt(),
            signs.covering,
            signs.covering.sqrt(),
            flag(signs.has_cue && signs.is_sourceless),
            flag(signs.has_cue && !signs.is_sourceless),
            flag(!signs.has_cue && signs.confidence > 0.0),
            signs.covered,
            signs.cue_place,
            flag(signs.is_speech_verb),
            row.chance,
            (score / 8.0).clamp(-1.0, 1.0),
        ]);
    }

    /// Who is on record around it.
    fn on_record(&self, at: usize, named: bool, out: &mut Filling) {
        let rows = &self.rows;
        let row = &rows[at];
        let back = self.last[at].map_or(9, |last| at - last).min(9);
        let ahead = self.next[at].map_or(9, |next| next - at).min(9);
        let next = self.next[at].map(|next| &rows[next]);
        let beside = |other: Option<usize>| other.and_then(|other| rows.get(other));
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let same = |other: &&super::Row| other.paragraph == row.paragraph;
        let pronoun = next.is_some_and(|next| next.pronoun);
        let (start, end) = self.paragraph_rows(at);
        let below = beside(Some(end));
        let above = beside(start.checked_sub(1));
        let attributed = |row: Option<&super::Row>| flag(row.is_some_and(|row| row.attributed));
        let quoted = |row: Option<&super::Row>| flag(row.is_some_and(|row| row.quoted));
        let minded = |row: Option<&super::Row>| flag(row.is_some_and(|row| row.minded));
        let around = |reach: usize, count: &dyn Fn(&super::Row) -> bool| {
            let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(rows.len()));
            let found = (from..to).filter(|&other| other != at && count(&rows[other])).count();
            found as f32 / (to - from - 1).max(1) as f32
        };
        let total = rows.len() as f32;
        let rest = (total - 1.0).max(1.0);
        let own = flag(row.attributed);
        let count = end - start;
        let resting = flag(self.next[at].is_some_and(|next| next < end));
        out.extend([
            flag(back == 1),
            flag(back == 2),
            1.0 / back as f32,
            flag(ahead == 1),
            flag(ahead == 2),
            1.0 / ahead as f32,
            flag(ahead == 1 && next.as_ref().is_some_and(same)),
            flag(back == 1 && ahead == 1),
            flag(self.last[at].is_none()),
            flag(self.next[at].is_none()),
            flag(pronoun),
            flag(pronoun && ahead == 1),
            flag(pronoun && ahead == 1 && !named),
            quoted(before),
            quoted(after),
            quoted(after.filter(same)),
            minded(before),
            minded(after),
            flag(after.is_some_and(|row| row.he_she)),
            around(5, &|row| row.attributed),
            around(2, &|row| row.attributed),
            around(5, &|row| row.quoted),
            (self.attributed as f32 - own) / rest,
            self.quoted as f32 / total.max(1.0),
            (at as f32 / 30.0).min(1.0),
            flag(at < 3),
            at as f32 / total.max(1.0),
            flag(count == 1),
            flag(at == start),
            flag(at + 1 == end),
            (count as f32 / 6.0).min(1.0),
            ((at - start) as f32 / 5.0).min(1.0),
            attributed(below),
            quoted(below),
            flag(below.is_some_and(|row| row.pronoun)),
            attributed(above),
            resting,
            flag(count > 1) * (1.0 - resting),
            flag(self.names_a_source(at)),
        ]);
    }

    /// How likely somebody is on record around it, also where the model of attributions did not believe it.
    fn chances(&self, at: usize, told: f32, out: &mut Filling) {
        let rows = &self.rows;
        let (start, end) = self.paragraph_rows(at);
        let chance = |other: Option<usize>| {
            other.and_then(|other| rows.get(other)).map_or(0.0, |row| row.chance)
        };
        let own = rows[at].chance;
        let before = 1.0 - rows[at].open_before;
        let open = (1.0 - own) * (1.0 - before);
        let above = start.checked_sub(1);
        let below = (end < rows.len()).then_some(end);
        let whole = |other: Option<usize>| other.map_or(0.0, |other| self.paragraph_chance(other));
        let (last, next) = (chance(at.checked_sub(1)), chance(Some(at + 1)));
        let near = |reach: usize| {
            let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(rows.len()));
            let sum: f32 = rows[from..to].iter().map(|row| row.chance).sum();
            (sum - own) / (2 * reach) as f32
        };
        let rest = (rows.len() as f32 - 1.0).max(1.0);
        let likely = |other: Option<usize>| {
            other.and_then(|other| rows.get(other)).map_or(0.0, |row| row.likely)
        };
        out.extend([
            last,
            next,
            if at > start { last } else { 0.0 },
            if at + 1 < end { next } else { 0.0 },
            before,
            rows[at].most_before,
            1.0 - rows[at].open_after,
            open,
            chance(below),
            chance(above),
            whole(above),
            whole(below),
            near(1),
            near(2),
            near(3),
            near(5),
            near(8),
            (self.chance - own) / rest,
            (1.0 - last) * (1.0 - next),
            if rows.get(at + 1).is_some_and(|row| row.he_she) { next } else { 0.0 },
            rows.get(at + 1).map_or(0.0, |row| row.strength),
            at.checked_sub(1).map_or(0.0, |before| rows[before].strength),
            self.facts[at].likeliest_before,
            likely(at.checked_sub(1)),
            likely(Some(at + 1)),
            rows[at].likely_before,
            rows[at].likely_after,
            likely(above),
            likely(below),
            told / 4.0,
            told / 4.0 * flag(own < 0.5),
            told / 4.0 * open,
        ]);
    }

    /// Whether a name stands in it that is on record for something elsewhere in the article.
    fn names_a_source(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let tokens = self.story.paragraphs[row.paragraph].tokens();
        let tokens = tokens.get(row.sentence.iter()).unwrap_or_default();
        tokens
            .iter()
            .any(|t| t.flags.contains(TokenFlags::CAPITAL) && self.sources.contains(&t.hash))
    }
}
