//! Evaluative language: words and phrases that give a verdict instead of information, from `evaluation.txt`.

use super::fingerprint;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

#[derive(Default)]
struct Evaluation {
    insults: FxHashSet<u64>,
    judgements: FxHashSet<u64>,
    /// By first word; the fingerprints of each whole phrase.
    phrases: FxHashMap<u64, Vec<Vec<u64>>>,
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
                    let phrase = std::iter::once(first).chain(words).collect();
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

/// How many words the phrase of judgement has that starts with the word `first`; `word` gives the fingerprint of a later
/// word by its distance.
pub(crate) fn phrase(first: u64, word: impl Fn(usize) -> Option<u64>) -> Option<usize> {
    let same = |phrase: &&Vec<u64>| {
        phrase.iter().enumerate().skip(1).all(|(at, hash)| word(at) == Some(*hash))
    };
    EVALUATION.phrases.get(&first)?.iter().find(same).map(Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_read() {
        assert!(is_insult(fingerprint("liar")) && !is_insult(fingerprint("pathetic")));
        assert!(is_judgement(fingerprint("pathetic")) && !is_judgement(fingerprint("#")));
        let words = ["dead", "on", "arrival"].map(fingerprint);
        assert_eq!(phrase(words[0], |at| words.get(at).copied()), Some(3));
        assert_eq!(phrase(words[0], |_| None), None);
    }
}
