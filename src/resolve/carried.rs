//! Attribution that reaches over sentences and blocks: what an earlier sentence's speaker goes on to say.
//!
//! A sentence is *carried* where it stands under an attribution that it does not hold itself: in a quotation that goes on
//! from the paragraph before or from the sentence before, in the list or block quotation after "X said:", or where
//! "the sources also" takes up the speakers of the sentence before. An attribution whose paragraph ends in a colon also
//! gets the blocks after it as content ([`Resolved`]).

use super::slots;
use crate::annotate::{Attribution, AttributionKind, Paragraph, Quotation, Slot};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::segment::{Span, TokenKind};

/// A sentence that an earlier attribution covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Paragraph of the sentence.
    pub paragraph: usize,
    /// The sentence.
    pub sentence: Span,
    /// Paragraph of the attribution.
    pub from: usize,
    /// Number of the attribution in that paragraph's annotations.
    pub attribution: usize,
}

/// An attribution with the content that stands in later blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Paragraph of the attribution.
    pub paragraph: usize,
    /// Number of the attribution in that paragraph's annotations.
    pub attribution: usize,
    /// More content: paragraph and tokens.
    pub continued: Vec<(usize, Span)>,
}

/// An attribution by paragraph and number.
type At = (usize, usize);

/// The carried sentences of a story, and the attributions whose content goes on in later blocks; both in order.
pub(super) fn carried(paragraphs: &[Paragraph<'_>]) -> (Vec<Carried>, Vec<Resolved>) {
    let mut walk = Walk {
        paragraphs,
        carried: Vec::new(),
        resolved: Vec::new(),
        open: None,
        colon: None,
        last: None,
    };
    for number in 0..paragraphs.len() {
        walk.paragraph(number);
    }
    (walk.carried, walk.resolved)
}

/// What is remembered from one paragraph to the next.
struct Walk<'w, 'a> {
    paragraphs: &'w [Paragraph<'a>],
    carried: Vec<Carried>,
    resolved: Vec<Resolved>,
    /// Who speaks in the quotation that the paragraph before left open.
    open: Option<At>,
    /// The attribution that a colon at the end of a paragraph left waiting, and the kind of block that took it up.
    colon: Option<(At, Option<BlockKind>)>,
    /// Who spoke in the sentence before.
    last: Option<At>,
}

impl Walk<'_, '_> {
    fn paragraph(&mut self, number: usize) {
        let paragraph = &self.paragraphs[number];
        let first = paragraph.notes.quotations.iter().find(|q| q.depth == 0);
        let continued = first.filter(|q| q.continues).copied();
        let speaker = continued.and(self.open);
        let waiting = self.waiting(number);
        if let Some(at) = waiting {
            self.resolved_mut(at).continued.push((number, paragraph.span()));
        }
        let mut open = None;
        let (owners, quoted) = (owners(paragraph), quoted(paragraph));
        let left_open = left_open(paragraph);
        for (at, &sentence) in paragraph.notes.sentences.iter().enumerate() {
            let own = owners.get(at).copied().flatten();
            let quoted = quoted.get(at).is_some_and(|quoted| *quoted);
            let under = match own {
                Some(_) => None,
                None => waiting.or_else(|| {
                    let goes_on = continued.is_some_and(|q| q.range.overlaps(sentence));
                    speaker.filter(|_| goes_on).or_else(|| self.before(paragraph, sentence, quoted))
                }),
            };
            if let Some((from, attribution)) = under {
                self.carried.push(Carried { paragraph: number, sentence, from, attribution });
            }
            self.last = own.map(|attribution| (number, attribution)).or(under);
            if let Some(q) = left_open.filter(|q| q.range.overlaps(sentence)) {
                open = own
                    .filter(|a| touches(&paragraph.notes.attributions[*a], q.range))
                    .map(|a| (number, a));
                open = open.or(self.last).or(speaker);
            }
        }
        self.open = open;
        self.colon = match colon(paragraph) {
            Some(attribution) => Some(((number, attribution), None)),
            None => self
                .colon
                .filter(|_| waiting.is_some())
                .map(|(at, _)| (at, Some(paragraph.block.kind))),
        };
    }

    /// The attribution before a colon that takes this block as content: any one block, and further ones of a list, a
    /// block quotation or an open quotation.
    fn waiting(&self, number: usize) -> Option<At> {
        let (at, taken) = self.colon?;
        let paragraph = &self.paragraphs[number];
        let goes_on = match taken {
            None => paragraph.block.kind != BlockKind::Subheading,
            Some(kind @ (BlockKind::ListItem | BlockKind::Quote)) => paragraph.block.kind == kind,
            Some(_) => paragraph.notes.quotations.first().is_some_and(|q| q.continues),
        };
        goes_on.then_some(at)
    }

    fn resolved_mut(&mut self, (paragraph, attribution): At) -> &mut Resolved {
        let known = self
            .resolved
            .last()
            .is_some_and(|r| (r.paragraph, r.attribution) == (paragraph, attribution));
        if !known {
            self.resolved.push(Resolved { paragraph, attribution, continued: Vec::new() });
        }
        let last = self.resolved.len() - 1;
        &mut self.resolved[last]
    }

    /// The speaker of the sentence before, where this sentence shows that he goes on.
    fn before(&self, paragraph: &Paragraph<'_>, sentence: Span, whole: bool) -> Option<At> {
        let (from, number) = self.last?;
        let attribution = self.paragraphs[from].notes.attributions.get(number)?;
        let same = from == paragraph.index;
        let quoted = attribution.kind != AttributionKind::Indirect
            || self.carried.last().is_some_and(|c| c.paragraph == paragraph.index);
        let goes_on = same && quoted && whole;
        let taken_up =
            from + 1 >= paragraph.index && takes_up(paragraph, sentence) && attribution.speech;
        (goes_on || taken_up).then_some((from, number))
    }
}

static OWNERS: Slot<Vec<Option<usize>>> = Slot::new(slots::OWNERS);

/// For each sentence the first attribution whose cue or content touches it; one of speech before one of thought. Empty
/// where there is no attribution.
pub(super) fn owners<'p>(paragraph: &'p Paragraph<'_>) -> &'p [Option<usize>] {
    let find = |p: &Paragraph<'_>| (!p.notes.attributions.is_empty()).then(|| find_owners(p));
    paragraph.memo(&OWNERS, find).map_or(&[], |owners| &owners[..])
}

fn find_owners(paragraph: &Paragraph<'_>) -> Vec<Option<usize>> {
    let sentences = &paragraph.notes.sentences;
    let mut out = vec![None; sentences.len()];
    for (number, attribution) in paragraph.notes.attributions.iter().enumerate() {
        for span in attribution.cue.iter().chain(&attribution.content) {
            let first = sentences.partition_point(|s| s.end <= span.start);
            let touched = sentences[first..].iter().take_while(|s| s.start < span.end).count();
            for owner in &mut out[first..first + touched] {
                let weak = owner.is_none_or(|own: usize| !paragraph.notes.attributions[own].speech);
                if owner.is_none() || weak && attribution.speech {
                    *owner = Some(number);
                }
            }
        }
    }
    out
}

/// For each sentence whether it opens with a quotation or lies wholly in one.
fn quoted(paragraph: &Paragraph<'_>) -> Vec<bool> {
    let mut quotations = paragraph.notes.quotations.iter().filter(|q| q.depth == 0).peekable();
    let judge = |sentence: &Span| {
        while quotations.next_if(|q| q.range.end <= sentence.start).is_some() {}
        quotations.peek().is_some_and(|q| q.range.start <= sentence.start)
    };
    paragraph.notes.sentences.iter().map(judge).collect()
}

fn touches(attribution: &Attribution, span: Span) -> bool {
    attribution.content.iter().any(|c| c.overlaps(span))
}

/// The outermost quotation that the paragraph leaves open.
fn left_open<'p>(paragraph: &'p Paragraph<'_>) -> Option<&'p Quotation> {
    paragraph.notes.quotations.iter().rev().find(|q| q.depth == 0).filter(|q| !q.closed)
}

/// The attribution that the paragraph's final colon leaves waiting for its content.
fn colon(paragraph: &Paragraph<'_>) -> Option<usize> {
    let last = paragraph.tokens().last().filter(|t| t.mark == ':')?;
    let sentence = paragraph.sentence_at(paragraph.tokens().len() - 1);
    let cue = |a: &Attribution| a.cue.iter().any(|c| sentence.covers(*c));
    paragraph.notes.attributions.iter().rposition(cue).filter(|_| last.kind == TokenKind::Punct)
}

/// "The sources also ...", "They also ...": the speakers before are taken up.
fn takes_up(paragraph: &Paragraph<'_>, sentence: Span) -> bool {
    let at = sentence.start as usize;
    let noun = paragraph.is(at, "the")
        && paragraph.token(at + 1).is_some_and(|t| t.lex.contains(Lex::UNNAMED));
    let after = if noun { at + 2 } else { at + 1 };
    (noun || paragraph.is(at, "they"))
        && ["also", "further", "both"].iter().any(|word| paragraph.is(after, word))
}
