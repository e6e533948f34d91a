//! What must hold for any text whatever, in every format: nothing panics, every place is a place in the text, and safe fixes
//! come to an end without touching a quoted word; and what is analysed step by step is what is analysed at once (`edits`).

#[path = "properties/edits.rs"]
mod edits;

use copydesk::ActiveRule;
use copydesk::analysis::{Analyzer, Article};
use copydesk::annotate::Paragraph;
use copydesk::diagnostic::{Applicability, Diagnostic, Edit, Field};
use copydesk::document::{Format, MaskKind};
use copydesk::resolve::Story;
use copydesk::rules;
use copydesk::segment::Span;
use copydesk::settings::{QuotationMarks, QuotePunctuation, Style};
use copydesk::text::TextRange;
use proptest::prelude::*;

/// Pieces of copy, markup and trouble that texts are put together from.
const PIECES: &[&str] = &[
    // Words, names, offices, sources.
    "the mayor ",
    "Ana Ruiz ",
    "President ",
    "former ",
    "Sen. ",
    "said ",
    "according to ",
    "reportedly ",
    "sources ",
    "he ",
    "they ",
    "told ",
    "will meet ",
    "The plan ",
    "Okafor’s ",
    "ex-minister ",
    "TK ",
    "Kim Jong-un ",
    "Read Next: ",
    "Comments (0)",
    // Abbreviations, numbers, dates.
    "U.S. ",
    "Jan. 6 ",
    "3 p.m. ",
    "Tuesday ",
    "J. Q. ",
    "Inc. ",
    "1,000 ",
    "51-49",
    "$3.5",
    "’90s ",
    "5'10\" ",
    "No. 5 ",
    "v. ",
    // Marks.
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "``",
    "''",
    "`",
    "«",
    "»",
    "„",
    ".",
    ". ",
    ", ",
    ",",
    "?",
    "!",
    "...",
    "…",
    ": ",
    "; ",
    " — ",
    "--",
    "-",
    "(",
    ")",
    "[",
    "]",
    "don't ",
    "can’t ",
    "Tribune‘s ",
    "students' ",
    "’n’ ",
    // White space and line ends.
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\t",
    "\u{A0}",
    "\u{2028}",
    "\u{200B}",
    "\u{2009}",
    "\u{B}",
    "\u{85}",
    // Beyond ASCII.
    "é",
    "e\u{301}",
    "😀",
    "👩\u{200D}👧",
    "שלום ",
    "مرحبا ",
    "\u{202E}abc\u{202C}",
    "北京",
    "\u{FEFF}",
    "\u{AD}",
    "ß",
    "İ",
    "\u{FFFC}",
    "\0",
    "½",
    // Addresses.
    "https://example.org/a?b=(c) ",
    "www.example.org",
    "a@example.org ",
    "@ana ",
    "#tag ",
    "example.com/x",
    // Entities.
    "&rsquo;",
    "&ldquo;",
    "&rdquo;",
    "&amp;",
    "&#8217;",
    "&nbsp;",
    "&bogus;",
    "&",
    // Markdown.
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "**",
    "*",
    "_",
    "`x`",
    "[a](b)",
    "![c](d \"e\")",
    "***\n",
    "---\n",
    "```\n",
    "\\'",
    "\\",
    "| a | b |\n|---|---|\n",
    "---\ntitle: A\ndate: 2025-10-19\n---\n",
    "+++\n",
    "{{ x }}",
    "{% y %}",
    "[^1]",
    "<br>",
    // HTML.
    "<p>",
    "</p>",
    "<h1>",
    "</h1>",
    "<b>",
    "</b>",
    "<blockquote>",
    "</blockquote>",
    "<ul><li>",
    "</li></ul>",
    "<nav>",
    "</nav>",
    "<script>",
    "</script>",
    "<!-- x -->",
    "<!-- stet placeholder: why -->",
    "[stet placeholder]\n",
    "<img alt=\"\">",
    "<",
    ">",
    "<a href='x\">",
];

fn copy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[a-z]{1,8} ",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn format() -> impl Strategy<Value = Format> {
    proptest::sample::select(&[Format::Plain, Format::Markdown, Format::Html][..])
}

fn style() -> impl Strategy<Value = Style> {
    let marks = [None, Some(QuotationMarks::Straight), Some(QuotationMarks::Curly)];
    let stops = [None, Some(QuotePunctuation::Inside), Some(QuotePunctuation::Outside)];
    (0..3_usize, 0..3_usize).prop_map(move |(mark, stop)| Style {
        quotation_marks: marks[mark],
        quote_punctuation: stops[stop],
        ..Style::default()
    })
}

fn analyzer(style: Style) -> Analyzer {
    let every = rules::ALL.iter().map(|&rule| ActiveRule {
        rule,
        severity: rule.severity,
        min_confidence: 0.0,
    });
    Analyzer::new(every.collect(), style, None)
}

fn article(text: &str, format: Format) -> Article<'_> {
    Article {
        text,
        format,
        title: Some("“Plan” is dead, mayor says"),
        date: None,
        path: None,
        against: None,
    }
}

fn is_place(text: &str, range: TextRange) -> bool {
    text.get(range.start as usize..range.end as usize).is_some()
}

fn check_spans(paragraph: &Paragraph<'_>) -> Result<(), TestCaseError> {
    let len = paragraph.tokens().len() as u32;
    let inside = |span: &Span| span.start <= span.end && span.end <= len;
    let notes = &paragraph.notes;
    for attribution in &notes.attributions {
        let roles = [&attribution.source, &attribution.cue, &attribution.content];
        prop_assert!(roles.into_iter().flatten().all(inside), "{attribution:?}");
    }
    for mention in &notes.mentions {
        prop_assert!([mention.span, mention.name, mention.title].iter().all(inside), "{mention:?}");
    }
    Ok(())
}

fn check_tokens(paragraph: &Paragraph<'_>) -> Result<(), TestCaseError> {
    let block = paragraph.block.range;
    prop_assert!(is_place(paragraph.source, block));
    let mut end = 0;
    for (at, token) in paragraph.tokens().iter().enumerate() {
        prop_assert!(token.start >= end && token.start < token.end, "{token:?} after {end}");
        prop_assert!(token.end <= block.len());
        prop_assert!(is_place(paragraph.source, paragraph.byte(at)), "{token:?}");
        prop_assert!(!paragraph.text(at).is_empty(), "{token:?}");
        end = token.end;
    }
    let mut next = 0;
    for sentence in &paragraph.notes.sentences {
        prop_assert_eq!(sentence.start, next);
        prop_assert!(!sentence.is_empty());
        next = sentence.end;
    }
    prop_assert_eq!(next as usize, paragraph.tokens().len());
    Ok(())
}

fn check_quotations(paragraph: &Paragraph<'_>) -> Result<(), TestCaseError> {
    let list = &paragraph.notes.quotations;
    let all = paragraph.span();
    let mut start = 0;
    for (number, quotation) in list.iter().enumerate() {
        prop_assert!(all.covers(quotation.range) && quotation.range.covers(quotation.content));
        prop_assert!(quotation.range.start >= start, "not in order");
        start = quotation.range.start;
        let outermost = &list[quotation.outermost as usize];
        prop_assert_eq!(outermost.depth, 0);
        prop_assert!(outermost.range.covers(quotation.range));
        prop_assert_eq!(quotation.depth == 0, quotation.outermost as usize == number);
    }
    // The fast look-up finds what a slow one finds.
    for at in all.iter() {
        let slow = list.iter().find(|q| q.depth == 0 && q.content.contains(at));
        prop_assert_eq!(paragraph.quotation_at(at), slow);
    }
    Ok(())
}

fn check_finding(story: &Story<'_>, text: &str, finding: &Diagnostic) -> Result<(), TestCaseError> {
    let title = story.paragraphs.iter().find(|p| p.field == Field::Title).map_or("", |p| p.source);
    let of = |field| if field == Field::Title { title } else { text };
    let source = of(finding.field);
    prop_assert!(is_place(source, finding.range), "{finding:?}");
    prop_assert!((0.0..=1.0).contains(&finding.confidence));
    prop_assert!(!finding.message.is_empty() && !finding.help.is_empty());
    prop_assert!(finding.related.iter().all(|r| is_place(of(r.field), r.range)), "{finding:?}");
    let safe = finding.fixes.iter().filter(|f| f.applicability() == Applicability::Safe);
    prop_assert!(safe.count() <= 1, "{finding:?}");
    for edit in finding.fixes.iter().flat_map(|fix| fix.edits()) {
        prop_assert!(is_place(source, edit.range), "{finding:?}");
    }
    Ok(())
}

fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters and digits of `range` that are no markup.
fn seen_words(paragraph: &Paragraph<'_>, range: TextRange) -> String {
    let masks = paragraph.block.masks.iter().filter(|mask| mask.kind == MaskKind::Markup);
    let mut out = String::new();
    let mut at = range.start;
    for mask in masks.filter(|mask| mask.range.overlaps(range)) {
        out += &words(TextRange::new(at, mask.range.start).slice(paragraph.source));
        at = mask.range.end;
    }
    out + &words(TextRange::new(at, range.end).slice(paragraph.source))
}

/// Checks that a safe edit changes no word inside a quotation.
fn check_safe(story: &Story<'_>, edit: &Edit) -> Result<(), TestCaseError> {
    for paragraph in story.paragraphs.iter().filter(|p| p.field == Field::Text) {
        for quotation in &paragraph.notes.quotations {
            let content = paragraph.bytes(quotation.content);
            let inside = content.start < edit.range.end && edit.range.start < content.end
                || edit.range.is_empty() && content.contains(edit.range.start);
            if inside {
                let (old, new) = (seen_words(paragraph, edit.range), words(&edit.replacement));
                prop_assert_eq!(old, new, "{:?}", edit);
            }
        }
    }
    Ok(())
}

/// The safe edits of the findings that are apart from each other, in order.
fn safe_edits(findings: &[Diagnostic]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let fixes = findings
        .iter()
        .filter(|finding| finding.field == Field::Text)
        .filter_map(|f| f.fixes.iter().find(|fix| fix.applicability() == Applicability::Safe));
    for fix in fixes {
        let free = fix.edits().iter().all(|edit| {
            let (start, end) = (edit.range.start, edit.range.end);
            out.iter().all(|o| end < o.range.start || o.range.end < start)
        });
        if free {
            out.extend(fix.edits().iter().cloned());
        }
    }
    out.sort_by_key(|edit| edit.range.start);
    out
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = text.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn annotations_are_places_in_the_text(text in copy(), format in format()) {
        let story = Analyzer::default().annotate(&article(&text, format));
        for paragraph in &story.paragraphs {
            check_tokens(paragraph)?;
            check_quotations(paragraph)?;
            check_spans(paragraph)?;
        }
        let index = |paragraph: usize| paragraph < story.paragraphs.len();
        prop_assert!(story.carried.iter().all(|c| index(c.paragraph) && index(c.from)));
        prop_assert!(story.people.iter().flat_map(|p| &p.mentions).all(|m| index(m.paragraph)));
    }

    #[test]
    fn findings_are_places_in_the_text(text in copy(), format in format(), style in style()) {
        let analyzer = analyzer(style);
        let article = article(&text, format);
        let story = analyzer.annotate(&article);
        let findings = analyzer.check_story(&story);
        for finding in &findings {
            check_finding(&story, &text, finding)?;
        }
        prop_assert_eq!(findings, analyzer.check(&article));
    }

    #[test]
    fn safe_fixes_converge_and_leave_quoted_words(text in copy(), format in format(), style in style()) {
        let analyzer = analyzer(style);
        let mut text = text;
        let mut seen = vec![text.clone()];
        loop {
            let story = analyzer.annotate(&article(&text, format));
            let edits = safe_edits(&analyzer.check_story(&story));
            for edit in &edits {
                check_safe(&story, edit)?;
            }
            let next = apply(&text, &edits);
            if next == text {
                break;
            }
            prop_assert!(!seen.contains(&next) && seen.len() < 30, "fixes go round: {:?}", seen);
            seen.push(next.clone());
            text = next;
        }
    }
}

/// Texts that took a slow or wrong turn once, or might.
#[test]
fn hostile_texts_end() {
    let hostile = [
        "\"".repeat(50_000),
        "“".repeat(50_000),
        "' ".repeat(50_000),
        "“a ‘b ".repeat(20_000),
        "a@".repeat(50_000),
        "a@b.c".repeat(50_000),
        "http://".repeat(50_000),
        ".".repeat(100_000),
        ". ".repeat(50_000),
        "a.b.".repeat(50_000),
        "s' ".repeat(50_000),
        "<b>".repeat(30_000),
        "> ".repeat(30_000),
        "&amp;".repeat(50_000),
        "said ".repeat(50_000),
        "“We go,” he said. ".repeat(10_000),
        "“We go.” ".repeat(20_000),
    ];
    let analyzer = analyzer(Style::default());
    for text in &hostile {
        for format in [Format::Plain, Format::Markdown, Format::Html] {
            let start = std::time::Instant::now();
            let findings = analyzer.check(&article(text, format));
            let head: String = text.chars().take(20).collect();
            eprintln!("{head:?} {format:?}: {} findings, {:?}", findings.len(), start.elapsed());
        }
    }
}
