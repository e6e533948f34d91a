//! Fixes of what somebody is called: "former" goes, "former" comes, another title.

use super::Call;
use crate::annotate::MentionKind;
use crate::diagnostic::{Edit, Fix};
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
            let next = paragraph.slice(crate::segment::Span::new(at + 1, at + 2));
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

/// Puts "former" before a title that stands before a name.
pub(in crate::rules) fn add_former(call: &Call<'_, '_>) -> Option<Fix> {
    if call.mention.kind != MentionKind::Name {
        return None;
    }
    let at = call.mention.span.start as usize;
    let opens = call.paragraph.sentence_at(at).start as usize == at;
    let word = if opens { "Former " } else { "former " };
    Fix::suggestion("Add \"former\"", [Edit::insert(call.paragraph.byte(at).start, word)])
}

/// Puts the office that the table has in place of the title before a name.
pub(in crate::rules) fn replace_title(call: &Call<'_, '_>, own: &str) -> Option<Fix> {
    let title = call.paragraph.bytes(call.mention.title);
    let small = ["of", "the", "and"];
    let words = own.split(' ').map(|word| match word.chars().next() {
        Some(first) if !small.contains(&word) => {
            format!("{}{}", first.to_uppercase(), &word[first.len_utf8()..])
        }
        _ => word.to_owned(),
    });
    let own: Vec<String> = words.collect();
    let own = own.join(" ");
    Fix::suggestion(format!("Write \"{own}\""), [Edit::replace(title, own)])
}
