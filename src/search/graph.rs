//! Articles that hold one of the ways through a graph, however many there are: positions are carried from node to node.
//!
//! Candidates hold, for each step of the graph, all places of an edge that leads over it; then positions decide. Scores nothing.

use super::candidates::{Kept, Matcher, unscored};
use super::near::{SlotReader, any_of};
use super::shape::{Edge, Graph, Place};
use crate::index::{Part, Schema, Spellings};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::query::{BooleanQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader};

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct GraphQuery {
    /// In the order in which they begin: from, to, and the spellings of each place.
    edges: Vec<(usize, usize, Vec<Spellings>)>,
    end: usize,
    candidates: Arc<dyn Query>,
}

impl GraphQuery {
    /// The ways of a graph in one part of the articles.
    pub fn new(graph: &Graph, schema: &Schema, part: Part) -> GraphQuery {
        let spellings = |edge: &Edge| edge.places.iter().map(|place| place.spellings(schema, part)).collect::<Vec<_>>();
        let together =
            |edge: &&Edge| -> Box<dyn Query> { Box::new(BooleanQuery::intersection(spellings(edge).iter().map(any_of).collect())) };
        let cut = |edges: Vec<&Edge>| -> Box<dyn Query> { Box::new(BooleanQuery::union(edges.iter().map(together).collect())) };
        let mut edges: Vec<_> = graph.edges.iter().map(|edge| (edge.from, edge.to, spellings(edge))).collect();
        edges.sort_by_key(|(from, ..)| *from);
        // What is typed again and again is asked for once.
        let mut cuts: HashMap<Vec<&[Place]>, Vec<&Edge>> = HashMap::new();
        for edges in graph.cuts() {
            cuts.entry(edges.iter().map(|edge| edge.places.as_slice()).collect()).or_insert(edges);
        }
        let candidates = Arc::new(BooleanQuery::intersection(cuts.into_values().map(cut).collect()));
        GraphQuery { edges, end: graph.end, candidates }
    }
}

impl Query for GraphQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = EnableScoring::Disabled { schema: scoring.schema(), searcher_opt: scoring.searcher() };
        Ok(Box::new(GraphWeight { candidates: self.candidates.weight(unscored)?, query: self.clone() }))
    }
}

struct GraphWeight {
    candidates: Box<dyn Weight>,
    query: GraphQuery,
}

impl Weight for GraphWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut edges = Vec::with_capacity(self.query.edges.len());
        for (from, to, places) in &self.query.edges {
            let slots = places.iter().map(|spellings| SlotReader::open(reader, spellings)).collect::<tantivy::Result<_>>()?;
            edges.push(OpenEdge { from: *from, to: *to, slots });
        }
        let reached = vec![Vec::new(); self.query.end + 1];
        let matcher = GraphMatcher { edges, reached, positions: Vec::new() };
        Ok(Kept::boxed(self.candidates.scorer(reader, 1.0)?, matcher))
    }

    fn explain(&self, _reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        unscored(doc)
    }
}

struct OpenEdge {
    from: usize,
    to: usize,
    slots: Vec<SlotReader>,
}

struct GraphMatcher {
    edges: Vec<OpenEdge>,
    /// The positions in the document at hand at which a way stands that has come to a node.
    reached: Vec<Vec<u32>>,
    positions: Vec<u32>,
}

impl Matcher for GraphMatcher {
    fn matches(&mut self, doc: DocId) -> bool {
        let GraphMatcher { edges, reached, positions } = self;
        reached.iter_mut().for_each(Vec::clear);
        for OpenEdge { from, to, slots } in edges {
            // Edges come in the order in which they begin, so that nothing is added any more to where this one does.
            let mut starts = std::mem::take(&mut reached[*from]);
            starts.sort_unstable();
            starts.dedup();
            let mut found: Vec<u32> = Vec::new();
            for (offset, slot) in (0_u32..).zip(&mut *slots) {
                slot.positions(doc, positions);
                if offset > 0 {
                    found.retain(|start| positions.binary_search(&(start + offset)).is_ok());
                } else if *from == 0 {
                    found.extend_from_slice(positions);
                } else {
                    found.extend(starts.iter().filter(|start| positions.binary_search(start).is_ok()));
                }
            }
            let length = slots.len() as u32;
            reached[*to].extend(found.into_iter().map(|start| start + length));
            reached[*from] = starts;
        }
        self.reached.last().is_some_and(|ends| !ends.is_empty())
    }
}
