//! What a sentence says by itself: the classes of its words, its grammar, and the hashed words and shapes that the models
//! weigh.

use super::Reason;
use crate::annotate::{MentionKind, Paragraph};
use crate::lang::en::{FINGERPRINT_START, Lex, fingerprint, fingerprint_byte};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Words that a sentence must have to be judged.
const LEAST_WORDS: usize = 6;

/// Classes of words that are features by themselves.
const CLASSES: [Lex; 31] = [
    Lex::SPEECH,
    Lex::THOUGHT,
    Lex::HEDGE,
    Lex::UNNAMED,
    Lex::VAGUE,
    Lex::MIND,
    Lex::PRIVATE,
    Lex::CAUSE,
    Lex::POLL,
    Lex::AMOUNT,
    Lex::SHARE,
    Lex::PREDICTION,
    Lex::PROCEDURE,
    Lex::WEEKDAY,
    Lex::MONTH,
    Lex::GROUP,
    Lex::QUANTIFIER,
    Lex::REPORTS,
    Lex::AUTHORITY,
    Lex::UNSOURCED_HEDGE,
    Lex::GUILT,
    Lex::CONVICTION,
    Lex::LABEL,
    Lex::LOADED_SPEECH,
    Lex::UNCERTAIN,
    Lex::UNIT,
    Lex::VERDICT,
    Lex::FICTION,
    Lex::IMPERSONAL,
    Lex::OFFICE,
    Lex::RANK,
];

/// Words of grammar that are features by themselves, a group a feature.
const GROUPS: [&str; 16] = [
    "would 'd",
    "could might may",
    "will 'll",
    "should must need needs",
    "not n't never no nothing nobody",
    "i we our us my",
    "you your",
    "has have 've",
    "had",
    "is are 're",
    "was were",
    "been be being",
    "more less fewer than",
    "if unless",
    "who which whose",
    "dollars euros pounds cents",
];
/// Bytes of the longest of these words.
const LONGEST: u32 = 7;
const WOULD: usize = 0;
const COULD: usize = 1;
const WILL: usize = 2;
const IS: usize = 9;
const WAS: usize = 10;
const BEEN: usize = 11;
const MONEY: usize = 15;

/// What else is read off the words, after the classes and groups.
mod flag {
    pub(super) const FIRST: usize = super::CLASSES.len() + super::GROUPS.len();
    pub(super) const NUMBER: usize = FIRST;
    pub(super) const YEAR: usize = FIRST + 1;
    pub(super) const PASSIVE: usize = FIRST + 2;
    pub(super) const HE_SHE: usize = FIRST + 3;
    pub(super) const IT_THEY: usize = FIRST + 4;
    pub(super) const PRONOUN: usize = FIRST + 5;
    pub(super) const NAMED: usize = FIRST + 6;
    pub(super) const TITLED: usize = FIRST + 7;
    pub(super) const NAME_FIRST: usize = FIRST + 8;
    pub(super) const NAMES: usize = FIRST + 9;
    pub(super) const MANY_NAMES: usize = FIRST + 10;
    pub(super) const AUTHORITY_FIRST: usize = FIRST + 11;
    pub(super) const ATTRIBUTING: usize = FIRST + 12;
    pub(super) const COUNT: usize = FIRST + 13;
}

/// Number of features that a sentence has by its words alone.
pub const FLAGS: usize = flag::COUNT;

/// Buckets of the hashed words and shapes.
pub const BUCKETS: usize = 1 << 15;

static GROUP_OF: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
    let words = GROUPS
        .iter()
        .enumerate()
        .flat_map(|(group, words)| words.split(' ').map(move |word| (word, group)));
    words.map(|(word, group)| (fingerprint(word), group as u8)).collect()
});

/// What the words of a sentence say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words {
    /// One bit for each of [`FLAGS`] features.
    pub flags: u64,
    /// How the reporting went: "declined to comment".
    pub is_procedure: bool,
    /// A word of speech stands in it: somebody may be on record whom the model missed.
    pub is_attributing: bool,
    /// The strongest reason that a desk would name.
    pub reason: Option<Reason>,
}

impl Words {
    /// Reads a sentence.
    pub fn of(paragraph: &Paragraph<'_>, sentence: Span) -> Self {
        let mut out = Self::default();
        let (mut lex, mut groups, mut before) = (Lex::empty(), 0_u32, 0_u32);
        let mut capitals = 0;
        for at in sentence.iter() {
            let Some(token) = paragraph.token(at) else { break };
            let name = token.flags.contains(TokenFlags::CAPITAL) && at != sentence.start as usize;
            capitals += usize::from(name);
            if !name || token.lex.intersects(Lex::WEEKDAY | Lex::MONTH) {
                lex |= token.lex;
            }
            if matches!(token.mark, '$' | '£' | '€') {
                groups |= 1 << MONEY;
            }
            if token.mark == '%' {
                lex |= Lex::SHARE;
            }
            // "In May" is no "may", and "Will" no "will".
            let short = token.end - token.start <= LONGEST && !name;
            let small = short.then(|| GROUP_OF.get(&token.hash)).flatten();
            let group = small.map_or(0, |group| 1_u32 << group);
            groups |= group;
            match token.kind {
                TokenKind::Number => {
                    out.set(flag::NUMBER);
                    let text = paragraph.text(at);
                    if text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) {
                        out.set(flag::YEAR);
                    }
                    if text.contains('$') {
                        groups |= 1 << MONEY;
                    }
                }
                TokenKind::Word if before & (1 << IS | 1 << WAS | 1 << BEEN) != 0 => {
                    let text = paragraph.text(at);
                    if text.ends_with("ed") || text.ends_with("en") {
                        out.set(flag::PASSIVE);
                    }
                }
                _ => {}
            }
            let according = token.lex.contains(Lex::IMPERSONAL) && paragraph.is(at, "according");
            out.is_attributing |= token.lex.contains(Lex::SPEECH) && !name || according;
            let asks = token.lex.intersects(Lex::AUXILIARY | Lex::PROCEDURE);
            out.is_procedure |= asks && asked_in_vain(paragraph, at);
            before = group;
        }
        for (number, class) in CLASSES.iter().enumerate() {
            if lex.contains(*class) {
                out.set(number);
            }
        }
        out.flags |= u64::from(groups) << CLASSES.len();
        out.opening(paragraph, sentence);
        out.people(paragraph, sentence);
        for (on, number) in [
            (capitals > 0, flag::NAMES),
            (capitals > 3, flag::MANY_NAMES),
            (out.is_attributing, flag::ATTRIBUTING),
        ] {
            if on {
                out.set(number);
            }
        }
        out.reason = reason(lex, groups);
        out
    }

    fn set(&mut self, number: usize) {
        self.flags |= 1 << number;
    }

    /// Whether somebody is named in it.
    pub fn is_named(&self) -> bool {
        self.flags & 1 << flag::NAMED != 0
    }

    /// How the sentence opens: pronouns and authorities only, since the cut of an attribution leaves other openings behind.
    fn opening(&mut self, paragraph: &Paragraph<'_>, sentence: Span) {
        let first = sentence.start as usize;
        let Some(token) = paragraph.token(first) else { return };
        if token.lex.contains(Lex::HE_SHE) {
            self.set(flag::HE_SHE);
        }
        if token.lex.contains(Lex::PRONOUN) {
            self.set(flag::PRONOUN);
        }
        if ["they", "it", "those", "these", "this", "that"].iter().any(|w| paragraph.is(first, w)) {
            self.set(flag::IT_THEY);
        }
        let subject = first..(first + 3).min(sentence.end as usize);
        let authority =
            |at: usize| paragraph.token(at).is_some_and(|t| t.lex.contains(Lex::AUTHORITY));
        if subject.into_iter().any(authority) {
            self.set(flag::AUTHORITY_FIRST);
        }
    }

    fn people(&mut self, paragraph: &Paragraph<'_>, sentence: Span) {
        let list = &paragraph.notes.mentions;
        let first = list.partition_point(|m| m.span.end <= sentence.start);
        for mention in list[first..].iter().take_while(|m| m.span.start < sentence.end) {
            match mention.kind {
                MentionKind::Name => {
                    self.set(flag::NAMED);
                    if mention.span.start == sentence.start {
                        self.set(flag::NAME_FIRST);
                    }
                }
                MentionKind::Title => self.set(flag::TITLED),
                MentionKind::Pronoun => {}
            }
        }
    }
}

/// The strongest reason that a desk would name, in the order of how much likelier it is in attributed than in other copy.
fn reason(lex: Lex, groups: u32) -> Option<Reason> {
    let of = |class: Lex, reason: Reason| lex.contains(class).then_some(reason);
    of(Lex::PRIVATE, Reason::Private)
        .or_else(|| of(Lex::MIND, Reason::Mind))
        .or_else(|| of(Lex::POLL, Reason::Poll))
        .or_else(|| of(Lex::SHARE, Reason::Share))
        .or_else(|| (groups & 1 << MONEY != 0).then_some(Reason::Money))
        .or_else(|| of(Lex::CAUSE, Reason::Cause))
        .or_else(|| {
            let foretells = groups & (1 << WOULD | 1 << COULD | 1 << WILL) != 0;
            (foretells || lex.contains(Lex::PREDICTION)).then_some(Reason::Prediction)
        })
}

/// Whether the sentence is prose of its own: long enough, with a verb's worth of words, outside quotation marks.
pub fn is_prose(paragraph: &Paragraph<'_>, sentence: Span) -> bool {
    let tokens = &paragraph.tokens()[sentence.iter()];
    let word = |t: &&Token| t.kind == TokenKind::Word && !t.flags.contains(TokenFlags::CLITIC);
    let wordy = tokens.iter().filter(word).count();
    let small = tokens.iter().filter(word).filter(|t| !t.flags.contains(TokenFlags::CAPITAL));
    let asks = tokens.last().is_some_and(|t| matches!(t.mark, '?' | ':'));
    wordy >= LEAST_WORDS && small.count() * 3 > wordy && !asks && !is_quoted(paragraph, sentence)
}

/// Whether a sentence has speech marks in it or stands between them.
pub fn is_quoted(paragraph: &Paragraph<'_>, sentence: Span) -> bool {
    super::kinds::is_quoting(paragraph, sentence)
        || paragraph.quotation_at(sentence.start as usize).is_some()
}

const NAME: u64 = fingerprint("<name>");
const DAY: u64 = fingerprint("<day>");
const NUMBER: u64 = fingerprint("<number>");
const OPENER: u64 = fingerprint("<opener>");
const OTHER: u64 = fingerprint("<other>");
/// Endings that stand for a word in its shape, each with its number, by their last letter; the first that fits.
const fn endings(last: u8) -> &'static [(&'static str, u64)] {
    match last {
        b'g' => &[("ing", 1)],
        b'd' => &[("ed", 2)],
        b'y' => &[("ly", 3), ("ity", 12)],
        b'n' => &[("ion", 4)],
        b's' => &[("ions", 5), ("s", 6)],
        b'r' => &[("er", 7)],
        b't' => &[("est", 8), ("ment", 13)],
        b'l' => &[("al", 9), ("ful", 15)],
        b'e' => &[("ive", 10), ("able", 11)],
        _ => &[],
    }
}

/// A word as the hashed features see it.
#[derive(Clone, Copy, Default)]
struct Seen {
    word: u64,
    /// Of its first four letters.
    short: u64,
    /// Of its first five, where it has more.
    stem: Option<u64>,
    shape: u64,
}

impl Seen {
    const fn class(key: u64) -> Self {
        Self { word: key, short: key, stem: None, shape: key }
    }
}

fn bucket(kind: u64, keys: &[u64]) -> usize {
    let mixed = keys.iter().fold(kind.wrapping_mul(0x9e37_79b9_7f4a_7c15), |hash, key| {
        (hash.rotate_left(23) ^ key).wrapping_mul(0x517c_c1b7_2722_0a95)
    });
    (mixed >> (64 - BUCKETS.ilog2())) as usize
}

/// Names every hashed feature of a sentence, repeated ones as often as they stand: words, stems, pairs of stems and
/// triples of shapes. Names of people and places are one word; punctuation is left out, and so are the conjunctions and
/// adverbs that open a sentence.
pub fn hashed(paragraph: &Paragraph<'_>, sentence: Span, mut sink: impl FnMut(usize)) {
    let (mut last, mut before) = (Seen::default(), 0);
    for at in sentence.iter() {
        let Some(seen) = seen(paragraph, sentence, at) else { continue };
        if matches!(seen.word, NAME | DAY) && seen.word == last.word {
            continue;
        }
        sink(bucket(1, &[seen.word]));
        if let Some(stem) = seen.stem {
            sink(bucket(2, &[stem]));
        }
        if last.word != 0 {
            sink(bucket(3, &[last.short, seen.short]));
            if before != 0 {
                sink(bucket(4, &[before, last.shape, seen.shape]));
            }
        }
        (before, last) = (last.shape, seen);
    }
}

fn seen(paragraph: &Paragraph<'_>, sentence: Span, at: usize) -> Option<Seen> {
    let token = paragraph.token(at)?;
    match token.kind {
        TokenKind::Number => return Some(Seen::class(NUMBER)),
        TokenKind::Word => {}
        _ => return None,
    }
    if token.flags.contains(TokenFlags::CAPITAL) && !token.lex.contains(Lex::PRONOUN) {
        if at != sentence.start as usize {
            let day = token.lex.intersects(Lex::WEEKDAY | Lex::MONTH);
            return Some(Seen::class(if day { DAY } else { NAME }));
        }
        let grammar = Lex::DETERMINER | Lex::PREPOSITION | Lex::AUXILIARY | Lex::QUANTIFIER;
        if !token.lex.intersects(grammar) {
            if token.lex.intersects(Lex::CONJUNCTION | Lex::OPENER) {
                return None;
            }
            let next = paragraph.token(at + 1);
            let name = token.flags.contains(TokenFlags::UPPER)
                || next.is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
            return Some(Seen::class(if name { NAME } else { OPENER }));
        }
    }
    let text = paragraph.text(at);
    let mut hash = FINGERPRINT_START;
    let (mut short, mut stem) = (None, None);
    for (number, byte) in text.bytes().take(5).enumerate() {
        hash = fingerprint_byte(hash, byte.to_ascii_lowercase());
        match number {
            3 => short = Some(hash),
            4 if text.len() > 5 => stem = Some(hash),
            _ => {}
        }
    }
    let small =
        Lex::PRONOUN | Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION | Lex::AUXILIARY;
    let whole =
        token.lex.intersects(small) || token.flags.contains(TokenFlags::CLITIC) || text.len() < 4;
    let shape = if whole {
        token.hash
    } else {
        let last = text.as_bytes().last().copied().unwrap_or_default();
        endings(last).iter().find(|(e, _)| text.ends_with(e)).map_or(OTHER, |(_, number)| *number)
    };
    Some(Seen { word: token.hash, short: short.unwrap_or(token.hash), stem, shape })
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
