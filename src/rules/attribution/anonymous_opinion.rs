//! `anonymous-opinion`: a source without a name that passes judgement.

use crate::annotate::{Attribution, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::{Lex, evaluation, fingerprint, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, FUNCTION, flagged, has, is_adverb, is_any, is_word, mark};
use crate::rules::unnamed::{self, Label, Opening};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule {
    id: "anonymous-opinion",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "An unnamed source passes judgement",
    what: "A verdict, an insult or a prediction of failure (\"a disaster\", \"is unhinged\", \"dead on arrival\") in the \
           words of an official, an aide, a lawmaker or a person \"close to\" somebody whom the copy does not name. Silent \
           where the source is named, where the words report somebody else's judgement, where they deny one, and for \
           voters, residents and other people who speak for nobody but themselves.",
    why: "Anonymity protects information that cannot be had otherwise. AP, Reuters and The Wall Street Journal allow it for \
          facts and not for opinion: whoever attacks from cover answers to nobody.",
    bad: &[
        "“He is a disaster,” one aide said.",
        "A person close to the governor said that he was incompetent.",
        "One Republican lawmaker called the plan a joke.",
    ],
    good: &[
        "“The meeting ended at noon,” one aide said.",
        "“He is a disaster,” Sen. Tom Berg said.",
        "An official said the mayor had called the plan a joke.",
        "One voter said he was a disaster.",
    ],
    fix: "There is no fix: get it on the record, or cut it.",
    check: Check::Story(check),
};

const HELP: &str = "Anonymity is for information. Get the judgement on the record, give the facts behind it, or cut it.";

/// An unnamed source that may be meant by "the official" later.
struct Last {
    label: Label,
    paragraph: usize,
}

/// Paragraphs in which "the official" still means the one who spoke last.
const REACH: usize = 3;

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut last: Option<Last> = None;
    for p in phrases::prose(story) {
        for said in statements(p) {
            let Some((span, label)) = unnamed(p, said.source, last.as_ref()) else {
                if is_named(p, said.source) {
                    last = None;
                }
                continue;
            };
            last = label.map(|label| Last { label, paragraph: p.index }).or(last);
            if let Some((verdict, confidence)) = verdict(p, &said) {
                let (who, what) = (p.clean(span), p.clean(verdict));
                let message = format!("`{who}` passes judgement without a name: “{what}”");
                let finding = Diagnostic::new(p.bytes(span), message, HELP)
                    .confidence(confidence)
                    .related(p.field, p.bytes(verdict), "the judgement");
                findings.push(p, finding);
            }
        }
    }
}

/// What somebody says.
struct Said<'p> {
    source: Span,
    content: Cow<'p, [Span]>,
    /// Whether the verb itself gives the verdict ("called"), so that it needs no "is".
    called: bool,
}

/// What is said in a paragraph, by the attributions and by the verbs that call somebody something.
fn statements<'p>(p: &'p Paragraph<'_>) -> Vec<Said<'p>> {
    let speech = |a: &&Attribution| a.speech && a.confidence >= 0.5;
    let annotated = p.notes.attributions.iter().filter(speech).filter_map(|a| {
        let source = *a.source.first()?;
        Some(Said { source, content: Cow::Borrowed(&a.content), called: false })
    });
    let mut out: Vec<Said> = annotated.collect();
    let called = p.tokens().iter().enumerate().filter(|(_, t)| CALLED.contains(&t.hash));
    out.extend(called.filter_map(|(at, _)| {
        let last = (at.saturating_sub(3)..at).rev().find(|at| !has(p, *at, Lex::AUXILIARY))?;
        let last = before_clause(p, last).unwrap_or(last);
        let content = Span::new(at + 1, phrases::sentence(p, at).end as usize);
        let content = Cow::Owned(vec![content]);
        Some(Said { source: Span::new(subject(p, last)?, last + 1), content, called: true })
    }));
    out.sort_by_key(|said| said.source.start);
    out
}

/// Words of a clause with "who" between a source and its verb.
const CLAUSE: usize = 30;

/// The token before the clause with "who" that the comma at `close` ends: "a senior official, who spoke on condition of
/// anonymity, called".
fn before_clause(p: &Paragraph<'_>, close: usize) -> Option<usize> {
    if mark(p, close) != ',' {
        return None;
    }
    let first = (phrases::sentence(p, close).start as usize).max(close.saturating_sub(CLAUSE));
    let open = (first..close).rev().find(|at| mark(p, *at) == ',' && p.is(at + 1, "who"))?;
    open.checked_sub(1)
}

/// Where the noun phrase that ends in an unnamed source at token `last` starts.
fn subject(p: &Paragraph<'_>, last: usize) -> Option<usize> {
    if let Some(found) = unnamed::at(p, last) {
        return Some(found.span.start as usize);
    }
    let article = |at: &usize| is_any(p, *at, &["a", "an", "one", "another"]);
    let sentence = phrases::sentence(p, last).start as usize;
    p.is_in(last, &lists::PARTY_ROLES)
        .then(|| (last.saturating_sub(LEAD).max(sentence)..last).rev().find(article))
        .flatten()
}

/// Whether a source holds the name of a person.
fn is_named(p: &Paragraph<'_>, source: Span) -> bool {
    let list = &p.notes.mentions;
    let from = list.partition_point(|m| m.span.end <= source.start);
    let thing = Lex::DEMONYM | Lex::ORGANISATION | Lex::PLACE;
    list[from..].iter().take_while(|m| m.span.start < source.end).any(|m| {
        m.kind == MentionKind::Name
            && !m.is(MentionFlags::NAMESAKE)
            && (m.is(MentionFlags::SURE) || !m.is(MentionFlags::SINGLE))
            && !m.name.iter().any(|at| has(p, at, thing))
    })
}

/// Tokens of a source in which its noun stands.
const LEAD: usize = 9;

/// The unnamed source that a source opens with, and what it is called.
fn unnamed(p: &Paragraph<'_>, source: Span, last: Option<&Last>) -> Option<(Span, Option<Label>)> {
    let start = source.start as usize;
    let head = source.iter().take(LEAD).find_map(|at| unnamed::at(p, at));
    let Some(found) = head.filter(|found| found.span.start <= source.start) else {
        return role(p, source).map(|span| (span, None));
    };
    let after = Span::new(found.head() + 1, source.end as usize);
    // "Aides to Ana Ruiz" are not named; "officials, among them Ana Ruiz," are.
    let named = mark(p, after.start as usize) == ',' && is_named(p, after);
    let known = last.is_some_and(|last| {
        last.label == found.label && last.paragraph + REACH >= p.index && found.plain
    });
    let knows = unnamed::knows(p, found.head());
    let stands = match (found.label, found.opening) {
        (Label::Person, Opening::Known) => known,
        (Label::Person, _) => knows,
        (_, Opening::New | Opening::More) => true,
        (_, Opening::Known) => known,
        // Officials at large speak for their office.
        (Label::Official, _) => knows,
        (_, Opening::Owned | Opening::Bare) => true,
    };
    let whole = start <= found.head() && !phrases::is_quoted(p, start);
    (stands && whole && !named).then_some((found.span, Some(found.label)))
}

/// "One Republican lawmaker": somebody in office without a name.
fn role(p: &Paragraph<'_>, source: Span) -> Option<Span> {
    let start = source.start as usize;
    if !is_any(p, start, &["a", "an", "one", "another"]) || is_named(p, source) {
        return None;
    }
    // "A senior Democrat" speaks for a party, "a Democrat" may be a voter.
    let party = |at: usize| {
        is_any(p, at, &["Democrat", "Republican", "Tory", "Conservative"])
            && is_any(
                p,
                at - 1,
                &["senior", "top", "leading", "prominent", "veteran", "influential"],
            )
    };
    let head = source
        .iter()
        .skip(1)
        .take(LEAD)
        .find(|at| p.is_in(*at, &lists::PARTY_ROLES) || party(*at))?;
    let small = party(head) || !flagged(p, head, TokenFlags::CAPITAL);
    let noun = small && !flagged(p, head + 1, TokenFlags::CAPITAL);
    let whole = head + 1 >= source.end as usize
        || has(p, head + 1, Lex::PREPOSITION)
        || is_any(p, head + 1, &["who", "close", "familiar", "briefed"])
        || mark(p, head + 1) == ',';
    let plain = (start + 1..head).all(|at| !has(p, at, Lex::PREPOSITION | Lex::CONJUNCTION));
    (noun && whole && plain).then(|| Span::new(start, head + 1))
}

/// Tokens of a content that are read.
const LONGEST: usize = 200;

/// The words of the content that judge, and how sure it is.
fn verdict(p: &Paragraph<'_>, said: &Said<'_>) -> Option<(Span, f32)> {
    let mut content = said.content.iter().flat_map(|span| span.iter()).take(LONGEST);
    let first = said.content.first().map_or(0, |span| span.start as usize);
    content.find_map(|at| {
        let found = judges(p, at, said.called.then_some(first))?;
        let own = !is_anothers(p, said, at) && !is_literal(p, said, at);
        own.then_some(found)
    })
}

/// Verbs that give a verdict in what follows them, at once or behind "as".
const CALLED: [u64; 8] = [
    fingerprint("called"),
    fingerprint("calls"),
    fingerprint("branded"),
    fingerprint("dubbed"),
    fingerprint("described"),
    fingerprint("describes"),
    fingerprint("dismissed"),
    fingerprint("derided"),
];

/// The judgement that starts at or around token `at`; `called` is where the words behind a verb like "called" start.
fn judges(p: &Paragraph<'_>, at: usize, called: Option<usize>) -> Option<(Span, f32)> {
    let word = p.token(at)?.hash;
    let later = |distance: usize| p.token(at + distance).map(|token| token.hash);
    if let Some(found) = evaluation::phrase(word, later) {
        let phrase = Span::new(at, at + found.len);
        let says = !found.predicate || is_predicate(p, phrase, called);
        return (says && !is_title(p, phrase)).then_some((phrase, 0.8));
    }
    let insult = evaluation::is_insult(word);
    if !insult && !evaluation::is_judgement(word) || flagged(p, at, TokenFlags::CAPITAL) {
        return None;
    }
    let start = copula_before(p, at, insult)
        .or_else(|| called.and_then(|from| named_before(p, from, at, insult)))?;
    // "Disaster relief", "petty cash", "it was a bully who took it".
    let told = insult && is_any(p, at + 1, &["who", "whom", "whose"]);
    (!told && !has_noun(p, start, at)).then(|| (Span::new(start, at + 1), 0.75))
}

/// Whether a phrase is what something is said to be: behind a form of "be" or a verb like "called", or all that is said ("a
/// waste of time").
fn is_predicate(p: &Paragraph<'_>, phrase: Span, called: Option<usize>) -> bool {
    let (start, end) = (phrase.start as usize, phrase.end as usize);
    let said = called.is_some_and(|from| {
        let verb = !is_any(p, from, &["for", "in", "off", "on", "out"]);
        let given = |noun| named_before(p, from, start, noun).is_some();
        verb && (given(true) || given(false))
    });
    let noun = is_word(p, end)
        && !has(p, end, FUNCTION | Lex::SPEECH)
        && !is_adverb(p, end)
        && !["ing", "ed"].iter().any(|ending| p.text(end).ends_with(ending));
    !noun && (said || copula_before(p, start, false).is_some() || is_all(p, phrase))
}

/// Words before a phrase that is all that is said.
const EXCLAIMED: usize = 4;

/// Whether a phrase, a few words before it aside, stands between marks: “What a train wreck,”.
fn is_all(p: &Paragraph<'_>, phrase: Span) -> bool {
    let edge = |at: usize| p.token(at).is_none_or(|token| token.kind != TokenKind::Word);
    let sentence = phrases::sentence(p, phrase.start as usize);
    let first = (phrase.start as usize).saturating_sub(EXCLAIMED).max(sentence.start as usize);
    let words = (first..phrase.start as usize).rev().take_while(|at| !edge(*at));
    let (mut count, mut plain) = (0, true);
    for at in words {
        count += 1;
        let verb = phrases::is_finite(p, at) || has(p, at, Lex::SPEECH | Lex::PRONOUN);
        plain &= (!verb || p.is(at, "what")) && !has(p, at, Lex::PREPOSITION) && !p.is(at, "the");
    }
    plain && count < EXCLAIMED && edge(phrase.end as usize)
}

/// Whether a phrase is a name, of a show or a book: a capital in it that opens no sentence.
fn is_title(p: &Paragraph<'_>, phrase: Span) -> bool {
    phrase.iter().any(|at| {
        let quoted = at > 0 && phrases::is_quote(p, at - 1);
        let opens = at == phrase.start as usize && (quoted || phrases::opens_sentence(p, at));
        flagged(p, at, TokenFlags::CAPITAL) && !opens
    })
}

/// Whether a noun follows the word at `at`, to which it belongs; behind an article an adjective keeps its noun ("a lazy man").
fn has_noun(p: &Paragraph<'_>, start: usize, at: usize) -> bool {
    let small = FUNCTION | Lex::OPENER | Lex::QUANTIFIER | Lex::SPEECH;
    let next = at + 1;
    let adjective = p.token(at).is_some_and(|token| evaluation::is_judgement(token.hash));
    if !adjective && flagged(p, next, TokenFlags::CLITIC) {
        return true;
    }
    let noun = is_word(p, next)
        && !has(p, next, small)
        && !flagged(p, next, TokenFlags::CLITIC)
        && !is_adverb(p, next)
        && !p.text(next).ends_with("ing");
    let article = (start..at).any(|at| is_any(p, at, &["a", "an", "such"]));
    noun && !(article && adjective)
}

/// Words behind a verb like "called" in which the verdict stands.
const VERDICT: usize = 10;

/// Where the verdict starts that "called", "described" or "dismissed" gives: "the plan a total farce", "it as ridiculous".
fn named_before(p: &Paragraph<'_>, from: usize, at: usize, noun: bool) -> Option<usize> {
    let article = (at.saturating_sub(3).max(from)..at)
        .find(|at| noun && is_any(p, *at, &["a", "an"]) || p.is(*at, "as"));
    let plain = !noun && at > from && !has(p, at - 1, Lex::DETERMINER);
    let as_verb = from > 0 && !is_any(p, from - 1, &["called", "calls", "branded", "dubbed"]);
    let start = article.or_else(|| (plain && !as_verb).then_some(at))?;
    (at - from < VERDICT).then_some(start)
}

/// The form of "be" that says it of somebody: "is a total disaster", "was utterly incompetent".
fn copula_before(p: &Paragraph<'_>, at: usize, noun: bool) -> Option<usize> {
    let from = at.saturating_sub(6);
    let copula = (from..at).rev().find(|before| {
        is_any(p, *before, &COPULAS)
            || mark(p, *before) != '\0'
            || is_any(p, *before, &["not", "n't", "never", "no", "than", "like", "if", "to"])
    })?;
    let between = copula + 1..at;
    let article = between.clone().any(|at| is_any(p, at, &["a", "an", "the", "such"]));
    let plural = p.text(at).ends_with('s');
    let fits = !noun || article || plural;
    let plain =
        between.clone().all(|at| !has(p, at, Lex::PREPOSITION | Lex::CONJUNCTION | Lex::PRONOUN));
    let denied = is_any(p, copula + 1, &["not", "n't", "never", "no"]);
    // "It was crazy": what the crowd was like.
    let scene = is_any(p, at, &["crazy", "insane"])
        && p.is(copula, "was")
        && copula.checked_sub(1).is_some_and(|it| is_any(p, it, &["it", "that", "this"]));
    (is_any(p, copula, &COPULAS) && fits && plain && !denied && !scene).then_some(copula)
}

const COPULAS: [&str; 18] = [
    "become", "becomes", "is", "'s", "’s", "are", "'re", "’re", "was", "were", "be", "been",
    "being", "becoming", "became", "remains", "seems", "looks",
];

/// Whether the judgement at token `at` is somebody else's, or is left open: "said the mayor thinks he is a fool".
fn is_anothers(p: &Paragraph<'_>, said: &Said<'_>, at: usize) -> bool {
    let sentence = phrases::sentence(p, at);
    let from = at.saturating_sub(40).max(sentence.start as usize);
    (from..at).any(|token| {
        let mine = token.checked_sub(1).is_some_and(|subject| is_any(p, subject, &["i", "we"]));
        let inside = said.content.iter().any(|span| span.contains(token));
        let reports = has(p, token, Lex::SPEECH | Lex::THOUGHT)
            || is_any(p, token, &["called", "calls", "calling", "described", "found"]);
        inside && reports && !mine || is_any(p, token, &["whether", "if"])
    })
}

/// Whether the judgement at token `at` tells what happened: a disaster that was a flood, a state of mind that is a
/// patient's or a suspect's, a fire in a dumpster.
fn is_literal(p: &Paragraph<'_>, said: &Said<'_>, at: usize) -> bool {
    let sentence = phrases::sentence(p, at);
    let phrase = [["train", "wreck"], ["dumpster", "fire"]].iter().find(|w| p.is_phrase(at, *w));
    if phrase.is_some() || is_any(p, at, &["disaster", "disastrous"]) {
        let own = at..at + phrase.map_or(1, |words| words.len());
        return sentence
            .iter()
            .any(|word| !own.contains(&word) && p.is_in(word, &lists::ACCIDENTS));
    }
    let minds = ["paranoid", "delusional", "deranged", "unhinged", "insane", "crazy"];
    let case = is_any(p, at, &minds)
        || p.is_phrase(at, &["dead", "on", "arrival"])
        || p.is(at, "lost") && p.is(at + 2, "mind");
    case && (sentence.iter().any(|word| p.is_in(word, &lists::CASES))
        || said.source.iter().take(LEAD).any(|word| p.is_in(word, &lists::RESPONDERS)))
}
