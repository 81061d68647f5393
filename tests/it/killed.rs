//! `kill -9` at any moment: the index is the last checkpoint, and the next run goes on from it.

use crate::harness::{TestIndex, answers, articles, repository, shared, stdout};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn start(paths: &[PathBuf], index: &Path, checkpoint: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tracuu"))
        .args(["index", "--checkpoint", checkpoint])
        .args(paths)
        .arg("--index")
        .arg(index)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The number of the newest manifest, and that of the one the last commit names: in between, a commit is under way.
fn generations(index: &Path) -> (u64, u64) {
    let number = |name: &str| name.strip_prefix("manifest-")?.strip_suffix(".json")?.parse().ok();
    let entries = fs::read_dir(index).into_iter().flatten().flatten();
    let newest = entries.filter_map(|entry| number(entry.file_name().to_str()?)).max().unwrap_or(0);
    let meta = fs::read(index.join("segments/meta.json")).ok().and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
    let committed = meta.and_then(|meta| meta.get("payload")?.as_str()?.split(' ').next()?.parse().ok());
    (newest, committed.unwrap_or(0))
}

/// Whether segments lie there that no commit names: they were being written, or merged.
fn has_unnamed_segments(index: &Path) -> bool {
    let meta = fs::read_to_string(index.join("segments/meta.json")).unwrap_or_default().replace('-', "");
    let entries = fs::read_dir(index.join("segments")).into_iter().flatten().flatten();
    let mut segments = entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".store")?.to_owned()));
    segments.any(|segment| !meta.contains(&segment))
}

/// When a run is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// At a share of the time that an undisturbed run takes.
    Share(f64),
    /// In the first commit after that share.
    Commit(f64),
}

/// Kills a run; returns how long it ran, and whether it died within a commit.
fn kill(run: &mut Child, index: &Path, moment: Moment, duration: Duration) -> (Duration, bool) {
    let began = Instant::now();
    let (Moment::Share(share) | Moment::Commit(share)) = moment;
    std::thread::sleep(duration.mul_f64(share).max(Duration::from_millis(1)));
    if let Moment::Commit(_) = moment {
        while run.try_wait().unwrap().is_none() {
            let (newest, committed) = generations(index);
            if newest > committed {
                break;
            }
        }
    }
    let _ = run.kill();
    let _ = run.wait();
    let (newest, committed) = generations(index);
    (began.elapsed(), newest > committed)
}

/// Kills runs at moments spread over the time of an undisturbed one, a third of them within commits, resumes each, and compares.
fn survives_kills(paths: &[PathBuf], kills: u32, checkpoint: &str) {
    let undisturbed = TestIndex::new();
    let began = Instant::now();
    assert!(start(paths, &undisturbed.dir(), checkpoint).wait().unwrap().success());
    let duration = began.elapsed();
    let (expected, answered) = (articles(&undisturbed.dir()).unwrap(), answers(&undisturbed.dir()).unwrap());
    let groups = undisturbed.generation().manifest().groups;

    let (mut worked, mut in_commit, mut in_writing) = (Duration::ZERO, 0, 0);
    let start_of_kills = Instant::now();
    for number in 0..kills {
        let index = TestIndex::new();
        // Moments that no round number favours: the golden ratio spreads them evenly.
        let share = (f64::from(number) * 0.618_033_988_75).fract();
        let moment = if number % 3 == 0 { Moment::Commit(share) } else { Moment::Share(share) };
        let mut run = start(paths, &index.dir(), checkpoint);
        let (ran, within) = kill(&mut run, &index.dir(), moment, duration);
        in_commit += u32::from(within);
        in_writing += u32::from(has_unnamed_segments(&index.dir()));
        let began = Instant::now();
        assert!(start(paths, &index.dir(), checkpoint).wait().unwrap().success(), "the run after kill {number} did not go on");
        worked += ran + began.elapsed();
        assert!(articles(&index.dir()).unwrap() == expected, "after kill {number} at {share:.2} of the run the articles differ");
        assert!(answers(&index.dir()).unwrap() == answered, "after kill {number} at {share:.2} of the run the answers differ");
        assert_eq!(index.generation().manifest().groups, groups, "after kill {number} at {share:.2} of the run the groups differ");
        if number % 10 == 9 {
            println!("{} kills in {:?}", number + 1, start_of_kills.elapsed());
        }
    }
    let times = worked.as_secs_f64() / (duration.as_secs_f64() * f64::from(kills));
    println!(
        "{kills} kills over {duration:?}, {in_commit} within a commit, {in_writing} while segments were written: {times:.2} times the work"
    );
    assert!(in_commit * 10 >= kills, "{in_commit} of {kills} kills were within a commit");
    // Starting twice is the most of it where a run takes a second.
    assert!(times <= 2.0 || duration < Duration::from_secs(10), "{times:.2} times the work");
}

#[test]
fn a_killed_run_goes_on_over_the_bundled_corpus() {
    // A checkpoint after each article: many commits and merges in a second.
    let folders = ["bao-mau", "cong-hung-yen", "luu-tru", "tong-hop"].map(|folder| repository().join("corpus").join(folder));
    survives_kills(&folders, 6, "0");
}

/// How many kills the slow tests make, where `TRACUU_KILLS` does not say.
fn kills(usual: u32) -> u32 {
    std::env::var("TRACUU_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usual)
}

/// Slow: 36,000 real articles, killed 20 times. The checkpoints come so often that most kills leave one, and some strike within one.
#[test]
#[ignore = "takes many minutes; `cargo test --release --test it -- --ignored` runs it"]
fn a_killed_run_goes_on_over_real_archives() {
    let paths = ["seeds", "gov/html", "news/tuoitre.jsonl.zst", "news/baomoi_2017.jsonl.zst"];
    let Some(paths) = paths.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    survives_kills(&paths, kills(20), "2");
}

/// Slow: 4,500 real articles, killed 200 times: so few that so many runs end within half an hour.
#[test]
#[ignore = "takes half an hour; `cargo test --release --test it -- --ignored many_kills` runs it"]
fn many_kills_leave_nothing_behind() {
    let paths = ["seeds", "gov/html", "news/tuoitre.jsonl.zst", "news/dantri.jsonl.zst", "news/vietnamesemds_2013.jsonl.zst"];
    let Some(paths) = paths.map(shared).into_iter().collect::<Option<Vec<_>>>() else { return };
    survives_kills(&paths, kills(200), "1");
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
