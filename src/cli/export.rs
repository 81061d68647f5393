//! `tracuu export`: all that a query and filters select → a file or a folder of tables, whole or not at all, with what it is of beside it.

use super::args::ExportArgs;
use super::destination::{NewFile, at, place, usage, write_json};
use super::output::{Output, note};
use super::search::request;
use super::text_format::thousands;
use super::{Outcome, now, open, unless_failed};
use crate::error::Error;
use crate::export::{Exporter, FieldError, Files, Form, Format, InOrder, LongTables, RowOf, Sidecar, Style, Written};
use crate::index::Generation;
use crate::ingest::Pipeline;
use crate::search::{Hit, Request, Response, Unit, for_each_hit_as_stored};
use crate::whole_file::{folder_of, with_permissions};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tempfile::Builder;

/// What stands in the folder of an export beside its tables.
const CODEBOOK: &str = "codebook.md";
const DATA_PACKAGE: &str = "datapackage.json";
const SIDECAR: &str = "export.meta.json";

pub(super) fn run(args: &ExportArgs, output: &mut Output) -> Result<Outcome, Error> {
    if args.excel && args.offsets.is_of_characters() {
        let what = "--excel puts a mark before a text that a spreadsheet would carry out, and --offsets char counts in the text as it is";
        return Err(usage(what, "leave one of them out: R and pandas need no --excel"));
    }
    let asked = Request { limit: usize::MAX, sort: args.sort.into(), hits_of: Unit::of_stories(args.collapse), ..request(&args.query)? };
    let total = match (&args.file, &args.tables) {
        (Some(file), _) => to_file(args, file, &asked, output)?,
        (None, Some(dir)) => to_folder(args, dir, &asked, output)?,
        (None, None) => return Err(usage("nothing says where to write to", "give --out FILE or --tables DIR")),
    };
    Ok(if total == 0 { Outcome::NoHit } else { Outcome::Done })
}

fn in_fields(error: FieldError) -> Error {
    usage("--fields", error.to_string())
}

fn style(args: &ExportArgs) -> Style {
    if args.excel { Style::Excel } else { Style::Plain }
}

fn format(args: &ExportArgs, file: &Path) -> Result<Format, Error> {
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let by_ending = match ending.as_deref() {
        Some("csv") => Some(Format::Csv),
        Some("jsonl" | "ndjson") => Some(Format::Jsonl),
        Some("ris") => Some(Format::Ris),
        Some("bib") => Some(Format::Bibtex),
        _ => None,
    };
    let repair = "give --format csv, jsonl, ris, bibtex or csl-json";
    args.format.map(Format::from).or(by_ending).ok_or_else(|| usage(format!("{}: its ending says no format", file.display()), repair))
}

fn to_file(args: &ExportArgs, file: &Path, asked: &Request, output: &mut Output) -> Result<u64, Error> {
    let new = NewFile::at(file, args.force)?;
    let format = format(args, file)?;
    if args.excel && format != Format::Csv {
        return Err(usage(format!("--excel: {} is not for spreadsheets", format.name()), "write --format csv"));
    }
    if args.offsets.is_of_characters() && format.is_of_references() {
        return Err(usage("--offsets: a list of references has no spans", "leave it out"));
    }
    let form = Form::new(format, RowOf::Hit).with_style(style(args)).with_offsets(args.offsets.into());
    let form = if args.fields.is_empty() { form } else { form.with_fields(&args.fields).map_err(in_fields)? };
    let folder = folder_of(file);
    let (pipeline, generation) = open(&args.query.index.dir)?;
    let fields = form.fields().map(str::to_owned).collect();
    let mut waiting = InOrder::new(tempfile::tempfile_in(folder).map_err(at(folder))?);
    let request = form.asked(asked);
    let answer = stream(&generation, &pipeline, &request, |hit| form.piece(hit), |rank, piece| waiting.put(rank, &piece), folder)?;
    let rows = waiting.pieces();
    let mut exporter = Exporter::begin(form, BufWriter::new(new.file())).map_err(at(file))?;
    waiting.read(|piece| exporter.write_piece(piece)).map_err(at(file))?;
    exporter.end().map_err(at(file))?;
    let (name, format) = (new.name(), format.name().to_owned());
    let written = new.end(|bytes| {
        let written = vec![Written { path: name, rows, bytes }];
        let files = Files { format, fields, offsets: args.offsets.into(), style: style(args), written };
        Sidecar::of(&answer, &request, generation.manifest().pipeline, files, now())
    })?;
    tell(&answer, &written, output)?;
    Ok(answer.total)
}

fn to_folder(args: &ExportArgs, dir: &Path, asked: &Request, output: &mut Output) -> Result<u64, Error> {
    let tables = LongTables::new(&args.fields, style(args), args.offsets.into()).map_err(in_fields)?;
    let names: Vec<String> = tables.tables().iter().map(|table| format!("{}.csv", table.name)).collect();
    let ours: Vec<&str> = names.iter().map(String::as_str).chain([CODEBOOK, DATA_PACKAGE, SIDECAR]).collect();
    // A link stays; what it leads to is replaced.
    let dir = &fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let (folder, name) = place(dir)?;
    let is_there = is_replaceable(dir, &ours, args.force)?;
    let (pipeline, generation) = open(&args.query.index.dir)?;

    let mut builder = Builder::new();
    let mut prefix = OsString::from(".");
    prefix.push(&name);
    builder.prefix(&prefix);
    let new = with_permissions(&mut builder, 0o777).tempdir_in(folder).map_err(at(folder))?;
    let in_new = |name: &str| new.path().join(name);
    let waiting = || Ok(InOrder::new(tempfile::tempfile_in(new.path())?));
    let mut waiting =
        [waiting(), waiting(), waiting(), waiting(), waiting()].into_iter().collect::<io::Result<Vec<_>>>().map_err(at(folder))?;
    let mut rows = [0; 5];
    let request = tables.asked(asked);
    let put = |rank, pieces: [(Vec<u8>, u64); 5]| {
        let tables = waiting.iter_mut().zip(&mut rows).zip(pieces);
        tables.into_iter().try_for_each(|((waiting, rows), (piece, more))| {
            *rows += more;
            waiting.put(rank, &piece)
        })
    };
    let answer = stream(&generation, &pipeline, &request, |hit| tables.pieces(hit), put, folder)?;

    let mut written = Vec::new();
    for (((waiting, name), head), rows) in waiting.into_iter().zip(&names).zip(tables.heads()).zip(rows) {
        let path = in_new(name);
        let write = || -> io::Result<u64> {
            let mut to = BufWriter::new(File::create(&path)?);
            to.write_all(&head)?;
            waiting.read(|piece| to.write_all(piece))?;
            Ok(to.into_inner()?.metadata()?.len())
        };
        let bytes = write().map_err(at(&dir.join(name)))?;
        written.push(Written { path: name.clone(), rows, bytes });
    }
    let tool = &answer.tool;
    fs::write(in_new(CODEBOOK), tables.codebook(tool, &written)).map_err(at(dir))?;
    let package = tables.data_package(tool, &written);
    File::create(in_new(DATA_PACKAGE)).and_then(|file| write_json(&file, &package)).map_err(at(dir))?;
    let fields = tables.tables()[0].columns.iter().map(|column| column.name.to_owned()).collect();
    let summary = written.iter().map(|file| format!("\n  {}  {} rows", file.path, thousands(file.rows))).collect::<String>();
    let files = Files { format: "tables".to_owned(), fields, offsets: args.offsets.into(), style: style(args), written };
    let told = Sidecar::of(&answer, &request, generation.manifest().pipeline, files, now());
    File::create(in_new(SIDECAR)).and_then(|file| write_json(&file, &told)).map_err(at(dir))?;
    let old = if is_there { Some(builder.tempdir_in(folder).map_err(at(folder))?) } else { None };
    if let Some(old) = &old {
        // An empty folder gives way to a folder.
        fs::rename(dir, old.path()).map_err(at(dir))?;
    }
    if let Err(error) = fs::rename(new.path(), dir) {
        if let Some(old) = old {
            fs::rename(old.keep(), dir).map_err(at(dir))?;
        }
        return Err(at(dir)(error));
    }
    // It has its name now.
    let _ = new.keep();
    if let Some(old) = old {
        // What somebody has put there since it was looked at is not ours to remove.
        let old = old.keep();
        ours.iter().for_each(|name| drop(fs::remove_file(old.join(name))));
        if fs::remove_dir(&old).is_err() {
            note(format_args!("{}: other files were in the old folder, and are here now", old.display()));
        }
    }
    tell(&answer, &format!("{}{summary}", dir.display()), output)?;
    Ok(answer.total)
}

/// Whether there is a folder that may be replaced: an empty one, or with --force one that holds nothing but an earlier export.
fn is_replaceable(dir: &Path, ours: &[&str], force: bool) -> Result<bool, Error> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        entries => entries.map_err(at(dir))?.collect::<io::Result<Vec<_>>>().map_err(at(dir))?,
    };
    let foreign = entries.iter().find(|entry| !ours.iter().any(|name| entry.file_name() == *name));
    let is_export = entries.iter().any(|entry| entry.file_name() == SIDECAR);
    let foreign = foreign.or(if is_export { None } else { entries.first() });
    match foreign {
        Some(entry) => {
            let what = format!("{} holds other files ({})", dir.display(), entry.file_name().to_string_lossy());
            Err(usage(what, "name a folder that is not there yet"))
        }
        None if entries.is_empty() || force => Ok(true),
        None => Err(usage(format!("{} holds an export already", dir.display()), "name another folder, or --force to write over it")),
    }
}

/// Hands over what is made of each hit, as they lie in the index.
fn stream<T: Send>(
    generation: &Generation,
    pipeline: &Pipeline,
    request: &Request,
    make: impl Fn(Hit) -> T + Sync,
    mut put: impl FnMut(u64, T) -> io::Result<()>,
    folder: &Path,
) -> Result<Response, Error> {
    let mut outcome = Ok(());
    let answer = for_each_hit_as_stored(generation, &pipeline.authority, request, make, |rank, made| {
        outcome = put(rank, made);
        unless_failed(&outcome)
    })?;
    outcome.map_err(at(folder)).map(|()| answer)
}

/// What was written, and what its reader should know.
fn tell(answer: &Response, written: &str, output: &mut Output) -> Result<(), Error> {
    let (unit, count) = match answer.hits_of {
        Unit::Articles => ("articles", answer.total),
        Unit::Stories => ("stories", answer.total_stories),
    };
    output.line(format_args!("{} {unit} → {written}", thousands(count)))?;
    answer.notices.iter().for_each(|notice| note(&notice.text));
    Ok(())
}
