//! What this program has written into the folder of an archive: exports and tables, which are answers and no articles.

use super::SourceFile;
use serde::Deserialize;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;

/// How what stands beside an export is called, behind the name of its file.
const SIDECAR: &str = ".meta.json";

/// How every such file begins, from which it is told apart from those of crawlers without being read.
const BEGINNING: &[u8] = b"{\n  \"tool\": \"tracuu ";

/// Longer ones were not written by this program.
const MAX_BYTES: u64 = 64 << 20;

/// What stands beside the tables of an export, and is no table.
const BESIDE_TABLES: [&str; 2] = ["datapackage.json", "codebook.md"];

#[derive(Deserialize)]
struct Sidecar {
    format: String,
    files: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    path: String,
}

/// The relative paths of what was written by this program, among the files of a walk.
pub(super) fn own_output(files: &[SourceFile]) -> HashSet<String> {
    let mut own = HashSet::new();
    for file in files.iter().filter(|file| file.relative.ends_with(SIDECAR) && file.bytes <= MAX_BYTES) {
        let Some(sidecar) = read(file) else { continue };
        let folder = file.relative.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = if sidecar.format == "tables" { BESIDE_TABLES.as_slice() } else { &[] };
        let names = sidecar.files.iter().map(|written| written.path.as_str()).chain(beside.iter().copied());
        own.extend(names.map(|name| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }));
        own.insert(file.relative.clone());
    }
    own
}

fn read(file: &SourceFile) -> Option<Sidecar> {
    let mut opened = File::open(&file.path).ok()?;
    let mut bytes = vec![0; BEGINNING.len()];
    opened.read_exact(&mut bytes).ok()?;
    if bytes != BEGINNING {
        return None;
    }
    opened.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
