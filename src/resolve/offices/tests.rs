//! What the built-in table says: offices in full, spellings of names, gaps in service, and who held what on which day.

use super::matching::same_given;
use super::tenure::tenure;
use super::{End, Question, Table, Tenure};
use jiff::civil::{Date, date};
use rustc_hash::FxHashMap;

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
        ("homeland security secretary", "secretary of homeland security"),
        ("secretary of state", "secretary of state"),
    ] {
        assert_eq!(super::written::in_full(short.to_owned()), full);
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
