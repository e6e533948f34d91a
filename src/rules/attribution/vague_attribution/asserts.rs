//! Whether the verb behind a group says something that a reader could check.

use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::{self, FUNCTION, has, is_adverb, is_any, is_quote, is_word, mark};
use crate::rules::unnamed;
use crate::segment::TokenKind;

/// Whether the verb of speech at `verb` has something that is said: an argument with somebody, a seat that is claimed and a
/// profit that was expected are no assertions that a reader could check.
pub(super) fn asserts(p: &Paragraph<'_>, verb: usize) -> bool {
    let next = (verb + 1..verb + 4).find(|at| !is_adverb(p, *at)).unwrap_or(verb + 1);
    if is_any(p, verb, &["argue", "argues", "argued", "arguing"]) {
        let span = [
            "hour", "hours", "minutes", "day", "days", "night", "nights", "weeks", "months",
            "years",
        ];
        let lasted = p.is(next, "for") && (next + 1..next + 4).any(|at| is_any(p, at, &span));
        let quarrel = ["with", "over", "about", "among", "at", "on", "outside"];
        let held = (next + 1..next + CLAUSE).find(|at| mark(p, *at) != '\0' || p.is(*at, "that"));
        return !lasted && (!is_any(p, next, &quarrel) || held.is_some_and(|at| p.is(at, "that")));
    }
    if is_any(p, verb, &["told", "tell", "tells"]) && p.is(next, "that") {
        // They were told.
        return false;
    }
    if is_any(p, verb, &["say", "says", "said"]) {
        let ends = |at: usize| !is_word(p, at) || has(p, at, FUNCTION);
        return !(p.is_in(next, &lists::EMPTY)
            && ends(next + 1)
            && !has(p, next + 1, Lex::PRONOUN | Lex::AUXILIARY));
    }
    if is_consensus(p, verb) && !p.is(next, "that") && !says_clause(p, next) {
        return false;
    }
    if is_any(p, verb, &["describe", "describes", "described"]) {
        return (next..next + CLAUSE).any(|at| p.is(at, "as"));
    }
    let him = is_any(p, next, &["him", "her", "them", "us", "me"]);
    if is_any(p, verb, &["believe", "believed", "think", "thought"]) {
        return !him && !has(p, next, Lex::PREPOSITION);
    }
    let wish = is_any(p, verb, &["hope", "hoped", "hopes", "want", "wants", "wanted"]);
    let doers = (verb.saturating_sub(3)..verb).any(|at| p.is_in(at, &lists::DOERS));
    if !(p.is_in(verb, &lists::TAKING) || wish && doers) {
        return true;
    }
    let clause = p.is(next, "that")
        || has(p, next, Lex::PRONOUN) && !him
        || mark(p, next) != '\0'
        || is_quote(p, next)
        || next >= p.tokens().len();
    clause || says_clause(p, next)
}

/// Tokens behind a verb of speech in which the verb of what is said stands.
const CLAUSE: usize = 14;

/// Words that follow a verb rather than a noun.
const MUCH: [&str; 8] = ["too", "so", "more", "less", "nothing", "little", "far", "well"];

/// Whether a clause without "that" follows: "claimed the vote was rigged", "claims the plan costs".
fn says_clause(p: &Paragraph<'_>, from: usize) -> bool {
    let hangs = [
        "than", "until", "when", "while", "as", "because", "since", "if", "although", "though",
        "where", "before", "after",
    ];
    let until = (from..from + CLAUSE).find(|at| mark(p, *at) != '\0' || is_any(p, *at, &hangs));
    (from + 1..until.unwrap_or(from + CLAUSE)).any(|at| {
        let text = p.text(at);
        let noun = p.text(at - 1);
        let present = text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && at > from + 1
            && is_word(p, at - 1)
            && !noun.ends_with('s')
            && !has(p, at, Lex::UNIT)
            && !has(p, at - 1, FUNCTION | Lex::QUANTIFIER | Lex::UNIT)
            && !is_any(p, at - 1, &unnamed::COUNTS)
            && (has(p, at + 1, FUNCTION) || is_adverb(p, at + 1) || is_any(p, at + 1, &MUCH));
        // No plural follows "this", so that an "s" is the verb's.
        let this = p.is(at - 1, "this") && text.ends_with('s');
        phrases::is_finite(p, at) || present || this || is_quote(p, at) || p.is(at, "that")
    })
}

/// Whether the verb tells what the market expected, in numbers: the consensus that business copy sets beside a result.
fn is_consensus(p: &Paragraph<'_>, verb: usize) -> bool {
    let market = ["analysts", "economists", "strategists"];
    let theirs = (verb.saturating_sub(4)..verb).any(|at| is_any(p, at, &market));
    let number = |at: usize| {
        mark(p, at) == '$' || p.token(at).is_some_and(|token| token.kind == TokenKind::Number)
    };
    let end = (p.sentence_at(verb).end as usize).min(verb + CLAUSE);
    let year = |at: usize| p.text(at).len() == 4 && !is_any(p, at.saturating_sub(1), &["$"]);
    theirs && p.is_in(verb, &lists::FORESEEN) && (verb + 1..end).any(|at| number(at) && !year(at))
}

/// Whether critics praise or blame a work of art, as is their trade.
pub(super) fn is_review(p: &Paragraph<'_>, head: usize, verb: usize) -> bool {
    let end = (p.sentence_at(verb).end as usize).min(verb + CLAUSE);
    p.is(head, "critics")
        && has(p, verb, Lex::VERDICT)
        && (verb + 1..end).any(|at| has(p, at, Lex::FICTION) || p.is_in(at, &lists::ART))
}
