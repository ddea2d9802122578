//! Credentials, and which of them a request carries.

use reqwest::header::{COOKIE, HeaderName, HeaderValue};

use super::error::InvalidRequest;
use super::request::Request;
use super::secret::Secret;

/// How a security scheme puts its credential on the wire.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Carrier {
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
}

/// A security scheme of the document.
#[derive(Debug)]
pub(crate) struct Scheme {
    setter: &'static str,
    carrier: Carrier,
}

/// Security requirements: alternatives, each a list of schemes that are needed together.
pub(crate) type Security = &'static [&'static [&'static Scheme]];

/// What the caller has given, by the name of the scheme's setter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Secret)>);

impl Credentials {
    /// Keeps `secret` for `scheme`; a later one replaces it.
    pub(crate) fn set(&mut self, scheme: &Scheme, secret: String) {
        self.0.retain(|(name, _)| *name != scheme.setter);
        self.0.push((scheme.setter, Secret::from(secret)));
    }

    fn get(&self, scheme: &Scheme) -> Option<&str> {
        let (_, secret) = self.0.iter().find(|(name, _)| *name == scheme.setter)?;
        Some(secret.reveal())
    }

    /// Adds the credentials of the first alternative that the caller can satisfy ("Security
    /// Requirement Object"); an empty alternative counts last, so that a given credential is used.
    pub(crate) fn apply(
        &self,
        security: Security,
        request: &mut Request,
    ) -> Result<(), InvalidRequest> {
        let satisfied = |schemes: &&&'static [&'static Scheme]| {
            schemes.iter().all(|scheme| self.get(scheme).is_some())
        };
        let given = security
            .iter()
            .filter(|schemes| !schemes.is_empty())
            .find(satisfied)
            .or_else(|| security.iter().find(satisfied));
        match given {
            Some(schemes) => schemes.iter().try_for_each(|scheme| {
                let secret = self.get(scheme).unwrap_or_default();
                scheme.carry(secret, request)
            }),
            None if security.is_empty() => Ok(()),
            None => Err(InvalidRequest::missing_credential(
                request.operation,
                &wanted(security),
            )),
        }
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
    pub(crate) const fn new(setter: &'static str, carrier: Carrier) -> Self {
        Self { setter, carrier }
    }

    fn carry(&self, secret: &str, request: &mut Request) -> Result<(), InvalidRequest> {
        match self.carrier {
            Carrier::Header(name) => {
                let value = self.sensitive(secret, request)?;
                let header = HeaderName::try_from(name).map_err(|_| {
                    let reason = "is sent in a header whose name is not valid";
                    InvalidRequest::parameter(request.operation, self.setter, reason)
                })?;
                request.headers.insert(header, value);
            }
            Carrier::Bearer => {
                let value = self.sensitive(&format!("Bearer {secret}"), request)?;
                request
                    .headers
                    .insert(reqwest::header::AUTHORIZATION, value);
            }
            Carrier::Basic => request.basic = Some(secret.to_owned()),
            Carrier::Query(name) => {
                let parameter = super::parameter::Parameter::query(name);
                let text = parameter.encode(secret).unwrap_or_default();
                request.query.push((name, text));
            }
            Carrier::Cookie(name) => {
                let parameter = super::parameter::Parameter::cookie(name);
                let text = parameter.encode(secret).unwrap_or_default();
                request.cookies.push((name, text));
            }
        }
        Ok(())
    }

    fn sensitive(&self, text: &str, request: &Request) -> Result<HeaderValue, InvalidRequest> {
        let mut value = HeaderValue::from_str(text).map_err(|_| {
            InvalidRequest::parameter(
                request.operation,
                self.setter,
                "has characters that a header cannot carry",
            )
        })?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Joins the cookies of a request into its one `Cookie` header (RFC 6265, section 5.4).
pub(crate) fn write_cookies(request: &mut Request) {
    if request.cookies.is_empty() {
        return;
    }
    let cookies: Vec<_> = request.cookies.iter().map(|(_, text)| &**text).collect();
    if let Ok(mut value) = HeaderValue::from_str(&cookies.join("; ")) {
        value.set_sensitive(true);
        request.headers.insert(COOKIE, value);
    }
}
