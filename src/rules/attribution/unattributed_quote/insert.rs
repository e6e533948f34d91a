//! The fix: the speaker is set behind the first quoted sentence.

use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::{Edit, Fix};
use crate::resolve::NamedSource;
use crate::rules::phrases::{self, mark};
use crate::segment::Span;
use crate::text::TextRange;

/// Speakers that are offered.
pub(super) const OFFERS: usize = 2;

/// Whether a source can say things aloud: a person or a body, and no paper.
pub(super) fn can_speak(source: &NamedSource) -> bool {
    const PAPERS: [&str; 16] = [
        "poll",
        "polls",
        "survey",
        "surveys",
        "study",
        "studies",
        "report",
        "reports",
        "filing",
        "filings",
        "records",
        "documents",
        "complaint",
        "lawsuit",
        "indictment",
        "statement",
    ];
    let paper = |word: &str| PAPERS.iter().any(|paper| word.eq_ignore_ascii_case(paper));
    source.person.is_some() || !source.text.split_whitespace().any(paper)
}

/// Sets ", NAME said" behind the first sentence of the quotation.
pub(super) fn insert(paragraph: &Paragraph<'_>, quotation: &Quotation, name: &str) -> Option<Fix> {
    let title = format!("Insert “{name} said”");
    let (open, close) = (quotation.range.start as usize, quotation.content.end as usize);
    let sentence = paragraph.sentence_at(open);
    let end = (sentence.end as usize).min(close);
    let mark_bytes = paragraph.byte(close);
    let shut = mark_bytes.slice(paragraph.source);
    if end == close {
        let (comma, said) = match mark(paragraph, close + 1) {
            // “We knew”. becomes “We knew”, NAME said.
            '.' => (None, format!(", {name} said")),
            // One sentence: “We knew.” becomes “We knew,” NAME said.
            '\0' | '"' | '\'' | '“' | '‘' | '«' => {
                (comma(paragraph, Span::new(open + 1, end)), format!(" {name} said."))
            }
            _ => return None,
        };
        let said = Edit::insert(mark_bytes.end, said);
        return Fix::suggestion(title, comma.into_iter().chain([said]).collect::<Vec<_>>());
    }
    let stop = comma(paragraph, Span::new(open + 1, end));
    let last = paragraph.byte(end.checked_sub(1)?).end;
    let next = paragraph.byte(end).start;
    let reopen = paragraph.byte(open).slice(paragraph.source);
    let said = format!("{shut} {name} said. {reopen}");
    let edit = match stop {
        // One edit, since marks that touch are one place.
        Some(stop) => {
            let inner = TextRange::new(stop.range.end, last).slice(paragraph.source);
            let text = format!("{}{inner}{said}", stop.replacement);
            Edit::replace(TextRange::new(stop.range.start, next), text)
        }
        None => Edit::replace(TextRange::new(last, next), said),
    };
    Fix::suggestion(title, [edit])
}

/// Puts a comma where a quoted sentence ends, marks of quotations inside it left aside; `None` where its last mark stays:
/// “Did we?” NAME said.
fn comma(paragraph: &Paragraph<'_>, sentence: Span) -> Option<Edit> {
    let last = sentence.iter().rev().find(|&at| !phrases::is_quote(paragraph, at))?;
    let bytes = paragraph.byte(last);
    match mark(paragraph, last) {
        '!' | '?' | '…' | ',' | '—' | '–' | '-' => None,
        '.' | ';' | ':' => Some(Edit::replace(bytes, ",")),
        _ => Some(Edit::insert(bytes.end, ",")),
    }
}
