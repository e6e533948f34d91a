//! What stands at a token.

use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::segment::{TokenFlags, TokenKind};

pub(super) fn lex(paragraph: &Paragraph<'_>, at: usize) -> Lex {
    paragraph.token(at).map_or(Lex::empty(), |token| token.lex)
}

pub(super) fn is_one(paragraph: &Paragraph<'_>, at: usize, words: &[&str]) -> bool {
    paragraph.token(at).is_some() && words.iter().any(|word| paragraph.is(at, word))
}

/// A word in small letters.
pub(super) fn is_small(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_some_and(|token| {
        token.kind == TokenKind::Word
            && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
    })
}

pub(super) fn is_participle(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let irregular = [
        "written", "drawn", "made", "built", "given", "taken", "chosen", "begun", "led", "sent",
        "set", "put", "brought", "bought", "struck", "left", "laid", "picked", "won", "sworn",
        "sold", "spent", "held",
    ];
    is_small(paragraph, at)
        && (paragraph.text(at).ends_with("ed") || is_one(paragraph, at, &irregular))
}

/// Whether a form of "be" stands before the participle before "by", a few words back: "was signed on Friday by".
pub(super) fn is_passive(paragraph: &Paragraph<'_>, by: usize) -> bool {
    let be = ["was", "were", "is", "are", "been", "being", "be", "got"];
    let first = by.saturating_sub(6);
    let Some(participle) = (first..by).rev().find(|&at| is_participle(paragraph, at)) else {
        return false;
    };
    (participle.saturating_sub(3)..participle).any(|at| is_one(paragraph, at, &be))
}
