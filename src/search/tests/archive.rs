//! Little archives for tests: drafts of articles → an index in a temporary folder → its newest state.

use crate::analysis::Analyzer;
use crate::article::{
    Article, Captured, Dates, EventDate, Hash128, Interval, Official, Origin, PlaceKind, PlaceMention, Post, PostStatus, ProvinceStatus,
    Provinces, Rank, Signature, Source, Story, UnitId, UnitMention, UnitName,
};
use crate::authority::Authority;
use crate::index::{Entry, Generation, Reader, Writer, WriterOptions};
use crate::search::{Filter, Request, Response, SearchError, Sort, TypedField, TypedRequest, Unit, count, parse_range, search};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

pub static ANALYZER: LazyLock<Arc<Analyzer>> = LazyLock::new(|| Arc::new(Analyzer::bundled()));
pub static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::bundled);

pub const COLLECTION: &str = "tin-tuc";

/// What an article of a test says.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub title: String,
    pub body: String,
    pub event: Option<Interval>,
    pub units: Vec<String>,
    /// Ids of places of the units, by unit.
    pub places: Vec<(String, String)>,
    pub status: ProvinceStatus,
    /// Name, role, scope.
    pub posts: Vec<(String, String, Option<String>)>,
    pub source: Option<String>,
    pub edition: u32,
}

impl Draft {
    pub fn new(name: &str, title: &str, body: &str) -> Draft {
        Draft {
            name: name.to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            event: None,
            units: Vec::new(),
            places: Vec::new(),
            status: ProvinceStatus::Unknown,
            posts: Vec::new(),
            source: None,
            edition: 0,
        }
    }

    /// `2024`, `2024-05`, `2024-05-13`, or two of them with `..` between.
    pub fn on(mut self, event: &str) -> Draft {
        self.event = Some(parse_range(event).unwrap());
        self
    }

    pub fn about(mut self, unit_id: &str) -> Draft {
        self.units.push(unit_id.to_owned());
        self.status = ProvinceStatus::Units;
        self
    }

    /// Names a place of a unit that the article is about.
    pub fn at(mut self, unit_id: &str, place_id: &str) -> Draft {
        self.places.push((unit_id.to_owned(), place_id.to_owned()));
        self
    }

    pub fn status(mut self, status: ProvinceStatus) -> Draft {
        self.status = status;
        self
    }

    pub fn names(mut self, name: &str, role: &str, scope: Option<&str>) -> Draft {
        self.posts.push((name.to_owned(), role.to_owned(), scope.map(str::to_owned)));
        self
    }

    pub fn from(mut self, source: &str) -> Draft {
        self.source = Some(source.to_owned());
        self
    }

    fn article(&self) -> Article {
        let about: Vec<UnitMention> = self.units.iter().map(|id| self.mention(id)).collect();
        let mut officials: Vec<Official> = Vec::new();
        for (name, role, scope) in &self.posts {
            let post = Post {
                role: role.clone(),
                rank: Rank::Head,
                body: None,
                unit_id: None,
                scope: scope.clone(),
                status: PostStatus::Current,
                as_written: role.clone(),
                rule: "test".to_owned(),
            };
            match officials.iter_mut().find(|official| official.name == *name) {
                Some(official) => official.posts.push(post),
                None => officials.push(Official { name: name.clone(), posts: vec![post], mentions: Vec::new() }),
            }
        }
        let provinces = Provinces { status: self.status, about, mentioned: Vec::new() };
        let event = EventDate { from: self.event.map(|event| event.from), to: self.event.map(|event| event.to), ..EventDate::default() };
        let bytes = format!("{} {}", self.edition, self.body);
        Article {
            id: Hash128::of([self.name.as_bytes()]),
            key: self.name.clone(),
            content_hash: Hash128::of([self.title.as_bytes(), self.body.as_bytes()]),
            title: self.title.clone(),
            title_derived: false,
            body: Some(self.body.clone()),
            dates: Dates { event, published: None, captured: Some(Captured { at: format!("2026-01-01T00:00:{:02}+07:00", self.edition) }) },
            provinces,
            officials,
            foreign_officials: Vec::new(),
            source: self.source.clone().map(|name| Source { name, unit_id: None }),
            url: None,
            collection: COLLECTION.to_owned(),
            origin: Origin {
                path: format!("{}.txt", self.name),
                record: 0,
                byte_offset: 0,
                charset: "UTF-8".to_owned(),
                raw_hash: Hash128::of([bytes.as_bytes()]),
            },
            group: None,
            flags: Vec::new(),
            evidence: Some(Vec::new()),
            corrections: Vec::new(),
        }
    }

    fn entry(&self) -> Entry {
        let signature = Signature::of(&Story::shingles_of(&self.title, &self.body));
        Entry { signature, ..self.article().into() }
    }

    fn mention(&self, id: &str) -> UnitMention {
        let units = &AUTHORITY.units;
        let today = |unit: &crate::authority::Unit| UnitName { unit_id: UnitId(unit.id.clone()), unit: unit.label.clone() };
        let place = |place_id: &str| PlaceMention { place_id: place_id.to_owned(), place: place_id.to_owned(), kind: PlaceKind::Commune };
        UnitMention {
            unit_id: UnitId(id.to_owned()),
            unit: units.name(id).to_owned(),
            era: units.era_label(id).map(str::to_owned),
            today: units.todays_of(id).into_iter().map(today).collect(),
            rule: "test".to_owned(),
            places: self.places.iter().filter(|(unit, _)| unit == id).map(|(_, id)| place(id)).collect(),
        }
    }
}

/// An index in a temporary folder.
pub struct Archive {
    dir: tempfile::TempDir,
    pub generation: Generation,
}

impl Archive {
    /// Indexes drafts with a commit after every so many; `finish` says whether the run comes to its end.
    pub fn of(drafts: &[Draft]) -> Archive {
        Archive::in_steps(drafts, u64::MAX)
    }

    pub fn in_steps(drafts: &[Draft], step: u64) -> Archive {
        let dir = tempfile::tempdir().unwrap();
        write(&dir, drafts, step, 1, None);
        Archive { generation: open(&dir), dir }
    }

    /// The total of a request with these as further filters, as answers have them (`date:/2024`).
    pub fn total_with(&self, request: &Request, is: impl IntoIterator<Item = String>) -> u64 {
        let mut typed = TypedRequest { query: Some(request.query.clone()), ..TypedRequest::default() };
        typed.set(TypedField::Is, is).unwrap();
        count(&self.generation, &AUTHORITY, &typed.request(request).unwrap()).unwrap()
    }

    /// Indexes drafts with so many threads, each of which makes segments of its own.
    pub fn with_threads(drafts: &[Draft], threads: usize) -> Archive {
        let dir = tempfile::tempdir().unwrap();
        write(&dir, drafts, 50, threads, None);
        Archive { generation: open(&dir), dir }
    }

    /// Puts drafts into the index and removes what is not named.
    pub fn edited(self, drafts: &[Draft], step: u64, keep: &[&str]) -> Archive {
        let Archive { dir, generation } = self;
        drop(generation);
        write(&dir, drafts, step, 1, Some(keep));
        Archive { generation: open(&dir), dir }
    }

    pub fn search(&self, request: &Request) -> Response {
        self.try_search(request).unwrap_or_else(|error| panic!("{request:?}: {error}"))
    }

    pub fn try_search(&self, request: &Request) -> Result<Response, SearchError> {
        search(&self.generation, &AUTHORITY, request)
    }

    /// The names of the hits of a query, in order.
    pub fn hits(&self, query: &str) -> Vec<String> {
        self.hits_with(query, &[])
    }

    pub fn hits_with(&self, query: &str, filters: &[Filter]) -> Vec<String> {
        names(&self.search(&request(query, filters)))
    }

    /// The same, by name.
    pub fn found(&self, query: &str) -> Vec<String> {
        let mut names = self.hits(query);
        names.sort();
        names
    }
}

/// Every article that matches, near-duplicates too.
pub fn request(query: &str, filters: &[Filter]) -> Request {
    let (limit, hits_of) = (usize::MAX, Unit::Articles);
    Request { query: query.to_owned(), filters: filters.to_vec(), limit, hits_of, sort: Sort::Relevance, ..Request::default() }
}

pub fn names(response: &Response) -> Vec<String> {
    response.hits.iter().map(|hit| hit.article.key.clone()).collect()
}

fn write(dir: &tempfile::TempDir, drafts: &[Draft], step: u64, threads: usize, keep: Option<&[&str]>) {
    let options = WriterOptions {
        threads,
        memory_bytes: threads * 15_000_000,
        // A few dozen articles, and several segments.
        max_segment_articles: 40,
        checkpoint_articles: step,
        checkpoint_time: Duration::from_secs(3600),
        ..WriterOptions::default()
    };
    let mut writer = Writer::open(dir.path(), &ANALYZER, BTreeMap::new(), options).unwrap();
    for draft in drafts {
        writer.put(draft.entry()).unwrap();
    }
    if let Some(keep) = keep {
        let present: BTreeSet<String> = keep.iter().map(|name| format!("{name}.txt")).collect();
        let gone = writer.gone(COLLECTION, |path| present.contains(path)).unwrap();
        writer.remove(gone, |path| present.contains(path)).unwrap();
    }
    writer.finish().unwrap();
}

fn open(dir: &tempfile::TempDir) -> Generation {
    Reader::open(dir.path(), Arc::clone(&ANALYZER)).unwrap().generation().unwrap()
}
