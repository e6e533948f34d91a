//! Trains the weights of the claims: published sentences whose attribution is cut off, against sentences that were
//! published without one. Uses the attribution model that is built in, so train that one first.

use crate::corpus::{Marked, Story};
use crate::crf::minimise;
use copydesk::Analyzer;
use copydesk::analysis::Article;
use copydesk::resolve::claims::{FEATURES, sentences};

type Row = [f32; FEATURES];

/// Rows of claims whose attribution was cut off, and of sentences as published.
pub fn rows(stories: &[Story]) -> (Vec<Row>, Vec<Row>) {
    let (mut cut, mut published) = (Vec::new(), Vec::new());
    let analyzer = Analyzer::default();
    for story in stories {
        let annotated = analyzer.annotate(&Article { text: &story.text, ..Article::default() });
        published.extend(sentences(&annotated).into_iter().map(|(_, row)| row));
        for (text, at) in story.marks.iter().filter_map(|mark| without(story, mark)) {
            let annotated = analyzer.annotate(&Article { text: &text, ..Article::default() });
            cut.extend(sentences(&annotated).into_iter().find_map(|(claim, row)| {
                let bytes = annotated.paragraphs[claim.paragraph].bytes(claim.sentence);
                bytes.contains(at as u32).then_some(row)
            }));
        }
    }
    (cut, published)
}

/// The article without the source and cue of a mark, where they stand at the end of a sentence that is otherwise its
/// content, and where the sentence starts.
fn without(story: &Story, mark: &Marked) -> Option<(String, usize)> {
    let ([cue], [source], [content]) = (&mark.cue[..], &mark.source[..], &mark.content[..]) else {
        return None;
    };
    let block =
        story.blocks.iter().find(|b| b.start <= content.0 && content.0 < b.start + b.text.len())?;
    let token = block.tokens(*content).start;
    let sentence = block.notes.sentences.iter().find(|s| s.contains(token as usize))?;
    let list = &block.notes.tokens.list;
    let start = block.start + list.get(sentence.start as usize)?.start as usize;
    let end = block.start + list.get(sentence.end as usize - 1)?.end as usize;
    let (low, high) = (cue.0.min(source.0), cue.1.max(source.1));
    let only = |from: usize, to: usize, marks: &str| {
        from <= to
            && story
                .text
                .get(from..to)
                .is_some_and(|t| t.chars().all(|c| c.is_whitespace() || marks.contains(c)))
    };
    let fits = content.0 == start
        && low >= content.1
        && only(cue.1.min(source.1), cue.0.max(source.0), "")
        && only(content.1, low, ",")
        && high <= end
        && only(high, end, ".");
    let claim = story.text.get(content.0..content.1)?.trim_end_matches([' ', ',', '.']);
    if !fits || claim.contains(['"', '\u{201C}', '\u{201D}']) {
        return None;
    }
    Some((format!("{}{claim}.{}", &story.text[..start], &story.text[end..]), start))
}

/// The weights of a logistic regression that gives both kinds of rows the same say.
pub fn train(cut: &[Row], published: &[Row]) -> Vec<f64> {
    let share = |rows: &[Row]| 1.0 / rows.len().max(1) as f64;
    let (yes, no) = (share(cut), share(published));
    minimise(FEATURES, 0.0, 300, |weights, gradient| {
        let mut loss = 0.0;
        gradient.fill(0.0);
        for (rows, share, gold) in [(cut, yes, 1.0), (published, no, 0.0)] {
            for row in rows {
                let score: f64 = row.iter().zip(weights).map(|(f, w)| f64::from(*f) * w).sum();
                let p = 1.0 / (1.0 + (-score).exp());
                loss -=
                    share * if gold > 0.5 { p.max(1e-12).ln() } else { (1.0 - p).max(1e-12).ln() };
                row.iter()
                    .zip(gradient.iter_mut())
                    .for_each(|(f, g)| *g += share * (p - gold) * f64::from(*f));
            }
        }
        for (weight, slope) in weights.iter().zip(gradient.iter_mut()).skip(1) {
            loss += 1e-3 * weight * weight;
            *slope += 2e-3 * weight;
        }
        loss
    })
}

/// How often a cut claim ranks above a published sentence.
pub fn auc(weights: &[f64], cut: &[Row], published: &[Row]) -> f64 {
    let score = |row: &Row| row.iter().zip(weights).map(|(f, w)| f64::from(*f) * w).sum::<f64>();
    let mut negatives: Vec<f64> = published.iter().map(score).collect();
    negatives.sort_by(f64::total_cmp);
    let below: usize = cut.iter().map(|row| negatives.partition_point(|n| *n < score(row))).sum();
    below as f64 / (cut.len() * negatives.len()).max(1) as f64
}
