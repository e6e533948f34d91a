//! Inputs that nobody writes and that must neither stop nor slow copydesk: huge lines, deep nesting, odd characters.
//!
//! Sizes are small in a debug build, so that the suite stays quick; `COPYDESK_TORTURE=50` sets the megabytes (for a
//! release build: `COPYDESK_TORTURE=50 cargo test --release --test torture`).

use copydesk::against::{Wire, Wires};
use copydesk::document::{Document, Format};
use copydesk::rules::ALL;
use copydesk::settings::Style;
use copydesk::{ActiveRule, Analyzer, Article};
use std::time::{Duration, Instant};

const FORMATS: [Format; 3] = [Format::Plain, Format::Markdown, Format::Html];

/// Time that this thread has run: of the processor where the system tells (others use the machine, too), else of the
/// clock.
struct Stopwatch(Option<Duration>, Instant);

impl Stopwatch {
    fn start() -> Self {
        Self(Self::processor(), Instant::now())
    }

    fn processor() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }

    fn elapsed(&self) -> Duration {
        match (self.0, Self::processor()) {
            (Some(start), Some(now)) => now.saturating_sub(start),
            _ => self.1.elapsed(),
        }
    }
}

fn megabytes() -> f64 {
    let set = std::env::var("COPYDESK_TORTURE").ok().and_then(|size| size.parse().ok());
    set.unwrap_or(if cfg!(debug_assertions) { 0.3 } else { 5.0 })
}

fn fill(unit: &str, megabytes: f64) -> String {
    unit.repeat((megabytes * 1e6) as usize / unit.len())
}

fn analyzer() -> Analyzer {
    let rules = ALL
        .iter()
        .map(|rule| ActiveRule { rule, severity: rule.severity, min_confidence: 0.0 })
        .collect();
    Analyzer::new(rules, Style::default(), None)
}

/// Checks `text` in every format, with every rule, and says how long that took.
fn check(analyzer: &Analyzer, text: &str) -> Duration {
    let start = Stopwatch::start();
    for format in FORMATS {
        let findings = analyzer.check(&Article { text, format, ..Article::default() });
        for finding in findings {
            let range = finding.range.start as usize..finding.range.end as usize;
            assert!(text.get(range).is_some(), "{finding:?}");
        }
    }
    start.elapsed()
}

/// News copy of invented people, which differs from sentence to sentence.
fn copy(bytes: usize) -> String {
    let names = ["Ana Ruiz", "Tom Fell", "Lena Ode", "Ida Moe", "Ben Castle", "Kofi Lund"];
    let titles = ["Mayor", "former President", "Sen.", "Coast guard Capt.", "Dr.", "Gov."];
    let said = ["said on Friday", "told the Herald", "added", "wrote on X", "announced", "denied"];
    let mut text = String::with_capacity(bytes + 400);
    for at in 0.. {
        if text.len() >= bytes {
            break;
        }
        let pick = |list: &[&'static str], step: usize| list[(at / step + at) % list.len()];
        let (title, name, verb) = (pick(&titles, 2), pick(&names, 3), pick(&said, 5));
        let number = at % 997;
        text.push_str(&format!(
            "The bridge closed after {number} inspections, {title} {name} {verb}. “We have no choice,” {name} said. \
             According to officials, it may cost ${number} million. The F.B.I. was told at 3 p.m. Monday. "
        ));
    }
    text
}

#[test]
fn one_huge_line() {
    let analyzer = analyzer();
    let size = megabytes();
    for unit in [
        "word ",
        "The mayor said so. ",
        "“We have no choice,” she said. ",
        "President Ana Ruiz ",
        "a",
        "\"",
        "“",
        "'",
        ". ",
        "e\u{301}\u{302}\u{303}",
        "\u{0}",
        "\u{202E}\u{5D0}",
        "\u{1F600}",
        "said ",
        "according to ",
        "Comments (0) ",
        "Ruiz was ",
        "He said it rained. ",
        "<p>Mayor Ana Smyth (CQ) left.</p>",
        "‘Nobody has rung the bell of the old barn since the spring came’\n\n",
    ] {
        let text = fill(unit, size);
        let took = check(&analyzer, &text);
        assert!(took < limit(text.len() * 3), "{unit:?}: {took:?} for {} bytes", text.len());
    }
    let text = copy((size * 1e6) as usize);
    let took = check(&analyzer, &text);
    assert!(took < limit(text.len() * 3), "copy: {took:?}");
}

/// Generous: four microseconds a byte in a debug build, one in a release build, and ten seconds for a busy machine. What
/// is quadratic takes minutes.
fn limit(bytes: usize) -> Duration {
    let micros = if cfg!(debug_assertions) { 4 } else { 1 };
    Duration::from_secs(10) + Duration::from_micros((bytes * micros) as u64)
}

#[test]
fn one_hundred_thousand_deep() {
    let analyzer = analyzer();
    let nested = 100_000;
    let twice = |open: &str, close: &str| open.repeat(nested) + "word" + &close.repeat(nested);
    let lines = |open: &str| format!("{}word\n{}", open.repeat(nested), "word\n".repeat(nested));
    let shapes = [
        ("blockquotes", twice("> ", "")),
        ("blockquotes and lines", lines("> ")),
        ("lists", twice("- ", "")),
        ("lists and lines", lines("- ")),
        ("numbers", twice("1. ", "")),
        ("divs", twice("<div>", "</div>")),
        ("unclosed divs", twice("<div>", "")),
        ("blockquote tags", twice("<blockquote>", "</blockquote>")),
        ("list tags", twice("<ul><li>", "")),
        ("bold tags", twice("<b>", "</b>")),
        ("quote tags", twice("<q>", "</q>")),
        ("comments", twice("<!-- stet -->", "")),
        ("attributes", format!("<p {}>word", "a=b ".repeat(nested))),
        ("brackets", twice("[", "]")),
        ("pictures", twice("![", "](a)")),
        ("emphasis", twice("*", "*")),
        ("emphasis of two kinds", twice("*_", "_*")),
        ("strong", twice("**a ", "**")),
        ("code", twice("`", "``")),
        ("tables", twice("a|", "\n-|-")),
        ("double quotation marks", twice("“", "”")),
        ("quotation marks that alternate", twice("“‘", "’”")),
        ("straight quotation marks", twice("\" ", "")),
        ("apostrophes", twice("'", "' ")),
        ("parentheses", twice("(", ")")),
        ("template tags", twice("{{", "}}")),
        ("front matter", format!("---\na: {}\n---\nword", "[".repeat(nested))),
        ("front matter of lists", format!("---\n{}a\n---\nword", "- ".repeat(nested))),
        ("tables of TOML", format!("+++\na = {}\n+++\nword", "[".repeat(nested))),
    ];
    for (name, text) in shapes {
        let took = check(&analyzer, &text);
        assert!(took < limit(text.len() * 3), "{name}: {took:?} for {} bytes", text.len());
    }
}

/// The cost of ten times as much is ten times as high, give or take: a quadratic part would make it a hundred times.
#[test]
fn cost_is_linear() {
    let analyzer = analyzer();
    let small = copy(if cfg!(debug_assertions) { 60_000 } else { 500_000 });
    let parse = |text: &str, format: Format| {
        assert!(!Document::parse(text, format).blocks.is_empty());
    };
    let paragraphs = |text: &str| text.replace("Monday. ", "Monday.\n\n");
    // Speakers whom nobody can be, so that the rules look for one in the whole story.
    let rain = "The rain fell on the roof of the barn.\n\n".repeat(4);
    let orphans = |bytes| fill(&format!("{rain}“It was wet in there,” he said.\n\n"), bytes);
    let megabytes = small.len() as f64 / 1e6;
    for (name, small, large) in [
        ("pronouns", orphans(megabytes), orphans(megabytes * 10.0)),
        ("one line", small.clone(), copy(small.len() * 10)),
        ("paragraphs", paragraphs(&small), paragraphs(&copy(small.len() * 10))),
    ] {
        ratio(&format!("check of {name}"), &small, &large, |text| {
            check(&analyzer, text);
        });
        for format in FORMATS {
            ratio(&format!("{format:?} of {name}"), &small, &large, |text| parse(text, format));
        }
    }
}

/// Times as much as ten times the text may cost: on a machine that others use, caches that are full make it up to 18.
const AT_MOST: f64 = 25.0;

/// The best of several measurements, and several tries, since others use the machine, too.
fn ratio(name: &str, small: &str, large: &str, run: impl Fn(&str)) {
    let mut ratios = Vec::new();
    let most = AT_MOST * large.len() as f64 / small.len() as f64 / 10.0;
    for _ in 0..4 {
        let base = (0..3).map(|_| cost(|| run(small))).fold(f64::INFINITY, f64::min);
        let ratio = cost(|| run(large)) / base;
        ratios.push(ratio);
        if ratio <= most {
            return;
        }
    }
    panic!("{name}: ten times as much cost {ratios:.1?} times as much");
}

/// Seconds that `run` takes: it is repeated until the processor's clock, which ticks every few milliseconds, can tell.
fn cost(run: impl Fn()) -> f64 {
    let start = Stopwatch::start();
    let mut times = 0;
    while start.elapsed() < Duration::from_millis(60) {
        run();
        times += 1;
    }
    start.elapsed().as_secs_f64() / f64::from(times)
}

/// Seconds to lay a draft beside wire copy, reading both.
fn beside(analyzer: &Analyzer, draft: &str, wire: &str) -> Duration {
    let start = Stopwatch::start();
    let wires = Wires::of(Wire::new("wire.txt", wire, Format::Plain));
    let article = Article { text: draft, against: Some(&wires), ..Article::default() };
    for finding in analyzer.check(&article) {
        let range = finding.range.start as usize..finding.range.end as usize;
        assert!(draft.get(range).is_some(), "{finding:?}");
    }
    start.elapsed()
}

/// Texts that are nothing but one kind of thing, each beside itself, beside the next one and beside news copy, either way round.
#[test]
fn wire_copy_of_one_kind() {
    let rules = ALL.iter().filter(|rule| rule.group == copydesk::rules::Group::Against);
    let rules = rules.map(|rule| ActiveRule { rule, severity: rule.severity, min_confidence: 0.0 });
    let analyzer = Analyzer::new(rules.collect(), Style::default(), None);
    let scale = if cfg!(debug_assertions) { 4 } else { 1 };
    let names = |prefix: &str, count: usize| -> String {
        let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
        let name = |at: usize| {
            let tail: String = [at, at / 26, at / 676].map(letter).iter().collect();
            format!("Mr. {prefix}{tail} met Ana Ruiz. ")
        };
        (0..count / scale).map(name).collect()
    };
    let words = |count: usize| -> String {
        (0..count / scale)
            .map(|at| format!("the boat{} sailed home with {at} nets, ", at % 977))
            .collect()
    };
    let news = copy(200_000 / scale);
    let kinds = [
        ("a long quotation", format!("“{}” Ana Ruiz said.", words(6_000))),
        (
            "equal sentences",
            fill("The council closed the old bridge in May. ", 4.2 / scale as f64 / 4.0),
        ),
        ("a long sentence", words(6_000)),
        ("many names", names("Marl", 17_000)),
        ("many other names", names("Merl", 5_000)),
        ("many quotations", fill("“We closed the old bridge,” she said. ", 0.4 / scale as f64)),
        (
            "many figures",
            fill("They sold 12 boats, 14 nets and 40 ropes on Monday; ", 0.3 / scale as f64),
        ),
        (
            "many number words",
            fill("one hundred and two thousand and three million ", 0.2 / scale as f64),
        ),
        ("open brackets", format!("“{}”", fill("we closed [it (... ", 0.2 / scale as f64))),
    ];
    let texts = kinds.iter().map(|(_, text)| text);
    let next = texts.clone().cycle().skip(1);
    for ((name, text), next) in kinds.iter().zip(next) {
        for (draft, wire) in [(text, text), (text, &news), (&news, text), (text, next)] {
            let took = beside(&analyzer, draft, wire);
            let bytes = draft.len() + wire.len();
            assert!(took < limit(bytes), "{name}: {took:?} for {bytes} bytes");
        }
    }
}
