//! The states of the United States whose names are one word, which is what stands beside a title, and what stands for a
//! state beside a party.

/// The postal code of a state by its name or its abbreviation in lower case ("ohio", "ala.", "n.y.").
pub(super) fn code(state: &str) -> Option<&'static str> {
    let bare = state.trim_end_matches('.');
    let mut pairs = SHORT.split(' ').filter_map(|pair| pair.split_once('='));
    if let Some((_, code)) = pairs.find(|(short, _)| short.trim_end_matches('.') == bare) {
        return Some(code);
    }
    let at = STATES.binary_search_by_key(&state, |&(name, _)| name).ok()?;
    STATES.get(at).map(|&(_, code)| code)
}

/// Abbreviations as news copy has them beside a party.
const SHORT: &str = "ala.=AL ariz.=AZ ark.=AR calif.=CA colo.=CO conn.=CT del.=DE fla.=FL ga.=GA ill.=IL ind.=IN kan.=KS \
                     ky.=KY la.=LA md.=MD mass.=MA mich.=MI minn.=MN miss.=MS mo.=MO mont.=MT neb.=NE nev.=NV n.h.=NH \
                     n.j.=NJ n.m.=NM n.y.=NY n.c.=NC n.d.=ND okla.=OK ore.=OR pa.=PA r.i.=RI s.c.=SC s.d.=SD tenn.=TN \
                     vt.=VT va.=VA wash.=WA w.va.=WV wis.=WI wyo.=WY";

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
        assert_eq!(code("ala."), Some("AL"));
        assert_eq!(code("n.y."), Some("NY"));
        assert_eq!(code("ala"), Some("AL"));
        assert_eq!(code("ontario"), None);
    }
}
