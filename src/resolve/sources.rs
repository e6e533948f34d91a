//! The sources that an article names, as a rule may offer them to be inserted.
//!
//! What a rule offers goes into print under a reporter's name, so only what can be asked is offered: people the article
//! names, bodies and outlets with a name, and offices, roles and documents ("the ministry", "a spokesman", "police"). The
//! trained sources are cut back to that, and vague groups, numbers and noun phrases of any other kind are left out.

mod body;

pub(super) use body::body;

use self::body::{ROLE, is_torn};

use super::Story;
use crate::annotate::{Attribution, Mention, MentionFlags, MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashMap;

/// A source that the article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSource {
    /// As it reads inside a sentence ("the ministry").
    pub text: String,
    /// Paragraph in which it stands.
    pub paragraph: usize,
    /// Where it stands.
    pub span: Span,
    /// Number of the person in [`Story::people`], if it is one.
    pub person: Option<usize>,
}

/// A source with how often it is on record in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnRecord {
    /// The source where it is first on record; a person by the fullest name that the article gives.
    pub source: NamedSource,
    /// Attributions to it.
    pub count: usize,
}

/// Tokens that a source may have to be worth offering.
const LONGEST: usize = 9;
/// What bears a name like a person's and never speaks.
const STORMS: [&str; 5] = ["hurricane", "typhoon", "cyclone", "storm", "operation"];
/// Tokens that an apposition between a name and its verb may have ("Ana Silva, the county engineer, said").
const APPOSITION: usize = 16;
/// Attributions of a paragraph that are looked at, either side of the place.
const MOST_HERE: usize = 24;
/// Paragraphs after a place in which somebody who was never introduced may have lost the introduction there.
const SOON: usize = 6;
/// Paragraphs that are looked at, either side.
const REACH: usize = 40;

impl Story<'_> {
    /// The sources on record in the article, by where they are first on record.
    pub fn sources(&self) -> Vec<OnRecord> {
        let mut out: Vec<OnRecord> = Vec::new();
        let mut known: FxHashMap<(Option<usize>, String), usize> = FxHashMap::default();
        for p in &self.paragraphs {
            for attribution in &p.notes.attributions {
                let Some(mut source) = self.offered(p, attribution, (usize::MAX, 0)) else {
                    continue;
                };
                if let Some(person) = source.person.and_then(|number| self.people.get(number)) {
                    source.text.clone_from(&person.name);
                }
                let key = (source.person, source.text.to_lowercase());
                let at = *known.entry(key).or_insert(out.len());
                match out.get_mut(at) {
                    Some(known) => known.count += 1,
                    None => out.push(OnRecord { source, count: 1 }),
                }
            }
        }
        out
    }

    /// At most `most` different sources on record in the article that may be offered for token `at` of a paragraph: those
    /// of the paragraph first, nearest first; then whoever speaks by surname soon after it and was never introduced, since
    /// the introduction may be what is missing; then the named person who spoke last before it; then those of the
    /// paragraphs around, by distance. Offices that stand for somebody ("the mayor") come last. Pronouns, vague groups and
    /// whatever is no person, body, office or document are left out.
    pub fn nearest_sources(&self, paragraph: usize, at: usize, most: usize) -> Vec<NamedSource> {
        let mut out: Vec<NamedSource> = Vec::new();
        let wanted = most;
        // A few more, so that offices can give way to names.
        let most = most + 2;
        let place = (paragraph, at);
        let mut here = self.sources_of(paragraph, place);
        here.sort_by_key(|source| (source.span.start as usize).abs_diff(at));
        here.into_iter().for_each(|source| add(&mut out, source, most));
        if let Some(source) = self.never_introduced(paragraph, at) {
            add(&mut out, source, most);
        }
        for reach in 1..=REACH.min(paragraph) {
            let before = self.sources_of(paragraph - reach, place);
            let named = before.iter().rev().find(|source| source.person.is_some()).cloned();
            if let Some(source) = named {
                add(&mut out, source, most);
                break;
            }
        }
        let mut reach = 1;
        while out.len() < most && reach <= REACH && reach <= self.paragraphs.len() {
            let before = paragraph.checked_sub(reach).map(|p| self.sources_of(p, place));
            before.into_iter().flatten().rev().for_each(|source| add(&mut out, source, most));
            let after = self.sources_of(paragraph + reach, place);
            after.into_iter().for_each(|source| add(&mut out, source, most));
            reach += 1;
        }
        out.sort_by_key(|source| self.is_office(source));
        out.truncate(wanted);
        out
    }

    /// Whether a source is an office alone, with nothing that tells it from others ("the mayor", "the nominee").
    fn is_office(&self, source: &NamedSource) -> bool {
        let Some(p) = self.paragraphs.get(source.paragraph) else { return false };
        let last = (source.span.end as usize).saturating_sub(1);
        source.person.is_none()
            && source.text.starts_with("the ")
            && p.token(last).is_some_and(|t| {
                t.lex.contains(Lex::TITLE) && !t.flags.contains(TokenFlags::CAPITAL)
            })
    }

    /// The first who speaks by a bare surname in the paragraphs after a place, and whom the article never names in full.
    fn never_introduced(&self, paragraph: usize, at: usize) -> Option<NamedSource> {
        let paragraphs = self.paragraphs.iter().skip(paragraph).take(1 + SOON);
        paragraphs.into_iter().find_map(|p| {
            let from = if p.index == paragraph { at } else { 0 };
            let list = &p.notes.mentions;
            let first = list.partition_point(|m| (m.span.start as usize) < from);
            let near = list.iter().enumerate().skip(first).take(MOST_HERE);
            let mut found = near.filter(|(number, m)| self.is_stranger(p, *number, m));
            let (_, mention) = found.next()?;
            let text = p.clean(mention.name);
            Some(NamedSource { text, paragraph: p.index, span: mention.span, person: None })
        })
    }

    /// Whether a mention is the first of somebody who speaks and of whom the article gives a single name.
    fn is_stranger(&self, p: &Paragraph<'_>, number: usize, mention: &Mention) -> bool {
        let speaks = mention.is(MentionFlags::SINGLE | MentionFlags::SPEAKS);
        let other = MentionFlags::QUOTED
            | MentionFlags::NAMESAKE
            | MentionFlags::PLACE
            | MentionFlags::GIVEN
            | MentionFlags::TITLE_CASE;
        if mention.kind != MentionKind::Name || !speaks || mention.flags.intersects(other) {
            return false;
        }
        let Some(word) = p.token(mention.name.start as usize) else { return false };
        let before = (mention.span.start as usize).checked_sub(1).and_then(|at| p.token(at));
        if before.is_some_and(|t| t.lex.intersects(Lex::DETERMINER | Lex::PREPOSITION)) {
            return false;
        }
        // A capital at the head of a sentence shows nothing where the word is one that we know, or a plural.
        let plain = !word.lex.is_empty() || p.text(mention.name.start as usize).ends_with('s');
        let shown = !plain && !word.flags.contains(TokenFlags::UPPER);
        let first = self.person_of(p.index, number).and_then(|person| self.people.get(person));
        let new = first.is_none_or(|person| {
            person.given.is_empty()
                && person
                    .mentions
                    .first()
                    .is_some_and(|m| (m.paragraph, m.mention) == (p.index, number))
        });
        shown && new
    }

    /// The sources on record in a paragraph that may be offered, in order; in a long one those near the place.
    fn sources_of(&self, paragraph: usize, place: (usize, usize)) -> Vec<NamedSource> {
        let Some(p) = self.paragraphs.get(paragraph) else { return Vec::new() };
        let list = &p.notes.attributions;
        let cue = |a: &Attribution| a.cue.first().map_or(0, |cue| cue.start as usize);
        let middle = match paragraph.cmp(&place.0) {
            std::cmp::Ordering::Less => list.len(),
            std::cmp::Ordering::Equal => list.partition_point(|a| cue(a) < place.1),
            std::cmp::Ordering::Greater => 0,
        };
        let near = middle.saturating_sub(MOST_HERE)..list.len().min(middle + MOST_HERE);
        let near = list.get(near).unwrap_or_default();
        let mut out: Vec<_> = near.iter().filter_map(|a| self.offered(p, a, place)).collect();
        out.extend(self.speaking(p, place));
        out.sort_by_key(|source| source.span.start);
        out
    }

    /// The named people beside a verb of speech, whether or not the model made an attribution of it.
    fn speaking(&self, p: &Paragraph<'_>, place: (usize, usize)) -> Vec<NamedSource> {
        let list = &p.notes.mentions;
        let middle = match p.index.cmp(&place.0) {
            std::cmp::Ordering::Less => list.len(),
            std::cmp::Ordering::Equal => {
                list.partition_point(|m| (m.span.start as usize) < place.1)
            }
            std::cmp::Ordering::Greater => 0,
        };
        let near = middle.saturating_sub(MOST_HERE)..list.len().min(middle + MOST_HERE);
        let speaks = |(_, m): &(usize, &Mention)| {
            // "told NPR Ana Ruiz": the name of the outlet ran into that of the person.
            let outlet = p
                .token(m.name.start as usize)
                .is_some_and(|t| t.flags.contains(TokenFlags::UPPER) && t.end - t.start > 2);
            m.kind == MentionKind::Name
                && m.is(MentionFlags::SPEAKS | MentionFlags::SURE)
                && !outlet
                && !m.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED)
        };
        let found = list.iter().enumerate().skip(near.start).take(near.len()).filter(speaks);
        found.filter_map(|(number, m)| self.named(p, number, m, place)).collect()
    }

    /// The person of a mention as a source.
    fn named(
        &self,
        p: &Paragraph<'_>,
        number: usize,
        mention: &Mention,
        place: (usize, usize),
    ) -> Option<NamedSource> {
        let person = self.person_of(p.index, number)?;
        let storm = STORMS.iter().any(|storm| p.is(mention.span.start as usize, storm));
        if storm || is_torn(p, mention.span) {
            return None;
        }
        let text = self.person_text(p, mention, person, place)?;
        let span = mention.span;
        Some(NamedSource { text, paragraph: p.index, span, person: Some(person) })
    }

    /// The source of an attribution, if it may be offered.
    fn offered(
        &self,
        p: &Paragraph<'_>,
        attribution: &Attribution,
        place: (usize, usize),
    ) -> Option<NamedSource> {
        if !attribution.speech || attribution.confidence < 0.5 || attribution.source.len() > 1 {
            return None;
        }
        let cue = *attribution.cue.first()?;
        let source = attribution.source.first().copied().filter(|source| !source.is_empty());
        let found = source.map_or_else(|| before_apposition(p, cue), |source| named_in(p, source));
        if let Some((number, mention)) = found {
            return self.named(p, number, mention, place);
        }
        let span = head_phrase(p, source?);
        let text = body(p, span)?;
        Some(NamedSource { text, paragraph: p.index, span, person: None })
    }

    /// How a person is named at a place: in full, with the title the article gives, where nobody was told the name yet.
    fn person_text(
        &self,
        p: &Paragraph<'_>,
        mention: &Mention,
        person: usize,
        place: (usize, usize),
    ) -> Option<String> {
        let person = self.people.get(person)?;
        let introduced = person.mentions.iter().take(1).any(|first| {
            first.of(&self.paragraphs).is_some_and(|(at, first)| {
                (at.index, first.span.start as usize) < place && !first.is(MentionFlags::QUOTED)
            })
        });
        Some(match (introduced, mention.is(MentionFlags::SINGLE)) {
            (true, true) => p.clean(mention.name),
            (false, true) => person.name.clone(),
            (true, false) => p.clean(mention.name),
            (false, false) => with_title(p, mention),
        })
    }
}

/// A full name with the title before it, unless the title is torn from its head ("Harbour Party nominee Ana Ruiz").
fn with_title(p: &Paragraph<'_>, mention: &Mention) -> String {
    let start = mention.span.start as usize;
    if mention.span.start == mention.name.start {
        return p.clean(mention.name);
    }
    let apart =
        Lex::DETERMINER | Lex::PREPOSITION | Lex::CONJUNCTION | Lex::AUXILIARY | Lex::SPEECH;
    let torn = start > p.sentence_at(start).start as usize
        && p.token(start - 1)
            .is_some_and(|t| t.kind == TokenKind::Word && !t.lex.intersects(apart));
    if torn {
        return p.clean(mention.name);
    }
    let mut text = p.clean(mention.span);
    if p.is_in(start, &lists::PLAIN_TITLES)
        && let Some(first) = text.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    text
}

/// Adds a source that is not yet among those found.
fn add(out: &mut Vec<NamedSource>, source: NamedSource, most: usize) {
    // "Silva" beside "Ana Silva", who may be another: the full name says which.
    let last = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
    let bare = !source.text.contains(' ');
    let same = |known: &NamedSource| {
        known.text.eq_ignore_ascii_case(&source.text)
            || known.person.is_some() && known.person == source.person
            || bare && known.person.is_some() && last(&known.text) == source.text
            || source.person.is_some() && last(&source.text) == known.text
    };
    if out.len() < most && !out.iter().any(same) {
        out.push(source);
    }
}

/// The name that a source consists of: alone, with words before it ("county engineer Ana Silva"), before an apposition or
/// in one ("The mayor, Dana Holt,").
pub(super) fn named_in<'p>(p: &'p Paragraph<'_>, source: Span) -> Option<(usize, &'p Mention)> {
    let head = head_phrase(p, source);
    let end = head.end as usize;
    let alone = |m: &Mention| {
        let after = m.span.end as usize;
        m.span.start >= head.start
            && (after == end
                || after < end && p.token(after).is_some_and(|t| t.lex.contains(Lex::PREPOSITION)))
    };
    if let Some(found) = name_that(p, end, alone) {
        let lead = Span::new(head.start as usize, found.1.span.start as usize);
        let hangs = lead.iter().any(|at| {
            p.token(at).is_none_or(|t| {
                t.lex.intersects(Lex::PREPOSITION | Lex::SPEECH)
                    || t.lex.contains(Lex::CONJUNCTION) && !p.is(at, "and")
                    || t.kind == TokenKind::Punct && t.mark != '-'
                    || STORMS.iter().any(|storm| p.is(at, storm))
            })
        });
        return (!hangs).then_some(found);
    }
    if p.token(end).is_none_or(|t| t.mark != ',') || has_name(p, head) {
        return None;
    }
    // "The mayor, Dana Holt, ..." and the apposition alone: "(Ana Silva,) the county engineer".
    let set_off = |m: &Mention| {
        m.span.start as usize == end + 1
            && p.token(m.span.end as usize).is_some_and(|t| t.mark == ',')
    };
    let role = p.token(end - 1)?.lex.intersects(ROLE)
        || p.token(head.start as usize)?.lex.contains(Lex::DETERMINER);
    name_that(p, end, set_off).filter(|_| role).or_else(|| {
        let comma = (head.start as usize)
            .checked_sub(1)
            .filter(|at| p.token(*at).is_some_and(|t| t.mark == ','))?;
        let opens = p.sentence_at(comma).start;
        name_that(p, comma, |m| m.span.end as usize == comma && m.span.start == opens)
    })
}

/// Whether any word of the span is a name, as far as capitals tell.
pub(super) fn has_name(p: &Paragraph<'_>, span: Span) -> bool {
    span.iter().skip(1).any(|at| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL)))
}

/// The name before an apposition that stands before the verb: "Ana Silva, the county engineer, said".
pub(super) fn before_apposition<'p>(
    p: &'p Paragraph<'_>,
    cue: Span,
) -> Option<(usize, &'p Mention)> {
    let close = (cue.start as usize).checked_sub(1)?;
    p.token(close).filter(|t| t.mark == ',')?;
    let sentence = p.sentence_at(close);
    let first = (sentence.start as usize).max(close.saturating_sub(APPOSITION));
    let open = (first..close).rev().find(|at| p.token(*at).is_some_and(|t| t.mark == ','))?;
    name_that(p, open, |m| m.span.end as usize == open && m.span.start == sentence.start)
}

/// The mention of a name near a token, no thing named after a person and not in a quotation, that meets a condition on
/// where it stands.
fn name_that<'p>(
    p: &'p Paragraph<'_>,
    near: usize,
    stands: impl Fn(&Mention) -> bool,
) -> Option<(usize, &'p Mention)> {
    let list = &p.notes.mentions;
    let first = list.partition_point(|m| (m.span.start as usize) + LONGEST < near);
    list.iter().enumerate().skip(first).take(2 * LONGEST).find(|(_, m)| {
        m.kind == MentionKind::Name
            && !m.flags.intersects(MentionFlags::NAMESAKE | MentionFlags::QUOTED)
            && stands(m)
    })
}

/// A source up to its first comma, bracket, dash or relative clause.
pub(super) fn head_phrase(p: &Paragraph<'_>, source: Span) -> Span {
    let start = source.start as usize;
    let ends = |at: &usize| {
        p.token(*at).is_none_or(|t| matches!(t.mark, ',' | '(' | '—' | '–' | ';'))
            || ["who", "which", "that", "whose"].iter().any(|word| p.is(*at, word))
            || p.token(*at).is_some_and(|t| t.lex.contains(Lex::WEEKDAY))
    };
    let mut end = source.iter().find(ends).unwrap_or(source.end as usize).max(start);
    while end > start && p.token(end - 1).is_some_and(|t| t.lex.contains(Lex::PREPOSITION)) {
        end -= 1;
    }
    Span::new(start, end)
}
