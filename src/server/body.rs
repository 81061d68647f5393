//! A body that is sent as it is made: rows from a thread that may have to wait for whoever reads them.
//!
//! Input → output: what writes to a [`Write`] → an HTTP body, a few blocks of which are in memory. Whoever stops reading stops the writer at its next
//! block; a writer that fails breaks the body off, so that what is not whole does not look so. One that dies does too: a body is whole only where
//! its writer said so.

use axum::body::{Body, Bytes};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes that are sent at once.
const BLOCK: usize = 64 << 10;

/// Blocks that wait for the reader.
const WAITING: usize = 4;

/// A body and what writes it; `write` runs on a thread of its own.
pub(super) fn streamed(write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Body {
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut blocks = Blocks { block: Vec::with_capacity(BLOCK), sender };
        let last = match write(&mut blocks).and_then(|()| blocks.flush()) {
            Ok(()) => Part::End,
            Err(error) => Part::Failure(error),
        };
        // Where nobody reads any more there is nobody to tell.
        let _ = blocks.sender.blocking_send(last);
    });
    Body::from_stream(Received { parts: receiver, is_whole: false })
}

/// What a writer hands over.
enum Part {
    Block(Bytes),
    /// All was written.
    End,
    Failure(io::Error),
}

/// Gathers what is written into blocks.
struct Blocks {
    block: Vec<u8>,
    sender: Sender<Part>,
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.block.extend_from_slice(bytes);
        if self.block.len() >= BLOCK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        self.sender.blocking_send(Part::Block(block.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// The blocks as they come.
struct Received {
    parts: Receiver<Part>,
    is_whole: bool,
}

impl futures_core::Stream for Received {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.is_whole {
            return Poll::Ready(None);
        }
        Poll::Ready(match ready!(self.parts.poll_recv(context)) {
            Some(Part::Block(block)) => Some(Ok(block)),
            Some(Part::Failure(error)) => Some(Err(error)),
            Some(Part::End) => {
                self.is_whole = true;
                None
            }
            None => Some(Err(io::Error::other("the writer died"))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a body; `Err` where it breaks off.
    fn read(write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Result<Bytes, axum::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { axum::body::to_bytes(streamed(write), usize::MAX).await })
    }

    #[test]
    fn a_body_is_whole_or_breaks_off() {
        let rows = vec![b'a'; WAITING * BLOCK * 2];
        let expected = rows.clone();
        assert_eq!(read(move |to| to.write_all(&rows)).unwrap(), expected);
        assert!(read(|to| to.write_all(b"a row").and(Err(io::ErrorKind::InvalidData.into()))).is_err(), "a writer that fails");
        assert!(read(|to| to.write_all(b"a row").map(|()| panic!("on purpose: the test of a writer that dies"))).is_err());
    }
}
