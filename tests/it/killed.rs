//! `kill -9` at any moment: the index is the last checkpoint, and the next run goes on from it.

use crate::harness::{TestIndex, repository, shared, stdout};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tracuu::index::StoredArticle;

/// Every article, its times of indexing left out: they are the only thing that may differ.
fn articles(index: &TestIndex) -> BTreeMap<String, StoredArticle> {
    let timeless = |stored: StoredArticle| StoredArticle { first_indexed: String::new(), last_changed: String::new(), ..stored };
    index.generation().articles().map(|stored| timeless(stored.unwrap())).map(|stored| (stored.article.id.to_string(), stored)).collect()
}

fn start(paths: &[PathBuf], index: &Path) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_tracuu"))
        // Checkpoints so often that most kills leave one, and some strike within one.
        .args(["index", "--checkpoint", "2"])
        .args(paths)
        .arg("--index")
        .arg(index)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills runs at moments spread over the time of an undisturbed one, resumes each, and compares.
fn survives_kills(paths: &[PathBuf], kills: u32) {
    let undisturbed = TestIndex::new();
    let began = Instant::now();
    assert!(start(paths, &undisturbed.dir()).wait().unwrap().success());
    let duration = began.elapsed();
    let expected = articles(&undisturbed);

    for kill in 0..kills {
        let index = TestIndex::new();
        // Moments that no round number favours: the golden ratio spreads them evenly.
        let share = (f64::from(kill) * 0.618_033_988_75).fract();
        let mut run = start(paths, &index.dir());
        std::thread::sleep(duration.mul_f64(share).max(Duration::from_millis(1)));
        let _ = run.kill();
        let _ = run.wait();
        assert!(start(paths, &index.dir()).wait().unwrap().success(), "the run after kill {kill} did not go on");
        assert!(articles(&index) == expected, "after kill {kill} at {share:.2} of the run the articles differ");
    }
}

#[test]
fn a_killed_run_goes_on_over_the_bundled_corpus() {
    survives_kills(&[repository().join("corpus")], 6);
}

/// Slow: the run of the design, 36,000 real articles, killed 20 times.
#[test]
#[ignore = "takes many minutes; `cargo test --release --test it -- --ignored` runs it"]
fn a_killed_run_goes_on_over_real_archives() {
    let paths = ["seeds", "gov/html", "news/tuoitre.jsonl.zst", "news/baomoi_2017.jsonl.zst"];
    let Some(paths) = paths.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    let kills = std::env::var("TRACUU_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    survives_kills(&paths, kills);
}

#[test]
fn an_index_says_whether_its_last_run_completed() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    assert!(index.generation().manifest().run.completed);
    let dir = index.dir();
    let text = stdout(&repository(), &["stats", "--index", dir.to_str().unwrap()], 0);
    assert!(text.contains("completed"), "{text}");
    let text = stdout(&repository(), &["check", "--index", dir.to_str().unwrap()], 0);
    assert!(text.starts_with("the index is whole"), "{text}");
}
