//! Terms in office: the lines of the table, what is asked of them, and what one of them says of a day.

use super::places;
use jiff::civil::Date;
use std::borrow::Cow;

/// When an office ended or is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It ended on this day.
    Known(Date),
    /// The term is planned to end on this day.
    Planned(Date),
    /// No end is planned.
    Open,
}

/// One line of the table: who held which office from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// In lower case and in full: "president", "secretary of state".
    pub office: Cow<'static, str>,
    /// A country, or "US-TX"; empty if the house does not say.
    pub place: Cow<'static, str>,
    /// Given names; empty for monarchs.
    pub given: Cow<'static, str>,
    /// The name that stands for the person alone.
    pub family: Cow<'static, str>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: End,
    /// The day as of which the line is true.
    pub as_of: Date,
    /// Where it comes from.
    pub source: Cow<'static, str>,
}

impl Tenure {
    /// Whether the office is held on a day: `None` where that is not known.
    pub fn holds(&self, on: Date) -> Option<bool> {
        match self.to {
            _ if on < self.from => Some(false),
            End::Known(end) => Some(on < end),
            End::Planned(end) if on < end => Some(true),
            End::Open if on <= self.as_of => Some(true),
            End::Planned(_) | End::Open => None,
        }
    }

    /// The day on which it ends at the latest.
    pub(super) fn last_day(&self) -> Date {
        match self.to {
            End::Known(day) | End::Planned(day) => day,
            End::Open => Date::MAX,
        }
    }

    /// The place as it stands before a title: "Texas", "French", "New Zealand".
    pub fn before_title(&self) -> Cow<'_, str> {
        places::before_title(&self.place)
    }

    /// Given names and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }

    pub(super) fn is_american(&self) -> bool {
        self.place.starts_with("US")
    }

    /// What the line says of its office on a day. The outer `None` says that nobody can tell, the inner one that the line
    /// says nothing.
    #[allow(clippy::option_option)]
    pub(super) fn standing(&self, on: Date) -> Option<Option<Standing<'_>>> {
        if on < self.from {
            return Some(None);
        }
        // On the day of a handover an article may be written before or after it.
        if on == self.from || self.to == End::Known(on) {
            return None;
        }
        let holds = self.holds(on)?;
        let since = match self.to {
            End::Known(end) if !holds => end,
            _ => self.from,
        };
        let (as_of, planned) = (self.as_of, on > self.as_of);
        Some(Some(Standing { tenure: self, holds, since, as_of, planned }))
    }
}

/// What is asked of the table.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// In lower case and in full: "president", "vice president", "senator", "secretary of state".
    pub office: &'a str,
    /// The family name as written.
    pub family: &'a str,
    /// The given name as written, if the article gives it.
    pub given: Option<&'a str>,
    /// A country, nation or state beside the title, if there is one ("South Korean", "Ohio").
    pub place: Option<&'a str>,
    /// The day.
    pub on: Date,
}

/// What the table says of a person and an office on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'t> {
    /// The line that says so.
    pub tenure: &'t Tenure,
    /// Whether the person holds the office that day; if not, the office was held before and has ended.
    pub holds: bool,
    /// The day on which the office began (if held) or ended (if not).
    pub since: Date,
    /// The day as of which the table is true.
    pub as_of: Date,
    /// Whether the day lies after `as_of`, so that the answer rests on a planned end of term.
    pub planned: bool,
}

/// The lines of a table.
pub(super) fn read(text: &'static str) -> Vec<Tenure> {
    let mut out = Vec::with_capacity(1500);
    let (mut as_of, mut source) = (Date::ZERO, "");
    for line in text.lines() {
        if let Some(group) = line.strip_prefix("@ ") {
            as_of = group.get(..10).and_then(|day| day.parse().ok()).unwrap_or(Date::ZERO);
            source = group.get(11..).unwrap_or("");
        } else {
            out.extend(tenure(line, as_of, source));
        }
    }
    out
}

/// Reads one line; `None` for comments and blank lines.
pub(super) fn tenure(line: &'static str, as_of: Date, source: &'static str) -> Option<Tenure> {
    let mut columns = line.split('\t');
    let office = columns.next().filter(|office| !office.is_empty() && !office.starts_with('#'))?;
    let (place, given, family) = (columns.next()?, columns.next()?, columns.next()?);
    let from = columns.next()?.parse().ok()?;
    let to = end(columns.next().unwrap_or(""))?;
    let [office, place, given, family, source] =
        [office, place, given, family, source].map(Cow::Borrowed);
    Some(Tenure { office, place, given, family, from, to, as_of, source })
}

/// "2029-01-20", "~2029-01-20" for a planned end, "" for none.
pub(crate) fn end(text: &str) -> Option<End> {
    match text.strip_prefix('~') {
        _ if text.is_empty() => Some(End::Open),
        Some(planned) => planned.parse().ok().map(End::Planned),
        None => text.parse().ok().map(End::Known),
    }
}
