//! What goes wrong around a run: disks fill, files change, two processes meet, clocks are wrong. Each ends in the last checkpoint, a message and an
//! exit code.

use crate::harness::{PIPELINE, TestIndex, answers, articles, repository};
use crate::worn::{article, everything, run, stderr, worn_index, write};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use tracuu::article::Hash128;
use tracuu::index::{FacetField, Reader, Writer, WriterOptions};
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Request, search};

#[test]
fn a_full_disk_stops_the_run_and_the_next_one_goes_on() {
    let corpus = repository().join("corpus");
    let undisturbed = TestIndex::of(std::slice::from_ref(&corpus));
    let expected = (answers(&undisturbed.dir()).unwrap(), articles(&undisturbed.dir()).unwrap());
    let (mut full, mut nothing_yet) = (0, 0);
    for blocks in [8, 40] {
        let index = TestIndex::new();
        index.archive();
        // A write beyond the limit is to fail as it does on a full disk, instead of ending the process.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" index \"$1\" --index \"$2\" --checkpoint 0");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script]).arg(env!("CARGO_BIN_EXE_tracuu")).arg(&corpus).arg(index.dir());
        let output = limited.stdout(Stdio::null()).output().unwrap();
        match output.status.code() {
            Some(0) => {}
            Some(2) => {
                let text = stderr(&output);
                assert!(text.contains("no room left in") && text.contains("make room"), "{blocks} blocks: {text}");
                full += 1;
            }
            other => panic!("{blocks} blocks: {other:?} {}", stderr(&output)),
        }
        // What was committed stands.
        match everything(&index.dir()) {
            Ok((_, articles)) => {
                assert!(articles.iter().all(|(id, article)| expected.1[id].article.content_hash == article.article.content_hash))
            }
            Err(error) => {
                assert!(error.to_string().contains("there is no index"), "{blocks} blocks: {error}");
                nothing_yet += 1;
            }
        }
        let output = run(&index.dir(), &["index", corpus.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{blocks} blocks: {}", stderr(&output));
        assert!((answers(&index.dir()).unwrap(), articles(&index.dir()).unwrap()) == expected, "{blocks} blocks: another index");
    }
    println!("{full} runs met a full disk, {nothing_yet} before their first checkpoint");
    assert!(full > 0 && full > nothing_yet, "some run has to fill the disk after a checkpoint");
}

#[test]
fn files_that_go_or_change_during_a_run_are_told_or_read_as_they_are() {
    let index = TestIndex::new();
    let archive = index.archive();
    for number in 0..4 {
        write(&archive, &format!("{number}.txt"), &article(number, "nước sạch"));
    }
    let mut is_first = true;
    let report = ingest(std::slice::from_ref(&archive), &index.dir(), &PIPELINE, &IngestOptions::default(), &mut |_| {
        if std::mem::take(&mut is_first) {
            fs::remove_file(archive.join("1.txt")).unwrap();
            write(&archive, "2.txt", &article(2, "nông thôn mới"));
        }
    });
    let report = report.unwrap();
    assert_eq!((report.articles, report.skipped.get("unreadable")), (3, Some(&1)), "{report:?}");
    let changed = index.search(&Request { query: "\"nông thôn mới\"".to_owned(), ..Request::default() });
    assert_eq!(changed.total, 1);
    // The file is back, and the next run reads it and the one that changed since it was listed.
    write(&archive, "1.txt", &article(1, "nước sạch"));
    let report = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    assert_eq!((report.run.added, report.run.unchanged_files, report.skipped.len()), (1, 2, 0), "{report:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_entered_is_counted_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let index = TestIndex::new();
    let archive = index.archive();
    fs::create_dir(archive.join("kín")).unwrap();
    write(&archive, "kín/1.txt", &article(1, "nước sạch"));
    write(&archive, "2.txt", &article(2, "nước sạch"));
    let rights = |mode| fs::set_permissions(archive.join("kín"), fs::Permissions::from_mode(mode)).unwrap();
    rights(0o000);
    if fs::read_dir(archive.join("kín")).is_ok() {
        rights(0o755);
        eprintln!("skipped: this user may enter any folder");
        return;
    }
    let report = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    rights(0o755);
    assert_eq!((report.articles, report.skipped.get("unreadable")), (1, Some(&1)), "{report:?}");
    assert_eq!(index.ingest(&[archive], &IngestOptions::default()).articles, 2);
}

#[test]
fn of_two_writers_one_waits_outside() {
    let index = TestIndex::new();
    let archive = index.archive();
    write(&archive, "1.txt", &article(1, "nước sạch"));
    let mut writer = Writer::open(&index.dir(), &PIPELINE.analyzer, BTreeMap::new(), WriterOptions::default()).unwrap();
    // Before its first checkpoint, when the folder looks like a leftover.
    let refused = run(&index.dir(), &["index", archive.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("another process is writing to the index in"), "{}", stderr(&refused));
    writer.checkpoint().unwrap();
    let refused = run(&index.dir(), &["rebuild"]);
    assert!(refused.status.code() == Some(2) && stderr(&refused).contains("another process"), "{}", stderr(&refused));
    drop(writer);
    assert_eq!(run(&index.dir(), &["index", archive.to_str().unwrap()]).status.code(), Some(0));

    // Both at once, again and again: whoever comes in goes on from what the other left.
    let start = |name: &str| {
        write(&archive, name, &article(name.len(), name));
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracuu"));
        command.args(["index", "--checkpoint", "0"]).arg(&archive).arg("--index").arg(index.dir());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    for round in 0..3 {
        let both = [start(&format!("a{round}.txt")), start(&format!("b{round}b.txt"))];
        let codes = both.map(|mut child| child.wait().unwrap().code());
        assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
    }
    let last = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
    assert_eq!(last.articles, 7, "{last:?}");
    assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
}

#[test]
fn a_reader_beside_a_writer_sees_one_checkpoint_at_a_time() {
    let index = TestIndex::new();
    let archive = index.archive();
    for number in 0..80 {
        write(&archive, &format!("{number}.txt"), &article(number, "nước sạch"));
    }
    let often = WriterOptions { threads: 1, checkpoint_articles: 2, ..WriterOptions::default() };
    let options = IngestOptions { writer: often, ..IngestOptions::default() };
    let is_done = AtomicBool::new(false);
    let (dir, mut seen) = (index.dir(), Vec::new());
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let (mut seen, mut kept) = (Vec::new(), None);
            while !is_done.load(Ordering::Relaxed) {
                let Ok(opened) = Reader::open(&dir, PIPELINE.analyzer.clone()).inspect_err(|error| {
                    assert!(error.to_string().contains("there is no index"), "{error}");
                }) else {
                    continue;
                };
                // One that stays open, and one that is opened anew.
                let reader = kept.get_or_insert(opened);
                let generation = reader.generation().unwrap();
                let manifest = generation.manifest();
                let request = Request { facets: vec![FacetField::Collection], limit: 1000, ..Request::default() };
                let response = search(&generation, &PIPELINE.authority, &request).unwrap();
                assert_eq!(response.total, manifest.articles);
                assert_eq!(response.facets["collection"].values.iter().map(|value| value.count).sum::<u64>(), manifest.articles);
                let mut articles: Vec<_> =
                    generation.articles().map(|stored| stored.unwrap().article).map(|a| (a.id.halves(), a.content_hash.halves())).collect();
                articles.sort_unstable();
                let bytes: Vec<u8> = articles.iter().flat_map(|((a, b), (c, d))| [*a, *b, *c, *d]).flat_map(u64::to_be_bytes).collect();
                assert_eq!(Hash128::of([bytes.as_slice()]), manifest.corpus_id, "generation {}", manifest.generation);
                seen.push(manifest.generation);
            }
            seen
        });
        for round in 0..3 {
            ingest(std::slice::from_ref(&archive), &dir, &PIPELINE, &options, &mut |_| {}).unwrap();
            for number in 0..20 {
                write(&archive, &format!("{number}.txt"), &article(number, &format!("việc mới {round}")));
            }
        }
        is_done.store(true, Ordering::Relaxed);
        seen = reading.join().unwrap();
    });
    assert!(seen.is_sorted(), "time does not go back: {seen:?}");
    seen.dedup();
    println!("{} generations were seen", seen.len());
    assert!(seen.len() > 3);
}

#[test]
fn no_clock_has_to_be_right() {
    let index = worn_index();
    let archive = index.archive();
    let before = everything(&index.dir()).unwrap();
    let century = Duration::from_secs(100 * 365 * 86_400);
    for (number, time) in [SystemTime::UNIX_EPOCH, SystemTime::now() + century].into_iter().enumerate() {
        for entry in fs::read_dir(&archive).unwrap().flatten() {
            File::options().write(true).open(entry.path()).unwrap().set_modified(time).unwrap();
        }
        let report = index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
        assert_eq!((report.run.added, report.run.changed, report.run.removed), (0, 0, 0));
        assert!(answers(&index.dir()).unwrap() == before.0);
        // An edit with an old time, or one of the future, is an edit.
        write(&archive, "9.txt", &article(9, &format!("việc lạ thứ {number}")));
        File::options().write(true).open(archive.join("9.txt")).unwrap().set_modified(time).unwrap();
        assert_eq!(index.ingest(std::slice::from_ref(&archive), &IngestOptions::default()).run.changed, 1);
        write(&archive, "9.txt", &article(9, "nước sạch"));
        index.ingest(std::slice::from_ref(&archive), &IngestOptions::default());
        assert!(answers(&index.dir()).unwrap() == before.0);
    }
}
