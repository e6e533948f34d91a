//! Pages that need nothing else: what stands around the drafts on them.

use crate::document::BlockKind;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

/// What all pages look like.
const STYLE: &str = include_str!("page.css");

/// A page that shows drafts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Its title.
    pub title: &'static str,
    /// Its own style sheet, after [`STYLE`].
    pub style: &'static str,
}

impl Page {
    /// The page up to the first draft.
    pub(super) fn begin(self) -> String {
        let head = html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">"))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("copydesk ", env!("CARGO_PKG_VERSION")));
                title { (self.title) }
                style { (PreEscaped(STYLE)) (PreEscaped(self.style)) }
            }
            (PreEscaped("<body>"))
        };
        head.into_string() + "\n"
    }

    /// A draft that could not be read.
    pub(super) fn failure(self, id: &Value, error: &str) -> String {
        // A line that is no article has no id; the error says which line it is.
        let name = match id {
            Value::Null => String::new(),
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        html! { section.draft { @if !name.is_empty() { h1 { (name) } } p.failed { (error) } } }
            .into_string()
            + "\n"
    }

    /// What ends the page.
    pub(super) fn end(self) -> String {
        "</body></html>\n".to_owned()
    }
}

/// A block of copy around what stands in it.
pub(super) fn block(kind: BlockKind, inside: &Markup) -> Markup {
    match kind {
        BlockKind::Headline => html! { h2 { (inside) } },
        BlockKind::Subheading => html! { h3 { (inside) } },
        BlockKind::ListItem => html! { p.item { (inside) } },
        BlockKind::Quote => html! { blockquote { (inside) } },
        BlockKind::Byline | BlockKind::Caption => html! { p.small { (inside) } },
        BlockKind::Paragraph | BlockKind::Cell | BlockKind::Chrome | BlockKind::Furniture => {
            html! { p { (inside) } }
        }
    }
}
