//! The second pass: single names, descriptions and pronouns are given to the people found.

use super::beside::{
    has_held, is_beside, is_couple, is_relative, kin_nearby, named_beside, partner_beside,
    titled_in_apposition,
};
use super::cast::{Cast, DEPTH};
use super::key::{NameKey, title_key};
use super::pronoun::{Focus, Recent};
use super::support::{self, Part, after_place_preposition};
use super::told::{Told, mentions};
use super::types::{Gender, Namesake, PersonMention};
use crate::annotate::{Mention, MentionFlags, MentionKind, PREDECESSOR, Paragraph};
use crate::document::BlockKind;
use crate::resolve::offices::{self, Table};
use rustc_hash::{FxHashMap, FxHashSet};

impl Cast<'_, '_> {
    /// Second pass, over every name and description in reading order, and then the pronouns, which need to know of whom the
    /// whole paragraph speaks.
    pub(super) fn everything_else(&mut self) {
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
                    // The name behind it is the next to be read.
                    MentionKind::Title if titled_in_apposition(paragraph, mention).is_some() => {
                        waiting.push(place);
                        owned.push(None);
                        continue;
                    }
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
            let relation = before.is_some_and(|token| token.hash == PREDECESSOR);
            let office = title_key(paragraph, mention.title);
            let apposed = relation || titled_in_apposition(paragraph, mention).is_some();
            let named = named_beside(paragraph, mention).filter(|_| apposed);
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
                    // The reporter is no part of the story.
                    let copy = paragraph.block.kind != BlockKind::Byline;
                    if let Some(person) = owner.filter(is_person).filter(|_| copy) {
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
        let called =
            known.zip(office).is_some_and(|(p, office)| self.fits(p, office) == Fit::Called);
        let known = known.map(|known| match called {
            true => known,
            false => self.holder(paragraph, mention, word).unwrap_or(known),
        });
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
        if let Some(person) = self.partner(paragraph, mention, told, place) {
            return Some(person);
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

    /// "Bill" of "Bill and Hillary Clinton": whoever the article or the table has by the two names, or somebody new whose
    /// name can only be a given name.
    fn partner(
        &mut self,
        paragraph: &Paragraph<'_>,
        mention: &Mention,
        told: &Told,
        place: PersonMention,
    ) -> Option<u32> {
        let number = partner_beside(paragraph, mention)?;
        let other = paragraph.notes.mentions.get(number)?;
        let (given, last) =
            (paragraph.text(mention.name.start as usize), other.name.end as usize - 1);
        let (family, key) = (paragraph.text(last), NameKey::of(paragraph, other.name).last());
        if let Some(&known) = self.by_ends.get(&(told.key.last(), key)) {
            return Some(known);
        }
        let table = Table::built_in();
        let listed =
            table.of_person(given, family).is_empty() && table.of_person(family, given).is_empty();
        if listed && (table.has_family(given) || !is_couple(paragraph, mention, other)) {
            return None;
        }
        let whole = NameKey::of_name(&format!("{given} {family}"));
        let person = self.add(paragraph, mention, whole, key, place);
        self.learn(person, mention, told, place);
        let draft = &mut self.drafts[person as usize];
        draft.sure = true;
        draft.shares = Some(PersonMention { paragraph: place.paragraph, mention: number });
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

    /// Of several people with this surname the one whom the table has in the office of the title: "President Obama" beside
    /// Michelle and Barack Obama.
    fn holder(&self, paragraph: &Paragraph<'_>, mention: &Mention, word: u64) -> Option<u32> {
        let last = self.by_family.get(&word).copied().filter(|_| !mention.title.is_empty())?;
        self.drafts[last as usize].same_family?;
        let office = offices::office(paragraph, mention.title);
        let mut next = Some(last);
        let mut only = None;
        for _ in 0..DEPTH {
            let Some(person) = next else { break };
            let draft = &self.drafts[person as usize];
            next = draft.same_family;
            let Some((paragraph, full)) = draft.fullest.0.of(self.paragraphs) else { continue };
            if has_held(paragraph, full, &office) {
                // Two holders share the name.
                if only.is_some() {
                    return None;
                }
                only = Some(person);
            }
        }
        only
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
