//! Bytes of a document → what a child process reads in them, within a time; the child's death is an answer too.

use super::{DocumentError, DocumentKind, ParsedDocument};
use crate::read::{Limits, SkipReason};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Time between two looks at a child: grows from the first to the last.
const LOOKS: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(50)];

/// Most bytes of complaints that are kept.
const MAX_COMPLAINT_BYTES: u64 = 2000;

/// What a child has to say: its answer, its complaints, and whether it was killed for its slowness.
struct Said {
    answer: Vec<u8>,
    complaint: String,
    died: Option<String>,
}

/// Parses a document in a process of its own.
pub fn parse(program: &Path, kind: DocumentKind, bytes: &[u8], limits: &Limits) -> Result<ParsedDocument, (SkipReason, String)> {
    let unstarted = |error: std::io::Error| (SkipReason::Unreadable, format!("{} cannot be started: {error}", program.display()));
    let child = start(program, kind, limits).map_err(unstarted)?;
    let time = Duration::from_secs(limits.max_document_seconds);
    // JSON writes a letter in six bytes at most.
    let max_answer_bytes = limits.max_file_bytes.saturating_mul(6).saturating_add(10_000);
    let Some(Said { answer, complaint, died }) = converse(child, bytes, time, max_answer_bytes) else {
        let detail = format!("its parser took more than {} seconds; --max-document-seconds sets the limit", limits.max_document_seconds);
        return Err((SkipReason::Timeout, detail));
    };
    let last_line = answer.rsplit(|&byte| byte == b'\n').find(|line| !line.is_empty()).unwrap_or_default();
    match serde_json::from_slice::<Result<ParsedDocument, DocumentError>>(last_line) {
        Ok(Ok(parsed)) => Ok(parsed),
        Ok(Err(DocumentError::Encrypted)) => Err((SkipReason::Encrypted, String::new())),
        Ok(Err(DocumentError::NoTextLayer)) => Err((SkipReason::NoTextLayer, "its pages are pictures".to_owned())),
        Ok(Err(DocumentError::Oversized)) => Err((SkipReason::Oversized, format!("longer than {} bytes", limits.max_file_bytes))),
        Ok(Err(DocumentError::Broken(what))) => Err((SkipReason::Broken, what)),
        Err(_) if complaint.contains("memory allocation") => {
            let most = limits.max_document_memory_bytes;
            let detail = format!("its parser needs more than {most} bytes of memory; --max-document-memory-bytes sets the limit");
            Err((SkipReason::Oversized, detail))
        }
        Err(_) => Err((SkipReason::Broken, died.unwrap_or_else(|| "its parser gave no answer".to_owned()))),
    }
}

fn start(program: &Path, kind: DocumentKind, limits: &Limits) -> std::io::Result<Child> {
    let flags = [
        ("--max-file-bytes", limits.max_file_bytes),
        ("--max-document-seconds", limits.max_document_seconds),
        ("--max-document-memory-bytes", limits.max_document_memory_bytes),
    ];
    let mut command = Command::new(program);
    command.args(["parse-document", kind.name()]);
    command.args(flags.iter().flat_map(|(name, value)| [(*name).to_owned(), value.to_string()]));
    // A pool of threads takes address space for nothing; and an allocator that takes it ahead would have it before it is bounded.
    command.env("RAYON_NUM_THREADS", "1").env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1").env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// Sends a child its bytes and takes its answer; `None` where it was killed for its slowness.
fn converse(mut child: Child, bytes: &[u8], time: Duration, max_answer_bytes: u64) -> Option<Said> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        // A child that dies early does not take everything: that is no error of ours.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(bytes)));
        let answer = scope.spawn(move || all_of(stdout, max_answer_bytes));
        let complaint = scope.spawn(move || all_of(stderr, MAX_COMPLAINT_BYTES));
        let status = wait(&mut child, time);
        let answer = answer.join().unwrap_or_default();
        let complaint = String::from_utf8_lossy(&complaint.join().unwrap_or_default()).into_owned();
        let status = status?;
        let died = (!status.success()).then(|| format!("its parser died ({status})"));
        Some(Said { answer, complaint, died })
    })
}

/// A stream's bytes, at most so many: behind them it is closed, and who writes to it ends.
fn all_of(stream: Option<impl Read>, max_bytes: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is all there is.
    let _ = stream.map(|stream| stream.take(max_bytes).read_to_end(&mut bytes));
    bytes
}

/// Waits for a child's end; kills it when its time is over.
fn wait(child: &mut Child, time: Duration) -> Option<std::process::ExitStatus> {
    let (began, mut pause) = (Instant::now(), LOOKS[0]);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if began.elapsed() < time => std::thread::sleep(pause),
            _ => {
                // It may have ended in this moment.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
        pause = (pause * 2).min(LOOKS[1]);
    }
}
