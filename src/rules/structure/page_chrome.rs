//! `page-chrome`: furniture of a web page that was pasted along with the copy.

use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::document::{BlockKind, Furniture, recognise_furniture, seen};
use crate::resolve::Story;
use crate::rules::{Check, Context, Findings, Group, Rule};
use crate::text::{TextRange, whole_line};

pub(crate) static RULE: Rule = Rule {
    id: "page-chrome",
    group: Group::Structure,
    severity: Severity::Error,
    enabled: true,
    threshold: 0.5,
    in_quotations: false,
    waits: false,
    yields_to: &[],
    summary: "Furniture of a web page was pasted along with the copy",
    what: "A line that belongs to the page and not to the article: menu words, comment counters, links to other \
           articles, share and sign-up lines, rights lines, notices about how the text was produced, what a chatbot \
           says around the text it was asked for. Contributor lines, datelines, headings that the format marks as \
           such and running text that has such words in it are left alone. A reporter's \"Follow me\" line is shown \
           with `--min-confidence 0` only.",
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
    let first = |paragraph: &Paragraph<'_>| {
        let before = paragraph.source.get(..paragraph.block.range.start as usize);
        before.is_some_and(|before| before.trim_matches(['\u{FEFF}', ' ', '\n', '\r']).is_empty())
    };
    for paragraph in story.paragraphs.iter().filter(furniture) {
        let block = &paragraph.block;
        let text = seen(paragraph.source, block.range, &block.masks);
        let sure = recognise_furniture(&text, true).unwrap_or(Furniture::Place);
        let confidence = match sure {
            Furniture::Exact => 0.98,
            Furniture::Line | Furniture::Lead => 0.9,
            Furniture::Sentence => 0.8,
            Furniture::Weak => 0.65,
            Furniture::Promo => 0.4,
            Furniture::Place => 0.55,
        };
        let element = element(paragraph.source, block.range);
        let whole = whole_line(paragraph.source, element);
        let line = [Edit::delete(whole.unwrap_or(element))];
        // The first line may be the headline, and what shares its line with markup may leave an empty element behind.
        let fix = match sure {
            Furniture::Exact if whole.is_some() && !first(paragraph) => {
                Fix::safe("Delete the line", line)
            }
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

/// The block with the elements of HTML that hold nothing else ("<li><a href=…>Comments (0)</a></li>").
fn element(source: &str, mut block: TextRange) -> TextRange {
    /// Elements within elements that are taken along.
    const DEEPEST: usize = 6;
    /// The longest start tag, in bytes.
    const TAG: usize = 2000;
    const NAMES: [&str; 10] = ["p", "li", "a", "span", "b", "strong", "em", "i", "small", "div"];
    for _ in 0..DEEPEST {
        let before = source.get(..block.start as usize).unwrap_or("").trim_end();
        let after = source.get(block.end as usize..).unwrap_or("");
        let blank = after.len() - after.trim_start().len();
        let after = &after.as_bytes()[blank..];
        let window = before.len().saturating_sub(TAG);
        let open = before.as_bytes()[window..].iter().rposition(|byte| *byte == b'<');
        let Some(open) = open.map(|at| at + window).filter(|_| before.ends_with('>')) else {
            break;
        };
        let tag = &before[open + 1..before.len() - 1];
        let name = &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let known = NAMES.iter().any(|known| name.eq_ignore_ascii_case(known));
        let end = after.strip_prefix(b"</").filter(|_| known && !tag.contains('>'));
        let ends =
            end.and_then(|end| end.split_at_checked(name.len())).is_some_and(|(end, rest)| {
                end.eq_ignore_ascii_case(name.as_bytes()) && rest.starts_with(b">")
            });
        if !ends {
            break;
        }
        let close = block.end as usize + blank + "</>".len() + name.len();
        block = TextRange::from(open..close);
    }
    block
}
