//! Words that leave open whether something is so, or how much of it there is, as the rules on wire copy read them.

use crate::against::figures;
use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::{flagged, has, is_any, is_finite, is_word, mark};
use crate::segment::{Span, TokenFlags, TokenKind};

/// What is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whether it happens or happened: "may", "reportedly", "plans to", "alleged".
    Event,
    /// How many: "about", "up to".
    Amount,
    /// Whether people believe it: "many are skeptical", "it is unclear".
    Doubt,
}

/// A hedge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hedge {
    /// The words.
    pub span: Span,
    /// What they leave open.
    pub kind: Kind,
    /// The first word of weight behind them, which is what they hedge.
    pub head: usize,
    /// Whether the words are of those that only ever hedge.
    pub sure: bool,
}

/// Tokens behind a hedge in which its head stands.
const REACH: usize = 5;

/// The hedges in `span` that stand outside quotations, in order.
pub(super) fn all(p: &Paragraph<'_>, span: Span) -> Vec<Hedge> {
    let found = span.iter().filter_map(|at| at_token(p, at));
    found.filter(|h| p.quotation_at(h.span.start as usize).is_none()).collect()
}

/// The hedge that starts at token `at`.
fn at_token(p: &Paragraph<'_>, at: usize) -> Option<Hedge> {
    let token = p.token(at)?;
    if token.kind == TokenKind::Number || p.is(at, "half") || figures::opens(p.text(at)) {
        let span = figures::about(p, at)?;
        return Some(Hedge { span, kind: Kind::Amount, head: at, sure: true });
    }
    let (span, kind, sure) = words(p, at)?;
    let end = span.end as usize;
    let weighs = |next: &usize| {
        is_word(p, *next)
            && !has(p, *next, Lex::DETERMINER | Lex::PREPOSITION | Lex::AUXILIARY | Lex::PRONOUN)
            && !is_any(p, *next, &["not", "also", "still", "soon", "even"])
    };
    let head = (end..end + REACH).find(weighs).unwrap_or(end);
    Some(Hedge { span, kind, head, sure })
}

fn words(p: &Paragraph<'_>, at: usize) -> Option<(Span, Kind, bool)> {
    let one = |kind, sure| Some((Span::new(at, at + 1), kind, sure));
    if is_any(p, at, &["may", "might", "could"]) {
        // The month; "could not" is what somebody was unable to do.
        let month = flagged(p, at, TokenFlags::CAPITAL)
            || p.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number);
        let unable = p.is(at, "could") && is_any(p, at + 1, &["not", "n't"]);
        let able = p.is(at, "could") && is_any(p, at + 1, &["see", "hear", "feel", "do", "only"]);
        return if month || unable || able { None } else { one(Kind::Event, true) };
    }
    if p.is_in(at, &lists::CERTAIN_HEDGES) {
        return one(Kind::Event, true);
    }
    // "Agreed in principle to cap the price".
    if p.is_phrase(at, &["in", "principle"]) {
        return Some((Span::new(at, at + 2), Kind::Event, true));
    }
    // "The alleged theft", not "he alleged".
    if is_any(
        p,
        at,
        &["alleged", "suspected", "purported", "supposed", "possible", "potential", "proposed"],
    ) {
        let before = at.checked_sub(1)?;
        let adjective = has(p, before, Lex::DETERMINER | Lex::PREPOSITION)
            && !is_any(p, before, &["that"])
            && is_word(p, at + 1)
            && !has(p, at + 1, Lex::PREPOSITION | Lex::CONJUNCTION);
        return if adjective {
            one(Kind::Event, !is_any(p, at, &["possible", "potential", "proposed"]))
        } else {
            None
        };
    }
    let before_to = [
        "plan",
        "plans",
        "intends",
        "intend",
        "intended",
        "hopes",
        "hope",
        "hoped",
        "aims",
        "aim",
        "wants",
        "want",
        "wanted",
        "expected",
        "believed",
        "thought",
        "likely",
        "unlikely",
        "scheduled",
        "seeks",
        "considering",
        "appears",
        "appear",
        "appeared",
        "seems",
        "seem",
        "seemed",
        "threatened",
        "threatens",
        "vowed",
        "promised",
    ];
    // "A plan to", "the economic plan to".
    let noun = |at: usize| {
        has(p, at, Lex::DETERMINER | Lex::PREPOSITION) || flagged(p, at, TokenFlags::CLITIC)
    };
    let noun = at > 0
        && (noun(at - 1) || at > 1 && noun(at - 2) && !has(p, at - 1, Lex::PRONOUN))
        && is_any(p, at, &["plan", "plans", "hope", "hopes", "aim", "aims"]);
    if is_any(p, at, &before_to) && p.is(at + 1, "to") && !noun {
        let sure =
            !is_any(p, at, &["wants", "want", "wanted", "scheduled", "vowed", "promised", "seeks"]);
        return Some((Span::new(at, at + 2), Kind::Event, sure));
    }
    if is_any(p, at, &["considering", "weighing", "mulling", "contemplating"]) {
        return one(Kind::Event, true);
    }
    if is_any(p, at, &["likely", "unlikely"]) && !has(p, at.saturating_sub(1), Lex::DETERMINER) {
        return one(Kind::Event, true);
    }
    if is_any(
        p,
        at,
        &[
            "skeptical",
            "sceptical",
            "doubtful",
            "unconfirmed",
            "unclear",
            "uncertain",
            "unproven",
            "unverified",
        ],
    ) {
        return one(Kind::Doubt, true);
    }
    if is_any(p, at, &["doubt", "doubts", "doubted"]) && !p.is(at.saturating_sub(1), "no") {
        return one(Kind::Doubt, true);
    }
    None
}

/// Whether anything in `span` leaves open what it says, outside quotations.
pub(super) fn leaves_open(p: &Paragraph<'_>, span: Span) -> bool {
    let hedged = all(p, span).iter().any(|hedge| hedge.kind != Kind::Amount);
    hedged || span.iter().any(|at| is_open(p, at))
}

/// Whether a word says that something is to come without being sure of it: "due in", "is to last", "set for", "hints at".
pub(super) fn looks_ahead(p: &Paragraph<'_>, at: usize) -> bool {
    const COPULAS: [&str; 8] = ["is", "are", "was", "were", "'s", "’s", "'re", "’re"];
    const NO_VERBS: [&str; 12] =
        ["the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its", "our"];
    let before = at.checked_sub(1);
    match () {
        () if is_any(p, at, &COPULAS) && p.is(at + 1, "to") => {
            is_word(p, at + 2) && !is_any(p, at + 2, &NO_VERBS)
        }
        () if p.is(at, "due") => {
            before.is_some_and(|before| is_any(p, before, &COPULAS) || p.is(before, "be"))
                || is_any(p, at + 1, &["in", "on", "next", "by", "at"])
        }
        () if p.is(at, "set") => is_any(p, at + 1, &["for", "to"]),
        () if is_any(p, at, &["hints", "hint", "hinted"]) => p.is(at + 1, "at"),
        () => false,
    }
}

/// Whether token `at` is "would" for the "will" that somebody said: "she said that the school would close".
pub(super) fn is_reported_will(p: &Paragraph<'_>, at: usize) -> bool {
    let sentence = p.sentence_at(at);
    let said = |at: usize| has(p, at, Lex::SPEECH) && is_finite(p, at);
    is_any(p, at, &["would", "'d", "’d"])
        && !sentence.iter().any(|at| is_any(p, at, &["if", "unless", "whether"]))
        && sentence.iter().any(said)
}

/// Whether token `at` is a word that leaves something open, outside quotations.
pub(super) fn is_open(p: &Paragraph<'_>, at: usize) -> bool {
    let small = !flagged(p, at, TokenFlags::CAPITAL);
    let word = p.is_in(at, &lists::OPEN)
        || looks_ahead(p, at)
        || small && has(p, at, Lex::HEDGE | Lex::UNCERTAIN)
        || mark(p, at) == '?'
        || at_token(p, at).is_some_and(|hedge| hedge.kind != Kind::Amount);
    word && p.quotation_at(at).is_none()
}
