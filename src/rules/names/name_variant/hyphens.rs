//! One person's name with and without hyphens.

use super::is_read;
use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::document::BlockKind;
use crate::resolve::{Person, PersonMention, Story};
use crate::rules::Findings;
use crate::text::TextRange;
use rustc_hash::FxHashMap;

/// Whether a full name of the person has a hyphen somewhere.
fn is_hyphened(story: &Story<'_>, person: &Person) -> bool {
    let full = |place: &PersonMention| {
        let found = place.of(&story.paragraphs);
        found.filter(|(_, m)| m.kind == MentionKind::Name && !m.is(MentionFlags::SINGLE))
    };
    person
        .mentions
        .iter()
        .filter_map(full)
        .any(|(paragraph, mention)| mention.name.iter().any(|at| paragraph.text(at).contains('-')))
}

/// One person's name with and without hyphens, or with another capital: "Kim Jong-un", "Kim Jong Un".
pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let unlisted = story.people.iter().filter(|person| person.listed.is_none());
    for person in unlisted.filter(|person| is_hyphened(story, person)) {
        let mut forms: FxHashMap<String, (u32, u32, TextRange, &Paragraph<'_>)> =
            FxHashMap::default();
        let mut places = Vec::new();
        for (paragraph, mention) in
            person.mentions.iter().filter_map(|place| place.of(&story.paragraphs))
        {
            let skip = MentionFlags::QUOTED | MentionFlags::SINGLE;
            if mention.kind != MentionKind::Name
                || mention.flags.intersects(skip)
                || !is_read(paragraph)
            {
                continue;
            }
            let name = paragraph.clean(mention.name);
            let body = u32::from(paragraph.block.kind != BlockKind::Headline);
            let range = paragraph.bytes(mention.name);
            let form = forms.entry(name.clone()).or_insert((0, 0, range, paragraph));
            form.0 += 1;
            form.1 += body;
            places.push((paragraph, range, name));
        }
        if forms.len() < 2 || !forms.keys().any(|name| name.contains('-')) {
            continue;
        }
        // Where two forms are used equally often, the body's one wins, then the one that stands first.
        let Some((model, &(_, _, at, other))) =
            forms.iter().max_by_key(|(_, (count, body, range, _))| {
                (body.min(count), *body, std::cmp::Reverse(range.start))
            })
        else {
            continue;
        };
        let plain = |name: &str| name.replace('-', " ").to_lowercase();
        let wanted = plain(model);
        for (paragraph, range, name) in &places {
            if name == model || plain(name) != wanted || name.to_uppercase() == *name {
                continue;
            }
            let finding = Diagnostic::new(
                *range,
                format!("`{name}` is written `{model}` elsewhere in the article"),
                "Hyphens and capitals in a name follow one style throughout the article.",
            )
            .confidence(0.85)
            .related(other.field, at, format!("written `{model}` here"))
            .fix(Fix::suggestion(
                format!("Write \"{model}\""),
                [Edit::replace(*range, model.as_str())],
            ));
            findings.push(paragraph, finding);
        }
    }
}
