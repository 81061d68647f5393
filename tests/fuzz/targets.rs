//! What must hold for any bytes: one function for each parser. Fuzz targets call them, and so do the tests.

#![allow(dead_code, reason = "each fuzz target uses one of them")]

use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tracuu::analysis::{Stream, Tokens};
use tracuu::article::{Article, Content, FacetPaths, Hash128, Origin, RawArticle, RawFields, Signature, Story};
use tracuu::authority::KnownPeople;
use tracuu::eval::score_sample;
use tracuu::index::{Generation, Reader};
use tracuu::ingest::{IngestOptions, Pipeline, ingest};
use tracuu::read::{DocumentKind, FolderSettings, Limits, ReadOptions, SourceFile, parse_document, read_file};
use tracuu::search::{ContextLine, Request, Snippet, concordance, snippets};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::bundled);

/// An index without articles, for what looks at one that is given.
static EMPTY: LazyLock<(tempfile::TempDir, Generation)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let (archive, index) = (folder.path().join("archive"), folder.path().join("index"));
    std::fs::create_dir(&archive).expect("the temporary folder can be written");
    ingest(&[archive], &index, &PIPELINE, &IngestOptions::default(), &mut |_| {}).expect("nothing can be indexed");
    let reader = Reader::open(&index, Arc::clone(&PIPELINE.analyzer)).expect("it was just made");
    (folder, reader.generation().expect("it was just made"))
});

/// The endings of all shapes that are read in this process.
const SHAPES: [&str; 15] =
    ["txt", "html", "json", "jsonl", "txt.gz", "html.gz", "jsonl.gz", "json.zst", "jsonl.zst", "csv", "tsv", "warc", "tar", "zip", "tgz"];

/// What any input may take; far more than any does, so that a slow machine is no finding.
const MAX_TIME: Duration = Duration::from_secs(20);

/// Any bytes in a file of any shape: records and skips, no panic.
pub fn read(bytes: &[u8]) {
    let Some((shape, bytes)) = bytes.split_first() else { return };
    read_as(SHAPES[usize::from(*shape) % SHAPES.len()], bytes);
}

/// Any bytes as a page of text.
pub fn txt(bytes: &[u8]) {
    read_as("txt", bytes);
}

/// Any bytes as a web page.
pub fn html(bytes: &[u8]) {
    read_as("html", bytes);
}

/// Any bytes as objects, in lines and as one value.
pub fn jsonl(bytes: &[u8]) {
    read_as("jsonl", bytes);
    read_as("json", bytes);
}

/// Any bytes as a table.
pub fn csv(bytes: &[u8]) {
    read_as("csv", bytes);
    read_as("tsv", bytes);
}

/// Any bytes as a WARC, plain and packed.
pub fn warc(bytes: &[u8]) {
    read_as("warc", bytes);
    read_as("warc.gz", bytes);
}

/// Any bytes as an archive of files.
pub fn archive(bytes: &[u8]) {
    ["tar", "zip", "tar.gz", "tar.zst"].iter().for_each(|shape| read_as(shape, bytes));
}

/// Any bytes as a Word document, parsed in this process: text or an error.
pub fn docx(bytes: &[u8]) {
    document(DocumentKind::Docx, bytes);
}

/// Any bytes as a PDF, parsed in this process: text or an error. Its parser may panic, which is one.
pub fn pdf(bytes: &[u8]) {
    document(DocumentKind::Pdf, bytes);
}

fn document(kind: DocumentKind, bytes: &[u8]) {
    let began = Instant::now();
    if let Ok(parsed) = parse_document(kind, bytes, 1 << 20) {
        assert!(parsed.text.len() <= 1 << 20);
    }
    assert!(began.elapsed() < MAX_TIME, "{:?}", began.elapsed());
}

/// Any text as the settings of a folder: what is read of it is read again from the same text, and each problem is told.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (settings, problems) = FolderSettings::read(&text, &FolderSettings::default());
    assert_eq!(FolderSettings::read(&text, &settings), (settings, problems.clone()), "{text:?}");
    assert!(problems.iter().all(|problem| !problem.is_empty()));
}

/// Any bytes as a sample that was coded: each row counts once, and the share lies in its interval.
pub fn coded(bytes: &[u8]) {
    let Ok(score) = score_sample(&String::from_utf8_lossy(bytes), "relevant") else { return };
    assert_eq!(score.rows, score.coded + score.uncoded, "{score:?}");
    assert!(score.yes <= score.coded && score.rows + score.missing == score.drawn && score.drawn <= score.articles, "{score:?}");
    let shares = score.overall.iter().chain(score.strata.iter().filter_map(|stratum| stratum.share.as_ref()));
    for share in shares {
        let ends = [0.0, share.low, share.precision, share.high, 1.0];
        assert!(ends.is_sorted(), "{score:?}");
    }
}

/// Any text as a table of people: nobody is both the same as another one and somebody else.
pub fn people(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (people, errors) = KnownPeople::read(&text);
    assert!(errors.len() <= text.lines().count());
    let named: Vec<(&str, Option<&str>)> =
        text.split(['\t', '\n']).map(|text| text.split_once('/').map_or((text, None), |(name, scope)| (name, Some(scope)))).collect();
    for pair in named.windows(2) {
        let [one, other] = [pair[0], pair[1]];
        let shown = |(name, scope)| people.shown_as(name, scope);
        assert!(!people.are_same(one, other) || shown(one).is_some() && shown(one) == shown(other), "{text:?}");
        assert_eq!(people.are_same(one, other), people.are_same(other, one), "{text:?}");
        assert_eq!(people.are_different(one, other), people.are_different(other, one), "{text:?}");
    }
}

fn read_as(shape: &str, bytes: &[u8]) {
    let began = Instant::now();
    let relative = format!("file.{shape}");
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let path = folder.path().join(&relative);
    std::fs::write(&path, bytes).expect("the temporary folder can be written");
    let limits = Limits { max_file_bytes: 1 << 20, max_record_bytes: 1 << 16, max_archive_depth: 2, ..Limits::default() };
    let mut told = 0;
    read_file(&SourceFile::new(path, relative), &ReadOptions { limits, ..ReadOptions::default() }, &mut |record| {
        told += 1;
        if let Ok(raw) = record {
            make(raw);
        }
        ControlFlow::Continue(())
    });
    assert!(told > 0, "nothing was said of a file");
    assert!(began.elapsed() < MAX_TIME, "{shape}: {:?}", began.elapsed());
}

/// Any text as an article of each shape: the quotes of the evidence stand where it says.
pub fn article(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for content in [Content::Page(text.clone()), Content::Html(text.clone()), Content::Body(text.clone())] {
        let origin =
            Origin { path: "a".to_owned(), record: 0, byte_offset: 0, charset: "UTF-8".to_owned(), raw_hash: Hash128::of([bytes]) };
        make(RawArticle { origin, key: None, content, fields: RawFields::default() });
    }
}

fn make(raw: RawArticle) {
    let Some(article) = PIPELINE.article(raw, "fuzz", &PIPELINE.authority) else { return };
    let body = article.body.as_deref().unwrap_or("");
    for evidence in article.evidence.iter().flatten() {
        let field = match evidence.field.as_str() {
            "body" => body,
            "title" => &article.title,
            _ => continue,
        };
        assert_eq!(field.get(evidence.start..evidence.end), Some(evidence.quote.as_str()), "{evidence:?}");
    }
    let (story, shingles) = (Story::of(&article.title, body), Story::shingles_of(&article.title, body));
    let signature = Signature::of(&shingles);
    assert_eq!(story.resemblance(&story).is_some(), !shingles.is_empty(), "a text is a copy of itself");
    assert!(shingles.is_empty() || Signature::may_resemble(signature.hashes(), signature.hashes()));
    for official in article.officials.iter().chain(&article.foreign_officials) {
        assert!(!official.posts.is_empty(), "{official:?} has no post");
        for &(start, end) in &official.mentions {
            assert!(body.get(start..end).is_some_and(|mention| !mention.is_empty()), "{official:?}");
        }
    }
    let provinces = &article.provinces;
    for unit in &provinces.mentioned {
        assert!(provinces.about.iter().all(|about| about.unit_id != unit.unit_id), "{provinces:?}");
    }
    assert_eq!(FacetPaths::of(&article).province.is_empty(), article.provinces.about.is_empty());
    if let Some(interval) = article.dates.event.interval() {
        assert!(interval.from <= interval.to, "{interval:?}");
    }
}

/// Any text as a query: an Ast whose text gives the same Ast, or an error that can be shown.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match tracuu::query::parse(&text) {
        Ok(ast) => assert_eq!(tracuu::query::parse(&ast.to_string()).ok().as_ref(), Some(&ast), "{text:?}"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Any text as a batch file of each form: queries and errors in the order of their lines, each within the text.
pub fn batch(bytes: &[u8]) {
    use tracuu::search::{BatchFormat, read_batch};
    let text = String::from_utf8_lossy(bytes);
    let lines = 1 + text.matches('\n').count() as u64;
    for format in [BatchFormat::Lines, BatchFormat::JsonLines, BatchFormat::Csv, BatchFormat::Tsv] {
        let mut earlier = 0;
        for found in read_batch(bytes, format) {
            assert!(earlier <= found.line && found.line <= lines, "{format:?} {text:?}: line {}", found.line);
            assert!(!found.id.is_empty() && found.asked.err().is_none_or(|error| !error.to_string().is_empty()));
            earlier = found.line;
        }
    }
}

/// Any bytes as what is kept of watched queries, and as a file of such queries that a search is saved to: what is read is read back, and a
/// search that is saved is a line more, all others being what they were.
pub fn watched(bytes: &[u8]) {
    use tracuu::search::{BatchFormat, TypedField, WatchState, read_batch, with_search};
    match WatchState::from_json(bytes) {
        Ok(state) => assert_eq!(WatchState::from_json(&state.to_json()).ok(), Some(state)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let text = String::from_utf8_lossy(bytes);
    let asked = [(TypedField::Query, "thu hồi đất"), (TypedField::Province, text.lines().next().unwrap_or("Huế"))];
    for format in [BatchFormat::Lines, BatchFormat::JsonLines, BatchFormat::Csv, BatchFormat::Tsv] {
        let before = read_batch(bytes, format);
        if let Ok(saved) = with_search(bytes, format, "tên", asked) {
            let after = read_batch(&saved, format);
            assert!(after.len() == before.len() + 1 && after.starts_with(&before), "{format:?} {text:?}");
        }
    }
}

/// Any article and any query, which is its first line: passages and lines of context stand where they say, in order, and take
/// time in proportion to the text.
pub fn passages(bytes: &[u8]) {
    let began = Instant::now();
    let text = String::from_utf8_lossy(bytes);
    let (query, body) = text.split_once('\n').unwrap_or((&text, &text));
    let (index, title) = (&EMPTY.1, tracuu::text::compose(query));
    let content = Content::Body("Tin mẫu.".to_owned());
    let origin = Origin { path: "a".to_owned(), record: 0, byte_offset: 0, charset: "UTF-8".to_owned(), raw_hash: Hash128::of([bytes]) };
    let raw = RawArticle { origin, key: None, content, fields: RawFields::default() };
    let Some(article) = PIPELINE.article(raw, "fuzz", &PIPELINE.authority) else { return };
    let article = Article { title, body: Some(tracuu::text::compose(body)), ..article };
    let body = article.body.as_deref().unwrap_or("");

    for (max_snippet_chars, exact) in [(240, false), (60, true), (3, false)] {
        let request = Request { query: query.to_owned(), exact, max_snippet_chars, max_snippets: 3, ..Request::default() };
        let Ok(found) = snippets(index, &PIPELINE.authority, &article, &request) else { continue };
        let mut spans: Vec<(usize, usize)> = found.iter().map(|snippet| (snippet.start, snippet.end)).collect();
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{text:?}: {spans:?}");
        for Snippet { start, end, text: shown, highlights, .. } in &found {
            assert_eq!(body.get(*start..*end), Some(shown.as_str()), "{text:?}");
            assert!(!shown.contains('\n') || highlights.iter().any(|&(start, end)| shown[start..end].contains('\n')), "{text:?}");
            let mut marked = 0;
            for &(start, end) in highlights {
                assert!(start >= marked && start < end && shown.get(start..end).is_some(), "{text:?}");
                marked = end;
            }
        }
    }
    let Ok(found) = concordance(index, &PIPELINE.authority, &article, query, 5) else { return };
    assert!(found.lines.len() as u64 <= found.matches);
    let mut last = ("title", 0);
    for ContextLine { field, start, end, context_start, context_end, left, matched, right } in &found.lines {
        let field_text = if field == "title" { article.title.as_str() } else { body };
        let slice = |span: std::ops::Range<usize>| field_text.get(span);
        assert_eq!(slice(*context_start..*start), Some(left.as_str()), "{text:?}");
        assert_eq!(slice(*start..*end).filter(|text| !text.is_empty()), Some(matched.as_str()), "{text:?}");
        assert_eq!(slice(*end..*context_end), Some(right.as_str()), "{text:?}");
        assert!(last.0 != field || last.1 <= *start, "{text:?}");
        last = (field, *end);
    }
    assert!(began.elapsed() < Duration::from_secs(5) + Duration::from_micros(5) * bytes.len() as u32, "{:?}", began.elapsed());
}

/// Any text in every stream: spans are ordered, inside the text and on char boundaries; positions never go back.
pub fn streams(bytes: &[u8]) {
    let text = tracuu::text::compose(&String::from_utf8_lossy(bytes));
    let mut tokens = Tokens::default();
    PIPELINE.analyzer.analyze(&text, &mut tokens);
    for stream in Stream::ALL.into_iter().chain(Stream::SPARSE) {
        let (mut end, mut position) = (0, 0);
        for token in tokens.of(stream) {
            assert!(token.start >= end && token.start < token.end && text.get(token.start..token.end).is_some(), "{text:?}");
            assert!(token.position >= position && token.position_length >= 1 && !token.term.is_empty(), "{text:?}");
            (end, position) = (token.end, token.position);
        }
    }
}
