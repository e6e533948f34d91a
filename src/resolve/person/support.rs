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
    amber autumn crystal dawn eve ginger hazel iris ivy jasmine penny ruby rusty violet \
    abbey ace alder archer arrow ash bacon bailey baker ball banks barber bark barker barn barnes base bass batch bay beach beam bean \
    bear beard bell berry best bills birch bird bishop black blank blaze block bloom blue bolt bond booth bowl box boy brace \
    brand brave bridge bridges briggs bright bristol broad brook brooks broom brown brush buck bull burns bush butcher butler butts \
    cable cage call camp canon card carpenter carter carver case cash cave chamber chambers chance chandler chase child childs church \
    clay clerk close coach coal coffey coffin cole coleman combs cook cooke cooper corn cotton couch counts cox crane creek crisp crook cross \
    crow crown cruise cruz curry dale dancer day dear death dews dial diamond dice dickens dock dove drake draper dream drew driver drum drummer duck \
    duke dust dyer early earth east english fair fairbanks faith falconer falls farmer farrier fast fear field fields finch fine fish fisher fitch flag flint flood \
    flowers flower fly foot ford forest forester forth foster fountain fowler fox franks freed freeman french frost fuller funk gale \
    gamble game garden gardener gardner garland gates gay gold golden good goodman grace grant grass grave graves gray green greene grey grill grove \
    guest gun hale hall hammer hand hands hardy hart harvest hatch hawk hay head heard heart heath heck hedges held herring hicks high hill hills hogg \
    holiday holly home hood hook hooks hope horn horne house houses hunt hunter hurt jewel joy judge justice keen key keys king knight knox kind ladd lake lamb land lane lark \
    law laws lemon leach light lilly link little lock long lord love low lucky lynch major maker mann march mark marks marsh marshal mason masters may mayer mayes means mercer \
    mercy merry mill miller mills miner mint money monk moody moon moor moore moss mountain mouse murder nail nails neal needle new newman nice noble north nurse oakes oaks \
    page paige paine painter palmer pace park parker parks parson parsons partridge peace peach peacock pearl peck penny pepper perch piper pitt pitts place plant plummer pole pond \
    pool poole poor pope porter post pots potter potts pound pounds powers price prince proctor pryor pugh purse quick rain rains raines ramsey rank ray reader \
    reed rice rich rivers roach rock rode rodes root roots rose rowe rush rust sage sales sands savage sawyer sergeant sessions sharp shaw shell shepherd shields ship shoemaker \
    short silver simple singer skinner small smart smith snell snow southern south sparks spears speed spence spencer spring springs square stack staff stamps star starks starr steel steele \
    stern still stock stokes stone stones storm strange street strong sugar summer summers swan sweet swift tanner tate taylor teal temple thorn thorne tiller tinker tower towers town townsend trail trout \
    tucker turk turner tyler underwood usher vale valentine van vance vest vine viola wade wagner walker wall waller walls ward warden ware warner waters watts way weaver webb weeks \
    wells west wheat wheeler white wild will wills wine winter winters wise wolf wolfe wood woods woodward word words works world wren wright yates young yards";

/// Those of them that take no article in the singular ("Hope springs eternal"), so that a verb after one shows nothing.
const MASS: &str = "bacon cash clay coal corn cotton curry death dust earth faith fear frost gold good grace grass hope joy justice law light \
    love march may mercy money moss murder music peace pepper rain rice rust silver snow spring steel stone sugar summer wheat white wine winter \
    wood early long black brown green amber autumn crystal dawn ginger jasmine";

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
            return singular || shown && self.finite();
        }
        let end = self.end();
        let comma = self.p.token(end).is_some_and(|token| token.mark == ',');
        comma || self.p.is(end, "and") && self.has(end + 1, TokenFlags::CAPITAL) || self.finite()
    }

    /// Whether a finite verb follows; in a headline also "to resign".
    fn finite(&self) -> bool {
        let Some(at) = self.verb() else { return false };
        let text = self.p.text(at);
        self.lex(at).contains(Lex::AUXILIARY)
            || self.is(at, Set::Verbs)
            || text.len() > 4 && (text.ends_with("ed") || text.ends_with("ED"))
            || self.p.block.kind == BlockKind::Headline && self.p.is(at, "to")
    }
}
