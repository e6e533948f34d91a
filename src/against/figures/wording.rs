//! What the words around a number say: what is counted, and whether it is that number exactly.

use super::super::words;
use super::{Bound, Figure, Kind};
use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};

/// Words of a noun phrase behind a number that are looked at.
const NOUNS: usize = 4;

/// The figure with the words around it: what it counts, and whether it is about so much.
pub(super) fn with_words(p: &Paragraph<'_>, mut figure: Figure, end: usize) -> Figure {
    let mut at = figure.span.end as usize;
    let ends = Lex::PREPOSITION | Lex::AUXILIARY | Lex::CONJUNCTION | Lex::PRONOUN;
    // "three of the boats"
    if p.is(at, "of") {
        at += 1;
    }
    while at < end && figure.nouns.len() < NOUNS {
        let Some(token) = p.token(at).filter(|t| t.kind == TokenKind::Word) else { break };
        if token.lex.intersects(ends)
            || token.lex.contains(Lex::SPEECH) && at > figure.span.end as usize
        {
            break;
        }
        figure.nouns.extend(words::stem_at(p, at));
        at += 1;
    }
    let words = about(p, figure.span.start as usize);
    figure.about = words.is_some() || figure.kind == Kind::Clock && is_beside(p, &figure);
    figure.bound = words.map_or(Bound::None, |words| bound(p, words));
    figure
}

/// "Shortly before 11", "just after 10:40": an hour that it was near to. "By 11" sets a limit, and may be hours away.
fn is_beside(p: &Paragraph<'_>, figure: &Figure) -> bool {
    let start = (figure.span.start as usize).checked_sub(2);
    start.is_some_and(|at| {
        p.is_any(at, &["shortly", "just"]) && p.is_any(at + 1, &["before", "after", "past"])
    })
}

/// Which way the words before a figure point.
fn bound(p: &Paragraph<'_>, words: Span) -> Bound {
    let any = |list: &[&str]| words.iter().any(|at| list.iter().any(|word| p.is(at, word)));
    // "No more than" is not told from "more than" here, and says little in either case.
    if any(&["least", "more", "over"]) {
        return Bound::Low;
    }
    if any(&["nearly", "almost", "close", "under", "below"]) {
        return Bound::Near;
    }
    if any(&["most", "fewer", "less", "up", "many", "much"]) { Bound::High } else { Bound::None }
}

/// The words right before a number at token `at` that say it is not that number exactly.
pub(crate) fn about(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    const PHRASES: [&[&str]; 22] = [
        &["about"],
        &["around"],
        &["approximately"],
        &["roughly"],
        &["nearly"],
        &["almost"],
        &["some"],
        &["an", "estimated"],
        &["estimated"],
        &["up", "to"],
        &["as", "many", "as"],
        &["as", "much", "as"],
        &["at", "least"],
        &["at", "most"],
        &["more", "than"],
        &["fewer", "than"],
        &["less", "than"],
        &["just", "over"],
        &["just", "under"],
        &["just", "below"],
        &["close", "to"],
        &["over"],
    ];
    let at = if at > 0 && p.token(at - 1).is_some_and(|t| matches!(t.mark, '$' | '£' | '€' | '¥'))
    {
        at - 1
    } else {
        at
    };
    PHRASES.iter().find_map(|phrase| {
        let start = at.checked_sub(phrase.len())?;
        p.is_phrase(start, phrase).then(|| Span::new(start, at))
    })
}

/// Whether "one" counts what stands behind it: "one soldier", and no "one day", "one of them", "no one came".
pub(super) fn counts_one(p: &Paragraph<'_>, at: usize) -> bool {
    const TURNS: [&str; 14] = [
        "day", "way", "thing", "side", "hand", "point", "reason", "time", "more", "another", "who",
        "that", "such", "might",
    ];
    let ends = Lex::PREPOSITION
        | Lex::AUXILIARY
        | Lex::CONJUNCTION
        | Lex::PRONOUN
        | Lex::SPEECH
        | Lex::PAST;
    let stands_in =
        at.checked_sub(1).is_some_and(|before| p.is_any(before, &["no", "any", "every", "each"]));
    !stands_in
        && p.token(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Word
                && !next.lex.intersects(ends)
                && !next.flags.contains(TokenFlags::CLITIC)
                && !TURNS.iter().any(|turn| p.is(at + 1, turn))
        })
}
