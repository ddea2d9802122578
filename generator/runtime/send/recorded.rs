//! Requests as a test double sees them.

use std::fmt;

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::runtime::send::request::Request;

/// A call as a test double has received it: its operation, and what its arguments have become.
///
/// Credentials, and what the builder sets for all calls, are not among it. Two are equal if the same would be
/// sent; the names that the client makes up itself, boundaries of bodies in parts and idempotency keys, do
/// not count, and neither does the content of a body that is a stream.
#[derive(Clone, PartialEq)]
pub struct RecordedCall {
    pub(crate) operation: &'static str,
    method: Method,
    path: String,
    query: String,
    cookies: Vec<(&'static str, String)>,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl RecordedCall {
    /// What a request would send.
    pub(crate) fn new(request: &Request) -> Self {
        let mut request = request.try_clone().unwrap_or_else(|| Request {
            head: request.head.clone(),
            body: None,
            unfinished: None,
        });
        request.head.idempotency_key = None;
        request.finish();
        let query: Vec<&str> = request.head.query.iter().map(|(_, text)| &**text).collect();
        let mut recorded = Self {
            operation: request.head.operation,
            method: request.head.method,
            path: request.head.path,
            query: query.join("&"),
            cookies: request.head.cookies,
            headers: request.head.headers,
            body: request.body.and_then(|body| body.into_bytes().ok()),
        };
        recorded.name_boundary();
        recorded
    }

    /// Returns the `operationId`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path as it is sent, without that of the base URL: `/pets/7`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the names and the values of the query, decoded, in their order.
    pub fn query(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// Returns the headers that the call itself has.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body; `None` where there is none, or where it is a stream.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// There is no body, or it is not what `T` is read from.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(self.body().unwrap_or_default())
    }

    /// Calls the boundary of a body in parts by a name that is the same in each.
    fn name_boundary(&mut self) {
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let Some((media_type, boundary)) =
            content_type.and_then(|text| text.split_once("boundary="))
        else {
            return;
        };
        let body = self.body.as_deref().map(String::from_utf8_lossy);
        let body = body.map(|body| body.replace(boundary.trim_matches('"'), "boundary"));
        let named = HeaderValue::from_str(&format!("{media_type}boundary=boundary"));
        self.body = body.map(Bytes::from);
        if let Ok(named) = named {
            self.headers.insert(CONTENT_TYPE, named);
        }
    }
}

impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if !self.query.is_empty() {
            write!(f, "?{}", self.query)?;
        }
        for (name, value) in &self.headers {
            write!(f, "\n{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        match &self.body {
            Some(body) if !body.is_empty() => write!(f, "\n\n{}", String::from_utf8_lossy(body)),
            Some(_) | None => Ok(()),
        }
    }
}
