//! The part of a client that is the same for every document.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap};
use reqwest::{StatusCode, Url};

use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{self, Credentials, Security};
use crate::runtime::encode::parameter::{Location, Parameter};
use crate::runtime::exchange::failure::Failure;
use crate::runtime::exchange::transport::Transport;
use crate::runtime::receive::raw::RawResponse;
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::send::request::{Head, Request};

/// Sends requests. Cheap to clone: clones share connections and settings.
#[derive(Debug, Clone)]
pub(crate) struct Core(pub(super) Arc<Settings>);

/// What the caller has decided for all calls.
#[derive(Debug)]
pub(super) struct Settings {
    /// What requests are built with, and tokens fetched.
    pub(super) http: reqwest::Client,
    /// What sends requests.
    pub(super) transport: Arc<dyn Transport>,
    pub(super) base_url: String,
    /// Whether all calls go there, those with a server of their own, too.
    pub(super) is_for_all: bool,
    pub(super) timeout: Duration,
    pub(super) credentials: Credentials,
    pub(super) globals: Globals,
    pub(super) headers: HeaderMap,
}

/// What is set once for all calls; it may be a secret.
pub(super) type Globals = Vec<(Parameter<'static>, Result<Secret, String>)>;

impl Core {
    /// Sends `request` and reads the response to its end.
    pub(crate) async fn send(
        &self,
        mut request: Request,
        security: Security,
    ) -> Result<RawResponse, Failure> {
        request.head.timeout.get_or_insert(self.0.timeout);
        let operation = request.head.operation;
        let mut response = self.open(request, security).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = response.bytes().await;
        let body = body.map_err(|error| Failure::new(error, Some(status)))?;
        Ok(RawResponse {
            operation,
            status,
            headers,
            body: body.into(),
        })
    }

    /// Sends `request` and reads the response's status and headers.
    pub(crate) async fn open(
        &self,
        mut request: Request,
        security: Security,
    ) -> Result<reqwest::Response, Failure> {
        // Its media type is that of the call, whatever header all calls have.
        request.finish();
        self.add_headers(&mut request);
        self.add_globals(&mut request);
        if let Some(problem) = request.head.problem.take() {
            return Err(Failure::InvalidRequest(problem));
        }
        let Settings {
            http,
            transport,
            base_url,
            credentials,
            ..
        } = &*self.0;
        let started = Instant::now();
        let time = request.head.timeout;
        let left = || time.map(|time| time.saturating_sub(started.elapsed()));
        let used = credentials.apply(security, &mut request, http, base_url);
        let used = used.await.map_err(Failure::InvalidRequest)?;
        request.head.timeout = left();
        security::write_cookies(&mut request);
        let request = self.prepare(request).map_err(Failure::InvalidRequest)?;
        let failure = |error| Failure::new(error, None);
        let request = request.build().map_err(failure)?;
        let again = used.as_ref().and_then(|_| request.try_clone());
        let response = transport.execute(request).await.map_err(failure)?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(used) = used
            && let Some(authorization) = used.renewed(http, base_url, left()).await
            && let Some(mut again) = again
        {
            *again.timeout_mut() = left();
            again.headers_mut().insert(AUTHORIZATION, authorization);
            return transport.execute(again).await.map_err(failure);
        }
        Ok(response)
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

    fn prepare(&self, request: Request) -> Result<reqwest::RequestBuilder, InvalidRequest> {
        let Request { head, body, .. } = request;
        let url = self.url(&head)?;
        let mut builder = self.0.http.request(head.method, url);
        if let Some(basic) = &head.basic {
            let (user, password) = basic.split_once(':').unwrap_or((basic, ""));
            builder = builder.basic_auth(user, Some(password));
        }
        if let Some(body) = body {
            builder = builder.body(body);
        }
        builder = builder.header(ACCEPT, "application/json");
        if let Some(timeout) = head.timeout {
            builder = builder.timeout(timeout);
        }
        Ok(builder.headers(head.headers))
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

    fn url(&self, request: &Head) -> Result<Url, InvalidRequest> {
        let invalid = || InvalidRequest::address(request.operation);
        let base_url = self.base_url(request)?;
        let text = format!("{}{}", base_url.trim_end_matches('/'), request.path);
        let mut url = Url::parse(&text).map_err(|_| invalid())?;
        // The URL standard rewrites some paths; one that it rewrote names another resource.
        if !url.path().ends_with(&request.path) {
            return Err(invalid());
        }
        if let Some(more) = &request.url {
            let more = url.join(more).map_err(|_| invalid())?;
            // Another server must not be given the credentials.
            if more.origin() != url.origin() {
                return Err(InvalidRequest::foreign(request.operation));
            }
            url = more;
        }
        let known: Vec<String> = url
            .query_pairs()
            .map(|(name, _)| name.into_owned())
            .collect();
        let is_new = |name: &str| known.iter().all(|known| known != name);
        let own = request.query.iter();
        let own = own.filter(|(name, pair)| !pair.is_empty() && is_new(name));
        let pairs = url
            .query()
            .into_iter()
            .chain(own.map(|(_, pair)| pair.as_str()));
        let query = pairs.collect::<Vec<_>>().join("&");
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        Ok(url)
    }
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
