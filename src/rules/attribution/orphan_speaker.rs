//! `orphan-speaker`: "he said", where nobody can be meant, or two can.
//!
//! English gives a pronoun to the subject of the sentence before, so that two names alone do not make it ambiguous. Two do where
//! neither comes first: "Lee and Park argued", "Lee met Park". And nobody can be meant only where the story so far holds no
//! name, noun or pronoun that could be the speaker.

use crate::annotate::{Attribution, Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, fingerprint, lists};
use crate::resolve::{Gender, Story};
use crate::rules::phrases::{self, flagged, has, is_any, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

pub(crate) static RULE: Rule = Rule {
    id: "orphan-speaker",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A pronoun speaks, and nobody or two people can be meant",
    what: "\"He said\" or \"she said\" right behind two people of that gender neither of whom comes first (\"Lee and Park \
           argued\", \"Lee met Park\"), or where nobody in reach could be meant. Silent where one of the two is the subject, or \
           somebody else is that of the sentence before theirs, where one of them \
           spoke before or is named in the sentence itself, where the given names do not tell that both are men or women, \
           and where any name or noun before it may be the speaker. \"They said\" is left alone.",
    why: "Words given to the wrong one of two people are the costliest of corrections.",
    bad: &[
        "Anna Lee and Mary Park argued for an hour. She said the deal was dead.",
        "John Marsh met Peter Lind on Monday. “It went well,” he said.",
        "“We lost everything in the fire,” he said. The rain had stopped by noon.",
    ],
    good: &[
        "Anna Lee spoke on Monday. She said talks were open.",
        "John Marsh criticized Peter Lind on Monday. He said the plan was dead.",
        "Anna Lee and Tom Park argued for an hour. She said the deal was dead.",
    ],
    fix: "Offers the surname of either in place of the pronoun. A person chooses.",
    check: Check::Story(check),
};

const HELP: &str =
    "Name the speaker: a quotation that falls to the wrong one of two people costs a correction.";

/// The last paragraphs that put somebody who may be meant by "he" and by "she".
#[derive(Default)]
struct Before {
    man: Option<usize>,
    woman: Option<usize>,
}

impl Before {
    /// Whether somebody may still be meant in paragraph `index`.
    fn reaches(&self, gender: Gender, index: usize) -> bool {
        let last = match gender {
            Gender::Man => self.man,
            Gender::Woman => self.woman,
            Gender::Neither => None,
        };
        last.is_some_and(|last| last + NOUNS >= index)
    }

    fn add(&mut self, gender: Option<Gender>, index: usize) {
        if gender.is_none_or(|known| known == Gender::Man) {
            self.man = Some(index);
        }
        if gender.is_none_or(|known| known == Gender::Woman) {
            self.woman = Some(index);
        }
    }
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut before = Before::default();
    for p in &story.paragraphs {
        let mut speakers =
            p.notes.attributions.iter().filter_map(|a| speaker(p, a)).collect::<Vec<_>>();
        speakers.sort_by_key(|speaker| speaker.at);
        let mut speakers = speakers.into_iter().peekable();
        for (number, mention) in p.notes.mentions.iter().enumerate() {
            let at = mention.span.start as usize;
            while speakers.next_if(|speaker| speaker.at < at).is_some() {}
            let speaks = speakers.next_if(|speaker| speaker.at == at);
            if let Some(speaker) = speaks.filter(|_| phrases::is_running(p))
                && story.person_of(p.index, number).is_none()
            {
                let found = two(story, p, &speaker).or_else(|| {
                    let free = !before.reaches(speaker.gender, p.index);
                    free.then(|| nobody(story, p, &speaker)).flatten()
                });
                found.into_iter().for_each(|found| findings.push(p, found));
            }
            // The reporter is nobody whom the story has named.
            if p.block.kind != BlockKind::Byline && is_somebody(story, p, number, mention) {
                before.add(told(story, p, number, mention), p.index);
            }
        }
    }
}

/// Whether a mention may be of a person: not the name of a body, a place or a nation that nothing shows to be somebody.
fn is_somebody(story: &Story<'_>, p: &Paragraph<'_>, number: usize, mention: &Mention) -> bool {
    let thing = Lex::ORGANISATION | Lex::PLACE | Lex::DEMONYM | Lex::WEEKDAY | Lex::MONTH;
    let shouted =
        |at: usize| flagged(p, at, TokenFlags::UPPER) && !mention.is(MentionFlags::SPEAKS);
    let body = |at: usize| has(p, at, thing) || shouted(at);
    mention.kind != MentionKind::Name
        || story.person_of(p.index, number).is_some()
        || !mention.is(MentionFlags::PLACE) && !mention.name.iter().any(body)
}

/// The gender that a mention tells; `None` where it tells none.
fn told(story: &Story<'_>, p: &Paragraph<'_>, number: usize, mention: &Mention) -> Option<Gender> {
    if mention.kind == MentionKind::Pronoun {
        return Some(pronoun(p, mention.span.start as usize));
    }
    story.person_of(p.index, number).and_then(|person| story.people.get(person)?.gender)
}

fn pronoun(p: &Paragraph<'_>, at: usize) -> Gender {
    let she = is_any(p, at, &["she", "her", "hers", "herself"]);
    if she { Gender::Woman } else { Gender::Man }
}

/// A pronoun that speaks.
struct Speaker {
    at: usize,
    gender: Gender,
    /// The sentence with its verb and all that it says in the paragraph.
    own: Span,
}

/// Verbs that tell of words rather than give them.
const SILENT: [&str; 5] = ["lied", "lies", "lying", "prayed", "sang"];

/// The pronoun that an attribution has as its source.
fn speaker(p: &Paragraph<'_>, attribution: &Attribution) -> Option<Speaker> {
    let [source] = attribution.source[..] else { return None };
    let at = source.start as usize;
    if !attribution.speech
        || attribution.confidence < 0.6
        || source.len() != 1
        || !is_any(p, at, &["he", "she"])
        || phrases::is_quoted(p, at)
        || attribution.cue.iter().any(|cue| is_any(p, cue.start as usize, &SILENT))
    {
        return None;
    }
    let sentence = phrases::sentence(p, at);
    let content = attribution.content.first().map_or(sentence.start, |content| content.start);
    let first = phrases::sentence(p, content as usize);
    let furthest = sentence.start.saturating_sub(phrases::REACH as u32);
    let start = first.start.min(sentence.start).max(furthest);
    let own = Span::new(start as usize, sentence.end as usize);
    Some(Speaker { at, gender: pronoun(p, at), own })
}

/// The mentions that start in a span, with their numbers.
fn mentions<'p>(p: &'p Paragraph<'_>, span: Span) -> impl Iterator<Item = (usize, &'p Mention)> {
    let list = &p.notes.mentions;
    let from = list.partition_point(|m| m.span.start < span.start);
    list.iter().enumerate().skip(from).take_while(move |(_, m)| m.span.start < span.end)
}

/// Somebody who may be meant.
struct Candidate<'s> {
    mention: &'s Mention,
    person: usize,
}

/// "Lee and Park argued. She said": the sentence before puts two people on a level.
fn two(story: &Story<'_>, p: &Paragraph<'_>, speaker: &Speaker) -> Option<Diagnostic> {
    let (place, sentence) = sentence_before(story, p, speaker.own.start as usize)?;
    let fits = |number: usize, mention: &Mention| {
        told(story, place, number, mention).is_none_or(|gender| gender == speaker.gender)
    };
    let mut pair = Vec::new();
    for (number, mention) in mentions(place, sentence).filter(|(n, m)| fits(*n, m)) {
        let name = mention.kind == MentionKind::Name
            && !mention.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED);
        if !name || pair.len() == 2 {
            return None;
        }
        pair.push(Candidate { mention, person: story.person_of(place.index, number)? });
    }
    let [first, second] = &pair[..] else { return None };
    let level = first.person != second.person
        && are_level(place, sentence, first.mention, second.mention)
        && !has_other(place, sentence, &pair)
        && !holds_quotation(place, sentence);
    let persons = [first.person, second.person];
    if !level
        || is_settled(story, p, speaker, persons)
        || has_topic(story, place, sentence, speaker, persons, first.mention)
    {
        return None;
    }
    let known =
        pair.iter().filter(|c| story.people.get(c.person).is_some_and(|p| p.gender.is_some()));
    // Readers may know better than the names tell which of two is a woman.
    let confidence = [0.3, 0.45, 0.85][known.count()];
    let names: Vec<&str> =
        pair.iter().filter_map(|c| Some(story.people.get(c.person)?.family.as_str())).collect();
    let [one, other] = names[..] else { return None };
    let word = p.text(speaker.at);
    let message = format!("`{word}` may be {one} or {other}");
    let mut finding =
        Diagnostic::new(p.bytes(Span::new(speaker.at, speaker.at + 1)), message, HELP)
            .confidence(confidence);
    for (candidate, name) in pair.iter().zip([one, other]) {
        finding = finding
            .related(
                place.field,
                place.bytes(candidate.mention.span),
                format!("{name} may be meant"),
            )
            .fix(Fix::suggestion(
                format!("Say “{name}”"),
                [Edit::replace(p.byte(speaker.at), name)],
            ));
    }
    Some(finding)
}

/// Words in which the subject of a sentence is named.
const SUBJECT: usize = 6;

/// Whether the two are no more than what is told of somebody who is the subject of the sentence before theirs, and may be
/// the one who speaks: "Bek opened the meeting. The plan was drawn up by Marsh and Lind. He said".
fn has_topic(
    story: &Story<'_>,
    place: &Paragraph<'_>,
    sentence: Span,
    speaker: &Speaker,
    pair: [usize; 2],
    first: &Mention,
) -> bool {
    let begins = sentence.start as usize;
    let before = (first.span.start as usize).saturating_sub(1);
    let told = Span::new(begins, first.span.start as usize);
    let verb = told.iter().any(|at| phrases::is_finite(place, at) || has(place, at, Lex::PRONOUN));
    let object = begins < before && (verb || has(place, before, Lex::PREPOSITION));
    let Some((other, span)) = sentence_before(story, place, sentence.start as usize) else {
        return false;
    };
    let subject =
        Span::new(span.start as usize, (span.start as usize + SUBJECT).min(span.end as usize));
    object
        && mentions(other, subject).any(|(number, mention)| {
            let person = story.person_of(other.index, number);
            let third = person.is_some_and(|person| !pair.contains(&person));
            let gender = self::told(story, other, number, mention);
            third && gender.is_none_or(|gender| gender == speaker.gender)
        })
}

/// Whether a quotation opens in a span.
fn holds_quotation(p: &Paragraph<'_>, span: Span) -> bool {
    let list = &p.notes.quotations;
    let first = list.partition_point(|q| q.range.start < span.start);
    list.get(first).is_some_and(|q| q.range.start < span.end)
}

/// The sentence before token `start`: in the paragraph, or the last one of the paragraph before.
fn sentence_before<'s, 'a>(
    story: &'s Story<'a>,
    p: &'s Paragraph<'a>,
    start: usize,
) -> Option<(&'s Paragraph<'a>, Span)> {
    if let Some(sentence) = phrases::sentence_before(p, start) {
        return Some((p, sentence));
    }
    let before = story.paragraphs.get(p.index.checked_sub(1)?)?;
    let last = before.tokens().len().checked_sub(1)?;
    (phrases::is_running(before) && before.field == p.field)
        .then(|| (before, phrases::sentence(before, last)))
}

/// Tokens between two names, the first of which may have an apposition.
const APPOSITION: usize = 14;

/// Whether two names stand on a level in a sentence: "Lee and Park", "Lee met Park" if neither of them goes on to speak.
fn are_level(p: &Paragraph<'_>, sentence: Span, first: &Mention, second: &Mention) -> bool {
    let between = first.span.end as usize..second.span.start as usize;
    if between.len() == 1 && is_any(p, between.start, &["and", "or"]) {
        return true;
    }
    // "Lee, who owns it, and Park"; a third comma ends a clause.
    let commas = between.clone().filter(|at| mark(p, *at) == ',').count();
    let apart = between.len() <= APPOSITION
        && commas == 2
        && mark(p, between.start) == ','
        && mark(p, between.end - 2) == ','
        && is_any(p, between.end - 1, &["and", "or"]);
    if apart {
        return true;
    }
    let mutual = between.clone().find(|at| p.is_in(*at, &lists::MUTUAL));
    let Some(verb) = mutual.filter(|_| between.len() <= 4) else { return false };
    let to = verb + 1 == between.end || p.is(verb + 1, "with") && verb + 2 == between.end;
    let mut lead = between.start..verb;
    let plain = lead.all(|at| {
        has(p, at, Lex::AUXILIARY) || phrases::is_adverb(p, at) || is_any(p, at, &["shook"])
    });
    let speaks = |at: usize| has(p, at, Lex::SPEECH) && !p.is_in(at, &lists::MUTUAL);
    to && plain && !sentence.iter().any(speaks)
}

/// Whether a noun in the span, outside the names, may stand for somebody else.
fn has_other(p: &Paragraph<'_>, span: Span, pair: &[Candidate<'_>]) -> bool {
    span.iter()
        .any(|at| !pair.iter().any(|c| c.mention.span.contains(at)) && is_person(p, at, &ENDINGS))
}

/// Words for people that are neither offices nor jobs.
const PEOPLE: &str = "\
    man woman boy girl teenager teen youth child baby person guy brother sister uncle aunt nephew niece cousin \
    friend neighbor neighbour widow widower boyfriend girlfriend fiance fiancee colleague guest caller patient \
    prisoner inmate migrant refugee native parent patriarch king queen monk nun priest someone cop \
    chef star hero heroine elder champion accused deceased teammate roommate spouse mom dad mum grandson kid \
    infant lad lady pontiff monarch heir icon veteran pal buddy goalie rookie martyr novice guru twin orphan \
    bride groom ghost pilgrim vet medic thief spy witch wizard adult senior junior captain";

/// Endings of nouns for people.
const ENDINGS: [&str; 9] = ["er", "or", "ist", "ian", "man", "woman", "person", "ee", "-old"];

/// Endings that as many things have ("defendant", "cleric", "fugitive", "official").
const WIDER: [&str; 11] =
    ["ant", "ent", "iff", "ate", "ess", "ic", "ive", "al", "ard", "ete", "yst"];

/// Words with such an ending that are no people.
const NO_PEOPLE: &str = "\
    together other another after never however whether rather later earlier over under further former either neither \
    harbor floor door river water paper number order power tower border center theater theatre corner weather winter summer \
    dinner letter matter offer error chapter counter quarter computer newspaper server shelter cover color honor labor \
    humor factor sector mirror terror minor major senior junior interior exterior prior motor monitor corridor \
    disaster barrier career danger anger answer layer trailer container chamber timber rubber silver copper \
    butter supper shower flower finger shoulder fever cancer hunger murder \
    committee coffee degree fee knee tree guarantee older younger bigger smaller larger higher lower \
    better faster stronger greater";

static NO_PERSON: LazyLock<FxHashSet<u64>> = LazyLock::new(|| fingerprints(NO_PEOPLE));
static PERSON: LazyLock<FxHashSet<u64>> = LazyLock::new(|| fingerprints(PEOPLE));

fn fingerprints(words: &str) -> FxHashSet<u64> {
    words.split_whitespace().map(fingerprint).collect()
}

/// Whether the word at `at` may be a noun for one person: by itself, or by one of the endings behind an article.
fn is_person(p: &Paragraph<'_>, at: usize, endings: &[&str]) -> bool {
    let people =
        Lex::OFFICE.union(Lex::RANK).union(Lex::TITLE).union(Lex::HONORIFIC).union(Lex::UNNAMED);
    let Some(token) = p.token(at).filter(|_| is_word(p, at)) else { return false };
    // "The Texan left", where "the Texan border" is nobody.
    let ends =
        !is_word(p, at + 1) || has(p, at + 1, Lex::AUXILIARY | Lex::SPEECH | Lex::PREPOSITION);
    if has(p, at, people)
        || has(p, at, Lex::DEMONYM) && ends
        || PERSON.contains(&token.hash)
        || flagged(p, at, TokenFlags::TAG)
    {
        return true;
    }
    let text = p.text(at);
    let noun = (at.saturating_sub(2)..at).any(|before| {
        is_any(
            p,
            before,
            &[
                "a", "an", "the", "one", "another", "its", "their", "his", "her", "my", "our",
                "your",
            ],
        ) || flagged(p, before, TokenFlags::CLITIC)
    });
    let ending = text.len() > 4 && endings.iter().any(|ending| text.ends_with(ending));
    noun && ending && !NO_PERSON.contains(&token.hash)
}

/// Whether the noun at `at` stands for several people.
fn is_plural(p: &Paragraph<'_>, at: usize) -> bool {
    let text = p.text(at);
    p.is(at, "people") || text.len() > 4 && text.ends_with('s') && !text.ends_with("ss")
}

/// Paragraphs in which somebody who spoke speaks on.
const FOCUS: usize = 2;
/// Attributions of a paragraph that are asked who spoke.
const MOST: usize = 24;

/// Whether something else tells which of the two it is: one is named in the sentence itself, or one alone has been speaking.
fn is_settled(story: &Story<'_>, p: &Paragraph<'_>, speaker: &Speaker, pair: [usize; 2]) -> bool {
    let beside = mentions(p, speaker.own).any(|(number, mention)| {
        let before = (mention.span.start as usize) < speaker.at;
        let person = story.person_of(p.index, number);
        let fits = told(story, p, number, mention).is_none_or(|gender| gender == speaker.gender);
        let quoted = mention.is(MentionFlags::QUOTED);
        let other = before && !quoted && mention.kind != MentionKind::Pronoun && fits;
        other && person.is_some() || person.is_some_and(|person| pair.contains(&person))
    });
    let spoke = |person: usize| {
        let near = story.paragraphs.iter().take(p.index + 1).rev().take(FOCUS + 1);
        near.into_iter().any(|place| {
            let list = place.notes.attributions.iter().rev().take(MOST).filter(|a| a.speech);
            list.flat_map(|a| &a.source).any(|source| {
                mentions(place, *source)
                    .any(|(n, _)| story.person_of(place.index, n) == Some(person))
            })
        })
    };
    beside || spoke(pair[0]) != spoke(pair[1])
}

/// Paragraphs before a pronoun in which a noun may be what it stands for.
const NOUNS: usize = 3;
/// Paragraphs behind it that may bring the name.
const NAMES: usize = 2;

/// "“We lost everything,” he said", where nobody has been put who could be meant.
fn nobody(story: &Story<'_>, p: &Paragraph<'_>, speaker: &Speaker) -> Option<Diagnostic> {
    let around = |place: &Paragraph<'_>, span: Span| {
        let anybody = |at: usize| {
            is_person(place, at, &ENDINGS)
                || is_person(place, at, &WIDER)
                || is_any(place, at, &["who", "whose"])
        };
        // "Mayor Ana Ruiz" is no other mayor.
        let taken = |at: usize| {
            let list = &place.notes.mentions;
            let next = list.partition_point(|m| m.span.end as usize <= at);
            list.get(next).is_some_and(|m| {
                let other = told(story, place, next, m).is_some_and(|g| g != speaker.gender);
                m.span.contains(at) && other
            })
        };
        span.iter().any(|at| anybody(at) && !is_plural(place, at) && !taken(at))
    };
    let before = story.paragraphs.iter().take(p.index).rev().take(NOUNS);
    let mut before = before.into_iter();
    let nouns =
        around(p, Span::new(0, speaker.at)) || before.any(|place| around(place, place.span()));
    let fits = |place: &Paragraph<'_>, from: usize| {
        mentions(place, Span::new(from, place.tokens().len())).any(|(number, mention)| {
            mention.kind != MentionKind::Pronoun
                && is_somebody(story, place, number, mention)
                && told(story, place, number, mention).is_none_or(|gender| gender == speaker.gender)
        })
    };
    let later = story.paragraphs.iter().skip(p.index + 1).take(NAMES);
    let named = fits(p, speaker.at + 1) || later.into_iter().any(|place| fits(place, 0));
    let rest = Span::new(speaker.at + 1, speaker.own.end as usize);
    let opens = p.token(0).is_some_and(|t| t.kind == TokenKind::Punct && t.mark != '“')
        || mark(p, 0) == '…';
    // A sentence by itself is a piece of a story whose rest nobody has shown us.
    let alone = story.paragraphs.iter().flat_map(|p| &p.notes.sentences).take(2).count() < 2;
    if alone || nouns || named || opens || around(p, rest) {
        return None;
    }
    let word = p.text(speaker.at).to_lowercase();
    let message = format!("`{word}` speaks, and the story has named nobody who could be meant");
    let span = Span::new(speaker.at, speaker.at + 1);
    Some(Diagnostic::new(p.bytes(span), message, HELP).confidence(0.7))
}
