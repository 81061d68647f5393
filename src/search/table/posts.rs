//! Posts as rows or columns: which posts an article gives, and to whom.
//!
//! A post that is asked for is held by the officials asked for, and by somebody who holds the other roles too (`filter/post.rs`): so only
//! such posts are counted, and the count beside one is the total that it gives as a further filter.

use super::axis::{Key, LineId, Lines};
use crate::article::FacetPath;
use crate::index::{FacetField, Generation, Hierarchy, NodeId, PostTable, Remainder, RemainderTable};
use crate::search::SearchError;
use crate::search::filter::{Holders, Selection};
use tantivy::DocId;

/// See the module.
pub(super) struct Posts<'a> {
    table: &'a PostTable,
    remainders: &'a RemainderTable,
    holders: Option<&'a Holders<'a>>,
    /// By post: its line, who holds it, and whether it is one of an official asked for.
    of_post: Vec<(LineId, NodeId, bool)>,
    /// The row of articles that name nobody, and its line.
    nobody: Option<(u32, LineId)>,
}

impl<'a> Posts<'a> {
    pub fn new(
        generation: &'a Generation,
        holders: Option<&'a Holders<'a>>,
        officials: &[Vec<FacetPath>],
        lines: &mut Lines,
    ) -> Result<Posts<'a>, SearchError> {
        let (table, remainders) = (generation.posts()?, generation.remainders()?);
        let people = generation.hierarchy(FacetField::Official)?;
        let is_asked_for = |path: &FacetPath| officials.iter().all(|any| any.iter().any(|above| path.is_at_or_below(above)));
        let of_post = table.posts().iter().map(|post| {
            let line = lines.number(Key::Post(post.role.clone()));
            (line, person(people, &post.path).unwrap_or(NodeId::MAX), is_asked_for(&post.path))
        });
        let of_post = of_post.collect();
        let nobody = (0..).zip(remainders.rows()).find(|(_, row)| **row == Remainder::NoOfficial);
        let nobody = nobody.map(|(number, row)| (number, lines.number(Key::Remainder(row.clone()))));
        Ok(Posts { table, remainders, holders, of_post, nobody })
    }

    /// Whether filters ask for posts of one person at a time, so that each article stands under the posts it is found by; with officials
    /// on the other axis too, these are who is asked for.
    pub fn can_be_counted(selection: &Selection, beside_officials: bool) -> bool {
        let of_one = match selection.officials.as_slice() {
            [] => true,
            [_] => selection.holders.is_none() && !beside_officials,
            _ => false,
        };
        of_one && !selection.leaves_people_out
    }

    /// Each post of an article with who holds it, as a value of the official facet; none for the row of those that name nobody.
    pub fn of(&self, segment: usize, doc: DocId) -> Vec<(Option<NodeId>, LineId)> {
        let held = self.table.of(segment, doc).map(|post| self.of_post[post as usize]).filter(|(_, _, is_asked_for)| *is_asked_for);
        let mut found: Vec<(Option<NodeId>, LineId)> = held.map(|(line, person, _)| (Some(person), line)).collect();
        if let Some(holders) = self.holders {
            let people = holders.people(segment, doc);
            found.retain(|(person, _)| person.is_some_and(|person| people.contains(&person)));
        }
        if let Some((row, line)) = self.nobody
            && self.remainders.of(segment, doc).any(|of_article| of_article == row)
        {
            found.push((None, line));
        }
        found
    }
}

/// The person of a path, as a top-level value.
fn person(people: &Hierarchy, path: &FacetPath) -> Option<NodeId> {
    people.find(&FacetPath::new(path.segments().first())?)
}
