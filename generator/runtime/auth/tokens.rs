//! Tokens that are fetched and renewed (OAuth 2.0, RFC 6749; `OpenID` Connect Discovery 1.0).

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, StatusCode, Uri};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use crate::runtime::auth::grant::{AccessToken, Grant, Origin, pair};
use crate::runtime::auth::secret::Secret;
use crate::runtime::auth::security::{Fetched, Source, basic};
use crate::runtime::receive::body;
use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::{Failure, Phase, TokenError, TransportError};
use crate::runtime::wire::time::Time;
use crate::runtime::wire::transport::Transport;

/// How long before its end a token is renewed; a tenth of its time where that is less.
const MARGIN: Duration = Duration::from_secs(30);
/// How long a token is taken for a valid one that has taken the place of a refused one: what the server refuses
/// then is the call.
const TRUSTED: Duration = Duration::from_secs(60);
/// How long the server may take to respond.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long no other one is asked for after a failure; twice as long after each other one.
const PAUSE: Duration = Duration::from_secs(1);
/// How long that is at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long a response of the server may be.
const LIMIT: usize = 1024 * 1024;

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
    /// Whether one is being asked for beside the calls.
    is_renewing: AtomicBool,
    in_use: RwLock<Option<InUse>>,
    state: Mutex<State>,
}

/// The token in use.
#[derive(Debug)]
struct InUse {
    token: Secret,
    /// When it has to be renewed.
    until: Option<Instant>,
    /// When it can no longer be used.
    end: Option<Instant>,
    /// Until when a refusal is not about it: it has just taken the place of a refused one.
    trusted: Option<Instant>,
}

/// What only the call has that asks for a token.
#[derive(Debug, Default)]
struct State {
    refresh: Option<Secret>,
    /// Why there is none, and how often in a row.
    failure: Option<(Reason, u32)>,
    /// When one may be asked for again.
    not_before: Option<Instant>,
    token_url: Option<Url>,
}

/// Why there is no token; told to all calls that wait for it.
#[derive(Debug, Clone)]
enum Reason {
    /// The server was not reached, or broke off.
    Lost(String),
    /// It did not respond in time.
    Late,
    /// It refused.
    Refused(String),
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Lost(text) => TransportError::new(Phase::Token, text).into(),
            Reason::Late => Self::timed_out(Phase::Token),
            Reason::Refused(text) => Self::Token(TokenError::new(text)),
        }
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self::Refused(text)
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        Self::Refused(text.to_owned())
    }
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
            is_renewing: AtomicBool::new(false),
            in_use: RwLock::new(None),
            state: Mutex::new(state),
        }))
    }
}

impl Source for Tokens {
    fn fetch<'a>(
        &'a self,
        transport: &'a Arc<dyn Transport>,
        base_url: &'a str,
        refused: Option<&'a str>,
        time: Time,
    ) -> Fetched<'a> {
        Box::pin(async move {
            let before = self.0.attempts.load(Ordering::Acquire);
            let in_use = self.0.usable(refused);
            if let Some((token, true)) = in_use {
                return Ok(token);
            }
            let shared = Arc::clone(&self.0);
            let (transport, base_url) = (Arc::clone(transport), base_url.to_owned());
            // One that is about to end is used while another one is asked for.
            if let Some((token, _)) = in_use {
                if !shared.is_renewing.swap(true, Ordering::AcqRel) {
                    let renewing = Renewing(shared);
                    tokio::spawn(async move {
                        let shared = &renewing.0;
                        let _ = shared.fetch(&transport, &base_url, None, before).await;
                    });
                }
                return Ok(token);
            }
            let refused = refused.map(Secret::from);
            // A call that is given up must not take with it the token that is on its way: the server
            // may have withdrawn the one before it.
            let task = tokio::spawn(async move {
                let refused = refused.as_ref();
                shared.fetch(&transport, &base_url, refused, before).await
            });
            match time.limit(Phase::Token, task).await? {
                Ok(fetched) => fetched.map_err(Failure::from),
                Err(_) => Err(Reason::from("its provider panicked").into()),
            }
        })
    }
}

/// A renewal beside the calls, which is over however it ends.
struct Renewing(Arc<Shared>);

impl Drop for Renewing {
    fn drop(&mut self) {
        self.0.is_renewing.store(false, Ordering::Release);
    }
}

impl InUse {
    fn new(token: &AccessToken, is_second: bool) -> Self {
        let after = |time| Instant::now().checked_add(time);
        let time = token.expires_in;
        let before_end = |time: Duration| time.saturating_sub(MARGIN.min(time / 10));
        Self {
            token: token.token.clone(),
            until: time.map(before_end).and_then(after),
            end: time.and_then(after),
            trusted: is_second.then_some(TRUSTED).and_then(after),
        }
    }
}

impl State {
    /// Keeps why there is no token.
    fn failed(&mut self, reason: Reason) {
        let count = self.failure.as_ref().map_or(0, |(_, count)| *count);
        let pause = PAUSE.saturating_mul(2_u32.saturating_pow(count));
        self.not_before = Instant::now().checked_add(pause.min(LONGEST_PAUSE));
        self.failure = Some((reason, count + 1));
    }
}

impl Shared {
    /// The token in use, unless it is at its end or the refused one, and whether it need not be renewed.
    fn usable(&self, refused: Option<&str>) -> Option<(Secret, bool)> {
        let now = Instant::now();
        let is_before = |time: Option<Instant>| time.is_none_or(|time| now < time);
        let in_use = self.in_use.read().unwrap_or_else(PoisonError::into_inner);
        let in_use = in_use.as_ref().filter(|of| is_before(of.end))?;
        let is_other = refused != Some(in_use.token.reveal());
        let is_trusted = in_use.trusted.is_some_and(|time| now < time);
        (is_other || is_trusted).then(|| (in_use.token.clone(), is_before(in_use.until)))
    }

    fn use_now(&self, in_use: InUse) {
        let mut current = self.in_use.write().unwrap_or_else(PoisonError::into_inner);
        *current = Some(in_use);
    }

    /// The token in use, or another one; `before` is how often one had been asked for.
    async fn fetch(
        &self,
        transport: &Arc<dyn Transport>,
        base_url: &str,
        refused: Option<&Secret>,
        before: u64,
    ) -> Result<Secret, Reason> {
        let mut state = self.state.lock().await;
        let usable = self.usable(refused.map(Secret::reveal));
        if let Some((token, true)) = usable {
            return Ok(token);
        }
        // Another call has tried while this one waited, or a short time ago: what it was told holds for
        // both.
        let is_told = self.attempts.load(Ordering::Acquire) > before
            || state.not_before.is_some_and(|time| Instant::now() < time);
        if let Some((reason, _)) = state.failure.as_ref().filter(|_| is_told) {
            return Err(reason.clone());
        }
        let renewed = self.renewed(transport, base_url, &mut state).await;
        self.attempts.fetch_add(1, Ordering::Release);
        match renewed {
            Ok(token) => {
                self.use_now(InUse::new(&token, refused.is_some()));
                (state.failure, state.not_before) = (None, None);
                Ok(token.token)
            }
            Err(reason) => {
                state.failed(reason.clone());
                Err(reason)
            }
        }
    }

    async fn renewed(
        &self,
        transport: &Arc<dyn Transport>,
        base_url: &str,
        state: &mut State,
    ) -> Result<AccessToken, Reason> {
        match &self.origin {
            Origin::Fixed(token) => Ok(AccessToken::new(token.clone())),
            Origin::Provider(provide) => {
                let time = Time::new(Some(TIMEOUT), None);
                let provided = time.limit(Phase::Token, provide()).await;
                provided.map_err(|_| Reason::Late)?.map_err(Reason::Refused)
            }
            Origin::Grant(grant) => {
                let url = self.token_url(transport, base_url, grant, state).await?;
                let mut request = http::Request::new(Body::default());
                *request.method_mut() = Method::POST;
                let form = HeaderValue::from_static("application/x-www-form-urlencoded");
                request.headers_mut().insert(CONTENT_TYPE, form);
                if let Some(secret) = grant.client_secret.as_ref().filter(|_| !grant.in_body) {
                    let escaped = |text| pair("", text).trim_start_matches('=').to_owned();
                    let (id, secret) = (escaped(&grant.client_id), escaped(secret.reveal()));
                    let value = HeaderValue::try_from(basic(&format!("{id}:{secret}")));
                    let mut value = value.map_err(|error| error.to_string())?;
                    value.set_sensitive(true);
                    request.headers_mut().insert(AUTHORIZATION, value);
                }
                *request.body_mut() = Body::from(grant.body(state.refresh.as_ref()));
                let response = json(transport, &url, request, "the token endpoint").await?;
                let text = |name: &str| response[name].as_str().map(Secret::from);
                // One that comes with a client's own token is not needed (RFC 6749, section 4.4.3).
                let more = text("refresh_token").filter(|_| state.refresh.is_some());
                state.refresh = more.or(state.refresh.take());
                let token = text("access_token");
                let token = token.ok_or("the token endpoint responded without an access token")?;
                let time = &response["expires_in"];
                let time = time
                    .as_f64()
                    .or(time.as_str().and_then(|text| text.parse().ok()));
                let time = time.and_then(|time| Duration::try_from_secs_f64(time).ok());
                Ok(AccessToken {
                    token,
                    expires_in: time,
                })
            }
        }
    }

    async fn token_url(
        &self,
        transport: &Arc<dyn Transport>,
        base_url: &str,
        grant: &Grant,
        state: &mut State,
    ) -> Result<Url, Reason> {
        let absolute = |url: &str| {
            let url = Url::parse(base_url).and_then(|base| base.join(url));
            url.map_err(|error| Reason::Refused(format!("the token URL is not valid: {error}")))
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
                let from = absolute(url)?;
                let request = http::Request::new(Body::default());
                let response = json(transport, &from, request, "the OpenID provider").await?;
                let url = response["token_endpoint"].as_str();
                let url = absolute(url.ok_or("the OpenID provider names no token endpoint")?)?;
                state.token_url = Some(url.clone());
                Ok(url)
            }
        }
    }
}

/// A JSON response of success; or what went wrong (RFC 6749, section 5.2).
async fn json(
    transport: &Arc<dyn Transport>,
    url: &Url,
    mut request: http::Request<Body>,
    server: &str,
) -> Result<Value, Reason> {
    let uri = Uri::try_from(url.as_str());
    *request.uri_mut() = uri.map_err(|error| format!("the token URL is not valid: {error}"))?;
    let accept = HeaderValue::from_static("application/json");
    request.headers_mut().insert(ACCEPT, accept);
    let time = Time::new(Some(TIMEOUT), None);
    let lost = |failure: Failure| match failure {
        Failure::Timeout(_) => Reason::Late,
        Failure::Transport(error) => Reason::Lost(format!("{server} did not respond: {error}")),
        Failure::Token(error) => Reason::Refused(error.to_string()),
        Failure::InvalidRequest(error) => Reason::Refused(error.to_string()),
    };
    let sending = time.limit(Phase::Token, transport.send(request)).await;
    let response = sending.and_then(|sent| sent.map_err(Failure::from));
    let (head, body) = response.map_err(lost)?.into_parts();
    let (body, is_whole) = body::read(body, LIMIT, time).await.map_err(lost)?;
    if !is_whole {
        return Err(Reason::Refused(format!("{server} responded with too much")));
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if head.status.is_success() {
        return Ok(body);
    }
    // A description may repeat a credential; the codes of errors do not.
    let is_code =
        |text: &&str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let code = body["error"].as_str().filter(is_code);
    let code = code.map_or_else(String::new, |code| format!(": {code}"));
    let reason = format!("{server} responded with {}{code}", head.status);
    if head.status.is_server_error() || head.status == StatusCode::TOO_MANY_REQUESTS {
        return Err(Reason::Lost(reason));
    }
    Err(Reason::Refused(reason))
}
