//! Copy rewritten as a desk rewrites wire copy: paragraphs moved, sentences joined and cut, attributions turned round, other
//! words, the passive voice, figures in words or digits. What is said, by whom and how surely stays the same.

use copydesk::analysis::{Analyzer, Article};
use copydesk::annotate::{Attribution, Paragraph};
use copydesk::segment::Span;

/// Numbers that are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % below.max(1)
    }

    /// True in `percent` of all cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    pub fn pick<'t, T>(&mut self, list: &'t [T]) -> Option<&'t T> {
        let at = self.roll(list.len());
        list.get(at)
    }
}

/// Who said it, of a sentence that is nothing but a statement and its attribution.
#[derive(Clone, Debug)]
pub struct Said {
    pub source: String,
    pub cue: String,
    pub content: String,
    /// Whether the statement stands before the cue.
    pub first: bool,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub text: String,
    /// Whether words stand between quotation marks.
    pub quoted: bool,
    /// Whether anybody is on record in it.
    pub attributed: bool,
    pub said: Option<Said>,
}

/// A story as paragraphs of sentences, with the full names of the people in it.
#[derive(Clone, Debug, Default)]
pub struct Copy {
    pub paragraphs: Vec<Vec<Sentence>>,
    pub people: Vec<String>,
}

/// Reads a story.
pub fn read(text: &str) -> Copy {
    let story = Analyzer::default().annotate(&Article { text, ..Article::default() });
    let copy = story.paragraphs.iter().filter(|p| p.block.kind.is_copy());
    let paragraphs = copy.map(|p| p.notes.sentences.iter().map(|s| sentence(p, *s)).collect());
    let names = story.people.iter().map(|person| person.name.clone());
    Copy { paragraphs: paragraphs.collect(), people: names.filter(|n| n.contains(' ')).collect() }
}

fn sentence(p: &Paragraph<'_>, span: Span) -> Sentence {
    let text = p.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = p.notes.quotations.iter().any(|q| q.range.overlaps(span));
    let inside = |a: &&Attribution| {
        a.source.iter().chain(&a.cue).chain(&a.content).any(|piece| piece.overlaps(span))
    };
    let mut own = p.notes.attributions.iter().filter(inside);
    let (first, more) = (own.next(), own.next().is_some());
    let said = first.filter(|_| !more).and_then(|a| said(p, a, &text));
    Sentence { text, quoted, attributed: first.is_some(), said }
}

/// The parts of a sentence, if it is made of them and of nothing else.
fn said(p: &Paragraph<'_>, a: &Attribution, text: &str) -> Option<Said> {
    let ([source], [cue], [content]) = (&a.source[..], &a.cue[..], &a.content[..]) else {
        return None;
    };
    let words = |span: &Span| p.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ");
    let (source, cue, content) = (words(source), words(cue), words(content));
    let says =
        ["said", "says", "told", "announced", "reported", "warned", "added", "argued", "noted"];
    if !says.contains(&cue.as_str())
        || source.is_empty()
        || content.split(' ').count() < 5
        || cue.contains(' ')
    {
        return None;
    }
    let content = content.trim_end_matches(',').to_owned();
    let after = format!("{content}, {source} {cue}.");
    let before = format!("{source} {cue} {content}.");
    let first = match text {
        text if text.eq_ignore_ascii_case(&after) => true,
        text if text.eq_ignore_ascii_case(&before) => false,
        _ => return None,
    };
    let content = content.strip_prefix("that ").unwrap_or(&content).to_owned();
    Some(Said { source, cue, content, first })
}

pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The sentence as it goes on in another one: its first word is made small where that is no name.
fn small(text: &str) -> Option<String> {
    const SMALL: [&str; 16] = [
        "The", "A", "An", "It", "He", "She", "They", "This", "These", "No", "In", "On", "At",
        "Two", "Three", "Its",
    ];
    let (first, rest) = text.split_once(' ')?;
    SMALL.contains(&first).then(|| format!("{} {rest}", first.to_lowercase()))
}

/// A sentence with its attribution, put in one of three ways.
pub fn attributed(said: &Said, form: usize) -> String {
    let content = small(&said.content).unwrap_or_else(|| said.content.clone());
    match form {
        0 => format!("{}, {} {}.", capital(&said.content), lower(&said.source), said.cue),
        1 => format!("{} {} that {content}.", capital(&said.source), said.cue),
        _ => format!("According to {}, {content}.", lower(&said.source)),
    }
}

fn lower(source: &str) -> String {
    small(source).unwrap_or_else(|| source.to_owned())
}

/// Words and what a desk may put for them, whatever stands around them.
const WORDS: [(&str, &str); 63] = [
    ("announced", "declared"),
    ("children", "youngsters"),
    ("began", "started"),
    ("money", "cash"),
    ("big", "large"),
    ("large", "sizeable"),
    ("near", "close to"),
    ("quickly", "fast"),
    ("help", "assist"),
    ("helped", "assisted"),
    ("approved", "backed"),
    ("rejected", "turned down"),
    ("shut", "closed"),
    ("close", "shut"),
    ("buy", "purchase"),
    ("bought", "purchased"),
    ("sold", "disposed of"),
    ("building", "block"),
    ("company", "firm"),
    ("workers", "employees"),
    ("residents", "locals"),
    ("town", "community"),
    ("road", "route"),
    ("wounded", "injured"),
    ("killed", "left dead"),
    ("attempt", "effort"),
    ("decision", "ruling"),
    ("plan", "scheme"),
    ("talks", "negotiations"),
    ("problem", "difficulty"),
    ("problems", "difficulties"),
    ("answer", "response"),
    ("meeting", "session"),
    ("opponents", "rivals"),
    ("supporters", "backers"),
    ("increase", "rise"),
    ("decrease", "fall"),
    ("because", "since"),
    ("also", "moreover"),
    ("almost", "nearly"),
    ("about", "around"),
    ("may", "could"),
    ("might", "may"),
    ("enough", "sufficient"),
    ("often", "frequently"),
    ("show", "suggest"),
    ("shows", "suggests"),
    ("ended", "finished"),
    ("needed", "required"),
    ("needs", "requires"),
    ("house", "home"),
    ("hurt", "harm"),
    ("job", "post"),
    ("chief", "top"),
    ("again", "once more"),
    ("allow", "permit"),
    ("allowed", "permitted"),
    ("several", "a number of"),
    ("among", "amid"),
    ("while", "as"),
    ("but", "yet"),
    ("however", "still"),
    ("try", "attempt"),
];

/// Other words for some of them, as a desk would choose them.
fn reword(text: &str, dice: &mut Dice) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for at in 0..words.len() {
        let known = WORDS.iter().find(|(known, _)| *known == words[at]);
        // "Plan to", "close to": other words do not take it.
        let bound = matches!(words[at], "plan" | "close") && words.get(at + 1) == Some(&"to");
        if let Some((_, other)) = known.filter(|_| !bound && dice.chance(60)) {
            words[at] = other;
        }
    }
    words.join(" ")
}

/// Numbers in words and in digits.
const NUMBERS: [(&str, &str); 8] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
];

fn renumber(text: &str, dice: &mut Dice) -> String {
    let mut before = "";
    let words = text.split(' ').map(|word| {
        // No desk writes "twenty 3".
        let inside = std::mem::replace(&mut before, word).ends_with("ty");
        let known = NUMBERS.iter().find(|(known, _)| *known == word);
        known
            .filter(|_| !inside && dice.chance(50))
            .map_or_else(|| word.to_owned(), |(_, digits)| (*digits).to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Verbs whose past is their participle.
const VERBS: [&str; 24] = [
    "approved",
    "rejected",
    "closed",
    "opened",
    "signed",
    "built",
    "bought",
    "sold",
    "found",
    "held",
    "launched",
    "cancelled",
    "canceled",
    "accepted",
    "adopted",
    "blocked",
    "criticized",
    "praised",
    "questioned",
    "delayed",
    "damaged",
    "ordered",
    "filed",
    "announced",
];

/// "The council closed the bridge on Monday." as "The bridge was closed by the council on Monday."
fn passive(text: &str) -> Option<String> {
    let words: Vec<&str> = text.trim_end_matches('.').split(' ').collect();
    let verb = words.iter().take(6).position(|word| VERBS.contains(word))?;
    let simple = |words: &[&str]| {
        !words.is_empty()
            && words.len() <= 4
            && words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '-'))
    };
    let (subject, rest) = (&words[..verb], &words[verb + 1..]);
    let bad = [
        "who", "which", "that", "has", "have", "had", "was", "were", "be", "been", "is", "and",
        "to", "not", "He", "She", "They", "It", "We", "I",
    ];
    if !simple(subject)
        || subject.iter().any(|word| bad.contains(word))
        || !matches!(*rest.first()?, "the" | "a" | "an")
    {
        return None;
    }
    let ends = [
        "on", "in", "at", "for", "with", "after", "before", "because", "by", "from", "of", "that",
        "and", "to", "as", "when",
    ];
    let end = rest
        .iter()
        .position(|word| ends.contains(word) || word.ends_with(','))
        .unwrap_or(rest.len());
    let (object, tail) = (&rest[..end], &rest[end..]);
    if !simple(object)
        || object.len() < 2
        || tail.first().is_some_and(|word| matches!(*word, "of" | "and" | "that" | "to" | "for"))
    {
        return None;
    }
    let be = if object.last()?.ends_with('s') && !object.last()?.ends_with("ss") {
        "were"
    } else {
        "was"
    };
    let by = subject.join(" ");
    let by = small(&format!("{by} x")).map_or(by, |by| by.trim_end_matches(" x").to_owned());
    let tail = if tail.is_empty() { String::new() } else { format!(" {}", tail.join(" ")) };
    Some(format!("{} {be} {} by {by}{tail}.", capital(&object.join(" ")), words[verb]))
}

/// Words that hang on what stood before them.
fn hangs(text: &str) -> bool {
    const PRONOUNS: [&str; 16] = [
        "he", "she", "they", "it", "his", "her", "their", "its", "this", "that", "these", "those",
        "him", "them", "the", "both",
    ];
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    PRONOUNS[..14].contains(&first.as_str())
        || text.split(' ').any(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            ["he", "she", "they", "his", "her", "their", "him", "them"].contains(&bare.as_str())
        })
}

/// The story rewritten.
pub fn rewrite(copy: &Copy, dice: &mut Dice) -> Copy {
    let mut paragraphs: Vec<Vec<Sentence>> = copy
        .paragraphs
        .iter()
        .map(|p| p.iter().map(|s| sentence_anew(s, dice)).collect())
        .collect();
    for paragraph in &mut paragraphs {
        *paragraph = cut(join(std::mem::take(paragraph), dice), dice);
    }
    let paragraphs = moved(gather(paragraphs, dice), dice);
    Copy { paragraphs, people: copy.people.clone() }
}

fn sentence_anew(sentence: &Sentence, dice: &mut Dice) -> Sentence {
    let mut new = sentence.clone();
    if let Some(said) = new.said.as_mut().filter(|_| !sentence.quoted) {
        said.content = renumber(&reword(&said.content, dice), dice);
        let plain = ["said", "told", "announced", "reported"].contains(&said.cue.as_str());
        let form = if plain && dice.chance(60) { dice.roll(3) } else { usize::from(!said.first) };
        let person = ["He", "he", "She", "she", "They", "they", "It", "it", "who"]
            .contains(&said.source.as_str());
        new.text = attributed(said, if person && form == 2 { 1 } else { form });
        return new;
    }
    if !sentence.quoted
        && !sentence.attributed
        && dice.chance(40)
        && let Some(text) = passive(&new.text)
    {
        new.text = text;
    }
    if !sentence.quoted {
        new.text = renumber(&reword(&new.text, dice), dice);
    }
    new
}

/// Two sentences that nobody is on record for, as one.
fn join(sentences: Vec<Sentence>, dice: &mut Dice) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    for sentence in sentences {
        let plain = |s: &Sentence| {
            !s.quoted && !s.attributed && s.text.ends_with('.') && s.text.len() < 140
        };
        let next = small(&sentence.text).filter(|_| plain(&sentence) && dice.chance(40));
        match (out.last_mut().filter(|last| plain(last)), next) {
            (Some(last), Some(next)) => {
                last.text = format!("{}, and {next}", last.text.trim_end_matches('.'));
            }
            _ => out.push(sentence),
        }
    }
    out
}

/// Sentences with two clauses, as two.
fn cut(sentences: Vec<Sentence>, dice: &mut Dice) -> Vec<Sentence> {
    let mut out = Vec::new();
    for sentence in sentences {
        let subjects = ["the ", "a ", "it ", "he ", "she ", "they "];
        let parts =
            sentence.text.split_once(", and ").or_else(|| sentence.text.split_once(", but "));
        let parts = parts.filter(|(first, second)| {
            !sentence.quoted
                && !sentence.attributed
                && first.split(' ').count() > 5
                && second.split(' ').count() > 4
                && subjects.iter().any(|s| second.starts_with(s))
        });
        match parts.filter(|_| dice.chance(50)) {
            Some((first, second)) => {
                out.push(Sentence { text: format!("{first}."), ..sentence.clone() });
                out.push(Sentence { text: capital(second), ..sentence.clone() });
            }
            None => out.push(sentence),
        }
    }
    out
}

/// Short paragraphs, as one.
fn gather(paragraphs: Vec<Vec<Sentence>>, dice: &mut Dice) -> Vec<Vec<Sentence>> {
    let mut out: Vec<Vec<Sentence>> = Vec::new();
    for paragraph in paragraphs {
        let quoted = |p: &[Sentence]| p.iter().any(|s| s.quoted);
        let fits = out.last().is_some_and(|last| {
            last.len() + paragraph.len() <= 3 && !quoted(last) && !quoted(&paragraph)
        });
        match out.last_mut().filter(|_| fits && dice.chance(25)) {
            Some(last) => last.extend(paragraph),
            None => out.push(paragraph),
        }
    }
    out
}

/// Paragraphs that hang on nothing, in another order.
fn moved(mut paragraphs: Vec<Vec<Sentence>>, dice: &mut Dice) -> Vec<Vec<Sentence>> {
    let free: Vec<bool> = paragraphs
        .iter()
        .map(|p| {
            p.iter().all(|s| {
                !hangs(&s.text) && s.text.matches('“').count() == s.text.matches('”').count()
            })
        })
        .collect();
    for at in 1..paragraphs.len().saturating_sub(1) {
        if free[at] && free[at + 1] && free.get(at + 2).copied().unwrap_or(true) && dice.chance(40)
        {
            paragraphs.swap(at, at + 1);
        }
    }
    paragraphs
}

/// The text, and where each sentence stands in it, by paragraph and number.
pub fn print(copy: &Copy) -> (String, Vec<Vec<(usize, usize)>>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for paragraph in &copy.paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let mut own = Vec::new();
        for (number, sentence) in paragraph.iter().enumerate() {
            if number > 0 {
                text.push(' ');
            }
            own.push((text.len(), text.len() + sentence.text.len()));
            text.push_str(&sentence.text);
        }
        places.push(own);
    }
    (text, places)
}
