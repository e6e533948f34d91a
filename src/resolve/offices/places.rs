//! Places beside titles: the states of the United States, countries of several words, and what nations are called.

use crate::lang::en::fingerprint;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The postal code of a state by its name or its abbreviation in lower case ("ohio", "ala.", "n.y.").
pub(super) fn code(state: &str) -> Option<&'static str> {
    static CODES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let pairs = SHORT.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.map(|(short, code)| (short.trim_end_matches('.'), code)).collect()
    });
    if let Some(code) = CODES.get(state.trim_end_matches('.')) {
        return Some(code);
    }
    let at = STATES.binary_search_by_key(&state, |&(name, _)| name).ok()?;
    STATES.get(at).map(|&(_, code)| code)
}

/// Whether the word with this fingerprint ends the name of a state or a country in several words; nearly none does.
pub(super) fn ends_several(word: u64) -> bool {
    static LAST: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
        let names = SEVERAL.iter().copied().chain(STATES.iter().map(|&(name, _)| name));
        names.filter_map(|name| name.rsplit_once(' ')).map(|(_, last)| fingerprint(last)).collect()
    });
    LAST.contains(&word)
}

/// How many words at the end of these, in lower case, name a state or a country in several words.
pub(super) fn several_words(words: &str) -> Option<usize> {
    let is_place =
        |tail: &str| SEVERAL.contains(&tail) || tail.contains(' ') && code(tail).is_some();
    let starts = words.match_indices(' ').map(|(at, _)| at + 1);
    let tail = std::iter::once(0)
        .chain(starts)
        .filter_map(|at| words.get(at..))
        .find(|tail| is_place(tail))?;
    Some(tail.split(' ').count())
}

/// What stands before a title for a place of the table: "Texas" for "US-TX", "French" for "France", else the country's name.
pub(super) fn before_title(place: &str) -> Cow<'_, str> {
    if place == "US" {
        return "U.S.".into();
    }
    if let Some(code) = place.strip_prefix("US-") {
        let state = STATES.iter().find(|(_, state)| *state == code).map_or(code, |(name, _)| name);
        let words = state.split(' ').map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{}{rest}", first.to_uppercase())
        });
        return words.collect::<Vec<_>>().join(" ").into();
    }
    NATIONS.iter().find(|(country, _)| *country == place).map_or(place, |(_, nation)| nation).into()
}

/// Countries and nations of several words, in lower case.
const SEVERAL: [&str; 41] = [
    "burkina faso",
    "cape verde",
    "central african republic",
    "costa rica",
    "costa rican",
    "czech republic",
    "democratic republic of congo",
    "democratic republic of the congo",
    "dominican republic",
    "east timor",
    "el salvador",
    "equatorial guinea",
    "ivory coast",
    "marshall islands",
    "new zealand",
    "north korea",
    "north korean",
    "north macedonia",
    "north macedonian",
    "northern ireland",
    "northern irish",
    "papua new guinea",
    "papua new guinean",
    "puerto rican",
    "puerto rico",
    "san marino",
    "saudi arabia",
    "saudi arabian",
    "sierra leone",
    "sierra leonean",
    "solomon islands",
    "south african",
    "south korea",
    "south korean",
    "south sudan",
    "sri lanka",
    "sri lankan",
    "trinidad and tobago",
    "united arab emirates",
    "united kingdom",
    "united states",
];

/// Nations as news copy has them before a title.
const NATIONS: [(&str, &str); 26] = [
    ("Argentina", "Argentine"),
    ("Australia", "Australian"),
    ("Austria", "Austrian"),
    ("Belgium", "Belgian"),
    ("Brazil", "Brazilian"),
    ("Canada", "Canadian"),
    ("China", "Chinese"),
    ("Denmark", "Danish"),
    ("France", "French"),
    ("Germany", "German"),
    ("Hungary", "Hungarian"),
    ("India", "Indian"),
    ("Ireland", "Irish"),
    ("Israel", "Israeli"),
    ("Italy", "Italian"),
    ("Japan", "Japanese"),
    ("Mexico", "Mexican"),
    ("Netherlands", "Dutch"),
    ("Poland", "Polish"),
    ("Russia", "Russian"),
    ("South Korea", "South Korean"),
    ("Spain", "Spanish"),
    ("Sweden", "Swedish"),
    ("Turkey", "Turkish"),
    ("Ukraine", "Ukrainian"),
    ("United Kingdom", "British"),
];

/// Abbreviations as news copy has them beside a party.
const SHORT: &str = "ala.=AL ariz.=AZ ark.=AR calif.=CA colo.=CO conn.=CT del.=DE fla.=FL ga.=GA ill.=IL ind.=IN kan.=KS \
                     ky.=KY la.=LA md.=MD mass.=MA mich.=MI minn.=MN miss.=MS mo.=MO mont.=MT neb.=NE nev.=NV n.h.=NH \
                     n.j.=NJ n.m.=NM n.y.=NY n.c.=NC n.d.=ND okla.=OK ore.=OR pa.=PA r.i.=RI s.c.=SC s.d.=SD tenn.=TN \
                     vt.=VT va.=VA wash.=WA w.va.=WV wis.=WI wyo.=WY";

const STATES: [(&str, &str); 49] = [
    ("alabama", "AL"),
    ("alaska", "AK"),
    ("arizona", "AZ"),
    ("arkansas", "AR"),
    ("california", "CA"),
    ("colorado", "CO"),
    ("connecticut", "CT"),
    ("delaware", "DE"),
    ("florida", "FL"),
    ("georgia", "GA"),
    ("hawaii", "HI"),
    ("idaho", "ID"),
    ("illinois", "IL"),
    ("indiana", "IN"),
    ("iowa", "IA"),
    ("kansas", "KS"),
    ("kentucky", "KY"),
    ("louisiana", "LA"),
    ("maine", "ME"),
    ("maryland", "MD"),
    ("massachusetts", "MA"),
    ("michigan", "MI"),
    ("minnesota", "MN"),
    ("mississippi", "MS"),
    ("missouri", "MO"),
    ("montana", "MT"),
    ("nebraska", "NE"),
    ("nevada", "NV"),
    ("new hampshire", "NH"),
    ("new jersey", "NJ"),
    ("new mexico", "NM"),
    ("new york", "NY"),
    ("north carolina", "NC"),
    ("north dakota", "ND"),
    ("ohio", "OH"),
    ("oklahoma", "OK"),
    ("oregon", "OR"),
    ("pennsylvania", "PA"),
    ("rhode island", "RI"),
    ("south carolina", "SC"),
    ("south dakota", "SD"),
    ("tennessee", "TN"),
    ("texas", "TX"),
    ("utah", "UT"),
    ("vermont", "VT"),
    ("virginia", "VA"),
    ("west virginia", "WV"),
    ("wisconsin", "WI"),
    ("wyoming", "WY"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_several_words() {
        assert_eq!(several_words("former new zealand"), Some(2));
        assert_eq!(several_words("papua new guinea"), Some(3));
        assert_eq!(several_words("south carolina"), Some(2));
        assert_eq!(several_words("new french"), None);
        assert_eq!(before_title("US-NM"), "New Mexico");
        assert_eq!(before_title("France"), "French");
        assert_eq!(before_title("Chad"), "Chad");
    }

    #[test]
    fn in_order() {
        assert!(STATES.is_sorted());
        assert_eq!(code("ohio"), Some("OH"));
        assert_eq!(code("ala."), Some("AL"));
        assert_eq!(code("n.y."), Some("NY"));
        assert_eq!(code("ala"), Some("AL"));
        assert_eq!(code("ontario"), None);
        assert_eq!(code("new mexico"), Some("NM"));
    }
}
