//! Marks typed for an apostrophe, and apostrophes of the other style.

use super::census::{Census, Seen};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Field, Fix};
use crate::rules::Findings;
use crate::segment::{Token, TokenFlags};
use crate::style::QuotationMarks;
use crate::text::TextRange;

pub(super) fn check(
    paragraph: &Paragraph<'_>,
    seen: &Seen,
    census: &Census,
    findings: &mut Findings,
) {
    for at in seen.apostrophes.iter().map(|at| *at as usize) {
        let Some(token) = paragraph.token(at) else { continue };
        let text = paragraph.text(at);
        let Some((offset, mark)) = text.char_indices().find(|(_, ch)| is_candidate(*ch)) else {
            continue;
        };
        if matches!(mark, '\u{2018}' | '`' | '\u{B4}') {
            if is_surely_apostrophe(token, text) {
                wrong(paragraph, at, offset, mark, census, findings);
            }
        } else if token.flags.contains(TokenFlags::CLITIC) && paragraph.field == Field::Text {
            mixed(paragraph, at, offset, mark, census, findings);
        }
    }
}

fn is_candidate(ch: char) -> bool {
    matches!(ch, '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{B4}')
}

/// Whether the mark cannot be anything else. In Hawai‘i and Sana‘a it is a letter.
fn is_surely_apostrophe(token: &Token, text: &str) -> bool {
    if token.flags.contains(TokenFlags::CLITIC) {
        return true;
    }
    let mut chars = text.chars();
    let (first, second, third) = (chars.next(), chars.next(), chars.next());
    let opens = first.is_some_and(is_candidate);
    let name = matches!(first, Some('O' | 'D')) && second.is_some_and(is_candidate);
    opens || name && third.is_some_and(char::is_uppercase)
}

/// The bytes of the mark at `offset` of the token's text, unless markup stands inside the token.
fn place(paragraph: &Paragraph<'_>, at: usize, offset: usize, mark: char) -> Option<TextRange> {
    let whole = paragraph.byte(at);
    let masked = paragraph.token(at)?.flags.contains(TokenFlags::MASKED);
    let start = whole.start + offset as u32;
    (!masked).then(|| TextRange::new(start, start + mark.len_utf8() as u32))
}

fn wrong(
    paragraph: &Paragraph<'_>,
    at: usize,
    offset: usize,
    mark: char,
    census: &Census,
    findings: &mut Findings,
) {
    let curly = match mark {
        '\u{2018}' => true,
        _ => census.want_apostrophes.unwrap_or(census.apostrophes.most()) == QuotationMarks::Curly,
    };
    let right = if curly { '\u{2019}' } else { '\'' };
    let range = place(paragraph, at, offset, mark);
    let fix = range.and_then(|range| {
        Fix::safe(format!("Replace {mark} by {right}"), [Edit::replace(range, right)])
    });
    let what = if mark == '\u{2018}' { "an opening quotation mark" } else { "an accent" };
    let message = format!("{mark} is {what}, not an apostrophe");
    let help = format!(
        "The apostrophe is {right}. Word processors turn it round after a space or at a word's start."
    );
    // The whole word is what a reader recognises.
    let word =
        if at > 0 && paragraph.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC)) {
            paragraph.byte(at - 1).cover(paragraph.byte(at))
        } else {
            paragraph.byte(at)
        };
    findings.push(paragraph, Diagnostic::new(word, message, help).confidence(0.95).fix(fix));
}

fn mixed(
    paragraph: &Paragraph<'_>,
    at: usize,
    offset: usize,
    mark: char,
    census: &Census,
    findings: &mut Findings,
) {
    let curly = mark == '\u{2019}';
    let (right, name, other) = match census.want_apostrophes {
        Some(QuotationMarks::Curly) if !curly => ('\u{2019}', "straight", "curly"),
        Some(QuotationMarks::Straight) if curly => ('\'', "curly", "straight"),
        _ => return,
    };
    let Some(range) = place(paragraph, at, offset, mark) else { return };
    let word = paragraph.byte(at.saturating_sub(1)).cover(paragraph.byte(at));
    findings.push(
        paragraph,
        Diagnostic::new(
            word,
            format!("a {name} apostrophe among {other} ones"),
            "Mixed apostrophes show that words were pasted in. One style an article.",
        )
        .confidence(0.7)
        .fix(Fix::safe(format!("Replace {mark} by {right}"), [Edit::replace(range, right)])),
    );
}
