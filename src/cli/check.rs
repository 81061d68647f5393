//! `tracuu check`: whether an index is whole.

use super::args::CheckArgs;
use super::output::{Output, note};
use super::{Outcome, open, show};
use crate::article::{Article, ArticleId};
use crate::clean::content_hash;
use crate::correct::{Corrections, in_order};
use crate::error::Error;
use crate::index::{IndexError, Reader};
use crate::ingest::corrections_beside;
use std::collections::BTreeSet;
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
    let (beside, notices) = corrections_beside(generation.manifest(), &pipeline);
    notices.iter().for_each(note);
    let mut told = CorrectionCheck::new(beside);
    let mut articles = 0_u64;
    for stored in generation.articles() {
        let article = stored?.article;
        let hash = content_hash(&article.title, article.body.as_deref().unwrap_or(""));
        if hash != article.content_hash {
            return Err(damaged(format!("the text of article {} differs from its hash", article.id)));
        }
        told.article(&article);
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
