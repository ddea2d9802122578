//! Responses that are no success.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::json::message::message;
use crate::runtime::receive::raw::{RawResponse, Undecodable};

/// A documented error: which one, with its decoded body, and the response it came in.
#[derive(Debug)]
pub struct ApiError<E> {
    kind: E,
    response: RawResponse,
}

impl<E> ApiError<E> {
    pub(crate) fn new(kind: E, response: RawResponse) -> Self {
        Self { kind, response }
    }

    /// Returns which of the documented errors it is.
    pub fn kind(&self) -> &E {
        &self.kind
    }

    /// Converts into the documented error.
    pub fn into_kind(self) -> E {
        self.kind
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// Returns the response as it arrived.
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

/// A status that the document does not mention. The response is kept whole.
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

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// Returns the response as it arrived.
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

/// A body that is not what the document promises for its status. The response is kept whole.
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

    /// Returns the status, which the document declares.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// Returns the response as it arrived.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }

    /// Returns where in the body decoding stopped: `tasks[2].interval`, or `.` for the whole body.
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
