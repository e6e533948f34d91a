//! How an article writes its marks.

use crate::annotate::{Paragraph, Quotation, QuotationKind, Slot};
use crate::diagnostic::Field;
use crate::lang::en::Lex;
use crate::resolve::Story;
use crate::rules::slots;
use crate::segment::{Span, Token, TokenFlags, TokenKind};
use crate::style::{QuotationMarks, QuotePunctuation, Style};

/// How often each of two ways is used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub straight: usize,
    pub curly: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.straight += other.straight;
        self.curly += other.curly;
    }

    fn count(&mut self, curly: bool) {
        *(if curly { &mut self.curly } else { &mut self.straight }) += 1;
    }

    /// The way that is clearly meant, with the number of slips: they are few, and at most one in eight.
    fn habit(self) -> Option<QuotationMarks> {
        let clear = |most: usize, slips: usize| slips <= 4 && most >= 8 * slips.max(1);
        if clear(self.curly, self.straight) {
            Some(QuotationMarks::Curly)
        } else if clear(self.straight, self.curly) {
            Some(QuotationMarks::Straight)
        } else {
            None
        }
    }

    /// Curly, where straight marks are rare and at most half as many: they were typed later. The other way round words
    /// were pasted in from a page that sets curly ones, and a few of those prove no habit broken.
    fn majority(self) -> Option<QuotationMarks> {
        let clear = self.straight <= 3 && self.curly >= 4 && self.curly >= 2 * self.straight;
        clear.then_some(QuotationMarks::Curly)
    }

    /// The way that is used more; curly where both are used alike.
    pub(super) fn most(self) -> QuotationMarks {
        if self.straight > self.curly { QuotationMarks::Straight } else { QuotationMarks::Curly }
    }
}

/// How an article, or the house, writes its marks.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// Quotation marks.
    pub marks: Tally,
    /// Opening curly double marks: where there are some, two closing ones are no quotation of Sweden's.
    pub openers: usize,
    /// Apostrophes.
    pub apostrophes: Tally,
    /// What quotation marks should be, if that is clear.
    pub want_marks: Option<QuotationMarks>,
    /// What apostrophes should be, if that is clear.
    pub want_apostrophes: Option<QuotationMarks>,
    /// Full stops and commas inside the closing mark of a quoted phrase that is no clause.
    pub inside: usize,
    /// Full stops and commas outside the closing mark of a quotation that is no sentence.
    pub outside: usize,
    /// What the settings say of them.
    pub want_stops: Option<QuotePunctuation>,
}

impl Census {
    pub(super) fn of(story: &Story<'_>, style: &Style) -> Self {
        let mut census = Self { want_stops: style.quote_punctuation, ..Self::default() };
        // A headline that came beside the text was typed elsewhere.
        let text = story.paragraphs.iter().filter(|p| p.field == Field::Text);
        for paragraph in text.filter(|p| p.block.kind.is_copy()) {
            if let Some(seen) = Seen::of(paragraph) {
                census.add(&seen.census);
            }
        }
        census.want_marks = style.quotation_marks.or(census.marks.habit());
        census.want_apostrophes =
            style.quotation_marks.or(census.apostrophes.habit()).or(census.apostrophes.majority());
        census
    }

    fn add(&mut self, other: &Self) {
        self.marks.add(other.marks);
        self.apostrophes.add(other.apostrophes);
        self.openers += other.openers;
        self.inside += other.inside;
        self.outside += other.outside;
    }
}

/// The marks of a paragraph.
#[derive(Debug)]
pub(super) struct Seen {
    /// What it adds to the article's census.
    census: Census,
    /// Its quotation marks.
    pub quotes: Vec<u32>,
    /// Its tokens with an apostrophe.
    pub apostrophes: Vec<u32>,
    /// Raw tags that were pasted into it.
    pub tags: Vec<Span>,
}

static SEEN: Slot<Seen> = Slot::new(slots::QUOTE_TYPOGRAPHY);

impl Seen {
    /// The marks of the paragraph, if it has any.
    pub(super) fn of<'p>(paragraph: &'p Paragraph<'_>) -> Option<&'p Self> {
        paragraph.memo(&SEEN, |paragraph| {
            let seen = Self::read(paragraph);
            let clitics = seen.census.apostrophes.straight + seen.census.apostrophes.curly;
            let none = seen.quotes.is_empty() && seen.apostrophes.is_empty() && clitics == 0;
            (!none || !paragraph.notes.quotations.is_empty()).then_some(seen)
        })
    }

    fn read(paragraph: &Paragraph<'_>) -> Self {
        let mut census = Census::default();
        let (mut quotes, mut apostrophes) = (Vec::new(), Vec::new());
        for (at, token) in paragraph.tokens().iter().enumerate() {
            if token.kind == TokenKind::Quote {
                quotes.push(at as u32);
                census.openers += usize::from(token.mark == '“');
                if let Some(curly) = is_curly(token.mark).filter(|_| !is_typewriter(paragraph, at))
                {
                    census.marks.count(curly);
                }
                continue;
            }
            if token.flags.contains(TokenFlags::APOSTROPHE) {
                apostrophes.push(at as u32);
            }
            if token.flags.contains(TokenFlags::CLITIC) {
                let curly = paragraph.text(at).contains('\u{2019}');
                if curly || paragraph.text(at).contains('\'') {
                    census.apostrophes.count(curly);
                }
            }
        }
        for quotation in &paragraph.notes.quotations {
            match placement(paragraph, quotation) {
                Some(QuotePunctuation::Inside) => {
                    census.inside += usize::from(is_phrase(paragraph, quotation));
                }
                Some(QuotePunctuation::Outside) => census.outside += 1,
                None => {}
            }
        }
        Self { census, quotes, apostrophes, tags: tags(paragraph) }
    }
}

/// Whether a quotation mark is curly; `None` for marks that are neither curly nor straight.
pub(super) fn is_curly(mark: char) -> Option<bool> {
    match mark {
        '"' | '\'' => Some(false),
        '“' | '”' | '‘' | '’' => Some(true),
        _ => None,
    }
}

/// Whether the mark is typed as two: `` or ''.
pub(super) fn is_typewriter(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.text(at).len() == 2
}

/// Where the full stop or comma stands that belongs to the end of a quotation which is no sentence of its own.
///
/// Quoted sentences say nothing of the habit: their stop is their own.
pub(super) fn placement(
    paragraph: &Paragraph<'_>,
    quotation: &Quotation,
) -> Option<QuotePunctuation> {
    if !quotation.closed || quotation.depth > 0 || quotation.kind == QuotationKind::Speech {
        return None;
    }
    let stop = |at: usize| paragraph.token(at).filter(|token| matches!(token.mark, '.' | ','));
    let after = stop(quotation.range.end as usize)
        .is_some_and(|token| !token.flags.contains(TokenFlags::SPACE));
    let last = (quotation.content.end as usize).checked_sub(1)?;
    match (stop(last).is_some(), after) {
        (true, false) => Some(QuotePunctuation::Inside),
        (false, true) => {
            // Words with a mark of their own at the end ("Why?".), and things that are typed as they stand.
            let kind = paragraph.token(last)?.kind;
            matches!(kind, TokenKind::Word | TokenKind::Number).then_some(QuotePunctuation::Outside)
        }
        _ => None,
    }
}

/// Whether a quotation holds a phrase rather than a clause, with a stop that is not its own: what an article does there
/// shows its habit. A comma before a speech verb stands inside everywhere.
pub(super) fn is_phrase(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let (content, end) = (quotation.content, quotation.range.end as usize);
    let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |token| token.lex);
    let clause = Lex::AUXILIARY | Lex::PRONOUN;
    content.len() <= 12
        && !content.iter().any(|at| lex(at).intersects(clause))
        && !(end..end + 5).any(|at| lex(at).contains(Lex::SPEECH))
}

/// Raw tags that were pasted into the copy ("<embed id=“1”>"), as far as they go.
fn tags(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let tokens = paragraph.tokens();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.mark == '<') {
        let name = |next: &Token| next.kind == TokenKind::Word && next.start == token.end;
        let inside = out.last().is_some_and(|last| last.contains(at));
        if inside || !tokens.get(at + 1).is_some_and(name) {
            continue;
        }
        let shut = tokens.iter().skip(at).position(|token| token.mark == '>');
        out.push(Span::new(at, shut.map_or(tokens.len(), |shut| at + shut + 1)));
    }
    out
}
