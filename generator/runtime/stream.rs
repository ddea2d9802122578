//! Answers that are read piece by piece.

use std::convert::Infallible;
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use super::call::Call;
use super::error::Error;
use super::events::{Format, Raw, Reader};
use super::request::Request;
use super::response::{Outcome, RawResponse, Response, Undecodable};
use super::transport::{Failure, TimeoutError, TransportError};

/// A call whose success is read piece by piece: `T` is a piece, `E` lists the documented errors.
/// `S` is what the same operation succeeds with where it is no stream.
///
/// Awaiting it sends it, and answers as soon as the status and the headers are there.
#[must_use = "a call is sent when it is awaited"]
pub struct StreamCall<'a, T, S, E> {
    call: Call<'a, S, E>,
    format: Format,
    decode: Decode<T>,
}

/// How a piece becomes a value.
type Decode<T> = fn(Raw) -> Result<T, serde_json::Error>;

impl<'a, T, S, E> StreamCall<'a, T, S, E> {
    pub(crate) fn new(call: Call<'a, S, E>, format: Format, decode: Decode<T>) -> Self {
        Self {
            call: call.header("accept", format.content_type()),
            format,
            decode,
        }
    }

    /// How long the whole stream may take; there is no limit where none is set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call = self.call.timeout(timeout);
        self
    }

    /// Sends one more header with this call; the same name given again replaces it.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
    }

    /// The request, to be changed.
    pub(crate) fn request(&mut self) -> &mut Request {
        self.call.request()
    }
}

impl<T, S, E> fmt::Debug for StreamCall<'_, T, S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

impl<'a, T: 'a, S: 'a, E: 'a> IntoFuture for StreamCall<'a, T, S, E> {
    type Output = Result<Response<Pieces<T>>, Error<E>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self {
                call,
                format,
                decode,
            } = self;
            let read = call.read;
            let mut response = call.open().await?;
            let status = response.status();
            let headers = std::mem::take(response.headers_mut());
            if status.is_success() && format.is_of(&headers) {
                let pieces = Pieces {
                    response,
                    reader: Reader::new(format),
                    decode,
                };
                return Ok(Response::new(pieces, status, headers));
            }
            let body = response.bytes().await;
            let body = body.map_err(|error| Failure::new(error, Some(status)))?;
            let answer = RawResponse {
                status,
                headers,
                body: body.into(),
            };
            let outcome: Outcome<Infallible, E> = if status.is_success() {
                Outcome::Undecodable(Undecodable::custom("the answer is no stream"))
            } else {
                match read(&answer) {
                    Outcome::Error(error) => Outcome::Error(error),
                    Outcome::Undecodable(why) => Outcome::Undecodable(why),
                    Outcome::Success(_) | Outcome::Undocumented => Outcome::Undocumented,
                }
            };
            match outcome.into_result(answer) {
                Ok(never) => match never.into_inner() {},
                Err(error) => Err(error),
            }
        })
    }
}

/// The pieces of an answer, as they arrive. Dropping it closes the connection.
pub struct Pieces<T> {
    response: reqwest::Response,
    reader: Reader,
    decode: Decode<T>,
}

impl<T> Pieces<T> {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection has failed, the time is over, or a piece is not what the document promises.
    /// After a piece that cannot be decoded, the next one can be asked for.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        loop {
            if let Some(piece) = self.reader.next() {
                return Some((self.decode)(piece).map_err(StreamError::Decode));
            }
            if self.reader.is_over() {
                return None;
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => self.reader.feed(&bytes),
                Ok(None) => self.reader.end(),
                Err(error) => {
                    self.reader.end();
                    let status = self.response.status();
                    return Some(Err(match Failure::new(error, Some(status)) {
                        Failure::Timeout(error) => StreamError::Timeout(error),
                        Failure::Transport(error) => StreamError::Transport(error),
                        Failure::InvalidRequest(_) => return None,
                    }));
                }
            }
        }
    }

    /// The id of the last event that had one (`Last-Event-ID`).
    pub fn last_event_id(&self) -> Option<&str> {
        self.reader.last_id()
    }
}

impl<T> fmt::Debug for Pieces<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pieces").finish_non_exhaustive()
    }
}

/// What can go wrong with a stream after it has begun.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection broke off.
    Transport(TransportError),
    /// The time that the call was given is over.
    Timeout(TimeoutError),
    /// A piece is not what the document promises.
    Decode(serde_json::Error),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(error) => write!(f, "unexpected piece: {error}"),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Decode(error) => Some(error),
        }
    }
}
