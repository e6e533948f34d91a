//! Words that are names of people and words of other kinds ("Price", "Hope"), and the words beside a capital that tell which
//! it is: `names.txt`.

use super::fingerprint;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Spellings of one name. The forms of one line are rivals.
pub(crate) const SPELLINGS: &[&[&str]] = &[
    &["Kyiv", "Kiev"],
    &["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"],
    &["Gaddafi", "Qaddafi", "Gadhafi", "Kadafi", "Khadafy"],
    &["Odesa", "Odessa"],
    &["Kharkiv", "Kharkov"],
    &["Mohammed", "Muhammad", "Mohamed", "Mohammad"],
    &["Hezbollah", "Hizbullah", "Hizbollah"],
    &["Tymoshenko", "Timoshenko"],
    &["Lukashenko", "Lukashenka"],
    &["Netanyahu", "Netanyahou"],
    &["Sisi", "Sissi"],
];

/// Their fingerprints.
pub(crate) static FORMS: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    let hash = |form: &&str| fingerprint(&form.to_lowercase());
    SPELLINGS.iter().map(|forms| forms.iter().map(hash).collect()).collect()
});

/// The first spelling for each other one.
static FIRST: LazyLock<FxHashMap<u64, u64>> = LazyLock::new(|| {
    let others = |forms: &Vec<u64>| {
        let first = forms.first().copied().unwrap_or_default();
        forms.iter().map(|form| (*form, first)).collect::<Vec<_>>()
    };
    FORMS.iter().flat_map(others).collect()
});

/// One fingerprint for all spellings of a name ([`SPELLINGS`]), its own for every other word.
pub(crate) fn one_spelling(word: u64) -> u64 {
    FIRST.get(&word).copied().unwrap_or(word)
}

const WORDS: &str = include_str!("names.txt");

bitflags::bitflags! {
    /// The sections of the word file that a word stands in.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Usage: u16 {
        /// Ordinary words that are surnames as well, and that open sentences.
        const ORDINARY = 1 << 0;
        /// Further surnames that are words of headlines.
        const HEADLINE = 1 << 1;
        /// Ordinary words that take no article and do something ("Hope springs eternal").
        const MASS = 1 << 2;
        /// Clubs and places that are called like people.
        const THING = 1 << 3;
        /// Words before a time or a place that is called like somebody.
        const BEFORE_THING = 1 << 4;
        /// What people do and things do not.
        const PERSONAL = 1 << 5;
        /// Finite verbs that are no noun.
        const VERB = 1 << 6;
        /// Forms of verbs of speech that are nouns as well.
        const SPEECH_NOUN = 1 << 7;
        /// Plurals that end the names of firms and estates.
        const FIRM = 1 << 8;
        /// What firms that are named with a possessive are.
        const SHOP = 1 << 9;
        /// Nouns that say of somebody that it is a person.
        const HUMAN = 1 << 10;
        /// Participles that behind "was" show a person.
        const BORN = 1 << 11;
    }
}

fn section(name: &str) -> Usage {
    match name {
        "ordinary" => Usage::ORDINARY,
        "headline" => Usage::HEADLINE,
        "mass" => Usage::MASS,
        "thing" => Usage::THING,
        "before-thing" => Usage::BEFORE_THING,
        "personal" => Usage::PERSONAL,
        "verb" => Usage::VERB,
        "speech-noun" => Usage::SPEECH_NOUN,
        "firm" => Usage::FIRM,
        "shop" => Usage::SHOP,
        "human" => Usage::HUMAN,
        "born" => Usage::BORN,
        _ => Usage::empty(),
    }
}

static USAGE: LazyLock<FxHashMap<u64, Usage>> = LazyLock::new(|| {
    let mut out: FxHashMap<u64, Usage> = FxHashMap::default();
    let mut usage = Usage::empty();
    for line in WORDS.lines().map(|line| line.split('#').next().unwrap_or("").trim()) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => usage = section(name),
            None => {
                for word in line.split_whitespace() {
                    *out.entry(fingerprint(word)).or_default() |= usage;
                }
            }
        }
    }
    out
});

/// What the word with this fingerprint is beside a name.
pub(crate) fn usage(fingerprint: u64) -> Usage {
    USAGE.get(&fingerprint).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known() {
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                assert!(!section(name).is_empty(), "[{name}]");
            }
            assert_eq!(line, line.to_lowercase());
        }
        assert!(usage(fingerprint("price")).contains(Usage::ORDINARY));
    }
}
