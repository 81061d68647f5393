//! Full-text search over archives of Vietnamese government news.
//!
//! `tracuu` turns a folder of raw articles, as crawlers leave them, into an archive that can be searched,
//! counted and cited. The modules below are the life of one article, in order, from bytes to hit;
//! each takes a value, returns a value, and knows nothing of those after it.
//!
//! ```
//! use std::{fs, sync::Arc};
//! use tracuu::ingest::{IngestOptions, Pipeline, ingest};
//! use tracuu::index::{FacetField, Reader};
//! use tracuu::search::{Filter, Request, search};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let (archive, index) = (folder.path().join("archive"), folder.path().join("index"));
//! fs::create_dir(&archive)?;
//! fs::write(
//!     archive.join("ninh-binh.txt"),
//!     "Ninh Bình sơ kết chuyển đổi số\n\
//!      Sáng 29/02/2024, đồng chí Lò Văn Thiêm, Phó Chủ tịch UBND tỉnh Ninh Bình chủ trì hội nghị sơ kết chuyển đổi số. \
//!      (Bài viết hư cấu.)\n",
//! )?;
//!
//! // Read, clean, extract, write.
//! let pipeline = Pipeline::bundled();
//! let report = ingest(&[archive], &index, &pipeline, &IngestOptions::default(), &mut |_| {})?;
//! assert_eq!(report.run.added, 1);
//!
//! // Typed without diacritics, filtered by province and year, with a facet.
//! let generation = Reader::open(&index, Arc::clone(&pipeline.analyzer))?.generation()?;
//! let request = Request {
//!     query: "chuyen doi so".to_owned(),
//!     filters: vec![Filter::province("ninh binh"), Filter::Year("2024".to_owned())],
//!     facets: vec![FacetField::Official],
//!     ..Request::default()
//! };
//! let response = search(&generation, &pipeline.authority, &request)?;
//! assert_eq!(response.total, 1);
//! assert_eq!(response.hits[0].article.title, "Ninh Bình sơ kết chuyển đổi số");
//! assert_eq!(response.facets["official"].values[0].label, "Lò Văn Thiêm");
//! # Ok(())
//! # }
//! ```

mod whole_file;

pub mod text;

pub mod article;

pub mod authority;

pub mod analysis;

pub mod query;

pub mod read;

pub mod clean;

pub mod extract;

pub mod correct;

pub mod index;

pub mod search;

pub mod export;

pub mod eval;

pub mod error;

pub mod ingest;

pub mod server;

pub mod cli;

#[cfg(test)]
mod dice;

pub use error::Error;
