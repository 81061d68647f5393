//! A sample that people have coded → how much of what was found is right, by stratum and in all.
//!
//! Input → output: the CSV of `tracuu sample` with a column filled in → [`SampleScore`]. The formulas stand in `estimate.rs`.

mod estimate;

pub use estimate::{Coded, Share, stratified};

use crate::text::compose;
use serde::Serialize;
use std::collections::HashMap;

/// What stands for yes and for no, in small letters.
const YES: [&str; 8] = ["yes", "y", "1", "true", "có", "đúng", "1.0", "1,0"];
const NO: [&str; 8] = ["no", "n", "0", "false", "không", "sai", "0.0", "0,0"];

/// Spreadsheets write one of these between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A file that is no coded sample. Rows are counted as a spreadsheet does: the header is row 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// A column is missing.
    #[error("there is no column {column:?}; a file of `tracuu sample` is expected, and the columns are {}", found.join(", "))]
    NoColumn {
        /// Its name.
        column: String,
        /// The header.
        found: Vec<String>,
    },
    /// A row that cannot be taken.
    #[error("row {row}: {what}")]
    Row {
        /// Number of the row, from 1 for the header.
        row: usize,
        /// What is wrong, and what would be right.
        what: String,
    },
}

/// How much of what was found is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampleScore {
    /// The column that was counted.
    pub column: String,
    /// Articles that the sample was drawn of; in a file without `population`, as far as there are rows of their strata.
    pub articles: u64,
    /// Those of strata with a coded row: what the estimate holds for.
    pub estimated_of: u64,
    /// Articles that were drawn.
    pub drawn: u64,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that are coded.
    pub coded: u64,
    /// Rows that are not.
    pub uncoded: u64,
    /// Articles that were drawn and have no row any more.
    pub missing: u64,
    /// Coded yes.
    pub yes: u64,
    /// The share of what is right over all strata, each weighed by its size; null where nothing is coded.
    pub overall: Option<Share>,
    /// Its standard error; null likewise.
    pub standard_error: Option<f64>,
    /// The strata, in the order of the file.
    pub strata: Vec<StratumScore>,
}

/// How much of a stratum is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StratumScore {
    /// What it goes by: `province:/ninh-binh + date:/2024`.
    pub stratum: String,
    /// Its name for people: the labels of its values.
    pub label: String,
    /// Articles in it.
    pub size: u64,
    /// Articles that were drawn of it.
    pub drawn: u64,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that are coded.
    pub coded: u64,
    /// Coded yes.
    pub yes: u64,
    /// The share of what is right, with Wilson's interval; null where nothing is coded.
    pub share: Option<Share>,
}

/// Where the columns that are read stand.
struct Columns {
    stratum: usize,
    /// What stands between stratum and size: the labels of its values.
    labels: std::ops::Range<usize>,
    size: usize,
    drawn: usize,
    /// Files of earlier versions have none.
    population: Option<usize>,
    id: usize,
    code: usize,
}

impl Columns {
    fn of(header: &[String], code: &str) -> Result<Columns, SampleError> {
        let at = |name: &str| {
            let no_column = || SampleError::NoColumn { column: name.to_owned(), found: header.to_vec() };
            header.iter().position(|column| column == name).ok_or_else(no_column)
        };
        let (stratum, size) = (at("stratum")?, at("stratum_size")?);
        let labels = (stratum + 1).min(size)..size;
        let population = at("population").ok();
        Ok(Columns { stratum, labels, size, drawn: at("drawn")?, population, id: at("id")?, code: at(code)? })
    }
}

/// Counts a column of a sample that was coded: `yes`, `1`, `có`, `đúng`, `true` or `no`, `0`, `không`, `sai`, `false`, in any capitals; an
/// empty cell is not coded.
///
/// Within a stratum, rows that are not coded are taken to be like the others: leave none out because it is hard.
///
/// # Errors
/// The first row that cannot be taken: another word, a number that is none, an article twice, a stratum of two sizes.
pub fn score_sample(csv: &str, column: &str) -> Result<SampleScore, SampleError> {
    let text = csv.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut rows = (1..).zip(reader.records());
    let header = match rows.next() {
        Some((row, record)) => cells(row, record)?,
        None => Vec::new(),
    };
    let column = compose(column.trim());
    let columns = Columns::of(&header, &column)?;
    let mut read = Read::default();
    for (row, record) in rows {
        let cells = cells(row, record)?;
        if cells.iter().all(String::is_empty) {
            continue;
        }
        read.add(row, &cells, &columns)?;
    }
    Ok(SampleScore::of(column, read))
}

/// The delimiter that the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    // Of several that are last equal, the comma.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn cells(row: usize, record: csv::Result<csv::StringRecord>) -> Result<Vec<String>, SampleError> {
    let record = record.map_err(|error| SampleError::Row { row, what: error.to_string() })?;
    Ok(record.iter().map(|cell| compose(cell).trim().to_owned()).collect())
}

/// What was read of a file.
#[derive(Default)]
struct Read {
    /// Articles in all strata, and the row that says so first.
    population: Option<(u64, usize)>,
    strata: Vec<StratumScore>,
    /// By name of a stratum, its place.
    known: HashMap<String, usize>,
    /// By article, its row.
    ids: HashMap<String, usize>,
}

impl Read {
    fn add(&mut self, row: usize, cells: &[String], columns: &Columns) -> Result<(), SampleError> {
        let Read { population, strata, known, ids } = self;
        let wrong = |what: String| SampleError::Row { row, what };
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        // More than the articles of any index, so that sums of them are numbers still.
        let number = |at: usize, name: &str| {
            let not_one = |_| wrong(format!("{name} is {:?}; a whole number is expected, as `tracuu sample` wrote it", cell(at)));
            cell(at).parse::<u32>().map(u64::from).map_err(not_one)
        };
        let (stratum, size, drawn) = (cell(columns.stratum), number(columns.size, "stratum_size")?, number(columns.drawn, "drawn")?);
        let at = *known.entry(stratum.to_owned()).or_insert_with(|| {
            let label = cells.get(columns.labels.clone()).unwrap_or_default().join(", ");
            strata.push(StratumScore { stratum: stratum.to_owned(), label, size, drawn, rows: 0, coded: 0, yes: 0, share: None });
            strata.len() - 1
        });
        let score = &mut strata[at];
        if (score.size, score.drawn) != (size, drawn) {
            let what =
                format!("the stratum {stratum:?} has {size} articles and {drawn} drawn here, {} and {} above", score.size, score.drawn);
            return Err(wrong(format!("{what}; rows of one sample belong in a file")));
        }
        if let Some(at) = columns.population {
            let said = number(at, "population")?;
            let (first, first_row) = *population.get_or_insert((said, row));
            if said < size {
                return Err(wrong(format!("population is {said}, and the stratum {stratum:?} alone has {size}")));
            }
            if first != said {
                return Err(wrong(format!("population is {said} here, {first} in row {first_row}; rows of one sample belong in a file")));
            }
        }
        if let Some(other) = ids.insert(cell(columns.id).to_owned(), row) {
            return Err(wrong(format!("the article {} stands in row {other} too; leave one of them", cell(columns.id))));
        }
        score.rows += 1;
        if drawn > size || score.rows > drawn {
            return Err(wrong(format!("{} rows of the stratum {stratum:?}, of which {drawn} of {size} were drawn", score.rows)));
        }
        let code = cell(columns.code).to_lowercase();
        match code.as_str() {
            "" => return Ok(()),
            yes if YES.contains(&yes) => score.yes += 1,
            no if NO.contains(&no) => {}
            _ => {
                let what = format!("{:?} is neither yes nor no", cell(columns.code));
                return Err(wrong(format!("{what}; write one of {} or of {}, or leave the cell empty", YES.join(", "), NO.join(", "))));
            }
        }
        score.coded += 1;
        Ok(())
    }
}

impl SampleScore {
    fn of(column: String, Read { population, mut strata, .. }: Read) -> SampleScore {
        let coded = |stratum: &StratumScore| Coded { size: stratum.size, coded: stratum.coded, yes: stratum.yes };
        strata.iter_mut().for_each(|stratum| stratum.share = coded(stratum).estimate());
        let estimate = stratified(&strata.iter().map(coded).collect::<Vec<_>>());
        let sum = |part: fn(&StratumScore) -> u64| strata.iter().map(part).sum::<u64>();
        let of_strata = sum(|stratum| stratum.size);
        SampleScore {
            column,
            articles: population.map_or(of_strata, |(population, _)| population.max(of_strata)),
            estimated_of: strata.iter().filter(|stratum| stratum.coded > 0).map(|stratum| stratum.size).sum(),
            drawn: sum(|stratum| stratum.drawn),
            rows: sum(|stratum| stratum.rows),
            coded: sum(|stratum| stratum.coded),
            uncoded: sum(|stratum| stratum.rows - stratum.coded),
            missing: sum(|stratum| stratum.drawn - stratum.rows),
            yes: sum(|stratum| stratum.yes),
            overall: estimate.map(|(share, _)| share),
            standard_error: estimate.map(|(_, error)| error),
            strata,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "stratum,province,year,stratum_size,drawn,weight,id,date,title,source,url,snippet,relevant,note\n";

    fn row(stratum: &str, size: u64, drawn: u64, id: &str, code: &str) -> String {
        format!("{stratum},Ninh Bình,2024,{size},{drawn},1,{id},2024-05-01,Tin,,,\"một, hai\",{code},\n")
    }

    #[test]
    fn a_coded_file_is_counted_by_stratum_and_in_all() {
        let coded = ["có", "KHÔNG", "", "Đúng", "1", "o"];
        let mut file = HEADER.to_owned();
        for (id, code) in coded.iter().take(5).enumerate() {
            file += &row(if id < 3 { "a" } else { "b" }, if id < 3 { 60 } else { 40 }, if id < 3 { 4 } else { 2 }, &id.to_string(), code);
        }
        let score = score_sample(&file, "relevant").unwrap();
        assert_eq!((score.articles, score.estimated_of, score.drawn, score.rows), (100, 100, 6, 5));
        assert_eq!((score.coded, score.uncoded, score.missing, score.yes), (4, 1, 1, 3));
        assert_eq!(score.strata[0].label, "Ninh Bình, 2024");
        assert!((score.overall.unwrap().precision - (0.6 * 0.5 + 0.4)).abs() < 1e-12);

        // A stratum of which no row is left is missed where each row says of how many all were drawn.
        let with_all = file.replace(",drawn,", ",drawn,population,").replace(",60,4,", ",60,4,130,").replace(",40,2,", ",40,2,130,");
        let of_all = score_sample(&with_all, "relevant").unwrap();
        assert_eq!((of_all.articles, of_all.estimated_of), (130, 100));
        assert_eq!(of_all, SampleScore { articles: 130, ..score.clone() });
        let other = with_all.replace(",40,2,130,", ",40,2,131,");
        let error = score_sample(&other, "relevant").unwrap_err().to_string();
        assert!(error.starts_with("row 5: population is 131 here, 130 in row 2"), "{error}");

        // As a spreadsheet saves it: other delimiters, a mark of the encoding, line ends of Windows, empty rows, diacritics apart.
        let comma_free = file.replace("\"một, hai\"", "một").replace("có", "co\u{301}");
        for delimiter in [";", "\t"] {
            let saved = format!("\u{feff}{}\r\n;;\r\n", comma_free.replace(',', delimiter).replace('\n', "\r\n"));
            let saved = if delimiter == ";" { saved } else { saved.replace(";;", "\t\t") };
            assert_eq!(score_sample(&saved, "relevant").unwrap(), score, "{delimiter:?}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_said_with_its_row() {
        let good = row("a", 9, 2, "1", "yes");
        let cases = [
            (format!("{good}{}", row("a", 9, 2, "2", "maybe")), "row 3: \"maybe\" is neither yes nor no; write one of yes, y, 1, true, có"),
            (format!("{good}{}", row("a", 9, 2, "1", "no")), "row 3: the article 1 stands in row 2 too"),
            (format!("{good}{}", row("a", 8, 2, "2", "no")), "row 3: the stratum \"a\" has 8 articles and 2 drawn here, 9 and 2 above"),
            (good.replace(",9,2,", ",nine,2,"), "row 2: stratum_size is \"nine\""),
            (row("a", 1, 2, "1", ""), "row 2: 1 rows of the stratum \"a\", of which 2 of 1 were drawn"),
            (
                format!("{good}{}{}", row("a", 9, 2, "2", ""), row("a", 9, 2, "3", "")),
                "row 4: 3 rows of the stratum \"a\", of which 2 of 9",
            ),
            ("a,b\n".to_owned(), "row 2: stratum_size is \"\""),
        ];
        for (rows, expected) in cases {
            let error = score_sample(&format!("{HEADER}{rows}"), "relevant").unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
        let error = score_sample(HEADER, "right").unwrap_err().to_string();
        assert!(
            error.starts_with("there is no column \"right\"; a file of `tracuu sample` is expected, and the columns are stratum,"),
            "{error}"
        );
        assert!(score_sample("", "relevant").is_err());
        let nothing = score_sample(HEADER, "relevant").unwrap();
        assert_eq!((nothing.rows, nothing.overall, nothing.standard_error), (0, None, None));
    }
}
