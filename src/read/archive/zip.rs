//! A zip file → its members, in the order of its directory; without one, in the order of its bytes.

use super::Archive;
use crate::read::bound::{Meter, Unpacking};
use crate::read::{ReadOptions, Sink, Skip, SkipReason, SourceFile, unpack};
use std::borrow::Cow;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;
use zip::read::{ZipReadOptions, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

/// Reads every member. A damaged one is a skip; where the directory is damaged, members are read up to the damage.
pub fn read<R: Read + Seek>(file: &SourceFile, mut reader: R, options: &ReadOptions, depth: u32, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let size = match reader.seek(SeekFrom::End(0)) {
        Ok(size) => size,
        Err(error) => return sink(Err(unpack::broken(file, &error))),
    };
    // Members may share their bytes: what they unpack to is measured against the file.
    let meter = Meter::of_size(&options.limits, size);
    let mut archive = Archive::new(file, options, depth);
    match ZipIterable::try_new(&mut reader, zip::read::Config::default()) {
        Ok(mut members) => by_directory(&mut archive, &mut members, &meter, sink)?,
        Err(problem) => {
            without_directory(&mut archive, &mut reader, &meter, sink)?;
            return sink(Err(broken(file, &problem)));
        }
    }
    if archive.members == 0 { sink(Err(Skip::file(file, SkipReason::Empty, ""))) } else { ControlFlow::Continue(()) }
}

fn by_directory<R: Read + Seek>(
    archive: &mut Archive<'_>,
    members: &mut ZipIterable<R>,
    meter: &Rc<Meter>,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let entries = match members.files() {
        Ok(entries) => entries,
        Err(problem) => return sink(Err(broken(archive.file, &problem))),
    };
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(problem) => return sink(Err(broken(archive.file, &problem))),
        };
        if entry.is_dir() {
            continue;
        }
        if let Some(skip) = archive.is_full() {
            return sink(Err(skip));
        }
        let name = name(entry.name_raw(), || entry.name().ok().map(Cow::into_owned));
        let member = match archive.member(&name) {
            Ok(member) => member,
            Err(skip) => {
                sink(Err(skip))?;
                continue;
            }
        };
        let reason = match (entry.is_symlink(), entry.encrypted()) {
            (true, _) => Some((SkipReason::NotAFile, "symbolic link")),
            (_, true) => Some((SkipReason::Encrypted, "")),
            _ => None,
        };
        if let Some((reason, detail)) = reason {
            sink(Err(Skip::file(&member, reason, detail)))?;
            continue;
        }
        match entry.with_reader(entries.reader_mut(), ZipReadOptions::new()) {
            Ok(stream) => archive.read(&member, &mut BufReader::new(Unpacking::new(stream, meter)), sink)?,
            Err(problem) => sink(Err(broken(&member, &problem)))?,
        }
        if let Err(error) = meter.check() {
            return sink(Err(unpack::broken(archive.file, &error)));
        }
    }
    ControlFlow::Continue(())
}

/// Reads members as they stand behind each other, up to the damage.
fn without_directory<R: Read + Seek>(archive: &mut Archive<'_>, reader: &mut R, meter: &Rc<Meter>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    if reader.seek(SeekFrom::Start(0)).is_err() {
        return ControlFlow::Continue(());
    }
    let mut reader = BufReader::new(reader);
    while let Ok(Some(stream)) = read_zipfile_from_stream(&mut reader) {
        if stream.is_dir() {
            continue;
        }
        if archive.is_full().is_some() || meter.check().is_err() {
            break;
        }
        let name = name(stream.name_raw(), || stream.name().ok().map(Cow::into_owned));
        match archive.member(&name) {
            Ok(member) => archive.read(&member, &mut BufReader::new(Unpacking::new(stream, meter)), sink)?,
            Err(skip) => sink(Err(skip))?,
        }
    }
    ControlFlow::Continue(())
}

/// Names are often UTF-8 without being marked as such; what is not is of the code page of old.
fn name(raw: &[u8], of_code_page: impl Fn() -> Option<String>) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => of_code_page().unwrap_or_else(|| String::from_utf8_lossy(raw).into_owned()),
    }
}

fn broken(file: &SourceFile, problem: &ZipError) -> Skip {
    match problem {
        ZipError::Io(error) => unpack::broken(file, error),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Skip::file(file, SkipReason::UnknownFormat, &problem.to_string())
        }
        _ => Skip::file(file, SkipReason::Broken, &problem.to_string()),
    }
}
