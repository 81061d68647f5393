//! What is kept between runs over watched queries: of each article by what it was last seen, of each query up to where it was answered.
//!
//! As JSON, which whoever wants may read. What a file of it holds is not trusted: numbers of runs that have not been are those of the last.

use crate::article::{ArticleId, Hash128};
use crate::index::{Fingerprint, IndexError, Manifest};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Version of what is kept.
const FORMAT: u32 = 1;

/// Why what is kept cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// It is no state of this program's.
    #[error("this is no state of watched queries ({what}); remove it to begin anew: then all that the archive holds counts as known")]
    Unreadable {
        /// What is wrong.
        what: String,
    },
    /// Most of the articles that it knows are not there.
    #[error(
        "of {known} articles that were there at the last run, {found} are in this index: it is another archive; \
         give each archive a watch file of its own, or remove the state to begin anew"
    )]
    OtherArchive {
        /// Articles of the last run.
        known: usize,
        /// Those of them that the index has.
        found: usize,
    },
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What is known of an archive and its watched queries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchState {
    format: u32,
    /// The index of the last run; another one of the same archive will do.
    index: Hash128,
    generation: u64,
    /// Number of the last run, from 1.
    run: u64,
    /// By id of the query, the run that last answered it.
    queries: BTreeMap<String, u64>,
    /// Id, text, values, and the runs that first saw the article, this text, these values; in order of ids.
    articles: Vec<Row>,
}

type Row = (ArticleId, u64, u64, u64, u64, u64);

/// An article, and since when it is known as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub id: ArticleId,
    text: u64,
    values: u64,
    /// The run that first saw it.
    pub added: u64,
    /// The run that first saw its text.
    pub text_seen: u64,
    /// The run that first saw its values.
    pub values_seen: u64,
}

impl Known {
    /// The last run that saw something new of it.
    pub fn last_seen(&self) -> u64 {
        self.added.max(self.text_seen).max(self.values_seen)
    }
}

/// The articles of an archive, each with the runs that first saw what it is.
pub(super) fn seen(fingerprints: &[Fingerprint], before: Option<&WatchState>, run: u64) -> Vec<Known> {
    let rows = before.map_or(&[][..], |before| &before.articles);
    let known = |fingerprint: &Fingerprint| {
        let &Fingerprint { id, text, values } = fingerprint;
        let row = rows.binary_search_by_key(&id, |row| row.0).ok().map(|at| rows[at]);
        let Some((_, old_text, old_values, added, text_seen, values_seen)) = row else {
            return Known { id, text, values, added: run, text_seen: run, values_seen: run };
        };
        // A run that has not been cannot have seen anything.
        let at = |is_same: bool, seen: u64| if is_same { seen.min(run - 1) } else { run };
        Known {
            id,
            text,
            values,
            added: at(true, added),
            text_seen: at(text == old_text, text_seen),
            values_seen: at(values == old_values, values_seen),
        }
    };
    fingerprints.iter().map(known).collect()
}

impl WatchState {
    /// Reads what [`WatchState::to_json`] wrote.
    ///
    /// # Errors
    /// [`WatchError::Unreadable`] for anything else.
    pub fn from_json(bytes: &[u8]) -> Result<WatchState, WatchError> {
        /// The one field that every format has.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let unreadable = |what: String| WatchError::Unreadable { what };
        let Format { format } = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
        if format != FORMAT {
            return Err(unreadable(format!("it has format {format}, this program reads format {FORMAT}")));
        }
        let mut state: WatchState = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
        state.articles.sort_unstable();
        state.articles.dedup_by_key(|row| row.0);
        Ok(state)
    }

    /// Everything as JSON, a line for each article.
    pub fn to_json(&self) -> Vec<u8> {
        let WatchState { format, index, generation, run, queries, articles } = self;
        let (index, queries) = (json(index), json(queries));
        let mut text = format!(
            "{{\"format\":{format},\"index\":{index},\"generation\":{generation},\"run\":{run},\"queries\":{queries},\"articles\":["
        );
        for (at, row) in articles.iter().enumerate() {
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&json(row));
        }
        text.push_str("\n]}\n");
        text.into_bytes()
    }

    pub(super) fn of(manifest: &Manifest, run: u64, queries: HashMap<String, u64>, articles: Vec<Known>) -> WatchState {
        let row = |known: Known| (known.id, known.text, known.values, known.added, known.text_seen, known.values_seen);
        WatchState {
            format: FORMAT,
            index: manifest.index_id,
            generation: manifest.generation,
            run,
            queries: queries.into_iter().collect(),
            articles: articles.into_iter().map(row).collect(),
        }
    }

    pub(super) fn next_run(&self) -> Result<u64, WatchError> {
        let next = self.run.checked_add(1).filter(|_| self.run > 0);
        next.ok_or_else(|| WatchError::Unreadable { what: format!("it says that there were {} runs", self.run) })
    }

    /// The queries, each with the run that last answered it.
    pub(super) fn queries(&self) -> impl Iterator<Item = (&str, u64)> {
        self.queries.iter().map(|(id, &run)| (id.as_str(), run.min(self.run)))
    }

    /// The articles, as the last run knew them.
    pub(super) fn articles(&self) -> impl Iterator<Item = Known> {
        self.articles.iter().map(|&(id, text, values, added, text_seen, values_seen)| Known {
            id,
            text,
            values,
            added,
            text_seen,
            values_seen,
        })
    }

    /// The run up to which a query was answered; of one that is not known, the last.
    pub(super) fn answered(&self, id: &str) -> u64 {
        self.queries.get(id).map_or(self.run, |&run| run.min(self.run))
    }

    /// Whether an index holds the archive that this is known of: it is the index of the last run, or has half of its articles at least.
    pub(super) fn is_of(&self, index: Hash128, articles: &[Known], run: u64) -> Result<(), WatchError> {
        let (known, found) = (self.articles.len(), articles.iter().filter(|known| known.added < run).count());
        if index == self.index || found * 2 >= known { Ok(()) } else { Err(WatchError::OtherArchive { known, found }) }
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers, ids and a map of texts always serialise")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ArticleId {
        Hash128::of([[number].as_slice()])
    }

    /// A state after some runs, with articles `(number, text, values)`.
    fn state(before: Option<&WatchState>, articles: &[(u8, u64, u64)]) -> WatchState {
        let mut fingerprints: Vec<Fingerprint> =
            articles.iter().map(|&(number, text, values)| Fingerprint { id: id(number), text, values }).collect();
        fingerprints.sort_unstable();
        let run = before.map_or(1, |before| before.next_run().unwrap());
        let row = |known: Known| (known.id, known.text, known.values, known.added, known.text_seen, known.values_seen);
        let articles = seen(&fingerprints, before, run).into_iter().map(row).collect();
        WatchState { format: FORMAT, index: id(0), generation: run, run, queries: BTreeMap::new(), articles }
    }

    fn runs(state: &WatchState, number: u8) -> (u64, u64, u64) {
        let row = state.articles.iter().find(|row| row.0 == id(number)).unwrap();
        (row.3, row.4, row.5)
    }

    #[test]
    fn what_an_article_is_was_first_seen_by_a_run() {
        let first = state(None, &[(1, 10, 100), (2, 20, 200)]);
        let second = state(Some(&first), &[(1, 11, 100), (2, 20, 200), (3, 30, 300)]);
        let third = state(Some(&second), &[(1, 11, 101), (3, 30, 300)]);
        let fourth = state(Some(&third), &[(1, 11, 101), (2, 20, 200), (3, 30, 300)]);
        assert_eq!((runs(&second, 1), runs(&second, 2), runs(&second, 3)), ((1, 2, 1), (1, 1, 1), (2, 2, 2)));
        assert_eq!(runs(&third, 1), (1, 2, 3));
        assert_eq!((runs(&fourth, 1), runs(&fourth, 2)), ((1, 2, 3), (4, 4, 4)), "what was gone and is back is new");
    }

    #[test]
    fn a_state_survives_its_json() {
        let mut state = state(None, &[(1, 10, u64::MAX), (2, 0, 200)]);
        state.queries.insert("đất \"đai\"\n".to_owned(), 1);
        assert_eq!(WatchState::from_json(&state.to_json()).unwrap(), state);
        let empty = WatchState { articles: Vec::new(), queries: BTreeMap::new(), ..state };
        assert_eq!(WatchState::from_json(&empty.to_json()).unwrap(), empty);
    }

    #[test]
    fn another_archive_is_told_by_what_is_gone() {
        let before = state(None, &[(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]);
        let known = |numbers: &[u8]| {
            let mut fingerprints: Vec<Fingerprint> =
                numbers.iter().map(|&number| Fingerprint { id: id(number), text: 1, values: 1 }).collect();
            fingerprints.sort_unstable();
            seen(&fingerprints, Some(&before), 2)
        };
        assert!(before.is_of(id(9), &known(&[1, 2, 5, 6, 7]), 2).is_ok());
        assert!(matches!(before.is_of(id(9), &known(&[1, 5, 6]), 2), Err(WatchError::OtherArchive { known: 4, found: 1 })));
        assert!(before.is_of(id(0), &known(&[]), 2).is_ok(), "the same index, pruned");
    }
}
