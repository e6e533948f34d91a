//! Tokens: words with their clitics split off ("Trump" + "'s", "do" + "n't"), numbers, marks.

use crate::document::{Block, MaskKind};
use crate::lang::en::{self, Lex};
use std::borrow::Cow;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, abbreviations with their points and hyphenated words included ("U.S.", "Sen.", "Jong-un", "'s", "n't").
    Word,
    /// A number ("1,000", "3.5", "51-49", "2025").
    Number,
    /// A quotation mark of any style; never an apostrophe.
    Quote,
    /// Any other mark, one character.
    Punct,
    /// Something that is not prose but stands in the sentence: a URL, inline code, an image.
    Object,
}

bitflags::bitflags! {
    /// How a token is written.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TokenFlags: u16 {
        /// The first letter is upper case.
        const CAPITAL = 1 << 0;
        /// Two letters or more, all upper case (points ignored: "U.S.").
        const UPPER = 1 << 1;
        /// White space (or a break) stands before it.
        const SPACE = 1 << 2;
        /// An abbreviation that keeps its point ("Sen.", "U.S.", "p.m.", "J.").
        const ABBREVIATION = 1 << 3;
        /// A clitic ("'s", "n't", "'ll").
        const CLITIC = 1 << 4;
        /// A mask stands inside, so the source slice is not the text: see [`Tokens::text`].
        const MASKED = 1 << 5;
        /// Holds a hyphen between letters.
        const HYPHEN = 1 << 6;
        /// A line break stands before it.
        const NEWLINE = 1 << 7;
    }
}

/// One token. Offsets are bytes relative to the start of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte, relative to the block.
    pub start: u32,
    /// One past the last byte, relative to the block.
    pub end: u32,
    /// Fingerprint of the lower-cased text, the same on every machine; marks and numbers have one too.
    pub hash: u64,
    /// Word classes from the lexicon.
    pub lex: Lex,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub flags: TokenFlags,
    /// For marks (`Punct`, `Quote`) the character as the reader sees it, else '\0'.
    pub mark: char,
}

/// The tokens of one block.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// In the order of the text.
    pub list: Vec<Token>,
    /// What the reader sees of the tokens flagged `MASKED`, by token number, ascending.
    clean: Vec<(u32, Box<str>)>,
}

impl Tokens {
    /// What the reader sees of token `index`; `block_text` is the source of the block. "" where there is no such token.
    #[inline]
    pub fn text<'a>(&'a self, block_text: &'a str, index: usize) -> &'a str {
        let Some(token) = self.list.get(index) else { return "" };
        if token.flags.contains(TokenFlags::MASKED) {
            let found = self.clean.binary_search_by_key(&(index as u32), |entry| entry.0);
            return found.map_or("", |at| &self.clean[at].1);
        }
        block_text.get(token.start as usize..token.end as usize).unwrap_or("")
    }
}

/// One character as the reader sees it, with the bytes of the block it comes from.
#[derive(Clone, Copy)]
struct Seen {
    ch: char,
    start: u32,
    end: u32,
    /// Whether markup was skipped right before it.
    after_markup: bool,
}

/// Splits a block into tokens. `source` is the whole source that the block points into.
pub fn tokenize(source: &str, block: &Block) -> Tokens {
    let text = block.range.slice(source);
    let seen = visible(text, block);
    let mut out = Tokens::default();
    let mut at = 0;
    let (mut space, mut newline) = (false, false);
    while at < seen.len() {
        let ch = seen[at].ch;
        if ch.is_whitespace() {
            space = true;
            newline |= ch == '\n';
            at += 1;
            continue;
        }
        let before = out.list.len();
        at = push_token(text, &seen, at, &mut out);
        if let Some(first) = out.list.get_mut(before) {
            first.flags.set(TokenFlags::SPACE, space);
            first.flags.set(TokenFlags::NEWLINE, newline);
        }
        (space, newline) = (false, false);
    }
    out
}

/// The characters that the reader sees.
fn visible(text: &str, block: &Block) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(text.len());
    let mut masks = block.masks.iter().peekable();
    let mut after_markup = false;
    let mut at = 0;
    while at < text.len() {
        if let Some(mask) =
            masks.next_if(|mask| (mask.range.start - block.range.start) as usize <= at)
        {
            let end = (mask.range.end - block.range.start) as usize;
            let ch = match mask.kind {
                MaskKind::Markup => None,
                MaskKind::Object => Some('\u{FFFC}'),
                MaskKind::Char(ch) => Some(ch),
                MaskKind::Break => Some('\n'),
            };
            if let Some(ch) = ch {
                seen.push(Seen { ch, start: at as u32, end: end as u32, after_markup: true });
            }
            after_markup = true;
            at = end.max(at);
            continue;
        }
        let Some(ch) = text[at..].chars().next() else { break };
        let end = at + ch.len_utf8();
        seen.push(Seen { ch, start: at as u32, end: end as u32, after_markup });
        after_markup = false;
        at = end;
    }
    seen
}

fn is_word(ch: char) -> bool {
    ch.is_alphanumeric() || matches!(ch, '\u{300}'..='\u{36F}' | '_')
}

fn is_apostrophe(ch: char) -> bool {
    matches!(ch, '\'' | '\u{2019}' | '\u{2018}')
}

/// Pushes the token that starts at `at` (with its clitic) and returns where the next one starts.
fn push_token(text: &str, seen: &[Seen], at: usize, out: &mut Tokens) -> usize {
    let ch = seen[at].ch;
    if !is_word(ch) {
        let kind = match ch {
            '\u{FFFC}' => TokenKind::Object,
            '"' | '\u{201C}' | '\u{201D}' | '\u{2018}' | '\u{2019}' | '\'' | '\u{AB}'
            | '\u{BB}' => TokenKind::Quote,
            _ => TokenKind::Punct,
        };
        push(text, &seen[at..at + 1], kind, out);
        return at + 1;
    }
    let mut end = at + 1;
    while end < seen.len() {
        let (c, next) = (seen[end].ch, seen.get(end + 1).map(|s| s.ch));
        let joins = is_word(c)
            || (matches!(c, '-' | '.' | ',' | '&') || is_apostrophe(c))
                && next.is_some_and(|n| {
                    if c == ',' {
                        n.is_ascii_digit() && seen[end - 1].ch.is_ascii_digit()
                    } else {
                        is_word(n)
                    }
                });
        if !joins {
            break;
        }
        end += 1;
    }
    let number = seen[at..end].iter().all(|s| !s.ch.is_alphabetic());
    let mut word: String = seen[at..end].iter().map(|s| s.ch).collect();
    if seen.get(end).is_some_and(|s| s.ch == '.')
        && (word.contains('.') || en::is_abbreviation(&word))
    {
        end += 1;
        word.push('.');
    }
    let split = if number { None } else { clitic(&seen[at..end]) };
    let kind = if number { TokenKind::Number } else { TokenKind::Word };
    match split {
        Some(cut) if cut > 0 => {
            push(text, &seen[at..at + cut], kind, out);
            push(text, &seen[at + cut..end], kind, out);
            if let Some(last) = out.list.last_mut() {
                last.flags |= TokenFlags::CLITIC;
            }
        }
        _ => push(text, &seen[at..end], kind, out),
    }
    end
}

/// Where a clitic starts in the word, if it ends in one.
fn clitic(word: &[Seen]) -> Option<usize> {
    let mark = word.iter().rposition(|s| is_apostrophe(s.ch))?;
    let tail: String = word[mark + 1..].iter().map(|s| s.ch.to_ascii_lowercase()).collect();
    match tail.as_str() {
        "s" | "re" | "ve" | "ll" | "d" | "m" => Some(mark),
        "t" if mark > 1 && word[mark - 1].ch.eq_ignore_ascii_case(&'n') => Some(mark - 1),
        _ => None,
    }
}

fn push(text: &str, seen: &[Seen], kind: TokenKind, out: &mut Tokens) {
    let (start, end) = (seen[0].start, seen[seen.len() - 1].end);
    let masked = seen[1..].iter().any(|s| s.after_markup)
        || seen[0].ch != text[start as usize..].chars().next().unwrap_or('\0');
    let shown: Cow<'_, str> = if masked {
        Cow::Owned(seen.iter().map(|s| s.ch).collect())
    } else {
        Cow::Borrowed(&text[start as usize..end as usize])
    };
    let lower = shown.to_lowercase();
    let mut flags = TokenFlags::empty();
    flags.set(TokenFlags::MASKED, masked);
    flags.set(TokenFlags::CAPITAL, shown.chars().next().is_some_and(char::is_uppercase));
    let letters = shown.chars().filter(|c| c.is_alphabetic()).count();
    flags.set(TokenFlags::UPPER, letters > 1 && !shown.chars().any(char::is_lowercase));
    flags.set(TokenFlags::HYPHEN, kind == TokenKind::Word && shown.contains('-'));
    flags.set(TokenFlags::ABBREVIATION, kind == TokenKind::Word && shown.ends_with('.'));
    let mark = if matches!(kind, TokenKind::Punct | TokenKind::Quote) { seen[0].ch } else { '\0' };
    let lex = if kind == TokenKind::Word { en::lexicon(&lower) } else { Lex::empty() };
    if masked {
        out.clean.push((out.list.len() as u32, shown.into()));
    }
    out.list.push(Token { start, end, hash: en::fingerprint(&lower), lex, kind, flags, mark });
}
