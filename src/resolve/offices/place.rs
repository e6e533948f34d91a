//! The place that goes with a title in an article: a country, a nation, a state.

use super::places;
use crate::annotate::{Mention, Paragraph};
use crate::lang::en::Lex;
use crate::resolve::spelling::fold;
use crate::segment::{Span, TokenFlags, TokenKind};

/// The country, nation or state beside a title: in the words before it, after its "of", or with the party after the name.
pub fn place_of<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    place_words(paragraph, mention)
        .map(|words| paragraph.slice(words))
        .or_else(|| nation(paragraph, mention))
        .or_else(|| party_state(paragraph, mention))
}

/// The words of the title that name a country, a nation or a state.
pub fn place_words(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Span> {
    let place = Lex::PLACE | Lex::DEMONYM;
    let party = [
        "republican",
        "democratic",
        "democrat",
        "conservative",
        "liberal",
        "labour",
        "labor",
        "green",
    ];
    let before = mention.span.start as usize..mention.title.start as usize;
    let of = |at: &usize| paragraph.is(*at, "of") || paragraph.is(*at, "for");
    let inside = mention.title.iter().skip_while(|at| !of(at));
    let capital = |at: &usize| {
        paragraph.token(*at).is_some_and(|token| token.flags.contains(TokenFlags::CAPITAL))
    };
    let last = before.clone().chain(inside.clone()).filter(capital).last();
    if let Some(several) = last.and_then(|last| several_words(paragraph, last)) {
        return Some(several);
    }
    before
        .chain(inside)
        .filter(|&at| paragraph.token(at).is_some_and(|token| token.lex.intersects(place)))
        .filter(|&at| !party.iter().any(|party| paragraph.is(at, party)))
        .last()
        .map(|at| Span::new(at, at + 1))
}

/// The state or country in several words that ends at a token: "New Zealand".
fn several_words(paragraph: &Paragraph<'_>, last: usize) -> Option<Span> {
    // Rules ask this of nearly every title. Without its accents a word has another fingerprint.
    paragraph
        .token(last)
        .filter(|t| places::ends_several(t.hash) || !paragraph.text(last).is_ascii())?;
    let first = (last.saturating_sub(4)..last).find(|&at| {
        (at..=last).all(|at| paragraph.token(at).is_some_and(|token| token.kind == TokenKind::Word))
    })?;
    let words: Vec<_> = (first..=last).map(|at| fold(paragraph.text(at))).collect();
    let count = places::several_words(&words.join(" "))?;
    Some(Span::new(last + 1 - count, last + 1))
}

/// Words of countries that are no names of places by themselves.
const PARTS: [&str; 6] = ["kingdom", "salvador", "republic", "guinea", "tobago", "emirates"];

/// "El Salvador President", "Novaran President": a nation that no list of places has, by its form.
fn nation<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    let before = mention.span.start as usize..mention.title.start as usize;
    let mut words = before.filter(|&at| {
        paragraph.token(at).is_some_and(|token| {
            let text = paragraph.text(at);
            let capital = token.flags.contains(TokenFlags::CAPITAL);
            let formed = ["an", "ese", "ish"].iter().any(|ending| text.ends_with(ending));
            capital && token.lex.is_empty() && formed && text.len() > 5
                || capital && PARTS.iter().any(|part| paragraph.is(at, part))
        })
    });
    words.next_back().map(|at| paragraph.text(at))
}

/// The state of a legislator behind the name: "R-Ala.", "(Tex.)", "of Oklahoma", "a Michigan Republican", "a Democrat from
/// Ohio", "the Ohio congressman".
fn party_state<'p>(paragraph: &'p Paragraph<'_>, mention: &Mention) -> Option<&'p str> {
    let end = mention.span.end as usize;
    let opens = paragraph.token(end).is_some_and(|token| matches!(token.mark, ',' | '('));
    if let Some(state) = opens.then(|| bracketed(paragraph, end + 1)).flatten() {
        return Some(state);
    }
    let state = |at: usize| {
        paragraph.token(at)?;
        let words = several_words(paragraph, at).unwrap_or(Span::new(at, at + 1));
        Some(paragraph.slice(words)).filter(|text| places::code(&fold(text)).is_some())
    };
    let named = mention.name.end as usize;
    let behind = if paragraph.is(named, "of") { Some(named + 1) } else { opens.then_some(end + 1) };
    let behind =
        behind.and_then(|at| state(at).or_else(|| state(at + 1).filter(|text| text.contains(' '))));
    if behind.is_some() {
        return behind;
    }
    let after = (end + 1..end + 7).filter(|_| opens);
    let kinds = ["republican", "democrat", "congressman", "congresswoman", "lawmaker"];
    let is_party = |at: usize| kinds.iter().any(|kind| paragraph.is(at, kind));
    let mut states = after.filter_map(|at| {
        let beside = is_party(at + 1) || at > 1 && paragraph.is(at - 1, "from") && is_party(at - 2);
        beside.then(|| state(at)).flatten()
    });
    states.next()
}

/// "R-Ala.", "D-N.Y.": the state behind a party's letter, which may be several tokens.
fn bracketed<'p>(paragraph: &'p Paragraph<'_>, at: usize) -> Option<&'p str> {
    paragraph.token(at)?;
    let last = (at + 8).min(paragraph.tokens().len());
    let (party, rest) = paragraph.slice(Span::new(at, last)).split_once('-')?;
    let end = rest.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(rest.len());
    rest.get(..end).filter(|_| matches!(party, "R" | "D" | "I"))
}
