//! What may have been meant by a syllable: its other spellings, a letter more or less, what a keyboard has left over.
//!
//! Input → output: a syllable as typed → [`Form`]s without diacritics, each with what the change costs; two spellings → what the change
//! between them costs. Costs are natural logarithms: of how many times likelier a change must make the text to be worth it. Looks into no index.

use crate::text::{SyllableCode, canonical, fold, has_diacritics, is_syllable, parse_syllable};

/// A tone that was typed is another one: `nhủng` for `nhũng`.
const TONE: f64 = 3.0;
/// A vowel or đ has another mark: `đương` for `đường` has one of each, tone and none.
const QUALITY: f64 = 3.0;
/// Marks were left away on this syllable and not on others: `chuyển doi số`.
const FORGOTTEN: f64 = 1.0;
/// A letter is missing, too much, another one, or two are swapped.
const LETTER: f64 = 6.0;
/// Letters that sound alike to many: `ch` and `tr`, `s` and `x`.
const SOUND: f64 = 5.0;
/// The keys of an input method that was off: `chuyeenr`.
const KEYS: f64 = 1.0;
/// A space is missing: `thanhtra`.
const SPACE: f64 = 4.0;

/// A longer syllable is no misspelt one.
const MAX_LETTERS: usize = 12;

/// No syllable has more: `nghieng`.
const MAX_SYLLABLE_LETTERS: usize = 7;

/// Beginnings that sound alike to some speakers, or are one by the rules of spelling; both ways.
const ONSETS: [(&str, &str); 14] = [
    ("ch", "tr"),
    ("s", "x"),
    ("d", "gi"),
    ("d", "r"),
    ("gi", "r"),
    ("l", "n"),
    ("ng", "ngh"),
    ("g", "gh"),
    ("c", "k"),
    ("f", "ph"),
    ("z", "d"),
    ("z", "gi"),
    ("w", "qu"),
    ("j", "gi"),
];

/// A syllable, or two that were run together, without diacritics.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    /// One or two folded syllables.
    pub folded: Vec<String>,
    /// What its spellings are compared with: the syllable as typed, or as the keys mean it.
    pub typed: String,
    /// What it costs to have changed letters.
    pub cost: f64,
}

/// How diacritics were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Not at all: any spelling may be meant.
    None,
    /// Some: a syllable that has them, or has none, is meant so.
    Some,
}

/// The forms that need no other letters: the syllable itself, and what it is if its last letters are keys.
pub(super) fn same_letters(typed: &str) -> Vec<Form> {
    let form = |typed: String, cost| Form { folded: vec![fold(&typed)], typed, cost };
    let keyed = unkeyed(typed).map(|meant| form(meant, KEYS));
    std::iter::once(form(typed.to_owned(), 0.0)).chain(keyed).collect()
}

/// The forms with other letters; most of them stand nowhere. None for what is no word of letters; of what a Vietnamese syllable can be without its
/// marks, only such ones, since whoever slips in a foreign word hardly ever writes a syllable.
pub(super) fn other_letters(typed: &str) -> Vec<Form> {
    let folded = fold(typed);
    let letters = folded.as_bytes();
    if !(2..=MAX_LETTERS).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_lowercase) {
        return Vec::new();
    }
    let form = |folded: Vec<String>, cost| Form { folded, typed: typed.to_owned(), cost };
    let one = |folded: String, cost| form(vec![folded], cost);
    let mut forms: Vec<Form> = sounds(&folded).into_iter().map(|sound| one(sound, SOUND)).collect();
    for at in 0..=letters.len() {
        let (head, tail) = folded.split_at(at);
        forms.extend(('a'..='z').map(|letter| one(format!("{head}{letter}{tail}"), LETTER)));
        let Some(rest) = tail.get(1..) else { continue };
        forms.push(one(format!("{head}{rest}"), LETTER));
        forms.extend(('a'..='z').filter(|letter| !tail.starts_with(*letter)).map(|letter| one(format!("{head}{letter}{rest}"), LETTER)));
        if let [first, second, ..] = tail.as_bytes() {
            let swapped = format!("{head}{}{}{}", char::from(*second), char::from(*first), &tail[2..]);
            forms.extend((first != second).then(|| one(swapped, LETTER)));
        }
        if at > 0 {
            forms.push(form(vec![head.to_owned(), tail.to_owned()], SPACE));
        }
    }
    let is_syllable = |folded: &str| SyllableCode::of(folded).is_some();
    if is_syllable(&folded) {
        forms.retain(|form| form.folded.iter().all(|part| is_syllable(part)));
    }
    forms.sort_by(|one, other| one.folded.cmp(&other.folded).then(one.cost.total_cmp(&other.cost)));
    forms.dedup_by(|later, first| later.folded == first.folded);
    forms
}

/// A syllable with the beginnings that sound like its own.
fn sounds(folded: &str) -> Vec<String> {
    let both_ways = ONSETS.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    let swapped = both_ways.filter_map(|(from, to)| Some(format!("{to}{}", folded.strip_prefix(from)?)));
    swapped.filter(|swapped| swapped != folded).collect()
}

/// What is meant by a syllable that was typed with the keys of Telex while it was off: `ddooir` → `đổi`.
pub(super) fn unkeyed(typed: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 9] =
        [("dd", "đ"), ("uow", "ươ"), ("uwow", "ươ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("ow", "ơ"), ("uw", "ư")];
    const TONES: [(char, char); 5] = [('f', '\u{300}'), ('s', '\u{301}'), ('r', '\u{309}'), ('x', '\u{303}'), ('j', '\u{323}')];
    if typed.len() > 2 * MAX_LETTERS || !typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    // The key of the tone stands at the end, or right behind its vowel.
    let keys: Vec<(usize, char)> = typed.char_indices().skip(1).filter(|(_, letter)| TONES.iter().any(|(key, _)| key == letter)).collect();
    let toneless = |at: usize| format!("{}{}", &typed[..at], &typed[at + 1..]);
    let tone = |key: char| TONES.iter().find(|(known, _)| *known == key).map(|(_, tone)| *tone);
    let of_key = keys.iter().rev().map(|&(at, key)| (toneless(at), tone(key)));
    of_key.chain([(typed.to_owned(), None)]).find_map(|(letters, tone)| {
        let spelt = PAIRS.into_iter().fold(letters, |spelt, (keys, letter)| spelt.replace(keys, letter));
        let vowel = spelt.rfind(|letter: char| "aăâeêioôơuưy".contains(letter))?;
        let end = vowel + spelt[vowel..].chars().next()?.len_utf8();
        let marked = tone.map_or(spelt.clone(), |tone| format!("{}{tone}{}", &spelt[..end], &spelt[end..]));
        let meant = canonical(&crate::text::compose(&marked));
        (meant != typed && has_diacritics(&meant) && is_syllable(&meant)).then_some(meant)
    })
}

/// What it costs to change the marks of a syllable, whatever its letters.
pub(super) fn change_of_marks(typed: &str, written: &str, marks: Marks) -> f64 {
    if marks == Marks::None || typed == written {
        return 0.0;
    }
    if !has_diacritics(typed) {
        return if has_diacritics(written) { FORGOTTEN } else { 0.0 };
    }
    let tone = |syllable: &str| parse_syllable(syllable).map(|parsed| parsed.tone);
    let other_tone = tone(typed) != tone(written);
    let qualities = |syllable: &str| {
        let mut qualities: Vec<char> = toneless(syllable).chars().filter(|letter| !letter.is_ascii()).collect();
        qualities.sort_unstable();
        qualities
    };
    let other_quality = qualities(typed) != qualities(written) || fold(typed) == fold(written) && toneless(typed) != toneless(written);
    let cost = f64::from(u8::from(other_tone)) * TONE + f64::from(u8::from(other_quality)) * QUALITY;
    // A letter that is missing takes its mark with it.
    if fold(typed) == fold(written) { cost } else { cost / 2.0 }
}

/// What it costs that two syllables were run together, beyond the space.
pub(super) fn change_of_space(typed: &str, first: &str, second: &str, marks: Marks) -> f64 {
    match marks {
        Marks::None => 0.0,
        Marks::Some if !has_diacritics(typed) && has_diacritics(&format!("{first}{second}")) => FORGOTTEN,
        Marks::Some if !has_diacritics(typed) || typed == format!("{first}{second}") => 0.0,
        Marks::Some => TONE,
    }
}

/// The spellings that a folded syllable can have, itself first.
pub(super) fn spellings(folded: &str) -> Vec<String> {
    const QUALITIES: [(char, &str); 5] = [('a', "aăâ"), ('d', "dđ"), ('e', "eê"), ('o', "oôơ"), ('u', "uư")];
    const TONES: [&str; 5] = ["\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"];
    let mut spellings = vec![folded.to_owned()];
    if folded.len() > MAX_SYLLABLE_LETTERS || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return spellings;
    }
    let mut toneless = vec![String::new()];
    for letter in folded.chars() {
        let plain = letter.to_string();
        // Only at its beginning is there an đ in a syllable.
        let letters = QUALITIES.iter().find(|(known, _)| *known == letter).map_or(plain.as_str(), |(_, letters)| letters);
        let letters = if letter == 'd' && !toneless[0].is_empty() { "d" } else { letters };
        toneless = toneless.iter().flat_map(|head| letters.chars().map(move |letter| format!("{head}{letter}"))).collect();
    }
    for spelt in toneless {
        let Some(parsed) = parse_syllable(&spelt) else { continue };
        let first_vowel: usize = spelt.chars().take(parsed.onset + 1).map(char::len_utf8).sum();
        let toned =
            TONES.iter().map(|tone| canonical(&crate::text::compose(&format!("{}{tone}{}", &spelt[..first_vowel], &spelt[first_vowel..]))));
        spellings.extend(std::iter::once(spelt.clone()).chain(toned).filter(|spelt| is_syllable(spelt)));
    }
    let mut seen = std::collections::HashSet::new();
    spellings.retain(|spelt| seen.insert(spelt.clone()));
    spellings
}

/// A syllable without its tone: `đổi` → `đôi`.
fn toneless(syllable: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    syllable.nfd().filter(|mark| !TONES.contains(mark)).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_an_input_method_are_read() {
        let cases = [
            ("chuyeenr", Some("chuyển")),
            ("ddooir", Some("đổi")),
            ("soos", Some("số")),
            ("ddaats", Some("đất")),
            ("dduowngf", Some("đường")),
            ("nguwowif", Some("người")),
            ("tham", None),
            ("nhungx", Some("nhũng")),
            ("as", Some("á")),
            ("covid", None),
            ("", None),
            ("đổi", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(unkeyed(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn each_slip_is_one_change_away() {
        let cases = [
            ("thanh", "trra", vec!["tra"]),
            ("swapped", "trnah", vec!["tranh"]),
            ("missing", "chuyn", vec!["chuyen"]),
            ("run together", "thanhtra", vec!["thanh", "tra"]),
            ("sounds alike", "trính", vec!["chinh"]),
        ];
        for (name, typed, folded) in cases {
            let expected: Vec<String> = folded.into_iter().map(str::to_owned).collect();
            assert!(other_letters(typed).iter().any(|form| form.folded == expected), "{name}: {typed}");
        }
        assert!(other_letters("tinh").iter().all(|form| form.folded.iter().all(|folded| SyllableCode::of(folded).is_some())));
        assert!(other_letters("facebok").iter().any(|form| form.folded == ["facebook"]));
        assert!(other_letters("a").is_empty() && other_letters("57").is_empty() && other_letters(&"a".repeat(99)).is_empty());
    }

    #[test]
    fn all_spellings_of_a_syllable_are_made() {
        for (folded, some) in [
            ("doi", vec!["đổi", "đội", "dời", "đồi", "doi"]),
            ("duong", vec!["đường", "dương"]),
            ("uy", vec!["ủy", "úy"]),
            ("hoa", vec!["hòa", "hóa", "hoa"]),
            ("ki", vec!["kĩ", "kí"]),
        ] {
            let spellings = spellings(folded);
            assert!(some.iter().all(|spelt| spellings.iter().any(|made| made == spelt)), "{folded}: {spellings:?}");
            assert!(spellings.iter().all(|spelt| fold(spelt) == folded), "{folded}: {spellings:?}");
        }
        assert_eq!(spellings("facebook"), ["facebook"]);
        assert!(spellings("uuuuuuu").len() < 2_000);
    }

    #[test]
    fn a_change_costs_by_what_it_changes() {
        let cost = |typed, written| change_of_marks(typed, written, Marks::Some);
        assert_eq!(cost("nhủng", "nhũng"), TONE);
        assert_eq!(cost("đôi", "đơi"), QUALITY);
        assert_eq!(cost("đương", "dường"), TONE + QUALITY);
        assert_eq!(cost("doi", "đổi"), FORGOTTEN);
        assert_eq!(cost("đổi", "đổi"), 0.0);
        assert_eq!(change_of_marks("doi", "đổi", Marks::None), 0.0);
    }
}
