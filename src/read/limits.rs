//! How much of a hostile file is read, and with what: plain values, decided by the caller.

use super::count::BytesRead;
use std::path::PathBuf;

/// How much of a hostile file is read. What is beyond a limit is a skip, and the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest file or member of an archive that is read as a whole (`.txt`, `.html`, `.json`, `.docx`, `.pdf`), in bytes, unpacked.
    pub max_file_bytes: u64,
    /// Longest line of JSON Lines, row of a table, or record of a WARC, in bytes. Their number has no limit.
    pub max_record_bytes: u64,
    /// Most bytes that one packed file or archive may unpack to, all its members together.
    pub max_unpacked_bytes: u64,
    /// How many times its packed size a packed file or archive may unpack to; looked at beyond the first 64 MiB.
    pub max_unpacked_ratio: u64,
    /// Most members of an archive.
    pub max_archive_members: u64,
    /// How deep archives are opened: 1 is an archive alone, 2 an archive within it, at most 8.
    pub max_archive_depth: u32,
    /// Longest time that the parser of a `.docx` or `.pdf` may take, in seconds.
    pub max_document_seconds: u64,
    /// Most memory of that parser, in bytes (of address space; on Unix).
    pub max_document_memory_bytes: u64,
}

impl Default for Limits {
    /// Files and records of 64 MiB, a hundred times the longest article known to us; packed files of 1 TiB and a ratio of 200, which
    /// is ten times what pages of one template reach.
    fn default() -> Limits {
        Limits {
            max_file_bytes: 64 << 20,
            max_record_bytes: 64 << 20,
            max_unpacked_bytes: 1 << 40,
            max_unpacked_ratio: 200,
            max_archive_members: 5_000_000,
            max_archive_depth: 1,
            max_document_seconds: 20,
            max_document_memory_bytes: 512 << 20,
        }
    }
}

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Bounds.
    pub limits: Limits,
    /// The `tracuu` binary, which parses `.docx` and `.pdf` in a process of its own. Without it they are skipped.
    pub program: Option<PathBuf>,
    /// Counts what is read, for whoever shows progress.
    pub bytes_read: BytesRead,
}
