//! The entry of the front matter that lets a rule's findings stand in the whole article.

use super::{Draft, edit};
use crate::diagnostic::Edit;
use crate::document::{Document, Format, FrontMatter, Located};
use crate::text::TextRange;

/// The edit that adds the rule to the front matter; Markdown gets one where it has none.
pub(super) fn entry(draft: &Draft<'_>, rule: &str) -> Option<Edit> {
    let metadata = &draft.document.metadata;
    let front = FrontMatter::find(draft.text);
    let edit = match (front, metadata.stet.last(), metadata.stet_key) {
        (_, Some(last), _) => after_name(draft.text, last, rule),
        (Some(front), None, Some(key)) => into_empty(draft.text, front, key, rule),
        (Some(front), None, None) => new_key(draft.text, front, rule),
        (None, ..) => new_front_matter(draft, rule),
    };
    edit.filter(|edit| silences(draft, edit, rule))
}

/// Whether the front matter names the rule after the edit, and says otherwise what it said.
fn silences(draft: &Draft<'_>, edit: &Edit, rule: &str) -> bool {
    let Some(Document { metadata: after, .. }) = draft.after(edit) else { return false };
    let before = &draft.document.metadata;
    let same = |a: &[Located<String>], b: &[Located<String>]| {
        a.iter().map(|name| &name.value).eq(b.iter().map(|name| &name.value))
    };
    after.stet.len() == before.stet.len() + 1
        && after.stet.iter().any(|name| name.value == rule)
        && after.date.map(|date| date.value) == before.date.as_ref().map(|date| date.value)
        && same(&after.authors, &before.authors)
        && same(&after.against, &before.against)
}

/// Adds the rule behind the last name, written as that one is: on a line of its own, in quotation marks, or after a comma.
fn after_name(text: &str, last: &Located<String>, rule: &str) -> Option<Edit> {
    let (start, end) = (last.range.start as usize, last.range.end as usize);
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let mark = after.chars().next().filter(|c| matches!(c, '"' | '\'') && before.ends_with(*c));
    let outside = before.get(..before.len() - mark.map_or(0, char::len_utf8))?;
    let line = outside.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let lead = outside.get(line..)?;
    let quoted = mark.map_or_else(|| rule.to_owned(), |mark| format!("{mark}{rule}{mark}"));
    if lead.trim_end().trim_start() == "-" {
        let close = end + after.find(['\n', '\r'])?;
        return Some(Edit::insert(close as u32, [edit::line_break(text), lead, &quoted].concat()));
    }
    let behind = after.get(mark.map_or(0, char::len_utf8)..)?;
    let in_list = mark.is_some() && behind.trim_start().starts_with([',', ']']);
    Some(match in_list {
        true => Edit::insert((end + 1) as u32, format!(", {quoted}")),
        false => Edit::insert(end as u32, format!(", {rule}")),
    })
}

/// Names the rule where the key is there and names none.
fn into_empty(text: &str, front: FrontMatter, key: TextRange, rule: &str) -> Option<Edit> {
    let rest = text.get(key.end as usize..)?;
    let line = rest.split(['\n', '\r']).next()?;
    let at = line.find(if front.toml { '=' } else { ':' })? + 1;
    let value = line.get(at..)?.trim();
    let empty = matches!(value, "" | "[]" | "[ ]" | "false" | "~" | "null" | "\"\"" | "''");
    let range = TextRange::new(key.end + at as u32, key.end + line.len() as u32);
    empty.then(|| Edit::replace(range, format!(" {}", list(front.toml, rule))))
}

/// A key of its own: at the end, or before the first table of TOML.
fn new_key(text: &str, front: FrontMatter, rule: &str) -> Option<Edit> {
    let inside = front.inside.slice(text);
    let mut at = inside.len();
    if front.toml {
        let table =
            if inside.starts_with('[') { Some(0) } else { inside.find("\n[").map(|at| at + 1) };
        at = inside.get(..table.unwrap_or(at))?.trim_end().len();
        at += inside.get(at..)?.find('\n').map_or(0, |line| line + 1);
    }
    let sign = if front.toml { " =" } else { ":" };
    let line = format!("stet{sign} {}{}", list(front.toml, rule), edit::line_break(text));
    Some(Edit::insert(front.inside.start + at as u32, line))
}

fn list(toml: bool, rule: &str) -> String {
    if toml { format!("[\"{rule}\"]") } else { format!("[{rule}]") }
}

fn new_front_matter(draft: &Draft<'_>, rule: &str) -> Option<Edit> {
    let start = if draft.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let lines =
        ["---", &format!("stet: [{rule}]"), "---", "", ""].join(edit::line_break(draft.text));
    (draft.format == Format::Markdown).then(|| Edit::insert(start as u32, lines))
}
