//! Whether an index holds what its articles say: everything that was made of each is made again and compared.
//!
//! Input → output: a committed state → counts, or what is damaged. For every article the sum over its postings (term, frequency,
//! positions), columns and lengths is taken from the index in one pass, and once more from an index of the article made anew in memory.
//! So the work is linear, and no posting is left out. What differs from its checksum was told before ([`super::Reader::open`]).

use super::compound::Compounds;
use super::error::IndexError;
use super::generation::{Generation, damaged, index_builder};
use super::groups::{self, Compared};
use super::known::Known;
use super::schema::Schema;
use super::stored::StoredArticle;
use super::writer::pipeline_of;
use crate::article::{ArticleId, Hash128, Signature};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use tantivy::columnar::DynamicColumn;
use tantivy::directory::RamDirectory;
use tantivy::postings::Postings;
use tantivy::schema::{Field, FieldEntry, IndexRecordOption};
use tantivy::{DocId, DocSet, ReloadPolicy, SegmentReader, TERMINATED, TantivyDocument};

/// Articles that are indexed again together.
const BATCH: usize = 64;

/// Memory with which they are; more is taken where it is needed.
const MEMORY_BYTES: usize = 20_000_000;

/// What an article's values are made with, which the index itself cannot make.
pub struct Deep<'a> {
    /// Title and body → hash.
    pub content_hash: fn(&str, &str) -> Hash128,
    /// Title and body → sample of shingles.
    pub signature: fn(&str, &str) -> Signature,
    /// The tables and models of this program: articles that others made have other terms.
    pub tables: &'a BTreeMap<String, Hash128>,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeepCheck {
    /// Articles that were read and agree with their hashes.
    pub articles: u64,
    /// Earlier texts that were read and agree with theirs.
    pub versions: u64,
    /// Articles whose postings, columns and lengths are those of their text and values.
    pub compared: u64,
    /// Articles that tables or models of another version made, so that their terms cannot be told.
    pub of_other_pipelines: u64,
}

impl Generation {
    /// Reads every article and makes everything that the index holds of it anew.
    ///
    /// # Errors
    /// [`IndexError::Damaged`], with the first article that differs; tantivy's, if the index cannot be read.
    pub fn verify(&self, deep: &Deep<'_>) -> Result<DeepCheck, IndexError> {
        let mut sum = DeepCheck::default();
        for reader in self.searcher().segment_readers() {
            let digests = digests(reader, self.schema()).map_err(|error| damaged(self.dir(), error))?;
            let docs: Vec<DocId> = reader.doc_ids_alive().collect();
            let checked: Vec<DeepCheck> =
                docs.par_chunks(BATCH).map(|docs| self.verify_some(reader, docs, &digests, deep)).collect::<Result<_, _>>()?;
            for DeepCheck { articles, versions, compared, of_other_pipelines } in checked {
                sum.articles += articles;
                sum.versions += versions;
                sum.compared += compared;
                sum.of_other_pipelines += of_other_pipelines;
            }
        }
        let wrong = |what: &dyn std::fmt::Display| Err(damaged(self.dir(), what));
        let (manifest, found) = (self.manifest(), Known::load(self.searcher())?);
        if found.len() != manifest.articles {
            return wrong(&format_args!("{} different articles are there, the manifest says {}", found.len(), manifest.articles));
        }
        if found.corpus_id() != manifest.corpus_id {
            return wrong(&format_args!("the articles are corpus {}, the manifest says {}", found.corpus_id(), manifest.corpus_id));
        }
        if let Some(list) = self.group_list().filter(|_| sum.of_other_pipelines == 0)
            && groups::find(self.searcher(), self.schema(), self.dir(), &Compared::default())?.0 != *list
        {
            return wrong(&"the table of near-duplicates is not that of its articles");
        }
        Ok(sum)
    }

    fn verify_some(&self, reader: &SegmentReader, docs: &[DocId], digests: &[u64], deep: &Deep<'_>) -> Result<DeepCheck, IndexError> {
        let store = reader.get_store_reader(1).map_err(|error| damaged(self.dir(), error))?;
        let pipeline = pipeline_of(deep.tables);
        let mut checked = DeepCheck::default();
        let (mut again, mut compared) = (Vec::new(), Vec::new());
        for &doc in docs {
            let document: TantivyDocument = store.get(doc)?;
            let stored = self.schema().stored(&document).map_err(|what| damaged(self.dir(), what))?;
            self.verify_texts(&stored, deep)?;
            checked.articles += 1;
            checked.versions += stored.versions.len() as u64;
            if self.manifest().pipeline != pipeline || stored.pipeline != self.manifest().pipeline_of(&stored.article.collection) {
                checked.of_other_pipelines += 1;
                continue;
            }
            let (title, body) = (stored.article.title.as_str(), stored.article.body.as_deref().unwrap_or(""));
            let signature = (deep.signature)(title, body);
            compared.push((doc, stored.article.id));
            again.push(self.schema().document(&StoredArticle { signature, ..stored }));
        }
        let expected = self.digests_of(again)?;
        let differs = |((doc, _), expected): &(&(DocId, ArticleId), u64)| digests[*doc as usize] != *expected;
        match compared.iter().zip(expected).find(differs) {
            Some(((_, id), _)) => {
                Err(damaged(self.dir(), format_args!("the postings, columns or lengths of article {id} are not those of its text")))
            }
            None => Ok(DeepCheck { compared: compared.len() as u64, ..checked }),
        }
    }

    fn verify_texts(&self, stored: &StoredArticle, deep: &Deep<'_>) -> Result<(), IndexError> {
        let article = &stored.article;
        let current = (article.title.as_str(), article.body.as_deref().unwrap_or(""), article.content_hash);
        let earlier = stored.versions.iter().map(|version| (version.title.as_str(), version.body.as_str(), version.content_hash));
        match earlier.chain([current]).all(|(title, body, hash)| (deep.content_hash)(title, body) == hash) {
            true => Ok(()),
            false => Err(damaged(self.dir(), format_args!("a text of article {} differs from its hash", article.id))),
        }
    }

    /// The sums of documents when they are indexed in memory.
    fn digests_of(&self, documents: Vec<TantivyDocument>) -> tantivy::Result<Vec<u64>> {
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let builder = index_builder(self.schema(), self.analyzer());
        let mut writer = builder.single_segment_index_writer(RamDirectory::default(), MEMORY_BYTES)?;
        documents.into_iter().try_for_each(|document| writer.add_document(document))?;
        let reader = writer.finalize()?.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        digests(reader.searcher().segment_reader(0), &Schema::new())
    }
}

/// For each document of a segment a sum over its postings, columns and lengths; the order in which these are met does not matter.
fn digests(reader: &SegmentReader, schema: &Schema) -> tantivy::Result<Vec<u64>> {
    let mut digests = vec![0_u64; reader.max_doc() as usize];
    for (field, entry) in reader.schema().fields() {
        if entry.is_indexed() {
            add_postings(reader, field, entry, &mut digests)?;
        }
        if entry.is_fast() {
            add_columns(reader, entry, &mut digests)?;
        }
        if entry.has_fieldnorms() {
            let (lengths, start) = (reader.get_fieldnorms_reader(field)?, hash(&("length", field.field_id())));
            for (doc, digest) in (0..).zip(&mut digests) {
                *digest = digest.wrapping_add(mix(start, u64::from(lengths.fieldnorm_id(doc))));
            }
        }
    }
    for compounds in Compounds::ALL {
        add_compounds(reader, schema, compounds, &mut digests)?;
    }
    Ok(digests)
}

fn add_postings(reader: &SegmentReader, field: Field, entry: &FieldEntry, digests: &mut [u64]) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    let detail = entry.field_type().get_index_record_option().unwrap_or(IndexRecordOption::Basic);
    let mut positions = Vec::new();
    let mut terms = index.terms().stream()?;
    while terms.advance() {
        let term = hash(&("term", field.field_id(), terms.key()));
        let mut postings = index.read_postings_from_terminfo(terms.value(), detail)?;
        while postings.doc() != TERMINATED {
            let mut posting = term;
            if detail.has_freq() {
                posting = mix(posting, u64::from(postings.term_freq()));
            }
            if detail.has_positions() {
                postings.positions(&mut positions);
                posting = positions.iter().fold(posting, |posting, &position| mix(posting, u64::from(position)));
            }
            // No document of the segment has such a number: the sum of another one will differ.
            let doc = (postings.doc() as usize).min(digests.len() - 1);
            digests[doc] = digests[doc].wrapping_add(mix(posting, u64::from(postings.doc() == doc as DocId)));
            postings.advance();
        }
    }
    Ok(())
}

fn add_compounds(reader: &SegmentReader, schema: &Schema, compounds: Compounds, digests: &mut [u64]) -> tantivy::Result<()> {
    let field = schema.compounds(compounds);
    let dictionary = field.dictionary(reader)?;
    let mut terms = dictionary.terms();
    while terms.advance() {
        let term = hash(&("compound", compounds.name(), terms.term()));
        let mut read = 0;
        terms.list().each(|doc| {
            digests[doc as usize] = digests[doc as usize].wrapping_add(mix(term, 1));
            read += 1;
        });
        // A list that ends early: nothing that is made anew has such a sum.
        if read < terms.doc_freq() {
            digests.iter_mut().for_each(|digest| *digest = digest.wrapping_add(mix(term, 0)));
        }
    }
    Ok(())
}

fn add_columns(reader: &SegmentReader, entry: &FieldEntry, digests: &mut [u64]) -> tantivy::Result<()> {
    let start = hash(&("column", entry.name()));
    for handle in reader.fast_fields().dynamic_column_handles(entry.name())? {
        let column = handle.open()?;
        let labels = match &column {
            DynamicColumn::Str(column) => {
                let mut labels = Vec::with_capacity(column.num_terms());
                let mut terms = column.dictionary().stream()?;
                while terms.advance() {
                    labels.push(hash(&terms.key()));
                }
                labels
            }
            _ => Vec::new(),
        };
        for (doc, digest) in (0..).zip(digests.iter_mut()) {
            let mut add = |value| *digest = digest.wrapping_add(mix(start, value));
            match &column {
                DynamicColumn::U64(column) => column.values_for_doc(doc).for_each(&mut add),
                DynamicColumn::I64(column) => column.values_for_doc(doc).for_each(|value| add(value as u64)),
                DynamicColumn::Str(column) => {
                    let label = |ordinal| labels.get(ordinal as usize).copied().unwrap_or(0);
                    column.ords().values_for_doc(doc).for_each(|ordinal| add(label(ordinal)));
                }
                // The schema has no other columns.
                _ => {}
            }
        }
    }
    Ok(())
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Stirs a number into another (the last step of SplitMix64).
fn mix(sum: u64, number: u64) -> u64 {
    let mut mixed = (sum ^ number).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
