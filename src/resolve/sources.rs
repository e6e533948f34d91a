//! The sources that an article names, as a rule may offer them: nearest first.

use super::Story;
use crate::annotate::{Attribution, Paragraph};
use crate::lang::en::Lex;
use crate::segment::{Span, Token, TokenFlags, TokenKind};

/// A source that the article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSource {
    /// As it reads inside a sentence ("the ministry").
    pub text: String,
    /// Paragraph in which it stands.
    pub paragraph: usize,
    /// Where it stands.
    pub span: Span,
}

/// Tokens that a source may have to be worth offering.
const LONGEST: usize = 9;

impl Story<'_> {
    /// At most `most` different sources on record in the article, by their distance from token `at` of a paragraph:
    /// those of the paragraph first, nearest first, then those of paragraphs before and after. Pronouns are left out.
    pub fn nearest_sources(&self, paragraph: usize, at: usize, most: usize) -> Vec<NamedSource> {
        let mut out: Vec<NamedSource> = Vec::new();
        let here = self.sources_of(paragraph).collect::<Vec<_>>();
        let mut near: Vec<NamedSource> = here;
        near.sort_by_key(|source| (source.span.start as usize).abs_diff(at));
        let mut reach = 1;
        loop {
            for source in near.drain(..) {
                let known = out.iter().any(|o| o.text.eq_ignore_ascii_case(&source.text));
                if !known && out.len() < most {
                    out.push(source);
                }
            }
            if out.len() >= most || reach > self.paragraphs.len() || reach > 40 {
                return out;
            }
            let before = paragraph.checked_sub(reach).map(|p| self.sources_of(p));
            near.extend(before.into_iter().flatten().collect::<Vec<_>>().into_iter().rev());
            near.extend(self.sources_of(paragraph + reach));
            reach += 1;
        }
    }

    /// The sources on record in a paragraph that may be offered, in order.
    fn sources_of(&self, paragraph: usize) -> impl Iterator<Item = NamedSource> {
        let found = self.paragraphs.get(paragraph);
        let attributions =
            found.into_iter().flat_map(|p| p.notes.attributions.iter().map(move |a| (p, a)));
        attributions.filter_map(move |(p, attribution)| offered(p, attribution, paragraph))
    }
}

/// The source of an attribution, if it may be offered: speech, not too long, not a pronoun, not cut in pieces.
fn offered(
    paragraph: &Paragraph<'_>,
    attribution: &Attribution,
    number: usize,
) -> Option<NamedSource> {
    let [span] = attribution.source[..] else { return None };
    if !attribution.speech || attribution.confidence < 0.5 || span.len() > LONGEST {
        return None;
    }
    let first = paragraph.token(span.start as usize)?;
    let last = paragraph.token((span.end as usize).checked_sub(1)?)?;
    let wordy = |t: &Token| t.kind == TokenKind::Word && !t.flags.contains(TokenFlags::CLITIC);
    let empty = Lex::PRONOUN | Lex::AUXILIARY | Lex::CONJUNCTION;
    let bare = span.len() == 1 && first.lex.intersects(empty | Lex::DETERMINER);
    let marks = span.iter().filter_map(|at| paragraph.token(at));
    let marked = marks
        .into_iter()
        .any(|t| t.kind == TokenKind::Quote || matches!(t.mark, ':' | ';' | '(' | ')'));
    let hangs = first.lex.intersects(Lex::PREPOSITION | Lex::CONJUNCTION)
        || paragraph.text(span.start as usize).ends_with("ing")
        || last.lex.intersects(Lex::PREPOSITION | Lex::PRONOUN);
    if bare || marked || hangs || !wordy(first) || !wordy(last) {
        return None;
    }
    let mut text = paragraph.clean(span);
    let small = first.lex.intersects(Lex::DETERMINER | Lex::VAGUE | Lex::UNNAMED)
        && !first.lex.contains(Lex::TITLE);
    if small
        && first.flags.contains(TokenFlags::CAPITAL)
        && !first.flags.contains(TokenFlags::UPPER)
    {
        text.get_mut(..1)?.make_ascii_lowercase();
    }
    Some(NamedSource { text, paragraph: number, span })
}
