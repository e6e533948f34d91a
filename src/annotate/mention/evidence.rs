//! The evidence that a name is a person's: what its words are, and what stands beside it.

use super::name::{CALENDAR, FUNCTION, Found, GIVEN};
use super::{MentionFlags, Scan};
use crate::lang::en::Lex;
use crate::lang::en::names::Usage;
use crate::segment::{Span, TokenFlags, TokenKind};

impl Scan<'_> {
    /// Whether the name may be a person's, and the flags that its words and neighbours give it.
    pub(super) fn judge(&mut self, span: Span, found: Found) -> Option<MentionFlags> {
        let (start, end) = (span.start as usize, span.end as usize);
        let words = span.iter().filter(|&at| self.counts(at, start)).count();
        let titled = !found.title.is_empty();
        let mut flags = MentionFlags::empty();
        flags.set(MentionFlags::SPEAKS, self.speaks(start, end));
        if words <= 1 {
            if !titled && self.is_firm(start, end) {
                return None;
            }
            return self.judge_single(start, titled, flags | MentionFlags::SINGLE);
        }
        let given = self.lex(start).intersects(GIVEN) && !self.is_place_name(start, end);
        let human = titled
            || flags.contains(MentionFlags::SPEAKS)
            || self.human_after(end)
            || self.human_before(start, end)
            || self.lives(end)
            || self.speaks_after_apposition(end);
        if self.is_thing(span, given, human) {
            return None;
        }
        // "Zorvex Prime, its main rival," is a thing.
        let thing = self.mark(end) == ',' && ["its", "which"].iter().any(|w| self.is(end + 1, w));
        if thing && !given && !titled {
            return None;
        }
        let initial = span.iter().skip(1).any(|at| self.is_initial(at));
        let family_first = self.lex(start).contains(Lex::FAMILY_FIRST);
        let hyphenated = span.iter().any(|at| {
            at > start && self.is_hyphenated_given(at) && self.has(at, TokenFlags::HYPHEN)
        });
        // "Junius Ho": an unknown given name before a family name that is no word of the language.
        let last = end - 1;
        let family_last = words == 2
            && self.lex(last).contains(Lex::FAMILY_FIRST)
            && (self.lex(last) - Lex::FAMILY_FIRST - Lex::PLACE_OPENER - GIVEN).is_empty()
            && self.usage(last).is_empty()
            && self.lex(start).is_empty()
            && self.word(last).len() > 1;
        let sure =
            given || initial || human || hyphenated || family_last || family_first && words == 3;
        let the = start > 0 && self.is(start - 1, "the") && !titled;
        if the && !given {
            return None;
        }
        flags.set(MentionFlags::SURE, sure);
        Some(flags)
    }

    /// Whether a single name is that of a firm or a thing: "Ruiz & Co.", "Ruiz and Sons", "the Hilton".
    fn is_firm(&self, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1);
        if self.mark(end) == '&' || before.is_some_and(|at| self.mark(at) == '&') {
            return true;
        }
        let firms =
            ["Co", "Co.", "Sons", "Daughters", "Brothers", "Partners", "Associates", "Company"];
        if self.is(end, "and") && firms.contains(&self.word(end + 1)) {
            return true;
        }
        before.is_some_and(|at| self.is(at, "the")) && !self.noun_follows(end)
    }

    /// Whether a word in small letters follows that can be a noun: "the Warhol exhibition".
    fn noun_follows(&self, end: usize) -> bool {
        let Some(next) = self.list.get(end) else { return false };
        let word = next.kind == TokenKind::Word
            && !next.flags.intersects(TokenFlags::CAPITAL | TokenFlags::CLITIC);
        word && (next.lex.contains(Lex::NAMESAKE)
            || !next.lex.intersects(FUNCTION | Lex::SPEECH)
                && !self.word(end).ends_with("ed")
                && !self.word(end).ends_with("ly"))
    }

    /// Whether token `at` is a word of the name proper: no suffix, no mark, no particle.
    pub(super) fn counts(&self, at: usize, start: usize) -> bool {
        let token = &self.list[at];
        let name = token.lex.intersects(GIVEN | Lex::FAMILY_FIRST);
        token.kind == TokenKind::Word
            && !(at > start && token.lex.contains(Lex::NAME_SUFFIX))
            && !(token.lex.contains(Lex::PARTICLE)
                && (!token.flags.contains(TokenFlags::CAPITAL) || at == start && !name))
    }

    pub(super) fn is_initial(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() <= 5
            && word.ends_with('.')
            && word.starts_with(char::is_uppercase)
            && word.trim_end_matches('.').split('.').all(|part| part.chars().count() == 1)
    }

    /// "Virginia Beach", "Jordan River": a given name that is a place and is followed by a word of places.
    fn is_place_name(&self, start: usize, end: usize) -> bool {
        self.lex(start).contains(Lex::PLACE)
            && (start + 1..end).any(|at| self.lex(at).intersects(Lex::ORGANISATION | Lex::PLACE))
    }

    /// Whether the words are those of an organisation, a place, a work or an event.
    fn is_thing(&self, span: Span, given: bool, human: bool) -> bool {
        let (start, end) = (span.start as usize, span.end as usize);
        let not_a_name = Lex::ORGANISATION | Lex::DEMONYM | Lex::NO_NAME;
        for at in span.iter() {
            let lex = self.lex(at);
            // "Okafor National Downs" is a place.
            let inside = at > start && at + 1 < end;
            if inside
                && lex.contains(Lex::PLACE_OPENER)
                && !lex.intersects(GIVEN | Lex::FAMILY_FIRST | Lex::PARTICLE)
                && self.word(at).len() > 5
                && self.usage(at).is_empty()
            {
                return true;
            }
            let name =
                lex.intersects(GIVEN | Lex::FAMILY_FIRST) || self.is_short_surname(at, start);
            if lex.intersects(not_a_name) && !name {
                // "Bill Gates", "Nathan Law": an ordinary word can be a surname after a given name.
                let suffix =
                    self.lex(at + 1).contains(Lex::NAME_SUFFIX) || self.mark(at + 1) == ',';
                let surname = given
                    && (at + 1 == end || suffix)
                    && (human
                        || self.lex(at).intersects(Lex::ORGANISATION) && !self.is_institution(at));
                if !surname {
                    return true;
                }
            }
            if self.has(at, TokenFlags::UPPER)
                && !self.all_caps
                && !self.is_initial(at)
                && self.word(at).len() > 3
                && !human
            {
                return true;
            }
        }
        if self.has(start, TokenFlags::UPPER) && !self.all_caps && !self.is_initial(start) && !human
        {
            return true;
        }
        let first = self.lex(start);
        if first.intersects(Lex::PLACE_OPENER) && !first.intersects(GIVEN | Lex::FAMILY_FIRST) {
            return true;
        }
        first.intersects(Lex::PLACE) && !given && !human
    }

    /// Words that are surnames only rarely.
    fn is_institution(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 6
            || [
                "School", "Hotel", "Court", "Act", "Prize", "Award", "Group", "County", "Street",
                "Bridge", "Avenue", "Center", "Centre", "Club", "Award", "Medal", "Show", "Party",
                "Inc", "Inc.", "Corp.", "Co.",
            ]
            .contains(&word)
    }

    /// A single word: a surname, a mononym, a firm, a place. Only the story can tell unless there is a title.
    pub(super) fn judge_single(
        &mut self,
        at: usize,
        titled: bool,
        mut flags: MentionFlags,
    ) -> Option<MentionFlags> {
        let lex = self.lex(at);
        let name = lex.intersects(GIVEN | Lex::FAMILY_FIRST);
        flags.set(MentionFlags::PLACE, lex.intersects(Lex::PLACE | Lex::DEMONYM));
        if lex.intersects(Lex::NO_NAME | CALENDAR | FUNCTION)
            && !name
            && !self.is_surname_that_speaks(at)
        {
            return None;
        }
        if self.has(at, TokenFlags::UPPER) && !self.all_caps || self.word(at).len() < 2 {
            return None;
        }
        // "Hill", "White": a candidate only beside what a person does.
        if lex.intersects(Lex::ORGANISATION | Lex::PLACE_OPENER) && !name && !titled {
            let owns = self.has(at + 1, TokenFlags::CLITIC);
            // "They backed Hill": inside a sentence a capital shows a name, if the story has such a person.
            let inside = !self.title_case && !self.opens(at) && self.has(at, TokenFlags::SPACE);
            return (owns
                || inside && self.usage(at).intersects(Usage::ORDINARY | Usage::HEADLINE)
                || flags.contains(MentionFlags::SPEAKS)
                || self.verb_follows(at + 1))
            .then_some(flags);
        }
        flags.set(
            MentionFlags::GIVEN,
            lex.intersects(GIVEN) && !lex.intersects(FUNCTION | CALENDAR),
        );
        if titled && !lex.intersects(Lex::PLACE | Lex::DEMONYM | Lex::ORGANISATION) {
            flags |= MentionFlags::SURE;
        }
        Some(flags)
    }

    /// Whether what follows may be the verb of the name before it, an adverb apart.
    fn verb_follows(&self, end: usize) -> bool {
        let at = end + usize::from(self.word(end).ends_with("ly"));
        let small = self.list.get(at).is_some_and(|token| {
            token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CAPITAL)
        });
        small && !self.lex(at).intersects(Lex::PREPOSITION | Lex::CONJUNCTION | Lex::DETERMINER)
    }

    /// Whether a speech verb stands right beside the name: "Ruiz said", "said Ruiz", "Ruiz, 45, said" is left to the story.
    pub(super) fn speaks(&self, start: usize, end: usize) -> bool {
        let verb =
            |at: usize| self.lex(at).contains(Lex::SPEECH) && !self.has(at, TokenFlags::CAPITAL);
        let mut next = end;
        while next < end + 2 && self.word(next).ends_with("ly") {
            next += 1;
        }
        verb(next) || self.is(next, "told") || start > 0 && verb(start - 1)
    }

    /// Whether what follows the name tells of a person: ", 45,", "who", "(D-Texas)", ", the mayor".
    pub(super) fn human_after(&self, end: usize) -> bool {
        if self.is(end, "who") || self.is(end, "himself") || self.is(end, "herself") {
            return true;
        }
        if self.mark(end) != ',' {
            return false;
        }
        let next = end + 1;
        if self.is(next, "who") || self.is(next, "whose") {
            return true;
        }
        if self.list.get(next).is_some_and(|t| t.kind == TokenKind::Number)
            && self.mark(next + 1) == ','
        {
            return self.word(next).len() <= 2;
        }
        (next..next + 5)
            .take_while(|&at| self.list.get(at).is_some_and(|t| t.kind == TokenKind::Word))
            .take_while(|&at| !self.lex(at).intersects(Lex::PREPOSITION | Lex::CONJUNCTION))
            .any(|at| self.is_role(at))
    }

    /// A noun in small letters for what somebody is ("mayor", "nurse", "woman").
    fn is_role(&self, at: usize) -> bool {
        (self.lex(at).intersects(Lex::OFFICE | Lex::RANK) || self.usage(at).contains(Usage::HUMAN))
            && !self.has(at, TokenFlags::CAPITAL)
    }

    /// "Kiva Maddern was born in Oslo": what only people do.
    fn lives(&self, end: usize) -> bool {
        let small = |at: usize| !self.has(at, TokenFlags::CAPITAL);
        let passive = self.is(end, "was") || self.is(end, "is");
        small(end) && self.usage(end).contains(Usage::PERSONAL)
            || passive && self.usage(end + 1).contains(Usage::BORN)
    }

    /// "Kiva Maddern, a second year art major, said": a verb of speech behind the apposition.
    fn speaks_after_apposition(&self, end: usize) -> bool {
        let opens = self.is(end + 1, "a") || self.is(end + 1, "an") || self.is(end + 1, "the");
        if self.mark(end) != ',' || !opens {
            return false;
        }
        let close = (end + 2..end + 12)
            .find(|&at| self.list.get(at).is_none_or(|t| t.kind != TokenKind::Word));
        close.is_some_and(|at| {
            self.mark(at) == ','
                && self.lex(at + 1).contains(Lex::SPEECH)
                && !self.has(at + 1, TokenFlags::CAPITAL)
        })
    }

    /// Whether the name is said of a role right before its comma: "the harbour master, Arvid Mann,".
    fn human_before(&self, start: usize, end: usize) -> bool {
        let Some(role) = start.checked_sub(2).filter(|_| self.mark(start - 1) == ',') else {
            return false;
        };
        let closed = matches!(self.mark(end), ',' | '.' | '\0');
        let opened = (role.saturating_sub(4)..role)
            .any(|at| self.lex(at).contains(Lex::DETERMINER) || self.has(at, TokenFlags::CLITIC));
        closed && opened && self.is_role(role)
    }
}
