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
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

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
    /// Person of each mention, by paragraph and number: few articles ask, so it is built when the first rule does.
    cast: OnceLock<FxHashMap<(usize, usize), usize>>,
}

impl<'a> Story<'a> {
    /// Resolves annotated paragraphs into a story.
    pub fn new(document: Document, paragraphs: Vec<Paragraph<'a>>, date: Option<Date>) -> Self {
        let people = person::people(&paragraphs);
        let (carried, resolved) = carried::carried(&paragraphs);
        let cast = OnceLock::new();
        Self { document, paragraphs, people, carried, resolved, date, cast }
    }

    /// The number in [`people`](Self::people) of the person that each mention stands for.
    fn cast(&self) -> &FxHashMap<(usize, usize), usize> {
        let mentions = |(number, person): (usize, &Person)| {
            let places: Vec<_> = person.mentions.iter().map(|m| (m.paragraph, m.mention)).collect();
            places.into_iter().map(move |place| (place, number))
        };
        self.cast.get_or_init(|| self.people.iter().enumerate().flat_map(mentions).collect())
    }
}
