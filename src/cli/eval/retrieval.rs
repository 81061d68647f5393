//! `tracuu eval retrieval`: documents, queries and judgements of others → scores of the search, and how two settings differ.

use super::super::args::{DocumentFieldArg, EvalFormatArg, EvalRetrievalArgs, MatchArg};
use super::super::output::{Output, note};
use super::super::{Outcome, read_text, trec_format};
use super::test_set::{Documents, TestArchive, in_file};
use crate::error::Error;
use crate::eval::{
    Comparison, DEPTH, Difference, Judgements, Measure, MeasureComparison, QueryScore, RetrievalScore, Run, Scores, TestRecord,
};
use crate::ingest::Pipeline;
use crate::search::{Request, SearchError, TypedField, TypedRequest, Unit, count, for_each_hit};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &EvalRetrievalArgs, output: &mut Output) -> Result<Outcome, Error> {
    let test = TestSet::read(args)?;
    let pipeline = Pipeline::bundled();
    let archive = TestArchive::of(&args.corpus, &args.fields, &pipeline)?;
    test.tell_of_missing_documents(&archive);

    let request = request(args);
    let answers = test.ask(&archive, &pipeline, &request)?;
    if let Some(path) = &args.run {
        write_run(path, &test.queries, &answers)?;
    }
    let scores = test.score(&run_of(&test.queries, &answers))?;
    let against = match Other::read(&args.against)? {
        None => None,
        Some(other) => {
            let run = match &other {
                Other::Run(path) => in_file(path, Run::read(&read_text(path)?))?,
                Other::Setting { typed, fields } => {
                    let request = typed.request(&request).map_err(SearchError::from)?;
                    let answers = match fields {
                        Some(fields) => test.ask(&TestArchive::of(&args.corpus, fields, &pipeline)?, &pipeline, &request)?,
                        None => test.ask(&archive, &pipeline, &request)?,
                    };
                    run_of(&test.queries, &answers)
                }
            };
            Some(Against::of(args, scores.against(&test.score(&run)?), &test))
        }
    };
    let refused = answers.iter().filter(|answer| answer.is_none()).count();
    let report =
        Report { documents: archive.documents, asked: test.queries.len(), refused, setting: setting(args), scores: scores.mean(), against };
    match args.format {
        EvalFormatArg::Json => output.json(&report)?,
        EvalFormatArg::Text => report.write(output)?,
    }
    Ok(Outcome::Done)
}

fn request(args: &EvalRetrievalArgs) -> Request {
    Request {
        matching: args.matching.into(),
        exact: args.exact,
        limit: DEPTH,
        max_snippets: 0,
        hits_of: Unit::Articles,
        ..Request::default()
    }
}

/// The setting in words, as `--against` takes it.
fn setting(args: &EvalRetrievalArgs) -> String {
    let matching = if matches!(args.matching, MatchArg::All) { "all" } else { "any" };
    let fields: Vec<&str> = args.fields.iter().map(|field| field_name(*field)).collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" fields={}", fields.join(",")) };
    format!("match={matching} exact={}{fields}", args.exact)
}

fn field_name(field: DocumentFieldArg) -> &'static str {
    match field {
        DocumentFieldArg::Title => "title",
        DocumentFieldArg::Text => "text",
    }
}

// ---------------------------------------------------------------- asking

/// What others have judged.
struct TestSet<'a> {
    queries_path: &'a Path,
    queries: Vec<TestRecord>,
    judgements: Judgements,
}

/// The documents found for a query with their scores, best first; none where it is no query.
type Answer = Option<Vec<(String, f64)>>;

impl TestSet<'_> {
    fn read(args: &EvalRetrievalArgs) -> Result<TestSet<'_>, Error> {
        let queries = in_file(&args.queries, TestRecord::read(&read_text(&args.queries)?).collect())?;
        let judgements = in_file(&args.qrels, Judgements::read(&read_text(&args.qrels)?))?;
        Ok(TestSet { queries_path: &args.queries, queries, judgements })
    }

    fn tell_of_missing_documents(&self, archive: &TestArchive) {
        let missing = self.judgements.documents().into_iter().filter(|document| !archive.holds(document)).count();
        if missing > 0 {
            note(format_args!("{missing} relevant documents are not in the corpus: no run can find them"));
        }
    }

    /// Answers all queries, on all cores; one that is wrong is told of.
    fn ask(&self, archive: &TestArchive, pipeline: &Pipeline, all: &Request) -> Result<Vec<Answer>, Error> {
        // A filter that fits nothing is wrong for all of them.
        count(&archive.generation, &pipeline.authority, all)?;
        let answer = |record: &TestRecord| {
            let mut found = Vec::new();
            let request = Request { query: record.text.clone(), ..all.clone() };
            let outcome = for_each_hit(&archive.generation, &pipeline.authority, &request, |hit| {
                found.push((hit.article.key, hit.score));
                ControlFlow::Continue(())
            });
            match outcome {
                Ok(_) => Ok(Some(found)),
                Err(error) if !matches!(error, SearchError::Index(_)) => {
                    note(format_args!("{}, query {}: {error}; it counts as not answered", self.queries_path.display(), record.id));
                    Ok(None)
                }
                Err(error) => Err(Error::from(error)),
            }
        };
        self.queries.par_iter().map(answer).collect()
    }

    fn score(&self, run: &Run) -> Result<Scores, Error> {
        let asked: HashSet<&str> = self.queries.iter().map(|query| query.id.as_str()).collect();
        let scores = self.judgements.score(run, |query| asked.contains(query));
        match scores.queries.is_empty() {
            true => Err(Error::Usage {
                what: format!("no query of {} has a relevant document in the judgements", self.queries_path.display()),
                repair: "give judgements of these queries, by the same ids".to_owned(),
            }),
            false => Ok(scores),
        }
    }
}

fn run_of(queries: &[TestRecord], answers: &[Answer]) -> Run {
    let mut run = Run::default();
    for (query, answer) in queries.iter().zip(answers) {
        run.add(query.id.clone(), answer.iter().flatten().map(|(document, _)| document.clone()));
    }
    run
}

fn write_run(path: &Path, queries: &[TestRecord], answers: &[Answer]) -> Result<(), Error> {
    let write = || {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (query, answer) in queries.iter().zip(answers) {
            for (rank, (document, score)) in (1..).zip(answer.iter().flatten()) {
                writeln!(file, "{}", trec_format::ranked(&query.id, document, rank, *score))?;
            }
        }
        file.flush()
    };
    write().map_err(|source| Error::Path { path: path.to_owned(), source })
}

// ---------------------------------------------------------------- the other setting

/// What is compared with.
enum Other {
    Run(PathBuf),
    Setting {
        typed: Box<TypedRequest>,
        /// Where other fields are indexed.
        fields: Option<Vec<DocumentFieldArg>>,
    },
}

impl Other {
    fn read(given: &[String]) -> Result<Option<Other>, Error> {
        if let [path] = given
            && Path::new(path).is_file()
        {
            return Ok(Some(Other::Run(PathBuf::from(path))));
        }
        let (mut typed, mut fields) = (TypedRequest::default(), None);
        for setting in given {
            let (name, value) = setting.split_once('=').ok_or_else(|| Error::Usage {
                what: format!("--against {setting} is neither a file nor a setting"),
                repair: "give one TREC run, or settings as in match=all, exact=true, fields=text".to_owned(),
            })?;
            if name == "fields" {
                fields = Some(document_fields(value)?);
                continue;
            }
            let field = TypedField::named(name).map_err(SearchError::from)?;
            let values: Vec<String> = if field.is_list() { value.split(';').map(str::to_owned).collect() } else { vec![value.to_owned()] };
            typed.set(field, values).map_err(SearchError::from)?;
        }
        Ok((!given.is_empty()).then_some(Other::Setting { typed: Box::new(typed), fields }))
    }
}

fn document_fields(typed: &str) -> Result<Vec<DocumentFieldArg>, Error> {
    let known = [DocumentFieldArg::Title, DocumentFieldArg::Text];
    let read = |name: &str| {
        known.into_iter().find(|field| field_name(*field) == name.trim()).ok_or_else(|| Error::Usage {
            what: format!("--against fields={typed}: {name:?} is no field of a document"),
            repair: "write title, text or both with a comma between".to_owned(),
        })
    };
    typed.split(',').map(read).collect()
}

// ---------------------------------------------------------------- the report

#[derive(Serialize)]
struct Report {
    documents: Documents,
    /// Queries of the file.
    asked: usize,
    /// Those among them that are no queries, and so score 0.
    refused: usize,
    setting: String,
    #[serde(flatten)]
    scores: RetrievalScore,
    against: Option<Against>,
}

#[derive(Serialize)]
struct Against {
    setting: String,
    #[serde(flatten)]
    scores: RetrievalScore,
    measures: Vec<MeasureComparison>,
    /// Those that this run answers better, the largest difference first; then those that it answers worse.
    differences: Vec<ShownDifference>,
}

#[derive(Serialize)]
struct ShownDifference {
    #[serde(flatten)]
    difference: Difference,
    text: String,
}

impl Against {
    fn of(args: &EvalRetrievalArgs, comparison: Comparison, test: &TestSet) -> Against {
        let Comparison { scores, measures, differences } = comparison;
        let texts: HashMap<&str, &str> = test.queries.iter().map(|query| (query.id.as_str(), query.text.as_str())).collect();
        let (better, worse): (Vec<Difference>, Vec<Difference>) = differences.into_iter().partition(|difference| difference.ndcg() > 0.0);
        let shown = [better, worse].into_iter().flat_map(|side| side.into_iter().take(args.differences));
        let differences = shown.map(|difference| {
            let text = texts.get(difference.query.as_str()).copied().unwrap_or_default().to_owned();
            ShownDifference { difference, text }
        });
        Against { setting: args.against.join(" "), scores, measures, differences: differences.collect() }
    }
}

impl Report {
    fn write(&self, output: &mut Output) -> Result<(), Error> {
        let Documents { indexed, of } = self.documents;
        output.line(format_args!("{indexed} of {of} documents indexed"))?;
        let refused = if self.refused > 0 { format!(", {} of them not answered", self.refused) } else { String::new() };
        output.line(format_args!("{} queries, {} of them judged{refused}", self.asked, self.scores.queries))?;
        output.line("")?;
        let against = self.against.as_ref().map_or(Vec::new(), Against::rows);
        let rows = [Row::of("", Measure::ALL.map(Measure::name)), Row::means(&self.setting, &self.scores)].into_iter().chain(against);
        let rows: Vec<Row> = rows.collect();
        let width = rows.iter().map(|row| row.head.chars().count()).max().unwrap_or(0);
        rows.iter().try_for_each(|Row { head, cells }| output.line(format_args!("{head:<width$}{cells}")))?;
        self.against.as_ref().map_or(Ok(()), |against| against.write_differences(output))
    }
}

impl Against {
    fn rows(&self) -> Vec<Row> {
        let measures = || self.measures.iter();
        vec![
            Row::means(&self.setting, &self.scores),
            Row::of("difference", measures().map(|measure| format!("{:+.4}", measure.difference))),
            Row::of("queries better", measures().map(|measure| measure.better.to_string())),
            Row::of("queries worse", measures().map(|measure| measure.worse.to_string())),
            Row::of("queries equal", measures().map(|measure| measure.equal.to_string())),
        ]
    }

    fn write_differences(&self, output: &mut Output) -> Result<(), Error> {
        if self.differences.is_empty() {
            return Ok(());
        }
        output.line("")?;
        output.line(format_args!(
            "largest differences in {}, with the rank of the first relevant document here and there:",
            Measure::Ndcg.name()
        ))?;
        let rank = |score: &QueryScore| score.first_relevant.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        for ShownDifference { difference, text } in &self.differences {
            let Difference { query, this, other } = difference;
            let (here, there, text) = (rank(this), rank(other), text.replace('\n', " "));
            output.line(format_args!("{:+.4}{here:>5}{there:>5}  {query}  {text}", difference.ndcg()))?;
        }
        Ok(())
    }
}

/// A row of the table: its head, and a cell for each measure.
struct Row {
    head: String,
    cells: String,
}

impl Row {
    fn of(head: &str, cells: impl IntoIterator<Item = impl std::fmt::Display>) -> Row {
        Row { head: head.to_owned(), cells: cells.into_iter().map(|cell| format!("{cell:>12}")).collect() }
    }

    fn means(head: &str, scores: &RetrievalScore) -> Row {
        Row::of(head, Measure::ALL.map(|measure| format!("{:.4}", scores.values.of(measure))))
    }
}
