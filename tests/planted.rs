//! Floors under what the rules on attribution catch, so that a later change cannot lose it unseen.
//!
//! The invented copy of `annotations/attributions.txt` is damaged in one place at a time, by its marks: the source is cut
//! off behind "according to" or "said", a quotation loses its speaker, a statement loses whoever made it. The copy as it
//! is must stay quiet. Claims are few at the threshold that they come with, and the articles are short, so their recall is
//! taken at the threshold that flags the untouched articles once each. `--nocapture` shows the figures.

#[path = "support/marked.rs"]
#[allow(dead_code)]
mod marked;

use copydesk::ActiveRule;
use copydesk::analysis::{Analyzer, Article};
use copydesk::diagnostic::{Diagnostic, Field};
use copydesk::document::Format;
use copydesk::rules::{self, Rule};
use copydesk::settings::Style;
use marked::{Copy, Marked, Place};

/// Damaged copy, and where a finding must be.
struct Planted {
    text: String,
    place: Place,
}

/// How copy is damaged.
struct Kind {
    name: &'static str,
    /// A finding of any of these has caught it.
    rules: &'static [&'static str],
    plant: fn(&str, &Marked) -> Option<Planted>,
    /// The least share that must be caught.
    recall: f64,
    /// The most findings of the first rule in an untouched article.
    noise: f64,
    /// Findings an untouched article that are allowed for the recall, whatever their confidence; else the rule as it comes.
    budget: Option<f64>,
}

/// A finding and how sure it is.
struct Finding {
    place: Place,
    confidence: f32,
}

/// Fewer words than these make no statement.
const STATEMENT: usize = 6;

const KINDS: [Kind; 3] = [
    Kind {
        name: "dangling",
        rules: &["dangling-attribution", "unattributed-quote"],
        plant: dangling,
        recall: 0.88,
        noise: 0.0,
        budget: None,
    },
    Kind {
        name: "stripped quote",
        rules: &["unattributed-quote"],
        plant: stripped_quote,
        recall: 0.9,
        noise: 0.04,
        budget: None,
    },
    Kind {
        name: "stripped claim",
        rules: &["unattributed-claim"],
        plant: stripped_claim,
        recall: 0.7,
        noise: 0.1,
        budget: Some(1.0),
    },
];

/// The only place of each role.
fn single(marked: &Marked) -> Option<(Place, Place, Place)> {
    match (&marked.source[..], &marked.cue[..], &marked.content[..]) {
        (&[source], &[cue], &[content]) => Some((source, cue, content)),
        _ => None,
    }
}

/// The paragraph around a byte.
fn paragraph(text: &str, at: usize) -> Place {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (start, text[at..].find('\n').map_or(text.len(), |newline| at + newline))
}

/// The source behind "according to", or behind a final "said", is cut off.
fn dangling(text: &str, marked: &Marked) -> Option<Planted> {
    let (source, cue, _) = single(marked)?;
    let behind = text[cue.1..source.0.max(cue.1)] == *" " && source.0 > cue.1;
    let stop = text[source.1..].chars().next()?;
    let fits = match text[cue.0..cue.1].to_lowercase().as_str() {
        "according to" => matches!(stop, '.' | ','),
        "said" => stop == '.',
        _ => false,
    };
    let text = format!("{}{}", &text[..cue.1], &text[source.1..]);
    (behind && fits).then_some(Planted { text, place: (cue.0, cue.1 + 1) })
}

/// A paragraph of nothing but a quotation and its speaker loses the speaker.
fn stripped_quote(text: &str, marked: &Marked) -> Option<Planted> {
    let (source, cue, content) = single(marked)?;
    let (start, end) = paragraph(text, content.0);
    let words = text[content.0..content.1].strip_suffix('”')?.trim_end_matches([',', '.']);
    let whole = words.starts_with('“') && content.0 == start;
    let tail = (source.0.min(cue.0), source.1.max(cue.1));
    let alone = text.get(content.1..tail.0)?.trim().is_empty() && text.get(tail.1..end)? == ".";
    let before = text[..start].trim_end();
    let goes_on =
        before.ends_with(':') || before.matches('“').count() > before.matches('”').count();
    let words = format!("{words}.”");
    let place = (start, start + words.len());
    let text = format!("{}{words}{}", &text[..start], &text[end..]);
    let long = words.split_whitespace().count() >= STATEMENT;
    (whole && alone && long && !goes_on).then_some(Planted { text, place })
}

/// A statement in the reporter's words, with which its paragraph opens, loses whoever made it.
fn stripped_claim(text: &str, marked: &Marked) -> Option<Planted> {
    let (source, cue, content) = single(marked)?;
    let (start, end) = paragraph(text, content.0);
    let said = ["said", "says", "told", "argued", "warned", "reported", "according to"];
    if !said.contains(&&text[cue.0..cue.1].to_lowercase()[..]) {
        return None;
    }
    let words = &text[content.0..content.1];
    let first = (source.0.min(cue.0), source.1.max(cue.1));
    let opens = first.0 == start && content.0 >= first.1 && content.0 - first.1 <= 2;
    let closes = content.0 == start && first.0 >= content.1 && first.0 - content.1 <= 2;
    let stop = content.1.max(first.1);
    if !(opens || closes) || !text[stop..end].starts_with('.') || words.contains(['“', '”']) {
        return None;
    }
    let words = words.strip_prefix("that ").unwrap_or(words);
    let (letter, rest) = words.split_at(words.chars().next()?.len_utf8());
    let words = format!("{}{rest}", letter.to_uppercase());
    let place = (start, start + words.len());
    let text = format!("{}{words}{}", &text[..start], &text[stop..]);
    let long = words.split_whitespace().count() >= STATEMENT;
    long.then_some(Planted { text, place })
}

/// The rules of a kind, as they come or with everything that they see.
fn analyzer(kind: &Kind) -> Analyzer {
    let active = |rule: &&'static Rule| ActiveRule {
        rule,
        severity: rule.severity,
        min_confidence: if kind.budget.is_some() { 0.0 } else { rule.threshold },
    };
    let ours = rules::ALL.iter().filter(|rule| kind.rules.contains(&rule.id));
    Analyzer::new(ours.map(active).collect(), Style::default(), None)
}

/// What the rules find in a text.
fn findings(analyzer: &Analyzer, text: &str) -> Vec<Finding> {
    let found = analyzer.check(&Article { text, format: Format::Markdown, ..Article::default() });
    let ours = found.iter().filter(|d| d.field == Field::Text);
    let finding = |d: &Diagnostic| Finding {
        place: (d.range.start as usize, d.range.end as usize),
        confidence: d.confidence,
    };
    ours.map(finding).collect()
}

/// What the first rule of a kind says of the untouched articles, as it comes.
fn noise(kind: &Kind, articles: &[Copy]) -> Vec<String> {
    let first = Kind { rules: &kind.rules[..1], budget: None, ..*kind };
    let analyzer = analyzer(&first);
    let flagged = |copy: &Copy| -> Vec<String> {
        let found = findings(&analyzer, &copy.text).into_iter();
        found.map(|finding| copy.text[finding.place.0..finding.place.1].to_owned()).collect()
    };
    articles.iter().flat_map(flagged).collect()
}

/// The confidence above which the untouched articles are flagged no oftener than the budget allows.
fn threshold(kind: &Kind, articles: &[Copy]) -> f32 {
    let Some(budget) = kind.budget else { return 0.0 };
    let analyzer = analyzer(kind);
    let found = articles.iter().flat_map(|copy| findings(&analyzer, &copy.text));
    let mut all: Vec<f32> = found.map(|finding| finding.confidence).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    all.get((budget * articles.len() as f64) as usize).copied().unwrap_or_default()
}

/// How many defects were planted, and those that nobody saw.
fn planted(kind: &Kind, articles: &[Copy]) -> (usize, Vec<String>) {
    let (analyzer, threshold) = (analyzer(kind), threshold(kind, articles));
    let (mut planted, mut missed) = (0, Vec::new());
    for Copy { text, marked } in articles {
        for damaged in marked.iter().filter_map(|marked| (kind.plant)(text, marked)) {
            let (start, end) = damaged.place;
            let hit = |found: &Finding| {
                found.place.0 < end
                    && start < found.place.1
                    && (kind.budget.is_none() || found.confidence > threshold)
            };
            planted += 1;
            if !findings(&analyzer, &damaged.text).iter().any(hit) {
                let (from, to) = paragraph(&damaged.text, start);
                missed.push(damaged.text[from..to].to_owned());
            }
        }
    }
    (planted, missed)
}

#[test]
fn defects_are_caught_and_clean_copy_stays_quiet() {
    let articles = marked::articles();
    let mut failed = Vec::new();
    for kind in &KINDS {
        let (planted, missed) = planted(kind, &articles);
        let noise = noise(kind, &articles);
        let recall = 1.0 - missed.len() as f64 / planted.max(1) as f64;
        let an_article = noise.len() as f64 / articles.len() as f64;
        let figures = format!(
            "{}: {recall:.2} of {planted} caught (floor {:.2}), {an_article:.2} flags an untouched article (at most {:.2})\n  \
             missed: {missed:#?}\n  flagged: {noise:#?}",
            kind.name, kind.recall, kind.noise
        );
        println!("{figures}");
        assert!(planted >= 10, "{figures}");
        if recall < kind.recall || an_article > kind.noise {
            failed.push(figures);
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
