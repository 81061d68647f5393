//! `tracuu serve`: the page and the JSON API; `tracuu mcp`: the same for assistants.

use super::Outcome;
use super::args::{McpArgs, ServeArgs};
use super::output::{Output, note};
use crate::error::Error;
use crate::ingest::Pipeline;
use crate::server::{Settings, is_token, serve, serve_mcp};
use std::sync::Arc;
use std::time::Duration;

pub(super) fn run(args: &ServeArgs, output: &mut Output) -> Result<Outcome, Error> {
    if let Some(token) = args.token.as_deref().filter(|token| !is_token(token)) {
        return Err(Error::Usage {
            what: format!("--token: one of {} letters cannot be sent in a cookie", token.chars().count()),
            repair: "take ASCII letters, digits and marks without space, comma, semicolon, quotation mark and backslash".to_owned(),
        });
    }
    let holds_queries = ["tsv", "csv", "jsonl"].iter().any(|ending| args.watch.extension().is_some_and(|found| found == *ending));
    if args.writable && !holds_queries {
        return Err(Error::Usage {
            what: format!("--watch: searches with filters cannot be added to {}", args.watch.display()),
            repair: "name a file that ends in .tsv, .csv or .jsonl".to_owned(),
        });
    }
    if !args.bind.ip().is_loopback() && args.token.is_none() {
        let may = if args.writable { "read the archive and add to the watched queries" } else { "read the archive" };
        note(format_args!(
            "warning: {} can be reached from other machines, and everybody there may {may}; say --token to ask for one",
            args.bind
        ));
    }
    let settings = Settings {
        bind: args.bind,
        dir: args.index.dir.clone(),
        token: args.token.clone(),
        allowed_origins: args.allow_origin.clone(),
        hosts: args.host.clone(),
        budget: Duration::from_secs(args.max_seconds),
        watch_file: args.writable.then(|| args.watch.clone()),
    };
    let pipeline = Pipeline::bundled();
    let log: fn(&str) = if args.quiet { |_| {} } else { |line| note(line) };
    let mut told = Ok(());
    serve(
        settings,
        Arc::clone(&pipeline.analyzer),
        pipeline.authority,
        |address| told = output.line(format_args!("http://{address}/")).and_then(|()| output.finish()),
        log,
    )?;
    told.map(|()| Outcome::Done)
}

pub(super) fn run_mcp(args: &McpArgs) -> Result<Outcome, Error> {
    let pipeline = Pipeline::bundled();
    let settings = Settings::local(args.index.dir.clone(), Duration::from_secs(args.max_seconds));
    // Standard output is the protocol's.
    serve_mcp(settings, Arc::clone(&pipeline.analyzer), pipeline.authority, |line| note(line))?;
    Ok(Outcome::Done)
}
