//! Names: a run of capitalised words, cut into titles and a name.

use super::{Mention, MentionFlags, MentionKind, Scan};
use crate::lang::en::Lex;
use crate::lang::en::names::{Usage, usage};
use crate::segment::{Span, TokenFlags, TokenKind};

/// No name is longer, in tokens; what goes on is cut.
const LONGEST: usize = 9;

pub(super) const GIVEN: Lex = Lex::WOMAN.union(Lex::MAN);
const HEAD: Lex = Lex::OFFICE.union(Lex::RANK).union(Lex::HONORIFIC);
pub(super) const FUNCTION: Lex = Lex::DETERMINER
    .union(Lex::PREPOSITION)
    .union(Lex::CONJUNCTION)
    .union(Lex::PRONOUN)
    .union(Lex::AUXILIARY);
pub(super) const CALENDAR: Lex = Lex::WEEKDAY.union(Lex::MONTH);

/// Labels that open the line below a name or a caption ("Image: Ana Ruiz").
const LABELS: [&str; 7] = ["Image", "Photo", "Picture", "File", "Credit", "Video", "Source"];

/// A title found in a run: its words, and where the name after it may start.
#[derive(Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) title: Span,
    pub(super) flags: MentionFlags,
}

impl Scan<'_> {
    /// Reads the run of capitalised words that starts at `at`; returns where to go on.
    pub(super) fn capitals(&mut self, at: usize) -> usize {
        let limit = (self.sentence(at).end as usize).min(self.list.len());
        let opens = self.opens(at);
        if opens && self.is_mere_opener(at) && !self.is_surname_that_speaks(at) {
            return at + 1;
        }
        if self.lex(at).intersects(FUNCTION | CALENDAR) && !self.lex(at).intersects(GIVEN | HEAD) {
            return at + 1;
        }
        let Some((found, start)) = self.title_before(at, limit) else {
            return self.name(at, limit, Found::default(), at, opens);
        };
        let from = self.with_prefix(self.with_prefix(found.title.start as usize).min(at));
        if start < limit && self.is_name_word(start, start) {
            return self.name(start, limit, found, from, opens);
        }
        self.bare_title(found, start, from)
    }

    /// Whether the capital of a sentence's first word shows nothing: it is no name and no title.
    fn is_mere_opener(&self, at: usize) -> bool {
        let lex = self.lex(at);
        if lex.intersects(FUNCTION | Lex::NO_NAME) {
            return !lex.intersects(GIVEN)
                || lex.intersects(FUNCTION)
                || !self.is_name_like(at + 1);
        }
        lex.intersects(Lex::SPEECH | Lex::THOUGHT | Lex::HEDGE | Lex::UNNAMED | Lex::VAGUE)
            && !lex.intersects(GIVEN | HEAD)
    }

    /// "Young said": a word that opens sentences, and that a person in the story may be called.
    pub(super) fn is_surname_that_speaks(&self, at: usize) -> bool {
        self.usage(at).contains(Usage::ORDINARY)
            && !self.lex(at).intersects(FUNCTION)
            && self.lex(at + 1).contains(Lex::SPEECH)
            && !self.has(at + 1, TokenFlags::CAPITAL)
            && !self.usage(at + 1).contains(Usage::SPEECH_NOUN)
    }

    pub(super) fn usage(&self, at: usize) -> Usage {
        self.list.get(at).map_or(Usage::empty(), |token| usage(token.hash))
    }

    /// Whether token `at` can be a word of a name that starts at `start`.
    fn is_name_word(&self, at: usize, start: usize) -> bool {
        if !self.is_name_like(at) || at > start && !self.has(at, TokenFlags::SPACE) {
            return false;
        }
        let lex = self.lex(at);
        if at > start && lex.intersects(CALENDAR) {
            // "Theresa May", but not "Trump Monday"; "Anthony March, a" stays a name only after a given name.
            return lex.contains(Lex::MONTH)
                && at == start + 1
                && self.lex(start).intersects(GIVEN);
        }
        if lex.contains(Lex::HONORIFIC) {
            return false;
        }
        if at > start && lex.intersects(Lex::OFFICE | Lex::RANK) {
            let after_given = at == start + 1 && self.lex(start).intersects(GIVEN);
            return self.is_surname(at)
                || after_given
                    && !self.has(at, TokenFlags::ABBREVIATION)
                    && !self.is_name_like(at + 1);
        }
        // "Ruiz Says Bridge Is Safe", "RUIZ FACES VOTE": in a headline verbs have capitals too.
        let verb = || {
            lex.intersects(Lex::SPEECH | Lex::THOUGHT)
                || self.usage(at).intersects(Usage::VERB | Usage::PERSONAL)
        };
        if at > start && (self.title_case || self.all_caps) && verb() {
            return lex.intersects(GIVEN | Lex::FAMILY_FIRST);
        }
        if at > start && self.mark(at + 1) == ':' && LABELS.contains(&self.word(at)) {
            return false;
        }
        !lex.intersects(FUNCTION)
            || lex.intersects(GIVEN | Lex::FAMILY_FIRST | Lex::PARTICLE)
            || self.is_short_surname(at, start)
    }

    /// "James To", "Ana So": a small word of the language with a capital right behind a given name inside a sentence.
    pub(super) fn is_short_surname(&self, at: usize, start: usize) -> bool {
        at == start + 1
            && self.word(at).len() == 2
            && self.has(at, TokenFlags::CAPITAL)
            && self.lex(start).intersects(GIVEN)
            && !self.title_case
            && !self.all_caps
            && !self.is_name_like(at + 1)
    }

    /// The end of the name that starts at `start`.
    fn name_end(&self, start: usize, limit: usize) -> usize {
        let mut at = start + 1;
        let limit = limit.min(start + LONGEST);
        while at < limit {
            let lex = self.lex(at);
            if lex.contains(Lex::NAME_SUFFIX) && self.has(at, TokenFlags::CAPITAL) {
                at += 1;
                break;
            }
            let leads_on = || {
                lex.contains(Lex::PARTICLE)
                    && self.list[at].kind == TokenKind::Word
                    && self.particle_leads_on(at, limit, start)
            };
            if self.is_name_word(at, start) || leads_on() {
                at += 1;
            } else if self.mark(at) == ',' && self.is_generation(at + 1) && at + 1 < limit {
                at += 2;
                break;
            } else if let Some(after) = self.nickname(at, limit) {
                at = after;
            } else {
                break;
            }
        }
        at
    }

    /// "Jr." and the like, which may stand after a comma.
    fn is_generation(&self, at: usize) -> bool {
        ["Jr", "Jr.", "Sr", "Sr."].contains(&self.word(at))
    }

    /// Whether the office or rank with a capital at `at` is a surname: before "Jr.", or at the end of a name behind a given
    /// name ("Billie Jean King", "Stephen E. King"), or behind a word that is nothing else where the text goes on as it
    /// does after a person ("Deion Prince, a nurse").
    pub(super) fn is_surname(&self, at: usize) -> bool {
        let lex = self.lex(at);
        let title = lex.intersects(Lex::OFFICE | Lex::RANK) && !lex.contains(Lex::HONORIFIC);
        if !title || !self.has(at, TokenFlags::CAPITAL) || self.has(at, TokenFlags::ABBREVIATION) {
            return false;
        }
        let numbered = ["II", "III", "IV"].contains(&self.word(at + 1));
        let behind_comma = self.mark(at + 1) == ',' && self.is_generation(at + 2);
        if behind_comma || self.is_generation(at + 1) {
            return true;
        }
        // "Detective III Ana Ruiz" is a rank.
        let goes_on = !numbered && self.is_name_like(at + 1) && self.has(at + 1, TokenFlags::SPACE);
        let Some(before) = at.checked_sub(1).filter(|_| !goes_on) else { return false };
        let is_given = |at: usize| {
            let lex = self.lex(at);
            self.has(at, TokenFlags::CAPITAL)
                && lex.intersects(GIVEN)
                && !lex.intersects(Lex::PLACE | CALENDAR)
        };
        if !self.has(at, TokenFlags::SPACE) || !self.has(before, TokenFlags::CAPITAL) {
            return false;
        }
        let initial = self.is_initial(before) && before.checked_sub(1).is_some_and(is_given);
        let titled = before.checked_sub(1).is_some_and(|at| self.lex(at).intersects(HEAD));
        let unknown = self.lex(before).is_empty()
            && !self.has(before, TokenFlags::UPPER)
            && !self.has(before, TokenFlags::ABBREVIATION)
            && self.is_title_and_surname(at)
            && (titled || self.human_after(at + 1));
        is_given(before) || initial || unknown
    }

    /// Whether the particle at `at` leads to another word of the name ("de la Cruz").
    fn particle_leads_on(&self, at: usize, limit: usize, start: usize) -> bool {
        let mut next = at + 1;
        while next < limit && next < at + 3 && self.lex(next).contains(Lex::PARTICLE) {
            next += 1;
        }
        next < limit && self.has(next, TokenFlags::CAPITAL) && self.is_name_word(next, start)
    }

    /// A nickname in quotation marks inside the name; returns where the name goes on.
    fn nickname(&self, at: usize, limit: usize) -> Option<usize> {
        let quote = |at: usize| self.list.get(at).is_some_and(|t| t.kind == TokenKind::Quote);
        let close = at + 2;
        (close + 1 < limit
            && quote(at)
            && quote(close)
            && self.has(at + 1, TokenFlags::CAPITAL)
            && self.has(close + 1, TokenFlags::CAPITAL)
            && self.has(close + 1, TokenFlags::SPACE))
        .then_some(close + 1)
    }

    /// Reads a name from `start` and adds it; returns where to go on. `from` is where title and prefix start.
    fn name(
        &mut self,
        start: usize,
        limit: usize,
        found: Found,
        from: usize,
        opens: bool,
    ) -> usize {
        let mut start = start;
        let end = self.name_end(start, limit);
        let mut from = from;
        let titled = !found.title.is_empty();
        // A run after an adjective or place: "British Ruth Davis", "Texas Ted Cruz".
        while !titled
            && end - start > 2
            && self.lex(start).intersects(Lex::DEMONYM)
            && !self.lex(start).intersects(GIVEN)
        {
            start += 1;
            from = start;
        }
        if self.has(start, TokenFlags::HYPHEN) && self.is_namesake_compound(start) {
            return end.max(start + 1);
        }
        let span = Span::new(start, end);
        let Some(mut flags) = self.judge(span, found) else {
            self.namesake_organisation(span);
            return end;
        };
        let mut title = found.title;
        if let Some(role) = (!titled).then(|| self.role_before(start)).flatten() {
            title = role.title;
            flags |= role.flags | MentionFlags::SURE;
            from = self.with_prefix(role.title.start as usize).min(from);
        }
        flags |= found.flags;
        let the = start > 0 && self.is(start - 1, "the");
        let is_thing =
            !titled && flags.contains(MentionFlags::SINGLE) && !flags.contains(MentionFlags::GIVEN);
        if self.belongs_to_thing(end) || the && is_thing {
            flags |= MentionFlags::NAMESAKE;
        }
        if opens && !titled {
            flags |= MentionFlags::OPENS;
        }
        self.push(Mention {
            span: Span::new(from, end),
            kind: MentionKind::Name,
            name: span,
            title,
            flags,
        });
        end
    }

    /// A title or role in lower case right before the name ("the actor Ana Ruiz", "former mayor Ed Koch").
    fn role_before(&self, start: usize) -> Option<Found> {
        let at = start.checked_sub(1)?;
        let token = &self.list[at];
        let lower = token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL);
        let lower = lower && self.has(start, TokenFlags::SPACE);
        if !lower || !token.lex.intersects(Lex::OFFICE | Lex::RANK) {
            return None;
        }
        let first = self.title_start(at);
        Some(Found { title: Span::new(first, at + 1), flags: self.standing(first, at + 1) })
    }

    /// "Trump-era", "Obama-backed": a compound with a name, which is not a mention.
    fn is_namesake_compound(&self, at: usize) -> bool {
        self.word(at)
            .rsplit_once('-')
            .is_some_and(|(_, last)| last.len() > 3 && last.starts_with(char::is_lowercase))
            && !self.lex(at).intersects(Lex::FAMILY_FIRST)
            && self.word(at).matches('-').count() == 1
            && !self
                .word(at)
                .rsplit('-')
                .next()
                .is_some_and(|last| last.len() < 7 && self.is_hyphenated_given(at))
    }

    /// "Jae-myung", "Jong-un": the second part of a hyphenated given name is in lower case after a family name.
    pub(super) fn is_hyphenated_given(&self, at: usize) -> bool {
        at > 0
            && self.lex(at - 1).contains(Lex::FAMILY_FIRST)
            && self.has(at - 1, TokenFlags::CAPITAL)
    }

    /// Whether what follows the name makes it the name of a thing.
    fn belongs_to_thing(&self, end: usize) -> bool {
        let Some(next) = self.list.get(end) else { return false };
        if next.kind != TokenKind::Word || next.flags.contains(TokenFlags::CLITIC) {
            return false;
        }
        let then = self.list.get(end + 1).map_or(Lex::empty(), |token| token.lex);
        next.lex.contains(Lex::NAMESAKE)
            && !(next.lex.contains(Lex::SPEECH) || next.lex.contains(Lex::AUXILIARY))
            // "Clinton campaigns in Ohio", "Trump plans to": a verb after all.
            && !(!next.flags.contains(TokenFlags::CAPITAL) && then.contains(Lex::PREPOSITION) && self.is(end + 1, "to"))
    }

    /// "the Bush Administration", "Trump Tower", "the Andy Warhol Foundation": what stands before the words of the
    /// organisation may be a person's name, which the story can tell.
    fn namesake_organisation(&mut self, span: Span) {
        let start = span.start as usize;
        let not_a_name = Lex::PLACE | Lex::PLACE_OPENER | Lex::DEMONYM | Lex::NO_NAME;
        let given = self.lex(start).intersects(GIVEN);
        let words = span
            .iter()
            .take_while(|&at| {
                let lex = self.lex(at);
                !lex.intersects(Lex::ORGANISATION) || lex.intersects(GIVEN | Lex::FAMILY_FIRST)
            })
            .count();
        // "Chiang Kai Shek Memorial", "Steven F. Udvar-Hazy Center".
        let family_first = words == 3 && self.lex(start).contains(Lex::FAMILY_FIRST);
        let named = words > 0 && words < span.len() && (words == 1 || given || family_first);
        // "the Okafor Trilogy": a surname that is no word, and a thing that no list has.
        let unlisted = words > 1
            && words == span.len()
            && self.lex(start).is_empty()
            && self.usage(start).is_empty();
        let (named, words) = if unlisted { (true, 1) } else { (named, words) };
        let initial = words > 2 && self.is_initial(start + 1);
        let words = words.min(if family_first || initial { 3 } else { 2 });
        if !named
            || self.lex(start).intersects(not_a_name) && !given
            || self.has(start, TokenFlags::UPPER)
        {
            return;
        }
        let name = Span::new(start, start + words);
        let mut flags = MentionFlags::NAMESAKE;
        flags.set(MentionFlags::SINGLE, words == 1);
        self.push(Mention {
            span: name,
            kind: MentionKind::Name,
            name,
            title: Span::default(),
            flags,
        });
    }
}
