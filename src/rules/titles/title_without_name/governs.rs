//! Whether the words around a title take a person or a post.

use super::{finite, is_last, is_present_verb};
use crate::annotate::Paragraph;
use crate::lang::en::{Lex, lists};
use crate::rules::phrases;
use crate::segment::{TokenFlags, TokenKind};

/// Whether the words behind the title, with the one before it, are said of people only: "For President, who", "put to Mayor
/// could be", "It was Gov. who", "Did President fear", "It had been President's idea", "accused President of lying".
fn wants_a_person(paragraph: &Paragraph<'_>, before: usize, end: usize) -> bool {
    let before_is = |words: &[&str]| words.iter().any(|word| paragraph.is(before, word));
    let comma = paragraph.token(end).is_some_and(|token| token.mark == ',');
    let preposition = paragraph.token(before).is_some_and(|t| t.lex.contains(Lex::PREPOSITION));
    let owns = paragraph.token(end).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC));
    let sentence = paragraph.sentence_at(before).start as usize;
    // "The next step to President is", "promoted to President".
    let given = before > 0
        && (paragraph.is_in(before - 1, &lists::GIVEN_TO)
            || paragraph.is_in(before - 1, &lists::PUT_TO));
    let asks = before == sentence
        && before_is(&["did", "does", "can", "could", "will", "would", "should", "may", "has"]);
    comma && preposition && paragraph.is(end + 1, "who")
        || ["himself", "herself"].iter().any(|word| paragraph.is(end, word))
        || before_is(&["to"]) && given && (paragraph.is(end, "to") || finite(paragraph, end))
        || before_is(&["was", "is"])
            && before > sentence
            && paragraph.is(before - 1, "it")
            && paragraph.is(end, "who")
        || owns && before_is(&["been", "was", "is"])
        || before_is(&["wants", "want", "wanted", "expects", "needs", "allowed", "allows"])
            && paragraph.is(end, "to")
        || is_accused(paragraph, before, end)
        || asks
}

/// "accused President of lying", "robbed Gov. of his sleep".
pub(super) fn is_accused(paragraph: &Paragraph<'_>, before: usize, end: usize) -> bool {
    let verbs = ["accused", "accuse", "accuses", "accusing", "robbed", "reminded", "informed"];
    verbs.iter().any(|verb| paragraph.is(before, verb)) && paragraph.is(end, "of")
}

/// Whether what stands before the title takes a person as subject or object. `None` where it takes a post.
pub(super) fn governs(paragraph: &Paragraph<'_>, before: usize, end: usize) -> Option<bool> {
    let token = paragraph.token(before)?;
    let word = paragraph.text(before).to_ascii_lowercase();
    // ", and President left": behind a comma a new sentence begins, and a post does nothing.
    let comma = before > 0 && paragraph.token(before - 1).is_some_and(|token| token.mark == ',');
    if (word == "and" || word == "but") && comma && finite(paragraph, end) {
        return Some(true);
    }
    // "convinced that President would resist", "the answers that Sen. got".
    if word == "that" && finite(paragraph, end) {
        return Some(true);
    }
    // "a server that she kept while President"
    if (word == "while" || word == "when")
        && !finite(paragraph, end)
        && !is_present_verb(paragraph, end)
    {
        return None;
    }
    // "the road from Mayor to Governor"
    if word == "from"
        && paragraph.is(end, "to")
        && phrases::flagged(paragraph, end + 1, TokenFlags::CAPITAL)
    {
        return None;
    }
    if word == "let" || wants_a_person(paragraph, before, end) {
        return Some(true);
    }
    let waited = before > 0 && paragraph.is_in(before - 1, &lists::WAITS);
    if word == "for" && waited || word == "as" && finite(paragraph, end) {
        return Some(true);
    }
    // "sent to President", "hand it to President".
    let object = before > 1
        && ["it", "them", "him", "her"].iter().any(|word| paragraph.is(before - 1, word));
    let verb = before.checked_sub(1 + usize::from(object));
    if word == "to" && verb.is_some_and(|at| paragraph.is_in(at, &lists::GIVEN_TO)) {
        return Some(true);
    }
    if word == "to" && before > 0 && paragraph.is_in(before - 1, &lists::CLOSE_TO) {
        return Some(true);
    }
    // "to meet President on Friday"
    let post = [
        "be", "become", "remain", "elect", "name", "appoint", "run", "make", "call", "not", "have",
        "choose", "nominate", "stay", "get",
    ];
    let modal =
        ["to", "not", "n't", "will", "would", "can", "could", "must", "should", "may", "might"];
    let modal = before > 0 && modal.iter().any(|word| paragraph.is(before - 1, word));
    let verb = !token.flags.contains(TokenFlags::CAPITAL)
        && !token.lex.intersects(Lex::AUXILIARY | Lex::PREPOSITION | Lex::DETERMINER)
        && !word.ends_with("ly");
    if modal && verb && !post.contains(&word.as_str()) {
        return Some(true);
    }
    // "the cook of President, and": not "the office of President".
    if word == "of" && before > 0 {
        let post =
            POSTS.iter().any(|post| paragraph.text(before - 1).trim_end_matches('s') == *post);
        let noun = paragraph.token(before - 1).is_some_and(|token| token.kind == TokenKind::Word);
        return (noun && !post && !is_last(paragraph, end)).then_some(true);
    }
    if paragraph.is_in(before, &lists::TAKES_POST)
        || token.lex.contains(Lex::DETERMINER)
        || token.flags.contains(TokenFlags::CLITIC)
        || token.flags.contains(TokenFlags::CAPITAL)
            && before != paragraph.sentence_at(before).start as usize
            && !(token.lex.contains(Lex::CONJUNCTION)
                && before > 0
                && phrases::mark(paragraph, before - 1) == ':')
        || token.kind != TokenKind::Word
    {
        return None;
    }
    let person = token.lex.intersects(Lex::SPEECH | Lex::PREPOSITION | Lex::CONJUNCTION)
        || word.ends_with("ed")
        || word.ends_with("ing")
        || paragraph.is_in(before, &lists::TAKES_PERSON);
    Some(person)
}

/// Nouns behind which "of President" is a post.
const POSTS: [&str; 34] = [
    "office",
    "post",
    "title",
    "role",
    "position",
    "job",
    "rank",
    "power",
    "duty",
    "duties",
    "term",
    "election",
    "choice",
    "nomination",
    "oath",
    "function",
    "seat",
    "chair",
    "dignity",
    "responsibility",
    "responsibilities",
    "status",
    "level",
    "kind",
    "idea",
    "name",
    "instead",
    "capacity",
    "out",
    "top",
    "authority",
    "institution",
    "prerogative",
    "work",
];
