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
            "check --format concise --select all,placeholder --ignore structure,terms",
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
        &desk.transcript(&[
            "check --format concise",
            "check --format concise archive/2019/a.md",
            "check --format concise --force-exclude archive/2019/a.md a.md",
        ]),
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

#[test]
fn the_settings_in_the_readme_are_valid() {
    let readme = include_str!("../../README.md");
    let blocks: Vec<&str> =
        readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let parsed = copydesk::settings::parse(block);
        assert!(parsed.is_ok(), "{parsed:?}\n{block}");
    }
}

#[test]
fn style_is_laid_over_key_by_key() {
    use copydesk::settings::{Layer, QuotationMarks, Settings, UnitedStates, parse};
    let layer = |text: &str| Layer::new("/desk", parse(text).expect("settings"));
    let settings = Settings::new(vec![
        layer("[style]\nunited-states = \"US\"\nquotation-marks = \"straight\"\n"),
        layer(
            "[style]\nunited-states = \"U.S.\"\n[[overrides]]\nfiles = [\"web\"]\nstyle = { quotation-marks = \"curly\" }\n",
        ),
    ]);
    let style = |path: &str| settings.style(&settings.scope(path.as_ref()));
    let print = style("/desk/print/a.md");
    assert_eq!(print.united_states, Some(UnitedStates::Points));
    assert_eq!(print.quotation_marks, Some(QuotationMarks::Straight));
    assert_eq!(style("/desk/web/a.md").quotation_marks, Some(QuotationMarks::Curly));
}
