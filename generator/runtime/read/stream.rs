//! Responses that are read item by item.

use std::convert::Infallible;
use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;
use http_body::Body as _;
use tokio::time::Sleep;

use crate::runtime::auth::security::Security;
use crate::runtime::exchange::attempts::is_temporary;
use crate::runtime::exchange::call::{Call, CallFuture};
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::error::Error;
use crate::runtime::exchange::opened::Opened;
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::read::error::StreamError;
use crate::runtime::read::reader::{Format, Raw, Reader};
use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::receive::response::Response;
use crate::runtime::send::body::Body;
use crate::runtime::send::options::Retry;
use crate::runtime::send::request::Request;
use crate::runtime::wire::failure::{Failure, Phase};
use crate::runtime::wire::time::Time;

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
            let opened = core.open(request, security, true).await?;
            let status = opened.response.status;
            if !status.is_success() || !self.format.is_of(&opened.response.headers) {
                return Err(refused(read, opened.whole().await?.response));
            }
            let Opened {
                response,
                body,
                time,
                limit,
            } = opened;
            let items = ResponseStream {
                state: State::Reading(body.unwrap_or_default()),
                silence: Silence::new(time),
                reader: Reader::new(self.format, limit),
                decode: self.decode,
                status,
                again: again.map(|request| Again {
                    core,
                    request,
                    security,
                    time,
                }),
            };
            Ok(Response::new(items, status, response.headers))
        })
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

/// The items of a response, as they arrive. Dropping it closes the connection.
///
/// [`next`](Self::next) reads them one by one; it is a `futures` `Stream`, too.
pub struct ResponseStream<T> {
    state: State,
    silence: Silence,
    status: StatusCode,
    reader: Reader,
    decode: Decode<T>,
    again: Option<Again>,
}

enum State {
    Reading(Body),
    /// The connection is made again.
    Opening(Pin<Box<dyn Future<Output = Result<Opened, Failure>> + Send>>),
    Over,
}

/// How long the server has been silent.
struct Silence {
    time: Time,
    until: Option<Pin<Box<Sleep>>>,
}

impl Silence {
    fn new(time: Time) -> Self {
        Self { time, until: None }
    }

    /// The server has been heard.
    fn is_broken(&mut self) {
        self.until = None;
    }

    /// Waits until it has been silent for too long, or the time is over.
    fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.until.is_none() {
            let end = self.time.next_end();
            let sleep = end.map(|end| Box::pin(tokio::time::sleep_until(end.into())));
            self.until = sleep;
        }
        match &mut self.until {
            Some(until) => until.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

/// What it takes to connect again.
struct Again {
    core: Core,
    request: Request,
    security: Security,
    time: Time,
}

impl Again {
    /// Goes on after the last event ("Server-sent events", HTML Living Standard, "reestablish the
    /// connection").
    #[inline]
    fn opening(&mut self, reader: &Reader) -> State {
        match reader.last_id() {
            // An id that no header can carry is none.
            Some(id) if !id.is_empty() && !id.chars().any(char::is_control) => {
                self.request.header("last-event-id", id);
            }
            Some(_) => drop(self.request.head.headers.remove("last-event-id")),
            None => {}
        }
        let left = self.time.left();
        let Some(mut request) = self
            .request
            .try_clone()
            .filter(|_| left != Some(Duration::ZERO))
        else {
            return State::Over;
        };
        request.head.options.timeout = left;
        request.head.options.retry = Some(Retry::never());
        let (core, security) = (self.core.clone(), self.security);
        let wait = reader.retry().unwrap_or(RETRY).clamp(LEAST_WAIT, MOST_WAIT);
        State::Opening(Box::pin(async move {
            tokio::time::sleep(wait).await;
            core.open(request, security, true).await
        }))
    }
}

/// How long to wait before connecting again, where the server does not say.
const RETRY: Duration = Duration::from_secs(3);
/// How long to wait at least, whatever the server says.
const LEAST_WAIT: Duration = Duration::from_millis(100);
/// How long to wait at most, whatever the server says.
const MOST_WAIT: Duration = Duration::from_secs(60);

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
        self.silence.is_broken();
        self.state = match &mut self.again {
            Some(again) if !self.reader.is_done() => again.opening(&self.reader),
            Some(_) | None => State::Over,
        };
        self.reader.restart();
    }

    /// What a response to another request means: the stream goes on, ends, or is refused.
    fn reopened(&mut self, opened: Opened) -> Result<(), StreamError> {
        let status = opened.response.status;
        let is_of = self.reader.format().is_of(&opened.response.headers);
        if status.is_success() && status != StatusCode::NO_CONTENT && is_of {
            self.state = State::Reading(opened.body.unwrap_or_default());
            return Ok(());
        }
        self.state = State::Over;
        if status == StatusCode::NO_CONTENT {
            return Ok(());
        }
        if is_temporary(status) {
            self.go_on();
        }
        Err(StreamError::Refused(status))
    }
}

impl<T> Stream for ResponseStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.reader.next() {
                let piece = item.data.clone();
                let decoded = (this.decode)(item);
                let decoded = decoded.map_err(|source| StreamError::decode(piece, source));
                return Poll::Ready(Some(decoded));
            }
            if let Some(start) = this.reader.too_long() {
                this.go_on();
                let source = serde::de::Error::custom("it is too long; see `body_limit`");
                return Poll::Ready(Some(Err(StreamError::decode(start, source))));
            }
            if this.reader.is_over() {
                this.go_on();
            }
            let failure = match &mut this.state {
                State::Reading(body) => match Pin::new(body).poll_frame(context) {
                    Poll::Ready(Some(Ok(frame))) => {
                        this.silence.is_broken();
                        if let Some(data) = frame.data_ref() {
                            this.reader.feed(data);
                        }
                        continue;
                    }
                    Poll::Ready(None) => {
                        this.reader.end();
                        continue;
                    }
                    Poll::Ready(Some(Err(cause))) => Failure::of_body(cause),
                    Poll::Pending => {
                        ready!(this.silence.poll_end(context));
                        Failure::timed_out(Phase::Body)
                    }
                },
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(opened) => match this.reopened(opened) {
                        Ok(()) => continue,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    },
                    Err(failure) => failure,
                },
                State::Over => return Poll::Ready(None),
            };
            this.go_on();
            return Poll::Ready(Some(Err(failure.of(this.status).into())));
        }
    }
}

impl<T> fmt::Debug for ResponseStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseStream").finish_non_exhaustive()
    }
}
