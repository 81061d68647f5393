//! A body that is sent as it is made: rows from a thread that may have to wait for whoever reads them.
//!
//! Input → output: what writes to a [`Write`] → an HTTP body, a few blocks of which are in memory. Whoever stops reading stops the writer at its next
//! block; a writer that fails breaks the body off, so that what is not whole does not look so.

use axum::body::{Body, Bytes};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
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
        if let Err(error) = write(&mut blocks).and_then(|()| blocks.flush()) {
            // Where nobody reads any more there is nobody to tell.
            let _ = blocks.sender.blocking_send(Err(error));
        }
    });
    Body::from_stream(Received(receiver))
}

/// Gathers what is written into blocks.
struct Blocks {
    block: Vec<u8>,
    sender: Sender<io::Result<Bytes>>,
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
        self.sender.blocking_send(Ok(block.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// The blocks as they come.
struct Received(Receiver<io::Result<Bytes>>);

impl futures_core::Stream for Received {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        self.0.poll_recv(context)
    }
}
