//! `courtesy-title-mix`: one person is "Mr. Ruiz" in one place and "Ruiz" in another.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::{Person, Story};
use crate::rules::drift::{self, Form};
use crate::rules::names::first_reference::body_start;
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;

pub(crate) static RULE: Rule = Rule {
    id: "courtesy-title-mix",
    group: Group::Titles,
    severity: Severity::Info,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title", "name-variant"],
    summary: "One person stands with and without a courtesy title",
    what: "After the first reference the article calls one person \"Mr. Ruiz\" (Mrs., Ms., Miss, Mx.) in one place and \"Ruiz\" \
           in another. Quoted words, headlines, captions, couples (\"Mr. and Mrs. Ruiz\"), things named after people and \
           surnames that two people share are left alone: there the courtesy title tells who is meant.",
    why: "Courtesy titles are a choice of the house. Mixed, they read as respect for the one and none for the other.",
    bad: &[
        "Tom Ruiz opened the shop in May. Mr. Ruiz sells rope. On Monday Mr. Ruiz was ill. His neighbors said Ruiz would be back.",
    ],
    good: &[
        "Tom Ruiz opened the shop in May. Mr. Ruiz sells rope.",
        "Tom Ruiz and Eva Ruiz opened the shop. Mr. Ruiz sells rope, and the Ruiz shop is shut on Mondays.",
    ],
    fix: "Offers the form that the article uses most for the person, and the other one throughout.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut families: FxHashMap<&str, usize> = FxHashMap::default();
    for person in &story.people {
        *families.entry(person.family.as_str()).or_default() += 1;
    }
    let start = body_start(story);
    for person in story.people.iter().filter(|person| families[person.family.as_str()] == 1) {
        let (mut titled, mut bare) = (Vec::new(), Vec::new());
        for place in &person.mentions {
            let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
            if paragraph.index < start || !is_surname(paragraph, mention, person) {
                continue;
            }
            match courtesy(paragraph, mention) {
                Some(title) => titled.push((paragraph, mention, title)),
                None if mention.title.is_empty() && is_bare(paragraph, mention) => {
                    bare.push((paragraph, mention));
                }
                None => {}
            }
        }
        if let Some(&(first, _, title)) = titled.first()
            && !bare.is_empty()
        {
            mixed(&titled, &bare, &first.clean(title), findings);
        }
    }
}

/// A mention with a courtesy title, and the title.
type Titled<'s, 'a> = (&'s Paragraph<'a>, &'s Mention, Span);

fn mixed(
    titled: &[Titled<'_, '_>],
    bare: &[(&Paragraph<'_>, &Mention)],
    title: &str,
    findings: &mut Findings,
) {
    let titled: Vec<Form<'_, '_>> = titled
        .iter()
        .map(|(paragraph, mention, title)| {
            let range = paragraph.bytes(Span::new(title.start as usize, mention.name.end as usize));
            Form { paragraph, range, other: paragraph.clean(mention.name) }
        })
        .collect();
    let bare: Vec<Form<'_, '_>> = bare
        .iter()
        .map(|(paragraph, mention)| {
            let range = paragraph.bytes(mention.name);
            Form { paragraph, range, other: format!("{title} {}", paragraph.clean(mention.name)) }
        })
        .collect();
    let (flagged, kept) = drift::rarer(&bare, &titled);
    drift::report(
        flagged,
        kept,
        |here, there| format!("`{here}` here and `{there}` elsewhere in the article"),
        "Courtesy titles are given to everybody or to nobody, as the house has it. Choose one form for the article.",
        0.7,
        findings,
    );
}

/// The surname alone in running text in the writer's own words.
fn is_surname(paragraph: &Paragraph<'_>, mention: &Mention, person: &Person) -> bool {
    let unlike = MentionFlags::QUOTED | MentionFlags::TITLE_CASE | MentionFlags::NAMESAKE;
    mention.kind == MentionKind::Name
        && paragraph.block.kind == BlockKind::Paragraph
        && mention.is(MentionFlags::SINGLE)
        && !mention.flags.intersects(unlike)
        && paragraph.clean(mention.name) == person.family
        // The end of a caption: "Ruiz (left)".
        && paragraph.token(mention.name.end as usize).is_none_or(|next| next.mark != '(')
}

/// Whether the surname alone is the person for certain: it speaks, owns, or stands where a sentence stops.
fn is_bare(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let verb = Lex::SPEECH | Lex::THOUGHT | Lex::AUXILIARY;
    paragraph.token(end).is_none_or(|next| {
        next.kind != TokenKind::Word
            || next.flags.contains(TokenFlags::CLITIC)
            || next.lex.intersects(verb) && !next.flags.contains(TokenFlags::CAPITAL)
    })
}

/// The courtesy title right before the name, unless it is that of a couple.
fn courtesy(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Span> {
    let at = (mention.name.start as usize).checked_sub(1)?;
    let titles = ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx", "mx."];
    let is = titles.iter().any(|title| paragraph.is(at, title));
    let couple = at > 0 && (paragraph.is(at - 1, "and") || paragraph.text(at - 1) == "&");
    let honorific = paragraph.token(at).is_some_and(|t| t.lex.contains(Lex::HONORIFIC));
    (is && honorific && !couple).then(|| Span::new(at, at + 1))
}
