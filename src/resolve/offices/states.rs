//! The states of the United States whose names are one word, which is what stands beside a title.

/// The postal code of a state by its name in lower case ("ohio").
pub(super) fn code(state: &str) -> Option<&'static str> {
    let at = STATES.binary_search_by_key(&state, |&(name, _)| name).ok()?;
    STATES.get(at).map(|&(_, code)| code)
}

const STATES: [(&str, &str); 39] = [
    ("alabama", "AL"),
    ("alaska", "AK"),
    ("arizona", "AZ"),
    ("arkansas", "AR"),
    ("california", "CA"),
    ("colorado", "CO"),
    ("connecticut", "CT"),
    ("delaware", "DE"),
    ("florida", "FL"),
    ("georgia", "GA"),
    ("hawaii", "HI"),
    ("idaho", "ID"),
    ("illinois", "IL"),
    ("indiana", "IN"),
    ("iowa", "IA"),
    ("kansas", "KS"),
    ("kentucky", "KY"),
    ("louisiana", "LA"),
    ("maine", "ME"),
    ("maryland", "MD"),
    ("massachusetts", "MA"),
    ("michigan", "MI"),
    ("minnesota", "MN"),
    ("mississippi", "MS"),
    ("missouri", "MO"),
    ("montana", "MT"),
    ("nebraska", "NE"),
    ("nevada", "NV"),
    ("ohio", "OH"),
    ("oklahoma", "OK"),
    ("oregon", "OR"),
    ("pennsylvania", "PA"),
    ("tennessee", "TN"),
    ("texas", "TX"),
    ("utah", "UT"),
    ("vermont", "VT"),
    ("virginia", "VA"),
    ("wisconsin", "WI"),
    ("wyoming", "WY"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order() {
        assert!(STATES.is_sorted());
        assert_eq!(code("ohio"), Some("OH"));
        assert_eq!(code("ontario"), None);
    }
}
