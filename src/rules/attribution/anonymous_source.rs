//! `anonymous-source`: "a source said", with nothing on how the source knows or why it has no name.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, Speaker, has, is_any, is_name, is_word};
use crate::rules::unnamed::{self, Opening};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "anonymous-source",
    group: Group::Attribution,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["vague-attribution", "anonymous-opinion"],
    summary: "An unnamed source, with no word on how it knows or why it is not named",
    what: "\"A source said\", \"sources familiar with the matter\", \"one aide said\" at first mention, where the article \
           gives no reason for the anonymity. Later mentions (\"the sources said\"), sources quoted by another outlet \
           (\"citing unnamed sources\") and those that the settings accept are left alone. Where such a source passes \
           judgement, anonymous-opinion says so instead.",
    why: "AP, The New York Times and The Washington Post ask for both: how the source knows, and why it may not be \
          named. Without them a reader cannot weigh the claim.",
    bad: &[
        "A source said the merger collapsed.",
        "Sources told the Herald that he would quit.",
        "The vote is imminent, according to people familiar with the matter.",
    ],
    good: &[
        "A clerk who read the file spoke on condition of anonymity because the case is sealed.",
        "The sources said the talks failed.",
        "The source of the leak is unknown.",
        "Open-source developers said the code was sound.",
    ],
    fix: "There is no fix: only the writer knows the source. Follow the pattern \"[role] who [how they know] and asked \
          not to be named because [reason]\".",
    check: Check::Story(check),
};

/// An unnamed source.
struct Unnamed {
    /// All of it, from determiner to the end of its description.
    span: Span,
    /// Whether the copy says anything about it: an affiliation, or how it knows.
    described: bool,
    /// Whether it is called no more than a source.
    bare: bool,
    confidence: f32,
}

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut explained = None;
    let mut described_before = false;
    for paragraph in phrases::prose(story) {
        for at in phrases::with_class(paragraph, Lex::UNNAMED) {
            let Some(found) = source(paragraph, at) else { continue };
            let text = paragraph.clean(found.span);
            let accepted = accepted(&text, &context.style.acceptable_sources);
            let again = described_before && !found.described && found.bare;
            described_before |= found.described && found.bare;
            if accepted || again {
                continue;
            }
            let reason =
                *explained.get_or_insert_with(|| phrases::prose(story).any(explains_anonymity));
            let confidence = found.confidence * if reason { 0.4 } else { 1.0 };
            findings.push(paragraph, finding(paragraph, &found, &text).confidence(confidence));
        }
    }
}

fn finding(p: &Paragraph<'_>, found: &Unnamed, text: &str) -> Diagnostic {
    let message = if found.described {
        format!("`{text}`: the copy does not say why the source is not named")
    } else {
        format!("`{text}`: the copy says neither who that is nor how they know")
    };
    Diagnostic::new(
        p.bytes(found.span),
        message,
        "Get it on the record, or follow the pattern \"an official who was in the room and asked not to be named \
         because the talks are private\".",
    )
}

fn accepted(text: &str, acceptable: &[String]) -> bool {
    let text = text.to_lowercase();
    acceptable.iter().any(|source| !source.is_empty() && text.contains(&source.to_lowercase()))
}

/// Whether the paragraph gives a reason for anonymity, or says that it was asked for.
fn explains_anonymity(p: &Paragraph<'_>) -> bool {
    (0..p.tokens().len()).any(|at| {
        is_any(p, at, &["anonymity", "anonymously"])
            || p.is(at, "not")
                && (p.is_phrase(at + 1, &["to", "be"])
                    && is_any(p, at + 3, &["named", "identified"])
                    || is_any(p, at + 1, &["authorized", "authorised"]))
            || p.is_phrase(at, &["declined", "to", "be"])
                && is_any(p, at + 3, &["named", "identified"])
    })
}

const BARE: [&str; 4] = ["source", "sources", "insider", "insiders"];

/// The unnamed source with its head at token `head`, if it is on record for something.
fn source(p: &Paragraph<'_>, head: usize) -> Option<Unnamed> {
    let bare = is_any(p, head, &BARE);
    let (start, affiliated) = phrase_start(p, head)?;
    let (end, knows) = phrase_end(p, head, bare);
    let described = affiliated || knows;
    if !(knows || bare || !described && is_alone(p, start, head)) {
        return None;
    }
    unnamed::on_record(p, start, end).then(|| Unnamed {
        span: Span::new(start, end),
        described,
        bare: bare || knows,
        confidence: match (bare, knows, affiliated) {
            (true, true, _) | (false, true, _) => 0.75,
            (true, false, true) => 0.55,
            (true, false, false) => 0.85,
            (false, false, _) => 0.55,
        },
    })
}

/// "an official", "one aide": nobody in particular, with at most one word about them.
fn is_alone(p: &Paragraph<'_>, start: usize, head: usize) -> bool {
    let people = is_any(p, head, &["person", "people"]);
    !people && is_any(p, start, &["a", "an", "one", "another"]) && head - start <= 2
}

/// Where the noun phrase starts and whether it names an affiliation; `None` for definite ones and other sources.
fn phrase_start(p: &Paragraph<'_>, head: usize) -> Option<(usize, bool)> {
    let found = unnamed::at(p, head)?;
    let start = found.span.start as usize;
    let indefinite = match found.opening {
        Opening::New | Opening::Bare => true,
        Opening::More => is_any(p, start, &ARTICLES),
        Opening::Known | Opening::Owned => false,
    };
    let other = |at: usize| p.is_in(at, &lists::OTHER_SOURCES) || p.is(at, "other");
    if !indefinite || (start..head).any(other) {
        return None;
    }
    let affiliates = |at: usize| {
        let number = p.token(at).is_some_and(|token| token.kind == TokenKind::Number);
        let plain = is_any(p, at, &unnamed::COUNTS) || is_any(p, at, &PLAIN);
        let count = number || plain || is_any(p, at, &ARTICLES);
        !count && (is_name(p, at) || !phrases::opens_sentence(p, at))
    };
    let affiliated = (start..head).any(affiliates);
    let quoting = ["citing", "cited", "quoting", "claiming", "unnamed", "of"];
    let object = start.checked_sub(1).is_some_and(|at| is_any(p, at, &quoting));
    (!object && !is_anothers(p, start)).then_some((start, affiliated))
}

/// Whether the source is that of an outlet which the sentence names: "The Herald reported, according to a source", "a Herald
/// story in which sources said".
fn is_anothers(p: &Paragraph<'_>, start: usize) -> bool {
    let sentence = phrases::sentence(p, start);
    let told = |at: usize| {
        is_any(p, at, &["reported", "reports", "wrote"])
            && phrases::speaker(p, at) == Some(Speaker::Named)
    };
    let within = start > 1 && p.is(start - 1, "which") && p.is(start - 2, "in");
    within || (sentence.start as usize..start).any(told)
}

/// What an indefinite noun phrase opens with.
const ARTICLES: [&str; 5] = ["a", "an", "one", "another", "some"];

/// Words before a source, beside those of number, that say nothing about it.
const PLAIN: [&str; 4] = ["anonymous", "unnamed", "unidentified", "senior"];

/// Where the description behind `head` ends, and whether there is one that says how the source knows.
fn phrase_end(p: &Paragraph<'_>, head: usize, bare: bool) -> (usize, bool) {
    let next = head + 1;
    let knows = unnamed::knows(p, head);
    // "A source on the call", but not "on Monday".
    let on = p.is(next, "on") && !has(p, next + 1, Lex::WEEKDAY | Lex::MONTH);
    let places = ["inside", "within", "in", "at", "from", "near"];
    let within = bare && (on || is_any(p, next, &places));
    if !knows && !within {
        return (next, false);
    }
    let end = (next..next + 14)
        .find(|at| {
            !is_word(p, *at) && p.token(*at).is_none_or(|token| token.kind != TokenKind::Number)
                || *at > next && (has(p, *at, Lex::SPEECH | Lex::AUXILIARY) || p.is(*at, "who"))
        })
        .unwrap_or(next);
    (end, knows || within)
}
