//! `elect-acting-interim`: "-elect" or "acting" is dropped, kept after the oath, or written with a capital.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::resolve::offices::{self, Question};
use crate::resolve::{Person, Story};
use crate::rules::calls::{Call, calls, most};
use crate::rules::{Check, Context, Findings, Group, Rule, times};
use crate::text::TextRange;

pub(crate) static RULE: Rule = Rule {
    id: "elect-acting-interim",
    group: Group::Titles,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title"],
    summary: "Somebody elected or acting is called holder of the office, or the other way round",
    what: "The article calls somebody \"-elect\" or \"acting\" in one place and holder of that office in another, or \"-elect\" \
           who holds the office on the article's day according to the table of office-holders, or writes \"-Elect\" with a \
           capital. Sentences about other years, quoted words and lines in which every word has a capital are left alone.",
    why: "The words say who holds power: whoever is elected does not yet, and whoever is acting does so for a time only.",
    bad: &[
        "President-elect Ana Ruiz met the generals on Monday.\n\nPresident Ana Ruiz told them to wait.",
        "President-Elect Ana Ruiz will move in January.",
    ],
    good: &[
        "President-elect Ana Ruiz met President Olaf Berg. Ruiz will move in January.",
        "Acting on advice, the council met acting Mayor Ida Koch.",
    ],
    fix: "Writes \"-elect\" in lower case by itself. What somebody is, it only suggests.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    for paragraph in &story.paragraphs {
        for mention in &paragraph.notes.mentions {
            if mention.is(MentionFlags::ELECT) && is_print(paragraph, mention) {
                capital(paragraph, mention, findings);
            }
        }
    }
    for person in &story.people {
        let mut holders: Option<Vec<Call<'_, '_>>> = None;
        let mut told = false;
        for place in &person.mentions {
            let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
            let provisional = MentionFlags::ELECT | MentionFlags::ACTING;
            let other = MentionFlags::FORMER | MentionFlags::THEN;
            if mention.kind != MentionKind::Name
                || !mention.flags.intersects(provisional)
                || mention.flags.intersects(other)
                || !is_print(paragraph, mention)
            {
                continue;
            }
            let call = Call::new(paragraph, mention);
            sworn_in(person, &call, context, findings);
            if told {
                continue;
            }
            let holders = holders.get_or_insert_with(|| calls(story, person));
            let same = holders.iter().find(|holder| {
                !holder.former
                    && holder.mention.kind == MentionKind::Name
                    && holder.office == call.office
                    && !holder.is_historical(context)
            });
            if let Some(holder) = same.filter(|_| !call.is_historical(context)) {
                told = true;
                if times::has_changed_hands(story, person) {
                    break;
                }
                drift(person, holder, &call, findings);
            }
        }
    }
}

/// Words of the writer's own in running text.
fn is_print(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    !mention.flags.intersects(MentionFlags::QUOTED | MentionFlags::TITLE_CASE)
        && !matches!(paragraph.block.kind, BlockKind::Headline | BlockKind::Subheading)
        && paragraph.block.kind.is_copy()
}

/// "President-Elect".
fn capital(paragraph: &Paragraph<'_>, mention: &Mention, findings: &mut Findings) {
    for at in mention.title.iter() {
        let word = paragraph.text(at);
        let wrong = ["-Elect", "-Designate"].iter().find(|end| word.ends_with(**end));
        let Some(end) = wrong else { continue };
        let range = paragraph.byte(at);
        let start = range.end - end.len() as u32;
        let lower = end.to_lowercase();
        findings.push(
            paragraph,
            Diagnostic::new(
                range,
                format!("`{word}` with two capitals"),
                format!("Only the title takes a capital before a name: write \"{lower}\"."),
            )
            .confidence(0.9)
            .fix(Fix::safe(
                format!("Write \"{lower}\""),
                [Edit::replace(TextRange::new(start, range.end), lower.clone())],
            )),
        );
    }
}

/// "-elect" for somebody whom the table has in office.
fn sworn_in(person: &Person, call: &Call<'_, '_>, context: &Context<'_>, findings: &mut Findings) {
    if !call.mention.is(MentionFlags::ELECT) || call.is_historical(context) {
        return;
    }
    let Some(day) = context.dated else { return };
    let given = person.given_names();
    let question = Question {
        office: &call.office,
        family: &person.family,
        given: Some(&*given).filter(|given| !given.is_empty()),
        place: offices::place_of(call.paragraph, call.mention),
        on: day.date,
    };
    let Some(standing) = context.offices.standing(&question).filter(|s| s.holds) else { return };
    let finding = Diagnostic::new(
        call.range(),
        format!("{} is called {}-elect but holds the office", person.name, call.office),
        format!(
            "{} has been {} since {}, says the table of office-holders as of {}. The article is of {day}. Check, and \
             change whichever is wrong.",
            person.family, call.office, standing.since, standing.as_of
        ),
    )
    .confidence(0.8)
    .fix(drop_elect(call));
    findings.push_at_most(most(context, standing.planned), call.paragraph, finding);
}

/// Elected or acting here, in office there.
fn drift(person: &Person, holder: &Call<'_, '_>, call: &Call<'_, '_>, findings: &mut Findings) {
    let office = &call.office;
    let elect = call.mention.is(MentionFlags::ELECT);
    let what = if elect { format!("{office}-elect") } else { format!("acting {office}") };
    let add = if elect { add_elect(holder) } else { add_acting(holder) };
    let finding = Diagnostic::new(
        holder.range(),
        format!("{} is called {office} here and {what} elsewhere in the article", person.name),
        "Whoever is elected does not hold the office yet, and whoever is acting holds it for a time. Find out which is \
         right, and say so both times.",
    )
    .confidence(0.7)
    .related(call.paragraph.field, call.range(), format!("called {what} here"))
    .fix(add)
    .fix(if elect { drop_elect(call) } else { None });
    findings.push(holder.paragraph, finding);
}

fn drop_elect(call: &Call<'_, '_>) -> Option<Fix> {
    let at = call.mention.title.iter().find(|&at| call.paragraph.text(at).contains('-'))?;
    let word = call.paragraph.text(at);
    let range = call.paragraph.byte(at);
    let start = range.start + word.rfind('-')? as u32;
    Fix::suggestion("Drop \"-elect\"", [Edit::delete(TextRange::new(start, range.end))])
}

fn add_elect(call: &Call<'_, '_>) -> Option<Fix> {
    let end = call.paragraph.bytes(call.mention.title).end;
    Fix::suggestion("Add \"-elect\"", [Edit::insert(end, "-elect")])
}

fn add_acting(call: &Call<'_, '_>) -> Option<Fix> {
    let at = call.mention.title.start as usize;
    let opens = call.paragraph.sentence_at(at).start as usize == at;
    let word = if opens { "Acting " } else { "acting " };
    Fix::suggestion("Add \"acting\"", [Edit::insert(call.paragraph.byte(at).start, word)])
}
