//! `title-repeated`: full title and full name again after the first reference.

use crate::annotate::{MentionFlags, MentionKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::resolve::{Person, Story};
use crate::rules::calls::Call;
use crate::rules::{Check, Context, Findings, Group, Rule};
use rustc_hash::FxHashMap;

pub(crate) static RULE: Rule = Rule {
    id: "title-repeated",
    group: Group::Titles,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title", "role-drift"],
    summary: "Full title and full name again after the first reference",
    what: "A person is given the same title with the full name a second time in the body. Headlines, captions, quoted words \
           and people who share a surname with somebody else in the article are left alone. Off by default: some houses \
           repeat a name late in a long story on purpose.",
    why: "After the first reference the surname says it; the rest is padding.",
    bad: &[
        "President Ana Ruiz signed the bill.\n\nThe ferry sails in May, President Ana Ruiz said.",
    ],
    good: &[
        "President Ana Ruiz signed the bill. The ferry sails in May, Ruiz said.",
        "President Ana Ruiz signed the bill. Her son Tom Ruiz watched President Ana Ruiz.",
    ],
    fix: "Offers the surname.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut families: FxHashMap<&str, usize> = FxHashMap::default();
    for person in &story.people {
        *families.entry(person.family.as_str()).or_default() += 1;
    }
    for person in story.people.iter().filter(|person| families[person.family.as_str()] == 1) {
        repeated(story, person, findings);
    }
}

fn repeated(story: &Story<'_>, person: &Person, findings: &mut Findings) {
    let mut first: Option<Call<'_, '_>> = None;
    for place in &person.mentions {
        let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
        let left = MentionFlags::QUOTED
            | MentionFlags::TITLE_CASE
            | MentionFlags::SINGLE
            | MentionFlags::NAMESAKE;
        if paragraph.block.kind != BlockKind::Paragraph
            || mention.kind != MentionKind::Name
            || mention.title.is_empty()
            || mention.flags.intersects(left)
        {
            continue;
        }
        let call = Call::new(paragraph, mention);
        let Some(before) = &first else {
            first = Some(call);
            continue;
        };
        if before.office != call.office || before.former != call.former {
            continue;
        }
        let finding = Diagnostic::new(
            call.range(),
            format!("title and full name of {} again", person.name),
            "After the first reference the surname is enough.",
        )
        .confidence(0.7)
        .related(before.paragraph.field, before.range(), "the first reference")
        .fix(Fix::suggestion(
            format!("Write \"{}\"", person.family),
            [Edit::replace(call.range(), person.family.clone())],
        ));
        findings.push(paragraph, finding);
    }
}
