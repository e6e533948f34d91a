//! Offices in apposition to a name, before it or behind it: "Ana Ruiz, the deputy fire chief", "the fire chief, Ana Ruiz,".
//!
//! Only what says that two offices are not one is compared: a rank that came or went, two offices of which nobody holds
//! both, and the field of an office that exists for many fields. Where somebody is from is left out.

use super::{exchequer, is_one, same_office, written_out};
use crate::against::{Comparison, Place};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lang::en::{Lex, lists};
use crate::resolve::{Person, Story};
use crate::rules::{Findings, phrases, wire};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Tokens that an apposition has at most.
const LONGEST: usize = 9;
/// Mentions of a person that are looked at.
const MOST: usize = 100;

/// An office as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Role {
    /// "chief executive", "governor".
    head: &'static str,
    /// "deputy", "vice"; empty without one.
    rank: String,
    /// The word before it that is no rank: "fire", "trade"; empty without one.
    field: String,
    /// Its tokens, from the rank or the field on.
    span: Span,
}

impl Role {
    /// Whether two are one word for word, wherever they stand.
    fn is_like(&self, other: &Self) -> bool {
        (self.head, &self.rank, &self.field) == (other.head, &other.rank, &other.field)
    }
}

/// The words of the paragraphs of a wire copy that speak of one person or a namesake, by the wire copy's number; found when they
/// are asked for.
#[derive(Default)]
struct Told(FxHashMap<usize, FxHashSet<String>>);

impl Told {
    /// Whether a wire copy has a word in a paragraph that speaks of the person.
    fn has(&mut self, against: &Comparison<'_>, wire: usize, person: &Person, word: &str) -> bool {
        let words = self.0.entry(wire).or_insert_with(|| {
            let family = against.wires.family(&person.family).filter(|(at, ..)| *at == wire);
            let named: FxHashSet<usize> = family
                .flat_map(|(.., other)| other.mentions.iter().map(|at| at.paragraph))
                .collect();
            let from = against.wires.get(wire);
            let paragraphs = named.into_iter().filter_map(|at| from?.paragraph(at));
            paragraphs
                .flat_map(|p| {
                    p.span().iter().flat_map(|at| written_out(p.text(at))).collect::<Vec<_>>()
                })
                .collect()
        });
        words.contains(word)
    }
}

/// Reports the appositions of a person that give them another office than all of the wire copy; what the titles before a name
/// say was looked at before.
pub(super) fn check(
    story: &Story<'_>,
    against: &Comparison<'_>,
    person: &Person,
    findings: &mut Findings,
) {
    let mentions = person.mentions.iter().take(MOST).filter_map(|at| at.of(&story.paragraphs));
    let mut ours: Vec<(&Paragraph<'_>, Role)> = Vec::new();
    for (p, mention) in mentions.filter(|(p, m)| is_told(m) && !against.is_copied(p, m.span)) {
        for role in beside(p, mention).into_iter().flatten() {
            if !ours.iter().any(|(_, known)| known.is_like(&role)) {
                ours.push((p, role));
            }
        }
    }
    if ours.is_empty() {
        return;
    }
    let theirs = theirs(against, person);
    let mut told = Told::default();
    for (p, role) in ours {
        let wrong =
            judge(against, &role, &theirs, |wire, word| told.has(against, wire, person, word));
        if let Some((other, place, confidence)) = wrong {
            findings.push(p, report(against, p, &role, other, *place, &person.family, confidence));
            return;
        }
    }
}

/// Whether a mention is the writer's and of a person by name.
fn is_told(mention: &Mention) -> bool {
    mention.kind == MentionKind::Name
        && !mention.is(MentionFlags::QUOTED)
        && !mention.is(MentionFlags::NAMESAKE)
}

/// The offices that the wire copy has for a person, before the name and beside it.
fn theirs(against: &Comparison<'_>, person: &Person) -> Vec<(Role, Place)> {
    let mut out: Vec<(Role, Place)> = Vec::new();
    let family = against.wires.family(&person.family);
    for (number, _, other) in family.filter(|(_, _, other)| is_one(person, other)) {
        let Some(wire) = against.wires.get(number) else { continue };
        for at in other.mentions.iter().take(MOST) {
            let Some(p) = wire.paragraph(at.paragraph) else { continue };
            let Some(mention) = p.notes.mentions.get(at.mention).filter(|m| is_told(m)) else {
                continue;
            };
            let title = (!mention.title.is_empty())
                .then(|| role(&p, mention.title.start.saturating_sub(2), mention.title.end));
            let all = beside(&p, mention).into_iter().flatten().chain(title.flatten());
            for role in all {
                let known = |(other, at): &(Role, Place)| at.wire == number && other.is_like(&role);
                if !out.iter().any(known) {
                    let place = Place { wire: number, paragraph: at.paragraph, span: role.span };
                    out.push((role, place));
                }
            }
        }
    }
    out
}

/// The offices right behind a name and right before it.
fn beside(p: &Paragraph<'_>, mention: &Mention) -> [Option<Role>; 2] {
    [behind(p, mention), before(p, mention)]
}

/// "Ana Ruiz, the fire chief,", "Ana Ruiz, 40, the fire chief of Norland".
fn behind(p: &Paragraph<'_>, mention: &Mention) -> Option<Role> {
    let comma = mention.span.cover(mention.name).end as usize;
    let mut start = comma + 1;
    if phrases::mark(p, comma) != ',' {
        return None;
    }
    let age = p.token(start).is_some_and(|token| token.kind == TokenKind::Number);
    if age && phrases::mark(p, start + 1) == ',' {
        start += 2;
    }
    let end = (start..start + LONGEST).find(|at| ends(p, *at))?;
    let definite = p.is_any(start, &["the", "its", "his", "her", "their"])
        || (start..end).any(|at| phrases::flagged(p, at, TokenFlags::CLITIC));
    // "To Ana Ruiz, the mayor is a friend" does not end behind the office.
    let closed = matches!(phrases::mark(p, end), ',' | '.' | ';' | ')')
        || p.is_any(end, &["of", "for", "at", "in", "who"])
        || phrases::is_quote(p, end);
    (definite && closed).then(|| role(p, start as u32, end as u32)).flatten()
}

/// "The fire chief, Ana Ruiz, said".
fn before(p: &Paragraph<'_>, mention: &Mention) -> Option<Role> {
    let comma = (mention.span.start as usize).checked_sub(1)?;
    let end = mention.span.cover(mention.name).end as usize;
    if phrases::mark(p, comma) != ',' || !matches!(phrases::mark(p, end), ',' | '.') {
        return None;
    }
    let first = p.sentence_at(comma).start as usize;
    let low = comma.saturating_sub(LONGEST).max(first);
    let opens = |at: &usize| {
        p.is_any(*at, &["the", "its", "his", "her", "their"])
            || phrases::flagged(p, *at, TokenFlags::CLITIC)
    };
    let start = (low..comma).rev().take_while(|at| !ends(p, *at)).find(opens)?;
    role(p, start as u32, comma as u32)
}

/// Whether a noun phrase ends at a token.
fn ends(p: &Paragraph<'_>, at: usize) -> bool {
    p.token(at).is_none_or(|token| token.kind != TokenKind::Word)
        || phrases::has(p, at, Lex::PREPOSITION)
        || p.is_any(at, &["who", "whose", "that", "which"])
}

/// Words that make another office of one.
const RANKS: [&str; 7] = ["vice", "deputy", "assistant", "associate", "lieutenant", "under", "co"];
/// The words of which a story says with each that it is no longer or only for now.
const STANDING: [&str; 8] =
    ["former", "ex", "then", "acting", "interim", "onetime", "outgoing", "incoming"];
/// Offices by their last words.
const HEADS: [(&str, &str); 22] = [
    ("chief executive officer", "chief executive"),
    ("chief financial officer", "chief financial officer"),
    ("chief operating officer", "chief operating officer"),
    ("chief executive", "chief executive"),
    ("chair", "chair"),
    ("president", "president"),
    ("governor", "governor"),
    ("mayor", "mayor"),
    ("sheriff", "sheriff"),
    ("commissioner", "commissioner"),
    ("superintendent", "superintendent"),
    ("principal", "principal"),
    ("treasurer", "treasurer"),
    ("minister", "minister"),
    ("secretary", "secretary"),
    ("ambassador", "ambassador"),
    ("provost", "provost"),
    ("coroner", "coroner"),
    ("captain", "captain"),
    ("sergeant", "sergeant"),
    ("colonel", "colonel"),
    ("chief", "chief"),
];
/// Offices that one person may hold both of, or that are called by either name.
const BOTH: [(&str, &str); 11] = [
    ("chief executive", "president"),
    ("chair", "president"),
    ("chair", "commissioner"),
    ("chief operating officer", "president"),
    ("minister", "secretary"),
    ("treasurer", "secretary"),
    ("president", "minister"),
    ("commissioner", "chief"),
    ("commissioner", "minister"),
    ("commissioner", "secretary"),
    ("superintendent", "commissioner"),
];
/// Whether one person may hold both of two offices.
pub(super) fn both(a: &str, b: &str) -> bool {
    BOTH.iter().any(|pair| *pair == (a, b) || *pair == (b, a))
}

/// The office that words end with, and how many of them it is.
pub(super) fn office<S: AsRef<str>>(words: &[S]) -> Option<(usize, &'static str)> {
    HEADS.iter().find_map(|(ends, head)| {
        let count = ends.split(' ').count();
        let end = words.get(words.len().checked_sub(count)?..)?;
        end.iter().map(AsRef::as_ref).eq(ends.split(' ')).then_some((count, *head))
    })
}

/// Bodies in which somebody may have an office beside their own.
const ASSOCIATIONS: [&str; 12] = [
    "association",
    "associations",
    "council",
    "board",
    "union",
    "club",
    "society",
    "committee",
    "foundation",
    "alliance",
    "federation",
    "league",
];

/// Whether the office that ends before token `end` is one in an association, or of another time: "the president of the rowing
/// club", "the mayor of Norland from 2010 to 2014".
pub(super) fn is_other(p: &Paragraph<'_>, end: usize) -> bool {
    let close = (p.sentence_at(end).end as usize).min(end + LONGEST);
    let year = |at: usize| p.token(at).is_some_and(|token| token.kind == TokenKind::Number);
    let behind = (end..close).take_while(|at| phrases::is_word(p, *at) || year(*at));
    let body = |at: usize| p.is_any(at, &ASSOCIATIONS);
    let mut of = p.is(end, "of");
    for at in behind {
        // "The mayor of Norland who joined the council".
        of &= !p.is_any(at, &["who", "whose", "that", "which"]);
        if of && body(at)
            || p.is(at, "until")
            || p.is_any(at, &["from", "since", "between"]) && year(at + 1)
        {
            return true;
        }
    }
    false
}

/// Whether a noun phrase from token `start` on is said to be an association's or somebody else's: "the association's treasurer",
/// "the minister's secretary".
pub(super) fn is_owned(p: &Paragraph<'_>, start: usize) -> bool {
    let owner = start.checked_sub(2).filter(|at| phrases::flagged(p, at + 1, TokenFlags::CLITIC));
    owner.is_some_and(|at| {
        p.is_any(at, &ASSOCIATIONS)
            || p.is_in(at, &lists::KIN)
            || phrases::has(p, at, Lex::OFFICE | Lex::TITLE)
                && !phrases::has(p, at, Lex::ORGANISATION)
    })
}

/// What a chief may be of for it to be an office.
pub(super) const SERVICES: [&str; 2] = ["fire", "police"];
/// Offices that there are many of, one a field.
const FIELDS: [&str; 3] = ["commissioner", "minister", "secretary"];
/// What stands before an office and is no field.
const NO_FIELD: [&str; 16] = [
    "state", "city", "county", "town", "village", "federal", "national", "local", "regional",
    "district", "company", "union", "new", "longtime", "school", "party",
];

/// The office that a noun phrase ends with; `None` where it is not held now, where there are two, and for all others.
fn role(p: &Paragraph<'_>, start: u32, end: u32) -> Option<Role> {
    let span = Span { start, end };
    let last = |class: &dyn Fn(usize) -> bool| span.iter().rev().find(|at| class(*at));
    // "The bank's deputy governor": whose it is, is no part of it.
    let from = last(&|at| {
        phrases::flagged(p, at, TokenFlags::CLITIC)
            || phrases::has(p, at, Lex::DETERMINER)
            || p.is_any(at, &["its", "his", "her", "their"])
            || !phrases::is_word(p, at)
    });
    let start = from.map_or(span.start, |at| at as u32 + 1);
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut behind = span.end as usize;
    for at in start as usize..span.end as usize {
        if p.is_any(at, &["of", "for"]) {
            behind = at;
            break;
        }
        words.extend(written_out(p.text(at)).into_iter().map(|word| (word, at)));
    }
    let kin = span.iter().any(|at| p.is_in(at, &lists::KIN));
    if kin || is_owned(p, start as usize) || is_other(p, behind) {
        return None;
    }
    if exchequer(p, behind) && words.last().is_some_and(|(word, _)| word == "chancellor") {
        words.push(("exchequer".to_owned(), behind + 2));
    }
    let is = |list: &[&str], word: &str| list.contains(&word);
    let joined = |at: usize| phrases::has(p, at, Lex::CONJUNCTION);
    if words.iter().any(|(word, at)| is(&STANDING, word) || joined(*at)) {
        return None;
    }
    let mut text: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    same_office(&mut text);
    let (count, head) = office(&text)?;
    // "Fire" is the field of a chief.
    let own = if head == "chief" { 1 } else { count };
    let before = text.len() - own;
    let near = before.saturating_sub(2)..before;
    let rank = near.clone().rev().find(|at| is(&RANKS, text[*at]));
    let many = FIELDS.contains(&head);
    let field = before.checked_sub(1).filter(|at| {
        let counts = many || head == "chief" && is(&SERVICES, text[*at]);
        counts && !is(&RANKS, text[*at]) && !is(&NO_FIELD, text[*at]) && !is_place(p, words[*at].1)
    });
    let first = [rank, field].into_iter().flatten().min().unwrap_or(before);
    let (start, end) = (words[first].1, words.last()?.1 + 1);
    let word = |at: Option<usize>| at.map_or_else(String::new, |at| text[at].to_owned());
    Some(Role { head, rank: word(rank), field: word(field), span: Span::new(start, end) })
}

fn is_place(p: &Paragraph<'_>, at: usize) -> bool {
    let capital = |at: usize| phrases::flagged(p, at, TokenFlags::CAPITAL);
    phrases::has(p, at, Lex::DEMONYM | Lex::PLACE) || capital(at) && !capital(at + 1)
}

/// The office of the wire copy that ours is not; `None` where any speaks for ours.
fn judge<'k>(
    against: &Comparison<'_>,
    ours: &Role,
    theirs: &'k [(Role, Place)],
    mut told: impl FnMut(usize, &str) -> bool,
) -> Option<(&'k Role, &'k Place, f32)> {
    if theirs.iter().any(|(other, _)| same(ours, other)) {
        return None;
    }
    let differing = theirs.iter().filter_map(|(other, place)| {
        differ(against, ours, other, |word| told(place.wire, word)).map(|sure| (other, place, sure))
    });
    // "Transportation Commissioner" tells more than "Commissioner".
    differing.max_by_key(|(other, ..)| !other.field.is_empty())
}

fn same(a: &Role, b: &Role) -> bool {
    let field = a.field == b.field || a.field.is_empty() || b.field.is_empty();
    a.head == b.head && a.rank == b.rank && field
}

/// How sure it is that nobody has both offices, 0 to 1; `told` is whether the wire copy has a word beside the person.
fn differ(
    against: &Comparison<'_>,
    a: &Role,
    b: &Role,
    told: impl FnOnce(&str) -> bool,
) -> Option<f32> {
    let fields = a.field.is_empty() || b.field.is_empty() || a.field == b.field;
    if a.head == b.head && a.rank != b.rank {
        return fields.then_some(0.75);
    }
    if a.head == b.head {
        let new = !a.field.is_empty() && !against.wires.knows(&a.field);
        return (FIELDS.contains(&a.head) && !fields && new).then_some(0.65);
    }
    // A chief of whom it is not said of what may be anybody who leads.
    let leads = |role: &Role| role.head == "chief" && role.field.is_empty();
    if both(a.head, b.head) || leads(a) || leads(b) {
        return None;
    }
    // Where the wire copy has the word beside the person at all, it may be said of them.
    let last = a.head.rsplit(' ').next().unwrap_or(a.head);
    (!told(last)).then_some(0.65)
}

fn report(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    ours: &Role,
    other: &Role,
    place: Place,
    family: &str,
    confidence: f32,
) -> Diagnostic {
    let theirs = against.wires.paragraph(place).map(|wire| wire.clean(other.span));
    let theirs = theirs.unwrap_or_else(|| other.head.to_owned());
    // Before a name an office has capitals, behind it none.
    let shout = theirs.chars().all(|c| !c.is_lowercase());
    let words = if shout { theirs.clone() } else { theirs.to_lowercase() };
    let message =
        format!("`{}` for {family}, whom the wire copy calls `{theirs}`", p.clean(ours.span));
    let fix = Fix::suggestion(format!("Say “{words}”"), [Edit::replace(p.bytes(ours.span), words)]);
    let found = Diagnostic::new(p.bytes(ours.span), message, super::HELP);
    let found = found.confidence(confidence).fix(fix);
    wire::pointing(found, against, place, "the title in the wire copy")
}
