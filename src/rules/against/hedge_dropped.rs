//! `hedge-dropped`: what the wire copy leaves open, stated as a fact.

use crate::against::{Aligned, Comparison, Pair, Place, figures};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::hedges::{self, Hedge, Kind};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};
use crate::segment::{Span, TokenFlags};

pub(crate) static RULE: Rule = Rule {
    id: "hedge-dropped",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["number-drift"],
    summary: "The wire copy leaves open what the draft states",
    what: "May, might, could, plans to, alleged, reportedly, likely, about and up to before a figure, and doubts (\"many are \
           skeptical\") that stand in the sentence of the wire copy which this one was written from, where the draft says the \
           same without any of them. Silent where the draft leaves it open in other words, and where the wire copy states it \
           in another place.",
    why: "A plan is not a fact. The hedge was somebody's caution, and it goes first when copy is shortened.",
    bad: &[
        "Wire: The council may close the old bridge for the whole summer, two officials said.\nDraft: The council will close the \
         old bridge for the whole summer, two officials said.",
    ],
    good: &[
        "Wire: The council may close the old bridge for the whole summer, two officials said.\nDraft: The council could shut \
         the old bridge for the whole summer, two officials said.",
    ],
    fix: "The hedge is put back where the words around it are the wire copy's, as a suggestion.",
    check: Check::Story(check),
};

const HELP: &str = "The wire copy leaves it open, and readers will take it as settled. Put the hedge back, or say who is sure of it.";

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    let body = |aligned: &&Aligned| {
        story.paragraphs.get(aligned.paragraph).is_some_and(|p| p.block.kind != BlockKind::Headline)
    };
    for aligned in against.sentences.iter().filter(body) {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        if let Some(lost) = lost(against, aligned, p, SURE, false) {
            findings.push(p, report(against, p, &lost));
        }
    }
}

/// From this score on a pair is sure enough to be asked for its hedges.
const SURE: f32 = 0.55;

/// A hedge of the wire copy that the draft lost.
pub(in crate::rules) struct Lost<'c> {
    /// The sentence that has it.
    pub pair: &'c Pair,
    /// The hedge, in tokens of the wire's paragraph.
    pub hedge: Hedge,
    /// The tokens of the draft that state what was hedged.
    pub ours: Span,
    /// Whether they are the very word that the hedge stands before.
    pub exact: bool,
    /// 0 to 1.
    pub confidence: f32,
}

/// The first hedge of what a sentence was written from that it lost; pairs below `least` are not asked. A `headline` may say
/// what a headline of the wire copy says.
pub(in crate::rules) fn lost<'c>(
    against: &Comparison<'_>,
    aligned: &'c Aligned,
    p: &Paragraph<'_>,
    least: f32,
    headline: bool,
) -> Option<Lost<'c>> {
    if aligned.copied {
        return None;
    }
    let pairs = aligned.pairs.iter().filter(|pair| pair.score >= least && pair.shared >= 3);
    pairs.into_iter().find_map(|pair| {
        let wire = against.paragraph(pair)?;
        let found = hedges::all(&wire, pair.place.span);
        if found.is_empty() {
            return None;
        }
        let open = |hedge: &Hedge, ours: Span| {
            hedge.kind != Kind::Amount && opened(p, ours, &wire, pair.place.span, hedge)
        };
        let shared = against.shared(aligned, pair);
        let gone = |hedge: &Hedge| {
            hedge.kind == Kind::Amount || !is_kept(p, aligned.span, &wire, hedge, &shared)
        };
        found.into_iter().filter(gone).find_map(|hedge| {
            let (ours, exact, sure) = match hedge.kind {
                Kind::Amount => amount(p, aligned, &wire, &hedge)?,
                Kind::Event => event(p, aligned, &wire, &hedge, &shared)?,
                Kind::Doubt => doubt(p, aligned, pair)?,
            };
            if open(&hedge, ours) {
                return None;
            }
            if is_hearsay(&wire, &hedge) && is_told(against, p, ours, pair, &hedge) {
                return None;
            }
            if hedge.kind != Kind::Amount && stated(against, aligned, pair, headline) {
                return None;
            }
            let words = if hedge.sure { 1.0 } else { 0.8 };
            let confidence = (0.35 + 0.6 * pair.score) * words * sure;
            Some(Lost { pair, hedge, ours, exact, confidence })
        })
    })
}

/// Whether the draft's sentence has a hedge as often as the wire's: it may stand before another word for what is hedged. Where the
/// draft has the very word that it stands before, it has to stand in the same clause.
fn is_kept(
    p: &Paragraph<'_>,
    ours: Span,
    wire: &Paragraph<'_>,
    hedge: &Hedge,
    shared: &[(usize, usize)],
) -> bool {
    let start = hedge.span.start as usize;
    let Some(token) = wire.token(start) else { return false };
    let to = wire.is(hedge.span.end as usize - 1, "to");
    // "Plans to", and not the plans; "may", and not the month.
    let is = |p: &Paragraph<'_>, at: usize| {
        p.token(at).is_some_and(|t| t.hash == token.hash)
            && (!to || p.is(at + 1, "to"))
            && !is_month(p, at)
    };
    let theirs = wire.sentence_at(start).iter().filter(|at| is(wire, *at)).count();
    let kept: Vec<usize> = ours.iter().filter(|at| is(p, *at)).collect();
    let head = shared.iter().find(|(_, theirs)| *theirs == hedge.head);
    kept.len() >= theirs
        && head.is_none_or(|(head, _)| {
            kept.iter().any(|at| !is_parted(p, *at.min(head), *at.max(head)))
        })
}

/// Whether token `at` is the month of May.
fn is_month(p: &Paragraph<'_>, at: usize) -> bool {
    p.is(at, "may") && phrases::flagged(p, at, TokenFlags::CAPITAL)
}

/// Whether a hedge says no more than that somebody said so.
fn is_hearsay(wire: &Paragraph<'_>, hedge: &Hedge) -> bool {
    const HEARSAY: [&str; 5] = ["allegedly", "reportedly", "purportedly", "supposedly", "alleged"];
    phrases::is_any(wire, hedge.span.start as usize, &HEARSAY)
}

/// Whether the draft says who told it, and the hedge said no more: where the wire copy has nobody for it, or "allegedly" of what
/// somebody alleges. "Reportedly" in somebody's words is that speaker's own caution.
fn is_told(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    ours: Span,
    pair: &Pair,
    hedge: &Hedge,
) -> bool {
    let Some(from) = against.wires.get(pair.place.wire) else { return false };
    let theirs = from.voices().over(pair.place.paragraph, hedge.span);
    let alleges = against.paragraph(pair).is_some_and(|wire| {
        let words = ["allegedly", "purportedly", "supposedly"];
        phrases::is_any(&wire, hedge.span.start as usize, &words)
    });
    against.voices.over(p.index, ours).is_some() && (theirs.is_none() || alleges)
}

/// Words that leave something to an accuser, or bring news that the wire copy did not have.
const TOLD: [&str; 10] = [
    "accuse",
    "accused",
    "accuses",
    "charged",
    "charges",
    "trying",
    "tries",
    "announced",
    "confirmed",
    "believe",
];

/// Whether the draft's sentence leaves open what stands in `ours` by a word that the wire's does not have: it was put in other
/// words.
fn opened(
    p: &Paragraph<'_>,
    ours: Span,
    wire: &Paragraph<'_>,
    theirs: Span,
    hedge: &Hedge,
) -> bool {
    let head = ours.start as usize;
    let new = |at: usize| {
        let has = |hash| theirs.iter().any(|at| wire.token(at).is_some_and(|t| t.hash == hash));
        looks_ahead(p, at, wire, theirs) || p.token(at).is_some_and(|t| !has(t.hash))
    };
    let reaches = |at: usize| {
        hedge.kind == Kind::Doubt
            || phrases::is_any(p, at, &["if", "unless"])
            || !is_parted(p, at.min(head), at.max(head))
    };
    p.sentence_at(head).iter().any(|at| {
        let told = phrases::is_any(p, at, &TOLD);
        (told || hedges::is_open(p, at) && !is_sure(p, at, wire, hedge) && reaches(at)) && new(at)
    }) || is_bounded(p, ours, wire, theirs, hedge)
}

/// Whether the draft has no more than the wire copy's upper bound of what may be: "may cost up to $4 million", "put the cost at no
/// more than $4 million". "Will cost up to $4 million" is as sure as "will cost".
fn is_bounded(
    p: &Paragraph<'_>,
    ours: Span,
    wire: &Paragraph<'_>,
    theirs: Span,
    hedge: &Hedge,
) -> bool {
    let start = ours.start as usize;
    let will = (start.saturating_sub(3)..start).any(|at| phrases::is_any(p, at, &["will", "'ll"]));
    let clause = clause(wire, hedge);
    let bounds = figures::figures(wire, theirs);
    let mut bounds =
        bounds.iter().filter(|f| clause.covers(f.span) && is_upper_bound(wire, f.span));
    let known = figures::figures(p, p.sentence_at(start));
    !will
        && bounds.any(|bound| {
            let same = |f: &&figures::Figure| f.kind == bound.kind && f.value == bound.value;
            known.iter().filter(same).any(|figure| is_upper_bound(p, figure.span))
        })
}

/// Whether a figure is said to be the most that there may be.
fn is_upper_bound(p: &Paragraph<'_>, figure: Span) -> bool {
    const BOUNDS: [&[&str]; 7] = [
        &["up", "to"],
        &["as", "much", "as"],
        &["as", "many", "as"],
        &["at", "most"],
        &["no", "more", "than"],
        &["not", "more", "than"],
        &["maximum", "of"],
    ];
    let at = figure.start as usize;
    let sign = at > 0 && matches!(phrases::mark(p, at - 1), '$' | '£' | '€' | '¥');
    let at = at - usize::from(sign);
    BOUNDS
        .iter()
        .any(|bound| at.checked_sub(bound.len()).is_some_and(|start| p.is_phrase(start, bound)))
}

/// Whether token `at` of the draft looks ahead by words that the wire's sentence does not look ahead by.
fn looks_ahead(p: &Paragraph<'_>, at: usize, wire: &Paragraph<'_>, theirs: Span) -> bool {
    let same = |other: usize| p.is(at, wire.text(other)) && hedges::looks_ahead(wire, other);
    hedges::looks_ahead(p, at) && !theirs.iter().any(same)
}

/// Whether a new clause begins between two tokens: "planned to cut jobs and will close the plant".
fn is_parted(p: &Paragraph<'_>, from: usize, to: usize) -> bool {
    behind_conjunction(p, from, to).any(|at| phrases::is_finite(p, at))
}

/// The tokens from the first conjunction between two tokens on, the last one included; none where there is no conjunction.
fn behind_conjunction(p: &Paragraph<'_>, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let part = (from..to).find(|at| phrases::is_any(p, *at, &["and", "but", "while"]));
    part.map(|part| part..=to).into_iter().flatten()
}

/// Whether an open word of the draft is no hedge in place of this one: "would" is what "will" becomes in reported speech.
fn is_sure(p: &Paragraph<'_>, at: usize, wire: &Paragraph<'_>, hedge: &Hedge) -> bool {
    let start = hedge.span.start as usize;
    let open = ["may", "might", "could", "probably", "possibly", "perhaps", "likely"];
    phrases::is_any(wire, start, &open) && hedges::is_reported_will(p, at)
}

/// Whether a word beside token `at` of the draft leaves open what it says, in place of the hedge: what stands in the wire copy
/// beside the hedge does not.
fn is_open_near(p: &Paragraph<'_>, at: usize, wire: &Paragraph<'_>, hedge: &Hedge) -> bool {
    let sentence = p.sentence_at(at);
    let from = at.saturating_sub(BEFORE).max(sentence.start as usize);
    let theirs = wire.sentence_at(hedge.span.start as usize);
    let of = |p: &Paragraph<'_>, at: usize| p.token(at).map(|token| token.hash);
    let lost = |hash| hedge.span.iter().any(|at| of(wire, at) == hash);
    // One of these stands for another.
    let modal = |p: &Paragraph<'_>, at: usize| phrases::is_any(p, at, &["may", "might", "could"]);
    let swapped = hedge.span.iter().any(|at| modal(wire, at));
    // "May rise by up to 4 percent": the one is of the verb, the other of the figure.
    let beside = hedge.kind == Kind::Amount && theirs.iter().any(|at| modal(wire, at));
    // "Accused of an alleged theft": the one says the other.
    let hearsay = is_hearsay(wire, hedge);
    let kept = |at: usize| {
        let hash = of(p, at);
        if beside && modal(p, at) {
            return true;
        }
        let stands_in =
            hearsay || looks_ahead(p, at, wire, theirs) || lost(hash) || swapped && modal(p, at);
        !stands_in && theirs.iter().any(|at| of(wire, at) == hash)
    };
    let elsewhere = |open: usize| lost(of(p, open)) && is_apart(p, open.min(at), open.max(at));
    (from..(at + BEHIND).min(sentence.end as usize)).any(|at| {
        hedges::is_open(p, at) && !kept(at) && !is_sure(p, at, wire, hedge) && !elsewhere(at)
    })
}

/// Whether a new clause with an auxiliary of its own begins between two tokens: "may lose two clerks and the pool will close".
fn is_apart(p: &Paragraph<'_>, from: usize, to: usize) -> bool {
    behind_conjunction(p, from, to)
        .any(|at| phrases::has(p, at, Lex::AUXILIARY) && phrases::is_finite(p, at))
}

/// Words before what is hedged in which the hedge stands.
const BEFORE: usize = 6;
/// Words behind it.
const BEHIND: usize = 4;

/// Whether the wire copy says the same without a hedge elsewhere; its headlines speak for headlines only.
fn stated(against: &Comparison<'_>, aligned: &Aligned, pair: &Pair, headline: bool) -> bool {
    let alike = |other: &&Pair| {
        other.place != pair.place
            && other.score >= 0.8 * pair.score
            && other.ours >= 0.9 * pair.ours
            && (headline || other.kind != BlockKind::Headline)
    };
    aligned.near.iter().filter(alike).any(|other| {
        against.paragraph(other).is_some_and(|wire| !hedges::leaves_open(&wire, other.place.span))
    })
}

/// The same figure in the draft without "about".
fn amount(
    p: &Paragraph<'_>,
    aligned: &Aligned,
    wire: &Paragraph<'_>,
    hedge: &Hedge,
) -> Option<(Span, bool, f32)> {
    let span = wire.sentence_at(hedge.head);
    let theirs = figures::figures(wire, span);
    let theirs = theirs
        .iter()
        .find(|f| f.span.contains(hedge.head) || f.span.start as usize == hedge.head)?;
    let ours = figures::figures(p, aligned.span);
    let mut same = ours
        .iter()
        .filter(|f| f.comparable(theirs) || f.kind == theirs.kind && f.value > 12.0)
        .filter(|f| (f.value - theirs.value).abs() < 1e-6)
        .peekable();
    let first = same.peek()?.span;
    // Two decades are round in themselves.
    const ROUND: [&str; 5] = ["decades", "decade", "dozen", "dozens", "century"];
    let round = |p: &Paragraph<'_>, span: Span| phrases::is_any(p, span.end as usize - 1, &ROUND);
    if round(p, first) && !round(wire, theirs.span) {
        return None;
    }
    // "May last 18 months" leaves the months open, too.
    let open = is_open_near(p, first.start as usize, wire, hedge);
    // Said of one of them, it is said of all.
    (!open && !same.any(|figure| is_about(p, figure.span))).then_some((first, true, 0.95))
}

/// Whether a figure is said to be no more than about right: "under 40", "40 or so".
fn is_about(p: &Paragraph<'_>, figure: Span) -> bool {
    const BEFORE: [&str; 8] =
        ["under", "above", "below", "beyond", "circa", "maximum", "minimum", "exceeding"];
    const BEHIND: [&str; 8] =
        ["or", "odd", "approximately", "least", "most", "plus", "more", "known"];
    let (at, end) = (figure.start as usize, figure.end as usize);
    figures::about(p, at).is_some()
        || at.checked_sub(1).is_some_and(|before| phrases::is_any(p, before, &BEFORE))
        || at
            .checked_sub(2)
            .is_some_and(|before| p.is(before + 1, "of") && phrases::is_any(p, before, &BEFORE))
        || (end..end + 4).any(|at| phrases::is_any(p, at, &BEHIND))
        || (end..p.sentence_at(at).end as usize).any(|at| p.is_phrase(at, &["no", "more"]))
        || p.quotation_at(at).is_some()
}

/// The words of the draft that state what the hedge stands before.
fn event(
    p: &Paragraph<'_>,
    aligned: &Aligned,
    wire: &Paragraph<'_>,
    hedge: &Hedge,
    shared: &[(usize, usize)],
) -> Option<(Span, bool, f32)> {
    if shared.is_empty()
        || p.quotation_at(aligned.span.start as usize)
            .is_some_and(|q| q.content.covers(aligned.span))
    {
        return None;
    }
    let head = shared.iter().find(|(_, theirs)| *theirs == hedge.head);
    // The clause of the hedge: words to either side up to the next clause.
    let clause = clause(wire, hedge);
    let weights = |span: Span| span.iter().filter(|at| is_weighty(wire, *at)).count();
    let held = |span: Span| shared.iter().filter(|(_, theirs)| span.contains(*theirs)).count();
    let after = Span::new(hedge.span.end as usize, clause.end as usize);
    let (after_all, after_held) = (weights(after), held(after));
    let (all, both) = (weights(clause), held(clause));
    if after_held == 0 || (after_held as f32) < 0.34 * after_all as f32 {
        return None;
    }
    // "May have had help": all that is said is the one word.
    let least = if head.is_some() && after_all == 1 { 1 } else { all.min(2) };
    if (both as f32) < 0.4 * all as f32 || both < least {
        return None;
    }
    if head.is_some_and(|(ours, _)| is_later(p, *ours, wire, hedge.head)) {
        return None;
    }
    match head {
        Some(&(ours, _)) if is_open_near(p, ours, wire, hedge) || is_purpose(p, ours) => None,
        Some(&(ours, _)) => Some((Span::new(ours, ours + 1), true, 1.0)),
        None => {
            let first = shared
                .iter()
                .filter(|(_, theirs)| after.contains(*theirs))
                .map(|(ours, _)| *ours)
                .min()?;
            let headline = p.block.kind == BlockKind::Headline;
            let Some(verb) = verb_of(p, first) else {
                // Verbs of headlines look like nouns.
                let open = is_open_near(p, first, wire, hedge);
                return (headline && !open).then_some((aligned.span, false, 0.92));
            };
            let open = is_open_near(p, first, wire, hedge) || is_open_near(p, verb, wire, hedge);
            (!open && !is_purpose(p, verb)).then_some((Span::new(verb, verb + 1), false, 0.92))
        }
    }
}

/// The verb that states what token `at` is part of: behind "will" and its like, or a past form, in the words before and then behind.
fn verb_of(p: &Paragraph<'_>, at: usize) -> Option<usize> {
    let sentence = p.sentence_at(at);
    let ends = |at: &usize| !matches!(phrases::mark(p, *at), ',' | ';' | '—' | ':');
    let from = at.saturating_sub(REACH).max(sentence.start as usize);
    let to = (at + REACH).min(sentence.end as usize);
    let headline = p.block.kind == BlockKind::Headline;
    let finite = |at: &usize| {
        phrases::is_finite(p, *at) && !phrases::has(p, *at, Lex::SPEECH)
            || headline && p.is(*at, "to")
    };
    let before = (from..=at).rev().take_while(ends).find(finite);
    let found = before.or_else(|| (at..to).take_while(ends).find(finite))?;
    let auxiliary = |at: &usize| {
        phrases::has(p, *at, Lex::AUXILIARY) || phrases::is_adverb(p, *at) || p.is(*at, "to")
    };
    let verb = (found..to).find(|at| !auxiliary(at))?;
    // "Is a plan", "has the money": the verb is the auxiliary.
    Some(if phrases::has(p, verb, Lex::DETERMINER | Lex::PREPOSITION) { found } else { verb })
}

/// Tokens to either side of a word in which its verb stands.
const REACH: usize = 10;

/// Whether a verb is what something is done for, which states nothing: "struggled to reach villages".
fn is_purpose(p: &Paragraph<'_>, verb: usize) -> bool {
    verb >= 2
        && p.block.kind != BlockKind::Headline
        && p.is(verb - 1, "to")
        && !phrases::has(p, verb - 2, Lex::AUXILIARY)
        && !phrases::is_any(p, verb - 2, &["agreed", "decided", "going", "started", "began"])
}

/// Whether the draft tells that it has happened since: in the past, and with a figure that the wire copy did not have.
fn is_later(p: &Paragraph<'_>, ours: usize, wire: &Paragraph<'_>, theirs: usize) -> bool {
    let past = |text: &str| text.ends_with("ed");
    if !past(p.text(ours)) || past(wire.text(theirs)) {
        return false;
    }
    let known = figures::figures(wire, wire.sentence_at(theirs));
    let new = |figure: &figures::Figure| {
        !known.iter().any(|k| k.kind == figure.kind && k.value == figure.value)
    };
    figures::figures(p, p.sentence_at(ours)).iter().any(new)
}

fn is_weighty(p: &Paragraph<'_>, at: usize) -> bool {
    phrases::is_word(p, at) && !phrases::has(p, at, phrases::FUNCTION)
}

/// The clause around a hedge.
fn clause(p: &Paragraph<'_>, hedge: &Hedge) -> Span {
    let sentence = p.sentence_at(hedge.span.start as usize);
    let parts = |at: &usize| {
        matches!(phrases::mark(p, *at), ';' | '—' | ':' | ',')
            || phrases::is_any(
                p,
                *at,
                &["but", "although", "though", "while", "whereas", "because", "if", "said", "says"],
            )
    };
    let start = (sentence.start as usize..hedge.span.start as usize).rev().find(parts);
    // "As they reach the town".
    let beside = |at: &usize| {
        const BEHIND: [&str; 10] =
            ["soon", "early", "late", "much", "many", "long", "part", "well", "of", "a"];
        p.is(*at, "when") || p.is(*at, "as") && !phrases::is_any(p, *at + 1, &BEHIND)
    };
    let end = (hedge.head + 1..sentence.end as usize).find(|at| parts(at) || beside(at));
    Span::new(
        start.map_or(sentence.start as usize, |at| at + 1),
        end.unwrap_or(sentence.end as usize),
    )
}

/// A doubt is lost where the rest of the sentence is there.
fn doubt(p: &Paragraph<'_>, aligned: &Aligned, pair: &Pair) -> Option<(Span, bool, f32)> {
    let words = [
        "doubt",
        "doubts",
        "question",
        "questions",
        "skepticism",
        "scepticism",
        "caution",
        "cautioned",
    ];
    let near = phrases::near(p.span(), aligned.span.start as usize);
    let told = near.iter().any(|at| phrases::is_any(p, at, &words))
        || hedges::all(p, near).iter().any(|hedge| hedge.kind == Kind::Doubt);
    (!told && pair.theirs >= 0.55).then_some((aligned.span, false, 0.85))
}

fn report(against: &Comparison<'_>, p: &Paragraph<'_>, lost: &Lost<'_>) -> Diagnostic {
    let wire = against.paragraph(lost.pair);
    let words = wire.as_ref().map(|wire| wire.clean(lost.hedge.span)).unwrap_or_default();
    let message = match lost.hedge.kind {
        Kind::Amount => format!("an exact figure; the wire copy has `{words}` before it"),
        Kind::Event => format!("stated as certain; the wire copy has `{words}`"),
        Kind::Doubt => format!("stated without the wire copy's doubt: `{words}`"),
    };
    let fix = wire.as_ref().and_then(|wire| restored(p, wire, lost));
    let found =
        Diagnostic::new(p.bytes(lost.ours), message, HELP).confidence(lost.confidence).fix(fix);
    let place = Place { span: lost.hedge.span, ..lost.pair.place };
    wire::pointing(found, against, place, "the hedge in the wire copy")
}

/// "May" for the "will" before the verb at `at`.
fn modal_for_will(p: &Paragraph<'_>, at: usize, hedge: &str) -> Option<Fix> {
    let will = (at.saturating_sub(3)..at).rev().find(|at| !phrases::is_adverb(p, *at))?;
    let will = if p.is(will, "be") { will.checked_sub(1)? } else { will };
    phrases::is_any(p, will, &["will", "would"]).then_some(())?;
    Fix::suggestion(format!("Say “{hedge}”"), [Edit::replace(p.byte(will), hedge.to_owned())])
}

/// The hedge put back before what it stands before: with its verb, where it is one that takes the plain form.
pub(in crate::rules) fn restored(
    p: &Paragraph<'_>,
    wire: &Paragraph<'_>,
    lost: &Lost<'_>,
) -> Option<Fix> {
    let start = lost.hedge.span.start as usize;
    let opens = wire.sentence_at(start).start as usize == start;
    let hedge = wire.clean(lost.hedge.span);
    let hedge = if opens { hedge.to_lowercase() } else { hedge };
    let at = lost.ours.start as usize;
    let capital = p.sentence_at(at).start as usize == at;
    if capital || lost.hedge.kind == Kind::Doubt {
        return None;
    }
    let modal = phrases::is_any(wire, start, &["may", "might", "could"]);
    if let Some(fix) = modal.then(|| modal_for_will(p, at, &hedge)).flatten() {
        return Some(fix);
    }
    if !lost.exact {
        return None;
    }
    let verb = modal || wire.is(lost.hedge.span.end as usize - 1, "to");
    // Of other words only adverbs and their like stand before anything.
    let free = hedge.ends_with("ly")
        || matches!(&*hedge, "alleged" | "suspected" | "perhaps" | "maybe" | "possible");
    if !verb && !free && lost.hedge.kind == Kind::Event {
        return None;
    }
    if !verb || lost.hedge.kind == Kind::Amount {
        let title = format!("Put back “{hedge}”");
        return Fix::suggestion(title, [Edit::insert(p.byte(at).start, format!("{hedge} "))]);
    }
    // "will close", "closes": the wire copy's own words from hedge to verb.
    let copula = start
        .checked_sub(1)
        .filter(|before| phrases::is_any(wire, *before, &["is", "are", "was", "were"]) && !opens);
    let words = wire.clean(Span::new(copula.unwrap_or(start), lost.hedge.head + 1));
    let mut from = at;
    while from > p.sentence_at(at).start as usize
        && phrases::is_any(
            p,
            from - 1,
            &["will", "to", "would", "is", "are", "was", "were", "has", "have", "had", "be"],
        )
    {
        from -= 1;
    }
    let range = p.bytes(Span::new(from, at + 1));
    Fix::suggestion(format!("Say “{words}”"), [Edit::replace(range, words)])
}
