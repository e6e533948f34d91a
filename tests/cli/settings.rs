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

/// The levels of all rules under these settings, without those that are off.
fn levels(text: &str) -> Vec<(&'static str, copydesk::diagnostic::Severity)> {
    use copydesk::settings::{Layer, Scope, Selection, Settings, parse};
    let settings = Settings::new(vec![Layer::new("/desk", parse(text).expect("settings"))]);
    let rules = settings.rules(&Scope::default(), &Selection::default());
    rules.iter().map(|active| (active.rule.id, active.severity)).collect()
}

#[test]
fn a_group_is_as_severe_as_it_is_told_and_its_off_rules_stay_off() {
    use copydesk::diagnostic::Severity;
    use copydesk::rules::{self, Group};
    for group in Group::ALL {
        let name = group.as_str();
        let on = |enabled: bool| {
            let rules = rules::ALL.iter().filter(move |rule| rule.group == group);
            rules.filter(move |rule| rule.enabled == enabled).map(|rule| rule.id)
        };
        let found = levels(&format!("[rules]\n{name} = 'error'\n"));
        assert!(on(true).all(|id| found.contains(&(id, Severity::Error))), "{name}: {found:?}");
        assert!(on(false).all(|id| found.iter().all(|(other, _)| *other != id)), "{name}");
        for id in on(false) {
            let named = levels(&format!("[rules]\n{name} = 'error'\n{id} = 'info'\n"));
            assert!(named.contains(&(id, Severity::Info)), "{id}");
        }
        let off = levels(&format!("[rules]\n{name} = 'off'\n"));
        assert!(on(true).all(|id| off.iter().all(|(other, _)| *other != id)), "{name}");
    }
}

#[test]
fn a_house_form_turns_on_the_rule_that_checks_it() {
    use copydesk::diagnostic::Severity;
    let level = |text: &str| {
        let found = levels(text);
        found.iter().find(|(id, _)| *id == "term-variant").map(|(_, severity)| *severity)
    };
    let style = "[style]\nunited-states = 'US'\n";
    assert_eq!(level(""), None);
    assert_eq!(level(style), Some(Severity::Info));
    assert_eq!(level(&format!("[rules]\nterms = 'error'\n{style}")), Some(Severity::Error));
    assert_eq!(level(&format!("[rules]\nterm-variant = 'off'\n{style}")), None);
    assert_eq!(level(&format!("[rules]\nterms = 'off'\n{style}")), None);
    let desk = Desk::new()
        .file("a.md", "The ferry left the U.S. on Monday. The U.S. coast was clear.\n")
        .file("copydesk.toml", style);
    compare("house-form", &desk.transcript(&["check --format concise"]));
}

/// Where titles take a capital is the house's choice, and naming it switches the rule on.
#[test]
fn the_case_of_titles() {
    let copy = "They met president Ana Ruiz on Monday. When the President left, President Ruiz laughed, and “the \
                President is ill,” read a note.\n";
    let settings = |case: &str| format!("[style]\ntitle-case = \"{case}\"\n");
    let desk = Desk::new()
        .file("before/a.txt", copy)
        .file("before/copydesk.toml", settings("before-names"))
        .file("always/a.txt", copy)
        .file("always/copydesk.toml", settings("always"))
        .file("never/a.txt", copy)
        .file("never/copydesk.toml", settings("never"))
        .file("unset/a.txt", copy);
    compare("title-case", &desk.transcript(&["check --format concise"]));
}

/// What is wrong with the lists of people and offices, and what to do about it.
#[test]
fn mistakes_in_lists_of_people_and_offices() {
    let koch = "name = 'Ida Koch'\ntitle = 'mayor'\nfrom = '2024-11-12'\n";
    let office = "office = 'Mayor'\nfamily = 'Koch'\nfrom = '2024-11-12'\n";
    for (text, message, help) in [
        (format!("[[people]]\n{koch}to = '2023-01-01'\n"), "before the first day", "the last"),
        (format!("[[offices]]\n{office}to = '~2023-01-01'\n"), "before the first day", "the last"),
        (format!("[[people]]\n{koch}[[people]]\n{koch}"), "on the list twice", "keep one entry"),
        (format!("[people]\n{koch}"), "`people` is a list", "`[[people]]`"),
        (format!("[[person]]\n{koch}"), "unknown key `person`", "did you mean `people`?"),
        (
            "[[people]]\nname = 'Ida Koch'\ntitle = 'mayor'\nfrom = 2024-11-12\n".to_owned(),
            "without quotation marks",
            "\"2024-11-12\"",
        ),
        (
            "[[people]]\nname = 'Ida Koch'\npronoun = 'xe'\n".to_owned(),
            "unknown value `xe`",
            "he, she, they",
        ),
        (
            office.replace("Mayor", "librarian").replacen("office", "[[offices]]\noffice", 1),
            "`librarian` is no office",
            "leave other posts out",
        ),
        (
            format!("[[people]]\n{}", koch.replace("mayor", "dogcatcher")),
            "`dogcatcher` is no office",
            "leave other posts out",
        ),
    ] {
        let problems = copydesk::settings::parse(&text).expect_err(&text);
        let [problem] = &problems[..] else { panic!("{text}: {problems:?}") };
        let given = problem.help.clone().unwrap_or_default();
        assert!(problem.message.contains(message) && given.contains(help), "{text}: {problem:?}");
    }
    for office in
        ["Sen.", "Lt. Gov.", "sheriff", "Superintendent", "attorney general", "Secretary of State"]
    {
        for table in [
            format!("[[offices]]\noffice = '{office}'\nfamily = 'Koch'"),
            format!("[[people]]\ntitle = '{office}'\nname = 'Ida Koch'"),
        ] {
            let text = table + "\nfrom = '2024-11-12'\n";
            assert!(copydesk::settings::parse(&text).is_ok(), "{text}");
        }
    }
}
