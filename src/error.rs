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
