//! Front matter in YAML (`---`) or TOML (`+++`): title, date, author, wire copy to compare with, silenced rules.

use super::builder::Builder;
use super::{BlockKind, Located, Mask, MaskKind, Metadata, date, stet};
use crate::text::TextRange;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Longer front matter is not parsed: real ones take a few hundred bytes.
const LONGEST: usize = 1 << 16;
/// More brackets than any front matter has, and few enough for any stack.
const BRACKETS: usize = 200;

/// Lines that look like front matter, whether or not they can be read as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The lines between the fences, their line breaks included.
    pub inside: TextRange,
    /// Where the text after it starts, in bytes of the source.
    pub end: u32,
    /// Whether it is TOML (`+++`) and not YAML (`---`).
    pub toml: bool,
}

impl FrontMatter {
    /// Finds front matter at the start of a text.
    pub fn find(source: &str) -> Option<Self> {
        let (inside, end, toml) = find(source, bom(source))?;
        Some(Self { inside: TextRange::from(inside), end: end as u32, toml })
    }
}

/// Bytes of the byte order mark at the start, if there is one.
fn bom(source: &str) -> usize {
    if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}

/// A key with the places of its values, quotation marks included.
struct Entry {
    key: String,
    /// Where the key is written.
    at: Range<usize>,
    values: Vec<Range<usize>>,
}

/// A value of the front matter.
struct Text {
    range: TextRange,
    value: String,
    /// The escapes inside; `None` where they cannot be told character by character.
    masks: Option<Vec<Mask>>,
}

/// Reads the front matter into the builder and returns where the text after it starts. Text that only looks like
/// front matter is left alone.
pub(super) fn read(source: &str, builder: &mut Builder<'_>) -> usize {
    let start = bom(source);
    let Some((inside, end, toml)) = find(source, start) else { return start };
    let text = &source[inside.clone()];
    let brackets = text.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    let dashes = |line: &str| line.matches("- ").count() + line.matches("? ").count();
    if brackets > BRACKETS || text.lines().any(|line| dashes(line) > BRACKETS) {
        return start;
    }
    let entries = if toml { toml_entries(text) } else { yaml_entries(text) };
    let entries = entries.or_else(|| line_entries(text, if toml { '=' } else { ':' }));
    let Some(mut entries) = entries else { return start };
    for entry in &mut entries {
        entry.at = entry.at.start + inside.start..entry.at.end + inside.start;
        for range in &mut entry.values {
            *range = range.start + inside.start..range.end + inside.start;
        }
    }
    fill(source, &entries, builder);
    end
}

/// The inside of the front matter, where the text after it starts, and whether it is TOML.
fn find(source: &str, start: usize) -> Option<(Range<usize>, usize, bool)> {
    let text = &source[start..];
    let fence = text.get(..3).filter(|fence| matches!(*fence, "---" | "+++"))?;
    let toml = fence == "+++";
    let mut at = start;
    let mut inside = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let closes = bare == fence || !toml && bare == "...";
        match inside {
            None if bare == fence => inside = Some(at + line.len()),
            None => return None,
            Some(from) if closes => return Some((from..at, at + line.len(), toml)),
            Some(_) if at - start > LONGEST => return None,
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

fn yaml_entries(text: &str) -> Option<Vec<Entry>> {
    let documents = MarkedYaml::load_from_str(text).ok()?;
    let Some(document) = documents.first() else { return Some(Vec::new()) };
    let YamlData::Mapping(mapping) = &document.data else { return None };
    let offsets = Offsets::new(text);
    let entry = |(node, value): (&MarkedYaml<'_>, &MarkedYaml<'_>)| {
        let YamlData::Value(Scalar::String(key)) = &node.data else { return None };
        let at = offsets.byte(node.span.start.index())..offsets.byte(node.span.end.index());
        let mut values = Vec::new();
        yaml_values(value, &offsets, &mut values, 2);
        Some(Entry { key: key.to_lowercase(), at, values })
    };
    Some(mapping.iter().filter_map(entry).collect())
}

fn yaml_values(
    node: &MarkedYaml<'_>,
    offsets: &Offsets,
    values: &mut Vec<Range<usize>>,
    depth: usize,
) {
    match &node.data {
        YamlData::Value(Scalar::Null) => {}
        YamlData::Value(_) => {
            values.push(offsets.byte(node.span.start.index())..offsets.byte(node.span.end.index()));
        }
        YamlData::Sequence(items) if depth > 0 => {
            items.iter().for_each(|item| yaml_values(item, offsets, values, depth - 1));
        }
        // "author: {name: Ana Ruiz, email: ...}"
        YamlData::Mapping(mapping) if depth > 0 => {
            let named = |key: &MarkedYaml<'_>| matches!(&key.data, YamlData::Value(Scalar::String(key)) if key == "name");
            if let Some((_, value)) = mapping.iter().find(|(key, _)| named(key)) {
                yaml_values(value, offsets, values, 0);
            }
        }
        _ => {}
    }
}

/// Byte offsets by character number, which is how the YAML parser counts.
struct Offsets(Option<Vec<usize>>, usize);

impl Offsets {
    fn new(text: &str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect());
        Self(table, text.len())
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            Some(table) => table.get(character).copied().unwrap_or(self.1),
            None => character.min(self.1),
        }
    }
}

fn toml_entries(text: &str) -> Option<Vec<Entry>> {
    let table = DeTable::parse(text).ok()?;
    let entries = table.get_ref().iter().map(|(key, value)| {
        let mut values = Vec::new();
        toml_values(value.get_ref(), value.span(), &mut values, 2);
        Entry { key: key.get_ref().to_lowercase(), at: key.span(), values }
    });
    Some(entries.collect())
}

fn toml_values(
    value: &DeValue<'_>,
    span: Range<usize>,
    values: &mut Vec<Range<usize>>,
    depth: usize,
) {
    match value {
        DeValue::Array(items) if depth > 0 => items
            .iter()
            .for_each(|item| toml_values(item.get_ref(), item.span(), values, depth - 1)),
        DeValue::Table(table) if depth > 0 => {
            if let Some(name) = table.get("name") {
                toml_values(name.get_ref(), name.span(), values, 0);
            }
        }
        DeValue::Array(_) | DeValue::Table(_) => {}
        _ => values.push(span),
    }
}

/// Front matter that its parser refuses, most often for a colon in an unquoted title, read a line at a time.
fn line_entries(text: &str, separator: char) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split(separator).next().unwrap_or("");
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let bare = key.trim_end();
        if !bare.is_empty() && key.len() < line.len() && bare.chars().all(word) {
            let start = at + key.len() + separator.len_utf8();
            let value = super::builder::trim(text, start..at + line.len());
            let key = bare.to_lowercase();
            entries.push(Entry { key, at: at..at + bare.len(), values: vec![value] });
        } else if entries.is_empty() && !line.trim().is_empty() && !line.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    let known = entries.iter().any(|entry| KNOWN.contains(&entry.key.as_str()));
    known.then_some(entries)
}

const TITLE: [&str; 2] = ["title", "headline"];
const DATE: [&str; 8] = [
    "date",
    "published",
    "publishdate",
    "publish_date",
    "published_at",
    "pubdate",
    "datepublished",
    "publication_date",
];
const AUTHOR: [&str; 5] = ["author", "authors", "byline", "by", "reporter"];
const KNOWN: [&str; 6] = ["title", "headline", "date", "author", "stet", "against"];

fn fill(source: &str, entries: &[Entry], builder: &mut Builder<'_>) {
    let mut metadata = Metadata::default();
    let (mut title, mut keys) = (None, 0);
    for entry in entries {
        let key = entry.key.as_str();
        let mut texts = entry.values.iter().filter_map(|range| unquote(source, range.clone()));
        let located = |text: Text| Located { range: text.range, value: text.value };
        if TITLE.contains(&key) && title.is_none() {
            title = texts.next();
        } else if DATE.contains(&key) && metadata.date.is_none() {
            metadata.date = texts.find_map(|text| {
                Some(Located { range: text.range, value: date::parse(&text.value)? })
            });
        } else if AUTHOR.contains(&key) {
            metadata.authors.extend(texts.map(located));
        } else if key == "against" {
            let before = metadata.against.len();
            metadata.against.extend(texts.map(located));
            // A key without a name is said to be one, rather than to pass for a draft that is compared.
            if metadata.against.len() == before {
                let range = TextRange::from(entry.at.clone());
                metadata.against.push(Located { range, value: String::new() });
            }
        } else if key == "stet" {
            let names = texts.flat_map(|text| {
                stet::names_in(text.range.slice(source), text.range.start as usize)
            });
            metadata.stet.extend(names.map(every_rule).filter(|name| name.value != "false"));
            metadata.stet_key = TextRange::from(entry.at.clone()).into();
            keys += 1;
        }
    }
    metadata.stet_key = metadata.stet_key.filter(|_| keys == 1);
    builder.document.metadata = metadata;
    if let Some(Text { range, masks: Some(masks), .. }) = title {
        let range = range.start as usize..range.end as usize;
        builder.push_heading(BlockKind::Headline, range, masks);
    }
}

/// "stet: true" and "stet: all" silence every rule.
fn every_rule(mut rule: Located<String>) -> Located<String> {
    if matches!(rule.value.as_str(), "true" | "all" | "*" | "yes") {
        rule.value.clear();
    }
    rule
}

/// The value at `range` without its quotation marks; `None` where it is empty or a block of lines (`|`, `>`).
fn unquote(source: &str, range: Range<usize>) -> Option<Text> {
    let mut range = super::builder::trim(source, range);
    range.end -= trailing_comment(source.get(range.clone())?);
    let raw = source.get(range.clone())?;
    let first = raw.chars().next()?;
    if matches!(first, '|' | '>') && raw.contains('\n') {
        return None;
    }
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| {
        raw.len() >= 2 * quote.len() && raw.starts_with(quote) && raw.ends_with(quote)
    });
    let width = quote.map_or(0, str::len);
    let inner = range.start + width..range.end - width;
    let text = source.get(inner.clone())?;
    let mut masks = match quote {
        Some("\"" | "\"\"\"") => escapes(text, inner.start),
        Some("'") => Some(doubled(text, inner.start)),
        _ => Some(Vec::new()),
    };
    let value =
        masks.as_ref().map_or_else(|| text.to_owned(), |masks| shown(source, &inner, masks));
    // A value over several lines is folded; the line breaks are white space as they stand.
    masks = masks.filter(|_| text.len() < 2000);
    (!value.trim().is_empty()).then(|| Text { range: TextRange::from(inner), value, masks })
}

/// Bytes of the comment after a quoted value, which the YAML parser takes for a part of it, and of the space before it.
fn trailing_comment(raw: &str) -> usize {
    let Some(quote) = raw.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
        return 0;
    };
    let mut chars = raw.char_indices().skip(1).peekable();
    while let Some((at, ch)) = chars.next() {
        let doubled = quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote);
        if ch == '\\' && quote == '"' || ch == quote && doubled {
            chars.next();
        } else if ch == quote {
            let rest = &raw[at + 1..];
            return if rest.trim_start().starts_with('#') { rest.len() } else { 0 };
        }
    }
    0
}

/// What the reader sees of `range`.
fn shown(source: &str, range: &Range<usize>, masks: &[Mask]) -> String {
    let mut out = String::new();
    let mut at = range.start as u32;
    for mask in masks {
        out.push_str(TextRange::new(at, mask.range.start).slice(source));
        match mask.kind {
            MaskKind::Char(ch) => out.push(ch),
            MaskKind::Break => out.push(' '),
            MaskKind::Markup | MaskKind::Object => {}
        }
        at = mask.range.end;
    }
    out.push_str(TextRange::new(at, range.end as u32).slice(source));
    out
}

/// Masks for the escapes of a string in double quotes (those that YAML and TOML share); `None` for any other escape.
fn escapes(text: &str, base: usize) -> Option<Vec<Mask>> {
    let mut masks = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        let start = at + found;
        let code = *text.as_bytes().get(start + 1)?;
        let digits = match code {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let kind = match code {
            b'"' | b'\\' | b'/' => MaskKind::Char(char::from(code)),
            b'n' | b't' | b'r' => MaskKind::Break,
            b'x' | b'u' | b'U' => {
                let hex = text.get(start + 2..start + 2 + digits)?;
                MaskKind::Char(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?)
            }
            _ => return None,
        };
        let end = start + 2 + digits;
        masks.push(Mask { range: TextRange::from(base + start..base + end), kind });
        at = end;
    }
    Some(masks)
}

/// Masks for the doubled quotation marks of a YAML string in single quotes.
fn doubled(text: &str, base: usize) -> Vec<Mask> {
    let pairs = text.match_indices("''");
    pairs
        .map(|(at, _)| Mask {
            range: TextRange::from(base + at..base + at + 2),
            kind: MaskKind::Char('\''),
        })
        .collect()
}
