//! Near-duplicates: against a brute-force reference on real and on edited articles; what must not tie stories together; damage.

use crate::dice::Dice;
use crate::harness::{TestIndex, shared, stdout, tracuu};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::Path;
use tracuu::article::{Article, Interval};
use tracuu::ingest::IngestOptions;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text without diacritics, by no code of the program's.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().replace('đ', "d").nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn shingles(text: &str) -> HashSet<String> {
    words(text).windows(5).map(|words| words.join(" ")).collect()
}

/// A body without runs of three lines or more that do not end as sentences do: lists of links, tables.
fn prose(body: &str) -> String {
    let lines: Vec<&str> = body.lines().collect();
    let is_sentence =
        |line: &&str| line.trim_end_matches(['"', '”', ')', ' ']).ends_with(['.', ';', ':', ',', '!']) || line.chars().count() > 220;
    let runs = lines.chunk_by(|one, other| is_sentence(one) == is_sentence(other));
    runs.filter(|run| run.len() < 3 || is_sentence(&run[0])).flatten().copied().collect::<Vec<_>>().join("\n")
}

/// What the reference knows of an article.
struct Read {
    id: String,
    shingles: HashSet<String>,
    prose: HashSet<String>,
    event: Option<Interval>,
}

impl Read {
    fn of(article: &Article) -> Read {
        let body = article.body.as_deref().unwrap_or("");
        let text = if body.is_empty() { &article.title } else { body };
        Read { id: article.id.to_string(), shingles: shingles(text), prose: shingles(&prose(body)), event: article.dates.event.interval() }
    }

    /// What two articles have in common, of what either has and of what the shorter has.
    fn common(&self, other: &Read) -> (f64, f64) {
        let common = self.shingles.intersection(&other.shingles).count() as f64;
        let (one, two) = (self.shingles.len() as f64, other.shingles.len() as f64);
        if common == 0.0 { (0.0, 0.0) } else { (common / (one + two - common), common / one.min(two)) }
    }

    /// Whether two articles are copies by the definition: Jaccard ≥ 0.8 or containment ≥ 0.95 of the shorter.
    fn is_alike(&self, other: &Read) -> bool {
        let (jaccard, containment) = self.common(other);
        jaccard >= 0.8 || containment >= 0.95
    }

    /// Whether it is only lists that two articles have in common; or one is mainly a list, and part of the other or the whole of it.
    fn is_alike_by_lists(&self, other: &Read) -> bool {
        let is_list = |one: &Read| one.prose.len() * 2 < one.shingles.len();
        let shares =
            |one: &Read, other: &Read| one.prose.len() < 10 || one.prose.intersection(&other.shingles).count() * 4 >= one.prose.len() * 3;
        let (shorter, longer) = if self.shingles.len() <= other.shingles.len() { (self, other) } else { (other, self) };
        match self.common(other).0 >= 0.8 {
            true => !shares(shorter, longer) || !shares(longer, shorter),
            false => is_list(shorter) || is_list(longer) || !shares(shorter, longer),
        }
    }

    /// Whether both dates are known, and differ.
    fn is_of_another_day(&self, other: &Read) -> bool {
        matches!((self.event, other.event), (Some(one), Some(other)) if !one.within(&other) && !other.within(&one))
    }
}

/// Pairs by number, the smaller first.
type Pairs = BTreeSet<(usize, usize)>;

/// Pairs that are copies by the definition, and those among them that are so by more than lists.
fn reference(articles: &[Read]) -> (Pairs, Pairs) {
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, article) in articles.iter().enumerate() {
        article.shingles.iter().for_each(|shingle| holders.entry(shingle).or_default().push(number));
    }
    let every: Pairs = holders
        .values()
        .flat_map(|holders| holders.iter().enumerate().flat_map(|(at, &one)| holders[at + 1..].iter().map(move |&other| (one, other))))
        .collect();
    let of = |&(one, other): &(usize, usize)| (&articles[one], &articles[other]);
    let is_copy = |pair: &(usize, usize)| {
        let (one, other) = of(pair);
        one.is_alike(other) && !one.is_of_another_day(other)
    };
    let copies: Pairs = every.into_iter().filter(is_copy).collect();
    let by_more = copies.iter().filter(|pair| !of(pair).0.is_alike_by_lists(of(pair).1)).copied().collect();
    (copies, by_more)
}

/// Pairs that share a component.
fn closure(pairs: &Pairs, articles: usize) -> Pairs {
    let mut set: Vec<usize> = (0..articles).collect();
    for &(one, other) in pairs {
        let (from, to) = (set[one].max(set[other]), set[one].min(set[other]));
        set.iter_mut().filter(|set| **set == from).for_each(|set| *set = to);
    }
    pairs_of(&set)
}

/// Pairs that have the same value.
fn pairs_of<T: Ord + Copy>(values: &[T]) -> Pairs {
    let mut by_value: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    values.iter().enumerate().for_each(|(number, value)| by_value.entry(*value).or_default().push(number));
    by_value
        .values()
        .flat_map(|set| set.iter().enumerate().flat_map(|(at, &one)| set[at + 1..].iter().map(move |&other| (one, other))))
        .collect()
}

/// Indexes records, and holds the groups against the reference: precision, recall over pairs of articles.
fn measure(name: &str, records: &[Value]) -> (f64, f64) {
    let index = TestIndex::new();
    let archive = index.archive();
    fs::write(archive.join("bai.jsonl"), records.iter().map(|record| format!("{record}\n")).collect::<String>()).unwrap();
    index.ingest(&[archive], &IngestOptions::default());
    let generation = index.generation();
    let mut articles: Vec<Article> = generation.articles().map(|stored| stored.unwrap().article).collect();
    articles.sort_by_key(|article| article.id);
    let read: Vec<Read> = articles.iter().map(Read::of).collect();

    let found = pairs_of(&articles.iter().map(|article| article.group.unwrap_or(article.id)).collect::<Vec<_>>());
    let (with_lists, direct) = reference(&read);
    let all = closure(&direct, read.len());
    let share = |of: &Pairs, among: &Pairs| if of.is_empty() { 1.0 } else { of.intersection(among).count() as f64 / of.len() as f64 };
    let (precision, recall) = (share(&found, &all), share(&direct, &found));
    println!("{name}: {} articles; pairs: {} found, {} alike, {} with those between", read.len(), found.len(), direct.len(), all.len());
    println!("  precision {precision:.4}, recall {recall:.4}; {:.4} with those between", share(&all, &found));
    let lists = closure(&with_lists, read.len());
    println!(
        "  lists of links counted as text: {} alike, {} with those between; precision {:.4}, recall {:.4}",
        with_lists.len(),
        lists.len(),
        share(&found, &lists),
        share(&with_lists, &found)
    );
    for (what, pairs) in [("found in vain", found.difference(&all)), ("missed", direct.difference(&found))] {
        for &(one, other) in pairs.take(8) {
            println!(
                "  {what}: {} {:?} / {} {:?}",
                articles[one].key,
                read[one].event.map(|event| event.iso()),
                articles[other].key,
                read[other].event.map(|event| event.iso())
            );
        }
    }
    assert!(read.iter().all(|article| !article.id.is_empty()));
    (precision, recall)
}

/// Up to a tenth of the words deleted, replaced, cut with their paragraphs; another portal's frame; another title.
fn edited(record: &Value, number: usize, dice: &mut Dice) -> Value {
    const OTHER: [&str; 8] = ["tỉnh", "vừa", "mới", "đã", "theo", "cùng", "tổ chức", "thực hiện"];
    let body = record["text"].as_str().unwrap();
    let share = dice.roll(101);
    let mut words: Vec<String> = body.split_inclusive(char::is_whitespace).map(str::to_owned).collect();
    let edits = words.len() * share / 1_000;
    let mut title = record["title"].as_str().unwrap_or("").to_owned();
    match dice.roll(6) {
        // In one place, as an editor does, or all over.
        0 => (0..edits).for_each(|_| drop(words.remove(dice.roll(words.len())))),
        1 => {
            let at = dice.roll(words.len() - edits);
            words.drain(at..at + edits);
        }
        2 => (0..edits).for_each(|_| {
            let at = dice.roll(words.len());
            words[at] = format!("{} ", dice.pick(&OTHER));
        }),
        3 => {
            let at = dice.roll(words.len() - edits);
            words[at..at + edits].iter_mut().for_each(|word| *word = format!("{} ", dice.pick(&OTHER)));
        }
        4 => {
            words.insert(0, format!("{} của Cổng thông tin điện tử xin giới thiệu cùng bạn đọc bài viết sau đây.\n", dice.pick(&OTHER)));
            words.push("\nBài viết được dẫn lại nguyên văn từ trang của đơn vị bạn, có biên tập cho phù hợp.".to_owned());
        }
        _ => title = format!("{} {title}", dice.pick(&OTHER)),
    }
    json!({ "id": format!("{}-{number}", record["id"].as_str().unwrap()), "title": title, "text": words.concat(), "date": record["date"] })
}

fn records(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
#[ignore = "over real articles; `cargo test --release --test it -- --ignored` runs it"]
fn groups_are_those_of_a_comparison_of_every_two() {
    let Some(path) = shared("gov/pages.jsonl") else { return };
    let pages = records(&path);
    let (precision, recall) = measure("government pages", &pages);
    assert!(precision >= 0.98 && recall >= 0.95);

    let mut dice = Dice(20_261_122);
    let long: Vec<&Value> =
        pages.iter().filter(|page| page["text"].as_str().is_some_and(|text| text.split_whitespace().count() >= 60)).collect();
    let edits = long.iter().flat_map(|page| (0..4).map(|number| edited(page, number, &mut dice)).collect::<Vec<_>>()).collect::<Vec<_>>();
    let (precision, recall) = measure("with edits of up to a tenth", &[pages.clone(), edits].concat());
    assert!(precision >= 0.98 && recall >= 0.95);
}

/// Made-up paragraphs, one for each number.
fn text(paragraphs: impl IntoIterator<Item = usize>) -> String {
    let words = [
        "đường làng",
        "kênh mương",
        "trồng cây",
        "khám bệnh",
        "nhà văn hóa",
        "dạy nghề",
        "ven sông",
        "mùa lũ",
        "bà con",
        "hợp tác xã",
        "cán bộ",
        "trường học",
        "nước sạch",
        "ngày công",
        "chợ phiên",
        "cây cầu",
        "đê biển",
        "thuyền bè",
    ];
    let paragraph = |number: usize| {
        let mut dice = Dice(number as u64);
        let drawn: Vec<&str> = (0..60).map(|_| dice.pick(&words)).collect();
        format!("Chủ tịch xã số {number} cho biết {} và góp ngày công.", drawn.join(" "))
    };
    paragraphs.into_iter().map(paragraph).collect::<Vec<_>>().join("\n")
}

fn links() -> String {
    (0..24).map(|number| format!("Xã số {number} tổng kết phong trào thi đua của năm với {} điển hình\n", number * 3 + 2)).collect()
}

/// The groups of an archive, by the keys of its records, each in order.
fn groups(records: &[Value]) -> Vec<Vec<String>> {
    groups_in(&TestIndex::new(), records)
}

/// The same, of an index that held other records before.
fn groups_in(index: &TestIndex, records: &[Value]) -> Vec<Vec<String>> {
    let archive = index.archive();
    fs::write(archive.join("bai.jsonl"), records.iter().map(|record| format!("{record}\n")).collect::<String>()).unwrap();
    index.ingest(&[archive], &IngestOptions { prune: true, force: true, ..IngestOptions::default() });
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for article in index.generation().articles().map(|stored| stored.unwrap().article) {
        if let Some(group) = article.group {
            groups.entry(group.to_string()).or_default().push(article.key);
        }
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
}

#[test]
fn what_is_no_story_ties_none_together() {
    let record = |id: &str, date: Option<&str>, text: &str| json!({ "id": id, "title": format!("Tin {id}"), "body": text, "date": date });
    let day = Some("2024-05-13");
    let digest = text([1, 2, 3, 4]);
    type Case<'a> = (&'a str, Vec<Value>, &'a [&'a [&'a str]]);
    let cases: [Case; 6] = [
        ("copies", vec![record("a", day, &text([1, 2])), record("b", day, &text([1, 2])), record("c", day, &text([3]))], &[&["a", "b"]]),
        ("other days", vec![record("a", day, &text([1, 2])), record("b", Some("2024-06-01"), &text([1, 2]))], &[]),
        (
            "an undated copy of two days goes with the earlier",
            vec![record("a", day, &text([1, 2])), record("b", Some("2024-06-01"), &text([1, 2])), record("c", None, &text([1, 2]))],
            &[&["a", "c"]],
        ),
        ("the same links", vec![record("a", day, &(text([1]) + "\n" + &links())), record("b", day, &(text([2]) + "\n" + &links()))], &[]),
        ("links alone", vec![record("a", day, &links()), record("b", day, &(text([1, 2]) + "\n" + &links()))], &[]),
        (
            "a digest of four stories, and one of them in two cuts",
            vec![
                record("all", day, &digest),
                record("one", day, &text([1])),
                record("two", day, &text([2])),
                record("three", day, &text([3])),
                record("again", day, &text([3])),
            ],
            &[&["again", "three"]],
        ),
    ];
    // An index keeps which texts it has compared, and may lose that.
    let keeps = TestIndex::new();
    let loses = TestIndex::new();
    for (name, records, expected) in cases {
        assert_eq!(groups(&records), expected, "{name}");
        assert_eq!(groups_in(&keeps, &records), expected, "{name}, behind the cases before");
        assert_eq!(groups_in(&loses, &records), expected, "{name}, where what was compared is damaged");
        fs::write(loses.dir().join("compared.bin"), "tracuu compared 1\n").unwrap();
        let backwards: Vec<Value> = records.into_iter().rev().collect();
        assert_eq!(groups(&backwards), expected, "{name}, in another order");
    }
}

/// An index over three copies of a story and another one, and the id of the first copy.
fn small() -> (TestIndex, String) {
    let index = TestIndex::new();
    let archive = index.archive();
    let record = |id: &str, source: &str, text: &str| {
        json!({ "id": id, "title": format!("Xã sửa đường {id}"), "body": text, "date": "2024-05-13", "source": source }).to_string() + "\n"
    };
    let whole = text([1, 2]);
    let edited = whole.replacen("Chủ tịch xã", "Phó Chủ tịch xã", 1);
    let lines =
        [record("a", "Báo A", &whole), record("b", "Báo B", &edited), record("c", "Báo C", &text([1])), record("d", "Báo D", &text([9]))];
    fs::write(archive.join("bai.jsonl"), lines.concat()).unwrap();
    index.ingest(&[archive], &IngestOptions::default());
    let groups = index.generation().articles().find_map(|stored| stored.unwrap().article.group).unwrap().to_string();
    (index, groups)
}

#[test]
fn a_search_shows_one_of_the_copies_or_all_and_counts_both() {
    let (index, _) = small();
    let dir = index.dir().to_str().unwrap().to_owned();
    let search = |more: &[&str]| {
        stdout(index.dir().parent().unwrap(), &[&["search", "ngày công", "--limit", "all", "--index", &dir], more].concat(), 0)
    };
    let collapsed: Value = serde_json::from_str(&search(&["--format", "json"])).unwrap();
    let copies =
        |response: &Value| response["hits"].as_array().unwrap().iter().map(|hit| hit["copies"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!((&collapsed["total"], &collapsed["total_stories"], copies(&collapsed).iter().sum::<u64>()), (&json!(4), &json!(2), 2));
    let every: Value = serde_json::from_str(&search(&["--format", "json", "--all-copies"])).unwrap();
    assert_eq!((every["hits"].as_array().unwrap().len(), &every["hits_of"]), (4, &json!("articles")));

    let text = search(&["--facets", "source"]);
    assert!(text.starts_with("4 bài · 2 tin · ") && text.contains(" · +2 bản khác\n"), "{text}");
    let stories = search(&["--facets", "source", "--collapse"]);
    assert!(stories.starts_with("2 tin · 4 bài · "), "{stories}");

    // An export is whole, unless it is said to be of stories.
    for (more, rows) in [(vec![], 4), (vec!["--collapse"], 2)] {
        for (format, headers) in [("jsonl", 0), ("csv", 1), ("trec", 0)] {
            let lines = search(&[&["--format", format], more.as_slice()].concat());
            assert_eq!(lines.lines().count(), rows + headers, "{format} {more:?}");
        }
    }
    let facets = |more: &[&str]| {
        stdout(index.dir().parent().unwrap(), &[&["facets", "collection", "--format", "csv", "--index", &dir], more].concat(), 0)
    };
    assert!(facets(&[]).ends_with(",archive,4\n") && facets(&["--collapse"]).ends_with(",archive,2\n"));
    let stats = stdout(index.dir().parent().unwrap(), &["stats", "--index", &dir], 0);
    assert!(stats.contains("2 stories: 1 groups of near-duplicates hold 2 articles more"), "{stats}");
}

#[test]
fn copies_are_listed_with_what_was_changed() {
    let (index, first) = small();
    let dir = index.dir().to_str().unwrap().to_owned();
    let run = |arguments: &[&str], code| stdout(index.dir().parent().unwrap(), &[&["copies", "--index", &dir], arguments].concat(), code);
    let text = run(&[&first, "--diff"], 0);
    assert!(text.starts_with("3 bản của một tin\n\n1. ") && text.contains("giống bản 1: Jaccard 0."), "{text}");
    assert!(text.contains("[-") || text.contains("{+"), "{text}");
    assert!(!text.contains('\u{1b}'), "piped output is plain");
    let members: Value = serde_json::from_str(&run(&[&first, "--format", "json"], 0)).unwrap();
    assert_eq!((members["group"].as_str(), members["members"].as_array().unwrap().len()), (Some(first.as_str()), 3));
    assert!(members["members"].as_array().unwrap().iter().all(|member| member["changes"].is_null() && member["body"].is_null()));
    run(&["0000000000000000000000000000ffff"], 1);
}

#[test]
fn a_damaged_table_is_told_and_the_next_run_writes_it_anew() {
    let (index, _) = small();
    let dir = index.dir();
    let table = fs::read_dir(&dir)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("groups-")))
        .unwrap();
    let whole = fs::read(&table).unwrap();
    let search = || tracuu(&dir, &["search", "ngày công", "--index", "."]);
    for broken in [None, Some(&whole[..whole.len() / 2]), Some(&[whole.as_slice(), b"x"].concat())] {
        fs::remove_file(&table).unwrap();
        if let Some(broken) = broken {
            fs::write(&table, broken).unwrap();
        }
        let output = search();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && message.contains("groups-") && message.contains("damaged"), "{message}");
        index.ingest(&[index.archive()], &IngestOptions::default());
        assert_eq!((search().status.code(), fs::read(&table).unwrap() == whole), (Some(0), true));
    }
}
