//! Dates as articles and their metadata write them.

use jiff::civil::Date;
use jiff::fmt::strtime;

/// How dates are written out, once points and weekday are gone.
const FORMS: [&str; 9] = [
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d %B, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
];

/// The weekdays in lower case, Monday first.
pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The months in lower case.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that `text` is or starts with: "2025-10-19", "2025-10-19T12:00:00Z", "Oct. 19, 2025", "19 October 2025",
/// "Sunday, October 19, 2025".
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if let Some(date) = text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
        let rest = &text[10..];
        let time = rest.strip_prefix(['T', 't']);
        let time = time.is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()));
        return (time || !rest.starts_with(char::is_alphanumeric)).then_some(date);
    }
    let plain = text.replace('.', " ").replace("Sept ", "Sep ");
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    let weekday = words.first().is_some_and(|word| {
        let word = word.trim_end_matches(',').to_ascii_lowercase();
        word.ends_with("day")
            || word.len() == 3 && WEEKDAYS.iter().any(|day| day.starts_with(&word))
    });
    if weekday {
        words.remove(0);
    }
    // A time of day may follow.
    (1..=3).rev().filter(|&count| count <= words.len()).find_map(|count| {
        let day = words[..count].join(" ");
        let day = day.trim_end_matches(',');
        FORMS.iter().find_map(|form| strtime::parse(form, day).ok()?.to_date().ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form() {
        let day = jiff::civil::date(2025, 10, 19);
        for text in [
            "2025-10-19",
            "2025-10-19T12:00:00Z",
            "2025-10-19 12:00:00 +0200",
            "Oct. 19, 2025",
            "October 19, 2025, 3 p.m. ET",
            "Sunday, Oct 19, 2025 at 15:04",
            "19 October 2025",
            "Sun, 19 Oct 2025 12:00:00 GMT",
            "10/19/2025",
        ] {
            assert_eq!(parse(text), Some(day), "{text}");
        }
        assert_eq!(parse("Sept. 3, 2024"), Some(jiff::civil::date(2024, 9, 3)));
        for text in ["", "2025-13-45", "2025-10-19th", "yesterday", "May", "3 p.m.", "é2025-10-1"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
