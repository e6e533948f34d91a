//! Which mentions are one person.
//!
//! Two passes in reading order. The first gathers the full names, headline, body and captions alike, since a surname may
//! stand before its full name. The second gives single names, descriptions and pronouns to the people found. Every
//! question is one look-up in a hash table, and the few tables with several answers are looked through to a fixed depth
//! ([`DEPTH`]), so the cost is linear in the number of mentions whatever the names are.

mod key;
mod pronoun;
mod support;

use super::offices::Table;
use super::{Roster, slots};
use crate::annotate::{Mention, MentionFlags, MentionKind, PREDECESSOR, Paragraph, Slot};
use crate::lang::en::Lex;
use crate::lang::en::names::usage;
use crate::segment::{Span, TokenFlags};
pub(super) use key::NameKey;
pub(crate) use key::{fold, same_nickname, title_key};
use pronoun::{Focus, Recent};
use rustc_hash::{FxHashMap, FxHashSet};
use support::Part;

/// Of people who share a surname, this many are looked at, the last introduced first.
const DEPTH: usize = 8;

/// Where a person is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMention {
    /// Number of the paragraph in [`Story::paragraphs`](super::Story::paragraphs).
    pub paragraph: usize,
    /// Number of the mention in the paragraph's annotations.
    pub mention: usize,
}

impl PersonMention {
    /// The mention itself.
    pub fn of<'s, 'a>(
        &self,
        paragraphs: &'s [Paragraph<'a>],
    ) -> Option<(&'s Paragraph<'a>, &'s Mention)> {
        let paragraph = paragraphs.get(self.paragraph)?;
        Some((paragraph, paragraph.notes.mentions.get(self.mention)?))
    }
}

/// What given names and courtesy titles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Referred to as she.
    Woman,
    /// Referred to as he.
    Man,
    /// Referred to as neither.
    Neither,
}

/// Somebody the article is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name the article gives.
    pub name: String,
    /// The word that stands for the person alone: a surname, first or last in the name.
    pub family: String,
    /// The given name that goes with it; empty if the article gives none.
    pub given: String,
    /// If names and titles tell.
    pub gender: Option<Gender>,
    /// In reading order.
    pub mentions: Vec<PersonMention>,
    /// Things named after the person ("the Trump administration"), in reading order: evidence, not mentions.
    pub namesakes: Vec<Namesake>,
    /// The number of the person's entry in the house's list.
    pub listed: Option<u32>,
}

/// A thing that is named after somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The mention that names it.
    pub place: PersonMention,
    /// The words of the mention that are the person's name: "Ruiz" in "Ruiz Prize".
    pub name: Span,
}

/// A person while the mentions are gathered.
struct Draft {
    key: NameKey,
    /// Hash of the word that stands for the person alone.
    family: u64,
    /// The mention with the fullest name, and the number of its words.
    fullest: (PersonMention, usize),
    gender: Option<Gender>,
    /// Whether any mention shows that this is a person.
    sure: bool,
    /// Single names that were linked.
    singles: usize,
    /// Whether one of them stands inside a sentence, where a capital shows a name.
    shown: bool,
    /// What an unmistakable pronoun calls the person where names and titles do not tell.
    called: Option<Gender>,
    /// Whether mentions were linked after the names: pronouns, descriptions that only the whole article settles.
    late: bool,
    mentions: Vec<PersonMention>,
    namesakes: Vec<Namesake>,
    /// The number of the entry in the house's list.
    listed: Option<u32>,
    /// The person before with the same family name.
    same_family: Option<u32>,
    /// The person before with the same first and last word.
    same_ends: Option<u32>,
}

/// What a mention says of its person by itself.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// Key of the name; empty where there is none.
    key: NameKey,
    /// Key of the title; 0 where there is none.
    title: u64,
    gender: Option<Gender>,
    /// Hash of a nickname in quotation marks inside the name; 0 where there is none.
    nickname: u64,
    /// Hash of how the given name sounds; 0 where that tells nothing.
    sound: u64,
    /// Whether a single name is a town's before its state.
    place: bool,
}

static TOLD: Slot<Vec<Told>> = Slot::new(slots::TOLD);

/// What the paragraph's mentions say.
fn told(paragraph: &Paragraph<'_>) -> Option<Vec<Told>> {
    let told = |mention: &Mention| {
        let title = if mention.title.is_empty() { 0 } else { title_key(paragraph, mention.title) };
        match mention.kind {
            MentionKind::Title => Told { title, ..Told::default() },
            MentionKind::Pronoun => {
                let gender = Some(pronoun::gender(paragraph, mention));
                Told { gender, ..Told::default() }
            }
            MentionKind::Name => Told {
                key: NameKey::of(paragraph, mention.name),
                title,
                gender: gender(paragraph, mention),
                nickname: key::nickname(paragraph, mention.name),
                sound: key::sound(paragraph, mention.name),
                place: mention.is(MentionFlags::SINGLE)
                    && mention.title.is_empty()
                    && before_state(paragraph, mention),
            },
        }
    };
    let mentions = &paragraph.notes.mentions;
    (!mentions.is_empty()).then(|| mentions.iter().map(told).collect())
}

/// The mentions of a paragraph, each with its number and with what it says.
fn mentions<'p>(
    paragraph: &'p Paragraph<'_>,
) -> impl Iterator<Item = (usize, (&'p Mention, &'p Told))> {
    let told = paragraph.memo(&TOLD, told).into_iter().flatten();
    paragraph.notes.mentions.iter().zip(told).enumerate()
}

/// The people of the story, by first mention.
pub(super) fn people(paragraphs: &[Paragraph<'_>], roster: &Roster) -> Vec<Person> {
    let mut cast = Cast::new(paragraphs, roster);
    cast.full_names();
    cast.everything_else();
    cast.finish()
}

/// The tables.
struct Cast<'p, 'a> {
    paragraphs: &'p [Paragraph<'a>],
    roster: &'p Roster,
    /// By number of the entry in the house's list.
    by_listed: FxHashMap<u32, u32>,
    drafts: Vec<Draft>,
    by_name: FxHashMap<u64, u32>,
    by_ends: FxHashMap<(u64, u64), u32>,
    /// How the given name sounds, and the last word.
    by_sound: FxHashMap<(u64, u64), u32>,
    by_family: FxHashMap<u64, u32>,
    /// Given names; `None` where two people share one.
    by_given: FxHashMap<u64, Option<u32>>,
    /// The last two words of names of three and more ("Peña Nieto").
    by_tail: FxHashMap<(u64, u64), u32>,
    /// Two given names of a name of three and more ("Mary Ann").
    by_head: FxHashMap<(u64, u64), u32>,
    /// The word before the family name where it is no given name ("Ruiz" of "Ana Ruiz Garcia"); `None` where two people
    /// share one.
    by_middle: FxHashMap<u64, Option<u32>>,
    /// Who was last called by an office, former or not.
    by_title: FxHashMap<(u64, bool), u32>,
    /// Who is called by which office, former or not.
    called: Vec<(u32, (u64, bool))>,
    /// The same as a set, to ask it.
    called_so: FxHashSet<(u32, (u64, bool))>,
    /// Person of each full-name mention, in the order of the first pass.
    full: Vec<u32>,
}

impl<'p, 'a> Cast<'p, 'a> {
    fn new(paragraphs: &'p [Paragraph<'a>], roster: &'p Roster) -> Self {
        Self {
            paragraphs,
            roster,
            by_listed: FxHashMap::default(),
            drafts: Vec::new(),
            by_name: FxHashMap::default(),
            by_ends: FxHashMap::default(),
            by_sound: FxHashMap::default(),
            by_family: FxHashMap::default(),
            by_given: FxHashMap::default(),
            by_tail: FxHashMap::default(),
            by_head: FxHashMap::default(),
            by_middle: FxHashMap::default(),
            by_title: FxHashMap::default(),
            called: Vec::new(),
            called_so: FxHashSet::default(),
            full: Vec::new(),
        }
    }

    /// First pass: every name of two words and more finds or founds its person.
    fn full_names(&mut self) {
        let paragraphs = self.paragraphs;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            for (number, (mention, told)) in mentions(paragraph) {
                if mention.kind != MentionKind::Name || mention.is(MentionFlags::SINGLE) {
                    continue;
                }
                let place = PersonMention { paragraph: index, mention: number };
                let listed = self.roster.of_name(&told.key);
                let person = listed
                    .and_then(|listed| self.by_listed.get(&listed).copied())
                    .or_else(|| self.same_name(&told.key))
                    .or_else(|| self.same_nickname(told))
                    .or_else(|| self.same_sound(told))
                    .unwrap_or_else(|| self.found(paragraph, mention, told.key, place));
                self.learn(person, mention, told, place);
                let draft = &mut self.drafts[person as usize];
                draft.sure = draft.sure || is_holder(paragraph, mention);
                if let Some(listed) = listed {
                    self.enlist(person, listed);
                }
                self.full.push(person);
            }
        }
    }

    /// The person who has this name already.
    fn same_name(&self, key: &NameKey) -> Option<u32> {
        if let Some(&person) = self.by_name.get(&key.hash()) {
            return Some(person);
        }
        let mut next = self.by_ends.get(&key.ends()).copied();
        for _ in 0..DEPTH {
            let Some(person) = next else { break };
            let draft = &self.drafts[person as usize];
            if draft.key.agrees(key) {
                return Some(person);
            }
            next = draft.same_ends;
        }
        let part = self.by_tail.get(&key.ends()).or_else(|| self.by_head.get(&key.ends()));
        part.copied().filter(|&person| key.len() == 2 && self.same_generation(person, key))
    }

    /// The person who was called by the nickname that this name gives ("Bob Dole", "Robert “Bob” Dole").
    fn same_nickname(&self, told: &Told) -> Option<u32> {
        let ends = (told.nickname, told.key.last());
        let known = self.by_ends.get(&ends).copied().filter(|_| told.nickname != 0);
        known.filter(|&person| self.same_generation(person, &told.key))
    }

    fn same_generation(&self, person: u32, key: &NameKey) -> bool {
        self.drafts[person as usize].key.same_generation(key)
    }

    /// The person whose given name is this one in another spelling ("Philip Berg", "Phillip Berg").
    fn same_sound(&self, told: &Told) -> Option<u32> {
        let sound = (told.sound, told.key.last());
        let person = self.by_sound.get(&sound).copied().filter(|_| told.sound != 0)?;
        let draft = &self.drafts[person as usize];
        // "George W. Bush" sounds like "George H.W. Bush" and is his son.
        if !draft.key.agrees(&told.key) {
            return None;
        }
        let gender = draft.gender;
        (gender.is_none() || told.gender.is_none() || gender == told.gender).then_some(person)
    }

    /// Notes that the person is on the house's list, which knows better than the words around the name.
    fn enlist(&mut self, person: u32, listed: u32) {
        let Some(entry) = self.roster.get(listed) else { return };
        self.by_listed.insert(listed, person);
        let family = NameKey::of_name(&entry.family).last();
        self.by_family.entry(family).or_insert(person);
        let draft = &mut self.drafts[person as usize];
        draft.sure = true;
        draft.listed = Some(listed);
        draft.gender = entry.gender.or(draft.gender);
        if draft.key.has(family) {
            draft.family = family;
        }
    }

    /// Adds a person.
    fn found(
        &mut self,
        paragraph: &Paragraph<'_>,
        mention: &Mention,
        key: NameKey,
        place: PersonMention,
    ) -> u32 {
        let person = self.drafts.len() as u32;
        let family = key.family(paragraph, mention.name);
        let same_family = self.by_family.insert(family, person);
        let same_ends = if key.len() > 1 { self.by_ends.insert(key.ends(), person) } else { None };
        if key.len() > 1 {
            let given = if family == key.last() { key.first() } else { key.last() };
            self.by_given.entry(given).and_modify(|only| *only = None).or_insert(Some(person));
        }
        if key.len() > 2 {
            self.by_tail.entry(key.tail()).or_insert(person);
            let is_given =
                |word: u64| {
                    mention.name.iter().filter_map(|at| paragraph.token(at)).any(|token| {
                        token.hash == word && token.lex.intersects(Lex::WOMAN | Lex::MAN)
                    })
                };
            if is_given(key.head().1) {
                self.by_head.entry(key.head()).or_insert(person);
            }
            let middle = key.tail().0;
            if family == key.last() && !key.is_initial(key.len() - 2) && !is_given(middle) {
                self.by_middle
                    .entry(middle)
                    .and_modify(|only| *only = None)
                    .or_insert(Some(person));
            }
        }
        self.by_name.insert(key.hash(), person);
        self.drafts.push(Draft {
            key,
            family,
            fullest: (place, key.len()),
            gender: None,
            sure: false,
            singles: 0,
            shown: false,
            called: None,
            late: false,
            mentions: Vec::new(),
            namesakes: Vec::new(),
            listed: None,
            same_family,
            same_ends,
        });
        person
    }

    /// What a mention tells of the person.
    fn learn(&mut self, person: u32, mention: &Mention, told: &Told, place: PersonMention) {
        let key = &told.key;
        let hash = key.hash();
        let draft = &mut self.drafts[person as usize];
        draft.sure |= mention.is(MentionFlags::SURE);
        draft.gender = draft.gender.or(told.gender);
        if key.len() > draft.fullest.1 && !mention.is(MentionFlags::QUOTED) {
            draft.fullest = (place, key.len());
        }
        self.by_name.entry(hash).or_insert(person);
        if told.sound != 0 {
            self.by_sound.entry((told.sound, key.last())).or_insert(person);
        }
        if told.nickname != 0 {
            self.by_ends.entry((told.nickname, key.last())).or_insert(person);
            self.by_given.entry(told.nickname).or_insert(Some(person));
        }
    }

    /// Second pass, over every name and description in reading order, and then the pronouns, which need to know of whom the
    /// whole paragraph speaks.
    fn everything_else(&mut self) {
        let paragraphs = self.paragraphs;
        let mut full = std::mem::take(&mut self.full).into_iter();
        let mut recent = Recent::default();
        let mut owners: Vec<Vec<Option<u32>>> = Vec::with_capacity(paragraphs.len());
        let mut waiting = Vec::new();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let mut last_name = None;
            let mut owned = Vec::with_capacity(paragraph.notes.mentions.len());
            for (number, (mention, told)) in mentions(paragraph) {
                let place = PersonMention { paragraph: index, mention: number };
                let person = match mention.kind {
                    MentionKind::Name if !mention.is(MentionFlags::SINGLE) => full.next(),
                    MentionKind::Name => self.single(paragraph, mention, told, place, &recent),
                    MentionKind::Title if is_relative(paragraph, mention) => None,
                    MentionKind::Title => {
                        self.description(mention, told, last_name, &recent).filter(|&person| {
                            let former = mention.is(MentionFlags::FORMER)
                                && !mention.is(MentionFlags::APPOSITION);
                            !(former && is_beside(paragraph, mention, &owned, person))
                        })
                    }
                    MentionKind::Pronoun => None,
                };
                if mention.kind == MentionKind::Name {
                    last_name = person;
                }
                owned.push(person);
                let Some(person) = person else {
                    if mention.kind == MentionKind::Title
                        && mention.is(MentionFlags::FORMER)
                        && !is_relative(paragraph, mention)
                    {
                        waiting.push(place);
                    }
                    continue;
                };
                let draft = &mut self.drafts[person as usize];
                if mention.is(MentionFlags::NAMESAKE) {
                    draft.namesakes.push(Namesake { place, name: mention.name });
                    continue;
                }
                draft.mentions.push(place);
                if !mention.is(MentionFlags::QUOTED) {
                    recent.saw(person, index);
                }
                if mention.kind == MentionKind::Name && !mention.title.is_empty() {
                    let office = (told.title, mention.is(MentionFlags::FORMER));
                    self.by_title.insert(office, person);
                    self.called.push((person, office));
                    self.called_so.insert((person, office));
                }
            }
            owners.push(owned);
        }
        self.former_holders(&waiting, &mut owners);
        self.pronouns(&owners);
    }

    /// "the ex-mayor", "her predecessor": descriptions that a single person of the article fits.
    fn former_holders(&mut self, waiting: &[PersonMention], owners: &mut [Vec<Option<u32>>]) {
        let paragraphs = self.paragraphs;
        if waiting.is_empty() {
            return;
        }
        let holders = Holders::of(&self.called);
        // Somebody without a title may be anything: then nobody can tell.
        let untitled =
            (0..self.drafts.len() as u32).any(|p| self.is_person(p) && !holders.titled(p));
        for place in waiting {
            let Some((paragraph, mention)) = place.of(paragraphs) else { continue };
            let before = paragraph.token(mention.title.start as usize);
            let relation = before.is_some_and(|token| token.hash == *PREDECESSOR);
            let office = title_key(paragraph, mention.title);
            let named = named_beside(paragraph, mention).filter(|_| relation);
            let meant = match named {
                Some(number) => owners[place.paragraph].get(number).copied().flatten(),
                None if relation => holders.predecessor(),
                None => holders.only(office).filter(|_| !untitled),
            };
            let beside =
                |person: u32| is_beside(paragraph, mention, &owners[place.paragraph], person);
            let Some(person) = meant.filter(|&person| named.is_some() || !beside(person)) else {
                continue;
            };
            let draft = &mut self.drafts[person as usize];
            draft.mentions.push(*place);
            draft.late = true;
            // Whoever held an office is a person.
            draft.sure |= named.is_some();
            owners[place.paragraph][place.mention] = Some(person);
        }
    }

    /// Gives "he" and "she" to the people whom the names before them leave.
    fn pronouns(&mut self, owners: &[Vec<Option<u32>>]) {
        let paragraphs = self.paragraphs;
        let mut focus = Focus::default();
        for ((index, paragraph), owned) in paragraphs.iter().enumerate().zip(owners) {
            focus.enter(paragraph, index, owned);
            for ((number, (mention, told)), owner) in mentions(paragraph).zip(owned) {
                focus.reach(paragraph, mention);
                if mention.kind != MentionKind::Pronoun {
                    let is_person = |person: &u32| self.is_person(*person);
                    if let Some(person) = owner.filter(is_person) {
                        focus.saw(paragraph, mention, person);
                    }
                    continue;
                }
                let Some(asked) = told.gender else { continue };
                let called = |person: u32| {
                    let draft = &self.drafts[person as usize];
                    draft.gender.or(draft.called)
                };
                let Some(meant) = focus.antecedent(paragraph, mention, asked, called) else {
                    continue;
                };
                let draft = &mut self.drafts[meant.person as usize];
                draft.mentions.push(PersonMention { paragraph: index, mention: number });
                draft.late = true;
                if meant.alone {
                    draft.called.get_or_insert(asked);
                }
            }
        }
    }

    /// Whether there is evidence for a person.
    fn is_person(&self, person: u32) -> bool {
        let draft = &self.drafts[person as usize];
        draft.sure || draft.singles > 0 && draft.key.len() > 1 && self.owner_of(draft).is_none()
    }

    /// The person after whom the two words are called: "Warhol Polaroid" beside Andy Warhol is a thing of his.
    fn owner_of(&self, draft: &Draft) -> Option<u32> {
        let owner = self.by_family.get(&draft.key.first()).copied()?;
        self.drafts[owner as usize].sure.then_some(owner)
    }

    /// The person that a single name stands for.
    fn single(
        &mut self,
        paragraph: &Paragraph<'_>,
        mention: &Mention,
        told: &Told,
        place: PersonMention,
        recent: &Recent,
    ) -> Option<u32> {
        let word = told.key.last();
        let titled = !mention.title.is_empty();
        let gender = told.gender.filter(|_| titled);
        if told.place {
            return None;
        }
        let office = titled.then(|| (told.title, mention.is(MentionFlags::FORMER)));
        let known = self.by_surname(word, gender, office, recent);
        // "President Bush thanked his father. Former President Bush ...": a family has several of them.
        let relative = known.zip(office).is_some_and(|(person, office)| {
            self.fits(person, office) == Fit::Opposite && kin_nearby(paragraph, mention)
        });
        if let Some(person) = known.filter(|_| !relative) {
            // "Fire Burns Homes In Ruiz": a headline's capital shows nothing.
            let doubtful = MentionFlags::PLACE | MentionFlags::TITLE_CASE;
            if !titled
                && mention.flags.intersects(doubtful)
                && after_place_preposition(paragraph, mention)
            {
                return None;
            }
            let draft = &mut self.drafts[person as usize];
            if !support::is_name(paragraph, mention, Part::Family, draft.shown) {
                return None;
            }
            draft.gender = draft.gender.or(gender);
            draft.sure |= titled && mention.is(MentionFlags::SURE);
            draft.singles += usize::from(!mention.is(MentionFlags::PLACE));
            draft.shown |=
                !mention.flags.intersects(MentionFlags::OPENS | MentionFlags::TITLE_CASE);
            return Some(person);
        }
        if let Some(listed) = self.roster.of_word(word) {
            let known = self.by_listed.get(&listed).copied();
            let person = known.unwrap_or_else(|| self.found(paragraph, mention, told.key, place));
            self.enlist(person, listed);
            self.learn(person, mention, told, place);
            return Some(person);
        }
        if mention.is(MentionFlags::PLACE) {
            return None;
        }
        let sure = |person: &u32| self.drafts[*person as usize].sure;
        let is = |part| support::is_name(paragraph, mention, part, false);
        let by_given = self.by_given.get(&word).copied().flatten();
        if let Some(person) = by_given.filter(|person| !titled && sure(person)) {
            return is(Part::Given).then_some(person);
        }
        let by_middle = self.by_middle.get(&word).copied().flatten();
        if let Some(person) = by_middle.filter(|person| sure(person) && is(Part::Middle)) {
            return Some(person);
        }
        // A child, a saint, a pop star: a given name alone inside a sentence names somebody.
        let bare_given = mention.is(MentionFlags::GIVEN)
            && is(Part::Given)
            && !mention.flags.intersects(MentionFlags::OPENS | MentionFlags::TITLE_CASE);
        let named = titled && mention.is(MentionFlags::SURE) || bare_given;
        if !named || mention.is(MentionFlags::NAMESAKE) {
            return None;
        }
        let person = self.found(paragraph, mention, told.key, place);
        self.drafts[person as usize].sure = true;
        self.learn(person, mention, told, place);
        Some(person)
    }

    /// Whether the article called the person so before.
    fn fits(&self, person: u32, (title, former): (u64, bool)) -> Fit {
        let called = |former| self.called_so.contains(&(person, (title, former)));
        match (called(former), called(!former)) {
            (true, _) => Fit::Called,
            (false, true) => Fit::Opposite,
            (false, false) => Fit::Unknown,
        }
    }

    /// Of the people with this surname the one mentioned most, whoever was called by the title and those nearby first.
    fn by_surname(
        &self,
        word: u64,
        told: Option<Gender>,
        office: Option<(u64, bool)>,
        recent: &Recent,
    ) -> Option<u32> {
        let mut next = self.by_family.get(&word).copied();
        let mut best: Option<u32> = None;
        for _ in 0..DEPTH {
            let Some(person) = next else { break };
            let draft = &self.drafts[person as usize];
            next = draft.same_family;
            if told.is_some() && draft.gender.is_some() && told != draft.gender {
                continue;
            }
            let rank = |p: u32| {
                let fit = office.map_or(Fit::Unknown, |office| self.fits(p, office));
                (fit, recent.rank(p) > 0, self.drafts[p as usize].mentions.len(), recent.rank(p))
            };
            if best.is_none_or(|other| rank(person) >= rank(other)) {
                best = Some(person);
            }
        }
        best
    }

    /// The person that a description stands for: the name beside it, else who was last called by that office.
    fn description(
        &self,
        mention: &Mention,
        told: &Told,
        last_name: Option<u32>,
        recent: &Recent,
    ) -> Option<u32> {
        if mention.is(MentionFlags::APPOSITION) {
            return last_name;
        }
        let office = told.title;
        let former = mention.is(MentionFlags::FORMER);
        let same = self.by_title.get(&(office, former)).copied();
        // "the ex-mayor" of somebody called mayor before: only where nobody else is about.
        same.or_else(|| {
            let sitting = self.by_title.get(&(office, false)).copied().filter(|_| former)?;
            (recent.only() == Some(sitting)).then_some(sitting)
        })
    }

    /// The people for whom there is evidence.
    fn finish(mut self) -> Vec<Person> {
        let paragraphs = self.paragraphs;
        let mut people: Vec<Person> = Vec::new();
        let shown: Vec<bool> =
            (0..self.drafts.len()).map(|person| self.is_person(person as u32)).collect();
        self.things(&shown);
        for (mut draft, shown) in self.drafts.into_iter().zip(shown) {
            if !shown || draft.mentions.is_empty() {
                continue;
            }
            if draft.late {
                draft.mentions.sort_unstable_by_key(|place| (place.paragraph, place.mention));
            }
            let Some((paragraph, mention)) = draft.fullest.0.of(paragraphs) else { continue };
            people.push(Person {
                name: paragraph.clean(mention.name),
                family: key::family_text(paragraph, mention.name, draft.family),
                given: key::given_text(paragraph, mention.name, draft.family),
                gender: draft.gender,
                mentions: draft.mentions,
                namesakes: draft.namesakes,
                listed: draft.listed,
            });
        }
        people.sort_by_key(|person| person.mentions.first().map(|m| (m.paragraph, m.mention)));
        people
    }

    /// Gives what is called after somebody to that person.
    fn things(&mut self, shown: &[bool]) {
        for (thing, shown) in shown.iter().enumerate() {
            let draft = &self.drafts[thing];
            let owner = self.owner_of(draft).filter(|_| !shown && draft.key.len() == 2);
            let Some(owner) = owner.map(|owner| owner as usize).filter(|&owner| owner != thing)
            else {
                continue;
            };
            let places = std::mem::take(&mut self.drafts[thing].mentions).into_iter();
            let paragraphs = self.paragraphs;
            let named = places.filter_map(|place| {
                let (paragraph, mention) = place.of(paragraphs)?;
                let first = mention.name.start as usize;
                let name = Span::new(first, first + 1);
                is_called_after(paragraph, mention).then_some(Namesake { place, name })
            });
            let namesakes = &mut self.drafts[owner].namesakes;
            namesakes.extend(named);
            namesakes.sort_unstable_by_key(|thing| (thing.place.paragraph, thing.place.mention));
        }
    }
}

/// Who is called by which office, once all names are known.
struct Holders {
    people: FxHashSet<u32>,
    /// By office, former or not: the one person who is called so; `None` for several.
    by_office: FxHashMap<u64, Option<u32>>,
    /// The one person who is called a former holder of the office that one other person holds.
    predecessor: Option<u32>,
}

impl Holders {
    fn of(called: &[(u32, (u64, bool))]) -> Self {
        let mut by_office: FxHashMap<u64, Option<u32>> = FxHashMap::default();
        let mut standing: FxHashMap<(u64, bool), Option<u32>> = FxHashMap::default();
        for &(person, (office, former)) in called {
            let only = |known: &mut Option<u32>| *known = known.filter(|other| *other == person);
            by_office.entry(office).and_modify(only).or_insert(Some(person));
            standing.entry((office, former)).and_modify(only).or_insert(Some(person));
        }
        let mut former = standing.iter().filter(|((_, former), _)| *former);
        let predecessor = former.next().filter(|_| former.next().is_none());
        let predecessor = predecessor.and_then(|(&(office, _), &person)| {
            let holder = standing.get(&(office, false)).copied().flatten();
            person.filter(|person| holder.is_some_and(|holder| holder != *person))
        });
        let people = called.iter().map(|(person, _)| *person).collect();
        Self { people, by_office, predecessor }
    }

    fn titled(&self, person: u32) -> bool {
        self.people.contains(&person)
    }

    fn only(&self, office: u64) -> Option<u32> {
        self.by_office.get(&office).copied().flatten()
    }

    fn predecessor(&self) -> Option<u32> {
        self.predecessor
    }
}

/// Whether the table of office-holders has the name, whatever its given name: "Shigeru Ishiba".
fn is_holder(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let first = mention.name.start as usize;
    let (given, family) = (paragraph.text(first), paragraph.text(first + 1));
    mention.name.len() == 2
        && !mention.is(MentionFlags::NAMESAKE)
        && !Table::built_in().of_person(family, given).is_empty()
}

/// How a title goes with what somebody was called before, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Called the holder where this is a former one, or the other way round.
    Opposite,
    /// Not called by the office.
    Unknown,
    /// Called just so.
    Called,
}

/// The number of the name in apposition: "her predecessor, Ana Ruiz".
fn named_beside(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<usize> {
    let comma = mention.span.end as usize;
    paragraph.token(comma).filter(|token| token.mark == ',')?;
    let mentions = &paragraph.notes.mentions;
    let named =
        |other: &Mention| other.kind == MentionKind::Name && other.span.start as usize == comma + 1;
    mentions.iter().position(named)
}

/// Relatives who may bear the same surname.
const KIN: [&str; 12] = [
    "father",
    "son",
    "mother",
    "daughter",
    "brother",
    "sister",
    "husband",
    "wife",
    "grandfather",
    "grandson",
    "grandmother",
    "granddaughter",
];

fn is_kin(paragraph: &Paragraph<'_>, at: usize) -> bool {
    KIN.iter().any(|word| paragraph.is(at, word))
}

/// Whether a relative is named in the sentence or in the one before.
fn kin_nearby(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let sentence = paragraph.sentence_at(mention.span.start as usize);
    let before = (sentence.start as usize).saturating_sub(1);
    let first = paragraph.sentence_at(before).start as usize;
    (first..sentence.end as usize).take(120).any(|at| is_kin(paragraph, at))
}

/// "His father, the former president": somebody else than whoever the office was last given to.
fn is_relative(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(comma) = (mention.span.start as usize).checked_sub(1) else { return false };
    let is_comma = paragraph.token(comma).is_some_and(|token| token.mark == ',');
    is_comma && comma > 0 && is_kin(paragraph, comma - 1)
}

/// Whether the person is mentioned in the same sentence: "Mayor Ruiz fired the ex-mayor".
fn is_beside(
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    owned: &[Option<u32>],
    person: u32,
) -> bool {
    let sentence = paragraph.sentence_at(mention.span.start as usize);
    let mentions = paragraph.notes.mentions.iter().zip(owned);
    mentions
        .filter(|(_, owner)| **owner == Some(person))
        .any(|(other, _)| sentence.contains(other.span.start as usize))
}

/// Whether the two words of a name are somebody's surname, which is no word of the language, and a thing.
fn is_called_after(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    mention.name.len() == 2
        && paragraph
            .token(mention.name.start as usize)
            .is_some_and(|token| token.lex.is_empty() && usage(token.hash).is_empty())
}

/// Whether "in", "from" and the like stand before the name, so that it is the place.
fn after_place_preposition(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let Some(before) = (mention.name.start as usize).checked_sub(1) else { return false };
    ["in", "from", "at", "near", "to", "outside", "across", "into", "around"]
        .iter()
        .any(|word| paragraph.is(before, word))
}

/// "Allen, Texas": a town before its state.
fn before_state(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let comma = mention.span.end as usize;
    let place = |at| {
        paragraph.token(at).is_some_and(|token| {
            token.lex.contains(Lex::PLACE) || token.flags.contains(TokenFlags::ABBREVIATION)
        })
    };
    paragraph.token(comma).is_some_and(|token| token.mark == ',')
        && place(comma + 1)
        && (mention.span.start as usize).checked_sub(1).is_some_and(|before| {
            paragraph.token(before).is_some_and(|token| token.lex.contains(Lex::PREPOSITION))
        })
}

/// What the given name or the courtesy title tells.
fn gender(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Gender> {
    for at in mention.title.iter() {
        let word = paragraph.text(at).trim_end_matches('.');
        if ["Mr", "Sir", "Lord", "King", "Prince", "Congressman"].contains(&word) {
            return Some(Gender::Man);
        }
        if ["Mrs", "Ms", "Miss", "Dame", "Lady", "Queen", "Princess", "Congresswoman"]
            .contains(&word)
        {
            return Some(Gender::Woman);
        }
    }
    if mention.is(MentionFlags::SINGLE) {
        return None;
    }
    let lex = paragraph.token(mention.name.start as usize)?.lex;
    match (lex.contains(Lex::WOMAN), lex.contains(Lex::MAN)) {
        (true, false) => Some(Gender::Woman),
        (false, true) => Some(Gender::Man),
        _ => None,
    }
}
