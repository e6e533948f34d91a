//! Sentences of a block, found on its tokens.
//!
//! A full stop, question mark, exclamation mark or ellipsis ends a sentence together with the closing marks behind it, where
//! something follows that can open one. A point that belongs to an abbreviation ends a sentence only where what follows
//! opens one by itself: "in the U.S. The minister" but not "the U.S. Treasury".

use super::{Span, Token, TokenFlags, TokenKind};
use crate::lang::en::{Lex, fingerprint};

/// Time zones that are written out after the hour.
const ZONES: [u64; 5] = [
    fingerprint("eastern"),
    fingerprint("central"),
    fingerprint("mountain"),
    fingerprint("pacific"),
    fingerprint("greenwich"),
];

/// The sentences of a block, in order and without gaps.
pub fn sentences(tokens: &[Token]) -> Vec<Span> {
    // Sentences of news copy have some twenty words.
    let mut out = Vec::with_capacity(tokens.len() / 24 + 2);
    let mut start = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let abbreviation = token.flags.contains(TokenFlags::ABBREVIATION);
        if !abbreviation && !matches!(token.mark, '.' | '!' | '?' | '…') {
            continue;
        }
        let stop = at - 1;
        at = after_closing_marks(tokens, at);
        let ends = match tokens.get(at) {
            None => true,
            Some(_) if abbreviation && at == stop + 1 => ends_after_abbreviation(tokens, stop),
            Some(_) => ends_before(tokens, start, stop, at),
        };
        if ends {
            out.push(Span::new(start, at));
            start = at;
        }
    }
    if start < tokens.len() {
        out.push(Span::new(start, tokens.len()));
    }
    out
}

/// Where the closing marks and further stops that belong to a sentence's end are over.
fn after_closing_marks(tokens: &[Token], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        let spaced = token.flags.contains(TokenFlags::SPACE);
        let closes = match token.mark {
            '”' | '\u{BB}' => true,
            ')' | ']' | '.' | '!' | '?' | '…' => !spaced,
            _ => token.kind == TokenKind::Quote && !spaced && token.mark != '“',
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a sentence that started at `start` ends at the stop `stop`, where `next` is the first token behind its closing
/// marks.
fn ends_before(tokens: &[Token], start: usize, stop: usize, next: usize) -> bool {
    let (Some(mark), Some(after)) = (tokens.get(stop), tokens.get(next)) else { return true };
    // "1. Go": the number of a list item.
    let numbered = stop == start + 1 && mark.mark == '.';
    if numbered && tokens.get(start).is_some_and(|token| token.kind == TokenKind::Number) {
        return false;
    }
    let spaced = after.flags.contains(TokenFlags::SPACE);
    match after.kind {
        TokenKind::Word if !after.flags.contains(TokenFlags::CAPITAL) => spaced && is_tag(after),
        // A space was forgotten: "ended.The".
        TokenKind::Word if !spaced => stop > start && tokens.get(stop - 1).is_some_and(is_lower),
        // "I ... I never said that."
        TokenKind::Word if mark.mark == '…' => after.hash != fingerprint("i"),
        // “Why?” Ana Ruiz asked.
        TokenKind::Word => mark.mark == '.' || next == stop + 1 || !speaks(tokens, next),
        TokenKind::Number | TokenKind::Object => spaced,
        TokenKind::Quote => spaced && opens(tokens, next),
        TokenKind::Punct => spaced && !matches!(after.mark, ',' | ';' | ':') && opens(tokens, next),
    }
}

/// A word in lower case.
fn is_lower(token: &Token) -> bool {
    token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL)
}

/// A word that opens a sentence without a capital: "#tag", "@handle".
fn is_tag(token: &Token) -> bool {
    token.flags.contains(TokenFlags::TAG)
}

/// Whether the tokens from `at` on open a sentence, marks in front aside.
fn opens(tokens: &[Token], at: usize) -> bool {
    let rest = tokens.get(at..).unwrap_or(&[]);
    let first =
        rest.iter().take(4).find(|t| !matches!(t.kind, TokenKind::Quote | TokenKind::Punct));
    first.is_none_or(|token| !is_lower(token) || is_tag(token))
}

/// Whether somebody is said to speak at `at`: "Ana Ruiz asked".
fn speaks(tokens: &[Token], at: usize) -> bool {
    let rest = tokens.get(at..).unwrap_or(&[]);
    let verb = rest.iter().take(6).find(|token| token.lex.contains(Lex::SPEECH) || !is_name(token));
    verb.is_some_and(|token| token.lex.contains(Lex::SPEECH))
}

/// A word that can stand in a name with its title.
fn is_name(token: &Token) -> bool {
    let flags = TokenFlags::CAPITAL | TokenFlags::ABBREVIATION;
    token.kind == TokenKind::Word && token.flags.intersects(flags)
}

/// Whether a sentence ends at the abbreviation `at`.
fn ends_after_abbreviation(tokens: &[Token], at: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
    if !next.flags.contains(TokenFlags::SPACE)
        || token.hash == fingerprint("vs.")
        || token.hash == fingerprint("v.")
    {
        return false;
    }
    let opener = match next.kind {
        TokenKind::Quote => return tokens.get(at + 2).is_some_and(is_opener),
        TokenKind::Word if next.flags.contains(TokenFlags::CAPITAL) => is_opener(next),
        _ => return false,
    };
    let dated = next.lex.intersects(Lex::WEEKDAY | Lex::MONTH);
    let clock = token.hash == fingerprint("p.m.") || token.hash == fingerprint("a.m.");
    if clock {
        let zone = next.flags.contains(TokenFlags::UPPER) || ZONES.contains(&next.hash);
        return !zone && !dated;
    }
    if token.lex.contains(Lex::TITLE) || token.lex.contains(Lex::BEFORE_NAME) {
        return false;
    }
    let date = token.lex.intersects(Lex::MONTH | Lex::WEEKDAY);
    opener || date && !dated || token.hash == fingerprint("etc.")
}

/// A capitalised word that opens a sentence rather than stands in a name.
fn is_opener(token: &Token) -> bool {
    let classes =
        Lex::DETERMINER | Lex::PRONOUN | Lex::PREPOSITION | Lex::CONJUNCTION | Lex::OPENER;
    token.flags.contains(TokenFlags::CAPITAL) && token.lex.intersects(classes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};
    use crate::text::TextRange;

    /// The text with a bar where a sentence ends.
    fn split(text: &str) -> String {
        let range = TextRange::from(0..text.len());
        let block = Block { kind: BlockKind::Paragraph, range, masks: Vec::new() };
        let tokens = super::super::tokenize(text, &block).list;
        let parts = sentences(&tokens).into_iter().map(|span| {
            let (first, last) = (tokens[span.start as usize], tokens[span.end as usize - 1]);
            text[first.start as usize..last.end as usize].to_owned()
        });
        parts.collect::<Vec<_>>().join(" | ")
    }

    /// Checks that the text is cut where the bars are.
    fn cut(text: &str) {
        assert_eq!(split(&text.replace(" | ", " ")), text);
    }

    #[test]
    fn abbreviations_go_on() {
        cut(
            "The U.S. Treasury asked Sen. Ana Ruiz and Gov. J. Q. Okafor of St. Lucia. | It waited.",
        );
        cut(
            "On Jan. 6 at 3 p.m. Tuesday, Harbour Corp., a maker of pumps, met Dr. Lee. | All left.",
        );
        cut("It opens at 9 a.m. EST on Mon. Oct. 3 in Salem, Ore., and closes at noon.");
        cut("Room No. 5 was shut. | No. | It was not.");
    }

    #[test]
    fn abbreviations_that_end_a_sentence() {
        cut(
            "They moved to the U.S. | The minister followed at 5 p.m. | Police came in Oct. | Nobody spoke.",
        );
        cut("He works for Harbour Inc. | But she left for Washington, D.C. | He did not.");
    }

    #[test]
    fn quotations_with_their_own_stops() {
        cut("“I will go. | I will stay.” he said. | “Fine.”");
        cut("“Why?” Ana Ruiz asked. | “Because!” he shouted. | “No.” | She left.");
        cut("He said \"it is over.\" | \"So be it,\" she said. | (They left.) | Nobody stayed.");
        cut("“Is it over?” | The hall was silent.");
    }

    #[test]
    fn dots_numbers_and_forgotten_spaces() {
        cut("He was ... well ... late. | And then … | Nothing. | I ... I do not know.");
        cut("1. Go home. | 2. Stay there.");
        cut("It rose 3.5 percent. | 2019 was worse.");
        assert_eq!(split("It ended.The end"), "It ended. | The end");
    }
}
