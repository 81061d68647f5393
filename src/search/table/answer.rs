//! What a table answers: part of the JSON contract, version 1.

use super::axis::Axis;
use crate::search::request::{Boundaries, Unit};
use crate::search::response::{AppliedFilter, IndexState, Notice, Timing};
use schemars::JsonSchema;
use serde::Serialize;

/// Counts of what matches by two of its values.
///
/// Whatever stands in two rows is counted in both, so the rows add up as the values of a facet do: the sum of their counts is
/// `total + rows.repeats`, that of the columns `total + columns.repeats`, that of the cells of a row its `count + repeats`, likewise of a
/// column, and that of all cells `total + repeats`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Table {
    /// Version of the contract, [`crate::search::CONTRACT`].
    pub contract: u32,
    /// The program that answered.
    pub tool: String,
    /// The state of the index that was searched.
    pub index: IndexState,
    /// The query, in the query language, as it was understood.
    pub query: String,
    /// How each filter was read, in the order given.
    pub filters: Vec<AppliedFilter>,
    /// `articles` or `stories`: what everything here counts.
    pub counts_of: Unit,
    /// `today` or `as_written`: on which map provinces are counted.
    pub boundaries: Boundaries,
    /// What matches: the `total` of a search.
    pub total: u64,
    /// How often something is counted again in the cells because it stands in several.
    pub repeats: u64,
    /// The rows.
    pub rows: Lines,
    /// The columns.
    pub columns: Lines,
    /// By row, then by column: what stands in both, the `total` of the same request with `is` of both as further filters.
    pub cells: Vec<Vec<u64>>,
    /// What the counts are measured by; null where that was not asked for.
    pub base: Option<Base>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// How long it took.
    pub timing: Timing,
}

/// The rows or the columns of a table: values first, then what stands under none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Lines {
    /// What they are counted by.
    pub by: Axis,
    /// Years, months and days in time and without a gap, before and behind them those that are summed up; other values most articles first,
    /// then by label, behind them those that are summed up. Last the remainder rows.
    pub lines: Vec<Line>,
    /// How often something is counted again because it stands in several of them.
    pub repeats: u64,
}

/// A row or a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// What selects it as a further filter: `province:/ninh-binh`, `date:unknown`, `post:Bộ trưởng Bộ Y tế`; null where several are
    /// summed up.
    pub is: Option<String>,
    /// What it is.
    pub kind: LineKind,
    /// Its name for people.
    pub label: String,
    /// How many values it sums up; 1 for one that stands for itself.
    pub values: u64,
    /// What stands in it: the `total` of the same request with `is` as a further filter; of several summed up, the sum of theirs.
    pub count: u64,
    /// How often something is counted again in its cells.
    pub repeats: u64,
}

/// What a row or column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A value.
    Value,
    /// What stands under no value.
    Remainder,
    /// The sum of values that are not listed.
    Others,
}

/// What counts are measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// The whole archive, without query and filters.
    Archive,
    /// What the filters select without the query.
    Filters,
}

/// What counts are measured by: the same table of other articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Base {
    /// Which articles.
    pub per: Per,
    /// All of them.
    pub total: u64,
    /// By row: how many of them stand in it.
    pub rows: Vec<u64>,
    /// By column.
    pub columns: Vec<u64>,
    /// By row, then by column.
    pub cells: Vec<Vec<u64>>,
}

impl Per {
    /// Both.
    pub const ALL: [Per; 2] = [Per::Archive, Per::Filters];

    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Per::Archive => "archive",
            Per::Filters => "filters",
        }
    }
}

impl Line {
    /// Its name with what selects it behind, so that it can be told from others: `Ninh Bình (province:/ninh-binh)`.
    pub fn full_label(&self) -> String {
        self.is.as_ref().map_or_else(|| self.label.clone(), |is| format!("{} ({is})", self.label))
    }
}
