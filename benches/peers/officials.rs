//! Facets over many officials: each article names one of its own, and few articles match.

use crate::latency::{Latency, Targets};
use std::sync::Arc;
use tracuu::article::{Article, Dates, Hash128, Official, Origin, Post, PostStatus, ProvinceStatus, Provinces, Rank};
use tracuu::index::{FacetField, Reader, Writer, WriterOptions};
use tracuu::ingest::Pipeline;
use tracuu::search::{Request, facets, search};

/// How many articles match.
const HITS: usize = 500;
const RUNS: usize = 300;
const NAMES: [&str; 18] = [
    "An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quyên", "Sơn", "Thiêm", "Văn",
    "Yến",
];

/// Times the official facet over so many distinct paths.
pub fn time(paths: usize) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let pipeline = Pipeline::bundled();
    let mut writer =
        Writer::open(folder.path(), &pipeline.analyzer, pipeline.tables.clone(), WriterOptions::default()).expect("the folder is new");
    for number in 0..paths {
        writer.put(article(number, number % (paths / HITS).max(1) == 0).into()).expect("it can be indexed");
    }
    writer.finish().expect("it can be committed");
    let generation =
        Reader::open(folder.path(), Arc::clone(&pipeline.analyzer)).and_then(|reader| reader.generation()).expect("it was just made");

    let facet = vec![FacetField::Official];
    let request = Request { query: "\"lấn biển\"".to_owned(), facets: facet.clone(), ..Request::default() };
    let all = facets(&generation, &pipeline.authority, &Request { facets: facet, ..Request::default() }).expect("the request is right");
    assert_eq!(all.facets["official"].distinct, paths as u64);
    let found = search(&generation, &pipeline.authority, &request).expect("the request is right");
    assert_eq!((found.total, found.facets["official"].distinct), (HITS as u64, HITS as u64));

    let (mut counts, mut whole, mut plain) = (Latency::default(), Latency::default(), Latency::default());
    let without = Request { facets: Vec::new(), ..request.clone() };
    for _ in 0..RUNS {
        counts.add(|| facets(&generation, &pipeline.authority, &request));
        whole.add(|| search(&generation, &pipeline.authority, &request));
        plain.add(|| search(&generation, &pipeline.authority, &without));
    }
    let mut targets = Targets::new();
    targets.row(&format!("(d) ours: facets of {HITS} hits, {paths} official paths"), &counts, None, "≤ 3");
    targets.row("    ours: the same with ten hits and snippets", &whole, None, "");
    targets.row("    ours: ten hits and snippets without facets", &plain, None, "");
    println!("\n{targets}");
}

/// A name that no other number has.
fn name(number: usize) -> String {
    let digit = |place: u32| NAMES[number / NAMES.len().pow(place) % NAMES.len()];
    format!("Nguyễn {} {} {} {}", digit(3), digit(2), digit(1), digit(0))
}

fn article(number: usize, matches: bool) -> Article {
    let (key, name) = (format!("{number}"), name(number));
    let role = "Chủ tịch Ủy ban nhân dân xã".to_owned();
    let body = format!("Chủ tịch UBND xã, ông {name} nói về việc {}.", if matches { "lấn biển" } else { "làm đường" });
    let post = Post {
        role: role.clone(),
        rank: Rank::Head,
        body: None,
        unit_id: None,
        scope: Some("Ninh Bình".to_owned()),
        status: PostStatus::Current,
        as_written: role,
        rule: "bench".to_owned(),
    };
    let hash = Hash128::of([key.as_bytes()]);
    Article {
        id: hash,
        content_hash: hash,
        title: "Tin xã".to_owned(),
        title_derived: false,
        body: Some(body),
        dates: Dates::default(),
        provinces: Provinces { status: ProvinceStatus::Unknown, about: Vec::new(), mentioned: Vec::new() },
        officials: vec![Official { name, posts: vec![post], mentions: Vec::new() }],
        foreign_officials: Vec::new(),
        source: None,
        url: None,
        collection: "xa".to_owned(),
        origin: Origin { path: format!("{key}.txt"), record: 0, byte_offset: 0, charset: "UTF-8".to_owned(), raw_hash: hash },
        group: None,
        flags: Vec::new(),
        evidence: Some(Vec::new()),
        corrections: Vec::new(),
        key,
    }
}
