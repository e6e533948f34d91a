//! Words that place a sentence in another time or world.

use crate::lang::en::{fingerprint, lists};

pub(super) const EARLIER_PHRASES: &[&[&str]] = &[
    &["at", "the", "time"],
    &["at", "that", "time"],
    &["last", "year"],
    &["when", "he"],
    &["when", "she"],
    &["that", "day"],
    &["that", "night"],
    &["that", "morning"],
    &["that", "week"],
    &["that", "month"],
    &["that", "year"],
    &["his", "first"],
    &["her", "first"],
    &["his", "last"],
    &["her", "last"],
    &["his", "final"],
    &["her", "final"],
];

/// Whether a word behind a name makes it a thing's.
pub(in crate::rules) fn is_thing(word: &str) -> bool {
    lists::NAMED_THINGS.has(fingerprint(&word.to_lowercase()))
}
