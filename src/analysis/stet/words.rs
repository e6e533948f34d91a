//! Finds words that somebody typed into the settings in copy that a content system has dressed since.

use crate::text::TextRange;

/// Where `words` stand in `text`; in order, apart from each other. Any white space may stand between them (a line break,
/// a no-break space), and quotation marks, apostrophes and dashes match in whichever shape they are written.
pub fn occurrences(text: &str, words: &str) -> Vec<TextRange> {
    let wanted: Vec<char> = Folded::new(words.trim()).map(|(c, _)| c).collect();
    let Some(&first) = wanted.first() else { return Vec::new() };
    let mut out: Vec<TextRange> = Vec::new();
    let mut done = 0;
    for start in starts(text, first) {
        if start < done {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let mut folded = Folded::new(rest);
        let mut end = 0;
        let whole = wanted.iter().all(|&wanted| {
            folded.next().is_some_and(|(c, after)| {
                end = after;
                c == wanted
            })
        });
        if whole {
            done = start + end;
            out.push(TextRange::from(start..done));
        }
    }
    out
}

/// The places where the folded character `first` may start; by bytes where it has but one shape.
fn starts(text: &str, first: char) -> Box<dyn Iterator<Item = usize> + '_> {
    match u8::try_from(first) {
        Ok(byte) if byte.is_ascii_alphanumeric() => {
            Box::new(memchr::memchr_iter(byte, text.as_bytes()))
        }
        _ => Box::new(
            text.char_indices().filter(move |(_, c)| fold(*c) == Some(first)).map(|(at, _)| at),
        ),
    }
}

/// The one shape that stands for all shapes of a character; `None` for what readers do not see.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => return None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '…' => '.',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// Folded characters, each with the byte behind it. A run of spaces, of dashes or of points is one.
struct Folded<'a> {
    chars: std::iter::Peekable<std::str::CharIndices<'a>>,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Self {
        Self { chars: text.char_indices().peekable() }
    }
}

impl Iterator for Folded<'_> {
    type Item = (char, usize);

    fn next(&mut self) -> Option<(char, usize)> {
        let (mut end, folded) = self.chars.by_ref().find_map(|(at, c)| {
            let folded = fold(c)?;
            Some((at + c.len_utf8(), folded))
        })?;
        if matches!(folded, ' ' | '-' | '.') {
            while let Some((at, c)) = self.chars.next_if(|(_, c)| fold(*c) == Some(folded)) {
                end = at + c.len_utf8();
            }
        }
        Some((folded, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_line_breaks() {
        let text = "Officials  say it.\nOfficials\nsay it. Officials said.";
        let places = occurrences(text, " Officials say ");
        assert_eq!(places, [TextRange::new(0, 14), TextRange::new(19, 32)]);
        assert!(occurrences(text, "").is_empty());
        assert!(occurrences("", "Officials").is_empty());
    }

    #[test]
    fn words_are_found_in_any_dress() {
        let found = |text: &str, words: &str| {
            let places = occurrences(text, words);
            places.iter().map(|place| place.slice(text).to_owned()).collect::<Vec<_>>()
        };
        let typed = "\"It's over -- for now...\" he";
        assert_eq!(
            found("“It’s\u{A0}over\r\n— for now…” he said", typed),
            ["“It’s\u{A0}over\r\n— for now…” he"]
        );
        assert_eq!(found("the co\u{AD}op said", "coop said"), ["co\u{AD}op said"]);
        assert_eq!(found("’Tis “TK” and \"TK\"", "\"TK\""), ["“TK”", "\"TK\""]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert!(found("the coop says", "coop said").is_empty());
    }
}
