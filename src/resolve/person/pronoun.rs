//! Pronouns, with care: "he" is given to somebody only where nobody else can be meant.

use super::types::Gender;
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::segment::TokenFlags;

/// People remembered.
const KEPT: usize = 6;

/// Who was mentioned last, in the paragraph at hand and the one before.
#[derive(Default)]
pub(super) struct Recent {
    /// (person, paragraph of the last mention), the latest last.
    seen: Vec<(u32, usize)>,
}

impl Recent {
    /// Notes that `person` was mentioned in paragraph `index`.
    pub(super) fn saw(&mut self, person: u32, index: usize) {
        self.seen.retain(|&(other, at)| other != person && at + 1 >= index);
        if self.seen.len() == KEPT {
            self.seen.remove(0);
        }
        self.seen.push((person, index));
    }

    /// How lately `person` was mentioned: 0 for not at all.
    pub(super) fn rank(&self, person: u32) -> usize {
        self.seen.iter().position(|&(other, _)| other == person).map_or(0, |at| at + 1)
    }

    /// The person, if only one was mentioned lately.
    pub(super) fn only(&self) -> Option<u32> {
        match self.seen[..] {
            [(person, _)] => Some(person),
            _ => None,
        }
    }
}

/// Somebody who was mentioned, as pronouns see it.
#[derive(Clone, Copy)]
struct Entry {
    person: u32,
    paragraph: usize,
    /// Number of the sentence in its paragraph.
    sentence: usize,
    /// The token of the mention.
    at: usize,
}

/// Whom a pronoun means.
pub(super) struct Meant {
    pub(super) person: u32,
    /// Whether nobody else was about, so that the pronoun tells of the person.
    pub(super) alone: bool,
}

/// Of whom the text speaks where a pronoun stands.
#[derive(Default)]
pub(super) struct Focus {
    paragraph: usize,
    sentence: usize,
    /// The latest last, each person once.
    seen: Vec<Entry>,
    /// Of whom the sentence at hand speaks, and the one before.
    subject: Option<u32>,
    subject_before: Option<u32>,
    /// Who speaks in the paragraph: their own words do not call them "he" or "she".
    speakers: Vec<u32>,
    /// Whether the paragraph is somebody's own words without quotation marks (an interview, a statement): whose "she" it is
    /// nobody can tell.
    first_person: bool,
}

impl Focus {
    /// Goes on to the next paragraph, whose mentions belong to `owned`.
    pub(super) fn enter(&mut self, p: &Paragraph<'_>, index: usize, owned: &[Option<u32>]) {
        if self.subject.is_some() {
            self.subject_before = self.subject;
        }
        self.subject = None;
        self.paragraph = index;
        self.sentence = 0;
        self.seen.retain(|entry| entry.paragraph + 1 >= index);
        self.speakers.clear();
        let says_i = |at: usize| p.text(at) == "I" && p.quotation_at(at).is_none();
        let asked = p.notes.mentions.iter().any(|mention| mention.kind == MentionKind::Pronoun);
        self.first_person =
            asked && (p.block.kind == BlockKind::Quote || (0..p.tokens().len()).any(says_i));
        let speaks = |mention: &Mention| {
            mention.is(MentionFlags::SPEAKS) && !mention.is(MentionFlags::QUOTED)
        };
        let said = p.notes.mentions.iter().zip(owned).filter(|(mention, _)| speaks(mention));
        self.speakers.extend(said.filter_map(|(_, person)| *person).take(KEPT));
    }

    /// Goes on to the sentence of a mention.
    pub(super) fn reach(&mut self, p: &Paragraph<'_>, mention: &Mention) {
        let at = mention.span.start as usize;
        let sentences = &p.notes.sentences;
        while sentences.get(self.sentence).is_some_and(|s| s.end as usize <= at) {
            self.sentence += 1;
            if self.subject.is_some() {
                self.subject_before = self.subject.take();
            }
        }
    }

    /// Notes a name or description.
    pub(super) fn saw(&mut self, p: &Paragraph<'_>, mention: &Mention, person: u32) {
        if mention.flags.intersects(MentionFlags::QUOTED | MentionFlags::NAMESAKE) {
            return;
        }
        if self.subject.is_none() && is_subject(p, mention) {
            self.subject = Some(person);
        }
        self.note(person, mention);
    }

    fn note(&mut self, person: u32, mention: &Mention) {
        self.seen.retain(|entry| entry.person != person);
        if self.seen.len() == KEPT {
            self.seen.remove(0);
        }
        let (paragraph, sentence) = (self.paragraph, self.sentence);
        self.seen.push(Entry { person, paragraph, sentence, at: mention.span.start as usize });
    }

    /// Whom a pronoun means: whoever alone fits in its paragraph or else in the one before; of several the one of whom the
    /// sentence speaks, or the one before where none is named yet.
    pub(super) fn antecedent(
        &mut self,
        p: &Paragraph<'_>,
        mention: &Mention,
        asked: Gender,
        called: impl Fn(u32) -> Option<Gender>,
    ) -> Option<Meant> {
        let at = mention.span.start as usize;
        let quoted = mention.is(MentionFlags::QUOTED);
        // Whose words they are is known, or else "she" may be anybody.
        if self.first_person || quoted && self.speakers.is_empty() {
            return None;
        }
        let fits = |person: u32| {
            let known = called(person);
            let spoken_of = known.is_some() && !self.speakers.contains(&person);
            known.is_none_or(|known| known == asked) && (!quoted || spoken_of)
        };
        let meant = self.one(&fits).or_else(|| {
            let person = self.of_several(p, at, &fits).filter(|_| !quoted)?;
            (fits(person) && called(person).is_some()).then_some(Meant { person, alone: false })
        })?;
        if self.stranger_between(p, at, meant.person, asked) {
            return None;
        }
        if !quoted {
            if self.subject.is_none() && is_subject(p, mention) {
                self.subject = Some(meant.person);
            }
            self.note(meant.person, mention);
        }
        Some(meant)
    }

    /// The one person who fits, in the paragraph at hand or else in the one before.
    fn one(&self, fits: &impl Fn(u32) -> bool) -> Option<Meant> {
        for back in 0..2 {
            let mut near =
                self.seen.iter().filter(|e| e.paragraph + back == self.paragraph && fits(e.person));
            if let Some(first) = near.next() {
                return near
                    .next()
                    .is_none()
                    .then_some(Meant { person: first.person, alone: true });
            }
        }
        None
    }

    /// Of several people the one of whom the text speaks: who alone fits in the nearest sentence, and is its subject if that
    /// is not the sentence at hand.
    fn of_several(&self, p: &Paragraph<'_>, at: usize, fits: &impl Fn(u32) -> bool) -> Option<u32> {
        // "Lund met Ruiz and thanked him": not Lund.
        if p.is(at, "him") || p.is(at, "himself") {
            return None;
        }
        // The nearest sentence with somebody who fits: with two, nobody can tell.
        let fitting = || self.seen.iter().rev().filter(|e| fits(e.person));
        let nearest = fitting().map(|e| (e.paragraph, e.sentence)).max()?;
        let mut near = fitting().filter(|e| (e.paragraph, e.sentence) == nearest);
        let only = near.next().filter(|_| near.next().is_none())?.person;
        let here = nearest == (self.paragraph, self.sentence);
        (here || self.subject_before == Some(only)).then_some(only)
    }

    /// Whether another of that gender, who is no person of the story, stands between ("told the woman that she").
    fn stranger_between(&self, p: &Paragraph<'_>, at: usize, person: u32, asked: Gender) -> bool {
        let last = self.seen.iter().find(|entry| entry.person == person);
        let here = last.filter(|entry| entry.paragraph == self.paragraph).map_or(0, |e| e.at);
        let from = here.max(at.saturating_sub(FAR));
        let words = match asked {
            Gender::Woman => &lists::WOMEN,
            Gender::Man => &lists::MEN,
            Gender::Neither => return false,
        };
        // A noun right behind the name is said of the person ("Ana Ruiz, a mother of two").
        let beside =
            (from..at.min(from + 6)).find(|&at| p.text(at) == ",").map_or(from, |_| from + 7);
        (beside..at).any(|at| p.is_in(at, words))
    }
}

/// Whether the sentence speaks of whom it mentions there: no possessive, nothing behind a preposition.
fn is_subject(p: &Paragraph<'_>, mention: &Mention) -> bool {
    let end = mention.span.end as usize;
    let owns = p.token(end).is_some_and(|t| t.flags.contains(TokenFlags::CLITIC))
        && p.text(end).ends_with('s');
    let possessive = mention.name.is_empty()
        && ["his", "her", "him"].iter().any(|word| p.is(mention.span.start as usize, word));
    let before = (mention.span.start as usize).checked_sub(1);
    let behind =
        before.and_then(|at| p.token(at)).is_some_and(|t| t.lex.contains(Lex::PREPOSITION));
    !owns && !behind && !possessive
}

/// Tokens before a pronoun in which somebody else is looked for.
const FAR: usize = 30;

/// What the pronoun tells of whom it means.
pub(super) fn gender(paragraph: &Paragraph<'_>, mention: &Mention) -> Gender {
    let at = mention.span.start as usize;
    let she = paragraph.text(at).starts_with(['s', 'S'])
        || ["her", "hers", "herself"].iter().any(|word| paragraph.is(at, word));
    if she { Gender::Woman } else { Gender::Man }
}
