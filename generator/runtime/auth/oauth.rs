//! Access tokens, and where they come from (OAuth 2.0, RFC 6749).

use std::fmt;
use std::sync::Arc;

use crate::runtime::auth::grant::{AccessToken, Grant, Origin};
use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::Source;
use crate::runtime::auth::tokens::{Endpoint, Tokens};

/// An access token, or where one comes from: text, a [`Grant`], or [`Token::provider`].
#[derive(Debug, Clone)]
pub struct Token(Origin);

impl Token {
    /// Tokens that the caller obtains: `provide` is called when there is none, when the last one is
    /// about to end, and when the server refuses it.
    pub fn provider<F, T, E>(provide: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<AccessToken, E>> + Send + 'static,
        E: fmt::Display,
    {
        Self(Origin::Provider(Arc::new(move || {
            let token = provide();
            Box::pin(async move { token.await.map_err(|error| error.to_string()) })
        })))
    }

    /// Tokens of these endpoints (`tokenUrl`, and `refreshUrl` where that is another one).
    pub(crate) fn fetched_at(
        self,
        url: Option<&'static str>,
        refresh: Option<&'static str>,
    ) -> Arc<dyn Source> {
        self.source(Endpoint::Urls(url, refresh))
    }

    /// Tokens of the endpoint that is named there (`openIdConnectUrl`).
    pub(crate) fn discovered_at(self, url: &'static str) -> Arc<dyn Source> {
        self.source(Endpoint::Discovery(url))
    }

    fn source(self, endpoint: Endpoint) -> Arc<dyn Source> {
        let refresh = match &self.0 {
            Origin::Grant(grant) => grant.refresh.clone(),
            Origin::Fixed(_) | Origin::Provider(_) => None,
        };
        Arc::new(Tokens::new(self.0, endpoint, refresh))
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self(Origin::Fixed(Secret::from(token)))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self(Origin::Fixed(Secret::from(token)))
    }
}

impl From<Grant> for Token {
    fn from(grant: Grant) -> Self {
        Self(Origin::Grant(Box::new(grant)))
    }
}
