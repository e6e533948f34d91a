//! `unattributed-claim`: a sentence asserts what news copy normally attributes, and nobody in reach is on record for it.

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::Story;
use crate::resolve::claims::{self, Claim, Reason};
use crate::rules::{Check, Context, Findings, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unattributed-claim",
    group: Group::Attribution,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.75,
    in_quotations: false,
    waits: true,
    yields_to: &[],
    summary: "A claim stands with nobody on record for it",
    what: "A state of mind, what happened in private, a motive, an accusation or a sure prediction is stated as fact, and \
           nobody is on record in the sentence or earlier in its paragraph. Sums, shares, counts, results, prizes and \
           filings are on the public record: with polls, causes and whatever else reads like the attributed sentences of \
           other copy they are shown at a lower --min-confidence only. \"Declined to comment\" needs no source.",
    why: "\"How do we know?\" is the first question an editor asks. A claim that lost its source in a cut reads as the \
          paper's own.",
    bad: &["The minister expressed a willingness to meet the strikers before the spring."],
    good: &[
        "The contract with the shipyard is valued at $2.6 billion.",
        "The minister declined to comment on the talks with the strikers.",
        "The council adjourned at noon on Monday after a short debate.",
        "The minister is willing to meet the strikers before the spring, her office said.",
    ],
    fix: "Offers to add the source that the paragraph before or after has on record. A person must check that it said so.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    for claim in claims::sentences(story, findings.min_confidence()) {
        let Some(paragraph) = story.paragraphs.get(claim.paragraph) else { continue };
        let range = paragraph.bytes(claim.sentence);
        let running = story.nearest_sources(claim.paragraph, claim.sentence.start as usize, 1);
        let first = if claim.is_doubtful { DOUBT } else { HELP };
        let help = match running.first() {
            Some(source) => format!("{first} The nearest source on record is {}.", source.text),
            None => first.to_owned(),
        };
        let mut finding =
            Diagnostic::new(range, message(&claim), help).confidence(claim.probability);
        if let Some(source) = running.first() {
            finding = finding.fix(add_source(story, &claim, &source.text));
        }
        findings.push(paragraph, finding);
    }
}

const HELP: &str = "Nobody is on record for this in the sentence or earlier in its paragraph. Say who says so, or how it is \
                    known; if the reporter saw it, let it stand.";

const DOUBT: &str = "If somebody in this paragraph is on record for this, the copy does not make it plain. Say who says so, \
                     or how it is known.";

fn message(claim: &Claim) -> &'static str {
    match claim.reason {
        Some(Reason::Mind) => "a state of mind is stated as fact, with no source",
        Some(Reason::Private) => "what happened in private is stated with no source",
        Some(Reason::Cause) => "a cause is stated as fact, with no source",
        Some(Reason::Poll) => "a poll is reported with no source",
        Some(Reason::Share) => "a percentage stands with no source",
        Some(Reason::Money) => "a sum of money stands with no source",
        Some(Reason::Prediction) => "a prediction is made with no source",
        Some(Reason::Accusation) => "an accusation is made with no source",
        None => "nobody is clearly on record for this",
    }
}

/// Puts ", SOURCE said" before the final full stop.
fn add_source(story: &Story<'_>, claim: &Claim, source: &str) -> Option<Fix> {
    let paragraph = story.paragraphs.get(claim.paragraph)?;
    let last = (claim.sentence.end as usize).checked_sub(1)?;
    let stop = paragraph.token(last).filter(|t| t.mark == '.')?;
    let at = paragraph.block.range.start + stop.start;
    Fix::suggestion(format!("Add “{source} said”"), [Edit::insert(at, format!(", {source} said"))])
}
