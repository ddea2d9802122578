//! Responses that are read item by item.

use std::convert::Infallible;
use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_core::Stream;
use http_body::Body as _;
use reqwest::{Body, StatusCode};

use crate::runtime::auth::security::Security;
use crate::runtime::exchange::call::{Call, CallFuture};
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::error::Error;
use crate::runtime::exchange::failure::{Failure, TimeoutError, TransportError};
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::read::events::{Format, Raw, Reader};
use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::receive::response::Response;
use crate::runtime::send::invalid::InvalidRequest;
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

/// How an item becomes a value.
type Decode<T> = fn(Raw) -> Result<T, serde_json::Error>;

impl<T, S, E> StreamCall<T, S, E> {
    pub(crate) fn new(call: Call<S, E>, format: Format, decode: Decode<T>) -> Self {
        Self {
            call: call.header("accept", format.content_type()),
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

    /// Sets the time limit of the whole stream. Default: none.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call = self.call.timeout(timeout);
        self
    }

    /// Adds a header to this call. A second one of the same name replaces the first.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call = self.call.header(name, value);
        self
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
            let (core, request, security) = self.call.into_parts();
            let again = if self.reconnects {
                request.try_clone()
            } else {
                None
            };
            let started = Instant::now();
            let operation = request.head.operation;
            let mut response = core.open(request, security).await?;
            let status = response.status();
            let headers = std::mem::take(response.headers_mut());
            if status.is_success() && self.format.is_of(&headers) {
                let items = ResponseStream {
                    state: State::Reading(Body::from(response)),
                    status,
                    reader: Reader::new(self.format),
                    decode: self.decode,
                    again: again.map(|request| Again {
                        core,
                        deadline: request.head.timeout.map(|timeout| started + timeout),
                        request,
                        security,
                    }),
                };
                return Ok(Response::new(items, status, headers));
            }
            let body = response.bytes().await;
            let body = body.map_err(|error| Failure::new(error, Some(status)))?;
            let response = RawResponse {
                operation,
                status,
                headers,
                body: body.into(),
            };
            let outcome: Outcome<Infallible, E> = if status.is_success() {
                Outcome::Undecodable(Undecodable::custom("the response is not a stream"))
            } else {
                match read(&response) {
                    Outcome::Error(error) => Outcome::Error(error),
                    Outcome::Undecodable(why) => Outcome::Undecodable(why),
                    Outcome::Success(_) | Outcome::Undocumented => Outcome::Undocumented,
                }
            };
            match outcome.into_result(response) {
                Ok(never) => match never.into_inner() {},
                Err(error) => Err(error),
            }
        })
    }
}

/// The items of a response, as they arrive. Dropping it closes the connection.
///
/// [`next`](Self::next) reads them one by one; it is a `futures` `Stream`, too.
pub struct ResponseStream<T> {
    state: State,
    status: StatusCode,
    reader: Reader,
    decode: Decode<T>,
    again: Option<Again>,
}

enum State {
    Reading(Body),
    /// The connection is made again.
    Opening(Pin<Box<dyn Future<Output = Result<reqwest::Response, Failure>> + Send>>),
    Over,
}

/// What it takes to connect again.
struct Again {
    core: Core,
    request: Request,
    security: Security,
    /// When the time of the whole stream is over.
    deadline: Option<Instant>,
}

impl Again {
    /// Goes on after the last event ("Server-sent events", HTML Living Standard, "reestablish the
    /// connection").
    #[inline]
    fn opening(&mut self, reader: &Reader) -> State {
        match reader.last_id() {
            Some("") => drop(self.request.head.headers.remove("last-event-id")),
            Some(id) => self.request.header("last-event-id", id),
            None => {}
        }
        let left = self
            .deadline
            .map(|end| end.saturating_duration_since(Instant::now()));
        let Some(mut request) = self
            .request
            .try_clone()
            .filter(|_| left != Some(Duration::ZERO))
        else {
            return State::Over;
        };
        request.head.timeout = left;
        let (core, security) = (self.core.clone(), self.security);
        let wait = reader.retry().unwrap_or(RETRY).max(LEAST_WAIT);
        State::Opening(Box::pin(async move {
            tokio::time::sleep(wait).await;
            core.open(request, security).await
        }))
    }
}

/// How long to wait before connecting again, where the server does not say.
const RETRY: Duration = Duration::from_secs(3);
/// How long to wait at least, whatever the server says.
const LEAST_WAIT: Duration = Duration::from_millis(100);

impl<T> ResponseStream<T> {
    /// Returns the next item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection has failed, the time is over, or an item is not what the document promises.
    /// After an item that cannot be decoded, the next one can be asked for.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the id of the last event that had one (`Last-Event-ID`).
    pub fn last_event_id(&self) -> Option<&str> {
        self.reader.last_id()
    }

    /// What comes after the end of a connection.
    fn go_on(&mut self) {
        self.state = match &mut self.again {
            Some(again) if !self.reader.is_done() => again.opening(&self.reader),
            Some(_) | None => State::Over,
        };
        self.reader.restart();
    }
}

impl<T> Stream for ResponseStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.reader.next() {
                return Poll::Ready(Some((this.decode)(item).map_err(StreamError::Decode)));
            }
            if this.reader.is_over() {
                this.go_on();
            }
            match &mut this.state {
                State::Reading(body) => match ready!(Pin::new(body).poll_frame(context)) {
                    Some(Ok(frame)) => frame.data_ref().map_or((), |data| this.reader.feed(data)),
                    None => this.reader.end(),
                    Some(Err(error)) => {
                        this.go_on();
                        let failure = Failure::new(error, Some(this.status));
                        return Poll::Ready(Some(Err(failure.into())));
                    }
                },
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(response) if response.status() == StatusCode::NO_CONTENT => {
                        this.state = State::Over;
                    }
                    Ok(response)
                        if response.status().is_success()
                            && this.reader.format().is_of(response.headers()) =>
                    {
                        this.state = State::Reading(Body::from(response));
                    }
                    Ok(response) => {
                        this.state = State::Over;
                        let error = StreamError::Refused(response.status());
                        return Poll::Ready(Some(Err(error)));
                    }
                    Err(failure) => {
                        this.go_on();
                        return Poll::Ready(Some(Err(failure.into())));
                    }
                },
                State::Over => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for ResponseStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseStream").finish_non_exhaustive()
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
    /// An item is not what the document promises.
    Decode(serde_json::Error),
    /// The server did not go on with the stream, and responded with this status.
    Refused(StatusCode),
    /// The request could not be sent again.
    InvalidRequest(InvalidRequest),
}

impl From<Failure> for StreamError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::InvalidRequest(error) => Self::InvalidRequest(error),
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(error) => write!(f, "unexpected item: {error}"),
            Self::Refused(status) => write!(f, "the stream does not go on: {status}"),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Decode(error) => Some(error),
            Self::Refused(_) => None,
            Self::InvalidRequest(error) => error.source(),
        }
    }
}
