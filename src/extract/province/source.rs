//! Publisher and address → the provincial unit whose portal or paper it is.

use super::survey::{Found, Text};
use crate::article::CleanArticle;
use crate::authority::Units;
use crate::text::fold;

/// The publisher's own province, and the words of `source` that tell it (none where the address does).
pub(super) struct Publisher {
    pub slug: String,
    pub span: Option<(usize, usize)>,
}

/// Heads of the names of provincial papers and stations in host names.
const PAPER_HEADS: [&str; 6] = ["bao", "dai", "baovaphattruyenhinh", "truyenhinh", "ptth", "baoptth"];

/// The province of the publisher: from its name, else from its address.
pub(super) fn publisher(article: &CleanArticle, units: &Units) -> Option<Publisher> {
    let from_name = article.source.as_deref().and_then(|source| named(source, units));
    let host_in_name = || article.source.as_deref().filter(|source| source.contains('.')).and_then(|host| hosted(host, units));
    let from_address = || article.url.as_deref().and_then(|url| hosted(host_of(url), units));
    from_name.or_else(|| host_in_name().or_else(from_address).map(|slug| Publisher { slug, span: None }))
}

/// `UBND huyện Krông Nô, Đắk Nông`, `Báo Nam Định`: the last unit named, else the district's.
fn named(source: &str, units: &Units) -> Option<Publisher> {
    let found = Text::new(source).names_even_of_papers(units);
    let publisher =
        |found: &Found<'_>| Some(Publisher { slug: found.sole_province()?.to_owned(), span: Some((found.spot.start, found.spot.end)) });
    let unit = found.iter().rev().find(|found| found.unit().is_some()).and_then(publisher);
    unit.or_else(|| found.iter().rev().find_map(publisher))
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or(rest)
}

/// `baonamdinh.vn`, `krongno.daknong.gov.vn`: a label that is a province's name without spaces, or begins a paper's name.
fn hosted(host: &str, units: &Units) -> Option<String> {
    let host = fold(host);
    let government = host.ends_with(".gov.vn");
    let mut found: Option<(usize, String)> = None;
    for unit in units.today().chain(units.former()) {
        let name: String = unit.slug.split('-').collect();
        let matches = host.split('.').any(|label| {
            label == name
                || PAPER_HEADS.iter().any(|head| label.strip_prefix(head) == Some(&name))
                || government && name.len() >= 5 && label.ends_with(&name)
        });
        if matches && found.as_ref().is_none_or(|(len, _)| *len < name.len()) {
            found = Some((name.len(), unit.slug.clone()));
        }
    }
    found.map(|(_, slug)| slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_of_a_province_is_known_by_name_or_address() {
        let units = Units::bundled();
        let cases = [
            (Some("UBND huyện Krông Nô, Đắk Nông"), None, Some("dak-nong")),
            (Some("Cổng TTĐT tỉnh Ninh Bình"), None, Some("ninh-binh")),
            (Some("Báo Nam Định"), None, Some("nam-dinh")),
            (Some("baonamdinh.vn"), None, Some("nam-dinh")),
            (None, Some("https://krongno.daknong.gov.vn/tin/1"), Some("dak-nong")),
            (None, Some("https://stttt.thanhhoa.gov.vn/"), Some("thanh-hoa")),
            (None, Some("https://tuoitre.vn/tin-ha-noi.htm"), None),
            (Some("mic.gov.vn"), None, None),
            (Some("VnExpress"), Some("https://vnexpress.net/"), None),
        ];
        for (source, url, slug) in cases {
            let article = CleanArticle { source: source.map(str::to_owned), url: url.map(str::to_owned), ..CleanArticle::default() };
            assert_eq!(publisher(&article, &units).map(|publisher| publisher.slug).as_deref(), slug, "{source:?} {url:?}");
        }
    }
}
