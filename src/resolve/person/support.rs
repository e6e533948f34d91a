//! Whether a word with a capital is somebody's name where it stands, or only a word.
//!
//! "Price", "April" and "Chelsea" are names of people, and words of other kinds. Once the article has named Tom Price, a
//! Price at the head of a sentence may be him or may open "Price controls failed"; the words beside it tell. Where they do
//! not, it is nobody: a name that is missed costs a reader less than a word that is taken for one.

use crate::annotate::{Mention, MentionFlags, Paragraph};
use crate::document::BlockKind;
use crate::lang::en::{Lex, fingerprint};
use crate::segment::{TokenFlags, TokenKind};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Ordinary words that are surnames as well, and that open sentences in news copy.
const ORDINARY: &str = "\
    amber autumn crystal dawn eve ginger hazel iris ivy jasmine penny ruby violet ace arrow ash bacon ball banks \
    barber bark barn barnes base bass batch bay beach beam bean bear beard bell berry best bills birch bird bishop \
    black blank blaze block bloom blue bolt bond booth bowl box boy brace brand brave bridge bridges bright broad \
    brook broom brown brush buck bull bush butcher butts cable cage call camp canon card carpenter case cash cave \
    chamber chambers chance chase child childs church clay clerk close coach coal coffin cook corn cotton couch \
    counts crane creek crisp crook cross crow crown cruise curry dale dancer day dear death dews dial diamond dice \
    dock dove dream drew driver drum drummer duck duke dust early earth east english fair faith falconer falls farmer \
    fast fear field fields finch fine fish flag flint flood flowers flower fly foot ford forest forth foster fountain \
    fox freed french frost gamble game garden gardener gates gay gold golden good goodman grace grant grass grave \
    graves gray green greene grey grill grove guest gun hall hammer hand hands hardy hart harvest hatch hawk hay head \
    heard heart hedges held herring high hill hills holiday home hood hook hooks hope horn house houses hunt hunter \
    hurt joy judge justice keen key keys king knight kind lake lamb land lane lark law laws lemon leach light link \
    little lock long lord love low lucky major maker march mark marks marsh marshal masters may means mercy merry \
    mill mills miner mint money monk moody moon moore moss mountain mouse murder nail nails needle new nice noble \
    north nurse oaks page painter pace park parks peace peach peacock pearl pepper perch place plant plummer pole \
    pond pool poor pope post pots pound pounds powers price prince proctor purse quick rain rains rank reader rice \
    rich rivers rock root roots rose rush rust sage sales sands savage sergeant sessions sharp shell shepherd shields \
    ship shoemaker short silver simple singer skinner small smart snow southern south sparks spears speed spring \
    springs square stack staff stamps star steel stern still stock stone stones storm strange street strong sugar \
    summer summers swan sweet swift teal temple thorn tiller tinker tower towers town trail trout underwood usher \
    vale van vest vine viola wall walls ward warden ware warner waters way weeks west wheat white wild will wills \
    wine winter winters wise wolf wood woods word words works world young yards";

/// Those of them that take no article in the singular and do something ("Hope springs eternal", "Snow covered the roads"),
/// so that a verb after one shows nothing.
const MASS: &str = "coal corn cotton death dust earth faith fear frost hope joy justice law light love march may mercy money murder music \
    peace rain rust snow spring sugar summer wheat wine winter";

/// Clubs and places that are called like people.
const THINGS: &str = "chelsea everton lincoln preston chester florence sydney austin dallas houston madison brooklyn charlotte \
    georgia virginia carolina jordan israel chad troy jackson phoenix savannah victoria mercedes";

/// Words before a time or a place that is called like somebody.
const BEFORE_THINGS: &str = "in on last next until till since during before after early late mid this every each through by from to at near \
    of between past";

/// What people do and things do not; both tenses.
const PERSONAL: &str = "resigned resigns died dies graduated married marries smiled smiles laughed laughs retired retires testified testifies \
    pleaded pleads wrote writes spoke speaks told tells thought thinks joked jokes quit quits apologized apologised apologizes wept \
    cried shrugged nodded grinned sighed waved hopes wants believes believed remembers remembered decided decides loves loved enjoyed \
    studied studies teaches taught lives lived worked works";

/// Finite verbs that are no noun: after one of these words they show that it is a name.
const VERBS: &str = "left came went ran won lost took gave got made met saw began fell held kept led paid sat stood sent drew flew grew knew \
    threw bought brought sought fought caught felt found built rose drove chose ate became heard meant broke swore wore hid lay slept swam sang \
    wins loses leads leaves gets faces seeks gives goes comes becomes needs keeps holds asks knows sees stays defends rejects accepts \
    begins brings buys sells celebrates withdraws joins takes makes meets gains tries";

/// Forms of verbs of speech that are nouns as well ("price claims").
const NOUNS: &str = "claim claims report reports note notes state states comment comments tweet tweets estimate estimates promise promises \
    remark remarks reply replies quote quotes cite recall warning quip quips joke vow vows";

static WORDS: LazyLock<[FxHashSet<u64>; 7]> = LazyLock::new(|| {
    [ORDINARY, MASS, THINGS, BEFORE_THINGS, PERSONAL, VERBS, NOUNS]
        .map(|words| words.split_whitespace().map(fingerprint).collect())
});

/// The sets of [`WORDS`], by number.
#[derive(Clone, Copy)]
enum Set {
    Ordinary,
    Mass,
    Things,
    BeforeThings,
    Personal,
    Verbs,
    Nouns,
}

/// Which part of a person's name a single word is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The name that stands for the person alone.
    Family,
    /// The given name.
    Given,
    /// A word between them, which is a surname in some cultures.
    Middle,
}

/// A single name and what stands around it.
struct Place<'p, 'a> {
    p: &'p Paragraph<'a>,
    mention: &'p Mention,
    at: usize,
}

/// Whether the single name of a mention, which is that part of somebody's name, is the name here. `shown` says that the
/// person was called by it before where no sentence starts.
pub(super) fn is_name(p: &Paragraph<'_>, mention: &Mention, part: Part, shown: bool) -> bool {
    if !mention.title.is_empty() || mention.is(MentionFlags::NAMESAKE) {
        return true;
    }
    let place = Place { p, mention, at: mention.name.start as usize };
    let lex = place.lex(place.at);
    let calendar = lex.intersects(Lex::MONTH | Lex::WEEKDAY);
    if calendar
        || part == Part::Given && (lex.contains(Lex::PLACE) || place.is(place.at, Set::Things))
    {
        return !place.is_thing() && (place.acts() || place.introduced());
    }
    if part == Part::Middle {
        return place.owns() || place.supported(shown);
    }
    // "House", "White": too often part of something else to be a name without the words beside it.
    let given = Lex::WOMAN | Lex::MAN | Lex::FAMILY_FIRST;
    let common = lex.intersects(Lex::ORGANISATION | Lex::PLACE_OPENER) && !lex.intersects(given);
    let opens = mention.flags.intersects(MentionFlags::OPENS | MentionFlags::TITLE_CASE);
    let ordinary = lex.intersects(Lex::OFFICE | Lex::RANK) || place.is(place.at, Set::Ordinary);
    !(common || opens && ordinary) || place.owns() || place.supported(shown)
}

impl Place<'_, '_> {
    fn lex(&self, at: usize) -> Lex {
        self.p.token(at).map_or(Lex::empty(), |token| token.lex)
    }

    fn is(&self, at: usize, set: Set) -> bool {
        self.p.token(at).is_some_and(|token| WORDS[set as usize].contains(&token.hash))
    }

    fn end(&self) -> usize {
        self.mention.name.end as usize
    }

    fn has(&self, at: usize, flags: TokenFlags) -> bool {
        self.p.token(at).is_some_and(|token| token.flags.contains(flags))
    }

    /// "in April", "April 2024", "April 3".
    fn is_thing(&self) -> bool {
        let number = self.p.token(self.end()).is_some_and(|t| t.kind == TokenKind::Number);
        number || self.at.checked_sub(1).is_some_and(|before| self.is(before, Set::BeforeThings))
    }

    /// "Price’s".
    fn owns(&self) -> bool {
        let text = self.p.text(self.end());
        self.has(self.end(), TokenFlags::CLITIC) && (text.len() <= 3 || text.ends_with(['s', 'S']))
    }

    /// The first word after the name that is no adverb, unless it is a capital inside a line of small letters.
    fn verb(&self) -> Option<usize> {
        let mut at = self.end();
        let adverbs =
            ["also", "then", "later", "never", "once", "still", "first", "now", "just", "again"];
        if self.p.text(at).ends_with("ly") || adverbs.iter().any(|word| self.p.is(at, word)) {
            at += 1;
        }
        let word = self.p.token(at).filter(|token| token.kind == TokenKind::Word)?;
        let small =
            !word.flags.contains(TokenFlags::CAPITAL) || self.mention.is(MentionFlags::TITLE_CASE);
        small.then_some(at)
    }

    /// Whether a verb of speech or thought, or one of what only people do, stands beside the name.
    fn acts(&self) -> bool {
        let says = Lex::SPEECH | Lex::THOUGHT;
        let before = self.at.checked_sub(1).is_some_and(|at| {
            self.lex(at).contains(Lex::SPEECH)
                && !self.has(at, TokenFlags::CAPITAL)
                && !self.is(at, Set::Nouns)
                && self.mention.is(MentionFlags::SPEAKS)
        });
        before
            || self.verb().is_some_and(|at| {
                self.lex(at).intersects(says) && !self.is(at, Set::Nouns)
                    || self.is(at, Set::Personal)
            })
    }

    /// "who", ", who", ", 45,".
    fn introduced(&self) -> bool {
        let end = self.end();
        let comma = self.p.token(end).is_some_and(|token| token.mark == ',');
        let next = end + usize::from(comma);
        let who = self.p.is(next, "who") || self.p.is(next, "whose");
        let age = comma
            && self.p.token(next).is_some_and(|token| token.kind == TokenKind::Number)
            && self.p.text(next).len() <= 2
            && self.p.token(next + 1).is_some_and(|token| token.mark == ',');
        who || age
    }

    /// Whether what follows takes a name before it rather than a noun without an article.
    fn supported(&self, shown: bool) -> bool {
        if self.acts() || self.introduced() {
            return true;
        }
        let word = self.p.text(self.at);
        let plural = word.ends_with(['s', 'S']) && !word.to_ascii_lowercase().ends_with("ss");
        if plural || self.is(self.at, Set::Mass) {
            let one = ["was", "is", "has", "does"];
            let singular = plural && one.iter().any(|word| self.p.is(self.end(), word));
            return singular || plural && self.takes_object() || shown && self.finite();
        }
        let end = self.end();
        let comma = self.p.token(end).is_some_and(|token| token.mark == ',');
        comma || self.p.is(end, "and") && self.has(end + 1, TokenFlags::CAPITAL) || self.finite()
    }

    /// Whether a verb in the third person with its object follows: "runs the office", which after a plural shows a name too.
    fn takes_object(&self) -> bool {
        let Some(at) = self.verb() else { return false };
        let text = self.p.text(at);
        let opens = Lex::DETERMINER | Lex::PRONOUN | Lex::QUANTIFIER;
        text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && (self.lex(at + 1).intersects(opens)
                || self.p.token(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
                || self.has(at + 1, TokenFlags::CAPITAL)
                    && !self.mention.is(MentionFlags::TITLE_CASE))
    }

    /// Whether a finite verb follows; in a headline also "to resign".
    fn finite(&self) -> bool {
        let Some(at) = self.verb() else { return false };
        let text = self.p.text(at);
        self.lex(at).contains(Lex::AUXILIARY)
            || ["wo", "ca"].iter().any(|word| self.p.is(at, word))
            || self.takes_object()
            || self.is(at, Set::Verbs)
            || text.len() > 4 && (text.ends_with("ed") || text.ends_with("ED"))
            || self.p.block.kind == BlockKind::Headline && self.p.is(at, "to")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyzer, Article};

    /// How many mentions the person has whom a text names first.
    fn mentions(text: &str) -> usize {
        let article = Article { text, ..Article::default() };
        Analyzer::default()
            .annotate(&article)
            .people
            .first()
            .map_or(0, |person| person.mentions.len())
    }

    #[test]
    fn a_person_who_was_named_does_things() {
        let surnames = [
            "Smith", "Taylor", "Wagner", "Parker", "Baker", "Brown", "Rice", "Wood", "Price",
            "Gordon",
        ];
        let phrases = [
            "runs the office",
            "supports the bill",
            "opposes a vote",
            "visited Paris",
            "faced a vote",
            "won't run",
            "has left",
            "will go",
            "said so",
            "thanks the voters",
        ];
        for surname in surnames {
            for phrase in phrases {
                let text = format!("Mayor Ana {surname} spoke. {surname} {phrase}.");
                assert_eq!(mentions(&text), 2, "{text}");
            }
        }
        for plural in ["Banks", "Gates", "Hill", "Rivers"] {
            let text = format!("Mayor Ana {plural} spoke. {plural} runs the office.");
            assert_eq!(mentions(&text), 2, "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_that_opens_a_sentence_is_nobody() {
        for (surname, sentence) in [
            ("Price", "Price controls failed."),
            ("Price", "Price controls on rent failed."),
            ("Banks", "Banks failed in Ohio."),
            ("Park", "Park rangers saw it."),
            ("Snow", "Snow covered the roads."),
            ("Hope", "Hope springs eternal."),
            ("Brown", "Brown bears are shy."),
            ("Rice", "Rice prices rose."),
        ] {
            let text = format!("Mayor Ana {surname} spoke. {sentence}");
            assert_eq!(mentions(&text), 1, "{text}");
        }
    }
}
