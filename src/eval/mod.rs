//! Judgements and what the program makes of the same material → scores, so that anyone can measure on their own archive.
//!
//! Reads no files and prints nothing; tunes nothing.

mod segmentation;
mod variant;

pub use segmentation::{Gold, GoldError, SegmentationScore};
pub use variant::Variant;
