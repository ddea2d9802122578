//! What can go wrong with a stream.

use std::fmt;

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::runtime::receive::raw::{bounded, shortened};
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::wire::failure::{Failure, TimeoutError, TokenError, TransportError};

/// What can go wrong with a stream after it has begun.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection broke off.
    Transport(TransportError),
    /// The server was silent for too long, or the time that the call was given is over.
    Timeout(TimeoutError),
    /// An item is not what the document promises.
    Decode(ItemError),
    /// The server did not go on with the stream, and responded with this status.
    Refused(StatusCode),
    /// There was no access token to go on with.
    Token(TokenError),
    /// The request could not be sent again.
    InvalidRequest(InvalidRequest),
}

/// An item that is not what the document promises. It is kept: many servers tell in a stream what has gone
/// wrong.
pub struct ItemError {
    item: Vec<u8>,
    source: serde_json::Error,
}

impl ItemError {
    /// Returns the item as it arrived, or the start of one that is too long.
    pub fn item(&self) -> &[u8] {
        &self.item
    }

    /// Reads the item as JSON: as the type of an error, for example.
    ///
    /// # Errors
    ///
    /// The item is not JSON, or not what `T` is read from.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.item)
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemError")
            .field("item", &shortened(&self.item))
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unexpected item: {}", self.source)
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl StreamError {
    pub(crate) fn decode(item: Vec<u8>, source: serde_json::Error) -> Self {
        let source = bounded(source);
        Self::Decode(ItemError { item, source })
    }
}

impl From<Failure> for StreamError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::Token(error) => Self::Token(error),
            Failure::InvalidRequest(error) => Self::InvalidRequest(error),
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Refused(status) => write!(f, "the stream does not go on: {status}"),
            Self::Token(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Refused(_) => None,
            Self::Token(error) => error.source(),
            Self::InvalidRequest(error) => error.source(),
        }
    }
}
