//! Two ways of writing one thing in one article: the rarer one is flagged, and the fixes show both sides.

use super::Findings;
use crate::annotate::Paragraph;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::segment::TokenFlags;
use crate::text::TextRange;

/// Where one of the two ways stands.
pub(super) struct Form<'s, 'a> {
    pub(super) paragraph: &'s Paragraph<'a>,
    pub(super) range: TextRange,
    /// What would stand there in the other way.
    pub(super) other: String,
}

impl Form<'_, '_> {
    fn written(&self) -> &str {
        self.range.slice(self.paragraph.source)
    }

    fn edit(&self) -> Edit {
        Edit::replace(self.range, self.other.clone())
    }

    /// Whether no markup stands inside, so that the place can be edited from elsewhere.
    fn is_plain(&self) -> bool {
        let base = self.paragraph.block.range.start;
        let tokens = self.paragraph.tokens();
        let first = tokens.partition_point(|t| base + t.end <= self.range.start);
        let mut inside = tokens[first..].iter().take_while(|t| base + t.start < self.range.end);
        inside.all(|token| !token.flags.contains(TokenFlags::MASKED))
    }
}

/// Of two ways the one to flag and the one to keep: the more frequent one stays, of equals the second.
pub(super) fn rarer<'f, F>(first: &'f [F], second: &'f [F]) -> (&'f [F], &'f [F]) {
    if first.len() > second.len() { (second, first) } else { (first, second) }
}

/// Places that one fix changes at most: each finding brings such a fix.
const MOST: usize = 100;

/// Reports each place in `flagged`: `message` gets what is written there and what is written elsewhere.
pub(super) fn report(
    flagged: &[Form<'_, '_>],
    kept: &[Form<'_, '_>],
    message: impl Fn(&str, &str) -> String,
    help: &'static str,
    confidence: f32,
    findings: &mut Findings,
) {
    let Some(model) = kept.first() else { return };
    let few = kept.len() <= MOST;
    let plain: Vec<&Form<'_, '_>> = kept.iter().filter(|other| few && other.is_plain()).collect();
    for form in flagged {
        let others: Vec<Edit> = plain
            .iter()
            .filter(|other| other.paragraph.field == form.paragraph.field)
            .map(|other| other.edit())
            .collect();
        let all = others.len() == kept.len();
        let throughout =
            Fix::suggestion(format!("Write \"{}\" throughout", form.written()), others);
        let finding = Diagnostic::new(form.range, message(form.written(), model.written()), help)
            .confidence(confidence)
            .related(
                model.paragraph.field,
                model.range,
                format!("written `{}` here", model.written()),
            )
            .fix(Fix::suggestion(format!("Write \"{}\"", form.other), [form.edit()]))
            .fix(throughout.filter(|_| all));
        findings.push(form.paragraph, finding);
    }
}
