//! The HTTP client of a client: that of the crate `reqwest`.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::uri::Authority;
use http::{Request, Response, Uri};
use http_body::{Frame, SizeHint};
use reqwest::{Client, redirect};
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use crate::runtime::send::body::{Body, Cause};
use crate::runtime::wire::connecting::Connecting;
use crate::runtime::wire::failure::{Phase, TransportError};
use crate::runtime::wire::transport::{Sending, Transport};

#[cfg(target_arch = "wasm32")]
compile_error!(
    "the feature `reqwest` needs sockets: build without default features, and give the client's builder a `transport`"
);

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
        .connector_layer(Watching(connect_timeout.unwrap_or(CONNECT_TIMEOUT)))
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

/// The HTTP client, and the server of its first request: most go there, and to parse the server's address is
/// half of what it takes to make a request.
#[derive(Debug)]
pub(crate) struct HttpClient {
    client: Client,
    first: OnceLock<(Uri, Url)>,
}

impl From<Client> for HttpClient {
    fn from(client: Client) -> Self {
        let first = OnceLock::new();
        Self { client, first }
    }
}

impl HttpClient {
    fn url(&self, uri: &Uri) -> Result<Url, Cause> {
        match self.first.get() {
            Some((first, url)) if origin(first) == origin(uri) => {
                let mut url = url.clone();
                url.set_path(uri.path());
                url.set_query(uri.query());
                Ok(url)
            }
            first => {
                let url = Url::parse(&uri.to_string())?;
                if first.is_none() {
                    let _ = self.first.set((uri.clone(), url.clone()));
                }
                Ok(url)
            }
        }
    }

    fn request(&self, request: Request<Body>) -> Result<reqwest::Request, Cause> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, self.url(&head.uri)?);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(sent(body));
        Ok(request)
    }
}

/// The scheme and the authority of a URL, as they are written.
fn origin(uri: &Uri) -> (Option<&str>, Option<&str>) {
    (uri.scheme_str(), uri.authority().map(Authority::as_str))
}

impl Transport for HttpClient {
    fn send(&self, request: Request<Body>) -> Sending {
        let request = self.request(request);
        let sending = request.map(|request| self.client.execute(request));
        Box::pin(async move {
            let response = match sending {
                Ok(sending) => sending.await.map_err(|error| sorted(error, Phase::Send))?,
                Err(error) => return Err(TransportError::new(Phase::Send, error)),
            };
            let response = Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| Body::wrap(Received(body))))
        })
    }
}

/// Says when connections are being made, and for how long they may be.
#[derive(Debug, Clone)]
struct Watching(Duration);

/// What makes connections, watched. It is cloned with each request, and what it holds when a connection is
/// made.
#[derive(Debug, Clone)]
struct Watched<S> {
    service: Arc<S>,
    limit: Duration,
}

impl<S> Layer<S> for Watching {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched {
            service: Arc::new(inner),
            limit: self.0,
        }
    }
}

impl<R, S> Service<R> for Watched<S>
where
    R: Send + 'static,
    S: Service<R, Error: Into<Cause>, Future: Send + 'static> + Clone + Send + 'static,
    S::Response: Send,
{
    type Response = S::Response;
    type Error = Cause;
    type Future = Connecting<S::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: R) -> Self::Future {
        let mut service = S::clone(&self.service);
        let connected = async move {
            poll_fn(|context| service.poll_ready(context)).await?;
            service.call(request).await
        };
        let limited = tokio::time::timeout(self.limit, connected);
        Connecting::new(async move {
            match limited.await {
                Ok(connected) => connected.map_err(Into::into),
                Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
            }
        })
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
