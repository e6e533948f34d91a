//! Who held which office on which day: the table `holders.tsv`, which newsrooms can read and diff.
//!
//! The table is part of the program and read once. Look-up is by family name through a sorted index, so it does not
//! depend on the table's size. What the table does not decide it does not answer: an unknown person, a name that two holders
//! share, a day outside the table.

use super::person::fold;
use crate::annotate::{Mention, Paragraph};
use crate::lang::en::{self, Lex};
use crate::segment::Span;
use jiff::civil::Date;
use std::sync::LazyLock;

/// When an office ended or is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It ended on this day.
    Known(Day),
    /// The term is planned to end on this day.
    Planned(Day),
    /// No end is planned.
    Open,
}

/// A day as the number yyyymmdd.
type Day = i32;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
struct Tenure {
    /// In lower case: "president", "secretary of state".
    office: &'static str,
    /// A country, or "US-TX".
    place: &'static str,
    given: &'static str,
    family: &'static str,
    from: Day,
    to: End,
    as_of: Day,
}

/// What the table says of a person and an office on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the person holds the office that day; if not, the office was held before and has ended.
    pub holds: bool,
    /// The day on which the office began (if held) or ended (if not).
    pub since: Date,
    /// The day as of which the table is true.
    pub as_of: Date,
    /// Whether the day lies after `as_of`, so that the answer rests on a planned end of term.
    pub planned: bool,
    /// A country, or "US-TX".
    pub place: &'static str,
}

/// The tenures, sorted by the fingerprint of the family name.
static TABLE: LazyLock<Vec<(u64, Tenure)>> = LazyLock::new(|| {
    let mut out = Vec::with_capacity(1200);
    let mut as_of = 0;
    for line in include_str!("holders.tsv").lines() {
        if let Some(group) = line.strip_prefix("@ ") {
            as_of = group.get(..10).and_then(day).unwrap_or(0);
        } else if let Some(tenure) = tenure(line, as_of) {
            let family = fold(tenure.family);
            let last = family.rsplit(' ').next().unwrap_or(&family);
            out.push((en::fingerprint(last), tenure));
            if let Some((first, _)) = family.split_once(' ') {
                out.push((en::fingerprint(first), tenure));
            }
        }
    }
    out.sort_by_key(|entry| entry.0);
    out
});

/// Reads one line; `None` for comments and blank lines.
fn tenure(line: &'static str, as_of: Day) -> Option<Tenure> {
    let mut columns = line.split('\t');
    let office = columns.next().filter(|office| !office.is_empty() && !office.starts_with('#'))?;
    let (place, given, family) = (columns.next()?, columns.next()?, columns.next()?);
    let from = day(columns.next()?)?;
    let to = match columns.next().unwrap_or("") {
        "" => End::Open,
        planned if planned.starts_with('~') => End::Planned(day(&planned[1..])?),
        known => End::Known(day(known)?),
    };
    Some(Tenure { office, place, given, family, from, to, as_of })
}

/// "2025-01-20" as 20250120.
fn day(text: &str) -> Option<Day> {
    let digits = text.bytes().filter(u8::is_ascii_digit);
    (text.len() == 10).then(|| digits.fold(0, |day, digit| day * 10 + Day::from(digit - b'0')))
}

fn day_of(date: Date) -> Day {
    Day::from(date.year()) * 10_000 + Day::from(date.month()) * 100 + Day::from(date.day())
}

fn date_of(day: Day) -> Date {
    let year = i16::try_from(day / 10_000).unwrap_or(1);
    let (month, of_month) = ((day / 100 % 100) as i8, (day % 100) as i8);
    Date::new(year, month, of_month).unwrap_or(Date::ZERO)
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

/// What the table says, if it decides.
pub fn standing(question: &Question<'_>) -> Option<Standing> {
    let family = fold(question.family);
    let hash = en::fingerprint(&family);
    let start = TABLE.partition_point(|entry| entry.0 < hash);
    let on = day_of(question.on);
    let (mut holds, mut ended): (Option<Tenure>, Option<Tenure>) = (None, None);
    let mut holder: Option<&Tenure> = None;
    for (_, tenure) in TABLE[start..].iter().take_while(|entry| entry.0 == hash) {
        if tenure.office != question.office || !same_family(tenure, &family) {
            continue;
        }
        if !is_meant(tenure, question) {
            continue;
        }
        if holder.is_some_and(|other| other.given != tenure.given) && question.given.is_none() {
            return None;
        }
        holder = Some(tenure);
        match tenure.to {
            _ if on < tenure.from => {}
            End::Known(end) if end <= on => {
                if ended.is_none_or(|last| last.from < tenure.from) {
                    ended = Some(*tenure);
                }
            }
            End::Planned(end) if end <= on => return None,
            End::Known(_) | End::Planned(_) => holds = Some(*tenure),
            End::Open if on <= tenure.as_of => holds = Some(*tenure),
            End::Open => return None,
        }
    }
    let (tenure, held) = holds.map(|t| (t, true)).or(ended.map(|t| (t, false)))?;
    let since = match tenure.to {
        End::Known(end) if !held => end,
        _ => tenure.from,
    };
    Some(Standing {
        holds: held,
        since: date_of(since),
        as_of: date_of(tenure.as_of),
        planned: on > tenure.as_of,
        place: tenure.place,
    })
}

/// Whether the family name is the tenure's, or the first or last word of it.
fn same_family(tenure: &Tenure, family: &str) -> bool {
    let own = fold(tenure.family);
    *own == *family || own.split(' ').any(|word| word == family)
}

/// Whether given name and place allow the tenure to be meant, and whether they suffice to tell who is.
fn is_meant(tenure: &Tenure, question: &Question<'_>) -> bool {
    if let Some(given) = question.given.filter(|given| !same_given(tenure.given, given)) {
        return given.is_empty();
    }
    let us = tenure.place.starts_with("US");
    if let Some(place) = question.place {
        let american = ["us", "u.s.", "united", "states", "american", "america"];
        let place = fold(place);
        let is_american = american.contains(&&*place) || place.len() <= 4 && place.ends_with('.');
        if tenure.place == "US" {
            return is_american;
        }
        if !us {
            return names_country(tenure.place, &place);
        }
    }
    // Few surnames tell a person anywhere in the world; those of US presidents do in an American title.
    question.given.is_some() || question.place.is_some() && !us || tenure.place == "US"
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
        || super::person::same_nickname(table.split(' ').next().unwrap_or(""), &article)
}

/// "France" for "french", "South Korea" for "korean": by the first letters, which suffice beside a family name and an office.
fn names_country(country: &str, place: &str) -> bool {
    let country = fold(country);
    if matches!(
        (&*country, place),
        ("united kingdom", "british" | "uk" | "u.k." | "britain")
            | ("netherlands", "dutch")
            | ("philippines", "filipino")
    ) {
        return true;
    }
    country.split(' ').any(|word| {
        let shared = word.bytes().zip(place.bytes()).take_while(|(a, b)| a == b).count();
        shared >= 3.min(word.len())
    })
}

/// The office of a title in lower case and in full, as the table writes it: "Sen." is "senator".
pub fn office(paragraph: &Paragraph<'_>, title: Span) -> String {
    let mut out = String::new();
    for at in title.iter() {
        let word = paragraph.text(at).to_lowercase();
        let word = word.strip_prefix("then-").or(word.strip_prefix("ex-")).unwrap_or(&word);
        let full = match word {
            "sen." | "sen" => "senator",
            "rep." | "rep" | "congressman" | "congresswoman" => "representative",
            "gov." | "gov" => "governor",
            "lt." | "lt" => "lieutenant",
            "vice-president" => "vice president",
            "of" if out != "secretary" => break,
            "of" | "the" => word,
            _ => word,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(full);
    }
    out
}

/// The country, nation or state beside a title: in the words before it, or after its "of".
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ask(office: &str, given: Option<&str>, family: &str, on: Date) -> Option<bool> {
        standing(&Question { office, family, given, place: None, on }).map(|s| s.holds)
    }

    #[test]
    fn every_line_reads() {
        let text = include_str!("holders.tsv");
        let lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', '@']));
        for line in lines {
            let tenure = tenure(line, 0).unwrap_or_else(|| panic!("{line}"));
            let ends = match tenure.to {
                End::Known(end) | End::Planned(end) => end,
                End::Open => Day::MAX,
            };
            assert!(tenure.from <= ends && !tenure.family.is_empty(), "{line}");
        }
    }

    /// Whoever leads a country does so alone: a wrong day would mostly show as an overlap with the next in office.
    #[test]
    fn terms_of_one_office_do_not_overlap() {
        let shared = ["governor", "lieutenant governor", "senator", "representative"];
        let text = include_str!("holders.tsv");
        let mut terms: Vec<Tenure> = text.lines().filter_map(|line| tenure(line, 0)).collect();
        terms.retain(|term| {
            !shared.contains(&term.office) && (term.place == "US" || !term.place.starts_with("US"))
        });
        terms.sort_by_key(|term| (term.office, term.place, term.from));
        for pair in terms.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let same = (before.office, before.place) == (after.office, after.place);
            if let (true, End::Known(end)) = (same, before.to) {
                assert!(end <= after.from, "{before:?} {after:?}");
            }
        }
    }

    #[test]
    fn the_date_decides() {
        for (office, given, family, held, later) in [
            ("president", "Barack", "Obama", date(2016, 5, 1), date(2018, 5, 1)),
            ("president", "Joe", "Biden", date(2022, 5, 1), date(2025, 5, 1)),
            ("vice president", "Mike", "Pence", date(2018, 5, 1), date(2022, 5, 1)),
            ("vice president", "Kamala", "Harris", date(2022, 5, 1), date(2025, 5, 1)),
            ("secretary of state", "John", "Kerry", date(2015, 5, 1), date(2018, 5, 1)),
            ("prime minister", "David", "Cameron", date(2012, 5, 1), date(2017, 5, 1)),
            ("prime minister", "Theresa", "May", date(2018, 5, 1), date(2020, 5, 1)),
            ("prime minister", "Justin", "Trudeau", date(2018, 5, 1), date(2025, 5, 1)),
            ("president", "Nicolas", "Sarkozy", date(2010, 5, 1), date(2014, 5, 1)),
            ("president", "François", "Hollande", date(2014, 5, 1), date(2018, 5, 1)),
            ("chancellor", "Angela", "Merkel", date(2014, 5, 1), date(2022, 5, 1)),
            ("president", "Jae-in", "Moon", date(2018, 5, 1), date(2023, 5, 1)),
        ] {
            assert_eq!(ask(office, Some(given), family, held), Some(true), "{family} {held}");
            assert_eq!(ask(office, Some(given), family, later), Some(false), "{family} {later}");
        }
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
}
