//! Title and stored text → the hash that tells versions of an article apart, and the signature that copies of it share.

use crate::article::{Hash128, Signature, Story};

/// Hash of what people read: the same for the same title and body, wherever they came from.
pub fn content_hash(title: &str, body: &str) -> Hash128 {
    Hash128::of([title.as_bytes(), body.as_bytes()])
}

/// What is known of an article without reading it again, when copies of it are looked for; nothing but its text decides.
pub fn signature(title: &str, body: &str) -> Signature {
    Signature::of(&Story::shingles_of(title, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_moves_from_title_to_body_changes_the_hash() {
        assert_eq!(content_hash("Cà Mau", "họp"), content_hash("Cà Mau", "họp"));
        assert_ne!(content_hash("Cà Mau họp", ""), content_hash("Cà Mau", " họp"));
    }

    #[test]
    fn a_signature_is_that_of_the_body_and_of_the_title_where_there_is_none() {
        let body =
            "UBND tỉnh Cà Mau giao các huyện trồng bù diện tích rừng phòng hộ bị sạt lở trong mùa mưa, làm xong trước tháng mười một.";
        assert_eq!(signature("Cà Mau trồng rừng", body), signature("Tin vắn", &body.to_uppercase()));
        let title = "Cà Mau giao các huyện trồng bù rừng";
        assert_eq!(signature(title, ""), signature(&title.to_uppercase(), ""));
        assert!(signature("Tin vắn", "").hashes().is_empty());
    }
}
