//! `copydesk people`: what a draft says of each person, and what the table of office-holders says.

use super::Outcome;
use super::args::{People, PeopleFormat};
use super::newsroom::Newsrooms;
use super::output::{clean, to_string};
use super::report::{self, Frame, Piece, Printed, Report};
use super::terminal::{Paint, count};
use crate::annotate::{MentionFlags, MentionKind};
use crate::diagnostic::Field;
use crate::resolve::offices::{self, End, Table, Tenure};
use crate::resolve::{Dated, Listed, Origin, Person, Story};
use crate::settings::Selection;
use crate::text::LineIndex;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;

/// Runs the command.
pub(super) fn run(args: &People) -> Outcome {
    let newsrooms = report::newsrooms(&args.input, Selection::default())?;
    let writer = Writer { format: args.format, paint: Paint::stdout(), newsrooms: &newsrooms };
    report::run(&args.input, &newsrooms, &writer)
}

struct Writer<'a> {
    format: PeopleFormat,
    paint: Paint,
    newsrooms: &'a Newsrooms,
}

impl Report for Writer<'_> {
    fn frame(&self) -> Frame {
        match self.format {
            PeopleFormat::Text => Frame::Text("\n"),
            PeopleFormat::Json => Frame::Json,
        }
    }

    fn print(&self, printed: &Printed<'_>) -> Result<Piece, String> {
        let newsroom = printed.newsroom(self.newsrooms)?;
        let analyzer = self.newsrooms.analyzer(&newsroom, printed.path());
        let Printed { article, name, id, .. } = *printed;
        let story = analyzer.annotate(article);
        let dated = analyzer.dated(&story);
        let index = LineIndex::new(article.text);
        let line = |place: TextPlace| match place.0 {
            Field::Text => index.line_col(article.text, place.1).line,
            _ => 0,
        };
        let people: Vec<PersonJson<'_>> = story
            .people
            .iter()
            .map(|person| {
                let listed = person.listed.and_then(|number| analyzer.roster().get(number));
                of(&story, person, listed, analyzer.table(), dated, &line)
            })
            .collect();
        let text = match self.format {
            PeopleFormat::Json => to_string(&ArticleJson {
                path: printed.shown_path(),
                id,
                date: dated.map(|day| DateJson { day: day.date.to_string(), origin: day.origin }),
                people,
            }),
            PeopleFormat::Text => render(name, dated, &people, self.paint),
        };
        Ok(text.into())
    }
}

/// A byte of a field.
#[derive(Clone, Copy)]
struct TextPlace(Field, u32);

#[derive(Serialize)]
struct ArticleJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    date: Option<DateJson>,
    people: Vec<PersonJson<'a>>,
}

/// The day that the article is of, and where that was taken from.
#[derive(Serialize)]
struct DateJson {
    day: String,
    origin: Origin,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    names: Vec<NameJson>,
    titles: Vec<TitleJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    together: Vec<TogetherJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<HouseJson<'a>>,
    table: Vec<TenureJson<'a>>,
}

/// The entry in the house's list of people.
#[derive(Serialize)]
struct HouseJson<'a> {
    name: &'a str,
    family: &'a str,
    also: &'a [String],
    known_as: &'a [String],
}

/// A name or a title that the article uses; line 0 is a headline that came beside the text.
#[derive(Serialize)]
struct NameJson {
    text: String,
    line: u32,
    count: usize,
}

#[derive(Serialize)]
struct TitleJson {
    text: String,
    office: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    standing: &'static str,
    line: u32,
    count: usize,
}

/// A description of the person and one other: "the two leaders".
#[derive(Serialize)]
struct TogetherJson {
    text: String,
    with: String,
    line: u32,
}

#[derive(Serialize)]
struct TenureJson<'a> {
    office: &'a str,
    place: &'a str,
    from: String,
    to: Option<String>,
    planned: bool,
    /// Whether the office is held on the article's day, if that is known.
    holds: Option<bool>,
    as_of: Option<String>,
    source: &'a str,
}

/// What the article and the table say of a person.
fn of<'a>(
    story: &Story<'_>,
    person: &'a Person,
    listed: Option<&'a Listed>,
    table: &'a Table,
    dated: Option<Dated>,
    line: &impl Fn(TextPlace) -> u32,
) -> PersonJson<'a> {
    let (mut names, mut titles): (Vec<NameJson>, Vec<TitleJson>) = (Vec::new(), Vec::new());
    for place in &person.mentions {
        let Some((paragraph, mention)) = place.of(&story.paragraphs) else { continue };
        let line = line(TextPlace(paragraph.field, paragraph.bytes(mention.span).start));
        if mention.kind == MentionKind::Name {
            let text = paragraph.clean(mention.name);
            match names.iter_mut().find(|name| name.text == text) {
                Some(name) => name.count += 1,
                None => names.push(NameJson { text, line, count: 1 }),
            }
        }
        if mention.kind == MentionKind::Pronoun || mention.title.is_empty() {
            continue;
        }
        let text = paragraph.clean(mention.span);
        match titles.iter_mut().find(|title| title.text == text) {
            Some(title) => title.count += 1,
            None => titles.push(TitleJson {
                text,
                office: offices::office(paragraph, mention.title),
                place: offices::place_of(paragraph, mention).map(str::to_owned),
                standing: standing(mention.flags),
                line,
                count: 1,
            }),
        }
    }
    let mut rows = table.of_person(&person.family, &person.given_names());
    if rows.is_empty() && person.given.is_empty() {
        // "Gov. Ruiz": a name alone tells who is meant where one holder of the office bears it.
        let by_title = titles.iter().map(|title| table.of_office(&person.family, &title.office));
        rows = by_title.into_iter().find(|rows| !rows.is_empty()).unwrap_or_default();
    }
    let table = rows.into_iter().map(|row| tenure(row, dated)).collect();
    let house = listed.map(|entry| HouseJson {
        name: &entry.name,
        family: &entry.family,
        also: &entry.also,
        known_as: &entry.known_as,
    });
    let together = person.together.iter().filter_map(|pair| {
        let paragraph = story.paragraphs.get(pair.paragraph)?;
        Some(TogetherJson {
            text: paragraph.clean(pair.span),
            with: story.people.get(pair.with)?.name.clone(),
            line: line(TextPlace(paragraph.field, paragraph.bytes(pair.span).start)),
        })
    });
    let together = together.collect();
    PersonJson { name: &person.name, names, titles, together, house, table }
}

fn standing(flags: MentionFlags) -> &'static str {
    [
        (MentionFlags::FORMER, "former"),
        (MentionFlags::THEN, "then"),
        (MentionFlags::ELECT, "elect"),
        (MentionFlags::ACTING, "acting"),
        (MentionFlags::LATE, "late"),
    ]
    .into_iter()
    .find(|(flag, _)| flags.contains(*flag))
    .map_or("sitting", |(_, word)| word)
}

fn tenure(row: &Tenure, dated: Option<Dated>) -> TenureJson<'_> {
    let (to, planned) = match row.to {
        End::Known(day) => (Some(day.to_string()), false),
        End::Planned(day) => (Some(day.to_string()), true),
        End::Open => (None, false),
    };
    TenureJson {
        office: &row.office,
        place: &row.place,
        from: row.from.to_string(),
        to,
        planned,
        holds: dated.and_then(|day| row.holds(day.date)),
        as_of: Some(row.as_of).filter(|day| *day != Date::MAX).map(|day| day.to_string()),
        source: &row.source,
    }
}

/// The people of a draft for people.
fn render(name: &str, dated: Option<Dated>, people: &[PersonJson<'_>], paint: Paint) -> String {
    let mut out = format!("{}\n", paint.bold(&clean(name)));
    if let Some(day) = dated {
        let _ = writeln!(out, "  Dated {day}.");
    }
    if people.is_empty() {
        let _ = writeln!(out, "  Nobody is named.");
    }
    for person in people {
        let _ = writeln!(out, "\n  {}", paint.bold(&clean(person.name)));
        let times = |number: usize| match number {
            1 => String::new(),
            number => format!(" ({number} times)"),
        };
        let mut add = |line: u32, text: &str, number: usize| {
            let line = if line == 0 { "headline".to_owned() } else { format!("line {line}") };
            let place = paint.dim(&format!("{line:>10}"));
            let _ = writeln!(out, "  {place}  {}{}", clean(text), times(number));
        };
        for name in &person.names {
            add(name.line, &name.text, name.count);
        }
        for title in &person.titles {
            let what = match title.standing {
                "sitting" => String::new(),
                other => format!(", {other}"),
            };
            let of = title.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
            let text = format!("“{}”: {}{of}{what}", title.text, title.office);
            add(title.line, &text, title.count);
        }
        for pair in &person.together {
            add(pair.line, &format!("“{}”: with {}", pair.text, pair.with), 1);
        }
        if let Some(house) = &person.house {
            let place = paint.dim(&format!("{:>10}", "house"));
            let _ = writeln!(out, "  {place}  {}", spelling(house));
        }
        for row in &person.table {
            let place = paint.dim(&format!("{:>10}", "table"));
            let _ = writeln!(out, "  {place}  {}", line_of(row));
        }
    }
    if !people.is_empty() {
        let known = people.iter().filter(|person| !person.table.is_empty()).count();
        let number = count(people.len(), "person").replace("persons", "people");
        let _ = writeln!(out, "\n  {number}, {known} in the table of office-holders.");
    }
    out
}

/// "Ida Koch, then Koch; not Cook; also Idi".
fn spelling(house: &HouseJson<'_>) -> String {
    let mut out = format!("{}, then {}", house.name, house.family);
    for (word, names) in [("not", house.also), ("also", house.known_as)] {
        if !names.is_empty() {
            let _ = write!(out, "; {word} {}", names.join(", "));
        }
    }
    clean(&out).into_owned()
}

/// "president (US) since 2009-01-20, until 2017-01-20: not in office that day; as of 2026-01-22".
fn line_of(row: &TenureJson<'_>) -> String {
    let until = match (&row.to, row.planned) {
        (Some(day), false) => format!(" to {day}"),
        (Some(day), true) => format!(", term ends {day}"),
        (None, _) => String::new(),
    };
    let from = if row.to.is_some() && !row.planned { "from" } else { "since" };
    let holds = match row.holds {
        Some(true) => ": in office that day",
        Some(false) => ": not in office that day",
        None => ": not known for that day",
    };
    let place = if row.place.is_empty() { String::new() } else { format!(" ({})", row.place) };
    let as_of = row.as_of.as_ref().map_or_else(String::new, |day| format!("; as of {day}"));
    format!("{}{place} {from} {}{until}{holds}{as_of}", row.office, row.from)
}
