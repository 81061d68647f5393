//! Abbreviations of the administration and what they stand for.
//!
//! Input → output: a canonical phrase, short (`ubnd`, `tt tt`) or long → the rows of the table that hold it.
//! Does not decide whether the letters in some text *are* an abbreviation: an ambiguous one is only when in capitals.

use crate::text::canonical_phrase;
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

/// The table of abbreviations, found from either side by canonical phrase.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    rows: Vec<Abbreviation>,
    by_short: HashMap<String, Vec<usize>>,
    by_long: HashMap<String, Vec<usize>>,
}

/// Why a table of abbreviations cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbbreviationError {
    /// Line in the table, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for AbbreviationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AbbreviationError { line, found } = self;
        write!(f, "line {line}: expected three columns, short, long, and yes or no for ambiguous, with a tab between; found {found:?}")
    }
}

impl std::error::Error for AbbreviationError {}

impl Abbreviations {
    /// Name and text of the bundled tables.
    pub const TABLES: &[(&str, &str)] = &[("abbreviations.tsv", include_str!("abbreviations.tsv"))];

    /// The table that is part of the program.
    pub fn bundled() -> Self {
        Abbreviations::parse(Self::TABLES[0].1).expect("the bundled table is read by a test")
    }

    /// Reads a table: short, long, `yes` or `no` for ambiguous; `#` begins a comment line.
    ///
    /// # Errors
    /// The first line that does not hold these three columns.
    pub fn parse(tsv: &str) -> Result<Self, AbbreviationError> {
        let mut table = Abbreviations::default();
        for (at, line) in tsv.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let row = row(line).ok_or_else(|| AbbreviationError { line: at + 1, found: line.to_owned() })?;
            table.push(row);
        }
        Ok(table)
    }

    /// Every row, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.rows.iter()
    }

    /// The readings of an abbreviation, given as the canonical phrase of its short form (`tt tt` for `TT&TT` and `TT-TT`).
    pub fn by_short(&self, short: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_short, short)
    }

    /// The abbreviations of a name, given as the canonical phrase of its long form.
    pub fn by_long(&self, long: &str) -> impl Iterator<Item = &Abbreviation> {
        self.found(&self.by_long, long)
    }

    fn found<'a>(&'a self, side: &'a HashMap<String, Vec<usize>>, key: &str) -> impl Iterator<Item = &'a Abbreviation> {
        side.get(key).into_iter().flatten().map(|&at| &self.rows[at])
    }

    fn push(&mut self, row: Abbreviation) {
        let at = self.rows.len();
        self.by_short.entry(canonical_phrase(&row.short)).or_default().push(at);
        self.by_long.entry(canonical_phrase(&row.long)).or_default().push(at);
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
    whole.then(|| Abbreviation { short: short.to_owned(), long: long.to_owned(), ambiguous })
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
    }

    #[test]
    fn letters_that_are_also_words_are_ambiguous() {
        let table = Abbreviations::bundled();
        for (short, ambiguous) in [("CA", true), ("BTV", true), ("TW", true), ("UBND", false), ("GPMB", false)] {
            assert!(table.by_short(&canonical_phrase(short)).all(|row| row.ambiguous == ambiguous), "{short}");
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
        assert!(all > 100);
    }

    #[test]
    fn a_broken_row_is_reported_by_its_line() {
        for (tsv, line) in [
            ("# short\tlong\tambiguous\nUBND\tỦy ban nhân dân\n", 2),
            ("UBND\tỦy ban nhân dân\tno\n\nCA\tCông an\tmaybe", 3),
            ("&\tvà\tno", 1),
            ("A\tB\tno\tmore", 1),
        ] {
            assert_eq!(Abbreviations::parse(tsv).unwrap_err().line, line, "{tsv}");
        }
    }
}
