//! One drift at a time, planted in a copy that was rewritten.

use super::rewrite::{Copy, Dice, Said, attributed, capital};

/// Damaged copy, and the sentence in which a finding must be.
pub struct Planted {
    pub copy: Copy,
    pub paragraph: usize,
    pub sentence: usize,
}

/// What is planted.
pub struct Kind {
    pub name: &'static str,
    /// A finding of any of these has caught it.
    pub rules: &'static [&'static str],
    /// The sentence with a drift in it, if it can have one.
    plant: fn(&Copy, (usize, usize), &mut Dice) -> Option<String>,
    /// The least share that must be caught, in invented stories and in the articles.
    pub bar: f64,
}

pub const KINDS: [Kind; 7] = [
    Kind { name: "number", rules: &["number-drift"], plant: number, bar: 0.9 },
    Kind { name: "hedge", rules: &["hedge-dropped", "certainty-raised"], plant: hedge, bar: 0.8 },
    Kind { name: "attribution", rules: &["attribution-dropped"], plant: attribution, bar: 0.75 },
    Kind { name: "speaker", rules: &["speaker-swap"], plant: speaker, bar: 0.9 },
    Kind { name: "name", rules: &["name-drift"], plant: name, bar: 0.9 },
    Kind { name: "title", rules: &["title-drift"], plant: title, bar: 0.9 },
    Kind { name: "quote", rules: &["quote-drift"], plant: quote, bar: 0.9 },
];

/// Every sentence of the copy that can have the drift, at most `most` of them.
pub fn plant(kind: &Kind, copy: &Copy, dice: &mut Dice, most: usize) -> Vec<Planted> {
    let mut out = Vec::new();
    let places = copy.paragraphs.iter().enumerate();
    let mut places: Vec<(usize, usize)> =
        places.flat_map(|(p, sentences)| (0..sentences.len()).map(move |s| (p, s))).collect();
    for at in (1..places.len()).rev() {
        places.swap(at, dice.roll(at + 1));
    }
    for (paragraph, sentence) in places {
        if out.len() == most {
            break;
        }
        let Some(text) = (kind.plant)(copy, (paragraph, sentence), dice) else { continue };
        let mut damaged = copy.clone();
        damaged.paragraphs[paragraph][sentence].text = text;
        out.push(Planted { copy: damaged, paragraph, sentence });
    }
    out
}

/// The text of a sentence outside quotation marks.
fn unquoted(copy: &Copy, at: (usize, usize)) -> Option<&str> {
    let sentence = &copy.paragraphs[at.0][at.1];
    (!sentence.quoted).then_some(&sentence.text)
}

/// Where the words start, with the words.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let words = text.split(' ').map(|word| {
        at += word.len() + 1;
        (at - word.len() - 1, word)
    });
    words.collect()
}

fn replace(text: &str, at: usize, length: usize, by: &str) -> String {
    let rest = text[at + length..].to_owned();
    let rest = if by.is_empty() { rest.trim_start().to_owned() } else { rest };
    format!("{}{by}{rest}", &text[..at])
}

/// A figure becomes another one.
fn number(copy: &Copy, at: (usize, usize), dice: &mut Dice) -> Option<String> {
    const WORDS: [&str; 9] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let text = unquoted(copy, at)?;
    let words = words_of(text);
    let fits = words.iter().filter(|(_, word)| {
        let bare = bare(word);
        let digits = bare.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
            && bare.chars().any(|c| c.is_ascii_digit());
        WORDS.contains(&bare) || digits && bare != "1"
    });
    let fits: Vec<_> = fits.collect();
    let (start, word) = **dice.pick(&fits)?;
    let bare = bare(word);
    let offset = start + word.find(bare)?;
    let other = match WORDS.iter().position(|known| *known == bare) {
        Some(known) => WORDS[(known + 1 + dice.roll(7)) % 9].to_owned(),
        None => {
            // A digit changes; years and days of a month stay such.
            let mut bytes: Vec<u8> = bare.bytes().collect();
            let digits: Vec<usize> =
                (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            let place = match digits.len() {
                4 if !bare.contains(',') => digits[2 + dice.roll(2)],
                2 => digits[1],
                many => digits[dice.roll(many.min(2))],
            };
            bytes[place] = b'1' + (bytes[place] - b'0' + dice.roll(7) as u8) % 9;
            String::from_utf8(bytes).ok()?
        }
    };
    (other != bare).then(|| replace(text, offset, bare.len(), &other))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A hedge is lost.
fn hedge(copy: &Copy, at: (usize, usize), _: &mut Dice) -> Option<String> {
    let text = unquoted(copy, at)?;
    let words = words_of(text);
    for (number, (start, word)) in words.iter().enumerate() {
        let next = words.get(number + 1).map_or("", |(_, word)| *word);
        let digit = next.trim_start_matches('$').starts_with(|c: char| c.is_ascii_digit())
            || ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half"]
                .contains(&next);
        match *word {
            "may" | "might" | "could"
                if next.chars().all(char::is_lowercase)
                    && !["not", "be", "have", "see", "hear", "or", "abroad", "and"]
                        .contains(&next) =>
            {
                return Some(replace(text, *start, word.len(), "will"));
            }
            "reportedly" | "allegedly" | "possibly" | "probably" | "perhaps" | "apparently"
            | "potentially" => {
                return Some(replace(text, *start, word.len(), ""));
            }
            "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" if digit => {
                return Some(replace(text, *start, word.len(), ""));
            }
            "plans" | "plan" | "expected" | "hopes" | "intends" | "likely" if next == "to" => {
                let be = number.checked_sub(1).map_or("", |before| words[before].1);
                // "The plan to", "the mayor's plans to".
                let subject =
                    ["he", "she", "it", "they", "who", "which", "company", "council", "campaign"];
                let named = be.starts_with(char::is_uppercase)
                    && !be.ends_with("'s")
                    && !be.ends_with("’s");
                if word.starts_with("plan") && !subject.contains(&be) && !named {
                    continue;
                }
                let lead = match be {
                    "is" | "are" => be.len() + 1,
                    "was" | "were" | "be" | "been" | "most" | "more" => continue,
                    _ if matches!(*word, "expected" | "likely") => continue,
                    _ => 0,
                };
                let from = start - lead;
                return Some(replace(text, from, lead + word.len() + 3, "will"));
            }
            "alleged" if number > 0 && ["the", "an", "of"].contains(&words[number - 1].1) => {
                return Some(replace(text, *start, word.len(), "").replace(" an ", " a "));
            }
            _ => {}
        }
    }
    None
}

/// The attribution is lost, where no sentence beside it has one.
fn attribution(copy: &Copy, at: (usize, usize), _: &mut Dice) -> Option<String> {
    let sentences = &copy.paragraphs[at.0];
    let own = &sentences[at.1];
    let said = own.said.as_ref().filter(|_| !own.quoted)?;
    let beside = [at.1.checked_sub(1), Some(at.1 + 1)];
    let beside = beside.into_iter().flatten().filter_map(|at| sentences.get(at));
    let carried = beside.into_iter().any(|s| s.attributed || s.quoted);
    // "Reportedly" is what is left of an attribution.
    let hidden = ["reportedly", "allegedly"].iter().any(|word| said.content.contains(word));
    (!carried && !hidden && said.content.split(' ').count() >= 6)
        .then(|| format!("{}.", capital(&said.content)))
}

/// Somebody else says it.
fn speaker(copy: &Copy, at: (usize, usize), dice: &mut Dice) -> Option<String> {
    let own = &copy.paragraphs[at.0][at.1];
    // The source is the person: "Mayor Ana Ruiz", "Ruiz, who owns two boats", and no "spokesman for Ruiz".
    let is_of = |source: &str, name: &str| {
        let head = source.split(',').next().unwrap_or(source);
        let other = [" for ", " of ", "'s ", "’s "].iter().any(|word| head.contains(word));
        !other && head.rsplit(' ').next() == name.rsplit(' ').next()
    };
    let said = own.said.as_ref()?;
    copy.people.iter().find(|name| is_of(&said.source, name))?;
    let others: Vec<&String> = copy
        .people
        .iter()
        .filter(|name| !is_of(&said.source, name) && shares_nothing(name, &said.source))
        .collect();
    let other = dice.pick(&others)?;
    let new = Said { source: (*other).clone(), ..said.clone() };
    if own.quoted {
        let text = own.text.replacen(&said.source, other, 1);
        return (text != own.text).then_some(text);
    }
    Some(attributed(&new, usize::from(!said.first)))
}

fn shares_nothing(name: &str, source: &str) -> bool {
    name.split(' ').all(|word| !source.contains(word))
}

/// A name loses, doubles or turns round a letter.
fn name(copy: &Copy, at: (usize, usize), dice: &mut Dice) -> Option<String> {
    let text = unquoted(copy, at)?;
    let words = words_of(text);
    let family: Vec<&str> = copy
        .people
        .iter()
        .filter_map(|name| name.rsplit(' ').next())
        .filter(|name| name.len() >= 5 && name.is_ascii())
        .collect();
    let fits: Vec<_> = words.iter().filter(|(_, word)| family.contains(&bare(word))).collect();
    let (start, word) = **dice.pick(&fits)?;
    let bare = bare(word);
    let place = 1 + dice.roll(bare.len() - 2);
    let other = match dice.roll(3) {
        0 => format!("{}{}", &bare[..place], &bare[place + 1..]),
        1 => format!("{}{}", &bare[..=place], &bare[place..]),
        _ => {
            let mut bytes: Vec<u8> = bare.bytes().collect();
            bytes.swap(place, place + 1);
            String::from_utf8(bytes).ok()?
        }
    };
    (other != bare && !family.contains(&other.as_str()))
        .then(|| replace(text, start + word.find(bare)?, bare.len(), &other).into())?
}

/// Another office before a name.
fn title(copy: &Copy, at: (usize, usize), dice: &mut Dice) -> Option<String> {
    const TITLES: [&str; 10] = [
        "President",
        "Mayor",
        "Governor",
        "Gov.",
        "Senator",
        "Sen.",
        "Minister",
        "Judge",
        "Rep.",
        "Chancellor",
    ];
    const OTHERS: [&str; 6] = ["Governor", "Mayor", "Senator", "Ambassador", "Judge", "Chancellor"];
    let text = unquoted(copy, at)?;
    let words = words_of(text);
    let named =
        |word: &str| copy.people.iter().any(|name| name.split(' ').any(|part| part == bare(word)));
    let fits: Vec<usize> = (0..words.len().saturating_sub(1))
        .filter(|at| TITLES.contains(&words[*at].1) && named(words[*at + 1].1))
        .filter(|at| {
            *at == 0
                || !words[*at - 1].1.starts_with(char::is_uppercase)
                    && !["former", "then", "acting"].contains(&words[*at - 1].1)
        })
        .collect();
    let (start, word) = words[*dice.pick(&fits)?];
    let same = |other: &&&str| {
        let short = [("Gov.", "Governor"), ("Sen.", "Senator")];
        **other != word && !short.contains(&(word, **other))
    };
    let others: Vec<&&str> = OTHERS.iter().filter(same).collect();
    Some(replace(text, start, word.len(), dice.pick(&others)?))
}

/// A word of a quotation changes or goes.
fn quote(copy: &Copy, at: (usize, usize), dice: &mut Dice) -> Option<String> {
    let text = &copy.paragraphs[at.0][at.1].text;
    let open = text.find('“')?;
    let close = open + text[open..].find('”')?;
    let inside = &text[open + '“'.len_utf8()..close];
    let words: Vec<&str> = inside
        .split(' ')
        .filter(|word| word.len() >= 4 && word.chars().all(|c| c.is_ascii_lowercase()))
        .collect();
    if inside.split(' ').count() < 6 || words.len() < 3 {
        return None;
    }
    let word = dice.pick(&words)?;
    let put = if dice.chance(50) { "" } else { "surely" };
    let start = open + text[open..].find(&format!(" {word} "))? + 1;
    Some(replace(text, start, word.len(), put))
}
