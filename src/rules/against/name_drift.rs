//! `name-drift`: a name that every file of the wire copy spells otherwise.

use crate::against::{Comparison, Place};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, has, is_word};
use crate::rules::{Check, Context, Findings, Group, Rule, wire};
use crate::segment::{Span, TokenFlags};
use rustc_hash::FxHashMap;

pub(crate) static RULE: Rule = Rule {
    id: "name-drift",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    // Inside a quotation the word is one of its words.
    yields_to: &["quote-drift"],
    summary: "A name is spelled otherwise than in the wire copy",
    what: "A word of a name that stands nowhere in the wire copy and differs by a letter or two from one that does, where the \
           name beside it is the same, or the sentence was written from one with that name. Capitals, accents, hyphens and points \
           are left to the house.",
    why: "A misspelt name is the most common correction there is, and the wire had it right.",
    bad: &[
        "Wire: Mayor Ana Ruiz closed the old bridge on Monday.\nDraft: Mayor Ana Riuz closed the old bridge on Monday.",
    ],
    good: &[
        "Wire: Mayor Ana Ruiz closed the old bridge on Monday.\nDraft: Ruiz closed the old bridge on Monday. Her deputy is Lena Roth.",
    ],
    fix: "The wire copy's spelling is put in its place, as a suggestion.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    let mut looked: FxHashMap<u64, Vec<(&str, Place)>> = FxHashMap::default();
    for aligned in &against.sentences {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        if phrases::is_shouted(p) {
            continue;
        }
        for at in aligned.span.iter().filter(|at| may_be_name(p, *at)) {
            let text = p.text(at);
            let Some(token) = p.token(at).filter(|_| !against.wires.knows(text)) else { continue };
            if looked.len() >= MOST && !looked.contains_key(&token.hash) {
                continue;
            }
            let near = looked.entry(token.hash).or_insert_with(|| against.wires.names_like(text));
            let found = near.iter().find_map(|&(word, place)| {
                let confidence = evidence(against, aligned, p, at, word)?;
                Some((word, place, confidence))
            });
            if let Some((word, place, confidence)) = found {
                findings.push(p, report(against, p, at, word, place, confidence));
            }
        }
    }
}

/// A word with a capital that may be part of a name.
fn may_be_name(p: &Paragraph<'_>, at: usize) -> bool {
    is_word(p, at)
        && flagged(p, at, TokenFlags::CAPITAL)
        && !flagged(p, at, TokenFlags::UPPER | TokenFlags::ABBREVIATION)
        && p.text(at).chars().count() >= SHORTEST
        && !has(
            p,
            at,
            Lex::MONTH
                | Lex::WEEKDAY
                | Lex::DETERMINER
                | Lex::PREPOSITION
                | Lex::CONJUNCTION
                | Lex::TITLE
                | Lex::DEMONYM
                | Lex::PLACE,
        )
}

/// Words of a draft that are looked up by what they nearly are.
const MOST: usize = 2000;

/// Letters of a name that can be told from another one.
const SHORTEST: usize = 4;

/// How sure it is that the word at `at` stands for `word` of the wire copy.
fn evidence(
    against: &Comparison<'_>,
    aligned: &crate::against::Aligned,
    p: &Paragraph<'_>,
    at: usize,
    word: &str,
) -> Option<f32> {
    // Where the sentence has both, they are two.
    if aligned.span.iter().any(|other| p.is(other, word)) {
        return None;
    }
    // The Browns are no other family than Brown.
    let plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b);
    if plural(p.text(at), word) || plural(word, p.text(at)) {
        return None;
    }
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let named = beside
        .filter(|other| is_word(p, *other) && flagged(p, *other, TokenFlags::CAPITAL))
        .any(|other| {
            let pair = if other < at { (p.text(other), word) } else { (word, p.text(other)) };
            against.wires.has_pair(pair.0, pair.1)
        });
    if named {
        return Some(0.9);
    }
    if is_inflected(p.text(at), word) {
        return None;
    }
    // A sentence opener shows no name by its capital.
    if phrases::opens_sentence(p, at) && !phrases::is_name(p, at) {
        return None;
    }
    let spans = |pair: &&crate::against::Pair| {
        against
            .paragraph(pair)
            .is_some_and(|wire| pair.place.span.iter().any(|theirs| wire.is(theirs, word)))
    };
    let pair = aligned.pairs.iter().find(spans)?;
    (pair.score >= 0.5).then_some(0.45 + 0.4 * pair.score)
}

/// Whether two words are one in two forms: the Browns and Brown, a Ruritanian and Ruritania.
fn is_inflected(a: &str, b: &str) -> bool {
    const ENDINGS: [&str; 8] = ["s", "es", "an", "ans", "ian", "ians", "ic", "i"];
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let tail = |stem: &str| long.strip_prefix(stem).is_some_and(|tail| ENDINGS.contains(&tail));
    let stem = short.strip_suffix(['a', 'e', 'o', 'y', 's', 'n']).unwrap_or(&short);
    tail(&short) || stem.len() >= SHORTEST && tail(stem)
}

fn report(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    at: usize,
    word: &str,
    place: Place,
    confidence: f32,
) -> Diagnostic {
    let message = format!("`{}`, which the wire copy spells {word}", p.text(at));
    let help = "Check the spelling. Names are copied letter by letter.";
    let fix =
        Fix::suggestion(format!("Spell it {word}"), [Edit::replace(p.byte(at), word.to_owned())]);
    let found = Diagnostic::new(p.bytes(Span::new(at, at + 1)), message, help);
    let found = found.confidence(confidence).fix(fix);
    wire::pointing(found, against, place, "the name in the wire copy")
}
