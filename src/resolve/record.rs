//! Who is on record for what, and how much of the article stands on it: what a desk asks before it prints.

use super::Story;
use super::speaker::{Speakers, is_no_speech, is_transcript};
use crate::annotate::{Attribution, Paragraph};
use crate::document::BlockKind;
use crate::segment::{Span, TokenKind};
use crate::text::Field;
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// A person who is named in passing ("the captain, Sven Torp,") and whom [`Story::people`] does not hold.
    Named,
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
    /// What was said: paragraph and tokens, by place, also in other paragraphs and in sentences that stand under the
    /// attribution.
    pub content: Vec<(usize, Span)>,
    /// Whether another source tells of it ("Ruiz said the auditor had warned her"): the article has it from that one.
    pub second_hand: bool,
}

impl Statement {
    /// The attribution.
    pub fn of<'s>(&self, story: &'s Story<'_>) -> Option<&'s Attribution> {
        story.paragraphs.get(self.paragraph)?.notes.attributions.get(self.attribution)
    }
}

/// How many sentences of the prose (paragraphs, list items, block quotations) stand on what. A sentence that several sources
/// share counts for the best of them; words that one source has from another are the outer one's, who is on record for them.
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
    /// Who is on record for what. Headlines are left out, which say what the article says below them.
    pub fn record(&self) -> Record {
        let mut sources: Vec<Source> = Vec::new();
        let mut speakers = Speakers::new(self);
        let transcript = is_transcript(self);
        let mut owners: FxHashMap<(usize, usize), Vec<(usize, usize)>> = FxHashMap::default();
        let heads = [BlockKind::Headline, BlockKind::Subheading];
        let copy = |p: &&Paragraph<'_>| p.field == Field::Text && !heads.contains(&p.block.kind);
        for p in self.paragraphs.iter().filter(copy) {
            let list = p.notes.attributions.iter().enumerate();
            let says =
                |a: &Attribution| a.speech && !is_refusal(p, a) && !is_no_speech(p, a, transcript);
            for (number, attribution) in list.filter(|(_, attribution)| says(attribution)) {
                let content: Vec<_> =
                    attribution.content.iter().map(|span| (p.index, *span)).collect();
                for at in speakers.sources(p, attribution, &mut sources) {
                    let Some(source) = sources.get_mut(at) else { continue };
                    let known = owners.entry((p.index, number)).or_default();
                    known.push((at, source.statements.len()));
                    source.statements.push(Statement {
                        paragraph: p.index,
                        attribution: number,
                        content: content.clone(),
                        second_hand: false,
                    });
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
            for &(source, statement) in owners.get(&from).into_iter().flatten() {
                let source = sources.get_mut(source);
                if let Some(statement) = source.and_then(|of| of.statements.get_mut(statement)) {
                    add(&mut statement.content, paragraph, span);
                }
            }
        }
        for statement in sources.iter_mut().flat_map(|source| &mut source.statements) {
            statement.content.sort_by_key(|(paragraph, span)| (*paragraph, span.start));
        }
        let ranks = self.settle(&mut sources);
        Record { sources, sentences: self.sentences(&ranks) }
    }

    /// Gives every word to the statement that answers for it, the outermost, marks the others as second-hand, drops those
    /// that say again what their own source is on record for, and tells what each token stands on, by paragraph.
    fn settle(&self, sources: &mut [Source]) -> Vec<Vec<Rank>> {
        let blank = |p: &Paragraph<'_>| vec![None; p.tokens().len()];
        let mut owners: Owners = self.paragraphs.iter().map(blank).collect();
        let mut order: Vec<(usize, f32, usize, usize)> = Vec::new();
        for (source, of) in sources.iter().enumerate() {
            for (number, statement) in of.statements.iter().enumerate() {
                let length = statement.content.iter().map(|(_, span)| span.len()).sum();
                let sure = statement.of(self).map_or(0.0, |attribution| attribution.confidence);
                order.push((length, sure, source, number));
            }
        }
        // What holds another statement is longer than that one.
        order.sort_by(|a, b| {
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3)))
        });
        let mut cues: Vec<(usize, Span, usize)> = Vec::new();
        let (mut said, mut echoes) = (FxHashSet::default(), FxHashSet::default());
        for (_, _, source, number) in order {
            let statement = sources.get_mut(source).and_then(|of| of.statements.get_mut(number));
            let Some(statement) = statement else { continue };
            let cue = statement.of(self).and_then(|a| a.cue.first().copied()).unwrap_or_default();
            let around = owner(&owners, statement.paragraph, cue);
            let again = statement.content.first().is_some_and(|at| !said.insert((source, *at)));
            if around == Some(source) || again {
                echoes.insert((source, number));
                continue;
            }
            statement.second_hand = around.is_some();
            for &(paragraph, span) in &statement.content {
                paint(&mut owners, paragraph, span, source);
            }
            cues.push((statement.paragraph, cue, source));
        }
        for (paragraph, cue, source) in cues {
            paint(&mut owners, paragraph, cue, source);
        }
        let standings: Vec<Rank> = sources.iter().map(|source| Rank::of(source.standing)).collect();
        for (source, of) in sources.iter_mut().enumerate() {
            let mut number = 0..;
            of.statements.retain(|_| number.next().is_none_or(|n| !echoes.contains(&(source, n))));
        }
        let rank = |owner: Option<usize>| {
            owner.and_then(|owner| standings.get(owner).copied()).unwrap_or(Rank::Bare)
        };
        owners.into_iter().map(|list| list.into_iter().map(rank).collect()).collect()
    }

    fn sentences(&self, ranks: &[Vec<Rank>]) -> Sentences {
        let mut count = Sentences::default();
        let prose = self.paragraphs.iter().zip(ranks).filter(|(p, _)| is_prose(p));
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
            Standing::Person(_) | Standing::Named | Standing::Body => Self::Named,
            Standing::Unnamed => Self::Unnamed,
            Standing::Nobody => Self::Nobody,
        }
    }
}

/// The source that answers for each token, by paragraph.
type Owners = Vec<Vec<Option<usize>>>;

/// The source that answers for the first token of a span.
fn owner(owners: &Owners, paragraph: usize, span: Span) -> Option<usize> {
    owners.get(paragraph)?.get(span.start as usize).copied().flatten()
}

/// Gives the tokens for which nobody answers yet to a source.
fn paint(owners: &mut Owners, paragraph: usize, span: Span, source: usize) {
    let tokens = owners.get_mut(paragraph).and_then(|list| list.get_mut(span.iter()));
    for token in tokens.unwrap_or_default() {
        token.get_or_insert(source);
    }
}

/// Whether the paragraph is the article's own prose: not a headline, a caption or a cell.
pub(super) fn is_prose(p: &Paragraph<'_>) -> bool {
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
    // "Who asked not to be named" tells of the source, not of the news.
    let asks = has(&attribution.cue, &["ask", "asked", "asks", "asking"])
        && has(&attribution.content, &["named", "identified", "anonymous", "anonymity"]);
    asks || refuses && silent
        || attribution.content.iter().all(|span| span.len() <= 3)
            && has(&attribution.content, &["comment"])
        || has(&attribution.source, &["requests", "request"])
            && has(&attribution.source, &["comment"])
}

/// Tokens of a cue or of what was said that are looked at for a refusal.
const REFUSAL: usize = 4;

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
    fn words_are_nobodys_rather_than_anothers() {
        let names = |text: &str| -> Vec<String> {
            sources(text).into_iter().map(|(name, _)| name).collect()
        };
        let text = "By Ana Ruiz\n\n“We are late,” she said.\n\nThe council meets on Monday.";
        assert!(!names(text).contains(&"Ana Ruiz".to_owned()), "{:?}", names(text));
        let text = "Karl Marsh, 74, admitted theft. His lawyer, Jon Bek, spoke.\n\nLast night a pal of Marsh’s said: \
                    “He’s no monster.”";
        assert!(!names(text).contains(&"Karl Marsh".to_owned()), "{:?}", names(text));
        let text = "Mr. and Mrs. Oster do not like to be asked.\n\n“People think it’s a joke,” Mr. Oster said. “It isn’t \
                    much of one.”\n\nFranklin and Odessa Oster have owned the shop since 1976. Yolanda Oster-Pratt, 41, \
                    was a florist.";
        let known = names(text);
        assert!(
            !known.iter().any(|name| name.contains("Pratt") || name.contains("Odessa")),
            "{known:?}"
        );
        let text = "Some jurors laughed. Judge Wanda Lind told them that nothing was funny.\n\nThe student who wrote the \
                    article testified that she had asked Bek for comment. “The third time he wrote back, ‘Get a \
                    hobby,’” she said.";
        let judge = sources(text).into_iter().find(|(name, _)| name == "Wanda Lind");
        assert_eq!(judge.map(|(_, count)| count), Some(1), "{:?}", sources(text));
        let text = "Local corporator Vikas Torp of the Jan Shakti Paksha said he had written to the mayor. “Rehabilitate \
                    first, then demolish,” he said.";
        assert!(!names(text).contains(&"Jan Shakti Paksha".to_owned()), "{:?}", names(text));
        let lobby = "The lobby of the Marsh Savings Bank was full. “A goose,” the lobby of the Marsh Savings Bank said.";
        assert_eq!(names(lobby), [""], "a place says nothing");
    }

    #[test]
    fn what_was_done_is_not_said() {
        assert_eq!(sources("Bud Marsh tied it at 70 with a layup."), []);
        assert_eq!(sources("Judge Wanda Lind sentenced the former bookkeeper to two years."), []);
        assert_eq!(sources("HARBOUR: The bridge fell on Monday."), []);
        assert_eq!(sources("Judge Wanda Lind ruled that the bookkeeper was guilty.").len(), 1);
        assert_eq!(sources("Bud Marsh stressed that it was cold.").len(), 1);
    }

    #[test]
    fn a_name_in_short_is_the_same_source() {
        let text = "Dame Margaret Torp said the roof leaked. Dame Margaret told the council that it was old.";
        assert_eq!(sources(text), [("Margaret Torp".to_owned(), 2)]);
        let text = "Dame Margaret Torp said the roof leaked. Sister Margaret told the council that it was old.";
        assert_eq!(sources(text).len(), 2);
        let text = "Marsh Foods Inc. said on Monday that profit fell.\n\nThe company now expects a loss. It said it would \
                    close a plant.";
        assert_eq!(sources(text).len(), 1, "{:?}", sources(text));
        let text = "Marsh Foods Inc. said on Monday that profit fell.\n\nThe union of the Bek Mills struck. It said it would \
                    go on.";
        assert_eq!(sources(text)[0].1, 1, "{:?}", sources(text));
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
    fn sources_are_called_as_inside_a_sentence_and_merged_by_their_noun() {
        let named = |text: &str| -> Vec<(String, Standing)> {
            record(text).sources.into_iter().map(|s| (s.name, s.standing)).collect()
        };
        let of = |name: &str, standing| (name.to_owned(), standing);
        assert_eq!(
            named("Two officials said the bridge is safe."),
            [of("two officials", Standing::Unnamed)]
        );
        assert_eq!(
            named("Reuters reported that the bridge is safe."),
            [of("Reuters", Standing::Body)]
        );
        let text = "The health department said the bridge is safe. The department said it was built in 1931.";
        assert_eq!(named(text), [of("the health department", Standing::Body)]);
        let text = "The health department said the bridge is safe. The fire department said it is not. The department \
                    said the bridge was built in 1931.";
        assert_eq!(named(text).len(), 3, "which of them?");
    }

    #[test]
    fn all_who_speak_together_are_on_record() {
        let both = |text: &str| -> Vec<String> { sources(text).into_iter().map(|s| s.0).collect() };
        let text = "Mayor Ana Ruiz and Gov. Karl Oster said on Monday that the bridge would close.";
        assert_eq!(both(text), ["Ana Ruiz", "Karl Oster"]);
        let text = "“We are glad,” Ana Ruiz and her husband, Karl Oster, said.";
        assert_eq!(both(text), ["Ana Ruiz", "Karl Oster"]);
        let lawyer = both("A lawyer for Ana Ruiz and Karl Oster said the bridge would close.");
        assert_eq!(lawyer.len(), 1, "{lawyer:?}");
    }

    #[test]
    fn a_quotation_before_another_speaker_is_not_the_last_ones() {
        let text = "“It was cold,” said Karl Oster, 71. “It was dark,” Ana Ruiz said. “We were alone,” said Jon Bek. “We \
                    had no light.”";
        let contents: Vec<usize> = record(text)
            .sources
            .iter()
            .flat_map(|source| source.statements.iter().map(|s| s.content.len()))
            .collect();
        assert_eq!(contents, [1, 1, 2]);
    }

    #[test]
    fn a_pronoun_is_not_the_last_source_that_there_was() {
        let first = |text: &str| sources(text)[0].1;
        let text = "The sheriff's office said the road was closed.\n\nA fisherman waited on the quay. He said the catch \
                    was poor.";
        assert_eq!(first(text), 1);
        let text = "The company said the plant would close. Workers gathered at the gate. They said they would sue.";
        assert_eq!(first(text), 1);
        let text = "An official said the plant would close. He said it was old.";
        assert_eq!(first(text), 2);
    }

    #[test]
    fn sources_are_told_apart_by_what_they_are() {
        let text =
            "A spokesman for the ministry said the bridge is safe. The ministry said it is old.";
        assert_eq!(sources(text).len(), 2);
        let text = "A report by the auditor said the bridge is safe. The report said it is old. The auditor said so.";
        assert_eq!(sources(text).len(), 2);
    }

    #[test]
    fn words_at_second_hand_are_the_outer_sources() {
        let record = record("Ana Ruiz said the bridge is safe, according to Jon Bek.");
        let hands: Vec<_> = record
            .sources
            .iter()
            .flat_map(|source| source.statements.iter().map(|s| (&source.name[..], s.second_hand)))
            .collect();
        assert_eq!(hands, [("Ana Ruiz", true), ("Jon Bek", false)]);
        assert_eq!(record.sentences, Sentences { named: 1, ..Sentences::default() });
    }

    #[test]
    fn who_is_named_in_passing_is_named() {
        let text =
            "“It was wet,” the old boatman, Zsolt Brandvik, said. Brandvik said he would go home.";
        let named = record(text).sources;
        assert_eq!(named.len(), 1, "{named:?}");
        assert_eq!((&named[0].name[..], named[0].statements.len()), ("Zsolt Brandvik", 2));
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
