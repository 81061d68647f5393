//! The bundled archive: what its own facts say is read out of it, and the same article is found on both maps.

use crate::harness::{PIPELINE, TestIndex, repository};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tracuu::article::Article;
use tracuu::eval::{MetadataRecords, MetadataScore};
use tracuu::ingest::inspect;
use tracuu::search::{Boundaries, Filter, Request};

/// The corpus as it is read, by key, and what was written down of it before the extractor existed.
fn read() -> (BTreeMap<String, Article>, String) {
    let mut articles = BTreeMap::new();
    inspect(&[repository().join("corpus")], &PIPELINE, &mut |record| {
        // The corpus holds broken files on purpose.
        if let Ok(article) = record {
            articles.insert(article.key.clone(), article);
        }
        Ok(())
    })
    .unwrap();
    (articles, std::fs::read_to_string(repository().join("tests/golden/corpus_facts.jsonl")).unwrap())
}

/// The articles, and how well who, where and when were found in them.
pub fn score() -> (BTreeMap<String, Article>, MetadataScore) {
    let (articles, facts) = read();
    let lines: Vec<String> = articles.values().map(|article| serde_json::to_string(article).unwrap()).collect();
    let predictions = MetadataRecords::read(&lines.join("\n")).unwrap();
    let score = MetadataRecords::read(&facts).unwrap().score(&predictions, &PIPELINE.authority.abbreviations).unwrap();
    (articles, score)
}

#[test]
fn its_facts_are_read_out_of_it() {
    let (_, score) = score();
    let (officials, about, dates) = (score.officials.f1.unwrap(), score.about.f1.unwrap(), score.date.right.unwrap());
    println!("officials F1 {officials:.3}, about F1 {about:.3}, dates right {dates:.3}");
    assert!(score.articles >= 60, "{} articles", score.articles);
    assert!(officials >= 0.95 && about >= 0.95 && dates >= 0.95, "{:#?}", score.errors);
    assert!(score.roles.matching >= Some(0.95) && score.date.wrong <= Some(0.01), "{:#?}", score.errors);
}

#[test]
fn nothing_of_a_pages_frame_stands_in_a_body() {
    let (articles, facts) = read();
    for fact in facts.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let key = fact["key"].as_str().unwrap();
        for boilerplate in fact["not_in_body"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(!articles[key].body.as_deref().unwrap().contains(boilerplate), "{key}: {boilerplate:?} is no part of the article");
        }
    }
}

#[test]
fn one_name_is_two_units_over_time_and_one_today() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let units = |boundaries, year: &str| -> (u64, BTreeSet<String>) {
        let filters = vec![Filter::Province { typed: "Ninh Bình".to_owned(), boundaries }, Filter::Year(year.to_owned())];
        let response = index.search(&Request { filters, limit: 100, ..Request::default() });
        let ids = response.hits.iter().flat_map(|hit| hit.article.provinces.about.iter().map(|unit| unit.unit_id.to_string()));
        (response.total, ids.collect())
    };
    let (before, then) = (units(Boundaries::Today, "2024"), units(Boundaries::Today, "2026"));
    assert!(before.0 > 0 && then.0 > 0);
    assert!(before.1.contains("ninh-binh@1992") && !before.1.contains("ninh-binh@2025"), "{before:?}");
    assert!(then.1.contains("ninh-binh@2025") && !then.1.contains("ninh-binh@1992"), "{then:?}");
}
