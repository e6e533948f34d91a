//! copydesk.toml.

use crate::support::{BAD, Desk, compare};

#[test]
fn mistakes_are_named_with_their_place_and_the_nearest_right_name() {
    let mut transcript = String::new();
    for settings in [
        "[rulez]\n",
        "[rules]\nplaceholdr = \"off\"\nquoted = \"off\"\n",
        "[rules]\nplaceholder = \"eror\"\n",
        "[rules]\nplaceholder = { level = \"off\", min-confidance = 0.5 }\n",
        "[rules]\nplaceholder = { min-confidence = 1.5 }\n",
        "[rules]\nplaceholder = true\n",
        "[style]\nunited-states = \"USA\"\n",
        "[[overrides]]\nfiles = [\"a[\"]\nrules = { placeholdr = \"off\" }\n",
        "[[overrides]]\nrules = { placeholder = \"off\" }\n",
        "[[stet]]\nfile = \"a.md\"\nrule = \"place-holder\"\n",
        "extend = \"nowhere.toml\"\n",
        "[rules\n",
    ] {
        let desk = Desk::new().file("a.md", BAD).file("copydesk.toml", settings);
        let lines = ["check --quiet a.md"];
        transcript += &format!("{settings}{}", desk.transcript(&lines));
    }
    compare("mistakes-in-settings", &transcript);
}

#[test]
fn the_nearest_settings_count_and_broken_ones_stop_only_their_folder() {
    let desk = Desk::new()
        .file("a/draft.md", BAD)
        .file("a/deep/er/draft.md", BAD)
        .file("b/draft.md", BAD)
        .file("c/one.md", BAD)
        .file("c/two.md", BAD)
        .file("copydesk.toml", "[rules]\nplaceholder = \"warning\"\n")
        .file("a/copydesk.toml", "[rules]\nplaceholder = \"off\"\n")
        .file("c/copydesk.toml", "[rules]\nplaceholdr = \"off\"\n");
    compare(
        "nearest-settings",
        &desk.transcript(&[
            "check --format concise a b",
            "check --format concise",
            "check --format concise --config a/copydesk.toml",
        ]),
    );
}

#[test]
fn a_rule_wins_over_its_group_and_the_command_line_over_both() {
    let desk = Desk::new().file("a.md", BAD).file("opinion/b.md", BAD).file(
        "copydesk.toml",
        "[rules]\nstructure = \"off\"\nplaceholder = \"info\"\n\
             [[overrides]]\nfiles = [\"opinion\"]\nrules = { structure = \"off\" }\n",
    );
    compare(
        "levels",
        &desk.transcript(&[
            "check --format concise",
            "check --format concise --select placeholder",
            "check --format concise --select all --ignore structure",
        ]),
    );
}

#[test]
fn files_and_overrides() {
    let desk = Desk::new()
        .file("a.md", BAD)
        .file("README.md", BAD)
        .file("wire/story.copy", BAD)
        .file("archive/2019/a.md", BAD)
        .file("sport/a.md", BAD)
        .file(
            "copydesk.toml",
            "[files]\ninclude = [\"*.md\", \"*.copy\"]\nexclude = [\"archive\"]\n\
             [[overrides]]\nfiles = [\"sport/*.md\"]\nrules = { placeholder = \"warning\" }\n",
        );
    compare(
        "files-and-overrides",
        &desk.transcript(&["check --format concise", "check --format concise archive/2019/a.md"]),
    );
}

#[test]
fn extend_builds_on_other_files() {
    let desk = Desk::new()
        .file("a.md", BAD)
        .file("base/newsroom.toml", "extend = \"deep.toml\"\n[rules]\nplaceholder = \"warning\"\n")
        .file("base/deep.toml", "[rules]\nstructure = \"off\"\n[files]\nexclude = [\"a.md\"]\n")
        .file("copydesk.toml", "extend = \"base/newsroom.toml\"\n");
    compare("extend", &desk.transcript(&["check --format concise"]));
    let cycle = Desk::new()
        .file("a.md", BAD)
        .file("copydesk.toml", "extend = \"b.toml\"\n")
        .file("b.toml", "extend = \"sub/../copydesk.toml\"\n");
    compare(
        "extend-cycle",
        &cycle.transcript(&["check --format concise", "check --quiet --config b.toml a.md"]),
    );
}
