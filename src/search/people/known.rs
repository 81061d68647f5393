//! By which name somebody is shown: `people.tsv` applied to the values of the official facet.

use crate::article::FacetPath;
use crate::authority::KnownPeople;
use crate::index::Manifest;
use crate::search::response::{Notice, NoticeCode};
use std::collections::{BTreeMap, BTreeSet};

/// Who is the same and who is not, as it stands beside the articles of an index. Lines that cannot be read were reported when it was made.
pub(in crate::search) fn known_people(manifest: &Manifest) -> KnownPeople {
    let mut known = KnownPeople::default();
    for table in manifest.collections.values().filter_map(|collection| collection.tables.people.as_ref()) {
        known.add(&table.text);
    }
    known
}

/// The names that people are shown by, and whom that joins.
pub(in crate::search) struct Shown<'a> {
    known: &'a KnownPeople,
    joined: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Shown<'a> {
    pub fn new(known: &'a KnownPeople) -> Shown<'a> {
        Shown { known, joined: BTreeMap::new() }
    }

    /// The name of somebody at a place in the official facet.
    pub fn name(&mut self, path: &FacetPath) -> String {
        let name = &path.segments()[0];
        match self.known.same(name, path.segments().get(1).map(String::as_str)) {
            Some([first, ..]) if first.name != *name => {
                self.joined.entry(first.name.clone()).or_default().insert(name.clone());
                first.name.clone()
            }
            _ => name.clone(),
        }
    }

    /// What the reader should know, if anybody was joined.
    pub fn notice(&self) -> Option<Notice> {
        let one = |(name, others): (&String, &BTreeSet<String>)| {
            format!("{name} (cả {})", others.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
        };
        let joined: Vec<String> = self.joined.iter().map(one).collect();
        let text = format!("Theo people.tsv, được coi là một người: {}.", joined.join("; "));
        (!joined.is_empty()).then_some(Notice { code: NoticeCode::SamePeople, text })
    }
}
