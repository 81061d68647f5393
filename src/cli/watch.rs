//! `tracuu watch`: a file of queries → what is new to each since the last run; what was told is kept in a file beside it.

use super::args::{WatchArgs, WatchFormatArg};
use super::output::{Output, Style, note};
use super::text_format::{self, thousands};
use super::{Outcome, batch, open, unless_failed};
use crate::article::{ArticleId, Hash128};
use crate::error::Error;
use crate::export::{Feed, FeedEntry, FeedHead, Language};
use crate::search::{Asked, BatchLine, Hit, News, SearchError, Unit, Watch, WatchError, WatchState};
use crate::whole_file;
use serde::Serialize;
use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &WatchArgs, output: &mut Output) -> Result<Outcome, Error> {
    let _only = if args.peek { None } else { Some(only_run(&args.file)?) };
    // Before the queries are read: of one that is saved in between, nothing is missed.
    let (pipeline, generation) = open(&args.index.dir)?;
    let lines = batch::lines(&args.file)?;
    if lines.is_empty() {
        let what = format!("{} holds no query", args.file.display());
        return Err(Error::Usage { what, repair: "write a header (id, query, province …) and a query in each row".to_owned() });
    }
    let kept = beside(&args.file, ".state.json");
    let at_fault = |error| told_of(&kept, error);
    let mut watch = Watch::begin(&generation, read_state(&kept)?, args.all).map_err(at_fault)?;
    if watch.is_first() && !args.all {
        let articles = thousands(watch.articles() as u64);
        note(format_args!("lần đầu: {articles} bài đang có được coi là đã biết; từ lần sau chỉ báo bài mới (--all: mọi bài)"));
    }

    let mut told = Told::begin(args.format, output);
    let (mut fired, mut refused) = (0, 0_u64);
    for line in &lines {
        let answered = watch.ask(&pipeline.authority, line).map_err(Error::from).and_then(|asked| {
            told.query(line, &asked)?;
            let mut outcome = Ok(());
            watch.tell(&pipeline.authority, line, &asked, |why, hit| {
                outcome = told.article(line, &asked, why, hit);
                unless_failed(&outcome)
            })?;
            outcome.map(|()| asked.new)
        });
        match answered {
            Ok(new) => fired += u64::from(new > 0),
            // A bad index stops the run, a bad query does not.
            Err(Error::Search(error)) if !matches!(error, SearchError::Index(_)) => {
                refused += u64::from(!may_come(&error));
                note(format_args!("{}, line {}: {error}", args.file.display(), line.line));
                told.refuse(line, &error)?;
            }
            Err(error) => return Err(error),
        }
    }
    let new = watch.news() as u64;
    told.end(&args.file, &generation.manifest().run.started)?;
    // What is not written was not told.
    output.finish()?;
    if !args.peek {
        whole_file::write(&kept, &watch.state().to_json()).map_err(|source| Error::Path { path: kept.clone(), source })?;
    }
    note(format_args!("{} câu hỏi, {fired} có tin · kho có {} bài mới hoặc đổi", lines.len(), thousands(new)));
    match refused {
        0 if fired > 0 => Ok(Outcome::Done),
        0 => Ok(Outcome::NoHit),
        _ => Err(Error::Usage {
            what: format!("{}: {refused} of {} queries could not be answered; the others were", args.file.display(), lines.len()),
            repair: "mend the lines named above: they will tell what they missed".to_owned(),
        }),
    }
}

/// Whether what a query names may stand in the archive one day, as people and publishers do: then it is no fault of the query that it finds nothing.
fn may_come(error: &SearchError) -> bool {
    matches!(error, SearchError::UnknownValue { field: "official" | "role" | "source" | "collection", .. })
}

/// A file beside that of the queries, of its name and an ending.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The right to tell what is new: of two runs at once both would tell the same, and one would forget what the other has told. It ends with the process.
fn only_run(file: &Path) -> Result<File, Error> {
    let path = beside(file, ".lock");
    let at_fault = |source| Error::Path { path: path.clone(), source };
    let lock = File::options().create(true).write(true).truncate(false).open(&path).map_err(at_fault)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            let what = format!("another `tracuu watch` is at work on {}", file.display());
            Err(Error::Usage { what, repair: "wait until it has ended".to_owned() })
        }
        Err(TryLockError::Error(source)) => Err(at_fault(source)),
    }
}

fn read_state(path: &Path) -> Result<Option<WatchState>, Error> {
    match fs::read(path) {
        Ok(bytes) => WatchState::from_json(&bytes).map(Some).map_err(|error| told_of(path, error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Path { path: path.to_owned(), source }),
    }
}

/// What is wrong with the state, said of its file.
fn told_of(path: &Path, error: WatchError) -> Error {
    match error {
        WatchError::Index(error) => Error::Index(error),
        error => Error::Path { path: path.to_owned(), source: io::Error::other(error) },
    }
}

/// Where what is new goes.
struct Told<'a> {
    format: WatchFormatArg,
    output: &'a mut Output,
    /// What the feed will hold: an article once, with all queries that found it.
    entries: Vec<(Hit, Vec<String>)>,
    places: HashMap<ArticleId, usize>,
}

/// A new article as a line of JSON.
#[derive(Serialize)]
struct JsonNews<'a> {
    query: JsonQuery<'a>,
    why: Option<News>,
    error: Option<String>,
    #[serde(flatten)]
    hit: Option<&'a Hit>,
}

/// The query that it is news to.
#[derive(Serialize)]
struct JsonQuery<'a> {
    id: &'a str,
    line: u64,
    new: u64,
}

impl<'a> Told<'a> {
    fn begin(format: WatchFormatArg, output: &'a mut Output) -> Told<'a> {
        Told { format, output, entries: Vec::new(), places: HashMap::new() }
    }

    /// Names a query of which something is told.
    fn query(&mut self, line: &BatchLine, asked: &Asked) -> Result<(), Error> {
        if self.format == WatchFormatArg::Text && asked.new > 0 {
            let typed = line.asked.as_ref().ok().and_then(|typed| typed.query.as_deref()).filter(|query| *query != line.id);
            let typed = typed.map(|query| format!(" ({query})")).unwrap_or_default();
            let title = format!("== {}{typed}: {} bài", line.id, thousands(asked.new));
            self.output.line(self.output.styled(Style::Title, &title))?;
        }
        Ok(())
    }

    fn article(&mut self, line: &BatchLine, asked: &Asked, why: News, hit: Hit) -> Result<(), Error> {
        match self.format {
            WatchFormatArg::Text => {
                text_format::hit(&hit, Unit::Articles, 0, self.output)?;
                self.output.line(self.output.styled(Style::Dim, &format!("   {}", reason(why))))?;
                self.output.line("")
            }
            WatchFormatArg::Jsonl => {
                let query = JsonQuery { id: &line.id, line: line.line, new: asked.new };
                self.output.json_line(&JsonNews { query, why: Some(why), error: None, hit: Some(&hit) })
            }
            WatchFormatArg::Atom => {
                let place = *self.places.entry(hit.article.id).or_insert(self.entries.len());
                if place == self.entries.len() {
                    self.entries.push((hit, Vec::new()));
                }
                self.entries[place].1.push(format!("{}: {}", line.id, reason(why)));
                Ok(())
            }
        }
    }

    /// Tells that a query was not answered, where the format has a place for it.
    fn refuse(&mut self, line: &BatchLine, error: &SearchError) -> Result<(), Error> {
        match self.format {
            WatchFormatArg::Text | WatchFormatArg::Atom => Ok(()),
            WatchFormatArg::Jsonl => {
                let query = JsonQuery { id: &line.id, line: line.line, new: 0 };
                self.output.json_line(&JsonNews { query, why: None, error: Some(error.to_string()), hit: None })
            }
        }
    }

    fn end(self, file: &Path, indexed: &str) -> Result<(), Error> {
        if self.format != WatchFormatArg::Atom {
            return Ok(());
        }
        // The same for every run over a file, wherever it is started.
        let whole = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let changed = self.entries.iter().map(|(hit, _)| hit.last_changed.as_str()).max();
        let head = FeedHead {
            title: &format!("tracuu: {}", file.display()),
            id: &format!("urn:tracuu:watch:{}", Hash128::of([whole.as_os_str().as_encoded_bytes()])),
            updated: changed.unwrap_or(indexed),
            language: Language::Vietnamese,
            links: &[],
        };
        let mut feed = Feed::begin(self.output.raw(), &head)?;
        for (hit, found_by) in &self.entries {
            feed.write(&FeedEntry { hit, link: hit.article.url.as_deref(), found_by: &found_by.join("; ") })?;
        }
        feed.end()?;
        self.output.line("")
    }
}

fn reason(why: News) -> &'static str {
    match why {
        News::Added => "bài mới",
        News::Text => "bài được sửa",
        News::Values => "bài có giá trị mới",
        News::Known => "bài đã biết",
    }
}
