//! `name-variant`: two spellings of one name in one article.
//!
//! Three ways to see it: a rare capitalised word one letter away from a frequent one ([`misspelt`]); rival forms that are
//! known to be one name ([`SPELLINGS`]); one person's name with and without hyphens ([`hyphens`]); and a surname that nobody bears ([`unknown`]); beside them what lists
//! say ([`listed`]). To stay linear, words are
//! compared through the strings that are left when one letter is dropped, as in symmetric-delete spelling correction.

mod hyphens;
mod listed;
mod unknown;

use crate::annotate::{Paragraph, Slot};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::Lex;
use crate::lang::en::names::{FORMS, SPELLINGS, one_spelling};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule, slots};
use crate::segment::{Token, TokenFlags, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) static RULE: Rule = Rule {
    id: "name-variant",
    group: Group::Names,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &["name-drift"],
    summary: "One name is spelt in two ways",
    what: "A name that differs by one letter from a name used far more often in the article, a surname that nobody in it \
           bears and that is one letter away from one that somebody does (\"Ida Marquart\", then \"Marqart said\"), two known spellings of \
           one name (Kyiv and Kiev), one person's name with and without a hyphen, a name that the `[[people]]` of the \
           settings spell otherwise, however often it stands, or a title with a name that is one letter away from the holder's in the table of office-holders. Plurals, adjectives, words that \
           have a meaning of their own and people with a given name of their own are left alone, and so are quotations.",
    why: "A misspelt name is the cheapest way to lose a reader's trust, and often the first thing that the person named sees.",
    bad: &[
        "Lena Marquart won the seat. Marquart spoke on Monday, and Marquart thanked her voters. On Tuesday Marqaurt left.",
    ],
    good: &[
        "Lena Marquart won the seat. Marquart thanked her voters, and the Marquarts left with Marquart's brother.",
    ],
    fix: "Offers the house's spelling, or else the one that the article uses most, here and throughout. Always a suggestion: the frequent spelling may be the wrong one.",
    check: Check::Story(check),
};

/// Letters of a word that is compared: shorter ones have too many neighbours, longer ones are no names.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=24;

/// What the article does with one capitalised word.
struct Word<'s, 'a> {
    text: &'s str,
    lex: Lex,
    count: u32,
    /// Whether it stands in lower case somewhere, so that it is an ordinary word.
    common: bool,
    /// The first places outside quotations.
    places: Vec<Place<'s, 'a>>,
    /// Capitalised words before and after it.
    neighbours: [Vec<u64>; 2],
    /// Whether one of the words before it is a given name.
    given: bool,
}

#[derive(Clone, Copy)]
struct Place<'s, 'a> {
    paragraph: &'s Paragraph<'a>,
    at: usize,
    /// Fingerprints of the capitalised words right before and after; 0 if there is none.
    beside: [u64; 2],
    /// Whether the word before it is a given name.
    given_before: bool,
}

/// Places and neighbours kept of a word.
const KEPT: usize = 6;

type Words<'s, 'a> = FxHashMap<u64, Word<'s, 'a>>;

/// A capitalised word of a paragraph.
struct Capital {
    /// Its token.
    at: u32,
    /// Fingerprint of the word.
    hash: u64,
    /// Fingerprints of the capitalised words right before and after; 0 if there is none.
    beside: [u64; 2],
    /// Whether the word before it is a given name.
    given_before: bool,
    /// Whether it stands anywhere but at the start of a sentence.
    inside: bool,
    quoted: bool,
}

static CAPITALS: Slot<Vec<Capital>> = Slot::new(slots::NAME_VARIANT);

/// How often a capitalised word stands in the story, and what else must be known of most words.
struct Brief<'s, 'a> {
    count: u32,
    inside: bool,
    /// Whether it stands outside quotations.
    plain: bool,
    /// Where it stands first.
    paragraph: &'s Paragraph<'a>,
    at: u32,
}

impl Brief<'_, '_> {
    fn text(&self) -> &str {
        self.paragraph.text(self.at as usize)
    }

    /// Whether the word is frequent enough to tell how a name is spelt.
    fn is_model(&self) -> bool {
        self.count >= 2 && self.inside && self.text().chars().nth(4).is_some()
    }
}

type Briefs<'s, 'a> = FxHashMap<u64, Brief<'s, 'a>>;

fn check(story: &Story<'_>, context: &Context<'_>, findings: &mut Findings) {
    listed::house(story, context, findings);
    hyphens::check(story, findings);
    unknown::check(story, findings);
    let briefs = briefs(story);
    listed::against_table(story, context, findings);
    let mut pairs = misspelt(&briefs);
    // What is known to be one name is reported as such.
    pairs.retain(|(rare, model)| one_spelling(*rare) != one_spelling(*model));
    // What the house's list decides needs no majority.
    pairs
        .retain(|(rare, model)| !context.people.decides(*rare) && !context.people.is_other(*model));
    let known = FORMS.iter().flatten().filter(|form| briefs.contains_key(*form));
    let wanted: FxHashSet<u64> =
        pairs.iter().flat_map(|&(rare, model)| [rare, model]).chain(known.copied()).collect();
    if wanted.len() < 2 {
        return;
    }
    let words = words(story, &wanted, !pairs.is_empty());
    report_known(&words, context, findings);
    for (rare, model) in &pairs {
        let (Some(rare), Some(model)) = (words.get(rare), words.get(model)) else { continue };
        if let Some(confidence) = same_name(rare, model) {
            report(rare, model, confidence, findings);
        }
    }
}

fn is_read(paragraph: &Paragraph<'_>) -> bool {
    !matches!(paragraph.block.kind, BlockKind::Chrome | BlockKind::Quote | BlockKind::Byline)
}

/// The capitalised words of the story, by paragraph.
fn all_capitals<'s, 'a>(
    story: &'s Story<'a>,
) -> impl Iterator<Item = (&'s Paragraph<'a>, &'s Capital)> {
    let read = story.paragraphs.iter().filter(|paragraph| is_read(paragraph));
    read.flat_map(|paragraph| {
        let capitals = paragraph.memo(&CAPITALS, capitals).into_iter().flatten();
        capitals.map(move |capital| (paragraph, capital))
    })
}

/// The capitalised words of the paragraph.
fn capitals(paragraph: &Paragraph<'_>) -> Option<Vec<Capital>> {
    let mut quotations = paragraph.notes.quotations.iter().filter(|q| q.depth == 0).peekable();
    let mut sentences = paragraph.notes.sentences.iter().map(|s| s.start as usize).peekable();
    let mut opens = 0;
    let mut out = Vec::new();
    for (at, token) in paragraph.tokens().iter().enumerate() {
        if !is_candidate(token) {
            continue;
        }
        while let Some(start) = sentences.next_if(|&start| start <= at) {
            opens = start;
        }
        while quotations.next_if(|q| q.range.end as usize <= at).is_some() {}
        let quoted = quotations.peek().is_some_and(|q| q.range.contains(at));
        let (beside, given_before) = neighbours(paragraph, at);
        let inside = at > opens;
        let (at, hash) = (at as u32, token.hash);
        out.push(Capital { at, hash, beside, given_before, inside, quoted });
    }
    (!out.is_empty()).then_some(out)
}

fn briefs<'s, 'a>(story: &'s Story<'a>) -> Briefs<'s, 'a> {
    let mut briefs = Briefs::default();
    for (paragraph, capital) in all_capitals(story) {
        let brief = briefs.entry(capital.hash).or_insert(Brief {
            count: 0,
            inside: false,
            plain: false,
            paragraph,
            at: capital.at,
        });
        brief.count += 1;
        brief.inside |= capital.inside;
        brief.plain |= !capital.quoted;
    }
    briefs
}

/// What the article does with the words that are `wanted`; `compared` are those of which it must be known whether they
/// are common.
fn words<'s, 'a>(story: &'s Story<'a>, wanted: &FxHashSet<u64>, compared: bool) -> Words<'s, 'a> {
    let mut words: Words<'s, 'a> = FxHashMap::default();
    for (paragraph, capital) in all_capitals(story).filter(|(_, c)| wanted.contains(&c.hash)) {
        let at = capital.at as usize;
        let word = words.entry(capital.hash).or_insert_with(|| Word {
            text: paragraph.text(at),
            lex: paragraph.token(at).map_or(Lex::empty(), |token| token.lex),
            count: 0,
            common: false,
            places: Vec::new(),
            neighbours: [Vec::new(), Vec::new()],
            given: false,
        });
        word.count += 1;
        word.given |= capital.given_before;
        for (kept, beside) in word.neighbours.iter_mut().zip(capital.beside) {
            if beside != 0 && kept.len() < KEPT && !kept.contains(&beside) {
                kept.push(beside);
            }
        }
        if !capital.quoted && word.places.len() < KEPT {
            let (beside, given_before) = (capital.beside, capital.given_before);
            word.places.push(Place { paragraph, at, beside, given_before });
        }
    }
    if compared {
        mark_common(story, &mut words);
    }
    words
}

/// Whether the token may be a word of a name.
fn is_candidate(token: &Token) -> bool {
    let flags =
        TokenFlags::UPPER | TokenFlags::CLITIC | TokenFlags::ABBREVIATION | TokenFlags::MASKED;
    token.kind == TokenKind::Word
        && token.flags.contains(TokenFlags::CAPITAL)
        && !token.flags.intersects(flags)
        && token.end - token.start >= 4
        && !token.lex.intersects(NEVER)
}

const NEVER: Lex = Lex::DETERMINER
    .union(Lex::PREPOSITION)
    .union(Lex::CONJUNCTION)
    .union(Lex::AUXILIARY)
    .union(Lex::PRONOUN);

/// Fingerprints of the capitalised words right before and after, and whether the one before is a given name.
fn neighbours(paragraph: &Paragraph<'_>, at: usize) -> ([u64; 2], bool) {
    let no_name = NEVER
        | Lex::WEEKDAY
        | Lex::MONTH
        | Lex::NO_NAME
        | Lex::OFFICE
        | Lex::RANK
        | Lex::HONORIFIC
        | Lex::SPEECH;
    let name = |index: Option<usize>| {
        index.and_then(|index| paragraph.token(index)).filter(|token| {
            token.kind == TokenKind::Word
                && token.flags.contains(TokenFlags::CAPITAL)
                && (!token.lex.intersects(no_name) || token.lex.intersects(Lex::WOMAN | Lex::MAN))
        })
    };
    let spaced =
        |index: usize| paragraph.token(index).is_some_and(|t| t.flags.contains(TokenFlags::SPACE));
    let before = name(at.checked_sub(1).filter(|_| spaced(at)));
    let after = name(Some(at + 1).filter(|&next| spaced(next)));
    let beside = [before.map_or(0, |t| t.hash), after.map_or(0, |t| t.hash)];
    (beside, before.is_some_and(|t| t.lex.intersects(Lex::WOMAN | Lex::MAN)))
}

/// Rare words that are one letter away from a frequent one, each with that one.
fn misspelt(briefs: &Briefs<'_, '_>) -> Vec<(u64, u64)> {
    let mut by_deletion: FxHashMap<u64, u64> = FxHashMap::default();
    let mut seen = Seen::default();
    let mut spelling = Spelling::default();
    for (&hash, brief) in briefs.iter().filter(|(_, brief)| brief.is_model()) {
        for &key in spelling.deletions(brief.text()) {
            // Where two frequent words meet, the more frequent one is the better model.
            seen.add(key);
            let best = by_deletion.entry(key).or_insert(hash);
            let count = |hash: u64| briefs.get(&hash).map_or((0, 0), |brief| (brief.count, hash));
            if *best != hash && count(hash) > count(*best) {
                *best = hash;
            }
        }
    }
    let mut pairs: Vec<(u64, u64)> = Vec::new();
    for (&hash, brief) in briefs.iter().filter(|(_, brief)| brief.count <= 2 && brief.plain) {
        let keys = spelling.deletions(brief.text()).iter().filter(|key| seen.may_have(**key));
        let mut models = keys.filter_map(|key| by_deletion.get(key));
        let found = models.find(|&&model| {
            model != hash
                && briefs.get(&model).is_some_and(|model| {
                    model.count >= 2 * brief.count && one_letter_apart(model.text(), brief.text())
                })
        });
        pairs.extend(found.map(|model| (hash, *model)));
    }
    pairs
}

/// Which keys may be in a table: nearly all that are asked for are not, and a bit tells so sooner than the table.
struct Seen([u64; 1024]);

impl Default for Seen {
    fn default() -> Self {
        Self([0; 1024])
    }
}

impl Seen {
    /// The word and the bit of a key.
    fn place(key: u64) -> (usize, u64) {
        let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
        ((spread >> 6) as usize, 1 << (spread & 63))
    }

    fn add(&mut self, key: u64) {
        let (word, bit) = Self::place(key);
        self.0[word] |= bit;
    }

    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
    }
}

/// Finds the keys by which words that are one letter apart meet.
#[derive(Default)]
struct Spelling {
    letters: Vec<char>,
    /// For each letter the hash of those before it.
    before: Vec<u64>,
    keys: Vec<u64>,
}

impl Spelling {
    /// Keys of the word and of all that is left of it when one letter is dropped: polynomials of the letters, so that each
    /// is found in a step.
    fn deletions(&mut self, text: &str) -> &[u64] {
        const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
        self.keys.clear();
        self.letters.clear();
        self.letters.extend(text.chars().take(*LENGTH.end() + 1).flat_map(char::to_lowercase));
        if !LENGTH.contains(&self.letters.len()) && self.letters.len() + 1 != *LENGTH.start() {
            return &self.keys;
        }
        self.before.clear();
        let mut hash: u64 = 0;
        for &letter in &self.letters {
            self.before.push(hash);
            hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(letter));
        }
        self.keys.push(hash);
        let (mut after, mut power): (u64, u64) = (0, 1);
        for (&letter, before) in self.letters.iter().zip(&self.before).rev() {
            self.keys.push(before.wrapping_mul(power).wrapping_add(after));
            after = after.wrapping_add(u64::from(letter).wrapping_mul(power));
            power = power.wrapping_mul(BASE);
        }
        self.keys[1..].reverse();
        &self.keys
    }
}

/// Whether one letter was dropped, added, changed or swapped with its neighbour, the first one aside.
fn one_letter_apart(model: &str, word: &str) -> bool {
    let (model, word) = (model.to_lowercase(), word.to_lowercase());
    if model.chars().next() != word.chars().next() || strsim::osa_distance(&model, &word) != 1 {
        return false;
    }
    // Endings make plurals, adjectives and other languages' forms: "Russia", "Russian"; "Clinton", "Clintons".
    let ending = word.starts_with(model.as_str()) || model.starts_with(word.as_str());
    let doubled = word.ends_with("yy") || model.ends_with("yy");
    !ending || doubled
}

/// Marks the words that also stand in lower case.
fn mark_common(story: &Story<'_>, words: &mut Words<'_, '_>) {
    for paragraph in &story.paragraphs {
        for token in paragraph.tokens() {
            if token.kind == TokenKind::Word
                && !token.flags.contains(TokenFlags::CAPITAL)
                && let Some(word) = words.get_mut(&token.hash)
            {
                word.common = true;
            }
        }
    }
}

/// How sure it is that the rare word is the frequent one misspelt.
fn same_name(rare: &Word<'_, '_>, model: &Word<'_, '_>) -> Option<f32> {
    if rare.common || model.common {
        return None;
    }
    // The same word stands beside both: "Hillary Clinton", "Hilary Clinton".
    let shares = |side: usize| {
        rare.places.iter().any(|place| {
            place.beside[side] != 0 && model.neighbours[side].contains(&place.beside[side])
        })
    };
    if shares(0) || shares(1) {
        return Some(0.9);
    }
    if model.count < 3 || model.count < 3 * rare.count {
        return None;
    }
    if !rare.lex.is_empty() || rare.text.ends_with('s') != model.text.ends_with('s') {
        return None;
    }
    let nation = model.lex.contains(Lex::PLACE) && !model.text.ends_with('n');
    if nation && (rare.text.ends_with('n') || rare.text.ends_with("ns")) {
        return None;
    }
    // A word of the language, or a place, stands beside any other; a name does not.
    let names = Lex::TITLE | Lex::WOMAN | Lex::MAN | Lex::FAMILY_FIRST;
    if !model.lex.difference(names).is_empty() {
        return Some(0.75);
    }
    // A name of its own: "Kevin Clinten", "Clinten Road".
    let beside = |side: usize| rare.places.iter().any(|place| place.beside[side] != 0);
    let given = rare.places.iter().any(|place| place.given_before);
    if beside(1) || beside(0) && (model.given || !given) {
        return None;
    }
    Some(0.8)
}

/// Several edits at once; none where one is all there is, or where they are in two texts.
fn throughout(name: &str, edits: Vec<Edit>, one_field: bool) -> Option<Fix> {
    let several = edits.len() > 1 && one_field;
    Fix::suggestion(format!("Spell it \"{name}\" throughout"), edits).filter(|_| several)
}

fn report(rare: &Word<'_, '_>, model: &Word<'_, '_>, confidence: f32, findings: &mut Findings) {
    let edit = |place: &Place<'_, '_>| Edit::replace(place.paragraph.byte(place.at), model.text);
    let all: Vec<Edit> = rare.places.iter().map(edit).collect();
    // Only the first places are known of a word that is used often.
    let one_field =
        rare.places.windows(2).all(|two| two[0].paragraph.field == two[1].paragraph.field)
            && rare.places.len() < KEPT;
    for place in &rare.places {
        let range = place.paragraph.byte(place.at);
        let spelt = place.paragraph.text(place.at);
        let times =
            if model.count == 1 { "once".to_owned() } else { format!("{} times", model.count) };
        let mut finding = Diagnostic::new(
            range,
            format!("`{spelt}` is spelt `{}` elsewhere in the article", model.text),
            format!("The article spells the name `{}` {times}. Check which spelling is right and use it throughout.", model.text),
        )
        .confidence(confidence)
        .fix(Fix::suggestion(format!("Spell it \"{}\"", model.text), [Edit::replace(range, model.text)]))
        .fix(throughout(model.text, all.clone(), one_field));
        if let Some(other) = model.places.first() {
            finding = finding.related(
                other.paragraph.field,
                other.paragraph.byte(other.at),
                format!("spelt `{}` here", model.text),
            );
        }
        findings.push(place.paragraph, finding);
    }
}

/// Rival spellings that are known to be one name, where the words beside them do not tell two people.
fn report_known(words: &Words<'_, '_>, context: &Context<'_>, findings: &mut Findings) {
    for (group, hashes) in SPELLINGS.iter().zip(FORMS.iter()) {
        let mut forms: Vec<&Word<'_, '_>> = hashes
            .iter()
            .filter(|form| !context.people.decides(**form))
            .filter_map(|form| words.get(form))
            .filter(|word| !word.places.is_empty())
            .collect();
        forms.sort_by_key(|word| std::cmp::Reverse(word.count));
        let Some((model, rest)) = forms.split_first() else { continue };
        for rare in rest {
            let beside = |word: &Word<'_, '_>, side: usize| word.neighbours[side].clone();
            let apart = (0..2).any(|side| {
                let (a, b) = (beside(rare, side), beside(model, side));
                !a.is_empty() && !b.is_empty() && a.iter().all(|word| !b.contains(word))
            });
            let given = group.contains(&"Mohammed");
            let shares = (0..2).any(|side| {
                beside(rare, side).iter().any(|word| model.neighbours[side].contains(word))
            });
            if !apart && (!given || shares) {
                report(rare, model, 0.8, findings);
            }
        }
    }
}
