//! Trains the models on a corpus and writes them into the sources:
//!
//! ```text
//! cargo run --profile fast --example train -- attribution TRAIN.jsonl [DEV.jsonl]
//! cargo run --profile fast --example train -- attribution-folds CORPUS.jsonl...
//! cargo run --profile fast --example train -- claims TRAIN.jsonl [DEV.jsonl]
//! cargo run --profile fast --example train -- claims-folds CORPUS.jsonl...
//! cargo run --profile fast --example train -- score DEV.jsonl
//! cargo run --profile fast --example train -- words VECTORS.json WORDS
//! ```
//!
//! The corpus format is described in `corpus.rs`. With a second corpus the result is scored on it. The same corpus gives
//! the same bytes. `attribution` takes two minutes; `claims` trains attributions anew on each four fifths of the corpus
//! and takes five times as long. The tasks with `folds` write nothing: they train on four fifths of all corpora together,
//! score the fifth, and do so five times. `words` groups the words that attribution takes for alike; only who has other
//! vectors needs it.

mod attribution;
mod claims;
mod collect;
mod corpus;
mod crf;
mod export;
mod score;
mod trees;
mod words;

use copydesk::annotate::Attribution;
use copydesk::annotate::attribution::model::Model;
use copydesk::annotate::attribution::with_model;
use score::{Pair, Tally};

const MODEL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/src/annotate/attribution/attribution.bin");

const CLAIMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/resolve/claims/claims.bin");

const WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/train/words.txt");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(task), Some(path)) = (args.first(), args.get(1)) else {
        return Err(
            "usage: train attribution|attribution-folds|claims|claims-folds|score CORPUS.jsonl [DEV.jsonl]".into()
        );
    };
    if task == "words" {
        let list = args.get(2).ok_or("the words to group, one a line, are missing")?;
        std::fs::write(WORDS, words::groups(path.as_ref(), list.as_ref())?)?;
        return Ok(());
    }
    let read =
        || Model::read(&std::fs::read(MODEL).unwrap_or_default()).ok_or("the model cannot be read");
    let stories = corpus::load(path)?;
    let dev = args.get(2).map(|dev| corpus::load(dev)).transpose()?.unwrap_or_default();
    let (stories, dev): (Vec<_>, Vec<_>) = (stories.iter().collect(), dev.iter().collect());
    match task.as_str() {
        "attribution" => {
            std::fs::write(MODEL, attribution::train(&stories))?;
            if !dev.is_empty() {
                report(&read()?, &dev);
            }
        }
        "attribution-folds" => {
            let all: Vec<&corpus::Story> = stories.into_iter().chain(dev).collect();
            let models = by_fold(&all)?;
            report_each(&all, |number| &models[number % claims::FOLDS]);
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
        .map(|fold| {
            let bytes = attribution::train(&others(fold));
            Model::read(&bytes).ok_or("a model cannot be read")
        })
        .collect()
}

fn report(model: &Model, stories: &[&corpus::Story]) {
    println!("{:.1} ns a byte", nanoseconds(model, stories));
    report_each(stories, |_| model);
}

/// Scores each story with the model that `model` names for its number.
fn report_each<'m>(stories: &[&corpus::Story], model: impl Fn(usize) -> &'m Model) {
    let (mut all, mut quoted) = (Tally::default(), Tally::default());
    for (number, story) in stories.iter().enumerate() {
        let model = model(number);
        let mut found = Vec::new();
        for block in &story.blocks {
            found.extend(
                with_model(model, &block.text, &block.notes)
                    .attributions
                    .iter()
                    .map(|a| pair(block, a)),
            );
        }
        let marked: Vec<Pair> = story.marks.iter().map(Pair::from).collect();
        score::add(&mut all, &story.text, &marked, &found, false);
        score::add(&mut quoted, &story.text, &marked, &found, true);
    }
    for (name, tally) in [("all", all), ("quoted", quoted)] {
        let (p, r) = tally.precision_recall();
        println!("pair overlap, {name}: P {p:.1} R {r:.1} F1 {:.2}", tally.f1());
    }
}

/// An attribution in bytes of the article.
fn pair(block: &corpus::Block, attribution: &Attribution) -> Pair {
    let Attribution { source, cue, content, .. } = attribution;
    Pair { source: block.bytes(source), cue: block.bytes(cue), content: block.bytes(content) }
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
