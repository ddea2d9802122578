//! A call: a value that is awaited.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::time::Duration;

use crate::runtime::auth::security::Security;
use crate::runtime::exchange::core::Core;
use crate::runtime::exchange::error::Error;
use crate::runtime::exchange::outcome::Outcome;
use crate::runtime::receive::raw::RawResponse;
use crate::runtime::receive::response::Response;
use crate::runtime::send::options::Retry;
#[cfg(feature = "mock")]
use crate::runtime::send::recorded::RecordedCall;
use crate::runtime::send::request::Request;

/// A call that is ready to be sent: `T` is its success, `E` its documented errors.
///
/// Awaiting it sends it. It shares the client's connections and settings, and does not borrow the
/// client: it can be stored, and spawned as a task with
/// [`into_future`](IntoFuture::into_future).
#[must_use = "a call is sent when it is awaited"]
pub struct Call<T, E> {
    core: Core,
    request: Request,
    security: Security,
    keeps_body: bool,
    pub(crate) read: fn(&RawResponse) -> Outcome<T, E>,
}

impl<T, E> Call<T, E> {
    pub(crate) fn new(
        core: &Core,
        request: Request,
        security: Security,
        read: fn(&RawResponse) -> Outcome<T, E>,
    ) -> Self {
        Self {
            core: core.clone(),
            request,
            security,
            keeps_body: false,
            read,
        }
    }

    /// Keeps the body of a success as it arrived, for [`Response::raw`].
    pub fn with_raw(mut self) -> Self {
        self.keep_raw();
        self
    }

    /// Clones the call, so that it can be sent again; `None` where its body is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self {
            core: self.core.clone(),
            request: self.request.try_clone()?,
            security: self.security,
            keeps_body: self.keeps_body,
            read: self.read,
        })
    }

    /// Sets the time limit of this call, including its response's body.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Sets how long the server may be silent within the response's body.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.request.read_timeout(timeout);
        self
    }

    /// Sets how many bytes the response's body may have.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.request.body_limit(bytes);
        self
    }

    /// Sets when this call is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.request.retry(retry);
        self
    }

    /// Adds a header to this call. A second one of the same name replaces the first.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.header(name, value);
        self
    }

    /// Sends the call, and waits for its response.
    ///
    /// # Errors
    ///
    /// Those of the call.
    ///
    /// # Panics
    ///
    /// It is called within an asynchronous context.
    #[cfg(feature = "blocking")]
    pub fn blocking_send(self) -> Result<Response<T>, Error<E>>
    where
        T: 'static,
        E: 'static,
    {
        crate::runtime::exchange::blocking::wait(self)
    }

    /// The client, the request, and the credentials that it needs.
    pub(crate) fn into_parts(self) -> (Core, Request, Security) {
        (self.core, self.request, self.security)
    }

    pub(crate) fn keep_raw(&mut self) {
        self.keeps_body = true;
    }

    /// The request, to be changed.
    pub(crate) fn request(&mut self) -> &mut Request {
        &mut self.request
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.request.head.operation)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "mock")]
impl<T, E> From<Call<T, E>> for RecordedCall {
    fn from(call: Call<T, E>) -> Self {
        Self::new(&call.request)
    }
}

/// A call that is on its way.
pub(crate) type CallFuture<T, E> =
    Pin<Box<dyn Future<Output = Result<Response<T>, Error<E>>> + Send>>;

impl<T: 'static, E: 'static> IntoFuture for Call<T, E> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = CallFuture<T, E>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let request = &mut self.request;
            #[cfg(feature = "mock")]
            if let Some(answer) = self.core.answer(request, false) {
                return answer;
            }
            let response = self.core.send(request, self.security).await?;
            let body = self.keeps_body.then(|| response.body.clone());
            let result = (self.read)(&response).into_result(response);
            result.map(|response| response.with_body(body))
        })
    }
}
