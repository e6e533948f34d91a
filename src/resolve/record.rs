//! Who is on record for what, and how much of the article stands on it: what a desk asks before it prints.

use super::Story;
use super::sources::{before_apposition, body, has_name, head_phrase, named_in};
use crate::annotate::{Attribution, MentionKind, Paragraph};
use crate::document::BlockKind;
use crate::segment::{Span, TokenKind};
use crate::text::Field;
use rustc_hash::FxHashMap;

/// What the sources of an article are on record for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The sources, by where they are first on record.
    pub sources: Vec<Source>,
    /// The sentences of the article's prose, by what they stand on.
    pub sentences: Sentences,
}

/// Somebody or something that the article attributes statements to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A person by the fullest name in the article, anything else as it is first put; empty for [`Standing::Nobody`].
    pub name: String,
    /// Whether a reader could tell who it is.
    pub standing: Standing,
    /// What it is on record for, in reading order; never empty.
    pub statements: Vec<Statement>,
}

/// Whether a reader could tell who a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// A person whom the article names: the number in [`Story::people`].
    Person(usize),
    /// A body, an office or a document ("the ministry", "a police report").
    Body,
    /// Somebody whom the article does not name.
    Unnamed,
    /// An attribution without a source ("it was reported that ...").
    Nobody,
}

/// Something that a source is on record for. Thoughts and wishes are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Paragraph of the attribution.
    pub paragraph: usize,
    /// Its number in that paragraph's annotations.
    pub attribution: usize,
    /// What was said: paragraph and tokens, also in later paragraphs and in sentences that stand under the attribution.
    pub content: Vec<(usize, Span)>,
}

impl Statement {
    /// The attribution.
    pub fn of<'s>(&self, story: &'s Story<'_>) -> Option<&'s Attribution> {
        story.paragraphs.get(self.paragraph)?.notes.attributions.get(self.attribution)
    }
}

/// How many sentences of the prose (paragraphs, list items, block quotations) stand on what. A sentence that several sources
/// share counts for the best of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sentences {
    /// Attributed to somebody or something that can be looked up.
    pub named: usize,
    /// Attributed to somebody whom the article does not name.
    pub unnamed: usize,
    /// Attributed to nobody ("it was reported").
    pub nobody: usize,
    /// Not attributed.
    pub bare: usize,
}

impl Sentences {
    /// All of them.
    pub fn all(self) -> usize {
        self.attributed() + self.bare
    }

    /// Those that are attributed.
    pub fn attributed(self) -> usize {
        self.named + self.unnamed + self.nobody
    }
}

impl Story<'_> {
    /// Who is on record for what. Statements in a headline that came beside the text are left out.
    pub fn record(&self) -> Record {
        let mut sources = Vec::new();
        let mut known: FxHashMap<(Standing, String), usize> = FxHashMap::default();
        let mut owners: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
        for p in self.paragraphs.iter().filter(|p| p.field == Field::Text) {
            let list = p.notes.attributions.iter().enumerate();
            let says = |a: &Attribution| a.speech && !is_refusal(p, a);
            for (number, attribution) in list.filter(|(_, attribution)| says(attribution)) {
                let (standing, name) = self.speaker(p, attribution);
                let at = *known.entry((standing, key(&name))).or_insert_with(|| {
                    sources.push(Source { name, standing, statements: Vec::new() });
                    sources.len() - 1
                });
                let content = attribution.content.iter().map(|span| (p.index, *span)).collect();
                let statement = Statement { paragraph: p.index, attribution: number, content };
                if let Some(source) = sources.get_mut(at) {
                    owners.insert((p.index, number), (at, source.statements.len()));
                    source.statements.push(statement);
                }
            }
        }
        let carried =
            self.carried.iter().map(|c| ((c.from, c.attribution), c.paragraph, c.sentence));
        let resolved = self.resolved.iter().flat_map(|r| {
            r.continued
                .iter()
                .map(|&(paragraph, span)| ((r.paragraph, r.attribution), paragraph, span))
        });
        for (from, paragraph, span) in resolved.chain(carried) {
            let statement = owners.get(&from).and_then(|&(source, statement)| {
                sources.get_mut(source)?.statements.get_mut(statement)
            });
            if let Some(statement) = statement {
                add(&mut statement.content, paragraph, span);
            }
        }
        let sentences = self.sentences(&sources);
        Record { sources, sentences }
    }

    /// Whose words an attribution gives.
    fn speaker(&self, p: &Paragraph<'_>, attribution: &Attribution) -> (Standing, String) {
        let source = attribution.source.first().copied().filter(|source| !source.is_empty());
        let cue = attribution.cue.first().copied().unwrap_or_default();
        let Some(source) = source else {
            let person =
                before_apposition(p, cue).and_then(|(number, _)| self.person_of(p.index, number));
            return self.person(person).unwrap_or((Standing::Nobody, String::new()));
        };
        let named = named_in(p, source).and_then(|(number, _)| self.person_of(p.index, number));
        let person = named.or_else(|| self.meant(p, source));
        if let Some(found) = self.person(person) {
            return found;
        }
        if source.len() == 1 && p.is(source.start as usize, "it") {
            // "It was reported": nobody did.
            return (Standing::Nobody, String::new());
        }
        let head = head_phrase(p, source);
        let text = || p.clean(if head.is_empty() { source } else { head });
        match body(p, head) {
            Some(text) => (Standing::Body, text),
            None if has_name(p, source) => (Standing::Body, text()),
            None => (Standing::Unnamed, text()),
        }
    }

    fn person(&self, person: Option<usize>) -> Option<(Standing, String)> {
        let number = person?;
        Some((Standing::Person(number), self.people.get(number)?.name.clone()))
    }

    /// The person that a pronoun or a title stands for which is the whole of a source.
    fn meant(&self, p: &Paragraph<'_>, source: Span) -> Option<usize> {
        let list = &p.notes.mentions;
        let first = list.partition_point(|m| m.span.start < source.start);
        let (number, _) = list.iter().enumerate().skip(first).take(1).find(|(_, m)| {
            m.kind != MentionKind::Name && m.span.start == source.start && m.span.end == source.end
        })?;
        self.person_of(p.index, number)
    }

    fn sentences(&self, sources: &[Source]) -> Sentences {
        // The best standing of each token.
        let mut ranks: Vec<Vec<Rank>> =
            self.paragraphs.iter().map(|p| vec![Rank::Bare; p.tokens().len()]).collect();
        for source in sources {
            let rank = Rank::of(source.standing);
            for statement in &source.statements {
                let cue = statement.of(self).into_iter().flat_map(|a| &a.cue);
                let cue = cue.map(|span| (statement.paragraph, *span));
                for (paragraph, span) in statement.content.iter().copied().chain(cue) {
                    let tokens =
                        ranks.get_mut(paragraph).and_then(|list| list.get_mut(span.iter()));
                    tokens
                        .unwrap_or_default()
                        .iter_mut()
                        .for_each(|token| *token = rank.min(*token));
                }
            }
        }
        let mut count = Sentences::default();
        let prose = self.paragraphs.iter().zip(&ranks).filter(|(p, _)| is_prose(p));
        for (p, ranks) in prose {
            for sentence in p.notes.sentences.iter().filter(|sentence| has_word(p, **sentence)) {
                let tokens = ranks.get(sentence.iter()).unwrap_or_default();
                *match tokens.iter().min().unwrap_or(&Rank::Bare) {
                    Rank::Named => &mut count.named,
                    Rank::Unnamed => &mut count.unnamed,
                    Rank::Nobody => &mut count.nobody,
                    Rank::Bare => &mut count.bare,
                } += 1;
            }
        }
        count
    }
}

/// What a token stands on, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Named,
    Unnamed,
    Nobody,
    Bare,
}

impl Rank {
    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Person(_) | Standing::Body => Self::Named,
            Standing::Unnamed => Self::Unnamed,
            Standing::Nobody => Self::Nobody,
        }
    }
}

/// Whether the paragraph is the article's own prose: not a headline, a caption or a cell.
fn is_prose(p: &Paragraph<'_>) -> bool {
    let kinds = [BlockKind::Paragraph, BlockKind::ListItem, BlockKind::Quote];
    p.field == Field::Text && kinds.contains(&p.block.kind)
}

fn has_word(p: &Paragraph<'_>, sentence: Span) -> bool {
    sentence.iter().any(|at| p.token(at).is_some_and(|token| token.kind == TokenKind::Word))
}

/// Whether nothing is said: "declined to comment", "did not respond to requests for comment".
fn is_refusal(p: &Paragraph<'_>, attribution: &Attribution) -> bool {
    let has = |spans: &[Span], words: &[&str]| {
        let mut near = spans.iter().flat_map(|span| span.iter().take(REFUSAL));
        near.any(|at| words.iter().any(|word| p.is(at, word)))
    };
    let refuses = has(
        &attribution.cue,
        &[
            "decline",
            "declined",
            "declines",
            "declining",
            "refuse",
            "refused",
            "refuses",
            "refusing",
        ],
    );
    let silent = has(&attribution.content, &["comment", "discuss", "elaborate", "answer", "say"]);
    refuses && silent
        || attribution.content.iter().all(|span| span.len() <= 3)
            && has(&attribution.content, &["comment"])
        || has(&attribution.source, &["requests", "request"])
            && has(&attribution.source, &["comment"])
}

/// Tokens of a cue or of what was said that are looked at for a refusal.
const REFUSAL: usize = 4;

/// What a source is known by: "The ministry" and "the ministry" are one.
fn key(name: &str) -> String {
    let name = name.to_lowercase();
    ["the ", "a ", "an "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(&name)
        .to_owned()
}

/// Adds content that is not part of what is there.
fn add(content: &mut Vec<(usize, Span)>, paragraph: usize, span: Span) {
    let holds = |(at, known): &(usize, Span)| {
        *at == paragraph && known.start <= span.start && span.end <= known.end
    };
    // Content goes by place, so that what covers the new piece stands at the end.
    if !content.iter().rev().take(4).any(holds) {
        content.push((paragraph, span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Article};

    fn record(text: &str) -> Record {
        let article =
            Article { text, format: crate::document::Format::Markdown, ..Article::default() };
        Analyzer::default().annotate(&article).record()
    }

    fn sources(text: &str) -> Vec<(String, usize)> {
        let list = record(text).sources.into_iter();
        list.map(|source| (source.name, source.statements.len())).collect()
    }

    #[test]
    fn a_source_is_one_whatever_it_is_called() {
        let text = "The harbour will close, Mayor Ana Ruiz said on Monday. “We have no choice,” Ruiz said. “It is old,” \
                    she said.";
        assert_eq!(sources(text), [("Ana Ruiz".to_owned(), 3)]);
        let text = "The ministry said the bridge is safe. The trains will run, the ministry said.";
        assert_eq!(sources(text), [("the ministry".to_owned(), 2)]);
    }

    #[test]
    fn standings_tell_who_could_be_asked() {
        let standings = |text: &str| -> Vec<Standing> {
            record(text).sources.iter().map(|source| source.standing).collect()
        };
        assert_eq!(standings("Ana Ruiz said the bridge is safe."), [Standing::Person(0)]);
        assert_eq!(standings("The ministry said the bridge is safe."), [Standing::Body]);
        assert_eq!(standings("Two officials said the bridge is safe."), [Standing::Unnamed]);
        assert_eq!(
            standings("The Herald and officials said the bridge is safe."),
            [Standing::Body]
        );
        assert_eq!(standings("It was reported that the bridge is safe."), [Standing::Nobody]);
    }

    #[test]
    fn who_says_nothing_is_not_on_record() {
        assert_eq!(sources("The minister declined to comment."), []);
        assert_eq!(sources("The minister did not respond to requests for comment."), []);
    }

    #[test]
    fn sentences_count_once_for_the_best_they_stand_on() {
        let text = "# Ferry owners balk, mayor says\n\nMayor Ana Ruiz said the bridge is safe. It opened in 1931.\n\n\
                    Two officials said it may close.\n\nProsecutors allege that:\n\n- the contracts were never signed\n\
                    - the money is gone\n";
        let sentences = record(text).sentences;
        assert_eq!(sentences, Sentences { named: 4, unnamed: 1, nobody: 0, bare: 1 });
        assert_eq!((sentences.all(), sentences.attributed()), (6, 5));
        assert_eq!(record("").sentences.all(), 0);
    }
}
