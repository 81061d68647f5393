//! Several syllables as one term: pairs of neighbours, and the words of the segmenter.
//!
//! Input → output: syllables → a term that begins with what they are without diacritics, so that all spellings of one
//! folded text are a range of the dictionary. One field serves queries with and without diacritics; it needs no positions, and a
//! word of two syllables is one posting list, not a phrase. Knows nothing of fields.

use crate::text::fold_into;
use std::ops::Range;
use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;

/// Between the folded and the spelt syllables; no token holds it.
const SEPARATOR: char = '\u{1f}';

/// The term of some syllables, which are canonical and have single spaces between: `thanh tra` → `thanh tra␟`,
/// `đất đai` → `dat dai␟đất đai`.
pub fn term(spelt: &str) -> String {
    let mut term = String::with_capacity(2 * spelt.len() + 1);
    write(spelt, &mut term);
    term
}

/// The terms whose syllables fold to these: from the first on, up to the second.
fn range(folded: &str) -> Range<String> {
    const AFTER_SEPARATOR: char = ' ';
    format!("{folded}{SEPARATOR}")..format!("{folded}{AFTER_SEPARATOR}")
}

/// The syllables of a term, as spelt.
pub fn spelling(term: &str) -> &str {
    match term.split_once(SEPARATOR) {
        Some((folded, "")) => folded,
        Some((_, spelt)) => spelt,
        None => term,
    }
}

/// Calls `each` with every term of a dictionary whose syllables fold to these, in order, and where its postings lie.
///
/// # Errors
/// tantivy's, if the index cannot be read, and those of `each`.
pub fn each_spelling(
    index: &InvertedIndexReader,
    folded: &str,
    mut each: impl FnMut(&[u8], &TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let range = range(folded);
    let mut terms = index.terms().range().ge(&range.start).lt(&range.end).into_stream()?;
    while terms.advance() {
        each(terms.key(), terms.value())?;
    }
    Ok(())
}

/// [`term`], appended to a buffer of the caller's.
pub(super) fn write(spelt: &str, term: &mut String) {
    let start = term.len();
    fold_into(spelt, term);
    let is_plain = term[start..] == *spelt;
    term.push(SEPARATOR);
    // Most foreign words and all numbers: spared the second copy.
    if !is_plain {
        term.push_str(spelt);
    }
}

/// The [`term`] of two syllables whose folded forms are known, appended to a buffer.
pub(super) fn write_pair(folded: [&str; 2], spelt: [&str; 2], term: &mut String) {
    push_pair(folded, term);
    term.push(SEPARATOR);
    if folded != spelt {
        push_pair(spelt, term);
    }
}

fn push_pair([first, second]: [&str; 2], term: &mut String) {
    term.push_str(first);
    term.push(' ');
    term.push_str(second);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_folded_text_are_a_range() {
        let terms = ["đất đai", "dat dai", "đạt đài", "thanh tra", "57-nq/tw"];
        for spelt in terms {
            assert_eq!(spelling(&term(spelt)), spelt);
        }
        let within = |folded: &str| {
            let range = range(folded);
            terms.iter().filter(|spelt| range.contains(&term(spelt))).copied().collect::<Vec<_>>()
        };
        assert_eq!(within("dat dai"), ["đất đai", "dat dai", "đạt đài"]);
        assert_eq!(within("thanh tra"), ["thanh tra"]);
        assert_eq!(within("dat"), Vec::<&str>::new());
        assert_eq!(within("dat d"), Vec::<&str>::new());
    }
}
