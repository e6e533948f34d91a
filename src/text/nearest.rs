//! "Did you mean ...?"

/// The candidate that `word` was most likely meant to be, if one is near.
///
/// Near is: at most a third of the letters differ (Damerau-Levenshtein, ASCII case and `_` for `-` ignored), or one of
/// the two begins the other at a hyphen ("dangling" for "dangling-attribution").
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_ascii_lowercase().replace('_', "-");
    let distance = |candidate: &str| {
        let part = candidate.split('-').any(|part| part == word)
            || word.split('-').any(|part| part == candidate)
            || !word.is_empty() && candidate.starts_with(&word);
        let typos = strsim::damerau_levenshtein(&word, candidate);
        match (typos <= (candidate.len() / 3).max(1), part) {
            (true, _) => Some(typos),
            (false, true) => Some(100 + typos),
            (false, false) => None,
        }
    };
    // A name of a kilobyte was not meant to be any of them, and would take long to compare.
    if word.len() > 64 {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| distance(candidate).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typos_parts_and_nothing_else() {
        let names = ["dangling-attribution", "vague-attribution", "placeholder"];
        assert_eq!(nearest("placeholdr", names), Some("placeholder"));
        assert_eq!(nearest("Dangling_Attribution", names), Some("dangling-attribution"));
        assert_eq!(nearest("dangling", names), Some("dangling-attribution"));
        assert_eq!(nearest("spelling", names), None);
        assert_eq!(nearest("", names), None);
    }
}
