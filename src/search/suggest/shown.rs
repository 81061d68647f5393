//! Canonical syllables as people write them: `kĩ thuật` → `kỹ thuật`.
//!
//! Terms have one spelling for `i` and `y`; a proposal is read by people, and has the one that the press uses.

use crate::text::canonical;

/// The open syllables that are mostly written with `y`. Source: the spelling of government documents and of the press.
const WITH_Y: [&str; 20] =
    ["hy", "hỷ", "kỳ", "ký", "kỷ", "kỹ", "kỵ", "ly", "lý", "lỵ", "mỹ", "quy", "quý", "quỳ", "quỷ", "quỹ", "quỵ", "tỵ", "ty", "tỷ"];

/// Words in which such a syllable is written with `i`, canonical.
const WITH_I: [&str; 3] = ["ti vi", "tỉ mỉ", "tỉ lệ"];

/// A canonical phrase as people write it, in small letters.
pub(super) fn shown(phrase: &str) -> String {
    if WITH_I.contains(&phrase) {
        return phrase.to_owned();
    }
    phrase.split(' ').map(syllable).collect::<Vec<_>>().join(" ")
}

fn syllable(canonical_syllable: &str) -> &str {
    match canonical_syllable.ends_with(['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị']) {
        true => WITH_Y.into_iter().find(|written| canonical(written) == canonical_syllable).unwrap_or(canonical_syllable),
        false => canonical_syllable,
    }
}

/// A replacement in the capitals of what was typed: `CHUYEN` → `CHUYỂN`, `Ha` → `Hà`.
pub(super) fn capitals_of(typed: &str, replacement: &str) -> String {
    let mut letters = typed.chars().filter(|letter| letter.is_alphabetic());
    let first_is_capital = letters.next().is_some_and(char::is_uppercase);
    let mut rest = letters.peekable();
    if first_is_capital && rest.peek().is_some() && rest.all(char::is_uppercase) {
        return replacement.to_uppercase();
    }
    let mut written = replacement.chars();
    match written.next() {
        Some(first) if first_is_capital => first.to_uppercase().chain(written).collect(),
        _ => replacement.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_are_spelt_as_the_press_does() {
        for (phrase, expected) in [
            ("kĩ thuật", "kỹ thuật"),
            ("công ti", "công ty"),
            ("ủy ban", "ủy ban"),
            ("thi hành", "thi hành"),
            ("ti vi", "ti vi"),
            ("quí", "quý"),
        ] {
            assert_eq!(shown(phrase), expected);
        }
    }

    #[test]
    fn capitals_stay_as_typed() {
        for (typed, replacement, expected) in [
            ("chuyen", "chuyển", "chuyển"),
            ("Ha", "hà", "Hà"),
            ("DAT", "đất", "ĐẤT"),
            ("A", "á", "Á"),
            ("Thanhtra", "thanh tra", "Thanh tra"),
        ] {
            assert_eq!(capitals_of(typed, replacement), expected);
        }
    }
}
