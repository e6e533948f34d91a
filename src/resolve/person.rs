//! Which mentions are one person.

use crate::annotate::Paragraph;

/// Where a person is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMention {
    /// Number of the paragraph in [`Story::paragraphs`](super::Story::paragraphs).
    pub paragraph: usize,
    /// Number of the mention in the paragraph's annotations.
    pub mention: usize,
}

/// Somebody the article is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name the article gives.
    pub name: String,
    /// In reading order.
    pub mentions: Vec<PersonMention>,
}

/// The people of the story, by first mention.
pub(super) fn people(_paragraphs: &[Paragraph<'_>]) -> Vec<Person> {
    Vec::new()
}
