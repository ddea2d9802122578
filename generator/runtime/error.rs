//! Everything that can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;

use super::message::message;
use super::response::{RawResponse, Undecodable};
use super::transport::{TimeoutError, TransportError};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

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

/// A documented error: which one, with its decoded body, and the answer it came in.
#[derive(Debug)]
pub struct ApiError<E> {
    kind: E,
    response: RawResponse,
}

impl<E> ApiError<E> {
    pub(crate) fn new(kind: E, response: RawResponse) -> Self {
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
    pub(crate) fn new(response: RawResponse) -> Self {
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
    pub(crate) fn new(undecodable: Undecodable, response: RawResponse) -> Self {
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
            write!(f, "{status}: expected a body, got none")
        } else if self.source.is_data() || content_type.is_empty() || content_type.contains("json")
        {
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

/// A request that could not be built: a missing credential, or a value that cannot be sent.
///
/// The value itself is never part of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest(String);

impl InvalidRequest {
    pub(crate) fn parameter(operation: &str, part: &str, reason: &str) -> Self {
        Self(format!("`{part}` of `{operation}` {reason}"))
    }

    pub(crate) fn missing_credential(operation: &str, wanted: &str) -> Self {
        Self(format!(
            "`{operation}` needs a credential: set {wanted} on the client's builder"
        ))
    }

    pub(crate) fn foreign(operation: &str) -> Self {
        Self(format!(
            "the next page of `{operation}` is on another server"
        ))
    }

    pub(crate) fn address(operation: &str) -> Self {
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
    pub(crate) fn base_url(text: &str, reason: &str) -> Self {
        Self {
            message: format!("`{}` is no base URL: {reason}", without_secrets(text)),
            source: None,
        }
    }

    pub(crate) fn header(message: String) -> Self {
        Self {
            message,
            source: None,
        }
    }

    pub(crate) fn http_client(source: reqwest::Error) -> Self {
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

/// A URL without what may be a secret: user and password, and what follows the path.
fn without_secrets(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let start = url.find("://").map_or(0, |at| at + "://".len());
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    match url[start..end].rsplit_once('@') {
        Some((_, host)) => format!("{}…@{host}{}", &url[..start], &url[end..]),
        None => url.to_owned(),
    }
}
