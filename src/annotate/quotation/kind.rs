//! What quotation marks are put to, by form.

use super::QuotationKind;
use crate::lang::en::Lex;
use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// How many tokens of a quotation are read.
const READ: usize = 40;

/// What the words of a quotation look like.
#[derive(Default)]
struct Form {
    words: usize,
    /// Words of weight without a capital.
    plain: usize,
    /// Holds an auxiliary or a pronoun.
    clause: bool,
    /// Holds a stop before its end.
    inner_stop: bool,
    /// Opens with a capital or a number.
    capital: bool,
}

fn form(tokens: &[Token]) -> Form {
    let mut form = Form::default();
    for token in tokens.iter().take(READ) {
        match token.kind {
            TokenKind::Word if token.flags.contains(TokenFlags::CLITIC) => {
                form.clause |= token.lex.contains(Lex::AUXILIARY);
            }
            TokenKind::Word | TokenKind::Number => {
                let number = token.kind == TokenKind::Number;
                let capital = number || token.flags.contains(TokenFlags::CAPITAL);
                let small = Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION;
                form.capital |= capital && form.words == 0;
                form.words += 1;
                form.plain += usize::from(!capital && !token.lex.intersects(small));
                form.clause |= token.lex.contains(Lex::PRONOUN)
                    || token.lex.contains(Lex::AUXILIARY) && !capital;
            }
            _ => form.inner_stop |= matches!(token.mark, '.' | '?' | '!' | '…'),
        }
    }
    form
}

/// Tokens beside a quotation that are searched for a speech verb.
const NEAR: usize = 7;

/// Whether a speech verb stands near, in the same sentence.
fn has_cue(tokens: &[Token], range: Span) -> bool {
    let (start, end) = (range.start as usize, range.end as usize);
    let stops = |token: &&Token| !matches!(token.mark, '.' | '?' | '!');
    let before = tokens.get(start.saturating_sub(NEAR)..start).unwrap_or(&[]);
    let after = tokens.get(end..(end + NEAR).min(tokens.len())).unwrap_or(&[]);
    let speech = |token: &Token| token.lex.intersects(Lex::SPEECH);
    before.iter().rev().take_while(stops).any(speech) || after.iter().take_while(stops).any(speech)
}

/// What the quotation is.
pub(super) fn kind(tokens: &[Token], range: Span, content: Span, continues: bool) -> QuotationKind {
    let (start, end) = (content.start as usize, content.end as usize);
    let words = tokens.get(start..end).unwrap_or(&[]);
    let form = form(words);
    if form.words == 0 {
        return QuotationKind::Term;
    }
    let last = words.last().map_or('\0', |token| token.mark);
    let first = (range.start as usize).checked_sub(1).and_then(|before| tokens.get(before));
    let opens_sentence = first.is_none_or(|token| matches!(token.mark, '.' | '?' | '!' | ':'));
    let introduced = first.is_some_and(|token| matches!(token.mark, ',' | ':'));
    let cue = has_cue(tokens, range);
    let stop = matches!(last, '.' | '?' | '!' | '…' | ',' | '—' | '–');
    let name = form.plain == 0 && form.capital && form.words <= 10;
    if name && !(opens_sentence && stop || introduced && cue || cue && last == ',') {
        return QuotationKind::Title;
    }
    // British copy sets the comma outside: ‘We go’, he said.
    let comma = tokens.get(range.end as usize).is_some_and(|token| token.mark == ',');
    let ends = (stop || comma && cue) && (opens_sentence || introduced || cue);
    let sentence = form.inner_stop || ends || form.clause && form.words >= 4;
    if continues || form.capital && sentence {
        return QuotationKind::Speech;
    }
    if form.words >= 3 || cue || form.clause { QuotationKind::Partial } else { QuotationKind::Term }
}
