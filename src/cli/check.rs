//! `tracuu check`: whether an index is whole, and with `--deep` whether it holds what its articles say.

use super::args::CheckArgs;
use super::output::{Output, note};
use super::{Outcome, show};
use crate::article::{Article, ArticleId};
use crate::clean::{content_hash, signature};
use crate::correct::{Corrections, in_order};
use crate::error::Error;
use crate::index::{Deep, DeepCheck, IndexError, Reader};
use crate::ingest::{Pipeline, corrections_beside};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Result<Outcome, Error> {
    let dir = &args.index.dir;
    let pipeline = Pipeline::bundled();
    let reader = Reader::open(dir, Arc::clone(&pipeline.analyzer))?;
    let files = reader.damaged_files()?;
    if !files.is_empty() {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let what = format!("these files differ from their checksums: {}", names.join(", "));
        return Err(Error::Index(IndexError::Damaged { dir: dir.clone(), what }));
    }
    let generation = reader.generation()?;
    let checked = args.deep.then(|| generation.verify(&Deep { content_hash, signature, tables: &pipeline.tables })).transpose()?;

    let manifest = generation.manifest();
    output.line(format_args!("the index is whole: {} articles, corpus {}", manifest.articles, manifest.corpus_id))?;
    if let Some(DeepCheck { articles, versions, compared, of_other_pipelines }) = checked {
        output.line(format_args!(
            "{articles} articles and {versions} earlier texts agree with their hashes; the postings, columns and lengths of {compared} were \
             made anew and are the same"
        ))?;
        if of_other_pipelines > 0 {
            output.line(format_args!(
                "{of_other_pipelines} articles were made by another version of the program or its tables, so their postings could not be \
                 compared: run `tracuu index` on their collections"
            ))?;
        }
    }
    if !manifest.run.completed {
        output.line("the last run did not complete: run `tracuu index` again, it goes on from its checkpoint")?;
    }
    let (beside, notices) = corrections_beside(manifest, &pipeline);
    notices.iter().for_each(note);
    let ids = beside.ids().collect();
    let mut told = CorrectionCheck::new(beside);
    generation.articles_corrected(&ids)?.iter().for_each(|stored| told.article(&stored.article));
    told.finish(output)?;
    Ok(Outcome::Done)
}

/// Whether what people said against extracted values still fits: texts that have changed since, articles that are gone, lines not applied yet.
struct CorrectionCheck {
    beside: Corrections,
    seen: BTreeSet<ArticleId>,
    applied: usize,
    changed: usize,
    problems: usize,
    waiting: usize,
    lines: Vec<String>,
}

impl CorrectionCheck {
    fn new(beside: Corrections) -> CorrectionCheck {
        CorrectionCheck { beside, seen: BTreeSet::new(), applied: 0, changed: 0, problems: 0, waiting: 0, lines: Vec::new() }
    }

    fn article(&mut self, article: &Article) {
        let (done, beside) = (&article.corrections, self.beside.of(article.id));
        if done.is_empty() && beside.is_empty() {
            return;
        }
        self.seen.insert(article.id);
        if !done.iter().map(|applied| &applied.correction).eq(in_order(beside)) {
            self.waiting += beside.len().max(done.len());
            self.lines.push(format!("not applied yet, or taken back: {}; run `tracuu index` on its collection", article.id));
            return;
        }
        self.applied += done.len();
        for one in done.iter().filter(|one| one.text_changed || one.problem.is_some()) {
            self.changed += usize::from(one.text_changed);
            self.problems += usize::from(one.problem.is_some());
            self.lines.push(format!("{}: {}", article.id, show::correction(one)));
        }
    }

    fn finish(mut self, output: &mut Output) -> Result<(), Error> {
        let mut orphans = 0;
        for id in self.beside.ids().filter(|id| !self.seen.contains(id)) {
            for correction in self.beside.of(id) {
                orphans += 1;
                self.lines.push(format!("orphan: no article has the id {id} (“{}”, {})", correction.value, correction.at));
            }
        }
        self.lines.iter().try_for_each(|line| output.line(line))?;
        let CorrectionCheck { applied, changed, problems, waiting, .. } = self;
        match applied + orphans + waiting {
            0 => Ok(()),
            all => output.line(format_args!(
                "corrections: {all}; {changed} of a text that has changed since, {problems} that cannot be applied, {orphans} of \
                 articles that are not there, {waiting} not applied yet"
            )),
        }
    }
}
