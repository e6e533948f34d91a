//! What stands beside a mention: relatives, a name in apposition, somebody in the same sentence; and whom the table knows.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::resolve::offices::Table;

/// The number of the name in apposition behind a title: "her predecessor, Ana Ruiz".
pub(super) fn named_beside(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<usize> {
    let comma = mention.span.end as usize;
    paragraph.token(comma).filter(|token| token.mark == ',')?;
    let mentions = &paragraph.notes.mentions;
    let number = mentions.partition_point(|other| (other.span.start as usize) <= comma);
    let named = mentions.get(number)?;
    (named.kind == MentionKind::Name && named.span.start as usize == comma + 1).then_some(number)
}

/// The name that a title opens a sentence with: "The president, Ana Ruiz, said". In "He met the president, Ana Ruiz, and the
/// mayor" they may be three.
pub(crate) fn titled_in_apposition<'p>(
    paragraph: &'p Paragraph<'_>,
    mention: &Mention,
) -> Option<&'p Mention> {
    let start = mention.span.start as usize;
    if mention.kind != MentionKind::Title || mention.is(MentionFlags::APPOSITION) {
        return None;
    }
    let opens = paragraph.sentence_at(start).start as usize == start;
    let told = start
        .checked_sub(1)
        .is_some_and(|before| ["said", "says", "by"].iter().any(|word| paragraph.is(before, word)));
    let named = paragraph.notes.mentions.get(named_beside(paragraph, mention)?)?;
    let end = named.span.end as usize;
    let closed = paragraph.token(end).is_some_and(|token| matches!(token.mark, ',' | '.'));
    let goes_on = ["and", "or", "then", "a", "an", "the", "who"];
    let listed = goes_on.iter().any(|word| paragraph.is(end + 1, word));
    let plain = !named.is(MentionFlags::SINGLE) && named.title.is_empty();
    ((opens || told) && closed && plain && !listed).then_some(named)
}

/// The number of the full name that a given name shares its family name with: "Bill and Hillary Clinton". In "Ruiz, Graham
/// and Tom Berg" and in a headline nobody can tell.
pub(super) fn partner_beside(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<usize> {
    let and = mention.span.end as usize;
    let listed = (mention.span.start as usize)
        .checked_sub(1)
        .is_some_and(|before| paragraph.token(before).is_some_and(|token| token.mark == ','));
    let alone = mention.is(MentionFlags::SINGLE | MentionFlags::GIVEN) && mention.title.is_empty();
    let tells = alone && !mention.flags.intersects(MentionFlags::TITLE_CASE | MentionFlags::PLACE);
    if !tells || listed || !paragraph.is(and, "and") {
        return None;
    }
    let mentions = &paragraph.notes.mentions;
    let number = mentions.partition_point(|other| (other.span.start as usize) <= and);
    let other = mentions.get(number)?;
    let full = other.kind == MentionKind::Name
        && !other.is(MentionFlags::SINGLE)
        && other.title.is_empty()
        && other.name.len() == 2
        && other.span.start as usize == and + 1;
    full.then_some(number)
}

/// Whether one of the given names is a woman's and the other a man's.
pub(super) fn is_couple(paragraph: &Paragraph<'_>, one: &Mention, other: &Mention) -> bool {
    let is = |mention: &Mention| {
        paragraph.token(mention.name.start as usize).and_then(|token| {
            let (woman, man) = (token.lex.contains(Lex::WOMAN), token.lex.contains(Lex::MAN));
            (woman != man).then_some(woman)
        })
    };
    is(one).zip(is(other)).is_some_and(|(one, other)| one != other)
}

fn is_kin(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.is_in(at, &lists::KIN)
}

/// Whether a relative is named in the sentence or in the one before.
pub(super) fn kin_nearby(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let sentence = paragraph.sentence_at(mention.span.start as usize);
    let before = (sentence.start as usize).saturating_sub(1);
    let first = paragraph.sentence_at(before).start as usize;
    (first..sentence.end as usize).take(120).any(|at| is_kin(paragraph, at))
}

/// "His father, the former president": somebody else than whoever the office was last given to.
pub(super) fn is_relative(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(comma) = (mention.span.start as usize).checked_sub(1) else { return false };
    let is_comma = paragraph.token(comma).is_some_and(|token| token.mark == ',');
    is_comma && comma > 0 && is_kin(paragraph, comma - 1)
}

/// Whether the person is mentioned in the same sentence: "Mayor Ruiz fired the ex-mayor".
pub(super) fn is_beside(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    owned: &[Option<u32>],
    person: u32,
) -> bool {
    let sentence = paragraph.sentence_at(mention.span.start as usize);
    let mentions = paragraph.notes.mentions.iter().zip(owned);
    mentions
        .filter(|(_, owner)| **owner == Some(person))
        .any(|(other, _)| sentence.contains(other.span.start as usize))
}

/// Whether the table of office-holders has the name, whatever its given name: "Shigeru Ishiba".
pub(super) fn is_holder(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let first = mention.name.start as usize;
    let (given, family) = (paragraph.text(first), paragraph.text(first + 1));
    mention.name.len() == 2
        && !mention.is(MentionFlags::NAMESAKE)
        && !Table::built_in().of_person(family, given).is_empty()
}

/// Whether the table has the full name in the office, now or before.
pub(super) fn has_held(paragraph: &Paragraph<'_>, full: &Mention, office: &str) -> bool {
    let (given, family) = (full.name.start as usize, full.name.end as usize - 1);
    let rows = Table::built_in().of_person(paragraph.text(family), paragraph.text(given));
    family > given && rows.iter().any(|row| row.office == office)
}
