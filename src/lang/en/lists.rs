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
