//! The tables that a user keeps beside the articles of a collection: found, read whole, and what is wrong with them.

use crate::article::Hash128;
use crate::authority::{Abbreviations, KnownPeople, Publishers, Units};
use crate::correct::Corrections;
use crate::index::{UserTable, UserTables};
use crate::read::{SourceFile, read_table, table_path};
use std::path::Path;

/// What people say against what was extracted.
pub const CORRECTIONS: &str = "corrections.jsonl";
const ABBREVIATIONS: &str = "abbreviations.tsv";
const PEOPLE: &str = "people.tsv";
const SOURCES: &str = "sources.tsv";

/// Files beside the articles that are tables of the user's, not articles.
const NAMES: [&str; 4] = [CORRECTIONS, PEOPLE, SOURCES, ABBREVIATIONS];

/// The most bytes of each: they are kept in every manifest, and the abbreviations are read for every query.
const MAX_ABBREVIATIONS_BYTES: usize = 64 << 10;
const MAX_PEOPLE_BYTES: usize = 256 << 10;
const MAX_SOURCES_BYTES: usize = 256 << 10;
/// About 20,000 corrections.
pub const MAX_CORRECTIONS_BYTES: usize = 8 << 20;

/// Of so many broken lines of a table each is told.
const MAX_NOTICES: usize = 20;

/// Whether a file of a collection is a table of the user's.
pub(super) fn is_table(file: &SourceFile) -> bool {
    NAMES.contains(&file.relative.as_str())
}

/// The tables of a collection. One that cannot be read is noted, and what an earlier run read of it still counts;
/// so do all of them where the collection itself is out of reach.
pub(super) fn read(root: &Path, earlier: &UserTables, units: &Units, notices: &mut Vec<String>) -> UserTables {
    if !root.exists() {
        return earlier.clone();
    }
    let mut table = |name: &str, max_bytes: usize, earlier: &Option<UserTable>, errors: &dyn Fn(&str) -> Vec<String>| {
        let path = table_path(root, name);
        let bytes = match read_table(&path, max_bytes) {
            Ok(None) => {
                if earlier.is_some() {
                    notices.push(format!("{} is gone: what stood in it no longer counts", path.display()));
                }
                return None;
            }
            Ok(Some(bytes)) => bytes,
            Err(problem) => {
                notices.push(format!("{}: {problem}", path.display()));
                return earlier.clone();
            }
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let errors = errors(&text);
        notices.extend(errors.iter().take(MAX_NOTICES).map(|error| format!("{}: {error}", path.display())));
        if errors.len() > MAX_NOTICES {
            notices.push(format!("{}: {} more lines cannot be read", path.display(), errors.len() - MAX_NOTICES));
        }
        Some(UserTable { hash: Hash128::of([bytes.as_slice()]), text })
    };
    UserTables {
        abbreviations: table(ABBREVIATIONS, MAX_ABBREVIATIONS_BYTES, &earlier.abbreviations, &|text| told(Abbreviations::read(text).1)),
        corrections: table(CORRECTIONS, MAX_CORRECTIONS_BYTES, &earlier.corrections, &|text| told(Corrections::default().add(text))),
        people: table(PEOPLE, MAX_PEOPLE_BYTES, &earlier.people, &|text| told(KnownPeople::read(text).1)),
        sources: table(SOURCES, MAX_SOURCES_BYTES, &earlier.sources, &|text| told(Publishers::read(text, units).1)),
    }
}

fn told(errors: Vec<impl ToString>) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

/// The corrections of several collections together, in the order in which they were made; each line once, however many
/// collections stand beside it.
pub(super) fn corrections_of<'a>(tables: impl Iterator<Item = &'a UserTables>) -> Corrections {
    let mut corrections = Corrections::default();
    for table in tables.filter_map(|tables| tables.corrections.as_ref()) {
        // Lines that cannot be read were told when the table was.
        corrections.add(&table.text);
    }
    corrections.sort();
    corrections
}
