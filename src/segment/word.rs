//! Words, numbers, web addresses.

use super::bytes::{
    CASELESS, CLASS, DIGIT, IGNORED, LETTER, LOWER, UPPER, WIDE, WORD, class, is_apostrophe,
    is_hyphen,
};
use super::scan::{Scanner, fingerprint};
use super::tokens::{Token, TokenFlags, TokenKind};
use crate::lang::en::{self, Abbreviation, Lex};

/// What was read of a word so far.
struct Word {
    /// Where reading stands.
    at: usize,
    /// Its fingerprint, as long as it holds ASCII letters, digits and hyphens only.
    hash: u64,
    /// The classes of its characters.
    seen: u8,
    /// Where the last apostrophe stands; `usize::MAX` without one.
    apostrophe: usize,
    /// Where the part after its last point starts.
    part: usize,
    /// Points between its parts ("U.S").
    points: bool,
    /// Whether it keeps a point at its end.
    abbreviation: bool,
    /// Holds a hyphen.
    hyphen: bool,
    /// Holds a character beyond ASCII.
    wide: bool,
}

/// Top-level domains that news copy writes within sentences ("told Example.com").
const DOMAINS: [&str; 20] = [
    "com", "org", "net", "gov", "edu", "co", "uk", "io", "info", "tv", "eu", "us", "ca", "au",
    "nz", "ie", "de", "fr", "in", "za",
];

impl Scanner<'_> {
    /// Reads the word that starts at `start`; gives where the next token starts.
    #[inline]
    pub(super) fn word(&mut self, start: usize) -> usize {
        self.word_after(start, start)
    }

    /// Reads the word that starts at `start` and whose first letter stands at `letter` ("#tag", "’90s").
    pub(super) fn word_after(&mut self, start: usize, letter: usize) -> usize {
        let mut word = Word {
            at: letter,
            hash: en::FINGERPRINT_START,
            seen: 0,
            apostrophe: usize::MAX,
            part: letter,
            points: false,
            abbreviation: false,
            hyphen: false,
            wide: false,
        };
        loop {
            let mut byte = self.byte(word.at);
            let mut class = CLASS[byte as usize];
            while class & WORD != 0 {
                word.seen |= class;
                // An upper-case letter differs from its lower-case one by 32.
                let lower = byte | (class & UPPER) << 4;
                word.hash = en::fingerprint_byte(word.hash, lower);
                word.at += 1;
                byte = self.byte(word.at);
                class = CLASS[byte as usize];
            }
            if class & super::bytes::SPACE != 0 || byte == 0 || !self.join(start, &mut word, byte) {
                break;
            }
        }
        if self.byte(word.at) == b':' && self.bytes.get(word.at..word.at + 3) == Some(b"://")
            || word.points && self.is_address(start, &word)
        {
            return self.address(start, word.at);
        }
        if start < letter || word.wide || word.points || word.abbreviation {
            word.hash = fingerprint(self.text.get(start..word.at).unwrap_or(""));
        }
        self.push_word(start, &word);
        word.at
    }

    /// Reads on where the word goes on after a mark; false where it ends.
    fn join(&self, start: usize, word: &mut Word, byte: u8) -> bool {
        let next = word.at + 1;
        let numeric = word.seen & LETTER == 0;
        match byte {
            b'-' => {
                let joins = self.word_at(next);
                word.hyphen |= joins;
                joins && self.take(word, byte)
            }
            b'\'' | b'`' => {
                self.word_at(next) && !self.is_prime(word.at) && {
                    word.apostrophe = word.at;
                    self.take(word, byte)
                }
            }
            b'.' => self.point(start, word),
            b',' | b':' | b'/' => {
                numeric && self.byte(next).is_ascii_digit() && self.take(word, byte)
            }
            b'&' => !numeric && self.class_at(next) & LETTER != 0 && self.take(word, byte),
            b'_' => self.word_at(self.run_of(word.at, b'_')) && self.take(word, byte),
            _ => CLASS[byte as usize] & WIDE != 0 && self.join_wide(word),
        }
    }

    /// Takes one mark into the word.
    fn take(&self, word: &mut Word, byte: u8) -> bool {
        word.hash = en::fingerprint_byte(word.hash, byte);
        word.at += 1;
        true
    }

    /// Reads on at a character beyond ASCII.
    fn join_wide(&self, word: &mut Word) -> bool {
        let ch = self.char_at(word.at);
        let class = class(ch);
        let next = word.at + ch.len_utf8();
        let joins = if class & WORD != 0 {
            word.seen |= class;
            true
        } else if class & IGNORED != 0 {
            self.word_at(next)
        } else if is_apostrophe(ch) {
            let joins = self.word_at(next) && !self.is_prime(word.at);
            if joins {
                word.apostrophe = word.at;
            }
            joins
        } else if is_hyphen(ch) {
            let joins = self.word_at(next);
            word.hyphen |= joins;
            joins
        } else {
            // A range: "51–49".
            ch == '\u{2013}' && word.seen & LETTER == 0 && self.byte(next).is_ascii_digit()
        };
        if joins {
            word.wide = true;
            word.at = next;
        }
        joins
    }

    /// Whether the mark at `at` is a prime: a digit on both sides (5'10").
    fn is_prime(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(0, |before| self.byte(before));
        before.is_ascii_digit() && self.class_at(at + self.char_at(at).len_utf8()) & DIGIT != 0
    }

    /// Decides what the point at `word.at` is: between the parts of an abbreviation or a number, its end, or no part of it.
    fn point(&self, start: usize, word: &mut Word) -> bool {
        let at = word.at;
        let next = self.class_at(at + 1);
        let joins = if next & DIGIT != 0 {
            self.byte(at - 1).is_ascii_digit()
        } else {
            let web =
                word.part == start && at == start + 3 && self.text.get(start..at) == Some("www");
            next & LETTER != 0 && (web || self.is_letter_part(word) || self.is_domain(at + 1))
        };
        if joins {
            word.points |= next & LETTER != 0;
            self.take(word, b'.');
            word.part = word.at;
            return true;
        }
        if self.byte(at + 1) == b'.' || !self.keeps_point(start, word) {
            return false;
        }
        word.abbreviation = true;
        word.at += 1;
        word.part = word.at;
        // "U.S.-led", "D.C.’s"
        if self.byte(word.at) == b'-' && self.word_at(word.at + 1) {
            word.abbreviation = false;
            word.points = true;
            return true;
        }
        false
    }

    /// Whether the point at `word.at` stands between single letters ("U.S", "p.m", "Ph.D").
    fn is_letter_part(&self, word: &Word) -> bool {
        let after = word.at + 1;
        let letter = after + self.char_at(after).len_utf8();
        let short = self.text.get(word.part..word.at).is_some_and(|part| {
            part.chars().count() == 1 || matches!(part, "Ph" | "Ed" | "Sc" | "Litt")
        });
        let digits = word.seen & DIGIT != 0 && matches!(self.byte(word.at - 1), b'a' | b'p');
        (short || digits) && !self.word_at(letter)
    }

    /// Whether a top-level domain stands at `at` ("Example.com").
    fn is_domain(&self, at: usize) -> bool {
        let run = self.bytes.get(at..).unwrap_or(b"").iter().take(5);
        let run = run.take_while(|byte| byte.is_ascii_lowercase()).count();
        let end = at + run;
        DOMAINS.contains(&self.text.get(at..end).unwrap_or("")) && !self.word_at(end)
    }

    /// Whether the word keeps the point that follows it.
    fn keeps_point(&self, start: usize, word: &Word) -> bool {
        let text = self.text.get(start..word.at).unwrap_or("");
        let last = word.at - word.part;
        if word.points {
            return last == 1;
        }
        let capital = self.class_at(start) & UPPER != 0;
        if capital && last == self.char_at(start).len_utf8() && word.part == start {
            return text != "I";
        }
        let hash = if word.wide { fingerprint(text) } else { word.hash };
        match self.vocabulary.abbreviation(hash) {
            Some(Abbreviation::Capital) => capital,
            Some(Abbreviation::Any) => true,
            Some(Abbreviation::Number) => {
                let after = word.at + 1;
                let blank = self.run_of(after, b' ');
                self.byte(blank).is_ascii_digit() && blank <= after + 1
            }
            None => false,
        }
    }

    /// Whether a word with points in it is a web address: "www.example.org", "example.com/news".
    fn is_address(&self, start: usize, word: &Word) -> bool {
        self.byte(word.at) == b'/' && self.word_at(word.at + 1)
            || self.text.get(start..start + 4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
    }

    /// Reads a web address that starts at `start` and goes on at `at`.
    fn address(&mut self, start: usize, at: usize) -> usize {
        let stop = |ch: char| {
            class(ch) & super::bytes::SPACE != 0
                || matches!(ch, '<' | '>' | '"' | '\u{201C}' | '\u{201D}' | '\u{FFFC}')
        };
        let rest = self.text.get(at..).unwrap_or("");
        let rest = &rest[..rest.find(stop).unwrap_or(rest.len())];
        let trailing = |ch: char| ".,;:!?')]}*_\u{2018}\u{2019}".contains(ch);
        let end = at + rest.trim_end_matches(trailing).len();
        self.push_mark(start, end.max(at), TokenKind::Object, '\0');
        end.max(at)
    }

    /// Adds the word with its clitic.
    fn push_word(&mut self, start: usize, word: &Word) {
        let end = word.at;
        let cut = if word.apostrophe == usize::MAX { None } else { self.clitic(start, word) };
        let Some(cut) = cut else {
            let hash = if word.apostrophe == usize::MAX {
                word.hash
            } else {
                fingerprint(self.text.get(start..end).unwrap_or(""))
            };
            let mut flags = self.written(start, end, word.seen);
            flags.set(TokenFlags::HYPHEN, word.hyphen && word.seen & LETTER != 0);
            flags.set(TokenFlags::ABBREVIATION, word.abbreviation);
            let first = self.char_at(start);
            flags.set(TokenFlags::TAG, matches!(first, '@' | '#'));
            let apostrophe = word.apostrophe != usize::MAX || is_apostrophe(first);
            flags.set(TokenFlags::APOSTROPHE, apostrophe);
            self.push_part(start, end, hash, word.seen, flags);
            return;
        };
        let text = self.text;
        let stem = text.get(start..cut).unwrap_or("");
        let seen = stem.chars().fold(0, |seen, ch| seen | class(ch));
        let mut flags = self.written(start, cut, seen);
        flags.set(TokenFlags::HYPHEN, seen & LETTER != 0 && stem.contains(is_hyphen));
        self.push_part(start, cut, fingerprint(stem), seen, flags);
        let tail = text.get(cut..end).unwrap_or("");
        self.push_part(
            cut,
            end,
            fingerprint(tail),
            LOWER,
            TokenFlags::CLITIC | TokenFlags::APOSTROPHE,
        );
    }

    /// Adds a word or number.
    #[inline]
    pub(super) fn push_part(
        &mut self,
        start: usize,
        end: usize,
        hash: u64,
        seen: u8,
        flags: TokenFlags,
    ) {
        let (kind, lex) = if seen & LETTER == 0 {
            (TokenKind::Number, Lex::empty())
        } else {
            (TokenKind::Word, self.vocabulary.classes(hash))
        };
        self.push(Token {
            start: start as u32,
            end: end as u32,
            hash,
            lex,
            kind,
            flags,
            mark: '\0',
        });
    }

    /// How the word is written.
    #[inline]
    fn written(&self, start: usize, end: usize, seen: u8) -> TokenFlags {
        let mut flags = TokenFlags::empty();
        if seen & UPPER == 0 {
            return flags;
        }
        let first = match self.class_at(start) {
            0 => self.class_at(start + self.char_at(start).len_utf8()),
            class => class,
        };
        flags.set(TokenFlags::CAPITAL, first & UPPER != 0);
        if seen & (LOWER | CASELESS) == 0 {
            let text = self.text.get(start..end).unwrap_or("");
            let letters = text.chars().filter(|&ch| class(ch) & LETTER != 0).count();
            flags.set(TokenFlags::UPPER, letters > 1);
        }
        flags
    }

    /// Where the clitic of the word starts, if it ends in one.
    fn clitic(&self, start: usize, word: &Word) -> Option<usize> {
        let mark = word.apostrophe;
        let tail = self.text.get(mark + self.char_at(mark).len_utf8()..word.at)?;
        let known = ["s", "re", "ve", "ll", "d", "m"];
        if known.iter().any(|clitic| tail.eq_ignore_ascii_case(clitic)) {
            return Some(mark);
        }
        let n = mark.checked_sub(1).filter(|&n| n > start)?;
        (tail.eq_ignore_ascii_case("t") && self.byte(n).eq_ignore_ascii_case(&b'n')).then_some(n)
    }
}
