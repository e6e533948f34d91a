//! `unattributed-claim`: a sentence asserts what news copy normally attributes, and nobody in reach is on record for it.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::resolve::claims::{self, Claim, Reason};
use crate::resolve::{Gender, NamedSource, Story};
use crate::rules::{Check, Context, Findings, Group, Rule, phrases};

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
           other copy they are shown at a lower --min-confidence only. \"Declined to comment\" needs no source, \
           nor do stories, public meetings, the weather and what anybody there could see.",
    why: "\"How do we know?\" is the first question an editor asks. A claim that lost its source in a cut reads as the \
          paper's own.",
    bad: &["The minister expressed a willingness to meet the strikers before the spring."],
    good: &[
        "The contract with the shipyard is valued at $2.6 billion.",
        "The minister declined to comment on the talks with the strikers.",
        "The council adjourned at noon on Monday after a short debate.",
        "The minister is willing to meet the strikers before the spring, her office said.",
    ],
    fix: "Offers to add the source that the paragraph before or after has on record, unless it denied or is who the sentence is \
          about. A person must check that it said so.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    for claim in claims::sentences(story, findings.min_confidence()) {
        let Some(paragraph) = story.paragraphs.get(claim.paragraph) else { continue };
        let range = paragraph.bytes(claim.sentence);
        let running = running(story, paragraph, &claim);
        let first = if claim.is_doubtful { DOUBT } else { HELP };
        let help = match &running {
            Some(source) => format!("{first} The nearest source on record is {}.", source.text),
            None => first.to_owned(),
        };
        let fix = running.and_then(|source| {
            let name = name(story, paragraph, &claim, source)?;
            add_source(paragraph, &claim, &name)
        });
        let finding = Diagnostic::new(range, message(&claim), help).confidence(claim.probability);
        findings.push(paragraph, finding.fix(fix));
    }
}

const HELP: &str = "Nobody is on record for this in the sentence or earlier in its paragraph. Say who says so, or how it is \
                    known; if the reporter saw it, let it stand.";

const DOUBT: &str = "If somebody in this paragraph is on record for this, the copy does not make it plain. Say who says so, \
                     or how it is known.";

fn message(claim: &Claim) -> &'static str {
    match claim.reason {
        Some(Reason::Mind) => "a state of mind is stated as fact, with no source",
        Some(Reason::Motive) => "a motive is stated as fact, with no source",
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

/// Paragraphs either side in which a source may stand that says this as well.
const NEAR: usize = 1;
/// Sources that are asked.
const ASKED: usize = 4;

/// The source near a claim that may be behind it: it did not deny, and the claim is not about it, which would make a
/// confession of an accusation; what goes on in a person's own head is that person's to tell.
fn running(story: &Story<'_>, p: &Paragraph<'_>, claim: &Claim) -> Option<NamedSource> {
    let own = matches!(claim.reason, Some(Reason::Mind | Reason::Motive));
    let sources = story.nearest_sources(claim.paragraph, claim.sentence.start as usize, ASKED);
    let mut near = sources.into_iter().filter(|s| s.paragraph.abs_diff(claim.paragraph) <= NEAR);
    near.find(|source| {
        let tells = match about(story, p, claim, source) {
            About::Another => true,
            About::Subject => own && source.person.is_some(),
            About::Named => false,
        };
        tells && !phrases::has_denied(story, source)
    })
}

/// What a sentence has to do with a source.
#[derive(PartialEq)]
enum About {
    /// It opens with the source, by name or by a pronoun.
    Subject,
    /// It names the source further on.
    Named,
    Another,
}

/// Tokens in which the subject of a sentence is named.
const SUBJECT: usize = 5;

fn about(story: &Story<'_>, p: &Paragraph<'_>, claim: &Claim, source: &NamedSource) -> About {
    let last = source.text.rsplit(' ').next().unwrap_or_default();
    let person = source.person.and_then(|number| story.people.get(number));
    let family = person.map_or(last, |person| person.family.as_str());
    let opens = claim.sentence.start as usize;
    let pronoun = if person.is_some() { ["he", "she"] } else { ["it", "they"] };
    let named = |at: &usize| phrases::is_any(p, *at, &[last, family]);
    match claim.sentence.iter().find(named) {
        Some(at) if at >= opens + SUBJECT => About::Named,
        None if !phrases::is_any(p, opens, &pronoun) => About::Another,
        _ => About::Subject,
    }
}

/// How the source is called in the sentence.
fn name(
    story: &Story<'_>,
    p: &Paragraph<'_>,
    claim: &Claim,
    source: NamedSource,
) -> Option<String> {
    if about(story, p, claim, &source) == About::Subject {
        let opens = claim.sentence.start as usize;
        let gender = story.people.get(source.person?)?.gender?;
        let pronoun = if gender == Gender::Woman { "she" } else { "he" };
        let other = if gender == Gender::Woman { "he" } else { "she" };
        return (!p.is(opens, other)).then(|| pronoun.to_owned());
    }
    Some(phrases::later_name(story, claim.paragraph, &source).unwrap_or(source.text))
}

/// Puts ", SOURCE said" before the final full stop.
fn add_source(paragraph: &Paragraph<'_>, claim: &Claim, source: &str) -> Option<Fix> {
    let last = (claim.sentence.end as usize).checked_sub(1)?;
    let stop = paragraph.token(last).filter(|t| t.mark == '.')?;
    let at = paragraph.block.range.start + stop.start;
    Fix::suggestion(format!("Add “{source} said”"), [Edit::insert(at, format!(", {source} said"))])
}
