//! Titles: before a name, alone where a name was lost, and as descriptions that stand for a person.

use super::name::Found;
use super::{Mention, MentionFlags, MentionKind, Scan};
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{Span, TokenFlags, TokenKind};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// How far before an office its article is looked for, in tokens.
const REACH: usize = 6;

/// Words that belong to the office that follows them.
const PARTS: &[&str] = &[
    "vice",
    "prime",
    "deputy",
    "first",
    "foreign",
    "attorney",
    "chief",
    "lt.",
    "lieutenant",
    "associate",
    "assistant",
    "shadow",
    "home",
    "interior",
    "defense",
    "defence",
    "finance",
    "justice",
    "health",
    "education",
    "press",
    "house",
    "senate",
    "majority",
    "minority",
    "state",
    "district",
    "supreme",
    "grand",
    "crown",
    "permanent",
    "under",
    "joint",
    "major",
    "brigadier",
    "rear",
    "staff",
    "master",
    "poet",
    "high",
    "special",
    "executive",
    "managing",
    "general",
    "city",
    "police",
    "fire",
    "environment",
    "energy",
    "trade",
    "labor",
    "labour",
    "treasury",
    "education",
    "transport",
];

/// Words after "of" or "for" that complete an office ("Secretary of State", "Secretary of Homeland Security").
const DOMAINS: &[&str] = &[
    "state",
    "defense",
    "defence",
    "education",
    "labor",
    "labour",
    "commerce",
    "homeland",
    "security",
    "treasury",
    "agriculture",
    "energy",
    "transportation",
    "transport",
    "health",
    "human",
    "services",
    "housing",
    "urban",
    "development",
    "interior",
    "veterans",
    "affairs",
    "foreign",
    "justice",
    "finance",
    "war",
    "navy",
    "army",
    "staff",
    "government",
    "trade",
    "environment",
    "culture",
    "operations",
    "communications",
    "intelligence",
    "national",
    "police",
    "sport",
    "tourism",
    "economy",
    "defence",
    "house",
    "representatives",
    "senate",
    "parliament",
    "council",
    "commission",
    "congress",
    "assembly",
    "commonwealth",
    "republic",
    "kingdom",
    "exchequer",
    "lords",
    "commons",
    "city",
    "nations",
];

/// Those that end the names of countries: "United Kingdom Prime Minister".
const COUNTRIES: [&str; 2] = ["kingdom", "republic"];

/// Titles that are surnames as well ("Stephen King", "Joe Judge").
const SURNAMES: &[&str] = &[
    "king",
    "prince",
    "pope",
    "bishop",
    "cardinal",
    "duke",
    "judge",
    "justice",
    "major",
    "marshal",
    "constable",
    "singer",
    "painter",
    "driver",
    "farmer",
    "bowler",
    "boxer",
    "banker",
    "priest",
    "monk",
    "pastor",
    "vicar",
    "chaplain",
];

/// The fingerprint of "predecessor".
pub(crate) const PREDECESSOR: u64 = fingerprint("predecessor");

/// The fingerprints of [`PARTS`], [`DOMAINS`] and [`SURNAMES`], which tokens carry.
static PART_HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(PARTS));
static DOMAIN_HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(DOMAINS));
static SURNAME_HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(SURNAMES));

fn hashes(words: &[&str]) -> FxHashSet<u64> {
    words.iter().map(|word| fingerprint(word)).collect()
}

impl Scan<'_> {
    /// The title that a run of capitals opens with, and where the name after it may start.
    pub(super) fn title_before(&mut self, at: usize, limit: usize) -> Option<(Found, usize)> {
        let head = self.title_head(at, limit)?;
        let mut start = head + 1;
        // "Police Chief": a word that opens the sentence was taken for a mere opener.
        let parts = self.title_start(head);
        let first = if parts < at && self.opens(parts) { parts } else { parts.max(at) };
        let flags = self.standing(first, head + 1);
        if let Some(after) = self.complement(head, limit) {
            start = after;
        }
        // A second title right after the first: "Vice President and Senator", "Air Vice-Marshal Sir".
        while start < limit
            && self.has(start, TokenFlags::CAPITAL | TokenFlags::SPACE)
            && self.lex(start).intersects(Lex::HONORIFIC | Lex::RANK | Lex::OFFICE)
            && self.is_title_word(start, limit)
            && !self.is_titled_surname(start, head)
        {
            start += 1;
        }
        Some((Found { title: Span::new(first, start), flags }, start))
    }

    /// The first word in the run from `at` that heads a title.
    fn title_head(&self, at: usize, limit: usize) -> Option<usize> {
        let mut head = at;
        while head < limit.min(at + 8) && self.is_name_like(head) {
            if head > at && !self.has(head, TokenFlags::SPACE) {
                return None;
            }
            let lex = self.lex(head);
            let hyphened = self.hyphened_title(head);
            if lex.intersects(Lex::OFFICE | Lex::RANK | Lex::HONORIFIC) || hyphened {
                if !self.is_title_word(head, limit) && !hyphened {
                    return None;
                }
                let mut last = head;
                while last + 1 < limit
                    && self.has(last + 1, TokenFlags::CAPITAL | TokenFlags::SPACE)
                    && self.lex(last + 1).intersects(Lex::OFFICE)
                    && !self.is_titled_surname(last + 1, last)
                {
                    last += 1;
                }
                return Some(last);
            }
            head += 1;
        }
        None
    }

    /// Whether an office or rank with a capital is a title here rather than a name ("Larry King", "Dean Heller").
    fn is_title_word(&self, at: usize, limit: usize) -> bool {
        let lex = self.lex(at);
        if lex.contains(Lex::HONORIFIC) || self.has(at, TokenFlags::ABBREVIATION) {
            return true;
        }
        if self.is_surname(at) {
            return false;
        }
        let given = Lex::WOMAN | Lex::MAN;
        let after_given = at > 0
            && self.has(at - 1, TokenFlags::CAPITAL)
            && self.lex(at - 1).intersects(given)
            && self.has(at, TokenFlags::SPACE)
            && !self.lex(at - 1).intersects(Lex::PLACE)
            && !(at > 1 && self.is(at - 1, "salvador") && self.is(at - 2, "el"));
        if after_given {
            return false;
        }
        let next_is_name =
            at + 1 < limit && self.is_name_like(at + 1) && self.has(at + 1, TokenFlags::SPACE);
        if lex.intersects(given) {
            // "Dean Heller" is a given name, "Dean Ana Ruiz" a title.
            return next_is_name && at + 2 < limit && self.is_name_like(at + 2);
        }
        true
    }

    /// Whether the title is a surname as well.
    pub(super) fn is_title_and_surname(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| SURNAME_HASHES.contains(&token.hash))
    }

    /// "then-Secretary", "ex-President", "President-elect": a title with a hyphen.
    pub(super) fn hyphened_title(&self, at: usize) -> bool {
        self.has(at, TokenFlags::HYPHEN)
            && self.word(at).split('-').any(|part| {
                let lower = part.to_lowercase();
                crate::lang::en::lexicon(&lower).intersects(Lex::OFFICE)
            })
    }

    /// "of State", "of France", "for North Korea" after the head of a title: where it ends.
    fn complement(&self, head: usize, limit: usize) -> Option<usize> {
        let of = head + 1;
        if of + 1 >= limit || !(self.is(of, "of") || self.is(of, "for") || self.is(of, "to")) {
            return None;
        }
        let mut at = of + 1;
        if self.is(at, "the") {
            at += 1;
        }
        let first = at;
        while at < limit && at < first + 7 {
            let lex = self.lex(at);
            let capital = self.has(at, TokenFlags::CAPITAL);
            let domain = capital
                && (DOMAIN_HASHES.contains(&self.list[at].hash)
                    || lex.intersects(
                        Lex::PLACE | Lex::PLACE_OPENER | Lex::ORGANISATION | Lex::DEMONYM,
                    ) && !(lex.intersects(Lex::WOMAN | Lex::MAN) && at > first));
            let joins = at > first
                && (self.is(at, "and") || self.is(at, "of") || self.is(at, "the"))
                && self.has(at + 1, TokenFlags::CAPITAL);
            if !(domain || joins) {
                break;
            }
            at += 1;
        }
        (at > first).then_some(at)
    }

    /// Where the title headed by `head` starts: "Vice President", "Foreign Minister", "Homeland Security Secretary".
    pub(super) fn title_start(&self, head: usize) -> usize {
        let minister = self.is(head, "secretary") || self.is(head, "minister");
        let mut first = head;
        while first > 0 && head - first < 3 {
            let before = first - 1;
            let lex = self.lex(before);
            let part = PART_HASHES.contains(&self.list[before].hash)
                || (lex.intersects(Lex::OFFICE)
                    || minister
                        && DOMAIN_HASHES.contains(&self.list[before].hash)
                        && !COUNTRIES.iter().any(|word| self.is(before, word)))
                    && self.has(before, TokenFlags::CAPITAL);
            if !part || !self.has(first, TokenFlags::SPACE) {
                break;
            }
            first = before;
        }
        first
    }

    /// What the words right before `first`, and the hyphened words up to `end`, say of the office.
    pub(super) fn standing(&self, first: usize, end: usize) -> MentionFlags {
        let mut flags = MentionFlags::empty();
        for at in (first..end).filter(|&at| self.has(at, TokenFlags::HYPHEN)) {
            if let Some((before, _)) = self.word(at).split_once('-') {
                flags |= standing_of(before);
            }
            let lower = self.word(at).to_ascii_lowercase();
            if lower.ends_with("-elect") || lower.ends_with("-designate") {
                flags |= MentionFlags::ELECT;
            }
        }
        let mut at = first;
        let mut coordinated = false;
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1) else { break };
            let other = self.lex(before).intersects(Lex::OFFICE | Lex::RANK);
            if self.is(before, "and") && before > 0 && self.lex(before - 1).contains(Lex::OFFICE) {
                coordinated = true;
                at = self.title_start(before - 1);
                continue;
            }
            // "The former mayor and Gov. Ruiz" are two.
            let article = before > 0 && self.lex(before - 1).contains(Lex::DETERMINER);
            let word = self.word(before);
            // "then-New Jersey Gov. Ruiz"
            let said = match word.split_once('-') {
                Some(("then" | "Then", _)) => MentionFlags::THEN,
                _ => standing_of(word),
            };
            let tells = self.lex(before).contains(Lex::STANDING) || said == MentionFlags::THEN;
            if tells && !(coordinated && article) {
                flags |= said;
            } else if other || !self.belongs(before) && !self.is_modifier(before, at) {
                break;
            }
            at = before;
        }
        flags
    }

    /// Whether the word before an office can be part of the mention: "South Korean", "U.S.", "former".
    fn belongs(&self, at: usize) -> bool {
        let lex = self.lex(at);
        let capital = self.has(at, TokenFlags::CAPITAL);
        lex.intersects(Lex::STANDING | Lex::DEMONYM | Lex::PLACE)
            || capital && lex.intersects(Lex::PLACE_OPENER | Lex::ORGANISATION)
            || capital && self.has(at, TokenFlags::UPPER)
    }

    /// "Los Angeles", "Trump", "Obama-era" between "former" and the office that follows at `next`: capitals and compounds.
    fn is_modifier(&self, at: usize, next: usize) -> bool {
        let small =
            Lex::WEEKDAY | Lex::MONTH | Lex::PREPOSITION | Lex::CONJUNCTION | Lex::AUXILIARY;
        let capital = self.list[at].kind == TokenKind::Word
            && self.has(at, TokenFlags::CAPITAL)
            && self.has(next, TokenFlags::SPACE)
            && !self.lex(at).intersects(small);
        capital || self.has(at, TokenFlags::HYPHEN) || self.mark(at) == '-'
    }

    /// Where the mention starts: "South Korean", "U.S.", "former" before the title belong to it.
    pub(super) fn with_prefix(&self, title: usize) -> usize {
        let mut first = title;
        while first > 0 && title - first < 5 {
            let before = first - 1;
            if !self.belongs(before)
                || !self.has(first, TokenFlags::SPACE)
                || self.list[before].kind != TokenKind::Word
            {
                break;
            }
            first = before;
        }
        first
    }

    /// A capitalised title with no name after it: "the President", or a name that was lost. Returns where to go on.
    pub(super) fn bare_title(&mut self, found: Found, start: usize, from: usize) -> usize {
        let head = found.title.start as usize;
        if self.lex(start.saturating_sub(1)).intersects(Lex::HONORIFIC) {
            return start;
        }
        if let Some(end) = self.surname_alone(found, from) {
            return end;
        }
        let office = found
            .title
            .iter()
            .any(|at| self.lex(at).contains(Lex::OFFICE) || self.hyphened_title(at));
        let office = office || self.is(head, "attorney") && self.is(head + 1, "general");
        if !office {
            return start.max(head + 1);
        }
        let mut flags = found.flags;
        // "said that President left": no article.
        let first = self.article(from).filter(|&at| at + 1 < from || !self.is(at, "that"));
        flags.set(MentionFlags::APPOSITION, self.follows_name(first.unwrap_or(from)));
        self.push(Mention {
            span: Span::new(first.unwrap_or(from), start),
            kind: MentionKind::Title,
            name: Span::default(),
            title: found.title,
            flags,
        });
        start
    }

    /// "Mr. King", "Mayor Pope": a surname behind a title. "Chief Justice" and "Lord Bishop" are titles all through.
    fn is_titled_surname(&self, at: usize, title: usize) -> bool {
        let courtesy = ["mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "mx.", "mx", "dr.", "dr"];
        let before = courtesy.iter().any(|word| self.is(title, word))
            || self.lex(title).contains(Lex::OFFICE)
                && self.lex(at).contains(Lex::OFFICE)
                && !self.is_title_and_surname(title);
        let goes_on = self.is_name_like(at + 1) && self.has(at + 1, TokenFlags::SPACE);
        before && self.is_title_and_surname(at) && !goes_on && !self.is(at + 1, "of")
    }

    /// "King left": a title without an article or a name, which may be a surname. Only the story can tell.
    fn surname_alone(&mut self, found: Found, from: usize) -> Option<usize> {
        let at = found.title.start as usize;
        let alone = found.title.len() == 1 && from == at && found.flags.is_empty();
        if !alone || !self.is_title_and_surname(at) || self.article(at).is_some() {
            return None;
        }
        let mut flags = MentionFlags::SINGLE;
        flags.set(MentionFlags::SPEAKS, self.speaks(at, at + 1));
        let mut flags = self.judge_single(at, false, flags)?;
        flags.set(MentionFlags::OPENS, self.opens(at));
        self.push(Mention {
            span: found.title,
            kind: MentionKind::Name,
            name: found.title,
            title: Span::default(),
            flags,
        });
        Some(at + 1)
    }

    /// The article, possessive or "his" right before `from`, with modifiers between.
    fn article(&self, from: usize) -> Option<usize> {
        let mut at = from;
        for _ in 0..REACH {
            at = at.checked_sub(1)?;
            let token = &self.list[at];
            if token.kind != TokenKind::Word {
                return None;
            }
            let lex = token.lex;
            if lex.contains(Lex::DETERMINER) {
                return Some(at);
            }
            if token.flags.contains(TokenFlags::CLITIC) {
                return (self.word(at).len() > 1 && self.word(at).ends_with('s'))
                    .then_some(at.saturating_sub(1));
            }
            let modifier = lex.intersects(
                Lex::STANDING | Lex::DEMONYM | Lex::PLACE | Lex::PLACE_OPENER | Lex::OFFICE,
            ) || token.flags.intersects(TokenFlags::HYPHEN | TokenFlags::CAPITAL)
                || PART_HASHES.contains(&token.hash);
            if !modifier {
                return None;
            }
        }
        None
    }

    /// An office in lower case: "the former president", "her predecessor". Returns where to go on.
    pub(super) fn description(&mut self, at: usize) -> usize {
        let plural = self.word(at).ends_with('s');
        let name_follows = self.is_name_like(at + 1) && self.has(at + 1, TokenFlags::SPACE);
        if plural || name_follows {
            return at + 1;
        }
        let first = self.title_start(at);
        let flags = self.standing(first, at + 1);
        let article = self.article(first);
        let start = article.unwrap_or_else(|| self.with_prefix(first));
        let limit = (self.sentence(at).end as usize).min(self.list.len());
        let end = self.complement(at, limit).unwrap_or(at + 1);
        let apposition = self.follows_name(start)
            && (matches!(self.mark(end), ',' | ')') || !self.ends_clause(start));
        let definite = article.is_some_and(|at| {
            !(self.is(at, "a")
                || self.is(at, "an")
                || self.is(at, "any")
                || self.is(at, "no")
                || self.is(at, "every")
                || self.is(at, "each")
                || self.is(at, "another")
                || self.is(at, "some"))
        });
        if !definite && !apposition {
            return at + 1;
        }
        let mut flags = flags;
        flags.set(MentionFlags::APPOSITION, apposition);
        self.push(Mention {
            span: Span::new(start, end),
            kind: MentionKind::Title,
            name: Span::default(),
            title: Span::new(first, end),
            flags,
        });
        end
    }

    /// "her predecessor": whoever held the office before. Only the story can tell who that is.
    pub(super) fn relation(&mut self, at: usize) {
        let Some(before) = self.article(at) else { return };
        let owned = ["his", "her", "their"].iter().any(|word| self.is(before, word))
            || self.has(before + 1, TokenFlags::CLITIC);
        if owned {
            let span = Span::new(at, at + 1);
            let (kind, name) = (MentionKind::Title, Span::default());
            self.push(Mention { span, kind, name, title: span, flags: MentionFlags::FORMER });
        }
    }

    /// Whether the comma before token `start` is the first of a sentence that opens with a clause or a preposition, so that
    /// what follows is its subject: "After meeting Ana Ruiz, the president of France left".
    fn ends_clause(&mut self, start: usize) -> bool {
        let comma = start.saturating_sub(1);
        let first = self.sentence(comma).start as usize;
        let opens = self.lex(first).intersects(Lex::PREPOSITION | Lex::CONJUNCTION)
            || self.word(first).len() > 4 && self.word(first).ends_with("ing");
        opens && comma.saturating_sub(first) < 30 && (first..comma).all(|at| self.mark(at) != ',')
    }

    /// Whether only a comma stands between the last name and token `start`.
    fn follows_name(&self, start: usize) -> bool {
        let Some(last) = self.out.last() else { return false };
        last.kind == MentionKind::Name
            && start > 0
            && last.span.end as usize == start - 1
            && matches!(self.mark(start - 1), ',' | '(')
            && self.list.get(start).is_some_and(|t| t.kind == TokenKind::Word)
    }
}

/// What a word before an office says of it. Of "ousted", "retired", "past", "44th" and "Obama-era" only the sentence can tell
/// whether the office is over: they place it in time as "then" does, and no rule draws on them.
fn standing_of(word: &str) -> MentionFlags {
    let ordinal = word.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
    if ordinal || word.ends_with("-era") || word.ends_with("-departed") {
        return MentionFlags::THEN;
    }
    match word.to_ascii_lowercase().as_str() {
        "former" | "ex" | "onetime" | "one-time" | "erstwhile" => MentionFlags::FORMER,
        "then" | "ousted" | "deposed" | "retired" | "past" => MentionFlags::THEN,
        "acting" | "interim" => MentionFlags::ACTING,
        "late" => MentionFlags::LATE,
        "sitting" | "incumbent" => MentionFlags::SITTING,
        _ => MentionFlags::empty(),
    }
}
