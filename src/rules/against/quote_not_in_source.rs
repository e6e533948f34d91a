//! `quote-not-in-source`: a quotation that none of the wire copy has.

use crate::against::{Comparison, Outcome};
use crate::annotate::{Paragraph, Quotation, QuotationKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::resolve::{Person, Standing, Story};
use crate::rules::speakers::{self, Speaker};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};

pub(crate) static RULE: Rule = Rule {
    id: "quote-not-in-source",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &["quote-drift"],
    summary: "A quotation that the wire copy does not have",
    what: "A quotation of five words or more that stands in none of the wire copy, neither as it is nor otherwise, where the \
           draft attributes it to nobody or to somebody whom the wire copy quotes. Words of somebody the wire copy does not \
           quote, and what the draft says was told to its own paper, are left alone.",
    why: "Where the wire copy is all that the draft has, the quotation was made up, came from another story, or is a paraphrase \
          that lost its way.",
    bad: &[
        "Wire: “We will close the bridge in May,” Ruiz said on Monday.\nDraft: “The fishermen can all go home now,” Ruiz said.",
    ],
    good: &[
        "Wire: “We will close the bridge in May,” Ruiz said on Monday.\nDraft: “The fishermen can all go home now,” Omar Tull said.",
        "Wire: “We will close the bridge in May,” Ruiz said on Monday.\nDraft: “The fishermen can all go home now,” Ruiz told \
         the Herald.",
    ],
    fix: "",
    check: Check::Story(check),
};

/// Tokens of a paragraph that are looked at for a verb of speech.
const LONG: usize = 400;

/// Fewer words than these may be anybody's.
const FEWEST: usize = 5;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    for quoted in against.quotes.iter().filter(|quoted| matches!(quoted.outcome, Outcome::Absent)) {
        let Some(p) = story.paragraphs.get(quoted.paragraph) else { continue };
        let Some(q) = p.notes.quotations.get(quoted.quotation) else { continue };
        if !is_judged(p, q) {
            continue;
        }
        let speaker = speakers::ours(story, &against.voices, p.index, q.content);
        let Some((message, confidence)) = judge(story, p, q, speaker.as_ref(), against) else {
            continue;
        };
        let help = "Check where the words come from. If somebody else has them, say who they were said to.";
        findings.push(p, Diagnostic::new(p.bytes(q.range), message, help).confidence(confidence));
    }
}

/// Whether enough is quoted to be told from a turn of phrase.
fn is_judged(p: &Paragraph<'_>, q: &Quotation) -> bool {
    let words = q.content.iter().filter(|at| phrases::is_word(p, *at)).count();
    let speech = matches!(q.kind, QuotationKind::Speech | QuotationKind::Partial);
    let copy =
        matches!(p.block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote);
    speech && copy && words >= FEWEST
}

/// What to say of a quotation that the wire copy does not have, if anything.
fn judge(
    story: &Story<'_>,
    p: &Paragraph<'_>,
    q: &Quotation,
    speaker: Option<&Speaker<'_>>,
    against: &Comparison<'_>,
) -> Option<(String, f32)> {
    let Some(speaker) = speaker else {
        let says = |at: usize| phrases::has(p, at, Lex::SPEECH) && p.quotation_at(at).is_none();
        let bare = against.voices.in_paragraph(p.index).is_empty()
            && wire::attributions(p, q.range).is_empty()
            && !p.span().iter().take(LONG).any(says);
        let message =
            "none of the wire copy has this quotation, and nobody is said to have said it";
        return bare.then(|| (message.to_owned(), 0.7));
    };
    let place = story.paragraphs.get(speaker.at.0)?;
    if is_told_elsewhere(place, speaker) || q.continues {
        return None;
    }
    let quoted = match speaker.person {
        Some(person) => is_quoted(against, person),
        None => against.wires.list().iter().any(|wire| {
            let sources = &wire.voices().record.sources;
            sources.iter().any(|source| is_called(&speaker.source.name, &source.name))
        }),
    };
    let message = format!("none of the wire copy has this quotation of {}", speaker.name());
    quoted.then_some((message, 0.65))
}

/// Whether the wire copy has anybody with the name of a person on record.
fn is_quoted(against: &Comparison<'_>, person: &Person) -> bool {
    against.wires.family(&person.family).filter(|(_, _, other)| speakers::same(person, other)).any(
        |(number, _, other)| {
            let Some(wire) = against.wires.get(number) else { return false };
            wire.voices().record.sources.iter().any(|source| match source.standing {
                Standing::Person(at) => wire.people().get(at) == Some(other),
                _ => false,
            })
        },
    )
}

/// Whether a name alone may be that of a source: the whole of it, or its last word.
fn is_called(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (ours.to_lowercase(), theirs.to_lowercase());
    !ours.is_empty() && (ours == theirs || theirs.rsplit(' ').next() == Some(&ours))
}

/// Whether the attribution says whom it was said to or where: "told the Herald", "in an interview", "in a statement".
fn is_told_elsewhere(p: &Paragraph<'_>, speaker: &Speaker<'_>) -> bool {
    let cue = speaker.cue;
    let told = cue.iter().any(|at| phrases::is_any(p, at, &["told", "tells", "telling"]));
    let after =
        (cue.start as usize..cue.end as usize + 8).take_while(|at| phrases::mark(p, *at) != '.');
    let places = [
        "interview",
        "statement",
        "email",
        "phone",
        "tweet",
        "post",
        "reporters",
        "news",
        "conference",
    ];
    // What was said in another language stands in the wire copy as somebody else translated it.
    let translated = |at: usize| {
        p.is(at, "in") && phrases::has(p, at + 1, Lex::DEMONYM)
            || phrases::is_any(p, at, &["translator", "interpreter"])
    };
    told || after.into_iter().any(|at| phrases::is_any(p, at, &places) || translated(at))
}
