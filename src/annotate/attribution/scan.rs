//! What the models see of a paragraph: one [`Cell`] a token, computed once and by the same code in training and in use.
//!
//! Names carry nothing: a capitalised word that does not open a sentence is seen as its [`class`] alone, and so is a word
//! that the training texts hold too seldom. Everything here is linear in the number of tokens.

use crate::annotate::Quotation;
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, Token, TokenFlags, TokenKind, Tokens};

/// Number of token classes.
pub const CLASSES: usize = 34;

/// The classes of tokens, 0 to [`CLASSES`] - 1.
#[allow(missing_docs)]
pub mod class {
    pub const LOWER: u8 = 0;
    pub const CAP: u8 = 1;
    pub const CAP_INITIAL: u8 = 2;
    pub const UPPER: u8 = 3;
    pub const TITLE: u8 = 4;
    pub const CALENDAR: u8 = 5;
    pub const NUMBER: u8 = 6;
    pub const OPEN: u8 = 7;
    pub const CLOSE: u8 = 8;
    pub const COMMA: u8 = 9;
    pub const STOP: u8 = 10;
    pub const COLON: u8 = 11;
    pub const SEMICOLON: u8 = 12;
    pub const DASH: u8 = 13;
    pub const PAREN: u8 = 14;
    pub const MARK: u8 = 15;
    pub const OBJECT: u8 = 16;
    pub const PRONOUN: u8 = 17;
    pub const DETERMINER: u8 = 18;
    pub const PREPOSITION: u8 = 19;
    pub const AUXILIARY: u8 = 20;
    pub const CONJUNCTION: u8 = 21;
    pub const CLITIC: u8 = 22;
    pub const ED: u8 = 23;
    pub const ING: u8 = 24;
    pub const LY: u8 = 25;
    pub const SPEECH: u8 = 26;
    pub const THOUGHT: u8 = 27;
    pub const UNNAMED: u8 = 28;
    pub const PLURAL: u8 = 29;
    pub const THAT: u8 = 30;
    pub const TO: u8 = 31;
    pub const NOT: u8 = 32;
    pub const OUTSIDE: u8 = 33;
}

/// Where a token stands towards quotation marks.
#[allow(missing_docs)]
pub mod quote {
    pub const OUTSIDE: u8 = 0;
    pub const INSIDE: u8 = 1;
    pub const OPEN: u8 = 2;
    pub const CLOSE: u8 = 3;
}

/// One token as the models see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// What stands for the word: its fingerprint, or its class where the word itself is not to be seen.
    pub word: u64,
    /// Row of the word's weights; 0 is the empty row.
    pub row: u32,
    /// Number of its sentence.
    pub sentence: u32,
    /// First token of its sentence.
    pub first: u32,
    /// One past the last token of its sentence.
    pub last: u32,
    /// Number of its outermost quotation, marks included, counted from 1; 0 outside.
    pub quotation: u32,
    /// See [`class`].
    pub class: u8,
    /// See [`quote`].
    pub quote: u8,
    /// Tokens back to the last comma of the sentence, at most 7.
    pub comma_before: u8,
    /// Tokens on to the next comma of the sentence, at most 7.
    pub comma_after: u8,
    /// Tokens back to the last quotation mark, at most 15.
    pub mark_before: u8,
    /// Tokens on to the next quotation mark, at most 15.
    pub mark_after: u8,
    /// Tokens back to the last capital or pronoun, at most 7.
    pub name_before: u8,
    /// Tokens on to the next capital or pronoun, at most 7.
    pub name_after: u8,
    /// 1 to 4 where an auxiliary stands so many tokens back, else 0.
    pub auxiliary_before: u8,
    /// Tokens on to the next "that" or "to", at most 7.
    pub that_after: u8,
    /// 0 where the token belongs to no candidate for a cue, 1 for a weak one, 2 for a likely one; see [`Scan::mark_cues`].
    pub cue: u8,
    /// How often each of the [`tally`] classes stands before this token, wrapping.
    pub tally: [u16; tally::LEN],
}

/// What [`Cell::tally`] counts.
#[allow(missing_docs)]
pub mod tally {
    pub const COMMA: usize = 0;
    pub const MARK: usize = 1;
    pub const AUXILIARY: usize = 2;
    pub const JOIN: usize = 3;
    pub const VERB: usize = 4;
    pub const NAME: usize = 5;
    /// Likely cues, by where they open.
    pub const CUE: usize = 6;
    pub const LEN: usize = 7;
}

impl Cell {
    /// How often the class counted by `which` stands from this token up to `later`.
    #[inline]
    pub fn between(&self, later: &Cell, which: usize) -> usize {
        usize::from(later.tally[which].wrapping_sub(self.tally[which]))
    }
}

/// Which words the models know, and where their weights stand.
pub trait Vocabulary {
    /// The row of a word, if it is known.
    fn row(&self, fingerprint: u64) -> Option<u32>;
    /// The row of what stands for a class in place of a word; 0 where it is not known.
    fn class_row(&self, class: u8) -> u32 {
        self.row(class_key(class)).unwrap_or(0)
    }
    /// The key and row of the group of words that stands for a lower-case word that is not known: words that are used alike.
    fn alike(&self, fingerprint: u64) -> Option<(u64, u32)>;
    /// The key and row of the ending that stands for a lower-case word that is not known.
    fn ending(&self, lower: &str) -> Option<(u64, u32)> {
        affix_keys(lower, &ENDINGS).find_map(|key| self.row(key).map(|row| (key, row)))
    }
}

/// A paragraph as the models see it.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// One for each token.
    pub cells: Vec<Cell>,
}

/// From this probability on a candidate for a cue is likely one.
const LIKELY_CUE: f32 = 0.4;

/// The key that stands for a class in place of a word.
#[inline]
pub fn class_key(class: u8) -> u64 {
    0x5ca1_ab1e_0000_0000 | u64::from(class)
}

/// Suffixes of three and two: what stands for an unknown word, the longer one first.
pub const ENDINGS: [(bool, usize); 2] = [(false, 3), (false, 2)];
/// The affixes whose weights a known word shares with others: suffixes of three and two, prefixes of four and five.
pub const AFFIXES: [(bool, usize); 4] = [(false, 3), (false, 2), (true, 4), (true, 5)];

/// The keys of the affixes of a lower-case word; `which` holds (whether a prefix, length in bytes).
pub fn affix_keys<'a>(
    lower: &'a str,
    which: &'a [(bool, usize)],
) -> impl Iterator<Item = u64> + 'a {
    which.iter().filter_map(move |&(prefix, length)| {
        let cut = lower.len().checked_sub(length).filter(|rest| *rest > 0)?;
        let affix = if prefix { lower.get(..length)? } else { lower.get(cut..)? };
        let kind = length as u64 * 2 + u64::from(prefix);
        Some(crate::lang::en::fingerprint(affix) ^ 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(kind))
    })
}

/// The key of what a word's ending tells of it: the longest of those that `word_class` knows, else that it has none.
pub fn ending_key(lower: &str) -> u64 {
    let ends = |suffix: &&&str| lower.len() > suffix.len() + 1 && lower.ends_with(**suffix);
    let suffix = ["ed", "ing", "ly", "s"].iter().find(ends).copied().unwrap_or("");
    affix_keys(&format!("..{suffix}"), &[(false, suffix.len())]).next().unwrap_or(1)
}

impl Scan {
    /// Reads a paragraph.
    pub fn new(
        text: &str,
        tokens: &Tokens,
        sentences: &[Span],
        quotations: &[Quotation],
        vocabulary: &impl Vocabulary,
    ) -> Self {
        let mut scan = Self { cells: vec![Cell::default(); tokens.list.len()] };
        scan.place(sentences, quotations, &tokens.list);
        scan.words(text, tokens, vocabulary);
        scan.forward();
        scan.backward();
        scan
    }

    /// Notes which tokens the `candidates` for a cue hold, given in order and as tokens and probability.
    pub fn mark_cues(&mut self, candidates: impl Iterator<Item = (std::ops::Range<usize>, f32)>) {
        self.cells.iter_mut().for_each(|cell| cell.cue = 0);
        let (mut opened, mut counted) = (0u16, 0);
        for (range, probability) in candidates {
            let likely = probability >= LIKELY_CUE;
            let strength = if likely { 2 } else { 1 };
            let until = range.start + 1;
            self.count_cues(counted..until, opened);
            (opened, counted) = (opened.wrapping_add(u16::from(likely)), until);
            self.cells.get_mut(range).into_iter().flatten().for_each(|cell| cell.cue = strength);
        }
        self.count_cues(counted..self.cells.len(), opened);
    }

    /// Says of the cells of `range` that so many likely cues open before them.
    fn count_cues(&mut self, range: std::ops::Range<usize>, opened: u16) {
        for cell in self.cells.get_mut(range).into_iter().flatten() {
            cell.tally[tally::CUE] = opened;
        }
    }

    /// The cell `index`, where there is one.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&Cell> {
        self.cells.get(index)
    }

    /// The class of the token at `at + offset`.
    #[inline]
    pub fn class(&self, at: usize, offset: isize) -> u8 {
        at.checked_add_signed(offset)
            .and_then(|at| self.cells.get(at))
            .map_or(class::OUTSIDE, |cell| cell.class)
    }

    /// The quote state of the token at `at + offset`.
    #[inline]
    pub fn quote(&self, at: usize, offset: isize) -> u8 {
        at.checked_add_signed(offset)
            .and_then(|at| self.cells.get(at))
            .map_or(quote::OUTSIDE, |cell| cell.quote)
    }

    fn place(&mut self, sentences: &[Span], quotations: &[Quotation], tokens: &[Token]) {
        for (number, sentence) in sentences.iter().enumerate() {
            for cell in self.cells.get_mut(sentence.iter()).into_iter().flatten() {
                cell.sentence = number as u32;
                cell.first = sentence.start;
                cell.last = sentence.end;
            }
        }
        for (number, quotation) in quotations.iter().filter(|q| q.depth == 0).enumerate() {
            for at in quotation.range.iter() {
                let Some(cell) = self.cells.get_mut(at) else { break };
                cell.quotation = number as u32 + 1;
                cell.quote = quote::INSIDE;
                if !quotation.content.contains(at) && tokens[at].kind == TokenKind::Quote {
                    let opens = at < quotation.content.start as usize;
                    cell.quote = if opens { quote::OPEN } else { quote::CLOSE };
                }
            }
        }
    }

    fn words(&mut self, text: &str, tokens: &Tokens, vocabulary: &impl Vocabulary) {
        let mut lower = String::new();
        for (at, token) in tokens.list.iter().enumerate() {
            let before = self.class(at, -1);
            let cell = &mut self.cells[at];
            let initial = cell.first as usize == at
                || matches!(before, class::OPEN | class::COLON | class::DASH | class::OUTSIDE);
            let (class, seen) = classify(token, cell.quote, initial, before, tokens.text(text, at));
            cell.class = class;
            cell.word = class_key(class);
            if !seen {
                cell.row = vocabulary.class_row(class);
            } else if let Some(row) = vocabulary.row(token.hash) {
                cell.word = token.hash;
                cell.row = row;
            } else if token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL) {
                let text = tokens.text(text, at);
                let ending = if let Some(alike) = vocabulary.alike(token.hash) {
                    Some(alike)
                } else if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    vocabulary.ending(text)
                } else {
                    lower.clear();
                    lower.extend(text.chars().flat_map(char::to_lowercase));
                    vocabulary.ending(&lower)
                };
                (cell.word, cell.row) =
                    ending.unwrap_or_else(|| (cell.word, vocabulary.class_row(class)));
            } else if token.kind == TokenKind::Word {
                cell.class = class::CAP_INITIAL;
                cell.word = class_key(class::CAP_INITIAL);
                cell.row = vocabulary.class_row(class::CAP_INITIAL);
            } else {
                cell.row = vocabulary.class_row(class);
            }
        }
    }

    fn forward(&mut self) {
        let (mut comma, mut mark, mut name, mut auxiliary) = (7u8, 15u8, 7u8, 0u8);
        let mut tally = [0u16; tally::LEN];
        for (at, cell) in self.cells.iter_mut().enumerate() {
            if cell.first as usize == at {
                comma = 7;
                name = 7;
            }
            cell.comma_before = comma;
            cell.mark_before = mark;
            cell.name_before = name;
            cell.auxiliary_before = auxiliary;
            cell.tally = tally;
            comma = if cell.class == class::COMMA { 0 } else { (comma + 1).min(7) };
            mark = if is_mark(cell.class) { 0 } else { (mark + 1).min(15) };
            name = if is_name(cell.class) { 0 } else { (name + 1).min(7) };
            auxiliary = match auxiliary {
                _ if cell.class == class::AUXILIARY => 1,
                1..=3 => auxiliary + 1,
                _ => 0,
            };
            if let Some(which) = counted(cell.class) {
                tally[which] = tally[which].wrapping_add(1);
            }
        }
    }

    fn backward(&mut self) {
        let (mut comma, mut mark, mut name, mut that) = (7u8, 15u8, 7u8, 7u8);
        for (at, cell) in self.cells.iter_mut().enumerate().rev() {
            if cell.last as usize == at + 1 {
                comma = 7;
                name = 7;
                that = 7;
            }
            cell.comma_after = comma;
            cell.mark_after = mark;
            cell.name_after = name;
            cell.that_after = that;
            comma = if cell.class == class::COMMA { 0 } else { (comma + 1).min(7) };
            mark = if is_mark(cell.class) { 0 } else { (mark + 1).min(15) };
            name = if is_name(cell.class) { 0 } else { (name + 1).min(7) };
            that =
                if matches!(cell.class, class::THAT | class::TO) { 0 } else { (that + 1).min(7) };
        }
    }
}

/// Whether the class is a quotation mark.
#[inline]
pub fn is_mark(class: u8) -> bool {
    matches!(class, class::OPEN | class::CLOSE)
}

/// Whether the class may name somebody.
#[inline]
pub fn is_name(class: u8) -> bool {
    matches!(
        class,
        class::CAP
            | class::CAP_INITIAL
            | class::UPPER
            | class::TITLE
            | class::PRONOUN
            | class::UNNAMED
    )
}

fn counted(class: u8) -> Option<usize> {
    match class {
        class::COMMA => Some(tally::COMMA),
        class::OPEN | class::CLOSE => Some(tally::MARK),
        class::AUXILIARY => Some(tally::AUXILIARY),
        class::CONJUNCTION | class::THAT | class::SEMICOLON | class::COLON => Some(tally::JOIN),
        class::SPEECH | class::THOUGHT | class::ED => Some(tally::VERB),
        _ if is_name(class) => Some(tally::NAME),
        _ => None,
    }
}

/// The class of a token, and whether the word itself is seen.
fn classify(token: &Token, quote: u8, initial: bool, before: u8, text: &str) -> (u8, bool) {
    match token.kind {
        TokenKind::Number => (class::NUMBER, false),
        TokenKind::Object => (class::OBJECT, false),
        TokenKind::Quote => match quote {
            quote::OPEN => (class::OPEN, false),
            quote::CLOSE => (class::CLOSE, false),
            _ => (class::MARK, false),
        },
        TokenKind::Punct => (mark_class(token.mark), true),
        TokenKind::Word => word_class(token, initial, before, text),
    }
}

fn mark_class(mark: char) -> u8 {
    match mark {
        ',' => class::COMMA,
        '.' | '!' | '?' | '…' => class::STOP,
        ':' => class::COLON,
        ';' => class::SEMICOLON,
        '-' | '–' | '—' | '―' => class::DASH,
        '(' | ')' | '[' | ']' => class::PAREN,
        _ => class::MARK,
    }
}

fn word_class(token: &Token, initial: bool, before: u8, text: &str) -> (u8, bool) {
    let lex = token.lex;
    let capital = token.flags.contains(TokenFlags::CAPITAL);
    if capital && !initial {
        let class = if lex.intersects(Lex::MONTH | Lex::WEEKDAY) {
            class::CALENDAR
        } else if lex.contains(Lex::TITLE) {
            class::TITLE
        } else if lex.contains(Lex::PRONOUN) {
            return (class::PRONOUN, true);
        } else if token.flags.contains(TokenFlags::UPPER) {
            class::UPPER
        } else {
            class::CAP
        };
        return (class, false);
    }
    if capital && lex.intersects(Lex::MONTH | Lex::WEEKDAY) && !lex.contains(Lex::AUXILIARY) {
        return (class::CALENDAR, false);
    }
    if capital && lex.contains(Lex::TITLE) {
        return (class::TITLE, false);
    }
    const THAT: u64 = fingerprint("that");
    const TO: u64 = fingerprint("to");
    const NOT: u64 = fingerprint("not");
    const NEVER: u64 = fingerprint("never");
    let ends = |suffix: &str| text.len() > suffix.len() + 1 && text.ends_with(suffix);
    let class = if token.hash == THAT {
        class::THAT
    } else if token.hash == TO {
        class::TO
    } else if matches!(token.hash, NOT | NEVER) || text.eq_ignore_ascii_case("n't") {
        class::NOT
    } else if lex.contains(Lex::AUXILIARY) {
        class::AUXILIARY
    } else if token.flags.contains(TokenFlags::CLITIC) {
        class::CLITIC
    } else if lex.contains(Lex::SPEECH) && before != class::DETERMINER {
        class::SPEECH
    } else if lex.contains(Lex::THOUGHT) {
        class::THOUGHT
    } else if lex.contains(Lex::PRONOUN) {
        class::PRONOUN
    } else if lex.contains(Lex::DETERMINER) {
        class::DETERMINER
    } else if lex.contains(Lex::PREPOSITION) {
        class::PREPOSITION
    } else if lex.contains(Lex::CONJUNCTION) {
        class::CONJUNCTION
    } else if lex.intersects(Lex::UNNAMED | Lex::VAGUE) {
        class::UNNAMED
    } else if ends("ed") {
        class::ED
    } else if ends("ing") {
        class::ING
    } else if ends("ly") {
        class::LY
    } else if ends("s") {
        class::PLURAL
    } else {
        class::LOWER
    };
    (class, true)
}
