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

/// Whether `text` starts with the name of a month, written out or short.
pub(super) fn opens_with_month(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word) || word == "sept")
}

/// The last date in a path: "2016/05/20", "2016-05-20-speech.md".
pub(crate) fn in_path(path: &str) -> Option<Date> {
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let day = |start: usize| {
        let text = path.get(start..start + 10)?;
        let free = (start == 0 || !digit(start - 1)) && !digit(start + 10);
        let split = |at: usize| bytes.get(start + at);
        let joined = split(4) == split(7) && matches!(split(4)?, b'-' | b'/' | b'_' | b'\\');
        let date: Date = text.replace(['/', '_', '\\'], "-").parse().ok()?;
        (free && joined && (1900..2100).contains(&date.year())).then_some(date)
    };
    (0..bytes.len().saturating_sub(9)).rev().find_map(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_paths() {
        let day = jiff::civil::date(2016, 5, 20);
        for path in ["2016-05-20-speech.md", "drafts/2016/05/20/a.txt", "a/2016_05_20.md"] {
            assert_eq!(in_path(path), Some(day), "{path}");
        }
        for path in ["12016-05-20.md", "2016-05-201.md", "2016-13-20", "a.md", "", "2016-05/20"] {
            assert_eq!(in_path(path), None, "{path}");
        }
    }

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
