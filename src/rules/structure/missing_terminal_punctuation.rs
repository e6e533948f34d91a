//! `missing-terminal-punctuation`: a paragraph of running prose that stops without a stop.

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{has, is_any, is_name, is_quote, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "missing-terminal-punctuation",
    group: Group::Structure,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &["page-chrome", "dangling-attribution"],
    summary: "A paragraph ends without a full stop",
    what: "A paragraph of whole sentences that ends in a word, in an article whose other paragraphs end in a stop. Headlines, \
           headings, bylines, standfirsts, list items, captions, credits, contributor lines, verse, addresses and lines \
           that lead into something by a colon or dash are left alone.",
    why: "A missing stop is often all that shows of a cut: the end of a sentence, or the sentence after it, went missing.",
    bad: &[
        "The harbour was closed on Friday. Nobody was hurt.\n\nThe council will meet on Monday. It has not said when the \
         harbour will open",
    ],
    good: &[
        "The harbour was closed on Friday.\n\nThe council asked two questions:\n\n- who pays\n- who knew",
        "The harbour was closed on Friday.\n\nHow the town lost its harbour\n\nIt began in May.",
    ],
    fix: "Offers a full stop. Whether the sentence is whole only the writer knows.",
    check: Check::Story(check),
};

/// Fewer words than these are a heading or a label.
const SHORT: usize = 8;
/// A sentence of fewer words than these that stands alone may be a heading in the case of sentences.
const HEADING: usize = 14;

/// How a paragraph of prose ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// It is no prose, or ends in something that needs no stop.
    Other,
    /// In a stop.
    Stop,
    /// In a word.
    Bare,
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let blocks: Vec<(&Paragraph<'_>, Ending)> = story
        .paragraphs
        .iter()
        .filter(|p| p.block.kind.is_copy())
        .map(|p| (p, if p.block.kind == BlockKind::Paragraph { ending(p) } else { Ending::Other }))
        .collect();
    let count = |which| blocks.iter().filter(|(_, ending)| *ending == which).count();
    let (stops, bare) = (count(Ending::Stop), count(Ending::Bare));
    // An article that often does without has its reasons.
    if stops == 0 || bare * 5 > stops + 4 {
        return;
    }
    let mut stopped = false;
    for (number, &(paragraph, ending)) in blocks.iter().enumerate() {
        stopped |= ending == Ending::Stop;
        if ending != Ending::Bare {
            continue;
        }
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| blocks.get(at)).is_some_and(|(p, _)| is_unstopped_line(p))
        };
        let verse = neighbour(number.checked_sub(1)) || neighbour(Some(number + 1));
        let last = number + 1 == blocks.len();
        if let Some(confidence) = confidence(paragraph, stopped, verse, last) {
            report(paragraph, confidence, findings);
        }
    }
}

/// The last token that is no closing mark.
fn last_token(paragraph: &Paragraph<'_>) -> Option<usize> {
    let len = paragraph.tokens().len();
    (len.saturating_sub(4)..len).rev().find(|&at| {
        let token = paragraph.token(at);
        token.is_some_and(|t| t.kind != TokenKind::Quote && !matches!(t.mark, ')' | ']'))
    })
}

static ENDING: Slot<Ending> = Slot::new(slots::ENDING);

fn ending(paragraph: &Paragraph<'_>) -> Ending {
    let known = |p: &Paragraph<'_>| Some(find_ending(p)).filter(|e| *e != Ending::Other);
    paragraph.memo(&ENDING, known).copied().unwrap_or(Ending::Other)
}

fn find_ending(paragraph: &Paragraph<'_>) -> Ending {
    let Some(last) = last_token(paragraph) else { return Ending::Other };
    if !is_prose(paragraph) {
        return Ending::Other;
    }
    let Some(token) = paragraph.token(last) else { return Ending::Other };
    match token.kind {
        _ if matches!(token.mark, '.' | '!' | '?' | '…') => Ending::Stop,
        TokenKind::Word if token.flags.contains(TokenFlags::ABBREVIATION) => Ending::Stop,
        TokenKind::Word if token.flags.contains(TokenFlags::TAG) => Ending::Other,
        TokenKind::Word | TokenKind::Number => Ending::Bare,
        _ => Ending::Other,
    }
}

/// Whether the paragraph is running text: enough words, most of them in lower case, with a verb.
fn is_prose(paragraph: &Paragraph<'_>) -> bool {
    let (mut words, mut lower, mut verb) = (0, 0, false);
    for token in paragraph.tokens().iter().take(120) {
        if token.kind != TokenKind::Word || token.flags.contains(TokenFlags::CLITIC) {
            verb |= token.lex.contains(Lex::AUXILIARY);
            continue;
        }
        words += 1;
        lower += usize::from(!token.flags.contains(TokenFlags::CAPITAL));
        verb |= token.lex.intersects(Lex::AUXILIARY | Lex::SPEECH | Lex::THOUGHT);
    }
    words >= SHORT && lower * 2 > words && (verb || words >= 2 * HEADING)
}

/// A line of words that ends in none of the marks that lines end in: verse, a list without marks, lines of an address.
fn is_unstopped_line(paragraph: &Paragraph<'_>) -> bool {
    paragraph.block.kind == BlockKind::Paragraph
        && last_token(paragraph).is_some_and(|at| is_word(paragraph, at))
        && ending(paragraph) != Ending::Stop
}

/// How sure it is that a stop is missing, if it is worth a word.
fn confidence(paragraph: &Paragraph<'_>, stopped: bool, verse: bool, last: bool) -> Option<f32> {
    if is_furniture(paragraph) || is_signature(paragraph) {
        return None;
    }
    let sentences = paragraph.notes.sentences.len();
    let words = paragraph.tokens().iter().take(60).filter(|t| t.kind == TokenKind::Word).count();
    let sure = match (sentences > 1, words >= HEADING) {
        (true, _) => 0.85,
        // Standfirsts stand above the first paragraph.
        (false, true) if stopped => 0.7,
        (false, true) => 0.4,
        (false, false) => 0.35,
    };
    let author = last && sentences == 1 && is_about_the_author(paragraph);
    Some(if verse || author { sure * 0.5 } else { sure })
}

/// Whether the line tells who wrote the article: "Ana Ruiz is a reporter at ...", "Ruiz covers the harbour".
fn is_about_the_author(paragraph: &Paragraph<'_>) -> bool {
    is_name(paragraph, 0)
        && (1..5).any(|at| {
            is_any(paragraph, at, &["is", "covers", "writes", "teaches", "reports", "can"])
        })
}

/// Whether the paragraph is a line that was set beside the article rather than in it.
fn is_furniture(paragraph: &Paragraph<'_>) -> bool {
    let len = paragraph.tokens().len();
    let single = paragraph.notes.sentences.len() == 1;
    let credit = |at: usize| {
        is_any(
            paragraph,
            at,
            &["contributed", "photo", "image", "getty", "reporting", "editing", "compiled"],
        )
    };
    let object = |at: usize| {
        paragraph
            .token(at)
            .is_some_and(|t| t.kind == TokenKind::Object || t.flags.contains(TokenFlags::TAG))
    };
    let first = (0..3).find(|&at| is_word(paragraph, at)).unwrap_or(0);
    let tail = len.saturating_sub(8)..len;
    single
        && (paragraph.is_in(first, &lists::OPENERS)
            || mark(paragraph, 0) == '('
            || mark(paragraph, 0) == '©')
        || tail.clone().any(credit)
        || tail.clone().any(|at| mark(paragraph, at) == '/' || mark(paragraph, at) == '|')
        || (len.saturating_sub(4)..len).any(object)
        || has(paragraph, len.saturating_sub(1), Lex::PREPOSITION) && single
}

/// Whether the last sentence signs a quotation before it (“It is over.” Ana Ruiz, mayor) or is otherwise all names.
fn is_signature(paragraph: &Paragraph<'_>) -> bool {
    let Some(last) = paragraph.notes.sentences.last().filter(|last| last.len() <= 16) else {
        return false;
    };
    let quoted =
        (last.start as usize).checked_sub(1).is_some_and(|before| is_quote(paragraph, before));
    let lower = |at: &usize| {
        is_word(paragraph, *at)
            && !paragraph.token(*at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL))
    };
    let words = last.iter().filter(|at| is_word(paragraph, *at)).count();
    paragraph.notes.sentences.len() > 1 && (quoted || last.iter().filter(lower).count() * 2 < words)
}

fn report(paragraph: &Paragraph<'_>, confidence: f32, findings: &mut Findings) {
    let len = paragraph.tokens().len();
    let Some(last) = last_token(paragraph) else { return };
    let end = paragraph.bytes(Span::new(last, len)).end;
    findings.push(
        paragraph,
        Diagnostic::new(
            paragraph.bytes(Span::new(last, len)),
            "this paragraph ends without a full stop",
            "The article's other paragraphs end in one. Check that no words were lost with it.",
        )
        .confidence(confidence)
        .fix(Fix::suggestion("Insert a full stop", [Edit::insert(end, ".")])),
    );
}
