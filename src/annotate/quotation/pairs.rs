//! Which mark opens, which closes, and which two belong together.
//!
//! The shape of a curly mark says what it is meant to be; where its surroundings say otherwise (white space on the wrong
//! side), they win, so that reversed marks still pair. A straight mark has only its surroundings. A mark that finds no
//! partner never takes more than its paragraph: single marks are dropped as stray apostrophes, double ones are left open.

use super::EntryState;
use crate::segment::{Token, TokenFlags, TokenKind};

/// Deeper nesting is not followed, so that the cost of a mark is bounded.
const MAX_DEPTH: usize = 6;

/// An opening mark with what closes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The opening mark; `None` where a quotation goes on from the paragraph before without one.
    pub open: Option<usize>,
    /// The closing mark, if there is one.
    pub close: Option<usize>,
    /// One past the last token of a quotation that nothing closes.
    pub end: usize,
    /// Whether it goes on from the paragraph before.
    pub continues: bool,
}

/// Marks that close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// Its surroundings do not say.
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    family: Family,
    side: Side,
}

fn family(mark: char) -> Family {
    match mark {
        '\'' | '‘' | '’' | '‚' | '‛' | '\u{B4}' | '\u{2BC}' => Family::Single,
        '«' | '»' => Family::Guillemet,
        '‹' | '›' => Family::SingleGuillemet,
        _ => Family::Double,
    }
}

/// What a mark looks like to a reader who sees only the characters beside it.
fn side(tokens: &[Token], at: usize) -> Side {
    let Some(token) = tokens.get(at) else { return Side::Either };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let before = before.filter(|_| !token.flags.contains(TokenFlags::SPACE));
    let after = tokens.get(at + 1).filter(|next| !next.flags.contains(TokenFlags::SPACE));
    match (before, after) {
        (None, Some(_)) => Side::Open,
        (Some(_), None) => Side::Close,
        (None, None) => Side::Either,
        (Some(before), Some(after)) => between(before, after),
    }
}

/// The same for a mark that touches something on both sides.
fn between(before: &Token, after: &Token) -> Side {
    if matches!(before.mark, '(' | '[' | '{' | '/' | '“' | '‘' | '«' | '„' | '‚') {
        return Side::Open;
    }
    let closing = matches!(
        after.mark,
        '.' | ',' | ';' | ':' | '?' | '!' | '…' | ')' | ']' | '}' | '”' | '»' | '/'
    );
    if closing || after.flags.contains(TokenFlags::CLITIC) {
        return Side::Close;
    }
    if matches!(before.mark, '.' | ',' | '?' | '!' | '…') && after.kind == TokenKind::Word {
        return Side::Close;
    }
    Side::Either
}

/// The marks of the paragraph.
fn marks(tokens: &[Token]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Quote {
            continue;
        }
        let mut side = side(tokens, at);
        // Marks that touch: what is said of the first holds for the second (“‘No,’” and "'No'").
        if let Some(last) = out.last().filter(|last| last.at + 1 == at && side == Side::Either) {
            side = last.side;
        }
        out.push(Mark { at, family: family(token.mark), side });
    }
    out
}

/// Whether the mark opens, given whether one of its family is open.
fn opens(tokens: &[Token], mark: Mark, is_open: bool) -> bool {
    let shape = match tokens.get(mark.at).map_or('"', |token| token.mark) {
        '“' | '‘' | '«' | '‹' | '„' | '‚' | '‟' | '‛' => Side::Open,
        '”' | '’' | '»' | '›' | '\u{B4}' => Side::Close,
        _ => Side::Either,
    };
    match (shape, mark.side) {
        (Side::Open, Side::Close) => !is_open,
        (Side::Open, _) => true,
        (Side::Close, Side::Open) => !is_open,
        (Side::Close, _) => false,
        (Side::Either, Side::Open) => true,
        (Side::Either, Side::Close) => false,
        (Side::Either, Side::Either) => !is_open,
    }
}

/// An open quotation: number of its pair, and its family.
type Open = (usize, Family);

struct Pairing<'t> {
    tokens: &'t [Token],
    marks: Vec<Mark>,
    pairs: Vec<Pair>,
    stack: Vec<Open>,
    /// The last token that can close a single quotation.
    last_single: Option<usize>,
}

/// Pairs the marks of a paragraph, by where they open.
pub(super) fn pairs(tokens: &[Token], entry: EntryState) -> (Vec<Pair>, EntryState) {
    let marks = marks(tokens);
    if marks.is_empty() {
        return (Vec::new(), EntryState::default());
    }
    let closes = |mark: &&Mark| mark.family == Family::Single && mark.side != Side::Open;
    let last_single = marks.iter().rev().find(closes).map(|mark| mark.at);
    let mut pairing = Pairing { tokens, marks, pairs: Vec::new(), stack: Vec::new(), last_single };
    for number in 0..pairing.marks.len() {
        pairing.mark(number, entry);
    }
    pairing.finish()
}

impl Pairing<'_> {
    fn mark(&mut self, number: usize, entry: EntryState) {
        let mark = self.marks[number];
        let is_open = self.stack.iter().any(|open| open.1 == mark.family);
        let continues = number == 0 && entry.open.is_some_and(|open| family(open) == mark.family);
        if opens(self.tokens, mark, is_open) {
            if is_open && !self.is_nested(number) {
                self.give_up(mark.family, mark.at);
            }
            self.open(mark, continues && mark.at == 0);
        } else if is_open {
            self.close(mark);
        } else if continues {
            // The paragraph goes on with the speech without a mark of its own.
            let (open, close) = (None, Some(mark.at));
            self.pairs.push(Pair { open, close, end: mark.at, continues: true });
        }
    }

    /// Whether the mark `number` opens a quotation within another of its own family ("a "good" one," he said): the next two
    /// of the family both close.
    fn is_nested(&self, number: usize) -> bool {
        let Some(mark) = self.marks.get(number) else { return false };
        let rest = self.marks.get(number + 1..).unwrap_or(&[]);
        let mut next = rest.iter().take(8).filter(|other| other.family == mark.family);
        let mut closes = || next.next().is_some_and(|m| !opens(self.tokens, *m, true));
        closes() && closes()
    }

    fn open(&mut self, mark: Mark, continues: bool) {
        // A single mark that nothing can close is an apostrophe, unless speech goes on in the next paragraph.
        let stray =
            mark.family == Family::Single && self.last_single.is_none_or(|at| at <= mark.at);
        if stray && mark.at > 0 || self.stack.len() >= MAX_DEPTH {
            return;
        }
        self.stack.push((self.pairs.len(), mark.family));
        let end = self.tokens.len();
        self.pairs.push(Pair { open: Some(mark.at), close: None, end, continues });
    }

    fn close(&mut self, mark: Mark) {
        self.give_up_above(mark.family, mark.at);
        if let Some(pair) = self.stack.pop().and_then(|(pair, _)| self.pairs.get_mut(pair)) {
            pair.close = Some(mark.at);
        }
    }

    /// Ends at `at` what was opened inside the last quotation of the family.
    fn give_up_above(&mut self, family: Family, at: usize) {
        while let Some(&(pair, other)) = self.stack.last() {
            if other == family {
                return;
            }
            self.end_without_mark(pair, other, at);
            self.stack.pop();
        }
    }

    /// Ends at `at` the last quotation of the family, which nothing closed.
    fn give_up(&mut self, family: Family, at: usize) {
        self.give_up_above(family, at);
        if let Some((pair, family)) = self.stack.pop() {
            self.end_without_mark(pair, family, at);
        }
    }

    /// A single mark without a partner opened nothing; a double one did.
    fn end_without_mark(&mut self, pair: usize, family: Family, at: usize) {
        let Some(pair) = self.pairs.get_mut(pair) else { return };
        if family == Family::Single {
            pair.open = None;
        }
        pair.end = at;
    }

    fn finish(mut self) -> (Vec<Pair>, EntryState) {
        let mut exit = EntryState::default();
        for (pair, family) in std::mem::take(&mut self.stack) {
            let open = self.pairs.get(pair).and_then(|pair| pair.open).unwrap_or(0);
            if family != Family::Single || open == 0 {
                exit.open = exit.open.or_else(|| self.tokens.get(open).map(|token| token.mark));
            } else {
                self.end_without_mark(pair, family, open);
            }
        }
        self.pairs.retain(|pair| pair.open.is_some() || pair.close.is_some());
        (self.pairs, exit)
    }
}
