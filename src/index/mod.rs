//! Articles ↔ tantivy: the schema, the writer with its checkpoints, the manifest, the reader.
//!
//! Input → output: [`StoredArticle`]s → an index folder; an index folder → a [`Generation`] that can be
//! searched. Knows nothing of how articles are read or found out about, and ranks nothing.
//!
//! An index folder holds `segments/` (tantivy's files), `manifest-<generation>.json` and `groups-<hash>.bin`. They change in
//! one step: tantivy's commit carries the number of its manifest, which names the table of groups.

mod basis;
mod columns;
pub mod compound;
mod error;
mod fingerprint;
mod folded;
mod folding;
mod generation;
mod groups;
mod history;
mod known;
mod lock;
mod manifest;
mod merging;
mod post;
mod posting_list;
mod prefix_table;
mod schema;
mod settle;
mod side_table;
mod spellings;
mod statistics;
mod stored;
mod streams;
mod swap;
mod value_sets;
mod verified;
mod verify;
mod writer;

pub use columns::OrderColumns;
pub use error::IndexError;
pub use fingerprint::Fingerprint;
pub use folded::FoldedField;
pub use folding::{Beginning, Folding};
pub use generation::{FieldSize, Generation, Reader};
pub use groups::{Groups, Membership};
pub use history::History;
pub use lock::WriterLock;
pub use manifest::{CollectionEntry, FileState, Manifest, RunReport, TOOL, UserTable, UserTables};
pub use post::PostKey;
pub use posting_list::{PostingList, living_in_any};
pub use prefix_table::{Completed, Completions, PrefixTable};
pub use schema::{FacetField, Part, Remainder, Schema, day_number, day_of, file_key};
pub use settle::Outcome;
pub use side_table::{Hierarchy, Node, NodeId, PhraseIndex, PostTable, RemainderTable};
pub use spellings::Spellings;
pub use statistics::Statistics;
pub use stored::{Entry, StoredArticle, Version};
pub use streams::LEAD_SYLLABLES;
pub use swap::{Rebuilding, Sources, collections_of};
pub use value_sets::{ValueSet, ValueSets};
pub use verify::{Deep, DeepCheck};
pub use writer::{Gone, Writer, WriterOptions};
