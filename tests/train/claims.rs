//! Trains the ranking of the claims.
//!
//! A claim is a published sentence whose attribution is cut off; what it is told from are the sentences as published.
//! Articles are seen as they will be in use: by a model of attributions that was trained on the other four fifths of the
//! corpus, so that what it leaves undetected is among what the ranking learns to leave alone. The two regressions that the
//! last one builds on are trained on the other four fifths too.
//!
//! Cuts are of two kinds. The *clean* ones leave the sentence as a hurried cut would: source and cue stood at its end or
//! before "that", and nothing earlier in its paragraph attributes. The *loose* ones put any content of six words or more in
//! the place of its sentence; they are many, read less like copy, and count little.

use crate::corpus::{Block, Marked, Story};
use crate::crf::minimise;
use crate::trees::{self, Growth, grow};
use copydesk::Analyzer;
use copydesk::analysis::Article;
use copydesk::annotate::attribution::model::Model as Attributions;
use copydesk::annotate::attribution::with_model;
use copydesk::resolve::claims::model::{Hashed, Model, SIGNS};
use copydesk::resolve::claims::{BUCKETS, FEATURES, FLAGS, Sample, samples};
use copydesk::resolve::{Roster, Story as Resolved};
use std::sync::Arc;

/// Parts that the corpus is cut into.
pub const FOLDS: usize = 5;
/// What a loose cut counts, where a clean one counts 1.
const LOOSE: f64 = 0.05;
/// Clean cuts of one article that are scored.
const SCORED: usize = 4;

/// What one sentence is to the ranking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// As published: somebody is on record in it, or not.
    Attributed,
    Bare,
    /// Its attribution is cut off.
    Clean,
    Loose,
}

struct Row {
    fold: usize,
    kind: Kind,
    /// Among the clean cuts of its article that are scored.
    scored: bool,
    signs: [f32; SIGNS],
    flags: u64,
    words: Vec<u16>,
    features: Option<Box<[f32; FEATURES]>>,
}

impl Row {
    fn new(fold: usize, kind: Kind, scored: bool, sample: Sample) -> Self {
        let Sample { signs, flags, words, features, .. } = sample;
        Self { fold, kind, scored, signs, flags, words, features }
    }

    fn is_cut(&self) -> bool {
        matches!(self.kind, Kind::Clean | Kind::Loose)
    }
}

/// An article without one of its attributions.
struct Cut {
    text: String,
    /// First byte of the sentence.
    at: usize,
    kind: Kind,
}

/// The ranking that the stories teach; `attributions` are the models of the folds.
pub fn train(stories: &[&Story], attributions: &[Attributions]) -> Model {
    let (rows, _) = rows(stories, attributions);
    let mut model = bases(&rows, None);
    ranking(&mut model, &rows, None);
    quantised(model)
}

/// Trains on four fifths and scores the fifth, five times.
pub fn cross_validate(stories: &[&Story], attributions: &[Attributions]) {
    let (rows, _) = rows(stories, attributions);
    let mut scores = vec![f32::NEG_INFINITY; rows.len()];
    for fold in 0..FOLDS {
        let mut model = Model::default();
        ranking(&mut model, &rows, Some(fold));
        for (row, score) in rows.iter().zip(&mut scores).filter(|(row, _)| row.fold == fold) {
            *score = row.features.as_ref().map_or(f32::NEG_INFINITY, |f| model.claim(f));
        }
    }
    report(&rows, &scores, stories.len());
}

/// Scores a corpus that nothing was trained on.
pub fn score(model: &Model, attributions: &Attributions, stories: &[&Story]) {
    let models: [&Model; FOLDS] = [model; FOLDS];
    let rows = look(stories, &[attributions; FOLDS], &models);
    let scores: Vec<f32> = rows
        .iter()
        .map(|row| row.features.as_ref().map_or(f32::NEG_INFINITY, |f| model.claim(f)))
        .collect();
    report(&rows, &scores, stories.len());
}

/// The share of the clean cuts that rank above all but so many published sentences an article.
fn report(rows: &[Row], scores: &[f32], articles: usize) {
    let of = |want: &dyn Fn(&Row) -> bool| {
        let mut list: Vec<f32> =
            rows.iter().zip(scores).filter(|(r, _)| want(r)).map(|(_, s)| *s).collect();
        list.sort_by(|a, b| b.total_cmp(a));
        list
    };
    let published = of(&|r| !r.is_cut());
    let cut = of(&|r| r.scored);
    for budget in [0.5, 1.0, 2.0] {
        let least = published.get((budget * articles as f64) as usize).copied().unwrap_or(f32::MIN);
        let above = cut.iter().filter(|s| **s > least).count();
        println!(
            "{budget} an article: {:.3} of {} cuts (from {least:.2})",
            above as f64 / cut.len().max(1) as f64,
            cut.len()
        );
    }
    let wins: usize =
        cut.iter().map(|c| published.len() - published.partition_point(|p| p >= c)).sum();
    println!("AUC {:.3}", wins as f64 / (cut.len() * published.len()).max(1) as f64);
}

/// All rows, with the features of each fold by models of the others, and those models.
fn rows(stories: &[&Story], attributions: &[Attributions]) -> (Vec<Row>, Vec<Model>) {
    let attributions: Vec<&Attributions> = attributions.iter().collect();
    let none = Model::default();
    let first = look(stories, &attributions, &[&none; FOLDS]);
    let models: Vec<Model> = (0..FOLDS).map(|fold| quantised(bases(&first, Some(fold)))).collect();
    let by_fold: Vec<&Model> = models.iter().collect();
    (look(stories, &attributions, &by_fold), models)
}

fn look(stories: &[&Story], attributions: &[&Attributions], models: &[&Model]) -> Vec<Row> {
    let analyzer = Analyzer::default();
    let mut rows = Vec::new();
    for (number, story) in stories.iter().enumerate() {
        let fold = number % FOLDS;
        let seen = see(&analyzer, &story.text, attributions[fold]);
        for sample in samples(&seen, models[fold]) {
            let bytes = seen.paragraphs[sample.paragraph].bytes(sample.sentence);
            let (start, end) = (bytes.start as usize, bytes.end as usize);
            let touched =
                |m: &Marked| m.cue.iter().chain(&m.content).any(|(s, e)| *s < end && start < *e);
            let kind = if story.marks.iter().any(touched) { Kind::Attributed } else { Kind::Bare };
            rows.push(Row::new(fold, kind, false, sample));
        }
        let mut clean = 0;
        for cut in cuts(story) {
            let seen = see(&analyzer, &cut.text, attributions[fold]);
            let found = samples(&seen, models[fold]).into_iter().find(|sample| {
                let bytes = seen.paragraphs[sample.paragraph].bytes(sample.sentence);
                bytes.contains(cut.at as u32)
            });
            clean += usize::from(cut.kind == Kind::Clean);
            let scored = cut.kind == Kind::Clean && clean <= SCORED;
            rows.extend(found.map(|sample| Row::new(fold, cut.kind, scored, sample)));
        }
    }
    rows
}

/// An article as this model of attributions understands it.
fn see<'t>(analyzer: &Analyzer, text: &'t str, model: &Attributions) -> Resolved<'t> {
    let story = analyzer.annotate(&Article { text, ..Article::default() });
    let mut paragraphs = story.paragraphs;
    for paragraph in &mut paragraphs {
        let mut notes = (*paragraph.notes).clone();
        let found = with_model(model, paragraph.block.range.slice(text), &notes);
        (notes.attributions, notes.chances) = (found.attributions, found.chances);
        paragraph.notes = Arc::new(notes);
    }
    Resolved::new(story.document, paragraphs, story.date, &Roster::default())
}

fn cuts(story: &Story) -> Vec<Cut> {
    let mut out: Vec<Cut> = Vec::new();
    for mark in &story.marks {
        if let Some(cut) = cut(story, mark) {
            let known = out.iter().position(|other| other.at == cut.at);
            match known {
                Some(at) if cut.kind == Kind::Clean => out[at] = cut,
                Some(_) => {}
                None => out.push(cut),
            }
        }
    }
    out
}

const QUOTES: [char; 3] = ['"', '\u{201C}', '\u{201D}'];

/// The article with the content of a mark in the place of its sentence, where it can stand there.
fn cut(story: &Story, mark: &Marked) -> Option<Cut> {
    let [content] = mark.content[..] else { return None };
    let block =
        story.blocks.iter().find(|b| b.start <= content.0 && content.0 < b.start + b.text.len())?;
    let (start, end) = sentence(block, content)?;
    let text = story.text.get(start..end)?;
    if content.1 > end || text.contains(QUOTES) {
        return None;
    }
    let claim = story.text.get(content.0..content.1)?.trim_end_matches([' ', ',', '.']);
    let claim = claim.strip_prefix("that ").unwrap_or(claim);
    let first = claim.split(' ').next()?;
    let opens = ![
        "to", "of", "for", "by", "as", "in", "if", "whether", "how", "why", "what", "who", "when",
        "where", "about", "on", "with", "from", "at", "against",
    ]
    .contains(&first);
    if claim.split_whitespace().count() < 6 || claim.contains(['\n']) || claim.contains("''") {
        return None;
    }
    let clean = is_clean(story, block, mark, (start, end));
    if !clean && (!opens || first.ends_with("ing")) || mark.cue.is_empty() {
        return None;
    }
    let mut letters = claim.chars();
    let capital = letters.next()?.to_uppercase();
    let text =
        format!("{}{capital}{}.{}", &story.text[..start], letters.as_str(), &story.text[end..]);
    Some(Cut { text, at: start, kind: if clean { Kind::Clean } else { Kind::Loose } })
}

/// First and last byte of the sentence in which a range starts.
fn sentence(block: &Block, range: (usize, usize)) -> Option<(usize, usize)> {
    let token = block.tokens(range).start;
    let sentence = block.notes.sentences.iter().find(|s| s.contains(token as usize))?;
    let list = &block.notes.tokens.list;
    Some((
        block.start + list.get(sentence.start as usize)?.start as usize,
        block.start + list.get(sentence.end as usize - 1)?.end as usize,
    ))
}

/// Whether the sentence is nothing but the content and its attribution, and nothing earlier in the paragraph attributes.
fn is_clean(story: &Story, block: &Block, mark: &Marked, (start, end): (usize, usize)) -> bool {
    let ([cue], [source], [content]) = (&mark.cue[..], &mark.source[..], &mark.content[..]) else {
        return false;
    };
    let (low, high) = (cue.0.min(source.0), cue.1.max(source.1));
    let only = |from: usize, to: usize, marks: &str| {
        let text = if from <= to { story.text.get(from..to) } else { None };
        text.is_some_and(|t| t.chars().all(|c| c.is_whitespace() || marks.contains(c)))
    };
    let other = |c: &(usize, usize)| c != cue && (block.start..end).contains(&c.0);
    let alone = !story.marks.iter().flat_map(|m| &m.cue).any(other);
    let together = only(cue.1.min(source.1), cue.0.max(source.0), "");
    let at_end = content.0 == start
        && low >= content.1
        && only(content.1, low, ",")
        && high <= end
        && only(high, end, ".");
    let that = story.text.get(content.0..).is_some_and(|t| t.starts_with("that "));
    let at_start =
        low == start && that && only(high, content.0, "") && only(content.1.min(end), end, ".");
    alone && together && (at_end || at_start)
}

/// One example of a regression: dense features, hashed words, whether it is one, what it counts.
struct Example<'r> {
    dense: Vec<f32>,
    words: &'r [u16],
    yes: bool,
    counts: f64,
}

/// Lets both answers count the same.
fn balance(examples: &mut [Example<'_>]) {
    let sum =
        |yes: bool| -> f64 { examples.iter().filter(|e| e.yes == yes).map(|e| e.counts).sum() };
    let share = sum(false) / sum(true).max(1e-9);
    examples.iter_mut().filter(|e| e.yes).for_each(|e| e.counts *= share);
}

/// A logistic regression: bias, dense weights, weights of the words. `penalty` is half of what a weight of one costs.
fn regress(examples: &[Example<'_>], penalty: f64) -> (Vec<f32>, Vec<f64>) {
    let dense = 1 + examples.first().map_or(0, |e| e.dense.len());
    let hashed = if examples.iter().all(|e| e.words.is_empty()) { 0 } else { BUCKETS };
    let weights = minimise(dense + hashed, 0.0, 150, |weights, gradient| {
        gradient.fill(0.0);
        let mut loss = 0.0;
        for example in examples {
            let root = (example.words.len().max(1) as f64).sqrt();
            let by_word: f64 = example.words.iter().map(|w| weights[dense + usize::from(*w)]).sum();
            let linear: f64 =
                example.dense.iter().zip(&weights[1..]).map(|(x, w)| f64::from(*x) * w).sum();
            let p = 1.0 / (1.0 + (-(weights[0] + linear + by_word / root)).exp());
            let right = if example.yes { p } else { 1.0 - p };
            loss -= example.counts * right.max(1e-12).ln();
            let slope = example.counts * (p - f64::from(u8::from(example.yes)));
            gradient[0] += slope;
            let dense_slopes = gradient[1..].iter_mut().zip(&example.dense);
            dense_slopes.for_each(|(g, x)| *g += slope * f64::from(*x));
            for word in example.words {
                gradient[dense + usize::from(*word)] += slope / root;
            }
        }
        for (weight, slope) in weights.iter().zip(gradient.iter_mut()).skip(1) {
            loss += penalty * weight * weight;
            *slope += 2.0 * penalty * weight;
        }
        loss
    });
    let list = weights[..dense].iter().map(|w| *w as f32).collect();
    (list, weights[dense..].to_vec())
}

fn flags(row: &Row) -> Vec<f32> {
    (0..FLAGS).map(|number| f32::from(u8::from(row.flags & 1 << number != 0))).collect()
}

/// The two regressions that the ranking builds on, from all rows but those of a fold.
fn bases(rows: &[Row], without: Option<usize>) -> Model {
    let rows = || rows.iter().filter(|row| Some(row.fold) != without);
    let published = rows().filter(|row| !row.is_cut());
    let examples: Vec<Example<'_>> = published
        .map(|row| Example {
            dense: row.signs.iter().copied().chain(flags(row)).collect(),
            words: &row.words,
            yes: row.kind == Kind::Attributed,
            counts: 1.0,
        })
        .collect();
    let (attributed, attributed_words) = regress(&examples, 0.25);
    let prose = rows().filter(|row| !row.words.is_empty() && row.kind != Kind::Attributed);
    let mut examples: Vec<Example<'_>> = prose
        .map(|row| Example {
            dense: flags(row),
            words: &row.words,
            yes: row.is_cut(),
            counts: if row.kind == Kind::Loose { LOOSE } else { 1.0 },
        })
        .collect();
    balance(&mut examples);
    let (told, told_words) = regress(&examples, 0.0625);
    Model {
        attributed,
        attributed_words: bytes(&attributed_words),
        told,
        told_words: bytes(&told_words),
        ..Model::default()
    }
}

/// Weights as bytes: the sign times the square of the size, so that small ones keep their digits.
fn bytes(weights: &[f64]) -> Hashed {
    let most = weights.iter().fold(1e-9f64, |most, w| most.max(w.abs()));
    let scale = most / f64::from(127 * 127);
    let byte = |w: &f64| ((w.abs() / scale).sqrt().round().min(127.0) * w.signum()) as i8;
    Hashed { scale: scale as f32, weights: weights.iter().map(byte).collect() }
}

/// As the model will be when it is read.
fn quantised(model: Model) -> Model {
    let whole = |mut model: Model| {
        model.claim.resize(1 + FEATURES, 0.0);
        model
    };
    Model::read(&whole(model).write()).unwrap_or_default()
}

/// The last regression and its trees, from all rows but those of a fold.
fn ranking(model: &mut Model, rows: &[Row], without: Option<usize>) {
    let rows = rows.iter().filter(|row| Some(row.fold) != without);
    let mut examples: Vec<Example<'_>> = rows
        .filter_map(|row| {
            Some(Example {
                dense: row.features.as_ref()?.to_vec(),
                words: &[],
                yes: row.is_cut(),
                counts: if row.kind == Kind::Loose { LOOSE } else { 1.0 },
            })
        })
        .collect();
    balance(&mut examples);
    let (mut weights, _) = regress(&examples, 5.0);
    weights.iter_mut().for_each(|w| *w *= SHRUNK);
    model.claim = weights;
    let row = |e: &Example<'_>| trees::Example {
        features: e.dense.clone(),
        yes: e.yes,
        counts: e.counts,
        start: f64::from(model.linear(&e.dense)),
    };
    model.trees = grow(&examples.iter().map(row).collect::<Vec<_>>(), &GROWTH);
}

/// What is left of the last regression before the trees are added.
const SHRUNK: f32 = 0.5;
const GROWTH: Growth = Growth { trees: 300, leaves: 8, rate: 0.03, least: 60, ridge: 20.0 };
