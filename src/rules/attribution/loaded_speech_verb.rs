//! `loaded-speech-verb`: "claimed", "admitted", "pointed out", where "said" takes no side.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::{self, flagged, has, is_any, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::text::capitalized;

pub(crate) static RULE: Rule = Rule {
    id: "loaded-speech-verb",
    group: Group::Attribution,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["vague-attribution"],
    summary: "A verb of speech that takes sides",
    what: "\"Claimed\" doubts, \"admitted\" convicts, \"noted\", \"pointed out\" and \"revealed\" vouch for what follows, \
           and \"refuted\" says that it was disproved. Flagged where a clause or a quotation is what was said. Claiming a \
           prize or responsibility, being admitted to hospital, admitting to a crime, and \"as noted\" are left alone.",
    why: "The reporter's verb passes judgement before the reader can. \"Said\" does not.",
    bad: &["She claimed that she was home.", "The mayor pointed out that crime is rising."],
    good: &[
        "He claimed the prize. The rebels claimed responsibility.",
        "She was admitted to the clinic. He admitted three counts of theft.",
    ],
    fix: "\"Said\" in the same tense, and \"denied\" for \"refuted\", as suggestions.",
    check: Check::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !phrases::is_running(paragraph) {
        return;
    }
    for at in phrases::with_class(paragraph, Lex::LOADED_SPEECH) {
        let Some(verb) = verb(paragraph, at) else { continue };
        let range = paragraph.bytes(verb.span);
        let text = paragraph.clean(verb.span);
        let capital = flagged(paragraph, at, TokenFlags::CAPITAL);
        let neutral = if capital { capitalized(verb.neutral) } else { verb.neutral.to_owned() };
        findings.push(
            paragraph,
            Diagnostic::new(
                range,
                format!("`{text}` {}", verb.slant),
                "Say \"said\", unless the copy shows that the stronger verb is true.",
            )
            .confidence(verb.confidence)
            .fix(Fix::suggestion(format!("Change to {neutral}"), [Edit::replace(range, neutral)])),
        );
    }
}

/// A loaded verb of speech.
struct Verb {
    span: Span,
    /// What it does to the words that follow.
    slant: &'static str,
    neutral: &'static str,
    confidence: f32,
}

fn verb(p: &Paragraph<'_>, at: usize) -> Option<Verb> {
    let word = p.text(at).to_lowercase();
    let stem = STEMS.iter().find(|stem| word.starts_with(stem.0))?;
    let ending = &word[stem.0.len()..];
    let out = stem.0 == "point";
    if out && !p.is(at + 1, "out") || !is_predicate(p, at, ending) {
        return None;
    }
    let span = Span::new(at, at + 1 + usize::from(out));
    let refuted = stem.0 == "refut";
    if refuted {
        let shown = is_any(p, at + 3, &["with", "by"]) || is_any(p, at + 4, &["with", "by"]);
        return (is_word(p, at + 1) && !shown).then(|| Verb {
            span,
            slant: stem.1,
            neutral: inflect(ending, ["deny", "denies", "denied", "denying"]),
            confidence: 0.55,
        });
    }
    let said = says_something(p, at, span.end as usize, stem.0 == "claim");
    let vouches = matches!(stem.0, "not" | "reveal");
    let document = document_speaks(p, at) || vouches && paper_speaks(p, at);
    if stem.0 == "claim" && (at + 1..at + 4).any(|word| p.is_in(word, &lists::CLAIMED)) {
        return None;
    }
    said.then(|| Verb {
        span,
        slant: stem.1,
        neutral: inflect(ending, ["say", "says", "said", "saying"]),
        confidence: if document { 0.4 } else { stem.2 },
    })
}

/// Stem, slant, and how sure a finding is.
const STEMS: [(&str, &str, f32); 7] = [
    ("claim", "casts doubt on what was said", 0.75),
    ("admit", "treats what was said as a confession", 0.65),
    ("point", "vouches for what was said", 0.65),
    ("not", "vouches for what was said", 0.55),
    ("reveal", "vouches for what was said", 0.55),
    ("refut", "says that it was disproved", 0.55),
    ("boast", "passes judgement on the speaker", 0.6),
];

/// The form of a neutral verb that has the ending of the loaded one.
fn inflect(ending: &str, [base, third, past, participle]: [&'static str; 4]) -> &'static str {
    match ending {
        "s" | "es" => third,
        "ed" | "ted" => past,
        "ing" | "ting" => participle,
        _ => base,
    }
}

/// Whether the word is the verb of its clause: no noun ("his claims"), no passive ("was admitted"), no "as noted".
fn is_predicate(p: &Paragraph<'_>, at: usize, ending: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return ending.ends_with("ing") };
    if flagged(p, at, TokenFlags::CAPITAL) && !ending.ends_with("ing") {
        return false;
    }
    let passive = is_any(
        p,
        before,
        &["is", "are", "was", "were", "be", "been", "being", "as", "than", "when"],
    );
    let noun = has(p, before, Lex::DETERMINER)
        || has(p, before, Lex::PREPOSITION) && !ending.ends_with("ing")
        || flagged(p, before, TokenFlags::CLITIC);
    if ending.ends_with("ing") {
        return !has(p, before, Lex::DETERMINER) && !is_any(p, before, &["worth", "without"]);
    }
    if ending.ends_with("ed") {
        return !passive && !noun;
    }
    // "They claim", "activists claim", "he claims"; but not "insurance claims" or "to note".
    let subject = has(p, before, Lex::PRONOUN)
        || phrases::is_name(p, before)
        || p.text(before).ends_with('s');
    !passive
        && !noun
        && if ending.is_empty() || ending == "e" {
            has(p, before, Lex::PRONOUN) || p.text(before).ends_with('s')
        } else {
            subject || has(p, before, Lex::TITLE)
        }
}

/// Whether a quotation or a clause is what was said.
fn says_something(p: &Paragraph<'_>, at: usize, next: usize, claim: bool) -> bool {
    let quote = |index: usize| phrases::is_quote(p, index);
    if p.is(next, "that") && is_word(p, next + 1)
        || quote(next)
        || matches!(mark(p, next), ',' | ':') && quote(next + 1)
    {
        return true;
    }
    // "...", he claimed.
    let closes = matches!(mark(p, next), ',' | '.');
    if closes && (at.saturating_sub(4)..at).any(quote) {
        return true;
    }
    if claim && p.is(next, "to") && is_any(p, next + 1, &["be", "have"]) {
        return true;
    }
    if is_any(p, next, &["he", "she", "they", "it", "we", "i", "there"]) && is_word(p, next + 1) {
        return true;
    }
    finite_clause(p, next)
}

/// Whether a subject and a finite auxiliary follow before the clause breaks off ("190 were dead").
fn finite_clause(p: &Paragraph<'_>, from: usize) -> bool {
    for at in from..from + 9 {
        let Some(token) = p.token(at) else { return false };
        if has(p, at, Lex::AUXILIARY) && !is_any(p, at, &["be", "being", "been", "having", "n't"]) {
            return at > from;
        }
        let breaks = token.kind == TokenKind::Punct && !matches!(token.mark, '$' | '%' | '-');
        let relative = is_any(
            p,
            at,
            &[
                "who", "which", "that", "what", "after", "when", "as", "because", "and", "but",
                "while", "if", "to", "whether", "how",
            ],
        );
        if breaks || relative {
            return false;
        }
    }
    false
}

/// Whether a paper, a study or an outlet notes or reveals something, which is what it is there for.
fn paper_speaks(p: &Paragraph<'_>, at: usize) -> bool {
    let outlets = [
        "times",
        "post",
        "herald",
        "journal",
        "tribune",
        "reuters",
        "news",
        "study",
        "survey",
        "newspaper",
        "paper",
        "magazine",
        "website",
        "statement",
        "filing",
        "release",
        "review",
    ];
    let upper = at > 0 && flagged(p, at - 1, TokenFlags::UPPER) && p.text(at - 1).len() > 2;
    upper || (at.saturating_sub(3)..at).any(|word| is_any(p, word, &outlets))
}

/// Whether a document or a court speaks, whose words have a weight of their own ("the motion claims").
fn document_speaks(p: &Paragraph<'_>, at: usize) -> bool {
    at > 0
        && is_any(
            p,
            at - 1,
            &[
                "motion",
                "lawsuit",
                "complaint",
                "indictment",
                "study",
                "report",
                "court",
                "judge",
                "data",
                "documents",
                "records",
                "survey",
                "analysis",
                "researchers",
                "audit",
                "investigation",
                "video",
                "footage",
                "authors",
                "inquiry",
                "petition",
            ],
        )
}
