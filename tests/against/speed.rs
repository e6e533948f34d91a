//! What wire copy costs: a keystroke beside it, and a batch of pairs. Run by hand, in a build that is fast:
//! `cargo test --profile fast --test against speed -- --ignored --nocapture`.

use super::rewrite::{self, Dice};
use super::{analyzer, stories};
use copydesk::ActiveRule;
use copydesk::against::{Wire, Wires};
use copydesk::analysis::{Analyzer, Article, Cache};
use copydesk::document::Format;
use copydesk::rules;
use copydesk::settings::Style;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Stories one behind the other, told of other towns each time, up to so many bytes.
fn text(bytes: usize, number: usize) -> String {
    const TOWNS: [&str; 7] = ["Merrow", "Hallam", "Ostby", "Quent", "Varna", "Tolland", "Yarrow"];
    let stories = stories();
    let mut out = String::new();
    for round in number.. {
        let town = format!("{}{}", TOWNS[round % TOWNS.len()], round / TOWNS.len());
        for story in &stories {
            out += &story.replace("Merrow", &town).replace("Salem", &format!("{town} Bay"));
            out += "\n\n";
        }
        if out.len() >= bytes {
            break;
        }
    }
    let end = (0..=bytes.min(out.len())).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
    out.truncate(end);
    out
}

/// A draft that was written from a text.
fn draft(wire: &str, bytes: usize) -> String {
    let mut text = rewrite::print(&rewrite::rewrite(&rewrite::read(wire), &mut Dice::new(7))).0;
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text
}

/// The median time of a keystroke in the middle of the draft, in microseconds.
fn keystroke(analyzer: &Analyzer, draft: &str, wires: Option<&Wires>) -> f64 {
    let middle = (draft.len() / 2..).find(|at| draft.is_char_boundary(*at)).unwrap_or(0);
    let (mut cache, mut times) = (Cache::default(), Vec::new());
    let typed = "The harbor master said that about 40 boats may sail in May, two officials told the council. ";
    for end in 0..typed.len() {
        let text = format!("{}{}{}", &draft[..middle], &typed[..end], &draft[middle..]);
        let article = Article { text: &text, against: wires, ..Article::default() };
        let start = Instant::now();
        let story = analyzer.annotate_cached(&article, &mut cache);
        black_box(analyzer.check_cached(&story, &[], wires, &mut cache));
        if end > 0 {
            times.push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
#[ignore = "measures, and holds nothing"]
fn speed() {
    let on = rules::ALL.iter().filter(|rule| rule.enabled);
    let all =
        on.map(|rule| ActiveRule { rule, severity: rule.severity, min_confidence: rule.threshold });
    let all = Analyzer::new(all.collect(), Style::default(), None);
    let source = text(10_000, 0);
    let draft = draft(&source, 5_000);
    let wires = Wires::of(Wire::new("wire.txt", source, Format::Plain));
    let (bare, beside) = (keystroke(&all, &draft, None), keystroke(&all, &draft, Some(&wires)));
    println!("keystroke, {} bytes: {bare:.0} us, beside 10 kB {beside:.0} us", draft.len());
    let start = Instant::now();
    let list =
        (0..50).map(|n| Arc::new(Wire::new(format!("{n}.txt"), text(200_000, n), Format::Plain)));
    let list: Vec<_> = list.collect();
    println!("50 files of 200 kB understood in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let wires = Wires::new(list, Vec::new());
    println!("and made ready in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let beside = keystroke(&all, &draft, Some(&wires));
    println!("keystroke beside them {beside:.0} us");
    for (name, analyzer) in [("against", analyzer()), ("all rules", all)] {
        let pairs: Vec<(String, String)> = (0..200)
            .map(|n| {
                let wire = text(5_000, n);
                (self::draft(&wire, 5_000), wire)
            })
            .collect();
        let bytes: usize = pairs.iter().map(|(draft, wire)| draft.len() + wire.len()).sum();
        let start = Instant::now();
        for (draft, wire) in &pairs {
            let wires = Wires::of(Wire::new("wire.txt", wire.clone(), Format::Plain));
            let article = Article { text: draft, against: Some(&wires), ..Article::default() };
            black_box(analyzer.check(&article));
        }
        let rate = bytes as f64 / start.elapsed().as_secs_f64() / 1e6;
        println!("200 pairs, {name}: {rate:.1} MB/s of draft and wire together");
    }
}
