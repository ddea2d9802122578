//! Files as bodies, with the cargo feature `stream`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Frame;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use crate::runtime::send::body::Body;

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;

/// The file is read while it is sent.
impl From<File> for Body {
    fn from(file: File) -> Self {
        Self::wrap(Read {
            file,
            buffer: vec![0; CHUNK],
        })
    }
}

struct Read {
    file: File,
    buffer: Vec<u8>,
}

impl http_body::Body for Read {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Self { file, buffer } = self.get_mut();
        let mut read = ReadBuf::new(buffer);
        if let Err(error) = ready!(Pin::new(file).poll_read(context, &mut read)) {
            return Poll::Ready(Some(Err(error)));
        }
        let bytes = read.filled();
        let frame = (!bytes.is_empty()).then(|| Ok(Frame::data(Bytes::copy_from_slice(bytes))));
        Poll::Ready(frame)
    }
}
