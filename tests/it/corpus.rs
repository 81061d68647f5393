//! The bundled archive: what its own facts say is read out of it, and the same article is found on both maps.

use crate::harness::{PIPELINE, TestIndex, repository};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tracuu::article::Article;
use tracuu::ingest::inspect;
use tracuu::search::{Boundaries, Filter, Request};
use tracuu::text::canonical_phrase;

fn read() -> (BTreeMap<String, Article>, Vec<Value>) {
    let mut articles = BTreeMap::new();
    inspect(&[repository().join("corpus")], &PIPELINE, &mut |record| {
        // The corpus holds broken files on purpose.
        if let Ok(article) = record {
            articles.insert(article.key.clone(), article);
        }
        Ok(())
    })
    .unwrap();
    let facts = std::fs::read_to_string(repository().join("tests/golden/corpus_facts.jsonl")).unwrap();
    (articles, facts.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn names<'a>(values: &'a Value, key: Option<&str>) -> BTreeSet<String> {
    let name = |value: &'a Value| match key {
        Some(key) => value[key].as_str(),
        None => value.as_str(),
    };
    values.as_array().into_iter().flatten().filter_map(name).map(canonical_phrase).collect()
}

/// Counts of right, missed and false values.
#[derive(Default)]
struct Score(usize, usize, usize);

impl Score {
    fn add(&mut self, want: &BTreeSet<String>, have: &BTreeSet<String>, optional: &BTreeSet<String>) {
        self.0 += want.intersection(have).count();
        self.1 += want.difference(have).filter(|name| !optional.contains(*name)).count();
        self.2 += have.difference(want).filter(|name| !optional.contains(*name)).count();
    }

    fn f1(&self) -> f64 {
        2.0 * self.0 as f64 / (2 * self.0 + self.1 + self.2) as f64
    }
}

#[test]
fn its_facts_are_read_out_of_it() {
    let (articles, facts) = read();
    assert!(facts.len() >= 60, "{} articles", facts.len());
    let (mut officials, mut about, mut dates) = (Score::default(), Score::default(), (0, 0));
    for fact in &facts {
        let key = fact["key"].as_str().unwrap();
        let article = articles.get(key).unwrap_or_else(|| panic!("no article {key}"));
        for boilerplate in fact["not_in_body"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(!article.body.as_deref().unwrap().contains(boilerplate), "{key}: {boilerplate:?} is no part of the article");
        }
        let people = article.officials.iter().map(|official| canonical_phrase(&official.name)).collect();
        officials.add(&names(&fact["officials"], Some("name")), &people, &names(&fact["optional_officials"], None));
        let units = article.provinces.about.iter().map(|unit| canonical_phrase(&unit.unit)).collect();
        about.add(&names(&fact["provinces"]["about"], None), &units, &names(&fact["optional_provinces"], None));
        let event = &article.dates.event;
        let found = (event.from.map(|day| day.to_string()), event.to.map(|day| day.to_string()));
        let is = |from: &Value, to: &Value| found == (from.as_str().map(str::to_owned), to.as_str().map(str::to_owned));
        let also = fact["date_also"].as_array().into_iter().flatten().any(|date| is(&date["from"], &date["to"]));
        let right = is(&fact["date"]["from"], &fact["date"]["to"]) || also || (fact["date_none_ok"] == true && found.0.is_none());
        dates.0 += usize::from(right);
        dates.1 += 1;
    }
    let date_share = f64::from(u32::try_from(dates.0).unwrap()) / f64::from(u32::try_from(dates.1).unwrap());
    println!("officials F1 {:.3}, about F1 {:.3}, dates right {date_share:.3}", officials.f1(), about.f1());
    assert!(officials.f1() >= 0.9, "officials F1 {:.3}", officials.f1());
    assert!(about.f1() >= 0.9, "about F1 {:.3}", about.f1());
    assert!(date_share >= 0.9, "dates right {date_share:.3}");
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
