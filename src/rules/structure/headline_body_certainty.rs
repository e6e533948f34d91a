//! `headline-body-certainty`: the headline states what the story only says may happen.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{Lex, lists};
use crate::resolve::Story;
use crate::rules::phrases::{self, flagged, has, is_adverb, is_any, is_word, mark};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Span, TokenFlags, TokenKind};

pub(crate) static RULE: Rule = Rule {
    id: "headline-body-certainty",
    group: Group::Structure,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.6,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "The headline is surer than the story",
    what: "The headline states as fact what the opening says only may, might or could happen, allegedly or reportedly \
           happened, or is being considered: the same verb and at least one other word of the headline stand in the \
           hedged clause. Headlines with a hedge, a question, or a source of their own (\"Police say\", \"CNN:\") are \
           left alone.",
    why: "Most readers see only the headline. It may not promise more than the story holds.",
    bad: &[
        "Harbor mayor resigns over audit\n\nThe mayor of Harbor may resign over an audit, aides said on Monday.",
    ],
    good: &[
        "Harbor mayor may resign over audit\n\nThe mayor of Harbor may resign over an audit, aides said on Monday.",
        "Aides say Harbor mayor resigns\n\nThe mayor of Harbor may resign over an audit, aides said on Monday.",
    ],
    fix: "The story's own hedge is put before the headline's verb, as a suggestion.",
    check: Check::Story(check),
};

/// How many sentences of the story are read: the lede and what follows it.
const LEDE: usize = 2;

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(headline) = story.paragraphs.iter().find(|p| p.block.kind == BlockKind::Headline)
    else {
        return;
    };
    if headline.tokens().len() > 30 || is_hedged(headline) {
        return;
    }
    let Some(lede) = phrases::prose(story).find(|p| p.block.kind == BlockKind::Paragraph) else {
        return;
    };
    for sentence in lede.notes.sentences.iter().take(LEDE) {
        let sentence = phrases::near(*sentence, sentence.start as usize);
        let found = sentence.iter().filter_map(|at| event(lede, at, sentence, headline)).next();
        if let Some(event) = found {
            report(headline, lede, &event, findings);
            return;
        }
    }
}

/// Whether the headline already hedges, asks, or names a source.
fn is_hedged(headline: &Paragraph<'_>) -> bool {
    headline.tokens().iter().enumerate().any(|(at, token)| {
        let source =
            has(headline, at, Lex::SPEECH | Lex::THOUGHT) || headline.is_in(at, &lists::SOURCED);
        let hedge = has(headline, at, Lex::UNCERTAIN | Lex::HEDGE);
        source || hedge || matches!(token.mark, '?' | ':') || token.kind == TokenKind::Quote
    })
}

/// An event that the story hedges and the headline states.
struct Event {
    /// The hedge in the lede.
    hedge: Span,
    /// The verb in the headline, with its "will".
    verb: Span,
    /// How much of the headline's content stands in the hedged clause, 0 to 1.
    overlap: f32,
    /// The words to put for the headline's verb, where they are plain.
    hedged: Option<String>,
}

/// The event behind the hedge at token `at` of the lede, if the headline states it as a fact.
fn event(
    lede: &Paragraph<'_>,
    at: usize,
    sentence: Span,
    headline: &Paragraph<'_>,
) -> Option<Event> {
    let looks_ahead = is_any(lede, at, &["expected", "likely", "talks"]) && lede.is(at + 1, "to");
    if !has(lede, at, Lex::UNCERTAIN) && !looks_ahead || phrases::is_quoted(lede, at) {
        return None;
    }
    // The month and the person of that name.
    if flagged(lede, at, TokenFlags::CAPITAL)
        || lede.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
    {
        return None;
    }
    let mut verb = at + 1 + usize::from(looks_ahead);
    if lede.is_phrase(verb, &["whether", "to"]) {
        verb += 2;
    }
    while verb < at + 4 && (is_adverb(lede, verb) || is_any(lede, verb, &["have", "be", "been"])) {
        verb += 1;
    }
    let modal = is_any(lede, at, &["may", "might", "could"]);
    if !is_word(lede, verb)
        || has(lede, verb, phrases::FUNCTION)
        || is_any(lede, verb, &["not", "n't"])
    {
        return None;
    }
    let stated = (1..headline.tokens().len()).find(|word| {
        is_word(headline, *word) && same_stem(lede.text(verb), headline.text(*word))
    })?;
    // "to resign" looks ahead, and "resignation" is no verb; "will" is sure of what may come.
    let will = is_any(headline, stated - 1, &["will"]);
    if is_any(headline, stated - 1, &["to", "not", "of", "the", "a", "for"]) || will && !modal {
        return None;
    }
    if stated_elsewhere(lede, verb) {
        return None;
    }
    let clause = clause(lede, at, sentence);
    let content: Vec<usize> = (0..headline.tokens().len())
        .filter(|word| *word != stated && is_content(headline, *word))
        .collect();
    let shared = content
        .iter()
        .filter(|word| {
            clause.iter().any(|there| same_stem(lede.text(there), headline.text(**word)))
        })
        .count();
    if shared == 0 || content.is_empty() {
        return None;
    }
    let plain = modal && verb == at + 1;
    Some(Event {
        hedge: Span::new(at, verb + 1),
        verb: Span::new(stated - usize::from(will), stated + 1),
        overlap: (shared + 1) as f32 / (content.len() + 1) as f32,
        hedged: plain.then(|| format!("{} {}", lede.text(at).to_lowercase(), lede.text(verb))),
    })
}

/// Whether the opening paragraph also has the verb without a hedge ("it could rule ..., the court ruled").
fn stated_elsewhere(lede: &Paragraph<'_>, verb: usize) -> bool {
    phrases::near(lede.span(), verb).iter().any(|at| {
        let hedged = (at.saturating_sub(4)..at).any(|before| has(lede, before, Lex::UNCERTAIN));
        at != verb && !hedged && is_word(lede, at) && same_stem(lede.text(verb), lede.text(at))
    })
}

/// The clause around the hedge: up to marks that part clauses.
fn clause(p: &Paragraph<'_>, at: usize, sentence: Span) -> Span {
    let parts = |index: usize| {
        matches!(mark(p, index), ';' | '—' | ':')
            || is_any(p, index, &["but", "although", "though", "while", "whereas"])
    };
    let start = (sentence.start as usize..at)
        .rev()
        .find(|index| parts(*index))
        .map_or(sentence.start as usize, |index| index + 1);
    let end =
        (at..sentence.end as usize).find(|index| parts(*index)).unwrap_or(sentence.end as usize);
    Span::new(start, end)
}

fn is_content(p: &Paragraph<'_>, at: usize) -> bool {
    is_word(p, at) && p.text(at).len() > 2 && !has(p, at, phrases::FUNCTION)
}

/// The past forms of verbs that do not share their first letters: headlines have one, and "may have" the other.
const IRREGULAR: [[&str; 2]; 16] = [
    ["took", "taken"],
    ["stole", "stolen"],
    ["gave", "given"],
    ["broke", "broken"],
    ["fell", "fallen"],
    ["wrote", "written"],
    ["drove", "driven"],
    ["ate", "eaten"],
    ["saw", "seen"],
    ["chose", "chosen"],
    ["spoke", "spoken"],
    ["hid", "hidden"],
    ["froze", "frozen"],
    ["shook", "shaken"],
    ["threw", "thrown"],
    ["flew", "flown"],
];

/// Whether two words share their stem, as far as their first letters tell ("resign" and "resigns").
fn same_stem(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return a.len() > 1;
    }
    let forms = |word: &str| IRREGULAR.iter().position(|forms| forms.contains(&word));
    if let Some(verb) = forms(&a) {
        return forms(&b) == Some(verb);
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    // "cutting" doubles the consonant of "cut".
    let last = a.chars().nth(common.saturating_sub(1));
    let tail = |word: &str| {
        let tail: String = word.chars().skip(common).collect();
        let doubled = last
            .and_then(|last| tail.strip_prefix(last))
            .filter(|rest| matches!(*rest, "ing" | "ed"));
        doubled.map(str::to_owned).unwrap_or(tail)
    };
    let inflection = |tail: &str| {
        matches!(tail, "" | "s" | "es" | "d" | "ed" | "ing" | "e" | "y" | "ies" | "ied")
    };
    common >= 3 && inflection(&tail(&a)) && inflection(&tail(&b))
}

fn report(headline: &Paragraph<'_>, lede: &Paragraph<'_>, event: &Event, findings: &mut Findings) {
    let verb = headline.bytes(event.verb);
    let hedge = lede.clean(event.hedge);
    let mut finding = Diagnostic::new(
        verb,
        format!("the headline says `{}`, the story `{hedge}`", headline.clean(event.verb)),
        "Put the story's hedge or its source into the headline.",
    )
    .confidence(0.45 + 0.5 * event.overlap)
    .related(lede.field, lede.bytes(event.hedge), "the story is not that sure");
    if let Some(words) = &event.hedged {
        let title = format!("Change to \"{words}\"");
        finding = finding.fix(Fix::suggestion(title, [Edit::replace(verb, words.clone())]));
    }
    findings.push(headline, finding);
}
