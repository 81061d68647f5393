//! Text typed without diacritics: found by queries with them, last, and nothing else is diluted.

use super::archive::{Archive, Draft, request};
use crate::search::Request;

fn archive() -> Archive {
    Archive::of(&[
        Draft::new("dau", "Phòng, chống tham nhũng", "Tỉnh họp về phòng, chống tham nhũng."),
        Draft::new("khong-dau", "Chong tham nhung", "Lanh dao tinh hop ve viec chong tham nhung o ba so.\nĐoạn sau có dấu."),
        Draft::new("mot-doan", "Thư bạn đọc", "Tòa soạn nhận được thư.\nToi o duong Le Loi, xin hoi ve tham nhung o xa toi."),
        Draft::new("duong", "Dương tính", "Mẫu thử dương tính ở ba xã."),
        Draft::new("khong", "Thanh tra", "Thanh tra kinh doanh, giao thông ở ba xã."),
        Draft::new("anh", "The Road", "He said on Monday that the road to the harbour would be open in a month or so."),
    ])
}

#[test]
fn accented_queries_find_such_text_and_no_other_without_its_marks() {
    let archive = archive();
    let cases: [(&str, &str, &[&str]); 11] = [
        ("a word", "tham nhũng", &["dau", "khong-dau", "mot-doan"]),
        ("a phrase", "\"chống tham nhũng\"", &["dau", "khong-dau"]),
        ("in the title", "title:\"tham nhũng\"", &["dau", "khong-dau"]),
        ("near", "\"tỉnh tham nhũng\"~5", &["dau", "khong-dau"]),
        ("a beginning", "nhũ*", &["dau", "khong-dau", "mot-doan"]),
        ("not by a misspelling too", "chốn~1", &["dau"]),
        ("never accented text", "đường", &["mot-doan"]),
        ("nor words that have no marks", "thành", &[]),
        ("nor English", "rõ", &[]),
        ("exactly as written", "=nhũng", &["dau"]),
        ("every word has to stand there", "phòng chống tham nhũng", &["dau"]),
    ];
    for (name, query, expected) in cases {
        assert_eq!(archive.found(query), expected, "{name}: {query}");
    }
    let exact = archive.search(&Request { exact: true, ..request("tham nhũng", &[]) });
    assert_eq!(exact.total, 1);
}

#[test]
fn what_is_spelt_as_typed_comes_first_and_all_is_marked() {
    let response = archive().search(&request("chống tham nhũng", &[]));
    let marked = |hit: &crate::search::Hit| {
        let title = hit.title_highlights.iter().map(|&(start, end)| hit.article.title[start..end].to_owned());
        let of_snippet = |snippet: &crate::search::Snippet| {
            snippet.highlights.iter().map(|&(start, end)| snippet.text[start..end].to_owned()).collect::<Vec<_>>()
        };
        title.chain(hit.snippets.iter().flat_map(of_snippet)).collect::<Vec<_>>()
    };
    let hits: Vec<_> = response.hits.iter().map(|hit| (hit.article.key.as_str(), marked(hit))).collect();
    let words = |words: [&str; 4]| words.map(str::to_owned).to_vec();
    let spelt = words(["chống", "tham nhũng", "chống", "tham nhũng"]);
    assert_eq!(hits, [("dau", spelt), ("khong-dau", words(["Chong", "tham nhung", "chong", "tham nhung"]))]);
    assert_eq!((response.total, response.total_phrase, response.total_loose), (2, Some(2), Some(2)));
}
