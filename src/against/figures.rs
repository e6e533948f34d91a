//! Numbers: what they are worth, and what they count.

use super::numerals::{digits, numeral, spelled};
use super::words;
use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};

/// What a number measures. Numbers of different kinds are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Things: the stems of the noun phrase behind it say which.
    Count,
    /// A share of a whole, in percent.
    Percent,
    /// Money: the fingerprint of the currency.
    Money(u32),
    /// A span of time, in days.
    Duration,
    /// How old somebody is, in years.
    Age,
    /// A length, in metres.
    Length,
    /// An area, in square metres.
    Area,
    /// A mass, in kilograms.
    Mass,
    /// A year.
    Year,
    /// A day of a month: month times hundred and day.
    Day,
    /// An hour of the day, in minutes.
    Clock,
    /// A place in an order ("10th").
    Rank,
    /// Two numbers in one word, a result or a range, the greater one first: who won stands in the words around.
    Score,
    /// A speed, in kilometres an hour.
    Speed,
    /// A day of the week, from 0 for Monday.
    Weekday,
    /// A month without a day, from 1.
    Month,
    /// A decade: its first year.
    Decade,
    /// How many times as much: "doubled" is 2.
    Times,
    /// Degrees: the fingerprint of the scale, since what was converted has another zero.
    Degrees(u32),
}

/// A number with what it counts.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// The number with its scale and unit ("$3 million", "40 people" is "40").
    pub span: Span,
    /// In the unit of its kind.
    pub value: f64,
    /// The number as it is written, scale included and unit left out: what it was rounded in.
    written: f64,
    /// What it measures.
    pub kind: Kind,
    /// Which unit it is written in; 0 where it has none.
    unit: u32,
    /// Stems of the noun phrase behind it.
    pub nouns: Vec<u32>,
    /// Whether it is said to be about so much.
    pub about: bool,
    /// Which way from it the true figure lies, where that is said.
    bound: Bound,
}

/// What the words before a figure make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    None,
    /// "More than", "at least".
    Low,
    /// "Nearly", "up to".
    High,
}

/// Words of a noun phrase behind a number that are looked at.
const NOUNS: usize = 4;

/// The figures of a stretch of a paragraph, in order.
pub(crate) fn figures(p: &Paragraph<'_>, span: Span) -> Vec<Figure> {
    let mut out = Vec::new();
    let mut at = span.start as usize;
    while at < span.end as usize {
        match figure(p, at, span) {
            Some(figure) => {
                at = (figure.span.end as usize).max(at + 1);
                out.push(figure);
            }
            None => at += 1,
        }
    }
    out
}

/// The figure that starts at token `at`.
fn figure(p: &Paragraph<'_>, at: usize, within: Span) -> Option<Figure> {
    let token = p.token(at)?;
    let end = within.end as usize;
    if token.lex.contains(Lex::MONTH) && token.flags.contains(TokenFlags::CAPITAL) {
        return match digits(p.text(at + 1)).filter(|day| (1.0..=31.0).contains(day)) {
            Some(day) => day_of(p, at, day, Span::new(at, at + 2)),
            None => month(p, at),
        };
    }
    let text = p.text(at);
    if token.lex.contains(Lex::WEEKDAY) && token.flags.contains(TokenFlags::CAPITAL) {
        return weekday(text).map(|day| plain(at, day, at + 1, Kind::Weekday, 0));
    }
    if let Some(figure) = fraction(p, at).or_else(|| in_a_word(p, at, end)) {
        return Some(figure);
    }
    if token.kind == TokenKind::Number && text.contains(':') {
        return clock(p, at, text);
    }
    let (mut value, hyphens) = match token.kind {
        TokenKind::Number => match digits(text) {
            Some(value) => (value, false),
            None => return Some(plain(at, score(text)?, at + 1, Kind::Score, 0)),
        },
        TokenKind::Word if token.flags.contains(TokenFlags::HYPHEN) && spelled(text).is_none() => {
            (leading(text)?, true)
        }
        TokenKind::Word => match spelled(text) {
            // "One" is as often a pronoun.
            Some(1) if counts_one(p, at) => (1.0, false),
            Some(1) | None => (suffixed(text)?, false),
            Some(value) => (f64::from(value), false),
        },
        _ => return None,
    };
    let mut next = at + 1;
    if hyphens {
        return compound(p, at, value);
    }
    if token.kind == TokenKind::Word
        && let Some(kind) = suffix_kind(text)
    {
        let figure = plain(at, value, next, kind, 0);
        return Some(figure);
    }
    if let Some((whole, behind)) =
        numeral(p, at).filter(|(_, behind)| *behind > next && *behind <= end)
    {
        (value, next) = (whole, behind);
    }
    // "5-million" and "$5m".
    let symbol = at.checked_sub(1).and_then(|before| p.token(before)).map_or('\0', |t| t.mark);
    if matches!(symbol, '$' | '£' | '€' | '¥') {
        let mut figure = plain(at, value, next, Kind::Money(symbol as u32), 0);
        figure.span.start = at as u32 - 1;
        return Some(with_words(p, figure, end));
    }
    let after = p.text(next).to_lowercase();
    if p.is(next, "a.m.") || p.is(next, "p.m.") || p.is(next, "am") || p.is(next, "pm") {
        let half = if p.text(next).starts_with(['p', 'P']) { 720.0 } else { 0.0 };
        return Some(plain(at, value % 12.0 * 60.0 + half, next + 1, Kind::Clock, 0));
    }
    if p.token(next)
        .is_some_and(|t| t.lex.contains(Lex::MONTH) && t.flags.contains(TokenFlags::CAPITAL))
        && (1.0..=31.0).contains(&value)
        && token.kind == TokenKind::Number
    {
        return day_of(p, next, value, Span::new(at, next + 1));
    }
    if is_year(p, at, next, value) {
        return Some(plain(at, value, next, Kind::Year, 0));
    }
    if is_age(p, at, next) && (1.0..=115.0).contains(&value) {
        return Some(plain(at, value, next, Kind::Age, 0));
    }
    if let Some((kind, factor, unit)) = unit(p, next, &after) {
        let mut figure = plain(at, value * factor, next + 1, kind, unit);
        figure.written = value;
        // "43 years old"
        if figure.kind == Kind::Duration && p.is(next + 1, "old") {
            (figure.kind, figure.value) = (Kind::Age, value);
        } else if figure.kind == Kind::Duration {
            figure = compounded(p, figure, factor);
        }
        return Some(with_words(p, figure, end));
    }
    let kind = if ordinal(text) { Kind::Rank } else { Kind::Count };
    Some(with_words(p, plain(at, value, next, kind, 0), end))
}

/// A duration in two units: "two hours and 10 minutes", "an hour and 40 minutes".
fn compounded(p: &Paragraph<'_>, mut figure: Figure, factor: f64) -> Figure {
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

/// "In June": a month that only ever stands for a time.
fn month(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
    const BEFORE: [&str; 12] = [
        "in", "since", "until", "by", "of", "last", "next", "this", "early", "late", "mid", "from",
    ];
    let before = at.checked_sub(1)?;
    let dated = BEFORE.iter().any(|word| p.is(before, word));
    let month = number_of_month(p.text(at)).filter(|_| dated)?;
    Some(plain(at, month as f64, at + 1, Kind::Month, 0))
}

fn weekday(text: &str) -> Option<f64> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = text.to_lowercase();
    DAYS.iter().position(|day| lower.starts_with(day)).map(|day| day as f64)
}

/// "Half of", "a third of", "two-thirds of": a share, in percent.
fn fraction(p: &Paragraph<'_>, at: usize) -> Option<Figure> {
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

/// The unit of a share that is written as a fraction: half is 48 percent as well as 52.
const FRACTION: u32 = 2;

/// "Twice", "tripled", "third": numbers that no number words are made of.
fn in_a_word(p: &Paragraph<'_>, at: usize, end: usize) -> Option<Figure> {
    const TIMES: [(&str, f64); 3] = [("doubled", 2.0), ("tripled", 3.0), ("quadrupled", 4.0)];
    // "First" is as often no number.
    const RANKS: [&str; 9] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if p.is(at, "twice") {
        let mut figure = plain(at, 2.0, at + 1, Kind::Count, 0);
        figure.nouns.extend(words::stem("times", crate::lang::en::fingerprint("times")));
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

/// Whether "one" counts what stands behind it: "one soldier", and no "one day", "one of them", "no one came".
fn counts_one(p: &Paragraph<'_>, at: usize) -> bool {
    const TURNS: [&str; 14] = [
        "day", "way", "thing", "side", "hand", "point", "reason", "time", "more", "another", "who",
        "that", "such", "might",
    ];
    let ends = Lex::PREPOSITION
        | Lex::AUXILIARY
        | Lex::CONJUNCTION
        | Lex::PRONOUN
        | Lex::SPEECH
        | Lex::PAST;
    let stands_in =
        at.checked_sub(1).is_some_and(|before| p.is_any(before, &["no", "any", "every", "each"]));
    !stands_in
        && p.token(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Word
                && !next.lex.intersects(ends)
                && !next.flags.contains(TokenFlags::CLITIC)
                && !TURNS.iter().any(|turn| p.is(at + 1, turn))
        })
}

fn plain(at: usize, value: f64, end: usize, kind: Kind, unit: u32) -> Figure {
    let (span, nouns) = (Span::new(at, end), Vec::new());
    Figure { span, value, written: value, kind, unit, nouns, about: false, bound: Bound::None }
}

/// The figure with the words around it: what it counts, and whether it is about so much.
fn with_words(p: &Paragraph<'_>, mut figure: Figure, end: usize) -> Figure {
    let mut at = figure.span.end as usize;
    let ends = Lex::PREPOSITION | Lex::AUXILIARY | Lex::CONJUNCTION | Lex::PRONOUN;
    // "three of the boats"
    if p.is(at, "of") {
        at += 1;
    }
    while at < end && figure.nouns.len() < NOUNS {
        let Some(token) = p.token(at).filter(|t| t.kind == TokenKind::Word) else { break };
        if token.lex.intersects(ends)
            || token.lex.contains(Lex::SPEECH) && at > figure.span.end as usize
        {
            break;
        }
        figure.nouns.extend(words::stem_at(p, at));
        at += 1;
    }
    let words = about(p, figure.span.start as usize);
    figure.about = words.is_some();
    figure.bound = words.map_or(Bound::None, |words| bound(p, words));
    figure
}

/// Which way the words before a figure point.
fn bound(p: &Paragraph<'_>, words: Span) -> Bound {
    let any = |list: &[&str]| words.iter().any(|at| list.iter().any(|word| p.is(at, word)));
    // "No more than" is not told from "more than" here, and says little in either case.
    if any(&["least", "more", "over"]) {
        return Bound::Low;
    }
    let high = ["most", "fewer", "less", "nearly", "almost", "up", "many", "much", "close"];
    if any(&high) { Bound::High } else { Bound::None }
}

/// The words right before a number at token `at` that say it is not that number exactly.
pub(crate) fn about(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    const PHRASES: [&[&str]; 20] = [
        &["about"],
        &["around"],
        &["approximately"],
        &["roughly"],
        &["nearly"],
        &["almost"],
        &["some"],
        &["an", "estimated"],
        &["estimated"],
        &["up", "to"],
        &["as", "many", "as"],
        &["as", "much", "as"],
        &["at", "least"],
        &["at", "most"],
        &["more", "than"],
        &["fewer", "than"],
        &["less", "than"],
        &["just", "over"],
        &["close", "to"],
        &["over"],
    ];
    let at = if at > 0 && p.token(at - 1).is_some_and(|t| matches!(t.mark, '$' | '£' | '€' | '¥'))
    {
        at - 1
    } else {
        at
    };
    PHRASES.iter().find_map(|phrase| {
        let start = at.checked_sub(phrase.len())?;
        p.is_phrase(start, phrase).then(|| Span::new(start, at))
    })
}

fn ordinal(text: &str) -> bool {
    text.ends_with(['t', 'd', 'h']) && text.starts_with(|c: char| c.is_ascii_digit())
}

/// "51-49": one number for both.
fn score(text: &str) -> Option<f64> {
    let (a, b) = text.split_once(['-', '–'])?;
    let (a, b) = (digits(a)?, digits(b)?);
    Some(a.max(b) * 1e6 + a.min(b))
}

/// "3bn", "40m", "10k", "5pc", "10th".
fn suffixed(text: &str) -> Option<f64> {
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

/// What the ending of a number says that it measures.
fn suffix_kind(text: &str) -> Option<Kind> {
    let tail = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    match tail.to_ascii_lowercase().as_str() {
        "st" | "nd" | "rd" | "th" if tail.len() < text.len() => Some(Kind::Rank),
        "s" if tail.len() + 4 == text.len() => Some(Kind::Decade),
        "pc" => Some(Kind::Percent),
        _ => None,
    }
}

/// The number that opens a word with hyphens ("20-year-old", "two-week").
fn leading(text: &str) -> Option<f64> {
    let (first, _) = text.split_once('-')?;
    spelled(first).map(f64::from).or_else(|| digits(first))
}

/// "20-year-old", "two-week", "48-hour", "three-bedroom".
fn compound(p: &Paragraph<'_>, at: usize, value: f64) -> Option<Figure> {
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
    figure.nouns.extend(words::stem(noun, crate::lang::en::fingerprint(noun)));
    (!figure.nouns.is_empty()).then_some(figure)
}

/// The day `day` of the month at token `month`.
fn day_of(p: &Paragraph<'_>, month: usize, day: f64, span: Span) -> Option<Figure> {
    let number = number_of_month(p.text(month))?;
    let value = number as f64 * 100.0 + day;
    Some(plain(span.start as usize, value, span.end as usize, Kind::Day, 0))
}

fn number_of_month(text: &str) -> Option<usize> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = text.to_lowercase();
    MONTHS.iter().position(|known| name.starts_with(known)).map(|at| at + 1)
}

/// "10:30 a.m."
fn clock(p: &Paragraph<'_>, at: usize, text: &str) -> Option<Figure> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let half = p.text(at + 1).to_lowercase();
    let noon = half.starts_with("p.m") || half == "pm";
    let morning = half.starts_with("a.m") || half == "am";
    let hour = if noon || morning { hour % 12.0 + if noon { 12.0 } else { 0.0 } } else { hour };
    let end = at + 1 + usize::from(noon || morning);
    Some(plain(at, hour * 60.0 + minute, end, Kind::Clock, 0))
}

/// Four digits without a comma that nothing stands behind to be counted.
fn is_year(p: &Paragraph<'_>, at: usize, next: usize, value: f64) -> bool {
    let bare = p.text(at).len() == 4 && !p.text(at).contains([',', '.']) && next == at + 1;
    if !bare || !(1500.0..=2100.0).contains(&value) {
        return false;
    }
    let before = at.checked_sub(1);
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
fn is_age(p: &Paragraph<'_>, at: usize, next: usize) -> bool {
    let comma = |at: usize| p.token(at).is_some_and(|t| matches!(t.mark, ',' | '.' | ')'));
    let Some(before) = at.checked_sub(1) else { return false };
    let named = before.checked_sub(1).is_some_and(|name| {
        p.token(name)
            .is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL) && !t.lex.contains(Lex::MONTH))
    });
    let set_off =
        p.token(before).is_some_and(|t| matches!(t.mark, ',' | '(')) && named && comma(next);
    next == at + 1 && (set_off || p.is(before, "aged") || p.is(before, "age"))
}

/// Kind, factor to the kind's own unit, and number of the unit of what stands behind a number.
fn unit(p: &Paragraph<'_>, at: usize, text: &str) -> Option<(Kind, f64, u32)> {
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
    if matches!(text, "degrees" | "degree") {
        let scale = p.text(at + 1).to_lowercase();
        let scale =
            scale.get(..1).map_or(0, |first| words::short(crate::lang::en::fingerprint(first)));
        return Some((Kind::Degrees(scale), 1.0, 0));
    }
    let (kind, factor) = measure(text)?;
    let square = p.is(at, "square").then(|| measure(&p.text(at + 1).to_lowercase())).flatten();
    if let Some((Kind::Length, side)) = square {
        return Some((Kind::Area, side * side, words::short(crate::lang::en::fingerprint(text))));
    }
    Some((kind, factor, words::short(crate::lang::en::fingerprint(single))))
}

/// What a word measures, and how much of the kind's own unit it is.
fn measure(text: &str) -> Option<(Kind, f64)> {
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

impl Figure {
    /// Whether two figures can be of the same thing: one kind, and where things are counted, one noun.
    pub(crate) fn comparable(&self, other: &Self) -> bool {
        self.kind == other.kind
            && (self.kind != Kind::Count
                || self.nouns.is_empty() && other.nouns.is_empty()
                || self.nouns.iter().any(|noun| other.nouns.contains(noun)))
    }

    /// Whether the figure says no other than `wire`, rounding and other units allowed.
    pub(crate) fn agrees(&self, wire: &Self) -> bool {
        if self.kind != wire.kind {
            return false;
        }
        let (ours, theirs) = (self.value, wire.value);
        let off = (ours - theirs).abs() / theirs.abs().max(1e-9);
        if off < 1e-6 {
            return true;
        }
        match self.kind {
            Kind::Year | Kind::Day | Kind::Age | Kind::Rank | Kind::Clock | Kind::Score => {
                return false;
            }
            Kind::Weekday | Kind::Month | Kind::Decade | Kind::Times => return false,
            _ => {}
        }
        if self.unit == FRACTION && self.kind == Kind::Percent && self.unit != wire.unit {
            return off <= 0.12;
        }
        // "At least 20" of 28; where both say so, it is the figure itself that differs.
        let (low, high) = (ours.min(theirs), ours.max(theirs));
        let holds = match self.bound {
            Bound::None => false,
            Bound::Low => ours <= theirs,
            Bound::High => ours >= theirs,
        };
        if holds && self.bound != wire.bound && low > 0.0 && high <= 1.5 * low {
            return true;
        }
        // Another unit: what was converted was rounded.
        if self.unit != wire.unit && self.unit != 0 && wire.unit != 0 {
            return off <= if self.kind == Kind::Duration { 0.03 } else { 0.08 };
        }
        let rounder = significant(self.written) < significant(wire.written);
        let large = wire.written >= 100.0 || wire.written.fract() != 0.0;
        let room = if self.about { 0.1 } else { 0.05 };
        let rounds = self.about && off <= 0.2 && rounds_to(wire.written, self.written);
        rounder && ((large || self.about) && off <= room || rounds)
    }
}

/// Whether a number rounds to another one, to the last digit of that which is no zero.
fn rounds_to(exact: f64, round: f64) -> bool {
    let mut unit = 1.0;
    while unit < 1e12 && round % (unit * 10.0) == 0.0 && round != 0.0 {
        unit *= 10.0;
    }
    round.fract() == 0.0 && ((exact / unit).round() * unit - round).abs() < 1e-6
}

/// Digits of a number up to its trailing zeros.
fn significant(value: f64) -> usize {
    let text = format!("{value}");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if text.contains('.') { digits.len() } else { digits.trim_end_matches('0').len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    fn all(text: &str) -> Vec<(Kind, f64)> {
        let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
        let figures = story.paragraphs.iter().flat_map(|p| figures(p, p.span()));
        figures.map(|figure| (figure.kind, figure.value)).collect()
    }

    #[test]
    fn figures_with_what_they_measure() {
        let one = |text: &str| all(text).first().copied();
        assert_eq!(one("It cost $3.5 million."), Some((Kind::Money('$' as u32), 3_500_000.0)));
        assert_eq!(one("It cost 40 dollars."), Some((Kind::Money('$' as u32), 40.0)));
        assert_eq!(one("It rose 5 per cent."), Some((Kind::Percent, 5.0)));
        assert_eq!(one("It rose 5%."), Some((Kind::Percent, 5.0)));
        assert_eq!(one("Two hundred and fifty boats came."), Some((Kind::Count, 250.0)));
        assert_eq!(one("They met on Oct. 3 there."), Some((Kind::Day, 1003.0)));
        assert_eq!(one("They met on 3 October there."), Some((Kind::Day, 1003.0)));
        assert_eq!(one("They met in 2019."), Some((Kind::Year, 2019.0)));
        assert_eq!(one("They met at 10:30 p.m. there."), Some((Kind::Clock, 1350.0)));
        assert_eq!(one("A 43-year-old man came."), Some((Kind::Age, 43.0)));
        assert_eq!(one("Ana Ruiz, 43, came."), Some((Kind::Age, 43.0)));
        assert_eq!(one("They waited for two weeks."), Some((Kind::Duration, 14.0)));
        assert_eq!(one("They waited for two dozen boats."), Some((Kind::Count, 24.0)));
        assert_eq!(one("No one came."), None);
    }

    #[test]
    fn rounding_and_units() {
        let agree = |ours: &str, theirs: &str| {
            let both = |text: &str| {
                let text = format!("There were {text}.");
                let story =
                    Analyzer::default().annotate(&Article { text: &text, ..Article::default() });
                story.paragraphs.iter().flat_map(|p| figures(p, p.span())).next()
            };
            both(ours).zip(both(theirs)).is_some_and(|(a, b)| a.comparable(&b) && a.agrees(&b))
        };
        assert!(agree("1,200 boats", "1,243 boats"));
        assert!(agree("about 40 boats", "41 boats"));
        assert!(!agree("40 boats", "41 boats"));
        assert!(!agree("three boats", "two boats"));
        assert!(!agree("1,243 boats", "1,200 boats"));
        assert!(agree("16 kilometres of road", "10 miles of road"));
        assert!(agree("two weeks", "14 days"));
        assert!(!agree("two weeks", "15 days"));
        assert!(agree("at least 20 boats", "28 boats"));
        assert!(agree("more than two dozen boats", "28 boats"));
        assert!(!agree("more than 800 boats", "more than 1,000 boats"));
        assert!(agree("about 2 percent of them", "2.3 percent of them"));
        assert!(agree("75 mph of wind", "120 kph of wind"));
        assert!(agree("a 3-1 win", "a 1-3 loss"));
        assert!(!agree("a 4-1 win", "a 3-1 win"));
    }
}
