//! `copydesk people`.

use crate::support::{Desk, code, compare, text};
use serde_json::Value;

const STORY: &str = "\
President Barack Obama will meet Mayor Ida Koch on Friday. Former Gov. Mitt Romney stays at home.

“The road is open,” Obama said. The mayor agreed.
";

#[test]
fn for_people() {
    let desk = Desk::new()
        .file("2016-05-20-road.txt", STORY)
        .file("a.md", format!("---\ndate: 2018-03-01\n---\n{STORY}"))
        .file("empty.txt", "");
    compare(
        "people",
        &desk.transcript(&[
            "people 2016-05-20-road.txt a.md",
            "people --date 2017-01-27 2016-05-20-road.txt",
            "people --date 2017-01-27 empty.txt",
        ]),
    );
}

#[test]
fn as_json() {
    let desk = Desk::new().file("a.txt", STORY);
    let output = desk.run(&["people", "--format", "json", "--date", "2018-05-20", "a.txt"]);
    assert_eq!(code(&output), 0);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let article = &json["articles"][0];
    assert_eq!(article["date"]["day"], "2018-05-20");
    assert_eq!(article["date"]["origin"], "given");
    let obama = &article["people"][0];
    assert_eq!(obama["name"], "Barack Obama");
    assert_eq!(obama["names"][1]["text"], "Obama");
    assert_eq!(obama["titles"][0]["office"], "president");
    assert_eq!(obama["table"][0]["to"], "2017-01-20");
    assert_eq!(obama["table"][0]["holds"], false);
    assert_eq!(article["people"][1]["table"], serde_json::json!([]));
}

/// What a newsroom adds to the table, in a file of its own that the settings name.
#[test]
fn the_house_table() {
    let desk = Desk::new()
        .file("a.txt", "Former Mayor Ida Koch opened the depot on Friday.\n")
        .file("copydesk.toml", "extend = \"offices.toml\"\n")
        .file(
            "offices.toml",
            "[[offices]]\noffice = \"mayor\"\ngiven = \"Ida\"\nfamily = \"Koch\"\nfrom = \"2020-01-01\"\n\
             to = \"~2028-01-01\"\n",
        )
        .file("bad/a.txt", "Nobody.\n")
        .file(
            "bad/copydesk.toml",
            "[[offices]]\noffice = \"mayor\"\nfamily = \"Koch\"\nfrom = \"in May\"\n",
        );
    compare(
        "house-table",
        &desk.transcript(&[
            "check --date 2026-03-02 a.txt",
            "people --date 2026-03-02 a.txt",
            "check bad/a.txt",
        ]),
    );
}

const HOUSE_LIST: &str = "\
[[people]]
name = \"Halyna Zorenko\"
also = [\"Zorenco\", \"Galina Zorenko\"]
known-as = [\"Zora\"]
pronoun = \"she\"
title = \"mayor\"
from = \"2020-01-01\"
to = \"~2028-01-01\"

[[people]]
name = \"Tövik Maren\"
family-first = true
pronoun = \"they\"
";

/// How a newsroom spells the people it writes about, whatever the article does most.
#[test]
fn the_house_list() {
    let desk = Desk::new()
        .file(
            "a.txt",
            "Former Mayor Halyna Zorenco met Tovik Maren on Friday. Zorenco said she would stay, and “Zorenco will stay,” read a \
             note. Zora left at noon. Mayor Maren was late, and Tovik wept.\n",
        )
        .file("copydesk.toml", "extend = \"people.toml\"\n")
        .file("people.toml", HOUSE_LIST)
        .file("bad/a.txt", "Nobody.\n")
        .file(
            "bad/copydesk.toml",
            "[[people]]\nname = \"Ida Koch\"\nfamily = \"Kock\"\nalso = [\"Ida Koch\"]\ntitle = \"mayor\"\n\n\
             [[people]]\nname = \"\"\nto = \"in May\"\n",
        )
        .file("worse/a.txt", "Nobody.\n")
        .file("worse/copydesk.toml", "[[people]]\nname = \"Ida Koch\"\npronoun = \"shee\"\n");
    compare(
        "house-list",
        &desk.transcript(&[
            "check --date 2026-03-02 a.txt",
            "people --date 2026-03-02 a.txt",
            "check bad/a.txt",
            "check worse/a.txt",
        ]),
    );
}

/// A title of the list is read as an article's is: in full, whatever it is shortened to.
#[test]
fn titles_of_the_house_list_in_full() {
    for (title, copy) in
        [("Gov.", "Former Gov. Ana Ruiz"), ("Lt. Gov.", "Former Lt. Gov. Ana Ruiz")]
    {
        let settings =
            format!("[[people]]\nname = 'Ana Ruiz'\ntitle = '{title}'\nfrom = '2024-11-12'\n");
        let desk = Desk::new()
            .file("a.txt", format!("{copy} met her staff on Monday.\n"))
            .file("copydesk.toml", settings);
        let check = ["check", "--select", "inconsistent-title", "--date", "2026-03-02", "a.txt"];
        let output = text(&desk.run(&check).stdout);
        assert!(output.contains("says the house's own table"), "{title}: {output}");
    }
}
