//! Names as keys: lower case, without accents, hyphens and particles, so that spellings of one name are one key.

use crate::annotate::Paragraph;
use crate::lang::en::{self, Lex};
use crate::resolve::spelling::fold;
use crate::segment::{Span, TokenFlags, TokenKind};

/// Particles that are names of their own where they stand first ("Ben Carson").
const NAMES: Lex = Lex::WOMAN.union(Lex::MAN).union(Lex::FAMILY_FIRST);

/// Words of a name that are compared; further ones are left out.
const WORDS: usize = 6;

/// The words of a name, as fingerprints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::resolve) struct NameKey {
    words: [u64; WORDS],
    /// Whether word i is a single letter.
    initials: u8,
    /// First letters, to compare with initials.
    letters: [u8; WORDS],
    len: u8,
    /// What tells father and son apart: 1 for "Sr.", 2 for "Jr." and "II", 3 for "III", 4 for "IV"; 0 where the name has none.
    generation: u8,
}

impl NameKey {
    /// The key of the name in `span`: suffixes, particles, nicknames and marks are left out.
    pub(super) fn of(paragraph: &Paragraph<'_>, span: Span) -> Self {
        let mut key = Self::default();
        for at in span.iter() {
            let Some(token) = paragraph.token(at) else { break };
            let first = at == span.start as usize;
            if !first && token.lex.contains(Lex::NAME_SUFFIX) {
                key.generation = key.generation.max(generation(paragraph.text(at)));
            }
            let skipped = token.kind != TokenKind::Word
                || !first && token.lex.contains(Lex::NAME_SUFFIX)
                || token.lex.contains(Lex::PARTICLE)
                    && span.len() > 1
                    && !(first && token.lex.intersects(NAMES))
                || is_nickname(paragraph, at, span);
            if !skipped {
                key.push_token(paragraph.text(at), token.hash);
            }
        }
        if key.len == 0 {
            // A name of particles and suffixes only ("Md. Al"): its first word stands for it.
            let at = span.start as usize;
            key.push(paragraph.text(at), paragraph.token(at).map_or(0, |t| t.hash));
        }
        key
    }

    /// The key of a name in plain text, as [`of`](Self::of) would make it.
    pub(in crate::resolve) fn of_name(name: &str) -> Self {
        let mut key = Self::default();
        for (at, word) in name.split_whitespace().enumerate() {
            let lower = word.to_lowercase();
            let lex = en::lexicon(&lower);
            if at > 0 {
                key.generation = key.generation.max(generation(word));
            }
            let left = at > 0 && lex.contains(Lex::NAME_SUFFIX)
                || lex.contains(Lex::PARTICLE) && !(at == 0 && lex.intersects(NAMES));
            if !left {
                key.push_token(word, en::fingerprint(&lower));
            }
        }
        key
    }

    fn push_token(&mut self, text: &str, hash: u64) {
        if text.is_ascii() && !text.contains(['-', '\'']) {
            return self.push(text, hash);
        }
        let folded = fold(text);
        for part in folded.split('-') {
            if !part.is_empty()
                && (!matches!(part, "al" | "el" | "ar" | "as" | "ash") || folded.ends_with(part))
            {
                self.push(part, en::fingerprint(part));
            }
        }
    }

    fn push(&mut self, text: &str, hash: u64) {
        let at = self.len as usize;
        if at < WORDS {
            let bare = text.trim_end_matches('.');
            self.words[at] = if bare.len() < text.len() && text.len() > 2 {
                en::fingerprint(&bare.to_ascii_lowercase())
            } else {
                hash
            };
            self.letters[at] = text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
            self.initials |= u8::from(bare.chars().count() == 1) << at;
            self.len += 1;
        }
    }

    /// Number of words.
    pub(in crate::resolve) fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether one of the words is this one.
    pub(super) fn has(&self, word: u64) -> bool {
        self.words[..self.len()].contains(&word)
    }

    pub(super) fn first(&self) -> u64 {
        self.words[0]
    }

    pub(super) fn last(&self) -> u64 {
        self.words[self.len().saturating_sub(1)]
    }

    /// First and last word.
    pub(in crate::resolve) fn ends(&self) -> (u64, u64) {
        (self.first(), self.last())
    }

    /// The first two words.
    pub(super) fn head(&self) -> (u64, u64) {
        (self.words[0], self.words[1])
    }

    /// Whether word `at` is a single letter.
    pub(super) fn is_initial(&self, at: usize) -> bool {
        self.initials >> at & 1 == 1
    }

    /// The last two words.
    pub(super) fn tail(&self) -> (u64, u64) {
        (self.words[self.len().saturating_sub(2)], self.last())
    }

    /// One number for all the words and the generation.
    pub(in crate::resolve) fn hash(&self) -> u64 {
        let start = u64::from(self.len) | u64::from(self.generation) << 8;
        self.words[..self.len()].iter().fold(start, |hash, word| {
            (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
        })
    }

    /// Whether the names are of one generation: "Tom Berg Jr." is not Tom Berg.
    pub(super) fn same_generation(&self, other: &Self) -> bool {
        self.generation == other.generation
    }

    /// Whether two names with the same first and last word can be one person's: what stands between must not clash.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        if !self.same_generation(other) {
            return false;
        }
        let middle = |key: &Self| 1..key.len().saturating_sub(1).max(1);
        if middle(self).is_empty() || middle(other).is_empty() {
            return true;
        }
        let (a, b) = (middle(self).start, middle(other).start);
        self.words[a] == other.words[b]
            || (self.is_initial(a) || other.is_initial(b)) && self.letters[a] == other.letters[b]
    }

    /// The word that stands for the person alone.
    pub(super) fn family(&self, paragraph: &Paragraph<'_>, span: Span) -> u64 {
        if self.len() < 2 || !stands_first(paragraph, span, self.len()) {
            self.last()
        } else {
            self.first()
        }
    }
}

/// The generation that a suffix of a name tells; 0 for others ("MD").
fn generation(suffix: &str) -> u8 {
    match suffix.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "sr" => 1,
        "jr" | "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        _ => 0,
    }
}

/// Whether the family name stands first: "Kim Jong Un", "Xi Jinping", but "Kim Davis", "Lee Harvey Oswald".
fn stands_first(paragraph: &Paragraph<'_>, span: Span, words: usize) -> bool {
    let given = Lex::WOMAN | Lex::MAN;
    let start = span.start as usize;
    let Some(first) = paragraph.token(start) else { return false };
    let Some(second) = paragraph.token(start + 1) else { return false };
    if !first.lex.contains(Lex::FAMILY_FIRST) {
        return false;
    }
    if second.flags.contains(TokenFlags::HYPHEN) {
        return true;
    }
    let short = span.iter().skip(1).all(|at| paragraph.text(at).len() <= 5);
    if words >= 3 {
        return short || !first.lex.intersects(given);
    }
    !first.lex.intersects(given) && !second.lex.intersects(given)
}

/// A word between quotation marks inside a name.
fn is_nickname(paragraph: &Paragraph<'_>, at: usize, span: Span) -> bool {
    let quote = |at: usize| paragraph.token(at).is_some_and(|token| token.kind == TokenKind::Quote);
    at > span.start as usize && at + 1 < span.end as usize && quote(at - 1) && quote(at + 1)
}

/// Hash of a nickname in quotation marks inside a name; 0 where there is none.
pub(super) fn nickname(paragraph: &Paragraph<'_>, span: Span) -> u64 {
    let mut inside = span.iter().filter(|&at| is_nickname(paragraph, at, span));
    inside.next().and_then(|at| paragraph.token(at)).map_or(0, |token| token.hash)
}

/// Letters of a given name that is compared by its sound: in a shorter one every letter tells.
const SOUND: usize = 5;

/// Hash of how the given name before a surname sounds, the same for spellings of one name ("Philip", "Phillip"; "Kirstin",
/// "Kirsten"); 0 where the first word is short.
pub(super) fn sound(paragraph: &Paragraph<'_>, span: Span) -> u64 {
    let at = span.start as usize;
    let text = paragraph.text(at);
    if span.len() < 2 || text.len() < SOUND || !text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return 0;
    }
    en::fingerprint(&heard(text))
}

/// A name as it is heard, one letter for the ways in which English writes a sound.
fn heard(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace("ph", "f").replace("ck", "k");
    let mut out = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match (letter, letters.peek()) {
            ('c', Some('a' | 'o' | 'u' | 'l' | 'r')) => 'k',
            ('c', None) => 'k',
            ('y', _) if !out.is_empty() => 'i',
            ('h', _) if out.ends_with(['t', 'r']) => continue,
            (letter, _) => letter,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    if let Some(stem) = out.strip_suffix("en").or(out.strip_suffix("in")) {
        out.truncate(stem.len());
        out.push('n');
    }
    out
}

/// The family name as the article writes it.
pub(super) fn family_text(paragraph: &Paragraph<'_>, span: Span, family: u64) -> String {
    span.iter()
        .find(|&at| NameKey::of(paragraph, Span::new(at, at + 1)).last() == family)
        .map_or_else(|| paragraph.clean(span), |at| paragraph.text(at).to_owned())
}

/// The given name as the article writes it: the first word that is not the family name and no initial.
pub(super) fn given_text(paragraph: &Paragraph<'_>, span: Span, family: u64) -> String {
    span.iter()
        .filter(|&at| paragraph.token(at).is_some_and(|token| token.kind == TokenKind::Word))
        .find(|&at| {
            let word = NameKey::of(paragraph, Span::new(at, at + 1));
            word.last() != family && word.initials == 0
        })
        .map_or_else(String::new, |at| paragraph.text(at).to_owned())
}

/// One number for an office, however it is abbreviated: "Sen." and "Senator", without its "of ...".
pub(super) fn title_key(paragraph: &Paragraph<'_>, title: Span) -> u64 {
    let mut hash = 0;
    for at in title.iter() {
        let word = fold(paragraph.text(at));
        let word = match &*word {
            "of" | "for" | "to" => break,
            "sen." | "sen" => "senator",
            "rep." | "rep" | "congressman" | "congresswoman" => "representative",
            "gov." | "gov" => "governor",
            "vice-president" => "vice president",
            other => other,
        };
        for part in word.split([' ', '-']) {
            if !matches!(part, "then" | "ex" | "former" | "elect" | "designate") {
                hash = u64::wrapping_mul(
                    u64::rotate_left(hash, 5) ^ en::fingerprint(part),
                    0x517c_c1b7_2722_0a95,
                );
            }
        }
    }
    hash
}
