//! A beginning, a misspelling or a folded syllable → the terms of the index that it stands for, all of them.

use super::error::SearchError;
use crate::analysis::Stream;
use crate::index::{Generation, Part};
use crate::text::{canonical, compose, fold, respelt};
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::termdict::TermDictionary;

/// Letters that begin a syllable and fold to another letter, with that letter.
const INITIALS: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('d', "đ"),
    ('e', "èéẻẽẹêềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ"),
    ('u', "ùúủũụưừứửữự"),
    ('y', "ỳýỷỹỵ"),
];

/// How terms begin that begin as typed (composed): a tone mark may stand where an open syllable or where a longer one has it.
pub(super) fn beginnings(typed: &str, is_folded: bool) -> BTreeSet<String> {
    let typed = typed.to_lowercase().replace('ð', "đ");
    let closed = respelt(&format!("{typed}n"));
    let spellings = [typed.as_str(), &respelt(&typed), closed.strip_suffix('n').unwrap_or(&closed)];
    spellings.map(|spelling| if is_folded { fold(spelling) } else { spelling.to_owned() }).into()
}

/// Terms that begin as typed: `chuy` → chuyên, chuyến, chuyển …
///
/// `hòa` and `hoà` → hòa, hoàn, hoàng, see [`beginnings`];
/// `i` and `y` are only the same in a whole syllable (`ky` → kĩ, kỹ, but not kinh).
pub(super) fn beginning(generation: &Generation, stream: Stream, typed: &str) -> Result<Vec<String>, SearchError> {
    let typed = compose(typed);
    let is_folded = matches!(stream, Stream::Folded | Stream::Undiacritic);
    let beginnings = beginnings(&typed, is_folded);
    let whole = canonical(&typed);
    let mut terms = BTreeSet::from([if is_folded { fold(&whole) } else { whole }]);
    each_dictionary(generation, stream, |dictionary| {
        beginnings.iter().try_for_each(|beginning| each_term(dictionary, beginning, |term| _ = terms.insert(term.to_owned())))
    })?;
    Ok(terms.into_iter().collect())
}

/// Terms that differ from one by at most some insertions, deletions, substitutions or swaps of letters.
pub(super) fn similar(generation: &Generation, stream: Stream, term: &str, edits: u8) -> Result<Vec<String>, SearchError> {
    let field = generation.schema().text(Part::Body, stream);
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, term), edits.min(2), true).automaton()?;
    let mut terms = BTreeSet::new();
    each_dictionary(generation, stream, |dictionary| {
        let mut found = dictionary.search(&automaton).into_stream()?;
        while found.advance() {
            terms.extend(std::str::from_utf8(found.key()).map(str::to_owned));
        }
        Ok(())
    })?;
    Ok(terms.into_iter().collect())
}

/// Terms of the syllable stream that fold to one.
pub(super) fn spellings(generation: &Generation, folded: &str) -> Result<Vec<String>, SearchError> {
    let Some(initial) = folded.chars().next() else { return Ok(Vec::new()) };
    let plain = folded.find(['a', 'e', 'i', 'o', 'u', 'y']).unwrap_or(folded.len()).max(initial.len_utf8());
    let mut beginnings = vec![folded[..plain].to_owned()];
    if plain == initial.len_utf8() || initial == 'd' {
        let marked = INITIALS.iter().filter(|(letter, _)| *letter == initial).flat_map(|(_, marked)| marked.chars());
        beginnings.extend(marked.map(|letter| format!("{letter}{}", &folded[initial.len_utf8()..plain])));
    }
    let letters = folded.chars().count();
    let mut terms = BTreeSet::new();
    each_dictionary(generation, Stream::Syllable, |dictionary| {
        beginnings.iter().try_for_each(|beginning| {
            each_term(dictionary, beginning, |term| {
                if term.chars().count() == letters && fold(term) == folded {
                    terms.insert(term.to_owned());
                }
            })
        })
    })?;
    Ok(terms.into_iter().collect())
}

fn each_dictionary(
    generation: &Generation,
    stream: Stream,
    mut each: impl FnMut(&TermDictionary) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    for reader in generation.searcher().segment_readers() {
        for part in Part::ALL {
            each(reader.inverted_index(generation.schema().text(part, stream))?.terms())?;
        }
    }
    Ok(())
}

fn each_term(dictionary: &TermDictionary, beginning: &str, mut each: impl FnMut(&str)) -> Result<(), SearchError> {
    let mut terms = dictionary.range().ge(beginning).into_stream()?;
    while terms.advance() && terms.key().starts_with(beginning.as_bytes()) {
        if let Ok(term) = std::str::from_utf8(terms.key()) {
            each(term);
        }
    }
    Ok(())
}
