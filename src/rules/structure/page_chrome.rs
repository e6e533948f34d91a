//! `page-chrome`: furniture of a web page that was pasted along with the copy.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::{BlockKind, Furniture, recognise_furniture, seen};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::text::TextRange;

pub(crate) static RULE: Rule = Rule {
    id: "page-chrome",
    group: Group::Structure,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    yields_to: &[],
    summary: "Furniture of a web page was pasted along with the copy",
    what: "A line that belongs to the page and not to the article: menu words, comment counters, links to other \
           articles, share and sign-up lines, rights lines, notices about how the text was produced, what a chatbot \
           says around the text it was asked for. Contributor lines, datelines and running text that has such words \
           in it are left alone. A reporter's \"Follow me\" line is shown with `--min-confidence 0` only.",
    why: "It goes out under the reporter's name, tells readers that copy was pasted unread, and may carry another \
          outlet's rights line or promise into print.",
    bad: &[
        "The bridge reopened on Friday.\n\nComments (12)",
        "Read Next: Ferry fares rise again\n\nThe bridge reopened on Friday.",
        "This article was generated with the help of AI and reviewed by an editor.",
    ],
    good: &[
        "The search continues.\n\nLena Ode contributed to this report.",
        "Readers left 300 comments on the plan, and the council read them all.",
    ],
    fix: "Deletes the line. `--fix` does so for well-known lines that say nothing else, such as \"Comments (0)\"; \
          whatever names an outlet, a product or another article is deleted only when a person chooses to.",
    check: Check::Story(check),
};

const HELP: &str = "Delete the line: it belongs to the web page that the copy was taken from. A rights line that must \
                    be kept belongs into the article's metadata.";

fn check(story: &Story<'_>, _: &Context<'_>, findings: &mut Findings) {
    let furniture = |paragraph: &&Paragraph<'_>| paragraph.block.kind == BlockKind::Furniture;
    for paragraph in story.paragraphs.iter().filter(furniture) {
        let block = &paragraph.block;
        let text = seen(paragraph.source, block.range, &block.masks);
        let sure = recognise_furniture(&text, true).unwrap_or(Furniture::Place);
        let confidence = match sure {
            Furniture::Exact => 0.98,
            Furniture::Line => 0.9,
            Furniture::Sentence => 0.8,
            Furniture::Weak => 0.65,
            Furniture::Promo => 0.4,
            Furniture::Place => 0.55,
        };
        let line = [Edit::delete(line(paragraph.source, block.range))];
        let fix = match sure {
            Furniture::Exact => Fix::safe("Delete the line", line),
            _ => Fix::suggestion("Delete the line", line),
        };
        let message = match sure {
            Furniture::Place => "looks like page furniture: it stands among lines that are",
            _ => "page furniture, not part of the article",
        };
        let finding = Diagnostic::new(block.range, message, HELP);
        findings.push(paragraph, finding.confidence(confidence).fix(fix));
    }
}

/// The whole line of a block with its line break, and with the blank line after it where another stands before;
/// the block alone where other text shares the line.
fn line(source: &str, block: TextRange) -> TextRange {
    let before = source.get(..block.start as usize).unwrap_or("");
    let after = source.get(block.end as usize..).unwrap_or("");
    let lead = before.len() - before.trim_end_matches([' ', '\t', '\u{A0}']).len();
    let opens = before[..before.len() - lead].is_empty()
        || before[..before.len() - lead].ends_with(['\n', '\r', '\u{FEFF}']);
    let trail = after.len() - after.trim_start_matches([' ', '\t', '\u{A0}']).len();
    let ends = after[trail..].is_empty() || after[trail..].starts_with(['\n', '\r']);
    if !opens || !ends {
        return block;
    }
    let above = &before[..before.len() - lead];
    let blank_above = above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n");
    let mut end = trail + line_break(&after[trail..]);
    if blank_above {
        end += line_break(&after[end..]);
    }
    TextRange::new(block.start - lead as u32, block.end + end as u32)
}

/// Bytes of the line break that `text` starts with.
fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}
