//! Word lists that one question asks for, from `lists.txt`. What many ask for is a class of words ([`Lex`](super::Lex)).

use super::fingerprint;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A list of words.
pub(crate) struct List(LazyLock<FxHashSet<u64>>);

impl List {
    /// Whether the word with this fingerprint is on the list.
    #[inline]
    pub(crate) fn has(&self, word: u64) -> bool {
        self.0.contains(&word)
    }
}

static SECTIONS: LazyLock<FxHashMap<&str, FxHashSet<u64>>> = LazyLock::new(|| {
    let mut out = FxHashMap::<_, FxHashSet<u64>>::default();
    let mut section = "";
    for line in include_str!("lists.txt").lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name,
            None => {
                out.entry(section).or_default().extend(line.split_whitespace().map(fingerprint))
            }
        }
    }
    out
});

macro_rules! lists {
    ($($(#[$($doc:tt)*])* $name:ident = $section:literal;)*) => {
        $($(#[$($doc)*])* pub(crate) static $name: List =
            List(LazyLock::new(|| SECTIONS.get($section).cloned().unwrap_or_default()));)*

        #[cfg(test)]
        const NAMES: &[&str] = &[$($section),*];
    };
}

lists! {
    /// Words by which a state of mind became known, so that somebody stands behind it.
    CHANNELS = "claim-channel";
    /// Bodies that meet in public.
    BODIES = "public-body";
    /// Words that show that a work of fiction is spoken of, also in the sentences around.
    WORKS = "claim-work";
    /// What is done in private, as far as anybody tells.
    DEEDS = "private-deed";
    /// What somebody is said to be inside: no look and no deed shows it without a witness.
    STATES = "state-of-mind";
    /// What anybody there could see or hear.
    SEEN = "seen";
    /// Words of courts, charges and prisons.
    COURTS = "court";
    /// What happens by itself, in the sky and in any kitchen.
    NATURE = "nature";
    /// How somebody stands in a poll.
    STANDING_NOW = "standing-now";
    /// What was counted in earnest.
    COUNTED = "counted";
    /// What courts do to people.
    COURT_ACTS = "court-act";
    /// What happens on a field.
    FIELD = "match";
    /// Texts that anybody can read.
    TEXTS = "bill";
    /// Verbs that say or hold something only with a clause or quoted words: by themselves they take things ("claimed two seats",
    /// "wrote letters", "asked for autographs") or tell what was done ("testified for two days", "felt the ground shake").
    TAKING = "taking";
    /// People who have a part in what happens, so that what they hope for is seen.
    DOERS = "doer";
    /// What is said without saying anything.
    EMPTY = "empty-word";
    /// Verbs by which the market expects a figure.
    FORESEEN = "foreseen";
    /// Works of art that [`Lex::FICTION`] does not hold.
    ART = "work-of-art";
    /// Verbs by which a speaker answers what was said before.
    DENIALS = "denial";
    /// What one of the learned is.
    TRADES = "trade";
    /// What makes a group definite, counted or somebody's: such a group was introduced, or can be.
    DEFINITE = "definite";
    /// What makes a report a document, or the word of somebody who was there.
    DOCUMENT_KINDS = "document-kind";
    /// Who speaks for a party or a side.
    PARTY_ROLES = "party-role";
    /// Words of accidents.
    ACCIDENTS = "accident";
    /// Words of crimes and of illness, by which a state of mind is a finding rather than an insult.
    CASES = "case";
    /// Sources who tell of crimes and of illness.
    RESPONDERS = "responder";
    /// Charges, lawsuits and those who bring them.
    ACCUSERS = "accuser";
    /// Nouns that end as superlatives do.
    NO_DEGREE = "no-degree";
    /// Nouns for words that were quoted.
    QUOTED_WORDS = "quoted-words";
    /// Things that words are read off or sung from.
    SHOWN = "shown";
    /// Verbs that two people do to each other.
    MUTUAL = "mutual";
    /// What is claimed by right or as one's own, which is no speech ("claimed executive privilege").
    CLAIMED = "claimed-thing";
    /// Verbs that stand between a quotation and its speaker.
    INVERTED = "inverted-verb";
    /// Words by which more is said of a noun.
    LEADS = "lead-in";
    /// What is a source of something else than news, or a source with a name of its own.
    OTHER_SOURCES = "other-source";
    /// Adverbs that do nothing but hedge.
    CERTAIN_HEDGES = "certain-hedge";
    /// Words that leave something open without being a hedge: whoever wrote them did not state it flatly.
    OPEN = "open-word";
    /// Verbs by which a source stands behind nothing that is put to it.
    REFUSALS = "refusal";
    /// What shows that a headline has a source or a hedge of its own.
    SOURCED = "sourced";
    /// Words that open lines which are no part of the article: invitations, credits, notes.
    OPENERS = "furniture-opener";
    /// What is done to somebody whom no court has heard yet.
    PENDING = "pending";
    /// Words that make it clear that it is not the writer who convicts.
    CAREFUL = "careful";
    /// Nouns that tell readers enough of what the initials beside them are.
    KINDS_OF_BODY = "kind-of-body";
    /// What is done to people only.
    BEFALLS = "befalls-people";
    /// Nouns for a body that has a name as well.
    COMPANIES = "company";
    /// Places in which nobody speaks by their name.
    SILENT_PLACES = "silent-place";
    /// People of whom there are many.
    ANYBODY = "anybody";
    /// What is written down and can be looked up.
    DOCUMENTS = "document";
    /// Words before a name that take no capital within a sentence.
    PLAIN_TITLES = "plain-title";
    /// Words that [`Lex::AUTHORITY`] holds for other uses: what is done to a suspect, and things that assert nothing.
    NO_SPEAKERS = "no-speaker";
    /// Names that nobody can ask: networks that people post on, members of a party, pronouns.
    MUTE = "mute";
    /// Relatives who may bear the same surname.
    KIN = "kin";
    /// People of whom "she" may be said.
    WOMEN = "woman";
    /// People of whom "he" may be said.
    MEN = "man";
    /// Words that belong to the role after them and are in no class of words.
    MODIFIERS = "role-modifier";
    /// Titles that stand before a given name.
    BEFORE_GIVEN = "before-given";
    /// Words that place a sentence in an earlier time.
    EARLIER = "earlier-time";
    /// Times that are over, or that somebody spends in an office.
    SPANS = "span-of-time";
    /// Words for works that have characters of their own.
    FICTIONS = "work-with-characters";
    /// What stands behind a name that a thing bears ("President Ida Koch Highway", "President Koch signs hung").
    NAMED_THINGS = "named-thing";
    /// Words by which an office changes hands.
    HANDOVERS = "handover";
    /// Verbs behind which "to President" is a person.
    GIVEN_TO = "given-to";
    /// Words behind which "to President" is a person.
    CLOSE_TO = "close-to";
    /// Words by which a post changes hands.
    CHANGES_OF_POST = "change-of-post";
    /// Words behind which "to Mayor could be" and "to Mayor to explain" is a person.
    PUT_TO = "put-to";
    /// Words behind which "for President" is a person ("waited for President").
    WAITS = "waits-for";
    /// Words behind which a title is a post and nobody ("became President").
    TAKES_POST = "takes-post";
    /// Words behind which a title is somebody ("met President").
    TAKES_PERSON = "takes-person";
    /// What somebody did in an office or to win it, which is told of years later as well.
    DEEDS_OF_OFFICE = "deed-of-office";
    /// Papers and witnesses who tell of what was.
    OF_THE_PAST = "tells-of-the-past";
    /// What shows somebody as they were.
    PICTURES = "picture";
    /// Those who act for somebody.
    AGENTS = "agent";
    /// What is moved against somebody.
    MOVES = "moved-against";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_asked_for_and_has_words() {
        for name in NAMES {
            assert!(SECTIONS.get(name).is_some_and(|words| !words.is_empty()), "[{name}]");
        }
        let asked = |section: &&&str| section.is_empty() || NAMES.contains(*section);
        assert!(SECTIONS.keys().all(|section| asked(&section)));
    }
}
