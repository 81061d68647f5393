//! A run of `tracuu index`, watched from outside.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How a run went.
pub struct Indexed {
    pub time: Duration,
    /// The most anonymous memory that was seen, where the system tells.
    pub peak_bytes: u64,
    /// Articles a second in the last tenth of the run, of those in the second: in the first, tables are still read. None for a short run.
    pub last_rate: Option<f64>,
}

/// Between two looks.
const INTERVAL: Duration = Duration::from_millis(50);

/// Runs the program and waits for its end.
pub fn index(source: &Path, dir: &Path, threads: usize) -> Indexed {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tracuu"))
        .arg("index")
        .arg(source)
        .arg("--index")
        .arg(dir)
        .args(["--threads", &threads.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built with the benches");
    let progress = Arc::new(Mutex::new(Vec::new()));
    let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let noted = Arc::clone(&progress);
    let listener = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some(records) = records_of(&line) {
                noted.lock().expect("nobody panics with it").push((began.elapsed(), records));
            }
        }
    });
    let mut peak_bytes = 0;
    let status = loop {
        peak_bytes = peak_bytes.max(anonymous_bytes(&child));
        match child.try_wait().expect("it is our child") {
            Some(status) => break status,
            None => std::thread::sleep(INTERVAL),
        }
    };
    let time = began.elapsed();
    assert!(status.success(), "the run came to its end");
    listener.join().expect("it only reads");
    let progress = progress.lock().expect("nobody panics with it");
    Indexed { time, peak_bytes, last_rate: last_rate(&progress) }
}

/// The records of a line of progress: `0/1 files, 11,008 records, 3.20 MiB/s`.
fn records_of(line: &str) -> Option<f64> {
    let number = line.split(" records").next()?.rsplit(' ').next()?;
    number.replace(',', "").parse().ok()
}

/// The rate of the last tenth of what was noted, of that of the second tenth.
fn last_rate(progress: &[(Duration, f64)]) -> Option<f64> {
    let tenth = progress.len() / 10;
    let rate = |from: usize, to: usize| {
        let (from, to) = (progress.get(from)?, progress.get(to)?);
        Some((to.1 - from.1) / (to.0 - from.0).as_secs_f64())
    };
    if tenth == 0 {
        return None;
    }
    Some(rate(progress.len() - 1 - tenth, progress.len() - 1)? / rate(tenth, 2 * tenth)?)
}

fn anonymous_bytes(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) << 10
}
