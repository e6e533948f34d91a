//! `loaded-label`: "dictator", "regime", "hermit kingdom" in the narrator's voice.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::Lex;
use crate::rules::phrases::{self, flagged, is_any, is_name};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "loaded-label",
    group: Group::Terms,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "A label of judgement in the narrator's voice",
    what: "\"Dictator\", \"strongman\", \"regime\" for a government, \"hermit kingdom\", \"thugs\", \"so-called\" and the \
           like, where nobody is quoted. \"Regime change\", tax and fitness regimes, a title (\"The Great Dictator\"), \
           \"benevolent dictator\" and words in quotation marks are left alone.",
    why: "A label takes sides before the facts have spoken. Say what the person did, or let somebody else use the word.",
    bad: &[
        "The dictator Kim Marsh fled on Monday.",
        "She was the first to set foot in the hermit kingdom.",
    ],
    good: &[
        "\"He is a dictator,\" she said.",
        "The doctor put him on a strict regime of drugs. They called for regime change.",
    ],
    fix: "Where a neutral word fits (\"leader\", \"government\"), it is a suggestion.",
    check: Check::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Context<'_>, findings: &mut Findings) {
    for at in phrases::with_class(paragraph, Lex::LABEL) {
        let Some(label) = label(paragraph, at) else { continue };
        let range = paragraph.bytes(label.span);
        let text = paragraph.clean(label.span);
        let mut finding = Diagnostic::new(
            range,
            format!("`{text}` is a judgement in the narrator's voice"),
            "Use a neutral word, say what was done, or quote somebody who calls it that.",
        )
        .confidence(label.confidence);
        if let Some(neutral) = label.neutral {
            let title = if neutral.is_empty() {
                "Delete the label".to_owned()
            } else {
                format!("Change to {neutral}")
            };
            let edit = if neutral.is_empty() {
                delete(paragraph, label.span)
            } else {
                Edit::replace(range, neutral)
            };
            finding = finding.fix(Fix::suggestion(title, [edit]));
        }
        findings.push(paragraph, finding);
    }
}

/// Deletes the words with the space behind them.
fn delete(p: &Paragraph<'_>, span: Span) -> Edit {
    let mut range = p.bytes(span);
    if p.token(span.end as usize).is_some() {
        range.end = p.byte(span.end as usize).start;
    }
    Edit::delete(range)
}

/// A label, and the word that says the same without judging: "" where it can go.
struct Label {
    span: Span,
    neutral: Option<&'static str>,
    confidence: f32,
}

fn label(p: &Paragraph<'_>, at: usize) -> Option<Label> {
    // "The Great Dictator", "Hermit Kingdom Brewery": a name.
    if flagged(p, at, TokenFlags::CAPITAL) && !phrases::opens_sentence(p, at) && !is_epithet(p, at)
    {
        return None;
    }
    let word = p.text(at).to_lowercase();
    let one =
        |neutral, confidence| Some(Label { span: Span::new(at, at + 1), neutral, confidence });
    let two =
        |neutral, confidence| Some(Label { span: Span::new(at, at + 2), neutral, confidence });
    match word.as_str() {
        "dictator" | "strongman" | "despot" | "tyrant" => person(p, at, "leader"),
        "dictators" | "strongmen" | "despots" | "tyrants" => person(p, at, "leaders"),
        "regime" => regime(p, at),
        "hermit" if is_any(p, at + 1, &["kingdom", "nation", "state"]) => two(None, 0.85),
        "pariah" | "rogue"
            if is_any(p, at + 1, &["state", "nation", "regime", "states", "nations"]) =>
        {
            two(None, 0.7)
        }
        "banana" if is_any(p, at + 1, &["republic", "republics"]) => two(None, 0.7),
        "so-called" if sneers(p, at + 1) => one(Some(""), 0.6),
        "thug" | "thugs" | "henchman" | "henchmen" | "cronies" | "crackpot" | "madman"
        | "madmen" | "fanatic" | "fanatics" | "zealot" | "zealots" => {
            fans(p, at).then(|| one(None, 0.6)).flatten()
        }
        "mastermind" if at > 0 && is_any(p, at - 1, &["the", "alleged"]) => {
            one(Some("organizer"), 0.4)
        }
        _ => None,
    }
}

/// "the Hermit Kingdom", but not "the Hermit Kingdom Brewery".
fn is_epithet(p: &Paragraph<'_>, at: usize) -> bool {
    p.is(at + 1, "kingdom")
        && at > 0
        && p.is(at - 1, "the")
        && !flagged(p, at + 2, TokenFlags::CAPITAL)
}

/// Whether "so-called" before token `at` doubts that somebody is what they are called ("so-called experts"). Before a
/// term of art it only introduces the term.
fn sneers(p: &Paragraph<'_>, at: usize) -> bool {
    let people = Lex::GROUP | Lex::UNNAMED | Lex::RANK | Lex::OFFICE | Lex::TITLE;
    let bodies =
        ["council", "government", "court", "journalist", "expert", "newspaper", "university"];
    (at..at + 2).any(|word| phrases::has(p, word, people) || is_any(p, word, &bodies))
        && p.token(at).is_some_and(|token| token.kind != TokenKind::Quote)
}

/// "football fanatics" and "madman theory" judge nobody.
fn fans(p: &Paragraph<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    let sport = [
        "football", "soccer", "baseball", "sports", "fitness", "music", "film", "food", "gym",
        "fashion", "rugby", "cricket",
    ];
    !before.is_some_and(|b| is_any(p, b, &sport)) && !is_any(p, at + 1, &["theory", "life"])
}

/// "the dictator", "North Korean dictator": somebody, not a word in a theory or a software project.
fn person(p: &Paragraph<'_>, at: usize, neutral: &'static str) -> Option<Label> {
    let before = at.checked_sub(1);
    let harmless = ["benevolent", "great", "would-be", "like", "tin-pot", "fashion"];
    if before.is_some_and(|b| is_any(p, b, &harmless))
        || is_any(p, at + 1, &["game", "novel", "competition", "beetle", "beetles", "fish", "ants"])
    {
        return None;
    }
    // History has settled some cases; so has a label's being what the story is about ("called him a dictator").
    let settled = before.is_some_and(|b| {
        is_any(
            p,
            b,
            &[
                "nazi", "fascist", "soviet", "former", "late", "deposed", "ousted", "toppled",
                "military",
            ],
        )
    });
    let called = (at.saturating_sub(6)..at).any(|b| {
        is_any(
            p,
            b,
            &[
                "called",
                "calls",
                "calling",
                "labeled",
                "labelled",
                "branded",
                "described",
                "as",
                "term",
                "word",
            ],
        )
    });
    let confidence = match (settled, called) {
        (_, true) => 0.3,
        (true, _) => 0.45,
        _ => 0.8,
    };
    Some(Label { span: Span::new(at, at + 1), neutral: Some(neutral), confidence })
}

/// "Marsh's regime", "the Kimran regime": a government, not a set of rules.
fn regime(p: &Paragraph<'_>, at: usize) -> Option<Label> {
    let before = at.checked_sub(1)?;
    if is_any(p, at + 1, &["change", "changes", "shift", "of", "for", "theory"]) {
        return None;
    }
    let possessive = flagged(p, before, TokenFlags::CLITIC)
        && before.checked_sub(1).is_some_and(|owner| is_name(p, owner));
    let political = is_name(p, before)
        || is_any(
            p,
            before,
            &[
                "communist",
                "military",
                "fascist",
                "authoritarian",
                "puppet",
                "nuclear-armed",
                "clerical",
                "ruling",
                "brutal",
                "repressive",
            ],
        );
    (possessive || political).then(|| Label {
        span: Span::new(at, at + 1),
        neutral: Some("government"),
        confidence: 0.65,
    })
}
