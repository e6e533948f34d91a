//! What a number is of by the word behind it: money, time, lengths, shares.

use super::super::numerals::numeral;
use super::super::words;
use super::{Figure, Kind};
use crate::annotate::Paragraph;
use crate::lang::en::fingerprint;

/// Kind, factor to the kind's own unit, and number of the unit of what stands behind a number.
pub(super) fn unit(p: &Paragraph<'_>, at: usize, text: &str) -> Option<(Kind, f64, u32)> {
    if text == "percentage" && p.is_any(at + 1, &["point", "points"]) {
        return Some((Kind::Points, 1.0, 0));
    }
    if p.token(at)?.mark == '%' || matches!(text, "percent" | "per" | "percentage") {
        return (text != "per" || p.is(at + 1, "cent")).then_some((Kind::Percent, 1.0, 0));
    }
    const CURRENCIES: [(&str, char); 16] = [
        ("kroner", 'k'),
        ("kronor", 'k'),
        ("krona", 'k'),
        ("rupee", '₹'),
        ("peso", '₱'),
        ("yuan", '元'),
        ("franc", '₣'),
        ("ruble", '₽'),
        ("rouble", '₽'),
        ("shekel", '₪'),
        ("dollar", '$'),
        ("euro", '€'),
        ("pound", '£'),
        ("sterling", '£'),
        ("yen", '¥'),
        ("buck", '$'),
    ];
    let single = text.strip_suffix('s').unwrap_or(text);
    if let Some((_, symbol)) = CURRENCIES.iter().find(|(name, _)| *name == single) {
        return Some((Kind::Money(*symbol as u32), 1.0, 0));
    }
    if matches!(text, "degrees" | "degree" | "°") {
        let scale = p.text(at + 1).chars().next().map(|first| first.to_ascii_lowercase());
        let known = p.is_any(at + 1, &["c", "celsius", "centigrade", "f", "fahrenheit"]);
        let scale = scale.filter(|_| known).map_or(0, u32::from);
        return Some((Kind::Degrees(scale), 1.0, 0));
    }
    if matches!(text, "square" | "sq" | "sq.") {
        let name = p.text(at + 1).to_lowercase();
        let (_, side) = measure(&name).filter(|(kind, _)| *kind == Kind::Length)?;
        return Some((Kind::Area, side * side, words::short(fingerprint(&name)) ^ SQUARE));
    }
    let (kind, factor) = measure(text)?;
    Some((kind, factor, words::short(fingerprint(single))))
}

/// Tells "square miles" from miles.
const SQUARE: u32 = 1;

/// What a word measures, and how much of the kind's own unit it is.
pub(super) fn measure(text: &str) -> Option<(Kind, f64)> {
    let single = match text {
        "feet" => "foot",
        "inches" => "inch",
        "centuries" => "century",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    Some(match single {
        "second" if text == "seconds" => (Kind::Duration, 1.0 / 86_400.0),
        "minute" => (Kind::Duration, 1.0 / 1440.0),
        "hour" => (Kind::Duration, 1.0 / 24.0),
        "day" => (Kind::Duration, 1.0),
        "week" => (Kind::Duration, 7.0),
        "month" => (Kind::Duration, 365.0 / 12.0),
        "year" => (Kind::Duration, 365.0),
        "decade" => (Kind::Duration, 3650.0),
        "century" => (Kind::Duration, 36_500.0),
        "mile" => (Kind::Length, 1609.34),
        "kilometer" | "kilometre" | "km" => (Kind::Length, 1000.0),
        "meter" | "metre" => (Kind::Length, 1.0),
        "foot" => (Kind::Length, 0.3048),
        "yard" => (Kind::Length, 0.9144),
        "inch" => (Kind::Length, 0.0254),
        "centimeter" | "centimetre" | "cm" => (Kind::Length, 0.01),
        "millimeter" | "millimetre" | "mm" => (Kind::Length, 0.001),
        "acre" => (Kind::Area, 4046.86),
        "hectare" => (Kind::Area, 10_000.0),
        "ton" => (Kind::Mass, 907.2),
        "tonne" => (Kind::Mass, 1000.0),
        "kilogram" | "kilo" | "kg" => (Kind::Mass, 1.0),
        "mph" => (Kind::Speed, 1.60934),
        "kph" | "kmh" | "km/h" => (Kind::Speed, 1.0),
        _ => return None,
    })
}

/// What the ending of a number says that it measures.
pub(super) fn suffix_kind(text: &str) -> Option<Kind> {
    let tail = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match tail.to_ascii_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" if tail.len() < text.len() => Some(Kind::Rank),
        "s" if tail.len() + 4 == text.len() => Some(Kind::Decade),
        "pc" => Some(Kind::Percent),
        _ => None,
    }
}

/// The unit of a share that is written as a fraction: half is 48 percent as well as 52.
pub(super) const FRACTION: u32 = 2;

/// A duration in two units: "two hours and 10 minutes", "an hour and 40 minutes".
pub(super) fn compounded(p: &Paragraph<'_>, mut figure: Figure, factor: f64) -> Figure {
    let unit = |at: usize| {
        let kind = measure(&p.text(at).to_lowercase());
        kind.filter(|(kind, _)| *kind == Kind::Duration).map(|(_, factor)| factor)
    };
    let (start, end) = (figure.span.start as usize, figure.span.end as usize);
    let joins = usize::from(p.is(end, "and"));
    if let Some((more, next)) = numeral(p, end + joins)
        && let Some(smaller) = unit(next).filter(|smaller| *smaller < factor)
    {
        figure.value += more * smaller;
        figure.span.end = next as u32 + 1;
    } else if start >= 3
        && p.is(start - 1, "and")
        && ["a", "an", "one"].iter().any(|one| p.is(start - 3, one))
        && let Some(larger) = unit(start - 2).filter(|larger| *larger > factor)
    {
        figure.value += larger;
        figure.span.start = start as u32 - 3;
    }
    figure
}
