//! `inconsistent-title`: somebody is called sitting and former holder of an office in one article, or is called something that
//! the table of office-holders contradicts on the article's day.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::resolve::offices::{self, Question, Standing};
use crate::resolve::{Origin, Person, Story};
use crate::rules::phrases::FUNCTION;
use crate::rules::{Check, Context, Findings, Group, Rule, times};
use crate::segment::{TokenFlags, TokenKind};
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
    what: "One article calls the same person the holder and the former holder of one office; that is an error. So is, as a \
           warning, what only the table of office-holders contradicts on the article's day: \"former\" for somebody in \
           office, a sitting title for somebody who has left it, a title that the person never had. Where the day is \
           only today's, among many articles, or lies after the day on which the table was true, it is info. Past \
           offices of the same person, `then-`, sentences about earlier years, quotations, names that two holders \
           share and people whom the table does not know are left alone.",
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
pub(super) struct Call<'s, 'a> {
    pub paragraph: &'s Paragraph<'a>,
    pub mention: &'s Mention,
    pub office: String,
    pub former: bool,
}

impl<'s, 'a> Call<'s, 'a> {
    pub(super) fn new(paragraph: &'s Paragraph<'a>, mention: &'s Mention) -> Self {
        let office = offices::office(paragraph, mention.title);
        let office = office.trim_end_matches("-elect").trim_end_matches("-designate").to_owned();
        Self { paragraph, mention, office, former: mention.is(MentionFlags::FORMER) }
    }

    pub(super) fn range(&self) -> TextRange {
        self.paragraph.bytes(self.mention.span)
    }

    /// Whether its sentence is about an earlier time.
    pub(super) fn is_historical(&self, context: &Context<'_>) -> bool {
        let on = context.dated.map(|day| day.date);
        times::is_historical(self.paragraph, self.mention, on)
    }

    /// Whether "former" may be right because the sentence is of an earlier year; `since` is the first day in office.
    fn is_of_earlier(&self, context: &Context<'_>, since: Option<Date>) -> bool {
        let on = context.dated.map(|day| day.date);
        times::is_told_of_earlier(self.paragraph, self.mention, on, since)
    }

    /// "the former mayor": a description that the article may mean somebody else by.
    fn is_anaphor(&self) -> bool {
        self.mention.kind == MentionKind::Title && !self.mention.is(MentionFlags::APPOSITION)
    }

    /// Whether the article's "former" contradicts it: all but an act of the past without a day, unless title and full name
    /// open the sentence, as in news.
    fn contradicts_former(&self, days: bool) -> bool {
        let start = self.mention.span.start as usize;
        let opens = self.paragraph.sentence_at(start).start as usize == start;
        opens && !self.mention.is(MentionFlags::SINGLE)
            || !times::is_past_act(self.paragraph, self.mention)
            || is_present(self.paragraph, self.mention, days)
    }
}

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
}

/// People whom the article calls holders of an office, the first few of each.
struct Holders<'s, 'a>(FxHashMap<&'s str, Vec<(&'s Person, &'s Call<'s, 'a>)>>);

/// So many are looked at.
const HOLDERS: usize = 4;

impl<'s, 'a> Holders<'s, 'a> {
    fn of(people: &'s [(&'s Person, Vec<Call<'s, 'a>>)]) -> Self {
        let mut by_office: FxHashMap<&str, Vec<(&Person, &Call<'_, '_>)>> = FxHashMap::default();
        for (person, calls) in people {
            let named = calls.iter().filter(|c| !c.former && c.mention.kind == MentionKind::Name);
            for call in named {
                let list = by_office.entry(call.office.as_str()).or_default();
                if list.len() < HOLDERS
                    && !list.iter().any(|(other, _)| std::ptr::eq(*other, *person))
                {
                    list.push((person, call));
                }
            }
        }
        Self(by_office)
    }

    /// Somebody else whom the article calls holder of the office, and whom the table has in it there.
    fn other(
        &self,
        person: &Person,
        standing: &Standing<'_>,
        office: &str,
        context: &Context<'_>,
    ) -> Option<&'s Call<'s, 'a>> {
        let list = self.0.get(office)?.iter().filter(|(other, _)| !std::ptr::eq(*other, person));
        let on = context.dated?.date;
        let mut holding = list.filter(|(other, call)| {
            let given = offices::given_names(other);
            let question = Question {
                office,
                family: &other.family,
                given: (!given.is_empty()).then_some(given.as_str()),
                place: offices::place_of(call.paragraph, call.mention)
                    .or(Some(&*standing.tenure.place)),
                on,
            };
            context
                .offices
                .standing(&question)
                .is_some_and(|other| other.holds && other.tenure.place == standing.tenure.place)
        });
        holding.next().map(|(_, call)| *call)
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
    /// "The Okafor administration says".
    governs: Option<(&'s Paragraph<'a>, TextRange)>,
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
            given: offices::given_names(person),
            sitting: FxHashMap::default(),
            former: FxHashMap::default(),
            governs: None,
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
        if !known.former.is_empty() {
            known.governs = present_administration(story, person);
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

/// The titled mentions of the person in the writer's own words.
pub(super) fn calls<'s, 'a>(story: &'s Story<'a>, person: &Person) -> Vec<Call<'s, 'a>> {
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
                t.lex.contains(Lex::OFFICE)
                    || paragraph.is(at, "attorney")
                    || t.flags.contains(TokenFlags::HYPHEN)
            })
        });
        if !office || mention.flags.intersects(skip) || paragraph.block.kind == BlockKind::Quote {
            continue;
        }
        if mention.kind == MentionKind::Title && !is_definite(paragraph, mention)
            || is_predicate(paragraph, mention)
            || is_of_a_body(paragraph, mention)
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
    let the = usize::from(paragraph.is(of + 1, "the"));
    let place = lex(of + 1 + the).contains(Lex::PLACE) || paragraph.is(of + 1 + the, "united");
    let settled = the == 0 && paragraph.is(start, "the")
        || place && (paragraph.is(start, "the") || mention.span.start == mention.title.start);
    mention.is(MentionFlags::APPOSITION) && settled && capital(of + 1 + the) && !body
}

/// "President of Harbor College Tom Berg", "NRA President": a body's office tells nothing of offices of state.
fn is_of_a_body(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let cabinet = mention.title.iter().any(|at| paragraph.is(at, "secretary"));
    let head = mention.title.iter().find(|&at| paragraph.is(at, "of") && !cabinet);
    let head = head.unwrap_or(usize::MAX);
    let organisation = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            let houses = ["house", "senate", "state"];
            let american = ["us", "u.s."];
            let is = |words: &[&str]| words.iter().any(|word| paragraph.is(at, word));
            token.lex.contains(Lex::ORGANISATION) && !is(&houses)
                || token.flags.contains(TokenFlags::UPPER) && !is(&american) && token.lex.is_empty()
        })
    };
    let before = mention.span.start as usize..mention.title.start as usize;
    let after = mention.title.iter().filter(|&at| at > head);
    before.chain(after).any(organisation) || is_of_a_small_body(paragraph, mention)
}

/// "Student body president Josh Hawley": in small letters behind a noun that is no place.
fn is_of_a_small_body(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let small = |at: usize| {
        paragraph.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && !token.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC)
        })
    };
    let Some(before) = (mention.span.start as usize).checked_sub(1) else { return false };
    let other = FUNCTION
        | Lex::SPEECH
        | Lex::THOUGHT
        | Lex::STANDING
        | Lex::DEMONYM
        | Lex::PLACE
        | Lex::OFFICE
        | Lex::OPENER;
    let word = paragraph.text(before);
    small(mention.title.start as usize)
        && small(before)
        && mention.kind == MentionKind::Name
        && paragraph.token(before).is_some_and(|token| !token.lex.intersects(other))
        && !["ed", "ly", "ing"].iter().any(|end| word.ends_with(end))
}

/// "once Ruiz is former president": what somebody will be or was is no contradiction.
fn is_predicate(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    (mention.span.start as usize).checked_sub(1).is_some_and(|before| {
        ["is", "be", "becomes", "become", "became", "being", "was"]
            .iter()
            .any(|word| paragraph.is(before, word))
            // "It was former Mayor Ruiz who called."
            && !(before > 0 && paragraph.is(before - 1, "it"))
    })
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

/// How severe a finding is that rests on the table alone: the table may be out of date, and the article of another day.
pub(super) fn most(context: &Context<'_>, planned: bool) -> Severity {
    let unsure = context.batch && context.dated.is_some_and(|day| day.origin == Origin::Today);
    if unsure || planned { Severity::Info } else { Severity::Warning }
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
    if call.is_of_earlier(context, answer.map(|standing| standing.since))
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
    let governs = || known.governs.filter(|_| GOVERNING.contains(&office.as_str()));
    let (paragraph, place, words) = match other {
        Some(other) => (other.paragraph, other.range(), format!("called {office} here")),
        None => match governs() {
            Some((paragraph, place)) => {
                (paragraph, place, "a government in office here".to_owned())
            }
            None => return wrong_office(known, call, context, findings),
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
    findings.push_at_most(worst, call.paragraph, finding);
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

/// Looks at an office that the person never had, as far as the table knows the person and the office.
fn wrong_office(
    known: &Known<'_, '_>,
    call: &Call<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    let person = known.person;
    let name = call.mention.name;
    let full = name.iter().any(|at| call.paragraph.is(at, &person.given.to_lowercase()));
    if call.mention.kind != MentionKind::Name || !full || call.is_historical(context) {
        return;
    }
    let Some(question) = question(known, call, context) else { return };
    let Some(row) = context.offices.contradicts(&question, call.former) else { return };
    let (office, own, on) = (&call.office, &row.office, question.on);
    let (now, what) = match row.holds(on) {
        Some(true) => ("is", format!("has been {own} since {}", row.from)),
        _ => ("was", format!("became {own} on {} and was never {office}", row.from)),
    };
    let former = if call.former { "former " } else { "" };
    let finding = Diagnostic::new(
        call.range(),
        format!("{} is called {former}{office} but {now} {own}", person.name),
        format!(
            "{} {what}, says the table of office-holders as of {}. The article is of {}. A title that went to the wrong \
             person, or the wrong title: check, and change whichever is wrong.",
            person.family, row.as_of, day(context)
        ),
    )
    .confidence(0.8)
    .fix(replace_title(call, own));
    findings.push_at_most(most(context, on > row.as_of), call.paragraph, finding);
}

/// The article's day and where that was taken from.
fn day(context: &Context<'_>) -> String {
    context.dated.map_or_else(String::new, |day| day.to_string())
}

/// Puts the office that the table has in place of the title before a name.
fn replace_title(call: &Call<'_, '_>, own: &str) -> Option<Fix> {
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
    person.namesakes.iter().filter_map(|thing| thing.place.of(&story.paragraphs)).find_map(
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

/// Looks at a mention without "former": wrong by the table, where the sentence is about today.
fn sitting(
    known: &mut Known<'_, '_>,
    call: &Call<'_, '_>,
    holders: &Holders<'_, '_>,
    context: &Context<'_>,
    findings: &mut Findings,
) {
    let named = call.mention.kind == MentionKind::Name || presides(call.paragraph, call.mention);
    if !named || call.mention.is(MentionFlags::NAMESAKE) {
        return;
    }
    let person = known.person;
    let Some(standing) = table(known, call, context) else {
        return wrong_office(known, call, context, findings);
    };
    if standing.holds || call.is_historical(context) {
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
        || successor.is_some()
        || other.is_some() && call.contradicts_former(days <= RECENT);
    if !decided && !is_present(call.paragraph, call.mention, days <= RECENT) {
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
    let mut severity = most(context, standing.planned);
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

/// Whether the person does something in the sentence: a finite verb follows, and no preposition stands before.
fn is_subject(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    let verb = lex(end).intersects(Lex::AUXILIARY | Lex::SPEECH)
        || paragraph.token(end).is_some_and(|token| {
            usage(token.hash).intersects(Usage::VERB | Usage::PERSONAL)
                || token.kind == TokenKind::Word && paragraph.text(end).ends_with("ed")
        });
    let governed = start
        .checked_sub(1)
        .is_some_and(|at| lex(at).contains(Lex::PREPOSITION) || paragraph.is(at, "than"));
    verb && !governed
}

fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(i32::MAX, |span| span.get_days())
}

/// Whether the sentence shows that it is about these days: the person speaks or acts, or a day is named. `days` says that a
/// day suffices.
fn is_present(paragraph: &Paragraph<'_>, mention: &Mention, days: bool) -> bool {
    let (start, end) = (mention.span.start as usize, mention.span.end as usize);
    if times::is_governed(paragraph, mention) {
        return false;
    }
    let speaks = |at: usize| {
        paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::SPEECH))
            && !paragraph.text(at).ends_with("ing")
    };
    let acts = ["will", "is", "has", "wants", "plans"].iter().any(|word| paragraph.is(end, word));
    if mention.is(MentionFlags::SPEAKS) || acts || speaks(end) || start > 0 && speaks(start - 1) {
        return true;
    }
    let sentence = paragraph.sentence_at(start);
    let near = (start.saturating_sub(60).max(sentence.start as usize))
        ..(end + 60).min(sentence.end as usize);
    days && times::is_told_of(paragraph, mention)
        && near.into_iter().any(|at| {
            let now = ["today", "tonight", "tomorrow", "yesterday", "currently", "upcoming"];
            paragraph.token(at).is_some_and(|token| token.lex.contains(Lex::WEEKDAY))
                || paragraph.is(at, "will")
                || now.iter().any(|word| paragraph.is(at, word))
                || paragraph.is_phrase(at, &["this", "week"])
                || paragraph.is_phrase(at, &["next", "week"])
        })
}

/// What the table says, as of when, and which day it was asked about.
fn table_help(
    person: &Person,
    office: &str,
    standing: &Standing<'_>,
    context: &Context<'_>,
) -> String {
    let what = if standing.holds {
        format!("{} has been {office} since {}", person.family, standing.since)
    } else {
        format!("{} was {office} until {}", person.family, standing.since)
    };
    let table = match standing.as_of {
        Date::MAX => "the house's own table of office-holders".to_owned(),
        as_of => format!("the table of office-holders as of {as_of}"),
    };
    let planned = if standing.planned {
        "; the day lies after that, so check what has changed since"
    } else {
        ""
    };
    let day = day(context);
    format!(
        "{what}, says {table}{planned}. The article is of {day}. Check, and change whichever is wrong."
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
