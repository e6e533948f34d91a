//! No fix takes markup away, whatever words it touches.

use copydesk::ActiveRule;
use copydesk::analysis::{Analyzer, Article};
use copydesk::diagnostic::Applicability;
use copydesk::document::Format;
use copydesk::rules;
use copydesk::settings::{QuotationMarks, QuotePunctuation, Style};

/// The text after each fix of `rule`, with whether the fix is safe.
fn fixed(rule: &str, style: &Style, text: &str, format: Format) -> Vec<(bool, String)> {
    let rule = rules::find(rule).expect("a rule");
    let active = ActiveRule { rule, severity: rule.severity, min_confidence: 0.0 };
    let article = Article { text, format, ..Article::default() };
    let found = Analyzer::new(vec![active], style.clone(), None).check(&article);
    let fixes = found.iter().flat_map(|finding| &finding.fixes);
    let apply = |fix: &copydesk::diagnostic::Fix| {
        let mut out = text.to_owned();
        for edit in fix.edits().iter().rev() {
            let range = edit.range.start as usize..edit.range.end as usize;
            out.replace_range(range, &edit.replacement);
        }
        (fix.applicability() == Applicability::Safe, out)
    };
    fixes.map(apply).collect()
}

#[test]
fn a_deleted_phrase_leaves_the_link_it_ends_in() {
    let text =
        "Mayor Ana Ruiz left. The [line will close, according to](http://x.org/a). It was old.";
    let fixes = fixed("dangling-attribution", &Style::default(), text, Format::Markdown);
    assert!(!fixes.is_empty());
    for (safe, after) in fixes {
        assert!(!safe && after.contains("](http://x.org/a)"), "{after}");
    }
}

#[test]
fn emphasis_stays_in_pairs() {
    let text = "Mayor Ana Ruiz left. The rest is **here, according to**. It was old.";
    for (_, after) in fixed("dangling-attribution", &Style::default(), text, Format::Markdown) {
        assert_eq!(after.matches("**").count(), 2, "{after}");
    }
}

#[test]
fn a_stop_moves_past_a_link_only_by_hand() {
    let style = Style { quote_punctuation: Some(QuotePunctuation::Inside), ..Style::default() };
    let text = "She sent the text of [“a link”](http://x.org \"t\").";
    for (safe, after) in fixed("quote-typography", &style, text, Format::Markdown) {
        assert!(!safe && after.contains("](http://x.org \"t\")"), "{after}");
    }
}

#[test]
fn elements_that_stand_for_marks_are_not_replaced() {
    let style = Style { quotation_marks: Some(QuotationMarks::Straight), ..Style::default() };
    let text = "<p>He said <q>we lost</q> and left.</p>";
    for (_, after) in fixed("quote-typography", &style, text, Format::Html) {
        assert!(after.contains("<q>") && after.contains("</q>"), "{after}");
    }
}

#[test]
fn titles_in_front_matter_stay_valid() {
    let style = Style { quotation_marks: Some(QuotationMarks::Straight), ..Style::default() };
    let text = "---\ntitle: 'The mayor’s plan'\n---\n\nThe plan is old.";
    assert_eq!(fixed("quote-typography", &style, text, Format::Markdown), []);
}

#[test]
fn escapes_keep_what_they_escape() {
    let style = Style { quotation_marks: Some(QuotationMarks::Curly), ..Style::default() };
    let text = "He said \\\"we won\\\" and left the hall.";
    for (_, after) in fixed("quote-typography", &style, text, Format::Markdown) {
        assert!(!after.contains("\\“") && !after.contains("\\”"), "{after}");
    }
}
