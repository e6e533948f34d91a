//! `name-drift`: a name that every file of the wire copy spells otherwise.

use crate::against::{Comparison, Place};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, has, is_word};
use crate::rules::{Check, Context, Findings, Group, Rule, wire};
use crate::segment::{Span, TokenFlags};

pub(crate) static RULE: Rule = Rule {
    id: "name-drift",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &[],
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
    for aligned in &against.sentences {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        if phrases::is_shouted(p) {
            continue;
        }
        for at in aligned.span.iter().filter(|at| may_be_name(p, *at)) {
            let text = p.text(at);
            if against.wires.knows(text) {
                continue;
            }
            let near = against.wires.names_like(text);
            let found = near.into_iter().find_map(|(word, place)| {
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
                | Lex::TITLE,
        )
}

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
    // A sentence opener shows no name by its capital.
    if phrases::opens_sentence(p, at) && !phrases::is_name(p, at) {
        return None;
    }
    let spans = |pair: &&crate::against::Pair| {
        against
            .paragraph(pair)
            .is_some_and(|wire| pair.place.span.iter().any(|theirs| wire.is(theirs, word)))
    };
    let own = aligned.span.iter().any(|other| p.is(other, word));
    let pair = aligned.pairs.iter().find(spans)?;
    (!own && pair.score >= 0.5).then_some(0.45 + 0.4 * pair.score)
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
