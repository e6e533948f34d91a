//! People, where they are mentioned, and what is named after them.

use crate::annotate::{Mention, Paragraph};
use crate::segment::Span;

/// Where a person is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMention {
    /// Number of the paragraph in [`Story::paragraphs`](crate::resolve::Story::paragraphs).
    pub paragraph: usize,
    /// Number of the mention in the paragraph's annotations.
    pub mention: usize,
}

impl PersonMention {
    /// The mention itself.
    pub fn of<'s, 'a>(
        &self,
        paragraphs: &'s [Paragraph<'a>],
    ) -> Option<(&'s Paragraph<'a>, &'s Mention)> {
        let paragraph = paragraphs.get(self.paragraph)?;
        Some((paragraph, paragraph.notes.mentions.get(self.mention)?))
    }
}

/// What given names and courtesy titles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Referred to as she.
    Woman,
    /// Referred to as he.
    Man,
    /// Referred to as neither.
    Neither,
}

/// Somebody the article is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name the article gives.
    pub name: String,
    /// The word that stands for the person alone: a surname, first or last in the name.
    pub family: String,
    /// The given name that goes with it; empty if the article gives none.
    pub given: String,
    /// If names and titles tell.
    pub gender: Option<Gender>,
    /// In reading order.
    pub mentions: Vec<PersonMention>,
    /// Things named after the person ("the Trump administration"), in reading order: evidence, not mentions.
    pub namesakes: Vec<Namesake>,
    /// Descriptions of the person and one other together ("the two leaders"), in reading order.
    pub together: Vec<Together>,
    /// The number of the person's entry in the house's list.
    pub listed: Option<u32>,
}

impl Person {
    /// The given names as the article has them in full, initials and all.
    pub fn given_names(&self) -> String {
        match self.name.split_once(self.family.as_str()) {
            Some((before, after)) if before.trim().is_empty() => after.trim().to_owned(),
            Some((before, _)) => before.trim().to_owned(),
            None => self.given.clone(),
        }
    }
}

/// A description of two people: "both presidents".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// Number of the paragraph in [`Story::paragraphs`](crate::resolve::Story::paragraphs).
    pub paragraph: usize,
    /// Its words.
    pub span: Span,
    /// The number of the other person in [`Story::people`](crate::resolve::Story::people).
    pub with: usize,
}

/// A thing that is named after somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The mention that names it.
    pub place: PersonMention,
    /// The words of the mention that are the person's name: "Ruiz" in "Ruiz Prize".
    pub name: Span,
}
