//! Pronouns, with care: "he" is given to somebody only where nobody else can be meant.

use super::Gender;
use crate::annotate::{Mention, Paragraph};

/// People remembered.
const KEPT: usize = 6;

/// Who was mentioned last, in the paragraph at hand and the one before.
#[derive(Default)]
pub(super) struct Recent {
    /// (person, paragraph of the last mention), the latest last.
    seen: Vec<(u32, usize)>,
}

impl Recent {
    /// Notes that `person` was mentioned in paragraph `index`.
    pub(super) fn saw(&mut self, person: u32, index: usize) {
        self.seen.retain(|&(other, at)| other != person && at + 1 >= index);
        if self.seen.len() == KEPT {
            self.seen.remove(0);
        }
        self.seen.push((person, index));
    }

    /// How lately `person` was mentioned: 0 for not at all.
    pub(super) fn rank(&self, person: u32) -> usize {
        self.seen.iter().position(|&(other, _)| other == person).map_or(0, |at| at + 1)
    }

    /// The person, if only one was mentioned lately.
    pub(super) fn only(&self) -> Option<u32> {
        match self.seen[..] {
            [(person, _)] => Some(person),
            _ => None,
        }
    }

    /// The one person whom a pronoun can mean, in its paragraph `index` or else in the one before.
    pub(super) fn antecedent(
        &self,
        index: usize,
        told: Option<Gender>,
        gender: impl Fn(u32) -> Option<Gender>,
    ) -> Option<u32> {
        let fits = |p: u32| gender(p).is_none_or(|known| Some(known) == told);
        for back in 0..2 {
            let mut found = None;
            for &(person, at) in self.seen.iter().filter(|&&(p, at)| at + back == index && fits(p))
            {
                debug_assert!(at <= index);
                if found.replace(person).is_some() {
                    return None;
                }
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

/// What the pronoun tells of whom it means.
pub(super) fn gender(paragraph: &Paragraph<'_>, mention: &Mention) -> Gender {
    let at = mention.span.start as usize;
    let she = paragraph.text(at).starts_with(['s', 'S'])
        || ["her", "hers", "herself"].iter().any(|word| paragraph.is(at, word));
    if she { Gender::Woman } else { Gender::Man }
}
