//! Where a person is mentioned: highlights, references, and the first mention.

use super::Snapshot;
use crate::annotate::{Mention, MentionKind, Paragraph};
use crate::resolve::{Person, Story};
use crate::text::{Field, TextRange};
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, GotoDefinitionResponse, Location, Position,
};

/// A mention at a place, and whom it mentions.
#[derive(Clone, Copy)]
pub(super) struct Seen<'s, 'a> {
    pub person: &'s Person,
    pub paragraph: &'s Paragraph<'a>,
    pub mention: &'s Mention,
}

impl Seen<'_, '_> {
    /// Where the person is named there, or else called something.
    pub(super) fn range(&self) -> TextRange {
        place(self.paragraph, self.mention)
    }
}

/// Who is mentioned at a byte, or in the word that ends there.
pub(super) fn at<'s, 'a>(story: &'s Story<'a>, byte: u32) -> Option<Seen<'s, 'a>> {
    let paragraph = paragraph_at(story, byte)?;
    let mentions = &paragraph.notes.mentions;
    let after = mentions.partition_point(|m| paragraph.bytes(m.span).start <= byte);
    let number = after.checked_sub(1)?;
    let behind = number.checked_sub(1);
    let ends =
        |number: &usize| mentions.get(*number).is_some_and(|m| byte <= paragraph.bytes(m.span).end);
    let number = [Some(number), behind].into_iter().flatten().find(ends)?;
    let person = story.people.get(story.person_of(paragraph.index, number)?)?;
    Some(Seen { person, paragraph, mention: mentions.get(number)? })
}

/// The paragraph that a byte stands in, or at the end of.
pub(super) fn paragraph_at<'s, 'a>(story: &'s Story<'a>, byte: u32) -> Option<&'s Paragraph<'a>> {
    let after = story.paragraphs.partition_point(|p| p.block.range.start <= byte);
    let paragraph = story.paragraphs.get(after.checked_sub(1)?)?;
    (byte <= paragraph.block.range.end).then_some(paragraph)
}

/// The mentions of a person, in order.
pub(super) fn mentions<'s, 'a>(
    story: &'s Story<'a>,
    person: &'s Person,
) -> impl Iterator<Item = (&'s Paragraph<'a>, &'s Mention)> {
    let all = person.mentions.iter().filter_map(|mention| mention.of(&story.paragraphs));
    all.filter(|(paragraph, _)| paragraph.field == Field::Text)
}

/// The name in a mention, or all of a description or pronoun.
pub(super) fn place(paragraph: &Paragraph<'_>, mention: &Mention) -> TextRange {
    let named = mention.kind == MentionKind::Name && !mention.name.is_empty();
    paragraph.bytes(if named { mention.name } else { mention.span })
}

/// The places of the person at a byte.
fn places(snapshot: &Snapshot, position: Position) -> Option<Vec<TextRange>> {
    let byte = snapshot.byte(position);
    snapshot.read(|story| {
        let seen = at(story, byte)?;
        Some(mentions(story, seen.person).map(|(p, mention)| place(p, mention)).collect())
    })?
}

/// Every mention of the person at a position.
pub(in crate::lsp) fn highlights(
    snapshot: &Snapshot,
    position: Position,
) -> Option<Vec<DocumentHighlight>> {
    let highlight = |range| DocumentHighlight {
        range: snapshot.range(range),
        kind: Some(DocumentHighlightKind::TEXT),
    };
    Some(places(snapshot, position)?.into_iter().map(highlight).collect())
}

/// The mentions of the person at a position; the first one only if it is asked for.
pub(in crate::lsp) fn references(
    snapshot: &Snapshot,
    position: Position,
    first: bool,
) -> Option<Vec<Location>> {
    let places = places(snapshot, position)?.into_iter().skip(usize::from(!first));
    Some(places.map(|range| location(snapshot, range)).collect())
}

/// The first mention of the person at a position.
pub(in crate::lsp) fn definition(
    snapshot: &Snapshot,
    position: Position,
) -> Option<GotoDefinitionResponse> {
    let first = places(snapshot, position)?.into_iter().next()?;
    Some(location(snapshot, first).into())
}

fn location(snapshot: &Snapshot, range: TextRange) -> Location {
    Location::new(snapshot.document().uri.clone(), snapshot.range(range))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;

    const TEXT: &str = "# Ruiz wins\n\n😀 Mayor Ana Ruiz said she won. Bo Lund left.\n\nRuiz’s staff cheered, \
                        Lund said.\n";

    fn words(snapshot: &Snapshot, at: &str) -> Option<Vec<String>> {
        let position = range_of(snapshot, at).end;
        let slice = |range: TextRange| range.slice(&snapshot.text).to_owned();
        places(snapshot, position).map(|places| places.into_iter().map(slice).collect())
    }

    #[test]
    fn every_mention_of_a_person_and_of_nobody_else() {
        let snapshot = untitled(TEXT, Format::Markdown);
        let ruiz = words(&snapshot, "Ana").unwrap();
        assert_eq!(ruiz, ["Ruiz", "Ana Ruiz", "she", "Ruiz"]);
        for place in ["Mayor", "Ana Ruiz", "she"] {
            assert_eq!(words(&snapshot, place).as_ref(), Some(&ruiz), "{place}");
        }
        let possessive = range_of(&snapshot, "Ruiz’s").start;
        assert_eq!(places(&snapshot, possessive).map(|places| places.len()), Some(ruiz.len()));
        assert_eq!(words(&snapshot, "Bo").unwrap(), ["Bo Lund", "Lund"]);
        assert_eq!(words(&snapshot, "staff"), None);
    }

    #[test]
    fn the_first_mention_is_the_definition() {
        let snapshot = untitled(TEXT, Format::Markdown);
        let position = range_of(&snapshot, "Lund said").start;
        let Some(GotoDefinitionResponse::Scalar(location)) = definition(&snapshot, position) else {
            panic!("no definition")
        };
        assert_eq!(location.range, range_of(&snapshot, "Bo Lund"));
        assert_eq!(references(&snapshot, position, true).map(|r| r.len()), Some(2));
        assert_eq!(references(&snapshot, position, false).map(|r| r.len()), Some(1));
        assert_eq!(highlights(&snapshot, position).map(|r| r.len()), Some(2));
    }
}
