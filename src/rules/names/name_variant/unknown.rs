//! A surname that nobody in the article bears, one letter away from one that somebody does: "Marjorie Klein", then "Kline".

use super::{Spelling, is_read, one_letter_apart, throughout};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lang::en::Lex;
use crate::resolve::{Person, PersonMention, Story, fold};
use crate::rules::{Findings, phrases};
use crate::segment::{Span, TokenFlags};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Places at which a misspelt surname may stand; one that stands more often is somebody's.
const MOST: usize = 2;

/// A word of the article.
type Place<'s, 'a> = (&'s Paragraph<'a>, usize);

pub(super) fn check(story: &Story<'_>, findings: &mut Findings) {
    let strangers = strangers(story);
    if strangers.is_empty() {
        return;
    }
    let mut spelling = Spelling::default();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for (number, person) in story.people.iter().enumerate().filter(|(_, p)| !p.given.is_empty()) {
        for &key in spelling.deletions(&person.family) {
            known.entry(key).or_insert(number);
        }
    }
    for (word, places) in strangers.iter().filter(|(_, places)| places.len() <= MOST) {
        let keys = spelling.deletions(word).iter();
        let mut models = keys.filter_map(|key| story.people.get(*known.get(key)?));
        // Marks on letters are another rule's question.
        let misspelt = |person: &&Person| {
            one_letter_apart(&person.family, word) && fold(&person.family) != fold(word)
        };
        if let Some(person) = models.find(misspelt) {
            report(story, places, person, findings);
        }
    }
}

/// Surnames of people whom the article does not introduce, with their places: what somebody with a title is called, and
/// single words that speak.
fn strangers<'s, 'a>(story: &'s Story<'a>) -> BTreeMap<&'s str, Vec<Place<'s, 'a>>> {
    let mut out: BTreeMap<&str, Vec<Place<'_, '_>>> = BTreeMap::new();
    let whole = story.people.iter().filter(|person| !person.given.is_empty());
    let introduced: FxHashSet<&str> =
        whole.flat_map(|person| person.name.split_whitespace()).collect();
    for person in story.people.iter().filter(|p| p.given.is_empty() && p.listed.is_none()) {
        for (paragraph, name) in names(story, &person.mentions) {
            let at = name.iter().find(|&at| paragraph.text(at) == person.family);
            let place = at.map(|at| (paragraph, at));
            out.entry(person.family.as_str()).or_default().extend(place);
        }
    }
    let read = story.paragraphs.iter().filter(|paragraph| is_read(paragraph));
    for paragraph in read {
        let spoken = paragraph.notes.attributions.iter().filter(|a| a.speech);
        for source in spoken.flat_map(|a| &a.source).filter(|source| source.len() == 1) {
            let at = source.start as usize;
            let inside = paragraph.quotation_at(at).is_some();
            let met = introduced.contains(paragraph.text(at));
            if phrases::flagged(paragraph, at, TokenFlags::CAPITAL) && !inside && !met {
                out.entry(paragraph.text(at)).or_default().push((paragraph, at));
            }
        }
    }
    out
}

/// The names at these mentions that stand outside quotations.
fn names<'s, 'a>(
    story: &'s Story<'a>,
    mentions: &[PersonMention],
) -> impl Iterator<Item = (&'s Paragraph<'a>, Span)> {
    let places: Vec<_> = mentions.iter().filter_map(|m| m.of(&story.paragraphs)).collect();
    let plain = |m: &Mention| m.kind == MentionKind::Name && !m.is(MentionFlags::QUOTED);
    places.into_iter().filter(move |(p, m)| plain(m) && is_read(p)).map(|(p, m)| (p, m.name))
}

fn report(story: &Story<'_>, places: &[Place<'_, '_>], person: &Person, findings: &mut Findings) {
    let right = person.family.as_str();
    let Some((first, introduced)) = names(story, &person.mentions).next() else { return };
    // A word that stands for a place or a nation, too, is likely no misspelling.
    let other = Lex::PLACE | Lex::DEMONYM | Lex::ORGANISATION | Lex::WOMAN | Lex::MAN;
    let plain = places.iter().all(|(p, at)| !p.has(*at, other));
    let start = first.bytes(introduced).start;
    let after = places.iter().all(|(p, at)| p.field != first.field || p.byte(*at).start > start);
    if places.is_empty() || !plain || !after {
        return;
    }
    let edits = places.iter().map(|(p, at)| Edit::replace(p.byte(*at), right)).collect();
    let one_field = places.windows(2).all(|two| two[0].0.field == two[1].0.field);
    let all = throughout(right, edits, one_field);
    for (paragraph, at) in places {
        let range = paragraph.byte(*at);
        let wrong = paragraph.text(*at);
        let help = format!(
            "The article introduces {}, and nobody called {wrong}. Check which spelling is right and use it throughout.",
            person.name
        );
        let finding = Diagnostic::new(
            range,
            format!("`{wrong}` is spelt `{right}` where the article introduces the name"),
            help,
        )
        .confidence(0.8)
        .related(first.field, first.bytes(introduced), format!("spelt `{right}` here"))
        .fix(Fix::suggestion(format!("Spell it \"{right}\""), [Edit::replace(range, right)]))
        .fix(all.clone());
        findings.push(paragraph, finding);
    }
}
