//! Paths → word that something below them has changed, once it has been quiet for a moment.
//!
//! Asks the system, or looks itself now and then where the system does not tell. What changed is not said: whoever waits walks
//! again, which costs little where little changed.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

/// Nothing may have changed for so long before a change is told.
const QUIET: Duration = Duration::from_secs(1);

/// Where changes never end, they are told after so long.
const LONGEST: Duration = Duration::from_secs(15);

/// Between two looks whether the roots themselves are still there.
const TICK: Duration = Duration::from_secs(2);

/// Changes cannot be watched for.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be watched: {source}", path.display())]
pub struct WatchError {
    path: PathBuf,
    source: notify::Error,
}

impl WatchError {
    /// What to do about it.
    pub fn repair(&self) -> String {
        "look for changes every 60 seconds instead, with --poll 60".to_owned()
    }
}

/// Watches files and folders from the moment it is made.
pub struct Watch {
    roots: Vec<Root>,
    ignored: PathBuf,
    watcher: Box<dyn Watcher>,
    changes: Receiver<notify::Result<Event>>,
}

/// A path that is watched, and what stood there: a folder that was taken away and put back is another.
struct Root {
    path: PathBuf,
    made: Option<Option<SystemTime>>,
}

impl Watch {
    /// Watches what is at and below some paths, what is below `ignored` left out; with `poll`, by looking so often.
    ///
    /// # Errors
    /// Where the system refuses, as it does beyond a number of folders.
    pub fn new(roots: &[PathBuf], ignored: &Path, poll: Option<Duration>) -> Result<Watch, WatchError> {
        let (sender, changes) = channel();
        let config = Config::default();
        let made = match poll {
            None => RecommendedWatcher::new(sender, config).map(|watcher| Box::new(watcher) as Box<dyn Watcher>),
            Some(interval) => PollWatcher::new(sender, config.with_poll_interval(interval)).map(|watcher| Box::new(watcher) as _),
        };
        let roots: Vec<Root> = roots.iter().map(|path| Root { path: super::resolved(path), made: None }).collect();
        let first = roots.first().map(|root| root.path.clone()).unwrap_or_default();
        let watcher = made.map_err(|source| WatchError { path: first, source })?;
        let mut watch = Watch { roots, ignored: super::resolved(ignored), watcher, changes };
        watch.follow_roots()?;
        Ok(watch)
    }

    /// Waits until something has changed, and then until it is quiet.
    ///
    /// # Errors
    /// Where a folder that is new, or back, cannot be watched.
    pub fn wait(&mut self) -> Result<(), WatchError> {
        let mut first: Option<Instant> = None;
        loop {
            if first.is_some_and(|first| first.elapsed() >= LONGEST) {
                return Ok(());
            }
            let is_change = match self.changes.recv_timeout(if first.is_some() { QUIET } else { TICK }) {
                Ok(told) => self.is_change(&told),
                Err(RecvTimeoutError::Timeout) if first.is_some() => return Ok(()),
                // Told nothing: a root that was taken away whole may tell nobody when it comes back.
                Err(RecvTimeoutError::Timeout) => self.follow_roots()?,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(TICK);
                    true
                }
            };
            if is_change {
                first.get_or_insert_with(Instant::now);
            }
        }
    }

    /// Whether what the system tells is a change of what is watched. What it could not tell may be one.
    fn is_change(&self, told: &notify::Result<Event>) -> bool {
        let Ok(event) = told else { return true };
        let is_reading = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        let is_ours = |path: &PathBuf| !path.starts_with(&self.ignored) && self.roots.iter().any(|root| root.concerns(path));
        !is_reading && (event.paths.is_empty() || event.paths.iter().any(is_ours))
    }

    /// Watches roots that are new or back; whether there are any, or one is gone.
    fn follow_roots(&mut self) -> Result<bool, WatchError> {
        let mut is_other = false;
        for root in &mut self.roots {
            let made = std::fs::metadata(&root.path).ok().map(|found| found.created().ok());
            if made == root.made {
                continue;
            }
            (root.made, is_other) = (made, true);
            if made.is_some() {
                let (path, mode) = root.watched();
                // Watched before, it may be another folder now.
                let _ = self.watcher.unwatch(path);
                self.watcher.watch(path, mode).map_err(|source| WatchError { path: path.to_owned(), source })?;
            }
        }
        Ok(is_other)
    }
}

impl Root {
    /// A file is watched by its folder: editors put another one in its place.
    fn watched(&self) -> (&Path, RecursiveMode) {
        match self.path.parent() {
            Some(folder) if self.path.is_file() => (folder, RecursiveMode::NonRecursive),
            _ => (&self.path, RecursiveMode::Recursive),
        }
    }

    /// Whether a path is this root or below it, or a table that stands beside a root that is a file.
    fn concerns(&self, path: &Path) -> bool {
        path.starts_with(&self.path) || path.parent() == Some(self.watched().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn changes_are_told_and_what_is_ignored_is_not() {
        for poll in [None, Some(Duration::from_millis(200))] {
            let folder = tempfile::tempdir().unwrap();
            let (root, ignored) = (folder.path().join("tin"), folder.path().join("tin/index"));
            fs::create_dir_all(&ignored).unwrap();
            fs::write(root.join("a.txt"), "một").unwrap();
            let mut watch = Watch::new(std::slice::from_ref(&root), &ignored, poll).unwrap();
            let later = std::thread::spawn(move || {
                fs::write(ignored.join("x.txt"), "của chỉ mục").unwrap();
                std::thread::sleep(Duration::from_secs(3));
                fs::create_dir_all(root.join("mới/sâu")).unwrap();
                fs::write(root.join("mới/sâu/b.txt"), "hai").unwrap();
                root
            });
            let began = Instant::now();
            watch.wait().unwrap();
            assert!(began.elapsed() >= Duration::from_secs(3), "what is ignored was told, {poll:?}");
            let root = later.join().unwrap();
            fs::read(root.join("a.txt")).unwrap();
            fs::remove_dir_all(&root).unwrap();
            watch.wait().unwrap();
            fs::create_dir_all(&root).unwrap();
            watch.wait().unwrap();
        }
    }
}
