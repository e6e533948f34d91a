//! What copydesk promises of any text: shared by the fuzz targets.

use copydesk::diagnostic::{Diagnostic, Field};
use copydesk::document::{Document, Format};
use copydesk::rules::ALL;
use copydesk::settings::Style;
use copydesk::text::TextRange;
use copydesk::{ActiveRule, Analyzer, Article};
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let rules = ALL
        .iter()
        .map(|rule| ActiveRule { rule, severity: rule.severity, min_confidence: 0.0 })
        .collect();
    Analyzer::new(rules, Style::default(), None)
});

fn sound(source: &str, range: TextRange) -> bool {
    range.start <= range.end && source.get(range.start as usize..range.end as usize).is_some()
}

/// Parses, annotates and checks `text`, and holds the results against what is promised.
pub fn hold(text: &str, title: Option<&str>, format: Format) {
    document(text, format);
    let article = Article { text, format, title, date: None, path: None, against: None };
    let story = ANALYZER.annotate(&article);
    for paragraph in &story.paragraphs {
        let tokens = paragraph.tokens();
        assert!(tokens.windows(2).all(|pair| pair[0].end <= pair[1].start), "tokens overlap");
        let count = tokens.len();
        let within = |span: copydesk::segment::Span| (span.end as usize) <= count;
        assert!(paragraph.notes.sentences.iter().all(|span| within(*span)));
        assert!(paragraph.notes.quotations.iter().all(|q| within(q.range) && within(q.content)));
        for attribution in &paragraph.notes.attributions {
            let spans =
                attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
            assert!(spans.copied().all(within));
        }
    }
    for finding in ANALYZER.check_story(&story) {
        finding_is_sound(&finding, text, title.unwrap_or(""));
    }
}

fn document(text: &str, format: Format) {
    let document = Document::parse(text, format);
    let mut end = 0;
    for block in &document.blocks {
        assert!(sound(text, block.range) && block.range.start >= end, "block {block:?}");
        let shown = block.range.slice(text);
        assert!(!shown.is_empty() && shown.trim() == shown, "block {block:?} is not trimmed");
        end = block.range.end;
        let mut at = block.range.start;
        for mask in &block.masks {
            let fits = sound(text, mask.range) && block.range.covers(mask.range);
            assert!(fits && mask.range.start >= at && !mask.range.is_empty(), "mask {mask:?}");
            at = mask.range.end;
        }
    }
    let covers = document.stets.iter().flat_map(|mark| [Some(mark.range), mark.covers]);
    assert!(covers.flatten().chain(document.dateline).all(|range| sound(text, range)));
    if let Some(date) = document.metadata.date {
        assert!(sound(text, date.range), "date {date:?}");
    }
}

fn finding_is_sound(finding: &Diagnostic, text: &str, title: &str) {
    let source = |field: Field| if field == Field::Title { title } else { text };
    assert!(sound(source(finding.field), finding.range), "{finding:?}");
    assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
    for related in &finding.related {
        assert!(sound(source(related.field), related.range), "{finding:?}");
    }
    for edit in finding.fixes.iter().flat_map(|fix| fix.edits()) {
        assert!(sound(source(finding.field), edit.range), "{finding:?}");
    }
}
