//! What a keystroke costs: 200 characters typed into the middle of an article, each analysed with the cache; in µs, nothing
//! asserted.
//!
//! Reads the files named on the command line (plain text unless their extension says otherwise), or else articles of its
//! own of 5 kB and 100 kB. Below the whole come its parts, each measured by itself; `other rules` are those that are off by
//! default. Then what wire copy adds: an article of 5 kB by itself and beside the wire copy that it was written from,
//! version by version in turn.

use copydesk::ActiveRule;
use copydesk::against::{Comparison, Wire, Wires};
use copydesk::analysis::{Analyzer, Article, Cache};
use copydesk::document::{Document, Format};
use copydesk::resolve::{Roster, Story};
use copydesk::rules::{self, Check};
use copydesk::settings::Style;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const TYPED: &str = "The council's auditor, Lena Marsh, said on Tuesday that the figures \"do not add up\" and asked for the \
    contracts of 2019. Nobody at the port would say who had signed them, and the clerk was away. ";

/// Paragraphs of an article, with names to be put in for `{}`.
const PARAGRAPHS: [&str; 8] = [
    "{0} {1} said on Friday that the city's $1,250,000 plan for the docks would not be ready before 2027, according to two \
     officials who were not allowed to speak publicly about the talks with the owners of the ferry line.",
    "“We asked for a year. We got 51-49 in the council,” {1} said at 3 p.m. Tuesday. “That isn't the same thing, and the \
     people who live here know it.”",
    "The {2} Coast Guard, which operates from the harbour, did not reply to questions sent to its press office. A spokesman \
     for Mayor {0} {1} declined to comment on the letter.",
    "About 40 percent of the workers at {2} live within a mile of the pier, a survey by the university showed in May. The \
     survey asked 1,200 households and had a margin of error of three points.",
    "{1}, a former judge, was elected in 2021. She has promised to cut the fares for students, and the council is to vote on \
     her budget before the end of the month.",
    "\"It is the kind of 'temporary' repair that lasts for a generation,\" said {3}, who runs the fish market on {2} Street. \
     \"They came on Monday with a crane, and by Wednesday the crane was gone.\"",
    "Analysts at the bank said the bonds were priced too high. Prosecutors charged two men with fraud last year; both \
     pleaded not guilty, and the trial is expected to open in the spring.",
    "The pier was built in 1911 and closed twice for repairs, most recently in the winter of 2014, when a storm tore away the \
     northern end of it and flooded the cellars of the old customs house.",
];

const GIVEN: [&str; 7] = ["Ana", "Joe", "Mary", "Peter", "Lucy", "Daniel", "Helen"];
const FAMILY: [&str; 11] = [
    "Ruiz",
    "Okafor",
    "Marquart",
    "Hollis",
    "Berg",
    "Tanaka",
    "Silva",
    "Novak",
    "Lindqvist",
    "Duarte",
    "Petrov",
];
const PLACES: [&str; 5] = ["Grand Harbour", "Westhaven", "Port Lena", "Millbrook", "Saltmarsh"];

fn article(text: &str, format: Format) -> Article<'_> {
    Article { text, format, title: None, date: None, path: None, against: None }
}

fn own_text(bytes: usize) -> String {
    let mut text = "Harbour plan will not be ready, mayor says\n\n".to_owned();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        let cast = number / PARAGRAPHS.len();
        let paragraph = PARAGRAPHS[number % PARAGRAPHS.len()]
            .replace("{0}", GIVEN[cast % GIVEN.len()])
            .replace("{1}", FAMILY[cast % FAMILY.len()])
            .replace("{2}", PLACES[cast % PLACES.len()])
            .replace("{3}", "J. Q. Oyelaran");
        text += &paragraph;
        text += "\n\n";
    }
    text
}

/// Prints the median and the 99th percentile of the times of `run` over the versions of the text while it is typed.
fn measure(label: &str, texts: &[String], mut run: impl FnMut(&str) -> usize) {
    let mut times: Vec<f64> = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        let start = Instant::now();
        black_box(run(text));
        let time = start.elapsed().as_secs_f64() * 1e6;
        // The first version is an analysis from scratch.
        if at > 0 {
            times.push(time);
        }
    }
    print_times(label, times);
}

fn active(rules: impl Iterator<Item = &'static rules::Rule>) -> Analyzer {
    let rules = rules.map(|rule| ActiveRule {
        rule,
        severity: rule.severity,
        min_confidence: rule.threshold,
    });
    Analyzer::new(rules.collect(), Style::default(), None)
}

fn on() -> impl Iterator<Item = &'static rules::Rule> {
    rules::ALL.iter().copied().filter(|rule| rule.enabled)
}

/// The text while [`TYPED`] is typed behind the sentence in its middle.
fn versions(text: &str) -> Vec<String> {
    let middle = text.len() / 2;
    let stop = (middle..text.len()).find(|&at| text.as_bytes()[at..].starts_with(b". "));
    let at = stop.map_or(text.len(), |stop| stop + 2);
    let ends = TYPED.char_indices().map(|(end, _)| end).take(201);
    ends.map(|end| format!("{}{}{}", &text[..at], &TYPED[..end], &text[at..])).collect()
}

fn keystrokes(name: &str, text: &str, format: Format) {
    let texts = versions(text);
    println!("{name} ({format:?}): {} bytes", text.len());
    let analyzer = active(on());
    let mut cache = Cache::default();
    measure("the whole", &texts, |text| {
        let story = analyzer.annotate_cached(&article(text, format), &mut cache);
        analyzer.check_cached(&story, &[], None, &mut cache).diagnostics.len()
    });
    measure("  from scratch", &texts[..20], |text| analyzer.check(&article(text, format)).len());
    measure("  Document::parse", &texts, |text| Document::parse(text, format).blocks.len());
    let mut cache = Cache::default();
    measure("  parse, annotate, resolve", &texts, |text| {
        analyzer.annotate_cached(&article(text, format), &mut cache).people.len()
    });
    let stories: Vec<Story<'_>> =
        texts.iter().map(|text| analyzer.annotate(&article(text, format))).collect();
    let mut next = stories.iter();
    measure("  resolve (people, carried)", &texts, |_| {
        let Some(story) = next.next() else { return 0 };
        Story::new(Document::default(), story.paragraphs.clone(), None, &Roster::default())
            .people
            .len()
    });
    rules_alone("  no rule", std::iter::empty(), &texts, format);
    let paragraph = |rule: &&rules::Rule| matches!(rule.check, Check::Paragraph(_));
    rules_alone("  paragraph rules", on().filter(paragraph), &texts, format);
    for rule in on().filter(|rule| matches!(rule.check, Check::Story(_))) {
        rules_alone(&format!("  {}", rule.id), std::iter::once(rule), &texts, format);
    }
    let off = rules::ALL.iter().copied().filter(|rule| !rule.enabled);
    rules_alone("  other rules", off, &texts, format);
}

/// Wire copy of `count` files of `bytes` each. The first tells what the articles here tell, with other words about them.
fn wires(count: usize, bytes: usize) -> Wires {
    let texts = (0..count).map(|number| {
        let mut text = own_text(bytes);
        if number > 0 {
            for (from, to) in
                [("city", "county"), ("bonds", "shares"), ("pier", "canal"), ("fish", "fruit")]
            {
                text = text.replace(from, to);
            }
            text = text.replace("Friday", &format!("Friday in ward {number}"));
        }
        text.replace("We asked for a year", "We asked for two years")
    });
    let wires = texts.enumerate();
    let wires = wires
        .map(|(number, text)| Arc::new(Wire::new(format!("wire {number}"), text, Format::Plain)));
    Wires::new(wires.collect(), Vec::new())
}

/// What wire copy adds to a keystroke.
fn beside(text: &str, count: usize, bytes: usize) {
    println!("own article: {} bytes beside {count} files of {bytes} bytes", text.len());
    let start = Instant::now();
    let wires = wires(count, bytes);
    println!(
        "{:38} once {:8.1} ms",
        "  reading the wire copy",
        start.elapsed().as_secs_f64() * 1e3
    );
    let (texts, analyzer) = (versions(text), active(on()));
    let mut caches = [Cache::default(), Cache::default()];
    let mut times: [Vec<f64>; 2] = Default::default();
    for text in &texts {
        for (at, against) in [None, Some(&wires)].into_iter().enumerate() {
            let cache = &mut caches[at];
            let start = Instant::now();
            let story = analyzer.annotate_cached(&article(text, Format::Plain), cache);
            black_box(analyzer.check_cached(&story, &[], against, cache));
            times[at].push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let added = times[0].iter().zip(&times[1]).skip(1).map(|(without, with)| with - without);
    print_times("  added", added.collect());
    for (label, mut times) in ["  without", "  with"].into_iter().zip(times) {
        times.remove(0);
        print_times(label, times);
    }
    let mut cache = Cache::default();
    let mut times = Vec::new();
    for text in &texts {
        let story = analyzer.annotate_cached(&article(text, Format::Plain), &mut cache);
        let start = Instant::now();
        black_box(Comparison::new(&story, &wires).sentences.len());
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    print_times("  Comparison::new", times);
}

fn rules_alone(
    label: &str,
    rules: impl Iterator<Item = &'static rules::Rule>,
    texts: &[String],
    format: Format,
) {
    let analyzer = active(rules);
    let mut cache = Cache::default();
    let mut times = Vec::new();
    for text in texts {
        let story = analyzer.annotate_cached(&article(text, format), &mut cache);
        let start = Instant::now();
        black_box(analyzer.check_cached(&story, &[], None, &mut cache));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times.remove(0);
    print_times(label, times);
}

fn print_times(label: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    println!("{label:38} p50 {:8.1}  p99 {:8.1}", at(0.5), at(0.99));
}

fn main() {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    for file in &files {
        let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
        let format = extension.and_then(Format::from_extension).unwrap_or_default();
        match std::fs::read_to_string(file) {
            Ok(text) => keystrokes(file, &text, format),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
    if files.is_empty() {
        for bytes in [5_000, 100_000] {
            for format in [Format::Plain, Format::Markdown] {
                keystrokes("own article", &own_text(bytes), format);
            }
        }
        beside(&own_text(5_000), 1, 10_000);
        beside(&own_text(5_000), 50, 200_000);
    }
}
