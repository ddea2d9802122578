//! Bodies: bytes, or a stream.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;

/// The body of a request or a response: bytes, text, or a stream of them.
///
/// It is made of anything that is bytes or text, and of a `tokio::fs::File` with the cargo feature
/// `stream`. It is read by the trait `http_body::Body`.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    /// The mutex is never locked while a body is read: it is there so that calls can be shared.
    Stream(Mutex<UnsyncBoxBody<Bytes, Cause>>),
}

/// Why a body could not be read.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

impl Body {
    /// Creates a body that is read from another one as it is sent.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>>
            + Send
            + 'static,
    {
        let body = body.map_err(Into::into).boxed_unsync();
        Self(Content::Stream(Mutex::new(body)))
    }

    /// Creates a body that is read from a stream as it is sent.
    pub fn wrap_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::wrap(Streamed(Box::pin(stream)))
    }

    /// Returns the bytes, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The bytes; the body itself where it is a stream.
    pub(crate) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Stream(_) => Err(self),
        }
    }

    /// Clones the body; `None` where it is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Content::Bytes(bytes) => Some(Self(Content::Bytes(bytes.clone()))),
            Content::Stream(_) => None,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(Content::Bytes(Bytes::new()))
    }
}

macro_rules! from_bytes {
    ($($ty:ty),*) => {
        $(impl From<$ty> for Body {
            fn from(bytes: $ty) -> Self {
                Self(Content::Bytes(bytes.into()))
            }
        })*
    };
}

from_bytes!(Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Stream(inner) => {
                let inner = inner.get_mut().unwrap_or_else(PoisonError::into_inner);
                Pin::new(inner).poll_frame(context)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.as_bytes().is_some_and(<[u8]>::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Bytes(bytes) => {
                SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            }
            Content::Stream(inner) => {
                let inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
                inner.size_hint()
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

struct Streamed<S>(Pin<Box<S>>);

impl<S, B, E> http_body::Body for Streamed<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Cause>,
{
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let item = ready!(self.0.as_mut().poll_next(context));
        let frame = |bytes: B| Frame::data(bytes.into());
        Poll::Ready(item.map(|item| item.map(frame).map_err(Into::into)))
    }
}
