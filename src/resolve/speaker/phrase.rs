//! The words of a source: the phrase it is called by, its noun, and the name beside it.

use super::head_phrase;
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenFlags, TokenKind};

/// The name that stands in apposition inside a source: "the Old Mill captain, Sven Torp".
pub(super) fn in_apposition<'p>(
    p: &'p Paragraph<'_>,
    source: Span,
) -> Option<(usize, &'p Mention)> {
    let comma = apposition(p, source)? as u32;
    let list = &p.notes.mentions;
    let first = list.partition_point(|m| m.span.start <= comma);
    list.iter().enumerate().skip(first).take(1).find(|(_, m)| {
        let ends =
            m.span.end == source.end || p.token(m.span.end as usize).is_some_and(|t| t.mark == ',');
        m.kind == MentionKind::Name
            && m.span.start == comma + 1
            && ends
            && !m.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED)
    })
}

/// A name in apposition that is no mention of a person: two to four words with a capital.
pub(super) fn passing_name(p: &Paragraph<'_>, source: Span) -> Option<Span> {
    let comma = apposition(p, source)?;
    let capital = |at: &usize| {
        p.token(*at).is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.flags.contains(TokenFlags::CAPITAL)
                && !t.flags.contains(TokenFlags::CLITIC)
                && !t.lex.intersects(Lex::ORGANISATION | Lex::PLACE | Lex::WEEKDAY)
        })
    };
    let first = comma + 1;
    let end = (first..p.tokens().len()).take(5).take_while(capital).last()? + 1;
    let ends = end == source.end as usize || p.token(end).is_some_and(|t| t.mark == ',');
    (ends && (2..=4).contains(&(end - first))).then_some(Span::new(first, end))
}

/// The comma before what stands in apposition to a role inside a source.
fn apposition(p: &Paragraph<'_>, source: Span) -> Option<usize> {
    let comma = head_phrase(p, source).end as usize;
    let role = p.token(source.start as usize)?.lex.contains(Lex::DETERMINER)
        || p.token(comma.checked_sub(1)?)?.lex.intersects(Lex::RANK | Lex::OFFICE);
    p.token(comma).filter(|t| role && t.mark == ',' && comma < source.end as usize)?;
    Some(comma)
}

/// The person whom "who" stands for: the name right before it.
pub(super) fn before_who<'p>(p: &'p Paragraph<'_>, source: Span) -> Option<(usize, &'p Mention)> {
    if source.len() != 1 || !p.is_any(source.start as usize, &["who", "which"]) {
        return None;
    }
    let list = &p.notes.mentions;
    let last = list.partition_point(|m| m.span.end <= source.start).checked_sub(1)?;
    let mention = list.get(last)?;
    let near = mention.kind == MentionKind::Name && mention.span.end + 1 >= source.start;
    near.then_some((last, mention))
}

/// The phrase that a source is called by: from its first word up to its first comma, verb or relative clause, without the
/// participle of a time that was cut off ("a study published on Monday"); for "who" what it hangs on.
pub(super) fn phrase(p: &Paragraph<'_>, source: Span) -> Span {
    if source.len() == 1 && p.is_any(source.start as usize, &["who", "which"]) {
        return antecedent(p, source.start as usize).unwrap_or(source);
    }
    let joins = |at: &usize| {
        p.token(*at).is_some_and(|t| {
            t.kind != TokenKind::Word && t.kind != TokenKind::Number
                || t.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION)
        })
    };
    let start = source.iter().find(|at| !joins(at) && !p.is(*at, "according"));
    let start = start.unwrap_or(source.start as usize);
    let head = head_phrase(p, Span::new(start, source.end as usize));
    let says = ["said", "says", "told", "reported", "announced", "stated"];
    let verb = head.iter().skip(1).find(|at| p.is_any(*at, &says));
    let end = verb.unwrap_or(head.end as usize);
    let cut = p.is_any(end.saturating_sub(1), &["published", "released", "issued", "filed"]);
    let end = if cut { end - 1 } else { end };
    if end > start { Span::new(start, end) } else { source }
}

/// The noun phrase before "who".
fn antecedent(p: &Paragraph<'_>, who: usize) -> Option<Span> {
    let first = p.sentence_at(who).start as usize;
    let end =
        if who > first && p.token(who - 1).is_some_and(|t| t.mark == ',') { who - 1 } else { who };
    let opens = (first.max(end.saturating_sub(6))..end).rev().find(|at| {
        p.token(*at).is_some_and(|t| t.lex.intersects(Lex::DETERMINER | Lex::QUANTIFIER))
    })?;
    Some(Span::new(opens, end))
}

/// The noun of a source: the last word before the first preposition or conjunction.
pub(super) fn noun(p: &Paragraph<'_>, span: Span) -> usize {
    let hangs = |at: &usize| {
        p.token(*at).is_some_and(|t| t.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION))
    };
    let end = span.iter().skip(1).find(hangs).unwrap_or(span.end as usize);
    end.saturating_sub(1).max(span.start as usize)
}

/// Whether a source is somebody out of many, whatever names stand behind: "a nurse from Riverton", "workers at the Mill".
pub(super) fn is_anybody(p: &Paragraph<'_>, span: Span) -> bool {
    let start = span.start as usize;
    let head = noun(p, span);
    let Some((first, noun)) = p.token(start).zip(p.token(head)) else { return false };
    if p.is_in(head, &lists::ANYBODY) {
        return true;
    }
    let named = |at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    if (start + 1..=head).any(named) || p.is_in(head, &lists::DOCUMENTS) {
        return false;
    }
    let any = p.is(start, "a") || p.is(start, "an") || first.lex.contains(Lex::QUANTIFIER);
    let affiliated = head > start && !any;
    noun.lex.intersects(Lex::UNNAMED | Lex::GROUP) && !affiliated
        || !noun.lex.intersects(Lex::AUTHORITY)
            && (any || head == start && p.text(head).ends_with('s'))
}

/// Whether a source is one that can be told from others of its kind, or a document: "the weather service", "court papers".
pub(super) fn is_one(p: &Paragraph<'_>, span: Span) -> bool {
    let start = span.start as usize;
    let head = noun(p, span);
    let Some((first, noun)) = p.token(start).zip(p.token(head)) else { return false };
    let word = p.text(head);
    let plural = word.ends_with('s') && !word.ends_with("ss");
    let owned =
        (start..head).any(|at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC)));
    let definite = first.lex.contains(Lex::DETERMINER) && !p.is_any(start, &["a", "an"]) || owned;
    p.is_in(head, &lists::DOCUMENTS)
        || definite && head > start && !plural && !noun.lex.intersects(Lex::UNNAMED | Lex::GROUP)
}
