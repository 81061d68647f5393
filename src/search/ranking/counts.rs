//! How often documents hold something that is written in several ways, or over several places.
//!
//! Input → output: chains of postings → a number for each document of a segment. Of a chain the number is that of its rarest place,
//! which is a little too high where the places are not together; of alternatives the highest. Reads no positions.

use super::Found;
use super::postings::{Opened, Wanted};
use tantivy::{DocId, SegmentReader};

/// Numbers by document; empty between two counts.
#[derive(Default)]
pub(super) struct Counts {
    best: Tally,
    place: Tally,
}

#[derive(Default)]
struct Tally {
    by_doc: Vec<u32>,
    touched: Vec<DocId>,
}

impl Tally {
    fn entry(&mut self, doc: DocId) -> &mut u32 {
        let count = &mut self.by_doc[doc as usize];
        if *count == 0 {
            self.touched.push(doc);
        }
        count
    }

    fn drain(&mut self, mut each: impl FnMut(DocId, u32)) {
        for doc in self.touched.drain(..) {
            each(doc, std::mem::take(&mut self.by_doc[doc as usize]));
        }
    }
}

impl Counts {
    /// Counts the documents of a segment.
    pub fn count(&mut self, chains: &[Found], segment: usize, reader: &SegmentReader, wanted: Wanted) -> tantivy::Result<()> {
        for tally in [&mut self.best, &mut self.place] {
            tally.by_doc.resize(reader.max_doc() as usize, 0);
        }
        for chain in chains {
            let Some((first, others)) = chain.split_first() else { continue };
            let mut found = self.at(first, segment, wanted)?;
            for place in others {
                let here = self.at(place, segment, wanted)?;
                here.iter().for_each(|&(doc, count)| self.place.by_doc[doc as usize] = count);
                found.retain_mut(|(doc, count)| {
                    *count = (*count).min(self.place.by_doc[*doc as usize]);
                    *count > 0
                });
                here.iter().for_each(|&(doc, _)| self.place.by_doc[doc as usize] = 0);
            }
            for (doc, count) in found {
                let best = self.best.entry(doc);
                *best = (*best).max(count);
            }
        }
        Ok(())
    }

    /// The documents that hold one of some chains, in order, with their numbers; only those that fit.
    pub fn documents(
        &mut self,
        chains: &[Found],
        segment: usize,
        reader: &SegmentReader,
        wanted: Wanted,
        fits: impl Fn(DocId) -> bool,
    ) -> tantivy::Result<Vec<(DocId, u32)>> {
        let mut found = Vec::new();
        if let [chain] = chains
            && let [place] = chain.as_slice()
            && place.len(segment) <= 1
        {
            place.each(segment, wanted, |doc, count| found.extend(fits(doc).then_some((doc, count))))?;
            return Ok(found);
        }
        self.count(chains, segment, reader, wanted)?;
        self.drain(|doc, count| found.extend(fits(doc).then_some((doc, count))));
        found.sort_unstable();
        Ok(found)
    }

    /// Takes away the documents, which are in order, that hold the first place of a chain.
    pub fn remove_those_with(
        &mut self,
        chains: &[Found],
        segment: usize,
        reader: &SegmentReader,
        documents: &mut Vec<(DocId, u32)>,
    ) -> tantivy::Result<()> {
        for place in chains.iter().filter_map(|chain| chain.first()) {
            let asked: Vec<DocId> = documents.iter().map(|&(doc, _)| doc).collect();
            self.place.by_doc.resize(reader.max_doc() as usize, 0);
            place.each(segment, Wanted(Some(&asked)), |doc, count| *self.place.entry(doc) += count)?;
            documents.retain(|&(doc, _)| self.place.by_doc[doc as usize] == 0);
            self.place.drain(|_, _| ());
        }
        Ok(())
    }

    /// The documents that hold a spelling of a place, each once.
    fn at(&mut self, place: &Opened, segment: usize, wanted: Wanted) -> tantivy::Result<Vec<(DocId, u32)>> {
        place.each(segment, wanted, |doc, count| *self.place.entry(doc) += count)?;
        let mut found = Vec::with_capacity(self.place.touched.len());
        self.place.drain(|doc, count| found.push((doc, count)));
        Ok(found)
    }

    /// Hands over what was counted, and forgets it.
    pub fn drain(&mut self, each: impl FnMut(DocId, u32)) {
        self.best.drain(each);
    }
}
