//! Drifts planted in rewritten copy, so that a later change cannot lose what is caught unseen.
//!
//! Stories are rewritten by code (`against/rewrite.rs`): paragraphs are moved, sentences joined and cut, attributions turned
//! round, words replaced, sentences put into the passive voice, figures into words or digits. One drift at a time is planted in the copy
//! (`against/plant.rs`), and the rules must find it; the copy without it must stay quiet. Floors are for the invented
//! stories of `against/stories.txt`, and where the shared articles are at hand, for both together: theirs are printed alone.
//! `--nocapture` shows the figures, with `AGAINST=misses` what was missed and with `AGAINST=noise` what is flagged in untouched
//! rewrites. `--ignored figures` measures other articles, or more rewrites of them, and holds nothing: `ARTICLES` is the name of
//! their file (`attributions.train.jsonl`), `REWRITES` how many are made of each. `--ignored pairs` writes rewrites beside their
//! articles to the file `PAIRS`, as JSONL to be checked: what `bars.py` times.

#[path = "against/plant.rs"]
mod plant;
#[path = "against/rewrite.rs"]
mod rewrite;
#[path = "against/speed.rs"]
mod speed;

use copydesk::ActiveRule;
use copydesk::against::{Wire, Wires};
use copydesk::analysis::{Analyzer, Article};
use copydesk::diagnostic::Diagnostic;
use copydesk::document::Format;
use copydesk::rules::{self, Group};
use copydesk::settings::Style;
use rewrite::Dice;
use std::path::Path;

/// The rules that compare with wire copy, as they come.
fn analyzer() -> Analyzer {
    let own = rules::ALL.iter().filter(|rule| rule.group == Group::Against && rule.enabled);
    let active = own.map(|rule| ActiveRule {
        rule,
        severity: rule.severity,
        min_confidence: rule.threshold,
    });
    Analyzer::new(active.collect(), Style::default(), None)
}

fn stories() -> Vec<String> {
    include_str!("against/stories.txt")
        .split("\n---\n")
        .map(|story| story.trim().to_owned())
        .collect()
}

/// The articles of a file of the shared corpus, where it is at hand.
fn articles(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval").join(file);
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("no ../shared/eval/{file}: the articles are left out");
        return Vec::new();
    };
    let parse = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
    let articles = text.lines().filter_map(parse);
    articles.filter_map(|article| article.get("text")?.as_str().map(str::to_owned)).collect()
}

fn check(analyzer: &Analyzer, wires: &Wires, text: &str) -> Vec<Diagnostic> {
    analyzer.check(&Article { text, against: Some(wires), ..Article::default() })
}

fn wires(text: &str) -> Wires {
    Wires::of(Wire::new("wire.txt", text, Format::Plain))
}

fn shown(found: &Diagnostic, text: &str, wire: &str) -> String {
    let words = found.range.slice(text);
    let place = found.related.first().map(|related| related.range.start as usize);
    let around = place.map(|at| paragraph(wire, at)).unwrap_or_default();
    let own = paragraph(text, found.range.start as usize);
    format!("{} [{words}] {}\n   draft: {own}\n   wire:  {around}", found.rule, found.message)
}

/// The line around a byte.
fn paragraph(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    &text[start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)]
}

/// What a run over some stories came to.
#[derive(Default)]
struct Tally {
    /// Caught and planted, by kind.
    kinds: Vec<(usize, usize)>,
    /// Findings in untouched rewrites, and how many of those there were.
    noise: (usize, usize),
    /// Findings in the stories against themselves.
    own: usize,
}

fn measure(stories: &[String], rewrites: u64, most: usize) -> Tally {
    let (analyzer, verbose) = (analyzer(), std::env::var("AGAINST").unwrap_or_default());
    let mut tally = Tally { kinds: vec![(0, 0); plant::KINDS.len()], ..Tally::default() };
    for (number, story) in stories.iter().enumerate() {
        let wires = wires(story);
        for found in check(&analyzer, &wires, story) {
            tally.own += 1;
            println!("own copy {number}: {}", shown(&found, story, story));
        }
        let copy = rewrite::read(story);
        for seed in 0..rewrites {
            let mut dice = Dice::new(1000 * seed + number as u64 + 1);
            let new = rewrite::rewrite(&copy, &mut dice);
            let (text, _) = rewrite::print(&new);
            let before = check(&analyzer, &wires, &text);
            tally.noise.0 += before.len();
            tally.noise.1 += 1;
            if verbose.contains("noise") {
                before
                    .iter()
                    .for_each(|found| println!("noise {number}: {}", shown(found, &text, story)));
            }
            for (at, kind) in plant::KINDS.iter().enumerate() {
                for planted in plant::plant(kind, &new, &mut dice, most) {
                    let (text, places) = rewrite::print(&planted.copy);
                    let (start, end) = places[planted.paragraph][planted.sentence];
                    let found = check(&analyzer, &wires, &text);
                    let ours = |found: &&Diagnostic| {
                        kind.rules.contains(&found.rule)
                            && (found.range.start as usize) < end
                            && start < found.range.end as usize
                    };
                    let known = |found: &&Diagnostic| {
                        before.iter().any(|b| b.rule == found.rule && b.message == found.message)
                    };
                    let caught = found.iter().filter(ours).any(|f| !known(&f));
                    tally.kinds[at].0 += usize::from(caught);
                    tally.kinds[at].1 += 1;
                    if !caught && verbose.contains("misses") {
                        let was = &new.paragraphs[planted.paragraph][planted.sentence].text;
                        println!(
                            "missed {} {number}: {}\n     was: {was}",
                            kind.name,
                            &text[start..end]
                        );
                    }
                }
            }
        }
    }
    tally
}

fn report(name: &str, tally: &Tally) {
    for (kind, (caught, planted)) in plant::KINDS.iter().zip(&tally.kinds) {
        let share = *caught as f64 / (*planted).max(1) as f64;
        println!(
            "{name}: {:12} {caught:4} of {planted:4}  {share:.3}  (bar {})",
            kind.name, kind.bar
        );
    }
    let (findings, copies) = tally.noise;
    let each = findings as f64 / copies.max(1) as f64;
    println!(
        "{name}: {findings} findings in {copies} untouched rewrites, {each:.2} each; {} in the stories themselves",
        tally.own
    );
}

fn hold(name: &str, tally: &Tally) {
    report(name, tally);
    assert_eq!(tally.own, 0, "{name}: stories against themselves");
    let (findings, copies) = tally.noise;
    assert!(2 * findings <= copies, "{name}: {findings} findings in {copies} untouched rewrites");
    for (kind, (caught, planted)) in plant::KINDS.iter().zip(&tally.kinds) {
        let share = *caught as f64 / (*planted).max(1) as f64;
        assert!(*planted == 0 || share >= kind.bar, "{name}: {} {share:.3}", kind.name);
    }
}

#[test]
fn drifts_in_rewritten_stories_are_found() {
    hold("stories", &measure(&stories(), 6, 3));
}

#[test]
fn drifts_in_rewritten_articles_are_found() {
    let articles = articles("attributions.dev.jsonl");
    if articles.is_empty() {
        return;
    }
    let (mut all, own) = (measure(&articles, 1, 3), measure(&stories(), 6, 3));
    report("articles", &all);
    for (sum, more) in all.kinds.iter_mut().zip(own.kinds) {
        *sum = (sum.0 + more.0, sum.1 + more.1);
    }
    all.noise = (all.noise.0 + own.noise.0, all.noise.1 + own.noise.1);
    hold("articles and stories", &all);
}

#[test]
#[ignore = "measures, and holds nothing"]
fn figures() {
    let file = std::env::var("ARTICLES").unwrap_or("attributions.dev.jsonl".to_owned());
    let rewrites = std::env::var("REWRITES").ok().and_then(|count| count.parse().ok());
    let articles = articles(&file);
    println!("{} articles of {file}", articles.len());
    report("articles", &measure(&articles, rewrites.unwrap_or(1), 3));
}

#[test]
#[ignore = "writes pairs to be timed"]
fn pairs() {
    let Ok(path) = std::env::var("PAIRS") else { return };
    let all = ["clean.jsonl", "attributions.dev.jsonl", "attributions.train.jsonl"];
    let articles: Vec<String> = all.into_iter().flat_map(articles).collect();
    let mut out = String::new();
    for (number, article) in articles.iter().cycle().take(1000.min(2 * articles.len())).enumerate()
    {
        let new = rewrite::rewrite(&rewrite::read(article), &mut Dice::new(number as u64 + 1));
        let (text, _) = rewrite::print(&new);
        let pair = serde_json::json!({"id": format!("{number}"), "text": text, "against": article});
        out += &format!("{pair}\n");
    }
    std::fs::write(path, out).expect("PAIRS names a file that can be written");
}
