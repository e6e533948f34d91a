//! Attribution that reaches over sentences and blocks: what an earlier sentence's speaker goes on to say.
//!
//! A sentence is *carried* where it stands under an attribution that it does not hold itself: in a quotation that goes on
//! from the paragraph before or from the sentence before, in the list or block quotation after "X said:", or where
//! "the sources also" takes up the speakers of the sentence before. An attribution whose paragraph ends in a colon also
//! gets the blocks after it as content ([`Resolved`]).
//!
//! It is carried *back* where the speaker comes late: in the second paragraph of a quotation that runs over paragraphs, or
//! in the sentence behind a quotation that stands by itself ("“We lost.” That, she said, was all.").

use super::slots;
use crate::annotate::{
    Attribution, AttributionKind, MentionKind, Paragraph, Quotation, QuotationKind, Slot,
};
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
        back: Vec::new(),
        open: None,
        unclaimed: Vec::new(),
        colon: None,
        last: None,
    };
    for number in 0..paragraphs.len() {
        walk.paragraph(number);
    }
    walk.carried.append(&mut walk.back);
    walk.carried.sort_by_key(|c| (c.paragraph, c.sentence.start));
    (walk.carried, walk.resolved)
}

/// What is remembered from one paragraph to the next.
struct Walk<'w, 'a> {
    paragraphs: &'w [Paragraph<'a>],
    carried: Vec<Carried>,
    resolved: Vec<Resolved>,
    /// The sentences whose speaker came late.
    back: Vec<Carried>,
    /// Who speaks in the quotation that the paragraph before left open.
    open: Option<At>,
    /// The sentences of that quotation, by paragraph, as long as nobody speaks in it.
    unclaimed: Vec<(usize, Span)>,
    /// The attribution that a colon at the end of a paragraph left waiting, and the kind of block that took it up.
    colon: Option<(At, Option<BlockKind>)>,
    /// Who spoke in the sentence before.
    last: Option<At>,
}

impl Walk<'_, '_> {
    fn paragraph(&mut self, number: usize) {
        let paragraph = &self.paragraphs[number];
        let waits = self.colon.is_some() || self.open.is_some();
        if waits && is_aside(paragraph.block.kind) || !paragraph.block.kind.is_copy() {
            return;
        }
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
        let mut spoken = Spoken::new(paragraph);
        // The sentences by themselves that a speaker behind them would take back.
        let mut alone: Vec<Span> = Vec::new();
        for (at, &sentence) in paragraph.notes.sentences.iter().enumerate() {
            let own = owners.get(at).copied().flatten();
            let quoted = quoted.get(at).is_some_and(|quoted| *quoted);
            // "Police said:", and a list of what they say of somebody's mind.
            let mind = |a: usize| !paragraph.notes.attributions[a].speech;
            let under = match own {
                Some(own) => waiting.filter(|_| mind(own)),
                None => waiting.or_else(|| {
                    let goes_on = continued.is_some_and(|q| q.range.overlaps(sentence));
                    speaker.filter(|_| goes_on).or_else(|| self.before(paragraph, sentence, quoted))
                }),
            };
            if let Some((from, attribution)) = under {
                self.carried.push(Carried { paragraph: number, sentence, from, attribution });
            }
            self.last = own.map(|attribution| (number, attribution)).or(under);
            if self.last.is_none() && spoken.holds(sentence) {
                alone.push(sentence);
            } else {
                let first = alone.first().copied();
                let speaker = own
                    .filter(|own| first.is_some_and(|q| refers_back(paragraph, sentence, *own, q)));
                self.take_back(alone.drain(..).map(|s| (number, s)), number, speaker);
            }
            if let Some(q) = left_open.filter(|q| q.range.overlaps(sentence)) {
                open = own
                    .filter(|a| touches(&paragraph.notes.attributions[*a], q.range))
                    .map(|a| (number, a));
                open = open.or(self.last).or(speaker);
            }
        }
        let late =
            continued.filter(|_| speaker.is_none()).and_then(|q| speaker_in(paragraph, q.range));
        let unclaimed = std::mem::take(&mut self.unclaimed);
        if late.is_some() {
            self.take_back(unclaimed.into_iter(), number, late);
        } else if continued.is_some() && open.is_none() {
            self.unclaimed = unclaimed;
        }
        if let Some(q) = left_open.filter(|_| open.is_none()) {
            let inside = alone.iter().filter(|sentence| q.range.covers(**sentence));
            self.unclaimed.extend(inside.map(|sentence| (number, *sentence)));
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

    /// Puts sentences under an attribution of a later paragraph or sentence, if there is one.
    fn take_back(
        &mut self,
        sentences: impl Iterator<Item = (usize, Span)>,
        from: usize,
        attribution: Option<usize>,
    ) {
        let Some(attribution) = attribution else { return };
        let carried = sentences.map(|(paragraph, sentence)| Carried {
            paragraph,
            sentence,
            from,
            attribution,
        });
        self.back.extend(carried);
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
        let taken_up = from + 1 >= paragraph.index
            && attribution.speech
            && self.takes_up(paragraph, sentence, (from, attribution));
        (goes_on || taken_up).then_some((from, number))
    }

    /// "The sources also ...", "They also said ...": the speakers before are taken up. "They" may be somebody that they
    /// spoke of, unless there are several speakers and what they do is to speak or to think.
    fn takes_up(
        &self,
        paragraph: &Paragraph<'_>,
        sentence: Span,
        (from, attribution): (usize, &Attribution),
    ) -> bool {
        let at = sentence.start as usize;
        let goes_on = |at: usize| ["also", "further"].iter().any(|word| paragraph.is(at, word));
        let lex = |at: usize| paragraph.token(at).map_or(Lex::empty(), |t| t.lex);
        if paragraph.is(at, "the") && lex(at + 1).contains(Lex::UNNAMED) {
            return goes_on(at + 2);
        }
        let speak = Lex::SPEECH | Lex::THOUGHT | Lex::MIND;
        paragraph.is(at, "they")
            && goes_on(at + 1)
            && lex(at + 2).intersects(speak)
            && is_plural(&self.paragraphs[from], attribution)
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

/// The outermost quotations of speech in a paragraph, asked for sentence by sentence.
struct Spoken<'p> {
    rest: &'p [Quotation],
}

impl<'p> Spoken<'p> {
    fn new(paragraph: &'p Paragraph<'_>) -> Self {
        Self { rest: &paragraph.notes.quotations }
    }

    /// Whether the sentence lies wholly in one of them. Sentences are to come in order.
    fn holds(&mut self, sentence: Span) -> bool {
        let outer = |q: &Quotation| q.depth == 0 && q.range.end > sentence.start;
        let passed = self.rest.iter().take_while(|q| !outer(q)).count();
        self.rest = self.rest.get(passed..).unwrap_or_default();
        let first = self.rest.first();
        first.is_some_and(|q| q.kind == QuotationKind::Speech && q.range.covers(sentence))
    }
}

/// Whether the source of an attribution is several people, by its form.
fn is_plural(paragraph: &Paragraph<'_>, attribution: &Attribution) -> bool {
    let mut words = attribution.source.iter().flat_map(|span| span.iter());
    words.any(|at| {
        paragraph.is(at, "and")
            || paragraph.is(at, "they")
            || paragraph.token(at).is_some_and(|t| {
                let many = Lex::UNNAMED | Lex::GROUP | Lex::AUTHORITY;
                t.lex.intersects(many)
                    && (paragraph.text(at).ends_with('s') || paragraph.is(at, "police"))
            })
    })
}

/// Whether an attribution gives somebody's words and says whose.
fn names_speaker(paragraph: &Paragraph<'_>, number: usize) -> bool {
    let attribution = paragraph.notes.attributions.get(number);
    attribution.is_some_and(|a| a.speech && !a.source.is_empty())
}

/// Whether the speaker of `sentence` has said the quotation before it, which opens at `quotation`, too: it is taken up
/// ("That, she said, ..."), or he is the only person whom the paragraph has named so far. A body that speaks behind a
/// quotation ("Police said the fire began ...") mostly tells of something else.
fn refers_back(paragraph: &Paragraph<'_>, sentence: Span, number: usize, quotation: Span) -> bool {
    let Some(attribution) = paragraph.notes.attributions.get(number) else { return false };
    if !names_speaker(paragraph, number) {
        return false;
    }
    let taken_up = ["that", "this", "so", "those"];
    if taken_up.iter().any(|word| paragraph.is(sentence.start as usize, word)) {
        return true;
    }
    let names = |span: Span| {
        let list = &paragraph.notes.mentions;
        let first = list.partition_point(|m| m.span.start < span.start);
        let within = list.iter().skip(first).take_while(move |m| m.span.start < span.end);
        within.filter(|m| m.kind != MentionKind::Title)
    };
    let speaks = attribution.source.iter().any(|source| names(*source).next().is_some());
    let before = Span { start: 0, end: quotation.start };
    speaks && !names(before).any(|m| m.kind == MentionKind::Name)
}

/// The first attribution that gives words of a quotation and says whose they are.
fn speaker_in(paragraph: &Paragraph<'_>, quotation: Span) -> Option<usize> {
    let list = paragraph.notes.attributions.iter().enumerate();
    let mut speakers = list.filter(|(number, a)| {
        touches(a, quotation)
            && names_speaker(paragraph, *number)
            && !a.cue.iter().any(|cue| quotation.covers(*cue))
    });
    speakers.next().map(|(number, _)| number)
}

fn touches(attribution: &Attribution, span: Span) -> bool {
    attribution.content.iter().any(|c| c.overlaps(span))
}

/// The outermost quotation that the paragraph leaves open.
fn left_open<'p>(paragraph: &'p Paragraph<'_>) -> Option<&'p Quotation> {
    paragraph.notes.quotations.iter().rev().find(|q| q.depth == 0).filter(|q| !q.closed)
}

/// Whether a block stands beside the copy, which goes on behind it.
fn is_aside(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Caption | BlockKind::Byline)
}

/// The attribution that the paragraph's final colon leaves waiting for its content.
fn colon(paragraph: &Paragraph<'_>) -> Option<usize> {
    let last = paragraph.tokens().last().filter(|t| t.mark == ':')?;
    let sentence = paragraph.sentence_at(paragraph.tokens().len() - 1);
    let cue = |a: &Attribution| a.cue.iter().any(|c| sentence.covers(*c));
    paragraph.notes.attributions.iter().rposition(cue).filter(|_| last.kind == TokenKind::Punct)
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Article};

    /// The carried sentences, each with the cue it stands under.
    fn carried(text: &str) -> Vec<(String, String)> {
        let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
        let words = |c: &super::Carried| {
            let from = &story.paragraphs[c.from];
            let cue = from.notes.attributions[c.attribution].cue[0];
            (story.paragraphs[c.paragraph].clean(c.sentence), from.clean(cue))
        };
        story.carried.iter().map(words).collect()
    }

    fn pair(sentence: &str, cue: &str) -> (String, String) {
        (sentence.to_owned(), cue.to_owned())
    }

    #[test]
    fn a_speaker_who_comes_in_the_second_paragraph_has_said_the_first_too() {
        let text =
            "“We waited for a year. Nobody rang.\n\n“Then the roof came down,” Ana Ruiz said.";
        assert_eq!(
            carried(text),
            [pair("“We waited for a year.", "said"), pair("Nobody rang.", "said")]
        );
        let three =
            "“We waited for a year.\n\n“Nobody rang.\n\n“Then the roof came down,” Ana Ruiz said.";
        assert_eq!(carried(three).len(), 2);
        let nobody =
            "“We waited for a year.\n\n“Then the roof came down.”\n\nAna Ruiz said it was old.";
        assert_eq!(carried(nobody), []);
    }

    #[test]
    fn who_goes_on_is_one_who_can() {
        let goes_on =
            "Two officials said the bridge is old. They also said it is safe. They also fish.";
        assert_eq!(carried(goes_on).len(), 0, "it has an attribution of its own, or is none");
        let sources = "Two sources said the bridge is old. The sources also blamed the rain.";
        assert_eq!(carried(sources).len(), 0, "it has an attribution of its own");
        for text in [
            "Ana Ruiz said the boats were safe. They both sank in May.",
            "Ana Ruiz said the twins were safe. They also lost a dog in the fire.",
            "Prosecutors said Karl Marsh and Jon Bek robbed a bank. They both live in Porto.",
        ] {
            assert_eq!(carried(text), [], "{text}");
        }
    }

    #[test]
    fn a_lead_in_covers_the_list_behind_it() {
        for lead in [
            "Mayor Ana Ruiz said",
            "Police said in a statement on Friday",
            "Prosecutors allege",
            "The report found",
            "According to the report",
            "In a letter to the council, Ruiz wrote that",
        ] {
            let text = format!("{lead}:\n\n- Marsh was furious in May.\n- The bridge is old.\n");
            assert_eq!(carried(&text).len(), 2, "{lead}: {:?}", carried(&text));
        }
        for other in
            ["The town bought these things", "Ruiz said she would go, and the council had a choice"]
        {
            let text = format!("{other}:\n\n- Two boats from Porto.\n");
            let lead: Vec<_> = carried(&text).into_iter().filter(|c| c.1 != "said").collect();
            assert_eq!(lead, [], "{other}");
        }
    }

    #[test]
    fn what_stands_beside_the_copy_does_not_take_up_a_colon() {
        let text = "Officials say that:\n\nAdvertisement\n\n- the bridge will close in May\n";
        let list = carried(text);
        assert_eq!(list.len(), 1, "{list:?}");
        assert!(list[0].0.contains("bridge"), "{list:?}");
    }

    #[test]
    fn a_quotation_by_itself_is_said_by_whom_the_sentence_behind_it_names() {
        let bare = |text: &str| {
            let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
            story.record().sentences.bare
        };
        assert_eq!(bare("“We lost nine matches.” That, Ana Ruiz said, was all."), 0);
        assert_eq!(bare("“We lost nine matches.” Ana Ruiz said the club would go on."), 0);
        assert_eq!(bare("“We lost the house.” Police said the fire began at 4 a.m."), 1);
        let other = "Jon Bek waited in the road. “We lost the house.” The fire chief, Ana Ruiz, said it began at 4 a.m.";
        assert_eq!(bare(other), 2);
        assert_eq!(bare("“We lost nine matches.” The season ended in May."), 2);
        // A title is no speech.
        assert_eq!(bare("The song is “Harbour Lights.” Ana Ruiz said it was old."), 1);
    }
}
