//! Quotation marks that are reversed, of the other style, or without a partner.

use super::census::{Census, Seen, is_curly, is_typewriter};
use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::{Diagnostic, Edit, Field, Fix};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::rules::Findings;
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::style::QuotationMarks;
use crate::text::TextRange;

/// The marks of a quotation, by token.
fn ends(quotation: &Quotation) -> (Option<usize>, Option<usize>) {
    let (range, content) = (quotation.range, quotation.content);
    let open = (range.start < content.start).then_some(range.start as usize);
    let close = (content.end < range.end).then_some(content.end as usize);
    (open, close)
}

/// The mark that `mark` is in a style and on a side.
fn glyph(mark: char, style: QuotationMarks, opens: bool) -> char {
    let double = matches!(mark, '"' | '“' | '”');
    match (style, double, opens) {
        (QuotationMarks::Straight, true, _) => '"',
        (QuotationMarks::Straight, false, _) => '\'',
        (QuotationMarks::Curly, true, true) => '“',
        (QuotationMarks::Curly, true, false) => '”',
        (QuotationMarks::Curly, false, true) => '‘',
        (QuotationMarks::Curly, false, false) => '’',
    }
}

/// Reports reversed marks and marks of the other style.
pub(super) fn check(
    paragraph: &Paragraph<'_>,
    seen: &Seen,
    census: &Census,
    findings: &mut Findings,
) {
    for quotation in &paragraph.notes.quotations {
        let (open, close) = ends(quotation);
        let mark = |at: Option<usize>| {
            at.filter(|&at| !is_typewriter(paragraph, at))
                .and_then(|at| paragraph.token(at))
                .map_or('\0', |token| token.mark)
        };
        let (first, last) = (mark(open), mark(close));
        // German and Swedish marks pair differently; the value of an attribute is no quotation.
        let foreign =
            matches!(first, '„' | '‚') || first == '”' && last == '”' && census.openers == 0;
        let code = open.or(close).is_some_and(|at| in_tag(&seen.tags, at));
        // A backtick marks code, or is an old opening mark: neither pairs with what stands nearby.
        let tick = |at: usize| paragraph.text(at).starts_with('`') && !is_typewriter(paragraph, at);
        if open.is_some_and(tick) || close.is_some_and(tick) {
            continue;
        }
        let inches = open.is_some_and(|at| is_prime(paragraph, at));
        if foreign || code || inches || open.is_some_and(|at| is_value(paragraph, at)) {
            continue;
        }
        let wrong_open = open.filter(|_| matches!(first, '”' | '’'));
        let wrong_close = close.filter(|_| matches!(last, '“' | '‘'));
        match (wrong_open, wrong_close) {
            (Some(open), Some(close)) => {
                both_reversed(paragraph, (open, first), (close, last), findings);
            }
            (Some(at), None) => reversed(paragraph, at, first, true, findings),
            (None, Some(at)) => reversed(paragraph, at, last, false, findings),
            (None, None) => {}
        }
        let styles = (is_curly(first), is_curly(last));
        let halves = matches!(styles, (Some(a), Some(b)) if a != b);
        let habit = census.want_marks.filter(|_| paragraph.field == Field::Text);
        let want = habit.or(halves.then(|| census.marks.most()));
        let Some(want) = want else { continue };
        let other =
            |curly: Option<bool>| curly.is_some_and(|c| c != (want == QuotationMarks::Curly));
        if other(styles.0) || other(styles.1) {
            mixed(paragraph, (open, first), (close, last), want, halves, findings);
        }
    }
}

/// Whether token `at` lies in one of the tags.
fn in_tag(tags: &[Span], at: usize) -> bool {
    let after = tags.partition_point(|tag| tag.start as usize <= at);
    after.checked_sub(1).is_some_and(|last| tags[last].contains(at))
}

/// Whether the mark stands for inches: 6’2”.
fn is_prime(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let double = paragraph.token(at).is_some_and(|token| {
        matches!(token.mark, '"' | '”') && !token.flags.contains(TokenFlags::SPACE)
    });
    double && at > 0 && paragraph.text(at - 1).ends_with(|ch: char| ch.is_ascii_digit())
}

/// Whether the mark opens the value of an attribute: name="value".
fn is_value(paragraph: &Paragraph<'_>, at: usize) -> bool {
    at > 0 && paragraph.text(at - 1) == "=" && paragraph.text(at) == "\""
}

fn reversed(
    paragraph: &Paragraph<'_>,
    at: usize,
    mark: char,
    opens: bool,
    findings: &mut Findings,
) {
    let right = glyph(mark, QuotationMarks::Curly, opens);
    let (side, does) = if opens { ("a closing", "opens") } else { ("an opening", "closes") };
    let range = paragraph.byte(at);
    findings.push(
        paragraph,
        Diagnostic::new(
            range,
            format!("{side} mark {does} the quotation"),
            format!("{mark} is turned the wrong way: it should be {right}."),
        )
        .confidence(0.9)
        .fix(Fix::safe(format!("Replace {mark} by {right}"), [Edit::replace(range, right)])),
    );
}

/// Reports a quotation that a closing mark opens and an opening mark closes, at its first mark.
fn both_reversed(
    paragraph: &Paragraph<'_>,
    open: (usize, char),
    close: (usize, char),
    findings: &mut Findings,
) {
    let right = |(at, mark): (usize, char), opens: bool| {
        Edit::replace(paragraph.byte(at), glyph(mark, QuotationMarks::Curly, opens))
    };
    findings.push(
        paragraph,
        Diagnostic::new(
            paragraph.byte(open.0),
            "both marks of the quotation are turned the wrong way",
            format!(
                "{} closes a quotation and {} opens one: here they stand the other way round.",
                open.1, close.1
            ),
        )
        .confidence(0.9)
        .fix(Fix::safe("Turn both marks round", [right(open, true), right(close, false)])),
    );
}

/// A mark of a quotation, by token, with its character.
type Mark = (Option<usize>, char);

fn mixed(
    paragraph: &Paragraph<'_>,
    open: Mark,
    close: Mark,
    want: QuotationMarks,
    halves: bool,
    findings: &mut Findings,
) {
    let edit = |(at, mark): Mark, opens: bool| {
        let right = glyph(mark, want, opens);
        let wrong = is_curly(mark).is_some_and(|curly| curly != (want == QuotationMarks::Curly));
        at.filter(|_| wrong).map(|at| Edit::replace(paragraph.byte(at), right))
    };
    let edits: Vec<Edit> = edit(open, true).into_iter().chain(edit(close, false)).collect();
    let Some(range) = edits.first().map(|edit| edit.range) else { return };
    let (is, should) = match want {
        QuotationMarks::Curly => ("straight", "curly"),
        QuotationMarks::Straight => ("curly", "straight"),
    };
    let message = if halves {
        "the quotation opens and closes with different kinds of marks".to_owned()
    } else {
        format!("{is} quotation marks where the article sets {should} ones")
    };
    findings.push(
        paragraph,
        Diagnostic::new(
            range,
            message,
            "Mixed marks show that words were pasted in. One style an article; the settings can name the house's.",
        )
        .confidence(if halves { 0.85 } else { 0.7 })
        .fix(Fix::safe(format!("Use {should} marks"), edits)),
    );
}

/// Reports double marks without a partner. `rest` are the paragraphs behind this one.
pub(super) fn check_balance(
    paragraph: &Paragraph<'_>,
    seen: &Seen,
    rest: &[&Paragraph<'_>],
    findings: &mut Findings,
) {
    let quotations = &paragraph.notes.quotations;
    let is_other = |at: usize| is_prime(paragraph, at) || in_tag(&seen.tags, at);
    let mut paired: Vec<usize> = Vec::new();
    for quotation in quotations {
        let (open, close) = ends(quotation);
        paired.extend(open.into_iter().chain(close));
        if let Some(open) = open.filter(|_| close.is_none() && quotation.depth == 0) {
            let to_end = quotation.range.end as usize == paragraph.tokens().len();
            let double = paragraph.token(open).is_some_and(|t| matches!(t.mark, '"' | '“' | '”'));
            // A reversed opening mark was reported as such.
            let reversed = paragraph.token(open).is_some_and(|t| t.mark == '”');
            let known = reversed || is_other(open) || is_value(paragraph, open);
            if double && !known && !(to_end && goes_on(paragraph, rest)) {
                unclosed(paragraph, quotation, open, findings);
            }
        }
    }
    paired.sort_unstable();
    let single = |at: usize| {
        let double = paragraph
            .token(at)
            .is_some_and(|t| t.kind == TokenKind::Quote && matches!(t.mark, '"' | '“' | '”'));
        double && paired.binary_search(&at).is_err() && !is_other(at)
    };
    let quotes = seen.quotes.iter().map(|at| *at as usize);
    let alone: Vec<usize> = quotes.filter(|&at| single(at)).collect();
    // ”We are late,” she said: both marks are without a partner, but only the first one is wrong.
    let turned =
        alone.first() == Some(&0) && paragraph.token(0).is_some_and(|token| token.mark == '”');
    let closes = |at: usize| {
        paragraph.token(at).is_some_and(|t| t.mark == '”' && !t.flags.contains(TokenFlags::SPACE))
    };
    if turned && alone.len() > 1 && closes(alone[1]) {
        reversed(paragraph, 0, '”', true, findings);
        alone.iter().skip(2).for_each(|&at| unopened(paragraph, at, findings));
        return;
    }
    // said:" We are late." Then: the space stands on the wrong side of the first mark, and the second one is right.
    if let [first, second] = alone[..]
        && first > 0
        && !spaced(paragraph, first)
        && spaced(paragraph, first + 1)
        && !spaced(paragraph, second)
    {
        return misspaced(paragraph, first, findings);
    }
    alone.iter().for_each(|&at| unopened(paragraph, at, findings));
}

/// Whether white space stands before token `at`.
fn spaced(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_some_and(|token| token.flags.contains(TokenFlags::SPACE))
}

/// Reports an opening mark that is glued to the word before it.
fn misspaced(paragraph: &Paragraph<'_>, at: usize, findings: &mut Findings) {
    let mark = paragraph.byte(at);
    let after = TextRange::new(mark.end, paragraph.byte(at + 1).start);
    let edits = [Edit::insert(mark.start, " "), Edit::delete(after)];
    findings.push(
        paragraph,
        Diagnostic::new(
            mark,
            "the space stands on the wrong side of this quotation mark",
            UNBALANCED,
        )
        .confidence(0.75)
        .fix(Fix::suggestion("Move the space before the mark", edits)),
    );
}

/// Whether the next paragraph of copy takes up the quotation that this one leaves open.
fn goes_on(paragraph: &Paragraph<'_>, rest: &[&Paragraph<'_>]) -> bool {
    let carries =
        |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote);
    if !carries(paragraph.block.kind) {
        return false;
    }
    // Headings, captions and the like that may stand between are few.
    let next = rest.iter().take(12).find(|next| carries(next.block.kind));
    next.is_some_and(|next| next.notes.quotations.first().is_some_and(|q| q.continues))
}

const UNBALANCED: &str =
    "Readers cannot see where the quoted words end, and take the writer's words for the speaker's.";

fn unclosed(
    paragraph: &Paragraph<'_>,
    quotation: &Quotation,
    open: usize,
    findings: &mut Findings,
) {
    let close = match paragraph.token(open).map(|token| token.mark) {
        Some('"') => '"',
        _ => '”',
    };
    let fix = closing_place(paragraph, quotation).and_then(|offset| {
        Fix::suggestion(format!("Insert {close}"), [Edit::insert(offset, close)])
    });
    findings.push(
        paragraph,
        Diagnostic::new(paragraph.byte(open), "this quotation is never closed", UNBALANCED)
            .confidence(0.8)
            .fix(fix),
    );
}

/// Where the closing mark is probably missing, in bytes: before the words that name the speaker, else at the end of a
/// paragraph that is all quotation.
fn closing_place(paragraph: &Paragraph<'_>, quotation: &Quotation) -> Option<u32> {
    let content = quotation.content;
    for at in content.iter().take(200) {
        let token = paragraph.token(at)?;
        if matches!(token.mark, ',' | '?' | '!') && speaks(paragraph, at + 1) {
            return Some(paragraph.byte(at).end);
        }
    }
    let whole = quotation.range.start == 0
        && quotation.range.end as usize == paragraph.tokens().len()
        && (content.end as usize)
            .checked_sub(1)
            .and_then(|last| paragraph.token(last))
            .is_some_and(|token| matches!(token.mark, '.' | '?' | '!' | '…'));
    whole.then(|| paragraph.bytes(content).end)
}

/// Whether the tokens from `at` on name a speaker: "she said", "said Ana Ruiz", "Ana Ruiz said".
fn speaks(paragraph: &Paragraph<'_>, at: usize) -> bool {
    for next in at..at + 5 {
        let Some(token) = paragraph.token(next) else { return false };
        if token.lex.contains(Lex::SPEECH) {
            return true;
        }
        let subject = token.lex.intersects(Lex::PRONOUN | Lex::TITLE | Lex::DETERMINER)
            || token.flags.contains(TokenFlags::CAPITAL);
        if token.kind != TokenKind::Word || !subject {
            return false;
        }
    }
    false
}

fn unopened(paragraph: &Paragraph<'_>, at: usize, findings: &mut Findings) {
    findings.push(
        paragraph,
        Diagnostic::new(
            paragraph.byte(at),
            "this quotation mark has no partner in the paragraph",
            UNBALANCED,
        )
        .confidence(0.75),
    );
}
