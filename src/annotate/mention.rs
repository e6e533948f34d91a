//! Mentions of people in one paragraph: names, titled names, titles that stand for a person, pronouns.

use super::Annotations;
use crate::segment::Span;

/// What kind of expression mentions the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// A name, with its title if it has one ("President Ana Ruiz", "Ruiz").
    Name,
    /// A title or description that stands for the person ("the president").
    Title,
    /// A pronoun.
    Pronoun,
}

/// One mention of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// All of it.
    pub span: Span,
    /// What kind.
    pub kind: MentionKind,
    /// The name in it, without title; empty for titles and pronouns.
    pub name: Span,
    /// The title in it, without "former" and the like; empty if there is none.
    pub title: Span,
}

/// The mentions of a paragraph, in order.
pub(super) fn mentions(_text: &str, _notes: &Annotations) -> Vec<Mention> {
    Vec::new()
}
