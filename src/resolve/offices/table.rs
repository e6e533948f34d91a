//! The table itself: look-ups by family name through a hash.

use super::matching::{
    ALONE, ASKED, TELLING, WHOLE, family_key, given_key, is_american, is_cabinet, is_meant,
    is_of_country, names_country, names_place, one_letter_apart, same_given, same_office,
    without_suffix,
};
use super::places;
use super::tenure::{Question, Standing, Tenure, read};
use crate::resolve::spelling::fold;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The table of office-holders.
#[derive(Debug)]
pub struct Table {
    pub(super) rows: Vec<Tenure>,
    /// Rows by the first and the last word of the family name.
    by_family: FxHashMap<u64, Vec<u32>>,
    /// Rows of heads of state and government, and of governors, by the first given name.
    by_given: FxHashMap<u64, Vec<u32>>,
    /// The countries of the rows.
    countries: FxHashSet<Cow<'static, str>>,
}

static BUILT_IN: LazyLock<Table> = LazyLock::new(|| Table::of(read(include_str!("holders.tsv"))));

impl Table {
    /// The table that is part of the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in table with the house's own lines, which replace what the table says of the same person and office at the
    /// same time.
    pub fn extended(house: Vec<Tenure>) -> Self {
        // The house's list may be as long as the table.
        let mut rows = BUILT_IN.rows.clone();
        let mut replaced: FxHashSet<u32> = FxHashSet::default();
        for own in &house {
            let same = |row: &Tenure| {
                row.office == own.office
                    && fold(&row.family) == fold(&own.family)
                    && same_given(&row.given, &own.given)
                    && row.from < own.last_day()
                    && own.from < row.last_day()
            };
            let numbers = BUILT_IN.rows_of(&own.family).iter().copied();
            replaced.extend(numbers.filter(|&number| same(&rows[number as usize])));
        }
        let mut number = 0..;
        rows.retain(|_| number.next().is_none_or(|number| !replaced.contains(&number)));
        rows.extend(house);
        Self::of(rows)
    }

    fn of(rows: Vec<Tenure>) -> Self {
        let mut by_family: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        let mut by_given: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (number, row) in rows.iter().enumerate() {
            if row.is_spelt_one_way() {
                by_given.entry(given_key(&row.given)).or_default().push(number as u32);
            }
            let family = fold(without_suffix(&row.family));
            by_family.entry(family_key(&family)).or_default().push(number as u32);
            if let Some((first, _)) = family.split_once(' ') {
                by_family.entry(family_key(first)).or_default().push(number as u32);
            }
        }
        let countries = rows.iter().map(|row| row.place.clone());
        let countries =
            countries.filter(|place| !place.is_empty() && !place.contains("US-")).collect();
        Self { rows, by_family, by_given, countries }
    }

    /// The lines with this family name.
    fn family<'t>(&'t self, family: &str) -> impl Iterator<Item = &'t Tenure> {
        self.rows_of(family).iter().filter_map(|&row| self.rows.get(row as usize))
    }

    /// Whether somebody in the table has the family name.
    pub(crate) fn has_family(&self, family: &str) -> bool {
        !self.rows_of(family).is_empty()
    }

    /// Their numbers: one look-up, however long the table is.
    pub(super) fn rows_of(&self, family: &str) -> &[u32] {
        self.by_family.get(&family_key(&fold(family))).map_or(&[], Vec::as_slice)
    }

    /// What the table says, if it decides.
    pub fn standing(&self, question: &Question<'_>) -> Option<Standing<'_>> {
        let mut people: Vec<(&Tenure, Option<Standing<'_>>)> = Vec::new();
        for tenure in self.meant(question) {
            let said = tenure.standing(question.on)?;
            let same =
                |known: &Tenure| (&known.given, &known.family) == (&tenure.given, &tenure.family);
            match people.iter_mut().find(|(known, _)| same(known)) {
                None => people.push((tenure, said)),
                Some((_, known)) => *known = later(*known, said),
            }
        }
        let (_, first) = *people.first()?;
        // A name that two holders share tells nobody, unless whoever is meant is out of office.
        let agree = people.iter().all(|(_, said)| said.is_some_and(|said| !said.holds));
        (people.len() == 1 || question.given.is_some() && agree).then_some(first).flatten()
    }

    /// Whether somebody of the family name holds the office of a place, in the words of the table, on a day.
    pub fn is_held_by(&self, office: &str, place: &str, family: &str, on: Date) -> bool {
        self.family(family).any(|row| {
            same_office(&row.office, office) && row.place == place && row.holds(on) == Some(true)
        })
    }

    /// Whether the person never left the office before the term: known of US presidents and members of Congress, whose
    /// terms the table has without a gap.
    pub fn is_first_service(&self, standing: &Standing<'_>) -> bool {
        let term = standing.tenure;
        let same = |row: &&Tenure| {
            (&row.office, &row.place, &row.given) == (&term.office, &term.place, &term.given)
        };
        WHOLE.contains(&&*term.office)
            && term.is_american()
            && !self.family(&term.family).filter(same).any(|row| row.last_day() < term.from)
    }

    /// The holder of the very office whose name is one letter away from the one asked for, and the word of it that is: if
    /// nobody in the table has the name as asked, and one person the other.
    pub fn misspelt(&self, question: &Question<'_>) -> Option<(&Tenure, &str)> {
        let given = question.given?;
        if !self.of_person(question.family, given).is_empty() || !self.meant(question).is_empty() {
            return None;
        }
        let near = |row: &&Tenure| {
            let right = Question { family: &row.family, given: Some(&row.given), ..*question };
            row.is_spelt_one_way()
                && same_office(&row.office, question.office)
                && is_meant(row, &right)
                && row.from <= question.on
                && question.on.year() < row.last_day().year().saturating_add(RECENT)
        };
        let by_family = self.family(question.family).filter(near);
        let by_family = by_family.filter_map(|row| Some((row, row.given.split(' ').next()?)));
        let by_family = by_family.filter(|(_, first)| one_letter_apart(first, given));
        let numbers = self.by_given.get(&given_key(given)).into_iter().flatten();
        let by_given = numbers.filter_map(|&row| self.rows.get(row as usize)).filter(near);
        let by_given = by_given.filter(|row| one_letter_apart(&row.family, question.family));
        let found: Vec<(&Tenure, &str)> =
            by_family.chain(by_given.map(|row| (row, &*row.family))).collect();
        let one = found.windows(2).all(|pair| pair[0].0.name() == pair[1].0.name());
        found.first().copied().filter(|_| one)
    }

    /// The lines of the office that the name and the place may mean.
    fn meant(&self, question: &Question<'_>) -> Vec<&Tenure> {
        let office = |row: &&Tenure| same_office(&row.office, question.office);
        let rows = self.family(question.family).filter(office);
        let rows: Vec<&Tenure> = rows.filter(|row| is_meant(row, question)).collect();
        let Some(given) = question.given.filter(|_| rows.is_empty()) else { return rows };
        // "Orbán Viktor", "Prabowo Subianto": which name is the family's is not told the same way everywhere.
        let swapped = Question { family: given, given: Some(question.family), ..*question };
        let rows = self.family(given).filter(|row| !row.is_american()).filter(office);
        rows.filter(|row| is_meant(row, &swapped)).collect()
    }

    /// Whatever the table has of whoever is called by an office and a family name only, oldest first; empty where two
    /// people share them.
    pub fn of_office(&self, family: &str, office: &str) -> Vec<&Tenure> {
        let rows = self.family(family).filter(|row| same_office(&row.office, office));
        let rows: Vec<&Tenure> = rows.filter(|row| TELLING.contains(&&*row.office)).collect();
        let one = rows.windows(2).all(|pair| pair[0].name() == pair[1].name());
        let row = rows.first().filter(|_| one);
        row.map_or_else(Vec::new, |row| self.of_person(family, &row.given))
    }

    /// Whatever the table has of a person, oldest first; empty where two people share the name.
    pub fn of_person(&self, family: &str, given: &str) -> Vec<&Tenure> {
        // Those who reign under one name are nobody with two.
        let same = |row: &&Tenure, given| !row.given.is_empty() && same_given(&row.given, given);
        let mut rows: Vec<&Tenure> = self.family(family).filter(|row| same(row, given)).collect();
        if rows.is_empty() {
            let swapped = self.family(given).filter(|row| !row.is_american());
            rows.extend(swapped.filter(|row| same(row, family)));
        }
        let country = |row: &Tenure| row.place.split('-').next().map(str::to_owned);
        let one = rows.windows(2).all(|pair| {
            country(pair[0]) == country(pair[1])
                && same_given(&pair[0].given, &pair[1].given)
                && fold(&pair[0].family) == fold(&pair[1].family)
        });
        if given.is_empty() || !one {
            rows.clear();
        }
        rows.sort_by_key(|row| row.from);
        rows
    }

    /// The line of somebody who leads another country or state that day than the one asked about.
    pub fn elsewhere(&self, question: &Question<'_>) -> Option<&Tenure> {
        let (place, given) = (question.place?, question.given?);
        let rows = self.of_person(question.family, given);
        if !ALONE.contains(&question.office) || rows.iter().any(|row| names_place(row, place)) {
            return None;
        }
        let place = fold(place);
        let known = match question.office {
            "governor" => places::code(&place).is_some(),
            _ => self.countries.iter().any(|country| is_of_country(country, &place)),
        };
        let held = |row: &&&Tenure| {
            ALONE.contains(&&*row.office)
                && row.from < question.on
                && row.holds(question.on) == Some(true)
        };
        let mut held = rows.iter().filter(held);
        held.next().copied().filter(|_| known && held.next().is_none())
    }

    /// The line that shows that a person cannot hold the office: what the person holds that day instead, or, for president
    /// and vice president of the United States, whom the table knows without a gap, what the person was.
    pub fn contradicts(&self, question: &Question<'_>, former: bool) -> Option<&Tenure> {
        let office = question.office;
        let rows = self.of_person(question.family, question.given?);
        // The speaker is a representative, and no other representative is the speaker.
        let telling = |row: &&&Tenure| {
            TELLING.contains(&&*row.office)
                || is_cabinet(&row.office)
                || office == "house speaker" && row.office == "representative"
        };
        let here = |row: &Tenure| match question.place {
            None => true,
            Some(place) if row.is_american() => is_american(&fold(place)),
            Some(place) => names_country(&row.place, &fold(place)),
        };
        let held = rows.iter().any(|row| same_office(&row.office, office));
        let asked = ASKED.contains(&office) || is_cabinet(office);
        if held || !asked || !rows.iter().all(|row| here(row)) {
            return None;
        }
        let mut known = rows.iter().filter(telling);
        let american = rows.iter().all(|row| row.is_american());
        if former || !rows.iter().any(|row| row.holds(question.on) == Some(true)) {
            let complete = american && ["president", "vice president"].contains(&office);
            return known.next_back().copied().filter(|row| complete && row.from <= question.on);
        }
        known.find(|row| row.holds(question.on) == Some(true)).copied()
    }
}

/// Of two terms of one person, the one that counts: the one that is held, else the later one.
fn later<'t>(a: Option<Standing<'t>>, b: Option<Standing<'t>>) -> Option<Standing<'t>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.holds, b.since) > (a.holds, a.since) { b } else { a }),
        (one, other) => one.or(other),
    }
}

/// Years after which a holder is seldom in the news, and a name like it is somebody else's.
const RECENT: i16 = 30;
