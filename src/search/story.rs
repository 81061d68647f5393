//! Matching articles → stories: which of several near-duplicates is shown, how many others match, how many stories there are.
//!
//! An article without near-duplicates is a story of its own. Of the others the earliest dated is shown among those that match, so what
//! is shown hangs on the query and its filters alone, and on no page and no order.

use crate::index::{Groups, Membership};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use tantivy::{DocAddress, DocId};

/// The matching articles that have near-duplicates, by group.
pub(super) struct Stories<'a> {
    groups: &'a Groups,
    /// The earliest dated of each group, and how many of it match.
    matching: HashMap<u32, (Membership, u64)>,
    /// How many articles that is.
    articles: u64,
}

impl<'a> Stories<'a> {
    /// None yet.
    pub fn new(groups: &'a Groups) -> Stories<'a> {
        Stories { groups, matching: HashMap::new(), articles: 0 }
    }

    /// Adds a matching article.
    pub fn add(&mut self, segment: usize, doc: DocId) {
        let Some(copy) = self.groups.membership(segment, doc) else { return };
        self.articles += 1;
        match self.matching.entry(copy.group) {
            Entry::Vacant(entry) => drop(entry.insert((copy, 1))),
            Entry::Occupied(mut entry) => {
                let (first, count) = entry.get_mut();
                *first = copy.min(*first);
                *count += 1;
            }
        }
    }

    /// The number of stories among so many matching articles.
    pub fn count(&self, articles: u64) -> u64 {
        articles - self.articles + self.matching.len() as u64
    }

    /// Whether an article stands for its story.
    pub fn is_first(&self, segment: usize, doc: DocId) -> bool {
        self.groups.membership(segment, doc).is_none_or(|copy| self.matching.get(&copy.group).is_some_and(|(first, _)| *first == copy))
    }

    /// How many other articles of its story match.
    pub fn others(&self, address: DocAddress) -> u64 {
        let copy = self.groups.membership(address.segment_ord as usize, address.doc_id);
        copy.and_then(|copy| self.matching.get(&copy.group)).map_or(0, |(_, count)| count - 1)
    }
}
