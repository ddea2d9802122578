//! What sends requests.

use std::fmt;
use std::pin::Pin;

use http::{Request, Response};

use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::TransportError;

/// Sends requests: an HTTP client, or what stands for one.
///
/// A client has the one of `reqwest`, unless its builder is given another. A transport sends one request,
/// and gives the status and the headers of its response as soon as they are there; it follows no redirect,
/// and does not try again: what is tried again, and how long a call may take, is decided above it.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request. Dropping the future or the body of the response gives it up.
    ///
    /// # Errors
    ///
    /// There is no response. An error of the response's body may be a [`TransportError`], too.
    fn send(&self, request: Request<Body>) -> Sending;
}

/// A request that is being sent.
pub type Sending = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send>>;
