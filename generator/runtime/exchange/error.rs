//! Everything that can go wrong with a call, and with a client.

use std::error::Error as StdError;
use std::fmt;

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;
use serde_json::Value;
use url::Url;

use crate::runtime::exchange::attempts::is_temporary;
use crate::runtime::receive::error::{ApiError, DecodeError, UnexpectedStatus};
use crate::runtime::receive::raw::RawResponse;
use crate::runtime::send::body::Cause;
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::wire::failure::{Failure, Phase, TimeoutError, TokenError, TransportError};

/// Why a call did not succeed. `E` is what the document declares as the operation's errors.
#[non_exhaustive]
pub enum Error<E> {
    /// The server responded with an error that the document declares.
    Api(Box<ApiError<E>>),
    /// The server responded with a status that the document does not mention.
    UnexpectedStatus(UnexpectedStatus),
    /// The status is documented, the body is not what the document promises.
    Decode(DecodeError),
    /// The request did not reach the server, or the response broke off.
    Transport(TransportError),
    /// The response did not come in time.
    Timeout(TimeoutError),
    /// There is no access token; nothing was sent.
    Token(TokenError),
    /// The request could not be built; nothing was sent.
    InvalidRequest(InvalidRequest),
}

impl<E> Error<E> {
    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::UnexpectedStatus(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Transport(error) => error.status(),
            Self::Timeout(error) => error.status(),
            Self::Token(_) | Self::InvalidRequest(_) => None,
        }
    }

    /// Returns the response as it arrived, if all of it did.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(error.response()),
            Self::UnexpectedStatus(error) => Some(error.response()),
            Self::Decode(error) => Some(error.response()),
            Self::Transport(_) | Self::Timeout(_) | Self::Token(_) | Self::InvalidRequest(_) => {
                None
            }
        }
    }
}

impl<E> Error<E> {
    /// Returns the documented error, if it is one.
    pub fn kind(&self) -> Option<&E> {
        match self {
            Self::Api(error) => Some(error.kind()),
            Self::UnexpectedStatus(_)
            | Self::Decode(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Token(_)
            | Self::InvalidRequest(_) => None,
        }
    }

    /// Returns the server's own message: the text of `message`, `detail`, `error` or the like in the
    /// body.
    pub fn message(&self) -> Option<String> {
        self.response().and_then(RawResponse::message)
    }

    /// Returns the id that the server has given the request, from the header `x-request-id` or one
    /// of its variants.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// Returns how often the request was sent; zero where it was not.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) => error.response().attempts,
            Self::UnexpectedStatus(error) => error.response().attempts,
            Self::Decode(error) => error.response().attempts,
            Self::Transport(error) => error.attempts(),
            Self::Timeout(error) => error.attempts(),
            Self::Token(_) | Self::InvalidRequest(_) => 0,
        }
    }

    /// Whether the same call may succeed later: the connection failed, a time limit was exceeded, or the
    /// server says so by the status 408, 429, 502, 503 or 504.
    ///
    /// Whether it is safe to send it again is another question: see [`Retry`](crate::runtime::Retry).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Timeout(_) => true,
            Self::Token(_) | Self::InvalidRequest(_) => false,
            Self::Api(_) | Self::UnexpectedStatus(_) | Self::Decode(_) => {
                self.status().is_some_and(is_temporary)
            }
        }
    }

    /// Returns how long to wait before the next attempt, where the server says so (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.response().and_then(RawResponse::retry_after)
    }

    /// Returns the body of the response as text, with what is not UTF-8 replaced.
    pub fn body_text(&self) -> Option<Cow<'_, str>> {
        self.response().map(RawResponse::text)
    }

    /// Whether a time limit was exceeded.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether no connection could be made, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Transport(error) => error.phase() == Phase::Connect,
            Self::Timeout(error) => error.phase() == Phase::Connect,
            Self::Api(_)
            | Self::UnexpectedStatus(_)
            | Self::Decode(_)
            | Self::Token(_)
            | Self::InvalidRequest(_) => false,
        }
    }

    /// Converts into an error that is the same for all operations. A documented error is its body
    /// as JSON then, or as text where it is no JSON.
    pub fn into_any(self) -> Error<Value> {
        match self {
            Self::Api(error) => Error::Api(Box::new(error.into_any())),
            Self::UnexpectedStatus(error) => Error::UnexpectedStatus(error),
            Self::Decode(error) => Error::Decode(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Timeout(error) => Error::Timeout(error),
            Self::Token(error) => Error::Token(error),
            Self::InvalidRequest(error) => Error::InvalidRequest(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::UnexpectedStatus(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::UnexpectedStatus(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::UnexpectedStatus(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::InvalidRequest(error) => error.source(),
        }
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::Token(error) => Self::Token(error),
            Failure::InvalidRequest(error) => Self::InvalidRequest(error),
        }
    }
}

/// A client that could not be built.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<Cause>,
}

impl BuildError {
    pub(crate) fn base_url(text: &str, reason: &str) -> Self {
        Self {
            message: format!(
                "`{}` is not a valid base URL: {reason}",
                without_secrets(text)
            ),
            source: None,
        }
    }

    pub(crate) fn header(message: String) -> Self {
        Self {
            message,
            source: None,
        }
    }

    pub(crate) fn http_client(source: Cause) -> Self {
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
        let source = self.source.as_deref()?;
        Some(source)
    }
}

/// A URL without what may be a secret: user and password, and what follows the path.
fn without_secrets(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + "://".len());
    let (scheme, rest) = url.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    // A password that is not escaped ends later.
    let user = rest[..end].rfind('@').or_else(|| match Url::parse(url) {
        Ok(_) => None,
        Err(_) => rest.rfind('@'),
    });
    let (user, host) = user.map_or(("", rest), |at| ("…", &rest[at..]));
    let host = host.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}{user}{host}")
}
