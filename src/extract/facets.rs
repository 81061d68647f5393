//! Metadata → the complete facet paths of an article.

use crate::article::{DatePlace, EventDate, FacetPath, FacetPaths, Official, Provinces};

/// Every path that the article stands under, each once, in order.
pub(super) fn paths(event: &EventDate, provinces: &Provinces, officials: &[Official]) -> FacetPaths {
    let province = provinces
        .about
        .iter()
        .flat_map(|unit| unit.today.iter().map(move |today| [today.unit_id.slug(), unit.unit_id.0.as_str()]))
        .filter_map(FacetPath::new);
    let official = officials.iter().flat_map(|official| official.posts.iter().filter_map(|post| official.facet_path(post)));
    FacetPaths { province: distinct(province), official: distinct(official), date: DatePlace::of(event.interval()).path() }
}

fn distinct(paths: impl Iterator<Item = FacetPath>) -> Vec<FacetPath> {
    let mut paths: Vec<FacetPath> = paths.collect();
    paths.sort();
    paths.dedup();
    paths
}
