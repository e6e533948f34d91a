//! `attribution-dropped`: what somebody said in the wire copy, stated as a fact.

use crate::against::{Aligned, Comparison, Pair, Place, folded};
use crate::annotate::{Attribution, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::{Standing, Story};
use crate::rules::speakers::{self, Speaker};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};
use crate::segment::{Span, TokenFlags};

pub(crate) static RULE: Rule = Rule {
    id: "attribution-dropped",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: true,
    yields_to: &["unattributed-quote", "attribution-weakened"],
    summary: "The wire copy attributes what the draft states",
    what: "A sentence that was surely written from one which the wire copy attributes to somebody, with no attribution in it, \
           none that is carried on to it, and none in the sentences beside it. Silent where the wire copy states the same as a \
           fact in another place.",
    why: "The wire knew it from somebody, and so does the draft. Without the attribution the newsroom vouches for it.",
    bad: &[
        "Wire: The old bridge is unsafe for lorries, the county engineer said on Monday.\nDraft: The old bridge is unsafe for \
         lorries.",
    ],
    good: &[
        "Wire: The old bridge is unsafe for lorries, the county engineer said on Monday.\nDraft: The county engineer said the old \
         bridge is unsafe for lorries.",
    ],
    fix: "\"According to\" the wire copy's source is put before the full stop, as a suggestion.",
    check: Check::Story(check),
};

/// From this score on a pair is believed.
const SURE: f32 = 0.58;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    for (number, aligned) in against.sentences.iter().enumerate() {
        let Some(p) = story.paragraphs.get(aligned.paragraph) else { continue };
        if !is_prose(p) || aligned.copied {
            continue;
        }
        let sure = |pair: &&Pair| pair.shared >= 3 && score(against, p, aligned, pair) >= SURE;
        let Some(pair) = aligned.pairs.first().filter(sure) else { continue };
        let score = score(against, p, aligned, pair);
        let Some((speaker, share)) = attributed(against, aligned, pair) else { continue };
        if is_attributed(against, p, aligned, pair, &speaker) {
            continue;
        }
        if is_carried(story, against, number, pair, &speaker) || is_stated(against, aligned, pair) {
            continue;
        }
        let confidence =
            (0.3 + 0.6 * score) * (0.6 + 0.4 * share.min(1.0)) * (0.6 + 0.4 * speaker.confidence);
        let record = aligned.span.iter().any(|at| phrases::is_any(p, at, &RECORD));
        let confidence = confidence * if record { 0.5 } else { 1.0 };
        findings.push(p, report(story, against, p, aligned, pair, &speaker, confidence));
    }
}

/// From this likeness of what is said on a pair is believed.
const LIKELY: f32 = 0.55;

/// How sure a pair is, 0 to 1, where the words that say who said it are not held against a sentence that lost them.
fn score(against: &Comparison<'_>, p: &Paragraph<'_>, aligned: &Aligned, pair: &Pair) -> f32 {
    let voice = against.wires.get(pair.place.wire).and_then(|wire| {
        let (voice, _) = wire.voices().over(pair.place.paragraph, pair.place.span)?;
        let (said, sentence) = (voice.span, pair.place.span);
        let end = said.end.min(sentence.end) as usize;
        Some(Span::new((said.start.max(sentence.start) as usize).min(end), end))
    });
    let Some(span) = voice.filter(|span| !span.is_empty() && pair.score < SURE) else {
        return pair.score;
    };
    let place = Place { span, ..pair.place };
    let (ours, theirs, shared) = against.likeness(p, aligned.span, place);
    let likely = 0.5 * ours.max(theirs) + 0.5 * (ours * theirs).sqrt();
    if shared >= 5 && likely >= LIKELY { SURE } else { pair.score }
}

fn is_prose(p: &Paragraph<'_>) -> bool {
    matches!(p.block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

/// Whether the draft's sentence is on record for anybody, or quotes, or may attribute something that was not believed. Who is on
/// record inside what the wire copy's source said ("sources said the union told its members") is on record there still.
fn is_attributed(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    aligned: &Aligned,
    pair: &Pair,
    speaker: &Speaker<'_>,
) -> bool {
    let touches = |a: &&Attribution| {
        a.cue.iter().chain(&a.source).chain(&a.content).any(|span| span.overlaps(aligned.span))
    };
    let own: Vec<&Attribution> =
        wire::attributions(p, aligned.span).iter().filter(touches).collect();
    let shared = against.shared(aligned, pair);
    let inner = |a: &&Attribution| is_inner(against, p, a, pair, speaker, &shared);
    if own.iter().any(|a| a.speech && !inner(a)) {
        return true;
    }
    let mut voices = against.voices.touching(p.index, aligned.span);
    let said = voices.any(|v| !own.iter().any(|a| a.content.contains(&v.span)));
    let number = p.notes.sentences.partition_point(|s| s.start < aligned.span.start);
    let chance = p.notes.chances.get(number).copied().unwrap_or_default();
    // A plan or a wish is nobody's statement, and what makes it likely one is no sign of another.
    let may =
        own.is_empty() && (chance.attribution.max(chance.content) >= 0.5 || chance.cue >= 0.7);
    let words = [
        "according",
        "citing",
        "cited",
        "per",
        "alleged",
        "alleges",
        "accuse",
        "accused",
        "accuses",
        "charged",
        "concluded",
        "concludes",
        "count",
        "estimate",
        "estimates",
        "charge",
        "charges",
        "allegation",
        "allegations",
    ];
    let quoted = wire::quotes(p, aligned.span, 4);
    // The source stands in the sentence, whatever it is made to do there.
    let head = head(against, pair, speaker);
    let sourced = names(p, aligned.span, speaker)
        || shared.iter().any(|(_, theirs)| head.is_some_and(|head| head == *theirs));
    let asks = aligned.span.iter().next_back().is_some_and(|at| phrases::mark(p, at) == '?');
    said || quoted
        || may
        || sourced
        || asks
        || aligned.span.iter().any(|at| phrases::is_any(p, at, &words))
}

/// Whether an attribution of the draft stands inside what the wire copy's source said: its source and its cue are both there.
fn is_inner(
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    a: &Attribution,
    pair: &Pair,
    speaker: &Speaker<'_>,
    shared: &[(usize, usize)],
) -> bool {
    let Some(wire) = against.paragraph(pair).filter(|wire| wire.index == speaker.at.0) else {
        return false;
    };
    let told = |at: usize| speaker.cue.contains(at) || speaker.at.1.contains(at);
    let inside = |at: usize| pair.place.span.contains(at) && !told(at);
    let of = |spans: &[Span], at: usize| spans.iter().any(|span| span.contains(at));
    let mut source = shared.iter().filter(|(ours, _)| of(&a.source, *ours)).peekable();
    let cue = a.cue.iter().flat_map(|cue| cue.iter()).filter_map(|at| p.token(at));
    source.peek().is_some()
        && source.all(|(_, theirs)| inside(*theirs))
        && cue.into_iter().any(|cue| {
            let same = |at: usize| wire.token(at).is_some_and(|token| token.hash == cue.hash);
            pair.place.span.iter().any(|at| inside(at) && same(at))
        })
}

/// The head of the wire copy's source, where it is no person with a name: "people" of "two people close to the talks". What else
/// it is made of ("a campaign adviser") may well stand in the statement too.
fn head(against: &Comparison<'_>, pair: &Pair, speaker: &Speaker<'_>) -> Option<usize> {
    let wire = against.paragraph(pair).filter(|wire| wire.index == speaker.at.0)?;
    let ends = |at: &usize| {
        !phrases::is_word(&wire, *at) || phrases::has(&wire, *at, Lex::PREPOSITION | Lex::PRONOUN)
    };
    let source = speaker.at.1.iter().take_while(|at| !ends(at));
    source.last().filter(|_| speaker.person.is_none())
}

/// Whether the family name of the wire copy's speaker stands in a stretch of the draft.
fn names(p: &Paragraph<'_>, span: Span, speaker: &Speaker<'_>) -> bool {
    speaker.person.is_some_and(|person| {
        let family = folded(&person.family);
        span.iter().any(|at| phrases::is_word(p, at) && folded(p.text(at)) == family)
    })
}

/// Who is on record in the wire copy for what the two sentences share, and for how much of it.
fn attributed<'c>(
    against: &'c Comparison<'_>,
    aligned: &Aligned,
    pair: &Pair,
) -> Option<(Speaker<'c>, f32)> {
    let wire = against.wires.get(pair.place.wire)?;
    let speaker = speakers::theirs(against, pair.place)?;
    if speaker.confidence < 0.5 || speaker.source.standing == Standing::Nobody {
        return None;
    }
    // "Raised questions about", "would shed light on": what says nothing outright is no attribution that could be lost.
    let from = wire.paragraph(speaker.at.0)?;
    let says = speaker.cue.iter().any(|at| {
        phrases::has(&from, at, Lex::SPEECH)
            || phrases::is_any(&from, at, &["according", "per", "found"])
    });
    if !says {
        return None;
    }
    let shared = against.shared(aligned, pair);
    let voices: Vec<Span> =
        wire.voices().touching(pair.place.paragraph, pair.place.span).map(|v| v.span).collect();
    let under = |at: usize| voices.iter().any(|span| span.contains(at));
    let cue = |at: usize| speaker.cue.contains(at) || speaker.at.1.contains(at);
    let count = shared.iter().filter(|(_, at)| !cue(*at)).count();
    let held = shared.iter().filter(|(_, at)| !cue(*at) && under(*at)).count();
    let share = held as f32 / count.max(1) as f32;
    (held >= 2 && share >= 0.7).then_some((speaker, share))
}

/// Whether a sentence beside it in its paragraph is on record, for whoever it may be: readers take the one for the other.
fn is_carried(
    story: &Story<'_>,
    against: &Comparison<'_>,
    number: usize,
    pair: &Pair,
    speaker: &Speaker<'_>,
) -> bool {
    let Some(own) = against.sentences.get(number) else { return true };
    // A bare lede has its source in the second paragraph.
    let mut prose = story.paragraphs.iter().filter(|p| is_prose(p));
    if prose.next().is_some_and(|lede| lede.index == own.paragraph)
        && prose.next().is_some_and(|next| says(against, next, pair, speaker))
    {
        return true;
    }
    if is_taken_up(story, against, number) {
        return true;
    }
    if is_told_before(story, against, own, pair, speaker) {
        return true;
    }
    let beside = [number.checked_sub(1), Some(number + 1)];
    beside.into_iter().flatten().filter_map(|at| against.sentences.get(at)).any(|other| {
        let same = other.paragraph == own.paragraph;
        let Some(p) = story.paragraphs.get(other.paragraph).filter(|_| same) else { return false };
        against.voices.touching(p.index, other.span).any(|v| {
            let ours = speakers::ours(story, &against.voices, p.index, v.span);
            ours.is_none_or(|ours| match (ours.person, speaker.person) {
                (Some(a), Some(b)) => speakers::same(a, b),
                // A person speaks for no other body than the one whose words they are.
                (Some(_), None) => speaker.source.standing != Standing::Body,
                _ => true,
            })
        })
    })
}

/// Whether the next sentence says whose words this one was: "The engineer said so on Monday".
fn is_taken_up(story: &Story<'_>, against: &Comparison<'_>, number: usize) -> bool {
    let own = against.sentences.get(number);
    let next = against.sentences.get(number + 1);
    own.zip(next).is_some_and(|(own, next)| {
        let p = story.paragraphs.get(next.paragraph);
        let p = p.filter(|p| is_prose(p) && p.index <= own.paragraph + 1);
        p.is_some_and(|p| next.span.iter().take(LONG).any(|at| phrases::refers_back(p, at)))
    })
}

/// Sources that stand for others which were named: "both sides".
const COLLECTIVE: [&str; 5] = ["both", "sides", "parties", "they", "others"];

/// Whether the sentence before speaks of the wire copy's paper ("The study covered 900 pilots.") or has its source say something, or
/// the paragraph before has anybody on record where the wire copy's source stands for several who were named.
fn is_told_before(
    story: &Story<'_>,
    against: &Comparison<'_>,
    own: &Aligned,
    pair: &Pair,
    speaker: &Speaker<'_>,
) -> bool {
    let Some(p) = story.paragraphs.get(own.paragraph) else { return false };
    let wire = against.wires.get(pair.place.wire).and_then(|wire| wire.paragraph(speaker.at.0));
    let Some(wire) = wire.filter(|_| speaker.person.is_none()) else { return false };
    let at = head(against, pair, speaker);
    let paper = at.is_some_and(|at| wire.is_in(at, &lists::DOCUMENTS));
    let head = at.and_then(|at| wire.token(at)).map(|token| token.hash);
    let before = (own.span.start as usize).checked_sub(1).map(|last| p.sentence_at(last));
    let speaks = |span: Span| {
        let named = |at: usize| p.token(at).is_some_and(|token| Some(token.hash) == head);
        let speech = |at: usize| phrases::has(p, at, Lex::SPEECH);
        let span = || span.iter().take(LONG);
        span().any(named) && (paper || span().any(speech))
    };
    let several = speaker.at.1.iter().any(|at| wire.is_any(at, &COLLECTIVE));
    let mut around =
        story.paragraphs[..=own.paragraph].iter().rev().filter(|p| is_prose(p)).take(2);
    before.is_some_and(speaks)
        || several && around.any(|p| !against.voices.in_paragraph(p.index).is_empty())
}

/// Tokens of a paragraph that are looked at for its source.
const LONG: usize = 400;

/// Whether a paragraph has a verb of speech and the wire copy's source: the name, or the word for who it was.
fn says(against: &Comparison<'_>, p: &Paragraph<'_>, pair: &Pair, speaker: &Speaker<'_>) -> bool {
    let span = Span::new(0, p.tokens().len().min(LONG));
    let speech = |at| phrases::has(p, at, Lex::SPEECH) || phrases::is_any(p, at, &["according"]);
    let head = head(against, pair, speaker);
    let head = head.and_then(|at| Some(against.paragraph(pair)?.token(at)?.hash));
    let same = |at: usize| p.token(at).is_some_and(|token| Some(token.hash) == head);
    (names(p, span, speaker) || span.iter().any(same)) && span.iter().any(speech)
}

/// Words of what is on record whoever tells it: a vote, a schedule, an arrest.
const RECORD: [&str; 11] = [
    "vote",
    "voted",
    "arrested",
    "starts",
    "begins",
    "opens",
    "funeral",
    "mass",
    "scheduled",
    "adjourned",
    "sentenced",
];

/// Whether the wire copy says the same without a source elsewhere, headlines aside.
fn is_stated(against: &Comparison<'_>, aligned: &Aligned, pair: &Pair) -> bool {
    let alike = |other: &&Pair| {
        other.place != pair.place
            && other.score >= 0.8 * pair.score
            && other.ours >= 0.85 * pair.ours
            && other.kind != BlockKind::Headline
    };
    aligned.near.iter().filter(alike).any(|other| speakers::theirs(against, other.place).is_none())
}

fn report(
    story: &Story<'_>,
    against: &Comparison<'_>,
    p: &Paragraph<'_>,
    aligned: &Aligned,
    pair: &Pair,
    speaker: &Speaker<'_>,
    confidence: f32,
) -> Diagnostic {
    let name = speaker.name();
    let message = match name {
        "" => "stated as a fact, which the wire copy attributes".to_owned(),
        name => format!("stated as a fact, which the wire copy attributes to {name}"),
    };
    let help = "Without the source the newsroom vouches for it. Say who said it.";
    let stop = (aligned.span.end as usize).checked_sub(1).filter(|at| phrases::mark(p, *at) == '.');
    let fix = stop.filter(|_| !name.is_empty()).and_then(|stop| {
        let place = (p.index, aligned.span.start);
        let name = introduced(story, against, place, pair, speaker).unwrap_or(name.to_owned());
        let name = phrases::before_stop(&name, true);
        let edit = Edit::insert(p.byte(stop).start, format!(", according to {name}"));
        Fix::suggestion(format!("Say “according to {name}”"), [edit])
    });
    let found =
        Diagnostic::new(p.bytes(aligned.span), message, help).confidence(confidence).fix(fix);
    let Some(wire) = against.wires.get(pair.place.wire) else { return found };
    let cue = speaker.at.1.cover(speaker.cue);
    let span: Span = if speaker.at.1.is_empty() { speaker.cue } else { cue };
    let place = match wire.paragraph(speaker.at.0) {
        Some(_) if !span.is_empty() => {
            Place { wire: pair.place.wire, paragraph: speaker.at.0, span }
        }
        _ => pair.place,
    };
    wire::pointing(found, against, place, "the attribution in the wire copy")
}

/// A person as the draft called them before; as the wire copy introduces them, where they are new.
fn introduced(
    story: &Story<'_>,
    against: &Comparison<'_>,
    place: (usize, u32),
    pair: &Pair,
    speaker: &Speaker<'_>,
) -> Option<String> {
    let person = speaker.person?;
    if let Some(called) = speakers::called(story, place, person) {
        return Some(called);
    }
    let wire = against.wires.get(pair.place.wire)?.paragraph(speaker.at.0)?;
    let source = speaker.at.1;
    let start = source.start as usize;
    let whole = speaker.named && (2..=8).contains(&source.len()) && names(&wire, source, speaker);
    let plain = source.iter().all(|at| phrases::is_word(&wire, at));
    let opens = wire.sentence_at(start).start == source.start;
    let lower = !phrases::flagged(&wire, start, TokenFlags::CAPITAL);
    (whole && plain && (!opens || lower)).then(|| wire.clean(source))
}
