//! The part of a client that is the same for every document.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{StatusCode, Url, redirect};
use serde::Serialize;

use super::error::{BuildError, InvalidRequest};
use super::parameter::{Location, Parameter};
use super::request::Request;
use super::response::RawResponse;
use super::secret::Secret;
use super::security::{self, Credential, Credentials, Scheme, Security, Source};
use super::transport::Failure;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a whole call may take, its answer's body included.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Sends requests. Cheap to clone: clones share connections and settings.
#[derive(Debug, Clone)]
pub(crate) struct Core(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    base_url: String,
    /// Whether all calls go there, those with a server of their own, too.
    is_for_all: bool,
    timeout: Duration,
    credentials: Credentials,
    globals: Globals,
    headers: HeaderMap,
}

/// What is set once for all calls; it may be a secret.
type Globals = Vec<(Parameter<'static>, Result<Secret, String>)>;

impl Core {
    /// Sends `request` and reads the answer to its end.
    pub(crate) async fn send(
        &self,
        mut request: Request,
        security: Security,
    ) -> Result<RawResponse, Failure> {
        request.timeout.get_or_insert(self.0.timeout);
        let mut response = self.open(request, security).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = response.bytes().await;
        let body = body.map_err(|error| Failure::new(error, Some(status)))?;
        Ok(RawResponse {
            status,
            headers,
            body: body.into(),
        })
    }

    /// Sends `request` and reads the answer's status and headers.
    pub(crate) async fn open(
        &self,
        mut request: Request,
        security: Security,
    ) -> Result<reqwest::Response, Failure> {
        self.add_headers(&mut request);
        self.add_globals(&mut request);
        super::multipart::attach(&mut request);
        if let Some(problem) = request.problem.take() {
            return Err(Failure::InvalidRequest(problem));
        }
        let Inner {
            http,
            base_url,
            credentials,
            ..
        } = &*self.0;
        let started = Instant::now();
        let time = request.timeout;
        let left = || time.map(|time| time.saturating_sub(started.elapsed()));
        let used = credentials.apply(security, &mut request, http, base_url);
        let used = used.await.map_err(Failure::InvalidRequest)?;
        request.timeout = left();
        security::write_cookies(&mut request);
        let request = self.prepare(request).map_err(Failure::InvalidRequest)?;
        let failure = |error| Failure::new(error, None);
        let request = request.build().map_err(failure)?;
        let again = used.as_ref().and_then(|_| request.try_clone());
        let response = http.execute(request).await.map_err(failure)?;
        if response.status() == StatusCode::UNAUTHORIZED
            && let Some(used) = used
            && let Some(authorization) = used.renewed(http, base_url, left()).await
            && let Some(mut again) = again
        {
            *again.timeout_mut() = left();
            again.headers_mut().insert(AUTHORIZATION, authorization);
            return http.execute(again).await.map_err(failure);
        }
        Ok(response)
    }

    /// Adds what is set once for all calls and not for this one.
    fn add_globals(&self, request: &mut Request) {
        let Some(needed) = request.globals else {
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
            let entry = request.headers.entry(name);
            entry.or_insert_with(|| value.clone());
        }
    }

    fn prepare(&self, request: Request) -> Result<reqwest::RequestBuilder, InvalidRequest> {
        let url = self.url(&request)?;
        let mut builder = self.0.http.request(request.method, url);
        if let Some(basic) = &request.basic {
            let (user, password) = basic.split_once(':').unwrap_or((basic, ""));
            builder = builder.basic_auth(user, Some(password));
        }
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        builder = builder.header(ACCEPT, "application/json");
        if let Some(timeout) = request.timeout {
            builder = builder.timeout(timeout);
        }
        Ok(builder.headers(request.headers))
    }

    /// Where the request goes. A relative URL of its own is relative to the API's.
    fn base_url(&self, request: &Request) -> Result<Cow<'_, str>, InvalidRequest> {
        let names_host = |url: &str| url.contains("://") || url.starts_with("//");
        let own = match (&request.base_url, request.server) {
            (Some(url), _) => url,
            (None, Some(url)) if !(self.0.is_for_all && names_host(url)) => url,
            (None, _) => return Ok(Cow::Borrowed(&self.0.base_url)),
        };
        let refused = |reason: String| {
            let reason = format!("is none: {reason}");
            InvalidRequest::parameter(request.operation, "base_url", &reason)
        };
        let url = Url::parse(&self.0.base_url).and_then(|url| url.join(own));
        let url = url.map_err(|error| refused(error.to_string()))?;
        checked(&url).map(Cow::Owned).map_err(refused)
    }

    fn url(&self, request: &Request) -> Result<Url, InvalidRequest> {
        let invalid = || InvalidRequest::address(request.operation);
        let base_url = self.base_url(request)?;
        let text = format!("{}{}", base_url.trim_end_matches('/'), request.path);
        let mut url = Url::parse(&text).map_err(|_| invalid())?;
        // The URL standard rewrites some paths; one that it rewrote names another resource.
        if !url.path().ends_with(&request.path) {
            return Err(invalid());
        }
        if let Some(further) = &request.url {
            let further = url.join(further).map_err(|_| invalid())?;
            // Another server must not be given the credentials.
            if further.origin() != url.origin() {
                return Err(InvalidRequest::foreign(request.operation));
            }
            url = further;
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

/// Settings of a client that is still to be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct CoreBuilder {
    base_url: Option<String>,
    is_for_all: bool,
    http: Option<reqwest::Client>,
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    credentials: Credentials,
    globals: Globals,
    headers: HeaderMap,
    problem: Option<String>,
}

impl CoreBuilder {
    /// Where all calls go.
    pub(crate) fn base_url(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(base_url.into());
        self.is_for_all = true;
    }

    /// Where calls without a server of their own go.
    pub(crate) fn server(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(base_url.into());
        self.is_for_all = false;
    }

    /// An HTTP client of the caller's own.
    pub(crate) fn http_client(&mut self, http: reqwest::Client) {
        self.http = Some(http);
    }

    /// How long a connection may take to be made.
    pub(crate) fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = Some(timeout);
    }

    /// How long a whole call may take.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// The credential of a security scheme.
    pub(crate) fn credential(&mut self, scheme: &Scheme, secret: String) {
        let credential = Credential::Text(Secret::from(secret));
        self.credentials.set(scheme, credential);
    }

    /// Where the credential of a security scheme comes from.
    pub(crate) fn source(&mut self, scheme: &Scheme, source: Arc<dyn Source>) {
        self.credentials.set(scheme, Credential::Source(source));
    }

    /// A parameter of all calls that have it.
    pub(crate) fn global<T: Serialize>(&mut self, parameter: Parameter<'static>, value: T) {
        let text = parameter.encode(&value).map(Secret::from);
        self.globals.push((parameter, text));
    }

    /// A header of all calls.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let known = HeaderName::try_from(name);
        let text = HeaderValue::from_str(value);
        match (known, text) {
            (Ok(name), Ok(mut value)) => {
                // It may be a secret.
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.refuse(name, "is not a valid header name"),
            (Ok(_), Err(_)) => self.refuse(name, "has control characters in its value"),
        }
    }

    fn refuse(&mut self, part: &str, reason: &str) {
        let problem = || format!("the header `{part}` {reason}");
        self.problem.get_or_insert_with(problem);
    }

    /// Checks the settings; `default` is the document's own server.
    pub(crate) fn build(self, default: &str) -> Result<Core, BuildError> {
        if let Some(problem) = self.problem {
            return Err(BuildError::header(problem));
        }
        let text = self.base_url.unwrap_or_else(|| default.to_owned());
        let base_url = parsed(&text).and_then(|url| checked(&url));
        let base_url = base_url.map_err(|reason| BuildError::base_url(&text, &reason))?;
        let http = match self.http {
            Some(http) => http,
            None => http_client(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))?,
        };
        Ok(Core(Arc::new(Inner {
            http,
            base_url,
            is_for_all: self.is_for_all,
            timeout: self.timeout.unwrap_or(TIMEOUT),
            credentials: self.credentials,
            globals: self.globals,
            headers: self.headers,
        })))
    }
}

/// Redirects are not followed and no referrer is sent: either would hand the credentials to
/// another host.
fn http_client(connect_timeout: Duration) -> Result<reqwest::Client, BuildError> {
    reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .redirect(redirect::Policy::none())
        .referer(false)
        .user_agent(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION")
        ))
        .build()
        .map_err(BuildError::http_client)
}

fn parsed(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| {
        if text.contains("://") {
            error.to_string()
        } else {
            "it does not say which server; set the base URL on the client's builder".to_owned()
        }
    })
}

/// A base URL as it can be used.
fn checked(url: &Url) -> Result<String, String> {
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
