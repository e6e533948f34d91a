//! Drafts of every format against the tables of blocks that they give, and what every document promises.
//!
//! `tests/documents/` holds drafts, each beside its table (`.blocks`). A table shows a block a line: its kind, its bytes
//! and its source, in which masks are marked: `⟦markup⟧`, `⟨object: source⟩`, `⟨’: source⟩` for a character, `⟨break⟩`.
//! `BLESS=1 cargo test --test documents` writes the tables anew.

use copydesk::document::{Block, Document, Format, MaskKind};
use copydesk::text::TextRange;
use proptest::prelude::*;
use std::fmt::Write;
use std::path::Path;

fn shown(source: &str, block: &Block) -> String {
    let mut out = String::new();
    let mut at = block.range.start;
    for mask in &block.masks {
        out.push_str(TextRange::new(at, mask.range.start).slice(source));
        let text = mask.range.slice(source);
        let _ = match mask.kind {
            MaskKind::Markup => write!(out, "⟦{text}⟧"),
            MaskKind::Object => write!(out, "⟨object: {text}⟩"),
            MaskKind::Char(ch) => write!(out, "⟨{ch}: {text}⟩"),
            MaskKind::Break => write!(out, "⟨break⟩"),
        };
        at = mask.range.end;
    }
    out.push_str(TextRange::new(at, block.range.end).slice(source));
    let escaped: Vec<String> = out
        .split('\n')
        .map(|line| {
            line.replace('\r', "\\r").replace('\u{A0}', "\\u{a0}").replace('\u{2028}', "\\u{2028}")
        })
        .collect();
    escaped.join("\\n")
}

fn table(source: &str, format: Format) -> String {
    let document = Document::parse(source, format);
    let mut out = String::new();
    let place = |range: TextRange| format!("{}..{}", range.start, range.end);
    let metadata = &document.metadata;
    if let Some(date) = &metadata.date {
        let _ = writeln!(out, "date {} = {}", date.range.slice(source), date.value);
    }
    for (name, list) in
        [("author", &metadata.authors), ("against", &metadata.against), ("stet", &metadata.stet)]
    {
        for item in list {
            let _ = writeln!(out, "{name} {:?} = {:?}", item.range.slice(source), item.value);
        }
    }
    for mark in &document.stets {
        let rules: Vec<&str> = mark.rules.iter().map(|rule| rule.range.slice(source)).collect();
        let covers = mark.covers.map_or("nothing".to_owned(), place);
        let _ = writeln!(out, "mark {} {rules:?} covers {covers}", place(mark.range));
    }
    if let Some(dateline) = document.dateline {
        let _ = writeln!(out, "dateline {}", dateline.slice(source));
    }
    for block in &document.blocks {
        let kind = format!("{:?}", block.kind);
        let _ = writeln!(out, "{kind:<10} {:<10} {}", place(block.range), shown(source, block));
    }
    out
}

#[test]
fn drafts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let bless = std::env::var_os("BLESS").is_some();
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("tests/documents") {
        let path = entry.expect("an entry").path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let Some(format) = Format::from_extension(&extension) else { continue };
        let source = std::fs::read_to_string(&path).expect("UTF-8");
        let found = table(&source, format);
        let expected = path.with_extension(format!("{extension}.blocks"));
        if bless {
            std::fs::write(&expected, &found).expect("a table written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            problems.push(format!("{} gives\n{found}", path.display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What every document promises, whatever the source.
fn keeps_promises(source: &str, format: Format) -> Result<(), String> {
    let document = Document::parse(source, format);
    let sound = |range: TextRange| {
        range.start <= range.end
            && source.is_char_boundary(range.start as usize)
            && source.is_char_boundary(range.end as usize)
    };
    let mut end = 0;
    for block in &document.blocks {
        let text = block.range.slice(source);
        if !sound(block.range) || block.range.start < end || text.is_empty() || text.trim() != text
        {
            return Err(format!("block {:?} {text:?} after {end}", block.range));
        }
        end = block.range.end;
        let mut at = block.range.start;
        for mask in &block.masks {
            let fits =
                sound(mask.range) && block.range.covers(mask.range) && !mask.range.is_empty();
            if !fits || mask.range.start < at {
                return Err(format!("mask {mask:?} in {:?} after {at}", block.range));
            }
            at = mask.range.end;
        }
    }
    let metadata = &document.metadata;
    let located = (metadata.against.iter())
        .chain(&metadata.stet)
        .chain(&metadata.authors)
        .chain(document.stets.iter().flat_map(|mark| &mark.rules))
        .map(|item| item.range);
    let marks = document.stets.iter().flat_map(|mark| [Some(mark.range), mark.covers]).flatten();
    let rest = [document.dateline, metadata.date.as_ref().map(|date| date.range)];
    let mut ranges = located.chain(marks).chain(rest.into_iter().flatten());
    ranges.try_for_each(|range| sound(range).then_some(()).ok_or(format!("range {range:?}")))
}

const FORMATS: [Format; 3] = [Format::Plain, Format::Markdown, Format::Html];

/// Pieces that parsers trip over.
const PIECES: [&str; 72] = [
    "---\n",
    "+++\n",
    "title: ",
    "\"A \\\"b\\\" \\u00e9\"",
    "date: 2025-10-19\n",
    "stet: [a, b]\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{b}",
    "\u{feff}",
    "\u{a0}",
    " ",
    "  \n",
    "\t",
    "    ",
    "> ",
    ">",
    "- ",
    "1. ",
    "* ",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~~",
    "$",
    "$$",
    "|",
    "|-|-|\n",
    "[",
    "](",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "\\",
    "\\*",
    "&rsquo;",
    "&#8217;",
    "&#x;",
    "&",
    "<",
    ">",
    "<p>",
    "</p>",
    "<br>",
    "<b ",
    "</",
    "<!--",
    "-->",
    "<!-- stet a: b -->",
    "<script>",
    "</script>",
    "<title>",
    "<q>",
    "</q>",
    "<table><tr><td>",
    "{{",
    "}}",
    "{%",
    "%}",
    "[stet x]\n",
    "# ",
    "===\n",
    "(AP) \u{2014} ",
    "LONDON",
    "Ana Ruiz",
    "\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_string_keeps_the_promises(source in "(?s).{0,200}") {
        for format in FORMATS {
            prop_assert_eq!(keeps_promises(&source, format), Ok(()), "{:?}", format);
        }
    }

    #[test]
    fn any_mixture_of_markup_keeps_the_promises(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)
    ) {
        let source = pieces.concat();
        for format in FORMATS {
            prop_assert_eq!(keeps_promises(&source, format), Ok(()), "{:?} {:?}", format, source);
        }
    }
}
