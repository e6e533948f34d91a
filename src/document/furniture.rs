//! Page furniture that was copied along with the copy: which lines are none of the article's.
//!
//! The patterns stand in `furniture.txt`, by how sure they are. A line that matches none may still be furniture by its
//! place: an outlet's name between two lines that are.

use super::{Block, BlockKind, Mask, MaskKind};
use crate::text::TextRange;
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const PATTERNS: &str = include_str!("furniture.txt");

/// A longer block is no furniture, in bytes.
const LONGEST: usize = 420;
/// Patterns that may start anywhere are tried in so many blocks at the head and at the tail.
const HEAD: usize = 12;
const TAIL: usize = 40;

/// How sure it is that a block is page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Furniture {
    /// Only by its place between other furniture.
    Place,
    /// A word that is furniture beside other furniture.
    Weak,
    /// A reporter's or newsletter's plug, which some outlets print on purpose.
    Promo,
    /// A sentence of the house.
    Sentence,
    /// By how it starts, as prose may start, too.
    Lead,
    /// By how it starts.
    Line,
    /// Word for word.
    Exact,
}

/// One word of a pattern.
enum Part {
    /// Any of these words.
    Words(Vec<&'static str>),
    Number,
    /// Any words, or none.
    Any,
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Words(any) => any.contains(&word),
            Self::Number => word.starts_with(|c: char| c.is_ascii_digit()),
            Self::Any => true,
        }
    }
}

struct Pattern {
    parts: Vec<Part>,
    sure: Furniture,
}

struct Table {
    /// By the first word; numbers under "#".
    anchored: FxHashMap<&'static str, Vec<Pattern>>,
    floating: Vec<Pattern>,
    /// A text that holds none of these words fits no floating pattern, which is true of nearly all copy.
    telling: Option<AhoCorasick>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { anchored: FxHashMap::default(), floating: Vec::new(), telling: None };
    let mut sure = Furniture::Exact;
    for line in PATTERNS.lines().filter(|line| !line.is_empty() && !line.starts_with(';')) {
        match line {
            "[exact]" => sure = Furniture::Exact,
            "[line]" => sure = Furniture::Line,
            "[lead]" => sure = Furniture::Lead,
            "[sentence]" => sure = Furniture::Sentence,
            "[promo]" => sure = Furniture::Promo,
            "[weak]" => sure = Furniture::Weak,
            _ => add(&mut table, line, sure),
        }
    }
    let telling = table.floating.iter().flat_map(most_telling);
    table.telling = AhoCorasick::builder().ascii_case_insensitive(true).build(telling).ok();
    table
});

/// The words of which one stands in every text that fits: those of the part whose shortest word is the longest.
fn most_telling(pattern: &Pattern) -> Vec<&'static str> {
    let words = pattern.parts.iter().filter_map(|part| match part {
        Part::Words(words) => Some(words),
        _ => None,
    });
    words.max_by_key(|words| words.iter().map(|w| w.len()).min()).cloned().unwrap_or_default()
}

fn add(table: &mut Table, line: &'static str, sure: Furniture) {
    let parts = |skip: usize| {
        line.split(' ')
            .skip(skip)
            .filter(|part| !part.is_empty())
            .map(|part| match part {
                "*" => Part::Any,
                "#" => Part::Number,
                _ => Part::Words(part.split('|').collect()),
            })
            .collect()
    };
    let first = line.split(' ').next().unwrap_or("");
    if first == "*" {
        table.floating.push(Pattern { parts: parts(0), sure });
        return;
    }
    for word in first.split('|') {
        table.anchored.entry(word).or_default().push(Pattern { parts: parts(1), sure });
    }
}

/// How sure it is by its words that the text of a whole line or block is page furniture. `floating` tries the patterns
/// that may start anywhere, too.
pub(crate) fn recognise(text: &str, floating: bool) -> Option<Furniture> {
    if text.len() > LONGEST || text.starts_with(['"', '“', '‘', '«']) {
        return None;
    }
    let floating = floating && TABLE.telling.as_ref().is_none_or(|telling| telling.is_match(text));
    // Most paragraphs end here or with their second word, before their words are copied.
    let anchored = first_word(text, |word| TABLE.anchored.get(word)).filter(|patterns| {
        let lead = words(text, 2);
        let second = lead.get(1..).unwrap_or(&[]);
        patterns.iter().any(|pattern| match pattern.parts.first() {
            Some(Part::Any) => true,
            Some(part) => second.first().is_some_and(|word| part.fits(word)),
            None => second.is_empty(),
        })
    });
    if anchored.is_none() && !floating {
        return None;
    }
    let words = words(text, usize::MAX);
    let best = |patterns: &[Pattern], from: usize| {
        let fit = patterns.iter().filter(|pattern| matches(&pattern.parts, &words[from..]));
        fit.map(|pattern| pattern.sure).max()
    };
    let anchored = anchored.and_then(|patterns| best(patterns, 1));
    let floating = if floating { best(&TABLE.floating, 0) } else { None };
    let sure = anchored.max(floating)?;
    let reported =
        || words.iter().any(|word| matches!(word.as_str(), "said" | "says" | "told" | "according"));
    let known = sure == Furniture::Exact || !reported();
    let sure = if sure == Furniture::Lead && tells(text, &words) { Furniture::Weak } else { sure };
    known.then_some(sure)
}

/// Whether the line tells something as prose does, which the headline of another article hardly ever does: it ends with
/// a full stop, goes on in lower case after its colon, or has a verb in the past that is no participle.
fn tells(text: &str, words: &[String]) -> bool {
    const PAST: [&str; 13] = [
        "was", "were", "had", "did", "went", "came", "took", "met", "gave", "became", "began",
        "knew", "wrote",
    ];
    let after_colon = text.split_once(':').map(|(_, rest)| rest.trim_start());
    is_statement(text)
        || after_colon.is_some_and(|rest| rest.starts_with(char::is_lowercase))
        || words.iter().any(|word| PAST.contains(&word.as_str()))
}

/// Whether the text ends with a full stop; the dots of a headline that was cut off are none.
fn is_statement(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', ')']);
    text.ends_with('.') && !text.ends_with("..")
}

/// Looks up the first word of `text` without allocating.
fn first_word<T>(text: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    let start = text.find(|c: char| c.is_alphanumeric() || matches!(c, '©' | '™'))?;
    let rest = &text[start..];
    if rest.starts_with(['©', '™']) {
        return find(&rest[..rest.chars().next().map_or(0, char::len_utf8)]);
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return find("#");
    }
    let mut buffer = [0; 16];
    let mut length = 0;
    for ch in rest.chars().map(|ch| if ch == '’' { '\'' } else { ch }) {
        if !(ch.is_ascii_alphanumeric() || ch == '\'') {
            break;
        }
        *buffer.get_mut(length)? = ch.to_ascii_lowercase() as u8;
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok().and_then(find)
}

/// The words of a line as patterns see them, and no more than `most` of them or one over.
fn words(text: &str, most: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while words.len() < most {
        let Some(ch) = chars.next() else { break };
        let next_digit = chars.peek().is_some_and(char::is_ascii_digit);
        let next_letter = chars.peek().is_some_and(|c| c.is_alphanumeric());
        let inner = !word.is_empty()
            && (matches!(ch, '\'' | '’') && next_letter
                || matches!(ch, ',' | '.')
                    && next_digit
                    && word.ends_with(|c: char| c.is_ascii_digit()));
        if ch.is_alphanumeric() || inner {
            word.extend(if ch == '’' { '\'' } else { ch }.to_lowercase());
            continue;
        }
        let glued = ch == '-' && !word.is_empty() && next_letter;
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if glued || matches!(ch, ':' | '?' | '|' | '©' | '™' | '&') {
            words.push(ch.to_string());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether `words` fit the pattern from first to last. Goes back only to the last `*`, so the work is the product of
/// the two lengths at worst.
fn matches(parts: &[Part], words: &[String]) -> bool {
    let (mut part, mut word) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let fits = match (parts.get(part), words.get(word)) {
            (None, None) => return true,
            (Some(Part::Any), _) => {
                retry = Some((part + 1, word));
                part += 1;
                continue;
            }
            (Some(part), Some(word)) => part.fits(word),
            _ => false,
        };
        if fits {
            (part, word) = (part + 1, word + 1);
        } else if let Some((after, from)) = retry.filter(|(_, from)| *from < words.len()) {
            retry = Some((after, from + 1));
            (part, word) = (after, from + 1);
        } else {
            return false;
        }
    }
}

/// Whether the words of a whole line are page furniture wherever they stand.
pub(super) fn is_furniture(text: &str) -> bool {
    recognise(text, false).is_some_and(|sure| sure > Furniture::Weak)
}

/// Whether pasted furniture may be taken for this block. `headings` are the numbers of the blocks that the format marks
/// as headings: whoever wrote the mark meant the words.
fn may_be_pasted(blocks: &[Block], headings: &[usize], index: usize) -> bool {
    !matches!(blocks[index].kind, BlockKind::Chrome | BlockKind::Quote | BlockKind::Cell)
        && headings.binary_search(&index).is_err()
}

/// Marks the blocks that are page furniture. `headings` are the numbers of the blocks that the format marks as headings,
/// in order.
pub(super) fn settle(source: &str, blocks: &mut [Block], headings: &[usize]) {
    let count = blocks.len();
    let mut any = false;
    for index in 0..count {
        let pasted = may_be_pasted(blocks, headings, index);
        let block = &mut blocks[index];
        if !pasted || block.range.len() as usize > 2 * LONGEST {
            continue;
        }
        let floating = index < HEAD || index + TAIL >= count;
        let sure = with_seen(source, block, |text| recognise(text, floating));
        if sure.is_some_and(|sure| sure > Furniture::Weak) {
            block.kind = BlockKind::Furniture;
            any = true;
        }
    }
    if any {
        settle_by_place(source, blocks, headings);
    }
}

/// Marks lines that are furniture by the lines around them, down the text and then up.
fn settle_by_place(source: &str, blocks: &mut [Block], headings: &[usize]) {
    let count = blocks.len();
    for index in (0..count).chain((0..count).rev()) {
        let is = |at: Option<usize>| {
            at.and_then(|at| blocks.get(at)).is_some_and(|b| b.kind == BlockKind::Furniture)
        };
        let before = is(index.checked_sub(1));
        let after = is(Some(index + 1));
        let last = index + 1 == count && is(index.checked_sub(2));
        if !before && !after || !may_be_pasted(blocks, headings, index) {
            continue;
        }
        let between = before && (after || last);
        // Advertisements stand between paragraphs; only a run of furniture says what the sentence in it is.
        let among = between && (is(index.checked_sub(2)) || is(Some(index + 2)));
        let block = &blocks[index];
        let furniture = block.range.len() as usize <= LONGEST
            && with_seen(source, block, |text| {
                let known = recognise(text, false).is_some();
                known && (among || !tells(text, &words(text, usize::MAX)))
                    || between && is_name(text)
                    || among && is_house(text)
            });
        if furniture {
            blocks[index].kind = BlockKind::Furniture;
        }
    }
}

/// Whether the line could be the name of an outlet, an author or a section: a few words in capitals, no sentence.
fn is_name(text: &str) -> bool {
    let capitals = |word: &str| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    text.len() <= 60
        && text.split_whitespace().count() <= 6
        && text.split_whitespace().all(capitals)
        && !text.ends_with(['.', '!', '?', '"', '”', ':'])
}

/// Whether the block speaks for the house to the reader ("our", "your").
fn is_house(text: &str) -> bool {
    text.len() <= 250
        && !text.contains(['"', '“'])
        && words(text, usize::MAX)
            .iter()
            .any(|word| matches!(word.as_str(), "our" | "us" | "you" | "your"))
}

/// Calls `f` with what the reader sees of the block.
fn with_seen<T>(source: &str, block: &Block, f: impl Fn(&str) -> T) -> T {
    if block.masks.is_empty() {
        f(block.range.slice(source))
    } else {
        f(&seen(source, block.range, &block.masks))
    }
}

/// What the reader sees of a block, markup left out.
pub(crate) fn seen(source: &str, range: TextRange, masks: &[Mask]) -> String {
    let mut out = String::with_capacity(range.len() as usize);
    let mut at = range.start;
    for mask in masks {
        out.push_str(TextRange::new(at, mask.range.start).slice(source));
        match mask.kind {
            MaskKind::Markup => {}
            MaskKind::Object => out.push('\u{FFFC}'),
            MaskKind::Char(ch) => out.push(ch),
            MaskKind::Break => out.push('\n'),
        }
        at = mask.range.end;
    }
    out.push_str(TextRange::new(at, range.end).slice(source));
    out.trim().to_owned()
}
