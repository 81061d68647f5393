//! `tracuu stats`: what an index holds, and whether its last run came to its end.

use super::args::StatsArgs;
use super::output::Output;
use super::{Outcome, open};
use crate::error::Error;
use crate::index::{FieldSize, UserTables};
use comfy_table::{CellAlignment, Table, presets::NOTHING};
use indicatif::HumanBytes;

pub(super) fn run(args: &StatsArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (_, generation) = open(&args.index.dir)?;
    let manifest = generation.manifest();
    if args.manifest {
        output.json(manifest)?;
        return Ok(Outcome::Done);
    }
    output.line(format_args!("{} articles, corpus {}", manifest.articles, manifest.corpus_id))?;
    let (stories, groups) = (generation.stories()?, generation.groups()?.len());
    let copies = manifest.articles - stories;
    output.line(format_args!("{stories} stories: {groups} groups of near-duplicates hold {copies} articles more"))?;
    output.line(format_args!(
        "index {}, generation {}, format {}, written by {}",
        manifest.index_id, manifest.generation, manifest.format, manifest.tool
    ))?;
    output.line(if manifest.run.completed {
        format!("the last run (begun {}) completed", manifest.run.started)
    } else {
        format!("the last run (begun {}) DID NOT COMPLETE: run `tracuu index` again, it goes on from its checkpoint", manifest.run.started)
    })?;
    for (name, collection) in &manifest.collections {
        let files = manifest.files.get(name).map_or(0, |files| files.len());
        output.line(format_args!("collection {name}: {files} files in {}", collection.root.display()))?;
        let UserTables { abbreviations, corrections, people, sources } = &collection.tables;
        for (table, what) in [(abbreviations, "abbreviations"), (corrections, "corrections"), (people, "people"), (sources, "publishers")] {
            if let Some(table) = table {
                output.line(format_args!("collection {name}: {what} of its own, {}", table.hash))?;
            }
        }
    }
    for (reason, count) in manifest.skipped() {
        output.line(format_args!("skipped: {reason} {count}"))?;
    }
    output.line("")?;
    output.line(sizes(&generation.field_sizes()?))?;
    Ok(Outcome::Done)
}

fn sizes(sizes: &[FieldSize]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(["field", "terms and postings", "positions", "columns", "stored", "all"]);
    let mut all = 0;
    for size in sizes {
        let FieldSize { field, postings, positions, columns, stored } = size;
        let total = postings + positions + columns + stored;
        all += total;
        let bytes = [*postings, *positions, *columns, *stored, total]
            .map(|bytes| if bytes == 0 { String::new() } else { HumanBytes(bytes).to_string() });
        table.add_row([vec![field.clone()], bytes.to_vec()].concat());
    }
    let mut totals = vec![String::new(); 6];
    (totals[0], totals[5]) = ("all".to_owned(), HumanBytes(all).to_string());
    table.add_row(totals);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
