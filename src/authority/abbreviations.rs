//! Abbreviations of the administration and what they stand for.
//!
//! Input → output: a canonical phrase, short (`ubnd`, `tt tt`) or long → the rows of the table that hold it.
//! Does not decide whether the letters in some text *are* an abbreviation: an ambiguous one is only when in capitals.

use crate::text::{canonical_phrase, fold, parts};
use std::collections::HashMap;
use std::fmt;

/// An abbreviation and one of its readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// As it is written: `TT&TT`.
    pub short: String,
    /// In full words: `Thông tin và Truyền thông`.
    pub long: String,
    /// Whether the letters are also a word, a name or another abbreviation: then only capitals count.
    pub ambiguous: bool,
}

/// The table of abbreviations, found from either side by canonical phrase, with or without diacritics.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    rows: Vec<Abbreviation>,
    by_short: HashMap<String, Vec<usize>>,
    /// By the short form as it is written: the first row.
    written: HashMap<String, usize>,
    by_folded_short: HashMap<String, Vec<usize>>,
    by_long: HashMap<String, Vec<usize>>,
    by_folded_long: HashMap<String, Vec<usize>>,
    longest: usize,
}

/// A line of a table of abbreviations that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbbreviationError {
    /// Line in the table, from 1.
    pub line: usize,
    /// What stands there, as far as it is shown.
    pub found: String,
}

/// So much of a broken line is shown, in characters.
const SHOWN_CHARS: usize = 80;

impl fmt::Display for AbbreviationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AbbreviationError { line, found } = self;
        write!(
            f,
            "line {line}: expected three columns with a tab between: short form, long form, and yes or no for ambiguous \
             (an ambiguous short form has two capitals or more); found {found:?}"
        )
    }
}

impl std::error::Error for AbbreviationError {}

impl Abbreviations {
    /// Name and text of the bundled tables.
    pub const TABLES: &[(&str, &str)] =
        &[("abbreviations.tsv", include_str!("abbreviations.tsv")), ("spellings.tsv", include_str!("spellings.tsv"))];

    /// The tables that are part of the program: abbreviations, and other spellings of place names.
    pub fn bundled() -> Self {
        let tables: Vec<&str> = Self::TABLES.iter().map(|(_, table)| *table).collect();
        Abbreviations::parse(&tables.concat()).expect("the bundled tables are read by a test")
    }

    /// Reads a table: short, long, `yes` or `no` for ambiguous; `#` begins a comment line.
    ///
    /// # Errors
    /// The first line that does not hold these three columns.
    pub fn parse(tsv: &str) -> Result<Self, AbbreviationError> {
        let (table, errors) = Abbreviations::read(tsv);
        errors.into_iter().next().map_or(Ok(table), Err)
    }

    /// Reads what can be read of a table; with it, the lines that cannot.
    pub fn read(tsv: &str) -> (Self, Vec<AbbreviationError>) {
        let (mut table, mut errors) = (Abbreviations::default(), Vec::new());
        for (line, found) in (1..).zip(tsv.trim_start_matches('\u{feff}').lines()) {
            if found.trim().is_empty() || found.starts_with('#') {
                continue;
            }
            match row(found) {
                Some(row) => table.push(row),
                None => errors.push(AbbreviationError { line, found: found.chars().take(SHOWN_CHARS).collect() }),
            }
        }
        (table, errors)
    }

    /// Every row, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.rows.iter()
    }

    /// Number of parts of the longest short or long form.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The readings of an abbreviation, given as the canonical phrase of its short form (`tt tt` for `TT&TT` and `TT-TT`).
    pub fn by_short(&self, short: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_short, short)
    }

    /// The first reading of an abbreviation that is written just so.
    pub fn written(&self, short: &str) -> Option<&Abbreviation> {
        self.written.get(short).map(|&at| &self.rows[at])
    }

    /// The same, for letters without diacritics (`hdnd`).
    pub fn by_folded_short(&self, short: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_folded_short, short)
    }

    /// The abbreviations of a name, given as the canonical phrase of its long form.
    pub fn by_long(&self, long: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_long, long)
    }

    /// The same, for a name without diacritics.
    pub fn by_folded_long(&self, long: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_folded_long, long)
    }

    fn found<'a>(&'a self, side: &'a HashMap<String, Vec<usize>>, key: &str) -> impl Iterator<Item = &'a Abbreviation> {
        side.get(key).into_iter().flatten().map(|&at| &self.rows[at])
    }

    fn push(&mut self, row: Abbreviation) {
        let at = self.rows.len();
        let (short, long) = (canonical_phrase(&row.short), canonical_phrase(&row.long));
        self.longest = [&short, &long].into_iter().map(|form| form.split(' ').count()).fold(self.longest, usize::max);
        self.written.entry(row.short.clone()).or_insert(at);
        self.by_folded_short.entry(fold(&short)).or_default().push(at);
        self.by_short.entry(short).or_default().push(at);
        self.by_folded_long.entry(fold(&long)).or_default().push(at);
        self.by_long.entry(long).or_default().push(at);
        self.rows.push(row);
    }
}

fn row(line: &str) -> Option<Abbreviation> {
    let mut columns = line.split('\t').map(str::trim);
    let (short, long) = (columns.next()?, columns.next()?);
    let ambiguous = match columns.next()? {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    let whole = columns.next().is_none() && !canonical_phrase(short).is_empty() && !canonical_phrase(long).is_empty();
    let in_capitals = |part: &str| part.chars().nth(1).is_some() && part.chars().all(char::is_uppercase);
    let can_be_told = !ambiguous || parts(short).all(|part| in_capitals(&short[part]));
    (whole && can_be_told).then(|| Abbreviation { short: short.to_owned(), long: long.to_owned(), ambiguous })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_is_found_however_its_letters_are_joined() {
        let table = Abbreviations::bundled();
        for (short, long) in [
            ("UBND", "Ủy ban nhân dân"),
            ("ubnd", "Ủy ban nhân dân"),
            ("TT&TT", "Thông tin và Truyền thông"),
            ("TT-TT", "Thông tin và Truyền thông"),
            ("LĐ-TB&XH", "Lao động - Thương binh và Xã hội"),
            ("LĐ - TB & XH", "Lao động - Thương binh và Xã hội"),
            ("TVTU", "Ủy viên Ban Thường vụ Tỉnh ủy"),
        ] {
            let found: Vec<&str> = table.by_short(&canonical_phrase(short)).map(|row| row.long.as_str()).collect();
            assert_eq!(found, [long], "{short}");
        }
        let shorts: Vec<&str> = table.by_long("thông tin và truyền thông").map(|row| row.short.as_str()).collect();
        assert_eq!(shorts, ["TT&TT", "TTTT", "TT và TT"]);
        assert!(table.by_folded_short("hdnd").eq(table.by_short("hđnd")) && table.by_folded_long("hoi dong nhan dan").count() == 1);
    }

    #[test]
    fn letters_that_are_also_words_are_ambiguous() {
        let table = Abbreviations::bundled();
        for (short, ambiguous) in [("CA", true), ("BTV", true), ("TW", true), ("UBND", false), ("GPMB", false), ("BCĐ", false)] {
            assert!(table.by_short(&canonical_phrase(short)).all(|row| row.ambiguous == ambiguous), "{short}");
        }
    }

    #[test]
    fn an_unambiguous_short_form_has_one_reading() {
        let table = Abbreviations::bundled();
        for row in table.iter().filter(|row| !row.ambiguous) {
            let short = canonical_phrase(&row.short);
            let readings = table.by_short(&short).filter(|other| !other.ambiguous);
            let longs: std::collections::BTreeSet<String> = readings.map(|other| canonical_phrase(&other.long)).collect();
            assert_eq!(longs.len(), 1, "{}: {longs:?}", row.short);
            assert!(!crate::text::is_syllable(&fold(&short)), "{} is a word too", row.short);
        }
    }

    #[test]
    fn ministries_and_the_bodies_of_state_and_party_are_there() {
        let table = Abbreviations::bundled();
        let shorts = "UBND HĐND MTTQ TVTU UVTW TUV HUV BCĐ LĐLĐ QLDA GPMB ĐBQH TAND VKSND CCB \
                      TT&TT KH&CN GD&ĐT NN&PTNT NN&MT TN&MT KH&ĐT LĐ-TB&XH VH,TT&DL DT&TG GTVT BYT BNV BQP BXD \
                      NHNN TTCP VPCP UBDT HLHPN HND ĐTN THADS CSĐT";
        for short in shorts.split_whitespace() {
            let row = table.by_short(&canonical_phrase(short)).next().unwrap_or_else(|| panic!("{short} is missing"));
            assert!(!row.ambiguous, "{short}");
        }
        for (joined, apart) in
            [("TTTT", "TT&TT"), ("KHCN", "KH&CN"), ("GDĐT", "GD&ĐT"), ("NNMT", "NN&MT"), ("DTTG", "DT&TG"), ("VHTTDL", "VH,TT&DL")]
        {
            let long = |short: &str| table.by_short(&canonical_phrase(short)).map(|row| row.long.clone()).next();
            assert_eq!(long(joined), long(apart), "{joined}");
        }
    }

    #[test]
    fn every_row_stands_once() {
        let table = Abbreviations::bundled();
        let mut rows: Vec<_> = table.iter().map(|row| (canonical_phrase(&row.short), canonical_phrase(&row.long))).collect();
        let all = rows.len();
        rows.sort();
        rows.dedup();
        assert_eq!(rows.len(), all);
        assert!(all > 400);
    }

    #[test]
    fn a_broken_row_is_reported_by_its_line() {
        for (tsv, line) in [
            ("# short\tlong\tambiguous\nUBND\tỦy ban nhân dân\n", 2),
            ("UBND\tỦy ban nhân dân\tno\n\nCA\tCông an\tmaybe", 3),
            ("&\tvà\tno", 1),
            ("A\tB\tno\tmore", 1),
            ("TTg\tThủ tướng\tyes", 1),
        ] {
            assert_eq!(Abbreviations::parse(tsv).unwrap_err().line, line, "{tsv}");
        }
    }
}
