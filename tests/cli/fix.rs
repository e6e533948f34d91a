//! `--fix` and `--diff`: what is written, and that nothing can be lost.

use crate::support::{Desk, code, text};

/// Two marks that silence nothing, one of them in a line of its own.
const DRAFT: &str =
    "<!-- stet placeholder -->\n\nThe bridge reopened.\n\nIt is open. <!-- stet placeholder -->\n";
const FIXED: &str = "The bridge reopened.\n\nIt is open.\n";

#[test]
fn fixes_until_nothing_is_left() {
    let desk = Desk::new().file("a.md", DRAFT);
    let output = desk.run(&["check", "--fix", "a.md"]);
    assert_eq!(desk.read("a.md"), FIXED);
    assert_eq!(text(&output.stdout), "Fixed 2 findings in 1 draft.\nNo findings in 1 draft.\n");
    assert_eq!(code(&output), 0);
    let again = desk.run(&["check", "--fix", "a.md"]);
    assert_eq!(text(&again.stdout), "Fixed nothing.\nNo findings in 1 draft.\n");
    assert_eq!(desk.list(), ["a.md"]);
}

#[test]
fn diff_changes_nothing() {
    let desk = Desk::new().file("a.md", DRAFT);
    let output = desk.run(&["check", "--diff", "a.md"]);
    assert_eq!(desk.read("a.md"), DRAFT);
    let diff = text(&output.stdout);
    assert!(diff.starts_with("--- a.md\n+++ a.md\n@@ "), "{diff}");
    assert!(diff.contains("\n-It is open. <!-- stet placeholder -->\n+It is open.\n"), "{diff}");
    assert_eq!(code(&output), 0);
}

#[test]
fn a_fixed_draft_on_standard_input_comes_back_on_standard_output() {
    let desk = Desk::new();
    let output = desk.run_with(&["check", "--fix", "-", "--stdin-filename", "a.md"], DRAFT);
    assert_eq!(text(&output.stdout), FIXED);
    let clean = desk.run_with(&["check", "--fix", "--format", "json", "-"], "It is TK.\n");
    assert_eq!(text(&clean.stdout), "It is TK.\n");
    assert_eq!(code(&clean), 1);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new().file("real/a.md", DRAFT);
    let file = desk.path("real/a.md");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real/a.md", desk.path("link.md")).expect("a link");
    assert_eq!(code(&desk.run(&["check", "--fix", "link.md"])), 0);
    assert_eq!(desk.read("real/a.md"), FIXED);
    assert!(desk.path("link.md").is_symlink());
    let mode = std::fs::metadata(&file).expect("metadata").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_read_only_draft_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new().file("a.md", DRAFT).file("b.md", DRAFT);
    let read_only = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(desk.path("a.md"), read_only).expect("permissions");
    let output = desk.run(&["check", "--fix", "--quiet", "a.md", "b.md"]);
    assert_eq!(code(&output), 2);
    assert_eq!(text(&output.stderr), "error: a.md: the file is read-only; nothing was changed\n");
    assert_eq!(desk.read("a.md"), DRAFT);
    assert_eq!(desk.read("b.md"), FIXED);
    assert!(text(&output.stdout).contains("unused-stet"));
}

/// A limit on the size of files stands for a full disk: every write fails.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let desk = Desk::new().file("a.md", DRAFT);
    let output =
        desk.shell("ulimit -f 0; trap '' XFSZ; exec \"$COPYDESK\" check --fix --quiet a.md");
    let error = text(&output.stderr);
    assert!(error.starts_with("error: a.md: cannot write the fixed draft: "), "{error}");
    assert!(error.ends_with("; the file is as it was\n"), "{error}");
    assert_eq!(code(&output), 2);
    assert_eq!(desk.read("a.md"), DRAFT);
    assert_eq!(desk.list(), ["a.md"]);
}
