//! What articles have in a facet, as one number for each article: those with the same values and remainder rows have the same.
//!
//! So counting a facet over many articles is one addition for each, and values are looked at once for each set. Made for a generation at
//! the first query that finds much; for few articles it is not worth reading all of them.

use super::schema::FacetField;
use super::side_table::{Hierarchy, NodeId, RemainderTable};
use std::collections::HashMap;
use tantivy::{DocId, Searcher};

/// The different sets of a facet, and which of them each article has.
#[derive(Debug, Default)]
pub struct ValueSets {
    sets: Vec<ValueSet>,
    /// By segment and document.
    numbers: Vec<Vec<u32>>,
}

/// Values and remainder rows that articles have together.
#[derive(Debug, Default)]
pub struct ValueSet {
    /// Values with those above them, each once.
    pub nodes: Vec<NodeId>,
    /// Rows of this facet.
    pub rows: Vec<u32>,
}

impl ValueSets {
    pub(super) fn of(facet: FacetField, hierarchy: &Hierarchy, remainders: &RemainderTable, searcher: &Searcher) -> ValueSets {
        let of_facet: Vec<bool> = remainders.rows().iter().map(|row| row.facet() == facet).collect();
        let mut sets = ValueSets::default();
        let mut known: HashMap<(Vec<NodeId>, Vec<u32>), u32> = HashMap::new();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let number = |doc: DocId| {
                let values: Vec<NodeId> = hierarchy.of(segment, doc).collect();
                let rows: Vec<u32> = remainders.of(segment, doc).filter(|&row| of_facet[row as usize]).collect();
                *known.entry((values, rows)).or_insert_with_key(|(values, rows)| {
                    sets.sets.push(ValueSet { nodes: with_those_above(values, hierarchy), rows: rows.clone() });
                    sets.sets.len() as u32 - 1
                })
            };
            let numbers = (0..reader.max_doc()).map(number).collect();
            sets.numbers.push(numbers);
        }
        sets
    }

    /// All sets, by their numbers.
    pub fn sets(&self) -> &[ValueSet] {
        &self.sets
    }

    /// The numbers of the sets of a segment's articles.
    pub fn numbers(&self, segment: usize) -> &[u32] {
        &self.numbers[segment]
    }
}

fn with_those_above(values: &[NodeId], hierarchy: &Hierarchy) -> Vec<NodeId> {
    let above = |node: &NodeId| hierarchy.nodes()[*node as usize].parent;
    let mut nodes: Vec<NodeId> = values.iter().flat_map(|&value| std::iter::successors(Some(value), above)).collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
