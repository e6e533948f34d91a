//! Trains the models on a corpus and writes them into the sources:
//!
//! ```text
//! cargo run --profile fast --example train -- attribution TRAIN.jsonl [DEV.jsonl]
//! cargo run --profile fast --example train -- claims TRAIN.jsonl [DEV.jsonl]
//! cargo run --profile fast --example train -- claims-folds CORPUS.jsonl...
//! cargo run --profile fast --example train -- score DEV.jsonl
//! ```
//!
//! The corpus format is described in `corpus.rs`. With a second corpus the result is scored on it. The same corpus gives
//! the same bytes. `attribution` takes half a minute; `claims` trains attributions anew on each four fifths of the corpus
//! and takes five times as long. `claims-folds` writes nothing: it trains on four fifths of all corpora together, scores
//! the fifth, and does so five times.

mod claims;
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

const CLAIMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/resolve/claims/claims.bin");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(task), Some(path)) = (args.first(), args.get(1)) else {
        return Err(
            "usage: train attribution|claims|claims-folds|score CORPUS.jsonl [DEV.jsonl]".into()
        );
    };
    let read =
        || Model::read(&std::fs::read(MODEL).unwrap_or_default()).ok_or("the model cannot be read");
    let stories = corpus::load(path)?;
    let dev = args.get(2).map(|dev| corpus::load(dev)).transpose()?.unwrap_or_default();
    let (stories, dev): (Vec<_>, Vec<_>) = (stories.iter().collect(), dev.iter().collect());
    match task.as_str() {
        "attribution" => {
            std::fs::write(MODEL, train(&stories))?;
            if !dev.is_empty() {
                report(&read()?, &dev);
            }
        }
        "claims" => {
            let model = claims::train(&stories, &by_fold(&stories)?);
            std::fs::write(CLAIMS, model.write())?;
            if !dev.is_empty() {
                claims::score(&model, &read()?, &dev);
            }
        }
        "claims-folds" => {
            let all: Vec<&corpus::Story> = stories.into_iter().chain(dev).collect();
            claims::cross_validate(&all, &by_fold(&all)?);
        }
        "score" => report(&read()?, &stories),
        _ => return Err(format!("no task {task}").into()),
    }
    Ok(())
}

/// For each fold the model of attributions that the others teach.
fn by_fold(stories: &[&corpus::Story]) -> Result<Vec<Model>, &'static str> {
    let others = |fold: usize| -> Vec<&corpus::Story> {
        let list = stories.iter().enumerate();
        list.filter(|(number, _)| number % claims::FOLDS != fold).map(|(_, s)| *s).collect()
    };
    (0..claims::FOLDS)
        .map(|fold| Model::read(&train(&others(fold))).ok_or("a model cannot be read"))
        .collect()
}

fn train(stories: &[&corpus::Story]) -> Vec<u8> {
    let words = collect::Words::of(stories);
    let fit = |name: &str, (problem, numbers): (crf::Problem, collect::Numbers)| {
        eprintln!("{name}: {} features, {} places", problem.features, problem.pool.len());
        let weights = problem.train(0.1, 0.1, 80);
        Trained { problem, numbers, weights }
    };
    let cue = fit("cues", collect::cues(stories, &words));
    let role = fit("roles", collect::roles(stories, &words));
    export::export(&words, &cue, &role)
}

fn report(model: &Model, stories: &[&corpus::Story]) {
    let (mut all, mut quoted) = (Tally::default(), Tally::default());
    for story in stories {
        let mut found = Vec::new();
        for block in &story.blocks {
            found.extend(
                with_model(model, &block.text, &block.notes)
                    .attributions
                    .iter()
                    .map(|a| pair(block, a)),
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
    }
    println!("{:.1} ns a byte", nanoseconds(model, stories));
    for (name, tally) in [("all", all), ("quoted", quoted)] {
        let (p, r) = tally.precision_recall();
        println!("pair overlap, {name}: P {p:.1} R {r:.1} F1 {:.2}", tally.f1());
    }
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
fn nanoseconds(model: &Model, stories: &[&corpus::Story]) -> f64 {
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
