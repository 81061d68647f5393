//! The articles of a committed state as what they are grouped by: id, days of the event, sample and number of the text.

use super::compared::Text;
use crate::article::{ArticleId, Signature};
use crate::index::columns::OrderColumns;
use crate::index::schema::column;
use std::cmp::Ordering;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

/// The days in which an event may lie; an article without a date has all days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i32,
    pub to: i32,
}

impl Span {
    pub const UNKNOWN: Span = Span { from: i32::MIN, to: i32::MAX };

    /// Days since 1970.
    pub fn of(event: Option<(i64, i64)>) -> Span {
        let day = |day: i64| day.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        event.map_or(Span::UNKNOWN, |(from, to)| Span { from: day(from), to: day(to) })
    }

    /// Whether `other` is known more exactly, and may be the same.
    pub fn holds(self, other: Span) -> bool {
        self != other && self.from <= other.from && other.to <= self.to
    }

    pub fn days(self) -> i64 {
        i64::from(self.to) - i64::from(self.from)
    }

    /// Whether two articles may be of one event: the same days, or one of them known less exactly.
    pub fn may_be(self, other: Span) -> bool {
        self == other || self.holds(other) || other.holds(self)
    }
}

impl Ord for Span {
    fn cmp(&self, other: &Span) -> Ordering {
        (self.from, self.to).cmp(&(other.from, other.to))
    }
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Span) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// An article, by its number: in the order of ids, so that nothing hangs on where an article lies.
pub type Node = u32;

/// All living articles that have a sample.
pub struct Nodes {
    pub ids: Vec<ArticleId>,
    pub addresses: Vec<DocAddress>,
    pub spans: Vec<Span>,
    pub texts: Vec<Text>,
    samples: Vec<u32>,
    starts: Vec<u32>,
}

impl Nodes {
    pub fn load(searcher: &Searcher) -> tantivy::Result<Nodes> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<Vec<_>>>()?;
        let mut articles: Vec<(ArticleId, DocAddress)> = Vec::new();
        for ((reader, columns), segment) in searcher.segment_readers().iter().zip(&columns).zip(0..) {
            let sampled = reader.doc_ids_alive().filter(|&doc| columns.signature.first(doc).is_some());
            articles.extend(sampled.map(|doc| (columns.order.id(doc), DocAddress::new(segment, doc))));
        }
        articles.sort_unstable();
        let (mut samples, mut starts) = (Vec::new(), vec![0]);
        let (mut spans, mut texts) = (Vec::with_capacity(articles.len()), Vec::with_capacity(articles.len()));
        for (_, address) in &articles {
            let columns = &columns[address.segment_ord as usize];
            samples.extend(columns.hashes(address.doc_id));
            starts.push(samples.len() as u32);
            spans.push(Span::of(columns.order.event(address.doc_id)));
            texts.push(columns.text.first(address.doc_id).unwrap_or(0));
        }
        let (ids, addresses) = articles.into_iter().unzip();
        Ok(Nodes { ids, addresses, spans, texts, samples, starts })
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The sampled hashes of an article, in rising order.
    pub fn sample(&self, node: Node) -> &[u32] {
        &self.samples[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    /// How many hashes were sampled of all articles together.
    pub fn sampled(&self) -> usize {
        self.samples.len()
    }

    pub fn may_resemble(&self, one: Node, other: Node) -> bool {
        self.spans[one as usize].may_be(self.spans[other as usize]) && Signature::may_resemble(self.sample(one), self.sample(other))
    }

    #[cfg(test)]
    pub fn of_test(articles: &[(Span, Signature)]) -> Nodes {
        let (mut samples, mut starts) = (Vec::new(), vec![0]);
        for (_, signature) in articles {
            samples.extend(signature.hashes());
            starts.push(samples.len() as u32);
        }
        Nodes { ids: vec![], addresses: vec![], spans: articles.iter().map(|(span, _)| *span).collect(), texts: vec![], samples, starts }
    }
}

/// The columns of a segment.
struct Columns {
    order: OrderColumns,
    signature: Column<u64>,
    text: Column<u64>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = reader.fast_fields();
        Ok(Columns {
            order: OrderColumns::open(reader)?,
            signature: columns.u64(column::SIGNATURE)?,
            text: columns.u64(column::CONTENT_LOW)?,
        })
    }

    fn hashes(&self, doc: DocId) -> impl Iterator<Item = u32> + '_ {
        self.signature.values_for_doc(doc).map(|hash| hash as u32)
    }
}

/// The sample of an article, by its address.
pub fn signature(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Signature> {
    let columns = Columns::open(searcher.segment_reader(address.segment_ord))?;
    Ok(Signature::from_hashes(columns.hashes(address.doc_id)))
}
