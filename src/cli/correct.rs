//! `tracuu correct`: what a person says against an extracted value → a line of `corrections.jsonl` beside the articles, and the index in line with it.

use super::args::CorrectArgs;
use super::output::{Output, note};
use super::{Outcome, now, open, show};
use crate::article::{Article, CorrectedField, Correction, CorrectionOp};
use crate::correct::correct;
use crate::error::Error;
use crate::index::{Generation, StoredArticle};
use crate::ingest::{CORRECTIONS, MAX_CORRECTIONS_BYTES, Pipeline, corrections_beside, recorrect};
use crate::read::table_path;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &CorrectArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (pipeline, generation) = open(&args.index.dir)?;
    let Some(stored) = show::find(&generation, &args.id)? else {
        note(format_args!("no article has the id {}", args.id));
        return Ok(Outcome::NoHit);
    };
    let id = stored.article.id;
    let new = corrections(args, &stored.article)?;
    let path = file(&generation, &stored)?;
    let (beside, _) = corrections_beside(generation.manifest(), &pipeline);
    try_out(stored, beside.of(id), &new, &pipeline)?;
    drop(generation);

    append(&path, &new)?;
    let notices = recorrect(&args.index.dir, &pipeline).inspect_err(|_| {
        note(format_args!("the correction stands in {}, and the next `tracuu index` applies it", path.display()));
    })?;
    notices.iter().for_each(note);
    let (_, generation) = open(&args.index.dir)?;
    let applied = generation.find(id)?.map(|stored| stored.article.corrections).unwrap_or_default();
    for one in applied.iter().filter(|one| new.contains(&one.correction)) {
        output.line(show::correction(one))?;
    }
    output.line(format_args!("{} written to {}", lines(new.len()), path.display()))?;
    Ok(Outcome::Done)
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

/// What was asked for, as lines of the file.
fn corrections(args: &CorrectArgs, article: &Article) -> Result<Vec<Correction>, Error> {
    let usage = |what: &str, repair: &str| Error::Usage { what: what.to_owned(), repair: repair.to_owned() };
    let by = args.by.clone().or_else(|| std::env::var("USER").ok()).filter(|by| !by.trim().is_empty());
    let by = by.ok_or_else(|| usage("nobody is named who says so", "give --by NAME"))?;
    let at = now();
    let given = [(CorrectionOp::Set, &args.set), (CorrectionOp::Add, &args.add), (CorrectionOp::Remove, &args.remove)];
    let mut corrections = Vec::new();
    for (op, pairs) in given {
        for pair in pairs.chunks_exact(2) {
            let field = CorrectedField::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(&pair[0]));
            let names = || format!("one of {}", CorrectedField::ALL.map(CorrectedField::name).join(", "));
            let field = field.ok_or_else(|| usage(&format!("{:?} is no field", pair[0]), &names()))?;
            corrections.push(Correction {
                id: article.id,
                content_hash: article.content_hash,
                field,
                op,
                value: pair[1].clone(),
                by: by.clone(),
                at: at.clone(),
                why: args.why.clone(),
            });
        }
    }
    match corrections.is_empty() {
        true => Err(usage("nothing is to be corrected", "give --set, --add or --remove with a field and a value")),
        false => Ok(corrections),
    }
}

/// The file beside the articles of the article's collection.
fn file(generation: &Generation, stored: &StoredArticle) -> Result<PathBuf, Error> {
    let name = &stored.article.collection;
    let root = generation.manifest().collections.get(name).map(|entry| &entry.root).filter(|root| root.exists());
    let root = root.ok_or_else(|| Error::Usage {
        what: format!("the folder of the collection `{name}` is not there, and corrections stand beside its articles"),
        repair: "bring it back, or index it where it lies now".to_owned(),
    })?;
    Ok(table_path(root, CORRECTIONS))
}

/// The new corrections after those that stand beside the articles: nothing is written that cannot be applied.
fn try_out(stored: StoredArticle, beside: &[Correction], new: &[Correction], pipeline: &Pipeline) -> Result<(), Error> {
    let all = [beside, new].concat();
    let applied = correct(stored.extracted(), &all, &pipeline.authority).corrections;
    let wrong = applied.iter().filter(|applied| new.contains(&applied.correction));
    match wrong.into_iter().find_map(|applied| Some((&applied.correction.value, applied.problem.as_ref()?))) {
        Some((value, problem)) => Err(Error::Usage { what: format!("{value:?}: {problem}"), repair: "nothing was written".to_owned() }),
        None => Ok(()),
    }
}

/// Adds lines in one write; a last line that was left without its end is ended first.
fn append(path: &Path, corrections: &[Correction]) -> Result<(), Error> {
    let mut lines = String::new();
    for correction in corrections {
        lines.push_str(&serde_json::to_string(correction).expect("plain data always serialises"));
        lines.push('\n');
    }
    let in_file = |source| Error::Path { path: path.to_owned(), source };
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path).map_err(in_file)?;
    let length = file.metadata().map_err(in_file)?.len();
    if length + lines.len() as u64 >= MAX_CORRECTIONS_BYTES as u64 {
        return Err(Error::Usage {
            what: format!("{} would be longer than {MAX_CORRECTIONS_BYTES} bytes", path.display()),
            repair: "take out corrections of articles that are gone (`tracuu check` lists them)".to_owned(),
        });
    }
    let mut write = || {
        if length > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                lines.insert(0, '\n');
            }
        }
        file.write_all(lines.as_bytes())?;
        file.sync_all()
    };
    write().map_err(in_file)
}
