//! `unused-stet`: a stet that silences nothing. The engine finds it; here is its documentation.

use crate::diagnostic::Severity;
use crate::rules::{Check, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unused-stet",
    group: Group::Structure,
    severity: Severity::Info,
    enabled: true,
    threshold: 0.0,
    in_quotations: true,
    waits: false,
    yields_to: &[],
    summary: "A stet silences nothing",
    what: "A stet (a mark in the copy, a name in the front matter, or an entry in copydesk.toml) that no finding needs \
           any more, or that names a rule that does not exist. It is reported only where the rule that it names ran.",
    why: "A stet outlives the sentence it was made for. Left behind, it hides the next mistake in the same place.",
    bad: &["<!-- stet vague-attribution -->\n\nThe bridge reopened on Monday."],
    good: &["The bridge reopened on Monday."],
    fix: "The mark, or the name of the rule in it or in the front matter, is deleted: safe. Deleting an entry of the \
          settings is a suggestion.",
    check: Check::Engine,
};
