//! The tables in which people are gathered, and the first pass: every full name finds or founds its person.

use super::beside::is_holder;
use super::key::NameKey;
use super::told::{Told, mentions};
use super::types::{Gender, Namesake, PersonMention};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::resolve::Roster;
use rustc_hash::{FxHashMap, FxHashSet};

/// Of people who share a surname, this many are looked at, the last introduced first.
pub(super) const DEPTH: usize = 8;

/// A person while the mentions are gathered.
pub(super) struct Draft {
    pub(super) key: NameKey,
    /// Hash of the word that stands for the person alone.
    pub(super) family: u64,
    /// The mention with the fullest name, and the number of its words.
    pub(super) fullest: (PersonMention, usize),
    pub(super) gender: Option<Gender>,
    /// Whether any mention shows that this is a person.
    pub(super) sure: bool,
    /// Single names that were linked.
    pub(super) singles: usize,
    /// Whether one of them stands inside a sentence, where a capital shows a name.
    pub(super) shown: bool,
    /// What an unmistakable pronoun calls the person where names and titles do not tell.
    pub(super) called: Option<Gender>,
    /// Whether mentions were linked after the names: pronouns, descriptions that only the whole article settles.
    pub(super) late: bool,
    pub(super) mentions: Vec<PersonMention>,
    pub(super) namesakes: Vec<Namesake>,
    /// The number of the entry in the house's list.
    pub(super) listed: Option<u32>,
    /// The mention beside whose family name is the person's too: "Tom and Ana Ruiz".
    pub(super) shares: Option<PersonMention>,
    /// The person before with the same family name.
    pub(super) same_family: Option<u32>,
    /// The person before with the same first and last word.
    pub(super) same_ends: Option<u32>,
}

/// The tables.
pub(super) struct Cast<'p, 'a> {
    pub(super) paragraphs: &'p [Paragraph<'a>],
    pub(super) roster: &'p Roster,
    /// By number of the entry in the house's list.
    pub(super) by_listed: FxHashMap<u32, u32>,
    pub(super) drafts: Vec<Draft>,
    pub(super) by_name: FxHashMap<u64, u32>,
    pub(super) by_ends: FxHashMap<(u64, u64), u32>,
    /// How the given name sounds, and the last word.
    pub(super) by_sound: FxHashMap<(u64, u64), u32>,
    pub(super) by_family: FxHashMap<u64, u32>,
    /// Given names; `None` where two people share one.
    pub(super) by_given: FxHashMap<u64, Option<u32>>,
    /// The last two words of names of three and more ("Peña Nieto").
    pub(super) by_tail: FxHashMap<(u64, u64), u32>,
    /// Two given names of a name of three and more ("Mary Ann").
    pub(super) by_head: FxHashMap<(u64, u64), u32>,
    /// The word before the family name where it is no given name ("Ruiz" of "Ana Ruiz Garcia"); `None` where two people
    /// share one.
    pub(super) by_middle: FxHashMap<u64, Option<u32>>,
    /// Who was last called by an office, former or not.
    pub(super) by_title: FxHashMap<(u64, bool), u32>,
    /// Who is called by which office, former or not.
    pub(super) called: Vec<(u32, (u64, bool))>,
    /// The same as a set, to ask it.
    pub(super) called_so: FxHashSet<(u32, (u64, bool))>,
    /// Person of each full-name mention, in the order of the first pass.
    pub(super) full: Vec<u32>,
}

impl<'p, 'a> Cast<'p, 'a> {
    pub(super) fn new(paragraphs: &'p [Paragraph<'a>], roster: &'p Roster) -> Self {
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
    pub(super) fn full_names(&mut self) {
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
    pub(super) fn same_name(&self, key: &NameKey) -> Option<u32> {
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
    pub(super) fn same_nickname(&self, told: &Told) -> Option<u32> {
        let ends = (told.nickname, told.key.last());
        let known = self.by_ends.get(&ends).copied().filter(|_| told.nickname != 0);
        known.filter(|&person| self.same_generation(person, &told.key))
    }

    pub(super) fn same_generation(&self, person: u32, key: &NameKey) -> bool {
        self.drafts[person as usize].key.same_generation(key)
    }

    /// The person whose given name is this one in another spelling ("Philip Berg", "Phillip Berg").
    pub(super) fn same_sound(&self, told: &Told) -> Option<u32> {
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
    pub(super) fn enlist(&mut self, person: u32, listed: u32) {
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
    pub(super) fn found(
        &mut self,
        paragraph: &Paragraph<'_>,
        mention: &Mention,
        key: NameKey,
        place: PersonMention,
    ) -> u32 {
        let family = key.family(paragraph, mention.name);
        self.add(paragraph, mention, key, family, place)
    }

    /// Adds a person with a family name that need not stand in the mention.
    pub(super) fn add(
        &mut self,
        paragraph: &Paragraph<'_>,
        mention: &Mention,
        key: NameKey,
        family: u64,
        place: PersonMention,
    ) -> u32 {
        let person = self.drafts.len() as u32;
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
            fullest: (place, words_of(mention, &key)),
            gender: None,
            sure: false,
            singles: 0,
            shown: false,
            called: None,
            late: false,
            mentions: Vec::new(),
            namesakes: Vec::new(),
            listed: None,
            shares: None,
            same_family,
            same_ends,
        });
        person
    }

    /// What a mention tells of the person.
    pub(super) fn learn(
        &mut self,
        person: u32,
        mention: &Mention,
        told: &Told,
        place: PersonMention,
    ) {
        let key = &told.key;
        let hash = key.hash();
        let draft = &mut self.drafts[person as usize];
        draft.sure |= mention.is(MentionFlags::SURE);
        draft.gender = draft.gender.or(told.gender);
        let words = words_of(mention, key);
        if words > draft.fullest.1 && !mention.is(MentionFlags::QUOTED) {
            draft.fullest = (place, words);
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

    /// Whether there is evidence for a person.
    pub(super) fn is_person(&self, person: u32) -> bool {
        let draft = &self.drafts[person as usize];
        draft.sure || draft.singles > 0 && draft.key.len() > 1 && self.owner_of(draft).is_none()
    }

    /// The person after whom the two words are called: "Warhol Polaroid" beside Andy Warhol is a thing of his.
    pub(super) fn owner_of(&self, draft: &Draft) -> Option<u32> {
        let owner = self.by_family.get(&draft.key.first()).copied()?;
        self.drafts[owner as usize].sure.then_some(owner)
    }
}

/// How full a name is, in words. A headline in title case has capitals on every word, so that any name from the body is
/// better ("Ana Ruiz Endorses Tom Berg").
fn words_of(mention: &Mention, key: &NameKey) -> usize {
    if mention.is(MentionFlags::TITLE_CASE) { 1 } else { key.len() }
}
