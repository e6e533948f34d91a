//! The kinds of claim that a desk sends back: what somebody thinks or feels, what happened in private, why somebody did
//! something, what somebody is accused of, and what is bound to happen. Each is read off a few words and is only as sure as
//! those words are in published copy. Sums, shares, counts, results, prizes and filings are on the public record; they
//! weigh in the regression and reach no threshold by themselves.

use super::Reason;
use crate::annotate::{MentionKind, Paragraph};
use crate::lang::en::Lex;
use crate::segment::{Span, TokenFlags, TokenKind};

/// Tokens around a word in which the rest of a phrase may stand.
const REACH: usize = 5;

/// Words by which a state of mind became known, so that somebody stands behind it.
const CHANNELS: [&str; 24] = [
    "statement",
    "letter",
    "interview",
    "speech",
    "tweet",
    "tweeted",
    "post",
    "email",
    "e-mail",
    "publicly",
    "openly",
    "comments",
    "remarks",
    "news",
    "conference",
    "testimony",
    "twitter",
    "facebook",
    "memoir",
    "diary",
    "condolences",
    "sympathy",
    "thanks",
    "gratitude",
];

/// The strongest kind of claim that a sentence makes, with how sure its words are.
pub(super) fn kind(
    p: &Paragraph<'_>,
    before: Option<&Paragraph<'_>>,
    sentence: Span,
) -> Option<(Reason, f32)> {
    let mut best = standing(p, before, sentence);
    for at in sentence.iter().filter(|&at| has(p, at, Lex::CLAIM_CUE)) {
        for found in [
            shown(p, sentence, at),
            private(p, sentence, at),
            state(p, sentence, at),
            motive(p, at),
            accusation(p, sentence, at),
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

pub(super) fn any(p: &Paragraph<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|word| p.is(at, word))
}

pub(super) fn has(p: &Paragraph<'_>, at: usize, class: Lex) -> bool {
    p.token(at).is_some_and(|t| t.lex.intersects(class))
}

fn has_channel(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| any(p, at, &CHANNELS)) || is_in_public(p, sentence)
}

/// Bodies that meet in public.
const BODIES: [&str; 14] = [
    "council",
    "board",
    "committee",
    "commission",
    "parliament",
    "assembly",
    "senate",
    "house",
    "public",
    "town",
    "city",
    "school",
    "shareholders",
    "annual",
];

/// Whether a sentence tells of what was said or done in public: at a hearing, on a stage, before a board.
fn is_in_public(p: &Paragraph<'_>, sentence: Span) -> bool {
    let closed = ["private", "privately", "closed", "closed-door", "internal", "behind"];
    if sentence.iter().any(|at| any(p, at, &closed)) {
        return false;
    }
    let bodies = sentence.iter().any(|at| any(p, at, &BODIES));
    let held = |at: usize| {
        let first = at.saturating_sub(4).max(sentence.start as usize);
        let leads = ["at", "in", "during", "before", "after", "from", "to", "throughout"];
        (first..at).any(|lead| any(p, lead, &leads))
    };
    sentence.iter().any(|at| {
        let event = any(
            p,
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
        let meeting = any(p, at, &["meeting", "meetings", "session"]) && bodies;
        let before =
            p.is(at, "before") && has(p, at + 1, Lex::DETERMINER) && any(p, at + 2, &BODIES);
        // "In court", "on national television".
        let air = any(p, at, &["television", "tv", "radio", "air", "camera", "stage", "podcast"])
            && (at.saturating_sub(3)..at).any(|on| any(p, on, &["on", "in"]))
            || p.is(at, "court") && at.checked_sub(1).is_some_and(|at| p.is(at, "in"));
        any(p, at, &["testified", "testifying", "testifies"])
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
            && at.checked_sub(1).is_some_and(|at| has(p, at, Lex::PREPOSITION | Lex::MONTH))
    })
}

/// Words that show that a work of fiction is spoken of, also in the sentences around.
const WORKS: [&str; 16] = [
    "film",
    "films",
    "movie",
    "movies",
    "novel",
    "novels",
    "opera",
    "operas",
    "sitcom",
    "sequel",
    "trilogy",
    "protagonist",
    "heroine",
    "screenplay",
    "playwright",
    "fictional",
];

/// Whether what a sentence tells happens in a story: a work is named in it or around it, or a part of one.
fn is_fiction(p: &Paragraph<'_>, before: Option<&Paragraph<'_>>, sentence: Span) -> bool {
    let part = |at: usize| {
        let order = ["first", "second", "third", "fourth", "final", "last", "opening", "closing"];
        let part = any(p, at, &["act", "scene", "chapter", "episode"]);
        part && at.checked_sub(1).is_some_and(|at| any(p, at, &order))
            || p.is_phrase(at, &["on", "screen"])
            || p.is_phrase(at, &["on", "stage"])
    };
    let work = |p: &Paragraph<'_>, at: usize| {
        let show = any(p, at, &["play", "musical", "ballet", "drama"]);
        show && at.checked_sub(1).is_some_and(|at| has(p, at, Lex::DETERMINER))
            || p.is_phrase(at, &["video", "game"])
            || any(p, at, &WORKS)
    };
    let near = (sentence.start as usize).saturating_sub(AROUND)..sentence.end as usize + AROUND;
    let told = |p: &Paragraph<'_>| (0..p.tokens().len().min(AROUND)).any(|at| work(p, at));
    // What is played on a field is none.
    let sport =
        ["game", "games", "app", "bee", "bees", "whale", "whales", "band", "played", "plays"];
    let capital = |at: usize| p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let cup = |at: usize| p.is(at, "series") && (capital(at) || p.is(at + 1, "of"));
    let named = |at: usize| has(p, at, Lex::FICTION) && !any(p, at, &sport) && !cup(at);
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
        us || any(p, at, &["i", "we", "our", "my", "you", "your"])
    })
}

/// "Expressed his willingness", "voiced doubt": a state of mind is shown, by no letter, speech or interview.
fn shown(p: &Paragraph<'_>, sentence: Span, at: usize) -> Option<(Reason, f32)> {
    let verb =
        any(p, at, &["expressed", "expresses", "harbored", "harboured", "harbors", "nursed"]);
    let mind =
        |at: usize| has(p, at, Lex::MIND) && !any(p, at, &["concerned", "considers", "sees"]);
    let felt = verb && (at + 1..at + REACH).any(|next| sentence.contains(next) && mind(next));
    (felt && !has_channel(p, sentence)).then_some((Reason::Mind, 0.8))
}

/// "Privately dropped", "secretly agreed", "behind closed doors": nobody saw it but those who were there.
fn private(p: &Paragraph<'_>, sentence: Span, at: usize) -> Option<(Reason, f32)> {
    let unseen = p.is_phrase(at, &["behind", "closed", "doors"])
        || p.is_phrase(at, &["behind", "the", "scenes"]);
    if unseen && did_something(p, sentence) {
        return Some((Reason::Private, 0.8));
    }
    if !any(p, at, &["privately", "secretly"])
        || any(p, at + 1, &["held", "owned", "funded", "run"])
    {
        return None;
    }
    const DEEDS: [&str; 18] = [
        "express",
        "expressed",
        "expresses",
        "urged",
        "agreed",
        "dropped",
        "decided",
        "approved",
        "offered",
        "admitted",
        "conceded",
        "pressed",
        "lobbied",
        "vowed",
        "promised",
        "plotted",
        "abandoned",
        "fear",
    ];
    let deed = |at: usize| has(p, at, Lex::THOUGHT) || any(p, at, &DEEDS);
    // A court's finding is on the record, and interviews are how the reporter knows.
    let charged = sentence.iter().any(|at| {
        any(p, at, &["charged", "court", "convicted", "trial", "interviewed", "interviews"])
    });
    let near = [at + 1, at + 2].into_iter().chain(at.checked_sub(1));
    (near.into_iter().any(deed) && !charged).then_some((Reason::Private, 0.8))
}

/// Whether a verb of agreement or decision stands in the sentence: where people merely meet, a door tells nothing.
fn did_something(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| any(p, at, &["agreed", "decided", "pressed", "urged", "struck"]))
}

/// What somebody is said to be inside: no look and no deed shows it without a witness.
const STATES: [&str; 20] = [
    "furious",
    "angry",
    "frustrated",
    "unhappy",
    "convinced",
    "determined",
    "reluctant",
    "unwilling",
    "worried",
    "alarmed",
    "anxious",
    "afraid",
    "outraged",
    "resentful",
    "bitter",
    "embarrassed",
    "ashamed",
    "jealous",
    "terrified",
    "skeptical",
];

/// "Ruiz was furious", "the mayor fears": a state of mind of one named person, or of a holder of an office.
fn state(p: &Paragraph<'_>, sentence: Span, at: usize) -> Option<(Reason, f32)> {
    if any(p, at, &["is", "was", "grew", "became", "remains", "remained", "felt", "feels"]) {
        let adverb = any(
            p,
            at + 1,
            &["also", "now", "still", "increasingly", "deeply", "so", "very", "said", "not"],
        );
        let next = at + 1 + usize::from(adverb);
        // "Determined to have a clot" and "embarrassed by the defeat" are done to somebody.
        let passive = any(p, next, &["determined", "convinced"])
            && !any(p, next + 1, &["that", "of"])
            || any(p, next + 1, &["by"]);
        let found = any(p, next, &STATES) && !passive;
        let known = has_channel(p, sentence) || is_seen(p, sentence);
        let stated = found && is_one_person(p, sentence, at) && !known;
        return stated.then_some((Reason::Mind, 0.8));
    }
    let inner =
        any(p, at, &["fears", "feared", "resents", "resented", "dreads", "dreaded", "regrets"]);
    let inner = inner && !p.token(at).is_some_and(|t| t.flags.contains(TokenFlags::CAPITAL));
    let stated = inner && is_one_person(p, sentence, at) && !has_channel(p, sentence);
    stated.then_some((Reason::Mind, 0.65))
}

/// Whether a sentence tells what anybody there could see: "furious as he left the field", "visibly angry".
fn is_seen(p: &Paragraph<'_>, sentence: Span) -> bool {
    const SEEN: [&str; 36] = [
        "penalty",
        "foul",
        "inning",
        "innings",
        "visibly",
        "shouted",
        "shouting",
        "screamed",
        "screaming",
        "yelled",
        "yelling",
        "threw",
        "throwing",
        "wept",
        "weeping",
        "crying",
        "tears",
        "fist",
        "fists",
        "stormed",
        "storming",
        "walked",
        "walking",
        "stalked",
        "marched",
        "paced",
        "pacing",
        "waved",
        "waving",
        "whistle",
        "referee",
        "umpire",
        "sideline",
        "sidelines",
        "dugout",
        "halftime",
    ];
    sentence.iter().any(|at| {
        let scene = p.is(at, "as") && any(p, at + 1, &["he", "she"]);
        let deed = has(p, at + 2, Lex::PAST) || p.text(at + 2).ends_with("ed");
        any(p, at, &SEEN) || scene && deed && !has(p, at + 2, Lex::THOUGHT | Lex::AUXILIARY)
    })
}

/// Whether the subject before the verb at `at` is a person by name, a pronoun or a title.
fn is_one_person(p: &Paragraph<'_>, sentence: Span, at: usize) -> bool {
    let Some(head) = at.checked_sub(1).filter(|head| sentence.contains(*head)) else {
        return false;
    };
    let head =
        head.saturating_sub(usize::from(any(p, head, &["has", "had", "also", "still", "now"])));
    let list = &p.notes.mentions;
    let number = list.partition_point(|m| (m.span.end as usize) <= head);
    let named = list.get(number).is_some_and(|m| {
        m.kind == MentionKind::Name && m.span.end as usize == head + 1 && m.span.contains(head)
    });
    named || any(p, head, &["he", "she"]) || has(p, head, Lex::TITLE) && head > 0
}

/// Why somebody did something: "in a bid to save face", "out of spite", "because she feared".
fn motive(p: &Paragraph<'_>, at: usize) -> Option<(Reason, f32)> {
    if p.is_phrase(at, &["out", "of"])
        && any(
            p,
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
    let inner = any(p, at + 2, &["feared", "resented", "believed", "hated"]);
    if p.is(at, "because") && any(p, at + 1, &["he", "she", "they"]) && inner {
        return Some((Reason::Motive, 0.8));
    }
    let purpose = p.is(at, "to")
        && (any(p, at + 1, &["curry"]) && any(p, at + 2, &["favor", "favour"])
            || any(p, at + 1, &["save"]) && p.is(at + 2, "face")
            || any(p, at + 1, &["settle"])
                && (p.is(at + 2, "scores") || p.is(at + 2, "a") && p.is(at + 3, "score")));
    if purpose {
        return Some((Reason::Motive, 0.8));
    }
    let bid = p.is(at, "in")
        && (any(p, at + 2, &["bid", "effort", "attempt", "hope"]) && p.is(at + 3, "to"));
    bid.then_some((Reason::Motive, 0.45))
}

/// "Lied to voters", "knowingly approved": a wrong that somebody did, where no court, charge or authority stands near.
fn accusation(p: &Paragraph<'_>, sentence: Span, at: usize) -> Option<(Reason, f32)> {
    let wrong =
        any(p, at, &["bribed", "embezzled", "defrauded", "blackmailed", "swindled", "bilked"])
            || p.is(at, "lied") && any(p, at + 1, &["to", "about", "under"])
            || p.is(at, "knowingly") && p.text(at + 1).ends_with("ed");
    // "Was bribed", "being defrauded": the victim, or nobody, is named.
    let before = at.checked_sub(1)?;
    let done = wrong
        && !any(p, before, &["was", "were", "been", "being", "be", "is", "are", "and", "or"])
        && !has(p, before, Lex::PREPOSITION | Lex::DETERMINER);
    if !done {
        return None;
    }
    let reach = before.saturating_sub(120)..(at + 120).min(p.tokens().len());
    const COURTS: [&str; 22] = [
        "court",
        "trial",
        "judge",
        "jury",
        "charged",
        "charges",
        "convicted",
        "guilty",
        "pleaded",
        "sentenced",
        "indicted",
        "lawsuit",
        "serving",
        "prison",
        "jail",
        "jailed",
        "arrest",
        "arrested",
        "fined",
        "plea",
        "parole",
        "opera",
    ];
    let on_record =
        reach.into_iter().any(|near| any(p, near, &COURTS) || has(p, near, Lex::AUTHORITY));
    let doubtful =
        sentence.iter().any(|near| any(p, near, &["whether", "if", "not", "never", "accused"]));
    (!on_record && !doubtful).then_some((Reason::Accusation, 0.8))
}

/// "Will almost certainly cost", "is doomed to fail": a forecast as a certainty. What is merely likely or expected is said
/// in every paper.
fn forecast(p: &Paragraph<'_>, at: usize) -> Option<(Reason, f32)> {
    let sure = any(p, at, &["will", "would"])
        && (p.is_phrase(at + 1, &["almost", "certainly"])
            || any(p, at + 1, &["inevitably", "undoubtedly", "surely", "certainly"]));
    let bound = any(p, at, &["is", "are"]) && any(p, at + 1, &["doomed", "destined"]);
    if (sure || bound && p.is(at + 2, "to")) && !is_nature(p, at) {
        return Some((Reason::Prediction, 0.8));
    }
    let likely = p.is(at, "will") && any(p, at + 1, &["likely", "probably"])
        || any(p, at, &["is", "are"])
            && any(p, at + 1, &["likely", "unlikely"])
            && p.is(at + 2, "to");
    likely.then_some((Reason::Prediction, 0.6))
}

/// Tokens before "will" in which its subject stands.
const SUBJECT: usize = 6;

/// Whether what is foretold is the weather, or what happens in any kitchen.
fn is_nature(p: &Paragraph<'_>, will: usize) -> bool {
    const NATURE: [&str; 42] = [
        "species",
        "lake",
        "lakes",
        "pond",
        "rain",
        "rains",
        "snow",
        "sleet",
        "hail",
        "ice",
        "frost",
        "fog",
        "storm",
        "storms",
        "wind",
        "winds",
        "temperatures",
        "sun",
        "thunderstorms",
        "showers",
        "clouds",
        "tide",
        "tides",
        "drizzle",
        "heat",
        "dough",
        "batter",
        "sauce",
        "cake",
        "bread",
        "butter",
        "sugar",
        "egg",
        "eggs",
        "onions",
        "garlic",
        "crust",
        "soup",
        "meat",
        "cheese",
        "seedlings",
        "soil",
    ];
    let first = will.saturating_sub(SUBJECT).max(p.sentence_at(will).start as usize);
    (first..will).any(|at| any(p, at, &NATURE))
}

/// "Leads with 46 percent", "has the support of 9 percent of young voters": how somebody stands now, which only a poll can
/// tell, where none is named in this paragraph or the one before. The poll is often named further up, so it stays below the
/// threshold.
fn standing(
    p: &Paragraph<'_>,
    before: Option<&Paragraph<'_>>,
    sentence: Span,
) -> Option<(Reason, f32)> {
    const NOW: [&str; 12] = [
        "leads",
        "lead",
        "trails",
        "trail",
        "sits",
        "stands",
        "support",
        "supports",
        "approve",
        "disapprove",
        "oppose",
        "favor",
    ];
    const PAST: [&str; 14] = [
        "won",
        "votes",
        "counted",
        "turnout",
        "ballots",
        "results",
        "elected",
        "precincts",
        "seats",
        "delegates",
        "received",
        "shares",
        "tax",
        "budget",
    ];
    let percent = |at: &usize| p.is(*at, "percent") || p.is(*at, "%") || p.is(*at, "points");
    let share = sentence.iter().find(percent)?;
    let reach = share.saturating_sub(12)..(share + 8).min(sentence.end as usize);
    let now = reach.into_iter().any(|at| sentence.contains(at) && any(p, at, &NOW));
    let people =
        |at: usize| any(p, at, &["voters", "americans", "respondents", "adults", "residents"]);
    let asked = sentence.iter().any(people);
    let polled =
        |p: &Paragraph<'_>, span: Span| span.iter().take(400).any(|at| has(p, at, Lex::POLL));
    let known = polled(p, p.span()) || before.is_some_and(|before| polled(before, before.span()));
    let counted = sentence.iter().any(|at| any(p, at, &PAST));
    (now && asked && !known && !counted).then_some((Reason::Poll, 0.6))
}

/// Whether a stretch of copy has speech marks in it, so that what it says of somebody is backed by their words.
pub(super) fn is_quoting(p: &Paragraph<'_>, span: Span) -> bool {
    span.iter().any(|at| p.token(at).is_some_and(|t| t.kind == TokenKind::Quote))
}
