//! The part of a client that is the same for every document.

use std::borrow::Cow;
#[cfg(feature = "mock")]
use std::ops::ControlFlow;
use std::sync::Arc;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderValue};
use http::{Method, StatusCode, Uri};
use url::Url;

use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{self, Credentials, Security};
use crate::runtime::encode::parameter::{Location, Parameter};
use crate::runtime::exchange::attempts::Budget;
#[cfg(feature = "mock")]
use crate::runtime::exchange::error::Error;
#[cfg(feature = "mock")]
use crate::runtime::exchange::mock::{Answers, Subject};
use crate::runtime::exchange::opened::Opened;
use crate::runtime::receive::raw::RawResponse;
#[cfg(feature = "mock")]
use crate::runtime::receive::response::Response;
use crate::runtime::send::body::Body;
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::send::options::Options;
#[cfg(feature = "mock")]
use crate::runtime::send::recorded::RecordedCall;
use crate::runtime::send::request::{Head, Request, Template};
use crate::runtime::wire::connecting;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::middleware::{Middleware, Next};
#[cfg(feature = "tracing")]
use crate::runtime::wire::span;
use crate::runtime::wire::time::Time;
use crate::runtime::wire::transport::Transport;

/// Sends requests. Cheap to clone: clones share connections and settings.
#[derive(Debug, Clone)]
pub(crate) struct Core(pub(super) Arc<Settings>);

/// What the caller has decided for all calls.
#[derive(Debug)]
pub(super) struct Settings {
    /// What sends requests, and fetches tokens.
    pub(super) transport: Arc<dyn Transport>,
    pub(super) middleware: Vec<Arc<dyn Middleware>>,
    pub(super) base_url: String,
    /// Whether all calls go there, those with a server of their own, too.
    pub(super) is_for_all: bool,
    pub(super) options: Options,
    pub(super) budget: Budget,
    pub(super) credentials: Credentials,
    pub(super) globals: Globals,
    pub(super) headers: HeaderMap,
    /// What answers in place of a server.
    #[cfg(feature = "mock")]
    pub(super) mock: Option<Arc<Answers>>,
}

/// What is set once for all calls; it may be a secret.
pub(super) type Globals = Vec<(Parameter<'static>, Result<Secret, String>)>;

impl Core {
    /// Sends `request` and reads the response to its end.
    pub(crate) async fn send(
        &self,
        request: Request,
        security: Security,
    ) -> Result<RawResponse, Failure> {
        let opened = self.open(request, security, false).await?;
        Ok(opened.response)
    }

    /// Sends `request` and reads the response; where it is a stream, the body of a success is not read.
    pub(crate) async fn open(
        &self,
        mut request: Request,
        security: Security,
        is_stream: bool,
    ) -> Result<Opened, Failure> {
        self.complete(&mut request)?;
        let Settings {
            options, budget, ..
        } = &*self.0;
        let own = &request.head.options;
        let retry = own.retry.or(options.retry).unwrap_or_default();
        let time = Time::new(
            own.timeout.or(options.timeout),
            own.read_timeout.or(options.read_timeout),
        );
        let is_safe = retry.is_safe(&request.head.method, &request.head.headers);
        let mut attempt = 1;
        loop {
            let again = if retry.allows(attempt) {
                request.try_clone()
            } else {
                None
            };
            let result = self.attempt(request, security, (time, attempt), is_stream);
            let result = result.await;
            let outcome = result.as_ref().map(|opened| &opened.response);
            let pause = retry.after(outcome, is_safe, attempt);
            if outcome.is_ok_and(|response| response.status.is_success()) {
                budget.give();
            }
            match (again, pause) {
                (Some(next), Some(pause)) if time.has(pause) && budget.take() => {
                    drop(result);
                    tokio::time::sleep(pause).await;
                    request = next;
                    attempt += 1;
                }
                (_, _) => return Opened::after(result, attempt),
            }
        }
    }

    /// Adds what is still missing of a request.
    fn complete(&self, request: &mut Request) -> Result<(), Failure> {
        // Its media type is that of the call, whatever header all calls have.
        request.finish();
        self.add_headers(request);
        self.add_globals(request);
        let problem = request.head.problem.take();
        problem.map_or(Ok(()), |problem| Err(Failure::InvalidRequest(problem)))
    }

    /// The answer of a test double, where there is one; the request where there is none.
    #[cfg(feature = "mock")]
    pub(crate) fn answer<T: 'static, E: 'static>(
        &self,
        mut request: Request,
        by_item: bool,
    ) -> ControlFlow<Result<Response<T>, Error<E>>, Request> {
        let Some(mock) = &self.0.mock else {
            return ControlFlow::Continue(request);
        };
        let call = RecordedCall::new(&request);
        let operation = request.head.operation;
        ControlFlow::Break(match self.complete(&mut request) {
            Ok(()) => mock.answer(Subject { operation, by_item }, &call),
            Err(failure) => Err(failure.into()),
        })
    }

    /// Sends a request once, and reads the response.
    async fn attempt(
        &self,
        request: Request,
        security: Security,
        (time, attempt): (Time, u32),
        is_stream: bool,
    ) -> Result<Opened, Failure> {
        let operation = request.head.operation;
        let own = request.head.options;
        let limit = own.body_limit.or(self.0.options.body_limit);
        let response = self.authorized(request, security, (time, attempt)).await?;
        // What is read as it comes has the time that the call was given, and no other.
        let opened = Opened {
            time,
            is_endless: own.timeout.is_none(),
            ..Opened::new(operation, response, limit)
        };
        if is_stream && opened.response.status.is_success() {
            return Ok(opened);
        }
        opened.whole().await
    }

    /// Sends a request with its credentials; twice where the server refuses a token that can be renewed.
    async fn authorized(
        &self,
        mut request: Request,
        security: Security,
        (time, attempt): (Time, u32),
    ) -> Result<http::Response<Body>, Failure> {
        let template = std::mem::take(&mut request.head.template);
        let about = (request.head.operation, &template, attempt);
        let Settings {
            transport,
            base_url,
            credentials,
            ..
        } = &*self.0;
        let used = credentials.apply(security, &mut request, transport, base_url, time);
        let used = used.await?;
        security::write_cookies(&mut request);
        let request = self.prepare(request).map_err(Failure::InvalidRequest)?;
        let again = used.as_ref().and_then(|_| cloned(&request));
        let response = self.exchange(request, about, time).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(used) = used
            && let Some(authorization) = used.renewed(transport, base_url, time).await
            && let Some(mut again) = again
        {
            again.headers_mut().insert(AUTHORIZATION, authorization);
            return self.exchange(again, about, time).await;
        }
        Ok(response)
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
        (operation, template, attempt): (&'static str, &Template, u32),
        time: Time,
    ) -> Result<http::Response<Body>, Failure> {
        let next = Next {
            operation,
            template,
            attempt,
            rest: &self.0.middleware,
            transport: &*self.0.transport,
        };
        #[cfg(feature = "tracing")]
        let span = span::span(&request, &next);
        let sending = connecting::limited(time, next.send(request));
        #[cfg(feature = "tracing")]
        let sending = span::within(span, sending);
        Ok(sending.await??)
    }

    /// Adds what is set once for all calls and not for this one.
    fn add_globals(&self, request: &mut Request) {
        let Some(needed) = request.head.globals else {
            return;
        };
        for (parameter, text) in &self.0.globals {
            match text {
                Ok(text) if !request.has(parameter.location(), parameter.name()) => {
                    request.place(*parameter, text.reveal());
                }
                Ok(_) => {}
                Err(reason) => request.refuse(parameter.name(), reason),
            }
        }
        let places = [Location::Query, Location::Header, Location::Cookie];
        for name in needed {
            if !places.iter().any(|place| request.has(*place, name)) {
                request.refuse(
                    name,
                    "is needed: set it for the call or on the client's builder",
                );
            }
        }
    }

    /// Adds the caller's headers of all calls that this one does not set itself.
    fn add_headers(&self, request: &mut Request) {
        for (name, value) in &self.0.headers {
            let entry = request.head.headers.entry(name);
            entry.or_insert_with(|| value.clone());
        }
    }

    fn prepare(&self, request: Request) -> Result<http::Request<Body>, InvalidRequest> {
        let Request { head, body, .. } = request;
        let mut built = http::Request::new(body.unwrap_or_default());
        *built.uri_mut() = self.uri(&head)?;
        *built.method_mut() = head.method;
        *built.headers_mut() = head.headers;
        // "A user agent SHOULD send Content-Length" where the method anticipates content (RFC 9110, 8.6).
        let has_content = matches!(*built.method(), Method::POST | Method::PUT | Method::PATCH);
        if has_content && built.body().as_bytes().is_some_and(<[u8]>::is_empty) {
            let none = HeaderValue::from_static("0");
            built.headers_mut().insert(CONTENT_LENGTH, none);
        }
        let accept = HeaderValue::from_static(head.accept);
        built.headers_mut().entry(ACCEPT).or_insert(accept);
        Ok(built)
    }

    /// Where the request goes. A relative URL of its own is relative to the API's.
    fn base_url(&self, request: &Head) -> Result<Cow<'_, str>, InvalidRequest> {
        let names_host = |url: &str| url.contains("://") || url.starts_with("//");
        let own = match (&request.base_url, request.server) {
            (Some(url), _) => url,
            (None, Some(url)) if !(self.0.is_for_all && names_host(url)) => url,
            (None, _) => return Ok(Cow::Borrowed(&self.0.base_url)),
        };
        let refused = |reason: String| {
            let reason = format!("is not valid: {reason}");
            InvalidRequest::parameter(request.operation, "base_url", &reason)
        };
        let url = Url::parse(&self.0.base_url).and_then(|url| url.join(own));
        let url = url.map_err(|error| refused(error.to_string()))?;
        checked(&url).map(Cow::Owned).map_err(refused)
    }

    fn uri(&self, request: &Head) -> Result<Uri, InvalidRequest> {
        let invalid = || InvalidRequest::address(request.operation);
        if is_rewritten(&request.path) {
            return Err(invalid());
        }
        let base_url = self.base_url(request)?;
        let mut text = base_url.trim_end_matches('/').to_owned();
        text.push_str(&request.path);
        let mut known = Vec::new();
        if let Some(more) = &request.url {
            let url = Url::parse(&text).map_err(|_| invalid())?;
            let more = url.join(more).map_err(|_| invalid())?;
            // Another server must not be given the credentials.
            if more.origin() != url.origin() {
                return Err(InvalidRequest::foreign(request.operation));
            }
            known.extend(more.query_pairs().map(|(name, _)| name.into_owned()));
            more[..url::Position::AfterQuery].clone_into(&mut text);
        }
        let mut has_query = text.contains('?');
        for (name, pair) in &request.query {
            if pair.is_empty() || known.iter().any(|known| known == name) {
                continue;
            }
            text.push(if has_query { '&' } else { '?' });
            text.push_str(pair);
            has_query = true;
        }
        Uri::try_from(text).map_err(|_| invalid())
    }
}

/// The same request once more; `None` where its body is a stream.
fn cloned(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    let mut cloned = http::Request::new(request.body().try_clone()?);
    request.method().clone_into(cloned.method_mut());
    request.uri().clone_into(cloned.uri_mut());
    request.headers().clone_into(cloned.headers_mut());
    Some(cloned)
}

/// Whether the URL standard would read another path than what is written: one with `.` and `..`, or with
/// what separates the parts of a URL.
fn is_rewritten(path: &str) -> bool {
    let is_dot = |segment: &str| {
        let plain = segment.replace("%2e", ".").replace("%2E", ".");
        plain == "." || plain == ".."
    };
    path.contains(['\\', '?', '#']) || path.split('/').any(is_dot)
}

/// A base URL as it can be used.
pub(super) fn checked(url: &Url) -> Result<String, String> {
    let problem = if !matches!(url.scheme(), "http" | "https") {
        "it must start with `http://` or `https://`"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must end with its path"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it must not hold credentials"
    } else {
        return Ok(url.as_str().to_owned());
    };
    Err(problem.to_owned())
}
