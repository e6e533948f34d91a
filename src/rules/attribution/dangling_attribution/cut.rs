//! Attribution phrases that were cut off in the middle: "said the.", "according to the Department of.", "said in a
//! statement." without anybody who said it.

use super::{
    DELETE, Dangling, ends, is_hearer, is_occasion, opener, set_off, speaks, without_verb,
};
use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::rules::phrases::{self, flagged, has, is_any, mark};
use crate::segment::{Span, TokenFlags, TokenKind};

/// Words of a source, at most, that "according to" has before it breaks off.
const SOURCE: usize = 8;
/// Words that the place and time of a statement have, at most.
const OCCASION: usize = 14;

/// Whether an article or a possessive at `at` was left without its noun: the sentence stops behind it.
fn lost_noun(p: &Paragraph<'_>, at: usize) -> bool {
    let opens = is_any(p, at, &["the", "a", "an", "its", "their", "our"]);
    opens && !flagged(p, at, TokenFlags::CAPITAL) && mark(p, at + 1) == '.'
}

/// "The rate rose, said the.", "“We knew,” said its.": the verb at `at` follows a clause or a quotation.
pub(super) fn said_the(p: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let before = at.checked_sub(1)?;
    let apart = mark(p, before) == ',' || phrases::is_quote(p, before);
    if !apart || !lost_noun(p, at + 1) || is_any(p, at, &["told", "tells"]) {
        return None;
    }
    Some(Dangling {
        phrase: Span::new(at, at + 3),
        gap: at,
        rest: at + 2,
        delete: without_verb(p, before, at + 1),
        delete_title: DELETE,
        confidence: 0.9,
    })
}

/// "Per the.": the word at `at` takes a source.
pub(super) fn per_the(p: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let found = set_off(p, at) && lost_noun(p, at + 1);
    found.then(|| Dangling { gap: at, ..opener(p, at, at + 1, 0.9) })
}

/// "According to" at `at`, and a source of which the end is missing: "the Department of", "Mayor", "who spoke on condition
/// of anonymity".
pub(super) fn according_to_part(p: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let first = at + 2;
    if is_unknown_who(p, first) {
        return Some(Dangling { gap: at + 1, rest: first, ..opener(p, at, at + 1, 0.85) });
    }
    // "Gov." ends in a stop of its own, which may be that of the sentence.
    let title = has(p, first, Lex::TITLE) && flagged(p, first, TokenFlags::CAPITAL);
    if title && mark(p, first + 1) == '.' && set_off(p, at) && !p.text(first).ends_with('s') {
        return Some(opener(p, at, first, 0.8));
    }
    let stop = (first..first + SOURCE).find(|end| mark(p, *end) != '\0')?;
    let last = stop.checked_sub(1).filter(|last| mark(p, stop) == '.' && *last > first)?;
    let noun = |at: usize| {
        flagged(p, at, TokenFlags::CAPITAL)
            || has(p, at, Lex::AUTHORITY | Lex::OFFICE | Lex::TITLE | Lex::UNNAMED)
    };
    let whole = (first..last).all(|at| {
        noun(at) && !phrases::is_finite(p, at)
            || has(p, at, Lex::DETERMINER)
            || is_any(p, at, &["of", "for", "and"])
    });
    let torn = is_any(p, last, &["of", "for", "by"]) && noun(last - 1);
    (whole && torn && set_off(p, at)).then(|| opener(p, at, last, 0.85))
}

/// Whether "who" at `at` has lost those whom it tells of: "who spoke on condition of anonymity", not "who is in power".
fn is_unknown_who(p: &Paragraph<'_>, at: usize) -> bool {
    let asked = is_any(p, at + 1, &["asked", "requested", "declined"])
        && (is_any(p, at + 2, &["not", "anonymity"]) || p.is_phrase(at + 2, &["to", "be"]));
    let spoke = p.is(at + 1, "spoke") && (p.is(at + 2, "on") || p.is(at + 2, "anonymously"));
    p.is(at, "who") && (asked || spoke)
}

/// "The county had 93 cases as of Friday, said in a statement.", "The rate rose, told the Herald.": a complete clause,
/// and a verb at `at` with an occasion or a hearer and no speaker.
pub(super) fn said_somewhere(p: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let before = at.checked_sub(1).filter(|before| mark(p, *before) == ',')?;
    let complement = if is_any(p, at, &["told", "tells"]) {
        is_hearer(p, at + 1)
    } else {
        is_occasion(p, at + 1) || is_in_papers(p, at + 1)
    };
    if !complement {
        return None;
    }
    let end = (at + 1..at + OCCASION).find(|i| ends(p, *i)).filter(|i| mark(p, *i) == '.')?;
    let told = is_any(p, at, &["told", "tells"]);
    let named = (at + 1..end).any(|i| {
        let speaks = Lex::PRONOUN | Lex::AUXILIARY | Lex::SPEECH;
        p.token(i).is_none_or(|t| t.kind == TokenKind::Quote)
            || has(p, i, speaks) && !has(p, i, Lex::AUTHORITY) && !(told && i <= at + 4)
            || is_any(p, i, &["by", "that"])
    });
    let confidence = speaks::nobody_before(p, at).filter(|_| !named)?;
    Some(Dangling {
        phrase: Span::new(at, end + 1),
        gap: before,
        rest: at,
        delete: without_verb(p, before, end - 1),
        delete_title: DELETE,
        confidence,
    })
}

/// "In court papers", "in a federal filing".
fn is_in_papers(p: &Paragraph<'_>, at: usize) -> bool {
    let papers = ["papers", "documents", "filings", "filing", "records", "complaint", "lawsuit"];
    p.is(at, "in") && (at + 1..at + 5).any(|i| is_any(p, i, &papers))
}

/// "It was a drop of coffee, said, that had been flung": the verb at `at` between commas, inside a sentence that goes on.
pub(super) fn said_between(p: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let before = at.checked_sub(1).filter(|before| mark(p, *before) == ',')?;
    let goes_on = ["that", "which", "who", "and", "but", "while", "because", "although"];
    if mark(p, at + 1) != ',' || !is_any(p, at + 2, &goes_on) {
        return None;
    }
    let sentence = p.sentence_at(at).start as usize;
    // With another comma before it, somebody may be waiting for the verb.
    let waits = (sentence..before).any(|i| matches!(mark(p, i), ',' | '(' | '—' | '–'));
    let confidence = speaks::nobody_before(p, at).filter(|_| !waits)?;
    let delete = crate::diagnostic::Edit::delete(
        (p.byte(before).start as usize..p.byte(at).end as usize).into(),
    );
    Some(Dangling {
        phrase: Span::new(at, at + 1),
        gap: at,
        rest: at + 1,
        delete: vec![delete],
        delete_title: DELETE,
        confidence,
    })
}
