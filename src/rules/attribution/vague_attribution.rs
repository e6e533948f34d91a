//! `vague-attribution`: experts, critics and reports that nobody can check.

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::phrases::{
    self, FUNCTION, NAMELESS, Speaker, flagged, has, is_adverb, is_any, is_name, is_word, mark,
};
use crate::rules::{Check, Context, Findings, Group, Rule, slots, unnamed};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "vague-attribution",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A claim rests on a group that nobody can check",
    what: "Experts, analysts, critics, observers, \"some\" or \"reports\" with a verb of speech or thought, \"according \
           to sources\", \"it is widely believed\". Silent where the group has an affiliation (\"analysts at Moody's\") \
           or was introduced before (\"the analysts said\"), where a member is named (\"including ...\"), where somebody \
           speaks by name right after and does not object, or later in the paragraph as one of the group (\"Ana Ruiz, an \
           analyst\"), and where the group merely does something.",
    why: "A nameless group lends authority that no reader can check, and may be one person or none.",
    bad: &[
        "Analysts say the bond is overpriced.",
        "The mayor will resign, according to reports.",
        "It is widely believed that she knew.",
    ],
    good: &[
        "Analysts at Fitch say the bond is overpriced.",
        "Some experts, including Ana Ruiz of the University of Porto, say so.",
        "Critics say it is cruel. \"It breaks families,\" said Joe Ortiz of the Harbor Mission.",
        "She invited four shipping experts.",
    ],
    fix: "There is no fix: only the writer knows who said so. Name one member of the group with an affiliation, or cut \
          the claim.",
    check: Check::Story(check),
};

/// Words that a vague source has in it.
const OPENERS: Lex = Lex::GROUP.union(Lex::QUANTIFIER).union(Lex::REPORTS).union(Lex::IMPERSONAL);

/// A vague source.
struct Vague {
    span: Span,
    confidence: f32,
    /// Whether a named member in the sentences that follow makes up for it.
    of_people: bool,
}

/// The vague sources of a paragraph.
static FOUND: Slot<Vec<Vague>> = Slot::new(slots::VAGUE);

fn all(p: &Paragraph<'_>) -> Option<Vec<Vague>> {
    let list: Vec<Vague> = phrases::with_class(p, OPENERS).filter_map(|at| vague(p, at)).collect();
    (!list.is_empty()).then_some(list)
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let paragraphs: Vec<&Paragraph<'_>> = phrases::prose(story).collect();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        for found in paragraph.memo(&FOUND, all).into_iter().flatten() {
            let next = paragraphs.get(number + 1).copied();
            let confidence = found.confidence * backing(paragraph, next, found);
            let text = paragraph.clean(found.span);
            findings.push(
                paragraph,
                Diagnostic::new(
                    paragraph.bytes(found.span),
                    format!("`{text}`: nobody whom a reader could check"),
                    "Name at least one of them, with what makes them worth hearing, or cut the claim.",
                )
                .confidence(confidence),
            );
        }
    }
}

/// The vague source that stands at token `at`, if one does.
fn vague(p: &Paragraph<'_>, at: usize) -> Option<Vague> {
    let word = p.token(at)?.lex;
    let people = |span, confidence| Some(Vague { span, confidence, of_people: true });
    if word.intersects(Lex::GROUP) {
        let (span, confidence) = group(p, at)?;
        return people(span, confidence);
    }
    if word.intersects(Lex::QUANTIFIER) {
        return people(quantifier(p, at)?, 0.6);
    }
    if word.intersects(Lex::REPORTS) {
        let span = reports(p, at)?;
        return Some(Vague { span, confidence: 0.7, of_people: false });
    }
    if !word.intersects(Lex::IMPERSONAL) {
        return None;
    }
    if is_any(p, at, &["study", "studies", "research"]) {
        let span = study(p, at)?;
        return Some(Vague { span, confidence: 0.6, of_people: false });
    }
    if p.is(at, "according") {
        let span = according_to(p, at)?;
        return Some(Vague { span, confidence: 0.8, of_people: false });
    }
    let (span, confidence) = impersonal(p, at)?;
    Some(Vague { span, confidence, of_people: false })
}

/// "political analysts say", "critics of the plan have slammed", ", experts said".
fn group(p: &Paragraph<'_>, head: usize) -> Option<(Span, f32)> {
    let start = noun_phrase(p, head)?;
    let verb = verb_after(p, head + 1).or_else(|| after_modifier(p, head));
    if let Some(verb) = verb {
        let journalists = is_any(p, head, &["journalists", "commentators", "historians"]);
        let told = is_any(p, verb, &["said", "say", "noted", "note", "believe", "argue", "argued"]);
        // Journalists ask, report and write as their day's work; only what they hold is vague.
        let says = (!journalists || told) && asserts(p, verb) && !is_review(p, head, verb);
        return says.then(|| (Span::new(start, verb + 1), 0.75));
    }
    let verb = start.checked_sub(1)?;
    let closed = mark(p, head + 1) != '\0' || head + 1 == p.tokens().len();
    let opened = verb > 0 && (mark(p, verb - 1) == ',' || is_quote(p, verb - 1));
    let inverted = has(p, verb, Lex::SPEECH) && opened && closed;
    inverted.then(|| (Span::new(verb, head + 1), 0.7))
}

fn is_quote(p: &Paragraph<'_>, at: usize) -> bool {
    p.token(at).is_some_and(|token| token.kind == TokenKind::Quote)
}

/// What makes a group definite, counted or somebody's: such a group was introduced, or can be.
const DEFINITE: [&str; 26] = [
    "of", "the", "these", "those", "both", "his", "her", "their", "its", "our", "all", "no", "a",
    "an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "who", "by",
    "from",
];

/// Words that stand before a noun phrase without being part of it.
const BEFORE_PHRASE: [&str; 8] = ["even", "what", "how", "why", "not", "like", "including", "told"];

/// Where the indefinite noun phrase with its head at `head` starts; `None` if it is definite, counted or affiliated.
fn noun_phrase(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    let mut start = head;
    while let Some(before) = start.checked_sub(1).filter(|at| is_word(p, *at) && head - at <= 4) {
        if is_affiliation(p, before, head) || is_any(p, before, &DEFINITE) {
            return None;
        }
        let quantifier = has(p, before, Lex::QUANTIFIER);
        let other = FUNCTION | Lex::SPEECH | Lex::THOUGHT | Lex::UNIT;
        if !quantifier && (has(p, before, other) || is_any(p, before, &BEFORE_PHRASE)) {
            break;
        }
        start = before;
    }
    Some(start)
}

/// Whether the word at `before` says whose experts they are ("Moody's", "Harbor Bank").
fn is_affiliation(p: &Paragraph<'_>, before: usize, head: usize) -> bool {
    if flagged(p, before, TokenFlags::CLITIC) {
        return true;
    }
    let first = phrases::opens_sentence(p, before);
    is_name(p, before) && (!first || before + 1 != head && !has(p, before, Lex::QUANTIFIER))
}

/// The verb of speech or thought that follows at `from`, adverbs and auxiliaries skipped; passives do not count.
fn verb_after(p: &Paragraph<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    let (mut auxiliary, mut passive) = (false, false);
    while at < from + 4 && (has(p, at, Lex::AUXILIARY) || is_adverb(p, at)) {
        auxiliary |= has(p, at, Lex::AUXILIARY);
        passive |= is_any(p, at, &["are", "were", "been", "be", "being", "is", "was", "'re"]);
        at += 1;
    }
    if !has(p, at, Lex::SPEECH | Lex::THOUGHT | Lex::VERDICT) || flagged(p, at, TokenFlags::CAPITAL)
    {
        return None;
    }
    let participle = p.text(at).ends_with("ing");
    let reported = if participle { passive || auxiliary } else { !passive };
    reported.then_some(at)
}

/// Verbs that say or hold something only with a clause or quoted words: by themselves they take things ("claimed two seats",
/// "wrote letters", "asked for autographs") or tell what was done ("testified for two days", "felt the ground shake").
const TAKING: [&str; 46] = [
    "claim",
    "claims",
    "claimed",
    "claiming",
    "note",
    "notes",
    "noted",
    "noting",
    "write",
    "writes",
    "wrote",
    "written",
    "tell",
    "tells",
    "told",
    "observe",
    "observed",
    "report",
    "reported",
    "testify",
    "testifies",
    "testified",
    "shout",
    "shouted",
    "yell",
    "yelled",
    "ask",
    "asks",
    "asked",
    "quote",
    "quoted",
    "promise",
    "promised",
    "respond",
    "responded",
    "reply",
    "replied",
    "comment",
    "commented",
    "feel",
    "feels",
    "felt",
    "know",
    "knows",
    "knew",
    "posted",
];

/// People who have a part in what happens, so that what they hope for is seen.
const DOERS: [&str; 6] =
    ["onlookers", "supporters", "opponents", "proponents", "journalists", "watchers"];

/// What is said without saying anything.
const EMPTY: [&str; 14] = [
    "goodbye", "goodbyes", "farewell", "hello", "thanks", "yes", "no", "nothing", "little",
    "prayers", "grace", "amen", "cheese", "so",
];

/// Whether the verb of speech at `verb` has something that is said: an argument with somebody, a seat that is claimed and a
/// profit that was expected are no assertions that a reader could check.
fn asserts(p: &Paragraph<'_>, verb: usize) -> bool {
    let next = (verb + 1..verb + 4).find(|at| !is_adverb(p, *at)).unwrap_or(verb + 1);
    if is_any(p, verb, &["argue", "argues", "argued", "arguing"]) {
        let span = [
            "hour", "hours", "minutes", "day", "days", "night", "nights", "weeks", "months",
            "years",
        ];
        let lasted = p.is(next, "for") && (next + 1..next + 4).any(|at| is_any(p, at, &span));
        let quarrel = ["with", "over", "about", "among", "at", "on", "outside"];
        let held = (next + 1..next + CLAUSE).find(|at| mark(p, *at) != '\0' || p.is(*at, "that"));
        return !lasted && (!is_any(p, next, &quarrel) || held.is_some_and(|at| p.is(at, "that")));
    }
    if is_any(p, verb, &["told", "tell", "tells"]) && p.is(next, "that") {
        // They were told.
        return false;
    }
    if is_any(p, verb, &["say", "says", "said"]) {
        let ends = |at: usize| !is_word(p, at) || has(p, at, FUNCTION);
        return !(is_any(p, next, &EMPTY)
            && ends(next + 1)
            && !has(p, next + 1, Lex::PRONOUN | Lex::AUXILIARY));
    }
    if is_consensus(p, verb) && !p.is(next, "that") && !says_clause(p, next) {
        return false;
    }
    if is_any(p, verb, &["describe", "describes", "described"]) {
        return (next..next + CLAUSE).any(|at| p.is(at, "as"));
    }
    let him = is_any(p, next, &["him", "her", "them", "us", "me"]);
    if is_any(p, verb, &["believe", "believed", "think", "thought"]) {
        return !him && !has(p, next, Lex::PREPOSITION);
    }
    let wish = is_any(p, verb, &["hope", "hoped", "hopes", "want", "wants", "wanted"]);
    let doers = (verb.saturating_sub(3)..verb).any(|at| is_any(p, at, &DOERS));
    if !(is_any(p, verb, &TAKING) || wish && doers) {
        return true;
    }
    let clause = p.is(next, "that")
        || has(p, next, Lex::PRONOUN) && !him
        || mark(p, next) != '\0'
        || is_quote(p, next)
        || next >= p.tokens().len();
    clause || says_clause(p, next)
}

/// Tokens behind a verb of speech in which the verb of what is said stands.
const CLAUSE: usize = 14;

/// Words that follow a verb rather than a noun.
const MUCH: [&str; 8] = ["too", "so", "more", "less", "nothing", "little", "far", "well"];

/// Whether a clause without "that" follows: "claimed the vote was rigged", "claims the plan costs".
fn says_clause(p: &Paragraph<'_>, from: usize) -> bool {
    let hangs = [
        "than", "until", "when", "while", "as", "because", "since", "if", "although", "though",
        "where", "before", "after",
    ];
    let until = (from..from + CLAUSE).find(|at| mark(p, *at) != '\0' || is_any(p, *at, &hangs));
    (from + 1..until.unwrap_or(from + CLAUSE)).any(|at| {
        let text = p.text(at);
        let noun = p.text(at - 1);
        let present = text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && at > from + 1
            && is_word(p, at - 1)
            && !noun.ends_with('s')
            && !has(p, at, Lex::UNIT)
            && !has(p, at - 1, FUNCTION | Lex::QUANTIFIER | Lex::UNIT)
            && !is_any(p, at - 1, &unnamed::COUNTS)
            && (has(p, at + 1, FUNCTION) || is_adverb(p, at + 1) || is_any(p, at + 1, &MUCH));
        // No plural follows "this", so that an "s" is the verb's.
        let this = p.is(at - 1, "this") && text.ends_with('s');
        phrases::is_finite(p, at) || present || this || is_quote(p, at) || p.is(at, "that")
    })
}

/// Whether the verb tells what the market expected, in numbers: the consensus that business copy sets beside a result.
fn is_consensus(p: &Paragraph<'_>, verb: usize) -> bool {
    const FORESEEN: [&str; 16] = [
        "expect",
        "expects",
        "expected",
        "expecting",
        "predict",
        "predicted",
        "forecast",
        "forecasted",
        "estimate",
        "estimated",
        "estimates",
        "project",
        "projected",
        "anticipate",
        "anticipated",
        "estimating",
    ];
    let market = ["analysts", "economists", "strategists"];
    let theirs = (verb.saturating_sub(4)..verb).any(|at| is_any(p, at, &market));
    let number = |at: usize| {
        mark(p, at) == '$' || p.token(at).is_some_and(|token| token.kind == TokenKind::Number)
    };
    let end = (p.sentence_at(verb).end as usize).min(verb + CLAUSE);
    let year = |at: usize| p.text(at).len() == 4 && !is_any(p, at.saturating_sub(1), &["$"]);
    theirs && is_any(p, verb, &FORESEEN) && (verb + 1..end).any(|at| number(at) && !year(at))
}

/// Whether critics praise or blame a work of art, as is their trade.
fn is_review(p: &Paragraph<'_>, head: usize, verb: usize) -> bool {
    let end = (p.sentence_at(verb).end as usize).min(verb + CLAUSE);
    p.is(head, "critics")
        && has(p, verb, Lex::VERDICT)
        && (verb + 1..end).any(|at| has(p, at, Lex::FICTION) || is_any(p, at, &WORKS))
}

/// Works of art that [`Lex::FICTION`] does not hold.
const WORKS: [&str; 21] = [
    "meal",
    "menu",
    "wine",
    "play",
    "opera",
    "concert",
    "exhibition",
    "performance",
    "performances",
    "painting",
    "paintings",
    "musical",
    "show",
    "debut",
    "memoir",
    "poems",
    "poetry",
    "dish",
    "restaurant",
    "ballet",
    "score",
];

/// "critics of the plan say": a modifier without a name between head and verb.
fn after_modifier(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    if !p.is(head + 1, "of")
        || !is_any(p, head, &["critics", "observers", "detractors", "skeptics", "sceptics"])
    {
        return None;
    }
    let mut at = head + 2;
    while at < head + 8 && is_word(p, at) && !flagged(p, at, TokenFlags::CAPITAL) {
        if let Some(verb) = verb_after(p, at).filter(|_| at > head + 2) {
            return Some(verb);
        }
        at += 1;
    }
    None
}

/// "Some say", "many have argued": nobody in particular, in general.
fn quantifier(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    if !is_any(p, at, &["some", "many", "others", "most"]) {
        return None;
    }
    let clause = phrases::opens_sentence(p, at)
        || is_any(p, at - 1, &["while", "although", "though", "but", "and", "what", "as"])
        || mark(p, at - 1) == ',';
    let verb = verb_after(p, at + 1)?;
    let present =
        ["say", "believe", "argue", "think", "claim", "contend", "fear", "suspect", "suggest"];
    let perfect = [
        "said",
        "suggested",
        "argued",
        "questioned",
        "speculated",
        "criticized",
        "criticised",
        "claimed",
        "called",
    ];
    let general = verb == at + 1 && is_any(p, verb, &present)
        || is_any(p, at + 1, &["have"]) && is_any(p, verb, &perfect);
    // "Some say they will leave" is about people whom the copy has met.
    let met = is_any(p, verb + 1, &["they", "their", "yes", "no"]) || answers(p, at);
    (clause && general && !met && asserts(p, verb)).then(|| Span::new(at, verb + 1))
}

/// Whether the sentence before gives the shares of a poll, whose people the words count on.
fn answers(p: &Paragraph<'_>, at: usize) -> bool {
    let start = p.sentence_at(at).start as usize;
    let before = phrases::sentence_before(p, start).unwrap_or_default();
    before.iter().any(|at| has(p, at, Lex::SHARE | Lex::POLL))
}

/// "Initial reports suggested", "rumors say".
fn reports(p: &Paragraph<'_>, head: usize) -> Option<Span> {
    if !is_any(p, head, &["reports", "rumors", "rumours", "speculation"]) {
        return None;
    }
    let start = reports_start(p, head)?;
    let verb = verb_after(p, head + 1)?;
    let says =
        has(p, verb, Lex::SPEECH) || is_any(p, verb, &["indicate", "indicates", "indicated"]);
    (says && asserts(p, verb)).then(|| Span::new(start, verb + 1))
}

/// The press as such is no more than a rumour.
const PRESS: [&str; 3] = ["media", "newspaper", "network"];

/// What makes a report a document, or the word of somebody who was there.
const DOCUMENTS: [&str; 14] = [
    "earnings",
    "financial",
    "annual",
    "quarterly",
    "economic",
    "weather",
    "intelligence",
    "autopsy",
    "toxicology",
    "school",
    "book",
    "eyewitness",
    "witness",
    "expense",
];

/// Where the noun phrase of "reports" starts; `None` if they are somebody's reports.
fn reports_start(p: &Paragraph<'_>, head: usize) -> Option<usize> {
    let start = noun_phrase(p, head)?;
    let ours = |at: usize| {
        has(p, at, Lex::AUTHORITY | Lex::UNNAMED) && !is_any(p, at, &PRESS)
            || is_any(p, at, &DOCUMENTS)
    };
    (!(start..head).any(ours)).then_some(start)
}

/// "according to sources", "according to media reports", "according to some experts".
fn according_to(p: &Paragraph<'_>, at: usize) -> Option<Span> {
    let head = (at + 2..at + 6)
        .find(|head| has(p, *head, Lex::GROUP | Lex::REPORTS) || is_any(p, *head, &["sources"]))?;
    let modifiers = at + 2..head;
    let free = |word: usize| {
        let flags = TokenFlags::CAPITAL | TokenFlags::CLITIC;
        let plain = p.token(word).is_some_and(|token| !token.flags.intersects(flags));
        let owned = has(p, word, FUNCTION | Lex::AUTHORITY) && !is_any(p, word, &PRESS);
        let quantifier = has(p, word, Lex::QUANTIFIER);
        is_word(p, word) && plain && (quantifier || !owned) && !is_any(p, word, &DOCUMENTS)
    };
    if !modifiers.clone().all(free) {
        return None;
    }
    // Two sources are somebody whom the writer knows; who they are is another rule's question.
    let bare = !is_any(p, head, &["sources"])
        || modifiers.clone().all(|word| {
            is_any(
                p,
                word,
                &[
                    "some",
                    "several",
                    "various",
                    "multiple",
                    "many",
                    "unnamed",
                    "anonymous",
                    "unidentified",
                ],
            )
        });
    let ends = mark(p, head + 1) != '\0' && !matches!(mark(p, head + 1), '(' | '—')
        || head + 1 >= p.tokens().len()
        || has(p, head + 1, Lex::CONJUNCTION)
            && !is_any(p, head + 1, &["who", "that", "which", "and"]);
    (bare && ends).then(|| Span::new(at, head + 1))
}

/// "It is widely believed that", "is widely believed to", "it was reported that".
fn impersonal(p: &Paragraph<'_>, at: usize) -> Option<(Span, f32)> {
    if p.is(at, "widely") {
        let believed = is_any(
            p,
            at + 1,
            &["believed", "thought", "rumored", "rumoured", "reported", "assumed"],
        );
        let passive = at > 0 && is_any(p, at - 1, &["is", "are", "was", "were", "been"]);
        let personal = at > 1 && p.is(at - 2, "it");
        return (believed && passive && !personal && p.is(at + 2, "to") && !by_somebody(p, at + 2))
            .then(|| (Span::new(at - 1, at + 2), 0.65));
    }
    let has_been = is_any(p, at + 1, &["has"]) && is_any(p, at + 2, &["been"]);
    let verb_at = if has_been { at + 3 } else { at + 2 };
    if !has_been && !is_any(p, at + 1, &["is", "was"]) {
        return None;
    }
    let adverb = is_any(p, verb_at, &["widely", "generally", "commonly", "often", "sometimes"]);
    let verb = verb_at + usize::from(adverb);
    let held = is_any(
        p,
        verb,
        &[
            "believed",
            "thought",
            "understood",
            "rumored",
            "rumoured",
            "said",
            "reported",
            "alleged",
            "assumed",
            "feared",
            "speculated",
            "claimed",
            "suggested",
        ],
    );
    let clause = p.is(verb + 1, "that") || adverb && !p.is(verb + 1, "to") && is_word(p, verb + 1);
    if !held || !clause || by_somebody(p, verb + 1) {
        return None;
    }
    let past = p.is(at + 1, "was") && !is_any(p, verb, &["reported", "alleged", "claimed"]);
    let confidence = match (adverb, past) {
        (true, _) => 0.8,
        (_, true) => 0.4,
        _ => 0.65,
    };
    Some((Span::new(at, verb + 1), confidence))
}

fn by_somebody(p: &Paragraph<'_>, from: usize) -> bool {
    (from..from + 6).any(|at| p.is(at, "by") || p.is(at, "among"))
}

/// What is left of the confidence where the copy backs the vague source up: 1 for nothing.
fn backing(p: &Paragraph<'_>, next: Option<&Paragraph<'_>>, found: &Vague) -> f32 {
    let at = found.span.start as usize;
    let sentence = phrases::sentence(p, at);
    let named_in = |span: Span| phrases::best_speaker(p, span, found.span) == Some(Speaker::Named);
    if named_in(sentence)
        || gives_example(p, found.span, sentence)
        || known_speakers(p, sentence, found.span)
    {
        return 0.3;
    }
    if !found.of_people {
        let next = sentence.end as usize;
        let spoken = next < p.tokens().len() && named_in(phrases::sentence(p, next));
        return if spoken { 0.5 } else { 1.0 };
    }
    let rest = Span::new(sentence.end as usize, phrases::near(p.span(), at).end as usize);
    let speaks_next = next.is_some_and(|next| speaks_for(p, found.span, next));
    if speaks_next || member_speaks(p, found.span, rest) { 0.4 } else { 1.0 }
}

/// Whether a named member of the group speaks in the rest of the paragraph: right behind the vague words, unless it is to
/// object, or anywhere as one of it ("Ana Ruiz, an economist at the Harbor Bank, said" after "economists say").
fn member_speaks(p: &Paragraph<'_>, found: Span, rest: Span) -> bool {
    let named = |span: Span| phrases::best_speaker(p, span, found) == Some(Speaker::Named);
    let mut at = rest.start as usize;
    while at < rest.end as usize && at < p.tokens().len() {
        let sentence = phrases::sentence(p, at);
        let first = at == rest.start as usize;
        let belongs = first && !objects(p, sentence)
            || sentence.iter().any(|word| is_member(p, found, p, word))
            || is_any(p, at, &ANOTHER);
        if belongs && named(sentence) {
            return true;
        }
        at = (sentence.end as usize).max(at + 1);
    }
    false
}

/// Words that open the answer to what a group holds.
const OBJECTIONS: [&str; 8] =
    ["but", "however", "yet", "still", "meanwhile", "instead", "nevertheless", "nonetheless"];

/// Verbs by which a speaker answers what was said before.
const DENIALS: [&str; 15] = [
    "denied",
    "denies",
    "rejected",
    "rejects",
    "disputed",
    "disputes",
    "dismissed",
    "dismisses",
    "defended",
    "defends",
    "disagreed",
    "disagrees",
    "countered",
    "responded",
    "replied",
];

/// Whether the sentence answers what was said before it, so that its speaker is no member of the group.
fn objects(p: &Paragraph<'_>, sentence: Span) -> bool {
    is_any(p, sentence.start as usize, &OBJECTIONS) || sentence.iter().any(|at| denies(p, at))
}

/// Whether a speaker denies at token `at`: by the verb of the sentence, and not in what is quoted or was done to something
/// ("a plan that voters had rejected", "the bid was dismissed").
fn denies(p: &Paragraph<'_>, at: usize) -> bool {
    if !is_any(p, at, &DENIALS) || phrases::is_quoted(p, at) {
        return false;
    }
    let subject = (at.saturating_sub(2)..at).rev().find(|before| !is_adverb(p, *before));
    subject.is_some_and(|before| {
        is_name(p, before)
            || matches!(mark(p, before), ',' | '"' | '”' | '’')
            || has(p, before, Lex::PRONOUN | Lex::TITLE | Lex::OFFICE | Lex::RANK)
    })
}

/// Words that open a sentence about one more of a group.
const ANOTHER: [&str; 2] = ["one", "another"];

/// Whether the word at `at` is the singular of the group's noun.
fn is_member(p: &Paragraph<'_>, found: Span, other: &Paragraph<'_>, at: usize) -> bool {
    let word = other.text(at);
    found.iter().map(|index| p.text(index)).any(|head| {
        head.len() > 4
            && word.len() > 3
            && !word.ends_with('s')
            && head.trim_end_matches('s').eq_ignore_ascii_case(word.trim_end_matches('s'))
    })
}

/// Whether the next paragraph opens with a named member of the group: with somebody's words between quotation marks, or by
/// saying that they are one of it ("One critic, Ana Ruiz, said"). Another named speaker may hold the opposite view.
fn speaks_for(p: &Paragraph<'_>, found: Span, next: &Paragraph<'_>) -> bool {
    let first = phrases::sentence(next, 0);
    let second = phrases::sentence(next, first.end as usize);
    let opening = Span::new(0, second.end.max(first.end) as usize);
    let quotes = first.iter().any(|at| is_quote(next, at));
    let spoken = |span| phrases::best_speaker(next, span, Span::default()) == Some(Speaker::Named);
    if quotes {
        return spoken(opening);
    }
    let member = |at: usize| {
        is_member(p, found, next, at)
            || is_any(
                next,
                at,
                &["one", "among", "example", "instance", "also", "agreed", "agrees"],
            )
    };
    (first.iter().any(member) || of_the_trade(p, found, next)) && spoken(first)
}

/// Whether the next paragraph opens with somebody who is introduced as one of those whom experts and analysts are made of:
/// "Ana Ruiz, a professor at the University of Porto,".
fn of_the_trade(p: &Paragraph<'_>, found: Span, next: &Paragraph<'_>) -> bool {
    const LEARNED: [&str; 5] = ["experts", "analysts", "economists", "historians", "strategists"];
    const TRADES: [&str; 16] = [
        "expert",
        "analyst",
        "economist",
        "historian",
        "strategist",
        "professor",
        "lecturer",
        "scholar",
        "researcher",
        "fellow",
        "scientist",
        "lawyer",
        "attorney",
        "engineer",
        "director",
        "consultant",
    ];
    let comma = (1..6).find(|at| mark(next, *at) == ',');
    let Some(comma) = comma.filter(|comma| is_name(next, comma - 1)) else { return false };
    let trade = |at: usize| is_any(next, at, &TRADES);
    found.iter().any(|at| is_any(p, at, &LEARNED))
        && is_any(next, comma + 1, &["a", "an", "the"])
        && (comma + 2..comma + 7).any(trade)
}

/// "A study found", "Research shows", where nothing says whose.
fn study(p: &Paragraph<'_>, head: usize) -> Option<Span> {
    let start = (head.saturating_sub(2)..head)
        .find(|at| {
            is_any(p, *at, &["a", "one", "new", "recent", "some", "many", "several", "other"])
        })
        .unwrap_or(head);
    let several = !p.is(head, "study");
    let indefinite = is_any(p, start, &["a", "one"]) || several;
    let between =
        (start + 1..head).all(|at| is_any(p, at, &["new", "recent", "scientific", "academic"]));
    let clause = phrases::opens_sentence(p, start)
        || start > 0
            && (mark(p, start - 1) == ','
                || is_any(p, start - 1, &["but", "and", "that", "because"]));
    let says = [
        "found",
        "finds",
        "find",
        "shows",
        "show",
        "showed",
        "suggests",
        "suggest",
        "suggested",
        "says",
    ];
    let verb = head + 1 + usize::from(is_any(p, head + 1, &["has", "have"]));
    let told = is_any(p, verb, &says) || verb > head + 1 && is_any(p, verb, &["shown"]);
    // Whoever made it is often named a sentence later.
    let known = [
        "published",
        "journal",
        "university",
        "institute",
        "researchers",
        "professor",
        "author",
        "authors",
        "center",
        "centre",
        "conducted",
        "commissioned",
    ];
    let named = |at: usize| {
        is_any(p, at, &known) || p.token(at).is_some_and(|token| token.kind == TokenKind::Object)
    };
    let reach = phrases::near(p.span(), head);
    (indefinite && between && clause && told && !reach.iter().any(named))
        .then(|| Span::new(start, verb + 1))
}

/// "including Ana Ruiz", "such as Moody's", "citing", or the affiliation right behind the words.
fn gives_example(p: &Paragraph<'_>, found: Span, sentence: Span) -> bool {
    sentence.iter().any(|at| {
        let example = is_any(p, at, &["including", "citing", "like"])
            || p.is(at, "such") && p.is(at + 1, "as");
        example && (at + 1..at + 8).any(|word| word < sentence.end as usize && is_name(p, word))
    }) || is_any(p, found.end as usize, &["from", "at", "by"]) && is_name(p, found.end as usize + 1)
}

/// Whether people whom the copy has met speak in the same sentence ("many are wary, the people said").
fn known_speakers(p: &Paragraph<'_>, sentence: Span, found: Span) -> bool {
    sentence.iter().any(|at| {
        !found.contains(at)
            && has(p, at, Lex::SPEECH)
            && at > 1
            && has(p, at - 1, NAMELESS | Lex::AUTHORITY)
            && is_any(p, at - 2, &["the", "these", "those", "two", "three", "both"])
    })
}
