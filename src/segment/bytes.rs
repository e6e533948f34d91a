//! What a byte or character is to the scanner.

/// Lower-case letter.
pub(super) const LOWER: u8 = 1;
/// Upper-case letter.
pub(super) const UPPER: u8 = 1 << 1;
/// Letter without case.
pub(super) const CASELESS: u8 = 1 << 2;
/// Digit or other number.
pub(super) const DIGIT: u8 = 1 << 3;
/// White space.
pub(super) const SPACE: u8 = 1 << 4;
/// White space that ends a line.
pub(super) const BREAK: u8 = 1 << 5;
/// First byte of a character beyond ASCII, or a byte inside one.
pub(super) const WIDE: u8 = 1 << 6;
/// Invisible: skipped between tokens, ignored within them.
pub(super) const IGNORED: u8 = 1 << 7;

/// A letter of any case.
pub(super) const LETTER: u8 = LOWER | UPPER | CASELESS;
/// What words and numbers are made of.
pub(super) const WORD: u8 = LETTER | DIGIT;

/// The class of each byte; 0 for marks and control characters.
pub(super) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut out = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        out[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' => SPACE,
            b'\n' | b'\r' | 0x0B | 0x0C => SPACE | BREAK,
            0..=0x1F | 0x7F => IGNORED,
            0x80.. => WIDE,
            _ => 0,
        };
        byte += 1;
    }
    out
}

/// The class of a character: never `WIDE`.
pub(super) fn class(ch: char) -> u8 {
    if ch.is_ascii() {
        return CLASS[ch as usize];
    }
    match ch {
        '\u{85}' | '\u{2028}' | '\u{2029}' => SPACE | BREAK,
        '\u{200B}' => SPACE,
        '\u{AD}'
        | '\u{200C}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0000}'..='\u{E01EF}'
        | '\u{80}'..='\u{9F}' => IGNORED,
        _ if is_combining(ch) => CASELESS,
        _ if ch.is_whitespace() => SPACE,
        _ if ch.is_lowercase() => LOWER,
        _ if ch.is_uppercase() => UPPER,
        _ if ch.is_alphabetic() => CASELESS,
        _ if ch.is_numeric() => DIGIT,
        _ => 0,
    }
}

/// Marks that combine with the letter before (blocks of the Unicode Standard, chapter 7.9).
pub(super) fn is_combining(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// An apostrophe, or a mark that is typed for one.
pub(super) fn is_apostrophe(ch: char) -> bool {
    matches!(ch, '\'' | '\u{2019}' | '\u{2018}' | '\u{2BC}' | '`' | '\u{B4}' | '\u{201B}')
}

/// A hyphen, or a hyphen that forbids a line break.
pub(super) fn is_hyphen(ch: char) -> bool {
    matches!(ch, '-' | '\u{2010}' | '\u{2011}')
}
