//! Counting the values of a facet over the matching articles, and the tree that is shown.
//!
//! Input → output: documents, one by one → [`FacetCounts`], with the remainder rows that make them add up. All is counted; of what is not shown
//! no label is made.

use super::error::SearchError;
use super::filter::{Holders, Typed};
use super::label;
use super::response::{FacetCounts, FacetValue, RemainderRow};
use crate::authority::Authority;
use crate::index::{FacetField, Generation, Hierarchy, NodeId, RemainderTable};
use std::collections::{HashMap, HashSet};
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

    /// The tree of the values that were met, as far as they are shown.
    pub fn finish(self, total: u64, shown: &Shown, authority: &Authority) -> FacetCounts {
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
        let inside = shown.inside.map(|typed| Inside::of(&self, Typed::new(typed), authority));
        let tree = Tree { counter: &self, below, remainder, most: shown.most.unwrap_or(usize::MAX), inside, authority };
        let Level { values, remainder, repeats, distinct, more } = tree.level(None, total);
        FacetCounts { values, remainder, repeats, distinct, more }
    }
}

/// What is shown of a facet. Everything is counted, whatever is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown<'a> {
    /// Of each level only so many values, those of most articles.
    pub most: Option<usize>,
    /// Of the top level only what is called so, or has this in what it is called, as typed.
    pub inside: Option<&'a str>,
}

/// What was typed to be found in labels, and the top-level values that fit.
struct Inside {
    typed: Typed,
    fitting: HashSet<NodeId>,
}

impl Inside {
    fn of(counter: &FacetCounter, typed: Typed, authority: &Authority) -> Inside {
        let hierarchy = counter.hierarchy;
        let fitting = match counter.facet {
            // Also by an older unit on its land, which stands below it.
            FacetField::Province => {
                let met = (0..).zip(hierarchy.nodes()).filter(|(node, _)| counter.counts[*node as usize] > 0);
                let named = met.filter(|(_, node)| node.path.segments().len() <= 2);
                let fits = named.filter(|(_, node)| typed.is_within(&label::of_value(counter.facet, &node.path, authority)));
                fits.map(|(id, node)| node.parent.unwrap_or(id)).collect()
            }
            // The others are called what their paths say, and there are many.
            _ => {
                let fits = typed.index(hierarchy.names()).iter().filter(|(name, _)| name.contains(typed.key()));
                fits.flat_map(|(_, nodes)| nodes.iter().copied()).collect()
            }
        };
        Inside { typed, fitting }
    }
}

/// Values and remainder rows by the value above them.
struct Tree<'a> {
    counter: &'a FacetCounter<'a>,
    /// In order.
    below: Vec<(Option<NodeId>, NodeId)>,
    remainder: HashMap<Option<NodeId>, Vec<RemainderRow>>,
    /// Values of each level that are made; the others have no label.
    most: usize,
    inside: Option<Inside>,
    authority: &'a Authority,
}

/// What stands right below a value.
struct Level {
    values: Vec<FacetValue>,
    remainder: Vec<RemainderRow>,
    /// How often the articles of the value are counted again here.
    repeats: u64,
    /// How many values there are.
    distinct: u64,
    /// How many of those that fit are not listed.
    more: u64,
}

impl Tree<'_> {
    /// Calls itself for the level below: as deep as the deepest path, three levels.
    fn level(&self, above: Option<NodeId>, count: u64) -> Level {
        let first = self.below.partition_point(|(parent, _)| *parent < above);
        let here = self.below[first..].iter().take_while(|(parent, _)| *parent == above);
        let mut nodes: Vec<NodeId> = here.map(|&(_, node)| node).collect();
        let mut remainder = self.remainder.get(&above).cloned().unwrap_or_default();
        remainder.sort_by(|one, other| one.kind.cmp(&other.kind));
        let counted = |node: NodeId| self.counter.counts[node as usize];
        let standing: u64 = nodes.iter().map(|&node| counted(node)).chain(remainder.iter().map(|row| row.count)).sum();
        let repeats = if nodes.is_empty() && remainder.is_empty() { 0 } else { standing.saturating_sub(count) };
        let distinct = nodes.len() as u64;
        if let (None, Some(inside)) = (above, &self.inside) {
            nodes.retain(|node| inside.fitting.contains(node));
            remainder.retain(|row| inside.typed.is_within(&row.label));
        }
        let fitting = nodes.len();
        let path = |node: NodeId| &self.counter.hierarchy.nodes()[node as usize].path;
        let by_count = |one: &NodeId, other: &NodeId| counted(*other).cmp(&counted(*one)).then_with(|| path(*one).cmp(path(*other)));
        if self.most < fitting {
            nodes.select_nth_unstable_by(self.most, by_count);
            nodes.truncate(self.most);
        }
        nodes.sort_unstable_by(by_count);
        let more = (fitting - nodes.len()) as u64;
        Level { values: nodes.into_iter().map(|node| self.value(node)).collect(), remainder, repeats, distinct, more }
    }

    fn value(&self, node: NodeId) -> FacetValue {
        let counter = self.counter;
        let path = &counter.hierarchy.nodes()[node as usize].path;
        let count = counter.counts[node as usize];
        let Level { values, remainder, repeats, more, .. } = self.level(Some(node), count);
        let label = label::of_value(counter.facet, path, self.authority);
        FacetValue { path: path.to_string(), label, count, children: values, remainder, repeats, more }
    }
}
