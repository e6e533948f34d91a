//! Quotations.

use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// What a paragraph is entered with: whether a quotation of the paragraph before was left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct EntryState {
    /// The opening mark of the quotation that the paragraph before left open, if it did.
    pub open: Option<char>,
}

/// A quotation within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub range: Span,
    /// Without its marks.
    pub content: Span,
    /// Whether it closes in this paragraph.
    pub closed: bool,
    /// Whether it goes on from a quotation that the paragraph before left open.
    pub continues: bool,
    /// 0 for an outermost quotation, 1 inside one, and so on.
    pub depth: u8,
}

/// The quotations of a paragraph, and what the next one is entered with.
pub(super) fn quotations(tokens: &[Token], _entry: EntryState) -> (Vec<Quotation>, EntryState) {
    let mut out: Vec<Quotation> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Quote || !matches!(token.mark, '"' | '\u{201C}' | '\u{201D}') {
            continue;
        }
        match open.take() {
            Some(start) => out.push(Quotation {
                range: Span::new(start, at + 1),
                content: Span::new(start + 1, at),
                closed: true,
                continues: false,
                depth: 0,
            }),
            None if at == 0 || token.flags.contains(TokenFlags::SPACE) => open = Some(at),
            None => {}
        }
    }
    let mut exit = EntryState::default();
    if let Some(start) = open {
        exit.open = Some(tokens[start].mark);
        let (range, content) = (Span::new(start, tokens.len()), Span::new(start + 1, tokens.len()));
        out.push(Quotation { range, content, closed: false, continues: false, depth: 0 });
    }
    (out, exit)
}
