//! Who is left in the end: people for whom there is evidence, and what is named after them.

use super::cast::Cast;
use super::types::{Namesake, Person};
use super::{key, pairs};
use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::lang::en::names::usage;
use crate::segment::Span;

impl Cast<'_, '_> {
    /// The people for whom there is evidence.
    pub(super) fn finish(mut self) -> Vec<Person> {
        let paragraphs = self.paragraphs;
        let mut people: Vec<Person> = Vec::new();
        let shown: Vec<bool> =
            (0..self.drafts.len()).map(|person| self.is_person(person as u32)).collect();
        self.things(&shown);
        for (mut draft, shown) in self.drafts.into_iter().zip(shown) {
            if !shown || draft.mentions.is_empty() {
                continue;
            }
            if draft.late {
                draft.mentions.sort_unstable_by_key(|place| (place.paragraph, place.mention));
            }
            let Some((paragraph, mention)) = draft.fullest.0.of(paragraphs) else { continue };
            let given = key::given_text(paragraph, mention.name, draft.family);
            let shared = draft.shares.filter(|_| mention.is(MentionFlags::SINGLE));
            let (name, family) = match shared.and_then(|place| place.of(paragraphs)) {
                Some((paragraph, other)) => {
                    let family = key::family_text(paragraph, other.name, draft.family);
                    (format!("{given} {family}"), family)
                }
                None => {
                    let family = key::family_text(paragraph, mention.name, draft.family);
                    (paragraph.clean(mention.name), family)
                }
            };
            people.push(Person {
                name,
                family,
                given,
                gender: draft.gender,
                mentions: draft.mentions,
                namesakes: draft.namesakes,
                together: Vec::new(),
                listed: draft.listed,
            });
        }
        people.sort_by_key(|person| person.mentions.first().map(|m| (m.paragraph, m.mention)));
        pairs::describe(paragraphs, &mut people);
        people
    }

    /// Gives what is called after somebody to that person.
    fn things(&mut self, shown: &[bool]) {
        for (thing, shown) in shown.iter().enumerate() {
            let draft = &self.drafts[thing];
            let owner = self.owner_of(draft).filter(|_| !shown && draft.key.len() == 2);
            let Some(owner) = owner.map(|owner| owner as usize).filter(|&owner| owner != thing)
            else {
                continue;
            };
            let places = std::mem::take(&mut self.drafts[thing].mentions).into_iter();
            let paragraphs = self.paragraphs;
            let named = places.filter_map(|place| {
                let (paragraph, mention) = place.of(paragraphs)?;
                let first = mention.name.start as usize;
                let name = Span::new(first, first + 1);
                is_called_after(paragraph, mention).then_some(Namesake { place, name })
            });
            let namesakes = &mut self.drafts[owner].namesakes;
            namesakes.extend(named);
            namesakes.sort_unstable_by_key(|thing| (thing.place.paragraph, thing.place.mention));
        }
    }
}

/// Whether the two words of a name are somebody's surname, which is no word of the language, and a thing.
fn is_called_after(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    mention.name.len() == 2
        && paragraph
            .token(mention.name.start as usize)
            .is_some_and(|token| token.lex.is_empty() && usage(token.hash).is_empty())
}
