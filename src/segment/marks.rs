//! Quotation marks, and the apostrophes that are none.

use super::bytes::{DIGIT, LETTER, LOWER, WORD};
use super::scan::{Scanner, fingerprint};
use super::tokens::{TokenFlags, TokenKind};

/// What is known of single quotation marks while a text is read.
///
/// A mark after an "s" may close a quotation or be the apostrophe of a plural ("the students’ union"). While a single
/// quotation is open such a mark is taken to close it until a better one comes.
#[derive(Debug, Default)]
pub(super) struct Singles {
    open: bool,
    /// Whether it was opened inside a double quotation.
    inside_double: bool,
    /// The token that closes the quotation unless a better one comes.
    pending: Option<usize>,
}

/// Words that open with an apostrophe.
const ELISIONS: [&str; 12] =
    ["em", "n", "tis", "twas", "til", "till", "bout", "neath", "cos", "cuz", "twere", "twill"];

impl Scanner<'_> {
    /// A straight double mark: a quotation mark, or the inches of 5'10".
    pub(super) fn straight_double(&mut self, at: usize) -> usize {
        if self.is_inches(at) {
            self.push_mark(at, at + 1, TokenKind::Punct, '"');
        } else {
            self.push_double(at, at + 1, '"');
        }
        at + 1
    }

    fn is_inches(&self, at: usize) -> bool {
        let digit = at.checked_sub(1).is_some_and(|before| self.byte(before).is_ascii_digit());
        if !digit || self.word_at(at + 1) {
            return false;
        }
        let feet = self.out.len().checked_sub(2).and_then(|before| self.out.get(before));
        let feet = feet.is_some_and(|t| {
            t.kind == TokenKind::Punct && matches!(t.mark, '\'' | '\u{2019}' | '\u{2032}')
        });
        feet || !self.double_open
    }

    /// Adds a double quotation mark.
    pub(super) fn push_double(&mut self, start: usize, end: usize, mark: char) {
        self.double_open = match mark {
            '\u{201C}' | '\u{201E}' => true,
            '\u{201D}' => false,
            _ => !self.double_open,
        };
        if !self.double_open && self.singles.inside_double {
            self.close_singles();
        }
        self.push_mark(start, end, TokenKind::Quote, mark);
    }

    /// Forgets the open single quotation.
    pub(super) fn close_singles(&mut self) {
        self.singles = Singles::default();
    }

    /// Reads what starts with an apostrophe, a single quotation mark, or two of them.
    pub(super) fn single(&mut self, at: usize, ch: char) -> usize {
        let end = at + ch.len_utf8();
        let opens = self.opens(at);
        if matches!(ch, '\'' | '`') && self.byte(end) == ch as u8 {
            let before_word =
                self.class_at(end + 1) & super::bytes::SPACE == 0 && end + 1 < self.bytes.len();
            let mark = if ch == '`' || opens && before_word { '\u{201C}' } else { '\u{201D}' };
            self.push_double(at, end + 1, mark);
            return end + 1;
        }
        let next = self.class_at(end);
        if opens
            && next & WORD != 0
            && let Some(word) = self.elision(at, end, ch)
        {
            return word;
        }
        if !opens && next & WORD != 0 && self.is_leading_clitic(end) {
            return self.push_leading_clitic(at, end);
        }
        let mark = if ch == '`' { '\u{2018}' } else { ch };
        if opens && !matches!(ch, '\u{2019}' | '\u{B4}' | '\u{2BC}') {
            self.open_single(at, end, mark);
        } else {
            self.close_single(at, end, mark);
        }
        end
    }

    /// Whether a mark at `at` stands where quotations open: after white space, an opening bracket, a dash or a quotation mark
    /// that itself opens.
    fn opens(&self, at: usize) -> bool {
        let Some(before) = self.out.last().filter(|_| !self.spaced()) else { return true };
        match before.mark {
            '(' | '[' | '{' | '—' | '–' | '/' | '\u{201C}' | '\u{2018}' | '\u{AB}' | '\u{201E}'
            | '<' | '>' => true,
            '"' | '\'' => {
                let first = self.out.len() == 1 || before.flags.contains(TokenFlags::SPACE);
                first && before.kind == TokenKind::Quote && self.byte(at) != 0
            }
            _ => false,
        }
    }

    /// Reads "’90s", "’em", "’n’": words that open with an apostrophe.
    fn elision(&mut self, at: usize, end: usize, ch: char) -> Option<usize> {
        let rest = self.bytes.get(end..)?;
        let digits = rest.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 {
            let decade = rest.get(digits) == Some(&b's');
            let next = self.class_at(end + digits);
            let ends = next & WORD == 0;
            let elided = digits == 2 && (decade || ends && ch != '\u{2018}');
            return elided.then(|| self.word_after(at, end));
        }
        let letters = rest.iter().take(6).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = self.text.get(end..end + letters)?;
        let known = ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision));
        if !known || self.class_at(end + letters) & WORD != 0 {
            return None;
        }
        let after = end + letters;
        let tail = self.char_at(after);
        if word.eq_ignore_ascii_case("n") && super::bytes::is_apostrophe(tail) {
            let stop = after + tail.len_utf8();
            let hash = fingerprint(self.text.get(at..stop)?);
            self.push_part(at, stop, hash, LOWER, TokenFlags::APOSTROPHE);
            return Some(stop);
        }
        Some(self.word_after(at, end))
    }

    /// Whether "s" or another clitic stands at `at`, after a word that ended in a point, a mark or an object.
    fn is_leading_clitic(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or(b"");
        let letters = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = self.text.get(at..at + letters).unwrap_or("");
        self.class_at(at + letters) & WORD == 0
            && matches!(word, "s" | "re" | "ve" | "ll" | "d" | "m")
    }

    fn push_leading_clitic(&mut self, at: usize, end: usize) -> usize {
        let rest = self.bytes.get(end..).unwrap_or(b"");
        let stop = end + rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let hash = fingerprint(self.text.get(at..stop).unwrap_or(""));
        self.push_part(at, stop, hash, LOWER, TokenFlags::CLITIC | TokenFlags::APOSTROPHE);
        stop
    }

    fn open_single(&mut self, at: usize, end: usize, mark: char) {
        self.singles = Singles { open: true, inside_double: self.double_open, pending: None };
        self.push_mark(at, end, TokenKind::Quote, mark);
    }

    /// A mark that cannot open a quotation: it closes one, or is an apostrophe at a word's end, or a prime.
    fn close_single(&mut self, at: usize, end: usize, mark: char) {
        let before = if self.spaced() { '\0' } else { self.char_before(at) };
        let class = super::bytes::class(before);
        if class & DIGIT != 0 && (!self.singles.open || self.class_at(end) & DIGIT != 0) {
            return self.push_mark(at, end, TokenKind::Punct, mark);
        }
        let plural = matches!(before, 's' | 'S' | 'x' | 'z');
        let dropped = class & LETTER != 0 && self.is_dropped(at);
        if !self.singles.open {
            if plural || dropped {
                return self.push_apostrophe(at, end);
            }
        } else if (plural || dropped) && self.word_follows(end) {
            if self.singles.pending.is_some() {
                return self.push_apostrophe(at, end);
            }
            self.singles.pending = Some(self.out.len());
        } else {
            self.settle_pending();
        }
        self.push_mark(at, end, TokenKind::Quote, mark);
    }

    /// A better closing mark came: the one before was an apostrophe.
    fn settle_pending(&mut self) {
        if let Some(token) = self.singles.pending.and_then(|index| self.out.get_mut(index)) {
            token.kind = TokenKind::Word;
            token.flags |= TokenFlags::CLITIC | TokenFlags::APOSTROPHE;
            token.mark = '\0';
        }
        self.close_singles();
    }

    fn push_apostrophe(&mut self, at: usize, end: usize) {
        let hash = fingerprint("'");
        self.push_part(at, end, hash, LOWER, TokenFlags::CLITIC | TokenFlags::APOSTROPHE);
    }

    /// Whether the word before `at` dropped its last letter: "goin’", "o’".
    fn is_dropped(&self, at: usize) -> bool {
        let Some(word) = self.out.last() else { return false };
        let word = self.text.get(word.start as usize..at).unwrap_or("");
        word.len() > 3 && word.ends_with("in")
            || matches!(word, "o" | "ol" | "lil" | "th" | "wi" | "mo")
    }

    /// Whether a lower-case word follows after a space.
    fn word_follows(&self, at: usize) -> bool {
        self.byte(at) == b' ' && self.class_at(at + 1) & LOWER != 0
    }
}
