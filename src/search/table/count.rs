//! Matching articles, or stories, counted in two ways at once: rows, columns, and where they meet.
//!
//! Articles that stand in the same lines are counted together: one addition for each article, whatever it stands in, and the lines of
//! each distinct pair are looked at once.

use super::axis::{LineId, Of, Side};
use crate::index::Groups;
use std::collections::HashMap;
use tantivy::DocId;

/// How many stand in each row, in each column, and in both.
#[derive(Default)]
pub(in crate::search) struct Counts {
    /// By line; 0 for those in which nothing stands.
    pub rows: Vec<u64>,
    /// Likewise.
    pub columns: Vec<u64>,
    /// Only where something stands.
    pub cells: HashMap<(LineId, LineId), u64>,
}

/// Counts articles, given by segment.
pub(in crate::search) fn articles(rows: &mut Side, columns: &mut Side, documents: &[Vec<DocId>]) -> Counts {
    let mut counts = Counts::of(rows, columns);
    let each = documents.iter().enumerate().flat_map(|(segment, documents)| documents.iter().map(move |&doc| (segment, doc)));
    if are_bound(rows, columns) {
        each.for_each(|article| counts.add_pairs(&mut pairs(rows, columns, [article]), 1));
        return counts;
    }
    let mut together: HashMap<(u32, u32), u64> = HashMap::new();
    for (segment, doc) in each {
        *together.entry((rows.class_of(segment, doc), columns.class_of(segment, doc))).or_default() += 1;
    }
    for ((row, column), articles) in together {
        let (rows, columns) = (rows.lines_of(row), columns.lines_of(column));
        rows.iter().for_each(|&line| counts.rows[line as usize] += articles);
        columns.iter().for_each(|&line| counts.columns[line as usize] += articles);
        for &row in rows {
            columns.iter().for_each(|&column| *counts.cells.entry((row, column)).or_default() += articles);
        }
    }
    counts
}

/// Counts stories: one stands where one of its articles does.
pub(in crate::search) fn stories(rows: &mut Side, columns: &mut Side, groups: &Groups, documents: &[Vec<DocId>]) -> Counts {
    let mut counts = Counts::of(rows, columns);
    let mut of_groups = Vec::new();
    for (segment, documents) in documents.iter().enumerate() {
        for &doc in documents {
            match groups.membership(segment, doc) {
                Some(copy) => of_groups.push((copy.group, segment, doc)),
                None => counts.add_pairs(&mut pairs(rows, columns, [(segment, doc)]), 1),
            }
        }
    }
    of_groups.sort_unstable();
    for story in of_groups.chunk_by(|one, other| one.0 == other.0) {
        let articles = story.iter().map(|&(_, segment, doc)| (segment, doc));
        counts.add_pairs(&mut pairs(rows, columns, articles), 1);
    }
    counts
}

impl Counts {
    fn of(rows: &Side, columns: &Side) -> Counts {
        let zeros = |side: &Side| vec![0; side.keys().len()];
        Counts { rows: zeros(rows), columns: zeros(columns), cells: HashMap::new() }
    }

    /// Adds something that stands in some cells.
    fn add_pairs(&mut self, pairs: &mut Vec<(LineId, LineId)>, times: u64) {
        pairs.sort_unstable();
        pairs.dedup();
        let mut columns: Vec<LineId> = pairs.iter().map(|&(_, column)| column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.iter().for_each(|&column| self.columns[column as usize] += times);
        pairs.chunk_by(|one, other| one.0 == other.0).for_each(|of_row| self.rows[of_row[0].0 as usize] += times);
        pairs.iter().for_each(|&pair| *self.cells.entry(pair).or_default() += times);
    }
}

/// Whether row and column of an article belong together: an official with a post that somebody else holds is nobody.
fn are_bound(rows: &Side, columns: &Side) -> bool {
    matches!((&rows.of, &columns.of), (Of::Facet(facet), Of::Posts(_)) | (Of::Posts(_), Of::Facet(facet)) if facet.is_of_officials())
        || matches!((&rows.of, &columns.of), (Of::Posts(_), Of::Posts(_)))
}

/// The cells that articles stand in.
fn pairs(rows: &mut Side, columns: &mut Side, articles: impl IntoIterator<Item = (usize, DocId)>) -> Vec<(LineId, LineId)> {
    let mut pairs = Vec::new();
    for (segment, doc) in articles {
        match (&rows.of, &columns.of) {
            (Of::Facet(facet), Of::Posts(posts)) if facet.is_of_officials() => {
                pairs.extend(posts.of(segment, doc).into_iter().filter_map(|(person, post)| Some((facet.line_of_person(person)?, post))));
            }
            (Of::Posts(posts), Of::Facet(facet)) if facet.is_of_officials() => {
                pairs.extend(posts.of(segment, doc).into_iter().filter_map(|(person, post)| Some((post, facet.line_of_person(person)?))));
            }
            // Both held by one person.
            (Of::Posts(one), Of::Posts(other)) => {
                let others = other.of(segment, doc);
                for (person, row) in one.of(segment, doc) {
                    pairs.extend(others.iter().filter(|(of, _)| *of == person).map(|&(_, column)| (row, column)));
                }
            }
            _ => {
                let (row, column) = (rows.class_of(segment, doc), columns.class_of(segment, doc));
                for &row in rows.lines_of(row) {
                    pairs.extend(columns.lines_of(column).iter().map(|&column| (row, column)));
                }
            }
        }
    }
    pairs
}
