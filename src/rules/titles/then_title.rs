//! `then-title`: "then-" beside "former", or missing before an office that somebody held in the year of the sentence only.

use crate::annotate::{MentionFlags, MentionKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::offices::{self, Question};
use crate::resolve::{Person, Story};
use crate::rules::calls::Call;
use crate::rules::{Check, Context, Findings, Group, Rule, times};
use crate::segment::TokenKind;
use crate::text::TextRange;
use jiff::civil::{Date, date};

pub(crate) static RULE: Rule = Rule {
    id: "then-title",
    group: Group::Titles,
    severity: Severity::Info,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title"],
    summary: "\"then-\" doubles \"former\"",
    what: "\"then-\" and \"former\" stand before one title. With `--min-confidence 0` also a title without \"then-\" in a \
           sentence of an earlier year, where the table of office-holders has the person in office that year and out of \
           it on the article's day: many houses write that as it stands.",
    why: "\"then-\" says that somebody held the office at that time, \"former\" that the time was over: one of them is wrong.",
    bad: &["The bridge was opened by then-former President Ana Ruiz in May."],
    good: &[
        "The bridge was opened by then-President Ana Ruiz in May.",
        "The administration then activated the guard, former President Ana Ruiz said.",
    ],
    fix: "Offers to drop either word, or to add \"then-\".",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    for person in &story.people {
        for place in &person.mentions {
            let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
            if mention.kind != MentionKind::Name
                || mention.title.is_empty()
                || mention.is(MentionFlags::QUOTED)
            {
                continue;
            }
            let call = Call::new(paragraph, mention);
            let words = words(&call);
            if words.len() > 1 {
                if !is_between_terms(person, &call, context) {
                    doubled(&call, &words, findings);
                }
            } else if !mention.flags.intersects(PLACED) && findings.min_confidence() <= MISSING {
                missing(person, &call, context, findings);
            }
        }
    }
}

/// What places a title in time already.
const PLACED: MentionFlags = MentionFlags::FORMER
    .union(MentionFlags::THEN)
    .union(MentionFlags::ELECT)
    .union(MentionFlags::ACTING)
    .union(MentionFlags::LATE)
    .union(MentionFlags::NAMESAKE);

/// How sure it is that a house wants "then-".
const MISSING: f32 = 0.4;

/// What to delete of "then-", "former" and "ex-" right before the title or joined to it.
fn words(call: &Call<'_, '_>) -> Vec<TextRange> {
    let paragraph = call.paragraph;
    let title = call.mention.title;
    let first = (title.start as usize).saturating_sub(2);
    let mut out = Vec::new();
    for at in first..title.end as usize {
        let text = paragraph.text(at).to_lowercase();
        let range = paragraph.byte(at);
        let mut add = |from: u32, to: u32| out.push(TextRange::new(from, to));
        match text.as_str() {
            "former" | "then" if at < title.start as usize => {
                add(range.start, paragraph.byte(at + 1).start);
            }
            "then-former" => {
                add(range.start, range.start + 5);
                add(range.start + 5, paragraph.byte(at + 1).start);
            }
            _ if text.starts_with("then-") => add(range.start, range.start + 5),
            _ if text.starts_with("ex-") => add(range.start, range.start + 3),
            _ => {}
        }
    }
    out
}

/// "In 2023, then-former President": right where the sentence is of an earlier year, or the table has the person in office
/// again.
fn is_between_terms(person: &Person, call: &Call<'_, '_>, context: &Context<'_>) -> bool {
    let on = context.dated.map(|day| day.date);
    let given = person.given_names();
    let again = on.is_some_and(|on| {
        let question = Question {
            office: &call.office,
            family: &person.family,
            given: Some(&*given).filter(|given| !given.is_empty()),
            place: offices::place_of(call.paragraph, call.mention),
            on,
        };
        context.offices.standing(&question).is_some_and(|said| said.holds)
    });
    again || times::is_told_of_earlier(call.paragraph, call.mention, on, None)
}

/// "then-former President".
fn doubled(call: &Call<'_, '_>, words: &[TextRange], findings: &mut Findings) {
    let first = words.iter().map(|range| range.start).min();
    let range = call.range();
    let range = TextRange::new(first.map_or(range.start, |at| at.min(range.start)), range.end);
    let mut finding = Diagnostic::new(
        range,
        "\"then-\" and \"former\" before one title",
        "\"then-\" is for an office held at the time, \"former\" for one that was over by then. Keep the one that is meant.",
    )
    .confidence(0.9);
    for (title, range) in ["Drop the first word", "Drop the second word"].into_iter().zip(words) {
        finding = finding.fix(Fix::suggestion(title, [Edit::delete(*range)]));
    }
    findings.push(call.paragraph, finding);
}

/// "In 2012, Secretary of State Hillary Clinton flew to Oslo", years later.
fn missing(person: &Person, call: &Call<'_, '_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(day) = context.dated else { return };
    let Some(year) = year_of(call).filter(|year| *year < day.date.year()) else { return };
    let given = person.given_names();
    let standing = |on: Date| {
        let question = Question {
            office: &call.office,
            family: &person.family,
            given: Some(&*given).filter(|given| !given.is_empty()),
            place: offices::place_of(call.paragraph, call.mention),
            on,
        };
        context.offices.standing(&question).map(|standing| standing.holds)
    };
    let whole = [date(year, 1, 1), date(year, 12, 31)].map(standing) == [Some(true); 2];
    if !whole || standing(day.date) != Some(false) {
        return;
    }
    let start = call.paragraph.bytes(call.mention.title).start;
    let finding = Diagnostic::new(
        call.range(),
        format!("{} was {} in {year} and is not now", person.family, call.office),
        "In a sentence about an earlier year \"then-\" tells readers that the office is a past one.",
    )
    .confidence(MISSING)
    .fix(Fix::suggestion("Add \"then-\"", [Edit::insert(start, "then-")]));
    findings.push(call.paragraph, finding);
}

/// The year that opens the sentence: "In 2012,".
fn year_of(call: &Call<'_, '_>) -> Option<i16> {
    let paragraph = call.paragraph;
    let first = paragraph.sentence_at(call.mention.span.start as usize).start as usize;
    let number = paragraph.token(first + 1).filter(|token| token.kind == TokenKind::Number);
    number.filter(|_| paragraph.is(first, "in"))?;
    paragraph.text(first + 1).parse().ok().filter(|year| (1789..2100).contains(year))
}
