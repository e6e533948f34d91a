//! Silencing, each way of it.

use crate::support::{BAD, Desk, compare};

#[test]
fn marks_in_the_copy() {
    let markdown = "\
<!-- stet placeholder: a pub -->

The TK Tavern opened.

The TK Tavern closed. <!-- stet -->

The TK Tavern reopened.

<!-- stet placeholder, weekday-date-mismatch -->

It was TK.

<!-- stet placeholder -->

Nothing is wrong here.

<!-- stet placeholdr -->

The end is TK.
";
    let desk = Desk::new()
        .file("a.md", markdown)
        .file(
            "b.html",
            "<p>The TK Tavern opened. <!-- stet placeholder --></p>\n<p>It is TK.</p>\n",
        )
        .file(
            "c.txt",
            "The bridge reopened.\n\n[stet placeholder]\n\nThe TK Tavern opened.\n\nIt is TK.\n",
        );
    compare(
        "stet-marks",
        &desk.transcript(&[
            "check --format concise a.md b.html c.txt",
            "check --format concise --select placeholder a.md",
            "check --format concise --ignore placeholder a.md",
            "check --diff a.md",
        ]),
    );
}

#[test]
fn front_matter() {
    let desk = Desk::new()
        .file("a.md", format!("---\nstet: [placeholder]\n---\n\n{BAD}"))
        .file("b.md", "---\nstet: [placeholder]\n---\n\nThe bridge reopened.\n")
        .file("c.md", "---\ntitle: Rain\nstet: placeholder, dates\n---\n\nThe bridge is TK.\n");
    compare(
        "stet-front-matter",
        &desk.transcript(&[
            "check --format concise a.md b.md c.md",
            "check --diff a.md b.md c.md",
            "check --fix --format concise --quiet c.md",
        ]),
    );
    assert_eq!(
        desk.read("c.md"),
        "---\ntitle: Rain\nstet: placeholder\n---\n\nThe bridge is TK.\n"
    );
}

#[test]
fn entries_of_the_settings() {
    let settings = "\
[[stet]]
file = \"drafts/a.md\"
rule = \"placeholder\"
text = \"The TK-year-old driver\"
why = \"Quoted from the form\"

[[stet]]
file = \"drafts/*.md\"
rule = \"structure\"
text = \"nobody wrote this\"

[[stet]]
file = \"drafts/b.md\"
rule = \"weekday-date-mismatch\"
text = \"TK at the time\"

[[stet]]
file = \"other.md\"
rule = \"placeholder\"
";
    let desk = Desk::new()
        .file("drafts/a.md", BAD.replace(' ', "\n"))
        .file("drafts/b.md", BAD)
        .file("copydesk.toml", settings);
    compare(
        "stet-settings",
        &desk.transcript(&[
            "check --format concise",
            "check --format concise drafts/a.md",
            "check --format concise --select quotes",
            "check drafts/a.md",
        ]),
    );
}

/// An entry for a draft that is gone is reported by a run that would have met it, and by no other.
#[test]
fn entries_that_cover_no_draft() {
    let settings = "\
[[stet]]
file = \"drafts/gone.md\"
rule = \"placeholder\"
why = \"\"\"
It is
a name\"\"\"

[[stet]]
file = \"old/*.md\"

[[stet]]
file = \"left.md\"

# Not read by default, but there.
[[stet]]
file = \"drafts/README.md\"

# The words stand in a file that a run over drafts/ does not read.
[[stet]]
file = \"*.md\"
rule = \"placeholder\"
text = \"TK Tavern\"
";
    let desk = Desk::new()
        .file("drafts/a.md", "The bridge reopened.\n")
        .file("drafts/README.md", "Notes.\n")
        .file("more/b.md", "The TK Tavern reopened.\n")
        .file("copydesk.toml", settings);
    compare(
        "stet-without-draft",
        &desk.transcript(&[
            "check",
            "check --format concise drafts",
            "check --format concise more",
            "check --format concise drafts/a.md more/b.md",
            "check --format concise --select placeholder",
            "check --fix --quiet --format concise",
        ]),
    );
    assert_eq!(desk.read("copydesk.toml"), settings);
}

/// However a mark is written, it is read or reported: never neither.
#[test]
fn every_way_of_writing_a_mark() {
    let desk = Desk::new()
        .file(
            "a.md",
            "<!-- STET placeholder -->\n\nIt is TK.\n\n<!-- Stet placeholder -->\n\nIt is TK.\n",
        )
        .file(
            "b.md",
            "It is TK. [stet placeholder]\n\n[a link][stet]\n\n[stet](https://example.org)\n",
        )
        .file("c.txt", "[STET]\nIt is TK.\n\nIt is TK.\n[stet: it is a name]\n")
        .file("d.txt", "It is TK. [stet placeholder]\n\nIt is TK. <!-- stet -->\n")
        .file("e.txt", "[stet placeholdr]\nIt is TK.\n");
    compare("stet-forms", &desk.transcript(&["check --format concise", "check d.txt"]));
}

/// The words of an entry match copy that a content system has dressed.
#[test]
fn words_in_any_dress() {
    let settings = "[[stet]]\nfile = \"a.md\"\ntext = \"\\\"It's TK -- for now\\\"\"\n";
    let desk = Desk::new()
        .file("a.md", "“It’s\u{A0}TK — for\nnow” is a song.\n")
        .file("copydesk.toml", settings);
    compare(
        "stet-words",
        &desk.transcript(&["check --select placeholder,unused-stet --format concise"]),
    );
}

/// Neither many marks over one block nor many findings under one mark take more than linear time.
#[test]
fn many_marks_and_many_findings() {
    let time = |count: usize| {
        let marks = "<!-- stet vague-attribution, placeholder -->".repeat(count);
        let text = format!("{marks}\n\n{}\n", "It is TK. ".repeat(count));
        let desk = Desk::new().file("a.md", text);
        let start = std::time::Instant::now();
        let output = desk.run(&["check", "--quiet", "--select", "placeholder,unused-stet", "a.md"]);
        assert_eq!(crate::support::text(&output.stdout), "");
        start.elapsed().max(std::time::Duration::from_millis(20))
    };
    let (small, large) = (time(1_000), time(10_000));
    assert!(large < 40 * small, "{small:?}, {large:?}");
}
