//! What the rows or the columns of a table stand for, and which of them each article stands in.
//!
//! A *line* is a row or a column: a value of a facet at one level, a post, or what stands under no value of that level. Lines are numbered
//! by what the index holds, not by what matches, so that a query and the whole archive have the same numbers.

use super::posts::Posts;
use crate::article::{Basis, FacetPath};
use crate::index::{FacetField, Generation, Hierarchy, IndexError, NodeId, Remainder, ValueSet, ValueSets};
use crate::search::filter::Holders;
use crate::search::request::Boundaries;
use crate::search::{Period, SearchError};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::Hash;
use tantivy::DocId;

/// Number of a line.
pub(in crate::search) type LineId = u32;

/// A value that stands above the level asked for, and so in no line of it.
const NONE: LineId = LineId::MAX;

/// What articles are counted by in the rows or the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// The province that an article is about: on today's map, or as it was at the time.
    Province,
    /// The year of the event.
    Year,
    /// Its month.
    Month,
    /// Its day.
    Day,
    /// A person with a post; people of one name together, as in the official facet.
    Official,
    /// A post in full words, whoever holds it; with officials in the other axis or asked for, held by them.
    Post,
    /// The publisher.
    Source,
    /// The collection.
    Collection,
}

impl Axis {
    /// Every one.
    pub const ALL: [Axis; 8] =
        [Axis::Province, Axis::Year, Axis::Month, Axis::Day, Axis::Official, Axis::Post, Axis::Source, Axis::Collection];

    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Province => "province",
            Axis::Year => "year",
            Axis::Month => "month",
            Axis::Day => "day",
            Axis::Official => "official",
            Axis::Post => "post",
            Axis::Source => "source",
            Axis::Collection => "collection",
        }
    }

    /// The axis of a name.
    pub fn named(name: &str) -> Option<Axis> {
        Axis::ALL.into_iter().find(|axis| axis.name() == name)
    }

    /// The period that a line stands for, if it is one.
    pub fn period(self) -> Option<Period> {
        match self {
            Axis::Year => Some(Period::Year),
            Axis::Month => Some(Period::Month),
            Axis::Day => Some(Period::Day),
            _ => None,
        }
    }

    /// The facet and how deep in it the values stand; none for posts.
    fn level(self, boundaries: Boundaries) -> Option<(FacetField, usize)> {
        Some(match (self, boundaries) {
            (Axis::Province, Boundaries::Today) => (FacetField::Province, 1),
            (Axis::Province, Boundaries::AsWritten) => (FacetField::Province, 2),
            (Axis::Year, _) => (FacetField::Date, 1),
            (Axis::Month, _) => (FacetField::Date, 2),
            (Axis::Day, _) => (FacetField::Date, 3),
            (Axis::Official, _) => (FacetField::Official, 1),
            (Axis::Source, _) => (FacetField::Source, 1),
            (Axis::Collection, _) => (FacetField::Collection, 1),
            (Axis::Post, _) => return None,
        })
    }
}

impl From<Period> for Axis {
    fn from(period: Period) -> Axis {
        match period {
            Period::Year => Axis::Year,
            Period::Month => Axis::Month,
            Period::Day => Axis::Day,
        }
    }
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::search) enum Key {
    /// A value of a facet.
    Value(FacetField, FacetPath),
    /// What stands under no value of the level.
    Remainder(Remainder),
    /// A post in full words.
    Post(String),
    /// What the date of an event rests on.
    Basis(Basis),
    /// Everything, where there is nothing to be told apart.
    All,
}

/// Lines, each with its number.
#[derive(Default)]
pub(super) struct Lines {
    keys: Vec<Key>,
    known: HashMap<Key, LineId>,
}

impl Lines {
    pub fn number(&mut self, key: Key) -> LineId {
        number(&mut self.known, &mut self.keys, key)
    }

    pub fn find(&self, key: &Key) -> Option<LineId> {
        self.known.get(key).copied()
    }

    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
}

/// The number of a value, a new one for a new value.
fn number<T: Clone + Eq + Hash>(known: &mut HashMap<T, u32>, values: &mut Vec<T>, value: T) -> u32 {
    if let Some(&number) = known.get(&value) {
        return number;
    }
    let number = values.len() as u32;
    known.insert(value.clone(), number);
    values.push(value);
    number
}

/// Rows or columns: all lines that there are, and those of each article.
pub(in crate::search) struct Side<'a> {
    pub(super) lines: Lines,
    pub(super) of: Of<'a>,
    /// Lines that articles have together, in order.
    classes: Vec<Vec<LineId>>,
    known: HashMap<Vec<LineId>, u32>,
}

/// Where the lines of an article come from.
pub(super) enum Of<'a> {
    /// Values of a facet.
    Facet(Facet<'a>),
    /// Posts that people hold.
    Posts(Posts<'a>),
    /// What the dates of some articles rest on, by segment and document.
    Bases(HashMap<(usize, DocId), LineId>),
    /// Everything is one line.
    All(LineId),
}

/// Values of a facet at one level.
pub(super) struct Facet<'a> {
    field: FacetField,
    hierarchy: &'a Hierarchy,
    generation: &'a Generation,
    /// With roles asked for, only those who hold them count.
    holders: Option<&'a Holders<'a>>,
    /// By value: the line of the value at the level that it is, or lies below.
    line_of_value: Vec<LineId>,
    /// By remainder row.
    line_of_row: Vec<LineId>,
    /// Where sets of values are known: by segment the set of each article, and by set its class.
    sets: Option<(&'a ValueSets, Vec<u32>)>,
}

impl<'a> Side<'a> {
    /// The lines of an axis. With `holders`, an official stands only where they hold the roles asked for; `is_much` says whether
    /// it is worth looking at each article of the index once.
    pub fn of(
        generation: &'a Generation,
        axis: Axis,
        boundaries: Boundaries,
        holders: Option<&'a Holders<'a>>,
        is_much: bool,
    ) -> Result<Side<'a>, SearchError> {
        match axis.level(boundaries) {
            Some((facet, depth)) => Side::of_facet(generation, facet, depth, holders, is_much),
            None => Side::of_posts(generation, holders, &[]),
        }
    }

    fn of_facet(
        generation: &'a Generation,
        facet: FacetField,
        depth: usize,
        holders: Option<&'a Holders<'a>>,
        is_much: bool,
    ) -> Result<Side<'a>, SearchError> {
        let (hierarchy, remainders) = (generation.hierarchy(facet)?, generation.remainders()?);
        let mut lines = Lines::default();
        // Those above come before those below.
        let mut line_of_value = Vec::with_capacity(hierarchy.nodes().len());
        // A unit that was divided stands below each of its todays, with the same articles: it is one line.
        let mut by_unit: HashMap<&str, LineId> = HashMap::new();
        for node in hierarchy.nodes() {
            let segments = node.path.segments();
            line_of_value.push(match (segments.len().cmp(&depth), facet) {
                (std::cmp::Ordering::Less, _) => NONE,
                (std::cmp::Ordering::Greater, _) => node.parent.map_or(NONE, |above| line_of_value[above as usize]),
                (_, FacetField::Province) => {
                    let new = || lines.number(Key::Value(facet, node.path.clone()));
                    *by_unit.entry(&segments[depth - 1]).or_insert_with(new)
                }
                _ => lines.number(Key::Value(facet, node.path.clone())),
            });
        }
        let is_of_level = |row: &Remainder| row.facet() == facet && row.below().map_or(0, |above| above.segments().len()) < depth;
        let line_of_row = |row: &Remainder| if is_of_level(row) { lines.number(Key::Remainder(row.clone())) } else { NONE };
        let line_of_row = remainders.rows().iter().map(line_of_row).collect();
        let holders = holders.filter(|_| facet == FacetField::Official);
        let found = Facet { field: facet, hierarchy, generation, holders, line_of_value, line_of_row, sets: None };
        let mut side = Side::new(lines, Of::All(NONE));
        let known = if holders.is_none() { generation.value_sets(facet, is_much)? } else { None };
        let sets = known.map(|sets| {
            let of_set = |set: &ValueSet| side.class(found.lines(set.nodes.iter().copied(), set.rows.iter().copied()));
            (sets, sets.sets().iter().map(of_set).collect())
        });
        side.of = Of::Facet(Facet { sets, ..found });
        Ok(side)
    }

    /// The posts of those who hold the roles and are the officials asked for.
    pub fn of_posts(
        generation: &'a Generation,
        holders: Option<&'a Holders<'a>>,
        officials: &'a [Vec<FacetPath>],
    ) -> Result<Side<'a>, SearchError> {
        let mut lines = Lines::default();
        let posts = Posts::new(generation, holders, officials, &mut lines)?;
        Ok(Side::new(lines, Of::Posts(posts)))
    }

    /// What the dates of articles rest on: reads each of them.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn of_bases(generation: &Generation, documents: &[Vec<DocId>]) -> Result<Side<'a>, IndexError> {
        let mut lines = Lines::default();
        let mut bases = HashMap::new();
        for (segment, documents) in documents.iter().enumerate() {
            let of_segment = generation.bases(segment, documents)?;
            bases.extend(documents.iter().zip(of_segment).map(|(&doc, basis)| ((segment, doc), lines.number(Key::Basis(basis)))));
        }
        Ok(Side::new(lines, Of::Bases(bases)))
    }

    /// Everything in one line.
    pub fn of_everything() -> Side<'a> {
        let mut lines = Lines::default();
        let all = lines.number(Key::All);
        Side::new(lines, Of::All(all))
    }

    fn new(lines: Lines, of: Of<'a>) -> Side<'a> {
        Side { lines, of, classes: Vec::new(), known: HashMap::new() }
    }

    /// What each line is, by its number.
    pub fn keys(&self) -> &[Key] {
        self.lines.keys()
    }

    /// The number of a line.
    pub fn find(&self, key: &Key) -> Option<LineId> {
        self.lines.find(key)
    }

    /// The lines of a class, in order, each once.
    pub(in crate::search) fn lines_of(&self, class: u32) -> &[LineId] {
        &self.classes[class as usize]
    }

    /// The number of the lines that an article stands in, all together.
    pub(in crate::search) fn class_of(&mut self, segment: usize, doc: DocId) -> u32 {
        let lines = match &self.of {
            Of::Facet(Facet { sets: Some((sets, class_of_set)), .. }) => return class_of_set[sets.numbers(segment)[doc as usize] as usize],
            Of::Facet(facet) => facet.lines_of(segment, doc),
            Of::Posts(posts) => posts.of(segment, doc).into_iter().map(|(_, post)| post).collect(),
            Of::Bases(bases) => bases.get(&(segment, doc)).copied().into_iter().collect(),
            Of::All(line) => vec![*line],
        };
        self.class(lines)
    }

    fn class(&mut self, mut lines: Vec<LineId>) -> u32 {
        lines.sort_unstable();
        lines.dedup();
        number(&mut self.known, &mut self.classes, lines)
    }
}

impl Facet<'_> {
    /// Whether its values are people.
    pub fn is_of_officials(&self) -> bool {
        self.field == FacetField::Official
    }

    /// The line of a person, or of articles that name nobody.
    pub fn line_of_person(&self, person: Option<NodeId>) -> Option<LineId> {
        match person {
            Some(person) => self.line_of_value.get(person as usize).copied(),
            None => self.line_of_row.iter().copied().find(|&line| line != NONE),
        }
    }

    fn lines_of(&self, segment: usize, doc: DocId) -> Vec<LineId> {
        let mut values = Vec::new();
        match self.holders {
            Some(holders) => holders.each_value(segment, doc, |value| values.push(value)),
            None => values.extend(self.hierarchy.of(segment, doc)),
        }
        // Loaded before the side was made.
        let rows = self.generation.remainders().ok();
        self.lines(values.into_iter(), rows.into_iter().flat_map(|rows| rows.of(segment, doc)))
    }

    fn lines(&self, values: impl Iterator<Item = u32>, rows: impl Iterator<Item = u32>) -> Vec<LineId> {
        let values = values.map(|value| self.line_of_value[value as usize]);
        values.chain(rows.map(|row| self.line_of_row[row as usize])).filter(|&line| line != NONE).collect()
    }
}
