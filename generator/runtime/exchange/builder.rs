//! Settings of a client.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Url, redirect};
use serde::Serialize;

use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{Credential, Credentials, Scheme, Source};
use crate::runtime::encode::parameter::Parameter;
use crate::runtime::exchange::core::{Core, Globals, Settings, checked};
use crate::runtime::exchange::error::BuildError;
use crate::runtime::exchange::transport::Transport;

/// How long a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a whole call may take, its response's body included.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Settings of a client that is still to be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct CoreBuilder {
    base_url: Option<String>,
    is_for_all: bool,
    http: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
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

    /// What sends requests, in place of the HTTP client.
    pub(crate) fn transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
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
        let transport = self.transport.unwrap_or_else(|| Arc::new(http.clone()));
        Ok(Core(Arc::new(Settings {
            http,
            transport,
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
