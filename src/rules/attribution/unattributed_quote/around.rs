//! Who speaks by the paragraphs around a quotation: dialogue, lines that lead into it, signatures, what takes it up.

use super::{is_wordlike, unquoted};
use crate::annotate::{Paragraph, QuotationKind};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::{self, has, is_any, is_name, mark};
use crate::segment::{Span, TokenFlags};

/// Paragraphs of a dialogue that name nobody, at most.
const TURNS: usize = 12;
/// Tokens that a turn of a dialogue has at most.
const TURN: usize = 60;

/// Whether two people take turns in the paragraphs before: two of them follow each other with their speakers, there is a
/// question among what is said, and from there on it is all quotation. Readers keep count.
pub(super) fn is_dialogue(before: &[&Paragraph<'_>], paragraph: &Paragraph<'_>) -> bool {
    let bare = |p: &Paragraph<'_>| p.tokens().len() <= TURN && !has_words_outside(p);
    let run = before.iter().rev().take(TURNS).take_while(|p| bare(p)).count();
    let Some(named) = before.len().checked_sub(run).and_then(|end| before.get(..end)) else {
        return false;
    };
    let [.., first, second] = named else { return false };
    let short = |p: &Paragraph<'_>| {
        p.block.kind == BlockKind::Paragraph
            && p.tokens().len() <= TURN
            && unquoted(p).any(|at| has(p, at, Lex::SPEECH))
    };
    let quoted = |p: &Paragraph<'_>| {
        p.notes.quotations.iter().any(|quotation| quotation.kind == QuotationKind::Speech)
    };
    let asks = |p: &Paragraph<'_>| p.tokens().iter().any(|token| token.mark == '?');
    let asked = |p: &Paragraph<'_>| unquoted(p).any(|at| is_any(p, at, &["asked", "asks"]));
    let next = before.get(named.len()).copied().unwrap_or(paragraph);
    // "Her lawyer asked whether she had read it": the next question is the lawyer's.
    let questioned = asked(first) && asks(next);
    let spoken = quoted(first) && [first, second].into_iter().any(|p| asks(p) || asked(p));
    short(first)
        && short(second)
        && quoted(second)
        && (questioned || spoken)
        && !same_speaker(first, second)
}

/// Whether both paragraphs have the same words for who speaks, or a pronoun goes on from the first.
fn same_speaker(first: &Paragraph<'_>, second: &Paragraph<'_>) -> bool {
    let speaker = |p: &Paragraph<'_>| {
        let source = p.notes.attributions.iter().find_map(|a| a.source.first().copied())?;
        p.token((source.end as usize).checked_sub(1)?).map(|token| token.hash)
    };
    speaker(first).is_some_and(|one| speaker(second) == Some(one))
}

/// Whether anything is read outside the quotations of a paragraph.
fn has_words_outside(p: &Paragraph<'_>) -> bool {
    p.block.kind != BlockKind::Paragraph
        || p.notes.quotations.is_empty()
        || unquoted(p).any(|at| is_wordlike(p, at))
}

/// Tokens of a line that says who is heard next.
const LABEL: usize = 24;

/// Whether a line of a script says who is heard next: in brackets, or behind a label, without a stop ("(SOT: Ana Ruiz,
/// resident)", "SOT: Ana Ruiz, resident").
fn is_speaker_line(p: &Paragraph<'_>) -> bool {
    let len = p.tokens().len();
    let last = len.saturating_sub(1);
    let bracketed = matches!((mark(p, 0), mark(p, last)), ('(', ')') | ('[', ']'));
    let label = (1..4).any(|at| mark(p, at) == ':') && phrases::flagged(p, 0, TokenFlags::UPPER);
    let stops = (0..len.min(LABEL)).any(|at| matches!(mark(p, at), '.' | '!' | '?'));
    let named = (0..len.min(LABEL)).any(|at| is_name(p, at) && is_name(p, at + 1));
    len <= LABEL && named && !stops && (bracketed || label)
}

/// Whether a paragraph leads into a quotation in the next one: it ends in a colon, or without a stop after a speech verb, or
/// it is a label or heading ("Ana Ruiz", "Q."), or a script's line with the speaker.
pub(super) fn introduces(paragraph: &Paragraph<'_>) -> bool {
    let len = paragraph.tokens().len();
    let Some(last) = (0..len)
        .rev()
        .take(3)
        .find(|&at| !phrases::is_quote(paragraph, at) && mark(paragraph, at) != ')')
    else {
        return false;
    };
    match paragraph.block.kind {
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => {}
        BlockKind::Subheading => return !mark(paragraph, last).is_ascii_punctuation(),
        _ => return false,
    }
    match mark(paragraph, last) {
        ':' | '—' | '–' | ',' => true,
        _ if is_speaker_line(paragraph) => true,
        '.' | '!' | '?' | '…' => announces(paragraph),
        _ => len <= 8 || (len.saturating_sub(6)..len).any(|at| has(paragraph, at, Lex::SPEECH)),
    }
}

/// Whether the last sentence says that words follow: "her full statement", "in her own words", "the following".
fn announces(paragraph: &Paragraph<'_>) -> bool {
    let Some(last) = paragraph.notes.sentences.last() else { return false };
    let phrases =
        [["the", "following"], ["own", "words"], ["full", "statement"], ["as", "follows"]];
    last.iter().rev().take(40).any(|at| phrases.iter().any(|p| paragraph.is_phrase(at, p)))
}

/// Whether the paragraph behind a quotation is its signature: a dash and a name, or a name that a list's dash stands before.
pub(super) fn is_signed(after: Option<&Paragraph<'_>>) -> bool {
    after.is_some_and(|p| match p.block.kind {
        BlockKind::ListItem => p.tokens().len() <= 8 && is_name(p, 0),
        _ => is_dash(p, 0) && is_name(p, 1) && p.tokens().len() <= 20,
    })
}

/// Whether the tokens behind a quotation are its signature: a few words without a stop.
pub(super) fn is_signature(paragraph: &Paragraph<'_>, rest: Span) -> bool {
    let last = (rest.end as usize).saturating_sub(1);
    !rest.is_empty()
        && rest.len() <= 20
        && !rest.iter().any(|at| matches!(mark(paragraph, at), '.' | '!' | '?'))
        && is_wordlike(paragraph, rest.start as usize)
        && !matches!(mark(paragraph, last), '…')
}

pub(super) fn is_dash(paragraph: &Paragraph<'_>, at: usize) -> bool {
    matches!(mark(paragraph, at), '—' | '–' | '-' | '―')
}

/// Tokens of a paragraph in which it takes up what stood before it.
const OPENING: usize = 16;

/// Whether a paragraph opens by saying whose words stood before it: "So says ...", "The statement was signed by ...", "That
/// is what ... told", "With those words, ...", "Ana Ruiz said so", "The speaker was ...".
pub(super) fn takes_up(paragraph: &Paragraph<'_>) -> bool {
    let back = ["so", "that", "this", "those", "such", "these", "thus"];
    let speaks = |at: usize| has(paragraph, at, Lex::SPEECH) || is_any(paragraph, at, &["spoke"]);
    let words = |at: usize| paragraph.is_in(at, &lists::QUOTED_WORDS);
    let opens = is_any(paragraph, 0, &back);
    // "That is what Mayor Ana Ruiz told the council", "This was how she put it", "Those were the last words of".
    let put = opens
        && is_any(paragraph, 1, &["is", "was", "are", "were", "'s", "’s"])
        && (is_any(paragraph, 2, &["what", "how"])
            || has(paragraph, 2, Lex::TITLE | Lex::HONORIFIC)
                && !(3..7).any(|at| {
                    paragraph.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC))
                })
            || (2..5).any(words));
    let first = opens && (1..4).any(speaks)
        || put
        || (opens || paragraph.is(0, "the")) && words(1)
        || paragraph.is_phrase(0, &["the", "speaker", "was"]);
    let end = (paragraph.sentence_at(0).end as usize).min(OPENING);
    first
        || (0..end).any(|at| {
            let those = is_any(paragraph, at, &["those", "these", "this", "that"]);
            let ends = |at: usize| phrases::ends_clause(paragraph, at);
            // "Told the council this on Friday".
            let this = paragraph.is(at, "this") && ends(at + 1) && (0..at).any(speaks);
            // "It is a sentence that".
            let it = at == 0
                && paragraph.is(0, "it")
                && is_any(paragraph, 1, &["is", "was"])
                && (2..5).any(words);
            let speaking =
                is_any(paragraph, at, &["was", "were"]) && paragraph.is(at + 1, "speaking");
            phrases::refers_back(paragraph, at)
                || this
                || it
                || speaking
                || those && (words(at + 1) || words(at + 2))
        })
}
