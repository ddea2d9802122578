//! What sends requests.

use std::fmt;
use std::pin::Pin;

/// Sends requests: an HTTP client, or what stands for one in tests.
pub(crate) trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request, and gives the status and the headers of its response as soon as they are
    /// there; its body is read by the caller.
    fn execute(&self, request: reqwest::Request) -> Executed;
}

/// A request that is being sent.
pub(crate) type Executed = Pin<Box<dyn Future<Output = reqwest::Result<reqwest::Response>> + Send>>;

impl Transport for reqwest::Client {
    fn execute(&self, request: reqwest::Request) -> Executed {
        Box::pin(Self::execute(self, request))
    }
}
