//! MB/s and core for cutting text into tokens, sentences and quotations; best of several runs, nothing asserted.
//!
//! Reads the files named on the command line, or else a story of its own: once a paragraph at a time, and once as ten
//! megabytes on one line, which must cost about the same a byte.

use copydesk::annotate::{EntryState, quotations};
use copydesk::document::{Block, BlockKind};
use copydesk::segment::{sentences, tokenize};
use copydesk::text::TextRange;
use std::hint::black_box;
use std::time::Instant;

const STORY: &str = "GRAND HARBOUR, Oct. 3 — Mayor Ana Ruiz said on Friday that the city’s $1,250,000 plan for the docks \
    won't be ready before 2027, according to two officials who weren't allowed to speak publicly.\n\
    “We asked for a year. We got 51-49 in the council,” she said at 3 p.m. Tuesday. “That isn’t the same thing.”\n\
    The U.S. Coast Guard, which operates from the harbour, didn't reply to questions sent to its press office.\n\
    \"It's the kind of 'temporary' repair that lasts for the '90s and beyond,\" said J. Q. Okafor, of Okafor & Sons Inc.\n";

fn best(label: &str, bytes: usize, mut run: impl FnMut() -> usize) {
    let mut least = f64::INFINITY;
    let mut count = 0;
    for _ in 0..7 {
        let start = Instant::now();
        count = black_box(run());
        least = least.min(start.elapsed().as_secs_f64());
    }
    println!("{label:32} {:8.1} MB/s  {count}", bytes as f64 / least / 1e6);
}

fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let range = TextRange::from(at..at + line.trim_end().len());
        at += line.len();
        if !range.is_empty() {
            out.push(Block { kind: BlockKind::Paragraph, range, masks: Vec::new() });
        }
    }
    out
}

fn measure(name: &str, text: &str) {
    let blocks = blocks(text);
    println!("{name}: {} bytes in {} blocks", text.len(), blocks.len());
    best("tokens", text.len(), || blocks.iter().map(|b| tokenize(text, b).list.len()).sum());
    best("tokens, sentences, quotations", text.len(), || {
        let all = |block: &Block| {
            let tokens = tokenize(text, block).list;
            sentences(&tokens).len() + quotations(&tokens, EntryState::default()).0.len()
        };
        blocks.iter().map(all).sum()
    });
}

fn main() {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    for file in &files {
        match std::fs::read_to_string(file) {
            Ok(text) => measure(file, &text),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
    if files.is_empty() {
        let story = STORY.repeat(10_000_000 / STORY.len());
        measure("story", &story);
        measure("one line", &story.replace('\n', " "));
    }
}
