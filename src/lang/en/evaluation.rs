//! Evaluative language: words and phrases that give a verdict instead of information, from `evaluation.txt`.

use super::fingerprint;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

#[derive(Default)]
struct Evaluation {
    insults: FxHashSet<u64>,
    judgements: FxHashSet<u64>,
    /// By first word.
    phrases: FxHashMap<u64, Vec<Phrase>>,
}

struct Phrase {
    /// The fingerprints of all its words.
    words: Vec<u64>,
    predicate: bool,
}

/// A phrase of judgement as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judging {
    /// How many words it has.
    pub(crate) len: usize,
    /// Whether it judges only as what something is said to be ("is a train wreck"); elsewhere it may be the thing itself.
    pub(crate) predicate: bool,
}

static EVALUATION: LazyLock<Evaluation> = LazyLock::new(|| {
    let mut out = Evaluation::default();
    let mut section = "";
    for line in include_str!("evaluation.txt").lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        let mut words = line.split_whitespace().map(fingerprint);
        match (line.strip_prefix('['), section) {
            (Some(name), _) => section = name.trim_end_matches(']'),
            (None, "insult") => out.insults.extend(words),
            (None, "judgement") => out.judgements.extend(words),
            (None, _) => {
                if let Some(first) = words.next() {
                    let words = std::iter::once(first).chain(words).collect();
                    let phrase = Phrase { words, predicate: section == "predicate" };
                    out.phrases.entry(first).or_default().push(phrase);
                }
            }
        }
    }
    out
});

/// Whether the word with this fingerprint is what somebody is called ("liar", "disaster").
pub(crate) fn is_insult(word: u64) -> bool {
    EVALUATION.insults.contains(&word)
}

/// Whether the word with this fingerprint is how somebody is said to be ("incompetent", "ridiculous").
pub(crate) fn is_judgement(word: u64) -> bool {
    EVALUATION.judgements.contains(&word)
}

/// The phrase of judgement that starts with the word `first`; `word` gives the fingerprint of a later word by its distance.
pub(crate) fn phrase(first: u64, word: impl Fn(usize) -> Option<u64>) -> Option<Judging> {
    let same = |phrase: &&Phrase| {
        let mut rest = phrase.words.iter().enumerate().skip(1);
        rest.all(|(at, hash)| word(at) == Some(*hash))
    };
    let found = EVALUATION.phrases.get(&first)?.iter().find(same)?;
    Some(Judging { len: found.words.len(), predicate: found.predicate })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_read() {
        assert!(is_insult(fingerprint("liar")) && !is_insult(fingerprint("pathetic")));
        assert!(is_judgement(fingerprint("pathetic")) && !is_judgement(fingerprint("#")));
        let words = ["dead", "on", "arrival"].map(fingerprint);
        let found = phrase(words[0], |at| words.get(at).copied());
        assert_eq!(found, Some(Judging { len: 3, predicate: true }));
        assert_eq!(phrase(words[0], |_| None), None);
    }
}
