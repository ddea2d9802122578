//! Documented successes.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::StatusCode;
use http::header::HeaderMap;

use crate::runtime::receive::raw::names;

/// A documented success: its value, and the status and headers it came with.
///
/// Dereferences to the value.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl<T> Response<T> {
    /// Creates a response, for tests of code that handles one.
    pub fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            value,
            status,
            headers,
            body: None,
        }
    }

    /// The same with its body as it arrived.
    pub(crate) fn with_body(self, body: Option<Bytes>) -> Self {
        Self { body, ..self }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as it arrived, if the call was to keep it: see
    /// [`Call::with_raw`](crate::runtime::Call::with_raw).
    pub fn raw(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Converts into the value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Converts the value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: convert(self.value),
            status: self.status,
            headers: self.headers,
            body: self.body,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// Names the headers and not their values, which may be secrets.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names(&self.headers))
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
