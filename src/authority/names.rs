//! Words that personal names are made of, and names that are nobody's.
//!
//! Input → output: a word or a canonical name → what the tables know of it. Does not find names in text: `extract` does.

use super::words::{PerWord, Word, Words};
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

/// What a word tells that stands in the middle of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Middle {
    /// *Thị*: the name may be longer by a syllable, and its given name need not be Vietnamese.
    Thi,
    /// *Văn*: the given name need not be Vietnamese (`Hồ Văn Klăm`).
    Van,
    /// *Nữ*, *Tôn*: the name may be longer by a syllable.
    Long,
}

const MIDDLES: [(&str, Middle); 4] = [("thị", Middle::Thi), ("văn", Middle::Van), ("nữ", Middle::Long), ("tôn", Middle::Long)];

/// Words that a name has before one that is also a given name ends it.
const WORDS_BEFORE_LATE: usize = 3;

/// Surnames, words that end a name, and names that are nobody's.
#[derive(Clone, Debug, Default)]
pub struct Names {
    surnames: PerWord<Option<Surname>>,
    /// Words that a name ends before, and how many words the name must have then.
    endings: PerWord<Option<usize>>,
    /// By word: what it is in the middle of a name.
    middles: PerWord<Option<Middle>>,
    namesakes: HashMap<String, Namesake>,
}

impl Names {
    /// Name and text of the bundled tables.
    pub const TABLES: &[(&str, &str)] = &[("surnames.tsv", include_str!("surnames.tsv")), ("not_names.tsv", include_str!("not_names.tsv"))];

    /// The tables that are part of the program; their words are added to `words`.
    pub fn bundled(words: &mut Words) -> Self {
        let mut names = Names::default();
        for (word, middle) in MIDDLES {
            names.middles.set(words.learn(word), Some(middle));
        }
        for [surname, kind] in rows(Self::TABLES[0].1) {
            let kind = match kind {
                "common" => Surname::Common,
                "rare" => Surname::Rare,
                "ethnic" => Surname::Ethnic,
                _ => panic!("surnames.tsv: {kind:?} is no kind of surname"),
            };
            let word = words.learn(surname);
            names.surnames.set(word, names.surnames.get(word).or(Some(kind)));
        }
        for [text, kind] in rows(Self::TABLES[1].1) {
            let namesake = match kind {
                "commemorated" => Namesake::Commemorated,
                "honoured" => Namesake::Honoured,
                "foreign" => Namesake::Foreign,
                "word" | "late" => {
                    let least = if kind == "late" { WORDS_BEFORE_LATE } else { 1 };
                    names.endings.set(words.learn(text), Some(least));
                    continue;
                }
                _ => panic!("not_names.tsv: {kind:?} is no kind of word"),
            };
            names.namesakes.insert(canonical_phrase(text), namesake);
        }
        names
    }

    /// Whether a word, written with a capital, is a surname.
    pub fn surname(&self, word: Word) -> Option<Surname> {
        self.surnames.get(word)
    }

    /// What a word is in the middle of a name.
    pub fn middle(&self, word: Word) -> Option<Middle> {
        self.middles.get(word)
    }

    /// Whether a name that has so many words already ends before this one.
    ///
    /// "Sáng" begins a sentence after a whole name, and is the given name after a surname.
    pub fn ends_before(&self, word: Word, words: usize) -> bool {
        self.endings.get(word).is_some_and(|least| words >= least)
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
        let mut words = Words::default();
        let names = Names::bundled(&mut words);
        for (token, expected) in [
            ("Nguyễn", Some(Surname::Common)),
            ("NGUYỄN", Some(Surname::Common)),
            ("Lý", Some(Surname::Common)),
            ("Lí", Some(Surname::Common)),
            ("Đỗ", Some(Surname::Common)),
            ("Ðỗ", Some(Surname::Common)),
            ("Giàng", Some(Surname::Ethnic)),
            ("An", Some(Surname::Rare)),
            ("Bằng", None),
        ] {
            assert_eq!(names.surname(words.of(token)), expected, "{token}");
        }
    }

    #[test]
    fn leaders_of_the_past_and_of_other_countries_are_told_apart() {
        let mut words = Words::default();
        let names = Names::bundled(&mut words);
        assert_eq!(names.namesake("hồ chí minh"), Some(Namesake::Commemorated));
        assert_eq!(names.namesake("tập cận bình"), Some(Namesake::Foreign));
        assert_eq!(names.namesake("nguyễn văn an"), None);
        let ends_before = |token: &str, count: usize| names.ends_before(words.of(token), count);
        assert!(ends_before("Sáng", 3) && !ends_before("Sáng", 2));
        assert!(ends_before("Theo", 1) && ends_before("UBND", 2) && !ends_before("Thảo", 3));
    }
}
