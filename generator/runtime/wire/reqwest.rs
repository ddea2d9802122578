//! The HTTP client of a client: that of the crate `reqwest`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use reqwest::{Client, redirect};
use tower_layer::Layer;
use tower_service::Service;

use crate::runtime::send::body::{Body, Cause};
use crate::runtime::wire::connecting::Connecting;
use crate::runtime::wire::failure::{Phase, TransportError};
use crate::runtime::wire::transport::{Sending, Transport};

/// How long an unused connection stays open. Servers close theirs, some after a minute.
const POOL_IDLE: Duration = Duration::from_secs(30);
/// How many unused connections to one host stay open.
const POOL_SIZE: usize = 32;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sets up an HTTP client.
///
/// Redirects are not followed and no referrer is sent: either would hand the credentials to another host.
/// What a server of HTTP/2 has not looked at is sent again (RFC 9113, section 8.7).
pub(crate) fn client(connect_timeout: Option<Duration>) -> Result<Client, Cause> {
    let client = Client::builder()
        .connector_layer(Watching)
        .connect_timeout(connect_timeout.unwrap_or(CONNECT_TIMEOUT))
        .pool_idle_timeout(POOL_IDLE)
        .pool_max_idle_per_host(POOL_SIZE)
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION")
        ));
    #[cfg(feature = "rustls-ring")]
    let client = client.tls_backend_preconfigured(crate::runtime::wire::tls::config()?);
    client.build().map_err(Into::into)
}

impl Transport for Client {
    fn send(&self, request: Request<Body>) -> Sending {
        let request = reqwest::Request::try_from(request.map(sent));
        let sending = request.map(|request| self.execute(request));
        Box::pin(async move {
            let response = match sending {
                Ok(sending) => sending.await.map_err(|error| sorted(error, Phase::Send))?,
                Err(error) => return Err(sorted(error, Phase::Send)),
            };
            let response = Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| Body::wrap(Received(body))))
        })
    }
}

/// Says when connections are being made.
#[derive(Debug, Clone)]
struct Watching;

/// What makes connections, watched.
#[derive(Debug, Clone)]
struct Watched<S>(S);

impl<S> Layer<S> for Watching {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched(inner)
    }
}

impl<R, S: Service<R, Future: Send + 'static>> Service<R> for Watched<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Connecting<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        Connecting::new(self.0.call(request))
    }
}

/// The body of a request; bytes are given as bytes, so that their length is known.
fn sent(body: Body) -> reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => bytes.into(),
        Err(body) => reqwest::Body::wrap(body),
    }
}

/// An error in the words of every transport. The URL is taken out of it: a query may hold a secret.
fn sorted(error: reqwest::Error, phase: Phase) -> TransportError {
    let phase = if error.is_connect() {
        Phase::Connect
    } else {
        phase
    };
    let is_timeout = error.is_timeout();
    let error = TransportError::new(phase, error.without_url());
    if is_timeout { error.timed_out() } else { error }
}

/// The body of a response.
struct Received(reqwest::Body);

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cause>>> {
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        let sorted = |error| sorted(error, Phase::Body).into();
        Poll::Ready(frame.map(|frame| frame.map_err(sorted)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
