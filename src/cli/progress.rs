//! How far a run is: a bar with rate and time left on a terminal, a line now and then otherwise.

use super::output::note;
use crate::ingest::Progress;
use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Time between lines where there is no terminal: at first, and after [`SETTLED`].
const LINE_INTERVALS: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(10)];
const SETTLED: Duration = Duration::from_secs(20);

/// Shows how far a run is, on standard error.
pub(super) struct Reporter {
    bar: ProgressBar,
    on_terminal: bool,
    last_line: Instant,
    began: Instant,
}

impl Reporter {
    pub fn new() -> Reporter {
        let on_terminal = std::io::stderr().is_terminal();
        let style = ProgressStyle::with_template("{bar:30} {percent}%  {msg}, {eta} left");
        let bar = if on_terminal { ProgressBar::new(0) } else { ProgressBar::hidden() };
        bar.set_style(style.expect("the template is a constant and valid"));
        Reporter { bar, on_terminal, last_line: Instant::now(), began: Instant::now() }
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    pub fn show(&mut self, progress: Progress) {
        if self.on_terminal {
            self.bar.set_length(progress.all_bytes);
            self.bar.set_position(progress.bytes);
            self.bar.set_message(message(progress, self.began.elapsed()));
        } else if self.last_line.elapsed() >= LINE_INTERVALS[usize::from(self.began.elapsed() > SETTLED)] {
            let elapsed = self.began.elapsed();
            let left = left(progress, elapsed).map(|left| format!(", {} left", HumanDuration(left))).unwrap_or_default();
            note(format_args!("{}{left}", message(progress, elapsed)));
            self.last_line = Instant::now();
        }
    }
}

/// `0/1 files, 11,008 records, 3.20 MiB/s`
fn message(progress: Progress, elapsed: Duration) -> String {
    let rate = progress.text_bytes as f64 / elapsed.as_secs_f64().max(0.001);
    format!("{}/{} files, {} records, {}/s", progress.files, progress.all_files, HumanCount(progress.records), HumanBytes(rate as u64))
}

/// The time that the rest will take, by bytes on disk; unknown before the first of them and for what comes through a pipe.
fn left(progress: Progress, elapsed: Duration) -> Option<Duration> {
    let rest = progress.all_bytes.checked_sub(progress.bytes)?;
    (progress.bytes > 0).then(|| elapsed.mul_f64(rest as f64 / progress.bytes as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_goes_by_bytes() {
        let progress = Progress { files: 0, all_files: 1, bytes: 25, all_bytes: 100, records: 11_008, text_bytes: 64 << 20, extracted: 0 };
        let elapsed = Duration::from_secs(20);
        assert_eq!(message(progress, elapsed), "0/1 files, 11,008 records, 3.20 MiB/s");
        assert_eq!(left(progress, elapsed), Some(Duration::from_secs(60)));
        assert_eq!(left(Progress { bytes: 0, ..progress }, elapsed), None);
        assert_eq!(left(Progress { all_bytes: 0, ..progress }, elapsed), None);
    }
}
