//! `hedge-dropped`: what the wire copy leaves open, stated as a fact.

use crate::against::{Aligned, Comparison, Pair, Place, figures};
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::resolve::Story;
use crate::rules::hedges::{self, Hedge, Kind};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};
use crate::segment::Span;

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
        let open = opened(p, aligned.span, &wire, pair.place.span);
        let shared = against.shared(aligned, pair);
        let gone = |hedge: &Hedge| {
            hedge.kind == Kind::Amount || !open && !is_kept(p, aligned.span, &wire, hedge)
        };
        found.into_iter().filter(gone).find_map(|hedge| {
            let (ours, exact, sure) = match hedge.kind {
                Kind::Amount => amount(p, aligned, &wire, &hedge)?,
                Kind::Event => event(p, aligned, &wire, &hedge, &shared)?,
                Kind::Doubt => doubt(p, aligned, pair)?,
            };
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

/// Whether the draft's sentence has a hedge as often as the wire's: it may stand before another word for what is hedged.
fn is_kept(p: &Paragraph<'_>, ours: Span, wire: &Paragraph<'_>, hedge: &Hedge) -> bool {
    let Some(token) = wire.token(hedge.span.start as usize) else { return false };
    let count = |p: &Paragraph<'_>, span: Span| {
        span.iter().filter(|at| p.token(*at).is_some_and(|t| t.hash == token.hash)).count()
    };
    let theirs = wire.sentence_at(hedge.span.start as usize);
    count(p, ours) >= count(wire, theirs)
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

/// Whether the draft's sentence leaves something open by a word that the wire's does not have: it was put in other words.
fn opened(p: &Paragraph<'_>, span: Span, wire: &Paragraph<'_>, theirs: Span) -> bool {
    let has = |hash: u64| theirs.iter().any(|at| wire.token(at).is_some_and(|t| t.hash == hash));
    span.iter()
        .filter(|at| hedges::is_open(p, *at) || phrases::is_any(p, *at, &TOLD))
        .any(|at| p.token(at).is_some_and(|t| !has(t.hash)))
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
    // "Accused of an alleged theft": the one says the other.
    let hearsay = is_hearsay(wire, hedge);
    let kept = |at: usize| {
        let hash = of(p, at);
        !hearsay
            && !lost(hash)
            && !(swapped && modal(p, at))
            && theirs.iter().any(|at| of(wire, at) == hash)
    };
    (from..(at + BEHIND).min(sentence.end as usize)).any(|at| hedges::is_open(p, at) && !kept(at))
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
        .filter(|f| f.comparable(theirs) && (f.value - theirs.value).abs() < 1e-6)
        .peekable();
    let first = same.peek()?.span;
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
    if (both as f32) < 0.4 * all as f32 || both < all.min(2) {
        return None;
    }
    if head.is_some_and(|(ours, _)| is_later(p, *ours, wire, hedge.head)) {
        return None;
    }
    match head {
        Some(&(ours, _)) if is_open_near(p, ours, wire, hedge) => None,
        Some(&(ours, _)) => Some((Span::new(ours, ours + 1), true, 1.0)),
        None => {
            let first = shared
                .iter()
                .filter(|(_, theirs)| after.contains(*theirs))
                .map(|(ours, _)| *ours)
                .min()?;
            (!is_open_near(p, first, wire, hedge)).then_some((
                Span::new(first, first + 1),
                false,
                0.92,
            ))
        }
    }
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
    let end = (hedge.head + 1..sentence.end as usize).find(parts);
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
    if !lost.exact || capital || lost.hedge.kind == Kind::Doubt {
        return None;
    }
    let verb = phrases::is_any(wire, lost.hedge.span.start as usize, &["may", "might", "could"])
        || wire.is(lost.hedge.span.end as usize - 1, "to");
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
