//! A file's bytes, unpacked as a stream and bounded.

use super::bound::{self, Meter, Packed, Unpacking};
use super::{Format, Limits, Packing, ReadOptions, Skip, SkipReason, SourceFile};
use crate::article::{FileStamp, Hash128};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes read at once.
const BUFFER_BYTES: usize = 128 << 10;

/// Opens a file, or standard input, as a stream of its unpacked bytes that ends in an error where they are too many.
pub fn open_bounded(file: &SourceFile, packing: Packing, options: &ReadOptions) -> io::Result<Box<dyn BufRead>> {
    match file.is_stdin() {
        true => Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, io::stdin()))),
        false => unpacked(BufReader::with_capacity(BUFFER_BYTES, options.bytes_read.open(&file.path)?), packing, &options.limits),
    }
}

/// The unpacked bytes of a packed stream, bounded.
pub fn unpacked<'a>(stream: impl BufRead + 'a, packing: Packing, limits: &Limits) -> io::Result<Box<dyn BufRead + 'a>> {
    let meter = Meter::new(limits);
    let packed = |stream| BufReader::with_capacity(BUFFER_BYTES, Packed::new(stream, &meter));
    Ok(match packing {
        Packing::Plain => Box::new(stream),
        Packing::Gzip => Box::new(BufReader::with_capacity(BUFFER_BYTES, Unpacking::new(MultiGzDecoder::new(packed(stream)), &meter))),
        // The decoder refuses windows above 128 MiB by itself.
        Packing::Zstd => {
            let decoder = zstd::Decoder::with_buffer(packed(stream))?;
            Box::new(BufReader::with_capacity(BUFFER_BYTES, Unpacking::new(decoder, &meter)))
        }
    })
}

/// A file of text in UTF-8, unpacked as its name says: a table or a corpus that the user names, not an article.
///
/// # Errors
/// As the file system and the archive say, or if it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_bytes(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The bytes of a file that the user names, unpacked as its name says, without bounds.
///
/// # Errors
/// As the file system and the archive say.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let name = path.to_string_lossy().to_lowercase();
    let limits = Limits { max_unpacked_bytes: u64::MAX, max_unpacked_ratio: u64::MAX, ..Limits::default() };
    let file = BufReader::with_capacity(BUFFER_BYTES, File::open(path)?);
    let mut bytes = Vec::new();
    unpacked(file, Packing::of(&name).0, &limits)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a bounded reading gave: the bytes, and the damage that they end at.
#[derive(Debug)]
pub struct Unpacked {
    /// Everything up to the end or the damage.
    pub bytes: Vec<u8>,
    /// Why there is no more, where the stream is damaged.
    pub damage: Option<io::Error>,
}

/// Reads a stream to its end.
///
/// Stops at `max_bytes` with [`SkipReason::Oversized`], so that a small archive cannot unpack
/// without end; a stream of white space is [`SkipReason::Empty`], one that is not text
/// [`SkipReason::Binary`].
pub fn read_bounded(file: &SourceFile, stream: &mut dyn BufRead, max_bytes: u64) -> Result<Unpacked, Skip> {
    let Unpacked { bytes, damage } = read_any(file, stream, max_bytes)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Skip::file(file, SkipReason::Empty, ""));
    }
    if super::encoding::is_binary(&bytes) {
        return Err(Skip::file(file, SkipReason::Binary, ""));
    }
    Ok(Unpacked { bytes, damage })
}

/// Reads a stream of any bytes to its end, or to the damage.
pub fn read_any(file: &SourceFile, stream: &mut dyn BufRead, max_bytes: u64) -> Result<Unpacked, Skip> {
    let mut bytes = Vec::new();
    let damage = stream.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).err();
    if bytes.len() as u64 > max_bytes {
        return Err(Skip::file(file, SkipReason::Oversized, &format!("longer than {max_bytes} bytes")));
    }
    match damage {
        Some(error) if bytes.is_empty() => Err(broken(file, &error)),
        damage => Ok(Unpacked { bytes, damage }),
    }
}

/// Reads a stream that is one article: damage leaves nothing to use.
pub fn read_whole(file: &SourceFile, stream: &mut dyn BufRead, max_bytes: u64) -> Result<Vec<u8>, Skip> {
    match read_bounded(file, stream, max_bytes)? {
        Unpacked { damage: Some(error), .. } => Err(broken(file, &error)),
        Unpacked { bytes, .. } => Ok(bytes),
    }
}

/// The skip for a stream that ends in damage.
pub fn broken(file: &SourceFile, error: &io::Error) -> Skip {
    let reason = if bound::is_bomb(error) { SkipReason::Oversized } else { SkipReason::Broken };
    Skip::file(file, reason, &error.to_string())
}

/// Hash of a file's bytes on disk, and of what decides how they are read, for telling an unchanged file without unpacking it.
///
/// The first 128 bits of a BLAKE3 hash; reads the file as a stream. Standard input has none.
pub fn file_hash(file: &SourceFile, options: &ReadOptions) -> io::Result<Hash128> {
    if file.is_stdin() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(&file.path)?, &mut hasher)?;
    hasher.update(reading(file, options).as_bytes());
    let digest = hasher.finalize();
    let half = |at: usize| digest.as_bytes()[at..at + 8].iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
    Ok(Hash128::from_halves(half(0), half(8)))
}

/// What decides how a file's bytes are read, as a text; empty where nothing is out of the ordinary.
fn reading(file: &SourceFile, options: &ReadOptions) -> String {
    let mut reading = file.settings.digest();
    // What was too long for other limits is read again.
    if options.limits != Limits::default() {
        reading += &format!("{:?}", options.limits);
    }
    let needs_program = |format: Format| format.shape.is_document() || format.shape.is_archive();
    if options.program.is_some() && Format::of(&file.relative).is_some_and(needs_program) {
        reading += "documents";
    }
    reading
}

/// By what a file is told unchanged without being opened; none where its time is not known.
pub fn file_stamp(file: &SourceFile, options: &ReadOptions) -> Option<FileStamp> {
    let modified = nanoseconds(file.modified?)?;
    let reading = match reading(file, options) {
        nothing if nothing.is_empty() => 0,
        said => Hash128::of([said.as_bytes()]).halves().1,
    };
    Some(FileStamp { bytes: file.bytes, modified, reading })
}

/// Nanoseconds since 1970, also before it; none beyond the years 1678 to 2262.
pub fn nanoseconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanoseconds| -nanoseconds),
    }
}
