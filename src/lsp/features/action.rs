//! Code actions: fixes of a finding, ways to let it stand, and all safe fixes at once.

use super::{Others, Shows, Snapshot, edit, stet};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use std::collections::HashMap;
use tower_lsp::lsp_types::{
    self as lsp, CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand,
    CodeActionParams, CodeActionResponse, CodeActionTriggerKind, Command, Range, WorkspaceEdit,
};

/// All safe fixes at once.
pub(in crate::lsp) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.copydesk");

/// The client's command that saves files: only settings that are on disk take effect. Its arguments are their URIs.
pub(super) const SAVE: &str = "copydesk.save";

/// Findings that are let stand one by one; whoever selects more means something else.
const MOST: usize = 5;

/// Characters of flagged words that a title shows.
const SHOWN: usize = 40;

/// A finding, as it is and as it was published.
type Found<'s> = (&'s Diagnostic, &'s lsp::Diagnostic);

/// What can be done about the findings that the range touches.
pub(in crate::lsp) fn actions(
    snapshot: &Snapshot,
    shows: &Shows,
    others: Others<'_>,
    params: &CodeActionParams,
) -> CodeActionResponse {
    let mut out = Vec::new();
    if wants(&params.context, &CodeActionKind::QUICKFIX) {
        let found: Vec<Found<'_>> = snapshot
            .shown()
            .filter(|(_, published)| touches(published.range, params.range))
            .collect();
        out.extend(fixes(snapshot, shows, &found));
        out.extend(stands(snapshot, shows, others, &found));
    }
    // Asked for by nobody, at every move of the cursor, it would cost a check each time.
    let automatic = params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
    if wants(&params.context, &FIX_ALL) && !(automatic && params.context.only.is_none()) {
        out.extend(fix_all(snapshot, shows));
    }
    out.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether the client wants actions of this kind: of a wider kind, or of any.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let wider = |asked: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        asked.as_str().is_empty() || rest.is_some_and(|r| r.is_empty() || r.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(wider))
}

/// Whether two ranges share a place, their ends included: a cursor behind a word is at the word.
fn touches(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The fixes of the findings: what is safe first, then in the order of the findings, the best of each first.
fn fixes(snapshot: &Snapshot, shows: &Shows, found: &[Found<'_>]) -> Vec<CodeAction> {
    let all = found.iter().flat_map(|found| found.0.fixes.iter().map(move |fix| (*found, fix)));
    let mut all: Vec<(Found<'_>, &Fix)> = all.collect();
    all.sort_by_key(|(_, fix)| fix.applicability() != Applicability::Safe);
    let mut titles: HashMap<&str, usize> = HashMap::new();
    for (_, fix) in &all {
        *titles.entry(fix.title()).or_default() += 1;
    }
    // Two findings may be mended in the same way: the words tell which is which.
    let title = |found: Found<'_>, fix: &Fix| match titles.get(fix.title()) {
        Some(2..) => {
            let line = found.1.range.start.line + 1;
            format!("{}: “{}” in line {line}", fix.title(), flagged(snapshot, found.0))
        }
        _ => fix.title().to_owned(),
    };
    let action = |(found, fix): (Found<'_>, &Fix)| CodeAction {
        is_preferred: (fix.applicability() == Applicability::Safe).then_some(true),
        ..quick_fix(&title(found, fix), found, edit::of_document(snapshot, shows, fix.edits()))
    };
    all.into_iter().map(action).collect()
}

/// The words that a finding flags, in one line; many are cut.
fn flagged(snapshot: &Snapshot, found: &Diagnostic) -> String {
    let text = found.range.slice(&snapshot.text).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}

/// The ways to let the findings stand.
fn stands(
    snapshot: &Snapshot,
    shows: &Shows,
    others: Others<'_>,
    found: &[Found<'_>],
) -> Vec<CodeAction> {
    let mut out: Vec<CodeAction> = Vec::new();
    let several = found.len() > 1;
    for &found in found.iter().take(MOST) {
        for stet::Way { mut title, edit, settings } in stet::ways(snapshot, shows, others, found.0)
        {
            if several && !title.contains(found.0.rule) {
                let line = found.1.range.start.line + 1;
                title = format!("{title}: {} in line {line}", found.0.rule);
            }
            // Two findings of one rule in one block are let stand by the same mark.
            let same = out.iter_mut().find(|known| known.edit.as_ref() == Some(&edit));
            match same.and_then(|known| known.diagnostics.as_mut()) {
                Some(published) => published.push(found.1.clone()),
                None => out.push(CodeAction {
                    command: settings.filter(|_| shows.saves).map(save),
                    ..quick_fix(&title, found, edit)
                }),
            }
        }
    }
    out
}

/// Has the client save a settings file.
fn save(file: lsp::Url) -> Command {
    Command::new("Save the settings".to_owned(), SAVE.to_owned(), Some(vec![file.as_str().into()]))
}

fn quick_fix(title: &str, found: Found<'_>, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![found.1.clone()]),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

/// All safe fixes, until none is left.
fn fix_all(snapshot: &Snapshot, shows: &Shows) -> Option<CodeAction> {
    let safe = |fix: &Fix| fix.applicability() == Applicability::Safe;
    if !snapshot.diagnostics.iter().any(|found| found.fixes.iter().any(safe)) {
        return None;
    }
    let stands = snapshot.newsroom.stands(snapshot.path());
    let text = snapshot.analyzer.mend(&snapshot.article(), &stands).text?;
    let edits = edit::by_words(&snapshot.text, &text);
    (!edits.is_empty()).then(|| CodeAction {
        title: "Fix all safe problems".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit::of_document(snapshot, shows, &edits)),
        ..CodeAction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;

    fn ask(snapshot: &Snapshot, words: &str, only: Option<&'static str>) -> Vec<CodeAction> {
        let params = CodeActionParams {
            text_document: lsp::TextDocumentIdentifier::new(snapshot.document().uri.clone()),
            range: range_of(snapshot, words),
            context: CodeActionContext {
                only: only.map(|kind| vec![CodeActionKind::new(kind)]),
                ..CodeActionContext::default()
            },
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let actions =
            actions(snapshot, &ABLE, ALONE, &params).into_iter().map(|action| match action {
                CodeActionOrCommand::CodeAction(action) => action,
                CodeActionOrCommand::Command(command) => panic!("{command:?}"),
            });
        actions.collect()
    }

    const TEXT: &str =
        "Mayor Ana Smyth (CQ) left.\n\n😀 Bo Lund (CQ) stayed.\n\nIt will cost $XX million.\n";

    #[test]
    fn only_safe_fixes_are_preferred() {
        let snapshot = untitled(TEXT, Format::Markdown);
        let actions = ask(&snapshot, "(CQ)", Some("quickfix"));
        let first = actions.first().expect("an action");
        assert_eq!(first.is_preferred, Some(true));
        assert_eq!(first.diagnostics.as_ref().map(Vec::len), Some(1));
        let fixed = edited(&snapshot, first.edit.as_ref().expect("an edit"));
        assert!(fixed.starts_with("Mayor Ana Smyth left.\n\n"), "{fixed}");
        assert!(actions.iter().skip(1).all(|action| action.is_preferred.is_none()));
        assert!(ask(&snapshot, "Bo", Some("quickfix")).is_empty());
    }

    #[test]
    fn fixes_of_two_findings_can_be_told_apart() {
        let text = "It is, reportedly, late (CQ) and (CQ).\n\nAna Smyth (CQ) left.\n";
        let snapshot = untitled(text, Format::Markdown);
        let all = snapshot.range(crate::text::TextRange::from(0..text.len()));
        let alone = ask(&snapshot, "Smyth (CQ)", Some("quickfix"));
        let params = CodeActionParams {
            text_document: lsp::TextDocumentIdentifier::new(snapshot.document().uri.clone()),
            range: all,
            context: CodeActionContext::default(),
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let titles = |actions: CodeActionResponse| -> Vec<String> {
            let title = |action| match action {
                CodeActionOrCommand::CodeAction(action) => action.title,
                CodeActionOrCommand::Command(command) => panic!("{command:?}"),
            };
            actions.into_iter().map(title).filter(|title| title.contains("line 3")).collect()
        };
        let found = titles(actions(&snapshot, &ABLE, ALONE, &params));
        assert!(found.iter().any(|title| title.contains("“(CQ)” in line 3")), "{found:?}");
        assert!(!alone[0].title.contains("in line"), "{alone:?}");
    }

    #[test]
    fn all_safe_fixes_at_once() {
        let snapshot = untitled(TEXT, Format::Markdown);
        for only in ["source", "source.fixAll", "source.fixAll.copydesk", ""] {
            let actions = ask(&snapshot, "left", Some(only));
            let all = actions.iter().find(|a| a.kind == Some(FIX_ALL)).expect(only);
            assert_eq!(
                edited(&snapshot, all.edit.as_ref().expect("an edit")),
                TEXT.replace(" (CQ)", "")
            );
        }
        for only in ["source.fix", "source.fixAll.other", "source.organizeImports", "refactor"] {
            assert!(ask(&snapshot, "left", Some(only)).is_empty(), "{only}");
        }
        assert_eq!(ask(&snapshot, "left", None).len(), 1);
        let clean = untitled("The bridge reopened.\n", Format::Markdown);
        assert!(ask(&clean, "bridge", None).is_empty());
    }

    #[test]
    fn nothing_that_names_a_source_is_preferred() {
        let text = "Mayor Ana Smyth said the bridge is safe.\n\nThe plan fails, according to.\n";
        let snapshot = untitled(text, Format::Plain);
        let actions = ask(&snapshot, "according to", None);
        assert!(actions.iter().any(|action| action.title.contains("Smyth")), "{actions:#?}");
        assert!(actions.iter().all(|action| action.is_preferred.is_none()));
        assert!(actions.iter().all(|action| action.kind != Some(FIX_ALL)));
    }
}
