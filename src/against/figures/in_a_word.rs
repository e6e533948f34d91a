//! Numbers that are one word with what they count, or no number words at all: "20-year-old", "3bn", "51-49", "twice", "a third of".

use super::super::numerals::{digits, spelled};
use super::super::words;
use super::units::{FRACTION, measure};
use super::wording::with_words;
use super::{Figure, Kind, plain};
use crate::annotate::Paragraph;
use crate::lang::en::fingerprint;
use crate::segment::TokenKind;

/// "Half of", "a third of", "two-thirds of": a share, in percent.
pub(super) fn fraction(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
    let of = |end: usize, value: f64| {
        let share = plain(at, 100.0 * value, end, Kind::Percent, FRACTION);
        p.is(end, "of").then(|| with_words(p, share, end))
    };
    let part = |text: &str| match text.to_ascii_lowercase().as_str() {
        "third" | "thirds" => Some(3.0),
        "quarter" | "quarters" | "fourth" | "fourths" => Some(4.0),
        "fifth" | "fifths" => Some(5.0),
        _ => None,
    };
    if p.is(at, "half") {
        return of(at + 1, 0.5);
    }
    if let Some((count, whole)) = p.text(at).split_once('-') {
        return of(at + 1, f64::from(spelled(count)?) / part(whole)?);
    }
    let count = if p.is(at, "a") { Some(1) } else { spelled(p.text(at)) };
    of(at + 2, f64::from(count?) / part(p.text(at + 1))?)
}

/// "Twice", "tripled", "third": numbers that no number words are made of.
pub(super) fn in_a_word(p: &Paragraph<'_>, at: usize, end: usize) -> Option<Figure> {
    const TIMES: [(&str, f64); 3] = [("doubled", 2.0), ("tripled", 3.0), ("quadrupled", 4.0)];
    // "First" is as often no number.
    const RANKS: [&str; 9] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if p.is(at, "twice") {
        let mut figure = plain(at, 2.0, at + 1, Kind::Count, 0);
        figure.nouns.extend(words::stem("times", fingerprint("times")));
        return Some(figure);
    }
    if let Some((_, times)) = TIMES.iter().find(|(word, _)| p.is(at, word)) {
        return Some(plain(at, *times, at + 1, Kind::Times, 0));
    }
    let rank = RANKS.iter().position(|word| p.is(at, word))?;
    let counted = at.checked_sub(1).is_some_and(|before| {
        p.is(before, "a") || spelled(p.text(before)).is_some() || p.is(before, "per")
    });
    let figure = plain(at, rank as f64 + 2.0, at + 1, Kind::Rank, 0);
    (!counted).then(|| with_words(p, figure, end)).filter(|figure| !figure.nouns.is_empty())
}

pub(super) fn ordinal(text: &str) -> bool {
    text.ends_with(['t', 'd', 'h']) && text.starts_with(|c: char| c.is_ascii_digit())
}

/// "51-49": one number for both.
pub(super) fn score(text: &str) -> Option<f64> {
    let (a, b) = text.split_once(['-', '–'])?;
    let b = b.strip_prefix("to-").unwrap_or(b);
    Some(both(digits(a)?, digits(b)?))
}

fn both(a: f64, b: f64) -> f64 {
    a.max(b) * 1e6 + a.min(b)
}

/// "The 5-to-4 ruling", "won by 5 to 4", "voted five to four".
pub(super) fn result(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
    const BEFORE: [&str; 8] = ["by", "voted", "vote", "won", "lost", "ruled", "victory", "defeat"];
    if p.text(at).contains("-to-") {
        return score(p.text(at)).map(|value| plain(at, value, at + 1, Kind::Score, 0));
    }
    let leads = at.checked_sub(1).is_some_and(|before| {
        let counted = |back: usize| {
            let from = at.saturating_sub(back);
            (from..at).any(|at| p.is_any(at, &["vote", "votes", "score", "margin", "tally"]))
        };
        p.is_any(before, &BEFORE)
            || p.is(before, "of") && counted(2)
            || p.is_any(before, &["was", "is", "stood"]) && counted(6)
    });
    if !p.is(at + 1, "to") || !leads {
        return None;
    }
    let number = |at: usize| digits(p.text(at)).or_else(|| spelled(p.text(at)).map(f64::from));
    let (a, b) = (number(at)?, number(at + 2)?);
    // "By 5 to 10 percent", "by 5 to 10 boats": a range.
    let counts =
        p.token(at + 3).is_some_and(|t| t.mark == '%' || p.is_any(at + 3, &["percent", "per"]));
    (a < 1e3 && b < a && !counts).then(|| plain(at, both(a, b), at + 3, Kind::Score, 0))
}

/// "13 of 22", "13-of-22", "13 for 22".
pub(super) fn part(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
    let number = |text: &str| digits(text).or_else(|| spelled(text).map(f64::from));
    let of = |some: f64, all: f64, end: usize| {
        let is = some <= all && all < 1000.0 && some.fract() == 0.0 && all.fract() == 0.0;
        is.then(|| plain(at, both(some, all), end, Kind::Part, 0))
    };
    let mut parts = p.text(at).split('-');
    if let (Some(some), Some("of" | "for"), Some(all), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        return of(number(some)?, number(all)?, at + 1);
    }
    if !p.is_any(at + 1, &["of", "for"]) {
        return None;
    }
    // "Two for 12 dollars", "one of three million".
    let ends = p.token(at + 3).is_none_or(|t| t.kind != TokenKind::Word)
        || p.is_any(at + 3, &["shots", "shooting", "attempts", "free", "and", "from"]);
    let (some, all) = (number(p.text(at))?, number(p.text(at + 2))?);
    ends.then(|| of(some, all, at + 3)).flatten()
}

/// "3bn", "40m", "10k", "5pc", "10th".
pub(super) fn suffixed(text: &str) -> Option<f64> {
    let at = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
    let (number, tail) = text.split_at_checked(at)?;
    let scale = match tail.to_ascii_lowercase().as_str() {
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "bn" | "b" => 1e9,
        "tn" => 1e12,
        "st" | "nd" | "rd" | "th" | "pc" | "km" | "kg" | "mph" => 1.0,
        "s" if at == 4 => 1.0,
        _ => return None,
    };
    (!number.is_empty()).then(|| digits(number).map(|value| value * scale))?
}

/// The number that opens a word with hyphens ("20-year-old", "two-week").
pub(super) fn leading(text: &str) -> Option<f64> {
    let (first, _) = text.split_once('-')?;
    spelled(first).map(f64::from).or_else(|| digits(first))
}

/// Whether a word is a number, or opens with one.
pub(crate) fn opens(text: &str) -> bool {
    spelled(text).or_else(|| leading(text).map(|_| 0)).is_some()
}

/// "20-year-old", "two-week", "48-hour", "three-bedroom".
pub(super) fn compound(p: &Paragraph<'_>, at: usize, value: f64) -> Option<Figure> {
    let text = p.text(at).to_lowercase();
    let mut parts = text.split('-').skip(1);
    let (noun, last) = (parts.next()?, parts.next());
    if let Some("old" | "olds") = last {
        return Some(plain(at, value, at + 1, Kind::Age, 0));
    }
    if let Some((kind, factor)) = measure(noun) {
        let mut figure = plain(at, value * factor, at + 1, kind, 1);
        figure.written = value;
        return Some(figure);
    }
    let mut figure = plain(at, value, at + 1, Kind::Count, 0);
    figure.nouns.extend(words::stem(noun, fingerprint(noun)));
    (!figure.nouns.is_empty()).then_some(figure)
}
