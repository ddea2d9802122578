//! Calls whose responses are read item by item.

use std::convert::Infallible;
use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use crate::runtime::exchange::call::{Call, CallFuture};
use crate::runtime::exchange::error::Error;
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::read::reader::Format;
use crate::runtime::read::stream::{Decode, ResponseStream};
use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::receive::response::Response;
use crate::runtime::send::options::Retry;
#[cfg(feature = "mock")]
use crate::runtime::send::recorded::RecordedCall;
use crate::runtime::send::request::Request;

/// A call whose success is read item by item: `T` is an item, `E` lists the documented errors.
/// `S` is what the same operation succeeds with where it is no stream.
///
/// Awaiting it sends it, and is done as soon as the status and the headers are there.
#[must_use = "a call is sent when it is awaited"]
pub struct StreamCall<T, S, E> {
    call: Call<S, E>,
    format: Format,
    decode: Decode<T>,
    reconnects: bool,
}

impl<T, S, E> StreamCall<T, S, E> {
    pub(crate) fn new(mut call: Call<S, E>, format: Format, decode: Decode<T>) -> Self {
        call.request().accept(format.content_type());
        Self {
            call,
            format,
            decode,
            reconnects: false,
        }
    }

    /// Connects again when the connection of an event stream ends or breaks off, after three
    /// seconds or as long as the server asks for, and goes on after the last event that had an
    /// `id`. A failure is still given as an error, and the next event can be asked for after it.
    /// The stream is over when the server says so, with 204 or with no success.
    ///
    /// Streams of lines or bytes, and requests with a body that is a stream, end as they do
    /// without it.
    pub fn reconnect(mut self) -> Self {
        self.reconnects = matches!(self.format, Format::Events(_));
        self
    }

    /// Starts after the event with this id (`Last-Event-ID`).
    pub fn last_event_id(self, id: &str) -> Self {
        self.header("last-event-id", id)
    }

    /// Sets the time limit of the whole stream. Default: none for the stream, that of the client for the
    /// status and the headers.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call = self.call.timeout(timeout);
        self
    }

    /// Sets how long the server may be silent within the stream.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.call = self.call.read_timeout(timeout);
        self
    }

    /// Sets how many bytes an item may have, and the body of an error.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.call = self.call.body_limit(bytes);
        self
    }

    /// Sets when this call is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.call = self.call.retry(retry);
        self
    }

    /// Adds a header to this call. A second one of the same name replaces the first.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
    }

    /// Sends the call, and waits for the status and the headers of its response.
    ///
    /// # Errors
    ///
    /// Those of the call.
    ///
    /// # Panics
    ///
    /// It is called within an asynchronous context.
    #[cfg(feature = "blocking")]
    pub fn blocking_send(self) -> Result<Response<ResponseStream<T>>, Error<E>>
    where
        T: 'static,
        S: 'static,
        E: 'static,
    {
        crate::runtime::exchange::blocking::wait(self)
    }

    /// Clones the call, so that it can be sent again; `None` where its body is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self {
            call: self.call.try_clone()?,
            format: self.format,
            decode: self.decode,
            reconnects: self.reconnects,
        })
    }

    /// The request, to be changed.
    pub(crate) fn request(&mut self) -> &mut Request {
        self.call.request()
    }
}

impl<T, S, E> fmt::Debug for StreamCall<T, S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

impl<T: 'static, S: 'static, E: 'static> IntoFuture for StreamCall<T, S, E> {
    type Output = Result<Response<ResponseStream<T>>, Error<E>>;
    type IntoFuture = CallFuture<ResponseStream<T>, E>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let read = self.call.read;
            let (core, mut request, security) = self.call.into_parts();
            #[cfg(feature = "mock")]
            if let Some(answer) = core.answer::<Vec<T>, E>(&mut request, true) {
                return answer.map(|response| response.map(ResponseStream::of));
            }
            let again = if self.reconnects {
                request.try_clone()
            } else {
                None
            };
            let mut opened = core.open(&mut request, security, true).await?;
            let status = opened.response.status;
            if !status.is_success() || !self.format.is_of(&opened.response.headers) {
                opened.whole().await?;
                return Err(refused(read, opened.response));
            }
            let again = again.map(|request| (core, request, security));
            let (items, headers) = ResponseStream::new(opened, self.format, self.decode, again);
            Ok(Response::new(items, status, headers))
        })
    }
}

#[cfg(feature = "mock")]
impl<T, S, E> From<StreamCall<T, S, E>> for RecordedCall {
    fn from(call: StreamCall<T, S, E>) -> Self {
        call.call.into()
    }
}

/// The error that a response is which is no stream.
fn refused<S, E>(read: fn(&RawResponse) -> Outcome<S, E>, response: RawResponse) -> Error<E> {
    let outcome: Outcome<Infallible, E> = if response.status.is_success() {
        Outcome::Undecodable(Undecodable::custom("the response is not a stream"))
    } else {
        match read(&response) {
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Undecodable(why) => Outcome::Undecodable(why),
            Outcome::Success(_) | Outcome::Undocumented => Outcome::Undocumented,
        }
    };
    match outcome.into_result(response) {
        Ok(never) => match *never {},
        Err(error) => error,
    }
}
