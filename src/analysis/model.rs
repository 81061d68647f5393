//! The model of the segmenter: a lexicon and the weights that decide where its words, and names, join.
//!
//! Input → output: the bytes that the trainer wrote → a [`Model`], ready in one or two milliseconds: the tables lie in
//! the file as they lie in memory. Decides nothing itself.
//!
//! The file, all numbers little-endian: [`MAGIC`]; the two views of the lexicon; the number of weights (a power of two)
//! and the weights, a signed byte each; nothing after them.

use super::form::mix;
use super::lexicon::Lexicon;
use std::borrow::Cow;

/// Name and bytes of the model that comes with the program, for the manifest of an index; `segmenter/README.md` says what it was made from.
pub const SEGMENTER: (&str, &[u8]) = ("segmenter.model", include_bytes!("segmenter/segmenter.model"));

/// How a model file of this format begins.
const MAGIC: &[u8] = b"tracuu segmenter 1\n";

/// Why bytes are not a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It begins otherwise.
    #[error("not a segmenter model of this version; `tracuu train-segmenter` makes one")]
    OtherFormat,
    /// It ends too early, goes on too long, or its tables do not fit together.
    #[error("the segmenter model is damaged; make it again with `tracuu train-segmenter`")]
    Damaged,
}

/// A lexicon with the weights that were trained over it.
#[derive(Debug)]
pub struct Model {
    pub(super) lexicon: Lexicon,
    weights: Cow<'static, [u8]>,
}

impl Model {
    /// The model that comes with the program; `segmenter/README.md` says what it was trained on.
    pub fn bundled() -> Model {
        Model::read(Cow::Borrowed(SEGMENTER.1)).expect("a unit test reads the bundled model")
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes are not what the trainer of this version writes.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        let stamp = bytes.as_chunks().0.iter().fold(0, |hash, &eight| mix(hash, u64::from_le_bytes(eight)));
        let mut reader = Reader::new(&bytes);
        if reader.bytes(MAGIC.len()) != Ok(MAGIC) {
            return Err(ModelError::OtherFormat);
        }
        let lexicon = Lexicon::read(&mut reader, stamp)?;
        let count = reader.number()?;
        reader.bytes(count)?;
        if !count.is_power_of_two() || !reader.rest.is_empty() {
            return Err(ModelError::Damaged);
        }
        let start = bytes.len() - count;
        let weights = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[start..].to_vec()),
        };
        Ok(Model { lexicon, weights })
    }

    /// A model that joins nothing, of a lexicon.
    pub(super) fn blank(lexicon: &Lexicon) -> Model {
        Model::read(Cow::Owned(Model::write(lexicon, &[0]))).expect("what is written can be read")
    }

    /// The file of a lexicon and weights, a power of two of them.
    pub(super) fn write(lexicon: &Lexicon, weights: &[i8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        lexicon.write(&mut bytes);
        bytes.extend((weights.len() as u32).to_le_bytes());
        bytes.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
        bytes
    }

    /// Whether a gap with these hashed features lies within a word.
    pub(super) fn joins(&self, features: &[u32]) -> bool {
        let mask = self.weights.len() - 1;
        features.iter().map(|&feature| i32::from(self.weights[feature as usize & mask] as i8)).sum::<i32>() > 0
    }
}

/// Takes a model file apart from its beginning.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Damaged)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub fn number(&mut self) -> Result<usize, ModelError> {
        let bytes = self.array(1)?.next().ok_or(ModelError::Damaged)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }

    pub fn text(&mut self, length: usize) -> Result<&'a str, ModelError> {
        std::str::from_utf8(self.bytes(length)?).map_err(|_| ModelError::Damaged)
    }

    /// `count` numbers of `SIZE` bytes.
    pub fn array<const SIZE: usize>(&mut self, count: usize) -> Result<impl Iterator<Item = [u8; SIZE]> + use<'a, SIZE>, ModelError> {
        let bytes = self.bytes(count.checked_mul(SIZE).ok_or(ModelError::Damaged)?)?;
        Ok(bytes.as_chunks::<SIZE>().0.iter().copied())
    }
}
