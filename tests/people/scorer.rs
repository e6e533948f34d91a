//! The measure: which mentions by name the annotation puts together, and which the resolver does.
//!
//! The data are GUM's Wikinews articles: noun phrases, each with the person or group that it stands for. As read in all of
//! its spans, and without a look at what the resolver makes of them:
//!
//! - A span is the whole noun phrase: title, role and nation before a name, what hangs on behind ("of the Labour Party",
//!   "who had left"), a possessive "'s". An apposition is a span of its own. Spans nest: "A of B and C of D" stands for a
//!   group, and holds two people.
//! - A name that modifies a noun is a mention of the person, in every instance: "Ruiz" in "the Ruiz exhibit", "Ana Ruiz" in
//!   "the Ana Ruiz Foundation". The resolver keeps these apart from mentions (`Person::namesakes`); here they count.
//!
//! What is compared:
//!
//! 1. A span is a mention *by name* if its head is a name. The head is the last word of the phrase before a comma, a
//!    bracket, a preposition, a conjunction, a relative pronoun or a second article; suffixes ("Jr.") and "'s" are no part
//!    of it. It is a name if it has a capital and is no pronoun, title, role, nation, body or initialism (unless a given
//!    name stands before it), no word that the article also has in small letters where it stands alone or behind an
//!    article, and if the phrase does not open with "a", "one", "every" and the like. Where a role stands first and the
//!    name last ("director of the port Ana Ruiz"), the last word is the head if another span of the same person has it.
//! 2. A head belongs to the smallest span that has it. All other spans (descriptions, groups, pronouns) are left out.
//! 3. A name of the resolver's, title aside, is that mention if it holds the head and lies inside the span, which is the
//!    rule of MUC's minimal spans. Any other name of the resolver's counts as it stands, so that each pair with it is wrong.
//! 4. With pronouns: forms of "he" and "she", which are the ones that the resolver reads, match where they are the same word.
//! 5. Scored are pairs of mentions of one person, over all articles.

use copydesk::annotate::MentionKind;
use copydesk::lang::en::{self, Lex};
use copydesk::resolve::Story;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a text.
pub type Range = (usize, usize);

/// An annotated article.
#[derive(serde::Deserialize)]
pub struct Gold {
    pub id: String,
    pub text: String,
    /// Clusters of mentions, in Unicode scalars.
    people: Vec<Vec<Range>>,
}

/// Pairs of mentions.
#[derive(Default)]
pub struct Score {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Score {
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
    pub fn f1(&self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall()).max(1e-9)
    }
}

/// Adds an article's pairs of mentions of those kinds, and prints its mistakes where asked to.
pub fn score(gold: &Gold, story: &Story<'_>, kinds: &[MentionKind], show: bool, total: &mut Score) {
    let mut annotated = annotated(gold);
    if kinds.contains(&MentionKind::Pronoun) {
        for (cluster, spans) in gold.clusters().iter().enumerate() {
            let pronouns = spans.iter().filter(|&&(s, e)| is_he_or_she(&gold.text[s..e]));
            annotated.extend(pronouns.map(|&span| Annotated { head: span, span, cluster }));
        }
    }
    let mut want: BTreeMap<usize, Vec<Range>> = BTreeMap::new();
    for mention in &annotated {
        want.entry(mention.cluster).or_default().push(mention.head);
    }
    let want: Vec<Vec<Range>> = want.into_values().collect();
    let aligned = |ours: Range| {
        let inside = |outer: Range, inner: Range| outer.0 <= inner.0 && inner.1 <= outer.1;
        let same = annotated.iter().find(|m| inside(ours, m.head) && inside(m.span, ours));
        same.map_or(ours, |m| m.head)
    };
    let got: Vec<Vec<Range>> = found(story, kinds, true)
        .into_iter()
        .map(|person| person.into_iter().map(aligned).collect())
        .collect();
    let (right, all) = (pairs(&want), pairs(&got));
    total.right += right.intersection(&all).count();
    total.wrong += all.difference(&right).count();
    total.missed += right.difference(&all).count();
    if show {
        report(gold, &want, &got);
    }
}

/// A mention by name, as annotated.
struct Annotated {
    head: Range,
    span: Range,
    cluster: usize,
}

impl Gold {
    /// The clusters in bytes.
    fn clusters(&self) -> Vec<Vec<Range>> {
        let bytes: Vec<usize> =
            self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let in_bytes = |spans: &Vec<Range>| -> Vec<Range> {
            spans.iter().map(|&(s, e)| (bytes[s], bytes[e])).collect()
        };
        self.people.iter().map(in_bytes).collect()
    }
}

/// The mentions by name, each head once.
fn annotated(gold: &Gold) -> Vec<Annotated> {
    let text = &gold.text;
    let mut by_head: BTreeMap<Range, Annotated> = BTreeMap::new();
    for (cluster, spans) in gold.clusters().into_iter().enumerate() {
        let heads: BTreeSet<&str> =
            spans.iter().filter_map(|&span| head(text, span)).map(|(s, e)| &text[s..e]).collect();
        for &span in &spans {
            let behind = || last_word(text, span).filter(|&(s, e)| heads.contains(&text[s..e]));
            let Some(head) = head(text, span).or_else(behind) else { continue };
            let size = |span: Range| span.1 - span.0;
            let known = by_head.get(&head).is_some_and(|other| size(other.span) <= size(span));
            if !known {
                by_head.insert(head, Annotated { head, span, cluster });
            }
        }
    }
    by_head.into_values().collect()
}

/// The words of a span before its first comma or bracket.
fn phrase(text: &str, (start, end): Range) -> Vec<Range> {
    let cut = text[start..end]
        .char_indices()
        .skip(1)
        .find(|(_, c)| [',', '(', '[', ':', ';'].contains(c))
        .map_or(end, |(at, _)| start + at);
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text[start..cut].char_indices().chain([(cut - start, ' ')]) {
        let between = c.is_whitespace() || ['"', '“', '”', '(', '['].contains(&c);
        match from {
            None if !between => from = Some(start + at),
            Some(first) if between => {
                words.push((first, start + at));
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// A word without "'s".
fn bare(text: &str, (start, end): Range) -> Range {
    let word = &text[start..end];
    let endings = ["'s", "’s", "'", "’"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    (start, start + cut.len())
}

/// The last word of a span's phrase.
fn last_word(text: &str, span: Range) -> Option<Range> {
    phrase(text, span).last().map(|&word| bare(text, word))
}

fn lex(word: &str) -> Lex {
    en::lexicon(&word.to_lowercase())
}

/// What opens a phrase that describes and does not name.
const INDEFINITE: [&str; 14] = [
    "a", "an", "one", "two", "three", "some", "any", "many", "every", "each", "no", "all", "other",
    "another",
];

/// Nouns for a person that stand with a capital in the names of prizes.
const PERSONS: [&str; 5] = ["man", "woman", "boy", "girl", "person"];

/// What ends the part of a phrase that holds its head.
const BEHIND: [&str; 20] = [
    "of",
    "for",
    "at",
    "from",
    "in",
    "on",
    "to",
    "with",
    "by",
    "as",
    "like",
    "and",
    "or",
    "who",
    "whom",
    "whose",
    "that",
    "which",
    "including",
    "&",
];

/// The head of a span, if it is a name.
fn head(text: &str, span: Range) -> Option<Range> {
    let words = phrase(text, span);
    let word = |at: usize| &text[words[at].0..words[at].1];
    let is = |at: usize, list: &[&str]| list.iter().any(|w| word(at).eq_ignore_ascii_case(w));
    let articles = ["a", "an", "the", "his", "her", "their", "its", "our", "my"];
    let ends = |at: usize| {
        let small = word(at).starts_with(char::is_lowercase) || word(at) == "&";
        small && (is(at, &BEHIND) || is(at, &articles))
    };
    let end = (1..words.len()).find(|&at| ends(at)).unwrap_or(words.len());
    let suffix = |at: &usize| *at > 0 && lex(word(*at)).contains(Lex::NAME_SUFFIX);
    let at = (0..end).rev().find(|at| !suffix(at))?;
    let head = bare(text, words[at]);
    let name = &text[head.0..head.1];
    let acronym = name.chars().count() > 1 && name.chars().all(char::is_uppercase);
    let common = Lex::OFFICE
        | Lex::RANK
        | Lex::HONORIFIC
        | Lex::DEMONYM
        | Lex::ORGANISATION
        | Lex::PRONOUN
        | Lex::DETERMINER
        | Lex::QUANTIFIER;
    let given = Lex::WOMAN | Lex::MAN;
    let nation = name.strip_suffix('s').is_some_and(|one| lex(one).contains(Lex::DEMONYM));
    let behind_given = at > 0 && lex(word(at - 1)).intersects(given);
    let alone = at == 0 || at == 1 && is(0, &articles);
    let named = name.starts_with(char::is_uppercase)
        && !is(0, &INDEFINITE)
        && !acronym
        && !nation
        && (!lex(name).intersects(common) || lex(name).intersects(given) || behind_given)
        && !PERSONS.iter().any(|word| name.eq_ignore_ascii_case(word))
        && !(alone && (is_pronoun(name) || occurs_in_small_letters(text, name)));
    named.then_some(head)
}

/// Whether the article has the word without its capital.
fn occurs_in_small_letters(text: &str, word: &str) -> bool {
    let small = word.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).any(|w| w == small)
}

fn is_pronoun(word: &str) -> bool {
    let words = ["i", "we", "us", "you", "it", "they", "them", "me", "who", "those", "these"];
    is_he_or_she(word) || words.contains(&word.to_lowercase().as_str())
}

fn is_he_or_she(word: &str) -> bool {
    let words = ["he", "him", "his", "himself", "she", "her", "hers", "herself"];
    words.contains(&word.to_lowercase().as_str())
}

/// Each person's mentions of some kinds: a name without its title, all else as it stands; with the names inside the names
/// of things or without.
pub fn found(story: &Story<'_>, kinds: &[MentionKind], namesakes: bool) -> Vec<Vec<Range>> {
    let mut out = Vec::new();
    for person in &story.people {
        let things = person.namesakes.iter().filter(|_| namesakes);
        let things = things.filter_map(|thing| {
            let (paragraph, mention) = thing.place.of(&story.paragraphs)?;
            Some((paragraph, mention.kind, thing.name))
        });
        let mentions = person.mentions.iter().filter_map(|place| {
            let (paragraph, mention) = place.of(&story.paragraphs)?;
            let name = !mention.name.is_empty();
            Some((paragraph, mention.kind, if name { mention.name } else { mention.span }))
        });
        let wanted = mentions.chain(things).filter(|(_, kind, _)| kinds.contains(kind));
        let spans = wanted.map(|(paragraph, _, span)| {
            let bytes = paragraph.bytes(span);
            (bytes.start as usize, bytes.end as usize)
        });
        out.push(spans.collect());
    }
    out
}

fn pairs(clusters: &[Vec<Range>]) -> BTreeSet<(Range, Range)> {
    let mut out = BTreeSet::new();
    for cluster in clusters {
        for (at, &a) in cluster.iter().enumerate() {
            let others = cluster[at + 1..].iter().filter(|&&b| a != b);
            out.extend(others.map(|&b| (a.min(b), a.max(b))));
        }
    }
    out
}

/// Prints what of each person was missed, and what does not belong to the person, with the words around it.
fn report(gold: &Gold, want: &[Vec<Range>], got: &[Vec<Range>]) {
    let around = |range: Range| {
        let mut from = range.0.saturating_sub(40);
        let mut to = (range.1 + 40).min(gold.text.len());
        from = (0..=from).rev().find(|at| gold.text.is_char_boundary(*at)).unwrap_or(0);
        to = (to..).find(|at| gold.text.is_char_boundary(*at)).unwrap_or(to);
        let [before, name, after] =
            [from..range.0, range.0..range.1, range.1..to].map(|part| &gold.text[part]);
        format!("{before}[{name}]{after}").replace('\n', " ")
    };
    let shared = |a: &[Range], b: &[Range]| a.iter().filter(|range| b.contains(range)).count();
    for (what, these, others) in [("missed", want, got), ("wrong", got, want)] {
        for cluster in these.iter().filter(|cluster| cluster.len() > 1) {
            let best = others.iter().max_by_key(|other| shared(cluster, other));
            let absent = |range: &&Range| best.is_none_or(|other| !other.contains(range));
            for &range in cluster.iter().filter(absent) {
                println!("{} {what}, of {}: {}", gold.id, cluster.len(), around(range));
            }
        }
    }
}

/// How the annotation is read, on phrases of its kind.
#[test]
fn heads_that_are_names() {
    for (phrase, expected) in [
        ("President Ana Ruiz's", "Ruiz"),
        ("Harbour Party's Ana Ruiz of the North", "Ruiz"),
        ("the mayor Ana Ruiz that in recent years", "Ruiz"),
        ("his then-boss Ana Ruiz who left", "Ruiz"),
        ("Ana Ruiz Jr.", "Ruiz"),
        ("Ana Ruiz, QC", "Ruiz"),
        ("Ana de la Cruz", "Cruz"),
        ("Bo Church", ""),
        ("John Church", "Church"),
        ("the President", ""),
        ("Home Secretary", ""),
        ("Director of the Ruiz Institute", ""),
        ("a boy in a Ruiz shirt", ""),
        ("the boy wearing a Ruiz shirt", ""),
        ("fans of Ana Ruiz", ""),
        ("an Oslo Liberal Ruiz", ""),
        ("Man of the Hour", ""),
        ("He", ""),
        ("Muslims", ""),
    ] {
        let head = head(phrase, (0, phrase.len())).map_or("", |(s, e)| &phrase[s..e]);
        assert_eq!(head, expected, "{phrase}");
    }
    let text = "Voters waited, and other voters left.";
    assert_eq!(head(text, (0, 6)), None);
}
