//! `inconsistent-title`: somebody is called sitting and former holder of an office in one article, or is called something that
//! the table of office-holders contradicts on the article's day.

use crate::annotate::{MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Severity};
use crate::resolve::offices::{self, Question, Standing};
use crate::resolve::{Person, Story, titled_in_apposition};
use crate::rules::calls::{
    Call, Holders, add_former, calls, contradiction, drop_former, in_office, most, presides,
    table_help, wrong_title,
};
use crate::rules::times::{is_present, is_subject};
use crate::rules::{Check, Context, Findings, Group, Rule, times};
use crate::segment::TokenFlags;
use crate::text::TextRange;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};

pub(crate) static RULE: Rule = Rule {
    id: "inconsistent-title",
    group: Group::Titles,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "Somebody is called sitting and former holder of one office",
    what: "One article calls the same person the holder and the former holder of one office, or says in a sentence that \
           somebody called former has been in it since a day; that is an error. So is, as a warning, what only the table \
           of office-holders contradicts on the article's day: \"former\" for somebody in office, a sitting title for \
           somebody who has left it, a title that the person never had, the title of another country or state (\"French \
           President Keir Starmer\"). Where the day is only today's, among many articles, or lies after the day on which \
           the table was true, it is info. Left alone are past offices of the same person, `then-`, sentences about \
           earlier years and about what somebody did in them, \"former\" for a time between two terms, articles that \
           tell of a handover (sworn in, resigned, lost), fiction and what might have been, things that bear a name, \
           judges, prosecutors, coaches, chief executives and presidents of bodies unless the same words stand before \
           the full name both times, quotations, names that two holders share and people whom the table does \
           not know.",
    why: "Who holds power is the fact that readers check first, and a wrong \"former\" is the classic correction.",
    bad: &[
        "President Ngozi Okafor opened the bridge on Monday.\n\nThe former president, Ngozi Okafor, is expected to veto \
         the bill.",
    ],
    good: &[
        "He asked then-Secretary of State Mike Pompeo. Former administration officials said Pompeo agreed.",
        "Former Sen. Ana Ruiz, now governor, spoke first. Gov. Ruiz then left.",
        "Mayor Ana Ruiz resigned on Friday. The former mayor said that she was tired.",
        "In the film, President Ngozi Okafor gives up. Former President Ngozi Okafor laughed.",
    ],
    fix: "Offers to drop \"former\", or to add it to the other mention. Always a suggestion: only a person knows which \
          of the two is right.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let people = story.people.iter().map(|person| (person, calls(story, person)));
    let people: Vec<(&Person, Vec<Call<'_, '_>>)> =
        people.filter(|(_, calls)| !calls.is_empty()).collect();
    let holders = Holders::of(&people);
    let looks = Cell::new(LOOKS);
    for (person, calls) in &people {
        let mut known = Known::of(story, person, calls, context, &looks);
        for call in calls {
            if call.former {
                former(&known, call, context, findings);
            } else {
                sitting(&mut known, call, &holders, context, findings);
            }
        }
    }
    for person in &story.people {
        if let Some((sitting, former)) = contradiction(story, person, context) {
            let called =
                (sitting.paragraph, sitting.range(), format!("called {} here", sitting.office));
            let finding = contradicts(person, &former, Some(&sitting), called);
            findings.push(former.paragraph, finding);
        }
    }
}

/// How often an article is looked through for another holder: once a person and office, and no more than this.
const LOOKS: usize = 64;

/// What the article says of one person, gathered once.
struct Known<'s, 'a> {
    story: &'s Story<'a>,
    person: &'s Person,
    given: String,
    /// The first call as sitting and as former holder, by office.
    sitting: FxHashMap<&'s str, &'s Call<'s, 'a>>,
    former: FxHashMap<&'s str, &'s Call<'s, 'a>>,
    /// Offices that the table says the person has left, once that was reported.
    told: Vec<String>,
    /// Whether the article tells of a handover, once that was asked.
    hands: OnceCell<bool>,
    /// Whether the article may speak of another holder, by office.
    another: RefCell<FxHashMap<String, bool>>,
    looks: &'s Cell<usize>,
}

impl<'s, 'a> Known<'s, 'a> {
    fn of(
        story: &'s Story<'a>,
        person: &'s Person,
        calls: &'s [Call<'s, 'a>],
        context: &Context<'_>,
        looks: &'s Cell<usize>,
    ) -> Self {
        let mut known = Self {
            story,
            person,
            given: person.given_names(),
            sitting: FxHashMap::default(),
            former: FxHashMap::default(),
            told: Vec::new(),
            hands: OnceCell::new(),
            another: RefCell::default(),
            looks,
        };
        for call in calls.iter().filter(|call| call.former) {
            let office = call.office.as_str();
            let doubtful = || {
                call.is_of_earlier(context, None)
                    || call.is_anaphor() && known.is_of_another(office, context)
            };
            if !known.former.contains_key(office) && !doubtful() {
                known.former.insert(office, call);
            }
        }
        // Whether a sentence is about the past takes long to tell, so only where it matters.
        for call in calls.iter().filter(|call| !call.former) {
            let office = call.office.as_str();
            if known.former.contains_key(office)
                && !known.sitting.contains_key(office)
                && !call.is_historical(context)
                && call.contradicts_former(true)
            {
                known.sitting.insert(office, call);
            }
        }
        known
    }

    /// Whether the article tells how the person came into an office or left it.
    fn changes_hands(&self) -> bool {
        *self.hands.get_or_init(|| times::changes_hands(self.story, self.person))
    }

    /// Whether "the former mayor" may be somebody else; so it is where that was asked too often already.
    fn is_of_another(&self, office: &str, context: &Context<'_>) -> bool {
        *self.another.borrow_mut().entry(office.to_owned()).or_insert_with(|| {
            let Some(left) = self.looks.get().checked_sub(1) else { return true };
            self.looks.set(left);
            is_of_another(self.story, self.person, office, context)
        })
    }
}

/// What the table is asked about a call, on the article's day.
fn question<'q>(
    known: &'q Known<'_, '_>,
    call: &'q Call<'_, '_>,
    context: &Context<'_>,
) -> Option<Question<'q>> {
    Some(Question {
        office: &call.office,
        family: &known.person.family,
        given: (!known.given.is_empty()).then_some(known.given.as_str()),
        place: offices::place_of(call.paragraph, call.mention),
        on: context.dated?.date,
    })
}

/// What the table says of the call on the article's day.
fn table<'c>(
    known: &Known<'_, '_>,
    call: &Call<'_, '_>,
    context: &Context<'c>,
) -> Option<Standing<'c>> {
    context.offices.standing(&question(known, call, context)?)
}

/// Looks at a mention with "former".
fn former(
    known: &Known<'_, '_>,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    if call.mention.is(MentionFlags::NAMESAKE) {
        return;
    }
    let person = known.person;
    let answer = table(known, call, context);
    if answer.is_some_and(|standing| !standing.holds) {
        return;
    }
    let office = &call.office;
    // Whoever never left the office was not a former holder in any year.
    let returned = answer.is_none_or(|standing| !context.offices.is_first_service(&standing));
    let on = context.dated.map(|day| day.date);
    let earlier = || {
        call.is_of_earlier(context, answer.map(|standing| standing.since))
            || answer.is_some()
                && !is_present(call.paragraph, call.mention, true)
                && times::follows_earlier(&known.story.paragraphs, call.paragraph, call.mention, on)
    };
    // A novel and a year to come have former holders of their own.
    let elsewhere = times::opens_elsewhere(call.paragraph, call.mention, on);
    if elsewhere
        || returned && earlier()
        || call.is_anaphor() && known.is_of_another(office, context)
    {
        return;
    }
    let days = |since: Date| context.dated.map_or(0, |day| days_between(since, day.date));
    // The table knows of handovers up to its own day.
    let settled = answer.is_some_and(|said| !said.planned && days(said.since) > HANDOVER);
    if !settled && known.changes_hands() {
        return;
    }
    let other = known.sitting.get(office.as_str()).copied();
    let range = call.paragraph.bytes(call.mention.span);
    let worst = if call.is_anaphor() { Severity::Warning } else { Severity::Error };
    if let Some(standing) = answer {
        let mut finding = Diagnostic::new(
            range,
            format!("{} is called former {office} but holds the office", person.name),
            table_help(person, office, &standing, context),
        )
        .confidence(if standing.planned { 0.6 } else { 0.95 })
        .fix(drop_former(call));
        let mut severity = most(context, standing.planned);
        if let Some(other) = other {
            finding = finding
                .related(other.paragraph.field, other.range(), format!("called {office} here"))
                .fix(add_former(other));
            severity = worst;
        }
        findings.push_at_most(severity, call.paragraph, finding);
        return;
    }
    let called =
        other.map(|other| (other.paragraph, other.range(), format!("called {office} here")));
    let Some(called) = called.or_else(|| in_office(known.story, person, office)) else {
        return wrong(known, call, context, findings);
    };
    findings.push_at_most(worst, call.paragraph, contradicts(person, call, other, called));
}

/// Former here, holder of the office at the place that is `called` so in these words.
fn contradicts(
    person: &Person,
    call: &Call<'_, '_>,
    other: Option<&Call<'_, '_>>,
    (paragraph, place, words): (&Paragraph<'_>, TextRange, String),
) -> Diagnostic {
    let office = &call.office;
    Diagnostic::new(
        call.range(),
        format!("{} is called former {office} here and {office} elsewhere in the article", person.name),
        "The article contradicts itself about who holds the office. Find out which is right, and change the other.",
    )
    .confidence(if other.is_some() { 0.75 } else { 0.6 })
    .related(paragraph.field, place, words)
    .fix(drop_former(call))
    .fix(other.and_then(add_former))
}

/// Days around a handover in which an article may tell of it.
const HANDOVER: i32 = 30;

/// Whether "the former mayor" may be another one than the person: one without a name, or one whom the table has.
fn is_of_another(story: &Story<'_>, person: &Person, office: &str, context: &Context<'_>) -> bool {
    times::has_another_holder(story, person, office)
        || story.paragraphs.iter().any(|paragraph| {
            let capitals = paragraph.tokens().iter().enumerate();
            capitals.filter(|(_, token)| token.flags.contains(TokenFlags::CAPITAL)).any(
                |(at, _)| {
                    let family = paragraph.text(at);
                    let Some(day) = context.dated.filter(|_| family != person.family) else {
                        return false;
                    };
                    let question =
                        Question { office, family, given: None, place: None, on: day.date };
                    context.offices.standing(&question).is_some_and(|said| !said.holds)
                },
            )
        })
}

/// Looks at an office that the person never had, or has elsewhere.
fn wrong(
    known: &Known<'_, '_>,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    if let Some(question) = question(known, call, context) {
        wrong_title(known.person, &question, call, context, findings);
    }
}

/// Looks at a mention without "former": wrong by the table, where the sentence is about today.
fn sitting(
    known: &mut Known<'_, '_>,
    call: &Call<'_, '_>,
    holders: &Holders<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    let named = call.mention.kind == MentionKind::Name
        || presides(call.paragraph, call.mention)
        || titled_in_apposition(call.paragraph, call.mention).is_some();
    if !named || call.mention.is(MentionFlags::NAMESAKE) {
        return;
    }
    let person = known.person;
    let Some(standing) = table(known, call, context) else {
        return wrong(known, call, context, findings);
    };
    let now_other = times::is_now_other(call.paragraph, call.mention);
    if standing.holds || !now_other && call.is_historical(context) {
        return;
    }
    let office = &call.office;
    let other = known.former.get(office.as_str()).copied();
    let days = context.dated.map_or(0, |day| days_between(standing.since, day.date));
    let successor = (days <= TERM && is_subject(call.paragraph, call.mention))
        .then(|| holders.other(person, &standing, office, context))
        .flatten();
    if days > LIVING || days <= FRESH && known.changes_hands() {
        return;
    }
    let decided = days <= FRESH
        || now_other
        || successor.is_some()
        || other.is_some() && call.contradicts_former(days <= RECENT);
    let told = || {
        let (paragraph, mention) = (call.paragraph, call.mention);
        let on = context.dated.map(|day| day.date);
        days <= RECENT
            && times::is_introduced(paragraph, mention)
            && !times::follows_earlier(&known.story.paragraphs, paragraph, mention, on)
    };
    let shown = decided || is_present(call.paragraph, call.mention, days <= RECENT);
    if !shown && !told() {
        return;
    }
    // Once is enough where the article says it throughout.
    if other.is_none() && known.told.contains(office) {
        return;
    }
    known.told.push(office.clone());
    let mut finding = Diagnostic::new(
        call.range(),
        format!("{} is called {office} but has left the office", person.name),
        table_help(person, office, &standing, context),
    )
    .confidence(if other.or(successor).is_some() { 0.8 } else { 0.7 })
    .fix(add_former(call));
    if let Some(successor) = successor {
        let named = format!("called {office} here");
        finding = finding.related(successor.paragraph.field, successor.range(), named);
    }
    let mut severity = if shown { most(context, standing.planned) } else { Severity::Info };
    if let Some(other) = other {
        finding = finding
            .related(other.paragraph.field, other.range(), format!("called former {office} here"))
            .fix(drop_former(other));
        severity = Severity::Error;
    }
    findings.push_at_most(severity, call.paragraph, finding);
}

/// Somebody who left office so many days ago is hardly called by it in a sentence about the past.
const FRESH: i32 = 200;

/// Whoever left office longer ago is mostly written about in sentences about the past.
const RECENT: i32 = 12 * 365;

/// Whoever left office longer ago is a figure of history, and what bears the name a play, a ship or a namesake.
const LIVING: i32 = 30 * 365;

/// Days after which "President Ruiz signed it" beside the successor may be history.
const TERM: i32 = 4 * 365;

fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(i32::MAX, |span| span.get_days())
}
