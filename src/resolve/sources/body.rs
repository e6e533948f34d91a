//! What can be asked though it is nobody by name: bodies and outlets, offices, roles and documents.

use super::{LONGEST, STORMS};
use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// Offices and jobs.
pub(super) const ROLE: Lex = Lex::TITLE.union(Lex::OFFICE).union(Lex::RANK).union(Lex::AUTHORITY);
/// Groups that nobody can ask.
const VAGUE: Lex = Lex::VAGUE.union(Lex::GROUP);

/// The text of a body, an office, a role or a document, if the span is one.
pub(in crate::resolve) fn body(p: &Paragraph<'_>, span: Span) -> Option<String> {
    let first = p.token(span.start as usize)?;
    let last = p.token((span.end as usize).checked_sub(1)?)?;
    if span.is_empty()
        || span.len() > LONGEST
        || !plain(p, span)
        || !is_wordy(first)
        || !is_wordy(last)
    {
        return None;
    }
    let mut text = p.clean(span);
    if is_mute(p, span) || is_torn(p, span) {
        return None;
    }
    if is_named_body(p, span) {
        if p.is(span.start as usize, "the") {
            text.get_mut(..1)?.make_ascii_lowercase();
        }
        return Some(text);
    }
    if !is_role(p, span) {
        return None;
    }
    let opens = p.sentence_at(span.start as usize).start == span.start;
    let next = p.token(span.start as usize + 1);
    let name = next.is_some_and(|t| t.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC));
    let common = ["local", "state", "federal", "city", "county", "health", "school", "senior"]
        .iter()
        .any(|word| p.is(span.start as usize, word));
    let small = first.lex.intersects(Lex::DETERMINER)
        || opens && !name && (first.lex.contains(Lex::AUTHORITY) || common);
    if small && !first.flags.contains(TokenFlags::UPPER) || p.is(span.start as usize, "a") {
        text.get_mut(..1)?.make_ascii_lowercase();
    }
    Some(text)
}

/// Whether the span is the tail of a longer name ("Public Works" of "the Office of Public Works").
pub(super) fn is_torn(p: &Paragraph<'_>, span: Span) -> bool {
    let capital = |at: usize| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let start = span.start as usize;
    start > 1
        && capital(start)
        && capital(start - 2)
        && ["of", "for", "and", "&"].iter().any(|word| p.is(start - 1, word))
}

/// Names that nobody can ask: countries and towns, the networks that people post on, and the members of a party.
fn is_mute(p: &Paragraph<'_>, span: Span) -> bool {
    let start = span.start as usize + usize::from(p.is(span.start as usize, "the"));
    let name = Span::new(start, span.end as usize);
    let place = name.iter().all(|at| p.token(at).is_some_and(|t| t.lex.contains(Lex::PLACE)));
    let shouted = name.len() > 2
        && name.iter().all(|at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::UPPER)));
    name.is_empty() || place || shouted || name.len() == 1 && p.is_in(start, &lists::MUTE)
}

fn is_wordy(token: &Token) -> bool {
    token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CLITIC)
}

/// Whether the span holds nothing but a noun phrase: no verb, number, pronoun, quotation or placeholder, and no vague group.
fn plain(p: &Paragraph<'_>, span: Span) -> bool {
    let lost = [
        "tk", "tktk", "xx", "xxx", "nobody", "someone", "somebody", "anyone", "everyone", "one",
        "none", "nothing",
    ];
    span.iter().enumerate().all(|(order, at)| {
        p.token(at).is_some_and(|t| {
            let mark =
                t.kind == TokenKind::Punct && !matches!(t.mark, '&' | '-' | '.' | '\'' | '’');
            let small = !t.flags.contains(TokenFlags::CAPITAL) || order == 0;
            let verb = small
                && t.lex.intersects(Lex::AUXILIARY | Lex::SPEECH | Lex::THOUGHT)
                && !t.lex.intersects(Lex::AUTHORITY);
            let empty = Lex::PRONOUN | VAGUE | Lex::QUANTIFIER;
            !mark
                && !verb
                && !matches!(t.kind, TokenKind::Quote | TokenKind::Number | TokenKind::Object)
                && (!small || !t.lex.intersects(empty) || t.flags.contains(TokenFlags::UPPER))
                && !lost.iter().any(|word| p.is(at, word))
        })
    })
}

/// Whether the span is a proper name: every word has a capital, small words inside aside ("the Department of Health").
fn is_named_body(p: &Paragraph<'_>, span: Span) -> bool {
    let start = span.start as usize + usize::from(p.is(span.start as usize, "the"));
    let name = Span::new(start, span.end as usize);
    let Some(first) = p.token(start).filter(|_| !name.is_empty()) else { return false };
    let inside = ["of", "the", "for", "and", "&", "-", "in", "de", "to", "on"];
    let capitals = name.iter().all(|at| {
        p.token(at).is_some_and(|t| {
            t.flags.contains(TokenFlags::CAPITAL)
                || t.flags.contains(TokenFlags::CLITIC)
                || t.kind == TokenKind::Punct
                || at > start && inside.iter().any(|word| p.is(at, word))
        })
    });
    let last = name.end as usize - 1;
    // "Connecticut Senator" lost its name.
    let post = start == span.start as usize
        && p.token(last).is_some_and(|t| t.lex.intersects(Lex::TITLE | Lex::OFFICE));
    if !capitals || post || STORMS.iter().any(|storm| p.is(start, storm)) {
        return false;
    }
    let alone = name.len() == 1
        || p.token(start + 1).is_some_and(|t| !t.flags.contains(TokenFlags::CAPITAL));
    if alone && start == p.sentence_at(start).start as usize {
        // A capital at the head of a sentence shows nothing.
        let acronym = first.flags.contains(TokenFlags::UPPER) && first.end - first.start > 1;
        return acronym
            || name.len() > 1 && first.lex.intersects(Lex::ORGANISATION | Lex::PLACE)
            || !first.lex.intersects(ROLE | Lex::AUTHORITY) && stands_inside(p, start);
    }
    !first.lex.intersects(Lex::DEMONYM | Lex::DETERMINER | Lex::CONJUNCTION | Lex::PREPOSITION)
        || name.len() > 1
}

/// Whether the word stands with a capital inside a sentence of the paragraph as well, so that it is a name.
fn stands_inside(p: &Paragraph<'_>, at: usize) -> bool {
    let Some(word) = p.token(at) else { return false };
    let near = at.saturating_sub(120)..(at + 120).min(p.tokens().len());
    near.into_iter().any(|other| {
        p.token(other).is_some_and(|t| {
            t.hash == word.hash && t.flags.contains(TokenFlags::CAPITAL) && other > 0
        }) && p.sentence_at(other).start as usize != other
            && p.token(other - 1).is_some_and(|t| t.kind == TokenKind::Word)
    })
}

/// Whether the span is an office, a role or a document: "the ministry", "a spokesman for the union", "Riverton police".
fn is_role(p: &Paragraph<'_>, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let Some(first) = p.token(start) else { return false };
    let hangs = |at: &usize| p.token(*at).is_some_and(|t| t.lex.intersects(Lex::PREPOSITION));
    let head = (start + 1..end).find(hangs).unwrap_or(end) - 1;
    let Some(noun) = p.token(head) else { return false };
    let joined =
        (start..=head).any(|at| p.token(at).is_some_and(|t| t.lex.contains(Lex::CONJUNCTION)));
    let speaker = noun.lex.intersects(ROLE)
        && !noun.flags.contains(TokenFlags::CLITIC)
        && !p.is_in(head, &lists::NO_SPEAKERS);
    if joined || !speaker {
        return false;
    }
    let article = p.is(start, "the") || p.is(start, "a") || p.is(start, "an");
    if article {
        return head > start;
    }
    if first.lex.intersects(Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION) {
        return false;
    }
    let many =
        p.is(head, "police") || p.text(head).ends_with('s') && noun.lex.contains(Lex::AUTHORITY);
    let affiliated = (start..head).any(|at| {
        p.token(at).is_some_and(|t| {
            t.lex.intersects(Lex::DEMONYM | Lex::AUTHORITY | Lex::ORGANISATION | Lex::PLACE)
                || t.flags.contains(TokenFlags::CAPITAL) && at > start
        })
    });
    let owned =
        (start..head).any(|at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC)));
    owned || many && (affiliated || head == start && !noun.lex.intersects(Lex::UNNAMED))
}
