//! Each command, and what goes wrong on the command line.

use crate::support::{BAD, Desk, code, compare, said, text};

#[test]
fn check() {
    let desk = Desk::new()
        .file("b.md", BAD)
        .file("a/clean.txt", "The bridge reopened on Monday.\n")
        .file("a/page.html", "<p>The fee is TK euros.</p>\n")
        .file("notes.doc", "TK\n");
    compare(
        "check",
        &desk.transcript(&[
            "check",
            "check --quiet b.md",
            "check --format concise",
            "check --format concise --statistics a b.md",
            "check --select titles",
            "check --ignore placeholder",
            "check --format concise notes.doc",
        ]),
    );
}

#[test]
fn fail_on() {
    let desk = Desk::new().file("a.md", "<!-- stet placeholder -->\n\nThe bridge reopened.\n");
    let run = |fail_on: &str| code(&desk.run(&["check", "a.md", "--fail-on", fail_on]));
    assert_eq!(["error", "warning", "info", "never"].map(run), [0, 0, 1, 0]);
    let desk = Desk::new().file("a.md", BAD);
    let run = |fail_on: &str| code(&desk.run(&["check", "a.md", "--fail-on", fail_on]));
    assert_eq!(["error", "warning", "info", "never"].map(run), [1, 1, 1, 0]);
}

#[test]
fn which_files_are_drafts() {
    let draft = "TK\n";
    let desk =
        ["a.md", "b.MARKDOWN", "c.txt", "d.html", "e.htm", "f.rst", "README.md", "license.txt"]
            .into_iter()
            .chain(["changelog.md", "requirements-dev.txt", ".hidden.md", "node_modules/x.md"])
            .chain(["x/vendor/y.md", "ignored/z.md", "kept/z.md", "skipped.md"])
            .fold(Desk::new(), |desk, name| desk.file(name, draft))
            .file(".gitignore", "ignored/\n")
            .file(".copydeskignore", "skipped.md\n");
    compare(
        "which-files-are-drafts",
        &desk.transcript(&[
            "check --format concise --select placeholder",
            "check --format concise --select placeholder README.md f.rst node_modules a.md ./kept a.md",
        ]),
    );
}

/// However a file is named, it is read once, under the first of its names.
#[cfg(unix)]
#[test]
fn one_file_named_twice() {
    let desk = Desk::new().file("drafts/a.md", "TK\n").file("drafts/b.md", "TK\n");
    std::os::unix::fs::symlink("drafts/a.md", desk.path("link.md")).expect("a link");
    compare(
        "one-file-named-twice",
        &desk.transcript(&[
            "check --format concise drafts/a.md ./drafts/a.md drafts/../drafts/a.md",
            "check --format concise drafts/b.md drafts",
            "check --format concise drafts ./drafts drafts/a.md",
            "check --format concise gone.md ./gone.md",
            "check --format concise link.md link.md drafts/a.md",
        ]),
    );
}

#[test]
fn standard_input() {
    let desk = Desk::new();
    let mut transcript = String::new();
    for line in [
        "check - --format concise",
        "check - --format concise --stdin-filename drafts/a.md",
        "check - --format json --stdin-filename a.html",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        transcript += &said(line, &desk.run_with(&args, "<p>It was TK.</p>\n"));
    }
    compare("standard-input", &transcript);
}

#[test]
fn bad_usage() {
    let desk = Desk::new().file("a.md", BAD);
    compare(
        "bad-usage",
        &desk.transcript(&[
            "check --format xml",
            "check --select placeholdr",
            "check --min-confidence 2",
            "check --date 2026-02-30",
            "check --fix --diff",
            "check --input-format jsonl",
            "check --input-format jsonl --fix a.md",
            "check --config nowhere.toml",
            "explain placeholdr",
            "frobnicate",
        ]),
    );
}

#[test]
fn unreadable_drafts() {
    let desk = Desk::new()
        .file("a.md", BAD)
        .file("b.txt", b"caf\xe9 TK\n")
        .file("c.txt", b"\xff\xfeT\0K\0")
        .file("d.md", b"PK\x03\x04\x14\x00TK")
        .file("e.html", b"%PDF-1.7 TK")
        .file("f.txt", b"T\x00K\x00 TK")
        .file("folder.md/inside.md", "Nothing here.\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", desk.path("dangling.md")).expect("a link");
    compare(
        "unreadable-drafts",
        &desk.transcript(&[
            "check --format concise",
            "check --format concise missing.md dangling.md folder.md a.md",
            "check --format json b.txt",
            "check --format jsonl b.txt folder.md",
        ]),
    );
}

#[test]
fn nothing_to_check() {
    compare("nothing-to-check", &Desk::new().transcript(&["check", "check --quiet"]));
}

#[test]
fn init_writes_settings_that_work_and_never_overwrites() {
    let desk = Desk::new().file("a.md", BAD);
    compare("init", &desk.transcript(&["init", "init", "check --format concise"]));
    assert!(desk.read("copydesk.toml").contains("placeholder"));
}

#[test]
fn explain_and_rules() {
    let desk = Desk::new();
    let page = text(&desk.run(&["explain", "unused-stet"]).stdout);
    compare("explain", &format!("$ copydesk explain unused-stet\n{page}"));
    let table = text(&desk.run(&["rules"]).stdout);
    let json: serde_json::Value =
        serde_json::from_slice(&desk.run(&["rules", "--format", "json"]).stdout).expect("JSON");
    for rule in copydesk::rules::ALL {
        assert!(table.contains(rule.id), "{} is not in the table", rule.id);
        assert_eq!(code(&desk.run(&["explain", rule.id])), 0, "{}", rule.id);
        let entry = json.as_array().and_then(|all| all.iter().find(|entry| entry["id"] == rule.id));
        let keys = ["id", "group", "severity", "enabled", "summary", "fixable"];
        assert!(
            entry.is_some_and(|entry| keys.iter().all(|key| !entry[key].is_null())),
            "{}",
            rule.id
        );
    }
    for group in copydesk::rules::Group::ALL {
        assert_eq!(code(&desk.run(&["explain", group.as_str()])), 0);
    }
}

#[test]
fn annotate() {
    let draft = "“We lost the roof,” said Ana Ruiz. She left.\n";
    let desk = Desk::new().file("a.txt", draft);
    let shown = text(&desk.run(&["annotate", "a.txt"]).stdout);
    assert!(shown.contains("    1  “We lost the roof,” said Ana Ruiz.\n"), "{shown}");
    assert!(shown.contains("quotation We lost the roof,\n"), "{shown}");
    let json = desk.run(&["annotate", "--format", "json", "a.txt"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    let article = &json["articles"][0];
    assert_eq!(article["path"], "a.txt");
    assert_eq!(article["sentences"], serde_json::json!([[0, 38], [39, 48]]));
    assert_eq!(article["quotations"][0]["closed"], true);
    for key in ["attributions", "carried", "people"] {
        assert!(article[key].is_array(), "{key}");
    }
}

#[test]
fn schema_describes_what_is_accepted() {
    let desk = Desk::new();
    let schema: serde_json::Value =
        serde_json::from_slice(&desk.run(&["schema"]).stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let settings: toml::Value = toml::from_str(
        "extend = '../base.toml'\n[files]\nexclude = ['archive']\n[rules]\nattribution = 'off'\n\
         placeholder = { level = 'error', min-confidence = 0.5 }\n[style]\nunited-states = 'US'\n\
         [[overrides]]\nfiles = ['opinion/**']\nrules = { placeholder = 'off' }\n\
         [[stet]]\nfile = 'a.md'\nrule = 'placeholder'\ntext = 'TK'\nwhy = 'It is a name'\n",
    )
    .expect("TOML");
    let good = serde_json::to_value(&settings).expect("JSON");
    assert!(validator.is_valid(&good), "{:?}", validator.validate(&good).err());
    for bad in [
        serde_json::json!({ "rules": { "placeholdr": "off" } }),
        serde_json::json!({ "rules": { "placeholder": "loud" } }),
        serde_json::json!({ "sytle": {} }),
    ] {
        assert!(!validator.is_valid(&bad), "{bad}");
    }
}

#[test]
fn completions_and_help() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = desk.run(&["completions", shell]);
        assert!(code(&output) == 0 && text(&output.stdout).contains("copydesk"), "{shell}");
    }
    compare("help", &desk.transcript(&["--help", "check --help"]));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let desk = Desk::new().file("a.md", BAD);
    let escape = |output: &std::process::Output| output.stdout.contains(&0x1B);
    assert!(!escape(&desk.run(&["check", "a.md"])));
    let forced = desk.command(&["check", "a.md"]).env("CLICOLOR_FORCE", "1").output();
    assert!(escape(&forced.expect("copydesk runs")));
    let both =
        desk.command(&["check", "a.md"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output();
    assert!(!escape(&both.expect("copydesk runs")));
}
