//! The rules. One file a rule, one word in the list below registers it.
//!
//! A rule is a `pub static RULE: Rule`: its documentation, its metadata and its check. Whoever needs to know about
//! rules (`explain`, the rules table, the settings' schema, the editors) reads [`ALL`]; nothing else lists them.

mod alone;
mod calls;
mod drift;
mod findings;
mod fixes;
mod hedges;
mod phrases;
mod selector;
mod slots;
mod speakers;
mod times;
mod unnamed;
mod wire;

pub use findings::Findings;
pub use selector::Selector;

use crate::against::Comparison;
use crate::annotate::Paragraph;
use crate::diagnostic::Severity;
use crate::resolve::offices::Table;
use crate::resolve::{Dated, Roster, Story};
use crate::style::Style;
use jiff::civil::Date;
use serde::Serialize;

/// A family of rules, which the settings can switch as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Who says so.
    Attribution,
    /// What people are called by office.
    Titles,
    /// What people are called.
    Names,
    /// Days and dates.
    Dates,
    /// Quotations as such.
    Quotes,
    /// The parts of the article.
    Structure,
    /// Words.
    Terms,
    /// What the wire copy says that the draft was written from.
    Against,
}

impl Group {
    /// Every group, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Attribution,
        Self::Titles,
        Self::Names,
        Self::Dates,
        Self::Quotes,
        Self::Structure,
        Self::Terms,
        Self::Against,
    ];

    /// The name used in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Titles => "titles",
            Self::Names => "names",
            Self::Dates => "dates",
            Self::Quotes => "quotes",
            Self::Structure => "structure",
            Self::Terms => "terms",
            Self::Against => "against",
        }
    }
}

/// What a rule may know beside the text it reads.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// House style.
    pub style: &'a Style,
    /// The article's own date.
    pub date: Option<Date>,
    /// What "today" is, where the caller knows.
    pub today: Option<Date>,
    /// The day that the article is of, as far as anything tells, and where that was taken from.
    pub dated: Option<Dated>,
    /// Whether this is one article of many, which may be of any day.
    pub batch: bool,
    /// Who holds and held which office.
    pub offices: &'a Table,
    /// The story beside the wire copy that it was written from, if there is any.
    pub against: Option<&'a Comparison<'a>>,
    /// The house's list of people.
    pub people: &'a Roster,
}

/// A rule's check, by its scope: what it promises to read and nothing more, which is what makes caching sound.
#[derive(Clone, Copy)]
pub enum Check {
    /// Reads one paragraph.
    Paragraph(fn(&Paragraph<'_>, &Context<'_>, &mut Findings)),
    /// Reads the whole story.
    Story(fn(&Story<'_>, &Context<'_>, &mut Findings)),
    /// Found by the engine itself.
    Engine,
}

/// A rule: documentation, metadata and check.
pub struct Rule {
    /// Its id, part of the contract: never renamed.
    pub id: &'static str,
    /// Its family.
    pub group: Group,
    /// Its severity unless the settings say otherwise.
    pub severity: Severity,
    /// Whether it is on by default.
    pub enabled: bool,
    /// Findings below this confidence are not reported by default.
    pub threshold: f32,
    /// Whether it may flag words inside quotations. Only typography may, and what compares them with the wire copy.
    pub in_quotations: bool,
    /// Whether the rest of a sentence that is still being written may make its findings go: editors wait with them.
    pub waits: bool,
    /// A finding is dropped where it overlaps a finding of one of these rules.
    pub yields_to: &'static [&'static str],
    /// One line for tables, without a full stop.
    pub summary: &'static str,
    /// What it flags, and what it leaves alone.
    pub what: &'static str,
    /// Why desks care.
    pub why: &'static str,
    /// Copy that it flags; tested.
    pub bad: &'static [&'static str],
    /// Copy that it leaves alone; tested.
    pub good: &'static [&'static str],
    /// What the fixes do and may not do.
    pub fix: &'static str,
    /// The check.
    pub check: Check,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A rule that runs, with what the settings made of it.
#[derive(Clone, Copy, Debug)]
pub struct ActiveRule {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity.
    pub severity: Severity,
    /// The least confidence that is reported.
    pub min_confidence: f32,
}

/// Expands the list to the modules and to [`ALL`].
macro_rules! rules {
    ($($family:ident { $($rule:ident)* })*) => {
        $(mod $family { $(pub(super) mod $rule;)* })*

        /// Every rule, by family.
        pub static ALL: &[&Rule] = &[$($(&$family::$rule::RULE,)*)*];
    };
}

rules! {
    attribution {
        unattributed_quote
        anonymous_source
        dangling_attribution unattributed_claim
        hedge_without_source
        loaded_speech_verb
        vague_attribution
        source_count_drift
        anonymous_opinion
        passive_attribution
        orphan_speaker
    }
    titles {
        inconsistent_title title_without_name role_drift elect_acting_interim then_title title_repeated
        title_case courtesy_title_mix
    }
    names {
        first_reference name_variant surname_order diacritics_drift
    }
    dates {
        weekday_date_mismatch
    }
    quotes {
        quote_typography
    }
    structure {
        headline_body_certainty
        page_chrome
        missing_terminal_punctuation
        placeholder
        unused_stet
    }
    terms {
        guilt_before_conviction
        loaded_label
        term_variant
        undefined_acronym
    }
    against {
        quote_drift quote_not_in_source speaker_swap
        attribution_dropped attribution_weakened
        hedge_dropped certainty_raised
        number_drift name_drift title_drift
        copied_verbatim
        against_missing
    }
}

/// An example of a rule's documentation as wire copy and draft: `Wire: ...`, and `Draft: ...` on a later line. Most examples
/// are drafts alone.
pub fn example(text: &str) -> (Option<&str>, &str) {
    let parts = text.strip_prefix("Wire: ").and_then(|rest| rest.split_once("\nDraft: "));
    parts.map_or((None, text), |(wire, draft)| (Some(wire), draft))
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
