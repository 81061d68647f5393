//! Vietnamese in an encoding older than Unicode, shown as the Western letters of its codes → Vietnamese.
//!
//! `Uû ban nh©n d©n tØnh` is TCVN3, `Uûy ban nhaân daân tænh` VNI: so they look in a file whose
//! encoding was not known, and in UTF-8 where somebody pasted them. Whether a text is of this kind
//! is told by the share of valid syllables. Text in any other language has hardly any, and stays.

mod capitals;
mod codes;
mod reading;
mod references;
mod words;

pub use codes::{LEGACIES, Legacy};

use reading::Language;
use references::resolved;
use std::borrow::Cow;

/// What an older encoding has to gain at least, in half words, among Vietnamese words, among few
/// words, and among those of another language: where a word is valid by chance, as `tôt` is in TCVN3.
const LEAST_GAIN: [i32; 3] = [2, 3, 6];

/// The same for bytes that are not UTF-8: they are in some older encoding.
const LEAST_GAIN_OF_BYTES: [i32; 3] = [1, 1, 3];

/// Finds the older encoding of the texts of one record, decoded rightly but for that.
pub fn within_unicode(texts: &[&str]) -> Option<Legacy> {
    if texts.iter().all(|text| text.is_ascii() && !text.contains('&')) {
        return None;
    }
    let texts: Vec<Cow<'_, str>> = texts.iter().map(|text| resolved(text)).collect();
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    found(&texts, LEAST_GAIN, true)
}

/// Finds the older encoding of a text whose bytes were shown as windows-1252.
pub fn of_bytes(text: &str) -> Option<Legacy> {
    found(&[resolved(text).as_ref()], LEAST_GAIN_OF_BYTES, false)
}

fn found(texts: &[&str], least: [i32; 3], may_stay: bool) -> Option<Legacy> {
    let best = reading::best(texts, least[0] - 1, may_stay).filter(|best| best.gain > 0 && best.is_most)?;
    let least_here = match reading::language(texts) {
        Language::Vietnamese => least[0],
        Language::Unclear => least[1],
        Language::Other => least[2],
    };
    (best.gain > least_here - least[0]).then_some(best.legacy)
}

/// A text with the words converted that are in an older encoding; the rest stays.
///
/// What is valid both ways stays where there is nothing else, if the text is Unicode and so `may_stay`.
pub fn convert(text: &str, legacy: Legacy, may_stay: bool) -> String {
    let text = resolved(text);
    let mut converted = String::with_capacity(text.len() + text.len() / 4);
    let (mut at, mut raisable) = (0, Vec::new());
    for word in reading::legacy_words(&text, legacy, may_stay) {
        let Some(letters) = words::codes(&text[word.clone()]).and_then(|codes| legacy.letters(&codes)) else { continue };
        if is_symbol(&text[word.clone()], &letters) {
            continue;
        }
        converted.push_str(&text[at..word.start]);
        raisable.push(converted.len()..converted.len() + letters.len());
        converted.push_str(&letters);
        at = word.end;
    }
    converted.push_str(&text[at..]);
    if legacy.lacks_capitals() { capitals::raise(converted, &raisable) } else { converted }
}

/// Whether a word is a bullet or a fraction (`·`, `½`): as a letter it would be none that stands alone.
fn is_symbol(word: &str, letters: &str) -> bool {
    let is_single = word.chars().nth(1).is_none();
    is_single
        && !word.chars().any(char::is_alphabetic)
        && (word == "\u{A0}" || letters.chars().any(|letter| "ãằắẳẵặầấẩẫậ".contains(letter)))
}

#[cfg(test)]
mod tests;
