//! What matches, counted over 39,078 newspaper articles and held against a brute-force count.

use crate::harness::{TestIndex, shared};
use tracuu::search::{Request, Response};

/// Query; as one phrase; with its syllables anywhere. Counted by brute force over the cleaned articles.
const COUNTS: [(&str, u64, u64); 5] = [
    ("chuyển đổi số", 76, 2_594),
    ("điều động", 360, 12_380),
    ("thu hồi đất", 132, 643),
    ("tham nhũng", 506, 522),
    ("thanh tra", 979, 3_812),
];

fn close(found: u64, expected: u64) -> bool {
    found.abs_diff(expected) as f64 <= 0.01 * expected as f64
}

fn counted(index: &TestIndex, query: &str) -> Response {
    index.search(&Request { query: query.to_owned(), limit: 1, ..Request::default() })
}

/// Slow: indexes 145 MB.
#[test]
#[ignore = "indexes 145 MB; `cargo test --release --test it -- --ignored` runs it"]
fn totals_are_those_of_a_brute_force_count() {
    let files = ["news/baomoi_2017.jsonl.zst", "news/tuoitre.jsonl.zst", "news/dantri.jsonl.zst"];
    let Some(files) = files.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    let index = TestIndex::of(&files);
    assert_eq!(index.generation().manifest().articles, 39_078);

    for (words, phrase, loose) in COUNTS {
        let quoted = counted(&index, &format!("\"{words}\""));
        assert!(close(quoted.total, phrase), "\"{words}\": {}, brute force {phrase}", quoted.total);

        let plain = counted(&index, words);
        let total_loose = plain.total_loose.unwrap();
        assert!(close(total_loose, loose), "{words}, loose: {total_loose}, brute force {loose}");
        assert_eq!(plain.total_phrase, Some(quoted.total), "{words} as one phrase");
        if plain.query.words.len() == 1 {
            assert_eq!(plain.total, quoted.total, "{words} is one word");
        }
    }
    for one_word in ["chuyển đổi số", "điều động", "tham nhũng", "thanh tra"] {
        assert_eq!(counted(&index, one_word).query.words.len(), 1, "{one_word}");
    }

    let accented = counted(&index, "thanh tra tỉnh");
    let spelt = counted(&index, "\"thanh tra\" tỉnh");
    assert_eq!(accented.total, spelt.total, "thành is not thanh");

    let folded = counted(&index, "tham nhung");
    let forms = &folded.query.words[0].matched_forms;
    assert_eq!((forms[0].form.as_str(), forms[0].count), ("tham nhũng", counted(&index, "\"tham nhũng\"").total));
    assert!(forms.iter().map(|form| form.count).sum::<u64>() >= folded.total, "every hit holds one of the forms");
}
