//! The compound terms as a part of tantivy's segments: collected with the documents, written and merged with them.

use super::collect::Collector;
use super::dictionary::{Dictionary, Merged, Writer};
use super::{Compounds, EXTENSIONS};
use crate::analysis::Analyzer;
use crate::index::schema::{Part, Schema};
use crate::index::streams::Analyzed;
use std::any::Any;
use std::sync::Arc;
use tantivy::indexer::DocIdMapping;
use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, TantivyDocument, TantivyError};

/// See the module.
pub(in crate::index) struct CompoundPlugin {
    pub schema: Schema,
    pub analyzer: Arc<Analyzer>,
}

impl SegmentPlugin for CompoundPlugin {
    fn extensions(&self) -> &[&str] {
        &EXTENSIONS
    }

    fn create_writer(&self, _context: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        let (schema, analyzer) = (self.schema.clone(), Arc::clone(&self.analyzer));
        Ok(Box::new(CompoundWriter { schema, analyzer, max_doc: 0, collector: Collector::default() }))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
            return Err(TantivyError::InvalidArgument("the documents of an index are never sorted".to_owned()));
        }
        // The living documents of one segment after the other.
        let mut max_doc = 0;
        let mut numbers: Vec<Vec<Option<DocId>>> = Vec::with_capacity(context.readers.len());
        for reader in context.readers {
            let mut numbers_in = vec![None; reader.max_doc() as usize];
            for document in reader.doc_ids_alive() {
                numbers_in[document as usize] = Some(max_doc);
                max_doc += 1;
            }
            numbers.push(numbers_in);
        }
        let mut writer = Writer::new(context.target_segment, max_doc)?;
        let mut documents = Vec::new();
        for compounds in Compounds::ALL {
            let dictionaries =
                context.readers.iter().map(|reader| Dictionary::open(reader, compounds)).collect::<tantivy::Result<Vec<_>>>()?;
            let mut merged = Merged::of(dictionaries.iter());
            let mut term = Vec::new();
            while let Some(held) = merged.next_term() {
                documents.clear();
                for (segment, terms) in held {
                    term.clear();
                    term.extend_from_slice(terms.term());
                    terms.list().each(|document| documents.extend(numbers[segment].get(document as usize).copied().flatten()));
                }
                if !documents.is_empty() {
                    writer.push(&term, &documents)?;
                }
            }
            writer.end_dictionary()?;
        }
        Ok(writer.finish()?)
    }
}

struct CompoundWriter {
    schema: Schema,
    analyzer: Arc<Analyzer>,
    max_doc: u32,
    collector: Collector,
}

impl PluginWriter for CompoundWriter {
    fn add_document(&mut self, document: DocId, content: &dyn ErasedDocument, _: &tantivy::schema::Schema) -> tantivy::Result<()> {
        let content = content.as_any().downcast_ref::<TantivyDocument>();
        let content = content.ok_or_else(|| TantivyError::InvalidArgument("documents are made by our own schema".to_owned()))?;
        for part in Part::ALL {
            let text = self.schema.stored_text(content, part).map_err(TantivyError::InvalidArgument)?;
            let analyzed = Analyzed::of(&self.analyzer, text);
            self.collector.add_pairs(Compounds::pairs(part), analyzed.tokens(), document);
            // A derived title stands in the body.
            if part == Part::Body || !self.schema.has_derived_title(content) {
                self.collector.add_words(analyzed.tokens(), document);
            }
        }
        self.max_doc = document + 1;
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, sorted: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if sorted.is_some() {
            return Err(TantivyError::InvalidArgument("the documents of an index are never sorted".to_owned()));
        }
        let mut writer = Writer::new(segment, self.max_doc)?;
        self.collector.write(&mut writer)?;
        Ok(writer.finish()?)
    }

    fn mem_usage(&self) -> usize {
        self.collector.memory()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
