//! tantivy as it comes: its default tokenizer and query parser; or the same over our syllables, which makes its OR one of the same terms.

use crate::material::words;
use crate::{Engine, Match, TOP};
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, SchemaBuilder, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::WhitespaceTokenizer;
use tantivy::{Index, IndexReader, TantivyDocument, Term};
use tracuu::text;

/// What the terms are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// tantivy's default: runs of letters and digits in small letters, of fewer than 40 bytes.
    Default,
    /// The canonical terms of the same runs.
    Canonical,
}

pub struct Vanilla {
    terms: Terms,
    index: Index,
    reader: IndexReader,
    number: Field,
    text: Field,
}

impl Vanilla {
    pub fn build(dir: &Path, articles: &[String], terms: Terms) -> Vanilla {
        let mut schema = SchemaBuilder::new();
        let tokenizer = if terms == Terms::Default { "default" } else { "canonical" };
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let text = schema.add_text_field("text", if terms == Terms::Default { options.set_stored() } else { options });
        let number = schema.add_u64_field("number", STORED);
        std::fs::create_dir_all(dir).expect("the temporary folder can be written");
        let index = Index::create_in_dir(dir, schema.build()).expect("the folder is new");
        index.tokenizers().register("canonical", WhitespaceTokenizer::default());
        let mut writer = index.writer(200_000_000).expect("there is no other writer");
        for (id, article) in articles.iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(number, id as u64);
            document.add_text(text, if terms == Terms::Default { article.clone() } else { canonical(article).join(" ") });
            writer.add_document(document).expect("it can be indexed");
        }
        writer.commit().expect("it can be indexed");
        writer.wait_merging_threads().expect("segments can be merged");
        let reader = index.reader().expect("it was just made");
        Vanilla { terms, index, reader, number, text }
    }

    fn query(&self, query: &str, matching: Match) -> Box<dyn Query> {
        match self.terms {
            Terms::Default => {
                let mut parser = QueryParser::for_index(&self.index, vec![self.text]);
                if matching == Match::All {
                    parser.set_conjunction_by_default();
                }
                parser.parse_query(&words(query).join(" ")).expect("words alone are a query")
            }
            Terms::Canonical => {
                let mut terms = canonical(query);
                terms.sort();
                terms.dedup();
                let occur = if matching == Match::All { Occur::Must } else { Occur::Should };
                let term = |term: String| -> (Occur, Box<dyn Query>) {
                    (occur, Box::new(TermQuery::new(Term::from_field_text(self.text, &term), IndexRecordOption::WithFreqs)))
                };
                Box::new(BooleanQuery::new(terms.into_iter().map(term).collect()))
            }
        }
    }
}

fn canonical(text: &str) -> Vec<String> {
    words(text).iter().map(|word| text::canonical(word)).collect()
}

impl Engine for Vanilla {
    fn name(&self) -> &'static str {
        match self.terms {
            Terms::Default => "tantivy",
            Terms::Canonical => "tantivy, our syllables",
        }
    }

    fn top(&self, query: &str, matching: Match) -> Vec<usize> {
        let searcher = self.reader.searcher();
        let found = searcher.search(&self.query(query, matching), &TopDocs::with_limit(TOP).order_by_score()).expect("it can be searched");
        let number = |address| {
            let document: TantivyDocument = searcher.doc(address).expect("a hit can be read");
            document.get_first(self.number).and_then(|number| number.as_u64()).expect("each has its number") as usize
        };
        found.into_iter().map(|(_, address)| number(address)).collect()
    }
}
