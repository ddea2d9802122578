//! What stands around each attempt of a call.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use http::{Request, Response};

use crate::runtime::send::body::Body;
use crate::runtime::send::request::Template;
use crate::runtime::wire::failure::TransportError;
use crate::runtime::wire::transport::Transport;

/// Stands around each attempt of each call: to add headers or sign requests, to count, measure or keep
/// responses.
///
/// A call that is sent again passes it again, with a higher [`Next::attempt`]. What it takes counts as part of
/// the call's time.
pub trait Middleware: fmt::Debug + Send + Sync {
    /// Handles a request, which [`Next::send`] sends on.
    ///
    /// # Errors
    ///
    /// There is no response, as far as the call is concerned.
    fn handle<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> Handling<'a>;
}

/// A request that is being handled.
pub type Handling<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// What a request is sent on to.
#[derive(Debug, Clone, Copy)]
pub struct Next<'a> {
    pub(crate) operation: &'static str,
    pub(crate) template: &'a Template,
    pub(crate) attempt: u32,
    pub(crate) rest: &'a [Arc<dyn Middleware>],
    pub(crate) transport: &'a dyn Transport,
}

impl<'a> Next<'a> {
    /// Returns the `operationId`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the path as the document writes it: `/pets/{id}`.
    pub fn path(&self) -> String {
        self.template.to_string()
    }

    /// Returns the number of the attempt, from one.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Sends a request on. It may be sent on more than once, where its body can be cloned.
    pub fn send(mut self, request: Request<Body>) -> Handling<'a> {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                first.handle(request, self)
            }
            None => self.transport.send(request),
        }
    }
}
