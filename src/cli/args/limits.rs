//! The bounds on what is read of hostile files, as options.

use crate::read::Limits;
use clap::Args as ClapArgs;

/// The options of [`Limits`], with its defaults.
#[derive(Clone, Copy, Debug, ClapArgs)]
#[command(next_help_heading = "Limits (bytes also as 64K, 64M, 1G; what is beyond one is skipped, counted and told)")]
pub struct LimitArgs {
    /// Longest file, or member of an archive, that is read whole: .txt .html .json .docx .pdf
    #[arg(long, value_name = "BYTES", value_parser = bytes, default_value_t = Limits::default().max_file_bytes, hide_default_value = true)]
    pub max_file_bytes: u64,
    /// Longest line of JSON Lines, row of a table, record of a WARC (all three 64M, if not given)
    #[arg(long, value_name = "BYTES", value_parser = bytes, default_value_t = Limits::default().max_record_bytes, hide_default_value = true)]
    pub max_record_bytes: u64,
    /// Most that one packed file or archive unpacks to [default: 1T]
    #[arg(long, value_name = "BYTES", value_parser = bytes, default_value_t = Limits::default().max_unpacked_bytes, hide_default_value = true)]
    pub max_unpacked_bytes: u64,
    /// How many times its size it unpacks to, beyond the first 64M
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_unpacked_ratio)]
    pub max_unpacked_ratio: u64,
    /// Most members of an archive
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_archive_members)]
    pub max_archive_members: u64,
    /// How deep archives are opened: 2 opens those within archives too
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=8), default_value_t = Limits::default().max_archive_depth)]
    pub max_archive_depth: u32,
    /// Seconds that the parser of a .docx or .pdf may take
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().max_document_seconds)]
    pub max_document_seconds: u64,
    /// Memory that it may take [default: 512M]
    #[arg(long, value_name = "BYTES", value_parser = bytes, default_value_t = Limits::default().max_document_memory_bytes, hide_default_value = true)]
    pub max_document_memory_bytes: u64,
}

impl From<Limits> for LimitArgs {
    fn from(limits: Limits) -> LimitArgs {
        LimitArgs {
            max_file_bytes: limits.max_file_bytes,
            max_record_bytes: limits.max_record_bytes,
            max_unpacked_bytes: limits.max_unpacked_bytes,
            max_unpacked_ratio: limits.max_unpacked_ratio,
            max_archive_members: limits.max_archive_members,
            max_archive_depth: limits.max_archive_depth,
            max_document_seconds: limits.max_document_seconds,
            max_document_memory_bytes: limits.max_document_memory_bytes,
        }
    }
}

impl From<LimitArgs> for Limits {
    fn from(args: LimitArgs) -> Limits {
        Limits {
            max_file_bytes: args.max_file_bytes,
            max_record_bytes: args.max_record_bytes,
            max_unpacked_bytes: args.max_unpacked_bytes,
            max_unpacked_ratio: args.max_unpacked_ratio,
            max_archive_members: args.max_archive_members,
            max_archive_depth: args.max_archive_depth,
            max_document_seconds: args.max_document_seconds,
            max_document_memory_bytes: args.max_document_memory_bytes,
        }
    }
}

/// `64M`, `1GiB`, `1000`
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_lowercase();
    let shift = match unit.trim_end_matches("ib").trim_end_matches('b') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return Err("expected a number of bytes, as 1000000, 64M or 1G".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "expected a number of bytes, as 1000000, 64M or 1G".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "too large a number of bytes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        for (text, expected) in [
            ("1000", Some(1000)),
            ("64M", Some(64 << 20)),
            ("1GiB", Some(1 << 30)),
            ("2kb", Some(2048)),
            ("M", None),
            ("1x", None),
            ("99999999T", None),
        ] {
            assert_eq!(bytes(text).ok(), expected, "{text}");
        }
    }
}
