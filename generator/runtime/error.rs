//! Everything that can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde_json::Value;

use super::response::{RawResponse, Undecodable};

/// Why a call did not succeed. `E` lists the errors that the document declares for the operation.
#[derive(Debug)]
pub enum Error<E> {
    /// The server answered with an error that the document declares.
    Api(Box<ApiError<E>>),
    /// The server answered with a status that the document does not mention.
    UnexpectedStatus(UnexpectedStatus),
    /// The status is documented, the body is not what the document promises.
    Decode(DecodeError),
    /// The request did not reach the server, or the answer broke off.
    Transport(TransportError),
    /// The answer did not come in time.
    Timeout(TimeoutError),
    /// The request could not be built; nothing was sent.
    InvalidRequest(InvalidRequest),
}

impl<E> Error<E> {
    /// The status of the answer, when there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::UnexpectedStatus(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Transport(error) => error.status(),
            Self::Timeout(error) => error.status(),
            Self::InvalidRequest(_) => None,
        }
    }

    /// The answer as it arrived, when all of it did.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(error.response()),
            Self::UnexpectedStatus(error) => Some(error.response()),
            Self::Decode(error) => Some(error.response()),
            Self::Transport(_) | Self::Timeout(_) | Self::InvalidRequest(_) => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::UnexpectedStatus(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

impl<E: StdError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::UnexpectedStatus(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::InvalidRequest(error) => error.source(),
        }
    }
}

/// What stopped a call before the document had a say.
#[derive(Debug)]
pub(super) enum Failure {
    Transport(TransportError),
    Timeout(TimeoutError),
    InvalidRequest(InvalidRequest),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::InvalidRequest(error) => Self::InvalidRequest(error),
        }
    }
}

/// A documented error: which one, with its decoded body, and the answer it came in.
#[derive(Debug)]
pub struct ApiError<E> {
    kind: E,
    response: RawResponse,
}

impl<E> ApiError<E> {
    pub(super) fn new(kind: E, response: RawResponse) -> Self {
        Self { kind, response }
    }

    /// Which of the documented errors it is.
    pub fn kind(&self) -> &E {
        &self.kind
    }

    /// Which of the documented errors it is, taken out.
    pub fn into_kind(self) -> E {
        self.kind
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The answer as it arrived.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }
}

impl<E: fmt::Display> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl<E: StdError + 'static> StdError for ApiError<E> {}

/// A status that the document does not mention. The answer is kept whole.
#[derive(Debug)]
pub struct UnexpectedStatus {
    response: Box<RawResponse>,
}

impl UnexpectedStatus {
    pub(super) fn new(response: RawResponse) -> Self {
        Self {
            response: Box::new(response),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The answer as it arrived.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Display for UnexpectedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "undocumented status {}", self.status())?;
        let body = serde_json::from_slice(self.response.body());
        match body.ok().as_ref().and_then(message) {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl StdError for UnexpectedStatus {}

/// A body that is not what the document promises for its status. The answer is kept whole.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    response: Box<RawResponse>,
    source: serde_json::Error,
}

impl DecodeError {
    pub(super) fn new(undecodable: Undecodable, response: RawResponse) -> Self {
        Self {
            path: undecodable.path,
            response: Box::new(response),
            source: undecodable.source,
        }
    }

    /// The status, which the document declares.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The answer as it arrived.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// Where in the body decoding stopped: `tasks[2].interval`, or `.` for the whole body.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status();
        let content_type = self.response.content_type();
        if self.response.body.is_empty() {
            write!(f, "{status}: expected a JSON body, got none")
        } else if content_type.is_empty() || content_type.contains("json") {
            let Self { path, source, .. } = self;
            write!(f, "{status}: unexpected body at `{path}`: {source}")
        } else {
            write!(f, "{status}: expected a JSON body, got {content_type}")
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// How far a request had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// The connection was being made; nothing was sent.
    Connect,
    /// The request was being sent, or the answer's head was awaited.
    Send,
    /// The answer's body was being read.
    Body,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "while connecting",
            Self::Send => "while sending the request",
            Self::Body => "while reading the answer",
        })
    }
}

/// A connection that failed or broke off.
#[derive(Debug)]
pub struct TransportError {
    phase: Phase,
    status: Option<StatusCode>,
    source: reqwest::Error,
}

impl TransportError {
    /// How far the request had come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The status, when the answer had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: &dyn StdError = &self.source;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(f, "connection failed {}: {cause}", self.phase)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// A time-out, of the connection or of the whole call.
#[derive(Debug)]
pub struct TimeoutError {
    phase: Phase,
    status: Option<StatusCode>,
    source: reqwest::Error,
}

impl TimeoutError {
    /// How far the request had come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The status, when the answer had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timed out {}", self.phase)
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

impl Failure {
    /// Sorts an error of the HTTP client. The URL is taken out of it: a query may hold a secret.
    pub(super) fn new(source: reqwest::Error, status: Option<StatusCode>) -> Self {
        let source = source.without_url();
        let phase = match status {
            Some(_) => Phase::Body,
            None if source.is_connect() => Phase::Connect,
            None => Phase::Send,
        };
        if source.is_timeout() {
            Self::Timeout(TimeoutError {
                phase,
                status,
                source,
            })
        } else {
            Self::Transport(TransportError {
                phase,
                status,
                source,
            })
        }
    }
}

/// A request that could not be built: a missing credential, or a value that cannot be sent.
///
/// The value itself is never part of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest(String);

impl InvalidRequest {
    pub(super) fn parameter(operation: &str, part: &str, reason: &str) -> Self {
        Self(format!("`{part}` of `{operation}` {reason}"))
    }

    pub(super) fn missing_credential(operation: &str, wanted: &str) -> Self {
        Self(format!(
            "`{operation}` needs a credential: set {wanted} on the client's builder"
        ))
    }

    pub(super) fn address(operation: &str) -> Self {
        Self(format!("`{operation}` has no valid address"))
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidRequest {}

/// A client that could not be built.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<reqwest::Error>,
}

impl BuildError {
    pub(super) fn base_url(text: &str, reason: &str) -> Self {
        Self {
            message: format!("`{text}` is no base URL: {reason}"),
            source: None,
        }
    }

    pub(super) fn http_client(source: reqwest::Error) -> Self {
        Self {
            message: "the HTTP client could not be set up".to_owned(),
            source: Some(source),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// Writes a documented error: its status, and the server's own message where the body has one.
pub(crate) fn describe<B: Serialize>(
    f: &mut fmt::Formatter<'_>,
    status: &str,
    body: &B,
) -> fmt::Result {
    f.write_str(status)?;
    let body = serde_json::to_value(body);
    match body.ok().as_ref().and_then(message) {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}

/// The message of an error body, under the names that servers use for it ("Problem Details",
/// RFC 9457, among them), outermost first.
fn message(body: &Value) -> Option<&str> {
    const NAMES: [&str; 7] = [
        "message",
        "detail",
        "error_description",
        "title",
        "error",
        "errors",
        "reason",
    ];
    match body {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Array(items) => items.iter().find_map(message),
        Value::Object(members) => NAMES
            .iter()
            .find_map(|name| members.get(*name).and_then(message)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
