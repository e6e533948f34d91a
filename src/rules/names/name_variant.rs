//! `name-variant`: two spellings of one name in one article.
//!
//! Three ways to see it: a rare capitalised word one letter away from a frequent one ([`misspelt`]); rival forms that are
//! known to be one name ([`KNOWN`]); and one person's name with and without hyphens ([`hyphens`]). To stay linear, words are
//! compared through the strings that are left when one letter is dropped, as in symmetric-delete spelling correction.

use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::BlockKind;
use crate::lang::en::{self, Lex};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::segment::{Token, TokenFlags, TokenKind};
use crate::text::TextRange;
use rustc_hash::FxHashMap;

pub(crate) static RULE: Rule = Rule {
    id: "name-variant",
    group: Group::Names,
    severity: Severity::Warning,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "One name is spelt in two ways",
    what: "A name that differs by one letter from a name used far more often in the article, two known spellings of \
           one name (Kyiv and Kiev), or one person's name with and without a hyphen. Plurals, adjectives, words that \
           have a meaning of their own and people with a given name of their own are left alone, and so are quotations.",
    why: "A misspelt name is the cheapest way to lose a reader's trust, and often the first thing that the person named sees.",
    bad: &[
        "Lena Marquart won the seat. Marquart spoke on Monday, and Marquart thanked her voters. On Tuesday Marqaurt left.",
    ],
    good: &[
        "Lena Marquart won the seat. Marquart thanked her voters, and the Marquarts left with Marquart's brother.",
    ],
    fix: "Offers the spelling that the article uses most. Always a suggestion: the frequent spelling may be the wrong one.",
    check: Check::Story(check),
};

/// Letters of a word that is compared: shorter ones have too many neighbours, longer ones are no names.
const LENGTH: std::ops::RangeInclusive<usize> = 5..=24;

/// Spellings of one name, in lower case. The forms of one line are rivals.
const KNOWN: &[&[&str]] = &[
    &["kiev", "kyiv"],
    &["zelensky", "zelenskyy", "zelenskiy", "zelenskyi"],
    &["gaddafi", "qaddafi", "gadhafi", "kadafi", "khadafy"],
    &["odessa", "odesa"],
    &["kharkov", "kharkiv"],
    &["mohammed", "muhammad", "mohamed", "mohammad"],
    &["hezbollah", "hizbullah", "hizbollah"],
    &["tymoshenko", "timoshenko"],
    &["lukashenko", "lukashenka"],
    &["netanyahu", "netanyahou"],
];

/// What the article does with one capitalised word.
struct Word<'s> {
    text: &'s str,
    lex: Lex,
    count: u32,
    /// Whether it stands anywhere but at the start of a sentence.
    inside: bool,
    /// Whether it stands in lower case somewhere, so that it is an ordinary word.
    common: bool,
    /// How many places are kept: see [`Places`].
    places: usize,
    /// The first and the last place that is kept, as numbers.
    ends: (usize, usize),
    /// Capitalised words before and after it, 0 where there are no more.
    neighbours: [[u64; KEPT]; 2],
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

/// The capitalised words of the story by fingerprint.
type Words<'s> = FxHashMap<u64, Word<'s>>;

/// The first places of each word outside quotations, in the order of the text, each with the number of the word's next one.
/// There are many words and few of them are asked, so that none has a list of its own.
#[derive(Default)]
struct Places<'s, 'a>(Vec<(Place<'s, 'a>, Option<usize>)>);

impl<'s, 'a> Places<'s, 'a> {
    /// Keeps a place of the word, if there are not enough yet.
    fn keep(&mut self, word: &mut Word<'_>, place: Place<'s, 'a>) {
        if word.places == KEPT {
            return;
        }
        let number = self.0.len();
        self.0.push((place, None));
        if word.places == 0 {
            word.ends.0 = number;
        } else if let Some((_, next)) = self.0.get_mut(word.ends.1) {
            *next = Some(number);
        }
        word.ends.1 = number;
        word.places += 1;
    }

    /// The places of a word, in the order of the text.
    fn of(&self, word: &Word<'_>) -> impl Iterator<Item = &Place<'s, 'a>> {
        let mut next = (word.places > 0).then_some(word.ends.0);
        std::iter::from_fn(move || {
            let (place, after) = self.0.get(next?)?;
            next = *after;
            Some(place)
        })
    }
}

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    hyphens(story, findings);
    let (words, places) = words(story);
    known(&words, &places, findings);
    misspelt(story, words, &places, findings);
}

fn is_read(paragraph: &Paragraph<'_>) -> bool {
    !matches!(paragraph.block.kind, BlockKind::Chrome | BlockKind::Quote | BlockKind::Byline)
}

/// The capitalised words of the story, and where they stand.
fn words<'s, 'a>(story: &'s Story<'a>) -> (Words<'s>, Places<'s, 'a>) {
    let (mut words, mut places) = (Words::default(), Places::default());
    for paragraph in story.paragraphs.iter().filter(|paragraph| is_read(paragraph)) {
        let mut quotations = paragraph.notes.quotations.iter().filter(|q| q.depth == 0).peekable();
        let mut sentences = paragraph.notes.sentences.iter().map(|s| s.start as usize).peekable();
        let mut opens = 0;
        for (at, token) in paragraph.tokens().iter().enumerate() {
            while sentences.next_if(|&start| start <= at).is_some() {
                opens = at;
            }
            if !is_candidate(token) {
                continue;
            }
            while quotations.next_if(|q| q.range.end as usize <= at).is_some() {}
            let quoted = quotations.peek().is_some_and(|q| q.range.contains(at));
            let text = paragraph.text(at);
            let word = words.entry(token.hash).or_insert_with(|| Word {
                text,
                lex: token.lex,
                count: 0,
                inside: false,
                common: false,
                places: 0,
                ends: (0, 0),
                neighbours: [[0; KEPT]; 2],
                given: false,
            });
            word.count += 1;
            word.inside |= at > opens;
            let place = place(paragraph, at);
            word.given |= place.given_before;
            for (kept, beside) in word.neighbours.iter_mut().zip(place.beside) {
                if beside != 0
                    && !kept.contains(&beside)
                    && let Some(free) = kept.iter_mut().find(|kept| **kept == 0)
                {
                    *free = beside;
                }
            }
            if !quoted {
                places.keep(word, place);
            }
        }
    }
    (words, places)
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

fn place<'s, 'a>(paragraph: &'s Paragraph<'a>, at: usize) -> Place<'s, 'a> {
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
    Place {
        paragraph,
        at,
        beside: [before.map_or(0, |t| t.hash), after.map_or(0, |t| t.hash)],
        given_before: before.is_some_and(|t| t.lex.intersects(Lex::WOMAN | Lex::MAN)),
    }
}

/// Rare words that are one letter away from a frequent one.
fn misspelt(
    story: &Story<'_>,
    mut words: Words<'_>,
    places: &Places<'_, '_>,
    findings: &mut Findings,
) {
    let mut by_deletion: FxHashMap<u64, u64> = FxHashMap::default();
    for (&hash, word) in words.iter().filter(|(_, word)| is_model(word)) {
        deletions(word.text, |key| {
            // Where two frequent words meet, the more frequent one is the better model.
            let best = by_deletion.entry(key).or_insert(hash);
            let count = |hash: u64| words.get(&hash).map_or((0, 0), |word| (word.count, hash));
            if count(hash) > count(*best) {
                *best = hash;
            }
        });
    }
    let mut pairs: Vec<(u64, u64)> = Vec::new();
    for (&hash, word) in words.iter().filter(|(_, word)| word.count <= 2 && word.places > 0) {
        let mut found = None;
        deletions(word.text, |key| {
            let model = by_deletion.get(&key).copied().filter(|&model| model != hash);
            found = found.or(model.filter(|model| {
                words.get(model).is_some_and(|model| {
                    model.count >= 2 * word.count && one_letter_apart(model.text, word.text)
                })
            }));
        });
        pairs.extend(found.map(|model| (hash, model)));
    }
    if pairs.is_empty() {
        return;
    }
    mark_common(story, &mut words);
    for (rare, model) in pairs {
        let (Some(rare), Some(model)) = (words.get(&rare), words.get(&model)) else { continue };
        if let Some(confidence) = same_name(rare, model, places) {
            report(rare, model, places, confidence, findings);
        }
    }
}

/// Whether the word is frequent enough to tell how a name is spelt.
fn is_model(word: &Word<'_>) -> bool {
    word.count >= 2 && word.inside && word.text.chars().nth(4).is_some()
}

/// Calls `f` with the fingerprint of the word and of all that is left of it when one letter is dropped.
fn deletions(text: &str, mut f: impl FnMut(u64)) {
    let letters = text.chars().count();
    if !LENGTH.contains(&letters) && letters + 1 != *LENGTH.start() {
        return;
    }
    let lower = text.to_lowercase();
    let add = |hash: u64, rest: &str| rest.bytes().fold(hash, en::fingerprint_byte);
    f(en::fingerprint(&lower));
    let mut before = en::FINGERPRINT_START;
    for (at, ch) in lower.char_indices() {
        let end = at + ch.len_utf8();
        f(add(before, &lower[end..]));
        before = add(before, &lower[at..end]);
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
fn mark_common(story: &Story<'_>, words: &mut Words<'_>) {
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
fn same_name(rare: &Word<'_>, model: &Word<'_>, places: &Places<'_, '_>) -> Option<f32> {
    if rare.common || model.common {
        return None;
    }
    // The same word stands beside both: "Hillary Clinton", "Hilary Clinton".
    let shares = |side: usize| {
        places.of(rare).any(|place| {
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
    let beside = |side: usize| places.of(rare).any(|place| place.beside[side] != 0);
    let given = places.of(rare).any(|place| place.given_before);
    if beside(1) || beside(0) && (model.given || !given) {
        return None;
    }
    Some(0.8)
}

fn report(
    rare: &Word<'_>,
    model: &Word<'_>,
    places: &Places<'_, '_>,
    confidence: f32,
    findings: &mut Findings,
) {
    for place in places.of(rare) {
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
        .fix(Fix::suggestion(format!("Spell it \"{}\"", model.text), [Edit::replace(range, model.text)]));
        if let Some(other) = places.of(model).next() {
            finding = finding.related(
                other.paragraph.field,
                other.paragraph.byte(other.at),
                format!("spelt `{}` here", model.text),
            );
        }
        findings.push(place.paragraph, finding);
    }
}

/// The capitalised words on one side of a word.
fn beside(word: &Word<'_>, side: usize) -> impl Iterator<Item = u64> {
    word.neighbours[side].into_iter().filter(|beside| *beside != 0)
}

/// Rival spellings that are known to be one name, where the words beside them do not tell two people.
fn known(words: &Words<'_>, places: &Places<'_, '_>, findings: &mut Findings) {
    for group in KNOWN {
        let mut forms: Vec<&Word<'_>> = group
            .iter()
            .filter_map(|form| words.get(&en::fingerprint(form)))
            .filter(|word| word.places > 0)
            .collect();
        forms.sort_by_key(|word| std::cmp::Reverse(word.count));
        let Some((model, rest)) = forms.split_first() else { continue };
        for rare in rest {
            let shared =
                |side: usize| beside(rare, side).any(|w| model.neighbours[side].contains(&w));
            let some = |word: &Word<'_>, side: usize| beside(word, side).next().is_some();
            let apart = (0..2).any(|side| some(rare, side) && some(model, side) && !shared(side));
            let given = group.contains(&"mohammed");
            let shares = (0..2).any(shared);
            if !apart && (!given || shares) && !one_letter_apart(model.text, rare.text) {
                report(rare, model, places, 0.8, findings);
            }
        }
    }
}

/// One person's name with and without hyphens, or with another capital: "Kim Jong-un", "Kim Jong Un".
fn hyphens(story: &Story<'_>, findings: &mut Findings) {
    for person in &story.people {
        // A hyphen, or an entity that stands for one.
        let hyphen = |(paragraph, mention): (&Paragraph<'_>, &Mention)| {
            paragraph.slice(mention.name).bytes().any(|byte| matches!(byte, b'-' | b'&'))
        };
        if !person.mentions.iter().filter_map(|place| place.of(&story.paragraphs)).any(hyphen) {
            continue;
        }
        let mut forms: FxHashMap<String, (u32, u32, TextRange, &Paragraph<'_>)> =
            FxHashMap::default();
        let mut places = Vec::new();
        for (paragraph, mention) in
            person.mentions.iter().filter_map(|place| place.of(&story.paragraphs))
        {
            let skip = MentionFlags::QUOTED | MentionFlags::SINGLE;
            if mention.kind != MentionKind::Name
                || mention.flags.intersects(skip)
                || !is_read(paragraph)
            {
                continue;
            }
            let name = paragraph.clean(mention.name);
            let body = u32::from(paragraph.block.kind != BlockKind::Headline);
            let range = paragraph.bytes(mention.name);
            let form = forms.entry(name.clone()).or_insert((0, 0, range, paragraph));
            form.0 += 1;
            form.1 += body;
            places.push((paragraph, range, name));
        }
        if forms.len() < 2 || !forms.keys().any(|name| name.contains('-')) {
            continue;
        }
        // Where two forms are used equally often, the body's one wins, then the one that stands first.
        let Some((model, &(_, _, at, other))) =
            forms.iter().max_by_key(|(_, (count, body, range, _))| {
                (body.min(count), *body, std::cmp::Reverse(range.start))
            })
        else {
            continue;
        };
        let plain = |name: &str| name.replace('-', " ").to_lowercase();
        let wanted = plain(model);
        for (paragraph, range, name) in &places {
            if name == model || plain(name) != wanted || name.to_uppercase() == *name {
                continue;
            }
            let finding = Diagnostic::new(
                *range,
                format!("`{name}` is written `{model}` elsewhere in the article"),
                "Hyphens and capitals in a name follow one style throughout the article.",
            )
            .confidence(0.85)
            .related(other.field, at, format!("written `{model}` here"))
            .fix(Fix::suggestion(
                format!("Write \"{model}\""),
                [Edit::replace(*range, model.as_str())],
            ));
            findings.push(paragraph, finding);
        }
    }
}
