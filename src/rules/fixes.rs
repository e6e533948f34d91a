//! What a fix may touch. Rules write edits over tokens; between and inside tokens there may be markup that the reader
//! does not see, and no fix may take it away: every fix passes through [`fitted`].

use crate::annotate::Paragraph;
use crate::diagnostic::{Applicability, Edit, Field, Fix};
use crate::document::{BlockKind, Mask, MaskKind};
use crate::text::TextRange;

/// The fix with its edits led around markup, and safe only where it is: `None` where nothing of it can be kept.
pub(super) fn fitted(paragraph: &Paragraph<'_>, mut fix: Fix) -> Option<Fix> {
    let touches =
        |edit: &Edit| masks(paragraph, edit.range).any(|mask| !is_entity(paragraph, mask));
    let delimited = is_delimited(paragraph);
    let breaks = |edit: &Edit| {
        is_escaped(paragraph, edit) || delimited && edit.replacement.contains(['"', '\'', '\\'])
    };
    if fix.edits().iter().any(breaks) {
        return None;
    }
    if fix.edits().iter().any(touches) {
        let edits: Option<Vec<_>> =
            fix.edits().iter().map(|edit| around(paragraph, edit)).collect();
        fix = Fix::suggestion(fix.title().to_owned(), edits?.concat())?;
    }
    if fix.applicability() == Applicability::Safe && alters_quoted_words(paragraph, &fix) {
        fix.demote();
    }
    Some(fix)
}

/// The masks that an edit of `range` would touch.
fn masks<'p>(paragraph: &'p Paragraph<'_>, range: TextRange) -> impl Iterator<Item = &'p Mask> {
    let masks = &paragraph.block.masks;
    let first = masks.partition_point(|mask| mask.range.end <= range.start);
    masks.iter().skip(first).take_while(move |mask| mask.range.start < range.end)
}

/// Whether the mask is an entity ("&rsquo;"), which may be replaced as the character it stands for.
fn is_entity(paragraph: &Paragraph<'_>, mask: &Mask) -> bool {
    matches!(mask.kind, MaskKind::Char(_)) && mask.range.slice(paragraph.source).starts_with('&')
}

/// The edit cut into pieces between the masks it touches, its replacement in the first piece; `None` where it would
/// replace a character that markup stands for (`<q>`).
fn around(paragraph: &Paragraph<'_>, edit: &Edit) -> Option<Vec<Edit>> {
    let mut pieces = Vec::new();
    let mut at = edit.range.start;
    let outside = masks(paragraph, edit.range).next().map_or(at, |mask| at.min(mask.range.start));
    for mask in masks(paragraph, edit.range).filter(|mask| !is_entity(paragraph, mask)) {
        if matches!(mask.kind, MaskKind::Char(_)) {
            return None;
        }
        if at < mask.range.start {
            pieces.push(Edit::delete(TextRange::new(at, mask.range.start)));
        }
        at = mask.range.end;
    }
    if at < edit.range.end {
        pieces.push(Edit::delete(TextRange::new(at, edit.range.end)));
    }
    match pieces.first_mut() {
        Some(first) => first.replacement.clone_from(&edit.replacement),
        None => pieces.push(Edit::insert(outside, edit.replacement.clone())),
    }
    Some(pieces)
}

/// Whether a backslash stands right before the edit, so that the edit would part it from what it escapes.
fn is_escaped(paragraph: &Paragraph<'_>, edit: &Edit) -> bool {
    let before = paragraph.source.as_bytes().get(..edit.range.start as usize);
    !edit.range.is_empty() && before.is_some_and(|before| before.last() == Some(&b'\\'))
}

/// Whether the block is a value between marks of its format (a title in front matter or of a picture), where another
/// mark would end the value.
fn is_delimited(paragraph: &Paragraph<'_>) -> bool {
    let before = paragraph.source.get(..paragraph.block.range.start as usize).unwrap_or("");
    // The line is looked for in a headline only: there may be as many fixes as there are bytes on a line.
    let keyed = || {
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        line.contains([':', '='])
    };
    let front_matter = paragraph.block.kind == BlockKind::Headline
        && paragraph.field == Field::Text
        && before.trim_start_matches('\u{FEFF}').starts_with(['-', '+'])
        && keyed();
    front_matter || before.ends_with(['"', '\''])
}

/// Whether the fix changes a letter or digit inside a quotation; marks alone may change.
fn alters_quoted_words(paragraph: &Paragraph<'_>, fix: &Fix) -> bool {
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    fix.edits().iter().any(|edit| {
        let quoted = paragraph.block.kind == BlockKind::Quote
            || paragraph.quotation_over(edit.range).is_some();
        quoted && words(edit.range.slice(paragraph.source)) != words(&edit.replacement)
    })
}
