//! `tracuu correct`: what a person says against an extracted value → a line of `corrections.jsonl` beside the articles, and the index in line with it.

use super::args::CorrectArgs;
use super::output::{Output, note};
use super::{Outcome, open, show};
use crate::article::{AppliedCorrection, Article, CorrectedField, Correction, CorrectionOp};
use crate::correct::correct;
use crate::error::Error;
use crate::index::{Generation, StoredArticle};
use crate::ingest::{CORRECTIONS, Pipeline, recorrect, table_path};
use clap::ValueEnum;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &CorrectArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (pipeline, generation) = open(&args.index.dir)?;
    let Some(stored) = show::find(&generation, &args.id)? else {
        note(format_args!("no article has the id {}", args.id));
        return Ok(Outcome::NoHit);
    };
    let corrections = corrections(args, &stored.article)?;
    let path = file(&generation, &stored)?;
    let applied = try_out(stored, &corrections, &pipeline)?;
    append(&path, &corrections).map_err(|source| Error::Path { path: path.clone(), source })?;
    drop(generation);
    recorrect(&args.index.dir, &pipeline)?.iter().for_each(note);
    for one in &applied {
        output.line(show::correction(one))?;
    }
    output.line(format_args!("{} written to {}", lines(applied.len()), path.display()))?;
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
    let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let given = [(CorrectionOp::Set, &args.set), (CorrectionOp::Add, &args.add), (CorrectionOp::Remove, &args.remove)];
    let mut corrections = Vec::new();
    for (op, pairs) in given {
        for pair in pairs.chunks_exact(2) {
            let field = FieldArg::from_str(&pair[0], true)
                .map_err(|_| usage(&format!("{:?} is no field", pair[0]), "one of province, mentioned, official, date, source"))?;
            corrections.push(Correction {
                id: article.id,
                content_hash: article.content_hash,
                field: field.into(),
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FieldArg {
    Province,
    Mentioned,
    Official,
    Date,
    Source,
}

impl From<FieldArg> for CorrectedField {
    fn from(field: FieldArg) -> CorrectedField {
        match field {
            FieldArg::Province => CorrectedField::Province,
            FieldArg::Mentioned => CorrectedField::Mentioned,
            FieldArg::Official => CorrectedField::Official,
            FieldArg::Date => CorrectedField::Date,
            FieldArg::Source => CorrectedField::Source,
        }
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

/// The new corrections after those that the article has: nothing is written that cannot be applied.
fn try_out(stored: StoredArticle, new: &[Correction], pipeline: &Pipeline) -> Result<Vec<AppliedCorrection>, Error> {
    let earlier = stored.article.corrections.iter().map(|applied| applied.correction.clone());
    let all: Vec<Correction> = earlier.chain(new.iter().cloned()).collect();
    let corrected = correct(stored.extracted(), &all, &pipeline.authority);
    let applied: Vec<AppliedCorrection> = corrected.corrections.into_iter().filter(|applied| new.contains(&applied.correction)).collect();
    match applied.iter().find_map(|applied| Some((&applied.correction.value, applied.problem.as_ref()?))) {
        Some((value, problem)) => Err(Error::Usage { what: format!("{value:?}: {problem}"), repair: "nothing was written".to_owned() }),
        None => Ok(applied),
    }
}

/// Adds lines in one write; a last line that was left without its end is ended first.
fn append(path: &Path, corrections: &[Correction]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    let mut lines = String::new();
    if file.metadata()?.len() > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            lines.push('\n');
        }
    }
    for correction in corrections {
        lines.push_str(&serde_json::to_string(correction)?);
        lines.push('\n');
    }
    file.write_all(lines.as_bytes())?;
    file.sync_all()
}
