//! The archive over HTTP: the page for people, the JSON API for programs, over the same library as the command line.
//!
//! Input → output: an index folder → answers to GET requests, until it is told to stop. Read-only; sends nothing anywhere; writes nothing but the
//! lines of its access log, which hold route and status and never what was asked, and, where its keeper said so, searches that are saved (`saving`). Decides nothing that the library does not offer.
//!
//! The way of a request: `connections` (has it come within its time?) → `guard` (may it come in?) → `answer` (language, cache, a place in the queue, a budget) → a function of `api` or `page`,
//! which takes a `asked::Asked` and the open archive and gives an `answer::Answer` or a `problem::Problem`.

mod answer;
mod api;
mod archive;
mod asked;
mod body;
mod calls;
mod connections;
mod counts;
mod export;
mod feed;
mod guard;
mod lang;
mod mcp;
mod openapi;
mod page;
mod problem;
mod routes;
mod saving;

use crate::analysis::Analyzer;
use crate::authority::Authority;
use crate::error::Error;
use archive::Archive;
pub use guard::is_token;
pub use mcp::serve_mcp;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// How the archive is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub bind: SocketAddr,
    /// The index folder.
    pub dir: PathBuf,
    /// What every request has to show, as `Authorization: Bearer …` or as the cookie that `/?token=…` sets; none for nothing.
    pub token: Option<String>,
    /// Other origins whose pages may read the API, `https://example.org`.
    pub allowed_origins: Vec<String>,
    /// Names that the server goes by, beside the address it is bound to and `localhost`: a request for another is refused.
    pub hosts: Vec<String>,
    /// The longest that a search may take, exports apart.
    pub budget: Duration,
    /// The file of watched queries to which visitors may add; none where nothing is written.
    pub watch_file: Option<PathBuf>,
}

impl Settings {
    /// Of what nobody but this machine may ask, at any port that is free.
    pub fn local(dir: PathBuf, budget: Duration) -> Settings {
        let bind = SocketAddr::from(([127, 0, 0, 1], 0));
        Settings { bind, dir, token: None, allowed_origins: Vec::new(), hosts: Vec::new(), budget, watch_file: None }
    }
}

/// Searches that are carried out at once, for each core: while one waits for the disk another computes.
const SEARCHES_PER_CORE: usize = 2;

/// Exports that are carried out at once. Each takes a thread for as long as its reader takes.
const EXPORTS: usize = 4;

/// Bytes of finished answers that are kept.
const CACHE_BYTES: u64 = 32 << 20;

/// How often the index folder is looked at for a new commit.
const REFRESH: Duration = Duration::from_secs(1);

/// Everything that requests share.
struct App {
    settings: Settings,
    authority: Authority,
    archive: Archive,
    searches: Arc<Semaphore>,
    exports: Arc<Semaphore>,
    cache: answer::Cache,
    /// Where searches are saved, if they may be.
    saving: Option<saving::Saving>,
    log: fn(&str),
}

impl App {
    fn new(settings: Settings, analyzer: Arc<Analyzer>, authority: Authority, log: fn(&str)) -> App {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        App {
            archive: Archive::new(settings.dir.clone(), analyzer),
            authority,
            searches: Arc::new(Semaphore::new(cores * SEARCHES_PER_CORE)),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            cache: answer::cache(CACHE_BYTES),
            saving: settings.watch_file.clone().map(saving::Saving::to),
            settings,
            log,
        }
    }
}

/// Serves an archive until the process is asked to stop (Ctrl-C, SIGTERM); requests that have begun are answered.
///
/// `ready` is told the address once it listens; `log` gets a line for each request.
///
/// # Errors
/// If the address cannot be bound. An index that is missing or damaged is no error: its state is what every request is told, until it is mended.
pub fn serve(
    settings: Settings,
    analyzer: Arc<Analyzer>,
    authority: Authority,
    ready: impl FnOnce(SocketAddr),
    log: fn(&str),
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(settings.bind).await.map_err(|error| Error::Usage {
            what: format!("{} cannot be bound: {error}", settings.bind),
            repair: "choose another --bind".to_owned(),
        })?;
        let address = listener.local_addr()?;
        let (app, refreshing) = open(App::new(Settings { bind: address, ..settings }, analyzer, authority, log)).await;
        ready(address);
        connections::serve(listener, routes::router(app), connections::LIMITS, stop()).await;
        refreshing.abort();
        Ok(())
    })
}

/// Opens the archive, before the first request, so that it does not meet one that is still opening; then picks up new commits until the task is ended.
async fn open(app: App) -> (Arc<App>, JoinHandle<()>) {
    let app = Arc::new(app);
    refresh(&app).await;
    let refreshed = Arc::clone(&app);
    let refreshing = tokio::spawn(async move {
        loop {
            tokio::time::sleep(REFRESH).await;
            refresh(&refreshed).await;
        }
    });
    (app, refreshing)
}

/// Looks at the folder on a thread that may block.
async fn refresh(app: &Arc<App>) {
    let app = Arc::clone(app);
    let _ = tokio::task::spawn_blocking(move || app.archive.refresh(&app.authority, app.log)).await;
}

/// Until the process is asked to stop.
async fn stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

#[cfg(test)]
mod tests;
