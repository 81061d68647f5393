//! Which written forms a word typed without diacritics matched: `tham nhung` → tham nhũng 506.
//!
//! Input → output: a folded word and all matching documents → forms with the exact number of articles that hold each.
//! For every place where the folded syllables stand together, the spellings that stand there are looked up by position.

use super::error::SearchError;
use super::expand;
use super::request::Budget;
use super::response::MatchedForm;
use super::word::Word;
use crate::analysis::Stream;
use crate::index::Generation;
use std::collections::{HashMap, HashSet};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// Forms that are listed; the others are counted together.
const LISTED: usize = 5;

/// What the others are called.
const OTHERS: &str = "khác";

/// Above so many matching articles no forms are counted, because the positions of all of them would have to be read.
pub(super) const MAX_ARTICLES: u64 = 20_000;

/// A written form: the number of each syllable's spelling.
type Form = Vec<u32>;

/// The forms of a word, most frequent first; empty for one that was not looked for in the folded stream.
pub(super) fn of(generation: &Generation, word: &Word, documents: &[Vec<DocId>], budget: Budget) -> Result<Vec<MatchedForm>, SearchError> {
    if word.stream != Stream::Folded || word.is_expanded() {
        return Ok(Vec::new());
    }
    // The forms of each article, over all sequences that the word stands for.
    let mut held: HashMap<(usize, DocId), HashSet<String>> = HashMap::new();
    for sequence in word.shape.sequences() {
        let spellings = sequence.iter().map(|slot| expand::spellings(generation, &slot[0])).collect::<Result<Vec<_>, _>>()?;
        let text =
            |form: Form| form.iter().zip(&spellings).map(|(&number, all)| all[number as usize].as_str()).collect::<Vec<_>>().join(" ");
        for (segment, reader) in generation.searcher().segment_readers().iter().enumerate() {
            for (doc, forms) in in_segment(generation, word, reader, &spellings, &documents[segment], budget)? {
                held.entry((segment, doc)).or_default().extend(forms.into_iter().map(text));
            }
        }
    }
    let mut counts: HashMap<&str, u64> = HashMap::new();
    held.values().flatten().for_each(|form| *counts.entry(form).or_default() += 1);
    let mut forms: Vec<(&str, u64)> = counts.into_iter().collect();
    forms.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    let rest: HashSet<&str> = forms.drain(LISTED.min(forms.len())..).map(|(form, _)| form).collect();
    let mut listed: Vec<MatchedForm> = forms.into_iter().map(|(form, count)| MatchedForm { form: form.to_owned(), count }).collect();
    if !rest.is_empty() {
        let count = held.values().filter(|forms| forms.iter().any(|form| rest.contains(form.as_str()))).count() as u64;
        listed.push(MatchedForm { form: OTHERS.to_owned(), count });
    }
    Ok(listed)
}

/// The forms that stand in each of some documents of a segment.
fn in_segment(
    generation: &Generation,
    word: &Word,
    reader: &SegmentReader,
    spellings: &[Vec<String>],
    documents: &[DocId],
    budget: Budget,
) -> Result<Vec<(DocId, HashSet<Form>)>, SearchError> {
    let mut parts: Vec<Vec<Spellings>> = Vec::new();
    for &part in word.parts {
        let field = generation.schema().text(part, Stream::Syllable);
        parts.push(spellings.iter().map(|slot| Spellings::open(reader, field, slot)).collect::<tantivy::Result<_>>()?);
    }
    let mut found = Vec::new();
    for (number, &doc) in documents.iter().enumerate() {
        if number % 256 == 0 && budget.is_spent() {
            return Err(SearchError::OutOfTime);
        }
        let mut forms: HashSet<Form> = HashSet::new();
        for slots in &mut parts {
            add_forms(slots, doc, &mut forms);
        }
        if !forms.is_empty() {
            found.push((doc, forms));
        }
    }
    Ok(found)
}

/// Adds the forms of one part of a document.
fn add_forms(slots: &mut [Spellings], doc: DocId, forms: &mut HashSet<Form>) {
    if let [slot] = slots {
        return forms.extend(slot.present(doc).map(|number| vec![number]));
    }
    let mut places: Vec<Vec<(u32, u32)>> = Vec::with_capacity(slots.len());
    for slot in slots {
        let places_of_slot = slot.places(doc);
        if places_of_slot.is_empty() {
            return;
        }
        places.push(places_of_slot);
    }
    for &(start, _) in &places[0] {
        let at = |(offset, slot): (u32, &Vec<(u32, u32)>)| {
            slot.binary_search_by_key(&(start + offset), |place| place.0).ok().map(|found| slot[found].1)
        };
        forms.extend((0..).zip(&places).map(at).collect::<Option<Form>>());
    }
}

/// Whether a list holds a document; documents must be asked for in rising order.
fn stands_in(list: &mut SegmentPostings, doc: DocId) -> bool {
    if list.doc() < doc {
        list.seek(doc);
    }
    list.doc() == doc && doc != TERMINATED
}

/// The spellings of one syllable in a field, read in step with the documents.
struct Spellings {
    postings: Vec<(u32, SegmentPostings)>,
    positions: Vec<u32>,
}

impl Spellings {
    fn open(reader: &SegmentReader, field: Field, spellings: &[String]) -> tantivy::Result<Spellings> {
        let index = reader.inverted_index(field)?;
        let mut postings = Vec::new();
        for (number, spelling) in (0..).zip(spellings) {
            let found = index.read_postings(&Term::from_field_text(field, spelling), IndexRecordOption::WithFreqsAndPositions)?;
            postings.extend(found.map(|list| (number, list)));
        }
        Ok(Spellings { postings, positions: Vec::new() })
    }

    /// Sorted positions in a document, each with the spelling that stands there.
    fn places(&mut self, doc: DocId) -> Vec<(u32, u32)> {
        let Spellings { postings, positions } = self;
        let mut places = Vec::new();
        for (number, list) in postings.iter_mut().filter_map(|(number, list)| stands_in(list, doc).then_some((number, list))) {
            list.positions(positions);
            places.extend(positions.iter().map(|&position| (position, *number)));
        }
        places.sort_unstable();
        places
    }

    /// The spellings that stand in a document, wherever.
    fn present(&mut self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.postings.iter_mut().filter_map(move |(number, list)| stands_in(list, doc).then_some(*number))
    }
}
