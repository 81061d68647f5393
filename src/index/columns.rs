//! The columns that order hits: id and event of an article, by document number.

use super::schema::column;
use crate::article::ArticleId;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Id and event of the articles of one segment, without reading the articles.
pub struct OrderColumns {
    id_high: Column<u64>,
    id_low: Column<u64>,
    event_from: Column<i64>,
    event_to: Column<i64>,
}

impl OrderColumns {
    /// Opens the columns of a segment.
    ///
    /// # Errors
    /// tantivy's, if the columns cannot be read.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<OrderColumns> {
        let columns = reader.fast_fields();
        Ok(OrderColumns {
            id_high: columns.u64(column::ID_HIGH)?,
            id_low: columns.u64(column::ID_LOW)?,
            event_from: columns.i64(column::EVENT_FROM)?,
            event_to: columns.i64(column::EVENT_TO)?,
        })
    }

    /// The article's id.
    pub fn id(&self, doc: DocId) -> ArticleId {
        // Every document has both halves.
        ArticleId::from_halves(self.id_high.first(doc).unwrap_or(0), self.id_low.first(doc).unwrap_or(0))
    }

    /// First and last day of its event, in days since 1970; `None` where no date is known.
    pub fn event(&self, doc: DocId) -> Option<(i64, i64)> {
        Some((self.event_from.first(doc)?, self.event_to.first(doc)?))
    }
}
