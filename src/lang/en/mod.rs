//! English vocabulary: the word classes that rules and annotators ask for, in the word files beside this module.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const WORDS: [&str; 4] = [
    include_str!("core.txt"),
    include_str!("attribution.txt"),
    include_str!("people.txt"),
    include_str!("usage.txt"),
];

macro_rules! classes {
    ($($(#[$($doc:tt)*])* $name:ident = $section:literal @ $bit:literal;)*) => {
        bitflags::bitflags! {
            /// The classes that a single word belongs to. Words are looked up once, when the text is cut into tokens.
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            pub struct Lex: u64 {
                $($(#[$($doc)*])* const $name = 1 << $bit;)*
            }
        }

        /// The class of a section of the word files.
        fn class(section: &str) -> Option<Lex> {
            match section {
                $($section => Some(Lex::$name),)*
                _ => None,
            }
        }
    };
}

classes! {
    /// Verbs that report speech or writing, every form ("said", "tells", "announced").
    SPEECH = "speech" @ 0;
    /// Verbs that report thoughts, wishes and feelings ("believes", "hoped").
    THOUGHT = "thought" @ 1;
    /// Personal pronouns as subjects ("he", "they").
    PRONOUN = "pronoun" @ 2;
    /// Titles of office that stand before a name ("President", "Sen.", "Prime").
    TITLE = "title" @ 3;
    /// Weekdays, full and short.
    WEEKDAY = "weekday" @ 4;
    /// Months, full and short.
    MONTH = "month" @ 5;
    /// Forms of be, have, do and the modal verbs.
    AUXILIARY = "auxiliary" @ 6;
    /// Words that hedge ("reportedly", "may", "possibly").
    HEDGE = "hedge" @ 7;
    /// Nouns for unnamed sources ("source", "official", "aide").
    UNNAMED = "unnamed" @ 8;
    /// Nouns for vague groups ("experts", "critics", "observers").
    VAGUE = "vague" @ 9;
    /// Articles, possessives and demonstratives that open a noun phrase.
    DETERMINER = "determiner" @ 10;
    /// Prepositions.
    PREPOSITION = "preposition" @ 11;
    /// Conjunctions and subordinators.
    CONJUNCTION = "conjunction" @ 12;

    // attribution.txt: 16 to 27

    // people.txt: 28 to 43

    // usage.txt: 44 to 63
}

static LEXICON: LazyLock<FxHashMap<&'static str, Lex>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    each_word(|section, word| {
        if let Some(class) = class(section) {
            *words.entry(word).or_insert(Lex::empty()) |= class;
        }
    });
    words
});

static ABBREVIATIONS: LazyLock<rustc_hash::FxHashSet<String>> = LazyLock::new(|| {
    let mut words = rustc_hash::FxHashSet::default();
    each_word(|section, word| {
        if section == "abbreviation" {
            words.insert(word.to_owned());
        }
    });
    words
});

/// Calls `f` with section and word for each word of the word files.
fn each_word(mut f: impl FnMut(&'static str, &'static str)) {
    let mut section = "";
    for line in WORDS.iter().flat_map(|file| file.lines()) {
        let line = line.split('#').next().unwrap_or("").trim();
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name,
            None => line.split_whitespace().for_each(|word| f(section, word)),
        }
    }
}

/// The classes of a lower-case word; empty for words in none.
pub fn lexicon(lower: &str) -> Lex {
    LEXICON.get(lower).copied().unwrap_or_default()
}

/// Whether `word` (without its point) is an abbreviation that keeps the point before a name or number.
pub fn is_abbreviation(word: &str) -> bool {
    word.len() == 1 && word.starts_with(char::is_uppercase)
        || ABBREVIATIONS.contains(&word.to_lowercase())
}

/// FNV-1a, 64 bits: the same on every machine, so that trained weights can be keyed by it.
pub fn fingerprint(lower: &str) -> u64 {
    lower.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known() {
        each_word(|section, word| {
            assert!(section == "abbreviation" || class(section).is_some(), "[{section}] {word}");
            assert_eq!(word, word.to_lowercase(), "[{section}]");
        });
    }
}
