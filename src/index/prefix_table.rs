//! Phrases by their beginning, the most frequent first: what completion looks words and names up in.
//!
//! Input → output: phrases with counts → those that begin as typed, in falling order of their counts. A beginning is a range of the
//! sorted phrases, and a tree of maxima over them gives the most frequent of any range one by one: no beginning is so short that
//! frequent phrases are lost or all have to be looked at. Knows nothing of fields.

use super::compound::{self, Merged};
use super::generation::Generation;
use super::posting_list::{PostingList, living_in_any};
use super::schema::{FacetField, Part};
use crate::analysis::Stream;
use crate::text::fold;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::sync::Arc;
use tantivy::postings::TermInfo;
use tantivy::schema::{Facet, Field};
use tantivy::termdict::TermMerger;

/// In an archive of at least so many articles, words that stand in only one are not proposed: most of them are slips.
const LARGE_ARCHIVE: u64 = 1_000;

/// Longer words are none: text without spaces, numbers of documents.
const MAX_WORD_BYTES: usize = 60;

/// What can be completed in an archive.
#[derive(Debug)]
pub struct Completions {
    /// Syllables, and words of several, in titles and bodies.
    pub words: PrefixTable,
    /// Officials by their names, and by the parts of them from each later syllable on; the value is a node of the facet.
    pub officials: PrefixTable,
    /// Units, districts and wards, likewise.
    pub units: PrefixTable,
}

/// Phrases with their counts, see the module.
#[derive(Debug, Default)]
pub struct PrefixTable {
    /// The keys ([`key`]) of all rows, one after the other.
    terms: String,
    /// By key: in the order of folded phrases.
    rows: Vec<Row>,
    /// Numbers of rows in the order of phrases as spelt.
    spelt: Vec<u32>,
    folded_peaks: Peaks,
    spelt_peaks: Peaks,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    end: u32,
    count: u32,
    value: u32,
}

/// A phrase that begins as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completed<'a> {
    /// Its canonical syllables.
    pub phrase: &'a str,
    /// Articles that hold it.
    pub count: u32,
    /// What it stands for.
    pub value: u32,
}

impl PrefixTable {
    /// A table of phrases (canonical, single spaces between), each with its count and what it stands for; of one phrase and count, the
    /// row that is given first comes first.
    pub fn of(phrases: impl IntoIterator<Item = (String, u32, u32)>) -> PrefixTable {
        PrefixTable::of_terms(phrases.into_iter().map(|(phrase, count, value)| (key(&phrase), count, value)).collect())
    }

    fn of_terms(mut terms: Vec<(String, u32, u32)>) -> PrefixTable {
        terms.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        terms.dedup();
        let mut table = PrefixTable::default();
        for (term, count, value) in terms {
            let start = table.terms.len() as u32;
            // Four gigabytes of phrases are more than any archive has.
            let Ok(end) = u32::try_from(table.terms.len() + term.len()) else { break };
            table.terms.push_str(&term);
            table.rows.push(Row { start, end, count, value });
        }
        table.spelt = (0..table.rows.len() as u32).collect();
        table.spelt.sort_by_key(|&row| (spelling(term_of(&table.terms, &table.rows[row as usize])), row));
        table.folded_peaks = Peaks::of(table.rows.iter().map(|row| row.count));
        table.spelt_peaks = Peaks::of(table.spelt.iter().map(|&row| table.rows[row as usize].count));
        table
    }

    /// The phrases that begin so, the most frequent first, ties by phrase: a beginning without diacritics begins all its spellings.
    pub fn best<'a>(&'a self, beginning: &str, is_folded: bool) -> Box<dyn Iterator<Item = Completed<'a>> + 'a> {
        let term = |row: &Row| term_of(&self.terms, row);
        if is_folded {
            let range = range_of(&self.rows, beginning, term);
            Box::new(self.folded_peaks.best(range).map(|at| self.completed(at)))
        } else {
            let range = range_of(&self.spelt, beginning, |&row| spelling(term(&self.rows[row as usize])));
            Box::new(self.spelt_peaks.best(range).map(|at| self.completed(self.spelt[at] as usize)))
        }
    }

    fn completed(&self, row: usize) -> Completed<'_> {
        let row = &self.rows[row];
        Completed { phrase: spelling(term_of(&self.terms, row)), count: row.count, value: row.value }
    }
}

/// Between a phrase without diacritics and as spelt; no phrase holds it.
const SEPARATOR: char = '\u{1f}';

/// What a phrase is sorted by: `đất đai` → `dat dai␟đất đai`, so that all spellings of one folded beginning are a range.
fn key(phrase: &str) -> String {
    let mut key = fold(phrase);
    let is_plain = key == phrase;
    key.push(SEPARATOR);
    if !is_plain {
        key.push_str(phrase);
    }
    key
}

/// The phrase of a key, as spelt.
fn spelling(key: &str) -> &str {
    match key.split_once(SEPARATOR) {
        Some((folded, "")) => folded,
        Some((_, spelt)) => spelt,
        None => key,
    }
}

fn term_of<'t>(terms: &'t str, row: &Row) -> &'t str {
    &terms[row.start as usize..row.end as usize]
}

/// The sorted items whose text begins so.
fn range_of<'a, T>(sorted: &[T], beginning: &str, text: impl Fn(&T) -> &'a str) -> Range<usize> {
    let start = sorted.partition_point(|item| text(item) < beginning);
    let length = sorted[start..].partition_point(|item| text(item).starts_with(beginning));
    start..start + length
}

/// A tree of maxima: node `n` holds the greater of `2n` and `2n + 1`; the leaves stand in its second half.
#[derive(Debug, Default)]
struct Peaks {
    tree: Vec<u32>,
}

impl Peaks {
    fn of(counts: impl ExactSizeIterator<Item = u32>) -> Peaks {
        let leaves = counts.len().next_power_of_two();
        let mut tree = vec![0; 2 * leaves];
        for (leaf, count) in tree[leaves..].iter_mut().zip(counts) {
            *leaf = count;
        }
        for node in (1..leaves).rev() {
            tree[node] = tree[2 * node].max(tree[2 * node + 1]);
        }
        Peaks { tree }
    }

    /// The places of a range, those with the greatest counts first, ties in order.
    fn best(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let leaves = self.tree.len() / 2;
        // Subtrees that do not overlap: of two with one maximum, all of one stands before all of the other.
        let mut open: BinaryHeap<(u32, Reverse<usize>, usize)> = BinaryHeap::new();
        let first_leaf = move |node: usize| node << (leaves.ilog2() - node.ilog2());
        let entry = move |node: usize| (self.tree[node], Reverse(first_leaf(node)), node);
        let (mut low, mut high) = (range.start + leaves, range.end + leaves);
        while low < high {
            if low % 2 == 1 {
                open.push(entry(low));
                low += 1;
            }
            if high % 2 == 1 {
                high -= 1;
                open.push(entry(high));
            }
            (low, high) = (low / 2, high / 2);
        }
        std::iter::from_fn(move || {
            loop {
                let (_, _, node) = open.pop()?;
                if node >= leaves {
                    return Some(node - leaves);
                }
                open.push(entry(2 * node));
                open.push(entry(2 * node + 1));
            }
        })
    }
}

/// The syllables and words that stand in titles and bodies. Walks three dictionaries of each segment.
pub(super) fn words(generation: &Generation) -> tantivy::Result<PrefixTable> {
    let schema = generation.schema();
    let least = if generation.statistics().articles() < LARGE_ARCHIVE { 1 } else { 2 };
    let mut terms = Vec::new();
    each_term(generation, &Part::ALL.map(|part| schema.text(part, Stream::Syllable)), least, |term, count| {
        if let Some(syllable) = std::str::from_utf8(term).ok().filter(|syllable| syllable.chars().all(char::is_alphabetic)) {
            terms.push((key(syllable), count, 0));
        }
    })?;
    each_word(generation, least, |term, count| {
        if let Some(word) = compound::spelling(term).filter(|word| is_wordlike(word)) {
            terms.push((key(&word), count, 0));
        }
    })?;
    Ok(PrefixTable::of_terms(terms))
}

/// Whether a word is made of letters, and no longer than words are.
fn is_wordlike(word: &str) -> bool {
    word.len() <= MAX_WORD_BYTES && word.starts_with(char::is_alphabetic) && !word.contains(|letter: char| letter.is_ascii_digit())
}

/// How many articles stand at each value of a facet or below it, by node.
pub(super) fn facet_counts(generation: &Generation, facet: FacetField) -> Result<Vec<u32>, super::IndexError> {
    let hierarchy = generation.hierarchy(facet)?;
    let mut counts = vec![0; hierarchy.nodes().len()];
    each_term(generation, &[generation.schema().facet(facet)], 1, |key, count| {
        let path = std::str::from_utf8(key).ok().and_then(|key| Facet::from_encoded(key.as_bytes().to_vec()).ok());
        let path = path.and_then(|path| crate::article::FacetPath::new(path.to_path()));
        if let Some(node) = path.and_then(|path| hierarchy.find(&path)) {
            counts[node as usize] = count;
        }
    })?;
    Ok(counts)
}

/// Calls `each` with every term of some fields, in order, that so many living articles hold in any of them.
fn each_term(generation: &Generation, fields: &[Field], least: u32, mut each: impl FnMut(&[u8], u32)) -> tantivy::Result<()> {
    let readers = generation.searcher().segment_readers();
    // The fields of a segment stand side by side.
    let opened = readers.iter().flat_map(|reader| fields.iter().map(|&field| reader.inverted_index(field)));
    let indexes = opened.collect::<tantivy::Result<Vec<_>>>()?;
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<Result<Vec<_>, _>>()?;
    let mut merger = TermMerger::new(streams);
    while merger.advance() {
        let held: Vec<(usize, TermInfo)> = merger.current_segment_ords_and_term_infos().collect();
        let mut count = 0;
        for of_segment in held.chunk_by(|(one, _), (other, _)| one / fields.len() == other / fields.len()) {
            let reader = &readers[of_segment[0].0 / fields.len()];
            let lists: Vec<_> =
                of_segment.iter().map(|(opened, info)| PostingList::Term(Arc::clone(&indexes[*opened]), info.clone())).collect();
            count += living_in_any(reader, &lists)?;
        }
        if count >= least {
            each(merger.key(), count);
        }
    }
    Ok(())
}

/// Calls `each` with every word of several syllables, in order, that so many living articles hold.
fn each_word(generation: &Generation, least: u32, mut each: impl FnMut(&[u8], u32)) -> tantivy::Result<()> {
    let (readers, words) = (generation.searcher().segment_readers(), generation.schema().words());
    let dictionaries = readers.iter().map(|reader| words.dictionary(reader)).collect::<tantivy::Result<Vec<_>>>()?;
    let mut merged = Merged::of(dictionaries.iter().map(|dictionary| &**dictionary));
    let mut term = Vec::new();
    while let Some(held) = merged.next_term() {
        let mut count = 0;
        for (segment, terms) in held {
            term.clear();
            term.extend_from_slice(terms.term());
            count += terms.living(&readers[segment])?;
        }
        if count >= least {
            each(&term, count);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> PrefixTable {
        let rows = [("thanh tra", 9), ("thành phố", 20), ("thanh", 5), ("tham nhũng", 9), ("đất đai", 7), ("đường", 3), ("dương", 8)];
        PrefixTable::of(rows.into_iter().zip(0..).map(|((phrase, count), value)| (phrase.to_owned(), count, value)))
    }

    #[test]
    fn the_most_frequent_come_first_and_ties_by_phrase() {
        let table = table();
        let cases: [(&str, bool, &[&str]); 9] = [
            ("th", true, &["thành phố", "tham nhũng", "thanh tra", "thanh"]),
            ("thanh", true, &["thành phố", "thanh tra", "thanh"]),
            ("thanh", false, &["thanh tra", "thanh"]),
            ("thanh ", true, &["thành phố", "thanh tra"]),
            ("thành", false, &["thành phố"]),
            ("d", true, &["dương", "đất đai", "đường"]),
            ("đ", false, &["đất đai", "đường"]),
            ("x", true, &[]),
            ("thanh tra x", false, &[]),
        ];
        for (beginning, is_folded, expected) in cases {
            let found: Vec<&str> = table.best(beginning, is_folded).map(|row| row.phrase).collect();
            assert_eq!(found, expected, "{beginning} {is_folded}");
        }
        assert_eq!(table.best("", true).count(), 7);
        assert_eq!(PrefixTable::default().best("", true).count() + PrefixTable::of([]).best("a", false).count(), 0);
    }

    #[test]
    fn any_range_is_given_in_falling_order() {
        let counts: Vec<u32> = (0..37_u32).map(|number| number * 7_919 % 11).collect();
        let peaks = Peaks::of(counts.iter().copied());
        for start in 0..counts.len() {
            for end in start..=counts.len() {
                let mut expected: Vec<usize> = (start..end).collect();
                expected.sort_by_key(|&at| (Reverse(counts[at]), at));
                assert_eq!(peaks.best(start..end).collect::<Vec<_>>(), expected);
            }
        }
    }
}
