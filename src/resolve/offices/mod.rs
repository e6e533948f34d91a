//! Who held which office on which day: the table `holders.tsv`, which newsrooms can read, diff and extend.
//!
//! The table is part of the program and read once. Look-up is by family name through a hash, so it does not depend on the
//! table's size. What the table does not decide it does not answer: an unknown person, a name that two holders share, a day
//! outside the table.

mod states;

use super::person::{Person, fold};
use crate::annotate::{Mention, Paragraph};
use crate::lang::en::{self, Lex, names};
use crate::segment::{Span, TokenFlags};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// When an office ended or is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It ended on this day.
    Known(Date),
    /// The term is planned to end on this day.
    Planned(Date),
    /// No end is planned.
    Open,
}

/// One line of the table: who held which office from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// In lower case and in full: "president", "secretary of state".
    pub office: Cow<'static, str>,
    /// A country, or "US-TX"; empty if the house does not say.
    pub place: Cow<'static, str>,
    /// Given names; empty for monarchs.
    pub given: Cow<'static, str>,
    /// The name that stands for the person alone.
    pub family: Cow<'static, str>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: End,
    /// The day as of which the line is true.
    pub as_of: Date,
    /// Where it comes from.
    pub source: Cow<'static, str>,
}

impl Tenure {
    /// Whether the office is held on a day: `None` where that is not known.
    pub fn holds(&self, on: Date) -> Option<bool> {
        match self.to {
            _ if on < self.from => Some(false),
            End::Known(end) => Some(on < end),
            End::Planned(end) if on < end => Some(true),
            End::Open if on <= self.as_of => Some(true),
            End::Planned(_) | End::Open => None,
        }
    }

    /// The day on which it ends at the latest.
    fn last_day(&self) -> Date {
        match self.to {
            End::Known(day) | End::Planned(day) => day,
            End::Open => Date::MAX,
        }
    }

    /// Given names and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    fn is_american(&self) -> bool {
        self.place.starts_with("US")
    }
}

/// What the table says of a person and an office on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'t> {
    /// The line that says so.
    pub tenure: &'t Tenure,
    /// Whether the person holds the office that day; if not, the office was held before and has ended.
    pub holds: bool,
    /// The day on which the office began (if held) or ended (if not).
    pub since: Date,
    /// The day as of which the table is true.
    pub as_of: Date,
    /// Whether the day lies after `as_of`, so that the answer rests on a planned end of term.
    pub planned: bool,
}

/// What is asked of the table.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// In lower case and in full: "president", "vice president", "senator", "secretary of state".
    pub office: &'a str,
    /// The family name as written.
    pub family: &'a str,
    /// The given name as written, if the article gives it.
    pub given: Option<&'a str>,
    /// A country, nation or state beside the title, if there is one ("South Korean", "Ohio").
    pub place: Option<&'a str>,
    /// The day.
    pub on: Date,
}

/// The table of office-holders.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Tenure>,
    /// Rows by the first and the last word of the family name.
    by_family: FxHashMap<u64, Vec<u32>>,
    /// Rows of heads of state and government, and of governors, by the first given name.
    by_given: FxHashMap<u64, Vec<u32>>,
}

static BUILT_IN: LazyLock<Table> = LazyLock::new(|| Table::of(read(include_str!("holders.tsv"))));

/// The lines of a table.
fn read(text: &'static str) -> Vec<Tenure> {
    let mut out = Vec::with_capacity(1500);
    let (mut as_of, mut source) = (Date::ZERO, "");
    for line in text.lines() {
        if let Some(group) = line.strip_prefix("@ ") {
            as_of = group.get(..10).and_then(|day| day.parse().ok()).unwrap_or(Date::ZERO);
            source = group.get(11..).unwrap_or("");
        } else {
            out.extend(tenure(line, as_of, source));
        }
    }
    out
}

/// Reads one line; `None` for comments and blank lines.
fn tenure(line: &'static str, as_of: Date, source: &'static str) -> Option<Tenure> {
    let mut columns = line.split('\t');
    let office = columns.next().filter(|office| !office.is_empty() && !office.starts_with('#'))?;
    let (place, given, family) = (columns.next()?, columns.next()?, columns.next()?);
    let from = columns.next()?.parse().ok()?;
    let to = end(columns.next().unwrap_or(""))?;
    let [office, place, given, family, source] =
        [office, place, given, family, source].map(Cow::Borrowed);
    Some(Tenure { office, place, given, family, from, to, as_of, source })
}

/// "2029-01-20", "~2029-01-20" for a planned end, "" for none.
pub(crate) fn end(text: &str) -> Option<End> {
    match text.strip_prefix('~') {
        _ if text.is_empty() => Some(End::Open),
        Some(planned) => planned.parse().ok().map(End::Planned),
        None => text.parse().ok().map(End::Known),
    }
}

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
        Self { rows, by_family, by_given }
    }

    /// The lines with this family name.
    fn family<'t>(&'t self, family: &str) -> impl Iterator<Item = &'t Tenure> {
        self.rows_of(family).iter().filter_map(|&row| self.rows.get(row as usize))
    }

    /// Their numbers: one look-up, however long the table is.
    fn rows_of(&self, family: &str) -> &[u32] {
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

    /// The line that shows that a person cannot hold the office: what the person holds that day instead, or, for president
    /// and vice president of the United States, whom the table knows without a gap, what the person was.
    pub fn contradicts(&self, question: &Question<'_>, former: bool) -> Option<&Tenure> {
        let office = question.office;
        let rows = self.of_person(question.family, question.given?);
        let telling = |row: &&&Tenure| TELLING.contains(&&*row.office) || is_cabinet(&row.office);
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

impl Tenure {
    /// What the line says of its office on a day. The outer `None` says that nobody can tell, the inner one that the line
    /// says nothing.
    #[allow(clippy::option_option)]
    fn standing(&self, on: Date) -> Option<Option<Standing<'_>>> {
        if on < self.from {
            return Some(None);
        }
        // On the day of a handover an article may be written before or after it.
        if on == self.from || self.to == End::Known(on) {
            return None;
        }
        let holds = self.holds(on)?;
        let since = match self.to {
            End::Known(end) if !holds => end,
            _ => self.from,
        };
        let (as_of, planned) = (self.as_of, on > self.as_of);
        Some(Some(Standing { tenure: self, holds, since, as_of, planned }))
    }
}

/// Of two terms of one person, the one that counts: the one that is held, else the later one.
fn later<'t>(a: Option<Standing<'t>>, b: Option<Standing<'t>>) -> Option<Standing<'t>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.holds, b.since) > (a.holds, a.since) { b } else { a }),
        (one, other) => one.or(other),
    }
}

/// Offices that tell who somebody is; members of the House are too many for their names to.
const TELLING: [&str; 9] = [
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
const ASKED: [&str; 7] = [
    "president",
    "vice president",
    "prime minister",
    "premier",
    "chancellor",
    "governor",
    "senator",
];

fn is_cabinet(office: &str) -> bool {
    office.starts_with("secretary of ")
}

/// Years after which a holder is seldom in the news, and a name like it is somebody else's.
const RECENT: i16 = 30;

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
    fn is_spelt_one_way(&self) -> bool {
        let offices = ["president", "vice president", "prime minister", "chancellor", "governor"];
        let known = offices.contains(&&*self.office) || is_cabinet(&self.office);
        known && (self.is_american() || LATIN.contains(&&*self.place))
    }
}

fn given_key(given: &str) -> u64 {
    let given = fold(given);
    en::fingerprint(given.split(' ').next().unwrap_or(&given))
}

/// Whether one letter inside the words differs; endings make other names ("Sara", "Sarah").
fn one_letter_apart(right: &str, written: &str) -> bool {
    let (right, written) = (fold(right), fold(written));
    let ending = right.starts_with(&*written) || written.starts_with(&*right);
    let long = right.len() > 3 && written.len() > 3;
    long && !ending
        && right.as_bytes().first() == written.as_bytes().first()
        && strsim::osa_distance(&right, &written) == 1
}

/// What a family name is looked up by: its last word, without an article, in one of its spellings.
fn family_key(folded: &str) -> u64 {
    let last = folded.rsplit(' ').next().unwrap_or(folded);
    let bare = last.strip_prefix("al-").or(last.strip_prefix("el-")).unwrap_or(last);
    names::one_spelling(en::fingerprint(bare))
}

/// "Marcos" of "Marcos Jr.".
fn without_suffix(family: &str) -> &str {
    family.trim_end_matches(" Jr.").trim_end_matches(" Sr.")
}

/// Heads of government are called premier and prime minister.
fn same_office(table: &str, article: &str) -> bool {
    let plain = |office| if office == "premier" { "prime minister" } else { office };
    table == article || plain(table) == plain(article)
}

/// Whether given name and place allow the tenure to be meant, and whether they suffice to tell who is.
fn is_meant(tenure: &Tenure, question: &Question<'_>) -> bool {
    if let Some(given) = question.given.filter(|given| !same_given(&tenure.given, given)) {
        return given.is_empty() || tenure.given.is_empty();
    }
    let us = tenure.is_american();
    let state = question.place.and_then(|place| states::code(&fold(place)));
    // State legislatures have representatives too, and so had the Congress before.
    if tenure.office == "representative" && us && state.is_none() {
        return false;
    }
    if let Some(place) = question.place {
        let place = fold(place);
        if let Some(state) = states::code(&place).filter(|_| us && tenure.place != "US") {
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

fn is_american(place: &str) -> bool {
    ["us", "u.s.", "united", "states", "american", "america"].contains(&place)
        || states::code(place).is_some()
}

/// "Bill" and "William", "Chris" and "Christopher", "JD" and "James David": the same given name, or near enough.
fn same_given(table: &str, article: &str) -> bool {
    let (table, article) = (fold(table), fold(article));
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (whole, other) = (bare(&table), bare(&article));
    let start = |a: &str, b: &str| a.len() >= 3 && b.starts_with(a);
    whole == other
        || start(&whole, &other)
        || start(&other, &whole)
        || table.split([' ', '-']).any(|word| word == article || start(&other, word))
        || super::person::same_nickname(
            table.split(' ').next().unwrap_or(""),
            article.split(' ').next().unwrap_or(""),
        )
}

/// "France" for "french", "South Korea" for "korean": by the first letters, which suffice beside a family name and an office.
fn names_country(country: &str, place: &str) -> bool {
    let country = fold(country);
    let other = matches!(
        (&*country, place),
        ("united kingdom", "british" | "uk" | "u.k." | "britain")
            | ("netherlands", "dutch")
            | ("philippines", "filipino")
            | ("france", "french")
            | ("spain", "spanish")
            | ("denmark", "danish")
            | ("ireland", "irish")
            | ("switzerland", "swiss")
            | ("myanmar", "burmese")
    );
    if other {
        return true;
    }
    country.split(' ').any(|word| {
        let shared = word.bytes().zip(place.bytes()).take_while(|(a, b)| a == b).count();
        shared >= 3.min(word.len())
    })
}

/// The given names of a person as the article has them in full, initials and all.
pub fn given_names(person: &Person) -> String {
    match person.name.split_once(person.family.as_str()) {
        Some((before, after)) if before.trim().is_empty() => after.trim().to_owned(),
        Some((before, _)) => before.trim().to_owned(),
        None => person.given.clone(),
    }
}

/// The office of a title in lower case and in full, as the table writes it: "Sen." is "senator".
pub fn office(paragraph: &Paragraph<'_>, title: Span) -> String {
    of_words(title.iter().map(|at| paragraph.text(at)))
}

/// The office that the words name, in lower case and in full.
pub(crate) fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut out = String::new();
    for word in words {
        let word = word.to_lowercase();
        let word = word.strip_prefix("then-").or(word.strip_prefix("ex-")).unwrap_or(&word);
        let full = match word {
            "sen." | "sen" => "senator",
            "rep." | "rep" | "congressman" | "congresswoman" => "representative",
            "gov." | "gov" => "governor",
            "lt." | "lt" => "lieutenant",
            "vice-president" => "vice president",
            "taoiseach" => "prime minister",
            "of" if out != "secretary" => break,
            "of" | "the" => word,
            _ => word,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(full);
    }
    in_full(out)
}

/// Whether titles of the office are followed: the others say nothing of who holds them.
pub(crate) fn is_followed(office: &str) -> bool {
    let known = |word: &str| en::lexicon(word).contains(Lex::OFFICE) || word == "attorney";
    office.split(' ').any(|word| known(word) || word.contains('-'))
}

/// "defense secretary" as the table writes it: "secretary of defense".
fn in_full(office: String) -> String {
    let Some(domain) = office.strip_suffix(" secretary") else {
        return office.replace("secretary of defence", "secretary of defense");
    };
    match domain {
        "defense" | "defence" => "secretary of defense".to_owned(),
        "treasury" | "interior" => format!("secretary of the {domain}"),
        "health" => "secretary of health and human services".to_owned(),
        "housing" => "secretary of housing and urban development".to_owned(),
        "commerce" | "labor" | "transportation" | "energy" | "education" | "agriculture"
        | "homeland security" | "veterans affairs" => format!("secretary of {domain}"),
        _ => office,
    }
}

/// The country, nation or state beside a title: in the words before it, after its "of", or with the party after the name.
pub fn place_of<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    let place = Lex::PLACE | Lex::DEMONYM;
    let party = [
        "republican",
        "democratic",
        "democrat",
        "conservative",
        "liberal",
        "labour",
        "labor",
        "green",
    ];
    (mention.span.start as usize..mention.title.start as usize)
        .chain(
            mention
                .title
                .iter()
                .skip_while(|&at| !paragraph.is(at, "of") && !paragraph.is(at, "for")),
        )
        .filter(|&at| paragraph.token(at).is_some_and(|token| token.lex.intersects(place)))
        .map(|at| paragraph.text(at))
        .filter(|word| !party.iter().any(|party| word.eq_ignore_ascii_case(party)))
        .last()
        .or_else(|| nation(paragraph, mention))
        .or_else(|| party_state(paragraph, mention))
}

/// Words of countries that are no names of places by themselves.
const PARTS: [&str; 6] = ["kingdom", "salvador", "republic", "guinea", "tobago", "emirates"];

/// "El Salvador President", "Novaran President": a nation that no list of places has, by its form.
fn nation<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    let before = mention.span.start as usize..mention.title.start as usize;
    let mut words = before.filter(|&at| {
        paragraph.token(at).is_some_and(|token| {
            let text = paragraph.text(at);
            let capital = token.flags.contains(TokenFlags::CAPITAL);
            let formed = ["an", "ese", "ish"].iter().any(|ending| text.ends_with(ending));
            capital && token.lex.is_empty() && formed && text.len() > 5
                || capital && PARTS.iter().any(|part| paragraph.is(at, part))
        })
    });
    words.next_back().map(|at| paragraph.text(at))
}

/// The state of a legislator beside the party: "R-Ala.", "a Michigan Republican", "a Democrat from Ohio".
fn party_state<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    let end = mention.span.end as usize;
    let opens = paragraph.token(end).is_some_and(|token| matches!(token.mark, ',' | '('));
    if let Some(state) = opens.then(|| bracketed(paragraph, end + 1)).flatten() {
        return Some(state);
    }
    let after = (end + 1..end + 7).filter(|_| opens);
    let is_party = |at: usize| paragraph.is(at, "republican") || paragraph.is(at, "democrat");
    let mut states = after.filter_map(|at| {
        paragraph.token(at)?;
        let text = paragraph.text(at);
        let beside = is_party(at + 1) || at > 1 && paragraph.is(at - 1, "from") && is_party(at - 2);
        Some(text).filter(|text| beside && states::code(&fold(text)).is_some())
    });
    states.next()
}

/// "R-Ala.", "D-N.Y.": the state behind a party's letter, which may be several tokens.
fn bracketed<'p>(paragraph: &'p Paragraph<'_>, at: usize) -> Option<&'p str> {
    paragraph.token(at)?;
    let last = (at + 8).min(paragraph.tokens().len());
    let (party, rest) = paragraph.slice(Span::new(at, last)).split_once('-')?;
    let end = rest.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(rest.len());
    rest.get(..end).filter(|_| matches!(party, "R" | "D" | "I"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ask(office: &str, given: Option<&str>, family: &str, on: Date) -> Option<bool> {
        let question = Question { office, family, given, place: None, on };
        Table::built_in().standing(&question).map(|s| s.holds)
    }

    #[test]
    fn every_line_reads() {
        let text = include_str!("holders.tsv");
        let lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', '@']));
        for line in lines {
            let tenure = tenure(line, Date::ZERO, "").unwrap_or_else(|| panic!("{line}"));
            let ends = match tenure.to {
                End::Known(end) | End::Planned(end) => end,
                End::Open => Date::MAX,
            };
            assert!(tenure.from <= ends && !tenure.family.is_empty(), "{line}");
        }
        assert!(Table::built_in().rows.iter().all(|row| !row.source.is_empty()));
    }

    /// Whoever leads a country does so alone: a wrong day would mostly show as an overlap with the next in office.
    #[test]
    fn terms_of_one_office_do_not_overlap() {
        let shared = ["lieutenant governor", "senator", "representative"];
        let mut terms: Vec<&Tenure> = Table::built_in().rows.iter().collect();
        terms.retain(|term| !shared.contains(&&*term.office));
        terms.sort_by_key(|term| (&term.office, &term.place, term.from));
        for pair in terms.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if (&before.office, &before.place) != (&after.office, &after.place) {
                continue;
            }
            match before.to {
                End::Known(end) => assert!(end <= after.from, "{before:?} {after:?}"),
                // The same person's line of a later edition.
                _ => assert_eq!(before.family, after.family, "{before:?} {after:?}"),
            }
        }
    }

    /// What is looked at does not grow with the table.
    #[test]
    fn a_long_house_list_costs_a_look_up_nothing() {
        let line = |number: u32| Tenure {
            office: "mayor".into(),
            family: format!("Nobody{number}").into(),
            ..Table::built_in().rows[0].clone()
        };
        let house: Vec<Tenure> = (0..50_000).map(line).collect();
        let long = Table::extended(house);
        assert!(long.rows.len() > 50_000);
        for family in ["Obama", "Bush", "Nobody7", "Stranger"] {
            let extra = usize::from(family == "Nobody7");
            let built_in = Table::built_in().rows_of(family).len();
            assert_eq!(long.rows_of(family).len(), built_in + extra, "{family}");
        }
        let own = Tenure { given: "Barack".into(), family: "Obama".into(), ..line(0) };
        let (from, to) = (date(2009, 1, 20), End::Known(date(2017, 1, 20)));
        let own = Tenure { office: "president".into(), from, to, ..own };
        let replaced = Table::extended(vec![own]);
        assert_eq!(replaced.rows.len(), Table::built_in().rows.len(), "one line for one line");
        let second = Tenure { office: "president".into(), family: "Trump".into(), ..line(0) };
        let second =
            Tenure { given: "Donald".into(), from: date(2025, 1, 20), to: End::Open, ..second };
        let replaced = Table::extended(vec![second]);
        assert_eq!(replaced.of_person("Trump", "Donald").len(), 2, "the first term stays");
    }

    #[test]
    fn what_the_table_does_not_decide() {
        assert_eq!(ask("president", Some("Ana"), "Obama", date(2016, 5, 1)), None);
        assert_eq!(ask("president", None, "Lee", date(2025, 8, 1)), None);
        assert_eq!(ask("president", None, "Nobody", date(2025, 8, 1)), None);
        assert_eq!(ask("representative", None, "Smith", date(2024, 8, 1)), None);
        assert_eq!(ask("president", Some("Barack"), "Obama", date(2001, 5, 1)), None);
        // After the planned end of a term nobody knows.
        assert_eq!(ask("president", Some("Donald"), "Trump", date(2031, 5, 1)), None);
        assert_eq!(ask("president", Some("Donald"), "Trump", date(2023, 5, 1)), Some(false));
        assert_eq!(ask("president", Some("Donald"), "Trump", date(2019, 5, 1)), Some(true));
    }

    #[test]
    fn two_presidents_of_one_name() {
        assert_eq!(ask("president", Some("George"), "Bush", date(2004, 5, 1)), None);
        assert_eq!(ask("president", Some("George"), "Bush", date(2016, 5, 1)), Some(false));
        assert_eq!(ask("president", Some("John"), "Adams", date(1826, 5, 1)), None);
    }

    #[test]
    fn what_somebody_cannot_be() {
        let contradicts = |office, given, family, on, former| {
            let question = Question { office, family, given: Some(given), place: None, on };
            let row = Table::built_in().contradicts(&question, former);
            row.map(|row| row.office.to_string())
        };
        let day = date(2015, 5, 1);
        let office = contradicts("president", "John", "Kerry", day, false);
        assert_eq!(office.as_deref(), Some("secretary of state"));
        let office = contradicts("senator", "John", "Kerry", day, false);
        assert_eq!(office.as_deref(), Some("secretary of state"));
        let office = contradicts("president", "Hillary", "Clinton", day, true);
        assert_eq!(office.as_deref(), Some("secretary of state"));
        let office = contradicts("prime minister", "Francois", "Hollande", day, false);
        assert_eq!(office.as_deref(), Some("president"));
        for (office, given, family) in [
            ("president", "Barack", "Obama"),
            ("president", "Tom", "Nobody"),
            ("prime minister", "Dmitry", "Medvedev"),
        ] {
            assert_eq!(contradicts(office, given, family, day, false), None, "{family}");
        }
    }

    #[test]
    fn offices_in_full() {
        for (short, full) in [
            ("defense secretary", "secretary of defense"),
            ("treasury secretary", "secretary of the treasury"),
            ("home secretary", "home secretary"),
            ("secretary of state", "secretary of state"),
        ] {
            assert_eq!(in_full(short.to_owned()), full);
        }
    }

    /// Members who left and came back were out of office in between.
    #[test]
    fn gaps_in_the_service_of_representatives() {
        for (given, family, state, first, away, back) in [
            ("Darrell", "Issa", "Calif.", 2001, 2019, 2021),
            ("Ryan", "Zinke", "Montana", 2015, 2018, 2023),
            ("Kweisi", "Mfume", "Md.", 1987, 1997, 2020),
            ("Cleo", "Fields", "La.", 1993, 1997, 2025),
            ("Tom", "Suozzi", "N.Y.", 2017, 2023, 2024),
            ("David", "Valadao", "California", 2013, 2019, 2021),
            ("Pete", "Sessions", "Texas", 1997, 2019, 2021),
            ("Gil", "Cisneros", "Calif.", 2019, 2021, 2025),
        ] {
            let (place, given) = (Some(state), Some(given));
            let holds = |on| {
                let question = Question { office: "representative", family, given, place, on };
                Table::built_in().standing(&question).map(|s| s.holds)
            };
            assert_eq!(holds(date(first, 12, 1)), Some(true), "{family}");
            assert_eq!(holds(date(away, 12, 1)), Some(false), "{family}");
            assert_eq!(holds(date(back, 12, 1)), Some(true), "{family}");
        }
    }

    #[test]
    fn a_representative_needs_a_state() {
        let holds = |place| {
            let on = date(2024, 9, 1);
            let (office, family, given) = ("representative", "Rogers", Some("Mike"));
            let question = Question { office, family, given, place, on };
            Table::built_in().standing(&question).map(|s| s.holds)
        };
        assert_eq!(holds(None), None);
        assert_eq!(holds(Some("Michigan")), None);
        assert_eq!(holds(Some("Ala.")), Some(true));
    }

    #[test]
    fn holders_by_every_usual_spelling() {
        let day = date(2025, 8, 1);
        for (office, given, family) in [
            ("president", "Vladimir", "Putin"),
            ("president", "Volodymyr", "Zelensky"),
            ("president", "Volodymyr", "Zelenskiy"),
            ("president", "Abdel Fattah", "el-Sissi"),
            ("president", "Abdel Fattah", "Sisi"),
            ("prime minister", "Orb\u{e1}n", "Viktor"),
            ("president", "Prabowo", "Subianto"),
            ("prime minister", "Anwar", "Ibrahim"),
        ] {
            assert_eq!(ask(office, Some(given), family, day), Some(true), "{given} {family}");
        }
        for (given, family) in [("Yingluck", "Shinawatra"), ("Najib", "Razak")] {
            assert_eq!(ask("prime minister", Some(given), family, day), Some(false), "{family}");
        }
        assert!(!Table::built_in().of_person("Subianto", "Prabowo").is_empty());
        let anwar = Table::built_in().of_person("Ibrahim", "Anwar");
        assert!(anwar.iter().all(|row| row.office == "prime minister"), "{anwar:?}");
        assert!(!Table::built_in().of_office("Zelenskyy", "president").is_empty());
        assert!(Table::built_in().of_office("Lee", "president").is_empty(), "several of them");
    }

    #[test]
    fn names_one_letter_away_from_a_holder() {
        let near = |office, given, family| {
            let question =
                Question { office, family, given: Some(given), place: None, on: date(2024, 9, 1) };
            Table::built_in().misspelt(&question).map(|(_, word)| word)
        };
        assert_eq!(near("president", "Emanuel", "Macron"), Some("Emmanuel"));
        assert_eq!(near("prime minister", "Kier", "Starmer"), Some("Keir"));
        assert_eq!(near("president", "Donald", "Trunp"), Some("Trump"));
        assert_eq!(near("governor", "Gretchen", "Witmer"), Some("Whitmer"));
        assert_eq!(near("president", "Donald", "Trump"), None);
        assert_eq!(near("mayor", "Donald", "Trunp"), None);
        assert_eq!(near("president", "Andrew", "Jacksin"), None, "too long ago");
        assert_eq!(near("president", "Ana", "Trunp"), None);
    }

    #[test]
    fn a_father_and_a_son_in_the_same_office() {
        let day = date(2024, 8, 1);
        assert_eq!(ask("president", Some("Ferdinand"), "Marcos", day), None);
    }

    /// One person has one given name in the table, so that terms are found to be one person's.
    #[test]
    fn one_person_is_one_name() {
        let mut given: FxHashMap<(&str, &str), Vec<&str>> = FxHashMap::default();
        for row in Table::built_in().rows.iter().filter(|row| row.place != "US") {
            let names = given.entry((&row.place, &row.family)).or_default();
            if !names.contains(&&*row.given) {
                let other = names.iter().find(|name| same_given(name, &row.given));
                assert_eq!(other, None, "{row:?}");
                names.push(&row.given);
            }
        }
    }
}
