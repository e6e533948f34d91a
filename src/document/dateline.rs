//! Datelines: "LONDON, Oct. 3 (Reuters) —", "PARIS (AP) –", "(CNN) —", "WASHINGTON —" at the head of a paragraph.
//!
//! The forms are those of the AP Stylebook's entry "datelines" (city in capitals, then state or country, then the
//! agency's logotype in brackets, then a dash) with the day that Reuters, UPI and Xinhua add.

use super::date::MONTHS;
use super::{Block, Mask, MaskKind};
use crate::text::TextRange;

/// A dateline is looked for in so many characters; the longest known ones take about 80.
const REACH: usize = 120;

/// The agencies known by name, which may stand without a dash or in any case.
const AGENCIES: [&str; 13] = [
    "AP",
    "AFP",
    "CNN",
    "UPI",
    "Reuters",
    "Bloomberg",
    "Xinhua",
    "Kyodo",
    "Yonhap",
    "Tribune News Service",
    "The Associated Press",
    "Associated Press",
    "States Newsroom",
];

/// Whether a text is the name of a news agency.
pub(crate) fn is_agency(name: &str) -> bool {
    AGENCIES.contains(&name)
}

/// One character as the reader sees it, and where it ends in the source.
#[derive(Clone, Copy)]
struct Seen {
    ch: char,
    end: u32,
}

/// Masks the dateline that the block opens with and returns it.
pub(super) fn mask(source: &str, block: &mut Block) -> Option<TextRange> {
    let seen = visible(source, block);
    let length = dateline(&seen)?;
    let range = TextRange::new(block.range.start, seen[length - 1].end);
    block.masks.retain(|mask| mask.range.start >= range.end);
    block.masks.insert(0, Mask { range, kind: MaskKind::Markup });
    Some(range)
}

/// The first characters of the block, without its markup.
fn visible(source: &str, block: &Block) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(REACH);
    let mut masks = block.masks.iter();
    let mut next = masks.next();
    let mut at = block.range.start;
    while seen.len() < REACH && at < block.range.end {
        if let Some(mask) = next.filter(|mask| mask.range.start <= at) {
            at = mask.range.end;
            let ch = match mask.kind {
                MaskKind::Markup => None,
                MaskKind::Object => Some('\u{FFFC}'),
                MaskKind::Char(ch) => Some(ch),
                MaskKind::Break => Some('\n'),
            };
            seen.extend(ch.map(|ch| Seen { ch, end: at }));
            next = masks.next();
            continue;
        }
        let rest = TextRange::new(at, block.range.end).slice(source);
        let Some(ch) = rest.chars().next() else { break };
        at += ch.len_utf8() as u32;
        seen.push(Seen { ch, end: at });
    }
    seen
}

/// Number of characters that the dateline takes, its dash included.
fn dateline(seen: &[Seen]) -> Option<usize> {
    let text: Vec<char> = seen.iter().map(|s| s.ch).collect();
    let head = Head::read(&text)?;
    let Some((dash, length)) = dash_at(&text, head.end) else {
        // "(CNN) Voters went to the polls": the agency alone, as some outlets write it.
        let capital = text.get(head.end + spaces(text.get(head.end..)?))?.is_uppercase();
        return (head.wire && !head.place && capital).then_some(head.end);
    };
    let after = dash + length + spaces(&text[dash + length..]);
    let opens = !text.get(after)?.is_lowercase();
    let certain = head.day || head.agency && (opens || !head.place);
    let fits = match dash_kind(&text, dash, length) {
        Dash::Long => certain || opens,
        Dash::Hyphen => certain || opens && head.region,
    };
    // "Portland (AP)" may have any case; a place that nothing else marks as a dateline is in capitals.
    (fits && (head.capitals || head.agency)).then_some(dash + length)
}

enum Dash {
    Long,
    Hyphen,
}

fn dash_kind(text: &[char], at: usize, length: usize) -> Dash {
    if text[at] == '-' && length == 1 { Dash::Hyphen } else { Dash::Long }
}

/// The dash at `at` after optional white space: its place and length. A hyphen must stand free.
fn dash_at(text: &[char], at: usize) -> Option<(usize, usize)> {
    let start = at + text.get(at..)?.iter().position(|c| !c.is_whitespace())?;
    match text[start] {
        '—' | '–' | '―' | '−' => Some((start, 1)),
        '-' if text.get(start + 1) == Some(&'-') => Some((start, 2)),
        '-' if start > at && text.get(start + 1).is_some_and(|c| c.is_whitespace()) => {
            Some((start, 1))
        }
        _ => None,
    }
}

/// What stands before the dash.
#[derive(Default)]
struct Head {
    end: usize,
    place: bool,
    /// The place is in capitals (or there is none, only an agency).
    capitals: bool,
    /// A state or country follows the place.
    region: bool,
    day: bool,
    agency: bool,
    /// The agency is a known one.
    wire: bool,
}

impl Head {
    fn read(text: &[char]) -> Option<Self> {
        let mut at = 0;
        let place = place(text);
        let mut head = Self { capitals: true, place: place > 0, ..Self::default() };
        if place > 0 {
            at = place;
            head.capitals = !text[..place].iter().any(|c| c.is_lowercase());
        }
        let mut parts = 0;
        while parts < 4 {
            let start = match text.get(at) {
                Some(',') => at + 1 + spaces(&text[at + 1..]),
                Some(c) if c.is_whitespace() && place > 0 => at + spaces(&text[at..]),
                _ if at == 0 => 0,
                _ => break,
            };
            let comma = text.get(at) == Some(&',');
            if let Some(length) = day(&text[start..]) {
                head.day = true;
                at = start + length;
            } else if comma && place > 0 && !head.day {
                let length = region(&text[start..]);
                if length == 0 {
                    break;
                }
                head.region = true;
                at = start + length;
            } else {
                break;
            }
            parts += 1;
        }
        let start = at + spaces(&text[at..]);
        let bracket = bracket(&text[start..]);
        let inside: String = text
            .get(start + 1..(start + bracket).max(start + 2) - 1)
            .unwrap_or(&[])
            .iter()
            .collect();
        head.wire = AGENCIES.contains(&inside.as_str());
        head.agency = head.wire || is_logotype(&inside);
        // After a place in capitals any short name in brackets is its agency.
        if head.agency || bracket > 0 && place > 0 && head.capitals {
            at = start + bracket;
        }
        head.end = at;
        let something = head.agency || place > 0 && (head.capitals || head.day);
        (something && at > 0).then_some(head)
    }
}

fn spaces(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_whitespace()).count()
}

/// Characters of the place: capitalised words, several joined by spaces, hyphens or a slash.
fn place(text: &[char]) -> usize {
    let mut end = 0;
    let mut at = 0;
    let mut words = 0;
    while words < 6 {
        let word = text[at..]
            .iter()
            .take_while(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/'))
            .count();
        let capital = text.get(at).is_some_and(|c| c.is_uppercase());
        // A dash closes the place, and a month belongs to the day.
        let joined = matches!(text[at..at + word], ['d', 'e'] | ['d', 'u'] | ['a', 'l', '-', ..]);
        let dash = text[at..at + word].windows(2).position(|pair| pair == ['-', '-']);
        if dash.is_some() || word == 0 || !(capital || joined && words > 0) {
            return dash.filter(|_| capital).map_or(end, |dash| at + dash);
        }
        if words > 0 && month(&text[at..]).is_some() {
            return end;
        }
        words += 1;
        end = at + word;
        let gap = text[end..].iter().take_while(|c| **c == ' ' || **c == '\u{A0}').count();
        if gap == 0 {
            return end;
        }
        at = end + gap;
    }
    0
}

/// Characters of a state or country after the comma ("N.Y.", "South Korea", "British Columbia").
fn region(text: &[char]) -> usize {
    let length = place(text);
    if text[..length].split(|c| c.is_whitespace()).count() <= 3 { length } else { 0 }
}

/// Characters of a month's name, its point included.
fn month(text: &[char]) -> Option<usize> {
    let letters = text.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let word: String = text[..letters].iter().map(char::to_ascii_lowercase).collect();
    let known = letters >= 3
        && (MONTHS.iter().any(|month| *month == word)
            || letters <= 4 && MONTHS.iter().any(|month| month.starts_with(&word)));
    known.then(|| letters + usize::from(text.get(letters) == Some(&'.')))
}

/// Characters of "Oct. 3", "October 3, 2025" or "3 October".
fn day(text: &[char]) -> Option<usize> {
    let digits = |at: usize| text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let lead = digits(0);
    let end = if (1..=2).contains(&lead) {
        let gap = spaces(&text[lead..]);
        lead + gap + month(&text[lead + gap..])?
    } else {
        let name = month(text)?;
        let gap = spaces(&text[name..]);
        let number = digits(name + gap);
        if !(1..=2).contains(&number) {
            return None;
        }
        name + gap + number
    };
    let comma = usize::from(text.get(end) == Some(&','));
    let gap = comma + spaces(&text[end + comma..]);
    Some(if gap > 0 && digits(end + gap) == 4 { end + gap + 4 } else { end })
}

/// Characters of a short name in brackets; 0 if there is none.
fn bracket(text: &[char]) -> usize {
    if text.first() != Some(&'(') {
        return 0;
    }
    let Some(close) = text.iter().take(32).position(|c| *c == ')') else { return 0 };
    let inside: String = text[1..close].iter().collect();
    let mut words = inside.split_whitespace();
    let named = words.clone().next().is_some()
        && words.all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '&' | '’' | '\''))
        });
    if named { close + 1 } else { 0 }
}

/// Whether a name in brackets looks like an agency's whatever stands before it ("CNN", "CNN Business").
fn is_logotype(inside: &str) -> bool {
    let mut words = inside.split_whitespace();
    let first = words.next().unwrap_or("");
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let capitals =
        first.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || ".&".contains(c));
    (2..=5).contains(&letters) && capitals && words.count() <= 2
}
