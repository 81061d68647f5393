//! `tracuu show`: an article, its metadata, what they stand on, what stood there before, how it is cited.

use super::args::{CiteArg, ShowArgs};
use super::output::{Output, Style, note};
use super::text_format::{about, thousands};
use super::{Outcome, concordance, open};
use crate::article::{AppliedCorrection, Article, ArticleId, Evidence, Official, UnitMention, file_of};
use crate::error::Error;
use crate::export::{Citation, Language};
use crate::index::{Generation, StoredArticle};
use crate::read::{self, Limits};
use crate::search::concordance;
use std::ops::ControlFlow;

/// Ids listed where the digits given fit several articles.
const MAX_LISTED_IDS: usize = 5;

pub(super) fn run(args: &ShowArgs, output: &mut Output) -> Result<Outcome, Error> {
    let (pipeline, generation) = open(&args.index.dir)?;
    let Some(stored) = find(&generation, &args.id)? else {
        note(format_args!("no article has the id {}", args.id));
        return Ok(Outcome::NoHit);
    };
    if let Some(query) = &args.matching {
        let found = concordance(&generation, &pipeline.authority, &stored.article, query, usize::from(args.context))?;
        if args.json {
            output.json(&found)?;
        } else {
            output.line(output.styled(Style::Title, &format!("{} chỗ khớp", thousands(found.matches))))?;
            concordance::lines(&found, concordance::left_width(std::iter::once(&found)), output)?;
        }
        return Ok(if found.matches == 0 { Outcome::NoHit } else { Outcome::Done });
    }
    if let Some(form) = args.cite {
        cite(&stored.article, form, output)?;
    } else if args.json {
        output.json(&stored.article)?;
    } else if args.raw {
        raw(&generation, &stored.article, output)?;
    } else {
        article(&stored, output)?;
        if args.why {
            why(&stored.article, output)?;
        }
        if args.versions {
            versions(&stored, output)?;
        }
    }
    Ok(Outcome::Done)
}

/// How an article is cited.
fn cite(article: &Article, form: CiteArg, output: &mut Output) -> Result<(), Error> {
    let citation = Citation::of(article);
    let file = match form {
        CiteArg::Text => return output.line(citation.text(Language::Vietnamese)),
        CiteArg::Bibtex => citation.bibtex(),
        CiteArg::Ris => citation.ris(),
        CiteArg::CslJson => citation.csl_json(),
    };
    Ok(output.raw().write_all(file.as_bytes())?)
}

/// The article whose id begins with some digits.
pub(super) fn find(generation: &Generation, typed: &str) -> Result<Option<StoredArticle>, Error> {
    let typed = typed.to_ascii_lowercase();
    let id = match ArticleId::parse(&typed) {
        Some(id) => id,
        None => match generation.ids_with_prefix(&typed, MAX_LISTED_IDS)?.as_slice() {
            [] => return Ok(None),
            [id] => *id,
            several => {
                let several: Vec<String> = several.iter().map(ArticleId::to_string).collect();
                return Err(Error::Usage {
                    what: format!("several ids begin with {typed}: {}", several.join(", ")),
                    repair: "give more digits".to_owned(),
                });
            }
        },
    };
    Ok(generation.find(id)?)
}

fn article(stored: &StoredArticle, output: &mut Output) -> Result<(), Error> {
    let article = &stored.article;
    let derived = if article.title_derived { " (tiêu đề lấy từ bài)" } else { "" };
    output.line(format_args!("{}{derived}", output.styled(Style::Title, &article.title)))?;
    output.line(about(article, true))?;
    if !article.dates.event.why.is_empty() {
        output.line(format_args!("ngày: {}", article.dates.event.why))?;
    }
    for (label, units) in [("về", &article.provinces.about), ("có nhắc", &article.provinces.mentioned)] {
        if !units.is_empty() {
            output.line(format_args!("{label}: {}", units.iter().map(unit).collect::<Vec<_>>().join(", ")))?;
        }
    }
    people("cán bộ", &article.officials, output)?;
    people("người nước ngoài", &article.foreign_officials, output)?;
    if let Some(url) = &article.url {
        output.line(url)?;
    }
    let origin = &article.origin;
    output.line(format_args!("{} · {} · {} · bản ghi {}", article.id, article.collection, origin.path, origin.record))?;
    output.line(format_args!("vào chỉ mục {} · đổi lần cuối {}", stored.first_indexed, stored.last_changed))?;
    output.line("")?;
    output.line(article.body.as_deref().unwrap_or(""))
}

/// `Ninh Bình (đến 6/2025; huyện Kim Sơn, huyện Yên Mô)`
fn unit(unit: &UnitMention) -> String {
    let places: Vec<String> = unit.places.iter().map(|place| format!("{} {}", place.kind.word(), place.place)).collect();
    let more: Vec<String> = unit.era.iter().cloned().chain((!places.is_empty()).then(|| places.join(", "))).collect();
    if more.is_empty() { unit.unit.clone() } else { format!("{} ({})", unit.unit, more.join("; ")) }
}

fn people(label: &str, people: &[Official], output: &mut Output) -> Result<(), Error> {
    people.iter().try_for_each(|official| {
        let roles: Vec<&str> = official.posts.iter().map(|post| post.role.as_str()).collect();
        output.line(format_args!("{label}: {}: {}", official.name, roles.join("; ")))
    })
}

/// Each value with the words it stands on and the rule.
fn why(article: &Article, output: &mut Output) -> Result<(), Error> {
    output.line("")?;
    for evidence in article.evidence.iter().flatten() {
        let Evidence { value, field, start, end, quote, rule, class } = evidence;
        let class = format!("{class:?}").to_lowercase();
        output.line(format_args!("{value}\t{rule} ({class})\t{field}[{start}..{end}]\t“{}”", quote.replace('\n', " ")))?;
    }
    article.corrections.iter().try_for_each(|applied| output.line(correction(applied)))
}

/// A correction, with what stood there before: `province remove “Hà Nội” (was Hà Nội, Sơn La) by … : why`.
pub(super) fn correction(applied: &AppliedCorrection) -> String {
    let AppliedCorrection { correction, was, text_changed, problem } = applied;
    let (field, op) = (correction.field.name(), correction.op.name());
    let was = if was.is_empty() { "nothing".to_owned() } else { was.join("; ") };
    let outcome = match problem {
        Some(problem) => format!("NOT APPLIED: {problem}"),
        None => format!("was {was}"),
    };
    let changed = if *text_changed { " (the text has changed since)" } else { "" };
    let (value, by, at, why) = (&correction.value, &correction.by, &correction.at, &correction.why);
    format!("{field} {op} “{value}”\t{outcome}{changed}\t{by}, {at}: {why}")
}

fn versions(stored: &StoredArticle, output: &mut Output) -> Result<(), Error> {
    for version in &stored.versions {
        let captured = version.captured.as_ref().map(|captured| format!(", {}", captured.at)).unwrap_or_default();
        output.line("")?;
        output.line(format_args!("bản {} ({} · {}{captured})", version.content_hash, version.collection, version.origin.path))?;
        output.line(&version.title)?;
        output.line(&version.body)?;
    }
    Ok(())
}

/// The record as it stands in its file now.
fn raw(generation: &Generation, article: &Article, output: &mut Output) -> Result<(), Error> {
    let gone = |what: String| Error::Usage { what, repair: "the text as cleaned is still there: leave out --raw".to_owned() };
    let collection = generation.manifest().collections.get(&article.collection);
    let root = &collection.ok_or_else(|| gone(format!("the index knows no collection `{}`", article.collection)))?.root;
    let origin = &article.origin;
    let files = read::walk(root).files;
    let named = |path: &str| files.iter().find(|file| file.relative == path);
    let file = named(&origin.path).or_else(|| named(file_of(&origin.path)));
    let file = file.ok_or_else(|| gone(format!("{} is no longer in {}", origin.path, root.display())))?;
    let mut found = None;
    read::read_file(file, &super::read_options(Limits::default().into()), &mut |record| match record {
        Ok(raw) if raw.origin.record == origin.record && raw.origin.path == origin.path => {
            found = Some(raw);
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    });
    let raw = found.ok_or_else(|| gone(format!("{} has no record {} any more", origin.path, origin.record)))?;
    if raw.origin.raw_hash != origin.raw_hash {
        note("the record has changed since it was indexed");
    }
    output.line(raw.content.text())
}
