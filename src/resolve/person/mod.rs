//! Which mentions are one person.
//!
//! Two passes in reading order. The first gathers the full names, headline, body and captions alike, since a surname may
//! stand before its full name. The second gives single names, descriptions and pronouns to the people found. Every
//! question is one look-up in a hash table, and the few tables with several answers are looked through to a fixed depth
//! (`DEPTH`), so the cost is linear in the number of mentions whatever the names are.
//!
//! Imports go one way: `types`, `key`, `beside` and `support` know no other, `told` reads mentions, `cast` has the tables and
//! the first pass, `link` the second, `finish` what comes out, with the
//! descriptions of `pairs`.

mod beside;
mod cast;
mod finish;
mod key;
mod link;
mod pairs;
mod pronoun;
mod support;
mod told;
mod types;

use super::Roster;
use crate::annotate::Paragraph;
pub(crate) use beside::titled_in_apposition;
use cast::Cast;
pub(super) use key::NameKey;
pub use types::{Gender, Namesake, Person, PersonMention, Together};

/// The people of the story, by first mention.
pub(super) fn people(paragraphs: &[Paragraph<'_>], roster: &Roster) -> Vec<Person> {
    let mut cast = Cast::new(paragraphs, roster);
    cast.full_names();
    cast.everything_else();
    cast.finish()
}
