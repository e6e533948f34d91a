//! Figures that say when: days, months, years, hours; and how old somebody is.

use super::super::numerals::digits;
use super::wording::with_words;
use super::{Figure, Kind, about, plain};
use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};

/// The day `day` of the month at token `month`.
pub(super) fn day_of(p: &Paragraph<'_>, month: usize, day: f64, span: Span) -> Option<Figure> {
    let number = number_of_month(p.text(month))?;
    let value = number as f64 * 100.0 + day;
    Some(plain(span.start as usize, value, span.end as usize, Kind::Day, 0))
}

/// "In June": a month that only ever stands for a time.
pub(super) fn month(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
    const BEFORE: [&str; 12] = [
        "in", "since", "until", "by", "of", "last", "next", "this", "early", "late", "mid", "from",
    ];
    let before = at.checked_sub(1)?;
    let dated = BEFORE.iter().any(|word| p.is(before, word));
    let month = number_of_month(p.text(at)).filter(|_| dated)?;
    Some(plain(at, month as f64, at + 1, Kind::Month, 0))
}

fn number_of_month(text: &str) -> Option<usize> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = text.to_lowercase();
    MONTHS.iter().position(|known| name.starts_with(known)).map(|at| at + 1)
}

pub(super) fn weekday(text: &str) -> Option<f64> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = text.to_lowercase();
    DAYS.iter().position(|day| lower.starts_with(day)).map(|day| day as f64)
}

/// "10:30 a.m."
pub(super) fn clock(p: &Paragraph<'_>, at: usize, text: &str) -> Option<Figure> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let half = p.text(at + 1).to_lowercase();
    let noon = half.starts_with("p.m") || half == "pm";
    let morning = half.starts_with("a.m") || half == "am";
    let hour = if noon || morning { hour % 12.0 + if noon { 12.0 } else { 0.0 } } else { hour };
    let end = at + 1 + usize::from(noon || morning);
    Some(with_words(p, plain(at, hour * 60.0 + minute, end, Kind::Clock, 0), end))
}

/// "3:30am", "3.30pm", "3am": in minutes.
pub(super) fn hour(text: &str) -> Option<f64> {
    let (at, _) = text.char_indices().nth_back(1)?;
    let (time, half) = text.split_at(at);
    let half = match () {
        () if half.eq_ignore_ascii_case("pm") => 720.0,
        () if half.eq_ignore_ascii_case("am") => 0.0,
        () => return None,
    };
    let (hour, minute) = time.split_once([':', '.']).unwrap_or((time, "0"));
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    (hour <= 12.0 && minute < 60.0).then_some(hour % 12.0 * 60.0 + minute + half)
}

/// Four digits without a comma that nothing stands behind to be counted.
pub(super) fn is_year(p: &Paragraph<'_>, at: usize, next: usize, value: f64) -> bool {
    let bare = p.text(at).len() == 4 && !p.text(at).contains([',', '.']) && next == at + 1;
    if !bare || !(1500.0..=2100.0).contains(&value) {
        return false;
    }
    // "From roughly 1948".
    let about = about(p, at).map_or(at, |words| words.start as usize);
    let before = about.checked_sub(1);
    let dated = before.is_some_and(|before| {
        [
            "in", "since", "of", "by", "from", "until", "before", "after", "during", "the",
            "early", "late",
        ]
        .iter()
        .any(|word| p.is(before, word))
            || p.token(before).is_some_and(|t| t.lex.contains(Lex::MONTH) || t.mark == ',')
    });
    let counts =
        p.token(next).is_some_and(|t| t.kind == TokenKind::Word && t.lex.intersects(Lex::UNIT));
    dated && !counts || p.token(next).is_none_or(|t| t.kind == TokenKind::Punct)
}

/// ", 43," behind a name, "aged 43", "age 43".
pub(super) fn is_age(p: &Paragraph<'_>, at: usize, next: usize) -> bool {
    let comma = |at: usize| p.token(at).is_some_and(|t| matches!(t.mark, ',' | '.' | ')' | ';'));
    let Some(before) = at.checked_sub(1) else { return false };
    let named = before.checked_sub(1).is_some_and(|name| {
        p.token(name)
            .is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL) && !t.lex.contains(Lex::MONTH))
    });
    let set_off =
        p.token(before).is_some_and(|t| matches!(t.mark, ',' | '(')) && named && comma(next);
    next == at + 1 && (set_off || p.is(before, "aged") || p.is(before, "age"))
}
