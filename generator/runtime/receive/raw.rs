//! Responses as they arrive.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::json::number;
use crate::runtime::json::path;

/// A response as it arrived: status, headers and the whole body.
#[derive(Debug, Clone, PartialEq)]
pub struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl RawResponse {
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

    /// Returns the body as text, with what is not UTF-8 replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The `Content-Type`, empty when there is none.
    pub(crate) fn content_type(&self) -> &str {
        let value = self.headers.get(reqwest::header::CONTENT_TYPE);
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

    /// The body as JSON (RFC 8259; a byte order mark is skipped, see its section 8.1).
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Undecodable> {
        let body = self.body.strip_prefix(b"\xEF\xBB\xBF");
        let body = body.unwrap_or(&self.body);
        number::from_slice(body).map_err(|source| Undecodable {
            path: path::at(body, source.line(), source.column()),
            source,
        })
    }

    /// The body as text in UTF-8.
    pub(crate) fn plain_text(&self) -> Result<String, Undecodable> {
        String::from_utf8(self.body.clone()).map_err(Undecodable::custom)
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
    #[allow(
        clippy::unnecessary_wraps,
        reason = "read like the other kinds of body"
    )]
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Undecodable> {
        Ok(self.body.clone())
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
