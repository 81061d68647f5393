//! The encodings older than Unicode: a word's codes → its letters, by the table beside this file.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// An encoding whose text is taken for Western letters by whoever does not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712 VN3, of the ABC fonts, with the punctuation of Windows.
    Tcvn3,
    /// TCVN 5712 VN1, with codes for capitals where Windows has its punctuation.
    Tcvn5712,
    /// VNI for Windows.
    Vni,
    /// VISCII, RFC 1456.
    Viscii,
    /// Microsoft's code page for Vietnamese.
    Windows1258,
    /// UTF-8 whose bytes were taken for letters.
    Utf8,
}

/// All of them; where two read a text equally well, the first is meant.
pub const LEGACIES: [Legacy; 6] = [Legacy::Tcvn3, Legacy::Vni, Legacy::Windows1258, Legacy::Viscii, Legacy::Tcvn5712, Legacy::Utf8];

/// The letters of one encoding by their codes.
struct Table {
    /// Letters of one code; none where the encoding has no letter there.
    single: [Option<char>; 256],
    /// Letters of two codes: a plain letter and its marks.
    pairs: HashMap<[u8; 2], char>,
}

static TCVN3: LazyLock<Table> = LazyLock::new(|| {
    // Of the capitals, VN3 has only those without a tone.
    Table::of_column(1, |letter, codes| letter.is_lowercase() || (0xA1..=0xA7).contains(&codes[0]))
});
static TCVN5712: LazyLock<Table> = LazyLock::new(|| Table::of_column(1, |_, _| true));
static VNI: LazyLock<Table> = LazyLock::new(|| Table::of_column(2, |_, _| true));
static VISCII: LazyLock<Table> = LazyLock::new(|| Table::of_column(3, |_, _| true));
static WINDOWS1258: LazyLock<Table> = LazyLock::new(|| {
    let letters = page(WINDOWS_1258);
    Table { single: std::array::from_fn(|code| (code >= 0x80).then_some(letters[code])), pairs: HashMap::new() }
});

/// What Windows shows for each code where nobody says what the text is.
static WESTERN: LazyLock<[char; 256]> = LazyLock::new(|| page(WINDOWS_1252));

/// The characters of a code page.
fn page(encoding: &'static encoding_rs::Encoding) -> [char; 256] {
    std::array::from_fn(|code| {
        let byte = [u8::try_from(code).expect("an array of 256 has no more codes")];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    })
}

impl Table {
    /// Reads a column of the table, of the rows that `has` lets pass.
    fn of_column(column: usize, has: impl Fn(char, &[u8]) -> bool) -> Table {
        let mut table = Table { single: [None; 256], pairs: HashMap::new() };
        for line in include_str!("letters.tsv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let letter = cells[0].chars().next().expect("a row begins with its letter");
            let codes: Vec<u8> =
                cells[column].split(' ').map(|code| u8::from_str_radix(code, 16).expect("codes are hexadecimal")).collect();
            match codes[..] {
                [code] if has(letter, &codes) => table.single[usize::from(code)] = Some(letter),
                [base, marks] => {
                    table.pairs.insert([base, marks], letter);
                    // Small marks on a capital: how a sentence begins.
                    if letter.is_lowercase() {
                        let capital = letter.to_uppercase().next().unwrap_or(letter);
                        table
                            .pairs
                            .insert([WESTERN[usize::from(base)].to_uppercase().next().and_then(code_of).unwrap_or(base), marks], capital);
                    }
                }
                _ => {}
            }
        }
        table
    }
}

/// The code that Windows shows as this character, or Latin-1 does.
pub fn code_of(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        0x152..=0x2DC | 0x2013..=0x2122 => (0x80..=0x9F).find(|&code| WESTERN[usize::from(code)] == letter),
        _ => None,
    }
}

impl Legacy {
    /// The name that an article's origin gives as its charset.
    pub fn name(self) -> &'static str {
        match self {
            // People know both by this name, and a text without capitals is the same in both.
            Legacy::Tcvn3 | Legacy::Tcvn5712 => "tcvn3",
            Legacy::Vni => "vni",
            Legacy::Viscii => "viscii",
            Legacy::Windows1258 => "windows-1258",
            Legacy::Utf8 => "utf-8",
        }
    }

    /// Reads a word: composed letters; punctuation as Windows shows it.
    ///
    /// `None` where a code is a Western letter that this encoding does not have.
    pub fn letters(self, codes: &[u8]) -> Option<String> {
        let table: &Table = match self {
            Legacy::Tcvn3 => &TCVN3,
            Legacy::Tcvn5712 => &TCVN5712,
            Legacy::Vni => &VNI,
            Legacy::Viscii => &VISCII,
            Legacy::Windows1258 => &WINDOWS1258,
            Legacy::Utf8 => return String::from_utf8(codes.to_vec()).ok(),
        };
        let mut letters = String::with_capacity(codes.len() * 2);
        let mut at = 0;
        while let Some(&code) = codes.get(at) {
            let pair = codes.get(at + 1).and_then(|&marks| table.pairs.get(&[code, marks]));
            let single = table.single[usize::from(code)];
            let western = WESTERN[usize::from(code)];
            match pair.copied().or(single) {
                Some(letter) => letters.push(letter),
                None if code.is_ascii() || !western.is_alphabetic() => letters.push(western),
                None => return None,
            }
            at += 1 + usize::from(pair.is_some());
        }
        Some(if self == Legacy::Windows1258 { letters.nfc().collect() } else { letters })
    }

    /// Whether a small letter with a tone may stand for a capital: there is no code for that.
    pub fn lacks_capitals(self) -> bool {
        self == Legacy::Tcvn3
    }
}
