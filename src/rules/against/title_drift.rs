//! `title-drift`: a person called by an office that the wire copy does not have for them.

mod apposed;

use crate::against::{Comparison, Place, Wire, folded};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::lang::en::{self, Lex, lists};
use crate::resolve::{Person, Story};
use crate::rules::phrases::{self, has};
use crate::rules::{Check, Context, Findings, Group, Rule, wire};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "title-drift",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["inconsistent-title", "role-drift"],
    summary: "A person is titled otherwise than in the wire copy",
    what: "An office or role beside a name that differs from all that the wire copy calls the same person: \"finance minister\" for \
           \"interior minister\", \"mayor\" for \"deputy mayor\", a \"former\" that came or went. Shorter and longer forms of the \
           same title, where somebody is from, courtesy titles and people without a title in the wire copy are left alone.",
    why: "A wrong office is a correction, and to call somebody former or acting who is not may do harm.",
    bad: &[
        "Wire: Finance Minister Ana Ruiz closed the old bridge on Monday.\nDraft: Interior Minister Ana Ruiz closed the old bridge \
         on Monday.",
    ],
    good: &[
        "Wire: Norland's Finance Minister Ana Ruiz closed the old bridge on Monday.\nDraft: Minister Ana Ruiz closed the old bridge \
         on Monday.",
    ],
    fix: "The wire copy's title is put in its place, as a suggestion.",
    check: Check::Story(check),
};

const HELP: &str = "Check the office on the day of the story.";

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    for person in &story.people {
        let titled = person.mentions.iter().filter_map(|at| at.of(&story.paragraphs));
        let titled: Vec<_> = titled.filter_map(|(p, m)| Some((p, m, title(p, m)?))).collect();
        let known = if titled.is_empty() { Vec::new() } else { known(against, person) };
        let wrong = titled.into_iter().find_map(|(p, mention, ours)| {
            if against.is_copied(p, mention.span) {
                return None;
            }
            let (other, confidence) =
                loaded(against, &ours, &known).or_else(|| judge(&ours, &known))?;
            // Who resigned yesterday is "former" today.
            if ours.flags != other.title.flags && has_left(against, other.place) {
                return None;
            }
            Some((p, mention, other, confidence))
        });
        if let Some((p, mention, other, confidence)) = wrong {
            findings.push(p, report(against, p, mention, other, &person.family, confidence));
            continue;
        }
        apposed::check(story, against, person, findings);
    }
}

/// What somebody is called.
#[derive(Clone, Debug, PartialEq)]
struct Title {
    /// Its words in lower case, abbreviations written out, without where somebody is from.
    words: Vec<String>,
    /// Whether the office was, will be or is only for now held.
    flags: MentionFlags,
}

/// Whether an office is held.
const HELD: MentionFlags =
    MentionFlags::FORMER.union(MentionFlags::ACTING).union(MentionFlags::ELECT);

/// The title of a mention, courtesy aside.
fn title(p: &Paragraph<'_>, mention: &Mention) -> Option<Title> {
    if mention.title.is_empty() || mention.is(MentionFlags::QUOTED) {
        return None;
    }
    let named = mention.kind == MentionKind::Name;
    if apposed::is_owned(p, mention.title.start as usize)
        || !named && apposed::is_other(p, mention.title.end as usize)
    {
        return None;
    }
    let mut words = Vec::new();
    for at in lead(p, mention.title).iter() {
        if p.is(at, "of") || p.is(at, "for") {
            words.extend(exchequer(p, at).then(|| "exchequer".to_owned()));
            break;
        }
        // A relative has no office.
        if p.is_in(at, &lists::KIN) {
            return None;
        }
        let token = p.token(at)?;
        // Whether it is held, the flags say.
        let from =
            token.lex.intersects(Lex::DEMONYM | Lex::PLACE | Lex::DETERMINER | Lex::STANDING);
        if token.kind == TokenKind::Word && !from && !p.is(at, "'s") && !p.is(at, "’s") {
            words.extend(written_out(p.text(at)));
        }
    }
    let mut same: Vec<&str> = words.iter().map(String::as_str).collect();
    same_office(&mut same);
    let words: Vec<String> = same.into_iter().map(str::to_owned).collect();
    let courtesy =
        words.iter().all(|word| en::lexicon(word).contains(Lex::HONORIFIC) || word == "dr");
    (!words.is_empty() && !courtesy).then(|| Title { words, flags: mention.flags & HELD })
}

/// Whether "of the exchequer" stands at a token.
fn exchequer(p: &Paragraph<'_>, at: usize) -> bool {
    p.is_phrase(at, &["of", "the", "exchequer"])
}

/// Puts one name for an office that houses call by several: the last two words of a title.
fn same_office(words: &mut [&str]) {
    let Some(two) = words.last_chunk_mut::<2>() else { return };
    *two = match *two {
        ["treasury", "secretary"] | ["chancellor", "exchequer"] => ["finance", "minister"],
        ["first", "minister"] => ["prime", "minister"],
        other => other,
    };
}

/// A word of a title as it is compared.
fn written_out(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let lower = match &*lower {
        "ceo" => "chief-executive".to_owned(),
        "cfo" => "chief-financial-officer".to_owned(),
        "undersecretary" => "under-secretary".to_owned(),
        "premier" => "prime-minister".to_owned(),
        _ => lower,
    };
    let parts = lower.split('-').filter(|part| !part.is_empty());
    let one = |part: &str| match part.trim_end_matches('.') {
        "sen" => "senator".to_owned(),
        "rep" | "congressman" | "congresswoman" => "representative".to_owned(),
        "gov" => "governor".to_owned(),
        "chairman" | "chairwoman" | "chairperson" => "chair".to_owned(),
        "spokesman" | "spokeswoman" | "spokesperson" => "spokes".to_owned(),
        "gen" => "general".to_owned(),
        "lt" => "lieutenant".to_owned(),
        "sgt" => "sergeant".to_owned(),
        "capt" => "captain".to_owned(),
        "prof" => "professor".to_owned(),
        "us" | "u.s" | "american" => String::new(),
        "boss" | "head" | "leader" | "chief" => "chief".to_owned(),
        part => part.to_owned(),
    };
    parts.map(one).filter(|part| !part.is_empty()).collect()
}

/// A title in the wire copy.
struct Known {
    title: Title,
    place: Place,
    words: String,
}

/// What the wire copy calls a person.
fn known(against: &Comparison<'_>, person: &Person) -> Vec<Known> {
    let mut out = Vec::new();
    let family = against.wires.family(&person.family);
    for (number, at, _) in family.filter(|(_, _, other)| is_one(person, other)) {
        let Some(wire) = against.wires.get(number) else { continue };
        let mentions = wire.titled(at).iter();
        out.extend(mentions.filter_map(|&(p, m)| titled(number, wire, p as usize, m as usize)));
    }
    out
}

fn titled(number: usize, wire: &Wire, paragraph: usize, mention: usize) -> Option<Known> {
    let p = wire.paragraph(paragraph)?;
    let mention = p.notes.mentions.get(mention)?;
    if mention.kind == MentionKind::Pronoun {
        return None;
    }
    let title = title(&p, mention)?;
    let place = Place { wire: number, paragraph, span: mention.title };
    Some(Known { title, place, words: p.clean(mention.title) })
}

/// Whether two people are surely one: by their whole names, or by a family name that nothing speaks against.
fn is_one(a: &Person, b: &Person) -> bool {
    // "Jong-un" and "Jong Un" are one.
    let fold = |name: &str| folded(name).replace(['-', ' '], "");
    fold(&a.name) == fold(&b.name)
        || fold(&a.family) == fold(&b.family)
            && (a.given.is_empty() || b.given.is_empty() || fold(&a.given) == fold(&b.given))
}

/// Words that make another office of one.
const RANKS: [&str; 12] = [
    "vice",
    "deputy",
    "assistant",
    "associate",
    "junior",
    "under",
    "shadow",
    "lieutenant",
    "co",
    "interim",
    "acting",
    "former",
];

/// The title of the wire copy that ours is not, and how sure that is; `None` where one of them speaks for it.
fn judge<'k>(ours: &Title, known: &'k [Known]) -> Option<(&'k Known, f32)> {
    let mut wrong: Option<(&Known, f32)> = None;
    for other in known {
        match compare(ours, &other.title) {
            Verdict::Same => return None,
            Verdict::Unclear => {}
            Verdict::Differs(sure) if wrong.is_none_or(|(_, best)| sure > best) => {
                wrong = Some((other, sure));
            }
            Verdict::Differs(_) => {}
        }
    }
    wrong
}

/// What only an opponent calls an office.
const LOADED: [&str; 6] = ["dictator", "strongman", "despot", "tyrant", "autocrat", "warlord"];

/// A loaded word where the wire copy has none such for anybody.
fn loaded<'k>(
    against: &Comparison<'_>,
    ours: &Title,
    known: &'k [Known],
) -> Option<(&'k Known, f32)> {
    let word = ours.words.iter().find(|word| LOADED.contains(&word.as_str()))?;
    let is_new = !against.wires.knows(word);
    known.first().filter(|_| is_new).map(|other| (other, 0.7))
}

/// Whether the sentence of a title says that somebody left.
fn has_left(against: &Comparison<'_>, place: Place) -> bool {
    const LEFT: [&str; 10] = [
        "resigned",
        "resigns",
        "quit",
        "quits",
        "fired",
        "sacked",
        "ousted",
        "dismissed",
        "retired",
        "lost",
    ];
    against.wires.paragraph(place).is_some_and(|p| {
        p.sentence_at(place.span.start as usize).iter().any(|at| phrases::is_any(&p, at, &LEFT))
    })
}

/// Heads that say of many offices that somebody has one.
const GENERIC: [&str; 7] =
    ["chief", "lawmaker", "politician", "officer", "official", "coach", "member"];

/// Whether two titles are of one office.
enum Verdict {
    Same,
    /// One of them is no office, so that both may be true.
    Unclear,
    /// How sure that is, 0 to 1.
    Differs(f32),
}

fn compare(ours: &Title, theirs: &Title) -> Verdict {
    let only = |a: &Title, b: &Title| -> Vec<String> {
        a.words.iter().filter(|word| !b.words.contains(word)).cloned().collect()
    };
    let (more, less) = (only(ours, theirs), only(theirs, ours));
    let rank = |words: &[String]| words.iter().any(|word| RANKS.contains(&word.as_str()));
    if more.is_empty() || less.is_empty() {
        let other = rank(&more) || rank(&less) || ours.flags != theirs.flags;
        return if other { Verdict::Differs(0.8) } else { Verdict::Same };
    }
    if ours.words.last() == theirs.words.last() {
        return Verdict::Differs(0.85);
    }
    // "Coach" and "officer" may be what else the other one is called.
    let service = |title: &Title| {
        let before = title.words.iter().rev().nth(1);
        before.is_some_and(|word| apposed::SERVICES.contains(&word.as_str()))
    };
    let generic = |title: &Title| {
        title.words.last().is_some_and(|w| GENERIC.contains(&&**w)) && !service(title)
    };
    if generic(ours) || generic(theirs) {
        return Verdict::Unclear;
    }
    // A foreign secretary is a foreign minister in another house's words.
    let minister =
        |title: &Title| title.words.last().is_some_and(|w| w == "minister" || w == "secretary");
    if minister(ours) && minister(theirs) {
        let one = more.len() == 1 && less.len() == 1;
        return if one { Verdict::Unclear } else { Verdict::Differs(0.65) };
    }
    let named = |title: &Title| apposed::office(&title.words).map(|(_, head)| head);
    if let (Some(a), Some(b)) = (named(ours), named(theirs))
        && apposed::both(a, b)
    {
        return Verdict::Unclear;
    }
    let office = |title: &Title| {
        title.words.last().is_some_and(|word| {
            let classes = Lex::OFFICE | Lex::TITLE | Lex::RANK;
            en::lexicon(word).intersects(classes) || word == "chief" || word == "chair"
        })
    };
    // Somebody may be a lawyer and a mayor; two offices differ.
    if office(ours) && office(theirs) { Verdict::Differs(0.65) } else { Verdict::Unclear }
}

fn report(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    mention: &Mention,
    other: &Known,
    family: &str,
    confidence: f32,
) -> Diagnostic {
    let ours = p.clean(mention.title);
    let flag =
        against.wires.paragraph(other.place).map(|wire| wire.clean(lead(&wire, other.place.span)));
    let theirs = flag.unwrap_or_else(|| other.words.clone());
    let shown = p.clean(lead(p, mention.title));
    let message = format!("`{shown}` for {family}, whom the wire copy calls `{theirs}`");
    let span = lead(p, mention.title);
    let fix = (mention.kind == MentionKind::Name && ours != theirs).then(|| {
        Fix::suggestion(format!("Say “{theirs}”"), [Edit::replace(p.bytes(span), theirs.clone())])
    });
    let found =
        Diagnostic::new(p.bytes(span), message, HELP).confidence(confidence).fix(fix.flatten());
    wire::pointing(found, against, other.place, "the title in the wire copy")
}

/// Words before a title that may belong to it.
const LEAD: usize = 3;

/// The title with the "former" or "deputy" before it.
fn lead(p: &Paragraph<'_>, title: Span) -> Span {
    let rank = |at: &usize| {
        let lower = p.text(*at).to_lowercase();
        has(p, *at, Lex::STANDING) || RANKS.contains(&lower.as_str())
    };
    let start = title.start as usize;
    let first = p.sentence_at(start).start as usize;
    let name =
        |at: &usize| phrases::flagged(p, *at, TokenFlags::CAPITAL) && phrases::is_word(p, *at);
    let before = (first.max(start.saturating_sub(LEAD))..start).rev();
    let before = before.take_while(|at| rank(at) || name(at)).filter(rank).last();
    // "Foreign" is part of the office, and no place.
    let office = phrases::is_any(p, start, &["minister", "secretary"]);
    let foreign = start.checked_sub(1).filter(|at| office && p.is(*at, "foreign"));
    Span::new(before.or(foreign).unwrap_or(start), title.end as usize)
}
