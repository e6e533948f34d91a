//! Whose words an attribution gives, by what name, and whether a reader could tell who that is.

mod doubt;
mod phrase;

pub(super) use doubt::is_transcript;

use self::phrase::{before_who, in_apposition, is_anybody, is_one, noun, passing_name, phrase};
use super::carried::owners;
use super::record::{Source, Standing, is_prose};
use super::sources::{before_apposition, body, has_name, head_phrase, named_in};
use super::{Gender, Story};
use crate::annotate::{Attribution, Mention, MentionFlags, MentionKind, Paragraph};
use crate::document::is_agency;
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// The sources of a story, as they come to speak.
pub(super) struct Speakers<'s, 'a> {
    story: &'s Story<'a>,
    /// The words that stand with a capital inside a sentence of the prose: names, as far as capitals tell.
    names: FxHashSet<u64>,
    by_name: FxHashMap<(Standing, String), usize>,
    /// By first and by last word the only source that has it there; none where there are several.
    by_word: FxHashMap<(Standing, String), Option<usize>>,
    last: Option<Last>,
    /// The family names of the story's people.
    families: FxHashSet<&'s str>,
    /// People whom a title and a given name may stand for.
    by_given: FxHashMap<String, Option<usize>>,
}

/// Who spoke last.
#[derive(Clone, Copy, Debug)]
struct Last {
    /// The number of the source.
    source: usize,
    /// The paragraph and the end of the cue.
    place: (usize, u32),
    /// Whether it may be called "he" or "she": a person, though not one whose name is known.
    personal: bool,
}

impl<'s, 'a> Speakers<'s, 'a> {
    pub(super) fn new(story: &'s Story<'a>) -> Self {
        let mut names = FxHashSet::default();
        for p in story.paragraphs.iter().filter(|p| is_prose(p)) {
            for pair in p.tokens().windows(2) {
                if pair[0].kind == TokenKind::Word && pair[1].flags.contains(TokenFlags::CAPITAL) {
                    names.insert(pair[1].hash);
                }
            }
        }
        let (by_name, by_word) = (FxHashMap::default(), FxHashMap::default());
        let families = story.people.iter().map(|person| person.family.as_str()).collect();
        let by_given = doubt::by_given(story);
        Self { story, names, by_name, by_word, last: None, families, by_given }
    }

    /// The numbers of the sources of an attribution, mostly one, which are put with the others where they are new.
    /// Attributions are to come in order.
    pub(super) fn sources(
        &mut self,
        p: &Paragraph<'_>,
        attribution: &Attribution,
        sources: &mut Vec<Source>,
    ) -> Vec<usize> {
        let place = (p.index, attribution.cue.last().map_or(0, |cue| cue.end));
        if let Some(last) = self.taken_up(p, attribution, sources) {
            self.last = Some(Last { place, ..last });
            return vec![last.source];
        }
        let joint = self.joint(p, attribution);
        let personal = joint.len() < 2 && is_personal(p, attribution);
        let speakers = if joint.len() > 1 { joint } else { vec![self.speaker(p, attribution)] };
        let numbers: Vec<usize> = speakers
            .into_iter()
            .map(|(standing, name)| {
                self.find(standing, &name).unwrap_or_else(|| {
                    self.add(standing, &name, sources.len());
                    sources.push(Source { name, standing, statements: Vec::new() });
                    sources.len() - 1
                })
            })
            .collect();
        self.last = match numbers[..] {
            [source] => Some(Last { source, place, personal }),
            // "They" are all of them.
            _ => None,
        };
        numbers
    }

    /// The people of a source that is several by name: "Mayor Ana Ruiz and her husband, Jon Bek". Not those that hang on a
    /// preposition ("a lawyer for Ruiz and Bek") or own something.
    fn joint(&self, p: &Paragraph<'_>, attribution: &Attribution) -> Vec<(Standing, String)> {
        let [source] = attribution.source[..] else { return Vec::new() };
        let list = &p.notes.mentions;
        let first = list.partition_point(|m| m.span.start < source.start);
        let within = list.iter().enumerate().skip(first);
        let within = within.take_while(|(_, m)| m.span.end <= source.end);
        let names: Vec<(usize, &Mention)> = within
            .filter(|(_, m)| {
                m.kind == MentionKind::Name
                    && !m.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED)
            })
            .collect();
        let (Some(first), Some(last)) = (names.first(), names.last()) else { return Vec::new() };
        let hangs = |at: usize| {
            p.token(at).is_some_and(|t| {
                t.lex.contains(Lex::PREPOSITION) || t.flags.contains(TokenFlags::CLITIC)
            })
        };
        let joined =
            (first.1.span.end as usize..last.1.span.start as usize).any(|at| p.is(at, "and"));
        if !joined || source.iter().any(hangs) {
            return Vec::new();
        }
        let person =
            |(number, _): &(usize, &Mention)| self.person(self.story.person_of(p.index, *number));
        let mut people: Vec<(Standing, String)> = names.iter().filter_map(person).collect();
        people.dedup();
        people
    }

    /// The speaker before, where a pronoun takes it up that is known to stand for nobody else: "The company said ... It
    /// said ...".
    fn taken_up(
        &self,
        p: &Paragraph<'_>,
        attribution: &Attribution,
        sources: &[Source],
    ) -> Option<Last> {
        let last = self.last.filter(|last| last.place.0 + 1 >= p.index)?;
        let source = attribution.source.first().filter(|source| source.len() == 1)?;
        let is = |word: &str| p.is(source.start as usize, word);
        let known = sources.get(last.source)?;
        let plural = known.name.ends_with('s');
        let here = (p.index, source.start);
        let fits = match known.standing {
            Standing::Nobody => false,
            Standing::Person(_) | Standing::Named => {
                let number = match known.standing {
                    Standing::Person(number) => Some(number),
                    _ => None,
                };
                let gender = number.and_then(|n| self.story.people.get(n)?.gender);
                let may_be = |asked| gender.is_none_or(|known| known == asked);
                (is("he") && may_be(Gender::Man) || is("she") && may_be(Gender::Woman))
                    && self.is_alone(last.place, here)
                    && !doubt::tells_of_stranger(p, *source)
            }
            Standing::Body if is("it") => {
                let named = known.name.starts_with(char::is_uppercase);
                !is_passive(p, attribution)
                    && (last.place.0 == p.index || named && tells_of_company(p, *source))
            }
            _ => {
                (is("they") || !plural && last.personal && (is("he") || is("she")))
                    && self.goes_on(last.place, here)
            }
        };
        let free = self.meant(p, *source).is_none_or(|person| self.is_another(p, *source, person));
        (fits && free).then_some(last)
    }

    /// Whether somebody without a name has spoken in the paragraph, and the person whom a pronoun was given to is not named
    /// in it: "The student testified that ... “...,” she said" is not the judge of the paragraph before.
    fn is_another(&self, p: &Paragraph<'_>, pronoun: Span, person: usize) -> bool {
        let stranger = self.last.is_some_and(|last| last.place.0 == p.index && last.personal)
            || doubt::tells_of_stranger(p, pronoun);
        let list = &p.notes.mentions;
        let before = list.partition_point(|m| m.span.start < pronoun.start);
        let mut named = list.iter().enumerate().take(before).rev().take(NAMED);
        stranger
            && !named.any(|(number, m)| {
                m.kind != MentionKind::Pronoun
                    && self.story.person_of(p.index, number) == Some(person)
            })
    }

    /// Whether all that stands between two places is attributed or quoted: nobody else comes in whom a pronoun may mean.
    fn goes_on(&self, from: (usize, u32), to: (usize, u32)) -> bool {
        let between = self.story.paragraphs.get(from.0..=to.0).unwrap_or_default();
        between.iter().all(|p| {
            let sentences = &p.notes.sentences;
            let first = sentences.partition_point(|s| (p.index, s.start) < from);
            let inside = sentences.iter().enumerate().skip(first);
            let mut inside = inside.take_while(|(_, s)| (p.index, s.end) <= to);
            inside.all(|(at, sentence)| {
                let opens = p.token(sentence.start as usize);
                owners(p).get(at).copied().flatten().is_some()
                    || opens.is_some_and(|t| t.kind == TokenKind::Quote)
            })
        })
    }

    /// Whether nobody is named between two places in a paragraph or in two that follow each other.
    fn is_alone(&self, from: (usize, u32), to: (usize, u32)) -> bool {
        let between = self.story.paragraphs.get(from.0..=to.0).unwrap_or_default();
        between.iter().all(|p| {
            let list = &p.notes.mentions;
            let first = list.partition_point(|m| (p.index, m.span.start) < from);
            let mut near = list.iter().skip(first).take_while(|m| (p.index, m.span.start) < to);
            near.all(|m| m.kind != MentionKind::Name)
        })
    }

    fn speaker(&self, p: &Paragraph<'_>, attribution: &Attribution) -> (Standing, String) {
        let source = attribution.source.first().copied().filter(|source| !source.is_empty());
        let cue = attribution.cue.first().copied().unwrap_or_default();
        let Some(source) = source else {
            let person = before_apposition(p, cue)
                .and_then(|(number, _)| self.story.person_of(p.index, number));
            return self.person(person).unwrap_or((Standing::Nobody, String::new()));
        };
        let source = doubt::whole(p, source);
        if is_place(p, source) {
            return (Standing::Nobody, String::new());
        }
        let named = named_in(p, source)
            .or_else(|| in_apposition(p, source))
            .or_else(|| before_who(p, source));
        let person = named.and_then(|(number, _)| self.story.person_of(p.index, number));
        if let Some(((_, mention), of)) =
            named.zip(person.and_then(|number| self.story.people.get(number)))
            && doubt::is_miscalled(&self.families, p, mention, of)
        {
            return (Standing::Named, p.clean(phrase(p, source)));
        }
        let meant = || self.meant(p, source).filter(|person| !self.is_another(p, source, *person));
        if let Some(found) = self.person(person.or_else(meant)) {
            return found;
        }
        if source.len() == 1 && p.is(source.start as usize, "it") {
            // "It was reported": nobody did.
            return (Standing::Nobody, String::new());
        }
        self.described(p, source)
    }

    /// A source that is no person whom the article names.
    fn described(&self, p: &Paragraph<'_>, source: Span) -> (Standing, String) {
        let head = phrase(p, source);
        if let Some(name) = passing_name(p, source) {
            return (Standing::Named, p.clean(name));
        }
        let body = body(p, head);
        let standing = match () {
            () if self.is_name(p, head) => return (Standing::Body, p.clean(head)),
            () if is_anybody(p, head) => Standing::Unnamed,
            () if body.is_some() || has_name(p, source) || is_one(p, head) => Standing::Body,
            () => Standing::Unnamed,
        };
        let text = body.filter(|_| standing == Standing::Body);
        (standing, text.unwrap_or_else(|| self.inside_sentence(p, head)))
    }

    fn person(&self, person: Option<usize>) -> Option<(Standing, String)> {
        let number = person?;
        let person = self.story.people.get(number)?;
        let number = doubt::in_full(self.story, person, &self.by_given).unwrap_or(number);
        Some((Standing::Person(number), self.story.people.get(number)?.name.clone()))
    }

    /// The person that a pronoun or a title stands for which is the whole of a source.
    fn meant(&self, p: &Paragraph<'_>, source: Span) -> Option<usize> {
        let list = &p.notes.mentions;
        let first = list.partition_point(|m| m.span.start < source.start);
        let (number, _) = list.iter().enumerate().skip(first).take(1).find(|(_, m)| {
            m.kind != MentionKind::Name && m.span.start == source.start && m.span.end == source.end
        })?;
        let person = self.story.person_of(p.index, number)?;
        let thing = doubt::is_thing(self.story, self.story.people.get(person)?);
        (!thing).then_some(person)
    }

    /// Whether a source is a single name that no list of bodies knows: an agency, or a word that has a capital elsewhere too.
    fn is_name(&self, p: &Paragraph<'_>, span: Span) -> bool {
        let start = span.start as usize;
        let common = Lex::PRONOUN | Lex::DETERMINER | Lex::QUANTIFIER | Lex::DEMONYM;
        let capital = p.token(start).filter(|t| t.flags.contains(TokenFlags::CAPITAL));
        let known = capital.is_some_and(|t| {
            is_agency(p.text(start)) || self.names.contains(&t.hash) && !t.lex.intersects(common)
        });
        span.len() == 1 && known
    }

    /// The text of a source as it reads inside a sentence: "Two officials" at the head of one are "two officials".
    fn inside_sentence(&self, p: &Paragraph<'_>, span: Span) -> String {
        let mut text = p.clean(span);
        let start = span.start as usize;
        let Some(first) = p.token(start) else { return text };
        let shouted = first.flags.contains(TokenFlags::UPPER) && first.end - first.start > 1;
        let small = first.lex.intersects(Lex::DETERMINER | Lex::QUANTIFIER | Lex::PRONOUN);
        let opens = p.sentence_at(start).start == span.start;
        let name = self.names.contains(&first.hash)
            || first.lex.intersects(Lex::DEMONYM | Lex::PLACE | Lex::ORGANISATION)
            // "Norrland's chief executive": what owns something is mostly a name, and a word by itself often is.
            || p.token(start + 1).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC))
            || span.len() == 1 && !p.text(start).ends_with('s');
        if !shouted
            && !p.is(start, "i")
            && (small || opens && !name)
            && let Some(letter) = text.get_mut(..1)
        {
            letter.make_ascii_lowercase();
        }
        text
    }

    /// The source that a name stands for. "The department" is the health department where no other department has spoken,
    /// and "Tarn" the Tarn Cable Company.
    fn find(&self, standing: Standing, name: &str) -> Option<usize> {
        let key = (standing, key(name));
        let short = !key.1.contains(' ')
            && (name.starts_with("the ")
                || standing == Standing::Body && name.starts_with(char::is_uppercase));
        let known = self.by_name.get(&key).copied();
        let by_word = |standing: Standing| {
            let known = self.by_word.get(&(standing, key.1.clone()));
            known.copied().flatten().filter(|_| short)
        };
        // "Torp" is the captain, Sven Torp.
        known.or_else(|| by_word(standing)).or_else(|| by_word(Standing::Named))
    }

    fn add(&mut self, standing: Standing, name: &str, number: usize) {
        let key = key(name);
        let last = noun_of(&key).rsplit(' ').next().filter(|last| *last != key);
        let first = key.split_once(' ').map(|(first, _)| first);
        // "The health department" is no "health", a Tarn Cable Company is a "Tarn".
        let first = first.filter(|_| name.starts_with(char::is_uppercase));
        for word in [first, last].into_iter().flatten() {
            let known = self.by_word.entry((standing, word.to_owned()));
            known.and_modify(|known| *known = None).or_insert(Some(number));
        }
        self.by_name.insert((standing, key), number);
    }
}

/// What a source is known by: "The ministry" and "the ministry" are one.
fn key(name: &str) -> String {
    let name = name.to_lowercase();
    let bare = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(&name).to_owned()
}

/// What a source is, without what hangs on it: "spokesman" of a "spokesman for the ministry".
fn noun_of(key: &str) -> &str {
    let hangs = [" for ", " of ", " by ", " at ", " in ", " from ", " with ", " on "];
    let end = hangs.iter().filter_map(|word| key.find(word)).min();
    end.and_then(|end| key.get(..end)).unwrap_or(key)
}

/// Whether the noun of a source is a person's: "the harbour master", "an official".
fn is_personal(p: &Paragraph<'_>, attribution: &Attribution) -> bool {
    let Some(source) = attribution.source.first() else { return false };
    let whole = phrase(p, *source);
    let head = noun(p, whole);
    // "The student who wrote the article", "local corporator Vikas Ghorpade".
    let somebody = p.is_any(whole.end as usize, &["who", "whose"])
        || whole.iter().any(|at| {
            let small = p.token(at).is_some_and(|t| !t.flags.contains(TokenFlags::CAPITAL));
            let ends = PERSONAL.iter().any(|ending| p.text(at).ends_with(ending));
            small && ends && at <= head && !p.is_any(at, &THINGS)
        });
    p.is_in(head, &lists::ANYBODY)
        || somebody
        || p.token(head)
            .is_some_and(|t| t.lex.intersects(Lex::RANK | Lex::OFFICE | Lex::UNNAMED | Lex::GROUP))
}

/// Mentions before a pronoun among which the person is looked for.
const NAMED: usize = 64;

/// Endings of nouns for people.
const PERSONAL: [&str; 8] = ["ator", "itor", "ctor", "ist", "man", "woman", "ian", "student"];

/// Nouns with such an ending that are none.
const THINGS: [&str; 5] = ["factor", "sector", "reactor", "tractor", "german"];

/// Whether the sentence before a pronoun speaks of the company: "The company now expects a loss. It said ...".
fn tells_of_company(p: &Paragraph<'_>, pronoun: Span) -> bool {
    let start = p.sentence_at(pronoun.start as usize).start as usize;
    let Some(before) = start.checked_sub(1).map(|last| p.sentence_at(last)) else { return false };
    let first = before.start as usize;
    let other = (first + 1..start)
        .any(|at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL)));
    first == 0 && p.is(0, "the") && p.is_in(1, &lists::COMPANIES) && !other
}

/// Whether the noun of a source is a place in which nobody speaks by its name: "the lobby of the bank".
fn is_place(p: &Paragraph<'_>, source: Span) -> bool {
    let start = source.start as usize;
    let definite = p.token(start).is_some_and(|t| t.lex.contains(Lex::DETERMINER));
    definite && p.is_in(noun(p, phrase(p, source)), &lists::SILENT_PLACES)
}

/// Whether an attribution is none that anybody answers for: a deed, a dateline or a score before a colon.
pub(super) fn is_no_speech(p: &Paragraph<'_>, attribution: &Attribution, transcript: bool) -> bool {
    doubt::is_deed(p, &attribution.cue, &attribution.content)
        || doubt::is_label(p, &attribution.cue, &attribution.source, transcript)
}

/// Whether a cue says that something was said, not who said it: "It was reported".
fn is_passive(p: &Paragraph<'_>, attribution: &Attribution) -> bool {
    let cue = attribution.cue.first().copied().unwrap_or_default();
    let from = (cue.start as usize).saturating_sub(2);
    (from..cue.end as usize)
        .any(|at| ["was", "is", "been", "were", "being"].iter().any(|word| p.is(at, word)))
}
