//! What an archive costs: the whole pipeline beside vanilla tantivy, and rate, memory, latency and size against the number of articles.
//!
//! Everything is measured from outside, by running the program as users do. `TRACUU_COST_ARTICLES` (`10000,100000`) says how many articles the curve has, and
//! is drawn into `benches/cost.svg` if it reaches a million; the articles are made of sentences of real ones where the shared data is there, else of the
//! bundled archive. `-- --test` asserts the results over a few hundred articles.

#![allow(clippy::print_stdout, reason = "the tables are what it is for")]

#[path = "archive/child.rs"]
mod child;
#[allow(dead_code, reason = "the other benches use more of it")]
mod generator;
#[path = "archive/mixed.rs"]
mod mixed;
#[allow(dead_code, reason = "the other benches use more of it")]
mod news;
#[path = "archive/plot.rs"]
mod plot;

use child::{Indexed, index};
use comfy_table::{Table, presets::NOTHING};
use mixed::{Mixer, News};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::schema::{SchemaBuilder, TEXT};
use tantivy::{Index, TantivyDocument};
use tracuu::authority::Authority;
use tracuu::index::{FacetField, Reader};
use tracuu::ingest::Pipeline;
use tracuu::search::{Request, search};

/// Of the queries, so many warm up and so many are timed.
const WARM_UP: usize = 50;
const TIMED: usize = 500;

/// One point of the curve.
struct Cost {
    articles: usize,
    indexed: Indexed,
    p50: Duration,
    p99: Duration,
    text_bytes: u64,
    index_bytes: u64,
}

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let news = News::load(if is_test { 200 } else { usize::MAX });
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    if !is_test {
        beside_vanilla(&news, folder.path());
    }
    let sizes = std::env::var("TRACUU_COST_ARTICLES").unwrap_or_else(|_| "10000,100000".to_owned());
    let sizes: Vec<usize> = match is_test {
        true => vec![300],
        false => sizes.split(',').map(|size| size.trim().parse().expect("TRACUU_COST_ARTICLES holds numbers with commas")).collect(),
    };
    let costs: Vec<Cost> = sizes.into_iter().map(|articles| cost(&news, articles, folder.path())).collect();
    println!("{}", table(&costs));
    if costs.iter().any(|cost| cost.articles >= 1_000_000) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/cost.svg");
        std::fs::write(&path, plot::svg(&costs)).expect("the folder of the benches can be written");
    }
}

/// The whole pipeline on one thread and on all, and vanilla tantivy on one: in megabytes of text a second.
fn beside_vanilla(news: &News, folder: &Path) {
    let source = folder.join("news.jsonl");
    news.write(&source);
    let megabytes = news.text_bytes() as f64 / 1e6;
    let vanilla = vanilla(news, &folder.join("vanilla"));
    println!("\n{} articles, {megabytes:.0} MB of text", news.articles.len());
    println!("vanilla tantivy, one thread, nothing stored: {:.1} MB/s", megabytes / vanilla.as_secs_f64());
    for threads in [1, std::thread::available_parallelism().map_or(1, usize::from)] {
        let dir = folder.join("index");
        let indexed = index(&source, &dir, threads);
        let rate = megabytes / indexed.time.as_secs_f64();
        println!(
            "whole pipeline, {threads} threads: {rate:.1} MB/s, {:.2} of vanilla (target 0.6); index {:.2} of the text (target 1.25)",
            vanilla.as_secs_f64() / indexed.time.as_secs_f64(),
            bytes_in(&dir) as f64 / news.text_bytes() as f64
        );
        std::fs::remove_dir_all(&dir).expect("it was just made");
    }
}

fn vanilla(news: &News, dir: &Path) -> Duration {
    let mut schema = SchemaBuilder::new();
    let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
    std::fs::create_dir_all(dir).expect("the temporary folder can be written");
    let began = Instant::now();
    let index = Index::create_in_dir(dir, schema.build()).expect("the folder is new");
    let mut writer = index.writer_with_num_threads(1, 200_000_000).expect("there is no other writer");
    for article in &news.articles {
        let mut document = TantivyDocument::default();
        document.add_text(title, &article.title);
        document.add_text(body, &article.body);
        writer.add_document(document).expect("it can be indexed");
    }
    writer.commit().expect("it can be indexed");
    writer.wait_merging_threads().expect("segments can be merged");
    began.elapsed()
}

fn cost(news: &News, articles: usize, folder: &Path) -> Cost {
    let (source, dir) = (folder.join("mixed.jsonl"), folder.join("index"));
    let text_bytes = Mixer::new(news, 41).write(articles, &source);
    let indexed = index(&source, &dir, std::thread::available_parallelism().map_or(1, usize::from));
    std::fs::remove_file(&source).expect("it was just made");
    let mut times = latencies(news, &dir, articles);
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let cost = Cost { articles, indexed, p50: at(0.5), p99: at(0.99), text_bytes, index_bytes: bytes_in(&dir) };
    std::fs::remove_dir_all(&dir).expect("it was just made");
    cost
}

/// Times of queries of two to four syllables of titles, with two facets.
fn latencies(news: &News, dir: &Path, articles: usize) -> Vec<Duration> {
    let pipeline = Pipeline::bundled();
    let reader = Reader::open(dir, Arc::clone(&pipeline.analyzer)).expect("it was just made");
    let generation = reader.generation().expect("it was just made");
    assert_eq!(generation.statistics().articles(), articles as u64, "every article is in the index");
    let authority = Authority::bundled();
    let queries = Mixer::new(news, 43).queries(WARM_UP + TIMED);
    let mut found = 0;
    let mut timed = |query: &String| {
        let request = Request { query: query.clone(), facets: vec![FacetField::Province, FacetField::Date], ..Request::default() };
        let began = Instant::now();
        let response = search(&generation, &authority, &request);
        found += u64::from(response.is_ok_and(|response| response.total > 0));
        began.elapsed()
    };
    let times: Vec<Duration> = queries.iter().map(&mut timed).collect();
    assert!(found > TIMED as u64 / 2, "most titles are found again, and not {found}");
    times[WARM_UP..].to_vec()
}

fn bytes_in(dir: &Path) -> u64 {
    let files = walkdir::WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}

fn table(costs: &[Cost]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(["articles", "MB/s", "last tenth", "anon. memory", "p50", "p99", "index/text"]);
    for cost in costs {
        let Cost { articles, indexed, p50, p99, .. } = cost;
        table.add_row([
            articles.to_string(),
            format!("{:.1}", cost.text_bytes as f64 / 1e6 / indexed.time.as_secs_f64()),
            indexed.last_rate.map_or_else(String::new, |rate| format!("{rate:.2} of the first")),
            format!("{:.0} MiB", indexed.peak_bytes as f64 / f64::from(1 << 20)),
            format!("{:.1} ms", p50.as_secs_f64() * 1e3),
            format!("{:.1} ms", p99.as_secs_f64() * 1e3),
            format!("{:.2}", cost.index_bytes as f64 / cost.text_bytes as f64),
        ]);
    }
    table
}
