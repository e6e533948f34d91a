//! `surname-order`: the given name stands where the family name belongs, or one name stands in both orders.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, fingerprint, lexicon};
use crate::resolve::{Person, Story, fold, offices};
use crate::rules::{Check, Context, Findings, Group, Rule, times};
use crate::segment::Span;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) static RULE: Rule = Rule {
    id: "surname-order",
    group: Group::Names,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["inconsistent-title"],
    summary: "The given name stands where the family name belongs",
    what: "A title or \"Mr.\" before the given name of somebody whom the article names in full (\"President Jinping\" for Xi \
           Jinping, \"Gov. Helga\" for Helga Sund), the given name alone of somebody whose family name stands first, and one \
           name in both orders (\"Kim Min-jun\", \"Min-jun Kim\"). Monarchs, popes, clergy, patronymics (Katrín Jónsdóttir), \
           Vietnamese names, names whose holder the article calls by it throughout, relatives and quoted words are left alone.",
    why: "It tells readers that nobody on the desk knew the name, and two names look like two people.",
    bad: &["President Helga Sund closed the dam. Farmers had begged President Helga for a week."],
    good: &[
        "President Helga Sund closed the dam. Farmers had begged President Sund for a week.",
        "Queen Helga Sund closed the dam. Farmers had begged Queen Helga for a week.",
    ],
    fix: "Offers the family name, or the full name.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let candidates = candidates(story);
    if !candidates.is_empty() {
        let cast = Cast::of(story, context);
        for (paragraph, mention) in candidates {
            if let Some((person, confidence)) = cast.miscalled(paragraph, mention) {
                report(story, person, paragraph, mention, confidence, findings);
            }
        }
    }
    both_orders(story, context, findings);
}

/// Names that start as somebody's given name does and hold nobody's family name. Few articles have one, so all else is
/// found out only then.
fn candidates<'s, 'a>(story: &'s Story<'a>) -> Vec<(&'s Paragraph<'a>, &'s Mention)> {
    let hash = |word: &str| fingerprint(&word.to_lowercase());
    let people = || story.people.iter().filter(|person| !person.given.is_empty());
    let families: FxHashSet<u64> = people().map(|person| hash(&person.family)).collect();
    let given: FxHashSet<u64> = people().map(|person| hash(&person.given)).collect();
    let prints = story.paragraphs.iter().filter(|p| is_print(p));
    let mentions = prints.flat_map(|p| p.notes.mentions.iter().map(move |mention| (p, mention)));
    let is = |p: &Paragraph<'_>, at: usize, words: &FxHashSet<u64>| {
        p.token(at).is_some_and(|token| words.contains(&token.hash))
    };
    mentions
        .filter(|(p, mention)| {
            mention.kind == MentionKind::Name
                && is(p, mention.name.start as usize, &given)
                && !mention.name.iter().any(|at| is(p, at, &families))
        })
        .collect()
}

fn is_print(paragraph: &Paragraph<'_>) -> bool {
    matches!(paragraph.block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption)
}

/// The people whom their given names tell, and what the article calls them.
struct Cast<'s> {
    /// By given name, folded.
    by_given: FxHashMap<String, Vec<&'s Person>>,
    families: FxHashMap<String, u32>,
    /// Offices by the family name of those who are called by them.
    offices: FxHashSet<(&'s str, String)>,
    /// Families whose holders are called by the family name alone somewhere.
    alone: FxHashSet<&'s str>,
    /// How often given names stand alone: what an article does throughout is no slip.
    familiar: FxHashMap<String, u32>,
    /// How often names stand alone behind a title.
    titled: FxHashMap<String, u32>,
    /// People of whom the table of office-holders knows the family name.
    listed: FxHashSet<&'s str>,
    /// Office-holders of countries where a title takes the given name.
    by_given_names: FxHashSet<&'s str>,
    /// People with a title of a country where the family name is what a title takes.
    western: FxHashSet<&'s str>,
}

impl<'s> Cast<'s> {
    fn of(story: &'s Story<'_>, context: &Context<'_>) -> Self {
        let mut cast = Self {
            by_given: FxHashMap::default(),
            families: FxHashMap::default(),
            offices: FxHashSet::default(),
            alone: FxHashSet::default(),
            familiar: FxHashMap::default(),
            titled: FxHashMap::default(),
            listed: FxHashSet::default(),
            western: FxHashSet::default(),
            by_given_names: FxHashSet::default(),
        };
        for paragraph in story.paragraphs.iter().filter(|p| is_print(p)) {
            let titled = |m: &&Mention| m.is(MentionFlags::SINGLE) && !m.title.is_empty();
            for mention in paragraph.notes.mentions.iter().filter(titled) {
                let name = fold(&paragraph.clean(mention.name)).into_owned();
                *cast.titled.entry(name).or_default() += 1;
            }
        }
        let thing =
            |person: &Person| person.name.split(' ').count() > 2 && times::is_thing(&person.family);
        let named = |person: &&Person| !person.given.is_empty() && !thing(person);
        for person in story.people.iter().filter(named) {
            *cast.families.entry(fold(&person.family).into_owned()).or_default() += 1;
            let whole = person.given_names();
            for given in [person.given.as_str(), whole.as_str()] {
                let known = cast.by_given.entry(fold(given).into_owned()).or_default();
                if !known.iter().any(|other| std::ptr::eq(*other, person)) {
                    known.push(person);
                }
            }
            let rows = context.offices.of_person(&person.family, &whole);
            if rows.iter().any(|row| offices::is_called_by_given(&row.place)) {
                cast.by_given_names.insert(&person.family);
            } else if !rows.is_empty() {
                cast.listed.insert(&person.family);
            }
            for place in &person.mentions {
                let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
                cast.learn(person, paragraph, mention);
            }
        }
        cast
    }

    /// What a mention tells of how the person is called.
    fn learn(&mut self, person: &'s Person, paragraph: &Paragraph<'_>, mention: &Mention) {
        if mention.kind != MentionKind::Name || mention.is(MentionFlags::QUOTED) {
            return;
        }
        let name = paragraph.clean(mention.name);
        if name == person.family {
            self.alone.insert(&person.family);
        } else if mention.title.is_empty() && !name.contains(&person.family) {
            *self.familiar.entry(fold(&name).into_owned()).or_default() += 1;
        }
        if !mention.title.is_empty() && name.contains(&person.family) {
            self.offices.insert((&person.family, offices::office(paragraph, mention.title)));
            let american = mention.title.iter().any(|at| is_american_title(paragraph.text(at)));
            let place = offices::place_of(paragraph, mention);
            if american || place.is_some_and(offices::has_family_names_last) {
                self.western.insert(&person.family);
            }
        }
    }

    /// The one person of a given name; of several, the one whom the article calls by the office.
    fn of_given(&self, given: &str, office: &str) -> Option<&'s Person> {
        let people = self.by_given.get(given)?;
        if let [person] = people[..] {
            return Some(person);
        }
        let called =
            |person: &&&Person| self.offices.contains(&(person.family.as_str(), office.to_owned()));
        let mut called = people.iter().filter(called);
        called.next().copied().filter(|_| called.next().is_none())
    }

    /// The person whom the mention calls by the given name alone, and how sure that is.
    fn miscalled(&self, paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(&'s Person, f32)> {
        let unlike = MentionFlags::QUOTED | MentionFlags::TITLE_CASE | MentionFlags::NAMESAKE;
        if mention.kind != MentionKind::Name || mention.flags.intersects(unlike) {
            return None;
        }
        if is_explained(paragraph, mention) {
            return None;
        }
        let name = fold(&paragraph.clean(mention.name)).into_owned();
        let office = offices::office(paragraph, mention.title);
        let person = self.of_given(&name, &office)?;
        let shared = self.families.get(&*fold(&person.family)).is_some_and(|&count| count > 1);
        if self.families.contains_key(&name)
            || shared
            || is_called_by_given(person)
            || self.by_given_names.contains(person.family.as_str())
        {
            return None;
        }
        let first = stands_first(person);
        let alone = self.alone.contains(person.family.as_str());
        if mention.title.is_empty() {
            // Once or twice, beside the family name: a habit is no slip.
            let slip = self.familiar.get(&name).is_some_and(|&count| count <= 2);
            return (first && alone && slip).then_some((person, 0.6));
        }
        let western =
            person.given.split(['-', ' ']).next().is_some_and(|given| {
                lexicon(&given.to_lowercase()).intersects(Lex::WOMAN | Lex::MAN)
            });
        // "Mr. Lou" time and again, and never the other word: that is the family name.
        let habit = !alone && self.titled.get(&name).is_some_and(|&count| count > 1);
        if habit {
            return None;
        }
        let sure = first
            || person.listed.is_some()
            || alone
            || western
            || self.western.contains(person.family.as_str())
            || self.listed.contains(person.family.as_str());
        let titled = is_courtesy(paragraph, mention.title)
            || !is_honorific(paragraph, mention.title)
                && (person.listed.is_some()
                    || self.offices.iter().any(|(family, own)| {
                        *family == person.family && is_short_for(&office, own)
                    }));
        (sure && titled && !takes_given(paragraph, mention.title)).then_some((person, 0.85))
    }
}

/// Titles that are shortened so in American copy only.
fn is_american_title(word: &str) -> bool {
    ["Gov.", "Sen.", "Rep."].contains(&word)
}

/// Whether an office is the other one in short: "Secretary" for "Commerce Secretary", "Speaker" for "House Speaker".
fn is_short_for(short: &str, office: &str) -> bool {
    short == office
        || short == "secretary" && office.starts_with("secretary of ")
        || short == "speaker" && office == "house speaker"
}

/// Words in which the copy says who calls somebody so.
const EXPLAINED: usize = 8;

/// Whether the copy says why somebody is called by the given name: "Min-jun, as friends call him, laughed".
fn is_explained(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let after = mention.span.end as usize;
    paragraph.is(after, ",")
        && paragraph.is(after + 1, "as")
        && (after + 2..after + EXPLAINED).any(|at| {
            ["call", "calls", "called", "known"].iter().any(|word| paragraph.is(at, word))
        })
}

/// "Mr.", "Mrs.", "Ms.": they stand before a surname only.
fn is_courtesy(paragraph: &Paragraph<'_>, title: Span) -> bool {
    let courtesy = ["mr", "mr.", "mrs", "mrs.", "ms", "ms."];
    title.len() == 1 && courtesy.iter().any(|word| paragraph.is(title.start as usize, word))
}

/// "Miss Harbor", "Sir": honorifics that are no office.
fn is_honorific(paragraph: &Paragraph<'_>, title: Span) -> bool {
    title.iter().any(|at| paragraph.token(at).is_some_and(|t| t.lex.contains(Lex::HONORIFIC)))
}

/// Titles that stand before a given name.
fn takes_given(paragraph: &Paragraph<'_>, title: Span) -> bool {
    let before_given = [
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "empress",
        "sultan",
        "emir",
        "amir",
        "pope",
        "patriarch",
        "duke",
        "duchess",
        "shah",
        "tsar",
        "czar",
        "sheikh",
        "imam",
        "ayatollah",
        "bishop",
        "archbishop",
        "cardinal",
        "rabbi",
        "sir",
        "dame",
        "lord",
        "lady",
        "father",
        "sister",
        "brother",
        "reverend",
        "rev.",
        "coach",
        "dr.",
        "dr",
    ];
    title.iter().any(|at| before_given.iter().any(|word| paragraph.is(at, word)))
}

/// Whether the culture calls the person by the given name: patronymics, Vietnamese names.
fn is_called_by_given(person: &Person) -> bool {
    let family = fold(&person.family).into_owned();
    let vietnamese = [
        "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do",
        "ngo", "duong", "ly", "truong", "dinh", "trinh",
    ];
    let patronymic = ["dottir", "sson", "ovich", "evich"].iter().any(|end| family.ends_with(end));
    patronymic || vietnamese.contains(&&*family) && stands_first(person)
}

/// Whether the family name is the first word of the name.
fn stands_first(person: &Person) -> bool {
    person.name.split(' ').next() == Some(person.family.as_str()) && person.name != person.family
}

fn report(
    story: &Story<'_>,
    person: &Person,
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    confidence: f32,
    findings: &mut Findings,
) {
    let range = paragraph.bytes(mention.name);
    let given = paragraph.clean(mention.name);
    let mut finding = Diagnostic::new(
        range,
        format!("`{given}` is the given name of {}", person.name),
        format!(
            "The family name is {}: behind a title and alone it is the family name that stands.",
            person.family
        ),
    )
    .confidence(confidence)
    .fix(write(range, &person.family))
    .fix(write(range, &person.name));
    let full = person
        .mentions
        .iter()
        .filter_map(|place| place.of(&story.paragraphs))
        .find(|(p, m)| m.kind == MentionKind::Name && p.clean(m.name) == person.name);
    if let Some((other, full)) = full {
        finding = finding.related(other.field, other.bytes(full.name), "the full name");
    }
    findings.push(paragraph, finding);
}

fn write(range: crate::text::TextRange, name: &str) -> Option<Fix> {
    Fix::suggestion(format!("Write \"{name}\""), [Edit::replace(range, name)])
}

/// Full names by the set of their words, where the order differs: "Kim Min-jun", "Min-jun Kim".
fn both_orders(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut by_words: FxHashMap<u64, &Person> = FxHashMap::default();
    for person in story.people.iter().filter(|person| person.name.contains(' ')) {
        let words = person.name.split(' ').map(|word| fingerprint(&fold(word)));
        let set = words.fold(0, u64::wrapping_add);
        let other = *by_words.entry(set).or_insert(person);
        if !std::ptr::eq(other, person) && is_family_first_name(person, other, context) {
            let (model, rare) = if other.mentions.len() < person.mentions.len() {
                (person, other)
            } else {
                (other, person)
            };
            report_order(story, rare, model, findings);
        }
    }
}

/// Whether the two orders are of one name: one of the words is a family name that stands first in its culture and is no
/// given name, or the table knows the person.
fn is_family_first_name(a: &Person, b: &Person, context: &Context<'_>) -> bool {
    let words = || a.name.split(' ');
    let rotated = {
        let (first, last) = (words().next(), words().next_back());
        b.name.split(' ').next_back() == first || b.name.split(' ').next() == last
    };
    let family = |word: &str| {
        let lex = lexicon(&word.to_lowercase());
        lex.contains(Lex::FAMILY_FIRST) && !lex.intersects(Lex::WOMAN | Lex::MAN)
    };
    let known = |person: &Person| {
        !context.offices.of_person(&person.family, &person.given_names()).is_empty()
    };
    rotated && (words().filter(|word| family(word)).count() == 1 || known(a) || known(b))
}

fn report_order(story: &Story<'_>, rare: &Person, model: &Person, findings: &mut Findings) {
    let full = |person: &Person| {
        let places = person.mentions.iter().filter_map(|place| place.of(&story.paragraphs));
        let name = person.name.clone();
        let mut places = places.filter(move |(p, m)| {
            m.kind == MentionKind::Name && !m.is(MentionFlags::QUOTED) && p.clean(m.name) == name
        });
        places.next()
    };
    let (Some((here, mention)), Some((there, other))) = (full(rare), full(model)) else { return };
    let range = here.bytes(mention.name);
    let finding = Diagnostic::new(
        range,
        format!("`{}` is `{}` elsewhere in the article", rare.name, model.name),
        "One person's name stands in one order throughout: the family name first or last, as the house has it.",
    )
    .confidence(0.75)
    .related(there.field, there.bytes(other.name), format!("`{}` here", model.name))
    .fix(write(range, &model.name));
    findings.push(here, finding);
}
