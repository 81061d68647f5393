//! Facts in tables and the look-ups over them: units in their eras, posts and bodies, abbreviations, names.
//!
//! Input → output: a name, a word, a day → what the tables say of it. An [`Authority`] is a value
//! that is made once and handed on; there are no statics, so that a caller can bring tables of their own.
//! Decides nothing about an article: that is `extract`'s part.

mod abbreviations;
mod names;
mod people;
mod posts;
mod publishers;
mod units;
mod words;

pub use abbreviations::{Abbreviation, AbbreviationError, Abbreviations};
pub use names::{Middle, Names, Namesake, Surname};
pub use people::{KnownPeople, NamedPerson, PeopleError};
pub use posts::{Body, BodyKind, Field, Level, Needs, Particle, Phrase, PostTitle, Posts, Standing, Term, UnitWord};
pub use publishers::{Publisher, PublisherError, PublisherLevel, Publishers, slug_of};
pub use units::{
    District, DistrictKind, LocalKind, LocalPlace, MERGER, Place, PlaceHit, PlaceName, PlaceWord, Resolution, ResolutionKind, Unit,
    UnitKind, Units, WardHit, WardKind, local_id, of_unknown_era,
};
pub use words::{Word, Words};

use std::sync::{Arc, LazyLock};

/// All tables of facts. Cheap to clone: the tables are shared.
#[derive(Clone, Debug)]
pub struct Authority {
    /// What people are called and what they hold: made at the first question, since few searches ask one.
    people: Arc<LazyLock<People>>,
    /// Provincial units in their eras, districts, regions.
    pub units: Arc<Units>,
    /// Abbreviations of the administration.
    pub abbreviations: Arc<Abbreviations>,
    /// What a user knows of publishers; empty in the bundled tables.
    pub publishers: Arc<Publishers>,
}

/// Posts and names, in words of one numbering.
#[derive(Debug)]
struct People {
    words: Words,
    posts: Posts,
    names: Names,
}

impl People {
    fn bundled() -> People {
        let mut words = Words::default();
        let (posts, names) = (Posts::bundled(&mut words), Names::bundled(&mut words));
        People { words, posts, names }
    }
}

impl Authority {
    /// The tables that are part of the program.
    pub fn bundled() -> Authority {
        Authority {
            people: Arc::new(LazyLock::new(People::bundled)),
            units: Arc::new(Units::bundled()),
            abbreviations: Arc::new(Abbreviations::bundled()),
            publishers: Arc::default(),
        }
    }

    /// The words of posts and names, by number.
    pub fn words(&self) -> &Words {
        &self.people.words
    }

    /// Words that posts and bodies are made of.
    pub fn posts(&self) -> &Posts {
        &self.people.posts
    }

    /// Surnames, and words that look like names.
    pub fn names(&self) -> &Names {
        &self.people.names
    }

    /// The same tables, with publishers of the user's.
    pub fn with_publishers(&self, publishers: Publishers) -> Authority {
        Authority { publishers: Arc::new(publishers), ..self.clone() }
    }

    /// Name and text of every bundled table: what the manifest of an index hashes.
    pub fn tables() -> Vec<(&'static str, &'static str)> {
        [Units::TABLES, Posts::TABLES, Abbreviations::TABLES, Names::TABLES].concat()
    }
}
