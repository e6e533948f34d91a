//! Claims that nobody is on record for: which sentences assert something that news copy normally attributes, and how
//! likely it is that a source went missing.
//!
//! Three logistic regressions rank the sentences, the last one corrected by trees. The first asks whether anybody is on
//! record in a sentence, also where the model of attributions did not believe its cue; the second whether a sentence that
//! nobody is on record for reads like what others are quoted for; the third weighs both with what stands around. They are
//! learned from published articles with their attributions marked, from the same articles with the attribution of a
//! sentence cut off, and from what the model of attributions leaves undetected in articles that it was not trained on
//! (`tests/train`). Names are one word to them. Form alone (length, commas, how the sentence opens) is left out: it would
//! learn how the cut was made.
//!
//! The regressions rank; they cannot tell a sum on the public record from one that somebody whispered, and published copy
//! is full of the former. So what they say counts at most `RANKED`, and what goes beyond is one of the kinds of claim
//! that a desk sends back (`kinds`).

mod context;
mod facts;
mod kinds;
pub mod model;
mod record;
mod words;

pub use context::FEATURES;
pub use words::{BUCKETS, FLAGS};

use super::{Story, slots};
use crate::annotate::{Paragraph, Slot};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags};
use facts::{Facts, Scores, facts};
use model::{MODEL, Model, SIGNS, logistic};
use rustc_hash::FxHashSet;
use words::Words;

/// Why a sentence reads like something that somebody must have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// What somebody thinks, wants or feels.
    Mind,
    /// Why somebody did something.
    Motive,
    /// What happened in private.
    Private,
    /// What caused something.
    Cause,
    /// What a poll found.
    Poll,
    /// A share of a whole.
    Share,
    /// A sum of money.
    Money,
    /// What will happen.
    Prediction,
    /// A wrong that somebody did.
    Accusation,
}

/// A sentence that nobody is on record for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// Its paragraph.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Span,
    /// The strongest reason, if there is any but the lack of a source.
    pub reason: Option<Reason>,
    /// How likely a source is missing, 0 to 1.
    pub probability: f32,
    /// Whether somebody in the sentence, or earlier in its paragraph, may be on record for it after all.
    pub is_doubtful: bool,
}

/// From this probability on that somebody is on record in a sentence it is no claim, nor is what stands after it in its
/// paragraph.
const ON_RECORD: f32 = 0.985;

/// What a sentence that the regressions are sure of is worth.
const RANKED: f32 = 0.7;

/// What is left of the rank of a sentence in which somebody is very likely on record for something, since an editor who
/// reads it sees a source, and of one that anybody can look up.
const ON_RECORD_RANK: f32 = 0.5;
/// From this confidence of an attribution on.
const LIKELY_ON_RECORD: f32 = 0.7;

/// What is left of the confidence where the next sentence of the paragraph has a source or quoted words: it often backs
/// what this one says.
const BACKED: f32 = 0.75;

/// The sentences that nobody is on record for with at least this probability, in order. What the regressions rank stays
/// below it by default, and is then not looked at.
pub fn sentences(story: &Story<'_>, least: f32) -> Vec<Claim> {
    let own = |paragraph: &Paragraph<'_>| Some(facts(paragraph));
    let model = (least <= RANKED).then(|| &*MODEL);
    let table =
        Table::new(story, |p| story.paragraphs[p].memo(&FACTS, own).map_or(&[], |f| &f[..]), model);
    let claims = (0..table.rows.len()).filter_map(|row| table.claim(row));
    claims.filter(|claim| claim.probability >= least).collect()
}

static FACTS: Slot<Vec<Facts>> = Slot::new(slots::CLAIMS);

/// What a model is trained on: one sentence of running text.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its paragraph.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Span,
    /// What attributes in it.
    pub signs: [f32; SIGNS],
    /// Its words, one bit a feature.
    pub flags: u64,
    /// Buckets of its hashed words.
    pub words: Vec<u16>,
    /// What the last regression sees of it, where it is one that may be a claim.
    pub features: Option<Box<[f32; FEATURES]>>,
}

/// Every sentence of a story's running text as `model` sees it, for training.
pub fn samples(story: &Story<'_>, model: &Model) -> Vec<Sample> {
    let facts: Vec<Vec<Facts>> = story.paragraphs.iter().map(facts).collect();
    let table = Table::new(story, |p| &facts[p], Some(model));
    let sample = |at: usize| {
        let (row, facts) = (&table.rows[at], table.facts[at]);
        let mut words = Vec::new();
        if table.words(at).is_some() {
            let paragraph = &story.paragraphs[row.paragraph];
            words::hashed(paragraph, row.sentence, |bucket| words.push(bucket as u16));
        }
        Sample {
            paragraph: row.paragraph,
            sentence: row.sentence,
            signs: facts.signs.list(),
            flags: table.words(at).map_or(0, |w| w.flags),
            words,
            features: table.is_judged(at).then(|| Box::new(table.features(at))),
        }
    };
    (0..table.rows.len()).map(sample).collect()
}

/// One sentence of the story's running text.
#[derive(Clone, Copy, Debug)]
struct Row {
    paragraph: usize,
    sentence: Span,
    /// Somebody is on record in it, or it is carried.
    attributed: bool,
    /// It stands under the attribution of an earlier sentence.
    carried: bool,
    /// Its only attribution is a state of mind.
    minded: bool,
    /// Whether the source is a pronoun.
    pronoun: bool,
    /// Whether it has speech marks or stands between them.
    quoted: bool,
    /// Whether it opens with "he" or "she".
    he_she: bool,
    /// Probability of its likeliest cue.
    strength: f32,
    /// Probability of the likeliest attribution in it or over it.
    likely: f32,
    /// The largest of those of the sentences before it in its paragraph, and of those after it.
    likely_before: f32,
    likely_after: f32,
    /// Probability that somebody is on record in it.
    chance: f32,
    /// Probability that nobody is in the sentences before it in its paragraph, and in those after it.
    open_before: f32,
    open_after: f32,
    /// The largest chance of the sentences before it in its paragraph.
    most_before: f32,
    /// First row of its paragraph, and one past the last.
    rows: (usize, usize),
}

/// The sentences of a story's running text.
struct Table<'s> {
    story: &'s Story<'s>,
    /// What ranks the sentences, if they are to be ranked.
    model: Option<&'s Model>,
    rows: Vec<Row>,
    /// What each row says by itself.
    facts: Vec<&'s Facts>,
    /// Row of the last attributed sentence before each row.
    last: Vec<Option<usize>>,
    /// Row of the next attributed sentence after each row.
    next: Vec<Option<usize>>,
    /// Names that are on record for something, by fingerprint.
    sources: FxHashSet<u64>,
    /// How many rows are attributed, and have quoted words.
    attributed: usize,
    quoted: usize,
    /// Sum of the chances.
    chance: f32,
}

impl<'s> Table<'s> {
    fn new(
        story: &'s Story<'s>,
        facts_of: impl Fn(usize) -> &'s [Facts],
        model: Option<&'s Model>,
    ) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        let mut facts = Vec::new();
        let mut sources = FxHashSet::default();
        let mut carried = story.carried.iter().peekable();
        for (number, paragraph) in story.paragraphs.iter().enumerate() {
            if !matches!(paragraph.block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
                continue;
            }
            names(paragraph, &mut sources);
            let first = rows.len();
            for (&sentence, own) in paragraph.notes.sentences.iter().zip(facts_of(number)) {
                let place = (number, sentence.start);
                while carried.next_if(|c| (c.paragraph, c.sentence.start) < place).is_some() {}
                let is_carried =
                    carried.peek().is_some_and(|c| (c.paragraph, c.sentence.start) == place);
                let score = model.map(|model| own.scores(paragraph, sentence, model).attributed);
                rows.push(Row::new(number, sentence, own, is_carried, score));
                facts.push(own);
            }
            reach(&mut rows, first);
        }
        let (last, next) = neighbours(&rows);
        let attributed = rows.iter().filter(|row| row.attributed).count();
        let quoted = rows.iter().filter(|row| row.quoted).count();
        let chance = rows.iter().map(|row| row.chance).sum();
        Self { story, model, rows, facts, last, next, sources, attributed, quoted, chance }
    }

    /// First row of the paragraph of row `at`, and one past the last.
    fn paragraph_rows(&self, at: usize) -> (usize, usize) {
        self.rows[at].rows
    }

    /// Probability that somebody is on record in the paragraph of row `at`.
    fn paragraph_chance(&self, at: usize) -> f32 {
        let first = &self.rows[self.rows[at].rows.0];
        1.0 - (1.0 - first.chance) * first.open_after
    }

    /// What the words of row `at` say, if it is prose of its own.
    fn words(&self, at: usize) -> Option<&Words> {
        let Row { paragraph, sentence, .. } = self.rows[at];
        self.facts[at].words(&self.story.paragraphs[paragraph], sentence)
    }

    /// What the models make of row `at` by itself.
    fn scores(&self, at: usize) -> Scores {
        let Row { paragraph, sentence, .. } = self.rows[at];
        let score =
            |model| self.facts[at].scores(&self.story.paragraphs[paragraph], sentence, model);
        self.model.map(score).unwrap_or_default()
    }

    /// Whether the sentence may be a claim: prose of its own for which nobody is surely on record.
    fn is_judged(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let open = row.chance < ON_RECORD && row.open_before > 1.0 - ON_RECORD;
        open && !row.carried && self.words(at).is_some_and(|words| !words.is_procedure)
    }

    /// Whether nobody at all is on record for the sentence, nor earlier in its paragraph.
    fn is_open(&self, at: usize) -> bool {
        !self.rows[at].attributed && !self.before_in_paragraph(at)
    }

    /// Whether somebody is on record earlier in the paragraph.
    fn before_in_paragraph(&self, at: usize) -> bool {
        self.last[at].is_some_and(|last| last >= self.rows[at].rows.0)
    }

    /// What row `at` claims, if it may be a claim: one of the kinds, or whatever the regressions rank.
    fn claim(&self, at: usize) -> Option<Claim> {
        let Row { paragraph, sentence, minded, .. } = self.rows[at];
        let model = self.model.filter(|_| self.is_judged(at));
        let is_open = self.is_open(at);
        if model.is_none() && !is_open && !minded {
            return None;
        }
        let words = self.words(at).filter(|words| !words.is_procedure)?;
        let ranked = model.map(|model| self.ranked(at, model));
        let may_be = (is_open || minded) && !words.is_attributing;
        let kind = may_be.then(|| self.kind(at)).flatten();
        let (reason, probability) = match (kind, ranked) {
            (Some((reason, sure)), _) if ranked.is_none_or(|ranked| sure >= ranked) => {
                (Some(reason), sure)
            }
            _ => (words.reason, ranked?),
        };
        Some(Claim { paragraph, sentence, reason, probability, is_doubtful: !is_open })
    }

    /// What the regressions make of row `at`.
    fn ranked(&self, at: usize, model: &Model) -> f32 {
        let rank = calibrated(model.claim(&self.features(at)));
        let Row { paragraph, sentence, .. } = self.rows[at];
        let on_record = self.facts[at].signs.speech_confidence >= LIKELY_ON_RECORD
            || record::is_public(&self.story.paragraphs[paragraph], sentence);
        if on_record { rank * ON_RECORD_RANK } else { rank }
    }

    /// The kind of claim that a desk sends back, with how sure its words are.
    fn kind(&self, at: usize) -> Option<(Reason, f32)> {
        let Row { paragraph: number, sentence, .. } = self.rows[at];
        let before = number.checked_sub(1).and_then(|before| self.story.paragraphs.get(before));
        let (reason, sure) = kinds::kind(&self.story.paragraphs[number], before, sentence)?;
        let backed = if self.is_backed(at) { BACKED } else { 1.0 };
        Some((reason, sure * backed))
    }

    /// Whether the next sentence of the paragraph has a source of its own or quoted words.
    fn is_backed(&self, at: usize) -> bool {
        let next = self.rows.get(at + 1).filter(|next| next.paragraph == self.rows[at].paragraph);
        next.is_some_and(|next| next.attributed || next.quoted)
    }
}

/// How likely an editor is to act on a sentence of this score or at least to discuss it. The score is in log odds that were
/// learned from as many claims as other sentences. Of the 40 surest findings in the developing corpus, all of 0.36 or more
/// with the kinds among them, a reader found 28 worth that, of the 40 surest in other copy, from 0.34 on, about 24.
fn calibrated(score: f32) -> f32 {
    RANKED * logistic(score - 1.5)
}

/// The names in the sources of a paragraph.
fn names(paragraph: &Paragraph<'_>, sources: &mut FxHashSet<u64>) {
    let spans = paragraph.notes.attributions.iter().flat_map(|a| &a.source);
    let tokens = spans.flat_map(|span| span.iter()).filter_map(|at| paragraph.token(at));
    let named = tokens.filter(|t| {
        t.flags.contains(TokenFlags::CAPITAL)
            && !t.lex.intersects(Lex::PRONOUN | Lex::DETERMINER | Lex::HONORIFIC)
    });
    sources.extend(named.map(|t| t.hash));
}

impl Row {
    fn new(
        paragraph: usize,
        sentence: Span,
        facts: &Facts,
        carried: bool,
        score: Option<f32>,
    ) -> Self {
        let chance = score.map_or(0.0, logistic);
        Self {
            paragraph,
            sentence,
            attributed: carried || facts.speech,
            carried,
            minded: facts.minded,
            pronoun: facts.pronoun,
            quoted: facts.quoted,
            he_she: facts.he_she,
            strength: facts.signs.strength,
            likely: facts.signs.likely.max(facts.signs.covering),
            likely_before: 0.0,
            likely_after: 0.0,
            chance: if carried { chance.max(0.9) } else { chance },
            open_before: 1.0,
            open_after: 1.0,
            most_before: 0.0,
            rows: (0, 0),
        }
    }
}

/// Fills in how far the sentences of one paragraph, the rows from `first` on, reach.
fn reach(rows: &mut [Row], first: usize) {
    let all = (first, rows.len());
    let (mut open, mut most, mut likely) = (1.0, 0.0_f32, 0.0_f32);
    for row in &mut rows[first..] {
        (row.open_before, row.most_before, row.rows) = (open, most, all);
        row.likely_before = likely;
        likely = likely.max(row.likely);
        (open, most) = (open * (1.0 - row.chance), most.max(row.chance));
    }
    let (mut open, mut likely) = (1.0, 0.0_f32);
    for row in rows[first..].iter_mut().rev() {
        (row.open_after, row.likely_after) = (open, likely);
        likely = likely.max(row.likely);
        open *= 1.0 - row.chance;
    }
}

/// For each row the last attributed one before it, and the next after it.
fn neighbours(rows: &[Row]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut seen = None;
    let mut pass = |(at, row): (usize, &Row)| {
        let before = seen;
        if row.attributed {
            seen = Some(at);
        }
        before
    };
    let last = rows.iter().enumerate().map(&mut pass).collect();
    let mut seen = None;
    let mut next = vec![None; rows.len()];
    for (at, row) in rows.iter().enumerate().rev() {
        next[at] = seen;
        if row.attributed {
            seen = Some(at);
        }
    }
    (last, next)
}
