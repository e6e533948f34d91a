//! Articles with marked attributions, read from JSON lines and laid over the tokens that copydesk sees.
//!
//! One article a line: `{"text", "attributions": [{"source": [[start, end], ...], "cue": ..., "content": ...}]}` with
//! offsets in Unicode scalars, end exclusive; other keys are ignored.

use copydesk::Analyzer;
use copydesk::analysis::Article;
use copydesk::annotate::Annotations;
use copydesk::segment::Span;
use serde_json::Value;
use std::sync::Arc;

/// The roles of a marked attribution, in bytes of the text.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    pub source: Vec<(usize, usize)>,
    pub cue: Vec<(usize, usize)>,
    pub content: Vec<(usize, usize)>,
}

/// One block of an article.
pub struct Block {
    /// First byte in the article.
    pub start: usize,
    pub text: String,
    pub notes: Arc<Annotations>,
}

/// An article with its marks.
pub struct Story {
    pub text: String,
    pub blocks: Vec<Block>,
    pub marks: Vec<Marked>,
}

impl Block {
    /// The tokens that share a byte with the range.
    pub fn tokens(&self, (start, end): (usize, usize)) -> Span {
        let list = &self.notes.tokens.list;
        let from = list.partition_point(|t| self.start + t.end as usize <= start);
        let to = list.partition_point(|t| self.start + (t.start as usize) < end);
        Span::new(from, to)
    }

    /// The bytes of the article that each span of tokens covers.
    pub fn bytes(&self, spans: &[Span]) -> Vec<(usize, usize)> {
        let tokens = &self.notes.tokens.list;
        let range = |span: &Span| {
            let first = tokens.get(span.start as usize)?.start as usize;
            let last = tokens.get((span.end as usize).checked_sub(1)?)?.end as usize;
            Some((self.start + first, self.start + last))
        };
        spans.iter().filter_map(range).collect()
    }
}

/// Reads one article; `None` where the line is none.
pub fn read(line: &str) -> Option<Story> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = value["text"].as_str()?.to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans = |value: &Value| -> Vec<(usize, usize)> {
        let list = value.as_array().into_iter().flatten();
        list.filter_map(|span| {
            let at = |n: usize| bytes.get(span[n].as_u64()? as usize).copied();
            Some((at(0)?, at(1)?))
        })
        .collect()
    };
    let marks = value["attributions"].as_array().into_iter().flatten().map(|a| Marked {
        source: spans(&a["source"]),
        cue: spans(&a["cue"]),
        content: spans(&a["content"]),
    });
    let marks = marks.collect();
    let story = Analyzer::default().annotate(&Article { text: &text, ..Article::default() });
    let blocks = story
        .paragraphs
        .iter()
        .map(|p| Block {
            start: p.block.range.start as usize,
            text: p.block.range.slice(&text).to_owned(),
            notes: Arc::clone(&p.notes),
        })
        .collect();
    Some(Story { text: text.clone(), blocks, marks })
}

/// Reads a corpus.
pub fn load(path: &str) -> std::io::Result<Vec<Story>> {
    Ok(std::fs::read_to_string(path)?.lines().filter_map(read).collect())
}
