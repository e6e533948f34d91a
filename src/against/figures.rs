//! Numbers: what they are worth, and what they count.

/// The value of a number in digits: "3,000", "3.5"; `None` for scores, times and ranges.
pub(super) fn digits(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The value of a number in one word, up to ninety-nine.
pub(super) fn spelled(word: &str) -> Option<u32> {
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
    if !matches!(word.len(), 3..=13) || !word.is_ascii() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        assert_eq!(spelled("Two"), Some(2));
        assert_eq!(spelled("twenty-five"), Some(25));
        assert_eq!(spelled("ninety"), Some(90));
        assert_eq!(spelled("twenty-fold"), None);
        assert_eq!(spelled("tone"), None);
        assert_eq!(digits("3,000"), Some(3000.0));
        assert_eq!(digits("51-49"), None);
    }
}
