//! One query or several, as they were typed or as a file has them → requests, each with a name; a bad one is reported, and the rest go on.

use super::args::ManyArgs;
use super::batch;
use super::output::note;
use super::search::{request, typed};
use crate::error::Error;
use crate::search::{Request, SearchError, TypedRequest, Unit};
use std::path::Path;

/// What was asked.
pub(super) struct Queries {
    asked: Vec<Asked>,
    /// Whether there were several, those that cannot be asked among them.
    pub are_several: bool,
}

/// A query with its filters.
pub(super) struct Asked {
    /// Its id in a batch, or its number.
    pub id: String,
    /// What it goes by: the id that it was given, else the query itself.
    pub name: String,
    /// What it asks.
    pub request: Request,
}

impl Queries {
    /// In the order given.
    pub fn of(args: &ManyArgs) -> Result<Queries, Error> {
        let all = Request { counts_of: Unit::of_stories(args.collapse), ..request(&args.query)? };
        if let Some(path) = &args.batch {
            return Queries::of_batch(path, &typed(&args.query), &all);
        }
        let queries = if args.queries.is_empty() { std::slice::from_ref(&args.query.query) } else { args.queries.as_slice() };
        let asked = |(number, query): (usize, &String)| Asked {
            id: number.to_string(),
            name: query.clone(),
            request: Request { query: query.clone(), ..all.clone() },
        };
        Ok(Queries { asked: (1..).zip(queries).map(asked).collect(), are_several: queries.len() > 1 })
    }

    fn of_batch(path: &Path, for_all: &TypedRequest, all: &Request) -> Result<Queries, Error> {
        let mut asked = Vec::new();
        for line in batch::lines(path)? {
            let read = line.asked.map_err(SearchError::from);
            match read.and_then(|typed| Ok((typed.query.clone().unwrap_or_default(), typed.read_as(for_all).request(all)?))) {
                Ok((query, request)) => {
                    let name = if line.id == line.line.to_string() && !query.is_empty() { query } else { line.id.clone() };
                    asked.push(Asked { id: line.id, name, request });
                }
                Err(error) => note(format_args!("{}, line {}: {error}", path.display(), line.line)),
            }
        }
        Ok(Queries { asked, are_several: true })
    }

    /// Answers each; of several, one that cannot be answered is reported and left out.
    ///
    /// # Errors
    /// A bad index; the error of a single query; that of several none could be answered.
    pub fn each<T>(&self, mut answer: impl FnMut(&Asked) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let mut answers = Vec::new();
        for asked in &self.asked {
            match answer(asked) {
                Ok(answer) => answers.push(answer),
                // A bad index stops the run, a bad query does not.
                Err(Error::Search(error)) if self.are_several && !matches!(error, SearchError::Index(_)) => {
                    note(format_args!("{}: {error}", asked.name));
                }
                Err(error) => return Err(error),
            }
        }
        if answers.is_empty() {
            let (what, repair) = ("no query could be answered".to_owned(), "give one, or mend those named above".to_owned());
            return Err(Error::Usage { what, repair });
        }
        Ok(answers)
    }
}
