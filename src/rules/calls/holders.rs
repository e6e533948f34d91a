//! Who else an article calls holder of an office.

use super::Call;
use crate::annotate::MentionKind;
use crate::resolve::Person;
use crate::resolve::offices::{self, Question, Standing};
use crate::rules::Context;
use rustc_hash::FxHashMap;

/// People whom the article calls holders of an office, the first few of each.
pub(in crate::rules) struct Holders<'s, 'a>(
    FxHashMap<&'s str, Vec<(&'s Person, &'s Call<'s, 'a>)>>,
);

/// So many are looked at.
const HOLDERS: usize = 4;

impl<'s, 'a> Holders<'s, 'a> {
    pub(in crate::rules) fn of(people: &'s [(&'s Person, Vec<Call<'s, 'a>>)]) -> Self {
        let mut by_office: FxHashMap<&str, Vec<(&Person, &Call<'_, '_>)>> = FxHashMap::default();
        for (person, calls) in people {
            let named = calls.iter().filter(|c| !c.former && c.mention.kind == MentionKind::Name);
            for call in named {
                let list = by_office.entry(call.office.as_str()).or_default();
                if list.len() < HOLDERS
                    && !list.iter().any(|(other, _)| std::ptr::eq(*other, *person))
                {
                    list.push((person, call));
                }
            }
        }
        Self(by_office)
    }

    /// Somebody else whom the article calls holder of the office, and whom the table has in it there.
    pub(in crate::rules) fn other(
        &self,
        person: &Person,
        standing: &Standing<'_>,
        office: &str,
        context: &Context<'_>,
    ) -> Option<&'s Call<'s, 'a>> {
        let list = self.0.get(office)?.iter().filter(|(other, _)| !std::ptr::eq(*other, person));
        let on = context.dated?.date;
        let mut holding = list.filter(|(other, call)| {
            let given = other.given_names();
            let written = offices::place_of(call.paragraph, call.mention);
            let place = &standing.tenure.place;
            // "Gov. Koch" beside "Texas Gov. Ana Ruiz": of whom else, if the table has Koch there.
            if given.is_empty() && written.is_none() {
                return context.offices.is_held_by(office, place, &other.family, on);
            }
            let question = Question {
                office,
                family: &other.family,
                given: (!given.is_empty()).then_some(given.as_str()),
                place: written.or(Some(&**place)),
                on,
            };
            context
                .offices
                .standing(&question)
                .is_some_and(|other| other.holds && other.tenure.place == *place)
        });
        holding.next().map(|(_, call)| *call)
    }
}
