//! Whatever a draft holds: no question fails, every edit fits the text, and what lets a finding stand does that and no more.

use super::testing::*;
use super::{Snapshot, action, completion, hover, people, rename, stet, symbols};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use proptest::prelude::*;
use tower_lsp::lsp_types::{
    CodeActionContext, CodeActionOrCommand, CodeActionParams, Range, TextDocumentIdentifier,
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

/// The findings by rule and flagged words, those about stets left out.
fn findings(snapshot: &Snapshot) -> Vec<(&'static str, String)> {
    let real = snapshot.diagnostics.iter().filter(|found| found.rule != "unused-stet");
    let mut out: Vec<_> =
        real.map(|d| (d.rule, d.range.slice(&snapshot.text).to_owned())).collect();
    out.sort();
    out
}

fn lets_stand(snapshot: &Snapshot, format: Format, found: &Diagnostic) {
    for (title, edit) in stet::ways(snapshot, &ABLE, found) {
        let after = edited(snapshot, &edit);
        let before = findings(snapshot);
        let left = findings(&untitled(&after, format));
        let gone = (found.rule, found.range.slice(&snapshot.text).to_owned());
        let count = |list: &[(&str, String)]| list.iter().filter(|f| **f == gone).count();
        assert!(count(&left) < count(&before), "{title}: {gone:?} stays in {after:?}");
        let others = |list: Vec<(&'static str, String)>| -> Vec<_> {
            list.into_iter().filter(|f| f.0 != found.rule).collect()
        };
        assert_eq!(others(before), others(left), "{title}: {after:?}");
    }
}

proptest! {
    #[test]
    fn a_finding_that_is_let_stand_goes_and_nothing_else((text, format) in draft()) {
        let snapshot = untitled(&text, format);
        for found in snapshot.diagnostics.iter().filter(|found| found.rule != "unused-stet") {
            lets_stand(&snapshot, format, found);
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
            text_document: TextDocumentIdentifier::new(snapshot.draft.uri.clone()),
            range: Range::new(position(&snapshot, 0), position(&snapshot, text.len() as u32)),
            context: CodeActionContext::default(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        for action in action::actions(&snapshot, &ABLE, &params) {
            let CodeActionOrCommand::CodeAction(action) = action else { panic!("a command") };
            if let Some(edit) = action.edit {
                edited(&snapshot, &edit);
            }
        }
    }
}
