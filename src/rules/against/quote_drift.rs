//! `quote-drift`: a quotation whose words are not those of the wire copy.

use crate::against::{Change, Comparison, Drift, Outcome, Place};
use crate::annotate::{Paragraph, Quotation};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, speakers, wire};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::text::capitalized;

pub(crate) static RULE: Rule = Rule {
    id: "quote-drift",
    group: Group::Against,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &[],
    summary: "A quotation is not what the wire copy has",
    what: "A quotation in which words of the wire copy's were changed, dropped, added or moved, two quotations joined that \
           stand apart there, an ellipsis lost, and what the wire copy says in its own words or as paraphrase set between \
           quotation marks. A part of a quotation that is word for word, a first letter in lower case, typography, house \
           spelling (US and U.S., colour and color, two and 2), an ellipsis for what was left out and brackets for what \
           was put in are left alone.",
    why: "Words between quotation marks are somebody's own, and readers take them so. A quotation that nobody said is the \
          error that brings the letter from the lawyer.",
    bad: &[
        "Wire: “We will close the old bridge in May,” Ruiz said.\nDraft: “We will close the bridge in May,” Ruiz said.",
        "Wire: The mayor was tired of the long talks, her aides said.\nDraft: The mayor was “tired of the long talks”, her \
         aides said.",
    ],
    good: &[
        "Wire: “We will close the old bridge in May,” Ruiz said.\nDraft: Ruiz said they would “close the old bridge in May”.",
        "Wire: “We will close the old bridge in May,” Ruiz said.\nDraft: “We will close the ... bridge in May,” Ruiz said.",
    ],
    fix: "The wire copy's words are put back, as a suggestion: the wire copy may be what is wrong, and you may have the words \
          from elsewhere.",
    check: Check::Story(check),
};

const HELP: &str = "Words between quotation marks are the speaker's own. Put them back, quote less, or paraphrase without \
                    marks.";

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    for quoted in &against.quotes {
        let Some(p) = story.paragraphs.get(quoted.paragraph) else { continue };
        let Some(q) = p.notes.quotations.get(quoted.quotation) else { continue };
        let found = match &quoted.outcome {
            Outcome::Drifted(drift) => drifted(p, q, drift, against),
            Outcome::Joined { first, second, moved } => {
                joined(p, q, [*first, *second], *moved, against)
            }
            Outcome::Unquoted { .. } if is_from_elsewhere(story, p, q, against) => continue,
            Outcome::Unquoted { place, exact } => unquoted(p, q, *place, *exact, against),
            Outcome::Same(_) | Outcome::Absent | Outcome::Unjudged => continue,
        };
        findings.push(p, found);
    }
}

/// Tokens behind a cue that say whom something was told.
const REACH: usize = 8;

/// Whether the draft says whom it was told, and the wire copy knows nobody of that name: "Ruiz told the Herald".
fn is_from_elsewhere(
    story: &Story<'_>,
    p: &Paragraph<'_>,
    q: &Quotation,
    against: &Comparison<'_>,
) -> bool {
    let Some(speaker) = speakers::ours(story, &against.voices, p.index, q.content) else {
        return false;
    };
    let Some(place) = story.paragraphs.get(speaker.at.0) else { return false };
    let cue = speaker.cue;
    let says = cue.iter().any(|at| phrases::is_any(place, at, &["told", "tells"]));
    let mut after = (cue.end as usize..cue.end as usize + REACH)
        .take_while(|at| phrases::mark(place, *at) != '.' && place.quotation_at(*at).is_none());
    let interview = after.clone().any(|at| place.is(at, "interview"));
    (says || interview)
        && after.any(|at| {
            phrases::is_word(place, at)
                && phrases::flagged(place, at, TokenFlags::CAPITAL)
                && !phrases::has(place, at, Lex::WEEKDAY | Lex::MONTH)
                && !against.wires.knows(place.text(at))
        })
}

/// Words that were changed, dropped, added or moved.
fn drifted(
    p: &Paragraph<'_>,
    q: &Quotation,
    drift: &Drift,
    against: &Comparison<'_>,
) -> Diagnostic {
    let spans = drift.changes.iter().map(|change| shown(p, q, change.ours));
    let span = spans.reduce(Span::cover).unwrap_or(q.content);
    let message = match &drift.changes[..] {
        [only] => one(p, only),
        all => format!("the quotation differs from the wire copy in {} places", all.len()),
    };
    let edits = drift.changes.iter().map(|change| restored(p, q, change, against));
    let edits: Option<Vec<Edit>> = edits.collect();
    let title = match &drift.changes[..] {
        [only] if only.words.is_empty() => "Take the words out again".to_owned(),
        [only] => format!("Put back “{}”", only.words),
        _ => "Put the wire copy's words back".to_owned(),
    };
    let confidence = 0.3 + 0.7 * drift.likeness;
    let found = Diagnostic::new(p.bytes(span), message, HELP).confidence(confidence);
    let found = found.fix(edits.and_then(|edits| Fix::suggestion(title, edits)));
    wire::pointing(found, against, drift.place, "what the wire copy has")
}

/// What differs, where only one thing does.
fn one(p: &Paragraph<'_>, change: &Change) -> String {
    let ours = p.clean(change.ours);
    match (ours.is_empty(), change.words.as_str()) {
        (_, "…") => "an ellipsis of the wire copy was lost".to_owned(),
        (true, words) => format!("the quotation lacks “{words}”, which the wire copy has here"),
        (false, "") => format!("`{ours}` is not in the quotation as the wire copy has it"),
        (false, words) => format!("`{ours}` in a quotation, where the wire copy has “{words}”"),
    }
}

/// The tokens to flag for a change: where words were dropped, those beside the gap.
fn shown(p: &Paragraph<'_>, q: &Quotation, ours: Span) -> Span {
    if !ours.is_empty() {
        return ours;
    }
    let at = ours.start as usize;
    let start = at.saturating_sub(1).max(q.content.start as usize);
    Span::new(start, (at + 1).min(q.content.end as usize).max(start + 1).min(p.tokens().len()))
}

/// The edit that puts the wire copy's words back; `None` where a sentence would start or end inside it, or the quotation with
/// words that the wire copy's does not start with.
fn restored(
    p: &Paragraph<'_>,
    q: &Quotation,
    change: &Change,
    against: &Comparison<'_>,
) -> Option<Edit> {
    let (ours, theirs) = (change.ours, change.theirs.span);
    if change.words == "…" {
        return Some(wire::put(p, ours, &change.words));
    }
    let wire = against.wires.paragraph(change.theirs)?;
    let cuts = |p: &Paragraph<'_>, span: Span| span.iter().any(|at| ends_clause(p, at));
    if cuts(p, ours) || cuts(&wire, theirs) {
        return None;
    }
    let (at, from) = (ours.start as usize, theirs.start as usize);
    let (opens, begins) = (opens(p, at), opens_wire(&wire, from));
    let capital = |p: &Paragraph<'_>, at: usize| phrases::flagged(p, at, TokenFlags::CAPITAL);
    // A capital that was the first one moves behind what comes before it, and one that comes first is missing.
    if ours.is_empty() || theirs.is_empty() {
        let moves = opens && capital(p, if ours.is_empty() { at } else { ours.end as usize - 1 });
        let missing = ours.is_empty() && begins && !opens && capital(&wire, from);
        return (!moves && !missing).then(|| wire::put(p, ours, &change.words));
    }
    let alone = ours.len() == 1 && theirs.len() == 1;
    let starts = at == q.content.start as usize;
    if starts && !begins && (capital(p, at) || !alone) && !is_number(p, ours) {
        return None;
    }
    let words = match (capital(p, at), capital(&wire, from)) {
        (true, false) if opens => capitalized(&change.words),
        (false, true) if begins && !opens => {
            let function = Lex::PRONOUN | Lex::DETERMINER | Lex::CONJUNCTION | Lex::PREPOSITION;
            let keeps = wire.is(from, "i") || !phrases::has(&wire, from, function);
            let first = wire.text(from);
            match keeps {
                true if wire.is(from, "i") => change.words.clone(),
                true => return None,
                false => format!("{}{}", first.to_lowercase(), change.words.get(first.len()..)?),
            }
        }
        _ => change.words.clone(),
    };
    Some(wire::put(p, ours, &words))
}

/// Whether a mark ends a sentence or a clause, or a quotation.
fn ends_clause(p: &Paragraph<'_>, at: usize) -> bool {
    phrases::is_quote(p, at) || matches!(phrases::mark(p, at), '.' | '?' | '!' | ';' | ':' | '…')
}

/// Whether a sentence or a quotation starts at a token of the draft.
fn opens(p: &Paragraph<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| ends_clause(p, before))
}

/// Whether the wire copy has no word of the same sentence before a token, marks aside.
fn opens_wire(p: &Paragraph<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| ends_clause(p, before) || phrases::mark(p, before) == ')')
}

/// Whether all of it is a number.
fn is_number(p: &Paragraph<'_>, span: Span) -> bool {
    phrases::has(p, span.start as usize, Lex::QUANTIFIER)
        || p.token(span.start as usize).is_some_and(|t| t.kind == TokenKind::Number)
}

fn joined(
    p: &Paragraph<'_>,
    q: &Quotation,
    [first, second]: [Place; 2],
    moved: bool,
    against: &Comparison<'_>,
) -> Diagnostic {
    let (message, help) = match moved {
        true => (
            "the wire copy has the words of this quotation in another order",
            "Put them back into the order they were said in, or quote less.",
        ),
        false => (
            "joins two quotations that the wire copy keeps apart",
            "Close the quotation where the first one ends, or say that something was left out.",
        ),
    };
    let found = Diagnostic::new(p.bytes(q.range), message, help).confidence(0.75);
    let found = wire::pointing(found, against, first, "the first of them");
    wire::pointing(found, against, second, "the second")
}

fn unquoted(
    p: &Paragraph<'_>,
    q: &Quotation,
    place: Place,
    exact: bool,
    against: &Comparison<'_>,
) -> Diagnostic {
    let message = match exact {
        true => "the wire copy has these words outside quotation marks",
        false => "the wire copy has nearly these words, outside quotation marks",
    };
    // What a law or a report says is quoted from the page, which the reporter may have.
    let sentence = p.sentence_at(q.range.start as usize);
    let paper = |at: usize| p.quotation_at(at).is_none() && phrases::is_any(p, at, &PAPERS);
    let confidence = if sentence.iter().any(paper) { 0.45 } else { 0.75 };
    let help = "They are the writer's own or a paraphrase, and nobody is quoted with them. Take the marks away.";
    let marks = [q.range.start as usize, (q.range.end as usize).saturating_sub(1)];
    let edits: Vec<Edit> = marks.iter().map(|at| Edit::delete(p.byte(*at))).collect();
    let fix =
        if q.closed && !q.continues { Fix::suggestion("Take the marks away", edits) } else { None };
    let found = Diagnostic::new(p.bytes(q.range), message, help).confidence(confidence).fix(fix);
    wire::pointing(found, against, place, "the wire copy's own words")
}

/// What is quoted without anybody having said it.
const PAPERS: [&str; 24] = [
    "law",
    "laws",
    "statute",
    "act",
    "bill",
    "ordinance",
    "constitution",
    "treaty",
    "lawsuit",
    "suit",
    "complaint",
    "indictment",
    "ruling",
    "order",
    "verdict",
    "filing",
    "affidavit",
    "warrant",
    "contract",
    "report",
    "study",
    "memo",
    "letter",
    "document",
];
