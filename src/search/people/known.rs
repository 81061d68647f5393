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

/// What somebody at a place in the official facet is shown by: their name, unless the table says more.
pub(in crate::search) fn shown(known: &KnownPeople, path: &FacetPath) -> String {
    let name = &path.segments()[0];
    known.shown_as(name, path.segments().get(1).map(String::as_str)).unwrap_or_else(|| name.clone())
}

/// Who is shown by somebody else's name.
#[derive(Default)]
pub(in crate::search) struct Joined(BTreeMap<String, BTreeSet<String>>);

impl Joined {
    /// Notes by what somebody at a place in the official facet is shown.
    pub fn add(&mut self, shown: &str, path: &FacetPath) {
        let name = &path.segments()[0];
        let of_scope = path.segments().join("/");
        let is_of_name = shown.split('/').next() == Some(name);
        if shown != name && shown != of_scope {
            self.0.entry(shown.to_owned()).or_default().insert(if is_of_name { of_scope } else { name.clone() });
        }
    }

    /// What the reader should know, if anybody is.
    pub fn notice(&self) -> Option<Notice> {
        let one = |(name, others): (&String, &BTreeSet<String>)| {
            format!("{name} (cả {})", others.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
        };
        let joined: Vec<String> = self.0.iter().map(one).collect();
        let text = format!("Theo people.tsv, được coi là một người: {}.", joined.join("; "));
        (!joined.is_empty()).then_some(Notice { code: NoticeCode::SamePeople, text })
    }
}
