//! `guilt-before-conviction`: "the murderer, Joe Ray", before a court has said so.

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, has, is_any, is_name, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashSet;

pub(crate) static RULE: Rule = Rule {
    id: "guilt-before-conviction",
    group: Group::Terms,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "Somebody is called guilty whom no court has convicted",
    what: "\"Murderer\", \"killer\", \"rapist\", \"thief\", \"terrorist\" for a named person or for somebody who was arrested, \
           and \"charged with murdering\", in an article that tells of no conviction, sentence, guilty plea or confession. \
           Unknown culprits (\"police are looking for the killer\"), attacks and groups, films, bands and whales, and \
           words in quotation marks are left alone.",
    why: "It convicts before the court does, and it is the classic libel: the person may be acquitted.",
    bad: &[
        "The murderer, Joe Ray, appears in court on Monday.",
        "Police arrested the rapist at noon.",
        "Ray was charged with murdering his aunt.",
    ],
    good: &[
        "Joe Ray, a convicted murderer, appears in court on Monday.",
        "Ray was charged with murder in the death of his wife.",
        "Police are looking for the killer.",
        "She likes serial killer films.",
    ],
    fix: "\"Charged with murder in the death of\" and \"murder suspect\", as suggestions.",
    check: Check::Story(check),
};

/// What a paragraph holds.
static SEEN: Slot<Seen> = Slot::new(slots::GUILT);

struct Seen {
    /// Tokens that call somebody guilty.
    guilt: Vec<u32>,
    /// Whether it tells of a conviction.
    verdict: bool,
}

fn seen(p: &Paragraph<'_>) -> Option<Seen> {
    let guilt = phrases::with_class(p, Lex::GUILT).filter(|at| guilt(p, *at).is_some());
    let guilt: Vec<u32> = guilt.map(|at| at as u32).collect();
    let verdict = tells_of_verdict(p);
    (verdict || !guilt.is_empty()).then_some(Seen { guilt, verdict })
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let tells = |p: &Paragraph<'_>| p.memo(&SEEN, seen).is_some_and(|seen| seen.verdict);
    let candidates: Vec<(usize, Guilt)> = story
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, p)| p.block.kind != crate::document::BlockKind::Chrome)
        .filter_map(|(number, p)| Some((number, p, p.memo(&SEEN, seen)?)))
        .flat_map(|(number, p, seen)| {
            seen.guilt.iter().filter_map(move |at| Some((number, guilt(p, *at as usize)?)))
        })
        .collect();
    if candidates.is_empty() || phrases::prose(story).any(tells) {
        return;
    }
    let bare = candidates.iter().any(|(_, found)| found.accused.is_some());
    let accused = if bare { accused(story) } else { FxHashSet::default() };
    for (number, found) in candidates {
        let Some(p) = story.paragraphs.get(number) else { continue };
        let name = found.accused.and_then(|name| p.token(name));
        if name.is_some_and(|name| !accused.contains(&name.hash)) {
            continue;
        }
        let text = p.clean(found.span);
        let mut finding = Diagnostic::new(
            p.bytes(found.span),
            format!("`{text}` calls somebody guilty, and the article tells of no conviction"),
            "Until a court has convicted, say what the person is accused of or charged with.",
        )
        .confidence(found.confidence);
        if let Some((span, words)) = found.neutral {
            let title = format!("Change to \"{words}\"");
            finding = finding.fix(Fix::suggestion(title, [Edit::replace(p.bytes(span), words)]));
        }
        findings.push(p, finding);
    }
}

/// Whether the paragraph tells of a conviction, a sentence, a guilty plea or a confession.
fn tells_of_verdict(p: &Paragraph<'_>) -> bool {
    phrases::with_class(p, Lex::CONVICTION).any(|at| {
        !is_negated(p, at) && !is_any(p, at, &["pleaded", "pled", "sentence", "acquitted"])
    })
}

/// "not guilty", "if convicted", "has not been convicted", "until proven guilty".
fn is_negated(p: &Paragraph<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|before| {
        is_any(
            p,
            before,
            &[
                "not", "n't", "never", "if", "until", "without", "unless", "no", "could", "faces",
                "innocent",
            ],
        )
    })
}

/// The words with a capital in the sentences of the story that tell of an arrest or a charge, by fingerprint.
fn accused(story: &Story<'_>) -> FxHashSet<u64> {
    let mut names = FxHashSet::default();
    for p in phrases::prose(story) {
        for sentence in &p.notes.sentences {
            if sentence.iter().any(|at| p.is_in(at, &lists::PENDING)) {
                let capitals = sentence.iter().filter(|at| flagged(p, *at, TokenFlags::CAPITAL));
                names.extend(capitals.filter_map(|at| Some(p.token(at)?.hash)));
            }
        }
    }
    names
}

/// Words that call somebody guilty.
struct Guilt {
    span: Span,
    /// The token of a bare name that counts only where the story tells of an arrest or a charge against it.
    accused: Option<usize>,
    /// What is replaced, and by what.
    neutral: Option<(Span, &'static str)>,
    confidence: f32,
}

fn guilt(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let token = p.token(at)?;
    if !token.lex.contains(Lex::GUILT) || is_fiction(p, at) {
        return None;
    }
    if p.is(at, "murdering") {
        return charged_with_murdering(p, at);
    }
    if p.is(at, "murdered") || p.is(at, "raped") {
        return accused_who_murdered(p, at).or_else(|| accused_murdered(p, at));
    }
    // "Killer Mike" at the start of a sentence: a stage name.
    let nickname = token.flags.contains(TokenFlags::CAPITAL)
        && phrases::opens_sentence(p, at)
        && is_name(p, at + 1)
        && !is_name(p, at + 2);
    if nickname {
        // "Murderer Sykes", who was arrested, is no stage name.
        return bare(p, at, at + 1, Span::new(at, at + 1));
    }
    // "Killer Mike", "Terrorist Financing Act"
    if token.flags.contains(TokenFlags::CAPITAL) && !phrases::opens_sentence(p, at) {
        return None;
    }
    let before = at.checked_sub(1);
    if before.is_some_and(|b| p.is_in(b, &lists::CAREFUL)) {
        return None;
    }
    named(p, at)
        .or_else(|| identified(p, at))
        .or_else(|| arrested(p, at))
        .or_else(|| beside_name(p, at))
        .or_else(|| was_arrested(p, at))
}

/// "charged with murdering his aunt"
fn charged_with_murdering(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let with = at.checked_sub(1).filter(|b| p.is(*b, "with"))?;
    let charged =
        (with.saturating_sub(3)..with).find(|b| is_any(p, *b, &["charged", "charging"]))?;
    let word = Span::new(at, at + 1);
    Some(Guilt {
        accused: None,
        span: Span::new(charged, at + 1),
        neutral: Some((word, "murder in the death of")),
        confidence: 0.6,
    })
}

/// "the murderer, Joe Ray,", "accused killer Joe Ray"
fn named(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let comma = mark(p, at + 1) == ',';
    let name = at + 1 + usize::from(comma);
    let singular = !p.text(at).ends_with('s');
    let full = is_name(p, name) && (is_name(p, name + 1) || !comma);
    // "the killer, Police said": a name has to be a name, and in apposition it is closed by a comma.
    let place = is_any(p, name, &["monday", "police"]) || has(p, name, Lex::AUTHORITY);
    if !singular || !full || place {
        return None;
    }
    let accused = at.checked_sub(1).filter(|b| p.is(*b, "accused"));
    let start = accused.unwrap_or(at);
    Some(Guilt {
        accused: None,
        span: Span::new(start, at + 1),
        neutral: suspect(p, at).map(|words| (Span::new(start, at + 1), words)),
        confidence: if comma { 0.7 } else { 0.75 },
    })
}

/// "Joe Ray, who murdered his wife, was charged": the same sentence says that no court has spoken yet.
fn accused_who_murdered(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let who = at.checked_sub(1).filter(|b| p.is(*b, "who"))?;
    let sentence = phrases::sentence(p, at);
    let awaits = (at + 1..sentence.end as usize).any(|word| p.is_in(word, &lists::PENDING));
    let span = Span::new(who, at + 1);
    awaits.then_some(Guilt { span, accused: None, neutral: None, confidence: 0.65 })
}

/// "Ray murdered his aunt on Monday": the writer says so, and nobody is cited for it.
fn accused_murdered(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let name = at.checked_sub(1).filter(|name| is_name(p, *name))?;
    let sentence = phrases::near(phrases::sentence(p, at), at);
    let cited = sentence.iter().any(|word| {
        has(p, word, Lex::SPEECH | Lex::THOUGHT | Lex::HEDGE | Lex::UNCERTAIN)
            || is_any(p, word, &["according", "whether", "if", "that"])
            || p.token(word).is_some_and(|token| token.kind == TokenKind::Quote)
    });
    let pending = sentence.iter().any(|word| p.is_in(word, &lists::PENDING));
    let span = Span::new(name, at + 1);
    (!cited && !pending).then_some(Guilt {
        span,
        accused: Some(name),
        neutral: None,
        confidence: 0.65,
    })
}

/// What is said at token `at` of the bare name at `name`, where the story tells of an arrest.
fn bare(p: &Paragraph<'_>, at: usize, name: usize, span: Span) -> Option<Guilt> {
    let singular = !p.text(at).ends_with('s');
    let plain = is_name(p, name) && !has(p, name, Lex::AUTHORITY | Lex::WEEKDAY | Lex::PLACE);
    (singular && plain).then(|| Guilt {
        span,
        accused: Some(name),
        neutral: suspect(p, at).map(|words| (Span::new(at, at + 1), words)),
        confidence: 0.7,
    })
}

/// "the killer, Ray, is 39", "Ray, the murderer, is 39"
fn beside_name(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let article = at.checked_sub(1).filter(|before| p.is(*before, "the"))?;
    if mark(p, at + 1) != ',' {
        return None;
    }
    let span = Span::new(at, at + 1);
    let after = (mark(p, at + 3) == ',').then(|| bare(p, at, at + 2, span)).flatten();
    after.or_else(|| {
        let comma = article.checked_sub(1).filter(|comma| mark(p, *comma) == ',')?;
        let name = comma.checked_sub(1)?;
        // "Ray, Lee, the killer, and the dog": a list tells nothing of either.
        let listed = is_any(p, at + 2, &["and", "or"]);
        (!listed).then(|| bare(p, at, name, span)).flatten()
    })
}

/// Words between a culprit and the verb: "of a jogger", "of Paige Ellery".
const WHOSE: usize = 6;

/// "the killer of a jogger was arrested", in headlines without the article
fn was_arrested(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let article = at.checked_sub(1).filter(|before| p.is(*before, "the"));
    let start = article.unwrap_or(at);
    if article.is_none() && start != 0 || p.text(at).ends_with('s') {
        return None;
    }
    let goes_on = |word: &usize| is_word(p, *word) && !has(p, *word, Lex::AUXILIARY);
    let whose = p.is(at + 1, "of");
    let end = (at + 1..at + 1 + WHOSE).find(|word| !goes_on(word))?;
    let be = is_any(p, end, &["is", "was"]) && (whose || end == at + 1);
    let caught = is_any(
        p,
        end + 1,
        &["arrested", "detained", "captured", "apprehended", "charged", "caught"],
    );
    // "Until the killer is caught", "she hopes the killer is caught": it has not happened.
    let open = (start.saturating_sub(4)..start).any(|word| {
        has(p, word, Lex::SPEECH | Lex::THOUGHT)
            || is_any(
                p,
                word,
                &[
                    "if", "until", "till", "unless", "when", "once", "before", "whether", "hope",
                    "hopes", "hoped", "that", "wants", "want", "after",
                ],
            )
    });
    (be && caught && !open).then(|| Guilt {
        accused: None,
        span: Span::new(start, at + 1),
        neutral: suspect(p, at).filter(|_| !whose).map(|words| (Span::new(at, at + 1), words)),
        confidence: 0.7,
    })
}

/// "the killer, identified as Joe Ray"
fn identified(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let verb = at + 1 + usize::from(mark(p, at + 1) == ',');
    if !is_any(p, verb, &["identified", "named"]) || p.text(at).ends_with('s') {
        return None;
    }
    let named = (verb + 1..verb + 6)
        .find(|word| p.is(*word, "as"))
        .is_some_and(|as_at| (as_at + 1..as_at + 6).any(|word| is_name(p, word)));
    named.then(|| Guilt {
        accused: None,
        span: Span::new(at, at + 1),
        neutral: suspect(p, at).map(|words| (Span::new(at, at + 1), words)),
        confidence: 0.75,
    })
}

/// "police arrested the rapist"
fn arrested(p: &Paragraph<'_>, at: usize) -> Option<Guilt> {
    let the = (at.saturating_sub(3)..at).find(|b| is_any(p, *b, &["the", "this"]))?;
    let verb = the.checked_sub(1)?;
    let caught = is_any(
        p,
        verb,
        &[
            "arrested",
            "arrest",
            "arrests",
            "detained",
            "caught",
            "captured",
            "jailed",
            "charged",
            "apprehended",
            "nabbed",
            "handcuffed",
        ],
    );
    let happened = caught
        && !(verb.saturating_sub(2)..verb)
            .any(|b| is_any(p, b, &["to", "not", "n't", "never", "be", "would"]));
    let plain = (the + 1..at).all(|b| is_word(p, b) && !flagged(p, b, TokenFlags::CAPITAL));
    // "arrested the killer whale's keeper"
    let ends =
        !is_word(p, at + 1) || has(p, at + 1, phrases::FUNCTION) || p.text(at + 1).ends_with("ay");
    let quoted = p.token(at + 1).is_some_and(|token| token.kind == TokenKind::Quote);
    (happened && plain && ends && !quoted).then(|| Guilt {
        accused: None,
        span: Span::new(the, at + 1),
        neutral: suspect(p, at).map(|words| (Span::new(at, at + 1), words)),
        confidence: 0.7,
    })
}

/// The neutral noun for the guilty one at token `at`.
fn suspect(p: &Paragraph<'_>, at: usize) -> Option<&'static str> {
    Some(match p.text(at).to_lowercase().as_str() {
        "murderer" | "killer" | "assassin" => "murder suspect",
        "rapist" => "rape suspect",
        "thief" => "theft suspect",
        "terrorist" => "terrorism suspect",
        "arsonist" => "arson suspect",
        "kidnapper" => "kidnapping suspect",
        "burglar" => "burglary suspect",
        "robber" => "robbery suspect",
        "fraudster" => "fraud suspect",
        _ => return None,
    })
}

/// Whether films, books, games or animals are spoken of near token `at`.
fn is_fiction(p: &Paragraph<'_>, at: usize) -> bool {
    phrases::sentence(p, at)
        .iter()
        .any(|index| has(p, index, Lex::FICTION) && index.abs_diff(at) < 25)
}
