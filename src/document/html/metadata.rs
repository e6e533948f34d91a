//! The article's date and authors as the page's head and its markup give them.

use super::sink::Tag;
use crate::document::{Located, Metadata, builder, date};
use crate::text::TextRange;
use jiff::civil::Date;
use std::ops::Range;

/// Names of `<meta>` that give the day of publication, lower case.
const DATES: [&str; 12] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "datepublished",
    "parsely-pub-date",
];

/// How much a place is believed to give the article's own date; the highest wins, then the first.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    #[default]
    None,
    /// Some `<time>`.
    Time,
    /// JSON-LD's datePublished.
    LinkedData,
    /// `<meta>` or `itemprop="datePublished"`.
    Meta,
}

/// Collects metadata.
#[derive(Default)]
pub(super) struct Collector {
    date: Option<Located<Date>>,
    trust: Trust,
    authors: Vec<Located<String>>,
}

impl Collector {
    /// Reads `<meta>` and `<time>`.
    pub(super) fn tag(&mut self, tag: &Tag) {
        let published = tag.value("itemprop").eq_ignore_ascii_case("datePublished");
        match tag.name.as_slice() {
            b"meta" => {
                let name = if tag.value("property").is_empty() { "name" } else { "property" };
                let name = tag.value(name).to_ascii_lowercase();
                if published || DATES.contains(&name.as_str()) {
                    self.attribute(tag, "content", Trust::Meta);
                } else if matches!(name.as_str(), "author" | "article:author") {
                    self.author(tag);
                }
            }
            b"time" if published => self.attribute(tag, "datetime", Trust::Meta),
            b"time" => self.attribute(tag, "datetime", Trust::Time),
            _ => {}
        }
    }

    fn attribute(&mut self, tag: &Tag, name: &str, trust: Trust) {
        if let Some(attribute) = tag.attribute(name) {
            self.found(tag.value(name), attribute.range.clone(), trust);
        }
    }

    fn author(&mut self, tag: &Tag) {
        let value = tag.value("content").trim();
        if let Some(attribute) = tag.attribute("content")
            && !value.is_empty()
            && !value.starts_with("http")
        {
            let range = TextRange::from(attribute.range.clone());
            self.authors.push(Located { range, value: value.to_owned() });
        }
    }

    fn found(&mut self, text: &str, range: Range<usize>, trust: Trust) {
        if trust > self.trust
            && let Some(date) = date::parse(text)
        {
            self.date = Some(Located { range: TextRange::from(range), value: date });
            self.trust = trust;
        }
    }

    /// Reads the text of a script of JSON-LD at `range`.
    pub(super) fn linked_data(&mut self, source: &str, range: Range<usize>) {
        const KEY: &str = "\"datePublished\"";
        let Some(text) = source.get(range.clone()) else { return };
        let Some(at) = memchr::memmem::find(text.as_bytes(), KEY.as_bytes()) else { return };
        let rest = &text[at + KEY.len()..];
        let Some(value) = rest.trim_start().strip_prefix(':').map(str::trim_start) else { return };
        let Some(value) = value.strip_prefix('"') else { return };
        let length = value.find('"').unwrap_or(0);
        let start = range.start + (text.len() - value.len());
        self.found(&value[..length], start..start + length, Trust::LinkedData);
    }

    /// Adds what was found to the document's metadata. Ranges that do not fit the source are dropped.
    pub(super) fn finish(self, source: &str, metadata: &mut Metadata) {
        let fits = |range: TextRange| {
            source.get(range.start as usize..range.end as usize).is_some() && !range.is_empty()
        };
        if metadata.date.is_none() {
            metadata.date = self.date.filter(|date| fits(date.range));
        }
        metadata.authors.extend(self.authors.into_iter().filter_map(|mut author| {
            let range = author.range.start as usize..author.range.end as usize;
            fits(author.range).then(|| {
                author.range = TextRange::from(builder::trim(source, range));
                author
            })
        }));
    }
}
