//! The archive that is served: its newest committed state, or why there is none.
//!
//! A state is opened beside the one that answers, made ready for its first query, and only then put in its place, searcher and side tables as one.
//! Requests that have begun keep the state they began with.

use crate::analysis::Analyzer;
use crate::article::Hash128;
use crate::authority::Authority;
use crate::index::{FacetField, Generation, IndexError, Reader};
use crate::search::{Request, SearchError, facets};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

/// Of an index that could not be opened, only so many looks apart it is tried again: reading it whole may take seconds.
const LOOKS_BETWEEN_TRIES: u32 = 10;

/// An index folder that is looked at again and again.
pub(super) struct Archive {
    dir: PathBuf,
    analyzer: Arc<Analyzer>,
    now: RwLock<Now>,
    /// Held while a state is opened, so that only one is.
    refreshing: Mutex<Looks>,
}

/// What requests are answered from.
type Now = Result<Arc<Open>, Arc<IndexError>>;

#[derive(Default)]
struct Looks {
    /// The folder's state when it was last opened, or was tried to.
    seen: Option<Option<Hash128>>,
    since_try: u32,
    /// Why there is none, as the log knows.
    told: Option<String>,
}

/// An open state of the archive.
pub(super) struct Open {
    /// The state.
    pub generation: Generation,
    /// Tells it from others, in ETags.
    pub stamp: Hash128,
}

impl Archive {
    /// Opens nothing yet.
    pub fn new(dir: PathBuf, analyzer: Arc<Analyzer>) -> Archive {
        let missing = Err(Arc::new(IndexError::Missing { dir: dir.clone() }));
        Archive { dir, analyzer, now: RwLock::new(missing), refreshing: Mutex::default() }
    }

    /// The newest state that was opened.
    pub fn now(&self) -> Now {
        // A lock is poisoned where its holder panicked; what it holds is replaced whole, so it is sound.
        self.now.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// Looks at the folder, and opens what is new there; `log` is told why it cannot be opened.
    pub fn refresh(&self, authority: &Authority, log: impl Fn(&str)) {
        let mut looks = self.refreshing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let stamp = Reader::stamp(&self.dir);
        looks.since_try += 1;
        let is_due = looks.seen != Some(stamp) || (self.now().is_err() && looks.since_try >= LOOKS_BETWEEN_TRIES);
        if !is_due {
            return;
        }
        (looks.seen, looks.since_try) = (Some(stamp), 0);
        let opened = self.open(authority).map(Arc::new).map_err(Arc::new);
        let why = opened.as_ref().err().map(|error| error.to_string());
        if let Some(why) = why.as_ref().filter(|why| looks.told.as_ref() != Some(*why)) {
            log(why);
        }
        looks.told = why;
        *self.now.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = opened;
    }

    fn open(&self, authority: &Authority) -> Result<Open, IndexError> {
        let generation = Reader::open(&self.dir, Arc::clone(&self.analyzer))?.generation()?;
        let manifest = generation.manifest();
        let stamp = Hash128::of([
            manifest.index_id.to_string().as_bytes(),
            &manifest.generation.to_le_bytes(),
            manifest.corpus_id.to_string().as_bytes(),
        ]);
        // What the first query would have to wait for is made now.
        let request = Request { facets: FacetField::ALL.to_vec(), max_facet_values: Some(0), ..Request::default() };
        if let Err(SearchError::Index(error)) = facets(&generation, authority, &request) {
            return Err(error);
        }
        Ok(Open { generation, stamp })
    }
}
