//! Text as it came → the stored text: composed, with tidy spaces and line ends, otherwise as written.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Composes to NFC and tidies white space; spelling, capitals and look-alike letters stay.
///
/// - line ends (CRLF, CR, U+0085, U+2028, U+2029) become `\n`, at most two in a row;
/// - every other white space or control character becomes a space, runs of spaces one space,
///   none at either end of a line;
/// - invisible characters that split words go: U+200B, U+200C, U+200D, U+2060, U+FEFF, U+00AD,
///   and the marks that turn the writing direction.
///
/// Idempotent. Every offset in the system is a byte offset into its result.
///
/// ```
/// // e + U+0323 + U+0302 is how macOS writes ệ
/// assert_eq!(tracuu::text::compose("Vie\u{323}\u{302}t\u{a0} Nam\r\n"), "Việt Nam");
/// ```
pub fn compose(text: &str) -> String {
    match tidy(text) {
        (tidied, is_plain) if is_plain || is_nfc(text) => tidied,
        _ => tidy(&text.nfc().collect::<String>()).0,
    }
}

/// The text with tidy spaces, and whether it is so plain that it is composed without asking.
fn tidy(text: &str) -> (String, bool) {
    let mut is_plain = true;
    let mut tidied = String::with_capacity(text.len());
    let (mut line_ends, mut space, mut after_cr, mut joined) = (0_u8, false, false, false);
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let after = std::mem::replace(&mut after_cr, letter == '\r');
        match letter {
            '\n' if after => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => line_ends = line_ends.saturating_add(1),
            _ if is_invisible(letter) => joined = true,
            _ if !is_kept(letter) => space = true,
            _ => {
                if !tidied.is_empty() {
                    match line_ends {
                        0 if space => tidied.push(' '),
                        0 => {}
                        1 => tidied.push('\n'),
                        _ => tidied.push_str("\n\n"),
                    }
                }
                (line_ends, space) = (0, false);
                let end = end_of_run(text, at, &mut is_plain);
                tidied.push_str(&text[at..end]);
                at = end;
                continue;
            }
        }
        at += letter.len_utf8();
    }
    // Removing an invisible character may have brought two parts of one letter together.
    if joined && !is_nfc(&tidied) {
        tidied = tidied.nfc().collect();
    }
    (tidied, is_plain)
}

/// Where letters end that all stay, single spaces between: most of a text is copied as it is. Of a letter that may have to be composed, it is noted
/// that the text is not plain.
fn end_of_run(text: &str, start: usize, is_plain: &mut bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'!'..=b'~' => at += 1,
            b' ' if bytes[at - 1] != b' ' => at += 1,
            // The letters of Vietnamese: ß to ƿ, and from U+1E80 on.
            0xC3..=0xC6 => at += 2,
            0xE1 if matches!(bytes.get(at + 1), Some(0xBA | 0xBB)) => at += 3,
            // Its quotation marks and dashes.
            0xE2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90..=0xA7])) => at += 3,
            _ => match text[at..].chars().next().filter(|&letter| is_kept(letter) && !is_invisible(letter)) {
                Some(letter) => {
                    *is_plain = false;
                    at += letter.len_utf8();
                }
                None => break,
            },
        }
    }
    // Whether the last space stays hangs on what comes behind it.
    if bytes[at - 1] == b' ' { at - 1 } else { at }
}

/// Whether a letter is no white space and no control character.
fn is_kept(letter: char) -> bool {
    !(letter.is_whitespace() || letter.is_control())
}

/// Characters that split words, or turn the writing direction.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    #[test]
    fn white_space_is_tidied_and_spelling_is_not() {
        let cases = [
            ("decomposed", "tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "tiếng Việt"),
            ("line ends", "một\r\nhai\rba\u{2028}bốn", "một\nhai\nba\nbốn"),
            ("blank lines", "\n\nmột \n\n\n\n hai\n", "một\n\nhai"),
            ("odd spaces", "Hà\u{a0}Nội\t  2024\u{200b}", "Hà Nội 2024"),
            ("soft hyphen", "chuyển đổi s\u{ad}ố", "chuyển đổi số"),
            ("byte order mark", "\u{feff}Ninh Bình", "Ninh Bình"),
            ("direction marks", "\u{202e}Ninh\u{202c} Bình", "Ninh Bình"),
            ("NUL", "Ninh\0Bình", "Ninh Bình"),
            ("spelling stays", "HOÀ BÌNH, hòa bình, Ðắk Lắk", "HOÀ BÌNH, hòa bình, Ðắk Lắk"),
            ("a letter split by an invisible character", "e\u{200b}\u{302}", "ê"),
            ("empty", "\u{a0}\n", ""),
        ];
        for (name, input, expected) in cases {
            assert_eq!(compose(input), expected, "{name}");
            assert_eq!(compose(&compose(input)), compose(input), "{name}: not idempotent");
        }
    }

    #[test]
    fn of_plain_letters_all_texts_are_composed() {
        for letter in ('\0'..=char::MAX).filter(|letter| tidy(letter.encode_utf8(&mut [0; 4])).1) {
            // White space goes; a letter that stays, and may stand beside any other, is composed with all of them.
            let stays = is_kept(letter) && !is_invisible(letter);
            let is_sure = is_nfc_quick(std::iter::once(letter)) == IsNormalized::Yes && canonical_combining_class(letter) == 0;
            assert!(!stays || is_sure, "{letter:?}");
        }
        assert!(tidy("“Hà Nội” – 2024…").1 && !tidy("Vie\u{323}\u{302}t").1);
    }
}
