//! A canonical syllable → two small numbers, and back: what it is without diacritics, and its diacritics.
//!
//! Terms of several syllables are made of such codes: a third of the bytes, all spellings of one folded text are a range, and no table is
//! needed. Knows nothing of terms or fields.

use super::canonical::tone_carrier;
use super::letter::Vowel;
use super::syllable::{NUCLEI, Syllable, take_apart};
use std::sync::LazyLock;

/// Onsets without diacritics; `đ` is `d` with a mark.
const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x",
];

/// Codas, the stops last.
const CODAS: [&str; 9] = ["", "m", "n", "ng", "nh", "c", "ch", "p", "t"];

/// The vowel clusters of Vietnamese without diacritics, in the order of the alphabet.
const PLAIN_NUCLEI: [&str; 38] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "oo",
    "u", "ua", "uay", "ue", "ui", "uo", "uoi", "uou", "uu", "uy", "uya", "uye", "uyu", "y", "ye", "yeu",
];

const TONES: u8 = 6;

/// Letters of the longest cluster.
const MAX_CLUSTER: usize = 3;

/// Every cluster, in order, filled up with spaces, with its place among [`PLAIN_NUCLEI`] and among its [`variants`].
static CLUSTERS: LazyLock<Vec<([char; MAX_CLUSTER], usize, u8)>> = LazyLock::new(|| {
    let padded = |cluster: &str| {
        let mut letters = cluster.chars();
        [(); MAX_CLUSTER].map(|()| letters.next().unwrap_or(' '))
    };
    let of_plain = |(nucleus, plain): (usize, &'static str)| {
        variants(plain).zip(0..).map(move |(cluster, variant)| (padded(cluster), nucleus, variant))
    };
    let mut clusters: Vec<_> = PLAIN_NUCLEI.into_iter().enumerate().flat_map(of_plain).collect();
    clusters.sort_unstable();
    clusters
});

/// A syllable as numbers: `đường` is `duong` with certain marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SyllableCode {
    /// What it is without diacritics, below [`SyllableCode::GROUPS`].
    pub group: u16,
    /// Its diacritics, below [`SyllableCode::MARKS`]; 0 for none.
    pub marks: u8,
}

impl SyllableCode {
    /// Number of groups.
    pub const GROUPS: u16 = (ONSETS.len() * PLAIN_NUCLEI.len() * CODAS.len()) as u16;

    /// Number of ways in which a group may be marked: đ or d, tone, and up to four vowel clusters.
    pub const MARKS: u8 = 2 * TONES * 4;

    /// The code of a canonical term ([`crate::text::canonical`]); `None` for one that is not spelt like a syllable, diacritics aside.
    ///
    /// ```
    /// use tracuu::text::SyllableCode;
    /// let code = |term| SyllableCode::of(term).unwrap();
    /// assert_eq!(code("đường").group, code("duong").group);
    /// assert_eq!(code("đường").spelling(), "đường");
    /// assert_eq!(SyllableCode::of("covid"), None);
    /// ```
    pub fn of(term: &str) -> Option<SyllableCode> {
        let (Syllable { onset, nucleus, coda, tone }, tone_at) = take_apart(term.chars())?;
        let mut cluster = [' '; MAX_CLUSTER];
        for (place, letter) in cluster.get_mut(..nucleus)?.iter_mut().zip(term.chars().skip(onset)) {
            *place = Vowel::of(letter)?.toneless();
        }
        // A tone mark in an unusual place is not told by the code.
        if tone_at.is_some_and(|at| at != onset + tone_carrier(&cluster[..nucleus], coda > 0)) {
            return None;
        }
        // Consonants are of one byte, but for đ.
        let is_barred = term.starts_with('đ');
        let onset = if is_barred && onset == 1 { "d" } else { term.get(..onset)? };
        let onset = ONSETS.iter().position(|known| *known == onset)?;
        let coda = term.get(term.len() - coda..)?;
        let coda = CODAS.iter().position(|known| *known == coda)?;
        let (_, nucleus, variant) = CLUSTERS[CLUSTERS.binary_search_by_key(&cluster, |(cluster, ..)| *cluster).ok()?];
        let group = (onset * PLAIN_NUCLEI.len() + nucleus) * CODAS.len() + coda;
        let marks = u8::from(is_barred) + 2 * (tone + TONES * variant);
        Some(SyllableCode { group: group as u16, marks })
    }

    /// The term.
    pub fn spelling(self) -> String {
        let (onset, nucleus, coda) = parts(self.group);
        let (is_barred, tone, variant) = (self.marks % 2 == 1, self.marks / 2 % TONES, self.marks / 2 / TONES);
        let cluster: Vec<char> = variants(nucleus).nth(usize::from(variant)).unwrap_or(nucleus).chars().collect();
        let carrier = tone_carrier(&cluster, !coda.is_empty());
        let toned = cluster.iter().enumerate().map(|(at, &letter)| match Vowel::of(letter) {
            Some(vowel) if at == carrier => vowel.with_tone(tone),
            _ => letter,
        });
        let onset = if is_barred { "đ" } else { onset };
        onset.chars().chain(toned).chain(coda.chars()).collect()
    }
}

/// Onset, vowel cluster and coda of a group.
fn parts(group: u16) -> (&'static str, &'static str, &'static str) {
    let (rest, coda) = (usize::from(group) / CODAS.len(), usize::from(group) % CODAS.len());
    (ONSETS[rest / PLAIN_NUCLEI.len() % ONSETS.len()], PLAIN_NUCLEI[rest % PLAIN_NUCLEI.len()], CODAS[coda])
}

/// The vowel clusters that are one without diacritics; that without any comes first, whether it occurs or not.
fn variants(plain: &str) -> impl Iterator<Item = &str> {
    let is_variant = move |cluster: &&str| {
        *cluster != plain && cluster.chars().filter_map(|letter| Vowel::of(letter).map(Vowel::plain)).eq(plain.chars())
    };
    std::iter::once(plain).chain(NUCLEI.into_iter().filter(is_variant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use std::collections::HashSet;

    #[test]
    fn every_syllable_that_vietnamese_can_have_survives_its_code() {
        let mut seen = HashSet::new();
        for (onset, nucleus, coda) in ["", "đ"]
            .into_iter()
            .chain(ONSETS)
            .flat_map(|onset| NUCLEI.into_iter().flat_map(move |nucleus| CODAS.into_iter().map(move |coda| (onset, nucleus, coda))))
        {
            let syllable = crate::text::canonical(&format!("{onset}{nucleus}{coda}"));
            let Some(code) = SyllableCode::of(&syllable) else { continue };
            assert_eq!(code.spelling(), syllable);
            assert!(code.group < SyllableCode::GROUPS && code.marks < SyllableCode::MARKS, "{syllable}");
            let folded = SyllableCode::of(&fold(&syllable)).unwrap();
            assert_eq!((folded.group, folded.marks), (code.group, 0), "{syllable}");
            seen.insert(code);
        }
        assert!(seen.len() > 10_000, "{}", seen.len());
    }

    #[test]
    fn what_stands_in_running_text_has_a_code_if_it_is_a_syllable() {
        for yes in ["nghiêng", "quý", "giếng", "thủy", "hòa", "khuỷu", "đường", "viet", "nguoi", "ươm", "gì", "yêu", "xoong", "quốc", "gìn"]
        {
            assert_eq!(SyllableCode::of(yes).map(SyllableCode::spelling).as_deref(), Some(yes));
        }
        for no in ["", "covid", "57", "ubnd", "b", "việtnam", "café", "ngü", "\u{1}"] {
            assert_eq!(SyllableCode::of(no), None, "{no}");
        }
    }
}
