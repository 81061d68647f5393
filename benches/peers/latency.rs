//! How long answers take: half of them, and all but one in a hundred, beside what they should take at most.

use crate::material::{Material, WARM_UP};
use crate::ours::{Ours, opened, top_alone, whole_answer};
use crate::sqlite::Sqlite;
use crate::vanilla::Vanilla;
use crate::{Engine, Match};
use comfy_table::Table;
use std::fmt;
use std::hint::black_box;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tracuu::article::{Article, Hash128};
use tracuu::index::{Writer, WriterOptions};
use tracuu::search::Request;

/// SQLite reads all matches of any word: so many titles tell enough.
const SLOW_QUERIES: usize = 50;
const THREADS: usize = 8;
const COLD_STARTS: usize = 15;

/// Times of one kind of query, in order.
#[derive(Default)]
pub struct Latency(Vec<Duration>);

impl Latency {
    pub fn add<T>(&mut self, run: impl FnOnce() -> T) {
        let began = Instant::now();
        black_box(run());
        self.0.push(began.elapsed());
    }

    fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }

    pub fn p50(&self) -> f64 {
        self.at(50)
    }

    pub fn p99(&self) -> f64 {
        self.at(99)
    }

    fn sum(&self) -> f64 {
        self.0.iter().map(Duration::as_secs_f64).sum::<f64>() * 1_000.0
    }
}

/// What was measured beside what it should be.
pub struct Targets(Table);

impl Targets {
    pub fn new() -> Targets {
        let mut table = Table::new();
        table.set_header(["latency, warm unless cold", "queries", "p50, ms", "p99, ms", "ratio", "target"]);
        Targets(table)
    }

    pub fn row(&mut self, name: &str, latency: &Latency, ratio: Option<f64>, target: &str) {
        let ratio = ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
        let (p50, p99) = (format!("{:.2}", latency.p50()), format!("{:.2}", latency.p99()));
        self.0.add_row([name.to_owned(), latency.0.len().to_string(), p50, p99, ratio, target.to_owned()]);
    }
}

impl fmt::Display for Targets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Two to four syllables, all words: ours with all that a person sees, the peers' top ten alone.
pub fn of_short_queries(ours: &Ours, peers: &[&dyn Engine], material: &Material, targets: &mut Targets) {
    let (mut whole, mut top) = (Latency::default(), Latency::default());
    let mut of_peers: Vec<Latency> = peers.iter().map(|_| Latency::default()).collect();
    for query in material.speed.iter().take(WARM_UP) {
        ours.ask(&whole_answer(query)).expect("words alone are a query");
        peers.iter().for_each(|peer| drop(black_box(peer.top(query, Match::All))));
    }
    for query in &material.speed[WARM_UP..] {
        whole.add(|| ours.ask(&whole_answer(query)).expect("words alone are a query"));
        top.add(|| ours.ask(&top_alone(query, Match::All)).expect("words alone are a query"));
        for (peer, latency) in peers.iter().zip(&mut of_peers) {
            latency.add(|| peer.top(query, Match::All));
        }
    }
    targets.row("(a) ours: all words, totals, facets, snippets", &whole, None, "p50 ≤ 5, p99 ≤ 20 at 125,000");
    targets.row("    ours: top ten, three totals", &top, None, "");
    for (peer, latency) in peers.iter().zip(&of_peers) {
        targets.row(&format!("    {}: AND, top ten", peer.name()), latency, None, "");
    }
}

/// Any word of whole titles, the top ten alone; query by query, so that what else the machine does hits all engines.
pub fn of_whole_titles(ours: &Ours, vanilla: [&Vanilla; 2], sqlite: &Sqlite, material: &Material, targets: &mut Targets) {
    let titles: Vec<&str> = material.known.iter().map(|item| item.query.as_str()).collect();
    let mut own = Latency::default();
    let mut others = [Latency::default(), Latency::default()];
    for is_warm in [false, true] {
        let titles = if is_warm { titles.as_slice() } else { &titles[..titles.len().min(WARM_UP)] };
        for title in titles {
            let mut now = Latency::default();
            now.add(|| ours.ask(&top_alone(title, Match::Any)).expect("titles that are no query were not drawn"));
            if is_warm {
                own.0.append(&mut now.0);
            }
            for (engine, latency) in vanilla.iter().zip(&mut others) {
                now.add(|| engine.top(title, Match::Any));
                if is_warm {
                    latency.0.append(&mut now.0);
                }
            }
        }
    }
    let mut slow = Latency::default();
    titles.iter().take(SLOW_QUERIES).for_each(|title| slow.add(|| sqlite.top(title, Match::Any)));
    targets.row("(b) ours: any word of whole titles, top ten", &own, None, "");
    for (engine, latency) in vanilla.iter().zip(&others) {
        targets.row(&format!("    {}: OR; ratio of ours, summed", engine.name()), latency, Some(own.sum() / latency.sum()), "≤ 3");
        targets.row("      at p50 alone", latency, Some(own.p50() / latency.p50()), "");
    }
    targets.row("    SQLite FTS5: OR", &slow, None, "");
}

/// A process that opens the index and answers, to its end.
pub fn cold(ours: &Ours, query: &str, targets: &mut Targets) {
    let mut latency = Latency::default();
    for _ in 0..COLD_STARTS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracuu"));
        command.args(["search", query, "--index"]).arg(&ours.dir);
        latency.add(|| {
            let output = command.output().expect("the binary was built with the benches");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        });
    }
    targets.row("(e) ours: a process from start to end, one answer", &latency, None, "≤ 50");
}

/// Any word of whole titles from several threads, without and with one that indexes into the same folder.
pub fn while_indexing(ours: &mut Ours, material: &Material, targets: &mut Targets) {
    let requests: Vec<Request> = material.known.iter().map(|item| top_alone(&item.query, Match::Any)).collect();
    let quiet = from_threads(ours, &requests);

    let base = ours.generation.articles().next().expect("there are articles").expect("an article can be read").article;
    let (is_done, put) = (AtomicBool::new(false), AtomicU64::new(0));
    let busy = thread::scope(|scope| {
        scope.spawn(|| {
            let options = WriterOptions { threads: 1, memory_bytes: 50_000_000, ..WriterOptions::default() };
            let mut writer =
                Writer::open(&ours.dir, &ours.pipeline.analyzer, ours.pipeline.tables.clone(), options).expect("it can be written");
            for (number, text) in material.articles.iter().cycle().enumerate() {
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
                writer.put(another(&base, number, text).into()).expect("it can be indexed");
                put.fetch_add(1, Ordering::Relaxed);
            }
            writer.finish().expect("it can be committed");
        });
        let busy = from_threads(ours, &requests);
        is_done.store(true, Ordering::Relaxed);
        busy
    });
    let before = ours.generation.manifest().articles;
    ours.generation = opened(&ours.dir, &ours.pipeline);
    let put = put.into_inner();
    assert!(put > 0 && ours.generation.manifest().articles == before + put, "what was put while others searched is there");
    targets.row(&format!("(c) ours: (b) from {THREADS} threads"), &quiet, None, "");
    let name = format!("    while one thread indexes ({put} articles); ratio of p99");
    targets.row(&name, &busy, Some(busy.p99() / quiet.p99()), "≤ 5");
}

/// Every query once from each thread, each beginning elsewhere.
fn from_threads(ours: &Ours, requests: &[Request]) -> Latency {
    let of_thread = |number: usize| {
        let mut latency = Latency::default();
        let from = number * requests.len() / THREADS;
        for request in requests.iter().cycle().skip(from).take(requests.len()) {
            latency.add(|| ours.ask(request).expect("titles that are no query were not drawn"));
        }
        latency.0
    };
    let all = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|number| scope.spawn(move || of_thread(number))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no search may panic")).collect()
    });
    Latency(all)
}

/// An article like another, of another text and name.
fn another(base: &Article, number: usize, text: &str) -> Article {
    let mut article = base.clone();
    article.key = format!("put-{number}");
    article.id = Hash128::of([article.key.as_bytes()]);
    article.content_hash = Hash128::of([article.key.as_bytes(), text.as_bytes()]);
    article.origin.path = format!("{}.txt", article.key);
    article.origin.raw_hash = article.content_hash;
    article.body = Some(text.to_owned());
    article.officials.clear();
    article.foreign_officials.clear();
    article.evidence = Some(Vec::new());
    article
}
