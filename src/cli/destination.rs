//! Where a command writes its answer: standard output, or a file, whole or not at all, with what it is of beside it.

use super::args::OutArgs;
use super::now;
use super::output::{Output, note};
use super::text_format::thousands;
use crate::error::Error;
use crate::export::{AnswerFile, AnswerSidecar, AnsweredQuery};
use crate::index::{Generation, TOOL};
use crate::search::{IndexState, Unit};
use crate::whole_file::{folder_of, new_in};
use clap::ValueEnum;
use serde::Serialize;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is not there before it is whole, and what stands beside it.
pub(super) struct NewFile {
    path: PathBuf,
    sidecar: PathBuf,
    /// Whether it may take the place of an earlier one.
    force: bool,
    new: NamedTempFile,
}

impl NewFile {
    /// Makes sure that it can be written, before anything is asked.
    pub fn at(path: &Path, force: bool) -> Result<NewFile, Error> {
        if path == Path::new("-") {
            let repair = "leave --out out, and the answer is written there (of all hits: `search --limit all --format csv`)";
            return Err(usage("--out -: standard output has no file beside it that would say what it is of", repair));
        }
        // A link stays; what it leads to is replaced.
        let path = &fs::canonicalize(path).ok().filter(|_| path.is_symlink()).unwrap_or_else(|| path.to_owned());
        let (folder, _) = place(path)?;
        if !folder.is_dir() {
            return Err(usage(format!("{}: no such folder", folder.display()), "make it, or name another place"));
        }
        let mut sidecar = path.as_os_str().to_owned();
        sidecar.push(".meta.json");
        let sidecar = PathBuf::from(sidecar);
        for path in [path.as_path(), &sidecar] {
            if path.symlink_metadata().is_ok() && !(force && path.is_file()) {
                let repair = if path.is_file() { "give another name, or --force to write over it" } else { "give another name" };
                return Err(usage(format!("{} is there already", path.display()), repair));
            }
        }
        Ok(NewFile { new: new_in(folder).map_err(at(folder))?, path: path.to_owned(), sidecar, force })
    }

    /// What is written to.
    pub fn file(&self) -> &File {
        self.new.as_file()
    }

    /// The name that it gets.
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Gives it its name, and writes what stands beside it, which is told how many bytes there are; says where they are.
    pub fn end<S: Serialize>(self, told: impl FnOnce(u64) -> S) -> Result<String, Error> {
        let NewFile { path, sidecar, force, new } = self;
        let bytes = new.as_file().metadata().map_err(at(&path))?.len();
        let folder = folder_of(&path);
        let meta = new_in(folder).map_err(at(folder))?;
        write_json(meta.as_file(), &told(bytes)).map_err(at(&sidecar))?;
        if force {
            // What an earlier file says of itself is not to stand beside this one, not for a moment.
            fs::remove_file(&sidecar).or_else(unless_missing).map_err(at(&sidecar))?;
        }
        persist(new, &path, force)?;
        persist(meta, &sidecar, force)?;
        Ok(format!("{} ({} bytes), {}", path.display(), thousands(bytes), sidecar.display()))
    }
}

/// Where an answer goes.
pub(super) enum Destination<'a> {
    Standard(&'a mut Output),
    File(NewFile, Output),
}

impl<'a> Destination<'a> {
    /// The file that was given, else standard output.
    pub fn of(args: &OutArgs, standard: &'a mut Output) -> Result<Destination<'a>, Error> {
        let Some(path) = &args.file else { return Ok(Destination::Standard(standard)) };
        let new = NewFile::at(path, args.force)?;
        let output = Output::file(new.file().try_clone().map_err(at(path))?);
        Ok(Destination::File(new, output))
    }

    /// What the answer is written to.
    pub fn output(&mut self) -> &mut Output {
        match self {
            Destination::Standard(output) => output,
            Destination::File(_, output) => output,
        }
    }

    /// Ends a file, with what it is of beside it.
    pub fn end<W: Serialize, F: ValueEnum>(self, told: Told<W, F>, generation: &Generation) -> Result<(), Error> {
        let Destination::File(new, mut output) = self else { return Ok(()) };
        output.finish()?;
        let path = new.name();
        let Told { answer, wanted, queries, counts_of, format, excel } = told;
        let written = new.end(|bytes| AnswerSidecar {
            tool: TOOL.to_owned(),
            written: now(),
            index: IndexState::of(generation),
            pipeline: generation.manifest().pipeline,
            answer,
            wanted,
            queries,
            counts_of,
            format: name_of(&format),
            excel,
            files: vec![AnswerFile { path, bytes }],
        })?;
        note(format_args!("→ {written}"));
        Ok(())
    }
}

/// What an answer is of, beside the index.
pub(super) struct Told<W, F> {
    /// Its kind.
    pub answer: &'static str,
    /// What was wanted of it.
    pub wanted: W,
    pub queries: Vec<AnsweredQuery>,
    pub counts_of: Unit,
    pub format: F,
    pub excel: bool,
}

/// The name of a format, as it is given.
fn name_of<F: ValueEnum>(format: &F) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// The format that was given; else that of the file's ending; else the usual one.
pub(super) fn format<F: ValueEnum + Default>(given: Option<F>, out: &OutArgs) -> Result<F, Error> {
    let Some(path) = &out.file else { return Ok(given.unwrap_or_default()) };
    let by_ending = || F::from_str(path.extension()?.to_str()?, true).ok();
    let names = || F::value_variants().iter().map(name_of).collect::<Vec<_>>();
    let unknown = || usage(format!("{}: its ending says no format", path.display()), format!("give --format {}", names().join(", ")));
    given.or_else(by_ending).ok_or_else(unknown)
}

/// That only what spreadsheets read is written for them.
pub(super) fn check_style(out: &OutArgs, is_csv: bool) -> Result<(), Error> {
    if out.excel && !is_csv { Err(usage("--excel: this format is not for spreadsheets", "write --format csv")) } else { Ok(()) }
}

pub(super) fn usage(what: impl Into<String>, repair: impl Into<String>) -> Error {
    Error::Usage { what: what.into(), repair: repair.into() }
}

/// What happens at a path, with the path.
pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    |source| Error::Path { path: path.to_owned(), source }
}

/// The folder that holds a path, and what it is called there.
pub(super) fn place(path: &Path) -> Result<(&Path, OsString), Error> {
    let name = path.file_name().ok_or_else(|| usage(format!("{}: no name to write to", path.display()), "name a file or a folder"))?;
    Ok((folder_of(path), name.to_owned()))
}

fn persist(new: NamedTempFile, path: &Path, force: bool) -> Result<(), Error> {
    let outcome = if force { new.persist(path) } else { new.persist_noclobber(path) };
    outcome.map(drop).map_err(|error| at(path)(error.error))
}

fn unless_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

pub(super) fn write_json(file: &File, value: &impl Serialize) -> io::Result<()> {
    let mut to = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut to, value)?;
    writeln!(to)?;
    to.flush()
}
