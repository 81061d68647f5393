//! Publishers and the unit whose portal or paper each is: a table of the user's (`sources.tsv`).
//!
//! Input → output: a publisher's name or host → its unit. The program has no table of its own: without one, a publisher's unit
//! is read out of its name or address.

use super::units::{ResolutionKind, Units};
use crate::text::{canonical_phrase, compose};
use std::collections::HashMap;

/// A publisher, as a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Slug of the unit that it belongs to; none for a central one.
    pub slug: Option<String>,
    /// How far it reaches.
    pub level: PublisherLevel,
}

/// How far a publisher reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublisherLevel {
    /// The country: it belongs to no unit, whatever its name says.
    Central,
    /// A province or a city.
    Province,
    /// A district.
    District,
    /// A commune or ward.
    Commune,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line}: {what}; expected publisher (its name or host), unit (- for a central one), and central, province, district or commune, by tabs"
)]
pub struct PublisherError {
    /// Line in the table, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Publishers by name and by host.
#[derive(Clone, Debug, Default)]
pub struct Publishers {
    by_name: HashMap<String, Publisher>,
}

impl Publishers {
    /// Reads what can be read of a table: publisher, unit, level; with it, the lines that cannot. `#` begins a comment line.
    pub fn read(tsv: &str, units: &Units) -> (Publishers, Vec<PublisherError>) {
        let (mut table, mut errors) = (Publishers::default(), Vec::new());
        for (line, text) in (1..).zip(tsv.trim_start_matches('\u{feff}').lines()) {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            match row(text, units) {
                Ok((name, _)) if table.by_name.contains_key(&name) => {
                    errors.push(PublisherError { line, what: "this publisher stands on an earlier line too".to_owned() });
                }
                Ok((name, publisher)) => drop(table.by_name.insert(name, publisher)),
                Err(what) => errors.push(PublisherError { line, what }),
            }
        }
        (table, errors)
    }

    /// What the table says of a publisher by its name or its host (`baomau.vn`).
    pub fn get(&self, name_or_host: &str) -> Option<&Publisher> {
        if self.by_name.is_empty() {
            return None;
        }
        self.by_name.get(&canonical_phrase(name_or_host))
    }
}

fn row(line: &str, units: &Units) -> Result<(String, Publisher), String> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [name, unit, level] = columns[..] else { return Err(format!("{} columns", columns.len())) };
    let level = match level {
        "central" => PublisherLevel::Central,
        "province" => PublisherLevel::Province,
        "district" => PublisherLevel::District,
        "commune" => PublisherLevel::Commune,
        other => return Err(format!("{other:?} is no level")),
    };
    let key = canonical_phrase(&compose(name));
    if key.is_empty() {
        return Err("there is no publisher".to_owned());
    }
    let slug = match (level, unit) {
        (PublisherLevel::Central, "-" | "") => None,
        (PublisherLevel::Central, unit) => return Err(format!("a central publisher belongs to no unit, found {unit:?}")),
        (_, unit) => Some(slug_of(unit, units).ok_or_else(|| format!("no unit is called {unit:?}"))?),
    };
    Ok((key, Publisher { slug, level }))
}

/// The slug of a unit by its name or id.
pub fn slug_of(unit: &str, units: &Units) -> Option<String> {
    let resolutions = units.resolve(&compose(unit));
    let [resolution] = resolutions.as_slice() else { return None };
    match &resolution.kind {
        ResolutionKind::Name(slug) => Some(slug.clone()),
        ResolutionKind::Era => units.get(resolution.units.first()?).map(|unit| unit.slug.clone()),
        ResolutionKind::Region => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_is_known_by_name_or_host_and_broken_lines_by_number() {
        let units = Units::bundled();
        let tsv = "# publisher\tunit\tlevel\nBáo Duyên Hải\tHải Phòng\tprovince\r\nduyenhai.vn\thai-phong\tprovince\nTin Hà Nội\t-\tcentral\n\
                   x\ty\nBáo Núi\tTây Nguyên\tprovince\nBáo Sông\tHuế\tfar\nBáo Biển\tHuế\tcentral\n";
        let (table, errors) = Publishers::read(tsv, &units);
        let slug = |name: &str| table.get(name).map(|publisher| publisher.slug.clone());
        assert_eq!(slug("BÁO DUYÊN HẢI"), Some(Some("hai-phong".to_owned())));
        assert_eq!(slug("duyenhai.vn"), Some(Some("hai-phong".to_owned())));
        assert_eq!(slug("Tin Hà Nội"), Some(None));
        assert_eq!(slug("Báo Núi"), None);
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [5, 6, 7, 8]);
    }
}
