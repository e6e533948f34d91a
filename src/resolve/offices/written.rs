//! Offices as articles write them, in full and in lower case, as the table writes them.

use crate::annotate::Paragraph;
use crate::lang::en::{self, Lex};
use crate::segment::Span;

/// The office of a title in lower case and in full, as the table writes it: "Sen." is "senator".
pub fn office(paragraph: &Paragraph<'_>, title: Span) -> String {
    of_words(title.iter().map(|at| paragraph.text(at)))
}

/// The office that the words name, in lower case and in full.
pub(crate) fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut out = String::new();
    for word in words {
        let word = word.to_lowercase();
        let word = word.strip_prefix("then-").or(word.strip_prefix("ex-")).unwrap_or(&word);
        let full = match word {
            "sen." | "sen" => "senator",
            "rep." | "rep" | "congressman" | "congresswoman" => "representative",
            "gov." | "gov" => "governor",
            "lt." | "lt" => "lieutenant",
            "vice-president" => "vice president",
            "director-general" => "director general",
            "taoiseach" => "prime minister",
            "of" if !["secretary", "chief"].contains(&&*out) => break,
            "of" | "the" => word,
            _ => word,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(full);
    }
    in_full(out)
}

/// Whether titles of the office are followed: the others say nothing of who holds them.
pub(crate) fn is_followed(office: &str) -> bool {
    let known = |word: &str| en::lexicon(word).contains(Lex::OFFICE) || word == "attorney";
    LOCAL.contains(&office) || office.split(' ').any(|word| known(word) || word.contains('-'))
}

/// Offices whose titles are ranks as well, and of which a town or a body has one.
const LOCAL: [&str; 6] = [
    "sheriff",
    "police chief",
    "fire chief",
    "superintendent",
    "director general",
    "executive director",
];

/// "defense secretary" as the table writes it: "secretary of defense".
pub(super) fn in_full(office: String) -> String {
    if office == "chief of police" {
        return "police chief".to_owned();
    }
    let Some(domain) = office.strip_suffix(" secretary") else {
        let british = office.contains("secretary of defence");
        return if british { office.replace("defence", "defense") } else { office };
    };
    match domain {
        "defense" | "defence" => "secretary of defense".to_owned(),
        "treasury" | "interior" => format!("secretary of the {domain}"),
        "health" => "secretary of health and human services".to_owned(),
        "housing" => "secretary of housing and urban development".to_owned(),
        "commerce" | "labor" | "transportation" | "energy" | "education" | "agriculture"
        | "homeland security" | "veterans affairs" => format!("secretary of {domain}"),
        _ => office,
    }
}
