//! `tracuu.toml` of a folder → what holds for every file in it and below, and what is wrong with it.
//!
//! Input → output: the text and the settings of the folder above → the settings of this folder. Does not look for files.

use super::encoding::Charset;
use super::fields::{self, EXACT, Field, Rank};
use crate::article::Hash128;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The name of the file.
pub const SETTINGS: &str = "tracuu.toml";

/// Longest file, in bytes.
pub const MAX_SETTINGS_BYTES: usize = 64 << 10;

/// What a user says of a folder: defaults for its articles, and how to read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderSettings {
    /// Publisher of what names none itself.
    pub source: Option<String>,
    /// The unit that the publisher belongs to, by name or id, where nothing else tells it.
    pub unit: Option<String>,
    /// Encoding of what is neither marked nor UTF-8.
    pub(super) charset: Option<Charset>,
    /// Their names of fields, as [`fields::key`] makes them.
    fields: BTreeMap<String, Field>,
}

impl FolderSettings {
    /// Reads a folder's file; what it does not say holds as in the folder above. With it, what cannot be read, and what would be right.
    pub fn read(text: &str, above: &FolderSettings) -> (FolderSettings, Vec<String>) {
        let mut settings = above.clone();
        let table = match toml::from_str::<Table>(text.trim_start_matches('\u{feff}')) {
            Ok(table) => table,
            Err(error) => {
                let line = 1 + text.get(..error.span().map_or(0, |span| span.start)).unwrap_or("").matches('\n').count();
                let problem = format!("line {line}: {}; nothing of it counts until it is TOML", error.message().replace('\n', ", "));
                return (settings, vec![problem]);
            }
        };
        let problems = table.into_iter().filter_map(|(key, value)| settings.set(&key, value).err()).collect();
        (settings, problems)
    }

    fn set(&mut self, key: &str, value: Value) -> Result<(), String> {
        match (key, value) {
            ("source", Value::String(name)) if !name.trim().is_empty() => self.source = Some(name),
            ("unit", Value::String(name)) if !name.trim().is_empty() => self.unit = Some(name),
            ("charset", Value::String(name)) => {
                let unknown = || format!("charset {name:?} is not known; expected a name such as utf-8, windows-1258, tcvn3, vni, viscii");
                self.charset = Some(Charset::named(&name).ok_or_else(unknown)?);
            }
            ("fields", Value::Table(names)) => return self.set_fields(names),
            ("source" | "unit" | "charset", value) => {
                return Err(format!("{key} is {}; expected a text that is not empty: {key} = \"…\"", shown(&value)));
            }
            ("fields", value) => {
                return Err(format!("fields is {}; expected a table: [fields] and below it their_name = \"body\"", shown(&value)));
            }
            (other, _) => return Err(format!("unknown key {other:?}; expected source, unit, charset or [fields]")),
        }
        Ok(())
    }

    /// Names that cannot be read are told together; the others count.
    fn set_fields(&mut self, names: Table) -> Result<(), String> {
        let mut problems = Vec::new();
        for (theirs, ours) in names {
            let known = ours.as_str().and_then(Field::named).map(|(field, _)| field);
            match (fields::key(&theirs), known) {
                (key, Some(field)) if !key.is_empty() => drop(self.fields.insert(key, field)),
                (key, _) if key.is_empty() => problems.push(format!("fields: {theirs:?} is no name")),
                _ => problems.push(format!("fields: {theirs:?} stands for {}; expected one of {}", shown(&ours), Field::names())),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
    }

    /// The field that goes by a name in this folder's data.
    pub(super) fn field(&self, name: &str) -> Option<(Field, Rank)> {
        if self.fields.is_empty() {
            return Field::named(name);
        }
        self.fields.get(&fields::key(name)).map(|&field| (field, EXACT)).or_else(|| {
            let (field, rank) = Field::named(name)?;
            // What the user says goes before what a name says.
            Some((field, if self.fields.values().any(|&other| other == field) { rank + 1 } else { rank }))
        })
    }

    /// Hash of a record's bytes as they are read here: with other settings, the same bytes are another record.
    pub(super) fn hash(&self, bytes: &[u8]) -> Hash128 {
        match self.digest() {
            nothing if nothing.is_empty() => Hash128::of([bytes]),
            digest => Hash128::of([bytes, digest.as_bytes()]),
        }
    }

    /// All that is said, as a text; empty where nothing is.
    pub(super) fn digest(&self) -> String {
        if *self == FolderSettings::default() { String::new() } else { format!("{self:?}") }
    }
}

/// A value for a message: short, on one line.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => format!("{text:?}"),
        other => format!("a value of the kind {}", other.type_str()),
    };
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_inherits_what_it_does_not_say_itself() {
        let (above, problems) = FolderSettings::read(
            "source = \"Báo Duyên Hải\"\nunit = \"Hải Phòng\"\ncharset = \"TCVN3\"\n[fields]\nnoidung_chinh = \"body\"\n",
            &FolderSettings::default(),
        );
        assert_eq!(problems, Vec::<String>::new());
        let (below, problems) = FolderSettings::read("source = \"Báo Bến Cảng\"\n[fields]\n\"Đầu đề\" = \"title\"", &above);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((below.source.as_deref(), below.unit.as_deref()), (Some("Báo Bến Cảng"), Some("Hải Phòng")));
        assert_eq!(below.charset, above.charset);
        assert_eq!(below.field("NOIDUNG-CHINH"), Some((Field::Body, EXACT)));
        assert_eq!(below.field("đầu đề"), Some((Field::Title, EXACT)));
        assert!(below.field("title").unwrap().1 > EXACT);
        assert_ne!(below.hash(b"x"), above.hash(b"x"));
        assert_eq!(FolderSettings::default().hash(b"x"), Hash128::of([b"x".as_slice()]));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_counts() {
        let cases = [
            ("sorce = \"a\"\nunit = \"Huế\"", "unknown key \"sorce\"; expected source, unit, charset or [fields]"),
            ("source = 7\nunit = \"Huế\"", "source is a value of the kind integer; expected a text that is not empty: source = \"…\""),
            ("charset = \"klingon\"\nunit = \"Huế\"", "charset \"klingon\" is not known; expected a name such as utf-8"),
            ("unit = \"Huế\"\nfields = 1", "fields is a value of the kind integer; expected a table"),
            ("unit = \"Huế\"\n[fields]\nx = \"y\"", "fields: \"x\" stands for \"y\"; expected one of id, title"),
        ];
        for (text, expected) in cases {
            let (settings, problems) = FolderSettings::read(text, &FolderSettings::default());
            assert_eq!((problems.len(), settings.unit.as_deref()), (1, Some("Huế")), "{text}: {problems:?}");
            assert!(problems[0].starts_with(expected), "{text}: {problems:?}");
        }
        let (settings, problems) = FolderSettings::read("unit = \"Huế\"\n\nsource = \n", &FolderSettings::default());
        assert_eq!(settings, FolderSettings::default());
        assert!(problems[0].starts_with("line 3: "), "{problems:?}");
    }
}
