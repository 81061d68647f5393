//! The postings of a term, or of all spellings of one, in each segment.
//!
//! Input → output: [`Link`]s → postings, looked up once for both their number and their documents. Weighs nothing.

use super::clauses::Link;
use crate::index::{Generation, living_in_any};
use crate::search::near::NearQuery;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// Where so many times more postings than wanted documents are, they are looked up one by one instead of read.
const SEEK_RATIO: usize = 16;

/// The documents of a segment that are asked for, in order; none for all.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a>(pub Option<&'a [DocId]>);

/// A link in the dictionaries of all segments.
pub(super) struct Opened {
    field: Field,
    /// Whether the lists tell how often a document holds a term; if not, it counts once.
    has_counts: bool,
    /// By segment.
    lists: Vec<Vec<TermInfo>>,
    /// By segment, of neighbours that are no term: the documents in which they stand together.
    neighbours: Option<Vec<Vec<DocId>>>,
}

impl Opened {
    /// Looks a link up.
    pub fn new(link: &Link, generation: &Generation) -> tantivy::Result<Opened> {
        let readers = generation.searcher().segment_readers();
        match link {
            Link::Term(spellings) => {
                let field = spellings.field();
                let lists = readers.iter().map(|reader| spellings.lists(&*reader.inverted_index(field)?));
                let has_counts = generation.schema().counts_occurrences(field);
                Ok(Opened { field, has_counts, lists: lists.collect::<tantivy::Result<_>>()?, neighbours: None })
            }
            Link::Neighbours(first, second) => {
                let query = NearQuery::new(vec![vec![first.clone(), second.clone()]], 0);
                let weight = query.weight(EnableScoring::disabled_from_searcher(generation.searcher()))?;
                let mut neighbours = Vec::with_capacity(readers.len());
                for reader in readers {
                    let mut found = weight.scorer(reader, 1.0)?;
                    let mut documents = Vec::new();
                    while found.doc() != TERMINATED {
                        documents.push(found.doc());
                        found.advance();
                    }
                    neighbours.push(documents);
                }
                Ok(Opened { field: first.field(), has_counts: false, lists: vec![Vec::new(); readers.len()], neighbours: Some(neighbours) })
            }
        }
    }

    /// Posting lists in a segment, those of neighbours as one.
    pub fn lists(&self, segment: usize) -> usize {
        self.lists[segment].len() + usize::from(self.neighbours.is_some())
    }

    /// The field of the terms.
    pub fn field(&self) -> Field {
        self.field
    }

    /// Where the posting lists of a segment lie.
    pub fn infos(&self, segment: usize) -> &[TermInfo] {
        &self.lists[segment]
    }

    /// Living articles that hold a spelling.
    pub fn articles(&self, generation: &Generation) -> tantivy::Result<u64> {
        let mut articles = 0;
        for (reader, lists) in generation.searcher().segment_readers().iter().zip(&self.lists) {
            let index = reader.inverted_index(self.field)?;
            let held: Vec<_> = lists.iter().map(|info| (&*index, info.clone())).collect();
            articles += u64::from(living_in_any(reader, &held)?);
        }
        for (reader, documents) in generation.searcher().segment_readers().iter().zip(self.neighbours.iter().flatten()) {
            let alive = |doc: &&DocId| reader.alive_bitset().is_none_or(|alive| alive.is_alive(**doc));
            articles += documents.iter().filter(alive).count() as u64;
        }
        Ok(articles)
    }

    /// Calls `each` with every document, at least the wanted ones, and how often it holds a spelling; list by list.
    pub fn each(&self, segment: usize, reader: &SegmentReader, wanted: Wanted, mut each: impl FnMut(DocId, u32)) -> tantivy::Result<()> {
        if let Some(neighbours) = &self.neighbours {
            neighbours[segment].iter().for_each(|&doc| each(doc, 1));
        }
        if self.lists[segment].is_empty() {
            return Ok(());
        }
        let index = reader.inverted_index(self.field)?;
        for info in &self.lists[segment] {
            let seeks = |wanted: &&[DocId]| wanted.len() < info.doc_freq as usize / SEEK_RATIO;
            match (wanted.0.filter(seeks), self.has_counts) {
                (wanted, true) => {
                    let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    walk(postings, wanted, |postings, at| each(postings.doc(at), postings.freq(at)));
                }
                (wanted, false) => {
                    let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                    walk(postings, wanted, |postings, at| each(postings.doc(at), 1));
                }
            }
        }
        Ok(())
    }
}

/// Calls `each` with the places of all postings in their blocks, or of those of the wanted documents.
fn walk(mut postings: BlockSegmentPostings, wanted: Option<&[DocId]>, mut each: impl FnMut(&BlockSegmentPostings, usize)) {
    match wanted {
        None => {
            while !postings.docs().is_empty() {
                (0..postings.docs().len()).for_each(|at| each(&postings, at));
                postings.advance();
            }
        }
        Some(wanted) => {
            for &doc in wanted {
                let at = postings.seek(doc);
                if postings.docs().get(at) == Some(&doc) {
                    each(&postings, at);
                }
            }
        }
    }
}
