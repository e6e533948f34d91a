//! Hovers: what a finding means, and who the article says that a person is.

use super::super::docs;
use super::people::{self, Seen};
use super::{Shows, Snapshot};
use crate::annotate::MentionKind;
use crate::document::Format;
use crate::files::today;
use crate::resolve::offices::{self, Question, Standing, Table};
use crate::resolve::{Person, Story};
use crate::rules;
use jiff::civil::Date;
use std::fmt::Write as _;
use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};

/// What a person is called, at most so many ways.
const CALLED: usize = 6;
/// Lines that are listed.
const LINES: usize = 12;

/// What is to be said of a position: of the findings there, and of the person.
pub(in crate::lsp) fn hover(
    snapshot: &Snapshot,
    shows: &Shows,
    position: Position,
) -> Option<Hover> {
    let found = snapshot.shown().filter(|(_, published)| {
        published.range.start <= position && position <= published.range.end
    });
    let (mut parts, mut range): (Vec<String>, Option<Range>) = (Vec::new(), None);
    let mut seen: Vec<&str> = Vec::new();
    for (finding, published) in found {
        range = range.or(Some(published.range));
        if !seen.contains(&finding.rule) {
            seen.push(finding.rule);
            parts.extend(rule(snapshot, finding.rule));
        }
    }
    let byte = snapshot.byte(position);
    let person = snapshot.read(|story| {
        let seen = people::at(story, byte)?;
        range = range.or(Some(snapshot.range(seen.range())));
        Some(person(snapshot, story, &seen))
    });
    parts.extend(person.flatten());
    if parts.is_empty() {
        return None;
    }
    let text = parts.join("\n---\n\n");
    let contents = match shows.markdown {
        true => MarkupContent { kind: MarkupKind::Markdown, value: text },
        false => MarkupContent { kind: MarkupKind::PlainText, value: plain(&text) },
    };
    Some(Hover { contents: HoverContents::Markup(contents), range })
}

/// Markdown of ours as plain text.
fn plain(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("```"));
    lines.map(|line| line.replace("**", "") + "\n").collect::<String>().trim_end().to_owned()
}

/// What a rule flags, why, and how to let a finding stand.
fn rule(snapshot: &Snapshot, id: &str) -> Option<String> {
    let rule = rules::find(id)?;
    let mut out = format!("**{}**: {}\n\n{}", rule.id, rule.summary, docs::text(rule));
    let mark = match snapshot.document().format {
        Some(Format::Plain) | None => format!("[stet {id}]"),
        Some(_) => format!("<!-- stet {id} -->"),
    };
    let _ = writeln!(
        out,
        "**To let it stand.** Choose a “Let it stand” action, or put `{mark}` on a line above the paragraph. `{id} = \
         \"off\"` under `[rules]` in copydesk.toml turns the rule off."
    );
    Some(out)
}

/// Who a person is, as far as the article and the table of office-holders tell.
fn person(snapshot: &Snapshot, story: &Story<'_>, seen: &Seen<'_, '_>) -> String {
    let person = seen.person;
    let mut out = format!("**{}**\n\n", person.name);
    let called = story.introductions(person, CALLED);
    if !called.is_empty() {
        let called = called.join("; ");
        let _ = writeln!(out, "In this article: {}.\n", called.trim_end_matches('.'));
    }
    for line in held(snapshot.analyzer.table(), story, person) {
        let _ = writeln!(out, "{line}\n");
    }
    let mut lines: Vec<u32> = people::mentions(story, person)
        .map(|(p, mention)| snapshot.range(people::place(p, mention)).start.line + 1)
        .collect();
    let count = lines.len();
    lines.dedup();
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let listed = lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let (s, line) =
        (if count == 1 { "" } else { "s" }, if lines.len() == 1 { "line" } else { "lines" });
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let _ = writeln!(out, "{count} mention{s}: {line} {listed}{more}");
    out
}

/// What the table of office-holders says of the offices that the article gives a person.
fn held(table: &Table, story: &Story<'_>, person: &Person) -> Vec<String> {
    let on = story.dated.map_or_else(today, |dated| dated.date);
    let given = (!person.given.is_empty()).then_some(&*person.given);
    let mut out: Vec<String> = Vec::new();
    for (p, mention) in people::mentions(story, person) {
        if mention.kind != MentionKind::Name || mention.title.is_empty() {
            continue;
        }
        let office = offices::office(p, mention.title);
        let place = offices::place_of(p, mention);
        let question = Question { office: &office, family: &person.family, given, place, on };
        let line =
            table.standing(&question).map(|standing| told(&person.family, &office, &standing));
        out.extend(line.filter(|line| !out.contains(line)));
    }
    out
}

/// What the table says, in a reporter's words.
fn told(name: &str, office: &str, standing: &Standing<'_>) -> String {
    let Standing { tenure, holds, since, as_of, planned } = *standing;
    let place = &tenure.place;
    let (since, as_of) = (day(since), day(as_of));
    let held = match holds {
        true => format!("{name} has been {office} ({place}) since {since}"),
        false => format!("{name} was {office} ({place}) until {since}"),
    };
    let stale = match (planned, holds) {
        (false, _) => String::new(),
        (true, true) => format!(
            " The list was last checked on {as_of}, and the term was due to run on; check whether that still holds."
        ),
        (true, false) => {
            format!(" The list was last checked on {as_of}; check what has changed since.")
        }
    };
    format!("List of office-holders: {held}.{stale}")
}

/// A date as newsrooms write it: "Jan. 20, 2025".
fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
        "Dec.",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at));
    format!("{} {}, {}", month.unwrap_or(&""), date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn text(snapshot: &Snapshot, shows: &Shows, words: &str) -> Option<String> {
        let hover = hover(snapshot, shows, range_of(snapshot, words).start)?;
        match hover.contents {
            HoverContents::Markup(markup) => Some(markup.value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_finding_is_explained() {
        let snapshot = untitled("It is TK.\n", Format::Plain);
        let markdown = text(&snapshot, &ABLE, "TK").unwrap();
        for words in ["**placeholder**", "**What it flags.**", "[stet placeholder]", "[rules]"] {
            assert!(markdown.contains(words), "{markdown}");
        }
        let unable = Shows { markdown: false, ..ABLE };
        let plain = text(&snapshot, &unable, "TK").unwrap();
        assert!(plain.starts_with("placeholder: A placeholder was left in the copy\n"), "{plain}");
        assert!(!plain.contains("**") && !plain.contains("```"), "{plain}");
        assert_eq!(text(&snapshot, &ABLE, "It"), None);
    }

    #[test]
    fn a_person_is_introduced() {
        let copy = "Former Mayor Ana Ruiz left. President Barack Obama stayed, he said.\n\nRuiz, a county engineer, \
                    agreed with Obama.\n";
        let snapshot = untitled(&format!("---\ndate: 2014-05-01\n---\n\n{copy}"), Format::Markdown);
        let ruiz = text(&snapshot, &ABLE, "Ruiz, a").unwrap();
        assert!(ruiz.starts_with("**Ana Ruiz**\n\nIn this article: Former Mayor"), "{ruiz}");
        assert!(
            ruiz.contains("2 mentions: lines 5, 7\n") || ruiz.contains("3 mentions: lines 5, 7\n"),
            "{ruiz}"
        );
        let short = untitled("Sen. Bo Lund left. Lund agreed.\n", Format::Markdown);
        let lund = text(&short, &ABLE, "Lund").unwrap();
        assert!(lund.contains("In this article: Sen.\n"), "{lund}");
        let obama = text(&snapshot, &ABLE, "Obama.").unwrap();
        assert!(obama.contains("President.\n"), "{obama}");
        assert!(
            obama.contains("holders: Obama has been president (US) since Jan. 20, 2009.\n"),
            "{obama}"
        );
        assert!(obama.contains("mentions: lines 5, 7\n"), "{obama}");
    }
    #[test]
    fn the_list_of_office_holders_speaks_plainly() {
        let later = untitled(
            "---\ndate: 2027-05-01\n---\n\nPresident Donald Trump left. President Barack Obama stayed.\n",
            Format::Markdown,
        );
        let trump = text(&later, &ABLE, "Trump").unwrap();
        assert!(
            trump.contains("Trump has been president (US) since Jan. 20, 2025. The list"),
            "{trump}"
        );
        assert!(trump.contains("the term was due to run on; check whether"), "{trump}");
        let obama = text(&later, &ABLE, "Obama").unwrap();
        assert!(
            obama.contains("Obama was president (US) until Jan. 20, 2017. The list"),
            "{obama}"
        );
    }

    /// What the newsroom's own table says is what its findings go by.
    #[test]
    fn the_house_s_office_holders_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let offices = "[[offices]]\noffice = 'governor'\nplace = 'US-XY'\nfamily = 'Ruiz'\nfrom = '2024-11-12'\n";
        std::fs::write(folder.path().join("copydesk.toml"), offices).unwrap();
        let copy = "---\ndate: 2026-03-02\n---\n\nGov. Ana Ruiz left. Gov. Bo Lund stayed.\n";
        let snapshot = in_folder(folder.path(), "a.md", copy);
        let ruiz = text(&snapshot, &ABLE, "Ruiz").unwrap();
        let holds = "holders: Ruiz has been governor (US-XY) since Nov. 12, 2024.\n";
        assert!(ruiz.contains(holds), "{ruiz}");
        let lund = text(&snapshot, &ABLE, "Lund").unwrap();
        assert!(!lund.contains("holders"), "{lund}");
    }

    #[test]
    fn the_article_says_who_a_person_is() {
        let snapshot = untitled(
            "Tom Abel, a retired librarian from Salem, met county engineer Ana Ruiz, who runs the office.\n",
            Format::Markdown,
        );
        let abel = text(&snapshot, &ABLE, "Abel").unwrap();
        assert!(abel.contains("In this article: a retired librarian from Salem.\n"), "{abel}");
        let ruiz = text(&snapshot, &ABLE, "Ruiz").unwrap();
        assert!(
            ruiz.contains("In this article: county engineer; who runs the office.\n"),
            "{ruiz}"
        );
    }
}
