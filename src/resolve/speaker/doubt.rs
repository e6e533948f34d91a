//! Whom a source does not mean, however near the name stands: nobody's words go into another's mouth.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph, Quotation};
use crate::lang::en::{Lex, lists};
use crate::resolve::{Gender, Person, Story};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words before "of" in which the phrase opens that a name hangs on.
const BEFORE: usize = 6;
/// Mentions of a person that are looked at.
const MOST: usize = 24;

/// The whole of a source that was found without its head: "a pal of Mottram's" for "Mottram".
pub(super) fn whole(p: &Paragraph<'_>, source: Span) -> Span {
    let start = source.start as usize;
    let article = usize::from(start > 0 && p.is(start - 1, "the"));
    let of = start.checked_sub(1 + article).filter(|at| p.is_any(*at, &["of", "for"]));
    let name = p.token(start).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let Some(of) = of.filter(|_| name) else { return source };
    let list = &p.notes.mentions;
    let before = list.partition_point(|m| (m.span.end as usize) < of);
    let person = list.get(before).filter(|m| m.kind == MentionKind::Name);
    if let Some(person) = person.filter(|m| m.span.end as usize == of) {
        return Span { start: person.span.start, end: source.end };
    }
    let first = (p.sentence_at(start).start as usize).max(of.saturating_sub(BEFORE));
    let plain = |at: &usize| {
        p.token(*at).is_some_and(|t| {
            t.kind == TokenKind::Word
                && !t.lex.intersects(Lex::AUXILIARY | Lex::CONJUNCTION | Lex::PREPOSITION)
        })
    };
    let mut words = (first..of).rev().take_while(plain);
    let opens = words.find(|at| {
        p.token(*at).is_some_and(|t| t.lex.intersects(Lex::DETERMINER | Lex::QUANTIFIER))
    });
    let owns = p.token(source.end as usize).is_some_and(|t| {
        t.flags.contains(TokenFlags::CLITIC) && p.text(source.end as usize).len() > 1
    });
    opens.map_or(source, |opens| Span::new(opens, source.end as usize + usize::from(owns)))
}

/// Whether the words of a mention speak against the person it was given to: "Mr." for a woman, "Mr. and Mrs. Bellamy" for
/// one of them, "Bellamy" for a Bellamy-Pratt among Bellamys.
pub(super) fn is_miscalled(
    families: &FxHashSet<&str>,
    p: &Paragraph<'_>,
    mention: &Mention,
    person: &Person,
) -> bool {
    let start = mention.span.start as usize;
    let called = |words: &[&str]| mention.title.iter().any(|at| p.is_any(at, words));
    let man = called(&["mr", "mr."]);
    let woman = called(&["mrs", "mrs.", "ms", "ms.", "miss"]);
    let against = match person.gender {
        Some(Gender::Woman) => man,
        Some(Gender::Man) => woman,
        _ => false,
    };
    let honorific = |at: usize| p.token(at).is_some_and(|t| t.lex.contains(Lex::HONORIFIC));
    let pair = start > 1 && (man || woman) && p.is(start - 1, "and") && honorific(start - 2);
    let name = p.clean(mention.name);
    let shorter = !name.contains([' ', '-']) && person.family.contains('-');
    against || pair || shorter && families.contains(&*name)
}

/// Whether a person has no name of his own in the article but one behind "the" ("the Jan Shakti Paksha"): a party or a firm.
pub(super) fn is_thing(story: &Story<'_>, person: &Person) -> bool {
    let mut names = person
        .mentions
        .iter()
        .take(MOST)
        .filter_map(|place| place.of(&story.paragraphs))
        .filter(|(_, m)| m.kind == MentionKind::Name && !m.is(MentionFlags::QUOTED))
        .peekable();
    let behind_the = |(p, m): (&Paragraph<'_>, &Mention)| {
        let before = (m.span.start as usize).checked_sub(1);
        m.title.is_empty() && before.is_some_and(|at| p.is(at, "the"))
    };
    names.peek().is_some() && names.all(behind_the)
}

/// The people with such a title by their given name; none where there are several.
pub(super) fn by_given(story: &Story<'_>) -> FxHashMap<String, Option<usize>> {
    let mut found = FxHashMap::default();
    for (number, person) in story.people.iter().enumerate() {
        if !person.given.is_empty() && !titles(story, person).is_empty() {
            let known = found.entry(person.given.clone());
            known.and_modify(|known| *known = None).or_insert(Some(number));
        }
    }
    found
}

/// The titles of a person that stand before a given name, by fingerprint.
fn titles(story: &Story<'_>, person: &Person) -> Vec<u64> {
    let places = person.mentions.iter().take(MOST);
    let places = places.filter_map(|place| place.of(&story.paragraphs));
    let tokens = places.flat_map(|(p, m)| m.title.iter().map(move |at| (p, at)));
    let given = tokens.filter(|(p, at)| p.is_in(*at, &lists::BEFORE_GIVEN));
    given.filter_map(|(p, at)| Some(p.token(at)?.hash)).collect()
}

/// The person whose given name is the whole name of another with the same title: "Dame Margaret" is Dame Margaret Osgood.
pub(super) fn in_full(
    story: &Story<'_>,
    person: &Person,
    by_given: &FxHashMap<String, Option<usize>>,
) -> Option<usize> {
    let number = by_given.get(&person.name).copied().flatten()?;
    let other = titles(story, story.people.get(number)?);
    titles(story, person).iter().any(|title| other.contains(title)).then_some(number)
}

/// Quotations before a pronoun of which one is what it said.
const NESTED: usize = 8;

/// Words of a sentence in which somebody without a name comes to speak.
const SUBJECT: usize = 7;

/// Whether the sentence before a pronoun is about somebody who has no name and speaks: "The student who wrote the article
/// testified".
pub(super) fn tells_of_stranger(p: &Paragraph<'_>, pronoun: Span) -> bool {
    let own = p.sentence_at(pronoun.start as usize).start;
    // What was said stands before "she said", mostly in sentences of its own.
    let before = |q: &&Quotation| q.depth == 0 && q.range.end <= pronoun.start;
    let list = &p.notes.quotations;
    let opened = list.partition_point(|q| q.range.start < pronoun.start);
    let quotation = list[..opened].iter().rev().take(NESTED).find(before);
    let start = quotation.map_or(own, |q| q.range.start.min(own)) as usize;
    let Some(last) = start.checked_sub(1) else { return false };
    let first = p.sentence_at(last).start as usize;
    let lex = |at: usize| p.token(at).map_or(Lex::empty(), |t| t.lex);
    let somebody = Lex::TITLE | Lex::ORGANISATION | Lex::AUTHORITY;
    let small = |at: usize| {
        p.token(at)
            .is_some_and(|t| t.kind == TokenKind::Word && !t.flags.contains(TokenFlags::CAPITAL))
    };
    let mut words = first + 1..(first + SUBJECT).min(start);
    lex(first).contains(Lex::DETERMINER)
        && words.any(|at| {
            let noun = at > first + 1 && small(at - 1) && !lex(at - 1).intersects(somebody);
            noun && p.is_any(at, &["who", "whose"])
        })
}

/// Whether an attribution tells of what somebody did rather than said: "tied it at 70 with a layup", "sentenced the former
/// bookkeeper to two years": one verb that is no verb of speech, and no clause behind it.
pub(super) fn is_deed(p: &Paragraph<'_>, cue: &[Span], content: &[Span]) -> bool {
    let ([cue], [content]) = (cue, content) else { return false };
    let at = cue.start as usize;
    let speaks = Lex::SPEECH | Lex::THOUGHT | Lex::MIND | Lex::REPORTS | Lex::AUTHORITY;
    let plain = cue.len() == 1
        && p.token(at).is_some_and(|t| t.kind == TokenKind::Word && !t.lex.intersects(speaks))
        && p.text(at).ends_with("ed");
    let called = cue.len() == 1 && p.is(at, "called");
    let clause = content.iter().any(|at| {
        p.token(at).is_some_and(|t| {
            t.kind == TokenKind::Quote || t.lex.intersects(Lex::AUXILIARY | Lex::PAST)
        }) || p.is_any(at, &["that", "whether", "to", "as"]) && at == content.start as usize
    });
    let beside = content.start == cue.end;
    let whom = called && {
        let list = &p.notes.mentions;
        let first = list.partition_point(|m| m.span.start < content.start);
        list.get(first).is_some_and(|m| m.span == *content)
    };
    beside && (plain && !clause || whom)
}

/// Whether what a colon stands behind is no speaker: a score ("Holcomb 1:"), or the town of a dateline.
pub(super) fn is_label(p: &Paragraph<'_>, cue: &[Span], source: &[Span], transcript: bool) -> bool {
    let ([cue], [source]) = (cue, source) else { return false };
    let colon = p.token(cue.start as usize).is_some_and(|t| t.mark == ':') && cue.len() == 1;
    if !colon || source.is_empty() {
        return false;
    }
    let last = source.end as usize - 1;
    let score = p.token(last).is_some_and(|t| t.kind == TokenKind::Number);
    let dateline = source.start == 0 && !transcript && source.iter().all(|at| shouted(p, at));
    score || dateline
}

fn shouted(p: &Paragraph<'_>, at: usize) -> bool {
    p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::UPPER))
}

/// Whether several paragraphs open with a name in capitals and a colon: one of them has a dateline, several are a transcript.
pub(in crate::resolve) fn is_transcript(story: &Story<'_>) -> bool {
    let opens = |p: &&Paragraph<'_>| {
        shouted(p, 0) && (1..4).any(|at| p.token(at).is_some_and(|t| t.mark == ':'))
    };
    story.paragraphs.iter().filter(opens).take(2).count() > 1
}
