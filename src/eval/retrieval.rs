//! Search: judgements and a run → MRR@10, nDCG@10, Recall@100 and hit@1, and where two runs differ.
//!
//! The definitions are those of TREC's tools: gain 2^grade − 1, discount log2(rank + 1); a document listed twice counts at its
//! first place; a query without a relevant document is left out, one that a run does not answer scores 0.

mod compare;
mod record;

pub use compare::{Comparison, Difference, MeasureComparison};
pub use record::TestRecord;

use super::metadata::RecordError;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Places that MRR, nDCG look at.
const TOP: usize = 10;
/// Places that recall looks at: a run needs no more.
pub const DEPTH: usize = 100;
/// Above it, a gain is no number any more.
const MAX_GRADE: i32 = 1_000;

/// Which documents are relevant to which query, and how much.
#[derive(Clone, Debug, Default)]
pub struct Judgements {
    /// In the order of the file; only queries with a relevant document, and only those documents.
    queries: Vec<(String, BTreeMap<String, i32>)>,
}

impl Judgements {
    /// Reads lines of query, document and grade by tabs; a grade of 0 or less is not relevant, of a pair judged twice the last counts.
    ///
    /// # Errors
    /// The first line that is none, or if nothing is relevant to any query.
    pub fn read(tsv: &str) -> Result<Judgements, RecordError> {
        let mut judgements = Judgements::default();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (line, text) in record::lines(tsv) {
            let [query, document, grade] = text.split('\t').collect::<Vec<_>>()[..] else {
                return Err(RecordError { line, what: format!("{text:?} is not query, document and grade by tabs") });
            };
            let grade = grade.trim().parse().ok().filter(|grade| *grade <= MAX_GRADE);
            let grade = grade.ok_or_else(|| RecordError { line, what: format!("no grade: expected a whole number up to {MAX_GRADE}") })?;
            if grade > 0 {
                let place = *places.entry(query).or_insert_with(|| {
                    judgements.queries.push((query.to_owned(), BTreeMap::new()));
                    judgements.queries.len() - 1
                });
                judgements.queries[place].1.insert(document.to_owned(), grade);
            }
        }
        match judgements.queries.is_empty() {
            true => Err(RecordError { line: 0, what: "no document is relevant to any query".to_owned() }),
            false => Ok(judgements),
        }
    }

    /// Queries to which a document is relevant.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.queries.iter().map(|(query, _)| query.as_str())
    }

    /// Relevant documents of all queries, each once.
    pub fn documents(&self) -> BTreeSet<&str> {
        self.queries.iter().flat_map(|(_, relevant)| relevant.keys().map(String::as_str)).collect()
    }

    /// Scores a run over the judged queries that were asked.
    pub fn score(&self, run: &Run, asked: impl Fn(&str) -> bool) -> Scores {
        let judged = self.queries.iter().filter(|(query, _)| asked(query));
        Scores { queries: judged.map(|(query, relevant)| (query.clone(), QueryScore::of(relevant, run.documents(query)))).collect() }
    }
}

/// The documents that a program finds for each query, best first, none of them twice.
#[derive(Clone, Debug, Default)]
pub struct Run(HashMap<String, Vec<String>>);

impl Run {
    /// Reads lines of query, `Q0`, document, rank and score by white space, as TREC has them. Their order is that of the ranks.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn read(trec: &str) -> Result<Run, RecordError> {
        let mut ranked: HashMap<String, Vec<(i64, String)>> = HashMap::new();
        for (line, text) in record::lines(trec) {
            let fields: Vec<&str> = text.split_whitespace().collect();
            let [query, _, document, rank, _, ..] = fields[..] else {
                return Err(RecordError { line, what: "expected query, Q0, document, rank, score and name by spaces".to_owned() });
            };
            let rank = rank.parse().map_err(|_| RecordError { line, what: format!("the rank {rank:?} is no whole number") })?;
            ranked.entry(query.to_owned()).or_default().push((rank, document.to_owned()));
        }
        let mut run = Run::default();
        for (query, mut documents) in ranked {
            documents.sort_by_key(|(rank, _)| *rank);
            run.add(query, documents.into_iter().map(|(_, document)| document));
        }
        Ok(run)
    }

    /// Adds what is found for a query, best first.
    pub fn add(&mut self, query: String, documents: impl IntoIterator<Item = String>) {
        let mut seen = BTreeSet::new();
        let documents = documents.into_iter().filter(|document| seen.insert(document.clone()));
        self.0.entry(query).or_default().extend(documents);
    }

    fn documents(&self, query: &str) -> &[String] {
        self.0.get(query).map_or(&[], Vec::as_slice)
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Measure {
    /// One by the rank of the first relevant document among ten.
    #[serde(rename = "mrr@10")]
    Mrr,
    /// The gain of the first ten, by that of the best ten there are.
    #[serde(rename = "ndcg@10")]
    Ndcg,
    /// The share of the relevant documents among the first hundred.
    #[serde(rename = "recall@100")]
    Recall,
    /// Whether the first document is relevant.
    #[serde(rename = "hit@1")]
    Hit,
}

impl Measure {
    /// All of them, in the order of reports.
    pub const ALL: [Measure; 4] = [Measure::Mrr, Measure::Ndcg, Measure::Recall, Measure::Hit];

    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Mrr => "MRR@10",
            Measure::Ndcg => "nDCG@10",
            Measure::Recall => "Recall@100",
            Measure::Hit => "hit@1",
        }
    }
}

/// The value of each measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Values {
    /// [`Measure::Mrr`]
    #[serde(rename = "mrr@10")]
    pub mrr: f64,
    /// [`Measure::Ndcg`]
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    /// [`Measure::Recall`]
    #[serde(rename = "recall@100")]
    pub recall: f64,
    /// [`Measure::Hit`]
    #[serde(rename = "hit@1")]
    pub hit: f64,
}

impl Values {
    /// The value of a measure.
    pub fn of(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Mrr => self.mrr,
            Measure::Ndcg => self.ndcg,
            Measure::Recall => self.recall,
            Measure::Hit => self.hit,
        }
    }
}

/// How well one query was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct QueryScore {
    /// The measures; hit is 0 or 1.
    #[serde(flatten)]
    pub values: Values,
    /// Rank of the first relevant document, from 1; null where none was found.
    pub first_relevant: Option<usize>,
}

impl QueryScore {
    fn of(relevant: &BTreeMap<String, i32>, found: &[String]) -> QueryScore {
        let first_relevant = found.iter().position(|document| relevant.contains_key(document)).map(|place| place + 1);
        let mut best: Vec<i32> = relevant.values().copied().collect();
        best.sort_unstable_by(|one, other| other.cmp(one));
        let gained = gain(found.iter().map(|document| relevant.get(document).copied().unwrap_or(0)));
        let hits = found.iter().take(DEPTH).filter(|document| relevant.contains_key(*document)).count();
        let values = Values {
            mrr: first_relevant.filter(|&rank| rank <= TOP).map_or(0.0, |rank| 1.0 / rank as f64),
            ndcg: gained / gain(best.into_iter()),
            recall: hits as f64 / relevant.len() as f64,
            hit: f64::from(u8::from(first_relevant == Some(1))),
        };
        QueryScore { values, first_relevant }
    }
}

/// The discounted gain of the grades of the first ten.
fn gain(grades: impl Iterator<Item = i32>) -> f64 {
    let discounted = |(place, grade): (usize, i32)| (2_f64.powi(grade) - 1.0) / ((place + 2) as f64).log2();
    grades.take(TOP).enumerate().filter(|(_, grade)| *grade > 0).map(discounted).fold(0.0, |sum, gain| sum + gain)
}

/// The scores of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Each query, in the order of the judgements.
    pub queries: Vec<(String, QueryScore)>,
}

/// The scores of a run over all queries; shares between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RetrievalScore {
    /// Number of queries.
    #[serde(rename = "n")]
    pub queries: usize,
    /// The means.
    #[serde(flatten)]
    pub values: Values,
}

impl Scores {
    /// The mean over all queries; 0 where there is none.
    pub fn mean(&self) -> RetrievalScore {
        let [mrr, ndcg, recall, hit] = Measure::ALL.map(|measure| self.mean_of(measure));
        RetrievalScore { queries: self.queries.len(), values: Values { mrr, ndcg, recall, hit } }
    }

    fn mean_of(&self, measure: Measure) -> f64 {
        // One after the other from 0: the last digit of a sum hangs on its order.
        let sum = self.queries.iter().fold(0.0, |sum, (_, score)| sum + score.values.of(measure));
        sum / self.queries.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(qrels: &str, run: &str) -> RetrievalScore {
        Judgements::read(qrels).unwrap().score(&Run::read(run).unwrap(), |_| true).mean()
    }

    #[test]
    fn scores_are_those_that_a_hand_would_count() {
        // Grades 3 and 1 at ranks 2 and 4: gains 7 and 1.
        let graded = (7.0 / 3_f64.log2() + 1.0 / 5_f64.log2()) / (7.0 + 1.0 / 3_f64.log2());
        let cases = [
            ("first", "q\ta\t1\n", "q Q0 a 1 9.5 x\n", [1.0, 1.0, 1.0, 1.0]),
            ("third, in another order of lines", "q\ta\t1\n", "q Q0 a 3 1 x\nq Q0 b 1 3 x\nq Q0 c 2 2 x\n", [1.0 / 3.0, 0.5, 1.0, 0.0]),
            ("grades", "q\ta\t3\nq\tb\t1\nq\tz\t0\n", "q Q0 z 1 4 x\nq Q0 a 2 3 x\nq Q0 y 3 2 x\nq Q0 b 4 1 x", [0.5, graded, 1.0, 0.0]),
            ("ranks that tie stay in the order of lines", "q\ta\t1\n", "q Q0 b 1 1 x\nq Q0 a 1 1 x\n", [0.5, 1.0 / 3_f64.log2(), 1.0, 0.0]),
            (
                "a document listed twice counts at its first place",
                "q\ta\t1\n",
                "q Q0 b 1 3 x\nq Q0 b 2 2 x\nq Q0 a 3 1 x\nq Q0 a 4 0 x",
                [0.5, 1.0 / 3_f64.log2(), 1.0, 0.0],
            ),
            ("a query without a relevant document is left out", "q\ta\t1\np\tb\t0\n", "q Q0 a 1 1 x\np Q0 c 1 1 x", [1.0, 1.0, 1.0, 1.0]),
            ("a query without a line scores 0", "q\ta\t1\np\tb\t1\n", "q Q0 a 1 1 x", [0.5, 0.5, 0.5, 0.5]),
            ("half of them found", "q\ta\t1\nq\tb\t1\n", "q Q0 a 1 1 x", [1.0, 1.0 / (1.0 + 1.0 / 3_f64.log2()), 0.5, 1.0]),
            ("the last of two judgements counts", "q\ta\t1\nq\ta\t2\nq\tb\t2\n", "q Q0 a 1 2 x\nq Q0 b 2 1 x", [1.0, 1.0, 1.0, 1.0]),
        ];
        for (name, qrels, run, expected) in cases {
            let values = score(qrels, run).values;
            assert_eq!(Measure::ALL.map(|measure| values.of(measure)), expected, "{name}");
        }
    }

    #[test]
    fn places_behind_the_tenth_and_the_hundredth_do_not_count() {
        let run = |rank: usize| {
            let line = |place: usize| format!("q Q0 {} {place} 0 x", if place == rank { "a".to_owned() } else { format!("d{place}") });
            (1..=120).map(line).collect::<Vec<_>>().join("\n")
        };
        for (rank, mrr, recall) in [(10, 0.1, 1.0), (11, 0.0, 1.0), (100, 0.0, 1.0), (101, 0.0, 0.0)] {
            let found = score("q\ta\t1", &run(rank)).values;
            assert_eq!((found.mrr, found.recall), (mrr, recall), "rank {rank}");
        }
    }

    #[test]
    fn only_queries_that_were_asked_are_scored() {
        let judgements = Judgements::read("q\ta\t1\np\tb\t1\n").unwrap();
        let scores = judgements.score(&Run::read("q Q0 a 1 1 x").unwrap(), |query| query == "q");
        assert_eq!((scores.mean().queries, scores.mean().values.mrr), (1, 1.0));
        assert_eq!(judgements.score(&Run::default(), |_| false).mean().values.mrr, 0.0);
    }

    #[test]
    fn a_bad_line_is_named() {
        let judgements = |text: &str| Judgements::read(text).unwrap_err().to_string();
        let run = |text: &str| Run::read(text).unwrap_err().to_string();
        let cases = [
            (judgements("q\ta\t1\nq 0 b 1\n"), "line 2: \"q 0 b 1\" is not query, document and grade by tabs"),
            (judgements("query-id\tcorpus-id\tscore\n"), "line 1: no grade: expected a whole number up to 1000"),
            (judgements("q\ta\t99999\n"), "line 1: no grade: expected a whole number up to 1000"),
            (judgements("q\ta\t0\n"), "line 0: no document is relevant to any query"),
            (run("q Q0 a 1 1 x\n\nq a 1\n"), "line 3: expected query, Q0, document, rank, score and name by spaces"),
            (run("q Q0 a first 1 x\n"), "line 1: the rank \"first\" is no whole number"),
        ];
        for (found, expected) in cases {
            assert_eq!(found, expected);
        }
        assert!(Judgements::read("\u{feff}q\ta\t1\r\n\r\n").is_ok(), "a mark of the encoding and line ends of Windows are no harm");
    }
}
