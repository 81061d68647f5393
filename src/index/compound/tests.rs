use super::{Compounds, Dictionary, pair, term};
use crate::analysis::{Analyzer, Stream, Tokens};
use crate::dice::Dice;
use crate::index::generation::index_builder;
use crate::index::schema::Schema;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use tantivy::indexer::NoMergePolicy;
use tantivy::{DocId, DocSet, Index, IndexWriter, SegmentReader, TERMINATED, TantivyDocument, Term};

static ANALYZER: LazyLock<Arc<Analyzer>> = LazyLock::new(|| Arc::new(Analyzer::bundled()));

const WORDS: [&str; 26] = [
    "ủy ban nhân dân",
    "tỉnh",
    "Ninh Bình",
    "đất đai",
    "đạt",
    "dat",
    "hoà bình",
    "hòa bình",
    "UBND",
    "57-NQ/TW",
    "covid",
    "19",
    "2024",
    "765",
    "năm",
    "chuyển đổi số",
    "của",
    "các",
    "Facebook",
    "ÔNG",
    "Lò Văn Thiêm",
    "b",
    "thuỷ lợi",
    "quý",
    "\n",
    ". ",
];

/// Title, body, and whether the title was derived.
type Text = (String, String, bool);

fn texts(count: usize) -> Vec<Text> {
    let mut dice = Dice(21);
    let mut text = |words: usize| (0..words).map(|_| WORDS[dice.roll(WORDS.len()).min(dice.roll(40))]).collect::<Vec<_>>().join(" ");
    let drawn: Vec<(String, String)> = (0..count).map(|number| (text(number % 7), text(number * 31 % 90))).collect();
    drawn.into_iter().enumerate().map(|(number, (title, body))| (title, body, number % 3 == 0)).collect()
}

/// The terms of texts and where they stand, without any of the code that indexes them.
fn expected(texts: &[&Text], compounds: Compounds) -> BTreeMap<Vec<u8>, Vec<DocId>> {
    let mut terms: BTreeMap<Vec<u8>, Vec<DocId>> = BTreeMap::new();
    let mut tokens = Tokens::default();
    for (number, (title, body, is_derived)) in texts.iter().enumerate() {
        let parts = match compounds {
            Compounds::TitlePairs => vec![title],
            Compounds::BodyPairs => vec![body],
            Compounds::Words if *is_derived => vec![body],
            Compounds::Words => vec![title, body],
        };
        for text in parts {
            ANALYZER.analyze(text, &mut tokens);
            let syllables: Vec<&str> = tokens.of(Stream::Syllable).map(|token| token.term).collect();
            let found: Vec<String> = match compounds {
                Compounds::Words => tokens.of(Stream::Word).filter(|word| word.position_length > 1).map(|word| term(word.term)).collect(),
                _ => syllables.windows(2).filter_map(|two| pair(two[0], two[1])).collect(),
            };
            for found in found {
                let documents = terms.entry(found.into_bytes()).or_default();
                if documents.last() != Some(&(number as DocId)) {
                    documents.push(number as DocId);
                }
            }
        }
    }
    terms
}

fn agree(reader: &SegmentReader, texts: &[&Text]) {
    for compounds in Compounds::ALL {
        let expected = expected(texts, compounds);
        let dictionary = Dictionary::open(reader, compounds).unwrap();
        let mut terms = dictionary.terms();
        for (term, documents) in &expected {
            assert!(terms.advance(), "{compounds:?}: {:?} is missing", super::spelling(term));
            assert_eq!((terms.term(), terms.doc_freq() as usize), (term.as_slice(), documents.len()));
            let mut found = dictionary.get(term).unwrap().documents();
            let mut read = Vec::new();
            while found.doc() != TERMINATED {
                read.push(found.doc());
                found.advance();
            }
            assert_eq!(read, *documents, "{:?}", super::spelling(term));
        }
        assert!(!terms.advance(), "{compounds:?} has more terms than its texts");
        for absent in ["", "\u{1}", "zzz", "\u{10ffff}"] {
            assert!(dictionary.get(absent.as_bytes()).is_none());
        }
        for beginning in [super::first("dat"), super::folded("dat dai"), super::folded("hoa binh"), super::first("covid")] {
            let wanted: Vec<&Vec<u8>> = expected.keys().filter(|term| term.starts_with(beginning.as_bytes())).collect();
            let mut terms = dictionary.beginning(beginning.as_bytes());
            let mut found = Vec::new();
            while terms.advance() {
                found.push(terms.term().to_vec());
            }
            assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{compounds:?}");
        }
    }
}

#[test]
fn a_segment_holds_the_compound_terms_of_its_texts_and_so_does_a_merged_one() {
    let schema = Schema::new();
    let index: Index = index_builder(&schema, &ANALYZER).create_in_ram().unwrap();
    let field = |name: &str| schema.tantivy().get_field(name).unwrap();
    let (id, title, body, derived) = (field("id"), field("title"), field("body"), field("title_derived"));
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 100_000_000).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let texts = texts(500);
    let halves = texts.split_at(300);
    for half in [halves.0, halves.1] {
        for (number, (of_title, of_body, is_derived)) in half.iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_text(id, format!("{}", number % 10));
            document.add_text(title, of_title);
            document.add_text(body, of_body);
            document.add_u64(derived, u64::from(*is_derived));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
    }
    let reader = index.reader().unwrap();
    let searcher = reader.searcher();
    let mut segments: Vec<&SegmentReader> = searcher.segment_readers().iter().collect();
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.max_doc()));
    assert_eq!(segments.iter().map(|segment| segment.max_doc()).collect::<Vec<_>>(), [300, 200]);
    agree(segments[0], &halves.0.iter().collect::<Vec<_>>());
    agree(segments[1], &halves.1.iter().collect::<Vec<_>>());

    // One in ten is deleted, and then the segments become one.
    writer.delete_term(Term::from_field_text(id, "3"));
    writer.commit().unwrap();
    writer.merge(&index.searchable_segment_ids().unwrap()).wait().unwrap();
    reader.reload().unwrap();
    let searcher = reader.searcher();
    assert_eq!(searcher.segment_readers().len(), 1);
    fn living(texts: &[Text]) -> Vec<&Text> {
        texts.iter().enumerate().filter(|(number, _)| number % 10 != 3).map(|(_, text)| text).collect()
    }
    let (first, second) = (living(halves.0), living(halves.1));
    let reader = searcher.segment_reader(0);
    let stands_first = |texts: &[&Text]| {
        let dictionary = Dictionary::open(reader, Compounds::BodyPairs).unwrap();
        let found =
            |(term, documents): (&Vec<u8>, &Vec<DocId>)| dictionary.get(term).is_some_and(|list| list.documents().doc() == documents[0]);
        expected(texts, Compounds::BodyPairs).iter().all(found)
    };
    // Which segment comes first is tantivy's choice.
    let merged = if stands_first(&first) { [first, second].concat() } else { [second, first].concat() };
    agree(reader, &merged);
}
