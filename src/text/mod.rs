//! Pure functions over `&str` that know how Vietnamese is written.
//!
//! Input → output: text as it came → text, terms or syllables that can be compared.
//! Nothing here knows of articles, fields or queries, and nothing here can fail.
//!
//! Two kinds of function, never to be mixed:
//!
//! - [`compose`] makes the *stored* text: it changes code points and white space, never spelling;
//! - [`canonical`] and [`fold`] make *terms*: what is compared, and never shown to a reader.

mod canonical;
mod compose;
mod fold;
mod grouped;
mod letter;
mod phrase;
mod shingle;
mod syllable;
mod syllable_code;

pub use canonical::{canonical, canonical_into, canonical_phrase, canonical_phrase_into, respelt};
pub use compose::compose;
pub use fold::{fold, fold_into, fold_letter, has_diacritics};
pub use grouped::grouped;
pub use letter::{is_capital, is_letter, is_word_letter};
pub use phrase::{contains_any, ends_with_any};
pub use shingle::{SHINGLE_SYLLABLES, shingles};
pub use syllable::{Syllable, is_part_letter, is_syllable, is_syllable_in_any_case, parse_syllable, parts};
pub use syllable_code::SyllableCode;
