//! What the elements of HTML are to an article.

use crate::document::MaskKind;

/// What an element does to the text around and inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Stands within a sentence.
    Inline,
    /// A line break.
    Break,
    /// Stands in a sentence like a noun: a picture, a field.
    Object,
    /// Stands in a sentence like a noun with all that is inside: code.
    Code,
    /// Text that was taken out, which the reader is not to read.
    Deleted,
    /// Quotation marks around its text.
    Quotes,
    /// Ends a block before and after, and says nothing of what is inside.
    Block,
    /// Contains blocks and may be marked as page furniture.
    Section,
    /// Page furniture.
    Chrome,
    /// The article's headline.
    Headline,
    /// A heading inside the article.
    Subheading,
    /// A list item.
    Item,
    /// A block quotation.
    Quote,
    /// A caption.
    Caption,
    /// A cell of a table.
    Cell,
    /// The page's title.
    Title,
    /// Nothing inside is prose.
    Silent,
}

impl Element {
    /// The element of a tag's name, lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"br" => Self::Break,
            b"img" | b"picture" | b"video" | b"audio" | b"input" | b"embed" => Self::Object,
            b"code" | b"kbd" | b"samp" | b"tt" => Self::Code,
            b"del" => Self::Deleted,
            b"q" => Self::Quotes,
            b"p" | b"dl" | b"hr" | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"form"
            | b"fieldset" | b"details" | b"body" | b"html" | b"figure" | b"hgroup" | b"center" => {
                Self::Block
            }
            b"div" | b"section" | b"article" | b"main" | b"header" | b"aside" | b"ul" | b"ol"
            | b"table" | b"address" => Self::Section,
            b"nav" | b"footer" | b"menu" | b"search" | b"dialog" => Self::Chrome,
            b"h1" => Self::Headline,
            b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"summary" | b"legend" => Self::Subheading,
            b"li" | b"dt" | b"dd" => Self::Item,
            b"blockquote" => Self::Quote,
            b"figcaption" | b"caption" => Self::Caption,
            b"td" | b"th" => Self::Cell,
            b"title" => Self::Title,
            b"script" | b"style" | b"template" | b"noscript" | b"svg" | b"math" | b"iframe"
            | b"object" | b"canvas" | b"select" | b"textarea" | b"button" | b"pre" | b"xmp"
            | b"noembed" | b"noframes" | b"datalist" => Self::Silent,
            _ => Self::Inline,
        }
    }

    /// Whether the element stands within a block of text.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Inline | Self::Break | Self::Object | Self::Code | Self::Deleted | Self::Quotes
        )
    }

    /// How an inline element stands in its sentence with all that is inside, where nothing inside is prose.
    pub(super) fn hides(self) -> Option<MaskKind> {
        match self {
            Self::Code => Some(MaskKind::Object),
            Self::Deleted | Self::Silent => Some(MaskKind::Markup),
            _ => None,
        }
    }

    /// Whether its end is awaited, because it says what the blocks inside are.
    pub(super) fn holds_blocks(self) -> bool {
        !self.is_inline() && !matches!(self, Self::Block | Self::Silent)
    }

    /// Roles (WAI-ARIA) of page furniture.
    pub(super) fn is_chrome_role(role: &str) -> bool {
        matches!(
            role,
            "navigation" | "menu" | "menubar" | "search" | "contentinfo" | "dialog" | "alert"
        )
    }
}
