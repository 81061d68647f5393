//! Publisher and address → the provincial unit whose portal or paper it is.

use super::survey::{Found, Text};
use crate::article::CleanArticle;
use crate::authority::{Publishers, Units, slug_of};
use crate::text::fold;

/// The publisher's own province, and what tells it.
pub(super) struct Publisher {
    pub slug: String,
    pub told_by: ToldBy,
}

/// What tells the province of a publisher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToldBy {
    /// These words of its name.
    Name(usize, usize),
    /// Its address.
    Address,
    /// The settings of the folder.
    Folder,
}

/// Heads of the names of provincial papers and stations in host names.
const PAPER_HEADS: [&str; 6] = ["bao", "dai", "baovaphattruyenhinh", "truyenhinh", "ptth", "baoptth"];

/// The province of the publisher: as the user's table says, else from its name, else from its address, else as its folder says.
pub(super) fn publisher(article: &CleanArticle, units: &Units, known: &Publishers) -> Option<Publisher> {
    let by_name = article.source.as_deref().and_then(|source| Some((known.get(source)?, ToldBy::Name(0, source.len()))));
    let by_host = || article.url.as_deref().and_then(|url| Some((known.get(host_of(url))?, ToldBy::Address)));
    if let Some((publisher, told_by)) = by_name.or_else(by_host) {
        return publisher.slug.clone().map(|slug| Publisher { slug, told_by });
    }
    let from_name = article.source.as_deref().and_then(|source| named(source, units));
    let host_in_name = || article.source.as_deref().filter(|source| source.contains('.')).and_then(|host| hosted(host, units));
    let from_address = || article.url.as_deref().and_then(|url| hosted(host_of(url), units));
    let by_folder = || Some(Publisher { slug: slug_of(article.folder_unit.as_deref()?, units)?, told_by: ToldBy::Folder });
    from_name.or_else(|| host_in_name().or_else(from_address).map(|slug| Publisher { slug, told_by: ToldBy::Address })).or_else(by_folder)
}

/// `UBND huyện Krông Nô, Đắk Nông`, `Báo Nam Định`: the last unit named, else the district's.
fn named(source: &str, units: &Units) -> Option<Publisher> {
    let found = Text::new(source).names_even_of_papers(units);
    let publisher = |found: &Found<'_>| {
        Some(Publisher { slug: found.sole_province()?.to_owned(), told_by: ToldBy::Name(found.spot.start, found.spot.end) })
    };
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
        let table = "Tin Hà Nội\t-\tcentral\nvuonca.example\tCà Mau\tprovince\n";
        let known = Publishers::read(table, &units).0;
        let cases = [
            (Some("Tin Hà Nội"), None, None),
            (Some("Trang Vườn Cá"), Some("https://vuonca.example/1"), Some("ca-mau")),
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
            assert_eq!(publisher(&article, &units, &known).map(|publisher| publisher.slug).as_deref(), slug, "{source:?} {url:?}");
            // A folder says it where nothing else does.
            let article = CleanArticle { folder_unit: Some("Huế".to_owned()), ..article };
            let is_central = known.get(source.unwrap_or_default()).is_some();
            let expected = slug.or((!is_central).then_some("hue"));
            assert_eq!(publisher(&article, &units, &known).map(|publisher| publisher.slug).as_deref(), expected, "{source:?} {url:?}");
        }
    }
}
