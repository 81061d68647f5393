//! A beginning, a misspelling or a folded syllable → the terms of the index that it stands for, all of them.

use super::error::SearchError;
use crate::analysis::Stream;
use crate::index::{Beginning, Folding, Generation, Part};
use crate::text::{canonical, compose, fold, respelt};
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy_fst::Automaton;

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
    for beginning in &beginnings {
        match stream {
            Stream::Folded => each_found(generation, stream, || Ok(Folding(Beginning(beginning))), |term| _ = terms.insert(fold(term)))?,
            _ => each_found(generation, stream, || Ok(Beginning(beginning)), |term| _ = terms.insert(term.to_owned()))?,
        }
    }
    Ok(terms.into_iter().collect())
}

/// Terms that differ from one by at most some insertions, deletions, substitutions or swaps of letters.
pub(super) fn similar(generation: &Generation, stream: Stream, term: &str, edits: u8) -> Result<Vec<String>, SearchError> {
    let field = generation.schema().text(Part::Body, stream);
    let automaton = || FuzzyTermQuery::new(Term::from_field_text(field, term), edits.min(2), true).automaton();
    let mut terms = BTreeSet::new();
    match stream {
        Stream::Folded => each_found(generation, stream, || automaton().map(Folding), |term| _ = terms.insert(fold(term)))?,
        _ => each_found(generation, stream, automaton, |term| _ = terms.insert(term.to_owned()))?,
    }
    Ok(terms.into_iter().collect())
}

/// Terms of the syllable stream that fold to one.
pub(super) fn spellings(generation: &Generation, folded: &str) -> Result<Vec<String>, SearchError> {
    let (schema, mut terms) = (generation.schema(), BTreeSet::new());
    for reader in generation.searcher().segment_readers() {
        for part in Part::ALL {
            let spellings = schema.folded(schema.text(part, Stream::Folded)).spellings(reader, folded)?;
            terms.extend(spellings.iter().map(|(term, _)| term.to_string()));
        }
    }
    Ok(terms.into_iter().collect())
}

/// Calls `each` with the terms of a stream, in titles and bodies, that an automaton finds.
fn each_found<A: Automaton>(
    generation: &Generation,
    stream: Stream,
    automaton: impl Fn() -> tantivy::Result<A>,
    mut each: impl FnMut(&str),
) -> Result<(), SearchError>
where
    A::State: Clone,
{
    for reader in generation.searcher().segment_readers() {
        for part in Part::ALL {
            let index = reader.inverted_index(generation.schema().text(part, stream))?;
            let mut found = index.terms().search(automaton()?).into_stream()?;
            while found.advance() {
                // Terms are text; what is not is not asked for.
                std::str::from_utf8(found.key()).into_iter().for_each(&mut each);
            }
        }
    }
    Ok(())
}
