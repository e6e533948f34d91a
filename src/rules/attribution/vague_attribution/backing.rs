//! What the copy adds that makes up for a vague source: a member by name, an example, a speaker that is known.

use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::rules::phrases::{
    self, NAMELESS, Speaker, has, is_adverb, is_any, is_name, is_quote, mark,
};
use crate::segment::Span;

/// What is left of the confidence where the copy backs the vague source up: 1 for nothing.
///
/// `of_people` says whether a named member in the sentences that follow makes up for it.
pub(super) fn backing(
    p: &Paragraph<'_>,
    next: Option<&Paragraph<'_>>,
    found: Span,
    of_people: bool,
) -> f32 {
    let at = found.start as usize;
    let sentence = phrases::sentence(p, at);
    let named_in = |span: Span| phrases::best_speaker(p, span, found) == Some(Speaker::Named);
    if named_in(sentence) || gives_example(p, found, sentence) || known_speakers(p, sentence, found)
    {
        return 0.3;
    }
    if !of_people {
        let next = sentence.end as usize;
        let spoken = next < p.tokens().len() && named_in(phrases::sentence(p, next));
        return if spoken { 0.5 } else { 1.0 };
    }
    let rest = Span::new(sentence.end as usize, phrases::near(p.span(), at).end as usize);
    let speaks_next = next.is_some_and(|next| speaks_for(p, found, next));
    if speaks_next || member_speaks(p, found, rest) { 0.4 } else { 1.0 }
}

/// Whether a named member of the group speaks in the rest of the paragraph: right behind the vague words, unless it is to
/// object, or anywhere as one of it ("Ana Ruiz, an economist at the Harbor Bank, said" after "economists say").
fn member_speaks(p: &Paragraph<'_>, found: Span, rest: Span) -> bool {
    let named = |span: Span| phrases::best_speaker(p, span, found) == Some(Speaker::Named);
    let mut at = rest.start as usize;
    while at < rest.end as usize && at < p.tokens().len() {
        let sentence = phrases::sentence(p, at);
        let first = at == rest.start as usize;
        let belongs = first && !objects(p, sentence)
            || sentence.iter().any(|word| is_member(p, found, p, word))
            || is_any(p, at, &ANOTHER);
        if belongs && named(sentence) {
            return true;
        }
        at = (sentence.end as usize).max(at + 1);
    }
    false
}

/// Words that open the answer to what a group holds.
const OBJECTIONS: [&str; 8] =
    ["but", "however", "yet", "still", "meanwhile", "instead", "nevertheless", "nonetheless"];

/// Whether the sentence answers what was said before it, so that its speaker is no member of the group.
fn objects(p: &Paragraph<'_>, sentence: Span) -> bool {
    is_any(p, sentence.start as usize, &OBJECTIONS) || sentence.iter().any(|at| denies(p, at))
}

/// Whether a speaker denies at token `at`: by the verb of the sentence, and not in what is quoted or was done to something
/// ("a plan that voters had rejected", "the bid was dismissed").
fn denies(p: &Paragraph<'_>, at: usize) -> bool {
    if !p.is_in(at, &lists::DENIALS) || phrases::is_quoted(p, at) {
        return false;
    }
    let subject = (at.saturating_sub(2)..at).rev().find(|before| !is_adverb(p, *before));
    subject.is_some_and(|before| {
        is_name(p, before)
            || matches!(mark(p, before), ',' | '"' | '”' | '’')
            || has(p, before, Lex::PRONOUN | Lex::TITLE | Lex::OFFICE | Lex::RANK)
    })
}

/// Words that open a sentence about one more of a group.
const ANOTHER: [&str; 2] = ["one", "another"];

/// Whether the word at `at` is the singular of the group's noun.
fn is_member(p: &Paragraph<'_>, found: Span, other: &Paragraph<'_>, at: usize) -> bool {
    let word = other.text(at);
    found.iter().map(|index| p.text(index)).any(|head| {
        head.len() > 4
            && word.len() > 3
            && !word.ends_with('s')
            && head.trim_end_matches('s').eq_ignore_ascii_case(word.trim_end_matches('s'))
    })
}

/// Whether the next paragraph opens with a named member of the group: with somebody's words between quotation marks, or by
/// saying that they are one of it ("One critic, Ana Ruiz, said"). Another named speaker may hold the opposite view.
fn speaks_for(p: &Paragraph<'_>, found: Span, next: &Paragraph<'_>) -> bool {
    let first = phrases::sentence(next, 0);
    let second = phrases::sentence(next, first.end as usize);
    let opening = Span::new(0, second.end.max(first.end) as usize);
    let quotes = first.iter().any(|at| is_quote(next, at));
    let spoken = |span| phrases::best_speaker(next, span, Span::default()) == Some(Speaker::Named);
    if quotes {
        return spoken(opening);
    }
    let member = |at: usize| {
        is_member(p, found, next, at)
            || is_any(
                next,
                at,
                &["one", "among", "example", "instance", "also", "agreed", "agrees"],
            )
    };
    (first.iter().any(member) || of_the_trade(p, found, next)) && spoken(first)
}

/// Whether the next paragraph opens with somebody who is introduced as one of those whom experts and analysts are made of:
/// "Ana Ruiz, a professor at the University of Porto,".
fn of_the_trade(p: &Paragraph<'_>, found: Span, next: &Paragraph<'_>) -> bool {
    const LEARNED: [&str; 5] = ["experts", "analysts", "economists", "historians", "strategists"];
    let comma = (1..6).find(|at| mark(next, *at) == ',');
    let Some(comma) = comma.filter(|comma| is_name(next, comma - 1)) else { return false };
    let trade = |at: usize| next.is_in(at, &lists::TRADES);
    found.iter().any(|at| is_any(p, at, &LEARNED))
        && is_any(next, comma + 1, &["a", "an", "the"])
        && (comma + 2..comma + 7).any(trade)
}

/// "including Ana Ruiz", "such as Moody's", "citing", or the affiliation right behind the words.
fn gives_example(p: &Paragraph<'_>, found: Span, sentence: Span) -> bool {
    sentence.iter().any(|at| {
        let example = is_any(p, at, &["including", "citing", "like"])
            || p.is(at, "such") && p.is(at + 1, "as");
        example && (at + 1..at + 8).any(|word| word < sentence.end as usize && is_name(p, word))
    }) || is_any(p, found.end as usize, &["from", "at", "by"]) && is_name(p, found.end as usize + 1)
}

/// Whether people whom the copy has met speak in the same sentence ("many are wary, the people said").
fn known_speakers(p: &Paragraph<'_>, sentence: Span, found: Span) -> bool {
    sentence.iter().any(|at| {
        !found.contains(at)
            && has(p, at, Lex::SPEECH)
            && at > 1
            && has(p, at - 1, NAMELESS | Lex::AUTHORITY)
            && is_any(p, at - 2, &["the", "these", "those", "two", "three", "both"])
    })
}
