//! Whether a request that is being sent waits for its connection.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use http::{Request, Response};

use crate::runtime::send::body::{Body, Cause};
use crate::runtime::wire::failure::{Failure, Phase, TransportError};
use crate::runtime::wire::middleware::Next;
#[cfg(feature = "tracing")]
use crate::runtime::wire::span;
use crate::runtime::wire::time::Time;

tokio::task_local! {
    static IS_CONNECTING: Arc<AtomicBool>;
}

/// A connection that is being made for a request. One that is made for another request after all, or given
/// up, is none that the request waits for.
pub(crate) struct Connecting<T> {
    connected: Pin<Box<dyn Future<Output = Result<T, Cause>> + Send>>,
    is_awaited: Option<Arc<AtomicBool>>,
}

impl<T> Connecting<T> {
    pub(crate) fn new(connected: impl Future<Output = Result<T, Cause>> + Send + 'static) -> Self {
        Self {
            connected: Box::pin(connected),
            is_awaited: None,
        }
    }

    fn is_over(&self) {
        if let Some(is_awaited) = &self.is_awaited {
            is_awaited.store(false, Ordering::Release);
        }
    }
}

impl<T> Future for Connecting<T> {
    type Output = Result<T, Cause>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let current = IS_CONNECTING.try_with(Arc::clone).ok();
        let is_same =
            |own: &Arc<AtomicBool>| current.as_ref().is_some_and(|of| Arc::ptr_eq(of, own));
        match &self.is_awaited {
            None => {
                if let Some(current) = &current {
                    current.store(true, Ordering::Release);
                }
                self.is_awaited = current;
            }
            Some(own) if !is_same(own) => self.is_over(),
            Some(_) => {}
        }
        let result = self.connected.as_mut().poll(context);
        if result.is_ready() {
            self.is_over();
        }
        result
    }
}

impl<T> Drop for Connecting<T> {
    fn drop(&mut self) {
        self.is_over();
    }
}

/// Sends a request on until the time is over.
#[cfg(not(feature = "tracing"))]
pub(crate) fn sent(
    time: Time,
    next: Next<'_>,
    request: Request<Body>,
) -> impl Future<Output = Result<Response<Body>, Failure>> {
    limited(time, next.send(request))
}

/// The same within a span.
#[cfg(feature = "tracing")]
pub(crate) fn sent(
    time: Time,
    next: Next<'_>,
    request: Request<Body>,
) -> impl Future<Output = Result<Response<Body>, Failure>> {
    let span = span::span(&request, &next);
    span::within(span, limited(time, next.send(request)))
}

/// Waits for a response until the time is over; a time limit that ends while the connection is made says so.
async fn limited(
    time: Time,
    sending: impl Future<Output = Result<Response<Body>, TransportError>>,
) -> Result<Response<Body>, Failure> {
    let is_connecting = Arc::<AtomicBool>::default();
    let sending = IS_CONNECTING.scope(Arc::clone(&is_connecting), sending);
    let mut sending = pin!(sending);
    let result = time.limit(Phase::Send, sending.as_mut()).await;
    if result.is_err() && is_connecting.load(Ordering::Acquire) {
        return Err(Failure::timed_out(Phase::Connect));
    }
    Ok(result??)
}
