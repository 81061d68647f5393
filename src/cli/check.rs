//! `tracuu check`: whether an index is whole.

use super::args::CheckArgs;
use super::output::Output;
use super::{Outcome, open};
use crate::clean::content_hash;
use crate::error::Error;
use crate::index::{IndexError, Reader};
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
    Ok(Outcome::Done)
}
