//! `inconsistent-title`: somebody is called sitting and former holder of an office in one article, or is called former while
//! the table of office-holders has them in office on the article's day.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::offices::{self, Question, Standing};
use crate::resolve::{Person, Story};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{TokenFlags, TokenKind};
use crate::text::TextRange;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

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
    what: "One article calls the same person the holder and the former holder of one office, or calls somebody \
           former who holds the office on the article's day according to the table of office-holders. Past offices \
           of the same person, `then-`, and sentences about earlier years are left alone, and so is the courtesy of \
           calling a former president president.",
    why: "Who holds power is the fact that readers check first, and a wrong \"former\" is the classic correction.",
    bad: &[
        "President Ngozi Okafor opened the bridge on Monday.\n\nThe former president, Ngozi Okafor, is expected to veto \
         the bill.",
    ],
    good: &[
        "He asked then-Secretary of State Mike Pompeo. Former administration officials said Pompeo agreed.",
        "Former Sen. Ana Ruiz, now governor, spoke first. Gov. Ruiz then left.",
    ],
    fix: "Offers to drop \"former\", or to add it to the other mention. Always a suggestion: only a person knows which \
          of the two is right.",
    check: Check::Story(check),
};

/// One titled mention of the person.
struct Call<'s, 'a> {
    paragraph: &'s Paragraph<'a>,
    mention: &'s Mention,
    office: String,
    former: bool,
}

impl Call<'_, '_> {
    fn range(&self) -> TextRange {
        self.paragraph.bytes(self.mention.span)
    }

    /// Whether its sentence is about an earlier time.
    fn is_historical(&self, on: Option<Date>) -> bool {
        is_historical(self.paragraph, self.mention, on)
    }
}

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    for person in &story.people {
        let calls = calls(story, person);
        if calls.is_empty() {
            continue;
        }
        let known = Known::of(story, person, &calls, context.date.or(context.today));
        for call in &calls {
            if call.former {
                former(&known, call, context, findings);
            } else {
                sitting(&known, call, context, findings);
            }
        }
    }
}

/// What the article says of one person, gathered once.
struct Known<'s, 'a> {
    person: &'s Person,
    /// The first call as sitting and as former holder, by office.
    sitting: FxHashMap<&'s str, &'s Call<'s, 'a>>,
    former: FxHashMap<&'s str, &'s Call<'s, 'a>>,
    /// "The Okafor administration says".
    governs: Option<(&'s Paragraph<'a>, TextRange)>,
}

impl<'s, 'a> Known<'s, 'a> {
    fn of(
        story: &'s Story<'a>,
        person: &'s Person,
        calls: &'s [Call<'s, 'a>],
        on: Option<Date>,
    ) -> Self {
        let (mut sitting, mut former) = (FxHashMap::default(), FxHashMap::default());
        for call in calls.iter().filter(|call| call.former) {
            former.entry(call.office.as_str()).or_insert(call);
        }
        // Whether a sentence is about the past takes long to tell, so only where it matters.
        for call in
            calls.iter().filter(|call| !call.former && former.contains_key(call.office.as_str()))
        {
            if !sitting.contains_key(call.office.as_str()) && !call.is_historical(on) {
                sitting.insert(call.office.as_str(), call);
            }
        }
        let governs = if former.is_empty() { None } else { present_administration(story, person) };
        Self { person, sitting, former, governs }
    }
}

/// The titled mentions of the person in the writer's own words.
fn calls<'s, 'a>(story: &'s Story<'a>, person: &Person) -> Vec<Call<'s, 'a>> {
    let mut out = Vec::new();
    for place in &person.mentions {
        let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
        let skip = MentionFlags::QUOTED
            | MentionFlags::THEN
            | MentionFlags::ELECT
            | MentionFlags::ACTING
            | MentionFlags::LATE;
        let office = mention.title.iter().any(|at| {
            paragraph.token(at).is_some_and(|t| {
                t.lex.contains(Lex::OFFICE) || t.flags.contains(TokenFlags::HYPHEN)
            })
        });
        if !office || mention.flags.intersects(skip) || paragraph.block.kind == BlockKind::Quote {
            continue;
        }
        if mention.kind == MentionKind::Title && !is_definite(paragraph, mention)
            || is_predicate(paragraph, mention)
        {
            continue;
        }
        let office = offices::office(paragraph, mention.title);
        if office == "leader" || office == "chair" || office == "chairman" {
            continue;
        }
        out.push(Call { paragraph, mention, office, former: mention.is(MentionFlags::FORMER) });
    }
    out
}

/// "the president", and no "president of the college": an office of state is told by no more than a country.
fn is_definite(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let bare = mention.title.end as usize == mention.span.end as usize
        && !mention.title.iter().any(|at| paragraph.is(at, "of"));
    let next = mention.span.end as usize;
    let the = paragraph.is(start, "the") || paragraph.text(start).contains('-');
    bare && !paragraph.is(next, "of") && the || presides(paragraph, mention)
}

/// "Ngozi Okafor, the president of Novara": in apposition, and of a country rather than of a college.
fn presides(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let start = mention.span.start as usize;
    let end = mention.span.end as usize;
    let inside = mention.title.iter().find(|&at| paragraph.is(at, "of"));
    let Some(of) = inside.or(Some(end).filter(|&at| paragraph.is(at, "of"))) else { return false };
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    let capital = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.flags.contains(TokenFlags::CAPITAL))
    };
    let body = (of + 1..of + 6)
        .take_while(|&at| at < end || capital(at))
        .any(|at| lex(at).contains(Lex::ORGANISATION));
    mention.is(MentionFlags::APPOSITION) && paragraph.is(start, "the") && capital(of + 1) && !body
}

/// "once Ruiz is former president": what somebody will be or was is no contradiction.
fn is_predicate(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    (mention.span.start as usize).checked_sub(1).is_some_and(|before| {
        ["is", "be", "becomes", "become", "became", "being", "was"]
            .iter()
            .any(|word| paragraph.is(before, word))
    })
}

/// Whether the sentence is about an earlier time: a past year, "ago", "at the time", "last year".
fn is_historical(paragraph: &Paragraph<'_>, mention: &Mention, on: Option<Date>) -> bool {
    let sentence = paragraph.sentence_at(mention.span.start as usize);
    let first = (mention.span.start as usize).saturating_sub(60).max(sentence.start as usize);
    let last = (sentence.end as usize).min(mention.span.end as usize + 60);
    (first..last).any(|at| {
        let Some(token) = paragraph.token(at) else { return false };
        let text = paragraph.text(at);
        if token.kind == TokenKind::Number || text.ends_with('s') && text.len() == 5 {
            let year = text.trim_end_matches('s').parse::<i16>().ok();
            return year.is_some_and(|year| {
                (1700..2100).contains(&year) && on.is_none_or(|on| year != on.year())
            });
        }
        [
            "ago",
            "formerly",
            "decades",
            "era",
            "history",
            "historic",
            "predecessor",
            "predecessors",
            "succeeded",
            "served",
            "tenure",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
            || paragraph.is_phrase(at, &["at", "the", "time"])
            || paragraph.is_phrase(at, &["last", "year"])
            || paragraph.is_phrase(at, &["under", "president"])
            || paragraph.is_phrase(at, &["when", "he"])
            || paragraph.is_phrase(at, &["when", "she"])
    })
}

/// What the table says of the call on the article's day.
fn table(person: &Person, call: &Call<'_, '_>, context: &Context<'_>) -> Option<Standing> {
    let on = context.date.or(context.today)?;
    offices::standing(&Question {
        office: &call.office,
        family: &person.family,
        given: (!person.given.is_empty()).then_some(person.given.as_str()),
        place: offices::place_of(call.paragraph, call.mention),
        on,
    })
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
    let answer = table(person, call, context);
    if answer.is_some_and(|standing| !standing.holds) {
        return;
    }
    let office = &call.office;
    let other = known.sitting.get(office.as_str()).copied();
    let range = call.paragraph.bytes(call.mention.span);
    if let Some(standing) = answer {
        let mut finding = Diagnostic::new(
            range,
            format!("{} is called former {office} but holds the office", person.name),
            table_help(person, office, &standing, context),
        )
        .confidence(if standing.planned { 0.6 } else { 0.95 })
        .fix(drop_former(call));
        if let Some(other) = other {
            finding = finding.related(
                other.paragraph.field,
                other.range(),
                format!("called {office} here"),
            );
        }
        findings.push(call.paragraph, finding);
        return;
    }
    let governs = || known.governs.filter(|_| GOVERNING.contains(&office.as_str()));
    let (paragraph, place, words) = match other {
        Some(other) => (other.paragraph, other.range(), format!("called {office} here")),
        None => match governs() {
            Some((paragraph, place)) => {
                (paragraph, place, "a government in office here".to_owned())
            }
            None => return,
        },
    };
    let finding = Diagnostic::new(
        range,
        format!("{} is called former {office} here and {office} elsewhere in the article", person.name),
        "The article contradicts itself about who holds the office. Find out which is right, and change the other.",
    )
    .confidence(if other.is_some() { 0.75 } else { 0.6 })
    .related(paragraph.field, place, words)
    .fix(drop_former(call))
    .fix(other.and_then(add_former));
    findings.push(call.paragraph, finding);
}

/// Offices after whose holder an administration or government is named.
const GOVERNING: [&str; 6] =
    ["president", "prime minister", "governor", "mayor", "premier", "chancellor"];

/// "The Okafor administration says": a government that acts today.
fn present_administration<'s, 'a>(
    story: &'s Story<'a>,
    person: &Person,
) -> Option<(&'s Paragraph<'a>, TextRange)> {
    let present = [
        "is",
        "are",
        "has",
        "have",
        "says",
        "said",
        "will",
        "plans",
        "wants",
        "declined",
        "announced",
        "rejects",
        "denies",
        "proposes",
        "expects",
    ];
    person.namesakes.iter().filter_map(|place| place.of(&story.paragraphs)).find_map(
        |(paragraph, mention)| {
            let thing = mention.span.end as usize;
            let governs =
                ["administration", "government"].iter().any(|word| paragraph.is(thing, word))
                    && (thing + 1..thing + 3)
                        .any(|at| present.iter().any(|word| paragraph.is(at, word)))
                    && !mention.is(MentionFlags::QUOTED);
            governs.then(|| (paragraph, paragraph.bytes(mention.span)))
        },
    )
}

/// Looks at a mention without "former": wrong by the table, or simply a courtesy, so never sure.
fn sitting(
    known: &Known<'_, '_>,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    if call.mention.kind != MentionKind::Name || call.mention.is(MentionFlags::NAMESAKE) {
        return;
    }
    let person = known.person;
    let Some(standing) = table(person, call, context).filter(|standing| !standing.holds) else {
        return;
    };
    if call.is_historical(context.date.or(context.today)) {
        return;
    }
    let office = &call.office;
    let mut finding = Diagnostic::new(
        call.range(),
        format!("{} is called {office} but has left the office", person.name),
        table_help(person, office, &standing, context),
    )
    .confidence(if known.former.is_empty() { 0.4 } else { 0.3 })
    .fix(add_former(call));
    if let Some(other) = known.former.get(office.as_str()) {
        finding = finding.related(
            other.paragraph.field,
            other.range(),
            format!("called former {office} here"),
        );
    }
    findings.push(call.paragraph, finding);
}

/// What the table says, as of when, and which day it was asked about.
fn table_help(person: &Person, office: &str, standing: &Standing, context: &Context<'_>) -> String {
    let day = match (context.date, context.today) {
        (Some(date), _) => format!("on {date}, the article's date"),
        (None, Some(today)) => format!("today, {today} (the article has no date)"),
        (None, None) => String::new(),
    };
    let what = if standing.holds {
        format!("{} has been {office} since {} and still is {day}", person.family, standing.since)
    } else {
        format!("{} was {office} until {} and no longer is {day}", person.family, standing.since)
    };
    let planned = if standing.planned {
        "; the day lies after that, so this rests on the planned end of the term"
    } else {
        ""
    };
    format!(
        "{what}, says the table of office-holders as of {}{planned}. Check, and change whichever is wrong.",
        standing.as_of
    )
}

/// Deletes "former" or "ex-".
fn drop_former(call: &Call<'_, '_>) -> Option<Fix> {
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
fn add_former(call: &Call<'_, '_>) -> Option<Fix> {
    if call.mention.kind != MentionKind::Name {
        return None;
    }
    let at = call.mention.span.start as usize;
    let opens = call.paragraph.sentence_at(at).start as usize == at;
    let word = if opens { "Former " } else { "former " };
    Fix::suggestion("Add \"former\"", [Edit::insert(call.paragraph.byte(at).start, word)])
}
