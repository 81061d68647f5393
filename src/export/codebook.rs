//! What the columns of exported tables say → `codebook.md` for people, `datapackage.json` for programs (Frictionless Data Package, version 2).

use super::column::{Column, ColumnKind};
use super::long::{LongTable, LongTables};
use super::offsets::Offsets;
use serde_json::{Value, json};
use std::fmt::Write;

/// A file of an export.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Written {
    /// Its name.
    pub path: String,
    /// Rows, without the header; of JSON Lines lines, of references entries.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
}

impl ColumnKind {
    /// Its name in a data package.
    fn name(self) -> &'static str {
        match self {
            ColumnKind::Text | ColumnKind::List | ColumnKind::Stored => "string",
            ColumnKind::Integer => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Date => "date",
        }
    }

    /// For people.
    fn says(self) -> &'static str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::List => "list, `; ` between",
            ColumnKind::Stored => "text as stored",
            ColumnKind::Integer => "whole number",
            ColumnKind::Number => "number",
            ColumnKind::Boolean => "`true` or `false`",
            ColumnKind::Date => "day, YYYY-MM-DD",
        }
    }
}

impl LongTables {
    /// The data package of these files, one for each table, in their order.
    pub fn data_package(&self, tool: &str, files: &[Written]) -> Value {
        let resources = self.tables().iter().zip(files).map(|(table, file)| {
            let mut schema =
                json!({ "fields": table.columns.iter().map(|column| field(column)).collect::<Vec<_>>(), "missingValues": [""] });
            match table.name {
                ARTICLES => schema["primaryKey"] = json!(["id"]),
                _ => schema["foreignKeys"] = json!([{ "fields": ["id"], "reference": { "resource": ARTICLES, "fields": ["id"] } }]),
            }
            json!({
                "name": table.name,
                "type": "table",
                "path": file.path,
                "description": table.says,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": file.bytes,
                "rows": file.rows,
                "schema": schema,
            })
        });
        json!({
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "tracuu-export",
            "title": "Articles of an archive of Vietnamese government news, who, where and when, and the words that it rests on",
            "description": "codebook.md says what each column is, export.meta.json which archive and which query it is of",
            "contributors": [{ "title": tool, "roles": ["creator"] }],
            "resources": resources.collect::<Vec<_>>(),
        })
    }

    /// What stands in these files, for people, as Markdown.
    pub fn codebook(&self, tool: &str, files: &[Written]) -> String {
        let mut book = format!(
            "# Codebook\n\n\
             Written by {tool}. `export.meta.json` says of which archive, which query and which filters these tables are, `datapackage.json` the same\n\
             columns for programs.\n\n\
             CSV in UTF-8, a header, a comma between cells. An empty cell says that nothing is known, or that nothing applies. `articles.id` is the key of\n\
             all tables: an article has one row in `articles` and any number of rows in the others. In a text on one line, control characters and line ends\n\
             stand as `\\u000a`; texts as stored are not changed. {}\n",
            self.spans()
        );
        for (table, file) in self.tables().iter().zip(files) {
            chapter(table, file, &mut book);
        }
        book
    }

    fn spans(&self) -> &'static str {
        match self.offsets() {
            Offsets::Bytes => "Spans count bytes of UTF-8 from 0, and end before `end`.",
            Offsets::Characters => {
                "Spans count characters (Unicode code points) from 0, and end before `end`: `text[start:end]` in Python, \
                 `substr(text, start + 1, end)` in R. They are empty where the text itself is not kept (`header`, `meta:…`)."
            }
        }
    }
}

const ARTICLES: &str = "articles";

fn field(column: &Column) -> Value {
    let mut field = json!({ "name": column.name, "type": column.kind.name(), "description": column.says });
    let values = column.values();
    if !values.is_empty() {
        field["constraints"] = json!({ "enum": values.iter().map(|value| &value.name).collect::<Vec<_>>() });
    }
    field
}

fn chapter(table: &LongTable, file: &Written, book: &mut String) {
    let LongTable { name, says, columns, .. } = table;
    let mut line = |text: String| writeln!(book, "{text}").expect("a text takes all");
    line(format!("\n## {name}\n\n{says}: `{}`, {} rows.\n\n| column | type | what it says |\n|---|---|---|", file.path, file.rows));
    for column in columns {
        line(format!("| `{}` | {} | {} |", column.name, column.kind.says(), column.says));
    }
    for column in columns.iter().filter(|column| !column.values().is_empty()) {
        line(format!("\n`{}` is one of:\n", column.name));
        for value in column.values() {
            let says = if value.says.is_empty() { String::new() } else { format!(": {}", value.says.replace('\n', " ")) };
            line(format!("- `{}`{says}", value.name));
        }
    }
}
