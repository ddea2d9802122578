//! Responses that are no success.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use http::header::HeaderMap;
use serde_json::Value;

use crate::runtime::receive::raw::RawResponse;
use crate::runtime::receive::raw::Undecodable;
use crate::runtime::receive::raw::phrase;

/// A documented error: which one, with its decoded body, and the response it came in.
pub struct ApiError<E> {
    kind: E,
    response: RawResponse,
}

impl<E> ApiError<E> {
    /// Creates an error, for tests of code that handles one.
    pub fn new(kind: E, response: RawResponse) -> Self {
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

    /// The same with its body as JSON, or as text where it is no JSON.
    pub(crate) fn into_any(self) -> ApiError<Value> {
        let body = self.response.json();
        let kind = body.unwrap_or_else(|_| Value::from(self.response.text().as_ref()));
        ApiError::new(kind, self.response)
    }
}

impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiError").field(&self.response).finish()
    }
}

/// Writes the status and its phrase, the server's message, the operation, and the request's id.
impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.describe(f)
    }
}

impl<E> StdError for ApiError<E> {}

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
        f.write_str("undocumented status ")?;
        self.response.describe(f)
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
        let status = phrase(self.status());
        let content_type = self.response.content_type();
        if self.response.body.is_empty() && self.response.is_whole {
            write!(f, "{status}: expected a body, got none")?;
        } else if self.source.is_data() || content_type.is_empty() || content_type.contains("json")
        {
            let Self { path, source, .. } = self;
            write!(f, "{status}: unexpected body at `{path}`: {source}")?;
        } else {
            write!(f, "{status}: expected a JSON body, got {content_type}")?;
        }
        self.response.describe_request(f)
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}
