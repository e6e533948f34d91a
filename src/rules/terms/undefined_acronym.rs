//! `undefined-acronym`: initials that the article never spells out, or spells out for nothing.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{self, Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, is_any, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

pub(crate) static RULE: Rule = Rule {
    id: "undefined-acronym",
    group: Group::Terms,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["placeholder"],
    summary: "Initials that are never spelled out, or spelled out and never used",
    what: "Initials at first use that the article spells out nowhere and that are not commonly known (the settings can \
           add known ones), and initials in brackets behind their full form that are never used again. Quotations, \
           capitals in a headline, shouted words, Roman numerals, tickers, call signs, postal codes, party tags and parts \
           of longer names are left alone.",
    why: "A reader who meets unknown initials stops. Initials that are explained but never used only stand in the way.",
    bad: &[
        "The KDVZ rejected the plan on Monday.",
        "The Harbor Trade Assembly (HTA) met on Monday. The assembly adjourned.",
    ],
    good: &[
        "The Harbor Trade Assembly (HTA) met on Monday. The HTA adjourned.",
        "NATO, the FBI and the BBC declined to comment.",
        "Soldiers guard the demilitarized zone. Tourists visit the DMZ.",
    ],
    fix: "Deleting a bracket that prepares for nothing, and spelling out initials whose full form is known, are \
          suggestions: a bracket may hold a fact, and initials may stand for more than one thing.",
    check: Check::Story(check),
};

/// At most this many different initials are looked at in an article.
const MOST: usize = 200;

/// What the article does with one set of initials.
#[derive(Default)]
struct Use {
    /// First use in running text, outside quotations: paragraph and token.
    first: Option<(usize, usize)>,
    /// Where the initials stand in brackets behind their full form.
    bracket: Option<(usize, usize)>,
    /// How often the initials are used in all, brackets left out.
    count: usize,
    /// Whether their full form stands anywhere.
    expanded: bool,
}

static KNOWN: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| section("known").flat_map(str::split_whitespace).collect());

/// Ordinary words that copy shouts, beside those of the word classes.
static SHOUTED: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| section("shouted").flat_map(str::split_whitespace).collect());

static EXPANSIONS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    section("expansion")
        .filter_map(|line| line.split_once('='))
        .map(|(initials, full)| (initials.trim(), full.trim()))
        .collect()
});

/// The lines of one section of the data file.
fn section(name: &'static str) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    include_str!("../../lang/en/acronyms.txt").lines().filter(move |line| {
        if line.starts_with('[') {
            inside = line.trim_matches(['[', ']']) == name;
            return false;
        }
        inside && !line.starts_with('#')
    })
}

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut uses = collect(story, &context.style.known_acronyms);
    if uses.is_empty() {
        return;
    }
    expand(story, &mut uses);
    let asked = uses.values().any(|found| found.first.is_some());
    let words = if asked { lower_case(story) } else { FxHashSet::default() };
    for (initials, found) in &uses {
        report(story, initials, found, &words, findings);
    }
}

/// The words that stand in lower case in the article, by fingerprint.
fn lower_case(story: &Story<'_>) -> FxHashSet<u64> {
    let tokens = story.paragraphs.iter().flat_map(|p| p.tokens());
    let lower = |token: &&Token| {
        token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL)
    };
    tokens.filter(lower).map(|token| token.hash).collect()
}

/// The initials of the article with where and how often they stand.
fn collect<'s>(story: &'s Story<'_>, house: &[String]) -> FxHashMap<&'s str, Use> {
    let mut uses: FxHashMap<&str, Use> = FxHashMap::default();
    for (number, p) in story.paragraphs.iter().enumerate() {
        if p.block.kind == BlockKind::Chrome {
            continue;
        }
        let mut running = None;
        for (at, token) in p.tokens().iter().enumerate() {
            let capitals = TokenFlags::UPPER | TokenFlags::HYPHEN;
            let plural = || p.text(at).as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
            if token.kind != TokenKind::Word
                || !token.flags.contains(TokenFlags::CAPITAL)
                || !token.flags.intersects(capitals) && !plural()
                // "FORD: I did not." is the speaker of a transcript.
                || at == 0 && p.token(1).is_some_and(|next| next.mark == ':')
            {
                continue;
            }
            for initials in initials(p.text(at)) {
                if uses.len() >= MOST && !uses.contains_key(initials) {
                    continue;
                }
                let entry = uses.entry(initials).or_default();
                if is_bracketed(p, at) {
                    // "(R-IN)" holds a fact and explains nothing.
                    if p.text(at).strip_suffix('s').unwrap_or(p.text(at)) == initials {
                        entry.bracket.get_or_insert((number, at));
                    }
                    continue;
                }
                entry.count += 1;
                let plain = entry.first.is_none()
                    && p.text(at) == initials
                    && is_unknown(p, at, initials, house)
                    && !phrases::is_quoted(p, at);
                let readable = || phrases::is_running(p) && !phrases::is_shouted(p);
                if plain && *running.get_or_insert_with(readable) {
                    entry.first = Some((number, at));
                }
            }
        }
    }
    uses.retain(|_, found| found.first.is_some() || found.bracket.is_some());
    uses
}

/// The initials in a token: itself ("NTSB", "NGOs") or its parts ("APEC-led").
fn initials(text: &str) -> impl Iterator<Item = &str> {
    text.split('-').map(|part| part.strip_suffix('s').unwrap_or(part)).filter(|part| {
        (2..=7).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase())
    })
}

fn is_bracketed(p: &Paragraph<'_>, at: usize) -> bool {
    at > 1 && mark(p, at - 1) == '(' && mark(p, at + 1) == ')'
}

/// Whether readers cannot be expected to know the initials at token `at`.
fn is_unknown(p: &Paragraph<'_>, at: usize, initials: &str, house: &[String]) -> bool {
    let known = KNOWN.contains(initials) || house.iter().any(|known| known == initials);
    !known
        && !is_numeral(initials)
        && !is_to_come(initials)
        && !is_in_shouted_run(p, at)
        && !is_ordinary(p, at)
        && !is_in_name(p, at)
        && !is_code(p, at, initials)
        // "XQT | The bridge fell": the agency or the town of a dateline.
        && !(at == 0 && matches!(mark(p, 1), '—' | '–' | '|'))
}

/// "TK" and its multiples: what is to come, and no initials.
fn is_to_come(initials: &str) -> bool {
    initials.as_bytes().chunks(2).all(|pair| pair == b"TK")
}

/// Word classes of which every member is an ordinary word, so that capitals only shout it.
const ORDINARY: Lex = phrases::FUNCTION
    .union(Lex::SPEECH)
    .union(Lex::THOUGHT)
    .union(Lex::HEDGE)
    .union(Lex::OPENER)
    .union(Lex::HE_SHE)
    .union(Lex::GROUP)
    .union(Lex::QUANTIFIER)
    .union(Lex::REPORTS)
    .union(Lex::AUTHORITY)
    .union(Lex::GUILT)
    .union(Lex::CONVICTION)
    .union(Lex::LABEL)
    .union(Lex::VERDICT)
    .union(Lex::FICTION)
    .union(Lex::UNCERTAIN)
    .union(Lex::UNIT);

/// Whether the token is an ordinary word that was shouted: HE, TODAY, WARNING.
fn is_ordinary(p: &Paragraph<'_>, at: usize) -> bool {
    phrases::has(p, at, ORDINARY) || SHOUTED.contains(p.text(at))
}

/// Whether the initials are a part of a longer proper name: "Windows XP", "QRT Searcher", "RB Pahl".
fn is_in_name(p: &Paragraph<'_>, at: usize) -> bool {
    let role =
        Lex::TITLE | Lex::OFFICE | Lex::RANK | Lex::HONORIFIC | Lex::AUTHORITY | Lex::UNNAMED;
    let next = at + 1;
    let follows = phrases::is_name(p, next)
        && !(next..next + 4)
            .take_while(|at| phrases::is_name(p, *at))
            .any(|at| phrases::has(p, at, role))
        && !phrases::flagged(p, next, TokenFlags::UPPER)
        && !phrases::opens_sentence(p, next);
    let before = at.checked_sub(1).filter(|before| phrases::is_name(p, *before));
    let opener = |before: usize| {
        phrases::opens_sentence(p, before) && phrases::has(p, before, Lex::OPENER | Lex::NO_NAME)
    };
    follows || before.is_some_and(|before| !opener(before))
}

fn is_numeral(initials: &str) -> bool {
    initials.bytes().all(|b| b"IVXLCDM".contains(&b))
}

/// Tickers ("NYSE: ABC"), call signs ("KDVA-TV"), postal codes ("Portland, OR") and party tags.
fn is_code(p: &Paragraph<'_>, at: usize, initials: &str) -> bool {
    let before = at.checked_sub(1);
    let ticker =
        before.is_some_and(|b| mark(p, b) == ':' && b > 0 && KNOWN.contains(p.text(b - 1)));
    let sign = matches!(initials.len(), 3 | 4) && initials.starts_with(['K', 'W']);
    let station = sign && (p.is(at + 1, "tv") || p.is(at + 1, "radio") || p.is(at + 1, "abc"));
    let call_sign = initials.len() == 4 && initials.starts_with('W') || station;
    let postal = initials.len() == 2
        && before.is_some_and(|b| b > 0 && mark(p, b) == ',' && phrases::is_name(p, b - 1));
    let product =
        initials.len() <= 3 && p.token(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
    // "XQZ.org", "KDV/KDW"
    let glued = |mark_at: usize, word: usize| {
        matches!(mark(p, mark_at), '/' | '.')
            && !phrases::flagged(p, mark_at, TokenFlags::SPACE)
            && phrases::is_word(p, word)
            && !phrases::flagged(p, mark_at.max(word), TokenFlags::SPACE)
    };
    let part = glued(at + 1, at + 2) || at > 1 && mark(p, at - 1) == '/';
    // "news agency ISNA", "RMT union (National Union of ...)": the copy says what it is.
    let described = before.is_some_and(|b| p.is_in(b, &lists::KINDS_OF_BODY))
        || mark(p, at + 1) == '('
        || p.is_in(at + 1, &lists::KINDS_OF_BODY) && mark(p, at + 2) == '(';
    ticker || call_sign || postal || product || part || described
}

/// "WATCH LIVE", "BREAKING NEWS": a neighbour in capitals that is no set of known initials.
fn is_in_shouted_run(p: &Paragraph<'_>, at: usize) -> bool {
    let shouted = |index: usize| {
        phrases::flagged(p, index, TokenFlags::UPPER) && !KNOWN.contains(p.text(index))
    };
    at > 0 && shouted(at - 1) || shouted(at + 1)
}

/// Marks the initials whose full form stands in the article.
fn expand(story: &Story<'_>, uses: &mut FxHashMap<&str, Use>) {
    let mut wanted: FxHashMap<u8, Vec<&str>> = FxHashMap::default();
    for initials in uses.keys() {
        wanted.entry(initials.as_bytes()[0]).or_default().push(initials);
    }
    let mut found: FxHashSet<&str> = FxHashSet::default();
    for p in &story.paragraphs {
        let words = words(p, p.span());
        for start in 0..words.len() {
            let first = words[start].bytes().next().unwrap_or_default().to_ascii_uppercase();
            for initials in wanted.get(&first).into_iter().flatten() {
                if !found.contains(initials) && spells(&words[start..], initials) {
                    found.insert(initials);
                }
            }
        }
    }
    for initials in found {
        if let Some(entry) = uses.get_mut(initials) {
            entry.expanded = true;
        }
    }
}

/// The words of `span`, hyphenated ones in parts, initials left out; "" for marks between clauses.
fn words<'p>(p: &'p Paragraph<'_>, span: Span) -> Vec<&'p str> {
    let mut out = Vec::with_capacity(span.len());
    for at in span.iter() {
        let Some(token) = p.token(at) else { break };
        let skip = TokenFlags::UPPER | TokenFlags::CLITIC;
        match token.kind {
            TokenKind::Word if !token.flags.intersects(skip) => {
                out.extend(p.text(at).split('-').filter(|part| !part.is_empty()));
            }
            TokenKind::Punct if matches!(token.mark, '.' | ',' | ';' | ':' | '—') => out.push(""),
            _ => {}
        }
    }
    out
}

/// Words that may be passed over.
const SMALL: [&str; 11] = ["of", "the", "for", "and", "in", "on", "to", "de", "la", "a", "against"];

fn is_small(word: &str) -> bool {
    SMALL.iter().any(|small| small.eq_ignore_ascii_case(word))
}

/// Whether the first of `words` on spell `initials`: a letter is the first of a word, or stands inside a long word
/// that gave the letter before it ("demilitarized zone": DMZ).
fn spells(words: &[&str], initials: &str) -> bool {
    let starts = |word: &str, letter: u8| {
        word.bytes().next().is_some_and(|b| b.eq_ignore_ascii_case(&letter))
    };
    let mut letters = initials.bytes();
    let mut wanted = letters.next();
    let (mut given, mut inside) = (0, 0);
    for (at, word) in words.iter().enumerate().take(initials.len() + 4) {
        let Some(letter) = wanted else { break };
        if !starts(word, letter) || given > 0 && is_function_word(word) {
            if given > 0 && is_small(word) {
                continue;
            }
            return false;
        }
        given += 1;
        wanted = letters.next();
        // At most one letter in three may come from inside a word, and only one that the next word does not give.
        let Some(letter) = wanted.filter(|_| word.len() > 7 && inside * 3 + 3 <= initials.len())
        else {
            continue;
        };
        let holds = word.bytes().skip(1).any(|b| b.eq_ignore_ascii_case(&letter));
        let next = words[at + 1..].iter().find(|word| !is_small(word));
        if holds && !next.is_some_and(|next| starts(next, letter)) {
            inside += 1;
            wanted = letters.next();
        }
    }
    wanted.is_none() && given > 1
}

/// Whether the word has no letter to give ("that", "as", "not").
fn is_function_word(word: &str) -> bool {
    en::lexicon(&word.to_lowercase()).intersects(phrases::FUNCTION)
        || ["not", "there", "so"].iter().any(|small| small.eq_ignore_ascii_case(word))
}

fn report(
    story: &Story<'_>,
    initials: &str,
    found: &Use,
    words: &FxHashSet<u64>,
    findings: &mut Findings,
) {
    if let (Some((number, at)), 0) = (found.bracket, found.count) {
        let p = &story.paragraphs[number];
        if phrases::is_running(p) && explains(p, at, initials) {
            findings.push(p, unused(p, at, initials));
        }
    }
    let Some((number, at)) = found.first else { return };
    if found.expanded
        || found.bracket.is_some()
        || words.contains(&en::fingerprint(&initials.to_lowercase()))
    {
        return;
    }
    let p = &story.paragraphs[number];
    findings.push(p, undefined(p, at, initials, found.count > 1, words));
}

/// Whether the words right before the bracketed initials at token `at` spell them.
fn explains(p: &Paragraph<'_>, at: usize, initials: &str) -> bool {
    let before = Span::new((at - 1).saturating_sub(2 * initials.len() + 4), at - 1);
    let words = words(p, before);
    (0..words.len()).any(|start| !is_small(words[start]) && spells(&words[start..], initials))
}

/// Initials in brackets that the article never uses.
fn unused(p: &Paragraph<'_>, at: usize, initials: &str) -> Diagnostic {
    let bracket = p.bytes(Span::new(at - 1, at + 2));
    let mut range = bracket;
    range.start = p.byte(at - 2).end;
    Diagnostic::new(
        bracket,
        format!("`{initials}` is introduced and never used"),
        "Initials in brackets prepare readers for a later use. There is none: delete them, unless the bracket says \
         something that readers need.",
    )
    .confidence(0.85)
    .fix(Fix::suggestion(format!("Delete \"{}\"", range.slice(p.source).trim()), [Edit::delete(range)]))
}

/// Initials that the article never spells out.
fn undefined(
    p: &Paragraph<'_>,
    at: usize,
    initials: &str,
    again: bool,
    words: &FxHashSet<u64>,
) -> Diagnostic {
    let finding = Diagnostic::new(
        p.byte(at),
        format!("`{initials}` is never spelled out"),
        "Spell it out at first mention, or use a plainer word. Initials that your readers know belong into the \
         settings: [style] known-acronyms.",
    )
    .confidence(0.7);
    let Some(full) = expansion(p, at, initials, words) else { return finding };
    let text = if again { format!("{full} ({initials})") } else { full.to_owned() };
    let title = format!("Spell out: {text}");
    finding.fix(Fix::suggestion(title, [Edit::replace(p.byte(at), text)]))
}

/// What the initials stand for, where the article does not speak against it: initials that several bodies share need a
/// word of the full form in the article, and none has a full form that the copy itself says otherwise ("QRT, the ...").
fn expansion(
    p: &Paragraph<'_>,
    at: usize,
    initials: &str,
    words: &FxHashSet<u64>,
) -> Option<&'static str> {
    let full = EXPANSIONS.get(initials)?;
    if mark(p, at + 1) == ',' && is_any(p, at + 2, &["a", "an", "the", "short", "or"]) {
        return None;
    }
    let Some(full) = full.strip_prefix('?') else { return Some(full) };
    let full = full.trim_start();
    let content = |word: &&str| word.len() > 3 && !is_small(word) && !BARE.contains(word);
    let said = |word: &str| words.contains(&en::fingerprint(&word.to_lowercase()));
    full.split([' ', '-']).filter(content).any(said).then_some(full)
}

/// Words of many bodies' names, which show nothing of which one is meant.
const BARE: [&str; 10] = [
    "National",
    "International",
    "Federal",
    "Council",
    "Commission",
    "Agency",
    "Office",
    "Court",
    "Party",
    "Bank",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_known_or_expanded_but_not_both() {
        assert!(KNOWN.len() > 300 && EXPANSIONS.len() > 30);
        for initials in EXPANSIONS.keys() {
            assert!(!KNOWN.contains(initials), "{initials}");
        }
    }

    #[test]
    fn full_forms_spell_their_initials() {
        let spelled =
            |full: &str, initials| spells(&full.split([' ', '-']).collect::<Vec<_>>(), initials);
        assert!(spelled("demilitarized zone", "DMZ"));
        assert!(spelled("Democratic People's Republic of Korea", "DPRK"));
        assert!(spelled("Asia-Pacific Economic Cooperation", "APEC"));
        assert!(!spelled("North Korea said at", "NSA"));
    }
}
