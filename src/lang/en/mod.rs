//! English vocabulary: the word classes that rules and annotators ask for, in the word files beside this module.

pub(crate) mod evaluation;
pub(crate) mod lists;
pub(crate) mod names;

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
    /// Adverbs and question words that often open a sentence ("Meanwhile", "What").
    OPENER = "opener" @ 13;
    /// Abbreviations before a name that are no title of office ("St.", "Messrs.").
    BEFORE_NAME = "before-name" @ 14;

    // attribution.txt: 16 to 27
    /// Words for states of mind ("willingness", "reluctant", "intends").
    MIND = "mind" @ 16;
    /// Words for what happens out of sight ("privately", "internal").
    PRIVATE = "private" @ 17;
    /// Words that state a cause ("because", "prompted").
    CAUSE = "cause" @ 18;
    /// Words of polls and surveys.
    POLL = "poll" @ 19;
    /// Words of large amounts ("million").
    AMOUNT = "amount" @ 20;
    /// Words for shares of a whole ("percent").
    SHARE = "share" @ 21;
    /// Words that predict ("likely", "poised").
    PREDICTION = "prediction" @ 22;
    /// Words of votes, schedules, scores, weather and of asking for comment: what needs no source.
    PROCEDURE = "procedure" @ 23;

    /// What stands in capitals before a colon and names no speaker ("UPDATE", "WATCH").
    HEADING = "heading" @ 24;

    // people.txt: 28 to 43
    /// Given names of women.
    WOMAN = "woman" @ 28;
    /// Given names of men.
    MAN = "man" @ 29;
    /// Family names that stand first where the culture puts them first ("Kim", "Xi", "Nguyen").
    FAMILY_FIRST = "family-first" @ 30;
    /// Particles inside names ("de", "van", "bin").
    PARTICLE = "particle" @ 31;
    /// What stands after a name ("Jr.", "III").
    NAME_SUFFIX = "name-suffix" @ 32;
    /// Countries, states, cities.
    PLACE = "place" @ 33;
    /// Words that open the name of a place or thing rather than of a person ("New", "San", "White").
    PLACE_OPENER = "place-opener" @ 34;
    /// Adjectives of nation, creed and party.
    DEMONYM = "demonym" @ 35;
    /// Words that make a name the name of an organisation, a place or a thing ("University", "Street", "Inc.").
    ORGANISATION = "organisation" @ 36;
    /// What is named after a person: "the Trump administration", "Clinton supporters".
    NAMESAKE = "namesake" @ 37;
    /// Whether an office is held: "former", "then", "acting", "late".
    STANDING = "standing" @ 38;
    /// Elected and hereditary offices, ministers and church leaders.
    OFFICE = "office" @ 39;
    /// Ranks, jobs and roles that stand before a name.
    RANK = "rank" @ 40;
    /// Courtesy titles ("Mr.", "Dame").
    HONORIFIC = "honorific" @ 41;
    /// Forms of "he" and "she".
    HE_SHE = "he-she" @ 42;
    /// Words that open sentences with a capital and are no part of a name, and capitalised words that name no person.
    NO_NAME = "no-name" @ 43;

    // usage.txt: 44 to 63
    /// People spoken of as a group that borrows authority ("experts", "critics").
    GROUP = "group" @ 44;
    /// Words of number that stand for unnamed people ("some", "many").
    QUANTIFIER = "quantifier" @ 45;
    /// Nouns for what is told without a teller ("reports", "rumors").
    REPORTS = "reports" @ 46;
    /// People, bodies and documents that stand behind a claim even without a name ("police", "indictment").
    AUTHORITY = "authority" @ 47;
    /// Adverbs that hedge and hide where the claim came from ("reportedly").
    UNSOURCED_HEDGE = "unsourced-hedge" @ 48;
    /// Nouns that call somebody guilty of a crime ("murderer").
    GUILT = "guilt" @ 49;
    /// Words of a court's verdict or of a confession ("convicted", "sentenced").
    CONVICTION = "conviction" @ 50;
    /// What stands in brackets until somebody fills it in ("name", "date").
    BRACKET = "bracket" @ 51;
    /// Words that open a label of judgement ("dictator", "regime").
    LABEL = "label" @ 52;
    /// Verbs that report speech and take sides ("claimed", "admitted").
    LOADED_SPEECH = "loaded-speech" @ 53;
    /// Words that leave open whether it happens ("may", "could").
    UNCERTAIN = "uncertain" @ 54;
    /// What numbers are counted in ("million", "years").
    UNIT = "unit" @ 55;
    /// Verbs of praise, blame and judgement, which report what was said ("slammed").
    VERDICT = "verdict" @ 56;
    /// Words that show that a story or a show is spoken of ("film", "starring").
    FICTION = "fiction" @ 57;
    /// Words that open an attribution to nobody ("according to reports", "it is believed").
    IMPERSONAL = "impersonal" @ 58;
    /// Words that the kinds of claim start from: others are not looked at.
    CLAIM_CUE = "claim-cue" @ 59;
    /// Irregular past forms of verbs that are seldom nouns ("kept", "sold").
    PAST = "past" @ 60;
}

/// When a word keeps its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Whenever it is capitalised ("Sen.", "Calif.").
    Capital,
    /// In any case ("vs.", "approx.").
    Any,
    /// Only before a number ("No. 10").
    Number,
}

/// The word files, keyed by [`fingerprint`].
#[derive(Debug, Default)]
pub struct Vocabulary {
    classes: FxHashMap<u64, Lex>,
    abbreviations: FxHashMap<u64, Abbreviation>,
}

impl Vocabulary {
    /// The classes of the word with this fingerprint; empty for words in none.
    #[inline]
    pub fn classes(&self, fingerprint: u64) -> Lex {
        self.classes.get(&fingerprint).copied().unwrap_or_default()
    }

    /// When the word with this fingerprint (without its point) keeps its point, if it ever does.
    #[inline]
    pub fn abbreviation(&self, fingerprint: u64) -> Option<Abbreviation> {
        self.abbreviations.get(&fingerprint).copied()
    }
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut out = Vocabulary::default();
    each_word(|section, word| {
        let key = fingerprint(word);
        if let Some(class) = class(section) {
            *out.classes.entry(key).or_insert(Lex::empty()) |= class;
        } else if let Some(kind) = abbreviation(section) {
            out.abbreviations.insert(key, kind);
        }
    });
    out
});

/// The kind of abbreviation that a section lists.
fn abbreviation(section: &str) -> Option<Abbreviation> {
    match section {
        "abbreviation" => Some(Abbreviation::Capital),
        "abbreviation-any" => Some(Abbreviation::Any),
        "abbreviation-number" => Some(Abbreviation::Number),
        _ => None,
    }
}

/// The vocabulary, built once.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

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
    VOCABULARY.classes(fingerprint(lower))
}

/// Where the fingerprint of a word starts: see [`fingerprint`].
pub(crate) const FINGERPRINT_START: u64 = 0xcbf2_9ce4_8422_2325;

/// A fingerprint with one more byte.
#[inline]
pub(crate) const fn fingerprint_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// FNV-1a, 64 bits, of a lower-case word with straight apostrophes: the same on every machine, so that trained weights
/// can be keyed by it, and `const`, so that code can name words by it.
pub const fn fingerprint(lower: &str) -> u64 {
    let bytes = lower.as_bytes();
    let mut hash = FINGERPRINT_START;
    let mut at = 0;
    while at < bytes.len() {
        hash = fingerprint_byte(hash, bytes[at]);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known() {
        each_word(|section, word| {
            let known = class(section).is_some() || abbreviation(section).is_some();
            assert!(known, "[{section}] {word}");
            assert_eq!(word, word.to_lowercase(), "[{section}]");
        });
    }

    #[test]
    fn fingerprints_do_not_collide() {
        let mut seen = FxHashMap::default();
        each_word(|_, word| {
            let other = *seen.entry(fingerprint(word)).or_insert(word);
            assert_eq!(other, word);
        });
    }
}
