//! SQLite FTS5 as it comes: its default tokenizer (`unicode61`) and rank (BM25).

use crate::material::words;
use crate::{Engine, Match, TOP};
use rusqlite::{Connection, params};
use std::path::Path;

pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    pub fn build(file: &Path, articles: &[String]) -> Sqlite {
        let mut connection = Connection::open(file).expect("the temporary folder can be written");
        connection.execute("CREATE VIRTUAL TABLE articles USING fts5(text)", []).expect("FTS5 is bundled");
        let all = connection.transaction().expect("there is no other");
        for (number, article) in articles.iter().enumerate() {
            let mut insert = all.prepare_cached("INSERT INTO articles(rowid, text) VALUES (?, ?)").expect("the table is there");
            insert.execute(params![number as i64, article]).expect("it can be indexed");
        }
        all.commit().expect("it can be indexed");
        connection.execute("INSERT INTO articles(articles) VALUES ('optimize')", []).expect("segments can be merged");
        Sqlite { connection }
    }
}

impl Engine for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    fn top(&self, query: &str, matching: Match) -> Vec<usize> {
        let quoted: Vec<String> = words(query).iter().map(|word| format!("\"{word}\"")).collect();
        let query = quoted.join(if matching == Match::All { " AND " } else { " OR " });
        let select = "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?";
        let mut select = self.connection.prepare_cached(select).expect("the table is there");
        let rows = select.query_map(params![query, TOP as i64], |row| row.get::<_, i64>(0)).expect("words in quotes are a query");
        rows.map(|number| number.expect("it can be searched") as usize).collect()
    }
}
