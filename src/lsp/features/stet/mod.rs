//! The ways to let a finding stand, the one that leaves no mark in the copy first.
//!
//! Each is tried before it is offered: where it would not silence the finding, or would change how the draft is read, it is
//! left out.

mod front_matter;
mod listed;
mod mark;
mod words;

use super::{Others, Shows, Snapshot, edit};
use crate::diagnostic::{Diagnostic, Edit, Field};
use crate::document::Document;
use listed::SettingsEdit;
use tower_lsp::lsp_types::{Url, WorkspaceEdit};

/// The rule that no stet silences: stets are what it is about.
const UNUSED: &str = "unused-stet";

/// A way to let a finding stand.
#[derive(Debug)]
pub(super) struct Way {
    pub title: String,
    pub edit: WorkspaceEdit,
    /// The settings file that it changes, if it does: it takes effect once that is saved.
    pub settings: Option<Url>,
}

/// The ways to let a finding stand.
pub(super) fn ways(
    snapshot: &Snapshot,
    shows: &Shows,
    others: Others<'_>,
    found: &Diagnostic,
) -> Vec<Way> {
    let mut out = Vec::new();
    let mut add = |title: &str, way: Option<(WorkspaceEdit, Option<Url>)>| {
        let title = title.to_owned();
        out.extend(way.map(|(edit, settings)| Way { title, edit, settings }));
    };
    let settings = |edit: Option<SettingsEdit>| {
        edit.and_then(|edit| edit.in_protocol(snapshot, shows))
            .map(|(edit, file)| (edit, Some(file)))
    };
    let in_copy =
        |edit: Option<Edit>| edit.map(|edit| (edit::of_document(snapshot, shows, &[edit]), None));
    if found.rule != UNUSED && found.field == Field::Text {
        add("Let it stand (copydesk.toml)", settings(listed::entry(snapshot, others, found)));
        let (here, article) = marks(snapshot, found);
        add("Let it stand here", in_copy(here));
        add("Let it stand in this article", in_copy(article));
    }
    let off = format!("Turn off {} for this project", found.rule);
    add(&off, settings(listed::off(snapshot, others, found.rule)));
    out
}

/// The mark in the copy, and the entry of the front matter.
fn marks(snapshot: &Snapshot, found: &Diagnostic) -> (Option<Edit>, Option<Edit>) {
    let Some(format) = snapshot.document().format else { return (None, None) };
    let text = &snapshot.text;
    let document = Document::parse(text, format);
    let draft = Draft { text, format, document: &document };
    (mark::mark(&draft, found), front_matter::entry(&draft, found.rule))
}

/// A draft that is to be marked.
struct Draft<'a> {
    text: &'a str,
    format: crate::document::Format,
    document: &'a Document,
}

impl Draft<'_> {
    /// The draft after the edit, unless its blocks are other ones then.
    fn after(&self, edit: &Edit) -> Option<Document> {
        let after = Document::parse(&edit::applied(self.text, edit), self.format);
        let blocks = self.document.blocks.iter().zip(&after.blocks);
        let moved = |(before, after): (&crate::document::Block, &crate::document::Block)| {
            before.kind == after.kind && after.range.start == moved(before.range.start, edit)
        };
        (self.document.blocks.len() == after.blocks.len() && { blocks }.all(moved)).then_some(after)
    }
}

/// Where a byte is after an edit that inserts, or that replaces what lies before it.
fn moved(byte: u32, edit: &Edit) -> u32 {
    if byte < edit.range.end.max(edit.range.start) {
        return byte;
    }
    byte - edit.range.len() + edit.replacement.len() as u32
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;
    use crate::lsp::features::testing;
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    /// The ways that are offered for the first finding of a rule.
    fn offered(snapshot: &Snapshot, others: Others<'_>, rule: &str) -> Vec<Way> {
        let found = snapshot.diagnostics.iter().find(|found| found.rule == rule);
        ways(
            snapshot,
            &ABLE,
            others,
            found.unwrap_or_else(|| panic!("no {rule}: {:?}", snapshot.diagnostics)),
        )
    }

    fn way(snapshot: &Snapshot, rule: &str, title: &str) -> Option<WorkspaceEdit> {
        let mut ways = offered(snapshot, ALONE, rule).into_iter();
        ways.find(|way| way.title == title).map(|way| way.edit)
    }

    fn count(snapshot: &Snapshot, rule: &str) -> usize {
        snapshot.diagnostics.iter().filter(|found| found.rule == rule).count()
    }

    #[test]
    fn an_entry_that_would_silence_more_is_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        let offered = |text: &str| {
            let snapshot = testing::in_folder(folder.path(), "a.md", text);
            way(&snapshot, "placeholder", "Let it stand (copydesk.toml)").is_some()
        };
        assert!(offered("It is TK.\n"));
        assert!(!offered("| a | b |\n|---|---|\n| TK | TK |\n"));
    }

    /// Lets the first finding of `placeholder` stand by a mark or the front matter, checks that it alone went (or all of the
    /// rule with `all`), and returns the text.
    fn silenced(text: &str, format: Format, title: &str, all: bool) -> Option<String> {
        let snapshot = untitled(text, format);
        let before = count(&snapshot, "placeholder");
        let after = edited(&snapshot, &way(&snapshot, "placeholder", title)?);
        let again = untitled(&after, format);
        let left = if all { 0 } else { before - 1 };
        assert_eq!(count(&again, "placeholder"), left, "{after}\n{:?}", again.diagnostics);
        assert_eq!(count(&again, UNUSED), 0, "{after}");
        Some(after)
    }

    fn here(text: &str, format: Format) -> Option<String> {
        silenced(text, format, "Let it stand here", false)
    }

    fn article(text: &str, format: Format) -> Option<String> {
        silenced(text, format, "Let it stand in this article", true)
    }

    #[test]
    fn a_mark_above_the_block() {
        let mark = "<!-- stet placeholder -->";
        let two = "A bridge opened.\n\nIt is TK.\nSo it is.\n\nThat is TK.\n";
        assert_eq!(
            here(two, Format::Markdown),
            Some(two.replacen("It is", &format!("{mark}\n\nIt is"), 1))
        );
        let crlf = two.replace('\n', "\r\n");
        assert_eq!(
            here(&crlf, Format::Markdown),
            Some(crlf.replacen("It is", &format!("{mark}\r\n\r\nIt is"), 1))
        );
        assert_eq!(
            here(two, Format::Plain),
            Some(two.replacen("It is", "[stet placeholder]\nIt is", 1))
        );
        let html = "<article>\n  <p>It is TK.</p>\n  <p>That is TK.</p>\n</article>\n";
        assert_eq!(
            here(html, Format::Html),
            Some(html.replacen("  <p>", &format!("  {mark}\n  <p>"), 1))
        );
    }

    #[test]
    fn a_mark_where_a_line_of_its_own_would_break_something() {
        let mark = "<!-- stet placeholder -->";
        for (text, at) in [
            ("A list:\n\n- It is TK.\n- That is TK.\n", "It is TK."),
            ("- Fine.\n\n  It is TK.\n\nThat is TK.\n", "It is TK."),
            ("> It is TK.\n>\n> That is TK.\n", "It is TK."),
            ("| a | b |\n| - | - |\n| it is | it is TK. |\n\nThat is TK.\n", "it is TK."),
        ] {
            let wanted = text.replacen(at, &format!("{at} {mark}"), 1);
            assert_eq!(here(text, Format::Markdown), Some(wanted), "{text}");
        }
        let html = "<ul><li>Fine.</li><li>It is TK.</li></ul><p>That is TK.</p>";
        assert_eq!(
            here(html, Format::Html),
            Some(html.replacen("It is TK.", &format!("It is TK. {mark}"), 1))
        );
    }

    #[test]
    fn no_mark_where_none_is_read() {
        let front = "---\ntitle: It is TK\n---\n\nIt rained.\n";
        assert_eq!(here(front, Format::Markdown), None);
        let title = "<p>It rained.</p><title>It is TK</title>";
        assert_eq!(count(&untitled(title, Format::Html), "placeholder"), 1);
        assert_eq!(here(title, Format::Html), None);
    }

    #[test]
    fn front_matter_is_made_or_added_to() {
        let body = "\nIt is TK.\n\nThat is TK.\n";
        let made = article(body.trim_start(), Format::Markdown);
        assert_eq!(made, Some(format!("---\nstet: [placeholder]\n---\n{body}")));
        for (before, after) in [
            ("title: Rain", "title: Rain\nstet: [placeholder]"),
            ("stet: [titles]", "stet: [titles, placeholder]"),
            ("stet: ['titles']", "stet: ['titles', 'placeholder']"),
            ("stet: titles, names", "stet: titles, names, placeholder"),
            ("stet: \"titles\" # why", "stet: \"titles, placeholder\" # why"),
            (
                "stet:\n  - titles # why\ntitle: Rain",
                "stet:\n  - titles # why\n  - placeholder\ntitle: Rain",
            ),
            ("stet: []", "stet: [placeholder]"),
            ("stet:\ntitle: Rain", "stet: [placeholder]\ntitle: Rain"),
        ] {
            // Names that silence nothing are another matter.
            let text = format!("---\n{before}\n---\n{body}");
            let snapshot = untitled(&text, Format::Markdown);
            let way = way(&snapshot, "placeholder", "Let it stand in this article");
            let edit = way.unwrap_or_else(|| panic!("{before}"));
            let edited = edited(&snapshot, &edit);
            assert_eq!(edited, format!("---\n{after}\n---\n{body}"));
            assert_eq!(count(&untitled(&edited, Format::Markdown), "placeholder"), 0);
        }
    }

    #[test]
    fn front_matter_in_toml() {
        let body = "\nIt is TK.\n";
        for (before, after) in [
            ("title = \"Rain\"", "title = \"Rain\"\nstet = [\"placeholder\"]"),
            (
                "title = \"Rain\"\n\n[params]\na = 1",
                "title = \"Rain\"\nstet = [\"placeholder\"]\n\n[params]\na = 1",
            ),
            ("stet = [\"titles\"]", "stet = [\"titles\", \"placeholder\"]"),
            ("stet = 'titles'", "stet = 'titles, placeholder'"),
        ] {
            let snapshot = untitled(&format!("+++\n{before}\n+++\n{body}"), Format::Markdown);
            let way = way(&snapshot, "placeholder", "Let it stand in this article");
            let edited = edited(&snapshot, &way.unwrap_or_else(|| panic!("{before}")));
            assert_eq!(edited, format!("+++\n{after}\n+++\n{body}"));
            assert_eq!(count(&untitled(&edited, Format::Markdown), "placeholder"), 0);
        }
    }

    #[test]
    fn front_matter_is_made_in_markdown_only() {
        assert_eq!(article("It is TK.\n", Format::Plain), None);
        assert_eq!(article("<p>It is TK.</p>\n", Format::Html), None);
        let plain = "---\ntitle: Rain\n---\n\nIt is TK.\n";
        let after = article(plain, Format::Plain).expect("read there");
        assert!(after.starts_with("---\ntitle: Rain\nstet: [placeholder]\n---\n"), "{after}");
    }

    /// Writes an edit of the settings to disk.
    fn write(edit: &WorkspaceEdit) {
        for (uri, version, edits) in testing::edits(edit) {
            let path = uri.to_file_path().unwrap();
            assert_eq!(version, None);
            let text = fs::read_to_string(&path).unwrap_or_default();
            fs::write(&path, apply(&text, &edits)).unwrap();
        }
    }

    fn settings(folder: &Path) -> String {
        fs::read_to_string(folder.join("copydesk.toml")).unwrap()
    }

    #[test]
    fn entries_of_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let text =
            "The TK-year-old driver was unhurt.\n\nHe was TK at the\ntime. She was TK too.\n";
        fs::create_dir(folder.path().join("drafts")).unwrap();
        for left in [2, 1, 0] {
            let snapshot = in_folder(folder.path(), "drafts/a [1].md", text);
            assert_eq!(count(&snapshot, "placeholder"), left + 1, "{}", settings(folder.path()));
            write(&way(&snapshot, "placeholder", "Let it stand (copydesk.toml)").unwrap());
        }
        let snapshot = in_folder(folder.path(), "drafts/a [1].md", text);
        assert_eq!(count(&snapshot, "placeholder"), 0);
        let written = settings(folder.path());
        let first = "[[stet]]\nfile = \"drafts/a [[]1].md\"\nrule = \"placeholder\"\ntext = \"TK-year-old\"\nwhy = \"\"\n";
        assert!(written.starts_with(first), "{written}");
        assert_eq!(written.matches("\n\n[[stet]]\n").count(), 2, "{written}");
    }

    #[test]
    fn a_rule_is_turned_off() {
        let folder = tempfile::tempdir().unwrap();
        let before = "# Ours.\n[rules] # levels\ndates = \"error\"\n\n# Later.\n[style]\nquotes = \"curly\"\n";
        for before in ["", before, "rules = { dates = \"error\" }\n", "rules.dates = \"error\"\n"] {
            let before = before.replace("[style]\nquotes = \"curly\"\n", "");
            let path = folder.path().join("copydesk.toml");
            let _ = fs::remove_file(&path);
            if !before.is_empty() {
                fs::write(&path, &before).unwrap();
            }
            let snapshot = in_folder(folder.path(), "a.md", "It is TK.\n");
            let title = "Turn off placeholder for this project";
            write(&way(&snapshot, "placeholder", title).unwrap());
            let after = in_folder(folder.path(), "a.md", "It is TK.\n");
            assert_eq!(count(&after, "placeholder"), 0, "{}", settings(folder.path()));
            for line in before.lines().filter(|line| line.contains(['#', '['])) {
                assert!(settings(folder.path()).contains(line), "{}", settings(folder.path()));
            }
        }
    }

    #[test]
    fn settings_made_since_the_check_are_added_to() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = in_folder(folder.path(), "a.md", "It is TK.\n");
        let before = "[rules]\ndates = \"error\"\n";
        fs::write(folder.path().join("copydesk.toml"), before).unwrap();
        write(&way(&snapshot, "placeholder", "Let it stand (copydesk.toml)").unwrap());
        let after = settings(folder.path());
        assert!(after.starts_with(&format!("{before}\n[[stet]]\n")), "{after}");
    }

    /// What the editor has of the settings counts, not what is on disk.
    #[test]
    fn unsaved_settings_are_added_to() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("copydesk.toml"), "# The desk\n").unwrap();
        let text = "It is TK.\n\nThe plan fails, according to.\n";
        let snapshot = in_folder(folder.path(), "drafts/a.md", text);
        let mut unsaved = "# Unsaved\n".to_owned();
        for (rule, way) in [
            ("placeholder", "Turn off placeholder for this project"),
            ("dangling-attribution", "Turn off dangling-attribution for this project"),
            ("placeholder", "Let it stand (copydesk.toml)"),
        ] {
            let settings = Arc::new(in_folder(folder.path(), "copydesk.toml", &unsaved));
            let uri = settings.document().uri.clone();
            let others = |asked: &Url| (*asked == uri).then(|| settings.clone());
            let ways = offered(&snapshot, &others, rule);
            let way = ways.into_iter().find(|offered| offered.title == way).expect(way);
            assert_eq!(way.settings, Some(uri.clone()));
            unsaved = edited(&settings, &way.edit);
        }
        let off = "[rules]\nplaceholder = \"off\"\ndangling-attribution = \"off\"\n";
        assert!(unsaved.starts_with(&format!("# Unsaved\n\n{off}\n[[stet]]\n")), "{unsaved}");
    }

    /// Clients escape names in different ways, and know a file by the way they chose.
    #[test]
    fn settings_are_named_as_the_client_names_the_draft() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a(1)")).unwrap();
        fs::write(folder.path().join("copydesk.toml"), "").unwrap();
        let plain = Url::from_file_path(folder.path().join("a(1)/b.md")).unwrap();
        let escaped = plain.as_str().replace('(', "%28");
        let snapshot = testing::named(Url::parse(&escaped).unwrap(), "It is TK.\n");
        for name in ["copydesk.toml", "a(1)/copydesk.toml"] {
            fs::write(folder.path().join(name), "").unwrap();
            let way = offered(&snapshot, ALONE, "placeholder").into_iter().next().unwrap();
            let wanted = escaped.replace("a%281)/b.md", &name.replace('(', "%28"));
            assert_eq!(way.settings.unwrap().as_str(), wanted);
        }
    }

    #[test]
    fn an_override_that_wins_is_not_argued_with() {
        let folder = tempfile::tempdir().unwrap();
        let settings = "[[overrides]]\nfiles = [\"a.md\"]\nrules = { placeholder = \"error\" }\n";
        fs::write(folder.path().join("copydesk.toml"), settings).unwrap();
        let snapshot = in_folder(folder.path(), "a.md", "It is TK.\n");
        assert!(way(&snapshot, "placeholder", "Turn off placeholder for this project").is_none());
    }

    #[test]
    fn settings_are_made_only_where_the_client_can() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = in_folder(folder.path(), "a.md", "It is TK.\n");
        let titles = |shows: &Shows, others: Others<'_>| -> Vec<String> {
            let ways = ways(&snapshot, shows, others, &snapshot.diagnostics[0]);
            ways.into_iter().map(|way| way.title).collect()
        };
        let unable = Shows { creates_files: false, ..ABLE };
        assert_eq!(titles(&unable, ALONE), ["Let it stand here", "Let it stand in this article"]);
        let settings = Arc::new(in_folder(folder.path(), "copydesk.toml", ""));
        assert_eq!(titles(&unable, &|_| Some(settings.clone())).len(), 4, "it is made already");
        let titles = titles(&ABLE, ALONE);
        assert_eq!(titles.len(), 4);
        assert_eq!(titles[0], "Let it stand (copydesk.toml)");
    }
}
