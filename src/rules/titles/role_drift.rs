//! `role-drift`: one person is given two offices that nobody holds at once.

use crate::annotate::{MentionFlags, MentionKind};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::Story;
use crate::resolve::offices::Question;
use crate::rules::calls::{Call, calls};
use crate::rules::{Check, Context, Findings, Group, Rule, times};

pub(crate) static RULE: Rule = Rule {
    id: "role-drift",
    group: Group::Titles,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title"],
    summary: "One person is given two offices that nobody holds at once",
    what: "An article calls somebody mayor in one place and governor in another, or sheriff and police chief, with \
           nothing that says which came first. Articles that tell of a handover, former offices, -elect, acting and then- forms, sentences about earlier years, quoted words, and offices \
           that one person may hold at once are left alone, and so is whoever held both offices, or holds neither now, by \
           the table of office-holders.",
    why: "A title that went to the wrong person changes who did what, and readers cannot tell which of the two is right.",
    bad: &[
        "Mayor Ida Koch vetoed the tram line on Tuesday.\n\n“Nobody has paid for the rails,” Gov. Ida Koch said.",
    ],
    good: &[
        "Mayor Ida Koch vetoed the tram line. “Nobody has paid,” the mayor said.",
        "Former Mayor Ida Koch is governor now. “Nobody has paid,” Gov. Koch said.",
    ],
    fix: "Offers to write the first title in the second place, or the second title in the first. Always a suggestion: only a \
          person knows which of the two is right.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    for person in &story.people {
        let calls = calls(story, person);
        let sitting = calls.iter().filter(|call| {
            !call.former && call.mention.kind == MentionKind::Name && kind(&call.office).is_some()
        });
        let mut seen: Option<&Call<'_, '_>> = None;
        for call in sitting {
            let Some(first) = seen else {
                seen = Some(call).filter(|call| !call.is_historical(context));
                continue;
            };
            if first.office == call.office
                || !clash(&first.office, &call.office)
                || are_two(first, call)
            {
                continue;
            }
            let given = person.given_names();
            let known = |office: &str| {
                let day = context.dated?;
                let question = Question {
                    office,
                    family: &person.family,
                    given: Some(&given).filter(|given| !given.is_empty()).map(|given| &**given),
                    place: None,
                    on: day.date,
                };
                context.offices.standing(&question)
            };
            // Of whom the table knows, it is an office held that day against one never held, called so these days.
            let decided = match (known(&first.office), known(&call.office)) {
                (None, None) => !call.is_historical(context),
                (None, Some(own)) => own.holds && is_told_of(first, context),
                (Some(own), None) => own.holds && is_told_of(call, context),
                (Some(_), Some(_)) => false,
            };
            if !decided {
                continue;
            }
            // "Lt. Gov. Koch was sworn in as governor": both are right, each at its time.
            if times::changes_hands(story, person) {
                break;
            }
            let (one, other) = (&first.office, &call.office);
            let finding = Diagnostic::new(
                call.range(),
                format!("{} is called {other} here and {one} before", person.name),
                "Nobody holds both offices at once. Find out which is right, and change the other; a past office takes \
                 \"former\", one of that time \"then-\".",
            )
            .confidence(0.8)
            .related(first.paragraph.field, first.range(), format!("called {one} here"))
            .fix(retitled(call, first))
            .fix(retitled(first, call));
            findings.push(call.paragraph, finding);
        }
    }
}

/// Two full names in one sentence are two people: "Attorney General Ida Koch and Lt. Gov. Ida Koch".
fn are_two(one: &Call<'_, '_>, other: &Call<'_, '_>) -> bool {
    let full = |call: &Call<'_, '_>| !call.mention.is(MentionFlags::SINGLE);
    let sentence = |call: &Call<'_, '_>| {
        let paragraph = call.paragraph;
        (paragraph.index, paragraph.sentence_at(call.mention.span.start as usize).start)
    };
    full(one) && full(other) && sentence(one) == sentence(other)
}

/// Whether the sentence is of these days. The table has no legislators before the present ones, so that theirs must show it.
fn is_told_of(call: &Call<'_, '_>, context: &Context<'_>) -> bool {
    let legislator = kind(&call.office) == Some(Kind::Legislature);
    !call.is_historical(context)
        && (!legislator || times::is_present(call.paragraph, call.mention, true))
}

/// Offices that exclude each other: one of a kind at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Heads of state and government, and those who serve under them.
    State,
    /// Elected offices below.
    Region,
    /// Members of a legislature.
    Legislature,
    /// Ministers of a cabinet, who may sit in a parliament.
    Cabinet,
    /// Secretaries and others who sit in no legislature.
    Department,
    /// Who presides over a chamber of a legislature.
    Speaker,
    /// Who runs an office of a town, a county or its schools.
    Local,
}

fn kind(office: &str) -> Option<Kind> {
    Some(match office {
        "president" | "vice president" | "prime minister" | "premier" | "chancellor" => Kind::State,
        "governor" | "lieutenant governor" | "mayor" => Kind::Region,
        "senator" | "representative" => Kind::Legislature,
        "foreign minister" | "finance minister" | "interior minister" | "defense minister"
        | "defence minister" => Kind::Cabinet,
        "attorney general" | "treasurer" => Kind::Department,
        "house speaker" => Kind::Speaker,
        "sheriff" | "police chief" | "fire chief" | "superintendent" => Kind::Local,
        _ if office.starts_with("secretary of ") => Kind::Department,
        _ => return None,
    })
}

/// Whether nobody holds both. A minister sits in many parliaments, and a mayor in some.
fn clash(one: &str, other: &str) -> bool {
    let (Some(a), Some(b)) = (kind(one), kind(other)) else { return false };
    let heads = ["prime minister", "premier", "chancellor"];
    let both = |one: &str, other: &str| heads.contains(&one) && heads.contains(&other);
    match (a, b) {
        (Kind::Legislature, Kind::Cabinet | Kind::Speaker)
        | (Kind::Cabinet | Kind::Speaker, Kind::Legislature) => false,
        _ => !both(one, other),
    }
}

/// Gives a call the title of another one.
fn retitled(call: &Call<'_, '_>, like: &Call<'_, '_>) -> Option<Fix> {
    let title = like.paragraph.clean(like.mention.title);
    let range = call.paragraph.bytes(call.mention.title);
    Fix::suggestion(format!("Write \"{title}\""), [Edit::replace(range, title)])
}
