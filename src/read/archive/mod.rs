//! An archive → the records of its members, each under its own name: `archive.zip!/folder/file.txt`.
//!
//! Members are read one after the other as streams, never written to disk. What leads out of the archive, links and devices,
//! what is encrypted, and archives within archives (beyond the depth that is allowed) are skips with their reasons.

mod tar;
mod zip;

pub use tar::read as tar;
pub use zip::read as zip;

use super::{Format, ReadOptions, Sink, Skip, SkipReason, SourceFile, read_stream, unpack};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io::BufRead;
use std::ops::ControlFlow;

/// An archive that is being read.
struct Archive<'a> {
    file: &'a SourceFile,
    options: &'a ReadOptions,
    depth: u32,
    members: u64,
    /// How often each name was met, by its hash: a later member of a name is another.
    names: HashMap<u64, u32>,
    hasher: RandomState,
}

impl<'a> Archive<'a> {
    fn new(file: &'a SourceFile, options: &'a ReadOptions, depth: u32) -> Archive<'a> {
        Archive { file, options, depth, members: 0, names: HashMap::new(), hasher: RandomState::new() }
    }

    /// A member by its name in the archive, or why it is passed over.
    fn member(&mut self, name: &str) -> Result<SourceFile, Skip> {
        let Some(name) = safe_name(name) else {
            let detail = format!("a member is called {:?}", name.chars().take(200).collect::<String>());
            return Err(Skip::file(self.file, SkipReason::UnsafeName, &detail));
        };
        let met = self.names.entry(self.hasher.hash_one(&name)).or_default();
        *met += 1;
        Ok(self.file.member(&if *met == 1 { name } else { numbered(&name, *met) }))
    }

    /// Whether one more member is too many; says so once.
    fn is_full(&mut self) -> Option<Skip> {
        self.members += 1;
        let max = self.options.limits.max_archive_members;
        (self.members > max).then(|| {
            let detail = format!("more than {max} members; --max-archive-members sets the limit");
            Skip::file(self.file, SkipReason::Oversized, &detail)
        })
    }

    /// Reads one member.
    fn read(&self, member: &SourceFile, stream: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let Some(Format { shape, packing }) = Format::of(&member.relative) else {
            return sink(Err(Skip::file(member, SkipReason::UnknownFormat, "")));
        };
        let max_depth = self.options.limits.max_archive_depth.min(MAX_DEPTH);
        if shape.is_archive() && self.depth >= max_depth {
            let detail = format!("archives are opened to a depth of {max_depth}; --max-archive-depth sets the limit");
            return sink(Err(Skip::file(member, SkipReason::NestedArchive, &detail)));
        }
        match unpack::unpacked(stream, packing, &self.options.limits) {
            Ok(mut unpacked) => read_stream(member, shape, &mut unpacked, self.options, self.depth + 1, sink),
            Err(error) => sink(Err(unpack::broken(member, &error))),
        }
    }
}

/// However deep the user allows.
const MAX_DEPTH: u32 = 8;

/// A member's name with `/` between folders, if it stays within its archive; signs that steer terminals and hide letters are replaced.
fn safe_name(name: &str) -> Option<String> {
    if name.starts_with(['/', '\\']) || name.get(1..2) == Some(":") {
        return None;
    }
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() || parts.contains(&"..") {
        return None;
    }
    let is_steering =
        |letter: char| letter.is_control() || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    Some(parts.join("/").replace(is_steering, "\u{FFFD}"))
}

/// The name of a later member of the same name, of the same format: `a/b (2).txt`.
fn numbered(name: &str, number: u32) -> String {
    let folder = name.rfind('/').map_or(0, |at| at + 1);
    let stem = name[folder..].find('.').map_or(name.len(), |at| folder + at);
    format!("{} ({number}){}", &name[..stem], &name[stem..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_within_its_archive() {
        let cases = [
            ("tin/a.txt", Some("tin/a.txt")),
            ("./tin//a.txt", Some("tin/a.txt")),
            ("tin\\a.txt", Some("tin/a.txt")),
            ("a..b.txt", Some("a..b.txt")),
            ("../a.txt", None),
            ("tin/../../a.txt", None),
            ("tin\\..\\a.txt", None),
            ("/etc/a.txt", None),
            ("\\\\server\\a.txt", None),
            ("C:\\a.txt", None),
            ("", None),
            ("a\u{202e}txt.exe", Some("a\u{fffd}txt.exe")),
            ("a\u{1b}[2J.txt", Some("a\u{fffd}[2J.txt")),
        ];
        for (name, expected) in cases {
            assert_eq!(safe_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(numbered("a/b.txt.gz", 2), "a/b (2).txt.gz");
        assert_eq!(numbered("a.b/c", 3), "a.b/c (3)");
    }
}
