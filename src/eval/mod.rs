//! Judgements and what the program makes of the same material → scores, so that anyone can measure on their own archive.
//!
//! Reads no files and prints nothing; tunes nothing.

mod metadata;
mod retrieval;
mod sample;
mod segmentation;
mod variant;

pub use metadata::{DateScore, MetadataRecords, MetadataScore, Recall, RecordError, Retrieval, RoleScore, RuleScore, Unpredicted};
pub use retrieval::{
    Comparison, DEPTH, Difference, Judgements, Measure, MeasureComparison, QueryScore, RetrievalScore, Run, Scores, TestRecord, Values,
};
pub use sample::{Coded, SampleError, SampleScore, Share, StratumScore, score_sample, stratified};
pub use segmentation::{Gold, GoldError, SegmentationScore};
pub use variant::Variant;
