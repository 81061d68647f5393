//! Whole words inside canonical phrases ([`crate::text::canonical_phrase`]): what rules that are lists of phrases ask.
//!
//! Words are parted by single spaces. Looked for from word to word, since most phrases fail at the first letter:
//! quicker for short texts than any search that has to be prepared.

/// Whether some phrase of a list stands in a text, as whole words.
///
/// ```
/// use tracuu::text::contains_any;
/// assert!(contains_any("bí thư tỉnh ủi", &["chủ tịch", "tỉnh ủi"]));
/// assert!(!contains_any("bản đồ", &["bản đ", "đ"]));
/// ```
pub fn contains_any(text: &str, phrases: &[&str]) -> bool {
    let mut start = 0;
    loop {
        let rest = &text[start..];
        if phrases.iter().any(|phrase| begins_with(rest, phrase)) {
            return true;
        }
        match rest.bytes().position(|byte| byte == b' ') {
            Some(space) => start += space + 1,
            None => return false,
        }
    }
}

/// Whether some phrase of a list ends a text, as whole words.
pub fn ends_with_any(text: &str, phrases: &[&str]) -> bool {
    let last = text.as_bytes().last();
    phrases.iter().any(|phrase| {
        phrase.as_bytes().last() == last && text.strip_suffix(phrase).is_some_and(|head| head.is_empty() || head.ends_with(' '))
    })
}

fn begins_with(text: &str, phrase: &str) -> bool {
    text.as_bytes().first() == phrase.as_bytes().first()
        && text.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        for (text, phrase, contains, ends) in [
            ("ủi ban nhân dân", "nhân dân", true, true),
            ("ủi ban nhân dân", "ủi ban", true, false),
            ("ủi ban nhân dân", "ban nhân", true, false),
            ("ủi ban nhân dân", "an nhân", false, false),
            ("ủi ban nhân dân", "ân dân", false, false),
            ("ủi ban nhân dân", "nhân dâ", false, false),
            ("dân", "dân", true, true),
            ("dân", "nhân dân", false, false),
            ("", "dân", false, false),
        ] {
            assert_eq!(contains_any(text, &["khác", phrase]), contains, "{text}: {phrase}");
            assert_eq!(ends_with_any(text, &["khác", phrase]), ends, "{text}: {phrase}");
        }
    }
}
