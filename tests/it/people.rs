//! `tracuu posts` and `tracuu people` over articles of one's own, with a `people.tsv` beside them.

use crate::harness::{TestIndex, repository, stdout, tracuu};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tracuu::ingest::IngestOptions;

const ARTICLES: [(&str, &str); 4] = [
    (
        "a.txt",
        "Sơn La họp bàn việc trồng rừng\nNgày 12/3/2021, Bí thư Tỉnh ủy Sơn La Tôn Thị Ngọc Mẫu và Chủ tịch UBND tỉnh Sơn La Lò Văn Thiêm \
         làm việc với huyện Sốp Cộp. Cùng dự có Giám đốc Sở Y tế tỉnh Sơn La Cầm Thị Sâm. (Bài hư cấu.)\n",
    ),
    ("b.txt", "Sơn La mở chợ đêm\nNgày 15/6/2023, Bí thư Tỉnh ủy Sơn La Tôn Ngọc Mẫu cắt băng mở chợ. (Bài hư cấu.)\n"),
    ("c.txt", "Sơn La có bí thư mới\nNgày 2/7/2024, Bí thư Tỉnh ủy Sơn La Mùa Văn Chử nhận nhiệm vụ. (Bài hư cấu.)\n"),
    ("d.txt", "Một ngày ở vườn\nNgười trồng vườn kể chuyện mùa màng. (Bài hư cấu.)\n"),
];

struct Desk {
    index: TestIndex,
}

impl Desk {
    fn new() -> Desk {
        let index = TestIndex::new();
        for (name, text) in ARTICLES {
            fs::write(index.archive().join(name), text).unwrap();
        }
        let desk = Desk { index };
        desk.ingest();
        desk
    }

    fn ingest(&self) {
        let report = self.index.ingest(&[self.index.archive()], &IngestOptions::default());
        assert!(report.notices.is_empty(), "{:?}", report.notices);
    }

    fn folder(&self) -> PathBuf {
        self.index.dir().parent().unwrap().to_owned()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&stdout(&self.folder(), &[arguments, &["--format", "json"]].concat(), 0)).unwrap()
    }

    /// Person and number of articles of each row.
    fn posts(&self, arguments: &[&str]) -> Vec<(String, u64)> {
        let answer = self.json(&[&["posts"], arguments].concat());
        let row = |row: &Value| (row["person"].as_str().unwrap().to_owned(), row["articles"].as_u64().unwrap());
        answer["posts"].as_array().unwrap().iter().map(row).collect()
    }
}

fn rows(people: &[(&str, u64)]) -> Vec<(String, u64)> {
    people.iter().map(|(person, articles)| ((*person).to_owned(), *articles)).collect()
}

#[test]
fn who_led_a_party_committee_reads_as_a_succession_and_people_tsv_makes_two_names_one() {
    let desk = Desk::new();
    let role = ["--role", "Bí thư Tỉnh ủy Sơn La"];
    assert_eq!(desk.posts(&role), rows(&[("Tôn Thị Ngọc Mẫu", 1), ("Tôn Ngọc Mẫu", 1), ("Mùa Văn Chử", 1)]));
    let text = stdout(&desk.folder(), &[&["posts"], role.as_slice()].concat(), 0);
    let days: Vec<usize> = ["2021-03-12", "2023-06-15", "2024-07-02"].iter().map(|day| text.find(day).unwrap()).collect();
    assert!(days.is_sorted() && text.contains("Sơn La · Bí thư Tỉnh ủy Sơn La"), "{text}");

    let proposed = stdout(&desk.folder(), &["people", "--suggest"], 0);
    assert!(proposed.contains("\nsame\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\n"), "{proposed}");
    assert_eq!(desk.posts(&["--official", "Tôn Ngọc Mẫu"]), rows(&[("Tôn Ngọc Mẫu", 1)]));

    fs::write(desk.index.archive().join("people.tsv"), "same\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\n").unwrap();
    desk.ingest();
    assert_eq!(desk.posts(&role), rows(&[("Tôn Thị Ngọc Mẫu", 2), ("Mùa Văn Chử", 1)]));
    assert_eq!(desk.posts(&["--official", "Tôn Ngọc Mẫu"]), rows(&[("Tôn Thị Ngọc Mẫu", 2)]));
    let answer = desk.json(&["posts", "--official", "Tôn Ngọc Mẫu"]);
    assert_eq!(answer["posts"][0]["names"], serde_json::json!(["Tôn Thị Ngọc Mẫu", "Tôn Ngọc Mẫu"]));
    let told: Vec<&str> = answer["notices"].as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap()).collect();
    assert!(told.contains(&"same_people"), "{told:?}");
    // What is found is what search finds.
    let search = desk.json(&["search", "--official", "Tôn Ngọc Mẫu"]);
    assert_eq!((search["total"].as_u64(), &search["total"]), (Some(2), &answer["total"]));
    stdout(&desk.folder(), &["people", "--suggest"], 1);

    fs::write(desk.index.archive().join("people.tsv"), "different\tTôn Thị Ngọc Mẫu\tTôn Ngọc Mẫu\n").unwrap();
    desk.ingest();
    assert_eq!(desk.posts(&role), rows(&[("Tôn Thị Ngọc Mẫu", 1), ("Tôn Ngọc Mẫu", 1), ("Mùa Văn Chử", 1)]));
    stdout(&desk.folder(), &["people", "--suggest"], 1);

    // Of one name two, by scope.
    let e = "Tây Ninh họp\nNgày 2/8/2024, Chủ tịch UBND tỉnh Tây Ninh Lò Văn Thiêm và Giám đốc Sở Y tế tỉnh Tây Ninh Mùa Thị Dợ dự họp. (Bài hư cấu.)\n";
    fs::write(desk.index.archive().join("e.txt"), e).unwrap();
    fs::write(desk.index.archive().join("people.tsv"), "different\tLò Văn Thiêm/Sơn La\tLò Văn Thiêm/Tây Ninh\n").unwrap();
    desk.ingest();
    let two = ["Lò Văn Thiêm/Sơn La", "Lò Văn Thiêm/Tây Ninh"];
    assert_eq!(desk.posts(&["--official", "Lò Văn Thiêm"]), rows(&two.map(|one| (one, 1))));
    for typed in [two[1], "/Lò Văn Thiêm/Tây Ninh", "lo van thiem/tay ninh"] {
        assert_eq!(desk.posts(&["--official", typed]), rows(&[(two[1], 1)]), "{typed}");
        assert_eq!(desk.json(&["search", "--official", typed])["total"], 1);
    }
    let unknown = tracuu(&desk.folder(), &["search", "--official", "Lò Văn Thiêm/Tây Nin"]);
    let message = String::from_utf8(unknown.stderr).unwrap();
    assert!(unknown.status.code() == Some(2) && message.contains("Lò Văn Thiêm/Tây Ninh"), "{message}");
    let text = stdout(&desk.folder(), &["posts", "--official", "Lò Văn Thiêm"], 0);
    assert!(!text.contains("(cả"), "who is told apart is one with nobody: {text}");
    let codes = |answer: &Value| -> Vec<String> {
        answer["notices"].as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes(&desk.json(&["table", "--rows", "official", "--columns", "year"])).contains(&"names_as_written".to_owned()));
    assert!(!codes(&desk.json(&["table", "--rows", "province", "--columns", "year"])).contains(&"names_as_written".to_owned()));
    for within in ["article", "sentence"] {
        let answer = desk.json(&["people", "--official", "Lò Văn Thiêm", "--within", within]);
        let met: Vec<[&str; 2]> =
            answer["pairs"].as_array().unwrap().iter().map(|pair| ["person", "with"].map(|key| pair[key].as_str().unwrap())).collect();
        assert!(met.contains(&[two[0], "Tôn Thị Ngọc Mẫu"]) && met.contains(&[two[1], "Mùa Thị Dợ"]), "{met:?}");
        assert!(met.iter().all(|[one, other]| two.contains(one) && !other.starts_with("Lò")), "{met:?}");
    }

    // The table changes answers and no article: it is part of what tells states apart, and a name that nobody has is told.
    let state = |desk: &Desk| desk.json(&["search"])["index"].clone();
    let before = state(&desk);
    fs::write(desk.index.archive().join("people.tsv"), "same\tLò Văn Thiêm\tLò Văn Thieem\n").unwrap();
    desk.ingest();
    let after = state(&desk);
    assert_eq!(before["corpus_id"], after["corpus_id"]);
    assert_ne!(before["user_tables"], after["user_tables"]);
    let output = tracuu(&desk.folder(), &["people", "--suggest", "--format", "json"]);
    let suggested: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = suggested["notices"].to_string();
    assert!(codes(&suggested).contains(&"unknown_people".to_owned()) && told.contains(": Lò Văn Thieem"), "{told}");

    fs::write(desk.index.archive().join("people.tsv"), "giống\tA\tB\n").unwrap();
    let report = desk.index.ingest(&[desk.index.archive()], &IngestOptions::default());
    assert!(report.notices.len() == 1 && report.notices[0].contains("people.tsv: line 1: found \"giống\\tA\\tB\""), "{:?}", report.notices);
}

#[test]
fn who_is_named_together_in_an_article_and_in_a_sentence() {
    let desk = Desk::new();
    let pairs = |arguments: &[&str]| -> Vec<(String, String)> {
        let answer = desk.json(&[&["people"], arguments].concat());
        let name = |pair: &Value, key: &str| pair[key].as_str().unwrap().to_owned();
        answer["pairs"].as_array().unwrap().iter().map(|pair| (name(pair, "person"), name(pair, "with"))).collect()
    };
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let (sam, thiem, mau) = ("Cầm Thị Sâm", "Lò Văn Thiêm", "Tôn Thị Ngọc Mẫu");
    assert_eq!(pairs(&[]), [pair(sam, thiem), pair(sam, mau), pair(thiem, mau)]);
    assert_eq!(pairs(&["--within", "sentence"]), [pair(thiem, mau)]);
    assert_eq!(pairs(&["--official", mau]), [pair(mau, sam), pair(mau, thiem)]);
    assert_eq!(pairs(&["--role", "Giám đốc Sở", "--within", "article"]), [pair(sam, thiem), pair(sam, mau)]);
    let text = stdout(&desk.folder(), &["people", "--within", "sentence"], 0);
    assert!(text.contains("1  Lò Văn Thiêm · Tôn Thị Ngọc Mẫu"), "{text}");
    stdout(&desk.folder(), &["people", "--at-least", "2"], 1);
}

#[test]
fn every_format_has_the_same_posts_and_their_words_stand_where_it_says() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let dir = index.dir().to_str().unwrap().to_owned();
    let run = |arguments: &[&str]| stdout(&repository(), &[arguments, &["--index", &dir]].concat(), 0);
    let answer: Value = serde_json::from_str(&run(&["posts", "--format", "json"])).unwrap();
    let csv = run(&["posts", "--format", "csv"]);
    let csv: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let posts = answer["posts"].as_array().unwrap();
    assert!(posts.len() == csv.len() && posts.len() > 50);
    let mut quotes = 0;
    for (post, row) in posts.iter().zip(&csv) {
        let ids: Vec<&str> = post["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!((&row[0], &row[2], &row[15]), (post["person"].as_str().unwrap(), post["role"].as_str().unwrap(), &*ids.join("; ")));
        assert_eq!(&row[7], post["first"]["from"].as_str().unwrap_or(""));
        for end in ["first", "last"] {
            let Some(id) = post[end]["id"].as_str() else { continue };
            assert!(ids.contains(&id));
            let article = index.generation().find(tracuu::article::ArticleId::parse(id).unwrap()).unwrap().unwrap().article;
            for evidence in post[end]["evidence"].as_array().unwrap() {
                let text = match evidence["field"].as_str().unwrap() {
                    "body" => article.body.as_deref().unwrap(),
                    "title" => &article.title,
                    _ => continue,
                };
                let span = evidence["start"].as_u64().unwrap() as usize..evidence["end"].as_u64().unwrap() as usize;
                assert_eq!(text.get(span), evidence["quote"].as_str());
                quotes += 1;
            }
        }
    }
    assert!(quotes > posts.len() / 2, "{quotes} quotes");
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("posts", run(&["posts", "--role", "Bí thư Tỉnh ủy"]));
        insta::assert_json_snapshot!("post", posts[0]);
    });
}
