//! `title-case`: a title of office with a capital where the house writes none, or the other way round.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{self, Lex};
use crate::resolve::{Story, offices};
use crate::rules::drift::{self, Form};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::style::TitleCase;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

pub(crate) static RULE: Rule = Rule {
    id: "title-case",
    group: Group::Titles,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title", "title-without-name"],
    summary: "A title of office takes a capital against house style",
    what: "With `title-case` in the settings: a title that has a capital where the house writes none, or none where the house \
           writes one. Without it: a title before a name that has a capital in one place and none in another. Openings of \
           sentences, headlines, quoted words, jobs (\"coach\") and titles behind an article or a possessive (\"the club's \
           president Ana Ruiz\") are left alone. Off by default; it runs once the setting is made.",
    why: "Whether the President has a capital is the first thing that a style guide settles, and readers see where copy from \
          two desks was joined.",
    bad: &[
        "President Ana Ruiz met the crew. It rained when president Ana Ruiz left, and President Ruiz laughed.",
    ],
    good: &[
        "President Ana Ruiz met the crew. It rained when the president left.",
        "The club's president Ana Ruiz met President Olaf Berg.",
    ],
    fix: "Offers the other case, and where the article is the measure, the rarer one throughout.",
    check: Check::Story(check),
};

/// Titles of office that a style guide speaks of.
const FORMAL: &[&str] = &[
    "president",
    "vice-president",
    "minister",
    "premier",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "senator",
    "governor",
    "mayor",
    "chancellor",
    "secretary",
    "emperor",
    "empress",
    "sultan",
    "archbishop",
    "taoiseach",
    "ambassador",
    "congressman",
    "congresswoman",
];

static FORMAL_HASHES: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| FORMAL.iter().map(|word| en::fingerprint(word)).collect());

/// A title, and how it is written.
struct Place<'s, 'a> {
    paragraph: &'s Paragraph<'a>,
    title: Span,
    upper: bool,
    /// Whether a name follows.
    named: bool,
    /// Whether it stands for somebody whom the article names.
    known: bool,
}

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let places = places(story);
    let Some(house) = context.style.title_case else { return drifting(&places, findings) };
    for place in &places {
        let wanted = match house {
            TitleCase::Never => false,
            TitleCase::BeforeNames => place.named,
            TitleCase::Always if place.named || place.known => true,
            TitleCase::Always => continue,
        };
        if wanted != place.upper {
            let words = cased(place.paragraph, place.title, wanted);
            let range = place.paragraph.bytes(place.title);
            let what = if wanted { "a capital" } else { "small letters" };
            let finding = Diagnostic::new(
                range,
                format!("`{}` takes {what} here", place.paragraph.clean(place.title)),
                "House style (`title-case` in the settings) says where titles take a capital.",
            )
            .confidence(0.8)
            .fix(Fix::suggestion(
                format!("Write \"{words}\""),
                [Edit::replace(range, words.clone())],
            ));
            findings.push(place.paragraph, finding);
        }
    }
}

/// Without a setting the article is the measure: the rarer case of one title before names is flagged.
fn drifting(places: &[Place<'_, '_>], findings: &mut Findings) {
    let mut by_title: FxHashMap<String, [Vec<Form<'_, '_>>; 2]> = FxHashMap::default();
    for place in places.iter().filter(|place| place.named && is_of_state(place)) {
        let (paragraph, title) = (place.paragraph, place.title);
        let other = cased(paragraph, title, !place.upper);
        let form = Form { paragraph, range: paragraph.bytes(title), other };
        by_title.entry(offices::office(paragraph, title)).or_default()[usize::from(place.upper)]
            .push(form);
    }
    let mut all: Vec<_> = by_title.into_values().collect();
    all.sort_by_key(|forms| {
        forms.iter().flatten().map(|f| (f.paragraph.index, f.range.start)).min()
    });
    for [lower, upper] in &all {
        if lower.is_empty() || upper.is_empty() {
            continue;
        }
        let (flagged, kept) = drift::rarer(lower, upper);
        drift::report(
            flagged,
            kept,
            |here, there| {
                format!("`{here}` before a name here and `{there}` elsewhere in the article")
            },
            "A title before a name takes a capital throughout or nowhere, as the house has it (`title-case` in the settings).",
            0.7,
            findings,
        );
    }
}

/// "the bank's Harbor Fund president", "former president": presidents of bodies have small letters in houses that give
/// those of states capitals, and so have former ones.
fn is_of_state(place: &Place<'_, '_>) -> bool {
    let Some(before) = (place.title.start as usize).checked_sub(1) else { return true };
    let paragraph = place.paragraph;
    paragraph.token(before).is_none_or(|token| {
        let nation = token.lex.intersects(Lex::DEMONYM | Lex::PLACE) || paragraph.is(before, "us");
        let small = Lex::PREPOSITION
            | Lex::CONJUNCTION
            | Lex::AUXILIARY
            | Lex::SPEECH
            | Lex::THOUGHT
            | Lex::WEEKDAY
            | Lex::MONTH
            | Lex::OPENER;
        let verb = ["met", "saw", "told", "joined", "backed", "asked"];
        token.kind != TokenKind::Word
            || nation
            || token.lex.intersects(small)
            || verb.iter().any(|word| paragraph.is(before, word))
    })
}

/// The titles whose case shows something.
fn places<'s, 'a>(story: &'s Story<'a>) -> Vec<Place<'s, 'a>> {
    let mut out = Vec::new();
    let body = [BlockKind::Paragraph, BlockKind::ListItem, BlockKind::Caption];
    for paragraph in story.paragraphs.iter().filter(|p| body.contains(&p.block.kind)) {
        for (number, mention) in paragraph.notes.mentions.iter().enumerate() {
            let unlike = MentionFlags::QUOTED | MentionFlags::TITLE_CASE;
            if mention.title.is_empty() || mention.flags.intersects(unlike) {
                continue;
            }
            let named = mention.kind == MentionKind::Name;
            let Some(upper) = written(paragraph, mention, named) else { continue };
            let known = !named && story.person_of(paragraph.index, number).is_some();
            out.push(Place { paragraph, title: mention.title, upper, named, known });
        }
    }
    out
}

/// Whether the title has capitals; `None` where that tells nothing.
fn written(paragraph: &Paragraph<'_>, mention: &Mention, named: bool) -> Option<bool> {
    let title = mention.title;
    let first = title.start as usize;
    let before = (mention.span.start as usize).checked_sub(1);
    let has = |at: usize, flags| paragraph.token(at).is_some_and(|t| t.flags.contains(flags));
    let formal =
        title.iter().any(|at| paragraph.token(at).is_some_and(|t| FORMAL_HASHES.contains(&t.hash)));
    let unclear =
        title.iter().any(|at| has(at, TokenFlags::ABBREVIATION) || has(at, TokenFlags::UPPER));
    if !formal || unclear || opens(paragraph, first) {
        return None;
    }
    if named {
        // "the club's president Ana Ruiz" is an apposition.
        let opened = |at: usize| {
            has(at, TokenFlags::CLITIC)
                || paragraph.token(at).is_some_and(|t| t.lex.contains(Lex::DETERMINER))
        };
        if before.is_some_and(opened) || (mention.span.start as usize..first).any(opened) {
            return None;
        }
    } else {
        // "the President Hotel", and no name that only the story would know.
        let article = paragraph.is(first.checked_sub(1)?, "the");
        let next = title.end as usize;
        let goes_on = has(next, TokenFlags::CAPITAL) && has(next, TokenFlags::SPACE);
        if !article || goes_on {
            return None;
        }
    }
    let words = || title.iter().filter(|&at| is_cased(paragraph, at));
    let upper = words().filter(|&at| has(at, TokenFlags::CAPITAL)).count();
    match upper {
        0 => Some(false),
        all if all == words().count() => Some(true),
        _ => None,
    }
}

/// Whether token `at` opens its sentence, so that its capital shows nothing.
fn opens(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let start = paragraph.sentence_at(at).start as usize;
    let word = |at: usize| paragraph.token(at).is_some_and(|t| t.kind == TokenKind::Word);
    let colon = at > 0 && paragraph.token(at - 1).is_some_and(|t| matches!(t.mark, ':' | '—'));
    !(start..at).any(word) || colon
}

/// A word of a title that takes a capital: all but "of" and the like.
fn is_cased(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let small = Lex::PREPOSITION | Lex::CONJUNCTION | Lex::DETERMINER;
    let proper = Lex::PLACE | Lex::PLACE_OPENER | Lex::DEMONYM;
    paragraph.token(at).is_some_and(|token| {
        token.kind == TokenKind::Word
            && !token.lex.intersects(small)
            && !token.lex.intersects(proper)
    })
}

/// The title in the other case.
fn cased(paragraph: &Paragraph<'_>, title: Span, upper: bool) -> String {
    let mut out = String::new();
    for at in title.iter() {
        if at > title.start as usize
            && paragraph.token(at).is_some_and(|t| t.flags.contains(TokenFlags::SPACE))
        {
            out.push(' ');
        }
        let word = paragraph.text(at);
        let mut letters = word.chars();
        match letters.next().filter(|_| is_cased(paragraph, at)) {
            Some(first) if upper => out.extend(first.to_uppercase()),
            Some(first) => out.extend(first.to_lowercase()),
            None => {
                out.push_str(word);
                continue;
            }
        }
        out.push_str(letters.as_str());
    }
    out
}
