//! The kinds of claim that a desk sends back: what somebody thinks or feels, what happened in private, why somebody did
//! something, what somebody is accused of, and what is bound to happen. Each is read off a few words and is only as sure as
//! those words are in published copy. Sums, shares, counts, results, prizes and filings are on the public record; they
//! weigh in the regression and reach no threshold by themselves.

use super::Reason;
use crate::annotate::{MentionKind, Paragraph};
use crate::lang::en::{Lex, lists};
use crate::segment::{Span, TokenFlags, TokenKind};
use std::cell::OnceCell;

/// Tokens around a word in which the rest of a phrase may stand.
const REACH: usize = 5;

/// The strongest kind of claim that a sentence makes, with how sure its words are.
pub(super) fn kind(
    p: &Paragraph<'_>,
    before: Option<&Paragraph<'_>>,
    sentence: Span,
) -> Option<(Reason, f32)> {
    let mut best = standing(p, before, sentence);
    let whole = Whole::new(p, sentence);
    for at in sentence.iter().filter(|&at| p.has(at, Lex::CLAIM_CUE)) {
        for found in [
            shown(p, &whole, at),
            private(p, &whole, at),
            state(p, &whole, at),
            motive(p, at),
            accusation(p, &whole, at),
            forecast(p, at),
        ] {
            best = match (best, found) {
                (Some(old), Some(new)) if old.1 >= new.1 => best,
                (_, Some(_)) => found,
                _ => best,
            };
        }
    }
    let told = |span| is_personal(p, span) || is_fiction(p, before, span) || is_history(p, span);
    best.filter(|_| !told(sentence))
}

/// What is asked of a whole sentence, once: many of its words may be cues.
struct Whole<'p, 'a> {
    p: &'p Paragraph<'a>,
    sentence: Span,
    channel: OnceCell<bool>,
    seen: OnceCell<bool>,
    decided: OnceCell<bool>,
    examined: OnceCell<bool>,
    doubtful: OnceCell<bool>,
}

impl<'p, 'a> Whole<'p, 'a> {
    fn new(p: &'p Paragraph<'a>, sentence: Span) -> Self {
        let (channel, seen, decided) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let (examined, doubtful) = (OnceCell::new(), OnceCell::new());
        Self { p, sentence, channel, seen, decided, examined, doubtful }
    }

    fn any(&self, words: &[&str]) -> bool {
        self.sentence.iter().any(|at| self.p.is_any(at, words))
    }

    /// Whether it says how a state of mind became known, so that somebody stands behind it.
    fn has_channel(&self) -> bool {
        let told = |at: usize| self.p.is_in(at, &lists::CHANNELS);
        *self
            .channel
            .get_or_init(|| self.sentence.iter().any(told) || is_in_public(self.p, self.sentence))
    }

    /// Whether it tells what anybody there could see: "furious as he left the field", "visibly angry".
    fn is_seen(&self) -> bool {
        *self.seen.get_or_init(|| is_seen(self.p, self.sentence))
    }

    /// Whether a verb of agreement or decision stands in it: where people merely meet, a door tells nothing.
    fn did_something(&self) -> bool {
        let deeds = ["agreed", "decided", "pressed", "urged", "struck"];
        *self.decided.get_or_init(|| self.any(&deeds))
    }

    /// Whether a court's finding or an interview is how the reporter knows.
    fn is_examined(&self) -> bool {
        let by = ["charged", "court", "convicted", "trial", "interviewed", "interviews"];
        *self.examined.get_or_init(|| self.any(&by))
    }

    /// Whether it leaves open what it says.
    fn is_doubtful(&self) -> bool {
        let words = ["whether", "if", "not", "never", "accused"];
        *self.doubtful.get_or_init(|| self.any(&words))
    }
}

/// Whether a sentence tells of what was said or done in public: at a hearing, on a stage, before a board.
fn is_in_public(p: &Paragraph<'_>, sentence: Span) -> bool {
    let closed = ["private", "privately", "closed", "closed-door", "internal", "behind"];
    if sentence.iter().any(|at| p.is_any(at, &closed)) {
        return false;
    }
    let bodies = sentence.iter().any(|at| p.is_in(at, &lists::BODIES));
    let held = |at: usize| {
        let first = at.saturating_sub(4).max(sentence.start as usize);
        let leads = ["at", "in", "during", "before", "after", "from", "to", "throughout"];
        (first..at).any(|lead| p.is_any(lead, &leads))
    };
    sentence.iter().any(|at| {
        let event = p.is_any(
            at,
            &[
                "hearing",
                "hearings",
                "debate",
                "debates",
                "rally",
                "rallies",
                "reporters",
                "forum",
                "briefing",
                "sermon",
                "inquest",
            ],
        );
        let meeting = p.is_any(at, &["meeting", "meetings", "session"]) && bodies;
        let before =
            p.is(at, "before") && p.has(at + 1, Lex::DETERMINER) && p.is_in(at + 2, &lists::BODIES);
        // "In court", "on national television".
        let air = p.is_any(at, &["television", "tv", "radio", "air", "camera", "stage", "podcast"])
            && (at.saturating_sub(3)..at).any(|on| p.is_any(on, &["on", "in"]))
            || p.is(at, "court") && at.checked_sub(1).is_some_and(|at| p.is(at, "in"));
        p.is_any(at, &["testified", "testifying", "testifies"])
            || before
            || air
            || (event || meeting) && held(at)
    })
}

/// Whether a sentence tells of years that nobody who could be asked remembers: what is in the books.
fn is_history(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| {
        let number = p.token(at).is_some_and(|t| t.kind == TokenKind::Number);
        let year = number.then(|| p.text(at)).filter(|text| text.len() == 4);
        year.and_then(|text| text.parse::<u16>().ok())
            .is_some_and(|year| (1000..1950).contains(&year))
            && at.checked_sub(1).is_some_and(|at| p.has(at, Lex::PREPOSITION | Lex::MONTH))
    })
}

/// Whether what a sentence tells happens in a story: a work is named in it or around it, or a part of one.
fn is_fiction(p: &Paragraph<'_>, before: Option<&Paragraph<'_>>, sentence: Span) -> bool {
    let part = |at: usize| {
        let order = ["first", "second", "third", "fourth", "final", "last", "opening", "closing"];
        let part = p.is_any(at, &["act", "scene", "chapter", "episode"]);
        part && at.checked_sub(1).is_some_and(|at| p.is_any(at, &order))
            || p.is_phrase(at, &["on", "screen"])
            || p.is_phrase(at, &["on", "stage"])
    };
    let work = |p: &Paragraph<'_>, at: usize| {
        let show = p.is_any(at, &["play", "musical", "ballet", "drama"]);
        show && at.checked_sub(1).is_some_and(|at| p.has(at, Lex::DETERMINER))
            || p.is_phrase(at, &["video", "game"])
            || p.is_in(at, &lists::WORKS)
    };
    let near = (sentence.start as usize).saturating_sub(AROUND)..sentence.end as usize + AROUND;
    let told = |p: &Paragraph<'_>| (0..p.tokens().len().min(AROUND)).any(|at| work(p, at));
    // What is played on a field is none.
    let sport =
        ["game", "games", "app", "bee", "bees", "whale", "whales", "band", "played", "plays"];
    let capital = |at: usize| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let cup = |at: usize| p.is(at, "series") && (capital(at) || p.is(at + 1, "of"));
    let named = |at: usize| p.has(at, Lex::FICTION) && !p.is_any(at, &sport) && !cup(at);
    sentence.iter().any(|at| named(at) || part(at))
        || near.into_iter().any(|at| work(p, at))
        || before.is_some_and(told)
}

/// Tokens around a sentence in which the work may be named that it retells.
const AROUND: usize = 120;

/// Whether the writer speaks of themselves or to the reader: opinion and service copy.
fn is_personal(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| {
        let us =
            p.is(at, "us") && !p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::UPPER));
        us || p.is_any(at, &["i", "we", "our", "my", "you", "your"])
    })
}

/// "Expressed his willingness", "voiced doubt": a state of mind is shown, by no letter, speech or interview.
fn shown(p: &Paragraph<'_>, whole: &Whole<'_, '_>, at: usize) -> Option<(Reason, f32)> {
    let verb =
        p.is_any(at, &["expressed", "expresses", "harbored", "harboured", "harbors", "nursed"]);
    let mind =
        |at: usize| p.has(at, Lex::MIND) && !p.is_any(at, &["concerned", "considers", "sees"]);
    let felt = verb && (at + 1..at + REACH).any(|next| whole.sentence.contains(next) && mind(next));
    (felt && !whole.has_channel()).then_some((Reason::Mind, 0.8))
}

/// "Privately dropped", "secretly agreed", "behind closed doors": nobody saw it but those who were there.
fn private(p: &Paragraph<'_>, whole: &Whole<'_, '_>, at: usize) -> Option<(Reason, f32)> {
    let unseen = p.is_phrase(at, &["behind", "closed", "doors"])
        || p.is_phrase(at, &["behind", "the", "scenes"]);
    if unseen && whole.did_something() {
        return Some((Reason::Private, 0.8));
    }
    if !p.is_any(at, &["privately", "secretly"])
        || p.is_any(at + 1, &["held", "owned", "funded", "run"])
    {
        return None;
    }
    let deed = |at: usize| p.has(at, Lex::THOUGHT) || p.is_in(at, &lists::DEEDS);
    let near = [at + 1, at + 2].into_iter().chain(at.checked_sub(1));
    (near.into_iter().any(deed) && !whole.is_examined()).then_some((Reason::Private, 0.8))
}

/// "Ruiz was furious", "the mayor fears": a state of mind of one named person, or of a holder of an office.
fn state(p: &Paragraph<'_>, whole: &Whole<'_, '_>, at: usize) -> Option<(Reason, f32)> {
    if p.is_any(at, &["is", "was", "grew", "became", "remains", "remained", "felt", "feels"]) {
        let adverb = p.is_any(
            at + 1,
            &["also", "now", "still", "increasingly", "deeply", "so", "very", "said", "not"],
        );
        let next = at + 1 + usize::from(adverb);
        // "Determined to have a clot" and "embarrassed by the defeat" are done to somebody.
        let passive = p.is_any(next, &["determined", "convinced"])
            && !p.is_any(next + 1, &["that", "of"])
            || p.is_any(next + 1, &["by"]);
        let found = p.is_in(next, &lists::STATES) && !passive;
        let stated = found
            && is_one_person(p, whole.sentence, at)
            && !whole.has_channel()
            && !whole.is_seen();
        return stated.then_some((Reason::Mind, 0.8));
    }
    let inner =
        p.is_any(at, &["fears", "feared", "resents", "resented", "dreads", "dreaded", "regrets"]);
    let inner = inner && !p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let stated = inner && is_one_person(p, whole.sentence, at) && !whole.has_channel();
    stated.then_some((Reason::Mind, 0.65))
}

fn is_seen(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| {
        let scene = p.is(at, "as") && p.is_any(at + 1, &["he", "she"]);
        let deed = p.has(at + 2, Lex::PAST) || p.text(at + 2).ends_with("ed");
        p.is_in(at, &lists::SEEN) || scene && deed && !p.has(at + 2, Lex::THOUGHT | Lex::AUXILIARY)
    })
}

/// Whether the subject before the verb at `at` is a person by name, a pronoun or a title.
fn is_one_person(p: &Paragraph<'_>, sentence: Span, at: usize) -> bool {
    let Some(head) = at.checked_sub(1).filter(|head| sentence.contains(*head)) else {
        return false;
    };
    let head =
        head.saturating_sub(usize::from(p.is_any(head, &["has", "had", "also", "still", "now"])));
    let list = &p.notes.mentions;
    let number = list.partition_point(|m| (m.span.end as usize) <= head);
    let named = list.get(number).is_some_and(|m| {
        m.kind == MentionKind::Name && m.span.end as usize == head + 1 && m.span.contains(head)
    });
    named || p.is_any(head, &["he", "she"]) || p.has(head, Lex::TITLE) && head > 0
}

/// Why somebody did something: "in a bid to save face", "out of spite", "because she feared".
fn motive(p: &Paragraph<'_>, at: usize) -> Option<(Reason, f32)> {
    if p.is_phrase(at, &["out", "of"])
        && p.is_any(
            at + 2,
            &[
                "fear",
                "spite",
                "anger",
                "revenge",
                "greed",
                "jealousy",
                "frustration",
                "desperation",
            ],
        )
    {
        return Some((Reason::Motive, 0.8));
    }
    let inner = p.is_any(at + 2, &["feared", "resented", "believed", "hated"]);
    if p.is(at, "because") && p.is_any(at + 1, &["he", "she", "they"]) && inner {
        return Some((Reason::Motive, 0.8));
    }
    let purpose = p.is(at, "to")
        && (p.is_any(at + 1, &["curry"]) && p.is_any(at + 2, &["favor", "favour"])
            || p.is_any(at + 1, &["save"]) && p.is(at + 2, "face")
            || p.is_any(at + 1, &["settle"])
                && (p.is(at + 2, "scores") || p.is(at + 2, "a") && p.is(at + 3, "score")));
    if purpose {
        return Some((Reason::Motive, 0.8));
    }
    let bid = p.is(at, "in")
        && (p.is_any(at + 2, &["bid", "effort", "attempt", "hope"]) && p.is(at + 3, "to"));
    bid.then_some((Reason::Motive, 0.45))
}

/// "Lied to voters", "knowingly approved": a wrong that somebody did, where no court, charge or authority stands near.
fn accusation(p: &Paragraph<'_>, whole: &Whole<'_, '_>, at: usize) -> Option<(Reason, f32)> {
    let wrong = p
        .is_any(at, &["bribed", "embezzled", "defrauded", "blackmailed", "swindled", "bilked"])
        || p.is(at, "lied") && p.is_any(at + 1, &["to", "about", "under"])
        || p.is(at, "knowingly") && p.text(at + 1).ends_with("ed");
    // "Was bribed", "being defrauded": the victim, or nobody, is named.
    let before = at.checked_sub(1)?;
    let done = wrong
        && !p.is_any(before, &["was", "were", "been", "being", "be", "is", "are", "and", "or"])
        && !p.has(before, Lex::PREPOSITION | Lex::DETERMINER);
    if !done {
        return None;
    }
    let reach = before.saturating_sub(120)..(at + 120).min(p.tokens().len());
    let on_record =
        reach.into_iter().any(|near| p.is_in(near, &lists::COURTS) || p.has(near, Lex::AUTHORITY));
    (!on_record && !whole.is_doubtful()).then_some((Reason::Accusation, 0.8))
}

/// "Will almost certainly cost", "is doomed to fail": a forecast as a certainty. What is merely likely or expected is said
/// in every paper.
fn forecast(p: &Paragraph<'_>, at: usize) -> Option<(Reason, f32)> {
    let sure = p.is_any(at, &["will", "would"])
        && (p.is_phrase(at + 1, &["almost", "certainly"])
            || p.is_any(at + 1, &["inevitably", "undoubtedly", "surely", "certainly"]));
    let bound = p.is_any(at, &["is", "are"]) && p.is_any(at + 1, &["doomed", "destined"]);
    if (sure || bound && p.is(at + 2, "to")) && !is_nature(p, at) {
        return Some((Reason::Prediction, 0.8));
    }
    let likely = p.is(at, "will") && p.is_any(at + 1, &["likely", "probably"])
        || p.is_any(at, &["is", "are"])
            && p.is_any(at + 1, &["likely", "unlikely"])
            && p.is(at + 2, "to");
    likely.then_some((Reason::Prediction, 0.6))
}

/// Tokens before "will" in which its subject stands.
const SUBJECT: usize = 6;

/// Whether what is foretold is the weather, or what happens in any kitchen.
fn is_nature(p: &Paragraph<'_>, will: usize) -> bool {
    let first = will.saturating_sub(SUBJECT).max(p.sentence_at(will).start as usize);
    (first..will).any(|at| p.is_in(at, &lists::NATURE))
}

/// "Leads with 46 percent", "has the support of 9 percent of young voters": how somebody stands now, which only a poll can
/// tell, where none is named in this paragraph or the one before. The poll is often named further up, so it stays below the
/// threshold.
fn standing(
    p: &Paragraph<'_>,
    before: Option<&Paragraph<'_>>,
    sentence: Span,
) -> Option<(Reason, f32)> {
    let percent = |at: &usize| p.is(*at, "percent") || p.is(*at, "%") || p.is(*at, "points");
    let share = sentence.iter().find(percent)?;
    let reach = share.saturating_sub(12)..(share + 8).min(sentence.end as usize);
    let now =
        reach.into_iter().any(|at| sentence.contains(at) && p.is_in(at, &lists::STANDING_NOW));
    let people =
        |at: usize| p.is_any(at, &["voters", "americans", "respondents", "adults", "residents"]);
    let asked = sentence.iter().any(people);
    let polled =
        |p: &Paragraph<'_>, span: Span| span.iter().take(400).any(|at| p.has(at, Lex::POLL));
    let known = polled(p, p.span()) || before.is_some_and(|before| polled(before, before.span()));
    let counted = sentence.iter().any(|at| p.is_in(at, &lists::COUNTED));
    (now && asked && !known && !counted).then_some((Reason::Poll, 0.6))
}

/// Whether a stretch of copy has speech marks in it, so that what it says of somebody is backed by their words.
pub(super) fn is_quoting(p: &Paragraph<'_>, span: Span) -> bool {
    span.iter().any(|at| p.token(at).is_some_and(|t| t.kind == TokenKind::Quote))
}
