//! What an article is called and where it was read: hashes, ids, origins.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// 128 bits of a BLAKE3 hash, written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash128(u128);

/// What an article is called: a hash of its url, its record id or its path (in that order).
pub type ArticleId = Hash128;

impl Hash128 {
    /// Hashes parts in order; where one part ends and the next begins is part of the hash.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Hash128 {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut first = [0; 16];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Hash128(u128::from_be_bytes(first))
    }

    /// The hash as two numbers, high half first: how columns keep it.
    pub fn halves(self) -> (u64, u64) {
        ((self.0 >> 64) as u64, self.0 as u64)
    }

    /// The inverse of [`Hash128::halves`].
    pub fn from_halves(high: u64, low: u64) -> Hash128 {
        Hash128(u128::from(high) << 64 | u128::from(low))
    }

    /// Reads 32 hexadecimal digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Hash128> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Hash128)).flatten()
    }
}

impl fmt::Display for Hash128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Hash128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hash128 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_str(self),
            false => self.halves().serialize(serializer),
        }
    }
}

impl JsonSchema for Hash128 {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Hash128".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[0-9a-f]{32}$"})
    }
}

impl<'de> Deserialize<'de> for Hash128 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Takes either form: within what is flattened, no format says any more whether people read it.
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Hash128;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 hexadecimal digits, or two halves")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Hash128, E> {
                Hash128::parse(text).ok_or_else(|| E::custom(format!("not 32 hexadecimal digits: {text:?}")))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut halves: A) -> Result<Hash128, A::Error> {
                let mut half = || halves.next_element()?.ok_or_else(|| serde::de::Error::custom("a half is missing"));
                Ok(Hash128::from_halves(half()?, half()?))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// Where an article was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Path relative to the collection's root, `/` between folders; of a member of an archive `archive.zip!/folder/file.txt`.
    pub path: String,
    /// Number of the record in its file, from 0.
    pub record: u64,
    /// Byte at which the record begins in the (unpacked) file.
    pub byte_offset: u64,
    /// Name of the character encoding that the bytes were read in.
    pub charset: String,
    /// Hash of the record's bytes (unpacked).
    ///
    /// Where a `tracuu.toml` says how they are read, of what it says too.
    pub raw_hash: Hash128,
}

/// What tells a file that has not changed from others, without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Its size.
    pub bytes: u64,
    /// When its bytes last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// Digest of what decides how it is read: the settings of its folder, the limits; 0 where nothing is out of the ordinary.
    pub reading: u64,
}

impl FileStamp {
    /// The coarsest step of a file system's clock: within one, a file may change twice and show one time.
    const CLOCK_STEP: i64 = 2_000_000_000;

    /// Whether a change after a moment (nanoseconds since 1970) would show: not where the file's time is that moment's, or still to come.
    pub fn is_settled_at(self, moment: i64) -> bool {
        self.modified <= moment.saturating_sub(Self::CLOCK_STEP)
    }
}

/// What stands between an archive and its member in a path.
const MEMBER: &str = "!/";

/// The file on disk of a path: the outermost archive of a member, else the path itself.
pub fn file_of(path: &str) -> &str {
    const ARCHIVES: [&str; 6] = [".zip", ".tar", ".tgz", ".tzst", ".gz", ".zst"];
    let is_archive = |name: &str| {
        let end = name.len().saturating_sub(8);
        let end = (end..name.len()).find(|&at| name.is_char_boundary(at)).unwrap_or(name.len());
        let ending = name[end..].to_ascii_lowercase();
        ARCHIVES.iter().any(|archive| ending.ends_with(archive))
    };
    path.match_indices(MEMBER).map(|(at, _)| &path[..at]).find(|file| is_archive(file)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_lies_in_the_file_of_its_archive() {
        let cases = [
            ("a/b.txt", "a/b.txt"),
            ("a/b.zip!/c.txt", "a/b.zip"),
            ("a/B.TAR.GZ!/c/d.zip!/e.txt", "a/B.TAR.GZ"),
            ("hay!/b.zip!/c.txt", "hay!/b.zip"),
            ("ha ha!/c.txt", "ha ha!/c.txt"),
        ];
        for (path, file) in cases {
            assert_eq!(file_of(path), file);
        }
    }

    #[test]
    fn a_stamp_counts_from_two_seconds_after_its_time() {
        let (second, now) = (1_000_000_000, 1_700_000_000_000_000_000);
        for (modified, expected) in [
            (now - 3 * second, true),
            (now - second, false),
            (now, false),
            (now + second, false),
            (0, true),
            (-second, true),
            (i64::MAX, false),
        ] {
            assert_eq!(FileStamp { bytes: 1, modified, reading: 0 }.is_settled_at(now), expected, "{modified}");
        }
    }

    #[test]
    fn a_hash_survives_its_text_and_its_halves() {
        let hash = Hash128::of([b"a".as_slice(), b"b"]);
        assert_ne!(hash, Hash128::of([b"ab".as_slice()]));
        assert_eq!(Hash128::parse(&hash.to_string()), Some(hash));
        let (high, low) = hash.halves();
        assert_eq!(Hash128::from_halves(high, low), hash);
        assert_eq!(Hash128::parse("+0000000000000000000000000000000"), None);
    }
}
