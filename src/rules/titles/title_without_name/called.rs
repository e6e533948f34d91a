//! Whom the article calls by which title, so that a lost name can be offered.

use crate::annotate::{Mention, MentionKind, Paragraph};
use crate::resolve::offices;
use crate::resolve::{Person, Story};
use crate::rules::Context;
use rustc_hash::FxHashMap;

/// A mention with the person it names.
#[derive(Clone, Copy)]
pub(super) struct Named<'s, 'a> {
    pub(super) at: (usize, usize),
    pub(super) person: &'s Person,
    pub(super) paragraph: &'s Paragraph<'a>,
    pub(super) mention: &'s Mention,
}

/// Who is called by which title where.
pub(super) struct Called<'s, 'a>(FxHashMap<String, Vec<Named<'s, 'a>>>);

impl<'s, 'a> Called<'s, 'a> {
    pub(super) fn of(story: &'s Story<'a>) -> Self {
        let mut by_office: FxHashMap<String, Vec<Named<'s, 'a>>> = FxHashMap::default();
        for person in &story.people {
            for place in &person.mentions {
                let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
                if mention.kind == MentionKind::Name && !mention.title.is_empty() {
                    let at = (place.paragraph, place.mention);
                    let office = offices::office(paragraph, mention.title);
                    by_office.entry(office).or_default().push(Named {
                        at,
                        person,
                        paragraph,
                        mention,
                    });
                }
            }
        }
        by_office.values_mut().for_each(|list| list.sort_by_key(|named| named.at));
        Self(by_office)
    }

    /// The one office of the article that is shortened so: "house speaker" for "speaker".
    pub(super) fn in_full(&self, short: &str) -> Option<&str> {
        let mut offices = self.0.keys().filter(|office| match short {
            "speaker" => *office == "house speaker",
            _ => office.starts_with("secretary of "),
        });
        offices.next().filter(|_| offices.next().is_none()).map(String::as_str)
    }

    /// The last one before a place, else the first one after it, whose nation does not contradict the nation beside the
    /// lost name: the article gives the same one, or the table of office-holders has the person in that office there.
    pub(super) fn last(
        &self,
        office: &str,
        nation: Option<&str>,
        context: &Context<'_>,
        before: (usize, usize),
    ) -> Option<Named<'s, 'a>> {
        let list = self.0.get(office)?;
        let (behind, ahead) = list.split_at(list.partition_point(|named| named.at < before));
        let mut near = behind.iter().rev().take(LOOK).chain(ahead.iter().take(LOOK));
        near.find(|named| fits(named, office, nation, context)).copied()
    }
}

/// People of the same title who are looked at on either side.
const LOOK: usize = 16;

/// Whether a person may be the one that a title with this nation lost.
fn fits(named: &Named<'_, '_>, office: &str, nation: Option<&str>, context: &Context<'_>) -> bool {
    let Some(nation) = nation else { return true };
    if let Some(own) = offices::place_of(named.paragraph, named.mention) {
        return own.eq_ignore_ascii_case(nation);
    }
    let Some(on) = context.date else { return false };
    let given = (!named.person.given.is_empty()).then_some(named.person.given.as_str());
    let family = &named.person.family;
    let question = offices::Question { office, family, given, place: Some(nation), on };
    context.offices.standing(&question).is_some_and(|standing| standing.holds)
}
