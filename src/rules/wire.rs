//! What the rules that compare a draft with wire copy have in common: how they point into it, and the words they put back.

use crate::against::{Comparison, Place};
use crate::annotate::{Attribution, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Field};
use crate::segment::{Span, TokenKind};

/// The finding with a place of the wire copy that explains it.
pub(super) fn pointing(
    found: Diagnostic,
    against: &Comparison<'_>,
    place: Place,
    note: &str,
) -> Diagnostic {
    match against.wires.paragraph(place) {
        Some(p) => found.related(Field::Against(place.wire as u32), p.bytes(place.span), note),
        None => found,
    }
}

/// The edit that puts `words` for the tokens `ours`: in front of the first of them where there are none, and nothing in their
/// place where there are no words.
pub(super) fn put(p: &Paragraph<'_>, ours: Span, words: &str) -> Edit {
    let at = ours.start as usize;
    if !ours.is_empty() && !words.is_empty() {
        return Edit::replace(p.bytes(ours), words);
    }
    let before = at.checked_sub(1).map(|before| p.byte(before));
    let is_mark = |at: usize| {
        p.token(at).is_none_or(|t| matches!(t.kind, TokenKind::Punct | TokenKind::Quote))
    };
    if !ours.is_empty() {
        let next = ours.end as usize;
        let range = p.bytes(ours);
        // The space goes too: the one behind, or the one before where a mark follows.
        return match (is_mark(next), before) {
            (false, _) => Edit::delete((range.start as usize..p.byte(next).start as usize).into()),
            (true, Some(before)) => Edit::delete((before.end as usize..range.end as usize).into()),
            (true, None) => Edit::delete(range),
        };
    }
    // "n't" and "'s" have no space before them.
    let clitic = words.starts_with(['\'', '’']) || matches!(words, "n't" | "n’t");
    match before {
        Some(before) if clitic => Edit::insert(before.end, words.to_owned()),
        Some(before) if is_mark(at) => Edit::insert(before.end, format!(" {words}")),
        _ => Edit::insert(p.byte(at).start, format!("{words} ")),
    }
}

/// Tokens around a stretch in which an attribution that touches it has its cue.
const REACH: u32 = 200;

/// The attributions of a paragraph that may touch `span`: by cue, those nearby.
pub(super) fn attributions<'p>(p: &'p Paragraph<'_>, span: Span) -> &'p [Attribution] {
    let list = &p.notes.attributions;
    let cue = |a: &Attribution| a.cue.first().map_or(0, |cue| cue.start);
    let from = list.partition_point(|a| cue(a) + REACH < span.start);
    let to = list.partition_point(|a| cue(a) < span.end + REACH);
    &list[from..to.max(from)]
}

/// Whether more than `most` tokens of a quotation share a token with `span`.
pub(super) fn quotes(p: &Paragraph<'_>, span: Span, most: usize) -> bool {
    p.quotation_over(p.bytes(span)).is_some_and(|q| q.content.len() > most)
}
