//! How the article introduces somebody, in its own words: the title before the name, and what stands in apposition to it
//! ("Tom Lund, a retired librarian from Salem", "Bo Berg, 40, of Salem", "Ana Ruiz, who runs the office").
//!
//! Nothing else reads this, so it is found out when it is asked for.

use super::{Person, Story};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenFlags, TokenKind};

/// Words of an apposition; what goes on is cut.
const LONGEST: usize = 30;
/// Words before a title that are read with it.
const BEFORE: usize = 4;
/// Mentions that are looked at.
const MOST: usize = 200;

impl Story<'_> {
    /// What the article says that a person is: at most `most` phrases, in the order of the text, none of which says less
    /// than another.
    pub fn introductions(&self, person: &Person, most: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mentions = person.mentions.iter().filter_map(|place| place.of(&self.paragraphs));
        for (p, mention) in mentions.filter(|(_, m)| !m.is(MentionFlags::QUOTED)).take(MOST) {
            let beside = apposition(p, mention).map(|span| cut(p, span));
            for phrase in [title(p, mention), beside].into_iter().flatten() {
                add(&mut out, phrase);
            }
        }
        out.truncate(most);
        out
    }
}

/// Adds a phrase, unless another says as much; one that says less gives way.
fn add(out: &mut Vec<String>, phrase: String) {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.fold(" ".to_owned(), |text, word| text + &word.to_lowercase() + " ")
    };
    let new = words(&phrase);
    if out.iter().any(|known| words(known).contains(&new)) {
        return;
    }
    match out.iter_mut().find(|known| new.contains(&words(known))) {
        Some(known) => *known = phrase,
        None => out.push(phrase),
    }
}

/// The title in a mention with what belongs to it ("former county engineer"); `None` for mere courtesy.
fn title(p: &Paragraph<'_>, mention: &Mention) -> Option<String> {
    if mention.title.is_empty() || mention.kind == MentionKind::Pronoun {
        return None;
    }
    // "To Ana Ruiz, the mayor is a friend": a subject of its own.
    let subject = p
        .token(mention.span.end as usize)
        .is_some_and(|token| token.lex.intersects(Lex::AUXILIARY | Lex::SPEECH));
    let closed = mark(p, mention.span.end as usize) == ',';
    let start = mention.span.start as usize;
    let beside = mention.is(MentionFlags::APPOSITION);
    if beside && (subject || !closed && ends_clause(p, start.saturating_sub(1))) {
        return None;
    }
    if mention.kind == MentionKind::Title && is_predicate(p, start) {
        return None;
    }
    let mut start = mention.span.start as usize;
    for _ in 0..BEFORE {
        match start.checked_sub(1).filter(|at| modifies(p, *at, start)) {
            Some(before) => start = before,
            None => break,
        }
    }
    let text = p.clean(Span::new(start, mention.title.end as usize));
    let text = text.trim_end_matches(',').trim();
    let bare = ["the ", "The ", "a ", "A "].iter().find_map(|word| text.strip_prefix(word));
    let text = bare.unwrap_or(text);
    let courtesy = ["mr", "mrs", "ms", "miss", "mx"];
    let is_courtesy = courtesy.contains(&&*text.trim_end_matches('.').to_lowercase());
    (!text.is_empty() && !is_courtesy).then(|| text.to_owned())
}

/// Whether a description is said of the subject of its clause, who need not be the person that it was given to: "Ruiz will be
/// the city's first Latina mayor".
fn is_predicate(p: &Paragraph<'_>, start: usize) -> bool {
    let verbs = ["be", "is", "was", "become", "becomes", "became", "been", "as"];
    let begins = p.sentence_at(start).start as usize;
    let near = (begins.max(start.saturating_sub(BEFORE))..start).rev();
    let mut near = near.take_while(|at| mark(p, *at) == '\0');
    near.any(|at| verbs.iter().any(|verb| p.is(at, verb)))
}

/// Whether the word at `at` belongs to the role that starts at `next`.
fn modifies(p: &Paragraph<'_>, at: usize, next: usize) -> bool {
    let (Some(token), Some(after)) = (p.token(at), p.token(next)) else { return false };
    if token.kind != TokenKind::Word
        || token.flags.contains(TokenFlags::CLITIC)
        || !after.flags.contains(TokenFlags::SPACE)
    {
        return false;
    }
    let named = Lex::ORGANISATION
        | Lex::DEMONYM
        | Lex::PLACE
        | Lex::STANDING
        | Lex::OFFICE
        | Lex::RANK
        | Lex::PLACE_OPENER;
    token.lex.intersects(named)
        || token.flags.contains(TokenFlags::HYPHEN)
        || p.is_in(at, &lists::MODIFIERS)
}

/// The words in apposition to a name.
fn apposition(p: &Paragraph<'_>, mention: &Mention) -> Option<Span> {
    if mention.kind != MentionKind::Name || mention.is(MentionFlags::NAMESAKE) {
        return None;
    }
    let after = mention.span.end as usize;
    let limit = p.sentence_at(mention.span.start as usize).end as usize;
    if p.is(after, "who") {
        return phrase(p, after, limit);
    }
    if mark(p, after) != ',' {
        return None;
    }
    let start = after + 1;
    let opened = ends_clause(p, after);
    let stands = |span: &Span| !opened || mark(p, span.end as usize) == ',';
    let age = p.token(start).is_some_and(|token| token.kind == TokenKind::Number)
        && p.text(start).len() <= 3
        && matches!(mark(p, start + 1), ',' | '.');
    if !age {
        let first = phrase(p, start, limit).filter(stands)?;
        return Some(with_next(p, first, limit));
    }
    let first = Span::new(start, start + 1);
    Some(with_next(p, with_next(p, first, limit), limit))
}

/// Whether the comma at `at` is the first of a sentence that opens with a clause, so that what follows may be its subject:
/// "After she met Ana Ruiz, the mayor left".
fn ends_clause(p: &Paragraph<'_>, at: usize) -> bool {
    let start = p.sentence_at(at).start as usize;
    let opens = p.token(start).is_some_and(|token| {
        token.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION) || p.text(start).ends_with("ing")
    });
    opens && at.saturating_sub(start) < LONGEST && (start..at).all(|at| mark(p, at) != ',')
}

/// The phrase with the one behind its comma ("40, of Salem", "a nurse, who runs the office").
fn with_next(p: &Paragraph<'_>, span: Span, limit: usize) -> Span {
    let comma = span.end as usize;
    let next = if mark(p, comma) == ',' { phrase(p, comma + 1, limit) } else { None };
    let age = span.len() == 1;
    let goes_on = |next: &Span| {
        let who = ["who", "whose", "of"].iter().any(|word| p.is(next.start as usize, word));
        age || who
    };
    let end = next.filter(goes_on).map_or(span.end, |next| next.end);
    Span { start: span.start, end }
}

/// The phrase that starts at `at`, if it can say who somebody is: up to a comma, a dash, a bracket or a quotation.
fn phrase(p: &Paragraph<'_>, at: usize, limit: usize) -> Option<Span> {
    let first = p.token(at).filter(|token| at < limit && token.kind == TokenKind::Word)?;
    let stops = |at: &usize| {
        p.token(*at).is_none_or(|token| {
            token.kind == TokenKind::Quote
                || matches!(
                    token.mark,
                    ',' | ';' | ':' | '—' | '–' | '(' | ')' | '.' | '…' | '?' | '!'
                )
        })
    };
    // No more is shown, and a sentence may be a book.
    let limit = limit.min(at + LONGEST + 1);
    let end = (at..limit).find(stops).unwrap_or(limit);
    let joins = |at: usize| {
        p.token(at).is_some_and(|t| t.lex.contains(Lex::CONJUNCTION)) || mark(p, at) == '&'
    };
    let end = if end > at + 1 && joins(end - 1) { end - 1 } else { end };
    let span = Span::new(at, end);
    let is = |words: &[&str]| words.iter().any(|word| p.is(at, word));
    let capital = |at: usize| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    // "R-Ohio"
    let party = first.flags.contains(TokenFlags::HYPHEN | TokenFlags::CAPITAL)
        && p.text(at).find('-') == Some(1);
    let fits = if is(&["who", "whose"]) || party {
        true
    } else if is(&["of"]) {
        capital(at + 1)
    } else if is(&["a", "an", "one"]) || is(&["now"]) && p.is(at + 1, "a") {
        is_noun_phrase(p, span)
    } else {
        let opens = is(&["the", "his", "her", "its", "their"])
            || first.lex.intersects(Lex::OFFICE | Lex::RANK | Lex::STANDING)
            || p.is_in(at, &lists::MODIFIERS);
        opens && has_role(p, span) && is_noun_phrase(p, span)
    };
    (fits && span.len() > usize::from(!party)).then_some(span)
}

/// Whether no clause of its own starts in the phrase: "To Ana Ruiz, the mayor is right".
fn is_noun_phrase(p: &Paragraph<'_>, span: Span) -> bool {
    let relative = ["who", "whose", "that", "which", "when", "where"];
    span.iter()
        .take_while(|at| !relative.iter().any(|word| p.is(*at, word)))
        .filter_map(|at| p.token(at))
        .all(|token| {
            let finite = token.lex.intersects(Lex::AUXILIARY | Lex::PRONOUN);
            let says = token.lex.contains(Lex::SPEECH)
                && !token.lex.intersects(Lex::ORGANISATION | Lex::NAMESAKE);
            !(finite || says) || token.flags.contains(TokenFlags::CAPITAL)
        })
}

/// Whether an office or a role stands in the phrase before its first preposition.
fn has_role(p: &Paragraph<'_>, span: Span) -> bool {
    span.iter()
        .filter_map(|at| p.token(at))
        .take_while(|token| !token.lex.contains(Lex::PREPOSITION))
        .any(|token| token.lex.intersects(Lex::OFFICE | Lex::RANK | Lex::UNNAMED))
}

fn mark(p: &Paragraph<'_>, at: usize) -> char {
    p.token(at).map_or('\0', |token| token.mark)
}

/// The words of a phrase, the first [`LONGEST`] of them.
fn cut(p: &Paragraph<'_>, span: Span) -> String {
    let end = (span.end as usize).min(span.start as usize + LONGEST);
    let more = if end < span.end as usize { " …" } else { "" };
    let text = p.clean(Span::new(span.start as usize, end)) + more;
    if text.bytes().all(|byte| byte.is_ascii_digit()) { format!("age {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Article};

    fn introductions(text: &str) -> Vec<String> {
        let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
        story.introductions(&story.people[0], 6)
    }

    #[test]
    fn who_the_article_says_somebody_is() {
        for (text, expected) in [
            (
                "Tom Lund, a retired librarian from Salem, left. Lund wept.",
                &["a retired librarian from Salem"][..],
            ),
            (
                "They met county engineer Ana Ruiz, who runs the office and likes it.",
                &["county engineer", "who runs the office and likes it"],
            ),
            ("Tom Lund, 40, of Salem, left.", &["40, of Salem"]),
            ("Tom Lund, 40, a nurse who sings, left.", &["40, a nurse who sings"]),
            ("Tom Lund, 40.", &["age 40"]),
            ("They saw Ana Ruiz, the mayor of Salem.", &["the mayor of Salem"]),
            ("Ana Ruiz, now a pilot, left.", &["now a pilot"]),
            ("Sen. Ida Lund, R-Ohio, left. The senator wept.", &["Sen.", "R-Ohio", "senator"]),
            ("Former Mayor Ana Ruiz left.", &["Former Mayor"]),
            ("Ana Ruiz, the county’s chief engineer, left.", &["the county’s chief engineer"]),
            ("Engineer Ana Ruiz left. Ruiz, a county engineer, wept.", &["a county engineer"]),
            // No apposition.
            ("After they met Ana Ruiz, the mayor of Salem left.", &[]),
            ("After they met Ana Ruiz, a train left.", &[]),
            ("To Ana Ruiz, the mayor is a friend.", &[]),
            ("Ana Ruiz, however, left.", &[]),
            ("Ana Ruiz, Tom Lund and Bo Berg left.", &[]),
            ("“Ana Ruiz, a nurse, left,” Tom Lund said.", &[]),
        ] {
            assert_eq!(introductions(text), expected, "{text}");
        }
    }
}
