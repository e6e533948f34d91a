//! `hedge-without-source`: "reportedly", where nobody nearby is said to have reported it.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::{Lex, lists};
use crate::resolve::NamedSource;
use crate::resolve::Story;
use crate::rules::phrases::{self, Speaker, before_stop, has, is_any, is_name, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "hedge-without-source",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["vague-attribution"],
    summary: "A hedge hides where the claim came from",
    what: "\"Reportedly\", \"allegedly\", \"purportedly\", \"supposedly\", \"is believed to\" and \"is said to\" with no \
           outlet, document, person or authority in the sentence, the ones around it or the paragraph. Headlines, \
           quotations, \"alleged\" before a noun, the first and oldest of their kind, and what belongs to a charge or a \
           lawsuit in the same paragraph or at the end of the one before are left alone.",
    why: "The hedge tells readers that the newsroom does not know it first hand, and keeps from them who does. It is no \
          shield in court either.",
    bad: &[
        "The firm reportedly rejected the offer.",
        "The driver allegedly fled.",
        "Marsh is believed to be in Dubai.",
    ],
    good: &[
        "Reportedly ill, he missed the vote, the Harbor Times said.",
        "Prosecutors say he fled. He allegedly took cash.",
        "The alleged payment is central to the charges.",
    ],
    fix: "Where somebody on record in the paragraph or just before it may be who reported it, offers \"according to\" them in \
          place of the hedge, as far as the sentence reads on without it. A person must check that they said so.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    phrases::prose(story).for_each(|paragraph| hedges(story, paragraph, findings));
}

fn hedges(story: &Story<'_>, paragraph: &Paragraph<'_>, findings: &mut Findings) {
    for at in phrases::with_class(paragraph, Lex::UNSOURCED_HEDGE | Lex::AUXILIARY) {
        let Some((span, confidence)) = hedge(paragraph, at) else { continue };
        let near = distance_to_source(paragraph, span).min(beside(story, paragraph, span));
        let confidence = confidence * near;
        let text = paragraph.clean(span);
        let allegation = paragraph.is(at, "allegedly");
        let help = if allegation {
            "Say who alleges it: prosecutors, police, a lawsuit. The hedge alone names nobody and protects nobody."
        } else {
            "Say who reports it (\"the Herald reported\"), or find out and drop the hedge."
        };
        if confidence < findings.min_confidence() {
            continue;
        }
        let message = format!("`{text}` without saying who says so");
        let finding = Diagnostic::new(paragraph.bytes(span), message, help).confidence(confidence);
        findings.push(paragraph, finding.fix(according_to(story, paragraph, span)));
    }
}

/// Paragraphs back to where the source that still runs may stand.
const RUNNING: usize = 2;

/// Takes the hedge out and sets ", according to SOURCE" before the full stop, where the running source is no part of the
/// sentence, and the sentence is one plain clause from the hedge on.
fn according_to(story: &Story<'_>, p: &Paragraph<'_>, hedge: Span) -> Option<Fix> {
    let at = hedge.start as usize;
    let sentence = p.sentence_at(at);
    let stop = (sentence.end as usize).checked_sub(1).filter(|last| mark(p, *last) == '.')?;
    let word = |at: usize| p.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    // "The allegedly stolen car", "is said to have left": without the hedge another thing is said.
    let Some(before) = at.checked_sub(1).filter(|before| sentence.contains(*before)) else {
        return opening(story, p, at, stop);
    };
    let adverb = hedge.len() == 1
        && word(before)
        && word(at + 1)
        && !has(p, before, Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION);
    let joins = ["but", "and", "while", "although", "though", "because", "after", "before", "who"];
    let plain = (at..stop).all(|next| {
        let token = p.token(next);
        token.is_some_and(|t| {
            t.kind == TokenKind::Word || t.kind == TokenKind::Number || t.mark == '$'
        }) && !is_any(p, next, &joins)
    });
    // Without a verb beside it, the hedge holds the clause together; a verb of speech has a source of its own.
    let verb = has(p, before, Lex::AUXILIARY)
        || has(p, at + 1, Lex::AUXILIARY) && !has(p, at + 1, Lex::SPEECH)
        || p.text(at + 1).ends_with("ed") && !has(p, at + 1, Lex::SPEECH);
    if !adverb || !plain || !verb || stop - at > 25 {
        return None;
    }
    let name = running(story, p, at)?;
    let from = p.byte(at).start as usize;
    let to = p.byte(at + 1).start as usize;
    let edits = vec![Edit::delete((from..to).into())];
    instead(p, &name, stop, edits)
}

/// "Reportedly, the firm left.": the next word takes the capital.
fn opening(story: &Story<'_>, p: &Paragraph<'_>, at: usize, stop: usize) -> Option<Fix> {
    let first = at + 1 + usize::from(mark(p, at + 1) == ',');
    let joins = Lex::CONJUNCTION;
    let plain = (first..stop).all(|next| {
        p.token(next).is_some_and(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
            && !has(p, next, joins)
    });
    let word = p.text(first);
    let initial = word.chars().next()?;
    if !plain || stop > first + 25 || !initial.is_alphabetic() {
        return None;
    }
    let name = running(story, p, at)?;
    let range = p.byte(at).start as usize..p.byte(first).start as usize + initial.len_utf8();
    let capital: String = initial.to_uppercase().collect();
    instead(p, &name, stop, vec![Edit::replace(range.into(), capital)])
}

/// The fix that sets the source before the full stop at token `stop`.
fn instead(p: &Paragraph<'_>, name: &str, stop: usize, mut edits: Vec<Edit>) -> Option<Fix> {
    edits.push(Edit::insert(p.byte(stop).start, format!(", according to {name}")));
    Fix::suggestion(format!("Say “according to {name}” instead"), edits)
}

/// The source that still runs where the hedge stands at token `at`, if its sentence does not name it already.
fn running(story: &Story<'_>, p: &Paragraph<'_>, at: usize) -> Option<String> {
    let sources = story.nearest_sources(p.index, at, 2);
    let running =
        sources.into_iter().filter(|source| may_say(story, p, at, source)).find(|source| {
            // What is reported comes from an outlet, a body or a document; a person only where they speak in the paragraph.
            match p.index.checked_sub(source.paragraph) {
                Some(0) => source.span.end as usize <= at,
                Some(back) => {
                    back <= RUNNING && source.person.is_none() && source.text.contains(' ')
                }
                None => false,
            }
        })?;
    let last = running.text.rsplit(' ').next().unwrap_or_default();
    let named = p.sentence_at(at).iter().any(|at| p.text(at) == last);
    (!named).then(|| before_stop(&running.text, true).to_owned())
}

/// Whether a source may stand for what the hedge at token `at` hides: it did not deny it, it is told apart by its name, and
/// an accusation is that of an authority.
fn may_say(story: &Story<'_>, p: &Paragraph<'_>, at: usize, source: &NamedSource) -> bool {
    const AUTHORITIES: [&str; 9] = [
        "police",
        "prosecutor",
        "court",
        "sheriff",
        "attorney",
        "indictment",
        "complaint",
        "lawsuit",
        "investigator",
    ];
    let text = source.text.to_lowercase();
    let accuses = p.is(at, "allegedly") && !AUTHORITIES.iter().any(|word| text.contains(word));
    let bare = ["the company", "the firm", "the club", "the group"].contains(&&*text);
    !phrases::has_denied(story, source) && !accuses && !bare
}

/// The hedge that stands at token `at`, and how sure it is that a source is called for.
fn hedge(p: &Paragraph<'_>, at: usize) -> Option<(Span, f32)> {
    let word = p.token(at)?.lex;
    if word.intersects(Lex::UNSOURCED_HEDGE) {
        // "Supposedly" mocks as often as it hedges; firsts are said of a dish as of a castle.
        let start = phrases::sentence(p, at).start as usize;
        let first = p.is(start, "the") && is_any(p, start + 1, &["first", "oldest", "earliest"]);
        // "The first suspect", of whom somebody must have told.
        let thing = first && !about_somebody(p, at) && !about_somebody(p, at - 1);
        let weak = p.is(at, "supposedly") || thing && at > start;
        return Some((Span::new(at, at + 1), if weak { 0.4 } else { 0.75 }));
    }
    if !word.intersects(Lex::AUXILIARY) || !is_any(p, at, &["is", "are", "was", "were"]) {
        return None;
    }
    let believed = at + 1 + usize::from(p.is(at + 1, "widely"));
    let hedged = is_any(
        p,
        believed,
        &[
            "believed",
            "thought",
            "said",
            "rumored",
            "rumoured",
            "understood",
            "alleged",
            "reported",
        ],
    );
    if !hedged || !p.is(believed + 1, "to") {
        return None;
    }
    let span = Span::new(at, believed + 2);
    let somebody = about_somebody(p, at) && !is_first(p, believed + 2);
    let held = is_any(p, believed + 2, &["be", "have"]);
    // "is said to want": what somebody does is told by somebody; of things only what they are or have been.
    (held || somebody).then_some((span, if somebody { 0.65 } else { 0.45 }))
}

/// Whether the words at `be` make something the first, the oldest or one of a few: what is said of a club as of a castle.
fn is_first(p: &Paragraph<'_>, be: usize) -> bool {
    let opens = is_any(p, be + 1, &["the", "one", "among", "its", "their", "by"])
        || is_name(p, be + 1) && phrases::flagged(p, be + 2, TokenFlags::CLITIC);
    let degree = |at: usize| {
        let text = p.text(at);
        let highest = text.len() > 4 && text.ends_with("est") && !p.is_in(at, &lists::NO_DEGREE);
        highest || is_any(p, at, &["first", "last", "only", "most", "least", "few"])
    };
    p.is(be, "be") && opens && (be + 2..be + 8).take_while(|at| is_word(p, *at)).any(degree)
}

/// Whether the clause before token `at` has a person or a body as its subject: things are "believed to be old".
fn about_somebody(p: &Paragraph<'_>, at: usize) -> bool {
    let Some(head) = at.checked_sub(1) else { return false };
    is_any(p, head, &["he", "she", "they", "who"])
        || is_name(p, head)
        || has(p, head, Lex::TITLE | Lex::UNNAMED | Lex::OFFICE | Lex::RANK)
        || mark(p, head) == ',' && parenthesis_of_name(p, head)
        || is_any(
            p,
            head,
            &[
                "suspect",
                "suspects",
                "victim",
                "victims",
                "gunman",
                "man",
                "woman",
                "men",
                "women",
                "people",
                "fugitive",
                "company",
                "firm",
                "bank",
                "airline",
                "party",
                "government",
                "campaign",
                "club",
                "agency",
                "ministry",
                "founder",
                "owner",
                "leader",
                "couple",
            ],
        )
}

/// Whether the comma at `comma` closes what stands behind a name that opens the clause: "Ana Ruiz, 43, is believed".
fn parenthesis_of_name(p: &Paragraph<'_>, comma: usize) -> bool {
    let open = (comma.saturating_sub(12)..comma).rev().find(|at| mark(p, *at) == ',');
    open.and_then(|open| open.checked_sub(1)).is_some_and(|name| is_name(p, name))
}

/// 1 where no source stands near the hedge, less the nearer one stands.
fn distance_to_source(p: &Paragraph<'_>, hedge: Span) -> f32 {
    let at = hedge.start as usize;
    let sentence = phrases::sentence(p, at);
    // "reportedly said": what the hedge itself reports is no source for it.
    let own = Span::new(
        at.saturating_sub(3).max(sentence.start as usize),
        (hedge.end as usize + 3).min(sentence.end as usize),
    );
    let allegation = is_allegation(p, hedge);
    let subject = subject(p, at);
    let charged = |span| allegation && accused(p, span, subject);
    if sourced(p, sentence, own) || charged(sentence) || has_link(p, sentence) {
        return 0.1;
    }
    let reach = phrases::near(p.span(), at);
    let before = Span::new(reach.start as usize, sentence.start as usize);
    let after = Span::new(sentence.end as usize, reach.end as usize);
    let previous = phrases::sentence_before(p, sentence.start as usize).unwrap_or_default();
    if sourced(p, previous, hedge) || charged(reach) {
        return 0.3;
    }
    if sourced(p, before, hedge) || sourced(p, after, hedge) { 0.5 } else { 1.0 }
}

/// What is left of the confidence where the paragraph before ends with who reported it, or the one behind opens with it:
/// one thought may be cut into paragraphs of one sentence.
fn beside(story: &Story<'_>, p: &Paragraph<'_>, hedge: Span) -> f32 {
    let sentence = p.sentence_at(hedge.start as usize);
    let other = |index: usize| {
        let other = story.paragraphs.get(index)?;
        (phrases::is_running(other) && other.field == p.field && !other.tokens().is_empty())
            .then_some(other)
    };
    let before = p.index.checked_sub(1).filter(|_| sentence.start == 0).and_then(other);
    let ends = sentence.end as usize == p.tokens().len();
    let after = Some(p.index + 1).filter(|_| ends).and_then(other);
    // What a ministry said on something else is no report.
    let reports = |other: &Paragraph<'_>, sentence: Span| {
        let told = ["reported", "reports", "citing", "cited"];
        sentence
            .iter()
            .any(|at| is_any(other, at, &told) && !is_any(other, at + 1, &["that", "of"]))
            && phrases::best_speaker(other, sentence, Span::default()) == Some(Speaker::Named)
    };
    let told_before = before.is_some_and(|b| {
        let last = phrases::sentence(b, b.tokens().len() - 1);
        reports(b, last) || goes_on(p, b, last, hedge)
    });
    let told_after = after.is_some_and(|a| reports(a, phrases::sentence(a, 0)));
    if told_before || told_after { 0.5 } else { 1.0 }
}

/// Sentences of a paragraph that holds one thought of several.
const SHORT: usize = 2;

/// Whether the paragraph goes on with what the last sentence of the one before charges somebody with, or with what a source
/// there told of the same people, where both paragraphs are short. A report is another matter: what a ministry said on
/// something is none.
fn goes_on(p: &Paragraph<'_>, before: &Paragraph<'_>, last: Span, hedge: Span) -> bool {
    let at = hedge.start as usize;
    if is_allegation(p, hedge) && accused(before, last, Span::default()) {
        return true;
    }
    let short = |p: &Paragraph<'_>| p.notes.sentences.len() <= SHORT;
    let held = |at: usize| is_any(p, at, &["believed", "thought", "understood"]);
    let believed = hedge.iter().any(held) && short(p) && short(before);
    if !believed || !sourced(before, last, Span::default()) {
        return false;
    }
    let stem = |p: &Paragraph<'_>, at: usize| p.text(at).trim_end_matches('s').to_lowercase();
    let weighs = |p: &Paragraph<'_>, at: usize| {
        p.text(at).len() > 3 && is_word(p, at) && !has(p, at, phrases::FUNCTION)
    };
    let known: Vec<String> =
        last.iter().filter(|at| weighs(before, *at)).map(|at| stem(before, at)).collect();
    let sentence = phrases::sentence(p, at);
    sentence.iter().any(|word| {
        let pronoun = word < at && is_any(p, word, &["he", "she", "they", "it"]);
        pronoun || weighs(p, word) && known.contains(&stem(p, word))
    })
}

/// Whether a hedge accuses.
fn is_allegation(p: &Paragraph<'_>, hedge: Span) -> bool {
    hedge.iter().any(|at| is_any(p, at, &["allegedly", "purportedly", "alleged"]))
}

/// Tokens of the noun phrase before a hedge.
const SUBJECT: usize = 5;

/// The noun phrase right before the hedge at token `at`: who is accused does not accuse.
fn subject(p: &Paragraph<'_>, at: usize) -> Span {
    let mut start = at;
    let first = at.saturating_sub(SUBJECT).max(phrases::sentence(p, at).start as usize);
    while start > first && is_word(p, start - 1) {
        let other = Lex::PREPOSITION | Lex::CONJUNCTION | Lex::AUXILIARY | Lex::PRONOUN;
        if has(p, start - 1, other) {
            break;
        }
        start -= 1;
        if has(p, start, Lex::DETERMINER) {
            break;
        }
    }
    Span::new(start, at)
}

/// Whether an attribution in `span` (outside `except`) has a source that a reader can check.
fn sourced(p: &Paragraph<'_>, span: Span, except: Span) -> bool {
    phrases::best_speaker(p, span, except).is_some_and(|speaker| {
        matches!(speaker, Speaker::Named | Speaker::Authority | Speaker::Pronoun)
    })
}

/// Whether `span`, `except` aside, speaks of a charge, a lawsuit, an arrest or the people who bring them.
fn accused(p: &Paragraph<'_>, span: Span, except: Span) -> bool {
    span.iter().any(|at| !except.contains(at) && p.is_in(at, &lists::ACCUSERS))
}

/// Whether a link or an embedded object stands in `span`: the source is a click away.
fn has_link(p: &Paragraph<'_>, span: Span) -> bool {
    span.iter().any(|at| p.token(at).is_some_and(|token| token.kind == TokenKind::Object))
}
