//! Vanilla tantivy and SQLite FTS5 beside ours, in one run: the same articles, the same queries.
//!
//! Build time, size, MRR@10 of titles, and the latencies that ours is measured by. Always over generated articles; over real ones where the
//! shared data is there. `TRACUU_PEERS_ARTICLES` (10,000) and `TRACUU_PEERS_QUERIES` (300) say how many of each; `-- --test` asserts the
//! results over a few generated ones and times nothing that takes long. Results are asserted, times are printed beside their targets.

#![allow(clippy::print_stdout, reason = "the tables are what it is for")]

#[allow(dead_code, reason = "the other benches use more of it")]
mod generator;
#[path = "peers/latency.rs"]
mod latency;
#[path = "peers/material.rs"]
mod material;
mod news;
#[path = "peers/officials.rs"]
mod officials;
#[path = "peers/ours.rs"]
mod ours;
#[path = "peers/sqlite.rs"]
mod sqlite;
#[path = "peers/vanilla.rs"]
mod vanilla;

use comfy_table::Table;
use latency::Targets;
use material::{KnownItem, Material, unaccented};
use ours::Ours;
use sqlite::Sqlite;
use std::path::Path;
use std::time::{Duration, Instant};
use vanilla::{Terms, Vanilla};

/// Whether all terms of a query have to stand in an article, or any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// All of them.
    All,
    /// At least one.
    Any,
}

/// A search engine that holds the articles of a [`Material`].
pub trait Engine {
    /// What it is called in the tables.
    fn name(&self) -> &'static str;

    /// The numbers of the best ten articles, best first, as stored with them.
    fn top(&self, query: &str, matching: Match) -> Vec<usize>;
}

const TOP: usize = 10;

/// How much is measured.
struct Size {
    articles: usize,
    queries: usize,
    official_paths: usize,
}

fn main() {
    // `cargo bench` passes `--bench`; a filter that names another bench is for that one.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|argument| argument == "--test");
    if arguments.iter().any(|argument| !argument.starts_with('-') && !"peers".starts_with(argument.as_str())) {
        return;
    }
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(usual);
    let size = match is_test {
        true => Size { articles: 300, queries: 20, official_paths: 2_000 },
        false => Size {
            articles: number("TRACUU_PEERS_ARTICLES", 10_000),
            queries: number("TRACUU_PEERS_QUERIES", 300),
            official_paths: 100_000,
        },
    };
    let mut materials = Vec::new();
    if std::env::var_os("TRACUU_PEERS_ONLY_NEWS").is_none() {
        materials.push(Material::generated(size.articles.min(10_000), size.queries));
    }
    if !is_test {
        materials.extend(Material::news(size.articles, size.queries));
    }
    for material in &materials {
        compare(material);
    }
    officials::time(size.official_paths);
}

/// All engines over one set of articles.
fn compare(material: &Material) {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let dir = |name: &str| folder.path().join(name);
    println!("\n== {}: {} articles, {:.0} MB", material.name, material.articles.len(), material.bytes() as f64 / 1e6);

    let mut built = Table::new();
    built.set_header(["engine", "build, s", "index, MB", "of the text"]);
    let mut row = |name: &str, taken: Duration, path: &Path| {
        let bytes = size_of(path);
        built.add_row([
            name.to_owned(),
            format!("{:.1}", taken.as_secs_f64()),
            format!("{:.1}", bytes as f64 / 1e6),
            format!("{:.2}", bytes as f64 / material.bytes() as f64),
        ]);
    };
    let (mut ours, taken) = timed(|| Ours::build(&dir("ours"), &material.articles));
    row("ours (reads, cleans, extracts too)", taken, &dir("ours/index"));
    let (default, taken) = timed(|| Vanilla::build(&dir("tantivy"), &material.articles, Terms::Default));
    row(default.name(), taken, &dir("tantivy"));
    let (syllables, taken) = timed(|| Vanilla::build(&dir("syllables"), &material.articles, Terms::Canonical));
    row("tantivy, our syllables (text not stored)", taken, &dir("syllables"));
    let (sqlite, taken) = timed(|| Sqlite::build(&dir("sqlite"), &material.articles));
    row(sqlite.name(), taken, &dir("sqlite"));
    println!("{built}");

    let engines: [&dyn Engine; 4] = [&ours, &default, &syllables, &sqlite];
    for engine in engines {
        for matching in [Match::All, Match::Any] {
            let found = engine.top(material::PLANTED_QUERY, matching);
            assert_eq!(found.first(), Some(&material.planted), "{}, {matching:?}: the planted article", engine.name());
        }
    }
    quality(&engines, material);

    let mut targets = Targets::new();
    latency::of_short_queries(&ours, &[&default, &sqlite], material, &mut targets);
    latency::of_whole_titles(&ours, [&syllables, &default], &sqlite, material, &mut targets);
    latency::cold(&ours, &material.speed[0], &mut targets);
    // Last: it writes into the index.
    latency::while_indexing(&mut ours, material, &mut targets);
    println!("{targets}");
}

/// MRR@10 of titles for their articles: ours is ahead of each peer where the articles are real.
fn quality(engines: &[&dyn Engine], material: &Material) {
    let mut table = Table::new();
    table.set_header(["MRR@10, any word", "queries", "as written", "without diacritics"]);
    let mut behind = Vec::new();
    for (source, items) in material.by_source() {
        let mut ours = [f64::INFINITY; 2];
        for (place, engine) in engines.iter().enumerate() {
            let scores = [mrr(*engine, &items, |item| item.query.clone()), mrr(*engine, &items, |item| unaccented(&item.query))];
            let shown = scores.map(|score| format!("{score:.3}"));
            table.add_row([&format!("{source}: {}", engine.name()), &items.len().to_string(), &shown[0], &shown[1]]);
            match place {
                0 => ours = scores,
                _ if scores[0] >= ours[0] || scores[1] >= ours[1] => behind.push(format!("{source}, {}", engine.name())),
                _ => {}
            }
        }
    }
    println!("{table}");
    assert!(behind.is_empty() || !material.is_real, "ours is not ahead of each peer: {behind:?}");
}

fn mrr(engine: &dyn Engine, items: &[&KnownItem], query: impl Fn(&KnownItem) -> String) -> f64 {
    let of = |item: &&KnownItem| {
        let place = engine.top(&query(item), Match::Any).iter().position(|&number| number == item.article);
        place.map_or(0.0, |place| 1.0 / (place + 1) as f64)
    };
    items.iter().map(of).sum::<f64>() / items.len().max(1) as f64
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    (run(), began.elapsed())
}

/// Bytes of a file, or of all files in a folder.
fn size_of(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().filter_map(Result::ok);
    files.filter_map(|entry| entry.metadata().ok()).filter(|file| file.is_file()).map(|file| file.len()).sum()
}
