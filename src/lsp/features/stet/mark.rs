//! A mark in the copy: on a line of its own above the block, or at the block's end where that line would break something.

use super::{Draft, edit, moved};
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::{Block, BlockKind, Format, FrontMatter};

/// The mark that lets the finding stand.
pub(super) fn mark(draft: &Draft<'_>, found: &Diagnostic) -> Option<Edit> {
    let blocks = &draft.document.blocks;
    let after = blocks.partition_point(|block| block.range.start <= found.range.start);
    let block = blocks.get(after.checked_sub(1)?)?;
    let candidates = [above(draft, block, found.rule), behind(draft, block, found.rule)];
    candidates.into_iter().flatten().find(|edit| silences(draft, edit, found))
}

/// Whether the finding is silenced by the edit, and nothing else happens.
fn silences(draft: &Draft<'_>, edit: &Edit, found: &Diagnostic) -> bool {
    let Some(after) = draft.after(edit) else { return false };
    let start = moved(found.range.start, edit);
    after.stets.len() == draft.document.stets.len() + 1
        && after.stets.iter().any(|mark| {
            mark.rules.iter().any(|rule| rule.value == found.rule)
                && mark.covers.is_some_and(|covers| covers.contains(start))
        })
}

/// A line above the block.
fn above(draft: &Draft<'_>, block: &Block, rule: &str) -> Option<Edit> {
    let start = block.range.start as usize;
    let before = draft.text.get(..start)?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line =
        if line == 0 && before.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { line };
    let lead = before.get(line..)?;
    let indent = lead.get(..lead.len() - lead.trim_start().len())?;
    let break_ = edit::line_break(draft.text);
    let text = match draft.format {
        Format::Plain => format!("{indent}[stet {rule}]{break_}"),
        Format::Html => format!("{indent}<!-- stet {rule} -->{break_}"),
        Format::Markdown if is_apart(draft, block.kind, line, lead) => {
            format!("{indent}<!-- stet {rule} -->{break_}{break_}")
        }
        Format::Markdown => return None,
    };
    Some(Edit::insert(line as u32, text))
}

/// Whether a Markdown block starts with its line, under a blank one: no item of a list, no quotation, no cell of a table,
/// where a line in between would end what it stands in.
fn is_apart(draft: &Draft<'_>, kind: BlockKind, line: usize, lead: &str) -> bool {
    if matches!(kind, BlockKind::ListItem | BlockKind::Quote | BlockKind::Cell) {
        return false;
    }
    let heading = lead.trim_start().starts_with('#');
    let bare = lead.trim().trim_start_matches('#').is_empty();
    let before = draft.text.get(..line).unwrap_or_default();
    let front = FrontMatter::find(draft.text).is_some_and(|front| front.end as usize == line);
    let last = before.strip_suffix("\r\n").or(before.strip_suffix(['\n', '\r'])).unwrap_or(before);
    let blank = last.is_empty() || last == "\u{FEFF}" || {
        let start = last.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        last.get(start..).is_some_and(|line| line.trim().is_empty())
    };
    bare && (heading || blank || front)
}

/// A comment at the end of the block.
fn behind(draft: &Draft<'_>, block: &Block, rule: &str) -> Option<Edit> {
    let text = format!(" <!-- stet {rule} -->");
    (draft.format != Format::Plain).then(|| Edit::insert(block.range.end, text))
}
