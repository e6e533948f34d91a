//! Numbers: what they are worth, and what they count.

mod compare;
mod in_a_word;
mod times;
mod units;
mod wording;

use super::numerals::{digits, numeral, opening, opens_spelled, scale, spelled};
use crate::annotate::Paragraph;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};
pub(crate) use in_a_word::opens;
use in_a_word::{compound, fraction, in_a_word, leading, ordinal, part, result, score, suffixed};
use times::{clock, day_of, hour, is_age, is_year, month, weekday};
use units::{FRACTION, compounded, suffix_kind, unit};
pub(crate) use wording::about;
use wording::{counts_one, with_words};

/// What a number measures. Numbers of different kinds are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Things: the stems of the noun phrase behind it say which.
    Count,
    /// A share of a whole, in percent.
    Percent,
    /// A difference between two shares, in percentage points.
    Points,
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
    /// So many out of so many ("13 of 22", "13-of-22"), the whole first.
    Part,
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
    /// "Up to", "fewer than".
    High,
    /// "Nearly", "almost".
    Near,
}

impl Figure {
    /// The two numbers of a result or a share, the greater one first.
    pub(crate) fn sides(&self) -> Option<(f64, f64)> {
        let both = matches!(self.kind, Kind::Score | Kind::Part);
        both.then_some(((self.value / 1e6).floor(), self.value % 1e6))
    }

    /// Whether a slip of the hand makes one number of the other: a digit that differs, digits that changed places.
    pub(crate) fn is_slip(&self, other: &Self) -> bool {
        let digits = |value: f64| -> Vec<u8> {
            let text = format!("{value}");
            text.bytes().filter(u8::is_ascii_digit).collect()
        };
        let (ours, mut theirs) = (digits(self.written), digits(other.written));
        // "$54 million" of $64.3 million.
        if self.about && theirs.len() > ours.len() {
            theirs = digits(other.written.round());
        }
        let sorted = |digits: &[u8]| {
            let mut sorted = digits.to_vec();
            sorted.sort_unstable();
            sorted
        };
        let differ = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
        ours.len() == theirs.len()
            && ours.len() >= 2
            && (differ == 1 || differ == 2 && sorted(&ours) == sorted(&theirs))
    }

    /// The number alone as it is written in the paragraph of the figure, where a unit stands behind it or in the same word.
    pub(crate) fn number<'p>(&self, p: &'p Paragraph<'_>) -> Option<&'p str> {
        let at = self.span.start as usize;
        let text = p.text(at);
        match self.kind {
            Kind::Percent | Kind::Points if self.unit == FRACTION => None,
            Kind::Age | Kind::Percent | Kind::Points | Kind::Duration | Kind::Length => Some(()),
            Kind::Area | Kind::Mass | Kind::Speed | Kind::Degrees(_) => Some(()),
            Kind::Count if text.contains('-') => Some(()),
            _ => None,
        }?;
        if spelled(text).is_none()
            && let Some((first, _)) = text.split_once('-')
        {
            return (self.span.len() == 1 && leading(text).is_some()).then_some(first);
        }
        let (_, end) = numeral(p, at).filter(|(_, end)| *end <= self.span.end as usize)?;
        p.source.get(p.byte(at).start as usize..p.byte(end - 1).end as usize)
    }

    /// Whether two figures are in the same unit, however it is written.
    pub(crate) fn same_scale(&self, other: &Self) -> bool {
        let scale = |figure: &Self| figure.value / figure.written.max(1e-9);
        (scale(self) - scale(other)).abs() < 1e-6 * scale(other)
    }

    /// The value of another figure in the unit of this one, where it comes out to a tenth.
    pub(crate) fn converted(&self, other: &Self) -> Option<f64> {
        let value = other.value * self.written / self.value;
        let tenths = value * 10.0;
        ((tenths - tenths.round()).abs() < 1e-6).then_some(tenths.round() / 10.0)
    }

    /// Whether two figures are measures in the same unit.
    pub(crate) fn same_unit(&self, other: &Self) -> bool {
        let measured = matches!(
            self.kind,
            Kind::Duration | Kind::Length | Kind::Area | Kind::Mass | Kind::Speed
        );
        measured && self.kind == other.kind && self.same_scale(other)
    }
}

/// The stem of a word as the nouns of a figure have it.
pub(crate) fn noun_at(p: &Paragraph<'_>, at: usize) -> Option<u32> {
    super::words::stem_at(p, at)
}

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

/// Whether a figure that is no date may open with this token: every word of a text is asked, and nearly none does.
fn may_open(kind: TokenKind, text: &str) -> bool {
    let first = text.bytes().next().unwrap_or(0);
    match kind {
        TokenKind::Number => true,
        TokenKind::Word if first.is_ascii_alphabetic() => {
            let opening = opening(text);
            // "Half", "twice", "doubled", "tripled", "quadrupled", "second"; "a third".
            let other = matches!(&opening, b"hal" | b"twi" | b"dou" | b"tri" | b"qua" | b"sec");
            other || opens_spelled(opening) || text.eq_ignore_ascii_case("a")
        }
        TokenKind::Word => true,
        _ => false,
    }
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
    if !may_open(token.kind, text) {
        return None;
    }
    if let Some(figure) = fraction(p, at).or_else(|| in_a_word(p, at, end)) {
        return Some(figure);
    }
    if let Some(value) = hour(text).filter(|_| token.kind == TokenKind::Word) {
        return Some(with_words(p, plain(at, value, at + 1, Kind::Clock, 0), at + 1));
    }
    if let Some(figure) = result(p, at).or_else(|| part(p, at)) {
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
            None if p.is(at, "half") && p.is_any(at + 1, &["a", "an"]) => (0.5, false),
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
    (value, next) = halves(p, at, value, next)?;
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
        let figure = plain(at, value % 12.0 * 60.0 + half, next + 1, Kind::Clock, 0);
        return Some(with_words(p, figure, next + 1));
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
        let words = match kind {
            Kind::Points => 2,
            Kind::Area if matches!(&*after, "square" | "sq" | "sq.") => 2,
            Kind::Degrees(scale) if scale != 0 => 2,
            _ => 1,
        };
        let mut figure = plain(at, value * factor, next + words, kind, unit);
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

/// A number with a half of it: "half a million", "two and a half", "two and a half million". `None` for half of what is no number
/// and no measure.
fn halves(p: &Paragraph<'_>, at: usize, value: f64, next: usize) -> Option<(f64, usize)> {
    let scaled = |value: f64, next: usize| match scale(p.text(next)) {
        Some(by) => (value * by, next + 1),
        None => (value, next),
    };
    if p.is(at, "half") {
        let (value, next) = scaled(value, at + 2);
        let measured = || unit(p, next, &p.text(next).to_lowercase()).is_some();
        return (next > at + 2 || measured()).then_some((value, next));
    }
    match p.is_phrase(next, &["and", "a", "half"]) {
        true => Some(scaled(value + 0.5, next + 3)),
        false => Some((value, next)),
    }
}

fn plain(at: usize, value: f64, end: usize, kind: Kind, unit: u32) -> Figure {
    let (span, nouns) = (Span::new(at, end), Vec::new());
    Figure { span, value, written: value, kind, unit, nouns, about: false, bound: Bound::None }
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
        assert_eq!(one("Half a million boats came."), Some((Kind::Count, 500_000.0)));
        assert_eq!(one("Two and a half million boats came."), Some((Kind::Count, 2.5e6)));
        assert_eq!(one("They waited for half an hour."), Some((Kind::Duration, 0.5 / 24.0)));
        assert_eq!(one("Half a loaf came."), None);
        assert_eq!(one("They met at 3:30am there."), Some((Kind::Clock, 210.0)));
        assert_eq!(one("They met from roughly 1948 to 1951."), Some((Kind::Year, 1948.0)));
        assert_eq!(one("The rate rose 2 percentage points."), Some((Kind::Points, 2.0)));
        assert_eq!(one("Twenty-one boats came."), Some((Kind::Count, 21.0)));
        assert_eq!(one("Twenty one boats came."), Some((Kind::Count, 21.0)));
        assert_eq!(one("Some 40 000 boats came."), Some((Kind::Count, 40_000.0)));
        assert_eq!(one("Some 40\u{A0}000 boats came."), Some((Kind::Count, 40_000.0)));
        assert_eq!(one("Some 40\u{202F}000 boats came."), Some((Kind::Count, 40_000.0)));
        assert_eq!(one("One hundred and twenty-five boats came."), Some((Kind::Count, 125.0)));
        assert_eq!(one("They won 7-2."), Some((Kind::Score, 7_000_002.0)));
        assert_eq!(one("They won 7–2."), Some((Kind::Score, 7_000_002.0)));
        assert_eq!(one("They won by 5 to 4 there."), Some((Kind::Score, 5_000_004.0)));
        assert_eq!(one("The 5-to-4 ruling came."), Some((Kind::Score, 5_000_004.0)));
        assert_eq!(one("They met at 3pm there."), Some((Kind::Clock, 900.0)));
        assert_eq!(one("A 12 member board met."), Some((Kind::Count, 12.0)));
        assert_eq!(one("It was 30°C there."), Some((Kind::Degrees('c' as u32), 30.0)));
        assert_eq!(one("It was 86 degrees Fahrenheit."), Some((Kind::Degrees('f' as u32), 86.0)));
        assert_eq!(one("No one came."), None);
    }
}
