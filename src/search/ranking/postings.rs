//! The postings of a term, or of all spellings of one, in each segment.
//!
//! Input → output: [`Link`]s → postings, looked up once for both their number and their documents. Weighs nothing.

use super::clauses::Link;
use crate::index::{Generation, PostingList, living_in_any};
use crate::search::near::NearQuery;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// Where so many times more postings than wanted documents are, they are looked up one by one instead of read.
const SEEK_RATIO: usize = 16;

/// The documents of a segment that are asked for, in order; none for all.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a>(pub Option<&'a [DocId]>);

/// A link in the dictionaries of all segments.
pub(super) struct Opened {
    /// By segment.
    lists: Vec<Vec<PostingList>>,
    /// By segment, of neighbours that are no term: the documents in which they stand together.
    neighbours: Option<Vec<Vec<DocId>>>,
}

impl Opened {
    /// Looks a link up.
    pub fn new(link: &Link, generation: &Generation) -> tantivy::Result<Opened> {
        let readers = generation.searcher().segment_readers();
        match link {
            Link::Term(spellings) => {
                let lists = readers.iter().map(|reader| spellings.lists(reader)).collect::<tantivy::Result<_>>()?;
                Ok(Opened { lists, neighbours: None })
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
                Ok(Opened { lists: vec![Vec::new(); readers.len()], neighbours: Some(neighbours) })
            }
        }
    }

    /// Number of posting lists in a segment, those of neighbours as one.
    pub fn len(&self, segment: usize) -> usize {
        self.lists[segment].len() + usize::from(self.neighbours.is_some())
    }

    /// The posting lists of terms in a segment.
    pub fn lists(&self, segment: usize) -> &[PostingList] {
        &self.lists[segment]
    }

    /// Living articles that hold a spelling.
    pub fn articles(&self, generation: &Generation) -> tantivy::Result<u64> {
        let mut articles = 0;
        for (reader, lists) in generation.searcher().segment_readers().iter().zip(&self.lists) {
            articles += u64::from(living_in_any(reader, lists)?);
        }
        for (reader, documents) in generation.searcher().segment_readers().iter().zip(self.neighbours.iter().flatten()) {
            let alive = |doc: &&DocId| reader.alive_bitset().is_none_or(|alive| alive.is_alive(**doc));
            articles += documents.iter().filter(alive).count() as u64;
        }
        Ok(articles)
    }

    /// Calls `each` with every document, at least the wanted ones, and how often it holds a spelling (of a compound term, once); list by list.
    pub fn each(&self, segment: usize, wanted: Wanted, mut each: impl FnMut(DocId, u32)) -> tantivy::Result<()> {
        if let Some(neighbours) = &self.neighbours {
            neighbours[segment].iter().for_each(|&doc| each(doc, 1));
        }
        for list in &self.lists[segment] {
            let seeks = |wanted: &&[DocId]| wanted.len() < list.doc_freq() as usize / SEEK_RATIO;
            match (wanted.0.filter(seeks), list) {
                (None, PostingList::Compound(list)) => list.each(|doc| each(doc, 1)),
                (Some(wanted), PostingList::Compound(list)) => {
                    let mut documents = list.documents();
                    wanted.iter().filter(|&&doc| documents.seek(doc) == doc).for_each(|&doc| each(doc, 1));
                }
                (wanted, PostingList::Term(index, info)) => {
                    let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    walk(postings, wanted, &mut each);
                }
            }
        }
        Ok(())
    }
}

/// Calls `each` with all postings, or with those of the wanted documents.
fn walk(mut postings: BlockSegmentPostings, wanted: Option<&[DocId]>, mut each: impl FnMut(DocId, u32)) {
    match wanted {
        None => {
            while !postings.docs().is_empty() {
                (0..postings.docs().len()).for_each(|at| each(postings.doc(at), postings.freq(at)));
                postings.advance();
            }
        }
        Some(wanted) => {
            for &doc in wanted {
                let at = postings.seek(doc);
                if postings.docs().get(at) == Some(&doc) {
                    each(doc, postings.freq(at));
                }
            }
        }
    }
}
