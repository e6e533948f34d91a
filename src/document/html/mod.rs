//! HTML, whole pages or fragments, through html5gum's tokenizer.
//!
//! No tree is built: an article needs to know which block a piece of text stands in and what that block is, for which
//! a flat stack of open elements does, however broken or deep the markup.

mod element;
mod metadata;
mod sink;

use super::builder::{Builder, is_blank};
use super::leaf::Leaf;
use super::{BlockKind, Document, MaskKind, lines, stet, templates};
use element::Element;
use html5gum::Tokenizer;
use metadata::Collector;
use sink::{Listener, Sink, Tag};
use std::ops::Range;

/// Parses HTML.
pub(super) fn parse(source: &str) -> Document {
    let mut builder = Builder::new(source);
    let masks = templates::find(source);
    let text = templates::blank(source, &masks);
    fragment(&mut builder, &text, &mut templates::Tags::new(&masks), 0..source.len());
    builder.finish()
}

/// Adds the prose of the HTML at `range`. `blanked` is the source with its template tags overwritten.
pub(super) fn fragment(
    builder: &mut Builder<'_>,
    blanked: &str,
    tags: &mut templates::Tags<'_>,
    range: Range<usize>,
) {
    let Some(input) = blanked.get(range.clone()) else { return };
    let mut reader = Reader {
        builder,
        tags,
        base: range.start,
        leaf: None,
        open: Vec::new(),
        held: [0; KINDS.len()],
        silent: None,
        code: None,
        linked_data: None,
        title: None,
        headline: false,
        prose: false,
        line_break: None,
        metadata: Collector::default(),
    };
    // The sink hands everything to the reader, so that no token ever comes out here.
    Tokenizer::new_with_emitter(input, Sink::new(input, &mut reader)).for_each(drop);
    reader.close();
    let Reader { builder, metadata, .. } = reader;
    let source = builder.source;
    metadata.finish(source, &mut builder.document.metadata);
}

/// The name of an inline tag, lower case.
pub(super) fn inline_name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    name[..length].to_ascii_lowercase()
}

/// How the element that an inline tag opens stands in its sentence, where nothing inside is prose.
pub(super) fn inline_hides(tag: &str) -> Option<MaskKind> {
    let opens = !tag.starts_with("</") && !tag.ends_with("/>");
    Element::of(inline_name(tag).as_bytes()).hides().filter(|_| opens)
}

/// How an inline tag stands in its sentence.
pub(super) fn inline_kind(tag: &str) -> MaskKind {
    match Element::of(inline_name(tag).as_bytes()) {
        Element::Break => MaskKind::Break,
        Element::Object => MaskKind::Object,
        Element::Quotes if tag.starts_with("</") => MaskKind::Char('”'),
        Element::Quotes => MaskKind::Char('“'),
        _ => MaskKind::Markup,
    }
}

/// What blocks are inside an open element, the strongest first.
const KINDS: [(Element, BlockKind); 8] = [
    (Element::Chrome, BlockKind::Chrome),
    (Element::Title, BlockKind::Headline),
    (Element::Headline, BlockKind::Headline),
    (Element::Subheading, BlockKind::Subheading),
    (Element::Quote, BlockKind::Quote),
    (Element::Caption, BlockKind::Caption),
    (Element::Cell, BlockKind::Cell),
    (Element::Item, BlockKind::ListItem),
];

/// An end tag looks for its start tag among so many open elements, which more than suffices for real pages.
const REACH: usize = 64;

/// An open element that holds blocks.
struct Open {
    name: Vec<u8>,
    element: Element,
}

struct Reader<'b, 's, 't> {
    builder: &'b mut Builder<'s>,
    tags: &'b mut templates::Tags<'t>,
    /// Where the tokenizer's input starts in the source.
    base: usize,
    leaf: Option<Leaf>,
    open: Vec<Open>,
    /// How many elements of each of [`KINDS`] are open.
    held: [usize; KINDS.len()],
    /// The element under way in which nothing is prose, and how often it is open.
    silent: Option<(Vec<u8>, usize)>,
    /// The same for code or deleted text inside a sentence, with its start.
    code: Option<(Vec<u8>, usize, usize)>,
    /// Where the text of a script of JSON-LD starts.
    linked_data: Option<usize>,
    /// Number of the block that the page's title gave.
    title: Option<usize>,
    /// A heading of the first level was seen.
    headline: bool,
    prose: bool,
    /// End of the last `<br>`.
    line_break: Option<usize>,
    metadata: Collector,
}

impl Listener for Reader<'_, '_, '_> {
    fn tag(&mut self, tag: &Tag, range: Range<usize>) {
        let range = self.place(range);
        if self.silent.is_some() {
            return self.tag_in_silence(tag, range);
        }
        let element = Element::of(&tag.name);
        if self.code.is_some() {
            if element.is_inline() {
                return self.tag_in_code(tag, range);
            }
            self.code = None;
        }
        match element {
            Element::Inline => {
                if !tag.closes {
                    self.metadata.tag(tag);
                }
            }
            Element::Break => self.line_break(range),
            Element::Object => self.inside(range, MaskKind::Object),
            Element::Code | Element::Deleted if !tag.closes => {
                self.code = Some((tag.name.clone(), 1, range.start));
            }
            Element::Code | Element::Deleted => {}
            Element::Quotes => {
                let mark = if tag.closes { '”' } else { '“' };
                let source = self.builder.source;
                self.leaf().mask(source, range, MaskKind::Char(mark));
            }
            Element::Silent => self.start_silence(tag, range),
            _ => self.block(element, tag),
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let range = self.place(range);
        if self.silent.is_some() || self.code.is_some() {
            return;
        }
        let source = self.builder.source;
        // A piece may begin or end inside a character; what is left joins the next piece.
        let blank = source.get(range.clone()).is_some_and(|text| text.chars().all(is_blank));
        if blank && self.leaf.is_none() {
            return;
        }
        self.leaf().see(source, range);
    }

    fn character(&mut self, range: Range<usize>, ch: char) {
        let range = self.place(range);
        if self.silent.is_some() || self.code.is_some() || is_blank(ch) && self.leaf.is_none() {
            return;
        }
        let source = self.builder.source;
        self.leaf().character(source, range, ch);
    }

    fn comment(&mut self, range: Range<usize>) {
        let range = self.place(range);
        if self.silent.is_some() {
            return;
        }
        let source = self.builder.source;
        let text = source.get(range.clone()).unwrap_or("");
        let inside = text.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let Some(inside) = inside else { return };
        let start = range.start + "<!--".len();
        let mark = stet::parse(source, range.clone(), start..start + inside.len());
        if let Some(mark) = mark {
            self.builder.push_stet(mark);
            self.inside(range, MaskKind::Markup);
        }
    }
}

impl Reader<'_, '_, '_> {
    /// A place in the tokenizer's input as a place in the source.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.base..range.end + self.base
    }

    /// The leaf under way; one is opened where there is none.
    fn leaf(&mut self) -> &mut Leaf {
        let held = KINDS.iter().zip(self.held).find(|(_, held)| *held > 0);
        let kind = held.map_or(BlockKind::Paragraph, |(kind, _)| kind.1);
        self.leaf.get_or_insert_with(|| Leaf::new(kind, None))
    }

    /// Masks something that belongs to the leaf under way, if there is one.
    fn inside(&mut self, range: Range<usize>, kind: MaskKind) {
        let source = self.builder.source;
        if let Some(leaf) = &mut self.leaf {
            leaf.mask(source, range, kind);
        }
    }

    /// A `<br>`: two in a row part paragraphs.
    fn line_break(&mut self, range: Range<usize>) {
        let source = self.builder.source;
        let Some(leaf) = &self.leaf else { return };
        let last = self.line_break.replace(range.end);
        if last.is_some_and(|last| last <= range.start && leaf.is_blank_since(source, last)) {
            self.close();
            return;
        }
        self.inside(range, MaskKind::Break);
    }

    fn start_silence(&mut self, tag: &Tag, range: Range<usize>) {
        if tag.closes || tag.self_closing && matches!(tag.name.as_slice(), b"svg" | b"math") {
            return;
        }
        if tag.name == b"pre" {
            self.close();
        }
        if tag.name == b"script" && tag.value("type") == "application/ld+json" {
            self.linked_data = Some(range.end);
        }
        self.silent = Some((tag.name.clone(), 1));
    }

    fn tag_in_silence(&mut self, tag: &Tag, range: Range<usize>) {
        let Some((name, depth)) = &mut self.silent else { return };
        if *name != tag.name {
            return;
        }
        *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
        if *depth > 0 {
            return;
        }
        self.silent = None;
        if let Some(start) = self.linked_data.take() {
            self.metadata.linked_data(self.builder.source, start..range.start);
        }
    }

    fn tag_in_code(&mut self, tag: &Tag, range: Range<usize>) {
        let Some((name, depth, start)) = &mut self.code else { return };
        if *name != tag.name {
            return;
        }
        *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
        if *depth == 0 {
            let range = *start..range.end;
            let kind = Element::of(name).hides().unwrap_or(MaskKind::Object);
            self.code = None;
            let source = self.builder.source;
            self.leaf().mask(source, range, kind);
        }
    }

    /// A tag that ends the block before it.
    fn block(&mut self, element: Element, tag: &Tag) {
        self.close();
        // A paragraph that is open here is a hidden one; any block ends it.
        if self.open.last().is_some_and(|open| open.name == b"p") {
            self.pop();
        }
        let chrome =
            tag.attribute("hidden").is_some() || Element::is_chrome_role(tag.value("role"));
        let holds = match element {
            Element::Block if tag.closes => self.held[CHROME] > 0,
            Element::Block => chrome && tag.name != b"hr",
            _ => element.holds_blocks(),
        };
        if !holds {
            return;
        }
        if tag.closes {
            self.end(&tag.name);
            return;
        }
        // Headings do not hold one another, and neither do items of one list that were never closed.
        if matches!(element, Element::Headline | Element::Subheading | Element::Caption) {
            let top = self.open.last().map(|open| open.element);
            if matches!(top, Some(Element::Headline | Element::Subheading | Element::Caption)) {
                self.pop();
            }
        }
        if matches!(element, Element::Item | Element::Cell)
            && self.open.last().is_some_and(|open| open.element == element)
        {
            self.pop();
        }
        let element = match element {
            _ if chrome => Element::Chrome,
            // The footer of a quotation names who is quoted.
            Element::Chrome if self.held[QUOTE] > 0 => Element::Section,
            element => element,
        };
        if let Some(held) = held_by(element) {
            self.held[held] += 1;
        }
        self.open.push(Open { name: tag.name.clone(), element });
    }

    /// Closes the innermost open element of this name with all that is open inside.
    fn end(&mut self, name: &[u8]) {
        let among = self.open.len().saturating_sub(REACH);
        let found = self.open[among..].iter().rposition(|open| open.name == name);
        let Some(found) = found else { return };
        while self.open.len() > among + found {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some(held) = self.open.pop().and_then(|open| held_by(open.element)) {
            self.held[held] = self.held[held].saturating_sub(1);
        }
    }

    /// Ends the leaf under way.
    fn close(&mut self) {
        self.line_break = None;
        let Some(mut leaf) = self.leaf.take() else { return };
        let Some(start) = leaf.start else { return };
        let source = self.builder.source;
        let range = start..leaf.end;
        leaf.gap(source, leaf.end);
        self.tags.add(&range, &mut leaf.masks);
        let kind = self.refine(leaf.kind, source.get(range.clone()).unwrap_or(""));
        let before = self.builder.document.blocks.len();
        match kind {
            BlockKind::Headline | BlockKind::Subheading => {
                self.builder.push_heading(kind, range, leaf.masks);
            }
            _ => self.builder.push(kind, range, leaf.masks),
        }
        let pushed = self.builder.document.blocks.len() > before;
        if pushed && kind == BlockKind::Headline {
            self.headline(before);
        }
        self.prose |= pushed && kind == BlockKind::Paragraph;
    }

    /// The page's title is the headline only where no heading of the first level is.
    fn headline(&mut self, index: usize) {
        let blocks = &mut self.builder.document.blocks;
        if self.held[TITLE] > 0 {
            self.title = Some(index);
            return;
        }
        if let Some(title) = self.title.take() {
            blocks[title].kind = BlockKind::Chrome;
        }
        if self.headline {
            blocks[index].kind = BlockKind::Subheading;
        }
        self.headline = true;
    }

    fn refine(&self, kind: BlockKind, text: &str) -> BlockKind {
        if kind == BlockKind::Paragraph && text.len() < 400 {
            let bare = without_tags(text);
            if lines::is_byline(&bare, self.prose) || lines::is_date_line(&bare) {
                return BlockKind::Byline;
            }
        }
        kind
    }
}

/// Places in [`KINDS`].
const CHROME: usize = 0;
const TITLE: usize = 1;
const QUOTE: usize = 4;

fn held_by(element: Element) -> Option<usize> {
    KINDS.iter().position(|kind| kind.0 == element)
}

/// The text of a short block without its tags.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, piece) in text.split('<').enumerate() {
        match piece.split_once('>').filter(|_| at > 0) {
            Some((_, rest)) => out.push_str(rest),
            None => out.push_str(piece),
        }
    }
    out
}
