//! Paths in hierarchical facets.

use super::{Article, DatePlace, UnitMention};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A path in a hierarchical facet, `/ninh-binh/ninh-binh@1992`. Holds ids; labels are made on showing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FacetPath(Vec<String>);

impl FacetPath {
    /// A path of cleaned segments: control characters go (tantivy splits at NUL), `/` becomes `-`.
    ///
    /// `None` if a segment is empty after that, or there is none.
    pub fn new(segments: impl IntoIterator<Item = impl AsRef<str>>) -> Option<FacetPath> {
        let clean = |segment: &str| -> String {
            segment.chars().filter(|letter| !letter.is_control()).map(|letter| if letter == '/' { '-' } else { letter }).collect()
        };
        let segments: Vec<String> = segments.into_iter().map(|segment| clean(segment.as_ref()).trim().to_owned()).collect();
        (!segments.is_empty() && segments.iter().all(|segment| !segment.is_empty())).then_some(FacetPath(segments))
    }

    /// Its segments, the topmost first.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// Whether `self` is `other` or lies below it.
    pub fn is_at_or_below(&self, other: &FacetPath) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl fmt::Display for FacetPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| {
            f.write_str("/")?;
            f.write_str(segment)
        })
    }
}

impl From<FacetPath> for String {
    fn from(path: FacetPath) -> String {
        path.to_string()
    }
}

impl TryFrom<String> for FacetPath {
    type Error = String;

    fn try_from(text: String) -> Result<FacetPath, String> {
        let segments = text.strip_prefix('/').ok_or_else(|| format!("a facet path begins with '/': {text:?}"))?;
        FacetPath::new(segments.split('/')).ok_or_else(|| format!("a facet path has no empty level: {text:?}"))
    }
}

/// The facet paths of an article, complete: made of its values alone, so that `index` needs no authority tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetPaths {
    /// `/<today's unit>/<unit in its era>/<place>`, for each unit in `about`, each of its todays and each place of it that is
    /// named; without the third level where none is.
    pub province: Vec<FacetPath>,
    /// `/<name>/<scope>`, each once.
    pub official: Vec<FacetPath>,
    /// `/year/month/day`, as deep as is known; null for the remainder rows.
    pub date: Option<FacetPath>,
}

impl FacetPaths {
    /// Every path that an article stands under, each once, in order.
    pub fn of(article: &Article) -> FacetPaths {
        let province = article.provinces.about.iter().flat_map(unit_paths);
        let official = article.officials.iter().flat_map(|official| official.posts.iter().filter_map(|post| official.facet_path(post)));
        let date = DatePlace::of(article.dates.event.interval()).path();
        FacetPaths { province: distinct(province), official: distinct(official), date }
    }
}

/// The paths of a unit in the province facet.
fn unit_paths(unit: &UnitMention) -> Vec<FacetPath> {
    let todays = || unit.today.iter().map(|today| [today.unit_id.slug(), unit.unit_id.0.as_str()]);
    if unit.places.is_empty() {
        return todays().filter_map(FacetPath::new).collect();
    }
    let below =
        |[today, era]: [&str; 2]| unit.places.iter().filter_map(|place| FacetPath::new([today, era, &place.place_id])).collect::<Vec<_>>();
    todays().flat_map(below).collect()
}

fn distinct(paths: impl Iterator<Item = FacetPath>) -> Vec<FacetPath> {
    let mut paths: Vec<FacetPath> = paths.collect();
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_path_never_breaks_into_other_levels() {
        assert_eq!(FacetPath::new(["Nguyễn\0 Văn A", "Sở VH/TT"]).unwrap().to_string(), "/Nguyễn Văn A/Sở VH-TT");
        assert_eq!(FacetPath::new(["\0"]), None);
        assert_eq!(FacetPath::new(Vec::<String>::new()), None);
    }
}
