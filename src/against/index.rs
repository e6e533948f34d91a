//! Where words stand: sorted tables of key and place, which one search finds and no hash table has to hold.

/// Keys with the places that have them.
#[derive(Debug, Default)]
pub(super) struct Postings(Vec<(u32, u32)>);

impl Postings {
    /// The table of pairs of key and place.
    pub(super) fn new(mut pairs: Vec<(u32, u32)>) -> Self {
        // One number is compared faster than two.
        pairs.sort_unstable_by_key(|&(key, place)| u64::from(key) << 32 | u64::from(place));
        pairs.dedup();
        Self(pairs)
    }

    /// The pairs of each key, by key.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        self.0.chunk_by(|a, b| a.0 == b.0)
    }

    /// The places of a key, ascending.
    pub(super) fn of(&self, key: u32) -> &[(u32, u32)] {
        let start = self.0.partition_point(|pair| pair.0 < key);
        let rest = &self.0[start..];
        // Most keys stand in few places, so that the end is near.
        let near = rest.iter().take(16).take_while(|pair| pair.0 == key).count();
        let count = if near < 16 { near } else { rest.partition_point(|pair| pair.0 == key) };
        &rest[..count]
    }
}
