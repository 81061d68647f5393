//! By what articles can be found, as two numbers for each: of its text, and of its values. Read off the columns; no article is read.
//!
//! The numbers hang on the article alone: not on the index, its segments, its generation or the version of the program, unless that finds other
//! values. So they can be kept and compared with those of an index that was built anew.

use super::columns::OrderColumns;
use super::error::IndexError;
use super::generation::Generation;
use super::schema::{FacetField, column};
use crate::article::{ArticleId, Hash128};

/// What tells two states of an article apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The article.
    pub id: ArticleId,
    /// Of title and stored text.
    pub text: u64,
    /// Of the values that filters select by: dates, places, people, posts, publisher, collection.
    pub values: u64,
}

/// Of every article of a state, in order of ids.
pub(super) fn fingerprints(generation: &Generation) -> Result<Vec<Fingerprint>, IndexError> {
    let number = |parts: &[&str]| Hash128::of(parts.iter().map(|part| part.as_bytes())).halves().1;
    let mut facets = Vec::new();
    for facet in FacetField::ALL {
        let hierarchy = generation.hierarchy(facet)?;
        let numbers: Vec<u64> = hierarchy.nodes().iter().map(|node| number(&[facet.name(), &node.path.to_string()])).collect();
        facets.push((hierarchy, numbers));
    }
    let (remainders, posts) = (generation.remainders()?, generation.posts()?);
    let of_row: Vec<u64> = remainders.rows().iter().map(|row| number(&["row", &row.term()])).collect();
    let of_post: Vec<u64> = posts.posts().iter().map(|post| number(&["post", &post.encode()])).collect();

    let mut fingerprints = Vec::with_capacity(generation.manifest().articles as usize);
    for (segment, reader) in generation.searcher().segment_readers().iter().enumerate() {
        let columns = OrderColumns::open(reader)?;
        let text = reader.fast_fields().u64(column::CONTENT_LOW)?;
        for doc in reader.doc_ids_alive() {
            // A set of values has one sum, in whatever order they stand.
            let of_facets = facets.iter().flat_map(|(hierarchy, numbers)| hierarchy.of(segment, doc).map(|node| numbers[node as usize]));
            let rows = remainders.of(segment, doc).map(|row| of_row[row as usize]);
            let posts = posts.of(segment, doc).map(|post| of_post[post as usize]);
            let days = columns.event(doc).map(|(from, to)| number(&["event", &from.to_string(), &to.to_string()]));
            let values = of_facets.chain(rows).chain(posts).chain(days).fold(0, u64::wrapping_add);
            fingerprints.push(Fingerprint { id: columns.id(doc), text: text.first(doc).unwrap_or(0), values });
        }
    }
    fingerprints.sort_unstable();
    Ok(fingerprints)
}
