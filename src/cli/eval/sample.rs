//! `tracuu eval sample`: a sample that people have coded → how much of what was found is right.

use super::super::args::{EvalFormatArg, EvalSampleArgs};
use super::super::output::Output;
use super::super::{Outcome, read_text};
use super::test_set::in_file;
use crate::error::Error;
use crate::eval::{SampleScore, Share, score_sample};
use comfy_table::{CellAlignment, Table, presets::NOTHING};

pub(super) fn run(args: &EvalSampleArgs, output: &mut Output) -> Result<Outcome, Error> {
    let score = in_file(&args.file, score_sample(&read_text(&args.file)?, &args.code))?;
    match args.format {
        EvalFormatArg::Json => output.json(&score)?,
        EvalFormatArg::Text => text(&score, output)?,
    }
    Ok(Outcome::Done)
}

fn text(score: &SampleScore, output: &mut Output) -> Result<(), Error> {
    let SampleScore { column, articles, estimated_of, drawn, rows, coded, uncoded, missing, yes, .. } = score;
    output.line(format_args!("{column}: {yes} of {coded} coded rows are yes; {drawn} of {articles} articles were drawn"))?;
    if *coded == 0 {
        return output.line(format_args!("none of {rows} rows is coded yet"));
    }
    if *uncoded > 0 {
        output.line(format_args!("{uncoded} of {rows} rows are not coded, and taken to be like the others of their stratum"))?;
    }
    if *missing > 0 {
        output.line(format_args!("{missing} articles that were drawn have no row in the file"))?;
    }
    if estimated_of < articles {
        let without = articles - estimated_of;
        output.line(format_args!(
            "{without} articles stand in strata without a coded row: the precision holds for the other {estimated_of}"
        ))?;
    }
    if let (Some(share), Some(error)) = (score.overall, score.standard_error) {
        let [low, high] = [share.low, share.high].map(|end| (end * *estimated_of as f64).round());
        output.line(format_args!("precision {} (standard error {error:.4})", shown(share)))?;
        output.line(format_args!("so {low} to {high} of {estimated_of} articles are yes"))?;
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(["stratum", "size", "drawn", "coded", "yes", "precision (95 %)"]);
    for stratum in &score.strata {
        let name = if stratum.label.is_empty() { &stratum.stratum } else { &stratum.label };
        let numbers = [stratum.size, stratum.drawn, stratum.coded, stratum.yes].map(|number| number.to_string());
        let share = stratum.share.map_or_else(|| "n/a".to_owned(), shown);
        table.add_row(std::iter::once(name.clone()).chain(numbers).chain([share]));
    }
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    output.line(table)
}

/// `80.0 % (49.0–94.3 %)`
fn shown(share: Share) -> String {
    let [precision, low, high] = [share.precision, share.low, share.high].map(|share| share * 100.0);
    format!("{precision:.1} % ({low:.1}–{high:.1} %)")
}
