//! The same text as others write it: in capitals, decomposed, with the tone mark elsewhere, without diacritics.

use crate::text;
use unicode_normalization::UnicodeNormalization;

/// A way to write the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// As it is.
    AsWritten,
    /// `CHUYỂN ĐỔI SỐ`
    Capitals,
    /// `Chuyển Đổi Số`
    TitleCase,
    /// `chuyển đổi số`
    SmallLetters,
    /// Letters and their marks apart (NFD).
    Decomposed,
    /// `hoà`, `khoẻ`, `thuỷ` for `hòa`, `khỏe`, `thủy`.
    OtherTonePlacement,
    /// `chuyen doi so`
    NoDiacritics,
}

/// Open syllables by the two places where their tone mark is written.
const TONE_PLACES: [(&str, &str); 15] = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("õa", "oã"),
    ("ọa", "oạ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
    ("õe", "oẽ"),
    ("ọe", "oẹ"),
    ("ùy", "uỳ"),
    ("úy", "uý"),
    ("ủy", "uỷ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
];

impl Variant {
    /// All of them.
    pub const ALL: [Variant; 7] = [
        Variant::AsWritten,
        Variant::Capitals,
        Variant::TitleCase,
        Variant::SmallLetters,
        Variant::Decomposed,
        Variant::OtherTonePlacement,
        Variant::NoDiacritics,
    ];

    /// What it is called in a report.
    pub fn name(self) -> &'static str {
        match self {
            Variant::AsWritten => "as written",
            Variant::Capitals => "ALL CAPS",
            Variant::TitleCase => "Title Case",
            Variant::SmallLetters => "small letters",
            Variant::Decomposed => "decomposed (NFD)",
            Variant::OtherTonePlacement => "other tone placement",
            Variant::NoDiacritics => "no diacritics",
        }
    }

    /// A line of text, written so.
    pub fn write(self, line: &str) -> String {
        match self {
            Variant::AsWritten => line.to_owned(),
            Variant::Capitals => line.to_uppercase(),
            Variant::TitleCase => line.split(' ').map(title_case).collect::<Vec<_>>().join(" "),
            Variant::SmallLetters => line.to_lowercase(),
            Variant::Decomposed => line.nfd().collect(),
            Variant::OtherTonePlacement => line.split(' ').map(other_tone_place).collect::<Vec<_>>().join(" "),
            Variant::NoDiacritics => line.chars().map(without_diacritics).collect(),
        }
    }
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

fn other_tone_place(word: &str) -> String {
    let end = text::parts(word).last().map_or(0, |part| part.end);
    let found = TONE_PLACES.iter().find_map(|(old, new)| Some((word[..end].strip_suffix(old)?, new)));
    found.map_or_else(|| word.to_owned(), |(start, new)| format!("{start}{new}{}", &word[end..]))
}

/// One letter for one, so that capitals stay.
fn without_diacritics(letter: char) -> String {
    let folded = text::fold(letter.encode_utf8(&mut [0; 4]));
    if letter.is_uppercase() { folded.to_uppercase() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_written_in_every_way() {
        let cases = [
            (Variant::AsWritten, "Ủy ban (tỉnh Hòa Bình)"),
            (Variant::Capitals, "ỦY BAN (TỈNH HÒA BÌNH)"),
            (Variant::TitleCase, "Ủy Ban (tỉnh Hòa Bình)"),
            (Variant::SmallLetters, "ủy ban (tỉnh hòa bình)"),
            (Variant::OtherTonePlacement, "Ủy ban (tỉnh Hoà Bình)"),
            (Variant::NoDiacritics, "Uy ban (tinh Hoa Binh)"),
        ];
        for (variant, expected) in cases {
            assert_eq!(variant.write("Ủy ban (tỉnh Hòa Bình)"), expected);
        }
        assert_eq!(Variant::OtherTonePlacement.write("bị hủy, đòan"), "bị huỷ, đòan");
        assert_eq!(Variant::Decomposed.write("ệ"), "e\u{323}\u{302}");
    }
}
