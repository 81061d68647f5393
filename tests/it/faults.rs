//! What goes wrong around a run: disks fill, files change, folders are damaged, two processes meet. Each ends in the last checkpoint, a message
//! and an exit code.

use crate::harness::{PIPELINE, TestIndex, answers, articles, repository, tracuu};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use tracuu::article::Hash128;
use tracuu::index::{FacetField, Reader, StoredArticle, Writer, WriterOptions};
use tracuu::ingest::{IngestOptions, ingest};
use tracuu::search::{Request, search};

fn write(archive: &Path, name: &str, text: &str) {
    fs::write(archive.join(name), text).unwrap();
}

fn article(number: usize, word: &str) -> String {
    format!(
        "Lai Châu họp bàn việc số {number}\nNgày {}/3/2024, UBND tỉnh Lai Châu họp bàn {word} tại huyện mẫu số {number}. Bài viết hư cấu.\n",
        number % 28 + 1
    )
}

/// An index of two segments, one with a deleted article, with copies, versions and three manifests behind it.
fn worn_index() -> TestIndex {
    let index = TestIndex::new();
    let archive = index.archive();
    for number in 0..12 {
        write(&archive, &format!("{number}.txt"), &article(number, "nước sạch"));
    }
    write(&archive, "ban-sao.jsonl", &format!("{{\"id\":\"x\",\"body\":{:?}}}\n", article(3, "nước sạch").repeat(3)));
    write(&archive, "ban-sao-2.jsonl", &format!("{{\"id\":\"y\",\"body\":{:?}}}\n", article(3, "nước sạch").repeat(3)));
    let options = IngestOptions { writer: WriterOptions { threads: 1, ..WriterOptions::default() }, ..IngestOptions::default() };
    index.ingest(std::slice::from_ref(&archive), &options);
    write(&archive, "5.txt", &article(5, "nông thôn mới"));
    index.ingest(std::slice::from_ref(&archive), &options);
    index
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn files(index: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(index).sort_by_file_name().into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(index).unwrap().to_owned()).collect()
}

/// Runs the binary on an index, whatever comes of it.
fn run(index: &Path, arguments: &[&str]) -> Output {
    tracuu(index.parent().unwrap(), &[arguments, &["--index", index.to_str().unwrap()]].concat())
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Each way in which a file is damaged, with its name.
fn damages(whole: &[u8]) -> Vec<(String, Vec<u8>)> {
    const REGIONS: usize = 20;
    let lengths = [0, whole.len() / 2, whole.len().saturating_sub(1)];
    let truncated = lengths.into_iter().map(|length| (format!("cut to {length}"), whole[..length].to_vec()));
    let flipped = (0..REGIONS.min(whole.len())).flat_map(|region| {
        let at = (region * whole.len() + whole.len() / 2) / REGIONS.min(whole.len());
        [1_u8, 0x80].map(|bit| {
            let mut bytes = whole.to_vec();
            bytes[at.min(whole.len() - 1)] ^= bit;
            (format!("bit {bit:#x} of byte {at} flipped"), bytes)
        })
    });
    truncated.chain(flipped).filter(|(_, bytes)| bytes != whole).collect()
}

/// Everything that a reader can ask an index.
fn everything(dir: &Path) -> Result<(Vec<serde_json::Value>, BTreeMap<String, StoredArticle>), tracuu::Error> {
    let generation = Reader::open(dir, PIPELINE.analyzer.clone())?.generation()?;
    generation.field_sizes()?;
    generation.groups()?;
    Ok((answers(dir)?, articles(dir)?))
}

#[test]
fn a_damaged_index_gives_an_error_or_the_right_answer() {
    let index = worn_index();
    let pristine = index.dir();
    let expected = everything(&pristine).unwrap();
    let (archive, folder) = (index.archive(), tempfile::tempdir().unwrap());
    let (mut damaged, mut harmless) = (0, 0);
    for (number, file) in files(&pristine).into_iter().enumerate() {
        let whole = fs::read(pristine.join(&file)).unwrap();
        for (damage, bytes) in damages(&whole) {
            let what = format!("{}: {damage}", file.display());
            let dir = folder.path().join(format!("index-{number}-{damaged}-{harmless}"));
            copy(&pristine, &dir);
            fs::write(dir.join(&file), &bytes).unwrap();
            let found = catch_unwind(AssertUnwindSafe(|| everything(&dir))).unwrap_or_else(|_| panic!("{what}: panic"));
            let written = catch_unwind(AssertUnwindSafe(|| {
                ingest(std::slice::from_ref(&archive), &dir, &PIPELINE, &IngestOptions::default(), &mut |_| {})
            }));
            let written = written.unwrap_or_else(|_| panic!("{what}: panic of the writer"));
            match found {
                Ok(found) => {
                    assert!(found == expected, "{what}: another answer");
                    written.unwrap_or_else(|error| panic!("{what}: can be read, but not written: {error}"));
                    assert!(everything(&dir).unwrap() == expected, "{what}: another answer after the next run");
                    harmless += 1;
                }
                Err(error) => {
                    assert!(error.to_string().contains("rebuild"), "{what}: {error}");
                    match written {
                        Err(error) => assert!(error.to_string().contains("rebuild"), "{what}: {error}"),
                        // The table of near-duplicates is made of the articles, by every run that finds it damaged.
                        Ok(_) => assert!(everything(&dir).unwrap() == expected, "{what}: another answer after the next run"),
                    }
                    damaged += 1;
                }
            }
            fs::remove_dir_all(dir).unwrap();
        }
    }
    println!("{damaged} damages were told, {harmless} changed no answer");
    assert!(damaged > 10 * harmless.min(30), "{damaged} {harmless}");
}

#[test]
fn every_command_tells_damage_and_what_to_do() {
    let index = worn_index();
    let id = articles(&index.dir()).unwrap().into_keys().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let archive = index.archive();
    let commands: [&[&str]; 6] =
        [&["search", "nước sạch"], &["index", archive.to_str().unwrap()], &["check"], &["check", "--deep"], &["stats"], &["show", &id]];
    for command in commands {
        let whole = run(&index.dir(), command);
        assert_eq!(whole.status.code(), Some(0), "{command:?}: {}", stderr(&whole));
    }
    for ending in ["store", "meta.json", "del"] {
        let file = files(&index.dir()).into_iter().find(|file| file.to_str().unwrap().ends_with(ending)).unwrap();
        copy(&index.dir(), &dir);
        let mut bytes = fs::read(dir.join(&file)).unwrap();
        bytes.truncate(bytes.len() / 2);
        fs::write(dir.join(&file), bytes).unwrap();
        for command in commands {
            let told = run(&dir, command);
            assert_eq!(told.status.code(), Some(2), "{command:?}, {ending}: {}", stderr(&told));
            let text = stderr(&told);
            assert!(text.contains("damaged") && text.contains("rebuild --index") && text.contains(dir.to_str().unwrap()), "{text}");
        }
        fs::remove_dir_all(&dir).unwrap();
    }
    // What is gone is not taken for what never was.
    copy(&index.dir(), &dir);
    fs::remove_file(dir.join("segments/meta.json")).unwrap();
    let told = run(&dir, &["index", archive.to_str().unwrap()]);
    assert!(told.status.code() == Some(2) && stderr(&told).contains("meta.json is gone"), "{}", stderr(&told));
}

#[test]
fn a_deep_check_finds_postings_that_are_not_those_of_the_text() {
    let one_segment = |word: &str| {
        let index = TestIndex::new();
        let archive = index.archive();
        for number in 0..30 {
            write(&archive, &format!("{number:02}.txt"), &article(number, if number == 7 { word } else { "nước sạch" }));
        }
        let options = IngestOptions { writer: WriterOptions { threads: 1, ..WriterOptions::default() }, ..IngestOptions::default() };
        index.ingest(&[archive], &options);
        index
    };
    let segment = |index: &TestIndex| {
        let store = files(&index.dir()).into_iter().find(|file| file.extension().is_some_and(|ending| ending == "store")).unwrap();
        index.dir().join(store).with_extension("")
    };
    let (index, other) = (one_segment("nước sạch"), one_segment("giá thịt lợn hơi"));
    assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
    for endings in [["term", "idx", "pos"].as_slice(), &["fast"], &["fieldnorm"]] {
        for ending in endings {
            fs::copy(segment(&other).with_extension(ending), segment(&index).with_extension(ending)).unwrap();
        }
        // Each file agrees with its checksum.
        let quick = run(&index.dir(), &["check"]);
        assert_eq!(quick.status.code(), Some(0), "{}", stderr(&quick));
        let deep = run(&index.dir(), &["check", "--deep"]);
        assert_eq!(deep.status.code(), Some(2), "{endings:?}");
        assert!(stderr(&deep).contains("are not those of its text"), "{}", stderr(&deep));
        let back = one_segment("nước sạch");
        for ending in endings {
            fs::copy(segment(&back).with_extension(ending), segment(&index).with_extension(ending)).unwrap();
        }
    }
    assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
}

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
fn an_index_of_another_version_is_told() {
    let index = worn_index();
    let newest = files(&index.dir()).into_iter().rfind(|file| file.to_str().unwrap().starts_with("manifest-")).unwrap();
    let text = fs::read_to_string(index.dir().join(&newest)).unwrap();
    let meta = fs::read_to_string(index.dir().join("segments/meta.json")).unwrap();
    let payload = serde_json::from_str::<serde_json::Value>(&meta).unwrap()["payload"].as_str().unwrap().to_owned();
    let generation = payload.split(' ').next().unwrap();
    let format = text.split_once("\"format\":").unwrap().1.split(',').next().unwrap().to_owned();
    for (other, names_hash) in [("1", false), ("5", false), ("6", false), ("99", true)] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        copy(&index.dir(), &dir);
        let changed = text.replacen(&format!("\"format\":{format}"), &format!("\"format\":{other}"), 1);
        fs::write(dir.join(&newest), &changed).unwrap();
        let hash = Hash128::of([changed.as_bytes()]);
        let name = if names_hash { format!("{generation} {hash}") } else { generation.to_owned() };
        fs::write(dir.join("segments/meta.json"), meta.replace(&payload, &name)).unwrap();
        for command in [["search", "họp"].as_slice(), &["stats"], &["check"], &["index", index.archive().to_str().unwrap()]] {
            let told = run(&dir, command);
            assert_eq!(told.status.code(), Some(2), "{other} {command:?}");
            let said = stderr(&told);
            assert!(said.contains(&format!("has format {other}, this program reads format {format}")), "{said}");
            assert!(said.contains("builds it anew from the archive"), "{said}");
        }
        let rebuilt = run(&dir, &["rebuild"]);
        assert_eq!(rebuilt.status.code(), Some(0), "{}", stderr(&rebuilt));
        assert!(everything(&dir).unwrap().0 == answers(&index.dir()).unwrap());
    }
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

/// First days by article.
fn first_days(dir: &Path) -> BTreeMap<String, String> {
    let generation = Reader::open(dir, PIPELINE.analyzer.clone()).unwrap().generation().unwrap();
    generation.articles().map(|stored| stored.unwrap()).map(|stored| (stored.article.id.to_string(), stored.first_indexed)).collect()
}

#[test]
fn a_damaged_index_is_built_anew_with_its_history() {
    for damaged in ["idx", "meta.json", ".managed.json"] {
        let index = worn_index();
        let expected = everything(&index.dir()).unwrap();
        let days = first_days(&index.dir());
        let file = files(&index.dir()).into_iter().find(|file| file.to_str().unwrap().ends_with(damaged)).unwrap();
        fs::write(index.dir().join(file), "x").unwrap();
        fs::write(index.dir().join("README.md"), "Of another's.").unwrap();
        assert!(everything(&index.dir()).is_err());
        std::thread::sleep(Duration::from_millis(1_100));
        let output = run(&index.dir(), &["rebuild"]);
        assert_eq!(output.status.code(), Some(0), "{damaged}: {}", stderr(&output));
        let found = everything(&index.dir()).unwrap();
        assert!(found.0 == expected.0, "{damaged}: other answers");
        assert!(found.1 == expected.1, "{damaged}: other articles or versions");
        assert!(found.1.values().any(|stored| !stored.versions.is_empty()), "the edited article keeps its earlier text");
        assert_eq!(first_days(&index.dir()), days, "{damaged}");
        let kept = index.dir().with_file_name("index.damaged-1");
        assert!(kept.is_dir() && String::from_utf8_lossy(&output.stdout).contains("index.damaged-1"));
        assert!(!index.dir().with_file_name("index.rebuild").exists());
        assert!(index.dir().join("README.md").exists());
        assert_eq!(run(&index.dir(), &["check", "--deep"]).status.code(), Some(0));
        assert_eq!(run(&index.dir(), &["rebuild", "--discard"]).status.code(), Some(0));
        assert!(!index.dir().with_file_name("index.damaged-2").exists());
        assert!(everything(&index.dir()).unwrap() == expected);
    }
}

#[test]
fn nothing_is_touched_where_the_archive_is_gone() {
    let index = worn_index();
    let expected = everything(&index.dir()).unwrap();
    let archive = index.archive();
    let aside = archive.with_file_name("aside");
    fs::rename(&archive, &aside).unwrap();
    let output = run(&index.dir(), &["rebuild"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(archive.to_str().unwrap()) && stderr(&output).contains("nothing was touched"), "{}", stderr(&output));
    // A folder of that name with next to nothing in it: a disk that is not there.
    fs::create_dir(&archive).unwrap();
    write(&archive, "1.txt", &article(1, "nước sạch"));
    let output = run(&index.dir(), &["rebuild"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--force"), "{}", stderr(&output));
    assert!(everything(&index.dir()).unwrap() == expected);
    assert!(!index.dir().with_file_name("index.rebuild").exists());
    for (arguments, message) in [(["--without", "x"], "knows no collection `x`"), (["--index", "/không/có"], "there is no index in")] {
        let output = tracuu(index.dir().parent().unwrap(), &[&["rebuild"], arguments.as_slice()].concat());
        assert!(output.status.code() == Some(2) && stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn a_killed_rebuild_leaves_one_index_whole_and_the_next_one_goes_on() {
    let index = TestIndex::new();
    let corpus = repository().join("corpus");
    index.ingest(std::slice::from_ref(&corpus), &IngestOptions::default());
    let expected = (answers(&index.dir()).unwrap(), articles(&index.dir()).unwrap());
    let start = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tracuu"));
        command.args(["rebuild", "--discard", "--index"]).arg(index.dir()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let began = std::time::Instant::now();
    assert!(start().wait().unwrap().success());
    let duration = began.elapsed();
    let is_right = || (answers(&index.dir()).unwrap(), articles(&index.dir()).unwrap()) == expected;
    for share in [0.2, 0.5, 0.8, 0.9, 0.95, 1.0] {
        let mut run = start();
        std::thread::sleep(duration.mul_f64(share));
        let _ = run.kill();
        let _ = run.wait();
        assert!(is_right(), "killed at {share}");
    }
    // Each state of the swap, as a kill would leave it.
    let beside = index.dir().with_file_name("index.rebuild");
    let aside = index.dir().with_file_name("index.damaged-1");
    assert!(start().wait().unwrap().success());
    let states: [(&str, &dyn Fn()); 4] = [
        ("built, not swapped", &|| copy_marked(&index.dir(), &beside)),
        ("between the two steps", &|| {
            copy_marked(&index.dir(), &beside);
            fs::rename(index.dir(), &aside).unwrap();
        }),
        ("swapped, the old one beside", &|| {
            copy(&index.dir(), &beside);
            File::create(index.dir().join("rebuilt")).unwrap();
        }),
        ("swapped, the mark left", &|| drop(File::create(index.dir().join("rebuilt")).unwrap())),
    ];
    for (state, make) in states {
        make();
        let output = run(&index.dir(), &["rebuild"]);
        assert_eq!(output.status.code(), Some(0), "{state}: {}", stderr(&output));
        assert!(is_right(), "{state}");
        assert!(!beside.exists() && !index.dir().join("rebuilt").exists(), "{state}");
        let _ = fs::remove_dir_all(&aside);
    }
}

fn copy_marked(index: &Path, beside: &Path) {
    copy(index, beside);
    File::create(beside.join("rebuilt")).unwrap();
}
