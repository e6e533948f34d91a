//! `against-missing`: wire copy that the front matter names and that cannot be read. The engine reports it; here is its
//! documentation.

use crate::diagnostic::Severity;
use crate::rules::{Check, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "against-missing",
    group: Group::Against,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.0,
    in_quotations: true,
    waits: false,
    yields_to: &[],
    summary: "Wire copy named in the front matter cannot be read",
    what: "A name under `against` in the front matter that leads to no file, or to one that is no text. Names are relative \
           to the folder of the draft.",
    why: "The draft is not compared with it, and nothing else would show that.",
    bad: &["---\nagainst: wire.txt\n---\n\nThe bridge reopened on Monday."],
    good: &["The bridge reopened on Monday."],
    fix: "",
    check: Check::Engine,
};
