//! An article that is edited again and again, analysed with one cache, gives what an analysis from scratch gives.

use super::{PIECES, analyzer, format};
use copydesk::ActiveRule;
use copydesk::analysis::{Analyzer, Article, Cache, Stands};
use copydesk::document::Format;
use copydesk::rules::{self, Selector};
use copydesk::settings::{QuotationMarks, Style};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Paragraphs with findings of many rules, people, speech over several paragraphs, masks of every format.
const PARAGRAPHS: &[&str] = &[
    "# Harbour could close, mayor says",
    "By Ana Ruiz",
    "LISBON, Tuesday, Oct. 20, 2025 (AP) — Mayor Ana Ruiz said on Friday that the harbour would close, according to.",
    "The pier reopened on Monday, Oct. 21. It was reportedly repaired at a cost of $XX million.",
    "“We asked for a year,” Ruiz said. “We got a week.",
    "“And then we got a bill for the pier.",
    "“Nobody told us that.”",
    "“We should have asked the people who live there first.”",
    "Analysts say the bond is overpriced, and the firm allegedly knew *all* of it.",
    "Joe Okafor, the former mayor, met President at the palace. Okafar declined to comment.",
    "The minister said:",
    "- The pier will close.",
    "- The tower will stay.",
    "> Nobody was asked.",
    "She claimed that the regime of Kim Marsh was to blame, he admitted.",
    "On Sunday, Feb. 30 the council voted 51-49. TK",
    "The KDVZ rejected the plan. U.S. troops left; the US did not say why.",
    "Read Next: Ferry fares rise again",
    "Comments (12)",
    "<!-- stet placeholder: the figure is to come -->",
    "<p>The <b>driver</b> allegedly fled&rsquo;s \"door\".</p>",
    "It’s the mayor's \"plan\", she said",
    "😀 The firm reportedly rejected the offer.",
];

/// Pieces that change what other blocks are: marks of quotation, of markup and of paragraphs.
const SWITCHES: &[&str] = &[
    "“", "”", "\"", "'", "\\", "\n", "\n\n", "\r\n\r\n", "\r", "<p>", "</p>", "<!--", "-->",
    "```\n", "> ", "# ", "- ", ":", "😀", "é", "[stet]\n", "*", "---\n", " ", "    ",
];

/// Something that is done to the article.
#[derive(Clone, Debug)]
enum Edit {
    /// So many characters from here on become this text; places are counted in 65,536ths of the text.
    Replace(u16, u8, String),
    /// The same at the start (0) or end of a paragraph, or a few characters beside it.
    AtBoundary(u16, i8, u8, String),
    /// A paragraph is pasted between two others.
    Paste(u16, usize),
    /// A paragraph is moved.
    Move(u16, u16),
    /// The break after a paragraph goes.
    Join(u16),
    /// All line ends become this.
    LineEnds(&'static str),
    /// The front matter says another date, or none.
    FrontMatter(Option<u8>),
    /// The date beside the text.
    Date(Option<u8>),
    /// The headline beside the text.
    Title(Option<&'static str>),
    /// Other settings: house marks, and the least confidence.
    Settings(bool, bool),
    /// Another article altogether, then this one again.
    Detour(usize),
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        3 => proptest::sample::select(SWITCHES).prop_map(str::to_owned),
        3 => "[a-zA-Z ,.]{1,3}",
        1 => Just(String::new()),
        1 => proptest::sample::select(PARAGRAPHS).prop_map(str::to_owned),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let day = || proptest::option::of(1..28_u8);
    let title =
        proptest::sample::select(&[None, Some("“Plan” is dead, mayor says"), Some("TK said")][..]);
    prop_oneof![
        8 => (any::<u16>(), 0..6_u8, piece()).prop_map(|(at, len, text)| Edit::Replace(at, len, text)),
        8 => (any::<u16>(), -3..4_i8, 0..4_u8, piece()).prop_map(|(at, by, len, text)| Edit::AtBoundary(at, by, len, text)),
        2 => (any::<u16>(), 0..PARAGRAPHS.len()).prop_map(|(at, number)| Edit::Paste(at, number)),
        2 => (any::<u16>(), any::<u16>()).prop_map(|(from, to)| Edit::Move(from, to)),
        2 => any::<u16>().prop_map(Edit::Join),
        1 => proptest::sample::select(&["\n", "\r\n", "\r"][..]).prop_map(Edit::LineEnds),
        1 => day().prop_map(Edit::FrontMatter),
        1 => day().prop_map(Edit::Date),
        1 => title.prop_map(Edit::Title),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(marks, low)| Edit::Settings(marks, low)),
        1 => (0..PARAGRAPHS.len()).prop_map(Edit::Detour),
    ]
}

/// The article as it stands, and the settings it is read with.
struct Draft {
    text: String,
    date: Option<Date>,
    title: Option<&'static str>,
    analyzer: Analyzer,
    detour: Option<usize>,
}

fn place(text: &str, at: u16) -> usize {
    let at = text.len() * usize::from(at) / (usize::from(u16::MAX) + 1);
    (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The end of the paragraph that holds the place, and the start of the next one.
fn gap(text: &str, at: u16) -> (usize, usize) {
    let from = place(text, at);
    let breaks = |at: usize| text[at..].starts_with(['\n', '\r']);
    let end = (from..text.len()).find(|&at| text.is_char_boundary(at) && breaks(at));
    let end = end.unwrap_or(text.len());
    (end, text.len() - text[end..].trim_start_matches(['\n', '\r']).len())
}

fn step(text: &str, mut at: usize, by: i8) -> usize {
    for _ in 0..by.unsigned_abs() {
        let chars = if by < 0 { text[..at].chars().next_back() } else { text[at..].chars().next() };
        let len = chars.map_or(0, char::len_utf8);
        at = if by < 0 { at - len } else { at + len };
    }
    at
}

impl Draft {
    fn replace(&mut self, at: usize, len: u8, text: &str) {
        let end = step(&self.text, at, len as i8);
        self.text.replace_range(at..end, text);
    }

    fn apply(&mut self, edit: &Edit) {
        self.detour = None;
        match edit {
            Edit::Replace(at, len, text) => self.replace(place(&self.text, *at), *len, text),
            Edit::AtBoundary(at, by, len, text) => {
                let (end, start) = gap(&self.text, *at);
                let at = if at % 2 == 0 { end } else { start };
                self.replace(step(&self.text, at, *by), *len, text);
            }
            Edit::Paste(at, number) => {
                let (_, start) = gap(&self.text, *at);
                self.text.insert_str(start, &format!("{}\n\n", PARAGRAPHS[*number]));
            }
            Edit::Move(from, to) => {
                let (start, end) =
                    (gap(&self.text, *from).1, gap(&self.text, from.saturating_add(3000)).1);
                let cut: String = self.text.drain(start..end.max(start)).collect();
                let to = gap(&self.text, *to).1;
                self.text.insert_str(to, &cut);
            }
            Edit::Join(at) => {
                let (end, start) = gap(&self.text, *at);
                self.text.replace_range(end..start, " ");
            }
            Edit::LineEnds(line_end) => {
                let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
                self.text = text.replace('\n', line_end);
            }
            Edit::FrontMatter(day) => {
                let body =
                    match self.text.strip_prefix("---\n").and_then(|text| text.split_once("---\n"))
                    {
                        Some((_, body)) => body.to_owned(),
                        None => self.text.clone(),
                    };
                let head = day.map_or(String::new(), |day| {
                    format!("---\ntitle: It's \"TK\"\ndate: 2025-10-{day:02}\n---\n")
                });
                self.text = head + &body;
            }
            Edit::Date(day) => self.date = day.map(|day| date(2025, 10, day as i8)),
            Edit::Title(title) => self.title = *title,
            Edit::Settings(marks, low) => self.analyzer = settings(*marks, *low),
            Edit::Detour(number) => self.detour = Some(*number),
        }
    }

    fn article(&self, format: Format) -> Article<'_> {
        Article {
            text: &self.text,
            format,
            title: self.title,
            date: self.date,
            path: None,
            against: None,
        }
    }
}

fn settings(marks: bool, low: bool) -> Analyzer {
    let style =
        Style { quotation_marks: marks.then_some(QuotationMarks::Curly), ..Style::default() };
    if low {
        return analyzer(style);
    }
    let every = rules::ALL.iter().map(|&rule| ActiveRule {
        rule,
        severity: rule.severity,
        min_confidence: rule.threshold,
    });
    Analyzer::new(every.collect(), style, Some(date(2025, 10, 22)))
}

fn check(draft: &Draft, article: &Article<'_>, cache: &mut Cache) -> Result<(), TestCaseError> {
    let stands = [
        Stands { selector: Selector::All, text: Some("the pier") },
        Stands { selector: Selector::All, text: Some("nobody") },
    ];
    let analyzer = &draft.analyzer;
    let fresh = analyzer.annotate(article);
    let story = analyzer.annotate_cached(article, cache);
    prop_assert_eq!(&story.document, &fresh.document);
    prop_assert_eq!(story.paragraphs.len(), fresh.paragraphs.len());
    for (paragraph, other) in story.paragraphs.iter().zip(&fresh.paragraphs) {
        prop_assert_eq!(&paragraph.block, &other.block);
        prop_assert_eq!((paragraph.field, paragraph.index), (other.field, other.index));
        prop_assert_eq!(paragraph.source, other.source);
        prop_assert_eq!(&paragraph.notes, &other.notes);
    }
    prop_assert_eq!(&story.people, &fresh.people);
    prop_assert_eq!(&story.carried, &fresh.carried);
    prop_assert_eq!(&story.resolved, &fresh.resolved);
    prop_assert_eq!(story.date, fresh.date);
    let (found, whole) = (
        analyzer.check_cached(&story, &stands, None, cache),
        analyzer.check_with(&fresh, &stands, None),
    );
    prop_assert_eq!(&found.diagnostics, &whole.diagnostics);
    prop_assert_eq!(&found.effects, &whole.effects);
    // Asked again, it says the same.
    prop_assert_eq!(
        analyzer.check_cached(&story, &stands, None, cache).diagnostics,
        whole.diagnostics
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn edits_give_what_a_fresh_analysis_gives(
        format in format(),
        paragraphs in proptest::collection::vec(proptest::sample::select(PARAGRAPHS), 0..20),
        edits in proptest::collection::vec(edit(), 1..25),
    ) {
        let analyzer = settings(false, true);
        let text = paragraphs.join("\n\n");
        let mut draft = Draft { text, date: None, title: None, analyzer, detour: None };
        let mut cache = Cache::default();
        check(&draft, &draft.article(format), &mut cache)?;
        for edit in &edits {
            draft.apply(edit);
            if let Some(number) = draft.detour {
                let other = Article { text: PARAGRAPHS[number], ..draft.article(format) };
                check(&draft, &other, &mut cache)?;
            }
            check(&draft, &draft.article(format), &mut cache)?;
        }
    }
}
