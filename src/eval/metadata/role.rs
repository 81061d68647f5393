//! Names and roles as they are compared: canonical words, abbreviations in full, and what changes a rank.

use crate::authority::Abbreviations;
use crate::text::canonical_phrase;
use std::collections::BTreeSet;

/// The share of the words of a judged role that a predicted one must have.
const LEAST_COVER: f64 = 0.6;

/// A name however it is spelt and spaced.
pub(super) fn name_key(name: &str) -> String {
    canonical_phrase(&crate::text::compose(name))
}

/// A role as its words, in order.
pub(super) struct Role(Vec<String>);

/// What must be the same in two roles that are one.
#[derive(PartialEq, Eq)]
struct Marks {
    deputy: bool,
    former: bool,
    acting: bool,
}

impl Role {
    /// Reads a role, its abbreviations in full.
    pub fn read(role: &str, abbreviations: &Abbreviations) -> Role {
        let composed = crate::text::compose(role);
        let key = canonical_phrase(&composed);
        let parts: Vec<&str> = key.split(' ').filter(|part| !part.is_empty()).collect();
        let mut words = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let longest = abbreviations.longest().min(parts.len() - at);
            let found = (1..=longest).rev().find_map(|count| {
                let short = parts[at..at + count].join(" ");
                let mut rows = abbreviations.by_short(&short);
                let row = rows.find(|row| !row.ambiguous || composed.contains(&row.short))?;
                Some((count, canonical_phrase(&row.long)))
            });
            match found {
                Some((count, long)) => {
                    words.extend(long.split(' ').map(str::to_owned));
                    at += count;
                }
                None => {
                    words.push(parts[at].to_owned());
                    at += 1;
                }
            }
        }
        Role(words)
    }

    /// A predicted role whole, and in the pieces between its commas, semicolons and "kiêm".
    pub fn pieces(role: &str, abbreviations: &Abbreviations) -> Vec<Role> {
        let parts = role.split([',', ';']).flat_map(|part| part.split(" kiêm "));
        let pieces = [role].into_iter().chain(parts).map(|part| Role::read(part, abbreviations));
        pieces.filter(|role| !role.0.is_empty()).collect()
    }

    /// Whether `self`, predicted, is the judged role: most of its words, and the same standing.
    pub fn matches(&self, gold: &Role) -> bool {
        let want: BTreeSet<&String> = gold.0.iter().collect();
        let have: BTreeSet<&String> = self.0.iter().collect();
        !want.is_empty() && want.intersection(&have).count() as f64 >= LEAST_COVER * want.len() as f64 && self.marks() == gold.marks()
    }

    /// Whether both have the same words, in whatever order.
    pub fn equals(&self, gold: &Role) -> bool {
        let sorted = |role: &Role| {
            let mut words = role.0.clone();
            words.sort();
            words
        };
        sorted(self) == sorted(gold)
    }

    fn marks(&self) -> Marks {
        let word = |at: usize| self.0.get(at).map_or("", String::as_str);
        let deputy_minister = self.0.windows(2).any(|pair| pair[0] == "thứ" && pair[1] == "trưởng");
        Marks {
            deputy: deputy_minister || self.0.iter().any(|word| word == "phó"),
            former: matches!(word(0), "nguyên" | "cựu"),
            acting: word(0) == "quyền" || word(1) == "quyền",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_matches_by_its_words_and_its_standing() {
        let table = Abbreviations::bundled();
        let cases = [
            ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", true),
            ("Chủ tịch UBND tỉnh Ninh Bình", "Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", false),
            ("nguyên Giám đốc Sở TT&TT", "Giám đốc Sở Thông tin và Truyền thông", false),
            ("Quyền Giám đốc Sở Y tế", "Giám đốc Sở Y tế", false),
            ("Thứ trưởng Bộ Y tế", "Bộ trưởng Bộ Y tế", false),
            ("Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Sơn La", "Bí thư Tỉnh uỷ Sơn La", true),
            ("Giám đốc Công an tỉnh", "Giám đốc CA tỉnh", true),
            ("Trưởng phòng", "Giám đốc Sở Tư pháp", false),
        ];
        for (predicted, gold, matches) in cases {
            let gold = Role::read(gold, &table);
            assert_eq!(Role::pieces(predicted, &table).iter().any(|role| role.matches(&gold)), matches, "{predicted}");
        }
    }

    #[test]
    fn a_name_is_compared_without_regard_to_spelling() {
        assert_eq!(name_key("Nguyễn Thị Hoà"), name_key("NGUYỄN  THỊ HÒA"));
        assert_ne!(name_key("Lê Huy"), name_key("Lê Hui"));
    }
}
