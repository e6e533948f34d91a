//! `vague-attribution`: experts, critics and reports that nobody can check.

mod asserts;
mod backing;

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{
    self, FUNCTION, flagged, has, is_adverb, is_any, is_name, is_quote, is_word, mark,
};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, TokenFlags, TokenKind};
use asserts::{asserts, is_review};
use backing::backing;

pub(crate) static RULE: Rule = Rule {
    id: "vague-attribution",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A claim rests on a group that nobody can check",
    what: "Experts, analysts, critics, observers, \"some\" or \"reports\" with a verb of speech or thought, \"according \
           to sources\", \"it is widely believed\". Silent where the group has an affiliation (\"analysts at Moody's\") \
           or was introduced before (\"the analysts said\"), where a member is named (\"including ...\"), where somebody \
           speaks by name right after and does not object, or later in the paragraph as one of the group (\"Ana Ruiz, an \
           analyst\"), and where the group merely does something.",
    why: "A nameless group lends authority that no reader can check, and may be one person or none.",
    bad: &[
        "Analysts say the bond is overpriced.",
        "The mayor will resign, according to reports.",
        "It is widely believed that she knew.",
    ],
    good: &[
        "Analysts at Fitch say the bond is overpriced.",
        "Some experts, including Ana Ruiz of the University of Porto, say so.",
        "Critics say it is cruel. \"It breaks families,\" said Joe Ortiz of the Harbor Mission.",
        "She invited four shipping experts.",
    ],
    fix: "There is no fix: only the writer knows who said so. Name one member of the group with an affiliation, or cut \
          the claim.",
    check: Check::Story(check),
};

/// Words that a vague source has in it.
const OPENERS: Lex = Lex::GROUP.union(Lex::QUANTIFIER).union(Lex::REPORTS).union(Lex::IMPERSONAL);

/// A vague source.
struct Vague {
    span: Span,
    confidence: f32,
    /// Whether a named member in the sentences that follow makes up for it.
    of_people: bool,
}

/// The vague sources of a paragraph.
static FOUND: Slot<Vec<Vague>> = Slot::new(slots::VAGUE);

fn all(p: &Paragraph<'_>) -> Option<Vec<Vague>> {
    let list: Vec<Vague> = phrases::with_class(p, OPENERS).filter_map(|at| vague(p, at)).collect();
    (!list.is_empty()).then_some(list)
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let paragraphs: Vec<&Paragraph<'_>> = phrases::prose(story).collect();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        for found in paragraph.memo(&FOUND, all).into_iter().flatten() {
            let next = paragraphs.get(number + 1).copied();
            let confidence =
                found.confidence * backing(paragraph, next, found.span, found.of_people);
            let text = paragraph.clean(found.span);
            findings.push(
                paragraph,
                Diagnostic::new(
                    paragraph.bytes(found.span),
                    format!("`{text}`: nobody whom a reader could check"),
                    "Name at least one of them, with what makes them worth hearing, or cut the claim.",
                )
                .confidence(confidence),
            );
        }
    }
}

/// The vague source that stands at token `at`, if one does.
fn vague(p: &Paragraph<'_>, at: usize) -> Option<Vague> {
    let word = p.token(at)?.lex;
    let people = |span, confidence| Some(Vague { span, confidence, of_people: true });
    if word.intersects(Lex::GROUP) {
        let (span, confidence) = group(p, at)?;
        return people(span, confidence);
    }
    if word.intersects(Lex::QUANTIFIER) {
        return people(quantifier(p, at)?, 0.6);
    }
    if word.intersects(Lex::REPORTS) {
        let span = reports(p, at)?;
        return Some(Vague { span, confidence: 0.7, of_people: false });
    }
    if !word.intersects(Lex::IMPERSONAL) {
        return None;
    }
    if is_any(p, at, &["study", "studies", "research"]) {
        let span = study(p, at)?;
        return Some(Vague { span, confidence: 0.6, of_people: false });
    }
    if p.is(at, "according") {
        let span = according_to(p, at)?;
        return Some(Vague { span, confidence: 0.8, of_people: false });
    }
    let (span, confidence) = impersonal(p, at)?;
    (!is_refuted(p, at)).then_some(Vague { span, confidence, of_people: false })
}

/// Tokens of a sentence that says no to the one before.
const REFUTAL: usize = 6;

/// Whether the next sentence says no to what is told: "It is said that Nero fiddled. He did not.".
fn is_refuted(p: &Paragraph<'_>, at: usize) -> bool {
    let end = phrases::sentence(p, at).end as usize;
    let next = phrases::sentence(p, end);
    let short = end < p.tokens().len() && next.start as usize == end && next.len() <= REFUTAL;
    let says_no = |at: usize| is_any(p, at, &["not", "n't", "never", "n’t"]);
    short && has(p, end, Lex::PRONOUN) && next.iter().any(says_no)
}

/// "political analysts say", "critics of the plan have slammed", ", experts said".
fn group(p: &Paragraph<'_>, head: usize) -> Option<(Span, f32)> {
    let start = noun_phrase(p, head)?;
    let verb = verb_after(p, head + 1).or_else(|| after_modifier(p, head));
    if let Some(verb) = verb {
        let journalists = is_any(p, head, &["journalists", "commentators", "historians"]);
        let told = is_any(p, verb, &["said", "say", "noted", "note", "believe", "argue", "argued"]);
        // Journalists ask, report and write as their day's work; only what they hold is vague.
        let says = (!journalists || told) && asserts(p, verb) && !is_review(p, head, verb);
        return says.then(|| (Span::new(start, verb + 1), 0.75));
    }
    let verb = start.checked_sub(1)?;
    let closed = mark(p, head + 1) != '\0' || head + 1 == p.tokens().len();
    let opened = verb > 0 && (mark(p, verb - 1) == ',' || is_quote(p, verb - 1));
    let inverted = has(p, verb, Lex::SPEECH) && opened && closed;
    inverted.then(|| (Span::new(verb, head + 1), 0.7))
}

/// Words that stand before a noun phrase without being part of it.
const BEFORE_PHRASE: [&str; 8] = ["even", "what", "how", "why", "not", "like", "including", "told"];

/// Where the indefinite noun phrase with its head at `head` starts; `None` if it is definite, counted or affiliated.
fn noun_phrase(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    let mut start = head;
    while let Some(before) = start.checked_sub(1).filter(|at| is_word(p, *at) && head - at <= 4) {
        if is_affiliation(p, before, head) || p.is_in(before, &lists::DEFINITE) {
            return None;
        }
        let quantifier = has(p, before, Lex::QUANTIFIER);
        let other = FUNCTION | Lex::SPEECH | Lex::THOUGHT | Lex::UNIT;
        if !quantifier && (has(p, before, other) || is_any(p, before, &BEFORE_PHRASE)) {
            break;
        }
        start = before;
    }
    Some(start)
}

/// Whether the word at `before` says whose experts they are ("Moody's", "Harbor Bank").
fn is_affiliation(p: &Paragraph<'_>, before: usize, head: usize) -> bool {
    if flagged(p, before, TokenFlags::CLITIC) {
        return true;
    }
    let first = phrases::opens_sentence(p, before);
    is_name(p, before) && (!first || before + 1 != head && !has(p, before, Lex::QUANTIFIER))
}

/// The verb of speech or thought that follows at `from`, adverbs and auxiliaries skipped; passives do not count.
fn verb_after(p: &Paragraph<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    let (mut auxiliary, mut passive) = (false, false);
    while at < from + 4 && (has(p, at, Lex::AUXILIARY) || is_adverb(p, at)) {
        auxiliary |= has(p, at, Lex::AUXILIARY);
        passive |= is_any(p, at, &["are", "were", "been", "be", "being", "is", "was", "'re"]);
        at += 1;
    }
    if !has(p, at, Lex::SPEECH | Lex::THOUGHT | Lex::VERDICT) || flagged(p, at, TokenFlags::CAPITAL)
    {
        return None;
    }
    let participle = p.text(at).ends_with("ing");
    let reported = if participle { passive || auxiliary } else { !passive };
    reported.then_some(at)
}

/// "critics of the plan say": a modifier without a name between head and verb.
fn after_modifier(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    if !p.is(head + 1, "of")
        || !is_any(p, head, &["critics", "observers", "detractors", "skeptics", "sceptics"])
    {
        return None;
    }
    let mut at = head + 2;
    while at < head + 8 && is_word(p, at) && !flagged(p, at, TokenFlags::CAPITAL) {
        if let Some(verb) = verb_after(p, at).filter(|_| at > head + 2) {
            return Some(verb);
        }
        at += 1;
    }
    None
}

/// "Some say", "many have argued": nobody in particular, in general.
fn quantifier(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    if !is_any(p, at, &["some", "many", "others", "most"]) {
        return None;
    }
    let clause = phrases::opens_sentence(p, at)
        || is_any(p, at - 1, &["while", "although", "though", "but", "and", "what", "as"])
        || mark(p, at - 1) == ',';
    let verb = verb_after(p, at + 1)?;
    let present =
        ["say", "believe", "argue", "think", "claim", "contend", "fear", "suspect", "suggest"];
    let perfect = [
        "said",
        "suggested",
        "argued",
        "questioned",
        "speculated",
        "criticized",
        "criticised",
        "claimed",
        "called",
    ];
    let general = verb == at + 1 && is_any(p, verb, &present)
        || is_any(p, at + 1, &["have"]) && is_any(p, verb, &perfect);
    // "Some say they will leave" is about people whom the copy has met.
    let met = is_any(p, verb + 1, &["they", "their", "yes", "no"]) || answers(p, at);
    (clause && general && !met && asserts(p, verb)).then(|| Span::new(at, verb + 1))
}

/// Whether the sentence before gives the shares of a poll, whose people the words count on.
fn answers(p: &Paragraph<'_>, at: usize) -> bool {
    let start = p.sentence_at(at).start as usize;
    let before = phrases::sentence_before(p, start).unwrap_or_default();
    before.iter().any(|at| has(p, at, Lex::SHARE | Lex::POLL))
}

/// "Initial reports suggested", "rumors say".
fn reports(p: &Paragraph<'_>, head: usize) -> Option<Span> {
    if !is_any(p, head, &["reports", "rumors", "rumours", "speculation"]) {
        return None;
    }
    let start = reports_start(p, head)?;
    let verb = verb_after(p, head + 1)?;
    let says =
        has(p, verb, Lex::SPEECH) || is_any(p, verb, &["indicate", "indicates", "indicated"]);
    (says && asserts(p, verb)).then(|| Span::new(start, verb + 1))
}

/// The press as such is no more than a rumour.
const PRESS: [&str; 3] = ["media", "newspaper", "network"];

/// Where the noun phrase of "reports" starts; `None` if they are somebody's reports.
fn reports_start(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    let start = noun_phrase(p, head)?;
    let ours = |at: usize| {
        has(p, at, Lex::AUTHORITY | Lex::UNNAMED) && !is_any(p, at, &PRESS)
            || p.is_in(at, &lists::DOCUMENT_KINDS)
    };
    (!(start..head).any(ours)).then_some(start)
}

/// "according to sources", "according to media reports", "according to some experts".
fn according_to(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    let head = (at + 2..at + 6)
        .find(|head| has(p, *head, Lex::GROUP | Lex::REPORTS) || is_any(p, *head, &["sources"]))?;
    let modifiers = at + 2..head;
    let free = |word: usize| {
        let flags = TokenFlags::CAPITAL | TokenFlags::CLITIC;
        let plain = p.token(word).is_some_and(|token| !token.flags.intersects(flags));
        let owned = has(p, word, FUNCTION | Lex::AUTHORITY) && !is_any(p, word, &PRESS);
        let quantifier = has(p, word, Lex::QUANTIFIER);
        is_word(p, word)
            && plain
            && (quantifier || !owned)
            && !p.is_in(word, &lists::DOCUMENT_KINDS)
    };
    if !modifiers.clone().all(free) {
        return None;
    }
    // Two sources are somebody whom the writer knows; who they are is another rule's question.
    let bare = !is_any(p, head, &["sources"])
        || modifiers.clone().all(|word| {
            is_any(
                p,
                word,
                &[
                    "some",
                    "several",
                    "various",
                    "multiple",
                    "many",
                    "unnamed",
                    "anonymous",
                    "unidentified",
                ],
            )
        });
    let ends = mark(p, head + 1) != '\0' && !matches!(mark(p, head + 1), '(' | '—')
        || head + 1 >= p.tokens().len()
        || has(p, head + 1, Lex::CONJUNCTION)
            && !is_any(p, head + 1, &["who", "that", "which", "and"]);
    (bare && ends).then(|| Span::new(at, head + 1))
}

/// "It is widely believed that", "is widely believed to", "it was reported that".
fn impersonal(p: &Paragraph<'_>, at: usize) -> Option<(Span, f32)> {
    if p.is(at, "widely") {
        let believed = is_any(
            p,
            at + 1,
            &["believed", "thought", "rumored", "rumoured", "reported", "assumed"],
        );
        let passive = at > 0 && is_any(p, at - 1, &["is", "are", "was", "were", "been"]);
        let personal = at > 1 && p.is(at - 2, "it");
        return (believed && passive && !personal && p.is(at + 2, "to") && !by_somebody(p, at + 2))
            .then(|| (Span::new(at - 1, at + 2), 0.65));
    }
    let has_been = is_any(p, at + 1, &["has"]) && is_any(p, at + 2, &["been"]);
    let verb_at = if has_been { at + 3 } else { at + 2 };
    if !has_been && !is_any(p, at + 1, &["is", "was"]) {
        return None;
    }
    let adverb = is_any(p, verb_at, &["widely", "generally", "commonly", "often", "sometimes"]);
    let verb = verb_at + usize::from(adverb);
    let held = is_any(
        p,
        verb,
        &[
            "believed",
            "thought",
            "understood",
            "rumored",
            "rumoured",
            "said",
            "reported",
            "alleged",
            "assumed",
            "feared",
            "speculated",
            "claimed",
            "suggested",
        ],
    );
    let clause = p.is(verb + 1, "that") || adverb && !p.is(verb + 1, "to") && is_word(p, verb + 1);
    if !held || !clause || by_somebody(p, verb + 1) {
        return None;
    }
    let past = p.is(at + 1, "was") && !is_any(p, verb, &["reported", "alleged", "claimed"]);
    let confidence = match (adverb, past) {
        (true, _) => 0.8,
        (_, true) => 0.4,
        _ => 0.65,
    };
    Some((Span::new(at, verb + 1), confidence))
}

fn by_somebody(p: &Paragraph<'_>, from: usize) -> bool {
    (from..from + 6).any(|at| p.is(at, "by") || p.is(at, "among"))
}

/// "A study found", "Research shows", where nothing says whose.
fn study(p: &Paragraph<'_>, head: usize) -> Option<Span> {
    let start = (head.saturating_sub(2)..head)
        .find(|at| {
            is_any(p, *at, &["a", "one", "new", "recent", "some", "many", "several", "other"])
        })
        .unwrap_or(head);
    let several = !p.is(head, "study");
    let indefinite = is_any(p, start, &["a", "one"]) || several;
    let between =
        (start + 1..head).all(|at| is_any(p, at, &["new", "recent", "scientific", "academic"]));
    let clause = phrases::opens_sentence(p, start)
        || start > 0
            && (mark(p, start - 1) == ','
                || is_any(p, start - 1, &["but", "and", "that", "because"]));
    let says = [
        "found",
        "finds",
        "find",
        "shows",
        "show",
        "showed",
        "suggests",
        "suggest",
        "suggested",
        "says",
    ];
    let verb = head + 1 + usize::from(is_any(p, head + 1, &["has", "have"]));
    let told = is_any(p, verb, &says) || verb > head + 1 && is_any(p, verb, &["shown"]);
    // Whoever made it is often named a sentence later.
    let known = [
        "published",
        "journal",
        "university",
        "institute",
        "researchers",
        "professor",
        "author",
        "authors",
        "center",
        "centre",
        "conducted",
        "commissioned",
    ];
    let named = |at: usize| {
        is_any(p, at, &known) || p.token(at).is_some_and(|token| token.kind == TokenKind::Object)
    };
    let reach = phrases::near(p.span(), head);
    (indefinite && between && clause && told && !reach.iter().any(named))
        .then(|| Span::new(start, verb + 1))
}
