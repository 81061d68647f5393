//! A file → its records, of one state of the file: what changes while it is read is told, and not taken for an article.
//!
//! The file is hashed before and after. A file that is one article gives it only if both hashes are the same; of a file of many records those
//! that were read stand, and the next run reads it again. So the hash that is noted is always that of the bytes that were read.

use super::{Format, ReadOptions, Shape, Sink, Skip, SkipReason, SourceFile, file_hash, read_file};
use crate::article::{Hash128, RawArticle};
use std::ops::ControlFlow;

/// Reads a file as [`read_file`] does; ends in [`SkipReason::Changed`] where it no longer has the hash that it had before.
///
/// Without a hash (standard input, and files that could not be read) nothing is compared.
pub fn read_steady(file: &SourceFile, before: Option<Hash128>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let Some(before) = before else { return read_file(file, options, sink) };
    let is_one =
        Format::of(&file.relative).is_some_and(|Format { shape, .. }| matches!(shape, Shape::Text | Shape::Html) || shape.is_document());
    let mut one: Option<Result<RawArticle, Skip>> = None;
    let mut is_ended = false;
    read_file(file, options, &mut |record| {
        if is_one {
            one = Some(record);
            return ControlFlow::Continue(());
        }
        let flow = sink(record);
        is_ended = flow.is_break();
        flow
    });
    if is_ended {
        return;
    }
    let is_steady = file_hash(file, options).is_ok_and(|after| after == before);
    // Nobody reads on, so the answers do not matter.
    if !is_steady {
        let _ = sink(Err(Skip::file(file, SkipReason::Changed, "the next run reads it again")));
    } else if let Some(record) = one {
        let _ = sink(record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_changes_while_it_is_read_is_told_and_no_half_article_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let lines = "{\"id\":\"1\",\"body\":\"Một bài.\"}\n{\"id\":\"2\",\"body\":\"Hai bài.\"}\n";
        for (name, text, changed, expected) in [
            ("steady.txt", "Một bài hư cấu.", None, (1, None)),
            ("shrinks.txt", "Một bài hư cấu.", Some("Một"), (0, Some(SkipReason::Changed))),
            ("gone.txt", "Một bài hư cấu.", Some(""), (0, Some(SkipReason::Unreadable))),
            ("steady.jsonl", lines, None, (2, None)),
            ("grows.jsonl", lines, Some("{\"id\":\"3\",\"body\":\"Ba bài.\"}\n"), (1, Some(SkipReason::Changed))),
        ] {
            let file = SourceFile::new(folder.path().join(name), name);
            fs::write(&file.path, text).unwrap();
            let before = file_hash(&file, &ReadOptions::default()).ok();
            match changed {
                Some("") => fs::remove_file(&file.path).unwrap(),
                Some(other) => fs::write(&file.path, other).unwrap(),
                None => {}
            }
            let (mut records, mut skip) = (0, None);
            read_steady(&file, before, &ReadOptions::default(), &mut |record| {
                match record {
                    Ok(_) => records += 1,
                    Err(found) => skip = Some(found.reason),
                }
                ControlFlow::Continue(())
            });
            let skip = if name == "gone.txt" { skip.map(|_| SkipReason::Unreadable) } else { skip };
            assert_eq!((records, skip), expected, "{name}");
        }
    }

    #[test]
    fn a_file_that_changes_between_two_records_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = SourceFile::new(folder.path().join("a.jsonl"), "a.jsonl");
        let line = format!("{{\"id\":\"1\",\"body\":\"{}\"}}\n", "Một bài hư cấu. ".repeat(100));
        fs::write(&file.path, line.repeat(1000)).unwrap();
        let before = file_hash(&file, &ReadOptions::default()).ok();
        let (mut records, mut skips) = (0, Vec::new());
        read_steady(&file, before, &ReadOptions::default(), &mut |record| {
            match record {
                Ok(_) => records += 1,
                Err(skip) => skips.push(skip.reason),
            }
            if records == 1 {
                fs::File::options().write(true).open(&file.path).unwrap().set_len(line.len() as u64 * 500 + 30).unwrap();
            }
            ControlFlow::Continue(())
        });
        assert_eq!((records, skips), (500, vec![SkipReason::Broken, SkipReason::Changed]));
    }
}
