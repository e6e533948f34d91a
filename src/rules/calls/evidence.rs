//! What shows without a title that somebody is in office: a government, a sentence that says so.

use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::offices;
use crate::resolve::{Person, Story};
use crate::segment::TokenFlags;
use crate::text::TextRange;

/// Where the article shows that the person holds the office, and what shows it there.
pub(in crate::rules) fn in_office<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
    office: &str,
) -> Option<(&'s Paragraph<'a>, TextRange, String)> {
    let governs =
        GOVERNING.contains(&office).then(|| present_administration(story, person)).flatten();
    governs
        .map(|(paragraph, range)| (paragraph, range, "a government in office here".to_owned()))
        .or_else(|| {
            let (paragraph, range) = predicate(story, person, office)?;
            Some((paragraph, range, format!("said to be {office} here")))
        })
}

/// "Ana Ruiz has been mayor since 2012", "Ana Ruiz is the governor of Novara": a sentence that opens with the name.
fn predicate<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
    office: &str,
) -> Option<(&'s Paragraph<'a>, TextRange)> {
    person.mentions.iter().filter_map(|place| place.of(&story.paragraphs)).find_map(
        |(paragraph, mention)| {
            let start = mention.span.start as usize;
            let opens = paragraph.sentence_at(start).start as usize == start;
            if mention.kind != MentionKind::Name
                || mention.is(MentionFlags::QUOTED)
                || !opens
                || paragraph.block.kind == BlockKind::Quote
            {
                return None;
            }
            let end = mention.span.end as usize;
            let verb = match paragraph.is_phrase(end, &["has", "been"]) {
                true => end + 2,
                false => end + usize::from(paragraph.is(end, "is")),
            };
            let first = verb + usize::from(paragraph.is(verb, "the"));
            (verb > end && is_office_at(paragraph, first, office))
                .then(|| (paragraph, paragraph.bytes(mention.span)))
        },
    )
}

/// Whether the words from `first` are the office, of a place or of none, and nothing more.
fn is_office_at(paragraph: &Paragraph<'_>, first: usize, office: &str) -> bool {
    let word = |at: usize| paragraph.token(at).map(|_| paragraph.text(at));
    let ends = (first + 1..first + 6)
        .find(|&end| offices::of_words((first..end).map_while(word)) == office);
    let Some(end) = ends else { return false };
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    if !paragraph.is(end, "of") {
        return paragraph.is(end, "since")
            || paragraph.token(end).is_none_or(|token| matches!(token.mark, ',' | '.' | ';'));
    }
    let the = usize::from(paragraph.is(end + 1, "the"));
    let capital = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.flags.contains(TokenFlags::CAPITAL))
    };
    let name = (end + 1 + the..end + 6).take_while(|&at| capital(at));
    let place = lex(end + 1 + the).contains(Lex::PLACE) || paragraph.is(end + 1 + the, "united");
    (the == 0 || place)
        && name.clone().next().is_some()
        && !name.into_iter().any(|at| lex(at).contains(Lex::ORGANISATION))
}

/// Offices after whose holder an administration or government is named.
const GOVERNING: [&str; 6] =
    ["president", "prime minister", "governor", "mayor", "premier", "chancellor"];

/// "The Okafor administration says": a government that acts today.
fn present_administration<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
) -> Option<(&'s Paragraph<'a>, TextRange)> {
    let present = [
        "is",
        "are",
        "has",
        "have",
        "says",
        "said",
        "will",
        "plans",
        "wants",
        "declined",
        "announced",
        "rejects",
        "denies",
        "proposes",
        "expects",
    ];
    person.namesakes.iter().filter_map(|thing| thing.place.of(&story.paragraphs)).find_map(
        |(paragraph, mention)| {
            let thing = mention.span.end as usize;
            let governs =
                ["administration", "government"].iter().any(|word| paragraph.is(thing, word))
                    && (thing + 1..thing + 3)
                        .any(|at| present.iter().any(|word| paragraph.is(at, word)))
                    && !mention.is(MentionFlags::QUOTED);
            governs.then(|| (paragraph, paragraph.bytes(mention.span)))
        },
    )
}
