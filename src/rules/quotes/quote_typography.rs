//! `quote-typography`: quotation marks and apostrophes that are wrong, reversed, mixed or without a partner.
//!
//! One pass counts how the article writes its marks ([`census`]), a second one reports what stands out against that: the
//! article's own habit decides, unless the settings name the house's.

mod apostrophes;
mod census;
mod marks;
mod stops;

use crate::annotate::Paragraph;
use crate::diagnostic::Severity;
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule};
use census::{Census, Seen};

pub(crate) static RULE: Rule = Rule {
    id: "quote-typography",
    group: Group::Quotes,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    waits: true,
    yields_to: &[],
    summary: "A quotation mark or apostrophe is wrong, reversed, mixed or without a partner",
    what: "An opening mark or accent that was typed for an apostrophe (Tribune‘s), reversed marks, a straight mark in an \
           article that sets curly ones (or the other way round) where that is clearly a slip, a quotation that never \
           closes, a closing mark that nothing opens, and a full stop or comma outside the closing mark where the article \
           otherwise sets it inside. Speech that stays open because it goes on in the next paragraph, ’90s, rock ’n’ \
           roll, feet and inches, and British order of marks where it is the article's habit are left alone.",
    why: "Readers must see where somebody's words begin and end. A mark that is missing or turned round puts the writer's \
          words into a speaker's mouth, and every later check of quotations stumbles over it.",
    bad: &[
        "The Tribune‘s editor resigned.",
        "”We are late,“ she said.",
        "“We won, he said.\n\nThe party went on all night.",
        "He called it \"a fair price.\" She called it \"a gift\".",
    ],
    good: &[
        "“We started with nothing.\n\n“Then the boats came,” she said.",
        "He is 5'10\" and loves the ’90s.",
        "He called it \"a fair price\". She called it \"a gift\".",
    ],
    fix: "Replaces the mark; safe where the right one is certain. A missing mark, and a full stop that changes places, are \
          suggestions, unless the settings name the house's order of marks.",
    check: Check::Story(check),
};

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    let census = Census::of(story, context.style);
    let copy: Vec<&Paragraph<'_>> =
        story.paragraphs.iter().filter(|p| p.block.kind.is_copy()).collect();
    for (number, paragraph) in copy.iter().enumerate() {
        let Some(seen) = Seen::of(paragraph) else { continue };
        let rest = copy.get(number + 1..).unwrap_or(&[]);
        apostrophes::check(paragraph, seen, &census, findings);
        marks::check(paragraph, seen, &census, findings);
        marks::check_balance(paragraph, seen, rest, findings);
        stops::check(paragraph, &census, findings);
    }
}
