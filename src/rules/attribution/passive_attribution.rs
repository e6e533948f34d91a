//! `passive-attribution`: an attribution in the passive, with nobody who did the telling.
//!
//! `vague-attribution` and `hedge-without-source` own the same words where they report them; this rule yields to both. What is
//! left to it: "it was reported" without "that", "was quoted as saying", and "is said to" of things. It is off by default:
//! edited copy holds so few of them that nobody can say yet whether nine in ten findings are right.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::Lex;
use crate::rules::phrases::{self, Speaker, has, is_any, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "passive-attribution",
    group: Group::Attribution,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["vague-attribution", "hedge-without-source"],
    summary: "An attribution in the passive hides who says so",
    what: "\"It was reported\", \"was quoted as saying\", \"is said to\", \"is understood to\" where nobody stands behind \
           it: no \"by\", outlet, document or person in the sentence or the one before. \"It is widely believed\" and \
           \"it was reported that\" belong to vague-attribution, \"is believed to\" of people to hedge-without-source; \
           where one of them reports the words, this rule does not.",
    why: "The passive takes the teller out of the sentence. Readers cannot weigh a report whose reporter is hidden, and \
          the desk cannot check it.",
    bad: &[
        "On Friday, it was reported the bridge had been closed.",
        "The vote was lost. The mayor was quoted as saying that nobody had been told.",
        "The ring is said to have been lost at sea.",
    ],
    good: &[
        "The mayor was quoted by the Harbor Times as saying that nobody had been told.",
        "The theft was reported to the police.",
        "The ring is said to have been lost at sea, the museum wrote.",
    ],
    fix: "There is no fix: turn it round, with the teller as subject (\"the Herald reported\").",
    check: Check::Paragraph(check),
};

const HELP: &str = "Turn it round and name the teller (\"the Herald reported\", \"police said\"), or find out and say it plainly.";

fn check(p: &Paragraph<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !phrases::is_running(p) {
        return;
    }
    for at in phrases::with_class(p, Lex::AUXILIARY) {
        let Some(span) = passive(p, at) else { continue };
        if is_backed(p, span) {
            continue;
        }
        let text = p.clean(span);
        let message = format!("`{text}`: by whom?");
        // Where a paragraph opens with it, the paper may be named in the one before.
        let opens =
            phrases::sentence(p, at).start == 0 && p.text(span.end as usize - 1) == "saying";
        let confidence = if opens { 0.4 } else { 0.7 };
        findings.push(p, Diagnostic::new(p.bytes(span), message, HELP).confidence(confidence));
    }
}

const BE: [&str; 5] = ["is", "are", "was", "were", "been"];

/// The passive attribution with its form of "be" at token `at`.
fn passive(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    if !is_any(p, at, &BE) {
        return None;
    }
    let verb = at + 1 + usize::from(is_any(p, at + 1, &["also", "widely", "later", "once", "now"]));
    let before = at.checked_sub(1)?;
    if p.is(verb, "quoted") && p.is_phrase(verb + 1, &["as", "saying"]) {
        return Some(Span::new(at, verb + 3));
    }
    impersonal(p, at, verb, before).or_else(|| {
        let told = is_any(
            p,
            verb,
            &["said", "reported", "rumored", "rumoured", "understood", "alleged", "reputed"],
        );
        let held = p.is(verb + 1, "to") && is_any(p, verb + 2, &["be", "have"]);
        (told && held && !p.is(before, "it")).then(|| Span::new(at, verb + 2))
    })
}

/// "It was reported he had left", "it has been said the house is haunted".
fn impersonal(p: &Paragraph<'_>, at: usize, verb: usize, before: usize) -> Option<Span> {
    let perfect = p.is(at, "been") && is_any(p, before, &["has", "had"]);
    let it = if perfect { before.checked_sub(1)? } else { before };
    let told = [
        "reported",
        "said",
        "alleged",
        "claimed",
        "rumored",
        "rumoured",
        "understood",
        "believed",
        "suggested",
    ];
    if !p.is(it, "it") || !is_any(p, verb, &told) {
        return None;
    }
    // "When it was reported", "the day it was reported": the report is the news, or the measure of time.
    let clause = phrases::opens_sentence(p, it)
        || it > 0
            && (mark(p, it - 1) == ','
                || is_any(p, it - 1, &["and", "but", "while", "although", "though"]));
    let next = verb + 1;
    let opens = p.is(next, "that")
        || is_word(p, next)
            && (has(p, next, Lex::DETERMINER)
                && !is_any(p, next, &["this", "that", "each", "every"])
                || is_any(p, next, &["he", "she", "they"])
                || phrases::is_name(p, next) && !has(p, next, Lex::WEEKDAY | Lex::MONTH));
    (clause && opens).then(|| Span::new(it, verb + 1))
}

/// Whether somebody or something stands behind the words: named in the sentence or the one before, or a click away.
fn is_backed(p: &Paragraph<'_>, span: Span) -> bool {
    let sentence = phrases::sentence(p, span.start as usize);
    let by = sentence.iter().filter(|at| *at >= span.end as usize).take(8).any(|at| p.is(at, "by"));
    let link =
        sentence.iter().any(|at| p.token(at).is_some_and(|token| token.kind == TokenKind::Object));
    // "Was quoted in the Herald", "is reported on its website".
    let papers = Lex::REPORTS | Lex::AUTHORITY | Lex::UNNAMED;
    let paper = sentence.iter().any(|at| !span.contains(at) && has(p, at, papers));
    let before = phrases::sentence_before(p, sentence.start as usize).unwrap_or_default();
    let here = phrases::best_speaker(p, sentence, span);
    let there = phrases::best_speaker(p, before, span);
    let known = there.is_some_and(|speaker| !matches!(speaker, Speaker::Nameless | Speaker::Other));
    by || link || paper || known || here.is_some_and(|speaker| speaker != Speaker::Nameless)
}
