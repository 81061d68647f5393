//! Batches of queries answer as single searches do; `eval retrieval` indexes every document and scores as others count.

use crate::harness::{TestIndex, repository, shared, stdout, tracuu};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The bundled archive, and a folder to work in.
struct Archive {
    index: TestIndex,
    dir: String,
}

impl Archive {
    fn new() -> Archive {
        let index = TestIndex::of(&[repository().join("corpus")]);
        let dir = index.dir().to_str().unwrap().to_owned();
        Archive { index, dir }
    }

    /// A batch file of a name, answered in a format: exit code, standard output and error.
    fn batch(&self, name: &str, text: &str, format: &str, further: &[&str]) -> (Option<i32>, String, String) {
        fs::write(self.index.archive().join(name), text).unwrap();
        let arguments = [&["search", "--batch", name, "--format", format, "--index", &self.dir], further].concat();
        let output = tracuu(&self.index.archive(), &arguments);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn single(&self, arguments: &[&str]) -> Value {
        let output = tracuu(&repository(), &[&["search", "--format", "json", "--index", &self.dir], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A line of a batch, and the options of a single search that say the same beside `--collection corpus`.
const SAME: [(&str, &[&str]); 9] = [
    (r#"{"id": "plain", "query": "chuyển đổi số"}"#, &["chuyển đổi số"]),
    (
        r#"{"text": "chuyen doi so", "province": "ninh binh", "year": 2024}"#,
        &["chuyen doi so", "--province", "ninh binh", "--year", "2024"],
    ),
    (r#"{"query": "", "province": ["Ninh Bình"], "boundaries": "as-written"}"#, &["--province", "Ninh Bình", "--boundaries", "as-written"]),
    (
        r#"{"query": "hội nghị", "from": "2024-01", "to": "31/12/2024", "precise": true}"#,
        &["hội nghị", "--from", "2024-01", "--to", "2024-12-31", "--precise"],
    ),
    (
        r#"{"query": "thu hồi đất đai", "match": "any", "sort": "newest", "limit": 3}"#,
        &["thu hồi đất đai", "--match", "any", "--sort", "newest", "--limit", "3"],
    ),
    (r#"{"query": "hoà bình", "exact": true, "facets": ["province", "year"]}"#, &["hoà bình", "--exact", "--facets", "province,date"]),
    (
        r#"{"query": "số", "official": "Lương Khắc Điềm", "role": "Phó Chủ tịch"}"#,
        &["số", "--official", "Lương Khắc Điềm", "--role", "Phó Chủ tịch"],
    ),
    (r#"{"query": "số", "source": "none", "offset": 1}"#, &["số", "--source", "none", "--offset", "1"]),
    (r#"{"query": "xyzzyxyzzy"}"#, &["xyzzyxyzzy"]),
];

#[test]
fn a_batch_answers_as_single_searches_do() {
    let archive = Archive::new();
    let text: String = SAME.iter().map(|(line, _)| format!("{line}\n")).collect();
    let (code, answers, errors) = archive.batch("q.jsonl", &text, "jsonl", &["--collection", "corpus"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let answers = json_lines(&answers);
    assert_eq!(answers.len(), SAME.len());
    let mut hits = 0;
    for ((number, mut answer), (line, options)) in (1_u64..).zip(answers).zip(SAME) {
        let mut single = archive.single(&[options, &["--collection", "corpus"]].concat());
        // Filters of the command line come before those of the line.
        for part in [&mut answer, &mut single] {
            part["timing"] = Value::Null;
            part["filters"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
        }
        let answer = answer.as_object_mut().unwrap();
        let id = if number == 1 { "plain".to_owned() } else { number.to_string() };
        assert_eq!(
            (answer.remove("id"), answer.remove("line"), answer.remove("error")),
            (Some(id.into()), Some(number.into()), Some(Value::Null))
        );
        hits += single["hits"].as_array().unwrap().len();
        assert_eq!(Value::Object(answer.clone()), single, "{line}");
    }
    assert!(hits > 30, "the queries find something to compare: {hits}");
}

#[test]
fn csv_has_a_row_for_each_hit_and_for_each_query_without() {
    let archive = Archive::new();
    let text =
        "id,query,province,sort\nq1,chuyển đổi số,Đồng Nai; Bình Phước,\nq2,\"một\nhai\",,best\nq3,xyzzyxyzzy,,\n,chuyển đổi số,,newest\n";
    let (code, answers, errors) = archive.batch("q.csv", text, "csv", &["--limit", "2"]);
    assert_eq!(code, Some(0));
    assert_eq!(errors, "q.csv, line 3: sort: \"best\" cannot be used; write relevance, newest or oldest\n");
    let mut reader = csv::Reader::from_reader(answers.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = |name: &str| -> Vec<String> {
        let column = columns.iter().position(|column| column == name).unwrap();
        rows.iter().map(|row| row[column].to_owned()).collect()
    };
    let single = |options: &[&str]| archive.single(&[&["chuyển đổi số", "--limit", "2"], options].concat());
    let (first, last) = (single(&["--province", "Đồng Nai", "--province", "Bình Phước"]), single(&["--sort", "newest"]));
    assert_eq!(cells("query_id"), ["q1", "q1", "q2", "q3", "6", "6"]);
    assert_eq!(cells("query")[4], "chuyển đổi số");
    let total = |answer: &Value| answer["total"].to_string();
    assert_eq!(cells("total"), [&total(&first), &total(&first), "", "0", &total(&last), &total(&last)]);
    assert_eq!(cells("total_phrase")[3..5], ["0".to_owned(), last["total_phrase"].to_string()]);
    let key = |answer: &Value, hit: usize| answer["hits"][hit]["key"].as_str().unwrap().to_owned();
    assert_eq!(cells("key"), [key(&first, 0), key(&first, 1), String::new(), String::new(), key(&last, 0), key(&last, 1)]);
    assert!(cells("error")[2].starts_with("sort: \"best\"") && cells("error")[0].is_empty());
}

#[test]
fn csv_with_context_has_a_row_for_each_match_and_a_run_has_no_place_for_them() {
    let archive = Archive::new();
    let text = "id,query\nq1,chuyển đổi số\nq2,xyzzyxyzzy\nq3,năm:abc\n";
    // Held until the totals are known, and written as they come: the same rows.
    for limit in ["100", "all"] {
        let (code, answers, _) = archive.batch("q.csv", text, "csv", &["--limit", limit, "--context", "4"]);
        assert_eq!(code, Some(0));
        let mut reader = csv::Reader::from_reader(answers.as_bytes());
        let header =
            "query_id,query,total,total_stories,total_phrase,total_loose,error,id,title,date,provinces,left,match,right,start,end,field";
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), header);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();

        let single = archive.single(&["chuyển đổi số", "--limit", limit, "--context", "4"]);
        let hits = single["hits"].as_array().unwrap();
        let matches = hits.iter().flat_map(|hit| hit["context"]["lines"].as_array().unwrap().iter().map(move |line| (hit, line)));
        let expected: Vec<Vec<String>> = matches
            .map(|(hit, line)| {
                let of_hit = [&hit["id"], &hit["title"]].map(|value| value.as_str().unwrap().to_owned());
                [of_hit.to_vec(), vec![line["match"].as_str().unwrap().to_owned(), line["start"].to_string()]].concat()
            })
            .collect();
        let found = |row: &csv::StringRecord| [7, 8, 12, 14].map(|column| row[column].to_owned()).to_vec();
        let of_query = |id: &'static str| rows.iter().filter(move |row| &row[0] == id);
        assert!(expected.len() > hits.len() && hits.len() > 2);
        assert_eq!(of_query("q1").map(found).collect::<Vec<_>>(), expected);
        let total = single["total"].to_string();
        assert!(of_query("q1").all(|row| row[2] == total));
        let other = |id| of_query(id).map(|row| (row[2].to_owned(), !row[6].is_empty(), row[7].to_owned())).collect::<Vec<_>>();
        assert_eq!(other("q2"), [("0".to_owned(), false, String::new())]);
        assert_eq!(other("q3"), [(String::new(), true, String::new())]);
    }

    let (code, run, errors) = archive.batch("q.csv", text, "trec", &["--context", "4"]);
    assert!(code == Some(2) && run.is_empty() && errors.contains("--context: a TREC run has no place"), "{errors}");
}

#[test]
fn a_trec_run_is_in_the_order_of_the_file_with_falling_scores() {
    let archive = Archive::new();
    let text = "{\"id\": \"câu 2\", \"query\": \"chuyển đổi số\"}\n{\"id\": \"a\", \"query\": \"thu hồi đất\", \"match\": \"any\"}\n";
    let (code, run, _) = archive.batch("q.jsonl", text, "trec", &["--limit", "all"]);
    assert_eq!(code, Some(0));
    let lines: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    assert!(lines.iter().all(|line| line.len() == 6 && line[1] == "Q0" && line[5] == "tracuu"), "{run}");
    let mut queries: Vec<&str> = lines.iter().map(|line| line[0]).collect();
    queries.dedup();
    assert_eq!(queries, ["câu_2", "a"]);
    for (query, options) in [("câu_2", &["chuyển đổi số"] as &[&str]), ("a", &["thu hồi đất", "--match", "any"])] {
        let of_query = || lines.iter().filter(|line| line[0] == query);
        let hits = archive.single(&[options, &["--limit", "all"]].concat());
        let keys: Vec<&str> = hits["hits"].as_array().unwrap().iter().map(|hit| hit["key"].as_str().unwrap()).collect();
        assert_eq!(of_query().map(|line| line[2]).collect::<Vec<_>>(), keys);
        assert!(of_query().zip(1..).all(|(line, rank)| line[3] == rank.to_string()));
        let scores: Vec<f64> = of_query().map(|line| line[4].parse().unwrap()).collect();
        assert!(scores.is_sorted_by(|one, next| one >= next) && scores[0] > scores[scores.len() - 1], "{scores:?}");
    }
    let single = stdout(&repository(), &["search", "chuyển đổi số", "--limit", "all", "--format", "trec", "--index", &archive.dir], 0);
    assert_eq!(single.lines().next().unwrap().replacen("1 ", "câu_2 ", 1), run.lines().next().unwrap());
}

#[test]
fn bad_lines_are_reported_with_their_place_and_the_rest_go_on() {
    let archive = Archive::new();
    let text = "\u{feff}{\"id\": \"a\", \"query\": \"chuyển đổi số\"}\r\n\n{\"id\": \"b\", \"query\"}\n{\"id\": \"c\", \"provnce\": \"Huế\"}\n\
                {\"id\": \"d\", \"query\": \"năm:abc\"}\n{\"id\": \"e\", \"province\": \"Atlantis\"}\n{\"id\": \"a\", \"query\": \"x\"}\n\
                {\"id\": \"f\", \"query\": \"thu hồi\u{2028}đất\"}";
    let (code, answers, errors) = archive.batch("q.jsonl", text, "jsonl", &[]);
    assert_eq!(code, Some(0));
    let expected = [
        ("4", 3, "no JSON"),
        ("c", 4, "no field is called \"provnce\"; there are query,"),
        ("d", 5, "at character 5 of the query: found \"abc\""),
        ("e", 6, "no province fits \"Atlantis\""),
        ("a", 7, "the id \"a\" stands on line 1 too"),
    ];
    let answers = json_lines(&answers);
    let lines: Vec<u64> = answers.iter().map(|answer| answer["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [1, 3, 4, 5, 6, 7, 8], "answers and errors stand in the order of the file");
    assert!(answers[0]["total"].as_u64() > Some(0) && answers[6]["error"].is_null());
    assert_eq!(errors.lines().count(), expected.len());
    for (((id, line, message), error), answer) in expected.iter().zip(errors.lines()).zip(&answers[1..]) {
        assert!(error.starts_with(&format!("q.jsonl, line {line}: {message}")), "{error}");
        assert!(answer["error"].as_str().unwrap().starts_with(message), "{answer}");
        // What is no JSON has no id to give.
        let id = if *line == 3 { "3" } else { id };
        assert_eq!(answer["id"].as_str(), Some(id));
    }
}

#[test]
fn the_exit_code_of_a_batch_tells_hits_from_none_and_from_errors() {
    let archive = Archive::new();
    let cases = [
        ("a hit", "xyzzyxyzzy\nchuyển đổi số\n", Some(0)),
        ("a hit beside a bad line", "chuyển đổi số\nnăm:abc\n", Some(0)),
        ("no hit", "xyzzyxyzzy\n", Some(1)),
        ("no query", "\n", Some(1)),
        ("no hit beside a bad line", "xyzzyxyzzy\nnăm:abc\n", Some(2)),
    ];
    for (name, text, expected) in cases {
        for format in ["text", "json", "jsonl", "csv", "trec"] {
            assert_eq!(archive.batch("q.txt", text, format, &[]).0, expected, "{name}, {format}");
        }
    }
    let (code, _, errors) = archive.batch("q.txt", "chuyển đổi số\n", "jsonl", &["--province", "Atlantis"]);
    assert!(code == Some(2) && errors.contains("q.txt, line 1: no province fits"), "{errors}");
    let missing = tracuu(&repository(), &["search", "--batch", "không-có.csv", "--index", &archive.dir]);
    assert!(missing.status.code() == Some(2) && String::from_utf8_lossy(&missing.stderr).contains("không-có.csv: "));
}

#[test]
fn text_answers_stand_under_their_queries() {
    let archive = Archive::new();
    let (_, answers, _) = archive.batch("q.txt", "chuyển đổi số\n\"nông thôn mới\"\n", "text", &["--limit", "1"]);
    let heads: Vec<&str> = answers.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(heads, ["== chuyển đổi số", "== \"nông thôn mới\""]);
    assert_eq!(answers.lines().filter(|line| line.starts_with("1. ")).count(), 2);
}

// ---------------------------------------------------------------- eval retrieval

/// Documents that a crawler's page would lose something of: short, equal, without letters, like a frame.
const DOCUMENTS: [(&str, &str, &str); 9] = [
    ("d1", "Xã Bản Lầm sơ kết chuyển đổi số", "Tổ công nghệ số cộng đồng của xã đến từng nhà. (Tin hư cấu.)"),
    ("d2", "", "Xã Bản Lầm sơ kết chuyển đổi số"),
    ("d 3", "", "Cà Mau"),
    ("d/4", "Trở về", "In trang"),
    ("5", "", "2024"),
    ("d6", "", "Tổ công nghệ số cộng đồng của xã đến từng nhà. (Tin hư cấu.)"),
    ("d7", "", "Tổ công nghệ số cộng đồng của xã đến từng nhà. (Tin hư cấu.)"),
    ("d8", "Tin cùng chuyên mục", "Tin liên quan\nXem thêm\nNguồn: Báo mẫu"),
    ("d9", "", "ok"),
];

fn write_test_set(folder: &Path) {
    let documents = DOCUMENTS.map(|(id, title, text)| serde_json::json!({"id": id, "title": title, "text": text}).to_string());
    fs::write(folder.join("corpus.jsonl"), documents.join("\n")).unwrap();
    let queries = [("q1", "sơ kết chuyển đổi số ở xã"), ("q2", "tổ công nghệ số"), ("q3", "năm:abc"), ("q4", "không ai chấm")];
    fs::write(folder.join("queries.jsonl"), queries.map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string()).join("\n"))
        .unwrap();
    fs::write(folder.join("qrels.tsv"), "q1\td1\t1\nq1\td2\t1\nq2\td9\t1\nq3\td9\t1\nq0\td1\t1\nq4\td1\t0\n").unwrap();
}

const SET: [&str; 5] = ["eval", "retrieval", "corpus.jsonl", "queries.jsonl", "qrels.tsv"];

fn report(folder: &Path, options: &[&str]) -> Value {
    let output = tracuu(folder, &[&SET, options, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn every_document_of_a_corpus_is_indexed_under_its_own_id() {
    let folder = tempfile::tempdir().unwrap();
    write_test_set(folder.path());
    let found = report(folder.path(), &[]);
    assert_eq!(found["documents"], serde_json::json!({"indexed": DOCUMENTS.len(), "of": DOCUMENTS.len()}));

    let index = TestIndex::of(&[folder.path().join("corpus.jsonl")]);
    let every = tracuu::search::Request { limit: usize::MAX, hits_of: tracuu::search::Unit::Articles, ..Default::default() };
    let all = index.search(&every);
    let keys: BTreeSet<String> = all.hits.into_iter().map(|hit| hit.article.key).collect();
    assert_eq!(keys, DOCUMENTS.map(|(id, ..)| id.to_owned()).into());

    // Without their titles, two have nothing but the frame of a page, and one nothing at all.
    let blank = "\n{\"id\": \"trống\", \"title\": \"Tin mẫu\", \"text\": \"\"}\n{\"id\": \"khung\", \"text\": \"Chia sẻ\"}\n";
    fs::write(folder.path().join("corpus.jsonl"), fs::read_to_string(folder.path().join("corpus.jsonl")).unwrap() + blank).unwrap();
    let output = tracuu(folder.path(), &[&SET as &[&str], &["--fields", "text"]].concat());
    let (text, notes) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(text.starts_with("8 of 11 documents indexed\n"), "{text}");
    assert!(["trống", "khung", "d/4"].iter().all(|id| notes.contains(&format!("not indexed: {id}: no_text"))), "{notes}");
}

#[test]
fn queries_are_scored_and_their_run_written() {
    let folder = tempfile::tempdir().unwrap();
    write_test_set(folder.path());
    let found = report(folder.path(), &["--run", "run.trec"]);
    // q1 finds both first; q2 and q3 find nothing that is relevant; q0 is not asked, q4 not judged.
    assert_eq!((found["n"].as_u64(), found["asked"].as_u64(), found["refused"].as_u64()), (Some(3), Some(4), Some(1)));
    for measure in ["mrr@10", "ndcg@10", "recall@100", "hit@1"] {
        assert_eq!(found[measure].as_f64(), Some(1.0 / 3.0), "{measure}");
    }
    let run = fs::read_to_string(folder.path().join("run.trec")).unwrap();
    assert!(run.starts_with("q1 Q0 d") && run.contains("\nq2 Q0 ") && !run.contains("q3 Q0"), "{run}");

    // An index of the same documents gives the same, and its articles go by their keys.
    let index = TestIndex::of(&[folder.path().join("corpus.jsonl")]);
    let dir = index.dir();
    let arguments = ["eval", "retrieval", dir.to_str().unwrap(), "queries.jsonl", "qrels.tsv", "--format", "json"];
    let again: Value = serde_json::from_str(&stdout(folder.path(), &arguments, 0)).unwrap();
    assert_eq!(again, found);
}

#[test]
fn two_settings_are_compared_query_by_query() {
    let folder = tempfile::tempdir().unwrap();
    write_test_set(folder.path());
    fs::write(folder.path().join("other.trec"), "q1 Q0 d9 1 2 x\nq1 Q0 d1 2 1 x\nq2 Q0 d9 1 1 x\n").unwrap();
    let against = report(folder.path(), &["--against", "other.trec"])["against"].clone();
    let shown: Vec<(&str, u64)> = against["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["text"].as_str().unwrap(), row["other"]["first_relevant"].as_u64().unwrap()))
        .collect();
    assert_eq!(shown, [("sơ kết chuyển đổi số ở xã", 2), ("tổ công nghệ số", 1)], "better first, then worse");
    let ndcg = &against["measures"][1];
    assert_eq!((&ndcg["better"], &ndcg["worse"], &ndcg["equal"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(against["mrr@10"].as_f64(), Some(1.5 / 3.0));

    // No document holds all words of q1.
    let other = report(folder.path(), &["--against", "match=all", "--against", "exact=true"])["against"].clone();
    assert_eq!((other["setting"].as_str(), other["mrr@10"].as_f64()), (Some("match=all exact=true"), Some(0.0)));
    assert_eq!(report(folder.path(), &["--match", "all", "--exact"])["mrr@10"], other["mrr@10"]);
    let fields = report(folder.path(), &["--against", "fields=title"])["against"].clone();
    assert_eq!(report(folder.path(), &["--fields", "title"])["recall@100"], fields["recall@100"]);
    assert_eq!(fields["recall@100"].as_f64(), Some(0.5 / 3.0), "d2 has no title");
}

#[test]
fn what_is_wrong_with_a_test_set_is_said_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &str, &[&str], &str); 9] = [
        ("corpus.jsonl", "{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}", &[], "corpus.jsonl: line 2: the id \"a\""),
        ("corpus.jsonl", "{\"text\": \"x\"}", &[], "corpus.jsonl: line 1: no id"),
        ("queries.jsonl", "\n{\"id\": \"a\"}", &[], "queries.jsonl: line 2: no text"),
        ("queries.jsonl", "{\"id\": \"q9\", \"text\": \"x\"}", &[], "no query of queries.jsonl has a relevant document"),
        ("qrels.tsv", "q1 d1 1\n", &[], "qrels.tsv: line 1: \"q1 d1 1\" is not query, document and grade by tabs"),
        ("other.trec", "q1 Q0 d1\n", &["--against", "other.trec"], "other.trec: line 1: expected query"),
        ("qrels.tsv", "q1\td1\t1\n", &["--against", "nothing"], "--against nothing is neither a file nor a setting"),
        ("qrels.tsv", "q1\td1\t1\n", &["--against", "mtch=all"], "no field is called \"mtch\""),
        ("qrels.tsv", "q1\td1\t1\n", &["--against", "province=Atlantis"], "no province fits \"Atlantis\""),
    ];
    for (name, text, options, expected) in cases {
        write_test_set(folder.path());
        fs::write(folder.path().join(name), text).unwrap();
        let output = tracuu(folder.path(), &[&SET, options].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && message.contains(expected), "{name}: {message}");
    }
}

#[test]
fn runs_are_scored_as_the_reference_scores_them() {
    let Some(set) = shared("ir/vietnamesemds_clusters") else { return };
    let reference = set.join("../../../tools/score_run.py");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| set.join(name).to_str().unwrap().to_owned();
    let (corpus, queries, qrels) = (path("corpus.jsonl"), path("queries.jsonl"), path("qrels.tsv"));
    let arguments = ["eval", "retrieval", &corpus, &queries, &qrels, "--run", "run.trec", "--format", "json"];
    let ours: Value = serde_json::from_str(&stdout(folder.path(), &arguments, 0)).unwrap();
    assert_eq!(ours["documents"], serde_json::json!({"indexed": 628, "of": 628}));
    let Ok(output) = Command::new("python3").args([&reference, &set.join("qrels.tsv"), &folder.path().join("run.trec")]).output() else {
        eprintln!("skipped: python3 is not there (it runs the reference)");
        return;
    };
    let theirs: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(ours["n"], theirs["n"]);
    for measure in ["mrr@10", "ndcg@10", "recall@100", "hit@1"] {
        let (ours, theirs) = (ours[measure].as_f64().unwrap(), theirs[measure].as_f64().unwrap());
        // Python sums more exactly from 3.12 on; before, all digits are the same.
        assert!((ours - theirs).abs() < 1e-14 && ours > 0.0, "{measure}: {ours}, {theirs}");
    }
}
