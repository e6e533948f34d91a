//! Fixes of what somebody is called: "former" goes, "former" comes, another title.

use super::Call;
use crate::annotate::MentionKind;
use crate::diagnostic::{Edit, Fix};
use crate::resolve::offices::Tenure;
use crate::segment::Span;
use crate::text::TextRange;

/// Deletes "former" or "ex-".
pub(in crate::rules) fn drop_former(call: &Call<'_, '_>) -> Option<Fix> {
    let paragraph = call.paragraph;
    for at in call.mention.span.iter() {
        let word = paragraph.text(at);
        if let Some((before, _)) =
            word.split_once('-').filter(|(before, _)| before.eq_ignore_ascii_case("ex"))
        {
            let start = paragraph.byte(at).start;
            let range = TextRange::new(start, start + before.len() as u32 + 1);
            return Fix::suggestion("Drop \"ex-\"", [Edit::delete(range)]);
        }
        if paragraph.is(at, "former") {
            let range = TextRange::new(paragraph.byte(at).start, paragraph.byte(at + 1).start);
            let capital = word.starts_with('F');
            let next = paragraph.slice(Span::new(at + 1, at + 2));
            let edit = match next.chars().next().filter(|_| capital) {
                Some(first) => {
                    let upper: String = first.to_uppercase().collect();
                    Edit::replace(
                        TextRange::new(range.start, range.end + first.len_utf8() as u32),
                        upper,
                    )
                }
                None => Edit::delete(range),
            };
            return Fix::suggestion("Drop \"former\"", [edit]);
        }
    }
    None
}

/// Puts "former" before a title that stands before a name, or in the apposition that it is.
pub(in crate::rules) fn add_former(call: &Call<'_, '_>) -> Option<Fix> {
    let mention = call.mention;
    let first = if mention.kind == MentionKind::Name { mention.span } else { mention.title };
    let at = first.start as usize;
    let opens = call.paragraph.sentence_at(at).start as usize == at;
    let word = if opens { "Former " } else { "former " };
    Fix::suggestion("Add \"former\"", [Edit::insert(call.paragraph.byte(at).start, word)])
}

/// Puts the office that the table has in place of the title before a name.
pub(super) fn replace_title(call: &Call<'_, '_>, own: &str) -> Option<Fix> {
    let own = capitals(own);
    let title = call.paragraph.bytes(call.mention.title);
    Fix::suggestion(format!("Write \"{own}\""), [Edit::replace(title, own)])
}

/// Puts the place and the office that the table has in place of those before a name.
pub(super) fn replace_place(call: &Call<'_, '_>, place: Span, row: &Tenure) -> Option<Fix> {
    let title = call.mention.title;
    if place.end > title.start {
        return None;
    }
    let same = row.office == call.office;
    let office = if same { call.paragraph.clean(title) } else { capitals(&row.office) };
    let range = call.paragraph.bytes(Span::new(place.start as usize, title.end as usize));
    let own = format!("{} {office}", row.before_title());
    Fix::suggestion(format!("Write \"{own}\""), [Edit::replace(range, own)])
}

/// "secretary of state" as a title: "Secretary of State".
fn capitals(office: &str) -> String {
    let small = ["of", "the", "and"];
    let words = office.split(' ').map(|word| match word.chars().next() {
        Some(first) if !small.contains(&word) => {
            format!("{}{}", first.to_uppercase(), &word[first.len_utf8()..])
        }
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}
