//! People: which mentions are one person, measured on annotated articles, and the hard cases as small stories.
//!
//! The measure needs annotated copy that is not part of the project (`../shared/eval/coref_people.jsonl`: GUM's Wikinews
//! articles, annotation CC BY 4.0) and is skipped with a message where that is absent. `PEOPLE_ERRORS=1 cargo test --test
//! people -- --nocapture` prints each missed and each wrong mention (`=pronouns` with pronouns).

#[path = "people/scorer.rs"]
mod scorer;

use copydesk::annotate::MentionKind;
use copydesk::resolve::Story;
use copydesk::{Analyzer, Article};
use scorer::{Gold, Score};
use std::path::Path;

fn story(text: &str) -> Story<'_> {
    Analyzer::default().annotate(&Article { text, ..Article::default() })
}

#[test]
fn annotated_articles() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/coref_people.jsonl");
    let Ok(file) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return;
    };
    let gold: Vec<Gold> = file
        .lines()
        .map(|line| serde_json::from_str(line).expect("an annotated article"))
        .collect();
    let mut names = Score::default();
    let mut all = Score::default();
    let shown = std::env::var("PEOPLE_ERRORS").unwrap_or_default();
    for article in &gold {
        let story = story(&article.text);
        let kinds = [MentionKind::Name, MentionKind::Pronoun];
        scorer::score(article, &story, &kinds[..1], shown == "1", &mut names);
        scorer::score(article, &story, &kinds, shown == "pronouns", &mut all);
    }
    for (what, score) in [("names", &names), ("with pronouns", &all)] {
        println!(
            "{what}: precision {:.3} recall {:.3} F1 {:.3} ({} right, {} wrong, {} missed)",
            score.precision(),
            score.recall(),
            score.f1(),
            score.right,
            score.wrong,
            score.missed
        );
    }
    assert!(names.precision() >= 0.96 && names.f1() >= 0.95, "names got worse");
    assert!(all.precision() >= 0.95 && all.f1() >= 0.74, "pronouns got worse");
}

/// Each person of the story: the name, the word that stands for it, and the mentions by name as written.
fn people(text: &str) -> Vec<(String, String, Vec<String>)> {
    let story = story(text);
    let names = scorer::found(&story, &[MentionKind::Name], true);
    story
        .people
        .iter()
        .zip(names)
        .map(|(person, places)| {
            let mentions = places.iter().map(|&(start, end)| text[start..end].to_owned()).collect();
            (person.name.clone(), person.family.clone(), mentions)
        })
        .collect()
}

#[test]
fn who_is_who() {
    for (text, expected) in [
        (
            "Olga Brandt met Kevin Kim on Monday. Kim Jong Un did not come, but Brandt said Kevin Kim had called.",
            &["Olga Brandt: Brandt 2", "Kevin Kim: Kim 2", "Kim Jong Un: Kim 1"][..],
        ),
        ("Chinese leader Xi Jinping spoke. Xi then left.", &["Xi Jinping: Xi 2"]),
        (
            "President Ana de la Cruz spoke. De la Cruz, 54, was brief. Martin Luther Park III agreed.",
            &["Ana de la Cruz: Cruz 2", "Martin Luther Park III: Park 1"],
        ),
        ("The Trump administration and Trump Tower are no people.", &[]),
        (
            "Sen. Ida Lund, R-Ohio, voted no. Supreme Court clerks and White House aides watched.",
            &["Ida Lund: Lund 1"],
        ),
        (
            "Then-Secretary of State Mike Pompeo flew to Oslo. Pompeo’s plane was late.",
            &["Mike Pompeo: Pompeo 2"],
        ),
    ] {
        let found: Vec<String> = people(text)
            .into_iter()
            .map(|(name, family, mentions)| format!("{name}: {family} {}", mentions.len()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn many_people_take_linear_time() {
    let story_of = |count: usize| -> String {
        (0..count)
            .map(|n| format!("Sen. Ana Ruiz{} Smith said so, and Smith left.\n\n", n % 9973))
            .collect()
    };
    let seconds = |text: &str| {
        let start = std::time::Instant::now();
        story(text);
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (story_of(1_000), story_of(10_000));
    seconds(&small);
    let (one, ten) = (seconds(&small), seconds(&large));
    assert!(ten < 30.0 * one + 0.5, "{one} s for a thousand, {ten} s for ten thousand");
}

/// The people of a small story, each with the places of the mentions as "words@byte".
fn named(text: &str) -> Vec<(String, Vec<String>)> {
    let story = story(text);
    let places = scorer::found(&story, &[MentionKind::Name], true);
    (story.people.iter().zip(places))
        .map(|(person, places)| {
            let words = places.iter().map(|&(start, end)| text[start..end].to_owned());
            (person.name.clone(), words.collect())
        })
        .collect()
}

/// Who is mentioned how often by name.
fn counted(text: &str) -> String {
    let count = |(name, words): (String, Vec<String>)| format!("{name} {}", words.len());
    named(text).into_iter().map(count).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_word_with_a_capital_is_not_always_the_name() {
    for (text, expected) in [
        // Months, clubs and places that are given names.
        (
            "April Dunn, a pilot, said the field is wet. It opened in April. Last April was dry. April 2023 was worse. \
          April 4 is next. By April it will close.",
            "April Dunn 1",
        ),
        (
            "April Dunn said the field is wet. April said so twice, and April smiled.",
            "April Dunn 3",
        ),
        ("June Park asked for leave in June. June is hot.", "June Park 1"),
        (
            "Chelsea Webb watched Chelsea. Chelsea lost. “It rained,” Chelsea said.",
            "Chelsea Webb 2",
        ),
        ("Grace Lund left. Grace periods end. Her son kissed Grace.", "Grace Lund 2"),
        // Ordinary words at the head of a sentence.
        (
            "Tom Price resigned. Price controls failed. Price Hikes and price wars followed.",
            "Tom Price 1",
        ),
        (
            "Tom Price resigned. Price left at noon. Price’s aides wept. Price, 60, was hurt. Price said so.",
            "Tom Price 5",
        ),
        ("Ed Cook spoke. Cook the beans first. Cook is tired.", "Ed Cook 2"),
        (
            "Ana Banks spoke. Banks in Ohio failed. Banks failed. Banks said so. Banks was right.",
            "Ana Banks 3",
        ),
        ("Ana Banks spoke when Banks came. Banks failed.", "Ana Banks 3"),
        ("Susan Park spoke. Park rangers left. Park will stay.", "Susan Park 2"),
        ("Bob Hope spoke. Hope springs eternal. Hope joked.", "Bob Hope 2"),
        // Firms and things.
        (
            "Ana Ruiz left. Ruiz & Co. closed. Lund, Ruiz & Partners and Ruiz and Sons did not.",
            "Ana Ruiz 1",
        ),
        (
            "Conrad Hilton left. The Hilton in Oslo is full. He slept at the Hilton.",
            "Conrad Hilton 1",
        ),
        ("Ana Hill left. Hill said so. Hill towns are small. The Hill is quiet.", "Ana Hill 2"),
    ] {
        assert_eq!(counted(text), expected, "{text}");
    }
}

#[test]
fn titles_that_are_surnames() {
    for (text, expected) in [
        ("Stephen King wrote it. King left. They saw King.", "Stephen King 3"),
        ("Martin Luther King Jr. spoke. King was heard.", "Martin Luther King Jr. 2"),
        ("Billie Jean King won. King said so.", "Billie Jean King 2"),
        ("Deion Prince, a nurse, left. Prince is 40.", "Deion Prince 2"),
        ("Rhoda Judge, 45, left. Judge was late.", "Rhoda Judge 2"),
        ("Frank Church ran. Church was a senator. Church bells rang.", "Frank Church 2"),
        ("Harold Church Jr. ran. Church wept.", "Harold Church Jr. 2"),
        ("John King, a nurse, left. Mayor King returned, and Mr. King wept.", "John King 3"),
        ("Sgt. Bo Driver left. Driver said so. Driver error was the cause.", "Bo Driver 2"),
        // And titles that are none.
        (
            "Chief Justice Ana Ruiz left. The Chief Justice said so. Crown Prince Haakon left.",
            "Ana Ruiz 1, Haakon 1",
        ),
        (
            "Stephen King wrote it. The King of Spain left. King Felipe spoke. King of Spain, he is.",
            "Stephen King 1, Felipe 1",
        ),
        ("Burger King said it will close. King left.", ""),
        ("Judge Ana Ruiz left. Judge said so.", "Ana Ruiz 1"),
    ] {
        assert_eq!(counted(text), expected, "{text}");
    }
}

#[test]
fn parts_of_long_names() {
    for (text, expected) in [
        (
            "Ana Ruiz Garcia spoke. Ruiz left. Ruiz Garcia came. Garcia said so.",
            "Ana Ruiz Garcia 4",
        ),
        ("Mary Ann Lund spoke. Mary Ann stayed.", "Mary Ann Lund 2"),
        ("Robert “Bob” Dunn spoke. Dunn left. Bob Dunn came back.", "Robert “Bob” Dunn 3"),
        ("Bob Dunn spoke. Robert “Bob” Dunn left.", "Bob Dunn 2"),
        // One given name in two spellings, and two given names.
        ("Philip Dunn spoke. Phillip Dunn left, and Dunn wept.", "Philip Dunn 3"),
        ("Kirsten Dunn spoke. Kirstin Dunn left.", "Kirsten Dunn 2"),
        ("Marco Dunn spoke. Mario Dunn left.", "Marco Dunn 1, Mario Dunn 1"),
        ("Paul Dunn spoke. Paula Dunn left.", "Paul Dunn 1, Paula Dunn 1"),
        ("Erika Dunn spoke. Erik Dunn left.", "Erika Dunn 1, Erik Dunn 1"),
        ("# RUIZ SAYS BRIDGE IS SAFE\n\nAna Ruiz spoke.", "Ana Ruiz 2"),
        ("# Ruiz Says Bridge Is Safe\n\nAna Ruiz spoke.", "Ana Ruiz 2"),
    ] {
        assert_eq!(counted(text), expected, "{text}");
    }
}

#[test]
fn surnames_that_are_words_and_names_that_no_list_has() {
    for (text, expected) in [
        ("Mayor Tom Young left. Young said so. Young voters wept.", "Tom Young 2"),
        ("Eva Hill spoke. They backed Hill. Capitol Hill was shut.", "Eva Hill 2"),
        ("# MAYOR RUIZ FACES VOTE\n\nMayor Ana Ruiz spoke.", "Ana Ruiz 2"),
        ("# RUIZ FACES VOTE AGAIN\n\nMayor Ana Ruiz spoke.", "Ana Ruiz 2"),
        ("# Fire Burns Homes In Ruiz\n\nMayor Ana Ruiz spoke.", "Ana Ruiz 1"),
        ("The harbour master, Arvid Mann, left. Mann wept.", "Arvid Mann 2"),
        ("Zora Quill, a woman from Salem, left. Quill wept.", "Zora Quill 2"),
        ("Kiva Maddern, a second-year art major, said no. Maddern left.", "Kiva Maddern 2"),
        ("Kiva Maddern was born in Oslo. The crowd met Maddern.", "Kiva Maddern 2"),
        ("Tordis Kwok lost to Yuen Siu-ming. Yuen wept.", "Tordis Kwok 1, Yuen Siu-ming 2"),
        ("Ana Ruiz spoke. Ana Ruiz Image: Tom Lund left. Ruiz wept.", "Ana Ruiz 3, Tom Lund 1"),
        // Relatives, particles, patronymics.
        ("Bill Lund and Hilda Lund left. Hilda Lund wept.", "Bill Lund 1, Hilda Lund 2"),
        ("President Bashir al-Hadid spoke. Al-Hadid left.", "Bashir al-Hadid 2"),
        ("Minister Katrín Jónsdóttir spoke. Jonsdottir left.", "Katrín Jónsdóttir 2"),
        ("Premier Lee Jae-sung spoke. Lee left.", "Lee Jae-sung 2"),
        // Small words with a capital.
        ("They met James To of Salem. James To left.", "James To 2"),
        ("They met James. To win, he left. Then James and Tom So wept.", "James 2, Tom So 1"),
        // Things that are called after somebody.
        (
            "Ana Okafor paints. They saw the Okafor Trilogy and Okafor Prints beside an Okafor Factory.",
            "Ana Okafor 4",
        ),
        ("Zorvex Prime, its main rival, fell. Prime rose.", ""),
    ] {
        assert_eq!(counted(text), expected, "{text}");
    }
}

/// Who is called "he" or "she" how often, or by a description.
fn called(text: &str, kind: MentionKind) -> String {
    let story = story(text);
    let places = scorer::found(&story, &[kind], true);
    let called = story.people.iter().zip(places).filter(|(_, places)| !places.is_empty());
    let count = called.map(|(person, places)| format!("{} {}", person.name, places.len()));
    count.collect::<Vec<_>>().join(", ")
}

#[test]
fn pronouns_mean_whoever_they_must_and_else_nobody() {
    for (text, expected) in [
        ("Ana Ruiz spoke. She left, and her car followed.", "Ana Ruiz 2"),
        ("Ana Ruiz met Tom Lund. She left before he did.", "Ana Ruiz 1, Tom Lund 1"),
        // Of two, the one of whom the sentence before speaks alone.
        ("Ana Ruiz met Eva Lund. Ruiz wept. She left.", "Ana Ruiz 1"),
        ("Ana Ruiz met Eva Lund. She left.", ""),
        ("Ana Ruiz told Eva Lund that she was right.", ""),
        // Somebody else's own words, and somebody whom the article does not name.
        ("Ana Ruiz spoke to a woman. She left.", ""),
        ("“She is late,” Ana Ruiz said of the train.", ""),
        ("Ana Ruiz left. “She is late,” Tom Lund said.", "Ana Ruiz 1"),
        ("Ana Ruiz left.\n\nI asked her why and she wept.", ""),
    ] {
        assert_eq!(called(text, MentionKind::Pronoun), expected, "{text}");
    }
}

#[test]
fn a_description_behind_a_clause_is_its_subject() {
    for (text, expected) in [
        ("After meeting Ana Ruiz, the president of France left.", ""),
        ("After meeting Ana Ruiz, the mayor, he left.", "Ana Ruiz 1"),
        ("They met Ana Ruiz, the mayor of Salem.", "Ana Ruiz 1"),
        // Descriptions that the whole article settles: everybody else has another office.
        (
            "Mayor Ana Ruiz met Gov. Olaf Berg.\n\nThe bridge is old.\n\nThe ex-mayor left. Gov. Berg wept.",
            "Ana Ruiz 1",
        ),
        ("Mayor Ana Ruiz left.\n\nTom Lund wept.\n\nIt rained.\n\nThe ex-mayor wept.", ""),
        ("Mayor Ana Ruiz met Gov. Olaf Berg. Ruiz fired the ex-mayor.", ""),
        (
            "Mayor Ana Ruiz spoke. Former Mayor Olaf Berg left.\n\nShe praised her predecessor.",
            "Olaf Berg 1",
        ),
        ("Mayor Ana Ruiz spoke.\n\nShe praised her predecessor.", ""),
    ] {
        assert_eq!(called(text, MentionKind::Title), expected, "{text}");
    }
}

#[test]
fn father_and_son_are_two_people() {
    for (text, expected) in [
        (
            "President Olaf W. Berg spoke. Former President Olaf H.W. Berg, his father, slept. President Berg left.",
            &[("Olaf W. Berg", 2), ("Olaf H.W. Berg", 1)][..],
        ),
        (
            "Mayor Tom Lund opened the fair. Former Mayor Tom Lund Sr., his father, had planned it.",
            &[("Tom Lund", 1), ("Tom Lund Sr.", 1)],
        ),
        (
            "President Kwame Mensah Jr. flew to Oslo. Former President Kwame Mensah fled there.",
            &[("Kwame Mensah Jr.", 1), ("Kwame Mensah", 1)],
        ),
        (
            "President Berg thanked his father. Former President Berg smiled.",
            &[("Berg", 1), ("Berg", 1)],
        ),
        (
            "President Ana Berg arrived at noon. Her father, the former president, came along.",
            &[("Ana Berg", 1)],
        ),
        // One person all the same.
        ("Phillip Lund spoke. Lund, 54, was brief. Philip Lund left.", &[("Phillip Lund", 3)]),
        ("Olaf W. Berg spoke on Monday. Olaf Berg then left.", &[("Olaf W. Berg", 2)]),
        ("Mayor Ana Ruiz spoke on Friday. Former Mayor Ruiz left at noon.", &[("Ana Ruiz", 2)]),
    ] {
        let found = people(text);
        let found: Vec<(&str, usize)> =
            found.iter().map(|(name, _, places)| (name.as_str(), places.len())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_predecessor_named_beside_the_word_is_meant() {
    let text = "President Tom Berg met her in May. Her predecessor, Hilde Lund, did not come. Former President Olga Brandt did.";
    let story = story(text);
    let lund = story.people.iter().find(|person| person.name == "Hilde Lund");
    assert_eq!(lund.map(|person| person.mentions.len()), Some(2), "{:?}", story.people);
    // "Her father, the former president" is nobody that the article names.
    let text = "President Ana Berg arrived at noon. Her father, the former president, came along.";
    let story = self::story(text);
    let titles = story.people.iter().flat_map(|person| &person.mentions);
    let titles = titles.filter_map(|place| place.of(&story.paragraphs));
    assert_eq!(titles.filter(|(_, mention)| mention.kind == MentionKind::Title).count(), 0);
}

#[test]
fn holders_are_people_whatever_their_names() {
    let found = people("Shigeru Ishiba stayed at home. Harbor Ishiba did not open.");
    assert!(found.iter().any(|(name, ..)| name == "Shigeru Ishiba"), "{found:?}");
    assert!(found.iter().all(|(name, ..)| name != "Harbor Ishiba"), "{found:?}");
}

#[test]
fn two_given_names_before_one_family_name() {
    for (text, expected) in [
        (
            "Tom and Ana Ruiz spoke on Friday. Mr. Ruiz is a baker.",
            &[("Tom Ruiz", 2), ("Ana Ruiz", 1)][..],
        ),
        (
            "Bill and Hillary Clinton stayed at home.",
            &[("Bill Clinton", 1), ("Hillary Clinton", 1)],
        ),
        ("Tom Ruiz spoke first. Then Tom and Ana Ruiz left.", &[("Tom Ruiz", 2), ("Ana Ruiz", 1)]),
        // A surname that is a given name too, and lists of several.
        ("It was Graham and Ana Ruiz who left.", &[("Graham", 1), ("Ana Ruiz", 1)]),
        ("They met Olsen, Tom and Ana Ruiz.", &[("Tom", 1), ("Ana Ruiz", 1)]),
        // Two sisters, or two friends.
        ("It was Mia and Ana Ruiz who left.", &[("Mia", 1), ("Ana Ruiz", 1)]),
    ] {
        let found = people(text);
        let found: Vec<(&str, usize)> =
            found.iter().map(|(name, _, places)| (name.as_str(), places.len())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn descriptions_of_two_people() {
    for (text, expected) in [
        ("President Ana Ruiz met Prime Minister Tom Berg. The two leaders ate.", "The two leaders"),
        ("President Ana Ruiz met President Tom Berg. Both presidents ate.", "Both presidents"),
        (
            "Prime Minister Ana Ruiz met Prime Minister Tom Berg. The two prime ministers ate.",
            "The two prime ministers",
        ),
        // Nobody yet, somebody else, one of three, a former one.
        ("Both leaders ate. President Ana Ruiz met President Tom Berg.", ""),
        ("President Ana Ruiz met Mayor Tom Berg. The two leaders ate.", ""),
        (
            "President Ana Ruiz met President Tom Berg and President Mia Lund. The two leaders ate.",
            "",
        ),
        ("President Ana Ruiz met former President Tom Berg. Both presidents ate.", ""),
        ("President Ana Ruiz met President Tom Berg. The two presidents of clubs ate.", ""),
    ] {
        let story = story(text);
        let found: Vec<String> = story
            .people
            .iter()
            .flat_map(|person| &person.together)
            .filter_map(|pair| Some(story.paragraphs.get(pair.paragraph)?.clean(pair.span)))
            .collect();
        let expected = if expected.is_empty() { vec![] } else { vec![expected; 2] };
        assert_eq!(found, expected, "{text}");
    }
}
