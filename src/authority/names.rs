//! Words that personal names are made of, and names that are nobody's.
//!
//! Input → output: a token or a canonical name → what the tables know of it. Does not find names in text: `extract` does.

use super::posts::spellings;
use crate::text::canonical_phrase;
use std::collections::HashMap;

/// How much a surname alone says that a person is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surname {
    /// A person wherever a given name follows: Nguyễn, Trần, Lê …
    Common,
    /// Also a common word or a given name: counts only beside a post or an address.
    Rare,
    /// Begins the names of a people whose given names need not be Vietnamese syllables: Y, Điểu, Ksor, Giàng …
    Ethnic,
}

/// Names that never become officials, however they are addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesake {
    /// A historical leader, named in mottos, streets and institutions.
    Commemorated,
    /// A person of history for whom wards are called.
    Honoured,
    /// A leader of another country whose name is written in Sino-Vietnamese syllables.
    Foreign,
}

/// Words that a name has before one that is also a given name ends it.
const WORDS_BEFORE_LATE: usize = 3;

/// Surnames, words that end a name, and names that are nobody's.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Every usual spelling of a surname, with a capital.
    surnames: HashMap<String, Surname>,
    /// Capitalised words that a name ends before, and how many words the name must have then.
    endings: HashMap<String, usize>,
    namesakes: HashMap<String, Namesake>,
}

impl Names {
    /// Name and text of the bundled tables.
    pub const TABLES: &[(&str, &str)] = &[("surnames.tsv", include_str!("surnames.tsv")), ("not_names.tsv", include_str!("not_names.tsv"))];

    /// The tables that are part of the program.
    pub fn bundled() -> Self {
        let mut names = Names::default();
        for [surname, kind] in rows(Self::TABLES[0].1) {
            let kind = match kind {
                "common" => Surname::Common,
                "rare" => Surname::Rare,
                "ethnic" => Surname::Ethnic,
                _ => panic!("surnames.tsv: {kind:?} is no kind of surname"),
            };
            for spelling in spellings(surname).into_iter().filter(|spelling| spelling.starts_with(char::is_uppercase)) {
                names.surnames.entry(spelling).or_insert(kind);
            }
        }
        for [text, kind] in rows(Self::TABLES[1].1) {
            let namesake = match kind {
                "commemorated" => Namesake::Commemorated,
                "honoured" => Namesake::Honoured,
                "foreign" => Namesake::Foreign,
                "word" | "late" => {
                    let least = if kind == "late" { WORDS_BEFORE_LATE } else { 1 };
                    names.endings.extend(spellings(text).into_iter().map(|spelling| (spelling, least)));
                    continue;
                }
                _ => panic!("not_names.tsv: {kind:?} is no kind of word"),
            };
            names.namesakes.insert(canonical_phrase(text), namesake);
        }
        names
    }

    /// Whether a token, as written, is a surname.
    pub fn surname(&self, token: &str) -> Option<Surname> {
        self.surnames.get(token).copied()
    }

    /// Whether a name that has so many words already ends before this token, as written.
    ///
    /// "Sáng" begins a sentence after a whole name, and is the given name after a surname.
    pub fn ends_before(&self, token: &str, words: usize) -> bool {
        self.endings.get(token).is_some_and(|&least| words >= least)
    }

    /// Whether a whole name, as a canonical phrase, is nobody's that could be an official here.
    pub fn namesake(&self, name: &str) -> Option<Namesake> {
        self.namesakes.get(name).copied()
    }
}

fn rows(tsv: &'static str) -> impl Iterator<Item = [&'static str; 2]> {
    tsv.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let (text, kind) = line.split_once('\t').unwrap_or_else(|| panic!("two columns expected: {line:?}"));
        [text, kind]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_known_in_every_usual_spelling() {
        let names = Names::bundled();
        for (token, expected) in [
            ("Nguyễn", Some(Surname::Common)),
            ("NGUYỄN", Some(Surname::Common)),
            ("Lý", Some(Surname::Common)),
            ("Lí", Some(Surname::Common)),
            ("Đỗ", Some(Surname::Common)),
            ("Ðỗ", Some(Surname::Common)),
            ("Giàng", Some(Surname::Ethnic)),
            ("An", Some(Surname::Rare)),
            ("nguyễn", None),
            ("Bằng", None),
        ] {
            assert_eq!(names.surname(token), expected, "{token}");
        }
    }

    #[test]
    fn leaders_of_the_past_and_of_other_countries_are_told_apart() {
        let names = Names::bundled();
        assert_eq!(names.namesake("hồ chí minh"), Some(Namesake::Commemorated));
        assert_eq!(names.namesake("tập cận bình"), Some(Namesake::Foreign));
        assert_eq!(names.namesake("nguyễn văn an"), None);
        assert!(names.ends_before("Sáng", 3) && !names.ends_before("Sáng", 2));
        assert!(names.ends_before("Theo", 1) && names.ends_before("UBND", 2) && !names.ends_before("Thảo", 3));
    }
}
