//! The five articles that the project starts from: what is read out of them, and who finds them.

use crate::harness::{PIPELINE, TestIndex, shared};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tracuu::article::Article;
use tracuu::ingest::inspect;
use tracuu::search::{Filter, Request, Response};
use tracuu::text::canonical_phrase;
use unicode_normalization::UnicodeNormalization;

fn seeds() -> Option<(PathBuf, Vec<Value>)> {
    let gold = std::fs::read_to_string(shared("gold/seeds.jsonl")?).unwrap();
    let gold: Vec<Value> = gold.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(gold.len(), 5);
    Some((shared("seeds")?, gold))
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn read(folder: PathBuf) -> Vec<Article> {
    let mut articles = Vec::new();
    inspect(&[folder], &PIPELINE, &mut |record| {
        articles.push(record.unwrap());
        Ok(())
    })
    .unwrap();
    articles
}

#[test]
fn what_the_gold_says_is_read_out_of_them() {
    let Some((folder, gold)) = seeds() else { return };
    let articles = read(folder);
    let (mut right, mut missed, mut false_alarms) = (0_usize, 0_usize, 0_usize);
    for gold in &gold {
        let key = gold["id"].as_str().unwrap();
        let article = articles.iter().find(|article| article.key == key).unwrap();
        let body = article.body.as_deref().unwrap();

        let about: BTreeSet<&str> = article.provinces.about.iter().map(|unit| unit.unit.as_str()).collect();
        let named: BTreeSet<&str> =
            article.provinces.mentioned.iter().map(|unit| unit.unit.as_str()).chain(about.iter().copied()).collect();
        for unit in strings(&gold["provinces"]["about"]) {
            assert!(about.contains(unit), "{key} is about {unit}, found {about:?}");
        }
        for unit in strings(&gold["not_provinces"]) {
            assert!(!named.contains(unit), "{key} only has {unit} in its sidebar");
        }
        for boilerplate in strings(&gold["not_in_body"]) {
            assert!(!body.contains(boilerplate), "{key}: {boilerplate:?} is no part of the article");
        }
        match gold["title"].as_str() {
            Some(title) => assert_eq!((article.title.as_str(), article.title_derived), (title, false), "{key}"),
            None => assert!(article.title_derived && !article.title.is_empty(), "{key}"),
        }
        let event = &article.dates.event;
        let date = (event.from.map(|day| day.to_string()), event.to.map(|day| day.to_string()));
        let expected = (gold["date"]["from"].as_str().map(str::to_owned), gold["date"]["to"].as_str().map(str::to_owned));
        let honest_none = gold["date_none_ok"] == true && date == (None, None);
        assert!(date == expected || honest_none, "{key}: {date:?}, gold {expected:?}");

        let people = |names: Vec<&str>| names.into_iter().map(canonical_phrase).collect::<BTreeSet<_>>();
        let want = people(gold["officials"].as_array().unwrap().iter().map(|official| official["name"].as_str().unwrap()).collect());
        let have = people(article.officials.iter().map(|official| official.name.as_str()).collect());
        right += want.intersection(&have).count();
        missed += want.difference(&have).count();
        false_alarms += have.difference(&want).count();
    }
    let f1 = 2.0 * right as f64 / (2 * right + missed + false_alarms) as f64;
    assert!(f1 >= 0.9, "officials F1 {f1}: {right} right, {missed} missed, {false_alarms} false");
}

#[test]
fn a_short_name_is_kept_as_a_mention_of_its_person() {
    let Some((folder, gold)) = seeds() else { return };
    let articles = read(folder);
    for gold in &gold {
        let article = articles.iter().find(|article| article.key == gold["id"].as_str().unwrap()).unwrap();
        let body = article.body.as_deref().unwrap();
        for pair in gold["same_person"].as_array().into_iter().flatten() {
            let (short, full) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            let official = article.officials.iter().find(|official| official.name == full).unwrap();
            let given = short.rsplit(' ').next().unwrap();
            let mentions: Vec<&str> = official.mentions.iter().map(|&(start, end)| &body[start..end]).collect();
            assert!(mentions.iter().any(|mention| mention.ends_with(given) && *mention != full), "{full}: {mentions:?}");
        }
    }
}

/// Every way in which the same words may be typed.
fn spellings(text: &str) -> Vec<String> {
    let folded = tracuu::text::fold(&text.to_lowercase());
    // The other tone placement, where the text has one.
    let moved = text.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("úy", "uý");
    vec![text.to_owned(), folded, text.nfd().collect(), text.to_uppercase(), moved]
}

fn keys(response: &Response) -> BTreeSet<String> {
    response.hits.iter().map(|hit| hit.article.key[..3].to_owned()).collect()
}

#[test]
fn filters_find_them_however_they_are_typed() {
    let Some((folder, _)) = seeds() else { return };
    let index = TestIndex::of(&[folder]);
    type Filters = fn(&dyn Fn(&str) -> String) -> Vec<Filter>;
    let cases: [(&str, &str, Filters, &[&str]); 6] = [
        (
            "province and year",
            "chuyển đổi số",
            |t| vec![Filter::province(t("Ninh Bình")), Filter::Year("2024".to_owned())],
            &["000", "001"],
        ),
        ("today's unit finds its parts", "", |t| vec![Filter::province(t("Đồng Nai"))], &["002"]),
        ("a sidebar is no place", "", |t| vec![Filter::province(t("Lào Cai"))], &[]),
        ("an official", "", |t| vec![Filter::Official(t("Nguyễn Mạnh Hùng"))], &["000", "002", "003"]),
        ("person and post are one tuple", "", |t| vec![Filter::Official(t("Phan Tâm")), Filter::Role(t("Bộ trưởng"))], &[]),
        ("the post that the person has", "", |t| vec![Filter::Official(t("Phan Tâm")), Filter::Role(t("Thứ trưởng"))], &["000", "002"]),
    ];
    for (name, query, filters, expected) in cases {
        for spelling in 0..5 {
            let typed = |text: &str| spellings(text)[spelling].clone();
            let request = Request { query: typed(query), filters: filters(&typed), limit: 100, ..Request::default() };
            let found = keys(&index.search(&request));
            assert_eq!(found, expected.iter().map(|key| (*key).to_owned()).collect(), "{name}: {request:?}");
        }
    }
}
