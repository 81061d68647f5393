//! Token → canonical term: lower case, one tone placement, one of the i/y variants.

use super::letter::{Vowel, lower};
use super::syllable::{Syllable, parts, take_apart};

/// Onsets after which an open syllable in `i` and one in `y` are the same word (`kỹ`/`kĩ`).
const I_Y_ONSETS: [&str; 12] = ["b", "h", "k", "l", "m", "n", "s", "t", "th", "v", "x", "qu"];

/// No syllable has more vowels; what is longer is no word, and its tone is placed by the first ones.
const MAX_CLUSTER: usize = 8;

/// The term of a token: what is compared, never what is shown.
///
/// Lower case; đ look-alikes to đ; the tone mark where the vowel cluster wants it (on the first
/// vowel of open `oa oe uy`), wherever it was typed; `y` to `i` in the open syllables where both
/// are used. Words that are not one Vietnamese syllable are only brought to lower case.
/// Expects composed text ([`crate::text::compose`]).
///
/// ```
/// use tracuu::text::canonical;
/// assert_eq!(canonical("HOÀ"), canonical("hòa"));
/// assert_eq!(canonical("Kỹ"), canonical("kĩ"));
/// assert_eq!(canonical("vịêt"), canonical("việt"));
/// assert_ne!(canonical("đường"), canonical("dương"));
/// ```
pub fn canonical(token: &str) -> String {
    let mut term = String::with_capacity(token.len());
    canonical_into(token, &mut term);
    term
}

/// [`canonical`], appended to a buffer of the caller's.
pub fn canonical_into(token: &str, term: &mut String) {
    let start = term.len();
    term.extend(token.chars().map(lower));
    let Some((syllable, tone_at)) = take_apart(term[start..].chars()) else { return };
    let Some(spelt) = respell(&term[start..], syllable, tone_at) else { return };
    term.truncate(start);
    term.push_str(&spelt);
}

/// The terms of a phrase, joined by single spaces; punctuation goes.
///
/// For comparing names and posts however they are typed: `"Ủy ban  Nhân dân"` and
/// `"uỷ ban nhân dân"` give one key.
pub fn canonical_phrase(phrase: &str) -> String {
    let mut key = String::with_capacity(phrase.len());
    canonical_phrase_into(phrase, &mut key);
    key
}

/// [`canonical_phrase`], appended to the terms in a buffer of the caller's.
pub fn canonical_phrase_into(phrase: &str, key: &mut String) {
    for part in parts(phrase) {
        if !key.is_empty() {
            key.push(' ');
        }
        canonical_into(&phrase[part], key);
    }
}

/// A token with its tone mark where the canonical term has it, and capitals and `i`/`y` as written.
///
/// For names that are keys and are shown: `HOÀ` → `HÒA`, `Thuý` → `Thúy`, `Kỳ` stays.
///
/// ```
/// assert_eq!(tracuu::text::respelt("Thuý"), "Thúy");
/// assert_eq!(tracuu::text::respelt("K'Thanh"), "K'Thanh");
/// ```
pub fn respelt(token: &str) -> String {
    let letters: Vec<char> = token.chars().map(lower).collect();
    let Some((Syllable { onset, nucleus, coda, tone }, tone_at)) = take_apart(letters.iter().copied()) else { return token.to_owned() };
    let carrier = onset + tone_carrier(&letters[onset..onset + nucleus], coda > 0);
    if tone_at.is_none_or(|at| at == carrier) {
        return token.to_owned();
    }
    let respell = |(at, (written, lowered)): (usize, (char, char))| match Vowel::of(lowered) {
        None => written,
        Some(vowel) => {
            let letter = vowel.with_tone(if at == carrier { tone } else { 0 });
            if written.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
        }
    };
    token.chars().zip(letters.iter().copied()).enumerate().map(respell).collect()
}

/// The canonical spelling of a syllable, or `None` where it is spelt so already: nearly always, so that nothing is
/// allocated before it is known.
fn respell(token: &str, Syllable { onset, nucleus, coda, tone }: Syllable, tone_at: Option<usize>) -> Option<String> {
    // Of one vowel without a mark, or with it, all is said, unless it is the y of an open syllable.
    if nucleus == 1 && (coda > 0 || !token.ends_with(IS_Y)) && tone_at.is_none_or(|at| at == onset) {
        return None;
    }
    let vowel_start = token.char_indices().nth(onset)?.0;
    let mut cluster = [' '; MAX_CLUSTER];
    for (place, letter) in cluster.iter_mut().zip(token[vowel_start..].chars().take(nucleus)) {
        *place = letter;
    }
    let carrier = onset + tone_carrier(&cluster[..nucleus.min(MAX_CLUSTER)], coda > 0);
    let to_i = nucleus == 1 && coda == 0 && toneless(cluster[0]) == 'y' && {
        let onset_text: String = token[..vowel_start].chars().map(toneless).collect();
        I_Y_ONSETS.contains(&onset_text.as_str())
    };

    if !to_i && tone_at.is_none_or(|at| at == carrier) {
        return None;
    }
    let spelt = |(at, letter): (usize, char)| match Vowel::of(if to_i && at == onset { 'i' } else { letter }) {
        Some(vowel) => vowel.with_tone(if at == carrier { tone } else { 0 }),
        None => letter,
    };
    let letters = || token.chars().enumerate();
    letters().any(|letter| spelt(letter) != letter.1).then(|| letters().map(spelt).collect())
}

/// `y` under any tone.
const IS_Y: [char; 6] = ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'];

/// Which vowel of a cluster carries the tone.
///
/// Source: the spelling rules of the school books, in the placement that the older press keeps:
/// a vowel with a quality mark (the last of two), else the middle of three, else the second
/// before a final consonant and the first without one.
pub(super) fn tone_carrier(cluster: &[char], closed: bool) -> usize {
    let marked = cluster.iter().rposition(|&letter| Vowel::of(letter).is_some_and(Vowel::has_quality));
    match (marked, cluster.len()) {
        (Some(at), _) => at,
        (None, 0 | 1) => 0,
        (None, 2) => usize::from(closed),
        (None, _) => 1,
    }
}

fn toneless(letter: char) -> char {
    Vowel::of(letter).map_or(letter, Vowel::toneless)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_have_one_term() {
        let cases: [(&str, &[&str]); 14] = [
            ("hòa", &["hoà", "Hoà", "HÒA"]),
            ("khỏe", &["khoẻ"]),
            ("thủy", &["thuỷ"]),
            ("hoàn", &["hòan", "Hoàn"]),
            ("huỳnh", &["hùynh"]),
            ("quí", &["quý", "qúy", "quí"]),
            ("kĩ", &["kỹ", "KỸ"]),
            ("tỉ", &["tỷ", "Tỉ"]),
            ("việt", &["vịêt", "VIỆT"]),
            ("đại", &["đaị", "Ðại", "ðại"]),
            ("đường", &["đừơng", "ĐƯỜNG"]),
            ("giếng", &["gíêng"]),
            ("ngoại", &["ngòại".replace('ò', "ọ").replace('ạ', "a").leak()]),
            ("của", &["cuả"]),
        ];
        for (term, spellings) in cases {
            for spelling in spellings {
                assert_eq!(canonical(spelling), term, "{spelling}");
            }
            assert_eq!(canonical(term), term, "not idempotent: {term}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in
            [("may", "mai"), ("huy", "hui"), ("tay", "tai"), ("thanh", "thành"), ("dương", "đường"), ("y", "i"), ("sky", "ski")]
        {
            assert_ne!(canonical(one), canonical(other));
        }
    }

    #[test]
    fn a_phrase_has_one_key_however_it_is_typed() {
        assert_eq!(canonical_phrase("Uỷ ban  NHÂN DÂN"), canonical_phrase("Ủy ban nhân dân"));
        assert_eq!(canonical_phrase("Bà Rịa – Vũng Tàu"), canonical_phrase("Bà Rịa - Vũng Tàu"));
    }
}
