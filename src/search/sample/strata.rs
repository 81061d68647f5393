//! Which stratum each matching article stands in.
//!
//! An article that stands in several (it is about two provinces) is put in the first of them by what selects them, letter by letter: that
//! hangs on the article alone, so strata do not move when others come.

use crate::index::Generation;
use crate::search::SearchError;
use crate::search::collector::Collected;
use crate::search::filter::Holders;
use crate::search::request::Boundaries;
use crate::search::table::{Axis, Key, Side, is_much, selector};
use std::collections::HashMap;
use tantivy::DocId;

/// Stands for an article that has no value on an axis, nor a row for what has none.
const NOWHERE: u32 = u32::MAX;

/// The strata of an archive: one for each combination of the axes.
pub(super) struct Strata<'a> {
    axes: Vec<AxisOf<'a>>,
}

/// What stands on an axis.
struct AxisOf<'a> {
    side: Side<'a>,
    /// All lines in the order of what selects them.
    lines: Vec<u32>,
    /// By line: its place in that order.
    places: Vec<u32>,
    /// By class of lines: the place of the first of them, and whether there are others. Filled as classes are met.
    firsts: HashMap<u32, (u32, bool)>,
}

/// Where an article stands on each axis, as places: strata are in the order of these.
pub(super) type Cell = Vec<u32>;

impl<'a> Strata<'a> {
    pub fn of(
        generation: &'a Generation,
        by: &[Axis],
        boundaries: Boundaries,
        holders: Option<&'a Holders<'a>>,
        found: &Collected,
    ) -> Result<Strata<'a>, SearchError> {
        let axis = |&axis: &Axis| {
            let side = Side::of(generation, axis, boundaries, holders, is_much(generation, found))?;
            let mut lines: Vec<u32> = (0..side.keys().len() as u32).collect();
            lines.sort_by_cached_key(|&line| selector(&side.keys()[line as usize]));
            let mut places = vec![0; lines.len()];
            lines.iter().zip(0..).for_each(|(&line, place)| places[line as usize] = place);
            Ok(AxisOf { side, lines, places, firsts: HashMap::new() })
        };
        Ok(Strata { axes: by.iter().map(axis).collect::<Result<_, SearchError>>()? })
    }

    /// Where an article stands, and whether it stands elsewhere too.
    pub fn cell(&mut self, segment: usize, doc: DocId) -> (Cell, bool) {
        let (mut cell, mut is_in_several) = (Vec::with_capacity(self.axes.len()), false);
        for AxisOf { side, places, firsts, .. } in &mut self.axes {
            let class = side.class_of(segment, doc);
            let first = || {
                let lines = side.lines_of(class);
                (lines.iter().map(|&line| places[line as usize]).min().unwrap_or(NOWHERE), lines.len() > 1)
            };
            let (place, others) = *firsts.entry(class).or_insert_with(first);
            cell.push(place);
            is_in_several |= others;
        }
        (cell, is_in_several)
    }

    /// What stands at the places of a cell, by axis; none where the article has no value.
    pub fn keys(&self, cell: &Cell) -> Vec<Option<&Key>> {
        let of_axis = self.axes.iter().zip(cell);
        of_axis.map(|(axis, &place)| axis.lines.get(place as usize).map(|&line| &axis.side.keys()[line as usize])).collect()
    }
}
