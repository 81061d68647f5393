//! A bench for each stage, named as in `src/`: each asserts its result before it is timed.
//!
//! `cargo bench` runs all; `cargo bench -- search` those of a stage. Rates are bytes of stored text a second.

mod analysis;
mod desk;
mod extract;
mod generator;
mod index;
mod material;
mod search;
mod text;

use criterion::{criterion_group, criterion_main};

criterion_group! {
    name = stages;
    config = criterion::Criterion::default().sample_size(10).warm_up_time(std::time::Duration::from_secs(1));
    targets = text::canonical, analysis::streams, extract::metadata, index::build, search::queries, desk::counts
}
criterion_main!(stages);
