//! Requests that cannot be sent.

use std::error::Error;
use std::fmt;

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

impl Error for InvalidRequest {}
