//! The part of a client that is the same for every document.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_LENGTH, HeaderMap, HeaderValue};
use http::{Method, StatusCode, Uri};
use url::Url;

use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{Credentials, Fetching, Security};
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
use crate::runtime::send::request::{Head, Request};
use crate::runtime::wire::connecting;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::middleware::{Middleware, Next};
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

/// A call that is being sent.
struct Sent<'a> {
    head: &'a Head,
    /// The credential that it needs and that is not text.
    fetching: Option<Fetching>,
    time: Time,
    is_stream: bool,
}

/// What is set once for all calls; it may be a secret.
pub(super) type Globals = Vec<(Parameter<'static>, Result<Secret, String>)>;

impl Core {
    /// Sends `request` and reads the response to its end.
    pub(crate) async fn send(
        &self,
        request: &mut Request,
        security: Security,
    ) -> Result<RawResponse, Failure> {
        let opened = self.open(request, security, false).await?;
        Ok(opened.response)
    }

    /// Sends `request` and reads the response; where it is a stream, the body of a success is not read.
    pub(crate) async fn open(
        &self,
        request: &mut Request,
        security: Security,
        is_stream: bool,
    ) -> Result<Opened, Failure> {
        self.complete(request)?;
        let Settings {
            options,
            budget,
            credentials,
            ..
        } = &*self.0;
        let fetching = credentials.apply(security, request);
        let fetching = fetching.map_err(Failure::InvalidRequest)?;
        let prepared = self.prepare(request).map_err(Failure::InvalidRequest)?;
        let mut prepared = Box::new(prepared);
        let own = &request.head.options;
        let retry = own.retry.or(options.retry).unwrap_or(request.head.retry);
        let is_safe = retry.is_safe(prepared.method(), prepared.headers());
        let call = Sent {
            head: &request.head,
            fetching,
            time: Time::new(
                own.timeout.or(options.timeout),
                own.read_timeout.or(options.read_timeout),
            ),
            is_stream,
        };
        let mut attempt = 1;
        loop {
            let again = if retry.allows(attempt) {
                cloned(&prepared).map(Box::new)
            } else {
                None
            };
            // A future of this size on the heap costs less than a larger one around it.
            let result = Box::pin(self.attempt(&mut prepared, &call, attempt)).await;
            let outcome = result.as_ref().map(|opened| &opened.response);
            let pause = retry.after(outcome, is_safe, attempt);
            if outcome.is_ok_and(|response| response.status.is_success()) {
                budget.give();
            }
            match (again, pause) {
                (Some(next), Some(pause)) if call.time.has(pause) && budget.take() => {
                    drop(result);
                    tokio::time::sleep(pause).await;
                    prepared = next;
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

    /// The answer of a test double, where there is one.
    #[cfg(feature = "mock")]
    pub(crate) fn answer<T: 'static, E: 'static>(
        &self,
        request: &mut Request,
        by_item: bool,
    ) -> Option<Result<Response<T>, Error<E>>> {
        let mock = self.0.mock.as_ref()?;
        let call = RecordedCall::new(request);
        let operation = request.head.operation;
        Some(match self.complete(request) {
            Ok(()) => mock.answer(Subject { operation, by_item }, &call),
            Err(failure) => Err(failure.into()),
        })
    }

    /// Sends a request once, and reads the response.
    async fn attempt(
        &self,
        request: &mut http::Request<Body>,
        call: &Sent<'_>,
        attempt: u32,
    ) -> Result<Opened, Failure> {
        let own = call.head.options;
        let limit = own.body_limit.or(self.0.options.body_limit);
        let response = match &call.fetching {
            Some(fetching) => {
                let authorized = self.authorized(fetching, request, call, attempt);
                Box::pin(authorized).await?
            }
            None => self.exchange(request, call, attempt).await?,
        };
        // What is read as it comes has the time that the call was given, and no other.
        let mut opened = Opened {
            time: call.time,
            is_endless: own.timeout.is_none(),
            ..Opened::new(call.head.operation, response, limit)
        };
        if !call.is_stream || !opened.response.status.is_success() {
            opened.whole().await?;
        }
        Ok(opened)
    }

    /// Sends a request with its access token; twice where the server refuses one that can be renewed.
    async fn authorized(
        &self,
        fetching: &Fetching,
        request: &mut http::Request<Body>,
        call: &Sent<'_>,
        attempt: u32,
    ) -> Result<http::Response<Body>, Failure> {
        let Settings {
            transport,
            base_url,
            ..
        } = &*self.0;
        let token = fetching.fetch(transport, base_url, None, call.time).await?;
        let operation = call.head.operation;
        fetching.carry(&token, operation, request)?;
        let again = cloned(request);
        let response = self.exchange(request, call, attempt).await?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Ok(other) = fetching
                .fetch(transport, base_url, Some(&token), call.time)
                .await
            && other.reveal() != token.reveal()
            && let Some(mut again) = again
            && fetching.carry(&other, operation, &mut again).is_ok()
        {
            return self.exchange(&mut again, call, attempt).await;
        }
        Ok(response)
    }

    /// Sends a request, of which nothing is left, around the middleware. It is no asynchronous function, which
    /// would hold the request a second time.
    fn exchange<'a>(
        &'a self,
        request: &mut http::Request<Body>,
        call: &'a Sent<'a>,
        attempt: u32,
    ) -> impl Future<Output = Result<http::Response<Body>, Failure>> + use<'a> {
        let request = std::mem::take(request);
        let next = Next {
            operation: call.head.operation,
            template: &call.head.template,
            attempt,
            rest: &self.0.middleware,
            transport: &*self.0.transport,
        };
        connecting::sent(call.time, next, request)
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

    fn prepare(&self, request: &mut Request) -> Result<http::Request<Body>, InvalidRequest> {
        let head = &mut request.head;
        let mut built = http::Request::new(request.body.take().unwrap_or_default());
        *built.uri_mut() = self.uri(head)?;
        *built.method_mut() = head.method.clone();
        *built.headers_mut() = std::mem::take(&mut head.headers);
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
        if !request.urls.is_empty() {
            let url = Url::parse(&text).map_err(|_| invalid())?;
            let pages = request.urls.iter();
            let more = pages
                .into_iter()
                .try_fold(url.clone(), |url, more| url.join(more));
            let more = more.map_err(|_| invalid())?;
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
    let is_dot = |mut segment: &str| {
        let mut dots = 0;
        while let Some(rest) = [".", "%2e", "%2E"]
            .iter()
            .find_map(|dot| segment.strip_prefix(dot))
        {
            dots += 1;
            segment = rest;
        }
        segment.is_empty() && (1..=2).contains(&dots)
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
