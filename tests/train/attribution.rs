//! Trains the models of attribution one after another: cues, then roles, then which candidates to believe.
//!
//! The later models learn from what the earlier ones find in copy that they have not seen: the corpus is cut into parts,
//! and each part is read by models trained on the others.

use crate::collect::{self, Guess, Words};
use crate::corpus::{Block, Story};
use crate::crf::Problem;
use crate::export::{Trained, export};
use crate::score;
use crate::trees::{Example, Growth, grow};
use copydesk::annotate::attribution::model::Model;
use copydesk::annotate::attribution::trees::Forest;
use copydesk::annotate::attribution::verify::{self, Draft};
use copydesk::annotate::attribution::{Look, look};
use copydesk::segment::Span;

/// Parts that the corpus is cut into.
const PARTS: usize = 3;

/// The file of the model that the stories teach.
pub fn train(stories: &[&Story]) -> Vec<u8> {
    let words = Words::of(stories);
    let others = |part: usize| -> Vec<&Story> { pick(stories, |at| at % PARTS != part) };
    let own = |part: usize| -> Vec<&Story> { pick(stories, |at| at % PARTS == part) };
    let cues: Vec<Trained> = (0..PARTS).map(|part| cues(&others(part), &words)).collect();
    let blank = Trained::blank_roles();
    let mut guesses: Vec<Guess> = vec![Guess::default(); stories.len()];
    for (part, cue) in cues.iter().enumerate() {
        let model = read(&export(&words, cue, &blank, &Forest::default()));
        for (number, story) in own(part).into_iter().enumerate() {
            guesses[number * PARTS + part] = guess(&model, story);
        }
    }
    let roles = |keep: &dyn Fn(usize) -> bool| {
        let list = stories.iter().zip(&guesses).enumerate().filter(|(at, _)| keep(*at));
        let list: Vec<(&Story, &Guess)> = list.map(|(_, (story, guess))| (*story, guess)).collect();
        fit("roles", collect::roles(&list, &words))
    };
    let mut examples = Vec::new();
    for (part, cue) in cues.iter().enumerate() {
        let role = roles(&|at| at % PARTS != part);
        let model = read(&export(&words, cue, &role, &Forest::default()));
        own(part).into_iter().for_each(|story| self::examples(&model, story, &mut examples));
    }
    let verifier = grow(&examples, &GROWTH);
    export(&words, &self::cues(stories, &words), &roles(&|_| true), &verifier)
}

const GROWTH: Growth = Growth { trees: 60, leaves: 16, rate: 0.1, least: 20, ridge: 2.0 };

fn pick<'s>(stories: &[&'s Story], keep: impl Fn(usize) -> bool) -> Vec<&'s Story> {
    stories.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, story)| *story).collect()
}

fn read(bytes: &[u8]) -> Model {
    Model::read(bytes).expect("a model that was just written")
}

fn fit(name: &str, (problem, numbers): (Problem, collect::Numbers)) -> Trained {
    eprintln!("{name}: {} features, {} places", problem.features, problem.pool.len());
    let weights = problem.train(0.1, 0.1, 80);
    Trained { problem, numbers, weights }
}

fn cues(stories: &[&Story], words: &Words) -> Trained {
    fit("cues", collect::cues(stories, words))
}

/// The candidates for a cue that the model sees, by block.
fn guess(model: &Model, story: &Story) -> Guess {
    let see = |block: &Block| look(model, &block.text, &block.notes).drafts;
    story.blocks.iter().map(|block| see(block).into_iter().map(|d| d.cue).collect()).collect()
}

/// What the verifier can learn from a story: each candidate, and whether it says who said what.
fn examples(model: &Model, story: &Story, out: &mut Vec<Example>) {
    for block in &story.blocks {
        let Look { scan, marginals, drafts } = look(model, &block.text, &block.notes);
        let right = right(story, block, &drafts);
        for (number, yes) in right.into_iter().enumerate() {
            let features = verify::features(&scan, &marginals, &drafts, number).to_vec();
            out.push(Example { features, yes, counts: 1.0, start: 0.0 });
        }
    }
}

/// For each candidate whether it has a marked attribution to itself that it agrees with in content and source. One before
/// the paragraph's final colon has its content in the next paragraph, and agrees by cue and source.
fn right(story: &Story, block: &Block, drafts: &[Draft]) -> Vec<bool> {
    let bytes = |spans: &[Span]| block.bytes(spans);
    let pairs: Vec<score::Pair> = drafts
        .iter()
        .map(|draft| score::Pair {
            source: bytes(&draft.roles.source),
            cue: bytes(&[Span::new(draft.cue.start, draft.cue.end)]),
            content: bytes(&draft.roles.content),
        })
        .collect();
    let marked: Vec<score::Pair> = story.marks.iter().map(score::Pair::from).collect();
    let mut right = vec![false; drafts.len()];
    for (_, found) in
        score::matches(&marked.iter().collect::<Vec<_>>(), &pairs.iter().collect::<Vec<_>>())
    {
        right[found] = true;
    }
    if block.text.trim_end().ends_with(':') {
        for (pair, right) in pairs.iter().zip(&mut right).filter(|(p, _)| p.content.is_empty()) {
            *right = marked.iter().any(|mark| score::same_source_and_cue(mark, pair));
        }
    }
    right
}
