//! `copied-verbatim`: long runs of the wire copy's own prose.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule, phrases, wire};

pub(crate) static RULE: Rule = Rule {
    id: "copied-verbatim",
    group: Group::Against,
    severity: Severity::Info,
    enabled: false,
    threshold: 0.0,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A long run of words is the wire copy's own",
    what: "Fifteen words in a row and more, outside quotation marks in both, that stand in the wire copy word for word, with the \
           share of the draft that all such runs make up. A draft that is the wire copy as it came is left alone.",
    why: "What a house has licensed it may print. What it has not, or what goes out under a reporter's name, should be the \
          reporter's words.",
    bad: &[
        "Wire: The council closed the old swing bridge on Monday after an engineer found cracks in both of its iron arms.\n\
         Draft: The town is angry at the mayor and wants its money back. The council closed the old swing bridge on Monday after an engineer found cracks in both of \
         its iron arms.",
    ],
    good: &[
        "Wire: The council closed the old swing bridge on Monday after an engineer found cracks in both of its iron arms.\nDraft: \
         Cracks in its iron arms closed the swing bridge.",
    ],
    fix: "",
    check: Check::Story(check),
};

/// Words of weight that a sentence must have to be told from another one.
const SENTENCE: usize = 4;

/// Words in a row that are nobody's by chance.
const RUN: usize = 15;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(against) = context.against else { return };
    // A draft that is the wire copy as it came is printed as such, and no rewrite.
    let long = || against.sentences.iter().filter(|aligned| aligned.words.len() >= SENTENCE);
    if long().filter(|aligned| aligned.copied).count() * 10 >= long().count() * 9 {
        return;
    }
    let paragraphs = phrases::prose(story);
    let runs: Vec<_> = paragraphs
        .flat_map(|p| against.wires.runs(p, RUN).into_iter().map(move |run| (p, run)))
        .collect();
    let words = |p: &Paragraph<'_>| p.span().iter().filter(|at| phrases::is_word(p, *at)).count();
    let all: usize = phrases::prose(story).map(words).sum();
    let copied: usize = runs
        .iter()
        .map(|(p, run)| run.ours.iter().filter(|at| phrases::is_word(p, *at)).count())
        .sum();
    let share = 100 * copied / all.max(1);
    for (p, run) in runs {
        let count = run.ours.iter().filter(|at| phrases::is_word(p, *at)).count();
        let message = format!(
            "{count} words in a row are the wire copy's; such runs make up {share} percent of the draft"
        );
        let help = "Rewrite them, or credit the wire.";
        let found = Diagnostic::new(p.bytes(run.ours), message, help);
        findings.push(p, wire::pointing(found, against, run.theirs, "the same words"));
    }
}
