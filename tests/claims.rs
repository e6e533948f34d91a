//! A floor under the ranking of claims, so that a later change cannot lose it unseen.
//!
//! `annotations/claims.txt` is invented copy; in it the sources of some sentences are cut off, and those sentences must
//! rank above the others. The full figures come from `tests/bars.py`.

use copydesk::Analyzer;
use copydesk::analysis::Article;
use copydesk::resolve::claims;

/// The stories of the fixture, each with the first bytes of its cut sentences.
fn stories() -> Vec<(String, Vec<usize>)> {
    let text = include_str!("annotations/claims.txt");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let stories = lines.split(|line| line.is_empty()).filter(|story| !story.is_empty());
    let read = |lines: &[&str]| {
        let (mut text, mut cut) = (String::new(), Vec::new());
        for line in lines {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let bare = line.strip_prefix("* ");
            cut.extend(bare.map(|_| text.len()));
            text.push_str(bare.unwrap_or(line));
        }
        (text, cut)
    };
    stories.map(read).collect()
}

#[test]
fn cut_sources_rank_above_the_rest() {
    let (mut cut, mut rest, mut planted) = (Vec::new(), Vec::new(), 0);
    for (text, marks) in stories() {
        let story = Analyzer::default().annotate(&Article { text: &text, ..Article::default() });
        planted += marks.len();
        for claim in claims::sentences(&story, 0.0) {
            let range = story.paragraphs[claim.paragraph].bytes(claim.sentence);
            let start = range.start as usize;
            let line = (claim.probability, text[start..range.end as usize].to_owned());
            if marks.contains(&start) { cut.push(line) } else { rest.push(line) }
        }
    }
    rest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = rest.get(2).map_or(0.0, |line| line.0);
    let above = cut.iter().filter(|line| line.0 > least).count();
    let wins: usize = cut.iter().map(|c| rest.iter().filter(|r| r.0 < c.0).count()).sum();
    let share = wins as f64 / (planted * rest.len()).max(1) as f64;
    assert!(
        planted == 10 && above >= FLOOR_ABOVE && share >= FLOOR_SHARE,
        "{above} of {planted} above all but two others, share {share:.2}\n{cut:#?}\n{rest:#?}"
    );
}

/// Cut sentences that stand above all but two of the others.
const FLOOR_ABOVE: usize = 4;
/// How often a cut sentence ranks above another that may be a claim.
const FLOOR_SHARE: f64 = 0.84;
