//! Wire copy, prepared once: what is looked up at every keystroke is made when the files are read.

use super::index::Postings;
use super::place::Place;
use super::spoken::{self, Speech, Turn};
use super::stream::Stream;
use super::voices::Voices;
use super::words::{self, Word};
use crate::annotate::{self, Annotations, EntryState, Paragraph};
use crate::document::{Block, BlockKind, Document, Format};
use crate::resolve::{Person, Roster, Story, fold};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::text::Field;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A text that a draft was written from, with everything that is understood of it.
#[derive(Debug)]
pub struct Wire {
    name: String,
    text: String,
    blocks: Vec<Block>,
    notes: Vec<Arc<Annotations>>,
    people: Vec<Person>,
    /// By person: paragraph and number of a mention for each title that it has.
    titled: Vec<Vec<(u32, u32)>>,
    voices: Voices,
    /// By paragraph how it is somebody's words without marks.
    spoken: Vec<Option<Speech>>,
    /// The words of the labels of a transcript, folded.
    labels: FxHashSet<String>,
}

impl Wire {
    /// Reads and understands a text. `name` is what messages call it: its path as the user wrote it, mostly.
    pub fn new(name: impl Into<String>, text: impl Into<String>, format: Format) -> Self {
        let text = text.into();
        let document = Document::parse(&text, format);
        let blocks = document.blocks.clone();
        let (mut entry, mut paragraphs) = (EntryState::default(), Vec::with_capacity(blocks.len()));
        for (index, block) in blocks.iter().enumerate() {
            let notes = Arc::new(annotate::annotate(&text, block, entry));
            entry = notes.exit;
            let block = block.clone();
            paragraphs.push(Paragraph { field: Field::Text, source: &text, block, index, notes });
        }
        let story = Story::new(document, paragraphs, None, &Roster::default());
        let voices = Voices::of(&story);
        let Story { paragraphs, people, .. } = story;
        let notes: Vec<_> = paragraphs.into_iter().map(|p| p.notes).collect();
        let spoken = spoken::paragraphs(&notes);
        let titled = people.iter().map(|person| titled(person, &notes)).collect();
        let name = name.into();
        let labels = FxHashSet::default();
        let mut this = Self { name, text, blocks, notes, people, titled, voices, spoken, labels };
        this.labels = this.turns().flat_map(|(at, label)| this.label_words(at, label)).collect();
        this
    }

    /// What messages call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The people in it, as [`Story::people`] has them.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// A mention of a person for each title that it has: paragraph and number.
    pub(crate) fn titled(&self, person: usize) -> &[(u32, u32)] {
        self.titled.get(person).map_or(&[], |list| list)
    }

    /// Who is on record in it for what.
    pub fn voices(&self) -> &Voices {
        &self.voices
    }

    /// The turn that a paragraph of a transcript stands in.
    pub(crate) fn turn(&self, paragraph: usize) -> Option<Turn> {
        match self.spoken.get(paragraph)? {
            Some(Speech::Turn(turn)) => Some(*turn),
            _ => None,
        }
    }

    /// The labels of a transcript's turns: paragraph and tokens.
    fn turns(&self) -> impl Iterator<Item = (usize, Span)> {
        self.spoken.iter().enumerate().filter_map(|(at, speech)| match speech {
            Some(Speech::Turn(turn)) if turn.at == at => Some((at, turn.label)),
            _ => None,
        })
    }

    /// The words of a label, folded.
    fn label_words(&self, paragraph: usize, label: Span) -> Vec<String> {
        let p = self.paragraph(paragraph);
        p.map_or_else(Vec::new, |p| label.iter().map(|at| folded(p.text(at))).collect())
    }

    /// Whether anybody speaks in a transcript under a label with this family name.
    pub(crate) fn has_turn_of(&self, family: &str) -> bool {
        self.labels.contains(&folded(family))
    }

    /// Whether a label has a family name.
    pub(crate) fn is_label_of(&self, paragraph: usize, label: Span, family: &str) -> bool {
        self.label_words(paragraph, label).contains(&folded(family))
    }

    /// Its paragraphs, with their annotations, in order.
    pub fn paragraphs(&self) -> impl ExactSizeIterator<Item = Paragraph<'_>> {
        (0..self.blocks.len()).map(|index| self.at(index))
    }

    /// One of its paragraphs.
    pub fn paragraph(&self, index: usize) -> Option<Paragraph<'_>> {
        (index < self.blocks.len()).then(|| self.at(index))
    }

    fn at(&self, index: usize) -> Paragraph<'_> {
        let (block, notes) = (self.blocks[index].clone(), Arc::clone(&self.notes[index]));
        Paragraph { field: Field::Text, source: &self.text, block, index, notes }
    }
}

/// A range of a list, in half the space.
#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    first: u32,
    end: u32,
}

impl Numbers {
    fn new(first: usize, end: usize) -> Self {
        Self { first: first as u32, end: end as u32 }
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.first as usize..self.end as usize).unwrap_or_default()
    }
}

/// A sentence of wire copy, as it is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub place: Place,
    pub kind: BlockKind,
    /// Its words of weight: a range of [`Wires::words`].
    words: Numbers,
    /// Its stems: a range of [`Wires::distinct`].
    stems: Numbers,
    /// All its words: a range of [`Wires::running`].
    running: Numbers,
    /// What all its words weigh.
    pub weight: f32,
}

/// Wire copy that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name as the front matter has it.
    pub name: String,
    /// Why, and what to do.
    pub why: String,
}

/// All the wire copy that a draft is compared with. Cheap to keep over keystrokes; made anew when a file changes.
#[derive(Debug, Default)]
pub struct Wires {
    /// Tells them from all others.
    id: u64,
    list: Vec<Arc<Wire>>,
    missing: Vec<Missing>,
    pub(super) sentences: Vec<Sentence>,
    words: Vec<Word>,
    /// The stems of each sentence, each once and ascending.
    distinct: Vec<u32>,
    /// Stems with the numbers of the sentences that have them.
    stems: Postings,
    /// What each stem weighs.
    weights: FxHashMap<u32, f32>,
    /// The words inside quotation marks.
    pub(super) quoted: Stream,
    /// All words.
    pub(super) running: Stream,
    /// Every word, folded.
    known: FxHashSet<u32>,
    /// Words with a capital, in lower case and as they are first written, by their first letter and how many they have.
    names: BTreeMap<(char, usize), Vec<Name>>,
    /// People by family name: numbers of wire and person.
    families: FxHashMap<String, Vec<(u32, u32)>>,
}

/// A word with a capital.
#[derive(Debug)]
struct Name {
    /// In lower case.
    lower: String,
    /// Its [`letters`].
    letters: u32,
    /// As it is first written.
    text: String,
    /// And where.
    place: Place,
}

/// A stretch of the draft that stands in the wire copy word for word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// Tokens of the draft's paragraph.
    pub ours: Span,
    /// The place in the wire copy.
    pub theirs: Place,
}

impl Wires {
    /// Makes the files ready to be searched. `missing` are those that the draft's front matter names and that could not be
    /// read, which `against-missing` tells of.
    pub fn new(list: Vec<Arc<Wire>>, missing: Vec<Missing>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut this = Self { id, list, missing, ..Self::default() };
        let list = this.list.clone();
        for (number, wire) in list.iter().enumerate() {
            for p in wire.paragraphs().filter(|p| p.block.kind.is_copy()) {
                this.running.push(number as u32, &p, p.span(), false);
                this.add_sentences(number, &p);
                this.add_quoted(number, wire, &p);
            }
        }
        let pairs = this.sentences.iter().enumerate().flat_map(|(at, sentence)| {
            this.words_of(sentence).iter().map(move |word| (word.stem, at as u32))
        });
        this.stems = Postings::new(pairs.collect());
        let all = this.sentences.len();
        let weights = this.stems.groups().filter_map(|group| {
            let (stem, _) = group.first()?;
            Some((*stem, rarity(all, group.len())))
        });
        this.weights = weights.collect();
        for at in 0..this.sentences.len() {
            let stems = this.stems_of(&this.sentences[at]);
            this.sentences[at].weight = stems.iter().map(|stem| this.weight(*stem)).sum();
        }
        this.quoted.finish();
        this.running.finish();
        this.known = this.running.words.iter().copied().collect();
        this.gather_names();
        for (number, wire) in list.iter().enumerate() {
            for (person, of) in wire.people.iter().enumerate() {
                let family = this.families.entry(folded(&of.family)).or_default();
                family.push((number as u32, person as u32));
            }
        }
        this
    }

    fn gather_names(&mut self) {
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        for (number, wire) in self.list.iter().enumerate() {
            for p in wire.paragraphs().filter(|p| p.block.kind.is_copy()) {
                for (at, token) in p.tokens().iter().enumerate() {
                    let capital = token.kind == TokenKind::Word
                        && token.flags.contains(TokenFlags::CAPITAL)
                        && !token.flags.contains(TokenFlags::UPPER);
                    // A name with accents is known without them, too.
                    if capital && !p.text(at).is_ascii() {
                        self.known.extend(words::parts(&fold(p.text(at))));
                    }
                    if capital && token.end - token.start >= 4 && seen.insert(token.hash) {
                        let span = Span::new(at, at + 1);
                        let place = Place { wire: number, paragraph: p.index, span };
                        let (text, lower) = (p.text(at).to_owned(), p.text(at).to_lowercase());
                        let names = self.names.entry(shape(&lower)).or_default();
                        names.push(Name { letters: letters(&lower), lower, text, place });
                    }
                }
            }
        }
    }

    /// The people with a family name, as many as are looked at: numbers of wire and person, and the person.
    pub(crate) fn family(&self, family: &str) -> impl Iterator<Item = (usize, usize, &Person)> {
        let known = self.families.get(&folded(family)).map_or(&[][..], |known| known);
        known.iter().take(MOST).filter_map(|&(wire, person)| {
            let (wire, person) = (wire as usize, person as usize);
            Some((wire, person, self.get(wire)?.people.get(person)?))
        })
    }

    /// Whether every part of a word stands in the wire copy, whatever its capitals.
    pub(crate) fn knows(&self, word: &str) -> bool {
        words::parts(word).all(|part| self.known.contains(&part))
            || words::parts(&fold(word)).all(|part| self.known.contains(&part))
    }

    /// Whether two words follow each other in the wire copy.
    pub(crate) fn has_pair(&self, first: &str, second: &str) -> bool {
        let words: Vec<u32> = words::parts(first).chain(words::parts(second)).collect();
        !self.running.exact(&words).is_empty()
    }

    /// Words with a capital that differ from `word` by a letter, or by two where it is long: the nearest first. The first letter
    /// is one that nobody gets wrong.
    pub(crate) fn names_like(&self, word: &str) -> Vec<(&str, Place)> {
        let lower = word.to_lowercase();
        let (first, length) = shape(&lower);
        let most = if length >= 7 { 2 } else { 1 };
        let near = self.names.range((first, length.saturating_sub(most))..=(first, length + most));
        let own = letters(&lower);
        let mut out: Vec<(usize, &str, Place)> = near
            .flat_map(|(_, names)| names)
            // A letter for another one makes two that only one of the words has.
            .filter(|name| (name.letters ^ own).count_ones() as usize <= 2 * most)
            .filter_map(|name| {
                let distance = strsim::osa_distance(&lower, &name.lower);
                (1..=most).contains(&distance).then_some((distance, name.text.as_str(), name.place))
            })
            .collect();
        out.sort_by_key(|(distance, ..)| *distance);
        out.truncate(8);
        out.into_iter().map(|(_, name, place)| (name, place)).collect()
    }

    /// The stretches of at least `least` words of a paragraph, quotations left out on both sides, that stand in the wire
    /// copy.
    pub(crate) fn runs(&self, p: &Paragraph<'_>, least: usize) -> Vec<Run> {
        let (mut keys, mut tokens) = (Vec::new(), Vec::new());
        for at in p.span().iter() {
            words::folded(p, at, |key| {
                keys.push(key);
                tokens.push(at);
            });
        }
        let mut out = Vec::new();
        let mut from = 0;
        while from + least <= keys.len() {
            let quoted =
                (from..from + least).rev().find(|at| p.quotation_at(tokens[*at]).is_some());
            if let Some(quoted) = quoted {
                from = quoted + 1;
                continue;
            }
            let start = self.running.exact(&keys[from..from + least]).first().copied();
            let Some(start) = start else {
                from += 1;
                continue;
            };
            let rest = keys[from..].iter().zip(&self.running.words[start..]);
            let same = rest.take_while(|(a, b)| a == b).count();
            let same =
                (0..same).take_while(|at| p.quotation_at(tokens[from + at]).is_none()).count();
            let theirs = self.running.place(start, start + same);
            let ours = Span::new(tokens[from], tokens[from + same - 1] + 1);
            let quotes = self
                .paragraph(theirs)
                .is_some_and(|wire| theirs.span.iter().any(|at| wire.quotation_at(at).is_some()));
            if !quotes {
                out.push(Run { ours, theirs });
            }
            from += same.max(1);
        }
        out
    }

    fn add_sentences(&mut self, wire: usize, p: &Paragraph<'_>) {
        for span in p.notes.sentences.iter().flat_map(|span| cut(*span)) {
            let (first, first_stem) = (self.words.len(), self.distinct.len());
            words::stems(p, span, &mut self.words);
            let running = self.running.last(span);
            self.distinct.extend(words::distinct(&self.words[first..]));
            self.sentences.push(Sentence {
                place: Place { wire, paragraph: p.index, span },
                kind: p.block.kind,
                words: Numbers::new(first, self.words.len()),
                stems: Numbers::new(first_stem, self.distinct.len()),
                running: Numbers::new(running.start, running.end),
                weight: 0.0,
            });
        }
    }

    /// The words inside quotation marks, and what is speech by its layout. Quotations of two paragraphs stand apart, unless
    /// one goes on in the other.
    fn add_quoted(&mut self, number: usize, wire: &Wire, p: &Paragraph<'_>) {
        if p.block.kind == BlockKind::Quote || wire.spoken.get(p.index).is_some_and(Option::is_some)
        {
            return self.quoted.push(number as u32, p, p.span(), true);
        }
        let outer = p.notes.quotations.iter().filter(|q| q.depth == 0);
        let mut spans: Vec<(Span, bool)> = outer.map(|q| (q.content, q.continues)).collect();
        let direct = p.notes.attributions.iter();
        let direct = direct.filter(|a| a.kind == annotate::AttributionKind::Direct);
        for span in direct.flat_map(|a| &a.content) {
            let first = spans.partition_point(|(known, _)| known.end <= span.start);
            if spans.get(first).is_none_or(|(known, _)| !known.overlaps(*span)) {
                spans.insert(first, (*span, false));
            }
        }
        let tells = if spans.len() > 1 { telling(p) } else { Vec::new() };
        let mut end = None;
        for (content, continues) in spans {
            let far = end.is_none_or(|end| {
                let between = Span::new(end, content.start as usize);
                let weighs = |at: &usize| words::stem_at(p, *at).is_some() && !tells[*at];
                between.iter().filter(weighs).count() > GAP
            });
            self.quoted.push(number as u32, p, content, far && !continues);
            end = Some(content.end as usize);
        }
    }

    /// A single wire.
    pub fn of(wire: Wire) -> Self {
        Self::new(vec![Arc::new(wire)], Vec::new())
    }

    /// A number that no other wire copy of this process has.
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// The files.
    pub fn list(&self) -> &[Arc<Wire>] {
        &self.list
    }

    /// The wire with this number.
    pub fn get(&self, number: usize) -> Option<&Wire> {
        self.list.get(number).map(|wire| &**wire)
    }

    /// What the front matter names and could not be read.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// Whether there is nothing to compare with, and nothing missing.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.missing.is_empty()
    }

    /// The paragraph that a place stands in.
    pub fn paragraph(&self, place: Place) -> Option<Paragraph<'_>> {
        self.get(place.wire)?.paragraph(place.paragraph)
    }

    /// The words of weight of a sentence, in order.
    pub(super) fn words_of(&self, sentence: &Sentence) -> &[Word] {
        sentence.words.of(&self.words)
    }

    /// The stems of a sentence, each once and ascending.
    pub(super) fn stems_of(&self, sentence: &Sentence) -> &[u32] {
        sentence.stems.of(&self.distinct)
    }

    /// All words of a sentence, folded.
    pub(super) fn running_of(&self, sentence: &Sentence) -> &[u32] {
        sentence.running.of(&self.running.words)
    }

    /// The sentences that hold a stem: pairs of stem and number.
    pub(super) fn with_stem(&self, stem: u32) -> &[(u32, u32)] {
        self.stems.of(stem)
    }

    /// What a stem weighs: the rarer it is in the wire copy, the more.
    pub(super) fn weight(&self, stem: u32) -> f32 {
        self.weights.get(&stem).copied().unwrap_or_else(|| rarity(self.sentences.len(), 1))
    }
}

/// What a word weighs that stands in so many of all sentences.
fn rarity(all: usize, with: usize) -> f32 {
    (1.0 + all as f32 / with.max(1) as f32).ln()
}

/// The first letter of a word and how many it has.
fn shape(word: &str) -> (char, usize) {
    (word.chars().next().unwrap_or('\0'), word.chars().count())
}

/// Which letters a word in lower case has, a bit each; what is no ASCII letter shares them.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |all, letter| all | 1 << (u32::from(letter) % 32))
}

/// Tokens of a sentence that are looked at as one.
const LONGEST: usize = 200;

/// A sentence, in stretches where it is longer than any.
fn cut(span: Span) -> impl Iterator<Item = Span> {
    let end = span.end as usize;
    (span.start as usize..end)
        .step_by(LONGEST)
        .map(move |at| Span::new(at, (at + LONGEST).min(end)))
}

/// People with one family name that are looked at.
const MOST: usize = 32;

/// A name in lower case, without accents and points.
pub(crate) fn folded(name: &str) -> String {
    fold(name).replace(['.', '’', '\''], "")
}

/// Titles of a person that are told apart.
const TITLES: usize = 8;

/// The mentions of a person with a title that no earlier one has, by the words of the title.
fn titled(person: &Person, notes: &[Arc<Annotations>]) -> Vec<(u32, u32)> {
    let (mut seen, mut out) = (FxHashSet::default(), Vec::new());
    for at in &person.mentions {
        let Some(notes) = notes.get(at.paragraph) else { continue };
        let Some(mention) = notes.mentions.get(at.mention).filter(|m| !m.title.is_empty()) else {
            continue;
        };
        // "Deputy" may stand before it.
        let start = (mention.title.start as usize).saturating_sub(2);
        let words = notes.tokens.list.get(start..mention.title.end as usize).unwrap_or_default();
        let key: Vec<u64> = words.iter().map(|token| token.hash).collect();
        if out.len() < TITLES && seen.insert((key, mention.flags.bits())) {
            out.push((at.paragraph as u32, at.mention as u32));
        }
    }
    out
}

/// For each token whether it says who speaks.
fn telling(p: &Paragraph<'_>) -> Vec<bool> {
    let mut tells = vec![false; p.tokens().len()];
    for span in p.notes.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue)) {
        let tokens = tells.get_mut(span.start as usize..span.end as usize);
        tokens.into_iter().for_each(|tokens| tokens.fill(true));
    }
    tells
}

/// Words of weight that tell who said it ("the county engineer Ana Silva told reporters") and do not part a quotation.
const GAP: usize = 8;
