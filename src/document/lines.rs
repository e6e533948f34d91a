//! Lines of plain text, and what a single line looks like: a headline, a byline, a caption.

use super::date::{MONTHS, WEEKDAYS};
use super::{Located, date};
use crate::text::TextRange;
use jiff::civil::Date;
use std::ops::Range;

/// The lines of a stretch of text, without their breaks.
///
/// A line ends at LF, CRLF or CR and, where a text holds any, at VT, FF, NEL, U+2028 and U+2029.
pub(super) struct Lines<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    /// Whether only LF and CR end lines here, which is found out once and makes the search fast.
    common: bool,
    done: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a str, range: Range<usize>) -> Self {
        let bytes = source.as_bytes().get(range.clone()).unwrap_or(b"");
        let rare = [&b"\xE2\x80\xA8"[..], b"\xE2\x80\xA9", b"\xC2\x85"];
        let common = memchr::memchr2(0x0B, 0x0C, bytes).is_none()
            && rare.iter().all(|mark| memchr::memmem::find(bytes, mark).is_none());
        Self { source, at: range.start, end: range.end, common, done: false }
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.done {
            return None;
        }
        let rest = self.source.get(self.at..self.end).unwrap_or("");
        let stop = if self.common {
            memchr::memchr2(b'\n', b'\r', rest.as_bytes())
        } else {
            rest.find(is_break)
        };
        let start = self.at;
        let Some(stop) = stop else {
            self.done = true;
            return Some(start..self.end);
        };
        let rest = &rest[stop..];
        let width = if rest.starts_with("\r\n") {
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        self.at = start + stop + width;
        Some(start..start + stop)
    }
}

fn is_break(ch: char) -> bool {
    matches!(ch, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text without closing quotation marks and brackets at its end.
fn without_closers(text: &str) -> &str {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_', '›'])
}

/// Whether the line ends as a sentence does, closing marks aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    without_closers(text).ends_with(['.', '!', '?', '…', '。'])
}

/// Whether the first line of a text looks like its headline: a line of a few words with no full stop, which opens no
/// list or quotation to come.
pub(super) fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let opens = text.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'«¿¡$£€#@".contains(c));
    if !(2..=30).contains(&words) || !opens {
        return false;
    }
    match without_closers(text).chars().next_back() {
        Some(',' | ';' | ':' | '…' | '-' | '—' | '–') => false,
        Some('.') => is_title_case(text) || ends_abbreviated(text),
        Some('!' | '?') => text.len() <= 120 && !text.starts_with(['"', '“']),
        _ => true,
    }
}

/// Whether nearly all words that may be capitalised in a headline are ("Council Votes to Close the Bridge.").
fn is_title_case(text: &str) -> bool {
    let inner = text.trim_end_matches('.');
    let long = || inner.split_whitespace().filter(|word| word.chars().count() > 3);
    let capital = long()
        .filter(|word| {
            let first = word.chars().find(|c| c.is_alphanumeric());
            first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
        })
        .count();
    let total = long().count();
    total >= 4 && capital * 10 >= total * 9 && !inner.contains(". ")
}

/// Whether the line's last full stop may belong to an abbreviation ("Fire at plant in Dover, Del.", "in the U.S.").
fn ends_abbreviated(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or("");
    let letters: Vec<&str> = last.split('.').filter(|part| !part.is_empty()).collect();
    letters.len() >= 2 && letters.iter().all(|part| part.chars().count() == 1)
}

/// Openings of a question that serves as a subheading.
const QUESTIONS: [&str; 20] = [
    "how", "what", "what's", "what’s", "why", "who", "when", "where", "which", "is", "are", "can",
    "could", "will", "would", "does", "do", "did", "should", "has",
];

/// Whether a line between paragraphs looks like a subheading of at most `most` words.
pub(super) fn is_subheading(text: &str, most: usize) -> bool {
    let words = text.split_whitespace().count();
    let first = text.chars().next();
    let quoted = first.is_some_and(|c| matches!(c, '"' | '“' | '‘' | '(' | '[' | '—' | '–'));
    let opens = first.is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if words == 0 || words > most || !opens || quoted {
        return false;
    }
    match without_closers(text).chars().next_back() {
        Some(',' | ';' | ':' | '!' | '…' | '-' | '—' | '–') => false,
        Some('.') => is_time(text),
        Some('?') => {
            let word = text.split_whitespace().next().unwrap_or("");
            QUESTIONS.iter().any(|question| word.eq_ignore_ascii_case(question))
        }
        _ => !text.contains(['"', '“']) && !text.contains(". "),
    }
}

/// "7 p.m.", "2:45 p.m. ET": the stamp over an entry of a running report.
fn is_time(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    let Some(rest) = digits.strip_prefix([' ', '\u{A0}']).filter(|_| digits.len() < text.len())
    else {
        return false;
    };
    let half = ["a.m.", "p.m.", "am.", "pm."];
    half.iter().any(|half| rest.len() <= 12 && rest.to_ascii_lowercase().starts_with(half))
}

/// Openings of a line of credit, lower case.
const CREDITS: [&str; 16] = [
    "by ",
    "written by ",
    "story by ",
    "words by ",
    "report by ",
    "analysis by ",
    "opinion by ",
    "reporting by ",
    "additional reporting by ",
    "writing by ",
    "editing by ",
    "edited by ",
    "compiled by ",
    "produced by ",
    "photos by ",
    "text by ",
];

/// Whether a word opens no name after "by" ("by Tuesday", "by the", "by then"). "May" is a name as well.
fn opens_no_name(word: &str) -> bool {
    let days = WEEKDAYS.iter().chain(MONTHS.iter().filter(|month| **month != "may"));
    let words = ["the", "a", "an", "then", "contrast", "now"];
    days.chain(&words).any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether the line names who wrote or edited: "By Ana Ruiz, Herald staff", "BY ANA RUIZ AND TOM FELL". Once prose
/// has been seen (`late`), only the credits of an end note count ("Reporting by Ana Ruiz; editing by Tom Fell").
pub(super) fn is_byline(text: &str, late: bool) -> bool {
    if text.len() > 160 {
        return false;
    }
    let bare = text.trim_start_matches(['(', '[', '*', '_', '—', '–', '-', ' ']);
    let Some(opening) = CREDITS.iter().find(|opening| starts_with_ignore_case(bare, opening))
    else {
        return false;
    };
    if late && (opening.len() == "by ".len() || bare.starts_with(char::is_lowercase)) {
        return false;
    }
    let names = bare[opening.len()..].trim();
    let mut words = names.split([' ', '\u{A0}', ',']).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let name = first.starts_with(char::is_uppercase) && !opens_no_name(first);
    let full = match words.next() {
        Some(second) => second.starts_with(|c: char| c.is_uppercase() || "dvabl&|".contains(c)),
        None => true,
    };
    // A sentence ("By Ana's account, the bridge was closed.") goes on in lower case and ends in a full stop.
    let lower = names
        .split_whitespace()
        .filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
        .count();
    name && full && lower <= 4 && (late || !ends_sentence(names) || lower == 0)
}

/// Openings of a line that says when the article appeared, lower case.
const APPEARED: [&str; 8] = [
    "published",
    "updated",
    "posted",
    "last updated",
    "first published",
    "last modified",
    "originally published",
    "date:",
];

/// Whether the line says when the article appeared: "Published Oct. 3, 2025 at 3:14 p.m.", "October 3, 2025".
pub(super) fn is_date_line(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.len() > 80 || digits == 0 || ends_sentence(text) && !text.ends_with("m.") {
        return false;
    }
    APPEARED.iter().any(|opening| starts_with_ignore_case(text, opening))
        || digits >= 5 && date::parse(text).is_some()
}

/// The date in a line that says when the article appeared.
pub(super) fn date_in(source: &str, line: TextRange) -> Option<Located<Date>> {
    let text = line.slice(source);
    let opening = APPEARED.iter().find(|opening| starts_with_ignore_case(text, opening));
    let lead = opening.map_or(0, |opening| opening.len());
    let rest = &text[lead..];
    let on = [" on ", " at ", ": ", " "].into_iter().find(|on| rest.starts_with(on));
    let start = lead + on.map_or(0, str::len);
    let date = date::parse(&text[start..])?;
    Some(Located { range: TextRange::new(line.start + start as u32, line.end), value: date })
}

/// Openings of a picture's caption or credit, lower case.
const CAPTIONS: [&str; 17] = [
    "photo:",
    "photos:",
    "image:",
    "images:",
    "picture:",
    "caption:",
    "credit:",
    "file photo",
    "file -",
    "file –",
    "file —",
    "file image",
    "photo by ",
    "photograph:",
    "photo credit",
    "video:",
    "illustration:",
];

/// Openings of the bracket with the credit that ends a caption, lower case.
const CREDIT_BRACKETS: [&str; 8] =
    ["photo", "image", "picture", "credit", "ap photo", "afp", "getty", "reuters/"];

/// Whether the line is a picture's caption or credit.
pub(super) fn is_caption(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '[', '*', '_']);
    CAPTIONS.iter().any(|opening| starts_with_ignore_case(bare, opening))
        || ends_in_credit(text)
        || ends_in_plain_credit(text)
}

/// "The harbour on Friday (Photo: Lena Ode)".
fn ends_in_credit(text: &str) -> bool {
    let Some(inside) = text.strip_suffix([')', ']']).filter(|_| text.len() < 600) else {
        return false;
    };
    let Some(open) = inside.rfind(['(', '[']) else { return false };
    let credit = &inside[open + 1..];
    let opening = CREDIT_BRACKETS.iter().find(|opening| starts_with_ignore_case(credit, opening));
    opening.is_some_and(|opening| {
        let rest = &credit[opening.len()..];
        opening.ends_with('/') || rest.starts_with([':', '/']) || rest.starts_with(" by ")
    })
}

/// "The harbour on Friday. Image: Lena Ode."
fn ends_in_plain_credit(text: &str) -> bool {
    let labels = ["Photo", "Image", "Picture", "Photograph", "Credit", "Illustration"];
    let line = text.strip_suffix('.').unwrap_or(text);
    let Some((before, name)) = line.rsplit_once(": ").filter(|_| text.len() < 600) else {
        return false;
    };
    let named = name.len() <= 60 && name.starts_with(char::is_uppercase) && !name.contains(". ");
    let lead = labels.iter().find_map(|label| before.strip_suffix(label));
    named && lead.is_some_and(|lead| lead.trim_end().ends_with(['.', '!', '?', '”', '"']))
}

pub(super) fn starts_with_ignore_case(text: &str, opening: &str) -> bool {
    text.as_bytes()
        .get(..opening.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(opening.as_bytes()))
}
