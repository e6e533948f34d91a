//! The whole document: which mentions are one person, and which sentences stand under an earlier attribution.

mod carried;
pub mod claims;
pub mod offices;
mod person;
mod sources;

pub use carried::{Carried, Resolved};
pub use person::{Gender, Person, PersonMention};
pub use sources::NamedSource;

use crate::annotate::Paragraph;
use crate::document::Document;
use jiff::civil::Date;

/// An article with everything that copydesk understands of it: what document-wide rules read.
#[derive(Debug)]
pub struct Story<'a> {
    /// The parsed text.
    pub document: Document,
    /// Every block with its annotations, in reading order; a headline that came beside the text is the first.
    pub paragraphs: Vec<Paragraph<'a>>,
    /// The people, by first mention.
    pub people: Vec<Person>,
    /// Sentences that stand under the attribution of an earlier one.
    pub carried: Vec<Carried>,
    /// Attributions whose content goes on in later blocks ("The minister said:" before a list), in order.
    pub resolved: Vec<Resolved>,
    /// The article's own date, if it has one.
    pub date: Option<Date>,
}

impl<'a> Story<'a> {
    /// Resolves annotated paragraphs into a story.
    pub fn new(document: Document, paragraphs: Vec<Paragraph<'a>>, date: Option<Date>) -> Self {
        let people = person::people(&paragraphs);
        let (carried, resolved) = carried::carried(&paragraphs);
        Self { document, paragraphs, people, carried, resolved, date }
    }
}
