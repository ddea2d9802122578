//! Settings of a client.

use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use url::Url;

use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{Credential, Credentials, Scheme, Source};
use crate::runtime::encode::parameter::Parameter;
use crate::runtime::exchange::attempts::Budget;
use crate::runtime::exchange::core::{Core, Globals, Settings, checked};
use crate::runtime::exchange::error::BuildError;
#[cfg(feature = "mock")]
use crate::runtime::exchange::mock::{Answers, Mock};
use crate::runtime::send::options::{Options, Retry};
use crate::runtime::send::request::is_of_the_message;
use crate::runtime::wire::middleware::Middleware;
#[cfg(feature = "reqwest")]
use crate::runtime::wire::reqwest::{HttpClient, client};
use crate::runtime::wire::transport::Transport;

/// How long a whole call may take, its response's body included.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long the server may be silent within a body.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// Settings of a client that is still to be built.
#[derive(Debug, Clone, Default)]
pub(crate) struct CoreBuilder {
    /// It may have a password, which is refused.
    base_url: Option<Secret>,
    is_for_all: bool,
    transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    connect_timeout: Option<Duration>,
    options: Options,
    credentials: Credentials,
    globals: Globals,
    headers: HeaderMap,
    problem: Option<String>,
    #[cfg(feature = "mock")]
    mock: Option<Arc<Answers>>,
}

impl CoreBuilder {
    /// Where all calls go.
    pub(crate) fn base_url(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(Secret::from(base_url.into()));
        self.is_for_all = true;
    }

    /// Where calls without a server of their own go.
    pub(crate) fn server(&mut self, base_url: impl Into<String>) {
        self.base_url = Some(Secret::from(base_url.into()));
        self.is_for_all = false;
    }

    /// What sends requests, in place of the HTTP client; it has time limits of its own.
    pub(crate) fn transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
    }

    /// What answers in place of a server.
    #[cfg(feature = "mock")]
    pub(crate) fn mock(&mut self, mock: &Mock) {
        self.base_url
            .get_or_insert_with(|| Secret::from("http://mock.invalid"));
        self.transport = Some(mock.0.clone());
        self.mock = Some(mock.0.clone());
    }

    /// The HTTP client that sends requests, in place of one of the client's own.
    #[cfg(feature = "reqwest")]
    pub(crate) fn http_client(&mut self, client: reqwest::Client) {
        self.transport = Some(Arc::new(HttpClient::from(client)));
    }

    /// What stands around each attempt; the first one is the outermost.
    pub(crate) fn middleware(&mut self, middleware: Arc<dyn Middleware>) {
        self.middleware.push(middleware);
    }

    /// How long a connection may take to be made.
    pub(crate) fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = Some(timeout);
    }

    /// How long a whole call may take.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    /// How long the server may be silent within a body.
    pub(crate) fn read_timeout(&mut self, timeout: Duration) {
        self.options.read_timeout = Some(timeout);
    }

    /// How many bytes a body may have that is read whole.
    pub(crate) fn body_limit(&mut self, bytes: usize) {
        self.options.body_limit = Some(bytes);
    }

    /// When calls are sent again.
    pub(crate) fn retry(&mut self, retry: Retry) {
        self.options.retry = Some(retry);
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
            (Ok(header), _) if is_of_the_message(&header) => {
                self.refuse(name, "is one that the client sets itself");
            }
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
        let text = self.base_url.as_ref().map_or(default, Secret::reveal);
        let base_url = parsed(text).and_then(|url| checked(&url));
        let base_url = base_url.map_err(|reason| BuildError::base_url(text, &reason))?;
        let mut options = self.options;
        let transport = if let Some(transport) = self.transport {
            transport
        } else {
            options.timeout.get_or_insert(TIMEOUT);
            options.read_timeout.get_or_insert(READ_TIMEOUT);
            usual(self.connect_timeout)?
        };
        Ok(Core(Arc::new(Settings {
            transport,
            middleware: self.middleware,
            base_url,
            is_for_all: self.is_for_all,
            options,
            budget: Budget::default(),
            credentials: self.credentials,
            globals: self.globals,
            headers: self.headers,
            #[cfg(feature = "mock")]
            mock: self.mock,
        })))
    }
}

/// The HTTP client of clients that are given none.
#[cfg(feature = "reqwest")]
fn usual(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, BuildError> {
    let client = client(connect_timeout).map_err(BuildError::http_client)?;
    Ok(Arc::new(HttpClient::from(client)))
}

#[cfg(not(feature = "reqwest"))]
fn usual(_: Option<Duration>) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::http_client(
        "there is none without the cargo feature `reqwest`; give the builder a `transport`".into(),
    ))
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
