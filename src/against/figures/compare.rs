//! Whether two figures say the same, rounding and other units allowed.

use super::units::FRACTION;
use super::{Bound, Figure, Kind};

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
        if self.sides().is_some() {
            return self.sides() == wire.sides();
        }
        let off = (ours - theirs).abs() / theirs.abs().max(1e-9);
        if off < 1e-6 {
            return true;
        }
        match self.kind {
            // "Shortly before 11", "about 10:40".
            Kind::Clock => return (self.about || wire.about) && (ours - theirs).abs() <= 30.0,
            Kind::Year | Kind::Day | Kind::Age | Kind::Rank => return false,
            Kind::Weekday | Kind::Month | Kind::Decade | Kind::Times => return false,
            _ => {}
        }
        if self.unit == FRACTION && self.kind == Kind::Percent && self.unit != wire.unit {
            return off <= if self.about { 0.12 } else { 0.08 };
        }
        // "At least 20" of 28; where both say so, it is the figure itself that differs.
        let (low, high) = (ours.min(theirs), ours.max(theirs));
        let holds = match self.bound {
            Bound::None => false,
            Bound::Low => ours <= theirs,
            Bound::High | Bound::Near => ours >= theirs,
        };
        let reach = match self.bound {
            Bound::Near if self.unit == wire.unit => 1.08,
            Bound::Near => 1.12,
            _ => 1.5,
        };
        if holds && self.bound != wire.bound && low > 0.0 && high <= reach * low {
            return true;
        }
        // Another unit: what was converted was rounded.
        if self.unit != wire.unit && self.unit != 0 && wire.unit != 0 {
            return off <= if self.kind == Kind::Duration { 0.03 } else { 0.08 };
        }
        // "Just over 43" is not 41.
        if self.bound != Bound::None && !holds && !wire.about && off > 0.01 {
            return false;
        }
        let rounder = significant(self.written) < significant(wire.written);
        let fine = wire.written.fract() != 0.0
            && (wire.written - self.written).abs() < if self.about { 2.0 } else { 0.75 };
        let large = wire.written >= 100.0 || fine;
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
    use super::super::figures;
    use crate::{Analyzer, Article};

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
        assert!(agree("43 percent of them", "43.4 percent of them"));
        assert!(!agree("just over 43 percent of them", "41.2 percent of them"));
        assert!(agree("almost 11,000 boats", "10,775 boats"));
        assert!(!agree("almost 12,000 boats", "10,775 boats"));
        assert!(!agree("almost 10,000 boats", "10,775 boats"));
        assert!(!agree("a 9-4 win", "a 9-5 win"));
        assert!(agree("14 square miles of bog", "36 square kilometers of bog"));
        assert!(!agree("24 square miles of bog", "36 square kilometers of bog"));
        assert!(agree("5 acres of bog", "2 hectares of bog"));
        assert!(agree("300 square feet of bog", "28 square metres of bog"));
        assert!(agree("75 mph of wind", "120 kph of wind"));
        assert!(agree("a 3-1 win", "a 1-3 loss"));
        assert!(!agree("a 4-1 win", "a 3-1 win"));
    }
}
