//! The house's list of people: how their names are spelt, which word of a name stands alone, what pronoun they have.

use super::Gender;
use super::person::NameKey;
use super::spelling::fold;
use crate::lang::en;
use rustc_hash::{FxHashMap, FxHashSet};

/// Somebody on the house's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The name as the house spells it, in full.
    pub name: String,
    /// The word of it that stands for the person alone.
    pub family: String,
    /// Spellings that are not the house's.
    pub also: Vec<String>,
    /// Other names, as good.
    pub known_as: Vec<String>,
    /// What the pronoun tells.
    pub gender: Option<Gender>,
}

impl Listed {
    /// The house's words for the person.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.known_as).flat_map(|name| name.split_whitespace())
    }

    /// The word of the name that is written in place of a word of another spelling: the one most like it.
    pub fn in_place_of(&self, word: &str) -> &str {
        let word = fold(word);
        let distance = |own: &&str| strsim::osa_distance(&fold(own), &word);
        self.name.split_whitespace().min_by_key(distance).unwrap_or(&self.name)
    }
}

/// The list, ready to be asked.
#[derive(Debug, Default)]
pub struct Roster {
    people: Vec<Listed>,
    /// By the key of a name of two words and more, in any spelling.
    by_name: FxHashMap<u64, u32>,
    /// By its first and last word: initials and middle names may stand between.
    by_ends: FxHashMap<(u64, u64), u32>,
    /// By a word that is another spelling or another name, and that nobody else on the list has.
    by_word: FxHashMap<u64, Option<u32>>,
    /// Words of the house's spellings.
    house: FxHashSet<u64>,
    /// Words of other spellings only.
    others: FxHashSet<u64>,
}

fn hash(word: &str) -> u64 {
    en::fingerprint(&word.to_lowercase())
}

impl Roster {
    /// Prepares a list.
    pub fn new(people: Vec<Listed>) -> Self {
        let mut roster = Self::default();
        for (number, person) in people.iter().enumerate() {
            let number = number as u32;
            roster.add_name(&person.name, number);
            for other in person.also.iter().chain(&person.known_as) {
                if other.split_whitespace().nth(1).is_some() {
                    roster.add_name(other, number);
                    continue;
                }
                let known = roster.by_word.entry(hash(other)).or_insert(Some(number));
                *known = known.filter(|other| *other == number);
            }
            // "Zorenco" for "Zorenko" makes "Halyna Zorenco" another spelling as well, and "Bob" makes "Bob Dunn".
            let single = |name: &&String| name.split_whitespace().nth(1).is_none();
            for word in person.also.iter().filter(single) {
                roster.add_name(&person.name.replacen(person.in_place_of(word), word, 1), number);
            }
            for word in person.known_as.iter().filter(single) {
                roster.add_name(&format!("{word} {}", person.family), number);
            }
            roster.house.extend(person.words().map(hash));
        }
        let others = people.iter().flat_map(|person| &person.also);
        roster.others = others.flat_map(|name| name.split_whitespace()).map(hash).collect();
        roster.others.retain(|word| !roster.house.contains(word));
        roster.people = people;
        roster
    }

    fn add_name(&mut self, name: &str, number: u32) {
        let key = NameKey::of_name(name);
        if key.len() > 1 {
            self.by_name.entry(key.hash()).or_insert(number);
            self.by_ends.entry(key.ends()).or_insert(number);
        }
    }

    /// The entry with this number.
    pub fn get(&self, number: u32) -> Option<&Listed> {
        self.people.get(number as usize)
    }

    /// Whether a word, by its fingerprint, is spelt as the house spells it, or as it does not: no other measure counts then.
    pub(crate) fn decides(&self, word: u64) -> bool {
        self.house.contains(&word) || self.others.contains(&word)
    }

    /// Whether a word, by its fingerprint, stands only in spellings that are not the house's.
    pub(crate) fn is_other(&self, word: u64) -> bool {
        self.others.contains(&word)
    }

    /// The number of the entry that has a full name in any spelling.
    pub(super) fn of_name(&self, key: &NameKey) -> Option<u32> {
        let same = self.by_name.get(&key.hash());
        same.or_else(|| self.by_ends.get(&key.ends()).filter(|_| key.len() > 2)).copied()
    }

    /// The number of the entry that a single word stands for.
    pub(super) fn of_word(&self, word: u64) -> Option<u32> {
        self.by_word.get(&word).copied().flatten()
    }
}
