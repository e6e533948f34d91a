//! "Told that", where nobody is told.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lang::en::Lex;
use crate::rules::{Findings, phrases};
use crate::segment::{Span, TokenFlags, TokenKind};

/// "Sources told that the vote ...": a hearer is missing, in the active voice.
pub(super) fn is_told_nobody(paragraph: &Paragraph<'_>, at: usize) -> bool {
    if !paragraph.is(at, "told") || !paragraph.is(at + 1, "that") || at == 0 {
        return false;
    }
    let sentence = paragraph.sentence_at(at);
    let clause_follows = opens_clause(paragraph, at + 2);
    let passive = (sentence.start as usize..at).rev().take(5).any(|i| {
        paragraph.tokens()[i].lex.contains(Lex::AUXILIARY)
            || ["being", "get", "got", "gets", "when", "if", "once", "after"]
                .iter()
                .any(|w| paragraph.is(i, w))
    });
    let subject = paragraph.tokens()[at - 1];
    let speaks = subject.lex.intersects(Lex::UNNAMED | Lex::VAGUE | Lex::PRONOUN)
        || subject.flags.contains(TokenFlags::CAPITAL) && subject.kind == TokenKind::Word;
    let whom =
        ["who", "whom", "him", "her", "them", "us", "me"].iter().any(|w| paragraph.is(at - 1, w));
    clause_follows && !passive && speaks && !whom && !is_participle(paragraph, at)
}

/// Whether a clause opens behind "that": "told that the vote", "told that Ruiz would", and not "told that Navy story".
fn opens_clause(p: &Paragraph<'_>, at: usize) -> bool {
    let capital = |at: usize| phrases::flagged(p, at, TokenFlags::CAPITAL);
    if !capital(at) {
        return phrases::has(p, at, Lex::DETERMINER | Lex::PRONOUN);
    }
    let Some(next) = (at + 1..at + 8).find(|next| !capital(*next)) else { return false };
    // No plural follows "that", so that an "s" is the verb's.
    let verb = phrases::has(p, next, Lex::AUXILIARY)
        || phrases::is_finite(p, next)
        || phrases::is_word(p, next) && p.text(next).ends_with('s');
    let goes_on = phrases::has(p, next, Lex::CONJUNCTION | Lex::PREPOSITION)
        || phrases::flagged(p, next, TokenFlags::CLITIC)
        || phrases::mark(p, next) == ',';
    let sentence = phrases::sentence(p, at);
    let later = || (next..sentence.end as usize).any(|at| phrases::is_finite(p, at));
    verb && !phrases::flagged(p, next, TokenFlags::CLITIC) || goes_on && later()
}

/// Whether "told" is said of those who were told something and then did something else: "People told that the water was
/// safe kept drinking it", where two verbs stand with no word between that could open a clause for the second.
fn is_participle(p: &Paragraph<'_>, told: usize) -> bool {
    if phrases::has(p, told - 1, Lex::PRONOUN) {
        return false;
    }
    let sentence = phrases::sentence(p, told);
    let mut verbs = 0;
    for at in told + 2..sentence.end as usize {
        let mark = phrases::mark(p, at) != '\0';
        if mark || phrases::has(p, at, Lex::CONJUNCTION) {
            verbs = 0;
        }
        if mark && phrases::mark(p, at) == ',' && phrases::is_finite(p, at + 1) {
            return true;
        }
        verbs += usize::from(phrases::is_finite(p, at));
        if verbs > 1 {
            return true;
        }
    }
    false
}

/// Reports the "told" at token `at`.
pub(super) fn report(paragraph: &Paragraph<'_>, at: usize, findings: &mut Findings) {
    let phrase = Span::new(at, at + 2);
    let help = "“Told” needs somebody who was told. Say whom (“told the Herald that”), or write “said that”.";
    let said = Edit::replace(paragraph.byte(at), "said");
    findings.push(
        paragraph,
        Diagnostic::new(paragraph.bytes(phrase), "\"told that\" names nobody who was told", help)
            .confidence(0.8)
            .fix(Fix::suggestion("Write “said that”", [said])),
    );
}
