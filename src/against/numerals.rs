//! Numbers in words and digits, whatever they count.

use crate::annotate::Paragraph;
use crate::segment::TokenKind;

/// The value of a number in digits: "3,000", "3.5", "10th"; `None` for times and ranges.
pub(crate) fn digits(text: &str) -> Option<f64> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|tail| text.strip_suffix(tail));
    let plain: String = bare.unwrap_or(text).chars().filter(|c| !is_group(*c)).collect();
    plain.bytes().next().filter(|b| b.is_ascii_digit() || *b == b'.')?;
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// What stands between groups of digits.
fn is_group(c: char) -> bool {
    matches!(c, ',' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// The value of a number in one word, up to ninety-nine.
pub(crate) fn spelled(word: &str) -> Option<u32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    // Every word of a text is asked about, and nearly none is a number.
    if !matches!(word.len(), 3..=13) || !opens_spelled(opening(word)) {
        return None;
    }
    let find = |list: &[&str], word: &str| {
        list.iter().position(|known| known.eq_ignore_ascii_case(word)).map(|at| at as u32)
    };
    if let Some(small) = find(&SMALL, word) {
        return Some(small);
    }
    let (tens, rest) = word.split_once('-').unwrap_or((word, ""));
    let tens = (find(&TENS, tens)? + 2) * 10;
    match rest {
        "" => Some(tens),
        rest => Some(tens + find(&SMALL[1..10], rest)? + 1),
    }
}

/// The first three letters of a word in lower case, which tell most words from all that are looked for.
#[inline]
pub(super) fn opening(word: &str) -> [u8; 3] {
    let [a, b, c, ..] = word.as_bytes() else { return [0; 3] };
    [a, b, c].map(u8::to_ascii_lowercase)
}

/// Whether a word with this [`opening`] may be one that is [`spelled`].
#[inline]
pub(super) fn opens_spelled(opening: [u8; 3]) -> bool {
    matches!(
        &opening,
        b"zer"
            | b"one"
            | b"two"
            | b"thr"
            | b"fou"
            | b"fiv"
            | b"six"
            | b"sev"
            | b"eig"
            | b"nin"
            | b"ten"
            | b"ele"
            | b"twe"
            | b"thi"
            | b"for"
            | b"fif"
    )
}

/// Whether a word may be part of a number in words: nearly none is, and every one is asked.
#[inline]
pub(super) fn may_be_part(word: &str) -> bool {
    let opening = opening(word);
    let scale = matches!(&opening, b"hun" | b"tho" | b"mil" | b"bil" | b"tri" | b"doz" | b"and");
    scale || opens_spelled(opening)
}

/// What a word multiplies the number before it by.
pub(super) fn scale(text: &str) -> Option<f64> {
    const SCALES: [(&str, f64); 6] = [
        ("hundred", 1e2),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("dozen", 12.0),
    ];
    if !matches!(text.len(), 5..=8) {
        return None;
    }
    SCALES.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, by)| *by)
}

/// Tokens of a number in words that are looked at.
const LONGEST: usize = 10;

/// The number that starts at token `at`, with the token behind it: "350", "3.5 million", "three hundred and fifty", "two thousand and
/// eight".
pub(crate) fn numeral(p: &Paragraph<'_>, at: usize) -> Option<(f64, usize)> {
    let token = p.token(at)?;
    let words = token.kind == TokenKind::Word;
    let first = match token.kind {
        TokenKind::Number => digits(p.text(at))?,
        TokenKind::Word => f64::from(spelled(p.text(at))?),
        _ => return None,
    };
    let (mut total, mut part, mut next) = (0.0, first, at + 1);
    if let Some(ones) = ones(p, at) {
        (part, next) = (part + ones, next + 1);
    }
    while is_grouped(p, next) && next < at + LONGEST {
        (part, next) = (part * 1e3 + digits(p.text(next))?, next + 1);
    }
    while next < at + LONGEST {
        if let Some(by) = scale(p.text(next)) {
            match by {
                by if by > 100.0 => (total, part) = (total + part * by, 0.0),
                by => part *= by,
            }
            next += 1;
            continue;
        }
        // Only behind "hundred" and the like the number goes on.
        let joins = usize::from(p.is(next, "and"));
        let more =
            spelled(p.text(next + joins)).filter(|_| words && scale(p.text(next - 1)).is_some());
        let Some(more) = more else { break };
        part += f64::from(more);
        next += joins + 1;
        if let Some(ones) = ones(p, next - 1) {
            (part, next) = (part + ones, next + 1);
        }
    }
    Some((total + part, next))
}

/// The ones behind tens that no hyphen joins to them: "twenty one".
fn ones(p: &Paragraph<'_>, at: usize) -> Option<f64> {
    let tens = spelled(p.text(at)).filter(|tens| *tens >= 20 && tens % 10 == 0);
    let ones = spelled(p.text(at + 1)).filter(|ones| (1..10).contains(ones));
    tens.and(ones).map(f64::from)
}

/// Whether token `at` is a group of three digits behind a space in a number: "000" of "40 000".
fn is_grouped(p: &Paragraph<'_>, at: usize) -> bool {
    let bare = |at: usize| {
        let token = p.token(at).filter(|token| token.kind == TokenKind::Number);
        token.map(|_| p.text(at)).filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
    };
    let spaced = |at: usize| {
        let gap = p.source.get(p.byte(at - 1).end as usize..p.byte(at).start as usize);
        gap.is_some_and(|gap| matches!(gap, " " | "\u{A0}" | "\u{2009}" | "\u{202F}"))
    };
    let group = |at: usize| at > 0 && bare(at).is_some_and(|text| text.len() == 3) && spaced(at);
    let opens = |at: usize| {
        bare(at).is_some_and(|text| matches!(text.len(), 1..=3) && !text.starts_with('0'))
    };
    let before = (at.saturating_sub(LONGEST)..at).rev();
    let mut groups = before.take_while(|before| group(before + 1));
    group(at) && groups.any(opens)
}

/// Whether token `at` stands inside a number in several words that starts before it.
pub(crate) fn is_inside(p: &Paragraph<'_>, at: usize) -> bool {
    let part = |at: usize| {
        let text = p.text(at);
        text.eq_ignore_ascii_case("and") || scale(text).is_some() || spelled(text).is_some()
    };
    let number = |at: usize| p.token(at).is_some_and(|token| token.kind == TokenKind::Number);
    if !part(at) {
        return is_grouped(p, at);
    }
    let first = at.saturating_sub(LONGEST);
    let run = (first..at).rev().take_while(|at| part(*at) || number(*at)).last();
    let mut from = run.unwrap_or(at);
    while from < at {
        match numeral(p, from) {
            Some((_, end)) if end > at => return true,
            Some((_, end)) => from = end,
            None => from += 1,
        }
    }
    false
}

/// The word for a currency that is written as a sign before a number.
pub(crate) fn currency(sign: char) -> Option<&'static str> {
    let signs = [('$', "dollars"), ('£', "pounds"), ('€', "euros"), ('¥', "yen")];
    signs.into_iter().find(|(known, _)| *known == sign).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    #[test]
    fn numbers_in_words_and_digits() {
        assert_eq!(spelled("Two"), Some(2));
        assert_eq!(spelled("twenty-five"), Some(25));
        assert_eq!(spelled("ninety"), Some(90));
        for (tens, value) in
            [("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("eighty", 80)]
        {
            assert_eq!(spelled(tens), Some(value));
        }
        for (at, small) in
            ["zero", "one", "three", "four", "six", "seven", "eight"].iter().enumerate()
        {
            assert!(spelled(small) >= Some(at as u32) && may_be_part(small), "{small}");
        }
        assert_eq!(spelled("eleven"), Some(11));
        assert_eq!(spelled("twenty-fold"), None);
        assert_eq!(spelled("tone"), None);
        assert_eq!(digits("3,000"), Some(3000.0));
        assert_eq!(digits("51-49"), None);
    }

    #[test]
    fn numbers_in_several_words() {
        let of = |text: &str| {
            let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
            let p = story.paragraphs.first().expect("a paragraph");
            let inside = p.span().iter().filter(|at| is_inside(p, *at)).count();
            numeral(p, 0).map(|(value, end)| (value, end, inside))
        };
        assert_eq!(of("350 boats"), Some((350.0, 1, 0)));
        assert_eq!(of("3.5 million boats"), Some((3.5e6, 2, 1)));
        assert_eq!(of("three hundred and fifty boats"), Some((350.0, 4, 3)));
        assert_eq!(of("two thousand and eight boats"), Some((2008.0, 4, 3)));
        assert_eq!(of("two million three hundred boats"), Some((2_000_300.0, 4, 3)));
        assert_eq!(of("two and three boats"), Some((2.0, 1, 0)));
        assert_eq!(of("2 million and three boats"), Some((2e6, 2, 1)));
        assert_eq!(of("40 000 boats"), Some((40_000.0, 2, 1)));
        assert_eq!(of("1\u{202F}240\u{202F}000 boats"), Some((1_240_000.0, 3, 2)));
        assert_eq!(of("one hundred twenty five boats"), Some((125.0, 4, 3)));
        assert_eq!(of("000 000 boats"), Some((0.0, 1, 0)));
        assert_eq!(of("2019 300 boats"), Some((2019.0, 1, 0)));
        assert_eq!(of("boats"), None);
    }
}
