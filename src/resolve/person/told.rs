//! What a mention says of its person by itself, kept with the paragraph.

use super::key::{self, NameKey, title_key};
use super::pronoun;
use super::support::{before_state, gender};
use super::types::Gender;
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph, Slot};
use crate::resolve::slots;

/// What a mention says of its person by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// Key of the name; empty where there is none.
    pub(super) key: NameKey,
    /// Key of the title; 0 where there is none.
    pub(super) title: u64,
    pub(super) gender: Option<Gender>,
    /// Hash of a nickname in quotation marks inside the name; 0 where there is none.
    pub(super) nickname: u64,
    /// Hash of how the given name sounds; 0 where that tells nothing.
    pub(super) sound: u64,
    /// Whether a single name is a town's before its state.
    pub(super) place: bool,
}

static TOLD: Slot<Vec<Told>> = Slot::new(slots::TOLD);

/// What the paragraph's mentions say.
fn told(paragraph: &Paragraph<'_>) -> Option<Vec<Told>> {
    let told = |mention: &Mention| {
        let title = if mention.title.is_empty() { 0 } else { title_key(paragraph, mention.title) };
        match mention.kind {
            MentionKind::Title => Told { title, ..Told::default() },
            MentionKind::Pronoun => {
                let gender = Some(pronoun::gender(paragraph, mention));
                Told { gender, ..Told::default() }
            }
            MentionKind::Name => Told {
                key: NameKey::of(paragraph, mention.name),
                title,
                gender: gender(paragraph, mention),
                nickname: key::nickname(paragraph, mention.name),
                sound: key::sound(paragraph, mention.name),
                place: mention.is(MentionFlags::SINGLE)
                    && mention.title.is_empty()
                    && before_state(paragraph, mention),
            },
        }
    };
    let mentions = &paragraph.notes.mentions;
    (!mentions.is_empty()).then(|| mentions.iter().map(told).collect())
}

/// The mentions of a paragraph, each with its number and with what it says.
pub(super) fn mentions<'p>(
    paragraph: &'p Paragraph<'_>,
) -> impl Iterator<Item = (usize, (&'p Mention, &'p Told))> {
    let told = paragraph.memo(&TOLD, told).into_iter().flatten();
    paragraph.notes.mentions.iter().zip(told).enumerate()
}
