//! Columns of labels as numbers that hold over all segments, made once for each generation.
//!
//! A column gives each segment's values as ordinals of its own. Counting wants one numbering, and
//! tantivy's own facet collector walks the whole dictionary for every query; these tables are
//! walked once.

use super::post::PostKey;
use super::schema::{FacetField, Remainder, column};
use crate::article::FacetPath;
use crate::text::{canonical_phrase, fold};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::OnceLock;
use tantivy::columnar::StrColumn;
use tantivy::schema::Facet;
use tantivy::{DocId, Searcher, SegmentReader};

/// A place in the hierarchy of a facet.
pub type NodeId = u32;

/// A value of a facet.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its path.
    pub path: FacetPath,
    /// The value above it; `None` at the top level.
    pub parent: Option<NodeId>,
}

/// All values of a facet over all segments, ancestors included.
#[derive(Debug)]
pub struct Hierarchy {
    nodes: Vec<Node>,
    by_path: HashMap<FacetPath, NodeId>,
    segments: Vec<Ordinals>,
    names: OnceLock<PhraseIndex>,
}

impl Hierarchy {
    pub(super) fn load(searcher: &Searcher, facet: FacetField) -> tantivy::Result<Hierarchy> {
        let mut hierarchy = Hierarchy { nodes: Vec::new(), by_path: HashMap::new(), segments: Vec::new(), names: OnceLock::new() };
        for reader in searcher.segment_readers() {
            let ordinals = Ordinals::load(reader, facet.name(), |encoded| {
                let facet = Facet::from_encoded(encoded.as_bytes().to_vec()).ok()?;
                Some(hierarchy.intern(FacetPath::new(facet.to_path())?))
            })?;
            hierarchy.segments.push(ordinals);
        }
        Ok(hierarchy)
    }

    fn intern(&mut self, path: FacetPath) -> NodeId {
        if let Some(&node) = self.by_path.get(&path) {
            return node;
        }
        let above = path.segments().len() - 1;
        let parent = FacetPath::new(&path.segments()[..above]).map(|parent| self.intern(parent));
        let node = self.nodes.len() as NodeId;
        self.nodes.push(Node { path: path.clone(), parent });
        self.by_path.insert(path, node);
        node
    }

    /// Every value, by its id.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The value at a path.
    pub fn find(&self, path: &FacetPath) -> Option<NodeId> {
        self.by_path.get(path).copied()
    }

    /// The top-level values by name, however it is typed; made at the first call.
    pub fn names(&self) -> &PhraseIndex {
        self.names.get_or_init(|| {
            let top = (0..).zip(&self.nodes).filter(|(_, node)| node.parent.is_none());
            PhraseIndex::of(top.map(|(id, node)| (node.path.segments()[0].as_str(), id)))
        })
    }

    /// The deepest values of an article (without their ancestors), by segment and document.
    pub fn of(&self, segment: usize, doc: DocId) -> impl Iterator<Item = NodeId> + '_ {
        self.segments[segment].of(doc)
    }
}

/// All remainder rows that occur, over all segments.
#[derive(Debug)]
pub struct RemainderTable {
    rows: Vec<Remainder>,
    segments: Vec<Ordinals>,
}

impl RemainderTable {
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<RemainderTable> {
        let (rows, segments) = load_interned(searcher, column::REMAINDER, Remainder::parse)?;
        Ok(RemainderTable { rows, segments })
    }

    /// Every row, by its number.
    pub fn rows(&self) -> &[Remainder] {
        &self.rows
    }

    /// The numbers of the rows that an article stands in.
    pub fn of(&self, segment: usize, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.segments[segment].of(doc)
    }
}

/// All posts of all people, over all segments.
#[derive(Debug)]
pub struct PostTable {
    posts: Vec<PostKey>,
    segments: Vec<Ordinals>,
    roles: OnceLock<PhraseIndex>,
}

impl PostTable {
    pub(super) fn load(searcher: &Searcher) -> tantivy::Result<PostTable> {
        let (posts, segments) = load_interned(searcher, column::POST, PostKey::decode)?;
        Ok(PostTable { posts, segments, roles: OnceLock::new() })
    }

    /// Every post, by its number.
    pub fn posts(&self) -> &[PostKey] {
        &self.posts
    }

    /// The posts by role, however it is typed; made at the first call.
    pub fn roles(&self) -> &PhraseIndex {
        self.roles.get_or_init(|| PhraseIndex::of(self.posts.iter().map(|post| post.role.as_str()).zip(0..)))
    }

    /// The numbers of the posts that an article gives.
    pub fn of(&self, segment: usize, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.segments[segment].of(doc)
    }
}

/// Labels by canonical phrase and without diacritics, in order, so that beginnings are ranges.
#[derive(Debug, Default)]
pub struct PhraseIndex {
    /// [`canonical_phrase`] → numbers.
    pub canonical: BTreeMap<String, Vec<u32>>,
    /// The same, folded.
    pub folded: BTreeMap<String, Vec<u32>>,
}

impl PhraseIndex {
    fn of<'a>(labels: impl Iterator<Item = (&'a str, u32)>) -> PhraseIndex {
        let mut index = PhraseIndex::default();
        for (label, number) in labels {
            let phrase = canonical_phrase(label);
            index.folded.entry(fold(&phrase)).or_default().push(number);
            index.canonical.entry(phrase).or_default().push(number);
        }
        index
    }
}

/// Loads a column of labels of every segment under one numbering.
fn load_interned<T: Clone + Eq + Hash>(
    searcher: &Searcher,
    column: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> tantivy::Result<(Vec<T>, Vec<Ordinals>)> {
    let (mut values, mut numbers) = (Vec::new(), HashMap::new());
    let mut segments = Vec::new();
    for reader in searcher.segment_readers() {
        segments.push(Ordinals::load(reader, column, |label| {
            let value = parse(label)?;
            let number = *numbers.entry(value.clone()).or_insert(values.len() as u32);
            if number as usize == values.len() {
                values.push(value);
            }
            Some(number)
        })?);
    }
    Ok((values, segments))
}

/// One segment's column, and the number over all segments that each of its ordinals stands for.
struct Ordinals {
    column: Option<StrColumn>,
    numbers: Vec<u32>,
}

/// What an ordinal that could not be read stands for.
const UNREADABLE: u32 = u32::MAX;

impl Ordinals {
    fn load(reader: &SegmentReader, column: &str, mut number: impl FnMut(&str) -> Option<u32>) -> tantivy::Result<Ordinals> {
        let Some(column) = reader.fast_fields().str(column)? else { return Ok(Ordinals { column: None, numbers: Vec::new() }) };
        let mut numbers = Vec::with_capacity(column.num_terms());
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            numbers.push(std::str::from_utf8(terms.key()).ok().and_then(&mut number).unwrap_or(UNREADABLE));
        }
        Ok(Ordinals { numbers, column: Some(column) })
    }

    fn of(&self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        let ordinals = self.column.iter().flat_map(move |column| column.ords().values_for_doc(doc));
        ordinals.map(|ordinal| self.numbers[ordinal as usize]).filter(|&number| number != UNREADABLE)
    }
}

impl std::fmt::Debug for Ordinals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ordinals").field("values", &self.numbers.len()).finish_non_exhaustive()
    }
}
