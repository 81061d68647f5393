//! The server as a client meets it, without a network: requests into the router, over the bundled archive.

use super::routes::router;
use super::{App, Settings};
use crate::ingest::{IngestOptions, Pipeline, ingest};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

/// The bundled archive, indexed once for all tests.
static INDEX: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    build(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")], folder.path());
    folder
});

fn build(paths: &[PathBuf], index: &Path) {
    ingest(paths, index, &Pipeline::bundled(), &IngestOptions::default(), &mut |_| {}).unwrap();
}

fn app(settings: Settings) -> Arc<App> {
    let pipeline = Pipeline::bundled();
    let app = Arc::new(App::new(settings, Arc::clone(&pipeline.analyzer), pipeline.authority, |_| {}));
    app.archive.refresh(&app.authority, |_| {});
    app
}

fn settings(dir: &Path) -> Settings {
    Settings {
        bind: "127.0.0.1:7700".parse().unwrap(),
        dir: dir.to_owned(),
        token: None,
        allowed_origins: Vec::new(),
        hosts: Vec::new(),
        budget: Duration::from_secs(10),
        watch_file: None,
    }
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn send(router: &Router, request: Request<Body>) -> Got {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Got { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    })
}

fn ask(address: &str) -> axum::http::request::Builder {
    Request::get(address).header(header::HOST, "localhost:7700")
}

fn get(router: &Router, address: &str) -> Got {
    send(router, ask(address).body(Body::empty()).unwrap())
}

fn bundled() -> Router {
    router(app(settings(INDEX.path())))
}

/// `q=` and a query, as an address has it.
fn q(query: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish()
}

#[test]
fn every_route_answers_in_its_kind() {
    let router = bundled();
    let found = get(&router, &format!("/api/v1/search?{}", q("chuyển đổi số"))).json();
    let id = found["hits"][0]["id"].as_str().unwrap();
    let official = get(&router, "/api/v1/facets/official").json()["facets"]["official"]["values"][0]["label"].as_str().unwrap().to_owned();
    let name = form_urlencoded::byte_serialize(official.as_bytes()).collect::<String>();
    let query = q("chuyển đổi số");
    let cases = [
        ("/".to_owned(), "text/html", "<ol class=\"hits\""),
        (format!("/?{query}"), "text/html", "<mark class=\"match\">"),
        (format!("/?{query}&map=before&relative=1&by=month"), "text/html", "data-unit=\"nam-dinh\""),
        (format!("/facet/province?{query}"), "text/html", "Đắk Lắk"),
        (format!("/facet/official?inside={name}"), "text/html", official.as_str()),
        (format!("/a/{id}"), "text/html", "class=\"citation\""),
        (format!("/a/{id}/copies"), "text/html", "class=\"copy\""),
        (format!("/o?name={name}"), "text/html", "class=\"posts\""),
        ("/help".to_owned(), "text/html", "<kbd>"),
        ("/api".to_owned(), "text/html", "/api/v1/openapi.json"),
        (format!("/feed.atom?{query}"), "application/atom+xml", "<entry "),
        ("/opensearch.xml".to_owned(), "application/opensearchdescription+xml", "{searchTerms}"),
        (format!("/api/v1/search?{query}&facets=province"), "application/json", "\"total\":29"),
        (format!("/api/v1/facets/date?{query}"), "application/json", "\"/2024\""),
        (format!("/api/v1/histogram?{query}&by=year"), "application/json", "\"bars\":[{"),
        (format!("/api/v1/posts?{query}"), "application/json", "\"posts\":[{\"person\""),
        (format!("/api/v1/table?{query}&per=archive&format=csv"), "text/csv", "row,row_is,column,column_is,count,denominator,share"),
        (format!("/api/v1/table?{query}&top=3&format=svg"), "image/svg+xml", "<title"),
        (format!("/api/v1/trend?{query}&{}&format=csv", q("đất")), "text/csv", "is,label,from,to,chuyển đổi số,đất,archive"),
        (format!("/api/v1/trend?{query}&format=svg"), "image/svg+xml", "<title"),
        (format!("/api/v1/posts?{query}&format=csv"), "text/csv", "person,names,post"),
        (format!("/api/v1/people?{query}&format=csv"), "text/csv", "person,with,articles,ids"),
        (format!("/api/v1/people?{query}&within=sentence"), "application/json", "\"pairs\":[{\"person\""),
        ("/api/v1/suggest?q=chuy".to_owned(), "application/json", "chuyển"),
        (format!("/api/v1/articles/{id}"), "application/json", "\"evidence\":[{"),
        (format!("/api/v1/articles/{id}/similar?limit=2"), "application/json", "\"hits\":[{"),
        (format!("/api/v1/articles/{id}/copies?diff=true"), "application/json", "\"members\":[{"),
        (format!("/api/v1/articles/{id}/citation?format=ris"), "application/x-research-info-systems", "TY  - "),
        ("/api/v1/stats".to_owned(), "application/json", "\"corpus_id\""),
        ("/api/v1/openapi.json".to_owned(), "application/json", "\"openapi\":\"3.1.0\""),
        (format!("/api/v1/export?{query}"), "text/csv", "rank,score"),
    ];
    for (address, content_type, holds) in cases {
        let got = get(&router, &address);
        assert_eq!(got.status, StatusCode::OK, "{address}: {}", got.body);
        assert!(got.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(content_type), "{address}: {:?}", got.headers);
        assert!(got.body.contains(holds), "{address} holds no {holds}: {}", got.body);
        assert!(got.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{address}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_status_and_what_would_be_right() {
    let router = bundled();
    let long = format!("/api/v1/search?q={}", "a".repeat(20_000));
    let cases = [
        ("/api/v1/search?q=year:abc", 400, "bad-query", "four digits"),
        ("/api/v1/search?provnce=Hue", 400, "bad-request", "no field is called"),
        ("/api/v1/search?sort=best", 400, "bad-request", "relevance, newest or oldest"),
        ("/api/v1/search?province=Atlantis", 400, "unknown-value", "no province fits"),
        ("/api/v1/search?limit=5000", 400, "bad-request", "at most 1000"),
        ("/api/v1/search?offset=50000", 400, "bad-request", "after"),
        ("/api/v1/search?after=nonsense", 400, "bad-request", "after"),
        ("/api/v1/facets/weather", 404, "not-found", "province, official, date"),
        ("/api/v1/articles/xyz", 404, "not-found", "32 hexadecimal digits"),
        ("/api/v1/articles/00000000000000000000000000000000", 404, "not-found", "no article"),
        ("/api/v1/histogram?by=week", 400, "bad-request", "year, month or day"),
        ("/api/v1/posts?top=5000", 400, "bad-request", "up to 1000"),
        ("/api/v1/posts?rows=year", 400, "bad-request", "no field is called"),
        ("/api/v1/people?within=page", 400, "bad-request", "article, sentence"),
        ("/api/v1/people?ids=-1", 400, "bad-request", "up to 1000"),
        ("/api/v1/export?format=xlsx", 400, "bad-request", "csv, jsonl"),
        ("/api/v1/articles/00000000000000000000000000000000/citation?format=csv", 400, "bad-request", "bibtex, ris, csl-json"),
        ("/api/v1/export?q=year:abc", 400, "bad-query", "four digits"),
        ("/api/v1/export?province=Atlantis", 400, "unknown-value", "no province fits"),
        ("/api/v1/export?offset=1&after=a-1-2-3-4-00000000000000000000000000000000", 400, "bad-request", "exclude each other"),
        ("/api/v1/stats?q=1", 400, "bad-request", "nothing called"),
        ("/api/v1/nowhere", 404, "not-found", "address"),
        (&long, 414, "too-long", "at most"),
    ];
    for (address, status, kind, says) in cases {
        let got = get(&router, address);
        assert_eq!(got.status.as_u16(), status, "{address}: {}", got.body);
        assert_eq!(got.headers[header::CONTENT_TYPE], "application/problem+json", "{address}");
        let problem = got.json();
        assert_eq!(
            (problem["type"].as_str(), problem["status"].as_u64()),
            (Some(format!("/api#{kind}").as_str()), Some(u64::from(status))),
            "{address}"
        );
        assert!(problem["detail"].as_str().unwrap().contains(says), "{address}: {problem}");
    }
    let page = get(&router, "/?q=year:abc");
    assert_eq!(page.status.as_u16(), 400);
    assert!(page.body.contains("value=\"year:abc\"") && page.body.contains("role=\"alert\""), "the query stays in the box: {}", page.body);
}

#[test]
fn only_reading_only_for_this_host_and_only_with_the_token() {
    let router = bundled();
    let request = |method: &str, host: &str| {
        Request::builder().method(method).uri("/api/v1/stats").header(header::HOST, host).body(Body::empty()).unwrap()
    };
    for (method, host, status) in [
        ("GET", "localhost:7700", 200),
        ("HEAD", "127.0.0.1:7700", 200),
        ("GET", "[::1]:7700", 200),
        ("GET", "evil.example:7700", 421),
        ("GET", "192.0.2.7", 421),
        ("GET", "", 421),
        ("POST", "localhost:7700", 405),
        ("DELETE", "localhost:7700", 405),
    ] {
        assert_eq!(send(&router, request(method, host)).status.as_u16(), status, "{method} {host}");
    }
    let guarded = self::router(app(Settings { token: Some("khoa-kho".to_owned()), ..settings(INDEX.path()) }));
    let status = |request: axum::http::request::Builder| send(&guarded, request.body(Body::empty()).unwrap()).status.as_u16();
    assert_eq!(status(ask("/api/v1/stats")), 401);
    assert_eq!(status(ask("/api/v1/stats").header(header::AUTHORIZATION, "Bearer khoa-kho")), 200);
    assert_eq!(status(ask("/api/v1/stats").header(header::AUTHORIZATION, "Bearer khoa")), 401);
    assert_eq!(status(ask("/").header(header::COOKIE, "lang=vi; token=khoa-kho")), 200);
    let entered = send(&guarded, ask("/?token=khoa-kho&q=x").body(Body::empty()).unwrap());
    assert_eq!((entered.status.as_u16(), entered.headers[header::LOCATION].to_str().unwrap()), (303, "/?q=x"));
    assert!(entered.headers[header::SET_COOKIE].to_str().unwrap().contains("HttpOnly"));
}

#[test]
fn a_feed_has_all_that_readers_need_in_the_language_that_was_chosen() {
    let router = bundled();
    for lang in ["vi", "en"] {
        let feed = get(&router, &format!("/feed.atom?{}&lang={lang}", q("chuyển đổi số"))).body;
        let (head, entries) = feed.split_once("<entry").unwrap();
        assert!(head.contains(&format!("xml:lang=\"{lang}\"")), "{head}");
        // RFC 4287, 4.1.1 and 4.1.2: each exactly once.
        let updated = |part: &str| part.split_once("<updated>").unwrap().1.split_once("</updated>").unwrap().0.to_owned();
        for element in ["<id>", "<title>", "<updated>", "rel=\"self\"", "rel=\"alternate\""] {
            assert_eq!(head.matches(element).count(), 1, "{element} in {head}");
        }
        let mut last = String::new();
        for entry in entries.split("<entry") {
            for element in ["<id>urn:tracuu:", "<title>", "<updated>", "<author><name>", "rel=\"alternate\"", "<summary>"] {
                assert_eq!(entry.matches(element).count(), 1, "{element} in {entry}");
            }
            assert!(updated(entry).parse::<jiff::Timestamp>().is_ok(), "{entry}");
            last = last.max(updated(entry));
        }
        assert_eq!(updated(head), last, "a feed changes when an entry does");
        let empty = get(&router, &format!("/feed.atom?{}&lang={lang}", q("xyzzyxyzzy"))).body;
        assert!(empty.contains("<title>tracuu: xyzzyxyzzy</title>") && !empty.contains("<entry"), "{empty}");
        assert!(updated(&empty).parse::<jiff::Timestamp>().is_ok());
    }
}

#[test]
fn an_answer_is_not_made_twice_and_not_sent_twice() {
    let router = bundled();
    let address = format!("/?{}", q("chuyển đổi số"));
    let first = get(&router, &address);
    let etag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    assert_eq!(get(&router, &address).body, first.body);
    let again = send(&router, ask(&address).header(header::IF_NONE_MATCH, &etag).body(Body::empty()).unwrap());
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let english = send(&router, ask(&address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty()).unwrap());
    assert!(english.body.contains("<html lang=\"en\">") && english.headers[header::ETAG] != etag.as_str());
    let chosen = get(&router, &format!("{address}&lang=en"));
    assert!(chosen.body.contains("<html lang=\"en\">") && chosen.headers[header::SET_COOKIE].to_str().unwrap().starts_with("lang=en"));
}

#[test]
fn pages_lead_to_the_last_hit_and_exports_hold_all() {
    let router = bundled();
    let total = get(&router, "/api/v1/stats").json()["articles"].as_u64().unwrap();
    let (mut seen, mut address) = (Vec::new(), "/api/v1/search?limit=7&all_copies=true".to_owned());
    loop {
        let page = get(&router, &address).json();
        seen.extend(page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        address = format!("/api/v1/search?limit=7&all_copies=true&after={next}");
    }
    let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len() as u64, distinct.len() as u64), (total, total));
    let lines = get(&router, "/api/v1/export?format=jsonl").body.lines().count() as u64;
    assert_eq!(lines, total);
    let references: Value = get(&router, "/api/v1/export?format=csl-json").json();
    assert_eq!(references.as_array().unwrap().len() as u64, total);
}

#[test]
fn an_export_that_meets_a_damaged_store_breaks_off() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    build(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")], &index);
    let router = router(app(settings(&index)));
    for file in std::fs::read_dir(index.join("segments")).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "store") {
            // In place, as a failing disk does it: the server has the file mapped.
            let zeros = vec![0; std::fs::metadata(&file).unwrap().len() as usize / 2];
            std::fs::OpenOptions::new().write(true).open(&file).unwrap().write_all(&zeros).unwrap();
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for encoding in ["identity", "gzip"] {
        let request = ask("/api/v1/export").header(header::ACCEPT_ENCODING, encoding).body(Body::empty()).unwrap();
        runtime.block_on(async {
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            assert!(to_bytes(response.into_body(), usize::MAX).await.is_err(), "{encoding}: an export that is not whole must not look so");
        });
    }
}

#[test]
fn what_is_hostile_is_shown_and_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, index) = (folder.path().join("<img src=x onerror=alert(1)>"), folder.path().join("index"));
    std::fs::create_dir(&archive).unwrap();
    let record = serde_json::json!({
        "id": "1\"><script>alert(2)</script>",
        "title": "Ninh Bình <script>alert(3)</script> họp \" onmouseover=\"alert(4)",
        "body": "Sáng 29/02/2024, đồng chí Lò Văn Thiêm, Phó Chủ tịch UBND tỉnh Ninh Bình nói </p><svg onload=alert(5)> ]]> {{7*7}}. (Bài viết hư cấu.)",
        "source": "<b onclick=alert(6)>Báo</b>",
        "url": "javascript:alert(7)",
    });
    std::fs::write(archive.join("a.jsonl"), format!("{record}\n")).unwrap();
    build(&[archive], &index);
    let router = router(app(settings(&index)));
    let id = get(&router, "/api/v1/search").json()["hits"][0]["id"].as_str().unwrap().to_owned();
    let hostile = q("\"><script>alert(8)</script>");
    for address in [
        "/".to_owned(),
        format!("/?{hostile}"),
        format!("/a/{id}?{hostile}"),
        format!("/feed.atom?{hostile}"),
        format!("/facet/source?{hostile}"),
        format!("/o?{}", q("x")),
        "/?is=province:<script>".to_owned(),
    ] {
        let Ok(request) = ask(&address).body(Body::empty()) else { continue };
        let body = send(&router, request).body;
        for tag in ["<script>", "<img", "<svg onload", "<b onclick", "onmouseover=\"", "href=\"javascript"] {
            assert!(!body.contains(tag), "{address} holds {tag}: {body}");
        }
    }
}

#[test]
fn an_index_that_goes_and_comes_back_is_told_and_picked_up() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, index) = (folder.path().join("archive"), folder.path().join("index"));
    std::fs::create_dir(&archive).unwrap();
    let write = |name: &str| {
        std::fs::write(
            archive.join(name),
            format!("Tin {name}\nSáng 29/02/2024, tỉnh Ninh Bình họp bàn chuyển đổi số. (Bài viết hư cấu {name}.)\n"),
        )
        .unwrap()
    };
    let app = app(settings(&index));
    let router = router(Arc::clone(&app));
    let refresh = || app.archive.refresh(&app.authority, |_| {});
    let total = || get(&router, "/api/v1/search").json()["total"].as_u64();
    let (page, problem) = (get(&router, "/"), get(&router, "/api/v1/search"));
    assert_eq!((page.status.as_u16(), problem.status.as_u16()), (503, 503));
    assert_eq!(problem.json()["type"], "/api#no-index");
    assert!(!problem.body.contains(folder.path().to_str().unwrap()), "folders of this machine are nobody's business");
    write("mot.txt");
    build(std::slice::from_ref(&archive), &index);
    refresh();
    assert_eq!(total(), Some(1));
    write("hai.txt");
    build(std::slice::from_ref(&archive), &index);
    assert_eq!(total(), Some(1), "a state is served until the next is ready");
    refresh();
    assert_eq!(total(), Some(2));
    let meta = index.join("segments/meta.json");
    let sound = std::fs::read(&meta).unwrap();
    std::fs::write(&meta, &sound[..sound.len() / 2]).unwrap();
    refresh();
    assert_eq!(get(&router, "/api/v1/search").json()["type"], "/api#damaged-index");
    std::fs::write(&meta, &sound).unwrap();
    refresh();
    assert_eq!(total(), Some(2));
    std::fs::remove_dir_all(&index).unwrap();
    refresh();
    assert_eq!(get(&router, "/").status.as_u16(), 503);
}

#[test]
fn a_slow_query_is_cut_and_the_server_lives_on() {
    let router = router(app(Settings { budget: Duration::ZERO, ..settings(INDEX.path()) }));
    for call in ["search", "table", "posts", "people"] {
        let got = get(&router, &format!("/api/v1/{call}?{}", q("chuyển đổi số")));
        assert_eq!(got.status.as_u16(), 503, "{call}");
        assert!(matches!(got.json()["type"].as_str(), Some("/api#out-of-time" | "/api#busy")), "{call}: {}", got.body);
    }
    assert_eq!(get(&router, "/assets/none").status.as_u16(), 404);
}

#[test]
fn a_search_is_saved_from_a_page_of_this_server_alone_and_only_where_its_keeper_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("watch.tsv");
    let writable = router(app(Settings { watch_file: Some(file.clone()), ..settings(INDEX.path()) }));
    let asked = format!("{}&is=province%3A%2Fhue&by=month&after=20-1", q("nông thôn mới"));
    let shown = get(&writable, &format!("/?{}", q("nông thôn mới"))).body;
    let secret = shown.split_once("name=\"secret\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let body = |secret: &str, name: &str| {
        form_urlencoded::Serializer::new(String::new()).append_pair("secret", secret).append_pair("name", name).finish()
    };
    let here = ("origin", "http://localhost:7700");
    let save = |router: &Router, address: &str, (name, value): (&str, &str), body: String| {
        let request = Request::post(address).header(header::HOST, "localhost:7700").header(name, value);
        send(router, request.body(Body::from(body)).unwrap())
    };
    let address = format!("/watch?{asked}");
    let refused = [
        (("origin", "http://elsewhere.example"), body(&secret, "x"), 403),
        (("origin", "null"), body(&secret, "x"), 403),
        (("origin", "http://localhost:7701"), body(&secret, "x"), 403),
        (("sec-fetch-site", "cross-site"), body(&secret, "x"), 403),
        (("x-nothing", "x"), body(&secret, "x"), 403),
        (here, body("", "x"), 403),
        (here, body("0123", "x"), 403),
        (here, body(&secret, " "), 400),
        (here, body(&secret, &"x".repeat(200)), 400),
        (here, body(&secret, &"x".repeat(10_000)), 413),
    ];
    for (from, body, status) in refused {
        assert_eq!(save(&writable, &address, from, body.clone()).status.as_u16(), status, "{from:?} {body:.80}");
    }
    assert_eq!(save(&writable, "/watch?province=Atlantis", here, body(&secret, "x")).status.as_u16(), 400);
    assert_eq!(save(&writable, "/watch", here, body(&secret, "x")).status.as_u16(), 400, "nothing is asked");
    assert!(!file.exists());

    let saved = save(&writable, &address, here, body(&secret, "nông thôn <ở> Huế"));
    assert_eq!(saved.status.as_u16(), 201, "{}", saved.body);
    assert!(saved.body.contains("nông thôn &lt;ở&gt; Huế") && saved.headers[header::CACHE_CONTROL] == "no-store");
    let again = save(&writable, &address, here, body(&secret, "nông thôn <ở> Huế"));
    assert_eq!(again.status.as_u16(), 400, "the name is taken");
    let other = save(&writable, "/watch?official=none", ("sec-fetch-site", "same-origin"), body(&secret, "không ai"));
    assert_eq!(other.status.as_u16(), 201, "{}", other.body);
    let expected = "id\tquery\tis\tofficial\nnông thôn <ở> Huế\tnông thôn mới\tprovince:/hue\nkhông ai\t\t\tnone\n";
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);

    // All else stays as it was, and without the keeper's word there is neither form nor route.
    assert_eq!(save(&writable, "/", here, body(&secret, "x")).status.as_u16(), 405);
    assert_eq!(get(&writable, "/watch").status.as_u16(), 404);
    let bundled = bundled();
    assert_eq!(save(&bundled, &address, here, body(&secret, "x")).status.as_u16(), 405);
    assert!(!get(&bundled, &format!("/?{}", q("nông thôn mới"))).body.contains("method=\"post\""));
    assert!(!get(&writable, "/").body.contains("method=\"post\""), "nothing is asked there");
}
