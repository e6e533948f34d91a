//! Whatever a draft holds: no question fails, every edit fits the text, what lets a finding stand does that and
//! no more, and a fix does away with its finding.

use super::testing::*;
use super::{Snapshot, action, completion, edit, hover, people, rename, stet, symbols};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::settings::FILE_NAME;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tower_lsp::lsp_types::{
    CodeActionContext, CodeActionOrCommand, CodeActionParams, Range, TextDocumentIdentifier,
    WorkspaceEdit,
};

/// Pieces of drafts in which marks and names may stand badly.
const PIECES: &[&str] = &[
    "It is TK.",
    "# Mayor says it is TK",
    "- The TK Tavern",
    "  It is TK there.",
    "1. It is TK.",
    "> It is TK, he said.",
    "| a | TK |\n| - | - |\n| it is TK | b |",
    "    code TK",
    "```\nTK\n```",
    "<div>It is TK.</div>",
    "<ul><li>It is TK.</li><li>So is TK</li></ul>",
    "<!-- a comment -->",
    "<!-- stet titles -->",
    "[stet names]",
    "[^1]: It is TK.",
    "***",
    "---",
    "---\ntitle: 'It is TK'\nstet: [titles]\n---",
    "Heading TK\n===",
    "Mayor Ana Ruiz (CQ) said she left. Ruiz’s staff stayed.",
    "**Ana** Ruiz said “Ruiz is TK,” according to Bo de la Cruz.",
    "😀 De la Cruz (CQ) and O&rsquo;Brien left, according to ",
    "RUIZ WINS: Ana Maria Ruiz, Jr., and al-Assad spoke, said ",
    "\u{FEFF}",
    "+++\nstet = [\"titles\"]\n+++",
];

fn draft() -> impl Strategy<Value = (String, Format)> {
    let gap = prop::sample::select(vec!["\n\n", "\n", "\r\n\r\n", " "]);
    let piece = (prop::sample::select(PIECES), gap);
    let format = prop::sample::select(vec![Format::Markdown, Format::Plain, Format::Html]);
    (prop::collection::vec(piece, 1..7), format).prop_map(|(pieces, format)| {
        (pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect(), format)
    })
}

/// A snapshot of a file in a folder, under the settings that are there.
fn filed(folder: &Path, text: &str, format: Format) -> Snapshot {
    let name = match format {
        Format::Markdown => "a.md",
        Format::Plain => "a.txt",
        Format::Html => "a.html",
    };
    in_folder(folder, name, text)
}

/// The snapshot after an edit, also one of the settings, which are gone again afterwards.
fn after(folder: &Path, snapshot: &Snapshot, edit: &WorkspaceEdit) -> Snapshot {
    let mut text = snapshot.text.clone();
    let settings = folder.join(FILE_NAME);
    for (uri, _, changes) in edits(edit) {
        if uri == snapshot.document().uri {
            text = apply(&text, &changes);
        } else {
            assert_eq!(uri.to_file_path().as_deref(), Ok(&*settings));
            fs::write(&settings, apply("", &changes)).unwrap();
        }
    }
    let after = filed(folder, &text, snapshot.document().format.unwrap());
    if settings.exists() {
        fs::remove_file(settings).unwrap();
    }
    after
}

/// Findings by rule and flagged words.
type Found = Vec<(&'static str, String)>;

/// Those that count; one about a stet depends on the stets beside it.
fn findings(snapshot: &Snapshot, counts: impl Fn(&Diagnostic) -> bool) -> Found {
    let real = snapshot.diagnostics.iter().filter(|found| found.rule != "unused-stet");
    let words = |d: &Diagnostic| (d.rule, d.range.slice(&snapshot.text).to_owned());
    real.filter(|found| counts(found)).map(words).collect()
}

/// What is in `all` and not in `others`, each as often as it is.
fn without(mut all: Found, others: Found) -> Found {
    for other in others {
        if let Some(at) = all.iter().position(|found| *found == other) {
            all.swap_remove(at);
        }
    }
    all
}

/// Each way to let a finding stand silences what it says: one finding, those of the rule in the block, those of the rule.
fn lets_stand(folder: &Path, snapshot: &Snapshot, found: &Diagnostic) {
    let block = |found: &Diagnostic| {
        let start = found.range.start;
        let blocks = snapshot.read(|story| {
            story.document.blocks.partition_point(|block| block.range.start <= start)
        });
        blocks.unwrap()
    };
    for stet::Way { title, edit, .. } in stet::ways(snapshot, &ABLE, ALONE, found) {
        let left = after(folder, snapshot, &edit);
        let gone = without(findings(snapshot, |_| true), findings(&left, |_| true));
        let new = without(findings(&left, |_| true), findings(snapshot, |_| true));
        let itself = findings(snapshot, |other| other == found);
        let may_go = match &*title {
            "Let it stand (copydesk.toml)" => itself.clone(),
            "Let it stand here" => {
                findings(snapshot, |d| d.rule == found.rule && block(d) == block(found))
            }
            _ => findings(snapshot, |d| d.rule == found.rule),
        };
        let what = format!("{title}: {itself:?} of {:?} in {:?}", snapshot.text, left.text);
        assert_eq!(without(gone.clone(), may_go), [], "goes as well: {what}");
        assert_eq!(without(itself, gone), [], "stays: {what}");
        // A rule that is off no longer stands in the way of others that flag the same words.
        assert!(new.is_empty() || title.starts_with("Turn off"), "{new:?} appears: {what}");
    }
}

/// Each fix does away with its finding.
fn mends(folder: &Path, snapshot: &Snapshot, found: &Diagnostic) {
    for fix in &found.fixes {
        let left = after(folder, snapshot, &edit::of_document(snapshot, &ABLE, fix.edits()));
        let same = |snapshot: &Snapshot| findings(snapshot, |d| d.rule == found.rule).len();
        let (before, now) = (same(snapshot), same(&left));
        assert!(now < before, "{}: {found:?} in {:?}: {:?}", fix.title(), snapshot.text, left.text);
    }
}

proptest! {
    #[test]
    fn a_finding_that_is_let_stand_goes_and_nothing_else((text, format) in draft()) {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = filed(folder.path(), &text, format);
        for found in snapshot.diagnostics.iter().filter(|found| found.rule != "unused-stet") {
            lets_stand(folder.path(), &snapshot, found);
        }
    }

    #[test]
    fn a_finding_that_is_fixed_goes((text, format) in draft()) {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = filed(folder.path(), &text, format);
        for found in snapshot.diagnostics.iter().filter(|found| found.rule != "unused-stet") {
            mends(folder.path(), &snapshot, found);
        }
    }

    #[test]
    fn every_question_has_an_answer((text, format) in draft()) {
        let snapshot = untitled(&text, format);
        for (byte, _) in text.char_indices() {
            let at = position(&snapshot, byte as u32);
            hover::hover(&snapshot, &ABLE, at);
            people::highlights(&snapshot, at);
            completion::completion(&snapshot, at);
            if rename::prepare(&snapshot, at).is_none() {
                continue;
            }
            for name in ["Eva", "Eva López", "Eva de la Cruz", "Eva María López O'Neil", "al-Din"] {
                if let Ok(Some(edit)) = rename::rename(&snapshot, &ABLE, at, name) {
                    let after = untitled(&edited(&snapshot, &edit), format);
                    // In plain text the length of a line tells what it is.
                    let blocks = |s: &Snapshot| s.read(|story| story.document.blocks.len());
                    prop_assert!(
                        format == Format::Plain || blocks(&snapshot) == blocks(&after),
                        "{}",
                        after.text
                    );
                }
            }
        }
        symbols::symbols(&snapshot, &ABLE);
        let params = CodeActionParams {
            text_document: TextDocumentIdentifier::new(snapshot.document().uri.clone()),
            range: Range::new(position(&snapshot, 0), position(&snapshot, text.len() as u32)),
            context: CodeActionContext::default(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        for action in action::actions(&snapshot, &ABLE, ALONE, &params) {
            let CodeActionOrCommand::CodeAction(action) = action else { panic!("a command") };
            if let Some(edit) = action.edit {
                edited(&snapshot, &edit);
            }
        }
    }
}
