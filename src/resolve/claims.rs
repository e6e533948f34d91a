//! Claims that nobody is on record for: which sentences assert something that news copy normally attributes, and how
//! likely it is that a source went missing.
//!
//! The features are words that a desk would recognise (states of mind, private knowledge, shares, polls, money, cause,
//! prediction) and the reach of neighbouring attribution; a logistic regression weighs them. Its weights come from
//! sentences of published copy whose attribution was cut off, against sentences that were published without one
//! (`tests/train`). Form alone (length, commas, how the sentence opens) is left out: it would learn how the cut was made.
//!
//! The regression ranks; it cannot tell a sum on the public record from one that somebody whispered, and published copy
//! is full of the former. So its probability counts at most `REGRESSION`, and what goes beyond is one of the kinds of
//! claim that a desk sends back (`kinds`).

mod kinds;

use super::carried::owners;
use super::{Story, slots};
use crate::annotate::{Paragraph, Slot};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};
use std::sync::OnceLock;

/// Why a sentence reads like something that somebody must have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// What somebody thinks, wants or feels.
    Mind,
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
}

/// Number of features.
pub const FEATURES: usize = 24;

/// Weights of the logistic regression, as `tests/train` prints them. The first is the bias.
const WEIGHTS: [f32; FEATURES] = include!("claims.weights");

/// From this probability of a cue on, somebody may be on record whom the model did not believe in.
const MISSED_CUE: f32 = 0.3;

/// What a sentence that the regression is sure of is worth. Of the nine surest in the developing corpus, read one by one, a
/// desk would send two back and discuss three.
const REGRESSION: f32 = 0.5;

/// What is left of the confidence where the next sentence of the paragraph has a source or quoted words: it often backs
/// what this one says.
const BACKED: f32 = 0.75;

/// Words that a sentence must have to be judged.
const LEAST_WORDS: usize = 6;

/// The sentences that nobody is on record for, in order, with their features.
pub fn sentences(story: &Story<'_>) -> Vec<(Claim, [f32; FEATURES])> {
    let table = Table::new(story);
    let mut out = Vec::new();
    for row in 0..table.rows.len() {
        let Row { paragraph: number, sentence, .. } = table.rows[row];
        let paragraph = &story.paragraphs[number];
        if !table.is_open(row) {
            continue;
        }
        let Some(lex) = table.facts[row].words(paragraph, sentence) else { continue };
        if lex.is_procedure {
            continue;
        }
        let features = table.features(story, row, lex);
        let score: f32 = features.iter().zip(&WEIGHTS).map(|(f, w)| f * w).sum();
        let probability = 1.0 / (1.0 + crate::annotate::attribution::exp(-score));
        let missed = lex.is_attributing || table.rows[row].strength > MISSED_CUE;
        let kind = kinds::kind(
            paragraph,
            number.checked_sub(1).and_then(|b| story.paragraphs.get(b)),
            sentence,
        )
        .filter(|_| !lex.is_attributing);
        if kind.is_none() && table.rows[row].minded && table.before_in_paragraph(row) {
            continue;
        }
        let ranked = REGRESSION * if missed { probability / 2.0 } else { probability };
        let backed = if table.is_backed(story, row) { BACKED } else { 1.0 };
        let (reason, probability) = match kind {
            Some((reason, sure)) if sure * backed >= ranked => (Some(reason), sure * backed),
            _ => (lex.reason, ranked),
        };
        out.push((Claim { paragraph: number, sentence, reason, probability }, features));
    }
    out
}

/// One sentence of the story's running text.
#[derive(Clone, Copy, Debug)]
struct Row {
    paragraph: usize,
    sentence: Span,
    /// Somebody is on record in it, or it is carried.
    attributed: bool,
    /// Its only attribution is a state of mind.
    minded: bool,
    /// Whether the source is a pronoun.
    pronoun: bool,
    strength: f32,
}

/// What a sentence says by itself.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// Somebody is on record in it.
    speech: bool,
    /// Its only attribution is a state of mind.
    minded: bool,
    /// Whether the source is a pronoun.
    pronoun: bool,
    /// `None` where it is no prose of its own.
    words: OnceLock<Option<Words>>,
}

static FACTS: Slot<Vec<Facts>> = Slot::new(slots::CLAIMS);

/// What each sentence of the paragraph says.
fn facts(paragraph: &Paragraph<'_>) -> Option<Vec<Facts>> {
    let owners = owners(paragraph);
    let fact = |at: usize| {
        let own = owners.get(at).copied().flatten();
        let Some(own) = own.and_then(|own| paragraph.notes.attributions.get(own)) else {
            return Facts::default();
        };
        let pronoun = own.source.first().is_some_and(|s| {
            let token = paragraph.token(s.start as usize);
            s.len() == 1 && token.is_some_and(|t| t.lex.contains(Lex::PRONOUN))
        });
        Facts { speech: own.speech, minded: !own.speech, pronoun, words: OnceLock::new() }
    };
    Some((0..paragraph.notes.sentences.len()).map(fact).collect())
}

impl Facts {
    /// What its words say, if it is prose of its own.
    fn words(&self, paragraph: &Paragraph<'_>, sentence: Span) -> Option<&Words> {
        let read = || is_prose(paragraph, sentence).then(|| words(paragraph, sentence));
        self.words.get_or_init(read).as_ref()
    }
}

/// The sentences of a story's running text.
struct Table<'s> {
    rows: Vec<Row>,
    /// What each row says by itself.
    facts: Vec<&'s Facts>,
    /// Row of the last attributed sentence before each row.
    last: Vec<Option<usize>>,
    /// Row of the next attributed sentence after each row.
    next: Vec<Option<usize>>,
    share: f32,
}

impl<'s> Table<'s> {
    fn new(story: &'s Story<'_>) -> Self {
        let mut rows = Vec::new();
        let mut facts_of = Vec::new();
        let mut carried = story.carried.iter().peekable();
        for (number, paragraph) in story.paragraphs.iter().enumerate() {
            if !matches!(paragraph.block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
                continue;
            }
            let facts = paragraph.memo(&FACTS, facts).into_iter().flatten();
            for ((at, &sentence), facts) in paragraph.notes.sentences.iter().enumerate().zip(facts)
            {
                let place = (number, sentence.start);
                while carried.next_if(|c| (c.paragraph, c.sentence.start) < place).is_some() {}
                let is_carried =
                    carried.peek().is_some_and(|c| (c.paragraph, c.sentence.start) == place);
                rows.push(Row {
                    paragraph: number,
                    sentence,
                    attributed: is_carried || facts.speech,
                    minded: facts.minded,
                    pronoun: facts.pronoun,
                    strength: paragraph.notes.cue_strength.get(at).copied().unwrap_or(0.0),
                });
                facts_of.push(facts);
            }
        }
        let mut seen = None;
        let mut mark = |(at, row): (usize, &Row)| {
            let before = seen;
            if row.attributed {
                seen = Some(at);
            }
            before
        };
        let last = rows.iter().enumerate().map(&mut mark).collect();
        let mut seen = None;
        let mut next: Vec<Option<usize>> = vec![None; rows.len()];
        for (at, row) in rows.iter().enumerate().rev() {
            next[at] = seen;
            if row.attributed {
                seen = Some(at);
            }
        }
        let attributed = rows.iter().filter(|row| row.attributed).count();
        let share = attributed as f32 / rows.len().max(1) as f32;
        Self { rows, facts: facts_of, last, next, share }
    }

    /// Whether nobody is on record for the sentence, nor earlier in its paragraph.
    fn is_open(&self, at: usize) -> bool {
        let row = &self.rows[at];
        !row.attributed && (row.minded || !self.before_in_paragraph(at))
    }

    /// Whether somebody is on record earlier in the paragraph.
    fn before_in_paragraph(&self, at: usize) -> bool {
        self.last[at].is_some_and(|last| self.rows[last].paragraph == self.rows[at].paragraph)
    }

    /// Whether the next sentence of the paragraph has a source of its own or quoted words.
    fn is_backed(&self, story: &Story<'_>, at: usize) -> bool {
        let Row { paragraph, .. } = self.rows[at];
        self.rows.get(at + 1).filter(|next| next.paragraph == paragraph).is_some_and(|next| {
            next.attributed || kinds::is_quoting(&story.paragraphs[paragraph], next.sentence)
        })
    }

    fn features(&self, story: &Story<'_>, at: usize, words: &Words) -> [f32; FEATURES] {
        let row = &self.rows[at];
        let back = self.last[at].map_or(9, |last| at - last).min(9);
        let ahead = self.next[at].map_or(9, |next| next - at).min(9);
        let same =
            |other: Option<usize>| other.is_some_and(|o| self.rows[o].paragraph == row.paragraph);
        let flag = |on: bool| f32::from(u8::from(on));
        let alone = story.paragraphs[row.paragraph].notes.sentences.len() == 1;
        [
            1.0,
            flag(words.lex.contains(Lex::MIND)),
            flag(words.lex.contains(Lex::PRIVATE)),
            flag(words.lex.contains(Lex::CAUSE)),
            flag(words.lex.contains(Lex::POLL)),
            flag(words.lex.contains(Lex::SHARE)),
            flag(words.money),
            flag(words.would),
            flag(words.could),
            flag(words.lex.contains(Lex::PREDICTION) || words.will),
            flag(words.lex.contains(Lex::HEDGE) && !words.could),
            flag(words.lex.intersects(Lex::WEEKDAY | Lex::MONTH)),
            flag(words.lex.contains(Lex::PROCEDURE)),
            flag(back == 1),
            1.0 / back as f32,
            flag(ahead == 1),
            flag(ahead == 1 && same(self.next[at])),
            flag(self.next[at].is_some_and(|next| self.rows[next].pronoun)),
            flag(at < 3),
            (at as f32 / 30.0).min(1.0),
            self.share,
            row.strength,
            flag(row.minded),
            flag(alone),
        ]
    }
}

/// Whether the sentence is prose of its own: long enough, with a verb's worth of words, outside quotation marks.
fn is_prose(paragraph: &Paragraph<'_>, sentence: Span) -> bool {
    let tokens = &paragraph.tokens()[sentence.iter()];
    let wordy = tokens
        .iter()
        .filter(|t| t.kind == TokenKind::Word && !t.flags.contains(TokenFlags::CLITIC))
        .count();
    let small = tokens
        .iter()
        .filter(|t| t.kind == TokenKind::Word && !t.flags.contains(TokenFlags::CAPITAL))
        .count();
    let asks = tokens.last().is_some_and(|t| matches!(t.mark, '?' | ':'));
    let quoted = tokens.iter().any(|t| t.kind == TokenKind::Quote);
    let first = paragraph.notes.quotations.partition_point(|q| q.range.start <= sentence.start);
    let inside = paragraph.notes.quotations[..first]
        .iter()
        .rev()
        .take(3)
        .any(|q| q.range.overlaps(sentence));
    wordy >= LEAST_WORDS && small * 2 > wordy && !asks && !quoted && !inside
}

/// What the words of a sentence say.
#[derive(Clone, Debug)]
struct Words {
    lex: Lex,
    money: bool,
    would: bool,
    could: bool,
    will: bool,
    is_procedure: bool,
    /// A word of speech stands in it: somebody may be on record whom the model missed.
    is_attributing: bool,
    reason: Option<Reason>,
}

fn currency(word: &str) -> bool {
    ["dollars", "euros", "pounds", "cents"].iter().any(|w| word.eq_ignore_ascii_case(w))
        || word.contains('$')
}

fn words(paragraph: &Paragraph<'_>, sentence: Span) -> Words {
    let mut out = Words {
        lex: Lex::empty(),
        money: false,
        would: false,
        could: false,
        will: false,
        is_procedure: false,
        is_attributing: false,
        reason: None,
    };
    for at in sentence.iter() {
        let Some(token) = paragraph.token(at) else { break };
        let name = token.flags.contains(TokenFlags::CAPITAL) && at != sentence.start as usize;
        if !name || token.lex.intersects(Lex::WEEKDAY | Lex::MONTH) {
            out.lex |= token.lex;
        }
        out.money |= matches!(token.mark, '$' | '£' | '€') || currency(paragraph.text(at));
        out.is_attributing |=
            token.lex.contains(Lex::SPEECH) && !name || paragraph.is(at, "according");
        if token.mark == '%' {
            out.lex |= Lex::SHARE;
        }
        if token.lex.contains(Lex::AUXILIARY) {
            out.would |= paragraph.is(at, "would") || paragraph.is(at, "'d");
            out.could |= ["could", "might", "may"].iter().any(|w| paragraph.is(at, w)) && !name;
            out.will |= paragraph.is(at, "will") || paragraph.is(at, "'ll");
            out.is_procedure |= asked_in_vain(paragraph, at);
        }
        out.is_procedure |= asked_in_vain(paragraph, at);
    }
    out.reason = reason(&out);
    out
}

/// "Declined to comment", "did not respond", "could not be reached": says how the reporting went, and needs no source.
fn asked_in_vain(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let next = |offset: usize, words: &[&str]| words.iter().any(|w| paragraph.is(at + offset, w));
    let refused = next(0, &["declined", "refused", "declines", "refuses"])
        && next(1, &["to", "comment", "an", "requests", "further"]);
    let silent = next(0, &["did", "had", "has", "have"])
        && next(1, &["not", "n't"])
        && (2..5).any(|o| {
            next(
                o,
                &[
                    "respond",
                    "responded",
                    "return",
                    "returned",
                    "reply",
                    "replied",
                    "answer",
                    "comment",
                    "commented",
                ],
            )
        });
    let away = next(0, &["could", "can"])
        && next(1, &["not"])
        && next(2, &["be", "immediately"])
        && (3..5).any(|o| next(o, &["reached"]));
    refused || silent || away
}

/// The strongest reason that a desk would name, in the order of how much likelier it is in attributed than in other copy.
fn reason(words: &Words) -> Option<Reason> {
    let of = |class: Lex, reason: Reason| words.lex.contains(class).then_some(reason);
    of(Lex::PRIVATE, Reason::Private)
        .or_else(|| of(Lex::MIND, Reason::Mind))
        .or_else(|| of(Lex::POLL, Reason::Poll))
        .or_else(|| of(Lex::SHARE, Reason::Share))
        .or_else(|| words.money.then_some(Reason::Money))
        .or_else(|| of(Lex::CAUSE, Reason::Cause))
        .or_else(|| {
            (words.would || words.could || words.lex.contains(Lex::PREDICTION))
                .then_some(Reason::Prediction)
        })
}
