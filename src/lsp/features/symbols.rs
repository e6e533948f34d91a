//! The outline: the headline with its sections, who is on record, and who is mentioned.

use super::{Shows, Snapshot, people};
use crate::document::{Block, BlockKind};
use crate::resolve::Story;
use crate::text::TextRange;
use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};

/// An entry of the outline.
struct Entry {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    /// What belongs to it.
    whole: TextRange,
    /// Where its name stands.
    head: TextRange,
    children: Vec<Entry>,
}

/// The outline, as a tree where the client can show one.
pub(in crate::lsp) fn symbols(
    snapshot: &Snapshot,
    shows: &Shows,
) -> Option<DocumentSymbolResponse> {
    let entries = snapshot.read(|story| {
        let mut entries = sections(snapshot, story);
        entries.extend(group("Sources", SymbolKind::NAMESPACE, sources(story)));
        entries.extend(group("People", SymbolKind::NAMESPACE, cast(snapshot, story)));
        entries
    })?;
    Some(match shows.tree {
        true => {
            let tree = entries.into_iter().map(|entry| tree(snapshot, entry));
            DocumentSymbolResponse::Nested(tree.collect())
        }
        false => {
            let mut flat = Vec::new();
            entries.into_iter().for_each(|entry| list(snapshot, entry, None, &mut flat));
            DocumentSymbolResponse::Flat(flat)
        }
    })
}

/// The headline, which holds the sections; an article without one has its sections side by side.
fn sections(snapshot: &Snapshot, story: &Story<'_>) -> Vec<Entry> {
    let blocks = &story.document.blocks;
    let end = blocks.last().map_or(0, |block| block.range.end);
    let head = blocks.iter().find(|block| block.kind == BlockKind::Headline);
    let is_section = |block: &&Block| {
        block.kind == BlockKind::Subheading
            || block.kind == BlockKind::Headline && head.is_some_and(|head| *block != head)
    };
    let starts: Vec<&Block> = blocks.iter().filter(is_section).collect();
    let ends = starts.iter().skip(1).map(|next| next.range.start).chain([end]);
    let section = |(block, end): (&&Block, u32)| {
        entry(
            shown(story, block),
            SymbolKind::STRING,
            block.range,
            TextRange::new(block.range.start, end),
        )
    };
    let sections: Vec<Entry> = starts.iter().zip(ends).map(section).collect();
    let Some(head) = head else { return sections };
    let whole = TextRange::new(0, snapshot.text.len() as u32);
    let headline = entry(shown(story, head), SymbolKind::FILE, head.range, whole);
    vec![Entry { children: sections, ..headline }]
}

/// A block as the reader sees it.
fn shown(story: &Story<'_>, block: &Block) -> String {
    let found = story.paragraphs.binary_search_by_key(&block.range, |p| p.block.range);
    let paragraph = found.ok().and_then(|at| story.paragraphs.get(at));
    paragraph.map_or_else(String::new, |p| p.clean(p.span()))
}

/// Who is on record, and how often.
fn sources(story: &Story<'_>) -> Vec<Entry> {
    let source = |on_record: crate::resolve::OnRecord| {
        let source = &on_record.source;
        let range = story.paragraphs.get(source.paragraph)?.bytes(source.span);
        let detail = match on_record.count {
            1 => "on record once".to_owned(),
            2 => "on record twice".to_owned(),
            count => format!("on record {count} times"),
        };
        let entry = entry(source.text.clone(), SymbolKind::EVENT, range, range);
        Some(Entry { detail: Some(detail), ..entry })
    };
    story.sources().into_iter().filter_map(source).collect()
}

/// Who is mentioned, and how often.
fn cast(snapshot: &Snapshot, story: &Story<'_>) -> Vec<Entry> {
    let person = |person: &crate::resolve::Person| {
        let mut places = people::mentions(story, person).map(|(p, m)| people::place(p, m));
        let range = places.next()?;
        let count = 1 + places.count();
        let line = snapshot.range(range).start.line + 1;
        let detail = match count {
            1 => format!("line {line}"),
            count => format!("{count} mentions, first in line {line}"),
        };
        let entry = entry(person.name.clone(), SymbolKind::OBJECT, range, range);
        Some(Entry { detail: Some(detail), ..entry })
    };
    story.people.iter().filter_map(person).collect()
}

fn entry(name: String, kind: SymbolKind, head: TextRange, whole: TextRange) -> Entry {
    // Editors refuse an entry without a name.
    let name = if name.trim().is_empty() { "(untitled)".to_owned() } else { name };
    Entry { name, detail: None, kind, whole, head, children: Vec::new() }
}

/// Entries under a heading of their own, if there are any. It stands for no part of the text and is no longer than its first
/// entry: from the first to the last, VS Code would take all between for its inside, name it in the breadcrumbs, and keep the
/// first mention on top of the window as if that were a headline.
fn group(name: &str, kind: SymbolKind, children: Vec<Entry>) -> Option<Entry> {
    let head = children.first()?.head;
    Some(Entry { children, ..entry(name.to_owned(), kind, head, head) })
}

#[allow(deprecated)]
fn tree(snapshot: &Snapshot, entry: Entry) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> =
        entry.children.into_iter().map(|child| tree(snapshot, child)).collect();
    DocumentSymbol {
        name: entry.name,
        detail: entry.detail,
        kind: entry.kind,
        tags: None,
        deprecated: None,
        range: snapshot.range(entry.whole),
        selection_range: snapshot.range(entry.head),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated)]
fn list(snapshot: &Snapshot, entry: Entry, parent: Option<&str>, out: &mut Vec<SymbolInformation>) {
    out.push(SymbolInformation {
        name: entry.name.clone(),
        kind: entry.kind,
        tags: None,
        deprecated: None,
        location: Location::new(snapshot.document().uri.clone(), snapshot.range(entry.whole)),
        container_name: parent.map(str::to_owned),
    });
    for child in entry.children {
        list(snapshot, child, Some(&entry.name), out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;

    const TEXT: &str = "# Bridge **closes**\n\nThe bridge is unsafe, Mayor Ana Ruiz said.\n\n## What comes next\n\nIt \
                        will reopen in May, according to the ministry.\n\nRuiz said she was glad.\n";

    fn outline(entries: &[DocumentSymbol]) -> String {
        let line = |entry: &DocumentSymbol| {
            let children = entry.children.as_deref().map(outline).unwrap_or_default();
            let detail = entry.detail.as_ref().map(|d| format!(" ({d})")).unwrap_or_default();
            format!("{}{detail}[{children}]", entry.name)
        };
        entries.iter().map(line).collect()
    }

    #[test]
    fn headline_sections_sources_and_people() {
        let snapshot = untitled(TEXT, Format::Markdown);
        let Some(DocumentSymbolResponse::Nested(tree)) = symbols(&snapshot, &ABLE) else {
            panic!()
        };
        assert_eq!(
            outline(&tree),
            "Bridge closes[What comes next[]]Sources[Ana Ruiz (on record twice)[]the ministry (on record once)[]]\
             People[Ana Ruiz (3 mentions, first in line 3)[]]"
        );
        let within = |outer: tower_lsp::lsp_types::Range, inner: tower_lsp::lsp_types::Range| {
            outer.start <= inner.start && inner.end <= outer.end
        };
        for entry in tree.iter().chain(tree.iter().flat_map(|e| e.children.iter().flatten())) {
            assert!(within(entry.range, entry.selection_range), "{entry:?}");
        }
        for group in tree.iter().filter(|entry| entry.kind == SymbolKind::NAMESPACE) {
            assert_eq!(group.range.start.line, group.range.end.line, "{group:?}");
        }
    }

    #[test]
    fn a_list_for_clients_that_show_no_tree() {
        let snapshot = untitled(TEXT, Format::Markdown);
        let flat = Shows { tree: false, ..ABLE };
        let Some(DocumentSymbolResponse::Flat(list)) = symbols(&snapshot, &flat) else { panic!() };
        assert_eq!(list.len(), 7);
        assert_eq!(list[1].container_name.as_deref(), Some("Bridge closes"));
        let empty = untitled("", Format::Plain);
        assert!(
            matches!(symbols(&empty, &ABLE), Some(DocumentSymbolResponse::Nested(list)) if list.is_empty())
        );
    }
}
