//! Tokens that are fetched and renewed (OAuth 2.0, RFC 6749; `OpenID` Connect Discovery 1.0).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Url};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::runtime::auth::grant::{AccessToken, Grant, Origin, pair};
use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{Fetched, Source};

/// How long before its end a token is renewed; a tenth of its time where that is less.
const MARGIN: Duration = Duration::from_secs(30);
/// How long the server may take to respond.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Where tokens are fetched.
#[derive(Debug)]
pub(super) enum Endpoint {
    Urls(Option<&'static str>, Option<&'static str>),
    Discovery(&'static str),
}

/// The tokens of a scheme.
#[derive(Debug)]
pub(super) struct Tokens(Arc<Shared>);

/// Where tokens come from, and the one in use.
#[derive(Debug)]
struct Shared {
    origin: Origin,
    endpoint: Endpoint,
    /// How often one has been asked for.
    attempts: AtomicU64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    token: Option<AccessToken>,
    /// When it has to be renewed.
    until: Option<Instant>,
    refresh: Option<Secret>,
    /// Why there is none.
    failure: String,
    token_url: Option<Url>,
}

impl Tokens {
    pub(super) fn new(origin: Origin, endpoint: Endpoint, refresh: Option<Secret>) -> Self {
        let state = State {
            refresh,
            ..State::default()
        };
        Self(Arc::new(Shared {
            origin,
            endpoint,
            attempts: AtomicU64::new(0),
            state: Mutex::new(state),
        }))
    }
}

impl Source for Tokens {
    fn fetch<'a>(
        &'a self,
        http: &'a Client,
        base_url: &'a str,
        refused: Option<&'a str>,
        time: Option<Duration>,
    ) -> Fetched<'a> {
        Box::pin(async move {
            if let Ok(state) = self.0.state.try_lock()
                && let Some(token) = state.valid(refused)
            {
                return Ok(token);
            }
            let before = self.0.attempts.load(Ordering::Acquire);
            let shared = Arc::clone(&self.0);
            let (http, base_url) = (http.clone(), base_url.to_owned());
            let refused = refused.map(Secret::from);
            // A call that is given up must not take with it the token that is on its way: the server
            // may have withdrawn the one before it.
            let task = tokio::spawn(async move {
                shared
                    .fetch(&http, &base_url, refused.as_ref(), before)
                    .await
            });
            let fetched = match time {
                Some(time) => tokio::time::timeout(time, task).await,
                None => Ok(task.await),
            };
            match fetched {
                Ok(Ok(token)) => token,
                Ok(Err(_)) => Err("its provider panicked".to_owned()),
                Err(_) => Err("none came within the time-out".to_owned()),
            }
        })
    }
}

impl State {
    /// The token in use, where it is neither at its end nor the refused one.
    fn valid(&self, refused: Option<&str>) -> Option<Secret> {
        let is_valid = self.until.is_none_or(|until| Instant::now() < until);
        let token = self.token.as_ref().filter(|_| is_valid)?;
        (refused != Some(token.token.reveal())).then(|| token.token.clone())
    }
}

impl Shared {
    /// The token in use, or another one; `before` is how often one had been asked for.
    async fn fetch(
        &self,
        http: &Client,
        base_url: &str,
        refused: Option<&Secret>,
        before: u64,
    ) -> Result<Secret, String> {
        let mut state = self.state.lock().await;
        if let Some(token) = state.valid(refused.map(Secret::reveal)) {
            return Ok(token);
        }
        // Another call has tried while this one waited: what it was told holds for both.
        if state.token.is_none() && self.attempts.load(Ordering::Acquire) > before {
            return Err(state.failure.clone());
        }
        let renewed = self.renewed(http, base_url, &mut state).await;
        self.attempts.fetch_add(1, Ordering::Release);
        match renewed {
            Ok(token) => {
                let time = token.expires_in;
                let time = time.map(|time| time.saturating_sub(MARGIN.min(time / 10)));
                state.until = time.and_then(|time| Instant::now().checked_add(time));
                state.token = Some(token.clone());
                Ok(token.token)
            }
            Err(reason) => {
                state.token = None;
                state.failure.clone_from(&reason);
                Err(reason)
            }
        }
    }

    async fn renewed(
        &self,
        http: &Client,
        base_url: &str,
        state: &mut State,
    ) -> Result<AccessToken, String> {
        match &self.origin {
            Origin::Fixed(token) => Ok(AccessToken::new(token.clone())),
            Origin::Provider(provide) => provide().await,
            Origin::Grant(grant) => {
                let url = self.token_url(http, base_url, grant, state).await?;
                let mut request = http
                    .post(url)
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
                if let Some(secret) = grant.client_secret.as_ref().filter(|_| !grant.in_body) {
                    let escaped = |text| pair("", text).trim_start_matches('=').to_owned();
                    let (id, secret) = (escaped(&grant.client_id), escaped(secret.reveal()));
                    request = request.basic_auth(id, Some(secret));
                }
                let body = grant.body(state.refresh.as_ref());
                let response = json(request.body(body), "the token endpoint").await?;
                let text = |name: &str| response[name].as_str().map(Secret::from);
                // One that comes with a client's own token is not needed (RFC 6749, section 4.4.3).
                let more = text("refresh_token").filter(|_| state.refresh.is_some());
                state.refresh = more.or(state.refresh.take());
                let token = text("access_token");
                let token = token.ok_or("the token endpoint responded without an access token")?;
                let time = &response["expires_in"];
                let time = time
                    .as_u64()
                    .or(time.as_str().and_then(|text| text.parse().ok()));
                Ok(AccessToken {
                    token,
                    expires_in: time.map(Duration::from_secs),
                })
            }
        }
    }

    async fn token_url(
        &self,
        http: &Client,
        base_url: &str,
        grant: &Grant,
        state: &mut State,
    ) -> Result<Url, String> {
        let absolute = |url: &str| {
            let url = Url::parse(base_url).and_then(|base| base.join(url));
            url.map_err(|error| format!("the token URL is not valid: {error}"))
        };
        match (&grant.token_url, &self.endpoint) {
            (Some(url), _) => absolute(url),
            (None, Endpoint::Urls(url, refresh)) => {
                let refresh = refresh.filter(|_| state.refresh.is_some());
                let url = refresh.or(*url);
                absolute(
                    url.ok_or("the document names no token endpoint; set the grant's `token_url`")?,
                )
            }
            (None, Endpoint::Discovery(url)) => {
                if let Some(url) = &state.token_url {
                    return Ok(url.clone());
                }
                let request = http.get(absolute(url)?);
                let response = json(request, "the OpenID provider").await?;
                let url = response["token_endpoint"].as_str();
                let url = absolute(url.ok_or("the OpenID provider names no token endpoint")?)?;
                state.token_url = Some(url.clone());
                Ok(url)
            }
        }
    }
}

/// A JSON response of success; or what went wrong (RFC 6749, section 5.2).
async fn json(request: reqwest::RequestBuilder, server: &str) -> Result<Value, String> {
    let failed = |error: reqwest::Error| {
        let error = error.without_url();
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        format!(
            "{server} did not respond: {error}{}",
            cause.unwrap_or_default()
        )
    };
    let request = request.header(reqwest::header::ACCEPT, "application/json");
    let request = request.timeout(TIMEOUT);
    let response = request.send().await.map_err(failed)?;
    let status = response.status();
    let body = response.bytes().await.map_err(failed)?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if status.is_success() {
        return Ok(body);
    }
    let words = ["error", "error_description"].map(|name| body[name].as_str());
    let words = words.into_iter().flatten().map(|text| format!(": {text}"));
    Err(format!(
        "{server} responded with {status}{}",
        words.collect::<String>()
    ))
}
