//! `weekday-date-mismatch`: "Monday, Oct. 19, 2025", where that day was a Sunday.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::MaskKind;
use crate::lang::en::Lex;
use crate::resolve::Origin;
use crate::rules::phrases::{self, has, is_any, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenKind};
use crate::text::TextRange;
use jiff::civil::{Date, Weekday};

pub(crate) static RULE: Rule = Rule {
    id: "weekday-date-mismatch",
    group: Group::Dates,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.6,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "Weekday and date disagree",
    what: "A weekday beside a date that falls on another weekday. Where the year is not given, the nearest such date to \
           the article's day is meant (its own, that of --date, its dateline or its path, else today), provided that it \
           is close and no other year is in play. Datelines are read, too, and a day \
           that no calendar has (\"Friday, Feb. 30\") is reported. Quotations, ranges \
           (\"Monday to Oct. 3\") and dates before 1753, when calendars still differed, are left alone.",
    why: "One of the two is wrong, and a reader who turns up on the wrong day will not forgive it. It is plain \
          arithmetic, so there is no excuse for it.",
    bad: &[
        "The hearing is on Monday, Oct. 19, 2025.",
        "The bridge opened on Friday 4 July 2023.",
        "Voting ended on Friday (Sept. 22, 2025).",
    ],
    good: &[
        "The hearing is on Sunday, Oct. 19, 2025.",
        "The shop is shut from Monday to Oct. 3, 2025.",
        "The hearing is on Monday, Oct. 19.",
    ],
    fix: "Two suggestions: the weekday that the date falls on, or the nearest date that falls on the weekday. Which of \
          them is right only the writer knows.",
    check: Check::Paragraph(check),
};

/// A weekday beside a date.
struct Pair {
    weekday: (usize, Weekday),
    date: WrittenDate,
}

/// A date as it is written.
#[derive(Clone, Copy)]
struct WrittenDate {
    /// All of it.
    span: Span,
    /// Month and its token; none in "2025-10-19".
    month: (i8, Option<usize>),
    /// Day and its token.
    day: (i8, usize),
    year: Option<i16>,
}

fn check(paragraph: &Paragraph<'_>, context: &Context<'_>, findings: &mut Findings) {
    if let Some(finding) = in_dateline(paragraph, context) {
        findings.push(paragraph, finding);
    }
    for index in phrases::with_class(paragraph, Lex::WEEKDAY) {
        let Some(pair) = pair(paragraph, index) else { continue };
        let (month, day, year) = (pair.date.month.0, pair.date.day.0, pair.date.year);
        if is_impossible(month, day, year) {
            let range = paragraph.byte(index).cover(paragraph.bytes(pair.date.span));
            findings.push(paragraph, impossible(range, month, day, year));
            continue;
        }
        let Some((date, confidence)) = resolve(paragraph, &pair, context) else { continue };
        if date.weekday() != pair.weekday.1 {
            findings.push(paragraph, finding(paragraph, &pair, date).confidence(confidence));
        }
    }
}

/// Whether no calendar has the day: in its year, or in any year where none is given.
fn is_impossible(month: i8, day: i8, year: Option<i16>) -> bool {
    const LEAP: i16 = 2000;
    let modern = year.is_none_or(|year| year > LAST_OLD_STYLE);
    modern && Date::new(year.unwrap_or(LEAP), month, day).is_err()
}

fn impossible(range: TextRange, month: i8, day: i8, year: Option<i16>) -> Diagnostic {
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    // February 29 is missing from some years only.
    let year = year.filter(|_| day == 29).map_or(String::new(), |year| format!(" in {year}"));
    Diagnostic::new(
        range,
        format!("there is no {month} {day}{year}"),
        "No calendar has this day. Check which day is meant: the weekday may tell.",
    )
    .confidence(0.95)
}

const HELP: &str = "Weekday or date is wrong. Check which day is meant, and correct the other.";

/// A weekday and a date in the dateline ("MADRID, Tuesday, Jan. 6, 2025 (AP) —"), which is masked: no token is there.
fn in_dateline(p: &Paragraph<'_>, context: &Context<'_>) -> Option<Diagnostic> {
    /// The longest dateline, in bytes.
    const LONGEST: u32 = 200;
    let mask = p.block.masks.first().filter(|mask| {
        mask.kind == MaskKind::Markup
            && mask.range.start == p.block.range.start
            && mask.range.len() <= LONGEST
    })?;
    let text = mask.range.slice(p.source);
    if !text.ends_with(['—', '–', '―', '−', '-', ')']) {
        return None;
    }
    let words: Vec<(usize, &str)> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let at = words.iter().position(|(_, word)| is_weekday(word))?;
    let word = |offset: usize| words.get(at + offset).map_or("", |(_, word)| *word);
    let number = |text: &str| text.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
    let (month, day) = match (number(word(1)), number(word(2))) {
        (Some(day), _) => (month_number(word(2))?, day),
        (None, Some(day)) => (month_number(word(1))?, day),
        _ => return None,
    };
    let year = Some(word(3)).filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    let last = words.get(at + if year.is_some() { 3 } else { 2 })?;
    let start = mask.range.start as usize;
    let range = TextRange::from(start + words[at].0..start + last.0 + last.1.len());
    if is_impossible(month, day, year) {
        return Some(impossible(range, month, day, year));
    }
    let said = weekday(word(0))?;
    let (date, confidence) = match year {
        Some(_) => in_year(year?, month, day)?,
        None => nearest(month, day, said, context)?,
    };
    let message = mismatch(date, said);
    (date.weekday() != said).then(|| Diagnostic::new(range, message, HELP).confidence(confidence))
}

/// Whether the word is a weekday, in full or shortened; "Montevideo" and "Sunderland" are places.
fn is_weekday(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    WEEKDAYS.iter().any(|day| {
        day.eq_ignore_ascii_case(letters)
            || (3..=5).contains(&letters.len())
                && day.get(..letters.len()).is_some_and(|s| s.eq_ignore_ascii_case(letters))
    })
}

fn mismatch(date: Date, said: Weekday) -> String {
    format!("{} falls on a {}, not a {}", long(date), name(date.weekday()), name(said))
}

fn finding(paragraph: &Paragraph<'_>, pair: &Pair, date: Date) -> Diagnostic {
    let (at, said) = pair.weekday;
    let right = date.weekday();
    let shift =
        (said.to_monday_zero_offset() - right.to_monday_zero_offset() + 10).rem_euclid(7) - 3;
    let nearest = date.saturating_add(jiff::Span::new().days(shift));
    let day = weekday_like(paragraph.text(at), right);
    let written = paragraph.bytes(pair.date.span);
    let other = date_like(paragraph, &pair.date, nearest);
    let range = paragraph.byte(at).cover(written);
    Diagnostic::new(range, mismatch(date, said), HELP)
        .fix(Fix::suggestion(
            format!("Change the weekday to {day}"),
            [Edit::replace(paragraph.byte(at), day)],
        ))
        .fix(Fix::suggestion(
            format!("Change the date to {other}"),
            [Edit::replace(written, other)],
        ))
}

/// The weekday at token `at` with the date that stands beside it.
fn pair(p: &Paragraph<'_>, at: usize) -> Option<Pair> {
    let weekday = weekday(p.text(at))?;
    date_after(p, at)
        .or_else(|| date_before(p, at))
        .map(|date| Pair { weekday: (at, weekday), date })
}

/// "Monday, Oct. 19", "Monday night, the 19th of October", "Tuesday (Sept. 21".
fn date_after(p: &Paragraph<'_>, at: usize) -> Option<WrittenDate> {
    if at > 0 && joins_weekday(p, at - 1) {
        return None;
    }
    let mut next = at + 1;
    if is_any(p, next, &["morning", "afternoon", "evening", "night"]) {
        next += 1;
    }
    if matches!(mark(p, next), ',' | '(') {
        next += 1;
    }
    if p.is(next, "the") {
        next += 1;
    }
    date_at(p, next)
}

/// "Oct. 19, 2025 (Monday)", "Oct. 19, 2025, a Monday".
fn date_before(p: &Paragraph<'_>, at: usize) -> Option<WrittenDate> {
    let before = at.checked_sub(1)?;
    let bracket = mark(p, before) == '(' && mark(p, at + 1) == ')';
    let apposition = is_any(p, before, &["a"]) && before > 0 && mark(p, before - 1) == ',';
    let end = match (bracket, apposition) {
        (true, _) => before,
        (_, true) => before - 1,
        _ => return None,
    };
    // The date that ends right before: try the longest way to write one first.
    (2..=5)
        .rev()
        .filter_map(|len| end.checked_sub(len))
        .filter_map(|start| date_at(p, start))
        .find(|date| date.span.end as usize == end)
}

/// Whether token `before` ties the weekday after it to another one ("Saturday and Sunday, Oct. 18 and 19").
fn joins_weekday(p: &Paragraph<'_>, before: usize) -> bool {
    let tie = is_any(p, before, &["and", "or", "to", "through", "until", "till", "&"])
        || matches!(mark(p, before), '-' | '–' | '—' | '/');
    tie && before > 0 && has(p, before - 1, Lex::WEEKDAY)
}

/// A date that starts at token `at`.
fn date_at(p: &Paragraph<'_>, at: usize) -> Option<WrittenDate> {
    if let Ok(date) = p.text(at).parse::<Date>() {
        let (span, day) = (Span::new(at, at + 1), (date.day(), at));
        let month = (date.month(), None);
        return Some(WrittenDate { span, month, day, year: Some(date.year()) });
    }
    let (month, day) = if has(p, at, Lex::MONTH) {
        (at, at + 1)
    } else if has(p, at + 1, Lex::MONTH) {
        (at + 1, at)
    } else if p.is(at + 1, "of") && has(p, at + 2, Lex::MONTH) {
        (at + 2, at)
    } else {
        return None;
    };
    let number = month_number(p.text(month))?;
    let value = day_number(p, day)?;
    let last = month.max(day);
    if is_range(p, last + 1) {
        return None;
    }
    let comma = usize::from(mark(p, last + 1) == ',');
    let year = year(p, last + 1 + comma);
    let end = if year.is_some() { last + 2 + comma } else { last + 1 };
    let span = Span::new(month.min(day), end);
    Some(WrittenDate { span, month: (number, Some(month)), day: (value, day), year })
}

/// Whether what stands at `at` goes on with a second day ("Oct. 18-19", "Oct. 18 and 19").
fn is_range(p: &Paragraph<'_>, at: usize) -> bool {
    let tie = is_any(p, at, &["and", "or", "to", "through"])
        || matches!(mark(p, at), '-' | '–' | '—' | '/');
    tie && day_number(p, at + 1).is_some()
}

fn day_number(p: &Paragraph<'_>, at: usize) -> Option<i8> {
    p.token(at).filter(|token| matches!(token.kind, TokenKind::Number | TokenKind::Word))?;
    let text = p.text(at);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[digits.len()..];
    let ordinal = suffix.is_empty()
        || ["st", "nd", "rd", "th"].iter().any(|known| suffix.eq_ignore_ascii_case(known));
    let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let value = digits.parse().ok()?;
    (ordinal && short && (1..=31).contains(&value)).then_some(value)
}

/// A year of four digits that does not count something ("On Monday, Oct. 19, 2000 people came").
fn year(p: &Paragraph<'_>, at: usize) -> Option<i16> {
    p.token(at).filter(|token| token.kind == TokenKind::Number)?;
    let text = p.text(at);
    let value = (text.len() == 4).then(|| text.parse().ok())??;
    let counts = has(p, at + 1, Lex::UNIT);
    ((1000..=2999).contains(&value) && !counts).then_some(value)
}

/// Britain and its colonies changed calendars in 1752, Russia in 1918, Greece in 1923.
const LAST_OLD_STYLE: i16 = 1752;

/// The date that is meant, with how sure that is.
fn resolve(p: &Paragraph<'_>, pair: &Pair, context: &Context<'_>) -> Option<(Date, f32)> {
    let (month, day) = (pair.date.month.0, pair.date.day.0);
    if let Some(year) = pair.date.year {
        return in_year(year, month, day);
    }
    let found = nearest(month, day, pair.weekday.1, context)?;
    let own = context.dated?.date.year();
    (!names_other_year(p, pair, own)).then_some(found)
}

/// The date nearest to the day that the article is of. Where only the clock tells that day, the draft may be an old one: of
/// many drafts nothing is said then, nor where the weekday fits another year.
fn nearest(month: i8, day: i8, said: Weekday, context: &Context<'_>) -> Option<(Date, f32)> {
    let dated = context.dated?;
    if dated.origin != Origin::Today {
        return nearest_date(month, day, said, dated.date, SOON);
    }
    let (date, sure) = nearest_date(month, day, said, dated.date, 0)?;
    let near = (date - dated.date).get_days().abs() <= SOON;
    (near && !context.batch).then_some((date, sure - UNDATED))
}

/// Days from the article's own within which a date is meant whatever other year its weekday fits.
const SOON: i32 = 45;
/// What is left out of the confidence where the article has no date of its own.
const UNDATED: f32 = 0.2;

/// A date whose year is given, with how sure it is that its weekday is that of today's calendar.
fn in_year(year: i16, month: i8, day: i8) -> Option<(Date, f32)> {
    if year <= LAST_OLD_STYLE {
        return None;
    }
    let confidence = if year <= 1923 { 0.6 } else { 0.97 };
    Date::new(year, month, day).ok().map(|date| (date, confidence))
}

/// The date nearest to the article's `own`, with how sure it is that it is meant; none where it is far, or where the
/// weekday fits another year, unless it is within `soon` days.
fn nearest_date(month: i8, day: i8, said: Weekday, own: Date, soon: i32) -> Option<(Date, f32)> {
    let days = |date: Date| (date - own).get_days().abs();
    let mut near: Vec<Date> = (-1..=1)
        .filter_map(|step| Date::new(own.year().checked_add(step)?, month, day).ok())
        .collect();
    near.sort_by_key(|date| days(*date));
    let nearest = *near.first()?;
    let distance = days(nearest);
    let elsewhere = near[1..].iter().any(|date| date.weekday() == said);
    if distance > 120 || elsewhere && distance > soon {
        return None;
    }
    Some((nearest, if distance <= SOON { 0.9 } else { 0.7 }))
}

/// Whether the words before the date, or its sentence, speak of another year than the article's.
fn names_other_year(p: &Paragraph<'_>, pair: &Pair, own: i16) -> bool {
    let at = pair.weekday.0;
    let end = (p.sentence_at(at).end as usize).min(at + 40);
    (at.saturating_sub(80)..end).any(|index| {
        let number = p.token(index).is_some_and(|token| token.kind == TokenKind::Number);
        let year = number.then(|| p.text(index)).filter(|text| text.len() == 4);
        year.and_then(|text| text.parse::<i16>().ok())
            .is_some_and(|year| (1500..=2999).contains(&year) && year != own)
            || is_any(p, index, &["anniversary", "centenary"])
    })
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Months as AP style shortens them beside a day.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
    "Dec.",
];

fn starts(long: &str, text: &str) -> bool {
    long.get(..3).zip(text.get(..3)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
}

fn weekday(text: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|long| starts(long, text))?;
    Weekday::from_monday_zero_offset(at as i8).ok()
}

fn month_number(text: &str) -> Option<i8> {
    MONTHS.iter().position(|long| starts(long, text)).map(|at| at as i8 + 1)
}

fn name(weekday: Weekday) -> &'static str {
    WEEKDAYS.get(weekday.to_monday_zero_offset() as usize).copied().unwrap_or_default()
}

fn long(date: Date) -> String {
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    format!("{month} {}, {}", date.day(), date.year())
}

/// `weekday` written as `like` is: in full, or as short and with or without point.
fn weekday_like(like: &str, weekday: Weekday) -> String {
    let full = name(weekday);
    let letters = like.trim_end_matches('.');
    if WEEKDAYS.iter().any(|long| long.eq_ignore_ascii_case(letters)) {
        return full.to_owned();
    }
    let point = if like.ends_with('.') { "." } else { "" };
    format!("{}{point}", full.get(..3).unwrap_or(full))
}

/// `date` written as `like` is.
fn date_like(p: &Paragraph<'_>, like: &WrittenDate, date: Date) -> String {
    let Some(month) = like.month.1 else { return date.to_string() };
    let mut out = String::new();
    for at in like.span.iter() {
        if at > like.span.start as usize
            && p.token(at).is_some_and(|t| t.flags.contains(crate::segment::TokenFlags::SPACE))
        {
            out.push(' ');
        }
        let text = p.text(at);
        if at == month {
            out.push_str(&month_like(text, date, like.month.0));
        } else if at == like.day.1 {
            let ordinal = text.ends_with(|c: char| c.is_ascii_alphabetic());
            out.push_str(&date.day().to_string());
            out.push_str(if ordinal { ordinal_suffix(date.day()) } else { "" });
        } else if like.year.is_some_and(|year| text.parse() == Ok(year)) {
            out.push_str(&date.year().to_string());
        } else {
            out.push_str(text);
        }
    }
    out
}

fn month_like(text: &str, date: Date, written: i8) -> String {
    if date.month() == written {
        return text.to_owned();
    }
    let names = if text.ends_with('.') { SHORT_MONTHS } else { MONTHS };
    names.get(date.month() as usize - 1).copied().unwrap_or_default().to_owned()
}

fn ordinal_suffix(day: i8) -> &'static str {
    match (day / 10, day % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}
