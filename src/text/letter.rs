//! The Vietnamese vowel letters as (plain letter, quality, tone); a table for the rest of `text`.
//!
//! Source: the alphabet of the national script, 12 vowel letters by 6 tones, and đ.

/// The tone of a syllable, in the order of the dictionaries: level, huyền, sắc, hỏi, ngã, nặng.
pub(crate) type Tone = u8;

/// Vowel letters (lower case) without tone; the index is the letter's code in [`TABLE`].
const VOWELS: [char; 12] = ['a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y'];

/// The same letters without quality marks: what [`crate::text::fold`] leaves.
const PLAIN: [char; 12] = ['a', 'a', 'a', 'e', 'e', 'i', 'o', 'o', 'o', 'u', 'u', 'y'];

/// Each vowel letter with its five marked tones, in the order of [`Tone`] from 1.
const TONED: [[char; 5]; 12] = [
    ['à', 'á', 'ả', 'ã', 'ạ'],
    ['ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// One past the last code point of a Vietnamese letter (ỹ is U+1EF9).
const TABLE_LEN: usize = 0x1EFA;

/// Code point → 1 + vowel index * 6 + tone; 0 for whatever is not a Vietnamese vowel.
static TABLE: [u8; TABLE_LEN] = table();

const fn table() -> [u8; TABLE_LEN] {
    let mut table = [0; TABLE_LEN];
    let mut vowel = 0;
    while vowel < VOWELS.len() {
        table[VOWELS[vowel] as usize] = 1 + vowel as u8 * 6;
        let mut tone = 1;
        while tone <= 5 {
            table[TONED[vowel][tone - 1] as usize] = 1 + vowel as u8 * 6 + tone as u8;
            tone += 1;
        }
        vowel += 1;
    }
    table
}

/// A vowel letter taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vowel {
    index: u8,
    /// 0 where the letter carries no tone mark.
    pub tone: Tone,
}

impl Vowel {
    /// Takes a lower-case, composed letter apart; `None` for anything but a Vietnamese vowel.
    pub fn of(letter: char) -> Option<Vowel> {
        let code = *TABLE.get(letter as usize)?;
        let code = code.checked_sub(1)?;
        Some(Vowel { index: code / 6, tone: code % 6 })
    }

    /// The letter without its tone: `ế` → `ê`.
    pub fn toneless(self) -> char {
        VOWELS[usize::from(self.index)]
    }

    /// The letter without tone and quality: `ế` → `e`.
    pub fn plain(self) -> char {
        PLAIN[usize::from(self.index)]
    }

    /// Whether the letter has a quality mark (`ă â ê ô ơ ư`); such a vowel always carries the tone.
    pub fn has_quality(self) -> bool {
        self.toneless() != self.plain()
    }

    /// The letter under another tone.
    pub fn with_tone(self, tone: Tone) -> char {
        match tone {
            0 => self.toneless(),
            _ => TONED[usize::from(self.index)][usize::from(tone) - 1],
        }
    }
}

/// Lower case with the look-alikes of đ (Ð U+00D0, ð U+00F0, Ɖ U+0189, ɖ U+0256) brought to đ,
/// and every apostrophe to `'`.
///
/// The first of the lower-case letters where Unicode has several: terms want one letter for one.
pub(crate) fn lower(letter: char) -> char {
    match letter {
        _ if letter.is_ascii() && letter != '`' => letter.to_ascii_lowercase(),
        // Most letters that are not ASCII are small vowels: spared the search in Unicode's tables.
        'đ' => letter,
        _ if Vowel::of(letter).is_some() => letter,
        'Đ' | 'Ð' | 'ð' | 'Ɖ' | 'ɖ' => 'đ',
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '`' => '\'',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// `char::is_alphabetic`, without the search through its tables for the letters that Vietnamese is written in.
pub fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\u{7F}' => letter.is_ascii_alphabetic(),
        '\u{D7}' | '\u{F7}' => false,
        '\u{C0}'..='\u{24F}' | '\u{1EA0}'..='\u{1EF9}' => true,
        _ => letter.is_alphabetic(),
    }
}

/// `char::is_alphanumeric`, likewise.
pub fn is_word_letter(letter: char) -> bool {
    is_letter(letter) || letter.is_ascii_digit() || !letter.is_ascii() && letter.is_numeric()
}

/// `char::is_uppercase`, likewise.
pub fn is_capital(letter: char) -> bool {
    match letter {
        '\0'..='\u{7F}' => letter.is_ascii_uppercase(),
        '\u{C0}'..='\u{DE}' => letter != '\u{D7}',
        '\u{DF}'..='\u{FF}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        '\u{1EA0}'..='\u{1EF9}' => u32::from(letter) % 2 == 0,
        _ => letter.is_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_ways_say_of_every_letter_what_the_standard_ways_say() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter:?}");
            assert_eq!(is_word_letter(letter), letter.is_alphanumeric(), "{letter:?}");
            assert_eq!(is_capital(letter), letter.is_uppercase(), "{letter:?}");
        }
    }
}
