//! Tokens: words with their clitics split off ("Trump" + "'s", "do" + "n't"), numbers, marks.
//!
//! The text is read once, byte by byte, straight from the source; nothing is allocated for a token. A block that holds
//! markup is first written out as the reader sees it ([`Visible`]), and its tokens are translated back.

use super::scan::Scanner;
use super::visible::Visible;
use crate::document::Block;
use crate::lang::en::Lex;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, abbreviations with their points and hyphenated words included ("U.S.", "Sen.", "Jong-un", "'s", "n't").
    Word,
    /// A number ("1,000", "3.5", "51-49", "2025").
    Number,
    /// A quotation mark of any style; never an apostrophe.
    Quote,
    /// Any other mark: one character, a run of dots or a run of hyphens.
    Punct,
    /// Something that is not prose but stands in the sentence: a URL, an e-mail address, inline code, an image.
    Object,
}

bitflags::bitflags! {
    /// How a token is written.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TokenFlags: u16 {
        /// The first letter is upper case.
        const CAPITAL = 1 << 0;
        /// Two letters or more, all upper case (points ignored: "U.S.").
        const UPPER = 1 << 1;
        /// White space (or a break) stands before it.
        const SPACE = 1 << 2;
        /// An abbreviation that keeps its point ("Sen.", "U.S.", "p.m.", "J.").
        const ABBREVIATION = 1 << 3;
        /// A clitic ("'s", "n't", "'ll").
        const CLITIC = 1 << 4;
        /// A mask stands inside, so the source slice is not the text: see [`Tokens::text`].
        const MASKED = 1 << 5;
        /// Holds a hyphen between letters.
        const HYPHEN = 1 << 6;
        /// A line break stands before it.
        const NEWLINE = 1 << 7;
        /// "@handle" or "#tag".
        const TAG = 1 << 8;
        /// Holds an apostrophe, or a mark that stands for one ("O'Brien", "’s", "’90s").
        const APOSTROPHE = 1 << 9;
    }
}

/// One token. Offsets are bytes relative to the start of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte, relative to the block.
    pub start: u32,
    /// One past the last byte, relative to the block.
    pub end: u32,
    /// [`fingerprint`](crate::lang::en::fingerprint) of the lower-cased text with straight apostrophes, so that "n’t" and
    /// "n't" are one word; marks and numbers have one too.
    pub hash: u64,
    /// Word classes from the lexicon.
    pub lex: Lex,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub flags: TokenFlags,
    /// For marks (`Punct`, `Quote`) the character as the reader sees it, else '\0'. Dots in a row are '…', hyphens in a row
    /// '—', and the typewriter's `` and '' are '“' and '”'.
    pub mark: char,
}

/// The tokens of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// In the order of the text.
    pub list: Vec<Token>,
    /// What the reader sees of the tokens flagged `MASKED`, by token number, ascending.
    clean: Vec<(u32, Box<str>)>,
}

impl Tokens {
    /// What the reader sees of token `index`; `block_text` is the source of the block. "" where there is no such token.
    #[inline]
    pub fn text<'a>(&'a self, block_text: &'a str, index: usize) -> &'a str {
        let Some(token) = self.list.get(index) else { return "" };
        if token.flags.contains(TokenFlags::MASKED) {
            let found = self.clean.binary_search_by_key(&(index as u32), |entry| entry.0);
            return found.map_or("", |at| &self.clean[at].1);
        }
        block_text.get(token.start as usize..token.end as usize).unwrap_or("")
    }
}

/// Splits a block into tokens. `source` is the whole source that the block points into.
pub fn tokenize(source: &str, block: &Block) -> Tokens {
    let text = block.range.slice(source);
    if block.masks.is_empty() {
        return Tokens { list: Scanner::new(text).run(), clean: Vec::new() };
    }
    let visible = Visible::new(text, block);
    let mut list = Scanner::new(&visible.text).run();
    let mut clean = Vec::new();
    let mut translator = visible.translator();
    for (index, token) in list.iter_mut().enumerate() {
        let (start, end, differs) = translator.translate(token.start, token.end);
        if differs {
            let seen = visible.text.get(token.start as usize..token.end as usize).unwrap_or("");
            clean.push((index as u32, seen.into()));
            token.flags |= TokenFlags::MASKED;
        }
        (token.start, token.end) = (start, end);
    }
    Tokens { list, clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Mask, MaskKind};
    use crate::lang::en;
    use crate::text::TextRange;

    fn block(text: &str, masks: Vec<Mask>) -> Block {
        Block { kind: BlockKind::Paragraph, range: TextRange::from(0..text.len()), masks }
    }

    /// The tokens, separated by spaces; kinds other than words are marked: #number, "quote", (mark), <object>.
    fn split(text: &str) -> String {
        let tokens = tokenize(text, &block(text, Vec::new()));
        let shown = tokens.list.iter().enumerate().map(|(index, token)| {
            let text = tokens.text(text, index);
            match token.kind {
                TokenKind::Word => text.to_owned(),
                TokenKind::Number => format!("#{text}"),
                TokenKind::Quote => format!("\"{text}\""),
                TokenKind::Punct => format!("({text})"),
                TokenKind::Object => format!("<{text}>"),
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_and_clitics() {
        assert_eq!(
            split("Trump's ex-president don’t we'll"),
            "Trump 's ex-president do n’t we 'll"
        );
        assert_eq!(split("O'Brien’s y'all o’clock can't"), "O'Brien ’s y'all o’clock ca n't");
        assert_eq!(split("AT&T Jong-un U.S.-led pre- and"), "AT&T Jong-un U.S.-led pre (-) and");
        assert_eq!(
            split("the students' union, goin' home"),
            "the students ' union (,) goin ' home"
        );
        assert_eq!(split("U.S.'s “Hamilton”’s"), "U.S. 's \"“\" Hamilton \"”\" ’s");
        assert_eq!(
            split("Tribune‘s @ana_ruiz #Vote2016 #1"),
            "Tribune ‘s @ana_ruiz #Vote2016 (#) #1"
        );
    }

    #[test]
    fn abbreviations() {
        assert_eq!(
            split("Sen. J.K. Rowling, Ph.D., at 3 p.m."),
            "Sen. J.K. Rowling (,) Ph.D. (,) at #3 p.m."
        );
        assert_eq!(split("No. 10 said no. No."), "No. #10 said no (.) No (.)");
        assert_eq!(
            split("in the U.S. George W. Bush and I."),
            "in the U.S. George W. Bush and I (.)"
        );
        assert_eq!(
            split("It ended.The told CNN.com. i.e. 3p.m. ill."),
            "It ended (.) The told CNN.com (.) i.e. 3p.m. ill (.)"
        );
    }

    #[test]
    fn numbers() {
        assert_eq!(
            split("$1,000 3.5% 51-49 51–49 9/11 10:30 .5 2015."),
            "($) #1,000 #3.5 (%) #51-49 #51–49 #9/11 #10:30 #.5 #2015 (.)"
        );
        assert_eq!(
            split("1990s 20-year-old 10th $3bn COVID-19"),
            "1990s 20-year-old 10th ($) 3bn COVID-19"
        );
        assert_eq!(
            split("He is 5'10\" tall, 6' wide"),
            "He is #5 (') #10 (\") tall (,) #6 (') wide"
        );
    }

    #[test]
    fn marks() {
        assert_eq!(
            split("Well... no -- ``yes'' . . . ?!"),
            "Well (...) no (--) \"``\" yes \"''\" (. . .) (?) (!)"
        );
        assert_eq!(
            split("the '90s and ’05, rock ’n’ roll, get 'em"),
            "the '90s and #’05 (,) rock ’n’ roll (,) get 'em"
        );
        assert_eq!(split("''No,'' she said."), "\"''\" No (,) \"''\" she said (.)");
    }

    #[test]
    fn single_marks_and_apostrophes() {
        assert_eq!(split("‘The students’ union’ won"), "\"‘\" The students ’ union \"’\" won");
        assert_eq!(
            split("the 'boys' and 'girls' won"),
            "the \"'\" boys \"'\" and \"'\" girls \"'\" won"
        );
        assert_eq!(
            split("\"He said 'no,'\" she said"),
            "\"\"\" He said \"'\" no (,) \"'\" \"\"\" she said"
        );
    }

    #[test]
    fn addresses() {
        assert_eq!(
            split("see https://example.org/a?b=c. Or"),
            "see <https://example.org/a?b=c> (.) Or"
        );
        assert_eq!(
            split("(www.example.org) and first.last@example.co.uk, @b"),
            "(() <www.example.org> ()) and <first.last@example.co.uk> (,) @b"
        );
        assert_eq!(split("example.co.uk/news a@b"), "<example.co.uk/news> a @b");
    }

    #[test]
    fn beyond_ascii() {
        assert_eq!(split("Élan naïve 北京 1½ 😀👍"), "Élan naïve 北京 #1½ (😀) (👍)");
        assert_eq!(
            split("a\u{200B}b co\u{AD}op x\u{200E}, e\u{301}a"),
            "a b co\u{AD}op x (,) e\u{301}a"
        );
    }

    #[test]
    fn fingerprints_fold_case_and_apostrophes() {
        let tokens = |text: &str| tokenize(text, &block(text, Vec::new())).list;
        assert_eq!(tokens("don’t")[1].hash, en::fingerprint("n't"));
        assert_eq!(tokens("DON'T")[1].hash, en::fingerprint("n't"));
        assert_eq!(tokens("ÉLAN")[0].hash, en::fingerprint("élan"));
        assert_eq!(tokens("U.S.")[0].hash, en::fingerprint("u.s."));
        assert_eq!(tokens("U.S.-Led")[0].hash, en::fingerprint("u.s.-led"));
        assert_eq!(tokens("3.5")[0].hash, en::fingerprint("3.5"));
        assert_eq!(tokens("Sen.")[0].lex, en::lexicon("sen."));
        assert_eq!(tokens("co\u{AD}op")[0].hash, en::fingerprint("coop"));
    }

    #[test]
    fn masks_close_up() {
        let text = "The <i>Tribune</i>&rsquo;s <img> fell<br>apart";
        let mask = |part: &str, kind| {
            let start = text.find(part).unwrap_or_default();
            Mask { range: TextRange::from(start..start + part.len()), kind }
        };
        let masks = vec![
            mask("<i>", MaskKind::Markup),
            mask("</i>", MaskKind::Markup),
            mask("&rsquo;", MaskKind::Char('’')),
            mask("<img>", MaskKind::Object),
            mask("<br>", MaskKind::Break),
        ];
        let tokens = tokenize(text, &block(text, masks));
        let shown: Vec<_> = (0..tokens.list.len()).map(|index| tokens.text(text, index)).collect();
        assert_eq!(shown, ["The", "Tribune", "’s", "\u{FFFC}", "fell", "apart"]);
        let source: Vec<_> =
            tokens.list.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(source, ["The", "Tribune", "&rsquo;s", "<img>", "fell", "apart"]);
    }
}
