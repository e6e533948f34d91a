//! Whom a name, an office and a place beside a line of the table mean, however they are spelt.

use super::places;
use super::tenure::{Question, Tenure};
use crate::lang::en::{self, names};
use crate::resolve::spelling::{fold, same_nickname};
use std::borrow::Cow;

/// Offices that tell who somebody is; members of the House are too many for their names to.
pub(super) const TELLING: [&str; 9] = [
    "president",
    "vice president",
    "prime minister",
    "premier",
    "chancellor",
    "senator",
    "governor",
    "house speaker",
    "attorney general",
];

/// Offices that exclude each other, and that nobody bears outside a government.
pub(super) const ASKED: [&str; 9] = [
    "house speaker",
    "attorney general",
    "president",
    "vice president",
    "prime minister",
    "premier",
    "chancellor",
    "governor",
    "senator",
];

/// Offices of which a country or state has one holder.
pub(super) const ALONE: [&str; 6] =
    ["president", "vice president", "prime minister", "premier", "chancellor", "governor"];

/// Offices whose American holders the table has with every term.
pub(super) const WHOLE: [&str; 4] = ["president", "vice president", "senator", "representative"];

pub(super) fn is_cabinet(office: &str) -> bool {
    office.starts_with("secretary of ")
}

/// Countries whose names are written in one way everywhere, since they are in the Latin alphabet.
const LATIN: [&str; 12] = [
    "United Kingdom",
    "Canada",
    "Australia",
    "New Zealand",
    "Ireland",
    "France",
    "Germany",
    "Italy",
    "Spain",
    "Portugal",
    "Netherlands",
    "Mexico",
];

impl Tenure {
    /// Whether the name has one right spelling, and few others are called by the office.
    pub(super) fn is_spelt_one_way(&self) -> bool {
        let offices = ["president", "vice president", "prime minister", "chancellor", "governor"];
        let known = offices.contains(&&*self.office) || is_cabinet(&self.office);
        known && (self.is_american() || LATIN.contains(&&*self.place))
    }
}

pub(super) fn given_key(given: &str) -> u64 {
    let given = fold(given);
    en::fingerprint(given.split(' ').next().unwrap_or(&given))
}

/// Whether one letter inside the words differs; endings make other names ("Sara", "Sarah").
pub(super) fn one_letter_apart(right: &str, written: &str) -> bool {
    let (right, written) = (fold(right), fold(written));
    let ending = right.starts_with(&*written) || written.starts_with(&*right);
    let long = right.len() > 3 && written.len() > 3;
    long && !ending
        && right.as_bytes().first() == written.as_bytes().first()
        && strsim::osa_distance(&right, &written) == 1
}

/// What a family name is looked up by: its last word, without an article, in one of its spellings.
pub(super) fn family_key(folded: &str) -> u64 {
    let last = folded.rsplit(' ').next().unwrap_or(folded);
    let bare = last.strip_prefix("al-").or(last.strip_prefix("el-")).unwrap_or(last);
    names::one_spelling(en::fingerprint(bare))
}

/// "Marcos" of "Marcos Jr.".
pub(super) fn without_suffix(family: &str) -> &str {
    family.trim_end_matches(" Jr.").trim_end_matches(" Sr.")
}

/// Heads of government are called premier and prime minister.
pub(super) fn same_office(table: &str, article: &str) -> bool {
    let plain = |office| if office == "premier" { "prime minister" } else { office };
    table == article || plain(table) == plain(article)
}

/// Whether given name and place allow the tenure to be meant, and whether they suffice to tell who is.
pub(super) fn is_meant(tenure: &Tenure, question: &Question<'_>) -> bool {
    if let Some(given) = question.given.filter(|given| !same_given(&tenure.given, given)) {
        return given.is_empty() || tenure.given.is_empty();
    }
    let us = tenure.is_american();
    let state = question.place.and_then(|place| places::code(&fold(place)));
    // State legislatures have representatives too, and so had the Congress before.
    if tenure.office == "representative" && us && state.is_none() {
        return false;
    }
    if let Some(place) = question.place {
        let place = fold(place);
        if let Some(state) = places::code(&place).filter(|_| us && tenure.place != "US") {
            return tenure.place.ends_with(state);
        }
        let is_american = is_american(&place) || place.len() <= 4 && place.ends_with('.');
        if tenure.place == "US" {
            return is_american;
        }
        if !us && !tenure.place.is_empty() {
            return names_country(&tenure.place, &place);
        }
    }
    // Few surnames tell a person anywhere in the world; those of US presidents do in an American title.
    question.given.is_some() || question.place.is_some() && !us || tenure.place == "US"
}

/// Countries whose leaders are called by the given name, or by whichever name they go by: patronymics, and Brazil.
const GIVEN_NAMES: [&str; 14] = [
    "Brazil",
    "Cambodia",
    "Eritrea",
    "Ethiopia",
    "Iceland",
    "Indonesia",
    "Laos",
    "Malaysia",
    "Mongolia",
    "Myanmar",
    "Somalia",
    "Thailand",
    "Timor-Leste",
    "Vietnam",
];

/// Whether a country of the table is one where a title takes the given name: "Prime Minister Anwar" for Anwar Ibrahim.
pub(crate) fn is_called_by_given(country: &str) -> bool {
    GIVEN_NAMES.contains(&country)
}

/// Whether a place beside a title is one whose people are called by the family name, which stands last: a state, an American,
/// British or French office.
pub(crate) fn has_family_names_last(place: &str) -> bool {
    let place = fold(place);
    is_american(&place) || LATIN.iter().any(|country| names_country(country, &place))
}

pub(super) fn is_american(place: &str) -> bool {
    ["us", "u.s.", "united", "states", "united states", "american", "america"].contains(&place)
        || places::code(place).is_some()
}

/// "Bill" and "William", "Chris" and "Christopher", "JD" and "James David": the same given name, or near enough.
pub(super) fn same_given(table: &str, article: &str) -> bool {
    if table == article {
        return true;
    }
    let (table, article) = (fold(table), fold(article));
    let (whole, other) = (bare(&table), bare(&article));
    let start = |a: &str, b: &str| a.len() >= 3 && b.starts_with(a);
    whole == other
        || start(&whole, &other)
        || start(&other, &whole)
        || table.split([' ', '-']).any(|word| word == article || start(&other, word))
        || same_nickname(
            table.split(' ').next().unwrap_or(""),
            article.split(' ').next().unwrap_or(""),
        )
}

/// The letters and digits of a word or several.
fn bare(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| c.is_alphanumeric()).collect())
}

/// Whether the place is the line's own, or may be: a state, the country, the nation.
pub(super) fn names_place(tenure: &Tenure, place: &str) -> bool {
    let place = fold(place);
    match tenure.place.strip_prefix("US-") {
        Some(state) => places::code(&place).is_none_or(|code| code == state),
        None if tenure.is_american() => is_american(&place),
        None => names_country(&tenure.place, &place),
    }
}

/// Whether the words can only be the country or its nation: "french" is France, and "african" no country.
pub(super) fn is_of_country(country: &str, place: &str) -> bool {
    let continents = ["african", "european", "asian", "latin", "arab"];
    if country == "US" {
        return is_american(place) && places::code(place).is_none();
    }
    let long = place.contains(' ')
        || fold(country).split(' ').any(|word| {
            let shared = word.bytes().zip(place.bytes()).take_while(|(a, b)| a == b).count();
            shared >= 4.min(word.len()) && shared > 3 && shared + 3 >= word.len()
        });
    !continents.contains(&place)
        && names_country(country, place)
        && (long || nation_of(country) == Some(place))
}

/// "France" for "french", "South Korea" for "korean": by the first letters, which suffice beside a family name and an office.
pub(super) fn names_country(country: &str, place: &str) -> bool {
    if nation_of(country) == Some(place) || country == "United Kingdom" && BRITAIN.contains(&place)
    {
        return true;
    }
    let country = fold(country);
    let shared = |word: &str| word.bytes().zip(place.bytes()).take_while(|(a, b)| a == b).count();
    if place.contains(' ') {
        // "New York" is not New Zealand, and "Czech Republic" Czechia.
        return shared(&country) + 2 >= country.len().min(place.len());
    }
    country.split(' ').any(|word| shared(word) >= 3.min(word.len()))
}

/// What else the United Kingdom is called.
const BRITAIN: [&str; 3] = ["uk", "u.k.", "britain"];

/// The nation of a country, where it has other first letters.
fn nation_of(country: &str) -> Option<&'static str> {
    Some(match country {
        "United Kingdom" => "british",
        "Netherlands" => "dutch",
        "Philippines" => "filipino",
        "France" => "french",
        "Spain" => "spanish",
        "Denmark" => "danish",
        "Ireland" => "irish",
        "Switzerland" => "swiss",
        "Myanmar" => "burmese",
        _ => return None,
    })
}
