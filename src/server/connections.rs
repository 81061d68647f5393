//! Connections: how many are open at once, and how long each may take to say what it wants.
//!
//! Input → output: a listening socket, and what answers requests → answers, until it is told to stop. Knows nothing of what is asked. Whoever says
//! nothing, or says it letter by letter, is cut off, so that such connections never take the places of those that ask.

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What connections may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections that are open at once; further ones wait, unaccepted, until one closes.
    pub open: usize,
    /// The longest until the headers of a request are there, whole: of the first since the connection was made, of a further one since the answer
    /// before. So it is also how long an idle connection is kept.
    pub until_asked: Duration,
}

/// Half of the 1,024 files that a process may usually have open, since the index has files too; the time is hyper's own.
pub(super) const LIMITS: Limits = Limits { open: 512, until_asked: Duration::from_secs(30) };

/// Answers requests until `stop`; what has been asked by then is answered, connections that have asked nothing are closed.
pub(super) async fn serve(mut listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.open));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.until_asked);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (place, stream) = tokio::select! {
            next = next(&mut listener, &places) => next,
            () = &mut stop => break,
        };
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone())));
        tokio::spawn(async move {
            let _place = place;
            // What goes wrong on the way is the client's: it hung up, was too slow, or spoke no HTTP.
            let _ = connection.await;
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// The next connection, once there is a place for it.
async fn next(listener: &mut TcpListener, places: &Arc<Semaphore>) -> (OwnedSemaphorePermit, TcpStream) {
    let place = Arc::clone(places).acquire_owned().await.expect("nobody closes the semaphore");
    // As `Listener` has it, which waits where the process has too many files open.
    let (stream, _) = Listener::accept(listener).await;
    (place, stream)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::time::Instant;
    use tokio::runtime::Runtime;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    /// Longer than anything here should take.
    const LONG: Duration = Duration::from_secs(20);

    struct Serving {
        runtime: Runtime,
        address: SocketAddr,
        stop: oneshot::Sender<()>,
        ended: JoinHandle<()>,
    }

    fn serving(limits: Limits) -> Serving {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "answered"
        };
        let router = Router::new().route("/", get(|| async { "answered" })).route("/slow", get(slow));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let ended = runtime.spawn(serve(listener, router, limits, async { drop(stopped.await) }));
        Serving { runtime, address, stop, ended }
    }

    impl Serving {
        /// A connection that has sent so much.
        fn send(&self, text: &str) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).unwrap();
            stream.set_read_timeout(Some(LONG)).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            stream
        }

        fn ask(&self, path: &str) -> TcpStream {
            self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        }
    }

    /// All that comes until the connection is closed.
    fn rest(mut stream: TcpStream) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("closed in time");
        text
    }

    #[test]
    fn who_asks_nothing_is_cut_off_and_others_are_served() {
        let serving = serving(Limits { open: 8, until_asked: Duration::from_millis(500) });
        let began = Instant::now();
        let silent = serving.send("");
        let half = serving.send("GET / HTTP/1.1\r\nHost: loc");
        let kept = serving.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut dripping = serving.send("GET / HTTP/1.1\r\n");
        assert!(rest(serving.ask("/")).ends_with("answered"), "others are served meanwhile");
        while dripping.write_all(b"x").is_ok() {
            assert!(began.elapsed() < LONG, "a letter now and then keeps no connection");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!rest(silent).contains("200") && !rest(half).contains("200"));
        assert!(rest(kept).ends_with("answered"), "an idle connection is closed after its answer");
        assert!(began.elapsed() < LONG);
        assert!(rest(serving.ask("/")).ends_with("answered"));
    }

    #[test]
    fn further_connections_wait_for_a_place() {
        let until_asked = Duration::from_millis(500);
        let serving = serving(Limits { open: 2, until_asked });
        let began = Instant::now();
        let idle = [serving.send(""), serving.send("")];
        assert!(rest(serving.ask("/")).ends_with("answered"));
        assert!(began.elapsed() >= until_asked, "there were places enough");
        drop(idle);
    }

    #[test]
    fn what_was_asked_before_the_end_is_answered() {
        let serving = serving(Limits { open: 8, until_asked: LONG });
        let (idle, asked) = (serving.send(""), serving.ask("/slow"));
        // Until both have arrived.
        std::thread::sleep(Duration::from_millis(100));
        let Serving { runtime, address, stop, ended } = serving;
        stop.send(()).unwrap();
        assert!(rest(asked).ends_with("answered"));
        assert_eq!(rest(idle), "");
        runtime.block_on(ended).unwrap();
        assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
    }
}
