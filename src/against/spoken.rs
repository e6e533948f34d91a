//! Wire copy that is somebody's words without marks around them: a speech, a statement, the turns of a transcript. Marks in it
//! quote within what is said.

use crate::annotate::{Annotations, MentionKind, Quotation};
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use std::sync::Arc;

/// How a paragraph is somebody's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// The turn of a speaker in a transcript.
    Turn(Turn),
    /// The first person, or what stands in a transcript behind the end of a turn: nobody's for sure.
    Statement,
}

/// A speaker's turn, as a paragraph stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The paragraph that opens with the label.
    pub at: usize,
    /// The tokens of the label, without the colon.
    pub label: Span,
    /// Whether the paragraph is the speaker's beyond doubt: the labelled one, or the one right behind it in the first person.
    pub sure: bool,
}

/// Tokens that a speaker's label may have.
const LABEL: usize = 10;
/// One word of these many in the first person makes a speech of a text.
const RATE: usize = 60;

/// For each paragraph whether it is somebody's words as it stands, and how. A statement is a paragraph with "I" or two words in the
/// first person, or any paragraph of a text that has one such word in [`RATE`] and more than a lone "our", which is a newspaper's
/// own. A turn lasts until the next label, a line in brackets, or a paragraph that tells what somebody said; from there on a
/// transcript is in doubt, and what is in doubt there counts as speech: to take speech for the writer's words would call each
/// true quotation of it false.
pub(super) fn paragraphs(notes: &[Arc<Annotations>]) -> Vec<Option<Speech>> {
    let labels: Vec<Option<Span>> = notes.iter().map(|notes| label(&notes.tokens.list)).collect();
    let count = labels.iter().flatten().count();
    let transcript = count >= 2 && count * 3 >= notes.len();
    let persons: Vec<FirstPerson> = notes.iter().map(|notes| first_person(notes)).collect();
    let throughout = persons.iter().copied().fold(FirstPerson::default(), FirstPerson::add);
    let throughout = throughout.is_speech() && throughout.own * RATE > throughout.all;
    let mut turn: Option<Turn> = None;
    let mut begun = false;
    let of = labels.into_iter().zip(&persons).enumerate().map(|(at, (label, person))| {
        if let Some(label) = label.filter(|_| transcript) {
            turn = Some(Turn { at, label, sure: true });
            begun = true;
        } else if ends_turn(&notes[at], person) {
            turn = None;
        } else if let Some(turn) = &mut turn {
            turn.sure = at == turn.at + 1 && person.is_speech();
        }
        let statement = person.is_speech() || throughout || begun;
        turn.map(Speech::Turn).or(statement.then_some(Speech::Statement))
    });
    of.collect()
}

/// Whether a paragraph without a label is no part of the turn before it: "(END OF TRANSCRIPT)", "After the interview Hale told a
/// reporter that the plan was dead."
fn ends_turn(notes: &Annotations, person: &FirstPerson) -> bool {
    let list = &notes.tokens.list;
    let is = |token: Option<&Token>, marks: [char; 2]| {
        token.is_some_and(|token| marks.contains(&token.mark))
    };
    if is(list.first(), ['(', '[']) && is(list.last(), [')', ']']) {
        return true;
    }
    person.own == 0
        && notes.mentions.iter().any(|mention| mention.kind == MentionKind::Name)
        && list.iter().any(|token| token.lex.contains(Lex::SPEECH))
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

/// Words outside quotation marks.
#[derive(Clone, Copy, Debug, Default)]
struct FirstPerson {
    /// Those in the first person.
    own: usize,
    /// Whether "I" is one of those.
    singular: bool,
    /// All.
    all: usize,
}

impl FirstPerson {
    fn is_speech(&self) -> bool {
        self.singular || self.own >= 2
    }

    fn add(self, other: Self) -> Self {
        Self {
            own: self.own + other.own,
            singular: self.singular || other.singular,
            all: self.all + other.all,
        }
    }
}

fn first_person(notes: &Annotations) -> FirstPerson {
    const I: u64 = fingerprint("i");
    const FIRST: [u64; 4] = [I, fingerprint("we"), fingerprint("my"), fingerprint("our")];
    let list = &notes.tokens.list;
    let quoted = |q: &&Quotation| q.depth == 0;
    let mut quotations = notes.quotations.iter().filter(quoted).peekable();
    let mut out = FirstPerson::default();
    for (at, token) in list.iter().enumerate() {
        while quotations.next_if(|q| q.range.end as usize <= at).is_some() {}
        let inside = quotations.peek().is_some_and(|q| q.range.contains(at));
        if inside || token.kind != TokenKind::Word {
            continue;
        }
        out.all += 1;
        if FIRST.contains(&token.hash) && !is_in_name(list, at) {
            out.own += 1;
            out.singular |= token.hash == I;
        }
    }
    out
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
