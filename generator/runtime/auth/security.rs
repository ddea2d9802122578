//! Credentials, and which of them a request carries.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::runtime::auth::secret::Secret;
use crate::runtime::encode::parameter::{Location, Parameter};
use crate::runtime::send::body::Body;
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::send::request::Request;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::time::Time;
use crate::runtime::wire::transport::Transport;

/// How a security scheme puts its credential on the wire.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CredentialLocation {
    /// `apiKey` in the header of this name (lower case).
    Header(&'static str),
    /// `apiKey` in the query parameter of this name.
    Query(&'static str),
    /// `apiKey` in the cookie of this name.
    Cookie(&'static str),
    /// `http` with `bearer`, and the access tokens of `oauth2` and `openIdConnect`.
    Bearer,
    /// `http` with `basic`.
    Basic,
    /// `http` with another scheme, of this name.
    Http(&'static str),
}

/// A security scheme of the document.
#[derive(Debug)]
pub(crate) struct Scheme {
    setter: &'static str,
    location: CredentialLocation,
}

/// Security requirements: alternatives, each a list of schemes that are needed together.
pub(crate) type Security = &'static [&'static [&'static Scheme]];

/// Where a credential comes from that is not given as text.
pub(crate) trait Source: fmt::Debug + Send + Sync {
    /// The one in use; another one where the server has refused it. The reason where there is none,
    /// or none within the time.
    fn fetch<'a>(
        &'a self,
        transport: &'a Arc<dyn Transport>,
        base_url: &'a str,
        refused: Option<&'a str>,
        time: Time,
    ) -> Fetched<'a>;
}

/// A credential that is being fetched.
pub(crate) type Fetched<'a> = Pin<Box<dyn Future<Output = Result<Secret, Failure>> + Send + 'a>>;

#[derive(Debug, Clone)]
pub(crate) enum Credential {
    Text(Secret),
    Source(Arc<dyn Source>),
}

/// What the caller has given, by the name of the scheme's setter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

/// A credential that is fetched for each attempt: an access token.
pub(crate) struct Fetching {
    scheme: &'static Scheme,
    source: Arc<dyn Source>,
}

impl Credentials {
    /// Keeps a credential for `scheme`; a later one replaces it.
    pub(crate) fn set(&mut self, scheme: &Scheme, credential: Credential) {
        self.0.retain(|(name, _)| *name != scheme.setter);
        self.0.push((scheme.setter, credential));
    }

    fn get(&self, scheme: &Scheme) -> Option<&Credential> {
        let mut known = self.0.iter();
        let (_, credential) = known.find(|(name, _)| *name == scheme.setter)?;
        Some(credential)
    }

    /// Adds the credentials of the alternative that is chosen, but for the one that is to be fetched. What
    /// the call itself has set stays.
    pub(crate) fn apply(
        &self,
        security: Security,
        request: &mut Request,
    ) -> Result<Option<Fetching>, InvalidRequest> {
        let mut fetching = None;
        for scheme in self.chosen(security, request)? {
            if scheme.is_set(request) {
                continue;
            }
            match self.get(scheme) {
                Some(Credential::Text(secret)) => scheme.carry(secret.reveal(), request)?,
                Some(Credential::Source(source)) => {
                    let source = Arc::clone(source);
                    fetching = Some(Fetching { scheme, source });
                }
                None => {}
            }
        }
        write_cookies(request);
        Ok(fetching)
    }

    /// The first alternative that the caller can satisfy ("Security Requirement Object"); an empty one
    /// counts last, so that a given credential is used.
    fn chosen(
        &self,
        security: Security,
        request: &Request,
    ) -> Result<&'static [&'static Scheme], InvalidRequest> {
        let is_given = |scheme: &&Scheme| scheme.is_set(request) || self.get(scheme).is_some();
        let is_satisfied = |schemes: &&&'static [&'static Scheme]| schemes.iter().all(is_given);
        let mut others = security.iter().filter(|schemes| !schemes.is_empty());
        match others.find(is_satisfied) {
            Some(schemes) => Ok(schemes),
            None if security.iter().any(|schemes| schemes.is_empty()) || security.is_empty() => {
                Ok(&[])
            }
            None => {
                let operation = request.head.operation;
                let wanted = wanted(security);
                Err(InvalidRequest::missing_credential(operation, &wanted))
            }
        }
    }
}

impl Fetching {
    /// The one in use; another one where the server has refused it.
    pub(crate) async fn fetch(
        &self,
        transport: &Arc<dyn Transport>,
        base_url: &str,
        refused: Option<&Secret>,
        time: Time,
    ) -> Result<Secret, Failure> {
        let refused = refused.map(Secret::reveal);
        self.source.fetch(transport, base_url, refused, time).await
    }

    /// Adds it to the request of an operation.
    pub(crate) fn carry(
        &self,
        token: &Secret,
        operation: &'static str,
        request: &mut http::Request<Body>,
    ) -> Result<(), Failure> {
        let text = format!("Bearer {}", token.reveal());
        let value = self.scheme.sensitive(&text, operation);
        let value = value.map_err(Failure::InvalidRequest)?;
        request.headers_mut().insert(AUTHORIZATION, value);
        Ok(())
    }
}

fn wanted(security: Security) -> String {
    let alternative = |schemes: &&[&Scheme]| {
        let setters: Vec<_> = schemes.iter().map(|s| format!("`{}`", s.setter)).collect();
        setters.join(" and ")
    };
    security
        .iter()
        .map(alternative)
        .collect::<Vec<_>>()
        .join(", or ")
}

impl Scheme {
    /// A scheme whose credential is given by this setter of the client's builder.
    pub(crate) const fn new(setter: &'static str, location: CredentialLocation) -> Self {
        Self { setter, location }
    }

    /// Whether the call itself has set it.
    fn is_set(&self, request: &Request) -> bool {
        match self.location {
            CredentialLocation::Header(name) => request.has(Location::Header, name),
            CredentialLocation::Query(name) => request.has(Location::Query, name),
            CredentialLocation::Cookie(name) => request.has(Location::Cookie, name),
            CredentialLocation::Bearer
            | CredentialLocation::Basic
            | CredentialLocation::Http(_) => request.head.headers.contains_key(AUTHORIZATION),
        }
    }

    fn carry(&self, secret: &str, request: &mut Request) -> Result<(), InvalidRequest> {
        match self.location {
            CredentialLocation::Header(name) => {
                let value = self.sensitive(secret, request.head.operation)?;
                let header = HeaderName::try_from(name).map_err(|_| {
                    let reason = "is sent in a header whose name is not valid";
                    InvalidRequest::parameter(request.head.operation, self.setter, reason)
                })?;
                request.head.headers.insert(header, value);
            }
            CredentialLocation::Bearer => {
                let value = self.sensitive(&format!("Bearer {secret}"), request.head.operation)?;
                request.head.headers.insert(AUTHORIZATION, value);
            }
            CredentialLocation::Http(name) => {
                let value = self.sensitive(&format!("{name} {secret}"), request.head.operation)?;
                request.head.headers.insert(AUTHORIZATION, value);
            }
            CredentialLocation::Basic => {
                let value = self.sensitive(&basic(secret), request.head.operation)?;
                request.head.headers.insert(AUTHORIZATION, value);
            }
            CredentialLocation::Query(name) => {
                let parameter = Parameter::query(name);
                let text = parameter.encode(secret).unwrap_or_default();
                request.head.query.push((name, text));
            }
            CredentialLocation::Cookie(name) => {
                request
                    .head
                    .cookies
                    .push((name, format!("{name}={}", octets(secret))));
            }
        }
        Ok(())
    }

    fn sensitive(
        &self,
        text: &str,
        operation: &'static str,
    ) -> Result<HeaderValue, InvalidRequest> {
        let mut value = HeaderValue::from_str(text).map_err(|_| {
            InvalidRequest::parameter(
                operation,
                self.setter,
                "has characters that a header cannot carry",
            )
        })?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The value of `Authorization` for `user:password` (RFC 7617, section 2).
pub(crate) fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// What no cookie can hold (RFC 6265, section 4.1.1).
const NOT_IN_COOKIES: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// The text of a cookie, as the server has set it; what no cookie can hold is escaped.
fn octets(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_COOKIES).to_string()
}

/// Joins the cookies of a request into its one `Cookie` header (RFC 6265, section 5.4).
fn write_cookies(request: &mut Request) {
    if request.head.cookies.is_empty() {
        return;
    }
    let cookies = request.head.cookies.iter().map(|(_, text)| text.as_str());
    let cookies: Vec<_> = cookies.filter(|text| !text.is_empty()).collect();
    if let Ok(mut value) = HeaderValue::from_str(&cookies.join("; ")) {
        value.set_sensitive(true);
        request.head.headers.insert(COOKIE, value);
    }
}
