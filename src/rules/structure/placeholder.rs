//! `placeholder`: TK, [NAME], XX and the like, left in the copy.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::TokenFlags;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder",
    group: Group::Structure,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: true,
    yields_to: &[],
    summary: "A placeholder was left in the copy",
    what: "TK and TKTK stand for \"to come\".",
    why: "A placeholder in print is an embarrassment, and usually means that a fact was never checked.",
    bad: &["The TK-year-old driver was unhurt."],
    good: &["Chet Atkins played in Hotkey, Texas."],
    fix: "There is no fix: only the writer knows what was to come.",
    check: Check::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Context<'_>, findings: &mut Findings) {
    for (index, token) in paragraph.tokens().iter().enumerate() {
        let text = paragraph.text(index);
        let tk = text.split('-').any(|part| part == "TK" || part == "TKTK");
        if tk && token.flags.contains(TokenFlags::CAPITAL) {
            findings.push(
                paragraph,
                Diagnostic::new(
                    paragraph.byte(index),
                    format!("placeholder `{text}` left in the copy"),
                    "Fill in what was to come, or cut the sentence.",
                ),
            );
        }
    }
}
