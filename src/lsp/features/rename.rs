//! Another name for a person, in every mention that has the old one.
//!
//! A new full name changes each form of the old one: the full name where the full name stands, the surname where the
//! surname stands. A single new word changes the word under the cursor. Words inside quotations are left alone, since
//! what somebody said is not for the writer to change; so are titles, pronouns, things that are named after the person
//! and other people of the same name.

mod headlines;

use super::people::{self, Seen};
use super::{Shows, Snapshot, edit};
use crate::annotate::{Mention, MentionFlags, MentionKind, Paragraph};
use crate::diagnostic::Edit;
use crate::document::{BlockKind, FrontMatter, MaskKind};
use crate::lang::en::{self, Lex};
use crate::resolve::{Person, Story, fold};
use crate::segment::{Span, TokenFlags, TokenKind};
use crate::text::{TextRange, capitalized};
use headlines::Headlines;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::lsp_types::{Position, PrepareRenameResponse, WorkspaceEdit};

/// The longest name, in bytes.
const LONGEST: usize = 120;

/// What is to be renamed at a position: the name as it stands there. `None` where no name stands, or one that is quoted.
pub(in crate::lsp) fn prepare(
    snapshot: &Snapshot,
    position: Position,
) -> Option<PrepareRenameResponse> {
    let byte = snapshot.byte(position);
    snapshot.read(|story| {
        let seen = named(people::at(story, byte)?, byte).ok()?;
        Some(PrepareRenameResponse::RangeWithPlaceholder {
            range: snapshot.range(seen.range()),
            placeholder: seen.paragraph.clean(seen.mention.name),
        })
    })?
}

/// Renames the person at a position.
///
/// # Errors
/// In plain words, where nobody is named or where the new name cannot be one.
pub(in crate::lsp) fn rename(
    snapshot: &Snapshot,
    shows: &Shows,
    position: Position,
    name: &str,
) -> Result<Option<WorkspaceEdit>, Error> {
    let name = valid(name)?;
    let byte = snapshot.byte(position);
    let edits = snapshot.read(|story| {
        let seen = people::at(story, byte).ok_or_else(nobody)?;
        let seen = named(seen, byte)?;
        let name = without_title(story, seen.person, &name)?;
        let renaming = Renaming::new(&seen, byte, name)?;
        let headlines = Headlines::new(story, seen.person);
        let mentions = people::mentions(story, seen.person);
        let sure = mentions.filter(|(p, mention)| !headlines.is_doubtful(p, mention));
        let mut edits: Vec<Edit> =
            sure.flat_map(|(p, mention)| renaming.edits(p, mention)).collect();
        edits.extend(headlines.edits(&renaming));
        edits.sort_by_key(|edit| edit.range.start);
        Ok(edits)
    });
    let edits = edits.unwrap_or_else(|| Err(nobody()))?;
    Ok((!edits.is_empty()).then(|| edit::of_document(snapshot, shows, &edits)))
}

fn refused(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    // "RequestFailed": the request was right and cannot be done, which editors show to the writer.
    Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None }
}

fn nobody() -> Error {
    refused("Put the cursor on the name of a person that the article mentions.")
}

/// The new name without stray spaces, if it can be one.
fn valid(name: &str) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.contains(char::is_alphanumeric) {
        return Err(refused("The new name is empty."));
    }
    if name.len() > LONGEST {
        return Err(refused("The new name is too long to be one."));
    }
    let fits = |c: char| c.is_alphanumeric() || " -‐‑'’ʼ.,".contains(c) || is_combining(c);
    if let Some(other) = name.chars().find(|c| !fits(*c)) {
        return Err(refused(format!("A person's name cannot contain “{other}”.")));
    }
    let name = without_possessive(&name);
    if !name.contains(char::is_alphanumeric) {
        return Err(refused("The new name is empty: an ending alone is no name."));
    }
    Ok(name.to_owned())
}

/// The name alone: "Eva López" of "Eva López’s".
fn without_possessive(name: &str) -> &str {
    let ends = ["'s", "’s", "ʼs", "'", "’", "ʼ", ","];
    let mut name = name;
    while let Some(rest) = ends.iter().find_map(|end| name.strip_suffix(end)) {
        name = rest.trim_end();
    }
    name
}

/// The name alone: "Eva López" of "Mayor Eva López" where the article writes "Mayor Ana Ruiz", since titles stand beside
/// names and are not renamed. Other words are the name as they stand ("Judge Reinhold", "Chief Standing Bear").
fn without_title<'n>(story: &Story<'_>, person: &Person, name: &'n str) -> Result<&'n str, Error> {
    let words: Vec<&str> = name.split(' ').collect();
    let titles = people::mentions(story, person).map(|(p, mention)| title_in(p, mention, &words));
    let title = titles.max().unwrap_or(0);
    let name = name.splitn(title + 1, ' ').last().unwrap_or(name);
    let first = name.split(' ').next().unwrap_or("");
    if name.contains(' ') && is_title_only(first) {
        return Err(refused(format!(
            "Write the name alone, without “{first}”: a title stays as the article has it."
        )));
    }
    if name.contains(char::is_lowercase) && !name.contains(char::is_uppercase) {
        return Err(refused(format!(
            "Write the name with its capitals: “{}”.",
            capitalized_words(name)
        )));
    }
    Ok(name)
}

/// How many of the first words of a new name are the title that stands before the name in a mention; at least two words
/// are left to be the name.
fn title_in(p: &Paragraph<'_>, mention: &Mention, words: &[&str]) -> usize {
    let before = Span { end: mention.name.start, ..mention.span };
    if mention.kind != MentionKind::Name || before.start >= before.end {
        return 0;
    }
    let is_word = |at: &usize| p.token(*at).is_some_and(|token| token.kind == TokenKind::Word);
    let title: Vec<&str> = before.iter().filter(is_word).map(|at| p.text(at)).collect();
    let most = words.len().saturating_sub(2).min(title.len());
    let same = |count: &usize| {
        let last = &title[title.len() - count..];
        last.iter().zip(words).all(|(old, new)| is_same_title(old, new))
    };
    (1..=most).rev().find(same).unwrap_or(0)
}

/// "Sen." and "Senator" are one title.
fn is_same_title(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let short = |short: &str, long: &str| {
        short.strip_suffix('.').is_some_and(|stem| !stem.is_empty() && long.starts_with(stem))
    };
    one == other || short(&one, &other) || short(&other, &one)
}

/// Whether a word before a name is a title and never a name: "Dr.", "Ms", but not "Major", "Baron" or "Dean".
fn is_title_only(word: &str) -> bool {
    let word = word.to_lowercase();
    let title = Lex::OFFICE | Lex::RANK | Lex::HONORIFIC;
    word.ends_with('.') && en::lexicon(&word).intersects(title)
        || ["mr", "mrs", "ms", "mx", "dr"].contains(&word.as_str())
}

fn capitalized_words(name: &str) -> String {
    name.split(' ').map(capitalized).collect::<Vec<_>>().join(" ")
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The mention, if its name is at the byte and is the writer's own words.
fn named<'s, 'a>(seen: Seen<'s, 'a>, byte: u32) -> Result<Seen<'s, 'a>, Error> {
    let range = seen.range();
    if seen.mention.kind != MentionKind::Name || byte < range.start || range.end < byte {
        return Err(nobody());
    }
    if is_quoted(seen.paragraph, seen.mention) {
        return Err(refused(
            "This name stands in a quotation. Rename the person where the article names them.",
        ));
    }
    Ok(seen)
}

/// Whether somebody else's words hold the name. A quotation inside it is a nickname: Robert “Bob” Dole.
fn is_quoted(p: &Paragraph<'_>, mention: &Mention) -> bool {
    mention.is(MentionFlags::QUOTED)
        || p.block.kind == BlockKind::Quote
        || p.quotation_at(mention.name.start as usize).is_some()
}

/// Which words of a name become which: runs of words in small letters without accents, the longest first.
#[derive(Debug)]
struct Renaming(Vec<(Vec<String>, String)>);

impl Renaming {
    /// What `new` makes of the name at the cursor.
    fn new(seen: &Seen<'_, '_>, byte: u32, new: &str) -> Result<Self, Error> {
        let (p, places) = (seen.paragraph, words(seen.paragraph, seen.mention));
        let old: Vec<String> = places.iter().map(|at| fold(p.text(*at)).into_owned()).collect();
        let new_words: Vec<&str> = new.split(' ').collect();
        let single = seen.mention.is(MentionFlags::SINGLE);
        if !single && new_words.len() == 1 {
            let under = places.iter().position(|at| byte <= p.byte(*at).end).ok_or_else(nobody)?;
            let word = old.get(under).cloned().into_iter().collect();
            return Ok(Self(vec![(word, new.to_owned())]));
        }
        let given = fold(&seen.person.given);
        let names_in_full = new_words.len() > 1 && is_full(new_words[0], &given, &old);
        if single && !names_in_full {
            return Ok(Self(with_last_alone(old, new)));
        }
        // "Eva López" for "Ruiz Garcia" is meant for Ana Ruiz Garcia.
        let part = single || names_in_full && old.first().is_none_or(|first| *first != *given);
        let full = if part { split(&seen.person.name) } else { old };
        let nickname = nickname(&seen.person.name);
        let mut parts = Self::full(&full, new, &new_words, &split(&seen.person.family), &given);
        let last = nickname.filter(|_| parts.0.len() > 1 && new_words.len() > 1);
        parts.0.extend(last.map(|nickname| (vec![nickname], new_words[0].to_owned())));
        Ok(parts)
    }

    /// What a full name makes of a full name: of the whole, of its words one by one if they are as many, or else of given
    /// name and family name.
    fn full(old: &[String], new: &str, words: &[&str], family: &[String], given: &str) -> Self {
        let mut parts = vec![(old.to_vec(), new.to_owned())];
        let small = |word: &str| word.starts_with(char::is_lowercase);
        let as_many = old.len() == words.len()
            && !words.iter().any(|word| small(word))
            && !old.iter().any(|word| en::lexicon(word).contains(Lex::PARTICLE));
        if as_many {
            let one_by_one = old.iter().zip(words);
            parts.extend(one_by_one.map(|(old, new)| (vec![old.clone()], (*new).to_owned())));
            return Self(parts);
        }
        let at = old.iter().rposition(|word| family.last() == Some(word));
        let first = at == Some(0) && old.len() > 1;
        let (new_given, new_family) = self::parts(words, first);
        if let Some(at) = at {
            let particle = |word: &&String| en::lexicon(word).contains(Lex::PARTICLE);
            let lead = old[..at].iter().rev().take_while(particle).count();
            let lead = lead.min(at.saturating_sub(1));
            let family = at - lead;
            // "Ana Ruiz Garcia", "Mary Ann Lund": what stands between is a surname too, or a given name.
            for middle in 1..family {
                match is_given(&old[middle]) {
                    true => parts.push((old[..=middle].to_vec(), new_given.clone())),
                    false => {
                        parts.push((old[middle..=at].to_vec(), new_family.clone()));
                        parts.push((vec![old[middle].clone()], new_family.clone()));
                    }
                }
            }
            parts.extend(with_last_alone(old[family..=at].to_vec(), &new_family));
        }
        parts.push((vec![given.to_owned()], new_given));
        parts.retain(|(old, new)| !new.is_empty() && old.iter().all(|word| !word.is_empty()));
        parts.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
        Self(parts)
    }

    /// The edits of one mention.
    fn edits(&self, p: &Paragraph<'_>, mention: &Mention) -> Vec<Edit> {
        if mention.kind != MentionKind::Name || is_quoted(p, mention) {
            return Vec::new();
        }
        self.edits_of(p, &words(p, mention))
    }

    /// The edits of the words of a name.
    fn edits_of(&self, p: &Paragraph<'_>, places: &[usize]) -> Vec<Edit> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(rest) = places.get(at..).filter(|rest| !rest.is_empty()) {
            let found = self.0.iter().find_map(|(old, new)| {
                let range = run(p, rest, old)?;
                Some((old.len(), range, new.as_str()))
            });
            let found = found.or_else(|| self.without_article(p, rest[0]));
            let Some((count, range, new)) = found else {
                at += 1;
                continue;
            };
            let text = range.slice(p.source);
            let new = match is_upper(text) {
                true => new.to_uppercase(),
                false if opens(p, rest[0]) => capitalized(new),
                false => new.to_owned(),
            };
            let owner = places.get(at + count - 1).and_then(|last| possessive(p, last + 1, &new));
            let (range, new) = match owner {
                Some((mark, ending)) => (range.cover(mark), new + &ending),
                None => (range, new),
            };
            if !range.is_empty() && new != range.slice(p.source) {
                out.push(Edit::replace(range, fitting(p, range, new)));
            }
            at += count.max(1);
        }
        out
    }

    /// "Assad" for "al-Assad".
    fn without_article(&self, p: &Paragraph<'_>, at: usize) -> Option<(usize, TextRange, &str)> {
        let folded = fold(p.text(at));
        let found = self.0.iter().find(|(old, _)| {
            matches!(&old[..], [word] if bare(word).is_some_and(|bare| *bare == *folded))
        });
        let new = found.map(|(_, new)| bare(new).unwrap_or(new))?;
        (!has_markup(p, p.byte(at))).then(|| (1, p.byte(at), new))
    }
}

/// Whether the word at token `at` opens a sentence, a heading or an item of a list.
fn opens(p: &Paragraph<'_>, at: usize) -> bool {
    let start = p.sentence_at(at).start as usize;
    (start..at).all(|before| p.token(before).is_some_and(|token| token.kind != TokenKind::Word))
}

/// The apostrophe at token `at` that alone made a name ending in s a possessive, and what it must become after a name that
/// does not end so.
fn possessive(p: &Paragraph<'_>, at: usize, new: &str) -> Option<(TextRange, String)> {
    let clitic = p.token(at)?.flags.contains(TokenFlags::CLITIC);
    let mark = p.text(at);
    let bare = clitic && matches!(mark, "'" | "’" | "ʼ") && !new.ends_with(['s', 'S']);
    let s = if is_upper(new) { "S" } else { "s" };
    (bare && !has_markup(p, p.byte(at))).then(|| (p.byte(at), format!("{mark}{s}")))
}

/// The nickname between quotation marks in a name.
fn nickname(name: &str) -> Option<String> {
    let mut quoted = name.split_whitespace().filter(|word| bare_of_quotes(word).len() < word.len());
    quoted.next().map(|word| fold(bare_of_quotes(word)).into_owned())
}

/// A word of a name without quotation marks around it.
fn bare_of_quotes(word: &str) -> &str {
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '‘' | '’' | '\'' | '«' | '»');
    let bare = word.strip_prefix(quote).and_then(|word| word.strip_suffix(quote));
    bare.unwrap_or(word)
}

fn is_given(word: &str) -> bool {
    let initial = word.trim_end_matches('.').chars().count() == 1;
    initial || en::lexicon(word).intersects(Lex::WOMAN | Lex::MAN)
}

/// Whether a name of several words that starts with `first` is a full name and no surname, for a person of whom `old` is
/// written alone.
fn is_full(first: &str, given: &str, old: &[String]) -> bool {
    let first = fold(first);
    let known = en::lexicon(&first).intersects(Lex::WOMAN | Lex::MAN);
    !given.is_empty() && (first == given || known && !old.contains(&first.clone().into_owned()))
}

/// The words of the name in a mention, by token.
fn words(p: &Paragraph<'_>, mention: &Mention) -> Vec<usize> {
    let word = |at: &usize| {
        p.token(*at).is_some_and(|token| {
            token.kind == TokenKind::Word && !token.flags.contains(TokenFlags::CLITIC)
        })
    };
    mention.name.iter().filter(word).collect()
}

fn split(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| fold(bare_of_quotes(word)).into_owned()).collect()
}

/// A run of words ("de la Cruz"), and its last word alone.
fn with_last_alone(words: Vec<String>, new: &str) -> Vec<(Vec<String>, String)> {
    let last = words.last().cloned().filter(|_| words.len() > 1);
    let alone = last.map(|last| (vec![last], new.to_owned()));
    std::iter::once((words, new.to_owned())).chain(alone).collect()
}

/// Where the first tokens of `places` are these words, with no markup in between.
fn run(p: &Paragraph<'_>, places: &[usize], words: &[String]) -> Option<TextRange> {
    let places = places.get(..words.len())?;
    let same = places.iter().zip(words).all(|(at, word)| *fold(p.text(*at)) == **word);
    let range = p.byte(*places.first()?).cover(p.byte(*places.last()?));
    (same && !has_markup(p, range)).then_some(range)
}

/// Given name and family name of a new full name; `first` says that the family name stands first.
fn parts(words: &[&str], first: bool) -> (String, String) {
    let suffix = |word: &&&str| {
        ["jr", "sr", "ii", "iii", "iv"].contains(&&*fold(word.trim_matches(['.', ','])))
    };
    let words = &words
        [..words.len() - usize::from(words.len() > 2 && words.last().is_some_and(|w| suffix(&w)))];
    let (Some(start), Some(mut from)) = (words.first(), words.len().checked_sub(1)) else {
        return (String::new(), String::new());
    };
    if first {
        return (words[1..].join(" "), (*start).to_owned());
    }
    // "Ana de la Cruz": small words belong to the family name.
    while from > 1 && words[from - 1].starts_with(char::is_lowercase) {
        from -= 1;
    }
    ((*start).to_owned(), words[from..].join(" ").trim_end_matches(',').to_owned())
}

/// What follows the Arabic article of a name.
fn bare(name: &str) -> Option<&str> {
    let (article, rest) = name.split_once('-')?;
    let is_article = ["al", "el", "ar", "as", "ash"].contains(&&*article.to_lowercase());
    (is_article && !rest.is_empty()).then_some(rest)
}

/// Whether a word or name is in capitals, as in some headlines.
fn is_upper(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.contains(char::is_lowercase)
}

fn has_markup(p: &Paragraph<'_>, range: TextRange) -> bool {
    let masks = &p.block.masks;
    let next = masks.partition_point(|mask| mask.range.end <= range.start);
    let inside = masks.iter().skip(next).take_while(|mask| mask.range.start < range.end);
    inside.into_iter().any(|mask| !matches!(mask.kind, MaskKind::Char(_)))
}

/// The name as it can stand there: an apostrophe would end a value of the front matter.
fn fitting(p: &Paragraph<'_>, range: TextRange, name: String) -> String {
    let quoted = name.contains('\'')
        && FrontMatter::find(p.source).is_some_and(|front| range.start < front.end);
    if quoted { name.replace('\'', "’") } else { name }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::document::Format;

    /// Renames whoever stands at the mark.
    fn try_rename(marked_text: &str, name: &str) -> Result<String, String> {
        let (text, byte) = marked(marked_text);
        let snapshot = untitled(&text, Format::Markdown);
        let edit = rename(&snapshot, &ABLE, position(&snapshot, byte), name);
        let edit = edit.map_err(|error| error.message.into_owned())?;
        Ok(edit.map_or(text, |edit| edited(&snapshot, &edit)))
    }

    pub(super) fn renamed(marked_text: &str, name: &str) -> String {
        try_rename(marked_text, name).expect("a new name")
    }

    #[test]
    fn a_surname_changes_wherever_it_stands() {
        let text = "Mayor Ana Ruiz said the bridge is safe.\n\nRui|z’s staff agreed, and she left. Ruiz said so. Ana \
                    Ruiz is 40.\n";
        let wanted = text.replace('|', "").replace("Ruiz", "Ruys");
        assert_eq!(renamed(text, "Ruys"), wanted);
        // A single word for a full name is meant for the word under the cursor.
        let text = "Mayor Ana Rui|z said the bridge is safe.\n\nRuiz said so.\n";
        assert_eq!(renamed(text, "Ruys"), text.replace('|', "").replace("Ruiz", "Ruys"));
        let text = "Mayor An|a Ruiz said the bridge is safe.\n\nRuiz said so.\n";
        assert_eq!(renamed(text, "Anna"), text.replace('|', "").replace("Ana", "Anna"));
    }

    #[test]
    fn a_full_name_changes_each_form() {
        let text = "# Ruiz wins\n\nMayor |Ana Ruiz said the bridge is safe.\n\n**Ruiz**’s staff agreed. Ana M. \
                    Ruiz is 40, Ruiz said.\n";
        for (new, given, family) in [
            ("Eva López", "Eva", "López"),
            // Three words have a longer surname only where a small word says so.
            ("Eva de la Cruz", "Eva", "de la Cruz"),
            ("Eva María López", "Eva", "López"),
        ] {
            let wanted =
                text.replace("|Ana Ruiz", new).replace("Ana", given).replace("Ruiz", family);
            let wanted = wanted.replace("# de la", "# De la").replace("**de la", "**De la");
            assert_eq!(renamed(text, new), wanted);
        }
    }

    #[test]
    fn several_words_for_a_surname() {
        let text = "Mayor Ana Ruiz said the bridge is safe.\n\nRui|z said so.\n";
        let with = |full: &str, family: &str| {
            text.replace('|', "")
                .replace("Ana Ruiz", full)
                .replace("\n\nRuiz", &format!("\n\n{family}"))
        };
        assert_eq!(renamed(text, "Ruiz Silva"), with("Ana Ruiz Silva", "Ruiz Silva"));
        assert_eq!(renamed(text, "de la Cruz"), with("Ana de la Cruz", "De la Cruz"));
        assert_eq!(renamed(text, "Ana Silva"), with("Ana Silva", "Silva"));
        assert_eq!(renamed(text, "Thomas Silva"), with("Thomas Silva", "Silva"));
        let back = "Mayor Ana de la Cru|z said the bridge is safe.\n\nDe la Cruz’s staff agreed, Cruz said.\n";
        let after = "Mayor Ana Ruiz said the bridge is safe.\n\nRuiz’s staff agreed, Ruiz said.\n";
        assert_eq!(renamed(back, "Ana Ruiz"), after);
    }

    #[test]
    fn quoted_words_and_other_people_stay() {
        let text = "Mayor Ana |Ruiz said the bridge is safe. “Ruiz is right,” said Bo Lund.\n\nHer brother Tom Ruiz \
                    left.\n\n> Ruiz is late.\n";
        let wanted = text.replace('|', "").replacen("Ana Ruiz", "Ana Ruys", 1);
        assert_eq!(renamed(text, "Ana Ruys"), wanted);
    }

    #[test]
    fn a_small_word_has_a_capital_where_a_sentence_starts() {
        let text = "# Ruiz: bridge safe\n\nMayor |Ana Ruiz spoke, and Ruiz left. “It is safe.” Ruiz stayed.\n\n- Ruiz \
                    left.\n";
        let wanted = "# Van der Berg: bridge safe\n\nMayor Hans van der Berg spoke, and van der Berg left. “It is safe.” \
                      Van der Berg stayed.\n\n- Van der Berg left.\n";
        assert_eq!(renamed(text, "Hans van der Berg"), wanted);
    }

    #[test]
    fn words_that_look_like_the_name_stay() {
        for (text, new, wanted) in [
            (
                "Apr|il Dunn, a nurse, said it is full. It opened in April. Last April was not. April 2023 was. April \
                 said so.",
                "Eva Lund",
                "Eva Lund, a nurse, said it is full. It opened in April. Last April was not. April 2023 was. Eva said so.",
            ),
            (
                "Tom Pri|ce resigned. Price controls failed. Price & Co. did not. Price left.",
                "Bo Fox",
                "Bo Fox resigned. Price controls failed. Price & Co. did not. Fox left.",
            ),
            (
                "Conrad Hil|ton left. The Hilton in Oslo is full.",
                "Bo Fox",
                "Bo Fox left. The Hilton in Oslo is full.",
            ),
            ("Stephen Ki|ng wrote it. King left.", "Bo Fox", "Bo Fox wrote it. Fox left."),
        ] {
            assert_eq!(renamed(text, new), wanted);
        }
    }

    #[test]
    fn parts_of_names() {
        for (text, new, wanted) in [
            (
                "Robert “Bob” Du|nn spoke. Dunn left. Bob Dunn came back.",
                "Eva Lund",
                "Eva Lund spoke. Lund left. Eva Lund came back.",
            ),
            ("|Robert “Bob” Dunn spoke. Dunn left.", "Eva Lund", "Eva Lund spoke. Lund left."),
            (
                "Ana Ru|iz Garcia spoke. Ruiz left. Ruiz Garcia came.",
                "Eva López",
                "Eva López spoke. López left. López came.",
            ),
            (
                "Ana Ruiz Garcia spoke. They saw Ruiz Gar|cia.",
                "Eva López",
                "Eva López spoke. They saw López.",
            ),
            ("Mary Ann Lu|nd spoke. Mary Ann stayed.", "Eva López", "Eva López spoke. Eva stayed."),
            (
                "Tom Jam|es spoke. James’ car and James' bike left.",
                "Tom Lund",
                "Tom Lund spoke. Lund’s car and Lund's bike left.",
            ),
            ("Tom Jam|es spoke. James’ car left.", "Tom Moss", "Tom Moss spoke. Moss’ car left."),
        ] {
            assert_eq!(renamed(text, new), wanted);
        }
    }

    #[test]
    fn a_title_and_a_possessive_are_no_part_of_the_new_name() {
        let text = "Mayor Ana |Ruiz spoke.";
        for new in ["Mayor Eva López", "Eva López’s", "Mayor Eva López’s,"] {
            assert_eq!(renamed(text, new), "Mayor Eva López spoke.", "{new}");
        }
        assert_eq!(renamed("Sen. Ana |Ruiz spoke.", "Senator Eva López"), "Sen. Eva López spoke.");
        for new in ["Dr. Eva López", "Ms. Eva López,", "Dr López"] {
            let error = try_rename(text, new).expect_err(new);
            assert!(error.contains("without “"), "{error}");
        }
        let small = try_rename(text, "ana lopez").expect_err("small letters");
        assert!(small.contains("“Ana Lopez”"), "{small}");
    }

    #[test]
    fn names_that_look_like_titles_are_kept_whole() {
        let text = "Mayor Ana |Ruiz spoke.";
        for new in [
            "Dean Moss",
            "Major Garrett",
            "Judge Reinhold",
            "Mayor Garrett",
            "Baron Cohen",
            "Chief Standing Bear",
        ] {
            assert_eq!(renamed(text, new), format!("Mayor {new} spoke."));
        }
        let text = "Judge Tom |Lund sat. “Fine,” Lund said.";
        assert_eq!(
            renamed(text, "Judge Reinhold"),
            "Judge Judge Reinhold sat. “Fine,” Reinhold said."
        );
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        let text = "Mayor Ana |Ruiz said the bridge is safe.\n";
        for (name, words) in [
            ("", "empty"),
            ("  ", "empty"),
            ("Ana\u{7}", "cannot contain"),
            ("<b>", "cannot contain"),
            ("...", "empty"),
            ("’s", "empty"),
            ("'s’s,", "empty"),
            ("’", "empty"),
        ] {
            let error = try_rename(text, name).expect_err(name);
            assert!(error.contains(words), "{error}");
        }
        assert!(try_rename(text, &"x".repeat(500)).is_err());
        let nobody = try_rename("Mayor Ana Ruiz said the br|idge is safe.\n", "Ana").expect_err("");
        assert!(nobody.contains("cursor"), "{nobody}");
        assert!(try_rename("M|ayor Ana Ruiz said the bridge is safe.\n", "Eva Ruiz").is_err());
    }

    #[test]
    fn a_name_is_asked_for_where_one_stands() {
        let ask = |marked_text: &str| {
            let (text, byte) = marked(marked_text);
            let snapshot = untitled(&text, Format::Markdown);
            match prepare(&snapshot, position(&snapshot, byte))? {
                PrepareRenameResponse::RangeWithPlaceholder { placeholder, .. } => {
                    Some(placeholder)
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(ask("Mayor Ana Ru|iz said it is safe.\n").as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            ask("Mayor Ana Ruiz said it is safe.\n\nRuiz|’s staff left.\n").as_deref(),
            Some("Ruiz")
        );
        assert_eq!(ask("M|ayor Ana Ruiz said it is safe.\n"), None);
        assert_eq!(ask("Mayor Ana Ruiz said s|he is safe.\n"), None);
        assert_eq!(ask("Mayor Ana Ruiz said it is sa|fe.\n"), None);
    }
}
