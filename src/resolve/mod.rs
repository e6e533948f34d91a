//! The whole document: which mentions are one person and who that is, which sentences stand under an earlier attribution, who
//! is on record for what, and what nobody is.

mod carried;
pub mod claims;
mod introduction;
pub mod offices;
mod person;
mod record;
mod roster;
mod sources;
mod speaker;
pub(crate) mod spelling;

pub use carried::{Carried, Resolved};
pub(crate) use person::titled_in_apposition;
pub use person::{Gender, Namesake, Person, PersonMention, Together};
pub use record::{Record, Sentences, Source, Standing, Statement};
pub use roster::{Listed, Roster};
pub use sources::{NamedSource, OnRecord};
pub(crate) use spelling::fold;

use crate::annotate::Paragraph;
use crate::document::Document;
use crate::segment::Span;
use crate::text::{Field, TextRange};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::OnceLock;

/// The numbers of the slots in which this module keeps what it found in a paragraph ([`Paragraph::memo`]).
mod slots {
    pub(super) const OWNERS: usize = 0;
    pub(super) const CLAIMS: usize = 1;
    pub(super) const TOLD: usize = 2;
}

/// The first slot that is free for rules.
pub(crate) const FIRST_FREE_SLOT: usize = 3;

/// Where the day of an article was taken from, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Front matter, the page's head or the line of the byline.
    FrontMatter,
    /// The record that the article came in.
    Record,
    /// Whoever runs the program.
    Given,
    /// The dateline.
    Dateline,
    /// The path.
    Path,
    /// The clock.
    Today,
}

/// The day that an article is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// Where it was taken from.
    pub origin: Origin,
}

impl std::fmt::Display for Dated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let origin = match self.origin {
            Origin::FrontMatter => "the article's own date",
            Origin::Record => "the date that came with the article",
            Origin::Given => "the date given with --date",
            Origin::Dateline => "the date in the dateline",
            Origin::Path => "the date in the path",
            Origin::Today => "today: the article has no date",
        };
        write!(f, "{} ({origin})", self.date)
    }
}

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
    /// The same, or else the day that its dateline or its path suggests.
    pub dated: Option<Dated>,
    /// Person of each mention: few articles ask, so it is built when the first rule does.
    cast: OnceLock<Cast>,
}

impl<'a> Story<'a> {
    /// Resolves annotated paragraphs into a story; `roster` is the house's list of people.
    pub fn new(
        document: Document,
        paragraphs: Vec<Paragraph<'a>>,
        date: Option<Date>,
        roster: &Roster,
    ) -> Self {
        let people = person::people(&paragraphs, roster);
        let (carried, resolved) = carried::carried(&paragraphs);
        let cast = OnceLock::new();
        Self { document, paragraphs, people, carried, resolved, date, dated: None, cast }
    }

    /// The article's text, which the bytes of its paragraphs point into; empty where it has none.
    pub fn text(&self) -> &'a str {
        self.paragraphs.iter().find(|p| p.field == Field::Text).map_or("", |p| p.source)
    }

    /// The paragraph and the tokens that stand in a range of bytes of the article's text, if it lies in one paragraph.
    pub fn tokens_in(&self, range: TextRange) -> Option<(&Paragraph<'a>, Span)> {
        let first = self
            .paragraphs
            .partition_point(|p| p.field != Field::Text || p.block.range.end < range.start);
        let holds = |p: &&Paragraph<'_>| p.field == Field::Text && p.block.range.covers(range);
        let p = self.paragraphs.get(first..)?.iter().take(2).find(holds)?;
        let base = p.block.range.start;
        let from = p.tokens().partition_point(|token| base + token.end <= range.start);
        let to = p.tokens().partition_point(|token| base + token.start < range.end);
        Some((p, Span::new(from, to.max(from))))
    }

    /// The number in [`people`](Self::people) of the person that a mention stands for.
    pub fn person_of(&self, paragraph: usize, mention: usize) -> Option<usize> {
        self.cast.get_or_init(|| Cast::of(self)).person(paragraph, mention)
    }
}

/// The person of each mention of a story.
#[derive(Debug)]
struct Cast {
    /// By paragraph: the number of its first mention in `people`.
    first: Vec<u32>,
    /// By mention: the person.
    people: Vec<Option<u32>>,
}

impl Cast {
    fn of(story: &Story<'_>) -> Self {
        let mut count = 0;
        let mut first = Vec::with_capacity(story.paragraphs.len());
        for paragraph in &story.paragraphs {
            first.push(count);
            count += paragraph.notes.mentions.len() as u32;
        }
        let mut people = vec![None; count as usize];
        for (number, person) in story.people.iter().enumerate() {
            for place in &person.mentions {
                people[first[place.paragraph] as usize + place.mention] = Some(number as u32);
            }
        }
        Self { first, people }
    }

    fn person(&self, paragraph: usize, mention: usize) -> Option<usize> {
        let first = *self.first.get(paragraph)? as usize;
        self.people.get(first + mention).copied().flatten().map(|person| person as usize)
    }
}
