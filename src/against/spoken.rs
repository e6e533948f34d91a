//! Wire copy that is somebody's words without marks around them: a speech, a statement, the turns of a transcript. Marks in it
//! quote within what is said.

use crate::annotate::{Annotations, Quotation};
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use std::sync::Arc;

/// How a paragraph is somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// The turn of a speaker in a transcript: the paragraph and the tokens of the label that it stands under.
    Turn(usize, Span),
    /// The first person, and nobody's turn.
    Statement,
}

/// Tokens that a speaker's label may have.
const LABEL: usize = 10;
/// One word of these many in the first person makes a speech of a text.
const RATE: usize = 60;

/// For each paragraph whether it is somebody's words as it stands, and how. Where that is in doubt it is: to take speech for
/// the writer's words would call each true quotation of it false.
pub(super) fn paragraphs(notes: &[Arc<Annotations>]) -> Vec<Option<Speech>> {
    let labels: Vec<Option<Span>> = notes.iter().map(|notes| label(&notes.tokens.list)).collect();
    let count = labels.iter().flatten().count();
    let transcript = count >= 2 && count * 3 >= notes.len();
    let (mut first, mut all) = (0, 0);
    let persons = notes.iter().map(|notes| {
        let (own, words) = first_person(notes);
        first += own;
        all += words;
        own > 0
    });
    let persons: Vec<bool> = persons.collect();
    let throughout = first * RATE > all;
    let mut turn = None;
    let of = labels.into_iter().zip(persons).enumerate().map(|(at, (label, person))| {
        turn = label.filter(|_| transcript).map(|label| Speech::Turn(at, label)).or(turn);
        turn.or((person || throughout).then_some(Speech::Statement))
    });
    of.collect()
}

/// The words in front of the colon that a paragraph opens with, where they may be who speaks: "SEN. RUIZ:", "Q:", "Ana Ruiz:".
fn label(list: &[Token]) -> Option<Span> {
    let colon = list.iter().take(LABEL).position(|token| token.mark == ':')?;
    let words = list.get(..colon).filter(|_| colon + 1 < list.len())?;
    let part = |token: &Token| match token.kind {
        TokenKind::Word => {
            token.flags.contains(TokenFlags::CAPITAL) && !token.lex.intersects(Lex::HEADING)
        }
        TokenKind::Punct => matches!(token.mark, '.' | '(' | ')' | ',' | '-' | '–'),
        _ => false,
    };
    let named = words.iter().any(|token| token.kind == TokenKind::Word);
    (named && words.iter().all(part)).then(|| Span::new(0, colon))
}

/// Words in the first person outside quotation marks, and all words there.
fn first_person(notes: &Annotations) -> (usize, usize) {
    const FIRST: [u64; 4] =
        [fingerprint("i"), fingerprint("we"), fingerprint("my"), fingerprint("our")];
    let list = &notes.tokens.list;
    let quoted = |q: &&Quotation| q.depth == 0;
    let mut quotations = notes.quotations.iter().filter(quoted).peekable();
    let (mut first, mut all) = (0, 0);
    for (at, token) in list.iter().enumerate() {
        while quotations.next_if(|q| q.range.end as usize <= at).is_some() {}
        let inside = quotations.peek().is_some_and(|q| q.range.contains(at));
        if inside || token.kind != TokenKind::Word {
            continue;
        }
        all += 1;
        first += usize::from(FIRST.contains(&token.hash) && !is_in_name(list, at));
    }
    (first, all)
}

/// Whether a capital belongs to a name: "World War I", "at Our Lady of the Harbor".
fn is_in_name(list: &[Token], at: usize) -> bool {
    let word = |at: usize| list.get(at).filter(|token| token.kind == TokenKind::Word);
    let capital = |token: &Token| token.flags.contains(TokenFlags::CAPITAL);
    let before = |back: usize| at.checked_sub(back).and_then(word);
    match before(1) {
        Some(last) if list[at].hash == fingerprint("i") => capital(last) && before(2).is_some(),
        Some(_) => capital(&list[at]),
        None => false,
    }
}
