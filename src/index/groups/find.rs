//! A committed state → its groups: candidates by their samples, verified on the stored texts, joined to stories, put in order.

use super::GroupList;
use super::candidates::each_pair;
use super::compared::{Compared, Relation, Text};
use super::components::{Components, join_dates};
use super::nodes::{Node, Nodes};
use crate::article::{ArticleId, Story};
use crate::index::error::IndexError;
use crate::index::generation::damaged;
use crate::index::schema::{Part, Schema};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tantivy::{Searcher, TantivyDocument};

/// Candidates are verified when there are so many.
const BATCH: usize = 500_000;

/// Two texts in a third that have less of the shorter in common are two stories, and the third is a collection.
const UNRELATED: f64 = 0.2;

/// Finds the groups of all living articles; also returns which texts were compared for it.
///
/// Reads the texts of candidates alone, and of those only what `known` does not say. `dir` is named in errors.
///
/// # Errors
/// [`IndexError::Damaged`], [`IndexError::Tantivy`].
pub fn find(searcher: &Searcher, schema: &Schema, dir: &Path, known: &Compared) -> Result<(GroupList, Compared), IndexError> {
    let nodes = Nodes::load(searcher)?;
    let texts = Texts { searcher, schema, dir, nodes: &nodes, known, compared: Mutex::default() };
    let mut stories = Components::new(nodes.len());
    // Pairs of one date, and pairs of which one is dated less exactly.
    let (mut alike, mut across) = (Vec::new(), Vec::new());
    let mut full = BATCH;
    let mut parts = BTreeSet::new();
    each_pair(&nodes, |one, other| {
        if nodes.spans[one as usize] == nodes.spans[other as usize] {
            alike.push((one, other))
        } else {
            across.push((one, other))
        }
        if across.len() >= full {
            across.sort_unstable();
            across.dedup();
            full = BATCH.max(2 * across.len());
        }
        if alike.len() < BATCH { Ok(()) } else { join_copies(&mut stories, &mut parts, std::mem::take(&mut alike), &texts) }
    })?;
    join_copies(&mut stories, &mut parts, alike, &texts)?;
    across.sort_unstable();
    across.dedup();
    let across = texts.verified(&across)?;

    let parts_across = across.iter().filter_map(|found| found.part());
    let all_parts: BTreeSet<PartOf> = parts.iter().copied().chain(parts_across).collect();
    let collections = collections(&mut stories, &all_parts, &texts)?;
    let is_used = |part: &PartOf| !collections.contains(&part.whole);
    for part in parts.iter().filter(|part| is_used(part)) {
        stories.join(part.part, part.whole);
    }
    let links: Vec<(Node, Node)> =
        across.iter().filter(|found| found.part().is_none_or(|part| is_used(&part))).map(|found| found.pair).collect();
    join_dates(&mut stories, &nodes, &links);
    let groups = in_order(stories.groups(), &texts)?;
    Ok((groups, Compared::of(texts.compared.into_inner().unwrap_or_else(PoisonError::into_inner))))
}

/// A pair of articles that are alike.
#[derive(Clone, Copy, Debug)]
struct Found {
    pair: (Node, Node),
    relation: Relation,
}

/// A text that stands in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PartOf {
    whole: Node,
    part: Node,
}

impl Found {
    fn part(&self) -> Option<PartOf> {
        let (one, other) = self.pair;
        match self.relation {
            Relation::First => Some(PartOf { whole: other, part: one }),
            Relation::Second => Some(PartOf { whole: one, part: other }),
            Relation::Unlike | Relation::Copies => None,
        }
    }
}

/// Joins copies, and notes which text stands in which. Of articles that are joined already no two are compared.
fn join_copies(
    stories: &mut Components,
    parts: &mut BTreeSet<PartOf>,
    mut pairs: Vec<(Node, Node)>,
    texts: &Texts,
) -> Result<(), IndexError> {
    pairs.sort_unstable();
    pairs.dedup();
    while !pairs.is_empty() {
        // If all of these turn out to be copies, none was verified in vain.
        let mut hoped: HashMap<Node, Node> = HashMap::new();
        let (mut now, mut later) = (Vec::new(), Vec::new());
        for (one, other) in pairs {
            let (story, other_story) = (stories.of(one), stories.of(other));
            if story != other_story {
                let is_new = join_hoped(&mut hoped, story, other_story);
                if is_new { now.push((one, other)) } else { later.push((one, other)) }
            }
        }
        for found in texts.verified(&now)? {
            match found.part() {
                Some(part) => drop(parts.insert(part)),
                None => drop(stories.join(found.pair.0, found.pair.1)),
            }
        }
        pairs = later;
    }
    Ok(())
}

/// [`Components::join`], of a few numbers among many.
fn join_hoped(above: &mut HashMap<Node, Node>, one: Node, other: Node) -> bool {
    let mut top = |mut node: Node| {
        while let Some(&next) = above.get(&node) {
            if let Some(&further) = above.get(&next) {
                above.insert(node, further);
            }
            node = next;
        }
        node
    };
    let (one, other) = (top(one), top(other));
    one != other && above.insert(one.max(other), one.min(other)).is_none()
}

/// The articles that hold texts of unrelated stories: to be joined with all of them would tie these together.
fn collections(stories: &mut Components, parts: &BTreeSet<PartOf>, texts: &Texts) -> Result<BTreeSet<Node>, IndexError> {
    let mut of_whole: BTreeMap<Node, BTreeMap<Node, Node>> = BTreeMap::new();
    for &PartOf { whole, part } in parts {
        let (story, own) = (stories.of(part), stories.of(whole));
        if story != own {
            of_whole.entry(whole).or_default().entry(story).or_insert(part);
        }
    }
    let is_collection = |parts: &BTreeMap<Node, Node>| -> Result<bool, IndexError> {
        let mut parts = parts.values().map(|&part| texts.story(part)).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by_key(|story| std::cmp::Reverse(story.len()));
        Ok(parts[1..].iter().any(|part| part.likeness(&parts[0]).containment < UNRELATED))
    };
    let mut collections = BTreeSet::new();
    for (whole, parts) in of_whole.iter().filter(|(_, parts)| parts.len() > 1) {
        if is_collection(parts)? {
            collections.insert(*whole);
        }
    }
    Ok(collections)
}

/// The stored texts.
struct Texts<'a> {
    searcher: &'a Searcher,
    schema: &'a Schema,
    dir: &'a Path,
    nodes: &'a Nodes,
    /// What earlier runs found.
    known: &'a Compared,
    /// What this one looked at.
    compared: Mutex<Vec<(Text, Text, Relation)>>,
}

impl Texts<'_> {
    fn document(&self, node: Node) -> Result<TantivyDocument, IndexError> {
        Ok(self.searcher.doc(self.nodes.addresses[node as usize])?)
    }

    fn story(&self, node: Node) -> Result<Story, IndexError> {
        let document = self.document(node)?;
        let text = |part| self.schema.stored_text(&document, part).map_err(|what| damaged(self.dir, what));
        Ok(Story::of(text(Part::Title)?, text(Part::Body)?))
    }

    /// Those pairs whose texts are alike, in order; on all cores, each text in memory for as long as its pairs take.
    fn verified(&self, pairs: &[(Node, Node)]) -> Result<Vec<Found>, IndexError> {
        let text = |node: Node| self.nodes.texts[node as usize];
        let compare = |pairs: &[(Node, Node)]| -> Result<Vec<Found>, IndexError> {
            let (mut found, mut first) = (Vec::with_capacity(pairs.len()), None);
            for &pair in pairs {
                let relation = match self.known.get(text(pair.0), text(pair.1)) {
                    Some(known) => known,
                    None => {
                        let one = match &mut first {
                            Some(one) => one,
                            none => none.insert(self.story(pair.0)?),
                        };
                        Relation::of(one, &self.story(pair.1)?)
                    }
                };
                found.push(Found { pair, relation });
            }
            Ok(found)
        };
        let of_one: Vec<&[(Node, Node)]> = pairs.chunk_by(|one, other| one.0 == other.0).collect();
        let compared: Vec<Vec<Found>> = of_one.into_par_iter().map(compare).collect::<Result<_, _>>()?;
        let mut found = compared.concat();
        let told = found.iter().map(|Found { pair, relation }| (text(pair.0), text(pair.1), *relation));
        self.compared.lock().unwrap_or_else(PoisonError::into_inner).extend(told);
        found.retain(|found| found.relation != Relation::Unlike);
        Ok(found)
    }

    /// What members of a group are put in order by: the last day of the event, then that of publication, unknown last; then the id.
    fn place(&self, node: Node) -> Result<(i32, Date, ArticleId), IndexError> {
        let stored = self.schema.stored(&self.document(node)?).map_err(|what| damaged(self.dir, what))?;
        let published = stored.article.dates.published.and_then(|published| published.interval());
        Ok((self.nodes.spans[node as usize].to, published.map_or(Date::MAX, |published| published.from), stored.article.id))
    }
}

/// The groups, each with the earliest dated first, in the order of the ids of these.
fn in_order(groups: Vec<Vec<Node>>, texts: &Texts) -> Result<GroupList, IndexError> {
    let ordered = |group: Vec<Node>| -> Result<Vec<ArticleId>, IndexError> {
        let mut places = group.into_iter().map(|node| texts.place(node)).collect::<Result<Vec<_>, _>>()?;
        places.sort_unstable();
        Ok(places.into_iter().map(|(.., id)| id).collect())
    };
    let mut groups: Vec<Vec<ArticleId>> = groups.into_par_iter().map(ordered).collect::<Result<_, _>>()?;
    groups.sort_unstable();
    Ok(GroupList(groups))
}
