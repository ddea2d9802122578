//! Responses as they arrive.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_ENCODING, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::json::message::message;
use crate::runtime::json::number;
use crate::runtime::json::path;

/// A response as it arrived: status, headers and the whole body.
///
/// Its `Debug` output has the names of the headers, not their values, and the start of the body.
#[derive(Clone, PartialEq)]
pub struct RawResponse {
    /// The `operationId`; empty for a response that no call has received.
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body is all of it.
    pub(crate) is_whole: bool,
    /// How often the request was sent.
    pub(crate) attempts: u32,
}

impl RawResponse {
    /// Creates a response, for tests of code that handles one.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Vec<u8>>) -> Self {
        Self {
            operation: "",
            status,
            headers,
            body: Bytes::from(body.into()),
            is_whole: true,
            attempts: 1,
        }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as it arrived.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns whether the body is only the start of what the server has sent, which was too long.
    pub fn is_truncated(&self) -> bool {
        !self.is_whole
    }

    /// Returns how often the request was sent until this response came.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the body as text, with what is not UTF-8 replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or not what `T` is read from.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        self.read_json().map_err(|undecodable| undecodable.source)
    }

    /// Returns the server's own message: the text of `message`, `detail`, `error` or the like in a
    /// JSON body ("Problem Details", RFC 9457, among them), or a short body of plain text.
    pub fn message(&self) -> Option<String> {
        const LONGEST: usize = 256;
        let json = self.read_json::<Value>().ok();
        let found = json.as_ref().and_then(message).map(str::to_owned);
        found.or_else(|| {
            let text = std::str::from_utf8(&self.body).ok()?.trim();
            let is_short = !text.is_empty() && text.len() <= LONGEST;
            (is_short && self.is("text/plain")).then(|| text.to_owned())
        })
    }

    /// Returns the id that the server has given the request, from the header `x-request-id` or one
    /// of its variants.
    pub fn request_id(&self) -> Option<&str> {
        const NAMES: [&str; 7] = [
            "x-request-id",
            "request-id",
            "x-github-request-id",
            "x-ms-request-id",
            "x-amzn-requestid",
            "x-amz-request-id",
            "x-correlation-id",
        ];
        let mut values = NAMES.iter().filter_map(|name| self.headers.get(*name));
        values.find_map(|value| value.to_str().ok())
    }

    /// Returns how long to wait before the next attempt, from the header `Retry-After`: a number of
    /// seconds, or a date, which is compared with the server's own `Date` (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        let text = |name| self.headers.get(name)?.to_str().ok().map(str::trim);
        let wanted = text(RETRY_AFTER)?;
        if let Ok(seconds) = wanted.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(wanted).ok()?;
        let now = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        let now = now.unwrap_or_else(SystemTime::now);
        Some(until.duration_since(now).unwrap_or_default())
    }

    /// Writes the status, the server's message, the operation and the request's id:
    /// `402 Payment Required: Your card was declined. (PostCharges, request req_1)`.
    pub(crate) fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", phrase(self.status))?;
        if let Some(message) = self.message() {
            write!(f, ": {}", line(&message))?;
        }
        self.describe_request(f)
    }

    /// Writes the operation and the request's id, as far as they are known.
    pub(crate) fn describe_request(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.operation, self.request_id()) {
            ("", None) => Ok(()),
            ("", Some(id)) => write!(f, " (request {id})"),
            (operation, None) => write!(f, " ({operation})"),
            (operation, Some(id)) => write!(f, " ({operation}, request {id})"),
        }
    }

    /// The `Content-Type`, empty when there is none.
    pub(crate) fn content_type(&self) -> &str {
        let value = self.headers.get(http::header::CONTENT_TYPE);
        value.and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Whether the body is of this content type, or of this range of them (RFC 9110, section
    /// 12.5.1). Parameters that the document gives have to be there, but for the `charset`, which
    /// servers add and leave out as they like.
    pub(crate) fn is(&self, wanted: &str) -> bool {
        let parts = |text: &str| -> Vec<String> {
            let parts = text.split(['/', ';']).map(str::trim);
            let parts = parts.map(|part| part.replace('"', "").to_ascii_lowercase());
            parts.filter(|part| !part.starts_with("charset=")).collect()
        };
        let found = parts(self.content_type());
        let wanted = parts(wanted);
        let is_found = |(index, wanted): (usize, &String)| match index {
            0 | 1 => wanted == "*" || found.get(index) == Some(wanted),
            _ => found.contains(wanted),
        };
        wanted.iter().enumerate().all(is_found)
    }

    /// The body, where all of it is there and it is not encoded.
    pub(crate) fn readable(&self) -> Result<&[u8], Undecodable> {
        if !self.is_whole {
            let reason = "the body is longer than the client reads; see `body_limit` of the call";
            return Err(Undecodable::custom(reason));
        }
        match self.headers.get(CONTENT_ENCODING) {
            Some(encoding) if encoding != "identity" && !self.body.is_empty() => {
                Err(Undecodable::custom(format_args!(
                    "the body has the content encoding {encoding:?}, which this client does not read"
                )))
            }
            Some(_) | None => Ok(&self.body),
        }
    }

    /// The body as JSON (RFC 8259; a byte order mark is skipped, see its section 8.1).
    pub(crate) fn read_json<T: DeserializeOwned>(&self) -> Result<T, Undecodable> {
        let body = self.readable()?;
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        number::from_slice(body).map_err(|source| Undecodable {
            path: path::at(body, source.line(), source.column()),
            source: bounded(source),
        })
    }

    /// The body as text in UTF-8.
    pub(crate) fn plain_text(&self) -> Result<String, Undecodable> {
        let text = std::str::from_utf8(self.readable()?);
        text.map(str::to_owned).map_err(Undecodable::custom)
    }

    /// The body as text that is a number, a boolean or one of several words.
    pub(crate) fn word<T: DeserializeOwned>(&self) -> Result<T, Undecodable> {
        let text = self.plain_text()?;
        let text = text.trim();
        let word = |error| T::deserialize(Value::from(text)).map_err(|_| error);
        number::from_slice(text.as_bytes())
            .or_else(word)
            .map_err(Undecodable::custom)
    }

    /// The body as it is.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Undecodable> {
        self.readable().map(<[u8]>::to_vec)
    }
}

/// Names the headers and not their values, which may be secrets, and shortens the body.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &names(&self.headers))
            .field("body", &shortened(&self.body))
            .field("is_truncated", &!self.is_whole)
            .field("attempts", &self.attempts)
            .finish()
    }
}

/// An error whose text is no longer than a line or two: it may repeat what it is about.
pub(crate) fn bounded(error: serde_json::Error) -> serde_json::Error {
    let text = error.to_string();
    if text.len() <= LINE {
        return error;
    }
    serde::de::Error::custom(line(&text))
}

/// How long a text is that is shown whole.
const LINE: usize = 300;

/// The start of a text.
fn line(text: &str) -> Cow<'_, str> {
    if text.len() <= LINE {
        return Cow::Borrowed(text);
    }
    let end = (0..=LINE).rev().find(|end| text.is_char_boundary(*end));
    Cow::Owned(format!("{}…", &text[..end.unwrap_or_default()]))
}

/// The names of headers, whose values may be secrets.
pub(crate) fn names(headers: &HeaderMap) -> Vec<&str> {
    headers.keys().map(HeaderName::as_str).collect()
}

/// The start of a body as text, up to 1 KiB.
pub(crate) fn shortened(body: &[u8]) -> Cow<'_, str> {
    const LONGEST: usize = 1024;
    match body.get(..LONGEST) {
        Some(start) => Cow::Owned(format!("{}…", String::from_utf8_lossy(start))),
        None => String::from_utf8_lossy(body),
    }
}

/// The status and its phrase, where it has one: `404 Not Found`, `599`.
pub(crate) fn phrase(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// Why a body is not what the document promises, and where.
#[derive(Debug)]
pub(crate) struct Undecodable {
    pub(crate) path: String,
    pub(crate) source: serde_json::Error,
}

impl Undecodable {
    /// The whole body is not what the document promises.
    pub(crate) fn custom(reason: impl std::fmt::Display) -> Self {
        Self {
            path: ".".to_owned(),
            source: serde::de::Error::custom(reason),
        }
    }
}
