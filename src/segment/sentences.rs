//! Sentences of a block, found on its tokens.

use super::{Span, Token, TokenFlags, TokenKind};

/// The sentences of a block, in order and without gaps.
pub fn sentences(tokens: &[Token]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        at += 1;
        let ends = matches!(token.mark, '.' | '!' | '?' | '…');
        if !ends {
            continue;
        }
        while at < tokens.len()
            && !tokens[at].flags.contains(TokenFlags::SPACE)
            && (tokens[at].kind == TokenKind::Quote
                || matches!(tokens[at].mark, ')' | '.' | '!' | '?'))
        {
            at += 1;
        }
        let next_opens = tokens.get(at).is_none_or(|next| {
            next.flags.contains(TokenFlags::CAPITAL)
                || next.kind != TokenKind::Word && !matches!(next.mark, ',' | ';')
        });
        if next_opens {
            out.push(Span::new(start, at));
            start = at;
        }
    }
    if start < tokens.len() {
        out.push(Span::new(start, tokens.len()));
    }
    out
}
