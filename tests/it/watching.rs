//! `tracuu watch`: what is new to watched queries is told once, whatever happens between two runs.

use crate::dice::Dice;
use crate::harness::{PIPELINE, TestIndex, start, stdout, tracuu};
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tracuu::ingest::IngestOptions;
use tracuu::search::{BatchFormat, News, Watch, WatchState, read_batch};

const QUERIES: &str = "id\tquery\tprovince\nrung\ttrồng rừng\t\ndien-bien\t\tĐiện Biên\nhop\thọp\tSơn La\n";

/// An archive of two articles, its index, and a file of queries, in one folder.
struct Desk {
    index: TestIndex,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { index: TestIndex::new() };
        desk.put("a.txt", "Sơn La họp bàn\nNgày 12/3/2024, UBND tỉnh Sơn La họp với huyện Sốp Cộp. (Bài hư cấu.)\n");
        desk.put("b.txt", "Điện Biên trồng rừng\nNgày 15/3/2024, UBND tỉnh Điện Biên phát động trồng rừng. (Bài hư cấu.)\n");
        desk.write("watch.tsv", QUERIES);
        desk.index();
        desk
    }

    fn here(&self) -> PathBuf {
        self.index.dir().parent().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.here().join(name), text).unwrap();
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.index.archive().join(name), text).unwrap();
    }

    fn index(&self) {
        self.index.ingest(&[self.index.archive()], &IngestOptions { prune: true, force: true, ..IngestOptions::default() });
    }

    /// What a run tells, `query file why` each, in order.
    fn told(&self, arguments: &[&str], code: i32) -> Vec<String> {
        let text = stdout(&self.here(), &[&["watch", "--format", "jsonl"], arguments].concat(), code);
        told(&text)
    }

    fn state(&self) -> Option<Vec<u8>> {
        fs::read(self.here().join("watch.tsv.state.json")).ok()
    }
}

fn told(jsonl: &str) -> Vec<String> {
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text(&line["query"]["id"]), text(&line["key"]), text(&line["why"]))
    };
    jsonl.lines().map(line).collect()
}

const C: &str = "Lễ phát động ở Điện Biên\nNgày 20/3/2024, UBND tỉnh Điện Biên trồng rừng đợt hai. (Bài hư cấu.)\n";

#[test]
fn the_first_run_takes_note_and_the_next_tell_what_is_new_once() {
    let desk = Desk::new();
    assert_eq!(desk.told(&[], 1), [""; 0]);
    assert_eq!(desk.told(&[], 1), [""; 0]);
    desk.put("c.txt", C);
    assert_eq!(desk.told(&[], 1), [""; 0], "it is not in the index yet");
    desk.index();
    let expected = ["rung c.txt added", "dien-bien c.txt added"];
    assert_eq!(desk.told(&["--peek"], 0), expected);
    assert_eq!(desk.told(&[], 0), expected, "a peek takes no note");
    assert_eq!(desk.told(&[], 1), [""; 0]);
}

#[test]
fn each_new_article_comes_with_its_place_its_passage_and_the_reason() {
    let desk = Desk::new();
    desk.told(&[], 1);
    desk.put("c.txt", C);
    desk.index();
    let text = stdout(&desk.here(), &["watch", "--peek"], 0);
    for expected in ["== rung (trồng rừng): 1 bài", "== dien-bien: 1 bài", "20/03/2024 · Điện Biên", "trồng rừng đợt hai", "bài mới"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let line: Value = serde_json::from_str(stdout(&desk.here(), &["watch", "--format", "jsonl"], 0).lines().next().unwrap()).unwrap();
    assert_eq!((line["query"]["new"].as_u64(), line["query"]["line"].as_u64()), (Some(1), Some(2)));
    assert_eq!(line["provinces"]["about"][0]["unit"], "Điện Biên");
    let snippet = &line["snippets"][0];
    let [start, end] = [0, 1].map(|at| snippet["highlights"][0][at].as_u64().unwrap() as usize);
    assert_eq!(&snippet["text"].as_str().unwrap()[start..end], "trồng");
}

#[test]
fn all_that_is_there_is_told_when_it_is_asked_for() {
    let desk = Desk::new();
    let expected = ["rung b.txt known", "dien-bien b.txt known", "hop a.txt known"];
    assert_eq!(desk.told(&["--all", "--peek"], 0), expected);
    assert!(desk.state().is_none());
    assert_eq!(desk.told(&["--all"], 0), expected);
    desk.put("c.txt", C);
    desk.index();
    let all = desk.told(&["--all", "--peek"], 0);
    assert!(all.contains(&"rung c.txt added".to_owned()) && all.contains(&"rung b.txt known".to_owned()), "{all:?}");
}

#[test]
fn edits_and_corrections_are_news_to_the_queries_that_find_them_now() {
    let desk = Desk::new();
    desk.told(&[], 1);
    desk.put("a.txt", "Sơn La họp bàn\nNgày 12/3/2024, UBND tỉnh Sơn La họp về trồng rừng với huyện Sốp Cộp. (Bài hư cấu.)\n");
    desk.index();
    assert_eq!(desk.told(&[], 0), ["rung a.txt text", "hop a.txt text"]);
    let articles = crate::harness::articles(&desk.index.dir()).unwrap();
    let id = articles.into_iter().find(|(_, stored)| stored.article.key == "a.txt").unwrap().0;
    stdout(&desk.here(), &["correct", &id, "--set", "province", "Điện Biên", "--why", "họp ở nơi khác", "--by", "Mơ"], 0);
    assert_eq!(desk.told(&[], 0), ["rung a.txt values", "dien-bien a.txt values"]);
    assert_eq!(desk.told(&[], 1), [""; 0]);
}

#[test]
fn an_index_that_is_built_anew_has_no_news_but_what_is_new() {
    let desk = Desk::new();
    desk.told(&[], 1);
    let before = desk.index.generation().manifest().index_id;
    fs::remove_dir_all(desk.index.dir()).unwrap();
    // By another process: an index is named for its folder, the second and the process.
    stdout(&desk.here(), &["index", "archive"], 0);
    assert_ne!(desk.index.generation().manifest().index_id, before);
    assert_eq!(desk.told(&[], 1), [""; 0]);
    desk.put("c.txt", C);
    stdout(&desk.here(), &["rebuild", "--discard"], 0);
    assert_eq!(desk.told(&[], 0), ["rung c.txt added", "dien-bien c.txt added"]);
}

#[test]
fn a_query_that_is_added_later_hears_what_is_new_from_then_on() {
    let desk = Desk::new();
    desk.told(&[], 1);
    desk.write("watch.tsv", format!("{QUERIES}ban\tphát động\t\n"));
    assert_eq!(desk.told(&[], 1), [""; 0], "b.txt was there before");
    desk.put("c.txt", C);
    desk.index();
    assert_eq!(desk.told(&[], 0), ["rung c.txt added", "dien-bien c.txt added", "ban c.txt added"]);
    // One that comes together with an article hears of it.
    desk.put("d.txt", "Sơn La họp lần hai\nNgày 22/3/2024, UBND tỉnh Sơn La họp tiếp. (Bài hư cấu.)\n");
    desk.index();
    desk.write("watch.tsv", format!("{QUERIES}hai\tlần hai\t\n"));
    assert_eq!(desk.told(&[], 0), ["hop d.txt added", "hai d.txt added"]);
}

#[test]
fn a_query_that_could_not_be_answered_hears_later_what_it_missed() {
    let desk = Desk::new();
    desk.told(&[], 1);
    desk.write("watch.tsv", QUERIES.replace("Điện Biên", "Atlantis"));
    desk.put("c.txt", C);
    desk.index();
    let output = tracuu(&desk.here(), &["watch", "--format", "jsonl"]);
    let (text, errors) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(2));
    assert!(errors.contains("watch.tsv, line 3: no province fits \"Atlantis\""), "{errors}");
    assert_eq!(told(&text), ["rung c.txt added", "dien-bien - -"]);
    assert!(text.lines().any(|line| line.contains("\"error\":\"no province fits")));
    desk.put("d.txt", "Điện Biên họp\nNgày 25/3/2024, UBND tỉnh Điện Biên họp. (Bài hư cấu.)\n");
    desk.index();
    assert_eq!(desk.told(&[], 2), ["dien-bien - -"]);
    desk.write("watch.tsv", QUERIES);
    assert_eq!(desk.told(&[], 0), ["dien-bien d.txt added", "dien-bien c.txt added"], "both, and rung hears nothing again");
    assert_eq!(desk.told(&[], 1), [""; 0]);
}

#[test]
fn somebody_whom_no_article_names_yet_is_waited_for() {
    let desk = Desk::new();
    desk.write("watch.tsv", "id\tofficial\nsam\tCầm Thị Sâm Mẫu\n");
    let output = tracuu(&desk.here(), &["watch"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && errors.contains("watch.tsv, line 2: no official fits"), "{errors}");
    desk.put("d.txt", "Sơn La họp\nNgày 25/3/2024, Giám đốc Sở Y tế tỉnh Sơn La Cầm Thị Sâm Mẫu dự họp. (Bài hư cấu.)\n");
    desk.index();
    assert_eq!(desk.told(&[], 0), ["sam d.txt added"]);
}

#[test]
fn a_line_that_cannot_be_read_hears_later_what_it_missed() {
    for broken in ["rung\t\"trồng rừng\t\n", "\"id\trung\n"] {
        let desk = Desk::new();
        assert_eq!(desk.told(&[], 1), [""; 0]);
        desk.write("watch.tsv", format!("id\tquery\tprovince\nhop\thọp\tSơn La\n{broken}"));
        desk.put("e.txt", "Lai Châu trồng rừng\nNgày 20/3/2024, UBND tỉnh Lai Châu trồng rừng. (Bài hư cấu.)\n");
        desk.index();
        assert_eq!(tracuu(&desk.here(), &["watch"]).status.code(), Some(2), "{broken}");
        desk.write("watch.tsv", QUERIES);
        assert_eq!(desk.told(&[], 0), ["rung e.txt added"], "{broken}");
    }
}

#[test]
fn two_runs_at_once_do_not_tell_the_same() {
    let desk = Desk::new();
    assert_eq!(desk.told(&[], 1), [""; 0]);
    let other = fs::File::create(desk.here().join("watch.tsv.lock")).unwrap();
    other.lock().unwrap();
    let output = tracuu(&desk.here(), &["watch"]);
    assert!(output.status.code() == Some(2) && String::from_utf8(output.stderr).unwrap().contains("another `tracuu watch`"));
    assert_eq!(desk.told(&["--peek"], 1), [""; 0]);
    drop(other);
    assert_eq!(desk.told(&[], 1), [""; 0]);
}

#[test]
fn what_would_hide_news_is_refused() {
    let desk = Desk::new();
    for field in ["limit", "offset"] {
        desk.write("watch.tsv", format!("name\tquery\t{field}\nrung\ttrồng rừng\t1\n"));
        let output = tracuu(&desk.here(), &["watch"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(errors.contains(&format!("line 2: {field} would hide some of what is new")), "{errors}");
    }
}

#[test]
fn who_stops_reading_or_is_killed_has_not_been_told() {
    let desk = Desk::new();
    desk.told(&[], 1);
    desk.put("c.txt", C);
    desk.index();
    let before = desk.state().unwrap();
    let mut child = start(&desk.here(), &["watch", "--format", "jsonl"]);
    drop(child.stdout.take());
    child.wait().unwrap();
    assert_eq!(desk.state().unwrap(), before, "a reader who has gone was told nothing");
    let expected = ["rung c.txt added", "dien-bien c.txt added"];
    assert_eq!(desk.told(&["--peek"], 0), expected);

    for delay in [0, 20, 60, 100, 150, 250, 400] {
        let mut child = start(&desk.here(), &["watch", "--format", "jsonl"]);
        std::thread::sleep(Duration::from_millis(delay));
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let state = desk.state().unwrap();
        WatchState::from_json(&state).unwrap();
        if state == before {
            assert_eq!(desk.told(&["--peek"], 0), expected, "killed after {delay} ms");
        } else {
            assert_eq!(told(std::str::from_utf8(&output.stdout).unwrap()), expected, "killed after {delay} ms, and noted");
            desk.write("watch.tsv.state.json", &before);
        }
    }
    assert_eq!(desk.told(&[], 0), expected);
}

#[test]
fn a_state_that_is_none_or_of_another_archive_is_an_error_that_changes_nothing() {
    let desk = Desk::new();
    desk.told(&[], 1);
    let whole = String::from_utf8(desk.state().unwrap()).unwrap();
    let long = format!("{{\"format\":1,\"articles\":{}", "[".repeat(100_000));
    let hostile = [
        String::new(),
        "x".to_owned(),
        "{}".to_owned(),
        "[1]".to_owned(),
        whole[..whole.len() / 2].to_owned(),
        whole.replace("\"format\":1", "\"format\":2"),
        whole.replace("\"run\":1", "\"run\":0"),
        whole.replace("\"run\":1", &format!("\"run\":{}", u64::MAX)),
        whole.replace("\"run\":1", "\"run\":-1"),
        whole.replace("\"queries\":{", "\"queries\":[{"),
        long,
    ];
    for text in hostile {
        desk.write("watch.tsv.state.json", &text);
        let output = tracuu(&desk.here(), &["watch"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{}: {errors}", &text[..text.len().min(80)]);
        assert!(errors.contains("watch.tsv.state.json") && errors.contains("remove it to begin anew"), "{errors}");
        assert_eq!(desk.state().unwrap(), text.as_bytes());
    }
    // Runs that have not been, ids twice and out of order: as if nothing were new.
    let row = whole.lines().nth(1).unwrap().trim_end_matches(',').to_owned();
    let future = whole.replace(",1,1,1]", &format!(",{0},{0},{0}]", u64::MAX)).replacen("\n]}", &format!(",\n{row}\n]}}"), 1);
    desk.write("watch.tsv.state.json", future);
    assert_eq!(desk.told(&[], 1), [""; 0]);

    let other = TestIndex::new();
    for number in 0..3 {
        fs::write(other.archive().join(format!("{number}.txt")), format!("Tin số {number}\nMột tin khác hẳn. (Bài hư cấu.)\n")).unwrap();
    }
    other.ingest(&[other.archive()], &IngestOptions::default());
    let output = tracuu(&desk.here(), &["watch", "--index", other.dir().to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && errors.contains("it is another archive"), "{errors}");
}

#[test]
fn a_file_of_queries_may_hold_anything() {
    let desk = Desk::new();
    let cases: [(&[u8], i32); 7] = [
        (b"", 2),
        (b"id\tquery\n", 2),
        (b"id\tquery\n\xff\xfe\tx\n", 2),
        (b"id\tquery\nx\t\"(((\n", 2),
        (b"id\tquery\tprovnce\nx\ta\tb\n", 2),
        (b"id\tquery\nx\thop\nx\thop\n", 2),
        ("id\tquery\n".as_bytes(), 2),
    ];
    for (bytes, code) in cases {
        desk.write("watch.tsv", bytes);
        let output = tracuu(&desk.here(), &["watch", "--peek"]);
        assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    }
    fs::remove_file(desk.here().join("watch.tsv")).unwrap();
    let output = tracuu(&desk.here(), &["watch"]);
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("watch.tsv"));
}

#[test]
fn the_feed_is_atom_with_an_entry_for_each_article_under_an_id_that_stays() {
    let desk = Desk::new();
    let entries = |arguments: &[&str], code: i32| -> Vec<BTreeMap<String, String>> {
        let xml = stdout(&desk.here(), &[&["watch", "--format", "atom"], arguments].concat(), code);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut path, mut entries) = (Vec::<String>::new(), Vec::<BTreeMap<String, String>>::new());
        let mut head = BTreeSet::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    path.push(start.name().as_ref().to_owned());
                    if path == ["feed", "entry"] {
                        entries.push(BTreeMap::new());
                    }
                }
                Event::End(_) => drop(path.pop()),
                Event::Text(text) => {
                    let name = path.last().cloned().unwrap_or_default();
                    match path.get(1).map(String::as_str) {
                        Some("entry") => entries.last_mut().unwrap().entry(name).or_default().push_str(&text),
                        Some(_) => drop(head.insert(name)),
                        None => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(path.is_empty() && ["title", "id", "updated"].iter().all(|name| head.contains(*name)), "{xml}");
        entries
    };
    assert!(entries(&[], 1).is_empty());
    desk.put("c.txt", C);
    desk.index();
    let first = entries(&[], 0);
    assert_eq!(first.len(), 1, "two queries found one article");
    let content = &first[0]["content"];
    assert!(content.contains("Điện Biên") && content.contains("rung: bài mới; dien-bien: bài mới"), "{content}");
    assert!(["title", "updated", "name"].iter().all(|name| first[0].contains_key(*name)));
    desk.put("c.txt", &C.replace("đợt hai", "đợt ba"));
    desk.index();
    let again = entries(&[], 0);
    assert_eq!(again[0]["id"], first[0]["id"]);
    assert!(again[0]["content"].contains("bài được sửa") && again[0]["updated"] >= first[0]["updated"]);
}

/// What an archive of a test holds: the edition of each file, by name.
type Files = BTreeMap<String, u32>;

#[test]
fn nothing_is_lost_and_nothing_told_twice_whatever_happens_between_two_runs() {
    const QUERY: &str = "id\tquery\nchan\tchẵn\nle\tlẻ\n";
    const NAMES: usize = 6;
    let mut dice = Dice(7);
    let index = TestIndex::new();
    let put = |name: &str, edition: u32| {
        // Of even and odd editions another query hears.
        let (parity, title) = (if edition.is_multiple_of(2) { "chẵn" } else { "lẻ" }, name.trim_end_matches(".txt"));
        let text = format!("Tin {title}\nBản thứ {edition} của tin {title}, số {parity}, kể chuyện mùa màng ở làng bên. (Bài hư cấu.)\n");
        fs::write(index.archive().join(name), text).unwrap();
    };
    let ingest = || index.ingest(&[index.archive()], &IngestOptions { prune: true, force: true, ..IngestOptions::default() });
    let (mut files, mut known): (Files, Files) = (Files::new(), Files::new());
    let mut state: Option<WatchState> = None;
    put("0.txt", 0);
    files.insert("0.txt".to_owned(), 0);
    ingest();
    for _ in 0..40 {
        let name = format!("{}.txt", dice.roll(NAMES));
        match dice.roll(6) {
            0 | 1 => {
                let edition = files.get(&name).map_or(0, |edition| edition + 1);
                put(&name, edition);
                files.insert(name, edition);
                ingest();
            }
            2 if files.len() > 1 => {
                if files.remove(&name).is_some() {
                    fs::remove_file(index.archive().join(&name)).unwrap();
                }
                ingest();
            }
            3 => {
                fs::remove_dir_all(index.dir()).unwrap();
                ingest();
            }
            4 => drop(ingest()),
            _ => {
                let generation = index.generation();
                let kept = state.as_ref().map(|state| WatchState::from_json(&state.to_json()).unwrap());
                let is_first = kept.is_none();
                let mut watch = Watch::begin(&generation, kept, false).unwrap();
                let mut told = BTreeSet::new();
                for line in read_batch(QUERY.as_bytes(), BatchFormat::Tsv) {
                    let asked = watch.ask(&PIPELINE.authority, &line).unwrap();
                    let mut number = 0;
                    watch
                        .tell(&PIPELINE.authority, &line, &asked, |why, hit| {
                            number += 1;
                            assert!(told.insert((line.id.clone(), hit.article.key.clone(), why == News::Added)), "told twice");
                            ControlFlow::Continue(())
                        })
                        .unwrap();
                    assert_eq!(number, asked.new);
                }
                let news = files.iter().filter(|(name, edition)| !is_first && known.get(*name) != Some(edition));
                let query = |edition: u32| if edition.is_multiple_of(2) { "chan" } else { "le" };
                let expected: BTreeSet<_> =
                    news.map(|(name, &edition)| (query(edition).to_owned(), name.clone(), !known.contains_key(name))).collect();
                assert_eq!(told, expected);
                known = files.clone();
                state = Some(watch.state());
            }
        }
    }
    assert!(state.is_some() && Path::new(&index.dir()).exists());
}
