//! `tracuu check`: whether an index is whole.

use super::args::CheckArgs;
use super::output::{Output, note};
use super::{Outcome, open};
use crate::clean::content_hash;
use crate::correct::in_order;
use crate::error::Error;
use crate::index::{Generation, IndexError, Reader};
use crate::ingest::{Pipeline, corrections_beside};
use std::sync::Arc;

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Result<Outcome, Error> {
    let dir = &args.index.dir;
    let (pipeline, generation) = open(dir)?;
    let damaged = |what: String| Error::Index(IndexError::Damaged { dir: dir.clone(), what });

    let files = Reader::open(dir, Arc::clone(&pipeline.analyzer))?.damaged_files()?;
    if !files.is_empty() {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        return Err(damaged(format!("these files differ from their checksums: {}", names.join(", "))));
    }
    let mut articles = 0_u64;
    for stored in generation.articles() {
        let article = stored?.article;
        let hash = content_hash(&article.title, article.body.as_deref().unwrap_or(""));
        if hash != article.content_hash {
            return Err(damaged(format!("the text of article {} differs from its hash", article.id)));
        }
        articles += 1;
    }
    let manifest = generation.manifest();
    if articles != manifest.articles {
        return Err(damaged(format!("{articles} articles are there, the manifest says {}", manifest.articles)));
    }
    output.line(format_args!("the index is whole: {articles} articles, corpus {}", manifest.corpus_id))?;
    if !manifest.run.completed {
        output.line("the last run did not complete: run `tracuu index` again, it goes on from its checkpoint")?;
    }
    corrections(&pipeline, &generation, output)?;
    Ok(Outcome::Done)
}

/// Whether what people said against extracted values still fits: texts that have changed since, articles that are gone, lines not applied yet.
fn corrections(pipeline: &Pipeline, generation: &Generation, output: &mut Output) -> Result<(), Error> {
    let (corrections, notices) = corrections_beside(generation.manifest(), pipeline);
    notices.iter().for_each(note);
    let (mut applied, mut changed, mut problems, mut orphans, mut waiting) = (0, 0, 0, 0, 0);
    for id in corrections.ids() {
        let of_article = corrections.of(id);
        let Some(stored) = generation.find(id)? else {
            orphans += of_article.len();
            for correction in of_article {
                output.line(format_args!("orphan: no article has the id {id} (“{}”, {})", correction.value, correction.at))?;
            }
            continue;
        };
        let done = &stored.article.corrections;
        if !done.iter().map(|applied| &applied.correction).eq(in_order(of_article)) {
            waiting += of_article.len();
            output.line(format_args!("not applied yet: {id}; run `tracuu index` on its collection"))?;
            continue;
        }
        for one in done {
            applied += 1;
            changed += usize::from(one.text_changed);
            problems += usize::from(one.problem.is_some());
            if one.text_changed || one.problem.is_some() {
                output.line(format_args!("{id}: {}", super::show::correction(one)))?;
            }
        }
    }
    match applied + orphans + waiting {
        0 => Ok(()),
        all => output.line(format_args!(
            "corrections: {all}; {changed} of a text that has changed since, {problems} that cannot be applied, {orphans} of articles that \
             are not there, {waiting} not applied yet"
        )),
    }
}
