//! `tracuu parse-document`, which the program calls itself: a document on standard input → its text, within bounds.

use super::Outcome;
use super::args::ParseDocumentArgs;
use crate::error::Error;
use crate::read::{DocumentKind, Limits, serve_document};

pub(super) fn run(args: &ParseDocumentArgs) -> Result<Outcome, Error> {
    let kind = DocumentKind::named(&args.kind).ok_or_else(|| Error::Usage {
        what: format!("{:?} is no kind of document", args.kind),
        repair: "expected docx or pdf".to_owned(),
    })?;
    serve_document(kind, &Limits::from(args.limits), std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(Outcome::Done)
}
