//! What a desk asks no source for although the regressions rank it, since anybody can look it up: a life, what a court did,
//! a calendar, where a place lies, how a match went, what a bill says. The corpus of training has little of it, so the
//! regressions do not know it; of the highest ranks in other copy it is a third.

use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenKind};

/// Whether what a sentence says is on the public record.
pub(super) fn is_public(p: &Paragraph<'_>, sentence: Span) -> bool {
    let by_word =
        |at: usize| is_life(p, at) || is_court(p, at) || is_place(p, at) || is_match(p, at);
    sentence.iter().any(by_word) || is_scheduled(p, sentence) || is_of_a_bill(p, sentence)
}

/// "Took office in 1965", "was born", "served two terms", "joined the navy at 14": what stands in a biography.
fn is_life(p: &Paragraph<'_>, at: usize) -> bool {
    const PHRASES: [[&str; 2]; 10] = [
        ["grew", "up"],
        ["took", "office"],
        ["sworn", "in"],
        ["first", "elected"],
        ["ran", "for"],
        ["joined", "the"],
        ["moved", "to"],
        ["became", "the"],
        ["held", "office"],
        ["is", "survived"],
    ];
    let alone = ["graduated", "co-founded", "cofounded", "founded", "married", "retired"];
    let chosen = ["born", "elected", "reelected", "appointed", "nominated", "named"];
    let length = ["as", "in", "on", "for", "two", "three", "four", "several"];
    let post = ["position", "post", "office", "seat", "job"];
    p.is_any(at, &alone)
        || PHRASES.iter().any(|phrase| p.is_phrase(at, phrase))
        || p.is_any(at, &["was", "were"]) && p.is_any(at + 1, &chosen)
        || p.is_any(at, &["has", "had", "have"]) && p.is_any(at + 1, &["served", "held"])
        || p.is(at, "served") && p.is_any(at + 1, &length)
        || p.is_phrase(at, &["held", "the"]) && p.is_any(at + 2, &post)
        || p.is(at, "aged") && p.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
}

/// What a court or a prosecutor did, or was asked to do in writing.
fn is_court(p: &Paragraph<'_>, at: usize) -> bool {
    let papers = ["suit", "lawsuit", "papers", "motion", "petition", "appeal", "complaint"];
    p.is_in(at, &lists::COURT_ACTS)
        || p.is_any(at, &["was", "were"]) && p.is(at + 1, "charged")
        || p.is(at, "charges") && p.is_any(at + 1, &["of", "include", "included", "involved"])
        || p.is(at, "serving") && p.is_any(at + 1, &["his", "her", "their", "a", "an"])
        || p.is(at, "filed") && (at + 1..at + 4).any(|next| p.is_any(next, &papers))
}

/// "Five miles from the border", "is located in": anybody with a map knows.
fn is_place(p: &Paragraph<'_>, at: usize) -> bool {
    let length = ["miles", "mile", "kilometers", "kilometres", "kilometer", "kilometre", "km"];
    let from = ["from", "north", "south", "east", "west", "away", "off", "outside"];
    p.is_any(at, &length) && (at + 1..at + 3).any(|next| p.is_any(next, &from))
        || p.is_any(at, &["is", "are"]) && p.is(at + 1, "located")
        || p.is_phrase(at, &["is", "home", "to"])
}

/// What happened on a field.
fn is_match(p: &Paragraph<'_>, at: usize) -> bool {
    p.is_in(at, &lists::FIELD)
        || p.is_any(at, &["first", "second"]) && p.is(at + 1, "half") && !p.is(at + 2, "of")
        || p.is_phrase(at, &["in", "front", "of", "goal"])
}

/// "She will present her plan on Friday", "will be held on June 3".
fn is_scheduled(p: &Paragraph<'_>, sentence: Span) -> bool {
    let day = |at: usize| {
        let date =
            p.has(at, Lex::MONTH) && p.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number);
        p.has(at, Lex::WEEKDAY) || date
    };
    let ahead = |at: usize| {
        p.is_any(at, &["will", "'ll", "’ll"])
            || p.is_any(at, &["is", "are"]) && p.is_any(at + 1, &["scheduled", "set"])
    };
    sentence.iter().any(day) && sentence.iter().any(ahead)
}

/// Tokens in which the subject of a sentence ends.
const SUBJECT: usize = 7;

/// "The bill provides for", "under the agreement": what a text says that anybody can read.
fn is_of_a_bill(p: &Paragraph<'_>, sentence: Span) -> bool {
    let first = sentence.start as usize;
    let led = p.is_any(first, &["under", "per"]) && p.has(first + 1, Lex::DETERMINER)
        || p.is_any(first, &["the", "this", "that"]);
    led && (first + 1..first + SUBJECT)
        .take_while(|&at| {
            sentence.contains(at) && p.token(at).is_some_and(|t| t.kind == TokenKind::Word)
        })
        .any(|at| p.is_in(at, &lists::TEXTS))
}

#[cfg(test)]
mod tests {
    use super::is_public;
    use crate::Analyzer;
    use crate::analysis::Article;

    fn public(text: &str) -> bool {
        let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
        let paragraph = &story.paragraphs[0];
        is_public(paragraph, paragraph.notes.sentences[0])
    }

    #[test]
    fn what_can_be_looked_up() {
        for text in [
            "Oyelaran took office in 1999 and spent two decades in the statehouse.",
            "She joined the merchant navy aged 17 and saw three oceans.",
            "The two brothers were prosecuted for nine different crimes.",
            "Lawyers for the yard filed their motion in the spring without a word.",
            "The plant lies roughly six miles (10 kilometers) north of the old ferry pier.",
            "The harbor side pulled away late in the second half despite a poor start.",
            "She'll present the new timetable in the town hall on Friday.",
            "The measure would exempt boats shorter than nine feet.",
        ] {
            assert!(public(text), "{text}");
        }
    }

    #[test]
    fn what_somebody_must_have_said() {
        for text in [
            "The yard has lost money on every hull it built.",
            "The fever can cause lasting damage to the heart.",
            "Fewer than half of the boats would pass another inspection.",
            "The ferry will lose a third of its riders within two years.",
            "The second half of the fleet is in worse shape than the first.",
            "The mayor's plan to sell the pier would break the law.",
        ] {
            assert!(!public(text), "{text}");
        }
    }
}
