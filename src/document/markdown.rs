//! Markdown: CommonMark with tables, footnotes and front matter, through pulldown-cmark.
//!
//! The parser says where each piece of text stands that the reader sees; whatever else lies inside a block (emphasis
//! marks, a link's target, the `> ` of a quotation's next line) is masked as markup. Dollar signs are money in news
//! copy, so formulas are not read.

use super::builder::{Builder, is_blank};
use super::leaf::Leaf;
use super::{
    BlockKind, Document, Mask, MaskKind, front_matter, html, lines, plain, stet, templates,
};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Parses Markdown.
pub(super) fn parse(source: &str) -> Document {
    let mut builder = Builder::new(source);
    let body = front_matter::read(source, &mut builder);
    if is_too_deep(source) {
        plain::blocks(&mut builder, body..source.len());
        return builder.finish();
    }
    let tags = templates::find(source);
    let text = templates::blank(source, &tags);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader::new(builder, &text, templates::Tags::new(&tags));
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    reader.close();
    reader.builder.finish()
}

/// Quotations and lists nested deeper than this are no text, and cost the parser their depth for every further line.
const DEEPEST: usize = 80;

/// Whether a line opens more containers than any text does.
fn is_too_deep(source: &str) -> bool {
    let bytes = source.as_bytes();
    let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).map(|at| at + 1);
    std::iter::once(0).chain(starts).any(|start| depth(&bytes[start..]) > DEEPEST)
}

/// How many containers a line may open or go on in, by its marks and its indentation (two columns a list).
fn depth(line: &[u8]) -> usize {
    let (mut marks, mut blanks) = (0, 0);
    let mut at = 0;
    while marks + blanks / 2 <= DEEPEST {
        let ends = |at: usize| matches!(line.get(at), Some(b' ' | b'\t'));
        match line.get(at) {
            Some(b' ') => blanks += 1,
            Some(b'\t') => blanks += 4,
            Some(b'>') => marks += 1,
            Some(b'-' | b'*' | b'+') if ends(at + 1) => marks += 1,
            Some(b'.' | b')') if at > 0 && line[at - 1].is_ascii_digit() && ends(at + 1) => {
                marks += 1;
            }
            Some(digit) if digit.is_ascii_digit() => {}
            _ => break,
        }
        at += 1;
    }
    if marks == 0 { 0 } else { marks + blanks / 2 }
}

/// A block of text under way, with what decides what it is.
struct Text {
    leaf: Leaf,
    images: Vec<Image>,
    /// The emphasis that opens the leaf, and whether it is strong.
    emphasis: Option<(Range<usize>, bool)>,
}

/// A picture: where its alternative text and its title stand.
#[derive(Default)]
struct Image {
    alt: Option<Range<usize>>,
    title: Option<Range<usize>>,
}

/// An inline element of HTML in which nothing is prose (code, deleted text, a script).
struct Hidden {
    name: String,
    start: usize,
    kind: MaskKind,
}

struct Reader<'a> {
    builder: Builder<'a>,
    tags: templates::Tags<'a>,
    /// The source with its template tags blanked.
    blanked: &'a str,
    under_way: Option<Text>,
    /// Start of the list item whose first block has not come yet.
    marker: Option<usize>,
    quotes: usize,
    items: usize,
    /// Inside code: nothing is prose.
    code: bool,
    /// Inside an inline element that stands as one object; counts the links and images within.
    object: usize,
    /// The inline element of HTML under way in which nothing is prose.
    hidden: Option<Hidden>,
    headline: bool,
    /// The block before was nothing but pictures.
    picture: bool,
    html: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(builder: Builder<'a>, blanked: &'a str, tags: templates::Tags<'a>) -> Self {
        let headline = !builder.document.blocks.is_empty();
        Self {
            builder,
            tags,
            blanked,
            under_way: None,
            marker: None,
            quotes: 0,
            items: 0,
            code: false,
            object: 0,
            hidden: None,
            headline,
            picture: false,
            html: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.code => {}
            Event::Html(_) => {}
            Event::Text(text) => self.text(&text, range),
            Event::InlineHtml(tag) if self.hidden.is_some() => self.in_hidden(&tag, range),
            Event::InlineHtml(tag) if self.object == 0 => self.inline_html(&tag, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if self.object == 0 => {
                self.mask(range, MaskKind::Object);
            }
            Event::HardBreak if self.object == 0 => self.mask(range, MaskKind::Break),
            Event::SoftBreak if self.object == 0 => {
                let source = self.builder.source;
                self.text_at(&range).leaf.see(source, range);
            }
            // The number over the line does not part a word from its full stop.
            Event::FootnoteReference(_) if self.object == 0 => self.mask(range, MaskKind::Markup),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                let strong = matches!(tag, Tag::Strong);
                let text = self.text_at(&range);
                if text.emphasis.is_none() && text.leaf.start == Some(range.start) {
                    text.emphasis = Some((range, strong));
                }
            }
            Tag::Link { link_type, .. } => {
                let address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                if self.object > 0 {
                    self.object += 1;
                } else if address {
                    self.mask(range, MaskKind::Object);
                    self.object = 1;
                } else {
                    self.text_at(&range);
                }
            }
            Tag::Image { title, .. } => {
                if self.object == 0 {
                    let title = title_range(self.builder.source, &range, &title);
                    self.mask(range.clone(), MaskKind::Object);
                    self.text_at(&range).images.push(Image { alt: None, title });
                }
                self.object += 1;
            }
            _ => self.start_block(tag, range),
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.close();
        match tag {
            Tag::Heading { level, .. } => {
                let first = level == HeadingLevel::H1 && !self.headline;
                self.headline |= first;
                self.open(if first { BlockKind::Headline } else { BlockKind::Subheading });
            }
            Tag::Paragraph => self.open(self.kind()),
            Tag::TableCell => self.open(BlockKind::Cell),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Item => {
                self.items += 1;
                self.marker = Some(range.start);
            }
            Tag::CodeBlock(_) => self.code = true,
            Tag::HtmlBlock => self.html = Some(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => return,
            TagEnd::Link | TagEnd::Image => {
                self.object = self.object.saturating_sub(1);
                return;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
                self.marker = None;
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    if self.quotes + self.items == 0 {
                        html::fragment(&mut self.builder, self.blanked, &mut self.tags, range);
                    } else {
                        self.marks(range);
                    }
                }
            }
            _ => {}
        }
        self.close();
    }

    fn kind(&self) -> BlockKind {
        match (self.quotes, self.items) {
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::ListItem,
            _ => BlockKind::Quote,
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.under_way = Some(Text::new(kind, self.marker.take()));
    }

    /// The text under way, grown to hold `range`; a tight list item opens one by its text alone.
    fn text_at(&mut self, range: &Range<usize>) -> &mut Text {
        let kind = self.kind();
        let text = self.under_way.get_or_insert_with(|| Text::new(kind, self.marker.take()));
        text.leaf.grow(range);
        text
    }

    fn mask(&mut self, range: Range<usize>, kind: MaskKind) {
        let source = self.builder.source;
        self.text_at(&range).leaf.mask(source, range, kind);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.hidden.is_some() {
            self.text_at(&range);
            return;
        }
        if self.object > 0 {
            let images = self.under_way.as_mut().map(|text| &mut text.images);
            if let Some(image) = images.and_then(|images| images.last_mut()) {
                let alt = image.alt.get_or_insert(range.clone());
                alt.end = range.end;
            }
            return;
        }
        let source = self.builder.source;
        let raw = source.get(range.clone()).unwrap_or("");
        // Text under a template tag differs only because the tag was blanked.
        let entity = raw.starts_with('&') && raw != text;
        let leaf = &mut self.text_at(&range).leaf;
        match text.chars().next().filter(|_| entity) {
            Some(ch) => leaf.character(source, range, ch),
            None => leaf.see(source, range),
        }
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        if let Some(inside) = tag.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            let start = range.start + 4;
            let mark = stet::parse(self.builder.source, range.clone(), start..start + inside.len());
            self.builder.document.stets.extend(mark);
        }
        if let Some(kind) = html::inline_hides(tag) {
            self.text_at(&range);
            self.object += 1;
            self.hidden = Some(Hidden { name: html::inline_name(tag), start: range.start, kind });
            return;
        }
        self.mask(range, html::inline_kind(tag));
    }

    /// A tag inside an element in which nothing is prose: its own end tag ends it.
    fn in_hidden(&mut self, tag: &str, range: Range<usize>) {
        self.text_at(&range);
        let ends = tag.starts_with("</");
        let Some(hidden) =
            self.hidden.take_if(|hidden| ends && html::inline_name(tag) == hidden.name)
        else {
            return;
        };
        self.object = self.object.saturating_sub(1);
        self.mask(hidden.start..range.end, hidden.kind);
    }

    /// The marks in a comment inside a quotation or list, where each further line has a prefix that is no HTML.
    fn marks(&mut self, range: Range<usize>) {
        let source = self.builder.source;
        let mut at = range.start;
        while let Some(text) = source.get(at..range.end)
            && let Some(open) = text.find("<!--")
            && let Some(length) = text[open + 4..].find("-->")
        {
            let inside = at + open + 4..at + open + 4 + length;
            let mark = stet::parse(source, inside.start - 4..inside.end + 3, inside.clone());
            self.builder.document.stets.extend(mark);
            at = inside.end + 3;
        }
    }

    /// Ends the block under way.
    fn close(&mut self) {
        self.object = 0;
        let hidden = self.hidden.take();
        let Some(mut text) = self.under_way.take() else { return };
        let Some(start) = text.leaf.start else { return };
        let source = self.builder.source;
        if let Some(hidden) = hidden {
            text.leaf.mask(source, hidden.start..text.leaf.end, hidden.kind);
        }
        text.leaf.gap(source, text.leaf.end);
        let range = start..text.leaf.end;
        self.tags.add(&range, &mut text.leaf.masks);
        let pictures = !text.images.is_empty() && !shows_text(source, &range, &text.leaf.masks);
        let caption = text.caption_after_picture(source, range.end);
        if pictures || caption.is_some() {
            self.push_pictures(std::mem::take(&mut text.images));
        }
        match caption {
            Some(rest) => self.builder.push(BlockKind::Caption, rest, text.leaf.masks),
            None if pictures => {}
            None => {
                let marked = text.leaf.kind;
                let kind = self.refine(&text, &range);
                match marked {
                    BlockKind::Headline | BlockKind::Subheading => {
                        self.builder.push_heading(kind, range, text.leaf.masks);
                    }
                    _ => self.builder.push(kind, range, text.leaf.masks),
                }
            }
        }
        self.picture = pictures;
    }

    /// Adds what pictures say for themselves: their alternative text and their title.
    fn push_pictures(&mut self, images: Vec<Image>) {
        for image in images {
            for part in [image.alt, image.title].into_iter().flatten() {
                self.builder.push(BlockKind::Caption, part, Vec::new());
            }
        }
    }

    /// What a paragraph is by its looks: a byline, a subheading in bold, a caption under its picture.
    fn refine(&self, under_way: &Text, range: &Range<usize>) -> BlockKind {
        let text = self.builder.source.get(range.clone()).unwrap_or("");
        let kind = under_way.leaf.kind;
        if kind != BlockKind::Paragraph || text.len() > 200 {
            return kind;
        }
        let bare = text.trim_matches(|c| matches!(c, '*' | '_') || is_blank(c));
        let whole = under_way.emphasis.as_ref().filter(|(emphasis, _)| emphasis == range);
        let blocks = &self.builder.document.blocks;
        let prose = blocks.iter().rev().take(6).any(|block| block.kind == BlockKind::Paragraph);
        if self.picture && (whole.is_some() || lines::is_caption(bare)) {
            BlockKind::Caption
        } else if lines::is_byline(bare, prose) || !prose && lines::is_date_line(bare) {
            BlockKind::Byline
        } else if whole.is_some_and(|(_, strong)| *strong) && lines::is_subheading(bare, 12) {
            BlockKind::Subheading
        } else {
            BlockKind::Paragraph
        }
    }
}

impl Text {
    fn new(kind: BlockKind, start: Option<usize>) -> Self {
        Self { leaf: Leaf::new(kind, start), images: Vec::new(), emphasis: None }
    }

    /// The text in emphasis on the lines under the picture that the paragraph opens with.
    fn caption_after_picture(&self, source: &str, end: usize) -> Option<Range<usize>> {
        let picture = self.leaf.masks.first().filter(|mask| {
            self.images.len() == 1
                && mask.kind == MaskKind::Object
                && Some(mask.range.start as usize) == self.leaf.start
        })?;
        let start = picture.range.end as usize;
        let rest = source.get(start..end)?;
        let bare = rest.trim();
        let emphasised =
            bare.len() > 2 && bare.starts_with(['*', '_']) && bare.ends_with(['*', '_']);
        let below = rest.len() - rest.trim_start_matches([' ', '\r', '\n']).len();
        (emphasised && rest[..below].contains('\n')).then_some(start..end)
    }
}

/// Whether the reader sees any text in the block once masks are taken off.
fn shows_text(source: &str, range: &Range<usize>, masks: &[Mask]) -> bool {
    let shows = |text: Option<&str>| !text.unwrap_or("").chars().all(is_blank);
    let mut at = range.start;
    for mask in masks {
        if shows(source.get(at..mask.range.start as usize))
            || matches!(mask.kind, MaskKind::Char(_))
        {
            return true;
        }
        at = at.max(mask.range.end as usize);
    }
    shows(source.get(at..range.end))
}

/// Where the title of a picture stands, if it is written without escapes.
fn title_range(source: &str, range: &Range<usize>, title: &str) -> Option<Range<usize>> {
    if title.trim().is_empty() {
        return None;
    }
    let at = source.get(range.clone())?.rfind(title)?;
    Some(range.start + at..range.start + at + title.len())
}
