//! Mentions of people in one paragraph: names, titled names, titles that stand for a person, pronouns.
//!
//! One pass over the tokens. A run of capitalised words is cut into titles and a name ([`name`]), whose words and neighbours
//! tell whether it is a person's ([`evidence`]), an office in lower case is read as a description ("the former president",
//! [`title`]), and he and she are pronouns. A paragraph alone cannot tell a person from a firm in every case: a name is
//! flagged [`SURE`](MentionFlags::SURE) where the paragraph itself shows a person (a title, a given name, a speech verb),
//! and is otherwise a candidate that only the story can settle.

mod evidence;
mod name;
mod title;

pub(crate) use title::PREDECESSOR;

use super::Annotations;
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::segment::{Span, Token, TokenFlags, TokenKind, Tokens};

/// What kind of expression mentions the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// A name, with its title if it has one ("President Ana Ruiz", "Ruiz").
    Name,
    /// A title or description that stands for the person ("the president").
    Title,
    /// A pronoun.
    Pronoun,
}

bitflags::bitflags! {
    /// What the words around a mention say of it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct MentionFlags: u16 {
        /// "former", "ex-", "onetime" and the like stand before the title.
        const FORMER = 1 << 0;
        /// "then" or "then-" stands before the title.
        const THEN = 1 << 1;
        /// "acting" or "interim".
        const ACTING = 1 << 2;
        /// "-elect", "-designate".
        const ELECT = 1 << 3;
        /// "the late".
        const LATE = 1 << 4;
        /// "sitting" or "incumbent".
        const SITTING = 1 << 5;
        /// The name belongs to a thing: "the Trump administration", "Clinton supporters". Evidence, not a person.
        const NAMESAKE = 1 << 6;
        /// The paragraph itself shows that this is a person; without it a name is a candidate only.
        const SURE = 1 << 7;
        /// The name is a single word, titles and suffixes aside.
        const SINGLE = 1 << 8;
        /// Stands inside a quotation: evidence of nothing about the writer's own usage.
        const QUOTED = 1 << 9;
        /// Opens its sentence, so that its capital shows nothing.
        const OPENS = 1 << 10;
        /// A title in apposition to the name before it ("Ana Ruiz, the mayor").
        const APPOSITION = 1 << 11;
        /// A speech verb stands right beside it.
        const SPEAKS = 1 << 12;
        /// Stands in a line where nearly every word has a capital.
        const TITLE_CASE = 1 << 13;
        /// The single word is also the name of a place or an adjective of nation.
        const PLACE = 1 << 14;
        /// The single word is a common given name.
        const GIVEN = 1 << 15;
    }
}

/// One mention of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// All of it.
    pub span: Span,
    /// What kind.
    pub kind: MentionKind,
    /// The name in it, without title; empty for titles and pronouns.
    pub name: Span,
    /// The title in it with its "of ...", without "former" and the like; empty if there is none.
    pub title: Span,
    /// What the words around say of it.
    pub flags: MentionFlags,
}

impl Mention {
    /// Whether all of `flags` are set.
    #[inline]
    pub fn is(&self, flags: MentionFlags) -> bool {
        self.flags.contains(flags)
    }
}

/// The mentions of a paragraph, in order.
pub(super) fn mentions(text: &str, kind: BlockKind, notes: &Annotations) -> Vec<Mention> {
    let mut scan = Scan::new(text, kind, notes);
    let mut at = 0;
    while at < scan.list.len() {
        at = scan.step(at);
    }
    scan.out
}

/// The state of the pass.
struct Scan<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    list: &'a [Token],
    notes: &'a Annotations,
    /// Number of the sentence that holds the token last asked for.
    sentence: usize,
    /// Number of the first quotation that does not end before the token last asked for.
    quotation: usize,
    /// Whether nearly every word of the block has a capital.
    title_case: bool,
    /// Whether nearly every word of the block is in capitals altogether.
    all_caps: bool,
    out: Vec<Mention>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, kind: BlockKind, notes: &'a Annotations) -> Self {
        let list = &notes.tokens.list[..];
        let (title_case, all_caps) = case(list, kind);
        Self {
            text,
            tokens: &notes.tokens,
            list,
            notes,
            sentence: 0,
            quotation: 0,
            title_case,
            all_caps,
            out: Vec::new(),
        }
    }

    /// Reads what starts at token `at` and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let token = &self.list[at];
        if token.kind != TokenKind::Word || token.flags.contains(TokenFlags::CLITIC) {
            return at + 1;
        }
        if token.lex.contains(Lex::HE_SHE) {
            self.push(Mention {
                span: Span::new(at, at + 1),
                kind: MentionKind::Pronoun,
                name: Span::default(),
                title: Span::default(),
                flags: MentionFlags::SINGLE,
            });
            return at + 1;
        }
        if self.is_name_like(at) {
            return self.capitals(at);
        }
        if token.lex.contains(Lex::OFFICE)
            || token.flags.contains(TokenFlags::HYPHEN) && self.hyphened_title(at)
        {
            return self.description(at);
        }
        if token.hash == PREDECESSOR {
            self.relation(at);
        }
        at + 1
    }

    /// Adds a mention with the flags that its place gives it.
    fn push(&mut self, mut mention: Mention) {
        let first = mention.span.start as usize;
        if self.quoted(first) {
            mention.flags |= MentionFlags::QUOTED;
        }
        if self.title_case {
            mention.flags |= MentionFlags::TITLE_CASE;
        }
        self.out.push(mention);
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.text(self.text, at)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    fn lex(&self, at: usize) -> Lex {
        self.list.get(at).map_or(Lex::empty(), |token| token.lex)
    }

    fn mark(&self, at: usize) -> char {
        self.list.get(at).map_or('\0', |token| token.mark)
    }

    fn has(&self, at: usize, flags: TokenFlags) -> bool {
        self.list.get(at).is_some_and(|token| token.flags.contains(flags))
    }

    /// The sentence that holds token `at`. The pass only moves forward, so the pointer does too.
    fn sentence(&mut self, at: usize) -> Span {
        let sentences = &self.notes.sentences;
        while sentences.get(self.sentence).is_some_and(|s| s.end as usize <= at) {
            self.sentence += 1;
        }
        match sentences.get(self.sentence) {
            Some(&sentence) if sentence.contains(at) => sentence,
            _ => Span::new(at, self.list.len()),
        }
    }

    /// Whether token `at` opens its sentence, quotation marks and brackets aside.
    fn opens(&mut self, at: usize) -> bool {
        let start = self.sentence(at).start as usize;
        at.saturating_sub(start) < 4
            && (start..at).all(|before| self.list[before].kind != TokenKind::Word)
            || at > 0 && matches!(self.mark(at - 1), ':' | '—' | '•')
            || at > 0 && self.list[at - 1].kind == TokenKind::Quote
    }

    /// Whether token `at` stands inside an outermost quotation.
    fn quoted(&mut self, at: usize) -> bool {
        let quotations = &self.notes.quotations;
        while quotations.get(self.quotation).is_some_and(|q| q.range.end as usize <= at) {
            self.quotation += 1;
        }
        quotations.get(self.quotation).is_some_and(|q| q.range.contains(at))
    }

    /// Whether token `at` can stand in a name or a capitalised title: a capital, or "al-Assad", "then-Sen.", "ex-President".
    fn is_name_like(&self, at: usize) -> bool {
        let Some(token) = self.list.get(at) else { return false };
        if token.kind != TokenKind::Word || token.flags.contains(TokenFlags::CLITIC) {
            return false;
        }
        if token.flags.contains(TokenFlags::CAPITAL) {
            return true;
        }
        token.flags.contains(TokenFlags::HYPHEN)
            && self.word(at).split_once('-').is_some_and(|(first, rest)| {
                first.len() <= 6 && rest.starts_with(char::is_uppercase)
            })
    }
}

/// Whether nearly every word of the block has a capital, and whether nearly every one is all capitals.
fn case(list: &[Token], kind: BlockKind) -> (bool, bool) {
    let headline = matches!(kind, BlockKind::Headline | BlockKind::Subheading);
    if !headline && list.len() > 40 {
        return (false, false);
    }
    let (mut words, mut capitals, mut upper) = (0, 0, 0);
    let small = Lex::PREPOSITION | Lex::DETERMINER | Lex::CONJUNCTION | Lex::AUXILIARY;
    for token in list.iter().take(200).filter(|token| token.kind == TokenKind::Word) {
        if token.lex.intersects(small) || token.flags.contains(TokenFlags::CLITIC) {
            continue;
        }
        words += 1;
        capitals += usize::from(token.flags.contains(TokenFlags::CAPITAL));
        upper += usize::from(token.flags.contains(TokenFlags::UPPER));
    }
    (words > 3 && capitals * 10 >= words * 9, words > 2 && upper * 10 >= words * 8)
}
