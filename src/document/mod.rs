//! A draft as blocks of prose: what is headline, paragraph, list item or caption, and what inside them is not prose.
//!
//! Every format gives the same [`Document`]. Ranges are UTF-8 bytes of the original source; nothing is rewritten.
//! What is not prose is *masked* in place: the tokens skip it, so offsets never have to be translated back.

mod builder;
mod date;
mod dateline;
mod front_matter;
mod furniture;
mod html;
mod leaf;
mod lines;
mod markdown;
mod plain;
mod stet;
mod templates;
mod urls;
mod wrap;

pub(crate) use date::in_path as date_in_path;
pub(crate) use dateline::is_agency;
pub use front_matter::FrontMatter;
pub(crate) use furniture::{Furniture, recognise as recognise_furniture, seen};
pub(crate) use stet::strays as stray_stets;

use crate::text::TextRange;
use jiff::civil::Date;
use serde::Deserialize;

/// The formats that drafts come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Paragraphs separated by blank lines, or one a line.
    #[default]
    Plain,
    /// CommonMark with front matter.
    Markdown,
    /// HTML, whole pages or fragments.
    Html,
}

impl Format {
    /// The format of a file by its extension (`.md`, `.markdown`, `.txt`, `.html`, `.htm`, any case).
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Plain),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What a block is in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's headline.
    Headline,
    /// A heading inside the article.
    Subheading,
    /// "By Ana Ruiz, Herald staff".
    Byline,
    /// An ordinary paragraph.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// The caption of a picture.
    Caption,
    /// A paragraph of a block quotation: somebody else's words even without quotation marks.
    Quote,
    /// A cell of a table.
    Cell,
    /// Page furniture that the format itself marks as such (`<nav>`, `<footer>`): no rule but page-chrome reads it.
    Chrome,
    /// Page furniture that was pasted among the copy, known by its words ("Comments (0)"): no rule but page-chrome
    /// reads it.
    Furniture,
}

impl BlockKind {
    /// Whether the block belongs to the article, as page furniture does not.
    pub fn is_copy(self) -> bool {
        !matches!(self, Self::Chrome | Self::Furniture)
    }
}

/// Why a stretch of a block is not prose as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaskKind {
    /// Markup that the reader does not see (`**`, `<em>`, a link's target, a dateline): tokens close up over it.
    Markup,
    /// Something that stands in the sentence like a noun but is not prose: inline code, an image, a template's output.
    Object,
    /// An entity or escape that the reader sees as this one character (`&rsquo;`, `\*`).
    Char(char),
    /// A line break that the reader sees (`<br>`): white space.
    Break,
}

/// A stretch of a block that is not prose as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mask {
    /// Bytes of the source.
    pub range: TextRange,
    /// How to read it.
    pub kind: MaskKind,
}

/// A block of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is in the article.
    pub kind: BlockKind,
    /// Bytes of the source, without surrounding white space.
    pub range: TextRange,
    /// What inside is not prose: sorted, apart from each other, each on character boundaries and inside `range`.
    pub masks: Vec<Mask>,
}

/// A value of the front matter with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// Bytes of the source.
    pub range: TextRange,
    /// The value.
    pub value: T,
}

/// What the front matter (or the page's head) says of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The article's own date.
    pub date: Option<Located<Date>>,
    /// Wire copy to compare with, as written.
    pub against: Vec<Located<String>>,
    /// Who wrote it, as the front matter or the page's head says.
    pub authors: Vec<Located<String>>,
    /// Rules silenced for the whole article; "" stands for every rule.
    pub stet: Vec<Located<String>>,
    /// The key of the entry that silences them, if there is exactly one.
    pub stet_key: Option<TextRange>,
}

/// A mark in the copy that lets findings stand: `<!-- stet rule: why -->` or `[stet rule]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StetMark {
    /// The whole mark.
    pub range: TextRange,
    /// The rules named; empty means every rule.
    pub rules: Vec<Located<String>>,
    /// What it covers: the block it stands in, or the next one.
    pub covers: Option<TextRange>,
}

/// A draft, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks in the order of the text: sorted by start, not overlapping.
    pub blocks: Vec<Block>,
    /// Front matter.
    pub metadata: Metadata,
    /// Marks that silence findings.
    pub stets: Vec<StetMark>,
    /// The dateline ("LONDON, Oct. 3 (Reuters) —"), which is masked in its paragraph.
    pub dateline: Option<TextRange>,
}

impl Document {
    /// The date in the dateline, if it has one with a year.
    pub fn dateline_date(&self, source: &str) -> Option<Date> {
        let words = self.dateline?.slice(source);
        let month = words.char_indices().find_map(|(at, _)| {
            let rest = words.get(at..)?;
            let start = at == 0 || words[..at].ends_with([' ', ',']);
            (start && date::opens_with_month(rest)).then_some(rest)
        })?;
        date::parse(month.split(['(', '—', '–', '-']).next()?)
    }

    /// Parses `source`. Never fails: what cannot be parsed is taken as prose.
    pub fn parse(source: &str, format: Format) -> Self {
        match format {
            Format::Plain => plain::parse(source),
            Format::Markdown => markdown::parse(source),
            Format::Html => html::parse(source),
        }
    }
}
