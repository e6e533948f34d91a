//! What copydesk understands of one paragraph, and of nothing else: sentences, quotations, attributions, mentions.
//!
//! The result depends only on the block's text, its masks, its kind and the [`EntryState`], so it can be cached under them.

pub mod attribution;
mod memo;
mod mention;
mod quotation;

pub use attribution::{Attribution, AttributionKind};
pub(crate) use memo::Slot;
pub(crate) use mention::PREDECESSOR;
pub use mention::{Mention, MentionFlags, MentionKind};
pub use quotation::{EntryState, Quotation, QuotationKind, quotations};

use crate::document::{Block, BlockKind};
use crate::lang::en::Lex;
use crate::lang::en::lists::List;
use crate::segment::{self, Span, Token, Tokens};
use crate::text::{Field, TextRange};
use std::sync::Arc;

/// The annotations of one block. All places are token numbers of the block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// The tokens.
    pub tokens: Tokens,
    /// The sentences, in order and without gaps.
    pub sentences: Vec<Span>,
    /// The quotations, by where they open; nested ones included.
    pub quotations: Vec<Quotation>,
    /// Who said what, by cue.
    pub attributions: Vec<Attribution>,
    /// How likely each sentence attributes something, also where that was not believed.
    pub chances: Vec<attribution::Chance>,
    /// People mentioned, in order.
    pub mentions: Vec<Mention>,
    /// What the next paragraph is entered with.
    pub exit: EntryState,
    /// What rules found out about the block.
    memo: memo::Memo,
}

/// Annotates one block.
pub fn annotate(source: &str, block: &Block, entry: EntryState) -> Annotations {
    let tokens = segment::tokenize(source, block);
    let sentences = segment::sentences(&tokens.list);
    let (quotations, exit) = if carries_speech(block.kind) {
        quotations(&tokens.list, entry)
    } else {
        (quotations(&tokens.list, EntryState::default()).0, entry)
    };
    let mut notes = Annotations { tokens, sentences, quotations, exit, ..Annotations::default() };
    let text = block.range.slice(source);
    let found = attribution::attributions(text, &notes);
    (notes.attributions, notes.chances) = (found.attributions, found.chances);
    notes.mentions = mention::mentions(text, block.kind, &notes);
    notes
}

/// Whether speech that goes on over paragraphs can go on in such a block. A heading or a caption among them leaves it open.
fn carries_speech(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)
}

/// A block with its annotations: what rules read.
#[derive(Clone, Debug)]
pub struct Paragraph<'a> {
    /// Which text of the article the block belongs to.
    pub field: Field,
    /// The whole text that the block points into.
    pub source: &'a str,
    /// The block.
    pub block: Block,
    /// Its number in the story.
    pub index: usize,
    /// Its annotations.
    pub notes: Arc<Annotations>,
}

impl<'a> Paragraph<'a> {
    /// The tokens.
    #[inline]
    pub fn tokens(&self) -> &[Token] {
        &self.notes.tokens.list
    }

    /// The token `index`, if there is one.
    #[inline]
    pub fn token(&self, index: usize) -> Option<&Token> {
        self.notes.tokens.list.get(index)
    }

    /// What the reader sees of token `index`; "" where there is none.
    #[inline]
    pub fn text(&self, index: usize) -> &str {
        let Some(token) = self.token(index) else { return "" };
        if token.flags.contains(segment::TokenFlags::MASKED) {
            return self.notes.tokens.text(self.block.range.slice(self.source), index);
        }
        let start = self.block.range.start;
        let range = (start + token.start) as usize..(start + token.end) as usize;
        self.source.get(range).unwrap_or("")
    }

    /// Whether token `index` is `word`, ASCII case ignored.
    #[inline]
    pub fn is(&self, index: usize, word: &str) -> bool {
        let Some(token) = self.token(index) else { return word.is_empty() };
        if token.flags.contains(segment::TokenFlags::MASKED) {
            return self.text(index).eq_ignore_ascii_case(word);
        }
        // Rules ask this of every token, so lengths are compared before any text is looked at.
        if (token.end - token.start) as usize != word.len() {
            return false;
        }
        let start = (self.block.range.start + token.start) as usize;
        let bytes = self.source.as_bytes().get(start..start + word.len());
        bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()))
    }

    /// Whether the tokens from `index` on are `words`, ASCII case ignored.
    pub fn is_phrase(&self, index: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.is(index + offset, word))
    }

    /// Whether token `index` is one of `words`, ASCII case ignored.
    pub fn is_any(&self, index: usize, words: &[&str]) -> bool {
        let text = self.text(index);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// Whether token `index` has one of `classes`.
    #[inline]
    pub fn has(&self, index: usize, classes: Lex) -> bool {
        self.token(index).is_some_and(|token| token.lex.intersects(classes))
    }

    /// Whether token `index` is a word of `list`.
    #[inline]
    pub(crate) fn is_in(&self, index: usize, list: &List) -> bool {
        self.token(index).is_some_and(|token| list.has(token.hash))
    }

    /// Bytes of the source that `span` covers; empty at the block's end where the span holds no token.
    pub fn bytes(&self, span: Span) -> TextRange {
        let base = self.block.range.start;
        let tokens = self.tokens();
        match (tokens.get(span.start as usize), tokens.get((span.end as usize).wrapping_sub(1))) {
            (Some(first), Some(last)) if span.start < span.end => {
                TextRange::new(base + first.start, base + last.end)
            }
            (Some(first), _) => TextRange::at(base + first.start),
            _ => TextRange::at(self.block.range.end),
        }
    }

    /// Bytes of the source that token `index` covers.
    pub fn byte(&self, index: usize) -> TextRange {
        self.bytes(Span::new(index, index + 1))
    }

    /// The source of `span` as written, markup included.
    pub fn slice(&self, span: Span) -> &'a str {
        self.bytes(span).slice(self.source)
    }

    /// `span` as the reader sees it, without markup and with single spaces.
    pub fn clean(&self, span: Span) -> String {
        let mut out = String::with_capacity(self.bytes(span).len() as usize);
        for index in span.iter() {
            let spaced =
                self.token(index).is_some_and(|t| t.flags.contains(segment::TokenFlags::SPACE));
            if spaced && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(self.text(index));
        }
        out
    }

    /// The whole block as a span.
    pub fn span(&self) -> Span {
        Span::new(0, self.tokens().len())
    }

    /// The sentence that holds token `index`; empty where there is none.
    pub fn sentence_at(&self, index: usize) -> Span {
        let sentences = &self.notes.sentences;
        let after = sentences.partition_point(|s| s.start as usize <= index);
        after.checked_sub(1).map_or_else(Span::default, |at| sentences[at])
    }

    /// The outermost quotation whose words hold token `index`, if any.
    pub fn quotation_at(&self, index: usize) -> Option<&Quotation> {
        let before = |q: &Quotation| q.content.end as usize <= index;
        quotation::outermost_beyond(&self.notes.quotations, before)
            .filter(|q| q.content.contains(index))
    }

    /// The outermost quotation whose words share a byte with `range`, or hold the place of an empty one.
    pub fn quotation_over(&self, range: TextRange) -> Option<&Quotation> {
        let before = |q: &Quotation| self.bytes(q.content).end <= range.start;
        quotation::outermost_beyond(&self.notes.quotations, before).filter(|q| {
            let content = self.bytes(q.content);
            content.overlaps(range) || range.is_empty() && content.contains(range.start)
        })
    }
}
