//! `unattributed-quote`: quoted sentences with nobody to say them.
//!
//! A paragraph that is all quotation is the sure case. A quoted sentence that stands by itself among the writer's own is
//! reported only where nothing in the paragraph, and nothing that leads into it, reports speech at all.

mod around;
mod insert;

use self::around::{introduces, is_dash, is_dialogue, is_signature, is_signed, takes_up};
use self::insert::{OFFERS, can_speak, insert};
use crate::annotate::{Paragraph, Quotation, QuotationKind, Slot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, has, is_name, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use std::cell::OnceCell;

pub(crate) static RULE: Rule = Rule {
    id: "unattributed-quote",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A quotation has no speaker",
    what: "A paragraph that is all quotation and names no speaker, and a quoted sentence among sentences of the writer's own \
           where nobody in the paragraph speaks. Speech that goes on from an open quotation, quotations that a colon or \
           a speech verb introduces, dialogue in which two people take turns, lists of quotations, titles, single words, what is sung or read off a sign, and quotations with a name set behind a \
           dash or taken up by the next paragraph (\"That is what ... told\") are left alone.",
    why: "Readers must know who speaks, and learn it early. Where paragraphs are moved or cut, the speaker is what goes \
          missing, and the words fall to whoever spoke before.",
    bad: &[
        "Mayor Ana Ruiz said the plan had failed.\n\n“We should have asked the people who live there first.”\n\nThe \
         council meets on Friday.",
    ],
    good: &[
        "“We should have asked the people who live there first,” Mayor Ana Ruiz said.",
        "Mayor Ana Ruiz put it this way:\n\n“We should have asked the people who live there first.”",
        "“We should have asked first,” Ruiz said. “We did not.\n\n“We shall ask now, and we shall listen.”",
        "The film “Harbour Lights” opened in 1995.",
    ],
    fix: "Offers the speakers of the paragraphs around it, nearest first, to be set behind the first quoted sentence. A person \
          chooses.",
    check: Check::Story(check),
};

const HELP: &str = "Name the speaker in the paragraph itself, behind the first quoted sentence. Readers cannot be sure that \
                    whoever spoke before still speaks.";

/// Fewer words than these are an exclamation rather than a statement.
const STATEMENT: usize = 5;

/// Paragraphs with more stray quotations than this are reported by their first ones.
const MOST: usize = 3;

/// What a paragraph is by itself.
static SEEN: Slot<Seen> = Slot::new(slots::QUOTE);

#[derive(Default)]
struct Seen {
    /// Whether it leads into a quotation in the next one.
    introduces: bool,
    /// The number of its first quotation, if it is all quotation.
    whole: Option<usize>,
    /// Else the numbers of the quoted sentences that stand by themselves, where nobody speaks.
    alone: Vec<usize>,
}

fn seen(paragraph: &Paragraph<'_>) -> Option<Seen> {
    let introduces = introduces(paragraph);
    let whole = whole(paragraph);
    // A heading between marks ('Legend in the Harbour.') is no quotation.
    let alone =
        if whole.is_none() && !is_title(paragraph) { inside(paragraph) } else { Vec::new() };
    (introduces || whole.is_some() || !alone.is_empty()).then_some(Seen {
        introduces,
        whole,
        alone,
    })
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let nothing = Seen::default();
    let copy: Vec<&Paragraph<'_>> =
        story.paragraphs.iter().filter(|p| p.block.kind.is_copy()).collect();
    let in_doubles = OnceCell::new();
    let doubles = || *in_doubles.get_or_init(|| speaks_in_doubles(story));
    // Whether the paragraph before is a quotation that was introduced, so that this one goes on with the list.
    let mut listed = false;
    for (number, paragraph) in copy.iter().enumerate() {
        if paragraph.block.kind != BlockKind::Paragraph {
            listed = paragraph.block.kind == BlockKind::Quote || listed && is_list(paragraph);
            continue;
        }
        let before = number.checked_sub(1).and_then(|before| copy.get(before).copied());
        let after = copy.get(number + 1).copied();
        let known = |p: &Paragraph<'_>| p.memo(&SEEN, seen).is_some_and(|seen| seen.introduces);
        let introduced = listed || before.is_some_and(known);
        let seen = paragraph.memo(&SEEN, seen).unwrap_or(&nothing);
        let quotation = |number: usize| paragraph.notes.quotations.get(number);
        if let Some(first) = seen.whole.and_then(quotation) {
            if !introduced && !is_signed(after) && !is_dialogue(&copy[..number], paragraph) {
                report(
                    story,
                    paragraph,
                    paragraph.span(),
                    first,
                    confidence(paragraph, after, doubles),
                    findings,
                );
            }
            listed = introduced;
            continue;
        }
        listed = false;
        if !introduced {
            for quotation in seen.alone.iter().filter_map(|number| quotation(*number)) {
                report(story, paragraph, quotation.range, quotation, 0.5, findings);
            }
        }
    }
}

fn is_list(paragraph: &Paragraph<'_>) -> bool {
    paragraph.block.kind == BlockKind::ListItem
}

/// The number of the first quotation of a paragraph that is all quotation, if it is: closed, of some length, and nothing but marks between
/// its quotations.
fn whole(paragraph: &Paragraph<'_>) -> Option<usize> {
    let mut at = 0;
    let mut words = 0;
    let mut first = None;
    let quotations = paragraph.notes.quotations.iter().enumerate();
    for (number, quotation) in quotations.filter(|(_, q)| q.depth == 0) {
        let between = Span::new(at, quotation.range.start as usize);
        let title = quotation.kind == QuotationKind::Title;
        if !quotation.closed || quotation.continues || title || has_words(paragraph, between) {
            return None;
        }
        first = first.or(Some(number));
        words += count_words(paragraph, quotation.content);
        at = quotation.range.end as usize;
    }
    let rest = Span::new(at, paragraph.tokens().len());
    let sentence = words >= STATEMENT && !is_title(paragraph) && !has_words(paragraph, rest);
    first.filter(|_| sentence)
}

/// Whether every word of weight has a capital, as in a heading.
fn is_title(paragraph: &Paragraph<'_>) -> bool {
    let small = Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION;
    let plain = |token: &Token| {
        token.kind == TokenKind::Word
            && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
            && !token.lex.intersects(small)
    };
    !paragraph.tokens().iter().any(plain)
}

/// Whether token `at` is something read aloud: a word, a number or an object.
fn is_wordlike(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph
        .token(at)
        .is_some_and(|token| !matches!(token.kind, TokenKind::Punct | TokenKind::Quote))
}

fn has_words(paragraph: &Paragraph<'_>, span: Span) -> bool {
    span.iter().any(|at| is_wordlike(paragraph, at))
}

/// Words of the span, counted up to what makes a statement.
fn count_words(paragraph: &Paragraph<'_>, span: Span) -> usize {
    span.iter().filter(|&at| is_wordlike(paragraph, at)).take(STATEMENT).count()
}

/// Whether the article sets speech between double marks, so that single ones mean something else.
fn speaks_in_doubles(story: &Story<'_>) -> bool {
    let double = |p: &Paragraph<'_>| {
        let speech = |q: &&Quotation| q.depth == 0 && q.kind == QuotationKind::Speech;
        p.notes
            .quotations
            .iter()
            .filter(speech)
            .any(|q| matches!(mark(p, q.range.start as usize), '"' | '“'))
    };
    story.paragraphs.iter().any(double)
}

/// How sure it is that a speaker is missing from a paragraph that is all quotation.
///
/// `doubles` says whether the article sets speech between double marks, which is asked only where it matters.
fn confidence(
    paragraph: &Paragraph<'_>,
    after: Option<&Paragraph<'_>>,
    doubles: impl Fn() -> bool,
) -> f32 {
    // A short paragraph in single marks, or the first of the article, is often a heading.
    let len = paragraph.tokens().len();
    let single = matches!(mark(paragraph, 0), '\'' | '‘');
    let heading = len <= 12 && (single || paragraph.index == 0) || len <= 25 && single && doubles();
    // Marks on marks, as paragraphs pasted from another article have: who knows what is quoted.
    let doubled = matches!(mark(paragraph, 1), '"' | '“' | '”');
    if heading || doubled || after.is_some_and(takes_up) {
        return 0.4;
    }
    let sentence = paragraph.token(1).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    if sentence { 0.9 } else { 0.8 }
}

/// The quoted sentences that stand by themselves in a paragraph where nobody speaks.
fn inside(paragraph: &Paragraph<'_>) -> Vec<usize> {
    let quotations = paragraph.notes.quotations.iter().enumerate();
    let alone = quotations.filter(|(_, q)| stands_alone(paragraph, q)).take(MOST);
    let alone: Vec<usize> = alone.map(|(number, _)| number).collect();
    let shown = |number: &usize| {
        let quotation = paragraph.notes.quotations.get(*number);
        quotation.is_some_and(|quotation| is_shown(paragraph, quotation))
    };
    if alone.is_empty() || speaks(paragraph) || alone.iter().any(shown) {
        Vec::new()
    } else {
        alone
    }
}

/// Whether what is quoted is read or sung rather than spoken, by the sentence that leads to it, or the one behind it where
/// it opens its paragraph.
fn is_shown(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let (start, end) = (quotation.range.start as usize, quotation.range.end as usize);
    let beside = match phrases::sentence_before(paragraph, start) {
        Some(before) => before,
        None => phrases::sentence(paragraph, end),
    };
    beside.iter().any(|at| paragraph.is_in(at, &lists::SHOWN))
}

/// The tokens outside the quotations of a paragraph.
fn unquoted(paragraph: &Paragraph<'_>) -> impl Iterator<Item = usize> {
    let mut quotations = paragraph.notes.quotations.iter().filter(|q| q.depth == 0).peekable();
    (0..paragraph.tokens().len()).filter(move |at| {
        while quotations.next_if(|q| q.range.end as usize <= *at).is_some() {}
        !quotations.peek().is_some_and(|q| q.range.contains(*at))
    })
}

/// Whether a quotation is a sentence of its own, or several: the writer's words stop before it and start anew behind it.
fn stands_alone(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let (start, end) = (quotation.range.start as usize, quotation.range.end as usize);
    let speech = quotation.kind == QuotationKind::Speech && quotation.depth == 0;
    if !speech || !quotation.closed || quotation.continues {
        return false;
    }
    let before = start.checked_sub(1);
    let free = before.is_none_or(|at| matches!(mark(paragraph, at), '.' | '!' | '?'));
    let opens = paragraph.sentence_at(start).start as usize == start;
    let stops = (quotation.content.end as usize)
        .checked_sub(1)
        .is_some_and(|last| matches!(mark(paragraph, last), '.' | '!' | '?'));
    let rest = Span::new(end, paragraph.tokens().len());
    let ends = rest.is_empty() || paragraph.sentence_at(end).start as usize == end;
    if is_signature(paragraph, rest) {
        return false;
    }
    free && opens && stops && ends && count_words(paragraph, quotation.content) >= STATEMENT
}

/// Whether anything outside the quotations of the paragraph reports speech or thought, or puts a name to words.
fn speaks(paragraph: &Paragraph<'_>) -> bool {
    if !paragraph.notes.attributions.is_empty() {
        return true;
    }
    unquoted(paragraph).any(|at| {
        has(paragraph, at, Lex::SPEECH | Lex::THOUGHT)
            || mark(paragraph, at) == ':'
            || is_dash(paragraph, at) && is_name(paragraph, at + 1)
    })
}

fn report(
    story: &Story<'_>,
    paragraph: &Paragraph<'_>,
    span: Span,
    quotation: &Quotation,
    confidence: f32,
    findings: &mut Findings,
) {
    let message = "no speaker is named for this quotation";
    let mut finding = Diagnostic::new(paragraph.bytes(span), message, HELP).confidence(confidence);
    let near = story.nearest_sources(paragraph.index, quotation.range.start as usize, 2 * OFFERS);
    for source in near.into_iter().filter(can_speak).take(OFFERS) {
        let name = phrases::later_name(story, paragraph.index, &source).unwrap_or(source.text);
        finding = finding.fix(insert(paragraph, quotation, &name));
    }
    findings.push(paragraph, finding);
}
