//! `dangling-attribution`: an attribution phrase that names nobody, usually what is left after a cut.

mod cut;
mod speaks;
mod told;

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{self, Lex, lists};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, slots};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use crate::text::capitalized;

pub(crate) static RULE: Rule = Rule {
    id: "dangling-attribution",
    group: Group::Attribution,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "An attribution phrase names nobody",
    what: "\"According to\" before a full stop or comma or with half of its source, a closing \"said\" that nobody speaks, \
           \"said the\" before a full stop, \"said in a statement\" behind a whole clause, \"per\" before a comma, \
           \"sources told that\" where nobody is told.",
    why: "The sentence claims backing that it does not have. Usually the source went missing in a cut.",
    bad: &[
        "The ferry line will close in March, according to.",
        "“We were never asked,” said.",
        "Per , the fund lost $4 million.",
        "Sources told that the vote was put off.",
    ],
    good: &[
        "The bridge was built according to plan.",
        "“It was quiet,” said Ana Ruiz.",
        "Who wrote the letter, she would not say.",
        "The mayor, who is 61, said.",
    ],
    fix: "Offers the article's own sources, nearest first, to be inserted, or to delete the phrase. A person chooses.",
    check: Check::Story(check),
};

const HELP: &str = "A phrase like this promises a source and gives none. Name who said it, or cut the phrase and ask \
                    whether the sentence can stand without backing.";

/// A phrase that names nobody.
struct Dangling {
    /// The phrase.
    phrase: Span,
    /// After which token the source is missing.
    gap: usize,
    /// At which token the text goes on behind a source that is set in.
    rest: usize,
    /// What takes the phrase out, and how; no edits where nothing would read without it.
    delete: Vec<Edit>,
    delete_title: &'static str,
    confidence: f32,
}

/// The tokens of a paragraph at which a phrase that names nobody opens, and whether it is one that told nobody.
static OPENED: Slot<Vec<(u32, bool)>> = Slot::new(slots::DANGLING);

fn opened(paragraph: &Paragraph<'_>) -> Option<Vec<(u32, bool)>> {
    let tokens = paragraph.tokens().iter().enumerate();
    let candidates = tokens.filter(|(_, token)| may_open(token)).map(|(at, _)| at);
    let opened = candidates.filter_map(|at| {
        let told = told::is_told_nobody(paragraph, at);
        (told || dangling(paragraph, at).is_some()).then_some((at as u32, told))
    });
    let list: Vec<_> = opened.collect();
    (!list.is_empty()).then_some(list)
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    for (number, paragraph) in story.paragraphs.iter().enumerate() {
        if matches!(paragraph.block.kind, BlockKind::Chrome | BlockKind::Byline | BlockKind::Cell) {
            continue;
        }
        for &(at, told) in paragraph.memo(&OPENED, opened).into_iter().flatten() {
            let at = at as usize;
            if told {
                told::report(paragraph, at, findings);
            } else if let Some(found) = dangling(paragraph, at) {
                report(story, number, paragraph, &found, findings);
            }
        }
    }
}

/// Words that are no verbs of speech and may stand before the source.
const OPENERS: [u64; 4] = [
    en::fingerprint("according"),
    en::fingerprint("per"),
    en::fingerprint("citing"),
    en::fingerprint("quoting"),
];

/// Whether a phrase that needs a source may start with this token: asked of every token, so by class and fingerprint.
fn may_open(token: &Token) -> bool {
    token.lex.contains(Lex::SPEECH) || OPENERS.contains(&token.hash)
}

fn report(
    story: &Story<'_>,
    number: usize,
    paragraph: &Paragraph<'_>,
    found: &Dangling,
    findings: &mut Findings,
) {
    let words = paragraph.clean(found.phrase);
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let message = format!("\"{words}\" names nobody");
    let mut finding =
        Diagnostic::new(paragraph.bytes(found.phrase), message, HELP).confidence(found.confidence);
    let from = paragraph.byte(found.gap).end;
    let next = paragraph.token(found.rest);
    let to = next.map_or(from, |_| paragraph.byte(found.rest).start);
    let space = if next.is_some_and(|t| t.kind == TokenKind::Word) { " " } else { "" };
    let others = story.nearest_sources(number, found.gap, OFFERS + 1).into_iter();
    // What stands in the phrase itself ("according to a report by") is not what is missing.
    let others = others.filter(|s| s.paragraph != number || !s.span.overlaps(found.phrase));
    let stop = next.is_some_and(|t| t.mark == '.');
    for source in others.take(OFFERS) {
        let name = phrases::before_stop(&source.text, stop);
        let edit = Edit::replace((from as usize..to as usize).into(), format!(" {name}{space}"));
        finding = finding.fix(Fix::suggestion(format!("Insert “{}”", source.text), [edit]));
    }
    finding = finding.fix(Fix::suggestion(found.delete_title, found.delete.clone()));
    findings.push(paragraph, finding);
}

/// Whether nothing follows that could name somebody: the block ends, or a full stop or comma stands there.
fn ends(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_none_or(|t| matches!(t.mark, '.' | ',' | ';' | '!' | '?'))
}

fn dangling(paragraph: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    if paragraph.is(at, "according") {
        return according(paragraph, at);
    }
    let short =
        paragraph.is(at, "per") || paragraph.is(at, "citing") || paragraph.is(at, "quoting");
    if short
        && !is_given_name(paragraph, at)
        && set_off(paragraph, at)
        && ends(paragraph, at + 1)
        && paragraph.token(at + 1).is_some()
    {
        return Some(opener(paragraph, at, at, 0.95));
    }
    if short && let Some(found) = cut::per_the(paragraph, at) {
        return Some(found);
    }
    // "As first reported by."
    let adverb = |at: usize| paragraph.is(at, "first") || phrases::is_adverb(paragraph, at);
    let before = at.checked_sub(1).map(|before| before - usize::from(before > 0 && adverb(before)));
    if let Some(as_word) = before.filter(|before| paragraph.is(*before, "as")) {
        let by = paragraph.is(at + 1, "by")
            && ends(paragraph, at + 2)
            && paragraph.token(at + 2).is_some();
        let speech = paragraph.text(at).ends_with("ed");
        return (by && speech && set_off(paragraph, as_word))
            .then(|| opener(paragraph, as_word, at + 1, 0.95));
    }
    if !paragraph.is_in(at, &lists::INVERTED) {
        return None;
    }
    if ends_sentence(paragraph, at + 1) {
        return nobody_speaks(paragraph, at);
    }
    nobody_tells(paragraph, at)
        .or_else(|| nobody_states(paragraph, at))
        .or_else(|| cut::said_the(paragraph, at))
        .or_else(|| cut::said_somewhere(paragraph, at))
        .or_else(|| cut::said_between(paragraph, at))
}

/// Whether "Per" is what somebody is called: a capital inside a sentence, an age or an apposition behind it at its head, or
/// more names.
fn is_given_name(p: &Paragraph<'_>, at: usize) -> bool {
    if !p.is(at, "per") || !phrases::flagged(p, at, TokenFlags::CAPITAL) {
        return false;
    }
    if !phrases::opens_sentence(p, at) {
        return !phrases::is_shouted(p);
    }
    // "Per , the fund": the gap is that of what was cut.
    if phrases::mark(p, at + 1) != ',' || p.byte(at).end < p.byte(at + 1).start {
        return false;
    }
    let next = at + 2;
    let age = p.token(next).is_some_and(|t| t.kind == TokenKind::Number)
        && phrases::mark(p, next + 1) == ',';
    let listed =
        phrases::is_name(p, next) && (phrases::mark(p, next + 1) == ',' || p.is(next + 1, "and"));
    age || listed || p.is(next, "who") || p.is(next, "whose") || is_apposed(p, next)
}

/// Tokens of an apposition behind a given name.
const APPOSITION: usize = 12;

/// Whether the tokens from `at` on are an apposition, before a comma and the verb: "a carpenter, built".
fn is_apposed(p: &Paragraph<'_>, at: usize) -> bool {
    let close = (at..at + APPOSITION).find(|end| phrases::mark(p, *end) != '\0');
    let Some(close) = close.filter(|close| phrases::mark(p, *close) == ',') else { return false };
    let text = p.text(close + 1);
    let present = text.len() > 3 && text.ends_with('s') && !text.ends_with("ss");
    let verb = phrases::is_finite(p, close + 1) || present && phrases::is_word(p, close + 1);
    verb && !(at..close).any(|word| phrases::is_finite(p, word))
}

/// Whether the phrase at token `at` opens its sentence or stands behind a comma or dash.
fn set_off(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| paragraph.token(before));
    before.is_some_and(|t| matches!(t.mark, ',' | '—' | '–'))
        || paragraph.sentence_at(at).start as usize == at
}

/// Whether the object comes later, shared with another phrase: "according to, and in the spirit of, the law".
fn is_shared(paragraph: &Paragraph<'_>, comma: usize) -> bool {
    paragraph.token(comma).is_some_and(|t| t.mark == ',')
        && ["and", "or", "but"].iter().any(|word| paragraph.is(comma + 1, word))
        && paragraph.token(comma + 2).is_some_and(|t| t.lex.contains(Lex::PREPOSITION))
}

/// "According" without a source: "according to.", "according to a report by,", "according to and a spokesman".
fn according(paragraph: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    if is_shared(paragraph, at + 2) {
        return None;
    }
    let free = set_off(paragraph, at);
    if !paragraph.is(at + 1, "to") {
        return (ends(paragraph, at + 1) && free).then(|| opener(paragraph, at, at, 0.9));
    }
    if ends(paragraph, at + 2) {
        return Some(opener(paragraph, at, at + 1, 1.0));
    }
    let next = paragraph.token(at + 2)?;
    let dashes = matches!(next.mark, '—' | '–')
        && at.checked_sub(1).is_some_and(|b| matches!(paragraph.tokens()[b].mark, '—' | '–'));
    if dashes {
        return Some(opener(paragraph, at, at + 1, 0.95));
    }
    if free && paragraph.is(at + 2, "and") {
        let found = opener(paragraph, at, at + 1, 0.9);
        let from = paragraph.byte(at + 1).end as usize;
        let delete = vec![Edit::delete((from..paragraph.byte(at + 2).end as usize).into())];
        return Some(Dangling { delete, delete_title: "Delete “and”", ..found });
    }
    if let Some(found) = cut::according_to_part(paragraph, at) {
        return Some(found);
    }
    if !next.lex.contains(Lex::DETERMINER) {
        return None;
    }
    if ["the", "a", "an"].iter().any(|word| paragraph.is(at + 2, word))
        && ends(paragraph, at + 3)
        && free
    {
        let found = opener(paragraph, at, at + 2, 0.95);
        return Some(Dangling { gap: at + 1, ..found });
    }
    let by = (at + 4..at + 6).find(|by| paragraph.is(*by, "by") || paragraph.is(*by, "from"))?;
    let paper = paragraph.token(by - 1)?.lex.intersects(Lex::AUTHORITY | Lex::REPORTS)
        && paragraph
            .token(by - 1)?
            .lex
            .intersects(Lex::SPEECH | Lex::REPORTS | Lex::POLL | Lex::AUTHORITY);
    let report = paper && !paragraph.tokens()[by - 1].flags.contains(TokenFlags::CAPITAL);
    (report && ends(paragraph, by + 1)).then(|| opener(paragraph, at, by, 0.95))
}

/// The closing quotation mark before token `at`, a comma between them aside, of a quotation that opens its sentence.
fn whole_quotation(paragraph: &Paragraph<'_>, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let comma = usize::from(paragraph.token(before)?.mark == ',');
    let close = before.checked_sub(comma)?;
    paragraph.token(close).filter(|t| t.kind == TokenKind::Quote)?;
    let list = &paragraph.notes.quotations;
    let opened = list.partition_point(|q| (q.range.start as usize) < close);
    let closes = |q: &&crate::annotate::Quotation| {
        q.range.end as usize == close + 1 && q.closed && q.depth == 0
    };
    let quotation = list[..opened].iter().rev().take(8).find(closes)?;
    let open = quotation.range.start as usize;
    let free = open
        .checked_sub(1)
        .and_then(|b| paragraph.token(b))
        .is_none_or(|t| matches!(t.mark, '.' | '!' | '?'));
    (free && close - open > 4).then_some(close)
}

/// "“We knew,” told reporters on Friday.", "“We knew,” said in a statement on Monday.": the verb has an object or a place,
/// and no speaker on either side.
fn nobody_tells(paragraph: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let close = whole_quotation(paragraph, at)?;
    let sentence = paragraph.sentence_at(at);
    let end = (at + 1..sentence.end as usize)
        .take(14)
        .find(|i| paragraph.token(*i).is_some_and(|t| t.mark == '.'))?;
    let told = paragraph.is(at, "told") || paragraph.is(at, "tells");
    let complement =
        if told { is_hearer(paragraph, at + 1) } else { is_occasion(paragraph, at + 1) };
    let names_somebody = (at + 1..end).any(|i| {
        paragraph.token(i).is_some_and(|t| {
            t.mark == ','
                || t.kind == TokenKind::Quote
                || t.lex.intersects(Lex::PRONOUN | Lex::AUXILIARY | Lex::SPEECH)
                    && !t.lex.contains(Lex::AUTHORITY)
        })
    });
    if !complement || names_somebody {
        return None;
    }
    let stop = paragraph.byte(end).end as usize;
    let inner = close.checked_sub(1).filter(|c| paragraph.tokens()[*c].mark == ',');
    let mut delete = vec![Edit::delete((paragraph.byte(close).end as usize..stop).into())];
    match inner {
        Some(comma) => delete.insert(0, Edit::replace(paragraph.byte(comma), ".")),
        None => {
            delete = vec![Edit::replace((paragraph.byte(close).end as usize..stop).into(), ".")]
        }
    }
    Some(Dangling {
        phrase: Span::new(at, end + 1),
        gap: at - 1,
        rest: at,
        delete,
        delete_title: DELETE,
        confidence: 0.9,
    })
}

/// Whether those who were told stand here: "reporters", "The Ledger", "CNN".
fn is_hearer(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let the = usize::from(paragraph.is(at, "the"));
    let press = ["reporters", "journalists", "lawmakers", "investors", "viewers"];
    press.iter().any(|word| paragraph.is(at + the, word))
        || paragraph
            .token(at + the)
            .is_some_and(|t| t.kind == TokenKind::Word && t.flags.contains(TokenFlags::CAPITAL))
}

/// Whether it is said here where or when the words were spoken: "in a statement", "on Monday", "Monday".
fn is_occasion(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let kinds = [
        "statement",
        "interview",
        "email",
        "e-mail",
        "letter",
        "tweet",
        "post",
        "speech",
        "briefing",
        "report",
    ];
    let medium = paragraph.is(at, "in")
        && (paragraph.is(at + 1, "a") || paragraph.is(at + 1, "an"))
        && (at + 2..at + 5).any(|i| kinds.iter().any(|word| paragraph.is(i, word)));
    let day = |i: usize| paragraph.token(i).is_some_and(|t| t.lex.contains(Lex::WEEKDAY));
    medium || day(at) && ends_sentence(paragraph, at + 1) || paragraph.is(at, "on") && day(at + 1)
}

/// "In a statement, said that the line would close": the opening tells where, and nobody says it.
fn nobody_states(paragraph: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let sentence = paragraph.sentence_at(at).start as usize;
    let comma = at
        .checked_sub(1)
        .filter(|before| paragraph.token(*before).is_some_and(|t| t.mark == ','))?;
    let short = comma > sentence && comma - sentence < 9 && is_occasion(paragraph, sentence);
    let one = !(sentence..comma).any(|i| {
        paragraph.token(i).is_none_or(|t| {
            t.mark == ',' || t.kind == TokenKind::Quote || t.lex.contains(Lex::AUXILIARY)
        })
    });
    if !short || !one || !paragraph.is(sentence, "in") || !paragraph.is(at + 1, "that") {
        return None;
    }
    Some(Dangling {
        phrase: Span::new(at, at + 1),
        gap: comma,
        rest: at,
        delete: Vec::new(),
        delete_title: DELETE,
        confidence: 0.9,
    })
}

/// Sources that are offered at most.
const OFFERS: usize = 4;

const DELETE: &str = "Delete the phrase";

fn ends_sentence(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.token(at).is_none_or(|t| t.mark == '.')
}

/// A phrase from `at` to `last` after which a source is missing.
fn opener(paragraph: &Paragraph<'_>, at: usize, last: usize, confidence: f32) -> Dangling {
    let stop = paragraph.token(last + 1).is_some_and(|t| t.mark == '.');
    let phrase = Span::new(at, last + 1 + usize::from(stop));
    let after = last + 1;
    let opens = paragraph.sentence_at(at).start as usize == at;
    let delete = if opens
        && paragraph.token(after).is_some_and(|t| t.mark == ',')
        && paragraph.token(after + 1).is_some()
    {
        let start = paragraph.byte(at).start as usize;
        let next = paragraph.byte(after + 1);
        let text = capitalized(paragraph.text(after + 1));
        vec![Edit::replace((start..next.end as usize).into(), text)]
    } else {
        let mark = |at: usize| paragraph.token(at).map_or('\0', |t| t.mark);
        let before = at.checked_sub(1).filter(|b| matches!(mark(*b), ',' | '—' | '–'));
        // Between two commas or dashes both go: "The fund, according to, lost" is "The fund lost".
        let pair =
            before.is_some_and(|b| mark(b) == mark(after)) && paragraph.token(after + 1).is_some();
        // A sentence that is nothing else goes with its full stop.
        let whole = opens && stop;
        let start = before.unwrap_or(at);
        let start =
            start.checked_sub(1).map_or(paragraph.byte(start).start, |b| paragraph.byte(b).end);
        let end = paragraph.byte(if pair || whole { after } else { last }).end;
        let alone = at == 0 && paragraph.token(after + usize::from(stop)).is_none();
        // A paragraph that is nothing else would leave a gap, or the mark of a list.
        if alone { Vec::new() } else { vec![Edit::delete((start as usize..end as usize).into())] }
    };
    Dangling { phrase, gap: last, rest: after, delete, delete_title: DELETE, confidence }
}

/// A closing verb of speech at `at` without a speaker before it: after a quotation, or after a clause that is complete.
fn nobody_speaks(paragraph: &Paragraph<'_>, at: usize) -> Option<Dangling> {
    let before = at.checked_sub(1)?;
    let mark = paragraph.token(before)?;
    let confidence = speaks::nobody_before(paragraph, at)?;
    let stop = usize::from(paragraph.token(at + 1).is_some());
    let from = if mark.mark == ',' { before } else { at };
    let delete = without_verb(paragraph, before, at);
    let phrase = Span::new(from, at + 1 + stop);
    Some(Dangling { phrase, gap: at, rest: at + 1, delete, delete_title: DELETE, confidence })
}

/// Takes out the verb and turns the comma before it into the full stop.
fn without_verb(paragraph: &Paragraph<'_>, before: usize, at: usize) -> Vec<Edit> {
    let comma =
        before.checked_sub(1).filter(|c| paragraph.token(*c).is_some_and(|t| t.mark == ','));
    let end =
        paragraph.token(at + 1).map_or(paragraph.byte(at).end, |_| paragraph.byte(at + 1).end);
    match comma.filter(|_| paragraph.token(before).is_some_and(|t| t.kind == TokenKind::Quote)) {
        Some(comma) => vec![
            Edit::replace(paragraph.byte(comma), "."),
            Edit::delete((paragraph.byte(before).end as usize..end as usize).into()),
        ],
        None => {
            let start = if paragraph.token(before).is_some_and(|t| t.mark == ',') {
                paragraph.byte(before).start
            } else {
                paragraph.byte(before).end
            };
            vec![Edit::delete((start as usize..paragraph.byte(at).end as usize).into())]
        }
    }
}
