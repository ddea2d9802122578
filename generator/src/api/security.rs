//! Credentials and servers.

use super::{Origin, Segment};

/// A security scheme that the client can satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name among the components.
    pub name: String,
    /// What it is, as `CommonMark`.
    pub description: String,
    /// How the credential is sent.
    pub location: CredentialLocation,
}

/// How a credential is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialLocation {
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
    /// As a bearer token.
    Bearer,
    /// As the bearer token of OAuth 2.0, fetched there.
    OAuth2 {
        /// The token endpoint, where a flow names one.
        token_url: Option<String>,
        /// The endpoint of refresh tokens, where that is another one.
        refresh_url: Option<String>,
    },
    /// As the bearer token of a provider that is described there.
    OpenIdConnect(String),
    /// In the header `Authorization`, after this scheme.
    Http(String),
    /// With the connection (mutual TLS).
    Connection,
    /// As user name and password.
    Basic,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Where the document describes it.
    pub origin: Origin,
    /// The URL template, in segments.
    pub url: Vec<Segment>,
    /// What it is, as `CommonMark`.
    pub description: String,
    /// The variables of the template.
    pub variables: Vec<Variable>,
}

impl Server {
    /// Whether another one is the same, wherever the document describes it.
    pub fn is_same(&self, other: &Self) -> bool {
        let values = |server: &Self| -> Vec<_> {
            let variables = server.variables.iter();
            let values = variables.map(|variable| Variable {
                origin: Origin::several(),
                ..variable.clone()
            });
            values.collect()
        };
        (&self.url, &self.description) == (&other.url, &other.description)
            && values(self) == values(other)
    }

    /// The URL with the defaults of its variables.
    pub fn default_url(&self) -> String {
        let value = |segment: &Segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => self
                .variables
                .iter()
                .find(|variable| variable.name == *name)
                .map_or_else(
                    || format!("{{{name}}}"),
                    |variable| variable.default.clone(),
                ),
        };
        self.url.iter().map(value).collect()
    }
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The value where none is given.
    pub default: String,
    /// The values it can have; any when empty.
    pub values: Vec<String>,
    /// What it is, as `CommonMark`.
    pub description: String,
}
