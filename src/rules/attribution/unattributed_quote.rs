//! `unattributed-quote`: quoted sentences with nobody to say them.
//!
//! A paragraph that is all quotation is the sure case. A quoted sentence that stands by itself among the writer's own is
//! reported only where nothing in the paragraph, and nothing that leads into it, reports speech at all.

use crate::annotate::{Paragraph, Quotation, QuotationKind, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::{NamedSource, Story};
use crate::rules::phrases::{self, has, is_any, is_name, mark};
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use crate::text::TextRange;
use std::cell::OnceCell;

pub(crate) static RULE: Rule = Rule {
    id: "unattributed-quote",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A quotation has no speaker",
    what: "A paragraph that is all quotation and names no speaker, and a quoted sentence among sentences of the writer's own \
           where nobody in the paragraph speaks. Speech that goes on from an open quotation, quotations that a colon or \
           a speech verb introduces, dialogue in which two people take turns, lists of quotations, titles, single words, what is sung or read off a sign, and quotations with a name set behind a \
           dash or taken up by the next paragraph (\"That is what ... told\") are left alone.",
    why: "Readers must know who speaks, and learn it early. Where paragraphs are moved or cut, the speaker is what goes \
          missing, and the words fall to whoever spoke before.",
    bad: &[
        "Mayor Ana Ruiz said the plan had failed.\n\n“We should have asked the people who live there first.”\n\nThe \
         council meets on Friday.",
    ],
    good: &[
        "“We should have asked the people who live there first,” Mayor Ana Ruiz said.",
        "Mayor Ana Ruiz put it this way:\n\n“We should have asked the people who live there first.”",
        "“We should have asked first,” Ruiz said. “We did not.\n\n“We shall ask now, and we shall listen.”",
        "The film “Harbour Lights” opened in 1995.",
    ],
    fix: "Offers the speakers of the paragraphs around it, nearest first, to be set behind the first quoted sentence. A person \
          chooses.",
    check: Check::Story(check),
};

const HELP: &str = "Name the speaker in the paragraph itself, behind the first quoted sentence. Readers cannot be sure that \
                    whoever spoke before still speaks.";

/// Fewer words than these are an exclamation rather than a statement.
const STATEMENT: usize = 5;

/// Paragraphs with more stray quotations than this are reported by their first ones.
const MOST: usize = 3;

/// What a paragraph is by itself.
static SEEN: Slot<Seen> = Slot::new(slots::QUOTE);

#[derive(Default)]
struct Seen {
    /// Whether it leads into a quotation in the next one.
    introduces: bool,
    /// The number of its first quotation, if it is all quotation.
    whole: Option<usize>,
    /// Else the numbers of the quoted sentences that stand by themselves, where nobody speaks.
    alone: Vec<usize>,
}

fn seen(paragraph: &Paragraph<'_>) -> Option<Seen> {
    let introduces = introduces(paragraph);
    let whole = whole(paragraph);
    // A heading between marks ('Legend in the Harbour.') is no quotation.
    let alone =
        if whole.is_none() && !is_title(paragraph) { inside(paragraph) } else { Vec::new() };
    (introduces || whole.is_some() || !alone.is_empty()).then_some(Seen {
        introduces,
        whole,
        alone,
    })
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let nothing = Seen::default();
    let copy: Vec<&Paragraph<'_>> =
        story.paragraphs.iter().filter(|p| p.block.kind.is_copy()).collect();
    let in_doubles = OnceCell::new();
    let doubles = || *in_doubles.get_or_init(|| speaks_in_doubles(story));
    // Whether the paragraph before is a quotation that was introduced, so that this one goes on with the list.
    let mut listed = false;
    for (number, paragraph) in copy.iter().enumerate() {
        if paragraph.block.kind != BlockKind::Paragraph {
            listed = paragraph.block.kind == BlockKind::Quote || listed && is_list(paragraph);
            continue;
        }
        let before = number.checked_sub(1).and_then(|before| copy.get(before).copied());
        let after = copy.get(number + 1).copied();
        let known = |p: &Paragraph<'_>| p.memo(&SEEN, seen).is_some_and(|seen| seen.introduces);
        let introduced = listed || before.is_some_and(known);
        let seen = paragraph.memo(&SEEN, seen).unwrap_or(&nothing);
        let quotation = |number: usize| paragraph.notes.quotations.get(number);
        if let Some(first) = seen.whole.and_then(quotation) {
            if !introduced && !is_signed(after) && !is_dialogue(&copy[..number], paragraph) {
                report(
                    story,
                    paragraph,
                    paragraph.span(),
                    first,
                    confidence(paragraph, after, doubles),
                    findings,
                );
            }
            listed = introduced;
            continue;
        }
        listed = false;
        if !introduced {
            for quotation in seen.alone.iter().filter_map(|number| quotation(*number)) {
                report(story, paragraph, quotation.range, quotation, 0.5, findings);
            }
        }
    }
}

fn is_list(paragraph: &Paragraph<'_>) -> bool {
    paragraph.block.kind == BlockKind::ListItem
}

/// The number of the first quotation of a paragraph that is all quotation, if it is: closed, of some length, and nothing but marks between
/// its quotations.
fn whole(paragraph: &Paragraph<'_>) -> Option<usize> {
    let mut at = 0;
    let mut words = 0;
    let mut first = None;
    let quotations = paragraph.notes.quotations.iter().enumerate();
    for (number, quotation) in quotations.filter(|(_, q)| q.depth == 0) {
        let between = Span::new(at, quotation.range.start as usize);
        let title = quotation.kind == QuotationKind::Title;
        if !quotation.closed || quotation.continues || title || has_words(paragraph, between) {
            return None;
        }
        first = first.or(Some(number));
        words += count_words(paragraph, quotation.content);
        at = quotation.range.end as usize;
    }
    let rest = Span::new(at, paragraph.tokens().len());
    let sentence = words >= STATEMENT && !is_title(paragraph) && !has_words(paragraph, rest);
    first.filter(|_| sentence)
}

/// Whether every word of weight has a capital, as in a heading.
fn is_title(paragraph: &Paragraph<'_>) -> bool {
    let small = Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION;
    let plain = |token: &Token| {
        token.kind == TokenKind::Word
            && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
            && !token.lex.intersects(small)
    };
    !paragraph.tokens().iter().any(plain)
}

/// Whether token `at` is something read aloud: a word, a number or an object.
fn is_wordlike(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph
        .token(at)
        .is_some_and(|token| !matches!(token.kind, TokenKind::Punct | TokenKind::Quote))
}

fn has_words(paragraph: &Paragraph<'_>, span: Span) -> bool {
    span.iter().any(|at| is_wordlike(paragraph, at))
}

/// Words of the span, counted up to what makes a statement.
fn count_words(paragraph: &Paragraph<'_>, span: Span) -> usize {
    span.iter().filter(|&at| is_wordlike(paragraph, at)).take(STATEMENT).count()
}

/// Paragraphs of a dialogue that name nobody, at most.
const TURNS: usize = 12;
/// Tokens that a turn of a dialogue has at most.
const TURN: usize = 60;

/// Whether two people take turns in the paragraphs before: two of them follow each other with their speakers, there is a
/// question among what is said, and from there on it is all quotation. Readers keep count.
fn is_dialogue(before: &[&Paragraph<'_>], paragraph: &Paragraph<'_>) -> bool {
    let bare = |p: &Paragraph<'_>| p.tokens().len() <= TURN && !has_words_outside(p);
    let run = before.iter().rev().take(TURNS).take_while(|p| bare(p)).count();
    let Some(named) = before.len().checked_sub(run).and_then(|end| before.get(..end)) else {
        return false;
    };
    let [.., first, second] = named else { return false };
    let short = |p: &Paragraph<'_>| {
        p.block.kind == BlockKind::Paragraph
            && p.tokens().len() <= TURN
            && unquoted(p).any(|at| has(p, at, Lex::SPEECH))
    };
    let quoted = |p: &Paragraph<'_>| {
        p.notes.quotations.iter().any(|quotation| quotation.kind == QuotationKind::Speech)
    };
    let asks = |p: &Paragraph<'_>| p.tokens().iter().any(|token| token.mark == '?');
    let asked = |p: &Paragraph<'_>| unquoted(p).any(|at| is_any(p, at, &["asked", "asks"]));
    let next = before.get(named.len()).copied().unwrap_or(paragraph);
    // "Her lawyer asked whether she had read it": the next question is the lawyer's.
    let questioned = asked(first) && asks(next);
    let spoken = quoted(first) && [first, second].into_iter().any(|p| asks(p) || asked(p));
    short(first)
        && short(second)
        && quoted(second)
        && (questioned || spoken)
        && !same_speaker(first, second)
}

/// Whether both paragraphs have the same words for who speaks, or a pronoun goes on from the first.
fn same_speaker(first: &Paragraph<'_>, second: &Paragraph<'_>) -> bool {
    let speaker = |p: &Paragraph<'_>| {
        let source = p.notes.attributions.iter().find_map(|a| a.source.first().copied())?;
        p.token((source.end as usize).checked_sub(1)?).map(|token| token.hash)
    };
    speaker(first).is_some_and(|one| speaker(second) == Some(one))
}

/// Whether anything is read outside the quotations of a paragraph.
fn has_words_outside(p: &Paragraph<'_>) -> bool {
    p.block.kind != BlockKind::Paragraph
        || p.notes.quotations.is_empty()
        || unquoted(p).any(|at| is_wordlike(p, at))
}

/// Tokens of a line that says who is heard next.
const LABEL: usize = 24;

/// Whether a line of a script says who is heard next: in brackets, or behind a label, without a stop ("(SOT: Ana Ruiz,
/// resident)", "SOT: Ana Ruiz, resident").
fn is_speaker_line(p: &Paragraph<'_>) -> bool {
    let len = p.tokens().len();
    let last = len.saturating_sub(1);
    let bracketed = matches!((mark(p, 0), mark(p, last)), ('(', ')') | ('[', ']'));
    let label = (1..4).any(|at| mark(p, at) == ':') && phrases::flagged(p, 0, TokenFlags::UPPER);
    let stops = (0..len.min(LABEL)).any(|at| matches!(mark(p, at), '.' | '!' | '?'));
    let named = (0..len.min(LABEL)).any(|at| is_name(p, at) && is_name(p, at + 1));
    len <= LABEL && named && !stops && (bracketed || label)
}

/// Whether a paragraph leads into a quotation in the next one: it ends in a colon, or without a stop after a speech verb, or
/// it is a label or heading ("Ana Ruiz", "Q."), or a script's line with the speaker.
fn introduces(paragraph: &Paragraph<'_>) -> bool {
    let len = paragraph.tokens().len();
    let Some(last) = (0..len)
        .rev()
        .take(3)
        .find(|&at| !phrases::is_quote(paragraph, at) && mark(paragraph, at) != ')')
    else {
        return false;
    };
    match paragraph.block.kind {
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => {}
        BlockKind::Subheading => return !mark(paragraph, last).is_ascii_punctuation(),
        _ => return false,
    }
    match mark(paragraph, last) {
        ':' | '—' | '–' | ',' => true,
        _ if is_speaker_line(paragraph) => true,
        '.' | '!' | '?' | '…' => announces(paragraph),
        _ => len <= 8 || (len.saturating_sub(6)..len).any(|at| has(paragraph, at, Lex::SPEECH)),
    }
}

/// Whether the last sentence says that words follow: "her full statement", "in her own words", "the following".
fn announces(paragraph: &Paragraph<'_>) -> bool {
    let Some(last) = paragraph.notes.sentences.last() else { return false };
    let phrases =
        [["the", "following"], ["own", "words"], ["full", "statement"], ["as", "follows"]];
    last.iter().rev().take(40).any(|at| phrases.iter().any(|p| paragraph.is_phrase(at, p)))
}

/// Whether the paragraph behind a quotation is its signature: a dash and a name, or a name that a list's dash stands before.
fn is_signed(after: Option<&Paragraph<'_>>) -> bool {
    after.is_some_and(|p| match p.block.kind {
        BlockKind::ListItem => p.tokens().len() <= 8 && is_name(p, 0),
        _ => is_dash(p, 0) && is_name(p, 1) && p.tokens().len() <= 20,
    })
}

/// Whether the tokens behind a quotation are its signature: a few words without a stop.
fn is_signature(paragraph: &Paragraph<'_>, rest: Span) -> bool {
    let last = (rest.end as usize).saturating_sub(1);
    !rest.is_empty()
        && rest.len() <= 20
        && !rest.iter().any(|at| matches!(mark(paragraph, at), '.' | '!' | '?'))
        && is_wordlike(paragraph, rest.start as usize)
        && !matches!(mark(paragraph, last), '…')
}

fn is_dash(paragraph: &Paragraph<'_>, at: usize) -> bool {
    matches!(mark(paragraph, at), '—' | '–' | '-' | '―')
}

/// Tokens of a paragraph in which it takes up what stood before it.
const OPENING: usize = 16;

/// Whether a paragraph opens by saying whose words stood before it: "So says ...", "The statement was signed by ...", "That
/// is what ... told", "With those words, ...", "Ana Ruiz said so", "The speaker was ...".
fn takes_up(paragraph: &Paragraph<'_>) -> bool {
    let back = ["so", "that", "this", "those", "such", "these", "thus"];
    let speaks = |at: usize| has(paragraph, at, Lex::SPEECH) || is_any(paragraph, at, &["spoke"]);
    let words = |at: usize| paragraph.is_in(at, &lists::QUOTED_WORDS);
    let opens = is_any(paragraph, 0, &back);
    // "That is what Mayor Ana Ruiz told the council", "This was how she put it", "Those were the last words of".
    let put = opens
        && is_any(paragraph, 1, &["is", "was", "are", "were", "'s", "’s"])
        && (is_any(paragraph, 2, &["what", "how"])
            || has(paragraph, 2, Lex::TITLE | Lex::HONORIFIC)
                && !(3..7).any(|at| {
                    paragraph.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC))
                })
            || (2..5).any(words));
    let first = opens && (1..4).any(speaks)
        || put
        || (opens || paragraph.is(0, "the")) && words(1)
        || paragraph.is_phrase(0, &["the", "speaker", "was"]);
    let end = (paragraph.sentence_at(0).end as usize).min(OPENING);
    first
        || (0..end).any(|at| {
            let those = is_any(paragraph, at, &["those", "these", "this", "that"]);
            let ends = |at: usize| {
                !is_wordlike(paragraph, at) || has(paragraph, at, Lex::PREPOSITION | Lex::WEEKDAY)
            };
            let so = speaks(at) && is_any(paragraph, at + 1, &["so", "it"]) && ends(at + 2);
            // "Told the council this on Friday".
            let this = paragraph.is(at, "this") && ends(at + 1) && (0..at).any(speaks);
            // "Made the comment", "it is a sentence that".
            let made = is_any(paragraph, at, &["made", "issued", "posted"])
                && is_any(paragraph, at + 1, &["the", "a"])
                && words(at + 2);
            let it = at == 0
                && paragraph.is(0, "it")
                && is_any(paragraph, 1, &["is", "was"])
                && (2..5).any(words);
            let speaking =
                is_any(paragraph, at, &["was", "were"]) && paragraph.is(at + 1, "speaking");
            so || this || made || it || speaking || those && (words(at + 1) || words(at + 2))
        })
}

/// Whether the article sets speech between double marks, so that single ones mean something else.
fn speaks_in_doubles(story: &Story<'_>) -> bool {
    let double = |p: &Paragraph<'_>| {
        let speech = |q: &&Quotation| q.depth == 0 && q.kind == QuotationKind::Speech;
        p.notes
            .quotations
            .iter()
            .filter(speech)
            .any(|q| matches!(mark(p, q.range.start as usize), '"' | '“'))
    };
    story.paragraphs.iter().any(double)
}

/// How sure it is that a speaker is missing from a paragraph that is all quotation.
///
/// `doubles` says whether the article sets speech between double marks, which is asked only where it matters.
fn confidence(
    paragraph: &Paragraph<'_>,
    after: Option<&Paragraph<'_>>,
    doubles: impl Fn() -> bool,
) -> f32 {
    // A short paragraph in single marks, or the first of the article, is often a heading.
    let len = paragraph.tokens().len();
    let single = matches!(mark(paragraph, 0), '\'' | '‘');
    let heading = len <= 12 && (single || paragraph.index == 0) || len <= 25 && single && doubles();
    // Marks on marks, as paragraphs pasted from another article have: who knows what is quoted.
    let doubled = matches!(mark(paragraph, 1), '"' | '“' | '”');
    if heading || doubled || after.is_some_and(takes_up) {
        return 0.4;
    }
    let sentence = paragraph.token(1).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    if sentence { 0.9 } else { 0.8 }
}

/// The quoted sentences that stand by themselves in a paragraph where nobody speaks.
fn inside(paragraph: &Paragraph<'_>) -> Vec<usize> {
    let quotations = paragraph.notes.quotations.iter().enumerate();
    let alone = quotations.filter(|(_, q)| stands_alone(paragraph, q)).take(MOST);
    let alone: Vec<usize> = alone.map(|(number, _)| number).collect();
    let shown = |number: &usize| {
        let quotation = paragraph.notes.quotations.get(*number);
        quotation.is_some_and(|quotation| is_shown(paragraph, quotation))
    };
    if alone.is_empty() || speaks(paragraph) || alone.iter().any(shown) {
        Vec::new()
    } else {
        alone
    }
}

/// Whether what is quoted is read or sung rather than spoken, by the sentence that leads to it, or the one behind it where
/// it opens its paragraph.
fn is_shown(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let (start, end) = (quotation.range.start as usize, quotation.range.end as usize);
    let beside = match phrases::sentence_before(paragraph, start) {
        Some(before) => before,
        None => phrases::sentence(paragraph, end),
    };
    beside.iter().any(|at| paragraph.is_in(at, &lists::SHOWN))
}

/// The tokens outside the quotations of a paragraph.
fn unquoted(paragraph: &Paragraph<'_>) -> impl Iterator<Item = usize> {
    let mut quotations = paragraph.notes.quotations.iter().filter(|q| q.depth == 0).peekable();
    (0..paragraph.tokens().len()).filter(move |at| {
        while quotations.next_if(|q| q.range.end as usize <= *at).is_some() {}
        !quotations.peek().is_some_and(|q| q.range.contains(*at))
    })
}

/// Whether a quotation is a sentence of its own, or several: the writer's words stop before it and start anew behind it.
fn stands_alone(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let (start, end) = (quotation.range.start as usize, quotation.range.end as usize);
    let speech = quotation.kind == QuotationKind::Speech && quotation.depth == 0;
    if !speech || !quotation.closed || quotation.continues {
        return false;
    }
    let before = start.checked_sub(1);
    let free = before.is_none_or(|at| matches!(mark(paragraph, at), '.' | '!' | '?'));
    let opens = paragraph.sentence_at(start).start as usize == start;
    let stops = (quotation.content.end as usize)
        .checked_sub(1)
        .is_some_and(|last| matches!(mark(paragraph, last), '.' | '!' | '?'));
    let rest = Span::new(end, paragraph.tokens().len());
    let ends = rest.is_empty() || paragraph.sentence_at(end).start as usize == end;
    if is_signature(paragraph, rest) {
        return false;
    }
    free && opens && stops && ends && count_words(paragraph, quotation.content) >= STATEMENT
}

/// Whether anything outside the quotations of the paragraph reports speech or thought, or puts a name to words.
fn speaks(paragraph: &Paragraph<'_>) -> bool {
    if !paragraph.notes.attributions.is_empty() {
        return true;
    }
    unquoted(paragraph).any(|at| {
        has(paragraph, at, Lex::SPEECH | Lex::THOUGHT)
            || mark(paragraph, at) == ':'
            || is_dash(paragraph, at) && is_name(paragraph, at + 1)
    })
}

fn report(
    story: &Story<'_>,
    paragraph: &Paragraph<'_>,
    span: Span,
    quotation: &Quotation,
    confidence: f32,
    findings: &mut Findings,
) {
    let message = "no speaker is named for this quotation";
    let mut finding = Diagnostic::new(paragraph.bytes(span), message, HELP).confidence(confidence);
    let near = story.nearest_sources(paragraph.index, quotation.range.start as usize, 2 * OFFERS);
    for source in near.into_iter().filter(can_speak).take(OFFERS) {
        let name = phrases::later_name(story, paragraph.index, &source).unwrap_or(source.text);
        finding = finding.fix(insert(paragraph, quotation, &name));
    }
    findings.push(paragraph, finding);
}

/// Speakers that are offered.
const OFFERS: usize = 2;

/// Whether a source can say things aloud: a person or a body, and no paper.
fn can_speak(source: &NamedSource) -> bool {
    const PAPERS: [&str; 16] = [
        "poll",
        "polls",
        "survey",
        "surveys",
        "study",
        "studies",
        "report",
        "reports",
        "filing",
        "filings",
        "records",
        "documents",
        "complaint",
        "lawsuit",
        "indictment",
        "statement",
    ];
    let paper = |word: &str| PAPERS.iter().any(|paper| word.eq_ignore_ascii_case(paper));
    source.person.is_some() || !source.text.split_whitespace().any(paper)
}

/// Sets ", NAME said" behind the first sentence of the quotation.
fn insert(paragraph: &Paragraph<'_>, quotation: &Quotation, name: &str) -> Option<Fix> {
    let title = format!("Insert “{name} said”");
    let (open, close) = (quotation.range.start as usize, quotation.content.end as usize);
    let sentence = paragraph.sentence_at(open);
    let end = (sentence.end as usize).min(close);
    let mark_bytes = paragraph.byte(close);
    let shut = mark_bytes.slice(paragraph.source);
    if end == close {
        let (comma, said) = match mark(paragraph, close + 1) {
            // “We knew”. becomes “We knew”, NAME said.
            '.' => (None, format!(", {name} said")),
            // One sentence: “We knew.” becomes “We knew,” NAME said.
            '\0' | '"' | '\'' | '“' | '‘' | '«' => {
                (comma(paragraph, Span::new(open + 1, end)), format!(" {name} said."))
            }
            _ => return None,
        };
        let said = Edit::insert(mark_bytes.end, said);
        return Fix::suggestion(title, comma.into_iter().chain([said]).collect::<Vec<_>>());
    }
    let stop = comma(paragraph, Span::new(open + 1, end));
    let last = paragraph.byte(end.checked_sub(1)?).end;
    let next = paragraph.byte(end).start;
    let reopen = paragraph.byte(open).slice(paragraph.source);
    let said = format!("{shut} {name} said. {reopen}");
    let edit = match stop {
        // One edit, since marks that touch are one place.
        Some(stop) => {
            let inner = TextRange::new(stop.range.end, last).slice(paragraph.source);
            let text = format!("{}{inner}{said}", stop.replacement);
            Edit::replace(TextRange::new(stop.range.start, next), text)
        }
        None => Edit::replace(TextRange::new(last, next), said),
    };
    Fix::suggestion(title, [edit])
}

/// Puts a comma where a quoted sentence ends, marks of quotations inside it left aside; `None` where its last mark stays:
/// “Did we?” NAME said.
fn comma(paragraph: &Paragraph<'_>, sentence: Span) -> Option<Edit> {
    let last = sentence.iter().rev().find(|&at| !phrases::is_quote(paragraph, at))?;
    let bytes = paragraph.byte(last);
    match mark(paragraph, last) {
        '!' | '?' | '…' | ',' | '—' | '–' | '-' => None,
        '.' | ';' | ':' => Some(Edit::replace(bytes, ",")),
        _ => Some(Edit::insert(bytes.end, ",")),
    }
}
