//! Which written forms a word typed without diacritics matched: `tham nhung` → tham nhũng 506.
//!
//! Input → output: a folded word and all matching documents → forms with the exact number of articles that hold each.
//! For every place where the folded syllables stand together, the spellings that stand there are looked up by position.
//! What an abbreviation in the query is known to be spelt as is counted as it is.

use super::error::SearchError;
use super::expand;
use super::request::Budget;
use super::response::MatchedForm;
use super::shape::{Place, Sequence};
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

/// Of the ways in which a word is written, so many are counted.
const MAX_WAYS: usize = 32;

/// A written form: the number of each syllable's spelling.
type Form = Vec<u32>;

/// The forms of a word, most frequent first; empty for one that was not looked for in the folded stream.
pub(super) fn of(generation: &Generation, word: &Word, documents: &[Vec<DocId>], budget: Budget) -> Result<Vec<MatchedForm>, SearchError> {
    let ways: Vec<Sequence> = word.graphs().iter().flat_map(|graph| graph.paths(MAX_WAYS)).collect();
    let is_folded = ways.iter().flatten().any(|place| place.stream == Stream::Folded);
    if !is_folded || word.is_expanded() {
        return Ok(Vec::new());
    }
    // The forms of each article, over all sequences that the word stands for.
    let mut held: HashMap<(usize, DocId), HashSet<String>> = HashMap::new();
    for sequence in &ways {
        let places = sequence.iter().map(|place| spelt(generation, place)).collect::<Result<Vec<_>, _>>()?;
        let shown = |(&number, place): (&u32, &Place)| match place.stream {
            Stream::Capitals => place.terms[number as usize].to_uppercase(),
            _ => place.terms[number as usize].clone(),
        };
        let text = |form: Form| form.iter().zip(&places).map(shown).collect::<Vec<_>>().join(" ");
        for (segment, reader) in generation.searcher().segment_readers().iter().enumerate() {
            for (doc, forms) in in_segment(generation, word, reader, &places, &documents[segment], budget)? {
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

/// A place as it may be spelt.
fn spelt(generation: &Generation, place: &Place) -> Result<Place, SearchError> {
    match (place.stream, place.terms.first()) {
        (Stream::Folded, Some(term)) => Ok(Place { stream: Stream::Syllable, terms: expand::spellings(generation, term)? }),
        _ => Ok(place.clone()),
    }
}

/// The forms that stand in each of some documents of a segment.
fn in_segment(
    generation: &Generation,
    word: &Word,
    reader: &SegmentReader,
    places: &[Place],
    documents: &[DocId],
    budget: Budget,
) -> Result<Vec<(DocId, HashSet<Form>)>, SearchError> {
    let mut parts: Vec<Vec<Spellings>> = Vec::new();
    for &part in word.parts {
        let open = |place: &Place| Spellings::open(reader, generation.schema().text(part, place.stream), &place.terms);
        parts.push(places.iter().map(open).collect::<tantivy::Result<_>>()?);
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
