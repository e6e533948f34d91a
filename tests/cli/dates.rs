//! Which day an article is of, where that matters to the days it names.

use crate::support::{Desk, text};

/// Nov. 30 of 2026 is a Monday, of 2025 a Sunday.
const STORY: &str = "The council will meet on Sunday, Nov. 30.\n";

fn said(desk: &Desk, args: &[&str]) -> String {
    let all =
        [&["check", "--select", "weekday-date-mismatch", "--format", "concise"], args].concat();
    text(&desk.run(&all).stdout)
}

#[test]
fn days_without_a_year_are_of_the_articles_year() {
    let desk = Desk::new().file("a.txt", STORY).file("2025-11-27-b.txt", STORY);
    let wrong = "November 30, 2026 falls on a Monday, not a Sunday";
    assert!(said(&desk, &["a.txt", "--date", "2026-11-27"]).contains(wrong));
    assert!(!said(&desk, &["a.txt", "--date", "2025-11-27"]).contains("falls on"));
    assert!(!said(&desk, &["2025-11-27-b.txt"]).contains("falls on"), "the day in the path");
    let desk = desk.file("2026-11-27-c.txt", STORY);
    assert!(said(&desk, &["2026-11-27-c.txt"]).contains(wrong), "the day in the path");
}

#[test]
fn many_drafts_without_a_date_are_of_any_year() {
    // One of the seven names the wrong day in any year.
    let day =
        |day: &str| format!("The council will meet on {day}, Nov. 30, and on {day}, May 30.\n");
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let desk =
        days.iter().fold(Desk::new(), |desk, name| desk.file(&format!("{name}.txt"), day(name)));
    assert!(!said(&desk, &["."]).contains("falls on"));
}
