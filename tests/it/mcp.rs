//! `tracuu mcp` as an assistant meets it: one process, messages a line each on its standard input and output.

use crate::harness::{TestIndex, repository, start};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout};

struct Client {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    asked: u64,
}

impl Client {
    /// Started, and greeted.
    fn of(dir: &str) -> Client {
        let mut process = start(&repository(), &["mcp", "--index", dir]);
        let (requests, answers) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut client = Client { process, requests, answers, asked: 0 };
        let about = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        assert_eq!(client.ask("initialize", about)["result"]["serverInfo"]["name"], "tracuu");
        client.say(json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        client
    }

    fn say(&mut self, message: Value) {
        writeln!(self.requests, "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        self.say(json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(answer["id"], self.asked);
        answer
    }

    /// What a tool gives; a text beside it says the same.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let given = answer["result"]["structuredContent"].clone();
        let text: Value = serde_json::from_str(answer["result"]["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, given);
        given
    }

    fn end(self) {
        let Client { mut process, requests, .. } = self;
        drop(requests);
        assert!(process.wait().unwrap().success());
    }
}

#[test]
fn tools_answer_with_ids_evidence_and_citations() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let mut client = Client::of(index.dir().to_str().unwrap());
    let tools = client.ask("tools/list", json!({}))["result"]["tools"].clone();
    let tools = tools.as_array().unwrap();
    assert!(
        tools.len() >= 5 && tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true && tool["inputSchema"]["type"] == "object")
    );

    let found = client.call("search", json!({"query": "chuyển đổi số", "province": ["Ninh Bình"], "limit": 2}));
    assert_eq!((found["total"].as_u64(), found["hits"].as_array().map(Vec::len)), (Some(3), Some(2)));
    let corpus = found["index"]["corpus_id"].as_str().unwrap();
    assert!(found["citation"].as_str().unwrap().contains(corpus), "{}", found["citation"]);
    for hit in found["hits"].as_array().unwrap() {
        let id = hit["id"].as_str().unwrap();
        assert!(hit["citation"].as_str().unwrap().contains(id) && !hit["evidence"].as_array().unwrap().is_empty(), "{hit}");
        let article = client.call("article", json!({"id": id}));
        assert_eq!((&article["citation"], &article["evidence"]), (&hit["citation"], &hit["evidence"]));
        let body = article["body"].as_str().unwrap();
        for evidence in article["evidence"].as_array().unwrap().iter().filter(|evidence| evidence["field"] == "body") {
            let span = |end: &str| evidence[end].as_u64().unwrap() as usize;
            assert_eq!(&body[span("start")..span("end")], evidence["quote"], "{evidence}");
        }
    }

    let table = client.call("table", json!({"query": "chuyển đổi số", "rows": "province", "columns": "year", "per": "archive"}));
    let sum: u64 = table["cells"].as_array().unwrap().iter().flat_map(|row| row.as_array().unwrap()).filter_map(Value::as_u64).sum();
    assert_eq!(Some(sum), table["total"].as_u64().zip(table["repeats"].as_u64()).map(|(total, repeats)| total + repeats));
    let trend = client.call("trend", json!({"q": ["đất", "chuyển đổi số"]}));
    assert_eq!(trend["series"].as_array().unwrap().len(), 2);
    assert!(trend["citation"].as_str().unwrap().contains("“đất” | “chuyển đổi số”"));
    let posts = client.call("posts", json!({"role": "Bí thư Tỉnh ủy Kon Tum"}));
    let held: Vec<(&str, &str)> = posts["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| (post["person"].as_str().unwrap(), post["first"]["from"].as_str().unwrap()))
        .collect();
    let in_turn = [("Rơ Chăm Thái Lữ", "2021-03-16"), ("Võ Đình Nguyên Khôi", "2023-11-09")];
    assert_eq!(held[..2], in_turn);
    assert!(posts["posts"][0]["first"]["evidence"][0]["quote"].as_str().unwrap().contains("Bí thư Tỉnh ủy Kon Tum"));
    assert!(posts["citation"].as_str().unwrap().contains("bí thư tỉnh ủy kon tum"));
    for post in posts["posts"].as_array().unwrap() {
        let again = client.call("search", json!({"role": "Bí thư Tỉnh ủy Kon Tum", "is": post["is"], "limit": 0}));
        assert_eq!(again["total"], post["articles"], "{post}");
    }
    let people = client.call("people", json!({"official": "Hứa Bá Trường", "within": "sentence", "top": 1}));
    assert_eq!((people["pairs"].as_array().unwrap().len(), &people["more"]), (0, &json!(0)));
    let people = client.call("people", json!({"official": "Hứa Bá Trường", "top": 1, "ids": 0}));
    assert_eq!((people["pairs"].as_array().unwrap().len(), &people["more"], &people["pairs"][0]["ids"]), (1, &json!(1), &json!([])));
    for facet in ["province", "official", "date"] {
        assert!(client.call("facets", json!({"field": facet, "query": "đất"}))["facets"][facet]["values"].is_array());
    }
    client.end();
}

#[test]
fn an_earlier_text_is_cited_as_such() {
    let index = TestIndex::new();
    let write = |text: &str| {
        let record = json!({"id": "tin-1", "title": "Xã mẫu họp bàn", "text": text});
        std::fs::write(index.archive().join("a.jsonl"), record.to_string()).unwrap();
        index.ingest(&[index.archive()], &Default::default());
    };
    let newest = || index.search(&Default::default()).hits[0].article.clone();
    write("Ngày 5/6/2024, xã mẫu họp bàn việc đắp đê. Bài hư cấu.");
    let earlier = newest();
    write("Ngày 5/6/2024, xã mẫu họp bàn việc đắp đê lần thứ hai. Bài hư cấu.");
    let later = newest();
    assert!(earlier.id == later.id && earlier.content_hash != later.content_hash);
    let mut client = Client::of(index.dir().to_str().unwrap());
    for (named, cited, other) in [
        (earlier.id.to_string(), later.content_hash, earlier.content_hash),
        (format!("{}@{}", earlier.id, earlier.content_hash), earlier.content_hash, later.content_hash),
    ] {
        let article = client.call("article", json!({"id": named}));
        let citation = article["citation"].as_str().unwrap();
        assert!(citation.contains(&cited.to_string()) && !citation.contains(&other.to_string()), "{citation}");
    }
    client.end();
}

#[test]
fn what_cannot_be_answered_is_told_and_the_next_call_is_answered() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let mut client = Client::of(index.dir().to_str().unwrap());
    for (tool, arguments, told) in [
        ("search", json!({"province": "Atlantis"}), "Atlantis"),
        ("search", json!({"query": {"a": 1}}), "write texts"),
        ("search", json!({"nonsense": "1"}), "nonsense"),
        ("search", json!({"limit": 100_000}), "limit"),
        ("article", json!({"id": "../../etc/passwd"}), "article"),
        ("article", json!({}), "article"),
        ("facets", json!({"field": "colour"}), "colour"),
        ("table", json!({"rows": "colour"}), "province"),
        ("table", json!({"rows": "official", "columns": "post", "official": "Lại Xuân Trứ"}), "posts"),
        ("trend", json!({"q": vec!["a"; 50]}), "50"),
        ("posts", json!({"top": 5_000}), "1000"),
        ("people", json!({"within": "page"}), "sentence"),
    ] {
        let answer = client.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        assert!(answer["result"]["isError"] == true && text.contains(told), "{tool}: {answer}");
    }
    assert_eq!(client.ask("tools/call", json!({"name": "delete"}))["error"]["code"], -32602);
    assert!(client.call("search", json!({"query": "đất"}))["total"].as_u64() > Some(0));
    client.end();

    let empty = tempfile::tempdir().unwrap();
    let mut client = Client::of(empty.path().join("index").to_str().unwrap());
    let answer = client.ask("tools/call", json!({"name": "search"}));
    assert!(answer["result"]["isError"] == true && answer["result"]["structuredContent"]["status"] == 503, "{answer}");
    client.end();
}
