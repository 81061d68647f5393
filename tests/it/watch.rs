//! `tracuu index --watch`: the index follows a folder while articles are added, edited and deleted.

use crate::harness::{TestIndex, tracuu};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than it should take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A run with `--watch`, and what it says; it ends with the test.
struct Watching {
    child: Child,
    said: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, more: &[&str]) -> Watching {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tracuu"))
            .args(["index", "archive", "--watch"])
            .args(more)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, said) = channel();
        let pipes: [Box<dyn std::io::Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for pipe in pipes {
            let sender = sender.clone();
            std::thread::spawn(move || BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        }
        Watching { child, said }
    }

    /// Waits until it says something.
    fn says(&self, what: &str) {
        let mut said = Vec::new();
        while let Ok(line) = self.said.recv_timeout(PATIENCE) {
            if line.contains(what) {
                return;
            }
            said.push(line);
        }
        panic!("it never said {what:?}, but {said:?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(archive: &Path, name: &str, unit: &str) {
    fs::write(archive.join(name), format!("Tin {name}\nTỉnh {unit} họp bàn việc trồng rừng, bài {name}.\n")).unwrap();
}

#[test]
fn the_index_follows_a_folder_until_it_is_killed() {
    for more in [&[][..], &["--poll", "1"]] {
        let index = TestIndex::new();
        let archive = index.archive();
        ["a.txt", "b.txt", "c.txt"].iter().for_each(|name| write(&archive, name, "Lai Châu"));
        let watching = Watching::start(archive.parent().unwrap(), more);
        watching.says("3 articles in the index: 3 added");
        fs::create_dir_all(archive.join("mới")).unwrap();
        write(&archive, "mới/d.txt", "Sơn La");
        watching.says("4 articles in the index: 1 added");
        write(&archive, "a.txt", "Điện Biên");
        watching.says("4 articles in the index: 0 added, 1 changed");
        fs::remove_file(archive.join("b.txt")).unwrap();
        watching.says("3 articles in the index: 0 added, 0 changed, 3 unchanged, 0 superseded, 1 removed");
        // The whole folder is gone, as when a disk is taken out: told, and waited for.
        let away = archive.with_file_name("away");
        fs::rename(&archive, &away).unwrap();
        watching.says("is not there, so all 3 articles");
        fs::rename(&away, &archive).unwrap();
        write(&archive, "e.txt", "Hà Giang");
        watching.says("4 articles in the index: 1 added, 0 changed, 3 unchanged");
        drop(watching);
        let check = tracuu(archive.parent().unwrap(), &["check"]);
        assert!(String::from_utf8_lossy(&check.stdout).starts_with("the index is whole: 4 articles"), "{check:?}");
    }
}

#[test]
fn what_cannot_be_watched_is_an_error() {
    let index = TestIndex::new();
    for (paths, expected) in [("-", "standard input cannot be watched"), ("không-có", "không-có")] {
        let refused = tracuu(index.archive().parent().unwrap(), &["index", paths, "--watch"]);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(expected), "{refused:?}");
    }
}
