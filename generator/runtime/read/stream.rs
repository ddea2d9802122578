//! Responses that are read item by item.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
#[cfg(feature = "mock")]
use std::vec::IntoIter;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use http_body::Body as _;
use tokio::time::Sleep;

use crate::runtime::auth::security::Security;
use crate::runtime::exchange::attempts::is_temporary;
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::opened::Opened;
use crate::runtime::read::error::StreamError;
use crate::runtime::read::reader::{Format, Raw, Reader};
use crate::runtime::send::body::Body;
use crate::runtime::send::options::Retry;
use crate::runtime::send::request::Request;
use crate::runtime::wire::failure::{Failure, Phase};
use crate::runtime::wire::time::Time;

/// How an item becomes a value.
pub(crate) type Decode<T> = fn(Raw) -> Result<T, serde_json::Error>;

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
    /// The items of a test double.
    #[cfg(feature = "mock")]
    given: Option<Box<IntoIter<T>>>,
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
        let wait = reader.retry().unwrap_or(RETRY).clamp(LEAST_WAIT, MOST_WAIT);
        let request = self.request.try_clone();
        let Some(mut request) = request.filter(|_| self.time.has(wait)) else {
            return State::Over;
        };
        request.head.options.timeout = self.time.left().map(|left| left.saturating_sub(wait));
        request.head.options.retry = Some(Retry::never());
        let (core, security) = (self.core.clone(), self.security);
        State::Opening(Box::pin(async move {
            tokio::time::sleep(wait).await;
            core.open(&mut request, security, true).await
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
    /// The items of a response that has begun, and its headers; what it takes to connect again, where that
    /// is done.
    pub(crate) fn new(
        opened: Opened,
        format: Format,
        decode: Decode<T>,
        again: Option<(Core, Request, Security)>,
    ) -> (Self, HeaderMap) {
        let Opened {
            response,
            body,
            time,
            is_endless,
            limit,
        } = opened;
        let time = if is_endless { time.endless() } else { time };
        let items = Self {
            state: State::Reading(body.unwrap_or_default()),
            silence: Silence::new(time),
            status: response.status,
            reader: Reader::new(format, limit),
            decode,
            again: again.map(|(core, request, security)| Again {
                core,
                request,
                security,
                time,
            }),
            #[cfg(feature = "mock")]
            given: None,
        };
        (items, response.headers)
    }

    /// These items.
    #[cfg(feature = "mock")]
    pub(crate) fn of(items: Vec<T>) -> Self {
        Self {
            state: State::Over,
            silence: Silence::new(Time::new(None, None)),
            status: StatusCode::OK,
            reader: Reader::new(Format::Bytes(""), 0),
            decode: |_| Err(serde::de::Error::custom("there is nothing to decode")),
            again: None,
            given: Some(Box::new(items.into_iter())),
        }
    }

    /// Returns the next item, or `None` at the end.
    ///
    /// # Errors
    ///
    /// The connection has failed, the time is over, or an item is not what the document promises.
    /// After an item that cannot be decoded, the next one can be asked for.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Waits for the next item: `None` at the end.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next).
    ///
    /// # Panics
    ///
    /// It is called within an asynchronous context.
    #[cfg(feature = "blocking")]
    pub fn blocking_next(&mut self) -> Option<Result<T, StreamError>> {
        crate::runtime::exchange::blocking::wait(self.next())
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
        #[cfg(feature = "mock")]
        if let Some(given) = &mut this.given {
            return Poll::Ready(given.next().map(Ok));
        }
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
