//! placeholder until the parser lands

use super::MaskKind;
use super::builder::Builder;
use std::ops::Range;

pub(super) fn parse(source: &str) -> super::Document {
    super::plain::parse(source)
}

/// Adds the prose of an HTML block inside Markdown.
pub(super) fn fragment(_builder: &mut Builder<'_>, _range: Range<usize>) {}

/// How an inline tag stands in its sentence.
pub(super) fn inline_kind(tag: &str) -> MaskKind {
    let name = tag.trim_start_matches(['<', '/']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match name[..length].to_ascii_lowercase().as_str() {
        "br" | "hr" => MaskKind::Break,
        "img" | "picture" | "video" | "audio" | "iframe" | "input" => MaskKind::Object,
        "q" if tag.starts_with("</") => MaskKind::Char('”'),
        "q" => MaskKind::Char('“'),
        _ => MaskKind::Markup,
    }
}
