//! Counting the values of a facet over the matching articles, and the tree that is shown.
//!
//! Input → output: documents, one by one → [`FacetCounts`], complete, with the remainder rows that make them add up.

use super::error::SearchError;
use super::filter::Holders;
use super::label;
use super::response::{FacetCounts, FacetValue, RemainderRow};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Hierarchy, NodeId, RemainderTable};
use std::collections::HashMap;
use tantivy::DocId;

/// Where one article in so many is found, all are read once, to count them faster from then on.
const SHARE_READ: u64 = 8;

/// Counts the values of one facet.
pub(super) struct FacetCounter<'a> {
    facet: FacetField,
    hierarchy: &'a Hierarchy,
    remainders: &'a RemainderTable,
    /// With roles asked for, only those who hold them count.
    holders: Option<&'a Holders<'a>>,
    /// Articles by value.
    counts: Vec<u64>,
    /// The last article that was counted for a value, so that it is counted once.
    last: Vec<u32>,
    /// Articles by remainder row; only rows of this facet.
    rows: Vec<Option<u64>>,
    /// The last article that was counted for a row.
    last_of_row: Vec<u32>,
    articles: u32,
}

impl<'a> FacetCounter<'a> {
    pub fn new(generation: &'a Generation, facet: FacetField, holders: Option<&'a Holders<'a>>) -> Result<FacetCounter<'a>, SearchError> {
        let (hierarchy, remainders) = (generation.hierarchy(facet)?, generation.remainders()?);
        Ok(FacetCounter {
            facet,
            hierarchy,
            remainders,
            holders: holders.filter(|_| facet == FacetField::Official),
            counts: vec![0; hierarchy.nodes().len()],
            last: vec![0; hierarchy.nodes().len()],
            last_of_row: vec![0; remainders.rows().len()],
            rows: remainders.rows().iter().map(|row| (row.facet() == facet).then_some(0)).collect(),
            articles: 0,
        })
    }

    /// Counts articles, given by segment.
    pub fn count_articles(&mut self, generation: &Generation, documents: &[Vec<DocId>]) -> Result<(), SearchError> {
        let articles: usize = documents.iter().map(Vec::len).sum();
        let is_much = articles as u64 * SHARE_READ >= generation.statistics().articles();
        let sets = if self.holders.is_none() { generation.value_sets(self.facet, is_much)? } else { None };
        let Some(sets) = sets else {
            for (segment, documents) in documents.iter().enumerate() {
                documents.iter().for_each(|&doc| self.count_story([(segment, doc)]));
            }
            return Ok(());
        };
        let mut with = vec![0_u64; sets.sets().len()];
        for (segment, documents) in documents.iter().enumerate() {
            let numbers = sets.numbers(segment);
            documents.iter().for_each(|&doc| with[numbers[doc as usize] as usize] += 1);
        }
        for (set, articles) in sets.sets().iter().zip(with).filter(|(_, articles)| *articles > 0) {
            set.nodes.iter().for_each(|&node| self.counts[node as usize] += articles);
            for &row in &set.rows {
                self.rows[row as usize].iter_mut().for_each(|count| *count += articles);
            }
        }
        Ok(())
    }

    /// Counts a story by its articles, under each value that one of them has.
    pub fn count_story(&mut self, articles: impl IntoIterator<Item = (usize, DocId)>) {
        self.articles += 1;
        articles.into_iter().for_each(|(segment, doc)| self.add(segment, doc));
    }

    fn add(&mut self, segment: usize, doc: DocId) {
        match self.holders {
            Some(holders) => holders.each_value(segment, doc, |node| self.count_with_ancestors(node)),
            None => {
                let hierarchy = self.hierarchy;
                hierarchy.of(segment, doc).for_each(|node| self.count_with_ancestors(node));
            }
        }
        for row in self.remainders.of(segment, doc) {
            let last = std::mem::replace(&mut self.last_of_row[row as usize], self.articles);
            if let Some(count) = self.rows[row as usize].as_mut().filter(|_| last != self.articles) {
                *count += 1;
            }
        }
    }

    fn count_with_ancestors(&mut self, node: NodeId) {
        let mut next = Some(node);
        while let Some(node) = next {
            let at = node as usize;
            if std::mem::replace(&mut self.last[at], self.articles) == self.articles {
                break;
            }
            self.counts[at] += 1;
            next = self.hierarchy.nodes()[at].parent;
        }
    }

    /// The tree of all values that were met.
    pub fn finish(self, total: u64, authority: &Authority) -> FacetCounts {
        let nodes = self.hierarchy.nodes();
        let counted = (0..).zip(&self.counts).filter(|(_, count)| **count > 0);
        let mut below: Vec<(Option<NodeId>, NodeId)> = counted.map(|(node, _)| (nodes[node as usize].parent, node)).collect();
        below.sort_unstable();
        let mut remainder: HashMap<Option<NodeId>, Vec<RemainderRow>> = HashMap::new();
        for (row, count) in self.remainders.rows().iter().zip(&self.rows) {
            if let Some(count) = count.filter(|&count| count > 0) {
                let above = row.below().and_then(|path| self.hierarchy.find(path));
                remainder.entry(above).or_default().push(RemainderRow { kind: row.term(), label: label::of_remainder(row), count });
            }
        }
        let tree = Tree { counter: &self, below, remainder, authority };
        let (values, remainder, repeats) = tree.level(None, total);
        FacetCounts { distinct: values.len() as u64, values, remainder, repeats }
    }
}

/// Values and remainder rows by the value above them.
struct Tree<'a> {
    counter: &'a FacetCounter<'a>,
    /// In order.
    below: Vec<(Option<NodeId>, NodeId)>,
    remainder: HashMap<Option<NodeId>, Vec<RemainderRow>>,
    authority: &'a Authority,
}

impl Tree<'_> {
    /// What stands right below a value, and how often its articles are counted again there.
    ///
    /// Calls itself for the level below: as deep as the deepest path, three levels.
    fn level(&self, above: Option<NodeId>, count: u64) -> (Vec<FacetValue>, Vec<RemainderRow>, u64) {
        let first = self.below.partition_point(|(parent, _)| *parent < above);
        let here = self.below[first..].iter().take_while(|(parent, _)| *parent == above);
        let mut values: Vec<FacetValue> = here.map(|&(_, node)| self.value(node)).collect();
        values.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.path.cmp(&other.path)));
        let mut rows = self.remainder.get(&above).cloned().unwrap_or_default();
        rows.sort_by(|one, other| one.kind.cmp(&other.kind));
        let shown: u64 = values.iter().map(|value| value.count).chain(rows.iter().map(|row| row.count)).sum();
        let repeats = if values.is_empty() && rows.is_empty() { 0 } else { shown.saturating_sub(count) };
        (values, rows, repeats)
    }

    fn value(&self, node: NodeId) -> FacetValue {
        let counter = self.counter;
        let path = &counter.hierarchy.nodes()[node as usize].path;
        let count = counter.counts[node as usize];
        let (children, remainder, repeats) = self.level(Some(node), count);
        let label = label::of_value(counter.facet, path, self.authority);
        FacetValue { path: path.to_string(), label, count, children, remainder, repeats }
    }
}
