//! Whether anybody speaks before a verb of speech that closes its sentence.

use crate::annotate::{Paragraph, Quotation};
use crate::lang::en::Lex;
use crate::rules::phrases;
use crate::segment::{Span, TokenFlags, TokenKind};

/// How sure it is that nobody speaks before the verb at `at`: behind a quotation, or behind a clause that is complete.
pub(super) fn nobody_before(paragraph: &Paragraph<'_>, at: usize) -> Option<f32> {
    let before = at.checked_sub(1)?;
    let sentence = paragraph.sentence_at(at);
    // No further back than any sentence of edited copy, so that the work stays linear.
    let first = (sentence.start as usize).max(at.saturating_sub(phrases::REACH));
    let sentence = Span::new(first, sentence.end as usize);
    if phrases::is_quote(paragraph, before) {
        return after_quotation(paragraph, sentence, before);
    }
    let comma = phrases::mark(paragraph, before) == ',';
    if comma { after_clause(paragraph, sentence, before, at) } else { None }
}

/// After a closing quotation mark: nobody speaks unless the quotation stands inside somebody's description
/// (The singer, known as "Red," said).
fn after_quotation(paragraph: &Paragraph<'_>, sentence: Span, mark: usize) -> Option<f32> {
    let closes = |q: &&Quotation| q.range.end as usize == mark + 1;
    let list = &paragraph.notes.quotations;
    let opened = list.partition_point(|q| q.range.start as usize <= mark);
    // Quotations nest a few levels deep at most.
    let quotation = list[..opened].iter().rev().take(8).find(closes);
    let opens = quotation.map(|q| q.range.start.max(sentence.start) as usize);
    let Some(opens) = opens else {
        return paragraph.token(mark.wrapping_sub(1)).filter(|t| t.mark == ',').map(|_| 0.7);
    };
    let lead = Span::new(sentence.start as usize, opens);
    let long = mark - opens > 6;
    match (lead.is_empty(), long) {
        (true, _) => Some(0.98),
        (false, true) if !is_apposition(paragraph, lead) => Some(0.85),
        _ => clause(paragraph, Span::new(sentence.start as usize, mark)).then_some(0.6),
    }
}

/// Whether the tokens before a quotation leave a subject waiting for its verb ("The singer, known as").
fn is_apposition(paragraph: &Paragraph<'_>, lead: Span) -> bool {
    lead.iter().any(|at| paragraph.tokens()[at].mark == ',')
}

/// After a comma: nobody speaks where what precedes is a whole clause and not a name with a description.
fn after_clause(paragraph: &Paragraph<'_>, sentence: Span, comma: usize, at: usize) -> Option<f32> {
    let start = sentence.start as usize;
    let last_comma =
        (start..comma).rev().find(|i| matches!(paragraph.tokens()[*i].mark, ',' | '(' | '—' | '–'));
    let quoted_before = (start..comma).any(|i| paragraph.tokens()[i].kind == TokenKind::Quote);
    if quoted_before && last_comma.is_some() {
        return None;
    }
    match last_comma {
        None => (comma - start > 3 && clause(paragraph, Span::new(start, comma))).then_some(0.9),
        Some(last) => {
            let (head, tail) = (Span::new(start, last), Span::new(last + 1, comma));
            let first = paragraph.token(last + 1)?;
            let joins = ["and", "but", "so", "or"].iter().any(|word| paragraph.is(last + 1, word));
            if is_compared(paragraph, head, tail) && clause(paragraph, head) {
                return Some(0.75);
            }
            let hangs = first.lex.intersects(Lex::CONJUNCTION | Lex::PREPOSITION) && !joins
                || first.kind == TokenKind::Number
                || tail
                    .iter()
                    .any(|i| ["who", "which", "whose", "whom"].iter().any(|w| paragraph.is(i, w)));
            if hangs || tail.len() < 4 || !clause(paragraph, tail) || speaker_waits(paragraph, head)
            {
                return None;
            }
            let two_clauses = clause(paragraph, head);
            (two_clauses || !joins && speaker(paragraph, at).is_none()).then_some(0.75)
        }
    }
}

/// Whether a clause tells of a figure, and what stands behind its comma of the one before it: "rose to $480 on Tuesday, from
/// $215 a week ago".
fn is_compared(paragraph: &Paragraph<'_>, head: Span, tail: Span) -> bool {
    let number = |at: &usize| {
        paragraph.token(*at).is_some_and(|t| t.kind == TokenKind::Number)
            || phrases::mark(paragraph, *at) == '$'
    };
    let from = ["from", "up", "down", "compared", "against"];
    let reaches = head.iter().any(|at| {
        phrases::is_any(paragraph, at, &["to", "at", "by"]) && (at + 1..at + 3).any(|n| number(&n))
    });
    from.iter().any(|word| paragraph.is(tail.start as usize, word))
        && tail.iter().skip(1).take(4).any(|at| number(&at))
        && reaches
}

/// Whether the model sees a source for the verb, before it in the sentence.
fn speaker<'p>(paragraph: &'p Paragraph<'_>, at: usize) -> Option<&'p Span> {
    let list = &paragraph.notes.attributions;
    let after = list.partition_point(|a| a.cue.first().is_some_and(|cue| cue.start as usize <= at));
    // A cue in several pieces may open before its neighbours.
    let mut near = list[..after].iter().rev().take(4);
    near.find(|a| a.cue.iter().any(|cue| cue.contains(at))).and_then(|a| a.source.first())
}

/// Whether the first stretch of the sentence is a bare name or noun phrase, without a verb of its own.
fn speaker_waits(paragraph: &Paragraph<'_>, head: Span) -> bool {
    let opens = paragraph.token(head.start as usize);
    let prepositional =
        opens.is_some_and(|t| t.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION));
    !prepositional && !clause(paragraph, head)
}

/// Whether the span holds a finite verb: an auxiliary, or a word that looks like a past tense after a subject.
fn clause(paragraph: &Paragraph<'_>, span: Span) -> bool {
    span.iter().skip(1).any(|at| {
        let Some(token) = paragraph.token(at) else { return false };
        let past = token.kind == TokenKind::Word
            && !token.flags.contains(TokenFlags::CAPITAL)
            && paragraph.text(at).ends_with("ed")
            && paragraph.token(at + 1).is_some_and(|next| {
                next.lex.intersects(Lex::DETERMINER | Lex::PREPOSITION | Lex::PRONOUN)
                    || next.kind == TokenKind::Number
            });
        token.lex.contains(Lex::AUXILIARY) && !token.flags.contains(TokenFlags::CAPITAL) || past
    })
}
