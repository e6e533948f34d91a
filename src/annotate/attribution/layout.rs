//! Attributions that no word makes but the way they are set: a quotation with a dash and a name under it, and the turn of
//! a speaker in a transcript.

use super::Annotations;
use crate::annotate::{Attribution, AttributionKind};
use crate::lang::en::Lex;
use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// Words that a quotation must have for the name under it to be its speaker's.
const QUOTED_WORDS: usize = 3;
/// Words that a name may have.
const NAME_WORDS: usize = 6;
/// Tokens that may say who that is, after a comma.
const DESCRIPTION: usize = 16;
/// Letters that a speaker's label must have: "Q:" and "A:" name nobody.
const LABEL_LETTERS: usize = 3;

/// Adds the attributions by layout of a paragraph to those by words, in the order of their cues. Those by words whose source
/// or cue stands within one by layout are dropped: nobody else is on record for a part of what somebody says.
pub(super) fn add(notes: &Annotations, attributions: &mut Vec<Attribution>) {
    let list = &notes.tokens.list;
    let mut found: Vec<Attribution> = turn(list).into_iter().collect();
    if found.is_empty() {
        let quotations = notes.quotations.iter().filter(|q| q.depth == 0 && q.closed);
        found.extend(quotations.filter_map(|q| signed_by(list, q.range, q.content)));
    }
    if found.is_empty() {
        return;
    }
    // They follow each other without sharing tokens.
    let whole: Vec<Span> = found.iter().map(whole).collect();
    attributions.retain(|a| {
        let within = |span: &Span| {
            whole
                .get(whole.partition_point(|w| w.end <= span.start))
                .is_some_and(|w| w.overlaps(*span))
        };
        !a.cue.iter().chain(&a.source).any(within)
    });
    attributions.append(&mut found);
    attributions.sort_by_key(|a| a.cue.first().map_or(0, |cue| cue.start));
}

/// From the first token of an attribution to its last.
fn whole(attribution: &Attribution) -> Span {
    let Attribution { source, cue, content, .. } = attribution;
    let spans = || source.iter().chain(cue).chain(content);
    let start = spans().map(|s| s.start).min().unwrap_or(0);
    let end = spans().map(|s| s.end).max().unwrap_or(0);
    Span { start, end }
}

/// “...” — Name: the quotation's source and dash, where the name closes the line.
fn signed_by(list: &[Token], quotation: Span, content: Span) -> Option<Attribution> {
    let dash = quotation.end as usize;
    list.get(dash).filter(|t| is_dash(t.mark))?;
    let name = name(list, dash + 1)?;
    let words = |t: &&Token| t.kind == TokenKind::Word;
    let quoted = list.get(content.iter())?.iter().filter(words).count();
    let ends = line_ends(list, name.end as usize) || described(list, name.end as usize);
    (ends && quoted >= QUOTED_WORDS)
        .then(|| attribution(name, Span::new(dash, dash + 1), quotation, AttributionKind::Direct))
}

fn is_dash(mark: char) -> bool {
    matches!(mark, '-' | '–' | '—' | '―')
}

/// The capitalised words from `start` on.
fn name(list: &[Token], start: usize) -> Option<Span> {
    let part = |t: &&Token| {
        t.kind == TokenKind::Word
            && (t.flags.contains(TokenFlags::CAPITAL) || t.lex.contains(Lex::PARTICLE))
    };
    let goes_on = |at: usize| at == start || !list[at].flags.contains(TokenFlags::NEWLINE);
    let words = list.get(start..)?.iter().enumerate();
    let count = words.take_while(|(at, t)| part(t) && goes_on(start + at)).count();
    let opens = list.get(start).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let listed = list.get(start).is_some_and(|t| t.lex.intersects(Lex::DETERMINER | Lex::PRONOUN));
    (opens && !listed && (1..=NAME_WORDS).contains(&count)).then(|| Span::new(start, start + count))
}

/// Whether the line ends at token `at`, a full stop aside, or another quotation opens.
fn line_ends(list: &[Token], at: usize) -> bool {
    let Some(token) = list.get(at) else { return true };
    token.flags.contains(TokenFlags::NEWLINE)
        || token.kind == TokenKind::Quote
        || token.mark == '.'
            && list
                .get(at + 1)
                .is_none_or(|t| t.flags.contains(TokenFlags::NEWLINE) || t.kind == TokenKind::Quote)
}

/// ", mayor of the town": whether the line goes on from `at` with no more than who that is.
fn described(list: &[Token], at: usize) -> bool {
    let verb = Lex::SPEECH | Lex::THOUGHT | Lex::AUXILIARY;
    list.get(at).is_some_and(|t| t.mark == ',')
        && (at + 1..at + 1 + DESCRIPTION)
            .take_while(|at| list.get(at - 1).is_some_and(|t| !t.lex.intersects(verb)))
            .any(|at| line_ends(list, at))
}

/// "RUIZ: We never agreed to that.": what the speaker says up to the paragraph's end.
fn turn(list: &[Token]) -> Option<Attribution> {
    let start = usize::from(list.first()?.kind == TokenKind::Quote);
    let upper = |t: &&Token| t.kind == TokenKind::Word && t.flags.contains(TokenFlags::UPPER);
    let count = list.get(start..)?.iter().take_while(upper).count();
    let colon = start + count;
    let label = Span::new(start, colon);
    let letters: u32 = list.get(label.iter())?.iter().map(|t| t.end - t.start).sum();
    let heading = list[label.iter()].iter().any(|t| t.lex.contains(Lex::HEADING));
    let mut end = list.len();
    if list.last().is_some_and(|t| t.kind == TokenKind::Quote) && start == 1 {
        end -= 1;
    }
    let says = list.get(colon).is_some_and(|t| t.mark == ':')
        && list.get(colon + 1).is_some_and(|t| t.flags.contains(TokenFlags::SPACE))
        && end > colon + 3;
    ((1..=NAME_WORDS).contains(&count) && letters as usize >= LABEL_LETTERS && says && !heading)
        .then(|| {
            let content = Span::new(colon + 1, end);
            attribution(label, Span::new(colon, colon + 1), content, AttributionKind::Indirect)
        })
}

fn attribution(source: Span, cue: Span, content: Span, kind: AttributionKind) -> Attribution {
    Attribution {
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        kind,
        speech: true,
        confidence: 1.0,
    }
}
