//! The sum of the stages' errors, for code that crosses stages.

use crate::analysis::TrainError;
use crate::eval::{GoldError, Unpredicted};
use crate::index::IndexError;
use crate::query::QueryError;
use crate::search::SearchError;
use std::path::PathBuf;

/// Whatever can stop a command.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The search.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The query.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// Training the segmenter.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// Gold to score against.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// Judgements without predictions.
    #[error(transparent)]
    Unpredicted(#[from] Unpredicted),
    /// A path that was given.
    #[error("{}: {source}", path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// Why it cannot be used.
        source: std::io::Error,
    },
    /// What was to be pruned lies in a folder that is not there.
    #[error(
        "{} is not there, so all {articles} articles of the collection `{collection}` would be removed; none was: \
         see whether a disk is missing or the folder was moved (then index it where it is now), or say --force", root.display()
    )]
    RootGone {
        /// The collection.
        collection: String,
        /// Its root.
        root: PathBuf,
        /// Its articles.
        articles: u64,
    },
    /// Pruning would take more than half of a collection.
    #[error(
        "{gone} of the {articles} articles of the collection `{collection}` are gone from {}, more than half; none was removed \
         (what is new is in the index): see whether the folder is whole, or say --force to remove them", root.display()
    )]
    TooManyGone {
        /// The collection.
        collection: String,
        /// Its root.
        root: PathBuf,
        /// Its articles before the run.
        articles: u64,
        /// Those that would be removed.
        gone: u64,
    },
    /// An argument that clap cannot judge.
    #[error("{what}; {repair}")]
    Usage {
        /// What is wrong.
        what: String,
        /// What would be right.
        repair: String,
    },
    /// Writing the output.
    #[error("the output could not be written: {0}")]
    Output(#[from] std::io::Error),
}
