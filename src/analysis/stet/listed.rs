//! What goes when the name of a rule goes from a list: from a mark, or from the front matter.

use crate::document::Located;
use crate::text::{TextRange, whole_line};

/// The range to delete for the name number `at` of a list that is written with commas; `None` where something else stands
/// between the names, or where there is no other name.
pub(super) fn with_comma(source: &str, names: &[Located<String>], at: usize) -> Option<TextRange> {
    let place = |at: usize| names.get(at).map(|name| quoted(source, name.range));
    let name = place(at)?;
    let range = match (place(at + 1), at.checked_sub(1).and_then(place)) {
        (Some(next), _) => TextRange::new(name.start, next.start),
        (None, Some(last)) => TextRange::new(last.end, name.end),
        (None, None) => return None,
    };
    let between = match range.start < name.start {
        true => TextRange::new(range.start, name.start),
        false => TextRange::new(name.end, range.end),
    };
    let fits = |c: char| c == ',' || c.is_whitespace();
    between.slice(source).chars().all(fits).then_some(range)
}

/// The range to delete for the name number `at` of the front matter, whose key stands at `key`: the whole entry where it
/// names nothing else. `None` where the list is written in a way that nothing can be taken from with certainty.
pub(super) fn in_front_matter(
    source: &str,
    key: Option<TextRange>,
    names: &[Located<String>],
    at: usize,
) -> Option<TextRange> {
    if names.len() > 1 {
        return with_comma(source, names, at).or_else(|| list_line(source, names.get(at)?.range));
    }
    let (key, name) = (key?, quoted(source, names.first()?.range));
    let lead = TextRange::new(key.end, name.start).slice(source);
    let fits = |c: char| matches!(c, ':' | '=' | '[' | '-' | '"' | '\'') || c.is_whitespace();
    let mut open = lead.matches('[').count();
    if key.end > name.start || open > 1 || !lead.chars().all(fits) {
        return None;
    }
    let mut end = name.end as usize;
    let rest = source.get(end..)?;
    while open > 0 {
        let next = source.get(end..)?.chars().next()?;
        open -= usize::from(next == ']');
        if !(matches!(next, ']' | ',') || next.is_whitespace()) {
            return None;
        }
        end += next.len_utf8();
    }
    let end = end.max(source.len() - rest.len()) as u32;
    whole_line(source, with_comment(source, TextRange::new(key.start, end)))
}

/// The line of a name that is listed on a line of its own ("- placeholder").
fn list_line(source: &str, name: TextRange) -> Option<TextRange> {
    let name = quoted(source, name);
    let before = source.get(..name.start as usize)?.trim_end_matches(' ').strip_suffix('-')?;
    let item = TextRange::new(before.len() as u32, name.end);
    whole_line(source, with_comment(source, item))
}

/// The range with the quotation marks around it.
fn quoted(source: &str, range: TextRange) -> TextRange {
    let (start, end) = (range.start as usize, range.end as usize);
    let before = source.get(..start).and_then(|text| text.chars().next_back());
    let after = source.get(end..).and_then(|text| text.chars().next());
    match (before, after) {
        (Some('"'), Some('"')) | (Some('\''), Some('\'')) => {
            TextRange::new(range.start - 1, range.end + 1)
        }
        _ => range,
    }
}

/// The range with the comment after it on its last line.
fn with_comment(source: &str, range: TextRange) -> TextRange {
    let rest = source.get(range.end as usize..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let comment = line.starts_with([' ', '\t']) && line.trim_start().starts_with('#');
    TextRange::new(range.start, range.end + if comment { line.len() as u32 } else { 0 })
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Format};

    /// The draft without the name number `at`, or nothing where no fix is offered.
    fn without(front: &str, at: usize) -> Option<String> {
        let source = format!("{front}\nIt rained.\n");
        let metadata = Document::parse(&source, Format::Markdown).metadata;
        let range = super::in_front_matter(&source, metadata.stet_key, &metadata.stet, at)?;
        let (start, end) = (range.start as usize, range.end as usize);
        let rest = source[end..].strip_suffix("\nIt rained.\n").expect("the text");
        Some(source[..start].to_owned() + rest)
    }

    #[test]
    fn the_only_name_takes_its_key_along() {
        for entry in [
            "stet: placeholder\n",
            "stet: [placeholder]\n",
            "stet: [ \"placeholder\", ] # a name\n",
            "stet:\n  - placeholder\n",
            "stet:\n- 'placeholder' # a name\n",
            "stet: [\n  placeholder\n]\n",
            "stet: true\n",
            "Stet: placeholder\n",
        ] {
            let front = format!("---\ntitle: Rain\n{entry}date: 2025-10-03\n---\n");
            let wanted = "---\ntitle: Rain\ndate: 2025-10-03\n---\n";
            assert_eq!(without(&front, 0).as_deref(), Some(wanted), "{entry}");
        }
        for entry in ["stet = [\"placeholder\"]\n", "stet = \"placeholder\" # a name\n"] {
            let front = format!("+++\ntitle = \"Rain\"\n{entry}+++\n");
            assert_eq!(without(&front, 0).as_deref(), Some("+++\ntitle = \"Rain\"\n+++\n"));
        }
        // Something else stands on the line.
        assert_eq!(
            without("---\nauthor: {name: Ana Ruiz}\nx: {stet: placeholder}\n---\n", 0),
            None
        );
        assert_eq!(without("---\n{title: Rain, stet: placeholder}\n---\n", 0), None);
    }

    #[test]
    fn one_of_several_goes_alone() {
        for (list, first, last) in [
            ("stet: [titles, names]\n", "stet: [names]\n", "stet: [titles]\n"),
            ("stet: ['titles', \"names\"]\n", "stet: [\"names\"]\n", "stet: ['titles']\n"),
            ("stet: titles, names\n", "stet: names\n", "stet: titles\n"),
            ("stet: \"titles, names\"\n", "stet: \"names\"\n", "stet: \"titles\"\n"),
            ("stet: [\n  titles,\n  names\n]\n", "stet: [\n  names\n]\n", "stet: [\n  titles\n]\n"),
            (
                "stet:\n  - titles # why\n  - names\n",
                "stet:\n  - names\n",
                "stet:\n  - titles # why\n",
            ),
        ] {
            let front = |list: &str| Some(format!("---\n{list}---\n"));
            assert_eq!(without(&format!("---\n{list}---\n"), 0), front(first), "{list}");
            assert_eq!(without(&format!("---\n{list}---\n"), 1), front(last), "{list}");
        }
    }
}
