//! The scanner: one pass over a text, a token at a time. Words are read in `word.rs`, quotation marks in `marks.rs`.

use super::bytes::{BREAK, CLASS, IGNORED, LETTER, SPACE, WIDE, WORD, class};
use super::marks::Singles;
use super::tokens::{Token, TokenFlags, TokenKind};
use crate::lang::en::{self, Lex, Vocabulary};

/// Reads a text into tokens.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) out: Vec<Token>,
    pub(super) vocabulary: &'static Vocabulary,
    /// Which single quotation marks may be open.
    pub(super) singles: Singles,
    /// Whether a double quotation mark is open.
    pub(super) double_open: bool,
    /// White space before the token that is read now.
    pub(super) gap: TokenFlags,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            // Running copy has a token every five bytes or so.
            out: Vec::with_capacity(text.len() / 4 + 4),
            vocabulary: en::vocabulary(),
            singles: Singles::default(),
            double_open: false,
            gap: TokenFlags::empty(),
        }
    }

    /// The byte at `at`, 0 past the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The character at `at`, '\0' past the end.
    #[inline]
    pub(super) fn char_at(&self, at: usize) -> char {
        match self.bytes.get(at) {
            Some(&byte) if byte < 0x80 => byte as char,
            Some(_) => self.wide(at),
            None => '\0',
        }
    }

    fn wide(&self, at: usize) -> char {
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0')
    }

    /// The character before `at`, '\0' at the start.
    pub(super) fn char_before(&self, at: usize) -> char {
        self.text.get(..at).and_then(|before| before.chars().next_back()).unwrap_or('\0')
    }

    /// The class of the character at `at`; 0 past the end.
    #[inline]
    pub(super) fn class_at(&self, at: usize) -> u8 {
        match self.bytes.get(at) {
            Some(&byte) if byte < 0x80 => CLASS[byte as usize],
            Some(_) => class(self.wide(at)),
            None => 0,
        }
    }

    /// Whether a letter or digit stands at `at`.
    #[inline]
    pub(super) fn word_at(&self, at: usize) -> bool {
        self.class_at(at) & WORD != 0
    }

    /// Whether the token that starts at `at` touches nothing before it.
    pub(super) fn spaced(&self) -> bool {
        self.out.is_empty() || self.gap.contains(TokenFlags::SPACE)
    }

    /// Adds a token, with the white space read before it.
    #[inline]
    pub(super) fn push(&mut self, token: Token) {
        self.out.push(Token { flags: token.flags | self.gap, ..token });
        self.gap = TokenFlags::empty();
    }

    /// Adds a mark; `mark` is what the reader takes it for.
    pub(super) fn push_mark(&mut self, start: usize, end: usize, kind: TokenKind, mark: char) {
        let hash = fingerprint(self.text.get(start..end).unwrap_or(""));
        self.push(Token {
            start: start as u32,
            end: end as u32,
            hash,
            lex: Lex::empty(),
            kind,
            flags: TokenFlags::empty(),
            mark,
        });
    }

    /// Reads the whole text.
    pub(super) fn run(mut self) -> Vec<Token> {
        let mut at = 0;
        while let Some(&byte) = self.bytes.get(at) {
            let class = CLASS[byte as usize];
            at = if class & SPACE != 0 {
                self.blank(class);
                at + 1
            } else if class & WORD != 0 {
                self.word(at)
            } else if class & WIDE != 0 {
                self.wide_token(at)
            } else if class & IGNORED != 0 {
                at + 1
            } else {
                self.ascii_mark(at, byte)
            };
        }
        self.close_singles();
        self.out
    }

    #[inline]
    fn blank(&mut self, class: u8) {
        self.gap |= TokenFlags::SPACE;
        if class & BREAK != 0 {
            self.gap |= TokenFlags::NEWLINE;
        }
    }

    /// Reads what starts with a character beyond ASCII.
    fn wide_token(&mut self, at: usize) -> usize {
        let ch = self.wide(at);
        let class = class(ch);
        let end = at + ch.len_utf8();
        if class & SPACE != 0 {
            if !self.is_hair_space(ch, end) {
                self.blank(class);
            }
            return end;
        }
        if class & WORD != 0 {
            return self.word(at);
        }
        match ch {
            _ if class & IGNORED != 0 => return end,
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' => {
                return self.single(at, ch);
            }
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => self.push_double(at, end, ch),
            '\u{AB}' | '\u{BB}' | '\u{201A}' | '\u{2039}' | '\u{203A}' => {
                self.push_mark(at, end, TokenKind::Quote, ch);
            }
            '\u{FFFC}' => self.push_mark(at, end, TokenKind::Object, '\0'),
            _ => self.push_mark(at, end, TokenKind::Punct, ch),
        }
        end
    }

    /// Whether the space before `end` only keeps two quotation marks from touching: ’ ”.
    fn is_hair_space(&self, ch: char, end: usize) -> bool {
        let thin = matches!(ch, '\u{2006}' | '\u{2009}' | '\u{200A}' | '\u{202F}');
        let mark = |ch: char| matches!(ch, '"' | '\'' | '\u{2018}'..='\u{201F}');
        thin && self.gap.is_empty()
            && self.out.last().is_some_and(|last| last.kind == TokenKind::Quote)
            && mark(self.char_at(end))
    }

    /// Reads what starts with a mark of ASCII.
    fn ascii_mark(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'"' => return self.straight_double(at),
            b'\'' | b'`' => return self.single(at, byte as char),
            b'.' => return self.dots(at),
            b'-' if self.byte(at + 1) == b'-' => {
                let end = self.run_of(at, b'-');
                self.push_mark(at, end, TokenKind::Punct, '—');
                return end;
            }
            b'@' => return self.at_sign(at),
            b'#' if self.class_at(at + 1) & LETTER != 0 => return self.word_after(at, at + 1),
            _ => {}
        }
        self.push_mark(at, at + 1, TokenKind::Punct, byte as char);
        at + 1
    }

    /// Where the run of `byte` that starts at `at` ends.
    pub(super) fn run_of(&self, at: usize, byte: u8) -> usize {
        let run = self.bytes.get(at..).unwrap_or(b"").iter().take_while(|&&b| b == byte).count();
        at + run
    }

    /// A full stop, a decimal (".5"), an ellipsis ("...", ". . .").
    fn dots(&mut self, at: usize) -> usize {
        let mut end = self.run_of(at, b'.');
        if end == at + 1 {
            if self.spaced() && self.byte(end).is_ascii_digit() {
                return self.word_after(at, end);
            }
            while self.byte(end) == b' ' && self.byte(end + 1) == b'.' && self.byte(end + 2) != b'.'
            {
                end += 2;
            }
            // Two stops are no ellipsis.
            if end == at + 3 {
                end = at + 1;
            }
        }
        let mark = if end > at + 1 { '…' } else { '.' };
        self.push_mark(at, end, TokenKind::Punct, mark);
        end
    }

    /// "@handle", or the middle of an e-mail address.
    fn at_sign(&mut self, at: usize) -> usize {
        if let Some(end) = self.domain(at + 1)
            && let Some(start) = self.take_local_part(at)
        {
            self.push_mark(start, end, TokenKind::Object, '\0');
            return end;
        }
        if self.word_at(at + 1) || self.byte(at + 1) == b'_' {
            return self.word_after(at, at + 1);
        }
        self.push_mark(at, at + 1, TokenKind::Punct, '@');
        at + 1
    }

    /// Where the domain that starts at `at` ends ("example.org").
    fn domain(&self, at: usize) -> Option<usize> {
        let name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let run = self.bytes.get(at..)?.iter().take_while(name).count();
        let text = self.text.get(at..at + run)?.trim_end_matches(['.', '-']);
        let (_, top) = text.rsplit_once('.')?;
        (top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic())).then_some(at + text.len())
    }

    /// Takes back the tokens right before `at` that are the first part of an e-mail address; gives where it starts.
    fn take_local_part(&mut self, at: usize) -> Option<usize> {
        if !self.gap.is_empty() {
            return None;
        }
        let mut end = at as u32;
        let mut keep = self.out.len();
        while let Some(token) = keep.checked_sub(1).and_then(|last| self.out.get(last)) {
            let part = matches!(token.kind, TokenKind::Word | TokenKind::Number)
                || matches!(token.mark, '.' | '_' | '+' | '%' | '-');
            if !part || token.end != end {
                break;
            }
            end = token.start;
            keep -= 1;
        }
        let spaces = self.out.get(keep)?.flags & (TokenFlags::SPACE | TokenFlags::NEWLINE);
        self.out.truncate(keep);
        self.gap = spaces;
        Some(end as usize)
    }
}

/// [`en::fingerprint`] of `text` lower-cased, with straight apostrophes and without what is invisible.
pub(super) fn fingerprint(text: &str) -> u64 {
    let mut hash = en::FINGERPRINT_START;
    let mut buffer = [0; 4];
    for ch in text.chars() {
        if ch.is_ascii() {
            hash = en::fingerprint_byte(hash, (ch as u8).to_ascii_lowercase());
        } else if super::bytes::is_apostrophe(ch) {
            hash = en::fingerprint_byte(hash, b'\'');
        } else if class(ch) & IGNORED == 0 {
            for lower in ch.to_lowercase() {
                let bytes = lower.encode_utf8(&mut buffer).bytes();
                hash = bytes.fold(hash, en::fingerprint_byte);
            }
        }
    }
    hash
}
