//! Names that the house's list or the table of office-holders spells otherwise.

use super::{is_read, throughout};
use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::resolve::offices::{self, Question};
use crate::resolve::{Listed, Story, fold};
use crate::rules::{Context, Findings};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::text::TextRange;

/// Names of people on the house's list that are not spelt as the house spells them.
pub(super) fn house(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    for person in &story.people {
        let Some(entry) = person.listed.and_then(|number| context.people.get(number)) else {
            continue;
        };
        let mut wrong: Vec<(&Paragraph<'_>, TextRange, String)> = Vec::new();
        for place in &person.mentions {
            let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
            if mention.kind == MentionKind::Name
                && !mention.is(MentionFlags::QUOTED)
                && is_read(paragraph)
            {
                misspelt_name(paragraph, mention.name, entry, &mut wrong);
            }
        }
        let edits: Vec<Edit> =
            wrong.iter().map(|(_, range, right)| Edit::replace(*range, right.clone())).collect();
        let one_field = wrong.windows(2).all(|pair| pair[0].0.field == pair[1].0.field);
        for (paragraph, range, right) in &wrong {
            let finding = Diagnostic::new(
                *range,
                format!("`{}` is spelt `{right}` in this house", range.slice(paragraph.source)),
                format!(
                    "The settings' list of people has {}. The house's spelling stands throughout.",
                    entry.name
                ),
            )
            .confidence(0.95)
            .fix(Fix::suggestion(
                format!("Spell it \"{right}\""),
                [Edit::replace(*range, right.clone())],
            ))
            .fix(throughout(entry.name.as_str(), edits.clone(), one_field));
            findings.push(paragraph, finding);
        }
    }
}

/// People who are called by an office and whose names are one letter away from its holder's.
pub(super) fn against_table(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(dated) = context.dated else { return };
    let unlisted = story.people.iter().filter(|person| person.listed.is_none());
    for person in unlisted.filter(|person| !person.given.is_empty()) {
        let places = || person.mentions.iter().filter_map(|place| place.of(&story.paragraphs));
        let near = places().filter(|(_, m)| m.kind == MentionKind::Name && !m.title.is_empty());
        let mut near = near.filter_map(|(paragraph, mention)| {
            context.offices.misspelt(&Question {
                office: &offices::office(paragraph, mention.title),
                family: &person.family,
                given: Some(&person.given),
                place: offices::place_of(paragraph, mention),
                on: dated.date,
            })
        });
        let Some((holder, right)) = near.next() else { continue };
        let wrong = if right == holder.family { &person.family } else { &person.given };
        for (paragraph, mention) in places() {
            let quoted = mention.is(MentionFlags::QUOTED) || !is_read(paragraph);
            let Some(at) = mention.name.iter().find(|&at| paragraph.text(at) == wrong) else {
                continue;
            };
            if quoted {
                continue;
            }
            let message = format!("`{wrong}` is spelt `{right}` in the table of office-holders");
            let help = format!(
                "The table has {} as {} and nobody of the other spelling ({}). Check which spelling is right.",
                holder.name(),
                holder.office,
                holder.source
            );
            let range = paragraph.byte(at);
            let edit = Edit::replace(range, right);
            let finding = Diagnostic::new(range, message, help)
                .confidence(0.85)
                .fix(Fix::suggestion(format!("Spell it \"{right}\""), [edit]));
            findings.push(paragraph, finding);
        }
    }
}

/// What of one name is not spelt as the house spells it, and what belongs there.
fn misspelt_name<'s, 'a>(
    paragraph: &'s Paragraph<'a>,
    name: Span,
    entry: &Listed,
    wrong: &mut Vec<(&'s Paragraph<'a>, TextRange, String)>,
) {
    let written = paragraph.clean(name);
    let whole = |list: &[String]| list.iter().any(|other| other.eq_ignore_ascii_case(&written));
    if written == entry.name || whole(&entry.known_as) {
        return;
    }
    let words = |text: &str| text.split_whitespace().count();
    if whole(&entry.also) && words(&written) != words(&entry.name) && words(&written) > 1 {
        wrong.push((paragraph, paragraph.bytes(name), entry.name.clone()));
        return;
    }
    for at in name.iter() {
        let text = paragraph.text(at);
        let word = paragraph.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::UPPER)
        });
        if !word || entry.words().any(|own| own == text) {
            continue;
        }
        // The same letters with other marks, hyphens or capitals, or a word of another spelling on the list.
        let folded = fold(text);
        let own = entry.words().find(|own| fold(own) == folded);
        let listed = entry.also.iter().any(|other| {
            other.split_whitespace().any(|other| other.to_lowercase() == text.to_lowercase())
        });
        let right = own.or_else(|| listed.then(|| entry.in_place_of(text)));
        if let Some(right) = right {
            wrong.push((paragraph, paragraph.byte(at), right.to_owned()));
        }
    }
}
