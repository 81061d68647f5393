//! Title and stored text → the hash that tells one version of an article from another.

use crate::article::Hash128;

/// Hash of what people read: the same for the same title and body, wherever they came from.
pub fn content_hash(title: &str, body: &str) -> Hash128 {
    Hash128::of([title.as_bytes(), body.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_moves_from_title_to_body_changes_the_hash() {
        assert_eq!(content_hash("Cà Mau", "họp"), content_hash("Cà Mau", "họp"));
        assert_ne!(content_hash("Cà Mau họp", ""), content_hash("Cà Mau", " họp"));
    }
}
