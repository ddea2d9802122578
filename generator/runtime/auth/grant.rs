//! What tokens are granted for, and where they come from (OAuth 2.0, RFC 6749).

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::runtime::auth::secret::Secret;
use crate::runtime::encode::parameter::Parameter;

/// Where tokens come from.
#[derive(Clone)]
pub(super) enum Origin {
    Fixed(Secret),
    Grant(Box<Grant>),
    Provider(Arc<Provider>),
}

pub(super) type Provider =
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<AccessToken, String>> + Send>> + Send + Sync;

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(token) => token.fmt(f),
            Self::Grant(grant) => grant.fmt(f),
            Self::Provider(_) => f.write_str("provider"),
        }
    }
}

/// An access token and its lifetime.
#[derive(Debug, Clone)]
pub struct AccessToken {
    pub(super) token: Secret,
    pub(super) expires_in: Option<Duration>,
}

impl AccessToken {
    /// Creates a token that is used until the server refuses it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            token: token.into(),
            expires_in: None,
        }
    }

    /// Sets the lifetime: the token is renewed before it is over.
    #[must_use]
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }
}

/// What tokens are granted for: a client's own credentials (RFC 6749, section 4.4), or a refresh
/// token (section 6). The token is kept, shared by the clones of a client, and renewed once for
/// all calls that wait for it.
#[derive(Debug, Clone)]
#[must_use = "a grant is used by the client that it is given to"]
pub struct Grant {
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) refresh: Option<Secret>,
    scopes: Vec<String>,
    parameters: Vec<(String, Secret)>,
    pub(super) token_url: Option<String>,
    pub(super) in_body: bool,
}

impl Grant {
    /// Creates a grant for the client itself.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            client_secret: Some(secret.into()),
            ..Self::new(id.into())
        }
    }

    /// Creates a grant for the user who has authorized this client.
    ///
    /// A refresh token in the server's response takes the place of this one.
    pub fn refresh_token(client_id: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self {
            refresh: Some(token.into()),
            ..Self::new(client_id.into())
        }
    }

    fn new(client_id: String) -> Self {
        Self {
            client_id,
            client_secret: None,
            refresh: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
            token_url: None,
            in_body: false,
        }
    }

    /// Sets the secret of the client.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Adds a scope. Without any, the server decides.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Adds a parameter to the token request, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the token endpoint, in place of the document's.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends the client's id and secret in the body, for servers that do not take them in the
    /// header (RFC 6749, section 2.3.1).
    pub fn credentials_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// The body of the request.
    pub(super) fn body(&self, refresh: Option<&Secret>) -> String {
        let scopes = self.scopes.join(" ");
        let mut pairs = match refresh {
            Some(token) => vec![
                ("grant_type", "refresh_token"),
                ("refresh_token", token.reveal()),
            ],
            None => vec![("grant_type", "client_credentials")],
        };
        if !scopes.is_empty() {
            pairs.push(("scope", &scopes));
        }
        if self.in_body || self.client_secret.is_none() {
            pairs.push(("client_id", &self.client_id));
        }
        if let Some(secret) = self.client_secret.as_ref().filter(|_| self.in_body) {
            pairs.push(("client_secret", secret.reveal()));
        }
        let more = self.parameters.iter();
        pairs.extend(more.map(|(name, value)| (name.as_str(), value.reveal())));
        let pairs = pairs.into_iter().map(|(name, value)| pair(name, value));
        pairs.collect::<Vec<_>>().join("&")
    }
}

pub(super) fn pair(name: &str, value: &str) -> String {
    Parameter::query(name).encode(value).unwrap_or_default()
}
