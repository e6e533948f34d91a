//! `diacritics-drift`: one person's name with its marks in one place and without them in another.

use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::resolve::{Person, Story, fold};
use crate::rules::drift::{self, Form};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;

pub(crate) static RULE: Rule = Rule {
    id: "diacritics-drift",
    group: Group::Names,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "One name stands with and without its accents",
    what: "A word of one person's name has its marks in one place and not in another (\"García\", \"Garcia\"). Two people \
           with like names, quoted words, names in capitals and bylines are left alone.",
    why: "Whether a house keeps the marks is its choice; within an article two spellings look like two people, and a search \
          for either finds half.",
    bad: &["Minister Ana Muñoz signed the order. Munoz left, and Muñoz's aides followed."],
    good: &[
        "Minister Ana Muñoz signed the order, and Muñoz left.",
        "Minister Ana Muñoz signed the order. Mayor Tom Munoz left.",
    ],
    fix: "Offers the spelling that the article uses most, and the other one throughout.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    // How somebody on the house's list is spelt is settled, and `name-variant` sees to it.
    for person in story.people.iter().filter(|person| person.listed.is_none()) {
        let names = || names(story, person);
        // Most names have no marks, which is told without a table.
        if names().any(|(paragraph, name)| !paragraph.slice(name).is_ascii()) {
            words(names(), findings);
        }
    }
}

/// The places where the article's own words name the person.
fn names<'s, 'a>(
    story: &'s Story<'a>,
    person: &'s Person,
) -> impl Iterator<Item = (&'s Paragraph<'a>, Span)> {
    person.mentions.iter().filter_map(|place| {
        let (paragraph, mention) = place.of(&story.paragraphs)?;
        let wanted = mention.kind == MentionKind::Name
            && !mention.is(MentionFlags::QUOTED)
            && paragraph.block.kind.is_copy()
            && paragraph.block.kind != BlockKind::Byline;
        wanted.then_some((paragraph, mention.name))
    })
}

/// The words of one person's name that are written in two ways.
fn words<'s, 'a: 's>(
    names: impl Iterator<Item = (&'s Paragraph<'a>, Span)>,
    findings: &mut Findings,
) {
    let mut by_word: FxHashMap<String, Vec<Word<'s, 'a>>> = FxHashMap::default();
    for (paragraph, name) in names {
        for at in name.iter() {
            let unlike = TokenFlags::UPPER | TokenFlags::MASKED | TokenFlags::ABBREVIATION;
            let word = paragraph
                .token(at)
                .is_some_and(|t| t.kind == TokenKind::Word && !t.flags.intersects(unlike));
            if word {
                let plain = fold(paragraph.text(at)).into_owned();
                by_word.entry(plain).or_default().push((paragraph, at));
            }
        }
    }
    let mut words: Vec<Vec<Word<'_, '_>>> = by_word.into_values().collect();
    words.sort_by_key(|places| places.first().map(|(p, at)| (p.index, *at)));
    for places in words {
        compare(&places, findings);
    }
}

/// A word of a name, and its token.
type Word<'s, 'a> = (&'s Paragraph<'a>, usize);

/// Flags the rarer of the two forms of one word.
fn compare(places: &[Word<'_, '_>], findings: &mut Findings) {
    let is_marked = |(paragraph, at): &Word<'_, '_>| {
        paragraph.text(*at).chars().any(|c| !c.is_ascii() && c.is_alphabetic())
    };
    let (marked, bare): (Vec<Word<'_, '_>>, Vec<_>) = places.iter().partition(|w| is_marked(w));
    let (Some(with), Some(without)) = (marked.first(), bare.first()) else { return };
    let text = |&(paragraph, at): &Word<'_, '_>| paragraph.text(at).to_owned();
    let (with, without) = (text(with), text(without));
    let (marked, bare) = (forms(&marked, &without), forms(&bare, &with));
    let (flagged, kept) = drift::rarer(&bare, &marked);
    drift::report(
        flagged,
        kept,
        |here, there| format!("`{here}` is written `{there}` elsewhere in the article"),
        "Accents are part of a name: keep them or leave them out throughout the article.",
        0.85,
        findings,
    );
}

/// The places of a form, where `other` would stand in the other one.
fn forms<'s, 'a>(words: &[Word<'s, 'a>], other: &str) -> Vec<Form<'s, 'a>> {
    let form = |&(paragraph, at): &Word<'s, 'a>| Form {
        paragraph,
        range: paragraph.byte(at),
        other: other.to_owned(),
    };
    words.iter().map(form).collect()
}
