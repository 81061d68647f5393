//! What has to stand in an article: places one after the other, in one of several ways, as a graph.
//!
//! Input → output: terms with the streams that they are looked for in → a query over one part of the articles. A way
//! may lead through several streams, because all of them count the same positions. Knows nothing of how words are read.

use super::graph::GraphQuery;
use super::near::{NearQuery, any_of};
use super::word::{all, any};
use crate::analysis::Stream;
use crate::index::{Part, Schema, Spellings, compound};
use crate::text::fold;
use tantivy::Term;
use tantivy::query::{EmptyQuery, Query};
use tantivy::schema::Field;

/// Up to so many ways are looked for one by one, by pairs of neighbours; beyond, the graph is matched as a whole.
const MAX_UNION: usize = 6;

/// The terms that may stand at one position of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Where they are looked for.
    pub stream: Stream,
    /// One of them has to stand there.
    pub terms: Vec<String>,
}

impl Place {
    /// A place of one term.
    pub fn of(stream: Stream, term: impl Into<String>) -> Place {
        Place { stream, terms: vec![term.into()] }
    }

    /// What is looked up in a part of the articles.
    pub fn spellings(&self, schema: &Schema, part: Part) -> Spellings {
        self.spellings_in(schema, schema.text(part, self.stream))
    }

    /// What is looked up in a field of its stream.
    pub fn spellings_in(&self, schema: &Schema, field: Field) -> Spellings {
        match self.stream {
            Stream::Folded => Spellings::Folded(schema.folded(field), self.terms.clone()),
            _ => Spellings::Terms(self.terms.iter().map(|term| Term::from_field_text(field, term)).collect()),
        }
    }

    /// What was spelt with diacritics, looked for where text was typed without.
    fn without_diacritics(&self) -> Place {
        match self.stream {
            Stream::Syllable => Place { stream: Stream::Undiacritic, terms: self.terms.iter().map(|term| fold(term)).collect() },
            _ => self.clone(),
        }
    }
}

/// Places at consecutive positions.
pub(super) type Sequence = Vec<Place>;

/// One way to get on in a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// Where it begins.
    pub from: usize,
    /// Where it leads, further on.
    pub to: usize,
    /// What has to stand there; not empty.
    pub places: Sequence,
}

/// Ways from 0 to an end: what may be written for one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Graph {
    /// The ways, those that were typed first.
    pub edges: Vec<Edge>,
    /// Where they all lead.
    pub end: usize,
}

impl Graph {
    /// The graph of one way.
    pub fn of(places: Sequence) -> Graph {
        Graph { edges: vec![Edge { from: 0, to: 1, places }], end: 1 }
    }

    /// At least as many places as its longest way has.
    pub fn longest(&self) -> usize {
        self.edges.iter().map(|edge| edge.places.len()).sum()
    }

    /// What follows on this one.
    pub fn then(&mut self, next: &Graph) {
        let by = self.end;
        self.edges.extend(next.edges.iter().map(|edge| Edge { from: edge.from + by, to: edge.to + by, places: edge.places.clone() }));
        self.end += next.end;
    }

    /// The first ways from beginning to end, at most so many.
    pub fn paths(&self, most: usize) -> Vec<Sequence> {
        // For each node the first ways to it: the last edge, and which of the ways to its beginning goes before it.
        let mut ways: Vec<Vec<Option<(&Edge, usize)>>> = vec![Vec::new(); self.end + 1];
        ways[0].push(None);
        let mut edges: Vec<&Edge> = self.edges.iter().collect();
        edges.sort_by_key(|edge| edge.from);
        for edge in edges {
            let room = most.saturating_sub(ways[edge.to].len()).min(ways[edge.from].len());
            ways[edge.to].extend((0..room).map(|before| Some((edge, before))));
        }
        let path = |number: usize| {
            let (mut node, mut number, mut edges) = (self.end, number, Vec::new());
            while let Some((edge, before)) = ways[node][number] {
                edges.push(edge);
                (node, number) = (edge.from, before);
            }
            edges.iter().rev().flat_map(|edge| &edge.places).cloned().collect()
        };
        (0..ways[self.end].len()).map(path).collect()
    }

    /// Every way, in text that was typed without diacritics; `None` where that is the same.
    pub fn without_diacritics(&self) -> Option<Graph> {
        let is_accented = |place: &Place| place.stream == Stream::Syllable && place.terms.iter().any(|term| fold(term) != *term);
        if !self.edges.iter().flat_map(|edge| &edge.places).any(is_accented) {
            return None;
        }
        let folded = |edge: &Edge| Edge { places: edge.places.iter().map(Place::without_diacritics).collect(), ..edge.clone() };
        Some(Graph { edges: self.edges.iter().map(folded).collect(), end: self.end })
    }

    /// Articles whose part holds one of the ways.
    pub fn query(&self, schema: &Schema, part: Part) -> Box<dyn Query> {
        let paths = self.paths(MAX_UNION + 1);
        match paths.len() <= MAX_UNION {
            true => any(paths.iter().map(|path| sequence(schema, part, path))),
            false => Box::new(GraphQuery::new(self, schema, part)),
        }
    }

    /// Articles that hold the places of one of the ways, wherever: a little more, where ways cross.
    pub fn loose(&self, schema: &Schema, parts: &[Part]) -> Box<dyn Query> {
        let anywhere = |place: &Place| any(parts.iter().map(|&part| any_of(&place.spellings(schema, part))));
        let edge = |edge: &Edge| all(edge.places.iter().map(anywhere).collect());
        all(self.cuts().into_iter().map(|edges| any(edges.into_iter().map(edge))).collect())
    }

    /// For each step from 0 to the end the edges that lead over it, of which every way takes one; equal ones once.
    pub fn cuts(&self) -> Vec<Vec<&Edge>> {
        let over = |step: usize| self.edges.iter().filter(|edge| edge.from <= step && step < edge.to).collect::<Vec<_>>();
        let mut cuts: Vec<Vec<&Edge>> = (0..self.end).map(over).collect();
        cuts.dedup();
        cuts
    }
}

/// What has to stand in an article.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// One of the ways of a graph.
    Graph(Graph),
    /// Sequences near each other, see [`NearQuery`].
    Near(Vec<Sequence>, u32),
}

impl Shape {
    /// Articles whose part holds it.
    pub fn query(&self, schema: &Schema, part: Part) -> Box<dyn Query> {
        match self {
            Shape::Graph(graph) => graph.query(schema, part),
            Shape::Near(units, slop) => {
                let spellings = |unit: &Sequence| unit.iter().map(|place| place.spellings(schema, part)).collect();
                Box::new(NearQuery::new(units.iter().map(spellings).collect(), *slop))
            }
        }
    }

    /// The same in text that was typed without diacritics; `None` where that is the same.
    pub fn without_diacritics(&self) -> Option<Shape> {
        match self {
            Shape::Graph(graph) => graph.without_diacritics().map(Shape::Graph),
            Shape::Near(units, slop) => {
                let folded: Vec<Sequence> = units.iter().map(|unit| unit.iter().map(Place::without_diacritics).collect()).collect();
                let changes = folded.iter().flatten().zip(units.iter().flatten()).any(|(folded, place)| folded.terms != place.terms);
                changes.then_some(Shape::Near(folded, *slop))
            }
        }
    }

    /// The graphs in it: of sequences near each other, one for each.
    pub fn graphs(&self) -> Vec<Graph> {
        match self {
            Shape::Graph(graph) => vec![graph.clone()],
            Shape::Near(units, _) => units.iter().cloned().map(Graph::of).collect(),
        }
    }
}

/// Articles whose part holds a sequence.
pub(super) fn sequence(schema: &Schema, part: Part, places: &[Place]) -> Box<dyn Query> {
    let places_of: Vec<Spellings> = places.iter().map(|place| place.spellings(schema, part)).collect();
    let pairs: Vec<_> = places.windows(2).map(|pair| neighbours(schema, part, &pair[0], &pair[1])).collect();
    match (places_of.as_slice(), pairs.as_slice()) {
        (places, _) if places.is_empty() || places.iter().any(Spellings::is_empty) => Box::new(EmptyQuery),
        ([place], _) => any_of(place),
        // Two neighbours are one term: no position is read.
        ([_, _], [Some(pair)]) => any_of(pair),
        _ => {
            let alone = |number: usize| {
                [number.checked_sub(1), Some(number)].into_iter().flatten().all(|pair| pairs.get(pair).is_none_or(Option::is_none))
            };
            let in_no_pair = places_of.iter().enumerate().filter(|(number, _)| alone(*number)).map(|(_, place)| place);
            let candidates = pairs.iter().flatten().chain(in_no_pair).map(any_of).collect();
            Box::new(NearQuery::among(all(candidates), vec![places_of], 0))
        }
    }
}

/// Two neighbours, where those are a term.
pub(super) fn neighbours(schema: &Schema, part: Part, one: &Place, other: &Place) -> Option<Spellings> {
    let ([first], [second]) = (one.terms.as_slice(), other.terms.as_slice()) else { return None };
    let field = schema.pairs(part);
    let term = compound::pair(first, second)?;
    match (one.stream, other.stream) {
        (Stream::Syllable, Stream::Syllable) => Some(Spellings::Compound(field, term)),
        (Stream::Folded, Stream::Folded) => Some(Spellings::FoldedCompound(field, format!("{first} {second}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: usize, to: usize, terms: &str) -> Edge {
        Edge { from, to, places: terms.split(' ').map(|term| Place::of(Stream::Syllable, term)).collect() }
    }

    fn written(path: &Sequence) -> String {
        path.iter().map(|place| place.terms[0].as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_way_through_a_graph_is_a_path() {
        let edges = vec![edge(0, 4, "ubnd"), edge(0, 2, "ủy ban"), edge(0, 2, "ub"), edge(2, 4, "nhân dân"), edge(4, 5, "tỉnh")];
        let graph = Graph { edges, end: 5 };
        let paths: Vec<String> = graph.paths(9).iter().map(written).collect();
        assert_eq!(paths, ["ubnd tỉnh", "ủy ban nhân dân tỉnh", "ub nhân dân tỉnh"]);
        assert_eq!(graph.paths(2).len(), 2);
        let cuts: Vec<usize> = graph.cuts().iter().map(Vec::len).collect();
        assert_eq!(cuts, [3, 2, 1]);
        let folded = graph.without_diacritics().unwrap();
        assert_eq!(written(&folded.paths(9)[1]), "uy ban nhan dan tinh");
        assert_eq!(Graph::of(vec![Place::of(Stream::Syllable, "tra")]).without_diacritics(), None);
    }

    #[test]
    fn graphs_follow_on_each_other() {
        let mut graph = Graph::default();
        graph.then(&Graph::of(vec![Place::of(Stream::Syllable, "sở")]));
        graph.then(&Graph { edges: vec![edge(0, 1, "y"), edge(0, 1, "yt")], end: 1 });
        assert_eq!(graph.paths(9).iter().map(written).collect::<Vec<_>>(), ["sở y", "sở yt"]);
    }
}
