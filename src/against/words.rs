//! Words as they are compared: folded where a quotation is matched word for word, stemmed where sentences are.
//!
//! *Folding* takes away what a house may choose and nothing else: capitals, the shape of apostrophes, accents, points ("U.S."),
//! hyphens, British or American spelling, "per cent" and "%", numbers in words or digits. *Stemming* also takes away
//! inflection, and lets the words of one line of `lang/en/kin.txt` stand for each other.

use super::numerals;
use crate::annotate::Paragraph;
use crate::lang::en::{self, Lex};
use crate::resolve::fold;
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::Cell;
use std::sync::LazyLock;

/// Letters of a word that are looked at; longer ones are taken whole, as they are.
const LONGEST: usize = 32;

/// A word of weight in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its stem's fingerprint.
    pub stem: u32,
    /// Where it stands in its paragraph.
    pub token: u32,
    /// Whether it is a number, in digits or in words.
    pub number: bool,
}

/// A fingerprint in half the space: a clash costs a wrong guess at most, which the whole sentence outweighs.
#[inline]
pub(super) fn short(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}

/// What was found out about the ASCII words that came last on this thread, by their fingerprints in lower case: a text has
/// few words, and most of them stand in the next one, too.
struct Lately(Box<[Cell<(u64, u32)>]>);

impl Default for Lately {
    fn default() -> Self {
        Self(vec![Cell::default(); Self::WORDS].into())
    }
}

impl Lately {
    /// A few times what one text has: 64 KiB.
    const WORDS: usize = 1 << 12;

    /// What `find` finds about a word, which may depend on the word in lower case and on nothing else.
    fn of(&self, hash: u64, find: impl FnOnce() -> u32) -> u32 {
        let slot = &self.0[short(hash) as usize % Self::WORDS];
        let (known, found) = slot.get();
        if known == hash {
            return found;
        }
        let found = find();
        slot.set((hash, found));
        found
    }
}

/// A short word in lower-case ASCII that can be cut.
struct Letters {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Letters {
    /// `None` for words that are empty, long or of another script; points, apostrophes and accents are left out.
    fn of(text: &str) -> Option<Self> {
        let mut this = Self { bytes: [0; LONGEST], len: 0 };
        let text = if text.is_ascii() { Cow::Borrowed(text) } else { fold(text) };
        for byte in text.bytes() {
            if !byte.is_ascii() || this.len == LONGEST {
                return None;
            }
            if byte != b'.' && byte != b'\'' {
                this.bytes[this.len] = byte.to_ascii_lowercase();
                this.len += 1;
            }
        }
        (this.len > 0).then_some(this)
    }

    fn get(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    #[inline]
    fn ends(&self, tail: &str) -> bool {
        self.get().ends_with(tail.as_bytes())
    }

    /// Puts `other` for the last `count` letters.
    fn swap(&mut self, count: usize, other: &str) {
        let start = self.len - count.min(self.len);
        let end = (start + other.len()).min(LONGEST);
        self.bytes[start..end].copy_from_slice(&other.as_bytes()[..end - start]);
        self.len = end;
    }

    /// Cuts `tail` off where at least `keep` letters are left.
    #[inline]
    fn cut(&mut self, tail: &str, keep: usize) -> bool {
        let cut = self.ends(tail) && self.len >= tail.len() + keep;
        self.len -= if cut { tail.len() } else { 0 };
        cut
    }

    /// One spelling for the British and the American one.
    fn house(&mut self) {
        if self.len < 5 {
            return;
        }
        if may_be_british(self.get()) {
            for (british, american) in HOUSE {
                if self.ends(british) && self.len != british.len() + 1 {
                    return self.swap(british.len(), american);
                }
            }
        }
        // "labour", "favourite": inside a word as well as at its end.
        let our = |three: &[u8]| matches!(three, [b'o', b'u', b'r']);
        if let Some(at) = self.get().windows(3).skip(2).position(our) {
            let rest = &self.get()[at + 5..];
            let kin: [&[u8]; 8] = [b"", b"s", b"ed", b"ing", b"able", b"ite", b"er", b"ers"];
            if kin.contains(&rest) && !matches!(self.get()[..at + 2], [.., b'p' | b'f' | b'h']) {
                self.bytes.copy_within(at + 4..self.len, at + 3);
                self.len -= 1;
            }
        }
    }

    fn hash(&self) -> u32 {
        let hash =
            self.get().iter().fold(en::FINGERPRINT_START, |h, b| en::fingerprint_byte(h, *b));
        short(hash)
    }
}

/// Whether a word may end like one of [`HOUSE`], by its last three letters: few do, and every word is asked.
fn may_be_british(word: &[u8]) -> bool {
    let [.., a, b, c] = word else { return false };
    matches!(
        &[*a, *b, *c],
        b"ion"
            | b"ons"
            | b"ing"
            | b"sed"
            | b"ise"
            | b"ses"
            | b"yse"
            | b"tre"
            | b"res"
            | b"nce"
            | b"led"
            | b"ler"
            | b"ers"
            | b"mme"
            | b"mes"
    )
}

/// Endings of British spelling and what American spelling has for them.
const HOUSE: [(&str, &str); 24] = [
    ("isation", "ization"),
    ("isations", "izations"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("ises", "izes"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("centre", "center"),
    ("centres", "centers"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("metres", "meters"),
    ("litre", "liter"),
    ("litres", "liters"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("elling", "eling"),
    ("elled", "eled"),
    ("eller", "eler"),
    ("ellers", "elers"),
    ("programme", "program"),
    ("programmes", "programs"),
];

/// Calls `each` with the folded words of token `index`: none for marks and for what is part of a number before it, several for a
/// word with hyphens and for one that stands for two.
pub(super) fn folded(p: &Paragraph<'_>, index: usize, mut each: impl FnMut(u32)) {
    let Some(token) = p.token(index) else { return };
    match token.kind {
        TokenKind::Punct if token.mark == '%' => each(short(en::fingerprint("percent"))),
        TokenKind::Punct if token.mark == '&' => each(plain("and", 0)),
        TokenKind::Word if p.is(index, "cent") && index > 0 && p.is(index - 1, "per") => {}
        TokenKind::Word if p.is(index, "per") && p.is(index + 1, "cent") => {
            each(short(en::fingerprint("percent")));
        }
        TokenKind::Word | TokenKind::Number => {
            let text = p.text(index);
            let spelled = numerals::may_be_part(text);
            if spelled && numerals::is_inside(p, index) {
                return;
            }
            let asked = spelled || token.kind == TokenKind::Number;
            if let Some((value, _)) = asked.then(|| numerals::numeral(p, index)).flatten() {
                each(short(value_key(value)));
                // "$5 million" is read as "5 million dollars".
                let sign = index.checked_sub(1).and_then(|before| p.token(before));
                if let Some(word) = sign.and_then(|sign| numerals::currency(sign.mark)) {
                    each(plain(word, 0));
                }
            } else if token.kind == TokenKind::Number {
                each(short(token.hash));
            } else if let Some(whole) = contracted(p, index) {
                whole.iter().for_each(|word| each(plain(word, 0)));
            } else if !token.flags.contains(TokenFlags::HYPHEN) {
                each(plain(text, token.hash));
            } else if let Some(word) = rejoined(text) {
                each(plain(&word, en::fingerprint(&word.to_lowercase())));
            } else {
                text.split(is_hyphen).filter(|part| !part.is_empty()).for_each(|part| {
                    each(plain(part, en::fingerprint(&part.to_lowercase())));
                });
            }
        }
        _ => {}
    }
}

/// The tokens of a folded word: with the rest of a number in several words, and with its currency.
pub(super) fn whole(p: &Paragraph<'_>, index: usize) -> Span {
    let Some((_, end)) = numerals::numeral(p, index) else { return Span::new(index, index + 1) };
    let sign = index.checked_sub(1).and_then(|before| p.token(before));
    let sign = sign.is_some_and(|sign| numerals::currency(sign.mark).is_some());
    let word = ["dollars", "pounds", "euros", "yen"].iter().any(|word| p.is(end, word));
    Span::new(index - usize::from(sign), end + usize::from(word))
}

/// The words that a house may draw together or write out: contractions, "alright", "gonna". In "can't" the negation is all
/// that tells it from "can".
fn contracted(p: &Paragraph<'_>, index: usize) -> Option<&'static [&'static str]> {
    const CUT: [(&str, &[&str]); 3] = [("ca", &["can"]), ("wo", &["will"]), ("sha", &["shall"])];
    const CLITICS: [(&str, &[&str]); 5] = [
        ("n't", &["not"]),
        ("'re", &["are"]),
        ("'ll", &["will"]),
        ("'ve", &["have"]),
        ("'m", &["am"]),
    ];
    const JOINED: [(u64, &[&str]); 6] = [
        (en::fingerprint("cannot"), &["can", "not"]),
        (en::fingerprint("alright"), &["all", "right"]),
        (en::fingerprint("gonna"), &["going", "to"]),
        (en::fingerprint("wanna"), &["want", "to"]),
        (en::fingerprint("gotta"), &["got", "to"]),
        (en::fingerprint("kinda"), &["kind", "of"]),
    ];
    let clitic = |at: usize| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC));
    if clitic(index) {
        let text = p.text(index).replace(['\u{2019}', '\u{02BC}'], "'");
        let known = CLITICS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&text));
        return known.map(|(_, whole)| *whole);
    }
    let cut = || CUT.iter().find(|(known, _)| p.is(index, known)).map(|(_, whole)| *whole);
    let hash = p.token(index)?.hash;
    let joined = || JOINED.iter().find(|(known, _)| *known == hash).map(|(_, whole)| *whole);
    clitic(index + 1).then(cut).flatten().or_else(joined)
}

/// Whether two runs of folded words are what a house may choose between: "it's" and "it is", "um" and nothing.
pub(super) fn is_house(ours: &[u32], theirs: &[u32]) -> bool {
    static CHOICES: LazyLock<Vec<[u32; 2]>> = LazyLock::new(|| {
        let pairs = [("s", "is"), ("s", "has"), ("s", "us"), ("d", "would"), ("d", "had")];
        let pairs = pairs.map(|(short, long)| [plain(short, 0), plain(long, 0)]);
        pairs.into_iter().flat_map(|[a, b]| [[a, b], [b, a]]).collect()
    });
    static SOUNDS: LazyLock<[u32; 5]> =
        LazyLock::new(|| ["um", "uh", "er", "erm", "ah"].map(|sound| plain(sound, 0)));
    let spoken = |words: &[u32]| -> Vec<u32> {
        words.iter().filter(|word| !SOUNDS.contains(word)).copied().collect()
    };
    match (&spoken(ours)[..], &spoken(theirs)[..]) {
        ([a], [b]) => CHOICES.contains(&[*a, *b]),
        ([], []) => true,
        _ => false,
    }
}

/// The folded parts of a word.
pub(super) fn parts(word: &str) -> impl Iterator<Item = u32> {
    word.split(is_hyphen).filter(|part| !part.is_empty()).map(|part| {
        match numerals::spelled(part) {
            Some(value) => short(value_key(f64::from(value))),
            None => plain(part, en::fingerprint(&part.to_lowercase())),
        }
    })
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The folded word; `hash` is the fingerprint of the word in lower case, or 0 where nobody knows it.
fn plain(text: &str, hash: u64) -> u32 {
    thread_local!(static LATELY: Lately = Lately::default());
    if hash == 0 || !text.is_ascii() {
        return fold_plain(text, hash);
    }
    LATELY.with(|lately| lately.of(hash, || fold_plain(text, hash)))
}

fn fold_plain(text: &str, hash: u64) -> u32 {
    let Some(mut letters) = Letters::of(text) else { return short(hash) };
    letters.house();
    let hash = letters.hash();
    SPELLINGS.get(&hash).copied().unwrap_or(hash)
}

/// Words that houses spell in several ways, each with the last spelling of its line.
static SPELLINGS: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let lines = include_str!("../lang/en/spelling.txt").lines();
    let hash = |word: &str| {
        Letters::of(word).map(|mut letters| {
            letters.house();
            letters.hash()
        })
    };
    let families = lines.filter(|line| !line.starts_with('#'));
    let families = families.flat_map(|line| {
        let last = line.split_whitespace().next_back().and_then(hash);
        line.split_whitespace().filter_map(hash).zip(std::iter::repeat(last))
    });
    families.filter_map(|(word, last)| Some((word, last?))).collect()
});

/// First parts that a hyphen sets off in one house and not in another: "co-operation", "e-mail".
const SET_OFF: [&str; 6] = ["co", "e", "re", "pre", "non", "anti"];

/// A word without the hyphen that only some houses give it.
fn rejoined(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(is_hyphen)?;
    let set_off = SET_OFF.iter().any(|known| first.eq_ignore_ascii_case(known));
    (set_off && !rest.is_empty() && !rest.contains(is_hyphen)).then(|| format!("{first}{rest}"))
}

/// The key of a number by its value, so that "3,000" and "3000" are one; of what is no plain number ("51-49") its own.
fn number_key(text: &str, hash: u64) -> u64 {
    numerals::digits(text).map_or(hash, value_key)
}

fn value_key(value: f64) -> u64 {
    value.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The words of weight in `span`, in order.
pub(super) fn stems(p: &Paragraph<'_>, span: Span, out: &mut Vec<Word>) {
    for index in span.iter() {
        if let Some(stem) = stem_at(p, index) {
            let number = p.token(index).is_some_and(|t| t.kind == TokenKind::Number)
                || numerals::spelled(p.text(index)).is_some();
            out.push(Word { stem, token: index as u32, number });
        }
    }
}

/// The distinct stems of a sentence, ascending.
pub(super) fn distinct(words: &[Word]) -> Vec<u32> {
    let mut stems: Vec<u32> = words.iter().map(|word| word.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Words that carry nothing of what a sentence says.
const EMPTY: Lex = Lex::DETERMINER
    .union(Lex::PREPOSITION)
    .union(Lex::CONJUNCTION)
    .union(Lex::AUXILIARY)
    .union(Lex::PRONOUN);

/// The stem of token `index`, if it is a word of weight.
pub(super) fn stem_at(p: &Paragraph<'_>, index: usize) -> Option<u32> {
    let token = p.token(index)?;
    match token.kind {
        TokenKind::Number => Some(short(number_key(p.text(index), token.hash))),
        TokenKind::Word if token.flags.contains(TokenFlags::CLITIC) => None,
        TokenKind::Word if token.lex.intersects(EMPTY) => {
            // The month of May and the US are words of weight.
            let name = token.flags.contains(TokenFlags::CAPITAL)
                && (token.lex.contains(Lex::MONTH) || token.flags.contains(TokenFlags::UPPER))
                && token.end - token.start > 1;
            name.then(|| plain(p.text(index), token.hash))
        }
        TokenKind::Word => {
            let text = p.text(index);
            match numerals::spelled(text) {
                Some(value) => Some(short(value_key(value as f64))),
                None => stem(text, token.hash),
            }
        }
        _ => None,
    }
}

/// What is common to the forms of a word; `hash` is the fingerprint of the word in lower case. `None` for words that say
/// nothing ("said", "also").
pub(super) fn stem(text: &str, hash: u64) -> Option<u32> {
    thread_local!(static LATELY: Lately = Lately::default());
    let find = || find_stem(text, hash).unwrap_or(NOTHING);
    let stem = if text.is_ascii() { LATELY.with(|lately| lately.of(hash, find)) } else { find() };
    (stem != NOTHING).then_some(stem)
}

fn find_stem(text: &str, hash: u64) -> Option<u32> {
    if let Some(&known) = KIN.words.get(&short(hash)) {
        return (known != NOTHING).then_some(known);
    }
    let Some(mut letters) = Letters::of(text) else { return Some(short(hash)) };
    cut(&mut letters);
    let stem = letters.hash();
    Some(KIN.stems.get(&stem).copied().unwrap_or(stem))
}

/// Cuts the endings off.
fn cut(word: &mut Letters) {
    word.house();
    if word.len < 4 {
        return;
    }
    if word.ends("ies") || word.ends("ied") {
        word.swap(3, "y");
    } else if word.ends("es")
        && ["sses", "shes", "ches", "xes", "zes"].iter().any(|tail| word.ends(tail))
    {
        word.swap(2, "");
    } else if word.ends("s") && !["ss", "us", "is"].iter().any(|tail| word.ends(tail)) {
        word.swap(1, "");
    }
    word.cut("ly", 4);
    if word.cut("ing", 3) || word.cut("ed", 3) {
        undouble(word);
    } else {
        let _ = word.cut("ation", 4)
            || word.cut("ion", 4)
            || word.cut("ment", 4)
            || word.cut("ness", 4);
    }
    word.cut("e", 3);
    if word.len > 3 && word.ends("y") {
        word.swap(1, "i");
    }
}

/// "planned", "running": the consonant was doubled for the ending.
fn undouble(word: &mut Letters) {
    if let [.., a, b] = word.get()
        && a == b
        && !matches!(b, b'l' | b's' | b'z' | b'a' | b'e' | b'i' | b'o' | b'u')
    {
        word.len -= 1;
    }
}

/// The stem of words that say nothing.
const NOTHING: u32 = 0;

/// Words that stand for each other.
struct Kin {
    /// Whole words, by fingerprint: irregular forms above all.
    words: FxHashMap<u32, u32>,
    /// Stems.
    stems: FxHashMap<u32, u32>,
}

/// One line a family; words behind `!` say nothing.
static KIN: LazyLock<Kin> = LazyLock::new(|| {
    let mut kin = Kin { words: FxHashMap::default(), stems: FxHashMap::default() };
    for line in include_str!("../lang/en/kin.txt").lines() {
        let line = line.split('#').next().unwrap_or("");
        let nothing = line.starts_with('!');
        let mut family = None;
        for word in line.trim_start_matches('!').split_whitespace() {
            let own = Letters::of(word).map_or(0, |mut letters| {
                cut(&mut letters);
                letters.hash()
            });
            let head = if nothing { NOTHING } else { *family.get_or_insert(own) };
            kin.words.insert(short(en::fingerprint(word)), head);
            if !nothing {
                kin.stems.entry(own).or_insert(head);
            }
        }
    }
    kin
});

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Option<u32> {
        stem(word, en::fingerprint(&word.to_lowercase()))
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for family in [
            &["plan", "plans", "planned", "planning"][..],
            &["close", "closes", "closed", "closing"],
            &["city", "cities"],
            &["organize", "organise", "organizing", "organisation"],
            &["labour", "labor"],
            &["rise", "rose", "rising", "increased"],
            &["easy", "easily"],
        ] {
            let stems: Vec<_> = family.iter().map(|word| of(word)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{family:?} {stems:?}");
        }
        assert_eq!(of("said"), None);
        assert_ne!(of("harbor"), of("harvest"));
    }

    #[test]
    fn all_british_endings_are_looked_for() {
        assert!(HOUSE.iter().all(|(british, _)| may_be_british(british.as_bytes())));
    }
}
