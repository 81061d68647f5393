//! `tracuu serve` as a process: it says where it listens, answers, keeps what was asked to itself, and ends when it is told to.

use crate::harness::{TestIndex, repository, start, tracuu};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};

struct Served {
    process: Child,
    address: String,
}

fn serve(index: &TestIndex) -> Served {
    let mut process = start(&repository(), &["serve", "--index", index.dir().to_str().unwrap(), "--bind", "127.0.0.1:0"]);
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    Served { process, address }
}

impl Served {
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks it to stop; gives what stands in its log.
    #[cfg(unix)]
    fn stop(mut self) -> String {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.process.wait().unwrap().success(), "{log}");
        log
    }
}

#[cfg(unix)]
#[test]
fn a_server_answers_logs_no_query_and_ends_when_told() {
    let index = TestIndex::of(&[repository().join("corpus")]);
    let served = serve(&index);
    assert!(served.get("/?q=thanh+tra").starts_with("HTTP/1.1 200 OK"));
    assert!(served.get("/api/v1/search?q=thanh+tra").contains("application/json"));
    assert!(served.get("/../../etc/passwd").starts_with("HTTP/1.1 404"));
    let log = served.stop();
    assert!(log.contains("GET / 200") && log.contains("GET /api/v1/search 200"), "{log}");
    assert!(!log.contains("thanh"), "what was asked is nobody's business: {log}");
}

#[test]
fn what_cannot_be_served_is_told() {
    let run = |args: &[&str]| tracuu(&repository(), args);
    let output = run(&["serve", "--token", "có dấu"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--token"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let output = run(&["serve", "--bind", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("choose another --bind"));
}
