//! Trains the attribution model on a corpus and writes it into the sources:
//!
//! ```text
//! cargo run --profile fast --example train -- TRAIN.jsonl [DEV.jsonl]
//! ```
//!
//! The corpus format is described in `corpus.rs`. With a second corpus the result is scored on it. The same corpus gives
//! the same bytes. It takes a few minutes on two cores.

mod collect;
mod corpus;
mod crf;
mod export;
mod score;

use copydesk::annotate::Attribution;
use copydesk::annotate::attribution::model::Model;
use copydesk::annotate::attribution::with_model;
use copydesk::segment::Span;
use export::Trained;
use score::{Pair, Tally};

const MODEL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/annotate/attribution/attribution.bin");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else {
        return Err("usage: train TRAIN.jsonl [DEV.jsonl]".into());
    };
    if path != "-" {
        std::fs::write(MODEL, train(&corpus::load(path)?))?;
    }
    if let Some(dev) = args.get(1) {
        let model = Model::read(&std::fs::read(MODEL)?).ok_or("the model cannot be read")?;
        report(&model, &corpus::load(dev)?, args.get(2).map(String::as_str))?;
    }
    Ok(())
}

fn train(stories: &[corpus::Story]) -> Vec<u8> {
    let number = |name: &str, other: f64| {
        std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(other)
    };
    let words = collect::Words::of(stories);
    let fit = |name: &str, (problem, numbers): (crf::Problem, collect::Numbers)| {
        eprintln!("{name}: {} features, {} places", problem.features, problem.pool.len());
        let weights =
            problem.train(number("C1", 0.1), number("C2", 0.1), number("ROUNDS", 80.0) as usize);
        Trained { problem, numbers, weights }
    };
    let cue = fit("cues", collect::cues(stories, &words));
    let role = fit("roles", collect::roles(stories, &words));
    export::export(&words, &cue, &role)
}

fn report(model: &Model, stories: &[corpus::Story], out: Option<&str>) -> std::io::Result<()> {
    let (mut all, mut quoted) = (Tally::default(), Tally::default());
    let mut lines = String::new();
    for story in stories {
        let mut found = Vec::new();
        for block in &story.blocks {
            found.extend(
                with_model(model, &block.text, &block.notes).iter().map(|a| pair(block, a)),
            );
        }
        let marked: Vec<Pair> = story
            .marks
            .iter()
            .map(|m| Pair {
                source: m.source.clone(),
                cue: m.cue.clone(),
                content: m.content.clone(),
            })
            .collect();
        score::add(&mut all, &story.text, &marked, &found, false);
        score::add(&mut quoted, &story.text, &marked, &found, true);
        let found: Vec<_> = found
            .iter()
            .map(|p| serde_json::json!({"source": p.source, "cue": p.cue, "content": p.content}))
            .collect();
        lines += &format!("{}\n", serde_json::json!({"id": story.id, "attributions": found}));
    }
    println!("{:.1} ns a byte", nanoseconds(model, stories));
    for (name, tally) in [("all", all), ("quoted", quoted)] {
        let (p, r) = tally.precision_recall();
        println!("pair overlap, {name}: P {p:.1} R {r:.1} F1 {:.2}", tally.f1());
    }
    out.map_or(Ok(()), |path| std::fs::write(path, lines))
}

/// An attribution in bytes of the article.
fn pair(block: &corpus::Block, attribution: &Attribution) -> Pair {
    let tokens = &block.notes.tokens.list;
    let bytes = |spans: &[Span]| -> Vec<(usize, usize)> {
        let range = |s: &Span| {
            Some((
                tokens.get(s.start as usize)?.start,
                tokens.get((s.end as usize).checked_sub(1)?)?.end,
            ))
        };
        spans
            .iter()
            .filter_map(range)
            .map(|(s, e)| (block.start + s as usize, block.start + e as usize))
            .collect()
    };
    Pair {
        source: bytes(&attribution.source),
        cue: bytes(&attribution.cue),
        content: bytes(&attribution.content),
    }
}

/// The time that finding attributions takes a byte, the best of ten runs.
fn nanoseconds(model: &Model, stories: &[corpus::Story]) -> f64 {
    let blocks = || stories.iter().flat_map(|story| &story.blocks);
    let bytes: usize = blocks().map(|block| block.text.len()).sum();
    let run = |_| {
        let start = std::time::Instant::now();
        for block in blocks() {
            std::hint::black_box(with_model(model, &block.text, &block.notes));
        }
        start.elapsed().as_nanos() as f64 / bytes.max(1) as f64
    };
    (0..10).map(run).fold(f64::INFINITY, f64::min)
}
