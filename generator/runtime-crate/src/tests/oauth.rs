//! Access tokens that are fetched and renewed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, Request as Received, ResponseTemplate};

use super::socket::read_nothing;
use crate::runtime::auth::security::{CredentialLocation, Scheme, Source};
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::exchange::core::Core;
use crate::runtime::send::request::Request;
use crate::runtime::{AccessToken, Call, Grant, Token};

const OAUTH: Scheme = Scheme::new("oauth", CredentialLocation::Bearer);

fn core(server: &MockServer, source: Arc<dyn Source>) -> Core {
    let mut builder = CoreBuilder::default();
    builder.source(&OAUTH, source);
    builder.base_url(format!("{}/api", server.uri()));
    builder.build("").unwrap()
}

/// What a call ends with: nothing, or its error.
async fn called(core: &Core) -> Result<(), String> {
    called_within(core, Duration::from_secs(10)).await
}

async fn called_within(core: &Core, time: Duration) -> Result<(), String> {
    let mut request = Request::new("operation", Method::POST);
    request.path("/things");
    request.body("text/plain", "body");
    let call = Call::new(core, request, &[&[&OAUTH]], read_nothing);
    let call = call.timeout(time);
    call.await.map(drop).map_err(|error| error.to_string())
}

/// The requests for tokens, and the other ones.
async fn received(server: &MockServer) -> (Vec<Received>, Vec<Received>) {
    let requests = server.received_requests().await.unwrap();
    requests
        .into_iter()
        .partition(|request| request.url.path() == "/token")
}

fn authorization(request: &Received) -> &str {
    request.headers["authorization"].to_str().unwrap()
}

async fn mount_api(server: &MockServer, token: &str) {
    Mock::given(path("/api/things"))
        .and(header("authorization", format!("Bearer {token}").as_str()))
        .and(body_string("body"))
        .respond_with(ResponseTemplate::new(204))
        .mount(server)
        .await;
    Mock::given(path("/api/things"))
        .respond_with(ResponseTemplate::new(401))
        .mount(server)
        .await;
}

async fn mount_tokens(server: &MockServer, names: &'static [&'static str], expires_in: u64) {
    let next = AtomicUsize::new(0);
    let response = move |_: &Received| {
        let index = next.fetch_add(1, Ordering::SeqCst).min(names.len() - 1);
        let body = json!({ "access_token": names[index], "expires_in": expires_in, "refresh_token": format!("after {}", names[index]) });
        ResponseTemplate::new(200)
            .set_body_json(body)
            .set_delay(Duration::from_millis(20))
    };
    let mock = Mock::given(method("POST")).and(path("/token"));
    mock.respond_with(response).mount(server).await;
}

#[tokio::test]
async fn a_token_is_fetched_once_for_all_calls_that_wait_for_it() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["one", "two"], 3600).await;
    mount_api(&server, "one").await;
    let grant = Grant::client_credentials("me:", "se cret")
        .scope("read")
        .scope("write");
    let grant = grant.parameter("audience", "a&b");
    let core = core(&server, Token::from(grant).fetched_at(Some("/token"), None));
    let calls: Vec<_> = (0..20).map(|_| core.clone()).collect();
    let calls = calls
        .into_iter()
        .map(|core| tokio::spawn(async move { called(&core).await }));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let (tokens, calls) = received(&server).await;
    assert_eq!((tokens.len(), calls.len()), (1, 20));
    // base64 of `me%3A:se%20cret`
    assert_eq!(authorization(&tokens[0]), "Basic bWUlM0E6c2UlMjBjcmV0");
    assert_eq!(
        String::from_utf8_lossy(&tokens[0].body),
        "grant_type=client_credentials&scope=read%20write&audience=a%26b"
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_call_sent_again() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["old", "new", "newer"], 3600).await;
    mount_api(&server, "new").await;
    let grant = Grant::client_credentials("me", "secret").credentials_in_body();
    let core = core(&server, Token::from(grant).fetched_at(Some("/token"), None));
    let calls: Vec<_> = (0..8).map(|_| core.clone()).collect();
    let calls = calls
        .into_iter()
        .map(|core| tokio::spawn(async move { called(&core).await }));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let (tokens, _) = received(&server).await;
    assert_eq!(tokens.len(), 2);
    assert_eq!(
        String::from_utf8_lossy(&tokens[0].body),
        "grant_type=client_credentials&client_id=me&client_secret=secret"
    );
    assert!(!tokens[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_call_that_is_refused_whatever_its_token_renews_one_token_alone() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["one", "two", "three"], 3600).await;
    mount_api(&server, "none of these").await;
    let grant = Grant::client_credentials("me", "secret").credentials_in_body();
    let core = core(&server, Token::from(grant).fetched_at(Some("/token"), None));
    for _ in 0..3 {
        called(&core).await.unwrap();
    }
    let (tokens, calls) = received(&server).await;
    assert_eq!((tokens.len(), calls.len()), (2, 4));
}

#[tokio::test]
async fn a_token_at_its_end_is_renewed_with_the_last_refresh_token() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["one", "two"], 0).await;
    Mock::given(path("/api/things"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let core = core(
        &server,
        Token::from(Grant::refresh_token("me", "first")).fetched_at(Some("/token"), None),
    );
    called(&core).await.unwrap();
    called(&core).await.unwrap();
    let (tokens, calls) = received(&server).await;
    let bodies: Vec<_> = tokens
        .iter()
        .map(|token| String::from_utf8_lossy(&token.body))
        .collect();
    assert_eq!(
        bodies,
        [
            "grant_type=refresh_token&refresh_token=first&client_id=me",
            "grant_type=refresh_token&refresh_token=after%20one&client_id=me",
        ]
    );
    assert_eq!(
        calls.iter().map(authorization).collect::<Vec<_>>(),
        ["Bearer one", "Bearer two"]
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = MockServer::start().await;
    let body = json!({ "error": "invalid_client", "error_description": "no such client" });
    Mock::given(path("/token"))
        .respond_with(ResponseTemplate::new(400).set_body_json(body))
        .mount(&server)
        .await;
    let grant = || Token::from(Grant::client_credentials("me", "secret"));
    let broken = core(&server, grant().fetched_at(Some("/token"), None));
    assert_eq!(
        called(&broken).await.unwrap_err(),
        "there is no access token: the token endpoint responded with 400 Bad Request: invalid_client"
    );
    let nowhere = core(&server, grant().fetched_at(None, None));
    assert_eq!(
        called(&nowhere).await.unwrap_err(),
        "there is no access token: the document names no token endpoint; set the grant's `token_url`"
    );
    let (tokens, calls) = received(&server).await;
    assert_eq!((tokens.len(), calls.len()), (1, 0));
}

#[tokio::test]
async fn the_endpoint_of_a_provider_is_discovered() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["one"], 3600).await;
    mount_api(&server, "one").await;
    let body = json!({ "token_endpoint": format!("{}/token", server.uri()) });
    Mock::given(path("/.well-known/openid-configuration"))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
        .mount(&server)
        .await;
    let token = Token::from(Grant::client_credentials("me", "secret"));
    let core = core(
        &server,
        token.discovered_at("/.well-known/openid-configuration"),
    );
    called(&core).await.unwrap();
    called(&core).await.unwrap();
    assert_eq!(server.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn the_caller_may_provide_tokens_and_a_call_its_own_header() {
    let server = MockServer::start().await;
    mount_api(&server, "2").await;
    let count = AtomicUsize::new(0);
    let token = Token::provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        async move { Ok::<_, String>(AccessToken::new(number.to_string())) }
    });
    assert_eq!(format!("{token:?}"), "Token(provider)");
    let provided = core(&server, token.fetched_at(None, None));
    called(&provided).await.unwrap();
    let (_, calls) = received(&server).await;
    assert_eq!(
        calls.iter().map(authorization).collect::<Vec<_>>(),
        ["Bearer 1", "Bearer 2"]
    );

    let fixed = core(&server, Token::from("wrong").fetched_at(None, None));
    let request = Request::new("operation", Method::GET);
    let call = Call::new(&fixed, request, &[&[&OAUTH]], read_nothing);
    let _ = call.header("authorization", "Own").await;
    let requests = server.received_requests().await.unwrap();
    assert_eq!(authorization(requests.last().unwrap()), "Own");
}

/// A body that is a stream cannot be sent again, but the next call has another token.
#[tokio::test]
async fn a_refused_token_is_renewed_where_the_call_cannot_be_sent_again() {
    let server = MockServer::start().await;
    mount_tokens(&server, &["old", "new"], 3600).await;
    mount_api(&server, "new").await;
    let grant = Grant::client_credentials("me", "secret").parameter("client_assertion", "jwt");
    assert!(!format!("{grant:?}").contains("jwt"));
    let core = core(&server, Token::from(grant).fetched_at(Some("/token"), None));
    let mut request = Request::new("operation", Method::POST);
    request.path("/things");
    let file = tokio::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    request.body("text/plain", file.await.unwrap());
    let call = Call::new(&core, request, &[&[&OAUTH]], read_nothing);
    assert_eq!(call.await.unwrap().status(), 401);
    called(&core).await.unwrap();
    let (tokens, calls) = received(&server).await;
    let bodies: Vec<_> = tokens
        .iter()
        .map(|token| String::from_utf8_lossy(&token.body))
        .collect();
    // The refresh token that came with the first one is not used.
    assert!(
        bodies
            .iter()
            .all(|body| body.starts_with("grant_type=client_credentials"))
    );
    assert_eq!(
        calls.iter().map(authorization).collect::<Vec<_>>(),
        ["Bearer old", "Bearer new"]
    );
}

/// A server may withdraw a refresh token with the response to its use, so that the response must not be
/// lost with the call that has caused it.
#[tokio::test]
async fn a_call_that_is_given_up_does_not_take_the_token_with_it() {
    let server = MockServer::start().await;
    let response = json!({ "access_token": "a", "refresh_token": "second" });
    let slow = ResponseTemplate::new(200).set_body_json(response);
    Mock::given(path("/refresh"))
        .respond_with(slow.set_delay(Duration::from_millis(300)))
        .expect(1)
        .mount(&server)
        .await;
    mount_api(&server, "a").await;
    let token = Token::from(Grant::refresh_token("me", "first"));
    let core = core(&server, token.fetched_at(Some("/token"), Some("/refresh")));
    let hasty = called_within(&core, Duration::from_millis(50)).await;
    let message = "timed out while fetching an access token";
    assert_eq!(hasty, Err(message.to_owned()));
    called(&core).await.unwrap();
}
